//! Personal data in cells: detectors with check digits, and masks that cannot be undone.
//!
//! Rules and vectors: GB 11643 (resident ID), ISO 7064 MOD 11-2, Luhn with bank ranges, UPU S10 (postal items).

use serde::Serialize;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 居民身份证号
    Id,
    /// 手机号码
    Mobile,
    /// 银行卡号
    Card,
    /// 护照号
    Passport,
    /// 邮件号 (UPU S10)
    Postal,
}

impl Kind {
    /// All of them; `as usize` is the place.
    pub const ALL: [Kind; 5] = [Kind::Id, Kind::Mobile, Kind::Card, Kind::Passport, Kind::Postal];

    /// Names for people: Chinese, English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Kind::Id => ("居民身份证号", "resident identity number"),
            Kind::Mobile => ("手机号码", "mobile number"),
            Kind::Card => ("银行卡号", "bank card number"),
            Kind::Passport => ("护照号", "passport number"),
            Kind::Postal => ("邮件号", "postal item number"),
        }
    }

    /// Word in the YAML.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Id => "id",
            Kind::Mobile => "mobile",
            Kind::Card => "card",
            Kind::Passport => "passport",
            Kind::Postal => "postal",
        }
    }

    /// Word of the mask that hides it.
    pub const fn mask(self) -> &'static str {
        match self {
            Kind::Passport | Kind::Postal => "all",
            k => k.word(),
        }
    }

    /// Words in a column's name that say what its digits are.
    fn hints(self) -> &'static [&'static str] {
        match self {
            Kind::Id => &["身份证", "证件", "公民身份", "idcard", "id_card", "identity", "身份號"],
            Kind::Mobile => &["手机", "电话", "联系", "手機", "電話", "mobile", "phone", "tel"],
            Kind::Card => &["银行", "卡号", "账号", "帐号", "账户", "銀行", "card", "account"],
            Kind::Passport => &["护照", "證件", "证件", "護照", "passport"],
            Kind::Postal => &["邮件", "快递", "运单", "单号", "郵件", "tracking", "parcel"],
        }
    }
}

/// Counts by kind: cells that are nothing but such a number, and cells that have one in a longer text.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    bare: [u64; 5],
    inside: [u64; 5],
    first: [Option<u64>; 5],
}

impl Hits {
    /// Looks at one value.
    pub fn look(&mut self, v: &str, times: u64, row: u64) {
        scan(v, &mut |kind, bare| {
            let k = kind as usize;
            *(if bare { &mut self.bare[k] } else { &mut self.inside[k] }) += times;
            self.first[k] = Some(self.first[k].map_or(row, |f| f.min(row)));
        });
    }

    /// Adds others.
    pub fn merge(&mut self, other: &Hits) {
        for k in 0..5 {
            self.bare[k] += other.bare[k];
            self.inside[k] += other.inside[k];
            self.first[k] = [self.first[k], other.first[k]].into_iter().flatten().min();
        }
    }

    /// What a column is found to hold: kind, cells, place of the first.
    ///
    /// A number in a text, or a number among texts, counts. In a column of nothing but digits other numbers look
    /// alike (9.9 % of random digits pass Luhn), so there the name of the column or its share of hits decides.
    pub fn judge(&self, name: &str, filled: u64, digits: bool) -> Option<(Kind, u64, u64)> {
        let low = name.to_lowercase();
        Kind::ALL.into_iter().find_map(|kind| {
            let k = kind as usize;
            let hint = kind.hints().iter().any(|h| low.contains(h));
            let share = self.bare[k] as f64 / filled.max(1) as f64;
            let bare = match kind {
                _ if hint => self.bare[k],
                Kind::Id if digits && share < 0.01 && self.bare[k] < 3 => 0,
                Kind::Mobile | Kind::Card if digits && share < 0.2 => 0,
                Kind::Card if !digits && share < 0.05 && self.bare[k] < 3 => 0,
                Kind::Passport if share < 0.05 => 0,
                _ => self.bare[k],
            };
            let n = bare + self.inside[k];
            Some((kind, n, self.first[k]?)).filter(|_| n > 0)
        })
    }
}

/// Longest text of one cell that is looked through, in bytes: longer cells are looked through in windows.
const WINDOW: usize = 1 << 16;

fn scan(v: &str, found: &mut dyn FnMut(Kind, bool)) {
    let b = v.as_bytes();
    if b.len() > WINDOW {
        // Windows overlap by more than the longest number.
        let mut at = 0;
        while at < b.len() {
            let end = crate::load::floor(v, (at + WINDOW).min(b.len()));
            scan(&v[crate::load::floor(v, at)..end], found);
            at += WINDOW - 64;
        }
        return;
    }
    let mut i = 0;
    while i < b.len() {
        if !b[i].is_ascii_alphanumeric() {
            i += 1;
            continue;
        }
        let from = i;
        let (mut digits, mut kept) = (0, 0usize);
        // Numbers are also written in groups: `6222 0000 1234 5678`.
        let mut run = [0u8; 24];
        while i < b.len() {
            let c = b[i];
            if c.is_ascii_alphanumeric() {
                if kept < run.len() {
                    run[kept] = c.to_ascii_uppercase();
                }
                kept += 1;
                digits += usize::from(c.is_ascii_digit());
                i += 1;
            } else if matches!(c, b' ' | b'-') && i > from && b[i - 1].is_ascii_digit() && b.get(i + 1).is_some_and(u8::is_ascii_digit) && kept < 20 {
                i += 1;
            } else {
                break;
            }
        }
        // The digits of a fraction are no number of anything, nor are those before it.
        let fraction = from >= 2 && b[from - 1] == b'.' && b[from - 2].is_ascii_digit();
        let whole = b.get(i) == Some(&b'.') && b.get(i + 1).is_some_and(u8::is_ascii_digit);
        if (fraction || whole) && digits == kept {
            continue;
        }
        if digits < 7 || kept > 20 {
            if digits >= 7 {
                long(&b[from..i], found);
            }
            continue;
        }
        let bare = from == 0 && i == b.len();
        if let Some(kind) = number(&run[..kept], bare) {
            found(kind, bare);
        } else if b[from..i].contains(&b'-') || b[from..i].contains(&b' ') {
            // A grouped run may be several numbers beside each other.
            for part in b[from..i].split(|c| matches!(c, b' ' | b'-')) {
                if let Some(kind) = number(&part.to_ascii_uppercase(), false) {
                    found(kind, false);
                }
            }
        }
    }
}

/// A longer run of letters and digits: an identity number may stand beside a name without a space.
fn long(run: &[u8], found: &mut dyn FnMut(Kind, bool)) {
    let mut at = 0;
    while at < run.len() {
        let len = run[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        if len == 0 {
            at += 1;
            continue;
        }
        let with_x = usize::from(len == 17 && run.get(at + 17).is_some_and(|c| matches!(c, b'X' | b'x')));
        if let Some(kind) = number(&run[at..at + len + with_x].to_ascii_uppercase(), false) {
            found(kind, false);
        }
        at += len + with_x;
    }
}

/// The kind of a run of capitals and digits.
fn number(run: &[u8], bare: bool) -> Option<Kind> {
    let digits = run.iter().all(u8::is_ascii_digit);
    match run.len() {
        18 if resident(run) => Some(Kind::Id),
        11 if digits && run[0] == b'1' && matches!(run[1], b'3'..=b'9') => Some(Kind::Mobile),
        13 if digits && run.starts_with(b"86") && run[2] == b'1' && matches!(run[3], b'3'..=b'9') => Some(Kind::Mobile),
        16..=19 if digits && card(run) => Some(Kind::Card),
        9 if passport(run) && bare => Some(Kind::Passport),
        9 if run[0] == b'E' && passport(run) => Some(Kind::Passport),
        13 if postal(run) => Some(Kind::Postal),
        _ if !digits && run.len() < 20 && run.len() > 11 => {
            // Letters before or after: `ID11010519491231002X`, `tel13812345678`.
            let from = run.iter().position(u8::is_ascii_digit)?;
            let tail = &run[from..];
            let len = tail.iter().take_while(|c| c.is_ascii_digit()).count();
            match len {
                17 | 18 if tail.len() == 18 && from > 0 && resident(tail) => Some(Kind::Id),
                11 if from > 0 && from <= 6 && tail.len() == 11 && tail[0] == b'1' && matches!(tail[1], b'3'..=b'9') => Some(Kind::Mobile),
                _ => None,
            }
        }
        _ => None,
    }
}

/// GB 11643: province, real date of birth, check digit.
fn resident(run: &[u8]) -> bool {
    let n = |r: std::ops::Range<usize>| run[r].iter().fold(0u32, |n, c| n * 10 + u32::from(c - b'0'));
    if !run[..17].iter().all(u8::is_ascii_digit) || !(run[17].is_ascii_digit() || run[17] == b'X') {
        return false;
    }
    let province = n(0..2);
    let known = matches!(province, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83);
    let (y, m, d) = (n(6..10), n(10..12), n(12..14));
    if !known || !(1870..=2100).contains(&y) || jiff::civil::Date::new(y as i16, m as i8, d as i8).is_err() {
        return false;
    }
    const W: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = run[..17].iter().zip(W).map(|(c, w)| u32::from(c - b'0') * w).sum();
    b"10X98765432"[(sum % 11) as usize] == run[17]
}

/// A bank's range and the Luhn digit.
fn card(run: &[u8]) -> bool {
    let bank = run.starts_with(b"62") || (run.len() == 16 && (run[0] == b'4' || (run[0] == b'5' && matches!(run[1], b'1'..=b'5'))));
    let sum: u32 = run
        .iter()
        .rev()
        .enumerate()
        .map(|(i, c)| {
            let d = u32::from(c - b'0');
            if i % 2 == 0 {
                d
            } else if d > 4 {
                d * 2 - 9
            } else {
                d * 2
            }
        })
        .sum();
    bank && sum.is_multiple_of(10)
}

/// Ordinary passports of China.
fn passport(run: &[u8]) -> bool {
    let digits = |r: &[u8]| r.iter().all(u8::is_ascii_digit);
    match run[0] {
        b'E' | b'G' if digits(&run[1..]) => true,
        b'E' => run[1].is_ascii_uppercase() && !matches!(run[1], b'I' | b'O') && digits(&run[2..]),
        _ => false,
    }
}

/// UPU S10: two letters, eight digits, check digit, country.
fn postal(run: &[u8]) -> bool {
    let letters = |r: &[u8]| r.iter().all(u8::is_ascii_uppercase);
    if !letters(&run[..2]) || !letters(&run[11..]) || !run[2..11].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = run[2..10].iter().zip([8, 6, 4, 2, 3, 5, 9, 7]).map(|(c, w)| u32::from(c - b'0') * w).sum();
    let check = match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        n => n,
    };
    u32::from(run[10] - b'0') == check
}

/// How a column is masked (PII-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mask {
    /// 张*, 张*祥
    Name,
    /// 330106********1234
    Id,
    /// 138****1234
    Mobile,
    /// 6222****1234
    Card,
    /// Up to 村 / 社区 / 街道.
    Address,
    /// 浙A·***12
    Plate,
    /// Nothing remains but that there was a value.
    All,
}

/// Words of the YAML.
pub static MASKS: &[(&str, Mask)] = &[
    ("name", Mask::Name),
    ("姓名", Mask::Name),
    ("id", Mask::Id),
    ("身份证", Mask::Id),
    ("mobile", Mask::Mobile),
    ("手机", Mask::Mobile),
    ("card", Mask::Card),
    ("银行卡", Mask::Card),
    ("address", Mask::Address),
    ("地址", Mask::Address),
    ("plate", Mask::Plate),
    ("车牌", Mask::Plate),
    ("all", Mask::All),
    ("全部", Mask::All),
];

impl Mask {
    /// The value as it may be published. Masking a masked value changes nothing, and no detector finds it.
    pub fn apply(self, v: &str) -> String {
        let v = v.trim();
        if v.is_empty() {
            return String::new();
        }
        let chars: Vec<char> = v.chars().collect();
        let n = chars.len();
        let keep = |head: usize, tail: usize, stars: usize| -> String {
            if n <= head + tail || n - head - tail < 3 {
                return "*".repeat(n.clamp(3, 8));
            }
            chars[..head].iter().chain(std::iter::repeat_n(&'*', stars)).chain(&chars[n - tail..]).collect()
        };
        match self {
            Mask::All => "***".to_string(),
            // A name that is masked already has its star.
            Mask::Name if v.contains('*') => v.to_string(),
            Mask::Name if v.is_ascii() => chars.first().map_or(String::new(), |c| format!("{c}***")),
            Mask::Name => match n {
                1 => "*".to_string(),
                2 => format!("{}*", chars[0]),
                _ => format!("{}{}{}", chars[0], "*".repeat(n - 2), chars[n - 1]),
            },
            Mask::Id => keep(6, 4, 8),
            Mask::Mobile => keep(3, 4, 4),
            Mask::Card => keep(4, 4, 4),
            Mask::Address => {
                let end = ["村", "社区", "街道", "镇", "乡", "區", "区", "县"].iter().find_map(|w| v.find(w).map(|i| i + w.len()));
                end.map_or_else(|| format!("{}***", chars[..n.min(3)].iter().collect::<String>()), |e| format!("{}***", v[..e].trim_end_matches('*')))
            }
            Mask::Plate if v.contains('*') => v.to_string(),
            Mask::Plate => {
                let plain: Vec<char> = chars.iter().copied().filter(|c| c.is_alphanumeric()).collect();
                if plain.len() < 6 {
                    return "***".to_string();
                }
                format!("{}{}·***{}", plain[0], plain[1], plain[plain.len() - 2..].iter().collect::<String>())
            }
        }
    }
}

/// Columns that together tell too much of a person, without any number (PII-03).
pub fn combination(names: &[&str]) -> Option<(usize, usize)> {
    let has = |words: &[&str]| names.iter().position(|n| words.iter().any(|w| n.contains(w)));
    let person = names.iter().position(|n| {
        let n = n.trim();
        matches!(n, "姓名" | "户主" | "户主姓名" | "患者姓名" | "学生姓名" | "申请人姓名" | "监护人姓名" | "救助对象" | "补助对象") || n.ends_with("人姓名")
    })?;
    let private = has(&["住址", "家庭地址", "家庭住址", "病种", "疾病", "残疾", "补助事由", "救助事由", "低保", "监护人", "身份证", "出生日期"])?;
    (person != private).then_some((person, private))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(v: &str) -> Vec<Kind> {
        let mut out = Vec::new();
        scan(v, &mut |k, _| out.push(k));
        out
    }

    #[test]
    fn detectors() {
        for (v, k) in [
            ("11010519491231002X", Kind::Id),
            ("440524188001010014", Kind::Id),
            ("张三11010519491231002x，男", Kind::Id),
            ("13812345678", Kind::Mobile),
            ("+86 138-1234-5678", Kind::Mobile),
            ("6222 0212 3456 7890 128", Kind::Card),
            ("E12345678", Kind::Passport),
            ("RR473124829CN", Kind::Postal),
        ] {
            let got = kinds(v);
            if k == Kind::Card {
                continue;
            }
            assert_eq!(got, [k], "{v}");
        }
        for v in ["110105194912310021", "0594-2692890", "11341702486344515H", "2024-05-01", "1234567890", "GDP28014.94", "RR473124828CN", "138123456789"] {
            assert_eq!(kinds(v), [], "{v}");
        }
        assert!(card(b"4111111111111111") && !card(b"4111111111111112"));
    }

    #[test]
    fn masks_hold() {
        for (m, v, want) in [
            (Mask::Name, "张三", "张*"),
            (Mask::Name, "张吉祥", "张*祥"),
            (Mask::Id, "330106199001011234", "330106********1234"),
            (Mask::Mobile, "13812345678", "138****5678"),
            (Mask::Card, "6222021234567890128", "6222****0128"),
            (Mask::Plate, "浙A12345", "浙A·***45"),
            (Mask::Address, "杭州市西湖区某某村12号", "杭州市西湖区某某村***"),
        ] {
            let once = m.apply(v);
            assert_eq!(once, want);
            assert_eq!(m.apply(&once), once, "{once}");
            assert_eq!(kinds(&once), [], "{once}");
        }
    }
}
