//! The state of a consultation on a day, and the figures of its result, in words.

use super::Ctx;
use crate::derive::{Validity, ahead};
use crate::model::{Consultation, Outcome, PARTS, Stage};
use jiff::civil::Date;
use serde::Serialize;

/// What a script needs to tell the state of a consultation, a letter or a task on the reader's day.
#[derive(Debug, Clone, Serialize)]
pub struct TurnsView {
    /// First and last day.
    pub opens: String,
    /// See above.
    pub closes: String,
    /// Words for before, between and after.
    pub words: String,
    /// Classes for the same.
    pub states: String,
}

/// What is open until a day and late after it: the word as of the day of the build, and what a script needs.
pub fn until(ctx: &Ctx<'_>, lang: usize, due: Date, open: (&str, &str), late: (&str, &str)) -> (String, TurnsView) {
    let (m, today) = (&ctx.theme.messages[lang], ctx.public.as_of);
    let word = m.say(if today > due { late.1 } else { open.1 });
    let args = [("state", word), ("date", ctx.date(lang, today))];
    let words = [open.1, open.1, late.1].map(|k| m.say(k)).join("|");
    // Nothing comes before it: no day is before an empty one.
    let turns = TurnsView { opens: String::new(), closes: due.to_string(), words, states: [open.0, open.0, late.0].join("|") };
    (m.get("consult.as_of", &args).unwrap_or_default(), turns)
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
            states: [Stage::Ahead, Stage::Open, Stage::Closed].map(Stage::code).join("|"),
        }),
        _ => None,
    };
    Some((word, stage.code(), turns))
}

/// What a script needs to say the validity of a policy on the reader's day, where the calendar will turn it; `held` is the word for
/// what is in force.
pub fn validity_turns(ctx: &Ctx<'_>, lang: usize, i: u32, held: &str) -> Option<TurnsView> {
    let now = ctx.derived.validity[i as usize];
    let a = ahead(ctx.public, &ctx.derived.relations, i, now)?;
    let during = if now == Some(Validity::NotYet) { Validity::InForce } else { now? };
    let after = a.ends.map_or(during, |(_, v)| v);
    let word = |v: Validity| if v == Validity::InForce { held.to_string() } else { ctx.say(lang, &format!("validity.{}", v.code())) };
    let states = [if a.begins.is_some() { Validity::NotYet } else { during }, during, after];
    Some(TurnsView {
        // No day is before an empty one.
        opens: a.begins.map_or(String::new(), |d| d.to_string()),
        closes: a.ends.and_then(|(d, _)| d.yesterday().ok()).map_or_else(|| LAST.to_string(), |d| d.to_string()),
        words: states.map(word).join("|"),
        states: states.map(Validity::code).join("|"),
    })
}

/// After every day that a reader will see.
pub const LAST: &str = "9999-12-31";

/// The word for the validity of a policy, as of the day of the build where the reader's may differ.
pub fn validity_word(ctx: &Ctx<'_>, lang: usize, v: Validity, turns: bool) -> String {
    let (m, word) = (&ctx.theme.messages[lang], ctx.say(lang, &format!("validity.{}", v.code())));
    if !turns {
        return word;
    }
    m.get("consult.as_of", &[("state", word), ("date", ctx.date(lang, ctx.public.as_of))]).unwrap_or_default()
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
