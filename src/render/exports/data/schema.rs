//! The schema of a table as it is written: every cell passes here on its way into the clean CSV, and a type, a format, a
//! sign for a missing value or a constraint stands in the schema only where it holds for all of them. What the author
//! declared comes first, then what the values are; what fits no type is text.

use crate::load::table::Table;
use crate::load::table::profile::{Kind, Profile};
use crate::load::table::value::{MARKS, classify, number, parts};
use crate::model::FieldInfo;
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A way to read a cell. `Day` and `Time` hold a format of `strptime`, empty for that of ISO 8601.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Year,
    Integer,
    Number,
    /// Numbers with a per-cent sign.
    Percent,
    /// The same, with commas between thousands.
    Grouped,
    Boolean(Vec<String>, Vec<String>),
    Month,
    Day(String),
    Time(String),
    Clock,
}

/// Days as they are written, best known first.
static DAYS: &[&str] = &["", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"];
/// Days whose order shows only in the values.
static TURNED: [[&str; 2]; 3] = [["%d/%m/%Y", "%m/%d/%Y"], ["%d.%m.%Y", "%m.%d.%Y"], ["%d-%m-%Y", "%m-%d-%Y"]];

static TRUE: &[&str] = &["true", "True", "TRUE", "1"];
static FALSE: &[&str] = &["false", "False", "FALSE", "0"];

impl Form {
    fn holds(&self, v: &str) -> bool {
        match self {
            Form::Year => v.len() == 4 && v.bytes().all(|b| b.is_ascii_digit()),
            Form::Integer => whole(v),
            Form::Number => decimal(v),
            Form::Percent => v.strip_suffix('%').is_some_and(decimal) || decimal(v),
            Form::Grouped => {
                let v = v.strip_suffix('%').unwrap_or(v);
                decimal(&v.replace(',', "")) && number(v).is_some()
            }
            Form::Boolean(yes, no) => yes.iter().chain(no).any(|w| w == v),
            Form::Month => v.len() == 7 && dated(v, "%Y-%m"),
            Form::Day(f) if f.is_empty() => v.len() == 10 && dated(v, "%Y-%m-%d"),
            Form::Time(f) if f.is_empty() => iso_time(v),
            Form::Day(f) | Form::Time(f) => dated(v, f),
            Form::Clock => v.len() == 8 && dated(v, "%H:%M:%S"),
        }
    }

    fn write(&self, field: &mut Map<String, Value>) {
        let word = match self {
            Form::Year => "year",
            Form::Integer => "integer",
            Form::Number | Form::Percent | Form::Grouped => "number",
            Form::Boolean(..) => "boolean",
            Form::Month => "yearmonth",
            Form::Day(_) => "date",
            Form::Time(_) => "datetime",
            Form::Clock => "time",
        };
        field.insert("type".into(), json!(word));
        match self {
            Form::Percent => drop(field.insert("bareNumber".into(), json!(false))),
            Form::Grouped => {
                field.insert("bareNumber".into(), json!(false));
                field.insert("groupChar".into(), json!(","));
            }
            Form::Boolean(yes, no) if yes.iter().any(|w| !TRUE.contains(&w.as_str())) || no.iter().any(|w| !FALSE.contains(&w.as_str())) => {
                field.insert("trueValues".into(), json!(yes));
                field.insert("falseValues".into(), json!(no));
            }
            Form::Day(f) | Form::Time(f) if !f.is_empty() => drop(field.insert("format".into(), json!(f))),
            _ => {}
        }
    }
}

fn digits(v: &str) -> bool {
    !v.is_empty() && v.bytes().all(|b| b.is_ascii_digit())
}

fn whole(v: &str) -> bool {
    digits(v.strip_prefix(['-', '+']).unwrap_or(v))
}

fn decimal(v: &str) -> bool {
    let v = v.strip_prefix(['-', '+']).unwrap_or(v);
    let (mantissa, exponent) = v.split_once(['e', 'E']).map_or((v, None), |(m, e)| (m, Some(e)));
    let (a, b) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    (digits(a) || (a.is_empty() && mantissa.len() > 1)) && (digits(b) || b.is_empty()) && exponent.is_none_or(whole)
}

/// `2024-05-01T08:30:00`, with a fraction and a zone or without.
fn iso_time(v: &str) -> bool {
    let Some((head, tail)) = v.split_at_checked(19) else { return false };
    let zone = tail.find(['Z', '+', '-']).map_or("", |i| &tail[i..]);
    let fraction = &tail[..tail.len() - zone.len()];
    head.as_bytes()[10] == b'T'
        && dated(head, "%Y-%m-%dT%H:%M:%S")
        && (fraction.is_empty() || fraction.strip_prefix('.').is_some_and(|f| digits(f) && f.len() <= 6))
        && (zone.is_empty() || zone == "Z" || (zone.len() == 6 && dated(&zone[1..], "%H:%M")))
}

/// Whether a value is of a format of `strptime`, and names a day that there is. Formats with other fields hold nothing.
fn dated(v: &str, format: &str) -> bool {
    let (mut rest, mut f) = (v, format.chars().peekable());
    let (mut year, mut month, mut day) = (2000i16, 1i8, 1i8);
    while let Some(c) = f.next() {
        if c != '%' {
            match rest.strip_prefix(c) {
                Some(r) => rest = r,
                None => return false,
            }
            continue;
        }
        let Some(field) = f.next() else { return false };
        if field == 'z' {
            let zone = rest == "Z"
                || rest
                    .strip_prefix(['+', '-'])
                    .is_some_and(|z| (z.len() == 4 && digits(z)) || (z.len() == 5 && z.as_bytes()[2] == b':' && digits(&z.replace(':', ""))));
            if !zone {
                return false;
            }
            rest = "";
            continue;
        }
        // Where the next sign is a digit too, fields have their whole length.
        let tight = f.peek() == Some(&'%');
        let (least, most) = match field {
            'Y' => (4, 4),
            'm' | 'd' | 'H' | 'M' | 'S' => (if tight { 2 } else { 1 }, 2),
            'f' => (1, 6),
            _ => return false,
        };
        let n = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        if n < least {
            return false;
        }
        let Ok(x) = rest[..n].parse::<i32>() else { return false };
        rest = &rest[n..];
        let fits = match field {
            'Y' => (1..=9999).contains(&x),
            'm' => (1..=12).contains(&x),
            'd' => (1..=31).contains(&x),
            'H' => x < 24,
            'M' | 'S' => x < 60,
            _ => true,
        };
        if !fits {
            return false;
        }
        match field {
            'Y' => year = x as i16,
            'm' => month = x as i8,
            'd' => day = x as i8,
            _ => {}
        }
    }
    rest.is_empty() && Date::new(year, month, day).is_ok()
}

/// What is declared of a column, as far as it is carried over.
fn declared(told: &FieldInfo) -> (Vec<Form>, bool) {
    let text = |k: &str| told.told.get(k).and_then(Value::as_str).filter(|f| !f.is_empty() && *f != "default" && *f != "any");
    let format = text("format").map_or(String::new(), |f| f.strip_prefix("fmt:").unwrap_or(f).to_string());
    let words = |k: &str, or: &[&str]| match told.told.get(k).and_then(Value::as_array).filter(|l| !l.is_empty()) {
        Some(l) => l.iter().filter_map(Value::as_str).map(String::from).collect(),
        None => or.iter().map(|w| (*w).to_string()).collect(),
    };
    let forms = match told.kind.as_deref().unwrap_or("").trim().to_lowercase().as_str() {
        "integer" | "int" => vec![Form::Integer],
        "number" | "decimal" | "float" | "n" | "数值型" => vec![Form::Number, Form::Percent, Form::Grouped],
        "year" => vec![Form::Year],
        "yearmonth" => vec![Form::Month],
        "time" => vec![Form::Clock],
        "boolean" => vec![Form::Boolean(words("trueValues", TRUE), words("falseValues", FALSE))],
        "date" | "d" | "日期型" => vec![Form::Day(format), Form::Day(String::new())],
        "datetime" | "t" | "日期时间型" => vec![Form::Time(format), Form::Time(String::new())],
        "string" | "text" | "c" | "字符型" => return (Vec::new(), true),
        _ => Vec::new(),
    };
    (forms, false)
}

/// What the values of a column may be.
fn likely(kind: Kind) -> Vec<Form> {
    match kind {
        Kind::Integer => vec![Form::Integer],
        Kind::Year => vec![Form::Year, Form::Integer],
        Kind::Number => vec![Form::Number, Form::Percent, Form::Grouped],
        Kind::Boolean => {
            vec![Form::Boolean(TRUE[..3].iter().map(|w| (*w).to_string()).collect(), FALSE[..3].iter().map(|w| (*w).to_string()).collect())]
        }
        Kind::Date => {
            let days = DAYS.iter().copied().chain(TURNED.iter().flatten().copied());
            std::iter::once(Form::Month).chain(days.map(|f| Form::Day(f.into()))).collect()
        }
        Kind::Datetime => {
            let mut out = vec![Form::Time(String::new())];
            for day in &DAYS[1..5] {
                for between in ["T", " ", ""] {
                    for clock in ["%H:%M", "%H:%M:%S", "%H:%M:%S.%f"] {
                        out.extend(["", "Z", "%z"].map(|zone| Form::Time(format!("{day}{between}{clock}{zone}"))));
                    }
                }
            }
            out
        }
        Kind::Code | Kind::String | Kind::Empty => Vec::new(),
    }
}

/// Most values that are held to see whether one comes twice.
const KEYS: usize = 4_000_000;

/// A column while its cells are written.
pub(super) struct Sight {
    kind: Kind,
    told: FieldInfo,
    forms: Vec<Form>,
    /// Signs for a missing value that stand in it.
    marks: BTreeSet<String>,
    /// The same signs in a column of texts, where they are texts.
    texts: BTreeSet<String>,
    /// Signs that the author declares for this column.
    own: Vec<String>,
    missing: bool,
    /// No value outside `enum`, of another form or length.
    listed: bool,
    formed: bool,
    /// Every text has the form that `format` names, in signs that every reader knows.
    shaped: Option<fn(&str) -> bool>,
    once: Option<FxHashSet<u64>>,
    twice: bool,
    filled: bool,
}

impl Sight {
    pub(super) fn new(profile: &Profile, told: Option<&FieldInfo>) -> Sight {
        let told = told.cloned().unwrap_or_default();
        let (mut forms, text) = declared(&told);
        if !text {
            for f in likely(profile.kind) {
                if !forms.contains(&f) {
                    forms.push(f);
                }
            }
        }
        let own = told
            .told
            .get("missingValues")
            .and_then(Value::as_array)
            .map_or(Vec::new(), |l| l.iter().filter_map(|v| v.as_str().or_else(|| v.get("value").and_then(Value::as_str))).map(String::from).collect());
        let once = told.unique.then(FxHashSet::default);
        Sight {
            kind: profile.kind,
            forms,
            marks: BTreeSet::new(),
            texts: BTreeSet::new(),
            own,
            missing: false,
            listed: true,
            formed: true,
            shaped: told.form(),
            once,
            twice: false,
            filled: false,
            told,
        }
    }

    /// A cell as it is written. Tells whether something is in it.
    pub(super) fn see(&mut self, v: &str) -> bool {
        if v.is_empty() || self.own.iter().any(|o| o == v) {
            self.missing = true;
            return false;
        }
        if v.len() <= 12 && MARKS.contains(&v) {
            if self.kind == Kind::String {
                if !self.texts.contains(v) {
                    self.texts.insert(v.to_string());
                }
            } else {
                self.missing = true;
                if !self.marks.contains(v) {
                    self.marks.insert(v.to_string());
                }
                return false;
            }
        }
        self.filled = true;
        if self.forms.first().is_some_and(|f| !f.holds(v)) || self.forms.len() > 1 {
            self.forms.retain(|f| f.holds(v));
        }
        let t = &self.told;
        self.listed &= t.allowed.is_empty() || t.allowed.iter().any(|a| a == v);
        if t.pattern.is_some() || t.length != (None, None) {
            let n = v.chars().count();
            self.formed &= t.pattern.as_ref().is_none_or(|p| p.holds(v)) && t.length.0.is_none_or(|l| n >= l) && t.length.1.is_none_or(|l| n <= l);
        }
        if self.shaped.is_some_and(|is| !v.is_ascii() || !is(v)) {
            self.shaped = None;
        }
        if let Some(once) = self.once.as_mut().filter(|o| o.len() < KEYS) {
            // 1 and 1.0 are one number.
            let key = classify(v).1.map_or_else(|| v.to_string(), |x| x.to_string());
            self.twice |= !once.insert(crate::load::table::profile::hash(key.as_bytes()));
        }
        true
    }

    /// Signs for a missing value that stand in it, unless it has signs of its own.
    pub(super) fn marks(&self) -> impl Iterator<Item = &String> {
        self.marks.iter().filter(|_| self.own.is_empty())
    }

    fn form(&self) -> Option<&Form> {
        if !self.filled {
            return None;
        }
        let alive = |f: &str| self.forms.iter().any(|x| matches!(x, Form::Day(d) if d == f));
        // Day and month cannot be told apart where both orders hold: then it is text, unless it was declared.
        let told = self.told.told.get("format").and_then(Value::as_str);
        let unclear = |f: &Form| matches!(f, Form::Day(d) if told != Some(d) && TURNED.iter().any(|t| t.contains(&d.as_str()) && alive(t[0]) && alive(t[1])));
        self.forms.iter().find(|f| !unclear(f))
    }

    /// Whether its values are texts, or there are none.
    pub(super) fn is_text(&self) -> bool {
        self.form().is_none()
    }

    /// The field of a table with rows in which nothing is: a record without any value is none to readers of CSV, so that
    /// in this column nothing is an empty text.
    pub(super) fn open_field(base: &Value) -> Value {
        let Value::Object(mut field) = base.clone() else { return base.clone() };
        field.insert("type".into(), json!("string"));
        field.insert("missingValues".into(), json!([]));
        Value::Object(field)
    }

    /// The field: what is said of it in `base`, its type and what holds for all its values. `marks` are the signs for a
    /// missing value of the whole table.
    pub(super) fn field(&self, base: &Value, profile: &Profile, marks: &BTreeSet<String>) -> Value {
        let Value::Object(mut field) = base.clone() else { return base.clone() };
        let form = self.form();
        let text = form.is_none();
        match form {
            Some(f) => f.write(&mut field),
            None => drop(field.insert("type".into(), json!(if self.kind == Kind::Empty && !self.filled { "any" } else { "string" }))),
        }
        if let Some(format) = self.told.told.get("format").filter(|_| text && self.filled && self.shaped.is_some()) {
            field.insert("format".into(), format.clone());
        }
        for key in ["rdfType", "categories", "categoriesOrdered"] {
            if let Some(v) = self.told.told.get(key).filter(|v| !v.is_null()) {
                field.insert(key.into(), v.clone());
            }
        }
        if !self.own.is_empty() {
            let all: BTreeSet<&String> = self.own.iter().chain(&self.marks).filter(|m| !m.is_empty()).collect();
            field.insert("missingValues".into(), json!(std::iter::once("").chain(all.into_iter().map(String::as_str)).collect::<Vec<_>>()));
        } else if self.texts.iter().any(|t| marks.contains(t)) {
            // What is a sign elsewhere is a value here: NA may be Namibia.
            field.insert("missingValues".into(), json!([""]));
        }
        let t = &self.told;
        let mut rules = Map::new();
        if t.required && !self.missing {
            rules.insert("required".into(), json!(true));
        }
        if t.unique && !self.twice && self.once.as_ref().is_none_or(|o| o.len() < KEYS) {
            rules.insert("unique".into(), json!(true));
        }
        if !t.allowed.is_empty() && self.listed && !matches!(form, Some(Form::Boolean(..))) {
            rules.insert("enum".into(), json!(t.allowed));
        }
        let told = |k: &str| t.told.get("constraints").and_then(|c| c.get(k)).and_then(Value::as_str);
        if text && self.formed && self.kind != Kind::Empty {
            // Property escapes are not known to every reader.
            if let Some(p) = told("pattern").filter(|p| t.pattern.is_some() && !p.contains("\\p") && !p.contains("\\P")) {
                rules.insert("pattern".into(), json!(p));
            }
            for (key, n) in [("minLength", t.length.0), ("maxLength", t.length.1)] {
                if let Some(n) = n {
                    rules.insert(key.into(), json!(n));
                }
            }
        }
        for (key, least) in [("minimum", true), ("maximum", false)] {
            let (Some(bound), Some(end)) = (told(key), if least { &profile.min } else { &profile.max }) else { continue };
            let fits = match form {
                Some(Form::Year | Form::Integer | Form::Number) => {
                    let right = if matches!(form, Some(Form::Number)) { decimal(bound) } else { whole(bound) };
                    right && number(bound).zip(number(end)).is_some_and(|(b, e)| if least { e >= b } else { e <= b })
                }
                Some(Form::Day(f)) if f.is_empty() => {
                    Form::Day(String::new()).holds(bound) && parts(bound).zip(parts(end)).is_some_and(|(b, e)| if least { e >= b } else { e <= b })
                }
                _ => false,
            };
            if fits {
                rules.insert(key.into(), serde_json::from_str(bound).unwrap_or_else(|_| json!(bound)));
            }
        }
        if !rules.is_empty() {
            field.insert("constraints".into(), Value::Object(rules));
        }
        Value::Object(field)
    }
}

/// What is declared of a table beside its columns, and found to hold or not.
pub(super) struct Wanted {
    pub(super) fields: Vec<Option<FieldInfo>>,
    pub(super) key: Vec<usize>,
    pub(super) own: Vec<(Vec<usize>, Vec<usize>)>,
    pub(super) missing: Vec<String>,
}

/// The schema of a table while its rows are written.
pub struct Seen {
    /// Somebody wants to know.
    asked: bool,
    sights: Vec<Sight>,
    primary: Option<Keys>,
    own: Vec<Keys>,
    missing: Vec<String>,
    /// A row without any value was written.
    barren: bool,
}

impl Seen {
    pub(super) fn new(table: &Table, told: Wanted, asked: bool) -> Seen {
        Seen {
            asked,
            sights: table.columns.iter().zip(&told.fields).map(|(p, f)| Sight::new(p, f.as_ref())).collect(),
            primary: (asked && !told.key.is_empty()).then(|| Keys::primary(told.key)),
            own: told.own.into_iter().filter(|_| asked).map(|(here, there)| Keys::foreign(here, there)).collect(),
            missing: told.missing,
            barren: false,
        }
    }

    /// Takes a row.
    pub(super) fn see(&mut self, clean: &[String]) {
        if self.asked {
            let seen = self.sights.iter_mut().zip(clean).fold(0, |n, (s, v)| n + usize::from(s.see(v)));
            self.barren |= seen == 0;
            self.primary.iter_mut().chain(&mut self.own).for_each(|k| k.see(clean, &self.sights));
        }
    }

    fn marks(&self) -> BTreeSet<String> {
        self.sights.iter().flat_map(Sight::marks).cloned().collect()
    }

    /// The fields, with what is said of each in `base`.
    pub(super) fn fields(&self, table: &Table, base: &[Value]) -> Vec<Value> {
        let marks = self.marks();
        self.sights.iter().zip(base).zip(&table.columns).map(|((s, b), p)| s.field(b, p, &marks)).collect()
    }

    /// Completes a schema of which the fields are told.
    pub(super) fn write(&self, table: &Table, s: &mut Value) {
        let base = s["fields"].as_array().cloned().unwrap_or_default();
        let mut all = self.fields(table, &base);
        if self.barren {
            let open = self.sights.iter().position(Sight::is_text).unwrap_or(0);
            if let (Some(f), Some(b)) = (all.get_mut(open), base.get(open)) {
                *f = Sight::open_field(b);
            }
        }
        s["fields"] = json!(all);
        let marks = self.marks();
        let signs: BTreeSet<&str> = marks.iter().chain(&self.missing).map(String::as_str).filter(|m| !m.is_empty()).collect();
        s["missingValues"] = json!(std::iter::once("").chain(signs).collect::<Vec<_>>());
        let names: Vec<&str> = table.names.iter().map(String::as_str).collect();
        if let Some(k) = self.primary.as_ref().filter(|k| k.holds()) {
            s["primaryKey"] = json!(k.names(&names).0);
        }
        let own: Vec<_> = self.own.iter().filter(|k| k.holds()).map(|k| k.names(&names)).collect();
        if !own.is_empty() {
            s["foreignKeys"] = own.iter().map(|(here, there)| json!({ "fields": here, "reference": { "resource": "", "fields": there } })).collect();
        }
    }
}

/// A primary key or a reference of the table to itself while rows are written.
pub(super) struct Keys {
    columns: Vec<usize>,
    there: Vec<usize>,
    seen: FxHashSet<u64>,
    asked: FxHashSet<u64>,
    broken: bool,
}

impl Keys {
    /// Rows are told apart by these columns.
    pub(super) fn primary(columns: Vec<usize>) -> Keys {
        Keys { columns, there: Vec::new(), seen: FxHashSet::default(), asked: FxHashSet::default(), broken: false }
    }

    /// Values of some columns stand in others.
    pub(super) fn foreign(columns: Vec<usize>, there: Vec<usize>) -> Keys {
        Keys { there, ..Keys::primary(columns) }
    }

    pub(super) fn see(&mut self, row: &[String], sights: &[Sight]) {
        if self.seen.len() + self.asked.len() > KEYS {
            self.broken = true;
        }
        if self.broken {
            return;
        }
        let missing = |c: usize| row[c].is_empty() || sights[c].marks.contains(&row[c]) || sights[c].own.contains(&row[c]);
        let key = |at: &[usize]| {
            let cells: Vec<String> = at.iter().map(|c| classify(&row[*c]).1.map_or_else(|| row[*c].clone(), |x| x.to_string())).collect();
            crate::load::table::profile::hash(cells.join("\u{1f}").as_bytes())
        };
        if self.there.is_empty() {
            self.broken |= self.columns.iter().any(|c| missing(*c)) || !self.seen.insert(key(&self.columns));
        } else {
            self.seen.insert(key(&self.there));
            if self.columns.iter().any(|c| !missing(*c)) {
                self.asked.insert(key(&self.columns));
            }
        }
    }

    pub(super) fn holds(&self) -> bool {
        !self.broken && self.asked.iter().all(|k| self.seen.contains(k))
    }

    pub(super) fn names<'a>(&self, names: &[&'a str]) -> (Vec<&'a str>, Vec<&'a str>) {
        (self.columns.iter().map(|c| names[*c]).collect(), self.there.iter().map(|c| names[*c]).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_hold_what_strptime_reads() {
        for (v, f, holds) in [
            ("2024-05-01", "%Y-%m-%d", true),
            ("2024-5-1", "%Y-%m-%d", true),
            ("2024-02-30", "%Y-%m-%d", false),
            ("31/12/2023", "%d/%m/%Y", true),
            ("31/12/2023", "%m/%d/%Y", false),
            ("2024年5月1日", "%Y年%m月%d日", true),
            ("20240501", "%Y%m%d", true),
            ("2024051", "%Y%m%d", true),
            ("2024-03-10 02:30", "%Y-%m-%d %H:%M", true),
            ("2024-03-10 24:00", "%Y-%m-%d %H:%M", false),
            ("2024-03-10T02:30:00+08:00", "%Y-%m-%dT%H:%M:%S%z", true),
            ("12 May 2024", "%d %b %Y", false),
        ] {
            assert_eq!(dated(v, f), holds, "{v} {f}");
        }
        assert!(iso_time("2024-05-01T08:30:00") && iso_time("2024-05-01T08:30:00.25Z") && iso_time("2024-05-01T08:30:00+08:00"));
        assert!(!iso_time("2024-05-01 08:30:00") && !iso_time("2024-05-01T08:30"));
        for (v, ok) in [
            ("1", true),
            ("-1.5", true),
            (".5", true),
            ("5.", true),
            ("1e5", true),
            ("+1.5E-3", true),
            (".", false),
            ("1,5", false),
            ("", false),
            ("1e", false),
        ] {
            assert_eq!(decimal(v), ok, "{v}");
        }
        assert!(Form::Percent.holds("-5%") && Form::Grouped.holds("1,234.5%") && !Form::Grouped.holds("1,23%") && Form::Percent.holds("5"));
    }
}
