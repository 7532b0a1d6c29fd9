//! An earlier `scorecards.json`: totals to compare with, and what was counted then.

use super::Line;
use crate::model::Department;
use std::collections::BTreeMap;

/// What an earlier scorecard says.
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    /// Its day.
    pub as_of: String,
    totals: BTreeMap<String, f64>,
    names: BTreeMap<String, String>,
    lines: BTreeMap<(String, String), Vec<Line>>,
}

impl Earlier {
    /// The total of a department, or of the site.
    pub fn total(&self, who: Option<&Department>) -> Option<f64> {
        self.totals.get(who.map_or("", |d| &d.id)).copied()
    }

    /// Departments that it has and that are not among these: id, name.
    pub fn absent(&self, departments: &[Department]) -> Vec<(String, String)> {
        let there = |id: &str| id.is_empty() || departments.iter().any(|d| d.id == id);
        self.names.iter().filter(|(id, _)| !there(id)).map(|(id, name)| (id.clone(), name.clone())).collect()
    }

    /// What was counted.
    pub fn lines(&self, who: Option<&Department>, indicator: &str) -> &[Line] {
        self.lines.get(&(who.map_or(String::new(), |d| d.id.clone()), indicator.to_string())).map_or(&[], Vec::as_slice)
    }
}

/// Reads the text of a `scorecards.json`; `None` where it is none.
pub fn earlier(text: &str) -> Option<Earlier> {
    let v: serde_json::Value = serde_json::from_str(text).ok()?;
    let mut out = Earlier { as_of: v["as_of"].as_str()?.to_string(), ..Earlier::default() };
    for card in std::iter::once(&v["site"]).chain(v["departments"].as_array()?) {
        let id = card["id"].as_str().unwrap_or("").to_string();
        out.names.insert(id.clone(), card["name"].as_str().unwrap_or(&id).to_string());
        out.totals.extend(card["total"].as_f64().map(|t| (id.clone(), t)));
        for i in card["indicators"].as_array()? {
            let number = |l: &serde_json::Value, k: &str| l[k].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
            let line = |l: &serde_json::Value| {
                let day = l["day"].as_str().and_then(|d| d.parse().ok());
                Some(Line { id: l["id"].as_str()?.to_string(), who: None, day, n: number(l, "n"), d: number(l, "d"), ..Line::default() })
            };
            let lines = i["items"].as_array().into_iter().flatten().filter_map(line).collect();
            out.lines.insert((id.clone(), i["indicator"].as_str()?.to_string()), lines);
        }
    }
    Some(out)
}
