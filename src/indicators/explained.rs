//! Policies explained or exempt ÷ policies of which an interpretation is due.

use super::*;

/// `explained`
pub(super) static INDICATOR: Indicator = Indicator { name: "explained", group: EFFECT, least: 1, items };

fn items<'a>(input: &Input<'a>) -> Vec<Line> {
    let one = |(s, who, p): (Seen<'a>, Option<usize>, &crate::model::Policy)| {
        let explained = !input.interpretations(&s).is_empty();
        let done = explained || matches!(p.interpretation, Need::Exempt(_));
        // Who owed an interpretation is not let off afterwards.
        Line { settled: !explained, ..line(s.item, who, u32::from(done), 1) }
    };
    input.due().map(one).collect()
}
