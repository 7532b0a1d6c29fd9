//! Index numbers (索引号): the scheme of the site, what it takes, and which number is free.

/// A scheme: its parts in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    parts: Vec<Part>,
    /// The code of the body has a check digit: one of GB 11714 or GB 32100.
    pub checked: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Words(String),
    /// Code of the department.
    Code,
    Year,
    Month,
    Day,
    /// Letters and digits that nobody computes.
    Free,
    /// The serial, with at least so many digits.
    Serial(usize),
}

/// What a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The number up to its serial: numbers of one prefix share a row of serials.
    pub prefix: String,
    /// The serial.
    pub serial: u64,
    /// The code of the body, where the scheme has one.
    pub code: Option<String>,
    /// The year.
    pub year: Option<i16>,
}

impl Default for Numbers {
    fn default() -> Numbers {
        Numbers { parts: vec![Part::Code, Part::Words("/".into()), Part::Year, Part::Words("-".into()), Part::Serial(5)], checked: true }
    }
}

impl Numbers {
    /// A scheme by its word.
    pub fn scheme(word: &str) -> Option<Numbers> {
        let words = |t: &str| Part::Words(t.into());
        Some(match word {
            "orgcode" => Numbers::default(),
            "orgcode-month" => {
                let parts = vec![Part::Code, words("/"), Part::Year, Part::Month, words("-"), Part::Serial(5)];
                Numbers { parts, checked: true }
            }
            "ningbo" => {
                let dash = || words("-");
                let parts = vec![
                    Part::Free,
                    dash(),
                    Part::Code,
                    dash(),
                    Part::Free,
                    dash(),
                    Part::Free,
                    dash(),
                    Part::Year,
                    Part::Month,
                    Part::Day,
                    dash(),
                    Part::Serial(3),
                ];
                Numbers { parts, checked: false }
            }
            _ => return None,
        })
    }

    /// A pattern of one's own: `YT-{code}-{year}-{n:5}`. What is wrong with it, where it is none.
    pub fn pattern(text: &str) -> Result<Numbers, (&'static str, &'static str)> {
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Some(at) = rest.find('{') {
            if at > 0 {
                parts.push(Part::Words(rest[..at].into()));
            }
            let Some((name, after)) = rest[at + 1..].split_once('}') else { return Err(("花括号没有结束", "a brace without its end")) };
            parts.push(match name {
                "code" => Part::Code,
                "year" => Part::Year,
                "month" => Part::Month,
                "day" => Part::Day,
                "n" => Part::Serial(1),
                n => match n.strip_prefix("n:").and_then(|d| d.parse().ok()).filter(|d| (1..=12).contains(d)) {
                    Some(d) => Part::Serial(d),
                    None => return Err(("只能用 {code} {year} {month} {day} {n:位数}", "only {code} {year} {month} {day} {n:digits} can stand in braces")),
                },
            });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Words(rest.into()));
        }
        match parts.iter().filter(|p| matches!(p, Part::Serial(_))).count() {
            1 => Ok(Numbers { parts, checked: false }),
            _ => Err(("要有一个 {n:位数}", "it needs one {n:digits}")),
        }
    }

    /// Reads a number. `None` where it is not in the form of the scheme.
    pub fn read(&self, text: &str) -> Option<Said> {
        let mut said = Said { prefix: String::new(), serial: 0, code: None, year: None };
        let (mut rest, mut seen) = (text, false);
        for (i, part) in self.parts.iter().enumerate() {
            let before = rest;
            let digits = |n: usize| before.get(..n).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
            // Up to what the next part begins with.
            let next = self.parts[i + 1..].iter().find_map(|p| if let Part::Words(w) = p { Some(w.as_str()) } else { None });
            let upto = |n: Option<&str>| n.map_or(before.len(), |w| before.find(w).unwrap_or(before.len()));
            let taken = match part {
                Part::Words(w) => before.starts_with(w.as_str()).then_some(w.len())?,
                Part::Year => {
                    said.year = digits(4)?.parse().ok();
                    4
                }
                Part::Month => digits(2).filter(|m| ("01"..="12").contains(m)).map(str::len)?,
                Part::Day => digits(2).filter(|d| ("01"..="31").contains(d)).map(str::len)?,
                Part::Code | Part::Free => {
                    let n = upto(next);
                    let word = before.get(..n).filter(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))?;
                    if *part == Part::Code {
                        said.code = Some(word.to_string());
                    }
                    n
                }
                Part::Serial(least) => {
                    let n = before.bytes().take_while(u8::is_ascii_digit).count();
                    // A row of serials that grew out of its digits has one more.
                    let fits = n >= *least && n <= least.saturating_add(1).max(*least) || *least == 1 && n >= 1;
                    said.serial = before.get(..n).filter(|_| fits && n <= 15)?.parse().ok()?;
                    seen = true;
                    n
                }
            };
            if !seen {
                said.prefix.push_str(&before[..taken]);
            }
            rest = &before[taken..];
        }
        rest.is_empty().then_some(said)
    }

    /// The number after those that were ever given. `None` where the scheme needs what is not known.
    pub fn next<'a>(&self, code: Option<&str>, on: jiff::civil::Date, given: impl Iterator<Item = &'a str>) -> Option<String> {
        let mut prefix = String::new();
        let (mut width, mut after) = (0, String::new());
        for part in &self.parts {
            let text = match part {
                Part::Words(w) => w.clone(),
                Part::Code => code?.to_string(),
                Part::Year => format!("{:04}", on.year()),
                Part::Month => format!("{:02}", on.month()),
                Part::Day => format!("{:02}", on.day()),
                Part::Free => return None,
                Part::Serial(n) => {
                    width = *n;
                    continue;
                }
            };
            if width == 0 { prefix.push_str(&text) } else { after.push_str(&text) }
        }
        let last = given.filter_map(|g| self.read(g)).filter(|s| s.prefix == prefix).map(|s| s.serial).max().unwrap_or(0);
        Some(format!("{prefix}{:0width$}{after}", last + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn schemes_and_patterns() {
        let usual = Numbers::default();
        assert_eq!(usual.read("000014349/2017-00110").map(|s| (s.prefix, s.serial, s.year)), Some(("000014349/2017-".into(), 110, Some(2017))));
        assert!(usual.read("002489401/2024-274848").is_some() && usual.read("000014349/201713-00110").is_none() && usual.read("000014349/2017-1").is_none());
        let given = ["000014349/2026-00007", "000014349/2025-00099", "other"];
        assert_eq!(usual.next(Some("000014349"), date(2026, 7, 1), given.into_iter()).as_deref(), Some("000014349/2026-00008"));
        assert_eq!(usual.next(None, date(2026, 7, 1), given.into_iter()), None);
        let month = Numbers::scheme("orgcode-month").unwrap();
        assert!(month.read("11341702486344515H/202110-00013").is_some() && month.read("11341702486344515H/202113-00013").is_none());
        let ningbo = Numbers::scheme("ningbo").unwrap();
        assert!(ningbo.read("330200-14-05-01-20180801-003").is_some() && ningbo.read("330200-14-05").is_none());
        let own = Numbers::pattern("YT-{code}-{year}-{n:4}").unwrap();
        assert_eq!(own.next(Some("MZ"), date(2026, 7, 1), ["YT-MZ-2026-0009"].into_iter()).as_deref(), Some("YT-MZ-2026-0010"));
        assert!(Numbers::pattern("{code}-{year}").is_err() && Numbers::pattern("{x}-{n}").is_err() && Numbers::pattern("{n").is_err());
        assert_eq!(Numbers::pattern("{n}号").unwrap().next(None, date(2026, 1, 1), ["9号"].into_iter()).as_deref(), Some("10号"));
    }
}
