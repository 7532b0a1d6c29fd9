//! What the labels of an axis say of time. A label alone may be read in two ways (`2009-10` is a month or a financial
//! year, `3月` belongs to no year), so all of them are read together.

use crate::load::table::value::{fiscal, parts, period};

/// A point in time: year (0 where none is told), month and day (0 where they are not), part of the day.
pub type When = (i64, i64, i64, f64);

/// The points in time of labels; `None` where one of them is none.
pub fn whens(labels: &[String]) -> Option<Vec<When>> {
    if labels.is_empty() || cumulative(labels).is_some() {
        return None;
    }
    let all: Vec<&str> = labels.iter().map(|l| bare(l)).collect();
    let every = |read: &dyn Fn(&str) -> Option<When>| all.iter().map(|l| read(l)).collect::<Option<Vec<When>>>();
    let months = |l: &str| month(l).map(|m| (0, m, 0, 0.0));
    let years = |l: &str| Some((financial(l)?, 0, 0, 0.0));
    // `2009-10` alone is a month.
    let two = if all.len() > 1 { every(&years) } else { None };
    two.or_else(|| every(&one)).or_else(|| if all.len() > 1 { every(&months) } else { None })
}

/// Without the sign of a footnote.
fn bare(label: &str) -> &str {
    label.trim().trim_end_matches(['*', '＊', '†', '※']).trim_end()
}

/// A year, quarter, month, day or point in time.
fn one(v: &str) -> Option<When> {
    if let Some((y, m)) = period(v).or_else(|| quarter(v)) {
        return Some((i64::from(y), i64::from(m), 0, 0.0));
    }
    let (y, m, d, time) = parts(v)?;
    // 08:30 is a third of a day.
    let clock = v.rsplit([' ', 'T', '日']).next().filter(|_| time).map_or(0.0, |c| {
        let part = |i: usize| c.split(':').nth(i).and_then(|x| x.get(..2)).and_then(|x| x.parse::<f64>().ok()).unwrap_or(0.0);
        part(0) / 24.0 + part(1) / 1440.0
    });
    Some((i64::from(y), i64::from(m), i64::from(d), clock))
}

/// The first month of a quarter in the ways that `period` does not know: `2023Q1`, `2023年Q1`, `2023 Q1`, `Q1 2023`, `1Q2023`, `2023一季度`.
fn quarter(v: &str) -> Option<(u16, u8)> {
    let year = |t: &str| (t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse().ok()).flatten().filter(|y| (1800..=2100).contains(y));
    let plain: String = v.chars().filter(|c| !matches!(c, ' ' | '\u{3000}' | '-' | '/' | '_' | '.' | ',' | '\'')).flat_map(char::to_uppercase).collect();
    let of = |y: &str, q: &str| Some((year(y.strip_suffix('年').unwrap_or(y))?, nth(q)? * 3 - 2));
    let before = plain.split_at_checked(4).and_then(|(y, q)| of(y, q.strip_prefix('年').unwrap_or(q)));
    before.or_else(|| plain.split_at_checked(2).and_then(|(q, y)| of(y, q)))
}

/// Which quarter a word names: `Q1`, `1Q`, `一季度`, `第一季度`, `1季度`.
fn nth(q: &str) -> Option<u8> {
    let digit = q.strip_prefix('Q').or_else(|| q.strip_suffix('Q')).or_else(|| {
        let q = q.strip_prefix('第').unwrap_or(q);
        q.strip_suffix("季度").or_else(|| q.strip_suffix('季'))
    })?;
    let at = ["一", "二", "三", "四"].iter().position(|w| *w == digit).or_else(|| ["1", "2", "3", "4"].iter().position(|w| *w == digit))?;
    Some(at as u8 + 1)
}

/// The year in which a financial or school year begins: `2019/20`, `2019-20`, `2019—2020学年`, `FY2019/20`.
fn financial(v: &str) -> Option<i64> {
    let v = v.trim_start_matches("FY").trim();
    let v = ["学年度", "學年度", "财政年度", "财年", "年度", "学年", "學年", "年"].iter().find_map(|w| v.strip_suffix(w)).unwrap_or(v).trim();
    let dashed: String = v.chars().filter(|c| *c != ' ').map(|c| if matches!(c, '—' | '–' | '―' | '－' | '~' | '～' | '至') { '-' } else { c }).collect();
    if fiscal(&dashed) {
        return dashed.get(..4)?.parse().ok();
    }
    let (a, b) = dashed.split_once('-').or_else(|| dashed.split_once('/'))?;
    let year = |t: &str| (t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse::<i64>().ok()).flatten();
    let (a, b) = (year(a.strip_suffix('年').unwrap_or(a))?, year(b)?);
    (b == a + 1 && (1800..=2100).contains(&a)).then_some(a)
}

static MONTHS: [(&str, &str); 12] = [
    ("january", "一月"),
    ("february", "二月"),
    ("march", "三月"),
    ("april", "四月"),
    ("may", "五月"),
    ("june", "六月"),
    ("july", "七月"),
    ("august", "八月"),
    ("september", "九月"),
    ("october", "十月"),
    ("november", "十一月"),
    ("december", "十二月"),
];

/// A month or quarter of a year that is not told: `2月`, `二月`, `Feb`, `一季度`, `Q1`.
fn month(v: &str) -> Option<i64> {
    let v = v.trim().trim_end_matches('份');
    if let Some(n) = v.strip_suffix('月').and_then(|m| m.parse::<i64>().ok()).filter(|m| (1..=12).contains(m)) {
        return Some(n);
    }
    let low = v.to_lowercase();
    let low = low.trim_end_matches('.');
    let named = MONTHS.iter().position(|(en, zh)| *zh == v || low == *en || low == &en[..3] || (*en == "september" && low == "sept"));
    named.map(|i| i as i64 + 1).or_else(|| nth(&v.to_uppercase()).map(|q| i64::from(q) * 3 - 2))
}

/// A label that says that its value is summed up from the beginning of the year: such values beside others of the year make no line.
pub fn cumulative(labels: &[String]) -> Option<&str> {
    let has = |w: &str| labels.iter().filter(|l| l.contains(w)).count();
    // 上半年 and 下半年 are two halves; 上半年 alone, or years of halves alone, are points in time of one kind.
    let half = has("上半年") > 0 && has("上半年") < labels.len() && has("下半年") == 0;
    let whole = has("全年") > 0 && has("全年") < labels.len();
    labels.iter().map(String::as_str).find(|l| (half && l.contains("上半年")) || summed(l) || (whole && l.contains("全年")))
}

/// `前三季度`, `前11个月`, `1-2月`, `2023年1—6月`, `1至9月`, `年初至3月`.
fn summed(l: &str) -> bool {
    if !l.contains(['月', '季', '计', '計']) {
        return false;
    }
    if ["前三季", "前二季", "前两季", "前3季", "前2季", "累计", "累計", "年初至"].iter().any(|w| l.contains(w)) {
        return true;
    }
    if l.split_once('前').is_some_and(|(_, r)| r.contains("个月") || r.contains("個月")) {
        return true;
    }
    // `1-2月`: a first month, a dash, a last one; not the `2023-1月` of a year.
    let Some(head) = l.strip_suffix('月').or_else(|| l.strip_suffix("月份")) else { return false };
    let from = head.rsplit_once('年').map_or(head, |(_, r)| r);
    let Some((a, b)) = ["-", "—", "–", "－", "~", "～", "至"].iter().find_map(|d| from.split_once(d)) else { return false };
    a.trim_end_matches('月').trim() == "1" && b.trim_matches(['—', '-']).trim().parse::<u8>().is_ok_and(|m| (2..=12).contains(&m))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(labels: &[&str]) -> Option<Vec<(i64, i64)>> {
        let labels: Vec<String> = labels.iter().map(|l| (*l).to_string()).collect();
        whens(&labels).map(|l| l.iter().map(|w| (w.0, w.1)).collect())
    }

    #[test]
    fn labels_are_read_together() {
        for list in [
            ["2023Q1", "2023Q2", "2023Q4"],
            ["2023年Q1", "2023年Q2", "2023年Q4"],
            ["Q1 2023", "Q2 2023", "Q4 2023"],
            ["1Q2023", "2Q2023", "4Q2023"],
            ["2023-Q1", "2023-Q2", "2023-Q4"],
            ["2023年一季度", "2023年第2季度", "2023四季度"],
        ] {
            assert_eq!(of(&list), Some(vec![(2023, 1), (2023, 4), (2023, 10)]), "{list:?}");
        }
        assert_eq!(of(&["2019/20", "2020/21", "2022/23"]), Some(vec![(2019, 0), (2020, 0), (2022, 0)]));
        assert_eq!(of(&["2009-10", "2010-11"]), Some(vec![(2009, 0), (2010, 0)]));
        assert_eq!(of(&["2009-10", "2009-11"]), Some(vec![(2009, 10), (2009, 11)]));
        assert_eq!(of(&["2020—2021学年", "2021—2022学年"]), Some(vec![(2020, 0), (2021, 0)]));
        assert_eq!(of(&["1月", "2月", "10月"]), Some(vec![(0, 1), (0, 2), (0, 10)]));
        assert_eq!(of(&["Jan", "Feb", "Oct"]), Some(vec![(0, 1), (0, 2), (0, 10)]));
        assert_eq!(of(&["2021", "2022", "2023*"]), Some(vec![(2021, 0), (2022, 0), (2023, 0)]));
        assert_eq!(of(&["2022年一季度", "2022年上半年", "2022年前三季度"]), None);
        assert_eq!(of(&["2023年1-2月", "2023年1-3月"]), None);
        assert_eq!(of(&["2023", "合计"]), None);
        assert_eq!(of(&["1", "2", "3"]), None);
        assert_eq!(of(&["May"]), None);
    }

    #[test]
    fn what_is_summed_up_is_told() {
        let first = |labels: &[&str]| cumulative(&labels.iter().map(|l| (*l).to_string()).collect::<Vec<_>>()).map(str::to_string);
        assert_eq!(first(&["一季度", "上半年", "前三季度", "全年"]).as_deref(), Some("上半年"));
        assert_eq!(first(&["1—2月", "1—3月"]).as_deref(), Some("1—2月"));
        assert_eq!(first(&["2022年上半年", "2022年下半年"]), None);
        assert_eq!(first(&["2022年上半年", "2023年上半年"]), None);
        assert_eq!(first(&["2022年全年", "2023年全年"]), None);
        assert_eq!(first(&["2023-1月", "2023-2月"]), None);
        assert_eq!(first(&["2023年1月", "2023年2月"]), None);
    }
}
