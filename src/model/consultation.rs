//! 意见征集: its days, its result, its opinions one by one. What is not told is not made up: counts stand as they were told,
//! and where only rows are told they are counted.

use super::Kind;
use super::known::Known;
use super::values::{Value, Values, values};
use crate::diag::{Span, say};
use crate::load::register::register;
use crate::load::{Fields, Yaml};
use crate::personal::{homes_in, names_in, person, veiled_letter, veiled_name, veiled_with};
use crate::schema::Field;
use crate::types::consultation::{self as con, result as res, row};
use jiff::civil::Date;
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
    let mut rows: Vec<&crate::load::Node> = Vec::new();
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
        for value in listed {
            match value {
                Value::Table(t) => {
                    let veiled = &mut out.veiled;
                    let opinion = one(t, None, &mut |field| veiled.push((None, at, field)));
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
        let place = into.registers.len();
        for (number, node) in &register.rows {
            let before = found.len();
            let mut r = Fields::new(&row::RECORD, &register.yaml.source, node, &known.config.tz, &mut found);
            let read = values(&mut r, &row::RECORD, None, base, known);
            r.finish();
            register.place((*number, node), &mut found[before..]);
            let cell = |field: &Field| node.get(field.key).map_or((node.start, node.end), |n| (n.start, n.end));
            let opinion =
                one(&read, Some((place, *number, (node.start, node.end))), &mut |field| into.veiled.push((Some((place, *number)), cell(field), field)));
            into.rows.extend(opinion);
        }
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

/// One opinion from its fields, names hidden. A row without an opinion was told, and counts: somebody sent it.
fn one(v: &Values, place: Option<(usize, u32, (u32, u32))>, hid: &mut dyn FnMut(&'static Field)) -> Option<Row> {
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
    Some(Row { no: text(&row::NO), from: told(&row::FROM), opinion: told(&row::OPINION).unwrap_or_default(), outcome, reason: told(&row::REASON), place })
}
