//! What is counted of the content for the yearly report of the website, and of requests by year and outcome: each figure with what
//! it counts.

use crate::model::disclosure::tables::{KINDS, placed, with_unsaid};
use crate::model::disclosure::{Report, Request};
use crate::model::{Item, Public, Value};
use crate::types;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A figure of the yearly report of the website.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// Its part of the form: key of a message behind `website.`.
    pub part: &'static str,
    /// Key of the message that names it.
    pub label: String,
    /// Its part of an address: `published-all`.
    pub slug: String,
    /// What is told; `None` is not stated, and never 0.
    pub value: Option<String>,
    /// Public items that it counts.
    pub items: Vec<u32>,
    /// Letters that it counts and that are shown.
    pub letters: Vec<u32>,
    /// Letters that it counts and that are not.
    pub hidden: usize,
}

/// Parts that are counted from the content, in the order of the form.
pub const PARTS: &[&str] = &["published", "topics", "explained", "answered", "services", "letters", "consultations", "talks"];

/// The figures of a year.
pub(super) fn website(public: &Public, year: i16) -> Vec<Counted> {
    let in_year = |d: Option<Date>| d.is_some_and(|d| d.year() == year);
    let places = |f: &dyn Fn(&Item) -> bool| -> Vec<u32> { (0..public.items.len() as u32).filter(|i| f(&public.items[*i as usize])).collect() };
    let of = |id: &'static str, f: &dyn Fn(&Item) -> bool| places(&|i| i.kind.id == id && f(i));
    let any = |id: &'static str| public.items.iter().any(|i| i.kind.id == id);
    let one = |part: &'static str, key: &str, items: Vec<u32>| Counted {
        part,
        label: format!("website.{key}"),
        slug: format!("{part}-{}", key.rsplit('.').next().unwrap_or(key)),
        value: Some(items.len().to_string()),
        items,
        ..Counted::default()
    };
    // What the site has none of is not stated.
    let there = |id: &'static str, mut c: Counted| {
        c.value.take_if(|_| !any(id));
        c
    };
    let year_of = |i: &Item| in_year(i.day());
    let mut out = Vec::new();
    // What is published: all types whose items are told as news, each with its number.
    let told: Vec<_> = public.types.iter().filter(|k| !k.root && k.folder != types::TOPIC.folder).collect();
    out.push(one("published", "all", places(&|i| told.contains(&i.kind) && year_of(i))));
    for kind in told.iter().filter(|k| public.items.iter().any(|i| i.kind == **k)) {
        let mine = places(&|i| i.kind == *kind && year_of(i));
        out.push(Counted { label: format!("type.{}", kind.folder), slug: format!("published-{}", kind.folder), ..one("published", "all", mine) });
    }
    let undated = places(&|i| !i.kind.root && i.kind != types::TOPIC && i.day().is_none());
    if !undated.is_empty() {
        out.push(one("published", "undated", undated));
    }
    let begun = |i: &Item| i.day().is_none_or(|d| d.year() <= year);
    out.push(one("topics", "topics.kept", of(types::TOPIC.id, &begun)));
    out.push(one("topics", "topics.new", of(types::TOPIC.id, &year_of)));
    let with = |words: &'static [&'static str]| {
        of(types::INTERPRETATION.id, &|i| year_of(i) && i.interpretation().is_some_and(|x| x.forms.iter().any(|f| words.contains(f))))
    };
    out.push(one("explained", "all", of(types::INTERPRETATION.id, &year_of)));
    out.push(one("explained", "explained.texts", with(&["text", "qa", "head", "expert"])));
    let products = &["infographic", "chart", "comic", "audio", "video", "animation", "h5", "press-conference", "interview"];
    out.push(one("explained", "explained.products", with(products)));
    out.push(one("explained", "explained.media", with(&["media", "media-interview"])));
    let (response, service, event) = (types::response::TYPE.id, types::service::TYPE.id, types::event::TYPE.id);
    out.push(there(response, one("answered", "answered.times", of(response, &year_of))));
    out.push(there(service, one("services", "services.all", of(service, &begun))));
    letters(public, year, &mut out);
    let held = |f: &dyn Fn(&crate::model::Consultation) -> bool| places(&|i| i.consultation().is_some_and(f));
    let result = |c: &crate::model::Consultation| c.outcome.as_ref().filter(|o| in_year(o.on)).map(|o| o.total());
    out.push(there(types::CONSULTATION.id, one("consultations", "consultations.held", held(&|c| in_year(c.opens)))));
    let counted = held(&|c| result(c).flatten().is_some());
    let sum = || counted.iter().filter_map(|i| result(public.items[*i as usize].consultation()?).flatten()).map(u64::from).sum::<u64>().to_string();
    let received = (!counted.is_empty()).then(sum);
    out.push(Counted { value: received, ..one("consultations", "consultations.received", counted) });
    out.push(there(types::CONSULTATION.id, one("consultations", "consultations.results", held(&|c| result(c).is_some()))));
    let talk = |i: &Item| {
        let values = i.record();
        let kind = values.and_then(|v| v.get(&types::event::KIND));
        let day = match values.and_then(|v| v.get(&types::event::STARTS)) {
            Some(Value::Day(d)) => Some(*d),
            Some(Value::Moment(t)) => Some(t.date),
            _ => None,
        };
        matches!(kind, Some(Value::Code("interview"))) && in_year(day)
    };
    out.push(there(event, one("talks", "talks.held", of(event, &talk))));
    out
}

/// Letters of the year; nothing is stated where the site has none at all.
fn letters(public: &Public, year: i16, out: &mut Vec<Counted>) {
    let all = &public.feedback.letters;
    let in_year = |d: Option<Date>| d.is_some_and(|d| d.year() == year);
    let place = |f: &dyn Fn(&crate::model::feedback::Letter) -> bool| -> Vec<u32> { (0..all.len() as u32).filter(|i| f(&all[*i as usize])).collect() };
    let closed = |l: &crate::model::feedback::Letter| l.status == Some("answered") && in_year(l.replied);
    let taken = |l: &crate::model::feedback::Letter| l.timing(&public.calendar, public.as_of).0.taken;
    let measured = place(&|l| closed(l) && taken(l).is_some());
    let days: u32 = measured.iter().filter_map(|i| taken(&all[*i as usize])).sum();
    let mean = (!measured.is_empty()).then(|| format!("{:.1}", f64::from(days) / measured.len() as f64));
    let mut add = |key: &str, list: Vec<u32>, value: Option<String>| {
        let (letters, hidden): (Vec<u32>, Vec<u32>) = list.into_iter().partition(|i| all[*i as usize].shown);
        let slug = format!("letters-{}", key.rsplit('.').next().unwrap_or(key));
        out.push(Counted { part: "letters", label: format!("website.{key}"), slug, value, letters, hidden: hidden.len(), ..Counted::default() });
    };
    let some = |n: usize| (!all.is_empty()).then(|| n.to_string());
    let (received, answered) = (place(&|l| in_year(l.received)), place(&closed));
    let shown = place(&|l| closed(l) && l.shown);
    add("letters.received", received.clone(), some(received.len()));
    add("letters.closed", answered.clone(), some(answered.len()));
    add("letters.days", measured, mean);
    add("letters.shown", shown.clone(), some(shown.len()));
}

/// A figure of requests with the rows of the register that it counts.
#[derive(Debug)]
pub struct Requested {
    /// `received`, `answered`, `late`, `unmeasured`, `open`, `overdue` of a year of receipt, else `None` and an outcome.
    pub year: Option<Option<i16>>,
    /// What it counts.
    pub what: &'static str,
    /// Places in the register.
    pub rows: Vec<u32>,
}

impl Requested {
    /// Its part of an address: `by-year/2025/late`, `by-outcome/granted`.
    pub fn slug(&self) -> String {
        match self.year {
            Some(y) => format!("by-year/{}/{}", y.map_or("undated".to_string(), |y| y.to_string()), self.what),
            None => format!("by-outcome/{}", self.what),
        }
    }
}

/// A figure of an annual report that is counted from the register, with what it counts.
#[derive(Debug)]
pub struct Reported {
    /// Key of its row; `unknown` of those that say too little to be counted.
    pub row: &'static str,
    /// Kind of applicant: a place in [`KINDS`]. `None` for all of a row.
    pub kind: Option<usize>,
    /// Places in the register.
    pub rows: Vec<u32>,
}

impl Reported {
    /// Its part of an address: `open/natural`, `total/all`, `unknown/all`.
    pub fn slug(&self) -> String {
        format!("{}/{}", self.row.replace('_', "-"), self.kind.map_or("all", |k| KINDS[k]))
    }
}

/// The figures of an annual report that are counted and not 0.
fn reported(public: &Public, r: &Report) -> Vec<Reported> {
    let mut out = Vec::new();
    if !r.counted {
        return out;
    }
    let mut all = placed(public.disclosure.register(), r.department, r.year);
    for row in with_unsaid(r.old, &|_| true) {
        let mut sum = Vec::new();
        for kind in 0..KINDS.len() {
            if let Some(rows) = all.cells.remove(&(row.key, kind)) {
                sum.extend_from_slice(&rows);
                out.push(Reported { row: row.key, kind: Some(kind), rows });
            }
        }
        if !sum.is_empty() {
            sum.sort_unstable();
            out.push(Reported { row: row.key, kind: None, rows: sum });
        }
    }
    if !all.unknown.is_empty() {
        out.push(Reported { row: UNKNOWN, kind: None, rows: all.unknown });
    }
    out
}

/// The row of requests that say too little to be counted.
pub const UNKNOWN: &str = "unknown";

/// How a request stands: what of a year it counts for besides `received`.
pub(super) fn stands(public: &Public, r: &Request) -> &'static [&'static str] {
    if r.decided.is_some_and(|d| d <= public.as_of) || r.outcome.is_some() {
        if r.unmeasured(&public.calendar) {
            &["answered", "unmeasured"]
        } else if r.late(&public.calendar) {
            &["answered", "late"]
        } else {
            &["answered"]
        }
    } else if r.overdue(&public.calendar, public.as_of).is_some() {
        &["overdue"]
    } else {
        &["open"]
    }
}

/// The outcome for which a request counts: of one that was answered and does not say how, that nobody knows it.
pub(super) fn outcome(public: &Public, r: &Request) -> Option<&'static str> {
    r.outcome.or_else(|| r.decided.filter(|d| *d <= public.as_of).map(|_| UNKNOWN))
}

/// The figures of the register that are not 0.
pub(super) fn requested(public: &Public) -> Vec<Requested> {
    let mut found: BTreeMap<(Option<Option<i16>>, &'static str), Vec<u32>> = BTreeMap::new();
    for (i, r) in public.disclosure.register().iter().enumerate() {
        let year = r.received.map(|d| d.year());
        for what in std::iter::once("received").chain(stands(public, r).iter().copied()) {
            found.entry((Some(year), what)).or_default().push(i as u32);
        }
        if let Some(o) = outcome(public, r) {
            found.entry((None, o)).or_default().push(i as u32);
        }
    }
    found.into_iter().map(|((year, what), rows)| Requested { year, what, rows }).collect()
}

/// All of one site.
#[derive(Debug, Default)]
pub struct All {
    /// Figures of each yearly report of the website, in their order.
    pub websites: Vec<Vec<Counted>>,
    /// Figures of requests.
    pub requests: Vec<Requested>,
    /// Figures of each annual report, in their order.
    pub reports: Vec<Vec<Reported>>,
}

pub(super) fn all(public: &Public) -> All {
    All {
        websites: public.disclosure.websites.iter().map(|r| website(public, r.year)).collect(),
        requests: requested(public),
        reports: public.disclosure.reports.iter().map(|r| reported(public, r)).collect(),
    }
}
