//! Names by which people call themselves, or are called, in letters: 我叫张三; 张三先生：您好.

use super::names::{NO_NAMES, SURNAMES};
use super::words::{Search, any_of};
use std::ops::Range;
use std::sync::LazyLock;

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
/// Words before the name of whoever signs, in a line or a row of its own: 签名：张三, | 签名 | 张三 |.
static SIGNED: &[&str] = &["签名", "签字", "署名", "落款", "发件人", "寄件人", "发信人", "寄信人", "来信人", "写信人", "簽名", "署名人"];
/// What stands behind the name in a signature.
static GREETS: &[&str] = &["敬上", "谨上", "敬启", "拜上", "呈上", "上", "启", "敬禀"];
/// What a letter ends with before its signature, in the languages of the portal's own texts.
static FAREWELL: &[&str] =
    &["敬礼", "此致", "谢谢", "感谢", "祝好", "敬上", "盼复", "望回复", "sincerely,", "regards,", "faithfully,", "wishes,", "truly,", "thanks,", "thank you,"];
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

/// The words that names stand beside, by what is done with them.
fn lists() -> [&'static [&'static str]; 6] {
    [BEFORE, PERHAPS, BEHIND, GREETING, DONE, SIGNED]
}

/// All of them at once: every cell of every letter is asked for each, and few have any.
static BESIDES: LazyLock<Option<Search>> = LazyLock::new(|| any_of(lists().into_iter().flatten().copied()));

/// Where names stand.
pub fn called(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let bits = BESIDES.as_ref().map_or(u128::MAX, |w| w.all_from(text, Some(0)));
    // Of one of the lists those words that the text has.
    let had = |list: usize| {
        let before: usize = lists()[..list].iter().map(|l| l.len()).sum();
        lists()[list].iter().enumerate().filter(move |(k, _)| bits >> (before + k) & 1 != 0).map(|(_, w)| *w)
    };
    let mut behind = |from: usize, name: fn(&str) -> bool| out.extend(first_name(&text[from..], name).map(|n| from..from + n));
    for b in had(0) {
        text.match_indices(b).for_each(|(at, _)| behind(at + b.len(), name));
    }
    for (at, colon) in text.match_indices(['：', ':']) {
        if text[..at].strip_suffix('人').is_some_and(|t| WHO.iter().any(|w| t.ends_with(w))) {
            behind(at + colon.len(), only_name);
        }
    }
    for b in had(1) {
        for (at, _) in text.match_indices(b) {
            if !text[at + b.len()..].starts_with(|c| NO_START.contains(c)) {
                behind(at + b.len(), |w| only_name(w) && !matches!(w, "高一" | "高二" | "高三"));
            }
        }
    }
    for b in had(2) {
        for (at, _) in text.match_indices(b) {
            out.extend(last_name(&text[..at], name).filter(|from| !ROLES[..9].iter().any(|r| text[*from..at].ends_with(r))).map(|from| from..at));
        }
    }
    for b in had(3) {
        for (at, _) in text.match_indices(b) {
            let line = text[..at].rfind('\n').map_or(0, |i| i + 1);
            let from = line + text[line..at].len() - text[line..at].trim_start().trim_start_matches("尊敬的").len();
            if only_name(&text[from..at]) {
                out.push(from..at);
            }
        }
    }
    for b in had(4) {
        for (at, _) in text.match_indices(b) {
            let Some(from) = last_name(&text[..at], only_name) else { continue };
            if ["与", "和", "同", "跟", "向", "对"].iter().any(|w| text[..from].ends_with(w)) {
                out.push(from..at);
            }
        }
    }
    for b in had(5) {
        for (at, _) in text.match_indices(b) {
            let rest = text[at + b.len()..].trim_start_matches(['）', ')']);
            let value = rest.trim_start_matches([' ', '\u{3000}', '\t', '：', ':', '|', '*']);
            let from = text.len() - value.len();
            if value.len() < rest.len() {
                out.extend(first_name(value, only_name).map(|n| from..from + n));
            }
        }
    }
    out.extend(signature(text));
    out.sort_by_key(|r| r.start);
    out.dedup_by(|b, a| b.start < a.end);
    out
}

/// A line of days and signs only.
fn day(line: &str) -> bool {
    line.bytes().any(|b| b.is_ascii_digit()) && line.chars().all(|c| c.is_numeric() || c.is_whitespace() || "年月日-./:：〇一二三四五六七八九十".contains(c))
}

/// The name that a letter ends with, in a line of its own: below 此致敬礼 or Sincerely, or above the day.
fn signature(text: &str) -> Option<Range<usize>> {
    let mut lines = text.lines().rev().map(str::trim).filter(|l| !l.is_empty()).take(8).peekable();
    let mut dated = false;
    while lines.next_if(|l| day(l)).is_some() {
        dated = true;
    }
    let line = lines.next()?;
    let above = lines.next()?.to_lowercase();
    let from = line.as_ptr() as usize - text.as_ptr() as usize;
    if foreign(line) {
        let farewell = FAREWELL.iter().any(|f| f.is_ascii() && above.ends_with(f));
        return farewell.then(|| from..from + line.len());
    }
    // Behind the name perhaps a telephone, or 敬上.
    let mut words = line.split([' ', '\u{3000}', '，', ',', '\t']);
    let word = words.next()?;
    let (word, greets) = GREETS.iter().find_map(|g| word.strip_suffix(g)).map_or((word, false), |w| (w, true));
    let rest = words.all(|w| !w.contains(han) || GREETS.contains(&w));
    let greets = greets || GREETS.iter().any(|g| line.ends_with(g));
    let ends = above.trim_end_matches(['！', '!', '。', '，', '…']);
    let farewell = FAREWELL.iter().any(|f| ends.ends_with(f) || above.ends_with(f));
    let sound = rest && only_name(word) && !word.starts_with("谢谢") && !word.starts_with('祝') && (dated || greets || farewell);
    sound.then(|| from..from + word.len())
}

/// A name hidden but for its first sign.
pub fn veiled_name(name: &str) -> String {
    name.trim().chars().enumerate().map(|(i, c)| if i == 0 { c } else { '*' }).collect()
}

/// The names that a text calls people by, which are hidden wherever they stand again.
pub fn names_in(text: &str) -> Vec<String> {
    called(text).into_iter().map(|r| text[r].to_string()).collect()
}

/// Where a name stands again: one of two signs only between what is no Chinese, for it may be a part of a word.
pub(super) fn again(text: &str, name: &str) -> Vec<Range<usize>> {
    let long = name.chars().count() > 2;
    let free = |at: usize| !text[..at].ends_with(han) && !text[at + name.len()..].starts_with(han);
    let all = text.match_indices(name).filter(|(at, _)| long || free(*at));
    all.map(|(at, _)| at..at + name.len()).collect()
}

/// The text with such names hidden but for their first sign: 张*.
pub fn veiled(text: &str) -> Option<String> {
    veiled_with(text, &[])
}

/// The same, and with names that are known from elsewhere in the letter.
pub fn veiled_with(text: &str, known: &[String]) -> Option<String> {
    let mut found = called(text);
    let names: Vec<String> = found.iter().map(|r| text[r.clone()].to_string()).chain(known.iter().cloned()).filter(|n| n.chars().count() > 1).collect();
    found.extend(names.iter().flat_map(|n| again(text, n)));
    hidden(text, found)
}

/// The text with places hidden but for their first sign.
pub(super) fn hidden(text: &str, mut found: Vec<Range<usize>>) -> Option<String> {
    found.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    found.dedup_by(|b, a| b.start < a.end);
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

/// Whether a word is no office, role or group.
pub(super) fn of_person(word: &str) -> bool {
    only_name(word)
}

/// Ends of words that are offices, roles or places, whatever they begin with.
static OFFICES: &str = "科股处室局办委厅部队站所中心会院馆镇乡村街道区县市省司公台网校组社厦";

/// Words beside an office that begin as a name does.
static BESIDE: &[&str] =
    &["常务", "高新", "余杭", "黄浦", "龙湖", "龙岗", "龙华", "江北", "江南", "江东", "江宁", "江岸", "江汉", "武昌", "武进", "金牛", "金山"];

/// A person's name in place of an office or role, or beside it: 张三, 李四科长, 信访科（张三）, 经办人：张三.
pub fn person(text: &str) -> bool {
    let text = text.trim();
    if foreign(text) || text.split(|c: char| !han(c) && c != '·').any(dotted) {
        return true;
    }
    let parts = || text.split(|c: char| !han(c)).filter(|p| !p.is_empty());
    let tight: String = text.chars().filter(|c| *c != ' ').collect();
    alone(&tight) || parts().any(joined) || parts().count() > 1 && parts().any(|p| alone(p) && !BESIDE.contains(&p))
}

/// 买买提·艾力
fn dotted(word: &str) -> bool {
    word.contains('·') && super::person::is_name(word) && !word.starts_with("中国") && !word.ends_with(|c| OFFICES.contains(c) || c == '网')
}

/// Titles, the longer before those that they end with.
static TITLES: &[&str] = &[
    "副局长",
    "副科长",
    "副处长",
    "副主任",
    "副股长",
    "副所长",
    "副站长",
    "副厅长",
    "副部长",
    "副市长",
    "副县长",
    "副区长",
    "副镇长",
    "副乡长",
    "副书记",
    "副队长",
    "副院长",
    "局长",
    "科长",
    "处长",
    "主任",
    "股长",
    "所长",
    "站长",
    "厅长",
    "部长",
    "市长",
    "县长",
    "区长",
    "镇长",
    "乡长",
    "书记",
    "队长",
    "院长",
    "主任科员",
    "科员",
];
/// Words for whoever does something, right before a name.
static DOERS: &[&str] = &[
    "经办人",
    "承办人",
    "审核人",
    "审查人",
    "签发人",
    "起草人",
    "拟稿人",
    "联系人",
    "负责人",
    "责任人",
    "分管领导",
    "主管领导",
    "局领导",
    "主要领导",
    "经办",
    "市民",
    "居民",
    "村民",
    "网友",
    "群众",
    "业主",
    "先生",
    "女士",
    "同志",
];
/// What a word behind an office has that is no name.
static NO_PERSON: &[&str] = &[
    "党", "组", "安全", "计", "文", "管", "服务", "全", "合", "成", "监", "受理", "窗口", "业务", "项目", "纪", "宣", "经", "时", "高级", "平台", "常", "和",
    "及", "与", "向", "于", "应", "相关", "有关", "万", "金", "水", "农", "车", "路", "房", "包", "申", "司", "卫", "政", "明", "热线", "专", "干", "查",
    "查询", "方",
];

/// Whether behind an office or a role stands a name, without a sign between: 办公室主任王建国, 民政局李局长, 养老科王建国.
fn joined(text: &str) -> bool {
    let of_three = |n: &str| only_name(n) && n.chars().count() >= 3 && !NO_PERSON.iter().any(|w| n.contains(w)) && !n.ends_with('长');
    // 市民王建国, 经办人张三
    let doer = |d: &&str| text.strip_prefix(*d).is_some_and(|n| of_three(n) || only_name(n) && d.ends_with('人'));
    if DOERS.iter().any(doer) {
        return true;
    }
    // 办公室主任王建国
    let behind = TITLES.iter().any(|t| text.rfind(t).is_some_and(|i| of_three(&text[i + t.len()..])));
    let tail = |t: &str| t.rfind(|c| OFFICES.contains(c)).and_then(|i| t[i..].char_indices().nth(1).map(|(k, _)| t[i + k..].to_string()));
    // 养老科王建国
    let office = || tail(text).is_some_and(|n| of_three(&n));
    // 王建国副局长, 民政局李局长
    let titled = || {
        let bare = TITLES.iter().find_map(|t| text.strip_suffix(t))?;
        let n = tail(bare).unwrap_or_else(|| bare.to_string());
        let one = n.chars().count() == 1 && n != bare && "王李张刘陈杨赵黄周吴徐孙胡朱何郭马罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范姚谭廖邹熊陆郝孔崔邱秦史顾侯邵孟龙段雷钱汤尹黎贺赖龚".contains(&*n);
        (one || of_three(&n)).then_some(())
    };
    behind || office() || titled().is_some()
}

/// Words of offices, roles and groups: two words of which neither is one may be somebody's name.
static NO_ENGLISH: &str = " academy accounts action administration administrative administrator advice advisor adviser affairs africa agency agent agricultural agriculture aid air alliance america analyst annual anonymous anti appeals archive archives area arts asia assembly assessment assistant associate associates association attorney audit auditor authority bank bay beach benefits board borough branch bridge brothers budget building bureau bus business cabinet call camp campaign cancer capital care case cathedral census center central centre chair chairman chamber charity chief child children christian church citizen citizens city civic civil clerk clinic club coalition coast college commerce commission commissioner committee communications communities community companies company compliance concerned conservation consultant consultation consumer contact control cooperative coordinator corporate corporation council councillor councilor counsel county court culture customer customs cycle cycling data defence defense democratic department deputy design desk development digital director disability disclosure district division drainage driver east eastern economic editor editorial education elections electoral electric elderly emergency employment energy engineer engineering england enquiries enquiry environment environmental estate estates europe events executive external family farm farmer farmers federation federal field fields finance financial fire first fisheries flood food foreign forest forestry forum foundation freedom friends front fund garden gardens general geographic government governance governor grant grants great green group groups guild hall harbor harbour head health heritage high highway highways hill history home hospital hotel house household housing human identity industrial industry information infrastructure inquiry inspection inspector inspectorate institute insurance integrity internal international investment island joint judge justice labor labour lake land lands law lead leader league learning legal legislative library licensing line local london long manager management manufacturing maritime market marine mayor media medical meeting member members mental metro metropolitan minister ministry mobile mobility monitoring motor mountain municipal museum national natural nature neighborhood neighbourhood network new news north northern nurse ocean of office officer official officials old online open operations operator ombudsman organisation organization oversight owner owners panel parent parents parish park parking parks parliament partners partnership party passenger patient payments people permit permits personnel philippines pier place planning plans planner police policy political port post press prevention principal privacy private procurement product program programme programs project projects promotion property prosecutor protection province provincial public publication publications publishing quality rail railway railways records recreation reform refuse region regional register registrar registration registry regulation regulatory rental renter reporter representative republic request requests rescue research resident residents resource resources response review revenue reviewer rights river road roads roots royal rural safety sanitation saint school schools science scientific sea second secretariat secretary section security senate senior service services sheriff shop small social society software solicitor south southern sports staff standards state statistical statistics steward strategic strategy street streets student students support supervisor surveyor sustainable systems tax taxation teacher team technical technology tenant tenants third tourism town trade trades trading traffic training transit transparency transport transportation travel treasurer treasury tree trust trustees unit union united university urban user users utilities utility valley village visitor volunteer volunteers ward warden waste water web website welfare west western wildlife women worker workers works world writer youth ";

/// A name in Latin letters: Mr Brown; Ann Lee; Jones, Mary.
fn foreign(text: &str) -> bool {
    if !text.is_ascii() || text.len() > 60 {
        return false;
    }
    let mut words: Vec<&str> = text.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let titled = words.first().is_some_and(|w| matches!(w.trim_end_matches('.').to_lowercase().as_str(), "mr" | "mrs" | "ms" | "miss" | "dr" | "prof"));
    if titled {
        words.remove(0);
    }
    let initial = |w: &str| w.len() <= 2 && w.trim_end_matches('.').len() == 1 && w.starts_with(|c: char| c.is_ascii_uppercase());
    let word = |w: &&&str| {
        let letters = w.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '\''));
        letters && w.len() > 1 && w.starts_with(|c: char| c.is_ascii_uppercase()) && w.chars().any(|c| c.is_ascii_lowercase())
    };
    let whole = words.iter().filter(word).count();
    let sound = words.iter().all(|w| word(&w) || initial(w)) && words.len() <= 3;
    let office = || words.iter().any(|w| w.to_lowercase().split('-').any(|w| NO_ENGLISH.contains(&format!(" {w} "))));
    sound && !office() && if titled { whole >= 1 } else { whole == 2 || whole == 1 && words.len() == 2 && initial(words[0]) }
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
    fn persons_for_offices() {
        for text in [
            "办公室主任王建国",
            "王建国副局长",
            "分管领导王建国",
            "经办人王建国",
            "买买提·艾力",
            "养老科王建国",
            "市民王建国",
            "民政局李局长",
            "Ann Lee",
            "Mr Brown",
            "Mrs. Brown",
            "Jones, Mary",
            "Mary Jones",
            "J. Smith",
            "Mary K. O'Neil",
        ] {
            assert!(person(text), "{text}");
        }
        for text in [
            "办公室主任",
            "副局长",
            "分管副局长",
            "局长",
            "养老服务科",
            "养老服务科科长",
            "民政局党组",
            "民政局党组成员",
            "市民",
            "市民代表",
            "市民服务热线",
            "经办人员",
            "公安局交通管理支队",
            "办公室文秘",
            "信访科接待窗口",
            "市政府办公厅文电处",
            "区长办公室",
            "市长热线",
            "高新区管委会主任",
            "黄浦区民政局局长",
            "政务服务中心窗口",
            "主任科员",
            "居民委员会",
            "Data Steward",
            "Legal Counsel",
            "Chief Editor",
            "Press Office",
            "Public Works",
            "Town Clerk",
            "Local Resident",
            "Parish Council",
            "Statistics",
            "Head of Office",
            "HR Team",
        ] {
            assert!(!person(text), "{text}");
        }
    }

    #[test]
    fn a_name_that_is_known_is_hidden_wherever_it_stands() {
        let known = ["王小明".to_string(), "李红".to_string()];
        assert_eq!(veiled_with("路灯不亮\n王小明", &known).as_deref(), Some("路灯不亮\n王**"));
        assert_eq!(veiled_with("李红（居民）说桃李红了", &known).as_deref(), Some("李*（居民）说桃李红了"));
        assert_eq!(veiled_with("路灯不亮", &known), None);
    }

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
            ("路灯不亮。\n此致\n敬礼！\n王小明\n2026年3月1日", "路灯不亮。\n此致\n敬礼！\n王**\n2026年3月1日"),
            ("路灯不亮。\n王小明 敬上", "路灯不亮。\n王** 敬上"),
            ("路灯不亮。\n李红\n2026-03-01", "路灯不亮。\n李*\n2026-03-01"),
            ("路灯不亮。\n投诉人（签名）：王小明", "路灯不亮。\n投诉人（签名）：王**"),
            ("| 签名 | 王小明 |", "| 签名 | 王** |"),
            ("签名： 王小明", "签名： 王**"),
            ("我叫王小明，住城南。\n王小明", "我叫王**，住城南。\n王**"),
            ("发件人：王小明\n路灯不亮", "发件人：王**\n路灯不亮"),
            ("The lamp is dark.\nYours sincerely,\nJane Doe", "The lamp is dark.\nYours sincerely,\nJ*******"),
        ] {
            assert_eq!(veiled(text).as_deref(), Some(out));
        }
        for text in [
            "张先生您好",
            "路灯不亮。\n谢谢您",
            "路灯不亮。\n祝好",
            "已办结。\n市城管局\n2026年3月1日",
            "已办结。\n高新区\n2026年3月1日",
            "请在表上签名，交到窗口",
            "The lamp is dark.\nYours sincerely,\nPublic Works",
            "签名：综合科",
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
