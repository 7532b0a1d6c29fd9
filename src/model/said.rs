//! What a policy says of being in force in its own words: of itself (（已废止）, 本办法自2099年1月1日起施行) and of others
//! (《甲办法》同时废止). Words are no status: where the head does not say the same, nothing is claimed.

use super::{Item, State, Unsure, edition_of};
use crate::load::dates::leading_date;
use crate::load::{Doc, Moment, validity_of};
use jiff::civil::Date;
use memchr::memmem::Finder;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// Where it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// In the text: bytes of the file.
    Text(Range<usize>),
    /// In a field of the head.
    Key(&'static str),
}

/// What is said that does not go with being in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is repealed, over or no longer applied, or another text took its place.
    Over,
    /// It is a draft for opinions.
    Draft,
    /// It takes effect on a day.
    From(Date),
    /// The day of effect is left for later.
    Open,
}

/// All that a policy says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Of itself.
    pub own: Vec<(Standing, Stands)>,
    /// Titles of what it says is repealed.
    pub ends: Vec<(Box<str>, Stands)>,
}

/// Most titles that a text may name as repealed.
const TITLES: usize = 2_000;
/// What a document calls itself.
static ITSELF: &[&str] = &[
    "文件", "办法", "规定", "通知", "意见", "细则", "方案", "政策", "措施", "公告", "决定", "条例", "标准", "通告", "规则", "规程", "规范", "指引", "指南",
    "制度", "规章", "文", "法", "件", "实施", "暂行", "若干",
];
/// A state that stands alone.
static STATES: &[&str] = &[
    "废止",
    "已废止",
    "已被废止",
    "失效",
    "已失效",
    "已经失效",
    "宣布失效",
    "已宣布失效",
    "停止执行",
    "已停止执行",
    "停止施行",
    "作废",
    "已作废",
    "已修改",
    "已被修改",
    "已修订",
    "已被修订",
    "已被代替",
    "已被替代",
    "全文废止",
    "全文失效",
    "部分失效",
    "部分废止",
    "不再执行",
    "无效",
    "已过期",
];
/// Ends of titles of what is not adopted yet.
static DRAFTS: &[&str] = &["征求意见稿", "草案", "讨论稿", "送审稿", "报批稿", "审议稿"];

impl Said {
    /// Reads an item of which all else is known.
    pub(super) fn of(item: &Item) -> Said {
        let mut out = Said::default();
        let doc = item.doc();
        for e in item.written() {
            if let Some(s) = title(&e.title) {
                out.own.push((s, Stands::Key("title")));
            }
            if e.summary.as_deref().is_some_and(over) {
                out.own.push((Standing::Over, Stands::Key("summary")));
            }
        }
        if item.keywords.iter().any(|k| k.starts_with('已') && STATES.contains(&k.trim())) {
            out.own.push((Standing::Over, Stands::Key("keywords")));
        }
        if item.changes.iter().any(|c| over(&c.note)) {
            out.own.push((Standing::Over, Stands::Key("changes")));
        }
        for e in item.written().take(1) {
            named(&e.title, |t, _| out.ends.push((t.into(), Stands::Key("title"))));
        }
        text(doc, &mut out);
        out
    }
}

/// What of it stands against being in force on a day, where the head tells nothing of it.
pub fn doubt(item: &Item, as_of: Date) -> Option<&(Standing, Stands)> {
    let head = item.effective;
    item.policy()?.said.own.iter().find(|(s, _)| match s {
        Standing::Over | Standing::Draft => true,
        // By the one it has begun, by the other not yet.
        Standing::From(d) => head.map_or(*d > as_of, |e| (*d > as_of) != (e > as_of) && other(item, *d, e)),
        Standing::Open => head.is_none(),
    })
}

/// The day on which the text says that the document takes effect, and that of its head, where they are two.
pub fn two_days(item: &Item) -> Option<(Date, Date, &Stands)> {
    let head = item.effective?;
    item.policy()?.said.own.iter().find_map(|(s, place)| match s {
        Standing::From(d) if other(item, *d, head) => Some((*d, head, place)),
        _ => None,
    })
}

/// Whether the day of the text contradicts that of the head. The text of a law that was amended later keeps its first day of effect,
/// which lies before the day of this edition.
fn other(item: &Item, said: Date, head: Date) -> bool {
    said > head || said < head && item.formed.or(item.day()).is_some_and(|made| said >= made)
}

/// Policies that others, which have begun, say are repealed: their places in the list, who says it, and where.
pub fn ended(items: &[Arc<Item>], now: Moment) -> Vec<(usize, &Arc<Item>, &Stands)> {
    let seen = |i: &Item| !matches!(State::of(i, now), State::Draft | State::Scheduled | State::Withdrawn);
    let began = |i: &Item| i.effective.or(i.day()).is_none_or(|d| d <= now.date);
    let mut titles: FxHashMap<&str, Vec<(&Arc<Item>, &Stands)>> = FxHashMap::default();
    for item in items {
        let Some(p) = item.policy().filter(|p| !p.said.ends.is_empty() && seen(item) && began(item)) else { continue };
        for (title, place) in &p.said.ends {
            titles.entry(title).or_default().push((item, place));
        }
    }
    let mut out = Vec::new();
    if titles.is_empty() {
        return out;
    }
    for (i, item) in items.iter().enumerate().filter(|(_, i)| i.policy().is_some() && seen(i)) {
        // A text of the same title that is younger is no part of what was repealed.
        let older = |by: &Item| {
            matches!((item.formed.or(item.day()), by.formed.or(by.day())), (Some(a), Some(b)) if a < b) || item.day().is_none() || by.day().is_none()
        };
        // Editions of one law follow each other: their order tells which is in force.
        let edition = |by: &Item| edition_of(item).is_some() && edition_of(by) == edition_of(item);
        let told = item.written().filter_map(|e| titles.get(e.title.as_str())).flatten().find(|(by, _)| by.id != item.id && older(by) && !edition(by));
        out.extend(told.map(|(by, place)| (i, *by, *place)));
    }
    out
}

/// Adds what cannot be said of the items of a site because of words in them.
pub(super) fn doubts(items: &[Arc<Item>], now: Moment, unsure: &mut BTreeMap<Arc<str>, Unsure>) {
    for item in items.iter().filter(|i| doubt(i, now.date).is_some()) {
        unsure.entry(item.id.clone()).or_insert(Unsure::Said);
    }
    for (i, ..) in ended(items, now) {
        unsure.entry(items[i].id.clone()).or_insert(Unsure::Said);
    }
}

/// What a title says in brackets at its beginning or end, or behind a stroke at its end.
fn title(title: &str) -> Option<Standing> {
    const OPEN: [char; 5] = ['（', '(', '【', '[', '〔'];
    const CLOSE: [char; 5] = ['）', ')', '】', ']', '〕'];
    let t = title.trim();
    let last = t.strip_suffix(CLOSE).and_then(|r| Some(&r[r.rfind(OPEN)?..])).map(|r| r.trim_start_matches(OPEN).trim());
    let first = t.strip_prefix(OPEN).and_then(|r| Some(r[..r.find(CLOSE)?].trim()));
    let behind = t.rsplit_once(['-', '—', '_', '|', '｜', '：', ':', ' ', '\u{3000}']).map(|(_, r)| r.trim());
    // Lists of what was repealed say so of others.
    let list = ["目录", "清单", "名单", "一览"].iter().any(|w| t.contains(w));
    let state = |w: &str| STATES.contains(&w) || w.len() <= 60 && (over(w) || w.starts_with('已') && ended_word(w));
    if !list && ([first, last].into_iter().flatten().any(state) || behind.is_some_and(|w| w != t && STATES.contains(&w))) {
        return Some(Standing::Over);
    }
    last.is_some_and(|w| DRAFTS.iter().any(|d| w.ends_with(d))).then_some(Standing::Draft)
}

fn ended_word(w: &str) -> bool {
    ["废止", "失效", "停止执行", "停止施行", "作废", "不再执行", "不再施行", "取代", "代替", "替代"].iter().any(|e| w.contains(e))
}

/// A line or sentence says that the document itself is over: 本办法已于2022年1月1日废止.
fn over(text: &str) -> bool {
    if !text.contains('已') {
        return false;
    }
    ["本", "此"].iter().any(|h| {
        text.match_indices(h).any(|(i, _)| {
            let rest = &text[i + h.len()..];
            let Some(word) = ITSELF.iter().find(|w| rest.starts_with(**w)) else { return false };
            let rest = &rest[word.len()..];
            let Some(at) = rest.find('已').filter(|at| rest[..*at].chars().count() <= 12) else { return false };
            let clause = &rest[at..rest[at..].find(['。', '；', '\n', '，', ',']).map_or(rest.len(), |e| at + e)];
            let said = ["废止", "失效", "停止执行", "停止施行", "作废", "不再执行", "不再施行", "取代", "代替", "替代"]
                .iter()
                .filter_map(|w| Some(&clause[clause.rfind(w)? + w.len()..]))
                .any(|behind| !behind.starts_with(['的', '前', '后', '之', '或', '、']));
            said && !rest[..at].contains(['《', '。', '，', '；', '第'])
        })
    })
}

/// A line without its signs.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || "*_#>-|（）()【】[]。〔〕".contains(c))
}

/// Words without one of which no line says that a text is over.
static OVER: LazyLock<[Finder<'static>; 11]> =
    LazyLock::new(|| ["废止", "失效", "停止", "作废", "无效", "修改", "不再", "代替", "取代", "替代", "过期"].map(Finder::new));

static FROM: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("日起"));
static APART: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("另行"));
static ENDED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("废止"));

/// One line near the beginning or end of a text, where it has one of the words that the text has.
fn line_over(line: &str, words: &[&Finder<'_>]) -> bool {
    if line.len() > 600 || !words.iter().any(|w| w.find(line.as_bytes()).is_some()) {
        return false;
    }
    let plain = bare(line);
    if STATES.contains(&plain) && plain != "修改" {
        return true;
    }
    let flat: String = plain.chars().filter(|c| !"*_【】 \u{3000}".contains(*c)).collect();
    let label = ["时效性", "状态", "效力状态", "有效性", "效力", "时效", "法律状态", "文件状态", "时效状态"];
    let pair = flat.split_once(['：', ':', '|']).or_else(|| line.split_once('】').map(|(l, v)| (l.trim_start_matches(['【', ' ', '*']), v)));
    if pair.is_some_and(|(l, v)| label.contains(&l) && validity_of(l, v.trim_matches('|')).is_some()) {
        return true;
    }
    over(plain)
}

fn text(doc: &Doc, out: &mut Said) {
    let (body, base) = (doc.body(), doc.body.start);
    let place = |line: &str| {
        let at = line.as_ptr() as usize - body.as_ptr() as usize;
        Stands::Text(base + at..base + at + line.len())
    };
    let first = body.lines().filter(|l| !l.trim().is_empty()).take(12);
    let last = body.rsplit('\n').filter(|l| !l.trim().is_empty()).take(8);
    let bytes = body.as_bytes();
    // Most texts have none of the words: their lines are not looked at.
    let words: Vec<&Finder<'_>> = OVER.iter().filter(|w| w.find(bytes).is_some()).collect();
    if !words.is_empty()
        && let Some(line) = first.chain(last).find(|l| line_over(l, &words))
    {
        out.own.push((Standing::Over, place(line.trim())));
    }
    let sentence = |at: usize| body[..at].rfind(['。', '；', '\n']).map_or(0, |i| i + body[i..].chars().next().map_or(1, char::len_utf8));
    let mut from = None;
    for at in FROM.find_iter(bytes) {
        let behind = body[at + "日起".len()..].trim_start_matches("正式");
        if !["施行", "执行", "实施", "生效", "试行"].iter().any(|w| behind.starts_with(w)) {
            continue;
        }
        let start = sentence(at);
        let Some(own) = body[start..at].rfind('自') else { continue };
        let subject = &body[start..start + own];
        let Some((day, rest)) = leading_date(body[start + own + "自".len()..].trim_start()) else { continue };
        if rest.trim_start().starts_with('起') && whole(subject) {
            from = Some((Standing::From(day), Stands::Text(base + start..base + at + "日起".len())));
        }
    }
    out.own.extend(from);
    for at in APART.find_iter(bytes) {
        let start = sentence(at);
        let (before, behind) = (body[start..at].trim_end_matches('由').trim_end(), &body[at + "另行".len()..]);
        let day = ["施行日期", "实施日期", "生效日期", "施行时间", "实施时间", "执行时间", "生效时间"].iter().find(|w| before.ends_with(**w));
        let Some(word) = day else { continue };
        if ["通知", "公布", "规定", "确定", "发布", "公告"].iter().any(|w| behind.starts_with(w)) && whole(&before[..before.len() - word.len()]) {
            out.own.push((Standing::Open, Stands::Text(base + start..base + at)));
            break;
        }
    }
    named(body, |title, at| out.ends.push((title.into(), Stands::Text(base + at.start..base + at.end))));
    out.ends.truncate(TITLES);
}

/// The subject of a sentence about taking effect is the document as a whole.
fn whole(subject: &str) -> bool {
    let s = subject.trim_matches(|c: char| c.is_whitespace() || "*_#>-".contains(c));
    let s = match s.strip_prefix('第').and_then(|r| r.split_once('条')) {
        Some((n, rest)) if n.chars().count() <= 8 => rest.trim_start_matches(|c: char| c.is_whitespace() || c == '*'),
        _ => s.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十（）()、.．".contains(c)),
    };
    let s = s.trim().trim_end_matches(['，', '的']);
    s.is_empty() || s.starts_with('本') && s.chars().count() <= 24 && !s.contains(['第', '，', '《']) && ITSELF.iter().any(|w| s.contains(w))
}

/// Titles that a text says are repealed, each with the place of its sentence.
fn named(text: &str, mut tell: impl FnMut(&str, Range<usize>)) {
    let mut told = 0;
    for at in ENDED.find_iter(text.as_bytes()) {
        let end = at + "废止".len();
        let start = text[..at].rfind(['。', '；', '\n']).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
        let (before, after) = (&text[start..at], &text[end..]);
        if before.len() > 6_000 || told >= TITLES {
            continue;
        }
        // What is asked, planned or a matter of conditions is not done.
        let open = ["拟", "建议", "征求", "草案", "论证", "评估", "申请", "是否", "如果", "未", "不予", "应当", "可以"];
        if open.iter().any(|w| before.match_indices(w).any(|(i, _)| outside(before, i))) || before.trim_end().ends_with(['不', '、', '或', '和']) {
            continue;
        }
        let mut titles = forward(after.trim_start_matches(['了', '：', ' ']));
        if titles.is_empty() && !after.starts_with(['的', '、', '或', '和', '之', '前', '后']) {
            titles = backward(before);
        }
        for t in titles {
            told += 1;
            tell(t, start..end);
        }
    }
}

/// A place in no title: 未成年人 in 《未成年人保护条例》 denies nothing.
fn outside(text: &str, at: usize) -> bool {
    text[..at].matches('《').count() <= text[..at].matches('》').count()
}

/// `《甲》（…号）、《乙》` at the beginning.
fn forward(mut s: &str) -> Vec<&str> {
    let mut out = Vec::new();
    while let Some(rest) = s.strip_prefix('《') {
        let Some((title, rest)) = rest.split_once('》') else { break };
        out.push(title.trim());
        let rest = rest.trim_start();
        let rest = rest.strip_prefix(['（', '(']).and_then(|r| Some(r.split_once(['）', ')'])?.1)).unwrap_or(rest);
        let next = rest.trim_start_matches(['、', '和', '与', '及', '以', '，', ' ']);
        if next.len() == rest.len() {
            break;
        }
        s = next;
    }
    out
}

/// The same before a verb: `《甲》（…号）、《乙》同时`.
fn backward(s: &str) -> Vec<&str> {
    const WORDS: &[&str] = &[
        "同时",
        "即行",
        "予以",
        "现予",
        "相应",
        "均",
        "一并",
        "即",
        "也",
        "决定",
        "宣布",
        "全文",
        "现",
        "并",
        "，",
        ",",
        " ",
        "\u{3000}",
        "停止执行",
        "被",
        "已",
        "随之",
    ];
    let mut s = s;
    loop {
        let t = WORDS.iter().find_map(|w| s.strip_suffix(w));
        // 自本办法施行之日起, 于2022年1月1日.
        let when = || {
            let cut = if s.ends_with('起') {
                s.rfind('自')?
            } else if s.ends_with('日') {
                s.rfind('于')?
            } else {
                return None;
            };
            (s.len() - cut <= 90 && !s[cut..].contains('》')).then(|| &s[..cut])
        };
        match t.or_else(when) {
            Some(t) => s = t,
            None => break,
        }
    }
    let mut out = Vec::new();
    loop {
        let inner = s.trim_end();
        let inner = inner.strip_suffix(['）', ')']).and_then(|r| Some(r.rsplit_once(['（', '('])?.0)).unwrap_or(inner).trim_end();
        let Some((rest, title)) = inner.strip_suffix('》').and_then(|r| r.rsplit_once('《')) else { break };
        out.push(title.trim());
        let next = rest.trim_end_matches(['、', '和', '与', '及', '以', '，', ' ']);
        if next.len() == rest.len() {
            break;
        }
        s = next;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_lines_that_say_it_is_over() {
        for t in [
            "甲办法（已废止）",
            "甲办法（失效）",
            "甲办法【废止】",
            "（已废止）甲办法",
            "甲办法(已失效)",
            "甲办法（停止执行）",
            "[废止]甲办法",
            "甲办法（宣布失效）",
            "甲办法（已于2022年废止）",
        ] {
            assert_eq!(title(t), Some(Standing::Over), "{t}");
        }
        assert_eq!(title("甲办法（征求意见稿）"), Some(Standing::Draft));
        for t in [
            "甲办法",
            "关于废止《甲办法》的决定",
            "继续有效、废止和失效的文件目录（失效）",
            "甲办法（试行）",
            "关于公布废止（失效）文件的通知",
            "甲办法（2022年修订）",
        ] {
            assert_eq!(title(t), None, "{t}");
        }
        for l in [
            "（本文件已废止）",
            "【已废止】",
            "本办法已于2022年1月1日废止。",
            "注：本文已被甲统发〔2022〕3号废止",
            "（此文件已失效）",
            "时效性：已废止",
            "**状态**：失效",
            "效力状态：已废止",
            "【时效性】失效",
            "| 时效性 | 已废止 |",
        ] {
            assert!(line_over(l, &OVER.iter().collect::<Vec<_>>()), "{l}");
        }
        for l in [
            "本办法自2020年1月1日起施行。《甲办法》同时废止。",
            "时效性：现行有效",
            "本办法已废止的条款不再适用，依照新规定。",
            "许可证已失效的，应当交回。",
            "本规定施行前已失效的合同，依照原规定。",
            "第三条 本法已被修改的条文",
        ] {
            assert!(!line_over(l, &OVER.iter().collect::<Vec<_>>()), "{l}");
        }
    }

    #[test]
    fn titles_that_are_named_as_repealed() {
        let all = |t: &str| {
            let mut out = Vec::new();
            named(t, |t, _| out.push(t.to_string()));
            out
        };
        assert_eq!(all("关于废止《乙省征收办法》的决定"), ["乙省征收办法"]);
        assert_eq!(all("本办法自2020年1月1日起施行。《甲办法》同时废止。"), ["甲办法"]);
        assert_eq!(all("现将《甲》（甲政发〔2010〕1号）、《乙》予以废止"), ["乙", "甲"]);
        assert_eq!(all("决定废止《甲》和《乙》。"), ["甲", "乙"]);
        assert_eq!(all("《甲市未成年人保护条例》同时废止。"), ["甲市未成年人保护条例"]);
        assert_eq!(all("2001年公布的《甲》自本办法施行之日起废止。"), ["甲"]);
        for t in ["拟废止《甲》", "《甲》未废止", "《甲》废止前已受理的", "关于《甲》修改、废止的说明", "征求废止《甲》意见"]
        {
            assert!(all(t).is_empty(), "{t}");
        }
    }
}
