//! Annual reports published in time ÷ those that fell due in the twelve months (条例 49, 50).

use super::*;

/// `reports`
pub(super) static INDICATOR: Indicator = Indicator { name: "reports", group: SYSTEM, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    let all = &input.public.disclosure;
    let mut out = Vec::new();
    if all.is_empty() || !input.config.disclosure.chinese {
        return out;
    }
    for (d, department) in input.public.departments.iter().enumerate() {
        for year in input.from.year() - 1..input.public.as_of.year() {
            // On its last day it is not late yet.
            let Some(due) = department.report_due(year).filter(|due| input.within(*due) && *due < input.public.as_of) else { continue };
            let out_on = all.reports.iter().find(|r| r.department == d && r.year == year).and_then(|r| r.out());
            let n = u32::from(out_on.is_some_and(|p| p <= due && p.year() > year));
            out.push(Line { id: format!("reports/{}/{year}", department.id), who: Some(d), day: Some(due), n, d: 1, settled: true, ..Line::default() });
        }
    }
    out
}
