//! Classes of the catalogue with items or a reason ÷ classes due. A reason beside which items of the class are published is none.

use super::*;

/// `nodes`
pub(super) static INDICATOR: Indicator = Indicator { name: "nodes", group: SYSTEM, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    let all = &input.public.disclosure;
    let entries = all.entries();
    let one = |(node, class): (&crate::model::disclosure::Node, &crate::derive::disclosure::Class)| {
        let there = |e: usize| input.public.items.iter().any(|i| crate::model::disclosure::refutes(&entries[e], i));
        let said = class.entries.iter().any(|e| entries[*e].url.is_some() || !entries[*e].none.is_empty() && !there(*e));
        let who = class.entries.iter().find_map(|e| entries[*e].department);
        let n = u32::from(said || !class.items.is_empty());
        node.due().then(|| Line { id: format!("disclosure/classes/{}", node.code), who, day: None, n, d: 1, ..Line::default() })
    };
    all.nodes.iter().zip(&input.derived.disclosed.classes).filter_map(one).collect()
}
