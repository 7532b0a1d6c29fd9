//! 政府信息公开: the guide, the catalogue, the plan, what is withheld, requests, annual reports; read once.

mod effect;
mod limit;
mod nodes;
mod read;
pub mod tables;

pub use effect::{Effect, period};
pub use limit::{Limit, limit};
pub use nodes::{Node, belongs, code_of, nodes, refutes, stands};
pub(super) use read::read;

use super::numbers::{Number, Numbering, numbering};
use crate::calendar::Calendar;
use crate::config::Localized;
use crate::diag::Span;
use crate::load::{Node as Yaml, Source};
use crate::personal::{Kind, Sure};
use crate::schema::Field;
use crate::schema::disclosure::request as req;
use jiff::civil::Date;
use std::sync::Arc;
use tables::Numbers;

/// The folder below `content/`.
pub const FOLDER: &str = "disclosure";

/// The folder of the annual reports.
pub const REPORTS: &str = "reports";

/// The clerk's sheet of requests: it may have columns that nobody else is to see.
pub(super) fn is_sheet(key: &str) -> bool {
    key.strip_prefix("disclosure/requests.").is_some_and(|e| !e.contains('/'))
}

/// True for a file that this part reads.
pub(super) fn is_part(key: &str) -> bool {
    key.split_once('/').is_some_and(|(f, _)| f == FOLDER || f == REPORTS)
}

/// True for a file that is a page of the rules of disclosure (公开制度).
pub fn is_rules(key: &str) -> bool {
    key.strip_prefix("disclosure/rules/").is_some_and(|r| !r.is_empty())
}

/// A file as it was read, for places in findings.
#[derive(Debug, Clone)]
pub struct File(pub Arc<crate::load::Yaml>);

impl File {
    /// Its path.
    pub fn path(&self) -> &Arc<str> {
        &self.0.source.path
    }

    fn source(&self) -> &Source {
        &self.0.source
    }

    /// A range of bytes.
    pub fn span(&self, at: (u32, u32)) -> Span {
        self.source().span(at.0 as usize, at.1 as usize)
    }

    /// The value of a key of the mapping at a place, else the beginning of the mapping.
    pub fn key(&self, at: (u32, u32), key: &str) -> Span {
        let one = |n: &Yaml| n.get(key).map(|v| (v.start, v.end));
        let top = self.0.node.as_ref();
        let list: &[Yaml] = match top.map(|t| &t.kind) {
            Some(crate::load::Kind::List(l)) => l,
            _ => top.map_or(&[][..], std::slice::from_ref),
        };
        let found = list.iter().find(|n| n.start == at.0).and_then(one);
        self.span(found.unwrap_or((at.0, at.0 + 1)))
    }
}

/// A file that is a list.
#[derive(Debug, Clone)]
pub struct Listed<T> {
    /// The file.
    pub file: File,
    /// Its entries.
    pub list: Vec<T>,
    /// Some entries are drafts, or have not even what names them.
    pub begun: bool,
}

/// 公开指南.
#[derive(Debug, Clone)]
pub struct Guide {
    /// The file.
    pub file: File,
    /// The nine of article 12 by their keys, in its order.
    pub nine: Vec<(&'static str, Localized)>,
    /// Stands before them.
    pub intro: Localized,
    /// Last update.
    pub updated: Option<Date>,
    /// It is not ready.
    pub draft: bool,
    /// How to make a request.
    pub apply: Apply,
}

/// Channels of requests.
#[derive(Debug, Clone, Default)]
pub struct Apply {
    /// The system that takes them.
    pub url: Option<String>,
    /// By post.
    pub post: Localized,
    /// In person.
    pub visit: Localized,
    /// By mail.
    pub email: Option<String>,
    /// To ask how.
    pub tel: Option<String>,
    /// Keys of the forms among the files.
    pub forms: Vec<Arc<str>>,
    /// Fees and the like.
    pub note: Localized,
}

/// An entry of the catalogue.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// Bytes of the file.
    pub at: (u32, u32),
    /// The class as it is written.
    pub node: String,
    /// Its code, where it is one that is due.
    pub code: Option<String>,
    /// 信息名称.
    pub title: Localized,
    /// 索引号.
    pub index_no: Option<String>,
    /// 文件编号.
    pub doc_no: Option<String>,
    /// 产生时间.
    pub produced: Option<Date>,
    /// 一级、二级事项.
    pub item: Vec<String>,
    /// 公开内容.
    pub elements: Vec<String>,
    /// 公开形式.
    pub form: Vec<String>,
    /// 内容描述.
    pub summary: Localized,
    /// 公开时限.
    pub time_limit: Option<String>,
    /// 公开依据.
    pub basis: Vec<String>,
    /// 审查程序.
    pub review: Localized,
    /// 责任部门.
    pub department: Option<usize>,
    /// 科室.
    pub office: Localized,
    /// 公开渠道和载体.
    pub channels: Vec<String>,
    /// 公开对象.
    pub audience: Localized,
    /// 公开方式.
    pub mode: Option<&'static str>,
    /// 公开层级.
    pub levels: Vec<String>,
    /// Which items belong to it.
    pub matching: Option<Matching>,
    /// Items named one by one.
    pub items: Vec<Arc<str>>,
    /// Where it is, elsewhere.
    pub url: Option<String>,
    /// Why there is none.
    pub none: Localized,
    /// It is not ready.
    pub draft: bool,
}

/// Conditions on items.
#[derive(Debug, Clone, Default)]
pub struct Matching {
    /// Below this folder.
    pub column: Option<String>,
    /// Of this type.
    pub kind: Option<String>,
    /// Of this theme or one below it.
    pub theme: Option<usize>,
    /// Of this department.
    pub department: Option<usize>,
    /// With this keyword.
    pub keyword: Option<String>,
}

impl Matching {
    /// Something is asked; no condition at all would take everything.
    pub fn said(&self) -> bool {
        self.column.is_some() || self.kind.is_some() || self.theme.is_some() || self.department.is_some() || self.keyword.is_some()
    }
}

/// What will be disclosed next.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Bytes of the file.
    pub at: (u32, u32),
    /// What.
    pub what: Localized,
    /// Who answers for it.
    pub department: Option<usize>,
    /// By when.
    pub by: Option<Date>,
    /// `high`, `normal`, `low`.
    pub priority: Option<&'static str>,
    /// Number of the request that it follows from.
    pub from_request: Option<String>,
    /// The item, once it is out.
    pub item: Option<Arc<str>>,
    /// It is not settled yet.
    pub draft: bool,
}

impl Planned {
    /// Days after its own day on which it came out; `None` where it was in time, or where nobody can tell.
    pub fn late_by(&self, out: Option<Date>) -> Option<i32> {
        let (by, out) = self.by.zip(out)?;
        (out > by).then(|| (out - by).get_days())
    }
}

/// What is withheld.
#[derive(Debug, Clone)]
pub struct Withheld {
    /// Bytes of the file.
    pub at: (u32, u32),
    /// Its name, or its class.
    pub title: Localized,
    /// Why: code in [`crate::schema::words::GROUNDS`].
    pub ground: Option<&'static str>,
    /// The ground as it is written, where it is no word of the vocabulary: 条例第十六条第一款.
    pub article: Option<String>,
    /// Who decided.
    pub department: Option<usize>,
    /// When.
    pub decided: Option<Date>,
    /// When it is looked at again.
    pub review: Option<Date>,
    /// It is not settled yet.
    pub draft: bool,
}

/// A request for information. The register has no place for a name.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Row of the sheet.
    pub row: u32,
    /// Bytes of the file.
    pub at: (u32, u32),
    /// Its number.
    pub no: String,
    /// When it came.
    pub received: Option<Date>,
    /// Who answers.
    pub department: Option<usize>,
    /// Kind of applicant: code in [`crate::schema::words::APPLICANTS`].
    pub kind: Option<&'static str>,
    /// What is asked, without anything personal.
    pub subject: String,
    /// What became of it: code in [`crate::schema::words::OUTCOMES`].
    pub outcome: Option<&'static str>,
    /// When it was answered.
    pub decided: Option<Date>,
    /// The limit after an extension.
    pub extended: Option<Date>,
    /// The item by which it was disclosed to all.
    pub promoted: Option<Arc<str>>,
    /// Bytes of the subject, in which names were hidden.
    pub veiled: Option<(u32, u32)>,
    /// Personal data in a cell that is shown: what, how certain, bytes of the cell, its head.
    pub personal: Vec<(Kind, Sure, (u32, u32), &'static Field)>,
}

/// Working days within which a request is answered (条例 33).
const LIMIT: u32 = 20;

/// Working days within which it is answered after an extension, which is by as many again at most (条例 33).
const MOST: u32 = 2 * LIMIT;

/// Days after receipt beyond which no extension lies, whatever the holidays are: forty working days never take as long.
const FAR: i64 = 90;

/// What comes of an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extension {
    /// There is none, or it is as the law allows.
    Sound,
    /// It ends before the limit that it is to extend, and shortens nothing: that limit.
    Early(Date),
    /// It goes beyond what the law allows: the day to which it may go, where that is known.
    Far(Option<Date>),
}

impl Request {
    /// The limit without an extension; `None` where the working days are not known.
    fn usual(&self, calendar: &Calendar) -> Option<Date> {
        calendar.add_working_days(self.received?, LIMIT).ok()
    }

    /// What comes of its extension.
    pub fn extension(&self, calendar: &Calendar) -> Extension {
        let (Some(received), Some(to)) = (self.received, self.extended) else { return Extension::Sound };
        // Where nobody tells working days no limit of working days holds.
        if calendar.years().next().is_none() {
            return Extension::Sound;
        }
        if let Some(usual) = self.usual(calendar).filter(|u| to < *u) {
            return Extension::Early(usual);
        }
        match calendar.add_working_days(received, MOST) {
            Ok(most) if to > most => Extension::Far(Some(most)),
            Err(_) if received.checked_add(jiff::Span::new().days(FAR)).is_ok_and(|d| to > d) => Extension::Far(None),
            _ => Extension::Sound,
        }
    }

    /// The day by which it is to be answered: an extension neither shortens the limit nor goes beyond that of the law.
    pub fn due(&self, calendar: &Calendar) -> Option<Date> {
        match self.extension(calendar) {
            Extension::Sound => self.extended.or_else(|| self.usual(calendar)),
            Extension::Early(usual) => Some(usual),
            Extension::Far(most) => most.or_else(|| self.usual(calendar)),
        }
    }

    /// Its answer bears a day before that of its receipt: one of the two is wrong, and neither tells the time.
    pub fn reversed(&self) -> bool {
        self.received.zip(self.decided).is_some_and(|(a, b)| b < a)
    }

    /// It was answered, and nobody can say whether in time: a day is missing or wrong, or the working days are not known.
    pub fn unmeasured(&self, calendar: &Calendar) -> bool {
        self.decided.is_none() || self.reversed() || self.due(calendar).is_none()
    }

    /// The day by which it was to be answered, where that has passed without an answer.
    pub fn overdue(&self, calendar: &Calendar, today: Date) -> Option<Date> {
        let open = self.outcome.is_none() && self.decided.is_none_or(|d| d > today);
        self.due(calendar).filter(|d| open && *d < today)
    }

    /// It was answered after the day by which it was due.
    pub fn late(&self, calendar: &Calendar) -> bool {
        self.decided.zip(self.due(calendar)).is_some_and(|(a, b)| a > b)
    }

    /// Working days that the answer took; of one that came before its question none are counted.
    pub fn took(&self, calendar: &Calendar) -> Option<u32> {
        let (from, to) = self.received.zip(self.decided).filter(|(a, b)| a <= b)?;
        calendar.working_days_between(from, to).ok()
    }
}

/// A row of table two as typed: its key, its cells, where they stand.
pub type Typed = (&'static str, Vec<String>, Vec<(u32, u32)>);

/// An annual report.
#[derive(Debug, Clone)]
pub struct Report {
    /// The file.
    pub file: File,
    /// Whose.
    pub department: usize,
    /// Of which year.
    pub year: i16,
    /// When it was published; before that day, and without one, it is not public.
    pub published: Option<Date>,
    /// It is not settled yet.
    pub draft: bool,
    /// In the form of 2019.
    pub old: bool,
    /// Texts by key: general, disputes_text, problems, other.
    pub texts: Vec<(&'static str, Localized)>,
    /// Table two as typed: row, cells, where they stand.
    pub active: Vec<Typed>,
    /// Table three as typed.
    pub requests: Vec<(&'static str, Numbers)>,
    /// Where it stands.
    pub requests_at: (u32, u32),
    /// It is counted from the register.
    pub counted: bool,
    /// Table four as typed.
    pub disputes: Vec<(&'static str, Numbers)>,
    /// Rows that are written and left empty, by the field of their table: they are not published.
    pub blank: Vec<Blank>,
}

/// Rows of a table that are written without a number: field of the table, where it stands, keys of the rows.
pub type Blank = (&'static Field, (u32, u32), Vec<&'static str>);

impl Report {
    /// The day from which it is public.
    pub fn out(&self) -> Option<Date> {
        self.published.filter(|_| !self.draft)
    }

    /// A text.
    pub fn text(&self, key: &str) -> Option<&Localized> {
        self.texts.iter().find(|(k, _)| *k == key).map(|(_, t)| t)
    }
}

/// A yearly report of the website (政府网站工作年度报表): what is typed; the rest is counted from the content.
#[derive(Debug, Clone)]
pub struct Website {
    /// The file.
    pub file: File,
    /// Of which year.
    pub year: i16,
    /// When it was published; before that day, and without one, it is not public.
    pub published: Option<Date>,
    /// It is not settled yet.
    pub draft: bool,
    /// Kind of site.
    pub kind: Option<String>,
    /// Visitors and visits, where the host counts them.
    pub visits: [Option<u32>; 2],
    /// Assessments of security, problems found, problems mended.
    pub checks: [Option<u32>; 3],
    /// Monitoring, drills, somebody who answers for it.
    pub ways: [Option<bool>; 3],
    /// Accounts on other platforms.
    pub accounts: Vec<Account>,
    /// What is new.
    pub innovation: Localized,
}

/// An account on another platform.
#[derive(Debug, Clone)]
pub struct Account {
    /// Of which platform.
    pub kind: String,
    /// Its name.
    pub name: Localized,
    /// Posts of the year.
    pub posts: Option<u32>,
    /// Followers at its end.
    pub followers: Option<u32>,
}

impl Website {
    /// The day from which it is public.
    pub fn out(&self) -> Option<Date> {
        self.published.filter(|_| !self.draft)
    }
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub struct Disclosure {
    /// 公开指南.
    pub guide: Option<Guide>,
    /// 公开目录.
    pub catalogue: Option<Listed<Entry>>,
    /// 公开计划.
    pub plan: Option<Listed<Planned>>,
    /// 不予公开清单.
    pub exceptions: Option<Listed<Withheld>>,
    /// 依申请公开, by day of receipt, newest first.
    pub requests: Option<Listed<Request>>,
    /// The numbers of its rows, whenever they came.
    pub numbers: Arc<Vec<Number>>,
    /// 年度报告, newest first, by department.
    pub reports: Vec<Report>,
    /// Yearly reports of the website, newest first.
    pub websites: Vec<Website>,
    /// Reports of effect, newest first.
    pub effects: Vec<Effect>,
    /// The classes of the catalogue.
    pub nodes: Vec<Node>,
}

fn row_key(path: &str, r: &Request) -> Arc<str> {
    format!("{path}#{}", r.row).into()
}

impl Listed<Request> {
    /// The key by which a request is held back alone.
    pub fn key(&self, r: &Request) -> Arc<str> {
        row_key(self.file.path(), r)
    }

    /// A range of bytes of the sheet.
    pub fn span(&self, at: (u32, u32)) -> crate::diag::Span {
        self.file.0.source.span(at.0 as usize, at.1 as usize)
    }
}

impl Guide {
    /// It says nothing yet but the day of its update: as `new` makes it.
    pub fn blank(&self) -> bool {
        let a = &self.apply;
        let way = a.url.is_some() || a.email.is_some() || a.tel.is_some() || !a.forms.is_empty();
        !way && [&self.intro, &a.post, &a.visit, &a.note].into_iter().chain(self.nine.iter().map(|(_, t)| t)).all(Localized::is_empty)
    }

    /// Nobody sees it: it is a draft, or there is nothing to see.
    pub fn unseen(&self) -> bool {
        self.draft || self.blank()
    }
}

impl Disclosure {
    /// All that is there are drafts that say so and files without content: nothing is disclosed by them yet, as if there were none.
    pub fn only_begun(&self) -> bool {
        self.guide.as_ref().is_none_or(|g| g.draft)
            && self.entries().iter().all(|e| e.draft)
            && self.plan.as_ref().is_none_or(|p| p.begun && p.list.iter().all(|p| p.draft))
            && self.exceptions.as_ref().is_none_or(|x| x.begun && x.list.iter().all(|w| w.draft))
            && self.register().is_empty()
            && self.reports.iter().all(|r| r.out().is_none())
            && self.websites.iter().all(|r| r.out().is_none())
            && self.effects.iter().all(|r| r.out().is_none())
    }

    /// The site discloses nothing by these files.
    pub fn is_empty(&self) -> bool {
        self.guide.is_none()
            && self.catalogue.is_none()
            && self.plan.is_none()
            && self.exceptions.is_none()
            && self.requests.is_none()
            && self.reports.is_empty()
            && self.websites.is_empty()
    }

    /// Why an entry of the catalogue is withheld: what the register of exceptions says, with a ground, of its title, its items or the
    /// class that it belongs to, by its department.
    pub fn ground_of(&self, e: &Entry) -> Option<&Withheld> {
        let plain = |t: &str| -> String { t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
        let names: Vec<String> = std::iter::once(e.title.get(0)).chain(e.item.iter().map(String::as_str)).map(plain).filter(|n| !n.is_empty()).collect();
        let same = |told: &str| {
            let told = plain(told);
            // 人事档案 is the class of 人事档案管理情况; what is withheld of a part is no ground for the whole.
            !told.is_empty() && names.iter().any(|n| *n == told || told.chars().count() >= 4 && n.contains(&told))
        };
        let whose = |w: &Withheld| w.department.is_none() || e.department.is_none() || w.department == e.department;
        let all = self.exceptions.iter().flat_map(|x| &x.list);
        all.filter(|w| !w.draft && (w.ground.is_some() || w.article.is_some())).find(|w| whose(w) && same(w.title.get(0)))
    }

    /// The entries of the catalogue.
    pub fn entries(&self) -> &[Entry] {
        self.catalogue.as_ref().map_or(&[], |c| &c.list)
    }

    /// What is missing between the numbers of requests on a day: a series is its department's where no other has a number of it.
    pub fn numbering(&self, as_of: Date) -> Numbering {
        let register: Vec<Number> = self.numbers.iter().map(|n| Number { who: None, ..n.clone() }).collect();
        let mut out = numbering(register.iter(), as_of);
        for s in &mut out.series {
            let mut whose = self.numbers.iter().filter(|n| n.n.is_some() && n.series == s.name).map(|n| n.who);
            let first = whose.next().flatten();
            s.who = first.filter(|_| whose.all(|d| d == first));
        }
        out
    }

    /// The requests.
    pub fn register(&self) -> &[Request] {
        self.requests.as_ref().map_or(&[], |c| &c.list)
    }

    /// The files that it is read from.
    pub(super) fn files(&self) -> impl Iterator<Item = &File> {
        let one = [
            self.guide.as_ref().map(|g| &g.file),
            self.catalogue.as_ref().map(|g| &g.file),
            self.plan.as_ref().map(|g| &g.file),
            self.exceptions.as_ref().map(|g| &g.file),
            self.requests.as_ref().map(|g| &g.file),
        ];
        one.into_iter()
            .flatten()
            .chain(self.reports.iter().map(|r| &r.file))
            .chain(self.websites.iter().map(|r| &r.file))
            .chain(self.effects.iter().map(|r| &r.file))
    }

    /// As it may be seen on a day: without the files that are held back, and without drafts and reports whose day has not come
    /// unless `all` of it is asked for.
    pub(super) fn seen(self: &Arc<Disclosure>, held: &super::Held, today: Date, all: bool) -> Arc<Disclosure> {
        let gone = |f: &File| held.items.contains(f.path());
        let early = |r: &Report| !all && r.out().is_none_or(|d| d > today);
        let unborn = |r: &Website| !all && r.out().is_none_or(|d| d > today);
        let unripe = |r: &Effect| !all && r.out().is_none_or(|d| d > today);
        // A request that has not come yet, and an answer that has not been given: the day lies ahead.
        let coming = |r: &Request| !all && (r.received.is_some_and(|d| d > today) || r.decided.is_some_and(|d| d > today));
        let draft = |e: &Entry| !all && e.draft;
        let unfilled = !all
            && (self.guide.as_ref().is_some_and(Guide::unseen)
                || self.plan.as_ref().is_some_and(|p| p.begun)
                || self.exceptions.as_ref().is_some_and(|x| x.begun));
        let rows = self.requests.as_ref().is_some_and(|l| l.list.iter().any(|r| !r.personal.is_empty() && held.files.contains(&l.key(r))));
        let ahead = self.register().iter().any(coming);
        if !rows
            && !ahead
            && !unfilled
            && !self.websites.iter().any(unborn)
            && !self.effects.iter().any(unripe)
            && !self.files().any(gone)
            && !self.reports.iter().any(early)
            && !self.entries().iter().any(draft)
        {
            return self.clone();
        }
        let mut own = Disclosure::clone(self);
        // What is held of a request are the cells with personal data: it counts, and stands in the register without them.
        for l in own.requests.iter_mut().filter(|_| rows) {
            let path = l.file.path().clone();
            for r in l.list.iter_mut().filter(|r| !r.personal.is_empty() && held.files.contains(&row_key(&path, r))) {
                let bad = |field: &'static Field| r.personal.iter().any(|p| p.1 == Sure::Yes && std::ptr::eq(p.3, field));
                let (no, subject) = (bad(&req::NO), bad(&req::SUBJECT));
                if no {
                    r.no.clear();
                }
                if subject {
                    r.subject.clear();
                }
            }
        }
        for l in own.requests.iter_mut().filter(|_| ahead) {
            l.list.retain(|r| r.received.is_none_or(|d| d <= today));
            for r in l.list.iter_mut().filter(|r| coming(r)) {
                (r.outcome, r.decided, r.promoted) = (None, None, None);
            }
        }
        own.guide.take_if(|g| gone(&g.file));
        own.catalogue.take_if(|g| gone(&g.file));
        own.plan.take_if(|g| gone(&g.file));
        own.exceptions.take_if(|g| gone(&g.file));
        own.requests.take_if(|g| gone(&g.file));
        own.reports.retain(|r| !gone(&r.file) && !early(r));
        own.websites.retain(|r| !gone(&r.file) && !unborn(r));
        own.effects.retain(|r| !gone(&r.file) && !unripe(r));
        if unfilled {
            own.guide.take_if(|g| g.unseen());
            // Begun and nothing else: there is none yet.
            own.plan.iter_mut().for_each(|p| p.list.retain(|p| !p.draft));
            own.plan.take_if(|p| p.begun && p.list.is_empty());
            own.exceptions.iter_mut().for_each(|x| x.list.retain(|w| !w.draft));
            own.exceptions.take_if(|x| x.begun && x.list.is_empty());
        }
        if self.entries().iter().any(draft) {
            own.catalogue.iter_mut().for_each(|c| c.list.retain(|e| !draft(e)));
            // Begun and nothing else: there is none yet.
            own.catalogue.take_if(|c| c.list.is_empty());
        }
        let list = own.catalogue.as_ref().map_or(&[][..], |c| &c.list);
        own.nodes.retain(|n| n.due() || list.iter().any(|e| stands(e, n)));
        Arc::new(own)
    }

    /// The next days on which something here looks otherwise.
    pub(super) fn days<'a>(&'a self, calendar: &'a Calendar) -> impl Iterator<Item = Date> + 'a {
        let after = |d: Option<Date>| d.and_then(|d| d.tomorrow().ok());
        let plan = self.plan.iter().flat_map(|p| &p.list).filter_map(move |p| after(p.by));
        let review = self.exceptions.iter().flat_map(|p| &p.list).filter_map(move |w| after(w.review));
        // A request comes, is answered, or its last day passes.
        let request = move |r: &Request| [r.received, r.decided, after(r.due(calendar).filter(|_| r.decided.is_some() || r.outcome.is_none()))];
        let requests = self.register().iter().flat_map(request).flatten();
        plan.chain(review)
            .chain(requests)
            .chain(self.reports.iter().filter_map(Report::out))
            .chain(self.websites.iter().filter_map(Website::out))
            .chain(self.effects.iter().filter_map(Effect::out))
    }
}
