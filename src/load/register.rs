//! Registers that a clerk keeps in Excel: a CSV file whose rows are read as the declared fields of a record.
//!
//! Columns are found by key, label or another word for it, in any order; the encoding is told by the bytes. Each row is a
//! mapping like one of YAML, so that every finding names the place of its cell.

use super::fields::{half_width, nearest};
use super::node::{Kind, Node};
use super::table::bytes;
use super::table::sniff;
use super::table::totals::is_total;
use super::{Blob, Source, Yaml};
use crate::diag::{Diagnostic, Severity, push_few, say};
use crate::schema::{Field, FieldKind, Record};
use std::sync::Arc;

/// A register as it was read.
#[derive(Debug)]
pub struct Register {
    /// The text, decoded, for findings.
    pub yaml: Arc<Yaml>,
    /// Each row as a mapping, with its number in the sheet.
    pub rows: Vec<(u32, Node)>,
    /// The columns that were understood: the field, and what its head says.
    pub columns: Vec<(&'static Field, String)>,
}

/// A cell: its text, and where it stands.
type Cell = (String, u32, u32);

/// Most bytes of a register.
const LONGEST: u64 = 64 << 20;
/// Most rows of a register.
const ROWS: usize = 200_000;

/// Reads a register. What it lacks as a whole is told; cells are judged by who reads the rows.
pub fn register(blob: &Blob, shown: &str, record: &'static Record, languages: &[String], out: &mut Vec<Diagnostic>) -> Option<Register> {
    let failed = |why: std::io::Error| {
        Diagnostic::new("SRC003", Severity::Error, say!("文件无法读取：{why}", "the file cannot be read: {why}"))
            .at(crate::diag::Span::file(shown))
            .hint(say!("检查文件和权限", "look at the file and its permissions"))
    };
    if blob.len > LONGEST {
        let d = Diagnostic::new("SRC002", Severity::Error, say!("文件过大，未读入", "too large; not read")).at(crate::diag::Span::file(shown));
        out.push(d.hint(say!("按年分开，只留近几年的", "keep the last years")));
        return None;
    }
    let raw = match super::read_bytes(&blob.disk) {
        Ok(b) => b,
        Err(e) => {
            out.push(failed(e));
            return None;
        }
    };
    let Some(coded) = bytes::encoding(&raw, None, languages, &mut || None) else {
        let d = Diagnostic::new("SRC001", Severity::Error, say!("不是文字文件，未读入", "is no text; not read")).at(crate::diag::Span::file(shown));
        out.push(d.hint(say!("在 Excel 里另存为 CSV", "save it as CSV in Excel")));
        return None;
    };
    let body = raw.get(coded.mark..).unwrap_or(&[]);
    let text = match coded.encoding {
        Some(e) => e.decode_without_bom_handling(body).0.into_owned(),
        None => String::from_utf8_lossy(body).into_owned(),
    };
    let source = Source::new(shown, text);
    if let Some(at) = source.text.find('\u{FFFD}') {
        let d = Diagnostic::new("SRC001", Severity::Error, say!("有字节不是文字（按 {} 读）", "bytes that are no text (read as {})", coded.name()));
        out.push(d.at(source.span(at, at + 3)).hint(say!("在 Excel 里另存为“CSV UTF-8”", "save it as “CSV UTF-8” in Excel")));
    }
    // Both versions of a row are no rows.
    if let Some(d) = super::conflict::told(&source, 0..source.text.len(), false) {
        out.push(d);
        let personal = crate::personal::traces(&source.text);
        return Some(Register { yaml: Arc::new(Yaml { source, node: None, problems: Vec::new(), personal }), rows: Vec::new(), columns: Vec::new() });
    }
    let head: String = source.text.lines().take(30).collect::<Vec<_>>().join("\n");
    let mut cells = Cells { text: &source.text, at: 0, delimiter: sniff(&head, None).delimiter, broken: None };
    let mut number = 0;
    let mut columns: Vec<Option<&'static Field>> = Vec::new();
    let mut heads: Vec<Cell> = Vec::new();
    let mut rows = Vec::new();
    let mut bare: Vec<(u32, Cell)> = Vec::new();
    while let Some(row) = cells.row() {
        number += 1;
        if row.iter().all(|c| c.0.trim().is_empty()) {
            continue;
        }
        if columns.is_empty() {
            // A title above the head has one cell.
            let known: Vec<Option<&'static Field>> = row.iter().map(|c| field(record, &c.0)).collect();
            if let Some(at) = wide_head(record, &row) {
                out.push(wide_comma(&source, at, true));
                let personal = crate::personal::traces(&source.text);
                return Some(Register { yaml: Arc::new(Yaml { source, node: None, problems: Vec::new(), personal }), rows, columns: Vec::new() });
            }
            if known.iter().flatten().count() < 2 && number < 10 {
                continue;
            }
            heads_told(&source, record, &row, &known, out);
            (columns, heads) = (known, row);
            continue;
        }
        if rows.len() == ROWS {
            let d = Diagnostic::new("SRC017", Severity::Error, say!("超过 {ROWS} 行，其余未读入", "more than {ROWS} rows; the rest is not read"));
            out.push(d.at(source.span(row[0].1 as usize, row[0].2 as usize)).hint(say!("按年分成几个文件", "divide it by years")).blocking());
            break;
        }
        // What stands below every list of Excel is nothing that somebody sent.
        if let Some(below) = below(&row, &columns) {
            push_few(out, "SRC061", || below_told(&source, number, &below));
            continue;
        }
        if let Some(cell) = number_alone(&row, &columns) {
            bare.push((number, cell.clone()));
            continue;
        }
        let (start, end) = (row[0].1, row.last().map_or(0, |c| c.2));
        // Cells that stand under other heads than their own say nothing: the row is told of, and not read.
        if let Some(at) = wide_row(&source.text, &row, &columns) {
            push_few(out, "SRC020", || wide_comma(&source, at, false));
            continue;
        }
        let extra = row.iter().skip(columns.len()).find(|c| !c.0.trim().is_empty());
        let shifted = extra.is_some() && !sensible(row.iter().map(|c| c.0.as_str()), &columns, false);
        if let Some((cell, a, b)) = extra {
            push_few(out, "SRC006", || {
                let (zh, en) = if shifted {
                    ("，各格错开，这一行没有读入", "; its cells stand under other heads, and the row is not read")
                } else {
                    ("", "")
                };
                let text = say!("第 {number} 行比表头多出一格：`{cell}`{zh}", "row {number} has a cell beyond the head: `{cell}`{en}");
                let hint = say!("内容里有逗号的，整格加引号", "a cell with a comma in it stands in quotes");
                Diagnostic::new("SRC006", Severity::Error, text).at(source.span(*a as usize, *b as usize)).hint(hint)
            });
        }
        if shifted {
            continue;
        }
        let pairs = row.into_iter().zip(&columns).filter_map(|((text, start, end), f)| {
            let key = Node { start, end, kind: Kind::Text((*f)?.key.into()) };
            let empty = matches!(text.trim(), "" | "-" | "—" | "——" | "/");
            // A day or number typed in full width is the same day or number.
            let plain = matches!((*f)?.kind, FieldKind::Date | FieldKind::Day | FieldKind::Count);
            // Words in such a cell are told as they are written.
            let half = Some(half_width(text.trim())).filter(|h| plain && h.contains(|c: char| c.is_ascii_digit()));
            let said = half.unwrap_or_else(|| text.trim().to_string());
            Some((key, Node { start, end, kind: if empty { Kind::Null } else { Kind::Text(said.as_str().into()) } }))
        });
        rows.push((number, Node { start, end, kind: Kind::Map(pairs.collect()) }));
    }
    out.extend(bare_told(&source, &bare));
    if let Some(at) = cells.broken {
        let d =
            Diagnostic::new("SRC006", Severity::Error, say!("引号没有结束，后面的行都读成了一格", "a quote without its end: all rows behind it are one cell"));
        out.push(d.at(source.span(at, at + 1)).hint(say!("补上引号，或写两个引号", "close it, or write it twice")).blocking());
    }
    if columns.is_empty() && !source.text.trim().is_empty() {
        let words: Vec<&str> = record.all().map(|f| f.label.zh).collect();
        let list = words.join("、");
        let d = Diagnostic::new("SRC010", Severity::Error, say!("没有表头，未读入", "has no head; not read")).at(source.span(0, 1));
        let keys: Vec<&str> = record.all().map(|f| f.key).collect();
        let keys = keys.join(", ");
        out.push(d.hint(say!("第一行写列名：{list}", "write the names of the columns in the first row: {keys}")));
    }
    let columns = columns.into_iter().zip(heads).filter_map(|(f, h)| Some((f?, h.0.trim().to_string()))).collect();
    let personal = crate::personal::traces(&source.text);
    Some(Register { yaml: Arc::new(Yaml { source, node: None, problems: Vec::new(), personal }), rows, columns })
}

/// The field that the head of a column means.
fn field(record: &'static Record, head: &str) -> Option<&'static Field> {
    let half = half_width(head);
    // `收到日期（必填）`, `收到日期*`
    let word = half.split(['(', '*']).next().unwrap_or("").trim().to_lowercase();
    let tight: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    let under = word.replace([' ', '-'], "_");
    record.all().find(|f| f.spellings().any(|k| k == under) || f.label.zh == tight || f.label.en.to_lowercase() == word || f.also.contains(&tight.as_str()))
}

/// A cell that says nothing.
fn is_empty(cell: &str) -> bool {
    matches!(cell.trim(), "" | "-" | "—" | "——" | "/")
}

/// Columns that have what somebody wrote, in which any word may stand.
static TEXTS: &[&str] = &["opinion", "reason", "title", "body", "reply", "subject"];

/// Totals by which a text of such a column is no text: whole, and nothing more.
static TOTALS: &[&str] = &["合计", "总计", "小计", "共计", "合計", "總計", "小計", "共計"];

/// Who made a list, who looked at it and when, and what is noted below it.
static SIGNED: &[&str] = &[
    "填表人",
    "填报人",
    "填表",
    "填报",
    "制表人",
    "制表",
    "统计人",
    "统计",
    "经办人",
    "经办",
    "录入人",
    "登记人",
    "审核",
    "审核人",
    "审核意见",
    "审批",
    "审批人",
    "审签",
    "复核",
    "复核人",
    "校对",
    "校核",
    "核对人",
    "负责人",
    "单位负责人",
    "科室负责人",
    "部门负责人",
    "主要负责人",
    "分管领导",
    "主管领导",
    "领导签字",
    "签字",
    "签名",
    "签章",
    "盖章",
    "单位盖章",
    "备注",
    "说明",
    "注",
    "附注",
    "填表说明",
    "填报说明",
    "填表单位",
    "填报单位",
    "制表单位",
    "报送单位",
    "填表日期",
    "填报日期",
    "制表日期",
    "报送日期",
    "填表时间",
    "填报时间",
    "制表时间",
    "统计时间",
    "打印日期",
    "打印时间",
    "导出日期",
    "导出时间",
    "联系人",
    "联系电话",
    "电话",
    "日期",
    "数据来源",
    "prepared by",
    "compiled by",
    "checked by",
    "approved by",
    "reviewed by",
    "signed",
    "notes",
    "note",
    "remarks",
    "source",
];

/// A row that stands below a list and is none of it: the cell that says so, its word, and whether it is a total.
struct Below<'r> {
    cell: &'r Cell,
    word: String,
    total: bool,
}

/// The word of a cell that signs a list or notes something: `填表人：王小明`, `审 核`, `注1：`.
fn signer(cell: &str) -> Option<String> {
    if cell.as_bytes().first().is_none_or(u8::is_ascii_digit) {
        return None;
    }
    let head = cell.trim().split([':', '：']).next().unwrap_or("");
    let tight: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    let word = tight.trim_matches(['（', '）', '(', ')', '*', '※']).trim_end_matches(|c: char| c.is_ascii_digit());
    // `填表人  王小明`: the name behind a blank.
    let first = head.split_whitespace().next().unwrap_or("");
    let known = |w: &str| SIGNED.iter().find(|s| s.replace(' ', "") == w.to_lowercase());
    known(word).or_else(|| known(first).filter(|w| !w.is_ascii() && w.chars().count() > 2)).map(|w| (*w).to_string())
}

/// Finds out whether a row stands below the list. In a column of texts only a word that is nothing else counts.
fn below<'r>(row: &'r [Cell], columns: &[Option<&'static Field>]) -> Option<Below<'r>> {
    let (i, cell) = row.iter().enumerate().find(|(_, c)| !is_empty(&c.0))?;
    let texts = |i: usize| columns.get(i).copied().flatten().is_some_and(|f| TEXTS.contains(&f.key));
    let text = cell.0.trim();
    let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if if texts(i) { TOTALS.contains(&tight.trim_end_matches([':', '：'])) } else { is_total(text) } {
        return Some(Below { cell, word: text.chars().take(20).collect(), total: true });
    }
    let word = signer(text)?;
    let alone = row.iter().skip(i + 1).all(|c| is_empty(&c.0));
    // Somebody wrote something: that is a record, whoever is named before it.
    let written = row.iter().enumerate().skip(i + 1).any(|(k, c)| texts(k) && !is_empty(&c.0) && signer(&c.0).is_none());
    let sure = if texts(i) {
        alone && ["填", "制表", "审核人", "复核人", "统计人", "经办人", "prepared"].iter().any(|w| word.starts_with(w))
    } else {
        !written
    };
    sure.then_some(Below { cell, word, total: false })
}

fn below_told(source: &Source, number: u32, b: &Below<'_>) -> Diagnostic {
    let word = &b.word;
    let text = if b.total {
        say!(
            "第 {number} 行是合计（`{word}`），不是一条记录，未计入，也不公布",
            "row {number} is a total (`{word}`) and no record; it is not counted and not published"
        )
    } else {
        say!(
            "第 {number} 行是表下的签注（`{word}`），不是一条记录，未计入，也不公布",
            "row {number} is a note below the list (`{word}`) and no record; it is not counted and not published"
        )
    };
    let hint = say!(
        "删去这一行，各数由程序算出；确是一条记录的，改写第一格",
        "delete it, what is counted is counted by the program; where it is a record, write another first cell"
    );
    Diagnostic::new("SRC061", Severity::Warn, text).at(source.span(b.cell.1 as usize, b.cell.2 as usize)).hint(hint)
}

/// The number of a row that has nothing but its number: one that was filled down for later.
fn number_alone<'r>(row: &'r [Cell], columns: &[Option<&'static Field>]) -> Option<&'r Cell> {
    let mut filled = row.iter().enumerate().filter(|(_, c)| !is_empty(&c.0));
    let (i, cell) = filled.next()?;
    // A whole row within one cell is none: its commas are those of another keyboard.
    let number = cell.0.chars().count() <= 40 && !cell.0.contains(['，', ',', '；', ';', '\t']);
    (number && filled.next().is_none() && columns.len() > 1 && columns.get(i).copied().flatten()?.key == "no").then_some(cell)
}

/// Rows with a number alone, told once.
fn bare_told(source: &Source, bare: &[(u32, Cell)]) -> Option<Diagnostic> {
    let (_, (_, from, to)) = bare.first()?;
    let few = |f: &dyn Fn(&(u32, Cell)) -> String| crate::diag::Listed(bare.iter().take(5).map(f).collect());
    let (rows, numbers) = (few(&|b| b.0.to_string()), few(&|b| format!("`{}`", b.1.0.trim().chars().take(40).collect::<String>())));
    let (n, more) = (bare.len(), bare.len() > 5);
    let text = if more {
        say!(
            "{n} 行只有编号，没有内容，不是记录，未计入：第 {rows} 行等",
            "a number and nothing else, and no records; not counted: rows {rows:#} and more, {n} in all"
        )
    } else {
        say!(
            "第 {rows} 行只有编号（{numbers}），没有内容，不是记录，未计入",
            "a number and nothing else ({numbers:#}), and no record; not counted: rows {rows:#}"
        )
    };
    let hint = say!("预先编好的号，有了内容再写；漏填的，补上各格", "write prepared numbers once there is something; where cells were left out, fill them in");
    Some(Diagnostic::new("SRC061", Severity::Warn, text).at(source.span(*from as usize, *to as usize)).hint(hint))
}

/// The field that a head with a slip of the pen means: one that no other column is.
fn misspelt(record: &'static Record, head: &str, known: &[Option<&'static Field>]) -> Option<&'static Field> {
    let word = half_width(head).to_lowercase().replace([' ', '-'], "_");
    if word.chars().count() < 2 {
        return None;
    }
    let free: Vec<&'static Field> = record.all().filter(|f| !known.iter().flatten().any(|g| std::ptr::eq(*g, *f))).collect();
    let words: Vec<&str> = free.iter().flat_map(|f| [f.key, f.label.zh]).collect();
    let near = nearest(&word, &words)?;
    free.into_iter().find(|f| f.key == near || f.label.zh == near)
}

/// Where a full-width comma stands in a head whose cells it should part: in a cell of several names of columns.
fn wide_head(record: &'static Record, row: &[Cell]) -> Option<usize> {
    let names = |c: &Cell| c.0.contains('，') && c.0.split('，').filter(|n| field(record, n).is_some()).count() > 1;
    let cell = row.iter().find(|c| names(c))?;
    // A quoted cell has no comma that parts anything; its place is one of two less.
    ((cell.2 - cell.1) as usize == cell.0.len()).then(|| cell.1 as usize + cell.0.find('，').unwrap_or(0))
}

/// Where a full-width comma stands in a row that has cells too few, if the cells that it would part are those of the head.
fn wide_row(text: &str, row: &[Cell], columns: &[Option<&'static Field>]) -> Option<usize> {
    let bare = |c: &&Cell| c.0.contains('，') && (c.2 - c.1) as usize == c.0.len();
    let cell = row.iter().find(bare)?;
    let wide: usize = row.iter().filter(bare).map(|c| c.0.matches('，').count()).sum();
    if row.len() + wide != columns.len() || sensible(row.iter().map(|c| c.0.as_str()), columns, true) {
        return None;
    }
    let parts: Vec<&str> = row.iter().flat_map(|c| if bare(&c) { c.0.split('，').collect() } else { vec![c.0.as_str()] }).collect();
    debug_assert!(text.is_char_boundary(cell.1 as usize));
    sensible(parts.into_iter(), columns, false).then(|| cell.1 as usize + cell.0.find('，').unwrap_or(0))
}

/// Whether cells may be those of their columns: what has to be said is said (`all`), days and numbers have digits, choices are words of their list.
fn sensible<'c>(cells: impl Iterator<Item = &'c str>, columns: &[Option<&'static Field>], all: bool) -> bool {
    let cells: Vec<&str> = cells.collect();
    columns.iter().enumerate().all(|(i, f)| {
        let Some(f) = f else { return true };
        let cell = cells.get(i).map_or("", |c| c.trim());
        let empty = matches!(cell, "" | "-" | "—" | "——" | "/");
        if empty {
            return !all || f.need[0] != crate::schema::Need::Must;
        }
        match f.kind {
            FieldKind::Date | FieldKind::Day | FieldKind::Moment => cell.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)),
            FieldKind::Count => half_width(cell).bytes().all(|b| b.is_ascii_digit()),
            FieldKind::Flag => cell.chars().count() <= 6,
            _ => f.kind.words().is_none_or(|w| w.iter().any(|(a, b)| *a == cell || *b == cell) || cell.chars().count() <= 8),
        }
    })
}

/// The finding about full-width commas in a row.
fn wide_comma(source: &Source, at: usize, head: bool) -> Diagnostic {
    let text = &source.text;
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let line = text[start..].lines().next().unwrap_or("");
    let what = if head {
        say!("表头用了全角逗号，不分列，整个文件未读入", "the head has full-width commas, which part no columns; the file is not read")
    } else {
        say!("这一行用了全角逗号，不分列，没有读入", "this row has full-width commas, which part no columns; it is not read")
    };
    let d = Diagnostic::new("SRC020", Severity::Error, what).at(source.span(at, at + '，'.len_utf8()));
    // A long line is shown by nobody; one with quotes may have commas that are meant.
    let short = line.chars().count() <= 120 && !line.contains('"');
    d.hint(if short && (head || crate::personal::traces(line).is_empty()) {
        let right = line.replace('，', ",");
        say!("应写作 `{right}`", "write `{right}`")
    } else {
        say!("把分列的 `，` 改成半角 `,`", "make the `，` that parts cells a half-width `,`")
    })
}

/// Columns that are not understood, there twice, or missing.
fn heads_told(source: &Source, record: &'static Record, row: &[Cell], known: &[Option<&'static Field>], out: &mut Vec<Diagnostic>) {
    for (i, ((head, a, b), f)) in row.iter().zip(known).enumerate() {
        let at = || source.span(*a as usize, *b as usize);
        match f {
            None if head.trim().is_empty() => {}
            None if misspelt(record, head, known).is_some() => {
                let Some(f) = misspelt(record, head, known) else { continue };
                let (zh, key) = (f.label.zh, f.key);
                let severity = if f.need[0] == crate::schema::Need::Must { Severity::Error } else { Severity::Warn };
                let d = Diagnostic::new("SRC005", severity, say!("不认识列 `{head}`，未读入，也不公布", "unknown column `{head}`; not read and not published"));
                out.push(d.at(at()).hint(say!("是不是 `{zh}`（{key}）？", "did you mean `{key}`?")));
            }
            None => {
                let keys: Vec<String> = record.all().map(|f| format!("{}（{}）", f.label.zh, f.key)).collect();
                let list = keys.join("、");
                let names: Vec<&str> = record.all().map(|f| f.key).collect();
                let names = names.join(", ");
                let d = Diagnostic::new(
                    "SRC005",
                    Severity::Warn,
                    say!("不认识列 `{head}`，未读入，也不公布", "unknown column `{head}`; not read and not published"),
                );
                out.push(d.at(at()).hint(say!("改成：{list}；不需要就删去", "one of {names}; or delete it")));
            }
            Some(f) if known[..i].iter().flatten().any(|g| std::ptr::eq(*g, *f)) => {
                let key = f.key;
                let d = Diagnostic::new(
                    "SRC009",
                    Severity::Error,
                    say!("列 `{head}`（{key}）有两个，只读第一个", "the column `{head}` ({key}) is there twice; the first counts"),
                );
                out.push(d.at(at()).hint(say!("删去一个", "remove one of them")));
            }
            Some(_) => {}
        }
    }
    let meant: Vec<&Field> = row.iter().zip(known).filter(|(_, k)| k.is_none()).filter_map(|(c, _)| misspelt(record, &c.0, known)).collect();
    let there = |f: &Field| known.iter().flatten().any(|g| std::ptr::eq(*g, f)) || meant.iter().any(|g| std::ptr::eq(*g, f));
    for f in record.all().filter(|f| f.need[0] == crate::schema::Need::Must && !there(f)) {
        let (zh, key) = (f.label.zh, f.key);
        let d = Diagnostic::new("SRC010", Severity::Error, say!("缺少列 `{zh}`（{key}）", "there is no column `{key}`"));
        out.push(d.at(source.span(row[0].1 as usize, row.last().map_or(0, |c| c.2) as usize)).hint(say!("在表头加上这一列", "add it to the head")));
    }
}

impl Register {
    /// Says of each finding since `before` which row and column it is about.
    pub fn place(&self, (row, node): (u32, &Node), out: &mut [Diagnostic]) {
        let Kind::Map(pairs) = &node.kind else { return };
        for d in out {
            let Some(span) = &d.span else { continue };
            // What is missing stands nowhere: the row is its place.
            let of = pairs.iter().filter(|_| d.code != "SRC010").find(|(k, _)| {
                let at = self.yaml.source.span(k.start as usize, k.end as usize);
                (at.line, at.col) == (span.line, span.col)
            });
            let head = of.and_then(|(k, _)| self.columns.iter().find(|(f, _)| Some(f.key) == k.text())).map(|(_, h)| h.as_str());
            match head {
                Some(h) if !d.message.en.contains(" more of this kind") => {
                    d.message.zh = format!("第 {row} 行“{h}”：{}", d.message.zh);
                    d.message.en = format!("row {row}, {h}: {}", d.message.en);
                }
                None if !d.message.en.contains(" more of this kind") => {
                    d.message.zh = format!("第 {row} 行：{}", d.message.zh);
                    d.message.en = format!("row {row}: {}", d.message.en);
                }
                _ => {}
            }
        }
    }
}

/// Goes through the cells of a CSV text with their places.
struct Cells<'t> {
    text: &'t str,
    at: usize,
    delimiter: u8,
    /// A quote that never ends.
    broken: Option<usize>,
}

impl Cells<'_> {
    fn row(&mut self) -> Option<Vec<Cell>> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let mut row = Vec::new();
        loop {
            let start = self.at;
            if bytes.get(start) == Some(&b'"') {
                row.push(self.quoted(start));
            } else {
                let end = bytes[start..].iter().position(|b| *b == self.delimiter || matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |i| start + i);
                row.push((self.text[start..end].to_string(), start as u32, end as u32));
                self.at = end;
            }
            match bytes.get(self.at) {
                Some(b) if *b == self.delimiter => {
                    self.at += 1;
                }
                Some(b'\r') if bytes.get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return Some(row);
                }
                Some(_) => {
                    self.at += 1;
                    return Some(row);
                }
                None => return Some(row),
            }
        }
    }

    /// A cell in quotes; what stands behind the closing one belongs to it.
    fn quoted(&mut self, start: usize) -> Cell {
        let bytes = self.text.as_bytes();
        let (mut out, mut from, mut i) = (String::new(), start + 1, start + 1);
        loop {
            match memchr::memchr(b'"', &bytes[i..]) {
                None => {
                    self.broken.get_or_insert(start);
                    out.push_str(&self.text[from..]);
                    self.at = bytes.len();
                    return (out, start as u32, self.at as u32);
                }
                Some(n) if bytes.get(i + n + 1) == Some(&b'"') => {
                    out.push_str(&self.text[from..=i + n]);
                    i += n + 2;
                    from = i;
                }
                Some(n) => {
                    out.push_str(&self.text[from..i + n]);
                    let rest = i + n + 1;
                    let end = bytes[rest..].iter().position(|b| *b == self.delimiter || matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |k| rest + k);
                    out.push_str(&self.text[rest..end]);
                    self.at = end;
                    return (out, start as u32, end as u32);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_places() {
        let text = "a,\"b \"\"x\"\"\",c\r\n\"1\n2\",,\n\n3";
        let mut c = Cells { text, at: 0, delimiter: b',', broken: None };
        let words = |r: Vec<Cell>| r.into_iter().map(|(t, a, b)| (t, text[a as usize..b as usize].to_string())).collect::<Vec<_>>();
        let first = words(c.row().unwrap());
        assert_eq!(first.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>(), ["a", "b \"x\"", "c"]);
        assert_eq!(first[1].1, "\"b \"\"x\"\"\"");
        assert_eq!(words(c.row().unwrap()).into_iter().map(|(t, _)| t).collect::<Vec<_>>(), ["1\n2", "", ""]);
        assert_eq!((c.row().unwrap().len(), c.row().unwrap().len(), c.row().is_none()), (1, 1, true));
        let mut c = Cells { text: "a,\"b\nc", at: 0, delimiter: b',', broken: None };
        assert_eq!((c.row().unwrap().len(), c.broken), (2, Some(2)));
    }
}
