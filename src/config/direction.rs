//! Which way a language is written, and what it calls itself where no message tells.

/// Scripts that run from right to left (ISO 15924).
static SCRIPTS: &[&str] = &["arab", "aran", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg", "mand", "samr", "armi", "yezi"];

/// Languages that are written in one of them where the tag names no script, and their own names where a site may want them.
static LANGUAGES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("arc", ""),
    ("arz", "مصرى"),
    ("azb", "تۆرکجه"),
    ("bal", "بلۏچی"),
    ("bqi", ""),
    ("ckb", "کوردیی ناوەندی"),
    ("dv", "ދިވެހިބަސް"),
    ("fa", "فارسی"),
    ("glk", "گیلکی"),
    ("he", "עברית"),
    ("iw", "עברית"),
    ("khw", ""),
    ("ks", "کٲشُر"),
    ("lrc", ""),
    ("mzn", "مازرونی"),
    ("nqo", ""),
    ("pnb", "پنجابی"),
    ("prs", "دری"),
    ("ps", "پښتو"),
    ("rhg", ""),
    ("sd", "سنڌي"),
    ("sdh", ""),
    ("skr", "سرائیکی"),
    ("syr", ""),
    ("ug", "ئۇيغۇرچە"),
    ("ur", "اردو"),
    ("yi", "ייִדיש"),
    ("ji", "ייִדיש"),
];

/// Whether a language tag names a language or a script that runs from right to left.
pub fn rtl(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or("");
    match parts.find(|p| p.len() == 4 && p.bytes().all(|b| b.is_ascii_alphabetic())) {
        Some(script) => SCRIPTS.contains(&script),
        None => LANGUAGES.iter().any(|(l, _)| *l == language),
    }
}

/// The value of `dir`.
pub fn direction(tag: &str) -> &'static str {
    if rtl(tag) { "rtl" } else { "ltr" }
}

/// What a language calls itself: known for those that run from right to left; else the tag.
pub fn own_name(tag: &str) -> &str {
    let language = tag.split(['-', '_']).next().unwrap_or(tag);
    LANGUAGES.iter().find(|(l, name)| l.eq_ignore_ascii_case(language) && !name.is_empty()).map_or(tag, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions() {
        for tag in ["ar", "ar-EG", "he", "fa-IR", "ug", "ur", "ps", "AR", "uz-Arab", "ks", "ku-Arab-IQ", "dv", "yi", "az-Arab", "ckb"] {
            assert!(rtl(tag), "{tag}");
        }
        for tag in ["en", "zh-Hans", "ug-Latn", "ug-Cyrl", "tr", "ku", "uz", "ar-Latn", "ks-Deva", "de-1996", ""] {
            assert!(!rtl(tag), "{tag}");
        }
        assert_eq!((own_name("ar-EG"), own_name("mn")), ("العربية", "mn"));
    }
}
