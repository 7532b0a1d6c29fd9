//! Fields by which an author, or the tool that a file comes from, keeps an item from the public: whatever they are called,
//! nothing that carries one is published before somebody has looked at it, or before the day that it names.

use super::dates::{self, Moment};
use super::heads::own;
use super::tree::{Kind, Node};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

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
static RELEASE_ZH: &[&str] =
    &["发布日期", "发布时间", "公布日期", "公布时间", "公开日期", "公开时间", "定时发布", "上线时间", "上线日期", "解禁时间", "解禁日期"];

/// Whether a field is the day of publication.
fn release(word: &str) -> bool {
    RELEASE.contains(&word) || RELEASE_ZH.contains(&word)
}

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
    "holduntil",
    "hiddenuntil",
    "embargo",
    "embargodate",
    "embargoed",
    "embargoeduntil",
    "embargountil",
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

/// English labels of the day of publication in the lines above a text.
static LABELS: &[&str] = &[
    "publication date",
    "publish date",
    "published on",
    "published",
    "date published",
    "release date",
    "date of release",
    "date of publication",
    "embargoed until",
    "embargo",
];

/// The day of publication that a line above a text names: `发布日期：2099年1月1日`, alone or beside others, in bold, in a table.
pub(super) fn labelled(line: &str) -> Option<Moment> {
    let line = line.to_lowercase().replace(['*', '_', '`'], "");
    RELEASE_ZH.iter().chain(LABELS).find_map(|label| {
        let at = line.find(label)?;
        let apart = line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let rest = line[at + label.len()..].trim_start();
        let value =
            rest.strip_prefix([':', '：', '|', '｜', '=']).filter(|_| apart)?.trim_start_matches([':', '：', '|', '｜', '[', '（', '(', ' ', '\u{3000}']);
        let value = value.split(['|', '｜', '\u{3000}', '，', ',', '；', ';', ']', '）', ')']).next()?.trim();
        let Some((date, rest)) = dates::leading_date(value) else {
            // A year alone, or a year and month.
            return (value.chars().count() <= 12).then(|| day(value, &TimeZone::UTC)).flatten();
        };
        // What stands behind the day is its time, or something else.
        let clock = dates::parse(&format!("{date} {}", rest.trim().trim_start_matches(['T', 't'])), &TimeZone::UTC);
        let first = || dates::parse(&format!("{date} {}", rest.split_whitespace().next().unwrap_or("")), &TimeZone::UTC);
        Some(clock.or_else(first).unwrap_or(Moment::day(date)))
    })
}

/// The latest day of publication that the lines above a text name; the first line that is a sentence ends them.
pub(super) fn above(text: &str) -> Option<Moment> {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty()).take(LABELLED);
    let label = |l: &str| l.starts_with(['#', '|', '<', '-', ':', '=']) || l.chars().count() <= 60 && !l.ends_with(['。', '.', '！', '？']);
    lines.take_while(|l| label(l)).filter_map(labelled).reduce(|a, b| if later(b, a) { b } else { a })
}

/// Lines above a text that are looked at.
const LABELLED: usize = 12;

fn leaves<'n>(value: &'n Node, out: &mut Vec<&'n str>) {
    match &value.kind {
        Kind::Null => {}
        Kind::Text(t) => out.push(t),
        Kind::List(all) => all.iter().for_each(|v| leaves(v, out)),
        Kind::Map(pairs) => pairs.iter().for_each(|(_, v)| leaves(v, out)),
    }
}

/// The day that a text names in whatever way; where only its year is sure, the end of that year.
pub(super) fn day(text: &str, tz: &TimeZone) -> Option<Moment> {
    if let Some(m) = dates::parse(text, tz) {
        return Some(m);
    }
    let end = Time::new(23, 59, 0, 0).ok();
    if let Some((date, rest)) = dates::leading_date(text) {
        // 2026-11-27 18:00:00 +0800
        let rest = rest.trim_start_matches(['T', 't']).trim();
        let (clock, zone) = rest.split_once(' ').unwrap_or((rest, ""));
        let zone = zone.trim();
        let hours = |z: &str| Some((z.get(1..3)?.parse::<u8>().ok()?, z.trim_start_matches(['+', '-']).replace(':', "").get(2..4)?.parse::<u8>().ok()?));
        if let Some((h, m)) = zone.starts_with(['+', '-']).then(|| hours(zone)).flatten()
            && let Some(exact) = dates::parse(&format!("{date}T{clock}{}{h:02}:{m:02}", &zone[..1]), tz)
        {
            return Some(exact);
        }
        return Some(Moment { date, time: end });
    }
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let years = (0..bytes.len()).filter(|i| (0..4).all(|n| digit(i + n)) && !digit(i + 4) && (*i == 0 || !digit(i - 1)));
    let year = years.filter_map(|i| text.get(i..i + 4)?.parse::<i16>().ok()).filter(|y| (1900..=9998).contains(y)).max()?;
    Some(Moment { date: Date::new(year, 12, 31).ok()?, time: end })
}

/// Other names of fields that keep something from the public, as [`letters`] tells them.
static GUARDS: &[(&str, &[&str])] = &[
    (
        "access_rights",
        &[
            "access",
            "accessright",
            "accessrights",
            "accesslevel",
            "accesstype",
            "accessstatus",
            "accessmode",
            "openlevel",
            "openness",
            "datalevel",
            "开放等级",
            "开放级别",
            "开放属性",
            "开放类型",
            "开放方式",
            "开放程度",
            "公开等级",
            "公开属性",
            "公开类型",
            "公开方式",
            "是否开放",
            "开放",
        ],
    ),
    (
        "mask",
        &[
            "mask",
            "masks",
            "masked",
            "masking",
            "maskas",
            "maskwith",
            "masktype",
            "redact",
            "redacted",
            "redaction",
            "anonymize",
            "anonymise",
            "anonymized",
            "anonymised",
            "脱敏",
            "脱敏方式",
            "脱敏规则",
            "脱敏类型",
            "是否脱敏",
            "遮盖",
            "遮蔽",
            "遮挡",
            "掩码",
            "屏蔽",
            "打码",
            "隐去",
        ],
    ),
    (
        "withdrawn",
        &[
            "withdraw",
            "withdrawn",
            "withdrawal",
            "withdrawnon",
            "withdrawnat",
            "withdrawndate",
            "withdrawdate",
            "withdrawon",
            "withdrawaldate",
            "withdrawnreason",
            "retract",
            "retracted",
            "retraction",
            "recalled",
            "takendown",
            "takedown",
            "unpublish",
            "unpublishon",
            "unpublishat",
            "unpublishdate",
            "unpublishedat",
            "unpublishedon",
            "publishdown",
            "publishend",
            "publishuntil",
            "offline",
            "offlineat",
            "offlinedate",
            "removed",
            "removedon",
            "removedat",
            "撤回",
            "撤回日期",
            "撤回时间",
            "已撤回",
            "是否撤回",
            "撤下",
            "撤稿",
            "撤销公布",
            "下架",
            "下架时间",
            "下线",
            "下线时间",
            "下线日期",
        ],
    ),
    ("expires_on", &["expires", "expiresat", "expiry", "expirydate", "expirationdate", "expiredate", "expiration", "expireson", "expireat", "expireson"]),
];

/// The field that keeps something from the public and goes by this name; `None` where its value keeps nothing back.
pub(super) fn guard(name: &str, value: &Node) -> Option<&'static str> {
    let word = letters(name);
    let (field, _) = GUARDS.iter().find(|(_, names)| names.contains(&word.as_str()))?;
    let holds = match *field {
        "access_rights" => !open(value),
        "expires_on" => value.text().is_some_and(|t| day(t, &TimeZone::UTC).is_some()),
        "withdrawn" => !no(value) && !matches!(value.text().map(str::trim), Some("never" | "none" | "无")),
        _ => !no(value),
    };
    holds.then_some(*field)
}

/// The value of a level of access that keeps nothing back.
pub(super) fn open(value: &Node) -> bool {
    let text = value.text().unwrap_or("").trim().to_lowercase();
    matches!(
        text.as_str(),
        "open"
            | "public"
            | "unrestricted"
            | "full"
            | "true"
            | "yes"
            | "是"
            | "开放"
            | "公开"
            | "无条件开放"
            | "完全开放"
            | "主动公开"
            | "无条件公开"
            | "社会公开"
    )
}

/// Masks of a dataset's head that no reader looks at, each with the keys that lead to it: a column would be published as it is.
pub fn unread_masks(front: &Node) -> Vec<Vec<&Node>> {
    fn walk<'n>(node: &'n Node, keys: &mut Vec<&'n Node>, out: &mut Vec<Vec<&'n Node>>) {
        match &node.kind {
            Kind::List(all) => all.iter().for_each(|v| walk(v, keys, out)),
            Kind::Map(pairs) => {
                let there = keys.iter().filter_map(|k| k.text()).eq(["resources", "schema", "fields"]);
                let read = there && node.get("name").is_some_and(|n| n.text().is_some_and(|t| !t.trim().is_empty()));
                for (k, v) in pairs {
                    let name = k.text().unwrap_or("");
                    keys.push(k);
                    if guard(name, v) == Some("mask") {
                        if !read {
                            out.push(keys.clone());
                        }
                    } else if name != "extra" {
                        walk(v, keys, out);
                    }
                    keys.pop();
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(front, &mut Vec::new(), &mut out);
    out
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

/// Names of a yes that keeps an item back.
static FLAGS: &[&str] = &[
    "deleted",
    "isdeleted",
    "trashed",
    "已删除",
    "draft",
    "private",
    "hidden",
    "unlisted",
    "isdraft",
    "isprivate",
    "ishidden",
    "wip",
    "unpublished",
    "headless",
    "embargoed",
    "secret",
    "internal",
    "internalonly",
    "confidential",
    "classified",
    "sensitive",
    "nonpublic",
    "notpublic",
    "notforpublication",
    "donotpublish",
    "nopublish",
    "草稿",
    "是否草稿",
    "保密",
    "涉密",
    "机密",
    "秘密",
    "内部",
    "内部资料",
    "是否涉密",
    "不公开",
    "暂不公开",
    "不公布",
    "暂不公布",
    "不发布",
    "暂不发布",
    "勿发",
    "隐藏",
    "restricted",
    "closed",
    "isclosed",
    "hide",
    "disabled",
    "isdisabled",
    "exclude",
    "excluded",
    "skip",
    "ignore",
    "ignored",
    "notready",
    "protected",
    "loginrequired",
    "requirelogin",
    "requireslogin",
    "requiresauth",
    "authrequired",
    "membersonly",
    "staffonly",
    "internaluse",
    "internaluseonly",
    "officialuseonly",
    "fouo",
    "不予公开",
    "不予开放",
    "不得公开",
    "不对外",
    "禁止公开",
    "禁止发布",
    "暂缓",
    "暂缓公开",
    "暂缓发布",
    "仅内部",
    "仅供内部",
    "限内部",
    "内部文件",
    "内部使用",
    "内部掌握",
    "是否内部",
    "是否保密",
    "是否隐藏",
    "停用",
    "是否停用",
];

/// Names of a yes without which an item is not shown.
static SHOWN: &[&str] = &[
    "published",
    "released",
    "publish",
    "public",
    "ispublic",
    "visible",
    "active",
    "approved",
    "render",
    "发布",
    "公开",
    "是否发布",
    "是否公开",
    "open",
    "isopen",
    "opened",
    "listed",
    "islisted",
    "show",
    "shown",
    "display",
    "displayed",
    "enabled",
    "enable",
    "isenabled",
    "online",
    "isonline",
    "ispublished",
    "publishable",
    "ready",
    "isready",
    "isvisible",
    "isactive",
    "isapproved",
    "isreleased",
    "reviewed",
    "isreviewed",
    "signed",
    "signedoff",
    "cleared",
    "是否上网",
    "上网",
    "可见",
    "是否可见",
    "显示",
    "是否显示",
    "签发",
    "已签发",
    "是否签发",
    "启用",
    "是否启用",
    "上线",
    "是否上线",
    "对外公开",
    "社会公开",
    "向社会公开",
    "可公开",
    "可以公开",
    "审核通过",
];

/// Names of a level, a circle of readers or a state of review.
static LEVELS: &[&str] = &[
    "disclosuremode",
    "disclosure",
    "公开方式",
    "公开属性",
    "公开范围",
    "公开类别",
    "公开类型",
    "公开情况",
    "发布范围",
    "知悉范围",
    "阅读范围",
    "发放范围",
    "开放条件",
    "共享属性",
    "共享类型",
    "classification",
    "confidentiality",
    "secrecy",
    "sensitivity",
    "clearance",
    "marking",
    "protectivemarking",
    "securitymarking",
    "tlp",
    "classificationlevel",
    "securitylevel",
    "密级",
    "涉密等级",
    "定密",
    "rights",
    "accesscondition",
    "accessconditions",
    "audience",
    "scope",
    "circulation",
    "distribution",
    "visibility",
    "permissions",
    "permission",
    "roles",
    "role",
    "groups",
    "acl",
    "viewers",
    "readers",
    "releasestatus",
    "publication",
    "review",
    "reviewstate",
    "audit",
    "auditstatus",
    "approval",
    "审核",
    "审核结果",
    "审核意见",
    "审批",
    "审批状态",
    "审签状态",
    "签发状态",
    "稿件状态",
    "文件状态",
    "发布",
    "公开",
];

/// Values of these that keep an item back, and beginnings of such (秘密★5年).
static CLOSED: &[&str] = &[
    "closed",
    "private",
    "restricted",
    "internal",
    "internal only",
    "confidential",
    "secret",
    "top secret",
    "classified",
    "sensitive",
    "official-sensitive",
    "official sensitive",
    "protected",
    "non-public",
    "nonpublic",
    "non_public",
    "not public",
    "members",
    "members only",
    "login",
    "staff",
    "staff only",
    "employees",
    "employee",
    "admin",
    "administrator",
    "editors",
    "none",
    "no",
    "never",
    "withheld",
    "on-request",
    "on request",
    "embargoed",
    "draft",
    "unreleased",
    "unpublished",
    "pending",
    "in review",
    "in_review",
    "waiting",
    "failed",
    "rejected",
    "red",
    "amber",
    "amber+strict",
    "high",
    "内部",
    "内部使用",
    "内部公开",
    "仅内部",
    "单位内部",
    "机关内部",
    "系统内",
    "部门内部",
    "内部人员",
    "工作人员",
    "不公开",
    "不予公开",
    "不予开放",
    "不予共享",
    "依申请公开",
    "不对外",
    "不对外公开",
    "保密",
    "涉密",
    "工作秘密",
    "未审核",
    "未通过",
    "不通过",
    "待审",
    "待审核",
    "审核中",
    "审批中",
    "未签发",
    "待签发",
    "未发布",
    "待发布",
    "草稿",
    "初稿",
    "暂缓",
    "暂缓公开",
    "暂缓发布",
    "受限",
];
static SECRET: &[&str] = &["绝密", "机密", "秘密"];

/// A level that is not for everybody.
fn closed(value: &Node) -> bool {
    let mut all = Vec::new();
    leaves(value, &mut all);
    all.iter().any(|t| {
        let t = t.trim().to_lowercase();
        CLOSED.contains(&t.as_str()) || pends(&t) || SECRET.iter().any(|w| t.starts_with(w))
    })
}

/// Whether a line above a text, as `状态：草稿`, keeps it back.
pub fn line_holds(name: &str, value: &str) -> bool {
    let (name, value) = (name.trim(), value.trim());
    let word = letters(name);
    // `Draft: Clean Air Strategy` is a title, `Password: …` a line of a guide.
    let yes = matches!(value.to_lowercase().as_str(), "true" | "yes" | "y" | "on" | "1" | "是" | "√");
    if FLAGS.contains(&word.as_str()) && !yes
        || matches!(word.as_str(), "password" | "permalink" | "output" | "build" | "type" | "kind" | "scope" | "role" | "roles")
    {
        return false;
    }
    (2..=24).contains(&name.len()) && !value.is_empty() && held_elsewhere(name, &Node { start: 0, end: 0, kind: Kind::Text(value.into()) })
}

/// Such a yes, or a `published: false`.
fn flagged(name: &str, value: &Node) -> bool {
    let word = letters(name);
    if matches!(word.as_str(), "published" | "publish" | "发布" | "是否发布") {
        return no(value);
    }
    let text = value.text().unwrap_or("").trim();
    FLAGS.contains(&word.as_str()) && !no(value) && dates::leading_date(text).is_none()
}

/// A state in more words: `pending review`, `awaiting approval`, 未通过.
fn pends(text: &str) -> bool {
    let state = text.chars().count() <= 30
        && ["pending ", "awaiting ", "waiting for ", "draft ", "under review", "not yet ", "not approved"].iter().any(|w| text.starts_with(w));
    state
        || matches!(
            text,
            "未通过" | "不通过" | "审核未通过" | "未审" | "未审批" | "待审批" | "待签发" | "under review" | "to be reviewed" | "awaiting" | "submitted"
        )
}

/// A field by which another tool keeps an item from the public.
fn held_elsewhere(name: &str, value: &Node) -> bool {
    let text = value.text().unwrap_or("").trim().to_lowercase();
    let is = |words: &[&str]| words.contains(&text.as_str());
    match letters(name).as_str() {
        word if SHOWN.contains(&word) && (no(value) || is(&["draft", "never", "不公开", "暂缓", "未", "未通过"])) => true,
        word if LEVELS.contains(&word) && closed(value) => true,
        // Lists of what a page is: `tags: [draft]`.
        "type" | "layout" | "kind" | "tags" | "tag" | "categories" | "category" | "labels" | "标签" | "类别" | "分类" => {
            let mut all = Vec::new();
            leaves(value, &mut all);
            all.iter().any(|t| matches!(t.trim().to_lowercase().as_str(), "draft" | "drafts" | "wip" | "private" | "unpublished" | "草稿" | "草稿箱"))
        }
        "permalink" | "output" => is(&["false"]),
        "status" | "state" | "visibility" | "wpstatus" | "publicationstatus" | "reviewstatus" | "approvalstatus" | "审核状态" | "公开状态" | "poststatus"
        | "publishstatus" | "workflowstate" | "stage" | "状态" | "发布状态" => {
            pends(&text)
                || is(&[
                    "draft",
                    "private",
                    "hidden",
                    "pending",
                    "deleted",
                    "unpublished",
                    "scheduled",
                    "future",
                    "embargoed",
                    "trash",
                    "wip",
                    "in review",
                    "in_review",
                    "review",
                    "auto-draft",
                    "internal",
                    "confidential",
                    "secret",
                    "withheld",
                    "not published",
                    "inactive",
                    "rejected",
                    "withdrawn",
                    "retracted",
                    "内部",
                    "保密",
                    "撤回",
                    "已撤回",
                    "已下线",
                    "不予公开",
                    "草稿",
                    "待审",
                    "待审核",
                    "审核中",
                    "待发布",
                    "未发布",
                    "不公开",
                    "已删除",
                    "0",
                    "false",
                    "off",
                    "offline",
                    "disabled",
                    "not_published",
                    "not-published",
                    "unapproved",
                    "awaiting approval",
                    "draft in progress",
                    "初稿",
                    "暂存",
                    "退回",
                    "未审核",
                    "未签发",
                    "停用",
                    "隐藏",
                    "已下架",
                    "下架",
                    "禁用",
                ])
        }
        word if FLAGS.contains(&word) => flagged(name, value),
        "build" => ["render", "list"].iter().any(|k| value.get(k).is_some_and(|v| no(v) || v.text() == Some("never"))),
        "password" => !text.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(t: &str) -> Node {
        Node { start: 0, end: 0, kind: Kind::Text(t.into()) }
    }

    fn shown(name: &str, value: &str) -> String {
        match hold(name, &text(value), false, &TimeZone::UTC) {
            None => "-".into(),
            Some(Hold::Back) => "back".into(),
            Some(Hold::Unread) => "unread".into(),
            Some(Hold::Until(strong, m)) => format!("{}{m}", if strong { "" } else { "~" }),
        }
    }

    #[test]
    fn fields_that_hold() {
        for (name, value, right) in [
            ("status", "pending review", "back"),
            ("status", "awaiting approval", "back"),
            ("审核状态", "未通过", "back"),
            ("审核", "未通过", "back"),
            ("审批状态", "待审", "back"),
            ("reviewed", "no", "back"),
            ("stage", "draft", "back"),
            ("stage", "2", "-"),
            ("online", "false", "back"),
            ("enabled", "false", "back"),
            ("deleted", "true", "back"),
            ("date_publish", "2099-01-01", "2099-01-01"),
            ("valid_from", "2099-01-01", "2099-01-01"),
            ("date", "2099-01-01", "~2099-01-01"),
            ("Date", "2099-01-01", "~2099-01-01"),
            ("publishDate", "2099-01-01 10:00", "2099-01-01 10:00"),
            ("publish_date", "2099-01-01T18:00:00+08:00", "2099-01-01 10:00"),
            ("date", "2017-03-14 10:00:00 -0400", "~2017-03-14 14:00"),
            ("date", "Mon, 12 Jan 2099 10:00:00 GMT", "~2099-12-31 23:59"),
            ("date", "13/12/2019", "~2019-12-31 23:59"),
            ("embargo", "2099", "2099-12-31 23:59"),
            ("embargo", "true", "unread"),
            ("embargo", "false", "-"),
            ("embargo", "later", "unread"),
            ("发布时间", "2099年1月1日", "2099-01-01"),
            ("date", "待定", "unread"),
            ("release", "v1.2", "-"),
            ("available", "true", "-"),
            ("release", "2099-01-01", "2099-01-01"),
            ("published", "false", "back"),
            ("published", "true", "-"),
            ("published", "False ", "back"),
            ("status", "Scheduled", "back"),
            ("status", "final", "-"),
            ("private", "true", "back"),
            ("private", "", "back"),
            ("wip", "false", "-"),
            ("draft", "true", "back"),
            ("draft", "false", "-"),
            ("password", "x", "back"),
            ("rights", "closed", "back"),
            ("rights", "CC-BY-4.0", "-"),
            ("open", "false", "back"),
            ("is_open", "False", "back"),
            ("open", "true", "-"),
            ("show", "no", "back"),
            ("visibility", "members", "back"),
            ("visibility", "public", "-"),
            ("restricted", "true", "back"),
            ("exclude", "false", "-"),
            ("密级", "秘密★5年", "back"),
            ("密级", "公开", "-"),
            ("公开范围", "内部", "back"),
            ("公开方式", "主动公开", "-"),
            ("audience", "staff", "back"),
            ("audience", "公众", "-"),
            ("审核", "未通过", "back"),
            ("review", "passed", "-"),
            ("status", "0", "back"),
            ("type", "draft", "back"),
            ("type", "通知", "-"),
            ("是否上网", "否", "back"),
            ("发布", "暂缓", "back"),
            ("is_published", "no", "back"),
            ("permalink", "/a/", "-"),
            ("author", "2099-01-01", "-"),
            ("cascade", "true", "-"),
        ] {
            assert_eq!(shown(name, value), right, "{name}: {value}");
        }
    }

    #[test]
    fn days_in_lines_above_a_text() {
        let shown = |t: &str| above(t).map_or("-".into(), |m| m.to_string());
        for (text, right) in [
            ("发布日期：2099年1月1日\n", "2099-01-01"),
            ("# 甲\n\n**发布时间**：2099-01-01 18:00　来源：乙\n", "2099-01-01 18:00"),
            ("来源：乙　发布时间：2099年1月1日18时30分\n", "2099-01-01 18:30"),
            ("| 来源 | 乙 |\n| --- | --- |\n| 发布日期 | 2099/1/1 |\n", "2099-01-01"),
            ("发布日期：2099\n", "2099-12-31 23:59"),
            ("发布日期：2099年\n", "2099-12-31 23:59"),
            ("发布日期：二〇九九年一月一日\n", "2099-01-01"),
            ("Publication date: 2099-01-01\n", "2099-01-01"),
            ("（发布日期：2099年1月1日）\n", "2099-01-01"),
            ("发布日期：2020年1月1日 有效期：2099年1月1日\n", "2020-01-01"),
            ("发布日期：待定\n", "-"),
            ("正文在此。\n发布日期：2099年1月1日\n", "-"),
            ("首次发布日期：2099年1月1日\n", "-"),
            ("有效期至：2099年1月1日\n", "-"),
        ] {
            assert_eq!(shown(text), right, "{text}");
        }
    }
}
