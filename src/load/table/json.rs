//! Tables in JSON: a list of objects or of lists, one object a line, columns by name, GeoJSON features.

use super::profile::{Given, plain};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A value with its keys in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// A number, text or truth value, as text; false for a text.
    Text(String, bool),
    /// `[…]`
    List(Vec<Value>),
    /// `{…}`
    Map(Vec<(String, Value)>),
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Value, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Value;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }
            fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
                Ok(Value::Text(v.to_string(), true))
            }
            fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
                Ok(Value::Text(v.to_string(), true))
            }
            fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
                Ok(Value::Text(v.to_string(), true))
            }
            fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
                Ok(Value::Text(plain(v), true))
            }
            fn visit_str<E>(self, v: &str) -> Result<Value, E> {
                Ok(v.strip_prefix(GUARD).map_or_else(|| Value::Text(v.to_string(), false), |n| Value::Text(n.to_string(), true)))
            }
            fn visit_string<E: serde::de::Error>(self, v: String) -> Result<Value, E> {
                self.visit_str(&v)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut a: A) -> Result<Value, A::Error> {
                let mut out = Vec::new();
                while let Some(v) = a.next_element()? {
                    out.push(v);
                }
                Ok(Value::List(out))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut a: A) -> Result<Value, A::Error> {
                let mut out: Vec<(String, Value)> = Vec::new();
                while let Some((k, v)) = a.next_entry::<String, Value>()? {
                    out.push((k, v));
                }
                Ok(Value::Map(out))
            }
        }
        d.deserialize_any(V)
    }
}

impl Value {
    /// As JSON on one line.
    fn text(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::Text(t, _) => t.clone(),
            v => v.json(),
        }
    }

    fn json(&self) -> String {
        let quote = |t: &str| serde_json::to_string(t).unwrap_or_default();
        match self {
            Value::Null => "null".into(),
            Value::Text(t, true) => t.clone(),
            Value::Text(t, false) => quote(t),
            Value::List(l) => format!("[{}]", l.iter().map(Value::json).collect::<Vec<_>>().join(",")),
            Value::Map(m) => format!("{{{}}}", m.iter().map(|(k, v)| format!("{}:{}", quote(k), v.json())).collect::<Vec<_>>().join(",")),
        }
    }
}

/// Stands before a number that is kept as a text on its way through the parser. It is no character of any text.
const GUARD: char = '\u{FDD0}';

/// Numbers that a double would give back otherwise (`1.50`, 20 digits, `1E5`) as texts with a guard, so that they stay
/// as they are written. `None` where there are none.
fn guarded(text: &str) -> Option<String> {
    if text.contains(GUARD) {
        return None;
    }
    let b = text.as_bytes();
    let (mut out, mut from, mut i) = (String::new(), 0, 0);
    while i < b.len() {
        match b[i] {
            b'"' => {
                i += 1;
                while i < b.len() && b[i] != b'"' {
                    i += if b[i] == b'\\' { 2 } else { 1 };
                }
                i += 1;
            }
            b'-' | b'0'..=b'9' => {
                let end = i + b[i..].iter().position(|c| !matches!(c, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')).unwrap_or(b.len() - i);
                let n = &text[i..end];
                // A number of JSON, which changes on its way through a double.
                if (n.len() > 15 || n.contains(['e', 'E']) || (n.contains('.') && n.ends_with('0')) || n.starts_with("-0"))
                    && serde_json::from_str::<serde::de::IgnoredAny>(n).is_ok()
                {
                    out.push_str(&text[from..i]);
                    out.extend(['"', GUARD]);
                    out.push_str(n);
                    out.push('"');
                    from = end;
                }
                i = end;
            }
            _ => i += 1,
        }
    }
    (from > 0).then(|| {
        out.push_str(&text[from..]);
        out
    })
}

fn parse(text: &str) -> serde_json::Result<Value> {
    match guarded(text) {
        // Places of errors are those of the text itself.
        Some(g) => serde_json::from_str(&g).or_else(|_| serde_json::from_str(text)),
        None => serde_json::from_str(text),
    }
}

/// How the values of a column are written: texts, numbers, truths, lists and objects, each as often as it comes; empty texts, and
/// `null`. A text that stands for nothing (`-`, `NA`) says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds {
    /// Texts.
    pub texts: u64,
    /// Numbers.
    pub numbers: u64,
    /// `true`, `false`
    pub truths: u64,
    /// Lists and objects.
    pub nested: u64,
    /// `""`
    pub empty: u64,
    /// `null`
    pub nulls: u64,
    /// Texts that stand for nothing.
    pub marks: u64,
}

impl Kinds {
    fn add(&mut self, v: &Value) {
        *match v {
            Value::Null => &mut self.nulls,
            // Nothing is in it.
            Value::List(l) if l.is_empty() => &mut self.nulls,
            Value::Map(m) if m.is_empty() => &mut self.nulls,
            Value::Text(t, false) if t.is_empty() => &mut self.empty,
            Value::Text(t, false) if super::value::MARKS.contains(&t.as_str()) => &mut self.marks,
            Value::Text(_, false) => &mut self.texts,
            Value::Text(t, true) if matches!(t.as_str(), "true" | "false") => &mut self.truths,
            Value::Text(..) => &mut self.numbers,
            Value::List(_) | Value::Map(_) => &mut self.nested,
        } += 1;
    }

    /// What it says of the column; `rows` is how many records there are.
    pub fn given(&self, rows: u64) -> Given {
        let all = self.texts + self.empty + self.marks;
        match (self.texts, self.numbers, self.truths + self.nested) {
            (1.., 0, 0) => Given::Texts(self.empty > 0 && all == rows),
            (0, 1.., 0) => Given::Numbers,
            _ => Given::Nothing,
        }
    }

    /// Of several kinds, how often each comes: texts, numbers, truths, lists.
    pub fn several(&self) -> Option<[u64; 4]> {
        let all = [self.texts, self.numbers, self.truths, self.nested];
        (all.iter().filter(|n| **n > 0).count() > 1).then_some(all)
    }
}

/// A table read from JSON: names and rows.
#[derive(Debug, Default, PartialEq)]
pub struct Grid {
    /// Names of the columns, nested ones joined by `.`.
    pub names: Vec<String>,
    /// Cells by row; nested lists and objects as JSON.
    pub rows: Vec<Vec<String>>,
    /// Keys under which the list stood, joined by `.`.
    pub key: Option<String>,
    /// Other lists that might have been meant: keys, and how many are in them.
    pub others: Vec<(String, usize)>,
    /// Values that are not in the table: of columns beyond the most that are kept, or of a table too sparse to lay out.
    pub lost: u64,
    /// The table is too sparse to lay out.
    pub sparse: bool,
    /// Columns whose name another has: the name that was meant, and the one it got.
    pub renamed: Vec<(String, String)>,
    /// Keys that one object has twice: the name, that of the column of the second value, how often, the first record.
    pub twice: Vec<(String, String, u64, usize)>,
    /// Of features, places that are no degrees of longitude and latitude.
    pub places: Option<Places>,
    /// How the values of each column are written; empty where that is not known.
    pub kinds: Vec<Kinds>,
}

/// Coordinates of GeoJSON that are not what RFC 7946 says: degrees, longitude first (of WGS 84, which CGCS 2000 equals within a metre).
#[derive(Debug, Default, PartialEq)]
pub struct Places {
    /// The declared system, where it is another.
    pub crs: Option<String>,
    /// Features whose place is out of range.
    pub wrong: u64,
    /// All of these have latitude first.
    pub swapped: bool,
    /// The first of them: its record from 1, and its place.
    pub first: (usize, String),
}

/// The first place of coordinates, however deep.
fn place_of(v: &Value) -> Option<(&str, &str)> {
    let Value::List(l) = v else { return None };
    match (l.first()?, l.get(1)) {
        (Value::Text(x, true), Some(Value::Text(y, true))) => Some((x, y)),
        (inner @ Value::List(_), _) => place_of(inner),
        _ => None,
    }
}

/// What is wrong with the places of features, by their first one; nothing where they are degrees.
fn places(list: &[Value], all: Option<&Value>) -> Option<Places> {
    let get = |v: &Value, k: &str| -> Option<Value> {
        let Value::Map(m) = v else { return None };
        m.iter().find(|(n, _)| n == k).map(|(_, v)| v.clone())
    };
    let crs = all.and_then(|a| get(a, "crs")).and_then(|c| get(&c, "properties")).and_then(|p| get(&p, "name")).map(|n| n.text());
    let mut out = Places { crs: crs.filter(|c| !["CRS84", "4326", "4490", "4979"].iter().any(|k| c.ends_with(k))), swapped: true, ..Places::default() };
    for (i, f) in list.iter().enumerate() {
        let Value::Map(f) = f else { continue };
        let Some((_, Value::Map(g))) = f.iter().find(|(n, _)| n == "geometry") else { continue };
        let Some((x, y)) = g.iter().find(|(n, _)| n == "coordinates").and_then(|(_, c)| place_of(c)) else { continue };
        let (Ok(a), Ok(b)) = (x.parse::<f64>(), y.parse::<f64>()) else { continue };
        if out.wrong == 0 {
            out.first = (i + 1, format!("[{x}, {y}]"));
        }
        if a.abs() > 180.0 || b.abs() > 90.0 {
            out.wrong += 1;
            out.swapped &= a.abs() <= 90.0 && b.abs() <= 180.0;
        }
    }
    out.swapped &= out.wrong > 0;
    (out.wrong > 0 || (out.crs.is_some() && out.first.0 > 0)).then_some(out)
}

/// The lines on which the records of a list begin: of the list of so many that is the value of a key, else of the first so long.
/// A document that was read whole is given.
pub fn lines_of(text: &str, lines: bool, key: Option<&str>, count: usize) -> Vec<u32> {
    if lines {
        return text.lines().zip(1u32..).filter(|(l, _)| !l.trim().is_empty()).map(|(_, n)| n).collect();
    }
    /// An object or a list that is open.
    struct Open {
        list: bool,
        key: bool,
        begins: Vec<u32>,
    }
    let want = key.and_then(|k| k.rsplit('.').next());
    let (mut open, mut found, mut line, mut i): (Vec<Open>, Vec<u32>, u32, usize) = (Vec::new(), Vec::new(), 1, 0);
    let b = text.as_bytes();
    let mut last: &[u8] = b"";
    // Whether a value may begin in the list that is open.
    let mut fresh = true;
    while i < b.len() {
        let c = b[i];
        if fresh
            && !c.is_ascii_whitespace()
            && c != b']'
            && let Some(o) = open.last_mut().filter(|o| o.list && o.begins.len() <= count)
        {
            o.begins.push(line);
        }
        fresh = fresh && c.is_ascii_whitespace();
        match c {
            b'\n' => line += 1,
            b'"' => {
                let from = i + 1;
                i += 1;
                while i < b.len() && b[i] != b'"' {
                    i += if b[i] == b'\\' { 2 } else { 1 };
                }
                last = b.get(from..i).unwrap_or_default();
            }
            b'[' | b'{' => {
                let named = open.last().map_or(want.is_none(), |o| !o.list && last == want.unwrap_or("features").as_bytes());
                open.push(Open { list: c == b'[', key: named, begins: Vec::new() });
                fresh = c == b'[';
            }
            b']' | b'}' => {
                if let Some(o) = open.pop().filter(|o| o.list && o.begins.len() == count) {
                    if o.key {
                        return o.begins;
                    }
                    if found.is_empty() {
                        found = o.begins;
                    }
                }
            }
            b',' => fresh = true,
            _ => {}
        }
        i += 1;
    }
    found
}

/// Why what some programs write for a number that is none does not parse.
pub const NO_NUMBER: &str = "no value of JSON";

/// `NaN`, `Infinity` at a place: what Python and pandas write, and JSON does not have.
fn no_number(text: &str, line: usize, column: usize) -> Option<&'static str> {
    let line = text.split('\n').nth(line.checked_sub(1)?)?;
    // The reader stops at the first letter that does not fit, which is one of the word or the sign before it.
    let from = column.saturating_sub(10).min(line.len());
    let near: String = String::from_utf8_lossy(&line.as_bytes()[from..(column + 10).min(line.len())]).into_owned();
    ["-Infinity", "Infinity", "NaN"].into_iter().find(|w| near.contains(w))
}

/// Most columns that nested objects may unfold into.
const COLUMNS: usize = 2_000;

/// Reads a document. `property` names the list (`dialect.property`). An error says, with line and column, why it is no table.
pub fn read(text: &str, lines: bool, property: Option<&str>) -> Result<Grid, (String, usize, usize)> {
    let broken = |e: &serde_json::Error, line: usize| {
        let why = match no_number(text, line, e.column()) {
            Some(word) => format!("{NO_NUMBER}: {word}"),
            None => e.to_string().split(" at line").next().unwrap_or("").to_string(),
        };
        (why, line, e.column())
    };
    if lines {
        let mut list = Vec::new();
        for (i, l) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let value = parse(l).map_err(|e| broken(&e, i + 1))?;
            // It would be a row of nothing, and what it says would be lost.
            if !matches!(value, Value::Map(_)) {
                return Err(("a line that is no object".into(), i + 1, 1));
            }
            list.push(value);
        }
        return Ok(table(&list, None));
    }
    let value: Value = parse(text).map_err(|e| broken(&e, e.line()))?;
    shape(&value, property).ok_or_else(|| (String::new(), 0, 0))
}

/// How deep lists are looked for.
const DEEP: usize = 6;
/// Keys of the lists that an answer of a service is asked for, the surest first (CKAN, Socrata, Opendatasoft, ArcGIS, SDMX …).
static ASKED: &[&str] = &["records", "results", "items", "features", "rows", "data", "list", "value", "values", "observations", "entries", "content", "result"];
/// Keys of lists that tell of the data and are none.
static ABOUT: &[&str] = &[
    "fields",
    "columns",
    "facets",
    "facet_groups",
    "links",
    "_links",
    "errors",
    "warnings",
    "parameters",
    "meta",
    "metadata",
    "schema",
    "fieldAliases",
    "messages",
];

/// A list that may be the table.
struct Found<'v> {
    path: String,
    list: &'v [Value],
}

fn shape(value: &Value, property: Option<&str>) -> Option<Grid> {
    if let Some(path) = property {
        let mut at = value;
        for key in path.split('.').filter(|k| !k.is_empty() && *k != "$") {
            at = match at {
                Value::Map(m) => &m.iter().find(|(k, _)| k == key)?.1,
                Value::List(l) => l.get(key.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        return Some(Grid { key: Some(path.to_string()), ..of_list(value, at).or_else(|| columns(at))? });
    }
    if let Some(g) = of_list(value, value).or_else(|| columns(value)) {
        return Some(g);
    }
    let mut found = Vec::new();
    search(value, String::new(), 0, &mut found);
    let rank = |f: &Found<'_>| {
        let key = f.path.rsplit('.').next().unwrap_or("");
        let about = ABOUT.contains(&key) || f.path.split('.').any(|k| matches!(k, "meta" | "metadata" | "facets"));
        (!about, f.list.len(), ASKED.iter().position(|a| *a == key).map_or(0, |i| ASKED.len() - i))
    };
    let best = found.iter().enumerate().max_by_key(|(_, f)| rank(f)).map(|(i, _)| i)?;
    let others = found.iter().enumerate().filter(|(i, f)| *i != best && rank(f).0).map(|(_, f)| (f.path.clone(), f.list.len())).collect();
    let f = &found[best];
    let grid = if is_records(f.list) {
        if f.path.ends_with("features") && f.list.iter().all(|v| matches!(v, Value::Map(m) if m.iter().any(|(k, _)| k == "properties"))) {
            features(f.list, None)
        } else {
            table(f.list, None)
        }
    } else {
        matrix(f.list, value)
    };
    Some(Grid { key: Some(f.path.clone()), others, ..grid })
}

/// A list of records, of lists, or a collection of features.
fn of_list(all: &Value, value: &Value) -> Option<Grid> {
    match value {
        Value::List(l) if is_records(l) => Some(table(l, None)),
        Value::List(l) if is_matrix(l) => Some(matrix(l, all)),
        Value::Map(m) => {
            let get = |k: &str| m.iter().find(|(n, _)| n == k).map(|(_, v)| v);
            match (get("type"), get("features")) {
                (Some(Value::Text(t, _)), Some(Value::List(f))) if t == "FeatureCollection" => Some(features(f, Some(value))),
                _ => None,
            }
        }
        _ => None,
    }
}

fn is_records(l: &[Value]) -> bool {
    !l.is_empty() && l.iter().all(|v| matches!(v, Value::Map(_)))
}

fn is_matrix(l: &[Value]) -> bool {
    let width = |v: &Value| if let Value::List(r) = v { r.len() } else { 0 };
    l.len() > 1 && l.iter().all(|v| matches!(v, Value::List(_))) && l.iter().any(|v| width(v) > 0)
}

/// Columns by name: lists of one length, of plain values.
fn columns(value: &Value) -> Option<Grid> {
    let Value::Map(m) = value else { return None };
    let columns: Vec<(&String, &Vec<Value>)> = m.iter().filter_map(|(k, v)| if let Value::List(l) = v { Some((k, l)) } else { None }).collect();
    let flat = |l: &[Value]| l.iter().all(|v| matches!(v, Value::Text(..) | Value::Null));
    if columns.len() < 2 || columns.len() != m.len() || !columns.iter().all(|(_, l)| l.len() == columns[0].1.len() && !l.is_empty() && flat(l)) {
        return None;
    }
    let names = columns.iter().map(|(k, _)| (*k).clone()).collect();
    let kinds = columns.iter().map(|(_, l)| kinds(l.iter())).collect();
    let rows = (0..columns[0].1.len()).map(|i| columns.iter().map(|(_, l)| l[i].text()).collect()).collect();
    Some(Grid { names, rows, kinds, ..Grid::default() })
}

fn kinds<'v>(values: impl Iterator<Item = &'v Value>) -> Kinds {
    values.fold(Kinds::default(), |mut k, v| {
        k.add(v);
        k
    })
}

/// Lists of records and of rows below the keys of objects, and beside them in a list (`[{page}, [records]]`).
fn search<'v>(value: &'v Value, path: String, depth: usize, out: &mut Vec<Found<'v>>) {
    if depth > DEEP || out.len() > 200 {
        return;
    }
    let under = |k: &str| if path.is_empty() { k.to_string() } else { format!("{path}.{k}") };
    match value {
        Value::List(l) if depth > 0 && (is_records(l) || is_matrix(l)) => out.push(Found { path, list: l }),
        Value::List(l) if l.len() <= 4 => l.iter().enumerate().for_each(|(i, v)| search(v, under(&i.to_string()), depth + 1, out)),
        Value::Map(m) => m.iter().for_each(|(k, v)| search(v, under(k), depth + 1, out)),
        _ => {}
    }
}

/// Names for rows of so many cells, from a list beside them: texts, or objects with a name.
fn names_of(value: &Value, width: usize, depth: usize) -> Option<Vec<String>> {
    match value {
        Value::List(l) if l.len() == width && depth > 0 => l
            .iter()
            .map(|v| match v {
                Value::Text(t, false) => Some(t.clone()),
                Value::Map(m) => ["name", "id", "code", "title", "label", "field"].iter().find_map(|key| match m.iter().find(|(k, _)| k == key) {
                    Some((_, Value::Text(t, false))) => Some(t.clone()),
                    _ => None,
                }),
                _ => None,
            })
            .collect(),
        Value::Map(m) if depth < DEEP => {
            let of = |only: bool| m.iter().filter(|(k, _)| ABOUT.contains(&k.as_str()) == only).find_map(|(_, v)| names_of(v, width, depth + 1));
            of(true).or_else(|| of(false))
        }
        _ => None,
    }
}

/// A list of lists: the first may be the head, or names stand beside it in the document.
fn matrix(list: &[Value], all: &Value) -> Grid {
    let rows: Vec<Vec<String>> = list.iter().filter_map(|v| if let Value::List(l) = v { Some(l.iter().map(Value::text).collect()) } else { None }).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let of = |skip: usize| -> Vec<Kinds> {
        let cell = |v: &'_ Value, c: usize| if let Value::List(l) = v { l.get(c).cloned() } else { None };
        (0..width).map(|c| kinds(list.iter().skip(skip).filter_map(|v| cell(v, c)).collect::<Vec<_>>().iter())).collect()
    };
    if let Some(names) = names_of(all, width, 0) {
        let mut seen: rustc_hash::FxHashSet<&String> = rustc_hash::FxHashSet::default();
        if names.iter().all(|n| !n.is_empty() && seen.insert(n)) {
            return Grid { kinds: of(0), names, rows, ..Grid::default() };
        }
    }
    let found = super::layout::find(&rows[..rows.len().min(super::layout::SAMPLE)], &super::layout::Told::default());
    Grid { names: found.names, rows: rows[found.skip..].to_vec(), kinds: of(found.skip), ..Grid::default() }
}

fn table(list: &[Value], key: Option<&str>) -> Grid {
    let mut out = Unfolded::default();
    for v in list {
        out.start();
        if let Value::Map(m) = v {
            out.object("", m, 0);
        }
    }
    out.finish(key)
}

/// Between the keys of a path, and before that of a column which is no property. No characters of any text.
const WITHIN: char = '\u{FDD1}';
const BESIDE: char = '\u{FDD2}';
/// Before a key that the same object has already.
const AGAIN: char = '\u{FDD3}';
/// Most times that a key is followed within one object.
const AGAINS: usize = 4;

#[derive(Default)]
struct Unfolded {
    names: Vec<String>,
    taken: rustc_hash::FxHashSet<String>,
    renamed: Vec<(String, String)>,
    /// Columns by the path of their keys, which tells `a.b` from `b` within `a`, and a property from what is beside it.
    place: rustc_hash::FxHashMap<String, usize>,
    rows: Vec<Vec<String>>,
    kinds: Vec<Kinds>,
    /// The record that last had a value in each column; keys that one object has twice: name, second name, how often, first record.
    last: Vec<usize>,
    twice: Vec<(String, String, u64, usize)>,
    /// Cells laid out, values put into them, values left out, and whether too many empty cells stand between.
    cells: usize,
    values: usize,
    lost: u64,
    sparse: bool,
}

impl Unfolded {
    fn start(&mut self) {
        self.rows.push(Vec::with_capacity(self.names.len().min(12)));
    }

    /// A name that no other column has.
    fn name(&mut self, name: &str) -> String {
        let mut own = name.to_string();
        let mut n = 2;
        while self.taken.contains(&own) {
            own = format!("{name}_{n}");
            n += 1;
        }
        if own != name {
            self.renamed.push((name.to_string(), own.clone()));
        }
        self.taken.insert(own.clone());
        own
    }

    fn put(&mut self, path: &str, value: &Value) {
        let at = match self.place.get(path) {
            Some(i) => *i,
            None if self.names.len() < COLUMNS => {
                self.place.insert(path.to_string(), self.names.len());
                let name = self.name(&path.trim_start_matches([BESIDE, AGAIN]).replace(WITHIN, "."));
                self.names.push(name);
                self.kinds.push(Kinds::default());
                self.last.push(0);
                self.names.len() - 1
            }
            None => {
                self.lost += 1;
                return;
            }
        };
        // A key comes twice in one object: its second value has a column of its own.
        if std::mem::replace(&mut self.last[at], self.rows.len()) == self.rows.len() {
            if path.chars().take_while(|c| *c == AGAIN).count() >= AGAINS {
                self.twice.iter_mut().for_each(|t| t.2 += u64::from(t.1 == self.names[at]));
                return;
            }
            let known = self.renamed.len();
            let path = format!("{AGAIN}{path}");
            self.put(&path, value);
            self.renamed.truncate(known);
            let own = self.place.get(&path).map(|i| self.names[*i].clone()).unwrap_or_default();
            let name = self.names[at].clone();
            match self.twice.iter_mut().find(|t| t.1 == own) {
                Some(t) => t.2 += 1,
                None => self.twice.push((name, own, 1, self.rows.len())),
            }
            return;
        }
        // A record whose only value stands in the two-thousandth column is as long as one that has them all.
        self.values += 1;
        self.kinds[at].add(value);
        if self.sparse || (self.cells > 3 << 20 && self.cells / 16 > self.values) {
            self.sparse = true;
            return;
        }
        if let Some(row) = self.rows.last_mut() {
            if row.len() <= at {
                self.cells += at + 1 - row.len();
                row.resize(at + 1, String::new());
            }
            row[at] = value.text();
        }
    }

    fn object(&mut self, prefix: &str, m: &[(String, Value)], depth: usize) {
        for (k, v) in m {
            let name = if prefix.is_empty() { k.clone() } else { format!("{prefix}{WITHIN}{k}") };
            match v {
                Value::Map(inner) if depth < 3 && !inner.is_empty() => self.object(&name, inner, depth + 1),
                v => self.put(&name, v),
            }
        }
    }

    fn finish(mut self, key: Option<&str>) -> Grid {
        let width = self.names.len();
        // Rows are as long as their last cell where padding them would take more than they hold.
        if self.rows.len().saturating_mul(width) <= 1 << 21 {
            self.rows.iter_mut().for_each(|r| r.resize(width, String::new()));
        }
        let (lost, sparse, renamed, twice) = (self.lost, self.sparse, self.renamed, self.twice);
        Grid {
            names: self.names,
            rows: self.rows,
            key: key.map(String::from),
            others: Vec::new(),
            lost,
            sparse,
            renamed,
            twice,
            places: None,
            kinds: self.kinds,
        }
    }
}

/// Features with their properties; a point gives longitude and latitude (`x` and `y` where they are no degrees), another geometry its type.
fn features(list: &[Value], all: Option<&Value>) -> Grid {
    let places = places(list, all);
    let (x, y) = if places.is_none() { ("longitude", "latitude") } else { ("x", "y") };
    let mut out = Unfolded::default();
    let beside = |name: &str| format!("{BESIDE}{name}");
    for f in list {
        out.start();
        let Value::Map(f) = f else { continue };
        let get = |k: &str| f.iter().find(|(n, _)| n == k).map(|(_, v)| v);
        if let Some(id @ Value::Text(..)) = get("id") {
            out.put(&beside("id"), id);
        }
        if let Some(Value::Map(p)) = get("properties") {
            out.object("", p, 0);
        }
        if let Some(Value::Map(g)) = get("geometry") {
            let part = |k: &str| g.iter().find(|(n, _)| n == k).map(|(_, v)| v);
            let kind = part("type").map_or(String::new(), Value::text);
            let at = |c: &[Value], i: usize| c.get(i).cloned().unwrap_or(Value::Null);
            if let (true, Some(Value::List(c))) = (kind == "Point", part("coordinates")) {
                out.put(&beside(x), &at(c, 0));
                out.put(&beside(y), &at(c, 1));
            } else {
                out.put(&beside("geometry"), &Value::Text(kind, false));
            }
        }
    }
    Grid { places, ..out.finish(None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_services() {
        let of = |t: &str| {
            let g = read(t, false, None).unwrap();
            format!("{} {} {} {}", g.key.unwrap_or_default(), g.names.join("|"), g.rows.len(), g.rows[0].join("|"))
        };
        assert_eq!(of(r#"{"code":0,"data":{"total":2,"items":[{"a":1},{"a":2}]}}"#), "data.items a 2 1");
        assert_eq!(
            of(r#"{"success":true,"result":{"fields":[{"id":"_id"},{"id":"x"},{"id":"y"}],"records":[{"_id":1,"x":"q"}]}}"#),
            "result.records _id|x 1 1|q"
        );
        assert_eq!(of(r#"{"total_count":9,"results":[{"a":"1"},{"a":"2"}]}"#), "results a 2 1");
        assert_eq!(
            of(r#"{"nhits":1,"parameters":{},"records":[{"recordid":"z","fields":{"a":5}}],"facet_groups":[{"a":1},{"a":2}]}"#),
            "records recordid|fields.a 1 z|5"
        );
        assert_eq!(of(r#"{"meta":{"view":{"columns":[{"name":"n"},{"name":"m"}]}},"data":[["a",1],["b",2]]}"#), "data n|m 2 a|1");
        assert_eq!(of(r#"[{"page":1,"pages":1},[{"v":1},{"v":2}]]"#), "1 v 2 1");
        assert_eq!(of(r#"{"d":{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":"x"},"geometry":null}]}}"#), "d.features n 1 x");
        let g = read(r#"{"a":[{"x":1}],"b":[{"x":1},{"x":2}]}"#, false, None).unwrap();
        assert_eq!((g.key.as_deref(), g.others.len()), (Some("b"), 1));
        assert_eq!(read(r#"{"a":[{"x":1}],"b":[{"x":1},{"x":2}]}"#, false, Some("a")).unwrap().rows.len(), 1);
        assert!(read(r#"{"a":[{"x":1}]}"#, false, Some("c")).is_err());
    }

    #[test]
    fn nothing_is_put_over_another_value() {
        let of = |t: &str| {
            let g = read(t, false, None).unwrap();
            format!("{} {} {}", g.names.join("|"), g.rows[0].join("|"), g.renamed.len())
        };
        let point = r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"properties":{"latitude":"51N","longitude":"0W","id":"x"},"geometry":{"type":"Point","coordinates":[-0.12,51.5]}}]}"#;
        assert_eq!(of(point), "id|latitude|longitude|id_2|longitude_2|latitude_2 7|51N|0W|x|-0.12|51.5 3");
        let area =
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"geometry":"brick"},"geometry":{"type":"Polygon","coordinates":[]}}]}"#;
        assert_eq!(of(area), "geometry|geometry_2 brick|Polygon 1");
        assert_eq!(of(r#"[{"a.b":"01","a":{"b":"02"}}]"#), "a.b|a.b_2 01|02 1");
    }

    #[test]
    fn numbers_stay_as_written() {
        let g = read("[{\"a\":1.50,\"b\":12345678901234567890123,\"c\":1E5,\"d\":-0.0,\"e\":\"1.50\",\"f\":0.1}]", false, None).unwrap();
        assert_eq!(g.rows[0].join("|"), "1.50|12345678901234567890123|1E5|-0.0|1.50|0.1");
        assert_eq!(read("[{\"a\":1.50},\n{\"a\":}]", false, None).unwrap_err().1, 2);
        assert!(read("[{\"a\":1.50.0}]", false, None).is_err());
    }

    #[test]
    fn records_begin_on_lines() {
        assert_eq!(lines_of("{\"a\":1}\n\n{\"a\":2}\n", true, None, 2), [1, 3]);
        assert_eq!(lines_of("[\n {\"a\": [1,\n2]},\n\n {\"a\": \"x\\\"],[\"}\n]", false, None, 2), [2, 5]);
        let api = "{\"codes\": [{\"a\": 1}, {\"a\": 2}],\n\"data\": {\"items\": [\n{\"a\": 1},\n{\"a\": 2}\n]}}";
        assert_eq!(lines_of(api, false, Some("data.items"), 2), [3, 4]);
        assert_eq!(lines_of("[[1,2],\n[3,4]]", false, None, 2), [1, 2]);
        assert!(lines_of("[1]", false, None, 3).is_empty());
    }

    #[test]
    fn shapes() {
        let g = read(r#"[{"b":1,"a":{"x":"y"}},{"a":{"x":"z"},"c":[1,2]}]"#, false, None).unwrap();
        assert_eq!((g.names.join("|"), g.rows[1].join("|")), ("b|a.x|c".into(), "|z|[1,2]".into()));
        let g = read(r#"{"x":[1,2],"y":["a",null]}"#, false, None).unwrap();
        assert_eq!((g.names.join("|"), g.rows.len(), g.rows[1].join("|")), ("x|y".into(), 2, "2|".into()));
        let g = read(r#"{"total":1,"data":[{"a":1}]}"#, false, None).unwrap();
        assert_eq!((g.key.as_deref(), g.rows.len()), (Some("data"), 1));
        let g = read(
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":"甲"},"geometry":{"type":"Point","coordinates":[120.1,30.2]}}]}"#,
            false,
            None,
        )
        .unwrap();
        assert_eq!(g.rows[0], ["甲", "120.1", "30.2"]);
        let g = read(r#"[["年","数"],[2020,1],[2021,2]]"#, false, None).unwrap();
        assert_eq!((g.names.join("|"), g.rows.len()), ("年|数".into(), 2));
        assert_eq!(read("{\"a\":1}\n{\"a\":2}\n", true, None).unwrap().rows.len(), 2);
        assert_eq!(read("[{\"a\":1},\n{\"a\":}]", false, None).unwrap_err().1, 2);
        assert_eq!(read("\"x\"", false, None).unwrap_err().1, 0);
    }
}
