//! Consultations with a result within thirty days of their end ÷ consultations that ended. One whose thirty days are not over, and
//! that has no result, is not counted yet; a result without its day is none in time.

use super::*;

/// `consultations`
pub(super) static INDICATOR: Indicator = Indicator { name: "consultations", group: RESPONSE, least: 1, items };

/// Days after the end.
const DAYS: i32 = 30;

fn items(input: &Input<'_>) -> Vec<Line> {
    let today = input.public.as_of;
    let one = |item: &Arc<Item>| {
        let c = item.consultation()?;
        let closes = c.closes.filter(|d| input.within(*d) && *d < today)?;
        let after = |day: Date| (day - closes).get_days();
        let result = c.result(today);
        let n = result.is_some_and(|r| r.on.is_some_and(|on| (1..=DAYS).contains(&after(on))));
        let due = result.is_some() || after(today) > DAYS;
        due.then(|| Line {
            id: item.id.to_string(),
            who: item.issuers.first().copied(),
            day: Some(closes),
            n: u32::from(n),
            d: 1,
            settled: true,
            ..Line::default()
        })
    };
    input.known().filter_map(one).collect()
}
