//! SEC014: a finished file holds a number of a person or a mark that no text of the project holds.

use super::{Audit, Finished};
use crate::diag::{Diagnostic, Phrase, Report, Severity, Span, push_few, say};
use crate::output::{KEY, Trace};
use crate::route::Target;
use std::collections::BTreeMap;

pub(super) static AUDIT: Audit = Audit {
    code: "SEC014",
    title: Phrase { zh: "成品文件里有个人信息或密级标志", en: "a finished file holds personal data or a mark" },
    severity: [Some(Severity::Error), Some(Severity::Veto), Some(Severity::Veto)],
    explain: Phrase {
        zh: "文件写出之前再看一遍字节：手机号、身份证号，密级和内部标志（秘密★、此件不公开、内部资料 注意保存），签名用的私钥（不管写在哪里）。条目、词表、附件、数据文件里的由 SEC002、SEC003、SEC010 判定过（包括准许公开的，和看出来只是金额、编码的），不重复说；这里说的是别处来的：主题的模板、脚本和样式、static/ 里的文件、设置。网站不换入，改好再生成。",
        en: "The bytes of every file are looked at once more before it is published: mobile and identity numbers, marks of secrecy and internal use, and a private key for signing, wherever it was written. What items, vocabularies, attachments and data files hold was judged by SEC002, SEC003 and SEC010 (what is permitted, and what is an amount or a code), and is not told twice; this is about what came from elsewhere: templates, scripts and styles of the theme, files of static/, settings. The site is not swapped in; mend it and build again.",
    },
    source: "个人信息保护法第二十五条；保守国家秘密法",
    run,
};

fn run(f: &Finished<'_>, report: &mut Report) {
    let severity = AUDIT.severity[f.profile.index()].unwrap_or(Severity::Error);
    // Marks are those of Chinese documents.
    let fits = |t: &&Trace| (!t.mark || f.profile != crate::config::Profile::Generic) && !f.judged.contains(&t.text);
    let mut all: BTreeMap<&Trace, (u32, usize)> = BTreeMap::new();
    for facts in f.facts {
        for t in facts.traces.iter().filter(fits) {
            // A file of `static/` is where it came from; of pages the first is as good as any.
            let own = matches!(f.routes.entries[facts.entry as usize].target, Target::Static(_));
            let e = all.entry(t).or_insert((facts.entry, 0));
            *e = (if own { facts.entry } else { e.0 }, e.1 + 1);
        }
    }
    let mut told = Vec::new();
    for (t, (entry, files)) in all {
        push_few(&mut told, "SEC014", || {
            let entry = &f.routes.entries[entry as usize];
            let shown = if t.mark { t.text.clone() } else { crate::personal::veil(&t.text) };
            let mut message = if t.text == KEY {
                say!("成品文件里有签名用的私钥 `{KEY}…`", "the finished file holds a private key for signing, `{KEY}…`")
            } else if t.mark {
                say!("成品文件里有密级或内部标志 `{shown}`", "the finished file bears the mark `{shown}`")
            } else {
                say!("成品文件里有个人信息 `{shown}`", "the finished file holds personal data `{shown}`")
            };
            if files > 1 {
                message.zh.push_str(&format!("（共 {files} 个文件）"));
                message.en.push_str(&format!(" (files: {files})"));
            }
            let file = match &entry.target {
                Target::Static(name) => format!("static/{name}"),
                _ => entry.path.clone(),
            };
            let mut d = Diagnostic::new("SEC014", severity, message).at(Span::file(&file)).hint(say!(
                "在这些地方找到它并删去：themes/ 里的模板、脚本、样式、界面文字（i18n/），static/ 里的文件，site.yaml",
                "find it and take it out: templates, scripts, styles and messages (i18n/) of the theme in themes/, files of static/, site.yaml"
            ));
            d.item = None;
            d.blocking()
        });
    }
    told.into_iter().for_each(|d| report.push(d));
}
