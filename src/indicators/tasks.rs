//! Tasks of policies done by their day ÷ tasks whose day has passed; the lead department of the task answers for it.

use super::*;
use crate::model::{Value, Values};
use crate::types::policy::task;
use sha2::{Digest, Sha256};

/// `tasks`
pub(super) static INDICATOR: Indicator = Indicator { name: "tasks", group: EFFECT, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    let one = |item: &'_ Arc<Item>| -> Vec<Line> {
        let tasks = item.policy().map_or(&[][..], |p| &p.tasks);
        tasks.iter().zip(keys(tasks, &input.public.departments)).filter_map(|(t, key)| task_line(input, item, &key, t)).collect()
    };
    input.known().flat_map(one).collect()
}

/// What tasks are called: by what is to be done, by when and by whom, so that a task keeps its name whatever stands beside it.
pub fn keys(tasks: &[Values], departments: &[crate::model::Department]) -> Vec<String> {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    let key = |t: &Values| {
        let what = if let Some(Value::Said(t)) = t.get(&task::WHAT) { t.get(0).trim().to_string() } else { String::new() };
        let due = if let Some(Value::Day(d)) = t.get(&task::DUE) { d.to_string() } else { String::new() };
        let whose = lead(t).map_or("", |d| &departments[d].id);
        let sum: String = Sha256::digest(format!("{what}\0{due}\0{whose}")).iter().take(6).map(|b| format!("{b:02x}")).collect();
        let nth = seen.entry(sum.clone()).or_default();
        *nth += 1;
        // Tasks that are alike in all this are told apart by their order alone.
        if *nth == 1 { sum } else { format!("{sum}-{nth}") }
    };
    tasks.iter().map(key).collect()
}

fn lead(t: &Values) -> Option<usize> {
    match t.get(&task::DEPARTMENT) {
        Some(Value::List(l)) => l.iter().find_map(|v| if let Value::Department(d) = v { Some(*d) } else { None }),
        _ => None,
    }
}

fn task_line(input: &Input<'_>, item: &Item, key: &str, t: &Values) -> Option<Line> {
    let day = |f| if let Some(Value::Day(d)) = t.get(f) { Some(*d) } else { None };
    let today = input.public.as_of;
    let due = day(&task::DUE).filter(|d| input.within(*d))?;
    let done = day(&task::DONE_ON).filter(|d| *d <= today);
    // On its last day it is not late yet.
    if done.is_none() && due == today {
        return None;
    }
    let n = u32::from(done.is_some_and(|d| d <= due));
    Some(Line {
        id: format!("{}#task-{key}", item.id),
        who: lead(t).or(item.issuers.first().copied()),
        day: Some(due),
        n,
        d: 1,
        settled: true,
        ..Line::default()
    })
}
