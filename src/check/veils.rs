//! Masks that hide too little, and masks that something else of the same item undoes.

use super::*;
use crate::diag::{Span, say};
use crate::personal::together::is_han_name;
use memchr::memmem::Finder;
use std::collections::BTreeSet;

/// Signs that stand for what is hidden.
const STARS: [char; 8] = ['*', '＊', '×', '●', '○', '█', '■', '✱'];
/// Most masks of an item that are compared with what it says elsewhere, and most cells of a table that are looked at.
const MASKS: usize = 500;
const CELLS: usize = 4_000;
/// Most findings of each kind for an item.
const TOLD: usize = 5;

/// A value of which a part is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Veil {
    /// As it stands.
    shown: String,
    /// What is left before and behind the hidden part, and how many signs hide it.
    head: String,
    tail: String,
    hidden: usize,
    /// A name of a person, else a number.
    name: bool,
    at: std::ops::Range<usize>,
}

/// What hides too little of a number, and how it should be written.
fn thin(v: &Veil) -> Option<Text> {
    if v.name {
        return None;
    }
    let all = v.head.len() + v.tail.len() + v.hidden;
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let mobile = || all == 11 && v.head.as_bytes().first() == Some(&b'1') && v.head.as_bytes().get(1).is_none_or(|b| (b'3'..=b'9').contains(b));
    if mobile() && v.hidden <= 3 && v.head.len() >= 3 && digits(&v.tail) {
        return Some(say!("至少遮住中间四位：138****5678", "hide the middle four digits at least: 138****5678"));
    }
    if all == 18 && digits(&v.head) {
        // The day of birth and the number in its order are all that the region leaves open.
        let born = v.head.is_empty() && v.tail.len() >= 12 && v.hidden <= 6;
        let inner = v.head.len() + v.hidden <= 6 && v.tail.len() >= 12;
        if v.hidden <= 3 || born || inner {
            return Some(say!("至少遮住出生年月日八位：330106********1234", "hide the eight digits of the day of birth at least: 330106********1234"));
        }
    }
    let card = (16..=19).contains(&all) && all != 18 && v.head.starts_with("62") && digits(&v.tail);
    (card && v.hidden <= 3).then(|| say!("只留前四位和后四位：6222****0128", "leave the first and the last four digits: 6222****0128"))
}

fn star(c: char) -> bool {
    STARS.contains(&c)
}

/// The masks of a text.
pub(super) fn veils(text: &str, out: &mut Vec<Veil>) {
    static FIND: LazyLock<[Finder<'static>; 8]> = LazyLock::new(|| STARS.map(|s| Finder::new(s.encode_utf8(&mut [0; 4])).into_owned()));
    let mut places: Vec<usize> = FIND.iter().flat_map(|f| f.find_iter(text.as_bytes())).collect();
    places.sort_unstable();
    let mut at = 0;
    for i in places {
        if i < at {
            continue;
        }
        if out.len() >= MASKS {
            return;
        }
        let run: usize = text[i..].chars().take_while(|c| star(*c)).map(char::len_utf8).sum();
        at = i + run;
        out.extend(veil(text, i, at));
    }
}

/// The mask whose signs stand in this place.
fn veil(text: &str, from: usize, to: usize) -> Option<Veil> {
    let hidden = text[from..to].chars().count();
    let before = text[..from].bytes().rev().take_while(u8::is_ascii_digit).count();
    let after = text[to..].bytes().take_while(|c| c.is_ascii_digit() || matches!(c, b'X' | b'x')).count();
    if before > 0 || after >= 10 {
        let (start, end) = (from - before, to + after);
        let glued = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || star(c) || c == '.');
        if before + after + hidden < 11 || before + after + hidden > 19 || glued(text[..start].chars().next_back()) || glued(text[end..].chars().next()) {
            return None;
        }
        let (head, tail) = (text[start..from].to_string(), text[to..end].to_string());
        return Some(Veil { shown: text[start..end].to_string(), head, tail, hidden, name: false, at: start..end });
    }
    // 张*三: a surname of one sign, one or two that are hidden, one that is not.
    let head = text[..from].chars().next_back().filter(|c| crate::personal::surname(*c))?;
    let tail = text[to..].chars().next().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c))?;
    let start = from - head.len_utf8();
    let end = to + tail.len_utf8();
    let beside = |c: Option<char>| c.is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) || star(c));
    if hidden > 2 || beside(text[end..].chars().next()) {
        return None;
    }
    Some(Veil { shown: text[start..end].to_string(), head: head.into(), tail: tail.into(), hidden, name: true, at: start..end })
}

/// The whole value in another text, where a mask of it was told: as it stands there.
fn whole<'t>(v: &Veil, text: &'t str) -> Option<&'t str> {
    let n = v.hidden;
    if v.name {
        return memchr::memmem::find_iter(text.as_bytes(), v.head.as_bytes()).find_map(|i| {
            let len: usize = text[i..].chars().take(n + 2).map(char::len_utf8).sum();
            let name = &text[i..i + len];
            // 张某三 and 张 三 tell no more than the mask.
            let told = || name.chars().skip(1).take(n).all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) && c != '某');
            (name.ends_with(v.tail.as_str()) && name.chars().count() == n + 2 && told() && is_han_name(name)).then_some(name)
        });
    }
    // Of too few digits anything may be the whole.
    if v.head.len() + v.tail.len() < 6 || v.tail.is_empty() {
        return None;
    }
    memchr::memmem::find_iter(text.as_bytes(), v.tail.as_bytes()).find_map(|i| {
        let end = i + v.tail.len();
        let start = i.checked_sub(n + v.head.len())?;
        let found = text.get(start..end)?;
        let digits = found[..found.len() - v.tail.len()].bytes().all(|b| b.is_ascii_digit());
        let beside = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        let b = text.as_bytes();
        (digits && found.starts_with(v.head.as_str()) && !beside(start.checked_sub(1).and_then(|i| b.get(i))) && !beside(b.get(end))).then_some(found)
    })
}

/// A text of an item: where it stands, in words and as a place; the text.
struct Said<'a> {
    of: Text,
    span: Box<dyn Fn(usize, usize) -> Span + 'a>,
    text: std::borrow::Cow<'a, str>,
}

/// Tells of masks of an item.
pub(super) fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let mut said: Vec<Said<'_>> = Vec::new();
    for e in item.written() {
        let source = &e.doc.source;
        said.push(Said { of: say!("文字", "the text"), span: Box::new(move |a, b| source.span(a, b)), text: (&*source.text).into() });
    }
    for (_, read) in input.tables.all(item) {
        let file = read.key.rsplit('/').next().unwrap_or(&read.key);
        for t in &read.file.tables {
            for (c, name) in t.names.iter().enumerate().take(100) {
                let cells: Vec<&str> = t.preview.iter().filter_map(|r| r.get(c)).map(String::as_str).take(CELLS).collect();
                let of = say!("`{file}` 的“{name}”", "\u{201c}{name}\u{201d} of `{file}`");
                said.push(Said { of, span: Box::new(move |_, _| read.span(0, 0)), text: cells.join("\n").into() });
            }
            for note in t.preamble.iter().chain(&t.notes) {
                said.push(Said { of: say!("`{file}` 的注", "a note of `{file}`"), span: Box::new(move |_, _| read.span(0, 0)), text: note.as_str().into() });
            }
        }
        for p in &read.file.pieces {
            let (zh, en) = p.spot.names();
            said.push(Said { of: say!("`{file}` 的{zh}", "{en} of `{file}`"), span: Box::new(move |_, _| read.span(0, 0)), text: p.text.as_str().into() });
        }
        said.push(Said { of: say!("文件名", "the name of a file"), span: Box::new(move |_, _| read.span(0, 0)), text: file.into() });
    }
    let mut told = BTreeSet::new();
    let mut weak = 0;
    for (n, s) in said.iter().enumerate() {
        let mut here = Vec::new();
        veils(&s.text, &mut here);
        for v in &here {
            if let Some(hint) = thin(v).filter(|_| weak < TOLD) {
                weak += 1;
                let message = say!("{}里的 `{}` 遮得太少，能还原出来", "`{1}` in {0} hides so little that it can be undone", s.of.zh, v.shown);
                let message = Text { en: format!("`{}` in {} hides so little that it can be undone", v.shown, s.of.en), ..message };
                found.data(item, (s.span)(v.at.start, v.at.end), message, hint);
            }
        }
        for v in here {
            // In the text where it stands the whole may stand, too.
            let other = said.iter().enumerate().filter(|(m, _)| *m != n || said.len() == 1 || !v.name).find_map(|(_, o)| Some((o, whole(&v, &o.text)?)));
            let Some((o, value)) = other.filter(|_| told.len() < TOLD && told.insert(v.shown.clone())) else { continue };
            let at = value.as_ptr() as usize - o.text.as_ptr() as usize;
            let message = Text {
                zh: format!("`{}` 遮住了（{}），{}里却有它的全文", v.shown, s.of.zh, o.of.zh),
                en: format!("`{}` is masked in {}, and {} has the whole of it", v.shown, s.of.en, o.of.en),
            };
            let hint = say!("两处都遮住，或把有全文的一处删去", "mask it in both places, or take the whole one out");
            found.data(item, (o.span)(at, at + value.len()), message, hint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Veil> {
        let mut out = Vec::new();
        veils(text, &mut out);
        out
    }

    #[test]
    fn masks_that_hide_little() {
        for text in ["1390***5678", "13901*35678", "33010619900101123*", "3301061990010112**", "******199001011234", "62220212345678***28"] {
            assert!(of(text).iter().any(|v| thin(v).is_some()), "{text}");
        }
        for text in ["138****5678", "330106********1234", "3301**********1234", "33010619900101****", "6222****0128", "张*三", "1***5", "**注意**", "2024***"]
        {
            assert!(of(text).iter().all(|v| thin(v).is_none()), "{text}");
        }
    }

    #[test]
    fn masks_that_are_undone() {
        let undone = |mask: &str, text: &str| of(mask).iter().any(|v| whole(v, text).is_some());
        assert!(undone("138****5678", "电话 13812345678。") && undone("张*三", "获奖者张小三") && undone("3301**********1234", "330102199001011234"));
        assert!(
            !undone("138****5678", "13812345679") && !undone("张*三", "张小四") && !undone("张*三", "张某三 张 三") && !undone("138****5678", "913812345678")
        );
    }
}
