//! Which folder is the project, and what is said where there is none.

use super::Printed;
use crate::diag::Tongue;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// The names of the settings, the usual one first.
const SETTINGS: [&str; 2] = ["site.yaml", "site.yml"];

fn has_settings(dir: &Path) -> bool {
    SETTINGS.iter().any(|n| dir.join(n).symlink_metadata().is_ok())
}

/// The project folder: `--root`, else the folder of `--config` where it has a `site.yaml`, else the current folder or the
/// nearest above it with one, else the folder of `--config`. `Err` holds the folder in which none was found.
pub(super) fn find(m: &ArgMatches) -> Result<PathBuf, PathBuf> {
    let path = |name: &str| m.try_get_one::<PathBuf>(name).ok().flatten();
    let config = path("config");
    if let Some(root) = path("root") {
        return if config.is_some() || has_settings(root) { Ok(root.clone()) } else { Err(root.clone()) };
    }
    let beside = config.map(|file| file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf());
    if let Some(dir) = beside.as_ref().filter(|d| has_settings(d)) {
        return Ok(dir.clone());
    }
    let here = PathBuf::from(".");
    if has_settings(&here) {
        return Ok(here);
    }
    let whole = here.canonicalize().unwrap_or_else(|_| here.clone());
    whole.ancestors().skip(1).find(|d| has_settings(d)).map(Path::to_path_buf).or(beside).ok_or(whole)
}

/// The project folder, or the sentence that this is none.
pub(super) fn project(m: &ArgMatches, lang: Tongue) -> Result<PathBuf, Printed> {
    if let Some(file) = m.try_get_one::<PathBuf>("config").ok().flatten().filter(|f| !f.is_file()) {
        let (shown, folder) = (file.display(), file.is_dir());
        let err = match (lang, folder) {
            (Tongue::Zh, true) => format!("--config 要的是一个文件，{shown} 是目录\n  = 改法：写成 --config {shown}/site.yaml，或用 --root {shown}\n"),
            (Tongue::Zh, false) => format!("没有 --config 所指的文件：{shown}\n  = 改法：相对路径从当前目录算起；不写 --config 就用项目里的 site.yaml\n"),
            (_, true) => format!("--config wants a file, and {shown} is a folder\n  = help: write --config {shown}/site.yaml, or --root {shown}\n"),
            (_, false) => {
                format!(
                    "there is no file {shown}, which --config names\n  = help: a relative path begins at the current folder; without --config the project's site.yaml is read\n"
                )
            }
        };
        return Err(Printed { err, code: 2, ..Printed::default() });
    }
    find(m).map_err(|dir| {
        let dir = dir.display();
        let err = if lang == Tongue::Zh {
            format!("这里没有项目：{dir} 里没有 site.yaml\n  = 改法：用 clerestory init 目录名 新建一个，或用 --root 指明项目目录\n")
        } else {
            format!("no project here: {dir} has no site.yaml\n  = help: begin one with clerestory init DIR, or name the project folder with --root\n")
        };
        Printed { err, code: 2, ..Printed::default() }
    })
}

/// The project folder where there is one, else the folder that was asked for, for commands that can do without.
pub(super) fn or_here(m: &ArgMatches) -> PathBuf {
    find(m).unwrap_or_else(|_| asked(m))
}

fn asked(m: &ArgMatches) -> PathBuf {
    m.try_get_one::<PathBuf>("root").ok().flatten().cloned().unwrap_or_else(|| ".".into())
}
