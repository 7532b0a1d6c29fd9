//! Tasks of policies done by their day ÷ tasks whose day has passed; the lead department of the task answers for it.

use super::*;
use crate::model::{Value, Values};
use crate::types::policy::task;

/// `tasks`
pub(super) static INDICATOR: Indicator = Indicator { name: "tasks", group: EFFECT, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    let one = |item: &'_ Arc<Item>| -> Vec<Line> {
        let tasks = item.policy().map_or(&[][..], |p| &p.tasks);
        tasks.iter().enumerate().filter_map(|(i, t)| task_line(input, item, i, t)).collect()
    };
    input.known().flat_map(one).collect()
}

fn task_line(input: &Input<'_>, item: &Item, i: usize, t: &Values) -> Option<Line> {
    let day = |f| if let Some(Value::Day(d)) = t.get(f) { Some(*d) } else { None };
    let today = input.public.as_of;
    let due = day(&task::DUE).filter(|d| input.within(*d))?;
    let done = day(&task::DONE_ON).filter(|d| *d <= today);
    // On its last day it is not late yet.
    if done.is_none() && due == today {
        return None;
    }
    let lead = match t.get(&task::DEPARTMENT) {
        Some(Value::List(l)) => l.iter().find_map(|v| if let Value::Department(d) = v { Some(*d) } else { None }),
        _ => None,
    };
    let n = u32::from(done.is_some_and(|d| d <= due));
    Some(Line { id: format!("{}#task-{}", item.id, i + 1), who: lead.or(item.issuers.first().copied()), day: Some(due), n, d: 1, gone: false })
}
