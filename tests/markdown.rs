//! Vectors of Markdown as Chinese authors mean it: `tests/markdown.txt`, one block a vector.
#![expect(clippy::disallowed_methods, reason = "tests read their vectors")]

use clerestory::load::markdown::Calm;
use clerestory::render::markdown::{Options, render};

fn html(text: &str) -> String {
    let resolve = |_: &str| None;
    let mut out = String::new();
    render(
        text,
        &Options {
            resolve: &resolve,
            size: &|_| None,
            prefix: "",
            allow_html: false,
            back: "回",
            notes: "注",
            terms: None,
            callout: &|k| k.to_string(),
            calm: Calm::default(),
        },
        &mut out,
    );
    out
}

#[test]
fn vectors() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/markdown.txt")).unwrap();
    let mut count = 0;
    for block in text.split("\n====\n") {
        let (input, want) = block.split_once("\n----\n").unwrap_or_else(|| panic!("no ---- in {block:?}"));
        let input = input.trim_start_matches('\n').replace('␉', "\t");
        assert_eq!(html(&input).trim_end(), want.trim_end(), "\ninput: {input}");
        count += 1;
    }
    assert!(count >= 40, "{count} vectors");
}

#[test]
fn emphasis_agrees_with_the_cjk_friendly_parser() {
    // comrak's option of that name is the reference: the same words must come out strong.
    let words = ["注意：", "“放管服”", "《办法》", "第一，", "重点", "（一）", "A", "100%", "。"];
    let around = ["", "请", "改革", "，", "。", " ", "A", "（", "“"];
    let strong = |html: &str| html.matches("<strong>").count();
    let mut options = comrak::Options::default();
    options.extension.cjk_friendly_emphasis = true;
    for w in words {
        for a in around {
            for b in around {
                let text = format!("{a}**{w}**{b}");
                let (ours, theirs) = (strong(&html(&text)), strong(&comrak::markdown_to_html(&text, &options)));
                // Curly quotes are no Chinese characters to comrak; to a Chinese author they are.
                let quotes = w.contains('“') || a == "“" || b == "“";
                assert!(ours == theirs || quotes && ours > theirs, "{text}: {ours} against {theirs}");
            }
        }
    }
}

#[test]
fn commonmark_still_holds_for_latin_text() {
    for text in ["a *b* c", "**a** b", "a**b**c", "* a\n* b", "`a*b*`", "a * b * c", "*a **b** c*"] {
        let mut plain = String::new();
        pulldown_cmark::html::push_html(&mut plain, pulldown_cmark::Parser::new(text));
        assert_eq!(html(text).trim(), plain.trim(), "{text}");
    }
}

#[test]
fn raw_html_is_filtered_where_it_is_allowed() {
    let resolve = |_: &str| None;
    let mut out = String::new();
    let text = "## 标题\n\n<b onclick=\"x()\">粗</b><script>alert(1)</script><img src=\"https://evil.example/x.png\">\n\n<p><a href=\"javascript:alert(1)\">x</a></p>\n";
    render(
        text,
        &Options {
            resolve: &resolve,
            size: &|_| None,
            prefix: "",
            allow_html: true,
            back: "回",
            notes: "注",
            terms: None,
            callout: &|k| k.to_string(),
            calm: Calm::default(),
        },
        &mut out,
    );
    assert!(out.contains("<b>粗</b>") && out.contains("<h2 id=\"标题\">"), "{out}");
    for bad in ["script", "onclick", "evil.example", "javascript"] {
        assert!(!out.contains(bad), "{bad}: {out}");
    }
    let deep = "<b>".repeat(20_000);
    let mut out = String::new();
    render(
        &deep,
        &Options {
            resolve: &resolve,
            size: &|_| None,
            prefix: "",
            allow_html: true,
            back: "回",
            notes: "注",
            terms: None,
            callout: &|k| k.to_string(),
            calm: Calm::default(),
        },
        &mut out,
    );
    assert!(!out.contains("<b><b>"));
}
