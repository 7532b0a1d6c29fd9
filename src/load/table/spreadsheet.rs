//! CSV files that people open with a spreadsheet: lists that this program makes. Data of others have a copy for it
//! (`.excel.csv`) beside the one that changes nothing.

use super::value;
use std::borrow::Cow;

/// A cell for a spreadsheet: what it would run as a formula becomes text. Chinese and Japanese editions run full-width signs too.
pub fn harmless(v: &str) -> Cow<'_, str> {
    let wide = || match v.chars().next() {
        Some(c @ ('＝' | '＋' | '－' | '＠')) => {
            value::formula(&format!("{}{}", char::from_u32(c as u32 - 0xFEE0).unwrap_or(c), value::narrow(&v[c.len_utf8()..]).as_deref().unwrap_or(&v[3..])))
        }
        _ => false,
    };
    if value::formula(v) || (v.as_bytes().first() == Some(&0xEF) && wide()) { Cow::Owned(format!("'{v}")) } else { Cow::Borrowed(v) }
}

/// Rows as a file: a byte order mark, so that it is read as UTF-8, and no cell that would be run.
pub fn csv<R, C>(rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    written("\u{feff}".as_bytes().to_vec(), rows)
}

/// Further rows of such a file, for one that is written piece by piece.
pub fn rows<R, C>(rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    written(Vec::new(), rows)
}

fn written<R, C>(start: Vec<u8>, rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut w = csv::WriterBuilder::new().flexible(true).from_writer(start);
    for row in rows {
        for cell in row {
            // What is written to memory cannot fail.
            let _ = w.write_field(harmless(cell.as_ref()).as_bytes());
        }
        let _ = w.write_record(None::<&[u8]>);
    }
    w.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_run() {
        for v in ["=1+1", "=HYPERLINK(\"http://x\")", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "\t=1", "\r=1", "＝1＋1", "＠SUM", "－a"] {
            assert_eq!(harmless(v), format!("'{v}"));
        }
        for v in ["", "-", "-5", "+86 571 8888", "－5", "－", "12%", "甲=乙", "a@b.cn", "——"] {
            assert_eq!(harmless(v), v);
        }
        assert_eq!(String::from_utf8(csv([vec!["a", "=b"], vec!["1,2"], vec![""]])).unwrap(), "\u{feff}a,'=b\n\"1,2\"\n\"\"\n");
    }
}
