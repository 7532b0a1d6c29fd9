//! ITP005: interpretation copies the policy.

use super::*;
use crate::diag::say;

/// ITP005
pub(super) static RULE: Rule = Rule {
    code: "ITP005",
    title: Phrase { zh: "解读照抄政策", en: "interpretation copies the policy" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "解读不能是文件要点的摘抄或压缩。按八字片段计算，六成以上与政策相同为警告，八成五以上为错误。",
        en: "An interpretation is no excerpt of the document. Measured in runs of eight characters: more than 60 % in common with the policy is a warning, more than 85 % an error.",
    },
    source: "国办发〔2016〕8号“避免简单地将政策文件摘要作为解读”之类要求（阈值为本工具所定）",
    run: Run::Item(run),
};

use rustc_hash::FxHashSet;

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(it) = item.interpretation() else { return };
    let policies: Vec<&Item> = it.policies.iter().filter_map(|id| input.by_id.get(&**id)).map(|p| &***p).collect();
    let Some(percent) = copied(item, &policies) else { return };
    let severity = match percent {
        0..=60 => return,
        61..=85 => Severity::Warn,
        _ => Severity::Error,
    };
    found.at(severity).key(
        item,
        "policies",
        say!("正文有 {percent}% 与所解读的政策相同", "{percent} % of the text is that of the policy"),
        say!("用自己的话说明：为什么、对谁、有什么变化、怎么办", "say in other words why, for whom, what changes, what to do"),
    );
}

/// How much of an interpretation stands in what it explains, in per cent of its runs of eight letters; `None` for a text too
/// short to say.
pub fn copied(item: &Item, policies: &[&Item]) -> Option<usize> {
    let mine = shingles(item.doc().body());
    if mine.len() < 100 {
        return None;
    }
    let theirs: FxHashSet<u64> = policies.iter().flat_map(|p| shingles(p.doc().body())).collect();
    let common = mine.iter().filter(|s| theirs.contains(s)).count();
    Some(common * 100 / mine.len())
}

/// Hashes of all runs of eight letters; punctuation and blanks do not count.
fn shingles(text: &str) -> FxHashSet<u64> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let hash = |w: &[char]| w.iter().fold(0u64, |h, c| h.wrapping_mul(0x0100_0000_01B3).wrapping_add(u64::from(*c as u32)));
    chars.windows(8).map(hash).collect()
}
