//! `deploy`

use super::{Printed, World, failed, project, tr};
use crate::diag::{Tongue, clean};
use crate::load::shelf;
use crate::write::deploy::{Plan, Source, Sums, Target, Undone, deploy, pack, sums};
use clap::ArgMatches;
use std::path::{Path, PathBuf};

pub(super) fn run(m: &ArgMatches, world: &World<'_>, lang: Tongue) -> Printed {
    let root = project::find(m).ok();
    let zh = lang == Tongue::Zh;
    let wrong = |text: String| Printed { err: format!("{text}\n"), code: 2, ..Printed::default() };
    let dir = m.get_one::<PathBuf>("site").cloned().unwrap_or_else(|| project::or_here(m).join("public"));
    let applied = m.get_one::<PathBuf>("apply");
    let from = applied.unwrap_or(&dir);
    if !from.exists() {
        return wrong(format!("{}{}", tr(lang, "没有生成好的网站：", "there is no built site: "), from.display()));
    }
    let shelf = match shelf::open(from) {
        Ok(s) => s,
        Err(e) => return wrong(e),
    };
    let source = Source { dir: if applied.is_some() { None } else { Some(dir) }, shelf: &*shelf };
    let dry = m.get_flag("dry-run");
    let done = if let Some(to) = m.get_one::<PathBuf>("pack") {
        match since(m.get_one::<String>("since").map(String::as_str), lang) {
            Ok(old) => pack(&source, &old, to),
            Err(e) => return wrong(e),
        }
    } else {
        let target = m.get_one::<String>("target").map_or("", String::as_str);
        match Target::parse(target) {
            Ok(Target::Folder(to)) if own(&to, source.dir.as_deref(), root.as_deref(), world) => {
                return wrong(format!(
                    "{}{}",
                    tr(
                        lang,
                        "网站不能放到项目自己的目录里（项目本身、内容、static/、themes/、生成目录），换一个目标：",
                        "a site cannot be put into the folders of its own project (itself, content, static/, themes/, the output); choose another target: "
                    ),
                    clean(&to.display().to_string())
                ));
            }
            Ok(t) => deploy(&source, &t, (dry, m.get_flag("adopt"))),
            Err(form) => return wrong(format!("{}{form}", tr(lang, "目标要写成 ", "write the target as "))),
        }
    };
    match done {
        Ok(plan) => told(&plan, dry, m.get_flag("quiet"), lang),
        Err(Undone::Fault(crate::write::Fault::Foreign(files, n))) => {
            let list = files.iter().map(|f| clean(f)).collect::<Vec<_>>().join("\n  ");
            wrong(if zh {
                format!("目标里有 {n} 个同名文件，不是明窗放上去的，没有覆盖，什么也没有改：\n  {list}\n  = 改法：移走它们，或换一个目标")
            } else {
                let files = crate::diag::counted(n as u64, "file", "files");
                format!(
                    "the target has {files} of the same names that were not put there by us; nothing was changed:\n  {list}\n  = help: move them away, or choose another target"
                )
            })
        }
        Err(Undone::Unlisted(files, n)) => {
            let list = files.iter().map(|f| clean(f)).collect::<Vec<_>>().join("\n  ");
            wrong(if zh {
                format!("目标目录里已有 {n} 个文件，却没有明窗的清单（manifest.sha256）：也许不是要放网站的地方。什么也没有改：\n  {list}\n  = 改法：换一个目标，或先清空；确实要放在它们旁边，加 --adopt")
            } else {
                let files = crate::diag::counted(n as u64, "file", "files");
                format!("the target has {files} and no list of ours (manifest.sha256), so it may not be the place for a site; nothing was changed:\n  {list}\n  = help: choose another target or empty it; to put the site beside them, add --adopt")
            })
        }
        Err(Undone::Fault(f)) => {
            let mut p = failed(Printed::default(), &f, lang);
            p.err.push_str(tr(lang, AGAIN.0, AGAIN.1));
            p
        }
        Err(Undone::NoSite) => wrong(
            tr(lang, "这里没有 manifest.sha256，不是 clerestory build 生成的网站", "there is no manifest.sha256: this is no site that clerestory build made")
                .into(),
        ),
        Err(Undone::NoProgram(name)) => {
            wrong(if zh { format!("这台机器上没有 {name}，装上再试") } else { format!("this machine has no {name}; install it and try again") })
        }
        Err(Undone::Program(name, e)) => {
            // What another program says has lines of its own.
            let said = e.trim().lines().map(|l| clean(l).into_owned()).collect::<Vec<_>>().join("\n  ");
            wrong(format!("{name}{}{said}\n{}", tr(lang, "：", ": "), tr(lang, AGAIN.0, AGAIN.1).trim_end()))
        }
        Err(Undone::Lacks(path)) => wrong(if zh {
            format!("这份变化不是对照目标现在的样子做的，缺少 {path}；用目标的 manifest.sha256 作 --since 重做")
        } else {
            format!("these changes were made against another state of the target and lack {path}; make them again with the target's manifest.sha256 as --since")
        }),
        Err(Undone::Missing(files, n)) => {
            let list = files.iter().map(|f| clean(f)).collect::<Vec<_>>().join("\n  ");
            wrong(if zh {
                format!("目标的清单里有、目标上却没有的文件共 {n} 个，这份变化要靠它们，什么也没有改：\n  {list}\n  = 改法：用 clerestory verify 看看目标，把整个网站放一次（deploy 不带 --apply）")
            } else {
                let files = crate::diag::counted(n as u64, "file", "files");
                format!("the target lacks {files} of its own list that these changes count on; nothing was changed:\n  {list}\n  = help: look at the target with clerestory verify, and put the whole site there once (deploy without --apply)")
            })
        }
        Err(Undone::Altered(path)) => {
            let path = clean(&path);
            wrong(if zh {
                format!("{path} 与网站自己的清单 manifest.sha256 不符，什么也没有改：有人动过它，重新生成（或重新打包）")
            } else {
                format!("{path} is not as the site's own list, manifest.sha256, has it, and nothing was changed: somebody touched it; build, or pack, again")
            })
        }
        Err(Undone::Part) => wrong(
            tr(lang, "这只是网站的一个部分，先用 clerestory merge 合并", "this is only a part of a site; put the parts together by clerestory merge first").into(),
        ),
        Err(Undone::OnlyFolder) => wrong(tr(lang, "--apply 只能放到目录", "--apply puts into a folder only").into()),
        Err(Undone::NoCloud) => wrong(
            tr(
                lang,
                "这个程序没有带对象存储的部分：用 cargo build --release --features cloud 编译的，或用 rclone（见部署指南）",
                "this program was built without object stores: take one built with cargo build --release --features cloud, or use rclone (see the guide on deploying)",
            )
            .into(),
        ),
        Err(Undone::Unread(e)) => wrong(e),
    }
}

/// True where a folder is the project, one above it, or one of those that it reads or builds.
fn own(to: &Path, site: Option<&Path>, root: Option<&Path>, world: &World<'_>) -> bool {
    let there = crate::pipeline::real(to);
    site.is_some_and(|s| there.starts_with(crate::pipeline::real(s)))
        || root.is_some_and(|r| crate::pipeline::real(r).starts_with(&there) || super::published(to, &super::trust::request_of(r, world)))
}

const AGAIN: (&str, &str) = ("没有做完；再运行一次就接着做。\n", "It was not finished; run it again to go on.\n");

/// The earlier state that a file of changes starts from.
fn since(text: Option<&str>, lang: Tongue) -> Result<Sums, String> {
    let Some(text) = text else { return Ok(Sums::new()) };
    let path = Path::new(text);
    // A list that was carried over from another network has another name: it is told by what is in it.
    if path.is_file() && !crate::load::brought::head(path, 4).is_ok_and(|b| b == b"PK\x03\x04" || b == b"PK\x05\x06") {
        let bytes = shelf::whole_file(path).map_err(|e| format!("{text}: {e}"))?;
        let list = sums(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes));
        return if list.is_empty() {
            Err(tr(
                lang,
                "--since 要的是网站（目录、ZIP、网址）或它的 manifest.sha256；这个文件不是：",
                "--since takes a site (folder, ZIP, address) or its manifest.sha256; this file is neither: ",
            )
            .to_string()
                + &clean(text))
        } else {
            Ok(list)
        };
    }
    let bytes = super::trust::place(text)?.one(crate::write::MANIFEST)?;
    bytes.map(|b| sums(&b)).filter(|s| !s.is_empty()).ok_or_else(|| none(text, lang))
}

/// There is no list of files to start from.
fn none(text: &str, lang: Tongue) -> String {
    let name = crate::write::MANIFEST;
    if lang == Tongue::Zh {
        format!("{text}：这里没有能读的 {name}；--since 写目标现在的网站（目录、网址）或它的 {name}")
    } else {
        format!("{text}: there is no {name} here that can be read; --since wants the site as it is at the target (a folder or an address), or its {name}")
    }
}

fn told(plan: &Plan, dry: bool, quiet: bool, lang: Tongue) -> Printed {
    let mut p = Printed::default();
    if dry {
        let word = |zh, en| tr(lang, zh, en);
        for (what, paths) in
            [(word("传", "put"), &plan.first), (word("传", "put"), &plan.pages), (word("删", "delete"), &plan.gone), (word("传", "put"), &plan.last)]
        {
            paths.iter().for_each(|path| p.out.push_str(&format!("{what} {}\n", clean(path))));
        }
    }
    let (put, gone, same) = (plan.first.len() + plan.pages.len() + plan.last.len(), plan.gone.len(), plan.unchanged);
    if !quiet {
        p.err = if lang == Tongue::Zh {
            format!("{}放上 {put} 个文件，删去 {gone} 个，{same} 个未变。\n", if dry { "将" } else { "" })
        } else {
            format!("{}{put} put, {gone} deleted, {same} unchanged.\n", if dry { "Would be done: " } else { "" })
        };
    }
    p
}
