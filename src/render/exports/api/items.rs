//! The files that hold something of every item: lists, bulk files, passages. One pass over the items writes them all, so that
//! each text is read once, and what stands in several files is made once. Policies in Akoma Ntoso are made of the same reading.
//!
//! Items are taken a few at a time, in parallel, and written in their order: what is in memory does not grow with their number.

use super::record::{self, One};
use super::{listed, passages, recorded};
use crate::derive::compare::units::{Unit, units};
use crate::load::table::spreadsheet;
use crate::model::{Edition, Kind};
use crate::output::Sink;
use crate::render::Ctx;
use crate::render::exports::akn;
use crate::render::exports::texts::{self, Piece};
use crate::route::{ApiFile, Form, Target};
use rayon::prelude::*;
use serde_json::json;
use std::io;

/// Items whose lines are in memory together.
const TOGETHER: usize = 64;

/// A file while it is written.
#[derive(Clone, Copy)]
struct Open {
    entry: u32,
    rows: u64,
}

/// The files of a type.
#[derive(Default)]
struct OfType {
    list: Option<Open>,
    jsonl: Option<Open>,
    csv: Option<Open>,
}

/// The lines of an item. Each of a list begins with the comma behind the one before.
#[derive(Default)]
struct Lines {
    list: Vec<u8>,
    jsonl: Vec<u8>,
    csv: Vec<u8>,
    passages: Vec<u8>,
    /// Editions, and passages of them all.
    rows: (u64, u64),
    /// Hashes of the texts of its editions, in their order.
    sums: Vec<String>,
    /// Its documents in Akoma Ntoso, each a file of its own.
    acts: Vec<(u32, String)>,
}

/// Whether the file is one of these.
pub(super) fn is_of(file: ApiFile) -> bool {
    matches!(file, ApiFile::List(_) | ApiFile::Bulk(..) | ApiFile::Passages)
}

/// Writes those of the files that the sink wants.
pub(super) fn pour(ctx: &Ctx<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let open = |file: ApiFile, sink: &mut dyn Sink, head: &[u8]| -> io::Result<Option<Open>> {
        let Some(entry) = ctx.routes.index(0, &Target::Api(file)).filter(|e| sink.wants(*e)) else { return Ok(None) };
        sink.open(entry)?;
        sink.write(entry, head)?;
        Ok(Some(Open { entry, rows: 0 }))
    };
    let mut kinds: Vec<OfType> = Vec::new();
    for (place, kind) in listed(&ctx.public.types, ctx.derived) {
        let head = format!("{{\"type\":{},\"as_of\":\"{}\",\"items\":[", json!(kind.id), ctx.public.as_of);
        let names = spreadsheet::csv([record::columns(kind, true).map(|c| c.name)]);
        kinds.resize_with(kinds.len().max(place as usize + 1), OfType::default);
        kinds[place as usize] = OfType {
            list: open(ApiFile::List(place), sink, head.as_bytes())?,
            jsonl: open(ApiFile::Bulk(place, Form::Json), sink, b"")?,
            csv: open(ApiFile::Bulk(place, Form::Csv), sink, &names)?,
        };
    }
    let mut all = open(ApiFile::Passages, sink, b"")?;
    let items: Vec<u32> = (0..ctx.public.items.len() as u32).collect();
    for some in items.chunks(TOGETHER) {
        let acts: Vec<Vec<Option<u32>>> = some.iter().map(|i| acts(ctx, *i, sink)).collect();
        let made: Vec<Lines> = some.par_iter().zip(&acts).map(|(i, acts)| lines(ctx, *i, &kinds, all.is_some(), acts)).collect();
        for (i, made) in some.iter().zip(made) {
            let kind = ctx.public.items[*i as usize].kind;
            let Some(of) = kinds.get_mut(kind.place()) else { continue };
            let list = if of.list.is_some_and(|l| l.rows == 0) { made.list.get(1..).unwrap_or_default() } else { &made.list };
            for (file, bytes, rows) in [
                (&mut of.list, list, made.rows.0),
                (&mut of.jsonl, &made.jsonl, made.rows.0),
                (&mut of.csv, &made.csv, made.rows.0),
                (&mut all, &made.passages, made.rows.1),
            ] {
                if let Some(f) = file.as_mut().filter(|_| !bytes.is_empty()) {
                    sink.write(f.entry, bytes)?;
                    f.rows += rows;
                }
            }
            for (entry, text) in made.acts {
                sink.whole(entry, text.as_bytes())?;
            }
            // The record of an item is written later, and tells them too.
            if let Some(record) = ctx.routes.index(0, &Target::Api(ApiFile::One(*i))).filter(|_| !made.sums.is_empty()) {
                sink.tell(record, json!(made.sums).to_string());
            }
        }
    }
    for of in kinds {
        if let Some(list) = of.list {
            sink.write(list.entry, format!("\n],\"total\":{}}}\n", list.rows).as_bytes())?;
        }
        close([of.list, of.jsonl, of.csv], sink)?;
    }
    close([all, None, None], sink)
}

fn close(files: [Option<Open>; 3], sink: &mut dyn Sink) -> io::Result<()> {
    for f in files.into_iter().flatten() {
        sink.close(f.entry)?;
        sink.tell(f.entry, json!({ "rows": f.rows }).to_string());
    }
    Ok(())
}

/// Of each edition of an item the file that is its document, where one is wanted.
fn acts(ctx: &Ctx<'_>, i: u32, sink: &dyn Sink) -> Vec<Option<u32>> {
    let file = |e: &Edition| ctx.routes.index(e.lang, &Target::Akn(i)).filter(|f| sink.wants(*f));
    ctx.public.items[i as usize].editions.iter().map(file).collect()
}

/// Makes the lines of an item, and the documents of its editions that have a file for one.
fn lines(ctx: &Ctx<'_>, i: u32, kinds: &[OfType], quoted: bool, acts: &[Option<u32>]) -> Lines {
    let item = &ctx.public.items[i as usize];
    let kind: Kind = item.kind;
    let mut out = Lines::default();
    let Some(of) = kinds.get(kind.place()) else { return out };
    let bulk = of.jsonl.is_some() || of.csv.is_some();
    let listed = bulk || of.list.is_some();
    for (n, (e, act)) in item.editions.iter().zip(acts).enumerate() {
        let (written, quoted) = (!e.derived, quoted && !e.derived);
        let read = if (bulk && written) || quoted || act.is_some() { texts::read(ctx, item, e) } else { Vec::new() };
        if listed && written {
            let one = One::new(ctx, i, n, if bulk { texts::plain(&read) } else { String::new() });
            let row = record::values(&one, bulk);
            out.rows.0 += 1;
            if of.list.is_some() {
                let mut plain: Vec<_> = row.iter().filter(|(c, _)| !record::BULK.contains(c)).collect();
                let at = ("record", json!(ctx.routes.get(0, &Target::Api(ApiFile::One(i))).map(|e| ctx.absolute(&e.url))));
                plain.extend(recorded(kind).then_some(&at));
                out.list.extend_from_slice(b",\n");
                record::line_into(plain.into_iter(), &mut out.list);
            }
            if of.jsonl.is_some() {
                record::line_into(row.iter(), &mut out.jsonl);
                out.jsonl.push(b'\n');
            }
            if of.csv.is_some() {
                out.csv.extend(spreadsheet::rows([record::cells(&row)]));
            }
            out.sums.extend(row.iter().filter(|(c, _)| *c == "sha256").filter_map(|(_, v)| v.as_str().map(String::from)));
        }
        if !quoted && act.is_none() {
            continue;
        }
        let parts: Vec<(&Piece<'_>, Vec<Unit>)> = read.iter().map(|(p, blocks)| (p, units(blocks))).collect();
        if let Some(file) = act {
            // The body is the only text of a policy that has no title.
            let body = parts.iter().find(|(p, _)| p.title.is_empty()).map_or(&[][..], |(_, units)| units);
            out.acts.extend(akn::document(ctx, i, e.lang, body).map(|text| (*file, text)));
        }
        if quoted {
            out.rows.1 += passages::lines(ctx, i, e, parts, &mut out.passages);
        }
    }
    out
}
