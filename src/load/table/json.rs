//! Tables in JSON: a list of objects or of lists, one object a line, columns by name, GeoJSON features.

use super::profile::plain;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A value with its keys in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// A number, text or truth value, as text; true for a number.
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
                Ok(Value::Text(v.to_string(), false))
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
                Ok(Value::Text(v.to_string(), false))
            }
            fn visit_string<E>(self, v: String) -> Result<Value, E> {
                Ok(Value::Text(v, false))
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

/// A table read from JSON: names and rows.
#[derive(Debug, Default, PartialEq)]
pub struct Grid {
    /// Names of the columns, nested ones joined by `.`.
    pub names: Vec<String>,
    /// Cells by row; nested lists and objects as JSON.
    pub rows: Vec<Vec<String>>,
    /// Key under which the list stood.
    pub key: Option<String>,
}

/// Most columns that nested objects may unfold into.
const COLUMNS: usize = 2_000;

/// Reads a document. An error says, with line and column, why it is no table.
pub fn read(text: &str, lines: bool) -> Result<Grid, (String, usize, usize)> {
    let broken = |e: &serde_json::Error, line: usize| (e.to_string().split(" at line").next().unwrap_or("").to_string(), line, e.column());
    if lines {
        let mut list = Vec::new();
        for (i, l) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            list.push(serde_json::from_str::<Value>(l).map_err(|e| broken(&e, i + 1))?);
        }
        return Ok(table(&list, None));
    }
    let value: Value = serde_json::from_str(text).map_err(|e| broken(&e, e.line()))?;
    shape(&value).ok_or_else(|| (String::new(), 0, 0))
}

fn shape(value: &Value) -> Option<Grid> {
    match value {
        Value::List(l) if !l.is_empty() && l.iter().all(|v| matches!(v, Value::Map(_))) => Some(table(l, None)),
        Value::List(l) if l.len() > 1 && l.iter().all(|v| matches!(v, Value::List(_))) => Some(matrix(l)),
        Value::Map(m) => {
            let get = |k: &str| m.iter().find(|(n, _)| n == k).map(|(_, v)| v);
            if let (Some(Value::Text(t, _)), Some(Value::List(f))) = (get("type"), get("features"))
                && t == "FeatureCollection"
            {
                return Some(features(f));
            }
            // Columns by name: lists of one length, of plain values.
            let columns: Vec<(&String, &Vec<Value>)> = m.iter().filter_map(|(k, v)| if let Value::List(l) = v { Some((k, l)) } else { None }).collect();
            let flat = |l: &[Value]| l.iter().all(|v| matches!(v, Value::Text(..) | Value::Null));
            if columns.len() > 1 && columns.len() == m.len() && columns.iter().all(|(_, l)| l.len() == columns[0].1.len() && !l.is_empty() && flat(l)) {
                let names = columns.iter().map(|(k, _)| (*k).clone()).collect();
                let rows = (0..columns[0].1.len()).map(|i| columns.iter().map(|(_, l)| l[i].text()).collect()).collect();
                return Some(Grid { names, rows, key: None });
            }
            // One list of objects under a key: `{"data": [...]}`; the longest where there are several.
            let lists = m.iter().filter_map(|(k, v)| match v {
                Value::List(l) if !l.is_empty() && l.iter().all(|v| matches!(v, Value::Map(_))) => Some((k, l)),
                _ => None,
            });
            let (key, list) = lists.max_by_key(|(_, l)| l.len())?;
            Some(table(list, Some(key)))
        }
        _ => None,
    }
}

/// A list of lists: the first may be the head.
fn matrix(list: &[Value]) -> Grid {
    let rows: Vec<Vec<String>> = list.iter().filter_map(|v| if let Value::List(l) = v { Some(l.iter().map(Value::text).collect()) } else { None }).collect();
    let found = super::layout::find(&rows[..rows.len().min(super::layout::SAMPLE)], &super::layout::Told::default());
    Grid { names: found.names, rows: rows[found.skip..].to_vec(), key: None }
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

#[derive(Default)]
struct Unfolded {
    names: Vec<String>,
    place: rustc_hash::FxHashMap<String, usize>,
    rows: Vec<Vec<String>>,
}

impl Unfolded {
    fn start(&mut self) {
        self.rows.push(Vec::with_capacity(self.names.len()));
    }

    fn put(&mut self, name: &str, text: String) {
        let at = match self.place.get(name) {
            Some(i) => *i,
            None if self.names.len() < COLUMNS => {
                self.place.insert(name.to_string(), self.names.len());
                self.names.push(name.to_string());
                self.names.len() - 1
            }
            None => return,
        };
        if let Some(row) = self.rows.last_mut() {
            if row.len() <= at {
                row.resize(at + 1, String::new());
            }
            row[at] = text;
        }
    }

    fn object(&mut self, prefix: &str, m: &[(String, Value)], depth: usize) {
        for (k, v) in m {
            let name = if prefix.is_empty() { k.clone() } else { format!("{prefix}.{k}") };
            match v {
                Value::Map(inner) if depth < 3 && !inner.is_empty() => self.object(&name, inner, depth + 1),
                v => self.put(&name, v.text()),
            }
        }
    }

    fn finish(mut self, key: Option<&str>) -> Grid {
        let width = self.names.len();
        self.rows.iter_mut().for_each(|r| r.resize(width, String::new()));
        Grid { names: self.names, rows: self.rows, key: key.map(String::from) }
    }
}

/// Features with their properties; a point gives longitude and latitude, another geometry its type.
fn features(list: &[Value]) -> Grid {
    let mut out = Unfolded::default();
    for f in list {
        out.start();
        let Value::Map(f) = f else { continue };
        let get = |k: &str| f.iter().find(|(n, _)| n == k).map(|(_, v)| v);
        if let Some(id @ Value::Text(..)) = get("id") {
            out.put("id", id.text());
        }
        if let Some(Value::Map(p)) = get("properties") {
            out.object("", p, 0);
        }
        if let Some(Value::Map(g)) = get("geometry") {
            let part = |k: &str| g.iter().find(|(n, _)| n == k).map(|(_, v)| v);
            let kind = part("type").map_or(String::new(), Value::text);
            if let (true, Some(Value::List(c))) = (kind == "Point", part("coordinates")) {
                out.put("longitude", c.first().map_or(String::new(), Value::text));
                out.put("latitude", c.get(1).map_or(String::new(), Value::text));
            } else {
                out.put("geometry", kind);
            }
        }
    }
    out.finish(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let g = read(r#"[{"b":1,"a":{"x":"y"}},{"a":{"x":"z"},"c":[1,2]}]"#, false).unwrap();
        assert_eq!((g.names.join("|"), g.rows[1].join("|")), ("b|a.x|c".into(), "|z|[1,2]".into()));
        let g = read(r#"{"x":[1,2],"y":["a",null]}"#, false).unwrap();
        assert_eq!((g.names.join("|"), g.rows.len(), g.rows[1].join("|")), ("x|y".into(), 2, "2|".into()));
        let g = read(r#"{"total":1,"data":[{"a":1}]}"#, false).unwrap();
        assert_eq!((g.key.as_deref(), g.rows.len()), (Some("data"), 1));
        let g = read(
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":"甲"},"geometry":{"type":"Point","coordinates":[120.1,30.2]}}]}"#,
            false,
        )
        .unwrap();
        assert_eq!(g.rows[0], ["甲", "120.1", "30.2"]);
        let g = read(r#"[["年","数"],[2020,1],[2021,2]]"#, false).unwrap();
        assert_eq!((g.names.join("|"), g.rows.len()), ("年|数".into(), 2));
        assert_eq!(read("{\"a\":1}\n{\"a\":2}\n", true).unwrap().rows.len(), 2);
        assert_eq!(read("[{\"a\":1},\n{\"a\":}]", false).unwrap_err().1, 2);
        assert_eq!(read("\"x\"", false).unwrap_err().1, 0);
    }
}
