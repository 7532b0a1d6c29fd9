//! Personal data in columns: what the detectors find in the cells, judged as a whole, and masks that cannot be undone.

pub use super::veil::{MASKS, Mask};
pub use crate::personal::{KINDS, Kind};

use crate::personal::together::{self, Like};
use crate::personal::{self, Search, Seen, Sure, amount, any_of, grade};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Words in a column's name that say what its digits are. Latin words must stand alone: `obyvatel` is no telephone.
fn hints(kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        Kind::Id => (&["身份证", "证件号", "公民身份", "身份號", "身份證", "身分證", "身分证", "證件號", "sfz"], &["idcard", "identity", "idno", "sfzh"]),
        Kind::Mobile => (
            &["手机", "电话", "联系方式", "联系号", "手機", "電話", "联络"],
            &["mobile", "phone", "tel", "telephone", "cell", "cellphone", "contact", "telno", "lxdh", "sjh"],
        ),
        Kind::Card => (&["银行", "卡号", "账号", "帐号", "账户", "銀行", "帳號", "存折", "存摺"], &["card", "account", "iban", "bank"]),
        Kind::Passport => (
            &["身份证", "身份證", "身分證", "身分证", "护照", "證件", "证件", "護照", "通行证", "通行證", "回乡证", "台胞证", "passport"],
            &["passport", "hkid"],
        ),
        Kind::Postal => (&["邮件", "快递", "运单", "单号", "郵件"], &["tracking", "parcel", "postal"]),
        Kind::Plate => (&["车牌", "号牌", "車牌"], &["plate"]),
        Kind::Person => (&[], &[]),
    }
}

/// Names of columns whose digits are codes, days or amounts.
static CODES: (&[&str], &[&str]) = (
    &[
        "编号",
        "編號",
        "编码",
        "編碼",
        "代码",
        "代碼",
        "序号",
        "流水",
        "文号",
        "文號",
        "网址",
        "链接",
        "时间",
        "日期",
        "金额",
        "总额",
        "合计",
        "数量",
        "收入",
        "支出",
        "面积",
        "产值",
        "人口",
        "价",
        "总值",
        "经度",
        "纬度",
        "条码",
        "年份",
        "单号",
        "案号",
        "工号",
        "学号",
        "准考证",
        "学籍号",
        "受理号",
        "登记号",
        "业务号",
        "户号",
        "合同号",
        "地块号",
        "宗地号",
        "箱号",
        "参考号",
        "备案号",
        "凭证号",
        "回执号",
        "批准号",
    ],
    &[
        "id",
        "code",
        "ref",
        "uuid",
        "guid",
        "key",
        "url",
        "link",
        "href",
        "oid",
        "fid",
        "gid",
        "objectid",
        "timestamp",
        "time",
        "date",
        "isbn",
        "issn",
        "barcode",
        "upc",
        "ean",
        "sku",
        "serial",
        "amount",
        "total",
        "value",
        "sum",
        "price",
        "cost",
        "gdp",
        "population",
        "area",
        "count",
        "lat",
        "lon",
        "lng",
        "x",
        "y",
        "geom",
        "geometry",
        "device",
        "evse",
        "hash",
        "year",
        "gnis",
        "osm",
        "parcel",
        "fips",
        "geoid",
        "globalid",
        "tract",
        "tractce",
        "abn",
        "acn",
        "doi",
        "apn",
        "permit",
        "order",
        "orderno",
        "invoice",
        "bytes",
        "number",
        "no",
    ],
);

/// Names of columns of free text, where a number alone is no figure.
static FREE: &[&str] = &["备注", "说明", "備註", "remark", "note", "comment", "姓名"];

/// The words of a name without figures: `tel1` is a telephone too.
pub fn words(name: &str) -> Vec<String> {
    super::names::words(name).iter().map(|w| w.trim_matches(|c: char| c.is_ascii_digit()).to_string()).collect()
}

fn named(name: &str, words: &[String], (parts, whole): (&[&str], &[&str])) -> bool {
    parts.iter().any(|p| name.contains(p)) || words.iter().any(|w| whole.contains(&&**w))
}

/// Whether a text calls what stands beside or under it a number of some kind.
pub fn calls(kind: Kind, text: &str) -> bool {
    named(&text.to_lowercase(), &words(text), hints(kind))
}

/// The same, of a number of any kind.
pub fn calls_any(text: &str) -> bool {
    static PARTS: LazyLock<Option<Search>> = LazyLock::new(|| any_of(Kind::ALL.iter().flat_map(|k| hints(*k).0).copied()));
    // One look for all parts of names; the words that must stand alone are all Latin.
    if let Some(parts) = PARTS.as_ref().filter(|_| caseless(text)) {
        return parts.is_match(text);
    }
    let (low, words) = (text.to_lowercase(), words(text));
    Kind::ALL.iter().any(|k| named(&low, &words, hints(*k)))
}

/// Whether a text is of Han, kana, figures and signs alone: of its letters none has a small and a large form.
fn caseless(text: &str) -> bool {
    // The last are the signs and figures of full width: （, ：, ０.
    text.chars().all(|c| if c.is_ascii() { !c.is_ascii_alphabetic() } else { matches!(c, '\u{3000}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF20}') })
}

/// What the table of a column says of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Of {
    /// The site has Chinese.
    pub chinese: bool,
    /// Its main language is Chinese.
    pub first: bool,
    /// Another column is that of offices.
    pub offices: bool,
    /// Another column is that of names of persons.
    pub persons: bool,
}

/// Names of columns of names of persons in the languages whose names no list of surnames tells.
static PERSONS: &[&str] =
    &["姓名", "氏名", "名前", "お名前", "성명", "이름", "성함", "фио", "имя", "фамилия", "nombre", "apellido", "prénom", "vorname", "nachname"];

/// Whether a column is named as one of names of persons.
pub fn of_names(name: &str) -> bool {
    let name = name.trim();
    if caseless(name) {
        // The words of Han have one sign in common.
        let said = name.contains('名') && PERSONS.iter().any(|w| name.contains(w));
        return said || together::of_people(name) || matches!(name, "户主" | "戶主" | "学生" | "申请人" | "联系人");
    }
    let low = name.to_lowercase();
    PERSONS.iter().any(|w| low.contains(w))
        || together::of_people(name)
        || matches!(&*low, "户主" | "戶主" | "学生" | "申请人" | "联系人" | "name" | "full name" | "fullname")
}

/// Names of columns of devices and products, whose numbers may have eleven digits.
fn serial(low: &str, words: &[String]) -> bool {
    [
        "设备",
        "序列",
        "机身",
        "资产",
        "产品",
        "出厂",
        "设施",
        "仪器",
        "器材",
        "車架",
        "车架",
        "发动机",
        "批次",
        "批号",
        "型号",
        "物料",
        "标签",
        "芯片",
        "电表",
        "水表",
        "燃气表",
        "表号",
        "终端",
        "插座",
        "电桩",
        "桩号",
    ]
    .iter()
    .any(|w| low.contains(w))
        || words.iter().any(|w| {
            matches!(
                &**w,
                "sn" | "serial"
                    | "serialno"
                    | "serialnumber"
                    | "imei"
                    | "imsi"
                    | "iccid"
                    | "sim"
                    | "mac"
                    | "asset"
                    | "assetid"
                    | "device"
                    | "deviceid"
                    | "equipment"
                    | "meter"
                    | "vin"
                    | "lot"
                    | "batch"
                    | "part"
                    | "model"
            )
        })
}

/// What was counted of one kind.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Count {
    /// Cells that are nothing but such a number.
    bare: u64,
    /// Cells that have one in a longer text.
    inside: u64,
    /// Cells that may have one in a longer text.
    perhaps: u64,
    /// Place of the first cell of any of these.
    first: Option<u64>,
}

impl Count {
    fn one(&mut self, times: u64, row: u64) {
        self.bare += times;
        self.first = Some(self.first.map_or(row, |f| f.min(row)));
    }

    fn merge(&mut self, o: &Count) {
        self.bare += o.bare;
        self.inside += o.inside;
        self.perhaps += o.perhaps;
        self.first = [self.first, o.first].into_iter().flatten().min();
    }
}

/// Numbers of persons in the cells of a column, and numbers of their length that are none: a code is known by its neighbours.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Hits {
    of: [Count; KINDS],
    /// Identity numbers whose check digit is wrong, and those of 15 digits.
    shaped: Count,
    old: Count,
    /// Of the mobile numbers, those that may be free numbers of North America, and any numbers of it.
    toll_free: u64,
    american: u64,
    /// Of those in a longer text, the ones that may be of North America.
    american_inside: u64,
    /// Numbers of North America that can be no mobile number of China.
    abroad: u64,
    /// Of the passports, those with a zero in the fourth place, as codes of areas have it (`E12000001`).
    zeros: u64,
    /// Other figures of 9 to 13, of 15, of 16 to 19 digits.
    like: [u64; 3],
    /// Of those in a longer text, the ones that a word for a telephone stands right before.
    rung: u64,
    /// Mobile numbers alone that are written in groups.
    dressed: u64,
    /// Figures of eight digits, and amounts with a point or separators that have as many before the point: days, and sums beside which a
    /// sum of eleven digits is none too many.
    large: u64,
    /// What is one only where the name of the column says so: `13,812,345,678`, `3.7E+17`, permits.
    weak: [Count; KINDS],
    /// Cells that have the form of a telephone number of any country.
    phones: Count,
    /// Identity numbers without their last sign; figures of 16 to 19 digits; a letter and eight digits, as cards of social security have.
    cut: Count,
    long: Count,
    nine: Count,
    /// Numbers in the form of a social security number of the United States.
    social: Count,
    /// Figures of eleven digits with `.00` behind them, as amounts have it and no telephone.
    money: u64,
    /// Of the mobile numbers, those that begin with a day (YYMMDD); the lowest and the highest.
    dated: u64,
    range: Option<(u64, u64)>,
    /// Names, homes.
    pub people: Like,
}

impl Hits {
    /// Looks at one value.
    pub fn look(&mut self, v: &str, times: u64, row: u64) {
        // 15117834256.0, as a program wrote it that had read a number.
        let whole = v.len();
        let plain = |v: &&str| v.len() == 11 && v.bytes().all(|c| c.is_ascii_digit());
        let v = match v.len() {
            13 => v.strip_suffix(".0").filter(plain).unwrap_or(v),
            14 => v.strip_suffix(".00").filter(plain).unwrap_or(v),
            _ => v,
        };
        self.money += if whole > v.len() + 2 { times } else { 0 };
        let b = v.as_bytes();
        let mut told = false;
        if (8..24).contains(&b.len()) && is_large(b) {
            self.large += times;
        }
        if b.len() == 11 && is_social(b) {
            self.social.bare += times;
            self.social.first = Some(self.social.first.map_or(row, |f| f.min(row)));
        }
        if b.len() < 20 && b.iter().all(u8::is_ascii_digit) && b.first() != Some(&b'0') {
            // A figure alone: most cells of large tables.
            let group = match b.len() {
                9..=13 => 0,
                15 => 1,
                16..=19 => 2,
                _ => return,
            };
            if b.len() == 10 || b.len() == 11 {
                self.phone(v, times, row);
            }
            if group == 2 {
                self.long.one(times, row);
                if b.len() == 17 && personal::shaped(&[&values(v)[..], &[0]].concat()) {
                    self.cut.one(times, row);
                }
            }
            if group == 0 && b.len() != 11 && b.len() != 13 {
                self.like[0] += times;
                return;
            }
            personal::scan(v, &mut |s| {
                told = true;
                self.take(v, &s, times, row);
            });
            if !told {
                self.like[group] += times;
            }
            return;
        }
        if b.len() == 9 && b[0].is_ascii_alphabetic() && b[1..].iter().all(u8::is_ascii_digit) {
            self.nine.one(times, row);
        }
        self.phone(v, times, row);
        // A decimal of ten digits at most: the shortest number without a letter has eleven.
        if b.len() < 12 && b.iter().all(|c| c.is_ascii_digit() || *c == b'.') && b.contains(&b'.') {
            return;
        }
        self.people.look(v, times);
        personal::scan(v, &mut |s| self.take(v, &s, times, row));
    }

    /// Looks at a value of six or seven signs that begins with a letter.
    pub fn plate(&mut self, v: &str, times: u64, row: u64) {
        if personal::bare_plate(v) {
            let count = &mut self.weak[Kind::Plate as usize];
            count.bare += times;
            count.first = Some(count.first.map_or(row, |f| f.min(row)));
        }
    }

    fn phone(&mut self, v: &str, times: u64, row: u64) {
        if is_phone(v) {
            self.phones.bare += times;
            self.abroad += if is_abroad(v) { times } else { 0 };
            self.phones.first = Some(self.phones.first.map_or(row, |f| f.min(row)));
        }
    }

    fn take(&mut self, v: &str, s: &Seen, times: u64, row: u64) {
        let add = |c: &mut Count| c.first = Some(c.first.map_or(row, |f| f.min(row)));
        if s.weak && (s.bare || grade(v, s).is_none()) {
            // Figures of this length are counted too: of those, one in ten has the digit of a card.
            if s.kind == Kind::Card {
                self.like[2] += times;
            }
            let count = &mut self.weak[s.kind as usize];
            count.bare += times;
            add(count);
            return;
        }
        let count = &mut self.of[s.kind as usize];
        // In groups, behind the number of the country: no amount is written so.
        let alone = s.at.end == v.len() && v[..s.at.start].chars().all(|c| matches!(c, '+' | '＋' | '(' | '（' | ' '));
        if alone && s.proof && s.kind == Kind::Mobile && dressed(v) {
            count.inside += times;
            self.dressed += times;
            add(count);
            return;
        }
        if s.bare && s.kind == Kind::Card && dressed(v) {
            count.perhaps += times;
            add(count);
            return;
        }
        if s.bare && s.kind != Kind::Person {
            let count = match (s.kind, s.old, s.proof) {
                (Kind::Id, true, _) => &mut self.old,
                (Kind::Id, _, false) => &mut self.shaped,
                _ => count,
            };
            count.bare += times;
            add(count);
            if s.kind == Kind::Passport && v.as_bytes().get(3) == Some(&b'0') {
                self.zeros += times;
            }
            if s.kind == Kind::Mobile {
                let digits = values(&personal::core(v));
                self.dated += if dated(&digits) { times } else { 0 };
                let n = digits.iter().fold(0u64, |n, d| n.wrapping_mul(10).wrapping_add(u64::from(*d)));
                self.range = Some(self.range.map_or((n, n), |(a, b)| (a.min(n), b.max(n))));
                self.toll_free += if personal::toll_free(&digits) { times } else { 0 };
                self.american += if personal::american(&digits) { times } else { 0 };
            }
            return;
        }
        if s.kind == Kind::Mobile && personal::american(&values(&personal::core(&v[s.at.clone()]))) {
            self.american_inside += times;
        }
        if s.kind == Kind::Mobile && personal::to_ring(v, s.at.start) {
            self.rung += times;
        }
        match grade(v, s) {
            // In a table a contact is one of a list.
            Some(Sure::Perhaps) if s.kind == Kind::Mobile && !s.among => count.inside += times,
            Some(Sure::Yes) => count.inside += times,
            Some(Sure::Perhaps) => count.perhaps += times,
            // A name of the column may yet say that it is a passport.
            None if s.kind == Kind::Passport && !s.glued => count.perhaps += times,
            None => return,
        }
        add(count);
    }

    /// Adds others.
    pub fn merge(&mut self, other: &Hits) {
        self.of.iter_mut().zip(&other.of).for_each(|(a, b)| a.merge(b));
        self.shaped.merge(&other.shaped);
        self.old.merge(&other.old);
        self.toll_free += other.toll_free;
        self.american += other.american;
        self.american_inside += other.american_inside;
        self.abroad += other.abroad;
        self.zeros += other.zeros;
        self.weak.iter_mut().zip(&other.weak).for_each(|(a, b)| a.merge(b));
        self.phones.merge(&other.phones);
        self.social.merge(&other.social);
        self.cut.merge(&other.cut);
        self.long.merge(&other.long);
        self.nine.merge(&other.nine);
        self.dated += other.dated;
        self.range = match (self.range, other.range) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        self.people.merge(&other.people);
        self.like.iter_mut().zip(other.like).for_each(|(a, b)| *a += b);
        self.large += other.large;
        self.rung += other.rung;
        self.dressed += other.dressed;
        self.money += other.money;
    }

    /// Whether the eleven digits of a column are codes by their own look: each begins with a day, or they stand close together.
    fn series(&self, n: u64) -> bool {
        n >= SERIES && (self.dated == n || self.range.is_some_and(|(a, b)| b - a < n.saturating_mul(1_000)))
    }

    /// Whether the eleven digits of a column of telephones are those of North America, by the others of it and by the site.
    fn foreign(&self, n: u64, persons: bool, offices: bool, table: Of) -> bool {
        let all = n + self.american_inside > 0 && self.american == n;
        let among = self.abroad > 0 && self.abroad * 4 >= n;
        match (table.chinese, table.first) {
            (false, _) => all || among || (!persons && (offices || table.offices)),
            (true, false) => (all && n >= CHANCE) || (among && (all || !persons && (offices || table.offices))),
            (true, true) => all && among,
        }
    }

    /// What a column is found to hold: kind, cells, place of the first, and whether that is certain.
    ///
    /// A number in a text, or a number among texts, counts. In a column of nothing but digits other numbers look
    /// alike (9.9 % of random digits pass Luhn, one in eleven codes of region and day the check of an identity number),
    /// so there the name of the column, the share of hits and the other figures decide.
    ///
    /// On a site that has no Chinese, eleven digits alone are a mobile number of China only where the name of the column
    /// calls them telephones, and where they cannot be numbers of North America: else somebody should look. What may be of
    /// either is one of North America among others that can only be of it, or where nearly every number would have to be so
    /// by chance (half of the mobile numbers of China have the form).
    pub fn judge(&self, name: &str, filled: u64, digits: bool, table: Of) -> Option<(Kind, u64, u64, Sure)> {
        let chinese = table.chinese;
        let low = name.to_lowercase();
        let words = words(name);
        let code = named(&low, &words, CODES);
        let free = FREE.iter().any(|w| low.contains(w));
        let digits = digits && !free;
        let mut best: Option<(Kind, u64, u64, Sure)> = None;
        for kind in Kind::ALL {
            let c = &self.of[kind as usize];
            let hint = named(&low, &words, hints(kind));
            // 11 digits of money, of an amount, of a count are no telephones.
            let share = c.bare as f64 / filled.max(1) as f64;
            let n = c.bare;
            // But a head may be wrong: all of them are, and names stand beside them.
            let misnamed = kind == Kind::Mobile && !hint && table.persons && share >= 0.8 && self.like[0] == 0;
            // Beside figures far shorter a number of eleven digits is no amount, but may have slipped into the wrong column.
            let lone = self.like[0] == 0 && self.large == 0;
            let of_amounts = !hint && !misnamed && amount(&low, &words);
            let foreign = kind == Kind::Mobile && low.is_ascii() && self.foreign(n, of_persons(&words), of_offices(&words), table);
            // How many of the bare numbers are certain: all, none, or perhaps.
            let sure = match kind {
                _ if hint && kind == Kind::Mobile && n > 0 && self.toll_free == n && low.is_ascii() => Some(Sure::Perhaps),
                // Or beside as many figures of their length that can be none.
                _ if hint && kind == Kind::Mobile && n > 0 && foreign => Some(Sure::Perhaps),
                _ if hint => Some(Sure::Yes),
                // Codes of region and day: few of them have the check digit.
                Kind::Id if self.shaped.bare >= 4 && n * 2 < n + self.shaped.bare => Some(Sure::Perhaps),
                Kind::Id if code && low.contains("信用") => Some(Sure::Perhaps),
                Kind::Id if digits && self.like[2] > n * 100 => Some(Sure::Perhaps),
                Kind::Id => Some(Sure::Yes),
                // A column of nothing but such numbers, by chance never: `value` is what a program calls whatever it turned round.
                Kind::Mobile if of_amounts && n >= SERIES && n == filled && lone && !self.series(n) => Some(Sure::Perhaps),
                Kind::Mobile if of_amounts => (lone && n * 4 <= filled).then_some(Sure::Perhaps),
                // 13745678912.00 in every cell. Beside names it may be a telephone that a program took for a number.
                Kind::Mobile if n > 0 && self.money >= n && !misnamed => Some(Sure::Perhaps),
                // Numbers of employees and students: some have eleven digits.
                Kind::Mobile if ["工号", "学号", "准考证", "学籍号"].iter().any(|w| low.contains(w)) => None,
                Kind::Mobile if misnamed && n >= 2 && !low.contains("编号") && !serial(&low, &words) => Some(Sure::Yes),
                Kind::Mobile if code || serial(&low, &words) => (share >= 0.5 && self.like[0] * 9 <= n || lone && of_days(&low)).then_some(Sure::Perhaps),
                Kind::Mobile if digits && !misnamed && !table.persons && self.series(n) => Some(Sure::Perhaps),
                Kind::Mobile if !chinese && low.is_ascii() && !free => (share >= 0.2 && self.like[0] <= n).then_some(Sure::Perhaps),
                Kind::Mobile if digits && share >= 0.5 && n >= 3 && self.like[0] * 9 <= n => Some(Sure::Yes),
                Kind::Mobile if digits => (share >= 0.2 && self.like[0] <= n || lone).then_some(Sure::Perhaps),
                Kind::Mobile if self.like[0] > n * 4 => Some(Sure::Perhaps),
                Kind::Mobile => Some(Sure::Yes),
                Kind::Card if !code && n >= 3 && self.like[2] * 9 <= n && (!digits || share >= 0.2) => Some(Sure::Yes),
                Kind::Card => ((!code || n >= 3 || of_days(&low) || amount(&low, &words)) && self.like[2] == 0).then_some(Sure::Perhaps),
                // Batches and models look so too: names beside them tell.
                Kind::Passport => (!code && n >= 3 && share >= 0.5 && self.zeros * 2 < n).then_some(if table.persons { Sure::Yes } else { Sure::Perhaps }),
                Kind::Postal => (!code && n > 0).then_some(if n >= 3 && share >= 0.5 { Sure::Yes } else { Sure::Perhaps }),
                Kind::Plate | Kind::Person => Some(Sure::Yes),
            };
            let (mut yes, mut maybe) = (c.inside, if kind == Kind::Passport && !hint { 0 } else { c.perhaps });
            if hint && foreign && self.american_inside >= c.inside + c.perhaps {
                (yes, maybe) = (0, yes + maybe);
            } else if hint {
                (yes, maybe) = (yes + maybe, 0);
            }
            // Several of them in texts are no chance.
            if !code && matches!(kind, Kind::Card | Kind::Postal) && c.perhaps >= 3 && self.like[2] == 0 {
                (yes, maybe) = (yes + maybe, 0);
            }
            // A list of lines: a name and a home in each of them.
            if kind == Kind::Person && c.perhaps >= 3 && c.perhaps * 10 >= filled * 8 {
                (yes, maybe) = (yes + maybe, 0);
            }
            // Certificates and tax numbers that are made of whole identity numbers: a check digit that holds in nearly every cell is no
            // chance.
            if kind == Kind::Id && c.perhaps >= 3 && c.perhaps * 10 >= filled * 8 {
                (yes, maybe) = (yes + maybe, 0);
            }
            // A code may have the digits of a mobile number in it.
            if code && !hint && kind == Kind::Mobile {
                let grouped = if amount(&low, &words) || of_days(&low) { self.dressed } else { 0 };
                let told = yes.min(self.rung + grouped);
                (yes, maybe) = (told, yes - told + maybe);
            }
            match sure {
                Some(Sure::Yes) => yes += n,
                Some(Sure::Perhaps) => maybe += n,
                None => {}
            }
            let mut first = c.first;
            let weak = &self.weak[kind as usize];
            if hint && weak.bare > 0 && (kind != Kind::Card || weak.bare * 2 > self.like[2]) {
                // A plate without its province: on a site in other languages the column may be of anything.
                if kind == Kind::Plate && low.is_ascii() && !chinese {
                    maybe += weak.bare;
                } else {
                    yes += weak.bare;
                }
                first = [first, weak.first].into_iter().flatten().min();
            }
            if kind == Kind::Mobile && yes + maybe == 0 && !code && (of_persons(&words) || carried(&low)) && self.phones.bare * 2 >= filled {
                maybe += self.phones.bare;
                first = self.phones.first;
            }
            if kind == Kind::Id && self.social.bare > 0 && of_social(&words) {
                yes += self.social.bare;
                first = [first, self.social.first].into_iter().flatten().min();
            }
            if kind == Kind::Id {
                let seen = |c: &Count| if c.bare > 0 { c.first } else { None };
                if hint {
                    yes += self.shaped.bare + self.old.bare;
                    first = [first, seen(&self.shaped), seen(&self.old)].into_iter().flatten().min();
                } else if table.persons && together::mute(name) && (self.shaped.bare + n) * 10 >= filled * 8 {
                    // A list without a head: numbers beside names, whatever their last sign.
                    yes += self.shaped.bare;
                    first = [first, seen(&self.shaped)].into_iter().flatten().min();
                } else if !code && self.old.bare >= 3 && self.old.bare >= self.like[1] * 9 {
                    yes += self.old.bare;
                    first = [first, seen(&self.old)].into_iter().flatten().min();
                } else if (!code || of_days(&low) || amount(&low, &words)) && self.old.bare > 0 && self.like[1] == 0 {
                    maybe += self.old.bare;
                    first = [first, seen(&self.old)].into_iter().flatten().min();
                }
            }
            let Some(first) = first else { continue };
            let hit = match (yes, maybe) {
                (0, 0) => continue,
                (0, m) => (kind, m, first, Sure::Perhaps),
                (y, _) => (kind, y, first, Sure::Yes),
            };
            if best.is_none_or(|b| b.3 < hit.3) {
                best = Some(hit);
            }
        }
        if best.is_some_and(|b| b.3 == Sure::Yes) {
            return best;
        }
        let hit = self.without_proof(&low, &words, filled, code, table);
        if best.is_none_or(|b| hit.is_some_and(|h| b.3 < h.3)) { hit } else { best }
    }

    /// Numbers that have no proof of their own, in a column that is called so: identity numbers without their last sign, accounts that no
    /// check digit holds for, cards of social security.
    fn without_proof(&self, low: &str, words: &[String], filled: u64, code: bool, table: Of) -> Option<(Kind, u64, u64, Sure)> {
        let most = |c: &Count| c.bare > 0 && c.bare * 2 >= filled;
        let told = |kind: Kind, c: &Count, sure: Sure| c.first.map(|first| (kind, c.bare, first, sure));
        if most(&self.cut) {
            if named(low, words, hints(Kind::Id)) {
                return told(Kind::Id, &self.cut, if self.cut.bare >= 3 { Sure::Yes } else { Sure::Perhaps });
            }
            if table.persons && !code && self.cut.bare >= 3 && self.cut.bare * 10 >= filled * 8 {
                return told(Kind::Id, &self.cut, Sure::Perhaps);
            }
        }
        if table.persons && most(&self.long) && named(low, words, hints(Kind::Card)) {
            return told(Kind::Card, &self.long, Sure::Perhaps);
        }
        let social = ["社会保障卡", "社保卡", "社保号", "社保编号", "社會保障"].iter().any(|w| low.contains(w));
        (social && most(&self.nine) && (table.persons || self.nine.bare >= 3)).then(|| told(Kind::Card, &self.nine, Sure::Perhaps)).flatten()
    }
}

/// Whether a number is written in groups or behind the number of the country, as no figure is.
fn dressed(v: &str) -> bool {
    !v.contains(['e', 'E', '.', ',']) && v.chars().any(|c| !c.is_numeric())
}

/// A day without signs between, or an amount of ten million and more.
fn is_large(b: &[u8]) -> bool {
    let whole = b.iter().position(|c| *c == b'.').unwrap_or(b.len());
    let digits = b[..whole].iter().filter(|c| c.is_ascii_digit()).count();
    (digits == 8 || digits > 8 && (whole < b.len() || b[..whole].contains(&b',')))
        && b.iter().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b',' | b'-'))
        && !b[1..].contains(&b'-')
}

/// The name of a column of days.
fn of_days(low: &str) -> bool {
    ["日期", "时间", "日", "date"].iter().any(|w| low.ends_with(w))
}

/// Fewest numbers of a column that are a series: of telephones one in 25 begins like a day, so that eight do by chance never.
const SERIES: u64 = 8;

/// Eleven digits that begin with a day of this century before 2036: YYMMDD, as numbers of cases have it.
fn dated(digits: &[u8]) -> bool {
    let two = |i: usize| digits[i] * 10 + digits[i + 1];
    digits.len() == 11 && two(0) < 36 && (1..=12).contains(&two(2)) && (1..=31).contains(&two(4))
}

/// `123-45-6789`
fn is_social(b: &[u8]) -> bool {
    b.iter().enumerate().all(|(i, c)| if matches!(i, 3 | 6) { matches!(c, b'-' | b' ') } else { c.is_ascii_digit() })
}

fn of_social(words: &[String]) -> bool {
    words.iter().any(|w| matches!(&**w, "ssn" | "socialsecurity" | "socialsecuritynumber" | "itin"))
        || words.windows(2).any(|w| w[0] == "social" && w[1] == "security")
}

/// A telephone number of some country: with its `+`, with a zero before it, in groups, or as North America has it.
fn is_phone(v: &str) -> bool {
    let b = v.as_bytes();
    if b.len() > 24 || !b.iter().all(|c| c.is_ascii_digit() || b"+-() .".contains(c)) {
        return false;
    }
    if !(9..=15).contains(&b.iter().filter(|c| c.is_ascii_digit()).count()) {
        return false;
    }
    let digits: Vec<u8> = b.iter().filter(|c| c.is_ascii_digit()).map(|c| c - b'0').collect();
    // `104 000 000` is an amount, `2024-05-01` a day.
    let groups: Vec<usize> = v.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|n| *n > 0).collect();
    let amount = groups.len() > 1 && groups[0] < 4 && groups[1..].iter().all(|n| *n == 3) && !b.contains(&b'(') && !b.contains(&b'-');
    let day = matches!(&groups[..], [4, 2, 2] | [2, 2, 4]) && !b.contains(&b'+');
    if day || (amount && b[0] != b'+' && b[0] != b'0') {
        return false;
    }
    let ten = [&[1u8], &digits[..]].concat();
    b[0] == b'+' || b[0] == b'0' || groups.len() > 2 || personal::american(&digits) || personal::american(&ten)
}

/// Numbers of which not all would have the form of North America by chance.
const CHANCE: u64 = 8;

/// A telephone number of North America that can be no mobile number of China.
fn is_abroad(v: &str) -> bool {
    let digits: Vec<u8> = v.bytes().filter(u8::is_ascii_digit).map(|c| c - b'0').collect();
    match digits.len() {
        // 400 and 800 are numbers of firms in China.
        10 => !matches!(digits[..3], [4 | 8, 0, 0]) && personal::american(&[&[1], &digits[..]].concat()),
        11 => personal::american(&digits) && !personal::mobile(&digits),
        _ => false,
    }
}

/// The values of digits.
fn values(digits: &str) -> Vec<u8> {
    digits.bytes().map(|c| c.wrapping_sub(b'0')).collect()
}

/// The name of a column of offices, or of what they have.
pub fn of_offices(words: &[String]) -> bool {
    static OFFICES: &[&str] = &[
        "office",
        "offices",
        "agency",
        "agencies",
        "school",
        "schools",
        "department",
        "dept",
        "bureau",
        "division",
        "facility",
        "library",
        "clinic",
        "hospital",
        "station",
        "organization",
        "organisation",
        "company",
        "business",
        "vendor",
        "provider",
        "branch",
        "court",
        "hotline",
        "helpline",
        "switchboard",
        "reception",
        "work",
        "fax",
    ];
    words.iter().any(|w| OFFICES.contains(&&**w))
}

/// The name of a column of telephones that persons carry or have at home.
fn of_persons(words: &[String]) -> bool {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&&**w));
    has(&["mobile", "mobilephone", "cell", "cellphone", "handphone"]) || (has(&["home", "personal", "private"]) && has(&["phone", "telephone", "tel"]))
}

/// The name of a column of telephones that persons carry, in other languages.
fn carried(low: &str) -> bool {
    ["手机", "手機", "携帯", "行動電話", "휴대", "핸드폰", "móvil", "movil", "celular", "portable", "мобильн", "handy"].iter().any(|w| low.contains(w))
}

/// Whether the telephones of a column are those of persons whose names stand beside them: a mobile or home number with columns
/// of names, in a table that is none of offices.
pub fn beside_names(column: &str, names: &[String]) -> bool {
    static PERSONS: &[&str] = &[
        "surname",
        "firstname",
        "lastname",
        "forename",
        "fullname",
        "employee",
        "student",
        "patient",
        "resident",
        "applicant",
        "owner",
        "volunteer",
        "member",
    ];
    if !of_persons(&words(column)) && !carried(&column.to_lowercase()) {
        return false;
    }
    let all: Vec<Vec<String>> = names.iter().filter(|n| *n != column).map(|n| words(n)).collect();
    let has = |w: &[String], list: &[&str]| w.iter().any(|w| list.contains(&&**w));
    let named = |w: &[String]| {
        has(w, &["name", "names"])
            && has(w, &["first", "last", "full", "given", "family", "middle", "contact", "person", "owner", "applicant", "student", "patient"])
    };
    let certain = names.iter().any(|n| self::PERSONS.iter().any(|w| n.to_lowercase().contains(w))) || all.iter().any(|w| has(w, PERSONS) || named(w));
    let plain = all.iter().any(|w| w.len() == 1 && has(w, &["name", "names"]));
    certain || (plain && !all.iter().any(|w| together::of_firm(w) || has(w, &["site"])))
}

/// A number of a person whose digits stand in columns beside each other: the first and last of them, kind, and rows that have it.
/// The first rows tell it of all.
pub fn split(names: &[String], rows: &[Vec<String>], hidden: &[bool]) -> Option<(usize, usize, Kind, u64)> {
    let sign = |v: &str| !v.is_empty() && v.bytes().enumerate().all(|(i, c)| c.is_ascii_digit() || i + 1 == v.len() && matches!(c, b'X' | b'x'));
    let first = rows.iter().find(|r| r.iter().filter(|v| sign(v.trim())).count() >= 2)?;
    for from in 0..first.len().min(names.len()).min(400) {
        let (mut size, mut to) = (0, from);
        let mut parts = Vec::new();
        while let Some(v) = first.get(to).map(|v| v.trim()).filter(|v| sign(v) && hidden.get(to) != Some(&true) && v.len() < 18) {
            (size, to) = (size + v.len(), to + 1);
            parts.push(v.len());
            if size >= 18 {
                break;
            }
            let telephone = matches!(&parts[..], [3, 4, 4] | [3, 8] | [7, 4] | [3, 4, 2, 2]) || parts.len() == 11 && size == 11;
            if telephone
                && names[from..to].iter().any(|n| named(&n.to_lowercase(), &words(n), hints(Kind::Mobile)))
                && let Some(n) = most(rows, from..to, &|d| personal::mobile(d))
            {
                return Some((from, to - 1, Kind::Mobile, n));
            }
        }
        let whole =
            matches!(&parts[..], [6, 8, 4] | [6, 12] | [14, 4] | [6, 8, 3, 1] | [17, 1] | [6, 11, 1] | [6, 4, 4, 4] | [6, 4, 2, 2, 4] | [2, 2, 2, 8, 4])
                || parts.len() == 18;
        let told = || names.iter().any(|n| of_names(n)) || names[from..to].iter().any(|n| named(&n.to_lowercase(), &words(n), hints(Kind::Id)));
        if size == 18
            && (whole || parts.len() > 1)
            && let Some(n) = most(rows, from..to, &|d| personal::resident(d))
            && (n >= 3 || whole && (n >= 2 || told()))
        {
            return Some((from, to - 1, Kind::Id, n));
        }
    }
    None
}

/// A number that a mask hides in one column and another gives back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejoined {
    /// The column with the mask, and the other.
    pub columns: (usize, usize),
    /// What it is.
    pub kind: Kind,
    /// Rows that have it.
    pub rows: u64,
    /// Whether check digits prove it.
    pub sure: Sure,
}

/// Masked numbers whose hidden digits stand in another column of the row: a day of birth, the last four, the other half. The first rows
/// tell it of all.
pub fn rejoined(names: &[String], rows: &[Vec<String>], hidden: &[bool]) -> Option<Rejoined> {
    let open = |c: usize| hidden.get(c) != Some(&true);
    let masked = |v: &String| v.contains(['*', '＊', '×', '●', 'X', 'x']) && personal::masked(v.trim()).is_some();
    let mut best: Option<Rejoined> = None;
    for a in (0..names.len().min(400)).filter(|a| open(*a) && rows.iter().take(3).any(|r| r.get(*a).is_some_and(masked))) {
        for b in (0..names.len().min(400)).filter(|b| *b != a && open(*b)) {
            let low = names[b].to_lowercase();
            let ends = ["尾号", "尾数", "后四位", "后4位", "末四位", "末4位", "last"].iter().any(|w| low.contains(w));
            let called = ends || [Kind::Mobile, Kind::Card, Kind::Id].iter().any(|k| calls(*k, &names[b]));
            let (mut filled, mut whole, mut perhaps, mut kind) = (0u64, 0u64, 0u64, None);
            for row in rows {
                let (Some(v), Some(w)) = (row.get(a), row.get(b)) else { continue };
                let Some(m) = personal::masked(v.trim()) else { continue };
                filled += 1;
                let Some((k, proof)) = m.with(w.trim()) else { continue };
                (whole, perhaps) = if proof { (whole + 1, perhaps) } else { (whole, perhaps + u64::from(called)) };
                kind = kind.or(Some(k));
            }
            let sure = if whole >= 2 && whole * 5 >= filled * 4 { Sure::Yes } else { Sure::Perhaps };
            let n = whole + perhaps;
            let Some(kind) = kind.filter(|_| n > 0 && n * 5 >= filled * 4) else { continue };
            if best.is_none_or(|f| f.sure < sure) {
                best = Some(Rejoined { columns: (a, b), kind, rows: n, sure });
            }
        }
    }
    best
}

/// Columns whose head says passports, permits or other papers of persons and whose cells have their form, whatever the country, beside a
/// column of names: the column, its cells, and whether it is certain. The first rows tell it of all.
pub fn papers(names: &[String], rows: &[Vec<String>], hidden: &[bool]) -> Vec<(usize, u64, Sure)> {
    static SURE: &[&str] =
        &["护照", "護照", "passport", "台胞证", "臺胞證", "回乡证", "永久居留", "居留证", "往来港澳", "往来台湾", "台湾通行证", "港澳通行证"];
    static PERHAPS: &[&str] = &["证件号", "證件號", "证件编号", "通行证"];
    static NO: &[&str] = &[
        "执法", "执业", "资格", "记者", "导游", "上岗", "工作", "行政", "职业", "数", "日期", "时间", "机关", "有效", "类", "型", "车", "船", "货", "国", "地",
        "企业", "单位", "机构", "type", "date", "country", "count", "expiry", "office",
    ];
    let people = |c: usize| names.iter().enumerate().any(|(i, n)| i != c && (of_names(n) || of_passengers(n)));
    let column = |c: usize| {
        let low = names[c].to_lowercase();
        let certain = SURE.iter().any(|w| low.contains(w));
        if !certain && !PERHAPS.iter().any(|w| low.contains(w)) || hidden.get(c) == Some(&true) || NO.iter().any(|w| low.contains(w)) || !people(c) {
            return None;
        }
        let values = || rows.iter().filter_map(|r| r.get(c)).map(|v| v.trim()).filter(|v| !v.is_empty());
        let n = values().filter(|v| is_paper(v)).count() as u64;
        let lettered = values().filter(|v| v.len() < 12 && v.starts_with(|c: char| c.is_ascii_uppercase())).count() as u64;
        let all = values().count() as u64;
        let sure = if certain || lettered * 5 >= all * 4 { Sure::Yes } else { Sure::Perhaps };
        (n > 0 && n * 5 >= all * 4).then_some((c, n, if n < 2 { Sure::Perhaps } else { sure }))
    };
    (0..names.len().min(400)).filter_map(column).collect()
}

/// Names of columns of persons in English that no other rule needs.
fn of_passengers(head: &str) -> bool {
    let w = words(head);
    w.iter().any(|w| matches!(&**w, "name" | "surname" | "fullname" | "passenger" | "holder" | "applicant"))
}

/// A number of a paper of some country: six to eighteen letters and digits, four of them digits at least, perhaps with the signs that
/// Macao and Taiwan write in theirs.
fn is_paper(v: &str) -> bool {
    let n = v.bytes().filter(u8::is_ascii_alphanumeric).count();
    let digits = v.bytes().filter(u8::is_ascii_digit).count();
    (6..=18).contains(&n)
        && v.len() <= 22
        && digits >= 4
        && v.bytes().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || b"()/- ".contains(&c))
        && !is_day(v)
}

/// `2024-01-02`, `2024/1/2`
fn is_day(v: &str) -> bool {
    let mut parts = v.split(['-', '/']);
    parts.clone().count() == 3 && parts.next().is_some_and(|y| y.len() == 4)
}

/// In how many rows the cells beside each other are one number; most of them have to be.
fn most(rows: &[Vec<String>], cells: std::ops::Range<usize>, is: &dyn Fn(&[u8]) -> bool) -> Option<u64> {
    let (mut n, mut filled) = (0, 0);
    for row in rows {
        let all: String = row.get(cells.clone()).unwrap_or(&[]).iter().map(|v| v.trim()).collect();
        let digits: Vec<u8> = all.bytes().map(|c| if c.is_ascii_digit() { c - b'0' } else { 10 }).collect();
        filled += u64::from(!digits.is_empty());
        n += u64::from(is(&digits));
    }
    (n > 0 && n * 5 >= filled * 4).then_some(n)
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

    proptest::proptest! {
        // What one look tells is what is told word by word.
        #[test]
        fn names_of_numbers_and_persons_are_told_by_one_look(name in "(姓名|氏|名|前|お|成|手机|电|话|身份证|证件号|护照|卡号|账|号|单|车牌|户主|学生|申请人|Tel|tel1|SFZ|ſ|K|Ｋ|（|）|１|idno|Name|名前|인|이름|имя|，| |1){0,5}") {
            proptest::prop_assert_eq!(calls_any(&name), Kind::ALL.iter().any(|k| calls(*k, &name)));
            let low = name.trim().to_lowercase();
            let said = PERSONS.iter().any(|w| low.contains(w)) || together::of_people(name.trim());
            proptest::prop_assert_eq!(of_names(&name), said || matches!(&*low, "户主" | "戶主" | "学生" | "申请人" | "联系人" | "name" | "full name" | "fullname"));
        }
    }
}
