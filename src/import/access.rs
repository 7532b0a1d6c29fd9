//! What a source says of who may have the data: the words of `access_rights`, those of the EU and of DCAT-US, and settings by which
//! other programs restrict a file.

use super::reader::{flat, odd, truth};
use super::{Draft, Value};
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::{Kind, Node};
use crate::schema::item as own;
use crate::types::dataset as ds;

/// Names under which it stands, without signs between their letters.
static NAMES: &[&str] = &[
    "accesslevel",
    "publicaccesslevel",
    "accessrights",
    "accessright",
    "dctaccessrights",
    "dctermsaccessrights",
    "accesspolicy",
    "访问权限",
    "访问级别",
    "开放类型",
    "开放属性",
    "开放等级",
    "开放级别",
    "开放权限",
    "开放类别",
    "訪問權限",
    "開放類型",
    "開放屬性",
    "開放等級",
];

/// Names under which it may stand beside other things; only words that are known are taken.
static OTHERS: &[&str] = &["access", "level", "openlevel", "openness", "openstatus", "开放方式", "开放状态", "开放情况", "是否开放", "開放方式", "权限"];

/// Values that say it under whatever name.
static PLAIN: &[&str] = &["不予开放", "有条件开放", "受限开放", "不予開放", "有條件開放", "non-public", "non_public", "nonpublic", "restricted public"];

/// Values that say under whatever name that something is not for everybody, but not what may be told of it.
static SHUT: &[&str] = &["不公开", "不予公开", "内部", "内部使用", "仅内部", "仅限内部", "受限", "不对外", "不对外公开", "不对外开放", "不公開", "內部"];

fn plainly(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The word of `access_rights` for what a source says.
fn level(text: &str) -> Option<&'static str> {
    let t = text.trim().to_lowercase();
    let t = if t.contains("://") { t.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or("").to_string() } else { t };
    let t: String = t.chars().map(|c| if matches!(c, '_' | ' ') { '-' } else { c }).collect();
    let t = t.trim_end_matches("数据").trim_end_matches('类');
    match t {
        "public" | "open" | "unrestricted" | "nolimitations" | "no-limitations" | "无条件开放" | "完全开放" | "普遍开放" | "主动开放" | "無條件開放"
        | "主动公开" | "无条件共享" => Some("open"),
        "restricted" | "restricted-public" | "conditional" | "limited" | "有条件开放" | "受限开放" | "受限" | "依申请开放" | "依申请公开" | "申请开放"
        | "有條件開放" | "registered" | "有条件共享" => Some("conditional"),
        "non-public" | "nonpublic" | "closed" | "private" | "confidential" | "internal" | "secret" | "sensitive" | "不予开放" | "不开放" | "禁止开放"
        | "暂不开放" | "非开放" | "不予開放" | "不公开" | "不予公开" | "不对外" | "不对外开放" | "不对外公开" | "内部" | "内部使用" | "仅内部" | "保密"
        | "涉密" | "不予共享" | "未开放" | "尚未开放" | "待开放" | "暂未开放" | "停止开放" | "已停止开放" | "暂停开放" | "取消开放" | "已取消开放" | "關閉"
        | "已关闭" | "关闭" => Some("closed"),
        _ => None,
    }
}

fn rank(word: &str) -> u8 {
    match word {
        "open" => 0,
        "conditional" => 1,
        _ => 2,
    }
}

/// Whether a name is one of those that say who may have the data.
pub(super) fn named(name: &str) -> bool {
    NAMES.contains(&&*plainly(name))
}

/// Sounds of a sentence that keeps something back.
static SOUNDS: &[&str] =
    &["restrict", "confident", "private", "internal", "closed", "not public", "non-public", "内部", "不予", "保密", "受限", "不公开", "不开放"];

/// Sets `access_rights` from a cell or a value, and tells what is not open. Of two words the stricter stands; one that is not known
/// is taken as closed where the field is made for it (`strict`) or it sounds so.
pub(super) fn set(d: &mut Draft, name: &str, text: &str, strict: bool, at: &dyn Fn() -> Span, out: &mut Vec<Diagnostic>) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let before = if let Some(Value::Text(t)) = d.get(&ds::ACCESS_RIGHTS) { level(t) } else { None };
    let low = text.to_lowercase();
    // In a field of the portal's own it may be a sentence about anything.
    if level(text).is_none() && !strict && !SOUNDS.iter().any(|w| low.contains(w)) {
        out.push(odd(
            at(),
            say!("开放等级 `{text}` 认不出", "the access level `{text}` is not known"),
            say!("原文保留在 extra.{name}；核实后写 access_rights", "it stands under extra.{name}; find out and write access_rights"),
        ));
        return d.keep(name, Value::text(text));
    }
    let word = level(text).unwrap_or_else(|| {
        out.push(odd(
            at(),
            say!("开放等级 `{text}` 认不出，按不予开放处理", "the access level `{text}` is not known; taken as closed"),
            say!("核实后改 access_rights；原文保留在 extra.{name}", "find out and correct access_rights; it stands under extra.{name}"),
        ));
        d.keep(name, Value::text(text));
        "closed"
    });
    if let Some(b) = before.filter(|b| *b != word) {
        out.push(odd(
            at(),
            say!(
                "`{name}` 写着 `{text}`，与前面说的开放等级不同，取较严的",
                "`{name}` says `{text}`, another level of access than before; the stricter is taken"
            ),
            say!("核实后改 access_rights", "find out and correct access_rights"),
        ));
        d.keep(name, Value::text(text));
        if rank(b) > rank(word) {
            return;
        }
    }
    d.set(&ds::ACCESS_RIGHTS, Value::text(word));
    let message = match word {
        "open" => return,
        "closed" => {
            say!("来源写着 `{name}: {text}`：不予开放，数据文件不公布", "the source says `{name}: {text}`: it is closed, and its files are not published")
        }
        _ => say!("来源写着 `{name}: {text}`：有条件开放", "the source says `{name}: {text}`: it is open on conditions"),
    };
    out.push(Diagnostic::new("IMP003", Severity::Info, message).at(at()).hint(say!("条件写在 access_conditions", "conditions stand in access_conditions")));
}

/// Names of what limits the use of data: mostly sentences of licences, some of which say that nobody outside may have them.
static CONSTRAINTS: &[&str] = &["accessconstraint", "accessconstraints", "accessrestriction", "accessrestrictions"];
/// What such a sentence says, and what says the contrary.
static KEPT: &[&str] =
    &["internal", "confidential", "not public", "non-public", "not for public", "restricted to", "staff only", "内部", "不予", "保密", "不公开", "不开放"];
static FREED: &[&str] = &["no restriction", "not confidential", "no confidential", "without", "does not contain", "not internal", "不含", "不涉及", "无保密"];

/// Whether a sentence about the use of data keeps them from others.
fn limits(name: &str, low: &str) -> bool {
    CONSTRAINTS.contains(&name) && KEPT.iter().any(|w| low.contains(w)) && !FREED.iter().any(|w| low.contains(w))
}

/// Looks at what no field of an item holds.
pub(super) fn hold(d: &mut Draft, out: &mut Vec<Diagnostic>) {
    let dataset = d.kind.record.field(ds::ACCESS_RIGHTS.key).is_some();
    let Value::Map(pairs) = &d.extra else { return };
    let mut said: Vec<(usize, String, String)> = Vec::new();
    let mut shut: Option<(String, String)> = None;
    for (i, (k, v)) in pairs.iter().enumerate() {
        let Value::Text(t) = v else {
            shut = shut.or_else(|| restricted(k, v).map(|t| (k.clone(), t)));
            continue;
        };
        let (name, t) = (plainly(k), t.trim());
        let low = t.to_lowercase();
        if NAMES.contains(&&*name) || level(t).is_some() && (OTHERS.contains(&&*name) || low.contains("/access-right/")) || PLAIN.contains(&&*low) {
            said.push((i, k.clone(), t.to_string()));
        } else if SHUT.contains(&&*low) || limits(&name, &low) {
            shut = shut.or_else(|| Some((k.clone(), t.to_string())));
        } else {
            shut = shut.or_else(|| restricted(k, v).map(|t| (k.clone(), t)));
        }
    }
    if dataset && !said.is_empty() {
        let at = d.at.clone();
        if let Value::Map(pairs) = &mut d.extra {
            said.iter().rev().for_each(|(i, ..)| drop(pairs.remove(*i)));
        }
        said.iter().for_each(|(_, k, t)| set(d, k, t, false, &|| at.clone(), out));
    } else if let Some((_, k, t)) = said.into_iter().find(|(_, _, t)| level(t).is_some_and(|l| l != "open")) {
        shut = shut.or(Some((k, t)));
    }
    if let Some((k, t)) = shut.filter(|_| !matches!(d.get(&own::DRAFT), Some(Value::Text(t)) if t == "true")) {
        d.set(&own::DRAFT, Value::text("true"));
        out.push(odd(
            d.at.clone(),
            say!("来源写着 {k}：{t}，导入为草稿", "the source says {k}: {t}; imported as a draft"),
            say!("可以公开再去掉 draft", "take draft out where it may be public"),
        ));
    }
}

/// The circle of readers that `restricted` of CKAN names: `{"level": "only_allowed_users", …}`, as data or as a text of JSON.
fn restricted(name: &str, v: &Value) -> Option<String> {
    if !matches!(&*plainly(name), "restricted" | "restrictedlevel" | "restriction" | "isrestricted") {
        return None;
    }
    let said = match v {
        Value::Text(t) if t.trim_start().starts_with('{') => {
            let read: serde_json::Value = serde_json::from_str(t).ok()?;
            read.get("level")?.as_str()?.to_string()
        }
        Value::Text(t) => t.clone(),
        Value::Map(p) => p.iter().find_map(|(k, v)| if let ("level", Value::Text(t)) = (&**k, v) { Some(t.clone()) } else { None })?,
        Value::List(_) => return None,
    };
    let open = said.trim().is_empty() || truth(&said) == Some(false) || level(&said) == Some("open");
    (!open).then_some(said)
}

/// Why a resource of a source is not for everybody: the node that says it, its name and what it says.
pub(super) fn withheld(one: &Node) -> Option<(&Node, String, String)> {
    let Kind::Map(pairs) = &one.kind else { return None };
    pairs.iter().find_map(|(k, v)| {
        let name = k.text()?;
        let t = flat(v);
        let word = plainly(name);
        let hides = match &*word {
            "state" => !t.is_empty() && t.to_lowercase() != "active",
            "private" | "deleted" | "isprivate" | "isdeleted" => !t.is_empty() && truth(&t) != Some(false),
            _ if NAMES.contains(&&*word) => level(&t).map_or_else(|| SOUNDS.iter().any(|w| t.to_lowercase().contains(w)), |l| l != "open"),
            _ if OTHERS.contains(&&*word) => level(&t).is_some_and(|l| l != "open"),
            // What a file is called or about says nothing of its readers.
            "name" | "title" | "description" | "url" | "format" | "mimetype" | "hash" | "id" => false,
            _ => {
                return restricted(name, &super::reader::value(v))
                    .map(|said| (v, name.to_string(), said))
                    .or_else(|| (!t.is_empty() && super::status::withheld(name, &t)).then(|| (v, name.to_string(), t)));
            }
        };
        hides.then(|| (v, name.to_string(), t))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_access() {
        for (text, right) in [
            ("http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC", Some("closed")),
            ("http://publications.europa.eu/resource/authority/access-right/PUBLIC", Some("open")),
            ("restricted public", Some("conditional")),
            ("不予开放类", Some("closed")),
            ("有条件开放", Some("conditional")),
            ("see the site", None),
        ] {
            assert_eq!(level(text), right, "{text}");
        }
        assert!(restricted("restricted", &Value::text("{\"level\":\"only_allowed_users\"}")).is_some());
        assert!(restricted("restricted", &Value::text("{\"level\":\"public\"}")).is_none());
        assert!(restricted("restricted", &Value::text("false")).is_none());
    }
}
