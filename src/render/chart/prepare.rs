//! What is too much for one plot: more series than can be told apart become small charts, or are summed up where they are
//! parts of a whole. Said below the chart; the table has them all.

use crate::tables::Plot;
use crate::theme::Messages;

/// Series that are told apart by colour, dash and name.
pub const APART: usize = 8;

/// Most names of series that are summed up.
const LISTED: usize = 12;

/// A plot as it is drawn.
pub struct Prepared {
    pub plot: Plot,
    pub names: Vec<String>,
    pub notes: Vec<String>,
    /// Small charts have columns.
    pub columns: bool,
    /// The last series is the sum of the smallest.
    pub rest: bool,
}

/// Makes small charts or others of too many series.
pub fn prepare(plot: &Plot, names: &[String], m: &Messages) -> Prepared {
    let mut out = Prepared { plot: plot.clone(), names: names.to_vec(), notes: Vec::new(), columns: false, rest: false };
    trim(&mut out.plot);
    let n = plot.series.len();
    if n <= APART {
        return out;
    }
    match plot.kind {
        "line" | "area" | "bar" => {
            out.columns = plot.kind == "bar";
            out.plot.kind = "multiples";
            out.notes.push(m.count("chart.note.multiples", n));
        }
        "stacked" => {
            let size = |k: usize| plot.series[k].1.iter().flatten().map(|v| v.abs()).sum::<f64>();
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by(|a, b| size(*b).total_cmp(&size(*a)).then(a.cmp(b)));
            let (kept, rest) = order.split_at(APART - 1);
            let mut kept = kept.to_vec();
            kept.sort_unstable();
            // A sum is not known where a part of it is missing.
            let sum = |i: usize| rest.iter().map(|k| plot.series[*k].1[i]).reduce(|a, b| Some(a? + b?)).flatten();
            let others = m.count("chart.others", rest.len());
            out.names = kept.iter().map(|k| names[*k].clone()).chain([others.clone()]).collect();
            out.plot.series = kept.iter().map(|k| plot.series[*k].clone()).collect();
            out.plot.series.push((others, (0..plot.labels.len()).map(sum).collect()));
            out.rest = true;
            // Which they are, where they are few enough to be read.
            let list: Vec<String> = if rest.len() <= LISTED { rest.iter().map(|k| names[*k].clone()).collect() } else { Vec::new() };
            let told = m.get("chart.note.others.of", &[("n", rest.len().to_string()), ("list", list.join(&m.say("chart.list")))]);
            out.notes.push(told.filter(|_| !list.is_empty()).unwrap_or_else(|| m.count("chart.note.others", rest.len())));
        }
        _ => {}
    }
    out
}

/// An axis of time begins with the first value and ends with the last; a third of it would else be empty.
pub fn trim(plot: &mut Plot) {
    if !plot.time || !matches!(plot.kind, "line" | "area") {
        return;
    }
    let there = |i: &usize| plot.series.iter().any(|(_, values)| values[*i].is_some());
    let (Some(from), Some(to)) = ((0..plot.labels.len()).find(there), (0..plot.labels.len()).rfind(there)) else { return };
    plot.labels = plot.labels[from..=to].to_vec();
    if plot.places.len() > to {
        plot.places = plot.places[from..=to].to_vec();
    }
    plot.series.iter_mut().for_each(|(_, values)| *values = values[from..=to].to_vec());
    plot.cuts = plot.cuts.iter().filter(|c| (from + 1..=to).contains(c)).map(|c| c - from).collect();
    if plot.regions.len() > to {
        plot.regions = plot.regions[from..=to].to_vec();
    }
}

#[cfg(test)]
mod tests {
    use super::{Plot, trim};

    #[test]
    fn an_axis_of_time_begins_with_the_first_value() {
        let mut plot = Plot {
            kind: "line",
            labels: (1978..1985).map(|y| y.to_string()).collect(),
            series: vec![
                ("甲".into(), vec![None, None, Some(1.0), None, Some(2.0), None, None]),
                ("乙".into(), vec![None, Some(3.0), None, None, None, None, None]),
            ],
            cuts: vec![1, 3, 6],
            time: true,
            ..Plot::default()
        };
        trim(&mut plot);
        assert_eq!(plot.labels, ["1979", "1980", "1981", "1982"]);
        assert_eq!(plot.series[0].1, [None, Some(1.0), None, Some(2.0)]);
        assert_eq!(plot.cuts, [2]);
        plot.series.iter_mut().for_each(|s| s.1 = vec![None; 4]);
        trim(&mut plot);
        assert_eq!(plot.labels.len(), 4);
    }
}
