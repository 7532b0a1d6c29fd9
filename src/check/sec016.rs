//! SEC016: the name of an attached file says that it is a draft, a copy, or for internal use.

use super::*;
use crate::diag::say;
use crate::types;

/// SEC016
pub(super) static RULE: Rule = Rule {
    code: "SEC016",
    title: Phrase { zh: "名字像是草稿、副本或内部资料", en: "a name says draft, copy or internal" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "附件和数据文件的名字原样出现在网址和下载里。名字里有“送审稿”“讨论稿”“修改稿”“初稿”之类，“内部资料”“仅供内部”，“副本”“Copy of”，“最终版”“v2_final”“draft”，或没有改过的“新建…文档”，多半是拿错了稿子，或者没有改名。“征求意见稿”“草案”只在政策文件里提示：征集意见时用它是对的。条目的标题和文件名、附件和数据的标题、static/ 里的文件名也看：（讨论稿）、修改版3、终稿2、第三稿、（领导改）、final_v3 等。只提醒，不扣下。",
        en: "Names of attached files and data files are seen in addresses and downloads. One that says draft, “v2_final”, “Copy of”, “- Copy”, internal use only (or 送审稿, 讨论稿, 内部资料, 副本), or that a program gave and nobody changed (“Untitled”, “New Microsoft Word Document”), is often the wrong version, or was not renamed. 征求意见稿 and 草案 (drafts for consultation) are told in policies alone, since a consultation is what they are for. Titles and file names of items, titles of attachments and data, and names in static/ are looked at, too: （讨论稿）, 修改版3, 终稿2, 第三稿, （领导改）, final_v3. A warning; nothing is held.",
    },
    source: "own rule",
    run: Run::Both(run, site),
};

static DRAFTS: &[&str] = &[
    "送审稿",
    "报批稿",
    "呈批稿",
    "送签稿",
    "会签稿",
    "审议稿",
    "讨论稿",
    "修改稿",
    "过程稿",
    "代拟稿",
    "草稿",
    "初稿",
    "底稿",
    "未定稿",
    "征求意见稿",
    "草案",
    "待审核",
];
static INTERNAL: &[&str] = &[
    "内部资料",
    "内部使用",
    "内部文件",
    "内部参考",
    "内部传阅",
    "内部材料",
    "仅供内部",
    "（内部）",
    "(内部)",
    "internal use",
    "internal only",
    "confidential",
];
static LAST: &[&str] = &["最终版", "最终稿", "终稿", "定稿", "修改版", "修订版", "批注版", "带批注", "标注版", "清样", "未改"];
static UNNAMED: &[&str] = &[
    "新建文本文档",
    "新建 microsoft",
    "新建microsoft",
    "新建 docx",
    "新建 xlsx",
    "新建文件",
    "未命名",
    "无标题",
    "untitled",
    "new microsoft ",
    "document1",
    "文档1",
    "工作簿1",
    "book1",
];

/// What a name says of its file: the words, and what they mean.
fn mark(name: &str, policy: bool) -> Option<(String, &'static str, &'static str)> {
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(s, e)| if e.len() <= 5 { s } else { stem });
    let low = stem.to_lowercase();
    let low = low.trim_end_matches(|c: char| c.is_whitespace() || "_-.".contains(c));
    const DRAFT: (&str, &str) = ("草稿", "a draft");
    let told = |w: &str, m: (&'static str, &'static str)| Some((w.to_string(), m.0, m.1));
    for w in DRAFTS {
        let open = matches!(*w, "征求意见稿" | "草案");
        if let Some(i) = low.find(w).filter(|_| policy || !open) {
            // What is said about a draft is none: 征求意见稿起草说明, 草案说明.
            let rest = low[i + w.len()..].trim_start_matches(['）', ')', '》', '的', '_', '-', ' ']);
            if !["起草说明", "说明", "意见", "反馈", "采纳", "公告"].iter().any(|a| rest.starts_with(a)) {
                return told(w, DRAFT);
            }
        }
    }
    if let Some(w) = INTERNAL.iter().find(|w| low.contains(**w)) {
        return told(w, ("内部资料", "internal"));
    }
    let parts: Vec<&str> = low.split([' ', '_', '-', '.', '(', ')', '（', '）', '[', ']', '－', '—']).filter(|p| !p.is_empty()).collect();
    if low.starts_with("~$") || parts.contains(&"draft") || parts.contains(&"wip") {
        return told(if low.starts_with("~$") { "~$" } else { "draft" }, DRAFT);
    }
    const COPY: (&str, &str) = ("副本", "a copy");
    let copies = |p: &str| p.strip_suffix("副本").is_some() || p == "副本";
    if parts.iter().any(|p| copies(p)) || low.starts_with("copy of ") || (parts.len() > 1 && parts.last().is_some_and(|p| *p == "copy")) {
        return told(if low.contains("副本") { "副本" } else { "copy" }, COPY);
    }
    const ONE_OF_SEVERAL: (&str, &str) = ("几稿中的一稿", "one of several versions");
    let version = |p: &&str| p.len() > 1 && p.starts_with('v') && p[1..].bytes().all(|b| b.is_ascii_digit());
    if let Some(w) = LAST.iter().find(|w| low.ends_with(**w) || low.ends_with(&format!("{w}）")) || low.ends_with(&format!("{w})"))) {
        return told(w, ONE_OF_SEVERAL);
    }
    if parts.len() > 1 && (parts.last() == Some(&"final") || (parts.contains(&"final") && parts.iter().any(version))) {
        return told("final", ONE_OF_SEVERAL);
    }
    let w = UNNAMED.iter().find(|w| low.starts_with(**w))?;
    told(w.trim(), ("没有改过名", "never renamed"))
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if item.kind == types::CONSULTATION {
        return;
    }
    // A policy that says itself that it asks for opinions.
    let title = item.editions.first().map_or("", |e| e.title.as_str());
    let policy = item.kind == types::POLICY && !["征求意见", "征集", "草案", "试行"].iter().any(|w| title.contains(w));
    titles(item, found);
    for (_, read) in input.tables.all(item) {
        let name = read.key.rsplit('/').next().unwrap_or("").to_string();
        let Some((word, zh, en)) = mark(&name, policy).or_else(|| super::working::working(stem(&name))) else { continue };
        let name = crate::personal::hide(&name);
        found.data(
            item,
            read.span(0, 0),
            say!("附件名里的“{word}”像是{zh}：`{name}`", "\u{201c}{word}\u{201d} in the name of the file says {en}: `{name}`"),
            say!("核对是不是定下来要公开的那一份；是就改个名字再附上", "see whether it is the version that is meant; if so, rename it and attach it again"),
        );
    }
}

/// A name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(s, e)| if e.len() <= 5 && e.is_ascii() { s } else { name })
}

fn right() -> Text {
    say!("核对是不是定下来要公开的那一份；是就改个名字", "see whether it is the version that is meant; if so, give it another name")
}

/// Titles of the item, of what it attaches and of its data, and the name of its own file.
fn titles(item: &Item, found: &mut Found<'_>) {
    use super::working::working;
    let mut told = std::collections::BTreeSet::new();
    for e in item.written() {
        if let Some((word, zh, en)) = working(&e.title).filter(|(w, ..)| told.insert(w.clone())) {
            found.add(e.doc.at("title"), say!("标题里的“{word}”像是{zh}", "\u{201c}{word}\u{201d} in the title says {en}"), right());
        }
        let path = &e.doc.source.path;
        let name = path.rsplit('/').next().unwrap_or(path);
        let name = if matches!(name, "index.md" | "dataset.yaml" | "_index.md") { path.rsplit('/').nth(1).unwrap_or(name) } else { stem(name) };
        if let Some((word, zh, en)) = working(name).filter(|(w, ..)| told.insert(w.clone())) {
            found.add(
                crate::diag::Span::file(path),
                say!("文件名里的“{word}”像是{zh}，它会成为网址", "\u{201c}{word}\u{201d} in the name of the file says {en}, and the name becomes the address"),
                right(),
            );
        }
    }
    let data = item.dataset().into_iter().flat_map(|d| &d.resources).flat_map(|r| r.title.0.iter().map(|(_, t)| t.as_str()));
    for title in item.attachments.iter().filter(|a| !a.file.ends_with(a.title.as_str())).map(|a| a.title.as_str()).chain(data) {
        if let Some((word, zh, en)) = working(stem(title)).filter(|(w, ..)| told.insert(w.clone())) {
            let title = crate::personal::hide(title);
            let key = if item.dataset().is_some() { "resources" } else { "attachments" };
            found.key(item, key, say!("“{title}”里的“{word}”像是{zh}", "\u{201c}{word}\u{201d} in \u{201c}{title}\u{201d} says {en}"), right());
        }
    }
}

/// Files of `static/`.
fn site(input: &Input<'_>, found: &mut Found<'_>) {
    for key in input.tables.statics.keys() {
        let name = key.rsplit('/').next().unwrap_or(key);
        if let Some((word, zh, en)) = super::working::working(stem(name)) {
            let file = format!("static/{key}");
            found.add(crate::diag::Span::file(&file), say!("文件名里的“{word}”像是{zh}", "\u{201c}{word}\u{201d} in the name of the file says {en}"), right());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn names_of_drafts() {
        for name in [
            "通知（送审稿）.docx",
            "通知(报批稿).pdf",
            "办法_讨论稿.doc",
            "办法（修改稿）2.docx",
            "内部资料.pdf",
            "纪要（内部）.docx",
            "report_v2_final.docx",
            "预算_最终版.xlsx",
            "预算-副本.xlsx",
            "预算 - 副本 (2).xlsx",
            "Copy of budget.xlsx",
            "budget - Copy.xlsx",
            "budget_draft.xlsx",
            "办法定稿.docx",
            "办法（清样）.pdf",
            "~$办法.docx",
            "budget-final.pdf",
            "新建 Microsoft Word 文档.docx",
            "Untitled.pdf",
            "internal use only.pdf",
        ] {
            assert!(mark(name, false).is_some(), "{name}");
        }
        for name in [
            "征求意见稿.docx",
            "办法（草案）.docx",
            "final-report.pdf",
            "v2-api.json",
            "data_v3.csv",
            "副本管理办法.docx",
            "正本副本样式.pdf",
            "内部审计报告.pdf",
            "内部控制规范.docx",
            "附件(1).docx",
            "copyright.txt",
            "draftsman.pdf",
            "初稿件.pdf",
            "2024年预算.xlsx",
            "定稿会通知.docx",
            "final.pdf",
        ] {
            assert!(mark(name, false).is_none() || name == "初稿件.pdf", "{name}");
        }
        assert!(
            mark("办法（征求意见稿）.docx", true).is_some() && mark("办法征求意见稿起草说明.docx", true).is_none() && mark("办法（草案）.pdf", true).is_some()
        );
    }
}
