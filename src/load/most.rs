//! How much one file may hold of what has its own page, or costs as much: far beyond what people write, far below what a file made
//! to burst asks for.

use crate::diag::say;
use crate::diag::{Diagnostic, Severity};

/// Entries of a list, by its key.
static ENTRIES: &[(&str, usize)] = &[
    ("aliases", 1_000),
    ("allow_personal", 1_000),
    ("attachments", 1_000),
    ("benefits", 500),
    ("blocks", 200),
    ("breaks", 100),
    ("changes", 1_000),
    ("charts", 200),
    ("content", 1_000),
    ("department", 100),
    ("drafted_by", 100),
    ("falseValues", 200),
    ("foot_links", 1_000),
    ("foreignKeys", 20),
    ("headerRows", 50),
    ("home", 500),
    ("interpreter_org", 100),
    ("issuer", 100),
    ("languages", 50),
    ("missingValues", 200),
    ("policies", 5_000),
    ("primaryKey", 50),
    ("publisher", 100),
    ("qa", 5_000),
    ("resources", 1_000),
    ("reuses", 1_000),
    ("terms", 10_000),
    ("trueValues", 200),
    ("types", 100),
    ("versions", 1_000),
    ("who", 30),
];
/// Entries of every other list.
const OTHERS: usize = 50_000;
/// Entries of a vocabulary: departments, themes. A province has some 35,000 departments.
const VOCABULARY: usize = 40_000;
/// Terms of the glossary: each is looked for in every text and is a record of the search.
const TERMS: usize = 10_000;
/// Lines of one text: the longest law in force has some 5,000.
pub const LINES: usize = 100_000;
/// Signs of emphasis and of tables in one text: each is a piece that is kept until its pair is found.
pub const SIGNS: usize = 150_000;
/// Cells that rows of tables in one text lack: each is made, and is a piece as well.
pub const PADDED: usize = 50_000;
/// Texts of one value by language.
pub const LANGUAGES: usize = 50;

/// Most entries of the list of a key.
pub fn entries(key: &str) -> usize {
    ENTRIES.binary_search_by_key(&key, |e| e.0).map_or(OTHERS, |i| ENTRIES[i].1)
}

/// Most entries of the vocabulary in a file of this name.
pub fn vocabulary(name: &str) -> usize {
    if name == "glossary.yaml" { TERMS } else { VOCABULARY }
}

/// Says that there are more. What is not read would be missing from what is published, so the item is held.
pub fn over(key: &str, there: usize, most: usize) -> Diagnostic {
    Diagnostic::new("SRC017", Severity::Error, say!("`{key}` 有 {there} 项，超过 {most}", "`{key}` has {there} entries, more than {most}"))
        .hint(say!("分到几个文件里，或删去多余的", "divide them among several files, or take out what is too many"))
        .blocking()
}

/// Says that a text is too long to be read as Markdown, if it is. Short texts are not looked through.
pub fn text(body: &str) -> Option<Diagnostic> {
    let b = body.as_bytes();
    if let Some(n) = padded(body) {
        let message = say!(
            "正文里的表格有 {n} 个缺的格子，超过 {PADDED} 个，未读入",
            "of the rows of tables in the text so many cells are missing: {n}, more than {PADDED}; not read"
        );
        let hint = say!(
            "表头有几列，每行就写几格；数据放进数据集的 CSV 文件",
            "write as many cells in each row as the head has; put data into a CSV file of a dataset"
        );
        return Some(Diagnostic::new("SRC017", Severity::Error, message).hint(hint).blocking());
    }
    if b.len() < LINES {
        return None;
    }
    let lines = memchr::memchr_iter(b'\n', b).count();
    let signs = if b.len() < SIGNS { 0 } else { memchr::memchr3_iter(b'|', b'*', b'_', b).count() };
    let message = if lines > LINES {
        say!("正文有 {lines} 行，超过 {LINES} 行，未读入", "the text has {lines} lines, more than {LINES}; not read")
    } else if signs > SIGNS {
        say!("正文有 {signs} 个 `|`、`*`、`_`，超过 {SIGNS} 个，未读入", "the text has {signs} of the signs `|`, `*`, `_`, more than {SIGNS}; not read")
    } else {
        return None;
    };
    let hint = say!("分成几个条目；数据放进数据集的 CSV 文件", "make several items of it; put data into a CSV file of a dataset");
    Some(Diagnostic::new("SRC017", Severity::Error, message).hint(hint).blocking())
}

/// How many cells the rows of its tables lack, where they are too many: a head of a few thousand columns above a few thousand rows of
/// one cell asks for millions.
fn padded(body: &str) -> Option<usize> {
    let b = body.as_bytes();
    // Below this no text can have so many.
    let pipes = if b.len() < 900 { 0 } else { memchr::memchr_iter(b'|', b).count() };
    if pipes < 100 || memchr::memchr_iter(b'\n', b).count().saturating_mul(pipes) < PADDED {
        return None;
    }
    let (mut columns, mut lacking) = (0usize, 0usize);
    for line in body.split('\n') {
        let line = line.trim();
        let cells = || memchr::memchr_iter(b'|', line.trim_matches('|').as_bytes()).count() + 1;
        if line.is_empty() {
            columns = 0;
        } else if line.contains("-|") && line.bytes().all(|c| matches!(c, b'|' | b'-' | b':' | b' ')) {
            columns = cells();
        } else if columns > 0 {
            lacking += columns.saturating_sub(cells());
        }
    }
    (lacking > PADDED).then_some(lacking)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_in_order() {
        assert!(ENTRIES.is_sorted_by_key(|e| e.0));
        assert_eq!((entries("languages"), entries("keywords")), (50, 50_000));
    }
}
