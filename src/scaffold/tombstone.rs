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

/// True where the last part of an address tells what must not be known: besides what any text may not have, words and numbers of a
/// title or a document number however they are joined (`311performance`, `2023-182`), and its characters spelt out (`zhangsan`,
/// `zhang-san`) or by their first letters. A year alone tells nothing that the notice does not.
pub fn address_tells(address: &str, names: &[String]) -> bool {
    telling(address, names) || {
        let plain = percent_encoding::percent_decode_str(address).decode_utf8_lossy().to_lowercase();
        let here = pieces(&plain);
        let year = |w: &str| w.len() == 4 && (w.starts_with("19") || w.starts_with("20"));
        let number = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
        let counts = |w: &&String| if number(w) { w.len() >= 2 && !year(w) } else { w.len() >= 3 && !matches!(w.as_str(), "the" | "and" | "for") };
        let letters: String = plain.chars().filter(char::is_ascii_alphabetic).collect();
        names.iter().any(|name| {
            let there = pieces(&name.to_lowercase());
            let zero = |w: &str| w.trim_start_matches('0').to_string();
            let same = |w: &String| there.iter().any(|t| if number(w) { number(t) && zero(t) == zero(w) } else { t == w || alike(t, w) });
            here.iter().filter(counts).any(same) || spelt(name, &letters, &here)
        })
    }
}

/// Runs of ASCII letters and runs of digits.
fn pieces(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        let kind = if c.is_ascii_digit() { Some(true) } else { c.is_ascii_alphabetic().then_some(false) };
        match (kind, out.last_mut()) {
            (Some(_), Some(w)) if kind == last => w.push(c),
            (Some(_), _) => out.push(c.to_string()),
            (None, _) => {}
        }
        last = kind;
    }
    out
}

/// Two characters of a name one after the other are spelt in the letters of an address, or three are by their first letters alone.
fn spelt(name: &str, letters: &str, words: &[String]) -> bool {
    use pinyin::ToPinyin as _;
    let sounds: Vec<Option<&str>> = name.chars().map(|c| c.to_pinyin().map(|p| p.plain())).collect();
    let pair = sounds.windows(2).filter_map(|w| Some(format!("{}{}", w[0]?, w[1]?))).any(|p| p.len() >= 4 && letters.contains(&p));
    let firsts: String = sounds.iter().map(|s| s.and_then(|s| s.chars().next()).unwrap_or(' ')).collect();
    pair || words.iter().any(|w| w.len() >= 3 && firsts.contains(w.as_str()))
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
        let tells = |address: &str, name: &str| address_tells(address, &[name.to_string()]);
        for (address, name) in [
            ("311performance", "311 Performance Measures"),
            ("2023-182", "公告〔2023〕182号"),
            ("notice-007", "第7号令，第007号"),
            ("zhangsan-penalty", "关于对张三处罚的决定"),
            ("zhang-san-jue-ding", "张三决定"),
            ("zhangsan2021", "张三决定"),
            ("gyzs", "关于张三"),
            ("tax-2021", "The tax of X"),
        ] {
            assert!(tells(address, name), "{address} {name}");
        }
        for (address, name) in
            [("2023", "公告（2023年）"), ("a-1", "第1号公告"), ("notice", "关于张三的公告"), ("zhebian", "遮天蔽日一案的说明"), ("for-all", "The list for X")]
        {
            assert!(!tells(address, name), "{address} {name}");
        }
    }
}
