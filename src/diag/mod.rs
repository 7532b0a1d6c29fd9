//! Problems as values: what is wrong, where, and what to do about it.
//!
//! Every stage pushes [`Diagnostic`]s into a [`Report`] and goes on; nothing
//! here prints or ends the program. A message exists in Chinese and English,
//! written side by side where it is made.

mod clean;
mod codes;
mod print;
mod sarif;
mod system;
mod twice;

pub use clean::{clean, json as clean_json, path};
pub use codes::{Code, SOURCE_CODES, source_in};
pub use print::{Format, print};
pub use sarif::{About, sarif};
pub use system::{in_chinese, system, unread};

use crate::personal::hide;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A sentence in both languages of the tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The sentence in one language.
    pub fn get(&self, lang: Tongue) -> &str {
        match lang {
            Tongue::Zh => &self.zh,
            Tongue::En => &self.en,
        }
    }

    /// The sentence without numbers of persons: a finding is read by more people than the file.
    fn hidden(mut self) -> Text {
        for text in [&mut self.zh, &mut self.en] {
            if let Cow::Owned(hidden) = hide(text) {
                *text = hidden;
            }
        }
        self
    }
}

/// Writes one [`Text`]: the Chinese format string, then the English one.
macro_rules! say {
    ($zh:literal, $en:literal $(, $($args:tt)*)?) => {
        $crate::diag::Text { zh: format!($zh $(, $($args)*)?), en: format!($en $(, $($args)*)?) }
    };
}
pub(crate) use say;

/// A count with its noun and verb in English: `1 row has`, `2 rows have`.
pub fn counted(n: u64, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// The first few of several names in a message, each marked: `a`, `b`, …
pub fn few<T: std::fmt::Display>(names: impl ExactSizeIterator<Item = T>, most: usize) -> String {
    let more = names.len() > most;
    let list = names.take(most).map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    if more { format!("{list}, …") } else { list }
}

/// Words in a row: `{list}` with the Chinese sign between them, `{list:#}` with the English one.
pub struct Listed<T>(pub Vec<T>);

impl<T: std::fmt::Display> std::fmt::Display for Listed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (n, word) in self.0.iter().enumerate() {
            let sign = if f.alternate() { ", " } else { "、" };
            write!(f, "{}{word}", if n == 0 { "" } else { sign })?;
        }
        Ok(())
    }
}

/// A fixed sentence in both languages, for tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// Simplified Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Phrase {
    /// The sentence in one language.
    pub const fn get(&self, lang: Tongue) -> &'static str {
        match lang {
            Tongue::Zh => self.zh,
            Tongue::En => self.en,
        }
    }
}

/// The language in which the tool speaks (findings, help), not the site's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// Simplified Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

impl Tongue {
    /// From a language tag or a locale name: anything that begins with `zh` is Chinese.
    pub fn of(tag: &str) -> Tongue {
        if tag.to_ascii_lowercase().starts_with("zh") { Tongue::Zh } else { Tongue::En }
    }
}

/// How grave a finding is. The order is the order of gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know; never fails a run.
    Info,
    /// Should be mended.
    Warn,
    /// Wrong; `check` exits 1.
    Error,
    /// The national inspection's one-vote veto (单项否决); `check` exits 1.
    Veto,
}

impl Severity {
    /// The lower-case English word used in every output format.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warn => "warning",
            Severity::Error => "error",
            Severity::Veto => "veto",
        }
    }

    /// The word printed for people.
    pub const fn label(self, lang: Tongue) -> &'static str {
        match (self, lang) {
            (Severity::Info, Tongue::Zh) => "提示",
            (Severity::Warn, Tongue::Zh) => "警告",
            (Severity::Error, Tongue::Zh) => "错误",
            (Severity::Veto, Tongue::Zh) => "否决",
            (s, Tongue::En) => s.word(),
        }
    }
}

/// A place in a source file. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Path relative to the project, with `/`.
    pub file: Arc<str>,
    /// Line.
    pub line: u32,
    /// Column of the first character.
    pub col: u32,
    /// Column after the last character, on the same line.
    pub end_col: u32,
    /// The whole line, at most 400 characters of it.
    pub excerpt: String,
}

impl Span {
    /// The first character of a file (for findings about a file as a whole).
    pub fn file(path: &str) -> Span {
        Span { file: path.into(), line: 0, col: 0, end_col: 0, excerpt: String::new() }
    }
}

/// The department that answers for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Its id in `departments.yaml`.
    pub id: String,
    /// Its name.
    pub name: Text,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, such as `POL001`.
    pub code: &'static str,
    /// Gravity under the profile of this run.
    pub severity: Severity,
    /// The item must not be published: a build stops (or holds the item back).
    pub blocks: bool,
    /// Where; `None` for the site as a whole.
    pub span: Option<Span>,
    /// One sentence: what is wrong.
    pub message: Text,
    /// What to do.
    pub hint: Option<Text>,
    /// Path of the content file of the item concerned, for `--hold-back`.
    pub item: Option<Arc<str>>,
    /// Key of the data file that is enough to hold back, where the item need not be.
    pub file: Option<Arc<str>>,
    /// Who answers for it, where that is known.
    pub department: Option<Arc<Owner>>,
}

impl Diagnostic {
    /// It is about what will not be published: told, but nothing stops or fails for it.
    pub fn ease(&mut self) {
        self.severity = self.severity.min(Severity::Warn);
        self.blocks = false;
    }

    /// A finding without place, hint or block.
    pub fn new(code: &'static str, severity: Severity, message: Text) -> Diagnostic {
        Diagnostic { code, severity, blocks: false, span: None, message: message.hidden(), hint: None, item: None, file: None, department: None }
    }

    /// Says where.
    pub fn at(mut self, mut span: Span) -> Diagnostic {
        if let Cow::Owned(hidden) = hide(&span.excerpt) {
            span.excerpt = hidden;
        }
        if self.item.is_none() {
            self.item = Some(span.file.clone());
        }
        self.span = Some(span);
        self
    }

    /// Says what to do.
    pub fn hint(mut self, hint: Text) -> Diagnostic {
        self.hint = Some(hint.hidden());
        self
    }

    /// Marks the item as one that must not be published.
    pub fn blocking(mut self) -> Diagnostic {
        self.blocks = true;
        self
    }

    /// The file the finding belongs to, empty for the site as a whole.
    pub fn path(&self) -> &str {
        self.span.as_ref().map_or("", |s| &s.file)
    }
}

/// Findings of one code that one file or rule gives in full; a bomb of a million faults is one thing to know.
pub const MANY: usize = 100;

/// Adds a finding, unless there are [`MANY`] of its code: then the last one counts the rest. The finding is only made where it is shown.
pub fn push_few(out: &mut Vec<Diagnostic>, code: &'static str, make: impl FnOnce() -> Diagnostic) {
    // Most lists are short.
    if out.len() < MANY {
        return out.push(make());
    }
    let mut same = out.iter_mut().filter(|d| d.code == code);
    match same.nth(MANY) {
        None => out.push(make()),
        Some(last) => {
            let n = last.message.en.split_once(" more of").and_then(|(n, _)| n.parse::<u64>().ok()).unwrap_or(1) + 1;
            last.message = say!("同类问题还有 {n} 处，不再逐一列出", "{n} more of this kind, not listed one by one");
        }
    }
}

/// All findings of one run.
#[derive(Debug, Default, Clone)]
pub struct Report {
    items: Vec<Diagnostic>,
}

impl Report {
    /// An empty report.
    pub fn new() -> Report {
        Report::default()
    }

    /// Adds one finding.
    pub fn push(&mut self, d: Diagnostic) {
        self.items.push(d);
    }

    /// Takes over the findings of another worker.
    pub fn append(&mut self, other: Report) {
        self.items.extend(other.items);
    }

    /// The findings in the order of file, line, column, code.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.items.iter().collect();
        all.sort_by(|a, b| {
            let key = |d: &Diagnostic| d.span.as_ref().map(|s| (s.file.clone(), s.line, s.col));
            key(a).cmp(&key(b)).then(a.code.cmp(b.code)).then_with(|| a.message.en.cmp(&b.message.en))
        });
        all.dedup();
        all
    }

    /// The findings as they came.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter()
    }

    /// Number of findings.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// True if nothing was found.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// True if something must not be published.
    pub fn blocks(&self) -> bool {
        self.items.iter().any(|d| d.blocks)
    }

    /// Drops the findings a predicate does not keep.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.items.retain(keep);
    }

    /// Findings about what will not be published: they are told, but nothing stops or fails for them.
    pub fn ease(&mut self, which: impl Fn(&Diagnostic) -> bool) {
        for d in self.items.iter_mut().filter(|d| which(d)) {
            d.ease();
        }
    }

    /// Says whose each finding is that nobody has yet.
    pub fn assign(&mut self, whose: impl Fn(&Diagnostic) -> Option<Arc<Owner>>) {
        self.items.iter_mut().filter(|d| d.department.is_none()).for_each(|d| d.department = whose(d));
    }

    /// Drops what only follows from another finding, and gives the cause its weight.
    pub fn settle(&mut self) {
        self.settle_twice();
        self.settle_places();
        self.settle_missing();
        self.settle_lines();
    }

    /// What a file gives because it lies in a wrong place, and a file that nothing refers to because its name is misspelt.
    fn settle_places(&mut self) {
        let mut places: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for (n, d) in self.items.iter().enumerate().filter(|(_, d)| matches!(d.code, "SRC016" | "SRC047")) {
            places.extend(d.span.as_ref().map(|s| (s.file.clone(), n)));
        }
        // `did you mean` of a file that is not there, by its last part.
        let last = |p: &str| p.rsplit('/').next().unwrap_or(p).to_string();
        let asked = self.items.iter().filter(|d| matches!(d.code, "SRC015" | "LNK001")).flat_map(|d| {
            // Of one that is there and cannot be used, the message has the name.
            let there = d.message.en.split('`').nth(1).filter(|_| d.message.en.contains("` is there, but"));
            there.into_iter().chain(d.hint.as_ref().and_then(|h| h.en.split('`').nth(1)))
        });
        // `C:\\data\\r.csv`: the name behind the last sign of either kind.
        let windows = self.items.iter().filter(|d| d.code == "SRC015").filter_map(|d| {
            let path = d.message.en.split('`').nth(1).filter(|p| p.contains('\\'))?;
            path.rsplit(['\\', '/']).next().map(String::from)
        });
        let meant: std::collections::BTreeSet<String> = asked.map(last).chain(windows).collect();
        if places.is_empty() && meant.is_empty() {
            return;
        }
        const FOLLOW: &[&str] = &["SRC", "MET", "OD0", "ITP", "POL", "LNK", "TXT"];
        let cause = |d: &Diagnostic| {
            let n = places.get(&d.span.as_ref()?.file).copied()?;
            let own = matches!(d.code, "SRC016" | "SRC043" | "SRC047");
            (!own && FOLLOW.iter().any(|f| d.code.starts_with(f))).then_some(n)
        };
        let follows: Vec<(usize, Severity, bool)> = self.items.iter().filter_map(|d| Some((cause(d)?, d.severity, d.blocks))).collect();
        // A policy that lies elsewhere, and is named by its path below `policies/`.
        let bare = |p: &str| last(p).rsplit_once('.').map_or_else(|| last(p), |(s, _)| s.to_string());
        let stems: std::collections::BTreeSet<String> = places.keys().map(|f| bare(f)).collect();
        let lies_elsewhere = |d: &Diagnostic| d.code == "ITP003" && d.message.en.split('`').nth(1).is_some_and(|id| stems.contains(&last(id)));
        // Files beside an item that lies in a wrong place are its own, and named by it alone.
        let folders: std::collections::BTreeSet<&str> = places.keys().filter_map(|f| f.rsplit_once('/')).map(|(f, _)| f).collect();
        let astray = |p: &str| p.rsplit_once('/').is_some_and(|(f, _)| folders.contains(f));
        let keep: Vec<bool> = self
            .items
            .iter()
            .map(|d| cause(d).is_none() && !lies_elsewhere(d) && !(d.code == "SRC022" && (meant.contains(&last(d.path())) || astray(d.path()))))
            .collect();
        for (c, severity, blocks) in follows {
            // What is not read at all is not published.
            if self.items[c].code == "SRC047" {
                self.items[c].severity = self.items[c].severity.max(severity);
                self.items[c].blocks |= blocks;
            }
        }
        let mut keep = keep.into_iter();
        self.items.retain(|_| keep.next().unwrap_or(true));
    }

    /// A field that is missing because its name is misspelt, and data that cannot be read because the file is not there.
    fn settle_missing(&mut self) {
        const MISSING: &[&str] = &["MET001", "POL002", "POL005", "POL006", "OD001", "SRC010"];
        let mut causes: BTreeMap<Arc<str>, Vec<(usize, Option<String>)>> = BTreeMap::new();
        for (n, d) in self.items.iter().enumerate().filter(|(_, d)| matches!(d.code, "SRC005" | "SRC015")) {
            let Some(s) = &d.span else { continue };
            let meant = d.hint.as_ref().filter(|_| d.code == "SRC005").and_then(|h| h.en.split('`').nth(1)).map(|w| format!("{w}:"));
            if d.code == "SRC015" || meant.is_some() {
                causes.entry(s.file.clone()).or_default().push((n, meant));
            }
        }
        // A file that its item names under such a name.
        let folder = |p: &str| p.rsplit_once('/').map_or(String::new(), |(f, _)| f.to_string());
        let unnamed: BTreeMap<String, usize> = causes
            .iter()
            .flat_map(|(file, list)| list.iter().map(move |c| (file, c)))
            .filter(|(_, (_, f))| matches!(f.as_deref(), Some("resources:" | "attachments:" | "path:" | "file:" | "versions:")))
            .map(|(file, (n, _))| (folder(file), *n))
            .collect();
        let cause = |d: &Diagnostic| {
            if d.code == "SRC022" {
                return unnamed.get(&folder(d.path())).copied();
            }
            let (list, hint) = (causes.get(&d.span.as_ref()?.file)?, d.hint.as_ref()?);
            let follows = |field: &Option<String>| match field {
                Some(f) if f == "resources:" && d.code == "OD004" => true,
                // Of several that one mapping lacks the others are missing all the same.
                Some(f) => {
                    MISSING.contains(&d.code)
                        && (d.code != "SRC010" || !hint.en.contains(", "))
                        && hint.en.starts_with("add ")
                        && hint.en.split([' ', '`']).any(|w| w.trim_end_matches(',') == f)
                }
                None => d.code == "OD004",
            };
            list.iter().find(|(_, f)| follows(f)).map(|(n, _)| *n)
        };
        self.follow(cause);
    }

    /// What only follows from a slip or a syntax error on the same line.
    fn settle_lines(&mut self) {
        const CAUSES: &[&str] = &["SRC004", "SRC020", "SRC021", "SRC044"];
        // All of the title became a comment.
        let cut: std::collections::BTreeSet<Arc<str>> =
            self.items.iter().filter(|d| d.code == "SRC044" && d.severity == Severity::Error).filter_map(|d| Some(d.span.as_ref()?.file.clone())).collect();
        self.items.retain(|d| !(d.code == "SRC010" && d.message.en == "the title is missing" && d.span.as_ref().is_some_and(|s| cut.contains(&s.file))));
        // Policies that an interpretation names, in a list with a slip: they are explained.
        let listed = |d: &Diagnostic| {
            let line = d.hint.as_ref().filter(|_| d.code == "SRC020")?.en.split_once("policies: [")?.1.split(']').next()?.to_string();
            Some(line.split(',').map(|w| w.trim().trim_matches('"').to_string()).collect::<Vec<_>>())
        };
        let explained: std::collections::BTreeSet<String> = self.items.iter().filter_map(listed).flatten().collect();
        let of = |d: &Diagnostic| d.path().rsplit_once("policies/").and_then(|(_, p)| Some(p.strip_suffix(".md")?.to_string()));
        self.items.retain(|d| !(d.code == "ITP001" && of(d).is_some_and(|p| explained.contains(&p))));
        const FOLLOW: &[&str] =
            &["SRC005", "SRC006", "SRC007", "SRC008", "SRC010", "SRC011", "SRC015", "SRC040", "SRC045", "ITP003", "POL001", "POL002", "POL006", "OD001"];
        let mut causes: BTreeMap<(Arc<str>, u32), usize> = BTreeMap::new();
        for (n, d) in self.items.iter().enumerate() {
            if let Some(s) = d.span.as_ref().filter(|s| s.line > 0 && CAUSES.contains(&d.code)) {
                causes.entry((s.file.clone(), s.line)).or_insert(n);
            }
        }
        if causes.is_empty() {
            return;
        }
        let cause = |d: &Diagnostic| d.span.as_ref().filter(|_| FOLLOW.contains(&d.code)).and_then(|s| causes.get(&(s.file.clone(), s.line))).copied();
        let weights: Vec<(usize, Severity, bool)> = self.items.iter().filter_map(|d| Some((cause(d)?, d.severity, d.blocks))).collect();
        let keep: Vec<bool> = self.items.iter().map(|d| cause(d).is_none()).collect();
        for (c, severity, blocks) in weights {
            self.items[c].severity = self.items[c].severity.max(severity);
            self.items[c].blocks |= blocks;
        }
        let mut keep = keep.into_iter();
        self.items.retain(|_| keep.next().unwrap_or(true));
    }

    /// Counts by gravity.
    pub fn counts(&self) -> BTreeMap<Severity, usize> {
        let mut out = BTreeMap::new();
        for d in self.sorted() {
            *out.entry(d.severity).or_insert(0) += 1;
        }
        out
    }
}

/// Findings a project knows about and has accepted for now: how many of one
/// code a file may have. More than that is new, and fails `check`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<(String, String), usize>,
}

impl Baseline {
    /// Reads lines of `CODE<TAB>file<TAB>count`; `#` begins a comment. Lines of
    /// another shape are returned by number.
    pub fn parse(text: &str) -> (Baseline, Vec<usize>) {
        let mut counts = BTreeMap::new();
        let mut bad = Vec::new();
        for (n, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut parts = line.split('\t');
            match (parts.next(), parts.next(), parts.next().and_then(|c| c.trim().parse().ok())) {
                (Some(code), Some(file), Some(count)) => {
                    counts.insert((code.to_string(), file.to_string()), count);
                }
                _ => bad.push(n + 1),
            }
        }
        (Baseline { counts }, bad)
    }

    /// The baseline that would accept exactly this report, but for what must not be published.
    pub fn of(report: &Report) -> Baseline {
        let mut counts = BTreeMap::new();
        for d in report.sorted().into_iter().filter(|d| !d.blocks) {
            *counts.entry((d.code.to_string(), d.path().to_string())).or_insert(0) += 1;
        }
        Baseline { counts }
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        let mut out = String::from("# CODE\tfile\tcount: findings accepted for now. Written by `clerestory check --write-baseline`.\n");
        for ((code, file), n) in &self.counts {
            out.push_str(&format!("{code}\t{file}\t{n}\n"));
        }
        out
    }

    /// Splits a report into findings that are new and the number of those known.
    pub fn split<'r>(&self, report: &'r Report) -> (Vec<&'r Diagnostic>, usize) {
        let mut left = self.counts.clone();
        let mut known = 0;
        let mut new = Vec::new();
        for d in report.sorted() {
            match left.get_mut(&(d.code.to_string(), d.path().to_string())) {
                // What must not be published is always told.
                Some(n) if *n > 0 && !d.blocks => {
                    *n -= 1;
                    known += 1;
                }
                _ => new.push(d),
            }
        }
        (new, known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_baseline_accepts_what_it_was_made_of_and_no_more() {
        let mut r = Report::new();
        let d = |line| {
            let mut s = Span::file("a.md");
            s.line = line;
            Diagnostic::new("POL001", Severity::Error, say!("甲", "a")).at(s)
        };
        r.push(d(1));
        let base = Baseline::of(&r);
        let (again, bad) = Baseline::parse(&base.to_text());
        assert_eq!((again, bad), (base.clone(), vec![]));
        r.push(d(2));
        let (new, known) = base.split(&r);
        assert_eq!((new.len(), known), (1, 1));
        assert_eq!(Baseline::parse("nonsense").1, vec![1]);
    }
}
