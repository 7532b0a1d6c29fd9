//! OD002: head of the file differs from the dictionary.

use super::*;
use crate::diag::{Text, say};
use crate::load::table::Table;
use crate::load::table::layout::made_up;
use crate::load::table::profile::{Kind, Profile, hash};
use crate::load::table::units::split_unit;
use crate::load::table::value::{Class, classify, exponent_code};
use crate::model::{Bound, FieldInfo, Resource};
use crate::tables::Read;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;

/// OD002
pub(super) static RULE: Rule = Rule {
    code: "OD002",
    title: Phrase { zh: "表头与数据字典不符", en: "head of the file differs from the dictionary" },
    severity: [ERROR; 3],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "数据字典（schema.fields）里的列名要和文件表头一字不差，类型和约束要和值相符，否则读数据的人会照着字典读错。",
        en: "The names in the dictionary (schema.fields) are those of the file's head, letter by letter, and types and constraints hold for its values; else readers of the dictionary misread the data.",
    },
    source: "政务信息资源目录编制指南（信息项）；Table Schema",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(d) = item.dataset() else { return };
    for (i, r) in d.resources.iter().enumerate() {
        let at = || item.doc().source.span(r.at.0 as usize, r.at.1 as usize);
        let mut once: FxHashSet<&str> = FxHashSet::default();
        let twice: std::collections::BTreeSet<&str> = r.fields.iter().map(|f| f.name.as_str()).filter(|n| !once.insert(n)).collect();
        if !twice.is_empty() {
            let list = crate::diag::Listed(twice.into_iter().collect());
            found.add(
                at(),
                say!("字典里同一列写了两次：{list}", "the dictionary tells twice of one column: {list:#}"),
                say!("只留一次，或改成另一列的名字", "leave one of them, or give it the name of another column"),
            );
        }
        // Of a file that cannot be read its own finding tells.
        let head = input.tables.get(item, i).and_then(|t| t.table()).map(|t| &t.names);
        let known = |k: &str| {
            let told = r.fields.iter().any(|f| f.name == k);
            head.map_or(r.fields.is_empty() || told, |h| h.iter().any(|n| n == k || split_unit(n).0 == k))
        };
        let keys: Vec<&str> = r.settings.key.iter().map(String::as_str).filter(|k| !known(k)).collect();
        if !keys.is_empty() {
            let list = crate::diag::Listed(keys);
            found.add(
                at(),
                say!("主键用的列在表头里没有：{list}", "the primary key names columns that are not in the head: {list:#}"),
                say!("改 `schema.primaryKey`，写表头里的列名", "correct `schema.primaryKey`: the names of columns as the head has them"),
            );
        }
    }
    for (i, r) in d.resources.iter().enumerate().filter(|(_, r)| !r.fields.is_empty()) {
        let Some(read) = input.tables.get(item, i) else { continue };
        let Some(table) = read.table() else { continue };
        let at = item.doc().source.span(r.at.0 as usize, r.at.1 as usize);
        let names = || table.names.iter().map(String::as_str);
        // A column to be masked that is not there is told by SEC003.
        let masked = |f: &str| r.settings.masks.iter().any(|(m, _)| m == f);
        // Of columns of one name the first.
        let places: FxHashMap<&str, usize> = table.names.iter().enumerate().rev().map(|(c, n)| (n.as_str(), c)).collect();
        let told: FxHashSet<&str> = r.fields.iter().map(|f| f.name.as_str()).collect();
        let lacking: Vec<&str> = r.fields.iter().map(|f| f.name.as_str()).filter(|f| !places.contains_key(f) && !masked(f)).collect();
        let untold: Vec<&str> = names().filter(|n| !made_up(n) && !told.contains(n)).take(20).collect();
        if !lacking.is_empty() {
            let (list, there) = (crate::diag::Listed(lacking), crate::diag::Listed(names().take(20).collect()));
            found.add(
                at.clone(),
                say!("字典里的列在 {} 的表头里没有：{list}", "the head of {} has no column of the dictionary: {list:#}", read.shown),
                say!("照表头改字典，或补上这些列；表头是：{there}", "make the dictionary as the head is, or add the columns; the head is: {there:#}"),
            );
        }
        // A row of names without a title is no lie: the first column of a table often has no name.
        if !untold.is_empty() && untold.len() < table.names.len() {
            let list = crate::diag::Listed(untold);
            found.at(Severity::Warn).add(
                at.clone(),
                say!("{} 的列在字典里没有说明：{list}", "the dictionary does not tell of columns of {}: {list:#}", read.shown),
                say!("在 `schema.fields` 里补上", "add them to `schema.fields`"),
            );
        }
        forms(item, r, read, table, found);
        let wide = read.file.doubts.iter().any(|d| d.code == "TAB005" && d.message.en.contains("full-width comma"));
        // What is asked of the rows, all fields at once: a table of two thousand columns is not gone through four thousand times.
        let here: Vec<(&FieldInfo, usize)> = r.fields.iter().filter_map(|f| Some((f, *places.get(f.name.as_str())?))).collect();
        let mut rows = Rows::of(r, read, table);
        for (f, c) in &here {
            ask(r, table, f, *c, wide, &mut rows);
        }
        rows.answer();
        for (f, c) in here {
            let p = &table.columns[c];
            let here = |first: &Met| read.span(first.as_ref().map_or(0, |f| f.line), c + 1);
            // What is hidden has no values to look at.
            let masked = r.settings.masks.iter().any(|(m, _)| *m == f.name);
            let clocks = |told: &str| !masked && clocks(told, p);
            if let Some(told) = f.kind.as_deref().filter(|t| !p.kind.agrees(t) || clocks(t)) {
                if wide && rows.first(c, Asked::Whole(told)).is_none() {
                    continue;
                }
                let real = p.kind.word();
                let first = rows.first(c, Asked::Type(told)).or_else(|| rows.first(c, Asked::Percent));
                if first.is_some() || !clocks(told) {
                    found.at(Severity::Warn).data(
                        item,
                        here(&first),
                        with(
                            say!("“{}”在字典里是 {told}，值却是 {real}", "\u{201c}{}\u{201d} is {told} in the dictionary, but its values are {real}", f.name),
                            first,
                        ),
                        say!("改字典里的 `type:`，或改正不合的值", "correct `type:` in the dictionary, or the values that do not fit"),
                    );
                }
            }
            if let Some((told, file)) = f.unit.as_deref().zip(table.unit_of(c)).filter(|(told, file)| scales(told, file)) {
                found.data(
                    item,
                    at.clone(),
                    say!(
                        "“{}”的单位在字典里是“{told}”，文件里却是“{file}”",
                        "the unit of \u{201c}{}\u{201d} is \u{201c}{told}\u{201d} in the dictionary and \u{201c}{file}\u{201d} in the file",
                        f.name
                    ),
                    say!("核对数值，改字典里的 `unit:` 或文件里的单位", "look at the values, and correct `unit:` in the dictionary or the unit in the file"),
                );
            }
            if f.required && p.nulls > 0 {
                let first = rows.first(c, Asked::Empty);
                found.data(
                    item,
                    here(&first),
                    with(say!("“{}”是必填列，却有 {} 个空值", "\u{201c}{}\u{201d} is required and has cells without a value: {}", f.name, p.nulls), first),
                    say!("补上值，或去掉 `constraints.required`", "fill them in, or take `constraints.required` out"),
                );
            }
            if f.unique && p.unique != Some(true) {
                let (first, beyond) = rows.unique(c);
                if first.is_some() || p.unique == Some(false) {
                    found.data(
                        item,
                        here(&first),
                        with(say!("“{}”应当唯一，却有重复或空的值", "\u{201c}{}\u{201d} is to be unique and has values twice, or none", f.name), first),
                        say!("去掉重复的行，或去掉 `constraints.unique`", "take out what is there twice, or `constraints.unique`"),
                    );
                } else if beyond > 0 {
                    found.at(Severity::Warn).data(
                        item,
                        here(&None),
                        say!(
                            "“{}”应当唯一：前 {KEYS} 个值没有重复，其余 {} 个没有全查",
                            "\u{201c}{}\u{201d} is to be unique: its first {KEYS} values are; of the others ({}) it was not checked whether they repeat each other",
                            f.name,
                            beyond
                        ),
                        say!("用数据库核对，例如 `count(distinct …)`", "check it in a database, such as by `count(distinct …)`"),
                    );
                }
            }
            if !f.allowed.is_empty() && !masked {
                let allowed: FxHashSet<&str> = f.allowed.iter().map(String::as_str).collect();
                let listed = |v: &str| v.is_empty() || allowed.contains(v);
                let values = table.values.get(c).and_then(|v| v.as_ref());
                let known: Option<Vec<&str>> = values.map(|all| all.iter().map(|(v, _)| v.as_str()).filter(|v| !listed(v)).take(5).collect());
                // Of more values than are kept, the rows tell the first that is not listed.
                let met = if known.is_none() { rows.first(c, Asked::Listed(&f.allowed)).map(|f| f.value) } else { None };
                let odd = known.unwrap_or_else(|| met.iter().map(String::as_str).collect());
                if !odd.is_empty() {
                    let list = crate::diag::Listed(odd.iter().map(|v| v.chars().take(40).collect::<String>()).collect());
                    let first = rows.first(c, Asked::Listed(&f.allowed));
                    found.data(
                        item,
                        here(&first),
                        with(say!("“{}”里有字典没有列出的值：{list}", "\u{201c}{}\u{201d} has values that its `enum` does not list: {list:#}", f.name), first),
                        say!("改正这些值，或补到 `constraints.enum`", "correct the values, or add them to `constraints.enum`"),
                    );
                }
            }
            for (bound, odd) in [(&f.range.0, Ordering::Less), (&f.range.1, Ordering::Greater)] {
                let Some(bound) = bound.as_ref().filter(|_| !masked) else { continue };
                let Some(known) = out_of(p, bound, odd) else { continue };
                let first = rows.first(c, Asked::Beyond(bound, odd));
                let v = match (known, &first) {
                    (Some(v), _) => v.trim_end_matches('.').to_string(),
                    (None, Some(f)) => f.value.clone(),
                    _ => continue,
                };
                found.data(
                    item,
                    here(&first),
                    with(
                        say!(
                            "“{}”的值 {v} 超出字典里的界限 {bound}",
                            "\u{201c}{}\u{201d} has the value {v}, beyond the bound {bound} of the dictionary",
                            f.name
                        ),
                        first,
                    ),
                    say!("改正这个值，或改界限", "correct the value or the bound"),
                );
            }
        }
    }
}

/// Whether a column declared a time has texts, of which each is to be looked at.
fn clocks(told: &str, p: &Profile) -> bool {
    told.trim().eq_ignore_ascii_case("time") && p.kind == Kind::String
}

/// Whether values may lie beyond a bound: the extremes of numbers are known, and given; of anything else the rows are asked.
fn out_of<'p>(p: &'p Profile, bound: &Bound, odd: Ordering) -> Option<Option<&'p str>> {
    let end = if odd == Ordering::Less { &p.min } else { &p.max };
    let known = matches!(bound, Bound::Number(_)).then_some(end.as_deref()).flatten();
    known.is_none_or(|v| bound.of(v) == Some(odd)).then_some(known)
}

/// Asks what [`run`] will want to know of a field.
fn ask<'f>(r: &Resource, table: &'f Table, f: &'f FieldInfo, c: usize, wide: bool, rows: &mut Rows<'f>) {
    let p = &table.columns[c];
    let masked = r.settings.masks.iter().any(|(m, _)| *m == f.name);
    if let Some(told) = f.kind.as_deref().filter(|t| !p.kind.agrees(t) || !masked && clocks(t, p)) {
        if wide {
            rows.ask(c, Asked::Whole(told));
        }
        rows.ask(c, Asked::Type(told));
        rows.ask(c, Asked::Percent);
    }
    if f.required && p.nulls > 0 {
        rows.ask(c, Asked::Empty);
    }
    if f.unique && p.unique != Some(true) {
        rows.unique.push((c, Seen::of(KEYS), None));
    }
    if !f.allowed.is_empty() && !masked {
        let allowed: FxHashSet<&str> = f.allowed.iter().map(String::as_str).collect();
        // Of few values all are known, and nothing is to be asked where all are listed.
        let kept = table.values.get(c).and_then(|v| v.as_ref());
        if kept.is_none_or(|all| all.iter().any(|(v, _)| !v.is_empty() && !allowed.contains(v.as_str()))) {
            rows.ask(c, Asked::Listed(&f.allowed));
        }
    }
    for (bound, odd) in [(&f.range.0, Ordering::Less), (&f.range.1, Ordering::Greater)] {
        if let Some(b) = bound.as_ref().filter(|b| !masked && out_of(p, b, odd).is_some()) {
            rows.ask(c, Asked::Beyond(b, odd));
        }
    }
}

/// What the first odd value of a column is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Asked<'f> {
    /// None of a type.
    Type(&'f str),
    /// The same, and no full-width comma that parts nothing: cells with one are told of already.
    Whole(&'f str),
    /// `12%` is a number, but not as it is written.
    Percent,
    Empty,
    /// None of a list.
    Listed(&'f Vec<String>),
    Beyond(&'f Bound, Ordering),
}

/// A question, how it is answered, and the answer.
struct Question<'f> {
    asked: Asked<'f>,
    listed: FxHashSet<&'f str>,
    first: Met,
}

impl Question<'_> {
    fn odd(&self, v: &str) -> bool {
        match self.asked {
            Asked::Type(told) => !fits(told, v),
            Asked::Whole(told) => !fits(told, v) && !v.contains('，'),
            Asked::Percent => v.trim_end().ends_with(['%', '％', '‰']),
            Asked::Empty => v.is_empty(),
            Asked::Listed(_) => !v.is_empty() && !self.listed.contains(v),
            Asked::Beyond(bound, odd) => bound.of(v) == Some(odd),
        }
    }
}

/// What is asked of the rows of a table, by column.
struct Rows<'f> {
    r: &'f Resource,
    read: &'f Read,
    table: &'f Table,
    questions: Vec<(usize, Question<'f>)>,
    unique: Vec<(usize, Seen, Met)>,
}

impl<'f> Rows<'f> {
    fn of(r: &'f Resource, read: &'f Read, table: &'f Table) -> Rows<'f> {
        Rows { r, read, table, questions: Vec::new(), unique: Vec::new() }
    }

    fn ask(&mut self, c: usize, asked: Asked<'f>) {
        let listed = if let Asked::Listed(list) = asked { list.iter().map(String::as_str).collect() } else { FxHashSet::default() };
        self.questions.push((c, Question { asked, listed, first: None }));
    }

    /// Goes through the rows once for all questions, and again for values that come twice where there are too many to be remembered
    /// at once. A file that breaks meanwhile is told of where it is published.
    fn answer(&mut self) {
        self.questions.sort_by_key(|q| q.0);
        let hidden: Vec<bool> = {
            let masks = self.table.masks(&self.r.settings);
            let found: FxHashSet<&str> = self.read.file.personal.iter().map(|p| p.name.as_str()).collect();
            self.table.names.iter().zip(masks).map(|(n, m)| m.is_some() || found.contains(n.as_str())).collect()
        };
        let met =
            |c: usize, row: u64, line: u64, v: &str| Some(At { row, line, value: if hidden[c] { "…".to_string() } else { v.chars().take(40).collect() } });
        let group = (KEYS as u64 / self.table.rows.max(1)).max(1) as usize;
        let mut unique: Vec<&mut [(usize, Seen, Met)]> = self.unique.chunks_mut(group).collect();
        let passes = unique.len().max(usize::from(!self.questions.is_empty()));
        for pass in 0..passes {
            let mut open: Vec<usize> = if pass == 0 { (0..self.questions.len()).collect() } else { Vec::new() };
            let questions = &mut self.questions;
            let twice: &mut [(usize, Seen, Met)] = unique.get_mut(pass).map_or(&mut [], |u| &mut **u);
            let mut n = 0;
            let _ = self.read.rows_at(self.table, &mut |line, row| {
                n += 1;
                open.retain(|q| {
                    let (c, q) = &mut questions[*q];
                    if q.odd(row[*c]) {
                        q.first = met(*c, n, line, row[*c]);
                    }
                    q.first.is_none()
                });
                let mut left = false;
                for (c, seen, first) in twice.iter_mut().filter(|t| t.2.is_none()) {
                    let v = row[*c];
                    if v.is_empty() || seen.again(v) {
                        *first = met(*c, n, line, v);
                        seen.keys = FxHashSet::default();
                    }
                    left |= first.is_none();
                }
                // All found, the rest need not be read.
                if open.is_empty() && !left { Err(std::io::Error::other("found")) } else { Ok(()) }
            });
            twice.iter_mut().for_each(|(_, seen, _)| seen.keys = FxHashSet::default());
        }
    }

    /// The first odd value of a column.
    fn first(&self, c: usize, asked: Asked<'_>) -> Met {
        let from = self.questions.partition_point(|q| q.0 < c);
        self.questions[from..].iter().take_while(|q| q.0 == c).find(|(_, q)| q.asked == asked).and_then(|(_, q)| q.first.clone())
    }

    /// The first value of a column that comes twice or is none, and how many values could not be remembered.
    fn unique(&self, c: usize) -> (Met, u64) {
        self.unique.iter().find(|u| u.0 == c).map_or((None, 0), |(_, seen, first)| (first.clone(), seen.beyond))
    }
}

/// Whether two units are the same measure of another size: 万元 and 亿元. Each figure is then wrong by thousands.
fn scales(a: &str, b: &str) -> bool {
    let base = |u: &str| u.trim().trim_start_matches(['十', '百', '千', '万', '亿', '萬', '億']).to_string();
    a.trim() != b.trim() && base(a) == base(b) && a.chars().chain(b.chars()).any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

/// Most values that are remembered to find the first that comes twice.
const KEYS: usize = 4_000_000;

/// Values that have come, as far as they are remembered.
struct Seen {
    keys: FxHashSet<u64>,
    most: usize,
    /// Values that came when no more could be remembered, and were none of those that are.
    beyond: u64,
}

impl Seen {
    fn of(most: usize) -> Seen {
        Seen { keys: FxHashSet::default(), most, beyond: 0 }
    }

    /// Whether a value has come before.
    fn again(&mut self, v: &str) -> bool {
        let key = hash(v.as_bytes());
        if self.keys.len() < self.most {
            return !self.keys.insert(key);
        }
        let known = self.keys.contains(&key);
        self.beyond += u64::from(!known);
        known
    }
}

/// A cell: row of the data, line of the file, value.
#[derive(Debug, Clone)]
struct At {
    row: u64,
    line: u64,
    value: String,
}

type Met = Option<At>;

/// A message with the place of the first value that it is about.
fn with(mut message: Text, first: Met) -> Text {
    match first {
        Some(At { row, value, .. }) if value.is_empty() => {
            message.zh += &format!("，最先在第 {row} 行数据");
            message.en += &format!(", first in row {row} of the data");
        }
        Some(At { row, value: v, .. }) => {
            message.zh += &format!("，最先是第 {row} 行数据的 `{v}`");
            message.en += &format!(", first `{v}` in row {row} of the data");
        }
        None => {}
    }
    message
}

/// Whether a value alone may be called so; nothing is nobody's mistake.
pub(super) fn fits(told: &str, v: &str) -> bool {
    let (class, _) = classify(v);
    let number = matches!(class, Class::Integer | Class::Number) && !exponent_code(v);
    class == Class::Mark
        || match told.trim().to_lowercase().as_str() {
            "integer" | "int" => class == Class::Integer,
            "number" | "decimal" | "float" | "n" | "数值型" => number,
            "date" | "d" | "日期型" | "yearmonth" => class == Class::Date,
            "year" => class == Class::Date || (v.len() == 4 && class == Class::Integer),
            "datetime" | "t" | "日期时间型" => matches!(class, Class::Date | Class::Datetime),
            "time" => clock(v),
            "boolean" => class == Class::Boolean || matches!(v, "0" | "1"),
            _ => true,
        }
}

/// A time of day, `08:30`, `08:30:00.5`.
fn clock(v: &str) -> bool {
    let parts: Vec<&str> = v.trim_end_matches('Z').split(':').collect();
    let two = |t: &str, below: u8| (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit()) && t.parse::<u8>().is_ok_and(|n| n < below);
    match parts[..] {
        [h, m] => two(h, 24) && two(m, 60),
        [h, m, s] => two(h, 24) && two(m, 60) && s.parse::<f64>().is_ok_and(|s| (0.0..61.0).contains(&s)),
        _ => false,
    }
}

/// Forms and lengths of values, in one pass over the rows where a field asks for them. Masked columns have no values to look at.
fn forms(item: &Item, r: &Resource, read: &Read, table: &Table, found: &mut Found<'_>) {
    let masked = |name: &str| r.settings.masks.iter().any(|(m, _)| m == name);
    let places: FxHashMap<&str, usize> = table.names.iter().enumerate().rev().map(|(c, n)| (n.as_str(), c)).collect();
    let asked = r.fields.iter().filter(|f| (f.pattern.is_some() || f.length != (None, None) || f.form().is_some()) && !masked(&f.name));
    let fields: Vec<(&FieldInfo, usize)> = asked.filter_map(|f| Some((f, *places.get(f.name.as_str())?))).collect();
    if fields.is_empty() {
        return;
    }
    let forms: Vec<_> = fields.iter().map(|(f, _)| f.form()).collect();
    // Values that do not fit: how many, the row and value of the first.
    let mut odd: Vec<(u64, u64, String)> = vec![Default::default(); fields.len()];
    let mut n = 0;
    // A file that breaks meanwhile is told of where it is read for publishing.
    let _ = read.rows(table, &mut |row| {
        n += 1;
        for (((f, c), form), odd) in fields.iter().zip(&forms).zip(&mut odd) {
            let v = row[*c];
            let formed = form.is_none() || classify(v).0 == Class::Mark || form.is_none_or(|is| is(v));
            let fits = |len: usize| f.length.0.is_none_or(|l| len >= l) && f.length.1.is_none_or(|l| len <= l);
            if !formed || !v.is_empty() && !(f.pattern.as_ref().is_none_or(|p| p.holds(v)) && (f.length == (None, None) || fits(v.chars().count()))) {
                if odd.0 == 0 {
                    (odd.1, odd.2) = (n, v.chars().take(40).collect());
                }
                odd.0 += 1;
            }
        }
        Ok(())
    });
    for ((f, c), (count, row, value)) in fields.iter().zip(odd).filter(|(_, o)| o.0 > 0) {
        let value = if read.file.personal.iter().any(|p| p.name == f.name) { "…".to_string() } else { value };
        found.data(
            item,
            read.span(0, c + 1),
            say!(
                "“{}”有 {count} 个值不合字典里的格式，最先是第 {row} 行数据的 {value}",
                "\u{201c}{}\u{201d} has values that are not of the form told in the dictionary: {count}, first {value} in row {row} of the data",
                f.name
            ),
            say!(
                "改正这些值，或改 `format`、`constraints` 里的 pattern、minLength、maxLength",
                "correct the values, or `format`, or pattern, minLength, maxLength of `constraints`"
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_remembered_is_counted() {
        let mut seen = Seen::of(2);
        assert!(!seen.again("a") && !seen.again("b") && !seen.again("c") && !seen.again("c") && seen.again("a"));
        assert_eq!(seen.beyond, 2);
    }
}
