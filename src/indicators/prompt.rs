//! Items out within twenty working days of their making ÷ items with both days, and policies without the day of their making: an
//! emptied day earns nothing. Reprints are none.

use super::*;

/// `prompt`
pub(super) static INDICATOR: Indicator = Indicator { name: "prompt", group: CONTENT, least: 1, items };

/// Working days allowed (条例 26).
const LIMIT: u32 = 20;

fn items(input: &Input<'_>) -> Vec<Line> {
    let calendar = &input.public.calendar;
    let one = |s: Seen<'_>| {
        let published = s.item.published.map(|m| m.date).filter(|_| s.item.source.is_none())?;
        let Some(formed) = s.item.formed else {
            return s.item.policy().map(|_| met(s.item, false).settled());
        };
        // So few days hold no more working days than that; of years that are not known there are at least so many.
        let late = (published - formed).get_days() > LIMIT as i32
            && match calendar.working_days_between(formed, published) {
                Ok(n) => n > LIMIT,
                Err(_) if calendar.working_days_known(formed, published) > LIMIT => true,
                Err(_) => return None,
            };
        Some(met(s.item, !late).settled())
    };
    input.items().filter_map(one).collect()
}
