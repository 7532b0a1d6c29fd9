//! What a head says of being in force in words of its own: here that is computed from days and relations, so that a word which
//! nobody reads would leave what is repealed shown as in force.

use super::days::leaves;
use super::{day, letters, no};
use crate::diag::{Text, say};
use crate::load::dates;
use crate::load::tree::{Kind, Node};
use jiff::tz::TimeZone;

/// Names of a state of being in force, as [`letters`] tells them.
static STATES: &[&str] = &[
    "status",
    "state",
    "validity",
    "validitystatus",
    "valid",
    "isvalid",
    "inforce",
    "isinforce",
    "effective",
    "iseffective",
    "legalstatus",
    "legalstate",
    "legalforce",
    "effectstatus",
    "effectivestatus",
    "forcestatus",
    "force",
    "lifecycle",
    "lifecyclestatus",
    "timeliness",
    "状态",
    "狀態",
    "文件状态",
    "文件狀態",
    "法律状态",
    "时效",
    "时效性",
    "時效性",
    "时效状态",
    "有效",
    "有效性",
    "有效状态",
    "效力",
    "效力性",
    "效力状态",
    "效力狀態",
    "是否有效",
    "是否现行有效",
    "是否生效",
    "现行有效",
    "施行状态",
    "执行状态",
    "实施状态",
];
/// Of these, those whose no says that it is not in force.
static IN_FORCE: &[&str] =
    &["valid", "isvalid", "inforce", "isinforce", "effective", "iseffective", "有效", "有效性", "是否有效", "是否现行有效", "是否生效", "现行有效", "validity"];
/// Names whose yes says that it is not.
static OVER: &[&str] = &[
    "repealed",
    "isrepealed",
    "expired",
    "isexpired",
    "revoked",
    "isrevoked",
    "abolished",
    "rescinded",
    "annulled",
    "superseded",
    "issuperseded",
    "obsolete",
    "isobsolete",
    "outdated",
    "invalid",
    "invalidated",
    "void",
    "lapsed",
    "ceased",
    "terminated",
    "suspended",
    "repeal",
    "废止",
    "廢止",
    "已废止",
    "已廢止",
    "是否废止",
    "是否已废止",
    "失效",
    "已失效",
    "是否失效",
    "是否已失效",
    "无效",
    "作废",
    "已作废",
    "是否作废",
    "停止执行",
    "是否停止执行",
    "已过期",
    "是否过期",
    "被废止",
    "已被废止",
    "已被代替",
];
/// Names of its last day. `expires` alone may be anything: see the guards.
static LAST: &[&str] = &[
    "validuntil",
    "validto",
    "validtill",
    "validthrough",
    "validthru",
    "validupto",
    "dateuntil",
    "effectiveto",
    "effectiveuntil",
    "effectivetill",
    "effectiveend",
    "effectiveenddate",
    "effectivethrough",
    "inforceuntil",
    "inforceto",
    "validityend",
    "validityenddate",
    "validityto",
    "validityperiod",
    "periodofvalidity",
    "repealedon",
    "repealedat",
    "repealeddate",
    "repealdate",
    "daterepealed",
    "dateofrepeal",
    "repealon",
    "revokedon",
    "revokedat",
    "revokeddate",
    "revocationdate",
    "daterevoked",
    "abolishedon",
    "abolishedat",
    "abolitiondate",
    "rescindedon",
    "annulledon",
    "supersededon",
    "terminatedon",
    "terminationdate",
    "ceasedon",
    "cessationdate",
    "lapsedon",
    "lapseson",
    "expiredon",
    "expiredat",
    "expireddate",
    "dateexpired",
    "dateofexpiry",
    "sunset",
    "sunsetdate",
    "sunseton",
    "失效日期",
    "失效时间",
    "失效日",
    "失效时期",
    "失效期",
    "废止日期",
    "廢止日期",
    "废止时间",
    "废止日",
    "作废日期",
    "作废时间",
    "停止执行日期",
    "停止执行时间",
    "停止施行日期",
    "终止日期",
    "终止时间",
    "到期日期",
    "到期时间",
    "到期日",
    "有效期",
    "有效期至",
    "有效期限",
    "有效期限至",
    "有效期到",
    "有效期截止",
    "有效期届满",
    "有效截止",
    "有效截止日期",
    "有效至",
    "有效日期至",
    "执行期限",
    "施行期限",
    "实施期限",
];
/// Names of what ended it.
static BY: &[(&str, &[&str])] = &[
    (
        "repealed_by",
        &["repealedby", "revokedby", "abolishedby", "rescindedby", "annulledby", "被废止", "由何废止", "废止依据", "废止文件", "废止文号", "失效依据"],
    ),
    ("replaced_by", &["replacedby", "supersededby", "succeededby", "isreplacedby", "由何代替", "代替文件", "被代替", "替代文件", "被替代"]),
    ("amended_by", &["amendedby", "被修改", "修改依据", "由何修改"]),
];

/// Words by which a state says that something is not in force any more.
static ENDED: &[&str] = &[
    "失效",
    "废止",
    "廢止",
    "无效",
    "無效",
    "作废",
    "作廢",
    "撤销",
    "撤銷",
    "停止执行",
    "停止施行",
    "停止实施",
    "停止使用",
    "不再执行",
    "不再施行",
    "不再有效",
    "暂停执行",
    "暂停施行",
    "中止",
    "终止",
    "过期",
    "届满",
    "代替",
    "替代",
    "取代",
];
/// The same in English, as whole words.
static ENDED_EN: &[&str] = &[
    "repealed",
    "expired",
    "invalid",
    "invalidated",
    "void",
    "superseded",
    "replaced",
    "revoked",
    "abolished",
    "obsolete",
    "outdated",
    "annulled",
    "rescinded",
    "cancelled",
    "canceled",
    "lapsed",
    "suspended",
    "terminated",
    "ceased",
    "ineffective",
    "inoperative",
    "spent",
    "discontinued",
];
/// Words that say that it is not yet.
static AHEAD: &[&str] = &["尚未生效", "未生效", "尚未施行", "未施行", "尚未实施", "未实施", "待生效", "待施行"];
static AHEAD_EN: &[&str] = &["not yet in force", "not yet effective", "not yet commenced", "not commenced", "not yet applicable", "prospective"];
/// Words that say that another text is the one in force.
static AMENDED: &[&str] = &["已修改", "已被修改", "被修改", "已修订", "已被修订", "有修改", "部分修改", "修正"];

/// Longest value of a state: more is a sentence about something.
const SHORT: usize = 60;

/// The field that says what a field of another name, or a label of another site, says about being in force; `None` where it says
/// that all is well, or nothing of it.
pub fn validity(name: &str, value: &Node) -> Option<&'static str> {
    let word = letters(name);
    let word = word.as_str();
    let mut all = Vec::new();
    leaves(value, &mut all);
    let text = all.join(" ").trim().to_lowercase();
    let never = matches!(
        text.as_str(),
        "" | "none"
            | "null"
            | "never"
            | "n/a"
            | "无"
            | "無"
            | "-"
            | "/"
            | "长期"
            | "长期有效"
            | "永久"
            | "永久有效"
            | "现行有效"
            | "有效"
            | "未定"
            | "indefinite"
            | "permanent"
            | "unlimited"
    ) || no(value);
    let shown_day =
        || text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) || dates::leading_date(&text).is_some_and(|(_, rest)| !rest.starts_with('/'));
    if let Some((field, _)) = BY.iter().find(|(_, names)| names.contains(&word)) {
        return (!never).then_some(if shown_day() { "expires_on" } else { *field });
    }
    if LAST.contains(&word) {
        return (!never).then_some("expires_on");
    }
    if OVER.contains(&word) {
        if never {
            return None;
        }
        let yes = matches!(text.as_str(), "true" | "yes" | "y" | "on" | "1" | "是" | "√" | "t" | "已废止" | "已失效");
        return match &value.kind {
            // 废止: [2018/older] names what it repeals.
            Kind::List(_) if matches!(word, "废止" | "廢止" | "repeal") => None,
            _ if yes || state(&text).is_some() => Some("repealed_by"),
            _ if shown_day() => Some("expires_on"),
            _ if matches!(word, "废止" | "廢止" | "repeal") => None,
            _ => Some("repealed_by"),
        };
    }
    if !STATES.contains(&word) || text.chars().count() > SHORT {
        return None;
    }
    if IN_FORCE.contains(&word) && (no(value) || matches!(text.as_str(), "无" | "未" | "none")) {
        return Some("repealed_by");
    }
    state(&text)
}

/// What a state in words says.
fn state(text: &str) -> Option<&'static str> {
    let has = |all: &[&str]| all.iter().any(|w| text.contains(w));
    if has(AHEAD) || has(AHEAD_EN) {
        return Some("effective_from");
    }
    // What is not repealed is not; `未失效`, `not repealed`.
    let mut left = text.to_string();
    for w in ENDED {
        for not in ["未被", "未", "没有", "不"] {
            left = left.replace(&format!("{not}{w}"), "");
        }
    }
    let words: Vec<&str> = left.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let plainly = words.iter().enumerate().any(|(i, w)| ENDED_EN.contains(w) && (i == 0 || !matches!(words[i - 1], "not" | "un" | "never")));
    if ENDED.iter().any(|w| left.contains(w))
        || plainly
        || ["not in force", "no longer in force", "no longer valid", "not valid"].iter().any(|w| text.contains(w))
    {
        return Some("repealed_by");
    }
    let amended = has(AMENDED) && !["未修改", "未被修改", "未修订", "未修正", "未被修正"].iter().any(|w| text.contains(w))
        || words.iter().enumerate().any(|(i, w)| *w == "amended" && (i == 0 || words[i - 1] != "not"));
    amended.then_some("amended_by")
}

/// The same of a text under a name.
pub fn validity_of(name: &str, text: &str) -> Option<&'static str> {
    validity(name, &Node { start: 0, end: 0, kind: Kind::Text(text.into()) })
}

/// What is said of being in force within free data, with the key that says it.
pub(in crate::load) fn within(value: &Node, deep: usize) -> Option<(&Node, &Node, &'static str)> {
    match &value.kind {
        Kind::Map(pairs) => pairs.iter().take(500).find_map(|(k, v)| {
            let name = k.text()?;
            validity(name, v).map(|f| (k, v, f)).or_else(|| if deep > 0 { within(v, deep - 1) } else { None })
        }),
        _ => None,
    }
}

/// Whether this counts for an item: what is no policy is not amended, and a span of years there is that of a licence.
pub(in crate::load) fn concerns(field: &str, value: &Node, policy: bool) -> bool {
    policy || field != "amended_by" && (field != "expires_on" || value.text().is_some_and(|t| day(t, &TimeZone::UTC).is_some()))
}

/// The same of a text.
pub fn concerns_text(field: &str, text: &str, policy: bool) -> bool {
    concerns(field, &Node { start: 0, end: 0, kind: Kind::Text(text.into()) }, policy)
}

/// What to write where a legal status stands in words; `policy` where the type has relations of repeal.
pub(in crate::load) fn hint(field: &str, policy: bool, held: bool) -> Text {
    let mut text = match field {
        "expires_on" => say!("失效的日子写 `expires_on: 日期`，再删去这一行", "the last day is `expires_on: day`; write it and delete this line"),
        "effective_from" => say!(
            "施行的日子写 `effective_from: 日期`，再删去这一行",
            "the day on which it takes effect is `effective_from: day`; write it and delete this line"
        ),
        "amended_by" => say!(
            "修改它的文件写 `amended_by: [路径]`，有新文本就写 `replaced_by: 路径`，再删去这一行",
            "what amended it is `amended_by: [path]`, its new text `replaced_by: path`; write it and delete this line"
        ),
        "replaced_by" => say!("代替它的条目写 `replaced_by: 路径`，再删去这一行", "what took its place is `replaced_by: path`; write it and delete this line"),
        _ if policy => say!(
            "时效由日期和关系算出：写 `repealed_by: [废止它的文件]` 或 `expires_on: 失效的日子`，再删去这一行",
            "validity is computed from days and relations: write `repealed_by: [what repealed it]` or `expires_on: day`, and delete this line"
        ),
        _ => say!(
            "时效由日期和关系算出：写 `expires_on: 失效的日子` 或 `replaced_by: 代替它的条目`，再删去这一行",
            "validity is computed from days and relations: write `expires_on: day` or `replaced_by: what took its place`, and delete this line"
        ),
    };
    if held {
        text.zh.push_str("；照原样会显示为有效，所以先不公布");
        text.en.push_str("; as it stands it would be shown as in force, so this is held");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::validity_of;

    #[test]
    fn what_heads_say_of_being_in_force() {
        for (name, value, right) in [
            ("status", "已废止", Some("repealed_by")),
            ("validity", "失效", Some("repealed_by")),
            ("时效性", "废止", Some("repealed_by")),
            ("时效性", "已修改", Some("amended_by")),
            ("时效性", "尚未生效", Some("effective_from")),
            ("有效性", "停止执行", Some("repealed_by")),
            ("时效性", "现行有效（部分条款失效）", Some("repealed_by")),
            ("时效性", "现行有效", None),
            ("时效性", "未失效", None),
            ("时效性", "有效，未被废止", None),
            ("状态", "正常", None),
            ("是否有效", "否", Some("repealed_by")),
            ("是否有效", "是", None),
            ("in_force", "false", Some("repealed_by")),
            ("status", "Repealed", Some("repealed_by")),
            ("status", "not repealed", None),
            ("status", "No longer in force", Some("repealed_by")),
            ("status", "not yet in force", Some("effective_from")),
            ("status", "amended", Some("amended_by")),
            ("status", "in force", None),
            ("status", "active", None),
            ("repealed", "true", Some("repealed_by")),
            ("repealed", "false", None),
            ("repealed", "2020-01-01", Some("expires_on")),
            ("isRepealed", "yes", Some("repealed_by")),
            ("已废止", "是", Some("repealed_by")),
            ("废止", "2018/older", None),
            ("valid_until", "2020-12-31", Some("expires_on")),
            ("valid_until", "长期有效", None),
            ("repealed_on", "2020-12-31", Some("expires_on")),
            ("effective_to", "2020-12-31", Some("expires_on")),
            ("有效期", "五年", Some("expires_on")),
            ("有效期", "长期", None),
            ("失效时间", "2020年1月1日", Some("expires_on")),
            ("superseded_by", "2023/new", Some("replaced_by")),
            ("废止依据", "云政发〔2023〕1号", Some("repealed_by")),
            ("author", "失效", None),
            ("expires", "2020", None),
        ] {
            assert_eq!(validity_of(name, value), right, "{name}: {value}");
        }
    }
}
