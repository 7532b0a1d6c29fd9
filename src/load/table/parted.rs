//! Cells parted by a sign that nobody would guess (`^`, `~`, `\x01`, `¦`, `||`, `，`): the text is read as one column, and told.

use super::Doubt;
use super::doubts::doubt;
use crate::diag::{Severity, say};

/// Lines that are looked at.
const LINES: usize = 60;
/// Signs that stand inside cells too: there must be two of them in each line.
const WEAK: &str = "/:、，&@#%+·・=;,";

/// Runs of signs in a line: no letters, digits, blanks, quotes, brackets, and none that names and numbers are written with.
fn runs(line: &str) -> Vec<&str> {
    let sign = |c: char| !(c.is_alphanumeric() || (c.is_whitespace() && c != '\t') || "\"'“”‘’()（）[]【】{}《》<>-–—_.°²³".contains(c)) || c.is_control();
    let mut out: Vec<&str> = line.split(|c| !sign(c)).filter(|r| !r.is_empty()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The sign that parts cells, where it is another than the one by which they are parted.
fn sign(body: &str, delimiter: char) -> Option<&str> {
    let lines: Vec<&str> = body.lines().filter(|l| !l.trim().is_empty()).take(LINES).collect();
    let (head, rows) = lines.split_first()?;
    if rows.len() < 2 {
        return None;
    }
    let own = |l: &str| l.matches(delimiter).count();
    runs(head).into_iter().find(|r| {
        let k = head.matches(r).count();
        let single = r.chars().count() == 1;
        // Where the sign has the other in it, the other stands nowhere else.
        let inside = r.matches(delimiter).count();
        let alone = |l: &str| if inside > 0 { own(l) == k * inside } else { own(head) == 0 };
        // One `、` in every line, head and all, is no list of two.
        let weak = WEAK.contains(*r) && *r != "、";
        !(single && (inside > 0 || (weak && k < 2))) && lines.iter().all(|l| l.matches(r).count() == k && alone(l))
    })
}

/// The cells of a line that blanks part, two of them or more, or full-width ones: as columns are set on paper.
fn cells_of(line: &str) -> Vec<&str> {
    let wide = |l: &str| l.contains('\u{3000}') || l.contains("  ");
    if !wide(line) {
        return vec![line.trim()];
    }
    let mut out = Vec::new();
    let mut rest = line.trim();
    while let Some((at, end)) = gap(rest) {
        out.push(&rest[..at]);
        rest = &rest[end..];
    }
    out.push(rest);
    out
}

/// Where the first gap of two blanks or a full-width one begins and ends.
fn gap(t: &str) -> Option<(usize, usize)> {
    let at = [t.find("  "), t.find('\u{3000}'), t.find(" \u{3000}")].into_iter().flatten().min()?;
    Some((at, t.len() - t[at..].trim_start_matches([' ', '\u{3000}']).len()))
}

/// Names in the first line whose columns are set by blanks, as many cells in every line: the names, with commas between them.
fn set(body: &str, delimiter: char) -> Option<String> {
    let lines: Vec<&str> = body.lines().filter(|l| !l.trim().is_empty()).take(LINES).collect();
    let (head, rows) = lines.split_first()?;
    let names = cells_of(head);
    let named = names.iter().all(|n| (1..=20).contains(&n.chars().count()) && !n.starts_with(|c: char| c.is_ascii_digit()));
    let even = || rows.iter().all(|l| !l.contains(delimiter) && cells_of(l).len() == names.len());
    (names.len() > 1 && rows.len() > 1 && named && !head.contains(delimiter) && even()).then(|| names.join(","))
}

/// What is to be told of it.
pub(super) fn told(body: &str, delimiter: u8) -> Option<Doubt> {
    if let Some(names) = set(body, delimiter as char) {
        return Some(doubt(
            "TAB039",
            Severity::Warn,
            1,
            0,
            say!(
                "每行都用两个以上的空格分成同样多的格；空格不分列，整张表成了一列",
                "blanks part every line into as many cells; they divide nothing, and the table has one column"
            ),
            say!("格与格之间改用半角逗号，表头如 `{names}`", "part the cells by commas; the head is `{names}`"),
        ));
    }
    let r = sign(body, delimiter as char)?;
    let r: String = r.chars().map(|c| if c.is_control() { format!("\\x{:02x}", c as u32) } else { c.to_string() }).collect();
    Some(doubt(
        "TAB039",
        Severity::Warn,
        1,
        0,
        say!(
            "每行都有同样多的 `{r}`，像是分隔符；没有声明，不按它分列",
            "every line has as many `{r}`, which seems to part cells; as it is not declared, it does not"
        ),
        say!("写 `dialect: {{delimiter: \"{r}\"}}`；若不是分隔符，不必理会", "declare `dialect: {{delimiter: \"{r}\"}}`; if it parts no cells, leave it"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_between_cells() {
        for r in ["^", "~", "\u{1}", "\u{1f}", "¦", "||", "::", "~|~", "§", "；", "，", "、", "/", ":", "\t\t", "*", "$", "@", "#"] {
            let text = ["name", "pop", "area"].join(r)
                + "\n"
                + &(0..4).map(|i| [format!("城市{i}"), format!("10{i}"), format!("{i}.5")].join(r) + "\n").collect::<String>();
            let by = if r.contains('|') {
                '|'
            } else if r.contains('\t') {
                '\t'
            } else {
                ','
            };
            assert_eq!(sign(&text, by), Some(r), "{text}");
        }
        for (text, by) in [
            ("a|b\n1|2\n3|4\n", '|'),
            ("a,b\n1,2\n3,4\n", ','),
            ("a/b\n1/2\n3/4\n", ','),
            ("time\n08:00:00\n09:00:00\n", ','),
            ("url\nhttps://a.b/c\nhttps://a.b/d\n", ','),
            ("男/女,人口\n1,2\n3,4\n", ','),
            ("name (m)\nx (1)\ny (2)\n", ','),
            ("a||b|c\n1||2|3\n4||5|6\n", '|'),
            ("date\n2024-01-02\n2024-01-03\n", ','),
            ("a,,b\n1,2,3\n4,5,6\n", ','),
            ("a^b\n1\n2\n", ','),
        ] {
            assert_eq!(sign(text, by), None, "{text}");
        }
    }
}
