//! `new`: the file of an item begun; nothing is written where it could not be published.

use super::{Printed, World, failed, made_text, project, tell, today, tongue, tr};
use crate::config::Overrides;
use crate::diag::{Format, Report, Tongue, print};
use crate::{load, scaffold};
use clap::ArgMatches;

/// What can be begun that is no item of a type: files of disclosure, the register of letters.
fn others() -> impl Iterator<Item = &'static str> {
    scaffold::disclosure::FILES.iter().map(|(w, _)| *w).chain([scaffold::SHEET])
}

/// What can be begun, for the help.
pub(super) fn kinds(lang: Tongue) -> String {
    let all = |words: Vec<&str>| words.join(tr(lang, "、", ", "));
    let (types, others) = (all(crate::types::TYPES.iter().map(|t| t.id).collect()), all(others().collect()));
    match lang {
        Tongue::Zh => format!("种类：{types}，本站自己的；信息公开的文件和来信登记表：{others}"),
        Tongue::En => format!("{types}, a type of the site's own; files of disclosure and the register of letters: {others}"),
    }
}

pub(super) fn run(m: &ArgMatches, world: &World<'_>, told: Option<&str>) -> Printed {
    let root = match project::project(m, tongue(told, None, world)) {
        Ok(root) => root,
        Err(p) => return p,
    };
    let mut report = Report::new();
    let config = crate::config::read(&root, &Overrides::default(), &mut report);
    let lang = tongue(told, config.as_ref(), world);
    let Some(config) = config else {
        let all = report.sorted();
        return Printed { out: print(&all, Format::Text, lang), code: 1, ..Printed::default() };
    };
    let sources = load::load(&config.root, &config.content, config.allow_html, false, None, &mut report);
    let portal = crate::model::assemble(&sources, &config, &mut report);
    let text = |name: &str| m.get_one::<String>(name).cloned();
    let name = text("name").unwrap_or_default();
    let word = text("type").unwrap_or_default();
    let given = numbers_given(&root);
    if let Some(what) = scaffold::disclosure::known(&word).filter(|_| config.types.word(&word).is_none()) {
        let begun = scaffold::disclosure::file(what, &name, &given, &portal, &config, lang, today(world, &config.tz));
        let (file, numbers) = match begun {
            Ok(b) => b,
            Err("department") => {
                let err = format!("{}{name}\n", tr(lang, "写作 部门编号/年份，departments.yaml 里没有：", "write department/year; departments.yaml has no "));
                return Printed { err, code: 2, ..Printed::default() };
            }
            Err("name") => {
                let err = format!(
                    "{}clerestory new {word}\n",
                    tr(lang, "一个网站只有一份，不另起名字，写作：", "a site has one of it, without a name of its own; write ")
                );
                return Printed { err, code: 2, ..Printed::default() };
            }
            Err("period") => {
                let err = format!("{}{name}\n", tr(lang, "不是期间（2026、2026-H1、2026-Q3、2026-09）：", "no period (2026, 2026-H1, 2026-Q3, 2026-09): "));
                return Printed { err, code: 2, ..Printed::default() };
            }
            Err(why) => {
                let why = match why {
                    "ahead" => tr(lang, "这一年还没有到：", "that year has not come: "),
                    "time" => tr(
                        lang,
                        "这个部门那时还没有成立，或者报告到期以前已经并入、撤销：",
                        "that department was not there yet, or had ended before the report fell due: ",
                    ),
                    _ => tr(lang, "不是年份：", "no year: "),
                };
                return Printed { err: format!("{why}{name}\n"), code: 2, ..Printed::default() };
            }
        };
        return match scaffold::create(&root, vec![file]).and_then(|made| keep_numbers(&root, &given, &numbers).map(|()| made)) {
            Ok(made) => made_text(&made, lang),
            Err(f) => failed(Printed::default(), &f, lang),
        };
    }
    if name.is_empty() {
        return Printed { err: tr(lang, "new: 用法有误：还缺少：<NAME>\n", "new: <NAME> is missing\n").into(), code: 2, ..Printed::default() };
    }
    let bad = name.split('/').any(|s| s.is_empty() || s.starts_with('.')) || name.contains(['\\', ':', '*', '?', '"', '<', '>', '|', '#']);
    // What no address may be, no file should be begun for: names that Windows keeps for devices, dots and blanks at the end.
    let why = crate::route::unfit(name.trim_end_matches(".md"), false);
    if bad || why.is_some() {
        let mut err = format!("{}{}\n", tr(lang, "名字不能用作文件名：", "the name cannot be a file's: "), crate::diag::clean(&name));
        if let Some(why) = why {
            err.push_str(&format!("  = {}\n", crate::diag::clean(why.get(lang))));
        }
        return Printed { err, code: 2, ..Printed::default() };
    }
    let named = match text("department").map(|d| department(&portal, &d, lang)).transpose() {
        Ok(d) => d,
        Err(err) => return Printed { err, code: 2, ..Printed::default() },
    };
    // A Chinese word for a type is as good as its code.
    if scaffold::sheet(&word) {
        let department = match department(&portal, &name, lang) {
            Ok(id) => id,
            Err(err) => return Printed { err, code: 2, ..Printed::default() },
        };
        return match scaffold::create(&root, vec![scaffold::letters(&department, &config)]) {
            Ok(made) => {
                let mut p = made_text(&made, lang);
                p.out.push_str(tr(
                    lang,
                    "用 Excel 打开，一封来信一行；consent（同意公开）写 是 的才显示。保存为 CSV。\n",
                    "Open it in Excel, a row a letter; only those with yes in `consent` are shown. Save it as CSV.\n",
                ));
                p
            }
            Err(f) => failed(Printed::default(), &f, lang),
        };
    }
    let Some(kind) = config.types.word(&word) else {
        let all: Vec<&str> = config.types.iter().map(|k| k.id).chain(others()).collect();
        let mut err = format!("{}{word}\n", tr(lang, "没有这种条目：", "no such type of items: "));
        if let Some(near) = tell::closest(&word, all.iter().copied()) {
            err.push_str(&format!("  = {}{near}\n", tr(lang, "是不是：", "did you mean: ")));
        }
        err.push_str(&format!("  = {}{}\n", tr(lang, "可以是：", "allowed: "), all.join(tr(lang, "、", ", "))));
        return Printed { err, code: 2, ..Printed::default() };
    };
    let policy = match text("policy").map(|p| policy_named(&portal, &p, lang)).transpose() {
        Ok(p) => p,
        Err(err) => return Printed { err, code: 2, ..Printed::default() },
    };
    let wanted = scaffold::Wanted { kind, name, title: text("title").unwrap_or_default(), department: named, policy, given: given.clone() };
    let files = scaffold::item(&wanted, &portal, &config, lang, today(world, &config.tz));
    // Windows and macOS know no difference between a and A: one of the two would be lost in a checkout.
    let there = || portal.items.iter().flat_map(|i| i.written()).map(|e| &*e.doc.source.path);
    let twin = |path: &str| there().find(|p| *p != path && p.to_lowercase() == path.to_lowercase()).map(String::from);
    if let Some(other) = files.iter().find_map(|(path, _)| twin(path)) {
        let err = format!(
            "{}{other}\n",
            tr(
                lang,
                "只有大小写不同的文件已经有了（Windows 和 macOS 不分大小写）：",
                "a file that differs in capitals only is there already (they are the same on Windows and macOS): "
            )
        );
        return Printed { err, code: 2, ..Printed::default() };
    }
    let numbers: Vec<String> = scaffold::given_in(&files).into_iter().collect();
    match scaffold::create(&root, files).and_then(|made| keep_numbers(&root, &given, &numbers).map(|()| made)) {
        Ok(made) => {
            let mut p = made_text(&made, lang);
            p.out.push_str(tr(
                lang,
                "是草稿：写好后删去 draft: true。预览：clerestory serve --drafts\n",
                "A draft: take draft: true out when it is done. Preview: clerestory serve --drafts\n",
            ));
            p
        }
        Err(f) => failed(Printed::default(), &f, lang),
    }
}

/// The id of a department that is named by its id, or by a name that no other has.
fn department(portal: &crate::model::Portal, said: &str, lang: Tongue) -> Result<String, String> {
    let all = &portal.departments;
    let said = said.trim();
    if all.iter().any(|d| d.id == said) {
        return Ok(said.to_string());
    }
    let called: Vec<&crate::model::Department> = all.iter().filter(|d| d.names().any(|n| n.eq_ignore_ascii_case(said))).collect();
    let before: Vec<&crate::model::Department> = all.iter().filter(|d| called.is_empty() && d.earlier_names().any(|n| n == said)).collect();
    if let ([d], []) | ([], [d]) = (&called[..], &before[..]) {
        return Ok(d.id.clone());
    }
    let mut err = format!("{}{}\n", tr(lang, "departments.yaml 里没有：", "departments.yaml has no "), crate::diag::clean(said));
    let alike: Vec<&str> = called.iter().chain(&before).map(|d| d.id.as_str()).collect();
    // 民政局 for 市民政局; several of one name are told all.
    let part = |n: &str| said.chars().count() > 2 && (n.contains(said) || said.contains(n));
    let near = || {
        let closest = tell::closest(said, all.iter().flat_map(|d| d.names().chain([d.id.as_str()])));
        all.iter().find(|d| closest.is_some_and(|c| d.id == c || d.names().any(|n| n == c))).or_else(|| all.iter().find(|d| d.names().any(part)))
    };
    let meant = if alike.is_empty() { near().map(|d| d.id.as_str()).into_iter().collect() } else { alike };
    if !meant.is_empty() {
        err.push_str(&format!("  = {}{}\n", tr(lang, "是不是：", "did you mean: "), meant.join(tr(lang, "、", ", "))));
    }
    Err(err)
}

/// The policy that `--policy` names, as a path below `policies/`; `Err` says that there is none, and which may be meant.
fn policy_named(portal: &crate::model::Portal, asked: &str, lang: Tongue) -> Result<String, String> {
    let path = asked.trim_end_matches(".md").trim_start_matches("content/").trim_matches('/');
    let bare = path.strip_prefix("policies/").unwrap_or(path);
    let explained = |i: &crate::model::Item| match (i.policy(), i.dataset(), i.consultation()) {
        (Some(_), ..) => i.name() == bare,
        (None, None, None) => false,
        _ => *i.id == *path,
    };
    if let Some(item) = portal.items.iter().find(|i| explained(i)) {
        return Ok(if item.policy().is_some() { bare.to_string() } else { path.to_string() });
    }
    let mut err = format!("{}{}\n", tr(lang, "没有这份政策：", "there is no policy "), crate::diag::clean(asked));
    err.push_str(&match crate::model::near::policy(portal, bare) {
        Some(near) => format!("  = {}{near}\n", tr(lang, "是不是：", "did you mean: ")),
        None => format!("  = {}\n", tr(lang, "写 policies/ 之下的路径，不带 .md", "write the path below policies/ without .md")),
    });
    Err(err)
}

/// The file of index numbers that `new` gave: none is given twice, whatever became of its item.
const NUMBERS: &str = "index-numbers.txt";

fn numbers_given(root: &std::path::Path) -> Vec<String> {
    let text = load::read_text(&root.join(NUMBERS), NUMBERS, &load::Limits::default()).unwrap_or_default();
    text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(String::from).collect()
}

fn keep_numbers(root: &std::path::Path, given: &[String], numbers: &[String]) -> Result<(), crate::write::Fault> {
    if numbers.is_empty() {
        return Ok(());
    }
    let mut text = String::from("# Index numbers that were given. Written by `clerestory new`; no line is ever taken out.\n");
    for n in given.iter().chain(numbers) {
        text.push_str(n);
        text.push('\n');
    }
    crate::write::write_project_file(&root.join(NUMBERS), &text)
}
