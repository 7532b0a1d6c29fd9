//! `withdraw`: takes an item out of everything that is published, and says whom to ask about copies.

use super::{Printed, World, failed, request, tongue, tr};
use crate::Withdrawal;
use crate::config::Profile;
use crate::diag::{Format, Report, Tongue, clean, print};
use crate::import::withdrawn::{FILE as HASHES, Gone};
use crate::load::LEDGER;
use crate::run::Request;
use crate::scaffold::tombstone::{Kept, address_tells, telling, tombstone, withdrawn};
use crate::write::{Fault, create_project_file, move_project_file, write_project_file};
use clap::ArgMatches;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Where the files of what was withdrawn for privacy go, below the project.
const ASIDE: &str = ".clerestory/withdrawn";

/// What is to be done, in order.
#[derive(Default)]
struct Plan {
    /// New texts of content files, by path below the project.
    writes: BTreeMap<String, String>,
    /// Files that leave: below the project, on the disk, and where to.
    moves: Vec<(String, PathBuf, PathBuf)>,
    /// The ledger, where it changes.
    ledger: Option<String>,
    /// The hashes by which an import knows what was withdrawn.
    hashes: Option<String>,
    /// Pages that will be notices.
    notices: Vec<String>,
    /// Addresses that will be nowhere.
    gone: BTreeSet<String>,
}

pub(super) fn run(m: &ArgMatches, world: &World<'_>, told: Option<&str>) -> Printed {
    let first = tongue(told, None, world);
    let asked = match request(m, world, first) {
        Ok(r) => Request { out: None, hold_back: true, ..r },
        Err(p) => return p,
    };
    let lang = tongue(told, crate::config::read(&asked.root, &asked.over, &mut Report::new()).as_ref(), world);
    let given = m.get_one::<String>("id").map_or("", String::as_str);
    let id = given.trim_matches('/').trim_end_matches(".md").trim_end_matches("/dataset.yaml");
    let id = id.strip_prefix("content/").unwrap_or(id);
    let ground = m.get_one::<String>("ground").map_or("error", String::as_str);
    // What must be gone is gone whoever links to it; else the file of others stays.
    let (report, found) = crate::withdrawal(&asked, &world.clock, id, matches!(ground, "privacy" | "law"));
    let wrong = |text: String| Printed { err: text, code: 2, ..Printed::default() };
    let w = match found {
        None => return Printed { out: print(&report.sorted(), Format::Text, lang), code: 1, ..Printed::default() },
        Some(Err(near)) => {
            let hint = match (elsewhere(id, lang), near) {
                (Some(what), _) => what,
                (None, Some(n)) => format!("{}{n}", tr(lang, "是不是：", "did you mean: ")),
                (None, None) => tr(
                    lang,
                    "写带目录的路径，如 policies/2026/elderly（content/ 里的文件，不带 .md）",
                    "write the path with its folder, like policies/2026/elderly: the file in content/, without .md",
                )
                .to_string(),
            };
            return wrong(format!("{}{given}\n  = {hint}\n", tr(lang, "没有这个条目：", "no such item: ")));
        }
        Some(Ok(w)) => w,
    };
    if w.affected.already {
        let text = tr(lang, "已经撤回，要改依据或原因就改它的 withdrawn: ", "is withdrawn already; change its withdrawn: to change ground or reason");
        return wrong(format!("{given} {text}\n"));
    }
    let reason = m.get_one::<String>("reason").map(String::as_str);
    let private = ground == "privacy";
    if private && reason.is_some_and(|r| telling(r, &w.affected.titles)) {
        return wrong(
            tr(
                lang,
                "--reason 会写在说明页上，里面有标题的字或个人信息，换一句话。\n",
                "--reason stands on the notice, and has words of the title or personal data in it; put it in other words.\n",
            )
            .into(),
        );
    }
    let plan = match plan(&w, ground, reason, private && m.get_flag("opaque")) {
        Ok(p) => p,
        Err(path) => {
            let text = tr(lang, "的文件头是 JSON 或没有结束，请手工写 withdrawn: ", "has a head in JSON or without an end; write withdrawn: by hand");
            return wrong(format!("{path} {text}\n"));
        }
    };
    let dry = m.get_flag("dry-run");
    let mut p = Printed { out: told_text(&w, &plan, ground, dry, lang), ..Printed::default() };
    if !dry {
        if let Err(f) = carry_out(&w.config.root, &plan) {
            return failed(p, &f, lang);
        }
        p.out.push_str(tr(
            lang,
            "\n已写好。现在运行 clerestory build 并上线；下面的事要人去做。\n",
            "\nWritten. Now run clerestory build and publish; what follows is for people to do.\n",
        ));
    }
    p.out.push_str(&runbook(&w, &plan, private, lang));
    p
}

/// What to do for what is no item but stands in a file of others: letters, requests, reports, files of `static/`.
fn elsewhere(id: &str, lang: Tongue) -> Option<String> {
    let (folder, rest) = id.split_once('/')?;
    let zh = lang == Tongue::Zh;
    let text = match folder {
        crate::model::feedback::FOLDER => {
            let (who, no) = rest.split_once('/').unwrap_or((rest, ""));
            let row = match no {
                "" => String::new(),
                no if zh => format!("编号 {no} 的"),
                no => format!(" {no}"),
            };
            if zh {
                format!(
                    "来信不是条目：在 content/feedback/{who}.csv 里把{row}那一行的“是否同意公开”（consent）写成 no，只计数、不显示；有个人信息的，先在表里删去；再 build 并上线，清缓存"
                )
            } else {
                format!(
                    "a letter is no item: in content/feedback/{who}.csv write `no` as consent in the row of the letter{row}, which is then counted and not shown; take personal data out of the sheet; then build, publish and purge caches"
                )
            }
        }
        "disclosure" if rest.starts_with("requests") => tr(
            lang,
            "申请不是条目：在 content/disclosure/requests.csv 那一行里删去不该公开的字；再 build 并上线，清缓存",
            "a request is no item: take what must not be public out of its row in content/disclosure/requests.csv; then build, publish and purge caches",
        )
        .to_string(),
        "disclosure" | "reports" => tr(
            lang,
            "这个文件不是条目：在它里面写 draft: true，就不公布；再 build 并上线，清缓存",
            "this file is no item: write draft: true into it, and it is not published; then build, publish and purge caches",
        )
        .to_string(),
        "static" => tr(
            lang,
            "static/ 里的文件不是条目：删去这个文件，再 build 并上线，清缓存",
            "a file of static/ is no item: delete it, then build, publish and purge caches",
        )
        .to_string(),
        _ => return None,
    };
    Some(text)
}

fn plan(w: &Withdrawal, ground: &str, reason: Option<&str>, opaque: bool) -> Result<Plan, String> {
    let (a, config) = (&w.affected, &w.config);
    let on = w.now.date.to_string();
    let mut plan = Plan::default();
    if ground != "privacy" {
        let first = &a.texts[0];
        let text = withdrawn(&first.path, &first.text, &on, ground, reason).ok_or_else(|| first.path.clone())?;
        plan.writes.insert(first.path.clone(), text);
        // Files of items stay in the project and are not published; those of `static/` would be, and those that others link to.
        plan.moves = a.files.iter().filter(|(f, _)| f.starts_with("static/")).map(|(f, d)| (f.clone(), d.clone(), aside(config, &a.id, f))).collect();
        plan.moves.extend(away(config, a));
        plan.notices.clone_from(&a.pages);
        plan.gone = a.gone.iter().cloned().collect();
        return Ok(plan);
    }
    let last = a.slug.as_deref().or_else(|| a.id.rsplit('/').next()).unwrap_or("");
    let names: Vec<String> = a.titles.iter().chain(&a.number).cloned().collect();
    let opaque = opaque || address_tells(last, &names);
    let name = free(config, a);
    for t in &a.texts {
        plan.moves.push((t.path.clone(), config.root.join(&t.path), aside(config, &a.id, &t.path)));
        let first = t.path == a.texts[0].path;
        let path = if opaque { renamed(&t.path, a, &name) } else { t.path.clone() };
        let kept = Kept { first, tags: &t.tags, slug: a.slug.as_deref().filter(|_| !opaque && first), facts: &a.facts };
        plan.writes.insert(path.clone(), tombstone(&path, &on, ground, reason, &kept));
    }
    plan.moves.extend(a.files.iter().map(|(f, d)| (f.clone(), d.clone(), aside(config, &a.id, f))));
    plan.moves.extend(away(config, a));
    let new = |page: &String| if opaque { format!("{}/{name}/", page.trim_end_matches('/').rsplit_once('/').map_or("", |(d, _)| d)) } else { page.clone() };
    plan.notices = a.pages.iter().map(new).collect();
    plan.gone = a.gone.iter().cloned().collect();
    if opaque {
        plan.gone.extend(a.pages.iter().cloned());
    }
    // Nobody can tell whether an earlier address tells of somebody: none of them leads anywhere any more.
    plan.gone.extend(a.aliases.iter().cloned());
    plan.gone.retain(|g| !plan.notices.contains(g));
    plan.ledger = ledger(&config.root, &plan);
    let old = a.aliases.iter().chain(&a.original).chain(&a.pages).map(String::as_str).collect();
    let gone = Gone { id: &a.id, kind: a.kind, paths: a.texts.iter().map(|t| t.path.as_str()).collect(), told: a.told.as_deref(), old };
    plan.hashes = Some(crate::import::withdrawn::with(&config.root, &gone));
    Ok(plan)
}

/// Its own files that others link to.
fn away(config: &crate::config::Config, a: &crate::pipeline::Affected) -> Vec<(String, PathBuf, PathBuf)> {
    a.shared.iter().filter(|s| s.goes).map(|s| (s.path.clone(), s.disk.clone(), aside(config, &a.id, &s.path))).collect()
}

fn aside(config: &crate::config::Config, id: &str, file: &str) -> PathBuf {
    config.root.join(ASIDE).join(id.replace('/', "-")).join(file)
}

/// `withdrawn-1`, or the first number that no item of the folder has.
fn free(config: &crate::config::Config, a: &crate::pipeline::Affected) -> String {
    let taken = |n: &u32| {
        let path = renamed(&a.texts[0].path, a, &format!("withdrawn-{n}"));
        config.root.join(&path).exists()
    };
    format!("withdrawn-{}", (1..).find(|n| !taken(n)).unwrap_or(1))
}

/// The path of a content file with another name for its item.
fn renamed(path: &str, a: &crate::pipeline::Affected, name: &str) -> String {
    let last = a.id.rsplit('/').next().unwrap_or(&a.id);
    // `gdp/dataset.yaml` is named by its folder.
    match path.rfind(&format!("/{last}/")).or_else(|| path.rfind(&format!("/{last}."))) {
        Some(i) => format!("{}/{name}{}", &path[..i], &path[i + 1 + last.len()..]),
        None => path.to_string(),
    }
}

/// The ledger without what nothing may answer any more. `None` where nothing changes.
fn ledger(root: &Path, plan: &Plan) -> Option<String> {
    let text = crate::load::read_text(&root.join(LEDGER), LEDGER, &crate::load::Limits::default()).ok()?;
    let same = |l: &str| plan.gone.iter().any(|g| g == l || plain(g) == plain(l));
    let (head, lines): (Vec<&str>, Vec<&str>) = text.lines().partition(|l| l.starts_with('#') || l.trim().is_empty());
    let kept: BTreeSet<&str> = lines.iter().copied().filter(|l| !same(l)).collect();
    if kept.len() == lines.len() {
        return None;
    }
    let known = lines.len() > kept.len();
    let all = kept.into_iter().chain(plan.notices.iter().map(String::as_str).filter(|_| known)).collect::<BTreeSet<_>>();
    Some(head.into_iter().chain(all).map(|l| format!("{l}\n")).collect())
}

fn plain(address: &str) -> String {
    percent_encoding::percent_decode_str(address).decode_utf8_lossy().into_owned()
}

fn carry_out(root: &Path, plan: &Plan) -> Result<(), Fault> {
    if !plan.moves.is_empty() {
        // Kept by nobody's commit.
        create_project_file(&root.join(ASIDE).join(".gitignore"), "*\n")?;
    }
    for (_, from, to) in &plan.moves {
        move_project_file(from, to)?;
    }
    for (path, text) in &plan.writes {
        create_project_file(&root.join(path), text)?;
    }
    let hashes = root.join(HASHES);
    plan.hashes.iter().try_for_each(|text| if hashes.is_file() { write_project_file(&hashes, text) } else { create_project_file(&hashes, text) })?;
    plan.ledger.iter().try_for_each(|text| write_project_file(&root.join(LEDGER), text))
}

fn told_text(w: &Withdrawal, plan: &Plan, ground: &str, dry: bool, lang: Tongue) -> String {
    let t = |zh, en| tr(lang, zh, en);
    let mut out = format!("{} {} ({ground})\n", t(if dry { "将撤回" } else { "撤回" }, if dry { "Would withdraw" } else { "Withdrawing" }), w.affected.id);
    let mut list = |what: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("\n{what}\n"));
            lines.iter().for_each(|l| out.push_str(&format!("  {}\n", clean(l))));
        }
    };
    list(t("改写：", "Written:"), plan.writes.keys().cloned().collect());
    if plan.hashes.is_some() {
        list(t("import 据此不再导入它（只记散列，请提交）：", "By this import leaves it out (hashes alone; commit it):"), vec![HASHES.into()]);
    }
    let to = |p: &PathBuf| p.strip_prefix(&w.config.root).unwrap_or(p).to_string_lossy().into_owned();
    list(
        t("移出内容目录（不公布、不提交）：", "Moved away (neither published nor committed):"),
        plan.moves.iter().map(|(f, _, d)| format!("{f} → {}", to(d))).collect(),
    );
    list(t("地址上留一页说明：", "A notice stands at:"), plan.notices.clone());
    list(t("不再有的地址：", "Addresses that will be nowhere:"), plan.gone.iter().cloned().collect());
    if plan.ledger.is_some() {
        list(t("urls.txt 里去掉这些地址（说明页的地址保留）", "urls.txt loses these addresses (those of notices stay)"), vec![LEDGER.into()]);
    }
    let users = |goes: bool| -> Vec<String> {
        // A line for each that links to it.
        let lines = |s: &crate::pipeline::Shared| -> Vec<String> {
            if s.by.is_empty() { vec![s.path.clone()] } else { s.by.iter().map(|(f, l)| format!("{} ← {f}:{l}", s.path)).collect() }
        };
        w.affected.shared.iter().filter(|s| s.goes == goes).flat_map(lines).collect()
    };
    list(t("移走的文件别处还链接着，链接会断，请改：", "Files moved away to which others link; the links are broken now, mend them:"), users(true));
    list(t("别处也用的文件，没有动，请看：", "Files that others use too, left alone; look at them:"), users(false));
    let named = w.affected.named.iter().map(|(f, l)| format!("{f}:{l}")).collect();
    list(t("别的内容里提到它，请改：", "Others name it; mend them:"), named);
    out
}

/// Most addresses that the list of copies has.
const LISTED: usize = 200;

fn runbook(w: &Withdrawal, plan: &Plan, private: bool, lang: Tongue) -> String {
    let (base, generic) = (w.config.base_url.trim_end_matches('/'), w.config.profile == Profile::Generic);
    let zh = lang == Tongue::Zh;
    let mut steps: Vec<String> = Vec::new();
    let mut step = |zh_text: &str, en: &str| steps.push((if zh { zh_text } else { en }).to_string());
    step(
        "生成并上线：clerestory build，再按平时的办法发布。确认下面每个地址都是说明页或 404。",
        "Build and publish: clerestory build, then as usual. Make sure that every address below is the notice or a 404.",
    );
    step(
        "清缓存：CDN、反向代理、对象存储的缓存，按下面的地址逐个刷新（purge）。",
        "Purge caches of the CDN, of proxies and of object storage for the addresses below.",
    );
    if generic {
        step(
            "搜索引擎：Google（Search Console 的移除工具、过时内容移除）、Bing（Content Removal）。",
            "Search engines: Google (Removals in Search Console, Refresh Outdated Content), Bing (Content Removal).",
        );
    } else {
        step(
            "搜索引擎：百度搜索资源平台（死链提交、快照更新）、360 站长平台、搜狗站长平台、神马、头条搜索站长平台、必应（Content Removal）、Google（Removals）。",
            "Search engines: Baidu, 360, Sogou, Shenma and Toutiao (their platforms for site owners: dead links, snapshots), Bing (Content Removal), Google (Removals).",
        );
    }
    step(
        "网页存档：web.archive.org（写信到 info@archive.org，附地址）、archive.today（页面上的举报）。",
        "Archives: web.archive.org (a letter to info@archive.org with the addresses), archive.today (its report form).",
    );
    if generic {
        step("收割过目录的平台：按数据目录或订阅收走它的门户，请他们更新。", "Portals that harvested it by catalogue or feed: ask them to update.");
    } else {
        step(
            "转载和收割：上级政府网站、数据开放平台、政务新媒体（公众号、微博、客户端）的转发，请他们撤下。",
            "Reprints and harvests: sites of higher governments, open-data platforms, accounts in social media; ask them to take it down.",
        );
    }
    if private {
        step(
            "版本库和备份：git 的历史里还有（git filter-repo 改写后让每个人重新克隆）；CI 的产物、备份、--zip 的压缩包、build --internal 的目录各删一遍。",
            "Repository and backups: it is still in the history of git (rewrite it with git filter-repo, and have everybody clone anew); delete artifacts of CI, backups, archives of --zip, folders of build --internal.",
        );
        step(
            "移出来的原文在 .clerestory/withdrawn/，按档案规定保存，或交给档案后删除。",
            "The originals are in .clerestory/withdrawn/: keep them as the rules for records say, or hand them over and delete them.",
        );
        if generic {
            step(
                "告诉当事人和负责个人信息保护的人：什么时候公开、什么时候撤下、谁可能看到。",
                "Tell the person concerned and whoever answers for data protection: when it was public, when it was withdrawn, who may have seen it.",
            );
        } else {
            step(
                "个人信息泄露：立即补救，通知履行个人信息保护职责的部门和当事人（个人信息保护法第五十七条）。",
                "A leak of personal data: remedy at once, and notify the authority for personal data and the person concerned (article 57 of the law on personal information).",
            );
        }
    }
    step(
        "记下：谁批准、几点撤下、请求了谁、谁已删除；一周后再查一遍搜索引擎。",
        "Record who approved it, when it came down, whom you asked and who deleted; look at the search engines again in a week.",
    );
    let mut out = format!("\n{}\n", tr(lang, "要去请求删除的（逐项做完打勾）", "Whom to ask (tick each when done)"));
    for (n, s) in steps.iter().enumerate() {
        out.push_str(&format!("  {}. [ ] {s}\n", n + 1));
    }
    let addresses: BTreeSet<String> = plan.gone.iter().chain(&plan.notices).chain(&w.affected.pages).map(|a| format!("{base}{a}")).collect();
    out.push_str(&format!("\n{}\n", tr(lang, "地址：", "Addresses:")));
    addresses.iter().take(LISTED).for_each(|a| out.push_str(&format!("  {}\n", clean(a))));
    if addresses.len() > LISTED {
        let more = addresses.len() - LISTED;
        out.push_str(&if zh { format!("  另有 {more} 个\n") } else { format!("  {more} more\n") });
    }
    out
}
