//! Columns updated in time ÷ columns with `update_within`.

use super::*;

/// `columns`
pub(super) static INDICATOR: Indicator = Indicator { name: "columns", group: CHANNELS, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    let public = input.public;
    let one = |(c, column): (usize, &crate::model::Column)| {
        let newest = input.derived.by_column[c].iter().filter_map(|i| public.items[*i as usize].day()).filter(|d| *d <= public.as_of).max();
        let limit = i64::from(column.update_within?);
        let n = u32::from(newest.is_some_and(|d| i64::from((public.as_of - d).get_days()) <= limit));
        Some(Line { id: column.path.clone(), who: column.owner, day: None, n, d: 1, ..Line::default() })
    };
    public.columns.iter().enumerate().filter_map(one).collect()
}
