//! 公开率: entries of the catalogue with a current item ÷ entries; what is withheld by law alone is left out, as the
//! register of exceptions says. That a body says of itself
//! that it has none raises nothing.

use super::*;

/// `disclosed`
pub(super) static INDICATOR: Indicator = Indicator { name: "disclosed", group: CONTENT, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    let entries = input.public.disclosure.entries().iter().zip(&input.derived.disclosed.items);
    let one = |(e, items): (&crate::model::disclosure::Entry, &Vec<u32>)| {
        let left_out = e.mode == Some("withheld") && input.public.disclosure.ground_of(e).is_some();
        let n = u32::from(!items.is_empty() || e.url.is_some());
        (!left_out).then(|| Line {
            id: format!("disclosure/catalogue/{}/{}", e.node, e.title.get(0)),
            who: e.department,
            day: None,
            n,
            d: 1,
            ..Line::default()
        })
    };
    entries.filter_map(one).collect()
}
