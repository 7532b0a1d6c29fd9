//! `theme eject`: a file of the built-in theme, copied into the project.

use super::{Printed, World, failed, project, tell, tongue, tr};
use crate::config::Overrides;
use crate::diag::{Report, Tongue};
use crate::theme::eject::{Part, bytes, parts};
use crate::write::create_project_bytes;
use clap::ArgMatches;

pub(super) fn run(m: &ArgMatches, world: &World<'_>, told: Option<&str>, terminal: Tongue) -> Printed {
    let all = parts();
    let Some(name) = m.get_one::<String>("name") else {
        return Printed { out: all.iter().map(|p| format!("{}\n", p.name)).collect(), ..Printed::default() };
    };
    // The path below the theme's folder is understood too.
    let Some(part) = all.iter().find(|p| p.name == *name || p.path == name) else { return unknown(name, &all, terminal) };
    let root = match project::project(m, terminal) {
        Ok(root) => root,
        Err(p) => return p,
    };
    let config = crate::config::read(&root, &Overrides::default(), &mut Report::new());
    let lang = tongue(told, config.as_ref(), world);
    let theme = config.map_or_else(|| "civic".to_string(), |c| c.theme);
    let shown = format!("themes/{theme}/{}", part.path);
    let target = root.join(&shown);
    if target.exists() {
        let why = tr(lang, " 已有，没有动\n  = 要重新抄，先删去或改名\n", " is there and was left as it is\n  = to copy it anew, remove or rename it first\n");
        return Printed { err: format!("{shown}{why}"), code: 2, ..Printed::default() };
    }
    match create_project_bytes(&target, bytes(part)) {
        Ok(()) => Printed {
            out: format!(
                "{shown}\n{}",
                tr(lang, "改它就只改这一处；删去它又用自带的\n", "change it and only this is different; remove it and the built-in one is used again\n")
            ),
            ..Printed::default()
        },
        Err(f) => failed(Printed::default(), &f, lang),
    }
}

fn unknown(name: &str, all: &[Part], lang: Tongue) -> Printed {
    let mut err = format!("{}{name}\n", tr(lang, "自带主题没有：", "the built-in theme has no "));
    // The last part alone is a name that is half right: `card`.
    let last = |p: &&Part| p.name.rsplit('/').next() == name.rsplit('/').next();
    if let Some(near) = all.iter().find(last).map(|p| p.name.as_str()).or_else(|| tell::closest(name, all.iter().map(|p| p.name.as_str()))) {
        err.push_str(&format!("  = {}{near}\n", tr(lang, "是不是：", "did you mean: ")));
    }
    err.push_str(&format!("  = {}\n", tr(lang, "不写名字则列出全部：clerestory theme eject", "without a name all are listed: clerestory theme eject")));
    Printed { err, code: 2, ..Printed::default() }
}
