//! TXT003: broken characters.

use super::*;
use crate::diag::say;

/// TXT003
pub(super) static RULE: Rule = Rule {
    code: "TXT003",
    title: Phrase { zh: "乱码字符", en: "broken characters" },
    severity: [ERROR, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "标题和开头各字段里有改变书写方向的字符（U+202D、U+202E）：列表里它后面的字全都倒着显示，删去。正文含有替换符 U+FFFD 或 U+0000、U+0007 这样的控制字符（错误）或私用区字符（警告）：多半是编码转换丢了字，或是当年没有编码的生僻字。读者看到的是方框，检索也找不到。Word 的换行和分页、分词的控制字符（U+000B、U+000C、U+001E、U+001F）是警告：换行、连字符照显示，其余不显示。",
        en: "A title or another field has a character that turns the direction of writing (U+202D, U+202E): in lists all that follows it is shown backwards; take it out. Or the text has U+FFFD or a control character such as U+0000 or U+0007 (an error) or a private-use character (a warning): most likely lost in a conversion, or a rare character that had no code once. Readers see a box, and search cannot find it. Breaks of lines and pages and hyphens as Word has them (U+000B, U+000C, U+001E, U+001F) are a warning: breaks of lines and hyphens are shown, the others are left out.",
    },
    source: "GB 18030-2022",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        let turning = |c: char| matches!(c, '\u{202D}' | '\u{202E}');
        let head = &e.doc.source.text[..e.doc.body.start.min(e.doc.source.text.len())];
        let hint = || say!("删去它：列表里它后面的字都会倒着显示", "take it out: in lists, all that follows it is shown backwards");
        let what = || say!("改变书写方向的字符", "a character that turns the direction of writing");
        if let Some(i) = memchr::memmem::find(head.as_bytes(), "\u{202E}".as_bytes()).or_else(|| memchr::memmem::find(head.as_bytes(), "\u{202D}".as_bytes())) {
            found.text(&e.doc, i..i + 3, what(), hint());
        } else if e.title.contains(turning) {
            found.add(e.doc.at("title"), what(), hint());
        }
    }
    let message = |u: u32| say!("乱码字符 U+{u:04X}", "broken character U+{u:04X}");
    let hint = say!("从原件补上正确的字", "put in the right character from the original");
    characters(
        item,
        found,
        |text| text.iter().fold(false, |any, b| any | control(*b)) || memchr::memmem::find(text, "\u{FFFD}".as_bytes()).is_some(),
        |c| c == '\u{FFFD}' || u8::try_from(c).is_ok_and(control),
        message,
        &hint,
    );
    // A line break of Word, a page break of pdftotext: read as what they mean.
    let control = |c: char| matches!(c, '\u{B}' | '\u{C}' | '\u{1E}' | '\u{1F}');
    let some = |text: &[u8]| memchr::memchr2(0x0B, 0x0C, text).is_some() || memchr::memchr2(0x1E, 0x1F, text).is_some();
    let what = |u: u32| say!("控制字符 U+{u:04X}（Word 的换行、分页等）", "control character U+{u:04X} (a break of Word or of a page)");
    let better = say!("删去；换行的地方直接换行", "take it out; write a line break where one is meant");
    characters(item, &mut found.at(Severity::Warn), some, control, what, &better);
    // Some fonts do show a private-use character: a rare name in a law, for which there was no code once.
    let private = |c: char| matches!(c as u32, 0xE000..=0xF8FF | 0xF0000..=0xFFFFD | 0x10_0000..=0x10_FFFD);
    let lead = |text: &[u8]| memchr::memchr3(0xEE, 0xF3, 0xF4, text).is_some() || memchr::memchr_iter(0xEF, text).any(|i| text[i + 1] < 0xA4);
    characters(item, &mut found.at(Severity::Warn), lead, private, message, &hint);
}

/// Control characters that no text has: tabs and line ends are none, nor are the breaks and hyphens of word processors.
fn control(b: u8) -> bool {
    b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1E | 0x1F)
}
