//! Numbers of rows by key, in parts.

use super::super::cells;
use super::super::format::{Ends, Job, Row, RowFormat, RowSink};
use crate::load::table::Table;
use crate::model::Resource;
use crate::output::Sink;
use std::io;

/// Rows up to which they are found by key.
const KEYED: u64 = 1_000_000;
/// Keys of one file.
const KEYS: u64 = 2000;

/// Which row has a key: one small file is read to know.
pub static FORMAT: RowFormat = RowFormat {
    name: "keys",
    fits: parts,
    path: |_, n| format!("rows/key-{n}.json"),
    others: None,
    kept: false,
    download: false,
    schema: false,
    output: None,
    open,
};

fn parts(table: &Table, resource: &Resource) -> u32 {
    if table.rows > KEYED || resource.key_columns(table).is_empty() { 0 } else { table.rows.div_ceil(KEYS) as u32 }
}

/// The part of the keys that a key stands in: FNV-1a over its UTF-8, modulo the number of parts. Scripts compute the same.
fn part_of(key: &str, parts: usize) -> usize {
    let hash = key.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    hash as usize % parts.max(1)
}

struct Keys {
    files: Vec<u32>,
    columns: Vec<usize>,
    parts: Vec<Vec<(String, u64)>>,
}

fn open(job: &mut Job, files: Vec<u32>, _: &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>> {
    Ok(Some(Box::new(Keys { parts: vec![Vec::new(); files.len()], columns: job.key.clone(), files })))
}

impl RowSink for Keys {
    fn row(&mut self, row: &Row<'_>, _: &mut dyn Sink) -> io::Result<()> {
        let key = self.columns.iter().map(|c| cells::as_text(row.raw[*c], row.table.columns[*c].kind)).collect::<Vec<_>>().join("\t");
        let at = part_of(&key, self.parts.len());
        self.parts[at].push((key, row.n));
        Ok(())
    }

    fn close(self: Box<Self>, _: &mut Ends<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        for (entry, mut list) in self.files.iter().zip(self.parts) {
            list.sort();
            let mut out = b"{".to_vec();
            for (i, (key, row)) in list.iter().enumerate() {
                out.extend_from_slice(if i == 0 { b"\n" } else { b",\n" });
                cells::string(&mut out, key);
                out.extend_from_slice(format!(":{row}").as_bytes());
            }
            out.extend_from_slice(b"\n}\n");
            sink.whole(*entry, &out)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn parts_of_keys_are_those_of_the_script() {
        // The same vectors stand in tests/browser/data.test.mjs.
        for (key, part) in [("", 2), ("110000", 0), ("北京市\t2024", 3), ("a", 5)] {
            assert_eq!(super::part_of(key, 7), part, "{key}");
        }
    }
}
