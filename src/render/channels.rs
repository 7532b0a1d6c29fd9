//! How opinions on a draft are sent: by mail, telephone, form or letter.

use super::Ctx;
use super::pages::FactView;
use crate::model::{Item, Value, Values};
use crate::types::consultation;

/// How opinions on an item are sent: name of the way, address or number.
pub(in crate::render) fn ways(ctx: &Ctx<'_>, lang: usize, item: &Item) -> Vec<(String, String)> {
    item.consultation().map_or(Vec::new(), |c| channels(ctx, lang, &c.values).into_iter().map(|f| (f.label, f.value)).collect())
}

/// The same as facts of a page.
pub(in crate::render) fn channels(ctx: &Ctx<'_>, lang: usize, values: &Values) -> Vec<FactView> {
    let Some(Value::Table(ways)) = values.get(&consultation::CHANNELS) else { return Vec::new() };
    let one = |(field, value): (&'static crate::schema::Field, &Value)| {
        let label = ctx.say(lang, &format!("field.{}.{}", consultation::channels::RECORD.id, field.key));
        let (value, url) = match value {
            Value::Text(t) if std::ptr::eq(field, &consultation::channels::MAIL) => {
                (t.clone(), Some(format!("mailto:{}", crate::route::encode(t).replace("%40", "@"))))
            }
            Value::Text(t) => {
                let figures: String = t.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                (t.clone(), (figures.len() > 2).then(|| format!("tel:{figures}")))
            }
            Value::Web(u) => (u.clone(), Some(u.strip_prefix('/').map_or(u.clone(), |path| format!("{}{path}", ctx.routes.base_path())))),
            Value::Said(t) => (t.get(lang).to_string(), None),
            _ => return None,
        };
        Some(FactView { label, value, url })
    };
    ways.iter().filter_map(one).collect()
}
