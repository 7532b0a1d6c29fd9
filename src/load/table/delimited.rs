//! CSV and its kin as blocks of whole records: read once, decoded before they are split, parsed in parallel.

use super::rewrite::Rewriter;
use encoding_rs::{Decoder, Encoding};
use std::io::Read;
use std::sync::{Arc, Mutex};

/// Usual size of a block.
const BLOCK: usize = 1 << 18;
/// Longest record. A quote that is still open after so many bytes is taken for a character.
const RECORD: usize = 128 << 20;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dialect {
    /// Between cells.
    pub delimiter: u8,
    /// Around cells.
    pub quote: u8,
}

impl Default for Dialect {
    fn default() -> Dialect {
        Dialect { delimiter: b',', quote: b'"' }
    }
}

/// Some whole records, in valid UTF-8.
#[derive(Debug)]
pub struct Block {
    /// Place in the file, from 0.
    pub index: u32,
    /// Line of its first byte, from 1.
    pub line: u64,
    /// The records.
    pub bytes: Vec<u8>,
    /// False for a record whose quote never ends: its quotes are characters.
    pub quoting: bool,
    /// Where bytes are no UTF-8: line and column of the first place, and how many places there are.
    pub broken: Option<(u64, usize, u64)>,
    /// There were NUL characters, which were left out.
    pub nul: Option<(u64, String)>,
    /// Cells that begin with a quoted part and go on behind it: how many, and the line of the first. They are kept as written.
    pub stray: Option<(u64, u64)>,
    spare: Spare,
}

/// Buffers of blocks that are done with: fresh memory costs an eighth of the time of reading a large file.
type Spare = Arc<Mutex<Vec<Vec<u8>>>>;
/// Most buffers kept.
const SPARE: usize = 8;

impl Drop for Block {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.bytes);
        if let Some(mut kept) = self.spare.lock().ok().filter(|k| k.len() < SPARE && bytes.capacity() <= 4 * BLOCK) {
            bytes.clear();
            kept.push(bytes);
        }
    }
}

/// Reads blocks.
pub struct Blocks<R> {
    input: R,
    decoder: Option<Decoder>,
    rewrite: Option<Rewriter>,
    dialect: Dialect,
    buffer: Vec<u8>,
    spare: Spare,
    raw: Vec<u8>,
    ended: bool,
    index: u32,
    line: u64,
    literal: bool,
    /// An error of reading; the blocks before it are good.
    pub failed: Option<std::io::Error>,
}

impl<R: Read> Blocks<R> {
    /// `encoding` is `None` for UTF-8; a byte-order mark has been taken off.
    pub fn new(input: R, encoding: Option<&'static Encoding>, dialect: Dialect, rewrite: Option<Rewriter>) -> Blocks<R> {
        Blocks {
            input,
            decoder: encoding.map(Encoding::new_decoder_without_bom_handling),
            rewrite,
            dialect,
            buffer: Vec::new(),
            spare: Spare::default(),
            raw: Vec::new(),
            ended: false,
            index: 0,
            line: 1,
            literal: false,
            failed: None,
        }
    }

    /// Appends up to `want` bytes of text to the buffer.
    fn fill(&mut self, want: usize) {
        // Reading goes on until a block is full, as pipes and decompressors give little at a time.
        let into = if self.decoder.is_some() || self.rewrite.is_some() { &mut self.raw } else { &mut self.buffer };
        let before = into.len();
        if let Err(e) = self.input.by_ref().take(want as u64).read_to_end(into) {
            self.failed = Some(e);
            self.ended = true;
        }
        self.ended |= into.len() - before < want;
        if let Some(d) = &mut self.decoder {
            let mut text = String::with_capacity(d.max_utf8_buffer_length(self.raw.len()).unwrap_or(self.raw.len() * 3));
            let _ = d.decode_to_string(&self.raw, &mut text, self.ended);
            match &mut self.rewrite {
                Some(r) => r.feed(text.as_bytes(), self.ended, &mut self.buffer),
                None => self.buffer.extend_from_slice(text.as_bytes()),
            }
            self.raw.clear();
        } else if let Some(r) = &mut self.rewrite {
            r.feed(&self.raw, self.ended, &mut self.buffer);
            self.raw.clear();
        }
    }

    fn take(&mut self, len: usize, quoting: bool) -> Block {
        let mut rest = self.spare.lock().ok().and_then(|mut s| s.pop()).unwrap_or_default();
        rest.reserve(BLOCK + (self.buffer.len() - len));
        rest.extend_from_slice(&self.buffer[len..]);
        let mut bytes = std::mem::replace(&mut self.buffer, rest);
        bytes.truncate(len);
        let line = self.line;
        let first = line;
        self.line += line_ends(&bytes, lone_returns(&bytes));
        let broken = match simdutf8::compat::from_utf8(&bytes) {
            Ok(_) => None,
            Err(e) => {
                let (line, column) = place(&bytes[..e.valid_up_to()], self.dialect);
                let places = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count() as u64;
                bytes = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
                Some((first + line - 1, column, places))
            }
        };
        // The line of the first, and what stands around it.
        let nul = memchr::memchr(0, &bytes).map(|at| {
            let from = bytes[..at].iter().rposition(|b| matches!(b, b'\n' | b'\r')).map_or(0, |i| i + 1);
            let to = bytes[at..].iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |i| at + i);
            let text = String::from_utf8_lossy(&bytes[from.max(at.saturating_sub(20))..to.min(at + 20)]).replace('\0', "\u{2400}");
            (first + line_ends(&bytes[..at], lone_returns(&bytes)), text.trim_matches('\u{FFFD}').to_string())
        });
        if nul.is_some() {
            bytes.retain(|b| *b != 0);
        }
        let mut stray = self.rewrite.as_mut().map(|r| std::mem::take(&mut r.strays)).filter(|n| *n > 0).map(|n| (n, first));
        if let Some((mended, n, at)) = if quoting { as_written(&bytes, self.dialect) } else { None } {
            bytes = mended;
            stray = Some((n, first + line_ends(&bytes[..at.min(bytes.len())], lone_returns(&bytes))));
        }
        let index = self.index;
        self.index += 1;
        Block { index, line, bytes, quoting, broken, nul, stray, spare: self.spare.clone() }
    }
}

/// End of the last whole record, and the place of a quote that does not end. The rule for quotes is that of the `csv`
/// crate: one that stands at the start of a cell opens, two are one, any other is a character.
pub fn whole(bytes: &[u8], dialect: Dialect) -> (usize, Option<usize>) {
    let line_end = |b: &[u8]| memchr::memrchr2(b'\n', b'\r', b).map(|i| i + 1);
    let (mut end, mut at) = (0, 0);
    loop {
        let Some(q) = memchr::memchr(dialect.quote, &bytes[at..]).map(|i| at + i) else {
            return (line_end(&bytes[at..]).map_or(end, |e| at + e), None);
        };
        if let Some(e) = line_end(&bytes[at..q]) {
            end = at + e;
        }
        let opens = q == 0 || bytes[q - 1] == dialect.delimiter || matches!(bytes[q - 1], b'\n' | b'\r');
        if !opens {
            at = q + 1;
            continue;
        }
        let mut c = q + 1;
        loop {
            let Some(close) = memchr::memchr(dialect.quote, &bytes[c..]).map(|i| c + i) else { return (end, Some(q)) };
            if bytes.get(close + 1) == Some(&dialect.quote) {
                c = close + 2;
                continue;
            }
            at = close + 1;
            break;
        }
    }
}

impl<R: Read> Iterator for Blocks<R> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        if self.literal {
            // The one line whose quote never ends.
            self.literal = false;
            let len = memchr::memchr(b'\n', &self.buffer).map_or(self.buffer.len(), |i| i + 1);
            return Some(self.take(len, false));
        }
        let mut want = BLOCK.saturating_sub(self.buffer.len());
        loop {
            if !self.ended && want > 0 {
                self.fill(want);
            }
            if self.buffer.is_empty() && self.ended {
                return None;
            }
            let (end, open) = whole(&self.buffer, self.dialect);
            // `\r` at the very end may be half of a line's end.
            let end = if !self.ended && end == self.buffer.len() && self.buffer.last() == Some(&b'\r') { 0 } else { end };
            if self.ended && open.is_none() {
                let len = self.buffer.len();
                return Some(self.take(len, true));
            }
            if end > 0 {
                return Some(self.take(end, true));
            }
            if self.ended || self.buffer.len() >= RECORD {
                if open.is_some() {
                    self.literal = true;
                    return self.next();
                }
                let len = self.buffer.len();
                return Some(self.take(len, true));
            }
            // One record is longer than the block: twice as much is read.
            want = self.buffer.len().max(BLOCK);
        }
    }
}

/// Text in which each cell that goes on behind its closing quote (`"Foo" and "Bar"`) is quoted as a whole, so that it is
/// read letter by letter, with how many there are and where the first begins. `None` where there are none. Blanks behind
/// a quote are nothing.
fn as_written(bytes: &[u8], dialect: Dialect) -> Option<(Vec<u8>, u64, usize)> {
    let quote = dialect.quote;
    let ends = |b: u8| b == dialect.delimiter || matches!(b, b'\n' | b'\r');
    let (mut out, mut from, mut at, mut n, mut first) = (Vec::new(), 0, 0, 0u64, 0);
    while let Some(q) = memchr::memchr(quote, &bytes[at..]).map(|i| at + i) {
        if !(q == 0 || ends(bytes[q - 1])) {
            at = q + 1;
            continue;
        }
        let mut c = q + 1;
        let close = loop {
            let Some(close) = memchr::memchr(quote, &bytes[c..]).map(|i| c + i) else { break bytes.len() };
            if bytes.get(close + 1) != Some(&quote) {
                break close;
            }
            c = close + 2;
        };
        let Some(rest) = bytes.get(close + 1..) else { break };
        let end = close + 1 + rest.iter().position(|b| ends(*b)).unwrap_or(rest.len());
        at = end;
        if bytes[close + 1..end].iter().all(|b| *b == b' ') {
            continue;
        }
        if n == 0 {
            first = q;
        }
        n += 1;
        out.extend_from_slice(&bytes[from..q]);
        out.push(quote);
        for b in &bytes[q..end] {
            out.push(*b);
            if *b == quote {
                out.push(quote);
            }
        }
        out.push(quote);
        from = end;
    }
    (n > 0).then(|| {
        out.extend_from_slice(&bytes[from..]);
        (out, n, first)
    })
}

/// Splits a block into records.
pub fn records(block: &Block, dialect: Dialect) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.delimiter)
        .quote(dialect.quote)
        .quoting(block.quoting)
        .buffer_capacity(1 << 16)
        .from_reader(&block.bytes[..])
}

/// Whether lines end with `\r` alone, as on old Macs, at least somewhere.
fn lone_returns(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'\r', bytes).any(|i| bytes.get(i + 1) != Some(&b'\n'))
}

/// Ends of lines in bytes: `\n`, `\r\n`, and `\r` alone where there are such.
fn line_ends(bytes: &[u8], lone: bool) -> u64 {
    let n = memchr::memchr_iter(b'\n', bytes).count();
    let r = if lone { memchr::memchr_iter(b'\r', bytes).filter(|i| bytes.get(i + 1) != Some(&b'\n')).count() } else { 0 };
    (n + r) as u64
}

/// Line and column of the table at which some text ends; it begins with a record.
pub fn place(before: &[u8], dialect: Dialect) -> (u64, usize) {
    let line = line_ends(before, lone_returns(before)) + 1;
    let from = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |i| i + 1);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(dialect.delimiter).quote(dialect.quote).from_reader(&before[from..]);
    let mut r = csv::ByteRecord::new();
    let column = if reader.read_byte_record(&mut r).unwrap_or(false) { r.len() } else { 1 };
    (line, column)
}

/// Tells the lines of records: the reader's own count is one behind after `\r\n`.
pub struct Lines<'b> {
    /// Empty lines before the record asked for last.
    pub empty: u64,
    bytes: &'b [u8],
    at: usize,
    line: u64,
    lone: bool,
}

impl<'b> Lines<'b> {
    /// Counts in a block.
    pub fn new(block: &'b Block) -> Lines<'b> {
        Lines { empty: 0, bytes: &block.bytes, at: 0, line: block.line, lone: lone_returns(&block.bytes) }
    }

    /// The line of the record asked for last.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The line on which a record begins, and whether an empty line is before it. Records are asked in order.
    pub fn of(&mut self, record: &csv::ByteRecord) -> (u64, bool) {
        let mut from = record.position().map_or(0, |p| p.byte() as usize).min(self.bytes.len());
        // The second half of `\r\n` belongs to the record before.
        let begin = from + usize::from(from > 0 && self.bytes[from - 1] == b'\r' && self.bytes.get(from) == Some(&b'\n'));
        while matches!(self.bytes.get(from), Some(b'\r' | b'\n')) {
            from += 1;
        }
        self.line += line_ends(&self.bytes[self.at..from.max(self.at)], self.lone);
        self.at = from.max(self.at);
        self.empty = if from > begin { line_ends(&self.bytes[begin..from], self.lone) } else { 0 };
        (self.line, from > begin)
    }
}

/// The delimiter that splits the first lines most evenly.
pub fn sniff(sample: &str, hint: Option<u8>) -> Dialect {
    let mut best = (0.0, hint.unwrap_or(b','));
    for (i, delimiter) in [b',', b'\t', b';', b'|'].into_iter().enumerate() {
        // What the text has not parts nothing, and most texts have one of them.
        if memchr::memchr(delimiter, sample.as_bytes()).is_none() {
            continue;
        }
        let d = Dialect { delimiter, quote: b'"' };
        let block =
            Block { index: 0, line: 1, bytes: sample.as_bytes().to_vec(), quoting: true, broken: None, nul: None, stray: None, spare: Spare::default() };
        let mut widths: Vec<usize> = Vec::new();
        let mut reader = records(&block, d);
        let mut r = csv::ByteRecord::new();
        while widths.len() < 100 && reader.read_byte_record(&mut r).unwrap_or(false) {
            widths.push(r.len());
        }
        let usual = widths.iter().filter(|w| **w > 1).max_by_key(|w| (widths.iter().filter(|x| x == w).count(), **w)).copied().unwrap_or(1);
        if usual < 2 {
            continue;
        }
        let even = widths.iter().filter(|w| **w == usual).count() as f64 / widths.len() as f64;
        // Equally even splits: the one with more columns, then the more usual sign.
        let score = even + (usual as f64).ln() * 0.05 - i as f64 * 0.01 + f64::from(u8::from(hint == Some(delimiter))) * 0.1;
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    Dialect { delimiter: best.1, quote: b'"' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &[u8]) -> Vec<(u64, String, bool)> {
        Blocks::new(text, None, Dialect::default(), None).map(|b| (b.line, String::from_utf8(b.bytes.clone()).unwrap(), b.quoting)).collect()
    }

    #[test]
    fn records_stay_whole() {
        assert_eq!(whole(b"a,\"b\nc\"\nd", Dialect::default()), (8, None));
        assert_eq!(whole(b"a,\"b\nc", Dialect::default()), (0, Some(2)));
        assert_eq!(whole(b"5\" pipe,x\ny", Dialect::default()), (10, None));
        assert_eq!(whole(b"a,\"b\"\"\n\"\nc", Dialect::default()), (9, None));
        // A quote that never ends costs its own line only.
        assert_eq!(blocks(b"a,b\n1,\"x\n2,y\n3,z\n"), [(1, "a,b\n".into(), true), (2, "1,\"x\n".into(), false), (3, "2,y\n3,z\n".into(), true)]);
        let long = format!("h\n\"{}\"\nz\n", "x".repeat(3 << 20));
        assert_eq!(blocks(long.as_bytes()).iter().map(|b| b.1.len()).sum::<usize>(), long.len());
    }

    #[test]
    fn quotes_inside_cells_stay() {
        let of = |t: &str| as_written(t.as_bytes(), Dialect::default()).map(|(b, n, at)| (String::from_utf8(b).unwrap(), n, at));
        assert_eq!(of("a,b\n\"x\",\"y\"\"z\"\n\"q\" ,5\" pipe\n"), None);
        assert_eq!(of("a\n\"Foo\" and \"Bar\",1\n"), Some(("a\n\"\"\"Foo\"\" and \"\"Bar\"\"\",1\n".into(), 1, 2)));
        assert_eq!(of("\"a\"b"), Some(("\"\"\"a\"\"b\"".into(), 1, 0)));
        assert_eq!(of("\"\"a,\"b\"\n"), Some(("\"\"\"\"\"a\",\"b\"\n".into(), 1, 0)));
    }

    #[test]
    fn delimiters() {
        for (t, d) in
            [("a;b\n1;2\n", b';'), ("a\tb\n1\t2", b'\t'), ("a,b\n1,2", b','), ("a|b|c\n1|2|3", b'|'), ("a\n1\n", b','), ("a,b;c\n1,2;3\n1,5;3\n", b',')]
        {
            assert_eq!(sniff(t, None).delimiter, d, "{t}");
        }
    }
}
