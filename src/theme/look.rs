//! `look:` of site.yaml: pictures of `static/`, and variables of the style sheet one by one.

use crate::config::{Config, FAVICON, LOGO, Look, PICTURE};
use crate::diag::{Diagnostic, Report, Severity, say};
use std::collections::BTreeSet;

/// Endings of pictures that browsers show.
const PICTURES: &[&str] = &["svg", "png", "jpg", "jpeg", "webp", "ico"];

/// What of `look:` can be used: addresses of its pictures, what is added to the style sheet.
#[derive(Debug, Clone, Default)]
pub struct Used {
    /// Logo, icon, picture to share: path in the site.
    pub files: [Option<String>; 3],
    /// Rules at the end of the style sheet.
    pub css: String,
    /// The colour of the browser's frame.
    pub brand: Option<String>,
}

/// Checks the settings against the disk and the style sheet.
pub(super) fn used(config: &Config, sheet: &[u8], report: &mut Report) -> Used {
    let look = &config.look;
    let mut out = Used::default();
    let mut told = |at: (u32, u32), d: Diagnostic| report.push(d.at(config.source.span(at.0 as usize, at.1 as usize)));
    for place in [LOGO, FAVICON, PICTURE] {
        let Some((name, at)) = &look.files[place] else { continue };
        let ending = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
        let inside = !name.split('/').any(|p| p.is_empty() || p == "." || p == "..");
        if !inside || !PICTURES.contains(&ending.as_str()) || !config.root.join("static").join(name).is_file() {
            let d = Diagnostic::new("THM004", Severity::Error, say!("static/ 里没有图片 `/{name}`", "there is no picture `/{name}` in static/"));
            told(*at, d.hint(say!("图片放在 static/ 里，写以 / 开头的路径", "put the picture into static/ and write its path, beginning with /")));
            continue;
        }
        out.files[place] = Some(name.clone());
    }
    let sheet = String::from_utf8_lossy(sheet);
    let known = variables(&sheet);
    let mut rules = |list: &[(String, String)]| {
        let mut kept = String::new();
        for (name, value) in list {
            let name = name.trim_start_matches("--");
            if !known.contains(name) {
                let near = known.iter().map(|k| (strsim::damerau_levenshtein(name, k), *k)).filter(|(d, _)| *d <= 2).min().map(|(_, k)| k);
                let d = Diagnostic::new("THM004", Severity::Error, say!("样式表里没有变量 `{name}`", "the style sheet has no variable `{name}`"));
                told(
                    look.at,
                    match near {
                        Some(n) => d.hint(say!("是不是 `{n}`", "did you mean `{n}`")),
                        None => d.hint(say!(
                            "自带的变量在 10-tokens.css：clerestory theme eject css/10-tokens",
                            "those that are built in: clerestory theme eject css/10-tokens"
                        )),
                    },
                );
                continue;
            }
            if !harmless(value) {
                let d = Diagnostic::new("THM004", Severity::Error, say!("`{name}` 的值 `{value}` 不能用", "the value `{value}` of `{name}` cannot be used"));
                told(look.at, d.hint(say!("写颜色（#7a1f1f）、尺寸（1rem）或字体名称", "write a colour (#7a1f1f), a size (1rem) or names of fonts")));
                continue;
            }
            kept.push_str(&format!("--{name}: {value}; "));
        }
        kept
    };
    let (light, dark) = (rules(&look.colors), rules(&look.dark));
    if !light.is_empty() {
        out.css.push_str(&format!("\n@media screen {{ :root {{ {light}}} }}\n"));
    }
    if !dark.is_empty() {
        out.css.push_str(&format!(
            "@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme=\"light\"]) {{ {dark}}} }}\n@media screen {{ :root[data-theme=\"dark\"] {{ {dark}}} }}\n"
        ));
    }
    out.brand = look.colors.iter().find(|(n, v)| n.trim_start_matches("--") == "brand" && channels(v).is_some()).map(|(_, v)| v.clone());
    for d in faint(look, &sheet) {
        told(look.at, d);
    }
    out
}

/// Names of the variables that a style sheet sets.
fn variables(sheet: &str) -> BTreeSet<&str> {
    let name = |(at, _): (usize, &str)| {
        let rest = &sheet[at + 2..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
        rest[end..].trim_start().starts_with(':').then_some(&rest[..end])
    };
    sheet.match_indices("--").filter_map(name).filter(|n| !n.is_empty()).collect()
}

/// The first value of a variable in a style sheet: that of the light mode.
fn value_of<'a>(sheet: &'a str, name: &str) -> Option<&'a str> {
    let at = sheet.find(&format!("--{name}: "))? + name.len() + 4;
    sheet[at..].split(';').next().map(str::trim)
}

/// Nothing that ends the rule, fetches or computes.
fn harmless(value: &str) -> bool {
    let low = value.to_ascii_lowercase();
    !value.trim().is_empty()
        && value.len() <= 200
        && !value.contains(['{', '}', ';', '<', '>', '\\', '@', '/', '*', '!'])
        && !value.chars().any(char::is_control)
        && !["url(", "expression", "var(", "image("].iter().any(|w| low.contains(w))
}

/// Red, green, blue of `#7a1f1f` or `#abc`.
fn channels(value: &str) -> Option<[f64; 3]> {
    let hex = value.trim().strip_prefix('#')?;
    let digit = |i: usize| hex.get(i..=i).and_then(|d| u8::from_str_radix(d, 16).ok());
    let pair = |i: usize| hex.get(i..i + 2).and_then(|d| u8::from_str_radix(d, 16).ok());
    let all = match hex.len() {
        3 => [digit(0)? * 17, digit(1)? * 17, digit(2)? * 17],
        6 => [pair(0)?, pair(2)?, pair(4)?],
        _ => return None,
    };
    Some(all.map(|c| f64::from(c) / 255.0))
}

/// Contrast of two colours (WCAG 2.2).
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let light = |c: [f64; 3]| {
        let [r, g, b] = c.map(|x| if x <= 0.04045 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Text on a ground: variables of the built-in theme.
const PAIRS: [(&str, &str); 6] =
    [("ink", "paper"), ("ink-soft", "paper"), ("ink-soft", "paper-tint"), ("link", "paper"), ("link", "paper-tint"), ("brand-ink", "brand")];

/// Pairs that a setting made hard to read.
fn faint(look: &Look, sheet: &str) -> Vec<Diagnostic> {
    let told = |name: &str| look.colors.iter().find(|(n, _)| n.trim_start_matches("--") == name).map(|(_, v)| v.as_str());
    let value = |name: &str| told(name).or_else(|| value_of(sheet, name)).and_then(channels);
    let one = |(text, ground): &(&str, &str)| {
        told(text).or(told(ground))?;
        let ratio = contrast(value(text)?, value(ground)?);
        if ratio >= 4.5 {
            return None;
        }
        let ratio = format!("{:.1}", (ratio * 10.0).floor() / 10.0);
        let d = Diagnostic::new(
            "THM004",
            Severity::Warn,
            say!("`{text}` 在 `{ground}` 上看不清：对比 {ratio}:1，应有 4.5:1", "`{text}` on `{ground}` is hard to read: contrast {ratio}:1, wanted 4.5:1"),
        );
        Some(d.hint(say!("换深一些或浅一些的颜色", "take a darker or a lighter colour")))
    };
    PAIRS.iter().filter_map(one).collect()
}
