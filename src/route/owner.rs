//! Whose an address is: an address that cannot be is a fault of the item that asks for it, and that item can be held back alone.

use super::{Target, fold};
use crate::diag::Diagnostic;
use crate::model::{Item, Public};
use rustc_hash::FxHashSet;

/// The finding as one of the item that owns the target, or the folder of the address.
pub(super) fn owned(public: &Public, mut d: Diagnostic, target: &Target, path: &str) -> Diagnostic {
    if let Some(item) = owner(public, target, path) {
        d.item = Some(item.doc().source.path.clone());
    }
    d
}

/// The item, by its place, whose own page or file a target is.
pub fn owned_by(target: &Target) -> Option<u32> {
    match target {
        Target::Item(i)
        | Target::Readable(i, _)
        | Target::Opinions(i, _)
        | Target::OpinionData(i, _)
        | Target::Resource(i, _)
        | Target::Embed(i, _)
        | Target::ChartFile(i, _)
        | Target::Data(i, ..)
        | Target::Akn(i)
        | Target::Form(i)
        | Target::Twin(i)
        | Target::Docx(i) => Some(*i),
        Target::Share(of) => owned_by(of),
        _ => None,
    }
}

fn owner<'p>(public: &'p Public, target: &Target, path: &str) -> Option<&'p Item> {
    let below = |id: &str| path.strip_prefix(id).is_some_and(|r| r.starts_with('/'));
    match target {
        Target::Item(i) | Target::Readable(i, _) => public.items.get(*i as usize).map(|i| &**i),
        Target::Gone(i) => public.gone.get(*i as usize).map(|i| &**i),
        // An item that names it as its own comes before one that only links to it.
        Target::Blob(key) => {
            let mut all = public.items.iter().map(|i| &**i);
            let names = all.find(|i| i.named().any(|f| f == key));
            names.or_else(|| public.items.iter().map(|i| &**i).find(|i| i.files().any(|f| *f == **key)))
        }
        _ => public.items.iter().map(|i| &**i).filter(|i| below(&i.id)).max_by_key(|i| i.id.len()),
    }
}

/// Whether the first file is an `index.md` in the folder of the second one, which is an item in YAML.
pub(super) fn beside(ours: &str, theirs: &str) -> bool {
    let (Some((a, name)), Some((b, item))) = (ours.rsplit_once('/'), theirs.rsplit_once('/')) else { return false };
    a == b && matches!(name, "index.md" | "index.markdown" | "_index.md") && (item.ends_with(".yaml") || item.ends_with(".yml"))
}

/// Of two items whose addresses differ in case alone, whether the other one is the one to rename: ours was public already, or is
/// written as addresses are.
pub(super) fn odd_one(known: &FxHashSet<&str>, ours: &str, other: &str) -> bool {
    let public = |path: &str| known.contains(format!("/{}", super::encode(path.strip_suffix("index.html").unwrap_or(path))).as_str());
    match (public(ours), public(other)) {
        (true, false) => true,
        (false, true) => false,
        _ => fold(ours) == ours && fold(other) != other,
    }
}
