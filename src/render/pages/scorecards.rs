//! Scorecards: the site with the list of departments, one page each, the method; JSON and CSV of every figure and what it counts.

mod place;

use crate::indicators::{Card, GROUPS, INDICATORS, Line, Scorecards, card_id, tenths};
use crate::load::table::spreadsheet;
use crate::model::Fresh;
use crate::model::feedback::State as LetterState;
use crate::output::{Made, MakeResult};
use crate::render::tables::{number_text, thousands};
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, ScoreFile, Site, Target};
use place::place;
use serde::Serialize;
use serde_json::{Value, json};

/// `scorecards/`, where `scorecards:` of `site.yaml` asks for them.
pub static PAGE: Maker = Maker { name: "scorecards", plan, make, cost: 10 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if site.config.scorecards.is_none() {
        return;
    }
    let target = Target::Scorecard;
    let departments = &site.public.departments;
    for lang in 0..site.public.languages.len() {
        p.page(lang, "scorecards/", target(ScoreFile::List), true, true);
        p.page(lang, "scorecards/method/", target(ScoreFile::Method), true, true);
        for (d, department) in departments.iter().enumerate() {
            p.page(lang, &format!("scorecards/of/{}/", department.id), target(ScoreFile::Department(d as u32)), true, true);
        }
    }
    p.file(0, "scorecards.json".into(), target(ScoreFile::Json), 2, false, true);
    p.file(0, "scorecards.csv".into(), target(ScoreFile::Csv), 2, false, true);
    p.file(0, "scorecards/items.csv".into(), target(ScoreFile::Items(None)), 2, false, true);
    for (d, department) in departments.iter().enumerate() {
        p.file(0, format!("scorecards/of/{}/items.csv", department.id), target(ScoreFile::Items(Some(d as u32))), 2, false, true);
    }
}

/// Lines of an indicator that a page shows; the rest stand in the CSV.
const SHOWN: usize = 40;

/// Where there would be more than these on a page, a line of each indicator is worth less than the page's weight.
const LINES: usize = 160;
const FEW: usize = 8;

/// How many lines of an indicator the page of a card shows.
fn shown(card: &Card) -> usize {
    let all: usize = card.measures.iter().map(|m| m.lines.len().min(SHOWN)).sum();
    if all > LINES { FEW } else { SHOWN }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    /// Of which day and which months the page speaks.
    about: String,
    card: CardView,
    departments: Vec<RowView>,
    /// Those of which nothing is measured.
    unmeasured: Vec<LinkView>,
    /// By total; empty where the site does not ask for it.
    league: Vec<RowView>,
    /// Who is ranked; empty without a league table.
    league_rule: String,
    /// Those with too few indicators for a place in it.
    unranked: Vec<RowView>,
    group_names: Vec<String>,
    overdue: Vec<(Option<LinkView>, String)>,
    /// What each veto is, and where.
    vetoes: Vec<(String, Vec<LinkView>)>,
    /// What the figures cannot know: numbers that are missing, departments that are gone.
    beside: Vec<String>,
    method: String,
    csv: String,
    json: String,
    items: String,
}

#[derive(Serialize)]
struct RowView {
    link: LinkView,
    total: String,
    /// Less than half is measured.
    part: bool,
    measured: String,
    failed: bool,
    groups: Vec<String>,
}

#[derive(Serialize)]
struct CardView {
    total: String,
    /// Less than half is measured: the score is of that alone.
    part: bool,
    measured: String,
    failed: Option<String>,
    trend: Option<String>,
    groups: Vec<GroupView>,
}

#[derive(Serialize)]
struct GroupView {
    name: String,
    score: Option<String>,
    weight: String,
    indicators: Vec<IndicatorView>,
}

#[derive(Serialize)]
struct IndicatorView {
    anchor: String,
    name: String,
    how: String,
    n: String,
    d: String,
    score: Option<String>,
    lines: Vec<LineView>,
    more: Option<String>,
    /// n of a line is not 0 or 1 of 1.
    parts: bool,
}

#[derive(Serialize)]
struct LineView {
    link: Option<LinkView>,
    title: String,
    date: String,
    n: u32,
    d: u32,
    met: bool,
    state: String,
}

#[derive(Serialize)]
struct MethodView {
    head: HeadView,
    about: String,
    changed: bool,
    groups: Vec<GroupView>,
    limits: Vec<String>,
    back: LinkView,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let (Target::Scorecard(which), Some(scores)) = (&entry.target, ctx.scores) else { return misrouted(entry) };
    match which {
        ScoreFile::Json => Ok(Made::Bytes(format!("{:#}\n", whole(ctx, scores)).into_bytes())),
        ScoreFile::Csv => csv_of(&figures(ctx, scores)),
        ScoreFile::Items(d) => match d {
            None => csv_of(&lines_of(ctx, scores, &scores.site)),
            Some(d) => scores.departments.get(*d as usize).map_or_else(|| misrouted(entry), |c| csv_of(&lines_of(ctx, scores, c))),
        },
        ScoreFile::Method => method(ctx, entry, scores),
        ScoreFile::List => page(ctx, entry, scores, &scores.site),
        ScoreFile::Department(d) => scores.departments.get(*d as usize).map_or_else(|| misrouted(entry), |c| page(ctx, entry, scores, c)),
    }
}

fn csv_of(rows: &[Vec<String>]) -> MakeResult {
    Ok(Made::Bytes(spreadsheet::csv(rows)))
}

fn points(x: f64) -> String {
    number_text(tenths(x))
}

/// The total of the site, and of each department in the order of `departments.yaml`, with its page: for the home page.
pub fn totals(ctx: &Ctx<'_>, lang: usize, scores: &Scorecards) -> Vec<(String, LinkView)> {
    let number = |card: &Card| {
        let target = card.who.map_or(ScoreFile::List, |d| ScoreFile::Department(d as u32));
        let title = card.who.map_or_else(|| ctx.say(lang, "scorecards.site"), |d| ctx.public.departments[d].name.get(lang).to_string());
        let url = ctx.routes.get(lang, &Target::Scorecard(target))?.url.clone();
        let title = if card.partly() {
            format!("{title}{}", ctx.theme.messages[lang].get("scorecards.in_part", &[("part", ctx.say(lang, "scorecards.part"))]).unwrap_or_default())
        } else {
            title
        };
        Some((points(card.total?), LinkView { title, url }))
    };
    std::iter::once(&scores.site).chain(&scores.departments).filter_map(number).collect()
}

fn card_view(ctx: &Ctx<'_>, lang: usize, scores: &Scorecards, card: &Card) -> CardView {
    let m = &ctx.theme.messages[lang];
    let get = |key: &str, args: &[(&str, String)]| m.get(key, args).unwrap_or_default();
    let trend = card.before.zip(card.total).map(|(before, now)| {
        let key = if now > before {
            "scorecards.up"
        } else if now < before {
            "scorecards.down"
        } else {
            "scorecards.same"
        };
        get(key, &[("before", points(before)), ("day", scores.earlier.clone().unwrap_or_default())])
    });
    let most = shown(card);
    let indicator = |(i, measure): (usize, &crate::indicators::Measure)| {
        let lines = measure.lines.iter().take(most).map(|l| {
            let (link, title) = place(ctx, lang, scores, l);
            let met = l.n >= l.d;
            let key = if l.gone {
                "scorecards.gone"
            } else if l.moved {
                "scorecards.moved"
            } else if l.changed {
                "scorecards.settled"
            } else if met {
                "scorecards.met"
            } else {
                "scorecards.unmet"
            };
            LineView { link, title, date: l.day.map_or(String::new(), |d| ctx.date(lang, d)), n: l.n, d: l.d, met, state: m.say(key) }
        });
        let rest = measure.lines.len().saturating_sub(most);
        let name = INDICATORS[i].name;
        IndicatorView {
            anchor: format!("i-{name}"),
            name: m.say(&format!("score.{name}")),
            how: m.say(&format!("score.{name}.how")),
            n: thousands(measure.n()),
            d: thousands(measure.d()),
            score: measure.score().map(points),
            lines: lines.collect(),
            more: (rest > 0).then(|| m.count("scorecards.more", rest)),
            parts: measure.lines.iter().any(|l| l.d != 1),
        }
    };
    let groups = (0..GROUPS.len()).map(|g| GroupView {
        name: m.say(&format!("score.group.{}", GROUPS[g])),
        score: card.groups[g].map(points),
        weight: scores.weights[g].to_string(),
        indicators: card.measures.iter().enumerate().filter(|(i, _)| INDICATORS[*i].group == g).map(indicator).collect(),
    });
    CardView {
        total: card.total.map_or_else(|| m.say("scorecards.unmeasured"), points),
        part: card.partly(),
        measured: get("scorecards.measured", &[("x", card.measured().to_string()), ("of", INDICATORS.len().to_string())]),
        failed: (card.vetoes > 0).then(|| m.count("scorecards.failed", card.vetoes)),
        trend,
        groups: groups.collect(),
    }
}

fn row(ctx: &Ctx<'_>, lang: usize, card: &Card) -> RowView {
    let m = &ctx.theme.messages[lang];
    let d = card.who.unwrap_or(0);
    let link = LinkView {
        title: ctx.public.departments[d].name.get(lang).to_string(),
        url: ctx.url(lang, &Target::Scorecard(ScoreFile::Department(d as u32))).to_string(),
    };
    let dash = || m.say("scorecards.unmeasured");
    RowView {
        link,
        total: card.total.map_or_else(dash, points),
        part: card.partly(),
        measured: m.get("scorecards.measured", &[("x", card.measured().to_string()), ("of", INDICATORS.len().to_string())]).unwrap_or_default(),
        failed: card.vetoes > 0,
        groups: card.groups.iter().map(|g| g.map_or_else(dash, points)).collect(),
    }
}

/// Most things that are late on a page.
const OVERDUE: usize = 60;

/// A task that has a day on which it was done.
fn task_done(ctx: &Ctx<'_>, id: &str) -> bool {
    place::task(ctx, id).is_none_or(|t| matches!(t.get(&crate::types::policy::task::DONE_ON), Some(crate::model::Value::Day(d)) if *d <= ctx.public.as_of))
}

/// What is late now: datasets, columns, interpretations, reports, letters, results, tasks.
fn overdue(ctx: &Ctx<'_>, lang: usize, scores: &Scorecards, card: &Card) -> Vec<(Option<LinkView>, String)> {
    let m = &ctx.theme.messages[lang];
    let mut out = Vec::new();
    for (i, q) in ctx.derived.quality.iter().enumerate() {
        let item = &ctx.public.items[i];
        if let Some(Fresh::Overdue { age, period }) = q.as_ref().map(|q| &q.fresh)
            && (card.who.is_none() || item.issuers.first().copied() == card.who)
        {
            let title = item.best(lang).title.clone();
            let link = ctx.routes.item(lang, i as u32, item).map(|e| LinkView { title, url: e.url.clone() });
            out.push((link, m.count("fresh.overdue", (age - period).max(0) as usize)));
        }
    }
    for (indicator, measure) in INDICATORS.iter().zip(&card.measures) {
        let late = |l: &Line| match indicator.name {
            "explained" => l.day.is_none_or(|d| {
                let kept = crate::model::calendar::explained_in(ctx.config, &ctx.public.calendar, d, ctx.public.as_of);
                kept.is_ok_and(|k| !k)
            }),
            // Not answered, not done, not told: what was late and is there now is no debt.
            "letters_limit" => scores.letters.get(&l.id).is_some_and(|i| ctx.derived.letters.timing[*i as usize].state == LetterState::Overdue),
            "consultations" => ctx.derived.by_id.get(&*l.id).is_some_and(|i| ctx.public.items[*i as usize].consultation().is_some_and(|c| c.outcome.is_none())),
            "tasks" => !task_done(ctx, &l.id),
            "columns" | "reports" => true,
            _ => false,
        };
        for l in measure.lines.iter().filter(|l| l.n < l.d && !l.gone && !l.moved && late(l)) {
            let (link, title) = place(ctx, lang, scores, l);
            let text = m.say(&format!("score.{}.late", indicator.name));
            // What has no page is told by its name.
            let text = if link.is_none() { [title.as_str(), text.as_str()].join(&m.say("colon")) } else { text };
            out.push((link, text));
        }
    }
    for r in ctx.public.disclosure.register().iter().filter(|r| card.who.is_none() || r.department == card.who) {
        if r.overdue(&ctx.public.calendar, ctx.public.as_of).is_some() {
            let title = if r.subject.is_empty() { r.no.clone() } else { r.subject.clone() };
            let page = ctx.routes.get(lang, &Target::Disclosure(crate::route::Section::Requests(0)));
            out.push((page.map(|e| LinkView { title, url: e.url.clone() }), m.say("scorecards.overdue.request")));
        }
    }
    let rest = out.len().saturating_sub(OVERDUE);
    out.truncate(OVERDUE);
    if rest > 0 {
        out.push((None, m.count("scorecards.more", rest)));
    }
    out
}

/// The findings of one code that are vetoes.
struct Veto {
    code: &'static str,
    count: usize,
    /// Its title, with how many they are.
    text: String,
    /// Items and letters that they are about, as far as they are public.
    links: Vec<LinkView>,
    ids: Vec<String>,
}

/// What a veto opens to: each code with what it was found in.
fn vetoes(ctx: &Ctx<'_>, lang: usize, scores: &Scorecards, card: &Card) -> Vec<Veto> {
    let m = &ctx.theme.messages[lang];
    let mut by_code: std::collections::BTreeMap<&'static str, Vec<&crate::check::Vetoed>> = std::collections::BTreeMap::new();
    card.vetoed.iter().for_each(|v| by_code.entry(v.code).or_default().push(v));
    let one = |(code, list): (&'static str, Vec<&crate::check::Vetoed>)| {
        let title = list.first().map_or(code, |v| v.title(&ctx.public.languages[lang].tag)).to_string();
        let text = m.get("scorecards.veto", &[("title", title), ("n", list.len().to_string())]).unwrap_or_default();
        let files: std::collections::BTreeSet<&str> = list.iter().filter_map(|v| v.file.as_deref()).collect();
        let mut ids: Vec<String> = ctx.public.items.iter().filter(|i| files.contains(&*i.doc().source.path)).map(|i| i.id.to_string()).collect();
        if code == "INT001" {
            let mine = |i: u32| {
                let l = &ctx.public.feedback.letters[i as usize];
                (card.who.is_none() || card.who == Some(l.department)) && crate::check::forgotten(l, ctx.public.as_of)
            };
            ids.extend(scores.letters.iter().filter(|(_, i)| mine(**i)).map(|(id, _)| id.clone()));
            ids.sort();
        }
        let place = |id: &String| {
            let (link, title) = place(ctx, lang, scores, &Line { id: id.clone(), ..Line::default() });
            link.unwrap_or(LinkView { title, url: String::new() })
        };
        Veto { code, count: list.len(), text, links: ids.iter().take(SHOWN).map(place).collect(), ids }
    };
    by_code.into_iter().map(one).collect()
}

fn page(ctx: &Ctx<'_>, entry: &Entry, scores: &Scorecards, card: &Card) -> MakeResult {
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let mut crumbs = ctx.crumbs(lang, None);
    let title = match card.who {
        None => m.say("scorecards.title"),
        Some(d) => {
            crumbs.push(LinkView { title: m.say("scorecards.title"), url: ctx.url(lang, &Target::Scorecard(ScoreFile::List)).to_string() });
            m.get("scorecards.of", &[("name", ctx.public.departments[d].name.get(lang))]).unwrap_or_default()
        }
    };
    let list = card.who.is_none();
    let (told, bare): (Vec<&Card>, Vec<&Card>) = scores.departments.iter().filter(|_| list).partition(|c| c.measured() > 0 || c.vetoes > 0);
    let mut ranked: Vec<&Card> = scores.departments.iter().filter(|c| c.total.is_some()).collect();
    ranked.sort_by(|a, b| (a.vetoes > 0).cmp(&(b.vetoes > 0)).then(b.total.unwrap_or(0.0).total_cmp(&a.total.unwrap_or(0.0))));
    let least = scores.rank_from();
    let (ranked, few): (Vec<&Card>, Vec<&Card>) = ranked.into_iter().partition(|c| c.measured() >= least);
    let league = list && ctx.config.scorecards.as_ref().is_some_and(|s| s.league);
    let file = |f: ScoreFile| ctx.url(0, &Target::Scorecard(f)).to_string();
    let view = View {
        head: ctx.head(entry, &title, crumbs),
        about: about(ctx, lang, scores),
        card: card_view(ctx, lang, scores, card),
        departments: told.into_iter().map(|c| row(ctx, lang, c)).collect(),
        unmeasured: bare.into_iter().map(|c| row(ctx, lang, c).link).collect(),
        league: if league { ranked.into_iter().map(|c| row(ctx, lang, c)).collect() } else { Vec::new() },
        league_rule: if league {
            m.get("scorecards.league.rule", &[("of", scores.applicable().to_string()), ("n", least.to_string())]).unwrap_or_default()
        } else {
            String::new()
        },
        unranked: if league { few.into_iter().map(|c| row(ctx, lang, c)).collect() } else { Vec::new() },
        group_names: GROUPS.iter().map(|g| m.say(&format!("score.group.{g}"))).collect(),
        overdue: overdue(ctx, lang, scores, card),
        vetoes: vetoes(ctx, lang, scores, card).into_iter().map(|v| (v.text, v.links)).collect(),
        beside: beside(ctx, lang, scores, card),
        method: ctx.url(lang, &Target::Scorecard(ScoreFile::Method)).to_string(),
        csv: file(ScoreFile::Csv),
        json: file(ScoreFile::Json),
        items: file(ScoreFile::Items(card.who.map(|d| d as u32))),
    };
    ctx.render(entry, "pages/scorecards.html", &view)
}

/// What the figures of a card cannot know.
fn beside(ctx: &Ctx<'_>, lang: usize, scores: &Scorecards, card: &Card) -> Vec<String> {
    let m = &ctx.theme.messages[lang];
    let mut out = Vec::new();
    if ctx.config.demo {
        out.push(m.say("scorecards.demo"));
    }
    if card.missing > 0 {
        out.push(m.count("scorecards.numbers", usize::try_from(card.missing).unwrap_or(usize::MAX)));
    }
    if card.unnumbered {
        out.push(m.say("scorecards.unnumbered"));
    }
    if card.who.is_none() && !scores.absent.is_empty() {
        let names: Vec<&str> = scores.absent.iter().map(|(_, name)| name.as_str()).collect();
        out.push(m.get("scorecards.absent", &[("names", names.join(&m.say("list.comma")))]).unwrap_or_default());
    }
    out
}

fn about(ctx: &Ctx<'_>, lang: usize, scores: &Scorecards) -> String {
    let from = scores.from.tomorrow().unwrap_or(scores.from);
    ctx.theme.messages[lang].get("scorecards.about", &[("from", ctx.date(lang, from)), ("to", ctx.date(lang, ctx.public.as_of))]).unwrap_or_default()
}

fn method(ctx: &Ctx<'_>, entry: &Entry, scores: &Scorecards) -> MakeResult {
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let back = LinkView { title: m.say("scorecards.title"), url: ctx.url(lang, &Target::Scorecard(ScoreFile::List)).to_string() };
    let mut crumbs = ctx.crumbs(lang, None);
    crumbs.push(back.clone());
    let mut groups = card_view(ctx, lang, scores, &scores.site).groups;
    groups.iter_mut().flat_map(|g| &mut g.indicators).for_each(|i| i.lines.clear());
    let view = MethodView {
        head: ctx.head(entry, &m.say("scorecards.method"), crumbs),
        about: about(ctx, lang, scores),
        changed: ctx.config.scorecards.as_ref().is_some_and(|s| s.changed),
        groups,
        limits: ["visits", "service", "letters", "secrecy", "meetings"].iter().map(|l| m.say(&format!("scorecards.limit.{l}"))).collect(),
        back,
    };
    ctx.render(entry, "pages/scorecards-method.html", &view)
}

fn whole(ctx: &Ctx<'_>, scores: &Scorecards) -> Value {
    let day = ctx.public.as_of.to_string();
    let card = |c: &Card| {
        let indicators: Vec<Value> = INDICATORS
            .iter()
            .zip(&c.measures)
            .map(|(i, m)| {
                let items: Vec<Value> = m
                    .lines
                    .iter()
                    .map(|l| {
                        let mut v = json!({ "id": l.id, "day": l.day.map_or(day.clone(), |d| d.to_string()), "n": l.n, "d": l.d });
                        if l.gone {
                            v["gone"] = json!(true);
                        }
                        if l.changed {
                            v["changed"] = json!(true);
                        }
                        if l.moved {
                            v["moved"] = json!(true);
                        }
                        v
                    })
                    .collect();
                json!({ "indicator": i.name, "group": GROUPS[i.group], "n": m.n(), "d": m.d(), "score": m.score(), "items": items })
            })
            .collect();
        let groups: serde_json::Map<String, Value> = GROUPS.iter().zip(&c.groups).map(|(g, s)| (g.to_string(), json!(s))).collect();
        json!({
            "id": card_id(&ctx.public.departments, c), "name": c.who.map_or(ctx.config.title.get(0), |d| ctx.public.departments[d].name.get(0)),
            "failed": c.vetoes > 0, "vetoes": c.vetoes,
            "vetoed": vetoes(ctx, 0, scores, c).into_iter().map(|v| json!({ "code": v.code, "n": v.count, "items": v.ids })).collect::<Vec<_>>(),
             "total": c.total, "before": c.before, "measured": c.measured(), "of": INDICATORS.len(),
            "numbers_missing": c.missing, "numbers_loose": c.unnumbered,
            "groups": groups, "indicators": indicators,
        })
    };
    let weights: serde_json::Map<String, Value> = GROUPS.iter().zip(&scores.weights).map(|(g, w)| (g.to_string(), json!(w))).collect();
    // Objects come out by the alphabet; sums are made in this order.
    let order: Vec<Value> = GROUPS.iter().zip(&scores.weights).map(|(g, w)| json!({ "group": g, "weight": w })).collect();
    let departments: Vec<Value> = scores.departments.iter().map(card).collect();
    json!({
        "as_of": day, "after": scores.from.to_string(), "interpretation_days": ctx.config.interpretation_days,
        "weights": weights, "order": order, "weights_changed": ctx.config.scorecards.as_ref().is_some_and(|s| s.changed),
        "absent": scores.absent.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect::<Vec<_>>(),
        "site": card(&scores.site), "departments": departments,
    })
}

/// One row a figure: indicators, groups, the total.
fn figures(ctx: &Ctx<'_>, scores: &Scorecards) -> Vec<Vec<String>> {
    let number = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
    let mut rows = vec![["department", "name", "kind", "figure", "group", "n", "d", "score"].map(String::from).to_vec()];
    for c in std::iter::once(&scores.site).chain(&scores.departments) {
        let id = card_id(&ctx.public.departments, c);
        let name = c.who.map_or(ctx.config.title.get(0), |d| ctx.public.departments[d].name.get(0));
        let mut put = |kind: &str, figure: &str, group: &str, n: String, d: String, score: Option<f64>| {
            rows.push(vec![id.clone(), name.to_string(), kind.into(), figure.into(), group.into(), n, d, number(score)]);
        };
        for (i, m) in INDICATORS.iter().zip(&c.measures) {
            put("indicator", i.name, GROUPS[i.group], m.n().to_string(), m.d().to_string(), m.score());
        }
        for ((g, s), w) in GROUPS.iter().zip(&c.groups).zip(&scores.weights) {
            put("group", g, g, String::new(), w.to_string(), *s);
        }
        put("total", "total", "", c.measured().to_string(), INDICATORS.len().to_string(), c.total);
    }
    rows
}

/// Everything that a card counts.
fn lines_of(ctx: &Ctx<'_>, scores: &Scorecards, card: &Card) -> Vec<Vec<String>> {
    let mut rows = vec![["indicator", "id", "title", "url", "day", "n", "d", "gone", "changed", "moved"].map(String::from).to_vec()];
    for (i, m) in INDICATORS.iter().zip(&card.measures) {
        for l in &m.lines {
            let (link, title) = place(ctx, 0, scores, l);
            let day = l.day.map_or(String::new(), |d| d.to_string());
            let url = link.map_or(String::new(), |k| ctx.absolute(&k.url));
            let flags = [l.gone, l.changed, l.moved].map(|f| f.to_string());
            rows.push([i.name.into(), l.id.clone(), title, url, day, l.n.to_string(), l.d.to_string()].into_iter().chain(flags).collect());
        }
    }
    rows
}
