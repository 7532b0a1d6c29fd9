//! What is made of a table: clean CSV, a copy for Excel, JSON, a long form, a zip to take away, and the row files, which
//! are an interface without a server: pages of rows, rows by key, counts of values.

mod cells;
mod format;
mod package;
mod pass;
pub mod rows;
mod schema;

pub(crate) use package::license_words;

use crate::catalog::Dataset;
use crate::load::table::Table;
use crate::model::{Item, Resource};
use crate::output::{Made, MakeResult, Stream};
use crate::render::{Ctx, Maker, misrouted, pages};
use crate::route::{Entry, Planner, Site, Target};
use crate::types;
use format::RowFormat;
use rows::file;

/// Files made of tables.
pub static EXPORT: Maker = Maker { name: "data", plan, make, cost: 50 };

/// Most sheets of a workbook that become files.
const SHEETS: usize = 20;

/// The tables of a file that become files of their own, the one that is shown first.
pub fn parts(read: &crate::tables::Read) -> Vec<(u32, &Table)> {
    let main = read.table().map(std::ptr::from_ref);
    let mut out: Vec<(u32, &Table)> =
        read.file.tables.iter().enumerate().filter(|(_, t)| t.rows > 0 && !t.names.is_empty()).take(SHEETS).map(|(i, t)| (i as u32, t)).collect();
    out.sort_by_key(|(i, t)| (Some(std::ptr::from_ref(*t)) != main, *i));
    out
}

/// The folder of a resource's page and files: `datasets/gdp/yearly/`.
pub fn folder(item: &Item, resource: &Resource) -> String {
    format!("{}{}/", pages::item_path(item), resource.name)
}

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for &i in site.derived.list(types::DATASET) {
        let item = &site.public.items[i as usize];
        let Some(data) = item.dataset() else { continue };
        for (r, resource) in data.resources.iter().enumerate() {
            let Some(read) = site.derived.tables[i as usize].get(r).and_then(|t| t.as_ref()) else { continue };
            for (n, (part, table)) in parts(read).into_iter().enumerate() {
                let base = folder(item, resource);
                let name = &resource.name;
                let mut put =
                    |path: String, f: &RowFormat, k: u32| p.file(0, format!("{base}{path}"), Target::Data(i, r as u32, part, file(f, k)), 1, false, f.kept);
                for f in rows::FORMATS.iter().filter(|f| f.output.is_none_or(|o| site.config.writes(o))) {
                    match f.others {
                        Some(path) if n > 0 => put(path(name, part), f, 0),
                        None if n > 0 => {}
                        _ => (0..(f.fits)(table, resource)).for_each(|k| put((f.path)(name, k), f, k)),
                    }
                }
            }
        }
    }
}

/// References of a table to itself: columns here, columns there.
fn own_keys(resource: &Resource, table: &Table) -> Vec<(Vec<usize>, Vec<usize>)> {
    let at = |names: &[String]| names.iter().map(|k| table.names.iter().position(|n| n == k)).collect::<Option<Vec<_>>>();
    let own = resource.foreign.iter().filter(|(_, r, _)| r.is_empty() || *r == resource.name);
    own.filter_map(|(here, _, there)| Some((at(here)?, at(there)?))).collect()
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Data(i, r, part, _) = entry.target else { return misrouted(entry) };
    let item = &ctx.public.items[i as usize];
    let resource = item.dataset().and_then(|d| d.resources.get(r as usize));
    let read = ctx.derived.tables[i as usize].get(r as usize).and_then(|t| t.as_ref());
    let record = Dataset::of(ctx.public, item, &ctx.derived.tables[i as usize]);
    let (Some(record), Some(resource), Some(read)) = (record, resource, read) else { return misrouted(entry) };
    let Some(table) = read.file.tables.get(part as usize) else { return misrouted(entry) };
    let at = |f: &RowFormat, k: u32| ctx.routes.index(0, &Target::Data(i, r, part, file(f, k)));
    let made = |f: &&'static RowFormat| (*f, (0..(f.fits)(table, resource)).map_while(|k| at(f, k)).collect::<Vec<u32>>());
    let files = rows::FORMATS.iter().map(made).filter(|(_, list)| !list.is_empty()).collect();
    let job = format::Job {
        read: read.clone(),
        part: part as usize,
        files,
        key: resource.key_columns(table),
        package: at(&rows::zip::FORMAT, 0).map(|_| package::package(ctx, &record, (i, r as usize, part), item, table)),
        about: package::about(&record.distributions[r as usize], table),
        fields: table.names.iter().map(|n| resource.fields.iter().find(|f| f.name == *n).cloned()).collect(),
        told_key: resource.settings.key.iter().map(|k| table.names.iter().position(|n| n == k)).collect::<Option<Vec<_>>>().unwrap_or_default(),
        own_keys: own_keys(resource, table),
        missing: resource.settings.missing.clone(),
    };
    Ok(Made::Stream(Stream(Box::new(move |sink| pass::run(job, sink)))))
}
