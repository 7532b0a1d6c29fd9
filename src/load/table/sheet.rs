//! Workbooks: every sheet as a grid of texts.

use super::profile::plain;
use calamine::{Data, Reader, open_workbook_auto_from_rs};
use std::io::{Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Name.
    pub name: String,
    /// Number of rows left out above the first with something in it.
    pub above: usize,
    /// Cells.
    pub rows: Vec<Vec<String>>,
    /// Row, column and text of numbers that have lost digits: a spreadsheet keeps fifteen.
    pub lost: Option<(usize, usize, String)>,
    /// Row, column and text of a cell that holds an error (`#REF!`).
    pub error: Option<(usize, usize, String)>,
    /// The sheet is hidden. It is read all the same: hidden sheets are published with their file.
    pub hidden: bool,
}

/// Why a workbook could not be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its parts grow beyond what a workbook needs.
    Bomb,
    /// More cells than are kept.
    Large,
    /// A password.
    Locked,
    /// Anything else, in the words of the reader.
    Broken(String),
}

/// Largest workbook, bytes of its parts together, and cells of a sheet.
const PARTS: u64 = 1 << 30;
const CELLS: usize = 20_000_000;

/// Reads all sheets. The reader of workbooks is not ours: should it panic, that is a broken file and no more.
pub fn read(bytes: Vec<u8>) -> Result<Vec<Sheet>, Fault> {
    if bytes.starts_with(b"PK") {
        weigh(&bytes)?;
    }
    catch_unwind(AssertUnwindSafe(|| sheets(bytes))).unwrap_or_else(|_| Err(Fault::Broken("panic".into())))
}

/// Unpacks all parts without keeping them.
fn weigh(bytes: &[u8]) -> Result<(), Fault> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| Fault::Broken(e.to_string()))?;
    let may = (bytes.len() as u64).saturating_mul(200).clamp(64 << 20, PARTS);
    let mut sum = 0u64;
    for i in 0..zip.len() {
        let Ok(part) = zip.by_index(i) else { continue };
        let left = may.saturating_sub(sum) + 1;
        sum += std::io::copy(&mut part.take(left), &mut std::io::sink()).unwrap_or(0);
        if sum > may {
            return Err(Fault::Bomb);
        }
    }
    Ok(())
}

fn sheets(bytes: Vec<u8>) -> Result<Vec<Sheet>, Fault> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| fault(&e))?;
    let about: Vec<(String, bool)> = book.sheets_metadata().iter().map(|s| (s.name.clone(), s.visible != calamine::SheetVisible::Visible)).collect();
    let names = book.sheet_names();
    let mut out = Vec::new();
    for name in names {
        let hidden = about.iter().any(|(n, h)| *n == name && *h);
        out.push(sheet(&mut book, name, hidden)?);
    }
    Ok(out)
}

fn fault(e: &calamine::Error) -> Fault {
    let text = e.to_string();
    if text.to_ascii_lowercase().contains("password") || text.to_ascii_lowercase().contains("encrypt") { Fault::Locked } else { Fault::Broken(text) }
}

fn sheet<RS: Read + Seek + Clone>(book: &mut calamine::Sheets<RS>, name: String, hidden: bool) -> Result<Sheet, Fault> {
    let range = book.worksheet_range(&name).map_err(|e| fault(&e))?;
    let (h, w) = range.get_size();
    if h.saturating_mul(w) > CELLS {
        return Err(Fault::Large);
    }
    let above = range.start().map_or(0, |(r, _)| r as usize);
    let mut out = Sheet { name, above, hidden, ..Sheet::default() };
    for (r, row) in range.rows().enumerate() {
        let cells = row
            .iter()
            .enumerate()
            .map(|(c, v)| {
                let text = cell(v);
                match v {
                    Data::Float(f) if f.abs() >= 1e15 && f.fract() == 0.0 && out.lost.is_none() => out.lost = Some((above + r + 1, c + 1, text.clone())),
                    Data::Error(_) if out.error.is_none() => out.error = Some((above + r + 1, c + 1, text.clone())),
                    _ => {}
                }
                text
            })
            .collect();
        out.rows.push(cells);
    }
    Ok(out)
}

/// A cell as the text that a CSV would have.
fn cell(v: &Data) -> String {
    match v {
        Data::Empty => String::new(),
        Data::String(s) => s.replace("_x000D_", "").replace('\r', ""),
        Data::Int(i) => i.to_string(),
        // What a spreadsheet shows has at most fifteen digits; the rest is noise of binary fractions.
        Data::Float(f) => plain(format!("{f:.14e}").parse().unwrap_or(*f)),
        Data::Bool(b) => b.to_string(),
        Data::DateTimeIso(t) | Data::DurationIso(t) => t.trim_end_matches("T00:00:00").to_string(),
        Data::DateTime(t) => {
            let (y, m, d, h, min, s, _) = t.to_ymd_hms_milli();
            if t.is_duration() {
                format!("{:02}:{min:02}:{s:02}", h)
            } else if (h, min, s) == (0, 0, 0) {
                format!("{y:04}-{m:02}-{d:02}")
            } else {
                format!("{y:04}-{m:02}-{d:02} {h:02}:{min:02}:{s:02}")
            }
        }
        Data::Error(e) => e.to_string(),
        // Rich text and pictures have no other plain form.
        #[allow(unreachable_patterns)]
        other => other.to_string(),
    }
}
