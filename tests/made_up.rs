//! Made-up input: whatever a file holds, reading it ends, without a panic, and what comes out is whole.

use clerestory::diag::{Format, Report, Tongue, print};
use clerestory::load::markdown::Calm;
use clerestory::load::{Doc, Kind, Node, Source, parse_yaml};
use clerestory::render::markdown::{Options, render};
use proptest::prelude::*;

/// Pieces that meet in bad files.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("---\n".to_string()),
        Just("title: ".to_string()),
        Just("**".to_string()),
        Just("第三条 ".to_string()),
        Just("[^1]".to_string()),
        Just("[^1]: ".to_string()),
        Just("| a |\n| - |\n".to_string()),
        Just("<b>".to_string()),
        Just("](javascript:x)".to_string()),
        Just("![".to_string()),
        Just("\n\n".to_string()),
        Just("\u{3000}".to_string()),
        Just("<!-- INFO END -->".to_string()),
        Just("2021年4月12日".to_string()),
        Just("〔2019〕".to_string()),
        Just("# ".to_string()),
        Just("- &a [*a]\n".to_string()),
        "\\PC{0,8}",
        any::<char>().prop_map(|c| c.to_string()),
    ]
}

/// Every node stands inside the file, on whole characters.
fn placed(n: &Node, text: &str) -> bool {
    let here = text.get(n.start as usize..n.end as usize).is_some();
    here && match &n.kind {
        Kind::List(items) => items.iter().all(|i| placed(i, text)),
        Kind::Map(pairs) => pairs.iter().all(|(k, v)| placed(k, text) && placed(v, text)),
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_file(pieces in proptest::collection::vec(piece(), 0..40), html in any::<bool>()) {
        let text = pieces.concat();
        let source = Source::new("content/policies/种子法(2021-12-24).md", text.clone());
        let doc = Doc::parse(source, html);
        let mut report = Report::new();
        for d in &doc.problems {
            report.push(d.clone());
        }
        for format in [Format::Text, Format::Json, Format::Sarif, Format::Github] {
            print(&report.sorted(), format, Tongue::Zh);
        }
        let resolve = |_: &str| None;
        // What the outline found not to be in the text need not be looked for again: the page is the same.
        let [mut out, mut again] = [String::new(), String::new()];
        for (calm, out) in [(doc.outline.calm, &mut out), (Calm::default(), &mut again)] {
            render(doc.body(), &Options { resolve: &resolve, size: &|_| None, prefix: "", allow_html: html, back: "回", notes: "注", terms: None, callout: &|k| k.to_string(), calm }, out);
        }
        prop_assert_eq!(&out, &again);
        let low = out.to_lowercase();
        prop_assert!(!low.contains("<script") && !low.contains("href=\"javascript"));
        for tag in ["p", "ul", "ol", "table", "strong", "em", "section", "a", "blockquote"] {
            let open = out.matches(&format!("<{tag}>")).count() + out.matches(&format!("<{tag} ")).count();
            prop_assert_eq!(open, out.matches(&format!("</{tag}>")).count(), "<{}> in {}", tag, out);
        }
    }

    #[test]
    fn any_yaml(pieces in proptest::collection::vec(prop_oneof![piece(), Just("a: ".to_string()), Just("  ".to_string()), Just("\t".to_string()), Just("&x ".to_string()), Just("*x".to_string()), Just("{".to_string()), Just("]".to_string())], 0..40)) {
        let text = pieces.concat();
        let source = Source::new("a.yaml", text.clone());
        let mut out = Vec::new();
        let node = parse_yaml(&source, 0..text.len(), &mut out);
        if let Some(n) = node {
            prop_assert!(placed(&n, &text), "a node stands outside the file");
        }
        prop_assert!(out.iter().all(|d| d.span.as_ref().is_some_and(|s| s.line >= 1 && s.col >= 1)));
    }
}
