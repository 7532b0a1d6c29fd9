//! `check FILE --dataset ID`: a filled form against the dictionary.

use super::{Printed, World, counts, findings, project, schema, some, tell, tongue};
use crate::check::filled::filled;
use crate::diag::{Report, Severity, Tongue};
use clap::ArgMatches;
use std::path::Path;

pub(super) fn run(m: &ArgMatches, file: &Path, world: &World<'_>, told: Option<&str>, terminal: Tongue) -> Printed {
    let root = match project::project(m, terminal) {
        Ok(r) => r,
        Err(p) => return p,
    };
    let known = match schema::known(&root, told, world) {
        Ok(k) => k,
        Err(p) => return p,
    };
    let lang = tongue(told, Some(&known.config), world);
    let wrong = |zh: String, en: String| Printed { err: format!("{}\n", if lang == Tongue::Zh { zh } else { en }), code: 2, ..Printed::default() };
    if !file.is_file() {
        return wrong(format!("没有文件 {}", file.display()), format!("there is no file {}", file.display()));
    }
    let word = m.get_one::<String>("dataset").map_or("", String::as_str).trim_matches('/');
    let id = word.strip_prefix("datasets/").unwrap_or(word);
    let items: Vec<_> = known.portal.items.iter().filter(|i| i.dataset().is_some()).collect();
    let Some(data) = items.iter().find(|i| i.name() == id).and_then(|i| i.dataset()) else {
        let mut p = wrong(format!("没有这个数据集：{id}"), format!("no such dataset: {id}"));
        if let Some(c) = tell::closest(id, items.iter().map(|i| i.name())) {
            p.err.push_str(&if lang == Tongue::Zh { format!("  = 是不是：{c}\n") } else { format!("  = did you mean: {c}\n") });
        }
        return p;
    };
    let only = m.get_one::<String>("resource").map(String::as_str);
    let all: Vec<&str> = data.resources.iter().filter(|r| !r.fields.is_empty()).map(|r| r.name.as_str()).collect();
    if all.is_empty() {
        return wrong(format!("{id} 没有数据字典（schema.fields）"), format!("{id} has no dictionary (schema.fields)"));
    }
    if let Some(name) = only.filter(|n| !all.contains(n)) {
        let list = all.join(", ");
        return wrong(format!("没有带字典的资源 {name}；有：{list}"), format!("no resource {name} with a dictionary; there are: {list}"));
    }
    let languages = known.config.languages.iter().map(|l| l.tag.clone()).collect();
    let out = filled(file, data, only, languages);
    let mut report = Report::new();
    out.found.into_iter().for_each(|d| report.push(d));
    let found = report.sorted();
    let mut p = findings(m, &found, world, lang);
    if !m.get_flag("quiet") {
        for (name, rows) in &out.tables {
            let n = *rows as usize;
            p.err.push_str(&if lang == Tongue::Zh {
                format!("{name}：检查了 {n} 行。")
            } else {
                format!("{name}: {} checked. ", some(n, "row", "rows"))
            });
        }
        p.err.push_str(&counts(&found, 0, lang));
    }
    p.code = u8::from(found.iter().any(|d| d.severity >= Severity::Error));
    p
}
