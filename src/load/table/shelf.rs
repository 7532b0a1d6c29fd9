//! Rows of workbooks that were read, for all who go through them again: charts, keys, comparisons, search, row files. A workbook
//! cannot be read in pieces, so each of them would open and unpack it as a whole.

use super::sheet::Sheet;
use std::mem::size_of;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes that the rows of all workbooks of a site may take together. What is beyond is opened again when it is wanted.
const ROOM: usize = 32 << 20;

/// Room for rows of workbooks.
#[derive(Debug)]
pub struct Shelf(AtomicUsize);

impl Default for Shelf {
    fn default() -> Shelf {
        Shelf(AtomicUsize::new(ROOM))
    }
}

/// The rows of the tables of a workbook, by the place of their sheet; empty of sheets that are no table.
#[derive(Debug, Default)]
pub struct Kept {
    /// Number of rows above the first, and the rows.
    sheets: Vec<(usize, Vec<Vec<String>>)>,
    /// What they take in memory, in bytes.
    pub(super) bytes: usize,
}

impl Kept {
    /// Rows above the first of a table, and its rows.
    pub(super) fn rows(&self, sheet: usize) -> Option<(usize, &[Vec<String>])> {
        self.sheets.get(sheet).map(|(above, rows)| (*above, rows.as_slice()))
    }
}

impl Shelf {
    /// Takes room that is in use already; whether there was enough.
    pub fn take(&self, bytes: usize) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes)).is_ok()
    }

    /// Keeps the rows of the sheets that `wanted` says, where there is room.
    pub(super) fn keep(&self, sheets: Vec<Sheet>, wanted: impl Fn(usize) -> bool) -> Option<Arc<Kept>> {
        let mut kept = Kept::default();
        for (i, s) in sheets.into_iter().enumerate() {
            if !wanted(i) {
                kept.sheets.push((0, Vec::new()));
                continue;
            }
            let cells: usize = s.rows.iter().flatten().map(|c| size_of::<String>() + c.capacity()).sum();
            kept.bytes += cells + s.rows.len() * size_of::<Vec<String>>();
            kept.sheets.push((s.above, s.rows));
        }
        self.take(kept.bytes).then(|| Arc::new(kept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_finds_no_room_is_not_kept() {
        let sheet = |n: usize| Sheet { above: 2, rows: vec![vec!["一".repeat(n)]], ..Sheet::default() };
        let shelf = Shelf::default();
        let kept = shelf.keep(vec![sheet(1), sheet(ROOM)], |i| i == 0).unwrap();
        assert_eq!((kept.rows(0), kept.rows(1), kept.rows(2)), (Some((2, &[vec!["一".to_string()]][..])), Some((0, &[][..])), None));
        assert!(shelf.keep(vec![sheet(ROOM)], |_| true).is_none());
        assert!(shelf.take(ROOM / 2) && !shelf.take(ROOM / 2 + 1));
    }
}
