//! Names by which people call themselves, or are called, in letters: 我叫张三; 张三先生：您好.

use super::names::{NO_NAMES, SURNAMES};
use std::ops::Range;

/// Words behind which somebody's name stands.
static BEFORE: &[&str] = &["我叫", "我的名字是", "我的名字叫", "姓名：", "姓名:", "姓名是", "落款：", "名叫"];
/// Words for who writes or is written about, before a colon and a name.
static WHO: &[&str] = &[
    "来信",
    "写信",
    "投诉",
    "咨询",
    "联系",
    "反映",
    "举报",
    "信访",
    "申请",
    "当事",
    "建议",
    "提出",
    "反馈",
    "求助",
    "报案",
    "经办",
    "提问",
    "留言",
    "被举报",
    "被投诉",
];
/// Words behind which a name may stand, and much else.
static PERHAPS: &[&str] = &["我是", "本人"];
/// What begins a word behind 本人 and 我是 rather than a name.
static NO_START: &str = "于向曾常时任方安易和全毕金余严万同成白田石施";
/// Words before which somebody's name stands.
static BEHIND: &[&str] = &["先生", "女士", "小姐", "同志", "同学", "（先生）", "（女士）", "(先生)", "(女士)"];
/// How a letter is opened: the name before it begins a line.
static GREETING: &[&str] = &["：您好", "：你好", ":您好", ":你好", "，您好", "，你好", ",您好", "您好", "你好"];
/// What is done with somebody: 经与张三沟通.
static DONE: &[&str] = &["沟通", "联系", "核实", "协商", "通话", "面谈", "见面", "取得联系", "电话联系", "电话沟通", "当面沟通"];
/// Words before a name that belong to no name.
static VERBS: &[&str] = &["联系", "致电", "感谢", "咨询", "询问", "告知", "找到", "请", "经", "由", "与", "和", "同", "跟", "向", "对", "的", "是", "给"];
/// What may follow a name without a sign between.
static ON: &str = "是家住今现想要在来于有，";
/// Surnames of two signs.
static LONG: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "长孙", "令狐", "宇文", "端木", "司徒", "独孤", "轩辕",
    "澹台", "公冶", "申屠", "钟离", "鲜于", "赫连", "呼延",
];
/// Ends of words for roles and groups, which are no names.
static ROLES: &[&str] = &[
    "先生", "女士", "小姐", "同志", "同学", "老师", "师傅", "阿姨", "大哥", "大姐", "主任", "科长", "处长", "局长", "市长", "县长", "区长", "镇长", "乡长",
    "书记", "网友", "朋友", "市民", "居民", "村民", "业主", "家长", "人", "者", "员", "户", "们", "的", "客", "生", "工", "民",
];

fn han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn name(word: &str) -> bool {
    let n = word.chars().count();
    if LONG.iter().any(|l| word.starts_with(l)) {
        return (3..=4).contains(&n);
    }
    (2..=3).contains(&n) && word.starts_with(|c| SURNAMES.contains(c)) && !NO_NAMES.iter().any(|w| word.starts_with(w))
}

/// A name that is no office, role or group.
fn only_name(word: &str) -> bool {
    name(word) && !word.ends_with(|c| OFFICES.contains(c)) && !ROLES.iter().any(|r| word.ends_with(r))
}

/// The name at the beginning of a text: to the end of the words, or to one that goes on.
fn first_name(text: &str, name: fn(&str) -> bool) -> Option<usize> {
    let run: Vec<(usize, char)> = text.char_indices().take_while(|(_, c)| han(*c)).take(6).collect();
    let end = |n: usize| run.get(n).map_or_else(|| run.last().map_or(0, |(i, c)| i + c.len_utf8()), |(i, _)| *i);
    let ends = |n: usize| run.len() == n || run.len() > n && ON.contains(run[n].1);
    (2..=4).rev().find(|n| ends(*n) && name(&text[..end(*n)])).map(end)
}

/// The name at the end of a text, behind words that belong to no name.
fn last_name(text: &str, name: fn(&str) -> bool) -> Option<usize> {
    let from = text.char_indices().rev().take_while(|(_, c)| han(*c)).take(8).last()?.0;
    let run = &text[from..];
    let behind = VERBS.iter().filter_map(|v| run.rfind(v).map(|i| i + v.len())).max().unwrap_or(0);
    let at = [0, behind].into_iter().find(|at| name(&run[*at..]))?;
    Some(from + at)
}

/// Where names stand.
pub fn called(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut behind = |from: usize, name: fn(&str) -> bool| out.extend(first_name(&text[from..], name).map(|n| from..from + n));
    for b in BEFORE {
        text.match_indices(b).for_each(|(at, _)| behind(at + b.len(), name));
    }
    for (at, colon) in text.match_indices(['：', ':']) {
        if text[..at].strip_suffix('人').is_some_and(|t| WHO.iter().any(|w| t.ends_with(w))) {
            behind(at + colon.len(), only_name);
        }
    }
    for b in PERHAPS {
        for (at, _) in text.match_indices(b) {
            if !text[at + b.len()..].starts_with(|c| NO_START.contains(c)) {
                behind(at + b.len(), |w| only_name(w) && !matches!(w, "高一" | "高二" | "高三"));
            }
        }
    }
    for b in BEHIND {
        for (at, _) in text.match_indices(b) {
            out.extend(last_name(&text[..at], name).filter(|from| !ROLES[..9].iter().any(|r| text[*from..at].ends_with(r))).map(|from| from..at));
        }
    }
    for b in GREETING {
        for (at, _) in text.match_indices(b) {
            let line = text[..at].rfind('\n').map_or(0, |i| i + 1);
            let from = line + text[line..at].len() - text[line..at].trim_start().trim_start_matches("尊敬的").len();
            if only_name(&text[from..at]) {
                out.push(from..at);
            }
        }
    }
    for b in DONE {
        for (at, _) in text.match_indices(b) {
            let Some(from) = last_name(&text[..at], only_name) else { continue };
            if ["与", "和", "同", "跟", "向", "对"].iter().any(|w| text[..from].ends_with(w)) {
                out.push(from..at);
            }
        }
    }
    out.sort_by_key(|r| r.start);
    out.dedup_by(|b, a| b.start < a.end);
    out
}

/// A name hidden but for its first sign.
pub fn veiled_name(name: &str) -> String {
    name.trim().chars().enumerate().map(|(i, c)| if i == 0 { c } else { '*' }).collect()
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

/// Words beside an office that begin as a name does.
static BESIDE: &[&str] =
    &["常务", "高新", "余杭", "黄浦", "龙湖", "龙岗", "龙华", "江北", "江南", "江东", "江宁", "江岸", "江汉", "武昌", "武进", "金牛", "金山"];

/// A person's name in place of an office or role, or beside it: 张三, 李四科长, 信访科（张三）, 经办人：张三.
pub fn person(text: &str) -> bool {
    let text = text.trim();
    let parts = || text.split(|c: char| !han(c)).filter(|p| !p.is_empty());
    let tight: String = text.chars().filter(|c| *c != ' ').collect();
    alone(&tight) || parts().count() > 1 && parts().any(|p| alone(p) && !BESIDE.contains(&p))
}

fn alone(text: &str) -> bool {
    if !text.chars().all(han) || !text.starts_with(|c| SURNAMES.contains(c)) && !LONG.iter().any(|l| text.starts_with(l)) {
        return false;
    }
    let roles = ["科长", "处长", "局长", "主任", "股长", "所长", "站长", "同志", "先生", "女士", "老师"];
    let most = if LONG.iter().any(|l| text.starts_with(l)) { 4 } else { 3 };
    match roles.iter().find_map(|r| text.strip_suffix(r)).filter(|n| !n.is_empty() && n.chars().count() <= most) {
        Some(n) => !n.ends_with(|c| OFFICES.contains(c)),
        None => name(text) && !text.ends_with(|c| OFFICES.contains(c) || c == '长' || c == '员'),
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
            ("我叫欧阳小芳", "我叫欧***"),
            ("诸葛亮先生", "诸**先生"),
            ("欧阳小芳女士", "欧***女士"),
            ("尊敬的欧阳小芳女士", "尊敬的欧***女士"),
            ("我是李小明，反映停车难", "我是李**，反映停车难"),
            ("举报人：孙大圣", "举报人：孙**"),
            ("本人赵六七，退休", "本人赵**，退休"),
            ("张三：您好！来信收悉", "张*：您好！来信收悉"),
            ("您好\n张三:您好", "您好\n张*:您好"),
            ("请致电我 李大海先生，我叫赵铁柱", "请致电我 李**先生，我叫赵**"),
            ("请联系李大海先生", "请联系李**先生"),
            ("经与王建国沟通", "经与王**沟通"),
            ("王建国（先生）申请其拆迁档案", "王**（先生）申请其拆迁档案"),
        ] {
            assert_eq!(veiled(text).as_deref(), Some(out));
        }
        for text in [
            "张先生您好",
            "我是张家港人",
            "网友先生",
            "王女士：您好",
            "名叫安全生产的文件",
            "联系人：综合科",
            "优待证怎么办",
            "我是高三学生",
            "我是余杭人",
            "我是任课老师",
            "我是黄埔的",
            "本人于昨日去过",
            "本人曾任职",
            "本人方便",
            "高老师：您好",
            "马局长：您好",
            "举报人：高新区居民",
            "经与施工方沟通",
            "与王先生联系",
            "向江北区核实",
            "各位网友：您好",
            "联系人：江先生",
            "与高校沟通",
            "请向王先生反映",
        ] {
            assert_eq!(veiled(text), None, "{text}");
        }
        for text in ["欧阳小芳", "司马光", "信访科（张建国）", "水政科 张三", "经办人：李明", "王 明", "欧阳小芳主任"] {
            assert!(person(text), "{text}");
        }
        for text in ["综合科（高新区）", "市民政局 安置办", "监察组/督查科", "水政科（常务）", "市城管局、江北区环卫中心", "经办人：综合科"]
        {
            assert!(!person(text), "{text}");
        }
        assert!(person("张三") && person("李小明") && person("王科长") && person("李小明 主任"));
        assert!(!person("养老服务科") && !person("高新区") && !person("石化科") && !person("科长") && !person("张店区") && !person("Civil affairs"));
    }
}
