//! Days as a spreadsheet shows them: `1月`, `Jan`, `5/1`. Rows of data keep the whole day; a head is what its readers see, and says
//! no more than that.

use super::cells::{Raw, Row, Tally};
use super::lines::is_name;
use super::value::{Class, classify};
use rustc_hash::FxHashMap;

/// Cells of a column below each other whose look is kept: a head has no more rows.
const DEEP: u8 = 3;
/// Most cells whose look is kept.
const MOST: usize = 100_000;
/// Rows below a head that are looked at.
const LOOK: usize = 60;

/// A cell that holds a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Its place.
    pub at: (u32, u32),
    /// What it shows.
    pub shown: String,
    /// It shows less than is published of it: no year.
    pub part: bool,
}

/// Days of a sheet that are shown otherwise than they are published.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Days {
    /// The first of each run of them in a column.
    pub cells: Vec<Day>,
    /// Cells that show less than is published.
    pub parts: u64,
    /// By column: the last row that had a day, and how many above it without a gap.
    runs: FxHashMap<u32, (u32, u8)>,
}

impl Days {
    /// Notes a cell; what it shows is asked only where it may belong to a head.
    pub fn add(&mut self, at: (u32, u32), part: bool, shown: impl FnOnce() -> Option<String>) {
        let run = self.runs.entry(at.1).or_insert((at.0, 0));
        run.1 = if run.1 > 0 && run.0 + 1 == at.0 { run.1.saturating_add(1) } else { 1 };
        run.0 = at.0;
        let (kept, room) = (run.1 <= DEEP, self.cells.len() < MOST);
        self.parts += u64::from(part);
        if kept
            && room
            && let Some(shown) = shown()
        {
            self.cells.push(Day { at, shown, part });
        }
    }
}

/// Writes the days of heads as they are shown: in a row of names, above columns that hold something else than days.
pub fn heads(raw: &mut Raw) {
    let mut days = std::mem::take(&mut raw.days);
    days.cells.sort_by_key(|d| d.at);
    let mut done: Vec<Day> = Vec::new();
    for row in days.cells.chunk_by(|a, b| a.at.0 == b.at.0) {
        let Ok(at) = raw.rows.binary_search_by_key(&row[0].at.0, |r| r.0) else { continue };
        if is_head(&raw.rows, at, row) {
            for d in row {
                if let Ok(c) = raw.rows[at].1.binary_search_by_key(&d.at.1, |c| c.0) {
                    if d.part {
                        raw.odd.heads.get_or_insert_with(|| (Tally::default(), raw.rows[at].1[c].1.clone())).0.add(d.at, &d.shown);
                    }
                    raw.rows[at].1[c].1.clone_from(&d.shown);
                }
            }
            done.extend_from_slice(row);
        }
    }
    days.parts -= done.iter().filter(|d| d.part).count() as u64;
    days.cells.retain(|d| !done.contains(d));
    raw.days = days;
}

/// The days that show less than is published of them: how many, the first, and what is published of it.
pub fn part(raw: &Raw) -> Option<(Tally, String)> {
    let d = raw.days.cells.iter().filter(|d| d.part).min_by_key(|d| d.at).filter(|_| raw.days.parts > 0)?;
    let row = raw.rows.binary_search_by_key(&d.at.0, |r| r.0).ok()?;
    let cell = raw.rows[row].1.binary_search_by_key(&d.at.1, |c| c.0).ok()?;
    Some((Tally { count: raw.days.parts, first: Some((d.at.0, d.at.1, d.shown.clone())) }, raw.rows[row].1[cell].1.clone()))
}

fn is_head(rows: &[Row], at: usize, days: &[Day]) -> bool {
    let of_day = |c: u32| days.iter().any(|d| d.at.1 == c);
    let cells = &rows[at].1;
    let names = cells.iter().filter(|(c, t)| !of_day(*c) && !t.trim().is_empty()).all(|(_, t)| is_name(t.trim()));
    if !names || cells.len() < 2 {
        return false;
    }
    let (mut all, mut same) = (0u32, 0u32);
    for (_, below) in rows[at + 1..].iter().take(LOOK) {
        for d in days {
            let Ok(c) = below.binary_search_by_key(&d.at.1, |c| c.0) else { continue };
            match classify(below[c].1.trim()).0 {
                Class::Date | Class::Datetime => (all, same) = (all + 1, same + 1),
                _ => all += 1,
            }
        }
    }
    all > 0 && same * 2 < all
}

/// A sign of a format of days.
#[derive(Debug, PartialEq)]
enum Sign {
    Text(String),
    /// A letter, and how often.
    Run(char, usize),
    /// Before noon and after it, in these words.
    Half(&'static str, &'static str),
}

static MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
static WEEK: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
static HAN_WEEK: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];

/// What a section of a format makes of a day (year, month, day) and the milliseconds of it. `None` where the system, its language or
/// its calendar decide, and for what has no place in a head.
pub fn shown(code: &str, (year, month, day): (i64, u32, u32), ms: i64) -> Option<String> {
    let (signs, han) = signs(code)?;
    let half = signs.iter().any(|s| matches!(s, Sign::Half(..)));
    let letters: Vec<(usize, char)> = signs.iter().enumerate().filter_map(|(i, s)| if let Sign::Run(c, _) = s { Some((i, *c)) } else { None }).collect();
    let minutes = |i: usize| {
        let k = letters.iter().position(|l| l.0 == i).unwrap_or(0);
        (k > 0 && letters[k - 1].1 == 'h') || letters.get(k + 1).is_some_and(|l| l.1 == 's')
    };
    let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
    let number = |n: i64, places: usize| if han { numeral(n) } else { format!("{n:0places$}") };
    let mut out = String::new();
    for (i, s) in signs.iter().enumerate() {
        let (c, n) = match s {
            Sign::Text(t) => {
                out.push_str(t);
                continue;
            }
            Sign::Half(am, pm) => {
                out.push_str(if hour < 12 { am } else { pm });
                continue;
            }
            Sign::Run(c, n) => (*c, *n),
        };
        let two = n.min(2);
        let name = *MONTHS.get(month as usize - 1)?;
        let week = weekday(year, month, day);
        match c {
            'y' if n <= 2 => out.push_str(&digits(&format!("{:02}", year % 100), han)),
            'y' => out.push_str(&digits(&format!("{year:04}"), han)),
            'm' if minutes(i) => out.push_str(&number(minute, two)),
            'm' if n <= 2 => out.push_str(&number(i64::from(month), two)),
            'm' if n == 3 => out.push_str(&name[..3]),
            'm' if n == 4 => out.push_str(name),
            'm' => out.push_str(&name[..1]),
            'd' if n <= 2 => out.push_str(&number(i64::from(day), two)),
            'd' if n == 3 => out.push_str(&WEEK[week][..3]),
            'd' => out.push_str(WEEK[week]),
            'a' if n == 3 => out.push_str(HAN_WEEK[week]),
            'a' => {
                out.push_str("星期");
                out.push_str(HAN_WEEK[week]);
            }
            'h' => out.push_str(&number(if half { (hour + 11) % 12 + 1 } else { hour }, two)),
            _ => out.push_str(&number(second, two)),
        }
    }
    Some(out.trim().to_string()).filter(|t| !t.is_empty())
}

/// The signs of a format, and whether its numbers are written in Chinese.
fn signs(code: &str) -> Option<(Vec<Sign>, bool)> {
    let chars: Vec<char> = code.chars().collect();
    let (mut out, mut han, mut i): (Vec<Sign>, bool, usize) = (Vec::new(), false, 0);
    let text = |out: &mut Vec<Sign>, t: &str| match out.last_mut() {
        Some(Sign::Text(last)) => last.push_str(t),
        _ => out.push(Sign::Text(t.to_string())),
    };
    let until = |from: usize, end: char| chars[from..].iter().position(|c| *c == end).map_or(chars.len(), |p| from + p);
    let mut foreign = false;
    while i < chars.len() {
        let c = chars[i];
        match c {
            '"' => {
                let end = until(i + 1, '"');
                text(&mut out, &chars[i + 1..end].iter().collect::<String>());
                i = end;
            }
            '\\' => {
                i += 1;
                text(&mut out, &chars.get(i).iter().copied().collect::<String>());
            }
            '_' | '*' => i += 1,
            '[' => {
                let end = until(i + 1, ']');
                let inner: String = chars[i + 1..end].iter().collect::<String>().to_ascii_lowercase();
                if let Some(t) = inner.strip_prefix("$-") {
                    // Of the system, or of a calendar of its own.
                    if t.starts_with('f') || t.len() > 6 && t.bytes().all(|b| b.is_ascii_hexdigit()) || t.ends_with("404") || t.contains(',') {
                        return None;
                    }
                    foreign = !(t.ends_with("409") || t.ends_with("809") || t.starts_with("en"));
                } else if inner == "dbnum1" {
                    han = true;
                } else if inner.starts_with("dbnum") || matches!(inner.chars().next(), Some('h' | 'm' | 's' | '<' | '>' | '=')) && inner != "magenta" {
                    return None;
                }
                i = end;
            }
            'a' | 'A' | '上' => {
                let rest: String = chars[i..].iter().take(5).collect::<String>().to_ascii_lowercase();
                if rest == "am/pm" {
                    out.push(Sign::Half("AM", "PM"));
                    i += 4;
                } else if rest == "上午/下午" {
                    out.push(Sign::Half("上午", "下午"));
                    i += 4;
                } else if rest.starts_with("aaa") {
                    let n = chars[i..].iter().take_while(|x| x.eq_ignore_ascii_case(&'a')).count();
                    out.push(Sign::Run('a', n));
                    i += n - 1;
                } else {
                    return None;
                }
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' | 'E' => {
                let low = c.to_ascii_lowercase();
                let n = chars[i..].iter().take_while(|x| x.to_ascii_lowercase() == low).count();
                // `e` is the year of a calendar of its own, which in Chinese is the common one.
                out.push(if low == 'e' { Sign::Run('y', 4) } else { Sign::Run(low, n) });
                i += n - 1;
            }
            '0' | '#' | '?' | '@' | 'b' | 'B' | 'g' | 'G' | 'n' | 'N' => return None,
            _ => text(&mut out, &c.to_string()),
        }
        i += 1;
    }
    // Names of months and days of the week are those of a language.
    let named = out.iter().any(|s| matches!(s, Sign::Run('m' | 'd', 3..)));
    (!(foreign && named)).then_some((out, han))
}

fn digits(t: &str, han: bool) -> String {
    if !han {
        return t.to_string();
    }
    t.chars().filter_map(|c| "〇一二三四五六七八九".chars().nth(c as usize - '0' as usize)).collect()
}

/// A number below 100 in Chinese.
fn numeral(n: i64) -> String {
    let sign = |k: i64| "〇一二三四五六七八九".chars().nth(k as usize).unwrap_or('〇');
    match (n / 10, n % 10) {
        (0, k) => sign(k).to_string(),
        (t, k) => {
            let mut out = String::new();
            if t > 1 {
                out.push(sign(t));
            }
            out.push('十');
            if k > 0 {
                out.push(sign(k));
            }
            out
        }
    }
}

/// 0 is Sunday.
fn weekday(year: i64, month: u32, day: u32) -> usize {
    let shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][(month as usize + 11) % 12];
    let y = if month < 3 { year - 1 } else { year };
    (y + y / 4 - y / 100 + y / 400 + shift + i64::from(day)).rem_euclid(7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_a_spreadsheet_shows_them() {
        let of = |code: &str| shown(code, (2024, 5, 3), 13 * 3_600_000 + 5 * 60_000).unwrap_or_default();
        for (code, want) in [
            ("m\"月\"", "5月"),
            ("mmm", "May"),
            ("mmm\\-yy", "May-24"),
            ("mmmm yyyy", "May 2024"),
            ("m\"月\"d\"日\";@", ""),
            ("m\"月\"d\"日\"", "5月3日"),
            ("yyyy/m/d", "2024/5/3"),
            ("yyyy\\-mm\\-dd", "2024-05-03"),
            ("[$-409]d\\-mmm", "3-May"),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"", "二〇二四年五月"),
            ("[$-804]aaaa", "星期五"),
            ("[$-804]mmmm", ""),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", ""),
            ("[$-404]e/m/d", ""),
            ("m/d h:mm", "5/3 13:05"),
            ("m/d h:mm AM/PM", "5/3 1:05 PM"),
            ("yyyy年m月", "2024年5月"),
            ("yyyymmdd", "20240503"),
        ] {
            assert_eq!(of(code), want, "{code}");
        }
        assert_eq!((numeral(31), numeral(10), numeral(9)), ("三十一".into(), "十".into(), "九".into()));
    }
}
