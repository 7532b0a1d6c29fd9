//! What is one thing to its reader is not torn at the end of a line: the number of a document, a day, a number with its unit. It is
//! marked and no more: text, copying and searching are as before. A dot between two facts stays with what it follows.

use regex::Regex;
use std::sync::LazyLock;

/// In this order: numbers of documents with their year, days, spans of years, numbers of decrees, sizes, counts. The end of a word is
/// asked of ASCII alone: of all letters, texts with Han would be read by an engine of many times the cost.
static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:\p{Han}{0,8} ?[〔\[（(]\d{4}[〕\]）)] ?第?|\p{Han}{0,8}\d{4}年第)\d{1,5}[号號]",
        r"|\d{4}年\d{1,2}月(?:\d{1,2}日)?",
        r"|\d{4}-\d{2}-\d{2}",
        r"|\d{4}年?(?:[—–-]|——)\d{4}年?",
        r"|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}",
        r"|(?:令|公告|通告)?第\d{1,5}[号號](?:令|公告)?",
        r"|\d[\d.,]* ?(?:[KMGT]?B|rows?|columns?|items?)(?-u:\b)",
        r"|\d[\d.,]* (?:行|列|件|条|條|项|項|份|个|個|页|頁|天|人|次|款|段|张|張|字|万|萬|亿|億)",
    ))
    .ok()
});

/// Widest piece that is never torn, in tenths of a letter's height: no wider than a screen of 360 px in letters twice as large. A wider
/// one goes to the next line as a whole, and breaks where it has no room there either.
const WIDEST: usize = 60;

/// The text for HTML.
pub fn kept(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    each(text, |piece, whole| match whole {
        true => out.push_str(&held(piece)),
        false => plain(&mut out, piece),
    });
    out
}

/// The pieces of a text in their order: whether each is one thing.
pub fn each(text: &str, mut take: impl FnMut(&str, bool)) {
    let mut done = 0;
    // Most texts have no number at all.
    let whole = WHOLE.as_ref().filter(|_| text.bytes().any(|b| b.is_ascii_digit()));
    for found in whole.iter().flat_map(|w| w.find_iter(text)) {
        let piece = found.as_str();
        // `3 个工作日` is counted in another unit.
        let more = text[found.end()..].chars().next();
        if piece.contains(' ') && !piece.ends_with(['号', '號']) && more.is_some_and(|c| c.is_alphanumeric()) {
            continue;
        }
        // Part of a longer number: of a telephone, an index number.
        let joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/');
        let starts = piece.starts_with(|c: char| c.is_ascii_digit()) && text[..found.start()].ends_with(joined);
        if starts || piece.ends_with(|c: char| c.is_ascii_digit()) && more.is_some_and(joined) {
            continue;
        }
        // A piece that stands as a whole has its brackets with it: browsers would leave them behind at the end of the line.
        let (mut from, mut to) = (found.start(), found.end());
        if wide(piece) {
            from -= text[done..from].chars().next_back().filter(|c| "（《〈“‘「『【([".contains(*c)).map_or(0, char::len_utf8);
            to += more.filter(|c| "）》〉”’」』】)]，。；：、".contains(*c)).map_or(0, char::len_utf8);
        }
        take(&text[done..from], false);
        take(&text[from..to], true);
        done = to;
    }
    take(&text[done..], false);
}

fn wide(piece: &str) -> bool {
    piece.chars().map(|c| if c.is_ascii() { 6 } else { 10 }).sum::<usize>() > WIDEST
}

/// What is one thing, for HTML.
pub fn held(piece: &str) -> String {
    format!("<span class=\"{}\">{}</span>", if wide(piece) { 'k' } else { 'w' }, super::escape(piece))
}

/// Facts that stand beside each other, each in a `span` of its own: the theme sets them apart by space, so that no line ends with a dot.
pub fn parts(text: &str) -> String {
    text.split(" · ").map(|p| format!("<span>{}</span>", kept(p))).collect::<Vec<_>>().join(" ")
}

/// Escaped; no line begins with a dot.
fn plain(out: &mut String, text: &str) {
    // Most pieces have no dot.
    if !text.as_bytes().contains(&0xB7) {
        return super::escape_into(out, text);
    }
    for (i, piece) in text.split(" · ").enumerate() {
        if i > 0 {
            out.push_str("\u{A0}· ");
        }
        super::escape_into(out, piece);
    }
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn numbers_days_and_sizes_are_held_together_and_nothing_is_lost() {
        for (text, pieces) in [
            ("海关总署 · 公告〔2023〕182号", &["公告〔2023〕182号"][..]),
            ("云政办发〔2021〕13号，2016年3月16日", &["云政办发〔2021〕13号，", "2016年3月16日"]),
            ("2.5 KB · 37 行", &["2.5 KB", "37 行"]),
            ("共 10 件：未解读 0 件，3 个工作日", &["10 件", "0 件"]),
            ("抚养比（1978—2014年）", &["（1978—2014年）"]),
            ("海关总署公告2023年第182号", &["海关总署公告2023年第182号"]),
            ("Order of 28 September 2024, 12 rows, 3 itemsets", &["28 September 2024", "12 rows"]),
            ("<a> & 2024-09-28", &["2024-09-28"]),
            ("没有数字 · 的", &[]),
            ("电话 0594-2692346，索引号 000014349/2026-00001", &[]),
        ] {
            let html = kept(text);
            let own: Vec<&str> = html.split("<span class=\"").skip(1).map(|p| p[3..].split("</span>").next().unwrap_or("")).collect();
            assert_eq!(own, pieces, "{html}");
            let bare = html.replace("<span class=\"w\">", "").replace("<span class=\"k\">", "").replace("</span>", "").replace('\u{A0}', " ");
            assert_eq!(bare, super::super::escape(text));
        }
        assert_eq!(super::parts("海关总署 · 公告〔2023〕182号"), "<span>海关总署</span> <span><span class=\"k\">公告〔2023〕182号</span></span>");
        assert!(kept("海关总署公告2023年第182号").contains("class=\"k\"") && kept("共 300 行").contains("class=\"w\""));
    }
}
