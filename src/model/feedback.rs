//! 咨询投诉: letters and replies, kept in a sheet or a YAML file for each department; read once.
//!
//! Of a letter whose writer did not agree only what is counted is kept: its words never leave this file.

use super::numbers::{Number, number};
use super::vocabularies::{DepartmentIndex, owned, readable, unknown_department, vocabulary};
use super::{Department, vocab};
use crate::calendar::{Calendar, Unknown};
use crate::config::Config;
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::register::{Register, register};
use crate::load::{Blob, Fields, Node, Sources, Yaml};
use crate::personal::{Kind, Sure, person, traces, veiled_letter, veiled_with, written};
use crate::schema::{Field, feedback as fb, words};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The folder below `content/`.
pub const FOLDER: &str = "feedback";

/// True for a file that this part reads.
pub fn is_part(key: &str) -> bool {
    key.strip_prefix(FOLDER).is_some_and(|r| r.starts_with('/'))
}

/// A letter with its reply.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// The file: place in [`Feedback::files`].
    pub file: usize,
    /// Row of the sheet.
    pub row: u32,
    /// Bytes of the file.
    pub at: (u32, u32),
    /// Whose.
    pub department: usize,
    /// It may be shown: the writer agreed, and there is something to show.
    pub shown: bool,
    /// Last part of its address.
    pub slug: String,
    /// Its number.
    pub no: String,
    /// Kind: code in [`words::LETTER_KINDS`].
    pub kind: Option<&'static str>,
    /// Title.
    pub title: String,
    /// What was written.
    pub body: String,
    /// When it came.
    pub received: Option<Date>,
    /// What it is about: id of an item.
    pub about: Option<Arc<str>>,
    /// State: code in [`words::LETTER_STATES`].
    pub status: Option<&'static str>,
    /// When it was answered.
    pub replied: Option<Date>,
    /// The reply.
    pub reply: String,
    /// Office or role that answered.
    pub reply_by: String,
    /// 1 to 5.
    pub rating: Option<u8>,
    /// A frequent question.
    pub faq: bool,
    /// Working days for the reply.
    pub limit: u32,
    /// The day to which the limit was extended.
    pub extended: Option<Date>,
    /// Personal data in a cell that would be shown: what, how certain, bytes of the cell, its head.
    pub personal: Vec<(Kind, Sure, (u32, u32), &'static Field)>,
    /// Cells in which names were hidden.
    pub veiled: Vec<((u32, u32), &'static Field)>,
    /// Of what its place among the letters of its month is made: a sum of its number and words, whatever stands beside it in the
    /// sheet. Empty where it has neither.
    pub mark: String,
    /// 已处理 without a word of reply, whether its writer agreed that it be shown or not: it stands in no figure as answered.
    pub silent: bool,
    /// Its limit is written and cannot be read: nobody can say that it was kept.
    pub unread_limit: bool,
}

/// Where a letter stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Open, within its limit or without a day from which it runs.
    Pending,
    /// Open beyond its limit.
    Overdue,
    /// 已处理.
    Answered,
    /// 已转办.
    Forwarded,
    /// 不予受理.
    Declined,
    /// Nobody says.
    Unknown,
}

impl State {
    /// All, in the order to show.
    pub const ALL: [State; 6] = [State::Answered, State::Pending, State::Overdue, State::Forwarded, State::Declined, State::Unknown];

    /// Word in addresses, messages and files.
    pub const fn code(self) -> &'static str {
        match self {
            State::Pending => "pending",
            State::Overdue => "overdue",
            State::Answered => "answered",
            State::Forwarded => "forwarded",
            State::Declined => "declined",
            State::Unknown => "unknown",
        }
    }
}

/// What the calendar makes of a letter on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// Where it stands.
    pub state: State,
    /// The last day of its limit.
    pub due: Option<Date>,
    /// Working days to the reply.
    pub taken: Option<u32>,
    /// The limit was kept; `None` where that is not known, or not yet.
    pub kept: Option<bool>,
    /// What it adds to the rate of letters in time, on every page and file that tells one: ended in its limit or not. An end
    /// without its day, or an answer without words, is none in time; what is open, or of no known state, counts once its limit has
    /// passed. `None` where it does not count: not due yet, no day of receipt, the calendar of a year not known.
    pub judged: Option<bool>,
    /// The limit was prolonged: `extended_to` lies behind the first limit.
    pub extended: bool,
}

/// Days by which an answer to a complaint may be put off at most, from the first limit on (信访工作条例 34). Other letters have other rules.
const PUT_OFF: i32 = 30;

/// What comes of the day to which the answer to a letter was put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutOff {
    /// There is none, or it is as it should be.
    Sound,
    /// It ends before the first limit, and shortens nothing: that limit.
    Early(Date),
    /// It goes further than the rules for complaints let an answer be put off: the day to which they do. That is told, and it counts.
    Far(Date),
}

impl Timing {
    /// Ended with both of its days and words: what is missing is the calendar alone.
    pub fn no_calendar(&self, l: &Letter) -> bool {
        let ended = matches!(self.state, State::Answered | State::Forwarded | State::Declined);
        ended && !l.silent && self.taken.is_none() && l.received.zip(l.replied).is_some_and(|(a, b)| a <= b)
    }
}

/// The last day to which an answer may be put off.
fn last(first: Date) -> Date {
    first.saturating_add(jiff::Span::new().days(PUT_OFF))
}

impl Letter {
    /// What the calendar makes of it. The year that is not known, where one is missing.
    pub fn timing(&self, calendar: &Calendar, as_of: Date) -> (Timing, Option<Unknown>) {
        let mut unknown = None;
        let mut known = |r: Result<Date, Unknown>| r.map_err(|u| unknown = Some(u)).ok();
        let due = self.received.and_then(|d| known(calendar.add_working_days(d, self.limit)));
        let first = due;
        let due = self.extended.filter(|d| self.received.is_some_and(|r| r <= *d)).map_or(due, |e| due.map(|d| d.max(e)));
        let mut t = Timing { state: State::Unknown, due, taken: None, kept: None, judged: None, extended: due > first };
        match self.status {
            Some(end @ ("answered" | "forwarded" | "declined")) => {
                t.state = match end {
                    "answered" => State::Answered,
                    "forwarded" => State::Forwarded,
                    _ => State::Declined,
                };
                t.judged = self.received.map(|_| false);
                if let (Some(a), Some(b)) = (self.received, self.replied)
                    && a <= b
                {
                    match calendar.working_days_between(a, b) {
                        Ok(n) => {
                            (t.taken, t.kept) = (Some(n), Some(self.in_time(due, n, b)));
                            t.judged = t.kept.map(|k| k && !self.silent && !self.unread_limit);
                        }
                        Err(u) => (unknown, t.judged) = (Some(u), None),
                    }
                }
            }
            Some("pending") => {
                let late = due.is_some_and(|d| d < as_of);
                (t.state, t.kept) = if late { (State::Overdue, Some(false)) } else { (State::Pending, None) };
            }
            _ => {}
        }
        if matches!(t.state, State::Pending | State::Overdue | State::Unknown) {
            t.judged = due.filter(|d| *d < as_of).map(|_| false);
        }
        (t, unknown)
    }

    /// What comes of `extended_to`.
    pub fn put_off(&self, calendar: &Calendar) -> PutOff {
        let first = self.received.and_then(|d| calendar.add_working_days(d, self.limit).ok());
        match first.zip(self.extended) {
            Some((first, to)) if to < first => PutOff::Early(first),
            Some((first, to)) if to > last(first) => PutOff::Far(last(first)),
            _ => PutOff::Sound,
        }
    }

    /// Ended on this day, after so many working days: not after its last day. Where that is not known the days tell it.
    pub fn in_time(&self, due: Option<Date>, days: u32, ended: Date) -> bool {
        due.map_or(days <= self.limit || self.extended.is_some_and(|e| ended <= e), |d| ended <= d)
    }

    /// Without its words: it is counted, and nothing of it is shown.
    fn bare(&self) -> Letter {
        Letter {
            shown: false,
            slug: String::new(),
            no: String::new(),
            title: String::new(),
            body: String::new(),
            reply: String::new(),
            reply_by: String::new(),
            about: None,
            faq: false,
            personal: Vec::new(),
            veiled: Vec::new(),
            ..self.clone()
        }
    }
}

/// All letters.
#[derive(Debug, Clone, Default)]
pub struct Feedback {
    /// The files, for places in findings.
    pub files: Vec<Arc<Yaml>>,
    /// The letters, file by file.
    pub letters: Vec<Arc<Letter>>,
    /// The numbers of all rows, of those too that may not be shown: what is missing between them is told.
    pub numbers: Arc<Vec<Given>>,
}

/// The number of a row, and where it stands.
#[derive(Debug, Clone)]
pub struct Given {
    /// The number.
    pub number: Number,
    /// The file: place in [`Feedback::files`].
    pub file: usize,
    /// Bytes of the file.
    pub at: (u32, u32),
}

impl Feedback {
    /// A range of bytes of the file of a letter.
    pub fn span(&self, l: &Letter, at: (u32, u32)) -> Span {
        self.files[l.file].source.span(at.0 as usize, at.1 as usize)
    }

    /// The key by which a letter is held back alone.
    pub fn key(&self, l: &Letter) -> Arc<str> {
        format!("{}#{}", self.files[l.file].source.path, l.row).into()
    }

    /// The letters as they stand on a day, without what is held back: of what is held, only what is counted remains.
    pub(super) fn seen(self: &Arc<Feedback>, as_of: Date, held: &super::Held) -> Arc<Feedback> {
        let rows = held.files.iter().any(|f| f.contains('#'));
        let file: Vec<bool> = self.files.iter().map(|f| held.items.contains(&f.source.path)).collect();
        let ahead = |l: &Letter| l.replied.is_some_and(|d| d > as_of);
        let one = |l: &Arc<Letter>| -> Option<Arc<Letter>> {
            if l.received.is_some_and(|d| d > as_of) {
                return None;
            }
            let mut own = None;
            if l.shown && (file[l.file] || rows && held.files.contains(&self.key(l))) {
                own = Some(l.bare());
            }
            if ahead(l) {
                // The reply has not come yet.
                let mut o = own.unwrap_or_else(|| Letter::clone(l));
                (o.status, o.replied, o.silent) = (Some("pending"), None, false);
                o.reply.clear();
                o.reply_by.clear();
                o.rating = None;
                own = Some(o);
            }
            Some(own.map_or_else(|| l.clone(), Arc::new))
        };
        Arc::new(Feedback { files: self.files.clone(), letters: self.letters.iter().filter_map(one).collect(), numbers: self.numbers.clone() })
    }

    /// The days on which something here looks otherwise.
    pub(super) fn days<'a>(&'a self, calendar: &'a Calendar, as_of: Date) -> impl Iterator<Item = Date> + 'a {
        self.letters.iter().flat_map(move |l| {
            let late = if l.status == Some("pending") { l.timing(calendar, as_of).0.due.and_then(|d| d.tomorrow().ok()) } else { None };
            [l.received, l.replied, late].into_iter().flatten().filter(move |d| *d > as_of)
        })
    }
}

/// What reading may look at.
struct Known<'a> {
    config: &'a Config,
    there: &'a (dyn Fn(&str) -> bool + Sync),
    languages: Vec<String>,
}

/// A file as it was read, with its letters.
type One = (Arc<Yaml>, Vec<Letter>);

/// A file to be read.
enum Kept<'a> {
    Sheet(&'a Blob),
    List(&'a Arc<Yaml>, &'a [Node]),
}

/// Reads all of it. `there` tells whether an item exists.
pub(super) fn read(
    sources: &Sources,
    config: &Config,
    departments: &[Department],
    there: &(dyn Fn(&str) -> bool + Sync),
    out: &mut Vec<Diagnostic>,
) -> Feedback {
    let index = DepartmentIndex::of(departments);
    let listed = readable(sources, "departments.yaml");
    let shown = |blob: &Blob| blob.disk.strip_prefix(&config.root).unwrap_or(&blob.disk).to_string_lossy().replace('\\', "/");
    let mut files: Vec<(usize, String, Kept<'_>)> = Vec::new();
    let whose = |key: &str, path: &str, out: &mut Vec<Diagnostic>| {
        // feedback/office.csv, or feedback/office/2025.csv
        let below = &key[FOLDER.len() + 1..];
        let who = below.split('/').next().unwrap_or(below);
        let who = if below.contains('/') { who } else { who.rsplit_once('.').map_or(who, |(s, _)| s) };
        match index.by_id(who) {
            Some(d) => return Some(d),
            None if listed => {
                let d = unknown_department(who).at(Span::file(path));
                let hint = say!(
                    "文件名写部门的编号：feedback/部门.csv；这个文件没有读入",
                    "the file is named by the id of its department: feedback/department.csv; this one is not read"
                );
                out.push(d.hint(hint));
            }
            None => {}
        }
        None
    };
    for (key, blob) in sources.blobs.iter().filter(|(k, _)| is_part(k)) {
        let path = shown(blob);
        let end = key.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        if matches!(end.as_str(), "csv" | "tsv" | "txt") {
            files.extend(whose(key, &path, out).map(|d| (d, path, Kept::Sheet(blob))));
        } else {
            let d = Diagnostic::new("SRC016", Severity::Warn, say!("不是 CSV，未读入，也不公布", "is no CSV file; not read and not published"));
            out.push(d.at(Span::file(&path)).hint(say!("在 Excel 里另存为“CSV UTF-8”", "save it as “CSV UTF-8” in Excel")));
        }
    }
    for key in sources.yamls.keys().filter(|k| is_part(k) && !k.ends_with("/_column.yaml")) {
        let Some((_, nodes)) = vocabulary(sources, key) else { continue };
        let yaml = &sources.yamls[key];
        let path = yaml.source.path.to_string();
        files.extend(whose(key, &path, out).map(|d| (d, path, Kept::List(yaml, nodes))));
    }
    let known = Known { config, there, languages: config.languages.iter().map(|l| l.tag.clone()).collect() };
    let read: Vec<(Option<One>, Vec<Diagnostic>)> = files
        .par_iter()
        .map(|(department, path, kept)| {
            let mut found = Vec::new();
            let one = file(&known, *department, path, kept, &mut found);
            (one, found)
        })
        .collect();
    let mut all = Feedback::default();
    let mut numbers = Vec::new();
    let mut seen: FxHashMap<(usize, String), (usize, u32)> = FxHashMap::default();
    for (one, found) in read {
        out.extend(found);
        let Some((yaml, letters)) = one else { continue };
        let place = all.files.len();
        all.files.push(yaml);
        for mut l in letters {
            l.file = place;
            numbers.push(Given { number: number(&l.no, Some(l.department), l.received), file: place, at: l.at });
            // Numbers that differ in case alone would be one address.
            let slug = slug(&l.no).to_lowercase();
            if !slug.is_empty() {
                if let Some((other, row)) = seen.get(&(l.department, slug.clone())).copied() {
                    let (no, path) = (&l.no, all.files[other].source.path.clone());
                    let d = Diagnostic::new(
                        "SRC009",
                        Severity::Error,
                        say!(
                            "第 {} 行：编号 `{no}` 与 {path} 第 {row} 行重复；这一行未计数，也不显示",
                            "row {}: the number `{no}` is also that of row {row} of {path}; this row is not counted and not shown",
                            l.row
                        ),
                    );
                    out.push(d.at(all.span(&l, l.at)).hint(say!("一封来信一行；改其中一个编号", "a row a letter; correct one of the numbers")));
                    continue;
                }
                seen.insert((l.department, slug), (place, l.row));
            }
            all.letters.push(Arc::new(if l.shown { l } else { l.bare() }));
        }
    }
    all.numbers = Arc::new(numbers);
    all
}

/// Twelve signs of a sum. The words are in it so that nobody finds a number by trying all of them; what is answered and when is
/// not, for that changes.
fn mark(l: &Letter) -> String {
    use sha2::{Digest, Sha256};
    let words = if l.title.trim().is_empty() { &l.body } else { &l.title };
    if words.trim().is_empty() {
        return String::new();
    }
    Sha256::digest(format!("{}\0{}", l.no.trim(), words.trim())).iter().take(6).map(|b| format!("{b:02x}")).collect()
}

/// The part of an address that a number makes.
fn slug(no: &str) -> String {
    let out: String = no.trim().chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).collect();
    let out = out.trim_matches('-');
    if out.len() > 100 || matches!(out, "page") { String::new() } else { out.to_string() }
}

fn file(known: &Known<'_>, department: usize, path: &str, kept: &Kept<'_>, out: &mut Vec<Diagnostic>) -> Option<One> {
    let (yaml, letters, asked) = match kept {
        Kept::Sheet(blob) => {
            let r = register(blob, path, &fb::RECORD, &known.languages, out)?;
            let has = |f: &'static Field| r.columns.iter().any(|(c, _)| std::ptr::eq(*c, f));
            let letters = r.rows.iter().filter_map(|(row, node)| letter(known, department, &r.yaml, *row, node, &has, Some(&r), out)).collect::<Vec<_>>();
            let asked = has(&fb::CONSENT);
            (r.yaml, letters, asked)
        }
        Kept::List(yaml, nodes) => {
            let rows = nodes.iter().enumerate();
            let letters = rows.filter_map(|(i, n)| letter(known, department, yaml, i as u32 + 1, n, &|_| true, None, out)).collect::<Vec<_>>();
            ((*yaml).clone(), letters, true)
        }
    };
    let silent = letters.iter().filter(|(_, said)| !said).count();
    if asked && silent > 0 {
        let d = Diagnostic::new(
            "SRC010",
            Severity::Warn,
            say!("{silent} 封来信没有写是否同意公开，只计数，不显示", "letters without a word on consent: {silent}; they are counted and not shown"),
        );
        let hint = say!("来信人同意的在“同意公开”写 是，不同意写 否", "write yes in `consent` where the writer agreed, no where not");
        out.push(d.at(Span::file(path)).hint(hint));
    }
    Some((yaml, letters.into_iter().map(|(l, _)| l).collect()))
}

/// A row as a letter, and whether it speaks of consent.
#[expect(clippy::too_many_arguments, reason = "one row of either kind of file")]
fn letter(
    known: &Known<'_>,
    department: usize,
    yaml: &Yaml,
    row: u32,
    node: &Node,
    has: &dyn Fn(&'static Field) -> bool,
    sheet: Option<&Register>,
    out: &mut Vec<Diagnostic>,
) -> Option<(Letter, bool)> {
    let before = out.len();
    let mut f = Fields::new(&fb::RECORD, &yaml.source, node, &known.config.tz, out);
    // Spreadsheets write TRUE, people YES and Y.
    let written = f.node(&fb::CONSENT).and_then(Node::text).map(|t| t.trim().to_ascii_lowercase());
    let known_word = written.and_then(|t| words::CONSENTS.iter().find(|(w, _)| *w == t)).map(|(_, c)| *c);
    let said = known_word.or_else(|| f.choice(&fb::CONSENT, words::CONSENTS));
    let mut l = Letter {
        row,
        at: (node.start, node.end),
        department,
        no: owned(&mut f, &fb::NO).unwrap_or_default(),
        kind: code(&mut f, &fb::KIND, words::LETTER_KINDS),
        title: owned(&mut f, &fb::TITLE).unwrap_or_default(),
        body: owned(&mut f, &fb::BODY).unwrap_or_default(),
        received: f.date(&fb::RECEIVED_ON),
        status: code(&mut f, &fb::STATUS, words::LETTER_STATES),
        replied: f.date(&fb::REPLIED_ON),
        reply: owned(&mut f, &fb::REPLY).unwrap_or_default(),
        reply_by: owned(&mut f, &fb::REPLY_BY).unwrap_or_default(),
        faq: f.flag(&fb::FAQ).unwrap_or(false),
        limit: known.config.reply_workdays,
        extended: f.date(&fb::EXTENDED_TO),
        ..Letter::default()
    };
    // Line ends are those of the program that saved the sheet.
    [&mut l.title, &mut l.body, &mut l.reply].into_iter().filter(|t| t.contains('\r')).for_each(|t| *t = t.replace("\r\n", "\n").replace('\r', "\n"));
    if let Some(text) = f.text(&fb::ABOUT) {
        let id = text.trim().trim_matches('/').trim_end_matches(".md").trim_end_matches("/dataset.yaml").trim_end_matches(".yaml");
        if !(known.there)(id) {
            let d = Diagnostic::new("SRC011", Severity::Error, say!("`about` 指向的 `{id}` 不存在", "`about` names `{id}`, which does not exist"));
            f.report(
                &fb::ABOUT,
                d.hint(say!("写带类型目录的路径，如 policies/2026/elderly", "write the path with the folder of its type, like policies/2026/elderly")),
            );
        }
        l.about = Some(id.into());
    }
    if let Some(n) = f.count(&fb::RATING) {
        l.rating = u8::try_from(n).ok().filter(|n| (1..=5).contains(n));
        if l.rating.is_none() {
            let d = Diagnostic::new("SRC008", Severity::Error, say!("评分是 1 到 5，却是 `{n}`，未计", "a rating is 1 to 5, not `{n}`; it does not count"));
            f.report(&fb::RATING, d.hint(say!("核对评分；没有评就空着", "look at the rating; leave it empty where there is none")));
        }
    }
    if let Some(n) = f.count(&fb::LIMIT_WORKDAYS) {
        if (1..=250).contains(&n) {
            l.limit = n;
        } else {
            let d = Diagnostic::new(
                "SRC008",
                Severity::Error,
                say!("时限是 1 到 250 个工作日，却是 `{n}`，不算按时", "a limit is 1 to 250 working days, not `{n}`; the letter is not in time"),
            );
            f.report(&fb::LIMIT_WORKDAYS, d.hint(say!("核对时限；不写用本站的", "look at the limit; leave it empty for that of the site")));
            l.unread_limit = true;
        }
    } else {
        l.unread_limit = !f.empty(&fb::LIMIT_WORKDAYS);
    }
    if let (Some(a), Some(b)) = (l.received, l.replied)
        && b < a
    {
        let d = Diagnostic::new("POL003", Severity::Error, say!("答复日期早于来信日期，用时不计", "answered before it was received; no time is counted"));
        f.report(&fb::REPLIED_ON, d.hint(say!("核对两个日期", "look at both dates")));
    }
    if let (Some(a), Some(b)) = (l.received, l.extended)
        && b <= a
    {
        let d = Diagnostic::new(
            "POL003",
            Severity::Error,
            say!("延期至的日期不在来信之后，延期不算", "extended to a day that is not after the letter; the extension does not count"),
        );
        f.report(&fb::EXTENDED_TO, d.hint(say!("核对两个日期", "look at both dates")));
        l.extended = None;
    }
    if !l.reply_by.is_empty() && person(&l.reply_by) {
        let d = Diagnostic::new("SRC008", Severity::Error, say!("答复单位像是人名，不公布", "`reply_by` looks like a person's name; it is not published"));
        f.report(&fb::REPLY_BY, d.hint(say!("写科室或职务，如 养老服务科", "write an office or a role")));
        l.reply_by.clear();
    }
    if l.status == Some("pending") && (!l.reply.is_empty() || l.replied.is_some()) {
        let d = Diagnostic::new("SRC008", Severity::Warn, say!("已有答复，状态却是待处理", "there is a reply, and the state is still pending"));
        f.report(&fb::STATUS, d.hint(say!("答复完了写 已处理", "write answered once it is")));
    }
    l.mark = mark(&l);
    let consent = said == Some("yes");
    l.silent = l.status == Some("answered") && l.reply.trim().is_empty();
    let empty = l.no.is_empty() && l.title.is_empty() && l.body.is_empty() && l.received.is_none() && l.kind.is_none();
    for field in [&fb::NO, &fb::KIND, &fb::STATUS, &fb::TITLE, &fb::BODY] {
        // A column that is missing as a whole was told once; of what is not shown the words are not asked for.
        let word = std::ptr::eq(field, &fb::TITLE) || std::ptr::eq(field, &fb::BODY);
        let asked = if word { consent } else { has(field) && (consent || !std::ptr::eq(field, &fb::NO)) };
        if !empty && f.empty(field) && asked {
            f.missing(field);
        }
    }
    l.slug = slug(&l.no);
    if consent && !l.no.is_empty() && l.slug.is_empty() {
        let no = &l.no;
        let d = Diagnostic::new(
            "SRC008",
            Severity::Error,
            say!("编号 `{no}` 不能用在地址里，这封信不显示", "the number `{no}` cannot stand in an address; the letter is not shown"),
        );
        f.report(&fb::NO, d.hint(say!("用字母、数字和连字符，不超过 100 字节", "use letters, digits and hyphens, at most 100 bytes")));
    }
    l.shown = consent && !l.slug.is_empty() && !l.title.is_empty();
    if l.shown {
        personal(&mut f, &mut l);
    }
    let told = !f.empty(&fb::CONSENT);
    f.finish();
    if out.len() > before {
        match sheet {
            Some(r) => r.place((row, node), &mut out[before..]),
            None => out[before..].iter_mut().for_each(|d| {
                d.message.zh.insert_str(0, &format!("第 {row} 条："));
                d.message.en.insert_str(0, &format!("entry {row}: "));
            }),
        }
    }
    (!empty).then_some((l, told))
}

fn code(f: &mut Fields<'_, '_>, field: &'static Field, table: &'static [(&'static str, &'static str)]) -> Option<&'static str> {
    let text = f.text(field)?;
    vocab::code(table, text).or_else(|| f.choice(field, table))
}

/// Looks for personal data in what would be shown, and hides the names by which people are called.
fn personal(f: &mut Fields<'_, '_>, l: &mut Letter) {
    let (mut open, mut veils) = (Vec::new(), Vec::new());
    let names: Vec<String> = [&l.title, &l.body, &l.reply, &l.reply_by].into_iter().flat_map(|t| crate::personal::names_in(t)).collect();
    let cells: [(&'static Field, &mut String); 5] =
        [(&fb::NO, &mut l.no), (&fb::TITLE, &mut l.title), (&fb::BODY, &mut l.body), (&fb::REPLY, &mut l.reply), (&fb::REPLY_BY, &mut l.reply_by)];
    for (field, text) in cells {
        let at = |f: &mut Fields<'_, '_>| f.node(field).map_or(l.at, |n| (n.start, n.end));
        // A number is a letter's own; what is long and of digits alone may be a person's.
        if text.bytes().any(|b| b.is_ascii_digit()) || text.len() > 12 {
            // An answer tells the number of an office; what else is there was written by a member of the public.
            let office = [&fb::REPLY, &fb::REPLY_BY].iter().any(|o| std::ptr::eq(*o, field));
            let list = if office { traces(text) } else { written(text) };
            for sure in [Sure::Yes, Sure::Perhaps] {
                if let Some(t) = list.iter().find(|t| t.sure == sure) {
                    open.push((t.kind, sure, at(f), field));
                }
            }
        }
        let theirs = [&fb::TITLE, &fb::BODY].iter().any(|o| std::ptr::eq(*o, field));
        if let Some(v) = if theirs { veiled_letter(text, &names) } else { veiled_with(text, &names) } {
            *text = v;
            veils.push((at(f), field));
        }
    }
    (l.personal, l.veiled) = (open, veils);
}
