//! Scorecards: what each department did in the twelve months before the day of the build, counted from the content.
//!
//! An indicator is 100·n/d, **not measured** where d is nothing; a group is the mean of its measured indicators, the total the
//! mean of the measured groups by their weights. Each n and d is a sum of [`Line`]s, so that every figure opens to its items.
//!
//! No figure rises by hiding: what is closed or withdrawn stays in d, what has no date counts, and what an earlier
//! scorecard counted within the twelve months and is not there any more stays in d with nothing in n; what it found late, badly
//! rated or unexplained stays so, whatever days or marks are written now, and with the department that had it. Without an
//! earlier one the numbers of letters and requests tell what is missing between them.

mod columns;
mod consultations;
mod disclosed;
mod earlier;
mod editors;
mod explained;
mod explained_in_time;
mod fields;
mod forms;
mod guide;
mod internal;
mod letters;
mod letters_answered;
mod letters_limit;
mod machine;
mod nodes;
mod prompt;
mod quality;
mod rating;
mod renamed;
mod reports;
mod responses;
mod review;
mod sound;
mod tasks;

pub use earlier::{Earlier, earlier};
pub use editors::{Told, page};
pub use internal::{File, files};

use crate::check::Faults;
use crate::config::Config;
use crate::derive::Derived;
use crate::model::{Department, Item, Need, Public, State};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Words of the groups of indicators; their weights stand in the settings.
pub static GROUPS: &[&str] = &["system", "content", "channels", "response", "effect", "satisfaction"];

/// All indicators, group by group.
pub static INDICATORS: &[&Indicator] = &[
    &guide::INDICATOR,
    &nodes::INDICATOR,
    &reports::INDICATOR,
    &review::INDICATOR,
    &disclosed::INDICATOR,
    &fields::INDICATOR,
    &prompt::INDICATOR,
    &sound::INDICATOR,
    &quality::INDICATOR,
    &columns::INDICATOR,
    &forms::INDICATOR,
    &machine::INDICATOR,
    &letters_limit::INDICATOR,
    &letters_answered::INDICATOR,
    &consultations::INDICATOR,
    &responses::INDICATOR,
    &explained::INDICATOR,
    &explained_in_time::INDICATOR,
    &tasks::INDICATOR,
    &rating::INDICATOR,
];

pub use tasks::keys as task_keys;

/// An indicator.
pub struct Indicator {
    /// Its word in messages (`score.<name>`, `score.<name>.how`), JSON and CSV.
    pub name: &'static str,
    /// Place in [`GROUPS`].
    pub group: usize,
    /// With fewer lines it is not measured.
    pub least: usize,
    /// What is counted. n and d are the sums.
    pub items: fn(&Input<'_>) -> Vec<Line>,
}

/// Groups by name.
const SYSTEM: usize = 0;
const CONTENT: usize = 1;
const CHANNELS: usize = 2;
const RESPONSE: usize = 3;
const EFFECT: usize = 4;
const SATISFACTION: usize = 5;

/// One thing that is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Id of an item, path of a column, or what is counted of one: `policies/x#task-5e884898da28`,
    /// `feedback/office/2025-03/5e884898da28`.
    pub id: String,
    /// The department that answers for it.
    pub who: Option<usize>,
    /// The day by which it belongs to the twelve months; `None` for what is there all the time.
    pub day: Option<Date>,
    /// What it adds to n.
    pub n: u32,
    /// What it adds to d.
    pub d: u32,
    /// It was counted by an earlier scorecard and is not there any more.
    pub gone: bool,
    /// It rests on a day or mark that is past: what an earlier scorecard did not find met cannot have become met since.
    pub settled: bool,
    /// An earlier scorecard counted less of it, and the facts on which it rests were changed since: that count stands.
    pub changed: bool,
    /// Another department answers for it now; what was lacking in it stays with the one that had it.
    pub moved: bool,
}

impl Line {
    /// The same as a line that an earlier scorecard settles.
    fn settled(self) -> Line {
        Line { settled: true, ..self }
    }
}

/// What an indicator may look at.
pub struct Input<'a> {
    /// Settings.
    pub config: &'a Config,
    /// Content.
    pub public: &'a Public,
    /// Computed values.
    pub derived: &'a Derived,
    /// Files with errors.
    pub faults: &'a Faults,
    /// The day after which the twelve months begin.
    pub from: Date,
}

/// An item, with its place among those that are public; a withdrawn one has none.
pub struct Seen<'a> {
    /// The item.
    pub item: &'a Arc<Item>,
    /// Its place.
    pub place: Option<u32>,
}

impl<'a> Input<'a> {
    /// Items of the twelve months and those without a day, datasets of any day, withdrawn ones too; plain pages are none of them.
    fn items(&self) -> impl Iterator<Item = Seen<'a>> + use<'_, 'a> {
        let live = self.public.items.iter().enumerate().map(|(i, item)| Seen { item, place: Some(i as u32) });
        let gone = self.public.gone.iter().map(|item| Seen { item, place: None });
        // A preview shows what is not public; that is not counted.
        let there = |s: &Seen<'_>| !matches!(State::of(s.item, self.public.now), State::Draft | State::Scheduled);
        live.chain(gone).filter(there).filter(|s| !s.item.kind.root && (s.item.dataset().is_some() || s.item.day().is_none_or(|d| self.within(d))))
    }

    /// Every item that is public or was, whatever its day: for what has a day of another kind.
    fn known(&self) -> impl Iterator<Item = &'a Arc<Item>> + use<'_, 'a> {
        let there = |i: &&Arc<Item>| !matches!(State::of(i, self.public.now), State::Draft | State::Scheduled);
        self.public.items.iter().chain(&self.public.gone).filter(there)
    }

    /// A day of the twelve months.
    fn within(&self, day: Date) -> bool {
        day > self.from && day <= self.public.as_of
    }

    /// The policies among them of which an interpretation is due, and the one who owes it: the drafter, else the lead.
    fn due(&self) -> impl Iterator<Item = (Seen<'a>, Option<usize>, &'a crate::model::Policy)> + use<'_, 'a> {
        self.items().filter_map(|s| {
            let p = s.item.policy()?;
            let who = p.drafted_by.first().or(s.item.issuers.first()).copied();
            (p.normative == Some(true) || p.interpretation == Need::Required).then_some((s, who, p))
        })
    }

    /// Public interpretations of a policy.
    fn interpretations(&self, s: &Seen<'a>) -> Vec<&'a Arc<Item>> {
        let of = |i: &&Arc<Item>| i.interpretation().is_some_and(|t| t.policies.contains(&s.item.id));
        match s.place {
            Some(p) => self.derived.relations[p as usize].explains.iter().map(|i| &self.public.items[*i as usize]).filter(of).collect(),
            // A withdrawn policy has no relations any more.
            None => self.public.items.iter().filter(of).collect(),
        }
    }
}

/// A line of an item.
fn line(item: &Item, who: Option<usize>, n: u32, d: u32) -> Line {
    let day = if item.dataset().is_some() { None } else { item.day() };
    Line { id: item.id.to_string(), who, day, n, d, ..Line::default() }
}

/// A line of an item that meets what is asked or does not; its lead answers for it.
fn met(item: &Item, yes: bool) -> Line {
    line(item, item.issuers.first().copied(), u32::from(yes), 1)
}

/// What is measured of one indicator.
#[derive(Debug, Clone, Default)]
pub struct Measure {
    /// Its lines, what is lacking first.
    pub lines: Vec<Line>,
}

impl Measure {
    /// n
    pub fn n(&self) -> u64 {
        self.lines.iter().map(|l| u64::from(l.n)).sum()
    }

    /// d
    pub fn d(&self) -> u64 {
        self.lines.iter().map(|l| u64::from(l.d)).sum()
    }

    /// 100·n/d; `None` where d is nothing.
    pub fn score(&self) -> Option<f64> {
        let d = self.d();
        (d > 0).then(|| (100 * self.n()) as f64 / d as f64)
    }
}

/// The scorecard of a department, or of the whole site.
#[derive(Debug, Clone)]
pub struct Card {
    /// The department; `None` for the site.
    pub who: Option<usize>,
    /// In the order of [`INDICATORS`].
    pub measures: Vec<Measure>,
    /// Vetoes found by the check.
    pub vetoes: usize,
    /// The findings that they are.
    pub vetoed: Vec<crate::check::Vetoed>,
    /// In the order of [`GROUPS`].
    pub groups: Vec<Option<f64>>,
    /// The total.
    pub total: Option<f64>,
    /// The total of the earlier scorecard.
    pub before: Option<f64>,
    /// Numbers of letters and requests of the twelve months that are missing.
    pub missing: u64,
    /// Letters and requests without numbers that follow one another: what is missing among them nobody can see.
    pub unnumbered: bool,
}

impl Card {
    /// How many indicators are measured.
    pub fn measured(&self) -> usize {
        self.measures.iter().filter(|m| m.d() > 0).count()
    }

    /// Whether less than half of the indicators is measured: the total is of a part, and is called so.
    pub fn partly(&self) -> bool {
        self.total.is_some() && self.measured() * 2 < INDICATORS.len()
    }
}

/// A score as it is shown: to a tenth, halves up, as every rate of the site; what is not full is never shown as a hundred.
pub fn tenths(x: f64) -> f64 {
    let near = (x * 10.0 + 0.5 + 1e-9).floor() / 10.0;
    if x < 100.0 - 1e-9 { near.min(99.9) } else { near }
}

/// The share of the indicators that any department of the site can be measured by, n of d, below which a department has no place in
/// the league table: a full score of one indicator would stand before a good one of twelve.
pub const LEAGUE_SHARE: (usize, usize) = (1, 2);

impl Scorecards {
    /// How many indicators are measured of at least one department.
    pub fn applicable(&self) -> usize {
        (0..INDICATORS.len()).filter(|i| self.departments.iter().any(|c| c.measures[*i].d() > 0)).count()
    }

    /// How many a department is measured by at least to be ranked.
    pub fn rank_from(&self) -> usize {
        (self.applicable() * LEAGUE_SHARE.0).div_ceil(LEAGUE_SHARE.1)
    }
}

/// All scorecards.
#[derive(Debug, Clone)]
pub struct Scorecards {
    /// The day after which the twelve months begin.
    pub from: Date,
    /// Weights in the order of [`GROUPS`].
    pub weights: Vec<u32>,
    /// Day of the earlier scorecards.
    pub earlier: Option<String>,
    /// Departments that the earlier scorecards have and the site has no more: id, name. What they owed stands with the site alone.
    pub absent: Vec<(String, String)>,
    /// Places of letters by the ids of their lines.
    pub letters: FxHashMap<String, u32>,
    /// The whole site.
    pub site: Card,
    /// In the order of `departments.yaml`.
    pub departments: Vec<Card>,
}

/// Counts; `None` where the site does not ask for scorecards.
pub fn scorecards(config: &Config, public: &Public, derived: &Derived, faults: &Faults, earlier: Option<&Earlier>) -> Option<Scorecards> {
    let settings = config.scorecards.as_ref()?;
    let from = public.as_of.saturating_sub(jiff::Span::new().years(1));
    let input = Input { config, public, derived, faults, from };
    let all: Vec<Vec<Line>> = INDICATORS.iter().map(|i| (i.items)(&input)).collect();
    let letters = letters::ids(public);
    let known = renamed::Known::of(public, &letters);
    let owed: Vec<FxHashMap<String, usize>> = INDICATORS.iter().map(|i| owed(&input, &known, earlier, i.name)).collect();
    let card = |who: Option<usize>| {
        let named = who.map(|d| &public.departments[d]);
        let measures: Vec<Measure> = INDICATORS
            .iter()
            .zip(&all)
            .zip(&owed)
            .map(|((i, lines), owed)| {
                // What was late when another department had it is that one's.
                let theirs = |l: &Line| l.settled && l.n < l.d && owed.get(&l.id).is_some_and(|d| Some(*d) != who);
                let own = lines.iter().filter(|l| who.is_none() || l.who == who && !theirs(l)).cloned().collect();
                let m = measure(own, lines, earlier.map_or(&[][..], |e| e.lines(named, i.name)), (&input, &known));
                if m.lines.len() < i.least { Measure::default() } else { m }
            })
            .collect();
        let vetoes = named.map_or_else(|| faults.vetoes.values().sum(), |d| faults.vetoes.get(&d.id).copied().unwrap_or(0));
        let vetoed = faults.vetoed.iter().filter(|(id, _)| named.is_none_or(|d| d.id == **id)).flat_map(|(_, v)| v).cloned().collect();
        let groups: Vec<Option<f64>> =
            (0..GROUPS.len()).map(|g| mean(INDICATORS.iter().zip(&measures).filter(|(i, _)| i.group == g).filter_map(|(_, m)| m.score()))).collect();
        let total = total(&groups, &settings.weights);
        let (missing, unnumbered) = numbers(&input, who);
        Card { who, measures, vetoes, vetoed, groups, total, before: earlier.and_then(|e| e.total(named)), missing, unnumbered }
    };
    let absent = earlier.map_or_else(Vec::new, |e| e.absent(&public.departments));
    Some(Scorecards {
        from,
        weights: settings.weights.clone(),
        earlier: earlier.map(|e| e.as_of.clone()),
        absent,
        letters,
        site: card(None),
        departments: (0..public.departments.len()).map(|d| card(Some(d))).collect(),
    })
}

/// What is missing of the numbers of a department, or of the site, in the twelve months, and whether that can be seen of all.
fn numbers(input: &Input<'_>, who: Option<usize>) -> (u64, bool) {
    let of = [&input.derived.letters.numbering, &input.derived.disclosed.numbering];
    let own = |w: Option<usize>| who.is_none() || w == who;
    let series = || of.iter().flat_map(|n| &n.series).filter(|s| own(s.who));
    let gaps = series().flat_map(|s| &s.gaps).filter(|g| g.day.is_none_or(|d| d > input.from));
    let without = of.iter().flat_map(|n| &n.without).any(|(w, _)| own(*w));
    (gaps.map(crate::model::numbers::Gap::count).sum(), without || series().any(|s| s.loose))
}

/// What departments of an earlier scorecard lacked in one indicator, by its name of now; no one's who has it by now is another's.
fn owed(input: &Input<'_>, known: &renamed::Known, earlier: Option<&Earlier>, indicator: &str) -> FxHashMap<String, usize> {
    let mut out = FxHashMap::default();
    let Some(earlier) = earlier else { return out };
    for (d, department) in input.public.departments.iter().enumerate() {
        let lines = earlier.lines(Some(department), indicator).iter();
        for b in lines.filter(|b| b.n < b.d && b.day.is_some_and(|day| input.within(day))) {
            out.entry(known.now(&b.id).into_owned()).or_insert(d);
        }
    }
    out
}

/// The lines of an indicator with what an earlier scorecard counted: nothing leaves d before its twelve months are over.
fn measure(mut own: Vec<Line>, all: &[Line], before: &[Line], (input, known): (&Input<'_>, &renamed::Known)) -> Measure {
    if !before.is_empty() {
        let place: FxHashMap<String, usize> = own.iter().enumerate().map(|(i, l)| (l.id.clone(), i)).collect();
        let there: FxHashMap<&str, &Line> = all.iter().filter(|l| l.who.is_some()).map(|l| (l.id.as_str(), l)).collect();
        let (mut gone, mut kept) = (Vec::new(), Vec::new());
        for b in before.iter().filter(|b| b.day.is_some_and(|d| input.within(d))) {
            let id = known.now(&b.id);
            match place.get(&*id) {
                Some(i) => settle(&mut own[*i], b),
                // Another department answers for it now: what was met goes with it, what was lacking stays until it is there.
                None if there.contains_key(&*id) => {
                    if let Some(now) = there.get(&*id).filter(|_| b.n < b.d) {
                        let (n, d) = if now.settled { (b.n, b.d) } else { (now.n, now.d) };
                        kept.push(Line { n, d, moved: true, settled: now.settled, id: id.into_owned(), ..b.clone() });
                    }
                }
                None if known.numbered(&id) => {}
                None => gone.push(Line { n: 0, gone: true, id: id.into_owned(), ..b.clone() }),
            }
        }
        own.extend(kept);
        let mut twins = renamed::Twins::of(&own, before, known);
        for line in gone {
            match twins.take(&line) {
                Some(i) => settle(&mut own[i], &Line { n: before_n(before, known, &line.id), ..line }),
                None => own.push(line),
            }
        }
    }
    own.sort_by(|a, b| (a.n >= a.d).cmp(&(b.n >= b.d)).then_with(|| a.id.cmp(&b.id)));
    Measure { lines: own }
}

/// What an earlier scorecard counted of the same thing: nothing leaves d, and what is settled adds no more to n than it did.
fn settle(own: &mut Line, before: &Line) {
    own.d = own.d.max(before.d);
    if own.settled && own.n > before.n && before.n < before.d {
        (own.n, own.changed) = (before.n, true);
    }
}

/// What the earlier scorecard had in n of a thing, by its name of now.
fn before_n(before: &[Line], known: &renamed::Known, id: &str) -> u32 {
    before.iter().find(|b| known.now(&b.id) == id).map_or(0, |b| b.n)
}

/// The mean, summed from left to right.
fn mean(list: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = list.fold((0.0, 0u32), |(s, n), x| (s + x, n + 1));
    (count > 0).then(|| sum / f64::from(count))
}

/// Σ weight·group ÷ Σ weight of the measured groups, summed from left to right.
fn total(groups: &[Option<f64>], weights: &[u32]) -> Option<f64> {
    let measured = groups.iter().zip(weights).filter_map(|(g, w)| Some(((*g)?, *w)));
    let (sum, of) = measured.fold((0.0, 0u32), |(s, o), (g, w)| (s + f64::from(w) * g, o + w));
    (of > 0).then(|| sum / f64::from(of))
}

/// The id by which a card is named in JSON and CSV: that of the department, nothing for the site.
pub fn card_id(departments: &[Department], card: &Card) -> String {
    card.who.map_or(String::new(), |d| departments[d].id.clone())
}
