//! TXT015: words of a template left in.

use super::*;
use crate::diag::say;
use crate::load::{Doc, Kind as Shape, Node};
use crate::personal::{Search, any_of};
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// TXT015
pub(super) static RULE: Rule = Rule {
    code: "TXT015",
    title: Phrase { zh: "模板里的提示没有改", en: "words of a template left in" },
    severity: [WARN, WARN, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "标题、字段或正文里还留着 new 给的提示（如“请填写标题”“在这里写正文”），或只写了“标题”“…”“待补充”“TODO”“XXX”；留着没有填的《XXX》、XXXXXX、×年×月×日；正文只有小标题或“第一条”，没有内容；上线的站点还留着 init 的示例。填好再公布，或先写 draft: true。",
        en: "Title, a field or the text still has the words that new put there (Title to be filled in), or is no more than Title, …, TODO, TBD or XXX; XXXXXX or a title or day of such signs stands to be filled in; a text is of headings alone; or a live site still has the examples of init. Fill them in, or say draft: true for now.",
    },
    source: "own rule",
    run: Run::Item(run),
};

/// What `new` leaves for the author; a test holds this list against it.
pub static LEFT: &[&str] = &[
    "请填写标题",
    "Title to be filled in",
    "请填写文件路径",
    "path-of-the-policy",
    "说明数据从哪里来、怎样统计。",
    "Say where the data come from and how they were counted.",
    "一句话说明这个专题。",
    "Say in one sentence what this topic is.",
    "在这里写正文。",
    "（在此填写",
    "（请填写",
    "【请填写",
    "【待补充】",
    "（待补充）",
    "（此处填写",
    "【此处填写",
    "【在此填写",
    "TODO 待补充",
    "Lorem ipsum",
];

/// The examples of `init`: right until the site goes live. A test holds this list against it.
pub static EXAMPLES: &[&str] = &[
    "在这里写本站由谁主办",
    "Say here who runs this site",
    "这是一份示例文件，说明正文怎样写。",
    "This is an example of a policy document.",
    "规定了什么。\n\n## 适用范围\n\n谁适用。",
    "Say in plain words whom it concerns and what changes.",
    "说明数据从哪里来、怎样统计、有什么限制。",
    "Say where the data come from, how they were counted and what they cannot tell.",
];

/// The table of `new dataset`: names and its one row. A test holds it against what `new` writes.
static SAMPLES: &[([&str; 2], [&str; 2])] = &[(["名称", "数值"], ["示例", "1"]), (["name", "value"], ["example", "1"])];

/// Words that stand for one that is to come, where a line or a value is nothing else. In small letters.
const WORDS: &[&str] = &[
    "todo",
    "tbd",
    "tba",
    "fixme",
    "placeholder",
    "untitled",
    "title",
    "text",
    "summary",
    "description",
    "待补充",
    "待填写",
    "待完善",
    "待填",
    "请填写",
    "此处填写",
    "在此填写",
    "标题",
    "题目",
    "无标题",
    "未命名",
    "摘要",
    "正文",
    "内容",
    "描述",
    "简介",
    "标题待定",
    "测试标题",
    "测试文章",
    "新建文档",
    "新建文本文档",
    "新建 microsoft word 文档",
    "new document",
    "untitled document",
    "示例",
    "占位",
];

/// A bit for each length that one of the words has, in bytes.
const LENGTHS: u64 = {
    let (mut bits, mut i) = (0, 0);
    while i < WORDS.len() {
        bits |= 1 << WORDS[i].len();
        i += 1;
    }
    bits
};

pub(super) static ANY: LazyLock<Option<Search>> = LazyLock::new(|| any_of(LEFT.iter().chain(EXAMPLES).copied()));

/// Fields whose values are no words for readers: codes, names of columns, what stands for a missing value.
static SILENT: &[&str] = &[
    "schema",
    "dialect",
    "extra",
    "missing_values",
    "missingValues",
    "charts",
    "slug",
    "aliases",
    "form",
    "block",
    "type",
    "doc_type",
    "kind",
    "id",
    "name",
    "path",
    "file",
    "format",
];

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if item.draft {
        return;
    }
    // The site is live: no demonstration, and not at an example of an address.
    let live = !input.config.demo && !input.config.base_url.contains("example.") && !input.config.base_url.contains("localhost");
    // Of policies and news POL007 says it. A catalogue elsewhere may do with titles.
    let bare = input.config.profile != crate::config::Profile::Generic && (item.kind == crate::types::PAGE || item.kind == crate::types::INTERPRETATION);
    for (i, _) in item.dataset().into_iter().flat_map(|d| d.resources.iter().enumerate()) {
        let Some(read) = input.tables.get(item, i) else { continue };
        let sample =
            |t: &crate::load::table::Table| t.rows == 1 && SAMPLES.iter().any(|(names, row)| t.names == *names && t.preview.first().is_some_and(|r| r == row));
        if read.table().is_some_and(sample) {
            found.data(
                item,
                read.span(2, 1),
                say!("{} 里还是模板的示例行", "{} has the row of the template alone", read.shown),
                say!("换成真实的数据", "put the real data in its place"),
            );
        }
    }
    let mut read: Vec<&str> = Vec::new();
    for e in item.written() {
        let file = &*e.doc.source.path;
        // An item in YAML has one file for all its languages, and its text is a field.
        if read.contains(&file) {
            continue;
        }
        read.push(file);
        let yaml = !file.ends_with(".md") && !file.ends_with(".markdown");
        if let Some(front) = &e.doc.front {
            fields(&e.doc, front, "", live, found);
        }
        let done = yaml || bare && empty(item, &e.doc, found);
        if !done {
            body(&e.doc, live, found);
        }
    }
}

/// The title of an attachment, as [`fields`] calls it.
const ATTACHED: &str = "attachments.title";

/// Looks through the values of a head.
fn fields(doc: &Doc, node: &Node, key: &str, live: bool, found: &mut Found<'_>) {
    match &node.kind {
        Shape::Text(t) => {
            // What is attached may well be the text of a document.
            if key == ATTACHED && matches!(t.trim(), "正文" | "text" | "Text") {
                return;
            }
            let key = if key == ATTACHED { "title" } else { key };
            // What the file does not have is in none of its values, but for those that are written in another way there.
            let written = || doc.source.text.get(node.start as usize..node.end as usize).is_some_and(|raw| raw.trim_matches(['"', '\'']) == &**t);
            let template = found.signs.template || !written();
            let Some((w, all)) = left(t, key, live, template) else { return };
            let w = short(&w);
            let at = node.start as usize..node.end as usize;
            let at = if all { at } else { doc.source.text[at.clone()].find(&w).map_or(at.clone(), |i| at.start + i..at.start + i + w.len()) };
            found.text(
                doc,
                at,
                if all {
                    say!("`{key}` 还没有填，只有 `{w}`", "`{key}` is not filled in: `{w}` is all it says")
                } else {
                    say!("`{key}` 还是模板里的 `{w}`", "`{key}` still has `{w}` of the template")
                },
                hint(),
            );
        }
        Shape::List(items) => items.iter().for_each(|n| fields(doc, n, key, live, found)),
        Shape::Map(pairs) => {
            for (k, v) in pairs {
                let name = k.text().unwrap_or("");
                // An attachment that is the text itself is called so.
                let named = key == "attachments" && name == "title" && v.text() == Some("正文");
                if !SILENT.contains(&name) && !named {
                    // The text of a language belongs to the field above it.
                    let tag = !key.is_empty() && (name.len() == 2 || name.contains('-'));
                    let name = if key == "attachments" && name == "title" { ATTACHED } else { name };
                    fields(doc, v, if tag { key } else { name }, live, found);
                }
            }
        }
        Shape::Null => {}
    }
}

/// What of a template a value holds, and whether it says nothing else. `template`: it may hold one.
fn left(value: &str, key: &str, live: bool, template: bool) -> Option<(String, bool)> {
    // One look for all of them; which it is, is asked of the few that have one.
    if template
        && ANY.as_ref().is_none_or(|a| a.is_match(value))
        && let Some(w) = LEFT.iter().chain(EXAMPLES.iter().filter(|_| live)).find(|w| value.contains(**w))
    {
        return Some(((*w).to_string(), false));
    }
    if is_word(value, matches!(key, "title" | "summary" | "description" | "text" | "note")) {
        return Some((value.trim().to_string(), true));
    }
    if key == "policies" && PATHS.contains(&value.trim()) {
        return Some((value.trim().to_string(), true));
    }
    // Of a title or summary only: real texts write XX for a name that is not to be told.
    if matches!(key, "title" | "summary")
        && let Some(w) = ["XXX", "××", "ＸＸ", "某某"].into_iter().find(|w| value.contains(w))
    {
        return Some((w.into(), false));
    }
    blank(value).filter(|_| !CODES.contains(&key)).map(|at| (value[at].to_string(), false))
}

/// Words for the path of a policy that is to be written: those of guides and forms.
pub(super) static PATHS: &[&str] = &[
    "xxx",
    "政策编号",
    "政策文件编号",
    "政策路径",
    "文件路径",
    "文件名",
    "年份/文件名",
    "政策文件名",
    "policy-id",
    "policy",
    "policies",
    "path",
    "id",
    "year/name",
    "path/to/policy",
];

/// Fields whose values are codes or addresses.
static CODES: &[&str] = &["url", "link", "access_url", "doc_no", "index_no", "conforms_to", "pattern"];

/// A sign for a letter that is to be filled in.
fn cross(c: char) -> bool {
    matches!(c, 'X' | 'x' | '×' | 'Ｘ' | 'ｘ' | '╳')
}

/// What is left open in a text: 《XXX》, six signs or more in a row, ×年×月×日. Names that are not to be told (`XX公司`, `138XXXX5678`)
/// are no such thing.
fn blank(text: &str) -> Option<Range<usize>> {
    // A short text is looked through sign by sign; of a long one the letters are sought alone, where it has none of the others.
    static OTHERS: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| ["×", "Ｘ", "ｘ", "╳"].map(Finder::new));
    let sought = text.len() >= 64 && !OTHERS.iter().any(|s| s.find(text.as_bytes()).is_some());
    let next = |from: usize| match sought {
        true => memchr::memchr2(b'X', b'x', &text.as_bytes()[from..]).map(|i| from + i),
        false => text[from..].find(cross).map(|i| from + i),
    };
    let mut from = 0;
    while let Some(i) = next(from) {
        let run: usize = text[i..].chars().take_while(|c| cross(*c)).map(char::len_utf8).sum();
        let (end, n) = (i + run, text[i..i + run].chars().count());
        let (before, after) = (text[..i].chars().next_back(), text[end..].chars().next());
        let named = before == Some('《') && after == Some('》') && n > 1;
        if named {
            return Some(i - '《'.len_utf8()..end + '》'.len_utf8());
        }
        let beside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "*#&;=_/-`".contains(c));
        // `X妆XXXXXXXX` tells how a number is made.
        let form = text[..i].chars().rev().take(3).any(cross);
        if n >= 6 && !form && !beside(before) && !beside(after) {
            return Some(i..end);
        }
        if text[end..].trim_start_matches(' ').starts_with('年')
            && !before.is_some_and(|c| c.is_ascii_alphanumeric() || "〇零一二三四五六七八九".contains(c))
            && let Some(len) = date_to_come(&text[i..])
        {
            return Some(i..i + len);
        }
        from = end;
    }
    None
}

/// The length of `×年×月×日`, `XXXX 年 XX 月 XX 日` at the beginning of a text.
fn date_to_come(text: &str) -> Option<usize> {
    let mut rest = text;
    for mark in ['年', '月', '日'] {
        let bare = rest.trim_start_matches(' ');
        let open = bare.trim_start_matches(cross);
        if open.len() == bare.len() {
            return None;
        }
        rest = open.trim_start_matches(' ').strip_prefix(mark)?;
    }
    Some(text.len() - rest.len())
}

/// A value or line that is nothing but a word for one to come: `TODO`, `（待补充）`, `…`, `XXX`. `names`: the name of the field counts.
fn is_word(text: &str, names: bool) -> bool {
    if text.len() > 40 {
        return false;
    }
    let bare = text.trim().trim_matches(|c: char| c.is_ascii_punctuation() || c.is_whitespace() || "。，：；、（）【】《》“”「」！？〔〕".contains(c));
    if bare.is_empty() {
        // `-` and `/` say that there is nothing to say.
        let t = text.trim();
        return t.chars().count() > 1 && t.chars().all(|c| matches!(c, '.' | '?' | '？' | '。' | '_')) || t == "？";
    }
    if bare.chars().all(|c| matches!(c, '…' | '⋯')) {
        return true;
    }
    if bare.len() >= 2 && bare.chars().all(|c| matches!(c, 'X' | 'x' | '×' | 'Ｘ')) {
        return bare.chars().count() > 2 || !bare.is_ascii();
    }
    // None of them is longer or shorter in capitals.
    if LENGTHS >> bare.len() & 1 == 0 {
        return false;
    }
    let low = bare.to_lowercase();
    WORDS.iter().position(|w| *w == low).is_some_and(|n| names || !FIELD_NAMES.contains(&WORDS[n]))
}

/// Names of fields, which may be words of their own elsewhere.
static FIELD_NAMES: &[&str] = &["title", "text", "summary", "description", "标题", "题目", "摘要", "正文", "内容", "描述", "简介", "示例"];

/// A page or interpretation without a word: what `new` makes of it.
fn empty(item: &Item, doc: &Doc, found: &mut Found<'_>) -> bool {
    let told = |i: &crate::model::Interpretation| !i.sections.is_empty() || !i.qa.is_empty() || i.text_alternative.is_some();
    if !doc.body().trim().is_empty() || !item.attachments.is_empty() || item.interpretation().is_some_and(told) {
        return false;
    }
    let end = doc.body.start;
    found.text(
        doc,
        end..end,
        say!("没有正文", "there is no text"),
        say!("在文件头之后写正文，或先写 draft: true", "write the text below the head, or say draft: true for now"),
    );
    true
}

/// Looks through the text below a head.
fn body(doc: &Doc, live: bool, found: &mut Found<'_>) {
    let text = doc.body();
    let base = doc.body.start;
    if let Some(at) = hollow(text) {
        let line = text[at.clone()].trim();
        let message = if line.starts_with('#') {
            say!("正文只有小标题，没有内容", "the text is of headings alone")
        } else if for_text(line) {
            say!("正文还没有写，只有 `{line}`", "the text is not written: `{line}` is all it says")
        } else {
            say!("正文只有 `{line}`，没有内容", "the text is `{line}` and nothing behind it")
        };
        return found.text(doc, base + at.start..base + at.end, message, hint());
    }
    if let Some(at) = blank(text) {
        let w = &text[at.clone()];
        found.text(doc, base + at.start..base + at.end, say!("正文里的 `{w}` 还没有填", "`{w}` of the text is not filled in"), hint());
        return;
    }
    if !found.signs.template {
        return;
    }
    if let Some((w, i)) = LEFT.iter().chain(EXAMPLES.iter().filter(|_| live)).find_map(|w| Some((w, text.find(w)?))) {
        let (w, at) = (short(w), base + i);
        found.text(doc, at..at + w.len(), say!("正文里还有模板的 `{w}`", "the text still has `{w}` of the template"), hint());
    }
}

/// The first line of what was found.
fn short(w: &str) -> String {
    w.lines().next().unwrap_or(w).to_string()
}

/// The first line of a text that has lines, and none that says anything: headings, numbers of articles, words of a template.
fn hollow(text: &str) -> Option<Range<usize>> {
    let mut first = None;
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim();
        if !line.is_empty() {
            let rest = line.trim_start_matches(['#', '*', '-', '>', ' ']);
            let heading = line.starts_with('#') && line.len() > rest.len();
            if !heading && !is_article(line) && !for_text(rest) && !rest.is_empty() {
                return None;
            }
            if first.is_none() {
                let start = at + whole.len() - whole.trim_start().len();
                first = Some(start..start + line.len());
            }
        }
        at += whole.len();
    }
    first
}

/// A line that stands for a text: `new` writes `Text.`; 正文 and the like may be words of their own.
fn for_text(line: &str) -> bool {
    line == "Text." || is_word(line, false)
}

/// `第一条` and nothing behind it.
fn is_article(line: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "零〇一二三四五六七八九十百".contains(c);
    line.strip_prefix('第')
        .and_then(|l| l.trim_start_matches(number).strip_prefix(['条', '章', '节', '款']))
        .is_some_and(|l| l.trim_matches(['*', ' ', '　']).is_empty())
}

fn hint() -> Text {
    say!("填好，或先写 draft: true", "fill it in, or say draft: true for now")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_for_others() {
        for yes in ["TODO", "todo:", "（待补充）", "…", "……", "XXX", "×××", "TBD.", "标题", "???", "Text."] {
            assert!(is_word(yes, true), "{yes}");
        }
        for no in ["TODO list", "-", "/", "X", "xx", "无", "内容建设", "1", "标题党", "5×5"] {
            assert!(!is_word(no, true), "{no}");
        }
        assert!(!is_word("text", false) && !is_word("摘要", false));
        let open = |t: &'static str| blank(t).map(|at| &t[at]);
        for (text, want) in [
            ("为贯彻《XXX》，现将", "《XXX》"),
            ("现将XXXXXXX有关事项", "XXXXXXX"),
            ("办公室\n\n×年×月×日\n", "×年×月×日"),
            ("定于××××年××月××日召开", "××××年××月××日"),
            ("定于 XXXX 年 XX 月 XX 日 召开", "XXXX 年 XX 月 XX 日"),
            ("根据《××》", "《××》"),
        ] {
            assert_eq!(open(text), Some(want), "{text}");
        }
        for text in [
            "XX公司",
            "手机138XXXX5678",
            "5×6×7",
            "《××办法》",
            "XXX同志",
            "型号 A-XXXXXX",
            "编排方式为：X妆XXXXXXXX。",
            "二〇一×年×月×日",
            "maXXXXXXr",
            "20XX年",
            "201×年×月",
            "某年XX月",
        ] {
            assert_eq!(open(text), None, "{text}");
        }
        let hollow = |t| hollow(t).is_some();
        assert!(hollow("\n## 一\n\n## 二\n") && hollow("第一条 \n") && hollow("Text.\n") && hollow("# A\n\nTODO\n"));
        assert!(!hollow("") && !hollow("## 一\n\n好。\n") && !hollow("第一条 为了\n") && !hollow("## A\n\n![x](y.png)\n"));
    }
}
