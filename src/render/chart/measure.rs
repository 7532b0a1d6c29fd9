//! How wide a text is. Readers have fonts of their own, so widths are those of the widest that is common (DejaVu Sans,
//! the fallback of Linux; Verdana is as wide): a text may be narrower than its place, never wider.

/// Size of the texts of a chart, and of the small ones.
pub const SIZE: f64 = 13.0;
/// See above.
pub const SMALL: f64 = 11.0;
/// From one line to the next, in sizes.
pub const LINE: f64 = 1.25;

/// Hundredths of the size, from the space to the tilde.
static ASCII: [u8; 95] = [
    32, 41, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 77, 64,
    58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 39, 34, 39, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28,
    98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
];

fn em(c: char) -> f64 {
    match c as u32 {
        n @ 0x20..=0x7e => f64::from(ASCII[n as usize - 0x20]) / 100.0,
        // Marks that stand on the letter before them.
        0x300..=0x36f => 0.0,
        // Letters with accents, Greek, Cyrillic, Arabic; the widest of them.
        0x80..=0x1fff => 0.84,
        0x2013 => 0.5,
        0x2212 => 0.84,
        0x2030 | 0x2031 => 1.8,
        0x1f000.. => 1.4,
        _ => 1.0,
    }
}

/// Width of a text of a size.
pub fn width(t: &str, size: f64) -> f64 {
    t.chars().map(em).sum::<f64>() * size
}

/// What may not begin a line.
fn closing(c: char) -> bool {
    "，。、；：！？）》」』】”’%％‰,.;:!?)]".contains(c)
}

/// What may not end one.
fn opening(c: char) -> bool {
    "（《“‘「『【〈([".contains(c)
}

/// Breaks a text into lines of about the same length, at most so many: a single character is not left alone.
pub fn wrap(t: &str, wide: f64, size: f64, most: usize) -> Vec<String> {
    let out = fill(t, wide, size, most);
    if out.len() < 2 || out.last().is_some_and(|l| l.ends_with('…')) {
        return out;
    }
    let (mut low, mut high) = (wide / 2.0, wide);
    for _ in 0..6 {
        let middle = (low + high) / 2.0;
        if fill(t, middle, size, most + 1).len() <= out.len() && unbroken(t, middle, size) { high = middle } else { low = middle }
    }
    fill(t, high, size, most)
}

/// Whether no word of letters is wider than a line.
pub fn unbroken(t: &str, wide: f64, size: f64) -> bool {
    // Letters and digits beside Han characters are words too: 2021学年 is not broken within its year.
    t.split(|c: char| matches!(c, ' ' | '-') || c as u32 > 0x2e7f || dash(c)).all(|w| width(w, size) <= wide)
}

/// A dash between numbers, after which a line may end.
fn dash(c: char) -> bool {
    matches!(c, '\u{2012}'..='\u{2015}' | '/' | '~')
}

/// Breaks a text into full lines, at most so many: between Han characters anywhere, between words at spaces, within a word only
/// where it is wider than the line. What does not fit ends in `…`.
fn fill(t: &str, wide: f64, size: f64, most: usize) -> Vec<String> {
    let chars: Vec<char> = t.trim().chars().collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let (mut end, mut sum) = (at, 0.0);
        while end < chars.len() && (end == at || sum + em(chars[end]) * size <= wide) {
            sum += em(chars[end]) * size;
            end += 1;
        }
        if out.len() + 1 == most.max(1) && end < chars.len() {
            while end > at + 1 && chars[at..end].iter().map(|c| em(*c)).sum::<f64>() * size + size > wide {
                end -= 1;
            }
            out.push(chars[at..end].iter().collect::<String>().trim_end().to_string() + "…");
            return out;
        }
        if end < chars.len() {
            let good = |k: &usize| {
                let (a, b) = (chars[k - 1], chars[*k]);
                !closing(b) && !opening(a) && (a == ' ' || a == '-' || dash(a) || a as u32 > 0x2e7f || b as u32 > 0x2e7f)
            };
            end = (at + 1..=end).rev().find(|k| good(k)).unwrap_or(end);
        }
        out.push(chars[at..end].iter().collect::<String>().trim().to_string());
        at = end;
        while chars.get(at) == Some(&' ') {
            at += 1;
        }
    }
    out
}

/// Puts labels of these heights as near to their places as they can be without touching, between `low` and `high`.
/// `None` where there is no room for all. Gives their middles in the order in which they came.
pub fn spread(wanted: &[(f64, f64)], low: f64, high: f64) -> Option<Vec<f64>> {
    if wanted.iter().map(|w| w.1).sum::<f64>() > high - low {
        return None;
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0));
    // Neighbours that touch become one block around the mean of their places.
    let mut blocks: Vec<(Vec<usize>, f64, f64)> = Vec::new();
    for i in order {
        let (y, h) = wanted[i];
        blocks.push((vec![i], (y - h / 2.0).clamp(low, high - h), h));
        while blocks.len() > 1 {
            let n = blocks.len();
            if blocks[n - 2].1 + blocks[n - 2].2 <= blocks[n - 1].1 + 1e-9 {
                break;
            }
            let Some((more, _, h)) = blocks.pop() else { break };
            let b = &mut blocks[n - 2];
            b.0.extend(more);
            b.2 += h;
            // The top that leaves least to be moved.
            let (mut off, mut sum) = (0.0, 0.0);
            for k in &b.0 {
                sum += wanted[*k].0 - wanted[*k].1 / 2.0 - off;
                off += wanted[*k].1;
            }
            b.1 = (sum / b.0.len() as f64).clamp(low, high - b.2);
        }
    }
    let mut out = vec![0.0; wanted.len()];
    for (members, top, _) in blocks {
        let mut y = top;
        for k in members {
            out[k] = y + wanted[k].1 / 2.0;
            y += wanted[k].1;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_people_break_them() {
        assert_eq!(wrap("国家统计局年度数据", 60.0, 13.0, 9), ["国家统", "计局年", "度数据"]);
        assert_eq!(wrap("甲乙丙，丁", 40.0, 13.0, 9), ["甲乙", "丙，丁"]);
        assert_eq!(wrap("一二三（四五", 55.0, 13.0, 9), ["一二三", "（四五"]);
        assert_eq!(wrap("Inner Mongolia", 60.0, 11.0, 2), ["Inner", "Mongolia"]);
        assert_eq!(wrap("一二三四五六七八九十", 55.0, 13.0, 2), ["一二三四", "五六七…"]);
        assert_eq!(wrap("2020—2021学年", 70.0, 13.0, 2), ["2020—", "2021学年"]);
        assert_eq!(wrap("", 55.0, 13.0, 2).len(), 0);
        assert!(wrap("Llanfairpwllgwyngyll", 50.0, 13.0, 9).iter().all(|l| width(l, 13.0) <= 50.0));
    }

    #[test]
    fn labels_move_apart_and_no_farther_than_needed() {
        let put = |y: &[f64]| spread(&y.iter().map(|y| (*y, 10.0)).collect::<Vec<_>>(), 0.0, 100.0);
        assert_eq!(put(&[20.0, 50.0]), Some(vec![20.0, 50.0]));
        assert_eq!(put(&[50.0, 50.0]), Some(vec![45.0, 55.0]));
        assert_eq!(put(&[0.0, 1.0]), Some(vec![5.0, 15.0]));
        assert_eq!(put(&[99.0, 30.0, 98.0]), Some(vec![95.0, 30.0, 85.0]));
        assert_eq!(put(&[1.0; 11]), None);
        let all = put(&[3.0, 90.0, 41.0, 44.0, 47.0, 40.0]).unwrap();
        let mut sorted = all.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|w| w[1] - w[0] >= 10.0 - 1e-6), "{all:?}");
    }
}
