//! Other names of fields that keep something from the public.

use super::{day, letters, no};
use crate::load::tree::{Kind, Node};
use jiff::tz::TimeZone;

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
pub(in crate::load) fn guard(name: &str, value: &Node) -> Option<&'static str> {
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
pub(in crate::load) fn open(value: &Node) -> bool {
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
