//! SEC002: secrecy or internal mark.

use super::*;
use crate::diag::say;

/// SEC002
pub(super) static RULE: Rule = Rule {
    code: "SEC002",
    title: Phrase { zh: "涉密或内部标志", en: "secrecy or internal mark" },
    severity: [None, Some(Severity::Veto), Some(Severity::Veto)],
    blocks: true,
    identity: false,
    explain: Phrase {
        zh: "正文、字段、文件名或附件的开头带有密级标志（秘密★5年、秘　密、密级：秘密、【秘密】、商密★）、“内部资料 注意保存”或“此件不公开”“公开属性：不予公开”“依申请公开”的版记，不得公开发布。该条目被拦下；确认可以公开后删去标志。引号里提到的标志（“秘密★5年”是……）不算。",
        en: "The text, a field, the name of a file or the beginning of an attachment bears a mark of secrecy or of internal use, so it must not be published. The item is held; take the mark out once it is certain that it may be public. A mark in quotation marks that a sentence speaks of is none.",
    },
    source: "保守国家秘密法；政府信息公开条例 第十四条",
    run: Run::Both(run, site),
};

/// Lines that are a mark alone, without blanks and signs.
static LINES: &[&str] = &["绝密", "机密", "秘密", "商密", "核心商密", "普通商密", "内部资料", "内部文件", "不得外传", "内部资料注意保存", "内部文件注意保存"];

/// Degrees of secrecy.
static DEGREES: &[&str] = &["绝密", "机密", "秘密", "商密"];

/// A blank, as the format of documents (GB/T 9704) has between the two signs of a degree.
fn blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{A0}' | '\t')
}

/// A text without blanks and the signs around it.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !blank(*c) && !"*#>_\"'【】[]（）()《》，,。；;".contains(*c)).collect()
}

/// The first mark in a text: where, and how long.
fn mark(body: &str) -> Option<(usize, usize)> {
    starred(body).or_else(|| within(body)).or_else(|| {
        let mut at = 0;
        body.split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            let plain = line.trim().trim_matches(|c| blank(c) || "*#>_【】[]".contains(c));
            // Most lines are longer.
            if plain.is_empty() || plain.len() > 60 {
                return None;
            }
            let bare = tight(plain);
            let field = || {
                let (name, value) = bare.split_once([':', '：'])?;
                let secret = name == "密级" && (DEGREES.iter().any(|d| value.starts_with(d)) || value.starts_with("内部"));
                let closed =
                    matches!(name, "公开属性" | "公开方式" | "公开类别" | "信息公开属性" | "公开选项") && matches!(value, "不予公开" | "不公开" | "依申请公开");
                (secret || closed).then_some(())
            };
            (LINES.contains(&&*bare) || field().is_some()).then(|| (start + line.find(plain).unwrap_or(0), plain.len()))
        })
    })
}

/// 秘密★5年, with blanks or without; where it is only spoken of (“秘密★5年”是……) it is none.
fn starred(body: &str) -> Option<(usize, usize)> {
    memchr::memmem::find_iter(body.as_bytes(), "★").find_map(|star| {
        let head = body[..star].trim_end_matches(blank);
        let first = head.strip_suffix('密')?.trim_end_matches(blank);
        let degree = first.chars().next_back().filter(|c| matches!(c, '绝' | '机' | '秘' | '商'))?;
        let from = first.len() - degree.len_utf8();
        let told = ["“", "「", "『", "‘"].iter().any(|q| body[..from].ends_with(q));
        let line = body[star..].split('\n').next().unwrap_or("");
        let spoken = told && line.find(['”', '」', '』', '’']).is_some_and(|i| line[i..].chars().nth(1).is_some_and(char::is_alphabetic));
        (!spoken).then_some((from, star + "★".len() - from))
    })
}

/// 【秘密】, 内部资料　注意保存, （此件发至县团级，不公开）
fn within(body: &str) -> Option<(usize, usize)> {
    let b = body.as_bytes();
    for word in ["注意保存", "此件"] {
        for at in memchr::memmem::find_iter(b, word) {
            if word == "注意保存" {
                let head = body[..at].trim_end_matches(|c| blank(c) || matches!(c, '，' | ','));
                if let Some(w) = ["内部资料", "内部文件"].iter().find(|w| head.ends_with(**w)) {
                    let from = head.len() - w.len();
                    return Some((from, at + word.len() - from));
                }
                continue;
            }
            let rest = &body[at..crate::load::floor(body, at + 120)];
            let rest = rest.split(['）', ')', '\n', '。']).next().unwrap_or(rest);
            if ["不公开", "不予公开", "依申请公开", "不得公开"].iter().any(|w| rest.trim_end_matches(blank).ends_with(w))
                && at > 0
                && body[..at].ends_with(['（', '(', '\n', '　', '*'])
                || rest.starts_with("此件不公开")
            {
                return Some((at, rest.len()));
            }
        }
    }
    None
}

/// The mark of a title or name: besides those of a text 【秘密】 and （机密） in brackets of their own.
fn of_name(name: &str) -> Option<(usize, usize)> {
    starred(name).or_else(|| within(name)).or_else(|| {
        let part = |c: char| "【】[]（）()〔〕".contains(c);
        let whole = LINES.contains(&&*tight(name));
        let inner = || {
            name.match_indices(part).find_map(|(i, open)| {
                let rest = &name[i + open.len()..];
                let end = rest.find(part)?;
                let word = tight(&rest[..end]);
                ("【[（(〔".contains(open) && (DEGREES.contains(&&*word) || matches!(&*word, "内部资料" | "内部文件"))).then_some((i, end + open.len()))
            })
        };
        if whole { Some((0, name.len())) } else { inner() }
    })
}

fn hint() -> Text {
    say!("不得公开的不要放进内容目录；可以公开的删去标志", "keep what must not be public out of the content folder; take the mark out of what may be")
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        let body = e.doc.body();
        let base = e.doc.body.start;
        if let Some((i, len)) = mark(body) {
            let mark = &body[i..i + len];
            found.text(&e.doc, base + i..base + i + len, say!("正文有涉密或内部标志 `{mark}`", "the text bears the mark `{mark}`"), hint());
            continue;
        }
        // Fields are read as they stand.
        let head = &e.doc.source.text[..base.min(e.doc.source.text.len())];
        let mut at = 0;
        let hit = head.split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            let value = line.split_once(": ").map_or(line, |(_, v)| v);
            let from = start + line.len() - value.len();
            let hit = if line.is_ascii() { None } else { of_name(value.trim_end()) };
            hit.map(|(i, len)| (from + i, len))
        });
        if let Some((i, len)) = hit {
            let mark = &head[i..i + len];
            found.text(&e.doc, i..i + len, say!("有涉密或内部标志 `{mark}`", "a field bears the mark `{mark}`"), hint());
        }
    }
    let path = &item.doc().source.path;
    for name in item.named().chain([&item.id]) {
        let last = name.rsplit('/').next().unwrap_or(name);
        let stem = last.rsplit_once('.').map_or(last, |(s, _)| s);
        if of_name(stem).is_some() {
            let span = crate::diag::Span::file(path);
            found.data(item, span, say!("文件名 `{name}` 有涉密或内部标志", "the name `{name}` bears a mark of secrecy or internal use"), hint());
        }
    }
    // Files that begin so.
    for (resource, read) in input.tables.all(item) {
        let above = read.file.tables.iter().flat_map(|t| t.preamble.iter().chain(&t.notes).chain(&t.names));
        let marked = above.map(String::as_str).find_map(|t| of_name(t).map(|(i, len)| t[i..i + len].to_string()));
        let told = marked.or_else(|| {
            let head = crate::load::table::head(&read.blob);
            if head.is_ascii() {
                return None;
            }
            let plain = untagged(&head);
            mark(&plain).map(|(i, len)| plain[i..i + len].to_string())
        });
        let Some(mark) = told else { continue };
        let message = say!("文件有涉密或内部标志 `{mark}`", "the file bears the mark `{mark}`");
        match resource {
            Some(_) => found.file(item, &read.key, read.span(0, 0), message, hint()),
            None => found.data(item, read.span(0, 0), message, hint()),
        }
    }
}

/// A text with an end of line for each tag.
fn untagged(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('<') {
        return text.into();
    }
    let parts = text.split('<').enumerate().map(|(i, p)| if i == 0 { p } else { p.split_once('>').map_or("", |(_, t)| t) });
    parts.collect::<Vec<_>>().join("\n").into()
}

fn site(input: &Input<'_>, found: &mut Found<'_>) {
    let all = &input.portal.feedback;
    for l in all.letters.iter().filter(|l| l.shown) {
        for text in [&l.title, &l.body, &l.reply] {
            if let Some((i, len)) = mark(text) {
                let (row, mark) = (l.row, &text[i..i + len]);
                found.row(
                    all.span(l, l.at),
                    all.key(l),
                    say!("第 {row} 行有涉密或内部标志 `{mark}`，这封信不显示", "row {row} bears the mark `{mark}`; the letter is not shown"),
                    hint(),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{mark, of_name, untagged};

    #[test]
    fn marks_however_they_are_written() {
        for text in [
            "机密★一年",
            "秘　密\n\n正文。",
            "机　密",
            "秘 密★5年",
            "秘密 ★ 5年",
            "密级：秘密",
            "# 秘密",
            "**秘密**",
            "内部资料　注意保存",
            "正文。内部资料，注意保存",
            "商密★3年",
            "（此件发至县团级，不公开）",
            "（此件不公开）",
            "(此件依申请公开)",
            "公开属性：不予公开",
            "“秘密★5年”\n正文。",
        ] {
            assert!(mark(text).is_some(), "{text}");
        }
        for text in [
            "“秘密★5年”是国家秘密标志的一种写法。",
            "国家秘密的密级分为绝密、机密、秘密三级。",
            "（此件公开发布）",
            "公开属性：主动公开",
            "密级：公开",
            "此件办理后应当告知是否公开",
            "保守秘密",
            "★★★",
        ] {
            assert_eq!(mark(text), None, "{text}");
        }
        for name in ["关于x的通知（秘密★3年）", "【秘密】关于x的通知", "秘密★3年", "关于x的通知（机 密）", "\"秘密★3年\"", "秘密"]
        {
            assert!(of_name(name).is_some(), "{name}");
        }
        for name in ["保守国家秘密法", "商业秘密保护规定（试行）", "关于内部资料管理的通知", "关于国家秘密（载体）的规定"]
        {
            assert_eq!(of_name(name), None, "{name}");
        }
        assert!(mark(&untagged("<html><p>秘密★3年</p><p>正文</p>")).is_some());
    }
}
