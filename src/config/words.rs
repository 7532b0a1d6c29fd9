//! The project's own list of words: expressions that must not appear, and how leaders are called.

use crate::diag::{Diagnostic, Severity, say};
use crate::load::{Fields, Kind, Limits, Source, parse_yaml, read_text};
use crate::schema::site::word;
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;
use std::path::Path;

/// A word of the list.
#[derive(Debug, Clone)]
struct Word {
    instead: Option<String>,
    why: Option<String>,
    severity: Severity,
}

/// How a leader is called.
#[derive(Debug, Clone)]
struct Leader {
    name: Vec<char>,
    titles: Vec<String>,
    severity: Severity,
}

/// The list, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Words {
    list: Vec<Word>,
    leaders: Vec<Leader>,
    find: Option<AhoCorasick>,
    /// Titles of all leaders, each once.
    titles: Vec<String>,
    find_titles: Option<AhoCorasick>,
}

/// A place in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub at: Range<usize>,
    /// Gravity, as the list gives it.
    pub severity: Severity,
    /// What to write.
    pub instead: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// It is a name beside an office.
    pub name: bool,
}

/// Gravities by their words.
pub static SEVERITIES: &[(&str, Severity)] = &[
    ("veto", Severity::Veto),
    ("error", Severity::Error),
    ("warning", Severity::Warn),
    ("info", Severity::Info),
    ("否决", Severity::Veto),
    ("错误", Severity::Error),
    ("警告", Severity::Warn),
    ("提示", Severity::Info),
];

impl Words {
    /// Nothing is on it.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && self.leaders.is_empty()
    }

    /// Everything of the list in a text, by its place.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let mut out = Vec::new();
        for m in self.find.iter().flat_map(|f| f.find_iter(text)) {
            let w = &self.list[m.pattern().as_usize()];
            out.push(Hit { at: m.range(), severity: w.severity, instead: w.instead.clone(), why: w.why.clone(), name: false });
        }
        for m in self.find_titles.iter().flat_map(|f| f.find_overlapping_iter(text)) {
            let title = &self.titles[m.pattern().as_usize()];
            out.extend(self.wrong_name(text, m.range(), title));
        }
        out.sort_by_key(|h| (h.at.start, h.at.end));
        out.dedup_by(|a, b| a.at == b.at);
        out
    }

    /// A name before or behind an office that is nearly that of its leader.
    fn wrong_name(&self, text: &str, at: Range<usize>, title: &str) -> Option<Hit> {
        let of = |n: &usize| self.leaders[*n].titles.iter().any(|t| t == title);
        let leaders: Vec<usize> = (0..self.leaders.len()).filter(of).collect();
        let after = |n: usize| -> Option<(Range<usize>, Vec<char>)> {
            let rest = &text[at.end..];
            let end = rest.char_indices().nth(n).map_or(rest.len(), |(i, _)| i);
            let name: Vec<char> = rest[..end].chars().collect();
            (name.len() == n).then_some((at.end..at.end + end, name))
        };
        let before = |n: usize| -> Option<(Range<usize>, Vec<char>)> {
            let start = text[..at.start].char_indices().rev().nth(n.checked_sub(1)?)?.0;
            Some((start..at.start, text[start..at.start].chars().collect()))
        };
        let places = |n: usize| [after(n), before(n)].into_iter().flatten();
        let right = |(_, name): &(Range<usize>, Vec<char>)| self.leaders.iter().any(|l| l.name == *name);
        if leaders.iter().any(|l| places(self.leaders[*l].name.len()).any(|p| right(&p))) {
            return None;
        }
        leaders.into_iter().find_map(|l| {
            let leader = &self.leaders[l];
            // Two characters of which one differs are rather another person.
            let close = |name: &[char]| {
                let differ = name.iter().zip(&leader.name).filter(|(a, b)| a != b).count();
                leader.name.len() >= 3 && differ == 1 && name.iter().all(|c| crate::load::chars::is_han(*c))
            };
            let (at, _) = places(leader.name.len()).find(|(_, n)| close(n))?;
            let name: String = leader.name.iter().collect();
            Some(Hit { at, severity: leader.severity, instead: Some(name), why: None, name: true })
        })
    }
}

/// Reads the list that the settings name.
pub(super) fn words(path: Option<&str>, at: Option<crate::diag::Span>, root: &Path, out: &mut Vec<Diagnostic>) -> Words {
    let Some(path) = path else { return Words::default() };
    let place = |d: Diagnostic| if let Some(at) = &at { d.at(at.clone()) } else { d };
    if ["static/", "./static/", "/"].iter().any(|s| path.starts_with(s)) || path.split('/').any(|p| p == "..") {
        let d = Diagnostic::new(
            "SRC008",
            Severity::Error,
            say!("词表 `{path}` 会随网站公布，或在项目之外", "the list `{path}` would be published, or lies outside the project"),
        );
        out.push(place(d).hint(say!("放在项目目录里，不要在 static/ 下", "put it into the project, not below static/")));
        return Words::default();
    }
    let text = match read_text(&root.join(path), path, &Limits::default()) {
        Ok(t) => t,
        Err(_) => {
            // A list that cannot be read would let everything pass.
            let d = Diagnostic::new(
                "SRC015",
                Severity::Error,
                say!("读不到词表 `{path}`，SEC005 没有检查", "the list `{path}` cannot be read; SEC005 looked at nothing"),
            );
            out.push(place(d).hint(say!("写项目里一个 YAML 文件的路径", "write the path of a YAML file in the project")));
            return Words::default();
        }
    };
    let source = Source::new(path, text);
    let node = parse_yaml(&source, 0..source.text.len(), out);
    let (mut words, mut patterns) = (Words::default(), Vec::new());
    let Some(Kind::List(entries)) = node.as_ref().map(|n| &n.kind) else {
        let d =
            Diagnostic::new("SRC006", Severity::Error, say!("词表 `{path}` 应为列表", "the list `{path}` should be a list")).at(crate::diag::Span::file(path));
        out.push(d.hint(say!("每条一行：- {{word: 写法, instead: 改为}}", "an entry to a line: - {{word: …, instead: …}}")));
        return words;
    };
    let utc = jiff::tz::TimeZone::UTC;
    for entry in entries {
        let mut f = Fields::new(&word::RECORD, &source, entry, &utc, out);
        let (plain, name) = (f.text(&word::WORD).map(String::from), f.text(&word::LEADER).map(String::from));
        let severity = f.choice(&word::SEVERITY, SEVERITIES).unwrap_or(if name.is_some() { Severity::Error } else { Severity::Veto });
        let (instead, why) = (f.text(&word::INSTEAD).map(String::from), f.text(&word::WHY).map(String::from));
        let titles: Vec<String> = f.list(&word::TITLES).iter().map(|(t, _)| t.trim().to_string()).filter(|t| !t.is_empty()).collect();
        match (plain.filter(|p| !p.trim().is_empty()), name) {
            (Some(p), _) => {
                patterns.push(p);
                words.list.push(Word { instead, why, severity });
            }
            (None, Some(name)) => words.leaders.push(Leader { name: name.chars().collect(), titles, severity }),
            (None, None) => f.missing(&word::WORD),
        }
        f.finish();
    }
    words.titles = words.leaders.iter().flat_map(|l| l.titles.iter().cloned()).collect();
    words.titles.sort();
    words.titles.dedup();
    words.find = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns).ok().filter(|_| !patterns.is_empty());
    words.find_titles = AhoCorasick::new(&words.titles).ok().filter(|_| !words.titles.is_empty());
    words
}
