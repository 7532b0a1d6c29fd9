//! Counts of visits by month and address, as `stats import` wrote them.

use crate::config::Config;
use crate::diag::{Diagnostic, Severity, push_few, say};
use crate::load::register::register;
use crate::load::{Fields, Sources};
use crate::schema::Field;
use crate::schema::visits as vis;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The file below a content folder.
pub const KEY: &str = "statistics/visits.csv";

/// The address of the row of the whole site.
const SITE: &str = "*";

/// What stands in place of a small count.
const FEW: &str = "<5";

/// A count; `None` is one from 1 to 4, which is not told.
pub type Shown = Option<u32>;

/// Counts of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Of the page.
    pub visits: Shown,
    /// Of the files.
    pub downloads: Shown,
}

/// The whole site in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    /// Visits of all pages, to tens.
    pub visits: u32,
    /// Downloads, the small counts left out.
    pub downloads: u32,
    /// Days of which there was a log; `None` where it is not stated.
    pub days: Option<u32>,
}

/// A month of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Month {
    /// The row of the site.
    pub whole: Option<Whole>,
    /// By address below the site's root.
    pub counts: BTreeMap<String, Counts>,
}

/// All counts by the first day of their month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visits {
    /// See above.
    pub months: BTreeMap<Date, Month>,
}

impl Visits {
    /// There is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.months.is_empty()
    }

    /// As they may be seen on a day: no month that has not begun.
    pub(super) fn seen(&self, as_of: Date) -> Visits {
        Visits { months: self.months.range(..=as_of).map(|(m, c)| (*m, c.clone())).collect() }
    }
}

/// True for the file that this part reads.
pub(super) fn is_part(key: &str) -> bool {
    key == KEY
}

/// Reads the file.
pub(super) fn read(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Visits {
    let mut all = Visits::default();
    let Some(blob) = sources.blobs.get(KEY) else { return all };
    let path = blob.disk.strip_prefix(&config.root).unwrap_or(&blob.disk).to_string_lossy().replace('\\', "/");
    let languages: Vec<String> = config.languages.iter().map(|l| l.tag.clone()).collect();
    let Some(sheet) = register(blob, &path, &vis::RECORD, &languages, out) else { return all };
    for (row, node) in &sheet.rows {
        let mut found = Vec::new();
        let mut f = Fields::new(&vis::RECORD, &sheet.yaml.source, node, &config.tz, &mut found);
        let month = f.text(&vis::MONTH).and_then(month);
        if month.is_none() && !f.empty(&vis::MONTH) {
            let d = Diagnostic::new("SRC007", Severity::Error, say!("第 {row} 行：不是月份", "row {row}: is no month"));
            f.report(&vis::MONTH, d.hint(say!("写作 2026-10", "write it like 2026-10")));
        }
        let address = f.text(&vis::ADDRESS).map(str::to_string);
        let (visits, downloads, days) = (shown(&mut f, &vis::VISITS, *row), shown(&mut f, &vis::DOWNLOADS, *row), f.count(&vis::DAYS));
        let (at, missing) = (f.place(), [&vis::MONTH, &vis::ADDRESS, &vis::VISITS, &vis::DOWNLOADS].into_iter().find(|x| f.empty(x)));
        f.finish();
        if let Some(field) = missing {
            let (zh, en) = (field.label.zh, field.key);
            let d = Diagnostic::new("SRC010", Severity::Error, say!("第 {row} 行没有“{zh}”", "row {row} has no `{en}`"));
            found.push(d.at(sheet.yaml.source.span(at.0 as usize, at.1 as usize)).hint(say!("用 stats import 再生成", "make the file again by stats import")));
        }
        for d in found {
            push_few(out, d.code, || d);
        }
        let (Some(month), Some(address), Some(visits), Some(downloads)) = (month, address, visits, downloads) else { continue };
        let own = all.months.entry(month).or_default();
        let twice = if address == SITE {
            let whole = Whole { visits: visits.unwrap_or(0), downloads: downloads.unwrap_or(0), days };
            own.whole.replace(whole).is_some()
        } else {
            own.counts.insert(address.clone(), Counts { visits, downloads }).is_some()
        };
        if twice {
            let d = Diagnostic::new(
                "SRC009",
                Severity::Error,
                say!("第 {row} 行：这个月的 `{address}` 已经有一行", "row {row}: `{address}` has a row of this month already"),
            );
            let d = d.at(sheet.yaml.source.span(at.0 as usize, at.1 as usize)).hint(say!("只留一行", "keep one of them"));
            push_few(out, "SRC009", || d);
        }
    }
    all
}

/// The first day of `2026-10`.
fn month(text: &str) -> Option<Date> {
    let (y, m) = text.trim().split_once('-')?;
    if y.len() != 4 || m.len() != 2 {
        return None;
    }
    Date::new(y.parse().ok()?, m.parse().ok()?, 1).ok()
}

/// A count, or that it is small; `None` where it is neither.
fn shown(f: &mut Fields<'_, '_>, field: &'static Field, row: u32) -> Option<Shown> {
    let text = f.text(field)?;
    if text == FEW {
        return Some(None);
    }
    let n = text.parse::<u32>().ok();
    if n.is_none() {
        let text = say!("第 {row} 行：`{text}` 不是数", "row {row}: `{text}` is no number");
        f.report(
            field,
            Diagnostic::new("SRC006", Severity::Error, text).hint(say!("写整数，不到 5 的写 {FEW}", "write a whole number, {FEW} for fewer than 5")),
        );
    }
    n.map(Some)
}
