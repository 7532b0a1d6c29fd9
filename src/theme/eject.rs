//! Files of the default theme that a project may copy and change: `theme eject`.

use super::{CIVIC, WRITTEN};

/// A file of the default theme by a short name: `components/card`, `pages/policy`, `css/10-tokens`, `i18n/en`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Short name.
    pub name: String,
    /// Path below the theme's folder.
    pub path: &'static str,
}

/// All of them, by name.
pub fn parts() -> Vec<Part> {
    let mut out: Vec<Part> = CIVIC.iter().filter_map(|(path, _)| Some(Part { name: name_of(path)?, path })).collect();
    out.sort();
    out
}

fn name_of(path: &str) -> Option<String> {
    let stem = path.rsplit_once('.').map_or(path, |(s, _)| s);
    if let Some(rest) = stem.strip_prefix("templates/components/") {
        // Its YAML tells what it takes, for the style guide; the template is what is changed.
        let (folder, file) = rest.split_once('/')?;
        return (folder == file && path.ends_with(".html")).then(|| format!("components/{folder}"));
    }
    if let Some(rest) = stem.strip_prefix("templates/") {
        return Some(rest.to_string());
    }
    if let Some(rest) = stem.strip_prefix("assets/css/civic/").or_else(|| stem.strip_prefix("assets/css/content/")) {
        return Some(format!("css/{rest}"));
    }
    if path.starts_with("assets/icons/") {
        return path.strip_prefix("assets/").map(String::from);
    }
    if let Some(rest) = stem.strip_prefix("assets/") {
        return Some(rest.to_string());
    }
    stem.starts_with("i18n/").then(|| stem.to_string())
}

/// The file as it is written, not as it is shipped: scripts with their comments.
pub fn bytes(part: &Part) -> &'static [u8] {
    let of = |list: &'static [(&'static str, &'static [u8])]| list.iter().find(|(n, _)| *n == part.path).map(|(_, b)| *b);
    of(WRITTEN).or_else(|| of(CIVIC)).unwrap_or_default()
}
