//! TXT005: traditional characters among simplified ones.

use super::*;
use crate::diag::say;
use crate::load::chars::is_han;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// TXT005
pub(super) static RULE: Rule = Rule {
    code: "TXT005",
    title: Phrase { zh: "简繁混用", en: "traditional characters in a simplified text" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "简体文本里超过百分之二的汉字是繁体或异体，多半来自机器转换或抄自别的网站，检索和标注都会受影响。公务用语用规范汉字；姓氏、文物、题字等可以保留，比例到不了这里。繁体版另存一份，标 zh-Hant。",
        en: "More than two hundredths of the characters of a text in simplified script are traditional ones: left by a conversion, or copied from elsewhere. Names and inscriptions may keep theirs, which is far fewer. An edition in traditional script is a file of its own, tagged zh-Hant.",
    },
    source: "国家通用语言文字法第九条、第十七条",
    run: Run::Item(run),
};

/// Characters that stand in no simplified text: those that fold to another, and to which none folds.
static TRADITIONAL: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
    let table = include_str!("../load/simplified.tsv");
    let rows: Vec<(&str, &str)> = table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect();
    let simple: FxHashSet<char> = rows.iter().filter_map(|(s, _)| s.chars().next()).collect();
    rows.iter().flat_map(|(_, t)| t.chars()).filter(|c| !simple.contains(c) && is_han(*c) && !KEPT.contains(*c)).collect()
});

/// Written in simplified texts too, in words of their own: 乾隆, 著名, 瞭望, 徵 (of the five notes), 慰藉, 於 (a surname) …
const KEPT: &str = "乾著瞭徵藉於麽覆夥摺迭衹谘唸鍾菸濛甯姪册嶽峯羣";

/// Share from which on it is told, in hundredths.
const SHARE: usize = 2;
/// Fewer than these are names.
const LEAST: usize = 3;

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        let tag = &input.config.languages[e.lang].tag;
        if !(tag.eq_ignore_ascii_case("zh") || tag.to_ascii_lowercase().starts_with("zh-hans") || tag.eq_ignore_ascii_case("zh-CN")) {
            continue;
        }
        let (body, base) = (e.doc.body(), e.doc.body.start);
        let (mut all, mut odd, mut first) = (0usize, 0usize, None);
        for (i, c) in body.char_indices().filter(|(_, c)| is_han(*c)) {
            all += 1;
            if TRADITIONAL.contains(&c) {
                odd += 1;
                first.get_or_insert(base + i..base + i + c.len_utf8());
            }
        }
        let Some(at) = first.filter(|_| odd >= LEAST && odd * 100 > all * SHARE) else { continue };
        found.text(
            &e.doc,
            at,
            say!("{all} 个汉字里有 {odd} 个繁体或异体字", "{odd} of {all} characters are traditional ones"),
            say!("改成规范汉字；繁体版另存为 .zh-Hant.md", "use the standard characters; keep an edition in traditional script as .zh-Hant.md"),
        );
    }
}
