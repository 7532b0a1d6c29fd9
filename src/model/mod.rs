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
//! | [`Detail::Topic`] | 专题 |
//! | [`Term`] | 词条 |
//! | [`Alert`] | 紧急通知 |

mod assemble;
pub mod calendar;
mod circles;
mod consultation;
mod data;
mod dataset;
pub mod disclosure;
mod editions;
pub mod elsewhere;
pub mod feedback;
mod kept;
mod known;
pub mod licences;
mod lost;
pub(crate) mod near;
pub mod numbers;
pub mod owners;
mod places;
mod public;
mod read;
mod review;
mod said;
mod themes_en;
mod values;
pub mod visits;
pub mod vocab;
mod vocabularies;

pub use assemble::{Memory, assemble, assemble_again};
pub use circles::{circles, series};
pub use consultation::{Consultation, Outcome, PARTS, Row, Stage};
pub use data::{Allowed, Bound, Changed, Chart, Committed, Dataset, FieldInfo, Fresh, Pattern, Patterns, Place, Resource, Reuse, Version};
pub use editions::{Unsure, dated, edition_of};
pub use kept::{Keeper, Keepers, Tie, lies_beside};
pub use public::{Excuse, Held, Public, State, content_file, content_key, nearby, unusable};
pub use review::{REVIEW, Review, Reviewed};
pub use said::{Said, Standing, Stands, doubt, ended, two_days};
pub use values::{Value, Values};
pub use vocabularies::theme_index;

use crate::config::{Block, Language, Localized};
use crate::diag::Span;
use crate::load::{Blob, Doc, Moment};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;
use vocab::DocNo;

pub use crate::types::{Kind, Types};

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

impl Edition {
    /// Its summary, else the beginning of its text.
    pub fn short(&self) -> String {
        self.summary.clone().unwrap_or_else(|| self.doc.outline.lead.chars().take(100).collect())
    }
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

/// Made by a program.
#[derive(Debug, Clone)]
pub struct Ai {
    /// Which.
    pub tool: String,
    /// Who reviewed it.
    pub reviewed_by: Option<String>,
}

/// 撤回.
#[derive(Debug, Clone)]
pub struct Withdrawn {
    /// When: a day, or a minute of it.
    pub on: Option<Moment>,
    /// On which ground: `privacy`, `error`, `law`. Of the last two the notice has the title.
    pub ground: Option<&'static str>,
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
    pub aliases: Vec<(String, Span)>,
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
    /// A day that the fields of another tool give (`publishDate`, `embargo`, `date`): not public before it.
    pub not_before: Option<Moment>,
    /// 审查链: the steps as they were written; the names in it are no part of the site.
    pub review: Option<Box<Review>>,
    /// Taken back.
    pub withdrawn: Option<Withdrawn>,
    /// Id of the item that took its place.
    pub replaced_by: Option<Arc<str>>,
    /// The day on which it does, where that lies ahead.
    pub replaced_from: Option<Date>,
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
    /// Personal data in its texts that may be public after all.
    pub allowed: Vec<Allowed>,
    /// Made by a program, as the author says.
    pub ai: Option<Ai>,
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
    /// 数据集
    Dataset(Box<Dataset>),
    /// 专题: the blocks it is composed of.
    Topic(Vec<Block>),
    /// 意见征集
    Consultation(Box<Consultation>),
    /// The values of declared fields.
    Record(Values),
}

/// 同义词: what people write for an official term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// The official term.
    pub term: String,
    /// What people write.
    pub aliases: Vec<String>,
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
    /// Where it stands.
    pub at: crate::diag::Span,
    /// `red`, `orange`, `yellow`, `blue`: the national warning colours.
    pub level: &'static str,
    /// First day, or the minute from which it is shown.
    pub from: Option<Moment>,
    /// Last day, or the minute at which it goes.
    pub until: Option<Moment>,
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
    /// What its text says of being in force.
    pub said: Said,
    /// 题注: adoption and amendments, oldest first.
    pub history: Vec<(Date, String)>,
    /// 任务分解: values of [`crate::types::policy::task`].
    pub tasks: Vec<Values>,
    /// 惠企利民: values of [`crate::types::policy::benefit`].
    pub benefits: Vec<Values>,
}

/// Last days of what a policy sets: the state of a task that is not done, and of a benefit, is another one after it.
pub(crate) fn turning(policy: &Policy) -> impl Iterator<Item = Date> + '_ {
    use crate::types::policy::{benefit, task};
    let day = |row: &Values, f| if let Some(Value::Day(d)) = row.get(f) { Some(*d) } else { None };
    let due = policy.tasks.iter().filter(move |t| day(t, &task::DONE_ON).is_none()).filter_map(move |t| day(t, &task::DUE));
    due.chain(policy.benefits.iter().filter_map(move |b| day(b, &benefit::UNTIL)))
}

/// The day on which an event ended, where that has passed and neither a record nor, of a survey, a result is there.
pub fn over_without_record(event: &Values, today: Date) -> Option<Date> {
    use crate::types::event as ev;
    let day = |f| if let Some(Value::Moment(m)) = event.get(f) { Some(m.date) } else { None };
    let survey = matches!(event.get(&ev::KIND), Some(Value::Code("survey")));
    let wanted = if survey { &ev::RESULT } else { &ev::MINUTES };
    day(&ev::ENDS).or(day(&ev::STARTS)).filter(|d| *d < today && event.get(wanted).is_none())
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
    /// The interpreter is the head of the department.
    pub head: bool,
    /// Who is affected, what to do, until when: values of [`crate::types::interpretation::glance`].
    pub glance: Option<Values>,
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
    /// Where it is written.
    pub at: Span,
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
    /// Its duty of annual reports: `department`, `government`, `none`.
    pub annual_report: &'static str,
    /// The one above it: index into the same list.
    pub parent: Option<usize>,
    /// 主要职责.
    pub functions: Vec<String>,
    /// 领导: name, title, duties.
    pub leaders: Vec<[Localized; 3]>,
    /// Their pictures: keys in [`Portal::statics`].
    pub photos: Vec<Option<Arc<str>>>,
    /// 机构类型.
    pub body_type: Option<&'static str>,
    /// The one that took it over: index into the same list.
    pub merged_into: Option<usize>,
    /// The day on which it was set up.
    pub since: Option<Date>,
    /// The day on which it was merged or ended.
    pub until: Option<Date>,
    /// 内设机构: name, telephone.
    pub offices: Vec<(Localized, Option<String>)>,
    /// What it was called before, and the last day of each name where it is known.
    pub former_names: Vec<(Localized, Option<Date>)>,
    /// Teams, accounts and mail addresses that review its folders; never published.
    pub code_owners: Vec<String>,
    /// Earlier addresses, and where they are written.
    pub aliases: Vec<(String, Span)>,
}

impl Department {
    /// It says more of itself than its name: a page of it has something to show though nothing is published.
    pub fn told(&self) -> bool {
        let texts = [&self.description, &self.address, &self.hours];
        let lists = self.functions.is_empty() && self.leaders.is_empty() && self.offices.is_empty() && self.former_names.is_empty();
        !lists || texts.iter().any(|t| !t.is_empty()) || self.tel.is_some() || self.email.is_some() || self.url.is_some() || self.merged_into.is_some()
    }

    /// What it is called now, in every language.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.name.0.iter().map(|(_, n)| n.as_str())
    }

    /// What it was called on a day, or is called now where no day is given.
    pub fn called(&self, day: Option<Date>) -> &Localized {
        let then =
            |day| self.former_names.iter().filter_map(|(n, until)| Some((n, (*until)?))).filter(|(_, until)| *until >= day).min_by_key(|(_, until)| *until);
        day.and_then(then).map_or(&self.name, |(n, _)| n)
    }

    /// What it was called before, in every language.
    pub fn earlier_names(&self) -> impl Iterator<Item = &str> {
        self.former_names.iter().flat_map(|(n, _)| &n.0).map(|(_, n)| n.as_str())
    }

    /// The day by which it owes the annual report of a year (条例 49, 50). `None` where it owes none: it says so, it was set up after
    /// that year, or it had ended before the day came; of one that was merged without a day nothing is known.
    pub fn report_due(&self, year: i16) -> Option<Date> {
        let due = match self.annual_report {
            "none" => return None,
            "government" => Date::new(year + 1, 3, 31),
            _ => Date::new(year + 1, 1, 31),
        };
        let there = self.since.is_none_or(|d| d.year() <= year) && (self.until.is_some() || self.merged_into.is_none());
        due.ok().filter(|due| there && self.until.is_none_or(|d| d >= *due))
    }
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
    /// Earlier addresses, and where they are written.
    pub aliases: Vec<(String, Span)>,
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
    /// Days within which it promises something new.
    pub update_within: Option<u32>,
    /// The file, for findings.
    pub file: Option<Arc<str>>,
    /// Earlier addresses, and where they are written.
    pub aliases: Vec<(String, Span)>,
}

/// All content, as claimed by its authors. Never changes after it was assembled.
#[derive(Debug)]
pub struct Portal {
    /// Languages of the site.
    pub languages: Vec<Language>,
    /// Its content types.
    pub types: Types,
    /// A catalogue of DCAT-AP is written: scores of quality count it.
    pub dcat: bool,
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
    /// 同义词, in the order of the file.
    pub synonyms: Vec<Synonym>,
    /// 紧急通知.
    pub alerts: Vec<Alert>,
    /// Working days.
    pub calendar: Arc<crate::calendar::Calendar>,
    /// 政府信息公开.
    pub disclosure: Arc<disclosure::Disclosure>,
    /// 咨询投诉.
    pub feedback: Arc<feedback::Feedback>,
    /// Counts of visits.
    pub visits: Arc<visits::Visits>,
    /// Files that items may attach or show.
    pub blobs: BTreeMap<Arc<str>, Blob>,
    /// Names of what is passed over because it begins with a dot.
    pub unseen: std::collections::BTreeSet<Arc<str>>,
    /// The files of the vocabularies and columns, whose texts stand on many pages.
    pub vocabularies: Vec<Arc<crate::load::Yaml>>,
    /// Files of `static/`.
    pub statics: BTreeMap<Arc<str>, Blob>,
    /// The address ledger.
    pub ledger: Vec<String>,
    /// Ids of items whose files are there but cannot be read: what names them is not wrong.
    pub lost: std::collections::BTreeSet<String>,
    /// The files that belong to these, as far as their texts tell, each with the id.
    pub lost_files: Vec<(String, Arc<str>)>,
    /// Files of the content folders that are reached by a symbolic link, and the path of the real file.
    pub links: BTreeMap<Arc<str>, Arc<str>>,
}

impl Portal {
    /// Index numbers of policies and of the catalogue.
    pub fn index_numbers(&self) -> impl Iterator<Item = &str> {
        let policies = self.items.iter().filter_map(|i| i.policy()?.index_no.as_deref());
        policies.chain(self.disclosure.entries().iter().filter_map(|e| e.index_no.as_deref()))
    }
}

impl Item {
    /// The moment before which it is not public.
    pub fn comes_out(&self) -> Option<Moment> {
        [self.published, self.not_before].into_iter().flatten().max_by_key(|m| (m.date, m.clock()))
    }

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

    /// The last day up to another on which it said something new: a note of a change, the result of a consultation.
    pub fn changed(&self, today: Date) -> Option<Date> {
        let result = self.consultation().and_then(|c| c.result(today)).and_then(|r| r.on);
        self.changes.iter().map(|c| c.on).filter(|d| *d <= today).chain(result).chain(self.renewed(today)).max()
    }

    /// The day on which the data of a dataset were last made new, after the day on which it came out.
    pub fn renewed(&self, today: Date) -> Option<Date> {
        self.data_day(today).filter(|d| *d <= today && self.day().is_some_and(|out| *d > out))
    }

    /// The day by which lists are ordered: publication, else formation, else taking effect.
    pub fn day(&self) -> Option<Date> {
        self.published.map(|m| m.date).or(self.formed).or(self.effective)
    }

    /// The policy part.
    pub fn policy(&self) -> Option<&Policy> {
        match &self.detail {
            Detail::Policy(p) => Some(p),
            Detail::Interpretation(_) | Detail::Dataset(_) | Detail::Topic(_) | Detail::Consultation(_) | Detail::Record(_) => None,
        }
    }

    /// The interpretation part.
    pub fn interpretation(&self) -> Option<&Interpretation> {
        match &self.detail {
            Detail::Interpretation(i) => Some(i),
            Detail::Policy(_) | Detail::Dataset(_) | Detail::Topic(_) | Detail::Consultation(_) | Detail::Record(_) => None,
        }
    }

    /// The dataset part.
    pub fn dataset(&self) -> Option<&Dataset> {
        match &self.detail {
            Detail::Dataset(d) => Some(d),
            Detail::Policy(_) | Detail::Interpretation(_) | Detail::Topic(_) | Detail::Consultation(_) | Detail::Record(_) => None,
        }
    }

    /// The consultation part.
    pub fn consultation(&self) -> Option<&Consultation> {
        match &self.detail {
            Detail::Consultation(c) => Some(c),
            Detail::Policy(_) | Detail::Interpretation(_) | Detail::Dataset(_) | Detail::Topic(_) | Detail::Record(_) => None,
        }
    }

    /// The values of declared fields.
    pub fn record(&self) -> Option<&Values> {
        match &self.detail {
            Detail::Record(v) => Some(v),
            Detail::Consultation(c) => Some(&c.values),
            Detail::Policy(_) | Detail::Interpretation(_) | Detail::Dataset(_) | Detail::Topic(_) => None,
        }
    }

    /// Content paths that it attaches or links to in its texts, apart from the files of a dataset.
    pub fn files(&self) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
        let links = self.editions.iter().flat_map(|e| &e.doc.outline.links);
        // A name with a sign of addresses in it may be meant as it stands.
        let exact = |to: &str| content_file(&self.base, to, |_| true).filter(|_| to.contains(['#', '?', '%']));
        let linked = links.flat_map(move |l| [content_key(&self.base, &l.to), exact(&l.to)]).flatten().map(Into::into);
        let values = self.record().map(Values::files).unwrap_or_default();
        let texts = self.record().map(Values::links).unwrap_or_default();
        let told = texts.into_iter().flat_map(move |to| [content_key(&self.base, &to), exact(&to)]).flatten().map(Into::into);
        self.attachments.iter().map(|a| (&*a.file).into()).chain(values.into_iter().map(|f| (&**f).into())).chain(linked).chain(told)
    }

    /// The files that it names as its own: attachments, and the files of its resources.
    pub fn named(&self) -> impl Iterator<Item = &Arc<str>> {
        let resources = self.dataset().map_or(&[][..], |d| &d.resources);
        let of = resources.iter().flat_map(|r| r.file.iter().chain(r.versions.iter().map(|v| &v.file)));
        self.attachments.iter().map(|a| &a.file).chain(of).chain(self.record().map(Values::files).unwrap_or_default())
    }

    /// The day of the last state of a dataset: as told, else of the newest version, else of publication. A day that lies ahead is none.
    pub fn data_day(&self, today: Date) -> Option<Date> {
        let d = self.dataset()?;
        let come = |d: &Date| *d <= today;
        let versions = d.resources.iter().flat_map(|r| r.versions.iter().filter_map(|v| v.issued)).filter(come).max();
        let told = d.modified.filter(come).or(versions).or(self.published.map(|m| m.date));
        match &d.changed {
            // What the bytes say counts; files that came into git as they are may be older, not younger.
            Some(c) if c.first => Some(told.map_or(c.day, |t| t.min(c.day))),
            Some(c) => Some(c.day),
            None => told,
        }
    }

    /// Whether a dataset is as new as it promises.
    pub fn fresh(&self, today: Date) -> Fresh {
        Fresh::of(self.dataset().and_then(|d| d.frequency), self.data_day(today), today)
    }

    /// The path below its type's folder: `2021/notice`.
    pub fn name(&self) -> &str {
        self.id.split_once('/').map_or(&*self.id, |(_, n)| n)
    }
}
