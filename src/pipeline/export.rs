//! One kind of file without a site: the same plans, the same makers, and of the other files only what must be known of them.

use super::{Content, Routed};
use crate::catalog::{FORMATS, WHOLES};
use crate::output::{Facts, Made};
use crate::render::exports::api;
use crate::render::{self, Shells};
use crate::route::{ApiFile, CatalogueFile, Form, Routes, Target};
use crate::run::Request;
use crate::schema::Field;
use crate::schema::site::outputs;
use crate::theme::Theme;
use crate::types::Types;
use crate::write::{Fault, Stage};
use crate::{index, output};
use std::path::Path;

/// A kind of file that can be asked for.
pub struct Asked {
    /// Its name.
    pub name: String,
    /// The switch of `outputs:` that writes it.
    pub output: &'static Field,
    /// There may be several files: they go into a folder.
    pub many: bool,
    wanted: Box<dyn Fn(&Target) -> bool + Send + Sync>,
}

/// All kinds of files of a site with these types.
pub fn formats(types: &Types) -> Vec<Asked> {
    let mut out: Vec<Asked> = Vec::new();
    let mut add = |name: String, output: &'static Field, many: bool, wanted: Box<dyn Fn(&Target) -> bool + Send + Sync>| {
        out.push(Asked { name, output, many, wanted });
    };
    for (k, w) in WHOLES.iter().enumerate() {
        let k = k as u8;
        let of = move |t: &Target| matches!(t, Target::Catalogue(CatalogueFile::Whole(n, _)) if *n == k);
        add(w.name.to_string(), w.output, w.page > 0, Box::new(of));
    }
    for (k, f) in FORMATS.iter().enumerate() {
        let k = k as u8;
        let of = move |t: &Target| matches!(t, Target::Catalogue(CatalogueFile::One(_, n)) if *n == k);
        add(f.name.to_string(), f.output, true, Box::new(of));
    }
    add("csvw".into(), &outputs::CSVW, true, Box::new(|t| matches!(t, Target::Catalogue(CatalogueFile::Table(..)))));
    add("akoma-ntoso".into(), &outputs::AKOMA_NTOSO, true, Box::new(|t| matches!(t, Target::Akn(_))));
    add("docx".into(), &outputs::DOCX, true, Box::new(|t| matches!(t, Target::Docx(_))));
    add("markdown".into(), &outputs::MARKDOWN, true, Box::new(|t| matches!(t, Target::Twin(_))));
    add("records".into(), &outputs::API, true, Box::new(|t| matches!(t, Target::Api(ApiFile::One(_)))));
    for kind in types.iter() {
        let (place, name) = (kind.place() as u16, api::named(kind));
        add(format!("{name}.json"), &outputs::API, false, exactly(ApiFile::List(place)));
        add(format!("{name}.jsonl"), &outputs::BULK, false, exactly(ApiFile::Bulk(place, Form::Json)));
        add(format!("{name}.csv"), &outputs::BULK, false, exactly(ApiFile::Bulk(place, Form::Csv)));
    }
    add("changes.json".into(), &outputs::API, false, exactly(ApiFile::Changes));
    add("changes.jsonl".into(), &outputs::BULK, false, exactly(ApiFile::AllChanges(Form::Json)));
    add("changes.csv".into(), &outputs::BULK, false, exactly(ApiFile::AllChanges(Form::Csv)));
    add("catalogue.csv".into(), &outputs::BULK, false, exactly(ApiFile::Catalogue(Form::Csv)));
    add("catalogue.xlsx".into(), &outputs::BULK, false, exactly(ApiFile::Catalogue(Form::Xlsx)));
    add("passages.jsonl".into(), &outputs::PASSAGES, false, exactly(ApiFile::Passages));
    add("openapi.json".into(), &outputs::API, false, exactly(ApiFile::OpenApi));
    out
}

fn exactly(file: ApiFile) -> Box<dyn Fn(&Target) -> bool + Send + Sync> {
    Box::new(move |t| *t == Target::Api(file))
}

/// Where the files go: path of a file, and what it is.
pub(crate) enum Into<'a> {
    /// Into a file, or files below a folder.
    Disk(&'a Path),
    /// Nowhere but here; of one file.
    Memory(&'a mut Vec<u8>),
}

/// Makes the files that are asked for; how many there were.
pub(crate) fn export(request: &Request<'_>, content: &Content, theme: &Theme, routed: &Routed, asked: &Asked, mut to: Into<'_>) -> Result<usize, super::Stop> {
    use super::Stop;
    let (config, findings) = (&content.config, &content.findings);
    let Routed { public, derived, routes, scores } = routed;
    let shells = Shells::new(config, public, derived, routes, theme, findings).map_err(Stop::Content)?;
    let (index, scores) = (index::Index::default(), scores.as_ref());
    let ctx = render::Ctx { config, public, derived, routes, theme, shells: &shells, findings, scores, facts: &[], index: &index, record: None };
    let wanted: Vec<u32> = (0..routes.entries.len() as u32).filter(|i| (asked.wanted)(&routes.entries[*i as usize].target)).collect();
    let facts = if wanted.iter().any(|i| routes.entries[*i as usize].wave > 1) { known(request, &ctx, routes)? } else { Vec::new() };
    let ctx = render::Ctx { facts: &facts, ..ctx };
    for &i in &wanted {
        let entry = &routes.entries[i as usize];
        let made = render::make(&ctx, entry).map_err(Stop::Content)?;
        match (&mut to, made) {
            (Into::Memory(out), Made::Bytes(bytes)) => **out = bytes,
            (Into::Memory(out), Made::Poured) => {
                let mut one = output::OnlyOne { wanted: i, bytes: Vec::new() };
                // It ends where the file that is wanted does.
                let _ = render::pour(&ctx, entry, &mut one);
                **out = one.bytes;
            }
            (Into::Disk(path), made) => {
                let file = if asked.many { path.join(&entry.path) } else { path.to_path_buf() };
                match made {
                    Made::Bytes(bytes) => crate::write::create_project_bytes(&file, &bytes).map_err(Stop::Tool)?,
                    Made::Poured => crate::write::pour(&file, i, |sink| render::pour(&ctx, entry, sink)).map_err(Stop::Tool)?,
                    Made::Copy(_) | Made::Stream(_) | Made::Ready(..) => {}
                }
            }
            (Into::Memory(_), Made::Copy(_) | Made::Stream(_) | Made::Ready(..)) => {}
        }
    }
    Ok(wanted.len())
}

/// What catalogues tell of data files: their sizes, hashes and schemas. The files themselves go nowhere.
fn known(request: &Request<'_>, ctx: &render::Ctx<'_>, routes: &Routes) -> Result<Vec<Facts>, super::Stop> {
    let data = |i: u32| matches!(routes.entries[i as usize].target, Target::Data(..) | Target::Blob(_));
    let producers: Vec<output::Producer> = render::producers(routes).into_iter().filter(|p| p.wave == 1 && data(p.entry)).collect();
    let make = |entry: &crate::route::Entry, facts: &[Facts]| render::make(&render::Ctx { facts, ..*ctx }, entry);
    let pour = |_: &crate::route::Entry, _: &[Facts], _: &mut dyn output::Sink| Ok(());
    let (staged, _) = Stage::nowhere().run(routes, &producers, make, pour, request.progress).map_err(super::Stop::Tool)?;
    Ok(staged.facts)
}

/// Why nothing was exported.
#[derive(Debug)]
pub enum Unexported {
    /// The content stands in the way: see the findings.
    Content,
    /// There is nothing of the kind on this site.
    Nothing,
    /// The disk said no.
    Tool(Fault),
}
