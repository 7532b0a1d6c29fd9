//! A filled form, or any table, held against the dictionary of a dataset: `check FILE --dataset ID`. Every cell that does not
//! fit is told with row and column.

use super::od002::fits;
use crate::diag::{Diagnostic, Listed, Severity, Span, Text, push_few, say};
use crate::load::Blob;
use crate::load::table::customs::Custom;
use crate::load::table::layout::{Told, made_up};
use crate::load::table::profile::hash;
use crate::load::table::value::{Class, classify};
use crate::load::table::{self, File, Settings, Table, bytes::Format};
use crate::model::{Dataset, FieldInfo, Resource};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::path::Path;

/// Code of what does not fit.
const CODE: &str = "FRM001";

/// Most values of a column that are remembered to find one that comes twice.
const KEYS: usize = 2_000_000;

/// What was looked at.
#[derive(Debug, Default)]
pub struct Filled {
    /// What is wrong.
    pub found: Vec<Diagnostic>,
    /// Resources that the file has a table of, with its rows.
    pub tables: Vec<(String, u64)>,
}

/// Holds a file against the dictionaries of a dataset: against that of the resource `only`, else of all whose columns it has.
pub fn filled(path: &Path, dataset: &Dataset, only: Option<&str>, languages: Vec<String>) -> Filled {
    let mut out = Filled::default();
    let shown = path.to_string_lossy().replace('\\', "/");
    let blob = Blob::at(path);
    let resources: Vec<&Resource> = dataset.resources.iter().filter(|r| !r.fields.is_empty() && only.is_none_or(|n| r.name == n)).collect();
    // A workbook has numbers and days as such, whatever the published file writes.
    let book = |f: &File| matches!(f.format, Format::Xlsx | Format::Xls | Format::Ods);
    let mut best: Vec<(usize, File, Settings, usize)> = Vec::new();
    // The head is there and nothing below it.
    let empty = |file: &File, r: &Resource| file.tables.iter().any(|t| t.rows == 0 && r.fields.iter().any(|f| t.names.contains(&f.name)));
    let mut blank = false;
    for (n, r) in resources.iter().enumerate() {
        let usual = settings(r, &languages, false);
        let read = table::read(&blob, &usual);
        let (mut file, mut how) = if book(&read) {
            let s = settings(r, &languages, true);
            (table::read(&blob, &s), s)
        } else {
            (read, usual)
        };
        // Where the head was not found, it is in the first row, as the form has it.
        if how.head == Told::default() && most(&file, r).is_none_or(|(_, k)| k < r.fields.len()) {
            let first = Settings { head: Told { rows: vec![1], ..Told::default() }, ..how.clone() };
            let again = table::read(&blob, &first);
            blank |= empty(&again, r);
            if most(&again, r).map(|x| x.1) > most(&file, r).map(|x| x.1) {
                (file, how) = (again, first);
            }
        }
        blank |= empty(&file, r);
        if n == 0 {
            out.found.extend(file.doubts.iter().filter(|d| d.severity >= Severity::Error && d.code != "TAB014").map(|d| {
                let span = span(&shown, d.line, d.column);
                Diagnostic::new(d.code, d.severity, d.message.clone()).at(span).hint(d.hint.clone())
            }));
        }
        if let Some((t, _)) = most(&file, r) {
            best.push((n, file, how, t));
        }
    }
    // The sheet of one resource shares a column or two with another: each table goes to the one that it has most of.
    let share = |(n, file, _, t): &(usize, File, Settings, usize)| {
        let names = &file.tables[*t].names;
        let r = resources[*n];
        r.fields.iter().filter(|f| names.contains(&f.name)).count() as f64 / r.fields.len() as f64
    };
    let key = |b: &(usize, File, Settings, usize)| (b.1.tables[b.3].part.clone(), b.3);
    best.sort_by(|a, b| share(b).total_cmp(&share(a)).then(a.0.cmp(&b.0)));
    let mut taken = Vec::new();
    best.retain(|b| {
        let free = !taken.contains(&key(b));
        taken.push(key(b));
        free && share(b) > 0.0
    });
    best.sort_by_key(|b| b.0);
    for (n, file, how, t) in &best {
        let (r, table) = (resources[*n], &file.tables[*t]);
        let rows = one(&blob, &shown, r, file, how, table, &mut out.found);
        out.tables.push((r.name.clone(), rows));
    }
    if out.tables.is_empty() && out.found.is_empty() {
        if blank {
            let text = say!("表头都对，还没有填写任何一行", "the head is right, but no row is filled in");
            let hint = say!("从表头下面一行填起，每行一条，保存后再检查", "fill in the rows below the head, one record a row, save, and check again");
            out.found.push(Diagnostic::new(CODE, Severity::Error, text).at(Span::file(&shown)).hint(hint));
            return out;
        }
        let names = Listed(resources.first().map_or(Vec::new(), |r| r.fields.iter().take(20).map(|f| f.name.as_str()).collect()));
        out.found.push(
            Diagnostic::new(CODE, Severity::Error, say!("文件里没有一列是字典里的", "the file has no column of the dictionary"))
                .at(Span::file(&shown))
                .hint(say!("第一行是表头，列名一字不差：{names}", "its first row is the head, with these names, letter by letter: {names:#}")),
        );
    }
    out
}

/// How the file is to be read: as the resource, but with nothing hidden, because it is the values that are looked at.
fn settings(r: &Resource, languages: &[String], book: bool) -> Settings {
    let mut s = Settings { masks: Vec::new(), format: None, encoding: None, delimiter: None, sheet: None, languages: languages.to_vec(), ..r.settings.clone() };
    if book {
        s.head = Told::default();
        for (_, c) in &mut s.customs {
            *c = Custom { told: c.told, missing: c.missing.take(), ..Custom::default() };
        }
    }
    s
}

/// The table with most columns of a dictionary, and how many.
fn most(file: &File, r: &Resource) -> Option<(usize, usize)> {
    let count = |t: &Table| r.fields.iter().filter(|f| t.names.contains(&f.name)).count();
    let all = file.tables.iter().enumerate().filter(|(_, t)| t.rows > 0).map(|(i, t)| (i, count(t)));
    all.filter(|(_, n)| *n > 0).max_by_key(|(i, n)| (*n, std::cmp::Reverse(*i)))
}

fn span(shown: &str, line: u64, column: usize) -> Span {
    let mut s = Span::file(shown);
    (s.line, s.col, s.end_col) = (u32::try_from(line).unwrap_or(u32::MAX), column as u32, column as u32);
    s
}

/// A column while its cells are looked at.
struct Column<'a> {
    field: &'a FieldInfo,
    at: usize,
    /// Its values are not shown.
    hidden: bool,
    /// It is the key by itself: what comes twice is told there.
    alone: bool,
    /// Lines of values that were seen, where none may come twice.
    seen: FxHashMap<u64, u64>,
}

/// Looks at a table; gives the rows there are.
fn one(blob: &Blob, shown: &str, r: &Resource, file: &File, how: &Settings, table: &Table, out: &mut Vec<Diagnostic>) -> u64 {
    let head = |message: Text, severity: Severity, hint: Text| Diagnostic::new(CODE, severity, message).at(span(shown, 1, 1)).hint(hint);
    let lacking: Vec<&str> = r.fields.iter().map(|f| f.name.as_str()).filter(|f| !table.names.iter().any(|n| n == f)).collect();
    if !lacking.is_empty() {
        let lacking = Listed(lacking);
        out.push(head(
            say!("缺少字典里的列：{lacking}", "columns of the dictionary are missing: {lacking:#}"),
            Severity::Error,
            say!("补上这些列，列名一字不差", "add them, with these names letter by letter"),
        ));
    }
    let untold: Vec<&str> = table.names.iter().map(String::as_str).filter(|n| !made_up(n) && !r.fields.iter().any(|f| f.name == *n)).take(20).collect();
    if !untold.is_empty() {
        let untold = Listed(untold);
        out.push(head(
            say!("字典里没有这些列：{untold}", "the dictionary has no such columns: {untold:#}"),
            Severity::Warn,
            say!("去掉它们，或补到 `schema.fields`", "take them out, or add them to `schema.fields`"),
        ));
    }
    let masked = |name: &str| r.settings.masks.iter().any(|(m, _)| m == name);
    let mut columns: Vec<Column<'_>> = Vec::new();
    for field in &r.fields {
        if let Some(at) = table.names.iter().position(|n| *n == field.name) {
            columns.push(Column { field, at, hidden: masked(&field.name), alone: false, seen: FxHashMap::default() });
        }
    }
    let key: Vec<usize> = r.settings.key.iter().filter_map(|k| table.names.iter().position(|n| n == k)).collect();
    let keyed = !key.is_empty() && key.len() == r.settings.key.len();
    let mut keys: FxHashMap<u64, u64> = FxHashMap::default();
    let mut rows = 0;
    let read = table::rows_at(blob, how, file, table, &mut |line, row| {
        rows += 1;
        for c in &mut columns {
            // A key is told as one.
            c.alone = keyed && key[..] == [c.at];
            cell(shown, line, c, row[c.at], out);
        }
        if keyed {
            let cells: Vec<&str> = key.iter().map(|k| row[*k]).collect();
            let before = if cells.iter().any(|v| v.is_empty()) || keys.len() >= KEYS { None } else { keys.insert(hash(cells.join("\u{1f}").as_bytes()), line) };
            if let Some(before) = before {
                let names = r.settings.key.join(", ");
                push_few(out, CODE, || {
                    Diagnostic::new(
                        CODE,
                        Severity::Error,
                        say!("第 {line} 行的主键（{names}）与第 {before} 行相同", "row {line} has the same key ({names}) as row {before}"),
                    )
                    .at(span(shown, line, key[0] + 1))
                    .hint(say!("一个主键只留一行", "keep one row a key"))
                });
            }
        }
        Ok(())
    });
    if let Err(e) = read {
        let d = Diagnostic::new(CODE, Severity::Error, say!("第 {rows} 行以后读不下去：{e}", "it cannot be read beyond row {rows}: {e}"));
        out.push(d.at(Span::file(shown)).hint(say!("看看文件是否完整", "see whether the file is whole")));
    }
    rows
}

/// What a type of the dictionary asks for, for those who fill in forms.
fn in_words(kind: &str) -> (String, String) {
    let (zh, en) = match kind.trim().to_lowercase().as_str() {
        "integer" => ("整数", "a whole number"),
        "number" | "decimal" => ("数", "a number"),
        "date" => ("日期（2026-01-31）", "a day (2026-01-31)"),
        "time" => ("时刻（09:30）", "a time of day (09:30)"),
        "datetime" => ("日期和时刻", "a day with its time"),
        "year" => ("年份（2026）", "a year (2026)"),
        "yearmonth" => ("月份（2026-01）", "a month (2026-01)"),
        "boolean" => ("是或否", "yes or no"),
        _ => return (format!(" {kind}"), kind.to_string()),
    };
    (zh.into(), en.into())
}

/// Looks at a cell.
fn cell(shown: &str, line: u64, c: &mut Column<'_>, v: &str, out: &mut Vec<Diagnostic>) {
    let f = c.field;
    let name = &f.name;
    let at = c.at + 1;
    let told: String = if c.hidden { "…".into() } else { v.chars().take(40).collect() };
    let mut add = |message: Text, hint: Text| push_few(out, CODE, || Diagnostic::new(CODE, Severity::Error, message).at(span(shown, line, at)).hint(hint));
    if v.is_empty() {
        if f.required {
            add(say!("第 {line} 行的“{name}”必填，没有填", "row {line}: \u{201c}{name}\u{201d} must be filled in"), say!("填上这个值", "fill it in"));
        }
        return;
    }
    if let Some(kind) = f.kind.as_deref().filter(|k| !fits(k, v)) {
        let (zh, en) = in_words(kind);
        add(
            say!("第 {line} 行的“{name}”应是{zh}，不是 `{told}`", "row {line}: \u{201c}{name}\u{201d} is to be {en}, not `{told}`"),
            say!("改正这个值", "correct the value"),
        );
        return;
    }
    if !f.allowed.is_empty() && !f.allowed.iter().any(|a| a == v) {
        let list = Listed(f.allowed.iter().take(12).map(String::as_str).collect());
        add(
            say!("第 {line} 行的“{name}”不能填 `{told}`", "row {line}: \u{201c}{name}\u{201d} does not take `{told}`"),
            say!("可选值：{list}", "its values are: {list:#}"),
        );
    }
    for (bound, odd) in [(&f.range.0, Ordering::Less), (&f.range.1, Ordering::Greater)] {
        if let Some(bound) = bound.as_ref().filter(|b| b.of(v) == Some(odd)) {
            add(
                say!("第 {line} 行的“{name}”是 {told}，超出界限 {bound}", "row {line}: \u{201c}{name}\u{201d} is {told}, beyond the bound {bound}"),
                say!("改正这个值", "correct the value"),
            );
        }
    }
    let len = v.chars().count();
    if f.length.0.is_some_and(|l| len < l) || f.length.1.is_some_and(|l| len > l) {
        add(
            say!("第 {line} 行的“{name}”有 {len} 个字，长度不合：`{told}`", "row {line}: \u{201c}{name}\u{201d} has the wrong length, {len}: `{told}`"),
            say!("改正这个值", "correct the value"),
        );
    }
    let formed = f.form().is_none_or(|is| classify(v).0 == Class::Mark || is(v));
    if !formed || f.pattern.as_ref().is_some_and(|p| !p.holds(v)) {
        add(
            say!("第 {line} 行的“{name}”格式不合：`{told}`", "row {line}: \u{201c}{name}\u{201d} is not of its form: `{told}`"),
            say!("改正这个值", "correct the value"),
        );
    }
    if f.unique && !c.alone && c.seen.len() < KEYS {
        if let Some(before) = c.seen.get(&hash(v.as_bytes())) {
            add(
                say!(
                    "第 {line} 行的“{name}”与第 {before} 行重复：`{told}`",
                    "row {line}: \u{201c}{name}\u{201d} has the value of row {before} again: `{told}`"
                ),
                say!("一个值只能出现一次", "no value may come twice"),
            );
        } else {
            c.seen.insert(hash(v.as_bytes()), line);
        }
    }
}
