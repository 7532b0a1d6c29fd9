//! A11Y002: the home page has no way to the large-print edition.

use super::{Audit, Finished, origin};
use crate::diag::{Diagnostic, Phrase, Report, Severity, Span, say};
use crate::route::Target;

pub(super) static AUDIT: Audit = Audit {
    code: "A11Y002",
    title: Phrase { zh: "没有长辈版、无障碍入口", en: "no way to the large-print edition" },
    severity: [None, None, Some(Severity::Error)],
    explain: Phrase {
        zh: "政府网站每页要有长辈版（适老化）或无障碍浏览的入口。自带主题的页头有，通到 /elder/：大字、没有弹窗、不用脚本。自己的主题换了页头、去掉了它，就在这里提示。把 components/header 里的入口放回去。",
        en: "Every page has a way to a large-print edition or one for easy reading. The header of the built-in theme leads to /elder/: large type, nothing pops up, no script. A theme of the site's own that replaced the header lost it. Put the link of components/header back.",
    },
    source: "国办公开办函〔2021〕28号；无障碍环境建设法；互联网网站适老化通用设计规范",
    run,
};

fn run(f: &Finished<'_>, report: &mut Report) {
    let target = |e: u32| &f.routes.entries[e as usize].target;
    for home in f.facts.iter().filter(|x| matches!(target(x.entry), Target::Home)) {
        let lang = f.routes.entries[home.entry as usize].lang;
        let leads = home.links.iter().any(|l| matches!(target(*l), Target::Elder) && f.routes.entries[*l as usize].lang == lang);
        if !leads {
            let d = Diagnostic::new("A11Y002", Severity::Error, say!("首页没有通到长辈版的入口", "the home page does not lead to the large-print edition"));
            report.push(d.at(Span::file(&origin(f, home.entry))).hint(say!(
                "把自带主题 components/header 里通到 /elder/ 的链接放回去",
                "put the link to /elder/ of components/header of the built-in theme back"
            )));
        }
    }
}
