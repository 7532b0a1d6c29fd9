//! Rows that are the sum of others: they are data as the others are, and whoever adds up a column counts them twice.

/// What such rows are called, in lower case and without blanks.
static WORDS: &[&str] = &[
    "合计",
    "总计",
    "共计",
    "小计",
    "总和",
    "合計",
    "總計",
    "共計",
    "小計",
    "總和",
    "计",
    "計",
    "全部合计",
    "total",
    "totals",
    "grandtotal",
    "subtotal",
    "sub-total",
    "sum",
    "sumtotal",
    "overalltotal",
    "totalgeneral",
    "totalgénéral",
    "ensemble",
    "summe",
    "gesamt",
    "insgesamt",
    "gesamtsumme",
    "zusammen",
    "totale",
    "totaal",
    "suma",
    "ogółem",
    "razem",
    "celkem",
    "spolu",
    "összesen",
    "ukupno",
    "skupaj",
    "toplam",
    "geneltoplam",
    "somatório",
    "yhteensä",
    "totalt",
    "ialt",
    "kokku",
    "kopā",
    "viso",
    "всего",
    "итого",
    "усього",
    "합계",
    "총계",
    "소계",
    "계",
    "総計",
    "総数",
    "σύνολο",
];

/// Whether the label of a row says that it is a total: `合 计`, `Total:`, `全省合计`.
pub fn is_total(v: &str) -> bool {
    if v.len() > 60 || v.as_bytes().first().is_none_or(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.')) {
        return false;
    }
    // No such word ends with a figure, as names with numbers do.
    if v.as_bytes().last().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let plain: String = v.to_lowercase().chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '：' | '*' | '　' | '_')).collect();
    let bare = plain.trim_matches(['(', ')', '（', '）', '【', '】', '-', '—']);
    WORDS.contains(&bare) || (bare.chars().count() <= 10 && ["合计", "总计", "小计", "合計", "總計", "小計"].iter().any(|w| bare.ends_with(w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_totals() {
        for v in [
            "合计",
            "合 计",
            "合　计",
            "总计：",
            "Total",
            "TOTAL",
            "Total:",
            "Grand total",
            "Sub-total",
            "Sum",
            "全省合计",
            "小计",
            "Insgesamt",
            "Totale",
            "總計",
            "Итого",
            "합계",
            "Ensemble",
            "(Total)",
        ] {
            assert!(is_total(v), "{v}");
        }
        for v in ["", "Totally", "Sumatra", "计划", "会计", "总计划", "Total Gas Ltd", "全国", "1", "Summer", "合肥", "设计"] {
            assert!(!is_total(v), "{v}");
        }
    }
}
