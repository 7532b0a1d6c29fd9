//! Quality of all datasets: what is overdue, scores, formulas; as a page, CSV and JSON.

use crate::derive::quality::{Quality, Score};
use crate::load::table::spreadsheet;
use crate::model::Fresh;
use crate::output::{Made, MakeResult};
use crate::render::tables::{number_text, thousands};
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::types;
use serde::Serialize;
use serde_json::json;

/// `datasets/quality/`, `datasets/quality.csv`, `datasets/quality.json`
pub static PAGE: Maker = Maker { name: "quality", plan, make, cost: 5 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if site.derived.list(types::DATASET).is_empty() {
        return;
    }
    for lang in 0..site.public.languages.len() {
        p.page(lang, "datasets/quality/", Target::Quality(0), true, true);
    }
    p.file(0, "datasets/quality.csv".into(), Target::Quality(1), 2, false, true);
    p.file(0, "datasets/quality.json".into(), Target::Quality(2), 2, false, true);
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    about: String,
    rows: Vec<RowView>,
    overdue: Vec<(LinkView, String)>,
    formulas: Vec<ScoreView>,
    csv: String,
    json: String,
}

#[derive(Serialize)]
struct RowView {
    link: LinkView,
    who: String,
    total: String,
    parts: Vec<String>,
    /// Points of MQA, udata and the stars, each of how many.
    rubrics: Vec<String>,
}

/// The quality of a dataset, on its page.
#[derive(Debug, Serialize)]
pub struct QualityView {
    /// Of a hundred.
    pub total: String,
    /// In a sentence: as new as promised, or not.
    pub fresh: String,
    /// Overdue: the sentence is a warning.
    pub late: bool,
    /// The four dimensions.
    pub dimensions: Vec<ScoreView>,
    /// The rubrics: MQA, udata, the five stars.
    pub rubrics: Vec<ScoreView>,
    /// Address of the method.
    pub method: String,
}

/// A dimension or rubric.
#[derive(Debug, Serialize)]
pub struct ScoreView {
    /// Name.
    pub title: String,
    /// Points, for people.
    pub points: String,
    /// Of a hundred, for the bar.
    pub percent: u32,
    /// Criteria: text, points of how many, what would raise it (empty where it is met).
    pub criteria: Vec<(String, String, String)>,
}

fn score(ctx: &Ctx<'_>, lang: usize, s: &Score, percent: bool) -> ScoreView {
    let m = &ctx.theme.messages[lang];
    // A star is given for those before it: what raises the score is the first that is missing.
    let mut behind = false;
    let criteria = s
        .criteria
        .iter()
        .map(|c| {
            let args = [("n", group(&c.found.0)), ("of", group(&c.found.1))];
            let text = m.get(&format!("quality.{}", c.key), &args).unwrap_or_else(|| c.key.to_string());
            // All there is meets it, however little that is.
            let whole = c.found.0 == c.found.1 && !matches!(c.found.0.as_str(), "" | "0");
            let met = whole || c.points + 1e-9 >= c.weight;
            let key = if behind { "quality.star_before".to_string() } else { format!("quality.{}.raise", c.key) };
            let raise = if met { String::new() } else { m.get(&key, &args).unwrap_or_default() };
            behind |= s.key == "stars" && !met;
            (text, format!("{} / {}", number_text((c.points * 10.0).round() / 10.0), number_text(c.weight)), raise)
        })
        .collect();
    let points = if percent { number_text(tenth(s.percent())) } else { format!("{} / {}", number_text(s.points()), number_text(s.of())) };
    ScoreView { title: m.say(&format!("quality.{}", s.key)), points, percent: s.percent().floor() as u32, criteria }
}

/// To a tenth, cut, as in the CSV: 99.96 is no full score, and the mean of what is shown is the total beside it.
fn tenth(x: f64) -> f64 {
    (x * 10.0 + 1e-9).floor() / 10.0
}

fn group(n: &str) -> String {
    n.parse().map_or_else(|_| n.to_string(), thousands)
}

fn fresh_text(ctx: &Ctx<'_>, lang: usize, q: &Quality) -> String {
    let m = &ctx.theme.messages[lang];
    match q.fresh {
        Fresh::Current { due } => m.get("fresh.current", &[("due", ctx.date(lang, due))]).unwrap_or_default(),
        Fresh::Overdue { age, period } => m.count("fresh.overdue", (age - period).max(0) as usize),
        Fresh::Unbound => m.say("fresh.unbound"),
        Fresh::Unknown => m.say("fresh.unknown"),
    }
}

/// The quality of an item; `None` for other types.
pub fn view(ctx: &Ctx<'_>, lang: usize, i: u32) -> Option<QualityView> {
    let q = ctx.derived.quality[i as usize].as_ref()?;
    Some(QualityView {
        total: number_text(q.total()),
        fresh: fresh_text(ctx, lang, q),
        late: matches!(q.fresh, Fresh::Overdue { .. }),
        dimensions: q.dimensions.iter().map(|s| score(ctx, lang, s, true)).collect(),
        rubrics: [&q.mqa, &q.udata, &q.stars].into_iter().map(|s| score(ctx, lang, s, false)).collect(),
        method: ctx.url(lang, &Target::Quality(0)).to_string(),
    })
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Quality(which) = entry.target else { return misrouted(entry) };
    let lang = entry.lang;
    let mut all: Vec<(u32, &Quality)> = ctx.derived.quality.iter().enumerate().filter_map(|(i, q)| Some((i as u32, q.as_ref()?))).collect();
    all.sort_by(|a, b| b.1.total().total_cmp(&a.1.total()).then(a.0.cmp(&b.0)));
    match which {
        1 => {
            let head = [
                "dataset",
                "title",
                "publisher",
                "total",
                "completeness",
                "accuracy",
                "timeliness",
                "understandability",
                "mqa",
                "udata",
                "stars",
                "overdue_days",
            ];
            let mut rows = vec![head.map(String::from).to_vec()];
            for (i, q) in &all {
                let item = &ctx.public.items[*i as usize];
                let late = if let Fresh::Overdue { age, period } = q.fresh { (age - period).to_string() } else { String::new() };
                let mut row = vec![item.id.to_string(), item.editions[0].title.clone(), ctx.department_names(0, &item.issuers), tenth(q.total()).to_string()];
                row.extend(q.dimensions.iter().map(|d| tenth(d.percent()).to_string()));
                row.extend([q.mqa.points().to_string(), q.udata.points().to_string(), q.stars.points().to_string(), late]);
                rows.push(row);
            }
            Ok(Made::Bytes(spreadsheet::csv(rows)))
        }
        2 => {
            let list: Vec<serde_json::Value> = all.iter().map(|(i, q)| whole(ctx, *i, q)).collect();
            Ok(Made::Bytes(format!("{}\n", json!({ "as_of": ctx.public.as_of.to_string(), "datasets": list })).into_bytes()))
        }
        _ => {
            let m = &ctx.theme.messages[lang];
            let mut crumbs = ctx.crumbs(lang, ctx.public.columns.iter().position(|c| c.path == "datasets"));
            crumbs.truncate(2);
            let head = ctx.head(entry, &m.say("quality.title"), crumbs);
            let link = |i: u32| {
                let item = &ctx.public.items[i as usize];
                let url = ctx.routes.item(lang, i, item).map_or(String::new(), |e| e.url.clone());
                LinkView { title: item.best(lang).title.clone(), url }
            };
            let rows = all
                .iter()
                .map(|(i, q)| RowView {
                    link: link(*i),
                    who: ctx.department_names(lang, &ctx.public.items[*i as usize].issuers),
                    total: number_text(q.total()),
                    parts: q.dimensions.iter().map(|d| number_text(tenth(d.percent()))).collect(),
                    rubrics: [&q.mqa, &q.udata, &q.stars].iter().map(|s| format!("{} / {}", number_text(s.points()), number_text(s.of()))).collect(),
                })
                .collect();
            let mut late: Vec<(i64, u32)> =
                all.iter().filter_map(|(i, q)| if let Fresh::Overdue { age, period } = q.fresh { Some((period - age, *i)) } else { None }).collect();
            late.sort_unstable();
            let view = View {
                about: m.get("quality.about", &[("n", thousands(all.len() as u64))]).unwrap_or_default(),
                overdue: late
                    .iter()
                    .map(|(_, i)| (link(*i), ctx.derived.quality[*i as usize].as_ref().map_or(String::new(), |q| fresh_text(ctx, lang, q))))
                    .collect(),
                formulas: all.first().map_or(Vec::new(), |(_, q)| q.dimensions.iter().map(|s| formula(ctx, lang, s)).collect()),
                rows,
                csv: ctx.url(0, &Target::Quality(1)).to_string(),
                json: ctx.url(0, &Target::Quality(2)).to_string(),
                head,
            };
            ctx.render(entry, "pages/quality.html", &view)
        }
    }
}

/// The criteria of a dimension with their weights, without what was found.
fn formula(ctx: &Ctx<'_>, lang: usize, s: &Score) -> ScoreView {
    let m = &ctx.theme.messages[lang];
    let line = |key: &str| m.say(&format!("quality.{key}.rule"));
    let criteria = s
        .criteria
        .iter()
        .map(|c| (line(if matches!(c.key, "overdue" | "undated" | "unbound") { "fresh" } else { c.key }), number_text(c.weight), String::new()))
        .collect();
    ScoreView { title: m.say(&format!("quality.{}", s.key)), points: String::new(), percent: 0, criteria }
}

fn whole(ctx: &Ctx<'_>, i: u32, q: &Quality) -> serde_json::Value {
    let item = &ctx.public.items[i as usize];
    let one = |s: &Score| {
        let list: Vec<serde_json::Value> = s
            .criteria
            .iter()
            .map(|c| {
                let mut v = json!({ "criterion": c.key, "points": (c.points * 100.0).round() / 100.0, "of": c.weight });
                if !c.found.0.is_empty() {
                    v["found"] = json!(c.found.0);
                }
                if !c.found.1.is_empty() {
                    v["total"] = json!(c.found.1);
                }
                v
            })
            .collect();
        json!({ "points": (s.points() * 100.0).round() / 100.0, "of": s.of(), "criteria": list })
    };
    let fresh = match q.fresh {
        Fresh::Current { due } => json!({ "state": "current", "due": due.to_string() }),
        Fresh::Overdue { age, period } => json!({ "state": "overdue", "days": age - period }),
        Fresh::Unbound => json!({ "state": "unbound" }),
        Fresh::Unknown => json!({ "state": "unknown" }),
    };
    json!({
        "id": &*item.id, "title": item.editions[0].title, "total": q.total(),
        "completeness": one(&q.dimensions[0]), "accuracy": one(&q.dimensions[1]), "timeliness": one(&q.dimensions[2]), "understandability": one(&q.dimensions[3]),
        "mqa": one(&q.mqa), "udata": one(&q.udata), "stars": q.stars.points() as u8, "freshness": fresh,
    })
}
