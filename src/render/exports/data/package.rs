//! What goes with the data: `datapackage.json` (Data Package v2), the licence in words, the citation.

use crate::catalog::{Copy, Dataset, Distribution, Published, data_package};
use crate::load::table::Table;
use crate::model::{self, Item};
use crate::render::Ctx;
use crate::render::cite::cite;
use crate::route::Target;
use serde_json::Value;

/// The papers of a zip.
pub(super) struct Package {
    pub(super) data: String,
    pub(super) json: Value,
    pub(super) license: String,
    pub(super) citation: String,
}

/// What `rows/index.json` says of a table.
pub(super) struct About {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) columns: Vec<Value>,
    /// Names of the two columns that a long form adds.
    pub(super) long: [&'static str; 2],
}

pub(super) fn about(r: &Distribution<'_>, table: &Table) -> About {
    let zh = table.periods.iter().any(|(_, n, _)| n.contains('年')) || table.names.iter().any(|n| !n.is_ascii());
    About {
        name: r.name.to_string(),
        title: r.title.get(0).to_string(),
        columns: data_package::fields(r, table, 0),
        long: if zh { ["时期", "数值"] } else { ["period", "value"] },
    }
}

pub(super) fn package(ctx: &Ctx<'_>, record: &Dataset<'_>, (i, r, part): (u32, usize, u32), item: &Item, table: &Table) -> Package {
    let edition = &item.editions[0];
    let lang = edition.lang;
    let url = ctx.absolute(ctx.url(lang, &Target::Item(i)));
    let (data, name) = (item.dataset(), format!("{}.csv", record.distributions[r].name));
    // Of the tables of the dataset this one is in the zip.
    let copy = Copy { url: name.clone(), own: true, clean: true, part: Some(part), ..Copy::default() };
    let at = Published { lang, tag: ctx.public.languages[lang].tag.clone(), page: url.clone(), tables: vec![(r, copy)], ..Published::default() };
    let json = data_package::value(record, &at);
    let words = license_words(ctx, lang, data);
    let license = match data.and_then(|d| d.license.as_ref()) {
        Some((name, Some(url))) => format!("{name}\n{url}\n\n{words}\n"),
        Some((name, None)) => format!("{name}\n\n{words}\n"),
        None => format!("{words}\n"),
    };
    let c = cite(ctx, lang, item, edition, &url);
    let notes: String = table.preamble.iter().chain(&table.notes).map(|n| format!("{n}\n")).collect();
    let citation = format!("{}\n\n{}\n{}", c.text, c.bibtex, if notes.is_empty() { String::new() } else { format!("\n{notes}") });
    Package { data: name, json, license, citation }
}

/// What a licence allows and asks, in plain words. Data that are not open to all may not be taken by everybody, whatever
/// their licence allows those who have them.
pub(crate) fn license_words(ctx: &Ctx<'_>, lang: usize, data: Option<&model::Dataset>) -> String {
    if let Some(access) = data.filter(|d| !d.open()).and_then(|d| d.access) {
        return ctx.say(lang, &format!("license.access.{access}"));
    }
    let kind = data.and_then(|d| d.license.as_ref()).map_or("none", |(name, url)| model::licences::meant(name, url.as_deref()).map_or("own", |k| k.kind));
    ctx.say(lang, &format!("license.{kind}"))
}
