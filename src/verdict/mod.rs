//! The national check of government websites as a verdict over findings: vetoes, deductions, bonus, and what a build cannot see;
//! for the site and for each department.

mod html;
mod points;
mod print;
mod rows;

pub use html::{About, html};
pub use points::{Points, points};
pub use print::{csv, github, json, text};
pub use rows::{How, Part, ROWS, Row, Sure};

use crate::diag::{Diagnostic, Severity, Text};
use std::collections::{BTreeMap, BTreeSet};

/// What came of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Looked at, and nothing found.
    Clean,
    /// Hit.
    Hit,
    /// There is something, but not enough of it (stale columns, fewer than ten), or no proof.
    Look,
    /// A run of this kind cannot see it.
    Unseen,
    /// Does not apply: the site is a demonstration.
    Off,
}

impl State {
    /// Word for machines.
    pub const fn word(self) -> &'static str {
        match self {
            State::Clean => "clean",
            State::Hit => "hit",
            State::Look => "look",
            State::Unseen => "unseen",
            State::Off => "not-applicable",
        }
    }
}

/// How the check would end, as far as can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 不合格.
    Fail,
    /// No veto was found; without a table of points there is no score.
    Open,
    /// Enough points are left.
    Pass,
}

impl Outcome {
    /// Word for machines.
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Fail => "fail",
            Outcome::Open => "no-veto",
            Outcome::Pass => "pass",
        }
    }
}

/// One indicator with its evidence.
#[derive(Debug, Clone)]
pub struct Judged<'d> {
    /// The indicator.
    pub row: &'static Row,
    /// What came of it.
    pub state: State,
    /// Why it could not be seen.
    pub why: Option<Text>,
    /// Its findings.
    pub found: Vec<&'d Diagnostic>,
    /// Points taken, where a table gives them.
    pub points: Option<f64>,
}

/// Findings of one department.
#[derive(Debug, Clone)]
pub struct Share<'d> {
    /// Its id; empty for what nobody owns.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Findings in vetoes that were hit.
    pub vetoes: usize,
    /// Findings in deductions.
    pub deductions: usize,
    /// Its findings by indicator, in the order of the indicators.
    pub rows: Vec<(&'static Row, Vec<&'d Diagnostic>)>,
}

/// The verdict.
#[derive(Debug, Clone)]
pub struct Verdict<'d> {
    /// How it ends.
    pub outcome: Outcome,
    /// Points left of those that the table has, where there is one.
    pub score: Option<f64>,
    /// Every indicator.
    pub rows: Vec<Judged<'d>>,
    /// By department, those with the most grave findings first.
    pub departments: Vec<Share<'d>>,
}

/// What a run was able to look at.
#[derive(Debug, Clone, Default)]
pub struct Able {
    /// The codes that it can find; `None` for all.
    pub codes: Option<BTreeSet<&'static str>>,
    /// Codes that do not apply to a demonstration.
    pub off: Vec<&'static str>,
    /// Codes that had nothing to go by here, and why: no list of words, no version control.
    pub blind: BTreeMap<&'static str, Text>,
}

/// Judges findings.
pub fn judge<'d>(found: &[&'d Diagnostic], able: &Able, points: Option<&Points>) -> Verdict<'d> {
    let mut by_code: BTreeMap<&str, Vec<&'d Diagnostic>> = BTreeMap::new();
    found.iter().for_each(|d| by_code.entry(d.code).or_default().push(d));
    let rows: Vec<Judged<'d>> = ROWS.iter().map(|r| judged(r, &by_code, able, points)).collect();
    let vetoed = rows.iter().any(|r| r.row.part == Part::Veto && r.state == State::Hit);
    let score = points.filter(|_| !vetoed).map(|p| p.score(&rows));
    let outcome = match (vetoed, score, points) {
        (true, ..) => Outcome::Fail,
        (_, Some(s), Some(p)) if s < p.pass => Outcome::Fail,
        (_, Some(_), _) => Outcome::Pass,
        _ => Outcome::Open,
    };
    let departments = shares(&rows);
    Verdict { outcome, score, rows, departments }
}

fn judged<'d>(row: &'static Row, by_code: &BTreeMap<&str, Vec<&'d Diagnostic>>, able: &Able, points: Option<&Points>) -> Judged<'d> {
    let all = row.codes.iter().flat_map(|c| by_code.get(c).into_iter().flatten().copied());
    let least = if let How::Any(s) = row.how { s } else { Severity::Info };
    let found: Vec<&Diagnostic> = all.filter(|d| d.severity >= least).collect();
    let within = |c: &str| able.codes.as_ref().is_none_or(|a| a.contains(c));
    let (state, why) = match row.how {
        How::Unseen(why) => (State::Unseen, Some(Text { zh: why.zh.into(), en: why.en.into() })),
        _ if !found.is_empty() => (hit(row, &found), None),
        _ if !row.codes.iter().any(|c| within(c)) => {
            (State::Unseen, Some(Text { zh: "从成品网页看不出，要看内容".into(), en: "finished pages do not show it; the content would".into() }))
        }
        // What is not looked for at all says nothing either.
        _ if row.codes.iter().filter(|c| within(c)).all(|c| able.blind.contains_key(c)) => {
            (State::Unseen, row.codes.iter().find_map(|c| able.blind.get(c)).cloned())
        }
        _ if row.codes.iter().all(|c| able.off.contains(c)) => (State::Off, None),
        _ => (State::Clean, None),
    };
    // A veto that is hit is not deducted as well.
    let taken = points.filter(|_| row.part == Part::Deduct && !matches!(state, State::Unseen | State::Off)).and_then(|p| p.taken(row.id, found.len()));
    Judged { row, state, why, found, points: taken }
}

fn hit(row: &Row, found: &[&Diagnostic]) -> State {
    match row.how {
        How::Any(_) => State::Hit,
        How::Count(n) if counted(found) >= n => State::Hit,
        How::Count(_) | How::Look | How::Unseen(_) => State::Look,
    }
}

/// Findings, with those that the last of a long list only counts.
fn counted(found: &[&Diagnostic]) -> usize {
    let more = |d: &&&Diagnostic| d.message.en.split_once(" more of this kind").and_then(|(n, _)| n.parse::<usize>().ok());
    found.iter().map(|d| more(&d).unwrap_or(1)).sum()
}

/// How many findings stand in vetoes that were hit, by the id of the department, and which; the id of nobody is empty.
pub fn vetoes(found: &[&Diagnostic]) -> (BTreeMap<String, usize>, BTreeMap<String, Vec<crate::check::Vetoed>>) {
    let judged = judge(found, &Able::default(), None);
    let mut listed: BTreeMap<String, Vec<crate::check::Vetoed>> = BTreeMap::new();
    for d in judged.rows.iter().filter(|j| j.row.part == Part::Veto && j.state == State::Hit).flat_map(|j| &j.found) {
        listed.entry(d.department.as_ref().map_or(String::new(), |o| o.id.clone())).or_default().push(crate::check::Vetoed::of(d));
    }
    (judged.departments.into_iter().filter(|s| s.vetoes > 0).map(|s| (s.id, s.vetoes)).collect(), listed)
}

fn shares<'d>(rows: &[Judged<'d>]) -> Vec<Share<'d>> {
    let mut out: BTreeMap<String, Share<'d>> = BTreeMap::new();
    for j in rows {
        for d in &j.found {
            let (id, name) = match &d.department {
                Some(o) => (o.id.clone(), o.name.clone()),
                None => (String::new(), Text { zh: "没有归到部门".into(), en: "of no department".into() }),
            };
            let s = out.entry(id.clone()).or_insert_with(|| Share { id, name, vetoes: 0, deductions: 0, rows: Vec::new() });
            match j.row.part {
                Part::Veto if j.state == State::Hit => s.vetoes += 1,
                Part::Deduct => s.deductions += 1,
                _ => {}
            }
            match s.rows.last_mut().filter(|(r, _)| std::ptr::eq(*r, j.row)) {
                Some((_, list)) => list.push(d),
                None => s.rows.push((j.row, vec![d])),
            }
        }
    }
    let mut out: Vec<Share<'d>> = out.into_values().collect();
    out.sort_by(|a, b| {
        (a.id.is_empty(), std::cmp::Reverse((a.vetoes, a.deductions)), &a.id).cmp(&(b.id.is_empty(), std::cmp::Reverse((b.vetoes, b.deductions)), &b.id))
    });
    out
}
