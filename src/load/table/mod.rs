//! Tables from bytes: what is in a data file, whatever its name says.
//!
//! [`read`] goes through a file once and returns its tables with profile, notes and doubts; [`rows`] goes through it
//! again and gives each row of data as it may be published. Masks are applied where a row is read, so nothing after
//! this module ever sees a value that must not be shown.

mod affix;
mod again;
mod areas;
mod biff;
pub mod bytes;
mod cells;
pub mod customs;
mod dayheads;
mod days;
pub mod decimal;
mod delimited;
mod doubts;
pub mod elsewhere;
mod encoded;
mod findings;
mod foreign;
pub mod forms;
mod garbled;
mod grids;
mod guess;
mod hidden_text;
mod json;
mod labels;
pub mod layout;
mod lines;
mod marked;
mod merged;
pub mod names;
mod notes;
mod numfmt;
mod odd;
mod ods;
mod pairs;
mod parted;
pub mod personal;
mod pieces;
pub mod profile;
pub mod regions;
mod rewrite;
mod said;
mod scripts;
mod shared_unit;
mod sheet;
mod shelf;
mod sketch;
mod slips;
mod spoken;
mod spread;
pub mod spreadsheet;
pub mod suspects;
mod text;
pub mod totals;
pub mod units;
pub mod value;
mod veil;
pub(in crate::load) mod within;
mod xlsx;

pub use crate::load::spot::Spot;
pub use cells::letters;
pub use shelf::Shelf;

use crate::diag::{Severity, Text, say};
use crate::load::Blob;
use crate::load::attachment::{Piece, Unseen, Why};
use crate::personal::Sure;
use bytes::{Format, Member, Wrap};
use customs::{Custom, Taken};
pub(super) use delimited::sniff;
use delimited::{Blocks, Dialect};
use doubts::{doubt, unreadable};
use encoded::Encoded;
use layout::{Layout, Told};
use lines::trim;
use personal::Mask;
use pieces::shape;
use profile::Profile;
use rewrite::Rewriter;
use serde::Serialize;
use shelf::Kept;
use std::collections::BTreeSet;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

/// What a project settles in the YAML of a resource; the rest is read from the bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Format as declared.
    pub format: Option<String>,
    /// `encoding:`
    pub encoding: Option<String>,
    /// `dialect.delimiter`, of one character or several.
    pub delimiter: Option<String>,
    /// `dialect.quoteChar`
    pub quote: Option<u8>,
    /// `dialect.escapeChar`
    pub escape: Option<u8>,
    /// `dialect.commentChar`
    pub comment: Option<u8>,
    /// `dialect.skipInitialSpace`
    pub skip_space: bool,
    /// `dialect.header`, `dialect.headerRows`
    pub head: Told,
    /// `dialect.sheetName`: only this sheet is shown; all are searched for personal data.
    pub sheet: Option<String>,
    /// Signs for a missing value (`missingValues`).
    pub missing: Vec<String>,
    /// Masks by name of the column.
    pub masks: Vec<(String, Mask)>,
    /// `schema.primaryKey`
    pub key: Vec<String>,
    /// `dialect.property`: keys of the list in JSON, joined by `.`.
    pub property: Option<String>,
    /// How values are written, by name of the column.
    pub customs: Vec<(String, Custom)>,
    /// Languages of the site, the main one first: hints for short texts in old encodings.
    pub languages: Vec<String>,
}

impl Settings {
    /// Whether the site has Chinese, or nobody said what it has.
    pub fn chinese(&self) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|l| l.to_ascii_lowercase().starts_with("zh"))
    }

    /// Whether its main language is Chinese, or nobody said what it is.
    pub fn mainly_chinese(&self) -> bool {
        self.languages.first().is_none_or(|l| l.to_ascii_lowercase().starts_with("zh"))
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
    /// Unit told of the whole table.
    pub unit: Option<String>,
    /// For each column, whether that is its unit.
    #[serde(skip)]
    pub shared: Vec<bool>,
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
    /// It stands below or beside another in the same sheet, and is never the one that is shown first.
    #[serde(skip)]
    pub second: bool,
    /// Columns whose head is written as that of one before them; they were given a name of their own.
    #[serde(skip)]
    pub doubled: Vec<usize>,
    /// What is needed to read the rows again.
    #[serde(skip)]
    place: Place,
}

impl Table {
    /// Whether each column is masked.
    pub fn masked(&self, settings: &Settings) -> Vec<bool> {
        pieces::masks(&self.names, &self.doubled, settings).iter().map(Option::is_some).collect()
    }

    /// The mask of each column.
    pub fn masks(&self, settings: &Settings) -> Vec<Option<Mask>> {
        pieces::masks(&self.names, &self.doubled, settings)
    }

    /// The unit of a column by what the file says: its own, or that of the whole table where it can be.
    pub fn unit_of(&self, c: usize) -> Option<&str> {
        let own = self.units.get(c).and_then(Option::as_deref);
        own.or(self.unit.as_deref().filter(|_| self.shared.get(c).copied().unwrap_or(false)))
    }
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
    /// How the values of each column are written, declared or found.
    customs: Vec<Option<Custom>>,
    /// Line at which another table begins.
    last: Option<u64>,
    /// Records of the head, which may come again.
    heads: Vec<Vec<String>>,
    /// The text is turned into plain CSV first.
    rewrite: Option<Rewriter>,
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
    /// Personal data in it, also in sheets that are not shown. The original must not be published.
    #[serde(skip)]
    pub personal: Vec<Personal>,
    /// What of it was not looked through, and why: a scanned page, a picture.
    #[serde(skip)]
    pub why: BTreeSet<Why>,
    /// Its texts, where it is a document.
    #[serde(skip)]
    pub pieces: Vec<Piece>,
    /// What is in it that readers are not shown.
    #[serde(skip)]
    pub unseen: Unseen,
    /// Texts of it in which a mark of secrecy may stand.
    #[serde(skip)]
    pub suspects: Vec<suspects::Suspect>,
    /// A password or key that is written in it: the part, its line (0 where it has none), and whether that is certain.
    #[serde(skip)]
    pub secret: Option<(Option<String>, u64, Sure)>,
    /// Its texts are longer than what is kept of them.
    #[serde(skip)]
    pub cut: bool,
    /// Names of files in an archive that are not for publishing; true where one is a key or a password.
    #[serde(skip)]
    pub unwanted: Vec<(String, bool)>,
    /// An archive that was not read because it unpacks beyond its budget. The original must not be published.
    #[serde(skip)]
    pub refused: bool,
    /// The system does not let it be read: why, and what to do.
    #[serde(skip)]
    pub shut: Option<(Text, Text)>,
    /// The rows of its workbooks, by member, where there was room for them.
    #[serde(skip)]
    kept: Vec<(usize, Arc<Kept>)>,
}

/// Bytes of the texts of one file that are kept, for search and for a readable form of it.
pub const TEXTS: usize = 2 << 20;

impl File {
    fn new(bytes: u64) -> File {
        File {
            format: Format::Other,
            wrap: None,
            tables: Vec::new(),
            bytes,
            doubts: Vec::new(),
            personal: Vec::new(),
            why: BTreeSet::new(),
            pieces: Vec::new(),
            unseen: Unseen::default(),
            suspects: Vec::new(),
            secret: None,
            cut: false,
            unwanted: Vec::new(),
            refused: false,
            shut: None,
            kept: Vec::new(),
        }
    }

    /// Bytes in memory of the rows that are kept of it.
    pub fn kept(&self) -> usize {
        self.kept.iter().map(|(_, k)| k.bytes).sum()
    }

    /// Whether it is a document with text, of which a readable form can be made. Web pages are readable as they are, tables have pages
    /// of their own.
    pub fn readable(&self) -> bool {
        use Format::{Csv, Odp, Odt, Ofd, Other, Pdf, Slides, Word};
        let document = matches!(self.format, Pdf | Word | Odt | Odp | Slides | Ofd | Other | Csv);
        document && self.tables.iter().all(|t| t.names.len() < 2) && self.pieces.iter().any(Piece::shown)
    }

    /// Looks for passwords and keys in a text of it.
    fn secret(&mut self, part: Option<&str>, text: &str, lines: bool) {
        if self.secret.as_ref().is_some_and(|s| s.2 == Sure::Yes) {
            return;
        }
        if let Some((at, sure)) = crate::load::passwords::first(text) {
            let line = if lines { memchr::memchr_iter(b'\n', &text.as_bytes()[..at.start]).count() as u64 + 1 } else { 0 };
            self.hides(part, line, sure);
        }
    }

    /// A password or key stands in it.
    fn hides(&mut self, part: Option<&str>, line: u64, sure: Sure) {
        if self.secret.as_ref().is_none_or(|s| s.2 != Sure::Yes && sure == Sure::Yes) {
            self.secret = Some((part.map(String::from), line, sure));
        }
    }

    /// Looks at the columns of a table that are called as passwords and keys are.
    fn secret_columns(&mut self, part: Option<&str>, names: &[String], preview: &[Vec<String>], hidden: &dyn Fn(usize) -> bool) {
        for (c, name) in names.iter().enumerate().filter(|(c, _)| !hidden(*c)) {
            let values = preview.iter().filter_map(|r| r.get(c)).map(String::as_str);
            if let Some(sure) = crate::load::passwords::column(name, values) {
                self.hides(part, 0, sure);
            }
        }
    }

    /// Something in it was not looked through.
    fn lacks(&mut self, so: bool, why: Why) {
        if so {
            self.why.insert(why);
        }
    }

    /// Keeps texts of a member, as many as may be.
    fn put(&mut self, m: &Member, pieces: Vec<Piece>) {
        let mut left = TEXTS.saturating_sub(self.pieces.iter().map(|p| p.text.len()).sum());
        for mut p in pieces {
            if left == 0 {
                self.cut = true;
                return;
            }
            let end = crate::load::floor(&p.text, left);
            self.cut |= end < p.text.len();
            p.text.truncate(end);
            left -= end;
            p.part = match (&m.name, p.part) {
                (Some(a), Some(b)) => Some(format!("{a}/{b}")),
                (a, b) => a.clone().or(b),
            };
            self.pieces.push(p);
        }
    }
}

/// The beginning of a file that is a text; empty where it is none.
pub fn head(blob: &Blob) -> String {
    let mut buf = vec![0; 4096];
    let Ok(n) = crate::load::walk::open_blob(blob).and_then(|(mut s, _)| bytes::read_full(&mut s, &mut buf)) else { return String::new() };
    buf.truncate(n);
    // A sign may be cut at the end.
    let cut = |e: std::str::Utf8Error| e.error_len().is_none().then_some(e.valid_up_to());
    match std::str::from_utf8(&buf).map_or_else(cut, |t| Some(t.len())) {
        Some(n) => String::from_utf8_lossy(&buf[..n]).into_owned(),
        None if buf.contains(&0) && !buf.starts_with(&[0xFF, 0xFE]) && !buf.starts_with(&[0xFE, 0xFF]) => String::new(),
        None => encoding_rs::GB18030.decode(&buf).0.into_owned(),
    }
}

/// The first bytes of a file; nothing where it cannot be opened.
pub fn first_bytes(blob: &Blob) -> Option<[u8; 16]> {
    let mut buf = [0; 16];
    let (mut s, _) = crate::load::walk::open_blob(blob).ok()?;
    bytes::read_full(&mut s, &mut buf).ok()?;
    Some(buf)
}

/// The words of a file that is a text, decoded; nothing where it is none.
pub fn words(bytes: &[u8]) -> Option<String> {
    let e = bytes::encoding(&bytes[..bytes.len().min(bytes::HEAD)], None, &[], &mut || None)?;
    Some(decode(&bytes[e.mark.min(bytes.len())..], e))
}

/// A column that holds personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// Sheet, file in an archive, or key in JSON.
    pub part: Option<String>,
    /// Name of the column, and its place from 1.
    pub name: String,
    /// See above.
    pub column: usize,
    /// What it holds.
    pub kind: personal::Kind,
    /// Cells with it.
    pub cells: u64,
    /// Line of the first.
    pub line: u64,
    /// Whether that is certain.
    pub sure: Sure,
    /// Where in the file.
    pub place: Spot,
}

/// Rows kept for the page.
pub const PREVIEW: usize = 20;
/// Most values of a column that are kept for search and counts.
pub const VALUES: usize = 2_000;
/// Most columns of a table.
const WIDTH: usize = 10_000;
/// Notes kept.
const NOTES: usize = 500;
/// Largest JSON file and workbook.
const WHOLE: u64 = 256 << 20;

/// Reads a file. What is wrong is in the result; this never fails.
pub fn read(blob: &Blob, settings: &Settings) -> File {
    read_by(blob, settings, None, None)
}

/// Reads a file, with a program that reads apart what is hard to read safely. With a `shelf`, rows that cannot be had again
/// without opening a workbook again are kept.
pub fn read_by(blob: &Blob, settings: &Settings, reader: Option<&Path>, shelf: Option<&Shelf>) -> File {
    let mut file = File::new(0);
    let before = crate::load::walk::seen(&blob.disk);
    file.bytes = before.0;
    let (wrap, members) = match bytes::members(blob) {
        Ok(m) => m,
        Err(e) => {
            file.refused = doubts::budget(&e);
            file.lacks(file.refused, Why::Large);
            // What the system says is no fault of the bytes: nothing is known of them.
            match e.raw_os_error() {
                Some(_) => file.shut = Some(crate::load::walk::in_words(&e, blob.disk.is_symlink())),
                None => {
                    file.lacks(!file.refused, Why::Broken);
                    file.doubts.push(unreadable(&e));
                }
            }
            return file;
        }
    };
    file.wrap = wrap;
    if wrap.is_some() && settings.masks.is_empty() {
        hidden_text::archive(blob, wrap, &mut file);
    }
    if members.len() > bytes::MEMBERS {
        file.lacks(true, Why::Many);
        let n = bytes::MEMBERS;
        file.doubts.push(doubt(
            "TAB012",
            Severity::Warn,
            0,
            0,
            say!(
                "压缩包里的文件超过 {n} 个，只读前 {n} 个，其余没有检查",
                "the archive has more than {n} files; only the first {n} are read, the others are not looked at"
            ),
            say!("分成几个压缩包，或不压缩直接发布", "make several archives of it, or publish the files without one"),
        ));
    }
    for (i, m) in members.iter().enumerate().take(bytes::MEMBERS) {
        if let Err(e) = member(blob, wrap, (i, m), settings, (reader, shelf), &mut file) {
            let what = m.name.as_deref().map_or(String::new(), |n| format!("{n}: "));
            let beyond = doubts::budget(&e);
            file.refused |= beyond;
            // A file that gives more than its directory says is damaged, or lies.
            let lies = bytes::Beyond::of(&e) == Some(bytes::Beyond::Lies);
            file.lacks(beyond && !lies, Why::Large);
            file.lacks(lies || !beyond && m.shut.is_none() && e.raw_os_error().is_none(), Why::Broken);
            file.lacks(m.shut == Some(bytes::ENCRYPTED), Why::Password);
            file.lacks(m.shut == Some(bytes::PACKED), Why::Packed);
            let mut d = unreadable(&e);
            d.message.zh.insert_str(0, &what);
            d.message.en.insert_str(0, &what);
            file.doubts.push(d);
            if e.to_string().contains(bytes::ROWS) {
                break;
            }
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
        // A page that tells of an error, or asks who one is, was saved in place of the data.
        let page = file.format == Format::Html && wrap.is_none() && file.tables.is_empty() && !has_table(blob);
        let told_data = ["csv", "tsv", "json", "geojson", "xls", "xlsx", "ods", "xml"].iter().any(|e| told.eq_ignore_ascii_case(e));
        file.doubts.insert(
            0,
            doubt(
                "TAB002",
                if page && told_data { Severity::Error } else { Severity::Warn },
                0,
                0,
                match file.format {
                    Format::Html if !file.tables.is_empty() => say!(
                        "写的格式是 {told}，文件内容却是网页（HTML），按网页里的表读入",
                        "declared as {told}, but the bytes are a web page (HTML); the tables in it are read"
                    ),
                    Format::Xml if !file.tables.is_empty() => say!(
                        "写的格式是 {told}，文件内容却是 XML（Excel 2003 的 XML 表格），按表读入",
                        "declared as {told}, but the bytes are XML (the spreadsheet of Excel 2003); its tables are read"
                    ),
                    _ => say!("写的格式是 {told}，文件内容却是 {real}", "declared as {told}, but the bytes are {real}"),
                },
                if matches!(file.format, Format::Html | Format::Xml) && !file.tables.is_empty() {
                    say!("用表格软件打开，另存为 XLSX 或 CSV", "open it in a spreadsheet program and save it as XLSX or CSV")
                } else {
                    say!("改 `format:` 和文件后缀，或换成正确的文件", "correct `format:` and the file's ending, or put the right file there")
                },
            ),
        );
    }
    if crate::load::walk::seen(&blob.disk) != before {
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

/// Whether a web page has a table, as far as it is looked at.
fn has_table(blob: &Blob) -> bool {
    let mut text = Vec::new();
    let read = crate::load::walk::open_blob(blob).and_then(|(s, _)| s.take(1 << 20).read_to_end(&mut text));
    text.make_ascii_lowercase();
    let asks = marked::asks(&String::from_utf8_lossy(&text));
    read.is_err() || !asks && memchr::memmem::find(&text, b"<table").is_some() || memchr::memmem::find(&text, b"<frameset").is_some()
}

fn member(
    blob: &Blob,
    wrap: Option<Wrap>,
    (at, m): (usize, &Member),
    settings: &Settings,
    (reader, shelf): (Option<&Path>, Option<&Shelf>),
    file: &mut File,
) -> io::Result<()> {
    let mut head = vec![0; bytes::HEAD];
    let mut input = bytes::stream(blob, wrap, m)?;
    let n = bytes::read_full(&mut input, &mut head)?;
    head.truncate(n);
    // Labels that browsers know so as not to read them (`hz-gb-2312`) are none that is read here.
    let told = settings.encoding.as_deref().and_then(|e| encoding_rs::Encoding::for_label_no_replacement(e.trim().as_bytes()));
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
    let wrong = told.and_then(|e| slips::utf8(&head, e, head.len() < bytes::HEAD));
    let told = told.filter(|_| wrong.is_none());
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
    // In four bytes a character: what reads it as two a character would make other characters of it.
    if let Some(name) = garbled::four_bytes(&head) {
        file.doubts.push(garbled::unread(name));
        file.lacks(true, Why::Coded);
        return Ok(());
    }
    let binary = matches!(bytes::format(&head, None), f if f != Format::Other && f != Format::Empty);
    let encoded = if binary { None } else { bytes::encoding(&head, told, &settings.languages, &mut rest) };
    let text = encoded.map(|e| decode(&head[e.mark.min(head.len())..], e));
    file.doubts.extend(wrong.filter(|_| text.is_some()));
    if let Some(name) = pairs::seven_bits(&head).filter(|_| encoded.is_some_and(|e| e.encoding.is_none())) {
        file.doubts.push(doubt(
            "TAB003",
            Severity::Error,
            0,
            0,
            say!(
                "文字是 {name} 编码，不能解读；照字节公开，看起来是乱码",
                "the text is encoded as {name}, which is not read here; it is published as its bytes look"
            ),
            say!("重新导出为 UTF-8（命令：`iconv -f {name} -t UTF-8`）", "export the file again as UTF-8 (by command: `iconv -f {name} -t UTF-8`)"),
        ));
    }
    let mut format = bytes::format(&head, text.as_deref());
    let named = |ends: &[&str]| m.name.as_deref().or(blob.disk.to_str()).is_some_and(|n| ends.iter().any(|e| n.trim_end_matches(".gz").ends_with(e)));
    if format == Format::Csv && settings.delimiter.is_none() && named(&[".tsv"]) {
        format = Format::Tsv;
    }
    // One bad line among the first does not make another format of it.
    if format == Format::Json && text.as_deref().is_some_and(|t| t.starts_with('{')) && named(&[".jsonl", ".ndjson"]) {
        format = Format::JsonLines;
    }
    // What an old file of Office is stands in its directory, which may lie behind all else.
    if format == Format::Xls && head.len() == bytes::HEAD && head.starts_with(b"\xD0\xCF") {
        let mut whole = Vec::new();
        bytes::stream(blob, wrap, m)?.take(WHOLE).read_to_end(&mut whole)?;
        format = bytes::old(&whole).unwrap_or(format);
    }
    if file.format == Format::Other || at == 0 {
        file.format = format;
    }
    // The label of a recording may look like a text in some encoding.
    if crate::load::attachment::sound::is(&head) {
        file.format = if at == 0 { Format::Other } else { file.format };
        let bytes = hidden_text::up_to(blob, wrap, m, crate::load::attachment::LARGEST + 1)?;
        hidden_text::document(&bytes, m, reader, settings, file);
        return Ok(());
    }
    if let Some(d) = text.as_deref().filter(|_| format.tabular() || format == Format::Other).and_then(slips::of_git) {
        file.doubts.push(d);
        file.format = Format::Other;
        return hidden_text::text(blob, wrap, m, encoded, settings, file, None);
    }
    let mixed = encoded.filter(|e| settings.encoding.is_none() && e.mark == 0 && format.tabular());
    if let Some(d) = mixed.and_then(|e| garbled::two_encodings(&head, e.encoding.is_none())) {
        file.doubts.push(garbled::in_two(d));
        file.format = Format::Other;
        return hidden_text::text(blob, wrap, m, encoded, settings, file, None);
    }
    let place = Place { member: at, encoded, ..Place::default() };
    // Its lines are no rows, whatever stands between their commas.
    let format = if head.starts_with(b"{\\rtf") { Format::Other } else { format };
    match format {
        Format::Csv | Format::Tsv => {
            let (encoded, before) = (place.encoded, file.tables.len());
            // Lines of base64 are no rows.
            file.lacks(text.as_deref().is_some_and(|t| crate::load::coded::coded(t.as_bytes())), Why::Coded);
            // What is written about the data of an archive is no data.
            let told = file.doubts.len();
            if wrap == Some(Wrap::Zip) && m.name.as_deref().is_some_and(hidden_text::is_about) {
                return hidden_text::text(blob, wrap, m, encoded, settings, file, None);
            }
            text::delimited(blob, wrap, m, settings, file, place, text.as_deref().unwrap_or(""))?;
            if wrap == Some(Wrap::Zip)
                && named(&[".txt", ".md"])
                && file.tables[before..].iter().all(|t| t.rows == 0)
                && bytes::members(blob).is_ok_and(|(_, m)| m.len() > 1)
            {
                file.tables.truncate(before);
                file.doubts.truncate(told);
            }
            // What is no table is looked through as a text, as are lines of comment.
            let rest = file.tables.len() == before || file.doubts.iter().any(|d| d.code == "TAB012");
            let lines = settings.comment.filter(|_| !rest);
            // A program, a message, a list of addresses is a text, whatever rows it may seem to have.
            let name = m.name.clone().unwrap_or_else(|| blob.disk.to_string_lossy().into_owned());
            // So is a `.txt` of one column: its lines are those of a letter or a notice.
            let letter = named(&[".txt", ".md"]) && settings.customs.is_empty() && file.tables[before..].iter().all(|t| t.names.len() < 2);
            let (rest, lines) = if letter || hidden_text::is_prose(&name) { (true, None) } else { (rest, lines) };
            if rest || lines.is_some() { hidden_text::text(blob, wrap, m, encoded, settings, file, lines) } else { Ok(()) }
        }
        Format::Json | Format::JsonLines | Format::GeoJson => {
            let encoded = place.encoded;
            grids::whole_json(blob, wrap, m, settings, file, place, format)?;
            hidden_text::text(blob, wrap, m, encoded, settings, file, None)
        }
        Format::Xlsx | Format::Xls | Format::Ods => {
            // Opened once, and looked at in three ways.
            let bytes = match grids::whole(blob, wrap, m, file)? {
                Some(bytes) => {
                    grids::workbook(&bytes, settings, file, place, shelf);
                    bytes
                }
                None => hidden_text::up_to(blob, wrap, m, WHOLE)?,
            };
            hidden_text::workbook(blob, &bytes, m, settings, file);
            hidden_text::unseen(&bytes, m, reader, settings, file);
            Ok(())
        }
        // A message holds its texts encoded, and files.
        Format::Other if text.is_some() && settings.masks.is_empty() && crate::load::attachment::mail::is(&head) => {
            let bytes = hidden_text::up_to(blob, wrap, m, crate::load::attachment::LARGEST + 1)?;
            hidden_text::document(&bytes, m, reader, settings, file);
            Ok(())
        }
        Format::Html | Format::Xml | Format::Other if place.encoded.is_some() && text.is_some() => {
            let data = named(&[".xls", ".xlsx", ".et", ".csv", ".XLS", ".XLSX", ".CSV"]);
            if let Some(kind) = marked::kind(format, text.as_deref().unwrap_or(""), data)
                && let Some(bytes) = grids::whole(blob, wrap, m, file)?
                && let Some(e) = place.encoded
            {
                let read = grids::marked(&decode(&bytes[e.mark.min(bytes.len())..], e), kind, settings, file, place.clone(), shelf);
                if read && kind == marked::Kind::Page && at == 0 {
                    file.format = Format::Html;
                }
            }
            hidden_text::text(blob, wrap, m, place.encoded, settings, file, None)
        }
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
        // Masks are for columns: what has none is not read.
        _ if !settings.masks.is_empty() => Ok(()),
        Format::Word | Format::Slides | Format::Odt | Format::Odp | Format::Ofd => {
            let bytes = hidden_text::up_to(blob, wrap, m, WHOLE)?;
            hidden_text::document(&bytes, m, reader, settings, file);
            // Odd corners: what stands in attributes, in styles, in parts that nobody shows.
            hidden_text::workbook(blob, &bytes, m, settings, file);
            Ok(())
        }
        _ => {
            let bytes = hidden_text::up_to(blob, wrap, m, crate::load::attachment::LARGEST + 1)?;
            hidden_text::document(&bytes, m, reader, settings, file);
            Ok(())
        }
    }
}

fn decode(head: &[u8], e: Encoded) -> String {
    match e.encoding {
        None => String::from_utf8_lossy(head).into_owned(),
        Some(enc) => enc.decode_without_bom_handling(head).0.into_owned(),
    }
}

/// The first table of a workbook, as a list that people keep there.
#[derive(Debug, Default)]
pub struct Listed {
    /// Its rows from the first of the sheet on; those above the table are empty.
    pub rows: Vec<Vec<String>>,
    /// Rows of the sheet, from 0, that are hidden or filtered out, first and last.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Columns of the table, from 0, that are hidden.
    pub hidden_columns: Vec<usize>,
    /// Rows of the sheet with something that is struck through.
    pub struck_rows: std::collections::BTreeSet<u32>,
    /// What else is odd about its cells: errors, formulas nobody computed, long numbers.
    pub doubts: Vec<Doubt>,
    /// Names of what was not read: other sheets, and other tables of the sheet.
    pub others: Vec<String>,
}

/// Reads the first visible sheet with a table in it.
pub fn first_sheet(bytes: Vec<u8>) -> Option<Listed> {
    let (sheets, _) = sheet::read(&bytes, &layout::Told::default()).ok()?;
    let at = sheets.iter().position(|s| !s.hidden && !s.stray && !s.torn && !s.rows.is_empty())?;
    let others = sheets.iter().enumerate().filter(|(i, s)| *i != at && !s.rows.is_empty());
    let others = others.map(|(_, s)| s.place.as_ref().map_or_else(|| s.name.clone(), |p| format!("{}!{p}", s.name))).collect();
    // What is odd about a sheet is told with its first table, which may be a stray cell.
    let first = sheets.iter().position(|s| s.name == sheets[at].name).unwrap_or(at);
    let mut all = sheets;
    let (mut odd, hidden_rows, hidden) = {
        let s = &mut all[first];
        (std::mem::take(&mut s.odd), std::mem::take(&mut s.hidden_rows), std::mem::take(&mut s.hidden_columns))
    };
    let mut s = all.swap_remove(at);
    let struck_rows = std::mem::take(&mut odd.struck_rows);
    odd.struck = cells::Tally::default();
    let width = s.rows.iter().map(Vec::len).max().unwrap_or(0);
    let hidden_columns = (0..width).filter(|c| hidden.iter().any(|(a, b)| (*a as usize..=*b as usize).contains(&(c + s.left)))).collect();
    s.odd = odd;
    (s.hidden_rows, s.hidden_columns) = Default::default();
    let mut file = File::new(0);
    odd::sheet(&s, &mut file);
    let rows = std::iter::repeat_with(Vec::new).take(s.above).chain(s.rows).collect();
    Some(Listed { rows, hidden_rows, hidden_columns, struck_rows, doubts: file.doubts, others })
}

/// Goes through the rows of a table again, in order: every cell trimmed and masked, missing values empty, as many
/// cells as the table has columns. An error of `each` ends it.
pub fn rows(blob: &Blob, settings: &Settings, file: &File, table: &Table, each: &mut dyn FnMut(&[&str]) -> io::Result<()>) -> io::Result<()> {
    rows_at(blob, settings, file, table, &mut |_, row| each(row))
}

/// The same, each row with its line (of text) or row (of a sheet) in the file, from 1.
pub fn rows_at(blob: &Blob, settings: &Settings, file: &File, table: &Table, each: &mut dyn FnMut(u64, &[&str]) -> io::Result<()>) -> io::Result<()> {
    go(blob, settings, file, table, false, each)
}

/// The same with what masks hide: to look for it elsewhere, never to show it.
pub fn bare_at(blob: &Blob, settings: &Settings, file: &File, table: &Table, each: &mut dyn FnMut(u64, &[&str]) -> io::Result<()>) -> io::Result<()> {
    go(blob, settings, file, table, true, each)
}

fn go(blob: &Blob, settings: &Settings, file: &File, table: &Table, bare: bool, each: &mut dyn FnMut(u64, &[&str]) -> io::Result<()>) -> io::Result<()> {
    let place = &table.place;
    let found = Layout { names: table.names.clone(), heads: place.heads.clone(), doubled: table.doubled.clone(), ..Layout::default() };
    let shape = shape(&found, place.first, place.dialect, settings, &place.customs);
    let mut kept: Vec<String> = vec![String::new(); shape.width];
    let mut taken = |loose: bool, line: u64, len: usize, cell: &dyn Fn(usize) -> String| -> io::Result<()> {
        if line < place.first
            || place.last.is_some_and(|l| line >= l)
            || place.notes.contains(&line)
            || shape.is_head(len, &|i| cell(i).into())
            || (!loose && (0..len).all(|i| cell(i).trim().is_empty()))
        {
            return Ok(());
        }
        for (c, slot) in kept.iter_mut().enumerate() {
            let raw = cell(c);
            let t = std::str::from_utf8(trim(raw.as_bytes())).unwrap_or_default();
            let v = shape.masks[c].filter(|_| !bare).map_or_else(|| t.to_string(), |m| m.apply(t));
            *slot = if !bare && shape.is_missing(c, &v) {
                String::new()
            } else {
                match shape.take(c, &v) {
                    Taken::As(t) => t,
                    Taken::Same | Taken::Odd => v,
                }
            };
        }
        let refs: Vec<&str> = kept.iter().map(String::as_str).collect();
        each(line, &refs)
    };
    // A workbook whose rows were kept is not opened again.
    if let Some((above, rows)) = file.kept.iter().find(|(member, _)| *member == place.member).and_then(|(_, k)| k.rows(place.sheet)) {
        return of_sheet(&mut |line, len, cell| taken(false, line, len, cell), above, rows);
    }
    let (wrap, members) = bytes::members(blob)?;
    let Some(m) = members.get(place.member) else { return Err(io::Error::other("the file changed")) };
    let format = if file.wrap == Some(Wrap::Zip) || file.format == Format::Zip { None } else { Some(file.format) };
    let format = match format {
        Some(f) => f,
        None => {
            let mut head = vec![0; bytes::HEAD];
            let n = bytes::read_full(&mut bytes::stream(blob, wrap, m)?, &mut head)?;
            let text = place.encoded.map(|e| decode(&head[e.mark.min(n)..n], e));
            bytes::format(&head[..n], text.as_deref())
        }
    };
    let records = matches!(format, Format::Json | Format::JsonLines | Format::GeoJson);
    // Of one column, a record without a value was written as `""`.
    let lone = shape.width == 1 && matches!(format, Format::Csv | Format::Tsv);
    let mut give = |line: u64, len: usize, cell: &dyn Fn(usize) -> String| taken(records || lone && cell(0).is_empty(), line, len, cell);
    match format {
        Format::Csv | Format::Tsv => {
            let Some(encoded) = place.encoded else { return Ok(()) };
            let mut input = bytes::stream(blob, wrap, m)?;
            bytes::read_full(&mut input, &mut vec![0; encoded.mark])?;
            let mut blocks = Blocks::new(input, encoded.encoding, place.dialect, place.rewrite.clone());
            let mut record = csv::ByteRecord::new();
            for block in blocks.by_ref() {
                let mut reader = delimited::records(&block, place.dialect);
                let mut lines = delimited::Lines::new(&block);
                while reader.read_byte_record(&mut record).unwrap_or(false) {
                    let (line, _) = lines.of(&record);
                    give(line, record.len(), &|i| String::from_utf8_lossy(record.get(i).unwrap_or(b"")).into_owned())?;
                }
            }
            blocks.failed.map_or(Ok(()), Err)
        }
        Format::Json | Format::JsonLines | Format::GeoJson => {
            let mut none = File { doubts: Vec::new(), tables: Vec::new(), personal: Vec::new(), ..file.clone() };
            if let Some(Ok(g)) = grids::json_grid(blob, wrap, m, place, format, settings.property.as_deref(), &mut none)? {
                for (i, r) in g.rows.iter().enumerate() {
                    give(i as u64 + 1, r.len(), &|c| r.get(c).cloned().unwrap_or_default())?;
                }
            }
            Ok(())
        }
        Format::Xlsx | Format::Xls | Format::Ods => {
            let bytes = hidden_text::up_to(blob, wrap, m, WHOLE)?;
            let (sheets, _) = sheet::read(&bytes, &settings.head).map_err(|_| io::Error::other("the workbook changed"))?;
            sheets.get(place.sheet).map_or(Ok(()), |s| of_sheet(&mut give, s.above, &s.rows))
        }
        Format::Html | Format::Xml => {
            let bytes = hidden_text::up_to(blob, wrap, m, WHOLE)?;
            let text = place.encoded.map_or(String::new(), |e| decode(&bytes[e.mark.min(bytes.len())..], e));
            let Some(kind) = marked::kind(format, &text[..crate::load::floor(&text, bytes::HEAD)], true) else { return Ok(()) };
            let (sheets, _) = sheet::read_marked(&text, kind, &settings.head).map_err(|_| io::Error::other("the file changed"))?;
            sheets.get(place.sheet).map_or(Ok(()), |s| of_sheet(&mut give, s.above, &s.rows))
        }
        _ => Ok(()),
    }
}

/// Takes a row: its number from 1, how many cells it has, and these.
type Take<'a> = dyn FnMut(u64, usize, &dyn Fn(usize) -> String) -> io::Result<()> + 'a;

/// Gives the rows of a sheet.
fn of_sheet(give: &mut Take<'_>, above: usize, rows: &[Vec<String>]) -> io::Result<()> {
    let mut rows = rows.iter().enumerate();
    rows.try_for_each(|(i, r)| give((above + i + 1) as u64, r.len(), &|c| r.get(c).cloned().unwrap_or_default()))
}

#[cfg(test)]
mod tests;
