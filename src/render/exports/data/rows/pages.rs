//! Pages of rows, for the table on the page and for programs.

use super::super::cells;
use super::super::format::{Ends, Job, Row, RowFormat, RowSink};
use crate::output::Sink;
use std::io;

/// Rows of one file.
pub const PAGE: u64 = 1000;

/// Arrays of arrays, [`PAGE`] rows each.
pub static FORMAT: RowFormat = RowFormat {
    name: "rows",
    fits: |t, _| t.rows.div_ceil(PAGE) as u32,
    path: |_, n| format!("rows/{n}.json"),
    others: None,
    kept: false,
    download: false,
    schema: false,
    output: None,
    open,
};

struct Pages {
    files: Vec<u32>,
    page: Vec<u8>,
}

fn open(_: &mut Job, files: Vec<u32>, _: &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>> {
    Ok(Some(Box::new(Pages { files, page: Vec::new() })))
}

impl RowSink for Pages {
    fn row(&mut self, row: &Row<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let Some(&file) = self.files.get((row.n / PAGE) as usize) else { return Ok(()) };
        if row.n.is_multiple_of(PAGE) {
            self.page.clear();
            self.page.extend_from_slice(b"[\n");
        } else {
            self.page.extend_from_slice(b",\n");
        }
        self.page.push(b'[');
        for (c, v) in row.raw.iter().enumerate() {
            if c > 0 {
                self.page.push(b',');
            }
            cells::json(&mut self.page, v, row.table.columns[c].kind);
        }
        self.page.push(b']');
        if (row.n + 1).is_multiple_of(PAGE) || row.n + 1 == row.table.rows {
            self.page.extend_from_slice(b"\n]\n");
            sink.whole(file, &self.page)?;
        }
        Ok(())
    }

    fn close(self: Box<Self>, _: &mut Ends<'_>, _: &mut dyn Sink) -> io::Result<()> {
        Ok(())
    }
}
