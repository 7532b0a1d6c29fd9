//! Asterisks, underscores and tildes that are what the author wrote, and not markup: masked names and numbers
//! (`138****5678`, `张**`, `某市**路**号`), products (`5*6`), blanks to fill in (`____`), ranges (`5~10`).
//!
//! Markdown cannot tell them from emphasis; what stands around them can. Where both are thinkable the mark stays
//! visible: a star too many is a blemish, a star lost is another number.

use super::chars::{is_han, is_punct, is_wide_punct};

/// A run of one mark, and what stands beside it.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
    before: Option<char>,
    after: Option<char>,
    /// Preceded by a family name that stands alone.
    name: bool,
}

/// What has been seen of the paragraph so far.
#[derive(Default)]
struct Paragraph {
    /// By length 1 to 3: a run that may open emphasis.
    open: [Option<Run>; 4],
    /// The last run that was found to be text.
    text: Option<Run>,
    /// The first run that was taken for the mask before a name, where it may be emphasis.
    doubt: Option<usize>,
}

/// What to do with a run.
enum Verdict {
    /// It may be markup.
    Markup,
    /// It may be markup, but opens nothing.
    NoOpening,
    /// One emphasis ends in its middle where the next begins.
    Joint,
    /// It is text.
    Text,
}

/// Finds the runs of `*`, `_` and `~` in a text. `literal` gets each run that is text, `boundary` the place beside Chinese
/// punctuation where a reader sees the boundary of emphasis and CommonMark does not. Gives the first run that was taken for a mask
/// where emphasis is thinkable.
pub(super) fn runs(
    text: &str,
    mut literal: impl FnMut(usize, usize),
    mut boundary: impl FnMut(usize),
    inside: impl Fn(usize) -> Option<usize>,
) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut paragraph = Paragraph::default();
    let (mut i, mut last) = (0, 0);
    let mut doubt = None;
    while let Some(start) = memchr::memchr3(b'*', b'_', b'~', &bytes[i..]).map(|p| p + i) {
        if let Some(end) = inside(start) {
            // Within an address nothing is markup.
            memchr::memchr3_iter(b'*', b'_', b'~', &bytes[start..end]).for_each(|p| literal(start + p, start + p + 1));
            i = end;
            continue;
        }
        let mark = bytes[start];
        let end = start + bytes[start..].iter().take_while(|b| **b == mark).count();
        i = end;
        if start > 0 && bytes[start - 1] == b'\\' {
            continue;
        }
        let run = Run { start, end, before: text[..start].chars().next_back(), after: text[end..].chars().next(), name: false };
        if let Some(line) = rule(text, &run) {
            i = line;
            continue;
        }
        match mark {
            b'~' if end - start == 1 => literal(start, end),
            b'~' if digits(&run) => literal(start, end),
            b'~' if end - start == 2 => boundary_of(&run).into_iter().for_each(&mut boundary),
            b'~' => {}
            b'_' => {
                let blank = end - start > 2
                    || end - start == 2 && identifier(text, &run)
                    || run.after.is_some_and(closes) && !run.before.is_some_and(char::is_alphanumeric);
                if blank {
                    literal(start, end);
                }
            }
            _ => {
                if parts(&text[last..start]) {
                    doubt = doubt.or(paragraph.leave(&mut literal));
                    paragraph = Paragraph::default();
                }
                last = end;
                let run = Run { name: named(&text[..start]), ..run };
                match paragraph.judge(text, run, &mut literal) {
                    Verdict::Text => {
                        literal(start, end);
                        paragraph.text = Some(run);
                    }
                    Verdict::Markup if end - start < 4 => boundary_of(&run).into_iter().for_each(&mut boundary),
                    Verdict::Joint => boundary(start + 2),
                    Verdict::Markup | Verdict::NoOpening => {}
                }
                doubt = doubt.or(paragraph.doubt);
            }
        }
    }
    doubt.or(paragraph.leave(&mut literal))
}

impl Paragraph {
    /// At its end: runs of several lengths between letters, none of which has a partner, hide something. Markdown would pair them
    /// whatever their lengths. Gives the first of them.
    fn leave(&self, literal: &mut impl FnMut(usize, usize)) -> Option<usize> {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let left: Vec<Run> = self.open.iter().flatten().copied().collect();
        if left.len() < 2 || !left.iter().all(|r| letter(r.before) && letter(r.after)) {
            return None;
        }
        left.iter().for_each(|r| literal(r.start, r.end));
        left.iter().map(|r| r.start).min()
    }

    fn judge(&mut self, text: &str, run: Run, literal: &mut impl FnMut(usize, usize)) -> Verdict {
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let len = run.end - run.start;
        if blank(run.before) && blank(run.after) {
            return Verdict::NoOpening;
        }
        if digits(&run) || len == 1 && self.open[1].is_none() && within(&run) {
            return Verdict::Text;
        }
        if len > 3 {
            // `**甲****乙**`: one ends where the next begins, as editors write it.
            let next = memchr::memchr(b'*', &text.as_bytes()[run.end..text.len().min(run.end + 400)]);
            let next = next.map(|p| text.as_bytes()[run.end + p..].iter().take_while(|b| **b == b'*').count());
            let joint = len == 4 && self.open[2].is_some() && next == Some(2);
            return if joint { Verdict::Joint } else { Verdict::Text };
        }
        // A mark before closing punctuation opens nothing, unless that is all it holds (`**。**`).
        let holds = |c: char| closes(c) && !text[run.end + c.len_utf8()..].starts_with('*');
        let opening = !blank(run.after) && !run.after.is_some_and(holds);
        if let Some(opener) = self.open[len] {
            if run.name {
                if opener.name {
                    literal(opener.start, opener.end);
                    self.open[len] = None;
                }
                return Verdict::Text;
            }
            let names = before_names(text, &opener, &run) || framed(text, &opener, &run);
            if names || masked(text, &opener, &run) {
                self.doubt = self.doubt.or(names.then_some(opener.start));
                literal(opener.start, opener.end);
                self.open[len] = None;
                return Verdict::Text;
            }
            self.open[len] = if blank(run.before) && opening { Some(run) } else { None };
            return Verdict::Markup;
        }
        // 某 stands for a name: `*某` hides the family name.
        if run.after == Some('某') && len < 3 && self.open[len].is_none() && !run.before.is_some_and(char::is_alphanumeric) {
            let behind = text[run.end + '某'.len_utf8()..].chars().next();
            if behind.is_none_or(|c| c.is_whitespace() || is_punct(c) && c != '*') {
                return Verdict::Text;
            }
        }
        let alone = run.name && (blank(run.after) || run.after.is_some_and(|c| is_punct(c) || "和与及或等".contains(c)));
        if alone || self.text.is_some_and(|t| t.end - t.start == len && (masked(text, &t, &run) || before_names(text, &t, &run))) {
            return Verdict::Text;
        }
        if len == 3 && self.open.iter().any(Option::is_some) {
            self.open = Default::default();
            return Verdict::Markup;
        }
        if !opening {
            // It ends a part of three (`***甲**乙*`), or nothing: one of another length would lose stars of both.
            return if self.open[3].is_some() { Verdict::Markup } else { Verdict::Text };
        }
        self.open[len] = Some(run);
        Verdict::Markup
    }
}

/// Closing: punctuation inside, a letter outside. Opening: the mirror image.
fn boundary_of(run: &Run) -> Option<usize> {
    let (p, n) = (run.before?, run.after?);
    let letter = |c: char| !c.is_whitespace() && !is_punct(c);
    if is_punct(p) && letter(n) && (is_wide_punct(p) || is_han(n)) {
        Some(run.end)
    } else if is_punct(n) && letter(p) && (is_wide_punct(n) || is_han(p)) {
        Some(run.start)
    } else {
        None
    }
}

/// A line of nothing but one mark is a rule or a fence: its end.
fn rule(text: &str, run: &Run) -> Option<usize> {
    let before = text[..run.start].trim_end_matches(' ');
    if run.start - before.len() > 3 || !(before.is_empty() || before.ends_with('\n')) {
        return None;
    }
    let mark = text.as_bytes()[run.start];
    let mut count = 0;
    for (i, b) in text.as_bytes()[run.start..].iter().enumerate() {
        match b {
            b'\n' => return (count > 2).then_some(run.start + i),
            b' ' | b'\t' | b'\r' => {}
            b if *b == mark => count += 1,
            _ => return None,
        }
    }
    (count > 2).then_some(text.len())
}

fn digits(run: &Run) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    digit(run.before) && digit(run.after)
}

/// Between letters without a blank: `A*B*C`.
fn within(run: &Run) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    letter(run.before) && letter(run.after)
}

/// Names that programs give themselves.
static DUNDER: &[&str] = &[
    "all", "author", "call", "class", "del", "dict", "doc", "enter", "eq", "exit", "file", "hash", "init", "iter", "len", "main", "module", "name", "new",
    "next", "repr", "slots", "str", "version",
];

/// One of the two marks of `__init__`, `__my_name__`.
fn identifier(text: &str, run: &Run) -> bool {
    let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let name = if run.after.is_some_and(|c| c.is_ascii_lowercase()) {
        let rest = &text[run.end..];
        let end: usize = rest.chars().take(40).take_while(|c| part(*c)).count();
        rest[..end].strip_suffix("__")
    } else {
        let head = &text[..run.start];
        let from = head.char_indices().rev().take(40).take_while(|(_, c)| part(*c)).last().map_or(run.start, |(i, _)| i);
        head[from..].strip_prefix("__")
    };
    name.is_some_and(|n| !n.starts_with('_') && (n.contains('_') || DUNDER.contains(&n)))
}

/// Punctuation that ends something.
fn closes(c: char) -> bool {
    "，。、；：？！）》」』】〕〉”’…％,.;:?!)]}|".contains(c)
}

/// True where the text between two runs ends a paragraph, an item or a cell: emphasis does not reach across.
fn parts(between: &str) -> bool {
    if memchr::memchr(b'|', between.as_bytes()).is_some() {
        return true;
    }
    memchr::memchr_iter(b'\n', between.as_bytes()).any(|i| {
        let line = between[i + 1..].trim_start_matches([' ', '\t']);
        line.starts_with(['\n', '\r', '#', '>', '-', '+']) || line.starts_with(|c: char| c.is_ascii_digit()) || line.is_empty()
    })
}

/// Units of addresses and dates: what is left visible of a masked one.
static UNITS: &str = "省市县区镇乡村组屯里路街道巷弄号院栋幢座楼层室户单元门牌小区年月日时分秒元万";
/// Words of formulas.
static FACTORS: &[&str] = &["数量", "单价", "价格", "长度", "宽度", "高度", "面积", "系数", "比例", "税率", "基数", "天数", "人数", "金额"];

/// True where two runs of equal length are masks or signs of a product rather than a pair of emphasis.
fn masked(text: &str, a: &Run, b: &Run) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let held = &text[a.end..b.start];
    if held.len() > 60 {
        return digit(a.before) && digit(b.before);
    }
    let units = !held.is_empty() && held.chars().count() <= 3 && held.chars().all(|c| UNITS.contains(c)) && (letter(a.before) || letter(b.after));
    // `尾号12**和34**`, `浙A**12和浙B**34`.
    let tails = digit(a.before) && digit(b.before);
    let heads = letter(a.before) && digit(a.after) && letter(b.before) && !digit(b.before) && digit(b.after);
    let side = |c: Option<char>| c.is_some_and(|c| is_han(c) || c.is_ascii_digit());
    let product =
        a.end - a.start == 1 && side(a.before) && side(b.after) && (held.chars().count() == 1 && letter(held.chars().next()) || FACTORS.contains(&held));
    units || tails || heads || product
}

/// True where two runs of equal length are masks of one kind in a list: `杭州***有限公司、宁波***有限公司`, `路***号，街***号`,
/// `t**t@a.cn、x**y@b.cn`, `***、***`.
fn framed(text: &str, a: &Run, b: &Run) -> bool {
    let held = &text[a.end..b.start];
    if held.is_empty() || held.len() > 300 {
        return false;
    }
    let sign = |c: char| "、，,；;/／和与及 \n".contains(c);
    if held.chars().all(|c| sign(c) && !"和与及".contains(c)) {
        return true;
    }
    if !held.contains(|c: char| sign(c) || "：:（）()@。".contains(c)) {
        return false;
    }
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let unit = |c: Option<char>| c.is_some_and(|c| UNITS.contains(c));
    let listed = held.contains(sign);
    // The same stands behind both, or a unit behind each.
    if letter(a.before) && letter(b.before) && letter(a.after) && listed && (a.after == b.after || unit(a.after) && unit(b.after)) {
        return true;
    }
    // Addresses of mail, codes and plates.
    within(a) && within(b) && held.contains('@') || latin(a.before) && a.after.is_some_and(|c| c.is_ascii_digit()) && a.end - a.start > 1
}

/// True where two runs of equal length hide the beginnings of names or numbers in a list: `*小红、*建国`, `**红、**兰`, `**5678、**9999`.
fn before_names(text: &str, a: &Run, b: &Run) -> bool {
    let held = &text[a.end..b.start];
    let one = a.end - a.start == 1;
    let Some(after) = b.after else { return false };
    if held.is_empty() || held.len() > 200 || held.contains('`') || !(is_han(after) || after.is_ascii_digit()) {
        return false;
    }
    let word = |t: &str, f: fn(char) -> bool| t.chars().take_while(|c| f(*c)).count();
    let (han, next) = (word(held, is_han), word(&text[b.end..], is_han));
    let (digits, tail) = (word(held, |c| c.is_ascii_digit()), word(&text[b.end..], |c| c.is_ascii_digit()));
    let ended = |n: usize| text[b.end..].chars().nth(n).is_none_or(|c| c.is_whitespace() || is_punct(c) || "等和与及或".contains(c));
    let Some(last) = held.chars().next_back() else { return false };
    // An open bracket, or one that closes only behind the second run, is never where emphasis ends: `*小红（尾号*1234）`.
    let open = ['（', '(', '《', '“', '【'].iter().map(|c| held.matches(*c).count()).sum::<usize>();
    let shut = ['）', ')', '》', '”', '】'].iter().map(|c| held.matches(*c).count()).sum::<usize>();
    if open > shut && (han > 0 && han < 4 || digits > 2) && (is_punct(last) || after.is_ascii_digit()) {
        return true;
    }
    let list = "、，,；;/／".contains(last);
    if digits > 2 && tail > 2 && ended(tail) && held[digits..].starts_with(is_punct) {
        return list || last == ' ';
    }
    // 第一、 and 一、 are numbers, as editors make them bold together with their mark.
    let numbers = held.starts_with('第') || held.chars().next().is_some_and(|c| "〇零一二三四五六七八九十百".contains(c));
    if han == 0 || numbers && !one {
        return false;
    }
    if list {
        let first = held.chars().nth(han).is_some_and(|c| is_punct(c) || c == ' ');
        return match (one, last) {
            (true, '、') => first && han < 4 || ended(next) && next < 4,
            // One star that ends behind a comma, with the sentence going on, emphasises nothing.
            (true, _) => is_han(after) && (first && han < 4 || ended(next) && next < 4),
            (false, '、') => first && han < 3 && next > 0,
            (false, _) => first && han == 1 && next == 1 && ended(1),
        };
    }
    // `*小红和*建国`, `*丽华诉*建国`
    let between = "和与及同或诉系".contains(last) && held.chars().all(is_han) && ended(next);
    between && if one { (2..=4).contains(&han) && next < 4 } else { han == 2 && next == 1 }
}

/// The commonest family names; `某` stands for any.
static NAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕季裴霍涂苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车连芦麦褚娄窦戚岑景党宫费卜冷晏席卫柏宗瞿桂全佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";

/// A family name that stands alone at the end: `：张`, `、李`, `和王`, `欧阳`, `刘某`.
fn named(before: &str) -> bool {
    let mut chars = before.chars().rev();
    let Some(last) = chars.next() else { return false };
    let mut next = chars.next();
    if last == '某' {
        if next.is_some_and(|c| NAMES.contains(c)) {
            next = chars.next();
        }
    } else if matches!(
        (next, last),
        (Some('欧'), '阳') | (Some('司'), '马' | '徒') | (Some('上'), '官') | (Some('诸'), '葛') | (Some('皇'), '甫') | (Some('东'), '方')
    ) {
        next = chars.next();
    } else if !NAMES.contains(last) {
        return false;
    }
    next.is_none_or(|c| c.is_whitespace() || c != '*' && c != '_' && is_punct(c) || "和与及人".contains(c))
}
