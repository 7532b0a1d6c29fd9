//! What a file really is: format and encoding from its bytes, and a stream of what is inside it.

use super::encoded::Encoded;
use super::guess;
use crate::load::Blob;
use crate::load::walk::open_blob;
use encoding_rs::Encoding;
use serde::Serialize;
use std::io::{self, Read, Seek, SeekFrom};

/// Format of a file, from its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the formats")]
pub enum Format {
    Csv,
    Tsv,
    Xlsx,
    Xls,
    Ods,
    Json,
    JsonLines,
    GeoJson,
    Html,
    Xml,
    Pdf,
    Parquet,
    Zip,
    Image,
    Word,
    Slides,
    Odt,
    Odp,
    Ofd,
    /// Nothing in it.
    Empty,
    /// Bytes of no kind that is known here.
    Other,
}

impl Format {
    /// The name that people use.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Csv => "CSV",
            Format::Tsv => "TSV",
            Format::Xlsx => "XLSX",
            Format::Xls => "XLS",
            Format::Ods => "ODS",
            Format::Json => "JSON",
            Format::JsonLines => "JSONL",
            Format::GeoJson => "GeoJSON",
            Format::Html => "HTML",
            Format::Xml => "XML",
            Format::Pdf => "PDF",
            Format::Parquet => "Parquet",
            Format::Zip => "ZIP",
            Format::Image => "image",
            Format::Word => "Word",
            Format::Slides => "PowerPoint",
            Format::Odt => "ODT",
            Format::Odp => "ODP",
            Format::Ofd => "OFD",
            Format::Empty => "",
            Format::Other => "?",
        }
    }

    /// IANA media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv",
            Format::Tsv => "text/tab-separated-values",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Xls => "application/vnd.ms-excel",
            Format::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Format::Json => "application/json",
            Format::JsonLines => "application/jsonl",
            Format::GeoJson => "application/geo+json",
            Format::Html => "text/html",
            Format::Xml => "application/xml",
            Format::Pdf => "application/pdf",
            Format::Parquet => "application/vnd.apache.parquet",
            Format::Zip => "application/zip",
            Format::Word => "application/msword",
            Format::Slides => "application/vnd.ms-powerpoint",
            Format::Odt => "application/vnd.oasis.opendocument.text",
            Format::Odp => "application/vnd.oasis.opendocument.presentation",
            Format::Ofd => "application/ofd",
            Format::Image | Format::Empty | Format::Other => "application/octet-stream",
        }
    }

    /// Rows and columns can be read from it here.
    pub const fn tabular(self) -> bool {
        matches!(self, Format::Csv | Format::Tsv | Format::Xlsx | Format::Xls | Format::Ods | Format::Json | Format::JsonLines | Format::GeoJson)
    }

    /// A program can read its values (4 of the five stars and MQA ask for this).
    pub const fn machine_readable(self) -> bool {
        self.tabular() || matches!(self, Format::Xml | Format::Parquet)
    }

    /// Nobody's property.
    pub const fn open(self) -> bool {
        matches!(
            self,
            Format::Csv | Format::Tsv | Format::Ods | Format::Json | Format::JsonLines | Format::GeoJson | Format::Xml | Format::Html | Format::Parquet
        )
    }

    /// Whether a declared format means this one.
    pub fn is_called(self, declared: &str) -> bool {
        let d: String = declared.to_ascii_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
        match self {
            // Text with any delimiter is called CSV by everybody.
            Format::Csv => matches!(d.as_str(), "CSV" | "TXT" | "TEXTCSV" | "PSV" | "SSV" | "DSV"),
            Format::Tsv => matches!(d.as_str(), "TSV" | "TAB" | "TXT" | "CSV"),
            Format::Json => matches!(d.as_str(), "JSON"),
            Format::JsonLines => matches!(d.as_str(), "JSONL" | "JSONLINES" | "NDJSON" | "JSON"),
            Format::GeoJson => matches!(d.as_str(), "GEOJSON" | "JSON"),
            Format::Xlsx => matches!(d.as_str(), "XLSX" | "EXCEL" | "XLSM"),
            Format::Xls => matches!(d.as_str(), "XLS" | "EXCEL"),
            Format::Html => matches!(d.as_str(), "HTML" | "HTM" | "XHTML"),
            Format::Xml => matches!(d.as_str(), "XML" | "RDF" | "KML" | "GML" | "RDFXML" | "SVG" | "WMS" | "WFS"),
            Format::Image => matches!(d.as_str(), "PNG" | "JPG" | "JPEG" | "GIF" | "WEBP" | "TIFF" | "TIF"),
            Format::Word => matches!(d.as_str(), "DOC" | "DOCX" | "WPS"),
            Format::Slides => matches!(d.as_str(), "PPT" | "PPTX" | "DPS"),
            Format::Empty | Format::Other => true,
            f => d == f.name().to_ascii_uppercase(),
        }
    }
}

/// A compressed shell around a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Wrap {
    /// gzip
    Gz,
    /// zip
    Zip,
}

/// One file, perhaps inside another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Name inside the archive.
    pub name: Option<String>,
    /// Where its bytes begin, how many, how many they are unpacked, whether they are deflated, and their check sum.
    at: Option<(u64, u64, u64, bool, u32)>,
    /// Why it does not open: it wants a password, or is packed in a way that is not unpacked here.
    pub shut: Option<&'static str>,
}

/// What compressed data of a length may grow to: a bomb grows a thousandfold, tables ten to fifty times. Each of their rows is
/// written several times, so it is the rows that cost.
const fn grown(len: u64) -> u64 {
    let much = len.saturating_mul(60);
    if much < 16 << 20 { 16 << 20 } else { much }
}
/// Most lines of tables in an archive of a length. Half a line a byte is what rows of nothing but repetition come to.
pub const fn lines(len: u64) -> u64 {
    if len / 2 < 500_000 { 500_000 } else { len / 2 }
}
/// Text of the error that an archive of more lines gives.
pub const ROWS: &str = "more rows than an archive of its size may hold";
/// Most members of an archive that are read.
pub const MEMBERS: usize = 50;

/// Reads no more than it may.
struct Capped<R> {
    inner: R,
    left: u64,
    /// What it gives beyond.
    beyond: Beyond,
}

/// What was found of compressed data that is too large: its length, and what it unpacks to at least; or more than its directory says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// Length, and bytes that it has at least.
    Grows(u64, u64),
    /// The archive says less than is in it.
    Lies,
}

impl Beyond {
    /// What an error tells.
    pub fn of(e: &io::Error) -> Option<Beyond> {
        let text = e.to_string();
        let rest = text.split_once(BOMB)?.1;
        let mut numbers = rest.split(' ').filter_map(|w| w.parse().ok());
        Some(match (numbers.next(), numbers.next()) {
            (Some(len), Some(most)) => Beyond::Grows(len, most),
            _ => Beyond::Lies,
        })
    }
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| bomb(self.beyond))?;
        Ok(n)
    }
}

/// Tells at its end whether a file of an archive was what the directory says: as long, and of the same check sum.
struct Whole {
    inner: Box<dyn Read + Send>,
    crc: flate2::Crc,
    left: u64,
    sum: u32,
}

impl Read for Whole {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.crc.update(&buf[..n]);
        self.left = self.left.saturating_sub(n as u64);
        if n == 0 && !buf.is_empty() && (self.left > 0 || self.crc.sum() != self.sum) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "damaged: a file of the archive is not what its directory says"));
        }
        Ok(n)
    }
}

/// Text of the error that a compressed file gives which grows without measure.
pub const BOMB: &str = "compressed data grows without measure";

fn bomb(beyond: Beyond) -> io::Error {
    let text = match beyond {
        Beyond::Grows(len, most) => format!("{BOMB} {len} {most}"),
        Beyond::Lies => BOMB.to_string(),
    };
    io::Error::new(io::ErrorKind::FileTooLarge, text)
}

/// A member of an archive wants a password.
pub const ENCRYPTED: &str = "encrypted";
/// A member of an archive is packed in another way than Deflate.
pub const PACKED: &str = "a compression that is not read here";

/// Shell and members of a file. Of the members of an archive one more is named than are read, where there are more.
pub fn members(blob: &Blob) -> io::Result<(Option<Wrap>, Vec<Member>)> {
    let (mut file, len) = open_blob(blob)?;
    let mut head = [0u8; 4];
    let n = read_full(&mut file, &mut head)?;
    if n >= 2 && head[..2] == [0x1F, 0x8B] {
        return Ok((Some(Wrap::Gz), vec![Member { name: None, at: None, shut: None }]));
    }
    if n == 4 && head == *b"PK\x03\x04" {
        file.seek(SeekFrom::Start(0))?;
        let mut zip = zip::ZipArchive::new(file).map_err(io::Error::other)?;
        let office = zip.file_names().flatten().any(|n| n == "[Content_Types].xml" || n == "mimetype" || n == "content.xml" || n == "OFD.xml");
        if !office {
            let mut out = Vec::new();
            let mut sum = 0u64;
            for i in 0..zip.len().min(10_000) {
                let f = zip.by_index_raw(i).map_err(io::Error::other)?;
                let name = f.name().map_err(io::Error::other)?.to_string();
                if f.is_dir() {
                    continue;
                }
                // What a Mac adds to every archive is left out where it is that, not for its name: anything may be named so.
                let aside = name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|n| n.starts_with('.'));
                drop(f);
                if aside && zip.by_index(i).is_ok_and(of_a_mac) {
                    continue;
                }
                let f = zip.by_index_raw(i).map_err(io::Error::other)?;
                let deflated = f.compression() == zip::CompressionMethod::Deflated;
                if f.encrypted() || !(deflated || f.compression() == zip::CompressionMethod::Stored) {
                    // The others are read all the same.
                    out.push((0, Member { name: Some(name), at: None, shut: Some(if f.encrypted() { ENCRYPTED } else { PACKED }) }));
                    continue;
                }
                let start = f.data_start().ok_or_else(|| io::Error::other("no data"))?;
                out.push((f.size(), Member { name: Some(name), at: Some((start, f.compressed_size(), f.size(), deflated, f.crc32())), shut: None }));
            }
            out.sort_by(|a, b| a.1.name.cmp(&b.1.name));
            out.truncate(MEMBERS + 1);
            // Members may overlap, so that little stands for much: what they say of their length counts together.
            for (size, _) in out.iter().take(MEMBERS) {
                sum = sum.saturating_add(*size);
            }
            if sum > grown(len) {
                return Err(bomb(Beyond::Grows(len, sum)));
            }
            let out = out.into_iter().map(|(_, m)| m).collect();
            return Ok((Some(Wrap::Zip), out));
        }
    }
    Ok((None, vec![Member { name: None, at: None, shut: None }]))
}

/// Attributes of a file (AppleDouble) or of a folder (`.DS_Store`), which macOS writes.
fn of_a_mac(mut file: impl Read) -> bool {
    let mut head = [0u8; 8];
    let n = read_full(&mut file, &mut head).unwrap_or(0);
    head[..n].starts_with(&[0x00, 0x05, 0x16, 0x07]) || head[..n] == *b"\0\0\0\x01Bud1"
}

/// The bytes of a member, unwrapped.
pub fn stream(blob: &Blob, wrap: Option<Wrap>, member: &Member) -> io::Result<Box<dyn Read + Send>> {
    if let Some(why) = member.shut {
        return Err(io::Error::other(why));
    }
    let (mut file, len) = open_blob(blob)?;
    Ok(match (wrap, member.at) {
        (Some(Wrap::Gz), _) => {
            // The last four bytes tell the length, and nobody makes a file look too long.
            let mut told = [0u8; 4];
            if len > 18 && file.seek(SeekFrom::End(-4)).is_ok() && file.read_exact(&mut told).is_ok() && u64::from(u32::from_le_bytes(told)) > grown(len) {
                return Err(bomb(Beyond::Grows(len, u64::from(u32::from_le_bytes(told)))));
            }
            file.seek(SeekFrom::Start(0))?;
            Box::new(Capped { inner: flate2::read::MultiGzDecoder::new(file), left: grown(len), beyond: Beyond::Grows(len, grown(len)) })
        }
        (Some(Wrap::Zip), Some((at, packed, size, deflated, sum))) => {
            file.seek(SeekFrom::Start(at))?;
            let raw = file.take(packed);
            let whole = |inner: Box<dyn Read + Send>| Box::new(Whole { inner, crc: flate2::Crc::new(), left: size, sum });
            if deflated {
                whole(Box::new(Capped { inner: flate2::read::DeflateDecoder::new(io::BufReader::new(raw)), left: size, beyond: Beyond::Lies }))
            } else {
                whole(Box::new(raw))
            }
        }
        _ => Box::new(file),
    })
}

/// Reads until the buffer is full or the stream ends.
pub fn read_full(input: &mut dyn Read, buf: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while got < buf.len() {
        match input.read(&mut buf[got..]) {
            Ok(0) => break,
            Ok(n) => got += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(got)
}

/// The format that the first bytes show. `text` is their decoding, where they are text.
pub fn format(head: &[u8], text: Option<&str>) -> Format {
    // Statements about things (Turtle, TriG, N3, N-Triples): commas in them part no cells.
    let turtle = |t: &str| {
        let mut lines = t.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).take(3);
        let first = lines.next().unwrap_or("");
        let low: String = first.chars().take(12).collect::<String>().to_ascii_lowercase();
        let prefix = ["@prefix ", "@base ", "prefix ", "base "].iter().any(|w| low.starts_with(w)) && first.contains('<') && first.contains('>');
        let triple = |l: &str| l.starts_with(['<', '_']) && l.ends_with('.') && (l.matches("> ").count() > 1 || l.starts_with("_:") && l.contains(" <"));
        prefix || triple(first) && lines.all(triple)
    };
    let starts = |m: &[u8]| head.starts_with(m);
    if head.is_empty() {
        return Format::Empty;
    }
    if starts(b"%PDF") {
        return Format::Pdf;
    }
    if starts(b"PAR1") {
        return Format::Parquet;
    }
    if starts(b"\x89PNG") || starts(b"\xFF\xD8\xFF") || starts(b"GIF8") || starts(b"RIFF") || starts(b"II*\0") || starts(b"MM\0*") {
        return Format::Image;
    }
    if crate::load::attachment::picture::kind(head).is_some() {
        return Format::Image;
    }
    if starts(b"\xD0\xCF\x11\xE0") {
        let wide = |w: &str| -> Vec<u8> { w.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let has = |w: &str| memchr::memmem::find(head, &wide(w)).is_some();
        return if has("WordDocument") {
            Format::Word
        } else if has("PowerPoint Document") {
            Format::Slides
        } else {
            Format::Xls
        };
    }
    if starts(b"PK\x03\x04") {
        let has = |n: &[u8]| memchr::memmem::find(head, n).is_some();
        return if has(b"opendocument.text") {
            Format::Odt
        } else if has(b"opendocument.presentation") {
            Format::Odp
        } else if has(b"opendocument.spreadsheet") {
            Format::Ods
        } else if has(b"OFD.xml") {
            Format::Ofd
        } else if has(b"ppt/presentation.xml") || has(b"ppt/slides/") {
            Format::Slides
        } else if has(b"word/") {
            Format::Word
        } else if has(b"[Content_Types].xml") || has(b"xl/") {
            Format::Xlsx
        } else if has(b"content.xml") {
            Format::Ods
        } else {
            Format::Zip
        };
    }
    let Some(text) = text else { return Format::Other };
    if crate::load::attachment::mail::is(head) {
        return Format::Other;
    }
    let t = text.trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    if t.is_empty() {
        return Format::Empty;
    }
    if turtle(t) {
        return Format::Other;
    }
    let low: String = t.chars().take(256).collect::<String>().to_ascii_lowercase();
    if low.starts_with("<!doctype html") || low.starts_with("<html") || (low.starts_with('<') && low.contains("<html")) || low.starts_with("<table") {
        return Format::Html;
    }
    if low.starts_with("<?xml") || (low.starts_with('<') && low.contains('>') && low[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '!')) {
        return Format::Xml;
    }
    if t.starts_with(['{', '[']) && json_like(t) {
        // Two whole objects, one a line, are JSON Lines.
        let mut lines = t.lines().map(str::trim).filter(|l| !l.is_empty());
        let whole = |l: Option<&str>| l.is_some_and(|l| l.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(l).is_ok());
        if whole(lines.next()) && lines.next().is_some_and(|l| l.starts_with('{')) {
            return Format::JsonLines;
        }
        let geo = ["\"FeatureCollection\"", "\"Feature\""].iter().any(|w| t.contains(w)) && t.contains("\"type\"");
        return if geo { Format::GeoJson } else { Format::Json };
    }
    Format::Csv
}

/// The format of a compound file by the names in its directory.
pub fn old(bytes: &[u8]) -> Option<Format> {
    let names = crate::load::ole::Compound::open(bytes)?.names();
    let has = |w: &str| names.iter().any(|n| n.eq_ignore_ascii_case(w));
    Some(match () {
        () if has("WordDocument") => Format::Word,
        () if has("PowerPoint Document") => Format::Slides,
        () if has("Workbook") || has("Book") => Format::Xls,
        // One that is encrypted, a message, an installer.
        () => return None,
    })
}

/// `[` and `{` also begin a cell; JSON goes on with a value or a key.
fn json_like(t: &str) -> bool {
    let next = t[1..].trim_start().chars().next();
    match (t.as_bytes()[0], next) {
        (b'{', c) => matches!(c, Some('"' | '}')),
        (_, c) => c.is_none_or(|c| matches!(c, '{' | '[' | '"' | ']' | '-' | 't' | 'f' | 'n') || c.is_ascii_digit()),
    }
}

/// Bytes looked at before a file is opened for good.
pub const HEAD: usize = 1 << 18;

/// The encoding that the head of a file shows; `None` where it is no text.
pub fn encoding(head: &[u8], told: Option<&'static Encoding>, languages: &[String], rest: &mut dyn FnMut() -> Option<Vec<u8>>) -> Option<Encoded> {
    let sure = |encoding: Option<&'static Encoding>, mark| {
        Some(Encoded { encoding: encoding.filter(|e| *e != encoding_rs::UTF_8), mark, certain: true, doubtful: false })
    };
    if let Some((e, mark)) = Encoding::for_bom(head) {
        return sure(Some(e), mark);
    }
    if let Some(e) = told {
        return sure(Some(if e == encoding_rs::GBK { encoding_rs::GB18030 } else { e }), 0);
    }
    let guessed = |encoding: &'static Encoding| Some(Encoded { encoding: Some(encoding), mark: 0, certain: false, doubtful: false });
    if let Some(e) = guess::utf16(head) {
        return guessed(e);
    }
    if guess::seven_bits(head) {
        return guessed(encoding_rs::ISO_2022_JP);
    }
    match simdutf8::compat::from_utf8(head) {
        Ok(_) => return sure(None, 0),
        Err(e) if e.error_len().is_none() && head.len() == HEAD => return sure(None, 0),
        Err(_) => {}
    }
    // Other control characters than those of texts: no text.
    let control = head.iter().filter(|b| **b < 32 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A | 0x1B)).count();
    if control * 50 > head.len() {
        return None;
    }
    Some(guess::guess(head, rest, languages))
}
