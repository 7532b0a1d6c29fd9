//! Records of a file of JSON one after the other: a list below a key of the outermost object, a list alone, or a record a line.
//! A file of hundreds of megabytes is never in memory; each record comes with the place in the file at which it stands.

use super::brought::Piece;
use super::source::{Place, Source};
use super::walk::open;
use crate::diag::Span;
use std::io::Read;
use std::sync::Arc;

/// Bytes asked of the file at once.
const STEP: usize = 256 << 10;
/// A record of more bytes is no record of a catalogue.
pub const LONGEST: usize = 32 << 20;
/// Bytes before a record on its line that a finding shows too.
const BEFORE: usize = 400;

/// How the records stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form<'a> {
    /// In the list below the first of these paths of keys that leads to one, or in the outermost list.
    List(&'a [&'a [&'a str]]),
    /// Each in a line of its own.
    Lines,
}

/// Why a file cannot be read record by record.
#[derive(Debug)]
pub enum Stop {
    /// It is not UTF-8.
    Encoding,
    /// It is no JSON: line and column (from 1, in bytes), and why.
    Broken(usize, usize, String),
    /// The disk.
    Disk(std::io::Error),
}

/// What is done with each record: the record as a file of its own that knows its place, or the place of one that is too long.
pub type Take<'t> = &'t mut dyn FnMut(Result<&Source, &Source>);

fn bytes_of(p: &Piece) -> std::io::Result<Box<dyn Read + '_>> {
    Ok(match &p.file {
        Some(path) => Box::new(open(path)?.0),
        None => Box::new(&p.bytes[..]),
    })
}

/// The beginning of a piece, at most so many bytes.
pub fn beginning(p: &Piece, most: u64) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    bytes_of(p)?.take(most).read_to_end(&mut out)?;
    Ok(out)
}

/// All bytes of a piece.
pub fn all(p: &Piece) -> std::io::Result<std::borrow::Cow<'_, [u8]>> {
    match &p.file {
        Some(_) => Ok(beginning(p, super::brought::MOST)?.into()),
        None => Ok(p.bytes.as_slice().into()),
    }
}

/// A place by its line and its byte in it, from 1, as a finding shows it.
pub fn place(p: &Piece, line: usize, byte: usize) -> std::io::Result<Span> {
    let (mut at, mut column, mut seen, mut shown) = (1, 1, 1, Vec::new());
    for b in std::io::BufReader::with_capacity(STEP, Unmarked { inner: bytes_of(p)?, begun: false }).bytes() {
        let b = b?;
        if at == line {
            if b == b'\n' || seen > byte && shown.len() > 4 * BEFORE {
                break;
            }
            column += u32::from(seen < byte && (b as i8) >= -64);
            seen += 1;
            if shown.len() <= 4 * BEFORE {
                shown.push(b);
            }
        } else if b == b'\n' {
            at += 1;
        }
    }
    let excerpt = String::from_utf8_lossy(&shown).trim_end_matches('\r').chars().take(BEFORE).collect();
    Ok(Span { file: p.path.as_str().into(), line: line as u32, col: column, end_col: column + 1, excerpt })
}

/// Finds out whether a file is UTF-8 and, where it is one value, JSON from end to end.
pub fn sound(p: &Piece, form: Form<'_>) -> Result<(), Stop> {
    let mut input = bytes_of(p).map_err(Stop::Disk)?;
    let (mut buf, mut kept) = (vec![0; STEP + 4], 0);
    loop {
        let n = input.read(&mut buf[kept..STEP]).map_err(Stop::Disk)?;
        let all = kept + n;
        // A character may be cut at the end of what was read.
        let whole = if n == 0 { all } else { all - buf[..all].iter().rev().take(3).position(|b| *b >= 0xC0).map_or(0, |i| i + 1) };
        if simdutf8::basic::from_utf8(&buf[..whole]).is_err() {
            return Err(Stop::Encoding);
        }
        buf.copy_within(whole..all, 0);
        kept = all - whole;
        if n == 0 {
            break;
        }
    }
    if form == Form::Lines {
        return Ok(());
    }
    let mut input = std::io::BufReader::with_capacity(STEP, Unmarked { inner: bytes_of(p).map_err(Stop::Disk)?, begun: false });
    let read: Result<serde::de::IgnoredAny, _> = serde_json::from_reader(&mut input);
    match read {
        Ok(_) => Ok(()),
        Err(e) if e.is_io() => Err(Stop::Disk(e.into())),
        Err(e) => Err(Stop::Broken(e.line(), e.column(), e.to_string())),
    }
}

/// Bytes without the mark of byte order before them.
struct Unmarked<R> {
    inner: R,
    begun: bool,
}

impl<R: Read> Read for Unmarked<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        if self.begun || buf.len() < 3 {
            return self.inner.read(buf);
        }
        self.begun = true;
        let mut n = 0;
        while n < 3 {
            match self.inner.read(&mut buf[n..])? {
                0 => break,
                more => n += more,
            }
        }
        if buf[..n].starts_with(b"\xEF\xBB\xBF") {
            buf.copy_within(3..n, 0);
            n -= 3;
            if n == 0 {
                return self.inner.read(buf);
            }
        }
        Ok(n)
    }
}

/// Reads a file that is [`sound`]. True where there was a list, or there were lines.
pub fn records(p: &Piece, form: Form<'_>, take: Take<'_>) -> std::io::Result<bool> {
    let input = Unmarked { inner: bytes_of(p)?, begun: false };
    let mut s = Scan {
        input,
        buf: Vec::new(),
        from: 0,
        at: 0,
        ended: false,
        line: 1,
        before: Vec::new(),
        column: 0,
        room: STEP,
        head: None,
        path: p.path.as_str().into(),
    };
    match form {
        Form::Lines => {
            while s.fill(1)? {
                s.one(Scan::skip_to_line_end, take)?;
                s.skip(1)?;
            }
            Ok(true)
        }
        Form::List(paths) => {
            if s.peek()? == Some(b'[') {
                s.list(take)?;
                return Ok(true);
            }
            s.object(paths, 0, take)
        }
    }
}

/// A place in a file that is read from its beginning to its end.
struct Scan<R> {
    input: R,
    /// Bytes that were read and are not done with.
    buf: Vec<u8>,
    /// Up to where they are done with, and where in them it stands.
    from: usize,
    at: usize,
    ended: bool,
    line: u32,
    /// The line up to here, its first bytes.
    before: Vec<u8>,
    /// Characters of it.
    column: u32,
    /// Bytes of a value that are kept, and the first of one that has more.
    room: usize,
    head: Option<Vec<u8>>,
    path: Arc<str>,
}

impl<R: Read> Scan<R> {
    /// Whether so many bytes are there from here on; reads on.
    fn fill(&mut self, n: usize) -> std::io::Result<bool> {
        while self.buf.len() < self.at + n && !self.ended {
            // Once a step, not once a record.
            self.buf.drain(..self.from);
            (self.at, self.from) = (self.at - self.from, 0);
            let end = self.buf.len();
            self.buf.resize(end + STEP, 0);
            let got = self.input.read(&mut self.buf[end..])?;
            self.buf.truncate(end + got);
            self.ended = got == 0;
        }
        Ok(self.buf.len() >= self.at + n)
    }

    /// Is done with everything up to here.
    fn done(&mut self) {
        let gone = &self.buf[self.from..self.at];
        self.line += memchr::memchr_iter(b'\n', gone).count() as u32;
        let tail = match memchr::memrchr(b'\n', gone) {
            Some(i) => {
                (self.before, self.column) = (Vec::new(), 0);
                &gone[i + 1..]
            }
            None => gone,
        };
        self.column += tail.iter().filter(|b| (**b as i8) >= -64).count() as u32;
        let room = (BEFORE + 1).saturating_sub(self.before.len());
        self.before.extend_from_slice(&tail[..tail.len().min(room)]);
        self.from = self.at;
    }

    /// Goes on; what lies behind is forgotten when it is much.
    fn skip(&mut self, n: usize) -> std::io::Result<()> {
        self.fill(n)?;
        self.at = (self.at + n).min(self.buf.len());
        if self.at - self.from > STEP {
            self.done();
        }
        Ok(())
    }

    /// The next byte that is no blank.
    fn peek(&mut self) -> std::io::Result<Option<u8>> {
        while self.fill(1)? {
            let b = self.buf[self.at];
            if !b.is_ascii_whitespace() {
                return Ok(Some(b));
            }
            self.skip(1)?;
        }
        Ok(None)
    }

    /// Lets go of what is passed, where it is more than is to be kept of a value.
    fn cut(&mut self) {
        if self.at - self.from > self.room {
            self.head.get_or_insert_with(|| self.buf[self.from..self.from + BEFORE].to_vec());
            self.done();
        }
    }

    /// Goes to the end of a text in quotes, from its first.
    fn skip_to_quote(&mut self) -> std::io::Result<()> {
        self.at += 1;
        while self.fill(1)? {
            match memchr::memchr2(b'"', b'\\', &self.buf[self.at..]) {
                None => self.at = self.buf.len(),
                Some(i) if self.buf[self.at + i] == b'"' => {
                    self.at += i + 1;
                    return Ok(());
                }
                Some(i) => {
                    self.at += i + 1;
                    if self.fill(1)? {
                        self.at += 1;
                    }
                }
            }
            self.cut();
        }
        Ok(())
    }

    /// Goes to the end of a value.
    fn skip_to_end(&mut self) -> std::io::Result<()> {
        let mut depth = 0usize;
        while self.fill(1)? {
            match self.buf[self.at] {
                b'"' => {
                    self.skip_to_quote()?;
                    if depth == 0 {
                        return Ok(());
                    }
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth < 2 => {
                    self.at += depth;
                    return Ok(());
                }
                b'}' | b']' => depth -= 1,
                b if depth == 0 && (b == b',' || b.is_ascii_whitespace()) => return Ok(()),
                _ => {}
            }
            self.at += 1;
            self.cut();
        }
        Ok(())
    }

    fn skip_to_line_end(&mut self) -> std::io::Result<()> {
        while self.fill(1)? {
            if let Some(i) = memchr::memchr(b'\n', &self.buf[self.at..]) {
                self.at += i;
                return Ok(());
            }
            self.at = self.buf.len();
            self.cut();
        }
        Ok(())
    }

    /// Passes over a value, however long it is.
    fn past(&mut self) -> std::io::Result<()> {
        self.peek()?;
        self.done();
        self.room = STEP;
        self.skip_to_end()?;
        self.head = None;
        self.skip(0)
    }

    /// Gives one record, which ends where `end` leads.
    fn one(&mut self, end: fn(&mut Self) -> std::io::Result<()>, take: Take<'_>) -> std::io::Result<()> {
        self.done();
        let (line, column) = (self.line, self.column);
        // Of a long line only the record is shown.
        let before = if self.before.len() > BEFORE { Vec::new() } else { self.before.clone() };
        let place = Place { line, column: if before.is_empty() { column } else { 0 } };
        self.room = LONGEST;
        end(self)?;
        let head = self.head.take();
        let raw = head.as_deref().unwrap_or(&self.buf[self.from..self.at]);
        if raw.iter().any(|b| !b.is_ascii_whitespace()) {
            let begins = before.len();
            let text = String::from_utf8_lossy(&[&before, raw].concat()).into_owned();
            let source = Source::part(self.path.clone(), text, place, begins);
            take(if head.is_none() { Ok(&source) } else { Err(&source) });
        }
        Ok(())
    }

    /// The members of a list.
    fn list(&mut self, take: Take<'_>) -> std::io::Result<()> {
        self.skip(1)?;
        loop {
            match self.peek()? {
                None => return Ok(()),
                Some(b']') => return self.skip(1),
                Some(b',') => self.skip(1)?,
                Some(_) => self.one(Scan::skip_to_end, take)?,
            }
        }
    }

    /// Looks for the list in an object; what stands behind it is not looked at.
    fn object(&mut self, paths: &[&[&str]], depth: usize, take: Take<'_>) -> std::io::Result<bool> {
        if self.peek()? != Some(b'{') {
            return Ok(false);
        }
        self.skip(1)?;
        loop {
            match self.peek()? {
                Some(b',') => self.skip(1)?,
                Some(b'"') => {
                    self.done();
                    self.room = LONGEST;
                    self.skip_to_quote()?;
                    let whole = self.head.take().is_none();
                    let key: String = if whole { serde_json::from_slice(&self.buf[self.from..self.at]).unwrap_or_default() } else { String::new() };
                    if self.peek()? == Some(b':') {
                        self.skip(1)?;
                    }
                    let first = self.peek()?;
                    let here: Vec<&[&str]> = paths.iter().filter(|p| p.get(depth) == Some(&&*key)).copied().collect();
                    if first == Some(b'[') && here.iter().any(|p| p.len() == depth + 1) {
                        self.list(take)?;
                        return Ok(true);
                    }
                    if first == Some(b'{') && here.iter().any(|p| p.len() > depth + 1) {
                        if self.object(&here, depth + 1, take)? {
                            return Ok(true);
                        }
                    } else {
                        self.past()?;
                    }
                }
                Some(b'}') => {
                    self.skip(1)?;
                    return Ok(false);
                }
                _ => return Ok(false),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, form: Form<'_>) -> (bool, Vec<String>) {
        let p = Piece { path: "a.json".into(), bytes: text.as_bytes().to_vec(), file: None };
        assert!(sound(&p, form).is_ok(), "{text}");
        let mut out = Vec::new();
        let found = records(&p, form, &mut |r| {
            let s = r.unwrap();
            let span = s.span(s.begins, s.begins + 1);
            out.push(format!("{}:{} {}", span.line, span.col, &s.text[s.begins..]));
        });
        (found.unwrap(), out)
    }

    #[test]
    fn a_list_is_found_wherever_it_stands() {
        let form = Form::List(&[&["dataset"], &["result", "results"]]);
        let t = "\u{FEFF}{\"甲\": [1, {\"dataset\": [0]}], \"x\": \"]}\\\"\",\n  \"dataset\": [\n    {\"a\": \"[\\\\\"}, 7 ,\n\"t\",[]], \"y\": 1}";
        let (found, list) = all(t, form);
        assert!(found);
        assert_eq!(list, ["3:5 {\"a\": \"[\\\\\"}", "3:19 7", "4:1 \"t\"", "4:5 []"]);
        assert_eq!(all("[{},{}]", form).1, ["1:2 {}", "1:5 {}"]);
        assert_eq!(all("{\"success\": true, \"result\": {\"count\": 1, \"results\": [{}]}}", form).1, ["1:54 {}"]);
        assert_eq!(all("{\"result\": {\"n\": 1}, \"other\": [1]}", form), (false, Vec::new()));
        assert_eq!(all("{\"dataset\": {}}", form), (false, Vec::new()));
        assert_eq!(all("{\"a\":1}\n\n  {\"b\":2}", Form::Lines).1, ["1:1 {\"a\":1}", "3:1   {\"b\":2}"]);
    }

    #[test]
    fn places_hold_over_the_steps_of_reading() {
        // Records of every length, so that steps end inside of texts, escapes and characters.
        let records: Vec<String> = (0..4000).map(|i| format!("{{\"n\": {i}, \"t\": \"{}\\\\\\\"\"}}", "一a".repeat(i % 150))).collect();
        let one = format!("{{\"about\": \"{}\", \"dataset\": [{}]}}", "x".repeat(STEP), records.join(","));
        let (found, list) = all(&one, Form::List(&[&["dataset"]]));
        assert!(found && list.len() == records.len());
        let mut column = one.find("[{").unwrap() + 2;
        for (l, r) in list.iter().zip(&records) {
            assert_eq!(*l, format!("1:{column} {r}"));
            column += r.chars().count() + 1;
        }
        let (_, list) = all(&format!("[\n{}\n]", records.join(",\n")), Form::List(&[]));
        assert!(list.iter().zip(&records).enumerate().all(|(i, (l, r))| *l == format!("{}:1 {r}", i + 2)));
    }

    /// A catalogue that nobody could hold.
    struct Endless {
        left: usize,
        at: usize,
        read: usize,
    }

    const ONE: &[u8] = b"{\"identifier\": \"a\", \"title\": \"\xE4\xB8\x80\"},";

    impl Read for Endless {
        fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
            let mut n = 0;
            while n < buf.len() && self.left > 0 {
                let part = &ONE[self.at..(self.at + buf.len() - n).min(ONE.len())];
                buf[n..n + part.len()].copy_from_slice(part);
                (n, self.at) = (n + part.len(), (self.at + part.len()) % ONE.len());
                self.left -= usize::from(self.at == 0);
            }
            self.read += n;
            Ok(n)
        }
    }

    #[test]
    fn a_catalogue_is_read_once_and_never_held() {
        let count = 300_000;
        let input = b"[".chain(Endless { left: count, at: 0, read: 0 });
        let mut s =
            Scan { input, buf: Vec::new(), from: 0, at: 0, ended: false, line: 1, before: Vec::new(), column: 0, room: STEP, head: None, path: "a".into() };
        let (mut seen, mut last) = (0, 0);
        s.peek().unwrap();
        s.list(&mut |r| {
            seen += 1;
            let source = r.unwrap();
            assert_eq!(source.text.len() - source.begins, ONE.len() - 1);
            last = source.span(source.begins, source.begins + 1).col;
        })
        .unwrap();
        assert_eq!((seen, s.input.get_ref().1.read), (count, count * ONE.len()));
        // The comma and two bytes of Han that are no characters of their own.
        assert_eq!(last as usize, 2 + (count - 1) * (ONE.len() - 2));
        assert!(s.buf.capacity() <= 4 * STEP, "{}", s.buf.capacity());
    }

    #[test]
    fn memory_is_bounded() {
        let long = format!("[{{\"a\": 1}}, {{\"b\": \"{}\"}}, {{\"c\": 3}}]", "x".repeat(LONGEST + STEP));
        let p = Piece { path: "a.json".into(), bytes: long.into_bytes(), file: None };
        let mut seen = Vec::new();
        records(&p, Form::List(&[]), &mut |r| seen.push(r.is_ok())).unwrap();
        assert_eq!(seen, [true, false, true]);
        let p = Piece { path: "a".into(), bytes: b"[1, 2".to_vec(), file: None };
        assert!(matches!(sound(&p, Form::List(&[])), Err(Stop::Broken(1, 5, _))));
        let p = Piece { path: "a".into(), bytes: [b"[\"", "一".repeat(STEP).as_bytes(), b"\xFF\"]"].concat(), file: None };
        assert!(matches!(sound(&p, Form::List(&[])), Err(Stop::Encoding)));
    }
}
