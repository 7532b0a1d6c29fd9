//! `clerestory search`: asks the index of a built site.

use super::{Printed, World, tongue, tr};
use crate::config::{self, Overrides};
use crate::diag::{Report, Tongue};
use crate::index::engine::{Engine, Failure, Found, Hit, Options};
use crate::load::read_bytes;
use clap::ArgMatches;
use std::fmt::Write as _;
use std::path::PathBuf;

pub(super) fn run(m: &ArgMatches, world: &World<'_>, told: Option<&str>, terminal: Tongue) -> Printed {
    let text = |name: &str| m.get_one::<String>(name).cloned();
    let root = match super::project::project(m, terminal) {
        Ok(root) => root,
        Err(_) if m.get_one::<PathBuf>("out").is_some() => super::project::or_here(m),
        Err(p) => return p,
    };
    let config = config::read(&root, &Overrides::default(), &mut Report::new());
    let lang = tongue(told, config.as_ref(), world);
    let wrong = |text: String| Printed { err: text + "\n", code: 2, ..Printed::default() };
    let tag = text("in").or_else(|| config.as_ref().map(|c| c.languages[0].tag.clone())).unwrap_or_else(|| "zh-Hans".into());
    if tag.contains(['/', '\\', '.']) {
        return wrong(if lang == Tongue::Zh { format!("--in 不是语言标记：{tag}") } else { format!("--in is no language tag: {tag}") });
    }
    let out = m.get_one::<PathBuf>("out").cloned().unwrap_or_else(|| root.join("public"));
    let years = match text("year").map(|y| years(&y)) {
        Some(None) => return wrong(tr(lang, "--year 要写成 2024 或 2021-2023", "--year is 2024 or 2021-2023").into()),
        Some(y) => y,
        None => None,
    };
    let options = Options {
        limit: m.get_one::<usize>("limit").copied().unwrap_or(10),
        types: text("type").into_iter().collect(),
        departments: text("department").into_iter().collect(),
        years,
        title_only: m.get_flag("title"),
        newest: m.get_flag("newest"),
        ..Options::default()
    };
    // Addresses come percent-encoded; files are named as they are.
    let fetch = |path: &str| {
        let path = crate::model::content_key("", path)?;
        read_bytes(&out.join(path)).ok()
    };
    let query = m.get_many::<String>("query").into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let engine = match Engine::open(&format!("search/{tag}/"), &fetch) {
        Ok(e) => e,
        Err(f) => return wrong(failure(&f, lang)),
    };
    for (flag, facet, asked) in [("type", "types", &options.types), ("department", "departments", &options.departments)] {
        let there = engine.codes(facet);
        if let Some(word) = asked.iter().find(|w| !there.contains(w)) {
            let list = there.join(tr(lang, "、", ", "));
            let near = super::tell::closest(word, there.iter().map(String::as_str));
            let near = near.map_or(String::new(), |n| format!("\n  = {}{n}", tr(lang, "是不是：", "did you mean: ")));
            return wrong(if lang == Tongue::Zh {
                format!("--{flag} 没有 `{word}`，可以是：{list}{near}")
            } else {
                format!("--{flag}: there is no `{word}`; there are {list}{near}")
            });
        }
    }
    match engine.search(&query, &options) {
        Ok(found) if text("format").as_deref() == Some("json") => {
            Printed { out: serde_json::to_string_pretty(&found).unwrap_or_default() + "\n", ..Printed::default() }
        }
        Ok(found) => {
            // As the page does: where next to nothing has all of it, what has parts of it too.
            let more = (found.strict < ENOUGH && !found.loose).then(|| engine.search(&query, &Options { loose: true, ..options }));
            let found = more.and_then(Result::ok).unwrap_or(found);
            Printed { out: told_found(&found, &engine, lang), ..Printed::default() }
        }
        Err(f) => wrong(failure(&f, lang)),
    }
}

fn years(text: &str) -> Option<(i16, i16)> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    Some((from.trim().parse().ok()?, to.trim().parse().ok()?)).filter(|(a, b)| a <= b)
}

/// Strict results below which loose ones are shown too.
const ENOUGH: usize = 3;

/// What brackets say that tell an edition: a year, a day, revised, amended.
fn edition(words: &str) -> bool {
    const WORDS: &[&str] = &["修订", "修正", "修改", "修訂", "年", "月", "日", "版", "本", "正", "revised", "amended", "edition", "version"];
    let low = words.trim().to_lowercase();
    let (mut rest, mut said) = (low.as_str(), false);
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
        } else if let Some((_, after)) = rest.strip_prefix('第').and_then(|r| r.split_once('次')).filter(|(n, _)| (1..=3).contains(&n.chars().count())) {
            (rest, said) = (after, true);
        } else if digits > 0 {
            let unit = rest[digits..].chars().next();
            if !(digits == 4 || digits <= 2 && matches!(unit, Some('月' | '日'))) {
                return false;
            }
            (rest, said) = (&rest[digits..], true);
        } else if let Some(w) = WORDS.iter().find(|w| rest.starts_with(**w)) {
            (rest, said) = (&rest[w.len()..], true);
        } else {
            return false;
        }
    }
    said
}

/// A title without the country and brackets that tell an edition: a number, a place or a kind in brackets is another text, and so is
/// a year before a number.
fn bare(title: &str) -> String {
    let (mut out, mut rest) = (String::new(), title.strip_prefix("中华人民共和国").unwrap_or(title));
    while let Some(open) = rest.find(['(', '（']) {
        let sign = rest[open..].chars().next().map_or(1, char::len_utf8);
        let Some((close, end)) = rest[open..].char_indices().find(|(_, c)| matches!(c, ')' | '）')) else { break };
        let after = &rest[open + close + end.len_utf8()..];
        let number = after.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '第');
        let kept = if edition(&rest[open + sign..open + close]) && !number { open } else { open + close + end.len_utf8() };
        out.push_str(&rest[..kept]);
        rest = after;
    }
    out.push_str(rest);
    out.retain(|c| !c.is_whitespace());
    out
}

/// Editions of one text under the one in force, as the page folds them.
fn folded(hits: &[Hit]) -> Vec<Vec<&Hit>> {
    let past = |h: &Hit| matches!(h.validity.as_str(), "repealed" | "expired" | "amended");
    let followed = |h: &Hit| matches!(h.validity.as_str(), "repealed" | "amended");
    let mut out: Vec<Vec<&Hit>> = Vec::new();
    for h in hits {
        let name = bare(&h.title);
        match out.iter_mut().find(|g| bare(&g[0].title) == name) {
            // Of one title, and none followed by another: two texts.
            Some(g) if (g[0].title != h.title || followed(g[0]) || followed(h)) && g[0].date != h.date && !h.url.contains('#') => {
                let at = if past(g[0]) && !past(h) { 0 } else { g.len() };
                g.insert(at, h);
            }
            _ => out.push(vec![h]),
        }
    }
    out
}

fn told_found(found: &Found, engine: &Engine<'_>, lang: Tongue) -> String {
    let zh = lang == Tongue::Zh;
    let n = found.total;
    let about = if found.approximate { tr(lang, "至多 ", "at most ") } else { "" };
    let mut out = match (found.total, found.loose, zh) {
        (0, _, true) => "没有找到\n".to_string(),
        (0, _, false) => "nothing found\n".to_string(),
        (_, true, true) => format!("没有完全符合的；{n} 条含有其中一部分\n"),
        (_, true, false) => format!("nothing has it all; {} parts of it\n", crate::diag::counted(n as u64, "has", "have")),
        (_, false, true) if found.strict < n => format!("{} 条；另有 {} 条含有其中一部分\n", found.strict, n - found.strict),
        (_, false, false) if found.strict < n => {
            format!("{} found; {} parts of it\n", found.strict, crate::diag::counted((n - found.strict) as u64, "more has", "more have"))
        }
        (_, false, true) => format!("{about}{n} 条\n"),
        (_, false, false) => format!("{about}{n} found\n"),
    };
    if !found.did_you_mean.is_empty() {
        let _ = writeln!(out, "{}{}", tr(lang, "是不是：", "did you mean: "), found.did_you_mean);
    }
    if !found.also.is_empty() {
        let _ = writeln!(out, "{}{}", tr(lang, "同时搜索了：", "also searched: "), found.also.join(tr(lang, "、", ", ")));
    }
    let state = |h: &Hit| if matches!(h.validity.as_str(), "" | "in-force") { String::new() } else { engine.label("validity", &h.validity) };
    for (i, group) in folded(&found.hits).iter().enumerate() {
        let (h, state_of) = (group[0], state(group[0]));
        let facts: Vec<&str> = [state_of.as_str(), h.date.as_str(), h.doc_no.as_str()]
            .into_iter()
            .chain(h.department.iter().map(String::as_str))
            .filter(|t| !t.is_empty())
            .collect();
        let _ = writeln!(out, "{:>3}. {}\n     {}  {}", i + 1, h.title, h.url, facts.join(" · "));
        if let Some([title, url]) = &h.by {
            let _ = writeln!(out, "     {}{title}  {url}", tr(lang, "现由此件代替：", "replaced by: "));
        }
        for e in &group[1..] {
            let facts: Vec<String> = [e.date.clone(), state(e)].into_iter().filter(|t| !t.is_empty()).collect();
            let _ = writeln!(out, "     {}{}  {}", tr(lang, "其他版本：", "other edition: "), e.url, facts.join(" · "));
        }
    }
    out
}

fn failure(f: &Failure, lang: Tongue) -> String {
    let zh = lang == Tongue::Zh;
    match f {
        Failure::Missing(p) if zh => format!("没有 {p}：先运行 clerestory build，或用 --out 指明网站目录、用 --in 指明语言"),
        Failure::Missing(p) => format!("there is no {p}: run clerestory build first, or say where the site is with --out and which language with --in"),
        Failure::Broken(p) if zh => format!("{p} 损坏，或来自另一次生成：重新运行 clerestory build"),
        Failure::Broken(p) => format!("{p} is broken or of another build: run clerestory build again"),
    }
}

#[cfg(test)]
mod tests {
    use super::{bare, edition};

    /// Brackets that tell an edition, and those that tell another text; `themes/civic/assets/search/page.js` has the same.
    #[test]
    fn brackets_of_editions_alone_are_left_out() {
        for yes in ["2023年修正", "2016", "2023 修订", "第二次修订", "2024年本", "修订版", "revised 2020"] {
            assert!(edition(yes), "{yes}");
        }
        for no in ["一", "甲区", "试行", "2024年度", "设备采购", "", "2024年第一批", "12"] {
            assert!(!edition(no), "{no}");
        }
        assert_eq!(bare("中华人民共和国慈善法（2023年修正）"), "慈善法");
        assert_ne!(bare("关于征收土地的公告（一）"), bare("关于征收土地的公告（二）"));
        assert_ne!(bare("公告（2024）1号"), bare("公告（2025）1号"));
    }
}
