//! Fields by which an author, or the tool that a file comes from, keeps an item from the public: whatever they are called,
//! nothing that carries one is published before somebody has looked at it, or before the day that it names.

mod days;
mod guards;
mod names;
pub(super) mod parts;
mod states;
mod validity;

pub(super) use days::{above, day};
pub use guards::unread_masks;
pub(super) use guards::{guard, open};
pub use states::{line_holds, unreviewed};
pub(super) use validity::{concerns, hint as status_hint, validity, within};
pub use validity::{concerns_text, validity_of};

use super::dates::{self, Moment};
use super::heads::own;
use super::tree::{Kind, Node};
use days::leaves;
use jiff::tz::TimeZone;
use states::{flagged, held_elsewhere, pends};

/// Days before which an item is not public, from fields that are not called `published_at`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Until {
    /// From fields that mean the publication and nothing else.
    pub strong: Option<Moment>,
    /// From `date` and the like: the day of publication where no other is given.
    pub weak: Option<Moment>,
}

impl Until {
    /// The latest of both.
    pub fn add(&mut self, strong: bool, at: Moment) {
        let one = if strong { &mut self.strong } else { &mut self.weak };
        *one = Some(one.map_or(at, |m| if later(at, m) { at } else { m }));
    }

    /// The day that counts, where the item says its publication itself, or does not.
    pub fn day(self, said: bool) -> Option<Moment> {
        let weak = self.weak.filter(|_| !said);
        match (self.strong, weak) {
            (Some(a), Some(b)) => Some(if later(a, b) { a } else { b }),
            (a, b) => a.or(b),
        }
    }

    /// True where no day is named.
    pub fn is_empty(self) -> bool {
        self.strong.is_none() && self.weak.is_none()
    }

    /// With the days of another file of the same item.
    pub fn join(&mut self, other: Until) {
        other.strong.into_iter().for_each(|m| self.add(true, m));
        other.weak.into_iter().for_each(|m| self.add(false, m));
    }
}

fn later(a: Moment, b: Moment) -> bool {
    (a.date, a.clock()) > (b.date, b.clock())
}

/// What a field of another tool does to the publication.
pub(super) enum Hold {
    /// It keeps the item back.
    Back,
    /// It keeps the item back until then; `true` where it can mean nothing else.
    Until(bool, Moment),
    /// It names a day that cannot be read.
    Unread,
}

/// The letters of a name: `publishDate`, `publish_date` and `Publish-Date` are one.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Names of the day of publication in Chinese, of fields and in lines.
static RELEASE_ZH: &[&str] = &[
    "发布日期",
    "发布时间",
    "公布日期",
    "公布时间",
    "公开日期",
    "公开时间",
    "定时发布",
    "上线时间",
    "上线日期",
    "上网时间",
    "上网日期",
    "解禁时间",
    "解禁日期",
];

/// Whether a field is the day of publication.
fn release(word: &str) -> bool {
    let known = |word: &str| RELEASE.contains(&word) || RELEASE_ZH.contains(&word);
    // `scheduled_publish_date`, `portal_release_date`; the next release is that of the data.
    known(word) || OF_RELEASE.iter().any(|w| word.strip_prefix(w).is_some_and(|rest| RELEASE_DAYS.contains(&rest)))
}

/// What stands before the name of the day of publication.
static OF_RELEASE: &[&str] = &["scheduled", "planned", "portal", "public", "website", "web", "site", "record", "dataset", "open"];
/// Names of that day behind one of these.
static RELEASE_DAYS: &[&str] = &[
    "publishdate",
    "publisheddate",
    "publishat",
    "publishon",
    "publishtime",
    "publicationdate",
    "publicationtime",
    "publishingdate",
    "releasedate",
    "releaseat",
    "releaseon",
    "releasetime",
    "embargodate",
];

/// Names of the day of publication in English.
static RELEASE: &[&str] = &[
    "datepublish",
    "validfrom",
    "visiblefrom",
    "datepublished",
    "daterelease",
    "publishedat",
    "publishdate",
    "publisheddate",
    "publishedon",
    "publishat",
    "publishon",
    "publishtime",
    "publishedtime",
    "publicationdate",
    "pubdate",
    "pubtime",
    "postdate",
    "releasedate",
    "releasedat",
    "releasedon",
    "releaseat",
    "releaseon",
    "release",
    "released",
    "publishup",
    "publishstart",
    "publishafter",
    "activefrom",
    "showfrom",
    "displayfrom",
    "topublish",
    "topublishon",
    "topublishat",
    "publishfrom",
    "holduntil",
    "hiddenuntil",
    "embargo",
    "embargodate",
    "embargoed",
    "embargoeduntil",
    "embargountil",
    "embargoend",
    "embargoenddate",
    "embargoends",
    "embargoreleasedate",
    "embargolift",
    "embargoliftdate",
    "publishingdate",
    "publishscheduledat",
    "golive",
    "golivedate",
    "goliveat",
    "liveon",
    "livefrom",
    "scheduled",
    "scheduledat",
    "scheduledfor",
    "schedule",
    "available",
    "availableon",
    "availablefrom",
    "visiblefrom",
    "notbefore",
];

/// Names of a day that is that of the publication where no other is given.
static DAY: &[&str] = &["date", "created", "createdat", "datecreated", "metadatacreated", "startdate", "startson", "日期", "时间", "开始日期", "开始时间"];
/// Names that may mean something else: they count only with a day.
static AMBIGUOUS: &[&str] = &[
    "validfrom",
    "release",
    "released",
    "startdate",
    "startson",
    "开始日期",
    "开始时间",
    "available",
    "schedule",
    "created",
    "createdat",
    "datecreated",
    "metadatacreated",
    "日期",
    "时间",
];

/// What an unknown field does; `date` where it is taken for `published_at`.
pub(super) fn hold(name: &str, value: &Node, date: bool, tz: &TimeZone) -> Option<Hold> {
    if name == "<<" || name.eq_ignore_ascii_case("cascade") {
        // Not merged, not handed down: what it would bring does not count, so it must bring nothing of weight.
        let Kind::Map(pairs) = &value.kind else {
            return match &value.kind {
                Kind::List(all) => all.iter().find_map(|v| hold(name, v, false, tz)),
                _ => None,
            };
        };
        let weighs = |k: &str, v: &Node| own(k) && !(k == "draft" && no(v)) || hold(k, v, false, tz).is_some();
        return pairs.iter().any(|(k, v)| k.text().is_some_and(|k| weighs(k, v))).then_some(Hold::Back);
    }
    if held_elsewhere(name, value) {
        return Some(Hold::Back);
    }
    let word = letters(name);
    if NESTS.contains(&word.as_str()) {
        return nested(value, word == "extra", tz, 0);
    }
    let weak = DAY.contains(&word.as_str());
    if !weak && !date && !release(&word) {
        return None;
    }
    let mut days = Vec::new();
    leaves(value, &mut days);
    let mut last: Option<Moment> = None;
    for text in days {
        let text = text.trim();
        if matches!(text.to_lowercase().as_str(), "" | "false" | "no" | "off" | "none" | "null" | "否" | "无" | "now" | "immediate") {
            continue;
        }
        // `published: true` of Jekyll is no slip of a day.
        if date && matches!(text.to_lowercase().as_str(), "true" | "yes" | "on" | "是" | "1") {
            continue;
        }
        let year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        if AMBIGUOUS.contains(&word.as_str()) && !year && dates::leading_date(text).is_none() {
            continue;
        }
        let Some(m) = day(text, tz) else { return Some(Hold::Unread) };
        last = Some(last.map_or(m, |l| if later(m, l) { m } else { l }));
    }
    last.map(|m| Hold::Until(!weak, m))
}

/// Names under which tools keep the fields of an item.
static NESTS: &[&str] =
    &["params", "extra", "extras", "meta", "metadata", "page", "frontmatter", "publishing", "publication", "workflow", "settings", "options"];

/// Most mappings within each other that are looked into.
const DEPTH: usize = 4;

/// What a mapping of fields does; `free` where it is data of the author's own, of which only the plain words of publication count.
fn nested(value: &Node, free: bool, tz: &TimeZone, depth: usize) -> Option<Hold> {
    let pairs = match &value.kind {
        Kind::Map(pairs) => pairs,
        Kind::List(all) if depth < DEPTH => return all.iter().take(100).find_map(|v| nested(v, free, tz, depth + 1)),
        _ => return None,
    };
    let mut out = None;
    for (k, v) in pairs {
        let Some(key) = k.text() else { continue };
        let word = letters(key);
        let found = match &v.kind {
            Kind::Map(_) | Kind::List(_) if depth < DEPTH => nested(v, free, tz, depth + 1),
            // `date` and `status` of the author's own may be those of anything.
            _ if free && (AMBIGUOUS.contains(&word.as_str()) || DAY.contains(&word.as_str())) => None,
            _ if free && !release(&word) => (flagged(key, v) || unpublished(&word, v)).then_some(Hold::Back),
            _ => hold(key, v, false, tz),
        };
        out = match (out, found) {
            (Some(Hold::Back), _) | (_, Some(Hold::Back)) => Some(Hold::Back),
            (Some(Hold::Unread), _) | (_, Some(Hold::Unread)) => Some(Hold::Unread),
            (Some(Hold::Until(a, x)), Some(Hold::Until(b, y))) => Some(Hold::Until(a || b, if later(y, x) { y } else { x })),
            (a, b) => b.or(a),
        };
    }
    out
}

/// A state that can only be that of a publication.
fn unpublished(word: &str, value: &Node) -> bool {
    static STATES: &[&str] = &[
        "status",
        "state",
        "visibility",
        "publicationstatus",
        "publishstatus",
        "poststatus",
        "wpstatus",
        "workflowstate",
        "reviewstatus",
        "状态",
        "发布状态",
        "公开状态",
        "审核状态",
    ];
    static WORDS: &[&str] = &[
        "draft",
        "private",
        "hidden",
        "unpublished",
        "scheduled",
        "embargoed",
        "wip",
        "auto-draft",
        "not published",
        "in review",
        "草稿",
        "待审",
        "待审核",
        "审核中",
        "待发布",
        "未发布",
        "不公开",
        "不予公开",
    ];
    let word_of = |t: &str| WORDS.contains(&t) || pends(t);
    STATES.contains(&word) && value.text().is_some_and(|t| word_of(t.trim().to_lowercase().as_str()))
}

fn no(value: &Node) -> bool {
    value.text().is_some_and(|t| matches!(t.trim().to_lowercase().as_str(), "false" | "no" | "off" | "0" | "否" | "n" | "f"))
}

/// Names of the beginning of what is shown for a time.
pub(super) fn begins(name: &str) -> bool {
    matches!(
        letters(name).as_str(),
        "start"
            | "starts"
            | "startsat"
            | "startson"
            | "startdate"
            | "starttime"
            | "begin"
            | "begins"
            | "since"
            | "fromdate"
            | "validfrom"
            | "effectivefrom"
            | "date"
            | "开始"
            | "开始时间"
            | "开始日期"
            | "起"
            | "自"
            | "生效时间"
            | "日期"
    )
}

#[cfg(test)]
mod tests;
