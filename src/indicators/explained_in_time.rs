//! Policies explained within the working days of `interpretation_days` ÷ policies explained; a withdrawn interpretation still says
//! when. Where the calendar of the year is not known the policy is not counted. What came before its policy explains it on no day: it
//! is none in time.

use super::*;

/// `explained_in_time`
pub(super) static INDICATOR: Indicator = Indicator { name: "explained_in_time", group: EFFECT, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    let mut days: FxHashMap<&str, Vec<Date>> = FxHashMap::default();
    for item in input.public.items.iter().chain(&input.public.gone) {
        let (Some(i), Some(day)) = (item.interpretation(), item.published.map(|m| m.date)) else { continue };
        for p in &i.policies {
            days.entry(p).or_default().push(day);
        }
    }
    let one = |s: Seen<'_>| {
        let p = s.item.policy()?;
        let (days, published) = (days.get(&*s.item.id)?, s.item.published?.date);
        let who = p.drafted_by.first().or(s.item.issuers.first()).copied();
        let kept = match days.iter().filter(|d| **d >= published).min() {
            Some(day) => crate::model::calendar::explained_in(input.config, &input.public.calendar, published, *day).ok()?,
            None => false,
        };
        Some(line(s.item, who, u32::from(kept), 1).settled())
    };
    input.items().filter_map(one).collect()
}
