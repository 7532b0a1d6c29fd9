//! Fields of the guide to disclosure that are filled ÷ the nine of article 12; of the site as a whole.

use super::*;

/// `guide`
pub(super) static INDICATOR: Indicator = Indicator { name: "guide", group: SYSTEM, least: 1, items };

/// Fields of article 12.
const NINE: u32 = 9;

fn items(input: &Input<'_>) -> Vec<Line> {
    let all = &input.public.disclosure;
    if all.is_empty() {
        return Vec::new();
    }
    let n = all.guide.as_ref().map_or(0, |g| g.nine.iter().filter(|(_, t)| !t.is_empty()).count() as u32);
    vec![Line { id: "disclosure/guide".into(), who: None, day: None, n: n.min(NINE), d: NINE, ..Line::default() }]
}
