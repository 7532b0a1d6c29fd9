//! What a column holds, counted in one pass and in any number of pieces.
//!
//! A column is kept as its distinct values with their counts while these are few; everything else (type, extremes,
//! quantiles, detectors) is computed once a distinct value. A column with more values than that is counted value by
//! value into sketches of a fixed size. Both are sums, so the result does not depend on where a file was cut.

mod hash;
mod kinds;
mod means;
mod spoilt;
mod state;
mod told;

pub use hash::hash;
pub use kinds::Kind;
pub use means::plain;
pub use spoilt::Spoil;
pub use told::{Given, MadeText, Marks, Profile, Sign, Spelt, Why};

use hash::seeded;
use means::mean;

use super::customs::{Shapes, Told};
use super::names;
use super::personal::Hits;
use super::sketch::{Distinct, Spread, histogram, quantile};
use super::value::{self, Class, classify, exponent_code, fiscal, formula, parts, percent};
use serde::{Deserialize, Serialize};

/// Most distinct values that a column keeps, and most bytes of them.
pub const DISTINCT: usize = 1 << 16;
const BYTES: usize = 8 << 20;
/// Distinct values that all columns of a table may keep together.
const ALL: usize = 1 << 21;

/// A distinct value: where it stands, how often, and the place of its first row.
#[derive(Debug, Clone, Copy)]
struct Entry {
    at: u32,
    len: u32,
    first: u64,
    /// Counts that a slot had no room for.
    more: u64,
}

/// A place of the table by which values are found again: one line of the cache a value.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    hash: u64,
    /// Place in the entries plus one; 0 for an empty slot.
    index: u32,
    count: u32,
}

/// One column while it is read.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Cells without anything in them.
    pub nulls: u64,
    /// Values may come that stand before those already counted.
    pub late: bool,
    limit: usize,
    slots: Vec<Slot>,
    entries: Vec<Entry>,
    bytes: Vec<u8>,
    sums: Option<Box<Sums>>,
}

/// Least and greatest day: year, month, day, and as they are written.
type Days = ([(u16, u8, u8); 2], [Box<str>; 2]);

/// Least and greatest number, each with the text of its cell.
type Ends = [(f64, Box<str>); 2];
/// Row and text of the first.
type Met = Option<(u64, Box<str>)>;

/// Places for the classes of values, and one more for numbers with a sign for per cent.
const SLOTS: usize = 9;
const SHARE: usize = 8;

/// What is summed up over the values of a column.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Sums {
    distinct: Distinct,
    classes: [u64; SLOTS],
    first: [Option<(u64, Box<str>)>; SLOTS],
    /// Plain numbers, and those with a sign for per cent: they are of different scales.
    numbers: [Spread; 2],
    /// Least and greatest number of either, each with the text of its cell.
    ends: [Option<Ends>; 2],
    /// Least and greatest day, with its text.
    days: Option<Days>,
    longest: usize,
    shortest: Option<usize>,
    formulas: Option<(u64, Box<str>)>,
    formula_count: u64,
    example: Option<(u64, Box<str>)>,
    /// Personal data found.
    pub hits: Hits,
    regions: u64,
    /// Values such as `007`, `1E05`, `-5` or `1,234`, in this order: what a column of digits is shows in them.
    zeros: u64,
    exponents: u64,
    signed: u64,
    /// Of the signed, such as begin with a plus: `+49`.
    plus: u64,
    /// Values as `2009-10`, and of these such as name no month: `2019-20`.
    fiscal: [u64; 2],
    /// Numbers with signs that derived files leave out, by [`Sign`]: how many, and the first.
    written: [(u64, Met); 3],
    /// Days by the sign between their parts (`-`, `/`, `.`, 年): how many, and the first.
    spelt: [(u64, Met); 4],
    shapes: Shapes,
    spoilt: spoilt::Spoilt,
}

/// Blocks are valid UTF-8 and fields end at ASCII bytes.
fn utf8(v: &[u8]) -> &str {
    std::str::from_utf8(v).unwrap_or_default()
}

/// Longest text kept of a value in findings and examples, in characters.
const SHOWN: usize = 80;

fn short(v: &str) -> Box<str> {
    v.chars().take(SHOWN).collect::<String>().into()
}

fn earlier(slot: &mut Option<(u64, Box<str>)>, row: u64, v: &str) {
    if slot.as_ref().is_none_or(|(r, _)| row < *r) {
        *slot = Some((row, short(v)));
    }
}

impl Sums {
    /// Counts a value. Gives the number that it is.
    fn absorb(&mut self, v: &str, times: u64, row: u64) -> Option<f64> {
        let (class, number) = classify(v);
        let share = number.is_some() && percent(v);
        if number.is_some()
            && let Some(w) = Sign::of(v)
        {
            let (count, first) = &mut self.written[w as usize];
            *count += times;
            earlier(first, row, v);
        }
        if fiscal(v) {
            self.fiscal[0] += times;
            self.fiscal[1] += if class == Class::String { times } else { 0 };
        }
        let slot = if share { SHARE } else { class as usize };
        self.classes[slot] += times;
        earlier(&mut self.first[slot], row, v);
        self.spoilt.add(v, class, times, row);
        if class != Class::Mark {
            earlier(&mut self.example, row, v);
        }
        if let Some(n) = number {
            self.numbers[usize::from(share)].add(n, times);
            self.end(usize::from(share), n, v);
        }
        match class {
            Class::Code => self.zeros += if v.starts_with(['0', '０']) { times } else { 0 },
            Class::Number => self.exponents += if exponent_code(v) { times } else { 0 },
            Class::Integer if !v.bytes().all(|b| b.is_ascii_digit()) => {
                self.signed += times;
                self.plus += if v.starts_with('+') { times } else { 0 };
            }
            _ => {}
        }
        match class {
            Class::Date | Class::Datetime => {
                if let Some((y, m, d, time)) = parts(v) {
                    self.day((y, m, d), v);
                    let sign = match v.as_bytes().get(4) {
                        Some(b'-') => 0,
                        Some(b'/') => 1,
                        Some(b'.') => 2,
                        _ => 3,
                    };
                    if d > 0 && !time {
                        let (count, first) = &mut self.spelt[sign];
                        *count += times;
                        earlier(first, row, v);
                    }
                }
            }
            Class::Integer | Class::Number | Class::Mark | Class::Boolean => {}
            Class::String | Class::Code => {
                let len = if v.is_ascii() { v.len() } else { v.chars().count() };
                self.longest = self.longest.max(len);
                self.shortest = Some(self.shortest.map_or(len, |s| s.min(len)));
                if class == Class::String && v.len() <= 40 && super::regions::province(v).is_some() {
                    self.regions += times;
                }
                if formula(v) {
                    self.formula_count += times;
                    earlier(&mut self.formulas, row, v);
                }
            }
        }
        // A day is no number of a person. `3.7E+17` is the shortest of them.
        if matches!(class, Class::Date | Class::Datetime) {
            return number;
        }
        if v.len() >= 8 || (v.len() >= 6 && v.contains(['e', 'E'])) {
            self.hits.look(v, times, row);
        } else {
            // A12345: a plate where the column is one of plates.
            if matches!(v.len(), 6 | 7) && v.as_bytes()[0].is_ascii_uppercase() {
                self.hits.plate(v, times, row);
            }
            if class == Class::String {
                self.hits.people.look(v, times);
            }
        }
        number
    }

    /// Keeps the least and the greatest number as they stand in the file; of two that are equal, the shorter text.
    fn end(&mut self, which: usize, x: f64, v: &str) {
        let Some([low, high]) = &mut self.ends[which] else {
            self.ends[which] = Some([(x, v.into()), (x, v.into())]);
            return;
        };
        let shorter = |than: &str| *v != *than && (v.len(), v) < (than.len(), than);
        if x < low.0 || (x == low.0 && shorter(&low.1)) {
            *low = (x, v.into());
        }
        if x > high.0 || (x == high.0 && shorter(&high.1)) {
            *high = (x, v.into());
        }
    }

    fn day(&mut self, day: (u16, u8, u8), v: &str) {
        match &mut self.days {
            None => self.days = Some(([day, day], [short(v), short(v)])),
            Some((range, text)) => {
                if day < range[0] || (day == range[0] && *v < *text[0]) {
                    (range[0], text[0]) = (day, short(v));
                }
                if day > range[1] || (day == range[1] && *v > *text[1]) {
                    (range[1], text[1]) = (day, short(v));
                }
            }
        }
    }

    fn merge(&mut self, other: &Sums) {
        self.distinct.merge(&other.distinct);
        for i in 0..SLOTS {
            self.classes[i] += other.classes[i];
            if let Some((row, v)) = &other.first[i] {
                earlier(&mut self.first[i], *row, v);
            }
        }
        for which in 0..2 {
            self.numbers[which].merge(&other.numbers[which]);
            for (x, v) in other.ends[which].iter().flatten() {
                self.end(which, *x, v);
            }
        }
        if let Some((range, text)) = &other.days {
            self.day(range[0], &text[0]);
            self.day(range[1], &text[1]);
        }
        self.longest = self.longest.max(other.longest);
        self.shortest = [self.shortest, other.shortest].into_iter().flatten().min();
        for (mine, theirs) in [(&mut self.formulas, &other.formulas), (&mut self.example, &other.example)] {
            if let Some((row, v)) = theirs {
                earlier(mine, *row, v);
            }
        }
        self.formula_count += other.formula_count;
        self.hits.merge(&other.hits);
        self.regions += other.regions;
        self.zeros += other.zeros;
        self.exponents += other.exponents;
        self.signed += other.signed;
        self.plus += other.plus;
        for i in 0..2 {
            self.fiscal[i] += other.fiscal[i];
        }
        for (mine, theirs) in self.written.iter_mut().zip(&other.written).chain(self.spelt.iter_mut().zip(&other.spelt)) {
            mine.0 += theirs.0;
            if let Some((row, v)) = &theirs.1 {
                earlier(&mut mine.1, *row, v);
            }
        }
        self.shapes.merge(&other.shapes);
        self.spoilt.merge(&other.spoilt);
    }
}

impl Column {
    /// A column of a table with so many columns.
    pub fn new(columns: usize) -> Column {
        Column { limit: (ALL / columns.max(1)).clamp(256, DISTINCT), ..Column::default() }
    }

    /// Adds a value without outer blanks; `row` tells its place and grows with it.
    pub fn add(&mut self, v: &[u8], row: u64) {
        if v.is_empty() {
            self.nulls += 1;
            return;
        }
        self.put(v, 1, row);
    }

    /// Counts a value. Two values are taken for one where all 64 bits of their hashes agree, which no one can bring
    /// about, as the hash has a seed of this process; by chance it happens once in ten billion full columns.
    fn put(&mut self, v: &[u8], times: u64, row: u64) {
        if self.sums.is_some() {
            return self.spill(utf8(v), times, row);
        }
        if self.slots.len() < (self.entries.len() + 1) * 4 / 3 {
            self.grow();
        }
        let h = seeded(v);
        let mask = self.slots.len() - 1;
        let mut at = (h >> 20) as usize & mask;
        loop {
            let s = &mut self.slots[at];
            if s.index == 0 {
                break;
            }
            if s.hash == h {
                match s.count.checked_add(times.min(u64::from(u32::MAX)) as u32).filter(|_| times <= u64::from(u32::MAX)) {
                    Some(n) => s.count = n,
                    None => self.entries[s.index as usize - 1].more += times,
                }
                // Rows come in order until pieces are put together.
                if self.late {
                    let e = &mut self.entries[s.index as usize - 1];
                    e.first = e.first.min(row);
                }
                return;
            }
            at = (at + 1) & mask;
        }
        if self.entries.len() >= self.limit || self.bytes.len() + v.len() > BYTES {
            self.overflow();
            return self.spill(utf8(v), times, row);
        }
        self.entries.push(Entry { at: self.bytes.len() as u32, len: v.len() as u32, first: row, more: times - times.min(u64::from(u32::MAX)) });
        self.bytes.extend_from_slice(v);
        self.slots[at] = Slot { hash: h, index: self.entries.len() as u32, count: times.min(u64::from(u32::MAX)) as u32 };
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); (old.len() * 2).max(16)];
        let mask = self.slots.len() - 1;
        for s in old.into_iter().filter(|s| s.index > 0) {
            let mut at = (s.hash >> 20) as usize & mask;
            while self.slots[at].index > 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = s;
        }
    }

    /// The kept values in the order in which they came, with their counts and first rows.
    fn kept(&self) -> Vec<(&str, u64, u64)> {
        let mut counts: Vec<u64> = self.entries.iter().map(|e| e.more).collect();
        self.slots.iter().filter(|s| s.index > 0).for_each(|s| counts[s.index as usize - 1] += u64::from(s.count));
        let all = self.texts();
        self.entries.iter().zip(counts).map(|(e, n)| (self.text(all, e), n, e.first)).collect()
    }

    /// All kept values in one text, as blocks are valid UTF-8 and fields end at ASCII bytes: checked once, not value by value.
    fn texts(&self) -> Option<&str> {
        simdutf8::basic::from_utf8(&self.bytes).ok()
    }

    /// A kept value, of all of them.
    fn text<'c>(&'c self, all: Option<&'c str>, e: &Entry) -> &'c str {
        let at = e.at as usize..e.at as usize + e.len as usize;
        match all {
            Some(all) => all.get(at).unwrap_or_default(),
            None => std::str::from_utf8(&self.bytes[at]).unwrap_or_default(),
        }
    }

    /// Turns the kept values into sums.
    fn overflow(&mut self) {
        let kept = Column {
            entries: std::mem::take(&mut self.entries),
            bytes: std::mem::take(&mut self.bytes),
            slots: std::mem::take(&mut self.slots),
            ..Column::default()
        };
        self.sums = Some(Box::default());
        for (v, n, first) in kept.kept() {
            self.spill(v, n, first);
        }
    }

    fn spill(&mut self, text: &str, times: u64, row: u64) {
        if let Some(s) = &mut self.sums {
            s.distinct.add(hash(text.as_bytes()));
            s.absorb(text, times, row);
            s.shapes.add(text, times);
        }
    }

    /// How the values are written: counted as they came, or now where few are kept.
    pub fn shapes(&self) -> std::borrow::Cow<'_, Shapes> {
        match &self.sums {
            Some(s) => std::borrow::Cow::Borrowed(&s.shapes),
            None => {
                let mut shapes = Shapes::default();
                self.kept().into_iter().for_each(|(v, n, _)| shapes.add(v, n));
                std::borrow::Cow::Owned(shapes)
            }
        }
    }

    /// Adds a column read elsewhere.
    pub fn merge(&mut self, other: Column) {
        self.late = true;
        self.nulls += other.nulls;
        if let Some(o) = &other.sums {
            if self.sums.is_none() {
                self.overflow();
            }
            if let Some(s) = &mut self.sums {
                s.merge(o);
            }
        }
        for (v, n, first) in other.kept() {
            self.put(v.as_bytes(), n, first);
        }
    }

    /// The bytes of all values that are kept, one behind the other.
    pub(super) fn kept_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The first of the kept values, with their rows.
    pub(super) fn first(&self, most: usize) -> impl Iterator<Item = (u64, &str)> {
        let all = self.texts();
        self.entries.iter().take(most).map(move |e| (e.first, self.text(all, e)))
    }

    /// The distinct values with their counts, where they were all kept and are no more than `most`.
    pub fn values(&self, most: usize) -> Option<Vec<(String, u64)>> {
        (self.sums.is_none() && self.entries.len() <= most).then(|| {
            let mut out: Vec<(String, u64)> = self.kept().into_iter().map(|(v, n, _)| (v.to_string(), n)).collect();
            out.sort();
            out
        })
    }

    /// How many of its values look like names of persons in Chinese.
    pub fn names(&self) -> u64 {
        let mut like = crate::personal::together::Like::default();
        self.kept().into_iter().for_each(|(v, n, _)| like.look(v, n));
        like.han + self.sums.as_ref().map_or(0, |s| s.hits.people.han)
    }

    /// Of the kept values that are as asked: how often they come in all, the first row, and the value there.
    pub fn such(&self, asked: &dyn Fn(&str) -> bool) -> Option<(u64, u64, String)> {
        // Few columns have any, so they are not counted before one is seen.
        let all = self.texts();
        self.entries.iter().find(|e| asked(self.text(all, e)))?;
        let hits: Vec<(&str, u64, u64)> = self.kept().into_iter().filter(|(v, ..)| asked(v)).collect();
        let (v, _, row) = hits.iter().min_by_key(|(_, _, row)| *row)?;
        Some((hits.iter().map(|(_, n, _)| n).sum(), *row, (*v).to_string()))
    }

    /// The finished profile. `told` is the declared type; `place` turns the place of a row into its line.
    pub fn finish(self, name: &str, told: Option<Told>, rows: u64, increasing: bool, of: super::personal::Of, place: &dyn Fn(u64) -> u64) -> (Profile, Marks) {
        let exact = self.sums.is_none();
        let mut sums = Sums::default();
        let (nulls, mut top) = (self.nulls, Vec::new());
        let mut numbers: Vec<(f64, u64)> = Vec::new();
        let mut repeated = false;
        let kept = self.kept();
        let distinct = match &self.sums {
            Some(s) => {
                sums = (**s).clone();
                sums.distinct.count()
            }
            None => {
                let mut by_count: Vec<(&str, u64)> = Vec::with_capacity(kept.len());
                for (v, n, first) in &kept {
                    numbers.extend(sums.absorb(v, *n, *first).map(|x| (x, *n)));
                    repeated |= *n > 1;
                    by_count.push((v, *n));
                }
                let first = TOP.min(by_count.len());
                let order = |a: &(&str, u64), b: &(&str, u64)| b.1.cmp(&a.1).then(a.0.cmp(b.0));
                if first < by_count.len() {
                    by_count.select_nth_unstable_by(first, order);
                    by_count.truncate(first);
                }
                by_count.sort_by(order);
                if repeated {
                    top = by_count.into_iter().map(|(v, n)| (short(v).into(), n)).collect();
                }
                kept.len() as u64
            }
        };
        let (kind, odd) = kind_of(&sums.classes, name, told, &sums);
        // Of numbers of two scales only those of the column's own are counted.
        let n = |c: Class| sums.classes[c as usize];
        let plain = n(Class::Integer) + n(Class::Number);
        let percents = sums.classes[SHARE];
        let share = percents > plain;
        let mixed = (kind == Kind::String && told != Some(Told::Text) && plain > 0 && percents > 0)
            .then(|| {
                let least = if share { [Class::Integer as usize, Class::Number as usize] } else { [SHARE, SHARE] };
                least.iter().filter_map(|c| sums.first[*c].as_ref()).min_by_key(|(row, _)| *row).map(|(row, v)| (place(*row), v.to_string(), percents, plain))
            })
            .flatten();
        if plain > 0 && percents > 0 {
            numbers = kept.iter().filter(|(v, ..)| percent(v) == share).filter_map(|(v, n, _)| Some((classify(v).1?, *n))).collect();
        }
        let spread = &sums.numbers[usize::from(share)];
        let numeric = matches!(kind, Kind::Integer | Kind::Number | Kind::Year);
        let marks = if kind == Kind::String || told == Some(Told::Text) { 0 } else { sums.classes[Class::Mark as usize] };
        // Of two spellings of a number the one that comes less often is first, whatever the file has first.
        numbers.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        // Signs for a missing value are none, and `1,234` is the number 1234.
        let spellings = if exact && numeric { numbers.len() - numbers.chunk_by(|a, b| a.0 == b.0).count() } else { 0 };
        let distinct = if exact && (marks > 0 || numeric) {
            let count = |class: bool| kept.iter().filter(|(v, ..)| class == (classify(v).0 == Class::Mark)).count() as u64;
            distinct - if marks > 0 { count(true) } else { 0 } - spellings as u64
        } else {
            distinct
        };
        let quantiles = if !numeric || spread.count == 0 {
            Vec::new()
        } else {
            let q = |s| if exact { quantile(numbers.iter().copied(), spread.count, s) } else { spread.quantile(s) };
            [1, 5, 10, 15, 19].into_iter().filter_map(q).collect()
        };
        let bins = if !numeric {
            Vec::new()
        } else if exact {
            histogram(numbers.iter().copied(), spread.range, BINS)
        } else {
            spread.histogram(BINS)
        };
        let unique = if exact { Some(!repeated && spellings == 0 && nulls + marks == 0 && rows > 0) } else { increasing.then_some(nulls + marks == 0) };
        let days = sums.days.as_ref().filter(|_| matches!(kind, Kind::Date | Kind::Datetime)).map(|(_, t)| t.clone());
        let (min, max) = match (&days, sums.ends[usize::from(share)].as_ref().filter(|_| numeric || kind == Kind::Date)) {
            (Some([a, b]), _) => (Some(a.to_string()), Some(b.to_string())),
            (_, Some([(_, a), (_, b)])) => (Some(a.to_string()), Some(b.to_string())),
            _ => (None, None),
        };
        // In the order of their sizes the sum is the same however the file was read.
        let mean = if exact { mean(&numbers) } else { spread.mean() };
        let odd_first = odd.iter().filter_map(|c| sums.first[*c].as_ref()).min_by_key(|(row, _)| *row).map(|(row, v)| (place(*row), v.to_string()));
        let odd_count: u64 = odd.iter().map(|c| sums.classes[*c]).sum();
        let profile = Profile {
            kind,
            share: numeric && share,
            rows,
            nulls: nulls + marks,
            marks,
            // All values differ: then the estimate is not needed.
            distinct: if unique == Some(true) && !exact { rows - nulls } else { distinct.min(rows - nulls - marks) },
            exact: exact || unique == Some(true),
            unique,
            min,
            max,
            mean: mean.filter(|_| numeric),
            sketched: !exact,
            quantiles,
            top,
            histogram: bins,
            lengths: sums.shortest.map(|s| (s, sums.longest)),
            example: sums.example.as_ref().map(|(_, v)| v.to_string()),
            regions: sums.regions > 0 && sums.regions * 10 >= (rows - nulls) * 8,
            odd: odd_count,
            given: Given::default(),
        };
        // One financial year in all rows may as well be a month.
        let either =
            kind == Kind::String && told.is_none() && distinct == 1 && sums.fiscal[0] > 0 && sums.fiscal[1] == 0 && sums.classes[Class::Date as usize] > 0;
        let text = if kind == Kind::String && told != Some(Told::Text) && mixed.is_none() && !either {
            made_text(&sums, &kept, name).map(|mut t| {
                t.line = place(t.line);
                t
            })
        } else {
            None
        };
        let n = |c: Class| sums.classes[c as usize];
        let all = sums.classes.iter().sum::<u64>() - n(Class::Mark);
        let spoilt = if told.is_some_and(|t| t != Told::Any) {
            Vec::new()
        } else {
            let mut list = sums.spoilt.judge(name, all, n(Class::Number), n(Class::Integer), n(Class::Date) + n(Class::Datetime));
            list.iter_mut().for_each(|s| s.2 = place(s.2));
            list
        };
        let spelt = (kind == Kind::Date && told != Some(Told::Text)).then(|| sums.spellings(place)).flatten();
        let marks = Marks {
            text,
            spoilt,
            spelt,
            either: sums.first[Class::Date as usize].as_ref().filter(|_| either).map(|(row, v)| (place(*row), v.to_string())),
            written: if numeric {
                let all = [Sign::Comma, Sign::Blank, Sign::Wide].map(|s| (s, &sums.written[s as usize]));
                all.iter().filter_map(|(s, (n, first))| first.as_ref().map(|(row, v)| (*s, *n, place(*row), v.to_string()))).collect()
            } else {
                Vec::new()
            },
            mixed,
            odd: odd_first,
            formula: sums.formulas.map(|(row, v)| (place(row), v.to_string())),
            formulas: sums.formula_count,
            mark: sums.first[Class::Mark as usize].as_ref().filter(|_| marks > 0).map(|(row, v)| (place(*row), v.to_string())),
            like: crate::personal::together::Like { filled: rows - nulls, ..sums.hits.people },
            personal: sums.hits.judge(name, rows - nulls, numeric || kind == Kind::Code, of).map(|(k, n, row, sure)| (k, n, place(row), sure)),
        };
        (profile, marks)
    }
}

/// Why a column of numbers or days is read as text: the first value that is none of them. Numbers with a minus of another kind,
/// days that are not there, and few values among many are most likely mistakes; much text among figures may be meant.
fn made_text(sums: &Sums, kept: &[(&str, u64, u64)], name: &str) -> Option<MadeText> {
    let n = |c: Class| sums.classes[c as usize];
    let all: u64 = sums.classes.iter().sum::<u64>() - n(Class::Mark);
    let (numbers, days) = (n(Class::Integer) + n(Class::Number), n(Class::Date) + n(Class::Datetime));
    let truths = n(Class::Boolean);
    let (fit, kind) = if truths > numbers.max(days) {
        (truths, Kind::Boolean)
    } else if days > numbers {
        (days, Kind::Date)
    } else {
        (numbers, Kind::Number)
    };
    let odd = all - fit;
    if fit < 2 || odd == 0 || fit * 2 <= all || n(Class::String) == 0 {
        return None;
    }
    let why = |v: &str| match kind {
        Kind::Number if value::endless(v) => Some(Why::Endless),
        Kind::Number if fit >= 4 && value::other_minus(v) => Some(Why::Sign),
        Kind::Date if value::no_day(v) => Some(Why::Day),
        _ => None,
    };
    // Of days and words the words are hardly ever meant.
    let days = kind == Kind::Date && odd * 3 <= all;
    // Where not every value is at hand, the first that is text speaks for them.
    let first = sums.first[Class::String as usize].as_ref().map(|(row, v)| (&**v, *row));
    let near = kept.iter().map(|(v, _, row)| (*v, *row)).chain(first).filter_map(|(v, row)| Some((v, row, why(v)?))).min_by_key(|(_, row, _)| *row);
    // Few among many: one in ten at most, or up to three where they are a quarter at most.
    let few = || {
        let (v, row) = first.filter(|(v, _)| {
            (days || fit >= 4 && (odd == 1 || odd * 10 <= all || (odd <= 3 && odd * 4 <= all))) && !names::code(name) && !super::totals::is_total(v)
        })?;
        Some((v, row, Why::Other))
    };
    let (v, line, why) = near.or_else(few)?;
    Some(MadeText { kind, fit, odd, line, value: v.into(), why })
}

impl Sums {
    /// Days with different signs between their parts: the first of the fewer.
    fn spellings(&self, place: &dyn Fn(u64) -> u64) -> Option<Spelt> {
        let usual = self.spelt.iter().max_by_key(|s| s.0)?;
        let others: Vec<&(u64, Met)> = self.spelt.iter().filter(|s| s.0 > 0 && !std::ptr::eq(*s, usual)).collect();
        let (line, value) = others.iter().filter_map(|s| s.1.as_ref()).min_by_key(|(row, _)| *row)?;
        let fewer = others.iter().map(|s| s.0).sum();
        Some(Spelt { usual: usual.1.as_ref()?.1.to_string(), most: usual.0, fewer, line: place(*line), value: value.to_string() })
    }
}

/// Frequent values kept, and steps of a histogram.
const TOP: usize = 10;
const BINS: usize = 20;

/// Share of values that may be of another class before a column counts as text.
const ODD: f64 = 0.05;

/// The type, and the classes of values that do not fit it.
fn kind_of(classes: &[u64; SLOTS], name: &str, told: Option<Told>, sums: &Sums) -> (Kind, Vec<usize>) {
    let n = |c: Class| classes[c as usize];
    let all: u64 = classes.iter().sum::<u64>() - n(Class::Mark);
    if all == 0 {
        return (if n(Class::Mark) > 0 { Kind::String } else { Kind::Empty }, Vec::new());
    }
    let slots = |kind: Kind, members: &[usize]| -> Option<(Kind, Vec<usize>)> {
        let inside: u64 = members.iter().map(|c| classes[*c]).sum();
        let odd = all - inside;
        let few = odd == 0 || (inside >= 20 && (odd as f64) < all as f64 * ODD);
        (inside > 0 && few).then(|| {
            let rest = (0..SLOTS).filter(|c| !members.contains(c) && *c != Class::Mark as usize && classes[*c] > 0).collect();
            (kind, rest)
        })
    };
    let group = |kind: Kind, members: &[Class]| slots(kind, &members.iter().map(|c| *c as usize).collect::<Vec<_>>());
    // What is declared to be text is never converted: digits are codes, all else is text.
    if told == Some(Told::Text) {
        let digits = n(Class::Code) + n(Class::Integer) == all && n(Class::Mark) == 0 && sums.signed == sums.plus;
        return (if digits { Kind::Code } else { Kind::String }, Vec::new());
    }
    // `1E05`, `7E3`: no program writes numbers so, without sign and point.
    if sums.exponents > 0
        && sums.exponents == n(Class::Number)
        && told != Some(Told::Number)
        && let Some(hit) = group(Kind::Code, &[Class::Code, Class::Integer, Class::Number])
    {
        return hit;
    }
    // `9.13301E+17` under a name of codes: digits are lost, and what is left is no quantity.
    if told.is_none() && sums.spoilt.powers.0 > 0 && sums.spoilt.powers.0 == n(Class::Number) && spoilt::codes(name) {
        return (Kind::String, Vec::new());
    }
    // `1.10` is no 1.1 where versions and clauses are counted.
    if told.is_none() && n(Class::Number) > 0 && spoilt::numbered(name) {
        return (Kind::String, Vec::new());
    }
    // `+352`, `+49`: a plus before every one of them is part of a code for telephones, and a number would lose it.
    if sums.plus > 0
        && sums.plus == n(Class::Integer)
        && told != Some(Told::Number)
        && let Some(hit) = group(Kind::Code, &[Class::Code, Class::Integer])
    {
        return hit;
    }
    // One zero in front among strings of digits, and all of them are codes: to shorten it would make it another code.
    if n(Class::Code) > 0
        && let Some(hit) = group(Kind::Code, &[Class::Code, Class::Integer])
        && ((sums.zeros > 0 && sums.signed == 0) || n(Class::Code) * 20 >= all || names::code(name))
    {
        return hit;
    }
    if n(Class::Number) == 0
        && let Some((_, odd)) = group(Kind::Integer, &[Class::Integer])
    {
        let (a, b) = sums.numbers[0].range.unwrap_or_default();
        let declared = told == Some(Told::Year) && a >= 1000.0 && b <= 9999.0;
        let year = declared
            || (1800.0..=2100.0).contains(&a)
                && (1800.0..=2100.0).contains(&b)
                && (names::says(name, &["year", "years", "yr", "fy", "anno", "año", "année", "jahr", "年"])
                    || matches!(names::words(name).as_slice(), [w] if w == "time" || w == "period"));
        // 20240501: a day without its marks, where the name says so.
        let day = (19_000_101.0..=21_001_231.0).contains(&a)
            && (19_000_101.0..=21_001_231.0).contains(&b)
            && names::says(name, &["date", "day", "日期", "时间", "時間"]);
        let kind = if year {
            Kind::Year
        } else if day {
            Kind::Date
        } else if names::code(name) || told.is_none() && sums.spoilt.counted(name, n(Class::Integer)) {
            Kind::Code
        } else {
            Kind::Integer
        };
        return (kind, odd);
    }
    // `12%` beside `7`: nobody knows whether that is 7 % or seven times the whole.
    // `2009-10`, `2010-11`, `2019-20`: financial years, and no months.
    let month = names::says(name, &["month", "months", "yearmonth", "月", "月份", "年月"]);
    let financial = names::says(name, &["fiscal", "financial", "fy", "财年", "财政年度", "學年", "学年", "season"]);
    if sums.fiscal[1] * 2 > all || (sums.fiscal[0] * 2 > all && (sums.fiscal[1] > 0 || financial || (sums.fiscal[0] == all && !month))) {
        return (Kind::String, Vec::new());
    }
    group(Kind::Number, &[Class::Integer, Class::Number])
        .or_else(|| slots(Kind::Number, &[SHARE]))
        .or_else(|| group(Kind::Date, &[Class::Date]))
        .or_else(|| group(Kind::Datetime, &[Class::Date, Class::Datetime]))
        .or_else(|| group(Kind::Boolean, &[Class::Boolean]))
        .unwrap_or((Kind::String, Vec::new()))
}
