//! Digits that stand apart: one a cell or one a line, as forms have them, and telephones in groups on lines of their own.

use super::digits::{mobile, resident};
use super::signs::{Gap, digit, ex, gap};
use super::{Kind, Seen, around};

/// Most digits of a row that are read, bytes between two of them, and tags.
const MOST: usize = 40;
const APART: usize = 600;
const TAGS: usize = 16;

/// Passes over blanks, ends of lines and any tags; gives the place after them, and whether a line or a row ends in them.
fn over(b: &[u8], start: usize) -> (usize, bool) {
    let (mut i, mut row, mut tags) = (start, false, 0);
    while let Some(&c) = b.get(i).filter(|_| i - start < APART) {
        let n = match c {
            b'\n' => {
                row = true;
                1
            }
            b' ' | b'\t' | b'\r' => 1,
            0xC2 if b.get(i + 1) == Some(&0xA0) => 2,
            0xE3 if b[i..].starts_with("\u{3000}".as_bytes()) => 3,
            b'&' if b[i..].starts_with(b"&nbsp;") => 6,
            b'<' if tags < TAGS => {
                tags += 1;
                let rest = &b[i..b.len().min(i + 300)];
                let Some(end) = memchr::memchr(b'>', rest) else { break };
                row |= rest.starts_with(b"</tr") || rest.starts_with(b"</TR") || rest.starts_with(b"</p") || rest.starts_with(b"</li");
                end + 1
            }
            _ => break,
        };
        i += n;
    }
    (i, row)
}

/// Elements that begin a line or are a piece of one, and none of a table or a list.
static BOXES: &[&str] = &["div", "p", "text", "tspan", "span", "g", "a", "br", "section", "b", "strong", "em", "i", "font"];

/// Elements within a line: a number that is parted by nothing else stands in one piece on the page, and is read as one.
static INLINE: &[&str] = &["span", "a", "b", "strong", "em", "i", "font"];

/// The names of the elements that end and begin in a gap.
fn tags(gap: &[u8]) -> impl Iterator<Item = &[u8]> {
    gap.split(|c| *c == b'<').skip(1).map(|t| {
        let t = t.strip_prefix(b"/").unwrap_or(t);
        &t[..t.iter().take_while(|c| c.is_ascii_alphanumeric()).count()]
    })
}

/// Whether only such elements end and begin between two pieces of a number.
fn boxed(gap: &[u8]) -> bool {
    let mut tags = tags(gap).peekable();
    tags.peek().is_some() && tags.all(|t| BOXES.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(t)))
}

/// A number in pieces, each in an element of its own: `<p>110105</p><p>19491231</p><p>002X</p>`, three texts of a drawing.
/// An identity number proves itself; a telephone in groups may be a list of figures, so somebody should look. Gives the place after it.
pub(super) fn elements(text: &str, start: usize, found: &mut dyn FnMut(Seen)) -> Option<usize> {
    let b = text.as_bytes();
    let open = memchr::memrchr(b'<', &b[start.saturating_sub(300)..start])? + start.saturating_sub(300);
    if !boxed(&b[open..start]) {
        return None;
    }
    let (mut v, mut sizes) = ([0u8; 18], Vec::with_capacity(4));
    let (mut n, mut i) = (0, start);
    let mut inline = true;
    let end = loop {
        let from = n;
        while let Some((d, len)) = digit(b, i).or_else(|| if n == 17 { ex(b, i).map(|l| (10, l)) } else { None }) {
            if n == v.len() {
                return None;
            }
            (v[n], n, i) = (d, n + 1, i + len);
        }
        sizes.push(n - from);
        let (next, _) = over(b, i);
        if n == from || !b[i..next].contains(&b'<') {
            return None;
        }
        if digit(b, next).is_none() && !(n == 17 && ex(b, next).is_some()) {
            break i;
        }
        if !boxed(&b[i..next]) {
            return None;
        }
        inline &= tags(&b[i..next]).all(|t| INLINE.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(t)));
        i = next;
    };
    let seen = |kind, among| Seen { kind, at: start..end, proof: true, old: false, bare: false, glued: false, among, weak: false };
    match n {
        _ if sizes.len() < 2 || inline => return None,
        18 if resident(&v) => found(seen(Kind::Id, false)),
        11 if mobile(&v[..11]) && matches!(sizes[..], [3, 4, 4] | [3, 8] | [7, 4]) => found(seen(Kind::Mobile, true)),
        _ => return None,
    }
    Some(end)
}

/// A number whose digits each stand alone, parted by tabs, ends of lines or cells. Gives the place after them.
///
/// An identity number proves itself where there are just eighteen; a telephone must be called one.
pub(super) fn singles(text: &str, start: usize, found: &mut dyn FnMut(Seen)) -> Option<usize> {
    let b = text.as_bytes();
    let (first, len) = digit(b, start)?;
    // Most digits have another beside them, or what parts the digits of one number for every search.
    if !matches!(b.get(start + len), Some(b'\t' | b'\n' | b'\r' | b'<' | b' ' | b'&'))
        || start > 0 && (b[start - 1].is_ascii_alphanumeric() || b[start - 1] == b'.')
    {
        return None;
    }
    let (kind, after) = gap(b, start + len);
    if kind != Gap::None && digit(b, after).is_some() {
        return None;
    }
    let mut v = [0u8; MOST];
    v[0] = first;
    let (mut n, mut end, mut rows) = (1, start + len, 0);
    // Of a table its columns may be figures; what stands in boxes is written so that a machine does not find it.
    let mut boxes = true;
    while n < MOST {
        let (next, row) = over(b, end);
        // The first row of a table ends with its number; below each other every digit is a row.
        if next == end || n == 18 && resident(&v[..18]) || row && rows == 0 && matches!(n, 11 | 18) {
            break;
        }
        rows += usize::from(row);
        let one = digit(b, next).or_else(|| if n == 17 { ex(b, next).map(|l| (10, l)) } else { None });
        let Some((value, len)) = one.filter(|(_, l)| !b.get(next + l).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b',' | b'%'))) else {
            break;
        };
        boxes &= boxed(&b[end..next]);
        (v[n], n, end) = (value, n + 1, next + len);
    }
    let seen = |kind, proof| Seen { kind, at: start..end, proof, old: false, bare: false, glued: false, among: boxes && !proof, weak: !proof && !boxes };
    match n {
        1 => return None,
        18 if resident(&v[..18]) => found(seen(Kind::Id, true)),
        11 if mobile(&v[..11]) => found(seen(Kind::Mobile, false)),
        _ => {}
    }
    Some(end)
}

/// A line that is nothing but a figure.
fn figure(line: &str) -> bool {
    let line = line.trim();
    line.bytes().any(|c| c.is_ascii_digit()) && line.bytes().all(|c| c.is_ascii_digit() || b".,-+% \t".contains(&c))
}

/// A telephone in groups of three, four and four (or three and eight, seven and four) on lines of their own: figures below each
/// other may be a list, so somebody should look. Gives the place after it.
pub(super) fn lines(text: &str, start: usize, found: &mut dyn FnMut(Seen)) -> Option<usize> {
    let b = text.as_bytes();
    let (mut v, mut sizes) = (Vec::with_capacity(11), Vec::with_capacity(3));
    let mut i = start;
    let end = loop {
        let from = v.len();
        while let Some(c) = b.get(i).filter(|c| c.is_ascii_digit() && v.len() < 12) {
            v.push(c - b'0');
            i += 1;
        }
        if v.len() == from || v.len() > 11 || b.get(i).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b',')) {
            return None;
        }
        sizes.push(v.len() - from);
        if v.len() == 11 {
            break i;
        }
        // One end of a line or two, or a break of HTML.
        let (next, row) = over(b, i);
        let breaks = b[i..next].iter().filter(|c| **c == b'\n').count();
        if !(row && breaks <= 3 || b[i..next].starts_with(b"<br")) {
            return None;
        }
        // - 5748
        let mark = b[next..].len() > 2 && matches!(b[next], b'-' | b'*' | b'+') && b[next + 1] == b' ';
        i = next + if mark { 2 } else { 0 };
    };
    let line = |from: usize, to: usize| text[from..to].lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    let above = text[around::floor(text, start.saturating_sub(200))..start].trim_end();
    let above = above.rsplit('\n').next().unwrap_or("");
    let below = line(end, around::floor(text, (end + 200).min(text.len())));
    let own = text[..start].trim_end_matches([' ', '\t', '>', '\u{3000}', '-', '*', '+']).ends_with('\n') || text[..start].trim().is_empty();
    let alone = ends(text, end) && !figure(above) && !figure(below);
    // In two lines below a label it is that label's number, and so is what only a break of HTML parts.
    let two = sizes[..] == [7, 4] && !above.ends_with(['：', ':']) && !text[start..end].contains('<');
    ((two || matches!(&sizes[..], [3, 4, 4] | [3, 8])) && mobile(&v) && own && alone).then(|| {
        found(Seen { kind: Kind::Mobile, at: start..end, proof: true, old: false, bare: false, glued: false, among: true, weak: false });
        end
    })
}

/// Nothing stands behind the number on its line.
fn ends(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with(['\n', '<'])
}
