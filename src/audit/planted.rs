//! SEC014: a finished file holds a number of a person or a mark that no text of the project holds.

use super::{Audit, Finished};
use crate::diag::{Diagnostic, Phrase, Report, Severity, Span, push_few, say};
use crate::output::{KEY, Trace};
use crate::route::{Target, owned_by};
use std::collections::{BTreeMap, BTreeSet};

pub(super) static AUDIT: Audit = Audit {
    code: "SEC014",
    title: Phrase { zh: "成品文件里有个人信息或密级标志", en: "a finished file holds personal data or a mark" },
    severity: [Some(Severity::Error), Some(Severity::Veto), Some(Severity::Veto)],
    explain: Phrase {
        zh: "文件写出之前再看一遍字节：手机号、身份证号，密级和内部标志（秘密★、此件不公开、内部资料 注意保存），签名用的私钥（不管写在哪里）。条目、词表、附件、数据文件里的由 SEC002、SEC003、SEC010 判定过（包括准许公开的，和看出来只是金额、编码的），不重复说；这里说的是别处来的：主题的模板、脚本和样式、static/ 里的文件、设置。只在一个条目自己的页面里的，指出这个条目，--hold-back 扣下它再生成；static/ 里的文件也一样。别的网站不换入，改好再生成。",
        en: "The bytes of every file are looked at once more before it is published: mobile and identity numbers, marks of secrecy and internal use, and a private key for signing, wherever it was written. What items, vocabularies, attachments and data files hold was judged by SEC002, SEC003 and SEC010 (what is permitted, and what is an amount or a code), and is not told twice; this is about what came from elsewhere: templates, scripts and styles of the theme, files of static/, settings. Where it stands on the pages of one item alone, that item is named, and --hold-back leaves it out and goes on; so it is with a file of static/. Anything else keeps the site from being swapped in: mend it and build again.",
    },
    source: "个人信息保护法第二十五条；保守国家秘密法",
    run,
};

/// Most findings of one item.
const FEW: usize = 3;

/// Where something was found.
#[derive(Default)]
struct Place {
    /// The file that is named.
    entry: u32,
    /// How many files have it.
    files: usize,
    /// It is one of `static/`, which can be held alone.
    alone: bool,
    /// The items whose own pages and files have it.
    items: BTreeSet<u32>,
    /// A file of the site has it that shows no item.
    shared: bool,
}

fn run(f: &Finished<'_>, report: &mut Report) {
    let severity = AUDIT.severity[f.profile.index()].unwrap_or(Severity::Error);
    // Marks are those of Chinese documents.
    let fits = |t: &&Trace| (!t.mark || f.profile != crate::config::Profile::Generic) && !f.judged.contains(&t.text);
    let mut all: BTreeMap<&Trace, Place> = BTreeMap::new();
    for facts in f.facts {
        for t in facts.traces.iter().filter(fits) {
            let target = &f.routes.entries[facts.entry as usize].target;
            let e = all.entry(t).or_insert_with(|| Place { entry: facts.entry, ..Place::default() });
            e.files += 1;
            match target {
                // A file of `static/` is where it came from; of pages the first is as good as any.
                Target::Static(_) => (e.entry, e.alone) = (facts.entry, true),
                // What stands on the page that tells that there is none comes from the theme or the settings.
                Target::NotFound | Target::Asset(_) => e.shared = true,
                t => e.items.extend(owned_by(t)),
            }
        }
    }
    let (mut told, mut held) = (Vec::new(), BTreeMap::<String, usize>::new());
    for (t, place) in all {
        let files = place.files;
        // Texts of one item go into lists and feeds too, which without it are made without them.
        let item = place.items.first().filter(|_| place.items.len() == 1 && !place.shared && !place.alone).and_then(|i| f.public.items.get(*i as usize));
        let make = || {
            let entry = &f.routes.entries[place.entry as usize];
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
            let (file, hint) = match (&entry.target, item) {
                (Target::Static(name), _) => (format!("static/{name}"), say!("在这个文件里找到它并删去", "find it in this file and take it out")),
                (_, Some(item)) => (
                    item.doc().source.path.to_string(),
                    say!("在这个条目的文字、附件和数据里找到它并删去", "find it in the texts, attachments and data of this item and take it out"),
                ),
                _ => (
                    entry.path.clone(),
                    say!(
                        "在这些地方找到它并删去：themes/ 里的模板、脚本、样式、界面文字（i18n/），static/ 里的文件，site.yaml",
                        "find it and take it out: templates, scripts, styles and messages (i18n/) of the theme in themes/, files of static/, site.yaml"
                    ),
                ),
            };
            let mut d = Diagnostic::new("SEC014", severity, message).at(Span::file(&file)).hint(hint);
            d.item = (item.is_some() || place.alone).then(|| file.as_str().into());
            d.file = place.alone.then(|| file.as_str().into());
            d.blocking()
        };
        if item.is_none() && !place.alone {
            push_few(&mut told, "SEC014", make);
            continue;
        }
        // What can be held alone is told of each, for what is not told is not held.
        let d = make();
        let n = held.entry(d.path().to_string()).or_default();
        *n += 1;
        if *n <= FEW {
            report.push(d);
        }
    }
    told.into_iter().for_each(|d| report.push(d));
}
