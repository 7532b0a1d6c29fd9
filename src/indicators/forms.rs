//! Policies with interpretations of two forms ÷ policies of which one is due.

use super::*;

/// `forms`
pub(super) static INDICATOR: Indicator = Indicator { name: "forms", group: CHANNELS, least: 1, items };

fn items<'a>(input: &Input<'a>) -> Vec<Line> {
    let one = |(s, who, p): (Seen<'a>, Option<usize>, &crate::model::Policy)| {
        if matches!(p.interpretation, Need::Exempt(_)) {
            return None;
        }
        let forms: std::collections::BTreeSet<&str> =
            input.interpretations(&s).into_iter().filter_map(|i| i.interpretation()).flat_map(|i| i.forms.iter().copied()).collect();
        Some(line(s.item, who, u32::from(forms.len() > 1), 1))
    };
    input.due().filter_map(one).collect()
}
