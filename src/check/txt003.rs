//! TXT003: broken characters.

use super::*;
use crate::say;

/// TXT003
pub(super) static RULE: Rule = Rule {
    code: "TXT003",
    title: Phrase { zh: "乱码字符", en: "broken characters" },
    severity: [ERROR, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "正文含有替换符 U+FFFD 或私用区字符：多半是编码转换丢了字。读者看到的是方框，检索也找不到。",
        en: "The text has U+FFFD or a private-use character: most likely lost in a conversion. Readers see a box, and search cannot find it.",
    },
    source: "GB 18030-2022；domain-rules TXT-03",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let broken = |c: char| matches!(c as u32, 0xFFFD | 0xE000..=0xF8FF | 0xF0000..=0xFFFFD | 0x10_0000..=0x10_FFFD);
    characters(
        item,
        found,
        |text| memchr::memchr3(0xEE, 0xF3, 0xF4, text).is_some() || memchr::memchr_iter(0xEF, text).any(|i| text[i + 1] < 0xA4 || text[i + 1] == 0xBF),
        broken,
        |u| say!("乱码字符 U+{u:04X}", "broken character U+{u:04X}"),
        &say!("从原件补上正确的字", "put in the right character from the original"),
    );
}
