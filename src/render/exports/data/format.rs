//! What a format of rows is: what it is told, what it sees, what it writes with.

use super::package::{About, Package};
use super::schema::{Seen, Wanted};
use crate::load::table::Table;
use crate::model::{FieldInfo, Resource};
use crate::output::Sink;
use crate::schema::Field;
use crate::tables::Read;
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

/// Opens the files of a format, by their entries; none where there is nothing to write.
pub type Open = fn(&mut Job, Vec<u32>, &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>>;

/// A way to write rows.
pub struct RowFormat {
    /// Its name. Where it is a download, the messages `download.<name>` and `download.<name>.note` are its title and its purpose.
    pub name: &'static str,
    /// Files that it makes of a table; 0 where it does not fit.
    pub fits: fn(&Table, &Resource) -> u32,
    /// Path of one of them below the folder of the resource, from the name of that.
    pub path: fn(&str, u32) -> String,
    /// Path of it for the other tables of the file, by their number; none where only the first one is written so.
    pub others: Option<fn(&str, u32) -> String>,
    /// Its addresses are kept in the ledger.
    pub kept: bool,
    /// It stands among the downloads on the page of the resource.
    pub download: bool,
    /// It tells of the schema, which is found while rows are written.
    pub schema: bool,
    /// The field of `outputs:` that switches it off; none of what pages need.
    pub output: Option<&'static Field>,
    /// Opens its files.
    pub open: Open,
}

/// The files of a format while they are written.
pub trait RowSink {
    /// Takes a row.
    fn row(&mut self, row: &Row<'_>, sink: &mut dyn Sink) -> io::Result<()>;

    /// Takes the rows since the last call as clean CSV, the head before the first of them.
    fn lines(&mut self, _csv: &[u8], _sink: &mut dyn Sink) -> io::Result<()> {
        Ok(())
    }

    /// Hands on what it holds, from time to time.
    fn drain(&mut self, _sink: &mut dyn Sink) -> io::Result<()> {
        Ok(())
    }

    /// Ends its files. Formats are closed in their order, and may leave a fact for those behind them.
    fn close(self: Box<Self>, ends: &mut Ends<'_>, sink: &mut dyn Sink) -> io::Result<()>;
}

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

    /// What is declared, to be found true or not.
    pub(super) fn wanted(&self) -> Wanted {
        Wanted { fields: self.fields.clone(), key: self.told_key.clone(), own: self.own_keys.clone(), missing: self.missing.clone() }
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
pub(super) struct Pipe(pub(super) Rc<RefCell<Vec<u8>>>);

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

pub(super) fn writer(pipe: &Pipe) -> csv::Writer<Pipe> {
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
