//! LNK003: links leave for hosts that are not of a government, and no page has the notice before it.

use super::{Audit, Finished, origin};
use crate::diag::{Diagnostic, Phrase, Report, Severity, Span, say};
use crate::output::anchor_hash;
use crate::route::Target;

pub(super) static AUDIT: Audit = Audit {
    code: "LNK003",
    title: Phrase { zh: "打开非政府网站没有提示", en: "links leave for other hosts without a notice" },
    severity: [None, Some(Severity::Warn), Some(Severity::Warn)],
    explain: Phrase {
        zh: "打开非政府网站的链接时应当有提示。自带的主题有：页脚里 id 为 leave 的对话框，读者点 gov.cn 以外的地址时先问一句。自己的主题换了页脚，去掉了它，而正文里有这样的链接，就在这里提示。把 components/footer 里 id=\"leave\" 的部分放回去。",
        en: "A link to a host that is not of a government says so before it opens. The theme that comes with the program has a dialogue with the id leave in its footer, which asks the reader first. A theme of the site's own that replaced the footer lost it, while texts have links of this kind. Put the part of components/footer with id=\"leave\" back.",
    },
    source: "政府网站发展指引（国办发〔2017〕47号）：打开非政府网站链接时应有提示信息",
    run,
};

fn run(f: &Finished<'_>, report: &mut Report) {
    let notice = anchor_hash(b"leave");
    if f.facts.iter().any(|x| x.anchors.contains(&notice)) {
        return;
    }
    let away = |i: &std::sync::Arc<crate::model::Item>| i.editions.iter().any(|e| e.doc.outline.links.iter().any(|l| foreign(&l.to)));
    let Some(item) = f.public.items.iter().find(|i| away(i)) else { return };
    let Some(home) = f.facts.iter().find(|x| matches!(f.routes.entries[x.entry as usize].target, Target::Home)) else { return };
    let path = item.doc().source.path.clone();
    let d = Diagnostic::new(
        "LNK003",
        Severity::Warn,
        say!(
            "页脚里没有离开本站的提示（id 为 leave），而 {path} 等链接到非政府网站",
            "the footer has no notice before leaving (id leave), and texts such as {path} link to hosts that are not of a government"
        ),
    );
    let hint =
        say!("把自带主题 components/footer 里 id=\"leave\" 的部分放回去", "put the part of components/footer with id=\"leave\" of the built-in theme back");
    report.push(d.at(Span::file(&origin(f, home.entry))).hint(hint));
}

/// An address on a host that is not below gov.cn.
fn foreign(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else { return false };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    !host.is_empty() && host != "gov.cn" && !host.ends_with(".gov.cn")
}
