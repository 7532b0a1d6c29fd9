//! What can be made of the rows of a table: one file a format and its line in [`FORMATS`].
//!
//! All formats of a table are made in one pass over its rows (`super::pass`): each opens its files, sees every row, and
//! closes them. A format's place in [`FORMATS`] is its id in [`DataFile`].

pub mod csv;
pub mod excel;
pub mod facets;
pub mod index;
pub mod json;
pub mod keys;
pub mod long;
pub mod pages;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod zip;

use super::format::RowFormat;
use crate::route::DataFile;

/// All of them, in the order in which their files are planned, opened and closed.
pub static FORMATS: &[&RowFormat] = &[
    &csv::FORMAT,
    &excel::FORMAT,
    &json::FORMAT,
    &long::FORMAT,
    &zip::FORMAT,
    &index::FORMAT,
    &facets::FORMAT,
    &pages::FORMAT,
    &keys::FORMAT,
    #[cfg(feature = "parquet")]
    &parquet::FORMAT,
];

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
