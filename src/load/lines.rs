//! Official texts typed one paragraph a line: where a line that Markdown takes for the rest of a paragraph begins one of its own.
//!
//! A line begins a paragraph where it begins with a number (`第三条 `, `第二章 `, `（一）`, `一、`, `1、`) and the line before it ends
//! a sentence or is a heading. A line that only wraps has no end before it, so it stays what it is.

use super::chars::is_han;

/// Longest line that may be a heading, in characters.
const HEADING: usize = 40;

/// How far a table has come.
#[derive(Clone, Copy, PartialEq)]
enum Below {
    Nothing,
    /// The line below its head.
    Head,
    /// A row.
    Rows,
}

/// Tells the places of lines before which a paragraph ends.
pub(super) fn paragraphs(text: &str, mut begins: impl FnMut(usize)) {
    // The fence that is open, and whether the lines since the last blank one are a plain paragraph.
    let mut fence: Option<(char, usize)> = None;
    let mut before: Option<&str> = None;
    let mut first = true;
    let mut later: Vec<usize> = Vec::new();
    // What of a table has been passed since the last blank line.
    let mut table = Below::Nothing;
    let mut at = 0;
    while at < text.len() {
        let start = at;
        at = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1);
        let raw = text[start..at].trim_end_matches(['\n', '\r']);
        let line = trimmed(raw);
        if let Some(mark) = line.chars().next().filter(|c| matches!(c, '`' | '~')) {
            let n = line.chars().take_while(|c| *c == mark).count();
            match fence {
                Some((m, open)) if m == mark && n >= open => fence = None,
                None if n > 2 => fence = Some((mark, n)),
                _ => {}
            }
        }
        if fence.is_some() || line.is_empty() {
            (before, first, table) = (None, true, Below::Nothing);
            continue;
        }
        let code = raw.starts_with('\t') || raw.starts_with("    ");
        if line.starts_with('第') && !code && (first || before.is_some()) {
            let from = start + (raw.len() - raw.trim_start_matches([' ', '\t', '\u{3000}', '\u{2003}']).len());
            // A line that begins a paragraph begins it before what stands behind in it.
            later.extend(joined(line).map(|i| from + i));
        }
        // A numbered line right below the rows of a table is none of them: it has no bar.
        if table == Below::Rows && !code && memchr::memchr(b'|', line.as_bytes()).is_none() && number(line).is_some() {
            begins(start);
            later.drain(..).for_each(&mut begins);
            (before, first, table) = (Some(line), true, Below::Nothing);
            continue;
        }
        if table == Below::Nothing && line.starts_with(['|', '-', ':']) && rule(line) {
            table = Below::Head;
        } else if table == Below::Head && memchr::memchr(b'|', line.as_bytes()).is_some() {
            table = Below::Rows;
        }
        if let Some(b) = before.filter(|_| !code)
            && let Some(number) = number(line)
            && (ends(b) || heading(b) || (first && title(b) && number == Number::First))
            && whole_marks(b)
        {
            begins(start);
            later.drain(..).for_each(&mut begins);
            (before, first) = (Some(line), true);
            continue;
        }
        // Converters leave no blank line below a table, and a clause is none of its rows.
        if before.is_none() && !first && !code && clause(line) && number(line).is_some() && !line.contains('|') && below_table(text, start) {
            begins(start);
            (before, first) = (Some(line), true);
            continue;
        }
        later.drain(..).for_each(&mut begins);
        // What stands in a list, a quotation, a table, a note or a block of HTML is left alone up to the next blank line.
        if first && before.is_none() {
            before = plain(raw, code).then_some(line);
            first = before.is_some();
            if !first {
                first = line.starts_with('#');
            }
        } else if before.is_some() {
            (before, first) = (if structure(line) { None } else { Some(line) }, false);
        }
    }
}

/// Whether the lines right above a place are a table.
fn below_table(text: &str, at: usize) -> bool {
    let mut above = text[..at].trim_end_matches('\n').rsplit('\n').map(str::trim).take_while(|l| !l.is_empty()).take(500).peekable();
    let rule = |l: &str| l.contains('-') && l.contains('|') && l.bytes().all(|c| matches!(c, b'|' | b'-' | b':' | b' ' | b'\t'));
    above.peek().is_some_and(|l| l.contains('|')) && above.any(rule)
}

/// A line without the blanks at its ends.
fn trimmed(raw: &str) -> &str {
    // The bytes that a blank begins and ends with: most lines have none of them there.
    let b = raw.as_bytes();
    if matches!(b.first(), Some(b' ' | b'\t' | 0xE2 | 0xE3)) || matches!(b.last(), Some(b' ' | b'\t' | 0x80 | 0x83)) {
        raw.trim_matches([' ', '\t', '\u{3000}', '\u{2003}'])
    } else {
        raw
    }
}

/// A line that may begin a plain paragraph.
fn plain(raw: &str, code: bool) -> bool {
    let line = raw.trim_start_matches([' ', '\u{3000}', '\u{2003}']);
    !code && !structure(line) && !line.starts_with(['<', '[']) && !line.starts_with(": ")
}

/// A line that is markup of a block.
fn structure(line: &str) -> bool {
    let b = line.as_bytes();
    let digits = b.iter().take_while(|c| c.is_ascii_digit()).count();
    matches!(b.first(), Some(b'#' | b'>' | b'|'))
        || matches!(b, [b'-' | b'+' | b'*', b' ' | b'\t', ..])
        || (1..10).contains(&digits) && matches!(&b[digits..], [b'.' | b')', b' ' | b'\t', ..])
        || rule(line)
}

/// The line below the head of a table: `|---|:-:|`.
fn rule(line: &str) -> bool {
    line.bytes().all(|c| matches!(c, b'|' | b'-' | b':' | b' ' | b'\t')) && line.contains('|')
}

#[derive(PartialEq, Eq)]
enum Number {
    /// 第一章, 一、, （一）, 1、
    First,
    Other,
}

fn numeral(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇零一二三四五六七八九十百千两".contains(c)
}

/// The numerals that a text begins with, and the rest.
fn numerals(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !numeral(c)).filter(|e| *e > 0)?;
    (text[..end].chars().count() < 8).then(|| text.split_at(end))
}

/// The number that a line begins with.
fn number(line: &str) -> Option<Number> {
    let line = line.trim_start_matches('*').trim_start();
    let kind = |n: &str| if matches!(n, "一" | "1" | "１") { Number::First } else { Number::Other };
    if let Some(rest) = line.strip_prefix('第') {
        let (n, rest) = numerals(rest.trim_start_matches([' ', '\u{3000}']))?;
        let rest = rest.trim_start_matches([' ', '\u{3000}']);
        let unit = ["条", "章", "节", "编", "分编", "篇"].iter().find_map(|u| rest.strip_prefix(u))?;
        // 第十条之一
        let unit = unit.strip_prefix('之').and_then(numerals).map_or(unit, |(_, r)| r).trim_start_matches('*');
        let alone = unit.is_empty() || unit.starts_with(|c: char| c.is_whitespace() || "【（(《：:“".contains(c));
        // `第三条为了…`: not `第三条的规定`, which only wraps.
        let glued = unit.starts_with(|c: char| is_han(c) && !"的规所中第至到之和与及或以、款项外内前后".contains(c));
        return (alone || glued).then(|| kind(n));
    }
    if let Some(rest) = line.strip_prefix(['（', '(']) {
        let (n, rest) = numerals(rest)?;
        return (rest.starts_with(['）', ')']) && n.chars().count() < 4).then(|| kind(n));
    }
    if line.starts_with(|c: char| ('①'..='⑳').contains(&c)) {
        return Some(if line.starts_with('①') { Number::First } else { Number::Other });
    }
    let (n, rest) = numerals(line)?;
    let marked = rest.starts_with(['、', '．']) || rest.starts_with('.') && rest[1..].starts_with(is_han);
    // `2.5万元` and `10、20` are no numbers of paragraphs.
    let follows = rest.chars().nth(1).is_none_or(|c| !numeral(c));
    (marked && follows && n.chars().count() < 4).then(|| kind(n))
}

/// Places of a line that begins with a clause where the next clause begins: `第一条 …。第二条 …`, by a number that follows.
fn joined(line: &str) -> impl Iterator<Item = usize> {
    let clause = |text: &str| {
        let (n, rest) = numerals(text.strip_prefix('第')?)?;
        rest.strip_prefix('条').filter(|r| r.starts_with(char::is_whitespace)).and_then(|_| super::dates::han_number(n))
    };
    let mut last = clause(line);
    let places = last.is_some().then(|| memchr::memmem::find_iter(line.as_bytes(), "第").skip(1));
    places.into_iter().flatten().filter(move |i| {
        let ended = line[..*i].trim_end_matches([' ', '\u{3000}', '”', '）']).ends_with('。');
        let next = ended.then(|| clause(&line[*i..])).flatten().filter(|n| last.is_some_and(|l| l + 1 == *n));
        last = next.or(last);
        next.is_some()
    })
}

/// The line ends a sentence or a part of one.
fn ends(line: &str) -> bool {
    let line = line.trim_end_matches(['”', '’', '"', '）', ')', '」', '』', '》', '*', ' ', '\u{3000}']);
    line.ends_with(['。', '；', '：', '！', '？', ';', ':', '!', '?', '.'])
}

/// `第一章 总则`, `一、总体要求`: a number and few words.
fn heading(line: &str) -> bool {
    line.chars().count() <= HEADING && number(line).is_some() && !clause(line) && !line.ends_with(['，', ',', '、']) && !line.contains(['，', '。', '；'])
}

/// `第三条 按照`: the beginning of a clause is no heading.
fn clause(line: &str) -> bool {
    line.trim_start_matches('*').strip_prefix('第').and_then(numerals).is_some_and(|(_, r)| r.starts_with('条'))
}

/// A title of the text, above its first number.
fn title(line: &str) -> bool {
    let words = line.trim_matches('*');
    words.chars().count() <= HEADING && words.starts_with(|c: char| is_han(c) || "《“".contains(c)) && !words.contains(['，', '。', '；', '、', '：', ','])
}

/// Marks of emphasis that are open must not be cut off from where they close; a line that ends in `\` breaks itself.
fn whole_marks(line: &str) -> bool {
    line.matches("**").count().is_multiple_of(2) && line.matches('`').count().is_multiple_of(2) && !line.ends_with('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut at = 0;
        let mut out = Vec::new();
        paragraphs(text, |p| {
            out.push(text[at..p].trim_end());
            at = p;
        });
        out.push(text[at..].trim_end());
        out
    }

    #[test]
    fn numbers_begin_paragraphs() {
        for text in [
            "第一章 总则\n第一条 为了甲。\n第二条 本：\n（一）甲；\n（二）乙。\n第二章 申请",
            "各县：\n一、总体要求\n（一）甲。\n1、乙；\n2．丙。\n1.丁。\n①戊；\n②己。",
            "某某办法\n第一条　为了甲。\n**第二条** 乙。\n第十条之一 丙。\n第三条为了丁。",
            "按“甲”办。”\n第五条 乙",
        ] {
            assert_eq!(split(text).len(), text.lines().count(), "{text}");
        }
    }

    #[test]
    fn clauses_joined_in_one_line_are_parted() {
        assert_eq!(split("第一条　为了甲。第二条　乙，依照第九条。 第三条 丙。"), ["第一条　为了甲。", "第二条　乙，依照第九条。", "第三条 丙。"]);
        assert_eq!(split("总则。\n　　第九条 甲。第十条 乙。\n第十一条 丙。").len(), 4);
        for text in
            ["第一条 甲。第二条所称乙。", "第一条 甲。第三条 乙。", "- 第一条 甲。第二条 乙。", "第一条 甲，第二条 乙。", "```\n第一条 甲。第二条 乙。\n```"]
        {
            assert_eq!(split(text), [text], "{text}");
        }
    }

    #[test]
    fn a_clause_right_below_a_table_is_none_of_its_rows() {
        assert_eq!(
            split("第一条 甲：\n|项|值|\n|--|--|\n|a|1|\n第二条 乙。\n第三条 丙。"),
            ["第一条 甲：\n|项|值|\n|--|--|\n|a|1|", "第二条 乙。", "第三条 丙。"]
        );
        for text in ["|项|值|\n|--|--|\n第二条|乙\n第三条 | 丙", "- 甲|乙\n第二条 乙。", "|甲|乙|\n第二条 乙。"] {
            assert_eq!(split(text), [text], "{text}");
        }
    }

    #[test]
    fn lines_that_wrap_stay() {
        for text in [
            "按照本办法\n第三条 的规定，以及\n（一）项",
            "甲。\n第三条的规定",
            "甲。\n第三方",
            "甲，\n一、二类",
            "约\n1、2两项",
            "共计。\n2.5万元",
            "```\n甲。\n第一条 乙\n```",
            "- 甲。\n（一）乙",
            "> 甲。\n（一）乙",
            "| 甲。 |\n|---|\n一、乙",
            "<div>\n甲。\n第一条 乙\n</div>",
            "[^1]: 甲。\n（一）乙",
            "甲。\n\n第一条 乙",
            "**甲。\n（一）乙**",
        ] {
            assert_eq!(split(text), [text], "{text}");
        }
    }
}
