//! What stands below a table and is no row of it: notes, sources, footnotes. A name of a place is none, whatever it begins with.

use super::value::{Class, classify};

/// Words that begin a note where a colon, a number or the end of the text follows. `Note-lès-Bains` goes on otherwise.
static WORDS: &[&str] = &[
    "附注",
    "附註",
    "注释",
    "註釋",
    "注解",
    "备注",
    "備註",
    "说明",
    "說明",
    "资料来源",
    "資料來源",
    "数据来源",
    "數據來源",
    "来源",
    "來源",
    "资料",
    "資料",
    "数据",
    "數據",
    "注",
    "註",
    "notes",
    "note",
    "n.b.",
    "nb",
    "sources",
    "source",
    "remarks",
    "remark",
    "footnotes",
    "footnote",
    "legend",
    "quellen",
    "quelle",
    "anmerkungen",
    "anmerkung",
    "hinweis",
    "fuentes",
    "fuente",
    "notas",
    "nota",
    "fonte",
    "출처",
    "주",
    "자료",
    "출처",
    "出典",
    "資料出所",
    "備考",
    "примечание",
    "источник",
];
/// Of these, such as name nothing else when they stand without a colon.
static BARE: &[&str] = &["注", "註", "备注", "備註", "附注", "附註", "注释", "註釋", "notes", "sources", "footnotes"];
/// Such as speak for themselves, whatever follows.
static ALWAYS: &[&str] =
    &["资料来源", "資料來源", "数据来源", "數據來源", "(注", "（注", "(註", "（註", "制表人", "填表人", "制表日期", "填表日期", "制表单位", "填表单位"];
/// Signs that begin a footnote.
static SIGNS: &[char] = &['*', '＊', '†', '‡', '※', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨'];

/// Whether a record of which only the first cell has something, at the end of a file, is a note and no row. `alone`: it
/// has one cell where others have several; `after_note`: the record before it is a note.
pub fn is_note(text: &str, alone: bool, after_note: bool) -> bool {
    let t = text.trim_start_matches(['\u{3000}', ' ', '\t', '"']).trim_end();
    if ALWAYS.iter().any(|w| t.strip_prefix(w).is_some_and(|rest| !rest.is_empty())) {
        return true;
    }
    let low = t.to_lowercase();
    if WORDS.iter().any(|w| low.strip_prefix(w).is_some_and(|rest| if rest.is_empty() { alone || BARE.contains(w) } else { begins(rest) })) {
        return true;
    }
    // A sign alone, or before a name, is what somebody wrote into the column.
    let bare = t.trim_start_matches(SIGNS);
    if bare.len() < t.len() {
        return sentence(bare)
            || (bare.starts_with([' ', '\u{3000}', ')', '）']) && bare.chars().any(char::is_alphabetic))
            || (alone && bare.chars().any(char::is_alphabetic));
    }
    if t.starts_with("1.") && classify(t).0 == Class::String && bare[2..].chars().any(char::is_alphabetic) {
        return alone || sentence(t) || t[2..].starts_with(' ');
    }
    if after_note && (alone || sentence(t)) && !(t.is_empty() || (!alone && classify(t).0 != Class::String)) {
        return true;
    }
    alone && classify(t).0 == Class::String && sentence(t)
}

/// What follows the word that begins a note: its number, a colon, a bracket, or nothing but a sentence.
fn begins(rest: &str) -> bool {
    let numbered = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{3000}' | '(' | ')' | '（' | '）' | '①'..='⑨' | '[' | ']'));
    match numbered.chars().next() {
        None => rest.contains(|c: char| c.is_ascii_digit()),
        Some(':' | '：') => true,
        Some('.' | '、' | '．') => numbered.len() < rest.len(),
        // `注 本表…`, `Note (1) These are…`: a sentence after a gap.
        Some(_) => {
            numbered.len() < rest.len() && !rest.starts_with(|c: char| c.is_ascii_digit()) && (sentence(numbered) || rest.starts_with(['\u{3000}', '1', '(']))
        }
    }
}

/// A whole sentence with its stop: a note even where its line is filled up with delimiters, if no value above it is one.
pub fn stopped(t: &str) -> bool {
    let t = t.trim_matches(|c: char| c.is_whitespace() || c == '"');
    match t.chars().last() {
        Some('。') => t.chars().count() >= 10,
        Some('.') => t.len() >= 25 && t.split_whitespace().count() >= 5,
        _ => false,
    }
}

/// What the rows of a table have in their first cell, by which a row of nothing else at its end is known for a row.
#[derive(Debug, Default, Clone, Copy)]
pub struct Above {
    /// Texts that end as sentences do.
    ends: bool,
    /// Texts as long as sentences, most of them.
    long: bool,
    /// Texts that begin as notes do, and such with a colon.
    marked: bool,
    /// See above.
    colons: bool,
}

impl Above {
    /// Looks at the first rows, and at the values of the first column.
    pub fn of(rows: &[Vec<String>], column: &super::profile::Column) -> Above {
        let (mut out, mut n, mut long) = (Above::default(), 0, 0);
        // Only a row that has something beside it is one for certain.
        for row in rows.iter().filter(|r| r.iter().skip(1).any(|c| !c.trim().is_empty())) {
            let first = row.first().map_or("", |c| c.trim());
            n += usize::from(!first.is_empty());
            long += usize::from(sentence(first));
            out.ends |= ends(first);
            out.marked |= is_note(first, false, false);
            out.colons |= first.contains([':', '：']);
        }
        out.long = long * 2 > n;
        out.ends = out.ends || column.such(&|v| ends(v) && !is_note(v, false, false)).is_some();
        out
    }

    /// Whether a text alone in its row is as they are.
    pub fn has(self, t: &str) -> bool {
        let t = t.trim();
        if is_note(t, false, false) {
            return self.marked && (self.ends || self.long);
        }
        if ends(t) {
            return self.ends;
        }
        let of_table = OF_TABLE.iter().any(|w| t.starts_with(w)) || (!self.colons && t.contains([':', '：'])) || classify(t).0 != Class::String;
        (self.long || self.ends) && !of_table
    }
}

/// Beginnings of what speaks of the table above it.
static OF_TABLE: &[&str] =
    &["本表", "上表", "该表", "以上", "上述", "表中", "表内", "截至", "截止", "统计口径", "统计范围", "填报", "审核", "制表", "This table", "These "];

/// A text that ends as a sentence does, however short it is.
fn ends(t: &str) -> bool {
    let t = t.trim_matches(|c: char| c.is_whitespace() || c == '"').trim_end_matches(['”', '」', '）', ')']);
    (t.ends_with(['。', '？', '！', '；', '?', '!']) && t.chars().count() > 3) || stopped(t)
}

/// A sentence, and no name: it has a stop or a sign of equation, or as many words as no name has.
fn sentence(t: &str) -> bool {
    let t = t.trim();
    let chars = t.chars().count();
    t.contains(['：', '。', '；', '='])
        || t.contains(": ")
        || t.contains("; ")
        || (t.ends_with('.') && t.contains(' ') && chars >= 10)
        || (chars >= 10 && !t.is_ascii() && t.chars().filter(|c| *c >= '\u{2E80}').count() * 2 > chars)
        || t.split_whitespace().count() >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_names() {
        for t in [
            "注：本表",
            "注:1",
            "注1：由于",
            "注 1. 由于口径调整",
            "备注：无",
            "资料来源：国家统计局",
            "数据来源于国家统计局",
            "Note: provisional",
            "Notes:",
            "NOTE 1: x",
            "Note 1. Figures",
            "Source: Eurostat",
            "Sources : INSEE",
            "* provisional",
            "*: break in series",
            "* p = provisional",
            "①含兵团。",
            "（注：含兵团）",
            "1. Figures are rounded.",
            "制表人 张三",
            "＊ 初步数",
            "Quelle: Destatis",
            "出典：総務省",
            "Fuente: INE",
            "** Figures before 2010 are not comparable with later ones",
        ] {
            assert!(is_note(t, false, false), "{t}");
        }
        for t in [
            "Note-lès-Bains",
            "Notes-sur-Mer",
            "Notre-Dame",
            "Notebook",
            "Sourceville",
            "Noteć",
            "*",
            "**",
            "***",
            "*北京市",
            "Source",
            "Note",
            "数据",
            "＊",
            "†",
            "①",
            "注册资本",
            "註冊資本",
            "注音",
            "说明书",
            "来源县",
            "来宾市",
            "备注册",
            "1.",
            "1.5",
            "Source-Seine",
            "Nota",
            "Fontenay",
            "新疆",
            "4",
            "制表机",
            "Legendre",
            "Remarkable",
            "周口市",
            "Saint Vincent and the Grenadines",
            "数据中心",
        ] {
            assert!(!is_note(t, false, false), "{t}");
        }
        assert!(is_note("　　　2.由于", true, true) && is_note("b = break in series", false, true) && !is_note("Note-lès-Bains", true, false));
        assert!(is_note("本表按常住人口统计不含港澳台", true, false) && !is_note("4", true, false) && !is_note("乌鲁木齐", true, false));
    }
}
