//! Documents of the index that lead to a part of the site rather than to an item: its columns, and the channels that lead out of it.
//! Who types the name of a column or the number of a hotline wants that place, not a text in which the words stand.

use super::{Input, SearchDoc, Source, bare};
use crate::model::disclosure;
use crate::route::Target;

/// Number of the type "page" among [`super::kinds`].
const PAGE: usize = 5;

/// The columns that have a page, then the channels of `contact:`.
pub(super) fn documents(input: &Input<'_>, lang: usize) -> Vec<SearchDoc> {
    let (public, routes, m) = (input.public, input.routes, &input.theme.messages[lang]);
    let mut out = Vec::new();
    for (i, column) in public.columns.iter().enumerate() {
        // Pages of disclosure are documents of their own.
        if column.path.split('/').next() == Some(disclosure::FOLDER) {
            continue;
        }
        let Some(page) = routes.get(lang, &Target::Column(i as u32, 0)) else { continue };
        let title = if column.title.is_empty() { m.say(&format!("type.{}", column.path)) } else { column.title.get(lang).to_string() };
        let lead = column.description.get(lang).to_string();
        out.push(SearchDoc { lead, asked: column.keywords.clone(), ..bare(page.url.clone(), PAGE, title, Source::Column(i as u32)) });
    }
    if let Some(page) = routes.get(lang, &Target::Channels) {
        for (i, c) in input.config.channels.iter().enumerate() {
            let name = m.say(&format!("channels.{}", c.key));
            let title = if c.shown.is_empty() { name } else { format!("{name} {}", c.shown) };
            // What people call it: apart by strokes in the message.
            let asked = m.say(&format!("channels.{}.words", c.key)).split(" / ").map(String::from).collect();
            let lead = m.say(&format!("channels.{}.cannot", c.key));
            out.push(SearchDoc { lead, asked, ..bare(format!("{}#{}", page.url, c.key), PAGE, title, Source::Channel(i as u32)) });
        }
    }
    out
}
