//! What is made of a table: clean CSV, a copy for Excel, JSON, a long form, a zip to take away, and the row files, which
//! are an interface without a server: pages of rows, rows by key, counts of values.

mod cells;
mod excel;
mod package;
mod pass;
mod schema;

pub(crate) use package::license_words;

use crate::catalog::Dataset;
use crate::load::table::Table;
use crate::model::{Item, Resource};
use crate::output::{Made, MakeResult, Stream};
use crate::render::{Ctx, Maker, misrouted, pages};
use crate::route::{DataFile, Entry, Planner, Site, Target};
use crate::types;

/// Files made of tables.
pub static EXPORT: Maker = Maker { name: "data", plan, make, cost: 50 };

/// Rows of one row file.
pub const PAGE: u64 = 1000;
/// Rows that Excel can hold with the head.
pub const EXCEL: u64 = 1_048_575;
/// Rows up to which everything in one JSON file helps anybody.
pub const JSON: u64 = 200_000;
/// Rows up to which they are found by key.
const KEYED: u64 = 1_000_000;
/// Keys of one file.
const KEYS: u64 = 2000;
/// Most sheets of a workbook that become files.
const SHEETS: usize = 20;
/// Values of a column that are counted in `facets.json`.
pub const FACET: usize = 200;

/// The tables of a file that become files of their own, the one that is shown first.
pub fn parts(read: &crate::tables::Read) -> Vec<(u32, &Table)> {
    let main = read.table().map(std::ptr::from_ref);
    let mut out: Vec<(u32, &Table)> =
        read.file.tables.iter().enumerate().filter(|(_, t)| t.rows > 0 && !t.names.is_empty()).take(SHEETS).map(|(i, t)| (i as u32, t)).collect();
    out.sort_by_key(|(i, t)| (Some(std::ptr::from_ref(*t)) != main, *i));
    out
}

fn key_files(table: &Table, resource: &Resource) -> u32 {
    if table.rows > KEYED || resource.key_columns(table).is_empty() { 0 } else { table.rows.div_ceil(KEYS) as u32 }
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
                let mut file =
                    |path: String, file: DataFile, kept: bool| p.file(0, format!("{base}{path}"), Target::Data(i, r as u32, part, file), 1, false, kept);
                if n > 0 {
                    file(format!("{name}-{}.csv", part + 1), DataFile::Csv, true);
                    continue;
                }
                file(format!("{name}.csv"), DataFile::Csv, true);
                if table.rows <= EXCEL {
                    file(format!("{name}.excel.csv"), DataFile::Excel, true);
                }
                if table.rows <= JSON {
                    file(format!("{name}.json"), DataFile::Json, true);
                }
                if table.periods.len() > 2 {
                    file(format!("{name}.long.csv"), DataFile::Long, true);
                }
                file(format!("{name}.zip"), DataFile::Zip, true);
                file("rows/index.json".into(), DataFile::Index, true);
                file("rows/facets.json".into(), DataFile::Facets, true);
                for page in 0..table.rows.div_ceil(PAGE) as u32 {
                    file(format!("rows/{page}.json"), DataFile::Rows(page), false);
                }
                for k in 0..key_files(table, resource) {
                    file(format!("rows/key-{k}.json"), DataFile::Keys(k), false);
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
    let at = |f: DataFile| ctx.routes.index(0, &Target::Data(i, r, part, f));
    let job = pass::Job {
        read: read.clone(),
        part: part as usize,
        csv: at(DataFile::Csv),
        excel: at(DataFile::Excel),
        json: at(DataFile::Json),
        long: at(DataFile::Long),
        zip: at(DataFile::Zip),
        index: at(DataFile::Index),
        facets: at(DataFile::Facets),
        rows: (0..table.rows.div_ceil(PAGE) as u32).map_while(|p| at(DataFile::Rows(p))).collect(),
        keys: (0..key_files(table, resource)).map_while(|k| at(DataFile::Keys(k))).collect(),
        key: resource.key_columns(table),
        package: at(DataFile::Zip).map(|_| package::package(ctx, &record, (i, r as usize, part), item, table)),
        about: package::about(&record.distributions[r as usize], table),
        fields: table.names.iter().map(|n| resource.fields.iter().find(|f| f.name == *n).cloned()).collect(),
        told_key: resource.settings.key.iter().map(|k| table.names.iter().position(|n| n == k)).collect::<Option<Vec<_>>>().unwrap_or_default(),
        own_keys: own_keys(resource, table),
        missing: resource.settings.missing.clone(),
    };
    Ok(Made::Stream(Stream(Box::new(move |sink| pass::run(job, sink)))))
}
