//! CSV files are gone through once before they are read, as bytes: what the engine would read otherwise than `clerestory`
//! does, or not at all, is refused with its place in words, so that no figure is silently another.

use crate::{Result, fail};
use clerestory::load::table::elsewhere;
use futures::StreamExt;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};

/// Bytes that are kept of the beginning and of the end.
const KEPT: usize = 256 << 10;

/// What is known of a CSV file.
#[derive(Debug, Default)]
pub struct Guarded {
    /// Its beginning, without a byte-order mark.
    pub head: Vec<u8>,
    /// Its end.
    tail: Vec<u8>,
    /// Lines end within cells, or by `\r` alone: the file cannot be read from its middle.
    pub whole: bool,
    /// A byte-order mark stands before it.
    mark: bool,
}

/// Where in a record one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// At the beginning of a cell.
    Begin,
    /// In a cell without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote within quotes.
    Closed,
    /// Behind blanks behind it.
    Behind,
}

/// Goes over bytes in pieces of any size.
struct Scan {
    delimiter: u8,
    at: At,
    whole: bool,
    stray: bool,
    nul: bool,
    bad: bool,
    last: u8,
    /// The beginning of a character that a piece cuts.
    cut: Vec<u8>,
}

impl Scan {
    fn new(delimiter: u8) -> Scan {
        Scan { delimiter, at: At::Begin, whole: false, stray: false, nul: false, bad: false, last: b'\n', cut: Vec::new() }
    }

    fn ends(&self, b: u8) -> bool {
        b == self.delimiter || matches!(b, b'\n' | b'\r')
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.text(bytes);
        self.nul |= memchr::memchr(0, bytes).is_some();
        let lone = |i: usize| bytes.get(i + 1).is_some_and(|b| *b != b'\n');
        self.whole |= (self.last == b'\r' && bytes.first().is_some_and(|b| *b != b'\n')) || memchr::memchr_iter(b'\r', bytes).any(lone);
        let mut i = 0;
        while i < bytes.len() {
            let b = bytes[i];
            match self.at {
                At::Begin if b == b'"' => (self.at, i) = (At::Quoted, i + 1),
                At::Begin | At::Plain => {
                    // Only a quote after a sign that ends a cell opens one.
                    let q = memchr::memchr(b'"', &bytes[i..]).map_or(bytes.len(), |q| i + q);
                    let before = if q > 0 { bytes[q - 1] } else { self.last };
                    let opens = q < bytes.len() && self.ends(before);
                    self.at = if opens || (q == bytes.len() && self.ends(before)) { At::Begin } else { At::Plain };
                    i = if opens { q } else { q + 1 };
                }
                At::Quoted => {
                    let q = memchr::memchr(b'"', &bytes[i..]).map_or(bytes.len(), |q| i + q);
                    self.whole |= memchr::memchr2(b'\n', b'\r', &bytes[i..q]).is_some();
                    self.at = if q < bytes.len() { At::Closed } else { At::Quoted };
                    i = q + 1;
                }
                At::Closed if b == b'"' => (self.at, i) = (At::Quoted, i + 1),
                At::Closed | At::Behind => {
                    self.at = if self.ends(b) {
                        At::Begin
                    } else if b == b' ' {
                        At::Behind
                    } else {
                        self.stray = true;
                        At::Plain
                    };
                    i += 1;
                }
            }
        }
        self.last = bytes.last().copied().unwrap_or(self.last);
    }

    /// Looks whether the bytes are UTF-8.
    fn text(&mut self, bytes: &[u8]) {
        if self.bad {
            return;
        }
        let mut rest = bytes;
        while !self.cut.is_empty() && !rest.is_empty() {
            self.cut.push(rest[0]);
            rest = &rest[1..];
            match std::str::from_utf8(&self.cut) {
                Ok(_) => self.cut.clear(),
                Err(e) => {
                    self.bad |= e.error_len().is_some() || self.cut.len() > 4;
                    if self.bad {
                        return;
                    }
                }
            }
        }
        if let Err(e) = std::str::from_utf8(rest) {
            match e.error_len() {
                Some(_) => self.bad = true,
                None => self.cut = rest[e.valid_up_to()..].to_vec(),
            }
        }
    }
}

/// The first bytes of a file, without a byte-order mark, up to the end of a line where it goes on.
pub async fn beginning(store: &dyn ObjectStore, file: &ObjectMeta) -> Result<(Vec<u8>, bool)> {
    let end = file.size.min(KEPT as u64);
    let mut bytes = if end == 0 { Vec::new() } else { store.get_range(&file.location, 0..end).await?.to_vec() };
    if bytes.len() as u64 == KEPT as u64
        && let Some(n) = memchr::memrchr(b'\n', &bytes)
    {
        bytes.truncate(n + 1);
    }
    let mark = bytes.starts_with(&[0xEF, 0xBB, 0xBF]);
    if mark {
        bytes.drain(..3);
    }
    Ok((bytes, mark))
}

/// Goes through a file. What the engine cannot read as `clerestory` does is a failure.
pub async fn look(store: &dyn ObjectStore, file: &ObjectMeta, delimiter: u8, headless: bool) -> Result<Guarded> {
    let (head, mark) = beginning(store, file).await?;
    let mut out = Guarded { head, mark, ..Guarded::default() };
    let mut scan = Scan::new(delimiter);
    let mut stream = store.get(&file.location).await?.into_stream();
    let mut skip = if mark { 3 } else { 0 };
    while let Some(bytes) = stream.next().await {
        let bytes = bytes?;
        let from = skip.min(bytes.len());
        skip -= from;
        scan.feed(&bytes[from..]);
        out.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(KEPT)..]);
        if out.tail.len() > 2 * KEPT {
            out.tail.drain(..out.tail.len() - KEPT);
        }
    }
    let name = file.location.filename().unwrap_or_default();
    if scan.bad || !scan.cut.is_empty() {
        return fail(
            format!("{name}：不是 UTF-8。先转换：`iconv -f gb18030 -t UTF-8`（或原来的编码）"),
            format!("{name}: not UTF-8. Convert it first: `iconv -f gb18030 -t UTF-8` (or what it is written in)"),
        );
    }
    if scan.nul {
        return fail(format!("{name}：含有 NUL 字符。重新导出"), format!("{name}: has NUL characters. Export it again"));
    }
    if scan.at == At::Quoted {
        return fail(
            format!("{name}：有一个引号没有闭合。补上结尾的双引号，文字里的双引号写成两个"),
            format!("{name}: a quote is never closed. Close it; a quote inside a text is written twice"),
        );
    }
    if scan.stray {
        return fail(
            format!("{name}：有的格在结尾的引号之后还有文字（如 `\"甲\"和\"乙\"`）。整格加双引号，里面的双引号写成两个"),
            format!(
                "{name}: cells go on behind their closing quote (as `\"a\" and \"b\"` does). Put quotes around the whole cell, and write those inside it twice"
            ),
        );
    }
    if out.mark && headless {
        return fail(
            format!("{name}：没有表头，而开头有字节顺序标记（BOM）。去掉它"),
            format!("{name}: there is no head, and a byte-order mark at the beginning. Take it out"),
        );
    }
    out.whole = scan.whole;
    if out.notes(delimiter) {
        return fail(
            format!("{name}：表下有说明。移到数据集的 description，再剖析"),
            format!("{name}: notes stand below the rows. Move them to the description of the dataset, and profile the file again"),
        );
    }
    Ok(out)
}

impl Guarded {
    /// Whether the last rows are notes.
    fn notes(&self, delimiter: u8) -> bool {
        // From a line's end on; one within quotes cuts a cell, which is no note then.
        let from = if self.tail.len() < KEPT { 0 } else { memchr::memchr(b'\n', &self.tail).map_or(0, |i| i + 1) };
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(&self.tail[from..]);
        let rows: Vec<csv::StringRecord> = reader.records().filter_map(std::result::Result::ok).collect();
        let filled = rows.iter().rev().find(|r| r.iter().any(|c| !elsewhere::cell(c.as_bytes()).is_empty()));
        filled.is_some_and(|r| elsewhere::note(&r.iter().collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &[u8], piece: usize) -> (bool, bool, bool, bool) {
        let mut s = Scan::new(b',');
        text.chunks(piece).for_each(|c| s.feed(c));
        (s.whole, s.stray, s.bad || !s.cut.is_empty(), s.at == At::Quoted)
    }

    #[test]
    fn quotes_lines_and_characters() {
        for piece in [1, 2, 3, 7, 100] {
            assert_eq!(scan("a,b\n\"x\",\"y\"\"z\"\n\"q\" ,5\" pipe\n".as_bytes(), piece), (false, false, false, false), "{piece}");
            assert_eq!(scan("a,b\r\n\"x\ny\",2\r\n".as_bytes(), piece), (true, false, false, false), "{piece}");
            assert_eq!(scan(b"a\n\"Foo\" and \"Bar\",1\n", piece), (false, true, false, false), "{piece}");
            assert_eq!(scan("名,值\n北京,\"1\"\n".as_bytes(), piece), (false, false, false, false), "{piece}");
            assert_eq!(scan(b"a\n\xB1\xB1\n", piece), (false, false, true, false), "{piece}");
            assert_eq!(scan(b"a\nb\xE5", piece), (false, false, true, false), "{piece}");
            assert_eq!(scan(b"a,b\n1,\"x\n", piece).3, true, "{piece}");
            assert_eq!(scan(b"a\rb\r", piece).0, true, "{piece}");
        }
    }
}
