//! Findings and counts in words.

use super::tr;
use crate::config::Profile;
use crate::diag::{Diagnostic, Severity, Tongue};
use crate::explain;
use std::collections::BTreeMap;

/// From this many findings on, they are first counted by code.
const MANY: usize = 20;

/// `1 page`, `2 pages`.
pub(super) fn some(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// The word that was perhaps meant.
pub(super) fn closest<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let first = |w: &str| w.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let near = among.map(|w| (strsim::damerau_levenshtein(word, w), std::cmp::Reverse(first(w)), w));
    // Of a short word two letters are most of it.
    let most = if word.chars().count() < 4 { 1 } else { 2 };
    near.filter(|(d, ..)| *d <= most).min().map(|(.., w)| w)
}

/// The codes that may be meant by one that is none: those that differ least, of one kind first; at most four.
pub(super) fn near_codes<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let kind = |w: &str| -> String { w.chars().filter(|c| !c.is_ascii_digit()).collect() };
    let number = |w: &str| w.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u32>().ok();
    let own = kind(word);
    let mut near: Vec<(usize, usize, u32, &str)> = among
        .filter_map(|c| {
            let letters = strsim::damerau_levenshtein(&own, &kind(c));
            let far = number(word).zip(number(c)).map_or(0, |(a, b)| a.abs_diff(b));
            let all = strsim::damerau_levenshtein(word, c);
            (all <= 2 || letters < 2 && own.chars().next() == c.chars().next()).then_some((all.min(3), letters, far, c))
        })
        .collect();
    near.sort_unstable();
    let least = near.first().map_or(0, |n| (n.0, n.1).0);
    near.into_iter().filter(|n| n.0 == least).map(|n| n.3).take(4).collect()
}

/// How many of each code, the gravest and most frequent first; nothing where the findings can be read at a glance.
pub(super) fn by_code(fresh: &[&Diagnostic], lang: Tongue) -> String {
    if fresh.len() < MANY {
        return String::new();
    }
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for d in fresh {
        *counts.entry((d.code, d.severity)).or_default() += 1;
    }
    let mut rows: Vec<((&str, Severity), usize)> = counts.into_iter().collect();
    rows.sort_by(|a, b| b.0.1.cmp(&a.0.1).then(b.1.cmp(&a.1)).then(a.0.0.cmp(b.0.0)));
    let titles = explain::entries(Profile::CnGovStrict, lang);
    let title = |code: &str| titles.iter().find(|e| e.code == code).map_or("", |e| e.title);
    let mut out = if lang == Tongue::Zh { format!("共 {} 个问题：\n", fresh.len()) } else { format!("{} findings:\n", fresh.len()) };
    for ((code, severity), n) in rows {
        out.push_str(&format!("{n:>7}  {}[{code}] {}\n", severity.label(lang), title(code)));
    }
    out + "\n"
}

/// `2 errors, 1 warning; 3 more are known in baseline.tsv.`
pub(super) fn counts(fresh: &[&Diagnostic], known: usize, lang: Tongue) -> String {
    let of = |s: Severity| fresh.iter().filter(|d| d.severity == s).count();
    let zh = lang == Tongue::Zh;
    let word = |s: Severity, n: usize| match s {
        Severity::Veto => some(n, "veto", "vetoes"),
        Severity::Error => some(n, "error", "errors"),
        Severity::Warn => some(n, "warning", "warnings"),
        Severity::Info => some(n, "note", "notes"),
    };
    let parts: Vec<String> = [Severity::Veto, Severity::Error, Severity::Warn, Severity::Info]
        .into_iter()
        .filter(|s| of(*s) > 0)
        .map(|s| if zh { format!("{} {} 个", s.label(lang), of(s)) } else { word(s, of(s)) })
        .collect();
    let mut out = if parts.is_empty() { tr(lang, "没有新问题", "No new findings").to_string() } else { parts.join(tr(lang, "，", ", ")) };
    if known > 0 {
        out.push_str(&if zh {
            format!("；另有 {known} 个已记在 baseline.tsv")
        } else {
            format!("; {known} more {} known in baseline.tsv", if known == 1 { "is" } else { "are" })
        });
    }
    out + tr(lang, "。\n", ".\n")
}

/// Colours the heads, places and marks of findings printed for people.
///
/// The texts are escaped when they are printed, so that an escape in here is one of ours.
pub(super) fn paint(text: &str, lang: Tongue) -> String {
    let labels = [Severity::Veto, Severity::Error, Severity::Warn, Severity::Info].map(|s| (s.label(lang), s));
    let mut out = String::with_capacity(text.len() * 5 / 4);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let trimmed = bare.trim_start();
        let head = labels.iter().find(|(l, _)| bare.strip_prefix(l).is_some_and(|r| r.starts_with('[')));
        let style = match head {
            Some((_, Severity::Veto | Severity::Error)) => "1;31",
            Some((_, Severity::Warn)) => "1;33",
            Some((_, Severity::Info)) => "1;36",
            None if trimmed.starts_with("--> ") => "34",
            None if trimmed.starts_with("= ") => "32",
            None if trimmed.starts_with("| ") && trimmed.trim_start_matches(['|', ' ']).starts_with('^') => "31",
            None => "",
        };
        let end = if head.is_some() { bare.find(']').map_or(bare.len(), |i| i + 1) } else { bare.len() };
        if style.is_empty() {
            out.push_str(line);
        } else {
            out.push_str(&format!("\u{1b}[{style}m{}\u{1b}[0m{}", &bare[..end], &line[end..]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::say;
    use crate::diag::{Format, Report, Span, print};

    #[test]
    fn colours_change_no_character() {
        let mut r = Report::new();
        let span = Span { file: "a.md".into(), line: 2, col: 1, end_col: 4, excerpt: "| 错误[X] 字".into() };
        r.push(Diagnostic::new("SRC007", Severity::Error, say!("甲", "a")).at(span).hint(say!("乙", "b")));
        for lang in [Tongue::Zh, Tongue::En] {
            let plain = print(&r.sorted(), Format::Text, lang);
            let painted = paint(&plain, lang);
            assert!(painted.contains("\u{1b}[1;31m"));
            let mut bare = String::new();
            let mut rest = painted.as_str();
            while let Some(i) = rest.find('\u{1b}') {
                bare.push_str(&rest[..i]);
                rest = &rest[i + rest[i..].find('m').unwrap() + 1..];
            }
            assert_eq!(bare + rest, plain);
        }
    }

    #[test]
    fn one_is_one() {
        let d = Diagnostic::new("SRC007", Severity::Error, say!("甲", "a"));
        assert_eq!(counts(&[&d], 1, Tongue::En), "1 error; 1 more is known in baseline.tsv.\n");
        assert_eq!(counts(&[&d, &d], 0, Tongue::En), "2 errors.\n");
        assert_eq!(by_code(&[&d; 19], Tongue::En), "");
        assert!(by_code(&[&d; 20], Tongue::En).starts_with("20 findings:\n     20  error[SRC007] "));
    }
}
