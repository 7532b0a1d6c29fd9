//! What was withdrawn for privacy is not imported again, under whatever name of the import and into whatever clone of the project.
//!
//! The project keeps hashes alone: of the path of the item, of its id and its addresses in the source. Nobody reads from them what
//! it was, and who has the source sees it there.

use super::{Draft, state};
use crate::load::brought::brought;
use crate::load::read_bytes;
use std::collections::BTreeSet;
use std::path::Path;

/// Where the hashes lie, below the project: a line each.
pub const FILE: &str = ".clerestory/withdrawn-items.txt";

const HEAD: &str = "# 因个人信息撤回的条目的散列，import 据此不再导入它们；请提交到版本库\n# Hashes of items withdrawn for privacy, so that import leaves them out; keep this file in version control\n";

/// What is known of an item that is withdrawn.
#[derive(Debug, Clone, Default)]
pub struct Gone<'a> {
    /// Its id: `policies/2021/notice`.
    pub id: &'a str,
    /// The id of its type.
    pub kind: &'a str,
    /// Its files below the project.
    pub paths: Vec<&'a str>,
    /// The id that it states itself, which importers take over from the source.
    pub told: Option<&'a str>,
    /// Addresses at which it stood, and that of the original.
    pub old: Vec<&'a str>,
}

fn hash(what: &str, text: &str) -> String {
    use sha2::Digest as _;
    use unicode_normalization::UnicodeNormalization as _;
    let text: String = text.nfc().flat_map(char::to_lowercase).collect();
    let digest = sha2::Sha256::digest(format!("clerestory withdrawn\0{what}\0{text}").as_bytes());
    digest.iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// The path of an address without its ends: `https://a.gov.cn/b/index.html` is `b`.
fn address(a: &str) -> String {
    let path = a.split("://").nth(1).and_then(|r| r.split_once('/')).map_or(a, |(_, p)| p);
    let plain = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    plain.trim_matches('/').trim_end_matches("index.html").trim_matches('/').to_string()
}

/// The file of hashes with those of one more item; the records of imports are asked for its name in their sources.
pub fn with(root: &Path, gone: &Gone<'_>) -> String {
    let mut all = known(root);
    all.insert(hash("id", gone.id));
    if let Some(t) = gone.told {
        all.insert(hash("key", &format!("{}:{t}", gone.kind)));
    }
    all.extend(gone.old.iter().map(|a| address(a)).filter(|a| !a.is_empty()).map(|a| hash("old", &a)));
    let records = records(root);
    let (its, others): (Vec<_>, Vec<_>) = records.into_iter().partition(|(_, w)| gone.paths.contains(&w.path.as_str()));
    for (key, w) in &its {
        all.insert(hash("key", key));
        // A file that others have too, such as the picture of a seal, tells of nobody.
        let own = w.files.values().filter(|f| !others.iter().any(|(_, o)| o.files.values().any(|x| x == *f)));
        all.extend(own.map(|f| hash("file", f)));
    }
    HEAD.to_string() + &all.into_iter().map(|l| l + "\n").collect::<String>()
}

/// The hashes of the project.
pub(super) fn known(root: &Path) -> BTreeSet<String> {
    let text = read_bytes(&root.join(FILE)).map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default();
    text.lines().map(str::trim).filter(|l| l.len() == 32 && l.bytes().all(|b| b.is_ascii_hexdigit())).map(String::from).collect()
}

/// True where an item to be is one of those. `below` is its path below the content folder, without an ending.
pub(super) fn is(known: &BTreeSet<String>, key: &str, below: &str, d: &Draft) -> bool {
    let hit = |what: &str, text: &str| known.contains(&hash(what, text));
    !known.is_empty() && (hit("id", below) || hit("key", key) || d.old.iter().any(|a| hit("old", &address(a))))
}

/// True for the bytes of a file that was withdrawn with an item, by their hash in the records of imports.
pub(super) fn file(known: &BTreeSet<String>, of: &str) -> bool {
    !known.is_empty() && known.contains(&hash("file", of))
}

/// What all imports wrote, with the keys of the records.
fn records(root: &Path) -> Vec<(String, state::Was)> {
    let folder = root.join(".clerestory/import");
    if !folder.is_dir() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for piece in brought(&folder, &|p| p.ends_with(".json"), &mut Vec::new()) {
        if let Ok(state) = state::State::read(&piece.bytes) {
            out.extend(state.items);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_tell_nothing_and_know_their_own() {
        assert_eq!(address("https://a.gov.cn/b/index.html"), address("/b/"));
        assert_eq!(hash("old", "Zhangsan"), hash("old", "zhangsan"));
        assert_ne!(hash("old", "a"), hash("id", "a"));
        let text = with(Path::new("/nowhere/at/all"), &Gone { id: "policies/zhangsan", kind: "policy", told: Some("X"), ..Gone::default() });
        assert!(!text.contains("zhangsan") && text.lines().count() == 4, "{text}");
    }
}
