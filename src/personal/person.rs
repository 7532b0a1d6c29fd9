//! A person's name beside an address or an illness: 姓名：张三，住址：福建省莆田市……

use super::around::{floor, left};
use super::ills::{DISEASE, DISEASES};
use super::names::{NO_NAMES, SURNAMES};
use super::signs::unmarked;
use super::words::{Look, Search, any_of};
use super::{Kind, Seen, Sure, together};
use memchr::memmem::Finder;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

static NAME: LazyLock<[Finder<'static>; 1]> = LazyLock::new(|| [Finder::new("姓名")]);
static PLACES: &[&str] = &["住址", "家庭地址", "户籍地", "户籍所在地", "居住地", "现住", "家住", "住所地", "戶籍", "居住地址", "地址"];
/// Before 地址: it is that of an office.
static OFFICES: &[&str] = &[
    "单位", "办公", "公司", "企业", "经营", "注册", "机构", "工作", "办事", "网站", "网络", "电子", "邮箱", "联系", "培训", "报名", "考试", "IP", "项目",
    "审批",
];
static ILLS: &[&str] = &["病种", "病情", "患有", "疾病名称", "疾病", "病名", "诊断", "残疾类别", "残疾等级", "致贫原因"];

/// Bytes behind a marker in which a name has to stand.
const WINDOW: usize = 160;

fn han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Whatever one of the searches of [`scan`] begins with: most cells and lines have none of it. Behind these come the illnesses.
static SIGNS: [&str; 25] = [
    "姓名",
    "患",
    "确诊",
    "诊断",
    "ame:",
    "icant:",
    "tient:",
    "inant:",
    "imant:",
    "ioner:",
    "enant:",
    "ident:",
    "-|",
    "- |",
    ":|",
    ": |",
    "住",
    "地址",
    "户籍",
    "戶籍",
    "坐落",
    "此致",
    "单元",
    "被害人",
    "受害人",
];
pub(super) static ANY: LazyLock<Option<Search>> = LazyLock::new(|| any_of(SIGNS.into_iter().chain(DISEASES.iter().copied())));

/// Whether an illness is among what [`ANY`] found.
pub(super) fn ill_among(bits: u128) -> bool {
    bits >> SIGNS.len() != 0
}

pub(super) fn scan(text: &str, look: &Look, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    // 赵强 癌症; most cells are shorter, or figures and codes.
    if b.len() < 24 && (b.len() < 13 || text.is_ascii()) {
        return;
    }
    // What is not in the text is not looked for: nearly every text with a table or a home in it has little else of this.
    let told = if look.persons == 0 { Vec::new() } else { marked(text, look, found) };
    // After what is certain.
    if let Some((at, sure)) = listed(text).filter(|(at, _)| !told.iter().any(|t| t.start < at.end && at.start < t.end)) {
        found(Seen { kind: Kind::Person, at, proof: true, old: false, bare: false, glued: false, among: false, weak: sure == Sure::Perhaps });
    }
}

/// What is found by its words: the places of all.
fn marked(text: &str, look: &Look, found: &mut dyn FnMut(Seen)) -> Vec<Range<usize>> {
    let b = text.as_bytes();
    let has = |sign: &str| SIGNS.iter().position(|s| *s == sign).is_none_or(|k| look.persons >> k & 1 != 0);
    let seen = |at| Seen { kind: Kind::Person, at, proof: true, old: false, bare: false, glued: false, among: false, weak: false };
    let mut until = 0;
    let mut told: Vec<Range<usize>> = Vec::new();
    for from in NAME.iter().filter(|_| has("姓名")).flat_map(|name| name.find_iter(b)) {
        if from < until {
            continue;
        }
        if let Some(end) = person(text, from).or_else(|| head(text, from)) {
            until = end;
            told.push(from..end);
            found(seen(from..end));
        }
    }
    let mut perhaps = |at, sure| found(Seen { weak: sure == Sure::Perhaps, ..seen(at) });
    let free = |told: &[Range<usize>], from: usize| !told.iter().rev().take(8).any(|t| t.contains(&from));
    for marker in ILL_MARKS.iter().filter(|(_, sign)| has(sign)).map(|(m, _)| m) {
        for from in marker.find_iter(b).filter(|f| *f > 0) {
            let window = floor(text, from.saturating_sub(300));
            let start = text[window..from].rfind(['\n', '。', '；']).map(|i| window + i);
            if free(&told, from)
                && free(&told, start.map_or(0, |i| i + 1))
                && let Some(end) = ill(text, from, marker.needle().len())
            {
                told.push(from..end);
                perhaps(from..end, Sure::Yes);
            }
        }
    }
    for m in DISEASE.iter().flat_map(|d| d.find_from(text, look.ills)) {
        if free(&told, m.start())
            && let Some((at, sure)) = diseased(text, m.start()..m.end())
            && free(&told, at.start)
        {
            told.push(at.clone());
            perhaps(at, sure);
        }
    }
    for ((finder, sign), before) in ENGLISH.iter().filter(|((_, sign), _)| has(sign)) {
        let mut done = 0;
        for from in finder.find_iter(b).filter(|f| *f >= before.len()) {
            let begins = text.get(from - before.len()..from).is_some_and(|t| t.eq_ignore_ascii_case(before));
            if from >= done
                && begins
                && let Some((end, sure)) = english(text, from + sign.len())
            {
                done = end;
                perhaps(from - before.len()..end, sure);
            }
        }
    }
    // A rule has several of the signs; what its table is, is asked once.
    let mut asked = BTreeSet::new();
    for finder in RULES.iter().filter(|(_, sign)| has(sign)).map(|(f, _)| f) {
        let mut done = 0;
        for rule in finder.find_iter(b) {
            if rule < done {
                continue;
            }
            done = rule + memchr::memchr(b'\n', &b[rule..]).unwrap_or(text.len() - rule);
            if asked.insert(done)
                && let Some((at, sure)) = together::markdown(text, rule)
                && !told.iter().any(|t| at.contains(&t.start))
            {
                told.push(at.clone());
                perhaps(at, sure);
            }
        }
    }
    for word in HOMES.iter().filter(|(_, sign)| has(sign)).map(|(w, _)| w) {
        let len = word.needle().len();
        for from in word.find_iter(b) {
            if told.iter().rev().take(8).any(|t| t.contains(&from)) {
                continue;
            }
            if let Some(end) = lives(text, from, len).or_else(|| dwells(text, from, len)) {
                told.push(from..end);
                perhaps(from..end, Sure::Yes);
            }
        }
    }
    // What somebody owns is told in notices by law: somebody should look.
    for from in memchr::memmem::find_iter(if has("坐落") { b } else { &[] }, "坐落") {
        if let Some(end) = lives(text, from, "坐落".len()).filter(|_| free(&told, from)) {
            told.push(from..end);
            perhaps(from..end, Sure::Perhaps);
        }
    }
    // 王建国（泉城花园3号楼2单元501室）
    for from in memchr::memmem::find_iter(if has("单元") { b } else { &[] }, "单元") {
        if let Some(at) = housed(text, from).filter(|at| free(&told, at.start) && free(&told, from)) {
            told.push(at.clone());
            perhaps(at, Sure::Perhaps);
        }
    }
    for word in ["被害人", "受害人"] {
        for from in memchr::memmem::find_iter(if has(word) { b } else { &[] }, word) {
            if let Some(end) = child(text, from + word.len()).filter(|_| free(&told, from)) {
                told.push(from..end);
                perhaps(from..end, Sure::Perhaps);
            }
        }
    }
    for from in memchr::memmem::find_iter(if has("此致") { b } else { &[] }, "此致") {
        if let Some(at) = signed(text, from).filter(|at| free(&told, at.start)) {
            told.push(at.clone());
            perhaps(at, Sure::Yes);
        }
    }
    told
}

/// A name right before a flat, in brackets or behind a blank: its place to the end of the flat.
fn housed(text: &str, unit: usize) -> Option<Range<usize>> {
    let window = floor(text, unit.saturating_sub(90));
    let before = &text[window..unit];
    let line = before.rfind(['\n', '。', '；', '，', '、']).map_or(window, |i| window + i + before[i..].chars().next().map_or(1, char::len_utf8));
    let open = text[line..unit].rfind(['（', '(', ' ', '\u{3000}', '|', '：', ':']).map(|i| line + i)?;
    let start = open + text[open..].chars().next().map_or(1, char::len_utf8);
    let rest = &text[start..floor(text, unit + 60)];
    let home = &rest[..rest.find(['）', ')', '\n', '。', '，', ',', '；', '|', ' ']).unwrap_or(rest.len())];
    if !together::is_home(home) {
        return None;
    }
    let head = text[line..open].trim_end_matches([' ', '\u{3000}', '（', '(', '|', '：', ':', '*']);
    let word = head.rsplit(|c: char| !han(c)).next().unwrap_or("");
    let bare = ROLES.iter().filter_map(|r| word.strip_prefix(r)).min_by_key(|w| w.len()).unwrap_or(word);
    together::is_han_name(bare).then(|| line + head.len() - bare.len()..start + home.len())
}

/// Most lines of a text that are looked at for a list of homes.
const LISTED: usize = 2_000;
/// Longest line of such a list, in bytes.
const LONG_LINE: usize = 600;

/// How homes end.
static LAST: LazyLock<[memchr::memmem::Finder<'static>; 3]> = LazyLock::new(|| ["室", "组", "号"].map(memchr::memmem::Finder::new));

/// A list without a head: lines (two people in one, perhaps) of a name with a home some cells behind it, or of a name with the home in
/// the next line. The first of them; three are a list, two may be.
fn listed(text: &str) -> Option<(Range<usize>, Sure)> {
    let b = text.as_bytes();
    let mut asked = BTreeSet::new();
    let (mut n, mut lived) = (0, 0);
    let mut first: Option<Range<usize>> = None;
    for word in LAST.iter() {
        // The end of the line that was looked at last: a long line may have a hundred thousand of them.
        let mut done = 0;
        for at in word.find_iter(b) {
            if at < done || at == 0 || !b[at - 1].is_ascii_digit() {
                continue;
            }
            let start = memchr::memrchr(b'\n', &b[..at]).map_or(0, |i| i + 1);
            let end = memchr::memchr(b'\n', &b[at..]).map_or(b.len(), |i| at + i);
            done = end;
            if end - start > LONG_LINE || asked.len() >= LISTED || !asked.insert(start) {
                continue;
            }
            for (at, home) in homed(text, start..end) {
                n += 1;
                lived += usize::from(text[home].contains(['室', '组', '村', '幢', '栋', '弄', '元']));
                if first.as_ref().is_none_or(|f| at.start < f.start) {
                    first = Some(at);
                }
            }
        }
    }
    // Streets and numbers alone may be where somebody works.
    let sure = if (n >= 3 || lived == n) && lived * 2 >= n { Sure::Yes } else { Sure::Perhaps };
    // A cell, a line of a list: its column tells the rest. A line of a text, where nothing stands between the two.
    let joined = |at: &Range<usize>| {
        let part = text[at.clone()].split(['，', ',']).next().unwrap_or("");
        text[at.clone()].split(['，', ',']).count() == 2 && part.chars().filter(|c| han(*c)).count() >= 3
    };
    let alone = n == 1 && lived == 1 && (!text.trim_end().contains('\n') || first.as_ref().is_some_and(joined));
    first.filter(|_| n >= 2 || alone).map(|at| (at, if alone { Sure::Perhaps } else { sure }))
}

/// The homes of a line with the names before them: the place of both, and that of the home.
fn homed(text: &str, line: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let parts = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；' | '|' | '\u{3000}');
    let place = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let name = |part: &str| short_name(part.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '．' | '-' | '*' | '(' | ')' | '（' | '）')));
    let cells: Vec<&str> = text[line.clone()].split(parts).filter(|c| !c.is_empty()).take(60).collect();
    let mut out = Vec::new();
    let mut from = 0;
    for (i, cell) in cells.iter().enumerate().filter(|(_, c)| c.len() >= 9 && together::is_home(c)) {
        let home = place(cell)..place(cell) + cell.len();
        let before = cells[from..i].iter().rev().take(5).take_while(|c| c.len() <= 24);
        let person = before.clone().find(|c| name(c)).map(|c| place(c));
        // A name in the line before.
        let above = || {
            let last = text[..line.start].trim_end().rsplit('\n').next().map(str::trim).filter(|l| l.len() <= 16)?;
            (i == 0 && name(last)).then(|| place(last))
        };
        if let Some(start) = person.or_else(above) {
            out.push((start..home.end, home));
        }
        from = i + 1;
    }
    out
}

fn short_name(part: &str) -> bool {
    part.len() <= 16 && together::is_han_name(part)
}

/// The end of the age of a child who was wronged, behind the name: 被害人李小红，13岁. The law keeps such names.
fn child(text: &str, from: usize) -> Option<usize> {
    let after = &text[from..floor(text, from + 60)];
    let after = after.split(['\n', '。', '；']).next()?;
    let value = after.trim_start_matches(GAPS).trim_start_matches('系');
    let name: String = value.chars().take_while(|c| han(*c)).take(4).collect();
    if !together::is_han_name(&name) {
        return None;
    }
    let i = after.find('岁')?;
    let digits: String = after[..i].chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    (digits.parse::<u32>().is_ok_and(|n| n < 18)).then_some(from + i + "岁".len())
}

/// A name beside a home in lines of their own where a letter ends: 此致 敬礼.
fn signed(text: &str, from: usize) -> Option<Range<usize>> {
    let near = &text[from..floor(text, from + 400)];
    let mut at = from;
    let mut lines = Vec::new();
    for line in near.split('\n').take(12) {
        let bare = line.trim_matches(|c: char| c.is_whitespace() || "\\*>".contains(c));
        if !bare.is_empty() {
            lines.push((at..at + line.len(), bare));
        }
        at += line.len() + 1;
    }
    lines.windows(2).find_map(|w| {
        let ((a, first), (b, second)) = (&w[0], &w[1]);
        let home = |t: &str| together::is_home(t) && t.chars().filter(|c| sign(*c)).count() >= 3 && t.contains(['室', '幢', '栋', '村', '组', '元']);
        (home(first) && is_name(second) || is_name(first) && home(second)).then_some(a.start..b.end)
    })
}

/// What is looked for, and which of [`SIGNS`] stands in each of its places.
type Marked = (Finder<'static>, &'static str);

/// Words before a home.
static HOMES: LazyLock<Vec<Marked>> = LazyLock::new(|| {
    let words = [
        ("住", "住"),
        ("家庭地址", "地址"),
        ("户籍地址", "户籍"),
        ("户籍地", "户籍"),
        ("户籍", "户籍"),
        ("戶籍", "戶籍"),
        ("送达地址", "地址"),
        ("地址", "地址"),
    ];
    words.map(|(w, sign)| (Finder::new(w), sign)).into()
});
/// Rules of tables in Markdown.
static RULES: LazyLock<Vec<Marked>> = LazyLock::new(|| ["-|", "- |", ":|", ": |"].map(|w| (Finder::new(w), w)).into());
/// What stands before the name of a person in English: the end of the label, and its beginning.
static ENGLISH: LazyLock<Vec<(Marked, &'static str)>> = LazyLock::new(|| {
    [("ame:", "n"), ("icant:", "appl"), ("tient:", "pa"), ("inant:", "compla"), ("imant:", "cla"), ("ioner:", "petit"), ("enant:", "t"), ("ident:", "res")]
        .map(|(end, before)| ((Finder::new(end), end), before))
        .into()
});
static ILL_MARKS: LazyLock<Vec<Marked>> = LazyLock::new(|| ["患", "确诊", "诊断"].map(|w| (Finder::new(w), w)).into());

/// The end of an illness behind a name: 张三患有……, 患者张三，确诊……
fn ill(text: &str, from: usize, len: usize) -> Option<usize> {
    let after = &text[from + len..floor(text, from + len + 60)];
    let after = after.split(['\n', '。', '；', '，', ',']).next().unwrap_or(after);
    // 患者 is the person.
    if after.starts_with('者') || after.starts_with('儿') {
        return None;
    }
    static ILL: &[&str] = &[
        "病",
        "癌",
        "症",
        "炎",
        "瘤",
        "结核",
        "艾滋",
        "肝",
        "梗",
        "中风",
        "骨折",
        "障碍",
        "瘫",
        "HIV",
        "阳性",
        "残疾",
        "肺",
        "新冠",
        "疟疾",
        "流感",
        "梅毒",
        "鼠疫",
        "登革热",
    ];
    let (i, word) = ILL.iter().filter_map(|w| after.find(w).map(|i| (i, w))).max()?;
    let near = &text[floor(text, from.saturating_sub(240))..from];
    let near = near.rsplit(['\n', '。', '；']).next().unwrap_or(near);
    let near = unmarked(near);
    let near = spaced(&near);
    let mut parts = pieces(&near);
    // 病案号 00123456 患者张三 诊断 肺结核: a word for a person with the name right before.
    let last = pieces(&near).last().is_some_and(|p| ROLES.iter().any(|r| p.strip_prefix(r).is_some_and(is_name)));
    let first = parts.next()?.trim_end_matches(['身', '罹', '现', '已', '曾', '经', '被', '系', '因']);
    let role = ROLES.iter().filter(|r| first.starts_with(**r)).max_by_key(|r| r.len());
    let sound = match role {
        Some(r) => {
            let rest = first[r.len()..].trim_matches(|c: char| c.is_numeric());
            if rest.is_empty() { parts.next().is_some_and(is_name) } else { is_name(rest) }
        }
        None => is_name(first),
    };
    // 医生王小明确诊…: whom he told so is not said.
    let doctors: &[&str] = if text[from..].starts_with('患') { &[] } else { &["医生", "医师", "主任", "院长", "护士", "研究员"] };
    let at_work = || pieces(&near).next().is_some_and(|p| at_work(p, doctors));
    (sound || last || at_work()).then_some(from + len + i + word.len())
}

/// Words that say that somebody has it.
static HAS: &[&str] = &[
    "感染者",
    "患者",
    "携带者",
    "携帶者",
    "病人",
    "确诊",
    "確診",
    "病例",
    "阳性",
    "陽性",
    "晚期",
    "早期",
    "中期",
    "末期",
    "术后",
    "重症",
    "轻症",
    "无症状",
    "住院",
    "死亡",
    "一级",
    "二级",
    "三级",
    "四级",
    "1级",
    "2级",
    "3级",
    "4级",
    "疑似",
    "复发",
    "致贫",
];

/// A part of a line that is a sex, an age, a people: what stands behind a name and before an illness.
fn of_person(part: &str) -> bool {
    let age = part.strip_suffix('岁').or(part.strip_suffix('歲')).map(|p| p.trim_start_matches("年龄"));
    matches!(part, "男" | "女" | "男性" | "女性" | "汉族" | "回族" | "已婚" | "未婚")
        || age.is_some_and(|p| !p.is_empty() && p.chars().all(char::is_numeric))
        || (part.ends_with("年生") || part.ends_with("出生")) && part.starts_with(['1', '2'])
}

/// A name beside an illness without a word between: its place, and whether it is certain.
fn diseased(text: &str, ill: Range<usize>) -> Option<(Range<usize>, Sure)> {
    let ends = ['\n', '。', '；', ';', '！', '？'];
    let start = floor(text, ill.start.saturating_sub(150));
    let before = &text[start..ill.start];
    let from = before.rfind(ends).map_or(start, |i| start + i + before[i..].chars().next().map_or(1, char::len_utf8));
    let stop = floor(text, ill.end + 90);
    let to = text[ill.end..stop].find(ends).map_or(stop, |i| ill.end + i);
    let parting = |c: char| c.is_whitespace() || "，,、：:（()）|*-—/\"“”《》.．#<>_`[]【】".contains(c);
    let line = unmarked(&text[from..to]);
    let word = &text[ill.clone()];
    let tag = |p: &str| matches!(p, "p" | "li" | "td" | "th" | "tr" | "div" | "dd" | "dt");
    let parts: Vec<&str> =
        line.split(parting).filter(|p| !p.is_empty() && !p.chars().all(char::is_numeric) && !tag(p)).filter(|p| !p.is_ascii() || p.contains(word)).collect();
    let k = parts.iter().position(|p| p.contains(word))?;
    let has = |p: &str| HAS.iter().any(|w| p.contains(w));
    let person = |p: &str| {
        let p = ROLES.iter().filter_map(|r| p.strip_prefix(r)).filter(|p| !p.is_empty()).min_by_key(|p| p.len()).unwrap_or(p);
        // 李秀英因病（肺癌）致贫
        let p = ["因病致贫", "因病返贫", "因病"].iter().find_map(|w| p.strip_suffix(w)).unwrap_or(p);
        static ILL: &[char] =
            &['炎', '病', '癌', '症', '瘤', '疹', '疮', '热', '痛', '毒', '菌', '肿', '血', '疣', '疸', '糖', '风', '肺', '肝', '肾', '胃', '骨', '残', '障'];
        is_name(p)
            && !p.contains(ILL)
            && !p.ends_with(['者', '人', '们', '员', '等', '和', '的', '及', '与', '或', '为', '是', '有', '市', '县', '区', '省', '镇', '乡', '村'])
    };
    let whole = from..to;
    // 赵强，男，艾滋病感染者: the name begins what is said, perhaps behind a word for a person.
    // 大病救助：王建国，尿毒症
    let list = |p: &str| p.chars().count() <= 8 && ["救助", "补助", "救济", "慰问", "名单", "公示", "对象", "人员"].iter().any(|w| p.ends_with(w));
    let label = |p: &str| ROLES.contains(&p) || list(p) || matches!(p, "确诊" | "新增" | "名单" | "诊断" | "如下");
    let first = parts[..k].iter().position(|p| !label(p)).filter(|i| *i <= 2);
    if let Some(i) = first.filter(|i| person(parts[*i]) && k - i <= 5) {
        let between = &parts[i + 1..k];
        // The part is the illness and little else.
        let rest = HAS.iter().fold(parts[k].replacen(word, "", 1), |t, w| t.replace(w, ""));
        let many = parts[k..].iter().take(4).filter(|p| DISEASES.iter().any(|w| p.contains(w)) || p.ends_with(['病', '炎', '癌'])).count() > 2;
        // 王强，主任医师，擅长肺癌
        let expert = ["医", "科", "专家", "擅长", "研究", "主任", "院", "疫", "防", "教授", "博士", "志愿", "会长", "项目"];
        let expert = parts[i + 1..].iter().take(k - i + 1).any(|p| expert.iter().any(|w| p.contains(w)) && !p.contains("住院"));
        if rest.chars().count() <= 4 && !many && !expert {
            let told = has(parts[k]) || parts[k + 1..].iter().take(3).any(|p| has(p)) || !between.is_empty() && between.iter().all(|p| of_person(p));
            return Some((whole, if told { Sure::Yes } else { Sure::Perhaps }));
        }
    }
    let i = parts[k].find(word)?;
    // 赵强因癌症……, 赵强肝癌晚期
    if k == 0 || k == 1 && label(parts[0]) {
        let head = parts[k][..i].trim_end_matches(['肝', '肺', '胃', '肠', '乳', '腺', '骨', '脑', '肾', '直', '结', '宫', '颈', '食', '管', '道', '鼻', '咽']);
        let name =
            ["身患", "因为", "因", "患", "得了", "得", "系", "确为", "是", "为", "查出", "检出"].iter().find_map(|w| head.strip_suffix(w)).unwrap_or(head);
        if person(name) && (name.len() < head.len() || has(parts[k])) {
            return Some((whole, Sure::Perhaps));
        }
    }
    // 艾滋病患者赵强，男; 艾滋病感染者：赵强
    let after = &parts[k][i + word.len()..];
    let roles = ["感染者", "患者", "病人", "携带者", "病例", "阳性者"];
    let role = roles.iter().filter_map(|r| after.find(r).filter(|n| *n <= 9).map(|n| n + r.len())).max()?;
    let tail = &after[role..];
    let (name, next) = if tail.is_empty() { (*parts.get(k + 1)?, parts.get(k + 2)) } else { (tail, parts.get(k + 1)) };
    if !person(name) {
        return None;
    }
    let colon = tail.is_empty() && [':', '：'].iter().any(|c| line.contains(&format!("{}{c}{name}", parts[k])));
    let known = next.is_some_and(|p| of_person(p) || ["家住", "现住", "住", "电话", "手机", "身份证"].iter().any(|w| p.starts_with(w)));
    (colon || known || !tail.is_empty()).then_some((whole, if colon || known { Sure::Yes } else { Sure::Perhaps }))
}

/// A word before a number that says whose it is: `SSN 123-45-6789`, `Date of birth: 3 May 1980`.
static NUMBERS: &[(&str, bool)] = &[
    ("ssn", true),
    ("social security number", true),
    ("social security no", true),
    ("national insurance number", true),
    ("tax file number", true),
    ("national id", true),
    ("date of birth", false),
    ("dob", false),
    ("born", false),
];

/// `Name: Jane Doe. Home address: 12 Elm Street. Diagnosis: HIV.`, from behind the label: the place of its end, and whether it is
/// certain.
fn english(text: &str, start: usize) -> Option<(usize, Sure)> {
    let near = &text[start..floor(text, start + 300)];
    let near = near.split("\n\n").next().unwrap_or(near);
    let value = near.trim_start_matches([' ', '*', '\t']);
    let name = value.split(['.', ';', '\n', ',', '*', '|']).next()?.trim();
    let given = together::latin(name).filter(|_| name.contains(' '))?;
    let low = near.to_ascii_lowercase();
    let told = |i: usize| near.get(i..).unwrap_or("").trim_start_matches([' ', '*', '\t']);
    for word in ["diagnosis:", "disease:", "illness:", "medical condition:", "disability:"] {
        if let Some(i) = low.find(word)
            && told(i + word.len()).starts_with(|c: char| c.is_alphanumeric())
        {
            return Some((start + i + word.len(), if given { Sure::Yes } else { Sure::Perhaps }));
        }
    }
    for word in ["diagnosed with ", "suffers from ", "hiv positive", "hiv-positive"] {
        if let Some(i) = low.find(word) {
            return Some((start + i + word.len(), if given { Sure::Yes } else { Sure::Perhaps }));
        }
    }
    for (word, certain) in NUMBERS {
        let whole = |i: &usize| !low[..*i].ends_with(|c: char| c.is_ascii_alphanumeric());
        if let Some(i) = low.find(word).filter(whole) {
            let rest = &low[i + word.len()..];
            let value: String = rest
                .trim_start_matches([':', ' ', '.', '#', '*'])
                .trim_start_matches("on ")
                .chars()
                .take(20)
                .take_while(|c| !matches!(c, ';' | '\n' | '.'))
                .collect();
            let digits = value.bytes().filter(u8::is_ascii_digit).count();
            // A day, not a year alone.
            if digits >= if *certain { 6 } else { 5 } && (*certain || value.len() > 4) {
                return Some((start + i + word.len(), if *certain { Sure::Yes } else { Sure::Perhaps }));
            }
        }
    }
    let i = low.find("address:").or_else(|| {
        let i = low.find("address ")?;
        low[i + "address ".len()..].starts_with(|c: char| c.is_ascii_digit()).then_some(i)
    })?;
    let before = &low[..i];
    if ["email ", "e-mail ", "ip ", "office ", "business ", "work ", "web ", "school ", "company "].iter().any(|w| before.ends_with(w)) {
        return None;
    }
    let line = told(i + "address:".len()).split(['\n', ';', '.']).next()?.trim();
    let home = before.ends_with("home ") || before.ends_with("residential ");
    let sound = together::is_home(line);
    (sound || home).then_some((start + i + "address:".len(), if given || home { Sure::Yes } else { Sure::Perhaps }))
}

static GAPS: &[char] = &['：', ':', '为', '是', ' ', '\u{3000}', '*', '|', '"', '\t'];

/// A character that ends a part of an address.
fn sign(c: char) -> bool {
    matches!(
        c,
        '省' | '市'
            | '县'
            | '区'
            | '镇'
            | '乡'
            | '村'
            | '路'
            | '街'
            | '巷'
            | '号'
            | '室'
            | '楼'
            | '组'
            | '栋'
            | '幢'
            | '弄'
            | '區'
            | '縣'
            | '鎮'
            | '鄉'
            | '號'
    )
}

/// The part of a text that may be an address: where it begins, how many bytes, how many signs of one, whether it has a number.
fn address(text: &str) -> (usize, usize, usize, bool) {
    let after = text.trim_start_matches(GAPS).trim_start_matches(['在', '址', '于']).trim_start_matches(GAPS);
    let part: String = after.chars().take(40).take_while(|c| han(*c) || c.is_alphanumeric() || matches!(c, '-' | '#')).collect();
    let signs = part.chars().filter(|c| sign(*c)).count();
    (text.len() - after.len(), part.len(), signs, part.chars().any(char::is_numeric))
}

/// The end of what tells too much of one person.
fn person(text: &str, from: usize) -> Option<usize> {
    // No more than this behind a marker, however long the text is: a text of nothing but markers is looked through once.
    let start = from + "姓名".len();
    let raw = &text[start..floor(text, start + WINDOW)];
    let first = raw.trim_start_matches(GAPS).chars().next()?;
    let begun = |t: &str| surnamed(t) || t.chars().take(8).skip(1).take_while(|c| han(*c) || *c == '·').any(|c| c == '·');
    // 姓名\n: 王小明, as a list of definitions has it.
    let line = raw.trim_start_matches(GAPS).trim_start_matches('\n').split('\n').next().unwrap_or("");
    let below = first == '\n' && is_name(line.trim_start_matches([':', '：', ' ']).trim());
    if !begun(raw.trim_start_matches(GAPS)) && !matches!(first, '<' | '&') && !below {
        return None;
    }
    let raw = &text[start..floor(text, start + WINDOW + 240)];
    let broken = lines_of(raw);
    let plain = parted(unmarked(&broken));
    let value = if below || first == '<' { plain.trim_start_matches(|c: char| c == '\n' || GAPS.contains(&c)) } else { plain.trim_start_matches(GAPS) };
    let told = value.chars().take(13).take_while(|c| han(*c) || *c == '·').count();
    let dotted = value.chars().take(told).any(|c| c == '·');
    if !(2..=if dotted { 12 } else { 4 }).contains(&told) || !begun(value) || value.chars().nth(told).is_some_and(|c| c == '*' || c == '＊' || c == '×') {
        return None;
    }
    let name: usize = value.chars().take(told).map(char::len_utf8).sum();
    let near = &value[name..floor(value, name + 240)];
    let near = of_one(near);
    let near = near.split("姓名").next().unwrap_or(near);
    for (words, place) in [(PLACES, true), (ILLS, false)] {
        for w in words {
            let Some(i) = near.find(w) else { continue };
            if *w == "地址" && OFFICES.iter().any(|o| near[..i].ends_with(o)) {
                continue;
            }
            // In a line of its own below the word.
            let line = near[i + w.len()..].len() - near[i + w.len()..].trim_start().len();
            let (skip, len, signs, digits) = address(&near[i + w.len() + line..]);
            let skip = skip + line;
            let colon = near[i + w.len()..].starts_with(['：', ':', '"', '为', '|']);
            let part = &near[i + w.len() + skip..][..len];
            let sound = if place { signs >= 2 || (signs == 1 && (digits || colon)) } else { colon && part.chars().count() >= 2 };
            if sound && len > 0 {
                return Some(start + end_of(raw, part));
            }
        }
    }
    None
}

/// What is told of one person: a blank line ends it, unless what follows is one more thing with its name before it, as forms have them:
/// 性别：男.
fn of_one(near: &str) -> &str {
    let labelled = |t: &str| {
        let t = t.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '*' | '-' | '.' | '、' | '#' | '>'));
        let label: usize = t.chars().take(9).take_while(|c| han(*c) || matches!(c, '（' | '）')).map(char::len_utf8).sum();
        let rest = t[label..].trim_start_matches('*');
        (6..=24).contains(&label) && (rest.starts_with(['：', ':']) || rest.strip_prefix('\n').is_some_and(|r| r.starts_with([':', '：'])))
    };
    memchr::memmem::find_iter(near.as_bytes(), "\n\n").find(|i| !labelled(&near[*i..])).map_or(near, |i| &near[..i])
}

/// A text with line ends where HTML breaks its lines.
fn lines_of(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("<br") {
        return text.into();
    }
    ["<br>", "<br/>", "<br />"].iter().fold(text.to_string(), |t, tag| t.replace(tag, "\n")).into()
}

/// A text with a bar where a cell of a table in HTML begins or ends.
fn parted(text: std::borrow::Cow<'_, str>) -> std::borrow::Cow<'_, str> {
    if !["</td", "</th", "</dt", "</dd"].iter().any(|t| text.contains(t)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some((head, tail)) = rest.split_once('<') {
        out.push_str(head);
        let Some((_, tail)) = tail.split_once('>') else { break };
        out.push('|');
        rest = tail;
    }
    out.push_str(rest);
    out.into()
}

/// Where a part of the plain text ends in the text with its markup: after its last characters.
fn end_of(raw: &str, part: &str) -> usize {
    let mut tail = part;
    loop {
        if let Some(i) = raw.rfind(tail) {
            return i + tail.len();
        }
        let Some(c) = tail.chars().next() else { return raw.len() };
        tail = &tail[c.len_utf8()..];
    }
}

/// Words for a person that may stand before a name without a sign between them.
static ROLES: &[&str] = &[
    "姓名",
    "联系人",
    "申请人",
    "当事人",
    "户主",
    "患者",
    "病人",
    "确诊病例",
    "疑似病例",
    "病例",
    "低保对象",
    "低保户",
    "残疾人",
    "特困人员",
    "受助人",
    "帮扶对象",
    "老人",
    "儿童",
    "被告",
    "被告人",
    "原告",
    "投诉人",
    "监护人",
    "经办人",
    "委托人",
    "持有人",
    "本人",
    "学生",
    "职工",
    "村民",
    "居民",
    "业主",
    "死者",
    "伤者",
    "驾驶人",
    "第三人",
    "被执行人",
    "被处罚人",
    "违法行为人",
    "贫困户",
    "救助对象",
    "补助对象",
    "上诉人",
    "被上诉人",
    "被申请人",
    "女士",
    "先生",
    "同志",
    "收件人",
    "权利人",
    "来信人",
    "写信人",
    "信访人",
    "来电人",
    "来访人",
    "留言人",
    "反映人",
    "求助人",
    "举报人",
    "报案人",
    "寄件人",
    "受害人",
    "被害人",
    "被征收人",
    "被拆迁人",
    "承租人",
    "产权人",
    "继承人",
    "被继承人",
    "申诉人",
    "嫌疑人",
    "犯罪嫌疑人",
    "社区矫正对象",
    "矫正对象",
    "密切接触者",
    "吸毒人员",
    "刑满释放人员",
    "失独家庭",
    "独居老人",
    "空巢老人",
    "留守儿童",
    "困境儿童",
    "孤儿",
    "烈属",
    "新生儿",
];

/// Words for what somebody does: an address beside one may be where it is done, a home that is called one and an illness may not.
static JOBS: &[&str] = &[
    "律师",
    "教师",
    "老师",
    "主任",
    "负责人",
    "投资人",
    "经营者",
    "法定代表人",
    "代表",
    "志愿者",
    "研究员",
    "局长",
    "处长",
    "科长",
    "书记",
    "校长",
    "院长",
    "经理",
    "董事长",
    "员工",
    "职员",
    "干部",
    "民警",
    "工程师",
    "司机",
    "医生",
    "医师",
    "护士",
];

/// Whether a name stands behind what somebody does: 教师王小明, 投资人：李建国.
fn at_work(near: &str, but: &[&str]) -> bool {
    let mut parts = pieces(near).peekable();
    while let Some(p) = parts.next() {
        let job = |p: &str| JOBS.iter().filter(|j| !but.contains(j)).find_map(|j| p.strip_prefix(j).map(str::to_string));
        match job(p) {
            Some(rest) if rest.is_empty() && parts.peek().is_some_and(|n| is_name(n)) => return true,
            Some(rest) if is_name(rest.trim_end_matches(['身', '罹', '现', '已', '曾', '因'])) => return true,
            _ => {}
        }
    }
    false
}

/// How a name is begun: with a surname of one sign or two.
fn surnamed(word: &str) -> bool {
    word.starts_with(|c| SURNAMES.contains(c)) || together::DOUBLE.iter().any(|d| word.starts_with(d))
}

/// Whether a text ends with a name, alone or behind a word for a person.
pub(super) fn name_ends(before: &str) -> bool {
    let before = &before[floor(before, before.len().saturating_sub(60))..];
    let line = before.rsplit('\n').next().unwrap_or(before).trim_end_matches([' ', '\u{3000}', '：', ':', '（', '(', '，', ',', '-', '_', '*', '|']);
    let word = line.rsplit(|c: char| !han(c)).next().unwrap_or("");
    let bare = ROLES.iter().filter_map(|r| word.strip_prefix(r)).min_by_key(|w| w.len()).unwrap_or(word);
    is_name(bare)
}

/// 扎西次仁: two given names, as Tibetans have them.
fn tibetan(word: &str) -> bool {
    static GIVEN: &[&str] = &[
        "扎西", "次仁", "卓玛", "多吉", "尼玛", "达瓦", "平措", "旺堆", "央金", "洛桑", "丹增", "格桑", "索朗", "益西", "白玛", "仁增", "拉姆", "德吉", "强巴",
        "巴桑", "次旦", "边巴", "普布", "米玛", "拉巴", "贡嘎", "阿旺", "罗布", "顿珠", "贡布", "旺姆", "次旺", "曲珍", "卓嘎", "桑珠", "群培", "旦增", "才让",
        "措姆",
    ];
    let middle = word.char_indices().nth(2).map_or(word.len(), |(i, _)| i);
    GIVEN.contains(&&word[..middle]) && GIVEN.contains(&&word[middle..])
}

pub(super) fn is_name(word: &str) -> bool {
    let n = word.chars().count();
    // 买买提·艾力
    if word.contains('·') {
        return (5..=13).contains(&n) && word.split('·').all(|p| p.chars().count() >= 2 && p.chars().all(han));
    }
    if together::DOUBLE.iter().any(|d| word.starts_with(d)) {
        return (3..=4).contains(&n) && word.chars().all(han) && !word.contains('某');
    }
    if n == 4 && tibetan(word) {
        return true;
    }
    // 张某 is nobody.
    (2..=3).contains(&n) && word.chars().all(han) && word.starts_with(|c| SURNAMES.contains(c)) && !NO_NAMES.contains(&word) && !word.contains('某')
}

/// The parts of what stands before a sign of a home or an illness: what is no word of Chinese (keys, tags, figures), what has a
/// figure (编号7) and what only calls the text (注：) tells nothing of who it is.
fn pieces(near: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| c.is_whitespace() || "，,、；;（(：:|*_->.)）\"'“”{}[]【】<=#".contains(c);
    let label = |p: &&str| {
        matches!(*p, "注" | "备注" | "说明" | "附" | "例" | "如" | "标题" | "摘要" | "地址" | "信息" | "名单" | "来源")
            || matches!(
                *p,
                "经查"
                    | "经核实"
                    | "经核查"
                    | "经调查"
                    | "经了解"
                    | "经审查"
                    | "经诊断"
                    | "经审理查明"
                    | "据查"
                    | "据了解"
                    | "据悉"
                    | "目前"
                    | "查明"
            )
    };
    let role = |p: &str| ROLES.iter().any(|r| p.starts_with(r));
    near.split(part).filter(move |p| !p.is_ascii()).skip_while(move |p| label(p) || p.contains(|c: char| c.is_ascii_digit()) && !role(p))
}

/// 张 伟 is 张伟.
fn spaced(near: &str) -> std::borrow::Cow<'_, str> {
    if !near.contains([' ', '\u{3000}']) {
        return near.into();
    }
    let all: Vec<char> = near.chars().collect();
    let one = |i: usize| SURNAMES.contains(all[i]) && (i == 0 || !han(all[i - 1]));
    let blank = |c: char| matches!(c, ' ' | '\u{3000}');
    let kept = all.iter().enumerate().filter(|(i, c)| {
        let i = *i;
        let gap = blank(**c) && i > 0 && i + 1 < all.len() && one(i - 1) && han(all[i + 1]) && !all.get(i + 3).is_some_and(|c| han(*c));
        !gap
    });
    kept.map(|(_, c)| *c).collect::<String>().into()
}

/// The end of a home behind a name: 张伟，男，住址：福建省莆田市……; the sentence begins with the name, or a word for a person does.
fn lives(text: &str, from: usize, len: usize) -> Option<usize> {
    let after = &text[from + len..floor(text, from + len + 400)];
    // 住所 is that of a company, 住房 and 住院 are no home.
    if after.starts_with(['所', '房', '宅', '院', '户', '建', '宿', '店', '地', '有', '着', '满']) && !text[..from].ends_with('居') {
        return None;
    }
    let before = text[..from].chars().next_back();
    let marked =
        len > "住".len() || after.starts_with('址') || matches!(before, Some('家' | '现' | '居' | '，' | ',' | '；' | '*' | '>' | '）' | ')' | '（' | '('));
    // 王建国住泉城路25号
    let named = || {
        let word = text[floor(text, from.saturating_sub(40))..from].rsplit(|c: char| !han(c)).next().unwrap_or("");
        let bare = ROLES.iter().filter_map(|r| word.strip_prefix(r)).min_by_key(|w| w.len()).unwrap_or(word);
        len == "住".len() && together::is_han_name(bare)
    };
    if !marked && !named() {
        return None;
    }
    let after = after.split("姓名").next().unwrap_or(after);
    let plain = unmarked(after);
    let (skip, size, signs, digits) = address(plain.strip_prefix("地").unwrap_or(&plain));
    if size == 0 || signs < 2 || !(digits || signs >= 3) {
        return None;
    }
    let all = &text[floor(text, from.saturating_sub(300))..from];
    let near = quoted(all.rsplit(['\n', '。', '；']).next().unwrap_or(all));
    // A paragraph of its own, 住址：…, below one with the name.
    let below = || {
        let bare = near.trim_matches(|c: char| c.is_whitespace() || "-*>#".contains(c));
        let own =
            matches!(bare, "" | "家庭" | "家" | "现" | "居" | "户籍" | "常") && all.len() > near.len() && text[from + len..].starts_with(['址', '：', ':']);
        let above = all[..all.len() - near.len()].trim_end().rsplit('\n').next().filter(|a| own && a.len() < 60);
        above.filter(|a| pieces(a).all(|p| is_name(p) || ROLES.contains(&p) || of_person(p) || ROLES.iter().any(|r| p.strip_prefix(r).is_some_and(is_name))))
    };
    let near = below().unwrap_or(near);
    let near = unmarked(near);
    // 家住, 家庭住址, 户籍, 身份证住址, or a day of birth in the sentence: no office stands there, whatever somebody does.
    let own = near.ends_with(['家', '庭'])
        || near.ends_with("身份证")
        || text[from..].starts_with("户籍")
        || ["日生", "月生", "出生"].iter().any(|w| near.contains(w));
    let near = near.trim_end_matches(['家', '庭', '现', '居', '暂', '常', '租']);
    let near = near.trim_end_matches("身份证");
    if !own && ["法定代表", "负责人", "经营者", "公司", "单位", "企业"].iter().any(|w| near.contains(w)) {
        return None;
    }
    // 地址 alone may be that of an office whose contact is named.
    let open = &text[from..from + len] == "地址";
    if open && (near.contains("联系") || near.contains("经办") || OFFICES.iter().any(|o| near.ends_with(o)) || !plain.starts_with(['：', ':'])) {
        return None;
    }
    let near = spaced(near);
    let near: &str = &near;
    let mut parts = pieces(near);
    let first = parts.next()?;
    let role = ROLES.iter().filter(|r| first.starts_with(**r)).max_by_key(|r| r.len());
    let sound = last_named(near, open)
        || own && at_work(near, &[])
        || match role {
            Some(r) if first.len() > r.len() => {
                // 确诊病例1：张三
                let rest = first[r.len()..].trim_matches(|c: char| c.is_numeric());
                if rest.is_empty() { parts.next().is_some_and(is_name) } else { is_name(rest) }
            }
            Some(_) => parts.next().is_some_and(is_name),
            None if open => false,
            None => {
                is_name(first)
                    || near.split(['，', ',']).any(|p| ROLES.iter().any(|r| p.trim().strip_prefix(r).is_some_and(|n| is_name(n.trim_start_matches(GAPS)))))
            }
        };
    let plain = plain.strip_prefix("地").unwrap_or(&plain);
    sound.then(|| from + len + end_of(after, &plain[skip..skip + size]))
}

/// What stands in a quotation or in code that is open, without what leads to it.
fn quoted(near: &str) -> &str {
    let Some((i, sign)) = near.char_indices().rev().find(|(_, c)| matches!(c, '`' | '“' | '「')) else { return near };
    let open = match sign {
        '`' => near.matches('`').count() % 2 == 1,
        '“' => !near[i..].contains('”'),
        _ => !near[i..].contains('」'),
    };
    if open { &near[i + sign.len_utf8()..] } else { near }
}

/// Whether the last that is said before a home and is no sex, age or number is a name: 公告如下：李建国，男，1980年1月1日出生，住…. Where
/// the home may be that of an office, a word for a person stands before the name.
fn last_named(near: &str, open: bool) -> bool {
    let all: Vec<&str> = pieces(near).collect();
    let Some(last) = all.iter().rev().find(|p| !of_person(p) && !p.contains(|c: char| c.is_ascii_digit())) else { return false };
    let last = last.trim_start_matches(|c: char| !han(c));
    static LEADS: &[&str] = &["现将", "送达", "关于", "抄送", "告知", "兹有", "查明", "向", "对", "将", "由", "经", "与", "和", "及", "给"];
    let led = LEADS.iter().find_map(|w| last.strip_prefix(w)).unwrap_or(last);
    let bare = ROLES.iter().filter_map(|r| led.strip_prefix(r)).min_by_key(|w| w.len());
    match bare {
        Some(name) => together::is_han_name(name),
        None => !open && led.chars().count() == 3 && together::is_han_name(led),
    }
}

/// The end of a name behind a home: 住址：幸福路12号3栋401室，姓名：张伟; 家住……的村民张伟.
fn dwells(text: &str, from: usize, len: usize) -> Option<usize> {
    let after = &text[from + len..floor(text, from + len + 400)];
    if after.starts_with(['所', '房', '宅', '院', '户', '建', '宿', '店', '有', '着', '满']) {
        return None;
    }
    let before = &text[floor(text, from.saturating_sub(120))..from];
    let marked = len > "住".len() || after.starts_with('址') || before.ends_with(['家', '现', '居', '，', ',', '；', '*', '>', '|', '）', ')']);
    let open = &text[from..from + len] == "地址";
    if !marked || open && OFFICES.iter().any(|o| before.ends_with(o)) {
        return None;
    }
    // In one sentence, cell or line; a semicolon parts what is told of one person too.
    let after = after.split(['\n', '。', '|']).next().unwrap_or(after);
    let plain = unmarked(after);
    let (skip, size, ..) = address(&plain);
    let place = plain.get(skip..skip + size)?;
    // 家住……室的张伟
    let own = place.find('的').map_or(place, |i| &place[..i]);
    let signs = own.chars().filter(|c| sign(*c)).count();
    if signs < 2 || !(own.chars().any(char::is_numeric) || signs >= 3) {
        return None;
    }
    let sentence = before.rsplit(['\n', '。', '|']).next().unwrap_or(before);
    let rest = plain.get(skip + own.len()..)?;
    let near = &rest[..floor(rest, 120)];
    // Whoever is to be asked at a home of a family is one of it.
    let family = text[from..from + len].starts_with("家庭");
    let offices: &[&str] = &["法定代表", "负责人", "经营者", "公司", "单位", "企业"];
    let asked: &[&str] = if family { &[] } else { &["联系人", "经办人"] };
    if offices.iter().chain(asked).any(|w| sentence.contains(w) || own.contains(w) || near.contains(w)) {
        return None;
    }
    let word = |t: &str| t.trim_start_matches(GAPS).chars().take_while(|c| han(*c) || *c == '·').collect::<String>();
    // The name of this person: 姓名, or for a home that is called so any word for a person.
    let labelled = ROLES.iter().filter(|r| **r == "姓名" || !open).find_map(|r| {
        let i = near.find(r)?;
        let name = word(&near[i + r.len()..]);
        (is_name(&name) && (*r == "姓名" || near[i + r.len()..].starts_with(GAPS))).then_some(name)
    });
    let name = labelled.or_else(|| {
        let rest = near.strip_prefix('的')?;
        let role = ROLES.iter().filter(|r| rest.starts_with(**r)).max_by_key(|r| r.len()).map_or("", |r| r);
        let rest = &rest[role.len()..];
        // How what somebody does begins: without a word for a person the name must end at one.
        let ends = |t: &str| {
            !t.starts_with(han)
                || ["反映", "来电", "来信", "向", "称", "投诉", "咨询", "申请", "因", "患", "被", "于", "在", "说"].iter().any(|w| t.starts_with(w))
        };
        [3, 2]
            .into_iter()
            .map(|n| &rest[..rest.char_indices().nth(n).map_or(rest.len(), |(i, _)| i)])
            .find(|n| is_name(n) && ends(&rest[n.len()..]))
            .map(str::to_string)
    })?;
    Some(from + len + end_of(after, &name))
}

/// The end of the head of a table in Markdown or HTML that has names beside addresses or illnesses, with a row below it.
fn head(text: &str, from: usize) -> Option<usize> {
    let rest = &text[from + "姓名".len()..];
    let near = &rest[..floor(rest, 600)];
    let (line, below) = if near.trim_start_matches([' ', '*', '\u{3000}']).starts_with('|') {
        let (line, below) = near.split_once('\n')?;
        let (rule, rows) = below.split_once('\n')?;
        let ruled = rule.contains("--") && rule.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\r'));
        (line, rows.starts_with('|').then_some(rows).filter(|_| ruled)?)
    } else if near.starts_with("</th") || near.starts_with("</td") {
        let (line, below) = near.split_once("</tr")?;
        (line, below.contains("<td").then_some(below)?)
    } else {
        return None;
    };
    let words = [PLACES, ILLS, &["疾病", "身份证号"]].concat();
    let word = words.iter().find(|w| line.contains(**w))?;
    // Forms to be filled in have nothing in their rows.
    let filled = below.chars().take(200).filter(|c| han(*c)).count() >= 4;
    (filled && !below.contains('*')).then(|| from + "姓名".len() + line.find(*word).unwrap_or(0) + word.len())
}

/// A name of a person stands before the number on its line: 申请人：张三，身份证号……
pub(super) fn named_person(text: &str, at: &std::ops::Range<usize>) -> bool {
    named(&unmarked(left(text, at.start, 200)))
}

/// A word for a person with a name after it: 申请人：张三.
pub(super) fn named(line: &str) -> bool {
    ROLES.iter().any(|role| {
        line.rfind(role).is_some_and(|i| {
            let value = line[i + role.len()..].trim_start_matches(['：', ':', '为', '是', ' ', '\u{3000}', '*', '|', '"', '\t']);
            let told = value.chars().take(5).take_while(|c| han(*c)).count();
            (2..=4).contains(&told) && value.starts_with(|c| SURNAMES.contains(c))
        })
    })
}
