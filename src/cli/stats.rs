//! `stats import`: access logs become counts of visits by month, in a small table of the project.

use super::{Printed, World, counts, failed, findings, request, some, tongue, tr};
use crate::diag::{Diagnostic, Report, Severity, Tongue};
use crate::load::{Limits, read_text};
use crate::visits::{Counted, FILE, Given, PATH, State, count, data_file, merged};
use crate::write::{create_project_bytes, write_project_file};
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// A file of the project; nothing where it is not there.
fn there(path: &Path) -> Result<Option<Box<str>>, Box<Diagnostic>> {
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    read_text(path, &path.to_string_lossy(), &Limits::default()).map(Some)
}

pub(super) fn run(m: &ArgMatches, world: &World<'_>, told: Option<&str>) -> Printed {
    let first = tongue(told, None, world);
    let mut asked = match request(m, world, first) {
        Ok(r) => r,
        Err(p) => return p,
    };
    // What is held back is not published and has no visits to come.
    asked.hold_back = true;
    let (report, found) = crate::visited(&asked, &world.clock);
    let lang = tongue(told, found.as_ref().map(|f| &f.0), world);
    let wrong = |zh: String, en: String| Printed { err: format!("{}\n", if lang == Tongue::Zh { zh } else { en }), code: 2, ..Printed::default() };
    let Some((config, places)) = found else {
        let all = report.sorted();
        let mut p = findings(m, &all.iter().copied().filter(|d| d.severity >= Severity::Error).collect::<Vec<_>>(), world, lang);
        p.err.push_str(tr(
            lang,
            "内容里的问题使地址定不下来，没有计数。\n",
            "The addresses of the site cannot be planned for what is told above; nothing was counted.\n",
        ));
        p.code = 1;
        return p;
    };
    let folder = config.content.first().map_or("content", String::as_str);
    let into = m.get_one::<String>("into").map_or(folder, String::as_str).trim_start_matches("./").trim_end_matches('/');
    if !config.content.iter().any(|c| c == into) {
        let all = config.content.join(", ");
        return wrong(format!("--into 要写内容目录之一：{all}"), format!("--into wants one of the content folders: {all}"));
    }
    let (table, kept) = (config.root.join(into).join(FILE), config.root.join(PATH));
    let (before, state) = match (there(&table), there(&kept)) {
        (Ok(a), Ok(b)) => (a, b),
        (Err(d), _) | (_, Err(d)) => {
            let mut p = findings(m, &[&d], world, lang);
            p.code = 2;
            return p;
        }
    };
    let mut state = match state.as_deref().map(State::read) {
        None => State::default(),
        Some(Some(s)) => s,
        Some(None) => {
            return wrong(
                format!("{PATH} 读不懂，没有计数\n  = 改法：从版本库取回它；没有它就不知道哪些日志已经计入"),
                format!(
                    "{PATH} cannot be understood; nothing was counted\n  = help: take it back from version control; without it nobody knows which logs were counted"
                ),
            );
        }
    };
    // Months of the table of whose logs nothing is known: what is counted of them would take the place of what is there.
    let foreign = match before.as_deref().map(|text| merged(text, &state)) {
        None => Vec::new(),
        Some(Some(months)) => months,
        Some(None) => {
            return wrong(
                format!("{into}/{FILE} 不是 stats import 写的，没有动它\n  = 改法：移走或改名，再运行一次"),
                format!("{into}/{FILE} was not written by stats import; it was left as it is\n  = help: move it away and run this again"),
            );
        }
    };
    state.settle(&places);
    let logs: Vec<PathBuf> = m.get_many::<PathBuf>("logs").into_iter().flatten().cloned().collect();
    let mut out = Vec::new();
    let server = m.get_one::<String>("server").map_or("", String::as_str).trim();
    let given = Given { places: &places, server, tz: &config.tz, now: world.clock.read() };
    let done = count(&logs, &mut state, &given, &mut out);
    let mut report = Report::new();
    out.into_iter().for_each(|d| report.push(d));
    let all = report.sorted();
    let mut p = findings(m, &all, world, lang);
    let lost: Vec<&str> = foreign.iter().map(String::as_str).filter(|month| done.months.contains(*month)).collect();
    if !lost.is_empty() {
        let list = lost.join(", ");
        return wrong(
            format!(
                "{into}/{FILE} 里已有 {list} 的数，而 {PATH} 不知道它们是哪些日志的，没有改动\n  = 改法：从版本库取回 {PATH}；确实要从头计，先从表里删去这些月份"
            ),
            format!(
                "{into}/{FILE} has counts of {list}, and {PATH} does not know of which logs they are; nothing was changed\n  = help: take {PATH} back from version control; to count anew, delete these months from the table first"
            ),
        );
    }
    let dry = m.get_flag("dry-run");
    let text = data_file(&state, before.as_deref());
    let changed = before.as_deref() != Some(text.as_str()) && !state.months.is_empty();
    // The state first: where this stops in between, no log is counted twice, and the next run makes the table from it.
    let files = [(&kept, state.text(), done.lines > 0), (&table, text, changed)];
    for (path, text, _) in files.iter().filter(|f| f.2 && !dry) {
        let wrote = if path.is_file() { write_project_file(path, text) } else { create_project_bytes(path, text.as_bytes()) };
        if let Err(f) = wrote {
            return failed(p, &f, lang);
        }
    }
    if !m.get_flag("quiet") {
        p.err.push_str(&summary(&done, logs.len(), into, dry, lang));
        p.err.push_str(&counts(&all, 0, lang));
    }
    p.code = u8::from(all.iter().any(|d| d.severity >= Severity::Error));
    // A file that is not there is a slip of the command, as everywhere.
    if logs.iter().any(|l| l.as_os_str() != "-" && l.symlink_metadata().is_err()) {
        p.code = 2;
    }
    p
}

fn summary(done: &Counted, logs: usize, into: &str, dry: bool, lang: Tongue) -> String {
    let d = done;
    let months: Vec<&str> = d.months.iter().map(String::as_str).collect();
    let mut text = if lang == Tongue::Zh {
        let mut parts = vec![format!("{logs} 份日志，新的 {} 行：访问 {}，下载 {}", d.lines, d.visits, d.downloads)];
        let more = [("机器人", d.robots), ("半小时内重复", d.again), ("读不出的行", d.bad), ("以前计过的行", d.known), ("没有计入的日志", d.refused)];
        parts.extend(more.iter().filter(|(_, n)| *n > 0).map(|(w, n)| format!("{w} {n}")));
        format!("{}。\n", parts.join("；"))
    } else {
        let mut parts = vec![format!(
            "{}, {}: {}, {}",
            some(logs, "log", "logs"),
            crate::diag::counted(d.lines, "new line", "new lines"),
            crate::diag::counted(d.visits, "visit", "visits"),
            crate::diag::counted(d.downloads, "download", "downloads"),
        )];
        let more = [
            ("by robots", d.robots),
            ("again within half an hour", d.again),
            ("lines not read", d.bad),
            ("lines counted before", d.known),
            ("logs not counted", d.refused),
        ];
        parts.extend(more.iter().filter(|(_, n)| *n > 0).map(|(w, n)| format!("{w} {n}")));
        format!("{}.\n", parts.join("; "))
    };
    if months.is_empty() {
        text.push_str(tr(lang, "没有新的可计。\n", "There is nothing new to count.\n"));
    } else {
        let list = months.join(", ");
        text.push_str(&match (lang, dry) {
            (Tongue::Zh, true) => format!("试运行，未写入；会改 {list}。\n"),
            (Tongue::Zh, false) => format!("{list} → {into}/{FILE}（公布的数）和 {PATH}（准确的数，不公布；一起存进版本库，下次才知道哪些日志计过）。\n"),
            (_, true) => format!("Dry run, nothing written; {list} would change.\n"),
            (_, false) => format!(
                "{list} → {into}/{FILE} (what is published) and {PATH} (exact, never published; keep both in version control, so that the next run knows which logs were counted).\n"
            ),
        });
    }
    text
}
