//! One pass over the rows of a table that writes all its files. Nothing of the table is held but its keys.

use super::cells;
use super::format::{Ends, Job, Pipe, Row, RowSink, writer};
use super::schema::Seen;
use crate::load::table::profile::Kind;
use crate::output::Sink;
use std::io;

/// Rows after which buffers are emptied.
const OFTEN: u64 = 512;

/// Clean CSV since it was handed on last, for those that take it.
fn hand_on(pipe: &Pipe, csv: &mut csv::Writer<Pipe>, takers: &mut [Box<dyn RowSink>], sink: &mut dyn Sink) -> io::Result<()> {
    csv.flush()?;
    let mut bytes = pipe.0.borrow_mut();
    for t in takers.iter_mut() {
        t.lines(&bytes, sink)?;
    }
    bytes.clear();
    Ok(())
}

pub(super) fn run(mut job: Job, sink: &mut dyn Sink) -> io::Result<()> {
    let read = job.read.clone();
    let Some(table) = read.file.tables.get(job.part) else { return Ok(()) };
    let kinds: Vec<Kind> = table.columns.iter().map(|p| p.kind).collect();
    // The schema is that of the cells as they are written.
    let mut schema = Seen::new(table, job.wanted(), job.files.iter().any(|(f, _)| f.schema));
    let mut takers: Vec<Box<dyn RowSink>> = Vec::new();
    for (format, files) in job.files.clone() {
        takers.extend((format.open)(&mut job, files, sink)?);
    }
    let pipe = Pipe::default();
    let mut csv = writer(&pipe);
    csv.write_record(&table.names)?;
    let mut n = 0u64;
    read.rows(table, &mut |raw| {
        let clean: Vec<String> = raw.iter().zip(&kinds).map(|(v, k)| cells::clean(v, *k)).collect();
        csv.write_record(&clean)?;
        schema.see(&clean);
        let row = Row { n, table, raw, clean: &clean };
        for t in &mut takers {
            t.row(&row, sink)?;
        }
        n += 1;
        if n.is_multiple_of(OFTEN) {
            hand_on(&pipe, &mut csv, &mut takers, sink)?;
            for t in &mut takers {
                t.drain(sink)?;
            }
        }
        if n > table.rows { Err(io::Error::other("the file grew while it was published")) } else { Ok(()) }
    })?;
    // What was planned must come: a file that shrank meanwhile would leave pages that are not there.
    if n < table.rows {
        return Err(io::Error::other("the file changed while it was published"));
    }
    hand_on(&pipe, &mut csv, &mut takers, sink)?;
    let mut ends = Ends { table, rows: n, schema: &schema, csv: None };
    for t in takers {
        t.close(&mut ends, sink)?;
    }
    Ok(())
}
