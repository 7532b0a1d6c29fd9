//! Akoma Ntoso 3.0 (OASIS LegalDocML): a policy with its parts, chapters, sections, articles (条), paragraphs (款) and items (项),
//! one expression for each language in which it was written.
//!
//! The parts are those that the page and the comparison of versions know. What has no article is a document, not an act; what
//! has no day at all cannot be named in the way of Akoma Ntoso, and is not written.

use super::xml;
use crate::derive::compare::units::{Kind, Unit, units};
use crate::load::blocks::calmly;
use crate::load::dates::han_number;
use crate::model::Item;
use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker, misrouted, pages};
use crate::route::{Entry, Planner, Site, Target};
use crate::schema::site::outputs;
use crate::types;
use rustc_hash::FxHashMap;
use std::fmt::Write;

/// `akn.xml` beside the page of a policy.
pub static EXPORT: Maker = Maker { name: "akoma-ntoso", plan, make, cost: 2 };

fn day(item: &Item) -> Option<jiff::civil::Date> {
    item.formed.or(item.published.map(|m| m.date)).or(item.effective)
}

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if !site.config.writes(&outputs::AKOMA_NTOSO) {
        return;
    }
    for &i in site.derived.list(types::POLICY) {
        let item = &site.public.items[i as usize];
        if day(item).is_none() {
            continue;
        }
        for e in &item.editions {
            let path = format!("{}{}akn.xml", site.public.languages[e.lang].prefix, pages::item_path(item));
            p.file(e.lang, path, Target::Akn(i), 2, false, false);
        }
    }
}

/// ISO 639-2 of a tag.
fn language(tag: &str) -> &'static str {
    match tag.split('-').next().unwrap_or("") {
        "zh" => "zho",
        "en" => "eng",
        "fr" => "fra",
        "de" => "deu",
        "es" => "spa",
        "ru" => "rus",
        "ar" => "ara",
        "ja" => "jpn",
        "ko" => "kor",
        "pt" => "por",
        "it" => "ita",
        "bo" => "bod",
        "ug" => "uig",
        "mn" => "mon",
        _ => "und",
    }
}

/// The country of a site: China's under its rules, else that of its address; `zz` where neither tells.
fn country(ctx: &Ctx<'_>) -> String {
    if ctx.config.profile != crate::config::Profile::Generic {
        return "cn".into();
    }
    let host = ctx.config.base_url.split("://").nth(1).unwrap_or("").split(['/', ':']).next().unwrap_or("");
    match host.rsplit('.').next().unwrap_or("") {
        "uk" => "gb".into(),
        "gov" | "mil" => "us".into(),
        tld if tld.len() == 2 && tld.bytes().all(|b| b.is_ascii_lowercase()) => tld.into(),
        _ => "zz".into(),
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Akn(i) = entry.target else { return misrouted(entry) };
    let edition = ctx.public.items[i as usize].best(entry.lang);
    let parts = units(&calmly(edition.doc.body(), edition.doc.outline.calm, ctx.config.allow_html));
    document(ctx, i, entry.lang, &parts).map_or_else(|| misrouted(entry), |text| Ok(Made::Bytes(text.into_bytes())))
}

/// The document of a policy in a language, of a body that was read; none of what is no policy.
pub fn document(ctx: &Ctx<'_>, i: u32, lang: usize, parts: &[Unit]) -> Option<String> {
    let item = &ctx.public.items[i as usize];
    let (policy, date) = (item.policy()?, day(item)?);
    let edition = item.best(lang);
    let act = parts.iter().any(|u| u.kind == Kind::Article);
    let page = ctx.absolute(ctx.url(lang, &Target::Item(i)));
    let tag = &ctx.public.languages[lang].tag;
    let (iso, kind) = (language(tag), if act { "act" } else { "doc" });
    let number = policy.doc_no.as_ref().map(|n| n.shown().to_string());
    let name = crate::route::encode(item.name()).replace('/', "-");
    let work = format!("/akn/{}/{kind}/{date}/{name}", country(ctx));
    // All who issued it, the lead first.
    let mut issuers: Vec<(String, String)> =
        item.issuers.iter().map(|d| (id_of(&format!("org-{}", ctx.public.departments[*d].id)), ctx.issuer(lang, item, *d).to_string())).collect();
    if issuers.is_empty() {
        issuers.push(("org-issuer".into(), policy.issuer_text.clone().unwrap_or_else(|| ctx.config.title.get(lang).to_string())));
    }
    let authors: String = issuers.iter().map(|(id, _)| format!("<FRBRauthor href=\"#{}\"/>\n", xml(id))).collect();
    let mut out = String::with_capacity(8 << 10);
    let act_name = policy.doc_type.unwrap_or(kind);
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n<{kind} name=\"{}\">\n<meta>\n<identification source=\"#site\">\n",
        xml(&id_of(act_name))
    );
    let level = |out: &mut String, element: &str, uri: &str, on: jiff::civil::Date, what: &str| {
        let _ = write!(
            out,
            "<{element}>\n<FRBRthis value=\"{0}/!main\"/>\n<FRBRuri value=\"{0}\"/>\n<FRBRdate date=\"{on}\" name=\"{what}\"/>\n{authors}",
            xml(uri)
        );
    };
    level(&mut out, "FRBRWork", &work, date, "Generation");
    let _ = writeln!(out, "<FRBRcountry value=\"{}\"/>", country(ctx));
    if let Some(n) = &number {
        let _ = writeln!(out, "<FRBRnumber value=\"{}\"/>", xml(&n.split_whitespace().collect::<String>()));
    }
    out.push_str("</FRBRWork>\n");
    // The version is that of the last change of the text.
    let version = item.changes.iter().map(|c| c.on).filter(|d| *d <= ctx.public.as_of && *d >= date).max().unwrap_or(date);
    let expression = format!("{work}/{iso}@{version}");
    level(&mut out, "FRBRExpression", &expression, version, "Expression");
    let _ = writeln!(out, "<FRBRlanguage language=\"{iso}\"/>\n</FRBRExpression>");
    // The file is as old as its version: a build on another day writes the same.
    level(&mut out, "FRBRManifestation", &format!("{expression}.xml"), version, "Manifestation");
    out.push_str("</FRBRManifestation>\n</identification>\n");
    let r = &ctx.derived.relations[i as usize];
    let life = life(ctx, i, date);
    let _ = writeln!(out, "<lifecycle source=\"#site\">");
    for (n, e) in life.iter().enumerate() {
        let kind = e.kind.map_or(String::new(), |k| format!(" type=\"{k}\""));
        let refers = e.refers.map_or(String::new(), |r| format!(" refersTo=\"#{r}\""));
        let source = e.of.map_or("#work".to_string(), |o| format!("#ref{o}"));
        let _ = writeln!(out, "<eventRef eId=\"e{n}\" date=\"{}\" source=\"{source}\"{kind}{refers}/>", e.on);
    }
    out.push_str("</lifecycle>\n");
    if let Some(from) = life.iter().position(|e| e.refers == Some(EFFECT)) {
        let end = life.iter().position(|e| e.kind == Some("repeal")).map_or(String::new(), |n| format!(" end=\"#e{n}\""));
        let _ = writeln!(
            out,
            "<temporalData source=\"#site\">\n<temporalGroup eId=\"tmpg_1\">\n<timeInterval start=\"#e{from}\"{end} refersTo=\"#{FORCE}\"/>\n</temporalGroup>\n</temporalData>"
        );
    }
    out.push_str("<references source=\"#site\">\n");
    let _ = writeln!(out, "<original eId=\"work\" href=\"{}\" showAs=\"{}\"/>", xml(&page), xml(&edition.title));
    let mut told = rustc_hash::FxHashSet::default();
    let later: Vec<u32> = life.iter().filter_map(|e| e.of).collect();
    for (list, element) in
        [(&r.amends, "activeRef"), (&r.repeals, "activeRef"), (&r.amended_by, "passiveRef"), (&r.repealed_by, "passiveRef"), (&later, "passiveRef")]
    {
        for o in list.iter().filter(|o| told.insert(**o)) {
            let other = &ctx.public.items[*o as usize];
            if let Some(e) = ctx.routes.item(lang, *o, other) {
                let _ = writeln!(out, "<{element} eId=\"ref{o}\" href=\"{}\" showAs=\"{}\"/>", xml(&ctx.absolute(&e.url)), xml(&other.best(lang).title));
            }
        }
    }
    let org = |out: &mut String, id: &str, name: &str| {
        let _ = writeln!(out, "<TLCOrganization eId=\"{0}\" href=\"/akn/ontology/organization/{0}\" showAs=\"{1}\"/>", xml(&id_of(id)), xml(name));
    };
    org(&mut out, "site", ctx.config.title.get(lang));
    let mut named = rustc_hash::FxHashSet::default();
    issuers.iter().filter(|(id, _)| named.insert(id.as_str())).for_each(|(id, name)| org(&mut out, id, name));
    let zh = tag.starts_with("zh");
    for (element, id, word) in [
        ("TLCEvent", EFFECT, if zh { "施行" } else { "entry into force" }),
        ("TLCEvent", EXPIRY, if zh { "有效期届满" } else { "last day in force" }),
        ("TLCConcept", FORCE, if zh { "有效" } else { "in force" }),
    ] {
        if life.iter().any(|e| e.refers == Some(id)) || (id == FORCE && life.iter().any(|e| e.refers == Some(EFFECT))) {
            let _ = writeln!(out, "<{element} eId=\"{id}\" href=\"/akn/ontology/{}/{id}\" showAs=\"{word}\"/>", &element[3..].to_lowercase());
        }
    }
    out.push_str("</references>\n</meta>\n<preface>\n");
    let _ = writeln!(out, "<longTitle><p><docTitle>{}</docTitle></p></longTitle>", xml(&edition.title));
    if let Some(n) = &number {
        let _ = writeln!(out, "<p><docNumber>{}</docNumber></p>", xml(n));
    }
    out.push_str("</preface>\n");
    if act {
        body(&mut out, parts);
    } else {
        out.push_str("<mainBody>\n");
        for u in parts {
            match u.kind {
                Kind::Heading => drop(writeln!(out, "<p><b>{}</b></p>", xml(&u.text))),
                _ => lines(&mut out, &u.text),
            }
        }
        if parts.is_empty() {
            out.push_str("<p/>\n");
        }
        out.push_str("</mainBody>\n");
    }
    let _ = writeln!(out, "</{kind}>\n</akomaNtoso>");
    Some(out)
}

/// What an event of the life of a policy is, where Akoma Ntoso has no word of its own for it.
const EFFECT: &str = "entryIntoForce";
const EXPIRY: &str = "expiry";
const FORCE: &str = "inForce";

/// An event of the life of a policy, on a day that is known.
struct Event {
    on: jiff::civil::Date,
    kind: Option<&'static str>,
    refers: Option<&'static str>,
    /// The policy that made it so; this one where it is none.
    of: Option<u32>,
}

/// Making, amendments, taking effect, repeal and the last day in force, as fields, relations and the steps of the head tell them, in
/// the order of their days.
fn life(ctx: &Ctx<'_>, i: u32, made: jiff::civil::Date) -> Vec<Event> {
    let item = &ctx.public.items[i as usize];
    let r = &ctx.derived.relations[i as usize];
    let event = |on, kind| Event { on, kind: Some(kind), refers: None, of: None };
    let steps = item.policy().map_or(&[][..], |p| &p.history[..]);
    let amends = |t: &str| ["修正", "修订", "修改"].iter().any(|w| t.contains(w));
    // The law of 2009 was made in 1983, where its head says so.
    let first = steps.iter().filter(|(d, t)| *d < made && !amends(t)).map(|(d, _)| *d).min().unwrap_or(made);
    let mut out = vec![event(first, "generation")];
    out.extend(steps.iter().filter(|(d, t)| *d != first && amends(t)).map(|(d, _)| event(*d, "amendment")));
    let takes_effect = |o: u32| {
        let other = &ctx.public.items[o as usize];
        other.effective.or_else(|| day(other))
    };
    // A newer edition stands in the place of this one from its own day on.
    let newer = r.versions.iter().take_while(|v| **v != i).filter(|v| !r.amended_by.contains(v) && !r.repealed_by.contains(v));
    for (list, kind) in [(r.amended_by.iter().chain(newer).copied().collect::<Vec<_>>(), "amendment"), (r.repealed_by.clone(), "repeal")] {
        out.extend(list.into_iter().filter_map(|o| Some(Event { of: Some(o), ..event(takes_effect(o)?, kind) })));
    }
    out.extend(item.effective.map(|on| Event { on, kind: None, refers: Some(EFFECT), of: None }));
    out.extend(item.expires.map(|on| Event { refers: Some(EXPIRY), ..event(on, "repeal") }));
    out.sort_by_key(|e| (e.on, e.kind != Some("generation")));
    out
}

fn lines(out: &mut String, text: &str) {
    for l in text.lines() {
        let _ = writeln!(out, "<p>{}</p>", xml(l));
    }
}

/// A name as an id may be written.
fn id_of(text: &str) -> String {
    let out: String = text.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).collect();
    if out.starts_with(|c: char| c.is_ascii_alphabetic()) { out } else { format!("n{out}") }
}

/// How deep a heading is, and its element: 编, 分编, 章, 节, else what the text has of its own.
fn rank(text: &str) -> (u8, &'static str, usize) {
    // What stands behind all articles is in no part and in no chapter.
    if crate::derive::compare::units::annex(text) {
        return (0, "hcontainer", 0);
    }
    let number = |units: &'static str| {
        let rest = text.strip_prefix('第')?;
        let end = rest.find(units)?;
        let figures = !rest[..end].is_empty() && rest[..end].chars().all(|c| c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c));
        figures.then_some('第'.len_utf8() + end + units.len())
    };
    for (level, element, unit) in [(2, "subpart", "分编"), (1, "part", "编"), (3, "chapter", "章"), (4, "section", "节")] {
        if let Some(n) = number(unit) {
            return (level, element, n);
        }
    }
    (5, "hcontainer", 0)
}

/// Ids that are given once.
#[derive(Default)]
struct Ids(FxHashMap<String, u32>);

impl Ids {
    fn once(&mut self, wish: String) -> String {
        let n = self.0.entry(wish.clone()).or_insert(0);
        *n += 1;
        if *n == 1 { wish } else { format!("{wish}_{n}") }
    }

    /// The same, of what has no number: counted from 1.
    fn counted(&mut self, what: &str) -> String {
        let n = self.0.entry(what.to_string()).or_insert(0);
        *n += 1;
        format!("{what}_{n}")
    }
}

fn body(out: &mut String, parts: &[Unit]) {
    let mut ids = Ids::default();
    let first = parts.iter().position(|u| u.kind != Kind::Paragraph).unwrap_or(parts.len());
    if first > 0 {
        out.push_str("<preamble>\n");
        parts[..first].iter().for_each(|u| lines(out, &u.text));
        out.push_str("</preamble>\n");
    }
    out.push_str("<body>\n");
    // Open headings, with whether something stands in them and their ids.
    let mut open: Vec<(u8, &str, bool, String)> = Vec::new();
    let close = |out: &mut String, open: &mut Vec<(u8, &'static str, bool, String)>, to: u8| {
        while open.last().is_some_and(|(r, ..)| *r >= to) {
            if let Some((_, element, filled, _)) = open.pop() {
                if !filled {
                    out.push_str("<content><p/></content>\n");
                }
                let _ = writeln!(out, "</{element}>");
            }
        }
    };
    for u in &parts[first..] {
        if u.kind == Kind::Heading {
            let (level, element, number) = rank(&u.text);
            close(out, &mut open, level);
            if let Some(last) = open.last_mut() {
                last.2 = true;
            }
            let (label, rest) = u.text.split_at(number);
            let short = match element {
                "chapter" => "chp",
                "section" => "sec",
                other => other,
            };
            // Numbers of chapters and sections may begin again in each part: the id of what they stand in comes first.
            let above = open.last().map_or(String::new(), |(.., id)| format!("{id}__"));
            let figures: String = label.chars().filter(|c| c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(*c)).collect();
            let id = match han_number(&figures) {
                Some(n) => ids.once(format!("{above}{short}_{n}")),
                None => ids.counted(&format!("{above}{short}")),
            };
            let named = if element == "hcontainer" { " name=\"heading\"" } else { "" };
            let _ = writeln!(out, "<{element} eId=\"{id}\"{named}>");
            if number > 0 {
                let _ = writeln!(out, "<num>{}</num>", xml(label));
            }
            if !rest.trim().is_empty() {
                let _ = writeln!(out, "<heading>{}</heading>", xml(rest.trim()));
            }
            open.push((level, element, false, id));
            continue;
        }
        if let Some(last) = open.last_mut() {
            last.2 = true;
        }
        if u.kind == Kind::Article {
            article(out, u, &mut ids);
        } else {
            let _ = writeln!(out, "<hcontainer eId=\"{}\" name=\"text\">\n<content>", ids.once("hco_text".into()));
            lines(out, &u.text);
            out.push_str("</content>\n</hcontainer>\n");
        }
    }
    close(out, &mut open, 0);
    out.push_str("</body>\n");
}

/// `（一）` at the beginning of a line: its length.
fn item(line: &str) -> Option<usize> {
    let rest = line.strip_prefix(['（', '('])?;
    let end = rest.find(['）', ')'])?;
    let figures = !rest[..end].is_empty() && rest[..end].chars().all(|c| c.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(c));
    let open = line.len() - rest.len();
    figures.then(|| open + end + rest[end..].chars().next().map_or(0, char::len_utf8))
}

/// `1.` at the beginning of a line: its length.
fn sub_item(line: &str) -> Option<usize> {
    let end = line.find(|c: char| !c.is_numeric()).filter(|e| *e > 0 && line[..*e].chars().count() <= 2)?;
    let sign = line[end..].chars().next().filter(|c| matches!(c, '.' | '．' | '、'))?;
    // `1.5米以上` is a measure.
    let after = end + sign.len_utf8();
    (!line[after..].starts_with(|c: char| c.is_numeric())).then_some(after)
}

/// 项: its line and the lines of its 目.
type WithParts<'a> = (&'a str, Vec<&'a str>);

/// An article: paragraphs (款), in them items (项), and in these sub-items (目).
fn article(out: &mut String, u: &Unit, ids: &mut Ids) {
    let id = ids.once(match u.number {
        Some((n, 0)) => format!("art_{n}"),
        Some((n, sub)) => format!("art_{n}-{sub}"),
        None => "art".into(),
    });
    let _ = writeln!(out, "<article eId=\"{id}\">\n<num>{}</num>", xml(&u.label));
    let all: Vec<&str> = u.text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    // Each paragraph with the items behind it; items without a paragraph stand below an empty one.
    // Sub-items stand in the item before them.
    let mut paragraphs: Vec<(&str, Vec<WithParts<'_>>)> = Vec::new();
    for l in all {
        match paragraphs.last_mut() {
            Some((_, items)) if item(l).is_some() => items.push((l, Vec::new())),
            None if item(l).is_some() => paragraphs.push(("", vec![(l, Vec::new())])),
            Some((_, items)) if sub_item(l).is_some() && !items.is_empty() => items.last_mut().into_iter().for_each(|(_, subs)| subs.push(l)),
            _ => paragraphs.push((l, Vec::new())),
        }
    }
    match &paragraphs[..] {
        [] => out.push_str("<content><p/></content>\n"),
        [(text, items)] if items.is_empty() => drop(writeln!(out, "<content><p>{}</p></content>", xml(text))),
        many => {
            for (n, (text, items)) in many.iter().enumerate() {
                let para = format!("{id}__para_{}", n + 1);
                let _ = writeln!(out, "<paragraph eId=\"{para}\">");
                if items.is_empty() {
                    let _ = writeln!(out, "<content><p>{}</p></content>", xml(text));
                } else {
                    if !text.is_empty() {
                        let _ = writeln!(out, "<intro><p>{}</p></intro>", xml(text));
                    }
                    for (k, (line, subs)) in items.iter().enumerate() {
                        let (label, rest) = line.split_at(item(line).unwrap_or(0));
                        let (point, rest) = (format!("{para}__point_{}", k + 1), xml(rest.trim()));
                        let _ = write!(out, "<point eId=\"{point}\"><num>{}</num>", xml(label));
                        if subs.is_empty() {
                            let _ = writeln!(out, "<content><p>{rest}</p></content></point>");
                            continue;
                        }
                        let _ = writeln!(out, "<intro><p>{rest}</p></intro>");
                        for (j, sub) in subs.iter().enumerate() {
                            let (label, rest) = sub.split_at(sub_item(sub).unwrap_or(0));
                            let _ = writeln!(
                                out,
                                "<indent eId=\"{point}__indent_{}\"><num>{}</num><content><p>{}</p></content></indent>",
                                j + 1,
                                xml(label),
                                xml(rest.trim())
                            );
                        }
                        out.push_str("</point>\n");
                    }
                }
                out.push_str("</paragraph>\n");
            }
        }
    }
    out.push_str("</article>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::blocks::blocks;

    #[test]
    fn sub_items_stand_in_their_items_and_what_follows_the_articles_in_none() {
        // 机动车驾驶证申领和使用规定, the beginning of article 14.
        let text = "第一章 总则\n\n第一节 范围\n\n第十四条 申请机动车驾驶证的人，应当符合下列规定：\n\n（一）年龄条件：\n\n1.申请小型汽车准驾车型的，在18周岁以上；\n\n2.申请低速载货汽车准驾车型的，在18周岁以上，60周岁以下。\n\n（二）身体条件：\n\n1.身高：申请大型客车准驾车型的，身高为155厘米以上；\n\n（三）其他。\n\n第二章 规定\n\n第一节 一\n\n第十五条 施行。\n\n附件1\n\n表样。\n";
        let mut out = String::new();
        body(&mut out, &units(&blocks(text, false)));
        for part in [
            "<chapter eId=\"chp_1\">",
            "<section eId=\"chp_1__sec_1\">",
            "<section eId=\"chp_2__sec_1\">",
            "<point eId=\"art_14__para_1__point_1\"><num>（一）</num><intro><p>年龄条件：</p></intro>\n<indent eId=\"art_14__para_1__point_1__indent_1\"><num>1.</num><content><p>申请小型汽车准驾车型的，在18周岁以上；",
            "<point eId=\"art_14__para_1__point_2\"><num>（二）</num><intro><p>身体条件：",
            "<point eId=\"art_14__para_1__point_3\"><num>（三）</num><content><p>其他。",
            "<article eId=\"art_15\">\n<num>第十五条</num>\n<content><p>施行。</p></content>\n</article>\n</section>\n</chapter>\n<hcontainer eId=\"hcontainer_1\" name=\"heading\">\n<heading>附件1</heading>\n",
        ] {
            assert!(out.contains(part), "{part}: {out}");
        }
        assert_eq!((sub_item("1.5米以上"), sub_item("12、甲"), sub_item("2024、甲")), (None, Some(5), None));
    }
}
