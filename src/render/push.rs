//! What tells people elsewhere of an item: texts ready to be copied, a poster for paper with a code that a telephone reads,
//! a picture for chats. Nothing of it is part of the site.

use crate::config::Config;
use crate::derive::Derived;
use crate::model::{Edition, Item, Public, Stage};
use crate::render::{date_text, pages, picture, stage};
use crate::route::Routes;
use crate::theme::{Messages, Theme};
use qrcode::{Color, EcLevel, QrCode};

/// A file: name, bytes.
pub type File = (&'static str, Vec<u8>);

/// What is told of an item.
pub struct Told {
    title: String,
    /// Where it stands, where a reader must know before the text.
    state: Option<State>,
    lead: String,
    /// Headings of the text.
    points: Vec<String>,
    /// Who issued it, and when.
    by: String,
    day: String,
    /// The whole address of its page.
    url: String,
    site: String,
}

/// Where an item stands that is not, or not only, what holds.
struct State {
    /// In a word.
    word: String,
    /// In a sentence, with its day.
    sentence: String,
    /// The same with the day as of which it is said, and what to read instead.
    whole: String,
}

/// Longest sentence on the state of an item in a short message; a word stands for longer ones.
const SENTENCE: usize = 36;

/// About how long an excerpt is, and from where on a sentence may end it.
const EXCERPT: (usize, usize) = (100, 40);

/// Most characters of a message on Weibo that everybody sees without opening it.
const WEIBO: usize = 140;

/// Most headings that are told.
const POINTS: usize = 8;

/// What is told of one item in a language; `None` where it has no page.
pub fn told(config: &Config, public: &Public, derived: &Derived, routes: &Routes, theme: &Theme, lang: usize, i: u32) -> Option<Told> {
    let item: &Item = &public.items[i as usize];
    let entry = routes.item(lang, i, item)?;
    let edition = item.best(entry.lang);
    let origin = config.base_url.strip_suffix(&config.base_path).unwrap_or(&config.base_url);
    let m = &theme.messages[entry.lang];
    let names: Vec<&str> = item.issuers.iter().map(|d| public.issuer(entry.lang, item, *d)).collect();
    let headings = edition.doc.outline.headings.iter().filter(|h| h.level == 2).map(|h| h.text.to_string());
    Some(Told {
        title: edition.title.clone(),
        state: state(public, derived, m, entry.lang, i),
        lead: lead(edition),
        points: headings.take(POINTS).collect(),
        by: names.join(if public.languages[entry.lang].tag.starts_with("zh") { "、" } else { ", " }),
        day: item.day().map_or(String::new(), |d| date_text(m, d)),
        url: format!("{origin}{}", entry.url),
        site: config.title.get(entry.lang).to_string(),
    })
}

/// What must be known before the text: it does not hold, or not yet; until when opinions are taken, and what came of them.
fn state(public: &Public, derived: &Derived, m: &Messages, lang: usize, i: u32) -> Option<State> {
    let item = &public.items[i as usize];
    let say = |key: &str, args: &[(&str, String)]| m.get(key, args).unwrap_or_default();
    let named = |o: u32| public.items[o as usize].best(lang).title.clone();
    let (word, mut sentence, instead) = if let Some((code, key, day)) = pages::not_holding(public, derived, i) {
        let sentence = say(&key, &[("date", day.map_or(String::new(), |d| date_text(m, d)))]);
        let instead = derived.relations[i as usize].successor.filter(|_| !matches!(code, "unknown" | "not-yet"));
        (word(m, code), sentence, instead)
    } else if let Some(c) = item.consultation() {
        let at = c.stage(public.as_of)?;
        let day = match at {
            Stage::Ahead => c.opens,
            Stage::Open | Stage::Closed => c.closes,
            Stage::Answered => c.result(public.as_of).and_then(|r| r.on),
        };
        let date = [("date", day.map_or(String::new(), |d| date_text(m, d)))];
        let sentence = match at {
            _ if day.is_none() => String::new(),
            Stage::Ahead => say("push.ahead", &date),
            Stage::Open => say("push.open", &date),
            Stage::Closed => say("push.closed", &date),
            Stage::Answered => say("push.answered", &date),
        };
        (m.say(stage::stage_key(Some(at))), sentence, None)
    } else if item.interpretation().is_some() {
        // An interpretation is no better than what it explains.
        let explains = derived.relations[i as usize].explains.iter();
        let (policy, code) = explains.filter_map(|p| pages::not_holding(public, derived, *p).map(|(code, ..)| (*p, code))).next()?;
        let word = word(m, code);
        let sentence = say("push.explained", &[("title", named(policy)), ("state", word.clone())]);
        (word, sentence, None)
    } else {
        return None;
    };
    let mut whole = say("consult.as_of", &[("state", word.clone()), ("date", date_text(m, public.as_of))]);
    let see = instead.map(|o| format!("{}{}", m.say("banner.see"), named(o)));
    for part in [Some(sentence.clone()).filter(|s| !s.is_empty()), see].into_iter().flatten() {
        whole.push_str(&format!("  {part}"));
    }
    if sentence.is_empty() || sentence.chars().count() > SENTENCE {
        sentence = format!("{}{word}{}", m.say("open"), m.say("close"));
    }
    Some(State { word, sentence, whole })
}

/// A state in a word, by its code.
fn word(m: &Messages, code: &str) -> String {
    match code {
        "unknown" | "superseded" => m.say(&format!("state.{code}")),
        _ => m.say(&format!("validity.{code}")),
    }
}

/// The summary, or the beginning of the text up to the end of a sentence; what is cut within one ends in `…`.
fn lead(edition: &Edition) -> String {
    let whole = match &edition.summary {
        Some(s) => return s.clone(),
        None => edition.doc.outline.lead.trim(),
    };
    // The beginning that is known may itself end within a sentence.
    let known = whole.chars().count();
    if known <= EXCERPT.0 {
        return whole.to_string();
    }
    let end = whole.char_indices().nth(EXCERPT.0).map_or(whole.len(), |(at, _)| at);
    let head = &whole[..end];
    let stop = |(at, c): (usize, char)| match c {
        '。' | '！' | '？' => Some(at + c.len_utf8()),
        '.' | '!' | '?' if head[at + 1..].starts_with(' ') => Some(at + 1),
        _ => None,
    };
    match head.char_indices().filter_map(stop).rfind(|at| head[..*at].chars().count() >= EXCERPT.1) {
        // What closes behind it belongs to it.
        Some(at) => format!("{}{}", &head[..at], whole[at..].chars().take_while(|c| matches!(c, '”' | '’' | '）' | '》')).collect::<String>()),
        None => cut(whole, EXCERPT.0),
    }
}

/// All files of an item: `words` are the texts around what is told.
pub fn files(config: &Config, public: &Public, derived: &Derived, routes: &Routes, theme: &Theme, lang: usize, id: &str) -> Option<Vec<File>> {
    let i = *derived.by_id.get(id)?;
    let t = told(config, public, derived, routes, theme, lang, i)?;
    let m = &theme.messages[lang];
    let tag = &public.languages[lang].tag;
    let poster = poster(&t, &m.say("push.scan"))?;
    let mut out = vec![
        ("wechat.txt", wechat(&t, &m.say("push.points"), &m.say("push.whole")).into_bytes()),
        ("weibo.txt", weibo(&t).into_bytes()),
        ("poster.html", page(&t, tag, &poster).into_bytes()),
        ("poster.svg", poster.into_bytes()),
    ];
    let by: Vec<&str> = [t.state.as_ref().map_or("", |s| &s.word), &t.by, &t.day].into_iter().filter(|x| !x.is_empty()).collect();
    out.extend(picture::draw(&theme.share_font, &t.site, &t.title, &t.lead, &by.join("  ·  ")).map(|png| ("card.png", png)));
    Some(out)
}

/// Paragraphs for an article: title, what it is about, its parts, where the whole is.
fn wechat(t: &Told, points: &str, whole: &str) -> String {
    let mut out = format!("{}\n\n", t.title);
    let who: Vec<&str> = [t.by.as_str(), t.day.as_str()].into_iter().filter(|x| !x.is_empty()).collect();
    if !who.is_empty() {
        out.push_str(&format!("{}\n\n", who.join("  ")));
    }
    if let Some(s) = &t.state {
        out.push_str(&format!("{}\n\n", s.whole));
    }
    if !t.lead.is_empty() {
        out.push_str(&format!("{}\n\n", t.lead));
    }
    if !t.points.is_empty() {
        out.push_str(&format!("{points}\n"));
        t.points.iter().for_each(|p| out.push_str(&format!("· {p}\n")));
        out.push('\n');
    }
    out.push_str(&format!("{whole}{}\n", t.url));
    out
}

/// One message of at most 140 characters, the address and the state whole; what does not fit ends in `…`.
fn weibo(t: &Told) -> String {
    let state = t.state.as_ref().map_or("", |s| &s.sentence);
    let taken = t.url.chars().count() + state.chars().count() + 1;
    let room = WEIBO.saturating_sub(taken);
    let title = cut(&t.title, room.saturating_sub(2));
    let left = room.saturating_sub(title.chars().count() + 2);
    let lead = if left > 10 { cut(&t.lead, left) } else { String::new() };
    format!("【{title}】{state}{lead} {}\n", t.url)
}

/// The first characters of a text.
fn cut(text: &str, most: usize) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let mut out: String = line.chars().take(most.saturating_sub(1)).collect();
    out.push('…');
    out
}

/// A4 in millimetres.
const PAPER: (f32, f32) = (210.0, 297.0);
/// Side of the code, in millimetres.
const CODE: f32 = 60.0;

/// The notice for a wall, as SVG of the size of a page. `None` for an address that is too long for any code.
fn poster(t: &Told, scan: &str) -> Option<String> {
    let (w, h) = PAPER;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}mm\" height=\"{h}mm\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-labelledby=\"title\" font-family=\"'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif\">\n<title id=\"title\">{}</title>\n<rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n<rect width=\"{w}\" height=\"34\" fill=\"#16405b\"/>\n",
        safe(&t.title)
    );
    let mut line = |x: f32, y: f32, size: f32, fill: &str, more: &str, text: &str| {
        if !text.is_empty() {
            out.push_str(&format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{fill}\"{more}>{}</text>\n", safe(text)));
        }
    };
    line(18.0, 22.0, 9.0, "#fff", "", &cut(&t.site, 36));
    let mut y = 58.0;
    for part in wrap(&t.title, 14.5, 4) {
        line(18.0, y, 12.0, "#16405b", " font-weight=\"700\"", &part);
        y += 17.0;
    }
    line(18.0, y, 5.5, "#444", "", &[t.by.as_str(), t.day.as_str()].into_iter().filter(|x| !x.is_empty()).collect::<Vec<_>>().join("  "));
    y += 14.0;
    for part in wrap(t.state.as_ref().map_or("", |s| &s.whole), 24.0, 4) {
        line(18.0, y, 7.0, "#a61b1b", " font-weight=\"700\"", &part);
        y += 10.0;
    }
    let foot = h - CODE - 34.0;
    for part in wrap(&t.lead, 29.0, ((foot - y) / 10.0).max(0.0) as usize) {
        line(18.0, y, 6.0, "#111", "", &part);
        y += 10.0;
    }
    for part in t.points.iter().take(((foot - y) / 10.0).max(0.0) as usize) {
        line(18.0, y, 6.0, "#111", "", &format!("· {}", cut(part, 26)));
        y += 10.0;
    }
    let below = h - 22.0;
    line(18.0 + CODE + 12.0, below - CODE / 2.0, 7.0, "#16405b", " font-weight=\"700\"", scan);
    for (n, part) in wrap(&t.url, 46.0, 3).into_iter().enumerate() {
        line(18.0, below + 8.0 + 4.5 * n as f32, 3.6, "#444", "", &part);
    }
    out.push_str(&code(&t.url, 18.0, below - CODE)?);
    out.push_str("</svg>\n");
    Some(out)
}

/// Lines of about `per` wide signs (a Latin one is half as wide), at most so many; the last ends in `…` where there is more.
fn wrap(text: &str, per: f32, most: usize) -> Vec<String> {
    let (mut out, mut line, mut used) = (Vec::new(), String::new(), 0.0);
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        let wide = if c.is_ascii() { 0.55 } else { 1.0 };
        if used + wide > per {
            // A line does not begin with a mark that ends a sentence, nor break a Latin word.
            let back = if c.is_ascii_alphanumeric() && !text.starts_with("http") { line.rfind(' ').filter(|n| *n > line.len() / 2) } else { None };
            let rest = back.map_or(String::new(), |n| line.split_off(n + 1));
            if "，。；：、？！）》”".contains(c) {
                line.push(c);
                out.push(std::mem::take(&mut line));
                used = 0.0;
                continue;
            }
            out.push(std::mem::replace(&mut line, rest));
            used = line.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum();
        }
        line.push(c);
        used += wide;
    }
    if !line.trim().is_empty() {
        out.push(line);
    }
    if out.len() > most {
        out.truncate(most);
        if let Some(last) = out.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    out
}

/// The code as one path, with the quiet border that readers want: four modules.
fn code(url: &str, x: f32, y: f32) -> Option<String> {
    let code = QrCode::with_error_correction_level(url.as_bytes(), EcLevel::M).ok()?;
    let n = code.width();
    let size = CODE / (n as f32 + 8.0);
    let mut path = String::new();
    for i in code.to_colors().into_iter().enumerate().filter(|(_, c)| *c == Color::Dark).map(|(i, _)| i) {
        path.push_str(&format!("M{} {}h1v1h-1z", i % n + 4, i / n + 4));
    }
    Some(format!("<g transform=\"translate({x} {y}) scale({size})\"><path fill=\"#000\" shape-rendering=\"crispEdges\" d=\"{path}\"/></g>\n"))
}

/// The poster as a page that prints, and saves as PDF, on one sheet.
fn page(t: &Told, tag: &str, poster: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\"><meta name=\"viewport\" content=\"width=device-width\"><title>{}</title>\n<style>@page{{size:A4;margin:0}}html,body{{margin:0}}svg{{display:block;width:100%;height:auto;max-width:210mm}}@media print{{svg{{width:210mm;height:297mm;break-inside:avoid}}}}</style></head><body>\n{poster}</body></html>\n",
        safe(tag),
        safe(&t.title)
    )
}

/// Text between tags, without signs that XML does not know.
fn safe(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    clean.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
