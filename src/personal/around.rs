//! What the words around a number make of it.

use super::signs::unmarked;
use std::ops::Range;

/// What a number is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Nothing is said.
    None,
    /// 身份证号
    Id,
    /// 手机
    Mobile,
    /// 联系电话: may be that of an office.
    Contact,
    /// 银行卡号
    Card,
    /// 护照
    Passport,
    /// 快递单号
    Post,
    /// `id`, `key`: of a person or of anything.
    Key,
    /// 编号, 金额 and other names of what is no personal number.
    Code,
}

/// Words before a telephone that may be that of an office.
static CONTACTS: &[&str] =
    &["联系电话", "聯絡電話", "联系方式", "咨询", "谘询", "热线", "熱線", "值班", "监督", "举报", "投诉", "报名", "传真", "客服", "contact", "hotline", "fax"];

static NAMES: &[(Label, &[&str])] = &[
    (
        Label::Id,
        &[
            "身份证",
            "身份證",
            "公民身份",
            "身份号码",
            "证件号",
            "證件號",
            "证件编号",
            "idcard",
            "id card",
            "id_card",
            "identity",
            "sfz",
            "id no",
            "残疾人证",
            "残疾证",
            "身分證",
            "身分证",
            "hkid",
        ],
    ),
    (
        Label::Mobile,
        &[
            "手机",
            "手機",
            "移动电话",
            "行動電話",
            "本人电话",
            "个人电话",
            "携帯電話",
            "携帯",
            "휴대",
            "핸드폰",
            "家长电话",
            "家庭电话",
            "家庭联系电话",
            "家庭联系方式",
            "私人电话",
            "私人联系电话",
            "私人联系方式",
            "个人联系电话",
            "个人联系方式",
            "住宅电话",
            "宅电",
            "亲属电话",
            "亲属联系电话",
            "亲属联系方式",
            "家属电话",
            "家属联系电话",
            "家属联系方式",
            "mobile",
            "cell",
            "cellphone",
            "微信",
            "wechat",
            "支付宝",
        ],
    ),
    (
        Label::Passport,
        &[
            "护照",
            "護照",
            "passport",
            "港澳通行证",
            "往来港澳",
            "港澳居民",
            "来往内地",
            "来往大陆",
            "往来台湾",
            "回乡证",
            "台胞证",
            "臺胞證",
            "通行證",
            "護照號",
            "来往大陸",
            "來往大陸",
            "军官证",
            "士兵证",
            "警官证",
            "军人证",
            "文职干部证",
            "警察证",
            "永久居留",
        ],
    ),
    (
        Label::Card,
        &[
            "银行卡",
            "行卡",
            "储蓄卡",
            "信用卡",
            "借记卡",
            "工资卡",
            "社保卡",
            "存折",
            "存摺",
            "邮储",
            "农信",
            "农行",
            "卡号",
            "账号",
            "帐号",
            "账户",
            "帳號",
            "帳戶",
            "卡號",
            "开户行",
            "银行",
            "card",
            "account",
            "iban",
        ],
    ),
    (Label::Post, &["邮件号", "快递", "运单", "郵件", "tracking", "parcel", "ems"]),
    (Label::Contact, CONTACTS),
    (Label::Contact, &["电话", "電話", "拨打", "致电", "tel", "phone", "telephone", "call"]),
    (Label::Key, &["id", "oid", "fid", "gid", "key", "objectid", "uid"]),
    (
        Label::Code,
        &[
            "编号",
            "編號",
            "文号",
            "文號",
            "代码",
            "代碼",
            "编码",
            "編碼",
            "登记号",
            "业务号",
            "户号",
            "地块号",
            "宗地号",
            "箱号",
            "参考号",
            "工单号",
            "注册号",
            "订单",
            "案号",
            "许可证",
            "备案",
            "流水",
            "单号",
            "发票号",
            "票据号",
            "凭证号",
            "交易号",
            "受理号",
            "回执号",
            "条码",
            "条形码",
            "序列号",
            "时间戳",
            "合同号",
            "批号",
            "索引号",
            "股票",
            "金额",
            "总额",
            "合计",
            "共计",
            "人民币",
            "标准号",
            "项目号",
            "档案号",
            "版本",
            "经度",
            "纬度",
            "字号",
            "书号",
            "刊号",
            "工号",
            "学号",
            "准考证",
            "收入",
            "支出",
            "产值",
            "总值",
            "机身",
            "设备号",
            "资产号",
            "产品号",
            "sn",
            "s/n",
            "imei",
            "imsi",
            "iccid",
            "isbn",
            "issn",
            "barcode",
            "code",
            "ref",
            "timestamp",
            "uuid",
            "guid",
            "id",
            "sku",
            "upc",
            "ean",
            "doi",
            "version",
            "amount",
            "total",
            "serial",
            "token",
            "hash",
            "usd",
            "rmb",
            "cny",
            "case",
            "doc",
            "permit",
            "order",
            "invoice",
            "apn",
            "geoid",
            "globalid",
            "tract",
            "bytes",
            "abn",
            "acn",
            "tender",
        ],
    ),
];

/// The nearest character boundary at or before.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The text before a place on its line, at most so many bytes.
pub(super) fn left(text: &str, at: usize, most: usize) -> &str {
    let part = &text[floor(text, at.saturating_sub(most))..at];
    part.rfind('\n').map_or(part, |i| &part[i + 1..])
}

pub(super) fn right(text: &str, at: usize, most: usize) -> &str {
    let part = &text[at..floor(text, at + most)];
    part.find('\n').map_or(part, |i| &part[..i])
}

/// The last place of a word, which must stand alone where it is of Latin letters; gives the distance of its end from the end.
fn distance(low: &str, word: &str) -> Option<usize> {
    let b = low.as_bytes();
    let mut end = low.len();
    while let Some(i) = low[..end].rfind(word) {
        let letter = |c: Option<&u8>| c.is_some_and(u8::is_ascii_alphabetic);
        if !word.as_bytes()[0].is_ascii() || !(letter(i.checked_sub(1).and_then(|p| b.get(p))) || letter(b.get(i + word.len()))) {
            return Some(low.len() - i - word.len());
        }
        end = i;
    }
    None
}

/// What the words before a number (or in brackets after it) call it.
pub(super) fn label(text: &str, at: &Range<usize>) -> Label {
    let raw = left(text, at.start, 64).to_ascii_lowercase();
    // Markup has words of its own: `<code>`, `style="order: 1"`.
    if text[..at.start].ends_with(['>', ';']) || raw.contains(['<', '>']) {
        let plain = unmarked(left(text, at.start, 400)).to_ascii_lowercase();
        let plain = &plain[ceil(&plain, plain.len().saturating_sub(64))..];
        return called(plain, text, at);
    }
    match called(unkeyed(&raw), text, at) {
        // 手 机：
        Label::None if raw.contains([' ', '\u{3000}']) => {
            let tight: String = raw.chars().filter(|c| !matches!(c, ' ' | '\u{3000}')).collect();
            if tight.is_ascii() { Label::None } else { called(unkeyed(&tight), text, at) }
        }
        label => label,
    }
}

/// What follows the last key of a front matter that says nothing of a number: `doc_no:`, `note:`.
fn unkeyed(raw: &str) -> &str {
    let end = ["doc_no:", "version:", "note:", "title:"].iter().filter_map(|k| {
        let i = raw.rfind(k)?;
        let head = raw[..i].trim_end_matches(' ');
        (head.is_empty() || head.ends_with(['{', ',', '-'])).then_some(i + k.len())
    });
    &raw[end.max().unwrap_or(0)..]
}

/// 13812345678（王女士）
fn of_somebody(text: &str, end: usize) -> bool {
    let after = right(text, end, 24);
    after.strip_prefix(['(', '（']).and_then(|t| t.split([')', '）']).next()).is_some_and(|t| t.ends_with("女士") || t.ends_with("先生"))
}

/// G12345678号护照
pub(super) fn then_passport(text: &str, end: usize) -> bool {
    let after = right(text, end, 24);
    let after = after.strip_prefix('号').unwrap_or(after);
    after.starts_with("护照") || after.starts_with("的护照")
}

/// Whether nothing stands between a word for codes and the number but what joins them: 编号：, 代码为, `case_no=`, a prefix of
/// the code itself, or more codes of the same length.
fn at_once(between: &str, number: &str) -> bool {
    static JOINTS: &[&str] = &["号码", "編號", "号", "號", "码", "分别", "为", "為", "是", "系", "约", "达到", "达", "共", "number", "num", "no", "nr", "is"];
    if between.len() > 60 {
        return false;
    }
    let ours = |c: char| c.is_ascii_alphanumeric() || "-_./#+".contains(c);
    // `编号：闽A-13812345678`: a part of the code.
    let mut rest = between.trim_end_matches(ours);
    if between[rest.len()..].trim_start_matches(|c: char| !c.is_alphanumeric()).is_empty() {
        rest = between;
    }
    let mut fresh = true;
    while let Some(c) = rest.chars().next() {
        let joint = JOINTS.iter().find(|j| rest.starts_with(**j) && (fresh || !j.is_ascii()));
        if let Some(j) = joint {
            rest = &rest[j.len()..];
            fresh = false;
            continue;
        }
        if let Some(end) = rest.find('>').filter(|_| c == '<') {
            rest = &rest[end + 1..];
            continue;
        }
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 && digits == number.len() {
            rest = rest[digits..].trim_start_matches(['、', '，', ',', '；', ';', ' ']);
            continue;
        }
        if c.is_alphanumeric() || "，。；！？,;!?、".contains(c) {
            return false;
        }
        fresh = true;
        rest = &rest[c.len_utf8()..];
    }
    true
}

pub(super) fn called(low: &str, text: &str, at: &Range<usize>) -> Label {
    let (number, end) = (&text[at.clone()], at.end);
    let mut best = (usize::MAX, Label::None);
    // In lists of numbers there are no words at all.
    let wordless = low.bytes().all(|b| b.is_ascii() && !b.is_ascii_alphabetic());
    for (label, words) in NAMES.iter().filter(|_| !wordless) {
        for d in words.iter().filter_map(|w| distance(low, w)) {
            // 身份证编号 is no 编号, 手机号 no 号; and it names only the number that follows at once.
            let of_codes = matches!(label, Label::Code | Label::Key);
            if of_codes && !at_once(&low[low.len() - d..], number) {
                continue;
            }
            let d = if of_codes { d + 14 } else { d };
            if d < best.0 {
                best = (d, *label);
            }
        }
    }
    if best.0 > if best.1 == Label::Contact { 36 } else { 48 } {
        best.1 = Label::None;
    }
    if best.1 == Label::None {
        let after = right(text, end, 30).to_ascii_lowercase();
        if let Some(inner) = after.strip_prefix(['（', '(']) {
            return NAMES.iter().find(|(_, words)| words.iter().any(|w| inner.starts_with(w))).map_or(Label::None, |(l, _)| *l);
        }
    }
    best.1
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Units of more than one sign.
static UNITS: &[&str] = &[
    "美元", "欧元", "日元", "韩元", "港元", "港币", "英镑", "卢布", "澳元", "平方", "公里", "千米", "千瓦", "立方", "公斤", "千克", "公顷", "千焦", "赫兹",
    "千赫", "兆赫", "字节", "人次", "kwh", "mwh", "usd", "cny", "rmb", "yuan", "bytes", "hz", "khz", "mhz", "ghz",
];
/// Words that begin as a unit does and are none: 15117834256元旦期间有效.
static NO_UNITS: &[&str] = &[
    "元旦", "元宵", "元月", "元素", "个人", "个体", "个案", "个税", "件数", "份额", "人民", "人员", "人口", "人士", "人社", "户主", "户籍", "户口", "户名",
    "米粉", "米面", "万一", "万达", "万科", "次日", "次月", "次年", "度假", "股东", "张贴", "头条", "台账", "台州", "台湾", "套餐", "条件", "只要", "只能",
    "只是", "只有",
];

/// A number with a unit behind it or money before it is an amount.
pub(super) fn quantity(text: &str, at: &Range<usize>) -> bool {
    let before = left(text, at.start, 12).trim_end();
    let after = unmarked(right(text, at.end, 200));
    // 13512345678（元）
    let after = after.trim_start().trim_start_matches(['（', '(']).to_lowercase();
    let formula = before.ends_with('$') && after.starts_with('$');
    let marked = before.ends_with(['¥', '￥', '$', '€', '£', '〔', '［', '第']) && !formula;
    let unit = after.starts_with([
        '元', '万', '亿', '%', '％', '‰', '人', '户', '吨', '个', '件', '册', '份', '倍', '米', '秒', '〕', '股', '度', '次', '枚', '张', '株', '头', '只',
        '台', '套', '条', '亩',
    ]) || UNITS.iter().any(|w| after.starts_with(w));
    (marked || unit && !NO_UNITS.iter().any(|w| after.starts_with(w))) && !to_ring(text, at.start)
}

/// A telephone is asked for right before, whatever the sign behind it is that a unit could begin with: 手机15117834256元旦期间有效.
pub fn to_ring(text: &str, at: usize) -> bool {
    let before = left(text, at, 60).trim_end_matches(|c: char| c.is_whitespace() || "：:为是（(*￥¥$".contains(c));
    let before = before.strip_suffix("号码").or_else(|| before.strip_suffix('号')).unwrap_or(before);
    ["手机", "手機", "电话", "電話", "联系方式", "致电", "拨打", "微信"].iter().any(|w| before.ends_with(w))
}

/// The name of an object (DOI) goes on with the number: 10.1234/13912345678.
pub(super) fn in_doi(text: &str, at: usize) -> bool {
    let Some(before) = text[floor(text, at.saturating_sub(24))..at].strip_suffix('/') else { return false };
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    (4..=9).contains(&digits) && before[..before.len() - digits].ends_with("10.")
}

/// A sign of less than nothing stands right before: -13512345678. Behind a word it is a dash.
pub(super) fn negative(text: &str, at: usize) -> bool {
    let before = &text[floor(text, at.saturating_sub(8))..at];
    before
        .strip_suffix(['-', '−', '－'])
        .is_some_and(|b| b.is_empty() && at < 8 || b.ends_with(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | '，' | '：' | ':')))
}

/// Words of a person in the same line before a telephone number.
pub(super) fn of_a_person(text: &str, at: &Range<usize>) -> bool {
    let near = left(text, at.start, 150);
    of_somebody(text, at.end)
        || ["身份证", "住址", "户主", "患者", "家长", "原告", "被告", "投诉人", "来信人", "监护人", "村民", "贫困户", "救助对象", "补助对象", "本人", "快递员"]
            .iter()
            .any(|w| near.contains(w))
}

/// Letters before a number that are its name: `tel13812345678`, `ID1101…`.
pub(super) fn known_prefix(text: &str, at: usize) -> bool {
    let b = text.as_bytes();
    let n = b[..at].iter().rev().take(13).take_while(|c| c.is_ascii_alphabetic()).count();
    if n == 0 || n > 12 || at > n && matches!(b[at - n - 1], b'0'..=b'9' | b'_') {
        return false;
    }
    let word = text[at - n..at].to_ascii_lowercase();
    ["tel", "phone", "mobile", "mob", "cell", "id", "idcard", "idno", "sfz", "no", "sj", "sjh", "dh", "lxdh", "wx", "vx", "v", "wechat", "call", "mp", "m", "t"]
        .contains(&&*word)
        || word.ends_with("phone")
}

/// The number stands in a web address.
pub(super) fn in_address(text: &str, at: usize) -> bool {
    let part = &text[floor(text, at.saturating_sub(300))..at];
    let from = part.rfind(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']' | '|' | '，' | '。' | '；') || ('\u{4E00}'..='\u{9FFF}').contains(&c)
    });
    let token = from.map_or(part, |i| &part[i..]);
    token.contains("://") || token.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).starts_with("www.")
}

/// The number is whom an address of a program for messages names: `weixin://dl/chat?138…`.
pub(super) fn to_chat(text: &str, at: usize) -> bool {
    static CHATS: &[&str] = &["weixin", "wechat", "whatsapp", "tg", "viber", "skype", "mqqwpa", "mqq", "tencent", "dingtalk", "alipay", "alipays", "line"];
    let part = unplussed(left(text, at, 100));
    let Some((before, path)) = part.rsplit_once("://").filter(|_| part.ends_with(['?', '/', '=', ':'])) else { return false };
    let scheme = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("").to_ascii_lowercase();
    CHATS.contains(&&*scheme) && !path.contains(char::is_whitespace)
}

/// One letter stands at a number, and nothing else of a longer word: `G110101…`, as pupils' numbers are made.
pub(super) fn one_letter(text: &str, at: &Range<usize>) -> bool {
    let b = text.as_bytes();
    let letter = |i: Option<usize>| i.and_then(|i| b.get(i)).is_some_and(u8::is_ascii_alphabetic);
    let word = |i: Option<usize>| i.and_then(|i| b.get(i)).is_some_and(|c| c.is_ascii_alphanumeric() || b"_-.%+/\\".contains(c));
    let (before, after) = (at.start.checked_sub(1), Some(at.end));
    let first = letter(before) && !word(at.start.checked_sub(2)) && !word(after);
    // A sentence may end there.
    let stop = letter(before) && !word(at.start.checked_sub(2)) && b.get(at.end) == Some(&b'.') && !word(Some(at.end + 1));
    let last = letter(after) && !word(before) && !word(Some(at.end + 1));
    (first || stop || last) && text[at.clone()].bytes().all(|c| c.is_ascii_alphanumeric())
}

/// What stands before the sign and number of the country, however an address writes them.
fn unplussed(mut head: &str) -> &str {
    while let Some(rest) = ["+", "%2B", "%2b", "%20", " ", "-", "86", "00"].iter().find_map(|w| head.strip_suffix(w)) {
        head = rest;
    }
    head
}

/// The name by which an address asks for the number and nothing else: `?id=1101…`.
pub(super) fn asked<'t>(text: &'t str, at: &Range<usize>) -> Option<&'t str> {
    let b = text.as_bytes();
    let whole = text[at.clone()].bytes().all(|c| c.is_ascii_alphanumeric() || b"%+-. ".contains(&c));
    let end = b.get(at.end).is_none_or(|c| !(c.is_ascii_alphanumeric() || b"_-.%+/".contains(c)));
    let key = unplussed(left(text, at.start, 40)).strip_suffix('=')?;
    let name = key.rsplit(['?', '&', ';', '#']).next().filter(|n| n.len() < key.len())?;
    (whole && end && !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || b"_-[]".contains(&c))).then_some(name)
}

/// A name by which an address asks for a word or for somebody, not for a record of its own.
pub(super) fn searched(key: &str) -> bool {
    static KEYS: &[&str] = &[
        "q",
        "s",
        "k",
        "w",
        "m",
        "kw",
        "wd",
        "key",
        "word",
        "words",
        "keyword",
        "keywords",
        "query",
        "search",
        "searchword",
        "text",
        "term",
        "tel",
        "telephone",
        "phone",
        "phoneno",
        "phonenumber",
        "mobile",
        "mobileno",
        "mob",
        "cell",
        "sj",
        "sjh",
        "sjhm",
        "dh",
        "lxdh",
        "contact",
        "user",
        "username",
        "uname",
        "account",
        "login",
        "name",
        "to",
        "call",
        "number",
        "wx",
        "weixin",
        "wechat",
    ];
    let key = key.to_ascii_lowercase().replace(['_', '-', '[', ']'], "");
    KEYS.contains(&&*key)
}

/// One letter stands before a number and one behind it, and nothing else of a longer word: 编号A1101…B号.
pub(super) fn two_letters(text: &str, at: &Range<usize>) -> bool {
    let b = text.as_bytes();
    let side = |near: Option<&u8>, far: Option<&u8>| {
        near.is_some_and(u8::is_ascii_alphabetic) && !far.is_some_and(|c| c.is_ascii_alphanumeric() || b"_-.%+/\\".contains(c))
    };
    let before = |n: usize| at.start.checked_sub(n).and_then(|i| b.get(i));
    side(before(1), before(2)) && side(b.get(at.end), b.get(at.end + 1)) && text[at.clone()].bytes().all(|c| c.is_ascii_alphanumeric())
}

/// A few letters stand before a number and nothing behind it, as in names of accounts: 微信：LW138….
pub(super) fn few_letters(text: &str, at: &Range<usize>) -> bool {
    let b = text.as_bytes();
    let n = b[..at.start].iter().rev().take(6).take_while(|c| c.is_ascii_alphabetic()).count();
    let word = |c: Option<&u8>| c.is_some_and(|c| c.is_ascii_alphanumeric() || b"_-.%+/\\".contains(c));
    (1..=5).contains(&n) && !word(at.start.checked_sub(n + 1).and_then(|i| b.get(i))) && !word(b.get(at.end))
}

/// A few letters and the number are the whole name of a place in a page, or of what shows it: `{#u138…}`, `id="tel138…"`, `](#a138…)`.
pub(super) fn anchor(text: &str, at: &Range<usize>) -> bool {
    let b = text.as_bytes();
    let n = b[..at.start].iter().rev().take(24).take_while(|c| c.is_ascii_alphabetic() || b"-_".contains(c)).count();
    let head = left(text, at.start - n, 12);
    let end = b.get(at.end).is_none_or(|c| matches!(c, b'}' | b' ' | b'"' | b'\'' | b')' | b'>' | b']' | b'\n'));
    let named = ["{#", "{.", " #", "](#", "](<#", "=\"#", "='#", "id=\"", "id='", "id=", "name=\"", "name='", "name=", "class=", "class=\"", "[^"]
        .iter()
        .any(|w| head.ends_with(w));
    n > 0 && end && named && text[at.clone()].bytes().all(|c| c.is_ascii_digit())
}

/// What the number is called is a card, not an account: those of offices are told to the public.
pub(super) fn card(text: &str, at: usize) -> bool {
    left(text, at, 40).contains('卡')
}

/// The letters, digits and hyphens around a number.
fn token<'t>(text: &'t str, at: &Range<usize>) -> (&'t str, &'t str) {
    let part = |c: &u8| c.is_ascii_alphanumeric() || *c == b'-';
    let b = text.as_bytes();
    let before = b[..at.start].iter().rev().take(80).take_while(|c| part(c)).count();
    let after = b[at.end..].iter().take(80).take_while(|c| part(c)).count();
    (&text[at.start - before..at.start], &text[at.end..at.end + after])
}

/// The number is a part of digits and letters without meaning: a hash, a UUID, a key.
pub(super) fn in_hash(text: &str, at: &Range<usize>) -> bool {
    let (before, after) = token(text, at);
    let mixed = |t: &str| t.bytes().any(|c| c.is_ascii_digit()) && t.bytes().any(|c| c.is_ascii_alphabetic());
    let hex = |t: &str| t.bytes().all(|c| c.is_ascii_hexdigit() || c == b'-');
    let more = before.len() + after.len();
    (more >= 2 && hex(before) && hex(after)) || mixed(before) || mixed(after)
}

/// Lines below part the number from names beside it, as in the name of a file: `p_138…_x`.
pub(super) fn underlined(text: &str, at: &Range<usize>) -> bool {
    let b = text.as_bytes();
    let side = |c: Option<&u8>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    let line = |c: Option<&u8>| c == Some(&b'_');
    let (before, after) = (at.start.checked_sub(1).and_then(|i| b.get(i)), b.get(at.end));
    side(before) && side(after) && (line(before) || line(after))
}

/// More words that say whose telephone it may be that is not a person's.
static OFFICES: &[&str] = &["办公", "服务", "电话：", "电话:", "電話：", "電話:", "office", "phone:", "tel.:", "service"];

/// The number is what a link calls (`tel:`), and nothing says that it may be an office's.
pub(super) fn to_call(text: &str, at: usize) -> bool {
    let low = left(text, at, 120).to_ascii_lowercase();
    let head = unplussed(&low);
    let head = if head.ends_with(':') { head } else { &low };
    let Some(scheme) = ["tel:", "sms:", "smsto:", "facetime:", "callto:", "whatsapp:"].iter().find(|w| head.ends_with(**w)) else { return false };
    let head = unmarked(&head[..head.len() - scheme.len()]).into_owned();
    !CONTACTS.iter().chain(OFFICES).any(|w| head.contains(w))
}

static VEHICLES: &[&str] = &["车牌", "牌照", "号牌", "車牌", "号车", "车辆", "轿车", "货车", "客车", "汽车", "驾驶", "肇事", "车号", "机动车", "plate"];

/// Words of vehicles beside a plate.
pub(super) fn vehicle(text: &str, at: &Range<usize>) -> bool {
    let (near, after) = (left(text, at.start, 40).to_ascii_lowercase(), right(text, at.end, 40));
    VEHICLES.iter().any(|w| near.contains(w) || after.contains(w)) && !right(text, at.end, 12).trim_start().starts_with("号楼")
}

/// A number plate is asked for right before: 车牌号：A12345. The words of a vehicle alone would make plates of models.
pub(super) fn plated(text: &str, at: &Range<usize>) -> bool {
    let near = left(text, at.start, 40).to_ascii_lowercase();
    let own = text[at.clone()].starts_with(|c: char| !c.is_ascii());
    if own && vehicle(text, at) {
        return true;
    }
    // Of the forces: VA12345, which may as well be a code, so the car stands right before it.
    let forces = text[at.clone()].bytes().take_while(u8::is_ascii_uppercase).count() == 2;
    let cars: &[&str] = if forces { &["车辆", "機動車", "机动车", "轿车", "军车", "号车"] } else { &[] };
    static NAMED: &[&str] = &["车牌", "車牌", "号牌", "號牌", "牌照", "车号", "plate no", "plate number", "licence plate", "license plate"];
    let joint = |between: &str| between.chars().all(|c| !c.is_alphanumeric() || "号號码碼为為是分别系".contains(c)) && between.chars().count() <= 12;
    NAMED.iter().chain(cars).filter_map(|w| near.rfind(w).map(|i| &near[i + w.len()..])).any(joint)
}

/// What follows says that it is a house, a plot or a thing made, not a plate: 京A12345楼, or the province is the end of another name.
pub(super) fn building(text: &str, at: &Range<usize>) -> bool {
    static AFTER: &[&str] = &[
        "电杆",
        "杆",
        "古树",
        "树",
        "船",
        "渔船",
        "矿",
        "桩",
        "灯",
        "路灯",
        "管",
        "点位",
        "样点",
        "样方",
        "泵",
        "闸",
        "变压器",
        "楼",
        "樓",
        "栋",
        "棟",
        "幢",
        "座",
        "室",
        "单元",
        "院",
        "地块",
        "地塊",
        "宗地",
        "井",
        "标段",
        "型",
        "股",
        "户型",
        "厂房",
        "展位",
        "摊位",
        "铺",
        "房",
        "馆",
        "线",
        "厂",
        "期",
        "区",
        "地",
        "门",
        "机组",
        "塔",
        "桥",
        "路",
        "项目",
        "文",
        "令",
    ];
    static NAMES: &[&str] = &["天津", "西藏", "辽宁", "南宁", "北京", "四川", "银川", "江苏", "宝鲁", "伊川", "青川", "汶川", "武川", "合川"];
    let after = right(text, at.end, 24).trim_start_matches([' ', '\u{3000}']);
    let after = after.strip_prefix(['号', '號', '#']).unwrap_or(after);
    // （地块编号）, 井号新D10001
    let after = after.strip_prefix(['（', '(']).unwrap_or(after);
    static CALLED: &[&str] = &["井号", "杆号", "电杆", "桩号", "树号", "船号", "船名", "矿号", "地块", "宗地", "点号", "站号"];
    let near = left(text, at.start, 30).trim_end_matches(|c: char| c.is_whitespace() || "：:为是".contains(c));
    if CALLED.iter().any(|w| near.strip_suffix("编号").unwrap_or(near).ends_with(w)) {
        return true;
    }
    let end = at.start + text[at.start..].chars().next().map_or(0, char::len_utf8);
    AFTER.iter().any(|w| after.starts_with(w)) || NAMES.iter().any(|w| text[..end].ends_with(w))
}

/// What has the number is not said, or is another thing than a vehicle: 晋D02024号, and no 京A12345号出租车.
pub(super) fn of_a_thing(text: &str, end: usize) -> bool {
    let Some(after) = text[end..].strip_prefix(['号', '號']) else { return false };
    !right(after, 0, 24).contains('车')
}

/// One of the numbers that GB 11643 itself has for an example, and called so.
pub(super) fn sample(text: &str, at: &Range<usize>) -> bool {
    let number = &text[at.clone()];
    let known = number.eq_ignore_ascii_case("11010519491231002X") || number == "440524188001010014";
    static WORDS: &[&str] = &["样例", "示例", "样本", "举例", "例如", "例：", "样表", "式样", "GB 11643", "GB11643", "国家标准", "国标"];
    known && WORDS.iter().any(|w| left(text, at.start, 120).contains(w) || right(text, at.end, 60).contains(w))
}

/// The number is one that nobody has: 138 1234 5678（样表）, or a pattern of plates, 号牌式样：京A·F0236.
pub(super) fn pattern(text: &str, at: &Range<usize>) -> bool {
    static WORDS: &[&str] = &["样表", "样例", "示例", "样张", "样本", "范例", "式样", "样式", "样牌", "填写样式", "示意"];
    let after = right(text, at.end, 40).trim_start();
    let told = after.strip_prefix(['（', '(', '【', '[']).and_then(|t| t.split(['）', ')', '】', ']']).next());
    let before = left(text, at.start, 40).trim_end_matches(|c: char| c.is_whitespace() || "：:为是".contains(c));
    // 请输入手机号（如13800138000）, 如车牌号京A12345
    let asked = ["车牌号码", "车牌号", "车牌", "号牌", "手机号码", "手机号"].iter().find_map(|w| before.strip_suffix(w)).unwrap_or(before);
    let given = |t: &str| ["（如", "(如", "例如", "比如", "（例", "(例", "，如", "形如", "格式如"].iter().any(|w| t.ends_with(w)) || t == "如" || t == "例";
    told.is_some_and(|t| WORDS.iter().any(|w| t.trim().ends_with(w) || t.trim().starts_with(w)))
        || WORDS.iter().any(|w| before.ends_with(w))
        || given(before)
        || given(asked)
}

/// Words of registers, in English, whose numbers may have eleven digits: Instrument number 139…, Recorded as 139…, Tracking 159….
pub(super) fn of_records(text: &str, start: usize) -> bool {
    static WORDS: &[&str] = &[
        "instrument",
        "parcel",
        "tracking",
        "docket",
        "recording",
        "receipt",
        "filing",
        "record",
        "reference",
        "confirmation",
        "deed",
        "folio",
        "lot",
        "plat",
        "title",
        "register",
        "registration",
        "application",
        "consignment",
        "shipment",
        "waybill",
    ];
    let near = left(text, start, 40).to_ascii_lowercase();
    let near = near.trim_end_matches(|c: char| c.is_whitespace() || ":#=*".contains(c));
    if near.ends_with("recorded as") || near.ends_with("registered as") || near.ends_with("filed as") {
        return true;
    }
    let near = ["number", "no.", "no", "id", "is", "was"].iter().find_map(|w| near.strip_suffix(w)?.strip_suffix(' ')).unwrap_or(near).trim_end();
    WORDS.iter().any(|w| near.strip_suffix(w).is_some_and(|r| !r.ends_with(|c: char| c.is_alphanumeric())))
}

/// One end of a range of plates, as series of them are made known: 闽B·D00001—闽B·D99999, 号段.
pub(super) fn series(text: &str, at: &Range<usize>) -> bool {
    let number = &text[at.clone()];
    let round = |n: &str| {
        let digits: String = n.chars().rev().take_while(char::is_ascii_digit).collect();
        digits.len() >= 3 && (digits.bytes().all(|b| b == b'9') || digits.bytes().skip(1).all(|b| b == b'0') && matches!(digits.as_bytes()[0], b'0' | b'1'))
    };
    let dash = |c: char| matches!(c, '—' | '－' | '-' | '–' | '~' | '～' | '至' | '到');
    let ranged = right(text, at.end, 12).trim_start().starts_with(dash) || left(text, at.start, 12).trim_end().ends_with(dash);
    ranged && round(number)
}
