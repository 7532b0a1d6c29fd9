//! PDF: text by page, properties, notes on pages, values of forms, files in it; pages that are pictures are named.
//!
//! The syntax is read by `hayro-syntax`; what the codes of strings mean, and where lines end, is decided here.

mod cmap;
mod font;

use super::reader::{self, Apart};
use super::{Budget, Document, Reader, Why, html};
use crate::load::spot::Spot;
use font::Font;
use hayro_syntax::content::{TypedIter, ops::TypedInstruction};
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::collections::BTreeMap;

/// PDF
pub(super) const READER: Reader = Reader { is: |b| b[..b.len().min(1_024)].windows(5).any(|w| w == b"%PDF-"), read };

fn read(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    match budget.reader {
        Apart::Here => document(bytes, budget, out),
        Apart::Program(program) => *out = reader::ask(program, bytes),
        Apart::Nobody => drop(out.unread.insert(Why::Reader)),
    }
}

/// Most pages, most orders on all of them (of a short file fewer), most signs of text.
const PAGES: usize = 3_000;
const ORDERS: usize = 8_000_000;
const FEW: usize = 500_000;
const SIGNS: usize = 20_000_000;
/// Bytes that a drawing may unpack to.
const FORM: usize = 32 << 20;
/// Drawings within drawings.
const DEPTH: usize = 6;
/// Pages that are named one by one.
const NAMED: usize = 5;

fn document(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(p) => p,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm)) => {
            out.unread.insert(Why::Password);
            return;
        }
        Err(_) => {
            out.unread.insert(Why::Broken);
            return;
        }
    };
    let (mut scanned, mut strange): (Vec<u32>, Vec<u32>) = Default::default();
    // What a sound file of this length may ask for, and no more: a few bytes unpack to millions of orders.
    let (mut pictures, mut left, mut signs) = (0, ORDERS.min(bytes.len().saturating_mul(8).saturating_add(FEW)), SIGNS);
    let mut room = Room::of(bytes.len());
    let mut fonts: (Vec<Font>, BTreeMap<ObjectIdentifier, usize>) = Default::default();
    let pages = pdf.pages();
    if pages.is_empty() {
        out.unread.insert(Why::Broken);
    }
    if cut(&pdf, bytes) {
        out.unread.insert(Why::Broken);
    }
    for (i, page) in pages.iter().enumerate() {
        let n = i as u32 + 1;
        if i >= PAGES || signs == 0 {
            out.unread.insert(Why::Large);
            break;
        }
        if left == 0 {
            break;
        }
        // Names of fonts are those of a page, the fonts those of the file.
        let mut seen = Seen { left, fonts: std::mem::take(&mut fonts.0), of: std::mem::take(&mut fonts.1), ..Seen::default() };
        let orders = contents(page, &mut room, &mut out.unread);
        seen.run(&orders, page.resources(), State::default(), 0);
        out.unread.extend(seen.stopped.take());
        let told = std::mem::take(&mut seen.told);
        out.put(Spot::Part, told.into_iter().collect::<Vec<_>>().join("\n"));
        left = seen.left;
        fonts = (std::mem::take(&mut seen.fonts), std::mem::take(&mut seen.of));
        signs = signs.saturating_sub(seen.text.len());
        let letters = seen.text.chars().filter(|c| !c.is_whitespace()).count();
        let area = area(page);
        if letters == 0 && seen.strange == 0 && seen.pictures.iter().any(|a| *a > area / 20.0) {
            scanned.push(n);
        } else if seen.pictures.iter().any(|a| *a > area / 4.0) {
            pictures += 1;
        }
        if seen.strange * 5 > letters + seen.strange {
            strange.push(n);
        }
        // What lies unseen on a large picture is what was read from it; elsewhere it is shown to nobody.
        if seen.pictures.iter().any(|a| *a > area / 4.0) || seen.veiled.is_empty() {
            out.put(Spot::Page(n), seen.text);
        } else {
            let (shown, hidden) = seen.parted();
            out.put(Spot::Page(n), shown);
            out.put(Spot::Hidden, hidden);
        }
    }
    // Orders are what reading costs; those of the last page may have used them up.
    if left == 0 {
        out.unread.insert(Why::Costly);
    }
    if signs == 0 {
        out.unread.insert(Why::Large);
    }
    let few = |all: Vec<u32>| {
        let n = all.len() as u32;
        (all.into_iter().take(NAMED).collect::<Vec<_>>(), n)
    };
    if !scanned.is_empty() {
        let (list, n) = few(scanned);
        out.unread.insert(Why::Scanned(list, n));
    }
    if !strange.is_empty() {
        let (list, n) = few(strange);
        out.unread.insert(Why::Letters(list, n));
    }
    if pictures > 0 {
        out.unread.insert(Why::Pictures(pictures));
    }
    properties(&pdf, out);
    out.put(Spot::Inside, remarks(bytes));
    behind(bytes, out);
    appearances(pages, left, &room, out);
    others(&pdf, budget, out);
    earlier(bytes, budget, (left, signs), out);
}

/// Earlier states that are read.
const STATES: usize = 4;

/// What earlier states of the file say that the last does not. A program that saves on top of a file leaves all that was in it, up to
/// the end of each state (`%%EOF`): whoever cuts the file there reads what was replaced since.
fn earlier(bytes: &[u8], budget: &mut Budget<'_>, (mut left, mut signs): (usize, usize), out: &mut Document) {
    let ends: Vec<usize> = memchr::memmem::find_iter(bytes, b"%%EOF").map(|i| i + 5).collect();
    // One that is made for the network has an end in its beginning, which is none of a state.
    let linear = memchr::memmem::find(&bytes[..bytes.len().min(1_024)], b"/Linearized").is_some();
    let states = &ends[usize::from(linear).min(ends.len())..ends.len().saturating_sub(1).max(usize::from(linear).min(ends.len()))];
    if states.is_empty() {
        return;
    }
    if states.len() > STATES {
        out.unread.insert(Why::Earlier);
    }
    let clean = |l: &str| l.split_whitespace().collect::<String>();
    let mut known: std::collections::BTreeSet<String> = out.pieces.iter().flat_map(|p| p.text.lines()).map(clean).collect();
    let mut replaced = Vec::new();
    for end in states.iter().rev().take(STATES) {
        let Ok(pdf) = Pdf::new(bytes[..*end].to_vec()) else {
            out.unread.insert(Why::Earlier);
            continue;
        };
        let (mut then, mut room) = (Document::default(), Room::of(bytes.len()));
        for page in pdf.pages().iter().take(PAGES) {
            if left == 0 || signs == 0 {
                out.unread.insert(Why::Earlier);
                return;
            }
            let mut seen = Seen { left, ..Seen::default() };
            let orders = contents(page, &mut room, &mut then.unread);
            seen.run(&orders, page.resources(), State::default(), 0);
            if seen.stopped.is_some() || !then.unread.is_empty() {
                out.unread.insert(Why::Earlier);
            }
            left = seen.left;
            signs = signs.saturating_sub(seen.text.len());
            then.put(Spot::Earlier, seen.text);
        }
        let depth = std::mem::take(&mut budget.depth);
        others(&pdf, budget, &mut then);
        budget.depth = depth;
        for line in then.pieces.iter().flat_map(|p| p.text.lines()) {
            let key = clean(line);
            if !key.is_empty() && known.insert(key) {
                replaced.push(line.to_string());
            }
        }
    }
    out.unseen.earlier += replaced.iter().flat_map(|l| l.chars()).filter(|c| !c.is_whitespace()).count() as u32;
    out.put(Spot::Earlier, replaced.join("\n"));
}

/// Bytes of remarks that are kept.
const REMARKS: usize = 64 << 10;

/// Lines that begin with `%`: no reader shows them, but they are published with the file.
fn remarks(bytes: &[u8]) -> String {
    let mut out = String::new();
    for at in memchr::memchr_iter(b'%', bytes).filter(|i| *i > 0 && matches!(bytes[i - 1], b'\n' | b'\r')) {
        let line = &bytes[at + 1..];
        let line = &line[..line.iter().take(1_000).position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(0)];
        // Streams have such bytes by chance; words are text.
        if line.len() >= 8
            && out.len() < REMARKS
            && let Ok(text) = std::str::from_utf8(line)
            && !text.contains(char::is_control)
        {
            out.push_str(text);
            out.push('\n');
        }
    }
    out
}

/// What stands behind the end of the file: text is read, other bytes are told.
fn behind(bytes: &[u8], out: &mut Document) {
    let Some(end) = memchr::memmem::rfind(bytes, b"%%EOF").map(|i| i + 5) else { return };
    let rest = bytes[end..].trim_ascii_start();
    let rest = &rest[..rest.len().min(REMARKS)];
    // A sign may be cut at the end.
    let text = match std::str::from_utf8(rest) {
        Ok(t) => Some(t.to_string()),
        Err(e) if e.error_len().is_none() => Some(String::from_utf8_lossy(&rest[..e.valid_up_to()]).into_owned()),
        Err(_) => None,
    };
    match text.filter(|t| !t.contains(|c: char| c.is_control() && !c.is_whitespace())) {
        Some(t) => out.put(Spot::Inside, t),
        None if rest.iter().any(|b| *b != 0) => drop(out.unread.insert(Why::After((bytes.len() - end) as u64))),
        None => {}
    }
}

/// Notes of a page whose drawings are read.
const NOTES: usize = 1_000;

/// The words that notes on pages are drawn with: some have no others.
fn appearances(pages: &[Page<'_>], mut left: usize, room: &Room, out: &mut Document) {
    let (mut notes, mut forms) = (String::new(), String::new());
    for page in pages.iter().take(PAGES) {
        let Some(all) = page.raw().get::<Array<'_>>("Annots") else { continue };
        for (n, dict) in all.iter::<Dict<'_>>().enumerate() {
            if n >= NOTES || left == 0 {
                out.unread.insert(Why::Costly);
                break;
            }
            let Some(drawn) = dict.get::<Dict<'_>>("AP") else { continue };
            // One drawing, or one for each state of a box.
            let states = drawn.get::<Dict<'_>>("N").filter(|d| !d.contains_key("BBox"));
            let streams = drawn.get::<Stream<'_>>("N").into_iter();
            let others = states.iter().flat_map(|d| d.keys().collect::<Vec<_>>().into_iter().filter_map(|k| d.get::<Stream<'_>>(&*k)));
            for stream in streams.chain(others) {
                let mut seen = Seen { left, ..Seen::default() };
                let own = stream.dict().get::<Dict<'_>>("Resources").map(Resources::new);
                match unpacked(&stream, room.most) {
                    Ok(body) => seen.run(&marked(body), own.as_ref().unwrap_or_else(|| page.resources()), State::default(), 1),
                    Err(why) => drop(out.unread.insert(why)),
                }
                out.unread.extend(seen.stopped.take());
                left = seen.left.saturating_sub(100);
                let form = dict.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_str() == "Widget");
                let to = if form { &mut forms } else { &mut notes };
                to.push_str(&seen.text);
                to.push('\n');
            }
        }
    }
    out.put(Spot::Comment, notes);
    out.put(Spot::Part, forms);
}

/// Bytes of streams that are unpacked only to see whether they are sound.
const PROVED: usize = 64 << 20;

/// Whether the file is not all that was saved: its end or some of its pages are missing. The reader makes the best of such a file
/// without a word.
fn cut(pdf: &Pdf, bytes: &[u8]) -> bool {
    if memchr::memmem::rfind(bytes, b"%%EOF").is_none() {
        return true;
    }
    let pages = pdf.pages();
    let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    let told = root.and_then(|r| r.get::<Dict<'_>>("Pages")).and_then(|p| p.get::<i32>("Count"));
    told.is_some_and(|n| usize::try_from(n).is_ok_and(|n| n > pages.len()))
}

/// Bytes that the streams of pages may unpack to: each, and those that are looked through to see whether they are sound.
struct Room {
    most: usize,
    proved: usize,
}

impl Room {
    /// That of a file of a length.
    fn of(len: usize) -> Room {
        Room { most: len.saturating_mul(60).clamp(16 << 20, 96 << 20), proved: PROVED }
    }
}

/// The orders of a page, and behind them the sign that they end there. What of them cannot be had is told.
fn contents(page: &Page<'_>, room: &mut Room, why: &mut std::collections::BTreeSet<Why>) -> Vec<u8> {
    let streams: Vec<Stream<'_>> = match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(s)) => vec![s],
        Some(Object::Array(all)) => {
            let one = |o: MaybeRef<Object<'_>>| match o {
                MaybeRef::Ref(r) => page.xref().get::<Stream<'_>>(r.into()),
                MaybeRef::NotRef(_) => None,
            };
            all.raw_iter().take(ENTRIES).filter_map(one).collect()
        }
        _ => Vec::new(),
    };
    let mut out = Vec::new();
    for s in streams {
        match proved(&s, room) {
            Proved::Sound => {}
            Proved::Damaged => drop(why.insert(Why::Broken)),
            Proved::Beyond => {
                why.insert(Why::Large);
                continue;
            }
        }
        match unpacked(&s, room.most) {
            Ok(data) if out.is_empty() => out = data,
            // At least one blank stands between two of them.
            Ok(data) => {
                out.push(b' ');
                out.extend(data);
            }
            Err(w) => drop(why.insert(w)),
        }
    }
    marked(out)
}

/// What ends orders: who does not come to it has not read them to their end, whatever stopped him.
const END: &[u8] = b"\nEMC /ClerestoryEnd MP\n";

fn marked(mut orders: Vec<u8>) -> Vec<u8> {
    orders.extend_from_slice(END);
    orders
}

/// Names of the filters of a stream, in their order.
fn filters(stream: &Stream<'_>) -> Vec<String> {
    match stream.dict().get::<Object<'_>>("Filter") {
        Some(Object::Name(n)) => vec![n.as_str().to_string()],
        Some(Object::Array(all)) => all.iter::<Name<'_>>().map(|n| n.as_str().to_string()).take(20).collect(),
        _ => Vec::new(),
    }
}

/// The bytes that a stream stands for, or why they cannot be had. The end of the data ends runs of bytes as their sign does, as
/// all readers take it.
fn unpacked(stream: &Stream<'_>, most: usize) -> Result<Vec<u8>, Why> {
    if let [one] = &filters(stream)[..]
        && matches!(&**one, "RunLengthDecode" | "RL")
    {
        return runs(&stream.raw_data(), most);
    }
    stream.decoded_data().map(std::borrow::Cow::into_owned).map_err(|_| Why::Broken)
}

fn runs(data: &[u8], most: usize) -> Result<Vec<u8>, Why> {
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(&n) = data.get(at).filter(|n| **n != 128) {
        at += 1;
        if n < 128 {
            let end = (at + usize::from(n) + 1).min(data.len());
            out.extend_from_slice(&data[at..end]);
            at = end;
        } else if let Some(&b) = data.get(at) {
            out.resize(out.len() + 257 - usize::from(n), b);
            at += 1;
        }
        if out.len() > most {
            return Err(Why::Large);
        }
    }
    Ok(out)
}

/// What a look through a stream shows.
enum Proved {
    Sound,
    Damaged,
    /// It unpacks to more than a stream of such a file may.
    Beyond,
}

/// Whether a stream that is packed alone, and by Deflate, breaks off, or bursts. Its check sum is not asked: some programs write none.
fn proved(stream: &Stream<'_>, room: &mut Room) -> Proved {
    let packed = filters(stream).first().is_some_and(|n| matches!(&**n, "FlateDecode" | "Fl"));
    let raw = stream.raw_data();
    let Some(mut from) = raw.get(2..).filter(|_| packed && room.proved > 0) else { return Proved::Sound };
    let (mut inflate, mut piece) = (flate2::Decompress::new(false), vec![0; 1 << 16]);
    loop {
        let (read, made) = (inflate.total_in(), inflate.total_out());
        let Ok(status) = inflate.decompress(from, &mut piece, flate2::FlushDecompress::None) else { return Proved::Damaged };
        let (n, out) = ((inflate.total_in() - read) as usize, (inflate.total_out() - made) as usize);
        from = &from[n.min(from.len())..];
        room.proved = room.proved.saturating_sub(out);
        match status {
            _ if inflate.total_out() > room.most as u64 => return Proved::Beyond,
            flate2::Status::StreamEnd => return Proved::Sound,
            _ if room.proved == 0 => return Proved::Sound,
            _ if n == 0 && out == 0 => return Proved::Damaged,
            _ => {}
        }
    }
}

fn area(page: &Page<'_>) -> f32 {
    let (w, h) = page.base_dimensions();
    (w * h).abs().max(1.0)
}

/// What stands in the properties.
fn properties(pdf: &Pdf, out: &mut Document) {
    let meta = pdf.metadata();
    let text = |b: &Option<Box<[u8]>>| b.as_deref().map(string).filter(|t| !t.trim().is_empty());
    if let Some(author) = text(&meta.author) {
        out.unseen.person(&author);
    }
    let lines: Vec<String> = [&meta.title, &meta.author, &meta.subject, &meta.keywords, &meta.creator].into_iter().filter_map(text).collect();
    out.put(Spot::Properties, lines.join("\n"));
    let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    if let Some(xmp) = root.and_then(|r| r.get::<Stream<'_>>("Metadata")).and_then(|s| s.decoded_data().ok()) {
        out.put(Spot::Properties, html::plain(&super::xml::decoded(&xmp)));
    }
}

/// Objects that are looked at, and bytes of files in the file.
const OBJECTS: usize = 500_000;

/// Texts of objects that are no page: notes, values of forms, bookmarks, links, what is told of pictures; files in the file.
fn others(pdf: &Pdf, budget: &mut Budget<'_>, out: &mut Document) {
    let (mut notes, mut rest) = (String::new(), String::new());
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for object in pdf.objects().into_iter().take(OBJECTS) {
        let dict = match &object {
            Object::Dict(d) => d,
            Object::Stream(s) => s.dict(),
            // Lists of names and of choices; a text that nothing refers to any more.
            other => {
                inner(other, &mut rest, 0);
                continue;
            }
        };
        let note = dict.get::<Name<'_>>("Subtype").is_some_and(|n| !matches!(n.as_str(), "Widget" | "Link")) && dict.contains_key("Rect");
        texts(dict, if note { &mut notes } else { &mut rest });
        if note && dict.contains_key("Contents") {
            out.unseen.comments += 1;
            if let Some(Object::String(author)) = dict.get::<Object<'_>>("T") {
                out.unseen.person(&string(author.as_bytes()));
            }
        }
        within(dict, &mut rest, 0);
        if let Some(inside) = dict.get::<Dict<'_>>("EF").and_then(|f| f.get::<Stream<'_>>("F").or_else(|| f.get::<Stream<'_>>("UF"))) {
            let name = dict.get::<Object<'_>>("UF").or_else(|| dict.get::<Object<'_>>("F"));
            let name = name.and_then(Object::into_string).map_or_else(|| "?".to_string(), |s| string(s.as_bytes()));
            rest.push_str(&name);
            rest.push('\n');
            match inside.decoded_data() {
                Ok(bytes) if files.len() < 50 => files.push((name, bytes.into_owned())),
                _ => drop(out.unread.insert(Why::Many)),
            }
        }
    }
    out.put(Spot::Comment, notes);
    out.put(Spot::Part, rest);
    for (name, bytes) in files {
        if budget.depth == 0 {
            out.unread.insert(Why::Deep);
            continue;
        }
        budget.depth -= 1;
        let inner = super::read(&bytes, budget);
        budget.depth += 1;
        out.inside(&name, inner);
    }
}

/// Bytes of strings of other keys that are kept.
const STRINGS: usize = 8 << 20;
/// Most entries of an object, and objects within objects, that are looked at.
const ENTRIES: usize = 4_000;

/// Texts of what stands in an object itself: actions and their programs, names of pages, values.
fn within(dict: &Dict<'_>, to: &mut String, depth: usize) {
    if let Some(stream) = dict.get::<Stream<'_>>("JS")
        && let Ok(program) = stream.decoded_data()
    {
        to.push_str(&string(&program));
        to.push('\n');
    }
    if depth > DEPTH {
        return;
    }
    for (key, value) in dict.entries().take(ENTRIES) {
        // What stands elsewhere is an object of its own.
        if let MaybeRef::NotRef(value) = value
            && !matches!((key.as_str(), &value), (k, Object::String(_)) if WORDS.contains(&k) || TOLD.contains(&k))
            && !matches!(key.as_str(), "ID" | "W" | "Widths")
        {
            inner(&value, to, depth);
        }
    }
}

/// Keys of strings that are told with the properties, are no words, or are days.
static TOLD: &[&str] = &[
    "Author",
    "Subject",
    "Keywords",
    "Creator",
    "Producer",
    "CreationDate",
    "ModDate",
    "M",
    "O",
    "U",
    "OE",
    "UE",
    "Perms",
    "CheckSum",
    "Cert",
    "Lang",
    "Registry",
    "Ordering",
    "CharSet",
    "DA",
    "Panose",
    "Lookup",
];

fn inner(value: &Object<'_>, to: &mut String, depth: usize) {
    match value {
        Object::Dict(d) => {
            texts(d, to);
            within(d, to, depth + 1);
        }
        Object::Array(a) if depth <= DEPTH => {
            for value in a.raw_iter().take(ENTRIES) {
                if let MaybeRef::NotRef(value) = value
                    && matches!(value, Object::Dict(_) | Object::Array(_) | Object::String(_))
                {
                    inner(&value, to, depth + 1);
                }
            }
        }
        Object::String(s) if to.len() < STRINGS => {
            let text = string(s.as_bytes());
            // Sums and keys have bytes of all kinds.
            if text.chars().count() > 3 && !text.contains(|c: char| c.is_control() && !c.is_whitespace()) {
                to.push_str(&text);
                to.push('\n');
            }
        }
        _ => {}
    }
}

/// Keys of an object whose strings are for people.
static WORDS: &[&str] = &["Contents", "V", "DV", "TU", "T", "Title", "URI", "Alt", "ActualText", "Desc", "RC", "Subj", "CA", "JS", "P"];

fn texts(dict: &Dict<'_>, to: &mut String) {
    for key in WORDS {
        if let Some(Object::String(s)) = dict.get::<Object<'_>>(*key) {
            let text = string(s.as_bytes());
            to.push_str(&if *key == "RC" { html::plain(&text) } else { text });
            to.push('\n');
        }
    }
}

/// A string outside pages: UTF-16 or UTF-8 with a mark, else Latin letters, or what Chinese programs write.
fn string(b: &[u8]) -> String {
    let text = if b.starts_with(&[0xFE, 0xFF]) {
        encoding_rs::UTF_16BE.decode_with_bom_removal(b).0
    } else if b.starts_with(&[0xFF, 0xFE]) {
        encoding_rs::UTF_16LE.decode_with_bom_removal(b).0
    } else if std::str::from_utf8(b).is_ok() {
        encoding_rs::UTF_8.decode_with_bom_removal(b).0
    } else {
        encoding_rs::GB18030.decode_without_bom_handling(b).0
    };
    text.replace('\0', "")
}

type Matrix = [f32; 6];
const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `a`, then `b`.
fn times(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

#[derive(Clone)]
struct State {
    place: Matrix,
    font: usize,
    size: f32,
    between: f32,
    words: f32,
    wide: f32,
    leading: f32,
    /// Its text is not painted.
    veiled: bool,
}

impl Default for State {
    fn default() -> State {
        State { place: UNIT, font: usize::MAX, size: 1.0, between: 0.0, words: 0.0, wide: 1.0, leading: 0.0, veiled: false }
    }
}

/// What was seen on a page.
#[derive(Default)]
struct Seen {
    text: String,
    /// What a program that reads aloud says in place of signs.
    told: std::collections::BTreeSet<String>,
    /// Which of it is not painted.
    veiled: Vec<std::ops::Range<usize>>,
    /// Signs whose meaning is not told.
    strange: usize,
    /// Areas of pictures.
    pictures: Vec<f32>,
    left: usize,
    fonts: Vec<Font>,
    known: BTreeMap<Vec<u8>, usize>,
    of: BTreeMap<ObjectIdentifier, usize>,
    /// What ended the reading of orders before their end.
    stopped: Option<Why>,
    /// Where the last sign ended, the height of its line, its size, and in which direction it was written.
    end: Option<(f32, f32, f32, f32)>,
}

impl Seen {
    /// The text that is painted, and that which is not.
    fn parted(&self) -> (String, String) {
        let (mut shown, mut hidden, mut at) = (String::new(), String::new(), 0);
        for r in &self.veiled {
            shown.push_str(&self.text[at..r.start]);
            hidden.push_str(&self.text[r.clone()]);
            at = r.end;
        }
        shown.push_str(&self.text[at..]);
        (shown, hidden)
    }

    /// Goes through orders that end with their sign.
    fn run(&mut self, orders: &[u8], resources: &Resources<'_>, first: State, depth: usize) {
        let mut orders = TypedIter::new(orders);
        let (mut s, mut kept) = (first, Vec::new());
        let (mut line, mut at) = (UNIT, UNIT);
        let mut ended = false;
        while let Some(order) = orders.next() {
            if self.left == 0 {
                self.stopped = Some(Why::Costly);
                return;
            }
            self.left -= 1;
            ended = matches!(&order, TypedInstruction::MarkedContentPoint(p) if p.0.as_str() == "ClerestoryEnd");
            let f = |n: &Number| n.as_f32();
            match order {
                TypedInstruction::SaveState(_) if kept.len() < 500 => kept.push(s.clone()),
                TypedInstruction::RestoreState(_) => s = kept.pop().unwrap_or(s),
                TypedInstruction::Transform(t) => s.place = times(&[f(&t.0), f(&t.1), f(&t.2), f(&t.3), f(&t.4), f(&t.5)], &s.place),
                TypedInstruction::BeginText(_) => (line, at) = (UNIT, UNIT),
                TypedInstruction::TextFont(t) => {
                    s.size = f(&t.1);
                    s.font = self.font(t.0, resources);
                }
                TypedInstruction::CharacterSpacing(n) => s.between = f(&n.0),
                TypedInstruction::WordSpacing(n) => s.words = f(&n.0),
                TypedInstruction::HorizontalScaling(n) => s.wide = f(&n.0) / 100.0,
                TypedInstruction::TextRenderingMode(n) => s.veiled = matches!(n.0.as_i64(), 3 | 7),
                TypedInstruction::TextLeading(n) => s.leading = f(&n.0),
                TypedInstruction::NextLine(t) => {
                    line = times(&[1.0, 0.0, 0.0, 1.0, f(&t.0), f(&t.1)], &line);
                    at = line;
                }
                TypedInstruction::NextLineAndSetLeading(t) => {
                    s.leading = -f(&t.1);
                    line = times(&[1.0, 0.0, 0.0, 1.0, f(&t.0), f(&t.1)], &line);
                    at = line;
                }
                TypedInstruction::SetTextMatrix(t) => {
                    line = [f(&t.0), f(&t.1), f(&t.2), f(&t.3), f(&t.4), f(&t.5)];
                    at = line;
                }
                TypedInstruction::NextLineUsingLeading(_) => {
                    line = times(&[1.0, 0.0, 0.0, 1.0, 0.0, -s.leading], &line);
                    at = line;
                }
                TypedInstruction::ShowText(t) => self.show(t.0, &s, &mut at),
                TypedInstruction::NextLineAndShowText(t) => {
                    line = times(&[1.0, 0.0, 0.0, 1.0, 0.0, -s.leading], &line);
                    at = line;
                    self.show(t.0, &s, &mut at);
                }
                TypedInstruction::ShowTextWithParameters(t) => {
                    (s.words, s.between) = (f(&t.0), f(&t.1));
                    line = times(&[1.0, 0.0, 0.0, 1.0, 0.0, -s.leading], &line);
                    at = line;
                    self.show(t.2, &s, &mut at);
                }
                TypedInstruction::ShowTexts(t) => {
                    for o in t.0.iter::<Object<'_>>() {
                        if self.left == 0 {
                            break;
                        }
                        self.left -= 1;
                        match o {
                            Object::String(text) => self.show(&text, &s, &mut at),
                            Object::Number(n) => at = times(&[1.0, 0.0, 0.0, 1.0, -n.as_f32() / 1_000.0 * s.size * s.wide, 0.0], &at),
                            _ => {}
                        }
                    }
                }
                TypedInstruction::BeginMarkedContentWithProperties(t) => {
                    let named = |n: &Name<'_>| resources.properties.get::<Dict<'_>>(n);
                    let dict = match &t.1 {
                        Object::Dict(d) => Some(d.clone()),
                        Object::Name(n) => named(n),
                        _ => None,
                    };
                    let mut words = String::new();
                    dict.iter().for_each(|d| texts(d, &mut words));
                    self.told.extend(words.lines().take(1_000).filter(|l| !l.trim().is_empty()).map(str::to_string));
                }
                TypedInstruction::InlineImage(_) => self.picture(&s.place),
                TypedInstruction::XObject(x) => {
                    let Some(stream) = resources.get_x_object(x.0) else { continue };
                    let kind = stream.dict().get::<Name<'_>>("Subtype");
                    if kind.is_some_and(|k| k.as_str() == "Image") {
                        self.picture(&s.place);
                    } else if depth < DEPTH {
                        self.left = self.left.saturating_sub(1_000);
                        let body = match unpacked(&stream, FORM) {
                            Ok(body) => marked(body),
                            Err(why) => {
                                self.stopped = Some(why);
                                continue;
                            }
                        };
                        let m: Vec<f32> = stream
                            .dict()
                            .get::<hayro_syntax::object::Array<'_>>("Matrix")
                            .map(|a| a.iter::<Number>().map(|n| n.as_f32()).collect())
                            .unwrap_or_default();
                        let matrix = <Matrix>::try_from(m.as_slice()).unwrap_or(UNIT);
                        let own = stream.dict().get::<Dict<'_>>("Resources").map(Resources::new);
                        // Names of fonts mean others there.
                        let known = std::mem::take(&mut self.known);
                        let inner = State { place: times(&matrix, &s.place), ..s.clone() };
                        self.run(&body, own.as_ref().unwrap_or(resources), inner, depth + 1);
                        self.known = known;
                    } else {
                        self.stopped = Some(Why::Costly);
                    }
                }
                _ => {}
            }
        }
        // Objects too deep within each other, more operands than an order has, a string without its end.
        if !ended {
            self.stopped = Some(Why::Broken);
        }
    }

    fn picture(&mut self, place: &Matrix) {
        self.pictures.push((place[0] * place[3] - place[1] * place[2]).abs());
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> usize {
        if let Some(i) = self.known.get(name.as_ref()) {
            return *i;
        }
        let i = match resources.get_font(name) {
            Some(dict) => match dict.obj_id().and_then(|id| self.of.get(&id)) {
                Some(i) => *i,
                None if self.fonts.len() < 2_000 => {
                    self.fonts.push(Font::of(&dict));
                    let i = self.fonts.len() - 1;
                    if let Some(id) = dict.obj_id() {
                        self.of.insert(id, i);
                    }
                    i
                }
                None => usize::MAX,
            },
            None => usize::MAX,
        };
        self.known.insert(name.as_ref().to_vec(), i);
        i
    }

    /// Takes the signs of a string down, with a space or an end of line where they stand apart.
    fn show(&mut self, text: &[u8], s: &State, at: &mut Matrix) {
        let Some(font) = self.fonts.get(s.font) else {
            self.strange += text.len();
            return;
        };
        // Each sign is counted: of a string beyond the budget no more is looked at than that there is one.
        let text = text.get(..self.left.saturating_add(1)).unwrap_or(text);
        let start = self.text.len();
        let (out, strange, end) = (&mut self.text, &mut self.strange, &mut self.end);
        let left = &mut self.left;
        font.signs(text, &mut |word, sign| {
            *left = left.saturating_sub(1);
            let here = times(at, &s.place);
            // Along the line and across it, whichever way it runs.
            let (dx, dy) = (here[0], here[1]);
            let long = (dx * dx + dy * dy).sqrt().max(1e-6);
            let (x, y) = ((here[4] * dx + here[5] * dy) / long, (here[5] * dx - here[4] * dy) / long);
            let size = (s.size.abs() * long).max(1e-3);
            let turned = dy.atan2(dx);
            if let Some((last_x, last_y, last_size, last_turn)) = *end
                && !word.is_empty()
            {
                let em = size.max(last_size);
                if (y - last_y).abs() > em * 0.5 || (turned - last_turn).abs() > 0.01 || x < last_x - em * 2.0 {
                    if !out.ends_with('\n') {
                        out.push('\n');
                    }
                } else if x - last_x > em * 2.0 {
                    // A column of a table, or a form.
                    out.push('\t');
                } else if x - last_x > em * 0.2 && !out.ends_with([' ', '\n', '\t']) && !word.starts_with(' ') && apart(out, word, x - last_x, em) {
                    out.push(' ');
                }
            }
            out.push_str(word);
            if !sign.known {
                *strange += 1;
                out.push('\u{FFFD}');
            }
            let step = (sign.width / 1_000.0 * s.size + s.between + if sign.space { s.words } else { 0.0 }) * s.wide;
            *at = times(&[1.0, 0.0, 0.0, 1.0, step, 0.0], at);
            let after = times(at, &s.place);
            let x = (after[4] * dx + after[5] * dy) / long;
            // What a wider space between signs adds is no space between words.
            let between = (s.between * s.wide).max(0.0) * long;
            *end = Some((x - between.min(size), y, size, turned));
            if between > 0.0 && !word.is_empty() {
                *end = Some((x, y, size, turned));
            }
        });
        if s.veiled && self.text.len() > start {
            self.veiled.push(start..self.text.len());
        }
    }
}

/// Whether a small gap between two signs is a space: Chinese is set wide without meaning one.
fn apart(before: &str, word: &str, gap: f32, em: f32) -> bool {
    let wide = |c: char| c >= '\u{2E80}';
    let both = before.chars().next_back().is_some_and(wide) && word.chars().next().is_some_and(wide);
    !both || gap > em * 0.8
}
