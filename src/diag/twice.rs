//! Findings of one fault from two sides: what only follows is dropped, and the cause keeps its weight.

use super::{Diagnostic, Report, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// How the advice for an entry of a list without an id ends, where none of them has one.
const NO_IDS: &str = "no entry has one";

/// The first words in backticks of a message.
fn named(d: &Diagnostic) -> Option<&str> {
    d.message.en.split('`').nth(1)
}

/// The column that a message begins with.
fn column(d: &Diagnostic) -> Option<&str> {
    let (_, rest) = d.message.en.split_once('\u{201c}')?;
    rest.split('\u{201d}').next()
}

/// Whether a word stands in a text, and not within a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let within = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.match_indices(word).any(|(i, _)| !text[..i].ends_with(within) && !text[i + word.len()..].starts_with(within))
}

impl Report {
    /// A file that is a copy by its name is one thing to know: but for what must not be public nothing else is told of it, nor that it
    /// is the same as another.
    pub fn drop_copies(&mut self, copies: &BTreeSet<Arc<str>>) {
        if copies.is_empty() {
            return;
        }
        let twin = |d: &Diagnostic| matches!(d.code, "POL008" | "OD007") && copies.iter().any(|c| d.message.en.contains(&**c));
        self.items.retain(|d| d.code.starts_with("SEC") || !copies.contains(d.path()) && !twin(d));
    }

    /// Drops what another finding says already.
    pub(super) fn settle_twice(&mut self) {
        self.settle_empty();
        self.settle_files();
        self.settle_cells();
        self.settle_entries();
        self.settle_nameless();
        self.settle_unread();
        self.settle_remedies();
    }

    /// Two slips of one line that are mended by the same words are one.
    fn settle_remedies(&mut self) {
        let mut seen: BTreeMap<(Arc<str>, u32, String), usize> = BTreeMap::new();
        let mut again: BTreeMap<usize, usize> = BTreeMap::new();
        for (n, d) in self.items.iter().enumerate().filter(|(_, d)| d.code == "SRC020") {
            let (Some(s), Some(h)) = (d.span.as_ref().filter(|s| s.line > 0), &d.hint) else { continue };
            let key = (s.file.clone(), s.line, h.en.to_string());
            match seen.get(&key) {
                Some(first) => drop(again.insert(n, *first)),
                None => drop(seen.insert(key, n)),
            }
        }
        for (n, first) in &again {
            let (severity, blocks) = (self.items[*n].severity, self.items[*n].blocks);
            self.items[*first].severity = self.items[*first].severity.max(severity);
            self.items[*first].blocks |= blocks;
        }
        let mut n = 0;
        self.items.retain(|_| {
            n += 1;
            !again.contains_key(&(n - 1))
        });
    }

    /// Drops what only follows from what planning addresses found: a text in the folder of another item is none of its own, and
    /// lacks nothing as one.
    pub fn settle_planned(&mut self) {
        let told = |d: &&Diagnostic| d.code == "URL001" && d.message.en.starts_with("this folder belongs to ");
        let files: BTreeSet<Arc<str>> = self.items.iter().filter(told).filter_map(|d| Some(d.span.as_ref()?.file.clone())).collect();
        if !files.is_empty() {
            let follows = |d: &Diagnostic| ["SRC010", "SRC012", "MET001", "MET002"].contains(&d.code) && files.contains(d.path());
            self.items.retain(|d| !follows(d));
        }
    }

    /// Drops findings that follow from another, whose place in the list is given, and gives that one their weight.
    pub(super) fn follow(&mut self, cause: impl Fn(&Diagnostic) -> Option<usize>) {
        let found: Vec<Option<usize>> = self.items.iter().map(cause).collect();
        for (n, c) in found.iter().enumerate().filter_map(|(n, c)| Some((n, (*c)?))) {
            let (severity, blocks) = (self.items[n].severity, self.items[n].blocks);
            self.items[c].severity = self.items[c].severity.max(severity);
            self.items[c].blocks |= blocks;
        }
        let mut found = found.into_iter();
        self.items.retain(|_| found.next().flatten().is_none());
    }

    /// A file that cannot be read at all: that no program can read it, and that nobody looked into it, are the same.
    fn settle_unread(&mut self) {
        let unread = |d: &Diagnostic| d.code == "TAB001" && d.severity == super::Severity::Error && d.message.en.starts_with("cannot be read");
        let mut items: BTreeMap<Arc<str>, Vec<(String, usize)>> = BTreeMap::new();
        for (n, d) in self.items.iter().enumerate().filter(|(_, d)| unread(d)) {
            if let Some(i) = &d.item {
                items.entry(i.clone()).or_default().push((d.path().rsplit('/').next().unwrap_or_default().to_string(), n));
            }
        }
        if items.is_empty() {
            return;
        }
        self.follow(|d| {
            let lost = items.get(d.path())?;
            let known = |name: &str| lost.iter().any(|(f, _)| name.rsplit('/').next() == Some(f));
            match d.code {
                "OD004" => lost.first().map(|(_, n)| *n),
                // Of a list of files all of which are told.
                "SEC011" if named(d).is_some() && d.message.en.split('`').skip(1).step_by(2).all(known) => lost.first().map(|(_, n)| *n),
                _ => None,
            }
        });
    }

    /// A value that is to be filled in has the wrong form only because it is empty.
    fn settle_empty(&mut self) {
        let line = |d: &Diagnostic| d.span.as_ref().filter(|s| s.line > 0).map(|s| (s.file.clone(), s.line));
        let fill = |d: &&Diagnostic| d.hint.as_ref().is_some_and(|h| h.en.starts_with("fill in"));
        let empty: BTreeSet<(Arc<str>, u32)> = self.items.iter().filter(fill).filter_map(line).collect();
        self.items.retain(|d| d.code != "SRC006" || line(d).is_none_or(|l| !empty.contains(&l)));
        // And what blocks for its form is told as that, not as missing too.
        let causes: BTreeMap<(Arc<str>, u32), usize> =
            self.items.iter().enumerate().filter(|(_, d)| d.code == "SRC007").filter_map(|(n, d)| Some((line(d)?, n))).collect();
        self.follow(|d| if d.code == "MET001" && fill(&d) { causes.get(&line(d)?).copied() } else { None });
    }

    /// A file that is not there, named by the field and by a link of the text; and charts, keys of data that cannot be read for it.
    fn settle_files(&mut self) {
        let mut lost: BTreeSet<(Arc<str>, String)> = BTreeSet::new();
        let mut data: BTreeSet<Arc<str>> = BTreeSet::new();
        for d in self.items.iter().filter(|d| d.code == "SRC015") {
            let (Some(s), Some(name)) = (&d.span, named(d)) else { continue };
            // A file that is not there is one fault; a path that is written wrongly is one wherever it stands.
            if d.hint.as_ref().is_none_or(|h| h.en.starts_with("the path is relative")) {
                lost.insert((s.file.clone(), name.trim_start_matches("./").to_string()));
            }
            if d.message.en.starts_with("there is no data file") || d.message.en.contains("file's name is") {
                data.insert(s.file.clone());
            }
        }
        let follows = |d: &Diagnostic| {
            let Some(s) = &d.span else { return false };
            match d.code {
                "LNK001" => named(d).is_some_and(|n| lost.contains(&(s.file.clone(), n.trim_start_matches("./").to_string()))),
                "TAB018" | "TAB019" => data.contains(&s.file) && (d.message.en.contains("resource")),
                _ => false,
            }
        };
        if !lost.is_empty() || !data.is_empty() {
            self.items.retain(|d| !follows(d));
        }
    }

    /// Departments and themes that are not there because their entry cannot be used, which is told.
    fn settle_entries(&mut self) {
        let list = |file: &str| ["departments.yaml", "themes.yaml"].into_iter().find(|n| file.rsplit('/').next() == Some(n));
        let lost: Vec<(&str, String)> = self
            .items
            .iter()
            .filter(|d| matches!(d.code, "SRC005" | "SRC006" | "SRC008" | "SRC010"))
            .filter_map(|d| d.span.as_ref().and_then(|s| Some((list(&s.file)?, s.excerpt.nfkc().collect()))))
            .collect();
        if lost.is_empty() {
            return;
        }
        let follows = |d: &Diagnostic| {
            let of = match &*d.message.en {
                m if d.code == "SRC011" && m.starts_with("departments.yaml has no ") => "departments.yaml",
                m if d.code == "SRC011" && m.starts_with("the vocabulary of themes has no ") => "themes.yaml",
                _ => return false,
            };
            named(d).is_some_and(|n| lost.iter().any(|(list, text)| *list == of && has_word(text, n)))
        };
        self.items.retain(|d| !follows(d));
    }

    /// Departments and themes that are not there because their list is empty, or because that many of its entries have no id.
    fn settle_nameless(&mut self) {
        for (list, begins) in [("departments.yaml", "departments.yaml has no "), ("themes.yaml", "the vocabulary of themes has no ")] {
            let of = |d: &Diagnostic| d.path().rsplit('/').next() == Some(list);
            let follows = |d: &Diagnostic| d.code == "SRC011" && d.message.en.starts_with(begins);
            let empty = self.items.iter().position(|d| d.code == "SRC010" && of(d) && d.message.en.ends_with("no entry"));
            let nameless: Vec<usize> = (0..self.items.len())
                .filter(|n| {
                    let d = &self.items[*n];
                    d.code == "SRC010" && of(d) && d.hint.as_ref().is_some_and(|h| h.en.ends_with(NO_IDS))
                })
                .collect();
            let names: BTreeSet<&str> = self.items.iter().filter(|d| follows(d)).filter_map(named).collect();
            let cause = empty.or_else(|| nameless.first().copied().filter(|_| names.len() <= nameless.len()));
            if let Some(n) = cause {
                self.follow(|d| follows(d).then_some(n));
            }
        }
    }

    /// Values that do not fit the dictionary, and the same values as odd ones of their column: the dictionary's finding takes the place.
    fn settle_cells(&mut self) {
        let mut causes: BTreeMap<(Arc<str>, String), usize> = BTreeMap::new();
        for (n, d) in self.items.iter().enumerate().filter(|(_, d)| d.code == "OD002" && d.message.en.contains("in the dictionary, but its values are")) {
            if let (Some(s), Some(name)) = (&d.span, column(d)) {
                causes.insert((s.file.clone(), name.to_string()), n);
            }
        }
        if causes.is_empty() {
            return;
        }
        let cause = |d: &Diagnostic| -> Option<(usize, Span)> {
            let s = d.span.as_ref().filter(|_| matches!(d.code, "TAB008" | "TAB022"))?;
            Some((*causes.get(&(s.file.clone(), column(d)?.to_string()))?, s.clone()))
        };
        let found: Vec<Option<(usize, Span)>> = self.items.iter().map(cause).collect();
        for (n, (c, place)) in found.iter().enumerate().filter_map(|(n, f)| Some((n, f.as_ref()?))) {
            let (severity, blocks) = (self.items[n].severity, self.items[n].blocks);
            let d = &mut self.items[*c];
            d.severity = d.severity.max(severity);
            d.blocks |= blocks;
            if d.span.as_ref().is_some_and(|s| s.line == 0) {
                d.span = Some(place.clone());
            }
        }
        let mut found = found.into_iter();
        self.items.retain(|_| found.next().flatten().is_none());
    }
}
