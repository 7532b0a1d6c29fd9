//! TXT016: rare characters that many devices cannot show.

use super::*;
use crate::diag::say;

/// TXT016
pub(super) static RULE: Rule = Rule {
    code: "TXT016",
    title: Phrase { zh: "生僻字没有注明", en: "a rare character without a word of help" },
    severity: [None, Some(Severity::Info), Some(Severity::Info)],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "基本区以外的汉字（人名、地名里的 𠅤、𫖯 等）在不少手机和老系统上显示为方框。字本身不用换；第一次出现时在后面括注读音或部件，如 𫖯（fǔ），读者就知道是什么字。已有括注的不提示。",
        en: "Characters outside the basic block (in names of persons and places) show as boxes on many phones and older systems. Keep the character; where it first stands, add its sound or its parts in brackets, as in 𫖯（fǔ）. One that has such brackets is not told.",
    },
    source: "GB 18030-2022",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        let (body, base) = (e.doc.body(), e.doc.body.start);
        // Four bytes begin with F0; those of the first extension with E3 90 to E4 B6.
        if memchr::memchr3(0xF0, 0xE3, 0xE4, body.as_bytes()).is_none() {
            continue;
        }
        let rare = |c: char| matches!(c as u32, 0x3400..=0x4DBF | 0x9FA6..=0x9FFF | 0x20000..=0x323AF);
        let mut helped: Vec<char> = Vec::new();
        let mut hits = Vec::new();
        for (i, c) in body.char_indices().filter(|(_, c)| rare(*c)) {
            let after = &body[i + c.len_utf8()..];
            if after.starts_with(['（', '(']) {
                helped.push(c);
            } else if !helped.contains(&c) {
                hits.push(base + i..base + i + c.len_utf8());
                helped.push(c);
            }
        }
        first_of(
            found,
            &e.doc,
            &hits,
            |c| say!("生僻字 `{c}` 在不少设备上显示不出", "the rare character `{c}` cannot be shown by many devices"),
            say!("第一次出现时括注读音或部件，如 𫖯（fǔ）", "add its sound or parts in brackets where it first stands, as in 𫖯（fǔ）"),
        );
    }
}
