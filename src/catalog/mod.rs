//! The neutral record behind every catalogue: what is said of a site and its datasets, and what their files turned out
//! to be. It is made once from the model and the files as they were read ([`Catalogue`], [`Dataset`], [`Distribution`]);
//! the scores of quality judge it, and each format of [`FORMATS`] is one file that writes it.
//!
//! A record has all languages of the site and no addresses: where its pages and files stand, how long they are and their
//! hashes is known when the site is written, and comes with [`Published`].
//!
//! A new format is a file with a [`Format`] and its two lines here.

pub mod authority;
pub mod ckan;
pub mod croissant;
pub mod csvw;
pub mod data_package;
pub mod dcat_ap;
pub mod dcat_us;
pub mod graph;
pub mod linkset;
pub mod schema_org;

use crate::config::{Config, Language, Localized};
use crate::load::table::Table;
use crate::load::table::bytes::{Format as FileFormat, Wrap};
use crate::load::{Moment, outline};
use crate::model::{Department, Edition, FieldInfo, Item, Place, Public, Resource, Reuse, Theme, licences};
use crate::schema::Field;
use crate::tables::Read;
use jiff::civil::Date;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// A way to write the record of a dataset.
pub struct Format {
    /// Its name, as people ask for it.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// IANA media type of what is written.
    pub media: &'static str,
    /// The field of `outputs:` that switches it off.
    pub output: &'static Field,
    /// Its file, from the folder of the dataset and its narrow name.
    pub path: fn(&str, &str) -> String,
    /// Writes a record as it is published, in the catalogue that it stands in.
    pub write: fn(&Catalogue<'_>, &Dataset<'_>, &Published) -> String,
}

/// All of them.
pub static FORMATS: &[&Format] = &[&dcat_ap::FORMAT, &schema_org::FORMAT, &data_package::FORMAT, &croissant::FORMAT, &ckan::FORMAT, &linkset::FORMAT];

/// A way to write all datasets into one file.
pub struct Whole {
    /// Its name, as people ask for it.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// IANA media type of what is written.
    pub media: &'static str,
    /// The field of `outputs:` that switches it off.
    pub output: &'static Field,
    /// Path of its files from the root, by their number from 0.
    pub path: fn(u32) -> String,
    /// Datasets in one file; 0 where all stand in one.
    pub page: usize,
    /// Writes some datasets of a catalogue.
    pub write: fn(&Catalogue<'_>, &[(Dataset<'_>, Published)], &Part) -> String,
    /// Writes the graph of [`dcat_ap::catalogue`], where it is a syntax of that: the graph is made once for all of them.
    pub graph: Option<fn(&[graph::Node]) -> String>,
}

/// All of them.
pub static WHOLES: &[&Whole] = &[&dcat_ap::JSON_LD, &dcat_ap::TURTLE, &dcat_ap::RDF_XML, &dcat_us::V1, &dcat_us::V3, &ckan::LIST, &ckan::SEARCH];

/// Where a file stands among those of a large catalogue.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Datasets in all of them.
    pub total: usize,
    /// Absolute addresses of this file, the first, the last and the next.
    pub this: String,
    /// See above.
    pub first: String,
    /// See above.
    pub last: String,
    /// None on the last one.
    pub next: Option<String>,
}

/// A text in the languages in which it was written; perhaps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words<'a>(Option<&'a Localized>);

impl<'a> Words<'a> {
    fn of(text: &'a Localized) -> Words<'a> {
        Words(Some(text).filter(|t| !t.is_empty()))
    }

    /// As in [`Localized::get`]; empty where nothing is told.
    pub fn get(self, lang: usize) -> &'a str {
        self.0.map_or("", |t| t.get(lang))
    }

    /// Every text, with the index of its language where the author told it.
    pub fn all(self) -> impl Iterator<Item = (Option<usize>, &'a str)> {
        self.0.into_iter().flat_map(|t| t.0.iter().map(|(l, t)| (*l, &**t)))
    }

    /// Nothing is told.
    pub fn is_empty(self) -> bool {
        self.0.is_none()
    }
}

/// The site as a catalogue (`dcat:Catalog`).
#[derive(Debug)]
pub struct Catalogue<'a> {
    /// Its title.
    pub title: Words<'a>,
    /// One sentence about it.
    pub description: Words<'a>,
    /// Absolute address with a closing `/`.
    pub home: &'a str,
    /// Its languages, the first is primary.
    pub languages: &'a [Language],
    /// Who answers for it.
    pub publisher: Words<'a>,
    /// Level of the government that publishes, where it is told.
    pub level: Option<&'static str>,
    /// Mail of the site, for datasets that name none.
    pub mail: Option<&'a str>,
    /// Day of the build.
    pub as_of: Date,
    /// Its datasets, by id.
    pub datasets: Vec<Dataset<'a>>,
}

impl<'a> Catalogue<'a> {
    /// The record of a site.
    pub fn of(config: &'a Config, public: &'a Public, tables: &'a [Vec<Option<Arc<Read>>>]) -> Catalogue<'a> {
        let datasets = public.items.iter().zip(tables).filter_map(|(item, t)| Dataset::of(public, item, t)).collect();
        Catalogue { datasets, ..Catalogue::head(config, public) }
    }

    /// What is said of the site itself, without its datasets.
    pub fn head(config: &'a Config, public: &'a Public) -> Catalogue<'a> {
        Catalogue {
            title: Words::of(&config.title),
            description: Words::of(&config.description),
            home: &config.base_url,
            languages: &public.languages,
            publisher: Words::of(&config.identity.organizer),
            level: config.disclosure.level,
            mail: config.report_to.as_deref().filter(|m| m.contains('@') && !m.contains("://")),
            as_of: public.as_of,
            datasets: Vec::new(),
        }
    }
}

/// Title and description in a language in which they were written.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// Index into the languages of the site.
    pub lang: usize,
    /// Title.
    pub title: &'a str,
    /// Its whole text without markup, a paragraph a line, else its summary; empty where there is none.
    pub description: String,
}

impl<'a> Text<'a> {
    /// The text of an edition.
    pub fn of(e: &'a Edition) -> Text<'a> {
        Text { lang: e.lang, title: &e.title, description: whole_text(e) }
    }
}

/// The day of the last state, as somebody wrote it or its bytes say; that it was published, or came into git, on a day says nothing
/// of a change.
fn updated(d: &crate::model::Dataset) -> Option<Date> {
    let told = d.modified.or_else(|| d.resources.iter().flat_map(|r| r.versions.iter().filter_map(|v| v.issued)).max());
    match &d.changed {
        Some(c) if c.first => told.map(|t| t.min(c.day)),
        Some(c) => Some(c.day),
        None => told,
    }
}

/// What an edition says, without markup and without an end in the middle: what harvesters take as the description.
pub fn whole_text(e: &Edition) -> String {
    let mut out = String::new();
    outline::plain_into(e.doc.body(), e.doc.outline.calm, true, &mut out);
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    if lines.is_empty() { e.summary.clone().unwrap_or_default() } else { lines.join("\n") }
}

/// An address with what must not stand in one encoded; as it is where it has no scheme.
pub fn address(url: &str) -> String {
    graph::iri(url).unwrap_or_else(|| url.to_string())
}

/// A mail address that can be written to; none for what would become another one (`a b@x.org`).
pub fn mail(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.contains(char::is_whitespace)).then_some(text)
}

/// A licence, as the author names it.
#[derive(Debug, Clone, Copy)]
pub struct Licence<'a> {
    /// SPDX id or name.
    pub name: &'a str,
    /// Where it stands.
    pub url: Option<&'a str>,
}

impl Licence<'_> {
    /// It lets everybody use the data.
    pub fn open(&self) -> bool {
        self.known().is_some_and(|k| k.kind != "own")
    }

    /// Its name is one of the list, or another way to write one of them.
    pub fn listed(&self) -> bool {
        self.known().is_some_and(|k| k.url.is_some())
    }

    /// What it means, where it is known.
    pub fn known(&self) -> Option<licences::Known> {
        licences::meant(self.name, self.url)
    }
}

/// The office to ask. The department's own telephone and mail stand in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Contact<'a> {
    /// Its name.
    pub name: Words<'a>,
    /// Telephone.
    pub tel: Option<&'a str>,
    /// Mail.
    pub email: Option<&'a str>,
    /// The dataset itself names it.
    pub told: bool,
}

/// A dataset (`dcat:Dataset`).
#[derive(Debug, Default)]
pub struct Dataset<'a> {
    /// Content path without ending: `datasets/gdp`.
    pub id: &'a str,
    /// The path below its type's folder.
    pub path: &'a str,
    /// 信息资源代码 (`dct:identifier`).
    pub identifier: Option<&'a str>,
    /// Its texts, one a language, that of the primary edition first.
    pub texts: Vec<Text<'a>>,
    /// 关键词.
    pub keywords: &'a [String],
    /// 主题分类.
    pub themes: Vec<&'a Theme>,
    /// Departments that publish it, lead first.
    pub publishers: Vec<&'a Department>,
    /// Those above the lead, the nearest first, as far as `parent` says it.
    pub above: Vec<&'a Department>,
    /// Whom to ask.
    pub contact: Contact<'a>,
    /// Licence.
    pub licence: Option<Licence<'a>>,
    /// Code in [`crate::model::vocab::OPEN_LEVELS`], as told.
    pub access: Option<&'static str>,
    /// Its data may be had by everybody without asking.
    pub open: bool,
    /// Conditions, or the reason why it is closed.
    pub access_note: Words<'a>,
    /// Code in [`crate::model::vocab::FREQUENCIES`].
    pub frequency: Option<&'static str>,
    /// 发布日期 (`dct:issued`).
    pub issued: Option<Moment>,
    /// 更新日期 as told (`dct:modified`).
    pub modified: Option<Date>,
    /// Day of the last state, as far as bytes, versions and days tell.
    pub updated: Option<Date>,
    /// First and last day, month or year, as written; the last is empty where it goes on.
    pub temporal: Option<(&'a str, &'a str)>,
    /// 空间范围.
    pub spatial: Words<'a>,
    /// The same in codes and coordinates.
    pub place: Option<&'a Place>,
    /// Words of the categories of high-value datasets that it is of.
    pub high_value: &'a [&'static str],
    /// 版本.
    pub version: Option<&'a str>,
    /// Where it was taken from, and the address of that.
    pub source: Option<(&'a str, Option<&'a str>)>,
    /// 数据来源与加工说明 (`dct:provenance`).
    pub provenance: Words<'a>,
    /// 使用说明.
    pub usage_notes: Words<'a>,
    /// 下次发布.
    pub next_release: Option<Date>,
    /// Ids of the policies that stand behind it.
    pub policies: &'a [Arc<str>],
    /// Ids of items to read with it.
    pub related: &'a [Arc<str>],
    /// What others made of it.
    pub reuses: &'a [Reuse],
    /// What no field holds, as its author, or the source that it was imported from, says it.
    pub extra: &'a serde_json::Value,
    /// Its files and services.
    pub distributions: Vec<Distribution<'a>>,
}

impl<'a> Dataset<'a> {
    /// The record of an item; none of what is no dataset. `read` are its files, none for those that are not to be shown.
    pub fn of(public: &'a Public, item: &'a Item, read: &'a [Option<Arc<Read>>]) -> Option<Dataset<'a>> {
        let d = item.dataset()?;
        let lead = item.issuers.first().map(|i| &public.departments[*i]);
        let (name, tel, email) = &d.contact;
        Some(Dataset {
            id: &item.id,
            path: item.name(),
            identifier: d.identifier.as_deref(),
            texts: item.editions.iter().map(Text::of).collect(),
            keywords: &item.keywords,
            themes: item.themes.iter().map(|t| &public.themes[*t]).collect(),
            publishers: item.issuers.iter().map(|i| &public.departments[*i]).collect(),
            above: above(public, item.issuers.first().copied()),
            contact: Contact {
                name: Words::of(name),
                tel: tel.as_deref().or_else(|| lead?.tel.as_deref()),
                email: email.as_deref().or_else(|| lead?.email.as_deref()),
                told: d.has_contact(),
            },
            licence: d.license.as_ref().map(|(name, url)| Licence { name, url: url.as_deref() }),
            access: d.access,
            open: d.open(),
            access_note: Words::of(&d.access_note),
            frequency: d.frequency,
            issued: item.published,
            modified: d.modified,
            updated: updated(d),
            temporal: d.temporal.as_ref().map(|(a, b)| (a.as_str(), b.as_str())),
            spatial: Words::of(&d.spatial),
            place: d.place.as_ref(),
            high_value: &d.high_value,
            version: d.version.as_deref(),
            extra: &item.extra,
            source: item.source.as_deref().map(|s| (s, item.source_url.as_deref())),
            provenance: Words::of(&d.provenance),
            usage_notes: Words::of(&d.usage_notes),
            next_release: d.next_release,
            policies: &d.policies,
            related: &d.related,
            reuses: &d.reuses,
            distributions: d.resources.iter().enumerate().map(|(i, r)| Distribution::of(r, read.get(i).and_then(|r| r.as_deref()))).collect(),
        })
    }

    /// Its texts in a language, else those of the primary edition.
    pub fn text(&self, lang: usize) -> Option<&Text<'a>> {
        self.texts.iter().find(|t| t.lang == lang).or(self.texts.first())
    }

    /// It says that it is open to all. That it is closed, or open on conditions, is no merit by which data that say nothing would be outdone.
    pub fn says_open(&self) -> bool {
        self.access == Some("open")
    }

    /// What the source from which it was imported said of a resource in fields that none of ours holds; null where it said nothing.
    pub fn said_of(&self, r: usize) -> &Value {
        static NOTHING: Value = Value::Null;
        let Some(Value::Object(all)) = self.extra.get("resource_fields") else { return &NOTHING };
        let title = |d: &Distribution<'_>| d.title.get(self.texts.first().map_or(0, |t| t.lang)).to_string();
        let Some(own) = self.distributions.get(r).map(title) else { return &NOTHING };
        // The second of two that are called alike has a number, see `import`.
        let nth = self.distributions[..r].iter().filter(|d| title(d) == own).count() + 1;
        let key = if nth == 1 { own } else { format!("{own} ({nth})") };
        all.get(&key).unwrap_or(&NOTHING)
    }

    /// A name of small letters, digits, `-` and `_` that no other dataset has: two that differ in what is no such letter
    /// have the beginning of a hash behind them.
    pub fn own_name(&self) -> String {
        let name = self.narrow_name().replace('.', "-");
        let plain = name.len() >= 2 && name.len() <= 90 && name == self.path;
        if plain {
            return name;
        }
        let hash = digest(self.id, 4);
        let cut: String = name.chars().take(80).collect();
        format!("{}-{hash}", cut.trim_matches('-')).trim_start_matches('-').to_string()
    }

    /// A name of plain letters, digits and `-_.`, for formats whose names are narrow.
    pub fn narrow_name(&self) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c.to_ascii_lowercase() } else { '-' };
        self.path.chars().map(plain).collect()
    }
}

/// The departments above one, the nearest first; some stand above themselves.
fn above(public: &Public, lead: Option<usize>) -> Vec<&Department> {
    let mut seen: Vec<usize> = lead.into_iter().collect();
    while let Some(up) = seen.last().and_then(|i| public.departments.get(*i)?.parent).filter(|up| !seen.contains(up) && seen.len() < 16) {
        seen.push(up);
    }
    seen.iter().skip(1).filter_map(|i| public.departments.get(*i)).collect()
}

/// A file or service of a dataset (`dcat:Distribution`).
#[derive(Debug)]
pub struct Distribution<'a> {
    /// ASCII name.
    pub name: &'a str,
    /// Title.
    pub title: Words<'a>,
    /// Description.
    pub description: Words<'a>,
    /// Key of its file in [`Public::blobs`].
    pub file: Option<&'a Arc<str>>,
    /// Address elsewhere.
    pub elsewhere: Option<&'a str>,
    /// It is held back: nothing of its file is shown.
    pub held: bool,
    /// Its dictionary.
    pub fields: &'a [FieldInfo],
    /// Columns whose values stand in another resource: columns here, name of the resource (empty for this one), columns there.
    pub foreign: &'a [(Vec<String>, String, Vec<String>)],
    /// Columns of its key, as told.
    pub key: &'a [String],
    /// What is in it; none where it was not read or must not be shown.
    pub read: Option<&'a Read>,
    resource: &'a Resource,
}

impl<'a> Distribution<'a> {
    fn of(r: &'a Resource, read: Option<&'a Read>) -> Distribution<'a> {
        Distribution {
            name: &r.name,
            title: Words::of(&r.title),
            description: Words::of(&r.description),
            file: r.file.as_ref(),
            elsewhere: r.url.as_deref(),
            held: r.held,
            fields: &r.fields,
            foreign: &r.foreign,
            key: &r.settings.key,
            read,
            resource: r,
        }
    }

    /// Its format, by its bytes; none where they were not read.
    pub fn format(&self) -> Option<FileFormat> {
        self.read.map(|r| r.file.format)
    }

    /// The name of its format: by its bytes, else as told or by the ending.
    pub fn format_name(&self) -> &'a str {
        self.format().map_or(&*self.resource.format, |f| f.name())
    }

    /// IANA media type, by its bytes: of what is in it.
    pub fn media_type(&self) -> Option<&'static str> {
        self.format().map(FileFormat::media_type)
    }

    /// The file as it was given is an archive or compressed: the name of the shell, its media type, and whether it is an archive.
    pub fn shell(&self) -> Option<(&'static str, &'static str, bool)> {
        Some(match self.read?.file.wrap? {
            Wrap::Zip => ("ZIP", "application/zip", true),
            Wrap::Gz => ("GZIP", "application/gzip", false),
        })
    }

    /// Name and media type of a file to take: those of the shell where there is one.
    pub fn kind(&self, copy: &Copy) -> (&'a str, Option<&'static str>) {
        match self.shell().filter(|_| copy.own && !copy.clean) {
            _ if copy.clean => ("CSV", Some("text/csv")),
            Some((name, media, _)) => (name, Some(media)),
            None => (self.format_name(), self.media_type().filter(|_| copy.own)),
        }
    }

    /// The table that is shown first.
    pub fn table(&self) -> Option<&'a Table> {
        self.read?.table()
    }

    /// What is told of a column: its entry in the dictionary, and its unit from there, from the head or of the whole table.
    pub fn column(&self, table: &'a Table, c: usize) -> (Option<&'a FieldInfo>, Option<&'a str>) {
        let told = self.fields.iter().find(|f| f.name == table.names[c]);
        (told, told.and_then(|f| f.unit.as_deref()).or(table.unit_of(c)))
    }
}

/// What is known of a dataset when the site is written, in the language in which it is written.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// Copies of tables as Parquet, by distribution.
    pub parquet: Vec<(usize, Copy)>,
    /// Index into the languages of the site.
    pub lang: usize,
    /// BCP 47 tag of the language.
    pub tag: String,
    /// Absolute address of its page.
    pub page: String,
    /// Absolute address of the folder of its files, whatever the language of the page.
    pub folder: String,
    /// What can be taken of each distribution, in their order; none where there is nothing.
    pub copies: Vec<Option<Copy>>,
    /// Clean CSV of every table, with the place of its distribution.
    pub tables: Vec<(usize, Copy)>,
    /// Absolute addresses of the policies behind it, and of datasets to read with it.
    pub policies: Vec<String>,
    /// See above.
    pub related: Vec<String>,
    /// The series that it is in.
    pub series: Vec<Series>,
    /// Others are in it: it is a series.
    pub series_of: bool,
    /// Name of a format of [`FORMATS`] and the absolute address of what is written in it.
    pub files: Vec<(&'static str, String)>,
    /// Absolute address of what describes its columns.
    pub dictionary: Option<String>,
    /// What a tidied table beside the file that it was made of is called, and rows in pages, by language of the site: `{title}` is the
    /// title of the file.
    pub tidied: Vec<String>,
    /// See above.
    pub paged: Vec<String>,
}

impl Published {
    /// What a copy of a distribution is called, in the languages of its title: two files of one name are told apart.
    pub fn called(&self, i: usize, r: &Distribution<'_>, copy: &Copy) -> Vec<(Option<usize>, String)> {
        let beside = copy.clean && self.copies.get(i).is_some_and(|c| c.as_ref().is_some_and(|c| c.own && !c.clean));
        // Of several tables of a file each has its own name.
        let several = self.tables.iter().filter(|(of, _)| *of == i).nth(1).is_some();
        let part = r.read.filter(|_| several && copy.clean).and_then(|t| t.file.tables.get(copy.part? as usize)?.part.as_deref());
        let whole = |t: &str| part.map_or_else(|| t.to_string(), |p| format!("{t} · {p}"));
        r.title.all().map(|(l, t)| (l, named(&self.tidied, l.unwrap_or(self.lang), &whole(t), beside))).collect()
    }

    /// The same in the language of the record.
    pub fn title(&self, i: usize, r: &Distribution<'_>, copy: &Copy) -> String {
        let all = self.called(i, r, copy);
        let own = r.title.get(self.lang);
        // As `Words::get` chooses: the text that it gives is that of one of them.
        let at = r.title.all().position(|(_, t)| t == own);
        at.and_then(|i| all.into_iter().nth(i)).map_or_else(|| own.to_string(), |(_, t)| t)
    }

    /// What the rows of a distribution in pages are called.
    pub fn paged(&self, r: &Distribution<'_>) -> Vec<(Option<usize>, String)> {
        r.title.all().map(|(l, t)| (l, named(&self.paged, l.unwrap_or(self.lang), t, true))).collect()
    }
}

/// A title within the pattern of its language.
fn named(patterns: &[String], lang: usize, title: &str, on: bool) -> String {
    patterns.get(lang).filter(|p| on && p.contains("{title}")).map_or_else(|| title.to_string(), |p| p.replace("{title}", title))
}

/// A series that a dataset is in.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// Absolute address of its page.
    pub page: String,
    /// Its number, where it has one.
    pub identifier: Option<String>,
    /// Language, title, description.
    pub texts: Vec<(usize, String, String)>,
}

/// A file to take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copy {
    /// Its address: absolute, or a path within a package.
    pub url: String,
    /// It is a file of this site.
    pub own: bool,
    /// The clean CSV made of the table, not the file as it was given.
    pub clean: bool,
    /// Which table of the file, where it is a table.
    pub part: Option<u32>,
    /// Length in bytes.
    pub bytes: Option<u64>,
    /// SHA-256 in hexadecimal.
    pub sha256: Option<String>,
    /// Absolute address of its row files (`rows/index.json`), which answer as a service does.
    pub rows: Option<String>,
    /// Table Schema of a clean CSV, as its cells were found when they were written.
    pub schema: Option<Value>,
}

/// The beginning of a SHA-256, in hexadecimal.
pub(crate) fn digest(text: &str, bytes: usize) -> String {
    Sha256::digest(text.as_bytes())[..bytes].iter().map(|b| format!("{b:02x}")).collect()
}

impl Copy {
    /// The name of the file without its ending.
    pub fn stem(&self) -> &str {
        let name = self.url.rsplit('/').next().unwrap_or(&self.url);
        name.rsplit_once('.').map_or(name, |(s, _)| s)
    }
}

/// JSON inside a page: nothing in it can end the element that it stands in.
pub fn embedded(v: &Value) -> String {
    v.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028")
}
