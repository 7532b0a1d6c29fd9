//! The floor of browsers, Chrome/WebView 70 and Safari 12: what our CSS and JS may not use, or only where it may fail.
//!
//! The table says since when each engine has a feature (MDN browser compatibility data); a line of the theme that
//! uses one above the floor is a failure, unless it stands inside `@supports` or the table says that it degrades.
#![expect(clippy::disallowed_methods, reason = "tests read the sources")]

use std::fs;
use std::path::Path;

/// A feature above the floor: pattern, where it counts, Chrome, Safari.
struct Feature {
    pattern: &'static str,
    chrome: &'static str,
    safari: &'static str,
}

const fn f(pattern: &'static str, chrome: &'static str, safari: &'static str) -> Feature {
    Feature { pattern, chrome, safari }
}

/// In declarations and selectors of CSS, white space taken out.
static CSS: &[Feature] = &[
    f(":is(", "88", "14"),
    f(":where(", "88", "14"),
    f(":has(", "105", "15.4"),
    f(":focus-visible", "86", "15.4"),
    f(":not(:is", "88", "14"),
    f("min(", "79", "11.1"),
    f("clamp(", "79", "13.1"),
    f("aspect-ratio:", "88", "15"),
    f("inset:", "87", "14.1"),
    f("inset-block", "87", "14.1"),
    f("inset-inline", "87", "14.1"),
    f("margin-inline:", "87", "14.1"),
    f("margin-block:", "87", "14.1"),
    f("padding-inline:", "87", "14.1"),
    f("padding-block:", "87", "14.1"),
    f("display:flow-root", "58", "13"),
    f("content-visibility", "85", "18"),
    f("@layer", "99", "15.4"),
    f("@property", "85", "16.4"),
    f("color-mix(", "111", "16.2"),
    f("oklch(", "111", "15.4"),
    f("light-dark(", "123", "17.5"),
    f("subgrid", "117", "16"),
    f("place-items:", "59", "11"),
    f("width:fit-content", "46", "11"),
    f("100dvh", "108", "15.4"),
    f("100svh", "108", "15.4"),
    f("text-wrap:", "114", "17.5"),
    f("line-clamp:", "none", "none"),
    f("backdrop-filter", "76", "18"),
    f("rotate:", "104", "14.1"),
    f("translate:", "104", "14.1"),
    f("scale:", "104", "14.1"),
    f("@media(width", "104", "16.4"),
    f("&:", "112", "16.5"),
    f("&.", "112", "16.5"),
];

/// Declarations above the floor that an old browser passes over without loss.
static DEGRADES: &[(&str, &str)] = &[
    ("scroll-margin-top", "the heading then stands at the very top"),
    ("text-underline-offset", "the underline then stands closer"),
    ("overflow-wrap:anywhere", "word-break stands beside it"),
    ("text-decoration-style", "the line is then solid"),
    ("scroll-behavior", "the page then jumps"),
    ("prefers-color-scheme", "the page is then light"),
    ("prefers-reduced-motion", "the page then jumps"),
    ("break-inside", "page-break-inside stands beside it"),
    ("@container", "the drawing is then chosen by the width of the window, as the rule before says"),
    ("accent-color", "the slider then has the browser's colour"),
    ("text-size-adjust", "the prefixed property stands beside it"),
];

static JS: &[Feature] = &[
    f("?.", "80", "13.1"),
    f("??", "80", "13.1"),
    f("||=", "85", "14"),
    f("&&=", "85", "14"),
    f("**=", "52", "10.1"),
    f(".replaceAll(", "85", "13.1"),
    f(".at(", "92", "15.4"),
    f(".flatMap(", "69", "12"),
    f("Object.fromEntries", "73", "12.1"),
    f("globalThis", "71", "12.1"),
    f(".matchAll(", "73", "13"),
    f("structuredClone", "98", "15.4"),
    f(".replaceChildren(", "86", "14"),
    f("ResizeObserver", "64", "13.1"),
    f("showModal", "37", "15.4"),
    f("Promise.allSettled", "76", "13"),
    f("Promise.any", "85", "14"),
    f("queueMicrotask", "71", "12.1"),
    f("import(", "63", "11.1"),
    f("requestSubmit", "76", "16"),
    f(".toSorted(", "110", "16"),
    f(".findLast(", "97", "15.4"),
    f("static{", "94", "16.4"),
    f("#private", "74", "14.1"),
    f("Intl.Segmenter", "87", "14.1"),
    f("AbortSignal.timeout", "103", "16"),
    f("crypto.randomUUID", "92", "15.4"),
    f("(?<=", "62", "16.4"),
    f("(?<!", "62", "16.4"),
    f("(?<", "64", "11.1"),
    f("innerHTML", "none", "none"),
    f("outerHTML", "none", "none"),
    f("insertAdjacentHTML", "none", "none"),
    f("document.write", "none", "none"),
    f("eval(", "none", "none"),
    f("newFunction", "none", "none"),
];

/// Engines older than the feature.
fn above_floor(feature: &Feature) -> bool {
    let older = |version: &str, floor: f32| version.parse::<f32>().map_or(true, |v| v > floor);
    older(feature.chrome, 70.0) || older(feature.safari, 12.0)
}

/// CSS without comments, and without what stands inside `@supports`.
fn bare_css(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, r)| r);
    }
    out.push_str(rest);
    while let Some(at) = out.find("@supports") {
        let open = out[at..].find('{').map_or(out.len(), |i| at + i);
        let mut depth = 0;
        let end = out[open..]
            .char_indices()
            .find_map(|(i, c)| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                (depth == 0).then_some(open + i + 1)
            })
            .unwrap_or(out.len());
        out.replace_range(at..end, "");
    }
    out
}

/// JavaScript without comments and strings.
fn bare_js(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    let mut quote: Option<char> = None;
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => drop(chars.next()),
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '/') if chars.peek() == Some(&'/') => {
                for c in chars.by_ref() {
                    if c == '\n' {
                        break;
                    }
                }
                out.push('\n');
            }
            (None, '/') if chars.peek() == Some(&'*') => {
                let mut last = ' ';
                for c in chars.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
            }
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, c) => out.push(c),
        }
    }
    out
}

fn hits(text: &str, features: &[Feature]) -> Vec<String> {
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    features
        .iter()
        .filter(|x| above_floor(x))
        .filter(|x| {
            // `minmax(` is old, `min(` is not; `line-height:` is not `height:`.
            flat.match_indices(x.pattern).any(|(i, _)| {
                let word = x.pattern.starts_with(|c: char| c.is_ascii_alphabetic());
                !word || !flat[..i].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            })
        })
        .map(|x| format!("{} (Chrome {}, Safari {})", x.pattern, x.chrome, x.safari))
        .collect()
}

/// Flex boxes with a gap: grids and columns have had one for longer.
fn flex_gap(css: &str) -> Vec<String> {
    css.split('}')
        .filter(|rule| {
            let flat: String = rule.chars().filter(|c| !c.is_whitespace()).collect();
            let gap = flat.contains(";gap:") || flat.contains("{gap:") || flat.contains(";column-gap:") || flat.contains("{column-gap:");
            gap && !flat.contains("grid") && !flat.contains(";columns:")
        })
        .map(|r| format!("gap without a grid: {}", r.trim()))
        .collect()
}

fn sources(ending: &str) -> Vec<(String, String)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic/assets");
    let files = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().flatten();
    files
        .filter(|e| e.path().extension().is_some_and(|x| x == ending))
        .map(|e| (e.path().display().to_string(), fs::read_to_string(e.path()).unwrap()))
        .collect()
}

#[test]
fn the_theme_keeps_to_the_floor() {
    let css = sources("css");
    let js = sources("js");
    assert!(css.len() >= 4 && js.len() >= 2);
    for (name, text) in css {
        let text = bare_css(&text);
        let wrong: Vec<String> = hits(&text, CSS).into_iter().chain(flex_gap(&text)).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    }
    for (name, text) in js {
        let wrong = hits(&bare_js(&text), JS);
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    }
}

#[test]
fn the_linter_finds_what_it_should() {
    for bad in ["a:is(b){}", "a{inset: 0}", "a{width:min(1px,2px)}", "a{aspect-ratio:1}", "@layer x{}", "a{&:hover{}}", ":focus-visible{}"] {
        assert!(!hits(&bare_css(bad), CSS).is_empty(), "{bad}");
    }
    assert!(!flex_gap("a{display:flex;gap:1rem}").is_empty() && flex_gap("a{display:grid;gap:1rem}").is_empty());
    for good in ["a{grid-template-columns:minmax(0,1fr)}", "/* :is( */ a{}", "@supports (inset: 0){a{inset:0}} b{}", "a{line-height:1}"] {
        assert!(hits(&bare_css(good), CSS).is_empty(), "{good}");
    }
    for bad in ["a?.b", "a ?? b", "x.replaceAll(1)", "e.innerHTML = 1", "eval (1)"] {
        assert!(!hits(&bare_js(bad), JS).is_empty(), "{bad}");
    }
    for good in ["\"a?.b\"", "// a ?? b\nx", "a ? b : c", "/* innerHTML */ x"] {
        assert!(hits(&bare_js(good), JS).is_empty(), "{good}");
    }
    // What degrades is really used; else the list would excuse nothing.
    let all: String = sources("css").into_iter().map(|(_, t)| t.split_whitespace().collect::<String>()).collect();
    for (what, why) in DEGRADES {
        assert!(all.contains(what) && !why.is_empty(), "{what}");
    }
}
