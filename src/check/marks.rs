//! Marks of internal use in a line of its own: what is shut in by its words, and words that laws use as well.
//!
//! All is in Simplified script, and a line comes without blanks and signs.

/// Whose eyes a text is for, and what they may do with it, one after the other: 仅供内部学习使用，请勿外传.
pub(super) fn shut(bare: &str) -> bool {
    static THIS: &[&str] =
        &["本资料", "本文件", "本材料", "本文", "本件", "此件", "此文", "此材料", "该件", "以上内容", "以下内容", "内容", "资料", "材料", "文件"];
    static ONLY: &[&str] = &["仅供", "仅限", "只供", "只限", "限于", "限", "供"];
    static WHO: &[&str] = &[
        "本单位内部",
        "本系统内部",
        "本机关内部",
        "本部门内部",
        "单位内部",
        "系统内部",
        "机关内部",
        "部门内部",
        "局内部",
        "内部人员",
        "内部",
        "领导同志",
        "领导",
        "局领导",
        "市领导",
        "本单位",
        "本机关",
    ];
    static USE: &[&str] = &[
        "学习使用",
        "学习参考",
        "工作参考",
        "工作使用",
        "掌握使用",
        "阅知",
        "参阅",
        "传阅",
        "阅读",
        "查阅",
        "阅",
        "交流",
        "讨论",
        "学习",
        "掌握",
        "使用",
        "参考",
        "知悉",
    ];
    // Those that no other word has to lead.
    static ALONE: &[&str] = &["阅后即焚", "阅后销毁", "阅后收回", "阅后退回", "阅后即毁", "阅后即删", "阅后删除"];
    // Most lines begin with none of these.
    if !bare.starts_with(|c: char| "本此该以内资材文仅限只供单系机部局领市阅请不勿严禁注提说涉".contains(c)) {
        return false;
    }
    // 注意：本件涉密，阅后收回
    let bare = ["注意", "提示", "提醒", "说明"].iter().find_map(|w| bare.strip_prefix(w)?.strip_prefix(['：', ':'])).unwrap_or(bare);
    let this = bare.strip_suffix("涉密").unwrap_or(bare);
    if this.len() < bare.len() && THIS.iter().any(|w| w.len() > 6 && *w != "文件" && this == *w) {
        return true;
    }
    // 内部文件，严禁翻印
    if ["内部文件", "内部资料", "内部材料", "涉密文件", "涉密资料", "涉密件"].iter().any(|w| bare.strip_prefix(w).is_some_and(kept)) {
        return true;
    }
    let cut = |text: &str, words: &[&str]| words.iter().filter(|w| text.starts_with(**w)).map(|w| w.len()).max().unwrap_or(0);
    let rest = &bare[cut(bare, THIS)..];
    let (only, rest) = (cut(rest, ONLY), &rest[cut(rest, ONLY)..]);
    let (who, rest) = (cut(rest, WHO), &rest[cut(rest, WHO)..]);
    let (does, rest) = (cut(rest, USE), &rest[cut(rest, USE)..]);
    let rest = rest.strip_prefix('件').filter(|_| does > 0).unwrap_or(rest);
    let inner = bare[..bare.len() - rest.len()].contains("内部");
    // 内部参阅, 仅供领导参阅, 内部传阅不得外传
    if who > 0 && (does > 0 && (only > 0 || inner) || only > 0 && inner) && (rest.is_empty() || kept(rest)) {
        return true;
    }
    ALONE.iter().any(|w| {
        bare.strip_suffix(w).is_some_and(|h| {
            h.is_empty() || kept(h) || THIS.contains(&h.strip_suffix("涉密").unwrap_or(h)) || h == "涉密" || matches!(h, "内部资料" | "内部文件" | "请")
        })
    })
}

/// That it may not leave: 请勿转发, 严禁外传和复制.
fn kept(text: &str) -> bool {
    static NOT: &[&str] = &["请勿", "切勿", "不得", "不要", "严禁", "禁止", "不准", "谢绝", "勿", "不"];
    static OUT: &[&str] = &[
        "对外公开",
        "对外发布",
        "对外提供",
        "对外传播",
        "向外传播",
        "转载外传",
        "外传",
        "外泄",
        "外流",
        "公开",
        "转发",
        "扩散",
        "翻印",
        "复印",
        "复制",
        "传播",
        "上网",
        "泄露",
        "泄密",
        "拍照",
        "转载",
        "摘抄",
    ];
    let Some(mut rest) = NOT.iter().filter(|n| text.starts_with(**n)).max_by_key(|n| n.len()).map(|n| &text[n.len()..]) else { return false };
    let mut any = false;
    while let Some(w) = OUT.iter().filter(|w| rest.starts_with(**w)).max_by_key(|w| w.len()) {
        (rest, any) = (&rest[w.len()..], true);
        rest = ["和", "或者", "或", "及", "与"].iter().find_map(|j| rest.strip_prefix(j)).unwrap_or(rest);
    }
    any && rest.is_empty()
}

/// Lines that are a mark alone and that no text has for a heading.
pub(super) static MORE: &[&str] = &[
    "此文不公开",
    "本文不公开",
    "会前严格保密",
    "会后收回",
    "不登报",
    "不上网",
    "不登报不上网",
    "敏感信息注意保密",
    "征求意见稿不对外",
    "内部密件",
    "绝密文件",
    "机密文件",
    "秘密文件",
    "绝密资料",
    "机密资料",
    "秘密资料",
    "商业机密",
    "请勿转发",
    "不得转发",
    "严禁转发",
    "请勿扩散",
    "严禁扩散",
    "严禁转载外传",
    "内部资料请妥善保管",
    "内部文件请妥善保管",
    "内部发行",
    "内部交流材料",
    "内部交流资料",
    "请注意保密",
    "注意保密",
    "对外保密",
    "领导参阅",
    "领导参阅件",
    "送阅件",
    "限阅",
    "限阅件",
    "密级文件",
    "含商业秘密",
    "含有商业秘密",
    "本文件含商业秘密",
    "本文件含有商业秘密",
    "本件含商业秘密",
    "内含商业秘密",
    "含工作秘密",
    "含有工作秘密",
    "本文件含工作秘密",
    "本文件含有工作秘密",
    "属于工作秘密",
    "属于商业秘密",
    "属于国家秘密",
    "属工作秘密",
    "属国家秘密",
    "本文件属于工作秘密",
    "本文件属于国家秘密",
    "涉及工作秘密不得公开",
    "涉及商业秘密不得公开",
    "含敏感信息",
    "含有敏感信息",
];

/// Words that are a mark where they stand alone, though laws and guides speak of them.
pub(super) static SPOKEN: &[&str] =
    &["绝密级", "机密级", "秘密级", "工作秘密", "商业秘密", "国家秘密", "警务秘密", "工作机密", "企业秘密", "内参", "内部", "敏感信息"];

/// A line that is one of [`SPOKEN`] and nothing else, with its time or without, in brackets or bare; no heading and no entry of a list.
pub(super) fn spoken(line: &str, tight: fn(&str) -> String) -> bool {
    let plain = line.trim();
    // A heading may be what the text is about.
    if plain.starts_with(['#', '-', '+', '|', '>']) || plain.starts_with("* ") || plain.ends_with(['；', ';', '、', '，', '：', ':']) {
        return false;
    }
    let bare = tight(plain);
    let timed = |rest: &str| {
        let starred = rest.trim_start_matches(['★', '☆', '▲', '△', '●', '✭', '⭐']);
        // 内部★
        if starred.is_empty() && !rest.is_empty() {
            return true;
        }
        let rest = starred;
        let number = rest.trim_end_matches("年").trim_end_matches("个月");
        rest == "长期" || number.len() < rest.len() && !number.is_empty() && number.chars().all(|c| c.is_numeric() || "一二三四五六七八九十".contains(c))
    };
    SPOKEN.iter().any(|w| {
        bare.strip_prefix(w).is_some_and(|rest| rest.is_empty() || timed(rest))
            || bare.strip_suffix(w).is_some_and(|h| matches!(h, "特急" | "加急" | "急件" | "★"))
    })
}

/// Lines at the head and at the end of a text in which one of [`SPOKEN`] is a mark.
const HEAD: usize = 6;
const END: usize = 3;

/// The first of them in a text: where, and how long.
pub(super) fn spoken_of(body: &str, tight: fn(&str) -> String) -> Option<(usize, usize)> {
    let mut at = 0;
    let mut count = 0;
    let found = |start: usize, line: &str| {
        let plain = line.trim();
        (plain.len() <= 60 && spoken(plain, tight)).then(|| (start + line.find(plain).unwrap_or(0), plain.len()))
    };
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        if let Some(hit) = found(start, line) {
            return Some(hit);
        }
        count += 1;
        if count == HEAD {
            break;
        }
    }
    let mut end = body.len();
    let lines = body.split_inclusive('\n').rev().map(|l| {
        end -= l.len();
        (end, l)
    });
    lines.filter(|(_, l)| !l.trim().is_empty()).take(END).find_map(|(start, line)| found(start, line))
}

/// Whether a degree of secrecy that a field tells keeps a text from the public: `密级：` with anything but that it is public.
pub(super) fn degree(told: &str) -> bool {
    static OPEN: &[&str] = &[
        "公开",
        "无",
        "非密",
        "普通",
        "不涉密",
        "非涉密",
        "主动公开",
        "否",
        "不密",
        "无密级",
        "未定密",
        "不定密",
        "没有",
        "免",
        "可公开",
        "公开级",
        "社会公开",
        "一般公开",
        "全部公开",
    ];
    let n = told.chars().count();
    let word = told.chars().all(|c| c.is_alphabetic() || matches!(c, '★' | '☆') || c.is_numeric());
    (1..=10).contains(&n)
        && word
        && !OPEN.contains(&told)
        && told.contains(|c: char| c.is_alphabetic())
        && !told.contains(['分', '为', '指', '或', '按', '由', '和', '与', '见', '填'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shuts_a_text_in() {
        for text in [
            "仅供内部参阅",
            "仅供内部交流",
            "仅供内部学习使用请勿外传",
            "仅限本单位内部使用",
            "内部参阅件",
            "内部传阅",
            "此件仅供内部使用",
            "本资料仅供内部使用不得外传",
            "仅供领导参阅",
            "阅后即焚",
            "内部资料阅后收回",
            "请阅后销毁",
            "内部掌握严禁外传和复制",
        ] {
            assert!(shut(text), "{text}");
        }
        for text in ["内部", "内部控制", "仅供参考", "供领导决策", "内部学习制度", "本单位使用", "阅后即焚功能", "内部掌握的原则", "资料内部", "限本单位"]
        {
            assert!(!shut(text), "{text}");
        }
        assert!(degree("内部") && degree("工作秘密") && degree("机密★10年") && !degree("公开") && !degree("") && !degree("分为三级"));
    }
}
