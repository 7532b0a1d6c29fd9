//! What fails a check beside the rules: findings that are not accepted yet, and data worse than they may be.

use crate::diag::{Baseline, Diagnostic, Report, Severity, say};
use crate::load::{Limits, read_text};
use crate::run::Checked;
use crate::write::{Fault, write_project_file};
use std::path::Path;
use std::sync::Arc;

/// Puts findings where a dataset is worse than it may be: than a number of points, than the quality that an earlier build
/// told in its `datasets/quality.json`.
pub fn gate(checked: &mut Checked, least: Option<f64>, earlier: Option<&Path>) {
    let place = |file: &Arc<str>| crate::diag::Span::file(file);
    for (_, file, points) in &checked.quality {
        if let Some(least) = least.filter(|l| points < l) {
            let d =
                Diagnostic::new("QUA001", Severity::Error, say!("质量 {points} 分，低于要求的 {least} 分", "quality {points}, below the {least} asked for"));
            checked.report.push(d.at(place(file)).hint(say!("数据集网页的“数据质量”写着怎样提高", "its page says under Quality what would raise it")));
        }
    }
    let Some(path) = earlier else { return };
    let shown = path.to_string_lossy();
    let told: Option<serde_json::Value> = read_text(path, &shown, &Limits::default()).ok().and_then(|t| serde_json::from_str(&t).ok());
    let Some(list) = told.as_ref().and_then(|v| v["datasets"].as_array()) else {
        let d = Diagnostic::new("QUA002", Severity::Error, say!("读不到上次的质量 {shown}", "the earlier quality {shown} cannot be read"));
        checked
            .report
            .push(d.hint(say!("先 build 一次，或指到已发布的 datasets/quality.json", "build once, or name a datasets/quality.json that was published")));
        return;
    };
    for (id, file, points) in &checked.quality {
        let before = list.iter().find(|v| v["id"].as_str() == Some(id)).and_then(|v| v["total"].as_f64());
        if let Some(before) = before.filter(|b| *b > *points) {
            let d = Diagnostic::new("QUA002", Severity::Error, say!("质量从 {before} 分降到 {points} 分", "quality fell from {before} to {points}"));
            checked.report.push(d.at(place(file)).hint(say!("看数据集网页的“数据质量”里哪一项变了", "its page says under Quality which part changed")));
        }
    }
}

/// The name of the file of accepted findings.
pub const BASELINE: &str = "baseline.tsv";

/// The findings the project has accepted for now. Without a file, none.
pub fn baseline(root: &Path, report: &mut Report) -> Baseline {
    let path = root.join(BASELINE);
    if !path.exists() {
        return Baseline::default();
    }
    match read_text(&path, BASELINE, &Limits::default()) {
        Ok(text) => {
            let (b, bad) = Baseline::parse(&text);
            for line in bad {
                let mut span = crate::diag::Span::file(BASELINE);
                (span.line, span.col, span.end_col) = (line as u32, 1, 1);
                report.push(
                    Diagnostic::new("SRC008", Severity::Error, say!("这一行不是“代码<Tab>文件<Tab>数目”", "not a line of CODE<tab>file<tab>count"))
                        .at(span)
                        .hint(say!("用 check --write-baseline 重写", "write it anew with check --write-baseline")),
                );
            }
            b
        }
        Err(d) => {
            report.push(*d);
            Baseline::default()
        }
    }
}

/// Writes the baseline that accepts a report.
pub fn write_baseline(root: &Path, report: &Report) -> Result<(), Fault> {
    write_project_file(&root.join(BASELINE), &Baseline::of(report).to_text())
}
