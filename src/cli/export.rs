//! `clerestory export FORMAT`: one kind of file for machines, without a site.

use super::{Printed, World, failed, request, tongue, tr};
use crate::config;
use crate::diag::{Format, Report, Tongue, print};
use crate::pipeline::{Unexported, formats};
use crate::run::Request;
use clap::ArgMatches;
use std::path::PathBuf;

pub(super) fn run(m: &ArgMatches, world: &World<'_>, told: Option<&str>, terminal: Tongue) -> Printed {
    let request = match request(m, world, terminal) {
        Ok(r) => r,
        Err(p) => return p,
    };
    let mut report = Report::new();
    let Some(config) = config::read(&request.root, &request.over, &mut report) else {
        let all = report.sorted();
        return Printed { out: print(&all, Format::Text, terminal), code: 1, ..Printed::default() };
    };
    let lang = tongue(told, Some(&config), world);
    let wrong = |err: String| Printed { err, code: 2, ..Printed::default() };
    let all = formats(&config.types);
    let names = || all.iter().map(|a| a.name.as_str());
    let Some(name) = m.get_one::<String>("what") else {
        let note = |many: bool| if many { tr(lang, "  （多个文件，要 --out 目录）", "  (several files: --out DIR)") } else { "" };
        return Printed { out: all.iter().map(|a| format!("{}{}\n", a.name, note(a.many))).collect(), ..Printed::default() };
    };
    let Some(asked) = all.iter().find(|a| a.name == *name) else {
        let near = super::tell::closest(name, names());
        let near = near.map_or(String::new(), |n| format!("  = {}{n}\n", tr(lang, "是不是：", "did you mean: ")));
        let rest = tr(lang, "  = 全部格式：clerestory export\n", "  = all formats: clerestory export\n");
        return wrong(format!("{}{name}\n{near}{rest}", tr(lang, "没有这种格式：", "no such format: ")));
    };
    let out = m.get_one::<PathBuf>("out");
    if asked.many && out.is_none() {
        return wrong(format!("{name}{}", tr(lang, " 有多个文件，用 --out 指明目录\n", " has several files: name a folder with --out\n")));
    }
    // The folder is for what is exported, not for a site; what must not be published is left out.
    let request = Request { out: None, hold_back: true, ..request };
    let (report, made) = crate::export(&request, &world.clock, asked, out.map(PathBuf::as_path));
    match made {
        Ok((n, bytes)) => match out {
            Some(path) => {
                let shown = path.display();
                let text =
                    if lang == Tongue::Zh { format!("{n} 个文件 → {shown}\n") } else { format!("{} → {shown}\n", super::some(n, "file", "files")) };
                Printed { err: text, ..Printed::default() }
            }
            // A workbook is no text.
            None => match String::from_utf8(bytes) {
                Ok(text) => Printed { out: text, ..Printed::default() },
                Err(_) => wrong(format!("{name}{}", tr(lang, " 不是文本，用 --out 写到文件\n", " is no text: write it to a file with --out\n"))),
            },
        },
        Err(Unexported::Content) => {
            let all = report.sorted();
            Printed { out: print(&all, Format::Text, lang), code: 1, ..Printed::default() }
        }
        Err(Unexported::Nothing) => {
            let why = tr(lang, "本站没有可以写成这种格式的内容：", "this site has nothing to be written as ");
            Printed { err: format!("{why}{name}\n"), code: 1, ..Printed::default() }
        }
        Err(Unexported::Tool(f)) => failed(Printed::default(), &f, lang),
    }
}
