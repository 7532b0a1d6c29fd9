//! Blocks of the home page and of topics, as finished values.

use super::Ctx;
use super::pages::column;
use super::view::LinkView;
use crate::config::{Block, BlockKind};
use crate::model::disclosure::is_rules;
use crate::route::Target;
use crate::types;
use jiff::civil::Date;
use serde::Serialize;

/// One block, ready for a template.
#[derive(Debug, Default, Serialize)]
pub struct BlockView {
    /// Word of its kind: `text`, `list`, `story` …
    pub kind: &'static str,
    /// Anchor and id of its heading.
    pub id: String,
    /// Heading; may be empty for a text.
    pub title: String,
    /// Address behind the heading.
    pub url: String,
    /// Where one who runs no script goes in place of a search.
    pub off: String,
    /// Text above the rest, as HTML.
    pub html: String,
    /// How many there are, where not all are shown.
    pub count: String,
    /// Cards of items, as HTML.
    pub cards: String,
    /// Links.
    pub links: Vec<LinkView>,
    /// Links with a sentence or a pictogram.
    pub tiles: Vec<TileView>,
    /// Questions that a search form offers.
    pub examples: Vec<LinkView>,
    /// A chart.
    pub chart: Option<super::chart::ChartView>,
    /// Days that come: day, what happens.
    pub days: Vec<DayView>,
    /// The calendar of the site; empty without one.
    pub ics: String,
    /// Steps of a life.
    pub steps: Vec<super::life::StepView>,
    /// Numbers with a label.
    pub numbers: Vec<NumberView>,
}

/// A link with a sentence and a pictogram.
#[derive(Debug, Serialize)]
pub struct TileView {
    /// What is shown.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// A sentence; may be empty.
    pub note: String,
    /// Name of a pictogram; may be empty.
    pub icon: &'static str,
    /// Language of what it leads to, where that is another than the page's: tag, name.
    pub other_lang: Option<(String, String)>,
}

/// A day that comes.
#[derive(Debug, Serialize)]
pub struct DayView {
    /// The day.
    pub date: String,
    /// For machines.
    pub iso: String,
    /// What happens on it.
    pub title: String,
    /// The page of the item.
    pub url: String,
}

/// A number and what it counts.
#[derive(Debug, Serialize)]
pub struct NumberView {
    /// The number as text.
    pub value: String,
    /// What it counts.
    pub label: String,
    /// Where the things counted are listed; may be empty.
    pub url: String,
}

/// The blocks of a page. `text` renders Markdown with a prefix for its anchors.
pub fn views(ctx: &Ctx<'_>, lang: usize, blocks: &[Block], text: &dyn Fn(&str, &str) -> String) -> Vec<BlockView> {
    let mut out = Vec::new();
    // What a list of the page shows, the list of what is new does not show again.
    let mut shown: Vec<u32> = Vec::new();
    for (n, b) in blocks.iter().enumerate() {
        let id = format!("b{}", n + 1);
        let mut view = BlockView { id: id.clone(), title: b.title.get(lang).to_string(), ..BlockView::default() };
        if !b.text.is_empty() {
            view.html = text(&format!("{id}-"), b.text.get(lang));
        }
        match b.kind {
            BlockKind::Columns => out.extend(columns(ctx, lang, b.limit, &id)),
            _ => out.extend(fill(ctx, lang, b, view, &mut shown)),
        }
    }
    out
}

/// A block's content; `None` where there is nothing to show.
fn fill(ctx: &Ctx<'_>, lang: usize, b: &Block, mut v: BlockView, shown: &mut Vec<u32>) -> Option<BlockView> {
    let m = &ctx.theme.messages[lang];
    let named = |v: &mut BlockView, key: &str| {
        if v.title.is_empty() {
            v.title = m.say(key);
        }
    };
    match b.kind {
        BlockKind::Search => {
            v.kind = "search";
            v.url = ctx.routes.get(lang, &Target::Search)?.url.clone();
            v.off = ctx.url(lang, &Target::SiteMap).to_string();
            let ask = |e: &crate::config::Localized| e.get(lang).to_string();
            let link = |q: String| LinkView { url: format!("{}?q={}", v.url, crate::route::encode(&q)), title: q };
            v.examples = b.examples.iter().map(ask).filter(|q| !q.is_empty()).map(link).collect();
            return Some(v);
        }
        BlockKind::Text => v.kind = "text",
        BlockKind::Columns => {}
        BlockKind::List => {
            v.kind = "list";
            let list = select(ctx, b);
            if v.title.is_empty() {
                v.title = if b.of.is_empty() { m.say("changes.title") } else { m.say(&format!("type.{}", b.of)) };
            }
            v.url = more(ctx, lang, b).unwrap_or_default();
            if list.len() > b.limit {
                v.count = m.count("list.count", list.len());
            }
            let list = &list[..list.len().min(b.limit)];
            v.cards = ctx.links(lang, list);
            shown.extend(list);
        }
        BlockKind::Items => {
            v.kind = "items";
            let list: Vec<u32> = b.items.iter().filter_map(|id| ctx.derived.by_id.get(id.as_str()).copied()).collect();
            v.cards = ctx.links(lang, &list);
            shown.extend(list);
        }
        BlockKind::Links => {
            v.kind = "links";
            let plain = b.links.iter().all(|l| l.icon.is_none() && l.note.is_empty() && other(ctx, lang, &l.url).is_none());
            let tile = |l: &crate::config::BlockLink| TileView {
                other_lang: other(ctx, lang, &l.url),
                title: l.title.get(lang).to_string(),
                url: address(ctx, lang, &l.url),
                note: l.note.get(lang).to_string(),
                icon: l.icon.unwrap_or(""),
            };
            let all = b.links.iter().map(tile);
            if plain {
                v.links = all.map(|t| LinkView { title: t.title, url: t.url }).collect();
            } else {
                v.tiles = all.collect();
            }
        }
        BlockKind::Topics => {
            v.kind = "topics";
            named(&mut v, "type.topics");
            let list = ctx.derived.list(types::TOPIC);
            v.cards = ctx.links(lang, &list[..list.len().min(b.limit)]);
        }
        BlockKind::Themes => {
            v.kind = "chips";
            named(&mut v, "nav.themes");
            let tops = ctx.public.themes.iter().enumerate().filter(|(_, t)| t.parent.is_none());
            v.links = tops.filter_map(|(i, t)| link(ctx, lang, t.label.get(lang), Target::Theme(i as u32, 0))).collect();
        }
        BlockKind::Departments => {
            v.kind = "chips";
            named(&mut v, "nav.departments");
            let all = ctx.public.departments.iter().enumerate();
            v.links = all.filter_map(|(i, d)| link(ctx, lang, d.name.get(lang), Target::Department(i as u32, 0))).collect();
        }
        BlockKind::Changes => {
            v.kind = "list";
            named(&mut v, "changes.title");
            v.url = ctx.url(lang, &Target::Changes).to_string();
            let mut list: Vec<u32> = Vec::new();
            // Plain pages and topics are no news.
            let news = |i: u32| Some(&ctx.public.items[i as usize]).is_some_and(|item| !item.kind.root && item.kind != types::TOPIC && !is_rules(&item.id));
            for e in ctx.derived.events.iter().filter(|e| news(e.item) && !shown.contains(&e.item)) {
                if !list.contains(&e.item) {
                    list.push(e.item);
                }
                if list.len() == b.limit {
                    break;
                }
            }
            v.cards = ctx.links(lang, &list);
        }
        BlockKind::Chart => {
            v.kind = "chart";
            let dataset = b.items.first().and_then(|id| ctx.derived.by_id.get(id.as_str()).copied())?;
            let plots = &ctx.derived.plots[dataset as usize];
            let n = b.chart.as_ref().map_or(Some(0), |name| plots.iter().position(|p| p.name == *name))?;
            v.chart = super::chart::chart(ctx, lang, dataset, n as u32);
            v.url = ctx.routes.item(lang, dataset, &ctx.public.items[dataset as usize]).map_or(String::new(), |e| e.url.clone());
            if v.title.is_empty() {
                v.title = v.chart.as_ref().map_or(String::new(), |c| c.title.clone());
            }
        }
        BlockKind::Consultations => {
            v.kind = "list";
            named(&mut v, "consult.now");
            let open = |i: &&u32| ctx.public.items[**i as usize].consultation().and_then(|c| c.stage(ctx.public.as_of)) == Some(crate::model::Stage::Open);
            let list: Vec<u32> = ctx.derived.list(types::CONSULTATION).iter().filter(open).take(b.limit).copied().collect();
            v.cards = ctx.links(lang, &list);
            let column = ctx.public.columns.iter().position(|c| c.path == types::CONSULTATION.folder);
            v.url = column.map_or(String::new(), |c| ctx.url(lang, &Target::Column(c as u32, 0)).to_string());
        }
        BlockKind::Soon => {
            v.kind = "soon";
            named(&mut v, "soon.title");
            v.days = super::exports::ics::coming(ctx, lang, b.limit)
                .into_iter()
                .map(|(day, title, url)| DayView { date: ctx.date(lang, day), iso: day.to_string(), title, url })
                .collect();
            v.ics = super::exports::ics::link(ctx, lang, None).unwrap_or_default();
        }
        BlockKind::Scorecards => {
            v.kind = "scorecards";
            named(&mut v, "scorecards.title");
            let scores = ctx.scores?;
            v.url = ctx.routes.get(lang, &Target::Scorecard(crate::route::ScoreFile::List))?.url.clone();
            let number = |(value, link): (String, LinkView)| NumberView { value, label: link.title, url: link.url };
            v.numbers = super::pages::scorecards::totals(ctx, lang, scores).into_iter().map(number).collect();
        }
        BlockKind::Story => {
            v.kind = "story";
            named(&mut v, "story.title");
            let policy = b.items.first().and_then(|id| ctx.derived.by_id.get(id.as_str()).copied())?;
            (v.steps, v.numbers) = story(ctx, lang, policy);
            let item = &ctx.public.items[policy as usize];
            v.url = ctx.routes.item(lang, policy, item).map_or(String::new(), |e| e.url.clone());
        }
        BlockKind::Findings => {
            v.kind = "findings";
            named(&mut v, "findings.title");
            // Rules and places are the editors'.
            let mut html = String::from("<p>");
            super::escape::escape_into(&mut html, &super::pages::checks::open(ctx, lang));
            v.html.push_str(&html);
            v.html.push_str("</p>");
            v.links = link(ctx, lang, &m.say("checks.title"), Target::Checks).into_iter().collect();
        }
        BlockKind::Numbers => {
            v.kind = "numbers";
            named(&mut v, "numbers.title");
            v.numbers = numbers(ctx, lang);
        }
    }
    let empty = v.html.is_empty() && v.cards.is_empty() && v.links.is_empty() && v.steps.is_empty() && v.numbers.is_empty();
    let empty = empty && v.tiles.is_empty() && v.chart.is_none() && v.days.is_empty();
    (!empty).then_some(v)
}

/// An address written in a block: a content path means its page.
fn address(ctx: &Ctx<'_>, lang: usize, url: &str) -> String {
    let path = url.trim_start_matches('/').trim_end_matches(".md");
    match ctx.derived.by_id.get(path) {
        Some(i) => ctx.routes.item(lang, *i, &ctx.public.items[*i as usize]).map_or(url.to_string(), |e| e.url.clone()),
        None if url.starts_with('/') => format!("{}{}", ctx.routes.base_path(), &url[1..]),
        None => url.to_string(),
    }
}

/// The language of the item that an address written in a block means, where it has no text in that of the page: tag, and name in it.
fn other(ctx: &Ctx<'_>, lang: usize, url: &str) -> Option<(String, String)> {
    let i = ctx.derived.by_id.get(url.trim_start_matches('/').trim_end_matches(".md"))?;
    let of = ctx.routes.item(lang, *i, &ctx.public.items[*i as usize])?.lang;
    (of != lang).then(|| (ctx.public.languages[of].tag.clone(), ctx.say(of, "language.name")))
}

fn link(ctx: &Ctx<'_>, lang: usize, title: &str, target: Target) -> Option<LinkView> {
    ctx.routes.get(lang, &target).map(|e| LinkView { title: title.to_string(), url: e.url.clone() })
}

/// The columns of the navigation, each a list.
fn columns(ctx: &Ctx<'_>, lang: usize, limit: usize, id: &str) -> Vec<BlockView> {
    let m = &ctx.theme.messages[lang];
    let tops = column::tops(ctx.public, ctx.derived).into_iter();
    tops.filter_map(|c| {
        let list = &ctx.derived.by_column[c];
        let e = ctx.routes.get(lang, &Target::Column(c as u32, 0))?;
        let lead = ctx.public.columns[c].description.get(lang);
        let mut html = String::new();
        if !lead.is_empty() {
            html.push_str("<p>");
            super::escape::escape_into(&mut html, lead);
            html.push_str("</p>");
        }
        Some(BlockView {
            kind: "list",
            id: format!("{id}-{c}"),
            title: ctx.shells.columns[lang][c].clone(),
            url: e.url.clone(),
            html,
            count: m.count("list.count", list.len()),
            cards: ctx.links(lang, &list[..list.len().min(limit)]),
            ..BlockView::default()
        })
    })
    .collect()
}

/// The items a list block asks for, newest first.
fn select(ctx: &Ctx<'_>, b: &Block) -> Vec<u32> {
    let theme = b.theme.as_ref().and_then(|t| ctx.derived.theme_index.get(t.as_str()).copied());
    let department = b.department.as_ref().and_then(|d| ctx.public.departments.iter().position(|x| x.id == *d));
    let column = b.column.as_ref().and_then(|c| ctx.public.columns.iter().position(|x| x.path == *c));
    let kind = ctx.public.types.folder(&b.of);
    // The narrowest ready list, then what it does not yet say.
    let base: &[u32] = match (theme, department, column, kind) {
        (Some(t), ..) => &ctx.derived.by_theme[t],
        (_, Some(d), ..) => &ctx.derived.by_department[d],
        (_, _, Some(c), _) => &ctx.derived.by_column[c],
        (.., Some(k)) => ctx.derived.list(k),
        _ => &ctx.derived.newest,
    };
    let fits = |i: &&u32| {
        let item = &ctx.public.items[**i as usize];
        kind.is_none_or(|k| item.kind == k)
            && department.is_none_or(|d| item.issuers.contains(&d))
            && b.keyword.as_ref().is_none_or(|k| item.keywords.contains(k))
            && column.is_none_or(|c| ctx.derived.by_column[c].contains(i))
    };
    let mut out: Vec<u32> = base.iter().filter(fits).copied().collect();
    crate::render::pages::consultation::dated(ctx, &mut out);
    out
}

/// Where the whole list of a block stands.
fn more(ctx: &Ctx<'_>, lang: usize, b: &Block) -> Option<String> {
    let target = if let Some(t) = b.theme.as_ref().and_then(|t| ctx.derived.theme_index.get(t.as_str())) {
        Target::Theme(*t as u32, 0)
    } else if let Some(d) = b.department.as_ref().and_then(|d| ctx.public.departments.iter().position(|x| x.id == *d)) {
        Target::Department(d as u32, 0)
    } else {
        let path = b.column.as_deref().unwrap_or(&b.of);
        Target::Column(ctx.public.columns.iter().position(|c| c.path == path)? as u32, 0)
    };
    ctx.routes.get(lang, &target).map(|e| e.url.clone())
}

/// 一份公告的一生: the days of a policy and of what belongs to it, and what they tell.
fn story(ctx: &Ctx<'_>, lang: usize, policy: u32) -> (Vec<super::life::StepView>, Vec<NumberView>) {
    let m = &ctx.theme.messages[lang];
    let item = &ctx.public.items[policy as usize];
    let r = &ctx.derived.relations[policy as usize];
    let apart = |from: Date, to: Date| i64::from((to - from).get_days());
    let mut numbers = Vec::new();
    let mut number = |key: &str, value: i64| numbers.push(NumberView { value: value.to_string(), label: m.say(key), url: String::new() });
    let explained = r.explains.iter().filter_map(|i| ctx.public.items[*i as usize].day()).min();
    if let (Some(p), Some(e)) = (item.published, explained) {
        number("story.days_to_explain", apart(p.date, e));
    }
    if let (Some(p), Some(e)) = (item.published, item.effective) {
        number("story.days_to_effect", apart(p.date, e));
    }
    number("story.interpretations", r.explains.len() as i64);
    (super::life::steps(ctx, lang, policy).0, numbers)
}

/// What the site has.
fn numbers(ctx: &Ctx<'_>, lang: usize) -> Vec<NumberView> {
    let m = &ctx.theme.messages[lang];
    let mut out = Vec::new();
    for kind in ctx.public.types.iter().filter(|k| !k.root) {
        let (n, folder) = (ctx.derived.list(kind).len(), kind.folder);
        let column = ctx.public.columns.iter().position(|c| c.path == folder);
        if n > 0 {
            let url = column.map_or("", |c| ctx.url(lang, &Target::Column(c as u32, 0))).to_string();
            out.push(NumberView { value: n.to_string(), label: m.say(&format!("type.{folder}")), url });
        }
    }
    let d = ctx.derived.by_department.iter().filter(|l| !l.is_empty()).count();
    if d > 0 {
        out.push(NumberView { value: d.to_string(), label: m.say("nav.departments"), url: ctx.url(lang, &Target::Departments).to_string() });
    }
    out
}
