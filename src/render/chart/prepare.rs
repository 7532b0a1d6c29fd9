//! What is too much for one plot: more series than can be told apart become small charts, or are summed up where they are
//! parts of a whole. Said below the chart; the table has them all.

use crate::tables::Plot;
use crate::theme::Messages;

/// Series that are told apart by colour, dash and name.
pub const APART: usize = 8;

/// A plot as it is drawn.
pub struct Prepared {
    pub plot: Plot,
    pub names: Vec<String>,
    pub notes: Vec<String>,
    /// Small charts have columns.
    pub columns: bool,
}

/// Makes small charts or others of too many series.
pub fn prepare(plot: &Plot, names: &[String], m: &Messages) -> Prepared {
    let mut out = Prepared { plot: plot.clone(), names: names.to_vec(), notes: Vec::new(), columns: false };
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
            out.notes.push(m.count("chart.note.others", rest.len()));
        }
        _ => {}
    }
    out
}
