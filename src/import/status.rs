//! What a source says of being in force becomes no page that says the contrary: such items are imported as drafts.

use super::reader::odd;
use super::{Asked, Draft, Value};
use crate::diag::{Diagnostic, Span, say};
use crate::load::{concerns_text, line_holds, validity_of};
use crate::schema::item as own;

/// Stands between two elements that meet in a line without a blank: `<label>发布日期</label><span>2024-05-06</span>`.
pub(super) const BORDER: char = '\u{1f}';

/// Blanks, and signs that nobody sees.
pub(super) fn blank(c: char) -> bool {
    c.is_whitespace() && c != BORDER || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// A text without its blanks.
pub(super) fn tight(text: &str) -> String {
    text.chars().filter(|c| !blank(*c) && *c != BORDER).collect()
}

/// The field that should say it, where a label and its value say that an item of this kind is not in force.
pub(super) fn says(d: &Draft, label: &str, value: &str, asked: &Asked<'_>) -> Option<&'static str> {
    let policy = d.kind.record.field("repealed_by").is_some();
    let field = validity_of(label, value).filter(|f| concerns_text(f, value, policy))?;
    // The day on which it ended says it all, where it does not lie ahead.
    let today = asked.config.as_of.as_ref().map(|m| m.date.to_string());
    let ended = if let Some(Value::Text(t)) = d.get(&own::EXPIRES_ON) { t.get(..10).is_some_and(|e| today.is_none_or(|t| e < &*t)) } else { false };
    (!ended || matches!(field, "effective_from" | "amended_by")).then_some(field)
}

/// Whether a label and its value say that the item is not for everybody: 公开方式：不予公开, 密级：秘密, 状态：草稿.
pub(super) fn withheld(label: &str, value: &str) -> bool {
    let (label, value) = (tight(label), tight(value));
    let shut = ["不予公开", "不公开", "依申请公开", "暂不公开", "免予公开", "不宜公开", "部分公开", "限内部", "内部公开", "仅限内部", "不予開放"];
    let of_disclosure = label.contains("公开") && !matches!(&*label, "公开时限" | "公开程序" | "公开依据" | "公开载体" | "公开时间" | "公开日期" | "公开机构");
    // `rights: none` says that there are none.
    let nothing = matches!(&*value.to_lowercase(), "none" | "no" | "never" | "n/a")
        && matches!(
            &*label.to_lowercase(),
            "rights"
                | "scope"
                | "distribution"
                | "groups"
                | "roles"
                | "role"
                | "audience"
                | "permissions"
                | "permission"
                | "acl"
                | "accessconditions"
                | "accesscondition"
        );
    if nothing {
        return false;
    }
    of_disclosure && shut.iter().any(|w| value.starts_with(w)) || line_holds(&label, &value)
}

/// Whether a label and its value say that an item is not in force, or not for everybody.
pub(super) fn matters(label: &str, value: &str) -> bool {
    value.chars().count() <= 60 && !value.trim().is_empty() && (withheld(label, value) || validity_of(&tight(label), &tight(value)).is_some())
}

/// Makes a draft of what the source keeps from the public, and tells it.
pub(super) fn shut(d: &mut Draft, label: &str, value: &str, at: Span, out: &mut Vec<Diagnostic>) {
    d.set(&own::DRAFT, Value::text("true"));
    let value: String = value.chars().take(40).collect();
    out.push(odd(
        at,
        say!("来源写着 {label}：{value}，导入为草稿", "the source says {label}: {value}; imported as a draft"),
        say!("可以公开再去掉 draft；否则把文件移出内容目录", "take draft out where it may be public; otherwise move the file out of the content folder"),
    ));
}

/// Words alone beside a text that say that it is not in force.
pub(super) fn stamped(text: &str) -> bool {
    matches!(text, "失效" | "已失效" | "废止" | "已废止" | "已作废" | "作废" | "已被废止" | "已停止执行" | "尚未生效" | "已修改" | "廢止" | "已廢止")
        || ["此件", "该文件", "本文件", "此文件", "该件", "该文", "本文"].iter().any(|w| {
            text.strip_prefix(w)
                .is_some_and(|r| matches!(r.trim_end_matches(['。', '！']), "已失效" | "已废止" | "已作废" | "已被废止" | "已停止执行" | "失效" | "废止"))
        })
}

/// A draft of what such words stand beside.
pub(super) fn stamp(d: &mut Draft, word: &str, at: Span, out: &mut Vec<Diagnostic>) {
    if matches!(d.get(&own::DRAFT), Some(Value::Text(t)) if t == "true") || d.kind.record.field("repealed_by").is_none() {
        return;
    }
    d.set(&own::DRAFT, Value::text("true"));
    let word: String = word.chars().take(40).collect();
    out.push(odd(
        at,
        say!("网页上标着“{word}”，本站的效力由日期和关系算出，导入为草稿", "the page is marked “{word}”; validity is computed from days and relations here, so it is imported as a draft"),
        say!(
            "写 `repealed_by`（废止它的文件）或 `expires_on`（失效的日子），再去掉 draft；标记说的不是它就去掉 draft",
            "write `repealed_by` (what repealed it) or `expires_on` (the day on which it ended), then take draft out; take it out where the mark means something else"
        ),
    ));
}

/// What a title says of being in force, in brackets at its beginning or end: （已废止）, 【失效】.
pub(super) fn title_says(title: &str) -> Option<String> {
    let t = title.trim();
    let pairs = [('（', '）'), ('(', ')'), ('【', '】'), ('[', ']'), ('［', '］'), ('〔', '〕')];
    pairs.iter().find_map(|(open, close)| {
        let first = t.strip_prefix(*open).and_then(|r| r.split_once(*close)).map(|(w, _)| w);
        let last = t.strip_suffix(*close).and_then(|r| r.rsplit_once(*open)).map(|(_, w)| w);
        [first, last].into_iter().flatten().map(tight).find(|w| stamped(w) && w != "已修改")
    })
}

/// Makes a draft of what is not in force, and tells it.
pub(super) fn keep(d: &mut Draft, label: &str, value: &str, field: &str, at: Span, out: &mut Vec<Diagnostic>) {
    d.set(&own::DRAFT, Value::text("true"));
    let value: String = value.chars().take(40).collect();
    let hint = match field {
        "effective_from" => {
            say!("写 `effective_from`（施行的日子），再去掉 draft", "write `effective_from` (the day on which it takes effect), then take draft out")
        }
        "amended_by" => say!(
            "写 `amended_by`（修改它的文件）或 `replaced_by`（新文本），再去掉 draft",
            "write `amended_by` (what amended it) or `replaced_by` (its new text), then take draft out"
        ),
        "expires_on" => say!("写 `expires_on`（失效的日子），再去掉 draft", "write `expires_on` (the day on which it ends), then take draft out"),
        _ => say!(
            "写 `repealed_by`（废止它的文件）或 `expires_on`（失效的日子），再去掉 draft",
            "write `repealed_by` (what repealed it) or `expires_on` (the day on which it ended), then take draft out"
        ),
    };
    out.push(odd(
        at,
        say!(
            "来源写着 {label}：{value}，本站的效力由日期和关系算出，导入为草稿",
            "the source says {label}: {value}; validity is computed from days and relations here, so it is imported as a draft"
        ),
        hint,
    ));
}

/// Looks at what no field of an item holds.
pub(super) fn hold(d: &mut Draft, asked: &Asked<'_>, out: &mut Vec<Diagnostic>) {
    titled(d, out);
    if matches!(d.get(&own::DRAFT), Some(Value::Text(t)) if t == "true") {
        return;
    }
    let at = d.at.clone();
    if let Some((label, value, field)) = found(d, &d.extra, asked, 3) {
        return keep(d, &label, &value, field, at, out);
    }
    if let Some((label, value)) = closed(&d.extra) {
        shut(d, &label, &value, at, out);
    }
}

/// An item without a title, or with what programs write in its place, is kept as a draft under what else it is known by.
fn titled(d: &mut Draft, out: &mut Vec<Diagnostic>) {
    let said = match d.get(&own::TITLE) {
        Some(Value::Text(t)) => t.trim().to_string(),
        Some(_) => return,
        None => String::new(),
    };
    let none = matches!(
        &*said.to_lowercase(),
        "" | "undefined" | "null" | "none" | "nan" | "nil" | "n/a" | "#n/a" | "#ref!" | "#value!" | "#name?" | "[object object]" | "-" | "--" | "无"
    );
    if !none {
        return;
    }
    let name = [d.key.trim(), d.name.trim()].into_iter().find(|n| !n.is_empty()).unwrap_or(d.kind.id).to_string();
    d.set(&own::TITLE, Value::text(name.clone()));
    d.set(&own::DRAFT, Value::text("true"));
    out.push(odd(
        d.at.clone(),
        if said.is_empty() {
            say!("没有标题，用了 `{name}`，导入为草稿", "there is no title; `{name}` stands in for it, and it is imported as a draft")
        } else {
            say!(
                "标题写着 `{said}`，不像标题，用了 `{name}`，导入为草稿",
                "the title says `{said}`, which is none; `{name}` stands in for it, and it is imported as a draft"
            )
        },
        say!("写上 title，再去掉 draft", "write title, then take draft out"),
    ));
}

/// A state, a level or a circle of readers under `extra` that keeps an item from the public: `状态: 待审`, `params: {private: true}`.
fn closed(v: &Value) -> Option<(String, String)> {
    let Value::Map(pairs) = v else { return None };
    let text = |v: &Value| if let Value::Text(t) = v { Some(t.trim().to_string()) } else { None };
    pairs.iter().find_map(|(k, v)| match v {
        Value::Text(t) => withheld(k, t).then(|| (k.clone(), t.clone())),
        Value::Map(inner) if matches!(k.as_str(), "params" | "extra" | "extras" | "meta" | "metadata" | "publishing" | "workflow") => {
            inner.iter().find_map(|(k, v)| text(v).filter(|t| withheld(k, t)).map(|t| (k.clone(), t)))
        }
        _ => None,
    })
}

fn found(d: &Draft, v: &Value, asked: &Asked<'_>, deep: usize) -> Option<(String, String, &'static str)> {
    let text = |v: &Value| -> String {
        match v {
            Value::Text(t) => t.trim().to_string(),
            Value::List(all) => all.iter().filter_map(|v| if let Value::Text(t) = v { Some(t.trim()) } else { None }).collect::<Vec<_>>().join("、"),
            Value::Map(_) => String::new(),
        }
    };
    match v {
        Value::Map(pairs) => {
            // `{key: …, value: …}` is a pair of its own.
            let of = |names: &[&str]| pairs.iter().find(|(k, _)| names.contains(&k.as_str())).map(|(_, v)| text(v));
            let named = of(&["key", "name"]).zip(of(&["value"])).and_then(|(k, v)| says(d, &k, &v, asked).map(|f| (k, v, f)));
            named.or_else(|| {
                pairs.iter().find_map(|(k, v)| {
                    let t = text(v);
                    says(d, k, &t, asked).map(|f| (k.clone(), t, f)).or_else(|| if deep > 0 { found(d, v, asked, deep - 1) } else { None })
                })
            })
        }
        Value::List(all) if deep > 0 => all.iter().filter(|v| matches!(v, Value::Map(_))).find_map(|v| found(d, v, asked, deep - 1)),
        _ => None,
    }
}
