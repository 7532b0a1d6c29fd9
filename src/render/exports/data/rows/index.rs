//! What the row files are: columns, sizes, bounds, figures.

use super::super::format::{Ends, Job, Row, RowFormat, RowSink};
use super::pages::PAGE;
use super::{keys, pages};
use crate::load::table::profile::{Kind, Profile, plain};
use crate::load::table::{Table, decimal};
use crate::output::Sink;
use serde_json::{Value, json};
use std::io;

/// The first file that a program reads.
pub static FORMAT: RowFormat = RowFormat {
    name: "index",
    fits: |_, _| 1,
    path: |_, _| "rows/index.json".into(),
    others: None,
    kept: true,
    download: false,
    schema: true,
    output: None,
    open,
};

/// Smallest and largest number.
type Range = Option<(f64, f64)>;

struct Index {
    entry: u32,
    /// Of each column on each page.
    bounds: Vec<Vec<Range>>,
    name: String,
    title: String,
    columns: Vec<Value>,
    key: Vec<usize>,
    pages: usize,
    parts: usize,
}

fn open(job: &mut Job, files: Vec<u32>, _: &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>> {
    let Some(&entry) = files.first() else { return Ok(None) };
    let about = &job.about;
    Ok(Some(Box::new(Index {
        entry,
        bounds: Vec::new(),
        name: about.name.clone(),
        title: about.title.clone(),
        columns: about.columns.clone(),
        key: job.key.clone(),
        pages: job.count(&pages::FORMAT),
        parts: job.count(&keys::FORMAT),
    })))
}

impl RowSink for Index {
    fn row(&mut self, row: &Row<'_>, _: &mut dyn Sink) -> io::Result<()> {
        if row.n.is_multiple_of(PAGE) {
            self.bounds.push(vec![None; row.raw.len()]);
        }
        let Some(bounds) = self.bounds.last_mut() else { return Ok(()) };
        for ((p, v), b) in row.table.columns.iter().zip(row.raw).zip(bounds) {
            if let (Kind::Integer | Kind::Number | Kind::Year, Some(x)) = (p.kind, p.number(v)) {
                *b = Some(b.map_or((x, x), |(lo, hi)| (lo.min(x), hi.max(x))));
            }
        }
        Ok(())
    }

    fn close(self: Box<Self>, ends: &mut Ends<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let table: &Table = ends.table;
        let key: Vec<&str> = self.key.iter().map(|c| table.names[*c].as_str()).collect();
        let number = |x: f64| serde_json::from_str::<Value>(&plain(x)).unwrap_or_default();
        // Per cents as they stand in the cells, as all the other figures have them.
        let scaled = |c: usize, x: f64| if table.columns.get(c).is_some_and(|p| p.share) { percents(x) } else { number(x) };
        let piece = |b: &Vec<Range>| b.iter().enumerate().map(|(c, x)| x.map(|(lo, hi)| [scaled(c, lo), scaled(c, hi)])).collect();
        let bounds: Vec<Vec<Option<[Value; 2]>>> = self.bounds.iter().map(piece).collect();
        let index = json!({
            "name": self.name, "title": self.title, "rows": ends.rows, "page_size": PAGE, "pages": self.pages, "columns": ends.schema.fields(table, &self.columns),
            "key": if self.parts > 0 { json!({ "columns": key, "parts": self.parts }) } else { Value::Null },
            "facets": true, "bounds": bounds, "figures": table.columns.iter().map(figures).collect::<Vec<_>>(),
        });
        sink.whole(self.entry, format!("{index}\n").as_bytes()).map(drop)
    }
}

/// A share in per cent: `12.5%` in a cell is 12.5 in every figure.
fn percents(x: f64) -> Value {
    serde_json::from_str(&decimal::text(x * 100.0)).unwrap_or_default()
}

/// What the page tells of a column, in numbers: extremes as they stand in the file; what is estimated is named.
fn figures(p: &Profile) -> Value {
    let number = |x: f64| if p.share { percents(x) } else { serde_json::from_str::<Value>(&decimal::text(x)).unwrap_or_default() };
    let mut v = json!({ "rows": p.rows, "missing": p.nulls, "distinct": p.distinct });
    for (key, text) in [("min", &p.min), ("max", &p.max)] {
        if let Some(t) = text {
            v[key] = json!(t);
        }
    }
    let mut about: Vec<&str> = if p.exact { Vec::new() } else { vec!["distinct"] };
    if let (Some(mean), [_, low, median, high, _]) = (p.mean.filter(|_| p.kind != Kind::Year), p.quantiles.as_slice()) {
        v["mean"] = number(mean);
        v["median"] = number(*median);
        v["quartiles"] = json!([number(*low), number(*high)]);
        if p.sketched {
            about.extend(["median", "quartiles"]);
        }
    }
    if p.share {
        v["percent"] = json!(true);
    }
    if !about.is_empty() {
        v["approximate"] = json!(about);
    }
    v
}
