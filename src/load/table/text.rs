//! Reading text with delimiters: the dialect, the encoding, and the blocks in parallel.

use super::bytes::{self, Format, Member, Wrap};
use super::customs::Custom;
use super::delimited::Dialect;
use super::delimited::{self, Blocks};
use super::doubts::{broken_at, doubt, wide};
use super::encoded::Encoded;
use super::findings::finish;
use super::layout;
use super::pieces::{Piece, shape};
use super::rewrite::Rewriter;
use super::value;
use super::{File, Place, Settings, WIDTH};
use crate::diag::{Severity, say};
use crate::load::Blob;
use rayon::prelude::*;
use std::io;

/// Most cells that rows may be short of, in all.
const MISSING: u64 = 64 << 20;

pub(super) fn delimited(blob: &Blob, wrap: Option<Wrap>, m: &Member, settings: &Settings, file: &mut File, mut place: Place, text: &str) -> io::Result<()> {
    // Excel's own first line that names the delimiter.
    let sep = text.lines().next().and_then(|l| l.strip_prefix("sep=")).and_then(|d| d.trim_end().bytes().next());
    let hint = if file.format == Format::Tsv { Some(b'\t') } else { None };
    let body = if sep.is_some() { text.split_once('\n').map_or("", |x| x.1) } else { text };
    let mut dialect = delimited::sniff(cut(body), sep.or(hint));
    let unmet = super::slips::unmet(cut(body), settings, dialect);
    // What is declared and stands nowhere parts nothing: commas would be taken for those of decimals.
    let told = settings.delimiter.as_deref().filter(|_| unmet.is_none());
    file.doubts.extend(unmet);
    file.doubts.extend(super::slips::quoted(cut(body), settings));
    let signs = told.map_or(vec![sep.unwrap_or(dialect.delimiter)], |t| t.as_bytes().to_vec());
    dialect.delimiter = signs[0];
    dialect.quote = settings.quote.unwrap_or(dialect.quote);
    let keys = told.is_none() && signs == [b'\t'] && keys(body, settings);
    if keys || signs.len() > 1 || !signs[0].is_ascii() || settings.escape.is_some() || settings.comment.is_some() || settings.skip_space {
        let mut r = Rewriter::default();
        (r.delimiter, r.quote, r.escape, r.comment, r.skip_space) = (signs, Some(dialect.quote), settings.escape, settings.comment, settings.skip_space);
        r.keys = keys;
        place.rewrite = Some(r);
        dialect = Dialect::default();
    }
    if keys {
        let name = body.lines().next().and_then(|l| l.split('\t').next()).unwrap_or("").trim();
        file.doubts.push(doubt(
            "TAB027",
            Severity::Info,
            1,
            1,
            say!("第一列 `{name}` 合写了几列，按逗号分开", "the first column `{name}` holds several; it is split at its commas"),
            say!("不想分开就写 `dialect: {{delimiter: \"\\t\"}}`", "to have it left as one, say `dialect: {{delimiter: \"\\t\"}}`"),
        ));
    }
    if told.is_none() && sep.is_none() && !keys {
        file.doubts.extend(super::parted::told(cut(body), dialect.delimiter));
    }
    place.dialect = dialect;
    if dialect.delimiter == b'\t' && file.format == Format::Csv {
        file.format = Format::Tsv;
    }
    let shown = told.and_then(|t| t.chars().next()).unwrap_or(dialect.delimiter as char);
    let (before, mut from) = (file.tables.len(), 1);
    while let Some(next) = segment(blob, wrap, m, settings, file, &mut place, from, sep.is_some(), shown)? {
        if file.tables.len() - before >= TABLES {
            file.doubts.push(doubt(
                "TAB012",
                Severity::Error,
                next,
                0,
                say!("一个文件里的表超过 {TABLES} 个，从这一行起未读入", "more than {TABLES} tables in one file; from this line on it is not read"),
                say!("一个文件只放一个表", "have one table a file"),
            ));
            break;
        }
        file.doubts.push(doubt(
            "TAB024",
            Severity::Warn,
            next,
            0,
            say!("这一行起是另一个表，有自己的表头，另行读取", "another table begins here, with a head of its own; it is read by itself"),
            say!(
                "一个文件只放一个表；本来就是一个表，就写 `dialect: {{headerRows: [1]}}`（表头的行号）",
                "have one table a file; where it is one table, say `dialect: {{headerRows: [1]}}`, the line of its head"
            ),
        ));
        from = next;
    }
    if file.tables.len() > before + 1 {
        for (i, t) in file.tables[before..].iter_mut().enumerate() {
            t.second = i > 0;
            t.part = Some(t.preamble.first().map_or_else(|| format!("{}", i + 1), |p| p.chars().take(40).collect()));
        }
    }
    Ok(())
}

/// Whether the first column is written as Eurostat does: several keys with commas between them, `freq,unit,geo\\TIME_PERIOD`.
fn keys(body: &str, settings: &Settings) -> bool {
    let mut lines = body.lines().filter(|l| !l.trim().is_empty()).map(|l| l.split('\t').next().unwrap_or(""));
    let Some(head) = lines.next() else { return false };
    let commas = |t: &str| t.matches(',').count();
    let named = |n: &String| n.trim() == head.trim();
    let told = settings.masks.iter().any(|(n, _)| named(n)) || settings.customs.iter().any(|(n, _)| named(n)) || settings.key.iter().any(named);
    let mut rows = lines.take(layout::SAMPLE).peekable();
    !told
        && head.contains('\\')
        && commas(head) > 0
        && !head.contains('"')
        && rows.peek().is_some()
        && rows.all(|r| commas(r) == commas(head) && !r.contains('"'))
}

/// Most tables of one text.
const TABLES: usize = 20;

/// Reads a table that begins at a line, or after it. Gives the line at which the next one begins.
#[expect(clippy::too_many_arguments, reason = "what a place in a file is")]
fn segment(
    blob: &Blob,
    wrap: Option<Wrap>,
    m: &Member,
    settings: &Settings,
    file: &mut File,
    place: &mut Place,
    from: u64,
    sep: bool,
    shown: char,
) -> io::Result<Option<u64>> {
    let Some(mut encoded) = place.encoded else { return Ok(None) };
    let dialect = place.dialect;
    (place.last, place.customs) = (None, Vec::new());
    let settled = settings.head.no_head || !settings.head.rows.is_empty();
    // Once more where the bytes or the columns turn out to be written in another way.
    let mut heard: Option<super::spoken::Heard> = None;
    let mut wider = 0;
    for _ in 0..6 {
        let mut sample: Vec<Vec<String>> = Vec::new();
        let mut lines: Vec<u64> = Vec::new();
        let mut gaps: Vec<bool> = Vec::new();
        let rewrite = place.rewrite.clone();
        let open = || -> io::Result<_> {
            let mut input = bytes::stream(blob, wrap, m)?;
            if encoded.mark > 0 {
                bytes::read_full(&mut input, &mut vec![0; encoded.mark])?;
            }
            Ok(Blocks::new(input, encoded.encoding, dialect, rewrite.clone()))
        };
        let mut ended = true;
        for block in open()? {
            let mut reader = delimited::records(&block, dialect);
            let mut r = csv::ByteRecord::new();
            let mut count = delimited::Lines::new(&block);
            while sample.len() < layout::SAMPLE && reader.read_byte_record(&mut r).unwrap_or(false) {
                let (line, gap) = count.of(&r);
                if line < from {
                    continue;
                }
                if place.last.is_some_and(|l| line >= l) {
                    break;
                }
                lines.push(line);
                gaps.push(gap || sample.last().is_some_and(|p: &Vec<String>| super::lines::filled(p) == 0));
                sample.push(r.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect());
            }
            if sample.len() >= layout::SAMPLE || place.last.is_some_and(|l| count.line() >= l) {
                ended = false;
                break;
            }
        }
        if sep && from == 1 && !sample.is_empty() {
            sample.remove(0);
            lines.remove(0);
            gaps.remove(0);
        }
        if let Some(i) = layout::second(&sample, &gaps).filter(|_| !settled) {
            place.last = Some(lines[i]);
            sample.truncate(i);
            lines.truncate(i);
        }
        let mut found = layout::find(&sample, &settings.head);
        found.widen(wider);
        if found.names.is_empty() || found.names.len() > WIDTH {
            file.doubts.push(wide(found.names.len()));
            return Ok(place.last);
        }
        if place.customs.is_empty() {
            flags(&sample, &lines, &found, settings, place, file);
        }
        if place.rewrite.as_ref().is_some_and(|r| r.keys)
            && let Some(c) = found.names.iter().position(|n| n.contains('\\'))
        {
            // What follows the stroke names the columns beside it.
            let name = found.names[c].split('\\').next().unwrap_or("").trim().to_string();
            if !name.is_empty() && !found.names.contains(&name) {
                found.names[c] = name;
            }
        }
        // Lines of rows that the sample shows; a file of a head alone has its first row after the last line.
        place.first = lines.get(found.skip).copied().unwrap_or(if ended || place.last.is_some() { u64::MAX } else { from });
        let mut shape = shape(&found, place.first, dialect, settings, &place.customs);
        (shape.last, shape.text) = (place.last, true);
        let mut blocks = open()?;
        // Short rows are filled up to the width of the table: a wide head over a million lines of one cell would take
        // thousands of times what the file has.
        let mut missing = 0u64;
        // Each row is written several times, so it is the rows of an archive that cost, not its bytes.
        let read: u64 = file.tables.iter().map(|t| t.rows).sum();
        let mut left = if wrap.is_some() { bytes::lines(blob.len).saturating_sub(read) } else { u64::MAX };
        let mut over = false;
        let piece = {
            let bridged = std::iter::from_fn(|| {
                let block = blocks.next()?;
                let lines = memchr::memchr2_iter(b'\n', b'\r', &block.bytes).count() as u64;
                missing = missing.saturating_add((lines.saturating_mul(shape.width as u64)).saturating_sub(block.bytes.len() as u64));
                over = lines > left;
                left = left.saturating_sub(lines);
                (missing <= MISSING && !over).then_some(block)
            });
            bridged
                .par_bridge()
                .fold(Piece::default, |p, b| if p.columns.is_empty() { Piece::new(&shape) } else { p }.block(&b, &shape))
                .reduce(Piece::default, Piece::merge)
        };
        if let Some(e) = blocks.failed.take() {
            return Err(e);
        }
        if over {
            return Err(io::Error::other(bytes::ROWS));
        }
        if missing > MISSING {
            let width = shape.width;
            file.doubts.push(doubt(
                "TAB012",
                Severity::Error,
                0,
                0,
                say!("表头有 {width} 列，多数行却短得多，未读入", "the head has {width} columns and most rows are far shorter; not read"),
                say!("检查分隔符和表头", "look at the delimiter and the head"),
            ));
            return Ok(None);
        }
        let piece = if piece.columns.is_empty() { Piece::new(&shape) } else { piece };
        let (piece, meta) = piece.settle(&shape);
        // Far into the file it was no UTF-8 after all: if nearly none of it is, and another encoding fits, it is that one.
        let mut broken = meta.broken;
        if encoded.encoding.is_none() && broken.is_some() && encoded.mark == 0 && settings.encoding.is_none() {
            if let Some(e) = other_encoding(blob, wrap, m, &settings.languages, dialect)? {
                encoded = e;
                place.encoded = Some(e);
                continue;
            }
        } else if encoded.encoding.is_some() {
            broken = first_bad(blob, wrap, m, encoded, dialect)?;
        }
        // Beyond the sample there is another table.
        if let Some(l) = meta.second.filter(|_| place.last.is_none() && !settled) {
            place.last = Some(l);
            continue;
        }
        if let Some(n) = meta.wider(&shape).filter(|_| wider == 0) {
            wider = n;
            continue;
        }
        if heard.is_none() {
            let what = super::spoken::hear(&piece, &found, &shape);
            let again = what.customs != shape.customs;
            if again {
                place.customs.clone_from(&what.customs);
            }
            heard = Some(what);
            if again {
                continue;
            }
        }
        if let Some((line, column, places)) = broken {
            file.doubts.push(broken_at(line, column, places, encoded.name()));
        }
        if let Some(h) = heard.as_mut() {
            file.doubts.append(&mut h.doubts);
        }
        let place_of = file.doubts.len();
        let secret = meta.secret;
        let (mut table, notes) = finish(piece, meta, &found, &shape, settings, file, m.name.clone());
        if let Some((line, sure)) = secret {
            file.hides(m.name.as_deref(), line, sure);
        }
        if !encoded.certain {
            let masked = |c: usize| shape.masks.get(c).is_some_and(Option::is_some);
            file.doubts.insert(place_of, assumed(&encoded, &table, &masked, file));
        }
        table.encoding = encoded.name();
        table.delimiter = Some(shown);
        (place.notes, place.heads) = (notes, found.heads.clone());
        table.place = place.clone();
        file.tables.push(table);
        return Ok(place.last);
    }
    Ok(None)
}

/// Eurostat's own form: the head of the first column is `unit,geo\\time`, `:` means missing, and flags stand behind
/// numbers. Flags are data: they stay, and it is told that they keep their columns from being numbers.
fn flags(sample: &[Vec<String>], lines: &[u64], found: &layout::Layout, settings: &Settings, place: &mut Place, file: &mut File) {
    let split = place.rewrite.as_ref().is_some_and(|r| r.keys);
    let Some(key) = found.names.iter().position(|n| n.contains('\\')).filter(|k| (split || *k == 0) && found.names.len() > k + 1) else { return };
    let told = |n: &String| settings.customs.iter().find(|(m, _)| m == n).map(|(_, k)| k.clone()).unwrap_or_default();
    let missing = || settings.missing.iter().cloned().chain([":".to_string()]).collect();
    place.customs =
        found.names.iter().enumerate().map(|(c, n)| (c > key).then(|| Custom { missing: told(n).missing.or_else(|| Some(missing())), ..told(n) })).collect();
    let flagged = |v: &str| {
        v.trim().split_once(' ').is_some_and(|(n, f)| {
            (n == ":" || value::number(n).is_some()) && (1..=4).contains(&f.trim().len()) && f.trim().bytes().all(|b| b.is_ascii_alphabetic())
        })
    };
    let cells = sample
        .iter()
        .enumerate()
        .skip(found.skip)
        .flat_map(|(i, r)| r.iter().enumerate().skip(key + 1).filter(|(_, v)| flagged(v)).map(move |(c, v)| (i, c, v)));
    let all: Vec<(usize, usize, &String)> = cells.collect();
    if let Some((i, c, v)) = all.first() {
        let (n, v) = (all.len(), v.trim());
        file.doubts.push(doubt(
            "TAB027",
            Severity::Warn,
            lines[*i],
            c + 1,
            say!(
                "数字后面带标志，例如 `{v}`（前 {} 行里有 {n} 处），这些列按文字读取",
                "flags stand behind numbers, such as `{v}` ({n} in the first {} lines); their columns are read as text",
                sample.len()
            ),
            say!(
                "把标志（b、p、e …）另放一列；欧盟统计局也提供 SDMX-CSV，标志在 OBS_FLAG 列",
                "put flags (b, p, e …) in a column of their own; Eurostat also gives SDMX-CSV, with flags in OBS_FLAG"
            ),
        ));
    }
}

/// That the encoding is a guess; of one in doubt, how a text looks in it.
pub(super) fn assumed(encoded: &Encoded, table: &super::Table, masked: &dyn Fn(usize) -> bool, file: &File) -> super::Doubt {
    let name = encoded.name();
    if !encoded.doubtful {
        return doubt(
            "TAB004",
            Severity::Info,
            0,
            0,
            say!("不是 UTF-8，按 {name} 读取", "not UTF-8; read as {name}"),
            say!("若文字不对，在资源上写 `encoding:`", "if the text is wrong, say `encoding:` on the resource"),
        );
    }
    // What is to be hidden is no sample.
    let open = |c: usize| !masked(c) && !file.personal.iter().any(|p| p.column == c + 1);
    let cells = table.preview.iter().flat_map(|r| r.iter().enumerate().filter(|(c, _)| open(*c)).map(|(_, v)| v));
    let sample = table.names.iter().chain(cells).find(|v| !v.is_ascii() && crate::personal::traces(v).is_empty());
    let sample: String = sample.map_or("", String::as_str).chars().take(30).collect();
    doubt(
        "TAB004",
        Severity::Warn,
        0,
        0,
        say!(
            "不是 UTF-8，按 {name} 读取，但不能确定；读出来是“{sample}”",
            "not UTF-8; read as {name}, which is not sure; a text of it is \u{201c}{sample}\u{201d}"
        ),
        say!(
            "文字不对就在资源上写明编码，例如 `encoding: gb18030`（还有 big5、shift_jis、euc-kr、windows-1252、macintosh），或重新导出为 UTF-8",
            "if it is wrong, name the encoding on the resource, such as `encoding: windows-1252` (or gb18030, big5, shift_jis, euc-kr, iso-8859-15, macintosh); or export the file again as UTF-8"
        ),
    )
}

/// A sample that ends with a whole line.
pub(super) fn cut(text: &str) -> &str {
    if text.len() < bytes::HEAD / 2 { text } else { text.rfind('\n').map_or(text, |i| &text[..i]) }
}

/// The encoding of a file whose beginning alone looked like UTF-8, if it reads without a fault.
fn other_encoding(blob: &Blob, wrap: Option<Wrap>, m: &Member, languages: &[String], dialect: delimited::Dialect) -> io::Result<Option<Encoded>> {
    let mut input = bytes::stream(blob, wrap, m)?;
    let mut left = 64;
    let mut rest = || {
        left -= 1;
        let mut buf = vec![0; 1 << 20];
        let n = if left < 0 { 0 } else { bytes::read_full(&mut input, &mut buf).unwrap_or(0) };
        buf.truncate(n);
        (n > 0).then_some(buf)
    };
    let e = super::guess::guess(&[], &mut rest, languages);
    if e.encoding.is_none() {
        return Ok(None);
    }
    Ok(first_bad(blob, wrap, m, e, dialect)?.is_none().then_some(e))
}

/// Line and column of the first bytes that an encoding does not know, and how many such places there are.
fn first_bad(blob: &Blob, wrap: Option<Wrap>, m: &Member, e: Encoded, dialect: delimited::Dialect) -> io::Result<Option<(u64, usize, u64)>> {
    let Some(enc) = e.encoding else { return Ok(None) };
    let mut input = bytes::stream(blob, wrap, m)?;
    let mut decoder = enc.new_decoder_without_bom_handling();
    let mut buf = vec![0; 1 << 16];
    let mut text = String::new();
    bytes::read_full(&mut input, &mut vec![0; e.mark])?;
    let (mut line, mut found) = (1, None::<(u64, usize, u64)>);
    loop {
        let n = bytes::read_full(&mut input, &mut buf)?;
        let mut at = 0;
        loop {
            let from = text.len();
            text.reserve(decoder.max_utf8_buffer_length_without_replacement(n - at).unwrap_or((n - at) * 4));
            let (result, read) = decoder.decode_to_string_without_replacement(&buf[at..n], &mut text, n == 0);
            at += read;
            // A control character that no text has, as what the encoding does not know.
            for i in memchr::memchr_iter(0xC2, &text.as_bytes()[from..]).map(|i| from + i).filter(|i| (0x80..=0x9F).contains(&text.as_bytes()[i + 1])) {
                match &mut found {
                    Some(f) => f.2 += 1,
                    None => {
                        let (l, c) = delimited::place(&text.as_bytes()[..i], dialect);
                        found = Some((line + l - 1, c, 1));
                    }
                }
            }
            if !matches!(result, encoding_rs::DecoderResult::Malformed(..)) {
                break;
            }
            match &mut found {
                Some(f) => f.2 += 1,
                None => {
                    let (l, c) = delimited::place(text.as_bytes(), dialect);
                    found = Some((line + l - 1, c, 1));
                }
            }
        }
        // What follows the last line's end may be gone on with.
        if let Some(end) = text.rfind(['\n', '\r']).filter(|i| i + 1 < text.len() || n == 0) {
            line += delimited::place(&text.as_bytes()[..=end], dialect).0 - 1;
            text.drain(..=end);
        }
        if n == 0 {
            return Ok(found);
        }
    }
}
