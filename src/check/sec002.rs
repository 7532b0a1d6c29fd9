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
        zh: "正文带有密级标志、“内部资料 注意保存”或“此件不公开”“依申请公开”的版记，不得公开发布。该条目被拦下；确认可以公开后删去标志。",
        en: "The text bears a mark of secrecy or of internal use, so it must not be published. The item is held; take the mark out once it is certain that it may be public.",
    },
    source: "保守国家秘密法；政府信息公开条例 第十四条；domain-rules POL-07",
    run: Run::Both(run, site),
};

static MARKS: &[&str] =
    &["绝密★", "机密★", "秘密★", "此件不公开", "（此件依申请公开）", "(此件依申请公开)", "内部资料，注意保存", "内部资料 注意保存", "内部文件，注意保存"];
static LINES: &[&str] = &["绝密", "机密", "秘密", "内部资料", "内部文件", "不得外传"];

/// The first mark in a text: where, and how long.
fn mark(body: &str) -> Option<(usize, usize)> {
    MARKS.iter().find_map(|m| body.find(m).map(|i| (i, m.len()))).or_else(|| {
        let mut at = 0;
        body.split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            let plain = line.trim().trim_matches('*');
            LINES.contains(&plain).then(|| (start + line.find(plain).unwrap_or(0), plain.len()))
        })
    })
}

fn hint() -> Text {
    say!("不得公开的不要放进内容目录；可以公开的删去标志", "keep what must not be public out of the content folder; take the mark out of what may be")
}

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        let body = e.doc.body();
        let base = e.doc.body.start;
        if let Some((i, len)) = mark(body) {
            let mark = &body[i..i + len];
            found.text(&e.doc, base + i..base + i + len, say!("正文有涉密或内部标志 `{mark}`", "the text bears the mark `{mark}`"), hint());
        }
    }
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
