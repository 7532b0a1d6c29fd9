//! Texts of items that are withdrawn: a line in the head, or a file that says nothing else.

/// A text as YAML and TOML both read it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The value of `withdrawn`, on one line.
fn value(on: &str, ground: &str, reason: Option<&str>, sign: &str) -> String {
    let reason = reason.map_or(String::new(), |r| format!(", reason{sign}{}", quoted(r)));
    format!("{{on{sign}{}, ground{sign}{}{reason}}}", quoted(on), quoted(ground))
}

/// The file with `withdrawn` in its head. `None` where the head is of a form that is not written here (JSON).
pub fn withdrawn(path: &str, text: &str, on: &str, ground: &str, reason: Option<&str>) -> Option<String> {
    let line = format!("withdrawn: {}\n", value(on, ground, reason, ": "));
    let bare = text.trim_start_matches('\u{feff}');
    if path.ends_with(".yaml") || path.ends_with(".yml") {
        // Behind a mark of the beginning, before the first key.
        let start = text.len() - bare.len() + bare.find("---\n").filter(|i| *i == 0).map_or(0, |_| 4);
        return (!bare.trim_start().starts_with('{')).then(|| format!("{}{line}{}", &text[..start], &text[start..]));
    }
    let first = bare.lines().next().unwrap_or("").trim_end();
    let (fence, line) = match first {
        "---" => ("---", line),
        "+++" => ("+++", format!("withdrawn = {}\n", value(on, ground, reason, " = "))),
        f if f.starts_with('{') => return None,
        _ => return Some(format!("---\n{line}---\n\n{text}")),
    };
    // At the top of the head, which a table of TOML further down cannot swallow.
    let start = text.len() - bare.len() + bare.find('\n')? + 1;
    let closed = text[start..].lines().any(|l| l.trim_end() == fence);
    closed.then(|| format!("{}{line}{}", &text[..start], &text[start..]))
}

/// What a tombstone keeps of its item: nothing that tells of it.
pub struct Kept<'a> {
    /// It is the first file of its item.
    pub first: bool,
    /// Tags of the languages of its editions.
    pub tags: &'a [String],
    /// The last part of its address, where it was given one.
    pub slug: Option<&'a str>,
    /// What is counted of it and what it did to others: keys with ids and days, as YAML. They tell of no person.
    pub facts: &'a [(String, String)],
}

/// A file that says nothing but that something was withdrawn. An edition in another language has a title alone: its first file
/// says the rest.
pub fn tombstone(path: &str, on: &str, ground: &str, reason: Option<&str>, kept: &Kept<'_>) -> String {
    let title = |tag: &str| quoted(if tag.starts_with("zh") { "已撤回的内容" } else { "Withdrawn" });
    let titles = match kept.tags {
        [one] => title(one),
        several => format!("{{{}}}", several.iter().map(|t| format!("{t}: {}", title(t))).collect::<Vec<_>>().join(", ")),
    };
    let mut head = format!("title: {titles}\n");
    if kept.first {
        head.push_str(&format!("withdrawn: {}\n", value(on, ground, reason, ": ")));
    }
    if kept.first {
        kept.facts.iter().for_each(|(key, value)| head.push_str(&format!("{key}: {value}\n")));
    }
    kept.slug.into_iter().for_each(|s| head.push_str(&format!("slug: {}\n", quoted(s))));
    if path.ends_with(".yaml") || path.ends_with(".yml") { head } else { format!("---\n{head}---\n") }
}

/// True where an address tells what must not be known: it has Han characters of the title in it, or a number of a person.
pub fn telling(address: &str, titles: &[String]) -> bool {
    let plain = percent_encoding::percent_decode_str(address).decode_utf8_lossy().into_owned();
    let han: Vec<char> = plain.chars().collect();
    let pairs = han.windows(2).filter(|w| w.iter().all(|c| crate::load::chars::is_han(*c))).map(|w| w.iter().collect::<String>());
    let shared = pairs.into_iter().any(|p| titles.iter().any(|t| t.contains(&p)));
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() >= 4 && w.is_ascii() && w.bytes().any(|b| b.is_ascii_alphabetic()));
    let named = words.into_iter().any(|w| titles.iter().any(|t| t.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|x| alike(x, &w.to_lowercase()))));
    shared || named || !crate::personal::traces(&plain).is_empty()
}

/// A word and its beginning: `huadian` tells of Huadianba.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 4 && long.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_every_form() {
        let w = |path, text| withdrawn(path, text, "2026-01-02", "error", Some("数字\"有误\""));
        let line = "withdrawn: {on: \"2026-01-02\", ground: \"error\", reason: \"数字\\\"有误\\\"\"}\n";
        assert_eq!(w("a.md", "---\ntitle: x\n---\n正文").unwrap(), format!("---\n{line}title: x\n---\n正文"));
        assert_eq!(w("a.md", "\u{feff}---\r\ntitle: x\r\n---\r\n正文").unwrap(), format!("\u{feff}---\r\n{line}title: x\r\n---\r\n正文"));
        assert_eq!(w("a.md", "# x\n").unwrap(), format!("---\n{line}---\n\n# x\n"));
        assert!(w("a.md", "+++\ntitle = 'x'\n[extra]\n+++\n").unwrap().starts_with("+++\nwithdrawn = {on = \"2026-01-02\", "));
        assert_eq!(w("dataset.yaml", "title: x\n").unwrap(), format!("{line}title: x\n"));
        assert_eq!((w("a.md", "{\"title\": 1}\n"), w("a.md", "---\ntitle: x\n")), (None, None));
    }

    #[test]
    fn addresses_that_tell() {
        let t = ["关于张小明处罚的公示".to_string(), "Penalty of Zhang Xiaoming".to_string()];
        assert!(telling("/news/%E5%BC%A0%E5%B0%8F%E6%98%8E/", &t) && telling("/news/penalty-2026/", &t) && telling("/news/13812345678/", &t));
        assert!(!telling("/news/2026/0102/", &t));
    }
}
