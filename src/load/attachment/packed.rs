//! Files that are packed one by one (GZ), or put one behind the other (TAR), as in `.tar.gz`.

use super::{Budget, Document, Reader, Why};
use crate::load::spot::Spot;
use std::io::Read as _;

/// GZ
pub(super) const GZ: Reader = Reader { is: |b| b.starts_with(b"\x1F\x8B\x08"), read: gz };
/// TAR
pub(super) const TAR: Reader = Reader { is: |b| b.get(257..262) == Some(b"ustar"), read: tar };

/// Most files of one that are opened.
const FILES: usize = 50;

fn gz(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    if budget.depth == 0 {
        out.unread.insert(Why::Deep);
        return;
    }
    let mut inner = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(bytes).take(budget.left.saturating_add(1)).read_to_end(&mut inner);
    if inner.len() as u64 > budget.left {
        out.unread.insert(Why::Large);
        return;
    }
    // What could be unpacked before it is broken off is read, and the rest told.
    if read.is_err() {
        out.unread.insert(Why::Broken);
    }
    budget.left -= inner.len() as u64;
    budget.depth -= 1;
    let found = super::read(&inner, budget);
    budget.depth += 1;
    out.inside("gz", found);
}

/// Heads of 512 bytes, each with the name and the length (in octal) of what stands behind it.
fn tar(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    if budget.depth == 0 {
        out.unread.insert(Why::Deep);
        return;
    }
    let (mut at, mut names) = (0usize, Vec::new());
    while let Some(head) = bytes.get(at..at + 512) {
        if head.iter().all(|b| *b == 0) {
            break;
        }
        let text = |from: usize, to: usize| String::from_utf8_lossy(head[from..to].split(|b| *b == 0).next().unwrap_or(&[])).trim().to_string();
        let (Ok(len), from) = (usize::from_str_radix(&text(124, 136), 8), at + 512) else {
            out.unread.insert(Why::Broken);
            break;
        };
        let Some(body) = bytes.get(from..from.saturating_add(len)) else {
            out.unread.insert(Why::Broken);
            break;
        };
        // Plain files; folders, links and what describes the next head have other signs. A long name stands there too.
        if matches!(head[156], b'0' | 0) {
            let name = text(0, 100);
            if names.len() < FILES {
                budget.depth -= 1;
                let found = super::read(body, budget);
                budget.depth += 1;
                out.inside(&name, found);
            } else {
                out.unread.insert(Why::Many);
            }
            names.push(name);
        } else if len > 0 {
            out.put(Spot::Inside, String::from_utf8_lossy(body));
        }
        at = from + len.div_ceil(512) * 512;
    }
    out.put(Spot::Inside, names.join("\n"));
}
