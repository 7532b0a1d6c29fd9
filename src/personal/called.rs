//! Names by which people call themselves, or are called, in letters: 我叫张三; 张三先生：您好.

use super::names::{NO_NAMES, SURNAMES};
use std::ops::Range;

/// Words behind which somebody's name stands.
static BEFORE: &[&str] = &[
    "我叫",
    "我的名字是",
    "我的名字叫",
    "姓名：",
    "姓名:",
    "姓名是",
    "来信人：",
    "来信人:",
    "写信人：",
    "投诉人：",
    "投诉人:",
    "咨询人：",
    "咨询人:",
    "联系人：",
    "联系人:",
    "反映人：",
    "落款：",
    "名叫",
];
/// Words before which somebody's name stands.
static BEHIND: &[&str] = &["先生", "女士", "小姐", "同志", "同学"];
/// What may follow a name without a sign between.
static ON: &str = "是家住今现想要在来于有，";

fn han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn name(word: &str) -> bool {
    let n = word.chars().count();
    (2..=3).contains(&n) && word.starts_with(|c| SURNAMES.contains(c)) && !NO_NAMES.iter().any(|w| word.starts_with(w))
}

/// Where names stand.
pub fn called(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for b in BEFORE {
        for (at, _) in text.match_indices(b) {
            let from = at + b.len();
            let run: Vec<(usize, char)> = text[from..].char_indices().take_while(|(_, c)| han(*c)).take(5).collect();
            let end = |n: usize| run.get(n).map_or_else(|| run.last().map_or(from, |(i, c)| from + i + c.len_utf8()), |(i, _)| from + i);
            // To the end of the words, or to one that goes on.
            let n = (2..=3).rev().find(|n| run.len() == *n || run.len() > *n && ON.contains(run[*n].1));
            if let Some(n) = n.filter(|n| name(&text[from..end(*n)])) {
                out.push(from..end(n));
            }
        }
    }
    for b in BEHIND {
        for (at, _) in text.match_indices(b) {
            let before: Vec<(usize, char)> = text[..at].char_indices().rev().take_while(|(_, c)| han(*c)).take(4).collect();
            // 尊敬的张三先生
            let n = before.iter().position(|(_, c)| *c == '的').unwrap_or(before.len());
            let Some((from, _)) = n.checked_sub(1).and_then(|n| before.get(n)).copied() else { continue };
            if name(&text[from..at]) {
                out.push(from..at);
            }
        }
    }
    out.sort_by_key(|r| r.start);
    out.dedup_by(|b, a| b.start < a.end);
    out
}

/// The text with such names hidden but for their first sign: 张*.
pub fn veiled(text: &str) -> Option<String> {
    let found = called(text);
    if found.is_empty() {
        return None;
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for r in found {
        let mut signs = text[r.clone()].chars();
        out.push_str(&text[at..r.start]);
        out.extend(signs.next());
        signs.for_each(|_| out.push('*'));
        at = r.end;
    }
    out.push_str(&text[at..]);
    Some(out)
}

/// Ends of words that are offices, roles or places, whatever they begin with.
static OFFICES: &str = "科股处室局办委厅部队站所中心会院馆镇乡村街道区县市省司公台网校组社厦";

/// A person's name in place of an office or role: 张三, 李四科长.
pub fn person(text: &str) -> bool {
    let text = text.trim();
    if !text.chars().all(|c| han(c) || c == ' ') || !text.starts_with(|c| SURNAMES.contains(c)) {
        return false;
    }
    let roles = ["科长", "处长", "局长", "主任", "股长", "所长", "站长", "同志", "先生", "女士", "老师"];
    let tight: String = text.chars().filter(|c| *c != ' ').collect();
    let alone = roles.iter().find_map(|r| tight.strip_suffix(r)).filter(|n| !n.is_empty() && n.chars().count() <= 3);
    match alone {
        Some(n) => !n.ends_with(|c| OFFICES.contains(c)),
        None => name(&tight) && !tight.ends_with(|c| OFFICES.contains(c) || c == '长' || c == '员'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_letters() {
        for (text, out) in [
            ("我叫张三，家住城南", "我叫张*，家住城南"),
            ("我叫张三丰是本市居民", "我叫张**是本市居民"),
            ("张三先生：您好！", "张*先生：您好！"),
            ("尊敬的李小明同志，您好", "尊敬的李**同志，您好"),
            ("姓名：王五", "姓名：王*"),
        ] {
            assert_eq!(veiled(text).as_deref(), Some(out));
        }
        for text in ["张先生您好", "我是张家港人", "网友先生", "王女士：您好", "名叫安全生产的文件", "联系人：综合科", "优待证怎么办"]
        {
            assert_eq!(veiled(text), None, "{text}");
        }
        assert!(person("张三") && person("李小明") && person("王科长") && person("李小明 主任"));
        assert!(!person("养老服务科") && !person("高新区") && !person("石化科") && !person("科长") && !person("张店区") && !person("Civil affairs"));
    }
}
