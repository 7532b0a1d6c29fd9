//! The axis of time: where years, months and days are, which step is usual, what is told along it.

use super::measure::{SIZE, width};
use crate::tables::when::whens;

/// How fine the labels of an axis are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grain {
    Year,
    Month,
    Day,
}

/// Points in time along an axis, in years, months or days.
#[derive(Debug, Clone)]
pub struct Times {
    grain: Grain,
    /// Place of each label.
    pub places: Vec<f64>,
}

/// Days from the year 0 to a day of the Gregorian calendar.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March here, so that the leap day comes last.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    y * 365 + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day - 1
}

impl Times {
    /// The places of labels; `None` where one of them is no time.
    pub fn of(labels: &[String]) -> Option<Times> {
        let all = whens(labels)?;
        let grain = all
            .iter()
            .map(|t| {
                if t.2 > 0 {
                    Grain::Day
                } else if t.1 > 0 {
                    Grain::Month
                } else {
                    Grain::Year
                }
            })
            .max()?;
        let place = |(y, m, d, clock): &(i64, i64, i64, f64)| match grain {
            Grain::Year => *y as f64,
            Grain::Month => (y * 12 + (m - 1).max(0)) as f64,
            Grain::Day => day_number(*y, (*m).max(1), (*d).max(1)) as f64 + clock,
        };
        Some(Times { grain, places: all.iter().map(place).collect() })
    }

    /// The longest step that is no gap: half as long again as the usual one.
    pub fn bridge(&self) -> f64 {
        let mut sorted = self.places.clone();
        sorted.sort_by(f64::total_cmp);
        let mut steps: Vec<f64> = sorted.windows(2).map(|w| w[1] - w[0]).filter(|s| *s > 0.0).collect();
        steps.sort_by(f64::total_cmp);
        let Some(median) = steps.get(steps.len() / 2).copied() else { return f64::INFINITY };
        // The most frequent step, where a third of them are it; else the one in the middle.
        let mut best = (0, median);
        for run in steps.chunk_by(|a, b| (a - b).abs() < 1e-6) {
            if run.len() > best.0 {
                best = (run.len(), run[0]);
            }
        }
        let usual = if best.0 * 3 >= steps.len() { best.1 } else { median };
        // Of working days neither a weekend nor a holiday is a gap.
        if self.grain == Grain::Day && usual <= 1.0 + 1e-6 && usual > 0.9 { 4.0 } else { usual * 1.5 + 1e-9 }
    }

    /// Of years with gaps between them those are told that have values: round years that have none would claim them. Where the round
    /// ones that have values are few, as many of the years as there is room for, from the newest back.
    fn true_years(&self, round: Vec<Vec<(f64, String)>>, known: &[(f64, String)], at: &dyn Fn(f64) -> f64, bounds: (f64, f64)) -> Vec<Vec<(f64, String)>> {
        let there = |t: &(f64, String)| known.iter().any(|k| k.0 == t.0);
        if round.first().is_none_or(|every| every.iter().all(there)) {
            return round;
        }
        let (Some(first), Some(last)) = (known.first(), known.last()) else { return round };
        let mut own = vec![first.clone(), last.clone()];
        for t in known.iter().rev() {
            let with = sorted(&[&own[..], std::slice::from_ref(t)].concat());
            if own.iter().all(|o| o.0 != t.0) && fits(&with, at, bounds) {
                own = with;
            }
        }
        let even: Vec<Vec<(f64, String)>> = round.into_iter().filter(|l| l.iter().all(there) && l.len() * 2 >= own.len() && fits(l, at, bounds)).collect();
        if even.is_empty() { vec![own] } else { even }
    }

    /// What is told along the axis: place among `places` (not an index), text. All labels where there is room, else round
    /// years or months and the two ends.
    pub fn ticks(&self, labels: &[String], at: &dyn Fn(f64) -> f64, bounds: (f64, f64)) -> Vec<(f64, String)> {
        let short = |l: &String| l.strip_suffix('年').filter(|y| y.bytes().all(|c| c.is_ascii_digit())).map_or(l.clone(), str::to_string);
        let mut known: Vec<(f64, String)> = self.places.iter().copied().zip(labels.iter().map(short)).collect();
        known.sort_by(|a, b| a.0.total_cmp(&b.0));
        known.dedup_by(|a, b| a.0 == b.0);
        if fits(&known, at, bounds) {
            return known;
        }
        let (Some(first), Some(last)) = (known.first().cloned(), known.last().cloned()) else { return known };
        let round = |step: f64, text: &dyn Fn(f64) -> String| -> Vec<(f64, String)> {
            let (a, b) = ((first.0 / step).ceil(), (last.0 / step).floor());
            (0..=(b - a).clamp(-1.0, 500.0) as i64).map(|i| (a + i as f64) * step).map(|p| (p, text(p))).filter(|(_, t)| !t.is_empty()).collect()
        };
        let year = |p: f64| format!("{p:.0}");
        let month = |p: f64| {
            let p = p.round() as i64;
            if p.rem_euclid(12) == 0 { p.div_euclid(12).to_string() } else { format!("{}-{:02}", p.div_euclid(12), p.rem_euclid(12) + 1) }
        };
        let months = [1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 60.0, 120.0, 240.0, 600.0, 1200.0];
        let said = |p: f64| known.iter().find(|k| (k.0 - p).abs() < 1e-6).map_or(String::new(), |k| k.1.clone());
        let numbered = known.iter().all(|k| k.1.len() == 4 && k.1.bytes().all(|b| b.is_ascii_digit()));
        let candidates: Vec<Vec<(f64, String)>> = match self.grain {
            // Financial years keep their own words.
            Grain::Year if !numbered => [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].iter().map(|s| round(*s, &said)).collect(),
            // Months of a year that is not told have no years.
            Grain::Month if last.0 < 12.0 => months.iter().take(5).map(|s| round(*s, &said)).collect(),
            Grain::Year => [1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 200.0, 500.0].iter().map(|s| round(*s, &year)).collect(),
            // Quarters and months keep their own words, where they have them; months that are not in the table get none.
            Grain::Month => months.iter().map(|s| if *s < 12.0 { round(*s, &said) } else { round(*s, &month) }).collect(),
            Grain::Day => {
                let (from, to) = (first.0, last.0);
                let year = |d: f64| (d / 365.2425) as i64;
                let firsts = |step: f64| -> Vec<(f64, String)> {
                    let all = (year(from) * 12..=(year(to) + 1) * 12 + 11).filter(|m| (*m as f64).rem_euclid(step) == 0.0);
                    let place = |m: i64| day_number(m.div_euclid(12), m.rem_euclid(12) + 1, 1) as f64;
                    all.map(|m| (place(m), month(m as f64))).filter(|(p, _)| *p >= from && *p <= to).take(600).collect()
                };
                let nth = |k: usize| known.iter().step_by(k).cloned().collect::<Vec<_>>();
                if to - from < 70.0 { vec![nth(2), nth(3), nth(5), nth(7), nth(10), nth(14), nth(21), nth(28)] } else { months.map(firsts).to_vec() }
            }
        };
        let candidates = match self.grain {
            Grain::Year if numbered => self.true_years(candidates, &known, at, bounds),
            _ => candidates,
        };
        let ends = if fits(&[first.clone(), last.clone()], at, bounds) { vec![first, last.clone()] } else { vec![last] };
        for list in candidates {
            // The ends are told always; what is too near to them is not.
            let mut all = ends.clone();
            for t in list {
                if ends.iter().all(|e| e.0 != t.0 && fits(&sorted(&[e.clone(), t.clone()]), at, bounds)) {
                    all.push(t);
                }
            }
            let all = sorted(&all);
            if fits(&all, at, bounds) {
                return all;
            }
        }
        ends
    }
}

fn sorted(list: &[(f64, String)]) -> Vec<(f64, String)> {
    let mut out = list.to_vec();
    out.sort_by(|a, b| a.0.total_cmp(&b.0));
    out
}

/// The left end of a label around a place, kept between bounds.
pub fn left_of(x: f64, wide: f64, bounds: (f64, f64)) -> f64 {
    (x - wide / 2.0).min(bounds.1 - wide).max(bounds.0)
}

/// Least room between two labels of an axis.
const APART: f64 = 9.0;

/// Whether labels, in their order, stand beside one another.
pub fn fits(list: &[(f64, String)], at: &dyn Fn(f64) -> f64, bounds: (f64, f64)) -> bool {
    let mut end = f64::NEG_INFINITY;
    for (p, t) in list {
        let w = width(t, SIZE);
        let left = left_of(at(*p), w, bounds);
        if left < end + APART {
            return false;
        }
        end = left + w;
    }
    end <= bounds.1 + 1e-6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(labels: &[&str]) -> (Times, Vec<String>) {
        let labels: Vec<String> = labels.iter().map(|l| (*l).to_string()).collect();
        (Times::of(&labels).unwrap(), labels)
    }

    #[test]
    fn points_in_time_are_where_they_are() {
        assert_eq!(of(&["1953年", "1964", "2024"]).0.places, [1953.0, 1964.0, 2024.0]);
        assert_eq!(of(&["2023-11", "2024-02"]).0.places.windows(2).map(|w| w[1] - w[0]).collect::<Vec<_>>(), [3.0]);
        assert_eq!(of(&["2023年第四季度", "2024年第一季度"]).0.places.windows(2).map(|w| w[1] - w[0]).collect::<Vec<_>>(), [3.0]);
        let days = of(&["2024-02-28", "2024-03-01", "2025-03-01", "2025-03-01 12:00"]).0.places;
        assert_eq!(days.windows(2).map(|w| w[1] - w[0]).collect::<Vec<_>>(), [2.0, 365.0, 0.5]);
        assert!(Times::of(&["2024".into(), "total".into()]).is_none());
    }

    #[test]
    fn what_is_longer_than_usual_is_a_gap() {
        assert!((of(&["1953", "1982", "1990", "2014", "2015", "2016", "2017", "2018"]).0.bridge() - 1.5).abs() < 1e-6);
        assert!((of(&["1953", "1964", "1982", "1990", "2000", "2010", "2020"]).0.bridge() - 15.0).abs() < 1e-6);
        assert!((of(&["2023-12", "2024-01", "2024-03", "2024-04"]).0.bridge() - 1.5).abs() < 1e-6);
        // A weekend is none.
        assert_eq!(of(&["2024-05-09", "2024-05-10", "2024-05-13", "2024-05-14"]).0.bridge(), 4.0);
        assert_eq!(of(&["2024"]).0.bridge(), f64::INFINITY);
    }

    #[test]
    fn all_are_told_where_there_is_room_and_round_ones_where_there_is_not() {
        let told = |labels: &[&str], wide: f64| {
            let (t, labels) = of(labels);
            let (a, b) = (t.places[0], t.places[t.places.len() - 1]);
            let at = move |p: f64| if b > a { (p - a) / (b - a) * wide } else { wide / 2.0 };
            t.ticks(&labels, &at, (-20.0, wide + 20.0)).into_iter().map(|t| t.1).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(told(&["2015年", "2016年", "2017年"], 300.0), "2015 2016 2017");
        let years: Vec<String> = (1978..=2014).map(|y| y.to_string()).collect();
        let years: Vec<&str> = years.iter().map(String::as_str).collect();
        assert_eq!(told(&years, 560.0), "1978 1985 1990 1995 2000 2005 2010 2014");
        assert_eq!(told(&years, 220.0), "1978 1990 2000 2014");
        let months: Vec<String> = (0..36).map(|m| format!("{}-{:02}", 2022 + m / 12, m % 12 + 1)).collect();
        let months: Vec<&str> = months.iter().map(String::as_str).collect();
        assert_eq!(told(&months, 560.0), "2022-01 2022-07 2023-01 2023-07 2024-01 2024-07 2024-12");
        assert_eq!(told(&["2024"], 300.0), "2024");
        // Census years stay at their places: no round year between them that has no value.
        let census = ["1953", "1964", "1982", "1990", "2000", "2010", "2015", "2016", "2017", "2018", "2020", "2023"];
        assert_eq!(told(&census, 560.0), "1953 1964 1982 1990 2000 2010 2017 2023");
        let narrow = told(&census, 220.0);
        assert!(narrow.starts_with("1953 ") && narrow.ends_with(" 2023") && narrow.split(' ').all(|y| census.contains(&y)), "{narrow}");
        // A hole among years that follow one another leaves round years that have values.
        let hole: Vec<&str> = years.iter().copied().filter(|y| *y != "1983").collect();
        let told = told(&hole, 220.0);
        assert!(told.starts_with("1978 ") && told.ends_with(" 2014") && told.split(' ').all(|y| hole.contains(&y)), "{told}");
    }
}
