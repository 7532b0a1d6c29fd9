//! The table of points of an office: what each indicator costs, which the program does not know for certain.

use super::{Judged, Part};
use crate::diag::{Diagnostic, Severity, say};
use crate::load::{Kind, Node, Source, parse_yaml};
use std::collections::BTreeMap;

/// Points of the indicators.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// Where the table comes from, as its author says.
    pub source: String,
    /// All points of deductions.
    pub total: f64,
    /// Below this a site fails.
    pub pass: f64,
    /// Above this the bonus counts.
    pub bonus_from: f64,
    /// Most points of bonus.
    pub bonus: f64,
    /// By id of the indicator: points for each finding, and at most.
    pub rows: BTreeMap<String, (f64, f64)>,
    /// Bonus that somebody gave, by id.
    pub given: BTreeMap<String, f64>,
}

impl Points {
    /// Points that so many findings cost.
    pub fn taken(&self, id: &str, found: usize) -> Option<f64> {
        self.rows.get(id).map(|(each, most)| (each * found as f64).min(*most))
    }

    /// What is left, with the bonus where it counts.
    pub fn score(&self, rows: &[Judged<'_>]) -> f64 {
        let taken: f64 = rows.iter().filter(|r| r.row.part == Part::Deduct).filter_map(|r| r.points).sum();
        let left = (self.total - taken).max(0.0);
        let bonus = if left > self.bonus_from { self.given.values().sum::<f64>().min(self.bonus) } else { 0.0 };
        ((left + bonus) * 100.0).round() / 100.0
    }
}

/// Reads a table of points. What is not understood is told, and nothing is guessed.
pub fn points(source: &Source, out: &mut Vec<Diagnostic>) -> Option<Points> {
    let node = parse_yaml(source, 0..source.text.len(), out)?;
    let mut p = Points { source: String::new(), total: 100.0, pass: 60.0, bonus_from: 80.0, bonus: 30.0, rows: BTreeMap::new(), given: BTreeMap::new() };
    let wrong = |n: &Node, what: crate::diag::Text, out: &mut Vec<Diagnostic>| {
        let hint = say!(
            "如 rows: {{links: {{each: 0.1, most: 5}}}}；编号见 --verdict --format json",
            "like rows: {{links: {{each: 0.1, most: 5}}}}; ids stand in --verdict --format json"
        );
        out.push(Diagnostic::new("SRC008", Severity::Error, what).at(source.span(n.start as usize, n.end as usize)).hint(hint));
    };
    let number = |n: &Node| n.text().and_then(|t| t.trim().parse::<f64>().ok()).filter(|v| v.is_finite() && *v >= 0.0);
    let Kind::Map(pairs) = &node.kind else {
        wrong(&node, say!("分值表应为映射", "the table of points should be a mapping"), out);
        return None;
    };
    let before = out.len();
    for (k, v) in pairs {
        let key = k.text().unwrap_or("");
        let to = match key {
            "source" => {
                p.source = v.text().unwrap_or("").to_string();
                continue;
            }
            "total" => &mut p.total,
            "pass" => &mut p.pass,
            "bonus_from" => &mut p.bonus_from,
            "bonus" => &mut p.bonus,
            "rows" | "given" => {
                table(key, v, &mut p, &number, &wrong, out);
                continue;
            }
            _ => {
                wrong(k, say!("分值表不认识 `{key}`", "the table of points has no `{key}`"), out);
                continue;
            }
        };
        match number(v) {
            Some(n) => *to = n,
            None => wrong(v, say!("`{key}` 应为数", "`{key}` should be a number"), out),
        }
    }
    (out.len() == before).then_some(p)
}

type Tell<'a> = dyn Fn(&Node, crate::diag::Text, &mut Vec<Diagnostic>) + 'a;

fn table(key: &str, node: &Node, p: &mut Points, number: &dyn Fn(&Node) -> Option<f64>, wrong: &Tell<'_>, out: &mut Vec<Diagnostic>) {
    let Kind::Map(pairs) = &node.kind else { return wrong(node, say!("`{key}` 应为映射", "`{key}` should be a mapping"), out) };
    let part = if key == "rows" { Part::Deduct } else { Part::Bonus };
    for (k, v) in pairs {
        let id = k.text().unwrap_or("");
        if !super::ROWS.iter().any(|r| r.id == id && r.part == part) {
            wrong(k, say!("没有指标 `{id}`", "there is no indicator `{id}`"), out);
        } else if key == "given" {
            match number(v) {
                Some(n) => drop(p.given.insert(id.to_string(), n)),
                None => wrong(v, say!("`{id}` 应为数", "`{id}` should be a number"), out),
            }
        } else {
            match (v.get("each").and_then(number), v.get("most").and_then(number)) {
                (Some(each), Some(most)) => drop(p.rows.insert(id.to_string(), (each, most))),
                _ => wrong(v, say!("`{id}` 要写 each 和 most", "`{id}` wants each and most"), out),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_whole_or_not_at_all() {
        let mut out = Vec::new();
        let p = points(&Source::new("p.yaml", "source: 某市\nbonus: 25\nrows:\n  links: {each: 0.1, most: 5}\ngiven: {bonus-new: 3}\n"), &mut out).unwrap();
        assert_eq!((p.taken("links", 12).map(|v| (v * 10.0).round()), p.taken("links", 900), p.taken("tags", 3)), (Some(12.0), Some(5.0), None));
        assert_eq!((p.bonus, p.pass, p.given["bonus-new"]), (25.0, 60.0, 3.0));
        assert!(points(&Source::new("p.yaml", "rows: {nosuch: {each: 1, most: 2}}\n"), &mut out).is_none());
        assert!(points(&Source::new("p.yaml", "rows: {links: {each: x, most: 2}}\n"), &mut out).is_none());
        assert_eq!(out.len(), 2, "{out:?}");
    }
}
