//! Rows that say themselves what their values are: the first cell is the label of those beside it (`手机,13912345678`).

/// What a number of a person is called, at the end of a label.
static CALLED: &[&str] = &[
    "手机",
    "手機",
    "移动电话",
    "行动电话",
    "電話",
    "电话",
    "联系方式",
    "聯繫方式",
    "联系号",
    "身份证",
    "身份證",
    "公民身份",
    "证件",
    "證件",
    "银行卡",
    "銀行卡",
    "卡",
    "账",
    "帐",
    "账户",
    "护照",
    "護照",
    "车牌",
    "車牌",
    "号牌",
    "微信",
    "mobile",
    "phone",
    "telephone",
    "tel",
    "cell",
    "id card",
    "passport",
    "bank card",
    "phone no",
    "phone number",
    "mobile number",
    "mobile no",
    "id number",
    "id no",
];

/// The label of a row, where its first cell is one.
pub(super) fn label(first: &[u8]) -> Option<&str> {
    // Most rows begin with a number, and no label ends with a digit.
    if !(3..=60).contains(&first.len()) || first.last().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let text = std::str::from_utf8(first).ok()?.trim();
    let bare = text.trim_end_matches(['：', ':', ' ', '\u{3000}', '号', '號', '码', '碼', '.', '）', ')']);
    let told = |w: &&&str| {
        let n = bare.len().checked_sub(w.len()).filter(|n| bare.is_char_boundary(*n));
        n.is_some_and(|n| bare[n..].eq_ignore_ascii_case(w) && (!w.is_ascii() || n == 0 || !bare.as_bytes()[n - 1].is_ascii_alphanumeric()))
    };
    // 卡 and 账 alone are words of anything: it takes their 号.
    CALLED.iter().find(told).filter(|w| !matches!(**w, "卡" | "账" | "帐") || bare.len() < text.len()).map(|_| text)
}

/// The cells of a row that its label makes personal, by their columns: each alone, or all of them together where a number is written
/// over several.
pub(super) fn told<'c>(label: &str, cells: impl Iterator<Item = (usize, &'c str)>) -> Vec<(usize, String)> {
    let cells: Vec<(usize, &str)> = cells.filter(|(_, v)| v.bytes().any(|b| b.is_ascii_digit() || b >= 0x80)).take(20).collect();
    let text = |v: &str| format!("{}：{v}", label.trim_end_matches(['：', ':', ' ']));
    let found = |v: &str| !crate::personal::traces(&text(v)).is_empty();
    let alone: Vec<(usize, String)> = cells.iter().filter(|(_, v)| v.len() >= 7 && found(v)).map(|(c, v)| (*c, text(v))).collect();
    if !alone.is_empty() || cells.len() < 2 {
        return alone;
    }
    let figures: Vec<&(usize, &str)> =
        cells.iter().take_while(|(_, v)| v.len() <= 18 && v.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'X' | b'x'))).collect();
    let joined = figures.iter().map(|(_, v)| *v).collect::<Vec<_>>().join(" ");
    figures.first().filter(|_| joined.len() >= 12 && found(&joined)).map(|(c, _)| (*c, text(&joined))).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_cell_says_what_the_others_are() {
        for (first, is) in [("手机", true), ("手机号码：", true), ("户主联系电话", true), ("Mobile", true), ("Tel.", true), ("银行卡号", true), ("卡号", true)]
            .into_iter()
            .chain([("人口", false), ("年卡", false), ("hotel", false), ("手机产量", false), ("电话用户", false), ("", false)])
        {
            assert_eq!(label(first.as_bytes()).is_some(), is, "{first}");
        }
        let of = |label: &str, cells: &[&str]| told(label, cells.iter().enumerate().map(|(i, v)| (i + 1, *v)));
        assert_eq!(of("手机", &["13912345678"]), [(1, "手机：13912345678".to_string())]);
        assert_eq!(of("手机：", &["139", "4333", "8872"]), [(1, "手机：139 4333 8872".to_string())]);
        assert_eq!(of("手机", &["", "x 13912345678 y"]).len(), 1);
        for cells in [&["12345678"][..], &["139", "4333"], &["139", "12", "5"], &["5", "6"]] {
            assert!(of("手机", cells).is_empty(), "{cells:?}");
        }
    }
}
