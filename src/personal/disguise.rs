//! Numbers of persons in another dress: Chinese, circled and raised figures, letters that look like figures, any sign
//! between the digits, one digit a cell.
//!
//! Nearly everything here needs a name before it (手机, 身份证, 卡号): figures in a row are figures. Only a run of signs
//! that are all digits, some of them not as people write figures, is told without.

use super::digits::{luhn, mobile, resident, shaped};
use super::signs::{Gap, digit, ex, gap};
use super::words::{Look, Search, any_of};
use super::{Kind, Seen, around};
use std::ops::Range;
use std::sync::LazyLock;

/// A digit in other than its usual form.
const fn odd(c: char) -> Option<u8> {
    // What most signs are: letters, figures, marks of Chinese.
    if matches!(c, '\0'..='±' | '\u{3000}'..='\u{3006}' | '\u{FF00}'..='\u{1F0FF}' | '\u{1F10D}'..='\u{1FBEF}') {
        return None;
    }
    match c {
        '零' | '〇' | '○' | '◯' | '⓪' | '⓿' | '洞' | '⁰' | '₀' => Some(0),
        '一' | '壹' | '幺' | '么' | '弌' | '¹' => Some(1),
        '二' | '贰' | '貳' | '两' | '兩' | '弍' | '²' => Some(2),
        '三' | '叁' | '參' | '叄' | '弎' | '³' => Some(3),
        '四' | '肆' => Some(4),
        '五' | '伍' => Some(5),
        '六' | '陆' | '陸' => Some(6),
        '七' | '柒' | '拐' => Some(7),
        '八' | '捌' => Some(8),
        '九' | '玖' | '勾' => Some(9),
        '⁴'..='⁹' => from(c, '⁴', 4),
        '₁'..='₉' => from(c, '₁', 1),
        '①'..='⑨' => from(c, '①', 1),
        '⑴'..='⑼' => from(c, '⑴', 1),
        '⒈'..='⒐' => from(c, '⒈', 1),
        '⓵'..='⓽' => from(c, '⓵', 1),
        '❶'..='❾' => from(c, '❶', 1),
        '➀'..='➈' => from(c, '➀', 1),
        '➊'..='➒' => from(c, '➊', 1),
        '〡'..='〩' => from(c, '〡', 1),
        '㈠'..='㈨' => from(c, '㈠', 1),
        '㊀'..='㊈' => from(c, '㊀', 1),
        '\u{1F100}' | '\u{1F101}' | '\u{1F10B}' | '\u{1F10C}' => Some(0),
        '\u{1F102}'..='\u{1F10A}' => from(c, '\u{1F102}', 1),
        '㆒'..='㆕' => from(c, '㆒', 1),
        '\u{1FBF0}'..='\u{1FBF9}' => from(c, '\u{1FBF0}', 0),
        _ => None,
    }
}

/// The figure that stands so far behind another in its row.
const fn from(c: char, first: char, value: u8) -> Option<u8> {
    Some((c as u32 - first as u32) as u8 + value)
}

/// Two figures in one sign: ⑬, ⑱, ⓭, ⒀, ⒔.
const fn pair(c: char) -> Option<[u8; 2]> {
    let n = match c {
        '⑩'..='⑳' => c as u32 - '⑩' as u32 + 10,
        '⑽'..='⒇' => c as u32 - '⑽' as u32 + 10,
        '⒑'..='⒛' => c as u32 - '⒑' as u32 + 10,
        '⓫'..='⓴' => c as u32 - '⓫' as u32 + 11,
        '❿' | '➉' | '➓' => 10,
        '㉑'..='㉟' => c as u32 - '㉑' as u32 + 21,
        '㊱'..='㊿' => c as u32 - '㊱' as u32 + 36,
        _ => return None,
    };
    Some([(n / 10) as u8, (n % 10) as u8])
}

/// A bit for each character up to U+FFFF that is a digit in other than its usual form, or of full width.
pub(super) static ODD: [u64; 1024] = {
    let mut bits = [0; 1024];
    let mut c = 0;
    while c < 0x10000 {
        if let Some(sign) = char::from_u32(c)
            && (odd(sign).is_some() || pair(sign).is_some() || matches!(sign, '０'..='９'))
        {
            bits[c as usize >> 6] |= 1 << (c & 63);
        }
        c += 1;
    }
    bits
};

/// A letter that is taken, or given, for a digit.
fn letter(c: char) -> Option<u8> {
    match c {
        'O' | 'o' | 'Ｏ' | 'ｏ' | 'О' | 'о' | 'Ο' | 'ο' => Some(0),
        'I' | 'l' | 'i' | 'Ｉ' | 'ｌ' | 'І' | 'і' | '丨' | 'ǀ' => Some(1),
        _ => None,
    }
}

/// A digit in other than its usual form at a place, and its length.
pub(super) fn odd_at(text: &str, i: usize) -> Option<(u8, usize)> {
    let c = next(text, i)?;
    Some((odd(c)?, c.len_utf8()))
}

/// Two figures in one sign at a place, and its length.
pub(super) fn pair_at(text: &str, i: usize) -> Option<([u8; 2], usize)> {
    let c = next(text, i)?;
    Some((pair(c)?, c.len_utf8()))
}

fn next(text: &str, i: usize) -> Option<char> {
    text.get(i..)?.chars().next()
}

/// What a sign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dress {
    Plain,
    Odd,
    Letter,
}

/// A digit in any dress: its value and length.
fn sign(text: &str, i: usize) -> Option<(u8, usize, Dress)> {
    if let Some((v, n)) = digit(text.as_bytes(), i) {
        return Some((v, n, Dress::Plain));
    }
    let c = next(text, i)?;
    let (v, dress) = odd(c).map(|v| (v, Dress::Odd)).or_else(|| letter(c).map(|v| (v, Dress::Letter)))?;
    Some((v, c.len_utf8(), dress))
}

/// Names of numbers of persons.
static NAMES: &[&str] = &[
    "手机",
    "手機",
    "手 机",
    "手　机",
    "电话",
    "電話",
    "电 话",
    "电　话",
    "身份证",
    "身份證",
    "身 份",
    "身　份",
    "公民身份",
    "身份号",
    "身分證",
    "身分证",
    "证件号",
    "證件號",
    "残疾人证",
    "残疾证",
    "卡号",
    "卡號",
    "账号",
    "帐号",
    "賬號",
    "帳號",
    "银行卡",
    "行卡",
    "储蓄卡",
    "信用卡",
    "借记卡",
    "工资卡",
    "社保卡",
    "存折",
    "一卡通",
    "携帯",
    "휴대",
    "핸드폰",
    "行動電話",
    "联系方式",
    "聯絡方式",
    "联系号",
    "微信",
    "obile",
    "hone",
    "Tel",
    "tel:",
    "ID card",
];

/// Of these, such as are only those of telephones that a person carries.
static CARRIED: &[&str] = &["携帯", "휴대", "핸드폰", "行動電話", "手機"];

/// Names of permits and cards: of few digits.
static PERMITS: &[&str] =
    &["台胞证", "臺胞證", "来往大陆", "來往大陸", "军官证", "士兵证", "警官证", "军人证", "文职干部证", "警察证", "护照", "護照", "assport", "永久居留"];

pub(super) static FIND: LazyLock<Option<Search>> = LazyLock::new(|| any_of(NAMES.iter().chain(PERMITS).copied()));

/// Whether a digit in other dress stands beside another digit: a run of them may be there.
pub(super) fn beside_digit(text: &str, i: usize) -> bool {
    let value = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c) || odd(c).is_some() || pair(c).is_some());
    let mut behind = text[i..].chars();
    let own = behind.next();
    value(own) && (value(behind.next()) || value(text[..i].chars().next_back()))
}

/// The search for numbers as they are mostly written.
pub(super) type Usual<'u> = dyn Fn(&str, &mut dyn FnMut(Seen)) + 'u;

/// Finds them in a text; what the `usual` search finds is not told again.
pub(super) fn scan(text: &str, look: &Look, usual: &Usual<'_>, found: &mut dyn FnMut(Seen)) {
    // Eleven digits.
    if text.len() < 11 {
        return;
    }
    if look.dressed {
        runs(text, found);
    }
    whole(text, usual, found);
    let mut done = 0;
    for m in FIND.iter().flat_map(|f| f.find_from(text, look.names)) {
        if m.end() < done {
            continue;
        }
        if m.pattern().as_usize() >= NAMES.len() {
            let lettered = PERMITS[m.pattern().as_usize() - NAMES.len()..].len() <= 4;
            permit(text, m.end(), lettered, usual, found);
        } else if let Some(start) = value(text, m.end()) {
            done = beside(text, start, CARRIED.contains(&NAMES[m.pattern().as_usize()]), usual, found);
        }
    }
    cells(text, found);
}

/// Most bytes between a name and its number.
const APART: usize = 80;

/// Where the value of a name begins: behind 号码, a colon, blanks, markup.
fn value(text: &str, end: usize) -> Option<usize> {
    static WORDS: &[&str] = &[
        "号码",
        "號碼",
        "号",
        "號",
        "码",
        "碼",
        "是",
        "为",
        "為",
        "份",
        "证",
        "證",
        "卡",
        "编号",
        "分别",
        "本人",
        "電話",
        "電話番号",
        "番号",
        "폰",
        "전화",
        "번호",
        "number",
        "no",
        "num",
    ];
    let mut i = end;
    loop {
        let c = next(text, i)?;
        if i - end > APART || c == '\n' {
            return None;
        }
        let (kind, after) = if matches!(c, '<' | '&' | '[') { gap(text.as_bytes(), i) } else { (Gap::None, i) };
        if kind != Gap::None {
            i = after;
        } else if let Some(n) = cell(text, i) {
            i += n;
        } else if let Some(w) = WORDS.iter().find(|w| text[i..].starts_with(**w)) {
            i += w.len();
        } else if sign(text, i).is_some() || pair(c).is_some() {
            return Some(i);
        } else if c.is_alphanumeric() || matches!(c, '。' | '；') {
            return None;
        } else {
            i += c.len_utf8();
        }
    }
}

/// The end of one cell of a table in HTML and the beginning of the next.
fn cell(text: &str, i: usize) -> Option<usize> {
    let rest = text.get(i..)?;
    let tag = ["</td>", "</th>", "<td", "<th"].iter().find(|t| rest.starts_with(**t))?;
    if tag.ends_with('>') { Some(tag.len()) } else { rest.as_bytes().iter().take(200).position(|c| *c == b'>').map(|n| n + 1) }
}

#[derive(Clone, Copy)]
struct Digit {
    value: u8,
    from: usize,
    to: usize,
    dress: Dress,
    /// Something stands before it.
    apart: bool,
}

/// Most digits that are read.
const MOST: usize = 40;

/// The digits from a place on, whatever stands between them in the line.
fn digits(text: &str, start: usize) -> Vec<Digit> {
    let b = text.as_bytes();
    let mut out: Vec<Digit> = Vec::new();
    let (mut i, mut marks, mut apart) = (start, 0, false);
    while out.len() < MOST {
        if let Some((value, n, dress)) = sign(text, i).filter(|(_, n, dress)| {
            // A letter stands beside a digit, and begins no word.
            let before = !apart && !out.is_empty();
            let after = sign(text, i + n).is_some();
            *dress != Dress::Letter
                || ((before || after) && !b.get(i + n).is_some_and(|c| c.is_ascii_alphabetic() && sign(text, i + n).is_none() && ex(b, i + n).is_none()))
        }) {
            out.push(Digit { value, from: i, to: i + n, dress, apart: apart && !out.is_empty() });
            (i, marks, apart) = (i + n, 0, false);
            continue;
        }
        if let Some((p, n)) = pair_at(text, i) {
            out.push(Digit { value: p[0], from: i, to: i + n, dress: Dress::Odd, apart: apart && !out.is_empty() });
            out.push(Digit { value: p[1], from: i, to: i + n, dress: Dress::Odd, apart: false });
            (i, marks, apart) = (i + n, 0, false);
            continue;
        }
        if let (17, Some(n)) = (out.len(), ex(b, i)) {
            out.push(Digit { value: 10, from: i, to: i + n, dress: Dress::Plain, apart });
            break;
        }
        let Some(c) = next(text, i) else { break };
        let (kind, after) = gap(b, i);
        if kind != Gap::None && kind != Gap::Break {
            // Markup is not seen.
            (i, apart) = (after, apart || kind == Gap::Shown);
        } else if let Some(n) = cell(text, i) {
            (i, apart) = (i + n, true);
        } else if c == '\n' || c == '<' || c.is_alphanumeric() && c != '丶' || marks == 8 {
            break;
        } else {
            (i, marks, apart) = (i + c.len_utf8(), marks + 1, true);
        }
    }
    out
}

/// Ways in which people write numbers in groups, and one digit alone.
static MOBILES: &[&[usize]] = &[&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[4, 4, 3], &[4, 3, 4], &[3, 3, 5], &[5, 6], &[3, 4, 2, 2], &[3, 2, 2, 2, 2], &[1; 11]];

fn sizes(run: &[Digit]) -> Vec<usize> {
    let mut out = vec![0];
    for (k, d) in run.iter().enumerate() {
        if k > 0 && d.apart {
            out.push(0);
        }
        if let Some(n) = out.last_mut() {
            *n += 1;
        }
    }
    out
}

/// What digits beside a name are: kind, whether that is proved, and how many of them.
fn number(run: &[Digit]) -> Option<(Kind, bool, usize)> {
    number_of(run, false)
}

/// Beside the name of a telephone that is carried, those of Japan, Korea and Taiwan too.
fn number_of(run: &[Digit], carried: bool) -> Option<(Kind, bool, usize)> {
    let v: Vec<u8> = run.iter().map(|d| d.value).collect();
    let edge = |n: usize| run.len() == n || run.get(n).is_some_and(|d| d.apart);
    let part = |from: usize, n: usize| v.get(from..from + n).filter(|_| edge(from + n)).unwrap_or(&[]);
    if resident(part(0, 18)) {
        return Some((Kind::Id, true, 18));
    }
    for (from, head) in [(0, &[][..]), (1, &[0]), (2, &[8, 6]), (3, &[8, 6, 0]), (4, &[0, 0, 8, 6])] {
        if v.starts_with(head) && mobile(part(from, 11)) && MOBILES.contains(&&*sizes(&run[from..from + 11])) {
            return Some((Kind::Mobile, true, from + 11));
        }
    }
    let groups = |n: usize| sizes(&run[..n]);
    if carried && matches!(v[..], [0, 1 | 7 | 8 | 9, 0, ..]) && part(0, 11).len() == 11 && matches!(&groups(11)[..], [11] | [3, 4, 4] | [3, 8]) {
        return Some((Kind::Mobile, true, 11));
    }
    if carried && v.starts_with(&[0, 9]) && part(0, 10).len() == 10 && matches!(&groups(10)[..], [10] | [4, 3, 3] | [4, 6]) {
        return Some((Kind::Mobile, true, 10));
    }
    let even = |n: usize| groups(n).len() == 1 || groups(n).len() == n || groups(n).iter().rev().skip(1).all(|s| *s == 4 || *s == 6 || *s == 8);
    if shaped(part(0, 18)) && even(18) {
        return Some((Kind::Id, false, 18));
    }
    (16..=19).find(|n| luhn(part(0, *n)) && even(*n)).map(|n| (Kind::Card, false, n))
}

/// Whether another search sees the same.
fn plain(text: &str, at: &Range<usize>, kind: Kind, usual: &Usual<'_>) -> bool {
    let mut any = false;
    let part = &text[at.clone()];
    usual(part, &mut |s| any |= s.kind == kind);
    if !any && !part.is_ascii() {
        runs(part, &mut |s| any |= s.kind == kind);
    }
    any
}

/// What is called an identity number and has the length of one, or a digit less or more, is one with a slip; what is called an
/// account beside somebody's name is theirs, whatever its check digit.
fn slip(text: &str, start: usize, run: &[Digit]) -> Option<(Kind, bool, usize)> {
    let n = run.iter().skip(1).position(|d| d.apart).map_or(run.len(), |i| i + 1);
    if run[..n].iter().any(|d| d.dress == Dress::Letter) {
        return None;
    }
    let near = &text[around::floor(text, start.saturating_sub(60))..start];
    let near = near.rsplit(['\n', '。']).next().unwrap_or(near);
    let id = ["身份证", "身份證", "身分證", "身分证", "公民身份", "身份号"].iter().filter_map(|w| near.rfind(w)).max();
    let card =
        ["卡号", "卡號", "账号", "帐号", "賬號", "帳號", "账户", "一卡通", "行卡", "储蓄卡", "借记卡", "存折"].iter().filter_map(|w| near.rfind(w)).max();
    let blocks = ["统一社会信用", "组织机构", "公司", "企业", "单位", "局", "委员会", "中心", "学校", "医院", "协会", "基金会", "国库", "财政", "专户", "非税"];
    if id > card {
        return (16..=20).contains(&n).then_some((Kind::Id, false, n));
    }
    let named = || {
        let parts = near.split(|c: char| !('\u{4E00}'..='\u{9FFF}').contains(&c)).filter(|p| !p.is_empty());
        parts.clone().any(super::person::is_name) || super::person::named(near)
    };
    let own = near.contains("卡号") || near.contains("卡號");
    (card.is_some() && !blocks.iter().any(|w| near.contains(w)) && (own && (16..=19).contains(&n) || (12..=21).contains(&n) && named())).then_some((
        Kind::Card,
        false,
        n,
    ))
}

/// The numbers beside a name, one after the other; gives the place after them.
fn beside(text: &str, start: usize, carried: bool, usual: &Usual<'_>, found: &mut dyn FnMut(Seen)) -> usize {
    let mut at = start;
    for _ in 0..8 {
        let run = digits(text, at);
        let Some((kind, proof, n)) = number_of(&run, carried).or_else(|| slip(text, start, &run)) else { break };
        let place = run[0].from..run[n - 1].to;
        at = place.end;
        // Cells of a table are figures, unless each is of one digit.
        let line = text[..start].rfind('\n').map_or(0, |i| i + 1);
        if text[place.clone()].contains('|') && text[line..start].contains('|') && !sizes(&run[..n]).iter().all(|s| *s == 1) {
            break;
        }
        let glued = text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
        // A list of figures is counted in something.
        let counted = kind == Kind::Mobile && next(text, at).is_some_and(|c| "部台家条次例起辆名笔位".contains(c));
        if !glued && !counted && !plain(text, &place, kind, usual) {
            found(Seen { kind, at: place, proof, old: false, bare: false, glued: false, among: false, weak: true });
        }
        match run.get(n) {
            Some(d) => at = d.from,
            None => break,
        }
    }
    at
}

/// A cell or a line that is nothing but such a number: the name of its column, or nothing, says so.
fn whole(text: &str, usual: &Usual<'_>, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    if b.len() > 120 || b[0].is_ascii_alphabetic() && letter(b[0].into()).is_none() {
        return;
    }
    // Most cells have a letter, or are days, figures and times.
    if text.is_ascii()
        && (b.iter().any(|c| c.is_ascii_alphabetic() && letter((*c).into()).is_none() && *c != b'X' && *c != b'x')
            || b.iter().all(|c| b"0123456789.:/-+ eE,".contains(c)))
        && !text.contains(", ")
    {
        return;
    }
    let Some(c) = next(text, 0) else { return };
    if c.is_alphanumeric() && sign(text, 0).is_none() {
        return;
    }
    let run = digits(text, 0);
    let Some((kind, proof, n)) = number(&run).filter(|(.., n)| *n == run.len()) else { return };
    let at = run[0].from..run[n - 1].to;
    if run[0].from == 0 && at.end == text.len() && !plain(text, &at, kind, usual) && !(run.iter().all(|d| !d.apart && d.dress != Dress::Letter)) {
        found(Seen { kind, at, proof, old: false, bare: true, glued: false, among: false, weak: true });
    }
}

/// Runs of digits some of which are in other dress: 一三八8…, ①③⑧….
fn runs(text: &str, found: &mut dyn FnMut(Seen)) {
    let plain = |c: char| c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32)).map(|d| d as u8);
    let value = |c: char| odd(c).map(|v| (v, true)).or_else(|| plain(c).map(|d| (d, false))).or_else(|| pair(c).map(|p| (p[0], true)));
    let mut done = 0;
    // Eleven of them are at least twelve bytes, three in Han nine.
    let b = text.as_bytes();
    for k in (0..text.len()).step_by(9) {
        let mut at = k;
        while b[at] & 0xC0 == 0x80 {
            at -= 1;
        }
        let digit = match (b[at], b.get(at + 1..)) {
            (c @ ..0x80, _) => c.is_ascii_digit(),
            (c @ 0xE0..0xF0, Some([second, third, ..])) => ODD[(c as usize & 15) << 6 | *second as usize & 63] >> (third & 63) & 1 != 0,
            _ => next(text, at).and_then(value).is_some(),
        };
        if at < done || !digit {
            continue;
        }
        let mut from = at;
        while let Some(c) = text[done..from].chars().next_back().filter(|c| value(*c).is_some()) {
            from -= c.len_utf8();
        }
        // Most runs are figures as everybody writes them, or one numeral alone.
        let (mut n, mut end, mut dressed) = (0, from, false);
        for c in text[from..].chars() {
            let Some(d) = value(c) else { break };
            (n, end, dressed) = (n + 1, end + c.len_utf8(), dressed | d.1);
            if n > 400 {
                break;
            }
        }
        if !dressed || n < 3 {
            done = end;
            continue;
        }
        let mut v: Vec<(u8, bool)> = Vec::new();
        let mut ends: Vec<usize> = vec![from];
        for c in text[from..].chars() {
            let Some(d) = value(c) else { break };
            v.push(d);
            ends.push(ends[ends.len() - 1] + c.len_utf8());
            if let Some([_, second]) = pair(c) {
                v.push((second, true));
                ends.push(ends[ends.len() - 1]);
            }
            if v.len() > 400 {
                break;
            }
        }
        let n = v.len();
        done = ends[n];
        let last = ex(text.as_bytes(), done);
        // 一三八-八一九二-四八六五; a name may end in a figure.
        let head = n.saturating_sub(3);
        if n == 3 || n == 4 && v[0].1 {
            let d = &v[head..];
            if d[0].0 == 1 && (3..=9).contains(&d[1].0) && d.iter().all(|d| d.1) {
                let run = digits(text, ends[head]);
                if let Some((Kind::Mobile, _, 11)) = number(&run).filter(|_| run.len() == 11 && sizes(&run) == [3, 4, 4]) {
                    done = run[10].to;
                    found(Seen { kind: Kind::Mobile, at: run[0].from..done, proof: true, old: false, bare: false, glued: false, among: false, weak: false });
                }
            }
        }
        if !(11..=19).contains(&n) || !v.iter().any(|d| d.1) {
            continue;
        }
        let mut d: Vec<u8> = v.iter().map(|d| d.0).collect();
        if let Some(len) = last.filter(|_| n == 17 || n == 18) {
            d.push(10);
            ends.push(done + len);
        }
        // A name may end in a figure (张三), a number of the country stand before it.
        for head in 0..3.min(d.len()) {
            let kind = match &d[head..] {
                w if w.len() == 11 && mobile(w) => Kind::Mobile,
                w if w.len() == 18 && resident(w) => Kind::Id,
                _ => continue,
            };
            if !(head == 0 || head == 1 && v[0].1 || d.starts_with(&[8, 6])) {
                continue;
            }
            let dressed = v[head..].iter().filter(|d| d.1).count();
            // ① begins an item, ¹ is a note.
            if dressed == 0 || dressed == 1 && (v[head].1 || v[n - 1].1) {
                break;
            }
            let at = ends[head]..ends[d.len()];
            let bare = at.start == 0 && at.end == text.len();
            found(Seen { kind, at, proof: true, old: false, bare, glued: false, among: false, weak: false });
            break;
        }
    }
}

/// A permit, or the card of a soldier, that only its name tells from other numbers: 台胞证12345678, 军官证：南字第12345678号.
fn permit(text: &str, end: usize, lettered: bool, usual: &Usual<'_>, found: &mut dyn FnMut(Seen)) {
    static WORDS: &[&str] = &["通行证", "通行證", "身份证", "身份證", "号码", "號碼", "编号", "号", "號", "证", "为", "是"];
    let mut i = end;
    loop {
        let Some(c) = next(text, i).filter(|c| *c != '\n' && i - end <= APART) else { return };
        let (kind, after) = gap(text.as_bytes(), i);
        if kind != Gap::None {
            i = after;
        } else if let Some(w) = WORDS.iter().find(|w| text[i..].starts_with(**w)) {
            i += w.len();
        } else if matches!(c, ':' | '：' | '(' | '（' | '"' | '“' | '|') {
            i += c.len_utf8();
        } else {
            break;
        }
    }
    // 南字第…
    let start = i;
    if let Some((k, _)) =
        text[i..].char_indices().take(6).find(|(_, c)| *c == '字').filter(|(k, _)| text[i..i + k].chars().all(|c| !c.is_ascii() && c.is_alphabetic()))
    {
        i += k + "字".len();
        i += if text[i..].starts_with('第') { "第".len() } else { 0 };
        i = gap(text.as_bytes(), i).1;
    }
    // E 12345678
    let b = text.as_bytes();
    let letters = b[i..].iter().take(4).take_while(|c| c.is_ascii_alphabetic()).count();
    if letters > 0 {
        let (_, from) = gap(b, i + letters);
        let mut to = from;
        while let Some((_, len)) = digit(b, to) {
            to += len;
        }
        let n = text[from..to].chars().count();
        let fits = if letters == 3 { n == 12 } else { letters < 3 && letters + n == 9 };
        // Made of one figure, it is an example.
        let example = text.as_bytes()[from..to].windows(2).all(|w| w[0] == w[1]);
        if fits && !example && !b.get(to).is_some_and(u8::is_ascii_alphanumeric) && !plain(text, &(i..to), Kind::Passport, usual) {
            found(Seen { kind: Kind::Passport, at: i..to, proof: letters == 3, old: false, bare: false, glued: false, among: false, weak: true });
        }
        return;
    }
    if lettered {
        return;
    }
    let mut n = 0;
    while let Some((_, len)) = digit(text.as_bytes(), i) {
        (n, i) = (n + 1, i + len);
    }
    let unit = next(text, i).is_some_and(|c| c.is_ascii_alphanumeric() || "本张份个人名件枚册元年-".contains(c));
    if (6..=12).contains(&n) && !unit {
        found(Seen { kind: Kind::Passport, at: start..i, proof: false, old: false, bare: false, glued: false, among: false, weak: true });
    }
}

/// One digit a cell in a table of Markdown.
fn cells(text: &str, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    let blank = |mut i: usize| {
        while matches!(b.get(i), Some(b' ' | b'*' | b'`')) {
            i += 1;
        }
        i
    };
    split(text, found);
    let mut run: Vec<(u8, usize, usize)> = Vec::new();
    let mut open = usize::MAX;
    for bar in memchr::memchr_iter(b'|', b).chain([b.len()]) {
        if bar != open {
            line(text, &run, found);
            run.clear();
        }
        open = usize::MAX;
        let at = blank(bar + 1);
        let one = match digit(b, at) {
            Some((v, n)) => Some((v, n)),
            None if run.len() >= 17 => ex(b, at).map(|n| (10, n)),
            None if b.get(at).is_some_and(|c| *c >= 0x80) => next(text, at).and_then(|c| Some((odd(c)?, c.len_utf8()))),
            None => None,
        };
        let Some((value, n)) = one else { continue };
        let after = blank(at + n);
        // The last cell of a line may be without its bar.
        if b.get(after) == Some(&b'|') || b.get(after).is_none_or(|c| *c == b'\n') {
            run.push((value, at, at + n));
            open = if b.get(after) == Some(&b'|') { after } else { usize::MAX };
        }
    }
    line(text, &run, found);
}

/// A number whose digits stand in cells beside each other, in a table of Markdown or HTML that is of persons.
fn split(text: &str, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    let pages = memchr::memmem::find(b, b"<td").is_some();
    if !pages && memchr::memchr(b'|', b).is_none() {
        return;
    }
    static PERSONS: &[&str] = &["姓名", "身份证", "身份證", "证件", "證件", "氏名", "이름", "name", "手机", "手機", "电话", "電話", "mobile", "phone"];
    let mut start = 0;
    let mut done = 0;
    while start < b.len() {
        // In Markdown from one line with a bar to the next.
        if !pages {
            let Some(bar) = memchr::memchr(b'|', &b[start..]).map(|i| start + i) else { break };
            start = memchr::memrchr(b'\n', &b[start..bar]).map_or(start, |i| start + i + 1);
        }
        let end = memchr::memchr(b'\n', &b[start..]).map_or(b.len(), |i| start + i + 1);
        let (from, line) = (start, &text[start..end]);
        start = end;
        if from < done || line.len() > 4_000 || !(line.len() >= 14 && line.contains('|') || pages && line.contains("<td")) {
            continue;
        }
        // Cells that are all digits, each with its place; those of a page may stand in lines of their own.
        let to = if line.contains("<td") { around::floor(text, (from + 2_000).min(text.len())) } else { end };
        let row = &text[from..to];
        let row = row.find("</tr").map_or(row, |i| &row[..i]);
        done = from + row.len();
        if row.bytes().filter(u8::is_ascii_digit).count() < 11 {
            continue;
        }
        let mut cells: Vec<(usize, &str)> = Vec::new();
        for part in row.split(['|', '<', '>', '\n']) {
            let v = part.trim_matches([' ', '*', '`', '\r', '\t']);
            let digits =
                !v.is_empty() && v.len() < 18 && v.bytes().enumerate().all(|(i, c)| c.is_ascii_digit() || i + 1 == v.len() && matches!(c, b'X' | b'x'));
            if digits {
                cells.push((v.as_ptr() as usize - text.as_ptr() as usize, v));
            } else if !v.is_empty() && !["td", "/td", "th", "/th"].iter().any(|t| v.starts_with(t)) {
                cells.push((0, ""));
            }
        }
        for k in 0..cells.len() {
            let (mut size, mut parts) = (0, Vec::new());
            for (_, v) in cells[k..].iter().take_while(|(_, v)| !v.is_empty()) {
                size += v.len();
                parts.push(v.len());
                if size >= 18 {
                    break;
                }
                if size >= 11 && MOBILES.contains(&&*parts) && parts.len() > 1 && parts.len() < 6 {
                    break;
                }
            }
            let id = matches!(&parts[..], [6, 8, 4] | [6, 12] | [14, 4] | [6, 8, 3, 1] | [17, 1] | [6, 4, 4, 4] | [6, 4, 2, 2, 4] | [2, 2, 2, 8, 4]);
            let call = size == 11 && parts.len() > 1 && parts.len() < 6;
            if !id && !call {
                continue;
            }
            let cells = &cells[k..k + parts.len()];
            let all: String = cells.iter().map(|c| c.1).collect();
            let v: Vec<u8> = all.bytes().map(|c| if c.is_ascii_digit() { c - b'0' } else { 10 }).collect();
            let kind = if id && resident(&v) {
                Kind::Id
            } else if call && mobile(&v) {
                Kind::Mobile
            } else {
                continue;
            };
            // Figures are many: the table says what these are.
            let head = &text[around::floor(text, from.saturating_sub(1_500))..from];
            let head = head.rfind("\n\n").map_or(head, |i| &head[i..]);
            // 手机 beside figures is what they count.
            let head = if id { format!("{head}{row}") } else { head.to_string() }.to_ascii_lowercase();
            let words = if id { PERSONS } else { &PERSONS[8..] };
            let last = cells[cells.len() - 1];
            let named = || id && row.split(['|', '<', '>']).any(|p| super::person::is_name(p.trim()));
            if words.iter().any(|w| head.contains(w)) || named() {
                let at = cells[0].0..last.0 + last.1.len();
                found(Seen { kind, at, proof: true, old: false, bare: false, glued: false, among: false, weak: false });
                break;
            }
        }
    }
}

/// Cells of one digit beside each other.
fn line(text: &str, run: &[(u8, usize, usize)], found: &mut dyn FnMut(Seen)) {
    if run.len() < 11 {
        return;
    }
    let v: Vec<u8> = run.iter().map(|d| d.0).collect();
    let mut tell = |kind, k: usize, n: usize| {
        found(Seen { kind, at: run[k].1..run[k + n - 1].2, proof: true, old: false, bare: false, glued: false, among: false, weak: false });
    };
    if let Some(k) = (0..v.len().saturating_sub(17)).find(|k| resident(&v[*k..k + 18])) {
        tell(Kind::Id, k, 18);
        return;
    }
    // Figures of one digit are many: the table says what these are.
    let from = around::floor(text, run[0].1.saturating_sub(1_500));
    let table = &text[from..run[0].1];
    let table = table.rfind("\n\n").map_or(table, |i| &table[i..]).to_ascii_lowercase();
    if let Some(k) = [0, v.len() - 11].into_iter().find(|k| v.len() <= 13 && mobile(&v[*k..k + 11]))
        && ["手机", "电话", "手機", "電話", "mobile", "phone", "联系方式"].iter().any(|w| table.contains(w))
    {
        tell(Kind::Mobile, k, 11);
    }
}
