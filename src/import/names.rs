//! Names of files that every system takes.

/// A part of a path that every system takes.
pub(super) fn segment(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let clean: String =
        name.nfc().map(|c| if c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '%' | '/') { '-' } else { c }).collect();
    let mut clean = clean.trim_matches(['.', ' ', '-', '_']).to_string();
    while clean.len() > 150 {
        clean.pop();
    }
    let stem = clean.split('.').next().unwrap_or("").to_ascii_lowercase();
    let device = matches!(&*stem, "con" | "prn" | "aux" | "nul")
        || (stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem.as_bytes()[3].is_ascii_digit());
    if device { format!("{clean}-") } else { clean }
}

/// A name that every system takes, with its ending.
pub fn file_name(raw: &str) -> String {
    let (stem, ending) = match raw.rsplit_once('.') {
        Some((s, e)) if !s.is_empty() && (1..=8).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric()) => {
            (s, format!(".{}", e.to_ascii_lowercase()))
        }
        _ => (raw, String::new()),
    };
    let stem = segment(stem);
    format!("{}{ending}", if stem.is_empty() { "file" } else { &stem })
}

/// The name, or one with a number that nobody has.
pub(super) fn free_name(name: &str, taken: &dyn Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_string();
    }
    let (stem, ending) = name.rsplit_once('.').map_or((name, String::new()), |(s, e)| (s, format!(".{e}")));
    (2..).map(|n| format!("{stem}-{n}{ending}")).find(|n| !taken(n)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe() {
        assert_eq!(file_name("附件 1.DOCX"), "附件 1.docx");
        assert_eq!(file_name("../..:a?.csv"), "a.csv");
        assert_eq!(file_name(".htaccess"), "htaccess");
        assert_eq!(file_name("CON.txt"), "CON-.txt");
        assert_eq!(file_name(&format!("{}.pdf", "长".repeat(200))).rsplit_once('.').map(|(s, e)| (s.len() <= 150, e.to_string())), Some((true, "pdf".into())));
        assert_eq!(free_name("a.csv", &|n| n == "a.csv"), "a-2.csv");
    }
}
