//! Documents of the index that lead to a part of the site rather than to an item: its columns, its themes, the channels that lead out of it.
//! Who types the name of a column or the number of a hotline wants that place, not a text in which the words stand.

use super::{Input, SearchDoc, Source, bare};
use crate::config::Localized;
use crate::model::{Item, disclosure};
use crate::route::{Entry, Target};

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
        let target = Target::Column(i as u32, 0);
        // A column that is named in this language and has no page in it leads to its page in the first one that has it.
        let Some(page) = routes.get(lang, &target).or_else(|| elsewhere(input, lang, &column.title, &target)) else { continue };
        let title = if column.title.is_empty() { m.say(&format!("type.{}", column.path)) } else { column.title.get(lang).to_string() };
        let lead = column.description.get(lang).to_string();
        out.push(SearchDoc { lead, asked: column.keywords.clone(), ..bare(page.url.clone(), PAGE, title, Source::Column(i as u32)) });
    }
    // Of the first language the texts themselves have the words of their themes.
    if lang > 0 && public.languages[lang].from.is_none() {
        for (i, theme) in public.themes.iter().enumerate() {
            let target = Target::Theme(i as u32, 0);
            let Some(name) = own(&theme.label, lang) else { continue };
            let Some(page) = routes.get(lang, &target).or_else(|| elsewhere(input, lang, &theme.label, &target)) else { continue };
            out.push(bare(page.url.clone(), PAGE, name.to_string(), Source::Theme(i as u32)));
        }
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

/// What a name is in just this language.
fn own(name: &Localized, lang: usize) -> Option<&str> {
    name.0.iter().find(|(l, t)| *l == Some(lang) && !t.is_empty()).map(|(_, t)| &**t)
}

/// The page of a place in the first language that has it, where the place is named in this one.
fn elsewhere<'a>(input: &Input<'a>, lang: usize, name: &Localized, target: &Target) -> Option<&'a Entry> {
    own(name, lang)?;
    (0..input.public.languages.len()).find_map(|l| input.routes.get(l, target))
}

/// What the links of the home page call an item in a language in which it has no text: who reads that name looks for it.
pub(super) fn names(input: &Input<'_>, lang: usize, item: &Item, text: usize) -> Vec<String> {
    if text == lang {
        return Vec::new();
    }
    let links = input.config.home.iter().flat_map(|b| &b.links);
    let of = links.filter(|l| l.url.trim_start_matches('/').trim_end_matches(".md") == &*item.id);
    of.filter_map(|l| own(&l.title, lang)).map(String::from).collect()
}
