//! Cells of the copy for Excel. Excel reads a CSV file by guessing: 01569 becomes 1569, 330102199001011231 becomes
//! 3.30102E+17, 1-2 becomes a day, and so they are saved. What is text in this table and would be taken for something
//! else is written as `="01569"`, which Excel (LibreOffice too) shows as the text it is.

use super::super::format::{CsvFile, Ends, Job, Row, RowFormat, RowSink};
use crate::load::table::profile::Kind;
use crate::load::table::spreadsheet::harmless;
use crate::model::FieldInfo;
use crate::output::Sink;
use std::io;

/// Rows that Excel can hold with the head.
const MOST: u64 = 1_048_575;

/// The copy that is opened with a double click.
pub static FORMAT: RowFormat = RowFormat {
    name: "excel",
    fits: |t, _| u32::from(t.rows <= MOST),
    path: |name, _| format!("{name}.excel.csv"),
    others: None,
    kept: true,
    download: true,
    schema: false,
    output: None,
    open,
};

struct Excel {
    file: CsvFile,
    /// Columns of texts.
    texts: Vec<bool>,
}

fn open(job: &mut Job, files: Vec<u32>, sink: &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>> {
    let (Some(&entry), Some(table)) = (files.first(), job.table()) else { return Ok(None) };
    let heads: Vec<String> = table.names.iter().map(|n| head(n)).collect();
    let file = CsvFile::open(entry, true, &heads.iter().map(String::as_str).collect::<Vec<_>>(), sink)?;
    let texts = table.columns.iter().zip(&job.fields).map(|(p, f)| is_text(p.kind, f.as_ref())).collect();
    Ok(Some(Box::new(Excel { file, texts })))
}

impl RowSink for Excel {
    fn row(&mut self, row: &Row<'_>, _: &mut dyn Sink) -> io::Result<()> {
        self.file.write(row.clean.iter().zip(&self.texts).map(|(v, t)| cell(v, *t)))
    }

    fn drain(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        self.file.drain(sink)
    }

    fn close(self: Box<Self>, _: &mut Ends<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        self.file.close(sink)
    }
}

/// Digits that Excel keeps of a number.
const KEPT: usize = 15;
/// Longest text that is looked at; a text in a formula may have 255 characters.
const LONGEST: usize = 250;

/// Whether the values of a column are texts here: by declaration, else by what they are.
fn is_text(kind: Kind, told: Option<&FieldInfo>) -> bool {
    match told.and_then(|f| f.kind.as_deref()).map(|k| k.trim().to_lowercase()).as_deref() {
        Some("string" | "text" | "c" | "字符型") => true,
        _ => matches!(kind, Kind::Code | Kind::String | Kind::Empty),
    }
}

/// A cell.
fn cell(v: &str, text: bool) -> String {
    if v.len() <= LONGEST && (if text { guessed(v) } else { loses(v) }) { format!("=\"{v}\"") } else { harmless(v).into_owned() }
}

/// A name in the head. A year stays as it is.
fn head(v: &str) -> String {
    if v.is_ascii() && guessed(v) && (loses(v) || !v.bytes().all(|b| b.is_ascii_digit())) { format!("=\"{v}\"") } else { harmless(v).into_owned() }
}

/// A number that does not come back with all its digits.
fn loses(v: &str) -> bool {
    if !v.bytes().any(|b| b.is_ascii_digit()) || !v.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'+' | b'%' | b'e' | b'E')) {
        return false;
    }
    let mantissa = v.trim_start_matches(['-', '+']).split(['e', 'E']).next().unwrap_or("");
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let whole = mantissa.split(['.', '%']).next().unwrap_or("");
    (whole.len() > 1 && whole.starts_with('0'))
        || digits.trim_start_matches('0').trim_end_matches('0').len() > KEPT
        || (digits.len() > KEPT && !v.contains('.'))
}

/// Words that stand in days and times.
static WORDS: &[&str] = &[
    "e",
    "a",
    "p",
    "am",
    "pm",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A text that Excel takes for a number, a day, a time or a truth.
fn guessed(v: &str) -> bool {
    let half: String =
        v.trim().chars().map(|c| if ('\u{FF01}'..='\u{FF5E}').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c }).collect();
    if half.eq_ignore_ascii_case("true") || half.eq_ignore_ascii_case("false") {
        return true;
    }
    if half.contains('"') || !half.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    // 2024年05月 is a day in Chinese Excel, and loses its zero.
    let chinese = half.contains('月') || half.contains('时') || half.contains('時');
    let sign = |c: char| c.is_ascii_digit() || " .,:/-+%()$¥￥€£".contains(c) || (chinese && "年月日时時分秒".contains(c));
    let words: Vec<&str> = half.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty()).collect();
    // A month may come first, the marks of a number or a time only after digits: A12 is a room.
    let first = !half.starts_with(|c: char| c.is_ascii_alphabetic()) || words.first().is_some_and(|w| w.len() > 2);
    first && half.chars().all(|c| sign(c) || c.is_ascii_alphabetic()) && words.iter().all(|w| WORDS.contains(&w.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_like_numbers_stay_texts() {
        for v in [
            "01569",
            "10001",
            "12345678901234567890",
            "1E05",
            "1-2",
            "3/4",
            "12:30",
            "SEPT2",
            "2-Mar",
            "TRUE",
            "1,234",
            "12%",
            "０１２",
            "2024年05月01日",
            "+8610123",
            "1.50",
            "$5",
            "(12)",
        ] {
            assert_eq!(cell(v, true), format!("=\"{v}\""), "{v}");
        }
        for v in ["A12", "北京市", "2 Main Street", "1.2.3b", "2024年", "", "—", "a1", "he said \"1\""] {
            assert_eq!(cell(v, true), v, "{v}");
        }
        for v in ["1234.5", "-5", "0", "0.5", "2024-05-01", "1,234", "123456789012345", "1e5", "12%", "100000000000000.5"] {
            assert_eq!(cell(v, false).starts_with('='), v.len() > 16, "{v}");
        }
        for v in ["007", "1234567890123456789", "0.12345678901234567", "-00.5"] {
            assert_eq!(cell(v, false), format!("=\"{v}\""), "{v}");
        }
        assert_eq!((cell("=1+1", true), cell("@x", true), cell("-1+2|x", true)), ("'=1+1".into(), "'@x".into(), "'-1+2|x".into()));
        assert_eq!(
            (head("2020"), head("1-2"), head("01"), head("=x"), head("2020年1月")),
            ("2020".into(), "=\"1-2\"".into(), "=\"01\"".into(), "'=x".into(), "2020年1月".into())
        );
    }
}
