//! What was counted so far: exact numbers by month and address, and which bytes of which logs they are of. Never published.

use crate::load::access::Range;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Where it lies in the project.
pub const PATH: &str = ".clerestory/visits.json";

/// Counts of an address in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Of the page.
    pub visits: u64,
    /// Of the files.
    pub downloads: u64,
}

/// A month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Month {
    /// Days of which some line was read: bit 0 is the first.
    pub days: u32,
    /// Counts by address.
    pub counts: BTreeMap<String, Tally>,
}

/// A range of a log that was counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Log {
    /// Of which server.
    pub server: String,
    /// Which bytes.
    pub range: Range,
    /// Times of its first and its last line.
    pub span: Option<(Timestamp, Timestamp)>,
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// What was counted.
    pub logs: BTreeSet<Log>,
    /// By `2026-11`.
    pub months: BTreeMap<String, Month>,
}

/// The form of the file.
const VERSION: u64 = 1;

impl State {
    /// Reads the file; `None` where it is not one of ours.
    pub fn read(text: &str) -> Option<State> {
        let v: Value = serde_json::from_str(text).ok()?;
        if v["version"].as_u64()? != VERSION {
            return None;
        }
        let mut state = State::default();
        for l in v["logs"].as_array()? {
            let text = |key: &str| Some(l[key].as_str()?.to_string());
            let time = |key: &str| l[key].as_str()?.parse::<Timestamp>().ok();
            let range = Range { bytes: l["bytes"].as_u64()?, sha256: text("sha256")? };
            state.logs.insert(Log { server: text("server")?, range, span: time("from").zip(time("to")) });
        }
        for (month, m) in v["months"].as_object()? {
            let mut own = Month { days: u32::try_from(m["days"].as_u64()?).ok()?, ..Month::default() };
            for (address, pair) in m["counts"].as_object()? {
                own.counts.insert(address.clone(), Tally { visits: pair[0].as_u64()?, downloads: pair[1].as_u64()? });
            }
            state.months.insert(month.clone(), own);
        }
        Some(state)
    }

    /// The file: a line a log, a line an address, so that versions of it are compared line by line.
    pub fn text(&self) -> String {
        let quoted = |t: &str| Value::from(t).to_string();
        let logs: Vec<String> = self
            .logs
            .iter()
            .map(|l| {
                let mut v = json!({"server": l.server, "bytes": l.range.bytes, "sha256": l.range.sha256});
                if let Some((from, to)) = l.span {
                    v["from"] = json!(from.to_string());
                    v["to"] = json!(to.to_string());
                }
                format!("  {v}")
            })
            .collect();
        let months: Vec<String> = self
            .months
            .iter()
            .map(|(month, m)| {
                let counts: Vec<String> = m.counts.iter().map(|(a, t)| format!("   {}: [{}, {}]", quoted(a), t.visits, t.downloads)).collect();
                format!("  {}: {{\"days\": {}, \"counts\": {{\n{}\n  }}}}", quoted(month), m.days, counts.join(",\n"))
            })
            .collect();
        format!("{{\"version\": {VERSION},\n \"logs\": [\n{}\n ],\n \"months\": {{\n{}\n }}\n}}\n", logs.join(",\n"), months.join(",\n"))
    }

    /// Takes the counts of an item that moved together under the address that it has now, so that they are one count before the
    /// small ones are told no more. What leads nowhere keeps its address.
    pub fn settle(&mut self, places: &super::Places) {
        let base = places.base.trim_end_matches('/');
        for m in self.months.values_mut() {
            let of = |a: &str| places.find(&format!("{base}{a}")).and_then(|p| p.item).map(|i| &places.items[i as usize]);
            let moved: Vec<(String, String)> = m.counts.keys().filter_map(|a| Some((a.clone(), of(a).filter(|n| *n != a)?.clone()))).collect();
            for (old, new) in moved {
                if let Some(t) = m.counts.remove(&old) {
                    let sum = m.counts.entry(new).or_default();
                    sum.visits += t.visits;
                    sum.downloads += t.downloads;
                }
            }
        }
    }

    /// Adds what was counted anew.
    pub fn add(&mut self, months: BTreeMap<String, Month>) {
        for (month, m) in months {
            let own = self.months.entry(month).or_default();
            own.days |= m.days;
            for (address, t) in m.counts {
                let sum = own.counts.entry(address).or_default();
                sum.visits += t.visits;
                sum.downloads += t.downloads;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut s = State::default();
        assert_eq!(State::read(&s.text()), Some(s.clone()));
        let range = |n| Range { bytes: n, sha256: format!("{n:064}") };
        s.logs.insert(Log { server: "a \"b\"".into(), range: range(12), span: None });
        s.logs.insert(Log { server: String::new(), range: range(7), span: Some((Timestamp::from_second(5).unwrap(), Timestamp::from_second(9).unwrap())) });
        let month =
            Month { days: 1 << 30, counts: [("/a\"/".to_string(), Tally { visits: 3, downloads: 0 }), ("*".into(), Tally { visits: 9, downloads: 1 })].into() };
        s.add([("2026-10".to_string(), month.clone())].into());
        s.add([("2026-10".to_string(), month)].into());
        assert_eq!(s.months["2026-10"].counts["*"], Tally { visits: 18, downloads: 2 });
        assert_eq!(State::read(&s.text()), Some(s));
        for bad in ["", "{}", "{\"version\": 2, \"logs\": [], \"months\": {}}", "{\"version\": 1, \"logs\": [{}], \"months\": {}}"] {
            assert_eq!(State::read(bad), None, "{bad}");
        }
    }
}
