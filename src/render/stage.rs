//! The state of a consultation on a day, and the figures of its result, in words.

use super::Ctx;
use crate::model::{Consultation, Outcome, PARTS, Stage};
use serde::Serialize;

/// What a script needs to tell the state of a consultation on the reader's day.
#[derive(Debug, Clone, Serialize)]
pub struct TurnsView {
    /// First and last day.
    pub opens: String,
    /// See above.
    pub closes: String,
    /// Words for before, between and after.
    pub words: String,
}

/// The message of a state.
pub fn stage_key(stage: Option<Stage>) -> &'static str {
    match stage {
        Some(Stage::Open) => "consult.open",
        Some(Stage::Ahead) => "consult.ahead",
        Some(Stage::Closed) => "consult.closed",
        Some(Stage::Answered) => "consult.answered",
        None => "consult.undated",
    }
}

/// The state in a word, as of the day of the build where the reader's may differ, and what a script needs to say it of the reader's day.
pub fn stage_word(ctx: &Ctx<'_>, lang: usize, c: &Consultation) -> Option<(String, &'static str, Option<TurnsView>)> {
    let (m, today) = (&ctx.theme.messages[lang], ctx.public.as_of);
    let stage = c.stage(today)?;
    let word = m.say(stage_key(Some(stage)));
    let word = match stage {
        Stage::Answered => word,
        Stage::Open | Stage::Ahead | Stage::Closed => m.get("consult.as_of", &[("state", word), ("date", ctx.date(lang, today))]).unwrap_or_default(),
    };
    let turns = match (stage, c.opens, c.closes) {
        (Stage::Open | Stage::Ahead, Some(o), Some(e)) if o <= e => Some(TurnsView {
            opens: o.to_string(),
            closes: e.to_string(),
            words: [Stage::Ahead, Stage::Open, Stage::Closed].map(|s| m.say(stage_key(Some(s)))).join("|"),
        }),
        _ => None,
    };
    Some((word, stage.code(), turns))
}

/// The figures of a result: what each counts, and the number. What is not told is not there.
pub fn figures(ctx: &Ctx<'_>, lang: usize, r: &Outcome) -> Vec<(String, u32)> {
    let all = std::iter::once(("received", r.total())).chain(PARTS.iter().map(|p| (*p, r.part(p))));
    all.filter_map(|(key, n)| Some((ctx.say(lang, &format!("consult.{key}")), n?))).collect()
}

/// The same in a line: `收到意见 132 条、采纳与部分采纳 50 条`.
pub fn figures_text(ctx: &Ctx<'_>, lang: usize, r: &Outcome) -> String {
    let m = &ctx.theme.messages[lang];
    let one = |(what, n): (String, u32)| m.get("consult.figure", &[("what", what), ("n", n.to_string())]).unwrap_or_default();
    figures(ctx, lang, r).into_iter().map(one).collect::<Vec<_>>().join(ctx.separator(lang))
}
