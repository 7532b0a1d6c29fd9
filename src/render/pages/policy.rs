//! Policy (政策文件): attributes, text, interpretations, relations.

use super::account;
use super::compare::{self, CompareLink};
use super::{AttachmentView, Banner, FactView, Group, NoteView, TextView, attachments, banner, body, coming, neighbours, notes, plan_items};
use crate::derive::Validity;
use crate::model::{Item, Need, Policy};
use crate::output::MakeResult;
use crate::render::cite::{CiteView, cite};
use crate::render::life::{self, StepView};
use crate::render::stage::{self, TurnsView};
use crate::render::structured;
use crate::render::view::{HeadView, LinkView, moment_text};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::types;
use serde::Serialize;

/// Pages of policies.
pub static PAGE: Maker = Maker { name: "policy", plan, make, cost: 3 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    plan_items(site, p, types::POLICY);
}

#[derive(Serialize)]
struct View<'a> {
    /// `extra:` of the item, as its author wrote it.
    extra: &'a serde_json::Value,
    /// Calendar of its days to come.
    ics: Option<String>,
    /// Items that name it, by type.
    named_by: Vec<super::Group>,
    /// schema.org, for machines.
    ld: Option<String>,
    /// Questions and answers about it.
    answers: Vec<account::AnswerView>,
    /// ELI as RDFa, inside the element of the text.
    eli: String,
    /// The text as Akoma Ntoso.
    akn: String,
    /// Word file.
    docx: String,
    /// Tasks and benefits.
    tables: Vec<super::values::TableView>,
    head: HeadView,
    /// Who, which number, since when: what stands above the text.
    glance: Vec<FactView>,
    /// Who is affected, what to do, until when, where an interpretation tells it.
    concerns: Vec<FactView>,
    /// The interpretation that does.
    concerns_of: Option<LinkView>,
    facts: Vec<FactView>,
    validity: Option<String>,
    /// Days on which its validity turns.
    turns: Option<TurnsView>,
    state: &'static str,
    banner: Option<Banner>,
    /// What will have to be said before the text from a day on.
    coming: Option<Banner>,
    text: TextView,
    attachments: Vec<AttachmentView>,
    interpretations: String,
    /// Its life, where that is more than its own days.
    steps: Vec<StepView>,
    exempt: Option<String>,
    groups: Vec<Group>,
    /// Comparisons with earlier versions, and of later versions with this one.
    compared: Vec<CompareLink>,
    compared_by: Vec<CompareLink>,
    history: Vec<NoteView>,
    notes: Vec<NoteView>,
    keywords: Vec<String>,
    cite: CiteView,
    prev: Option<LinkView>,
    next: Option<LinkView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Item(i) = entry.target else { return misrouted(entry) };
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let Some(policy) = item.policy() else { return misrouted(entry) };
    let edition = item.best(lang);
    let mut head = ctx.head(entry, &edition.title, ctx.crumbs(lang, item.column));
    ctx.article_metas(&mut head, lang, item, edition);
    head.ld = structured::legislation(ctx, lang, i, edition, &head.canonical);
    let validity = ctx.derived.validity[i as usize];
    let r = &ctx.derived.relations[i as usize];
    let (prev, next) = neighbours(ctx, lang, i);
    let groups: [(&str, &[u32]); 8] = [
        ("relation.versions", &r.versions),
        ("relation.based_on", &r.based_on),
        ("relation.basis_of", &r.basis_of),
        ("relation.amends", &r.amends),
        ("relation.amended_by", &r.amended_by),
        ("relation.repeals", &r.repeals),
        ("relation.repealed_by", &r.repealed_by),
        ("relation.related", &r.related),
    ];
    let groups = groups
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(key, list)| Group { title: ctx.say(lang, key), cards: ctx.links(lang, &list.iter().copied().filter(|o| *o != i).collect::<Vec<_>>()) });
    let history = policy.history.iter().map(|(d, t)| NoteView { date: ctx.date(lang, *d), iso: d.to_string(), note: t.clone() });
    let (compared, compared_by) = compare::links(ctx, lang, i);
    let answers = account::answers(ctx, lang, i);
    let told = r.explains.iter().find_map(|e| {
        let other = &ctx.public.items[*e as usize];
        let list = super::interpretation::concerns(ctx, lang, other.interpretation()?);
        let of = ctx.routes.item(lang, *e, other).map(|x| LinkView { title: other.best(lang).title.clone(), url: x.url.clone() });
        (!list.is_empty()).then_some((list, of))
    });
    let (concerns, concerns_of) = told.unwrap_or_default();
    let text = body(ctx, lang, item);
    let turns = stage::validity_turns(ctx, lang, i, &ctx.say(lang, "validity.in-force"));
    let view = View {
        ics: crate::render::exports::ics::link(ctx, lang, Some(i)),
        extra: &item.extra,
        named_by: account::named_by_others(ctx, lang, i),
        ld: account::faq(ctx, lang, &head.canonical, &answers),
        answers,
        eli: structured::eli(ctx, lang, i, edition),
        docx: ctx.routes.get(lang, &Target::Docx(i)).map_or(String::new(), |e| e.url.clone()),
        akn: ctx.routes.get(lang, &Target::Akn(i)).map_or(String::new(), |e| e.url.clone()),
        tables: account::tables(ctx, lang, &[i]),
        concerns,
        concerns_of,
        facts: facts(ctx, lang, item, policy),
        validity: match validity {
            Some(v) => Some(stage::validity_word(ctx, lang, v, turns.is_some())),
            None => ctx.derived.unsure.contains_key(&i).then(|| ctx.say(lang, "state.unknown")),
        },
        state: validity.map_or(if ctx.derived.unsure.contains_key(&i) { "unknown" } else { "" }, Validity::code),
        banner: banner(ctx, lang, i),
        coming: coming(ctx, lang, i),
        turns,
        glance: glance(ctx, lang, item, policy, &text.html),
        text,
        attachments: attachments(ctx, lang, item),
        interpretations: ctx.links(lang, &r.explains),
        steps: Some(life::steps(ctx, lang, i)).filter(|(_, more)| *more).map(|(s, _)| s).unwrap_or_default(),
        exempt: match &policy.interpretation {
            Need::Exempt(reason) => Some(reason.clone()),
            _ => None,
        },
        groups: groups.collect(),
        compared,
        compared_by,
        history: history.collect(),
        notes: notes(ctx, lang, item),
        keywords: item.keywords.clone(),
        cite: cite(ctx, lang, item, edition, &head.canonical),
        prev,
        next,
        head,
    };
    ctx.render(entry, "pages/policy.html", &view)
}

/// The one sentence of a text that says since when it is in force (`自…起施行`), with the article it stands in, where there is but
/// one and the fields do not say it: quoted, not understood.
fn starts(html: &str) -> Option<(String, Option<&str>)> {
    let mut hits = memchr::memmem::find_iter(html.as_bytes(), "起施行");
    let at = hits.next()?;
    if hits.next().is_some() {
        return None;
    }
    let from = html[..at].rfind(['\n', '>', '。', '；']).map_or(0, |i| i + html[i..].chars().next().map_or(1, char::len_utf8));
    let sentence = html[from..at].trim();
    // A sentence about another text, or with marks in it, is read where it stands.
    let own = ["本法", "本条例", "本规定", "本办法", "本细则", "本通知", "本意见", "本公告", "本决定", "本规则", "本令", "自"]
        .iter()
        .any(|w| sentence.starts_with(w));
    let dated = sentence.contains('自') && sentence.contains('日') && sentence.chars().count() <= 40;
    if !own || !dated || sentence.contains(['<', '&']) {
        return None;
    }
    let clause = html[..at].rfind("id=\"").map(|i| &html[i + 4..]).and_then(|t| t.split('"').next());
    let anchor = clause.filter(|id| id.starts_with("art-"));
    Some((format!("{sentence}起施行"), anchor))
}

/// Who, which number, since when, until when: only what the source says.
fn glance(ctx: &Ctx<'_>, lang: usize, item: &Item, p: &Policy, html: &str) -> Vec<FactView> {
    let issuer = match &item.issuers[..] {
        [] => p.issuer_text.clone(),
        many => Some(ctx.department_names(lang, many)),
    };
    let url = match &item.issuers[..] {
        [one] => ctx.routes.get(lang, &Target::Department(*one as u32, 0)).map(|e| e.url.clone()),
        _ => None,
    };
    let day = |d: Option<jiff::civil::Date>| d.map(|d| ctx.date(lang, d));
    let formed = if item.effective.is_none() { day(item.formed.or(item.published.map(|m| m.date))) } else { None };
    let formed_key = if item.formed.is_some() { "formed_on" } else { "published_at" };
    let said = if item.effective.is_none() { starts(html) } else { None };
    let said = said.map(|(t, anchor)| (ctx.say(lang, "quote").replace("{text}", &t), anchor.map(|a| format!("#{a}"))));
    let (effective, clause) = said.map_or((day(item.effective), None), |(t, a)| (Some(t), a));
    // From the first to the last of its revisions, which stand at the foot.
    let history = p.history.first().zip(p.history.last()).filter(|_| p.history.len() > 1).and_then(|(first, last)| {
        let args = [("n", p.history.len().to_string()), ("first", ctx.date(lang, first.0)), ("last", ctx.date(lang, last.0))];
        ctx.theme.messages[lang].get("history.glance", &args)
    });
    let mut out: Vec<FactView> = [
        ("issuer", issuer, url),
        ("doc_no", p.doc_no.as_ref().map(|n| n.shown().to_string()), None),
        (formed_key, formed, None),
        ("effective_from", effective, clause),
        ("expires_on", day(item.expires), None),
    ]
    .into_iter()
    .filter_map(|(key, value, url)| Some(FactView { label: ctx.say(lang, &format!("fact.{key}")), value: value.filter(|v| !v.is_empty())?, url }))
    .collect();
    out.extend(history.map(|value| FactView { label: ctx.say(lang, "history.title"), value, url: Some("#history-title".into()) }));
    out
}

/// The official attributes in the order of gov.cn's box. What the source does not say stays empty, and is shown so.
pub(super) fn facts(ctx: &Ctx<'_>, lang: usize, item: &Item, p: &Policy) -> Vec<FactView> {
    let m = &ctx.theme.messages[lang];
    let day = |d: Option<jiff::civil::Date>| d.map_or(String::new(), |d| ctx.date(lang, d));
    let word = |prefix: &str, code: Option<&str>| code.map_or(String::new(), |c| m.say(&format!("{prefix}.{c}")));
    let plain = |v: &Option<String>| v.clone().unwrap_or_default();
    let mut out = Vec::with_capacity(14);
    let mut fact = |key: &str, value: String, url: Option<String>| out.push(FactView { label: m.say(&format!("fact.{key}")), value, url });
    let cn = ctx.config.profile != crate::config::Profile::Generic;
    if cn || p.index_no.is_some() {
        fact("index_no", plain(&p.index_no), None);
    }
    let theme = item.themes.first().map_or(String::new(), |t| {
        let t = &ctx.public.themes[*t];
        let above = t.parent.map(|p| format!("{} / ", ctx.public.themes[p].label.get(lang))).unwrap_or_default();
        format!("{above}{}", t.label.get(lang))
    });
    let theme_url = item.themes.first().and_then(|t| ctx.routes.get(lang, &Target::Theme(*t as u32, 0))).map(|e| e.url.clone());
    if cn || !theme.is_empty() {
        fact("theme", theme, theme_url);
    }
    match &item.issuers[..] {
        [one] => fact(
            "issuer",
            ctx.public.departments[*one].name.get(lang).to_string(),
            ctx.routes.get(lang, &Target::Department(*one as u32, 0)).map(|e| e.url.clone()),
        ),
        [] => {
            if cn || p.issuer_text.is_some() {
                fact("issuer", plain(&p.issuer_text), None);
            }
        }
        many => fact("issuer", ctx.department_names(lang, many), None),
    }
    if cn || item.formed.is_some() {
        fact("formed_on", day(item.formed), None);
    }
    let number = if p.no_number { m.say("fact.no_number") } else { p.doc_no.as_ref().map_or(String::new(), |n| n.shown().to_string()) };
    if cn || !number.is_empty() {
        fact("doc_no", number, None);
    }
    if cn || item.published.is_some() {
        fact("published_at", item.published.map_or(String::new(), |x| moment_text(m, x)), None);
    }
    if cn || item.effective.is_some() {
        fact("effective_from", day(item.effective), None);
    }
    if item.expires.is_some() {
        fact("expires_on", day(item.expires), None);
    }
    if p.doc_type.is_some() {
        fact("doc_type", word("doc_type", p.doc_type), None);
    }
    if p.level.is_some() {
        fact("authority_level", word("level", p.level), None);
    }
    if p.disclosure.is_some() {
        fact("disclosure_mode", word("disclosure", p.disclosure), None);
    }
    if p.reg_no.is_some() {
        fact("reg_no", plain(&p.reg_no), None);
    }
    if !p.drafted_by.is_empty() {
        fact("drafted_by", ctx.department_names(lang, &p.drafted_by), None);
    }
    if item.source.is_some() {
        fact("source", plain(&item.source), item.source_url.clone());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::starts;

    #[test]
    fn a_text_says_since_when_it_is_in_force() {
        let clause = |n: u32, t: &str| format!("<p class=\"clause\" id=\"art-{n}\"><a class=\"clause__number\" href=\"#art-{n}\">第{n}条</a> {t}</p>\n");
        let one = clause(1, "为了保障权益，制定本法。") + &clause(85, "本法自2013年7月1日起施行。");
        assert_eq!(starts(&one), Some(("本法自2013年7月1日起施行".into(), Some("art-85"))));
        assert_eq!(starts("<p>本办法自2020年1月1日起施行。</p>"), Some(("本办法自2020年1月1日起施行".into(), None)));
        // Two sentences, another text, a day that is not told: nothing is said.
        for t in [
            one + "<p>修改决定自2018年12月29日起施行。</p>",
            "<p>《某某规定》自2013年7月1日起施行。</p>".into(),
            "<p>本办法自发布起施行。</p>".into(),
            String::new(),
        ] {
            assert_eq!(starts(&t), None, "{t}");
        }
    }
}
