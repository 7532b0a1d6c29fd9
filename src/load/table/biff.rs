//! What `calamine` leaves out of old workbooks (XLS): number formats, hidden rows and columns, merged cells; and how
//! far their cells reach, which must be known before it lays them out.

use super::cells::{self, Budget, Fault};
use super::numfmt::Format;
use crate::load::ole::{Compound, u16_at, u32_at};
use rustc_hash::FxHashMap;

/// One sheet.
#[derive(Debug, Default)]
pub struct Scan {
    /// Hidden rows and columns, first and last.
    pub hidden_rows: Vec<(u32, u32)>,
    /// See above.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Merged cells: first row and column, last row and column.
    pub merges: Vec<[u32; 4]>,
    /// A filter leaves rows out of sight.
    pub filtered: bool,
    /// Days are counted from 1904.
    pub since_1904: bool,
    styles: FxHashMap<(u32, u32), u16>,
    formats: std::rc::Rc<Vec<Option<Format>>>,
}

impl Scan {
    /// The format of a cell, where it is more than a number.
    pub fn format(&self, at: (u32, u32)) -> Option<&Format> {
        self.formats.get(*self.styles.get(&at)? as usize)?.as_ref()
    }
}

/// The stream of the workbook inside its compound file.
fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = Compound::open(bytes)?;
    file.stream("Workbook").or_else(|| file.stream("Book"))
}

/// Records from a place on, to the end of their substream: kind and body.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut depth = 0;
    std::iter::from_fn(move || {
        loop {
            let (kind, len) = (u16_at(stream, at)?, u16_at(stream, at + 2)? as usize);
            let body = stream.get(at + 4..at + 4 + len)?;
            at += 4 + len;
            match kind {
                0x0809 | 0x0409 | 0x0209 | 0x0009 => {
                    depth += 1;
                    // Charts stand as substreams inside sheets.
                    if depth > 1 {
                        continue;
                    }
                }
                0x000A => {
                    depth -= 1;
                    if depth <= 0 {
                        at = stream.len();
                        return None;
                    }
                    continue;
                }
                _ if depth > 1 => continue,
                _ => {}
            }
            return Some((kind, body));
        }
    })
}

/// Reads what is told beside the values, sheet by sheet.
pub fn scan(bytes: &[u8], budget: &Budget) -> Result<Vec<Scan>, Fault> {
    let stream = workbook(bytes).ok_or_else(|| Fault::Broken("no workbook in the file".into()))?;
    let mut codes: FxHashMap<u16, Format> = FxHashMap::default();
    let (mut styles, mut places) = (Vec::new(), Vec::new());
    let mut since_1904 = false;
    for (kind, b) in records(&stream, 0) {
        match kind {
            0x002F => return Err(Fault::Locked),
            0x0022 => since_1904 = u16_at(b, 0) == Some(1),
            0x0085 => places.extend(u32_at(b, 0)),
            0x00E0 if styles.len() < 70_000 => styles.extend(u16_at(b, 2)),
            0x041E if codes.len() < 5_000 => {
                if let (Some(id), Some(code)) = (u16_at(b, 0), code(b)) {
                    codes.insert(id, Format::new(&code));
                }
            }
            _ => {}
        }
    }
    let format = |id: &u16| Some(codes.get(id).cloned().unwrap_or_else(|| Format::builtin(u32::from(*id)))).filter(|f| !f.is_plain());
    let formats: std::rc::Rc<Vec<Option<Format>>> = std::rc::Rc::new(styles.iter().map(format).collect());
    let mut left = (budget.grid as usize).max(3 << 20);
    let mut out = Vec::new();
    for at in places.into_iter().take(1_000) {
        let mut s = Scan { since_1904, formats: formats.clone(), ..Scan::default() };
        let mut reach: Option<[u32; 4]> = None;
        let mut formulas: Option<[u32; 4]> = None;
        let grow = |r: &mut Option<[u32; 4]>, row: u32, a: u32, b: u32| {
            *r = Some(r.map_or([row, a, row, b], |r| [r[0].min(row), r[1].min(a), r[2].max(row), r[3].max(b)]));
        };
        for (kind, b) in records(&stream, at as usize) {
            let place = || Some((u32::from(u16_at(b, 0)?), u32::from(u16_at(b, 2)?)));
            match kind {
                0x0208 => {
                    // Hidden, or lower than a point is high.
                    if (u16_at(b, 12).is_some_and(|g| g & 0x20 != 0) || u16_at(b, 6).is_some_and(|h| h & 0x8000 == 0 && h < 40))
                        && let Some((row, _)) = place()
                    {
                        cells::extend(&mut s.hidden_rows, row, row);
                    }
                }
                0x007D => {
                    // Hidden, or narrower than half a letter; widths are in parts of 256.
                    if (u16_at(b, 8).is_some_and(|g| g & 1 != 0) || u16_at(b, 4).is_some_and(|w| w < 128))
                        && let Some((a, z)) = place()
                    {
                        cells::extend(&mut s.hidden_columns, a, z.min(255));
                    }
                }
                0x009B => s.filtered = true,
                0x00E5 => {
                    let n = u16_at(b, 0).unwrap_or(0) as usize;
                    for i in 0..n.min(b.len() / 8) {
                        let v = |k: usize| u16_at(b, 2 + 8 * i + 2 * k).map(u32::from);
                        if let (Some(r0), Some(r1), Some(c0), Some(c1)) = (v(0), v(1), v(2), v(3)) {
                            s.merges.push([r0.min(r1), c0.min(c1), r0.max(r1), c0.max(c1)]);
                        }
                    }
                }
                0x00BD => {
                    if let Some((row, a)) = place() {
                        let n = b.len().saturating_sub(6) / 6;
                        grow(&mut reach, row, a, a + n.saturating_sub(1) as u32);
                        for i in 0..n {
                            if let Some(xf) = u16_at(b, 4 + 6 * i).filter(|x| formats.get(*x as usize).is_some_and(Option::is_some)) {
                                s.styles.insert((row, a + i as u32), xf);
                            }
                        }
                    }
                }
                0x0203 | 0x0003 | 0x027E | 0x007E | 0x0006 | 0x0206 | 0x0406 | 0x00FD | 0x0204 | 0x0004 | 0x0205 | 0x0005 | 0x00D6 => {
                    if let Some((row, c)) = place() {
                        grow(&mut reach, row, c, c);
                        if matches!(kind, 0x0006 | 0x0206 | 0x0406) {
                            grow(&mut formulas, row, c, c);
                        }
                        if let Some(xf) = u16_at(b, 4).filter(|x| formats.get(*x as usize).is_some_and(Option::is_some)) {
                            s.styles.insert((row, c), xf);
                        }
                    }
                }
                _ => {}
            }
        }
        for r in [reach, formulas].into_iter().flatten() {
            let cells = (r[2] - r[0] + 1) as usize * (r[3] - r[1] + 1) as usize;
            left = left.checked_sub(cells).ok_or(Fault::Large)?;
        }
        out.push(s);
    }
    Ok(out)
}

/// The code of a format, in the form of BIFF8 or the one before.
fn code(b: &[u8]) -> Option<String> {
    let n = u16_at(b, 2)? as usize;
    let flags = *b.get(4)?;
    if b.len() == 5 + n && flags & 1 == 0 {
        return Some(b[5..].iter().map(|c| *c as char).collect());
    }
    if b.len() == 5 + 2 * n && flags & 1 == 1 {
        let units: Vec<u16> = (0..n).filter_map(|i| u16_at(b, 5 + 2 * i)).collect();
        return Some(String::from_utf16_lossy(&units));
    }
    let n = *b.get(2)? as usize;
    b.get(3..3 + n).map(|c| c.iter().map(|c| *c as char).collect())
}
