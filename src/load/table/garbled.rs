//! Text that was broken before it came here: decoded twice, lost in an encoding that has no Han, or with characters in it that no
//! text has. Only the head and the different values of columns are looked at, and most of them by a few passes over their bytes.

use super::doubts::doubt;
use super::{Doubt, Table};
use crate::diag::{Severity, Text, say};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// UTF-8 that was read as a Western encoding (`åœ°åŒº`) and saved again.
    Western,
    /// UTF-8 that was read as GBK (`鍦板尯`) and saved again.
    Chinese,
    /// `�`, or what is made of two of them.
    Lost,
    /// Control characters beyond ASCII.
    Control,
    /// Nothing but question marks.
    Asked,
    /// Characters that nobody sees.
    Unseen,
    /// Characters that turn the direction of a line round.
    Turning,
}

/// What stands in broken text alone, with what it is a sign of.
static SIGNS: LazyLock<[(Finder<'static>, What); 9]> = LazyLock::new(|| {
    [
        ("\u{FFFD}", What::Lost),
        ("锟斤拷", What::Lost),
        ("烫烫烫", What::Lost),
        ("屯屯屯", What::Lost),
        ("\u{200B}", What::Unseen),
        ("\u{2060}", What::Unseen),
        ("\u{FEFF}", What::Unseen),
        ("\u{202D}", What::Turning),
        ("\u{202E}", What::Turning),
    ]
    .map(|(t, w)| (Finder::new(t), w))
});

/// The first sign of broken text in bytes that are UTF-8, by one of each kind.
pub(super) fn signs(bytes: &[u8]) -> Vec<What> {
    if bytes.is_ascii() {
        return Vec::new();
    }
    let mut out: Vec<What> = SIGNS.iter().filter(|(f, _)| f.find(bytes).is_some()).map(|(_, w)| *w).collect();
    out.dedup();
    if memchr::memchr_iter(0xC2, bytes).any(|i| bytes.get(i + 1).is_some_and(|b| (0x80..=0x9F).contains(b) && *b != 0x85)) {
        out.push(What::Control);
    }
    out
}

/// Whether a text has such a sign.
fn has(v: &str, what: What) -> bool {
    match what {
        What::Western => western(v).is_some(),
        What::Chinese => chinese(v).is_some(),
        What::Control => v.chars().any(|c| ('\u{80}'..='\u{9F}').contains(&c) && c != '\u{85}'),
        What::Asked => asked(v),
        _ => SIGNS.iter().any(|(f, w)| *w == what && f.find(v.as_bytes()).is_some()),
    }
}

/// Nothing but question marks, two at least.
pub(super) fn asked(v: &str) -> bool {
    v.len() > 1 && v.bytes().all(|b| matches!(b, b'?' | b' ')) && v.bytes().filter(|b| *b == b'?').count() > 1
}

/// The text of which somebody has made this by reading UTF-8 as Latin 1 or windows-1252.
fn western(v: &str) -> Option<String> {
    // It begins as UTF-8 does: with a letter from Â to ô, and another sign beyond ASCII.
    let mut chars = v.chars().skip_while(char::is_ascii);
    if !chars.next().is_some_and(|c| ('\u{C2}'..='\u{F4}').contains(&c)) || chars.next().is_none_or(|c| c.is_ascii()) {
        return None;
    }
    let mut bytes = Vec::with_capacity(v.len());
    for c in v.chars() {
        match u8::try_from(u32::from(c)) {
            Ok(b) => bytes.push(b),
            Err(_) => {
                let mut buf = [0; 4];
                let (one, _, lost) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buf));
                match (&*one, lost) {
                    ([b], false) => bytes.push(*b),
                    _ => return None,
                }
            }
        }
    }
    String::from_utf8(bytes).ok().filter(|t| !t.is_ascii() && !t.chars().any(|c| c.is_control() && c != '\n'))
}

/// First characters of UTF-8 of Han that is read as GBK.
static FIRST: LazyLock<rustc_hash::FxHashSet<char>> = LazyLock::new(|| {
    let pairs = (0xE4..=0xE9u8).flat_map(|a| (0x80..=0xBFu8).map(move |b| [a, b]));
    pairs.filter_map(|p| encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(&p)?.chars().next()).collect()
});

/// The text of which somebody has made this by reading UTF-8 as GBK; what was lost on the way is `?`.
fn chinese(v: &str) -> Option<String> {
    let first = v.chars().find(|c| !c.is_ascii())?;
    if v.len() > 400 || !FIRST.contains(&first) {
        return None;
    }
    let clean: String = v.chars().map(|c| if c == '\u{FFFD}' { '?' } else { c }).collect();
    let (bytes, _, lost) = encoding_rs::GBK.encode(&clean);
    if lost {
        return None;
    }
    let text = String::from_utf8_lossy(&bytes);
    let (han, broken) = text.chars().fold((0, 0), |(h, b), c| (h + usize::from(('\u{4E00}'..='\u{9FA5}').contains(&c)), b + usize::from(c == '\u{FFFD}')));
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    // An odd byte at the end of every odd text was lost.
    (han > 1 && wide - broken == han + text.chars().filter(|c| "，。、；：（）《》“”".contains(*c)).count() && broken * 3 <= han).then(|| text.into_owned())
}

/// A text that was decoded twice: how, and what it was.
pub(super) fn twice(v: &str) -> Option<(What, String)> {
    if v.is_ascii() {
        return None;
    }
    western(v).map(|t| (What::Western, t)).or_else(|| chinese(v).map(|t| (What::Chinese, t)))
}

/// What was found in a column: of each kind how many values, the row of the first.
#[derive(Debug, Clone, Default)]
pub(super) struct Garbled {
    found: Vec<Hit>,
    /// Texts with letters that were looked at, and of these such as were decoded twice.
    looked: u64,
    twice: u64,
}

/// A kind of fault: how often, row and column (from 0) of the first, its text, and what it should be.
#[derive(Debug, Clone)]
struct Hit {
    what: What,
    count: u64,
    line: u64,
    column: usize,
    text: String,
    was: Option<String>,
}

/// A text around its first character beyond ASCII.
fn near(t: &str) -> String {
    let from = t.chars().position(|c| !c.is_ascii()).unwrap_or(0).saturating_sub(6);
    t.chars().skip(from).take(20).collect()
}

/// Values of a column that are looked at as texts.
const SOME: usize = 20;

impl Garbled {
    fn add(&mut self, what: What, count: u64, line: u64, column: usize, text: &str, was: Option<String>) {
        match self.found.iter_mut().find(|h| h.what == what) {
            Some(h) => h.count += count,
            None => self.found.push(Hit { what, count, line, column, text: near(text), was }),
        }
    }

    /// Looks at the different values of a column: `bytes` are all of them, `some` the first.
    pub(super) fn column(&mut self, column: usize, values: &super::profile::Column) {
        let bytes = values.kept_bytes();
        if !bytes.is_empty()
            && bytes.iter().all(|b| matches!(b, b'?' | b' '))
            && let Some((n, row, v)) = values.such(&asked).filter(|h| h.0 > 1)
        {
            self.add(What::Asked, n, row, column, &v, None);
        }
        for what in signs(bytes) {
            if let Some((n, row, v)) = values.such(&|v| has(v, what)) {
                self.add(what, n, row, column, &v, None);
            }
        }
        values.first(SOME).for_each(|(row, v)| self.text(v, row, column));
    }

    /// Looks at a text beside the cells, or at one of a few cells.
    pub(super) fn text(&mut self, v: &str, line: u64, column: usize) {
        if v.is_ascii() {
            self.looked += u64::from(v.bytes().any(|b| b.is_ascii_alphabetic()));
            return;
        }
        self.looked += 1;
        if let Some((what, was)) = twice(v) {
            self.twice += 1;
            self.add(what, 1, line, column, v, Some(near(&was)));
        }
    }

    /// Looks at the head.
    pub(super) fn head(&mut self, table: &Table, line: u64) {
        for (c, name) in table.names.iter().enumerate() {
            self.text(name, line, c);
            signs(name.as_bytes()).into_iter().for_each(|w| self.add(w, 1, line, c, name, None));
            if asked(name) {
                self.add(What::Asked, 1, line, c, name, None);
            }
        }
        for text in table.preamble.iter().chain(&table.notes) {
            signs(text.as_bytes()).into_iter().for_each(|w| self.add(w, 1, line, 0, text, None));
        }
    }

    /// Leaves out what the decoding of the file itself has made, which is told with its place.
    pub(super) fn decoded(&mut self) {
        self.found.retain(|h| !matches!(h.what, What::Lost | What::Control));
    }

    /// What is to be told. Text that was nearly all decoded twice is no text of anybody: an error, and its item is held. `hide` says of which
    /// columns no value is quoted.
    pub(super) fn told(mut self, hide: &dyn Fn(usize) -> bool) -> Vec<Doubt> {
        let all = self.twice > 1 && self.twice * 2 > self.looked;
        // What is broken by it is not told again.
        if self.found.iter().any(|h| matches!(h.what, What::Western | What::Chinese)) {
            self.found.retain(|h| !matches!(h.what, What::Control | What::Lost));
        }
        self.found.sort_by_key(|h| (h.what, h.line));
        self.found.iter().map(|h| h.doubt(all, hide(h.column))).collect()
    }
}

impl Hit {
    fn doubt(&self, all: bool, hide: bool) -> Doubt {
        let show = |t: &str| if hide || !crate::personal::traces(t).is_empty() { "…".to_string() } else { t.to_string() };
        let (n, v) = (self.count, show(&self.text));
        let was = self.was.as_deref().map_or_else(|| "…".into(), show);
        let times = crate::diag::counted(n, "value", "values");
        let again = || say!("从原来的系统重新导出为 UTF-8，只转换一次编码", "export it again from where it came, as UTF-8, and convert the encoding once");
        let (code, severity, message, hint): (_, _, Text, Text) = match self.what {
            What::Western | What::Chinese => {
                let as_what = if self.what == What::Western { "windows-1252" } else { "GBK" };
                (
                    "TAB041",
                    if all { Severity::Error } else { Severity::Warn },
                    say!(
                        "文字是乱码：UTF-8 被当作 {as_what} 读过一次又另存（`{v}` 原是“{was}”）",
                        "the text is garbled: UTF-8 was read as {as_what} and saved again (`{v}` was \u{201c}{was}\u{201d})"
                    ),
                    again(),
                )
            }
            What::Lost => (
                "TAB003",
                Severity::Error,
                say!(
                    "{n} 个值里有编码转换留下的坏字（`�`、锟斤拷、烫烫烫；首处 `{v}`），原来的字已经丢失",
                    "{times} with what a wrong conversion leaves (`\u{FFFD}`, 锟斤拷; first `{v}`): the characters are lost"
                ),
                again(),
            ),
            What::Control => (
                "TAB003",
                Severity::Warn,
                say!(
                    "{n} 个值里有看不见的控制字符（U+0080–U+009F），是编码转换错误留下的",
                    "{times} with a control character (U+0080 to U+009F), which a wrong conversion leaves"
                ),
                again(),
            ),
            What::Asked => (
                "TAB003",
                Severity::Error,
                say!("{n} 个值全是问号（`{v}`），原来的字已经丢失", "{times} of nothing but question marks (`{v}`): the characters are lost"),
                say!(
                    "从原来的系统重新导出为 UTF-8；数据库的连接也要用 UTF-8",
                    "export it again from where it came, as UTF-8; the connection to a database must be UTF-8 too"
                ),
            ),
            What::Unseen => (
                "TAB040",
                Severity::Warn,
                say!(
                    "{n} 个值里有看不见的字符（零宽空格之类），照原样公开；数字带着它就不是数字",
                    "{times} with a character that nobody sees (a zero-width space and its like), published as it is; a number with one is no number"
                ),
                say!("从数据里去掉，多半是从网页上复制来的", "take them out of the data; most were copied from web pages"),
            ),
            What::Turning => (
                "TAB040",
                Severity::Warn,
                say!(
                    "{n} 个值里有改变书写方向的字符（U+202D、U+202E），读到的次序与实际的不同",
                    "{times} with a character that turns the direction of writing (U+202D, U+202E): what is read is in another order than what is there"
                ),
                say!("从数据里去掉", "take them out of the data"),
            ),
        };
        doubt(code, severity, self.line, self.column + 1, message, hint)
    }
}

/// The name of an encoding of four bytes a character, which nothing here reads: by its mark, or by zeros in three of every four bytes.
pub(super) fn four_bytes(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(&[0xFF, 0xFE, 0, 0]) && head.len() >= 8 && head[7] == 0 {
        return Some("UTF-32LE");
    }
    if head.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Some("UTF-32BE");
    }
    let some = &head[..head.len().min(1024) / 4 * 4];
    // A quarter of the characters are digits, commas and ends of lines; none is NUL.
    let fits = |of: fn(&[u8]) -> [u8; 4]| {
        let all = || some.chunks_exact(4).map(of);
        some.len() >= 16 && all().all(|[a, b, c, d]| a == 0 && b <= 0x10 && (c | d) != 0) && all().filter(|c| c[..3] == [0, 0, 0]).count() * 16 >= some.len()
    };
    if fits(|c| [c[3], c[2], c[1], c[0]]) {
        return Some("UTF-32LE");
    }
    fits(|c| [c[0], c[1], c[2], c[3]]).then_some("UTF-32BE")
}

/// That a text in four bytes a character is not read.
pub(super) fn unread(name: &str) -> Doubt {
    doubt(
        "TAB041",
        Severity::Error,
        0,
        0,
        say!("文字是 {name} 编码，不能解读，没有作表读取", "the text is encoded as {name}, which is not read here; there is no table"),
        say!("重新导出为 UTF-8（命令：`iconv -f {name} -t UTF-8`）", "export the file again as UTF-8 (by command: `iconv -f {name} -t UTF-8`)"),
    )
}

/// Lines in two encodings, as where one file was put behind another: the first line of each, UTF-8 and GBK. Where the file is UTF-8 but
/// for one line (`utf8_else`), that line is a broken place.
pub(super) fn two_encodings(head: &[u8], utf8_else: bool) -> Option<(u64, u64)> {
    if head.is_ascii() || std::str::from_utf8(head).is_ok() {
        return None;
    }
    let end = if head.len() == super::bytes::HEAD { memchr::memrchr(b'\n', head).unwrap_or(0) } else { head.len() };
    let (mut utf8, mut gbk, mut strange) = ((0u64, 0u64), (0u64, 0u64), 0u64);
    for (i, line) in head[..end].split(|b| *b == b'\n').enumerate().filter(|(_, l)| !l.is_ascii()) {
        let n = i as u64 + 1;
        // Three bytes that fit each other are none by chance where there are two of them.
        match std::str::from_utf8(line) {
            Ok(t) if t.chars().filter(|c| c.len_utf8() == 3).count() > 1 => utf8 = (utf8.0 + 1, if utf8.0 == 0 { n } else { utf8.1 }),
            Ok(_) => {}
            Err(_) if super::encoded::sound(line, encoding_rs::GB18030) && line.iter().filter(|b| !b.is_ascii()).count() > 3 => {
                gbk = (gbk.0 + 1, if gbk.0 == 0 { n } else { gbk.1 });
            }
            Err(_) => strange += 1,
        }
    }
    (utf8.0 > 0 && gbk.0 > u64::from(utf8_else) && (utf8.0.min(gbk.0) > 1 || (utf8.0 + gbk.0) < 20) && strange * 10 <= utf8.0 + gbk.0)
        .then_some((utf8.1, gbk.1))
}

/// That a file is in two encodings.
pub(super) fn in_two((utf8, gbk): (u64, u64)) -> Doubt {
    doubt(
        "TAB041",
        Severity::Error,
        utf8.max(gbk),
        0,
        say!(
            "有的行是 UTF-8（首处第 {utf8} 行），有的行是 GBK（首处第 {gbk} 行），不能作一种编码读取",
            "some lines are UTF-8 (first line {utf8}), others GBK (first line {gbk}); they cannot be read as one"
        ),
        say!("两份数据各自转为 UTF-8 再合并", "convert both parts to UTF-8, and put them together again"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_was_decoded_twice() {
        let latin = |t: &str| t.bytes().map(char::from).collect::<String>();
        let gbk = |t: &str| encoding_rs::GB18030.decode(t.as_bytes()).0.into_owned();
        for t in ["地区", "甲乙县", "人口（万人）", "é", "Zürich", "2023年"] {
            assert_eq!(twice(&latin(t)).map(|x| x.1).as_deref(), Some(t), "{t}");
        }
        let (western, _, _) = encoding_rs::WINDOWS_1252.decode("地区".as_bytes());
        assert_eq!(twice(&western).map(|x| (x.0, x.1)), Some((What::Western, "地区".into())));
        for t in ["地区名称", "杭州市西湖区", "一般公共预算收入"] {
            assert_eq!(twice(&gbk(t)).map(|x| x.0), Some(What::Chinese), "{t} {}", gbk(t));
        }
        for t in
            ["地区", "濮阳市", "瀛海镇", "潞城区", "联通", "Ça", "NÃO", "Âge", "São Paulo", "ÉÈ", "漯河", "沈阳市浑南区", "鳌江镇", "鑫磊石材厂", "鍾", "«Ã»"]
        {
            assert_eq!(twice(t), None, "{t}");
        }
    }

    #[test]
    fn encodings_that_are_not_read() {
        let utf32 = |t: &str, big: bool| t.chars().flat_map(|c| if big { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() }).collect::<Vec<u8>>();
        let text = "地区,数\n𠮷县,1\n甲,2\n";
        assert_eq!(four_bytes(&utf32(&format!("\u{FEFF}{text}"), false)), Some("UTF-32LE"));
        assert_eq!(four_bytes(&utf32(&format!("\u{FEFF}{text}"), true)), Some("UTF-32BE"));
        assert_eq!((four_bytes(&utf32(text, false)), four_bytes(&utf32(text, true))), (Some("UTF-32LE"), Some("UTF-32BE")));
        let wide = |t: &str| t.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        for other in [wide("\u{FEFF}地区,数\n甲,1\n"), wide("a,b\n1,2\n3,4\n5,6\n"), text.as_bytes().to_vec(), vec![0; 64], b"a,b\n1,2\n3,4\n5,6\n".to_vec()]
        {
            assert_eq!(four_bytes(&other), None, "{other:?}");
        }
        let gbk = |t: &str| encoding_rs::GBK.encode(t).0.into_owned();
        let both = [b"\xE5\x9C\xB0\xE5\x8C\xBA,n\n".to_vec(), gbk("丙,丁\n戊己,庚\n辛壬,癸\n")].concat();
        assert_eq!(two_encodings(&both, false), Some((1, 2)));
        assert_eq!((two_encodings(&gbk("地区,数\n甲乙,1\n"), false), two_encodings("地区,数\n甲,1\n".as_bytes(), true)), (None, None));
    }
}
