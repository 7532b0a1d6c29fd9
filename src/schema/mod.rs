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
pub mod dictionary;
pub mod disclosure;
pub mod effect;
pub mod feedback;
pub mod guide;
pub mod item;
pub mod json;
pub mod look;
pub mod resource;
pub mod site;
pub mod visits;
pub mod vocabulary;
pub mod words;

pub use declare::{Field, FieldKind, Need, Record};

/// Records that stand in files of their own and are of no type of items.
pub static RECORDS: &[&Record] = &[
    &site::RECORD,
    &vocabulary::column::RECORD,
    &vocabulary::department::RECORD,
    &vocabulary::theme::RECORD,
    &vocabulary::term::RECORD,
    &vocabulary::synonym::RECORD,
    &vocabulary::alert::RECORD,
    &calendar::RECORD,
    &disclosure::guide::RECORD,
    &disclosure::entry::RECORD,
    &disclosure::plan::RECORD,
    &disclosure::exception::RECORD,
    &disclosure::request::RECORD,
    &disclosure::report::RECORD,
    &disclosure::website::RECORD,
    &effect::RECORD,
    &feedback::RECORD,
    &visits::RECORD,
    &look::theme::RECORD,
    &look::component::RECORD,
];

/// Records with what all items have in common first, those inside others after those that hold them; each once.
pub fn within(records: &[&'static Record]) -> Vec<&'static Record> {
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
    records.iter().for_each(|r| grow(r, &mut out));
    out
}
