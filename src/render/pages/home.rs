//! Home page: the blocks that `site.yaml` chooses.

use crate::config::{Block, BlockKind};
use crate::output::MakeResult;
use crate::render::blocks::{BlockView, views};
use crate::render::view::HeadView;
use crate::render::{Ctx, Maker};
use crate::route::{Entry, FeedOf, Planner, Site, Target};
use serde::Serialize;

/// The home page, one a language.
pub static PAGE: Maker = Maker { name: "home", plan, make, cost: 5 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for lang in 0..site.public.languages.len() {
        p.page(lang, "", Target::Home, true, true);
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    description: String,
    blocks: Vec<BlockView>,
    /// A block is a search box: the one of the header is not shown twice.
    searches: bool,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let site = ctx.config.title.get(lang).to_string();
    let mut head = ctx.head(entry, &site, Vec::new());
    let description = ctx.config.description.get(lang).to_string();
    head.describe(description.clone());
    head.feeds = ctx.feeds(lang, FeedOf::Site, &site);
    let usual = [BlockKind::Columns, BlockKind::Themes, BlockKind::Departments].map(Block::plain);
    let blocks = if ctx.config.home.is_empty() { &usual[..] } else { &ctx.config.home };
    let text = |prefix: &str, md: &str| super::site_text(ctx, lang, prefix, md);
    ctx.render(
        entry,
        "pages/home.html",
        &View { head, description, searches: blocks.iter().any(|b| b.kind == BlockKind::Search), blocks: views(ctx, lang, blocks, &text) },
    )
}
