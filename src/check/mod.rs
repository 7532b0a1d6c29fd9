//! Rules over what authors claim: one file a rule and its line in [`RULES`].

mod aig001;
mod cal001;
mod cat001;
mod cat002;
mod cat003;
mod cat004;
mod cat005;
mod con001;
mod con002;
mod con003;
mod con004;
mod con005;
mod fbk001;
mod fbk002;
mod fbk003;
pub mod filled;
mod ftr001;
mod int001;
mod int002;
mod int003;
mod int004;
mod itp001;
mod itp002;
mod itp003;
mod itp004;
mod itp005;
mod itp006;
mod itp007;
mod keys;
mod law001;
mod law002;
mod law003;
mod law004;
mod law005;
mod law006;
mod law007;
mod law008;
mod lnk001;
mod lnk005;
mod lnk006;
mod marks;
mod met001;
mod met002;
mod od001;
mod od002;
mod od003;
mod od004;
mod od005;
mod od006;
mod od007;
mod od008;
mod od009;
mod pol001;
mod pol002;
mod pol003;
mod pol004;
mod pol005;
mod pol006;
mod pol007;
mod pol008;
mod pol009;
mod reader;
mod sec001;
pub(crate) mod sec002;
mod sec003;
mod sec004;
mod sec005;
mod sec007;
mod sec010;
mod sec011;
mod sec012;
mod sec013;
mod sec015;
mod sec016;
mod sec017;
mod sta001;
mod txt001;
mod txt002;
mod txt003;
mod txt004;
mod txt005;
mod txt006;
mod txt015;
mod txt016;
mod txt017;
mod txt018;
mod upd001;
mod upd002;
mod upd003;
mod upd004;
mod upd005;
mod veils;
mod working;

use crate::config::Config;
use crate::diag::{Diagnostic, Phrase, Report, Severity, Text};
use crate::model::{Item, Portal};
use crate::personal::Together;
use crate::tables::Tables;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::{Arc, LazyLock};

pub use int001::forgotten;
pub use itp005::copied;
pub use itp007::by_drafter;
pub use sec013::unpublished;
pub use txt015::{EXAMPLES, LEFT};

/// What a rule may look at.
pub struct Input<'a> {
    /// All content.
    pub portal: &'a Portal,
    /// The data files.
    pub tables: &'a Tables,
    /// Settings.
    pub config: &'a Config,
    /// The day.
    pub as_of: Date,
    /// Items by id.
    pub by_id: FxHashMap<&'a str, &'a Arc<Item>>,
    /// Interpretations by the id of their policy.
    pub explained: FxHashMap<&'a str, Vec<&'a Arc<Item>>>,
    /// Policies that an interpretation means but misnames, or that one in the wrong folder names: what is wrong is told there.
    pub misnamed: rustc_hash::FxHashSet<String>,
}

/// How a rule is run.
pub enum Run {
    /// For each item on its own; may run in parallel.
    Item(fn(&Input<'_>, &Item, &mut Found<'_>)),
    /// Once for the site.
    Site(fn(&Input<'_>, &mut Found<'_>)),
    /// Both: for what belongs to an item, and for what belongs to none.
    Both(fn(&Input<'_>, &Item, &mut Found<'_>), fn(&Input<'_>, &mut Found<'_>)),
}

/// A rule.
pub struct Rule {
    /// Stable code.
    pub code: &'static str,
    /// A few words.
    pub title: Phrase,
    /// Gravity under `generic`, `cn-gov`, `cn-gov-strict`; `None` where the rule does not apply.
    pub severity: [Option<Severity>; 3],
    /// A finding keeps its item from being published.
    pub blocks: bool,
    /// Speaks of the identity of a real body: not applicable to a demonstration.
    pub identity: bool,
    /// Why, and how to mend it.
    pub explain: Phrase,
    /// The law, standard or practice behind it.
    pub source: &'static str,
    /// Looks for it.
    pub run: Run,
}

/// All rules, by code.
pub static RULES: &[&Rule] = &[
    &aig001::RULE,
    &cal001::RULE,
    &cat001::RULE,
    &cat002::RULE,
    &cat003::RULE,
    &cat004::RULE,
    &cat005::RULE,
    &con001::RULE,
    &con002::RULE,
    &con003::RULE,
    &con004::RULE,
    &con005::RULE,
    &fbk001::RULE,
    &fbk002::RULE,
    &fbk003::RULE,
    &ftr001::RULE,
    &int001::RULE,
    &int002::RULE,
    &int003::RULE,
    &int004::RULE,
    &itp001::RULE,
    &itp002::RULE,
    &itp003::RULE,
    &itp004::RULE,
    &itp005::RULE,
    &itp006::RULE,
    &itp007::RULE,
    &law001::RULE,
    &law002::RULE,
    &law003::RULE,
    &law004::RULE,
    &law005::RULE,
    &law006::RULE,
    &law007::RULE,
    &law008::RULE,
    &lnk001::RULE,
    &lnk005::RULE,
    &lnk006::RULE,
    &met001::RULE,
    &met002::RULE,
    &od001::RULE,
    &od002::RULE,
    &od003::RULE,
    &od004::RULE,
    &od005::RULE,
    &od006::RULE,
    &od007::RULE,
    &od008::RULE,
    &od009::RULE,
    &pol001::RULE,
    &pol002::RULE,
    &pol003::RULE,
    &pol004::RULE,
    &pol005::RULE,
    &pol006::RULE,
    &pol007::RULE,
    &pol008::RULE,
    &pol009::RULE,
    &sec001::RULE,
    &sec002::RULE,
    &sec003::RULE,
    &sec004::RULE,
    &sec005::RULE,
    &sec007::RULE,
    &sec010::RULE,
    &sec011::RULE,
    &sec012::RULE,
    &sec013::RULE,
    &sec015::RULE,
    &sec016::RULE,
    &sec017::RULE,
    &sta001::RULE,
    &txt001::RULE,
    &txt002::RULE,
    &txt003::RULE,
    &txt004::RULE,
    &txt005::RULE,
    &txt006::RULE,
    &txt015::RULE,
    &txt016::RULE,
    &txt017::RULE,
    &txt018::RULE,
    &upd001::RULE,
    &upd002::RULE,
    &upd003::RULE,
    &upd004::RULE,
    &upd005::RULE,
];

/// Collects the findings of one rule.
pub struct Found<'r> {
    rule: &'static Rule,
    severity: Severity,
    /// What it finds keeps the item from being published.
    blocks: bool,
    signs: Signs,
    out: &'r mut Vec<Diagnostic>,
}

/// Words for which rules look in the same texts: one look at a text tells whether any of them is in it.
#[derive(Debug, Clone, Copy)]
struct Signs {
    /// Words of a template.
    template: bool,
    /// What a chat program says of itself.
    program: bool,
}

/// What stands somewhere in the files of an item.
fn signs(item: &Item) -> Signs {
    static ALL: LazyLock<Option<Together<2>>> = LazyLock::new(|| Some(Together::new([txt015::ANY.as_ref()?, aig001::ANY.as_ref()?], &[0; 1024])));
    let Some(all) = ALL.as_ref() else { return Signs { template: true, program: true } };
    let mut out = Signs { template: false, program: false };
    for e in item.written() {
        let text = &e.doc.source.text;
        let [template, program] = all.signs(text, |_| {});
        out.template |= txt015::ANY.as_ref().is_some_and(|a| a.is_from(text, template));
        out.program |= aig001::ANY.as_ref().is_some_and(|a| a.is_from(text, program));
    }
    out
}

impl Found<'_> {
    /// Adds a finding at a front matter key of an item.
    pub fn key(&mut self, item: &Item, key: &str, message: Text, hint: Text) {
        let hint = if item.doc().left_empty(key) { fill_in(self.rule.code, hint) } else { hint };
        self.put(|| item.doc().at(key), message, hint);
    }

    /// Adds a finding at a byte range of a text.
    pub fn text(&mut self, doc: &crate::load::Doc, at: std::ops::Range<usize>, message: Text, hint: Text) {
        self.put(|| doc.source.span(at.start, at.end), message, hint);
    }

    /// Adds a finding at a place.
    pub fn add(&mut self, span: crate::diag::Span, message: Text, hint: Text) {
        self.put(|| span, message, hint);
    }

    /// The place is only looked for where the finding is shown.
    fn put(&mut self, span: impl FnOnce() -> crate::diag::Span, message: Text, hint: Text) {
        let (rule, severity, blocks) = (self.rule, self.severity, self.blocks);
        crate::diag::push_few(self.out, rule.code, || {
            let d = Diagnostic::new(rule.code, severity, message).at(span()).hint(hint);
            if blocks { d.blocking() } else { d }
        });
    }

    /// Adds a finding in a data file of an item.
    pub fn data(&mut self, item: &Item, span: crate::diag::Span, message: Text, hint: Text) {
        let mut d = Diagnostic::new(self.rule.code, self.severity, message).hint(hint);
        d.item = Some(item.doc().source.path.clone());
        let d = d.at(span);
        self.out.push(if self.blocks { d.blocking() } else { d });
    }

    /// Adds a finding in a data file of an item, of which the file is enough to hold back.
    pub fn file(&mut self, item: &Item, file: &Arc<str>, span: crate::diag::Span, message: Text, hint: Text) {
        let before = self.out.len();
        self.data(item, span, message, hint);
        self.out[before..].iter_mut().for_each(|d| d.file = Some(file.clone()));
    }

    /// Adds a finding about a letter or request, which can be held back alone.
    fn row(&mut self, span: crate::diag::Span, key: Arc<str>, message: Text, hint: Text) {
        let mut d = Diagnostic::new(self.rule.code, self.severity, message).hint(hint);
        if self.blocks {
            (d.item, d.file) = (Some(span.file.clone()), Some(key));
            d = d.blocking();
        }
        self.out.push(d.at(span));
    }

    /// What was told last is this department's to mend, whatever file it is about.
    fn owner(&mut self, owner: Arc<crate::diag::Owner>) {
        self.out.iter_mut().last().filter(|d| d.department.is_none()).into_iter().for_each(|d| d.department = Some(owner.clone()));
    }

    /// Adds a finding about a file that can be left out alone: each is told, however many there are, for what is not told is not left out.
    fn alone(&mut self, file: &Arc<str>, span: crate::diag::Span, message: Text, hint: Text) {
        let mut d = Diagnostic::new(self.rule.code, self.severity, message).at(span).hint(hint);
        if self.blocks {
            d = d.blocking();
        }
        d.file = Some(file.clone());
        self.out.push(d);
    }

    /// The same rule at another gravity: where the reference gives two, by degree.
    pub fn at(&mut self, severity: Severity) -> Found<'_> {
        Found { rule: self.rule, severity, blocks: self.blocks, signs: self.signs, out: self.out }
    }

    /// The same about what may be a draft, which nobody sees yet: a warning at most.
    fn of(&mut self, draft: bool) -> Found<'_> {
        let severity = if draft { self.severity.min(Severity::Warn) } else { self.severity };
        Found { rule: self.rule, severity, blocks: self.blocks && !draft, signs: self.signs, out: self.out }
    }

    /// The same at a gravity at which nothing is kept from being published.
    pub fn soft(&mut self, severity: Severity) -> Found<'_> {
        Found { rule: self.rule, severity, blocks: false, signs: self.signs, out: self.out }
    }
}

/// Gravities at which a rule speaks beside that of its profile, in cases that its text names.
static ALSO: &[(&str, &[Severity])] = &[
    ("A11Y001", &[Severity::Warn, Severity::Info]),
    ("CAT001", &[Severity::Warn]),
    ("CAT002", &[Severity::Error]),
    ("ITP001", &[Severity::Warn]),
    ("ITP005", &[Severity::Error]),
    ("LAW001", &[Severity::Warn]),
    ("LAW003", &[Severity::Warn]),
    ("LAW004", &[Severity::Warn]),
    ("LNK001", &[Severity::Warn]),
    ("MET001", &[Severity::Warn]),
    ("OD002", &[Severity::Warn]),
    ("OD003", &[Severity::Error]),
    ("POL006", &[Severity::Warn]),
    ("SEC001", &[Severity::Veto]),
    ("SEC005", &[Severity::Error, Severity::Warn, Severity::Info]),
    ("SEC007", &[Severity::Info]),
    ("SEC013", &[Severity::Veto, Severity::Warn]),
    ("SEC015", &[Severity::Info]),
    ("TXT003", &[Severity::Warn]),
    ("UPD005", &[Severity::Warn]),
];

/// The gravities of a rule or audit beside those of its profiles.
pub fn also(code: &str) -> &'static [Severity] {
    ALSO.iter().find(|(c, _)| *c == code).map_or(&[], |(_, list)| list)
}

/// Rules that the profile has but a demonstration does not answer.
pub fn not_applicable(config: &Config) -> Vec<&'static str> {
    RULES.iter().filter(|r| r.identity && config.demo && r.severity[config.profile.index()].is_some()).map(|r| r.code).collect()
}

/// Runs all rules of the profile.
pub fn check(portal: &Portal, tables: &Tables, config: &Config, as_of: Date, report: &mut Report) {
    let mut explained: FxHashMap<&str, Vec<&Arc<Item>>> = FxHashMap::default();
    for item in &portal.items {
        for p in item.interpretation().map_or(&[][..], |i| &i.policies) {
            explained.entry(p).or_default().push(item);
        }
    }
    let by_id = portal.items.iter().map(|i| (&*i.id, i)).collect();
    let mut input = Input { portal, tables, config, as_of, by_id, explained, misnamed: rustc_hash::FxHashSet::default() };
    input.misnamed = itp003::misnamed(&input);
    let active: Vec<(&'static Rule, Severity)> =
        RULES.iter().filter(|r| !(r.identity && config.demo)).filter_map(|r| Some((*r, r.severity[config.profile.index()]?))).collect();
    for (rule, severity) in &active {
        if let Run::Site(run) | Run::Both(_, run) = rule.run {
            let mut out = Vec::new();
            let signs = Signs { template: true, program: true };
            run(&input, &mut Found { rule, severity: *severity, blocks: rule.blocks, signs, out: &mut out });
            out.into_iter().for_each(|d| report.push(d));
        }
    }
    let found: Vec<Vec<Diagnostic>> = portal
        .items
        .par_iter()
        .map(|item| {
            let mut out = Vec::new();
            let signs = signs(item);
            for (rule, severity) in &active {
                if let Run::Item(run) | Run::Both(run, _) = rule.run {
                    run(&input, item, &mut Found { rule, severity: *severity, blocks: rule.blocks, signs, out: &mut out });
                }
            }
            out
        })
        .collect();
    found.into_iter().flatten().for_each(|d| report.push(d));
    report.drop_copies(&sec013::copies(&input));
    report.settle();
}

/// How often a code was found: what pages may tell of the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The code.
    pub code: &'static str,
    title: Phrase,
    /// The gravest of its findings.
    pub severity: Severity,
    /// How many.
    pub count: usize,
}

impl Tally {
    /// What the code is about, in the language of a page.
    pub fn title(&self, tag: &str) -> &'static str {
        self.title.get(crate::diag::Tongue::of(tag))
    }
}

/// Files with errors and with vetoes: what scorecards take of the findings.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    /// Files of items with an error.
    pub errors: std::collections::BTreeSet<Arc<str>>,
    /// Vetoes by the id of the department that answers for them; of those of nobody the id is empty.
    pub vetoes: std::collections::BTreeMap<String, usize>,
    /// The findings that they are, by the same ids.
    pub vetoed: std::collections::BTreeMap<String, Vec<Vetoed>>,
}

/// A finding that is a veto.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vetoed {
    /// Its code.
    pub code: &'static str,
    /// The file that it is about.
    pub file: Option<Arc<str>>,
}

impl Vetoed {
    /// A finding as one.
    pub fn of(d: &Diagnostic) -> Vetoed {
        Vetoed { code: d.code, file: d.item.clone().or_else(|| d.span.as_ref().map(|s| s.file.clone())) }
    }

    /// What its code is about, in the language of a page.
    pub fn title(&self, tag: &str) -> &'static str {
        titles().find(|(c, _)| *c == self.code).map_or(self.code, |(_, t)| t.get(crate::diag::Tongue::of(tag)))
    }
}

/// The titles of all codes.
fn titles() -> impl Iterator<Item = (&'static str, Phrase)> {
    RULES.iter().map(|r| (r.code, r.title)).chain(crate::diag::SOURCE_CODES.iter().map(|c| (c.code, c.title)))
}

/// Files with errors, by the item that a finding is about, and findings that are vetoes by themselves. The national check has
/// vetoes of its own, which the pipeline puts in their place.
pub fn faults(report: &Report) -> Faults {
    let mut out = Faults::default();
    for d in report.iter().filter(|d| d.severity >= Severity::Error) {
        let file = d.item.clone().or_else(|| d.span.as_ref().map(|s| s.file.clone()));
        if d.severity == Severity::Veto {
            let who = d.department.as_ref().map_or(String::new(), |o| o.id.clone());
            *out.vetoes.entry(who.clone()).or_default() += 1;
            out.vetoed.entry(who).or_default().push(Vetoed::of(d));
        }
        out.errors.extend(file);
    }
    out
}

/// Counts the findings by code, most frequent first.
pub fn tally(report: &Report) -> Vec<Tally> {
    let mut by_code: std::collections::BTreeMap<&'static str, (Severity, usize)> = std::collections::BTreeMap::new();
    for d in report.iter() {
        let e = by_code.entry(d.code).or_insert((d.severity, 0));
        *e = (e.0.max(d.severity), e.1 + 1);
    }
    let mut out: Vec<Tally> = by_code
        .into_iter()
        .filter_map(|(code, (severity, count))| Some(Tally { code, title: titles().find(|(c, _)| *c == code)?.1, severity, count }))
        .collect();
    out.sort_by_key(|t| (std::cmp::Reverse(t.count), t.code));
    out
}

/// Reports the first of several places in a text, and how many there are.
fn first_of(found: &mut Found<'_>, doc: &crate::load::Doc, hits: &[std::ops::Range<usize>], message: impl Fn(&str) -> Text, hint: Text) {
    let Some(first) = hits.first() else { return };
    let mut text = message(&doc.source.text[first.clone()]);
    if hits.len() > 1 {
        text.zh.push_str(&format!("（本文件共 {} 处）", hits.len()));
        text.en.push_str(&format!(" ({} places in this file)", hits.len()));
    }
    found.text(doc, first.clone(), text, hint);
}

/// What to add, where the line is there already and empty.
fn fill_in(code: &str, hint: Text) -> Text {
    match (hint.zh.strip_prefix("加上 ").or(hint.zh.strip_prefix("加 ")), hint.en.strip_prefix("add ")) {
        (Some(zh), Some(en)) => Text { zh: format!("填上 {zh}"), en: format!("fill in {en}") },
        _ if code == "OD001" => Text { zh: format!("填上：{}", hint.zh), en: format!("fill in: {}", hint.en) },
        _ => hint,
    }
}

/// Reports characters that should not be in a text, the first of each text with their number.
///
/// `lead` says which first bytes an odd character may have: most texts have none of them and are not decoded.
fn characters(item: &Item, found: &mut Found<'_>, lead: impl Fn(&[u8]) -> bool, odd: impl Fn(char) -> bool, message: impl Fn(u32) -> Text, hint: &Text) {
    for e in item.written() {
        let (body, base) = (e.doc.body(), e.doc.body.start);
        if !lead(body.as_bytes()) {
            continue;
        }
        let hits: Vec<_> = body.char_indices().filter(|(_, c)| odd(*c)).map(|(i, c)| base + i..base + i + c.len_utf8()).collect();
        first_of(found, &e.doc, &hits, |c| message(c.chars().next().map_or(0, |c| c as u32)), hint.clone());
    }
}

const WARN: Option<Severity> = Some(Severity::Warn);
const ERROR: Option<Severity> = Some(Severity::Error);
