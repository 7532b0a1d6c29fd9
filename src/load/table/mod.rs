//! Tables from bytes: what is in a data file, whatever its name says.
//!
//! [`read`] goes through a file once and returns its tables with profile, notes and doubts; [`rows`] goes through it
//! again and gives each row of data as it may be published. Masks are applied where a row is read, so nothing after
//! this module ever sees a value that must not be shown.

pub mod bytes;
mod delimited;
mod json;
pub mod layout;
pub mod personal;
pub mod profile;
pub mod regions;
mod sheet;
mod sketch;
pub mod value;

use crate::diag::{Severity, Text};
use crate::say;
use bytes::{Encoded, Format, Member, Wrap};
use delimited::{Block, Blocks, Dialect};
use layout::{Layout, Told};
use personal::Mask;
use profile::{Column, Profile};
use rayon::prelude::*;
use serde::Serialize;
use std::io::{self, Read as _};
use std::path::Path;

/// What a project settles in the YAML of a resource; the rest is read from the bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Format as declared.
    pub format: Option<String>,
    /// `encoding:`
    pub encoding: Option<String>,
    /// `dialect.delimiter`
    pub delimiter: Option<u8>,
    /// `dialect.quoteChar`
    pub quote: Option<u8>,
    /// `dialect.header`, `dialect.headerRows`
    pub head: Told,
    /// `dialect.sheetName`: only this sheet is shown; all are searched for personal data.
    pub sheet: Option<String>,
    /// Signs for a missing value (`missingValues`).
    pub missing: Vec<String>,
    /// Masks by name of the column.
    pub masks: Vec<(String, MaskWord)>,
    /// `schema.primaryKey`
    pub key: Vec<String>,
}

/// A mask that can be hashed with the settings.
pub type MaskWord = Mask;

impl std::hash::Hash for Mask {
    fn hash<H: std::hash::Hasher>(&self, h: &mut H) {
        (*self as u8).hash(h);
    }
}

/// Something that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Code of the finding.
    pub code: &'static str,
    /// Gravity.
    pub severity: Severity,
    /// Line (of text) or row (of a sheet), from 1; 0 for the file as a whole.
    pub line: u64,
    /// Column of the table, from 1; 0 for the whole row.
    pub column: usize,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub hint: Text,
}

/// A table as it was found.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// Sheet, file in an archive, or key in JSON.
    pub part: Option<String>,
    /// Names of the columns, each once.
    pub names: Vec<String>,
    /// Units from the head.
    pub units: Vec<Option<String>>,
    /// Profiles.
    pub columns: Vec<Profile>,
    /// Rows of data.
    pub rows: u64,
    /// Texts above the head.
    pub preamble: Vec<String>,
    /// What the table measures, from `指标：`.
    pub indicator: Option<String>,
    /// Unit of the whole table.
    pub unit: Option<String>,
    /// Texts below the rows.
    pub notes: Vec<String>,
    /// The first rows.
    pub preview: Vec<Vec<String>>,
    /// Encoding; empty for formats that have none.
    pub encoding: &'static str,
    /// Between cells, of text.
    pub delimiter: Option<char>,
    /// Periods as columns: their places, names, year and month.
    pub periods: Vec<(usize, String, (u16, u8))>,
    /// Values with counts of the columns that have few.
    #[serde(skip)]
    pub values: Vec<Option<Vec<(String, u64)>>>,
    /// What is needed to read the rows again.
    #[serde(skip)]
    place: Place,
}

#[derive(Debug, Clone, Default)]
struct Place {
    member: usize,
    sheet: usize,
    encoded: Option<Encoded>,
    dialect: Dialect,
    /// Line of the first row of data.
    first: u64,
    /// Lines of notes.
    notes: Vec<u64>,
}

/// A file as it was found.
#[derive(Debug, Clone, Serialize)]
pub struct File {
    /// Format of what is in it.
    pub format: Format,
    /// Shell around it.
    pub wrap: Option<Wrap>,
    /// Its tables; empty where it has none.
    pub tables: Vec<Table>,
    /// Length in bytes.
    pub bytes: u64,
    /// What to look at.
    #[serde(skip)]
    pub doubts: Vec<Doubt>,
    /// Personal data in it: table, column, kind, cells, first line. The original must not be published.
    #[serde(skip)]
    pub personal: Vec<(usize, usize, personal::Kind, u64, u64)>,
}

/// Rows kept for the page.
pub const PREVIEW: usize = 20;
/// Most values of a column that are kept for search and counts.
pub const VALUES: usize = 2_000;
/// Most columns of a table.
const WIDTH: usize = 20_000;
/// Notes kept.
const NOTES: usize = 60;
/// Largest JSON file and workbook.
const WHOLE: u64 = 256 << 20;

/// Reads a file. What is wrong is in the result; this never fails.
pub fn read(disk: &Path, settings: &Settings) -> File {
    let mut file = File { format: Format::Other, wrap: None, tables: Vec::new(), bytes: 0, doubts: Vec::new(), personal: Vec::new() };
    let before = crate::load::walk::seen(disk);
    file.bytes = before.0;
    let (wrap, members) = match bytes::members(disk) {
        Ok(m) => m,
        Err(e) => {
            file.doubts.push(unreadable(&e));
            return file;
        }
    };
    file.wrap = wrap;
    for (i, m) in members.iter().enumerate() {
        if let Err(e) = member(disk, wrap, (i, m), settings, &mut file) {
            let what = m.name.as_deref().map_or(String::new(), |n| format!("{n}: "));
            let mut d = unreadable(&e);
            d.message.zh.insert_str(0, &what);
            d.message.en.insert_str(0, &what);
            file.doubts.push(d);
        }
    }
    if wrap == Some(Wrap::Zip) && members.len() != 1 {
        file.format = Format::Zip;
    }
    if let Some(told) = settings.format.as_deref().filter(|t| !t.is_empty())
        && !file.format.is_called(told)
        && !(wrap.is_some() && told.eq_ignore_ascii_case(if wrap == Some(Wrap::Zip) { "zip" } else { "gz" }))
    {
        let real = file.format.name();
        file.doubts.insert(
            0,
            doubt(
                "TAB002",
                Severity::Warn,
                0,
                0,
                say!("写的格式是 {told}，文件内容却是 {real}", "declared as {told}, but the bytes are {real}"),
                say!("改 `format:` 和文件后缀，或换成正确的文件", "correct `format:` and the file's ending, or put the right file there"),
            ),
        );
    }
    if crate::load::walk::seen(disk) != before {
        file.doubts.push(doubt(
            "TAB001",
            Severity::Error,
            0,
            0,
            say!("读取期间文件被改动，结果可能不一致", "the file changed while it was read; what was found may not be what is published"),
            say!("等写入结束后重新生成", "build again once nobody writes to it"),
        ));
    }
    file
}

fn doubt(code: &'static str, severity: Severity, line: u64, column: usize, message: Text, hint: Text) -> Doubt {
    Doubt { code, severity, line, column, message, hint }
}

fn unreadable(e: &io::Error) -> Doubt {
    if e.to_string().contains(bytes::BOMB) {
        return doubt(
            "TAB001",
            Severity::Error,
            0,
            0,
            say!("压缩数据解开后过大（超过压缩前后 200 倍），未读入", "unpacks to more than two hundred times its size; not read"),
            say!("若文件正常，直接发布未压缩的 CSV", "if the file is sound, publish the CSV without compression"),
        );
    }
    doubt(
        "TAB001",
        Severity::Error,
        0,
        0,
        say!("无法读取：{e}", "cannot be read: {e}"),
        say!("检查文件是否完整、能否用电子表格软件打开", "see whether the file is whole and opens in a spreadsheet program"),
    )
}

fn member(disk: &Path, wrap: Option<Wrap>, (at, m): (usize, &Member), settings: &Settings, file: &mut File) -> io::Result<()> {
    let mut head = vec![0; bytes::HEAD];
    let mut input = bytes::stream(disk, wrap, m)?;
    let n = bytes::read_full(&mut input, &mut head)?;
    head.truncate(n);
    let told = settings.encoding.as_deref().and_then(|e| encoding_rs::Encoding::for_label(e.trim().as_bytes()));
    if let Some(e) = settings.encoding.as_deref().filter(|_| told.is_none()) {
        file.doubts.push(doubt(
            "TAB003",
            Severity::Warn,
            0,
            0,
            say!("不认识的编码 `{e}`", "unknown encoding `{e}`"),
            say!("例如 utf-8、gb18030、big5、utf-16le、windows-1252", "for example utf-8, gb18030, big5, utf-16le, windows-1252"),
        ));
    }
    let more = |input: &mut dyn io::Read| {
        let mut buf = vec![0; 1 << 20];
        bytes::read_full(input, &mut buf).ok().filter(|n| *n > 0).map(|n| {
            buf.truncate(n);
            buf
        })
    };
    let mut left = 16;
    let mut rest = || {
        left -= 1;
        if left < 0 { None } else { more(&mut input) }
    };
    let binary = matches!(bytes::format(&head, None), f if f != Format::Other && f != Format::Empty);
    let encoded = if binary { None } else { bytes::encoding(&head, told, &mut rest) };
    let text = encoded.map(|e| decode(&head[e.mark.min(head.len())..], e));
    let mut format = bytes::format(&head, text.as_deref());
    if format == Format::Csv && settings.delimiter.is_none() && m.name.as_deref().or(disk.to_str()).is_some_and(|n| n.trim_end_matches(".gz").ends_with(".tsv"))
    {
        format = Format::Tsv;
    }
    if file.format == Format::Other || at == 0 {
        file.format = format;
    }
    let place = Place { member: at, encoded, ..Place::default() };
    match format {
        Format::Csv | Format::Tsv => delimited(disk, wrap, m, settings, file, place, text.as_deref().unwrap_or("")),
        Format::Json | Format::JsonLines | Format::GeoJson => whole_json(disk, wrap, m, settings, file, place, format),
        Format::Xlsx | Format::Xls | Format::Ods => workbook(disk, wrap, m, settings, file, place),
        Format::Empty => {
            file.doubts.push(doubt(
                "TAB001",
                Severity::Warn,
                0,
                0,
                say!("文件是空的", "the file is empty"),
                say!("放入数据，或删去这个资源", "put data there, or take the resource out"),
            ));
            Ok(())
        }
        _ => Ok(()),
    }
}

fn decode(head: &[u8], e: Encoded) -> String {
    match e.encoding {
        None => String::from_utf8_lossy(head).into_owned(),
        Some(enc) => enc.decode_without_bom_handling(head).0.into_owned(),
    }
}

/// Everything a worker needs to read rows.
struct Shape {
    width: usize,
    first: u64,
    masks: Vec<Option<Mask>>,
    missing: Vec<String>,
    dialect: Dialect,
    key: Vec<usize>,
}

/// Most rows whose declared key is remembered.
const KEYS: usize = 8 << 20;

/// What one block said beside its values.
#[derive(Default)]
struct Meta {
    index: u32,
    rows: u64,
    order: Vec<Order>,
    /// Records of one cell at the end of the block: notes, unless rows follow.
    tail: Vec<(u64, String)>,
    preview: Vec<Vec<String>>,
    /// Lines of rows with too few and too many cells: count, first line, its cells.
    short: Option<(u64, u64, usize)>,
    long: Option<(u64, u64, usize)>,
    blank: u64,
    open: Option<u64>,
    broken: Option<u64>,
    nul: Option<u64>,
    keys: Vec<u64>,
}

/// Whether a column only ever grows: then no value comes twice, and nothing need be remembered to know it.
#[derive(Default, Clone)]
struct Order {
    fell: bool,
    first: Vec<u8>,
    last: Vec<u8>,
}

impl Order {
    fn follow(&mut self, v: &[u8]) {
        if self.fell {
            return;
        }
        if v.is_empty() || (!self.first.is_empty() && (v.len(), v) <= (self.last.len(), &self.last[..])) || v.len() > 64 {
            self.fell = true;
            return;
        }
        if self.first.is_empty() {
            self.first.extend_from_slice(v);
        }
        self.last.clear();
        self.last.extend_from_slice(v);
    }
}

#[derive(Default)]
struct Piece {
    columns: Vec<Column>,
    metas: Vec<Meta>,
}

fn trim(v: &[u8]) -> &[u8] {
    match (v.first(), v.last()) {
        (Some(a), Some(b)) if *a > b' ' && *a != 0xE3 && *b > b' ' && *b != 0x80 => v,
        (None, _) => v,
        _ => std::str::from_utf8(v).map_or(v, |t| t.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').as_bytes()),
    }
}

impl Piece {
    fn new(shape: &Shape) -> Piece {
        Piece { columns: (0..shape.width).map(|_| Column::new(shape.width)).collect(), metas: Vec::new() }
    }

    fn block(mut self, block: &Block, shape: &Shape) -> Piece {
        let mut meta = Meta { index: block.index, order: vec![Order::default(); shape.width], broken: block.broken, ..Meta::default() };
        meta.nul = block.nul.then_some(block.line);
        if !block.quoting {
            meta.open = Some(block.line);
        }
        let mut reader = delimited::records(block, shape.dialect);
        let mut record = csv::ByteRecord::new();
        let mut lines = delimited::Lines::new(block);
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let line = lines.of(&record);
            if line >= shape.first {
                self.row(&mut meta, shape, line, record.len(), &|i| record.get(i).unwrap_or(b""));
            }
        }
        self.metas.push(meta);
        self
    }

    fn row<'c>(&mut self, meta: &mut Meta, shape: &Shape, line: u64, len: usize, cell: &dyn Fn(usize) -> &'c [u8]) {
        // Few records are short of cells; only these are looked at as notes.
        let first = trim(cell(0));
        if shape.width > 1 && (len < shape.width || trim(cell(1)).is_empty()) {
            let others = (1..len).any(|i| !trim(cell(i)).is_empty());
            if !others && first.is_empty() {
                meta.blank += 1;
                return;
            }
            let alone = if others { None } else { std::str::from_utf8(first).ok() };
            if let Some(text) = alone.filter(|t| layout::is_note(t, len == 1, !meta.tail.is_empty()) && meta.tail.len() < NOTES) {
                meta.tail.push((line, text.to_string()));
                return;
            }
        } else if shape.width == 1 && first.is_empty() {
            meta.blank += 1;
            return;
        }
        self.flush(meta, shape);
        if len != shape.width {
            let extra = len > shape.width && (shape.width..len).any(|i| !trim(cell(i)).is_empty());
            let slot = if len < shape.width {
                Some(&mut meta.short)
            } else if extra {
                Some(&mut meta.long)
            } else {
                None
            };
            if let Some(slot) = slot {
                let s = slot.get_or_insert((0, line, len));
                s.0 += 1;
            }
        }
        self.data(meta, shape, line, cell);
    }

    /// Rows of one cell that were no notes after all, as rows follow them.
    fn flush(&mut self, meta: &mut Meta, shape: &Shape) {
        for (line, text) in std::mem::take(&mut meta.tail) {
            self.data(meta, shape, line, &|i| if i == 0 { text.as_bytes() } else { b"" });
        }
    }

    fn data<'c>(&mut self, meta: &mut Meta, shape: &Shape, line: u64, cell: &dyn Fn(usize) -> &'c [u8]) {
        meta.rows += 1;
        let keep = meta.index == 0 && meta.preview.len() < PREVIEW;
        let mut shown = Vec::with_capacity(if keep { shape.width } else { 0 });
        let mut key = Vec::new();
        for c in 0..shape.width {
            let raw = trim(cell(c));
            let masked = shape.masks[c].map(|m| m.apply(std::str::from_utf8(raw).unwrap_or_default()));
            let v: &[u8] = masked.as_ref().map_or(raw, |m| m.as_bytes());
            let gone = !shape.missing.is_empty() && shape.missing.iter().any(|m| m.as_bytes() == v);
            let v = if gone { b"" } else { v };
            self.columns[c].add(v, line);
            meta.order[c].follow(v);
            if keep {
                shown.push(String::from_utf8_lossy(v).into_owned());
            }
            if shape.key.contains(&c) {
                key.extend_from_slice(v);
                key.push(0x1F);
            }
        }
        if !key.is_empty() && meta.keys.len() < KEYS {
            meta.keys.push(profile::hash(&key));
        }
        if keep {
            meta.preview.push(shown);
        }
    }

    fn merge(mut self, other: Piece) -> Piece {
        if self.columns.is_empty() {
            return other;
        }
        for (a, b) in self.columns.iter_mut().zip(other.columns) {
            a.merge(b);
        }
        self.metas.extend(other.metas);
        self
    }

    /// Puts the blocks in order: what only their sequence tells.
    fn settle(mut self, shape: &Shape) -> (Piece, Meta) {
        self.metas.sort_by_key(|m| m.index);
        self.columns.iter_mut().for_each(|c| c.late = true);
        let mut all = Meta { order: vec![Order::default(); shape.width], ..Meta::default() };
        for m in std::mem::take(&mut self.metas) {
            if m.rows > 0 && !all.tail.is_empty() {
                let tail = std::mem::take(&mut all.tail);
                all.tail = tail;
                self.flush(&mut all, shape);
            }
            let first_of = |a: Option<(u64, u64, usize)>, b: Option<(u64, u64, usize)>| match (a, b) {
                (Some(x), Some(y)) => Some((x.0 + y.0, x.1, x.2)),
                (x, y) => x.or(y),
            };
            all.rows += m.rows;
            all.blank += m.blank;
            (all.short, all.long) = (first_of(all.short, m.short), first_of(all.long, m.long));
            (all.open, all.broken, all.nul) = (all.open.or(m.open), all.broken.or(m.broken), all.nul.or(m.nul));
            if all.keys.len() + m.keys.len() <= KEYS {
                all.keys.extend(m.keys);
            } else {
                all.keys.clear();
            }
            if all.preview.len() < PREVIEW {
                all.preview.extend(m.preview.into_iter().take(PREVIEW));
                all.preview.truncate(PREVIEW);
            }
            for (a, b) in all.order.iter_mut().zip(m.order) {
                if m.rows == 0 {
                    continue;
                }
                if a.fell || b.fell {
                    a.fell = true;
                } else if a.first.is_empty() {
                    *a = b;
                } else if (b.first.len(), &b.first) > (a.last.len(), &a.last) {
                    a.last = b.last;
                } else {
                    a.fell = true;
                }
            }
            all.tail.extend(m.tail);
        }
        (self, all)
    }
}

fn delimited(disk: &Path, wrap: Option<Wrap>, m: &Member, settings: &Settings, file: &mut File, mut place: Place, text: &str) -> io::Result<()> {
    // Excel's own first line that names the delimiter.
    let sep = text.lines().next().and_then(|l| l.strip_prefix("sep=")).and_then(|d| d.trim_end().bytes().next());
    let hint = if file.format == Format::Tsv { Some(b'\t') } else { None };
    let body = if sep.is_some() { text.split_once('\n').map_or("", |x| x.1) } else { text };
    let mut dialect = delimited::sniff(cut(body), sep.or(hint));
    dialect.delimiter = settings.delimiter.or(sep).unwrap_or(dialect.delimiter);
    dialect.quote = settings.quote.unwrap_or(dialect.quote);
    place.dialect = dialect;
    if dialect.delimiter == b'\t' && file.format == Format::Csv {
        file.format = Format::Tsv;
    }
    let Some(mut encoded) = place.encoded else { return Ok(()) };
    for _ in 0..2 {
        let mut sample: Vec<Vec<String>> = Vec::new();
        let mut lines: Vec<u64> = Vec::new();
        let open = || -> io::Result<_> {
            let mut input = bytes::stream(disk, wrap, m)?;
            if encoded.mark > 0 {
                bytes::read_full(&mut input, &mut vec![0; encoded.mark])?;
            }
            Ok(Blocks::new(input, encoded.encoding, dialect))
        };
        let mut ended = true;
        for block in open()? {
            let mut reader = delimited::records(&block, dialect);
            let mut r = csv::ByteRecord::new();
            let mut count = delimited::Lines::new(&block);
            while sample.len() < layout::SAMPLE && reader.read_byte_record(&mut r).unwrap_or(false) {
                lines.push(count.of(&r));
                sample.push(r.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect());
            }
            if sample.len() >= layout::SAMPLE {
                ended = false;
                break;
            }
        }
        if sep.is_some() && !sample.is_empty() {
            sample.remove(0);
            lines.remove(0);
        }
        let found = layout::find(&sample, &settings.head);
        if found.names.is_empty() || found.names.len() > WIDTH {
            file.doubts.push(wide(found.names.len()));
            return Ok(());
        }
        // Lines of rows that the sample shows; a file of a head alone has its first row after the last line.
        place.first = lines.get(found.skip).copied().unwrap_or(if ended { u64::MAX } else { 1 });
        let shape = shape(&found, place.first, dialect, settings);
        let mut blocks = open()?;
        let piece = {
            let bridged = std::iter::from_fn(|| blocks.next());
            bridged
                .par_bridge()
                .fold(Piece::default, |p, b| if p.columns.is_empty() { Piece::new(&shape) } else { p }.block(&b, &shape))
                .reduce(Piece::default, Piece::merge)
        };
        if let Some(e) = blocks.failed.take() {
            return Err(e);
        }
        let piece = if piece.columns.is_empty() { Piece::new(&shape) } else { piece };
        let (piece, meta) = piece.settle(&shape);
        // Far into the file it was no UTF-8 after all: if another encoding fits without a fault, it is that one.
        if let (Some(at), None, false) = (meta.broken, encoded.encoding, encoded.mark > 0 || settings.encoding.is_some()) {
            if let Some(e) = other_encoding(disk, wrap, m)? {
                encoded = e;
                place.encoded = Some(e);
                continue;
            }
            file.doubts.push(undecodable(at, encoded.name()));
        } else if encoded.encoding.is_some()
            && let Some(at) = first_bad(disk, wrap, m, encoded)?
        {
            file.doubts.push(undecodable(at, encoded.name()));
        }
        if !encoded.certain {
            let name = encoded.name();
            file.doubts.push(doubt(
                "TAB004",
                Severity::Info,
                0,
                0,
                say!("不是 UTF-8，按 {name} 读取", "not UTF-8; read as {name}"),
                say!("若文字不对，在资源上写 `encoding:`", "if the text is wrong, say `encoding:` on the resource"),
            ));
        }
        let (mut table, notes) = finish(piece, meta, &found, &shape, settings, file, m.name.clone());
        table.encoding = encoded.name();
        table.delimiter = Some(dialect.delimiter as char);
        place.notes = notes;
        table.place = place;
        file.tables.push(table);
        return Ok(());
    }
    Ok(())
}

/// A sample that ends with a whole line.
fn cut(text: &str) -> &str {
    if text.len() < bytes::HEAD / 2 { text } else { text.rfind('\n').map_or(text, |i| &text[..i]) }
}

fn wide(n: usize) -> Doubt {
    doubt(
        "TAB012",
        Severity::Warn,
        0,
        0,
        say!("没有可读的列，或列数超过 {WIDTH}（{n}）", "no column to read, or more than {WIDTH} columns ({n})"),
        say!("检查分隔符；宽表改为长表", "look at the delimiter; turn a wide table into a long one"),
    )
}

fn undecodable(at: u64, name: &str) -> Doubt {
    doubt(
        "TAB003",
        Severity::Error,
        0,
        0,
        say!("第 {at} 个字节起不合 {name} 编码，坏字显示为 �", "not {name} from byte {at} on; broken characters show as �"),
        say!("找到源文件重新导出为 UTF-8，或写明 `encoding:`", "export it again as UTF-8, or say `encoding:`"),
    )
}

/// The encoding of a file whose beginning alone looked like UTF-8, if it reads without a fault.
fn other_encoding(disk: &Path, wrap: Option<Wrap>, m: &Member) -> io::Result<Option<Encoded>> {
    let mut input = bytes::stream(disk, wrap, m)?;
    let mut left = 64;
    let mut rest = || {
        left -= 1;
        let mut buf = vec![0; 1 << 20];
        let n = if left < 0 { 0 } else { bytes::read_full(&mut input, &mut buf).unwrap_or(0) };
        buf.truncate(n);
        (n > 0).then_some(buf)
    };
    let e = bytes::guess(&[], &mut rest);
    if e.encoding.is_none() {
        return Ok(None);
    }
    Ok(first_bad(disk, wrap, m, e)?.is_none().then_some(e))
}

/// Offset of the first byte that an encoding does not know.
fn first_bad(disk: &Path, wrap: Option<Wrap>, m: &Member, e: Encoded) -> io::Result<Option<u64>> {
    let Some(enc) = e.encoding else { return Ok(None) };
    let mut input = bytes::stream(disk, wrap, m)?;
    let mut decoder = enc.new_decoder_without_bom_handling();
    let mut buf = vec![0; 1 << 16];
    let mut text = String::new();
    let mut at = bytes::read_full(&mut input, &mut vec![0; e.mark])? as u64;
    loop {
        let n = bytes::read_full(&mut input, &mut buf)?;
        text.clear();
        text.reserve(decoder.max_utf8_buffer_length_without_replacement(n).unwrap_or(n * 4));
        let (result, read) = decoder.decode_to_string_without_replacement(&buf[..n], &mut text, n == 0);
        if let encoding_rs::DecoderResult::Malformed(bad, after) = result {
            return Ok(Some((at + read as u64).saturating_sub(u64::from(bad) + u64::from(after))));
        }
        at += n as u64;
        if n == 0 {
            return Ok(None);
        }
    }
}

fn shape(found: &Layout, first: u64, dialect: Dialect, settings: &Settings) -> Shape {
    let names = &found.names;
    // A masked column may be named as in the file or by its repaired name.
    let masks = names.iter().map(|n| settings.masks.iter().find(|(m, _)| m == n || layout::split_unit(n).0 == *m).map(|(_, k)| *k)).collect();
    let key = settings.key.iter().filter_map(|k| names.iter().position(|n| n == k)).collect();
    Shape { width: names.len(), first, masks, missing: settings.missing.iter().filter(|m| !m.is_empty()).cloned().collect(), dialect, key }
}

/// Turns a piece into a table, and what was odd about it into doubts. Gives the lines of its notes too.
fn finish(piece: Piece, meta: Meta, found: &Layout, shape: &Shape, settings: &Settings, file: &mut File, part: Option<String>) -> (Table, Vec<u64>) {
    let rows = meta.rows;
    let at = file.tables.len();
    let mut table = Table {
        part,
        names: found.names.clone(),
        units: found.units.clone(),
        columns: Vec::new(),
        rows,
        preamble: found.preamble.clone(),
        indicator: found.indicator.clone(),
        unit: found.unit.clone(),
        notes: meta.tail.iter().map(|(_, t)| t.trim_matches(|c: char| c.is_whitespace()).to_string()).collect(),
        preview: meta.preview,
        encoding: "",
        delimiter: None,
        periods: Vec::new(),
        values: Vec::new(),
        place: Place::default(),
    };
    let of = table.part.clone().map_or((String::new(), String::new()), |p| (format!("“{p}”："), format!("\u{201c}{p}\u{201d}: ")));
    let mut tell = |code, severity, line, column, mut message: Text, hint| {
        message.zh.insert_str(0, &of.0);
        message.en.insert_str(0, &of.1);
        file.doubts.push(Doubt { code, severity, line, column, message, hint });
    };
    let head_line = if shape.first == u64::MAX { 1 } else { shape.first.saturating_sub(1).max(1) };
    if found.above > 0 || !table.notes.is_empty() {
        let (a, n) = (found.preamble.len(), table.notes.len());
        tell(
            "TAB011",
            Severity::Info,
            1,
            0,
            say!("表头上方 {a} 行、表下 {n} 行作为说明，不算数据", "{a} lines above the head and {n} below the rows are notes and no data"),
            say!("若有数据被当成说明，写 `dialect: {{headerRows: [行号]}}`", "if data were taken for notes, say `dialect: {{headerRows: [line]}}`"),
        );
    }
    if found.headless && !settings.head.no_head {
        tell(
            "TAB007",
            Severity::Warn,
            1,
            0,
            say!("没有表头，列名暂用 column_1 …", "there is no head; the columns are called column_1 …"),
            say!(
                "在第一行写列名；若本来没有表头，写 `dialect: {{header: false}}` 并在 schema 里给列名",
                "write names in the first line; if there is none on purpose, say `dialect: {{header: false}}` and name the columns in the schema"
            ),
        );
    }
    for c in &found.unnamed {
        tell(
            "TAB007",
            Severity::Warn,
            head_line,
            c + 1,
            say!("第 {} 列没有列名", "column {} has no name", c + 1),
            say!("在表头写上列名", "write its name in the head"),
        );
    }
    for c in &found.doubled {
        let n = &found.names[*c];
        tell(
            "TAB007",
            Severity::Warn,
            head_line,
            c + 1,
            say!("列名重复，第 {} 列改称 `{n}`", "the name comes twice; column {} is called `{n}` here", c + 1),
            say!("给每列一个不同的名字", "give each column a name of its own"),
        );
    }
    if let Some((n, line, len)) = meta.short {
        tell(
            "TAB005",
            Severity::Warn,
            line,
            0,
            say!(
                "{n} 行的单元格少于 {} 个（首处 {len} 个），缺的按空值",
                "{n} rows have fewer than {} cells (the first has {len}); the missing ones are empty",
                shape.width
            ),
            say!("补足分隔符，或检查这些行是否断行", "complete the delimiters, or see whether these rows were broken in two"),
        );
    }
    if let Some((n, line, len)) = meta.long {
        tell(
            "TAB005",
            Severity::Error,
            line,
            0,
            say!(
                "{n} 行的单元格多于 {} 个（首处 {len} 个），多出的未读入",
                "{n} rows have more than {} cells (the first has {len}); the rest of them is not read",
                shape.width
            ),
            say!("含逗号的文字要加双引号", "a text with a comma in it needs quotes"),
        );
    }
    if let Some(line) = meta.open {
        tell(
            "TAB006",
            Severity::Error,
            line,
            0,
            say!("引号没有闭合，该行的引号按普通字符读", "a quote is never closed; the quotes of this line are read as characters"),
            say!("补上结尾的双引号；文字里的双引号写成两个", "close it; a quote inside a text is written twice"),
        );
    }
    if let Some(line) = meta.nul {
        tell(
            "TAB010",
            Severity::Warn,
            line,
            0,
            say!("含有 NUL 字符，已略去", "has NUL characters, which are left out"),
            say!("重新导出文件", "export the file again"),
        );
    }
    if rows == 0 {
        tell("TAB001", Severity::Warn, 0, 0, say!("表里没有数据行", "the table has no rows"), say!("检查导出的文件", "look at the exported file"));
    }
    if !shape.key.is_empty() {
        let mut keys = meta.keys;
        if keys.len() as u64 == rows {
            keys.sort_unstable();
            let twice = keys.windows(2).filter(|w| w[0] == w[1]).count();
            if twice > 0 {
                let k = settings.key.join(", ");
                tell(
                    "TAB014",
                    Severity::Error,
                    0,
                    shape.key[0] + 1,
                    say!("主键 {k} 有 {twice} 处重复", "the key {k} comes twice in {twice} places"),
                    say!("改正数据，或换一个主键", "correct the data, or declare another key"),
                );
            }
        }
    }
    let fell: Vec<bool> = meta.order.iter().map(|o| o.fell || o.first.is_empty()).collect();
    for (c, column) in piece.columns.into_iter().enumerate() {
        let name = &found.names[c];
        let few = column.values(VALUES);
        let (profile, marks) = column.finish(name, rows, !fell[c], &|row| row);
        // Cells are quoted in findings only where their column is not one to hide.
        let quote = |v: &str| -> String { if shape.masks[c].is_some() || marks.personal.is_some() { "…".into() } else { v.to_string() } };
        if let Some((line, v)) = &marks.odd {
            let (k, v, odd) = (profile.kind.word(), quote(v), profile.odd);
            tell(
                "TAB008",
                Severity::Warn,
                *line,
                c + 1,
                say!("“{name}”有 {odd} 个值不是 {k}，例如 `{v}`", "\u{201c}{name}\u{201d} has {odd} values that are no {k}, such as `{v}`"),
                say!("改正这些值；缺失值统一留空，或写 missingValues", "correct them; leave missing values empty, or list them in missingValues"),
            );
        }
        if let Some((line, v)) = &marks.formula {
            let (n, v) = (marks.formulas, quote(v));
            tell(
                "TAB009",
                Severity::Warn,
                *line,
                c + 1,
                say!(
                    "“{name}”有 {n} 个像公式的值，例如 `{v}`；原文件不改，派生的 CSV 前加 '",
                    "\u{201c}{name}\u{201d} has {n} values that a spreadsheet would run, such as `{v}`; the original is left as it is, derived CSV puts ' before them"
                ),
                say!("确认不是误入的公式", "see that no formula slipped in"),
            );
        }
        if let Some((line, v)) = &marks.mark {
            let n = profile.marks;
            tell(
                "TAB015",
                Severity::Info,
                *line,
                c + 1,
                say!("“{name}”有 {n} 个 `{v}`，按缺失值算", "\u{201c}{name}\u{201d} has {n} values such as `{v}`, counted as missing"),
                say!("可在 schema 的 missingValues 里写明", "say so in missingValues of the schema"),
            );
        }
        if let Some((kind, n, line)) = marks.personal {
            file.personal.push((at, c, kind, n, line));
        }
        table.values.push(few.filter(|_| marks.personal.is_none() && shape.masks[c].is_none()));
        table.columns.push(profile);
    }
    let periods: Vec<(usize, String, (u16, u8))> = table.names.iter().enumerate().filter_map(|(i, n)| Some((i, n.clone(), value::period(n)?))).collect();
    if periods.len() >= 3 && table.names.len() - periods.len() <= 5 && table.names.len() > periods.len() {
        table.periods = periods;
    }
    let names: Vec<&str> = table.names.iter().map(String::as_str).collect();
    if let Some((a, b)) = personal::combination(&names).filter(|(a, b)| shape.masks[*a].is_none() && shape.masks[*b].is_none()) {
        file.doubts.push(doubt(
            "SEC003",
            Severity::Veto,
            head_line,
            a + 1,
            say!(
                "同时公开“{}”和“{}”会暴露个人隐私",
                "\u{201c}{}\u{201d} together with \u{201c}{}\u{201d} tells private matters of a person",
                names[a],
                names[b]
            ),
            say!("给其中一列写 `mask:`，或不公开这个文件", "give one of them a `mask:`, or do not publish the file"),
        ));
    }
    (table, meta.tail.iter().map(|(line, _)| *line).collect())
}

fn whole(disk: &Path, wrap: Option<Wrap>, m: &Member, file: &mut File) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    bytes::stream(disk, wrap, m)?.take(WHOLE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > WHOLE {
        let mib = WHOLE >> 20;
        file.doubts.push(doubt(
            "TAB012",
            Severity::Error,
            0,
            0,
            say!("超过 {mib} MiB，这种格式不能分段读，未读入", "more than {mib} MiB, and this format cannot be read in pieces; not read"),
            say!("另存为 CSV（没有大小限制）", "save it as CSV, which has no limit"),
        ));
        return Ok(None);
    }
    Ok(Some(bytes))
}

/// Reads a grid whose head is known.
fn grid(rows: &[Vec<String>], offset: usize, found: &Layout, settings: &Settings, file: &mut File, part: Option<String>, first: u64) -> Table {
    let shape = shape(found, first, Dialect::default(), settings);
    let mut piece = Piece::new(&shape);
    let mut meta = Meta { order: vec![Order::default(); shape.width], ..Meta::default() };
    for (i, r) in rows.iter().enumerate() {
        let line = (offset + i + 1) as u64;
        if line >= first {
            let len = r.iter().rposition(|c| !c.is_empty()).map_or(0, |i| i + 1);
            // Sheets have no short rows: cells that are not there are empty.
            piece.row(&mut meta, &shape, line, if len == 1 && shape.width > 1 { 1 } else { shape.width.max(len) }, &|c| r.get(c).map_or(b"", |v| v.as_bytes()));
        }
    }
    meta.short = None;
    let (mut table, notes) = finish(piece, meta, found, &shape, settings, file, part);
    table.place = Place { first, notes, ..Place::default() };
    table
}

/// A table, or why and where the JSON does not parse.
type Parsed = Result<json::Grid, (String, usize, usize)>;

fn json_grid(disk: &Path, wrap: Option<Wrap>, m: &Member, place: &Place, format: Format, file: &mut File) -> io::Result<Option<Parsed>> {
    let Some(bytes) = whole(disk, wrap, m, file)? else { return Ok(None) };
    let Some(e) = place.encoded else { return Ok(None) };
    let text = decode(&bytes[e.mark.min(bytes.len())..], e);
    drop(bytes);
    Ok(Some(json::read(&text, format == Format::JsonLines)))
}

fn whole_json(disk: &Path, wrap: Option<Wrap>, m: &Member, settings: &Settings, file: &mut File, mut place: Place, format: Format) -> io::Result<()> {
    let Some(read) = json_grid(disk, wrap, m, &place, format, file)? else { return Ok(()) };
    match read {
        Ok(g) if !g.names.is_empty() => {
            let found = Layout { names: g.names, units: Vec::new(), ..Layout::default() };
            let found = Layout { units: vec![None; found.names.len()], head_rows: 1, ..found };
            let mut table = grid(&g.rows, 0, &found, settings, file, g.key.or(m.name.clone()), 1);
            (place.first, place.notes) = (1, std::mem::take(&mut table.place.notes));
            table.encoding = place.encoded.map_or("", |e| e.name());
            table.place = place;
            file.tables.push(table);
        }
        Ok(_) | Err((_, 0, _)) => file.doubts.push(doubt(
            "TAB016",
            Severity::Info,
            0,
            0,
            say!("JSON 里没有表（对象的列表），只提供下载", "there is no table (a list of objects) in this JSON; it is offered for download only"),
            say!("若要预览，改成对象的列表", "for a preview, make it a list of objects"),
        )),
        Err((why, line, column)) => {
            file.doubts.push(doubt(
                "TAB001",
                Severity::Error,
                line as u64,
                column,
                say!("JSON 不合语法：{why}", "the JSON does not parse: {why}"),
                say!("用 JSON 工具检查这一处", "look at this place with a JSON tool"),
            ));
        }
    }
    Ok(())
}

fn workbook(disk: &Path, wrap: Option<Wrap>, m: &Member, settings: &Settings, file: &mut File, place: Place) -> io::Result<()> {
    let Some(bytes) = whole(disk, wrap, m, file)? else { return Ok(()) };
    let sheets = match sheet::read(bytes) {
        Ok(s) => s,
        Err(fault) => {
            let (zh, en) = match &fault {
                sheet::Fault::Bomb => ("解开后过大，未读入".to_string(), "unpacks beyond measure; not read".to_string()),
                sheet::Fault::Large => ("单元格太多，未读入".into(), "has too many cells; not read".into()),
                sheet::Fault::Locked => ("有密码保护，无法读取".into(), "is protected by a password".into()),
                sheet::Fault::Broken(w) => (format!("工作簿已损坏，或不是电子表格：{w}"), format!("the workbook is broken, or is none: {w}")),
            };
            file.doubts.push(doubt(
                "TAB001",
                Severity::Error,
                0,
                0,
                Text { zh, en },
                say!("用电子表格软件打开后另存，或另存为 CSV", "open and save it in a spreadsheet program, or save it as CSV"),
            ));
            return Ok(());
        }
    };
    let mut seen = false;
    for (i, s) in sheets.iter().enumerate() {
        if s.rows.is_empty() {
            continue;
        }
        let found = layout::find(
            &s.rows[..s.rows.len().min(layout::SAMPLE)],
            &Told { rows: settings.head.rows.iter().map(|r| r.saturating_sub(s.above)).collect(), ..settings.head.clone() },
        );
        if found.names.is_empty() || found.names.len() > WIDTH {
            continue;
        }
        let first = (s.above + found.skip + 1) as u64;
        let mut table = grid(&s.rows, s.above, &found, settings, file, Some(s.name.clone()).filter(|_| sheets.len() > 1), first);
        table.place = Place { sheet: i, notes: table.place.notes, first, ..place.clone() };
        if let Some((row, col, v)) = &s.lost {
            file.doubts.push(doubt(
                "TAB013",
                Severity::Warn,
                *row as u64,
                *col,
                say!("数字 `{v}` 超过 15 位，电子表格已丢掉末尾的数字", "the number `{v}` has more than 15 digits; the spreadsheet has lost the last ones"),
                say!("编号和证件号在表格里设为文本格式", "make cells with long codes text in the spreadsheet"),
            ));
        }
        if let Some((row, col, v)) = &s.error {
            file.doubts.push(doubt(
                "TAB008",
                Severity::Warn,
                *row as u64,
                *col,
                say!("单元格是错误值 {v}", "the cell holds the error {v}"),
                say!("改正公式后重新导出", "mend the formula and export again"),
            ));
        }
        if s.hidden {
            let n = &s.name;
            file.doubts.push(doubt(
                "TAB017",
                Severity::Warn,
                0,
                0,
                say!("工作表“{n}”是隐藏的，但会随文件公开", "the sheet \u{201c}{n}\u{201d} is hidden but is published with the file"),
                say!("不该公开就删掉它", "delete it if it should not be public"),
            ));
        }
        // Only the sheet that is asked for is shown; its neighbours were searched for personal data all the same.
        if settings.sheet.as_ref().is_none_or(|w| *w == s.name) {
            seen = true;
            file.tables.push(table);
        }
    }
    if !seen && settings.sheet.is_none() {
        file.doubts.push(doubt(
            "TAB001",
            Severity::Warn,
            0,
            0,
            say!("工作簿里没有表", "there is no table in the workbook"),
            say!("放入数据，或删去这个资源", "put data there, or take the resource out"),
        ));
    }
    if let Some(w) = settings.sheet.as_ref().filter(|_| !seen) {
        let names = sheets.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join("、");
        file.doubts.push(doubt(
            "TAB001",
            Severity::Error,
            0,
            0,
            say!("没有名为“{w}”的工作表（有：{names}）", "there is no sheet \u{201c}{w}\u{201d} (there are: {names})"),
            say!("改 `dialect.sheetName`", "correct `dialect.sheetName`"),
        ));
    }
    Ok(())
}

/// Goes through the rows of a table again, in order: every cell trimmed and masked, missing values empty, as many
/// cells as the table has columns. An error of `each` ends it.
pub fn rows(disk: &Path, settings: &Settings, file: &File, table: &Table, each: &mut dyn FnMut(&[&str]) -> io::Result<()>) -> io::Result<()> {
    let (wrap, members) = bytes::members(disk)?;
    let place = &table.place;
    let Some(m) = members.get(place.member) else { return Err(io::Error::other("the file changed")) };
    let found = Layout { names: table.names.clone(), ..Layout::default() };
    let shape = shape(&found, place.first, place.dialect, settings);
    let mut kept: Vec<String> = vec![String::new(); shape.width];
    let mut give = |line: u64, len: usize, cell: &dyn Fn(usize) -> String| -> io::Result<()> {
        if line < place.first || place.notes.contains(&line) || (0..len).all(|i| cell(i).trim().is_empty()) {
            return Ok(());
        }
        for (c, slot) in kept.iter_mut().enumerate() {
            let raw = cell(c);
            let t = raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
            let v = shape.masks[c].map_or_else(|| t.to_string(), |m| m.apply(t));
            *slot = if shape.missing.contains(&v) { String::new() } else { v };
        }
        let refs: Vec<&str> = kept.iter().map(String::as_str).collect();
        each(&refs)
    };
    let format = if file.wrap == Some(Wrap::Zip) || file.format == Format::Zip { None } else { Some(file.format) };
    let format = match format {
        Some(f) => f,
        None => {
            let mut head = vec![0; bytes::HEAD];
            let n = bytes::read_full(&mut bytes::stream(disk, wrap, m)?, &mut head)?;
            let text = place.encoded.map(|e| decode(&head[e.mark.min(n)..n], e));
            bytes::format(&head[..n], text.as_deref())
        }
    };
    match format {
        Format::Csv | Format::Tsv => {
            let Some(encoded) = place.encoded else { return Ok(()) };
            let mut input = bytes::stream(disk, wrap, m)?;
            bytes::read_full(&mut input, &mut vec![0; encoded.mark])?;
            let mut blocks = Blocks::new(input, encoded.encoding, place.dialect);
            let mut record = csv::ByteRecord::new();
            for block in blocks.by_ref() {
                let mut reader = delimited::records(&block, place.dialect);
                let mut lines = delimited::Lines::new(&block);
                while reader.read_byte_record(&mut record).unwrap_or(false) {
                    let line = lines.of(&record);
                    give(line, record.len(), &|i| String::from_utf8_lossy(record.get(i).unwrap_or(b"")).into_owned())?;
                }
            }
            blocks.failed.map_or(Ok(()), Err)
        }
        Format::Json | Format::JsonLines | Format::GeoJson => {
            let mut none = File { doubts: Vec::new(), tables: Vec::new(), personal: Vec::new(), ..file.clone() };
            if let Some(Ok(g)) = json_grid(disk, wrap, m, place, format, &mut none)? {
                for (i, r) in g.rows.iter().enumerate() {
                    give(i as u64 + 1, r.len(), &|c| r.get(c).cloned().unwrap_or_default())?;
                }
            }
            Ok(())
        }
        Format::Xlsx | Format::Xls | Format::Ods => {
            let mut bytes = Vec::new();
            bytes::stream(disk, wrap, m)?.take(WHOLE).read_to_end(&mut bytes)?;
            let sheets = sheet::read(bytes).map_err(|_| io::Error::other("the workbook changed"))?;
            if let Some(s) = sheets.get(place.sheet) {
                for (i, r) in s.rows.iter().enumerate() {
                    give((s.above + i + 1) as u64, r.len(), &|c| r.get(c).cloned().unwrap_or_default())?;
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
