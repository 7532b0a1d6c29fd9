//! TXT017: long sentences and hard words in texts for everybody.

use super::*;
use crate::diag::say;
use crate::load::chars::is_han;

/// TXT017
pub(super) static RULE: Rule = Rule {
    code: "TXT017",
    title: Phrase { zh: "句子太长、用语难懂", en: "long sentences and hard words" },
    severity: [Some(Severity::Info), Some(Severity::Info), Some(Severity::Info)],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "给办事人看的文字（解读、办事服务、政策问答）里，一句超过 100 个字，或用了公文腔的词（如“予以”“届时”“兹”“前款”），多数人读第二遍才懂。只是提示：政策原文不看，也从不改写。分成几句，换成平常说的词。",
        en: "In texts for everybody (interpretations, services, questions) a sentence has more than 40 words, or a word that few use when they speak (utilize, pursuant to, hereinafter). A note only: the words of a policy are not looked at, and nothing is ever rewritten. Make several sentences, and use everyday words.",
    },
    source: "国办发〔2016〕61号（通俗易懂的解读）；plain language: ISO 24495-1",
    run: Run::Item(run),
};

/// Types whose texts everybody is to understand.
static FOR_ALL: &[&str] = &["interpretations", "services", "questions"];

/// Most signs of a sentence in Chinese, most words of one in other languages.
const LONG_HAN: usize = 100;
const LONG_WORDS: usize = 40;

/// Words that few people speak, and what they say instead.
static HARD_ZH: &[(&str, &str)] = &[
    ("予以办理", "办理"),
    ("予以受理", "受理"),
    ("予以公示", "公示"),
    ("届时", "到时候"),
    ("逾期未", "过期没有"),
    ("兹", "现在"),
    ("之规定", "的规定"),
    ("前款", "上一条"),
    ("亦可", "也可以"),
    ("尚未", "还没有"),
    ("即行", "马上"),
    ("均应", "都要"),
    ("须经", "要经过"),
    ("籍此", "用这个"),
    ("拟申请", "想申请"),
    ("缴讫", "交清"),
];

static HARD_EN: &[(&str, &str)] = &[
    ("utilize", "use"),
    ("pursuant to", "under"),
    ("hereinafter", "from here on"),
    ("in accordance with", "under, by"),
    ("prior to", "before"),
    ("in the event that", "if"),
    ("notwithstanding", "despite"),
    ("aforementioned", "this"),
    ("commence", "begin"),
    ("endeavour to", "try to"),
    ("whereby", "by which"),
    ("expeditiously", "fast"),
];

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if !FOR_ALL.contains(&item.kind.folder) {
        return;
    }
    for e in item.written() {
        let chinese = input.config.languages[e.lang].tag.to_ascii_lowercase().starts_with("zh");
        let english = input.config.languages[e.lang].tag.to_ascii_lowercase().starts_with("en");
        if !chinese && !english {
            continue;
        }
        let (body, base) = (e.doc.body(), e.doc.body.start);
        let long: Vec<_> = sentences(body).filter(|s| if chinese { han(&body[s.clone()]) > LONG_HAN } else { words(&body[s.clone()]) > LONG_WORDS }).collect();
        if let Some(first) = long.first() {
            let (n, more) = (if chinese { han(&body[first.clone()]) } else { words(&body[first.clone()]) }, long.len());
            let begin = body[first.clone()].char_indices().nth(12).map_or(first.end, |(i, _)| first.start + i);
            found.text(
                &e.doc,
                base + first.start..base + begin,
                say!("一句有 {n} 个字（本文件有 {more} 句这样长的）", "a sentence of {n} words (long ones in this file: {more})"),
                say!("分成几句", "make several sentences of it"),
            );
        }
        let list = if chinese { HARD_ZH } else { HARD_EN };
        let lower = if chinese { std::borrow::Cow::Borrowed(body) } else { body.to_ascii_lowercase().into() };
        let whole = |i: usize, w: &str| {
            chinese || !body[..i].ends_with(|c: char| c.is_alphanumeric()) && !body[i + w.len()..].starts_with(|c: char| c.is_alphanumeric())
        };
        let hard = list.iter().filter_map(|(w, plain)| lower.match_indices(w).map(|(i, _)| i).find(|i| whole(*i, w)).map(|i| (i, *w, *plain))).min();
        if let Some((i, word, plain)) = hard {
            found.text(
                &e.doc,
                base + i..base + i + word.len(),
                say!("`{word}` 平常不这样说", "`{word}` is a word that few people speak"),
                say!("可以说：{plain}", "say: {plain}"),
            );
        }
    }
}

/// Sentences of a text; heads, tables and quotations of law are none.
fn sentences(body: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut at = 0;
    let lines = body.split_inclusive('\n').map(move |l| {
        at += l.len();
        (at - l.len(), l)
    });
    lines.filter(|(_, l)| !l.trim_start().starts_with(['#', '|', '>'])).flat_map(|(start, line)| {
        let mut from = 0;
        let mut out = Vec::new();
        for (i, c) in line.char_indices() {
            let ends = matches!(c, '。' | '！' | '？' | '；') || matches!(c, '.' | '!' | '?' | ';') && line[i + 1..].starts_with([' ', '\n']);
            if ends {
                out.push(start + from..start + i + c.len_utf8());
                from = i + c.len_utf8();
            }
        }
        out.push(start + from..start + line.trim_end().len().max(from));
        out
    })
}

fn han(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c) || c.is_ascii_alphanumeric()).count()
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}
