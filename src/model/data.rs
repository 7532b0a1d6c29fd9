//! Datasets and what belongs to them, as their authors describe them.

use super::vocab;
use crate::config::Localized;
use crate::load::git::Past;
use crate::load::table::profile::Kind;
use crate::load::table::{Settings, Table};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Whether data are as new as they promise, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fresh {
    /// Within its period and grace.
    Current {
        /// The day by which the next update is due.
        due: Date,
    },
    /// Beyond it.
    Overdue {
        /// Days since the last update.
        age: i64,
        /// Days that are promised, with the grace (domain-rules D4).
        period: i64,
    },
    /// No period is promised (static, irregular).
    Unbound,
    /// It is not known when it was updated, or how often it is to be.
    Unknown,
}

impl Fresh {
    /// From the declared frequency, the day of the last state, and today.
    pub fn of(frequency: Option<&str>, day: Option<Date>, today: Date) -> Fresh {
        let Some(frequency) = frequency else { return Fresh::Unknown };
        let Some(period) = vocab::days_of(frequency) else { return Fresh::Unbound };
        let Some(day) = day else { return Fresh::Unknown };
        let age = i64::from((today - day).get_days());
        if age > period { Fresh::Overdue { age, period } } else { Fresh::Current { due: day.checked_add(jiff::Span::new().days(period)).unwrap_or(day) } }
    }
}

/// 数据集 (domain-rules B3; names of DCAT and Data Package).
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// 信息资源代码: an id that never changes (`dct:identifier`).
    pub identifier: Option<String>,
    /// 许可 (`dct:license`): SPDX id or name, and address.
    pub license: Option<(String, Option<String>)>,
    /// 开放等级: code in [`vocab::OPEN_LEVELS`] (`dct:accessRights`).
    pub access: Option<&'static str>,
    /// Conditions of conditional access, or the reason why a dataset is closed.
    pub access_note: Localized,
    /// 更新频率: code in [`vocab::FREQUENCIES`] (`dct:accrualPeriodicity`).
    pub frequency: Option<&'static str>,
    /// 更新日期 (`dct:modified`).
    pub modified: Option<Date>,
    /// 时间范围 (`dct:temporal`): first and last, as written (a day, a month or a year).
    pub temporal: Option<(String, String)>,
    /// 空间范围 (`dct:spatial`): name.
    pub spatial: Localized,
    /// The same in codes and coordinates, where they are told.
    pub place: Option<Place>,
    /// 所属系列 (`dcat:inSeries`): ids of the datasets that are its series.
    pub series: Vec<Arc<str>>,
    /// Words of the categories of high-value datasets (`dcatap:hvdCategory`).
    pub high_value: Vec<&'static str>,
    /// The last change of the bytes, where git knows it.
    pub changed: Option<Changed>,
    /// 版本.
    pub version: Option<String>,
    /// Office to ask: name, telephone, mail.
    pub contact: (Localized, Option<String>, Option<String>),
    /// Ids of the policies that stand behind it.
    pub policies: Vec<Arc<str>>,
    /// Datasets and other items to read with it.
    pub related: Vec<Arc<str>>,
    /// Its files and services.
    pub resources: Vec<Resource>,
    /// 数据来源与加工说明 (`dct:provenance`): where the data come from and how they were made.
    pub provenance: Localized,
    /// 使用说明: what to mind when using them.
    pub usage_notes: Localized,
    /// 下次发布.
    pub next_release: Option<Date>,
    /// 应用案例: what others made of it.
    pub reuses: Vec<Reuse>,
    /// 图表, in the order in which they are shown.
    pub charts: Vec<Chart>,
}

/// A place in codes and coordinates.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// 行政区划代码, or another code of the area.
    pub code: Option<String>,
    /// West, south, east, north, in degrees.
    pub bbox: Option<[f64; 4]>,
    /// Number of GeoNames.
    pub geonames: Option<String>,
}

impl Dataset {
    /// Its data may be had by everybody without asking. Where nothing is said they are.
    pub fn open(&self) -> bool {
        self.access.is_none_or(|a| a == "open")
    }

    /// It names an office to ask.
    pub fn has_contact(&self) -> bool {
        let (name, tel, email) = &self.contact;
        !name.is_empty() || tel.is_some() || email.is_some()
    }
}

impl Chart {
    /// Boundaries are shown, for which a map number may be asked.
    pub fn map(&self) -> bool {
        self.kind == "choropleth" || self.boundaries.is_some()
    }
}

impl Resource {
    /// Its states before the present one, newest first, as git keeps them.
    pub fn earlier(&self) -> &[Committed] {
        self.committed.get(usize::from(self.clean)..).unwrap_or(&[])
    }

    /// The columns by which a row of a table is found: those told, else the first in which every value is another.
    pub fn key_columns(&self, table: &Table) -> Vec<usize> {
        let told: Option<Vec<usize>> = self.settings.key.iter().map(|k| table.names.iter().position(|n| n == k)).collect();
        match told.filter(|t| !t.is_empty()) {
            Some(t) => t,
            None => table.columns.iter().position(|p| p.unique == Some(true) && p.kind != Kind::Empty).into_iter().collect(),
        }
    }

    /// The unit of a column: of the dictionary, of the head, of the whole table.
    pub fn unit<'a>(&'a self, table: &'a Table, column: usize) -> &'a str {
        let told = self.fields.iter().find(|f| f.name == table.names[column]).and_then(|f| f.unit.as_deref());
        told.or(table.unit_of(column)).unwrap_or("")
    }
}

/// 应用案例.
#[derive(Debug, Clone, Default)]
pub struct Reuse {
    /// Title.
    pub title: Localized,
    /// Where it is.
    pub url: Option<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// What it is: an app, an article, a paper.
    pub kind: Option<String>,
}

/// 图表 as its author declares it.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    /// ASCII name, used in its address.
    pub name: String,
    /// Title.
    pub title: Localized,
    /// Word in [`vocab::CHARTS`].
    pub kind: &'static str,
    /// Name of the resource; the first one where none is told.
    pub resource: Option<String>,
    /// Column along the axis.
    pub x: Option<String>,
    /// Columns with values.
    pub y: Vec<String>,
    /// Column whose values name the lines.
    pub series: Option<String>,
    /// Values of `series` (or, of a wide table, of the first column) that are shown.
    pub only: Vec<String>,
    /// Values of `x` before which a line is cut: what was measured changed there.
    pub breaks: Vec<String>,
    /// Order of bars: `value` or `file`; by their names where none is told.
    pub sort: Option<&'static str>,
    /// Note beside the chart.
    pub note: Localized,
    /// Unit of the values.
    pub unit: Localized,
    /// Key of the GeoJSON file with the boundaries of a map.
    pub boundaries: Option<Arc<str>>,
    /// Property of the boundaries in which the values of `x` stand; any, where none is told.
    pub join: Option<String>,
    /// 审图号 of the boundaries shown.
    pub map_no: Option<String>,
    /// Place in the source, for findings.
    pub at: (u32, u32),
}

/// The last change of the bytes of a dataset, as git knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its day, in the site's time zone.
    pub day: Date,
    /// Its commit, in short.
    pub commit: Box<str>,
    /// The files came into git on that day and are the same since: they may be older.
    pub first: bool,
}

/// A state of a file that git keeps.
#[derive(Debug, Clone)]
pub struct Committed {
    /// Its day, in the site's time zone.
    pub day: Date,
    /// Its commit, in short.
    pub commit: Box<str>,
    /// Its bytes.
    pub past: Past,
}

/// An earlier state of a file that is kept (版本).
#[derive(Debug, Clone)]
pub struct Version {
    /// Key in [`super::Portal::blobs`].
    pub file: Arc<str>,
    /// What it is called.
    pub version: String,
    /// Day of its publication.
    pub issued: Option<Date>,
    /// What was different.
    pub note: Localized,
}

/// Permission to publish what looks like personal data (domain-rules PII-05).
#[derive(Debug, Clone)]
pub struct Allowed {
    /// Column of a table, or key of the front matter (`body` for the text); empty for all of what it stands on.
    pub field: String,
    /// Why it may be public.
    pub reason: String,
    /// Who says so.
    pub approved_by: String,
    /// Last day of the permission.
    pub until: Date,
}

impl Allowed {
    /// It covers a column, or a field of a text: by its name, or because it names none.
    pub fn covers(&self, field: &str) -> bool {
        let body = |f: &str| matches!(f, "body" | "text" | "正文" | "description");
        self.field.is_empty() || self.field == field || (body(&self.field) && body(field))
    }
}

/// 数据资源 (`dcat:Distribution`, Data Resource).
#[derive(Debug, Clone, Default)]
pub struct Resource {
    /// ASCII name, the anchor on the page.
    pub name: String,
    /// Title.
    pub title: Localized,
    /// Description.
    pub description: Localized,
    /// Key in [`super::Portal::blobs`].
    pub file: Option<Arc<str>>,
    /// Address elsewhere.
    pub url: Option<String>,
    /// Format as told or by the file's ending, upper case: `CSV`.
    pub format: String,
    /// 信息项: the data dictionary.
    pub fields: Vec<FieldInfo>,
    /// How the file is to be read, where its bytes leave a doubt.
    pub settings: Settings,
    /// Columns whose values stand in another resource: columns here, name of the resource (empty for this one), columns there.
    pub foreign: Vec<(Vec<String>, String, Vec<String>)>,
    /// Permissions for what looks like personal data.
    pub allowed: Vec<Allowed>,
    /// Earlier states, oldest first.
    pub versions: Vec<Version>,
    /// States that were committed, newest first; empty where git knows none.
    pub committed: Vec<Committed>,
    /// The file is today as it was committed last.
    pub clean: bool,
    /// It is held back: its file may not be seen.
    pub held: bool,
    /// Place in the source, for findings.
    pub at: (u32, u32),
}

impl Resource {
    /// The earlier states that are out on a day: one whose day lies ahead is none yet. They are in the order of their days.
    pub fn out(&self, day: Date) -> &[Version] {
        let n = self.versions.iter().take_while(|v| v.issued.is_none_or(|d| d <= day)).count();
        &self.versions[..n]
    }
}

/// A regular expression that whole values are held against.
#[derive(Debug, Clone)]
pub struct Pattern(regex::Regex);

/// The regular expressions of a dataset: each is built once, and all may cost so much and no more.
#[derive(Debug, Default)]
pub struct Patterns {
    known: FxHashMap<String, Option<Pattern>>,
    spent: usize,
}

/// Sizes of automata that are tried in turn: most forms are small.
const TRIED: [usize; 3] = [32 << 10, 256 << 10, 1 << 20];
/// Sizes of all that are tried for a dataset, together.
const PATTERNS: usize = 64 << 20;

impl Patterns {
    /// Reads one: nothing where too many were read before, and inside it nothing where it is none. Its syntax is that of the `regex` crate, of which the patterns of XML Schema
    /// that people write are a part.
    pub fn read(&mut self, text: &str) -> Option<Option<Pattern>> {
        if let Some(known) = self.known.get(text) {
            return Some(known.clone());
        }
        if self.spent > PATTERNS {
            return None;
        }
        let built = self.build(text);
        self.known.insert(text.to_string(), built.clone());
        Some(built)
    }

    fn build(&mut self, text: &str) -> Option<Pattern> {
        let whole = format!("^(?:{text})$");
        for size in TRIED {
            self.spent = self.spent.saturating_add(size);
            // By itself first: `a)|(b` would only be one inside the brackets.
            let built = regex::RegexBuilder::new(text).size_limit(size).build().and_then(|_| regex::RegexBuilder::new(&whole).size_limit(size).build());
            match built {
                Ok(r) => return Some(Pattern(r)),
                Err(regex::Error::CompiledTooBig(_)) => {}
                Err(_) => return None,
            }
        }
        None
    }
}

impl Pattern {
    /// Whether a value is of this form.
    pub fn holds(&self, value: &str) -> bool {
        self.0.is_match(value)
    }
}

/// A bound of values.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    /// Of numbers.
    Number(f64),
    /// Of days, months or years: 0 for what is not told.
    Day((u16, u8, u8), String),
    /// Of times of day, `08:30`.
    Time(String),
}

/// Text as a time of day with two digits an hour, so that texts compare as times do.
fn clock(text: &str) -> Option<String> {
    let (h, rest) = text.split_once(':')?;
    let ok = matches!(h.len(), 1 | 2)
        && h.parse::<u8>().is_ok_and(|h| h < 24)
        && rest.len() >= 2
        && rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    ok.then(|| format!("{h:0>2}:{rest}"))
}

impl Bound {
    /// From the text of `minimum` or `maximum`; `kind` is the declared type.
    pub fn new(text: &str, kind: Option<&str>) -> Option<Bound> {
        use crate::load::table::value::{number, parts};
        let text = text.trim();
        let day = parts(text).map(|(y, m, d, _)| Bound::Day((y, m, d), text.to_string()));
        let days = kind.is_some_and(|k| matches!(k, "date" | "datetime" | "yearmonth" | "D" | "T"));
        if days
            && text.len() == 4
            && let Ok(y) = text.parse()
        {
            return Some(Bound::Day((y, 0, 0), text.to_string()));
        }
        day.or_else(|| number(text).map(Bound::Number)).or_else(|| clock(text).map(Bound::Time))
    }

    /// How a value stands to the bound; none where the two cannot be compared.
    pub fn of(&self, value: &str) -> Option<std::cmp::Ordering> {
        use crate::load::table::value::{number, parts};
        match self {
            Bound::Number(b) => number(value)?.partial_cmp(b),
            Bound::Day((y, m, d), _) => {
                let year = || value.parse().ok().filter(|_| value.len() == 4).map(|y: u16| (y, 0, 0));
                let v = parts(value).map(|(y, m, d, _)| (y, m, d)).or_else(year)?;
                // Compared as far as both are told.
                let least = |a: u8, b: u8| a != 0 && b != 0;
                let by_day = |o: std::cmp::Ordering| if least(v.2, *d) { o.then(v.2.cmp(d)) } else { o };
                Some(if least(v.1, *m) { by_day(v.0.cmp(y).then(v.1.cmp(m))) } else { v.0.cmp(y) })
            }
            Bound::Time(t) => Some(clock(value)?.as_str().cmp(t)),
        }
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Bound::Number(n) => write!(f, "{n}"),
            Bound::Day(_, t) | Bound::Time(t) => f.write_str(t),
        }
    }
}

/// 信息项, a column of a table (Table Schema).
#[derive(Debug, Clone, Default)]
pub struct FieldInfo {
    /// Name in the file.
    pub name: String,
    /// Title.
    pub title: Localized,
    /// Type as told.
    pub kind: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Meaning.
    pub description: Localized,
    /// `constraints.required`: no value may be missing.
    pub required: bool,
    /// `constraints.unique`: no value may come twice.
    pub unique: bool,
    /// `constraints.enum`: values that may stand there; empty for any.
    pub allowed: Vec<String>,
    /// `constraints.pattern`: the whole of every value is of this form.
    pub pattern: Option<Pattern>,
    /// `constraints.minLength`, `constraints.maxLength`, in characters.
    pub length: (Option<usize>, Option<usize>),
    /// `constraints.minimum`, `constraints.maximum`.
    pub range: (Option<Bound>, Option<Bound>),
    /// `format`, `rdfType`, `missingValues`, `constraints` and their like as they are declared, for the schema that goes with the data.
    pub told: serde_json::Map<String, serde_json::Value>,
}

impl FieldInfo {
    /// The form that `format` asks of its texts: email, uri, uuid.
    pub fn form(&self) -> Option<fn(&str) -> bool> {
        crate::load::table::forms::form(self.kind.as_deref(), self.told.get("format").and_then(|v| v.as_str()))
    }
}
