//! The version for the supervising office: figures with files and lines, findings, what is not public. Never part of the site.

use super::{INDICATORS, Scorecards, card_id};
use crate::diag::{Diagnostic, Severity, Tongue, path};
use crate::load::table::spreadsheet;
use crate::model::{Department, Item, Portal, Public, REVIEW, State};
use rustc_hash::FxHashMap;

/// A file of it: name, text.
pub type File = (&'static str, String);

/// Texts of the files.
pub fn files(portal: &Portal, public: &Public, scores: &Scorecards, findings: &[&Diagnostic], lang: Tongue) -> Vec<File> {
    let departments = &portal.departments;
    let of = |who: Option<usize>| who.map_or(String::new(), |d| departments[d].id.clone());
    let mut source: FxHashMap<&str, &str> = FxHashMap::default();
    for item in &portal.items {
        source.insert(&item.id, &item.doc().source.path);
    }
    let whose = |d: &Diagnostic| d.department.as_ref().map_or("", |o| &o.id).to_string();
    let mut figures = vec![strings(["department", "indicator", "n", "d", "score"])];
    let mut items = vec![strings(["department", "indicator", "id", "file", "day", "n", "d", "gone", "changed"])];
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
    let counts: Vec<(usize, usize)> = (0..departments.len())
        .map(|d| {
            let wrong = findings.iter().filter(|f| f.severity >= Severity::Error && whose(f) == departments[d].id).count();
            (wrong, hidden.iter().filter(|(i, _)| i.issuers.first() == Some(&d)).count())
        })
        .collect();
    vec![
        ("index.html", page(departments, public, scores, &counts, &found[1..], lang)),
        ("scorecards.csv", csv_text(&figures)),
        ("items.csv", csv_text(&items)),
        ("findings.csv", csv_text(&found)),
        ("unpublished.csv", csv_text(&waiting)),
        ("reviews.csv", csv_text(&reviews)),
    ]
}

/// Why an item is not public.
fn unseen(item: &Item, public: &Public) -> Option<&'static str> {
    match State::of(item, public.now) {
        State::Draft => Some("draft"),
        State::Scheduled => Some("scheduled"),
        State::Withdrawn => Some("withdrawn"),
        _ if public.unseen.contains(&item.id) => Some("held"),
        _ => None,
    }
}

fn strings<const N: usize>(list: [&str; N]) -> Vec<String> {
    list.map(String::from).to_vec()
}

fn csv_text(rows: &[Vec<String>]) -> String {
    String::from_utf8(spreadsheet::csv(rows)).unwrap_or_default()
}

/// Findings that the page shows; all stand in the CSV.
const FOUND: usize = 500;

fn page(departments: &[Department], public: &Public, scores: &Scorecards, counts: &[(usize, usize)], found: &[Vec<String>], lang: Tongue) -> String {
    let zh = lang == Tongue::Zh;
    let t = |a: &'static str, b: &'static str| if zh { a } else { b };
    let safe = |s: &str| s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let title = t("公开工作评价（内部）", "Scorecards (internal)");
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head><body>\n<h1>{title}</h1>\n<p>{} {}</p>\n<table border=\"1\"><caption>{title}</caption><thead><tr>",
        t("zh-Hans", "en"),
        t("截至", "As of"),
        public.as_of
    );
    for h in [t("部门", "Department"), t("总分", "Total"), t("测得", "Measured"), t("否决", "Vetoes"), t("错误", "Errors"), t("未公开", "Not public")]
    {
        out.push_str(&format!("<th scope=\"col\">{h}</th>"));
    }
    out.push_str("</tr></thead><tbody>\n");
    for (card, (wrong, hidden)) in scores.departments.iter().zip(counts) {
        let name = card.who.map_or("", |d| departments[d].name.get(0));
        let total = card.total.map_or_else(|| t("未测", "not measured").to_string(), |x| format!("{:.1}", (x * 10.0 + 1e-9).floor() / 10.0));
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{total}</td><td>{} / {}</td><td>{}</td><td>{wrong}</td><td>{hidden}</td></tr>\n",
            safe(name),
            card.measured(),
            INDICATORS.len(),
            card.vetoes
        ));
    }
    out.push_str("</tbody></table>\n");
    let caption = t("检查的问题", "Findings of the check");
    out.push_str(&format!("<table border=\"1\"><caption>{caption}</caption><thead><tr>"));
    for h in [t("部门", "Department"), t("轻重", "Gravity"), t("代码", "Code"), t("位置", "Place"), t("问题", "Finding"), t("改法", "What to do")] {
        out.push_str(&format!("<th scope=\"col\">{h}</th>"));
    }
    out.push_str("</tr></thead><tbody>\n");
    let name = |id: &str| departments.iter().find(|d| d.id == id).map_or(String::new(), |d| d.name.get(0).to_string());
    for f in found.iter().take(FOUND) {
        let [who, severity, code, file, line, col, message, hint] = &f[..] else { continue };
        let place = [file, line, col].into_iter().filter(|p| !p.is_empty()).map(String::as_str).collect::<Vec<_>>().join(":");
        let cells = [&name(who), severity, code, &place, message, hint].map(|c| format!("<td>{}</td>", safe(&crate::diag::clean(c))));
        out.push_str(&format!("<tr>{}</tr>\n", cells.concat()));
    }
    out.push_str("</tbody></table>\n");
    if found.len() > FOUND {
        out.push_str(&format!("<p>{} {}</p>\n", found.len() - FOUND, t("条在 findings.csv", "more in findings.csv")));
    }
    out.push_str("<ul>");
    for f in ["scorecards.csv", "items.csv", "findings.csv", "unpublished.csv", "reviews.csv"] {
        out.push_str(&format!("<li><a href=\"{f}\">{f}</a></li>"));
    }
    out.push_str("</ul>\n</body></html>\n");
    out
}
