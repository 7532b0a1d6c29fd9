//! The vocabulary of the domain as plain data: what authors claim, nothing computed.
//!
//! | here | Chinese |
//! |---|---|
//! | [`Policy`] | 政策文件 |
//! | [`Interpretation`] | 政策解读 |
//! | [`Column`] | 栏目 |
//! | [`Department`] | 部门、机构 |
//! | [`Item`] | 信息条目 |
//! | [`Dataset`], [`Resource`] | 数据集、数据资源 |
//! | [`Kind::Topic`] | 专题 |
//! | [`Term`] | 词条 |
//! | [`Alert`] | 紧急通知 |

mod assemble;
mod dataset;
mod plots;
mod public;
mod read;
mod tables;
pub mod vocab;
mod vocabularies;

pub use assemble::{Memory, assemble, assemble_again};
pub use plots::{JUMP, Plot, Withheld};
pub use public::{Public, State, content_key};
pub use tables::{Read, TableMemory, Tables, tables};
pub use vocabularies::theme_index;

use crate::config::{Block, Language, Localized};
use crate::load::table::Settings;
use crate::load::{Blob, Doc, Moment};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;
use vocab::DocNo;

/// The folder of a content type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 政策文件, `policies/`
    Policy,
    /// 政策解读, `interpretations/`
    Interpretation,
    /// A plain page, `pages/`
    Page,
    /// 数据集, `datasets/`
    Dataset,
    /// 新闻、动态, `news/`
    News,
    /// 专题, `topics/`
    Topic,
}

/// Number of types.
pub const KINDS: usize = 6;

/// The folders of the content types.
pub static FOLDERS: &[(&str, Kind)] = &[
    ("policies", Kind::Policy),
    ("interpretations", Kind::Interpretation),
    ("pages", Kind::Page),
    ("datasets", Kind::Dataset),
    ("news", Kind::News),
    ("topics", Kind::Topic),
];

impl Kind {
    /// Its folder, which is also the word in addresses and messages.
    pub fn folder(self) -> &'static str {
        FOLDERS.iter().find(|(_, k)| *k == self).map_or("", |(f, _)| f)
    }
}

/// One text in one language.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Index into the site's languages.
    pub lang: usize,
    /// 标题.
    pub title: String,
    /// 摘要, as written by the author.
    pub summary: Option<String>,
    /// The file.
    pub doc: Arc<Doc>,
    /// Made from another language by table, when its page is finished.
    pub derived: bool,
}

/// 附件.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Key in [`Portal::blobs`].
    pub file: Arc<str>,
    /// Name shown; the file's name where none was given.
    pub title: String,
}

/// A note of what was changed in an item and when (变更说明).
#[derive(Debug, Clone)]
pub struct Change {
    /// When.
    pub on: Date,
    /// What.
    pub note: String,
}

/// 撤回.
#[derive(Debug, Clone)]
pub struct Withdrawn {
    /// When.
    pub on: Option<Date>,
    /// Why, as shown to the public.
    pub reason: Option<String>,
}

/// Anything that has a page of its own.
#[derive(Debug, Clone)]
pub struct Item {
    /// Content path without language and ending: `policies/2021/notice`.
    pub id: Arc<str>,
    /// Content path that links in it start from: the id, but for `datasets/gdp/dataset.yaml`.
    pub base: Arc<str>,
    /// Its type.
    pub kind: Kind,
    /// The last part of its address, where the author set one.
    pub slug: Option<String>,
    /// Earlier addresses that lead here.
    pub aliases: Vec<String>,
    /// Index into [`Portal::columns`].
    pub column: Option<usize>,
    /// Its texts, one a language, in the order of the site's languages. Never empty.
    pub editions: Vec<Edition>,
    /// 发文机关 (of an interpretation: 解读机关), lead first: indexes into [`Portal::departments`].
    pub issuers: Vec<usize>,
    /// 发布日期.
    pub published: Option<Moment>,
    /// 成文日期.
    pub formed: Option<Date>,
    /// 施行日期.
    pub effective: Option<Date>,
    /// 失效日期.
    pub expires: Option<Date>,
    /// Not to be published yet.
    pub draft: bool,
    /// Taken back.
    pub withdrawn: Option<Withdrawn>,
    /// Id of the item that took its place.
    pub replaced_by: Option<Arc<str>>,
    /// 主题分类: indexes into [`Portal::themes`].
    pub themes: Vec<usize>,
    /// 关键词.
    pub keywords: Vec<String>,
    /// 附件.
    pub attachments: Vec<Attachment>,
    /// 变更说明, oldest first.
    pub changes: Vec<Change>,
    /// 来源, of a reprint.
    pub source: Option<String>,
    /// Address of the original.
    pub source_url: Option<String>,
    /// 作者或责任编辑.
    pub author: Option<String>,
    /// Free data for templates.
    pub extra: serde_json::Value,
    /// What only its type has.
    pub detail: Detail,
}

/// The part of an item that depends on its type.
#[derive(Debug, Clone)]
pub enum Detail {
    /// 政策文件
    Policy(Box<Policy>),
    /// 政策解读
    Interpretation(Box<Interpretation>),
    /// A plain page.
    Page,
    /// 数据集
    Dataset(Box<Dataset>),
    /// 新闻、动态
    News,
    /// 专题: the blocks it is composed of.
    Topic(Vec<Block>),
}

/// 数据集 (domain-rules B3; names of DCAT and Data Package).
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// 信息资源代码: an id that never changes (`dct:identifier`).
    pub identifier: Option<String>,
    /// 许可 (`dct:license`): SPDX id or name, and address.
    pub license: Option<(String, Option<String>)>,
    /// 开放等级: code in [`vocab::OPEN_LEVELS`] (`dct:accessRights`).
    pub access: Option<&'static str>,
    /// Conditions of conditional access, or the reason why a dataset is closed.
    pub access_note: Localized,
    /// 更新频率: code in [`vocab::FREQUENCIES`] (`dct:accrualPeriodicity`).
    pub frequency: Option<&'static str>,
    /// 更新日期 (`dct:modified`).
    pub modified: Option<Date>,
    /// 时间范围 (`dct:temporal`): first and last, as written (a day, a month or a year).
    pub temporal: Option<(String, String)>,
    /// 空间范围 (`dct:spatial`): name.
    pub spatial: Localized,
    /// 版本.
    pub version: Option<String>,
    /// Office to ask: name, telephone, mail.
    pub contact: (Localized, Option<String>, Option<String>),
    /// Ids of the policies that stand behind it.
    pub policies: Vec<Arc<str>>,
    /// Datasets and other items to read with it.
    pub related: Vec<Arc<str>>,
    /// Its files and services.
    pub resources: Vec<Resource>,
    /// 数据来源与加工说明 (`dct:provenance`): where the data come from and how they were made.
    pub provenance: Localized,
    /// 使用说明: what to mind when using them.
    pub usage_notes: Localized,
    /// 下次发布.
    pub next_release: Option<Date>,
    /// 应用案例: what others made of it.
    pub reuses: Vec<Reuse>,
    /// 图表, in the order in which they are shown.
    pub charts: Vec<Chart>,
}

impl Dataset {
    /// Its data may be had by everybody without asking. Where nothing is said they are.
    pub fn open(&self) -> bool {
        self.access.is_none_or(|a| a == "open")
    }
}

impl Resource {
    /// The unit of a column: of the dictionary, of the head, of the whole table.
    pub fn unit<'a>(&'a self, table: &'a crate::load::table::Table, column: usize) -> &'a str {
        use crate::load::table::profile::Kind;
        let told = self.fields.iter().find(|f| f.name == table.names[column]).and_then(|f| f.unit.as_deref());
        let whole = table.unit.as_deref().filter(|_| matches!(table.columns[column].kind, Kind::Integer | Kind::Number));
        told.or(table.units[column].as_deref()).or(whole).unwrap_or("")
    }
}

/// 应用案例.
#[derive(Debug, Clone, Default)]
pub struct Reuse {
    /// Title.
    pub title: Localized,
    /// Where it is.
    pub url: Option<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// What it is: an app, an article, a paper.
    pub kind: Option<String>,
}

/// 图表 as its author declares it.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    /// ASCII name, used in its address.
    pub name: String,
    /// Title.
    pub title: Localized,
    /// Word in [`vocab::CHARTS`].
    pub kind: &'static str,
    /// Name of the resource; the first one where none is told.
    pub resource: Option<String>,
    /// Column along the axis.
    pub x: Option<String>,
    /// Columns with values.
    pub y: Vec<String>,
    /// Column whose values name the lines.
    pub series: Option<String>,
    /// Values of `series` (or, of a wide table, of the first column) that are shown.
    pub only: Vec<String>,
    /// Values of `x` before which a line is cut: what was measured changed there.
    pub breaks: Vec<String>,
    /// Note beside the chart.
    pub note: Localized,
    /// Unit of the values.
    pub unit: Localized,
    /// 审图号 of the boundaries shown.
    pub map_no: Option<String>,
    /// Place in the source, for findings.
    pub at: (u32, u32),
}

/// An earlier state of a file that is kept (版本).
#[derive(Debug, Clone)]
pub struct Version {
    /// Key in [`Portal::blobs`].
    pub file: Arc<str>,
    /// What it is called.
    pub version: String,
    /// Day of its publication.
    pub issued: Option<Date>,
    /// What was different.
    pub note: Localized,
}

/// Permission to publish what looks like personal data (domain-rules PII-05).
#[derive(Debug, Clone)]
pub struct Allowed {
    /// Column.
    pub field: String,
    /// Why it may be public.
    pub reason: String,
    /// Who says so.
    pub approved_by: String,
    /// Last day of the permission.
    pub until: Date,
}

/// 数据资源 (`dcat:Distribution`, Data Resource).
#[derive(Debug, Clone, Default)]
pub struct Resource {
    /// ASCII name, the anchor on the page.
    pub name: String,
    /// Title.
    pub title: Localized,
    /// Description.
    pub description: Localized,
    /// Key in [`Portal::blobs`].
    pub file: Option<Arc<str>>,
    /// Address elsewhere.
    pub url: Option<String>,
    /// Format as told or by the file's ending, upper case: `CSV`.
    pub format: String,
    /// 信息项: the data dictionary.
    pub fields: Vec<FieldInfo>,
    /// How the file is to be read, where its bytes leave a doubt.
    pub settings: Settings,
    /// Columns whose values stand in another resource: columns here, name of the resource (empty for this one), columns there.
    pub foreign: Vec<(Vec<String>, String, Vec<String>)>,
    /// Permissions for what looks like personal data.
    pub allowed: Vec<Allowed>,
    /// Earlier states, oldest first.
    pub versions: Vec<Version>,
    /// Place in the source, for findings.
    pub at: (u32, u32),
}

/// 信息项, a column of a table (Table Schema).
#[derive(Debug, Clone, Default)]
pub struct FieldInfo {
    /// Name in the file.
    pub name: String,
    /// Title.
    pub title: Localized,
    /// Type as told.
    pub kind: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Meaning.
    pub description: Localized,
    /// `constraints.required`: no value may be missing.
    pub required: bool,
    /// `constraints.unique`: no value may come twice.
    pub unique: bool,
    /// `constraints.enum`: values that may stand there; empty for any.
    pub allowed: Vec<String>,
    /// `constraints.minimum`, `constraints.maximum`.
    pub range: (Option<f64>, Option<f64>),
}

/// 词条 of the glossary.
#[derive(Debug, Clone)]
pub struct Term {
    /// ASCII id, its anchor.
    pub id: String,
    /// The word, by language.
    pub term: Localized,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// What it means.
    pub definition: Localized,
    /// Where the definition comes from: text, address.
    pub source: (Option<String>, Option<String>),
}

/// 紧急通知 shown on every page.
#[derive(Debug, Clone)]
pub struct Alert {
    /// What has happened, in one plain sentence.
    pub title: Localized,
    /// What to do.
    pub text: Localized,
    /// Where to read more.
    pub url: Option<String>,
    /// `red`, `orange`, `yellow`, `blue`: the national warning colours.
    pub level: &'static str,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// Whether a policy needs an interpretation (domain-rules INT-01).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Need {
    /// The author did not say.
    #[default]
    Unsaid,
    /// 应解读.
    Required,
    /// 免于解读, with the reason.
    Exempt(String),
}

/// 政策文件 (domain-rules B1).
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// 发文字号.
    pub doc_no: Option<DocNo>,
    /// The author says that it has no number (`doc_no: none`).
    pub no_number: bool,
    /// 索引号.
    pub index_no: Option<String>,
    /// 统一编号.
    pub reg_no: Option<String>,
    /// 文种: code in [`vocab::DOC_TYPES`].
    pub doc_type: Option<&'static str>,
    /// 效力等级: code in [`vocab::LEVELS`].
    pub level: Option<&'static str>,
    /// 公开方式: code in [`vocab::DISCLOSURE`].
    pub disclosure: Option<&'static str>,
    /// 是否规范性文件.
    pub normative: Option<bool>,
    /// 起草部门.
    pub drafted_by: Vec<usize>,
    /// Is an interpretation due?
    pub interpretation: Need,
    /// Ids of the policies it amends.
    pub amends: Vec<Arc<str>>,
    /// Ids of the policies it repeals.
    pub repeals: Vec<Arc<str>>,
    /// Ids of the policies that amend it, where the author wrote it on this side.
    pub amended_by: Vec<Arc<str>>,
    /// Ids of the policies that repeal it.
    pub repealed_by: Vec<Arc<str>>,
    /// Ids of the law above it.
    pub based_on: Vec<Arc<str>>,
    /// Other items to read with it (its consultation, say).
    pub related: Vec<Arc<str>>,
    /// Issuing body as the file's head names it, where no department is known.
    pub issuer_text: Option<String>,
    /// 题注: adoption and amendments, oldest first.
    pub history: Vec<(Date, String)>,
}

/// 政策解读 (domain-rules B2).
#[derive(Debug, Clone, Default)]
pub struct Interpretation {
    /// Ids of the policies explained.
    pub policies: Vec<Arc<str>>,
    /// Policies outside this site: title and address.
    pub external: Vec<(String, Option<String>)>,
    /// 解读形式: codes in [`vocab::FORMS`].
    pub forms: Vec<&'static str>,
    /// 解读人: name and office.
    pub interpreter: Option<(String, Option<String>)>,
    /// 联系电话.
    pub tel: Option<String>,
    /// 电子邮箱.
    pub email: Option<String>,
    /// Standard sections written in the front matter: index into [`vocab::SECTIONS`], Markdown.
    pub sections: BTreeMap<usize, String>,
    /// 问答.
    pub qa: Vec<(String, String)>,
    /// Text in place of pictures or sound.
    pub text_alternative: Option<String>,
}

/// 机构.
#[derive(Debug, Clone)]
pub struct Department {
    /// ASCII id, used in its address.
    pub id: String,
    /// Name.
    pub name: Localized,
    /// What it does, in a few sentences.
    pub description: Localized,
    /// 办公地址.
    pub address: Localized,
    /// 办公时间.
    pub hours: Localized,
    /// 联系电话.
    pub tel: Option<String>,
    /// 电子邮箱.
    pub email: Option<String>,
    /// Its own site.
    pub url: Option<String>,
    /// 组织机构代码 or 统一社会信用代码, the prefix of its index numbers.
    pub code: Option<String>,
}

/// A term of the theme vocabulary.
#[derive(Debug, Clone)]
pub struct Theme {
    /// ASCII code, used in its address.
    pub id: String,
    /// Label.
    pub label: Localized,
    /// The term above.
    pub parent: Option<usize>,
}

/// 栏目: a folder with a `_column.yaml`, or the folder of a type that has items.
#[derive(Debug, Clone)]
pub struct Column {
    /// Folder below `content/`.
    pub path: String,
    /// 栏目名称; empty for the folder of a type without a `_column.yaml` (the theme names it).
    pub title: Localized,
    /// 设置目的、主要内容.
    pub description: Localized,
    /// 关键词.
    pub keywords: Vec<String>,
    /// ColumnType (D10).
    pub column_type: Option<String>,
    /// Place in the navigation; columns without one follow, by path.
    pub order: Option<u32>,
    /// Shown in the navigation.
    pub nav: bool,
    /// The owner department.
    pub owner: Option<usize>,
    /// The file, for findings.
    pub file: Option<Arc<str>>,
}

/// All content, as claimed by its authors. Never changes after it was assembled.
#[derive(Debug)]
pub struct Portal {
    /// Languages of the site.
    pub languages: Vec<Language>,
    /// Every item, by id.
    pub items: Vec<Arc<Item>>,
    /// In the order of `departments.yaml`.
    pub departments: Vec<Department>,
    /// In the order of the vocabulary.
    pub themes: Vec<Theme>,
    /// By path.
    pub columns: Vec<Column>,
    /// 词汇表, in the order of the file.
    pub glossary: Vec<Term>,
    /// 紧急通知.
    pub alerts: Vec<Alert>,
    /// Files that items may attach or show.
    pub blobs: BTreeMap<Arc<str>, Blob>,
    /// Files of `static/`.
    pub statics: BTreeMap<Arc<str>, Blob>,
    /// The address ledger.
    pub ledger: Vec<String>,
}

impl Item {
    /// The edition in a language.
    pub fn edition(&self, lang: usize) -> Option<&Edition> {
        self.editions.iter().find(|e| e.lang == lang)
    }

    /// The editions that somebody wrote.
    pub fn written(&self) -> impl Iterator<Item = &Edition> {
        self.editions.iter().filter(|e| !e.derived)
    }

    /// The edition in a language, else the primary one.
    pub fn best(&self, lang: usize) -> &Edition {
        self.edition(lang).unwrap_or(&self.editions[0])
    }

    /// The file all facts were read from.
    pub fn doc(&self) -> &Arc<Doc> {
        &self.editions[0].doc
    }

    /// The day by which lists are ordered: publication, else formation, else taking effect.
    pub fn day(&self) -> Option<Date> {
        self.published.map(|m| m.date).or(self.formed).or(self.effective)
    }

    /// The policy part.
    pub fn policy(&self) -> Option<&Policy> {
        match &self.detail {
            Detail::Policy(p) => Some(p),
            _ => None,
        }
    }

    /// The interpretation part.
    pub fn interpretation(&self) -> Option<&Interpretation> {
        match &self.detail {
            Detail::Interpretation(i) => Some(i),
            _ => None,
        }
    }

    /// The dataset part.
    pub fn dataset(&self) -> Option<&Dataset> {
        match &self.detail {
            Detail::Dataset(d) => Some(d),
            _ => None,
        }
    }

    /// The day of the last state of a dataset: as told, else of the newest version, else of publication.
    pub fn data_day(&self) -> Option<Date> {
        let d = self.dataset()?;
        let versions = d.resources.iter().flat_map(|r| r.versions.iter().filter_map(|v| v.issued)).max();
        d.modified.or(versions).or(self.published.map(|m| m.date))
    }

    /// The path below its type's folder: `2021/notice`.
    pub fn name(&self) -> &str {
        self.id.split_once('/').map_or(&*self.id, |(_, n)| n)
    }
}
