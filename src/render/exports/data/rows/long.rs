//! Periods of columns turned into rows.

use super::super::format::{CsvFile, Ends, Job, Row, RowFormat, RowSink};
use crate::load::table::Table;
use crate::output::Sink;
use std::io;

/// For pivot tables and charts, of tables with several periods beside each other.
pub static FORMAT: RowFormat = RowFormat {
    name: "long",
    fits: |t, _| u32::from(t.periods.len() > 2),
    path: |name, _| format!("{name}.long.csv"),
    others: None,
    kept: true,
    download: true,
    schema: false,
    output: None,
    open,
};

struct Long(CsvFile);

/// Columns that are no periods.
fn fixed(table: &Table) -> impl Iterator<Item = usize> + '_ {
    (0..table.names.len()).filter(|c| !table.periods.iter().any(|(p, ..)| p == c))
}

fn open(job: &mut Job, files: Vec<u32>, sink: &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>> {
    let (Some(&entry), Some(table)) = (files.first(), job.table()) else { return Ok(None) };
    let head: Vec<&str> = fixed(table).map(|c| table.names[c].as_str()).chain(job.about.long).collect();
    Ok(Some(Box::new(Long(CsvFile::open(entry, false, &head, sink)?))))
}

impl RowSink for Long {
    fn row(&mut self, row: &Row<'_>, _: &mut dyn Sink) -> io::Result<()> {
        for (p, name, _) in &row.table.periods {
            self.0.write(fixed(row.table).map(|c| row.clean[c].as_str()).chain([name.as_str(), row.clean[*p].as_str()]))?;
        }
        Ok(())
    }

    fn drain(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        self.0.drain(sink)
    }

    fn close(self: Box<Self>, _: &mut Ends<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        self.0.close(sink)
    }
}
