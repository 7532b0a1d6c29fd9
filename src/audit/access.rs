//! A11Y001: faults of accessibility that the finished pages show without a browser.

use super::{Audit, Finished, origin};
use crate::diag::{Diagnostic, Phrase, Report, Severity, Span, Text, push_few, say};
use crate::output::Fault;
use std::collections::BTreeMap;

pub(super) static AUDIT: Audit = Audit {
    code: "A11Y001",
    title: Phrase { zh: "无障碍缺陷", en: "fault of accessibility" },
    severity: [Some(Severity::Error), Some(Severity::Error), Some(Severity::Error)],
    explain: Phrase {
        zh: "在成品网页上检查不用浏览器就能看出的：语言（lang）、跳到正文的链接、图片的 alt、表头单元格；audit 另查标题、main 区域、标题层级、表单项的名称、空的链接、重复的 id。自带主题都有，自己的主题改掉了就在这里提示。颜色对比度由 look 的颜色检查，键盘和放大由浏览器测试。",
        en: "Looks at finished pages for what needs no browser: the language (lang), a link that skips to the text, alt of pictures, header cells of tables; audit also for title, main landmark, levels of headings, names of form fields, empty links, ids used twice. The built-in theme has them all; a theme of the site's own that lost one is told here. Contrast is looked at where colours are set, keyboard and zoom in the tests with a browser.",
    },
    source: "无障碍环境建设法第三十二条；GB/T 37668-2019；WCAG 2.2 (1.1.1, 1.3.1, 2.4.1, 3.1.1)",
    run,
};

fn run(f: &Finished<'_>, report: &mut Report) {
    // A fault of the theme stands on every page: it is told once, with how many there are.
    let mut all: BTreeMap<(&Fault, String), usize> = BTreeMap::new();
    let mut first: BTreeMap<&Fault, String> = BTreeMap::new();
    for facts in f.facts {
        for fault in &facts.faults {
            let place = first.entry(fault).or_insert_with(|| origin(f, facts.entry));
            *all.entry((fault, place.clone())).or_default() += 1;
        }
    }
    let mut told = Vec::new();
    for ((fault, place), pages) in all {
        push_few(&mut told, "A11Y001", || {
            let (mut message, hint) = words(fault);
            if pages > 1 {
                message.zh.push_str(&format!("（共 {pages} 页）"));
                message.en.push_str(&format!(" (pages: {pages})"));
            }
            Diagnostic::new("A11Y001", Severity::Error, message).at(Span::file(&place)).hint(hint)
        });
    }
    told.into_iter().for_each(|d| report.push(d));
}

/// A fault in words, and what to do.
fn words(fault: &Fault) -> (Text, Text) {
    match fault {
        Fault::NoLang => (
            say!("html 没有 lang，读屏软件不知道用哪种语言读", "html has no lang: a screen reader does not know which language to speak"),
            say!("模板里写 <html lang=\"…\">", "write <html lang=\"…\"> in the template"),
        ),
        Fault::NoSkip => (
            say!("没有跳到正文的链接：用键盘要先走完整个页头", "no link skips to the text: whoever uses a keyboard walks through the whole header first"),
            say!("页头最前面放 <a href=\"#main\">", "begin the header with <a href=\"#main\">"),
        ),
        Fault::NoAlt(src) => (
            say!("图片没有 alt：{src}", "image without alt: {src}"),
            say!("写出图中的内容；纯装饰写 alt=\"\"", "say what it shows; alt=\"\" for mere decoration"),
        ),
        Fault::NoHead => (
            say!("表格没有表头单元格（th）", "table without header cells (th)"),
            say!("给首行或首列用 <th scope>", "use <th scope> in the first row or column"),
        ),
    }
}
