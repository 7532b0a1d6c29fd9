//! Personal data in any text: numbers that check digits prove, and what the words around them make of the others.
//!
//! [`scan`] tells everything that may be such a number, with its surroundings; [`grade`] says what a careful clerk would
//! make of it in a text. Columns of tables are judged as wholes, in `load::table::personal`. Nothing here knows of files.
//!
//! Rules and vectors: GB 11643 (resident identity, and the old one of 15 digits), ISO 7064 MOD 11-2, Luhn with bank
//! ranges, UPU S10.

mod apart;
mod around;
mod called;
mod digits;
mod disguise;
mod encoded;
mod escaped;
mod figures;
mod ills;
mod letters;
mod look;
mod masked;
mod names;
mod person;
mod scan;
mod signs;
pub mod together;
mod turned;
pub mod utf7;
mod words;

pub use around::{Label, to_ring};
pub use called::{called, names_in, person, veiled, veiled_name, veiled_with};
pub use digits::{american, bank, mobile, old_resident, resident, shaped, toll_free};
pub use escaped::{Places, unescaped};
pub use figures::amount;
pub use letters::veiled_letter;
pub use masked::{Masked, masked};
pub use scan::scan;
pub use words::{Search, Together, any_of, words};

use serde::Serialize;
use signs::{digit, ex};
use std::borrow::Cow;
use std::ops::Range;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
    /// 车牌号
    Plate,
    /// A person's name beside an address or an illness.
    Person,
}

/// Number of kinds.
pub const KINDS: usize = 7;

impl Kind {
    /// All of them; `as usize` is the place.
    pub const ALL: [Kind; KINDS] = [Kind::Id, Kind::Mobile, Kind::Card, Kind::Passport, Kind::Postal, Kind::Plate, Kind::Person];

    /// Names for people: Chinese, English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Kind::Id => ("居民身份证号", "resident identity number"),
            Kind::Mobile => ("手机号码", "mobile number"),
            Kind::Card => ("银行卡号", "bank card number"),
            Kind::Passport => ("护照、通行证等证件号", "passport or permit number"),
            Kind::Postal => ("邮件号", "postal item number"),
            Kind::Plate => ("车牌号", "number plate"),
            Kind::Person => ("姓名与住址（或病情）", "name beside an address or illness"),
        }
    }

    /// Several of them, in English.
    pub const fn plural(self) -> &'static str {
        match self {
            Kind::Id => "resident identity numbers",
            Kind::Mobile => "mobile numbers",
            Kind::Card => "bank card numbers",
            Kind::Passport => "passport or permit numbers",
            Kind::Postal => "postal item numbers",
            Kind::Plate => "number plates",
            Kind::Person => "names beside addresses or illnesses",
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
            Kind::Plate => "plate",
            Kind::Person => "person",
        }
    }

    /// Word of the mask that hides it.
    pub const fn mask(self) -> &'static str {
        match self {
            Kind::Passport | Kind::Postal | Kind::Person => "all",
            k => k.word(),
        }
    }
}

/// Something that may be a number of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it looks like.
    pub kind: Kind,
    /// Where it stands.
    pub at: Range<usize>,
    /// Its check digit holds, or its form allows nothing else.
    pub proof: bool,
    /// An identity number of 15 digits, as issued before 1999: it has no check digit.
    pub old: bool,
    /// The text is nothing else.
    pub bare: bool,
    /// Letters or digits stand beside it without a space.
    pub glued: bool,
    /// One of several figures in a row.
    pub among: bool,
    /// It is one only where something calls it so: a permit's number, `13,812,345,678`, `3.2E+17`.
    pub weak: bool,
}

/// How certain it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    /// It may be something else, or may be meant for the public: somebody should look.
    Perhaps,
    /// It is.
    Yes,
}

/// Whether a value is what a plate has behind its province, A12345, or a plate of the forces, VA12345: only its column tells it
/// from a code.
pub fn bare_plate(v: &str) -> bool {
    digits::bare_plate(v.as_bytes()) || digits::army_since(v.as_bytes())
}

/// Whether a sign is a surname of China.
pub fn surname(c: char) -> bool {
    names::SURNAMES.contains(c)
}

/// The check digit of a card holds.
fn sound_card(number: &str) -> bool {
    let digits: Vec<u8> = core(number).bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    digits::luhn(&digits)
}

/// The year of birth that an identity number tells.
fn born(number: &str) -> u32 {
    core(number).get(6..10).and_then(|y| y.parse().ok()).unwrap_or(0)
}

/// Born later than this, a person is a child, and the day in a number is more likely that of a document.
const CHILD: u32 = 2007;

/// What a careful clerk makes of it in a text, by the words around it: nothing where it is something else.
pub fn grade(text: &str, s: &Seen) -> Option<Sure> {
    use Sure::{Perhaps, Yes};
    // Codes look like it, so most texts of codes would be asked for all labels in vain.
    if s.weak && s.kind == Kind::Plate {
        return around::plated(text, &s.at).then_some(Yes);
    }
    let label = around::label(text, &s.at);
    let code = label == Label::Code;
    if around::quantity(text, &s.at) && s.kind != Kind::Person && s.kind != Kind::Plate {
        return None;
    }
    if s.weak {
        return match (s.kind, label) {
            (Kind::Person, _) => Some(Perhaps),
            (Kind::Passport, Label::Passport) | (Kind::Mobile, Label::Mobile) => Some(Yes),
            // A number of Hong Kong in its brackets.
            (Kind::Passport, Label::Id) if s.proof => Some(Yes),
            (Kind::Passport, Label::Id) if text[s.at.clone()].ends_with([')', '）']) => Some(Perhaps),
            (Kind::Id, Label::Id) if s.proof => Some(Yes),
            (Kind::Card, Label::Card) if around::card(text, s.at.start) && sound_card(&text[s.at.clone()]) => Some(Yes),
            // 李建国 013812345678: the zero of a call to another city.
            (Kind::Mobile, Label::None | Label::Contact) if person::name_ends(&text[..s.at.start]) => Some(Yes),
            // (+86)0138…
            (Kind::Mobile, Label::None | Label::Contact) if ["+86)", "+86）", "+86", "0086)"].iter().any(|w| text[..s.at.start].ends_with(w)) => Some(Yes),
            (Kind::Mobile, Label::Contact) | (Kind::Id, Label::Id) | (Kind::Card, Label::Card) => Some(Perhaps),
            // 通知 015117834256: the zero of a call to another city, where nothing says what it is.
            (Kind::Mobile, Label::None)
                if text[s.at.clone()].starts_with("01")
                    && s.at.len() == 12
                    && !s.glued
                    && text[..s.at.start].trim_end().ends_with(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
                    && !around::in_address(text, s.at.start) =>
            {
                Some(Perhaps)
            }
            _ => None,
        };
    }
    let address = around::in_address(text, s.at.start);
    // Region, day and check digit hold: letters beside it change nothing, unless it may be a hash or the number of a document.
    let person = || born(&text[s.at.clone()]) <= CHILD && !around::in_hash(text, &s.at);
    match s.kind {
        Kind::Id if around::sample(text, &s.at) => Some(Perhaps),
        Kind::Id if s.old && label == Label::Id => Some(Yes),
        Kind::Id if s.old => (!code && !s.glued && !address && !s.among).then_some(Perhaps),
        // 李建国 330102198501011234: its last sign is wrong, and a name stands before it.
        Kind::Id if !s.proof && label == Label::None && !s.glued && !s.among && person::name_ends(&text[..s.at.start]) => Some(Yes),
        Kind::Id if !s.proof => (label == Label::Id && !s.glued).then_some(if person::named_person(text, &s.at) { Yes } else { Perhaps }),
        Kind::Id if label == Label::Id => Some(Yes),
        Kind::Id if around::one_letter(text, &s.at) && !address => Some(Yes),
        Kind::Id if around::asked(text, &s.at).is_some() => Some(Yes),
        Kind::Id if around::two_letters(text, &s.at) && !address && born(&text[s.at.clone()]) <= CHILD => Some(Yes),
        Kind::Id if s.glued && !address && !code && !s.among && person() => Some(Yes),
        Kind::Id if s.glued || address || code => Some(Perhaps),
        Kind::Id => Some(Yes),
        Kind::Mobile if around::in_doi(text, s.at.start) => None,
        Kind::Mobile if around::pattern(text, &s.at) => Some(Perhaps),
        Kind::Plate | Kind::Passport if around::pattern(text, &s.at) => Some(Perhaps),
        Kind::Mobile if s.glued && code && around::two_letters(text, &s.at) => Some(Perhaps),
        Kind::Mobile if s.glued && label == Label::Mobile && !address && around::few_letters(text, &s.at) => Some(Perhaps),
        Kind::Mobile if s.glued && around::anchor(text, &s.at) => Some(Yes),
        Kind::Mobile if s.glued => {
            (!address && !code && label != Label::Key && around::underlined(text, &s.at)).then_some(if label == Label::Mobile { Yes } else { Perhaps })
        }
        Kind::Mobile if address => match label {
            Label::Mobile => Some(Yes),
            _ if text[..s.at.start].ends_with("wa.me/") || around::asked(text, &s.at).is_some_and(around::searched) => Some(Yes),
            _ if around::to_chat(text, s.at.start) => Some(Yes),
            Label::Contact => Some(Perhaps),
            _ => None,
        },
        Kind::Mobile if matches!(label, Label::None | Label::Card | Label::Post) && figures::figure(text, &s.at).is_some() => {
            figures::figure(text, &s.at).filter(|f| *f == Perhaps)
        }
        Kind::Mobile => match label {
            Label::Mobile | Label::Id => Some(Yes),
            Label::Code | Label::Key => None,
            Label::None | Label::Post | Label::Card if around::of_records(text, s.at.start) => Some(Perhaps),
            Label::Contact if around::of_a_person(text, &s.at) || around::to_call(text, s.at.start) => Some(Yes),
            Label::Contact => Some(Perhaps),
            _ if s.among => Some(Perhaps),
            _ => Some(Yes),
        },
        Kind::Card if label == Label::Card && !s.glued => Some(Yes),
        Kind::Card => (!code && !s.glued && !address && !s.among && label == Label::None).then_some(Perhaps),
        Kind::Passport if around::then_passport(text, s.at.end) => Some(Yes),
        Kind::Passport => matches!(label, Label::Passport | Label::Id).then_some(Yes),
        Kind::Postal if label == Label::Post => Some(Yes),
        Kind::Postal => (!address && text[s.at.clone()].ends_with("CN")).then_some(Perhaps),
        Kind::Plate if around::series(text, &s.at) => None,
        Kind::Plate if around::vehicle(text, &s.at) => Some(Yes),
        Kind::Plate if around::building(text, &s.at) => None,
        // 晋D02024号: of whatever is numbered.
        Kind::Plate => Some(if code || around::of_a_thing(text, s.at.end) { Perhaps } else { Yes }),
        Kind::Person => Some(Yes),
    }
}

/// Something in a text that is, or may be, personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// What.
    pub kind: Kind,
    /// Where.
    pub at: Range<usize>,
    /// How certain.
    pub sure: Sure,
}

/// Most findings of one text that are kept.
const KEPT: usize = 10_000;

/// What is, or may be, personal in a text.
pub fn traces(text: &str) -> Vec<Trace> {
    let mut out = Vec::new();
    if escaped::any(text) {
        unescaped(text, &mut |plain, places| {
            let left = KEPT - out.len();
            out.extend(usual(plain).into_iter().take(left).map(|t| Trace { at: places.of(t.at.start)..places.of(t.at.end), ..t }));
        });
        return out;
    }
    usual(text)
}

/// The same of a text in which no sign stands by its number.
fn usual(text: &str) -> Vec<Trace> {
    let mut out = Vec::new();
    scan(text, &mut |s| {
        if out.len() < KEPT
            && let Some(sure) = grade(text, &s)
        {
            out.push(Trace { kind: s.kind, at: s.at, sure });
        }
    });
    masked::rejoined(text, &mut out);
    out.sort_by_key(|t| t.at.start);
    out
}

/// The same where members of the public write, in letters, requests and opinions: 电话 beside a mobile number is that of the writer,
/// not of an office.
pub fn written(text: &str) -> Vec<Trace> {
    let mut out = traces(text);
    out.iter_mut().for_each(|t| t.sure = by_public(text, t));
    out.extend(homes_in(text, &out));
    out
}

/// Homes that somebody writes of without a name beside them, but for what was found already.
pub fn homes_in(text: &str, told: &[Trace]) -> Vec<Trace> {
    let mut homes = letters::homes(text);
    homes.retain(|h| !told.iter().any(|t| t.at.start < h.at.end && h.at.start < t.at.end));
    homes
}

/// How certain a trace is where members of the public write.
pub fn by_public(text: &str, t: &Trace) -> Sure {
    let theirs = t.kind == Kind::Mobile && around::label(text, &t.at) == around::Label::Contact && !around::in_address(text, t.at.start);
    if theirs || letters::own(text, t) { Sure::Yes } else { t.sure }
}

/// The digits (and letters) of a number, whatever stands between them: the same number twice is the same here.
pub fn core(text: &str) -> String {
    let plain = if text.contains('%') { encoded::decoded(text) } else { None };
    let text = plain.as_ref().map_or(text, |(t, _)| t);
    let b = text.as_bytes();
    let mut out = String::new();
    let mut i = 0;
    if let Some((head, power)) = text.split_once(['e', 'E']).filter(|(h, p)| h.contains('.') && p.trim_start_matches('+').bytes().all(|c| c.is_ascii_digit())) {
        let n = power.trim_start_matches('+').parse::<usize>().unwrap_or(0).min(40) + 1;
        out.extend(head.chars().filter(char::is_ascii_digit));
        while out.len() < n {
            out.push('0');
        }
        return out;
    }
    while i < b.len() {
        if let Some((d, n)) = digit(b, i) {
            out.push((b'0' + d) as char);
            i += n;
        } else if let Some((d, n)) = disguise::odd_at(text, i) {
            out.push((b'0' + d) as char);
            i += n;
        } else if let Some((p, n)) = disguise::pair_at(text, i) {
            out.extend(p.map(|d| (b'0' + d) as char));
            i += n;
        } else if let (true, Some(n)) = (out.len() >= 17, ex(b, i)) {
            out.push('X');
            i += n;
        } else if b[i] == b'.' {
            break;
        } else {
            if b[i].is_ascii_alphabetic() {
                out.push(b[i].to_ascii_uppercase() as char);
            }
            i += 1;
        }
    }
    out
}

/// Sentences of findings that hold nothing: ten thousand pages have the same few, and each is looked through once a thread.
const BARE: usize = 256;
/// Longest of them that is remembered, in bytes.
const LONGEST: usize = 400;

thread_local! {
    static SEEN: std::cell::RefCell<Vec<Box<str>>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// True for a text in which nothing is, or may be, personal.
fn bare(text: &str) -> bool {
    use std::hash::{Hash as _, Hasher as _};
    if text.len() > LONGEST {
        return traces(text).is_empty();
    }
    let mut h = rustc_hash::FxHasher::default();
    text.hash(&mut h);
    let at = (h.finish() >> 32) as usize % BARE;
    SEEN.with_borrow_mut(|seen| {
        if seen.is_empty() {
            seen.resize(BARE, Box::default());
        }
        if *seen[at] == *text {
            return true;
        }
        let bare = traces(text).is_empty();
        if bare {
            seen[at] = text.into();
        }
        bare
    })
}

/// The text as it may stand in a finding: numbers keep their first three and last two signs, as many signs as before.
pub fn hide(text: &str) -> Cow<'_, str> {
    // The shortest of them has seven signs.
    if text.len() < 9 {
        return Cow::Borrowed(text);
    }
    if bare(text) {
        return Cow::Borrowed(text);
    }
    let found = traces(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for t in found {
        if t.at.start < at {
            continue;
        }
        out.push_str(&text[at..t.at.start]);
        out.push_str(&veil(&text[t.at.clone()]));
        at = t.at.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// What is known to be personal, as it may stand in a finding: its first three and last two signs.
pub fn veil(part: &str) -> String {
    let n = part.chars().count();
    part.chars().enumerate().map(|(i, c)| if i < 3 || i + 2 >= n || c == '\n' { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests;
