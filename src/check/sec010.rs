//! SEC010: what may be personal data.

use super::sec003::{elsewhere, message, of_file, places};
use super::*;
use crate::diag::say;
use crate::load::table::Spot;
use crate::personal::Sure;
use crate::tables::allowed;

/// SEC010
pub(super) static RULE: Rule = Rule {
    code: "SEC010",
    title: Phrase { zh: "可能是个人信息", en: "may be personal data" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "形如手机号、身份证号、银行卡号，但上下文说明可能是别的：写着“联系电话”的手机可能是公开的办公号码，编码列里的数可能只是编码。不拦下，请核对：是个人的就删去或遮住，可以公开的写 allow_personal:（reason、approved_by、until），便不再提示。遮得太少的号码（1390***5678、只遮一两位的身份证号）能还原出来，也在这里提示；一处遮住了（138****5678、张*三），另一列、注、文件名、隐藏的表、批注或旧版里却有全文的，也是。",
        en: "Something looks like a mobile, identity or card number, and what stands around it says that it may be something else: a mobile number called contact telephone may be that of an office, digits in a column of codes may be codes. Nothing is held. Look at it: take out or mask what is a person's; where it may be public say so with allow_personal: (reason, approved_by, until), and it is not told again. Told here, too, is a mask that hides so little that it can be undone (1390***5678, an identity number with one or two digits hidden), and one whose whole stands elsewhere (138****5678 or 张*三 in one column, the number or name in another, in a note, the name of a file, a hidden sheet, a comment, an earlier version).",
    },
    source: "个人信息保护法第二十五条、第二十八条；GB 11643（公民身份号码）",
    run: Run::Both(run, site),
};

fn hint() -> Text {
    say!(
        "核对：个人的删去或遮住；可以公开的写 `allow_personal: [{{reason, approved_by, until}}]`",
        "look at it: hide a person's number; where it may be public write `allow_personal: [{{reason, approved_by, until}}]`"
    )
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    super::veils::run(input, item, found);
    for p in places(input, item, Sure::Perhaps) {
        let message = message(&p, false);
        found.data(item, p.span, message, hint());
    }
    for b in input.tables.bare(item).iter().filter(|b| b.sure == Sure::Perhaps) {
        let (message, hint) = super::sec003::bare(b);
        found.data(item, b.span.clone(), message, hint);
    }
    for (resource, read) in input.tables.all(item) {
        let allowed = allowed(item, resource);
        for p in read.found(&allowed, input.as_of).filter(|p| p.sure == Sure::Perhaps) {
            let ((zh, _), place) = (p.kind.names(), of_file(read, p));
            let n = if p.place == Spot::Column {
                Text { zh: format!("（{} 处）", p.cells), en: format!(" ({})", crate::diag::counted(p.cells, "cell", "cells")) }
            } else {
                Text { zh: String::new(), en: String::new() }
            };
            let text = Text { zh: format!("{}里可能有{zh}{}", place.zh, n.zh), en: format!("{} may hold {}{}", place.en, p.kind.plural(), n.en) };
            found.data(item, read.span(p.line, p.column), text, hint());
        }
    }
}

fn site(input: &Input<'_>, found: &mut Found<'_>) {
    super::sec003::letters(input, Sure::Perhaps, found);
    let (fixed, alone) = elsewhere(input, Sure::Perhaps);
    for p in fixed.into_iter().chain(alone) {
        let message = message(&p, false);
        found.add(
            p.span,
            message,
            say!(
                "核对：个人的删去；可以公开的在 site.yaml 写 `allow_personal: [{{file, reason, approved_by, until}}]`",
                "look at it: take out a person's number; where it may be public write `allow_personal: [{{file, reason, approved_by, until}}]` in site.yaml"
            ),
        );
    }
}
