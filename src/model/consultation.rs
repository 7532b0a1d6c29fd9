//! 意见征集: its days, its result, its opinions one by one. What is not told is not made up: counts stand as they were told,
//! and where only rows are told they are counted.

use super::Kind;
use super::known::Known;
use super::values::{Value, Values, values};
use crate::diag::{Diagnostic, Severity, Span, push_few, say};
use crate::load::register::{Register, register};
use crate::load::{Fields, Node, Yaml, half_width};
use crate::personal::{homes_in, names_in, person, veiled_letter, veiled_name, veiled_with};
use crate::schema::Field;
use crate::types::consultation::{self as con, result as res, row};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Where a consultation stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// 征集中
    Open,
    /// 尚未开始
    Ahead,
    /// 已结束待反馈
    Closed,
    /// 已公布结果
    Answered,
}

impl Stage {
    /// Word in classes and messages.
    pub const fn code(self) -> &'static str {
        match self {
            Stage::Open => "open",
            Stage::Ahead => "ahead",
            Stage::Closed => "closed",
            Stage::Answered => "answered",
        }
    }
}

/// 意见征集 (domain-rules B6).
#[derive(Debug, Clone)]
pub struct Consultation {
    /// The values of its declared fields.
    pub values: Values,
    /// First day.
    pub opens: Option<Date>,
    /// Last day, which counts.
    pub closes: Option<Date>,
    /// Id of the policy that it became.
    pub becomes: Option<Arc<str>>,
    /// What came of it.
    pub outcome: Option<Outcome>,
}

/// 征集结果.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Where it stands in the file of the item.
    pub at: (u32, u32),
    /// When it was published.
    pub on: Option<Date>,
    /// Opinions received, as told.
    pub received: Option<u32>,
    /// Adopted, as told.
    pub adopted: Option<u32>,
    /// Adopted in part, as told.
    pub partly: Option<u32>,
    /// Both as one, where the source does not part them.
    pub together: Option<u32>,
    /// Not adopted, as told.
    pub rejected: Option<u32>,
    /// Not yet decided, as told.
    pub pending: Option<u32>,
    /// Opinion by opinion.
    pub rows: Vec<Row>,
    /// Some opinion has a number of its own.
    pub numbered: bool,
    /// The files that they stand in, for places in findings.
    pub registers: Vec<Arc<Yaml>>,
    /// Rows of them were not read, which is told: they are not counted.
    pub unread: bool,
    /// The sheets themselves, which nobody is given.
    pub sheets: Vec<Arc<str>>,
    /// Cells in which names were hidden.
    pub veiled: Vec<Veiled>,
}

/// A cell in which names were hidden: register and number of the row, bytes of the file, the field.
pub type Veiled = (Option<(usize, u32)>, (u32, u32), &'static Field);

/// One opinion.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// 序号, as written.
    pub no: Option<String>,
    /// 反馈人, masked.
    pub from: Option<String>,
    /// 意见.
    pub opinion: String,
    /// 采纳情况: code in [`crate::schema::words::ADOPTION`].
    pub outcome: Option<&'static str>,
    /// 采纳情况 as it is written, where it is no word of those: shown as it stands, and counted under none.
    pub word: Option<String>,
    /// 理由.
    pub reason: Option<String>,
    /// Its register by place, its number in the sheet, the bytes of the row.
    pub place: Option<(usize, u32, (u32, u32))>,
}

/// The parts of what was received, in the order in which they are shown.
pub const PARTS: [&str; 5] = ["adopted", "partly", "adopted_or_partly", "rejected", "pending"];

impl Consultation {
    /// The result, once it may be seen.
    pub fn result(&self, today: Date) -> Option<&Outcome> {
        self.outcome.as_ref().filter(|r| r.on.is_none_or(|d| d <= today))
    }

    /// Where it stands on a day; `None` where its days are not told.
    pub fn stage(&self, today: Date) -> Option<Stage> {
        if self.result(today).is_some() {
            return Some(Stage::Answered);
        }
        match (self.opens, self.closes) {
            (Some(o), _) if today < o => Some(Stage::Ahead),
            (_, Some(c)) if today > c => Some(Stage::Closed),
            (Some(_), Some(_)) => Some(Stage::Open),
            _ => None,
        }
    }

    /// The days on which its state turns.
    pub fn turns(&self) -> impl Iterator<Item = Date> + use<> {
        let after = self.closes.and_then(|d| d.tomorrow().ok());
        [self.opens, after, self.outcome.as_ref().and_then(|r| r.on)].into_iter().flatten()
    }
}

impl Outcome {
    /// How many rows came to an outcome.
    pub fn counted(&self, code: &str) -> u32 {
        self.rows.iter().filter(|r| r.outcome == Some(code)).count() as u32
    }

    /// How many rows say what became of them in a word that the program does not know.
    pub fn unread(&self) -> u32 {
        self.rows.iter().filter(|r| r.word.is_some()).count() as u32
    }

    /// The number of a row as it is shown: as written, or its place where no row has one. Between numbers none is made up, it would be another's.
    pub fn number(&self, place: usize) -> Option<String> {
        let row = self.rows.get(place)?;
        row.no.clone().or_else(|| (!self.numbered).then(|| (place + 1).to_string()))
    }

    /// A part as it is told.
    pub fn told(&self, part: &str) -> Option<u32> {
        match part {
            "adopted" => self.adopted,
            "partly" => self.partly,
            "adopted_or_partly" => self.together,
            "rejected" => self.rejected,
            "pending" => self.pending,
            _ => None,
        }
    }

    /// What was received: as told, else the rows.
    pub fn total(&self) -> Option<u32> {
        self.received.or_else(|| (!self.rows.is_empty()).then_some(self.rows.len() as u32))
    }

    /// A part as it is shown: as told, else as the rows give it; nothing where neither tells it.
    pub fn part(&self, part: &str) -> Option<u32> {
        let counted = || {
            // Two numbers that are told as one are not parted; what no row came to is not said.
            let parted = self.together.is_none() || !matches!(part, "adopted" | "partly");
            let n = self.counted(part);
            (!self.rows.is_empty() && part != "adopted_or_partly" && parted && (n > 0 || matches!(part, "adopted" | "rejected"))).then_some(n)
        };
        self.told(part).or_else(counted)
    }

    /// Where a row stands.
    pub fn span(&self, row: &Row) -> Option<Span> {
        let (register, _, (from, to)) = row.place?;
        Some(self.registers.get(register)?.source.span(from as usize, to as usize))
    }
}

/// Reads one.
pub(super) fn consultation(f: &mut Fields<'_, '_>, kind: Kind, base: &str, known: &Known<'_>) -> Consultation {
    let mut at = (0, 0);
    let mut rows: Vec<&Node> = Vec::new();
    if let Some(node) = f.node(&con::RESULT) {
        at = (node.start, node.end);
        rows = match node.get(res::ROWS.key).map(|n| (n, &n.kind)) {
            Some((_, crate::load::Kind::List(all))) => all.iter().collect(),
            Some((one, _)) => vec![one],
            None => Vec::new(),
        };
    }
    let values = values(f, kind.record, Some(kind.issuer), base, known);
    let day = |v: &Values, field| if let Some(Value::Day(d)) = v.get(field) { Some(*d) } else { None };
    let result = if let Some(Value::Table(t)) = values.get(&con::RESULT) { Some(t) } else { None };
    let outcome = result.map(|t| {
        let count = |field| if let Some(Value::Count(n)) = t.get(field) { Some(*n) } else { None };
        let mut out = Outcome {
            at,
            on: day(t, &res::ON),
            received: count(&res::RECEIVED),
            adopted: count(&res::ADOPTED),
            partly: count(&res::PARTLY),
            together: count(&res::TOGETHER),
            rejected: count(&res::REJECTED),
            pending: count(&res::PENDING),
            ..Outcome::default()
        };
        let listed = if let Some(Value::List(l)) = t.get(&res::ROWS) { &l[..] } else { &[] };
        // Values and what they were read from stand beside each other, where none was left out.
        let paired = listed.len() == rows.len();
        for (n, value) in listed.iter().enumerate() {
            match value {
                Value::Table(t) => {
                    let veiled = &mut out.veiled;
                    let node = rows.get(n).filter(|_| paired);
                    let opinion = one(t, node.copied(), None, &mut |field| veiled.push((None, at, field)));
                    out.rows.extend(opinion);
                }
                Value::Text(name) => {
                    let node = rows.iter().find(|n| n.text().is_some_and(|t| t.trim() == name.trim()));
                    let at = node.map_or(at, |n| (n.start, n.end));
                    file(f, base, name, at, known, &mut out);
                }
                _ => {}
            }
        }
        out.numbered = out.rows.iter().any(|r| r.no.is_some());
        out
    });
    Consultation {
        opens: day(&values, &con::OPENS),
        closes: day(&values, &con::CLOSES),
        becomes: if let Some(Value::Item(id)) = values.get(&con::BECOMES) { Some(id.clone()) } else { None },
        outcome,
        values,
    }
}

/// The opinions of a file.
fn file(f: &mut Fields<'_, '_>, base: &str, name: &str, at: (u32, u32), known: &Known<'_>, into: &mut Outcome) {
    let key = res::ROWS.key;
    let found = known.file(base, name).and_then(|k| known.sources.blobs.get_key_value(k));
    let Some((sheet, blob)) = found else {
        let what = say!("`{key}` 的文件 `{name}` 不存在", "`{key}`: there is no file `{name}`");
        f.report_at(at.0, at.1, known.no_file("SRC015", base, name, what));
        return;
    };
    into.sheets.push(sheet.clone());
    let root = &known.config.root;
    let shown = blob.disk.strip_prefix(root).unwrap_or(&blob.disk).to_string_lossy().replace('\\', "/");
    let languages: Vec<String> = known.config.languages.iter().map(|l| l.tag.clone()).collect();
    let mut found = Vec::new();
    let got = register(blob, &shown, &row::RECORD, &languages, &mut found);
    into.unread |= got.is_none() || found.iter().any(|d| d.severity == crate::diag::Severity::Error && d.code != "SRC005");
    if let Some(mut register) = got {
        let (place, begun) = (into.registers.len(), into.rows.len());
        for (number, node) in &register.rows {
            let before = found.len();
            let mut r = Fields::new(&row::RECORD, &register.yaml.source, node, &known.config.tz, &mut found);
            let read = values(&mut r, &row::RECORD, None, base, known);
            r.finish();
            register.place((*number, node), &mut found[before..]);
            let cell = |field: &Field| node.get(field.key).map_or((node.start, node.end), |n| (n.start, n.end));
            let at = (place, *number, (node.start, node.end));
            let opinion = one(&read, Some(node), Some(at), &mut |field| into.veiled.push((Some((place, *number)), cell(field), field)));
            into.rows.extend(opinion);
        }
        numbers(&into.rows[begun..], &register, &mut found);
        // Members of the public write of their homes without a name beside them.
        if let Some(yaml) = Arc::get_mut(&mut register.yaml) {
            let homes = homes_in(&yaml.source.text, &yaml.personal);
            yaml.personal.extend(homes);
        }
        into.registers.push(register.yaml);
    }
    for mut d in found {
        d.item = Some(f.path());
        f.out(d);
    }
}

/// Most characters of an outcome in the words of the source.
const WORD: usize = 200;

/// Tells numbers that stand twice in a sheet, and rows without one between rows with one: readers cite opinions by their numbers.
fn numbers(rows: &[Row], register: &Register, out: &mut Vec<Diagnostic>) {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    let mut empty: Vec<u32> = Vec::new();
    let mut first = None;
    for row in rows {
        let Some((_, number, (start, end))) = row.place else { continue };
        let span = || {
            let node = register.rows.binary_search_by_key(&number, |r| r.0).ok().and_then(|i| register.rows[i].1.get(row::NO.key));
            let (from, to) = node.map_or((start, end), |n| (n.start, n.end));
            register.yaml.source.span(from as usize, to as usize)
        };
        let Some(no) = &row.no else {
            first.get_or_insert_with(span);
            empty.push(number);
            continue;
        };
        match seen.get(&half_width(no).to_lowercase()) {
            Some(other) => push_few(out, "SRC009", || {
                let text = say!(
                    "第 {number} 行：编号 `{no}` 与第 {other} 行重复；两条都计入，照原样显示",
                    "row {number}: the number `{no}` is also that of row {other}; both are counted and shown as they stand"
                );
                let hint = say!("一条意见一个编号；同一人的几条写 1-1、1-2", "a number an opinion; several of one person are 1-1, 1-2");
                Diagnostic::new("SRC009", Severity::Error, text).at(span()).hint(hint)
            }),
            None => {
                seen.insert(half_width(no).to_lowercase(), number);
            }
        }
    }
    let Some(at) = first.filter(|_| !seen.is_empty()) else { return };
    let (n, few) = (empty.len(), crate::diag::Listed(empty.iter().take(5).map(u32::to_string).collect()));
    let text = say!(
        "{n} 行没有编号，编号显示为空，不按次序补：第 {few} 行",
        "{n} without a number, which stays empty and is not made up from the order: rows {few:#}"
    );
    let hint =
        say!("Excel 里合并的单元格先取消合并，编号和反馈人逐行填上", "take cells apart that were merged in Excel, and fill in number and writer in each row");
    out.push(Diagnostic::new("SRC010", Severity::Warn, text).at(at).hint(hint));
}

/// One opinion from its fields, names hidden. A row without an opinion was told, and counts: somebody sent it.
fn one(v: &Values, node: Option<&Node>, place: Option<(usize, u32, (u32, u32))>, hid: &mut dyn FnMut(&'static Field)) -> Option<Row> {
    let text = |field| if let Some(Value::Text(t)) = v.get(field) { Some(t.trim().replace("\r\n", "\n")).filter(|t| !t.is_empty()) } else { None };
    // Who sent it, and whom it calls by name, is hidden in all that is told of it.
    let from = text(&row::FROM).filter(|t| person(t)).into_iter();
    let names: Vec<String> = from.chain([&row::OPINION, &row::REASON].into_iter().filter_map(text).flat_map(|t| names_in(&t))).collect();
    let mut told = |field: &'static Field| {
        let text = text(field)?;
        let hidden = match () {
            () if std::ptr::eq(field, &row::FROM) && person(&text) => Some(veiled_name(&text)),
            () if std::ptr::eq(field, &row::OPINION) => veiled_letter(&text, &names),
            () => veiled_with(&text, &names),
        };
        Some(hidden.inspect(|_| hid(field)).unwrap_or(text))
    };
    let outcome = if let Some(Value::Code(c)) = v.get(&row::OUTCOME) { Some(*c) } else { None };
    // What the source says stands as it says it, though nobody can count it.
    let word = node.filter(|_| outcome.is_none()).and_then(|n| n.get(row::OUTCOME.key)?.text()).map(str::trim).filter(|t| !t.is_empty());
    let word = word.map(|t| t.chars().take(WORD).collect::<String>());
    let word = word.map(|t| veiled_with(&t, &names).unwrap_or(t));
    let (from, opinion, reason) = (told(&row::FROM), told(&row::OPINION).unwrap_or_default(), told(&row::REASON));
    Some(Row { no: text(&row::NO), from, opinion, outcome, word, reason, place })
}
