//! Counts of the values of columns that have few.

use super::super::cells;
use super::super::format::{Ends, Job, Row, RowFormat, RowSink};
use crate::load::table::Table;
use crate::output::Sink;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;

/// Values of a column that are counted.
const MOST: usize = 200;

/// What a table can be filtered by.
pub static FORMAT: RowFormat = RowFormat {
    name: "facets",
    fits: |_, _| 1,
    path: |_, _| "rows/facets.json".into(),
    others: None,
    kept: true,
    download: false,
    schema: false,
    output: None,
    open,
};

struct Facets(u32);

fn open(_: &mut Job, files: Vec<u32>, _: &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>> {
    Ok(files.first().map(|e| Box::new(Facets(*e)) as Box<dyn RowSink>))
}

impl RowSink for Facets {
    fn row(&mut self, _: &Row<'_>, _: &mut dyn Sink) -> io::Result<()> {
        Ok(())
    }

    fn close(self: Box<Self>, ends: &mut Ends<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        sink.whole(self.0, format!("{}\n", facets(ends.table)).as_bytes()).map(drop)
    }
}

/// Counts of the columns that have few values, some of them more than once.
fn facets(table: &Table) -> Value {
    let mut out = serde_json::Map::new();
    for ((name, values), p) in table.names.iter().zip(&table.values).zip(&table.columns) {
        let Some(values) = values.as_ref().filter(|v| v.len() <= MOST && v.iter().any(|(_, n)| *n > 1)) else { continue };
        // As the pages of rows have them: `1,234` and `1234` are one.
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for (v, n) in values {
            *counts.entry(cells::as_text(v, p.kind)).or_default() += n;
        }
        let mut list: Vec<(String, u64)> = counts.into_iter().collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        out.insert(name.clone(), json!(list));
    }
    Value::Object(out)
}
