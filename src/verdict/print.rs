//! The verdict in words, as JSON and as CSV.

use super::{How, Judged, Outcome, Part, Points, State, Verdict};
use crate::diag::{Diagnostic, Tongue, clean, path};
use serde_json::{Value, json};
use std::fmt::Write;

pub(super) fn tr(lang: Tongue, zh: &'static str, en: &'static str) -> &'static str {
    if lang == Tongue::Zh { zh } else { en }
}

/// Name of a part.
pub(super) fn part(p: Part, lang: Tongue) -> &'static str {
    match p {
        Part::Veto => tr(lang, "单项否决", "Vetoes"),
        Part::Deduct => tr(lang, "扣分指标（100 分）", "Deductions (100 points)"),
        Part::Bonus => tr(lang, "加分指标（30 分）", "Bonus (30 points)"),
        Part::Own => tr(lang, "检查指标之外", "Beside the check"),
    }
}

/// What came of an indicator.
pub(super) fn state(j: &Judged<'_>, lang: Tongue) -> String {
    match (j.state, j.row.part) {
        (State::Clean, _) => tr(lang, "没有发现问题", "nothing found").into(),
        (State::Hit, Part::Veto) => tr(lang, "否决", "veto").into(),
        (State::Hit, _) => tr(lang, "有问题", "found").into(),
        (State::Look, _) => match j.row.how {
            How::Count(n) => {
                if lang == Tongue::Zh {
                    format!("有问题，未到 {n} 个")
                } else {
                    format!("found, fewer than {n}")
                }
            }
            _ => tr(lang, "请核对", "to be looked at").into(),
        },
        (State::Unseen, _) => tr(lang, "没有检查", "not checked").into(),
        (State::Off, _) => tr(lang, "不适用（示范站）", "does not apply (demonstration)").into(),
    }
}

/// The verdict in one line.
pub(super) fn headline(v: &Verdict<'_>, points: Option<&Points>, lang: Tongue) -> String {
    let n = v.rows.iter().filter(|r| r.row.part == Part::Veto && r.state == State::Hit).count();
    let zh = lang == Tongue::Zh;
    match (v.outcome, v.score) {
        (Outcome::Fail, None) if zh => format!("不合格：{n} 项单项否决"),
        (Outcome::Fail, None) => format!("Fails: {}", crate::diag::counted(n as u64, "veto", "vetoes")),
        (Outcome::Fail, Some(s)) if zh => format!("不合格：得分 {s}，低于 {}", points.map_or(60.0, |p| p.pass)),
        (Outcome::Fail, Some(s)) => format!("Fails: {s} points, below {}", points.map_or(60.0, |p| p.pass)),
        (Outcome::Pass, Some(s)) if zh => format!("在检查了的指标里合格：得分 {s}"),
        (Outcome::Pass, Some(s)) => format!("Passes in what was checked: {s} points"),
        _ if zh => "没有发现单项否决；没有分值表，不折算得分".into(),
        _ => "No veto was found; without a table of points there is no score".into(),
    }
}

/// What the numbers rest on, and what they do not say.
pub(super) fn caution(points: Option<&Points>, lang: Tongue) -> String {
    let told = points.map(|p| p.source.as_str()).filter(|s| !s.is_empty());
    match (points.is_some(), lang) {
        (true, Tongue::Zh) => format!("分值取自：{}。没有检查的指标按没有问题计。", told.unwrap_or("所给的分值表")),
        (true, _) => format!("Points after: {}. What was not checked counts as clean.", told.unwrap_or("the table that was given")),
        (false, Tongue::Zh) => {
            "否决项和界限、100 分扣分、30 分加分、60 分合格、80 分以上计加分，见于国办秘函〔2019〕19号的转载；每项扣几分没有核实，用 --points 给出本单位的分值表才折算。".into()
        }
        (false, _) => "Vetoes and their limits, 100 points of deductions, 30 of bonus, 60 to pass and 80 for the bonus were read in copies of the notice (国办秘函〔2019〕19号). What each indicator costs was not verified: give the table of your office by --points.".into(),
    }
}

/// Where a finding is.
pub(super) fn place(d: &Diagnostic) -> String {
    match &d.span {
        Some(s) if s.line > 0 => format!("{}:{}", clean(&path(&s.file)), s.line),
        Some(s) => clean(&path(&s.file)).into_owned(),
        None => String::new(),
    }
}

/// Findings of an indicator that the text shows.
const SHOWN: usize = 3;

/// For people.
pub fn text(v: &Verdict<'_>, points: Option<&Points>, lang: Tongue) -> String {
    let zh = lang == Tongue::Zh;
    let mut out = format!("{}\n", headline(v, points, lang));
    for p in [Part::Veto, Part::Deduct, Part::Bonus, Part::Own] {
        let _ = writeln!(out, "\n{}", part(p, lang));
        for j in v.rows.iter().filter(|r| r.row.part == p && r.state != State::Unseen) {
            let n = j.found.len();
            let times = if n == 0 {
                String::new()
            } else if zh {
                format!("，{n} 处")
            } else {
                format!(", {n}")
            };
            let taken = j.points.map_or(String::new(), |t| if zh { format!("，扣 {t:.2} 分") } else { format!(", {t:.2} points") });
            let _ = writeln!(out, "  [{}] {}：{}{times}{taken}", j.row.id, j.row.title.get(lang), state(j, lang));
            for d in j.found.iter().take(SHOWN) {
                let _ = writeln!(out, "      {} {} {}", d.code, place(d), clean(d.message.get(lang)));
            }
            if n > SHOWN {
                let more = n - SHOWN;
                let _ = writeln!(out, "      {}", if zh { format!("另有 {more} 处") } else { format!("{more} more") });
            }
        }
    }
    if !zh {
        out = out.replace('：', ": ");
    }
    let _ = writeln!(out, "\n{}", tr(lang, "没有检查（看不到的）", "Not checked, because it could not be seen"));
    for j in v.rows.iter().filter(|r| r.state == State::Unseen) {
        let why = j.why.as_ref().map_or("", |w| w.get(lang));
        let _ = writeln!(out, "  [{}] {}{}{why}", j.row.id, j.row.title.get(lang), tr(lang, "：", ": "));
    }
    if !v.departments.is_empty() {
        let _ = writeln!(out, "\n{}", tr(lang, "各部门", "By department"));
        for s in &v.departments {
            let (name, a, b) = (s.name.get(lang), s.vetoes, s.deductions);
            let _ = writeln!(out, "  {}", if zh { format!("{name}：否决 {a} 处，扣分 {b} 处") } else { format!("{name}: {a} in vetoes, {b} in deductions") });
        }
    }
    let _ = writeln!(out, "\n{}", caution(points, lang));
    out
}

/// For programs: an object.
pub fn json(v: &Verdict<'_>, points: Option<&Points>, lang: Tongue) -> Value {
    let finding = |d: &&Diagnostic| {
        json!({ "code": d.code, "severity": d.severity.word(), "file": d.span.as_ref().map(|s| path(&s.file)),
            "line": d.span.as_ref().map(|s| s.line).filter(|l| *l > 0), "message": d.message.get(lang), "department": d.department.as_ref().map(|o| &o.id) })
    };
    let row = |j: &Judged<'_>| {
        let (sure, meaning) = j.row.sure.words();
        json!({
            "id": j.row.id,
            "part": match j.row.part { Part::Veto => "veto", Part::Deduct => "deduction", Part::Bonus => "bonus", Part::Own => "beside" },
            "group": j.row.group.get(lang), "title": j.row.title.get(lang), "codes": j.row.codes, "state": j.state.word(),
            "why": j.why.as_ref().map(|w| w.get(lang)), "count": j.found.len(), "points": j.points,
            "certainty": sure, "certainty_means": meaning.get(lang), "source": crate::diag::source_in(j.row.source, lang),
            "findings": j.found.iter().map(finding).collect::<Vec<_>>(),
        })
    };
    let share = |s: &super::Share<'_>| {
        json!({ "department": if s.id.is_empty() { Value::Null } else { json!(s.id) }, "name": s.name.get(lang), "vetoes": s.vetoes, "deductions": s.deductions,
            "rows": s.rows.iter().map(|(r, f)| json!({ "id": r.id, "count": f.len() })).collect::<Vec<_>>() })
    };
    json!({
        "outcome": v.outcome.word(), "headline": headline(v, points, lang), "score": v.score, "points_source": points.map(|p| &p.source), "note": caution(points, lang),
        "rows": v.rows.iter().map(row).collect::<Vec<_>>(), "departments": v.departments.iter().map(share).collect::<Vec<_>>(),
    })
}

/// One annotation for GitHub.
pub fn github(v: &Verdict<'_>, points: Option<&Points>, lang: Tongue) -> String {
    let kind = if v.outcome == Outcome::Fail { "error" } else { "notice" };
    format!("::{kind} title={}::{}\n", tr(lang, "全国检查", "National check"), headline(v, points, lang).replace('%', "%25"))
}

/// A row a finding, and one for each indicator that has none; begins with the mark by which spreadsheets know UTF-8.
pub fn csv(v: &Verdict<'_>, lang: Tongue) -> String {
    let head = if lang == Tongue::Zh {
        ["部分", "指标", "编号", "结果", "扣分", "代码", "轻重", "部门", "文件", "行", "问题", "改法", "把握", "依据"]
    } else {
        ["part", "indicator", "id", "state", "points", "code", "severity", "department", "file", "line", "finding", "help", "certainty", "source"]
    };
    let mut out = String::from("\u{feff}");
    let mut line = |cells: &[&str]| {
        for (n, c) in cells.iter().enumerate() {
            // A cell that a spreadsheet would take for a formula is text.
            let c = if c.starts_with(['=', '+', '-', '@', '\t']) { format!("'{c}") } else { (*c).to_string() };
            let quoted = c.contains(['"', ',', '\n', '\r']);
            out.push_str(if n > 0 { "," } else { "" });
            if quoted {
                let _ = write!(out, "\"{}\"", c.replace('"', "\"\""));
            } else {
                out.push_str(&c);
            }
        }
        out.push_str("\r\n");
    };
    line(&head);
    for j in &v.rows {
        let (points, state) = (j.points.map_or(String::new(), |p| format!("{p:.2}")), state(j, lang));
        let (title, sure) = (j.row.title.get(lang), j.row.sure.words().1.get(lang));
        if j.found.is_empty() {
            line(&[
                part(j.row.part, lang),
                title,
                j.row.id,
                &state,
                &points,
                "",
                "",
                "",
                "",
                "",
                j.why.as_ref().map_or("", |w| w.get(lang)),
                "",
                sure,
                &crate::diag::source_in(j.row.source, lang),
            ]);
        }
        for d in &j.found {
            let at = d.span.as_ref().map(|s| s.line).filter(|l| *l > 0).map_or(String::new(), |l| l.to_string());
            let file = d.span.as_ref().map_or(String::new(), |s| path(&s.file).into_owned());
            let who = d.department.as_ref().map_or("", |o| o.name.get(lang));
            let help = d.hint.as_ref().map_or("", |h| h.get(lang));
            line(&[
                part(j.row.part, lang),
                title,
                j.row.id,
                &state,
                &points,
                d.code,
                d.severity.label(lang),
                who,
                &file,
                &at,
                d.message.get(lang),
                help,
                sure,
                &crate::diag::source_in(j.row.source, lang),
            ]);
        }
    }
    out
}
