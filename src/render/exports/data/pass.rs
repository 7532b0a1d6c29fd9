//! One pass over the rows of a table that writes all its files. Nothing of the table is held but its keys.

use super::cells;
use super::package::{About, Package};
use super::rows::{RowFormat, RowSink};
use super::schema::{Seen, wanted};
use crate::load::table::Table;
use crate::load::table::profile::Kind;
use crate::model::FieldInfo;
use crate::output::Sink;
use crate::tables::Read;
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

/// What is to be made of a table.
pub struct Job {
    pub(super) read: Arc<Read>,
    pub(super) part: usize,
    /// Formats with the entries of their files.
    pub(super) files: Vec<(&'static RowFormat, Vec<u32>)>,
    pub(super) key: Vec<usize>,
    pub(super) package: Option<Package>,
    pub(super) about: About,
    /// What is declared of each column.
    pub(super) fields: Vec<Option<FieldInfo>>,
    /// Columns of the declared key; empty where there is none.
    pub(super) told_key: Vec<usize>,
    /// References of the table to itself.
    pub(super) own_keys: Vec<(Vec<usize>, Vec<usize>)>,
    /// Declared signs for a missing value.
    pub(super) missing: Vec<String>,
}

impl Job {
    /// The table.
    pub(super) fn table(&self) -> Option<&Table> {
        self.read.file.tables.get(self.part)
    }

    /// How many files of a format are made.
    pub(super) fn count(&self, format: &RowFormat) -> usize {
        self.files.iter().find(|(f, _)| f.name == format.name).map_or(0, |(_, list)| list.len())
    }
}

/// A row as it is written.
pub struct Row<'a> {
    /// Its place, from 0.
    pub n: u64,
    /// Its table.
    pub table: &'a Table,
    /// Its cells as they may be published.
    pub raw: &'a [&'a str],
    /// Its cells as the clean CSV has them.
    pub clean: &'a [String],
}

/// What is known when all rows were written.
pub struct Ends<'a> {
    /// The table.
    pub table: &'a Table,
    /// Rows that were written.
    pub rows: u64,
    /// What holds for the cells.
    pub schema: &'a Seen,
    /// Length and SHA-256 of the clean CSV.
    pub csv: Option<(u64, [u8; 32])>,
}

/// A writer whose bytes are taken out from time to time.
#[derive(Clone, Default)]
pub(super) struct Pipe(Rc<RefCell<Vec<u8>>>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Pipe {
    /// Hands on what has come in.
    pub(super) fn drain(&self, entry: u32, sink: &mut dyn Sink) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        if !bytes.is_empty() {
            sink.write(entry, &bytes)?;
            bytes.clear();
        }
        Ok(())
    }
}

fn writer(pipe: &Pipe) -> csv::Writer<Pipe> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(pipe.clone())
}

/// A CSV file that is being written.
pub(super) struct CsvFile {
    entry: u32,
    pipe: Pipe,
    writer: csv::Writer<Pipe>,
}

impl CsvFile {
    pub(super) fn open(entry: u32, mark: bool, head: &[&str], sink: &mut dyn Sink) -> io::Result<CsvFile> {
        sink.open(entry)?;
        if mark {
            sink.write(entry, "\u{feff}".as_bytes())?;
        }
        let pipe = Pipe::default();
        let mut writer = writer(&pipe);
        writer.write_record(head)?;
        Ok(CsvFile { entry, pipe, writer })
    }

    pub(super) fn write<T: AsRef<[u8]>>(&mut self, cells: impl Iterator<Item = T>) -> io::Result<()> {
        Ok(self.writer.write_record(cells)?)
    }

    pub(super) fn drain(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        self.writer.flush()?;
        self.pipe.drain(self.entry, sink)
    }

    pub(super) fn close(mut self, sink: &mut dyn Sink) -> io::Result<()> {
        self.drain(sink)?;
        sink.close(self.entry).map(drop)
    }
}

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
    let mut schema = Seen::new(table, wanted(&job), job.files.iter().any(|(f, _)| f.schema));
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
