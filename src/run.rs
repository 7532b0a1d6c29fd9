//! What is asked of a run and what it gives back.

use crate::config::{Config, Overrides};
use crate::diag::{Diagnostic, Report};
use crate::load::{Moment, dates};
use crate::write::Fault;
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The clock, which only `main` reads.
pub struct Clock<'a> {
    /// Now.
    pub now: Timestamp,
    /// `SOURCE_DATE_EPOCH`.
    pub epoch: Option<Timestamp>,
    /// Time since the start of the program.
    pub elapsed: &'a (dyn Fn() -> Duration + Sync),
}

impl Clock<'_> {
    /// The time that it is: `serve` runs for days.
    pub fn read(&self) -> Timestamp {
        self.now.checked_add((self.elapsed)()).unwrap_or(self.now)
    }
}

/// What is asked for.
pub struct Request<'a> {
    /// The project folder.
    pub root: PathBuf,
    /// `--out`; `public/` in the project otherwise.
    pub out: Option<PathBuf>,
    /// `--as-of`: a day, or a moment of one.
    pub as_of: Option<AsOf>,
    /// Flags that win over `site.yaml`.
    pub over: Overrides,
    /// `--hold-back`
    pub hold_back: bool,
    /// `--record-urls`
    pub record: bool,
    /// The whole, `--part`, or `merge`.
    pub split: crate::parts::Split,
    /// `--relative`
    pub relative: bool,
    /// `--zip`: the whole site as one file that works from a disk.
    pub zip: Option<PathBuf>,
    /// `--key`: the site is signed, and its log goes on.
    pub seal: Option<crate::trust::Seal>,
    /// The program itself, which reads apart what is hard to read safely; without it such files are named as not read.
    pub reader: Option<PathBuf>,
    /// Flush to the disk before the swap.
    pub sync: bool,
    /// Called with files made and files planned.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// What a run takes as now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// A day, all of whose minutes have come; or a minute in the site's time zone.
    Day(Moment),
    /// A point in time.
    Time(Timestamp),
}

impl AsOf {
    /// `2026-11-27` is the whole day, `2026-11-27 18:00` a minute in the site's time zone, `2026-11-27T10:00:00Z` a point in time.
    pub fn parse(text: &str) -> Option<AsOf> {
        let text = text.trim();
        match text.replacen(' ', "T", 1).parse::<Timestamp>() {
            Ok(t) => Some(AsOf::Time(t)),
            Err(_) => dates::parse(text, &jiff::tz::TimeZone::UTC).map(AsOf::Day),
        }
    }
}

impl Request<'_> {
    /// `--as-of`, else `as_of` of `site.yaml`, else `SOURCE_DATE_EPOCH`, else now, in the site's time zone.
    pub(crate) fn as_of(&self, config: &Config, clock: &Clock<'_>) -> Moment {
        let here = |t: Timestamp| {
            let z = config.tz.to_datetime(t);
            Moment { date: z.date(), time: Some(z.time()) }
        };
        match self.as_of {
            Some(AsOf::Day(m)) => m,
            Some(AsOf::Time(t)) => here(t),
            None => config.as_of.unwrap_or_else(|| here(clock.epoch.unwrap_or_else(|| clock.read()))),
        }
    }

    /// The output folder.
    pub fn out_dir(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| self.root.join("public"))
    }
}

/// Time of each stage.
pub(crate) struct Times<'a> {
    elapsed: &'a dyn Fn() -> Duration,
    last: Duration,
    list: Vec<(&'static str, Duration)>,
}

impl<'a> Times<'a> {
    pub(crate) fn new(clock: &Clock<'a>) -> Times<'a> {
        Times { elapsed: clock.elapsed, last: Duration::ZERO, list: Vec::new() }
    }

    pub(crate) fn mark(&mut self, stage: &'static str) {
        let now = (self.elapsed)();
        // A build that holds something late goes through some of them twice.
        match self.list.iter_mut().find(|(s, _)| *s == stage) {
            Some((_, sum)) => *sum += now - self.last,
            None => self.list.push((stage, now - self.last)),
        }
        self.last = now;
    }

    /// Seconds by stage, to a tenth of a millisecond.
    pub(crate) fn seconds(&self) -> Vec<(&'static str, f64)> {
        self.list.iter().map(|(s, d)| (*s, (d.as_secs_f64() * 1e4).round() / 1e4)).collect()
    }
}

/// Counts, bytes and times of a build.
#[derive(Debug, Default, Clone, serde::Serialize)]
pub struct Summary {
    /// Day taken as today.
    pub as_of: String,
    /// Pages for people.
    pub pages: usize,
    /// All files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were the same as in the live site.
    pub unchanged: usize,
    /// `new`, `exchanged`, `file-by-file`
    pub published: &'static str,
    /// Files whose items were held back.
    pub held: Vec<String>,
    /// Rules a demonstration does not answer.
    pub not_applicable: Vec<&'static str>,
    /// Day, or minute in the site's time zone, at which the state of some item changes next: a build is due.
    pub next_change: Option<String>,
    /// Old addresses that redirect.
    pub redirects: usize,
    /// Public addresses that the ledger does not know yet.
    pub new_urls: usize,
    /// What a signed build added to its log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<Logged>,
    /// Size of the search index.
    pub search: crate::index::Size,
    /// Seconds by stage.
    pub seconds: Vec<(&'static str, f64)>,
}

/// The log of a signed build.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Logged {
    /// It began with this build.
    pub begun: bool,
    /// The old key handed over to the new one with this build.
    pub handed: bool,
    /// Documents that are public.
    pub documents: usize,
    /// Documents that came out, changed, went.
    pub published: usize,
    /// See above.
    pub changed: usize,
    /// See above.
    pub withdrawn: usize,
}

/// How a build ended.
#[derive(Debug)]
pub enum End {
    /// Published.
    Done(Box<Summary>),
    /// Something must not be published; the live site was not touched.
    Blocked,
    /// The tool failed; the live site was not touched.
    Failed(Fault),
}

/// What a build gives back.
#[derive(Debug)]
pub struct Built {
    /// All findings.
    pub report: Report,
    /// How it ended.
    pub end: End,
    /// Settings, where they could be read.
    pub config: Option<Config>,
}

impl Built {
    pub(crate) fn blocked(report: Report, config: Option<Config>) -> Built {
        Built { report, end: End::Blocked, config }
    }

    pub(crate) fn fault(mut report: Report, d: Diagnostic, config: Option<Config>) -> Built {
        report.push(d);
        Built::blocked(report, config)
    }

    pub(crate) fn failed(report: Report, fault: Fault, config: Option<Config>) -> Built {
        Built { report, end: End::Failed(fault), config }
    }
}

/// What a check gives back.
#[derive(Debug)]
pub struct Checked {
    /// All findings.
    pub report: Report,
    /// Settings, where they could be read.
    pub config: Option<Config>,
    /// Number of items read.
    pub items: usize,
    /// Quality of each dataset: its id, the file, points of a hundred.
    pub quality: Vec<(Arc<str>, Arc<str>, f64)>,
    /// Addresses elsewhere that the content names, where they were asked for: [`crate::online::ask`] asks them.
    pub addresses: Vec<crate::online::Address>,
}
