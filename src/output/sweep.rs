//! What the bytes of a finished file tell while they are hot: numbers of persons, marks, faults of accessibility, and what
//! styles and scripts load from other hosts.

use super::Facts;
use crate::personal::{Kind, Sure, traces};
use aho_corasick::packed;
use std::ops::Range;
use std::sync::LazyLock;

/// A fault of accessibility that needs no browser.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// `html` without `lang`.
    NoLang,
    /// No link that skips to the text.
    NoSkip,
    /// A picture without `alt`: its address.
    NoAlt(String),
    /// A table without a header cell.
    NoHead,
}

/// Something in a finished file that nobody may read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace {
    /// As it stands there.
    pub text: String,
    /// A mark of secrecy or internal use; else a number of a person.
    pub mark: bool,
}

/// Most of a kind that are kept of one file.
const KEPT: usize = 20;

/// Digits of the shortest number looked for: a mobile number.
pub const RUN: usize = 11;

/// Marks that stand in no everyday text; `★` is one, too, where a degree stands before it.
static MARKS: &[&str] = &["此件不公开", "此件依申请公开", "内部资料注意保存", "内部资料 注意保存", "内部资料　注意保存", "内部明电"];

/// How a private key that signs sites begins (C2SP signed-note); of one that is found no more than this is kept.
pub const KEY: &str = "PRIVATE+KEY+";

/// What [`MARKS`] begin with, the star of a mark and the beginning of a key: one look goes through every file for all of them.
static BEGIN: [&str; 4] = ["此件", "内部", STAR, KEY];
const STAR: &str = "★";
/// `None` where the processor has no vectors that it knows: then each is sought by itself.
static SEARCH: LazyLock<Option<packed::Searcher>> = LazyLock::new(|| packed::Searcher::new(BEGIN));

/// Tells which of [`BEGIN`] stand in a file, and where.
fn begun(bytes: &[u8], mut each: impl FnMut(&'static str, usize)) {
    match &*SEARCH {
        Some(search) => search.find_iter(bytes).for_each(|m| each(BEGIN[m.pattern().as_usize()], m.start())),
        None => BEGIN.iter().for_each(|word| memchr::memmem::find_iter(bytes, word).for_each(|at| each(word, at))),
    }
}

/// Looks at a text file of any kind.
pub(super) fn text(bytes: &[u8], facts: &mut Facts) {
    numbers(bytes, &mut facts.traces);
    let (mut stars, mut key) = (0, false);
    begun(bytes, |word, at| match word {
        STAR if stars < KEPT => {
            stars += 1;
            facts.traces.extend(starred(bytes, at));
        }
        STAR => {}
        KEY => key |= told(&bytes[at..]),
        _ => mark(&bytes[at..], &mut facts.traces),
    });
    if key {
        facts.traces.push(Trace { text: KEY.to_string(), mark: false });
    }
    facts.traces.sort();
    facts.traces.dedup();
}

/// Bytes around a run that decide what it is, and of runs near each other that are looked at together.
const AROUND: usize = 60;
const TOGETHER: usize = 4_000;

/// Runs of eleven digits or more are rare: every eleventh byte is looked at, and only around a digit the others. Runs near each other
/// are judged in one look, so that a list of numbers is gone through once.
fn numbers(bytes: &[u8], out: &mut Vec<Trace>) {
    let mut at = RUN - 1;
    let mut near: Vec<Range<usize>> = Vec::new();
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += RUN;
            continue;
        }
        let from = bytes[..at].iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |i| i + 1);
        let to = bytes[at..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |i| at + i);
        if to - from >= RUN && to - from <= 32 && out.len() < KEPT {
            if near.last().is_some_and(|l| from > l.end + 2 * AROUND || to > near[0].start + TOGETHER) {
                judged(bytes, &near, out);
                near.clear();
            }
            near.push(from..to);
        }
        at = to + RUN;
    }
    judged(bytes, &near, out);
}

/// What stands around runs decides what they are.
fn judged(bytes: &[u8], runs: &[Range<usize>], out: &mut Vec<Trace>) {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return };
    let text = String::from_utf8_lossy(&bytes[first.start.saturating_sub(AROUND)..(last.end + AROUND).min(bytes.len())]);
    for t in traces(&text).into_iter().filter(|t| t.sure == Sure::Yes && matches!(t.kind, Kind::Mobile | Kind::Id)) {
        let part = &text[t.at];
        if runs.iter().any(|r| memchr::memmem::find(part.as_bytes(), &bytes[r.clone()]).is_some()) && out.len() < KEPT {
            out.push(Trace { text: part.to_string(), mark: false });
        }
    }
}

/// Whether a key stands there. The words alone may be those of a guide: a key has its name, hash and 44 signs behind them.
fn told(bytes: &[u8]) -> bool {
    bytes[KEY.len()..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'<').filter(|b| b.is_ascii()).count() > 50
}

/// A mark that stands there.
fn mark(bytes: &[u8], out: &mut Vec<Trace>) {
    let told = MARKS.iter().filter(|mark| bytes.starts_with(mark.as_bytes()));
    out.extend(told.map(|mark| Trace { text: (*mark).to_string(), mark: true }));
    // One of each is enough.
    if out.len() > 64 {
        out.sort();
        out.dedup();
    }
}

/// A mark with a star, by the place of its star.
fn starred(bytes: &[u8], at: usize) -> Option<Trace> {
    let before = String::from_utf8_lossy(&bytes[at.saturating_sub(24)..at]).into_owned();
    let bare: String = before.chars().filter(|c| !c.is_whitespace()).collect();
    let degree = ["绝密", "机密", "秘密", "商密"].iter().find(|d| bare.ends_with(**d))?;
    let behind = at + STAR.len();
    let tail = String::from_utf8_lossy(&bytes[behind..(behind + 12).min(bytes.len())]).into_owned();
    let time: String = tail.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '长' | '期')).collect();
    // `秘密★` alone may be words of a text; with its time it is the mark.
    (!time.is_empty()).then(|| Trace { text: format!("{degree}★{time}"), mark: true })
}

/// Faults of one of our pages. With `whole` also of what stands around the text.
pub(super) fn faults(html: &[u8], whole: bool, out: &mut Vec<Fault>) {
    if whole {
        let open = memchr::memmem::find(html, b"<html").map(|i| &html[i..]);
        let tag = open.and_then(|t| memchr::memchr(b'>', t).map(|e| &t[..e]));
        if tag.is_some_and(|t| value(t, b" lang=\"").is_none_or(|v| v.is_empty())) {
            out.push(Fault::NoLang);
        }
        let first = memchr::memmem::find(html, b"<a ").and_then(|i| memchr::memchr(b'>', &html[i..]).map(|e| &html[i..i + e]));
        if first.is_some_and(|a| value(a, b" href=\"").is_none_or(|v| !v.starts_with(b"#"))) {
            out.push(Fault::NoSkip);
        }
    }
    for at in memchr::memmem::find_iter(html, b"<img") {
        let Some(end) = memchr::memchr(b'>', &html[at..]) else { break };
        let tag = &html[at..at + end];
        if value(tag, b" alt=\"").is_none() && memchr::memmem::find(tag, b" alt").is_none() {
            out.push(Fault::NoAlt(value(tag, b" src=\"").map_or(String::new(), |v| String::from_utf8_lossy(v).into_owned())));
        }
    }
    for at in memchr::memmem::find_iter(html, b"<table") {
        let end = memchr::memmem::find(&html[at..], b"</table>").unwrap_or(html.len() - at);
        if memchr::memmem::find(&html[at..at + end], b"<th").is_none() {
            out.push(Fault::NoHead);
        }
    }
    out.sort();
    out.dedup();
    out.truncate(KEPT);
}

fn value<'h>(tag: &'h [u8], name: &[u8]) -> Option<&'h [u8]> {
    let from = memchr::memmem::find(tag, name)? + name.len();
    Some(&tag[from..from + memchr::memchr(b'"', &tag[from..])?])
}

/// What a style or a script loads from another host, as far as it stands in its text.
pub(super) fn foreign(path: &str, bytes: &[u8], out: &mut Vec<String>) {
    let lead: &[&[u8]] = if path.ends_with(".css") {
        &[b"url(", b"@import "]
    } else if path.ends_with(".js") || path.ends_with(".mjs") {
        &[b"import(", b"import ", b"from ", b"fetch(", b"importScripts("]
    } else if path.ends_with(".svg") {
        &[b"xlink:href=", b" href="]
    } else {
        return;
    };
    let svg = path.ends_with(".svg");
    for word in lead {
        for at in memchr::memmem::find_iter(bytes, word).map(|i| i + word.len()) {
            let rest = &bytes[at..(at + 300).min(bytes.len())];
            let bare = rest.iter().position(|b| !matches!(b, b' ' | b'"' | b'\'' | b'`')).map_or(&rest[..0], |i| &rest[i..]);
            let away = [&b"https://"[..], b"http://", b"//"].iter().any(|s| bare.starts_with(s));
            // A link in a picture is followed, not loaded.
            let linked = svg && bytes[..at].iter().rposition(|b| *b == b'<').is_some_and(|i| bytes[i..].starts_with(b"<a "));
            if away && !linked && out.len() < KEPT {
                let end = bare.iter().position(|b| matches!(b, b'"' | b'\'' | b'`' | b')' | b' ' | b';' | b'\n' | b'>')).unwrap_or(bare.len());
                out.push(String::from_utf8_lossy(&bare[..end]).into_owned());
            }
        }
    }
    out.sort();
    out.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<String> {
        let mut facts = Facts::default();
        super::text(text.as_bytes(), &mut facts);
        facts.traces.into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn numbers_and_marks_wherever_they_stand() {
        for pad in 0..25 {
            let text = format!("{}<p>联系手机：13812345678，请勿外传</p>", "x".repeat(pad));
            assert_eq!(seen(&text), ["13812345678"], "{pad}");
        }
        assert_eq!(seen("<p>11010519491231002X 身份证号</p>"), ["11010519491231002X"]);
        let key = "PRIVATE+KEY+data.example.org+bb7663a7+AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g";
        assert_eq!(seen(&format!("<p>{key}</p>")), [KEY]);
        assert_eq!(seen("a key begins with PRIVATE+KEY+ and its name"), [""; 0]);
        assert_eq!(seen("秘密★5年，机　密★长期"), ["机密★长期", "秘密★5年"]);
        assert_eq!(seen("评分 ★★★★★；保守国家秘密；20261128045707.123；v=0.12345678901234"), [""; 0]);
    }

    #[test]
    fn faults_of_a_page() {
        let mut out = Vec::new();
        faults(b"<html><a href=\"/\">x</a><img src=\"a.png\"><table><tr><td>1</table><table><tr><th>1</table><img alt src=\"b\">", true, &mut out);
        assert_eq!(out, [Fault::NoLang, Fault::NoSkip, Fault::NoAlt("a.png".into()), Fault::NoHead]);
        out.clear();
        faults(b"<html lang=\"zh\"><a class=\"skip\" href=\"#main\">x</a><img alt=\"\" src=\"a\">", true, &mut out);
        assert_eq!(out, []);
    }

    #[test]
    fn styles_and_scripts_of_other_hosts() {
        let mut out = Vec::new();
        foreign("a.css", b"@import 'https://a.example/x.css';p{background:url(//b.example/y.png)}q{background:url(z.png)}", &mut out);
        assert_eq!(out, ["//b.example/y.png", "https://a.example/x.css"]);
        out.clear();
        foreign("a.js", b"const s='https://c.example/';fetch(`https://d.example/t`)", &mut out);
        assert_eq!(out, ["https://d.example/t"]);
        out.clear();
        foreign("a.svg", b"<svg><a href=\"https://a.example\"/><image href=\"https://e.example/i.png\"/></svg>", &mut out);
        assert_eq!(out, ["https://e.example/i.png"]);
    }
}
