//! `build --part` and `merge`: what of the site is asked for.

use super::{Printed, tr};
use crate::diag::Tongue;
use crate::parts::{LIST, read};
use crate::route::{MARKER, below};
use crate::run::{AsOf, Request};
use crate::{Split, pipeline};
use clap::ArgMatches;
use std::collections::BTreeSet;
use std::path::PathBuf;

fn wrong(text: &str) -> Printed {
    Printed { err: format!("{text}\n"), code: 2, ..Printed::default() }
}

/// Takes the departments, or the parts, into the request.
pub(super) fn split(m: &ArgMatches, request: &mut Request<'_>, lang: Tongue) -> Result<(), Printed> {
    if let Ok(Some(ids)) = m.try_get_many::<String>("part") {
        let ids: BTreeSet<String> = ids.map(|i| i.trim().to_string()).filter(|i| !i.is_empty()).collect();
        let ids: Vec<String> = ids.into_iter().collect();
        // Where its name is a folder's, it stays below `parts/`.
        let fit = |i: &String| below(i) && !i.contains('/');
        if ids.is_empty() || !ids.iter().all(fit) {
            return Err(wrong(tr(lang, "--part 要写 departments.yaml 里的编号", "--part wants ids of departments.yaml")));
        }
        if request.out.is_none() {
            request.out = Some(request.root.join("parts").join(ids.join("+")));
        }
        let out = request.out_dir();
        // The whole site that stands there would go.
        if out.join(MARKER).exists() && !out.join(LIST).exists() {
            let why = tr(lang, "这里是整个网站，部分要写到别的目录（--out）：", "this is a whole site; write the part to another folder (--out): ");
            return Err(wrong(&format!("{why}{}", out.display())));
        }
        request.split = Split::Part(ids);
        return Ok(());
    }
    let Ok(Some(dirs)) = m.try_get_many::<PathBuf>("parts") else { return Ok(()) };
    let mut parts = Vec::new();
    for dir in dirs {
        let target = pipeline::real(&request.out_dir());
        if pipeline::real(dir) == target {
            return Err(wrong(&format!("{}{}", tr(lang, "部分不能就是输出目录：", "a part cannot be the output folder: "), dir.display())));
        }
        parts.push(read(dir).map_err(|t| wrong(t.get(lang)))?);
    }
    // What was today for the parts is today for the whole.
    if request.as_of.is_none() {
        request.as_of = parts.first().and_then(|p| p.about.moment()).map(AsOf::Day);
    }
    request.split = Split::Merge(parts);
    Ok(())
}
