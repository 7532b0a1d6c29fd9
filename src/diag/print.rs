//! The report as text for people, JSON for programs, annotations for GitHub.

use super::clean::{self, clean, path};
use super::{Diagnostic, Severity, Tongue, sarif};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub workflow commands.
    Github,
}

impl Format {
    /// From the word on the command line.
    pub fn parse(word: &str) -> Option<Format> {
        Some(match word {
            "text" => Format::Text,
            "json" => Format::Json,
            "sarif" => Format::Sarif,
            "github" => Format::Github,
            _ => return None,
        })
    }
}

/// The whole report in one format. Ends with a line break unless empty.
pub fn print(items: &[&Diagnostic], format: Format, lang: Tongue) -> String {
    match format {
        Format::Text => texts(items, lang),
        Format::Json => clean::json(&json(items, lang)),
        Format::Sarif => sarif::sarif(items, lang, &|_| None),
        Format::Github => items.iter().map(|d| github(d, lang)).collect(),
    }
}

/// Notes of one kind shown in full; a folder of 500 files without front matter is one thing to know, not 500.
const NOTES: usize = 3;

/// All findings but the fourth and further notes (`Info`) of one code, which are counted.
fn texts(items: &[&Diagnostic], lang: Tongue) -> String {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parts = Vec::new();
    for d in items {
        if d.severity == Severity::Info {
            let n = seen.entry(d.code).or_insert(0);
            *n += 1;
            if *n > NOTES {
                continue;
            }
        }
        parts.push(text(d, lang));
    }
    for (code, n) in seen.into_iter().filter(|(_, n)| *n > NOTES) {
        let more = n - NOTES;
        parts.push(if lang == Tongue::Zh {
            format!("提示[{code}] 另有 {more} 处（--format json 列出全部）\n")
        } else {
            format!("info[{code}] {more} more like this (--format json lists all)\n")
        });
    }
    parts.join("\n")
}

/// ```text
/// 错误[SRC007] 日期无法识别：`2021-02-30`
///   --> content/policies/a.md:4:15
///    |
///  4 | published_at: 2021-02-30
///    |               ^^^^^^^^^^
///    = 改法：…
/// ```
fn text(d: &Diagnostic, lang: Tongue) -> String {
    let mut out = String::new();
    let held = match (d.blocks, lang) {
        (false, _) => " ",
        (true, Tongue::Zh) => " 改好才能发布：",
        (true, Tongue::En) => " blocks publishing: ",
    };
    let _ = writeln!(out, "{}[{}]{held}{}", d.severity.label(lang), d.code, clean(&cut(d.message.get(lang))));
    let mut gutter = 1;
    let whose = d.department.as_ref().map_or(String::new(), |o| format!(" · {}", clean(o.name.get(lang))));
    if let Some(s) = &d.span {
        if s.line == 0 {
            let _ = writeln!(out, "  --> {}{whose}", clean(&path(&s.file)));
        } else {
            let _ = writeln!(out, "  --> {}:{}:{}{whose}", clean(&path(&s.file)), s.line, s.col);
            gutter = s.line.to_string().len();
            let (before, under, line) = clip(&s.excerpt, s.col, s.end_col);
            if !line.trim().is_empty() {
                let _ = writeln!(out, " {:gutter$} |", "");
                let _ = writeln!(out, " {} | {line}", s.line);
                let _ = writeln!(out, " {:gutter$} | {before}{under}", "");
            }
        }
    }
    if let Some(h) = &d.hint {
        let word = if lang == Tongue::Zh { "改法：" } else { "help: " };
        let _ = writeln!(out, " {:gutter$} = {word}{}", "", clean(&cut(h.get(lang))));
    }
    out
}

/// A sentence with a value of thousands of characters in it is shown in part.
fn cut(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(600) {
        Some((i, _)) => format!("{}…", &text[..i]).into(),
        None => text.into(),
    }
}

/// Cuts a long line to a window around the fault; returns padding, carets, line.
fn clip(line: &str, col: u32, end: u32) -> (String, String, String) {
    let mut chars: Vec<char> = line.chars().map(|c| if clean::acts(c) { ' ' } else { c }).collect();
    // Of the same width, so that the carets stay where they belong.
    clean::brackets(line).into_iter().for_each(|i| chars[line[..i].chars().count()] = '⟦');
    let from = (col.max(1) - 1) as usize;
    let to = ((end.max(col + 1) - 1) as usize).min(chars.len()).max(from + 1);
    let start = if from > 60 { from - 40 } else { 0 };
    let stop = chars.len().min(start + 110);
    let shown: String = chars[start.min(chars.len())..stop].iter().collect();
    // Han characters take two columns of a terminal.
    let width = |c: &char| if is_wide(*c) { 2 } else { 1 };
    let pad: usize = chars[start.min(chars.len())..from.min(chars.len())].iter().map(width).sum();
    let under: usize = chars[from.min(chars.len())..to.min(stop).max(from.min(chars.len()))].iter().map(width).sum();
    (" ".repeat(pad), "^".repeat(under.max(1)), shown)
}

fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFD)
}

/// A finding as JSON, its members in the order of their names.
#[derive(serde::Serialize)]
struct Row<'a> {
    blocks: bool,
    code: &'a str,
    column: Option<u32>,
    department: Option<&'a str>,
    department_name: Option<&'a str>,
    file: Option<std::borrow::Cow<'a, str>>,
    hint: Option<&'a str>,
    line: Option<u32>,
    message: &'a str,
    severity: &'a str,
}

fn json(items: &[&Diagnostic], lang: Tongue) -> String {
    #[derive(serde::Serialize)]
    struct All<'a> {
        findings: Vec<Row<'a>>,
    }
    let findings = items
        .iter()
        .map(|d| Row {
            blocks: d.blocks,
            code: d.code,
            column: d.span.as_ref().map(|s| s.col).filter(|l| *l > 0),
            department: d.department.as_ref().map(|o| o.id.as_ref()),
            department_name: d.department.as_ref().map(|o| o.name.get(lang)),
            file: d.span.as_ref().map(|s| path(&s.file)),
            hint: d.hint.as_ref().map(|h| h.get(lang)),
            line: d.span.as_ref().map(|s| s.line).filter(|l| *l > 0),
            message: d.message.get(lang),
            severity: d.severity.word(),
        })
        .collect();
    format!("{}\n", serde_json::to_string_pretty(&All { findings }).unwrap_or_default())
}

/// `::error file=…,line=…,col=…,title=CODE::message`, with the escapes GitHub documents.
fn github(d: &Diagnostic, lang: Tongue) -> String {
    let level = match d.severity {
        Severity::Info => "notice",
        Severity::Warn => "warning",
        Severity::Error | Severity::Veto => "error",
    };
    let value = |s: &str| s.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let prop = |s: &str| value(s).replace(':', "%3A").replace(',', "%2C");
    let mut props = Vec::new();
    if let Some(s) = &d.span {
        props.push(format!("file={}", prop(&clean(&path(&s.file)))));
        if s.line > 0 {
            props.push(format!("line={},col={}", s.line, s.col));
        }
    }
    props.push(format!("title={}", d.code));
    let mut msg = clean(d.message.get(lang)).into_owned();
    if let Some(o) = &d.department {
        msg.push_str(&format!(" · {}", clean(o.name.get(lang))));
    }
    if let Some(h) = &d.hint {
        msg.push('\n');
        msg.push_str(&clean(h.get(lang)));
    }
    format!("::{level} {}::{}\n", props.join(","), value(&msg))
}

#[cfg(test)]
mod tests {
    use super::super::{Report, Span};
    use super::*;
    use crate::diag::say;

    fn sample() -> Report {
        let mut r = Report::new();
        r.push(
            Diagnostic::new("SRC007", Severity::Error, say!("日期无法识别：`2021-02-30`", "date not understood: `2021-02-30`"))
                .at(Span { file: "content/a,b.md".into(), line: 4, col: 5, end_col: 15, excerpt: "发布日：2021-02-30".into() })
                .hint(say!("写作 2021-04-12", "write 2021-04-12")),
        );
        r
    }

    #[test]
    fn people_see_the_line_and_the_place() {
        let r = sample();
        let t = print(&r.sorted(), Format::Text, Tongue::Zh);
        assert_eq!(
            t,
            "错误[SRC007] 日期无法识别：`2021-02-30`\n  --> content/a,b.md:4:5\n   |\n 4 | 发布日：2021-02-30\n   |         ^^^^^^^^^^\n   = 改法：写作 2021-04-12\n"
        );
    }

    #[test]
    fn what_blocks_says_so() {
        let mut r = Report::new();
        r.push(Diagnostic::new("SRC004", Severity::Error, say!("甲", "a")).blocking());
        assert_eq!(print(&r.sorted(), Format::Text, Tongue::Zh), "错误[SRC004] 改好才能发布：甲\n");
        assert_eq!(print(&r.sorted(), Format::Text, Tongue::En), "error[SRC004] blocks publishing: a\n");
    }

    #[test]
    fn text_of_others_gives_no_orders() {
        let mut r = Report::new();
        let nasty = "a\n::error::b\u{1b}[2J\u{202e}##vso[task.complete]";
        let span = Span { file: nasty.into(), line: 1, col: 9, end_col: 10, excerpt: format!("##[error]{nasty}") };
        r.push(Diagnostic::new("SRC007", Severity::Error, say!("{nasty}", "{nasty}")).at(span).hint(say!("{nasty}", "{nasty}")));
        for format in [Format::Text, Format::Github, Format::Json, Format::Sarif] {
            let t = print(&r.sorted(), format, Tongue::En);
            let own = format == Format::Github;
            for line in t.lines() {
                assert!(own || !line.trim_start().starts_with("::"), "{t}");
                assert!(!line.contains("##vso[") && !line.contains("##[") && !line.contains(['\u{1b}', '\u{202e}']), "{t}");
            }
            assert!(!own || t.lines().count() == 1, "{t}");
        }
        assert!(print(&r.sorted(), Format::Text, Tongue::En).contains("\n   |         ^\n"));
    }

    #[test]
    fn machines_get_the_same() {
        let r = sample();
        let j: serde_json::Value = serde_json::from_str(&print(&r.sorted(), Format::Json, Tongue::En)).unwrap();
        assert_eq!(j["findings"][0]["line"], 4);
        assert_eq!(j["findings"][0]["hint"], "write 2021-04-12");
        let g = print(&r.sorted(), Format::Github, Tongue::En);
        assert_eq!(g, "::error file=content/a%2Cb.md,line=4,col=5,title=SRC007::date not understood: `2021-02-30`%0Awrite 2021-04-12\n");
        let s: serde_json::Value = serde_json::from_str(&print(&r.sorted(), Format::Sarif, Tongue::En)).unwrap();
        assert_eq!(s["version"], "2.1.0");
        assert_eq!(s["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"], 5);
    }
}
