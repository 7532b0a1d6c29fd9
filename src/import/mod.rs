//! `import`: what another program wrote becomes content of this one.
//!
//! An importer is one file with an [`Importer`] and its line in [`IMPORTERS`]: a plain function from the files of a source to
//! [`Draft`]s (values under declared fields) and findings with their place in the source. What follows is the same for all:
//! names, departments and themes are settled, `emit` writes the files, `state` compares them with what stands there.

mod access;
mod addresses;
mod catalogue;
mod ckan;
mod csv_list;
mod data_package;
mod dcat_us;
mod docx;
mod emit;
pub mod files;
mod html;
mod jkan;
mod labels;
mod lists;
mod look;
mod mirror;
mod names;
pub mod norm;
mod numbering;
mod pages;
mod posts;
mod put;
#[cfg(feature = "rdf")]
mod rdf;
mod reader;
mod secrets;
mod settings;
mod state;
mod status;
mod udata;
mod unseen;
pub mod withdrawn;
mod words;

use crate::config::Config;
use crate::diag::{Diagnostic, Phrase, Span};
use crate::load::brought::{Along, Piece};
use crate::model::Portal;
use crate::schema::Field;
use crate::types::Type;

pub use lists::{Each, Known, Take};
pub use mirror::disguised;
pub use names::file_name as safe_name;
pub use put::{Kept, Plan, Put, plan};

/// All kinds of sources.
pub static IMPORTERS: &[&Importer] = &[
    &jkan::IMPORTER,
    &dcat_us::IMPORTER,
    &ckan::IMPORTER,
    &data_package::IMPORTER,
    &udata::IMPORTER,
    &csv_list::IMPORTER,
    &posts::HUGO,
    &posts::JEKYLL,
    &posts::ZOLA,
    &posts::HEXO,
    &pages::HTML,
    &pages::TEXT,
    &docx::IMPORTER,
    #[cfg(feature = "rdf")]
    &rdf::IMPORTER,
];

/// A kind of source.
pub struct Importer {
    /// The word by which it is asked for.
    pub name: &'static str,
    /// What it is.
    pub about: Phrase,
    /// Whether a file of the source, by its path, is read at all.
    pub wanted: fn(&str) -> bool,
    /// Reads it.
    pub read: Read,
}

/// How a source is read.
#[derive(Clone, Copy)]
pub enum Read {
    /// All of it at once.
    All(fn(&[Piece], &Asked<'_>, &mut Vec<Diagnostic>) -> Brought),
    /// Record by record, twice: it may be larger than memory.
    Each(Each),
}

/// What an importer may know besides the source.
pub struct Asked<'a> {
    /// The day on which it is imported: what a source took away before is not public there.
    pub today: jiff::civil::Date,
    /// The project's settings.
    pub config: &'a Config,
    /// What is in the project.
    pub portal: &'a Portal,
    /// The type that is asked for, where the source does not tell.
    pub kind: Option<&'static Type>,
    /// What lies beside the files that are read.
    pub there: &'a Along,
    /// The address that the source came from, where it is one file of the web.
    pub base: Option<&'a str>,
    /// A map of names, from a file of YAML.
    pub map: Option<&'a (crate::load::Source, crate::load::Node)>,
}

/// A value of a file to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A scalar.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A mapping in its order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// A scalar.
    pub fn text(t: impl Into<String>) -> Value {
        Value::Text(t.into())
    }

    /// Nothing is said.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(t) => t.is_empty(),
            Value::List(all) => all.is_empty(),
            Value::Map(pairs) => pairs.is_empty(),
        }
    }
}

/// Reads a source: what the importer makes of its files, and the files that its items link to.
pub fn read(importer: &Importer, pieces: &[Piece], asked: &Asked<'_>, out: &mut Vec<Diagnostic>) -> Brought {
    let read = match importer.read {
        Read::All(read) => read,
        Read::Each(each) => return Brought { each: Some(each), ..Brought::default() },
    };
    let mut brought = read(pieces, asked, out);
    for d in &mut brought.drafts {
        status::hold(d, asked, out);
        access::hold(d, out);
    }
    mirror::bring(&mut brought, pieces.len(), asked.there, out);
    brought
}

impl Brought {
    /// Takes all items into memory, where somebody wants to look at them together.
    pub fn hold(&mut self, pieces: &[Piece], asked: &Asked<'_>, out: &mut Vec<Diagnostic>) {
        let Some(each) = self.each.take() else { return };
        let mut known = lists::Known::default();
        each(pieces, asked, &mut known, &mut |_, _| {}, out);
        self.seen = known.seen;
        self.offices = known.turned().into_values().collect();
        let (drafts, mut told) = (&mut self.drafts, Vec::new());
        each(
            pieces,
            asked,
            &mut known,
            &mut |mut d, mut found| {
                status::hold(&mut d, asked, &mut found);
                access::hold(&mut d, &mut found);
                drafts.push(d);
                told.extend(found);
            },
            &mut Vec::new(),
        );
        out.extend(told);
    }
}

/// An item to be.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it is in the source, whatever becomes of its title and its place.
    pub key: String,
    /// Type.
    pub kind: &'static Type,
    /// The name of its file that is wished for, below the folder of its type, without an ending.
    pub name: String,
    /// What its declared fields hold. Departments and themes stand in them by their names in the source.
    pub fields: Vec<(&'static Field, Value)>,
    /// What the source says and no field holds.
    pub extra: Value,
    /// Text below the head, in Markdown.
    pub body: String,
    /// Addresses at which it stood, as paths or whole.
    pub old: Vec<String>,
    /// Files to put beside it: path below its folder, number of the piece.
    pub files: Vec<(String, usize)>,
    /// Files of the source that its text links to: the name they are to have in its own folder, their path in the source, the
    /// place of the link.
    pub beside: Vec<(String, String, Span)>,
    /// The same when they are read: name, number of the piece.
    pub own_files: Vec<(String, usize)>,
    /// Data files that were fetched along: name below its folder, beginning of the SHA-256, where the file lies if it is new.
    pub fetched: Vec<(String, String, Option<std::path::PathBuf>)>,
    /// Where it stands in the source.
    pub at: Span,
}

impl Draft {
    /// An item without anything said yet.
    pub fn new(kind: &'static Type, key: impl Into<String>, name: impl Into<String>, at: Span) -> Draft {
        Draft {
            key: key.into(),
            kind,
            name: name.into(),
            fields: Vec::new(),
            extra: Value::Map(Vec::new()),
            body: String::new(),
            old: Vec::new(),
            files: Vec::new(),
            beside: Vec::new(),
            own_files: Vec::new(),
            fetched: Vec::new(),
            at,
        }
    }

    /// Sets a field, where there is something to say.
    pub fn set(&mut self, field: &'static Field, value: Value) {
        if !value.is_empty() {
            self.fields.retain(|(f, _)| f.key != field.key);
            self.fields.push((field, value));
        }
    }

    /// Keeps what no field holds; passwords are taken out when all is settled.
    pub fn keep(&mut self, key: &str, value: Value) {
        if let Value::Map(pairs) = &mut self.extra
            && !value.is_empty()
            && !pairs.iter().any(|(k, _)| k == key)
        {
            pairs.push((key.to_string(), value));
        }
    }

    /// The value of a field.
    pub fn get(&self, field: &Field) -> Option<&Value> {
        self.fields.iter().find(|(f, _)| f.key == field.key).map(|(_, v)| v)
    }
}

/// A department of the source.
#[derive(Debug, Clone, Default)]
pub struct Office {
    /// Name.
    pub name: String,
    /// The id that is wished for; made of the name where it is empty.
    pub id: String,
    /// What it does.
    pub description: String,
    /// Its own site.
    pub url: String,
    /// The name of the one above it.
    pub parent: String,
    /// Addresses at which it stood.
    pub old: Vec<String>,
}

/// What an importer gives back.
#[derive(Debug, Default)]
pub struct Brought {
    /// Items.
    pub drafts: Vec<Draft>,
    /// What is known of departments besides their names.
    pub offices: Vec<Office>,
    /// Files that the importer took out of others; they are counted on from the pieces of the source.
    pub files: Vec<Vec<u8>>,
    /// Records that were seen, kept or not.
    pub seen: usize,
    /// What reads the items one after the other, where they are not here.
    pub each: Option<Each>,
}
