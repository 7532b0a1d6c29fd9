//! What can be made of the rows of a table: one file a format and its line in [`FORMATS`].
//!
//! All formats of a table are made in one pass over its rows ([`super::pass`]): each opens its files, sees every row, and
//! closes them. A format's place in [`FORMATS`] is its id in [`DataFile`].

pub mod csv;
pub mod excel;
pub mod facets;
pub mod index;
pub mod json;
pub mod keys;
pub mod long;
pub mod pages;
pub mod zip;

use super::pass::{Ends, Job, Row};
use crate::load::table::Table;
use crate::model::Resource;
use crate::output::Sink;
use crate::route::DataFile;
use std::io;

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
    /// Opens its files.
    pub open: fn(&mut Job, Vec<u32>, &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>>,
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

/// All of them, in the order in which their files are planned, opened and closed.
pub static FORMATS: &[&RowFormat] =
    &[&csv::FORMAT, &excel::FORMAT, &json::FORMAT, &long::FORMAT, &zip::FORMAT, &index::FORMAT, &facets::FORMAT, &pages::FORMAT, &keys::FORMAT];

/// The nth file of a format, as the routes name it.
pub fn file(format: &RowFormat, n: u32) -> DataFile {
    // Every format is in the list: a test opens each.
    let place = FORMATS.iter().position(|f| f.name == format.name).unwrap_or(usize::from(u8::MAX));
    DataFile { format: place as u8, n }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_names_of_their_own_and_the_clean_csv_comes_first() {
        // The pass over a table is the work of the entry of its CSV (`render::producers`).
        assert_eq!(FORMATS[0].name, csv::FORMAT.name);
        for (i, f) in FORMATS.iter().enumerate() {
            assert_eq!(file(f, 3), DataFile { format: i as u8, n: 3 }, "{}", f.name);
        }
    }
}
