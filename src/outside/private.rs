//! What of persons and of secrecy a page or a file holds that people can load from the site.

use crate::load::Blob;
use crate::load::table::{Personal, Settings, read_by};
use crate::personal::{Kind, Sure, core, traces, veil};
use std::collections::BTreeSet;
use std::path::Path;

/// Something that may not be public.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// Line of the page from 1; 0 where it has none.
    pub(super) line: u32,
    /// What it is; nothing for a mark of secrecy or of internal use.
    pub(super) kind: Option<Kind>,
    /// As it may stand in a finding.
    pub(super) shown: String,
    /// Somebody should look: it may be something else.
    pub(super) perhaps: bool,
}

/// Most of one page that are told.
const TOLD: usize = 20;

/// What stands in a page: in its words, in its attributes, and in what readers are not shown (comments, scripts).
pub(super) fn of_page(html: &str, words: &str, said: &str) -> Vec<Found> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for text in [words, said] {
        for t in traces(text) {
            let part = &text[t.at.clone()];
            // A name with an address has few digits, or none.
            let number = core(part);
            let key = if number.len() < 6 { part.to_string() } else { number };
            if out.len() < TOLD && seen.insert(key) {
                let first = part.split(char::is_whitespace).next().unwrap_or(part);
                out.push(Found { line: line(html, first), kind: Some(t.kind), shown: veil(part), perhaps: t.sure == Sure::Perhaps });
            }
        }
    }
    if let Some(mark) = crate::check::sec002::told(words) {
        out.push(Found { line: line(html, mark), kind: None, shown: mark.to_string(), perhaps: false });
    }
    let mut facts = crate::output::Facts::default();
    crate::output::sweep("page.txt", html.as_bytes(), false, &mut facts);
    for t in facts.traces {
        if t.mark {
            if !out.iter().any(|f| f.kind.is_none()) {
                out.push(Found { line: line(html, &t.text), kind: None, shown: t.text, perhaps: false });
            }
        } else if seen.insert(core(&t.text)) {
            let kind = if core(&t.text).len() >= 15 { Kind::Id } else { Kind::Mobile };
            out.push(Found { line: line(html, &t.text), kind: Some(kind), shown: veil(&t.text), perhaps: false });
        }
    }
    for number in called(html) {
        if out.len() < TOLD && seen.insert(core(number)) {
            out.push(Found { line: line(html, number), kind: Some(Kind::Mobile), shown: veil(number), perhaps: true });
        }
    }
    out.sort();
    out
}

/// Most bytes of one script that are looked through.
const SCRIPT: usize = 1 << 20;

/// Mobile numbers in scripts and in data for machines (JSON-LD), under whatever name and in groups too (`138-1234-5678`): nobody is
/// shown them, and everybody can load them.
fn called(html: &str) -> Vec<&str> {
    let bytes = html.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = memchr::memmem::find(&bytes[at..], b"<script").map(|i| at + i) {
        let Some(begin) = memchr::memchr(b'>', &bytes[open..]).map(|i| open + i + 1) else { break };
        let end = memchr::memmem::find(&bytes[begin..], b"</script").map_or(bytes.len(), |i| begin + i);
        at = end.max(begin);
        let script = &bytes[begin..end.min(begin + SCRIPT)];
        let mut i = 0;
        while let Some(one) = memchr::memchr(b'1', &script[i..]).map(|p| i + p) {
            i = one + 1;
            if one > 0 && (script[one - 1].is_ascii_alphanumeric() || script[one - 1] == b'.')
                || !script.get(one + 1).is_some_and(|c| (b'3'..=b'9').contains(c))
            {
                continue;
            }
            // Eleven digits, in one or as 3-4-4.
            let (mut digits, mut end) = (0, one);
            while let Some(c) = script.get(end) {
                let parts = matches!(c, b' ' | b'-') && matches!(digits, 3 | 7) && script.get(end + 1).is_some_and(u8::is_ascii_digit);
                digits += usize::from(c.is_ascii_digit());
                if !c.is_ascii_digit() && !parts {
                    break;
                }
                end += 1;
            }
            if digits == 11 && !script.get(end).is_some_and(|c| c.is_ascii_alphabetic() || *c == b'.' || *c == b'_') {
                out.extend(html.get(begin + one..begin + end));
            }
            i = end.max(i);
        }
    }
    out
}

/// The line where something stands; 0 where tags or entities part it.
fn line(html: &str, part: &str) -> u32 {
    let part = part.trim();
    if part.is_empty() {
        return 0;
    }
    memchr::memmem::find(html.as_bytes(), part.as_bytes()).map_or(0, |at| memchr::memchr_iter(b'\n', &html.as_bytes()[..at]).count() as u32 + 1)
}

/// What of a file that is no page was found.
#[derive(Debug, Default)]
pub(super) struct Attached {
    /// Columns and texts with personal data.
    pub(super) personal: Vec<Personal>,
    /// A mark in it.
    pub(super) mark: Option<String>,
    /// It was not, or not wholly, looked through.
    pub(super) unread: bool,
}

/// Endings of files that are read as attachments are.
static READ: &[&str] = &[
    "pdf", "doc", "docx", "wps", "rtf", "odt", "ofd", "ppt", "pptx", "odp", "xls", "xlsx", "xlsm", "et", "ods", "csv", "tsv", "txt", "json", "jsonl",
    "geojson", "zip", "jpg", "jpeg", "png", "webp", "heic", "md",
];

/// Whether files of this name are read.
pub(super) fn reads(file: &str) -> bool {
    file.rsplit_once('.').is_some_and(|(_, e)| READ.contains(&e.to_ascii_lowercase().as_str()))
}

/// Reads a file as attachments of a portal are read; PDF in a process of its own where the program's path is given.
pub(super) fn attached(path: &Path, program: Option<&Path>) -> Attached {
    let blob = Blob::at(path);
    let file = read_by(&blob, &Settings::default(), program, None);
    let head = crate::load::table::head(&blob);
    let mark = crate::check::sec002::told(&head).map(str::to_string);
    let mark = mark.or_else(|| file.pieces.iter().find_map(|p| crate::check::sec002::told(&p.text).map(str::to_string)));
    Attached { personal: file.personal, mark, unread: file.why.iter().any(|w| w.unseen()) || file.refused }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_holds() {
        let html = "<p>一\n<p>开户人王建国，银行卡号6228480402564890018。\n<p>护照号E12345678。\n<!-- 13812345678 -->";
        let all = of_page(html, "开户人王建国，银行卡号6228480402564890018。\n护照号E12345678。", "车牌号浙G12345的小型轿车");
        let kinds: Vec<_> = all.iter().map(|f| (f.line, f.kind)).collect();
        for (line, kind) in [(2, Kind::Card), (3, Kind::Passport), (0, Kind::Plate), (4, Kind::Mobile)] {
            assert!(kinds.contains(&(line, Some(kind))), "{kind:?} {kinds:?}");
        }
        let scripts = "<script type=\"application/ld+json\">{\"telephone\":\"13812345678\"}</script><script>t={tel:'+86-139-1234-5678',n:1700000000000,v:13.812345678}</script>13712345678";
        assert_eq!(called(scripts), ["13812345678", "139-1234-5678"]);
        assert!(all.iter().all(|f| f.shown.contains('*') && !html.contains(&f.shown)), "{all:?}");
    }
}
