//! How the values of a column are written, where the dictionary says so or the whole column does: decimal commas, days
//! before months, words for true and false. Such values are turned into the form that every program reads.

use super::foreign::{Foreign, Written};
use super::value::{Class, classify};
use jiff::fmt::strtime;
use serde::{Deserialize, Serialize};

/// What the dictionary calls the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Told {
    /// `string` and its kin: never converted.
    Text,
    /// `number`, `integer`.
    Number,
    /// `date`, `datetime`, `yearmonth`, `time`.
    Date,
    /// `boolean`
    Boolean,
    /// `year`
    Year,
    /// `any`: nothing is said, and nothing is read into it.
    Any,
}

/// The words for types that are proposed, as Table Schema has them.
pub const TYPES: &[&str] = &["string", "integer", "number", "date", "datetime", "time", "year", "yearmonth", "boolean", "any"];
/// Known words that say nothing of how values are written.
pub const OTHER: &[&str] = &["gyearmonth", "default", ""];

impl Told {
    /// From a word of Table Schema or a letter of the national dictionary (C, N, D, T).
    pub fn of(word: &str) -> Option<Told> {
        Some(match word.trim().to_lowercase().as_str() {
            "string" | "text" | "str" | "varchar" | "char" | "c" | "字符型" | "字符串" | "文本" | "文本型" => Told::Text,
            "number" | "integer" | "int" | "decimal" | "float" | "double" | "n" | "数值型" | "整型" | "整数" => Told::Number,
            "date" | "datetime" | "yearmonth" | "time" | "d" | "t" | "日期型" | "日期时间型" => Told::Date,
            "boolean" | "bool" => Told::Boolean,
            "year" | "gyear" => Told::Year,
            // Lists, places and spans of time are no numbers, though a comma or a point stands in them.
            "geopoint" | "geojson" | "array" | "list" | "object" | "duration" => Told::Text,
            "any" => Told::Any,
            _ => return None,
        })
    }
}

/// How the values of one column are written (names of Table Schema).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Custom {
    /// `type`
    pub told: Option<Told>,
    /// `decimalChar`
    pub decimal: Option<char>,
    /// `groupChar`
    pub group: Option<char>,
    /// `bareNumber: false`: signs of money and per cent stand beside numbers.
    pub dressed: bool,
    /// `format` of days, in the letters of `strptime`.
    pub format: Option<String>,
    /// `trueValues`
    pub yes: Vec<String>,
    /// `falseValues`
    pub no: Vec<String>,
    /// `missingValues` of the column alone.
    pub missing: Option<Vec<String>>,
}

/// A value as it is to be taken.
#[derive(Debug, PartialEq, Eq)]
pub enum Taken {
    /// As it is written.
    Same,
    /// In another form.
    As(String),
    /// It is not written as its column is said to be; it stays as it is.
    Odd,
}

impl Custom {
    /// Values may have to change.
    pub fn changes(&self) -> bool {
        self.told != Some(Told::Text)
            && (self.decimal.is_some() || self.group.is_some() || self.dressed || self.format.is_some() || !self.yes.is_empty() || !self.no.is_empty())
    }

    /// Reads a value without outer blanks.
    pub fn take(&self, v: &str) -> Taken {
        if v.is_empty() || !self.changes() {
            return Taken::Same;
        }
        if !self.yes.is_empty() || !self.no.is_empty() {
            let has = |list: &[String]| list.iter().any(|w| w == v);
            return match (has(&self.yes), has(&self.no)) {
                (true, _) => as_other(v, "true".into()),
                (_, true) => as_other(v, "false".into()),
                _ if classify(v).0 == Class::Boolean => Taken::Same,
                _ => odd(v),
            };
        }
        if let Some(format) = &self.format {
            return day(v, format).map_or_else(|| odd(v), |t| as_other(v, t));
        }
        self.number(v).map_or_else(|| odd(v), |t| as_other(v, t))
    }

    /// A number with a point and without groups, digit by digit as it was.
    fn number(&self, v: &str) -> Option<String> {
        let mut v = v;
        let (mut sign, mut percent) = ("", "");
        let point = self.decimal.unwrap_or('.');
        let signs = |v: &mut &str, sign: &mut &str| {
            for (s, to) in [("-", "-"), ("\u{2212}", "-"), ("+", "")] {
                if let Some(rest) = v.strip_prefix(s).filter(|_| sign.is_empty()) {
                    (*v, *sign) = (rest.trim_start(), to);
                }
            }
        };
        signs(&mut v, &mut sign);
        if self.dressed {
            if !bare(v) {
                return None;
            }
            v = v.trim_start_matches(|c: char| !c.is_ascii_digit() && c != point && !matches!(c, '-' | '\u{2212}')).trim();
            signs(&mut v, &mut sign);
            v = v.trim_end_matches(|c: char| !c.is_ascii_digit());
        } else if let Some(rest) = v.strip_suffix(['%', '％']) {
            (v, percent) = (rest.trim_end(), "%");
        }
        let (v, exponent) = match v.find(['e', 'E']) {
            Some(i) => v.split_at(i),
            None => (v, ""),
        };
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        if !exponent.is_empty() && !digits(exponent[1..].trim_start_matches(['-', '+'])) {
            return None;
        }
        let (whole, fraction) = v.split_once(point).map_or((v, None), |(w, f)| (w, Some(f)));
        if fraction.is_some_and(|f| !digits(f)) {
            return None;
        }
        let parts: Vec<&str> = whole.split(|c: char| self.groups(c)).collect();
        if parts.len() > 1 {
            // Groups of three; of two before the last in India.
            let n = parts.len();
            let inner = parts[1..n - 1].iter().all(|p| p.len() == 3) || parts[1..n - 1].iter().all(|p| p.len() == 2);
            if !(digits(parts[0]) && parts[0].len() <= 3 && !parts[0].starts_with('0') && inner && parts[n - 1].len() == 3 && parts.iter().all(|p| digits(p))) {
                return None;
            }
        } else if !(digits(whole) || (whole.is_empty() && fraction.is_some())) {
            return None;
        }
        let whole = if whole.is_empty() { "0".to_string() } else { parts.concat() };
        let fraction = fraction.map_or(String::new(), |f| format!(".{f}"));
        Some(format!("{sign}{whole}{fraction}{exponent}{percent}"))
    }

    /// Signs between groups of digits: the declared one, else those that go with the decimal sign.
    fn groups(&self, c: char) -> bool {
        let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
        let quote = |c: char| matches!(c, '\'' | '\u{2019}');
        match self.group {
            Some(g) if blank(g) => blank(c),
            Some(g) if quote(g) => quote(c),
            Some(g) => c == g,
            None if self.decimal == Some(',') => c == '.' || blank(c),
            None => false,
        }
    }
}

/// Whether nothing beside a number changes it: brackets and a minus behind make it negative, `½` is a part of it, `<` and `~`
/// are bounds, `*` is a flag.
fn bare(v: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let (Some(a), Some(z)) = (v.find(digit), v.rfind(digit)) else { return true };
    let behind = v[z + 1..].trim_start_matches(['.', ',']);
    let whole = behind.len() < v.len() - z - 1;
    let other = |c: char| {
        matches!(c, '(' | ')' | '（' | '）' | '[' | ']' | '<' | '>' | '≤' | '≥' | '＜' | '＞' | '~' | '≈' | '±' | '约' | '約' | '*' | '†' | '‡' | '^')
            || (c.is_numeric() && !matches!(c, '²' | '³'))
    };
    !v[..a].contains(other) && !v[z + 1..].contains(other) && !behind.contains('+') && (whole || !behind.contains(['-', '\u{2212}']))
}

fn as_other(v: &str, t: String) -> Taken {
    if t == v { Taken::Same } else { Taken::As(t) }
}

fn odd(v: &str) -> Taken {
    if classify(v).0 == Class::Mark { Taken::Same } else { Taken::Odd }
}

/// A day (month, moment) in the form of ISO 8601.
fn day(v: &str, format: &str) -> Option<String> {
    let t = strtime::parse(format, v).ok()?;
    let has = |letters: &[char]| format.match_indices('%').any(|(i, _)| format[i + 1..].trim_start_matches(['-', '_', '0']).starts_with(letters));
    let days = has(&['d', 'e', 'j', 'F', 'D', 'm', 'b', 'B', 'y', 'Y', 'c', 's', 'x']);
    if has(&['H', 'I', 'T', 'R', 'k', 'l', 'X', 'r']) && !days {
        return t.to_time().ok().map(|t| t.to_string());
    }
    if has(&['H', 'I', 'T', 'R']) {
        let moment = t.to_datetime().ok()?;
        let zone = t.offset().map_or(String::new(), |o| match (o.seconds(), o.to_string()) {
            (0, _) => "Z".to_string(),
            (_, hours) if hours.len() == 3 => format!("{hours}:00"),
            (_, whole) => whole,
        });
        return Some(format!("{moment}{zone}"));
    }
    if has(&['d', 'e', 'j', 'F', 'D']) {
        return t.to_date().ok().map(|d| d.to_string());
    }
    match (t.year(), t.month()) {
        (Some(y), Some(m)) => Some(format!("{y:04}-{m:02}")),
        _ => Some(v.to_string()),
    }
}

/// A format that nobody can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// A declared format of days in the letters of `strptime`: also `dd/MM/yyyy`, as other programs write it. `None` for
/// words of Table Schema that ask for nothing (`default`, `any`); an error for what nobody can read.
pub fn format(text: &str) -> Result<Option<String>, Unreadable> {
    if matches!(text, "default" | "any") {
        return Ok(None);
    }
    let mut out = text.strip_prefix("fmt:").unwrap_or(text).to_string();
    if !out.contains('%') {
        for (from, to) in
            [("yyyy", "%Y"), ("YYYY", "%Y"), ("MM", "%m"), ("dd", "%d"), ("DD", "%d"), ("HH", "%H"), ("hh", "%H"), ("mm", "%M"), ("ss", "%S"), ("SS", "%S")]
        {
            out = out.replacen(from, to, 1);
        }
        if !out.contains('%') {
            return Err(Unreadable);
        }
    }
    let shown = strtime::format(&out, jiff::Timestamp::UNIX_EPOCH).map_err(|_| Unreadable)?;
    strtime::parse(&out, &shown).map_err(|_| Unreadable)?;
    Ok(Some(out))
}

/// Ways of writing that the values of a column fit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Shapes {
    /// Values that are no sign for a missing one.
    all: u64,
    /// Fit `1.234,5`; fit only it.
    comma: (u64, u64),
    /// Fit `1,234.5`; fit only it.
    point: (u64, u64),
    /// Fit `1'234.5`; fit only it.
    quote: (u64, u64),
    /// Of those that fit only `1.234,5`, such as are no list of two: `20,05`, `0,5`, `1.234,5`.
    sure: u64,
    /// Of those that fit only `1.234,5`, such as may be groups of four, as in China and Japan: `1,2345`.
    fours: u64,
    /// Groups of two, as in India: `12,34,567`.
    indian: u64,
    /// With U+2212 for a minus; with any comma, with any point, of those that are not of the plainest shapes.
    minus: u64,
    commas: u64,
    points: u64,
    /// The first sign between groups of digits that is a blank or a quote: as people wrote it.
    between: Option<char>,
    /// Days with a year of two digits.
    short_years: u64,
    /// Could be read either way, and would be another number: `1.234`.
    either: u64,
    /// Of these, such as have a comma: `1,234`.
    lone: u64,
    /// Days: fit day before month, month before day; fit only so. By sign and whether a time follows.
    days: [(u64, u64, u64, u64); 9],
    /// Groups of three digits with blanks between, as codes of firms have: `732 829 320`; and digits alone.
    spaced: Lengths,
    alone: Lengths,
    /// Numbers and days as they are written elsewhere.
    foreign: Foreign,
}

/// How many there are, and how many digits the shortest and the longest has.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Lengths {
    count: u64,
    ends: Option<(usize, usize)>,
}

impl Lengths {
    fn add(&mut self, digits: usize, times: u64) {
        self.and(Lengths { count: times, ends: Some((digits, digits)) });
    }

    fn and(&mut self, o: Lengths) {
        self.count += o.count;
        self.ends = match (self.ends, o.ends) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (a, b) => a.or(b),
        };
    }
}

/// The digits of `732 829 320`, where nothing but blanks parts them into threes.
fn spaced(v: &str) -> Option<usize> {
    let groups = || v.split([' ', '\u{a0}', '\u{202f}', '\u{2009}']);
    (groups().count() > 1 && !v.starts_with('0') && groups().all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()))).then(|| groups().count() * 3)
}

/// What the values of a column say of how they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    /// So, without doubt.
    So(Custom),
    /// Numbers that might be meant otherwise than they are read, or are not read at all: decimal and group sign to declare.
    Numbers(&'static str, &'static str),
    /// Codes or numbers: `732 829 320`.
    Spaced,
    /// As people write elsewhere: left alone.
    Foreign(Written),
    /// Decimals with four digits, or numbers whose digits stand in groups of four: `1,2345`.
    Fours,
    /// Days of which nobody knows whether the month comes first.
    Days(String),
}

/// What the rest of a table says of the numbers in one column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Others {
    /// Another column has decimal commas.
    pub european: bool,
    /// Another column has decimal points.
    pub pointed: bool,
    /// Commas part cells too, so that `1,2` inside one may be a list.
    pub lists: bool,
    /// A text whose cells are parted by another sign than commas.
    pub parted: bool,
}

/// Blanks and quotes between groups of digits.
static BETWEEN: &[char] = &[' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '\u{2019}'];
static SIGNS: &[char] = &['/', '.', '-'];

impl Shapes {
    /// Counts a value.
    pub fn add(&mut self, v: &str, times: u64) {
        let first = v.as_bytes().first().copied().unwrap_or(b' ');
        if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.' | b',' | 0xE2)) {
            if classify(v).0 != Class::Mark {
                self.all += times;
                self.foreign.add(v, times);
            }
            return;
        }
        // The most frequent shapes, without a detour: digits, and digits with one point.
        let bytes = v.as_bytes().strip_prefix(b"-").unwrap_or(v.as_bytes());
        let at = bytes.iter().position(|b| !b.is_ascii_digit());
        if at.is_none() && !bytes.is_empty() {
            self.all += times;
            self.alone.add(v.len(), times);
            [&mut self.comma.0, &mut self.point.0, &mut self.quote.0].into_iter().for_each(|n| *n += times);
            return;
        }
        if let Some(i) = at.filter(|i| *i > 0 && bytes[*i] == b'.' && *i + 1 < bytes.len() && bytes[*i + 1..].iter().all(u8::is_ascii_digit)) {
            self.all += times;
            self.point.0 += times;
            self.quote.0 += times;
            if i <= 3 && bytes.len() == i + 4 && bytes[0] != b'0' {
                self.comma.0 += times;
                self.either += times;
            } else {
                self.point.1 += times;
            }
            return;
        }
        if classify(v).0 == Class::Mark {
            return;
        }
        self.all += times;
        if let Some(n) = spaced(v) {
            self.spaced.add(n, times);
        }
        let fits = |decimal, group: Option<char>| Custom { decimal: Some(decimal), group, ..Custom::default() }.number(v);
        let (c, mut p, q) = (fits(',', None), fits('.', Some(',')), fits('.', Some('\'')));
        if p.is_none() && matches!(classify(v).0, Class::Integer | Class::Number) {
            p = Some(v.replace([' ', ','], ""));
        } else if p.is_some() && classify(v).0 == Class::String {
            // `12,34,567`; a true minus; `1e999` is neither.
            self.indian += if v.contains(',') { times } else { 0 };
            self.minus += if v.starts_with('\u{2212}') { times } else { 0 };
        }
        self.between = self.between.or_else(|| v.chars().find(|c| BETWEEN.contains(c)));
        self.commas += if v.contains(',') { times } else { 0 };
        self.points += if v.contains('.') { times } else { 0 };
        for (slot, me, others) in [(&mut self.comma, &c, [&p, &q]), (&mut self.point, &p, [&c, &q]), (&mut self.quote, &q, [&p, &c])] {
            if me.is_some() {
                slot.0 += times;
                // Both give a number, and the same one: then it proves nothing.
                slot.1 += if others.iter().all(|o| o.is_none()) { times } else { 0 };
            }
        }
        // `15.8` is a point and no quote's; it proves against the comma all the same.
        if c.is_none() && p.is_some() && q.is_some() {
            self.point.1 += times;
        }
        if c.is_some() && p.is_none() && q.is_none() {
            let (whole, fraction) = v.rsplit_once(',').unwrap_or((v, ""));
            let list = !fraction.is_empty() && fraction.len() < 3 && !fraction.starts_with('0') && whole != "0" && whole.bytes().all(|b| b.is_ascii_digit());
            self.sure += if list { 0 } else { times };
            self.fours += if four(whole, fraction) { times } else { 0 };
        }
        if c.is_some() && p.is_some() && c != p {
            self.either += times;
            self.lone += if v.contains(',') { times } else { 0 };
        }
        if c.is_none() && p.is_none() && q.is_none() {
            self.foreign.add(v, times);
        }
        self.day(v, times);
    }

    fn day(&mut self, v: &str, times: u64) {
        let (date, time) = v.split_once(' ').map_or((v, None), |(d, t)| (d, Some(t)));
        let Some((s, sign)) = SIGNS.iter().enumerate().find(|(_, s)| date.contains(**s)) else { return };
        let parts: Vec<&str> = date.split(*sign).collect();
        let number = |t: &str, most: u32| -> Option<u32> { (t.len() <= 2).then(|| t.parse().ok()).flatten().filter(|n| (1..=most).contains(n)) };
        let [a, b, y] = parts[..] else { return };
        if *sign != '-' && time.is_none() && y.len() == 2 && number(y, 99).is_some() && number(a, 31).is_some() && number(b, 31).is_some() {
            self.short_years += times;
        }
        if y.len() != 4 || !y.bytes().all(|c| c.is_ascii_digit()) || !(y.starts_with("19") || y.starts_with("20") || y.starts_with("18")) {
            return;
        }
        let t = match time.map(|t| t.split(':').map(number_of).collect::<Option<Vec<u32>>>()) {
            None => 0,
            Some(Some(t)) if matches!(t.len(), 2 | 3) && t[0] < 24 && t[1..].iter().all(|n| *n < 60) => t.len() - 1,
            Some(_) => return,
        };
        let (dm, md) = (number(a, 31).is_some() && number(b, 12).is_some(), number(a, 12).is_some() && number(b, 31).is_some());
        let slot = &mut self.days[s * 3 + t];
        slot.0 += u64::from(dm) * times;
        slot.1 += u64::from(md) * times;
        slot.2 += u64::from(dm && !md) * times;
        slot.3 += u64::from(md && !dm) * times;
    }

    /// Adds the counts of another piece.
    pub fn merge(&mut self, o: &Shapes) {
        self.minus += o.minus;
        self.commas += o.commas;
        self.points += o.points;
        self.all += o.all;
        for (a, b) in [(&mut self.comma, o.comma), (&mut self.point, o.point), (&mut self.quote, o.quote)] {
            (a.0, a.1) = (a.0 + b.0, a.1 + b.1);
        }
        self.either += o.either;
        self.lone += o.lone;
        self.sure += o.sure;
        self.fours += o.fours;
        self.between = self.between.or(o.between);
        self.indian += o.indian;
        self.short_years += o.short_years;
        self.spaced.and(o.spaced);
        self.alone.and(o.alone);
        self.foreign.merge(&o.foreign);
        for (a, b) in self.days.iter_mut().zip(o.days) {
            *a = (a.0 + b.0, a.1 + b.1, a.2 + b.2, a.3 + b.3);
        }
    }

    fn most(&self, n: u64) -> bool {
        n > 0 && (n == self.all || (n >= 20 && (self.all - n) * 20 < self.all))
    }

    /// Numbers that could be a thousand times another: `1.234`, `1,234`.
    pub fn doubtful(&self) -> bool {
        self.either > 0
    }

    /// Numbers with a point that parts decimals, beyond doubt.
    pub fn pointed(&self) -> bool {
        self.point.1 > 0 && self.comma.1 == 0 && self.most(self.point.0)
    }

    /// What the column says, where other columns of its table tell which sign parts decimals.
    pub fn spoken(&self, others: Others) -> Option<Spoken> {
        let Others { european, pointed, lists, parted } = others;
        let most = |n: u64| self.most(n);
        for (i, (dm, md, only_dm, only_md)) in self.days.iter().enumerate() {
            let sign = SIGNS[i / 3];
            let time = ["", " %H:%M", " %H:%M:%S"][i % 3];
            let so = |format: String| Some(Spoken::So(Custom { told: Some(Told::Date), format: Some(format), ..Custom::default() }));
            let (d, m) = (format!("%d{sign}%m{sign}%Y{time}"), format!("%m{sign}%d{sign}%Y{time}"));
            match (*only_dm > 0, *only_md > 0) {
                (true, false) if most(*dm) => return so(d),
                (false, true) if most(*md) => return so(m),
                (false, false) if most(*dm) => return Some(Spoken::Days(d)),
                (true, true) if most(dm.max(md).max(&(dm + only_md)).to_owned()) => return Some(Spoken::Days(d)),
                _ => {}
            }
        }
        if most(self.short_years) {
            return Some(Spoken::Days("%d/%m/%y".into()));
        }
        // Every one of as many digits: no thousands, unless another row shows that they are.
        let mut both = self.spaced;
        both.and(self.alone);
        if self.spaced.count > 0 && most(both.count) && both.ends.is_some_and(|(a, b)| a == b) {
            return Some(Spoken::Spaced);
        }
        if let Some(w) = self.foreign.most(self.all, self.point.0.max(self.comma.0)) {
            return Some(Spoken::Foreign(w));
        }
        let number = |decimal, group| Custom { told: Some(Told::Number), decimal: Some(decimal), group, ..Custom::default() };
        let enough = !lists || european || self.sure * 4 >= self.comma.1;
        if self.comma.1 * 4 >= self.all && self.comma.1 > 0 && most(self.comma.0) && self.point.1 == 0 && enough {
            // `1,2345` beside `9999`: 1.2345, or 12345 by groups of four.
            if self.fours == self.comma.1 && !european && (lists || self.alone.count > 0) && self.alone.ends.is_none_or(|(_, most)| most <= 4) {
                return Some(Spoken::Fours);
            }
            // Only thousands are parted, and no decimals: the sign that does it is told.
            let group = match (self.commas, self.points) {
                (0, 0) => Some(self.between.filter(|c| c.is_whitespace()).unwrap_or('\u{202f}')),
                (0, p) if p == self.comma.1 => Some('.'),
                _ => None,
            };
            return Some(Spoken::So(number(',', group)));
        }
        if self.indian + self.minus > 0 && most(self.point.0) && self.comma.1 == 0 {
            return Some(Spoken::So(number('.', Some(',').filter(|_| self.commas > 0))));
        }
        if self.quote.1 > 0 && most(self.quote.0) {
            return Some(Spoken::So(number('.', Some(self.between.filter(|c| !c.is_whitespace()).unwrap_or('\'')))));
        }
        if self.comma.1 * 2 > self.all && self.comma.1 > 2 || (self.comma.1 > 0 && self.point.1 > 0 && most(self.comma.0 + self.point.1)) {
            return Some(Spoken::Numbers(",", "."));
        }
        if self.either == 0 || self.point.1 > 0 || !most(self.comma.0) {
            return None;
        }
        // Every value might be a thousand times another: `48,137`, `331.885`. Where commas part cells, one inside a
        // cell is no decimal comma unless the table has such; elsewhere nothing but another column says what it is.
        match (european, pointed, self.lone == self.either) {
            (true, false, true) if parted => Some(Spoken::So(number(',', None))),
            (true, ..) => Some(Spoken::Numbers(",", ".")),
            (false, false, true) if parted => Some(Spoken::Numbers(",", "")),
            (false, false, false) if parted => Some(Spoken::Numbers(",", ".")),
            _ => None,
        }
    }
}

/// Up to four digits before a comma and four behind it.
fn four(whole: &str, fraction: &str) -> bool {
    let whole = whole.trim_start_matches(['-', '\u{2212}', '+']);
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    (1..=4).contains(&whole.len()) && !whole.starts_with('0') && fraction.len() == 4 && digits(whole) && digits(fraction)
}

fn number_of(t: &str) -> Option<u32> {
    (t.len() == 2 || t.len() == 1).then(|| t.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(c: &Custom, v: &str) -> String {
        match c.take(v) {
            Taken::Same => v.into(),
            Taken::As(t) => t,
            Taken::Odd => "odd".into(),
        }
    }

    #[test]
    fn declared_ways_of_writing() {
        let eu = Custom { told: Some(Told::Number), decimal: Some(','), group: Some('.'), ..Custom::default() };
        for (v, want) in [
            ("1.234,50", "1234.50"),
            ("20,00", "20.00"),
            ("-7,5", "-7.5"),
            ("12", "12"),
            ("1.5", "odd"),
            ("1.23,4", "odd"),
            ("-", "-"),
            ("12,5 %", "12.5%"),
            (",5", "0.5"),
            ("007,10", "007.10"),
        ] {
            assert_eq!(taken(&eu, v), want, "{v}");
        }
        let bare = Custom { told: Some(Told::Number), decimal: Some(','), dressed: true, ..Custom::default() };
        for (v, want) in [("€ 1.234,5", "1234.5"), ("95 %", "95"), ("-€5", "-5"), ("5 kg", "5"), ("kg", "odd"), ("1\u{a0}234,5 Kč", "1234.5")]
            .into_iter()
            .chain([("12.–", "12"), ("R$ 1.234,50", "1234.50"), ("5 m²", "5")])
            .chain(["(5)", "5-", "1½ kg", "<5 kg", "~5", "5+", "5*", "(€ 5)", "5 (p)", "5 €-"].map(|v| (v, "odd")))
        {
            assert_eq!(taken(&bare, v), want, "{v}");
        }
        let swiss = Custom { decimal: Some('.'), group: Some('\''), ..Custom::default() };
        assert_eq!(taken(&swiss, "1'234'567.80"), "1234567.80");
        let day = |f: &str, v: &str| taken(&Custom { format: format(f).unwrap(), told: Some(Told::Date), ..Custom::default() }, v);
        assert_eq!(day("%d/%m/%Y", "31/12/2023"), "2023-12-31");
        assert_eq!(day("%d/%m/%Y", "1/2/2023"), "2023-02-01");
        assert_eq!(day("%d/%m/%Y", "31/13/2023"), "odd");
        assert_eq!(day("%d.%m.%y", "31.12.23"), "2023-12-31");
        assert_eq!(day("%m/%Y", "02/2023"), "2023-02");
        assert_eq!(day("%d/%m/%Y %H:%M", "31/12/2023 08:30"), "2023-12-31T08:30:00");
        assert_eq!(day("dd/MM/yyyy", "31/12/2023"), "2023-12-31");
        assert_eq!(day("%d %b %Y", "05 Mar 2024"), "2024-03-05");
        assert_eq!(day("%H.%M", "8.05"), "08:05:00");
        assert_eq!(day("%I:%M %p", "1:05 PM"), "13:05:00");
        assert_eq!(day("%H:%M", "25:00"), "odd");
        assert_eq!(format("any"), Ok(None));
        assert!(format("%Q%").is_err() && format("something").is_err());
        let yes = Custom { told: Some(Told::Boolean), yes: vec!["是".into()], no: vec!["否".into()], ..Custom::default() };
        assert_eq!((taken(&yes, "是"), taken(&yes, "否"), taken(&yes, "也许")), ("true".into(), "false".into(), "odd".into()));
        let text = Custom { told: Some(Told::Text), decimal: Some(','), ..Custom::default() };
        assert_eq!(taken(&text, "1,5"), "1,5");
    }

    fn spoken(values: &[&str], european: bool) -> Option<Spoken> {
        let mut s = Shapes::default();
        values.iter().for_each(|v| s.add(v, 1));
        s.spoken(Others { european, ..Others::default() })
    }

    #[test]
    fn columns_that_speak_for_themselves() {
        let so = |v: &[&str]| match spoken(v, false) {
            Some(Spoken::So(c)) => c.format.unwrap_or_else(|| format!("{}{}", c.decimal.unwrap_or(' '), c.group.unwrap_or(' '))),
            x => format!("{x:?}"),
        };
        assert_eq!(so(&["15,8", "4,4", "1,234"]), ", ");
        assert_eq!(so(&["13.124.737", "681.202", "12"]), ",.");
        assert_eq!(so(&["13.124.737", "681.202,5", "12"]), ", ");
        assert_eq!(so(&["1\u{202f}234", "12"]), ",\u{202f}");
        assert_eq!(so(&["\u{2212}5", "12"]), ". ");
        assert_eq!(spoken(&["1e999", "-0", "5"], false), None);
        assert_eq!(so(&["1 234,5", "12"]), ", ");
        assert_eq!(so(&["1'234.5", "12.25", "3"]), ".'");
        assert_eq!(so(&["12,34,567", "1,00,000.50", "5"]), ".,");
        assert_eq!(spoken(&["31/12/23", "01/02/24"], false), Some(Spoken::Days("%d/%m/%y".into())));
        assert_eq!(so(&["13/01/2024", "02/03/2024"]), "%d/%m/%Y");
        assert_eq!(so(&["01/13/2024", "02/03/2024"]), "%m/%d/%Y");
        assert_eq!(so(&["31.12.2023", "1.2.2024"]), "%d.%m.%Y");
        assert_eq!(so(&["13/01/2024 08:00", "02/03/2024 12:30"]), "%d/%m/%Y %H:%M");
        assert_eq!(spoken(&["02/03/2024", "04/05/2024"], false), Some(Spoken::Days("%d/%m/%Y".into())));
        for v in [
            &["1.5", "2,345.5"][..],
            &["1,234", "2,345"],
            &["1.234", "5.678"],
            &["1", "2"],
            &["a", "15,8"],
            &["1,2,3", "4,5"],
            &["1.2.3", "10.0.1"],
            &["2024-01-02"],
        ] {
            assert_eq!(spoken(v, false), None, "{v:?}");
        }
        let mut list = Shapes::default();
        ["1,2", "2,3", "4,5"].iter().for_each(|v| list.add(v, 1));
        assert_eq!(list.spoken(Others { lists: true, ..Others::default() }), Some(Spoken::Numbers(",", ".")));
        let mut few = Shapes::default();
        (0..50).for_each(|_| few.add("2", 1));
        few.add("2,2", 3);
        assert_eq!((few.spoken(Others { lists: true, ..Others::default() }), few.spoken(Others::default())), (None, None));
        assert_eq!(spoken(&["1.234", "5.678"], true), Some(Spoken::Numbers(",", ".")));
        assert_eq!(spoken(&["1,5", "2.5"], false), Some(Spoken::Numbers(",", ".")));
    }
}
