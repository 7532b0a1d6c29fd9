//! What members of the public write of themselves and of others: homes, accounts by which they can be reached, names without a word
//! before them. In a text of an office the same would be nothing.

use super::around::floor;
use super::names::NO_NAMES;
use super::{Kind, Sure, Trace, called, together};
use std::ops::Range;

fn han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Characters of an address.
fn of_address(c: char) -> bool {
    han(c) || c.is_alphanumeric() || matches!(c, '-' | '－' | '#')
}

/// Homes in a letter: a house and a room in it, or a number behind 住.
pub(super) fn homes(text: &str) -> Vec<Trace> {
    let mut out: Vec<Trace> = Vec::new();
    for (i, _) in text.match_indices(['室', '元', '幢', '栋', '号']) {
        if out.last().is_some_and(|t| i < t.at.end) {
            continue;
        }
        let from = text[..i].char_indices().rev().take(40).take_while(|(_, c)| of_address(*c)).last().map_or(i, |(k, _)| k);
        let to = i + text[i..].chars().take(24).take_while(|c| of_address(*c)).map(char::len_utf8).sum::<usize>();
        let part = &text[from..to];
        let lives = || {
            part.rfind('住').is_some_and(|k| {
                let place = &part[k + '住'.len_utf8()..];
                place.contains(['路', '街', '村', '巷', '弄', '组', '镇', '乡']) && place.chars().any(char::is_numeric) && together::is_home(place)
            })
        };
        if together::is_flat(part) || lives() {
            out.push(Trace { kind: Kind::Person, at: from..to, sure: Sure::Perhaps });
        }
    }
    out
}

/// Accounts in a letter: mail, 微信, QQ.
pub(super) fn accounts(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    for (i, _) in text.match_indices('@') {
        let from = text[..i].char_indices().rev().take(64).take_while(|(_, c)| name(*c)).last().map_or(i, |(k, _)| k);
        let host: usize = text[i + 1..].chars().take(64).take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).count();
        let to = i + 1 + text[i + 1..i + 1 + host].trim_end_matches('.').len();
        // Those of offices are meant for everybody.
        if from < i && text[i + 1..to].contains('.') && !text[i + 1..to].contains("gov") {
            out.push(from..to);
        }
    }
    for word in ["微信", "QQ", "qq", "WeChat", "wechat", "Wechat", "VX", "vx"] {
        for (i, _) in text.match_indices(word) {
            let tail = &text[i + word.len()..];
            let rest = tail.trim_start_matches(['号', '码', '：', ':', '为', '是', ' ', '\u{3000}']);
            let n = rest.bytes().take(30).take_while(|c| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-')).count();
            let from = text.len() - rest.len();
            let glued = text[..i].ends_with(|c: char| c.is_ascii_alphanumeric());
            if (5..=20).contains(&n) && !glued && rest[..n].bytes().any(|c| c.is_ascii_digit()) && !rest[n..].starts_with('@') {
                out.push(from..from + n);
            }
        }
    }
    out
}

/// Words for those who are near to the writer, before a name.
static KIN: &[&str] = &[
    "儿子",
    "女儿",
    "我爸",
    "我妈",
    "父亲",
    "母亲",
    "爸爸",
    "妈妈",
    "丈夫",
    "妻子",
    "老公",
    "老婆",
    "孩子",
    "孙子",
    "孙女",
    "爷爷",
    "奶奶",
    "外公",
    "外婆",
    "哥哥",
    "姐姐",
    "弟弟",
    "妹妹",
    "老师",
    "邻居",
    "投诉人",
    "反映人",
    "来信人",
    "举报人",
    "患者",
];
/// What is done by whoever is named before it.
static DONE: &[&str] = &["反映", "投诉", "举报", "求助", "来信", "来电"];
/// Words of three signs that begin as a name does.
static NO: &[&str] = &[
    "周末", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "张贴", "张罗", "许多", "谢谢", "陆续", "杜绝", "胡乱", "胡同", "陈旧", "宋体", "任意",
    "曾多",
];

/// The same of what a member of the public writes: with names that nothing but their place tells, and accounts of mail, 微信 and QQ.
pub fn veiled_letter(text: &str, known: &[String]) -> Option<String> {
    let mut found = called::called(text);
    found.extend(names(text));
    let names: Vec<String> = found.iter().map(|r| text[r.clone()].to_string()).chain(known.iter().cloned()).filter(|n| n.chars().count() > 1).collect();
    found.extend(names.iter().flat_map(|n| called::again(text, n)));
    found.extend(accounts(text));
    called::hidden(text, found)
}

/// A name of three signs, or of four behind a surname of two, that nothing but its form tells.
fn whole(word: &str) -> bool {
    let n = word.chars().count();
    n >= 3 && together::is_han_name(word) && called::of_person(word) && !NO_NAMES.iter().chain(NO).any(|w| word.starts_with(w))
}

/// Names in a letter that no word calls names: at the beginning, in brackets, behind a dash, at the end, behind 我爸.
pub(super) fn names(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let at = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let mut add = |part: &str| {
        if whole(part) {
            out.push(at(part)..at(part) + part.len());
        }
    };
    for (i, open) in text.match_indices(['（', '(']) {
        let inner = &text[i + open.len()..];
        add(inner.split(['）', ')']).next().unwrap_or("").trim());
    }
    for line in text.lines() {
        let bare = line.trim();
        add(bare.rsplit(['—', '－']).next().filter(|_| bare.contains(['—', '－'])).unwrap_or("").trim());
        // 李建国反映：
        for word in DONE {
            for (i, _) in bare.match_indices(word) {
                let before = &bare[..i];
                let start = before.char_indices().rev().nth(2).map_or(0, |(k, _)| k);
                let free = start == 0 || before[..start].ends_with(['室', '号', '户', '组', '村', '，', ',', '。', '：', ' ', '民']);
                add(if free { &before[start..] } else { "" });
            }
        }
    }
    // The last line, or what stands behind the last farewell.
    let last = text.trim_end().rsplit('\n').next().unwrap_or("").trim();
    add(last);
    for word in ["此致", "敬礼", "敬礼！"] {
        add(last.rsplit(word).next().filter(|_| last.contains(word)).unwrap_or("").trim());
    }
    for word in KIN {
        for (i, _) in text.match_indices(word) {
            let rest = &text[i + word.len()..];
            let rest = rest.trim_start_matches(['：', ':']);
            let end = rest.char_indices().nth(3).map_or(rest.len(), |(k, _)| k);
            add(&rest[..end]);
        }
    }
    out
}

/// How certain something is that a member of the public writes of himself: a card behind 卡, an old number behind 证, an illness behind 我是.
pub(super) fn own(text: &str, t: &Trace) -> bool {
    let before = &text[floor(text, t.at.start.saturating_sub(30))..t.at.start];
    match t.kind {
        Kind::Card => before.contains('卡'),
        Kind::Id => before.contains('证') && !before.contains(['编', '案']),
        Kind::Person => before.trim_end().ends_with(['我', '是']) || text[t.at.clone()].trim_start().starts_with("我是"),
        _ => false,
    }
}
