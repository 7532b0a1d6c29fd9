//! SEC006: something on a page is loaded from another host.

use super::{Audit, Finished, origin};
use crate::diag::{Diagnostic, Phrase, Report, Severity, Span, say};

pub(super) static AUDIT: Audit = Audit {
    code: "SEC006",
    title: Phrase { zh: "加载了第三方资源", en: "something is loaded from another host" },
    severity: [Some(Severity::Error), Some(Severity::Error), Some(Severity::Error)],
    explain: Phrase {
        zh: "脚本、字体、图片等从别的主机加载，会把访问者告诉第三方，对方一停服务页面就残缺。把文件放进主题或内容目录；自己的统计服务写进 site.yaml 的 csp:。",
        en: "A script, font or picture comes from another host: that host learns who reads, and the page breaks when it is gone. Put the file into the theme or the content folder; statistics of your own are allowed by csp: in site.yaml.",
    },
    source: "国办发〔2017〕47号 政府网站发展指引（安全防护）",
    run,
};

fn run(f: &Finished<'_>, report: &mut Report) {
    for facts in f.facts {
        for url in facts.foreign.iter().filter(|u| !f.hosts.loads(u)) {
            let d = Diagnostic::new("SEC006", Severity::Error, say!("从别的主机加载 {url}", "{url} is loaded from another host"));
            report.push(d.at(Span::file(&origin(f, facts.entry))).hint(say!("改用本站文件", "use a file of this site")));
        }
    }
}
