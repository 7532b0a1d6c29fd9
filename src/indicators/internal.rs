//! The version for the supervising office: figures with files and lines, findings, what is not public. Never part of the site.

use super::editors::{Told, unseen};
use super::{INDICATORS, Scorecards, card_id};
use crate::diag::{Diagnostic, path};
use crate::load::table::spreadsheet;
use crate::model::{Item, REVIEW};
use rustc_hash::FxHashMap;

/// A file of it: name, text.
pub type File = (&'static str, String);

/// Texts of the files.
pub fn files(told: &Told<'_>, scores: &Scorecards) -> Vec<File> {
    let Told { portal, public, found: findings, lang, .. } = *told;
    let departments = &portal.departments;
    let of = |who: Option<usize>| who.map_or(String::new(), |d| departments[d].id.clone());
    let mut source: FxHashMap<&str, &str> = FxHashMap::default();
    for item in &portal.items {
        source.insert(&item.id, &item.doc().source.path);
    }
    let whose = |d: &Diagnostic| d.department.as_ref().map_or("", |o| &o.id).to_string();
    let mut figures = vec![strings(["department", "indicator", "n", "d", "score"])];
    let mut items = vec![strings(["department", "indicator", "id", "file", "day", "n", "d", "gone", "changed", "moved"])];
    for card in &scores.departments {
        let id = card_id(departments, card);
        for (i, m) in INDICATORS.iter().zip(&card.measures) {
            figures.push(vec![id.clone(), i.name.into(), m.n().to_string(), m.d().to_string(), m.score().map_or(String::new(), |s| s.to_string())]);
            for l in &m.lines {
                let file = source.get(l.id.as_str()).copied().unwrap_or("").to_string();
                let day = l.day.map_or(String::new(), |d| d.to_string());
                items.push(vec![
                    id.clone(),
                    i.name.into(),
                    l.id.clone(),
                    file,
                    day,
                    l.n.to_string(),
                    l.d.to_string(),
                    l.gone.to_string(),
                    l.changed.to_string(),
                    l.moved.to_string(),
                ]);
            }
        }
        figures.push(vec![id, "total".into(), card.measured().to_string(), INDICATORS.len().to_string(), card.total.map_or(String::new(), |s| s.to_string())]);
    }
    let mut found = vec![strings(["department", "severity", "code", "file", "line", "column", "message", "hint"])];
    for d in findings {
        let (line, col) = d.span.as_ref().filter(|s| s.line > 0).map_or((String::new(), String::new()), |s| (s.line.to_string(), s.col.to_string()));
        let hint = d.hint.as_ref().map_or("", |h| h.get(lang)).to_string();
        found.push(vec![whose(d), d.severity.word().into(), d.code.into(), path(d.path()).into_owned(), line, col, d.message.get(lang).into(), hint]);
    }
    let hidden: Vec<(&Item, &str)> = portal.items.iter().filter_map(|i| Some((&**i, unseen(i, public)?))).collect();
    let mut waiting = vec![strings(["department", "state", "id", "title", "day", "file"])];
    for (i, state) in &hidden {
        let day = i.comes_out().map_or(String::new(), |m| m.date.to_string());
        waiting.push(vec![
            of(i.issuers.first().copied()),
            (*state).into(),
            i.id.to_string(),
            i.editions[0].title.clone(),
            day,
            i.doc().source.path.to_string(),
        ]);
    }
    let mut reviews = vec![strings(["department", "id", "file", "step", "role", "on", "by"])];
    for i in &portal.items {
        for s in i.review.iter().flat_map(|r| &r.steps) {
            reviews.push(vec![
                of(i.issuers.first().copied()),
                i.id.to_string(),
                i.doc().source.path.to_string(),
                REVIEW[s.step].into(),
                s.role.clone().unwrap_or_default(),
                s.on.map_or(String::new(), |d| d.to_string()),
                s.by.clone().unwrap_or_default(),
            ]);
        }
    }
    let names = ["scorecards.csv", "items.csv", "findings.csv", "unpublished.csv", "reviews.csv"];
    vec![
        ("index.html", super::editors::page(&Told { files: &names, ..*told })),
        ("scorecards.csv", csv_text(&figures)),
        ("items.csv", csv_text(&items)),
        ("findings.csv", csv_text(&found)),
        ("unpublished.csv", csv_text(&waiting)),
        ("reviews.csv", csv_text(&reviews)),
    ]
}

fn strings<const N: usize>(list: [&str; N]) -> Vec<String> {
    list.map(String::from).to_vec()
}

fn csv_text(rows: &[Vec<String>]) -> String {
    String::from_utf8(spreadsheet::csv(rows)).unwrap_or_default()
}
