//! `--verdict`, `--report` and `--points` of `check` and `audit`.

use super::{Printed, failed, format_of, published, tr};
use crate::diag::{Diagnostic, Format, Severity, Tongue, print, sarif, say};
use crate::explain;
use crate::load::{Limits, Source, read_text};
use crate::run::Request;
use crate::verdict::{self, Able, Outcome, Points};
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// What the report says of itself.
pub(super) struct About<'a> {
    pub(super) site: &'a str,
    pub(super) day: &'a str,
    pub(super) looked: &'a str,
}

/// A verdict is asked for.
pub(super) fn wanted(m: &ArgMatches) -> bool {
    m.get_flag("verdict") || m.get_one::<PathBuf>("report").is_some() || m.get_one::<PathBuf>("points").is_some()
}

/// What a run over the content of a project can look at.
pub(super) fn able(config: &crate::config::Config) -> Able {
    let mut able = Able { off: crate::check::not_applicable(config), ..Able::default() };
    if config.words.is_empty() {
        able.blind.insert("SEC005", say!("没有词表（site.yaml 的 words:）", "there is no list of words (words: in site.yaml)"));
    }
    if !config.git || crate::load::git::born(&config.root, &config.content).is_none() {
        able.blind.insert("SEC007", say!("没有 git 的完整历史可以比较", "there is no whole history of git to compare with"));
    }
    able
}

/// The check is that of Chinese government websites: other sites have none to pass.
pub(super) fn refused(lang: Tongue) -> Printed {
    let err = tr(
        lang,
        "--verdict 按中国政府网站检查指标作结论，这个网站的方案是 generic。\n  = 改法：加 --profile cn-gov，或只用 check\n",
        "--verdict judges by the national check of Chinese government websites, and the profile here is generic.\n  = help: add --profile cn-gov, or use check alone\n",
    );
    Printed { err: err.into(), code: 2, ..Printed::default() }
}

/// The table of points, or what is wrong with it.
fn table(m: &ArgMatches, lang: Tongue) -> Result<Option<Points>, Printed> {
    let Some(path) = m.get_one::<PathBuf>("points") else { return Ok(None) };
    let shown = path.to_string_lossy();
    let mut out = Vec::new();
    match read_text(path, &shown, &Limits::default()) {
        Ok(text) => {
            if let Some(p) = verdict::points(&Source::new(&*shown, text), &mut out) {
                return Ok(Some(p));
            }
        }
        Err(d) => out.push(*d),
    }
    let all: Vec<&Diagnostic> = out.iter().collect();
    Err(Printed { err: print(&all, Format::Text, lang), code: 2, ..Printed::default() })
}

/// Judges, prints and writes the report. Ends with 1 where the site fails, or has an error.
pub(super) fn verdict(m: &ArgMatches, all: &[&Diagnostic], able: &Able, about: &About<'_>, request: Option<&Request<'_>>, lang: Tongue) -> Printed {
    let points = match table(m, lang) {
        Ok(p) => p,
        Err(p) => return p,
    };
    let points = points.as_ref();
    let v = verdict::judge(all, able, points);
    let placed = super::placed(m, format_of(m), all);
    let named: Vec<&Diagnostic> = placed.as_ref().map_or(all.to_vec(), |p| p.iter().collect());
    let out = match format_of(m) {
        Format::Text => verdict::text(&v, points, lang),
        Format::Json => with(&print(all, Format::Json, lang), |log| log["verdict"] = verdict::json(&v, points, lang)),
        Format::Sarif => with(&sarif(&named, lang, &|code| explain::about(code, lang)), |log| {
            log["runs"][0]["properties"] = serde_json::json!({ "verdict": verdict::json(&v, points, lang) });
        }),
        Format::Github => print(&named, Format::Github, lang) + &verdict::github(&v, points, lang),
    };
    let mut p = Printed { out, ..Printed::default() };
    if let Some(file) = m.get_one::<PathBuf>("report") {
        // It names what must not be public.
        if request.is_some_and(|r| published(file, r)) {
            let why = tr(lang, "--report 的文件会随网站公布，换一个地方：", "--report: this file would be published; choose another place: ");
            return Printed { err: format!("{why}{}\n", file.display()), code: 2, ..Printed::default() };
        }
        if let Err(f) = written(file, &v, points, about, lang) {
            return failed(p, &f, lang);
        }
        p.err.push_str(&format!("{}{}\n", tr(lang, "报告：", "Report: "), file.display()));
    }
    p.code = u8::from(v.outcome == Outcome::Fail || all.iter().any(|d| d.severity >= Severity::Error));
    p
}

fn written(file: &Path, v: &verdict::Verdict<'_>, points: Option<&Points>, about: &About<'_>, lang: Tongue) -> Result<(), crate::write::Fault> {
    let table = file.with_extension("csv");
    let name = table.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
    let page = verdict::html(v, points, &verdict::About { site: about.site, day: about.day, looked: about.looked, csv: &name }, lang);
    crate::write::write_project_file(file, &page)?;
    crate::write::write_project_file(&table, &verdict::csv(v, lang))
}

/// A JSON text with something added.
fn with(text: &str, add: impl FnOnce(&mut serde_json::Value)) -> String {
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(mut v) => {
            add(&mut v);
            crate::diag::clean_json(&format!("{v:#}\n"))
        }
        Err(_) => text.to_string(),
    }
}
