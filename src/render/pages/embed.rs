//! One chart alone, for other sites to show in a frame.

use crate::output::{Made, MakeResult};
use crate::render::chart::{ChartView, chart, chart_file, drawn};
use crate::render::view::LinkView;
use crate::render::{Ctx, Maker, misrouted, pages};
use crate::route::{Entry, Planner, Site, Target};
use crate::types;
use serde::Serialize;

/// `embed/DATASET/CHART/`, and the chart as a file in it.
pub static PAGE: Maker = Maker { name: "embed", plan, make, cost: 3 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for &i in site.derived.list(types::DATASET) {
        let item = &site.public.items[i as usize];
        for (n, plot) in site.derived.plots[i as usize].iter().enumerate().filter(|(_, x)| drawn(item, x)) {
            let path = pages::item_path(item);
            let path = path.strip_prefix("datasets/").unwrap_or(&path);
            for e in &item.editions {
                let folder = format!("embed/{path}{}/", plot.name);
                p.page(e.lang, &folder, Target::Embed(i, n as u32), false, true);
                let prefix = &site.public.languages[e.lang].prefix;
                p.file(e.lang, format!("{prefix}{folder}{}.svg", plot.name), Target::ChartFile(i, n as u32), 1, false, false);
            }
        }
    }
}

#[derive(Serialize)]
struct View {
    lang: String,
    chart: ChartView,
    dataset: LinkView,
    site: String,
    canonical: String,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let (i, n) = match entry.target {
        Target::Embed(i, n) => (i, n),
        Target::ChartFile(i, n) => return chart_file(ctx, lang, i, n).map_or_else(|| misrouted(entry), |svg| Ok(Made::Bytes(svg.into_bytes()))),
        _ => return misrouted(entry),
    };
    let item = &ctx.public.items[i as usize];
    let Some(chart) = chart(ctx, lang, i, n) else { return misrouted(entry) };
    let url = ctx.url(lang, &Target::Item(i)).to_string();
    let view = View {
        lang: ctx.public.languages[lang].tag.clone(),
        canonical: ctx.absolute(&url),
        dataset: LinkView { title: item.best(lang).title.clone(), url },
        site: ctx.config.title.get(lang).to_string(),
        chart,
    };
    ctx.render(entry, "pages/embed.html", &view)
}
