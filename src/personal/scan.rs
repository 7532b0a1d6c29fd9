//! Finds in a text whatever may be a number of a person.

use super::look::look;
use super::signs::{CLASS, Gap, LOWER, UPPER, digit, ex, gap, letter, next_line};
use super::{Kind, Seen, apart, around, digits, disguise, encoded, person, turned};
use super::{bank, mobile, old_resident, resident, shaped};
use std::sync::LazyLock;

#[derive(Clone, Copy)]
struct Digit {
    value: u8,
    from: usize,
    to: usize,
    gap: Gap,
}

/// Most digits that are looked at together.
const MOST: usize = 64;

/// Finds everything that may be a number of a person.
pub fn scan(text: &str, found: &mut dyn FnMut(Seen)) {
    usual(text, found);
    embassies(text, found);
    let look = look(text);
    disguise::scan(text, &look, &usual, found);
    encoded::scan(text, &usual, found);
    turned::scan(text, &usual, found);
    person::scan(text, &look, found);
}

/// Finds numbers as they are mostly written.
fn usual(text: &str, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    // Markup may part the digits of a number.
    let worth = |digits: u8, letters: u8, marks: bool| digits >= 8 || (digits >= 3 && letters > 0) || (digits > 0 && marks);
    if b.len() <= BLOCK * 4 {
        let (digits, letters, marks) = signs(b);
        if worth(digits, letters, marks > 0) {
            stretch(text, 0, b.len(), &mut Row::default(), found);
        }
    } else {
        // Most of a text is far from any number: what has few digits near it is passed over, many bytes at a time.
        let count = |k: usize| b.get(k * BLOCK..).map_or((0, 0, 0), |rest| signs(&rest[..rest.len().min(BLOCK)]));
        let (mut done, mut before, mut here, mut row) = (0, (0, 0, 0), count(0), Row::default());
        for k in 0..b.len().div_ceil(BLOCK) {
            let next = count(k + 1);
            let digits = before.0 + here.0 + next.0;
            if worth(digits, before.1 + here.1, here.2 + next.2 > 0) {
                // A number may have begun in the block before.
                done = stretch(text, done.max(k.saturating_sub(1) * BLOCK), (k + 1) * BLOCK, &mut row, found);
            }
            (before, here) = (here, next);
        }
    }
}

/// Plates of embassies: 使014578. They have too few digits for the other searches, and 使 is a word of most texts.
fn embassies(text: &str, found: &mut dyn FnMut(Seen)) {
    static FIND: LazyLock<memchr::memmem::Finder<'static>> = LazyLock::new(|| memchr::memmem::Finder::new("使"));
    let b = text.as_bytes();
    for at in FIND.find_iter(b) {
        let next = b.get(at + 3).copied().unwrap_or(0);
        if !(next.is_ascii_digit() || matches!(next, b' ' | 0xC2 | 0xE2 | 0xE3 | 0xEF)) {
            continue;
        }
        if let Some((at, sure)) = digits::embassy(text, at) {
            let bare = at.start == 0 && at.end == b.len();
            found(Seen { kind: Kind::Plate, at, proof: true, old: false, bare, glued: false, among: false, weak: !sure && !bare });
        }
    }
}

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// How many bytes of at most 255 may be of digits, how many of letters, and how many begin markup.
fn signs(b: &[u8]) -> (u8, u8, u8) {
    // The three counts of each byte, in one number.
    static COUNTS: [u32; 256] = {
        let mut t = [0; 256];
        let mut i = 0;
        while i < 256 {
            let c = i as u8;
            let digit = c.is_ascii_digit() || matches!(c, 0xEF | 0xD9 | 0xDB | 0xE0 | 0xE1 | 0xF0);
            let letter = c.is_ascii_alphabetic() || c == 0xEF;
            let mark = matches!(c, b'<' | b'&' | b'[' | b'\\');
            t[i] = digit as u32 | (letter as u32) << 8 | (mark as u32) << 16;
            i += 1;
        }
        t
    };
    let [digits, letters, marks, _] = b.iter().map(|c| COUNTS[usize::from(*c)]).sum::<u32>().to_le_bytes();
    (digits, letters, marks)
}

/// Digits of one row that are looked at in groups too. What is longer is a list of figures: a number in it stands together.
const ROW: usize = 2_000;

/// A row of digits that was read so far: how many, and where they end.
#[derive(Default)]
struct Row {
    digits: usize,
    end: usize,
}

/// Looks through a part of a text; gives the place to go on from. `row` is what was read of a row that may go on.
fn stretch(text: &str, mut i: usize, until: usize, row: &mut Row, found: &mut dyn FnMut(Seen)) -> usize {
    let b = text.as_bytes();
    while i < until.min(b.len()) {
        match CLASS[b[i] as usize] {
            // Han has three bytes.
            0 => i += if matches!(b[i], 0xE4..=0xE9) { 3 } else { 1 },
            UPPER | LOWER => i = letters(text, i, found),
            _ if digit(b, i).is_some() => i = run(text, i, row, found),
            _ if b[i] == 0xEF && letter(b, i).is_some() => i = letters(text, i, found),
            _ => i += 1,
        }
    }
    i
}

/// Numbers that begin with letters, and plates.
fn letters(text: &str, i: usize, found: &mut dyn FnMut(Seen)) -> usize {
    let b = text.as_bytes();
    // The letters of a word are passed over; its digits are not.
    let end = i + b[i..].iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let next = end.max(i + 1);
    if i > 0 && b[i - 1].is_ascii_alphanumeric() {
        return next;
    }
    let seen = |kind, at: std::ops::Range<usize>, weak: bool, glued: bool| {
        let bare = at.start == 0 && at.end == b.len();
        Seen { kind, at, proof: !weak, old: false, bare, glued, among: false, weak }
    };
    // Before a plate stands Han, perhaps with a blank behind: most words begin a line, or stand behind a sign.
    let han = i > 0 && (!b[i - 1].is_ascii() || b[i - 1] == b' ');
    if let Some(at) = Some(i).filter(|_| han).and_then(|i| digits::plate(text, i)) {
        let end = at.end;
        found(seen(Kind::Plate, at, false, false));
        return end;
    }
    if let Some(at) = Some(i).filter(|i| b[*i] == b'W').and_then(|i| digits::armed(text, i)) {
        let end = at.end;
        found(seen(Kind::Plate, at, false, false));
        return end;
    }
    if let Some((at, sure)) = Some(i).filter(|_| han).and_then(|i| digits::army(text, i)) {
        let end = at.end;
        found(seen(Kind::Plate, at, !sure, false));
        return end;
    }
    if let Some((len, proof)) = Some(i).filter(|i| b[*i].is_ascii_uppercase()).and_then(|i| digits::hong_kong(text, i)) {
        found(Seen { proof, ..seen(Kind::Passport, i..i + len, true, false) });
        return i + len;
    }
    let len = b[i..].iter().take(16).take_while(|c| c.is_ascii_alphanumeric()).count();
    // Other lengths are those of nothing.
    if !matches!(len, 1 | 6 | 7 | 9 | 10 | 11 | 13) {
        return next;
    }
    let word = b[i..i + len].to_ascii_uppercase();
    // One only where it is called so.
    if len == 10 && digits::taiwan(&word) {
        found(Seen { proof: true, ..seen(Kind::Passport, i..i + len, true, false) });
        return i + len;
    }
    // 号牌号码 A·12345
    if len == 1
        && b[i].is_ascii_uppercase()
        && let Some(rest) = text[i + 1..].strip_prefix(['·', '•', '・'])
    {
        let n = rest.bytes().take(7).take_while(u8::is_ascii_alphanumeric).count();
        let all = [&b[i..=i], &rest.as_bytes()[..n]].concat().to_ascii_uppercase();
        let end = text.len() - rest.len() + n;
        if digits::bare_plate(&all) {
            found(seen(Kind::Plate, i..end, true, false));
            return end;
        }
    }
    let (kind, weak) = match len {
        9 if b[i].is_ascii_uppercase() && digits::passport(&b[i..i + len]) => (Kind::Passport, false),
        9 | 11 if digits::permit(&word) => (Kind::Passport, true),
        13 if digits::postal(&b[i..i + len]) => (Kind::Postal, false),
        6 | 7 if b[i].is_ascii_uppercase() && digits::bare_plate(&word) => (Kind::Plate, true),
        7 if b[i].is_ascii_uppercase() && digits::army_since(&word) => (Kind::Plate, true),
        _ => return next,
    };
    found(seen(kind, i..i + len, weak, b.get(i + len) == Some(&b'_')));
    // A permit of few digits may be the beginning of something else.
    i + len
}

/// Looks through digits that belong together; gives the place to go on from.
fn run(text: &str, start: usize, row: &mut Row, found: &mut dyn FnMut(Seen)) -> usize {
    let b = text.as_bytes();
    let last = std::mem::take(row);
    let before = if start <= last.end + 4 { last.digits } else { 0 };
    // Most figures are short and have Han behind them: nothing goes on there.
    let short = b[start..].iter().take(11).take_while(|c| c.is_ascii_digit()).count();
    if short < 2
        && let Some(end) = apart::singles(text, start, found)
    {
        return end;
    }
    if short < 11
        && start > 0
        && b[start - 1] == b'>'
        && matches!(b.get(start + short), Some(b'<' | b' ' | b'\n' | b'\r'))
        && let Some(end) = apart::elements(text, start, found)
    {
        return end;
    }
    if matches!(short, 3 | 7)
        && b[start] == b'1'
        && b[start + 1] >= b'3'
        && matches!(b.get(start + short), Some(b'\n' | b'\r' | b'<' | b' '))
        && let Some(end) = apart::lines(text, start, found)
    {
        return end;
    }
    if (1..11).contains(&short) && matches!(b.get(start + short), None | Some(0xE5..=0xE9)) {
        return start + short;
    }
    let special = scientific(text, start, found).or_else(|| thousands(text, start, found)).or_else(|| parted(text, start, found));
    if let Some(end) = special {
        return end;
    }
    // Most figures are short: they are counted before they are kept.
    let mut skipped = Vec::new();
    let (n, end) = collect(b, start, None, &mut skipped);
    // What a reader does not see may hold a number of its own.
    for (from, to) in skipped {
        stretch(&text[..to], from, to, &mut Row::default(), found);
    }
    if n < 18
        && let Some(next) = next_line(b, end)
        && let Some(end) = wrapped(text, start, (n, end), next, found)
    {
        return end;
    }
    if n < 11 {
        return end;
    }
    if n == 17
        && let Some(to) = last_hidden(text, start, end)
    {
        found(Seen { kind: Kind::Id, at: start..to, proof: true, old: false, bare: false, glued: false, among: false, weak: false });
        return to;
    }
    let mut run = [NO_DIGIT; MOST];
    collect(b, start, Some(&mut run), &mut Vec::new());
    let full = n == MOST && digit(b, end).is_some();
    let run = &run[..n];
    // A row of figures longer than is looked at is gone on with from a figure in it.
    let again = if full { (40..n).find(|k| run[*k].gap.edge()) } else { None };
    if full && again.is_none() && !run.iter().any(|d| d.gap.edge()) {
        return end + b[end..].iter().take_while(|c| c.is_ascii_digit()).count();
    }
    let until = again.unwrap_or(n);
    if before > ROW {
        windows(text, run, until, &mut |s| {
            if b[s.at.clone()].iter().all(u8::is_ascii_digit) {
                found(s);
            }
        });
    } else {
        windows(text, run, until, found);
    }
    if n == MOST {
        *row = Row { digits: before + n, end };
    }
    again.map_or(end, |k| run[k].from)
}

/// The end of an identity number of which the last sign alone is hidden: the other seventeen tell it.
fn last_hidden(text: &str, start: usize, end: usize) -> Option<usize> {
    let b = text.as_bytes();
    let rest = &text[end..];
    let sign =
        ["*", "\\*", "＊", "?", "？", "●", "■", "□", "_", "#", "﹡", "（末位", "(末位", "（最后一位", "（尾号"].iter().find(|s| rest.starts_with(**s))?;
    let after = &rest[sign.len()..];
    // `…17*5` is a product, `…?a=1` an address.
    if after.starts_with(|c: char| c.is_ascii_alphanumeric())
        || start > 0 && (b[start - 1].is_ascii_alphanumeric() || matches!(b[start - 1], b'.' | b'/' | b'='))
    {
        return None;
    }
    let mut run = [NO_DIGIT; MOST];
    collect(b, start, Some(&mut run), &mut Vec::new());
    let mut v = [0; 18];
    v.iter_mut().zip(&run[..17]).for_each(|(v, d)| *v = d.value);
    // Born when the living are born.
    let year = v[6..10].iter().fold(0, |n, d| n * 10 + u32::from(*d));
    (shaped(&v) && (1900..=2035).contains(&year)).then_some(end + sign.len())
}

/// A number that goes on in the next line, as a text that is broken into lines has it. Gives the place after it.
fn wrapped(text: &str, start: usize, (n, end): (usize, usize), next: usize, found: &mut dyn FnMut(Seen)) -> Option<usize> {
    let b = text.as_bytes();
    let mut all = [NO_DIGIT; MOST];
    collect(b, start, Some(&mut all), &mut Vec::new());
    let mut second = [NO_DIGIT; MOST];
    let (m, last) = collect(b, next, Some(&mut second), &mut Vec::new());
    if m >= 18 {
        return None;
    }
    let whole = |run: &[Digit]| {
        let mut any = false;
        windows(text, run, run.len(), &mut |s| any |= s.proof);
        any
    };
    if (n >= 11 && whole(&all[..n])) || (m >= 11 && whole(&second[..m])) {
        return None;
    }
    second[0].gap = Gap::Break;
    all[n..n + m].copy_from_slice(&second[..m]);
    let mut n = n + m;
    // And once more: `370102`, `19900307`, `2345`.
    if n < 18
        && let Some(next) = next_line(b, last)
    {
        let mut third = [NO_DIGIT; MOST];
        let (m, _) = collect(b, next, Some(&mut third), &mut Vec::new());
        if m < 11 {
            third[0].gap = Gap::Break;
            all[n..n + m].copy_from_slice(&third[..m]);
            n += m;
        }
    }
    let mut hit = None;
    windows(text, &all[..n], n, &mut |s| {
        if s.at.start < end && s.at.end > next {
            hit = Some(s);
        }
    });
    let mut s = hit?;
    // Figures below each other are a list, not a number: there are words in the same sentence.
    let line = &text[around::floor(text, s.at.start.saturating_sub(200))..s.at.start];
    let above = line.trim_end_matches([' ', '\t', '>', '\u{3000}']);
    // Or the line above ends so: 手机：
    let line = match above.strip_suffix('\n').map(str::trim_end) {
        Some(above) if above.ends_with(['：', ':']) => above,
        _ => line,
    };
    let line = line.rsplit('\n').next().unwrap_or(line).trim_end();
    let tail = text[s.at.end..around::floor(text, s.at.end + 100)].split('\n').next().unwrap_or("");
    let apart = |c: Option<char>| c.is_some_and(|c| matches!(c, ',' | ';' | '|' | '"' | '\t' | '='));
    let words = (line.contains(char::is_alphabetic) || tail.contains(char::is_alphabetic))
        && !apart(line.chars().next_back())
        && (!apart(tail.trim_start().chars().next()) || line.ends_with(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c)));
    // 王某 138 / 5748 / 7814: groups as people write them, so it is no list.
    let breaks = || all[..n].iter().enumerate().filter(|(_, d)| d.gap == Gap::Break).map(|(i, _)| i).eq([3, 7]);
    if s.weak && s.kind == Kind::Mobile && breaks() {
        (s.weak, s.among) = (false, true);
    }
    if s.bare {
        s.weak = s.kind != Kind::Id || !s.proof;
    } else if !(words || (s.kind == Kind::Id && s.proof)) {
        return None;
    }
    let to = s.at.end;
    found(s);
    Some(to)
}

const NO_DIGIT: Digit = Digit { value: 0, from: 0, to: 0, gap: Gap::None };

/// The digits that belong together from a place on: how many, and where they end. Markup between them that is long enough to
/// hold a number is kept in `skipped`.
fn collect(b: &[u8], start: usize, mut out: Option<&mut [Digit; MOST]>, skipped: &mut Vec<(usize, usize)>) -> (usize, usize) {
    let (mut n, mut i, mut end) = (0, start, start);
    let mut next = Gap::None;
    let mut put = |n: usize, d: Digit| {
        if let Some(slot) = out.as_mut().and_then(|o| o.get_mut(n)) {
            *slot = d;
        }
    };
    while n < MOST {
        if let Some((value, len)) = digit(b, i) {
            put(n, Digit { value, from: i, to: i + len, gap: if n == 0 { Gap::None } else { next } });
            if next >= Gap::Markup && i - end > 11 {
                skipped.push((end, i));
            }
            (n, i, next) = (n + 1, i + len, Gap::None);
            end = i;
            continue;
        }
        if n >= 17
            && let Some(len) = ex(b, i)
        {
            put(n, Digit { value: 10, from: i, to: i + len, gap: next });
            return (n + 1, i + len);
        }
        if next != Gap::None {
            break;
        }
        let (gap, after) = gap(b, i);
        if gap == Gap::None {
            break;
        }
        (next, i) = (gap, after);
    }
    (n, end)
}

/// Looks at each figure of a run, and at figures beside each other that may be one number in groups.
fn windows(text: &str, run: &[Digit], until: usize, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    let n = run.len();
    let (first, last) = (run[0].from, run[n - 1].to);
    let fraction = first >= 2 && b[first - 1] == b'.' && b[first - 2].is_ascii_digit();
    // `13812345678.0` is a whole number; `13812345678.5` is none.
    let zeros = if b.get(last) == Some(&b'.') { b[last + 1..].iter().take_while(|c| **c == b'0').count() } else { 0 };
    let after = if zeros > 0 { last + 1 + zeros } else { last };
    let decimal = b.get(last) == Some(&b'.') && b.get(last + 1).is_some_and(u8::is_ascii_digit) && (zeros == 0 || b.get(after).is_some_and(u8::is_ascii_digit));
    let side = |c: Option<&u8>| c.is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'_');
    let mut s = 0;
    while s < until {
        let starts = s == 0 || run[s].gap.edge();
        if !starts || (s == 0 && fraction) {
            s += 1;
            continue;
        }
        let ends = (s + 11..=n.min(s + 19)).filter(|e| (*e == n && !decimal) || (*e < n && run[*e].gap.edge()));
        let mut hit = None;
        for e in ends {
            if let Some((kind, proof, old)) = figure(&run[s..e])
                && hit.as_ref().is_none_or(|(_, k, p, _): &(usize, Kind, bool, bool)| (proof && !p) || (proof == *p && kind < *k))
            {
                hit = Some((e, kind, proof, old));
            }
        }
        let Some((e, kind, proof, old)) = hit else {
            let e = (s + 1..n).find(|e| run[*e].gap.edge()).unwrap_or(n);
            if e - s >= 19 {
                joined(&run[s..e], found);
            }
            s += 1;
            continue;
        };
        let to = if e == n { after } else { run[e - 1].to };
        let at = run[s].from..to;
        let glued = (s == 0 && at.start > 0 && side(b.get(at.start - 1)) && !around::known_prefix(text, at.start)) || (e == n && side(b.get(to)));
        // One letter at a proved identity number is that of a pupil's number (`G1101…`), not of a hash.
        let glued = glued && !(kind == Kind::Id && proof && s == 0 && e == n && n == 18 && around::one_letter(text, &at));
        let bare = at.start == 0 && to == b.len();
        // `+1 703…` is a number of another country.
        let plus = at.start > 0 && b[at.start - 1] == b'+';
        let proof = proof || plus && e - s == 14;
        if !(plus && kind == Kind::Mobile && !(run[s].value == 8 && run[s + 1].value == 6)) && !(plus && kind != Kind::Mobile) {
            let grouped = run[s + 1..e].iter().any(|d| d.gap == Gap::Shown);
            let beside = (s > 0 && run[s].gap >= Gap::Shown) || (e < n && run[e].gap >= Gap::Shown);
            found(Seen { kind, at, proof, old, bare, glued, among: grouped && beside, weak: !proof && matches!(kind, Kind::Mobile | Kind::Card) });
        }
        s = e;
    }
}

/// Numbers that run together: an identity number and a telephone without a sign between them.
fn joined(run: &[Digit], found: &mut dyn FnMut(Seen)) {
    let mut v = [0u8; MOST];
    v.iter_mut().zip(run).for_each(|(slot, d)| *slot = d.value);
    let v = &v[..run.len()];
    let piece = |from: usize| -> [Option<(usize, Kind)>; 2] {
        let id = v.get(from..from + 18).filter(|p| resident(p)).map(|_| (18, Kind::Id));
        let call = v.get(from..from + 11).filter(|p| mobile(p)).map(|_| (11, Kind::Mobile));
        [id, call]
    };
    // Every way to part it; a number of two pieces or more has few.
    let mut best: Option<Vec<(usize, Kind)>> = None;
    let mut open: Vec<Vec<(usize, Kind)>> = vec![Vec::new()];
    while let Some(way) = open.pop().filter(|_| best.is_none()) {
        let at: usize = way.iter().map(|p| p.0).sum();
        if at == v.len() {
            best = Some(way);
            break;
        }
        open.extend(piece(at).into_iter().flatten().map(|p| way.iter().copied().chain([p]).collect()));
    }
    let seen = |at: usize, (len, kind): (usize, Kind), among, glued| Seen {
        kind,
        at: run[at].from..run[at + len - 1].to,
        proof: true,
        old: false,
        bare: false,
        glued,
        among,
        weak: false,
    };
    let Some(way) = best else {
        // Of the country, as before a telephone.
        if v.len() == 20 && v.starts_with(&[8, 6]) && piece(2)[0].is_some() {
            found(seen(2, (18, Kind::Id), false, false));
            return;
        }
        // An identity number with more digits at one of its ends.
        let ends = [0, v.len() - 18];
        if let Some(at) = ends.into_iter().find(|at| piece(*at)[0].is_some()) {
            found(seen(at, (18, Kind::Id), true, true));
        }
        return;
    };
    let sure = way.iter().any(|p| p.1 == Kind::Id);
    let mut at = 0;
    for p in way {
        found(seen(at, p, !sure, false));
        at += p.0;
    }
}

/// `13,812,345,678`: a number that a program took for an amount.
fn thousands(text: &str, start: usize, found: &mut dyn FnMut(Seen)) -> Option<usize> {
    let b = text.as_bytes();
    let lead = b[start..].iter().take(4).take_while(|c| c.is_ascii_digit()).count();
    if !matches!(b.get(start + lead), Some(b',' | b'\'' | b'.' | 0xE2 | 0xEF)) {
        return None;
    }
    let mark = *[",", "，", "'", "\u{2019}", "."].iter().find(|m| text[start + lead..].starts_with(**m))?;
    if !(1..=3).contains(&lead) || (start > 0 && (b[start - 1].is_ascii_alphanumeric() || b",.'".contains(&b[start - 1]))) {
        return None;
    }
    let mut v: Vec<u8> = b[start..start + lead].iter().map(|c| c - b'0').collect();
    let mut i = start + lead;
    while v.len() < 19
        && text[i..].starts_with(mark)
        && let Some(group) = b.get(i + mark.len()..i + mark.len() + 3).filter(|g| g.iter().all(u8::is_ascii_digit))
    {
        v.extend(group.iter().map(|c| c - b'0'));
        i += mark.len() + 3;
    }
    if b.get(i).is_some_and(|c| c.is_ascii_alphanumeric()) || (b.get(i) == Some(&b'.') && b.get(i + 1).is_some_and(|c| (b'1'..=b'9').contains(c))) {
        return None;
    }
    let kind = match v.len() {
        11 if mobile(&v) => Kind::Mobile,
        18 if resident(&v) => Kind::Id,
        _ => return None,
    };
    let end = i + if b[i..].starts_with(b".00") { 3 } else { 0 };
    found(Seen { kind, at: start..end, proof: true, old: false, bare: start == 0 && end == b.len(), glued: false, among: false, weak: true });
    Some(end)
}

/// Marks that part the groups of a number in some hands: `138.1234.5678`.
static PARTS: &[&str] = &[".", "/", "·", "•", "・", "．", "／", ":", "：", "~", "～"];

/// A number whose groups are parted by the same mark, or whose first stands in brackets: `(138)12345678`. Gives the
/// place after it.
fn parted(text: &str, start: usize, found: &mut dyn FnMut(Seen)) -> Option<usize> {
    let b = text.as_bytes();
    // Han parts no number, and stands behind most of them.
    if matches!(b[start..].iter().find(|c| !c.is_ascii_digit()), None | Some(0xE5..=0xE9)) {
        return None;
    }
    // Of most other figures the sign behind them tells that they are in no groups.
    let short = b[start..].iter().take(9).take_while(|c| c.is_ascii_digit()).count();
    let plain = |c: u8| c.is_ascii() && !matches!(c, b'.' | b'/' | b':' | b'~' | b'\\' | b')' | b'&');
    if short > 0 && !(short == 6 || short == 3 && b[start] == b'1') && b.get(start + short).is_some_and(|c| plain(*c)) {
        return None;
    }
    let before = &text[..start];
    let mut run = [NO_DIGIT; 24];
    let (mut n, mut i, mut other) = (0, start, false);
    let mut take = |i: &mut usize, n: &mut usize, gap: bool| -> Option<usize> {
        let from = *n;
        while let Some((value, len)) = digit(b, *i).or_else(|| if *n == 17 { ex(b, *i).map(|l| (10, l)) } else { None }) {
            *run.get_mut(*n)? = Digit { value, from: *i, to: *i + len, gap: if gap && *n == from { Gap::Shown } else { Gap::None } };
            (*i, *n) = (*i + len, *n + 1);
        }
        Some(*n - from)
    };
    // Most figures go on with none of these.
    if take(&mut i, &mut n, false)? > 8 {
        return None;
    }
    let bracket = n == 3 && before.ends_with(['(', '（']);
    let mut first = start;
    if let Some(rest) = text[i..].strip_prefix([')', '）']).filter(|_| bracket) {
        first -= before.chars().next_back().map_or(0, char::len_utf8);
        // The number of the country before the bracket: `+86(138)…`.
        let country = before[..first].trim_end_matches([' ', '-']);
        if let Some(p) = ["+86", "＋86", "0086", "86"].iter().find(|p| country.ends_with(**p)) {
            first = country.len() - p.len();
        }
        i = text.len() - rest.trim_start_matches([' ', '-']).len();
        if text.len() - rest.len() + 2 < i {
            return None;
        }
        let head = take(&mut i, &mut n, true)?;
        if head == 4 && matches!(b.get(i), Some(b' ' | b'-')) {
            i += 1;
            take(&mut i, &mut n, true)?;
        }
    } else {
        let rest = text[i..].strip_prefix('\\').unwrap_or(&text[i..]);
        let known = PARTS.iter().find(|p| rest.starts_with(**p)).copied();
        // Any other sign, where the first group is that of an identity or mobile number.
        other = known.is_none();
        let mark = known.or_else(|| {
            let c = rest.chars().next().filter(|c| !c.is_alphanumeric() && !matches!(c, '\n' | ' ' | '-' | '<'))?;
            // A sign that is not seen parts nothing.
            let here = text.len() - rest.len();
            if gap(b, here).0 != Gap::None {
                return None;
            }
            let fits = n == 6 || n == 3 && b[start] == b'1' && b[start + 1] > b'2' && !",，、;；|+=&%$'\"\\!！。".contains(c);
            rest.get(..c.len_utf8()).filter(|_| fits && digit(b, here + c.len_utf8()).is_some())
        })?;
        // A path, or more of the same before it.
        let earlier = before.trim_end_matches('\\');
        if earlier.strip_suffix(mark).is_some_and(|t| mark == "/" || t.ends_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
        let mut groups = 1;
        while let Some(rest) = text[i..].strip_prefix('\\').unwrap_or(&text[i..]).strip_prefix(mark) {
            let mut at = text.len() - rest.len();
            if digit(b, at).is_none() {
                break;
            }
            take(&mut at, &mut n, true)?;
            (i, groups) = (at, groups + 1);
        }
        if groups < 3 || (mark == "/" && b.get(i) == Some(&b'/')) {
            return None;
        }
    }
    let (kind, proof, old) = figure(&run[..n])?;
    let (sizes, count) = groups(&run[..n]);
    if other && (!proof || sizes[..count] != if kind == Kind::Mobile { [3, 4, 4] } else { [6, 8, 4] }) {
        return None;
    }
    let side = |c: Option<&u8>| c.is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'_');
    let glued = (first > 0 && side(b.get(first - 1)) && !around::known_prefix(text, first)) || side(b.get(i));
    // `132/2021/1234` may be the number of a file.
    let year = n == 11 && matches!((run[3].value, run[4].value), (1, 9) | (2, 0));
    found(Seen { kind, at: first..i, proof, old, bare: first == 0 && i == b.len(), glued, among: year || other && kind == Kind::Mobile, weak: false });
    Some(i)
}

/// Sizes of the groups of a figure.
fn groups(run: &[Digit]) -> ([usize; 20], usize) {
    let (mut out, mut k) = ([0; 20], 0);
    for (i, d) in run.iter().enumerate() {
        if i > 0 && d.gap == Gap::Shown {
            k += 1;
        }
        out[k] += 1;
    }
    (out, k + 1)
}

/// Ways in which people write mobile numbers in groups.
static MOBILE_GROUPS: &[&[usize]] =
    &[&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[4, 4, 3], &[4, 3, 4], &[3, 3, 5], &[5, 6], &[3, 4, 2, 2], &[3, 2, 2, 2, 2], &[1; 11]];

/// What a figure may be: kind, whether it is proved, whether it is of the old form.
fn figure(run: &[Digit]) -> Option<(Kind, bool, bool)> {
    // Longer than any of them: `1.3.6.1.4.1.311.10.3.4.5.6.7` is no number of a person.
    if run.len() > 20 {
        return None;
    }
    let mut v = [0u8; 20];
    for (slot, d) in v.iter_mut().zip(run) {
        *slot = d.value;
    }
    let v = &v[..run.len()];
    let plain = !v.contains(&10);
    let lines = run.iter().skip(1).filter(|d| d.gap == Gap::Break).count();
    if lines > 2 {
        return None;
    }
    let (sizes, count) = groups(run);
    let single = count == 1 || count == run.len();
    // A number of the country may stand before it.
    let call = |tail: &[Digit]| {
        let (sizes, count) = groups(tail);
        MOBILE_GROUPS.contains(&&sizes[..count])
    };
    match run.len() {
        // One line end may cut a number anywhere.
        // Where two do, something must call it a telephone.
        11 if plain && mobile(v) && MOBILE_GROUPS.contains(&&sizes[..count]) => Some((Kind::Mobile, lines < 2, false)),
        // In groups that nobody else writes, as `138 5713 66 4 2`: something must call it a telephone.
        // A `1` alone before three figures or more is North America's: `1-800-555-0199`.
        11 if plain && mobile(v) && count > 1 && lines == 0 && !(sizes[0] == 1 && sizes[1] > 2) => Some((Kind::Mobile, false, false)),
        // A zero dialled before it; codes may have one too, so something must call it a telephone.
        12 if plain && v[0] == 0 && mobile(&v[1..]) && count == 1 => Some((Kind::Mobile, false, false)),
        _ if lines > 1 && run.len() != 18 => None,
        // `+86 0138…`; without the sign it may be a code.
        14 if plain && v.starts_with(&[8, 6, 0]) && mobile(&v[3..]) => Some((Kind::Mobile, false, false)),
        13 if plain && v.starts_with(&[8, 6]) && mobile(&v[2..]) && call(&run[2..]) => Some((Kind::Mobile, true, false)),
        15 if plain && v.starts_with(&[0, 0, 8, 6]) && mobile(&v[4..]) && call(&run[4..]) => Some((Kind::Mobile, true, false)),
        15 if plain && old_resident(v) && (single || sizes[..count] == [6, 6, 3]) => Some((Kind::Id, false, true)),
        18 if shaped(v) && (single || count <= 6) => {
            let proof = resident(v);
            Some((Kind::Id, proof, false))
        }
        16..=19 if plain && bank(v) && (count <= 5 || single) => Some((Kind::Card, true, false)),
        // Of another bank: one number in ten has the digit, so something must call it a card.
        16..=19 if plain && digits::luhn(v) && (count == 1 || sizes[..count - 1].iter().all(|n| *n == 4)) => Some((Kind::Card, false, false)),
        _ => None,
    }
}

/// `1.3812345678E10`, where no digit is lost, and `1.38E+10`, where some are.
fn scientific(text: &str, i: usize, found: &mut dyn FnMut(Seen)) -> Option<usize> {
    let b = text.as_bytes();
    if b.get(i + 1) != Some(&b'.') || !b[i].is_ascii_digit() || (i > 0 && (b[i - 1].is_ascii_alphanumeric() || b[i - 1] == b'.')) {
        return None;
    }
    let k = b[i + 2..].iter().take(20).take_while(|c| c.is_ascii_digit()).count();
    let mut at = i + 2 + k;
    if !(1..20).contains(&k) || !matches!(b.get(at), Some(b'e' | b'E')) {
        return None;
    }
    at += 1 + usize::from(b.get(at + 1) == Some(&b'+'));
    let len = b[at..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    let power: usize = text[at..at + len].parse().ok()?;
    let end = at + len;
    if power < k || power > 18 || b.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return Some(end);
    }
    let mut run = [Digit { from: i, to: end, ..NO_DIGIT }; 20];
    run[0].value = b[i] - b'0';
    for (slot, c) in run[1..].iter_mut().zip(&b[i + 2..i + 2 + k]) {
        slot.value = c - b'0';
    }
    let head = run[0].value * 10 + run[1].value;
    let bare = i == 0 && end == b.len();
    let seen = |kind, proof, old, weak| Seen { kind, at: i..end, proof, old, bare, glued: false, among: false, weak };
    if power - k <= 2 && k >= 8 {
        if let Some((kind, proof, old)) = figure(&run[..power + 1]) {
            found(seen(kind, proof, old, false));
        }
        return Some(end);
    }
    // What such a number was, only its name can tell.
    match power {
        10 if (13..=19).contains(&head) => found(seen(Kind::Mobile, false, false, true)),
        17 | 14 if digits::province(&[run[0].value, run[1].value]) => found(seen(Kind::Id, false, power == 14, true)),
        15 | 18 if head == 62 => found(seen(Kind::Card, false, false, true)),
        _ => {}
    }
    Some(end)
}
