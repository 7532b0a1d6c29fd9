//! Dates as people write them (domain-rules POL-04).

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// A day, with a time of day where the author gave one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day in the site's time zone.
    pub date: Date,
    /// The time of day in the site's time zone.
    pub time: Option<Time>,
}

impl Moment {
    /// A day without a time.
    pub const fn day(date: Date) -> Moment {
        Moment { date, time: None }
    }

    /// True when this moment has come at `now`. A day without a time comes when it begins; a `now` without a time is the
    /// whole day, all of whose minutes have come.
    pub fn come(self, now: Moment) -> bool {
        match (self.time, now.time) {
            (Some(at), Some(clock)) if self.date == now.date => at <= clock,
            _ => self.date <= now.date,
        }
    }

    /// The time of day, midnight where none was given.
    pub fn clock(self) -> Time {
        self.time.unwrap_or(Time::midnight())
    }
}

/// `2026-11-27`, `2026-11-27 23:59`; seconds where there are any.
impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.date)?;
        match self.time {
            None => Ok(()),
            Some(t) if t.second() == 0 => write!(f, " {:02}:{:02}", t.hour(), t.minute()),
            Some(t) => write!(f, " {:02}:{:02}:{:02}", t.hour(), t.minute(), t.second()),
        }
    }
}

/// Reads a date or a date with a time. A time with an offset is converted to `tz`.
pub fn parse(text: &str, tz: &TimeZone) -> Option<Moment> {
    let text = text.trim();
    let (date, rest) = leading_date(text)?;
    // In a field full-width signs are refused, digits and hyphens alike; the finding has the day as it should be written.
    if text[..text.len() - rest.len()].contains(['－', '．', '／']) {
        return None;
    }
    let rest = rest.trim_start_matches(['T', 't']).trim();
    if rest.is_empty() {
        return Some(Moment::day(date));
    }
    if let Ok(stamp) = text.replace(' ', "T").parse::<jiff::Timestamp>() {
        let z = tz.to_datetime(stamp);
        return Some(Moment { date: z.date(), time: Some(z.time()) });
    }
    Some(Moment { date, time: Some(clock(rest)?) })
}

/// `9:30`, `09:30`, `09:30:00`, `09:30:00.5`, `9时30分`.
fn clock(text: &str) -> Option<Time> {
    let text = text.replace(['时', '点', '：'], ":").replace('分', "");
    let mut parts = text.trim_end_matches(':').split(':');
    let hour: i8 = parts.next()?.trim().parse().ok()?;
    let minute: i8 = parts.next().map_or(Some(0), |m| m.trim().parse().ok())?;
    let second: i8 = parts.next().map_or(Some(0), |s| s.split('.').next()?.trim().parse().ok())?;
    if parts.next().is_some() {
        return None;
    }
    Time::new(hour, minute, second, 0).ok()
}

/// A date at the very beginning of a text, and what follows it.
///
/// Understood: `2021-04-12`, `2021/4/12`, `2021.04.12`, `2021年4月12日`,
/// `二〇二一年四月十二日` (also with 零, ○, Ｏ).
pub fn leading_date(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(text)?;
    if !(1000..=9999).contains(&year) {
        return None;
    }
    let (sep, rest) = first(rest)?;
    if !matches!(sep, '-' | '/' | '.' | '年' | '－' | '．' | '／') {
        return None;
    }
    let (month, rest) = number(rest.trim_start())?;
    let (sep2, rest) = first(rest.trim_start())?;
    if (sep == '年') != (sep2 == '月') || (sep != '年' && sep2 != sep) {
        return None;
    }
    let (day, rest) = number(rest.trim_start())?;
    let rest = if sep == '年' { rest.trim_start().strip_prefix(['日', '号'])? } else { rest };
    Some((Date::new(year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?, rest))
}

fn first(text: &str) -> Option<(char, &str)> {
    let c = text.chars().next()?;
    Some((c, &text[c.len_utf8()..]))
}

/// An Arabic or Chinese number at the beginning: `2021`, `二〇二一`, `十二`, `三十一`.
fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if digits > 0 {
        return Some((text[..digits.min(9)].parse().ok()?, &text[digits..]));
    }
    let end = text.find(|c| han_digit(c).is_none() && c != '十').unwrap_or(text.len());
    Some((han_number(&text[..end])?, &text[end..]))
}

fn han_digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|d| d == c).map(|p| p as u32).or(match c {
        '零' | '○' | 'Ｏ' | '◯' => Some(0),
        '元' => Some(1),
        '两' => Some(2),
        _ => None,
    })
}

/// Chinese numerals up to 9999: `二〇二一`, `十二`, `一百零三`, `二百二十一`; Arabic digits too.
pub fn han_number(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    if text.chars().all(|c| han_digit(c).is_some()) {
        return (text.chars().count() <= 6).then(|| text.chars().fold(0, |n, c| n * 10 + han_digit(c).unwrap_or(0)));
    }
    let (mut total, mut digit) = (0, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                digit = Some(han_digit(c)?);
                continue;
            }
        };
        total += digit.take().filter(|d| *d > 0).unwrap_or(1) * unit;
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        let tz = TimeZone::get("Asia/Shanghai").unwrap();
        let day = |s: &str| parse(s, &tz).map(|m| m.date.to_string());
        for s in [
            "2021-04-12",
            "2021/4/12",
            "2021.04.12",
            "2021年4月12日",
            "2021年04月12日",
            "二〇二一年四月十二日",
            "二零二一年四月十二日",
            "二○二一年四月十二日",
            " 2021-04-12 ",
        ] {
            assert_eq!(day(s).as_deref(), Some("2021-04-12"), "{s}");
        }
        for s in ["2021－04－12", "2021／4／12", "２０２１-04-12", "２０２１年４月１２日"] {
            assert_eq!(day(s), None, "{s}");
        }
        for s in ["2021-02-30", "2021-13-01", "21-04-12", "2021-4", "12/13/2021", "2021年4月", "昨天", "2021-04-12 25:00", "2021-04/12", "20210412"] {
            assert_eq!(day(s), None, "{s}");
        }
        let m = parse("2021-04-12T01:30:00Z", &tz).unwrap();
        assert_eq!((m.date.to_string(), m.time.unwrap().to_string()), ("2021-04-12".into(), "09:30:00".into()));
        let m = parse("2021年4月12日 9时30分", &tz).unwrap();
        assert_eq!(m.time.unwrap().to_string(), "09:30:00");
        assert_eq!(parse("2021-04-12 09:30", &tz).unwrap().time.unwrap().hour(), 9);
    }

    #[test]
    fn a_moment_comes_to_the_minute() {
        let tz = TimeZone::get("Asia/Shanghai").unwrap();
        let at = |s: &str| parse(s, &tz).unwrap();
        for (what, now, come) in [
            ("2026-11-27 23:59", "2026-11-27 00:40", false),
            ("2026-11-27 23:59", "2026-11-26T16:40:00Z", false),
            ("2026-11-27 23:59", "2026-11-27 23:58:59", false),
            ("2026-11-27 23:59", "2026-11-27 23:59", true),
            ("2026-11-27T23:59:00+08:00", "2026-11-27T15:59:00Z", true),
            ("2026-11-27 23:59", "2026-11-27", true),
            ("2026-11-27 00:00", "2026-11-26", false),
            ("2026-11-27", "2026-11-27 00:00", true),
            ("2026-11-27", "2026-11-26 23:59", false),
            ("2026-11-27", "2026-11-27", true),
        ] {
            assert_eq!(at(what).come(at(now)), come, "{what} at {now}");
        }
        assert_eq!(at("2026-11-27 9:05").to_string(), "2026-11-27 09:05");
        assert_eq!(at("2026-11-27 23:59:30").to_string(), "2026-11-27 23:59:30");
    }

    #[test]
    fn chinese_numbers() {
        for (s, n) in [("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("二百二十一", 221), ("一千二百", 1200), ("八四", 84), ("15", 15)]
        {
            assert_eq!(han_number(s), Some(n), "{s}");
        }
        assert_eq!(han_number("条"), None);
    }
}
