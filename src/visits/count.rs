//! Counting: from lines of logs to counts by month and address.

use super::state::{Log, Month, State};
use super::{Place, Places, SITE};
use crate::diag::{Diagnostic, Severity, Span, clean, push_few, say};
use crate::load::access::{Agents, Extent, Fault, Line, Lines, Parsed, Range, extent, lines};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

/// Seconds within which the same reader of the same item counts once.
pub const WINDOW: i64 = 30 * 60;
/// Readers that are remembered for it at a time; twice as many in all.
const REMEMBERED: usize = 1 << 18;
/// Seconds by which logs of one server may overlap: a long download is written when it ends, with the time when it began.
const OVERLAP: i64 = 3600;
/// Seconds by which a clock may be ahead.
const AHEAD: i64 = 86_400;
/// The year before which no log was.
const FIRST: i64 = 946_684_800;

/// What counting needs to know.
pub struct Given<'a> {
    /// The addresses that count.
    pub places: &'a Places,
    /// Of which server the logs are.
    pub server: &'a str,
    /// Where months begin.
    pub tz: &'a TimeZone,
    /// Now.
    pub now: Timestamp,
}

/// What became of the logs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Lines read now.
    pub lines: u64,
    /// Lines that had been counted before.
    pub known: u64,
    /// Page visits that were counted.
    pub visits: u64,
    /// Downloads that were counted.
    pub downloads: u64,
    /// Requests of robots.
    pub robots: u64,
    /// Reloads within [`WINDOW`].
    pub again: u64,
    /// Lines that could not be read.
    pub bad: u64,
    /// Logs that were not counted.
    pub refused: u64,
    /// Months that changed.
    pub months: BTreeSet<String>,
}

/// Who was where a moment ago, by hashes with a key of this run. Two generations bound it.
struct Seen {
    key: RandomState,
    fresh: FxHashMap<u64, i64>,
    old: FxHashMap<u64, i64>,
}

impl Seen {
    fn new() -> Seen {
        Seen { key: RandomState::new(), fresh: FxHashMap::default(), old: FxHashMap::default() }
    }

    /// True for the first time within the window.
    fn first(&mut self, who: (&str, &str, &str), what: &(Option<Place>, &str), at: i64) -> bool {
        let hash = self.key.hash_one((who, what));
        let before = self.fresh.get(&hash).or_else(|| self.old.get(&hash)).copied();
        if before.is_some_and(|t| (at - t).abs() < WINDOW) {
            return false;
        }
        if self.fresh.len() >= REMEMBERED {
            self.old = std::mem::take(&mut self.fresh);
        }
        self.fresh.insert(hash, at);
        true
    }
}

/// A log with what is new in it.
struct Todo {
    path: PathBuf,
    shown: String,
    extent: Extent,
    first: Option<Timestamp>,
}

/// Counts the new lines of logs into a state. Findings name log and line.
pub fn count(logs: &[PathBuf], state: &mut State, given: &Given<'_>, out: &mut Vec<Diagnostic>) -> Counted {
    let mut done = Counted::default();
    let mut todo: Vec<Todo> = Vec::new();
    for path in logs {
        let shown = clean(&path.to_string_lossy()).into_owned();
        let known: BTreeSet<Range> = state.logs.iter().filter(|l| l.server == given.server).map(|l| l.range.clone()).collect();
        match extent(path, &known).and_then(|e| Ok((e, first_time(path)?))) {
            Ok((extent, first)) => todo.push(Todo { path: path.clone(), shown, extent, first }),
            Err(fault) => refuse(&shown, fault, &mut done, out),
        }
    }
    // In the order of time, so that a reload across two logs is one.
    todo.sort_by(|a, b| (a.first, &a.shown).cmp(&(b.first, &b.shown)));
    let agents = Agents::new();
    let mut seen = Seen::new();
    let mut latest: Option<Timestamp> = None;
    for mut t in todo {
        // The same lines twice in one command.
        if latest.is_some()
            && t.first <= latest
            && let Ok(e) = extent(&t.path, &state.logs.iter().filter(|l| l.server == given.server).map(|l| l.range.clone()).collect())
        {
            t.extent = e;
        }
        let mut one =
            Reading { given, agents: &agents, seen: &mut seen, lines: Lines::default(), months: BTreeMap::new(), done: Counted::default(), span: None };
        let mut found = Vec::new();
        let read = lines(&t.path, &mut |line| one.line(&line, &t.shown, t.extent.known, &mut found));
        let (months, span, counted) = (one.months, one.span, one.done);
        if let Err(fault) = read {
            refuse(&t.shown, fault, &mut done, out);
            continue;
        }
        if let Some(other) = overlapping(state, given.server, &t.extent, span) {
            let (from, to) = other;
            let d = Diagnostic::new(
                "VIS002",
                Severity::Error,
                say!(
                    "这份日志的时间与已计入的另一份（{from} 到 {to}）重叠，没有计入，以免重复",
                    "this log is of a time of which another was counted ({from} to {to}); not counted, so that nothing counts twice"
                ),
            );
            let hint = say!(
                "是另一台服务器或另一个站点的日志，加 --server 名字；是同一份日志的节选，不用再导入",
                "if it is the log of another server, name it by --server NAME; if it is a part of the same log, there is nothing to do"
            );
            out.push(d.at(Span::file(&t.shown)).hint(hint));
            done.refused += 1;
            continue;
        }
        out.append(&mut found);
        latest = latest.max(span.map(|(_, to)| to));
        done.months.extend(months.keys().cloned());
        state.add(months);
        for range in [&t.extent.whole, &t.extent.rest].into_iter().filter(|r| r.bytes > 0) {
            if !state.logs.iter().any(|l| l.server == given.server && l.range == *range) {
                state.logs.insert(Log { server: given.server.to_string(), range: range.clone(), span });
            }
        }
        done.lines += counted.lines;
        done.known += counted.known;
        done.visits += counted.visits;
        done.downloads += counted.downloads;
        done.robots += counted.robots;
        done.again += counted.again;
        done.bad += counted.bad;
    }
    done
}

fn refuse(shown: &str, fault: Fault, done: &mut Counted, out: &mut Vec<Diagnostic>) {
    done.refused += 1;
    let (text, hint) = match fault {
        Fault::Refused(text, hint) => (text, hint),
        Fault::Io(e) if e.kind() == std::io::ErrorKind::NotFound => (say!("没有这个文件", "there is no such file"), say!("核对路径", "look at the path")),
        Fault::Io(e) => (
            {
                let crate::diag::Text { zh, en } = crate::diag::system(&e);
                say!("读不下去，没有计入：{zh}", "cannot be read; not counted: {en}")
            },
            say!("核对文件和权限；压缩的，看它是否完整", "look at the file and its permissions; of a packed one, whether it is whole"),
        ),
    };
    out.push(Diagnostic::new("VIS002", Severity::Error, text).at(Span::file(shown)).hint(hint));
}

/// The time of the first line that has one.
fn first_time(path: &Path) -> Result<Option<Timestamp>, Fault> {
    let (mut reader, mut first, mut tried) = (Lines::default(), None, 0);
    lines(path, &mut |l| {
        tried += 1;
        let text = String::from_utf8_lossy(l.bytes.unwrap_or_default());
        if let Parsed::Hit(h) = reader.read(&text) {
            first = Some(h.at);
        }
        first.is_none() && tried < 1000
    })?;
    Ok(first)
}

/// The times of a counted range of this server which the new lines of a log overlap, beyond what the joins of logs may.
fn overlapping(state: &State, server: &str, new: &Extent, span: Option<(Timestamp, Timestamp)>) -> Option<(Timestamp, Timestamp)> {
    let (from, to) = span?;
    let own = |l: &&Log| l.server == server && !new.matched.contains(&l.range);
    let times = state.logs.iter().filter(own).filter_map(|l| l.span);
    // What was matched has its own beginning: a log that grew goes on where it ended.
    times.into_iter().find(|(a, b)| to.min(*b).as_second() - from.max(*a).as_second() > OVERLAP)
}

/// One log as it is read.
struct Reading<'a> {
    given: &'a Given<'a>,
    agents: &'a Agents,
    seen: &'a mut Seen,
    lines: Lines,
    months: BTreeMap<String, Month>,
    done: Counted,
    span: Option<(Timestamp, Timestamp)>,
}

impl Reading<'_> {
    fn line(&mut self, line: &Line<'_>, shown: &str, known: u64, out: &mut Vec<Diagnostic>) -> bool {
        let old = line.end <= known;
        if old {
            self.done.known += 1;
        } else {
            self.done.lines += 1;
        }
        let mut bad = |text: crate::diag::Text, hint: crate::diag::Text| {
            if !old {
                push_few(out, "VIS001", || {
                    let at = Span { line: u32::try_from(line.number).unwrap_or(u32::MAX), col: 1, end_col: 1, ..Span::file(shown) };
                    Diagnostic::new("VIS001", Severity::Warn, text).at(at).hint(hint)
                });
            }
        };
        let Some(bytes) = line.bytes else {
            self.done.bad += u64::from(!old);
            bad(
                say!("这一行超过 64 KB，没有计入", "this line has more than 64 KB; not counted"),
                say!("服务器不写这么长的行，看文件是否损坏", "no server writes such lines; look whether the file is damaged"),
            );
            return true;
        };
        let text = String::from_utf8_lossy(bytes);
        let hit = match self.lines.read(&text) {
            Parsed::Nothing => return true,
            Parsed::Hit(h) if h.at.as_second() >= FIRST && h.at.as_second() <= self.given.now.as_second() + AHEAD => h,
            Parsed::Unknown => {
                self.done.bad += u64::from(!old);
                bad(
                    say!("这一行不是认识的日志格式，没有计入", "this line is in no format that is known; not counted"),
                    say!(
                        "认识的是 common、combined、W3C，以及 nginx、Caddy 的 JSON 行",
                        "known are common, combined, W3C, and lines of JSON as nginx and Caddy write them"
                    ),
                );
                return true;
            }
            Parsed::Hit(_) | Parsed::Undated => {
                self.done.bad += u64::from(!old);
                bad(
                    say!("这一行没有时间，或时间不可能，没有计入", "this line has no time, or one that cannot be; not counted"),
                    say!("写作 28/Nov/2026:10:00:00 +0800，并核对服务器的钟", "it is written 28/Nov/2026:10:00:00 +0800; look at the server's clock too"),
                );
                return true;
            }
        };
        let day = self.given.tz.to_datetime(hit.at).date();
        let month = format!("{:04}-{:02}", day.year(), day.month());
        if !old {
            self.span = Some(self.span.map_or((hit.at, hit.at), |(first, _)| (first, hit.at)));
            let bit = 1 << (day.day() - 1);
            match self.months.get_mut(&month) {
                Some(m) => m.days |= bit,
                None => drop(self.months.insert(month.clone(), Month { days: bit, ..Month::default() })),
            }
        }
        if hit.method != "GET" || !matches!(hit.status, 200 | 304) || hit.ahead {
            return true;
        }
        let Some(place) = self.given.places.find(&hit.target) else { return true };
        if hit.agent.as_deref().is_some_and(|a| self.agents.robot(a)) {
            self.done.robots += u64::from(!old);
            return true;
        }
        let who = (&*hit.client, &*hit.behind, hit.agent.as_deref().unwrap_or(""));
        // A page of no item is told by its address; pages and files of an item are one each, whatever leads to them.
        let what = (place.item.map(|_| place), if place.item.is_some() { "" } else { hit.target.split('?').next().unwrap_or("") });
        if !self.seen.first(who, &what, hit.at.as_second()) {
            self.done.again += u64::from(!old);
            return true;
        }
        if old {
            return true;
        }
        let address = place.item.map(|i| self.given.places.items[i as usize].as_str());
        let Some(m) = self.months.get_mut(&month) else { return true };
        for address in [Some(SITE), address].into_iter().flatten() {
            let t = match m.counts.get_mut(address) {
                Some(t) => t,
                None => m.counts.entry(address.to_string()).or_default(),
            };
            if place.file {
                t.downloads += 1;
            } else {
                t.visits += 1;
            }
        }
        if place.file {
            self.done.downloads += 1;
        } else {
            self.done.visits += 1;
        }
        true
    }
}
