//! Clean CSV: UTF-8, comma, CRLF; numbers without signs between groups of digits.

use super::super::format::{Ends, Job, Row, RowFormat, RowSink};
use crate::output::Sink;
use serde_json::{Value, json};
use std::io;

/// The copy of every table that every program reads.
pub static FORMAT: RowFormat = RowFormat {
    name: "csv",
    fits: |_, _| 1,
    path: |name, _| format!("{name}.csv"),
    others: Some(|name, part| format!("{name}-{}.csv", part + 1)),
    kept: true,
    download: true,
    schema: true,
    output: None,
    open,
};

/// Its entry, and what is said of its columns.
struct Csv(u32, Vec<Value>);

fn open(job: &mut Job, files: Vec<u32>, sink: &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>> {
    let Some(&entry) = files.first() else { return Ok(None) };
    sink.open(entry)?;
    Ok(Some(Box::new(Csv(entry, job.about.columns.clone()))))
}

impl RowSink for Csv {
    fn row(&mut self, _: &Row<'_>, _: &mut dyn Sink) -> io::Result<()> {
        Ok(())
    }

    fn lines(&mut self, csv: &[u8], sink: &mut dyn Sink) -> io::Result<()> {
        sink.write(self.0, csv)
    }

    fn close(self: Box<Self>, ends: &mut Ends<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        ends.csv = Some(sink.close(self.0)?);
        let mut schema = json!({ "fields": self.1 });
        ends.schema.write(ends.table, &mut schema);
        sink.tell(self.0, schema.to_string());
        Ok(())
    }
}
