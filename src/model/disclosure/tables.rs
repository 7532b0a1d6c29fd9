//! The tables of the annual report: rows and columns of the official form, sums, balances, and the count from the register.

use super::{Report, Request};
use crate::diag::{Text, say};
use std::collections::BTreeMap;

/// Columns of the table of requests: kinds of applicants.
pub static KINDS: [&str; 6] = ["natural", "company", "research", "charity", "legal", "other"];

/// A row of the table of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Key in the file, and of its message.
    pub key: &'static str,
    /// The group that it is part of; empty for a row of its own.
    pub group: &'static str,
    /// An outcome: part of the total.
    pub leaf: bool,
    /// In the form of 2021 alone.
    pub new_form: bool,
}

const fn row(key: &'static str, group: &'static str, leaf: bool, new_form: bool) -> Row {
    Row { key, group, leaf, new_form }
}

/// The rows of the table of requests in their order.
pub static ROWS: &[Row] = &[
    row("new", "", false, false),
    row("carried", "", false, false),
    row("open", "", true, false),
    row("partial", "", true, false),
    row("secret", "refused", true, false),
    row("forbidden", "refused", true, false),
    row("safety", "refused", true, false),
    row("third_party", "refused", true, false),
    row("internal", "refused", true, false),
    row("process", "refused", true, false),
    row("case_file", "refused", true, false),
    row("inquiry", "refused", true, false),
    row("not_held", "unable", true, false),
    row("to_be_made", "unable", true, false),
    row("unclear", "unable", true, false),
    row("petition", "not_dealt", true, false),
    row("repeated", "not_dealt", true, false),
    row("publication", "not_dealt", true, false),
    row("excessive", "not_dealt", true, false),
    row("reissue", "not_dealt", true, false),
    row("not_completed", "otherwise", true, true),
    row("not_paid", "otherwise", true, true),
    row("other", "otherwise", true, false),
    row("total", "", false, false),
    row("next", "", false, false),
];

/// The rows of a form.
pub fn rows(old: bool) -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(move |r| !(old && r.new_form))
}

/// Rows that the form does not have, of requests that the register says too little of: refused or not provided without saying
/// why, and decided without saying how. A counted table has them where there are any, behind the last row of their group: a request
/// that came in is one, and what was refused was refused, whatever was left out.
pub static UNSAID: &[Row] =
    &[row("refused_unsaid", "refused", true, false), row("unable_unsaid", "unable", true, false), row("result_unsaid", "", true, false)];

/// The rows of a form with those of what is not said, as far as some are counted.
pub fn with_unsaid(old: bool, there: &dyn Fn(&str) -> bool) -> Vec<&'static Row> {
    let mut out: Vec<&'static Row> = rows(old).collect();
    for row in UNSAID.iter().filter(|r| there(r.key)) {
        // The last row of its group, or the last outcome.
        let last = out.iter().rposition(|r| r.leaf && (r.group == row.group || row.group.is_empty()));
        out.insert(last.map_or(out.len(), |at| at + 1), row);
    }
    out
}

/// Rows of table two: key, columns in 2021, columns in 2019 (0: not in that form), item of article 20.
pub static ACTIVE: &[(&str, usize, usize, u8)] = &[
    ("rules", 3, 3, 1),
    ("normative", 3, 3, 1),
    ("permits", 1, 3, 5),
    ("services", 0, 3, 5),
    ("penalties", 1, 3, 6),
    ("coercion", 1, 3, 6),
    ("fees", 1, 2, 8),
    ("procurement", 0, 2, 9),
];

/// Rows of table four.
pub static DISPUTES: [&str; 3] = ["review", "suit", "suit_after"];

/// A row of numbers as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// The numbers, without the sum.
    pub cells: Vec<u64>,
    /// The sum, where it is typed.
    pub total: Option<u64>,
    /// Where each stands: bytes of the file.
    pub at: Vec<(u32, u32)>,
}

impl Numbers {
    /// The sum of the numbers.
    pub fn sum(&self) -> u64 {
        self.cells.iter().fold(0, |a, b| a.saturating_add(*b))
    }
}

/// The table of requests: each row's six numbers.
pub type Counts = BTreeMap<&'static str, [u64; 6]>;

/// The row of the table in which an outcome counts; `None` where the outcome does not say which.
pub fn row_of(outcome: &str) -> Option<&'static str> {
    let key = match outcome {
        "told" => "open",
        "nonexistent" | "elsewhere" => "not_held",
        "other_law" => "other",
        o => o,
    };
    ROWS.iter().find(|r| r.leaf && r.key == key).map(|r| r.key)
}

/// The row of an outcome that does not say which kind it was, and of none.
fn unsaid_of(outcome: Option<&str>) -> &'static str {
    match outcome {
        Some("refused") => "refused_unsaid",
        Some("unable") => "unable_unsaid",
        _ => "result_unsaid",
    }
}

/// Where the requests of a department and year stand in its table, by row and column: places in the register. Those that say too
/// little to be counted stand apart; one that names no department, or none that is known, may be this one's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placed {
    /// By key of the row and place in [`KINDS`].
    pub cells: BTreeMap<(&'static str, usize), Vec<u32>>,
    /// Those that are not counted.
    pub unknown: Vec<u32>,
}

/// Finds the place of each request in the table of a department and year.
pub fn placed(requests: &[Request], department: usize, year: i16) -> Placed {
    let mut out = Placed::default();
    for (i, r) in requests.iter().enumerate().filter(|(_, r)| r.department.is_none_or(|d| d == department)) {
        let i = i as u32;
        let Some(received) = r.received.filter(|d| d.year() <= year) else {
            // Without its day it belongs to no year.
            if r.received.is_none() {
                out.unknown.push(i);
            }
            continue;
        };
        if r.decided.is_some_and(|d| d.year() < year && d >= received) {
            continue;
        }
        let closed = r.decided.is_some_and(|d| d.year() == year);
        let place = if closed { r.outcome.and_then(row_of).unwrap_or_else(|| unsaid_of(r.outcome)) } else { "next" };
        // An outcome without its day, or with one before its receipt, may lie in any year.
        let undated = r.reversed() || r.decided.is_none() && r.outcome.is_some();
        let kind = r.kind.and_then(|k| KINDS.iter().position(|c| *c == k));
        let (Some(kind), false, Some(_)) = (kind, undated, r.department) else {
            out.unknown.push(i);
            continue;
        };
        let mut add = |key: &'static str| out.cells.entry((key, kind)).or_default().push(i);
        add(if received.year() == year { "new" } else { "carried" });
        add(place);
        if closed {
            add("total");
        }
    }
    out
}

/// The table of a department and year as the register has it, and how many requests say too little to be counted.
pub fn counted(requests: &[Request], department: usize, year: i16) -> (Counts, usize) {
    let mut out: Counts = ROWS.iter().map(|r| (r.key, [0; 6])).collect();
    let all = placed(requests, department, year);
    for ((key, kind), list) in &all.cells {
        out.entry(key).or_insert([0; 6])[*kind] = list.len() as u64;
    }
    (out, all.unknown.len())
}

/// Requests of a counted table that stand in the rows of what is not said.
pub fn unsaid(counts: &Counts) -> u64 {
    UNSAID.iter().filter_map(|r| counts.get(r.key)).flatten().fold(0, |a, b| a.saturating_add(*b))
}

/// The register tells something of a year: a request had come by its end, or one has no day. Else nobody kept it then, and its
/// zeros would be measured by nobody.
pub fn reaches(register: &[Request], year: i16) -> bool {
    register.iter().any(|r| r.received.is_none_or(|d| d.year() <= year))
}

/// The table of requests of a report: typed (with the total made where it is not), or counted. Where there is no register of that
/// year, or none of its requests could be counted, there is no table: zeros would say that there was none.
pub fn requests(report: &Report, register: &[Request]) -> (Counts, usize) {
    if report.counted {
        if !reaches(register, report.year) {
            return Default::default();
        }
        let (counts, unknown) = counted(register, report.department, report.year);
        let nothing = unknown > 0 && counts.values().flatten().all(|n| *n == 0);
        return (if nothing { Counts::new() } else { counts }, unknown);
    }
    let mut out = Counts::new();
    for (key, n) in &report.requests {
        let mut cells = [0; 6];
        cells.iter_mut().zip(&n.cells).for_each(|(a, b)| *a = *b);
        out.insert(key, cells);
    }
    let leaves: Vec<[u64; 6]> = rows(report.old).filter(|r| r.leaf).filter_map(|r| out.get(r.key).copied()).collect();
    if !out.contains_key("total") && !leaves.is_empty() {
        let mut total = [0u64; 6];
        for l in &leaves {
            total.iter_mut().zip(l).for_each(|(a, b)| *a = a.saturating_add(*b));
        }
        out.insert("total", total);
    }
    (out, 0)
}

/// Something that does not add up.
#[derive(Debug, Clone)]
pub struct Off {
    /// Bytes of the file.
    pub at: (u32, u32),
    /// What is wrong.
    pub message: Text,
}

/// What does not add up in a report by itself: sums of rows, the total, the balance of each column.
pub fn off(report: &Report) -> Vec<Off> {
    let mut out = Vec::new();
    let all = report.requests.iter().chain(&report.disputes);
    for (key, n) in all {
        if let (Some(total), sum) = (n.total, n.sum())
            && total != sum
        {
            let at = n.at.last().copied().unwrap_or_default();
            out.push(Off {
                at, message: say!("`{key}` 的总计写 {total}，各项相加是 {sum}", "the sum of `{key}` is {total}; its numbers make {sum}")
            });
        }
    }
    if report.requests.is_empty() {
        return out;
    }
    let get = |key: &str| report.requests.iter().find(|(k, _)| *k == key).map(|(_, n)| n);
    let missing: Vec<&str> = rows(report.old).filter(|r| r.key != "total" && get(r.key).is_none()).map(|r| r.key).collect();
    if !missing.is_empty() {
        let list = missing.join("、");
        let list_en = missing.join(", ");
        out.push(Off { at: report.requests_at, message: say!("表里缺这几行：{list}", "rows of the table are missing: {list_en}") });
        return out;
    }
    for (c, kind) in KINDS.iter().enumerate() {
        let cell = |key: &str| get(key).and_then(|n| n.cells.get(c)).copied();
        let leaves = || rows(report.old).filter(|r| r.leaf).filter_map(|r| cell(r.key)).fold(0u64, u64::saturating_add);
        let place = |key: &str| get(key).and_then(|n| n.at.get(c)).copied().unwrap_or(report.requests_at);
        if let Some(total) = cell("total")
            && total != leaves()
        {
            let sum = leaves();
            let message =
                say!("`total` 的第 {} 列（{kind}）写 {total}，各行相加是 {sum}", "`total`, column {} ({kind}) is {total}; the rows make {sum}", c + 1);
            out.push(Off { at: place("total"), message });
            continue;
        }
        let total = cell("total").unwrap_or_else(leaves);
        if let (Some(new), Some(carried), Some(next)) = (cell("new"), cell("carried"), cell("next"))
            && new.saturating_add(carried) != total.saturating_add(next)
        {
            let message = say!(
                "第 {} 列（{kind}）不平：新收 {new} + 上年结转 {carried} ≠ 总计 {total} + 结转下年 {next}",
                "column {} ({kind}) does not balance: new {new} + carried {carried} ≠ total {total} + next {next}",
                c + 1
            );
            out.push(Off { at: place("new"), message });
        }
    }
    out
}

/// What does not follow from the report of the year before.
pub fn off_since(report: &Report, before: &Report, register: &[Request]) -> Vec<Off> {
    let mut out = Vec::new();
    let (now, then) = (requests(report, register).0, requests(before, register).0);
    if let (Some(carried), Some(next)) = (now.get("carried"), then.get("next")) {
        let typed = report.requests.iter().find(|(k, _)| *k == "carried").map(|(_, n)| n);
        for (c, (a, b)) in carried.iter().zip(next).enumerate().filter(|(_, (a, b))| a != b) {
            let at = typed.and_then(|n| n.at.get(c)).copied().unwrap_or(report.requests_at);
            let (kind, year) = (KINDS[c], before.year);
            let message = say!(
                "第 {} 列（{kind}）的上年结转是 {a}，{year} 年报告的结转下年度是 {b}",
                "column {} ({kind}): {a} carried over, and the report of {year} carries {b} to the next year",
                c + 1
            );
            out.push(Off { at, message });
        }
    }
    if report.old || before.old {
        return out;
    }
    for key in ["rules", "normative"] {
        let of = |r: &Report| -> Option<Vec<u64>> {
            let (_, cells, _) = r.active.iter().find(|(k, ..)| *k == key)?;
            cells.iter().map(|c| c.parse().ok()).collect::<Option<Vec<u64>>>().filter(|v| v.len() == 3)
        };
        if let (Some(n), Some(o)) = (of(report), of(before))
            && n[2].saturating_add(n[1]) != o[2].saturating_add(n[0])
        {
            let at = report.active.iter().find(|(k, ..)| *k == key).and_then(|(_, _, at)| at.get(2)).copied().unwrap_or_default();
            let (year, want) = (before.year, i128::from(o[2]) + i128::from(n[0]) - i128::from(n[1]));
            let message = say!(
                "`{key}` 现行有效 {} 件；{year} 年 {} 件，加制发 {}、减废止 {}，应是 {want} 件",
                "`{key}`: {} in force; {} in {year}, and {} made, {} repealed, give {want}",
                n[2],
                o[2],
                n[0],
                n[1]
            );
            out.push(Off { at, message });
        }
    }
    out
}

/// How much of a text stands in another: shares of runs of eight characters.
pub fn likeness(text: &str, other: &str) -> f64 {
    let runs = |t: &str| -> std::collections::BTreeSet<Vec<char>> {
        let letters: Vec<char> = t.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.windows(8).map(<[char]>::to_vec).collect()
    };
    let (a, b) = (runs(text), runs(other));
    if a.len() < 20 {
        return 0.0;
    }
    a.intersection(&b).count() as f64 / a.len() as f64
}
