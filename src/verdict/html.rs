//! The report for the office: one page that needs nothing else, without script, to be read and printed.

use super::print::{caution, headline, part, place, state, tr};
use super::{Judged, Outcome, Part, Points, State, Verdict};
use crate::diag::{Diagnostic, Tongue};
use std::fmt::Write;

/// What stands above the verdict.
pub struct About<'a> {
    /// Name of the site, or the folder.
    pub site: &'a str,
    /// The day taken as today.
    pub day: &'a str,
    /// What was looked at, in words.
    pub looked: &'a str,
    /// Name of the CSV beside it.
    pub csv: &'a str,
}

fn esc(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const STYLE: &str = "
:root{color-scheme:light}
body{font:16px/1.6 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:2px solid #1a1a1a;padding-bottom:.2rem}
.end{font-size:1.35rem;font-weight:700;padding:.75rem 1rem;border:2px solid;margin:1rem 0}.fail{color:#8a1010;background:#fdf0f0}.open{color:#614700;background:#fff8e1}.pass{color:#0f5b2c;background:#eef8f1}
table{border-collapse:collapse;width:100%;margin:.5rem 0}caption{text-align:start;color:#444;padding:.25rem 0}th,td{border:1px solid #999;padding:.4rem .6rem;text-align:start;vertical-align:top}thead th{background:#f0f0f0}td.n{text-align:end;font-variant-numeric:tabular-nums}
tr.hit th,tr.hit td{background:#fdf0f0}tr.look th,tr.look td{background:#fff8e1}
details{margin:.3rem 0}summary{cursor:pointer}details li{margin:.2rem 0;overflow-wrap:anywhere}code{font-size:.9em}.dim{color:#555}
@page{size:A4;margin:18mm}
@media print{body{max-width:none;margin:0;padding:0;font-size:10.5pt}h2{break-after:avoid}tr,li{break-inside:avoid}thead{display:table-header-group}summary{list-style:none}.screen{display:none}}
";

/// The report as a page.
pub fn html(v: &Verdict<'_>, points: Option<&Points>, about: &About<'_>, lang: Tongue) -> String {
    let t = |zh, en| tr(lang, zh, en);
    let title = format!("{} · {}", t("网站检查报告", "Report of the website check"), esc(about.site));
    let class = match v.outcome {
        Outcome::Fail => "fail",
        Outcome::Open => "open",
        Outcome::Pass => "pass",
    };
    let tag = if lang == Tongue::Zh { "zh-CN" } else { "en" };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    let _ = writeln!(out, "<p class=\"dim\">{} {} · {}</p>", t("截至", "As of"), esc(about.day), esc(about.looked));
    let _ = writeln!(out, "<p class=\"end {class}\">{}</p>", esc(&headline(v, points, lang)));
    let _ = writeln!(out, "<p>{}</p>", esc(&caution(points, lang)));
    let _ = writeln!(out, "<p class=\"screen\"><a href=\"{0}\">{1} {0}</a></p>", esc(about.csv), t("表格：", "As a table:"));
    for p in [Part::Veto, Part::Deduct, Part::Bonus, Part::Own] {
        let rows: Vec<&Judged<'_>> = v.rows.iter().filter(|r| r.row.part == p && r.state != State::Unseen).collect();
        if !rows.is_empty() {
            section(&mut out, p, &rows, lang);
        }
    }
    let _ = writeln!(
        out,
        "<h2>{}</h2>\n<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>",
        t("没有检查（看不到的）", "Not checked, because it could not be seen"),
        t("指标", "Indicator"),
        t("原因", "Why"),
        t("依据（把握）", "Source (certainty)")
    );
    for j in v.rows.iter().filter(|r| r.state == State::Unseen) {
        let why = j.why.as_ref().map_or("", |w| w.get(lang));
        let _ = writeln!(out, "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>", esc(j.row.title.get(lang)), esc(why), source(j, lang));
    }
    out.push_str("</tbody>\n</table>\n");
    departments(&mut out, v, lang);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn source(j: &Judged<'_>, lang: Tongue) -> String {
    format!("{} <span class=\"dim\">({})</span>", esc(&crate::diag::source_in(j.row.source, lang)), esc(j.row.sure.words().1.get(lang)))
}

fn section(out: &mut String, p: Part, rows: &[&Judged<'_>], lang: Tongue) {
    let t = |zh, en| tr(lang, zh, en);
    let scored = rows.iter().any(|r| r.points.is_some());
    let _ = writeln!(
        out,
        "<h2>{}</h2>\n<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>{}<th scope=\"col\">{}</th></tr></thead>\n<tbody>",
        part(p, lang),
        t("指标", "Indicator"),
        t("结果", "Result"),
        t("处数", "Findings"),
        if scored { format!("<th scope=\"col\">{}</th>", t("扣分", "Points")) } else { String::new() },
        t("依据（把握）", "Source (certainty)")
    );
    for j in rows {
        let class = match j.state {
            State::Hit => " class=\"hit\"",
            State::Look => " class=\"look\"",
            _ => "",
        };
        let points = if scored { format!("<td class=\"n\">{}</td>", j.points.map_or(String::new(), |p| format!("{p:.2}"))) } else { String::new() };
        let _ = writeln!(
            out,
            "<tr{class}><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td>{points}<td>{}</td></tr>",
            esc(j.row.title.get(lang)),
            esc(&state(j, lang)),
            j.found.len(),
            source(j, lang)
        );
    }
    out.push_str("</tbody>\n</table>\n");
    for j in rows.iter().filter(|r| !r.found.is_empty()) {
        let n = j.found.len();
        let _ = writeln!(out, "<details open><summary>{} ({n})</summary>\n<ul>", esc(j.row.title.get(lang)));
        j.found.iter().take(LISTED).for_each(|d| finding(out, d, lang));
        if n > LISTED {
            let more = n - LISTED;
            let _ = writeln!(out, "<li>{}</li>", if lang == Tongue::Zh { format!("另有 {more} 处，见表格") } else { format!("{more} more in the table") });
        }
        out.push_str("</ul></details>\n");
    }
}

/// Findings of an indicator that the page lists; the table has all.
const LISTED: usize = 50;

fn finding(out: &mut String, d: &Diagnostic, lang: Tongue) {
    let who = d.department.as_ref().map_or(String::new(), |o| format!(" · {}", esc(o.name.get(lang))));
    let help = d.hint.as_ref().map_or(String::new(), |h| format!("<br><span class=\"dim\">{}{}</span>", tr(lang, "改法：", "Help: "), esc(h.get(lang))));
    let _ = writeln!(out, "<li><code>{}</code> {} <span class=\"dim\">{}{who}</span>{help}</li>", d.code, esc(d.message.get(lang)), esc(&place(d)));
}

fn departments(out: &mut String, v: &Verdict<'_>, lang: Tongue) {
    let t = |zh, en| tr(lang, zh, en);
    if v.departments.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "<h2>{}</h2>\n<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>",
        t("各部门", "By department"),
        t("部门", "Department"),
        t("否决项里", "In vetoes"),
        t("扣分项里", "In deductions"),
        t("指标", "Indicators")
    );
    for s in &v.departments {
        let list: Vec<String> = s.rows.iter().map(|(r, f)| format!("{} {}", esc(r.title.get(lang)), f.len())).collect();
        let class = if s.vetoes > 0 { " class=\"hit\"" } else { "" };
        let _ = writeln!(
            out,
            "<tr{class}><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
            esc(s.name.get(lang)),
            s.vetoes,
            s.deductions,
            list.join(t("；", "; "))
        );
    }
    out.push_str("</tbody>\n</table>\n");
}
