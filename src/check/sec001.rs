//! SEC001: review chain incomplete or out of order.

use super::*;
use crate::diag::say;
use crate::model::REVIEW;
use crate::schema::words::REVIEW_STEPS;

/// SEC001
pub(super) static RULE: Rule = Rule {
    code: "SEC001",
    title: Phrase { zh: "审查链不全或次序不对", en: "review incomplete or out of order" },
    severity: [WARN, WARN, Some(Severity::Veto)],
    blocks: true,
    identity: false,
    explain: Phrase {
        zh: "公开前依次起草、审核、保密审查、签发，每一步写岗位和日期：后一步不早于前一步，签发不晚于发布，日期不在将来，岗位处不写人名。cn-gov-strict 要求每个条目（网页、专题除外）都有四步，不齐的不发布；其他方案只看写了 review 的条目，给警告；签发的日期在将来的，哪个方案都不发布。经办人写在 by，只进 build --internal 的目录。",
        en: "Before it is public an item is drafted, checked, looked through for secrets and signed, each step with its role and day: none before the one it follows, none in the future, the signature not after publication, and no person's name for a role. Under cn-gov-strict every item but plain pages and topics has all four and is not published without; the other profiles look at items that have a review and warn; what is signed only on a day to come is held under all of them. Names are written to `by` and go to the folder of build --internal alone.",
    },
    source: "政府信息公开条例第十七条、保守国家秘密法",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let strict = input.config.profile == crate::config::Profile::CnGovStrict;
    let Some(review) = &item.review else {
        if strict && !item.kind.root && item.kind.shape != crate::types::Shape::Topic && !item.draft {
            found.key(
                item,
                "review",
                say!("没有审查链，不发布", "there is no review, so it is not published"),
                say!(
                    "写 review:，四步各写 step、role、on（起草、审核、保密审查、签发）",
                    "add review: with step, role and on for each of draft, check, secrecy, sign"
                ),
            );
        }
        return;
    };
    // What is signed only on a day to come is not public before, whatever the profile.
    for s in review.steps.iter().filter(|s| REVIEW[s.step] == "sign") {
        if let Some(on) = s.on.filter(|on| *on > input.as_of) {
            found.at(Severity::Veto).text(
                item.doc(),
                s.at.0 as usize..s.at.1 as usize,
                say!("签发的日期 {on} 还没有到，先不公布", "it is signed only on {on}, which lies ahead, so it is held"),
                say!("写实际签发的日期；定时公布的写 published_at", "write the day on which it was signed; what comes out later has its published_at"),
            );
        }
    }
    let found = &mut if strict { found.at(Severity::Veto) } else { found.soft(Severity::Warn) };
    let zh = |n: usize| crate::model::vocab::label(REVIEW_STEPS, REVIEW[n]);
    let missing: Vec<usize> = review.missing().collect();
    if !missing.is_empty() {
        let list = missing.iter().map(|n| zh(*n)).collect::<Vec<_>>().join("、");
        let words = missing.iter().map(|n| REVIEW[*n]).collect::<Vec<_>>().join(", ");
        let message = Text { zh: format!("审查链缺少：{list}"), en: format!("the review lacks: {words}") };
        found.key(item, "review", message, say!("补上这些环节，没有做的先做", "add these steps; what was not done is done first"));
    }
    for s in &review.steps {
        let (step, word, at) = (zh(s.step), REVIEW[s.step], s.at.0 as usize..s.at.1 as usize);
        match &s.role {
            None => found.text(
                item.doc(),
                at.clone(),
                say!("{step}没有写岗位", "no role is named in the step {word}"),
                say!("写 role: 科室或岗位", "write role: the office or role"),
            ),
            Some(r) if crate::personal::person(r) => found.text(
                item.doc(),
                at.clone(),
                say!("{step}的岗位处写了人名", "the step {word} has a person's name for its role"),
                say!("role 写科室或岗位，人名写在 by（从不公布）", "write the office to role, and the name to by, which is never published"),
            ),
            Some(_) => {}
        }
        match s.on {
            // A day that cannot be read has its own finding.
            None if item.doc().source.text[at.clone()].contains("on:") => {}
            None => found.text(item.doc(), at, say!("{step}没有写日期", "the step {word} has no day"), say!("写 on: 日期", "write on: and the day")),
            // Told above.
            Some(on) if on > input.as_of && REVIEW[s.step] == "sign" => {}
            Some(on) if on > input.as_of => {
                found.text(
                    item.doc(),
                    at,
                    say!("{step}的日期 {on} 还没有到", "the step {word} is of {on}, which lies ahead"),
                    say!("写实际完成的日期", "write the day on which it was done"),
                );
            }
            Some(_) => {}
        }
    }
    let hint = || say!("核对日期；补签的不能算", "look at the days; what was signed later does not count");
    if let Some((late, early)) = review.out_of_order()
        && let (Some(a), Some(b)) = (late.on, early.on)
    {
        let (l, e, lw, ew) = (zh(late.step), zh(early.step), REVIEW[late.step], REVIEW[early.step]);
        found.text(
            item.doc(),
            late.at.0 as usize..late.at.1 as usize,
            say!("{l}在 {a}，早于{e}（{b}）", "the step {lw} is of {a}, before the step {ew} of {b}"),
            hint(),
        );
    }
    if let (Some(signed), Some(out)) = (review.signed(), item.published)
        && signed > out.date
        && signed <= input.as_of
    {
        let day = out.date;
        found.key(item, "review", say!("{day} 发布，{signed} 才签发", "published on {day}, signed on {signed}"), hint());
    }
}
