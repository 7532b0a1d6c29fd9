//! Every field of `site.yaml`, items, vocabularies, datasets, resources, charts, blocks and themes, declared once.
//!
//! A [`Field`] says its key, its earlier spellings, what people call it, what may stand in it, who asks for it, and what it is
//! for. The readers ([`crate::load::Fields`]) take fields, not keys, and tell of keys that a [`Record`] does not declare; the
//! tables of the guide, the JSON Schemas for editors, the lines of `new` and the forms of a web editor follow from the same
//! declarations.

#[macro_use]
mod declare;
pub mod block;
pub mod calendar;
pub mod chart;
pub mod dataset;
pub mod dictionary;
pub mod editor;
pub mod files;
pub mod guide;
pub mod interpretation;
pub mod item;
pub mod json;
pub mod look;
pub mod policy;
pub mod resource;
pub mod site;
pub mod types;
pub mod vocabulary;
pub mod words;

pub use declare::{Field, FieldKind, Need, Record};

use std::sync::LazyLock;

/// Records that stand in files of their own, with the word by which they are asked for: types of items first.
pub static RECORDS: &[&Record] = &[
    &policy::RECORD,
    &interpretation::RECORD,
    &dataset::RECORD,
    &types::news::RECORD,
    &types::page::RECORD,
    &types::topic::RECORD,
    &types::translation::RECORD,
    &site::RECORD,
    &vocabulary::column::RECORD,
    &vocabulary::department::RECORD,
    &vocabulary::theme::RECORD,
    &vocabulary::term::RECORD,
    &vocabulary::alert::RECORD,
    &calendar::RECORD,
    &look::theme::RECORD,
    &look::component::RECORD,
];

/// The record that a word asks for.
pub fn record(id: &str) -> Option<&'static Record> {
    RECORDS.iter().copied().find(|r| r.id == id)
}

/// Every record there is, what all items have in common first, those inside others after those that hold them; each once.
pub fn all() -> Vec<&'static Record> {
    fn add(kind: &'static FieldKind, out: &mut Vec<&'static Record>) {
        match kind {
            FieldKind::Table(r) => grow(r, out),
            FieldKind::List(k) => add(k, out),
            FieldKind::Either(a, b) => {
                add(a, out);
                add(b, out);
            }
            _ => {}
        }
    }
    fn grow(r: &'static Record, out: &mut Vec<&'static Record>) {
        if out.iter().any(|o| o.id == r.id) {
            return;
        }
        out.push(r);
        r.all().for_each(|f| add(&f.kind, out));
    }
    let mut out = Vec::new();
    grow(&item::RECORD, &mut out);
    RECORDS.iter().for_each(|r| grow(r, &mut out));
    out
}

/// The key that a Chinese word means where a field's name is wanted: the first that is declared.
pub fn key_of(word: &str) -> Option<&'static str> {
    static KEYS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
        let mut out: Vec<(&str, &str)> = Vec::new();
        for f in all().iter().flat_map(|r| r.all()) {
            out.extend(f.also.iter().map(|w| (*w, f.key)));
        }
        out
    });
    KEYS.iter().find(|(w, _)| *w == word).map(|(_, k)| *k)
}
