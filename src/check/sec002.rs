//! SEC002: secrecy or internal mark.

use super::marks::{MORE, degree as told_degree, shut, spoken, spoken_of};
use super::*;
use crate::diag::say;
use crate::load::table::Spot;
use crate::load::table::suspects::{Sort, Suspect};

/// SEC002
pub(super) static RULE: Rule = Rule {
    code: "SEC002",
    title: Phrase { zh: "涉密或内部标志", en: "secrecy or internal mark" },
    severity: [None, Some(Severity::Veto), Some(Severity::Veto)],
    blocks: true,
    identity: false,
    explain: Phrase {
        zh: "标题（会议名单（勿外传）、【内部】…）、正文、字段、文件名（名单_涉密、通知（不公开），压缩包里的也是）或附件的任何一处（水印、任何一格、隐藏的工作表、批注、属性、页眉页脚；格子里单独的“机密”“内部”不算）带有密级标志（秘密★5年、秘　密、密级：秘密、保密期限：10年、【秘密】、机密1年、商密★、特急 机密、密件、涉密；繁体字、中间夹着标记或看不见的字符也一样）、工作秘密、商业秘密、内参（单独成行，在开头或末尾）、写在落款日期之后的（2024年1月1日　　（依申请公开））、阅后即焚、密级后写的不是公开、“仅供内部……”“内部参阅”“内部资料 注意保存”“内部明电”“仅限内部使用”（此件发至县团级）或“此件不公开”“公开属性：不予公开”“依申请公开”的版记，不得公开发布。该条目被拦下；确认可以公开后删去标志。引号里提到的标志（“秘密★5年”是……）不算。",
        en: "The title (会议名单（勿外传）, 【内部】…), the text, a field, the name of a file (名单_涉密, 通知（不公开）), in an archive too, or any place of an attachment (a watermark, any cell, a hidden sheet, a comment, a property, a header; a cell that is 机密 or 内部 alone is none) bears a mark of secrecy or of internal use, in Simplified or Traditional script, with markup or unseen signs inside or without, so it must not be published; words that laws use as well (商业秘密, 内参) count only as a line of their own at the head or end of a text; a mark may also stand behind the day of signature, on its line. The item is held; take the mark out once it is certain that it may be public. A mark in quotation marks that a sentence speaks of is none.",
    },
    source: "保守国家秘密法；政府信息公开条例 第十四条",
    run: Run::Both(run, site),
};

/// Lines that are a mark alone, without blanks and signs; in Simplified, as all words here.
static LINES: &[&str] = &[
    "涉密",
    "涉密件",
    "涉密文件",
    "涉密资料",
    "内部公开",
    "内部材料",
    "严禁外泄",
    "请勿外泄",
    "仅限内部传阅",
    "限内部传阅",
    "内部文件严禁公开",
    "内部资料请勿公开",
    "内部讨论稿不得外传",
    "内部讨论稿请勿外传",
    "内部讨论稿勿外传",
    "绝密",
    "机密",
    "秘密",
    "絕密",
    "機密",
    "商密",
    "核心商密",
    "普通商密",
    "密件",
    "绝密件",
    "机密件",
    "秘密件",
    "内部资料",
    "内部文件",
    "内部明电",
    "内部参考",
    "内部刊物",
    "不得外传",
    "勿外传",
    "切勿外传",
    "禁止外传",
    "勿公开",
    "请勿公开",
    "严禁公开",
    "不宜公开",
    "内部资料勿外传",
    "内部文件勿外传",
    "内部使用勿外传",
    "内部使用请勿外传",
    "内部使用不得外传",
    "内部使用严禁外传",
    "内部掌握不得外传",
    "仅限内部使用",
    "仅供内部使用",
    "限内部使用",
    "仅供内部参考",
    "内部资料不得外传",
    "内部文件不得外传",
    "内部参考不得外传",
    "内部资料请勿外传",
    "内部文件请勿外传",
    "内部资料严禁外传",
    "内部文件严禁外传",
    "内部资料不得外泄",
    "内部资料不得公开",
    "内部资料不对外公开",
    "请勿外传",
    "严禁外传",
    "不对外公开",
    "请勿对外公开",
    "内部资料注意保存",
    "内部文件注意保存",
    "内部参考注意保存",
    "内部资料注意保密",
    "内部文件注意保密",
    "内部参考注意保密",
    "内部刊物注意保存",
    "内部刊物注意保密",
];

/// Names of a field of the degree of secrecy.
static DEGREE_NAMES: &[&str] = &["密级", "标密", "定密", "定密等级", "秘密等级", "保密等级", "保密级别", "涉密等级", "密級"];
/// Names of a field of the manner of disclosure.
static MODE_NAMES: &[&str] = &[
    "公开属性",
    "公开方式",
    "公开类别",
    "公开类型",
    "公开选项",
    "公开形式",
    "公开范围",
    "信息公开属性",
    "信息公开方式",
    "信息公开类别",
    "信息公开类型",
    "信息公开选项",
    "文件公开属性",
    "公文公开属性",
];
/// Their values that keep a document from the public.
static NOT_OPEN: &[&str] = &["不予公开", "不公开", "依申请公开", "不对外公开", "不宜公开"];

/// Degrees of secrecy.
static DEGREES: &[&str] = &["绝密", "机密", "秘密", "商密", "絕密", "機密"];

/// What stands beside a degree: how fast a document goes.
static URGENT: &[&str] = &["特急", "加急", "特提", "平急", "急件"];

/// A blank, as the format of documents (GB/T 9704) has between the two signs of a degree.
fn blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{A0}' | '\t')
}

/// A text without blanks and the signs around it.
fn tight(text: &str) -> String {
    let sign = |c: char| {
        matches!(
            c,
            '*' | '#'
                | '>'
                | '_'
                | '"'
                | '\''
                | '【'
                | '】'
                | '['
                | ']'
                | '（'
                | '）'
                | '('
                | ')'
                | '《'
                | '》'
                | '，'
                | ','
                | '。'
                | '；'
                | ';'
                | '·'
                | '•'
                | '!'
                | '！'
        )
    };
    text.chars().filter(|c| !blank(*c) && !sign(*c)).collect()
}

/// What stands around a line and is no word of it.
fn edge(c: char) -> bool {
    blank(c) || matches!(c, '*' | '#' | '>' | '_' | '【' | '】' | '[' | ']')
}

/// Whether a line may be a mark: each has one of these characters, and most lines have none of them.
fn likely(line: &str) -> bool {
    line.chars().any(|c| matches!(c, '密' | '内' | '外' | '公' | '转' | '散' | '阅' | '敏' | '供' | '限' | '件' | '收' | '登' | '网'))
}

/// Words that a clerk puts in brackets, or behind a dash, into a title: 会议名单（勿外传）.
static TITLE_WORDS: &[&str] = &[
    "涉密",
    "密件",
    "内部资料",
    "内部文件",
    "内部使用",
    "内部参考",
    "内部掌握",
    "内部版",
    "仅内部",
    "限内部",
    "不公开",
    "暂不公开",
    "不对外公开",
    "勿公开",
    "勿外传",
    "不外传",
    "勿外泄",
    "不宜公开",
    "此件不公开",
];

/// Whether a line without blanks and signs is a mark.
fn known(bare: &str) -> bool {
    LINES.contains(&bare) || MORE.contains(&bare) || shut(bare)
}

/// Words before them, and before those of [`LINES`]: 请勿外传, 内部资料请勿外传.
fn of_title_word(word: &str) -> bool {
    let bare = ["请", "切", "仅供", "仅限", "限", "本件", "此件"].iter().find_map(|p| word.strip_prefix(p)).unwrap_or(word);
    known(word) || TITLE_WORDS.contains(&word) || TITLE_WORDS.contains(&bare)
}

/// A text with Traditional characters as Simplified ones, as long as before: marks are looked for in one script.
pub(super) fn simplified(text: &str) -> std::borrow::Cow<'_, str> {
    let (bytes, dense) = (text.as_bytes(), crate::load::simplified::dense());
    let mut out = String::new();
    let (mut i, mut copied) = (0, 0);
    while let Some(lead) = bytes.get(i) {
        // Below U+3000, and the bytes that follow the first of a character.
        if *lead < 0xE3 {
            i += 1;
            continue;
        }
        if let Some([0xE3..=0xEF, second, third]) = bytes[i..].first_chunk::<3>() {
            let u = u32::from(lead & 0xF) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F);
            // Most characters stay what they are.
            if u < 0x3400 || dense.get(u as usize - 0x3400).is_some_and(|d| u32::from(*d) == u) {
                i += 3;
                continue;
            }
        }
        let Some(c) = text[i..].chars().next() else { break };
        let simple = crate::load::simplified::fold(c);
        if simple != c && simple.len_utf8() == c.len_utf8() {
            out.push_str(&text[copied..i]);
            out.push(simple);
            copied = i + c.len_utf8();
        }
        i += c.len_utf8();
    }
    if copied == 0 {
        return text.into();
    }
    out.push_str(&text[copied..]);
    out.into()
}

/// The mark in a title: in brackets, behind a dash or a blank at its end, before a colon at its beginning.
fn of_title(title: &str) -> Option<(usize, usize)> {
    of_simple_title(&simplified(title))
}

fn of_simple_title(title: &str) -> Option<(usize, usize)> {
    let open = |c: char| "【[（(〔［「".contains(c);
    let close = |c: char| "】]）)〕］」".contains(c);
    let boxed = || {
        title.match_indices(open).find_map(|(i, o)| {
            let rest = &title[i + o.len()..];
            let end = rest.find(close)?;
            let square = "【[［".contains(o);
            // （机密，勿外传）
            let parts: Vec<String> = rest[..end].split(['，', ',', '、', '；', ';', ' ', '\u{3000}']).map(tight).filter(|p| !p.is_empty()).collect();
            let all = tight(&rest[..end]);
            let one = parts.iter().any(|p| of_title_word(p)) && parts.iter().all(|p| of_title_word(p) || DEGREES.contains(&&**p) || p == "内部");
            let whole = rest[end..].chars().next().map_or(0, char::len_utf8);
            (of_title_word(&all) || one || timed(&all) || field(&rest[..end]) || (square || i == 0 || end + whole == rest.len()) && spoken(&rest[..end], tight))
                .then_some((i, o.len() + end + whole))
        })
    };
    let tail = || {
        let parts = title.char_indices().rev().filter(|(_, c)| blank(*c) || "-—–_·｜|".contains(*c)).take(4);
        parts.map(|(at, dash)| (at, at + dash.len_utf8())).filter(|(at, _)| !title[..*at].trim().is_empty()).find_map(|(_, from)| {
            let end = &title[from..];
            // 测试 密级：秘密; 通知 此件依申请公开
            let sent = || {
                let bare = end.trim_matches(|c| blank(c) || "（）()".contains(c));
                ["此件", "本件"].iter().any(|w| bare.starts_with(w)) && NOT_OPEN.iter().any(|w| bare.ends_with(w)) && bare.chars().count() < 16
            };
            // 报告 内参
            let own = || matches!(&*tight(end), "内参" | "工作秘密");
            (of_title_word(&tight(end)) || timed(&tight(end)) || field(end) || own() || sent()).then_some((from, title.len() - from))
        })
    };
    let head = || {
        let (word, _) = title.split_once(['：', ':'])?;
        let bare = tight(word);
        (of_title_word(&bare) && !matches!(&*bare, "秘密" | "不公开")).then_some((0, word.len()))
    };
    boxed().or_else(tail).or_else(head)
}

/// The title above a text: its first line, and each heading of the first level.
fn of_headings(body: &str) -> Option<(usize, usize)> {
    let (mut at, mut begun) = (0, false);
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let plain = line.trim().trim_matches(|c| blank(c) || "*#>_".contains(c));
        if plain.is_empty() {
            continue;
        }
        let first = !std::mem::replace(&mut begun, true) && plain.chars().count() <= 60 && !plain.ends_with(['。', '；', '！', '？']);
        if (first || line.starts_with("# "))
            && let Some((i, len)) = of_title(plain)
        {
            return Some((start + line.find(plain).unwrap_or(0) + i, len));
        }
    }
    None
}

/// The first mark in a text: where, and how long.
fn mark(body: &str) -> Option<(usize, usize)> {
    of_simple_text(&simplified(body)).or_else(|| dressed(body))
}

/// A mark that only its reader sees whole: 机<b>密</b>★10年. Most lines have no markup, or are long and have no star.
fn dressed(body: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    body.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        let plain = line.trim();
        let long = plain.len() > 160 && !(plain.len() < 4_000 && (plain.contains('★') || plain.contains("&star") || plain.contains("&#9733")));
        if plain.len() < 6 || long {
            return None;
        }
        let seen = super::reader::shows(plain)?;
        let seen = simplified(&seen);
        let alone = || {
            let bare = seen.trim().trim_matches(|c| edge(c) && c != '*');
            // What emphasis alone parts from a line was looked at before.
            bare.len() <= 60 && !bare.is_empty() && plain.contains(|c: char| !"*_~".contains(c) && !c.is_alphanumeric()) && whole(bare)
        };
        (starred(&seen).is_some() || alone()).then(|| (start + line.find(plain).unwrap_or(0), plain.len()))
    })
}

fn of_simple_text(body: &str) -> Option<(usize, usize)> {
    starred(body).or_else(|| within(body)).or_else(|| of_headings(body)).or_else(|| spoken_of(body, tight)).or_else(|| beside_day(body)).or_else(|| {
        let mut at = 0;
        body.split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            let plain = line.trim().trim_matches(edge);
            // Most lines are longer.
            if plain.is_empty() || plain.len() > 60 && (plain.len() > 90 || !plain.contains("内部")) || !likely(plain) {
                return None;
            }
            whole(plain).then(|| (start + line.find(plain).unwrap_or(0), plain.len()))
        })
    })
}

/// Whether a line is a mark and nothing else.
fn whole(plain: &str) -> bool {
    let bare = tight(plain);
    let urgent = || URGENT.iter().find_map(|u| bare.strip_prefix(u).or_else(|| bare.strip_suffix(u))).is_some_and(|d| DEGREES.contains(&d));
    // （不予公开） in brackets of its own; as a heading it may be that of a chapter.
    let bracketed = || plain.starts_with(['（', '(']) && plain.ends_with(['）', ')']) && NOT_OPEN.contains(&&*bare);
    // （此件发至县团级）: for those and nobody else.
    let sent = || {
        let rest = ["此件发至", "本件发至"].iter().find_map(|w| bare.strip_prefix(w)).and_then(|r| r.rsplit_once('级'));
        rest.is_some_and(|(_, more)| more.is_empty() || known(more) || NOT_OPEN.contains(&more))
    };
    known(&bare) || urgent() || bracketed() || sent() || timed(&bare) || field(plain)
}

/// What stands on the line of the day of signature behind it: `2024年1月1日　　（依申请公开）`.
pub(super) fn behind_day(line: &str) -> Option<&str> {
    let (before, rest) = line.rsplit_once('日')?;
    let rest = rest.trim_matches(|c| blank(c) || matches!(c, '*' | '_' | '\r'));
    let digit = |c: char| c.is_numeric() || "一二三四五六七八九十廿〇○零".contains(c);
    let month = before.trim_end_matches(blank).trim_end_matches(digit).trim_end_matches(blank);
    let day = month.len() < before.len() && month.ends_with('月') && month.contains('年') && before.chars().count() <= 60;
    (day && !rest.is_empty() && rest.len() <= 90 && !line.trim_start().starts_with(['|', '-', '+', '>'])).then_some(rest)
}

/// A mark on the line of the day of signature.
fn beside_day(body: &str) -> Option<(usize, usize)> {
    let b = body.as_bytes();
    memchr::memmem::find_iter(b, "日").find_map(|i| {
        let from = i + '日'.len_utf8();
        // Of a line in which a sentence goes on no more is looked at.
        let near = &b[from..b.len().min(from + 100)];
        let end = from + memchr::memchr(b'\n', near).or_else(|| (from + near.len() == b.len()).then_some(near.len()))?;
        if body[from..end].trim().is_empty() || !likely(&body[from..end]) {
            return None;
        }
        let start = memchr::memrchr(b'\n', &b[i.saturating_sub(300)..i])
            .map_or_else(|| if i <= 300 { Some(0) } else { None }, |n| Some(i.saturating_sub(300) + n + 1))?;
        let rest = behind_day(&body[start..end]).filter(|r| whole(r))?;
        Some((rest.as_ptr() as usize - body.as_ptr() as usize, rest.len()))
    })
}

/// 机密1年, ★秘密: a degree with its time, or with the star before it.
fn timed(bare: &str) -> bool {
    // ★秘密, ★秘密 1年
    if let Some(rest) = bare.strip_prefix(['★', '☆']) {
        return DEGREES.contains(&rest) || timed(rest);
    }
    let Some(time) = DEGREES.iter().find_map(|d| bare.strip_prefix(d)) else { return false };
    let number = time.trim_end_matches("年").trim_end_matches("个月");
    time == "长期" || number.len() < time.len() && !number.is_empty() && number.chars().all(|c| c.is_numeric() || "一二三四五六七八九十".contains(c))
}

/// 密级：机密, 密级  机密, | 密级 | 机密 |, 公开属性：不予公开
fn field(plain: &str) -> bool {
    let line = plain.trim_matches(|c| blank(c) || c == '|');
    let pair = line.split_once([':', '：', '|']).map(|(n, v)| (tight(n), v.to_string()));
    let pair = pair.or_else(|| {
        // Two blanks, or more, as of a form.
        let bare = tight(line);
        let name = DEGREE_NAMES.iter().chain(MODE_NAMES).filter(|n| bare.starts_with(**n)).max_by_key(|n| n.len())?;
        Some((name.to_string(), bare[name.len()..].to_string()))
    });
    let Some((name, value)) = pair else { return false };
    let told = tight(value.split(['（', '(']).find(|p| !tight(p).is_empty()).unwrap_or(""));
    let alone = !value.contains('|');
    // 保密期限：10年 stands in the head of a document, and nobody writes it of one that is public.
    let kept = || {
        let number = told.trim_end_matches("年").trim_end_matches("个月");
        matches!(&*name, "保密期限" | "保密期" | "保密年限")
            && line.contains([':', '：'])
            && (told == "长期"
                || number.len() < told.len() && !number.is_empty() && number.chars().all(|c| c.is_numeric() || "一二三四五六七八九十".contains(c)))
    };
    let degree = || DEGREES.iter().chain(&["内部"]).find_map(|d| told.strip_prefix(d));
    let secret = || degree().is_some_and(|rest| rest.is_empty() || rest.starts_with(['★', '☆', '＊', '级', '、', '事']) || line.contains([':', '：']));
    let other = || line.contains([':', '：']) && told_degree(&told);
    // 主动公开选项：否
    let no = || matches!(&*name, "主动公开选项" | "主动公开") && line.contains([':', '：']) && matches!(&*told, "否" | "不");
    alone && (DEGREE_NAMES.contains(&&*name) && (secret() || other()) || MODE_NAMES.contains(&&*name) && NOT_OPEN.contains(&&*told) || kept() || no())
}

/// Signs that stand for the star of a mark where a time follows.
static STARS: &[&str] = &["★", "☆", "*", "＊", "✩", "⭐", "✫", "✭", "✪", "✯", "✮", "▲", "△"];

/// 秘密★5年, with blanks or without; where it is only spoken of (“秘密★5年”是……) it is none.
fn starred(body: &str) -> Option<(usize, usize)> {
    // The star stands behind this.
    memchr::memmem::find(body.as_bytes(), "密".as_bytes())?;
    STARS.iter().filter_map(|sign| memchr::memmem::find_iter(body.as_bytes(), sign).find_map(|star| starred_at(body, star, sign))).min()
}

fn starred_at(body: &str, star: usize, sign: &str) -> Option<(usize, usize)> {
    let head = body[..star].trim_end_matches(|c| blank(c) || c == '\\');
    let first = head.strip_suffix('密')?.trim_end_matches(blank);
    let degree = first.chars().next_back().filter(|c| matches!(c, '绝' | '絕' | '机' | '機' | '秘' | '商'))?;
    let from = first.len() - degree.len_utf8();
    let rest = body[star + sign.len()..].trim_start_matches(blank);
    // Any other sign than the star of the rule may be emphasis or a rating.
    let timed = || {
        let time = rest.trim_start_matches(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c));
        rest.starts_with(['长', '長']) || time.len() < rest.len() && time.trim_start_matches(blank).starts_with(['年', '个', '個', '月'])
    };
    if sign != "★" && !timed() {
        return None;
    }
    let told = ["“", "「", "『", "‘"].iter().any(|q| body[..from].ends_with(q));
    let line = body[star..].split('\n').next().unwrap_or("");
    let spoken = told && line.find(['”', '」', '』', '’']).is_some_and(|i| line[i..].chars().nth(1).is_some_and(char::is_alphabetic));
    // 密级标志由密级、★和保密期限组成，例如秘密★5年。
    let example = || {
        let line = body[..from].rsplit('\n').next().unwrap_or("");
        let before = line.trim_end_matches(|c: char| blank(c) || "：:“「‘『（(".contains(c));
        before.chars().count() > 4
            && ["例如", "比如", "譬如", "形如", "诸如", "示例", "如", "写作", "写为", "标注为", "标为"].iter().any(|w| before.ends_with(w))
    };
    // 机密★启封：展览介绍 is a name with a star in it; what follows a mark is its time, or 启用前.
    let named = || {
        let line = rest.split('\n').next().unwrap_or("");
        let word = line.split(['：', ':', '》', '—']).next().filter(|w| w.len() < line.len());
        word.is_some_and(|w| {
            (2..=8).contains(&w.chars().count())
                && w.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
                && !w.ends_with(['前', '年', '月', '期', '急', '件'])
        })
    };
    let other = spoken || example() || sign == "★" && !timed() && named();
    (!other).then_some((from, star + sign.len() - from))
}

/// 【秘密】, 内部资料　注意保存, （此件发至县团级，不公开）
fn within(body: &str) -> Option<(usize, usize)> {
    let b = body.as_bytes();
    for word in ["注意保存", "此件"] {
        for at in memchr::memmem::find_iter(b, word) {
            if word == "注意保存" {
                let head = body[..at].trim_end_matches(|c| blank(c) || matches!(c, '，' | ','));
                if let Some(w) = ["内部资料", "内部文件"].iter().find(|w| head.ends_with(**w)) {
                    let from = head.len() - w.len();
                    return Some((from, at + word.len() - from));
                }
                continue;
            }
            let rest = &body[at..crate::load::floor(body, at + 120)];
            let rest = rest.split(['）', ')', '\n', '。']).next().unwrap_or(rest);
            if ["不公开", "不予公开", "依申请公开", "不得公开"].iter().any(|w| rest.trim_end_matches(|c| blank(c) || c == '*').ends_with(w))
                && (at == 0 || body[..at].ends_with(['（', '(', '\n', '　', '*', ' ']))
                || rest.starts_with("此件不公开")
            {
                return Some((at, rest.len()));
            }
        }
    }
    None
}

/// The mark of a title or name: besides those of a text 【秘密】 and （机密） in brackets of their own.
fn of_name(name: &str) -> Option<(usize, usize)> {
    of_simple_name(&simplified(name))
}

fn of_simple_name(name: &str) -> Option<(usize, usize)> {
    starred(name).or_else(|| within(name)).or_else(|| {
        let part = |c: char| "【】[]（）()〔〕".contains(c);
        let whole = known(&tight(name));
        let inner = || {
            name.match_indices(part).find_map(|(i, open)| {
                let rest = &name[i + open.len()..];
                let end = rest.find(part)?;
                let word = tight(&rest[..end]);
                ("【[（(〔".contains(open) && (DEGREES.contains(&&*word) || matches!(&*word, "内部资料" | "内部文件"))).then_some((i, end + open.len()))
            })
        };
        if whole { Some((0, name.len())) } else { inner() }
    })
}

/// Words that a clerk puts behind or before the name of a file: 名单_涉密, 内部-名单, 通知（不公开）.
static FILE_WORDS: &[&str] = &[
    "涉密",
    "密",
    "内部",
    "不公开",
    "不予公开",
    "暂不公开",
    "勿公开",
    "勿外传",
    "不外传",
    "勿发",
    "暂不发布",
    "仅内部",
    "内部使用",
    "内部版",
    "保密",
    "未公开",
];

/// Whether one of the parts of a file's name is a mark.
fn of_stem(stem: &str) -> bool {
    let stem = &*simplified(stem);
    let apart = |c: char| blank(c) || "_-—·.+【】[]（）()〔〕「」".contains(c);
    let mut parts = stem.split(apart).filter(|p| !p.is_empty()).peekable();
    let first = parts.next().unwrap_or("");
    // A name that is one word alone may be what the file is about.
    parts.peek().is_some() && std::iter::once(first).chain(parts).any(|p| FILE_WORDS.contains(&p) || known(p) || matches!(p, "内参" | "工作秘密"))
}

/// The mark in a text of a document, as it stands there.
pub(crate) fn told(text: &str) -> Option<&str> {
    let (at, len) = mark(text)?;
    // `秘密★` with its time.
    let time: usize = text[at + len..].chars().take_while(|c| c.is_ascii_digit() || "年个月长期".contains(*c)).map(char::len_utf8).sum();
    let end = if STARS.iter().any(|s| text[at..at + len].ends_with(s)) { at + len + time } else { at + len };
    text.get(at..end).map(str::trim)
}

fn hint() -> Text {
    say!("不得公开的不要放进内容目录；可以公开的删去标志", "keep what must not be public out of the content folder; take the mark out of what may be")
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        let body = e.doc.body();
        let base = e.doc.body.start;
        if let Some((i, len)) = mark(body) {
            let mark = &body[i..i + len];
            found.text(&e.doc, base + i..base + i + len, say!("正文有涉密或内部标志 `{mark}`", "the text bears the mark `{mark}`"), hint());
            continue;
        }
        // Fields are read as they stand.
        let head = &e.doc.source.text[..base.min(e.doc.source.text.len())];
        if let Some((i, len)) = of_title(&e.title) {
            let mark = &e.title[i..i + len];
            found.add(e.doc.at("title"), say!("标题有涉密或内部标志 `{mark}`", "the title bears the mark `{mark}`"), hint());
            continue;
        }
        let mut at = 0;
        let hit = head.split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            let value = line.split_once(": ").map_or(line, |(_, v)| v);
            let from = start + line.len() - value.len();
            if line.is_ascii() {
                return None;
            }
            // `extra: {密级: 机密}`, a list of pairs.
            let inner = || line.split(['{', '}', ',', '，']).map(|p| p.trim().trim_start_matches("- ")).find(|p| p.contains([':', '：']) && field(p));
            let inner = || inner().map(|p| (start + line.find(p).unwrap_or(0), p.len()));
            of_name(value.trim_end()).map(|(i, len)| (from + i, len)).or_else(inner)
        });
        if let Some((i, len)) = hit {
            let mark = &head[i..i + len];
            found.text(&e.doc, i..i + len, say!("有涉密或内部标志 `{mark}`", "a field bears the mark `{mark}`"), hint());
        }
    }
    let path = &item.doc().source.path;
    for name in item.named().chain([&item.id]) {
        let last = name.rsplit('/').next().unwrap_or(name);
        let stem = last.rsplit_once('.').map_or(last, |(s, _)| s);
        if of_name(stem).is_some() || of_stem(stem) {
            let span = crate::diag::Span::file(path);
            found.data(item, span, say!("文件名 `{name}` 有涉密或内部标志", "the name `{name}` bears a mark of secrecy or internal use"), hint());
        }
    }
    // Files that begin so.
    for (resource, read) in input.tables.all(item) {
        let above = read.file.tables.iter().flat_map(|t| t.preamble.iter().chain(&t.notes).chain(&t.names));
        let own = read.file.tables.iter().flat_map(|t| t.preamble.iter().chain(&t.notes)).find(|t| spoken_of(&simplified(t), tight).is_some());
        let marked = above.map(String::as_str).find_map(|t| of_name(t).map(|(i, len)| t[i..i + len].to_string())).or(own.cloned());
        let told = marked.map(|m| (m, None, (0, 0))).or_else(|| of_file(read));
        let Some((mark, place, (line, column))) = told else { continue };
        let message = placed(&mark, place);
        match resource {
            Some(_) => found.file(item, &read.key, read.span(line, column), message, hint()),
            None => found.data(item, read.span(line, column), message, hint()),
        }
    }
}

/// The message of a mark in a file, with the page where there is one.
fn placed(mark: &str, place: Option<Text>) -> Text {
    match place {
        Some(p) => Text { zh: format!("文件{}有涉密或内部标志 `{mark}`", p.zh), en: format!("the file bears the mark `{mark}` ({})", p.en) },
        None => say!("文件有涉密或内部标志 `{mark}`", "the file bears the mark `{mark}`"),
    }
}

/// The first mark of a file: in its beginning where it is a text, in the words of any of its pages where it is a document.
/// Line and column where it is a text, nothing else.
fn of_file(read: &crate::tables::Read) -> Option<(String, Option<Text>, (u64, usize))> {
    let head = crate::load::table::head(&read.blob);
    if !head.is_ascii() {
        let plain = untagged(&head);
        if let Some((i, len)) = mark(&plain) {
            return Some((plain[i..i + len].to_string(), None, line_of(&head, tagged(&head, i))));
        }
        // What tags part from each other there a reader sees in one.
        if let Some((i, _)) = Some(&*head).filter(|h| h.contains('<')).and_then(dressed) {
            let line = head[i..].lines().next().unwrap_or("").trim();
            let seen = super::reader::shows(line).unwrap_or_default();
            return Some((seen.trim().chars().take(40).collect(), None, line_of(&head, i)));
        }
    }
    let of_piece = |p: &crate::load::attachment::Piece| {
        let text = if matches!(p.spot, Spot::Page(_)) { unbroken(&p.text) } else { p.text.as_str().into() };
        let name = || (p.spot == Spot::Inside).then(|| text.lines().find(|n| of_inner_name(n)).map(str::to_string)).flatten();
        let told = mark(&text).map(|(i, len)| text[i..i + len].to_string()).or_else(name)?;
        Some((told, Some(super::sec003::piece(p)), (0, 0)))
    };
    read.file.pieces.iter().filter(|p| !p.text.is_ascii()).find_map(of_piece).or_else(|| read.file.suspects.iter().find_map(of_suspect))
}

/// The name of a file in an archive that bears a mark.
fn of_inner_name(name: &str) -> bool {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = last.rsplit_once('.').map_or(last, |(s, _)| s);
    !stem.is_ascii() && (of_name(stem).is_some() || of_stem(stem))
}

/// The mark in a text that a file has somewhere.
fn of_suspect(s: &Suspect) -> Option<(String, Option<Text>, (u64, usize))> {
    let told = match s.sort {
        Sort::Cell => of_cell(&s.piece.text),
        Sort::Line => of_cell(&s.piece.text).or_else(|| whole(&simplified(&s.piece.text)).then(|| s.piece.text.clone())),
        Sort::Name => of_inner_name(&s.piece.text).then(|| s.piece.text.clone()),
    }?;
    // Of a cell line and column say where it is.
    let place = match (s.piece.spot, &s.piece.part) {
        (Spot::Column | Spot::Text, None) => None,
        (Spot::Column | Spot::Text, Some(part)) => Some(say!("“{part}”里", "{part}")),
        _ => Some(super::sec003::piece(&s.piece)),
    };
    Some((told, place, (s.line, s.column)))
}

/// The mark in a cell, or in a value of any other file of rows: one that only a mark is written as. A degree alone, and words of what
/// is open and what is not, may be what a table is about.
fn of_cell(text: &str) -> Option<String> {
    let simple = simplified(text);
    if let Some((i, len)) = starred(&simple) {
        let time: usize = text[i + len..].chars().take_while(|c| c.is_numeric() || "年个個月长長期".contains(*c)).map(char::len_utf8).sum();
        return Some(text[i..i + len + time].trim().to_string());
    }
    if let Some((i, len)) = within(&simple) {
        return Some(text[i..i + len].to_string());
    }
    let sure = |p: &str| {
        let bare = tight(p);
        let told = || ["外传", "外泄", "转发", "扩散", "翻印", "注意保存", "注意保密", "阅后", "勿公开", "严禁公开", "供内部", "限内部"];
        bare.chars().count() <= 30 && known(&bare) && !matches!(&*bare, "不对外公开") && told().iter().any(|w| bare.contains(w))
    };
    let commas = [',', ';', '\t', '|'];
    let parts = || simple.lines().flat_map(|l| std::iter::once(l).chain(l.split(commas)));
    parts().find(|p| p.len() <= 120 && sure(p)).map(|p| p.trim().trim_matches(commas).to_string())
}

/// Line and column of a byte of a text, from 1.
pub(super) fn line_of(text: &str, at: usize) -> (u64, usize) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() as u64 + 1, before[start..].chars().count() + 1)
}

/// Fewest signs of a line that goes on in the next: a mark stands alone, or below something short.
const FULL: usize = 20;

/// A page whose sentences go over its lines: the end of one may look like a mark (“……涉及国家 / 秘密。”).
fn unbroken(page: &str) -> std::borrow::Cow<'_, str> {
    let mut out = String::with_capacity(page.len());
    for line in page.lines() {
        let before = out.rsplit('\n').next().unwrap_or("").trim_end();
        let on = |c: char| matches!(c, '，' | '、' | '“' | '《' | '（') || ('\u{4e00}'..='\u{9fff}').contains(&c);
        if !(out.is_empty() || before.chars().count() >= FULL && before.ends_with(on)) {
            out.push('\n');
        }
        out.push_str(line);
    }
    out.into()
}

/// A text with an end of line for each tag.
fn untagged(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('<') {
        return text.into();
    }
    let parts = text.split('<').enumerate().map(|(i, p)| if i == 0 { p } else { p.split_once('>').map_or("", |(_, t)| t) });
    parts.collect::<Vec<_>>().join("\n").into()
}

/// The place in a text of one in the same [`untagged`].
fn tagged(text: &str, at: usize) -> usize {
    if !text.contains('<') {
        return at;
    }
    let (mut plain, mut from) = (0, 0);
    for (i, p) in text.split('<').enumerate() {
        let skip = if i == 0 { Some(0) } else { p.find('>').map(|e| e + 1) };
        let len = skip.map_or(0, |s| p.len() - s);
        if at < plain + len {
            return from + skip.unwrap_or(0) + (at - plain);
        }
        plain += len + 1;
        from += p.len() + 1;
    }
    from.min(text.len())
}

fn site(input: &Input<'_>, found: &mut Found<'_>) {
    for (key, read) in &input.tables.statics {
        let Some((mark, place, (line, column))) = of_file(read) else { continue };
        let file: Arc<str> = format!("static/{key}").into();
        let span = crate::diag::Span { file: file.clone(), ..read.span(line, column) };
        found.alone(&file, span, placed(&mark, place), hint());
    }
    let all = &input.portal.feedback;
    for l in all.letters.iter().filter(|l| l.shown) {
        for text in [&l.title, &l.body, &l.reply] {
            if let Some((i, len)) = mark(text) {
                let (row, mark) = (l.row, &text[i..i + len]);
                found.row(
                    all.span(l, l.at),
                    all.key(l),
                    say!("第 {row} 行有涉密或内部标志 `{mark}`，这封信不显示", "row {row} bears the mark `{mark}`; the letter is not shown"),
                    hint(),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DEGREE_NAMES, DEGREES, LINES, MODE_NAMES, MORE, NOT_OPEN, likely, simplified};
    use super::{mark, of_name, of_stem, of_title, unbroken, untagged};

    #[test]
    fn no_mark_is_passed_over_as_a_line_that_is_none() {
        for word in [LINES, MORE, DEGREES, DEGREE_NAMES, MODE_NAMES, NOT_OPEN].concat() {
            assert!(likely(word), "{word}");
        }
        for word in ["此件发至县团级", "仅供领导学习", "限本机关使用", "阅后即焚", "请勿转发", "保密期限：长期"] {
            assert!(likely(word), "{word}");
        }
        assert!(!likely("第一条 为了加强养老服务，制定本办法。"));
    }

    #[test]
    fn characters_of_one_script_and_of_one_length() {
        for (text, simple) in [("機密★10年", "机密★10年"), ("臺灣", "台湾"), ("a機", "a机"), ("é密𠮷，。", "é密𠮷，。"), ("", "")] {
            let fold = |c: char| if c < '\u{3400}' { c } else { crate::load::simplified::fold(c) };
            let each: String = text.chars().map(|c| if fold(c).len_utf8() == c.len_utf8() { fold(c) } else { c }).collect();
            assert_eq!((&*simplified(text), &*each), (simple, simple), "{text}");
        }
    }

    #[test]
    fn marks_however_they_are_written() {
        for text in [
            "机密★一年",
            "秘　密\n\n正文。",
            "机　密",
            "秘 密★5年",
            "秘密 ★ 5年",
            "密级：秘密",
            "# 秘密",
            "**秘密**",
            "内部资料　注意保存",
            "正文。内部资料，注意保存",
            "商密★3年",
            "（此件发至县团级，不公开）",
            "（此件不公开）",
            "(此件依申请公开)",
            "公开属性：不予公开",
            "“秘密★5年”\n正文。",
            "信息公开选项：不予公开",
            "正文。\n\n信息公开选项：依申请公开\n",
            "公开类型：依申请公开",
            "公开属性：不予公开（涉及工作秘密）",
            "（不予公开）",
            "（依申请公开）",
            "密级  机密",
            "密级　机密",
            "| 密级 | 机密 |",
            "机密☆10年",
            "機密★10年",
            "机密*10年",
            "机密\\*10年",
            "机密＊长期",
            "特急 机密",
            "机密　特急",
            "内部明电",
            "内部参考，注意保密",
            "仅限内部使用",
            "不对外公开",
            "密件",
            "（此件发至县团级）",
            "此件依申请公开",
            "此件依申请公开\n\n正文。",
            "**此件依申请公开**",
            "内部资料，不得外传",
            "内部资料 请勿外传\n\n正文。",
            "仅供内部使用",
            "正文。\n\n（请勿对外公开）",
        ] {
            assert!(mark(text).is_some(), "{text}");
        }
        for text in [
            "“秘密★5年”是国家秘密标志的一种写法。",
            "国家秘密的密级分为绝密、机密、秘密三级。",
            "（此件公开发布）",
            "公开属性：主动公开",
            "密级：公开",
            "此件办理后应当告知是否公开",
            "保守秘密",
            "★★★",
            "## 依申请公开",
            "依申请公开",
            "**秘密**很重要",
            "机密*是*一级",
            "保密工作：机密☆☆☆",
            "公开方式：主动公开和依申请公开",
            "| 密级 | 机密 | 秘密 |",
            "密级分为绝密、机密、秘密",
            "（此件发至各村并公开张贴）",
            "密件管理办法",
            "内部资料不得外传的规定",
            "本条规定此件依申请公开",
            "依申请公开的，注明此件依申请公开。",
        ] {
            assert_eq!(mark(text), None, "{text}");
        }
        for name in ["关于x的通知（秘密★3年）", "【秘密】关于x的通知", "秘密★3年", "关于x的通知（机 密）", "\"秘密★3年\"", "秘密"]
        {
            assert!(of_name(name).is_some(), "{name}");
        }
        for title in [
            "会议名单（勿外传）",
            "「会议名单（勿外传）」",
            "会议名单【内部】",
            "会议名单（内部使用）",
            "会议名单[请勿外传]",
            "会议名单-勿外传",
            "会议名单 勿外传",
            "会议名单（不公开）",
            "会议名单（机密，勿外传）",
            "（内部）会议名单",
            "机密：会议名单",
            "内部资料：会议名单",
            "会议名单（内部资料 请勿外传）",
        ] {
            assert!(of_title(title).is_some(), "{title}");
            assert!(mark(&format!("# {title}\n\n正文。")).is_some(), "{title}");
            assert!(mark(&format!("{title}\n\n正文。")).is_some(), "{title}");
        }
        for title in [
            "关于内部（机关）管理的通知",
            "政府信息公开目录（依申请公开）",
            "信息公开答复书（不予公开）",
            "秘密：一部纪录片",
            "保密法宣传月：注意保密",
            "办公室（内部）电话表",
            "公开指南（试行）",
            "高温天气 注意防暑",
            "关于公开与不公开的说明",
        ] {
            assert_eq!(of_title(title), None, "{title}");
        }
        assert_eq!(mark("正文里说（勿外传）的文件不要公开。\n\n第二段（勿外传）。"), None);
        assert!(mark("勿外传\n\n正文。").is_some() && mark("不宜公开").is_some());
        for name in ["保守国家秘密法", "商业秘密保护规定（试行）", "关于内部资料管理的通知", "关于国家秘密（载体）的规定"]
        {
            assert_eq!(of_name(name), None, "{name}");
        }
        for name in ["名单_涉密", "内部-名单", "通知（不公开）", "2024 机密 名单", "报告.勿外传"] {
            assert!(of_stem(name), "{name}");
        }
        for name in ["内部审计办法", "密云水库", "内部控制-规范", "关于保密工作的通知", "涉密", "n", "2024-01-01"] {
            assert!(!of_stem(name), "{name}");
        }
        let page = "第十条 政府信息公开前应当依照有关法律对其是否涉及国家\n秘密。\n秘密★5年";
        assert_eq!(mark(&unbroken(page)).map(|(i, _)| unbroken(page)[i..].to_string()).as_deref(), Some("秘密★5年"));
        assert!(mark(&unbroken("某市文件\n机密\n通知")).is_some() && mark(&unbroken("机密\n通知")).is_some());
        assert!(mark(&untagged("<html><p>秘密★3年</p><p>正文</p>")).is_some());
    }
}
