//! `import`: what another program wrote becomes content of the project.

use super::{Printed, World, counts, failed, fetched, findings, format_of, project, schema, some, tell, tongue, tr};
use crate::diag::{Diagnostic, Report, Severity, Tongue, say};
use crate::import::files::record;
use crate::import::{Asked, IMPORTERS, Plan, Put, Read, norm, plan, read};
use crate::load::{Source, brought, parse_yaml};
use crate::write::{Fault, create_project_bytes, write_project_file, write_project_stream};
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The kinds of sources, each with what it is.
pub(super) fn kinds(lang: Tongue) -> String {
    let list: Vec<String> = IMPORTERS.iter().map(|i| format!("{} ({})", i.name, i.about.get(lang))).collect();
    format!("{}{}", tr(lang, "来源的种类：", "kind of source: "), list.join(tr(lang, "、", ", ")))
}

pub(super) fn run(m: &ArgMatches, world: &World<'_>, told: Option<&str>, terminal: Tongue) -> Printed {
    let root = match project::project(m, terminal) {
        Ok(r) => r,
        Err(p) => return p,
    };
    let known = match schema::known(&root, told, world) {
        Ok(k) => k,
        Err(p) => return p,
    };
    let lang = tongue(told, Some(&known.config), world);
    let wrong = |zh: String, en: String| Printed { err: format!("{}\n", if lang == Tongue::Zh { zh } else { en }), code: 2, ..Printed::default() };
    let word = m.get_one::<String>("kind").map_or("", String::as_str);
    let Some(importer) = IMPORTERS.iter().find(|i| i.name == word) else { return Printed { code: 2, ..Printed::default() } };
    let Some(path) = m.get_one::<PathBuf>("source") else { return Printed { code: 2, ..Printed::default() } };
    let url = path.to_str().filter(|p| p.contains("://"));
    if url.is_none() && !path.exists() {
        let shown = path.display();
        return wrong(format!("没有 {shown}"), format!("there is no {shown}"));
    }
    let first = known.config.content.first().map_or("content", String::as_str);
    let into = m.get_one::<String>("into").map_or(first, String::as_str).trim_start_matches("./").trim_end_matches('/').to_string();
    if !known.config.content.contains(&into) {
        let all = known.config.content.join(", ");
        return wrong(format!("--into 要写内容目录之一：{all}"), format!("--into wants one of the content folders: {all}"));
    }
    let kind = match m.get_one::<String>("type") {
        None => None,
        Some(w) => match known.config.types.word(w) {
            Some(t) => Some(t),
            None => return wrong(format!("没有这种条目：{w}"), format!("no such type of items: {w}")),
        },
    };
    let mut out = Vec::new();
    let map = match m.get_one::<PathBuf>("map") {
        None => None,
        Some(file) => match mapped(file, &mut out) {
            Some(m) => Some(m),
            None => {
                let all: Vec<&Diagnostic> = out.iter().collect();
                let mut p = findings(m, &all, world, lang);
                p.code = 2;
                return p;
            }
        },
    };
    let base = path.canonicalize().ok().and_then(|p| p.file_stem().map(|s| s.to_string_lossy().into_owned())).unwrap_or_default();
    let usual = || match url {
        Some(url) => fetched::name(word, url),
        None => format!("{word}-{}", norm::slug(&base)).trim_end_matches('-').to_string(),
    };
    let name = m.get_one::<String>("name").cloned().unwrap_or_else(usual);
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        return wrong(format!("--name 只用英文字母、数字、连字符：{name}"), format!("--name takes ASCII letters, digits and hyphens: {name}"));
    }
    let source = match url {
        None => fetched::Source { path: path.clone(), only: None, base: None, told: String::new() },
        Some(url) => match fetched::source(m, word, url, &name, &root, lang, &mut out) {
            Ok(s) => s,
            Err(p) => return p,
        },
    };
    let path = &source.path;
    let lying = if matches!(importer.read, Read::Each(_)) { brought::lying } else { brought::brought };
    let pieces = match &source.only {
        None => lying(path, &importer.wanted, &mut out),
        Some(only) => lying(path, &|p| only.iter().any(|o| o == p), &mut out),
    };
    // What is fetched lies alone: nothing beside it belongs to it.
    let there = if url.is_some() && !is_zip(path) { brought::Along::default() } else { brought::Along::of(path) };
    let mut files = fetched::known(&root, &name);
    let before = files.clone();
    let dry = m.get_flag("dry-run");
    let fetched_files;
    let mut made = {
        let asked = Asked {
            today: known.config.as_of.map_or_else(|| super::today(world, &known.config.tz), |m| m.date),
            config: &known.config,
            portal: &known.portal,
            kind: kind.map(crate::types::Kind::declared),
            map: map.as_ref(),
            there: &there,
            base: source.base.as_deref(),
        };
        let mut got = read(importer, &pieces, &asked, &mut out);
        // Who fetches files, or did, looks at all items together.
        if m.get_flag("files") || !files.files.is_empty() {
            got.hold(&pieces, &asked, &mut out);
        }
        match fetched::files(m, &mut got, &asked, &mut files, (&root, &name), lang, &mut out) {
            Ok(told) => fetched_files = told,
            Err(p) => return p,
        }
        let mut write = |file: &str, bytes: &[u8]| if dry { Ok(()) } else { put(&root.join(file), bytes) };
        plan(got, &pieces, &asked, &into, word, &name, &mut write, &mut out)
    };
    if files != before {
        made.writes.insert(record(&name), files.text().into_bytes());
    }
    let mut report = Report::new();
    out.into_iter().for_each(|d| report.push(d));
    let all = report.sorted();
    let mut p = if format_of(m) == crate::diag::Format::Text {
        let (first, more) = grouped(&all);
        let mut shown: Vec<&Diagnostic> = first;
        shown.extend(&more);
        findings(m, &shown, world, lang)
    } else {
        findings(m, &all, world, lang)
    };
    if !dry {
        #[cfg(feature = "fetch")]
        for (file, from) in &made.moves {
            if let Err(f) = crate::write::place_project_file(from, &root.join(file)) {
                return failed(p, &f, lang);
            }
        }
        // The record last: where this stops on the way, what was written is found again, and nothing counts as deleted.
        let (record, files): (Vec<_>, Vec<_>) = made.writes.iter().partition(|(f, _)| f.starts_with(".clerestory/"));
        let wrote = made.fault.take().map_or(Ok(()), Err).and_then(|()| {
            files.into_iter().chain(record).try_for_each(|(file, bytes)| put(&root.join(file), bytes))?;
            made.record.as_ref().map_or(Ok(()), |r| write_project_stream(&root.join(&r.path), &mut |w| r.write(w)))
        });
        if let Err(f) = wrote {
            return failed(p, &f, lang);
        }
    }
    p.err.push_str(&told_items(&made, dry, lang));
    if !m.get_flag("quiet") {
        p.err.push_str(&source.told);
        p.err.push_str(&fetched_files);
        p.err.push_str(&summary(&made, made.seen, pieces.len(), dry, lang));
        p.err.push_str(&counts(&all, 0, lang));
        p.err.push_str(&next(&made, dry, lang));
    }
    p.code = u8::from(all.iter().any(|d| d.severity >= Severity::Error));
    p
}

/// Warnings of one kind that are shown in full; more are counted, with their first places.
const SHOWN: usize = 3;
/// So many of one kind are shown in full all the same.
const ALL: usize = 5;
/// Places that are named of the others.
const PLACES: usize = 8;

/// The kind of a finding: its words without what it is about.
fn kind(d: &Diagnostic) -> String {
    let (mut out, mut close) = (String::from(d.code), None);
    for c in d.message.zh.chars() {
        match (close, c) {
            (Some(end), c) if c == end => close = None,
            (Some(_), _) => {}
            (None, '`') => close = Some('`'),
            (None, '“') => close = Some('”'),
            (None, c) if c.is_ascii_digit() => {}
            (None, c) => out.push(c),
        }
    }
    out
}

/// The findings that are shown, and one for each kind of which there are more: twenty times the same is one thing to know.
fn grouped<'d>(all: &[&'d Diagnostic]) -> (Vec<&'d Diagnostic>, Vec<Diagnostic>) {
    let groups = |d: &Diagnostic| d.severity == Severity::Warn && d.code.starts_with("IMP");
    let mut kinds: BTreeMap<String, Vec<&Diagnostic>> = BTreeMap::new();
    for d in all.iter().filter(|d| groups(d)) {
        kinds.entry(kind(d)).or_default().push(d);
    }
    kinds.retain(|_, of| of.len() > ALL);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let shown = all
        .iter()
        .filter(|d| {
            let k = if groups(d) { kind(d) } else { return true };
            let n = seen.entry(k.clone()).or_insert(0);
            *n += 1;
            *n <= SHOWN || !kinds.contains_key(&k)
        })
        .copied()
        .collect();
    let more = kinds.values().filter_map(|of| {
        let (first, rest) = (of.first()?, of.get(SHOWN..)?);
        let place = |d: &&Diagnostic| {
            d.span.as_ref().map(|s| if s.line > 0 { format!("{}:{}", crate::diag::path(&s.file), s.line) } else { crate::diag::path(&s.file).to_string() })
        };
        let mut places: Vec<String> = Vec::new();
        for p in rest.iter().filter_map(place) {
            if places.len() < PLACES && !places.contains(&p) {
                places.push(p);
            }
        }
        let (n, list, end) = (rest.len(), places.join(", "), if rest.len() > places.len() { ", …" } else { "" });
        let (zh, en) = (&first.message.zh, &first.message.en);
        let mut d = Diagnostic::new(
            first.code,
            Severity::Warn,
            say!("同样的问题还有 {n} 处（如：{zh}）：{list}{end}", "more of the same kind: {n} (such as: {en}): {list}{end}"),
        );
        d.hint.clone_from(&first.hint);
        Some(d)
    });
    (shown, more.collect())
}

/// Writes a file of the project.
fn put(target: &Path, bytes: &[u8]) -> Result<(), Fault> {
    match std::str::from_utf8(bytes).ok().filter(|_| target.is_file()) {
        // In one step, so that nothing is lost where it stops on the way.
        Some(t) => write_project_file(target, t),
        None => create_project_bytes(target, bytes),
    }
}

/// True for an archive.
fn is_zip(path: &Path) -> bool {
    path.is_file() && brought::head(path, 4).is_ok_and(|b| b == b"PK\x03\x04")
}

/// The map of names.
fn mapped(file: &Path, out: &mut Vec<Diagnostic>) -> Option<(Source, crate::load::Node)> {
    let shown = file.to_string_lossy();
    let text = match crate::load::read_text(file, &shown, &crate::load::Limits::default()) {
        Ok(t) => t,
        Err(d) => {
            out.push(*d);
            return None;
        }
    };
    let source = Source::new(&*shown, text);
    let node = parse_yaml(&source, 0..source.text.len(), out)?;
    Some((source, node))
}

/// Lines about single items: a few of each kind.
fn told_items(plan: &Plan, dry: bool, lang: Tongue) -> String {
    const FEW: usize = 10;
    let mut out = String::new();
    let changed: Vec<_> = plan.items.iter().filter_map(|(p, what)| if let Put::Changed(f) = what { Some((p, f)) } else { None }).collect();
    for (path, fields) in changed.iter().take(FEW) {
        let names: Vec<&str> = fields.iter().map(|f| if f.is_empty() { tr(lang, "正文", "text") } else { f.as_str() }).collect();
        let word = if dry { tr(lang, "将更新", "would update") } else { tr(lang, "更新", "updated") };
        out.push_str(&format!("{word} {}: {}\n", crate::diag::path(path), names.join(", ")));
    }
    if changed.len() > FEW {
        out.push_str(&if lang == Tongue::Zh { format!("…… 共更新 {} 个\n", changed.len()) } else { format!("… {} in all\n", changed.len()) });
    }
    if dry {
        let new: Vec<_> = plan.items.iter().filter(|(_, w)| *w == Put::New).collect();
        for (path, _) in new.iter().take(FEW) {
            out.push_str(&format!("{} {}\n", tr(lang, "将新建", "would create"), crate::diag::path(path)));
        }
        if new.len() > FEW {
            out.push_str(&if lang == Tongue::Zh { format!("…… 共新建 {} 个\n", new.len()) } else { format!("… {} in all\n", new.len()) });
        }
    }
    out
}

fn summary(plan: &Plan, seen: usize, files: usize, dry: bool, lang: Tongue) -> String {
    let of = |f: &dyn Fn(&Put) -> bool| plan.items.iter().filter(|(_, w)| f(w)).count();
    let (new, changed, same) = (of(&|w| *w == Put::New), of(&|w| matches!(w, Put::Changed(_))), of(&|w| *w == Put::Same));
    let (refused, deleted, gone) = (of(&|w| *w == Put::Refused), of(&|w| *w == Put::Deleted), of(&|w| *w == Put::Gone));
    let withdrawn = of(&|w| *w == Put::Withdrawn);
    let zh = lang == Tongue::Zh;
    let mut parts = Vec::new();
    let mut add = |n: usize, zh_word: &str, en_word: &str| {
        if n > 0 {
            parts.push(if zh { format!("{zh_word} {n}") } else { format!("{n} {en_word}") });
        }
    };
    add(new, "新建", "new");
    add(changed, "更新", "updated");
    add(same, "不变", "unchanged");
    add(refused, "未动", "refused");
    add(deleted, "已被删去、不再导入", "deleted here and not made again");
    add(withdrawn, "已撤回、不再导入", "withdrawn and not imported");
    add(gone, "来源里已没有", "no longer in the source");
    add(plan.departments, "新部门", if plan.departments == 1 { "new department" } else { "new departments" });
    add(plan.themes, "新主题", if plan.themes == 1 { "new theme" } else { "new themes" });
    let list = if parts.is_empty() { tr(lang, "没有可导入的", "nothing to import").to_string() } else { parts.join(tr(lang, "，", ", ")) };
    let head =
        if zh { format!("{files} 个文件，{seen} 条") } else { format!("{}, {}", tell::some(files, "file", "files"), some(seen, "record", "records")) };
    let dry = if dry { tr(lang, "（试运行，未写入）", " (dry run, nothing written)") } else { "" };
    format!("{head}：{list}{dry}\n").replace('：', if zh { "：" } else { ": " })
}

/// What to do next.
fn next(plan: &Plan, dry: bool, lang: Tongue) -> String {
    let any = plan.items.iter().any(|(_, w)| matches!(w, Put::New | Put::Changed(_)));
    if !any {
        return String::new();
    }
    if dry {
        return tr(lang, "\n下一步：去掉 --dry-run 再运行一次\n", "\nNext: run it again without --dry-run\n").to_string();
    }
    let departments = if plan.departments > 0 {
        tr(
            lang,
            "  看看 departments.yaml 末尾新加的部门：合并重复的，补上电话\n",
            "  look at the departments added to the end of departments.yaml: merge those that are one, add telephone numbers\n",
        )
    } else {
        ""
    };
    format!(
        "{}{departments}{}",
        tr(lang, "\n下一步：\n  clerestory serve --open          看看导入的条目\n", "\nNext:\n  clerestory serve --open          look at what was imported\n"),
        tr(
            lang,
            "  clerestory check                 看看内容的问题；check --write-baseline 先接受现有的\n  git add . && git commit          连同 .clerestory/import/ 一起存，以后再导入才知道谁改了什么\n",
            "  clerestory check                 see what is wrong with the content; check --write-baseline accepts what is there\n  git add . && git commit          with .clerestory/import/, so that the next import knows who changed what\n"
        )
    )
}
