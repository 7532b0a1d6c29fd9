//! Who reviews which folder, as a file `CODEOWNERS` that GitHub and GitLab read alike.

use crate::config::Config;
use crate::diag::{Text, Tongue, say};
use crate::model::Portal;
use std::collections::BTreeMap;

/// The file, and what it lacks: folders whose department names nobody.
pub fn codeowners(portal: &Portal, config: &Config, lang: Tongue) -> (String, Vec<Text>) {
    // The last line that fits a file counts in both: folders inside others come later.
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, id) in &config.owners {
        folders.extend(portal.departments.iter().position(|d| d.id == *id).map(|d| (path.as_str(), d)));
    }
    for c in &portal.columns {
        let dir = c.file.as_deref().and_then(|f| f.rsplit_once('/')).map(|(d, _)| d);
        folders.extend(dir.zip(c.owner));
    }
    let mut out = String::new();
    out.push_str(
        say!(
            "# 由 clerestory codeowners 生成；改 departments.yaml 和各目录的 owner，再生成一遍。",
            "# Made by clerestory codeowners; change departments.yaml and the owners of folders, and make it again."
        )
        .get(lang),
    );
    out.push('\n');
    let mut lacking = Vec::new();
    for (dir, d) in folders {
        let d = &portal.departments[d];
        if d.code_owners.is_empty() {
            let id = &d.id;
            lacking.push(say!("`{dir}/` 归 `{id}`，它没有 code_owners", "`{dir}/` belongs to `{id}`, which has no code_owners"));
            continue;
        }
        out.push_str(&format!("{} {}\n", pattern(dir), d.code_owners.join(" ")));
    }
    (out, lacking)
}

/// The folder as a pattern: what has a meaning there is escaped.
fn pattern(dir: &str) -> String {
    let mut out = String::from("/");
    for c in dir.chars() {
        if matches!(c, ' ' | '#' | '\\' | '*' | '?' | '[' | ']' | '!') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('/');
    out
}
