//! Days to come as calendars (RFC 5545): a file for each item that has some, and one for the site.

use crate::config::Localized;
use crate::load::Moment;
use crate::model::{Item, Value};
use crate::output::{Made, MakeResult};
use crate::render::pages::item_path;
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::types::event;
use crate::types::policy::task;
use jiff::civil::Date;

/// `calendar.ics`, and `dates.ics` beside the page of an item.
pub static EXPORT: Maker = Maker { name: "ics", plan, make, cost: 1 };

/// A day, or a time, that lies ahead.
struct Ahead {
    /// The message that names it.
    what: &'static str,
    /// Sets it apart from others of the item.
    id: String,
    from: Moment,
    /// Where it has a last day or time of its own.
    to: Option<Moment>,
    /// Of a task what is to be done; else the title of the item is named.
    name: Option<Localized>,
    place: Option<Localized>,
}

/// What of an item lies ahead.
///
/// A policy that is over has nothing ahead of it: neither its last day nor its tasks.
fn ahead(item: &Item, today: Date, over: bool) -> impl Iterator<Item = Ahead> {
    let release = item.dataset().and_then(|d| d.next_release);
    let closes = item.consultation().and_then(|c| c.closes);
    let days = [("closes", closes), ("effective", item.effective), ("expires", item.expires.filter(|_| !over)), ("release", release)];
    let days = days.into_iter().filter_map(|(what, day)| Some(Ahead { what, id: what.into(), from: Moment::day(day?), to: None, name: None, place: None }));
    let event = item.record().filter(|_| item.kind.id == event::TYPE.id).and_then(|v| {
        let moment = |f| if let Some(Value::Moment(m)) = v.get(f) { Some(*m) } else { None };
        let place = if let Some(Value::Said(t)) = v.get(&event::PLACE) { Some(t.clone()) } else { None };
        Some(Ahead { what: "event", id: "event".into(), from: moment(&event::STARTS)?, to: moment(&event::ENDS), name: None, place })
    });
    let tasks = item.policy().filter(|_| !over).map_or(&[][..], |p| &p.tasks).iter().enumerate();
    let tasks = tasks.filter(|(_, t)| t.get(&task::DONE_ON).is_none()).filter_map(|(n, t)| match (t.get(&task::DUE), t.get(&task::WHAT)) {
        (Some(Value::Day(due)), Some(Value::Said(name))) => {
            Some(Ahead { what: "task", id: format!("task-{}", n + 1), from: Moment::day(*due), to: None, name: Some(name.clone()), place: None })
        }
        _ => None,
    });
    days.chain(event).chain(tasks).filter(move |a| a.from.date > today)
}

/// The policy was repealed, or its period has ended.
fn over(derived: &crate::derive::Derived, i: usize) -> bool {
    matches!(derived.validity[i], Some(crate::derive::Validity::Repealed | crate::derive::Validity::Expired))
}

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if !site.config.ics {
        return;
    }
    for (lang, language) in site.public.languages.iter().enumerate() {
        let mut any = false;
        for (i, item) in site.public.items.iter().enumerate() {
            if item.edition(lang).is_some() && ahead(item, site.public.as_of, over(site.derived, i)).next().is_some() {
                p.file(lang, format!("{}{}dates.ics", language.prefix, item_path(item)), Target::Ics(Some(i as u32)), 2, false, false);
                any = true;
            }
        }
        if any {
            p.file(lang, format!("{}calendar.ics", language.prefix), Target::Ics(None), 2, false, false);
        }
    }
}

/// The address of the calendar of an item, or of the site, where there is one.
pub fn link(ctx: &Ctx<'_>, lang: usize, item: Option<u32>) -> Option<String> {
    Some(ctx.routes.get(lang, &Target::Ics(item))?.url.clone())
}

/// The next days of the site: day, what happens on it, the page; the nearest first.
pub fn coming(ctx: &Ctx<'_>, lang: usize, limit: usize) -> Vec<(Date, String, String)> {
    let mut out = Vec::new();
    for (i, item) in ctx.public.items.iter().enumerate() {
        let Some(entry) = ctx.routes.item(lang, i as u32, item) else { continue };
        for a in ahead(item, ctx.public.as_of, over(ctx.derived, i)) {
            out.push((a.from.date, happens(ctx, lang, &a, &item.best(lang).title), entry.url.clone()));
        }
    }
    out.sort();
    out.truncate(limit);
    out
}

/// At nine in the morning three days before a deadline.
const ALARM: &str = "TRIGGER:-P2DT15H";

/// What is to be known of a day: of a consultation how opinions are sent, then where the whole is.
fn told(ctx: &Ctx<'_>, lang: usize, i: u32, what: &str, url: &str) -> String {
    let m = &ctx.theme.messages[lang];
    let mut out = Vec::new();
    if what == "closes" {
        let ways = crate::render::channels::ways(ctx, lang, &ctx.public.items[i as usize]);
        out.extend((!ways.is_empty()).then(|| m.say("ics.closes.how")));
        out.extend(ways.into_iter().map(|(k, v)| format!("{k}{}{v}", m.say("colon"))));
    }
    out.extend(m.get("ics.whole", &[("url", url)]));
    out.join("\n")
}

/// What happens, with the item or the task.
fn happens(ctx: &Ctx<'_>, lang: usize, a: &Ahead, title: &str) -> String {
    // A task says of which document it is: five are called 培训.
    let told = a.name.as_ref().map_or(title, |n| n.get(lang));
    ctx.theme.messages[lang].get(&format!("ics.{}", a.what), &[("title", told), ("of", title)]).unwrap_or_default()
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Ics(of) = entry.target else { return misrouted(entry) };
    let lang = entry.lang;
    let items: Vec<u32> = match of {
        Some(i) => vec![i],
        None => (0..ctx.public.items.len() as u32).filter(|i| ctx.public.items[*i as usize].edition(lang).is_some()).collect(),
    };
    let host = ctx.config.base_url.split("://").nth(1).and_then(|r| r.split('/').next()).unwrap_or("");
    let mut lines = vec!["BEGIN:VCALENDAR".to_string(), "VERSION:2.0".into(), "PRODID:-//Clerestory//Clerestory//EN".into(), "CALSCALE:GREGORIAN".into()];
    lines.push("METHOD:PUBLISH".into());
    // A calendar of one item is called by it: beside others the name of the site would tell nothing.
    let site = ctx.config.title.get(lang);
    let called = of.map_or(site.to_string(), |i| format!("{} · {site}", ctx.public.items[i as usize].best(lang).title));
    lines.push(format!("X-WR-CALNAME:{}", text(&called)));
    for i in items {
        let item = &ctx.public.items[i as usize];
        let title = &item.best(lang).title;
        // When the item last said something, not when this file was made.
        let said = item.changed(ctx.public.as_of).max(item.published.map(|m| m.date)).max(item.formed);
        for a in ahead(item, ctx.public.as_of, over(ctx.derived, i as usize)) {
            let name = happens(ctx, lang, &a, title);
            lines.push("BEGIN:VEVENT".into());
            lines.push(format!("UID:{}.{}.{}@{host}", a.id, crate::route::encode(&item.id), ctx.public.languages[lang].tag));
            lines.push(format!("DTSTAMP:{}T000000Z", plain(said.unwrap_or(a.from.date))));
            match utc(ctx, a.from) {
                Some(start) => {
                    lines.push(format!("DTSTART:{start}"));
                    // An end before the start is told by the check, and is none.
                    lines.extend(a.to.and_then(|to| utc(ctx, to)).filter(|end| *end > start).map(|end| format!("DTEND:{end}")));
                }
                None => {
                    let last = a.to.map_or(a.from.date, |to| to.date.max(a.from.date));
                    lines.push(format!("DTSTART;VALUE=DATE:{}", plain(a.from.date)));
                    lines.extend(last.tomorrow().ok().map(|d| format!("DTEND;VALUE=DATE:{}", plain(d))));
                }
            }
            lines.extend(a.place.as_ref().map(|p| format!("LOCATION:{}", text(p.get(lang)))));
            lines.push(format!("SUMMARY:{}", text(&name)));
            let page = ctx.routes.item(lang, i, item).map(|e| ctx.absolute(&e.url));
            lines.extend(page.as_ref().map(|url| format!("DESCRIPTION:{}", text(&told(ctx, lang, i, a.what, url)))));
            lines.extend(page.map(|url| format!("URL:{url}")));
            if a.what != "event" {
                lines.push("TRANSP:TRANSPARENT".into());
            }
            if matches!(a.what, "closes" | "task") && a.from.time.is_none() {
                lines.extend(["BEGIN:VALARM".into(), "ACTION:DISPLAY".into(), format!("DESCRIPTION:{}", text(&name)), ALARM.into(), "END:VALARM".into()]);
            }
            lines.push("END:VEVENT".into());
        }
    }
    lines.push("END:VCALENDAR".into());
    // Another script has characters of another length: folded after it.
    let whole = ctx.shells.script(ctx.public, lang, lines.join("\n").into_bytes());
    let mut out = String::with_capacity(whole.len() * 9 / 8);
    String::from_utf8_lossy(&whole).lines().for_each(|l| fold(&mut out, l));
    Ok(Made::Bytes(out.into_bytes()))
}

/// `20260301T010000Z`; nothing for a day without a time.
fn utc(ctx: &Ctx<'_>, m: Moment) -> Option<String> {
    let at = jiff::tz::TimeZone::UTC.to_datetime(ctx.config.tz.to_timestamp(m.date.to_datetime(m.time?)).ok()?);
    Some(format!("{}T{:02}{:02}{:02}Z", plain(at.date()), at.hour(), at.minute(), at.second()))
}

/// `20260301`
fn plain(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A value of type TEXT; control characters may not stand in it.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line in pieces of at most 75 octets, none within a character.
fn fold(out: &mut String, line: &str) {
    let (mut rest, mut room) = (line, 75);
    while rest.len() > room {
        let cut = crate::load::floor(rest, room);
        out.push_str(&rest[..cut]);
        out.push_str("\r\n ");
        (rest, room) = (&rest[cut..], 74);
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut out = String::new();
        fold(&mut out, &format!("SUMMARY:{}", "明".repeat(60)));
        assert!(out.split("\r\n").all(|l| l.len() <= 75), "{out}");
        assert_eq!(out.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "明".repeat(60)));
        assert_eq!(text("a;b,c\\d\ne\u{7}"), "a\\;b\\,c\\\\d\\ne");
    }
}
