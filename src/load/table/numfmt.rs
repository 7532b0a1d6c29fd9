//! Number formats of spreadsheets: what a stored number looks like to the person who reads the cell.
//!
//! A spreadsheet keeps a day, a time, a share and a code alike as a number, and only the format of the cell says which
//! of them it is. The text given here holds the fact that is shown: days in ISO form, times of day, hours beyond a day,
//! shares with their sign, codes with their leading zeros. Digits that a format only rounds away are kept.

use super::profile::plain;

/// What one section of a format makes of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    /// The number as it is.
    Plain,
    /// A day, or only its year and month, perhaps with a time.
    Date { month: bool, day: bool, year: bool, han: bool, time: bool, fraction: bool },
    /// A time of day.
    Time { fraction: bool },
    /// Hours, minutes or seconds that do not stop at a day.
    Elapsed { fraction: bool },
    /// A share, with so many digits after the point at least.
    Percent(usize),
    /// Digits with leading zeros: literal parts and places for digits, and digits after the point.
    Mask(Vec<Token>, usize),
    /// Nothing is shown.
    Hidden,
    /// Shown in thousands or millions.
    Scaled,
    /// The number with words before and behind it.
    Around(String, String),
    /// Words in the place of the number.
    Label(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Digit(bool),
    Text(String),
}

/// A format: sections for kinds of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Format {
    sections: Vec<(Option<(Test, f64)>, Shape)>,
    /// What the sections are read from, where one of them shows days in a way that is the same everywhere.
    days: Vec<String>,
    /// Numbers below zero have a section of their own, and it says nothing of the sign.
    unsigned: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Test {
    Less,
    AtMost,
    More,
    AtLeast,
    Same,
    Other,
}

/// A number as text, and in what it differs from what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The text.
    pub text: String,
    /// See [`Differs`].
    pub differs: Option<Differs>,
    /// Words that the format shows before and behind the number, and the text does not have.
    pub around: Option<(String, String)>,
}

/// How the text of a number differs from what the spreadsheet shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differs {
    /// The format hides the value; the text holds it.
    Hidden,
    /// The cell holds a day or a time that its format leaves out; the text is as shown.
    Less,
    /// The format scales the value, or cannot show it; the text holds the stored number.
    Stored,
    /// The format shows words in place of the number; the text is as shown.
    Words,
    /// The number is below zero, and its format shows no sign; the text has it.
    Sign,
    /// The format shows a day without its year; the text holds all of it.
    More,
}

/// Longest code of a format that is read.
const LONGEST: usize = 1_000;

impl Format {
    /// Reads the code of a format. What is not known leaves numbers as they are.
    pub fn new(code: &str) -> Format {
        let mut sections = Vec::new();
        let mut days = Vec::new();
        let mut below = false;
        if code.len() <= LONGEST {
            days = split(code);
            days.truncate(4);
            for (n, s) in days.iter().enumerate() {
                sections.push(section(s, n == 0));
            }
            below = sections.iter().all(|s: &(Option<_>, Shape)| s.0.is_none()) && days.len() > 1 && unsigned(&days[0], &days[1]);
        }
        if !sections.iter().any(|s| matches!(s.1, Shape::Date { .. })) {
            days = Vec::new();
        }
        // A third section is for zero, a fourth for text; nothing but an `@` is for text too.
        Format { sections, days, unsigned: below }
    }

    /// What a day is shown as, where that is the same everywhere.
    pub fn day(&self, v: f64, since_1904: bool) -> Option<String> {
        let code = self.days.get(self.section(v)?)?;
        if !matches!(self.shape(v), Shape::Date { .. }) || v < 0.0 {
            return None;
        }
        let ms = milliseconds(v, false)?;
        super::days::shown(code, civil(ms.div_euclid(DAY), since_1904)?, ms.rem_euclid(DAY))
    }

    /// Builtin formats, by their number. Those that differ from country to country tell day or time by the value.
    pub fn builtin(id: u32) -> Format {
        let mut out = Format::usual(id);
        // The system decides how these are shown, except for some that are the same wherever people write Chinese.
        out.days = match id {
            15 => vec!["d-mmm-yy".into()],
            16 => vec!["d-mmm".into()],
            17 => vec!["mmm-yy".into()],
            31 => vec!["yyyy年m月d日".into()],
            57 => vec!["yyyy年m月".into()],
            58 => vec!["m月d日".into()],
            _ => Vec::new(),
        };
        out
    }

    fn usual(id: u32) -> Format {
        Format::new(match id {
            1 => "0",
            9 => "0%",
            10 => "0.00%",
            14..=17 | 22 => return Format::date(id),
            18..=21 | 32 | 33 => "h:mm:ss",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            27..=31 | 36 | 50..=54 | 57 | 58 => "yyyy-mm-dd",
            34 | 35 | 55 | 56 => "[<1]h:mm:ss;yyyy-mm-dd",
            _ => "General",
        })
    }

    fn date(id: u32) -> Format {
        Format::new(match id {
            17 => "mmm-yy",
            22 => "m/d/yy h:mm",
            _ => "yyyy-mm-dd",
        })
    }

    /// Whether nothing but the stored number is meant.
    pub fn is_plain(&self) -> bool {
        !self.unsigned && self.sections.iter().all(|(_, s)| *s == Shape::Plain)
    }

    fn shape(&self, v: f64) -> &Shape {
        self.section(v).map_or(&Shape::Plain, |at| &self.sections[at].1)
    }

    /// The section that a number is shown by.
    fn section(&self, v: f64) -> Option<usize> {
        let tested = self.sections.iter().any(|(t, _)| t.is_some());
        let n = self.sections.len();
        Some(if n == 0 {
            return None;
        } else if tested {
            let meets = |t: &Option<(Test, f64)>| match t {
                None => true,
                Some((Test::Less, x)) => v < *x,
                Some((Test::AtMost, x)) => v <= *x,
                Some((Test::More, x)) => v > *x,
                Some((Test::AtLeast, x)) => v >= *x,
                Some((Test::Same, x)) => v == *x,
                Some((Test::Other, x)) => v != *x,
            };
            self.sections.iter().position(|(t, _)| meets(t)).unwrap_or(n - 1)
        } else if v < 0.0 && n > 1 {
            1
        } else if v == 0.0 && n > 2 {
            2
        } else {
            0
        })
    }

    /// Whether its sections show different words, as `"是";;"否"` does: the words are the value.
    fn worded(&self) -> bool {
        let mut words = self.sections.iter().filter_map(|(_, s)| if let Shape::Label(t) = s { Some(t) } else { None });
        words.next().is_some_and(|first| words.any(|w| w != first))
    }

    /// A stored number as text.
    pub fn show(&self, v: f64, since_1904: bool) -> Shown {
        let mut out = self.held(v, since_1904);
        if self.unsigned && v < 0.0 && out.differs.is_none() && out.text.starts_with('-') {
            out.differs = Some(Differs::Sign);
        }
        if out.differs.is_none() && matches!(self.shape(v), Shape::Date { year: false, .. }) {
            out.differs = Some(Differs::More);
        }
        out
    }

    fn held(&self, v: f64, since_1904: bool) -> Shown {
        let as_is = |differs| Shown { text: number(v), differs, around: None };
        let out = |text: Option<(String, bool)>| match text {
            Some((text, less)) => Shown { text, differs: less.then_some(Differs::Less), around: None },
            None => as_is(Some(Differs::Stored)),
        };
        match self.shape(v) {
            Shape::Plain => as_is(None),
            Shape::Hidden => as_is(Some(Differs::Hidden)),
            Shape::Around(before, after) if always(v, before, after) => Shown { text: format!("{}{}", number(v), after.trim()), differs: None, around: None },
            Shape::Around(before, after) => Shown { around: Some((before.clone(), after.clone())), ..as_is(None) },
            // What every number is shown as hides it; what some are shown as is a word for them.
            Shape::Label(_) if !self.sections.iter().any(|(t, _)| t.is_some()) && !self.worded() => {
                as_is(if v == 0.0 { Some(Differs::Stored) } else { Some(Differs::Hidden) })
            }
            Shape::Label(text) => Shown { text: text.clone(), differs: Some(Differs::Words), around: None },
            Shape::Scaled => as_is((v != 0.0).then_some(Differs::Stored)),
            Shape::Percent(places) => {
                let mut t = number(v * 100.0);
                if !t.contains('e') {
                    let has = t.find('.').map_or(0, |i| t.len() - i - 1);
                    if has < *places {
                        if has == 0 {
                            t.push('.');
                        }
                        t.extend(std::iter::repeat_n('0', places - has));
                    }
                }
                t.push('%');
                Shown { text: t, differs: None, around: None }
            }
            Shape::Mask(tokens, places) => mask(v, tokens, *places).map_or_else(|| as_is(None), |text| Shown { text, differs: None, around: None }),
            Shape::Elapsed { fraction } => out(elapsed(v, *fraction).map(|t| (t, false))),
            Shape::Time { fraction } => out(time_of_day(v, *fraction, since_1904)),
            Shape::Date { year, month, day, han, time, fraction } => out(date(v, [*year, *month, *day, *han, *time, *fraction], since_1904)),
        }
    }
}

/// A number with the fifteen digits that a spreadsheet has; the rest is noise of binary fractions.
pub fn number(v: f64) -> String {
    plain(format!("{v:.14e}").parse().unwrap_or(v))
}

/// Whether the section for numbers below zero shows digits and nothing that tells them from others: no sign, word or colour of its own.
fn unsigned(above: &str, below: &str) -> bool {
    // What is as wide as a sign, and is not seen: `_)`.
    let seen = |t: &str| {
        let (mut out, mut skip) = (String::new(), false);
        for c in t.chars() {
            if !std::mem::take(&mut skip) {
                skip = matches!(c, '_' | '*');
                if !skip {
                    out.push(c);
                }
            }
        }
        out.trim().to_string()
    };
    let (above, below) = (seen(above), seen(below));
    below.contains(['0', '#', '?']) && above == below && !below.contains(['-', '−', '(', '（', '▲', '△', '▼', '▽', '负', '減', '减'])
}

/// Sections are parted by semicolons outside quotes, brackets and escapes.
fn split(code: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let (mut quoted, mut escaped, mut bracket) = (false, false, false);
    for c in code.chars() {
        if escaped {
            escaped = false;
        } else if quoted {
            quoted = c != '"';
        } else if bracket {
            bracket = c != ']';
        } else {
            match c {
                '"' => quoted = true,
                // Chinese programs write `!` for the stroke.
                '\\' | '!' | '_' | '*' => escaped = true,
                '[' => bracket = true,
                ';' => {
                    out.push(String::new());
                    continue;
                }
                _ => {}
            }
        }
        if let Some(s) = out.last_mut() {
            s.push(c);
        }
    }
    out
}

#[derive(Default)]
struct Seen {
    /// Letters of days and times in order: y, m, d, h, s, and E for `[h]` and its like.
    letters: Vec<char>,
    tokens: Vec<Token>,
    whole_zeros: usize,
    whole: usize,
    places: usize,
    zero_places: usize,
    point: bool,
    percent: bool,
    scaled: bool,
    grouped: bool,
    other: bool,
    fraction: bool,
    han: bool,
    any: bool,
}

#[expect(clippy::too_many_lines, reason = "one arm a sign of the notation")]
fn section(code: &str, first: bool) -> (Option<(Test, f64)>, Shape) {
    let mut test = None;
    let mut s = Seen::default();
    // `General` and its Chinese name are words and no letters of dates.
    let lower = code.to_ascii_lowercase();
    if lower.contains("general") || code.contains("通用格式") || code.contains("G/標準") || code.trim() == "@" {
        return (condition(code), Shape::Plain);
    }
    let chars: Vec<char> = code.chars().collect();
    let mut i = 0;
    let text = |s: &mut Seen, t: &str| {
        s.any |= !t.trim().is_empty();
        s.han |= t.contains('年') || t.contains('月');
        match s.tokens.last_mut() {
            Some(Token::Text(last)) => last.push_str(t),
            _ => s.tokens.push(Token::Text(t.to_string())),
        }
    };
    while i < chars.len() {
        let c = chars[i];
        match c {
            '"' => {
                let end = chars[i + 1..].iter().position(|x| *x == '"').map_or(chars.len(), |p| i + 1 + p);
                let t: String = chars[i + 1..end].iter().collect();
                text(&mut s, &t);
                i = end;
            }
            '\\' | '!' => {
                i += 1;
                if let Some(n) = chars.get(i) {
                    text(&mut s, &n.to_string());
                }
            }
            '_' | '*' => i += 1,
            '[' => {
                let end = chars[i + 1..].iter().position(|x| *x == ']').map_or(chars.len(), |p| i + 1 + p);
                let inner: String = chars[i + 1..end].iter().collect();
                let low = inner.to_ascii_lowercase();
                if let Some(first) = low.chars().next().filter(|f| matches!(f, 'h' | 'm' | 's') && low.chars().all(|x| x == *f)) {
                    s.letters.push(if first == 'm' { 'M' } else { first });
                    s.letters.push('E');
                } else if let Some(t) = inner.strip_prefix('$') {
                    let sign = t.split('-').next().unwrap_or("");
                    if !sign.is_empty() {
                        text(&mut s, sign);
                    }
                } else {
                    test = test.or(condition(&format!("[{inner}]")));
                }
                i = end;
            }
            'a' | 'A' | '上' | '下' => {
                let rest: String = chars[i..].iter().take(5).collect::<String>().to_ascii_lowercase();
                if rest.starts_with("am/pm") || rest.starts_with("上午/下午") {
                    i += 4;
                    s.letters.push('p');
                } else if rest.starts_with("a/p") {
                    i += 2;
                    s.letters.push('p');
                } else if rest.starts_with("aaa") {
                    while chars.get(i + 1).is_some_and(|x| x.eq_ignore_ascii_case(&'a')) {
                        i += 1;
                    }
                    s.letters.push('d');
                } else {
                    text(&mut s, &c.to_string());
                }
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'b' | 'B' | 'g' | 'G' => {
                let l = c.to_ascii_lowercase();
                while chars.get(i + 1).is_some_and(|x| x.to_ascii_lowercase() == l) {
                    i += 1;
                }
                s.letters.push(match l {
                    'b' => 'y',
                    x => x,
                });
            }
            'e' | 'E' => {
                if matches!(chars.get(i + 1), Some('+' | '-')) && s.whole + s.places > 0 {
                    s.other = true;
                } else {
                    while chars.get(i + 1).is_some_and(|x| x.eq_ignore_ascii_case(&'e')) {
                        i += 1;
                    }
                    s.letters.push('y');
                }
            }
            '0' | '#' | '?' => {
                s.any = true;
                if s.letters.last() == Some(&'s') && chars.get(i.wrapping_sub(1)).is_some_and(|p| matches!(p, '.' | '0')) {
                    s.fraction = true;
                } else if s.point {
                    s.places += 1;
                    s.zero_places += usize::from(c == '0');
                } else {
                    s.whole += 1;
                    s.whole_zeros += usize::from(c == '0');
                    s.tokens.push(Token::Digit(c == '0'));
                }
                if c == '?' {
                    s.other = true;
                }
            }
            '.' if !s.point && s.letters.is_empty() => s.point = true,
            ',' => {
                let next = chars[i + 1..].iter().find(|x| **x != ',');
                if s.whole + s.places > 0 && !matches!(next, Some('0' | '#' | '?')) {
                    s.scaled = true;
                } else {
                    s.grouped = true;
                }
            }
            '%' => {
                s.percent = true;
                s.any = true;
            }
            '/' if s.letters.is_empty() && s.whole > 0 => s.other = true,
            _ => {
                let t = c.to_string();
                text(&mut s, &t);
            }
        }
        i += 1;
    }
    // A section without a condition that comes first is for numbers above zero.
    let above = first && test.is_none();
    (test, shape(s, above))
}

fn shape(s: Seen, above: bool) -> Shape {
    let l: Vec<char> = s.letters.iter().copied().filter(|c| *c != 'g').collect();
    if l.contains(&'E') {
        return Shape::Elapsed { fraction: s.fraction };
    }
    // `m` is minutes after hours and before seconds.
    let stands: Vec<char> = l.iter().copied().filter(|c| *c != 'p').collect();
    let (mut year, mut month, mut day, mut time) = (false, false, false, l.contains(&'p'));
    for (i, c) in stands.iter().enumerate() {
        match c {
            'y' => year = true,
            'd' => day = true,
            'm' if (i > 0 && stands[i - 1] == 'h') || stands.get(i + 1) == Some(&'s') => time = true,
            'm' => month = true,
            _ => time = true,
        }
    }
    // Digits and letters together are a number with a unit that nobody quoted.
    if (year || month || day || time) && s.whole == 0 {
        return if year || month || day {
            Shape::Date { year, month, day, han: s.han, time, fraction: s.fraction }
        } else {
            Shape::Time { fraction: s.fraction }
        };
    }
    if !s.any {
        return Shape::Hidden;
    }
    if s.scaled {
        return Shape::Scaled;
    }
    if s.percent {
        return Shape::Percent(s.zero_places);
    }
    if s.whole_zeros >= 2 && !s.other && !s.grouped {
        return Shape::Mask(s.tokens, s.places);
    }
    words(&s, above).unwrap_or(Shape::Plain)
}

/// Words of a section beside its digits, or in their place. Signs alone (`-`, brackets, `▲`) say no more than the number does, but for
/// those of a bound or a change (`<0.50`, `5+`, `3↑`), and for a minus or brackets about a number above zero.
fn words(s: &Seen, above: bool) -> Option<Shape> {
    let text = |t: &[Token]| -> String { t.iter().filter_map(|t| if let Token::Text(t) = t { Some(t.as_str()) } else { None }).collect() };
    let says = |t: &str| t.chars().any(|c| c.is_alphanumeric() || "¥￥$€£₩₹₽%％‰°℃~≈*<>≤≥≦≧＜＞±↑↓↗↘".contains(c));
    let digits = |t: &Token| matches!(t, Token::Digit(_));
    let Some(first) = s.tokens.iter().position(digits) else {
        let all = text(&s.tokens);
        return (s.places == 0 && says(&all)).then(|| Shape::Label(all.trim().to_string()));
    };
    let last = s.tokens.iter().rposition(digits).unwrap_or(first);
    let (before, after) = (text(&s.tokens[..first]), text(&s.tokens[last + 1..]));
    let sign = above && before.contains(['-', '−', '(', '（']) || after.contains(['+', '＋']);
    (says(&before) || says(&after) || sign).then_some(Shape::Around(before, after))
}

/// Signs that say nothing beyond the sign of a number.
pub fn mere(t: &str) -> String {
    t.trim_matches(|c: char| c.is_whitespace() || "()（）[]-−+＋–—:：*·'’,，;；".contains(c)).to_string()
}

/// A year that is counted, and a share: they are published as they are shown wherever they stand.
pub fn always(v: f64, before: &str, after: &str) -> bool {
    let year = v.fract() == 0.0 && (1800.0..2200.0).contains(&v) && matches!(after, "年" | "年度");
    mere(before).is_empty() && (year || matches!(after.trim(), "%" | "％"))
}

/// `[>=100]`
fn condition(code: &str) -> Option<(Test, f64)> {
    let inner = code.split('[').skip(1).filter_map(|p| p.split(']').next()).find(|p| p.starts_with(['<', '>', '=']))?;
    let digits = inner.trim_start_matches(['<', '>', '=']);
    let value: f64 = digits.trim().parse().ok()?;
    Some((
        match &inner[..inner.len() - digits.len()] {
            "<" => Test::Less,
            "<=" => Test::AtMost,
            ">" => Test::More,
            ">=" => Test::AtLeast,
            "=" => Test::Same,
            _ => Test::Other,
        },
        value,
    ))
}

/// Digits with leading zeros. `None` where the number has more behind the point than the format shows.
fn mask(v: f64, tokens: &[Token], places: usize) -> Option<String> {
    let t = number(v.abs());
    let (whole, rest) = t.split_once('.').unwrap_or((&t, ""));
    if t.contains('e') || rest.len() > places {
        return None;
    }
    let room = tokens.iter().filter(|t| matches!(t, Token::Digit(_))).count();
    let mut digits: Vec<char> = whole.chars().collect();
    let mut out = String::new();
    if v < 0.0 {
        out.push('-');
    }
    // Places at the left that no digit reaches stay empty where the format has `#`.
    let mut left = room;
    let mut started = false;
    for token in tokens {
        match token {
            Token::Text(t) => out.push_str(t),
            Token::Digit(zero) => {
                if !started && digits.len() > left {
                    let more = digits.len() - left;
                    out.extend(digits.drain(..more));
                    started = true;
                }
                if digits.len() == left {
                    if !digits.is_empty() {
                        out.push(digits.remove(0));
                    }
                    started = true;
                } else if *zero || started {
                    out.push('0');
                    started = true;
                }
                left -= 1;
            }
        }
    }
    if places > 0 {
        out.push('.');
        out.push_str(rest);
        out.extend(std::iter::repeat_n('0', places - rest.len()));
    }
    Some(out.trim().to_string())
}

const DAY: i64 = 86_400_000;

/// Milliseconds, to the second where the format has no fraction of it.
fn milliseconds(v: f64, fraction: bool) -> Option<i64> {
    if !v.is_finite() || v.abs() > 1e8 {
        return None;
    }
    let ms = (v * DAY as f64).round() as i64;
    Some(if fraction { ms } else { (ms as f64 / 1000.0).round() as i64 * 1000 })
}

fn clock(ms: i64, hours: i64) -> String {
    let (s, rest) = (ms / 1000, ms % 1000);
    let mut out = format!("{hours:02}:{:02}:{:02}", s / 60 % 60, s % 60);
    if rest != 0 {
        out.push_str(format!(".{rest:03}").trim_end_matches('0'));
    }
    out
}

fn elapsed(v: f64, fraction: bool) -> Option<String> {
    let ms = milliseconds(v.abs(), fraction)?;
    let sign = if v < 0.0 && ms > 0 { "-" } else { "" };
    Some(format!("{sign}{}", clock(ms, ms / 3_600_000)))
}

/// A time of day; true where the cell holds a day too.
fn time_of_day(v: f64, fraction: bool, since_1904: bool) -> Option<(String, bool)> {
    if v < 0.0 && !since_1904 {
        return None;
    }
    let ms = milliseconds(v, fraction)?;
    let of_day = ms.rem_euclid(DAY);
    Some((clock(of_day, of_day / 3_600_000), !(0..DAY).contains(&ms)))
}

/// The day of a serial number; spreadsheets have a 29 February 1900 that never was, and a day 0.
fn civil(serial: i64, since_1904: bool) -> Option<(i64, u32, u32)> {
    if !since_1904 && serial == 60 {
        return Some((1900, 2, 29));
    }
    if !since_1904 && serial == 0 {
        return Some((1900, 1, 0));
    }
    // Days since 1970-01-01.
    let z = serial
        - if since_1904 {
            24_107
        } else if serial < 60 {
            25_568
        } else {
            25_569
        };
    let z = z + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (d, m) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let y = yoe + era * 400 + i64::from(m <= 2);
    (1..=9999).contains(&y).then_some((y, m as u32, d as u32))
}

/// A day as text; true where the cell holds more than its format shows.
fn date(v: f64, [year, month, day, han, time, fraction]: [bool; 6], since_1904: bool) -> Option<(String, bool)> {
    if v < 0.0 && !since_1904 {
        return None;
    }
    let ms = milliseconds(v, fraction)?;
    let (y, m, d) = civil(ms.div_euclid(DAY), since_1904)?;
    let of_day = ms.rem_euclid(DAY);
    if year && month && !day && !time {
        return Some((if han { format!("{y:04}年{m}月") } else { format!("{y:04}-{m:02}") }, d != 1 || of_day != 0));
    }
    if year && !month && !day && !time {
        return Some((if han { format!("{y:04}年") } else { format!("{y:04}") }, (m, d) != (1, 1) || of_day != 0));
    }
    let mut out = format!("{y:04}-{m:02}-{d:02}");
    // A time that the format leaves out is a fact all the same, and one that it shows is one at midnight too.
    if of_day != 0 || time {
        out.push(' ');
        out.push_str(&clock(of_day, of_day / 3_600_000));
    }
    Some((out, false))
}

#[cfg(test)]
mod tests;
