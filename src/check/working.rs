//! Names that people give to a text while they work on it: 讨论稿, 修改版3, 终稿2, 领导改, final_v3.

/// What a text is called while it is written and passed round. It counts in brackets of its own, behind a sign that parts, or at the end.
static STATES: &[&str] = &[
    "讨论稿",
    "修改稿",
    "审改稿",
    "校对稿",
    "校样",
    "清样",
    "报批稿",
    "呈批稿",
    "送签稿",
    "会签稿",
    "代拟稿",
    "过程稿",
    "上会稿",
    "发文稿",
    "排版稿",
    "内部稿",
    "内部讨论稿",
    "内部修改",
    "内部修改稿",
    "内部征求意见稿",
    "修订模式",
    "待审核",
];
/// One of several versions.
static VERSIONS: &[&str] = &["定稿", "终稿", "最终稿", "最终版", "最终", "终版", "修改版", "审定稿"];
/// Only in brackets, or behind a sign that parts: they are words as others, too.
static APART: &[&str] =
    &["拟稿", "样稿", "领导已阅", "待定", "未审", "未盖章", "备份", "脱密版", "改", "未公开", "未发", "不发", "先不发", "待发", "已改", "改后", "再改", "清稿"];
/// Who looked at it: 领导改, 局长改, 王局审.
static WHO: &[&str] = &["领导", "局长", "主任", "处长", "科长", "市长", "县长", "区长", "书记", "秘书长", "局", "办", "主席", "总", "处"];

/// What a name says of its text: the words, and what they mean in Chinese and English.
pub(super) fn working(name: &str) -> Option<(String, &'static str, &'static str)> {
    let name = name.trim();
    if name.len() > 600 || name.is_ascii() {
        return None;
    }
    // 修改版3, 终稿2, 定稿(2)
    let bare = name.trim_end_matches([')', '）', ' ', ']', '】']);
    let core = bare
        .trim_end_matches(|c: char| c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十".contains(c))
        .trim_end_matches(['(', '（', ' ', '-', '_', 'v', 'V']);
    let numbered = core.len() < bare.len();
    let parts = name.split(|c: char| "（）()【】[]〔〕-—_－ \u{3000}·,，、.".contains(c)).map(str::trim).filter(|p| !p.is_empty());
    for (n, part) in parts.enumerate() {
        let stem = part.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)).trim_end_matches(['v', 'V']);
        let said = |w: &&&str| **w == part || **w == stem && n > 0 || n > 0 && part.strip_prefix("最终") == Some(**w);
        if let Some(w) = STATES.iter().find(said) {
            return Some(((*w).to_string(), "过程稿", "a draft"));
        }
        if n == 0 {
            continue;
        }
        if VERSIONS.iter().any(|w| said(&w)) {
            return Some((part.to_string(), "几稿中的一稿", "one of several versions"));
        }
        let by = |end: &str| part.strip_suffix(end).is_some_and(|who| who.chars().count() <= 5 && WHO.iter().any(|w| who.ends_with(w)));
        if APART.contains(&part) || ["改", "审", "阅", "批", "已阅", "修改", "改定", "审定"].iter().any(|e| by(e)) {
            return Some((part.to_string(), "内部流转的稿子", "one that was passed round"));
        }
    }
    let end = |list: &[&'static str]| list.iter().copied().find(|w| core.ends_with(w) && core.len() > w.len());
    if let Some(w) = end(STATES) {
        return Some((w.to_string(), "过程稿", "a draft"));
    }
    if let Some(w) = end(&["定稿", "终稿", "最终版", "修改版"]) {
        return Some((w.to_string(), "几稿中的一稿", "one of several versions"));
    }
    // 第三稿, 第2稿, 三稿
    let draft = bare.strip_suffix('稿').filter(|_| !numbered || bare.ends_with('稿'));
    let count = |t: &str| t.chars().rev().take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十两".contains(*c)).map(char::len_utf8).sum::<usize>();
    if let Some(head) = draft {
        let n = count(head);
        if n > 0 && (head[..head.len() - n].ends_with('第') || head[..head.len() - n].ends_with(['（', '(', '-', '_', ' '])) {
            return Some((format!("{}稿", &head[head.len() - n..]), "几稿中的一稿", "one of several versions"));
        }
    }
    // 办法final_v3, 办法v2, 办法-FINAL
    let tail: usize = name.chars().rev().take_while(|c| c.is_ascii()).map(char::len_utf8).sum();
    let low = name[name.len() - tail..].to_ascii_lowercase();
    // `v2.0` is the edition of a standard.
    let words = low.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').map(|w| w.split_once('.').unwrap_or((w, "")));
    let words: Vec<&str> = words.filter(|(w, rest)| !w.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit())).map(|(w, _)| w).collect();
    let version = |w: &&&str| w.len() > 1 && w.len() < 4 && w.starts_with('v') && w[1..].bytes().all(|b| b.is_ascii_digit());
    let last = words.iter().find(|w| matches!(**w, "final" | "draft" | "wip")).or_else(|| words.iter().find(version).filter(|_| words.len() < 3));
    last.map(|w| ((*w).to_string(), "几稿中的一稿", "one of several versions"))
}

#[cfg(test)]
mod tests {
    use super::working;

    #[test]
    fn names_of_work() {
        for end in [
            "（征求意见稿-内部修改）",
            "（讨论稿）",
            "（修改稿）",
            "修改版3",
            "终稿2",
            "final_v3",
            "（领导改）",
            "（局长改）",
            "（清样）",
            "（未公开）",
            "（定稿）",
            "（最终版）",
            "-最终版2",
            "（第三稿）",
            "第2稿",
            "（王局审）",
            "（内部征求意见稿）",
            "(final)",
            "-FINAL",
            "_v2",
            "（最终最终版）",
            "（未盖章）",
            "（上会稿）",
        ] {
            let name = format!("某市供热管理办法{end}");
            assert!(working(&name).is_some(), "{name}");
        }
        for name in [
            "某市供热管理办法",
            "某市供热管理办法（征求意见稿）",
            "关于《某市供热管理办法（征求意见稿）》公开征求意见的通知",
            "某市供热管理办法（草案）",
            "某市供热管理办法（试行）",
            "某市供热管理办法（2024年修订）",
            "某市供热管理办法（修订版）",
            "中华人民共和国统计法(2009修订)",
            "关于召开教材定稿会的通知",
            "农村改厕",
            "机构改革方案",
            "关于深化商事制度改革的意见",
            "数据标准 v2.0",
            "IPv6",
            "关于投稿的说明",
            "第三批名单",
            "一审",
            "行政处罚案件（终审）",
            "经济运行（一）",
        ] {
            assert_eq!(working(name), None, "{name}");
        }
    }
}
