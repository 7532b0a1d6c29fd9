//! `schema`, `editor`: JSON Schemas of the files that people write, and the forms of an editor in the browser.

use super::{Printed, World, command, failed, project, tell, tongue, tr};
use crate::config::{Config, Overrides};
use crate::diag::{Format, Report, Tongue, print};
use crate::load;
use crate::model::{Kind, Portal};
use crate::schema::editor::{Editor, Project, config, yaml};
use crate::schema::json::{Offered, schema};
use crate::schema::{RECORDS, Record, all, files};
use crate::write::{Fault, create_project_file, write_project_file};
use clap::ArgMatches;
use std::path::Path;

/// What is said of the project's own files while it is read for a tool: those that cannot be relied on.
pub(super) struct Known {
    pub(super) config: Config,
    pub(super) portal: Portal,
    /// Findings about the settings and the vocabularies, printed; empty without any.
    pub(super) wrong: String,
}

/// Reads the project for what a schema or an editor offers.
pub(super) fn known(root: &Path, told: Option<&str>, world: &World<'_>) -> Result<Known, Printed> {
    let mut report = Report::new();
    let config = crate::config::read(root, &Overrides::default(), &mut report);
    let lang = tongue(told, config.as_ref(), world);
    let Some(config) = config else {
        return Err(Printed { out: print(&report.sorted(), Format::Text, lang), code: 1, ..Printed::default() });
    };
    let sources = load::load(&config.root, &config.content, config.allow_html, false, None, &mut report);
    let portal = crate::model::assemble(&sources, &config, &mut report);
    let shared = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        matches!(name, "site.yaml" | "site.yml" | "departments.yaml" | "themes.yaml" | "glossary.yaml" | "alerts.yaml" | "_column.yaml")
    };
    let found = report.sorted();
    let wrong: Vec<_> = found.into_iter().filter(|d| d.severity >= crate::diag::Severity::Error && shared(d.path())).collect();
    let wrong = if wrong.is_empty() { String::new() } else { print(&wrong, Format::Text, lang) };
    Ok(Known { config, portal, wrong })
}

impl Known {
    /// What may be offered.
    pub(super) fn offered(&self) -> Offered {
        Offered {
            languages: self.config.languages.iter().filter(|l| l.from.is_none()).map(|l| l.tag.clone()).collect(),
            departments: self.portal.departments.iter().map(|d| d.id.clone()).collect(),
            themes: self.portal.themes.iter().map(|t| t.id.clone()).collect(),
        }
    }
}

/// The record of a word: its id, the folder of a type, a Chinese word for it.
pub(super) fn asked(word: &str) -> Option<&'static Record> {
    let folder = crate::model::FOLDERS.iter().find(|(f, _)| *f == word).map(|(_, k)| id(*k));
    let zh = command::TYPES.iter().find(|(_, zh)| zh.contains(&word)).map(|(w, _)| *w);
    let wanted = folder.or(zh).unwrap_or(word);
    all().into_iter().find(|r| r.id == wanted)
}

fn id(kind: Kind) -> &'static str {
    match kind {
        Kind::Policy => "policy",
        Kind::Interpretation => "interpretation",
        Kind::Page => "page",
        Kind::Dataset => "dataset",
        Kind::News => "news",
        Kind::Topic => "topic",
    }
}

pub(super) fn run(m: &ArgMatches, world: &World<'_>, told: Option<&str>, terminal: Tongue) -> Printed {
    let write = m.get_flag("write");
    let wanted = match m.get_one::<String>("type") {
        None => None,
        Some(word) => match asked(word) {
            Some(r) => Some(r),
            None => return unknown(word, terminal),
        },
    };
    let root = project::project(m, terminal);
    if !write && wanted.is_none() {
        return Printed { out: list(terminal), ..Printed::default() };
    }
    let known = match &root {
        Ok(root) => match known(root, told, world) {
            Ok(k) => Some(k),
            Err(p) => return p,
        },
        Err(p) if write => return Printed { out: p.out.clone(), err: p.err.clone(), code: p.code },
        Err(_) => None,
    };
    let lang = tongue(told, known.as_ref().map(|k| &k.config), world);
    let offered = known.as_ref().map_or(Offered::default(), Known::offered);
    let err = known.as_ref().map_or(String::new(), |k| k.wrong.clone());
    let code = u8::from(!err.is_empty());
    match (wanted, known, root) {
        (_, Some(k), Ok(root)) if write => match written(&root, &k.config.content, &offered, lang) {
            Ok(out) => Printed { out, err, code },
            Err(f) => failed(Printed::default(), &f, lang),
        },
        (Some(r), ..) => Printed { out: files::pretty(&schema(r, &offered, lang)), err, code },
        _ => Printed { out: list(lang), err, code },
    }
}

/// `editor`: nothing is printed for a project whose settings or vocabularies cannot be relied on; forms would lack what they lack.
pub(super) fn editor(m: &ArgMatches, world: &World<'_>, told: Option<&str>, terminal: Tongue) -> Printed {
    let k = match project::project(m, terminal).and_then(|root| known(&root, told, world)) {
        Ok(k) => k,
        Err(p) => return p,
    };
    let lang = tongue(told, Some(&k.config), world);
    if !k.wrong.is_empty() {
        let help = tr(lang, "\n改好以后再生成编辑器的配置\n", "\ncorrect these, then make the configuration of the editor\n");
        return Printed { err: format!("{}{help}", k.wrong), code: 1, ..Printed::default() };
    }
    let which = if m.get_flag("decap") { Editor::Decap } else { Editor::Sveltia };
    let in_lang = usize::from(Tongue::of(&k.config.languages.first().map_or(String::new(), |l| l.tag.clone())) != lang);
    let p = Project {
        lang,
        profile: k.config.profile.index(),
        content: k.config.content.first().cloned().unwrap_or_else(|| "content".into()),
        settings: k.config.source.path.to_string(),
        languages: k.offered().languages,
        departments: k.portal.departments.iter().map(|d| (d.id.clone(), d.name.get(in_lang).to_string())).collect(),
        themes: k.portal.themes.iter().map(|t| (t.id.clone(), t.label.get(in_lang).to_string())).collect(),
    };
    let head = tr(
        lang,
        "# 由 clerestory editor 生成。backend 改成内容所在的仓库；放在 static/admin/config.yml，编辑器的脚本放在旁边。\n",
        "# Made by clerestory editor. Make backend the repository of the content; put this at static/admin/config.yml, and the editor's script beside it.\n",
    );
    Printed { out: format!("{head}{}", yaml(&config(which, &p))), ..Printed::default() }
}

/// Writes the schemas; those that are there are ours and are written anew, settings of an editor are the user's.
fn written(root: &Path, content: &[String], offered: &Offered, lang: Tongue) -> Result<String, Fault> {
    let mut out = String::new();
    for (path, text) in files::all(offered, lang) {
        let full = root.join(&path);
        if full.exists() {
            write_project_file(&full, &text)?
        } else {
            create_project_file(&full, &text)?
        }
        out.push_str(&format!("{path}\n"));
    }
    let settings = root.join(".vscode/settings.json");
    if settings.exists() {
        out.push_str(tr(
            lang,
            "\n.vscode/settings.json 已有，没有动；其中应有：\n",
            "\n.vscode/settings.json is there and was left as it is; it should have:\n",
        ));
        out.push_str(&files::settings(content));
    } else {
        create_project_file(&settings, &files::settings(content))?;
        out.push_str(".vscode/settings.json\n");
    }
    Ok(out)
}

/// The words that `schema` takes.
fn list(lang: Tongue) -> String {
    let usual = ["content".to_string()];
    let mut out = String::new();
    for r in RECORDS {
        let place = files::patterns(r, &usual).into_iter().find(|p| !p.starts_with('!')).unwrap_or_default();
        out.push_str(format!("{:<16}{}  {place}", r.id, r.label.get(lang)).trim_end());
        out.push('\n');
    }
    let parts: Vec<&str> = all().iter().map(|r| r.id).filter(|id| !RECORDS.iter().any(|r| r.id == *id)).collect();
    out.push_str(&format!("\n{}{}\n", tr(lang, "它们的部分：", "Parts of them: "), parts.join(" ")));
    out
}

fn unknown(word: &str, lang: Tongue) -> Printed {
    let ids: Vec<&str> = all().iter().map(|r| r.id).collect();
    let mut err = format!("{}{word}\n", tr(lang, "没有这种文件：", "no such kind of file: "));
    if let Some(near) = tell::closest(word, ids.iter().copied()) {
        err.push_str(&format!("  = {}{near}\n", tr(lang, "是不是：", "did you mean: ")));
    }
    err.push_str(&format!("  = {}\n", tr(lang, "不写种类则列出全部", "without a kind all are listed")));
    Printed { err, code: 2, ..Printed::default() }
}
