//! A workbook: the first byte decides whether the rest is the file or the sheet inside a right zip.
#![no_main]

use clerestory_fuzz::{resource, zipped};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    if first % 2 == 0 { resource("a.xlsx", rest) } else { resource("a.xlsx", &zipped("xl/worksheets/sheet1.xml", rest)) }
});
