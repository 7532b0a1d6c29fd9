//! Two versions of a policy, clause by clause.

use crate::derive::compare::{Kind, Mark, Row, State, Unit, besides, compare, counts};
use crate::load::blocks::calmly;
use crate::model::{Edition, Item};
use crate::output::MakeResult;
use crate::render::escape::escape_into;
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker, misrouted, pages};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// `policies/NEW/compare/OLD/`
pub static PAGE: Maker = Maker { name: "compare", plan, make, cost: 12 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (i, (olds, _)) in site.derived.compared.iter().enumerate() {
        for o in olds {
            let (new, old) = (&site.public.items[i], &site.public.items[*o as usize]);
            let path = pages::item_path(old);
            let path = format!("{}compare/{}", pages::item_path(new), path.strip_prefix("policies/").unwrap_or(&path));
            for e in &new.editions {
                if texts(new, old, e.lang).is_some() {
                    p.page(e.lang, &path, Target::Compare(i as u32, *o), true, false);
                }
            }
        }
    }
}

/// The texts of both in a language.
fn texts<'i>(new: &'i Item, old: &'i Item, lang: usize) -> Option<(&'i Edition, &'i Edition)> {
    let of = |i: &'i Item| i.edition(lang).filter(|e| !e.doc.body().trim().is_empty());
    Some((of(new)?, of(old)?))
}

/// A link to a comparison: the other version by its title and day, and the page.
#[derive(Serialize)]
pub struct CompareLink {
    title: String,
    date: String,
    url: String,
}

/// The comparisons of a policy with its earlier versions, and of later versions with it.
pub fn links(ctx: &Ctx<'_>, lang: usize, i: u32) -> (Vec<CompareLink>, Vec<CompareLink>) {
    let link = |new: u32, old: u32, other: u32| {
        let item = &ctx.public.items[other as usize];
        let url = ctx.routes.get(lang, &Target::Compare(new, old))?.url.clone();
        Some(CompareLink { title: item.best(lang).title.clone(), date: item.day().map_or(String::new(), |d| ctx.date(lang, d)), url })
    };
    let (earlier, later) = &ctx.derived.compared[i as usize];
    (earlier.iter().filter_map(|o| link(i, *o, *o)).collect(), later.iter().filter_map(|n| link(*n, i, *n)).collect())
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    old: VersionView,
    new: VersionView,
    lists: Vec<ListView>,
    /// What changed outside the articles, which the figures leave out.
    besides: String,
    rows: Vec<RowView>,
}

/// A version: its page, its day, whose it is.
#[derive(Serialize)]
struct VersionView {
    title: String,
    url: String,
    date: String,
}

/// What came to one state.
#[derive(Serialize)]
struct ListView {
    state: &'static str,
    title: String,
    count: usize,
    /// The units, but for those that are the same.
    units: Vec<LinkView>,
}

#[derive(Serialize)]
struct RowView {
    /// Level of its heading; 0 for a paragraph, which has none.
    level: u8,
    /// A heading of the texts.
    heading: bool,
    id: String,
    state: &'static str,
    state_text: String,
    /// Said where a changed one stands elsewhere, too.
    moved: bool,
    old: Option<SideView>,
    new: Option<SideView>,
    /// Both sides have one text, and it is told once.
    once: bool,
}

#[derive(Serialize)]
struct SideView {
    label: String,
    url: String,
    id: String,
    html: String,
}

/// The paragraphs at the head of a text among which its title may stand again.
const LEAD: usize = 8;

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Compare(n, o) = entry.target else { return misrouted(entry) };
    let lang = entry.lang;
    let (new, old) = (&ctx.public.items[n as usize], &ctx.public.items[o as usize]);
    let Some((new_text, old_text)) = texts(new, old, lang) else { return misrouted(entry) };
    let read = |e: &Edition| {
        let mut blocks = calmly(e.doc.body(), e.doc.outline.calm, ctx.config.allow_html);
        // A text that begins with its own title says nothing that the other does not.
        let mut place = 0;
        blocks.retain(|b| {
            place += 1;
            place > LEAD || b.level.is_some() || !crate::derive::compare::same_words(&b.text, &e.title)
        });
        blocks
    };
    let rows = compare(&read(old_text), &read(new_text));
    let m = &ctx.theme.messages[lang];
    let page = |i: u32, item: &Item| ctx.routes.item(lang, i, item).map_or(String::new(), |e| e.url.clone());
    let version = |i: u32, item: &Item, e: &Edition| VersionView {
        title: e.title.clone(),
        url: page(i, item),
        date: item.day().map_or(String::new(), |d| ctx.date(lang, d)),
    };
    let (old_view, new_view) = (version(o, old, old_text), version(n, new, new_text));
    let mut crumbs = ctx.crumbs(lang, new.column);
    crumbs.push(LinkView { title: new_text.title.clone(), url: new_view.url.clone() });
    let heading = m.get("compare.heading", &[("title", &new_text.title)]).unwrap_or_default();
    let mut head = ctx.head(entry, &heading, crumbs);
    head.describe(m.get("compare.about", &[("new", &new_text.title), ("old", &old_text.title), ("date", &old_view.date)]).unwrap_or_default());
    let words = (m.say("compare.removed.mark"), m.say("compare.added.mark"));
    let mut below = false;
    let views: Vec<RowView> = rows
        .iter()
        .enumerate()
        .map(|(i, r)| {
            let side = |u: &Option<Unit>, of: &VersionView, keep: Mark, prefix: &str| {
                let unit = u.as_ref()?;
                let anchor = unit.anchor.as_deref().filter(|_| unit.kind != Kind::Paragraph);
                Some(SideView {
                    label: if unit.label.is_empty() { String::new() } else { unit.label.clone() },
                    url: anchor.map_or(String::new(), |a| format!("{}#{}", of.url, crate::route::encode(a))),
                    id: anchor.filter(|_| unit.kind == Kind::Article).map_or(String::new(), |a| format!("{prefix}{a}")),
                    html: html(r, unit, keep, &words),
                })
            };
            let (old, new) = (side(&r.old, &old_view, Mark::Removed, "old-"), side(&r.new, &new_view, Mark::Added, ""));
            let heading = r.kind() == Kind::Heading;
            below |= heading;
            let id = new.as_ref().map(|n| n.id.clone()).filter(|id| !id.is_empty()).unwrap_or_else(|| format!("row-{}", i + 1));
            RowView {
                level: if heading || r.kind() == Kind::Article && !below {
                    2
                } else if r.kind() == Kind::Article {
                    3
                } else {
                    0
                },
                heading,
                id,
                state: r.state.code(),
                state_text: m.say(&format!("compare.{}", r.state.code())),
                moved: r.moved && r.state == State::Changed,
                once: old.is_some() && new.is_some() && r.marks.is_empty(),
                old,
                new,
            }
        })
        .collect();
    let lists = State::ALL.into_iter().zip(counts(&rows)).filter(|(_, n)| *n > 0).map(|(state, count)| ListView {
        state: state.code(),
        title: m.say(&format!("compare.{}", state.code())),
        count,
        units: rows
            .iter()
            .zip(&views)
            .filter(|(r, _)| r.state == state && state != State::Same && r.kind() == Kind::Article)
            .map(|(r, v)| unit_link(r, v))
            .collect(),
    });
    let lists = lists.collect();
    let besides = match besides(&rows) {
        0 => String::new(),
        n => m.count("compare.besides", n),
    };
    ctx.render(entry, "pages/compare.html", &View { head, old: old_view, new: new_view, lists, besides, rows: views })
}

fn unit_link(row: &Row, view: &RowView) -> LinkView {
    let label = row.new.as_ref().or(row.old.as_ref()).map_or(String::new(), |u| u.label.clone());
    LinkView { title: label, url: format!("#{}", view.id) }
}

/// The text of one side: what the other lacks is marked, with words for those who hear it.
fn html(row: &Row, unit: &Unit, keep: Mark, words: &(String, String)) -> String {
    let mut out = String::with_capacity(unit.text.len() * 5 / 4);
    if row.marks.is_empty() {
        lines(&mut out, &unit.text);
        return out;
    }
    for (mark, text) in &row.marks {
        match mark {
            Mark::Same => lines(&mut out, text),
            m if *m == keep => {
                let (tag, word) = if keep == Mark::Removed { ("del", &words.0) } else { ("ins", &words.1) };
                out.push_str(&format!("<{tag}><span class=\"hidden\">{word}</span>"));
                lines(&mut out, text);
                out.push_str(&format!("</{tag}>"));
            }
            _ => {}
        }
    }
    out
}

fn lines(out: &mut String, text: &str) {
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push_str("<br>\n");
        }
        escape_into(out, line);
    }
}
