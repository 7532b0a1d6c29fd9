//! What a source says of being in force becomes no page that says the contrary: such items are imported as drafts.

use super::reader::odd;
use super::{Asked, Draft, Value};
use crate::diag::{Diagnostic, Span, say};
use crate::load::{concerns_text, validity_of};
use crate::schema::item as own;

/// The field that should say it, where a label and its value say that an item of this kind is not in force.
pub(super) fn says(d: &Draft, label: &str, value: &str, asked: &Asked<'_>) -> Option<&'static str> {
    let policy = d.kind.record.field("repealed_by").is_some();
    let field = validity_of(label, value).filter(|f| concerns_text(f, value, policy))?;
    // The day on which it ended says it all, where it does not lie ahead.
    let today = asked.config.as_of.as_ref().map(|m| m.date.to_string());
    let ended = if let Some(Value::Text(t)) = d.get(&own::EXPIRES_ON) { t.get(..10).is_some_and(|e| today.is_none_or(|t| e < &*t)) } else { false };
    (!ended || matches!(field, "effective_from" | "amended_by")).then_some(field)
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
    if matches!(d.get(&own::DRAFT), Some(Value::Text(t)) if t == "true") {
        return;
    }
    let Some((label, value, field)) = found(d, &d.extra, asked, 3) else { return };
    let at = d.at.clone();
    keep(d, &label, &value, field, at, out);
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
