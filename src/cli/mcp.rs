//! `clerestory mcp`: the built site for an assistant, a message a line.

use super::{Printed, World, tr};
use crate::config::{self, Overrides};
use crate::diag::{Report, Tongue};
use crate::load::read_bytes;
use crate::mcp::{Site, answer, too_long};
use clap::ArgMatches;
use std::path::PathBuf;

/// Longest message in bytes.
const MESSAGE: u64 = 1 << 20;

pub(super) fn run(m: &ArgMatches, world: &World<'_>, lang: Tongue) -> Printed {
    let root = match super::project::project(m, lang) {
        Ok(root) => root,
        Err(_) if m.get_one::<PathBuf>("out").is_some() => super::project::or_here(m),
        Err(p) => return p,
    };
    let config = config::read(&root, &Overrides::default(), &mut Report::new());
    let out = m.get_one::<PathBuf>("out").cloned().unwrap_or_else(|| root.join("public"));
    // Addresses come percent-encoded; files are named as they are, and none is above the site.
    let fetch = |path: &str| read_bytes(&out.join(crate::model::content_key("", path)?)).ok();
    let Some(site) = Site::open(&fetch, config.as_ref().map(|c| c.languages[0].tag.as_str())) else {
        let text = tr(
            lang,
            "没有 api/v1/index.json：先运行 clerestory build（outputs 里不要关掉 api），或用 --out 指明网站目录\n",
            "there is no api/v1/index.json: run clerestory build first (with api in outputs), or say where the site is with --out\n",
        );
        return Printed { err: text.into(), code: 2, ..Printed::default() };
    };
    while let Some(line) = (world.line)(MESSAGE) {
        if line.last() != Some(&b'\n') && line.len() as u64 >= MESSAGE {
            // The rest of the line is of the same message.
            while (world.line)(MESSAGE).is_some_and(|more| more.last() != Some(&b'\n')) {}
            if !(world.answer)(&too_long()) {
                break;
            }
            continue;
        }
        let text = String::from_utf8_lossy(&line);
        if text.trim().is_empty() {
            continue;
        }
        if let Some(said) = answer(&text, &site)
            && !(world.answer)(&said)
        {
            break;
        }
    }
    Printed::default()
}
