//! `check --fix`: shows what would be mended; with `--write` it is.

use super::tell::some;
use super::{Printed, World, failed, request, tongue, tr};
use crate::diag::{Format, Tongue, clean, print};
use crate::run::Request;
use clap::ArgMatches;

pub(super) fn run(m: &ArgMatches, world: &World<'_>, told: Option<&str>) -> Printed {
    let first = tongue(told, None, world);
    let asked: Request<'_> = match request(m, world, first) {
        Ok(r) => r,
        Err(p) => return p,
    };
    // A filled form is looked at by `check` alone; nothing in it is mended.
    if m.contains_id("file") {
        let err = tr(
            first,
            "check: 用法有误：--fix 只改内容里的文字，不改填报的表；检查表就去掉 --fix\n",
            "check: --fix mends the texts of the content, no filled form; leave --fix out to check the form\n",
        );
        return Printed { err: err.into(), code: 2, ..Printed::default() };
    }
    let (report, found) = crate::fixes(&asked, &world.clock);
    let Some((config, files)) = found else {
        return Printed { out: print(&report.sorted(), Format::Text, first), code: 1, ..Printed::default() };
    };
    let lang = tongue(told, Some(&config), world);
    let n: usize = files.iter().map(|f| f.edits.len()).sum();
    let mut p = Printed::default();
    for f in &files {
        // Characters one cannot see are written out, so that the change is seen.
        crate::fix::diff(&f.path, &f.text, &f.edits).lines().for_each(|l| p.out.push_str(&format!("{}\n", clean(l))));
    }
    if m.get_flag("write") {
        for f in &files {
            if let Err(fault) = crate::write::write_project_file(&asked.root.join(&f.path), &crate::fix::mended(&f.text, &f.edits)) {
                return failed(p, &fault, lang);
            }
        }
    }
    let (zh, written, count) = (lang == Tongue::Zh, m.get_flag("write"), files.len());
    p.err = match (n, written) {
        (0, _) => tr(lang, "没有可以自动改的。\n", "Nothing that can be mended by itself.\n").into(),
        (_, true) if zh => format!("改好 {n} 处，{count} 个文件。\n"),
        (_, true) => format!("Mended {} in {}.\n", some(n, "place", "places"), some(count, "file", "files")),
        _ if zh => format!("{n} 处可以自动改，{count} 个文件；还没有写。看过之后加 --write。\n"),
        _ => format!(
            "{} in {} can be mended; nothing is written yet. When you have looked, add --write.\n",
            some(n, "place", "places"),
            some(count, "file", "files")
        ),
    };
    // As a check would: what is left to be written is not clean.
    p.code = u8::from(n > 0 && !written);
    p
}
