//! 批量下载: everything in one piece, with size, number of items, hash, and what each column means.

use crate::output::{MakeResult, hex};
use crate::render::exports::api::record::{COLUMNS, Whose};
use crate::render::exports::api::{self, catalogue, listed};
use crate::render::exports::catalogues;
use crate::render::view::{HeadView, LinkView, size_text};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{ApiFile, Entry, Planner, Site, Target};
use crate::schema::site::outputs;
use serde::Serialize;

/// The page, where something can be taken away.
pub static PAGE: Maker = Maker { name: "downloads", plan, make, cost: 5 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    let any = [&outputs::BULK, &outputs::API, &outputs::PASSAGES].iter().any(|o| site.config.writes(o));
    if !any || site.public.items.is_empty() {
        return;
    }
    for (lang, language) in site.public.languages.iter().enumerate() {
        let path = format!("{}downloads/index.html", language.prefix);
        // A page of that address that somebody wrote stands. Ours tells of finished files, so it comes after them.
        if !p.taken(&path) {
            p.file(lang, path, Target::Downloads, 3, true, false);
        }
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    lead: String,
    files: Vec<FileView>,
    /// The same files, those of one kind of content together.
    kinds: Vec<KindView>,
    groups: Vec<GroupView>,
    catalogues: Vec<LinkView>,
    machines: Vec<LinkView>,
}

/// One kind of content and the files that hold it.
#[derive(Serialize)]
struct KindView {
    title: String,
    rows: String,
    files: Vec<FileView>,
}

#[derive(Serialize, Clone)]
struct FileView {
    title: String,
    name: String,
    /// What opens it, in plain words.
    label: String,
    url: String,
    format: &'static str,
    rows: String,
    size: String,
    hash: String,
}

/// Columns that belong together.
#[derive(Serialize)]
struct GroupView {
    title: String,
    columns: Vec<(String, String)>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    if entry.target != Target::Downloads {
        return misrouted(entry);
    }
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let what = |of: &str| match of {
        "passages" | "changes" | "catalogue" => m.say(&format!("downloads.{of}")),
        folder => m.say(&format!("type.{folder}")),
    };
    let files = api::taken(ctx).into_iter().map(|t| {
        let (e, f) = (&ctx.routes.entries[t.entry as usize], api::facts(ctx, t.entry));
        FileView {
            title: what(&t.of),
            label: m.say(match e.path.rsplit_once('.').map(|(_, e)| e) {
                Some("csv") => "downloads.csv",
                Some("xlsx") => "downloads.xlsx",
                _ => "downloads.jsonl",
            }),
            name: e.path.rsplit('/').next().unwrap_or("").to_string(),
            url: e.url.clone(),
            format: match e.path.rsplit_once('.').map(|(_, e)| e) {
                Some("csv") => "CSV",
                Some("xlsx") => "XLSX",
                _ => "JSONL",
            },
            rows: t.rows.map_or(String::new(), crate::render::tables::thousands),
            size: f.map_or(String::new(), |f| size_text(f.len)),
            hash: f.map_or(String::new(), |f| hex(&f.hash)),
        }
    });
    let files: Vec<FileView> = files.collect();
    let mut kinds: Vec<KindView> = Vec::new();
    for f in &files {
        match kinds.last_mut().filter(|k| k.title == f.title) {
            Some(k) => k.files.push(f.clone()),
            None => kinds.push(KindView { title: f.title.clone(), rows: f.rows.clone(), files: vec![f.clone()] }),
        }
    }
    let columns = |whose: &dyn Fn(Whose) -> bool| {
        COLUMNS.iter().filter(|c| whose(c.of)).map(|c| (c.name.to_string(), m.say(&format!("api.column.{}", c.name)))).collect::<Vec<_>>()
    };
    let mut groups = vec![GroupView { title: m.say("downloads.columns.all"), columns: columns(&|w| matches!(w, Whose::All | Whose::Bulk)) }];
    for (_, kind) in listed(&ctx.public.types, ctx.derived) {
        groups.push(GroupView { title: m.say(&format!("type.{}", kind.folder)), columns: columns(&|w| w == Whose::Of(kind)) });
    }
    let there = |f: ApiFile| ctx.routes.get(0, &Target::Api(f)).is_some();
    if there(ApiFile::Passages) {
        let own = ["item", "section", "label", "explains"].iter().map(|k| ((*k).to_string(), m.say(&format!("api.column.{k}"))));
        groups.push(GroupView { title: m.say("downloads.passages"), columns: own.collect() });
    }
    if there(ApiFile::Catalogue(crate::route::Form::Csv)) {
        let own = catalogue::COLUMNS.iter().map(|k| ((*k).to_string(), m.say(&format!("api.catalogue.{k}"))));
        groups.push(GroupView { title: m.say("downloads.catalogue"), columns: own.collect() });
    }
    // What a spreadsheet opens comes first.
    kinds.iter_mut().for_each(|k| k.files.sort_by_key(|f| f.format == "JSONL"));
    groups.retain(|g| !g.columns.is_empty());
    let machine = |target: Target, key: &str| {
        let e = ctx.routes.get(lang, &target).or_else(|| ctx.routes.get(0, &target))?;
        Some(LinkView { title: m.say(key), url: e.url.clone() })
    };
    let machines = [
        machine(Target::Api(ApiFile::Index), "llms.index"),
        machine(Target::Api(ApiFile::OpenApi), "llms.openapi"),
        machine(Target::Api(ApiFile::Changes), "llms.changes"),
        machine(Target::Llms, "downloads.llms"),
        machine(Target::Manifest, "downloads.manifest"),
    ];
    let title = m.say("downloads.title");
    let view = View {
        lead: m.get("downloads.lead", &[("date", ctx.date(lang, ctx.public.as_of))]).unwrap_or_default(),
        files,
        kinds,
        groups,
        catalogues: catalogues::wholes(ctx),
        machines: machines.into_iter().flatten().collect(),
        head: ctx.head(entry, &title, ctx.crumbs(lang, None)),
    };
    ctx.render(entry, "pages/downloads.html", &view)
}
