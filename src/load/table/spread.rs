//! Numbers of persons written one digit a cell, as forms have them: `身份证号 | 3 | 5 | 0 …`. Head, rows and notes alike are looked at.

use super::personal::{Kind, calls, of_names};
use crate::personal::{mobile, resident};

/// Empty cells between two digits: merged areas leave them.
const GAP: usize = 3;

/// A number whose digits stand in cells beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// Record of the sample, from 0.
    pub row: usize,
    /// First and last column, from 0.
    pub columns: (usize, usize),
    /// What it is.
    pub kind: Kind,
    /// Records that have one.
    pub cells: u64,
}

/// The digit of a cell that has nothing else; 10 for the check sign X.
fn digit(cell: &str) -> Option<u8> {
    let mut chars = cell.trim().chars();
    let c = match chars.next()? {
        c @ '０'..='９' => return chars.next().is_none().then(|| (c as u32 - '０' as u32) as u8),
        'Ｘ' | 'ｘ' => 'X',
        c => c,
    };
    if chars.next().is_some() {
        return None;
    }
    if matches!(c, 'X' | 'x') { Some(10) } else { c.to_digit(10).map(|d| d as u8) }
}

/// Runs of digits, one a cell, each with its column.
fn runs(row: &[String]) -> Vec<Vec<(usize, u8)>> {
    let mut out: Vec<Vec<(usize, u8)>> = vec![Vec::new()];
    let mut gap = 0;
    for (c, cell) in row.iter().enumerate() {
        let open = out.last().is_some_and(|r| !r.is_empty());
        match digit(cell) {
            Some(d) => {
                gap = 0;
                if let Some(r) = out.last_mut() {
                    r.push((c, d));
                }
            }
            None if !open => {}
            None if cell.trim().is_empty() && gap < GAP => gap += 1,
            None => {
                gap = 0;
                out.push(Vec::new());
            }
        }
    }
    out.retain(|r| r.len() >= 11);
    out
}

/// The first of such numbers in some records.
///
/// An identity number needs its check digit and a run of just its length, or a word beside or above it; where no word tells, half of
/// the records with such runs must have one, as answers of 0 to 9 in eighteen columns make one by chance now and then. A mobile number
/// has no check digit and always needs a word.
pub fn find(sample: &[Vec<String>]) -> Option<Spread> {
    let called = |kind: Kind, row: usize, from: usize, to: usize| {
        let beside = sample[row][..from].iter().rev().find(|c| !c.trim().is_empty() && digit(c).is_none());
        let above = || sample[..row].iter().rev().take(3).filter_map(|r| r.get(from.min(r.len())..(to + 1).min(r.len()))).flatten();
        beside.into_iter().chain(above()).any(|c| calls(kind, c))
    };
    let named = sample.iter().take(10).flatten().any(|c| of_names(c) || calls(Kind::Id, c) || c.trim().starts_with('证'));
    let mut first: [Option<Spread>; 2] = [None, None];
    let (mut long, mut certain) = (0u64, false);
    for (row, cells) in sample.iter().enumerate() {
        for run in runs(cells) {
            long += u64::from(run.len() >= 18);
            for (kind, size) in [(Kind::Id, 18), (Kind::Mobile, 11)] {
                let hit = run.windows(size).find_map(|w| {
                    let digits: Vec<u8> = w.iter().map(|x| x.1).collect();
                    let (from, to) = (w[0].0, w[size - 1].0);
                    let is = match kind {
                        Kind::Id => resident(&digits) && (run.len() == 18 || named || called(kind, row, from, to)),
                        _ => mobile(&digits) && run.len() < 18 && called(kind, row, from, to),
                    };
                    is.then_some((from, to))
                });
                let Some(columns) = hit else { continue };
                certain |= kind == Kind::Id && (named || called(kind, row, columns.0, columns.1));
                first[usize::from(kind != Kind::Id)].get_or_insert(Spread { row, columns, kind, cells: 0 }).cells += 1;
            }
        }
    }
    let [id, mobile] = first;
    id.filter(|s| certain || s.cells * 2 >= long).or(mobile)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|l| l.split(',').map(str::to_string).collect()).collect()
    }

    /// The digits of a number, one a cell, from other digits with a right check digit.
    fn spread(n: &str, by: &str) -> String {
        n.chars().map(String::from).collect::<Vec<_>>().join(by)
    }

    #[test]
    fn numbers_of_one_digit_a_cell() {
        // A made-up number whose check digit is right.
        let id = "35058319900307293";
        const W: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let sum: u32 = id.bytes().zip(W).map(|(d, w)| u32::from(d - b'0') * w).sum();
        let id = format!("{id}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize]);
        let digits = spread(&id, ",");
        let head: Vec<String> = (1..=18).map(|i| i.to_string()).collect();
        let named: Vec<String> = (1..=18).map(|i| format!("证{i}")).collect();
        for text in [
            format!("身份证号,{digits}\n"),
            format!("姓名,林某\n身份证号码,{digits}\n电话,\n"),
            format!("{}\n{digits}\n", head.join(",")),
            format!("{}\n{digits}\n", named.join(",")),
            format!("序号,{}\n1,{digits}\n", named.join(",")),
            format!("姓名,{}\n林某,{}\n", head.join(","), spread(&id, ",,")),
            format!("公民身份号码{}\n,{digits}\n", ",".repeat(18)),
        ] {
            assert!(find(&rows(&text)).is_some_and(|s| s.kind == Kind::Id), "{text}");
        }
        for text in ["姓名,手机,,,,,,,,,,\n林某,1,3,8,5,7,1,3,6,6,4,2\n", "手机号,1,3,8,5,7,1,3,6,6,4,2\n", "登记表\n联系电话,,1,3,8,5,7,1,3,6,6,4,2\n"]
        {
            assert!(find(&rows(text)).is_some_and(|s| s.kind == Kind::Mobile), "{text}");
        }
        for text in [
            "题,1,2,3,4,5,6,7,8,9,10,11\n甲,1,3,8,5,7,1,3,6,6,4,2\n".to_string(),
            format!("{}\n{}\n", head.join(","), spread("123456789012345678", ",")),
            "手机,1,2,3\n".to_string(),
        ] {
            assert_eq!(find(&rows(&text)), None, "{text}");
        }
    }
}
