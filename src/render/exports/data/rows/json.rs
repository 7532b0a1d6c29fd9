//! An array of objects, a row each.

use super::super::cells;
use super::super::format::{Ends, Job, Row, RowFormat, RowSink};
use crate::output::Sink;
use std::io;

/// Rows up to which everything in one JSON file helps anybody.
const MOST: u64 = 200_000;

/// The whole table for scripts.
pub static FORMAT: RowFormat = RowFormat {
    name: "json",
    fits: |t, _| u32::from(t.rows <= MOST),
    path: |name, _| format!("{name}.json"),
    others: None,
    kept: true,
    download: true,
    schema: false,
    output: None,
    open,
};

struct Json {
    entry: u32,
    held: Vec<u8>,
}

fn open(_: &mut Job, files: Vec<u32>, sink: &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>> {
    let Some(&entry) = files.first() else { return Ok(None) };
    sink.open(entry)?;
    sink.write(entry, b"[")?;
    Ok(Some(Box::new(Json { entry, held: Vec::new() })))
}

impl RowSink for Json {
    fn row(&mut self, row: &Row<'_>, _: &mut dyn Sink) -> io::Result<()> {
        self.held.extend_from_slice(if row.n == 0 { b"\n{" } else { b",\n{" });
        for (c, v) in row.raw.iter().enumerate() {
            if c > 0 {
                self.held.push(b',');
            }
            cells::string(&mut self.held, &row.table.names[c]);
            self.held.push(b':');
            let column = &row.table.columns[c];
            cells::given(&mut self.held, v, column.kind, column.given);
        }
        self.held.push(b'}');
        Ok(())
    }

    fn drain(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        sink.write(self.entry, &self.held)?;
        self.held.clear();
        Ok(())
    }

    fn close(mut self: Box<Self>, _: &mut Ends<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        self.held.extend_from_slice(b"\n]\n");
        sink.write(self.entry, &self.held)?;
        sink.close(self.entry).map(drop)
    }
}
