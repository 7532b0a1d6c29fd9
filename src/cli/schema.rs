//! `schema`, `editor`: JSON Schemas of the files that people write, and the forms of an editor in the browser.

use super::{Printed, World, failed, project, tell, tongue, tr};
use crate::config::{Config, Overrides};
use crate::diag::{Format, Report, Tongue, print};
use crate::load;
use crate::model::Portal;
use crate::schema::json::{Offered, schema};
use crate::schema::{Record, within};
use crate::types::editor::{Editor, Project, config, yaml};
use crate::types::{Types, files};
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
        matches!(name, "site.yaml" | "site.yml" | "departments.yaml" | "themes.yaml" | "glossary.yaml" | "synonyms.yaml" | "alerts.yaml" | "_column.yaml")
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

/// The record of a word: its id, the folder of a type, another word for it.
pub(super) fn asked(word: &str, types: &Types) -> Option<&'static Record> {
    let wanted = types.word(word).map_or(word, |k| k.record.id);
    within(&types.records()).into_iter().find(|r| r.id == wanted)
}

pub(super) fn run(m: &ArgMatches, world: &World<'_>, told: Option<&str>, terminal: Tongue) -> Printed {
    let write = m.get_flag("write");
    let root = project::project(m, terminal);
    let asking = m.get_one::<String>("type");
    let known = match &root {
        Ok(root) => match known(root, told, world) {
            Ok(k) => Some(k),
            // What every site has is listed all the same.
            Err(_) if !write && asking.is_none() => None,
            Err(p) => return p,
        },
        Err(p) if write => return Printed { out: p.out.clone(), err: p.err.clone(), code: p.code },
        Err(_) => None,
    };
    let types = known.as_ref().map_or(Types::default(), |k| k.config.types.clone());
    let wanted = match asking {
        None => None,
        Some(word) => match asked(word, &types) {
            Some(r) => Some(r),
            None => return unknown(word, &types, terminal),
        },
    };
    if !write && wanted.is_none() {
        return Printed { out: list(&types, terminal), ..Printed::default() };
    }
    let lang = tongue(told, known.as_ref().map(|k| &k.config), world);
    let offered = known.as_ref().map_or(Offered::default(), Known::offered);
    let err = known.as_ref().map_or(String::new(), |k| k.wrong.clone());
    let code = u8::from(!err.is_empty());
    match (wanted, known, root) {
        (_, Some(k), Ok(root)) if write => match written(&root, &k.config, &offered, lang) {
            Ok(out) => Printed { out, err, code },
            Err(f) => failed(Printed::default(), &f, lang),
        },
        (Some(r), ..) => Printed { out: files::pretty(&schema(r, &offered, lang)), err, code },
        _ => Printed { out: list(&types, lang), err, code },
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
        reports: reports(&k, super::today(world, &k.config.tz), in_lang, lang),
    };
    let head = tr(
        lang,
        "# 由 clerestory editor 生成。backend 改成内容所在的仓库；放在 static/admin/config.yml，编辑器的脚本放在旁边。\n",
        "# Made by clerestory editor. Make backend the repository of the content; put this at static/admin/config.yml, and the editor's script beside it.\n",
    );
    Printed { out: format!("{head}{}", yaml(&config(which, &k.config.types, &p))), ..Printed::default() }
}

/// Reports that are there, and those of the last year and the last quarter, which are due; newest first.
fn reports(k: &Known, today: jiff::civil::Date, in_lang: usize, lang: Tongue) -> Vec<(String, String)> {
    let all = &k.portal.disclosure;
    let last = today.year() - 1;
    let mut out: std::collections::BTreeSet<(std::cmp::Reverse<String>, String, String)> = std::collections::BTreeSet::new();
    let mut put = |when: String, path: String, zh: String, en: String| {
        out.insert((std::cmp::Reverse(when), path, if lang == Tongue::Zh { zh } else { en }));
    };
    // A site that discloses nothing owes no annual reports.
    let due: Vec<(usize, i16)> = if all.is_empty() { Vec::new() } else { (0..k.portal.departments.len()).map(|d| (d, last)).collect() };
    for (d, year) in all.reports.iter().map(|r| (r.department, r.year)).chain(due) {
        let (id, name) = (&k.portal.departments[d].id, k.portal.departments[d].name.get(in_lang));
        put(year.to_string(), format!("reports/{id}/{year}.yaml"), format!("{year} 年度报告 {name}"), format!("{year} annual report, {name}"));
    }
    for year in all.websites.iter().map(|r| r.year).chain((!all.is_empty()).then_some(last)) {
        put(year.to_string(), format!("reports/website/{year}.yaml"), format!("{year} 网站工作年度报表"), format!("{year} report of the website"));
    }
    let there = all.effects.iter().map(|r| r.file.path().rsplit('/').next().unwrap_or("").trim_end_matches(".yaml").to_string());
    for name in there.chain([crate::scaffold::disclosure::last_quarter(today)]) {
        put(name.chars().take(4).collect(), format!("reports/effect/{name}.yaml"), format!("{name} 成效报告"), format!("{name} report of effect"));
    }
    out.into_iter().map(|(_, path, label)| (path, label)).collect()
}

/// Writes the schemas; those that are there are ours and are written anew, settings of an editor are the user's.
fn written(root: &Path, config: &Config, offered: &Offered, lang: Tongue) -> Result<String, Fault> {
    let mut out = String::new();
    for (path, text) in files::all(&config.types, offered, lang) {
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
        out.push_str(&files::settings(&config.types, &config.content));
    } else {
        create_project_file(&settings, &files::settings(&config.types, &config.content))?;
        out.push_str(".vscode/settings.json\n");
    }
    Ok(out)
}

/// The words that `schema` takes.
fn list(types: &Types, lang: Tongue) -> String {
    let records = types.records();
    let usual = ["content".to_string()];
    let mut out = String::new();
    for r in &records {
        let place = files::patterns(r, types, &usual).into_iter().find(|p| !p.starts_with('!')).unwrap_or_default();
        out.push_str(format!("{:<16}{}  {place}", r.id, r.label.get(lang)).trim_end());
        out.push('\n');
    }
    let parts: Vec<&str> = within(&records).iter().map(|r| r.id).filter(|id| !records.iter().any(|r| r.id == *id)).collect();
    out.push_str(&format!("\n{}{}\n", tr(lang, "它们的部分：", "Parts of them: "), parts.join(" ")));
    out
}

fn unknown(word: &str, types: &Types, lang: Tongue) -> Printed {
    let ids: Vec<&str> = within(&types.records()).iter().map(|r| r.id).collect();
    let mut err = format!("{}{word}\n", tr(lang, "没有这种文件：", "no such kind of file: "));
    if let Some(near) = tell::closest(word, ids.iter().copied()) {
        err.push_str(&format!("  = {}{near}\n", tr(lang, "是不是：", "did you mean: ")));
    }
    err.push_str(&format!("  = {}\n", tr(lang, "不写种类则列出全部", "without a kind all are listed")));
    Printed { err, code: 2, ..Printed::default() }
}
