//! Access logs of web servers, for counts of visits: which bytes of a log are new, and its lines one by one.
//!
//! A log is read as a stream, unpacked where it is gzip, in memory that does not grow with it. Whether a part of it was
//! counted before is told by hashes of ranges of the unpacked bytes: they stay the same when a log grows, is renamed by
//! rotation, is packed or is joined to others, which neither a name, nor a date of the file, nor a period of time does.

mod agents;
mod line;

pub use agents::Agents;
pub use line::{Hit, Lines, Read as Parsed};

use crate::diag::{Text, say};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::Path;

/// Longest line that is read, in bytes: servers refuse longer requests.
const LONGEST: usize = 64 << 10;
/// What a log may grow to when it is unpacked, beyond which it must not grow [`FOLD`] times.
const FREE: u64 = 64 << 20;
/// How many times a packed log may grow; real ones stay below 50.
const FOLD: u64 = 200;
/// Parts that were counted before, joined in one log.
const JOINED: usize = 64;

/// A range of unpacked bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    /// How many bytes, up to a line end.
    pub bytes: u64,
    /// Their SHA-256.
    pub sha256: String,
}

/// What a log has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// So many bytes from its beginning were counted before.
    pub known: u64,
    /// The ranges that these are.
    pub matched: Vec<Range>,
    /// The rest, up to the last line end.
    pub rest: Range,
    /// All of it, up to the last line end.
    pub whole: Range,
}

/// Why a log is not read.
#[derive(Debug)]
pub enum Fault {
    /// The disk, or the packing.
    Io(io::Error),
    /// It is something else.
    Refused(Text, Text),
}

impl From<io::Error> for Fault {
    fn from(e: io::Error) -> Fault {
        if e.kind() == io::ErrorKind::FileTooLarge {
            let text = say!("解开后超过原来的 {FOLD} 倍，不像日志，没有计入", "unpacks to more than {FOLD} times its size, as no log does; not counted");
            return Fault::Refused(text, say!("核对这个文件从哪里来", "look where this file comes from"));
        }
        Fault::Io(e)
    }
}

/// Packed forms that are not unpacked here, by their first bytes.
static PACKED: &[(&[u8], &str)] =
    &[(b"\x28\xB5\x2F\xFD", "zstd"), (b"BZh", "bzip2"), (b"\xFD7zXZ\0", "xz"), (b"PK\x03\x04", "ZIP"), (b"7z\xBC\xAF\x27\x1C", "7z")];

/// Stops what grows beyond measure.
struct Measured<R> {
    inner: R,
    /// Bytes on the disk.
    packed: u64,
    given: u64,
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.given += n as u64;
        if self.given > FREE && self.given / FOLD > self.packed {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(n)
    }
}

fn open(path: &Path) -> Result<Box<dyn Read>, Fault> {
    let (mut file, len) = super::walk::open(path)?;
    let mut head = [0u8; 6];
    let mut got = 0;
    while got < head.len() {
        match file.read(&mut head[got..])? {
            0 => break,
            n => got += n,
        }
    }
    let head = &head[..got];
    if let Some((_, name)) = PACKED.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Fault::Refused(
            say!("是 {name} 压缩的，没有读", "is packed by {name}; not read"),
            say!("先解开，或压成 gzip", "unpack it first, or pack it by gzip"),
        ));
    }
    let whole = io::Cursor::new(head.to_vec()).chain(file);
    Ok(if head.starts_with(b"\x1F\x8B") {
        Box::new(Measured { inner: flate2::read::MultiGzDecoder::new(io::BufReader::with_capacity(1 << 16, whole)), packed: len, given: 0 })
    } else {
        Box::new(whole)
    })
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().fold(String::with_capacity(64), |mut out, b| {
        out.extend([b >> 4, b & 15].map(|d| char::from_digit(u32::from(d), 16).unwrap_or('0')));
        out
    })
}

/// A hash that goes on, and what it was at the last line end.
struct Running {
    hash: Sha256,
    bytes: u64,
    at_line: (u64, Sha256),
}

impl Running {
    fn new() -> Running {
        Running { hash: Sha256::new(), bytes: 0, at_line: (0, Sha256::new()) }
    }

    fn add(&mut self, part: &[u8]) {
        if let Some(end) = memchr::memrchr(b'\n', part) {
            self.hash.update(&part[..=end]);
            self.at_line = (self.bytes + end as u64 + 1, self.hash.clone());
            self.hash.update(&part[end + 1..]);
        } else {
            self.hash.update(part);
        }
        self.bytes += part.len() as u64;
    }

    fn range(&self) -> Range {
        Range { bytes: self.at_line.0, sha256: hex(self.at_line.1.clone()) }
    }
}

/// Finds what of a log was counted before: ranges of `known`, one behind the other from its beginning, the longest first.
pub fn extent(path: &Path, known: &BTreeSet<Range>) -> Result<Extent, Fault> {
    let mut lengths: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    known.iter().filter(|r| r.bytes > 0).for_each(|r| lengths.entry(r.bytes).or_default().push(&r.sha256));
    let (mut start, mut matched, mut whole) = (0, Vec::new(), None);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let mut from = open(path)?;
        skip(&mut from, start, &mut buffer)?;
        let (mut running, mut longest) = (Running::new(), None);
        let mut ahead = lengths.iter().peekable();
        loop {
            let n = from.read(&mut buffer)?;
            if n == 0 {
                break;
            }
            let mut part = &buffer[..n];
            // A hash is compared where a known range would end.
            while let Some((len, hashes)) = ahead.peek().filter(|(l, _)| **l <= running.bytes + part.len() as u64) {
                let (before, behind) = part.split_at((**len - running.bytes) as usize);
                running.add(before);
                let here = hex(running.hash.clone());
                if hashes.iter().any(|h| **h == here) {
                    longest = Some(Range { bytes: **len, sha256: here });
                }
                part = behind;
                ahead.next();
            }
            running.add(part);
        }
        let whole = whole.get_or_insert_with(|| running.range());
        match longest {
            Some(range) if matched.len() < JOINED => {
                start += range.bytes;
                matched.push(range);
            }
            _ => return Ok(Extent { known: start, matched, rest: running.range(), whole: whole.clone() }),
        }
    }
}

fn skip(from: &mut dyn Read, mut n: u64, buffer: &mut [u8]) -> io::Result<()> {
    while n > 0 {
        let most = buffer.len().min(usize::try_from(n).unwrap_or(usize::MAX));
        match from.read(&mut buffer[..most])? {
            0 => return Ok(()),
            got => n -= got as u64,
        }
    }
    Ok(())
}

/// A line of a log.
#[derive(Debug)]
pub struct Line<'a> {
    /// Its bytes without the line end; of one that is too long only that it is.
    pub bytes: Option<&'a [u8]>,
    /// From 1.
    pub number: u64,
    /// Where its last byte lies, counted from the beginning.
    pub end: u64,
}

/// Reads the lines of a log, up to the last line end. `each` tells whether to go on.
pub fn lines(path: &Path, each: &mut dyn FnMut(Line<'_>) -> bool) -> Result<(), Fault> {
    let mut from = open(path)?;
    let mut buffer = vec![0; 1 << 16];
    let (mut held, mut over, mut number, mut at) = (Vec::<u8>::new(), false, 0, 0u64);
    loop {
        let n = from.read(&mut buffer)?;
        if n == 0 {
            return Ok(());
        }
        let mut part = &buffer[..n];
        while let Some(end) = memchr::memchr(b'\n', part) {
            let (line, rest) = (&part[..end], &part[end + 1..]);
            at += end as u64 + 1;
            number += 1;
            let long = over || held.len() + line.len() > LONGEST;
            let bytes = match (long, held.is_empty()) {
                (true, _) => None,
                (false, true) => Some(line),
                (false, false) => {
                    held.extend_from_slice(line);
                    Some(&held[..])
                }
            };
            let bytes = bytes.map(|b| b.strip_suffix(b"\r").unwrap_or(b));
            if !each(Line { bytes, number, end: at }) {
                return Ok(());
            }
            held.clear();
            (over, part) = (false, rest);
        }
        at += part.len() as u64;
        if held.len() + part.len() > LONGEST {
            over = true;
            held.clear();
        }
        if !over {
            held.extend_from_slice(part);
        }
    }
}
