//! Content types: one file each, with all that is declared of it. What can be done with a type (reading, search, scaffolds,
//! schemas, forms, pages) follows from its [`Type`]; what is asked by [`Shape`] is told by the compiler where one is forgotten.

pub mod consultation;
pub mod dataset;
pub mod decision;
pub mod editor;
pub mod event;
pub mod files;
pub mod interpretation;
pub mod news;
pub mod page;
pub mod policy;
pub mod question;
pub mod record;
pub mod response;
pub mod service;
pub mod topic;
pub mod translation;

use crate::diag::{Phrase, Tongue};
use crate::schema::{self, Field, Record};
use std::sync::LazyLock;

/// The types of every site. Their places stand in the files of search: a new one comes last.
pub static TYPES: &[&Type] = &[
    &policy::TYPE,
    &interpretation::TYPE,
    &dataset::TYPE,
    &news::TYPE,
    &topic::TYPE,
    &page::TYPE,
    &service::TYPE,
    &consultation::TYPE,
    &question::TYPE,
    &event::TYPE,
    &response::TYPE,
    &decision::TYPE,
    &record::TYPE,
];

/// What is declared of a content type.
#[derive(Debug)]
pub struct Type {
    /// The word by which it is asked for: at `new`, in `schema`, in search.
    pub id: &'static str,
    /// Its folder, which is also the word in addresses and messages.
    pub folder: &'static str,
    /// Other words for it at `new` and `schema`.
    pub words: &'static [&'static str],
    /// What its items are called together, where the theme has no message `type.<folder>`.
    pub label: Phrase,
    /// Its fields.
    pub record: &'static Record,
    /// The field that names who answers for an item.
    pub issuer: &'static Field,
    /// What an item has of its own.
    pub shape: Shape,
    /// Items are written in Markdown; else in YAML.
    pub markdown: bool,
    /// Place of a new item below the folder, without its ending.
    pub place: &'static str,
    /// An item may be a folder with a file of this name in it.
    pub inside: Option<&'static str>,
    /// The maker of its pages.
    pub page: &'static str,
    /// The template of its pages: `pages/<template>.html`.
    pub template: &'static str,
    /// Its pages stand at the root of the site: it has no list, and its items are no news.
    pub root: bool,
    /// The feed of the whole site tells of it.
    pub feed: bool,
}

/// What an item has besides what all have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// 政策文件
    Policy,
    /// 政策解读
    Interpretation,
    /// 数据集
    Dataset,
    /// 专题: blocks.
    Topic,
    /// 意见征集: the values of its declared fields, and its opinions.
    Consultation,
    /// The values of its declared fields.
    Record,
}

/// A type of a site: its declaration, and its place among all.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    place: u16,
    of: &'static Type,
}

/// 政策文件
pub const POLICY: Kind = Kind { place: 0, of: &policy::TYPE };
/// 政策解读
pub const INTERPRETATION: Kind = Kind { place: 1, of: &interpretation::TYPE };
/// 数据集
pub const DATASET: Kind = Kind { place: 2, of: &dataset::TYPE };
/// 新闻、动态
pub const NEWS: Kind = Kind { place: 3, of: &news::TYPE };
/// 专题
pub const TOPIC: Kind = Kind { place: 4, of: &topic::TYPE };
/// A plain page.
pub const PAGE: Kind = Kind { place: 5, of: &page::TYPE };
/// 意见征集
pub const CONSULTATION: Kind = Kind { place: 7, of: &consultation::TYPE };

impl Kind {
    /// Its declaration.
    pub fn declared(self) -> &'static Type {
        self.of
    }

    /// Its place among the types of the site.
    pub const fn place(self) -> usize {
        self.place as usize
    }
}

impl std::ops::Deref for Kind {
    type Target = Type;

    fn deref(&self) -> &Type {
        self.of
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Kind) -> bool {
        self.place == other.place
    }
}

impl Eq for Kind {}

impl PartialOrd for Kind {
    fn partial_cmp(&self, other: &Kind) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Kind {
    fn cmp(&self, other: &Kind) -> std::cmp::Ordering {
        self.place.cmp(&other.place)
    }
}

impl std::hash::Hash for Kind {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.place.hash(state);
    }
}

/// The types of a site: those that every site has, then its own.
#[derive(Debug, Clone)]
pub struct Types {
    all: Vec<Kind>,
    /// Folders of types that are declared and cannot be used: what lies there is not lost for that.
    pub lost: Vec<String>,
}

impl Default for Types {
    fn default() -> Types {
        Types { all: TYPES.iter().enumerate().map(|(i, of)| Kind { place: i as u16, of }).collect(), lost: Vec::new() }
    }
}

impl Types {
    /// All of them, by place.
    pub fn iter(&self) -> impl Iterator<Item = Kind> + '_ {
        self.all.iter().copied()
    }

    /// Adds a type of the site's own.
    pub fn add(&mut self, of: &'static Type) {
        self.all.push(Kind { place: self.all.len() as u16, of });
    }

    /// The types of the site's own.
    pub fn own(&self) -> impl Iterator<Item = Kind> + '_ {
        self.all.iter().skip(TYPES.len()).copied()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The type of a folder.
    pub fn folder(&self, folder: &str) -> Option<Kind> {
        self.iter().find(|k| k.folder == folder)
    }

    /// The type of a path below `content/`.
    pub fn of_path(&self, path: &str) -> Option<Kind> {
        self.folder(path.split_once('/')?.0)
    }

    /// The type that a word means: its id, its folder, another word for it.
    pub fn word(&self, word: &str) -> Option<Kind> {
        self.iter().find(|k| k.id == word).or_else(|| self.iter().find(|k| k.folder == word || k.words.contains(&word)))
    }

    /// Messages that the declarations hold, for a theme that has none of its own: names of types, labels of fields, words.
    pub fn messages(&self, lang: Tongue) -> Vec<(String, String)> {
        fn record(r: &'static Record, lang: Tongue, out: &mut Vec<(String, String)>) {
            for f in r.fields {
                out.push((format!("field.{}.{}", r.id, f.key), f.label.get(lang).to_string()));
                for code in f.kind.words().map(schema::words::codes).unwrap_or_default() {
                    let name = schema::words::name(f.kind.words().unwrap_or(&[]), code, lang);
                    out.push((format!("word.{}.{}.{code}", r.id, f.key), capital(&name)));
                }
                if let Some(inner) = f.kind.table().filter(|t| t.id != r.id) {
                    record(inner, lang, out);
                }
            }
        }
        let mut out: Vec<(String, String)> = self.iter().map(|k| (format!("type.{}", k.folder), k.label.get(lang).to_string())).collect();
        self.iter().filter(|k| matches!(k.shape, Shape::Record | Shape::Consultation)).for_each(|k| record(k.of.record, lang, &mut out));
        [&policy::task::RECORD, &policy::benefit::RECORD, &interpretation::glance::RECORD].into_iter().for_each(|r| record(r, lang, &mut out));
        out
    }

    /// The records that stand in files of their own: types of items first.
    pub fn records(&self) -> Vec<&'static Record> {
        self.iter().map(|k| k.of.record).chain([&translation::RECORD]).chain(schema::RECORDS.iter().copied()).collect()
    }
}

/// With a capital first letter.
fn capital(text: &str) -> String {
    let mut c = text.chars();
    c.next().map_or(String::new(), |first| first.to_uppercase().chain(c).collect())
}

/// Every record of every site, what all items have in common first, those inside others after those that hold them; each once.
pub fn all() -> Vec<&'static Record> {
    schema::within(&Types::default().records())
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
