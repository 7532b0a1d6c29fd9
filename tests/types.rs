//! Content types: what is declared of one is whole, and a place stands for one type.
#![expect(clippy::disallowed_methods, reason = "tests read the theme and the golden sites")]

use crate::support::Project;
use clerestory::render::MAKERS;
use clerestory::types::{DATASET, INTERPRETATION, Kind, NEWS, PAGE, POLICY, TOPIC, TYPES, Types};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn each_type_is_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut ids, mut words) = (BTreeSet::new(), BTreeSet::new());
    for t in TYPES {
        assert!(ids.insert(t.id) && words.insert(t.folder), "{} is there twice", t.id);
        assert!(t.words.iter().all(|w| words.insert(w)) && !t.words.is_empty(), "{}: another type has one of its words", t.id);
        assert_eq!(t.id, t.record.id);
        assert!(t.record.fields.iter().any(|f| std::ptr::eq(*f, t.issuer)), "{}: nobody answers for it", t.id);
        assert!(MAKERS.iter().any(|m| m.name == t.page), "{}: no maker {}", t.id, t.page);
        for tag in ["zh-Hans", "zh-Hant", "en"] {
            let messages = fs::read_to_string(root.join(format!("themes/civic/i18n/{tag}.yaml"))).unwrap();
            assert!(messages.contains(&format!("\ntype.{}: ", t.folder)), "{tag} has no message type.{}", t.folder);
        }
        let shown = fs::read_dir(root.join("tests/golden")).unwrap().flatten().any(|e| e.path().join("content").join(t.folder).is_dir());
        assert!(shown, "no golden site has an item below {}/", t.folder);
    }
}

#[test]
fn a_place_stands_for_one_type() {
    let types = Types::default();
    assert_eq!(types.count(), TYPES.len());
    for (name, kind) in [("policy", POLICY), ("interpretation", INTERPRETATION), ("dataset", DATASET), ("news", NEWS), ("topic", TOPIC), ("page", PAGE)] {
        let same = |k: Kind| k == kind && k.place() == kind.place() && k.id == name && std::ptr::eq(TYPES[k.place()], &*k);
        assert!(types.word(name).is_some_and(same), "{name}");
    }
}

/// A site with a type of its own.
const OWN: &str = "title: {en: Town, zh: 某镇}\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en, zh-Hans]\n\
types:\n  - id: vote\n    folder: votes\n    labels: {en: Votes, zh: 表决}\n    fields:\n\
\x20     - {key: result, label: {en: Result, zh: 结果}, kind: code, need: must, values: [{code: passed, label: {en: Passed, zh: 通过}}, {code: failed, label: {en: Failed, zh: 未通过}}]}\n\
\x20     - {key: about, label: {en: About, zh: 议题}, kind: item, of: [policies], list: true}\n\
\x20     - {key: cost, label: {en: Cost, zh: 费用}, kind: number}\n\
\x20     - {key: rows, label: {en: Wards, zh: 各选区}, kind: table, columns: [{key: ward, label: {en: Ward, zh: 选区}, kind: text}, {key: ayes, label: {en: Ayes, zh: 赞成}, kind: count}]}\n";

fn own() -> Project {
    let p = Project::new(OWN);
    p.file("content/policies/parking.md", "---\ntitle: Parking\npublished_at: 2025-01-01\n---\n# Parking\n\nText.\n");
    p.file("content/votes/a.md", "---\ntitle: First vote\npublished_at: 2025-02-01\nresult: 通过\nabout: [parking]\ncost: 1,200.50\nrows:\n  - {ward: Northfield, ayes: 0}\n---\nMet at noon.\n");
    p.file("content/votes/a.zh-Hans.md", "---\ntitle: 第一次表决\n---\n中午开会。\n");
    p.file("content/votes/b.md", "---\ntitle: Second vote\npublished_at: 2025-03-01\nresult: failed\n---\nNo majority.\n");
    p
}

#[test]
fn a_type_of_ones_own_has_page_lists_feed_and_search() {
    let p = own();
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    let (page, zh) = (p.read("public/votes/a/index.html"), p.read("public/zh-hans/votes/a/index.html"));
    for wanted in
        ["<dt>Result</dt><dd>Passed</dd>", "<dt>Cost</dt><dd>1,200.50</dd>", "<th scope=\"col\">Ayes</th>", "<td>Northfield</td><td>0</td>", ">About</h2>"]
    {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
    assert!(zh.contains("<dt>结果</dt><dd>通过</dd>") && zh.contains("<th scope=\"col\">选区</th>") && zh.contains("中午开会"), "{zh}");
    assert!(page.contains("/policies/parking/") && p.read("public/policies/parking/index.html").contains("/votes/a/"), "links lead both ways");
    let list = p.read("public/votes/index.html");
    assert!(list.contains("First vote") && list.contains("Second vote") && list.contains("/votes/by-result/passed/"), "{list}");
    let part = p.read("public/votes/by-result/passed/index.html");
    assert!(part.contains("First vote") && !part.contains("Second vote") && part.contains("Result: Passed"), "{part}");
    assert!(p.read("public/zh-hans/votes/by-result/passed/index.html").contains("结果：通过"));
    assert!(p.read("public/votes/feed.xml").contains("Second vote") && p.read("public/index.html").contains("/votes/"));
    for words in ["Northfield", "1,200.50", "passed"] {
        let found = p.run(&["search", words]);
        assert!(found.out.contains("/votes/a/"), "{words}: {}", found.out);
    }
    assert!(p.run(&["search", "--type", "vote", "vote"]).out.contains("/votes/b/") || p.run(&["search", "vote"]).out.contains("/votes/b/"));
}

#[test]
fn a_type_of_ones_own_has_schema_draft_and_form() {
    let p = own();
    let ran = p.run(&["schema", "vote", "--lang", "en"]);
    let v: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((v["title"].as_str(), v["properties"]["result"]["title"].as_str()), (Some("Votes"), Some("Result")));
    assert!(v["required"].as_array().is_some_and(|r| r.contains(&"result".into())), "{v}");
    assert_eq!(p.run(&["schema", "votes"]).code, 0);
    let ran = p.run(&["schema", "vot", "--lang", "en"]);
    assert!(ran.code == 2 && ran.err.contains("did you mean: vote"), "{}", ran.err);
    assert!(p.run(&["schema", "--lang", "en"]).out.contains("vote"));
    let ran = p.run(&["new", "vote", "third", "--title", "Third", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let draft = p.read("content/votes/third.md");
    assert!(draft.contains("title: \"Third\"") && draft.contains("\nresult:\n") && draft.contains("draft: true"), "{draft}");
    let editor = p.run(&["editor", "--lang", "en"]);
    assert!(editor.code == 0 && editor.out.contains("\"content/votes\"") && editor.out.contains("\"Passed\""), "{}", editor.out);
    let ran = p.run(&["new", "vtoe", "x", "--lang", "en"]);
    assert!(ran.code == 2 && ran.err.contains("did you mean: vote"), "{}", ran.err);
}

#[test]
fn wrong_values_of_declared_fields_are_told_where_they_stand() {
    let p = own();
    p.file(
        "content/votes/c.md",
        "---\ntitle: C\npublished_at: 2025-03-01\nabout: [nothing, news/x]\ncost: about 3\nrows: {ward: [1]}\nresult: perhaps\nreslt: x\n---\nText.\n",
    );
    p.file("content/votes/d.md", "---\ntitle: D\npublished_at: 2025-03-01\nrows: [{ayes: many}]\n---\nText.\n");
    let ran = p.run(&["check"]);
    for (place, code) in [
        ("c.md:4:", "SRC011"),
        ("c.md:5:7", "SRC006"),
        ("c.md:6:", "SRC006"),
        ("c.md:7:9", "SRC008"),
        ("c.md:8:1", "SRC005"),
        ("d.md:4:", "SRC006"),
        ("d.md:2:1", "SRC010"),
    ] {
        assert!(ran.out.contains(place) && ran.out.contains(code), "{place} {code}: {}", ran.out);
    }
    assert!(ran.out.contains("news/x") && ran.out.contains("`policies/nothing`, which does not exist"), "{}", ran.out);
}

#[test]
fn types_that_cannot_be_used_are_told_where_they_are_declared() {
    let site = |types: &str| format!("title: T\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en, fr]\ntypes:\n{types}");
    let one = |line: &str| format!("  - {{id: vote, folder: votes, labels: Votes, fields: [{line}]}}\n");
    for (types, place, right) in [
        ("  - {id: policy, folder: votes, labels: V}\n".to_string(), "site.yaml:6:10", "there is a kind of file `policy` already"),
        ("  - {id: item, folder: votes, labels: V}\n".into(), "site.yaml:6:10", "there is a kind of file `item` already"),
        ("  - {id: Vote, folder: votes, labels: V}\n".into(), "site.yaml:6:10", "`Vote` cannot be the id of a type"),
        ("  - {id: vote, folder: news, labels: V}\n".into(), "site.yaml:6:24", "the folder `news` belongs to another type"),
        ("  - {id: vote, folder: search, labels: V}\n".into(), "site.yaml:6:24", "`search` is an address that the site itself needs"),
        ("  - {id: vote, folder: fr, labels: V}\n".into(), "site.yaml:6:24", "`fr` is an address"),
        ("  - {id: vote, folder: a/b, labels: V}\n".into(), "site.yaml:6:24", "`a/b` cannot be the folder of a type"),
        ("  - {id: vote, labels: V}\n".into(), "site.yaml:6:5", "required field `folder` is missing"),
        (
            "  - {id: a, folder: votes, labels: V}\n  - {id: b, folder: votes, labels: V}\n".into(),
            "site.yaml:7:21",
            "the folder `votes` belongs to another type",
        ),
        ("  - {id: vote, folder: votes, labels: V, template: nosuch}\n".into(), "site.yaml:6:5", "the theme has no template pages/nosuch.html"),
        (one("{key: title, label: L, kind: text}"), "site.yaml:6:61", "every item has the field `title`"),
        (one("{key: issuer, label: L, kind: text}"), "site.yaml:6:61", "there is a field `issuer` already"),
        (one("{key: a, label: L, kind: text}, {key: a, label: L, kind: text}"), "site.yaml:6:93", "there is a field `a` already"),
        (one("{key: A b, label: L, kind: text}"), "site.yaml:6:61", "`A b` cannot be the key of a field"),
        (one("{key: a, label: L, kind: txt}"), "site.yaml:6:80", "did you mean `text`"),
        (one("{key: a, label: L}"), "site.yaml:6:55", "required field `kind` is missing"),
        (one("{key: a, label: L, kind: code}"), "site.yaml:6:55", "required field `values` is missing"),
        (one("{key: a, label: L, kind: text, values: [b]}"), "site.yaml:6:80", "`values` belongs to kind: code"),
        (one("{key: a, label: L, kind: code, values: [B]}"), "site.yaml:6:", "the code `B` cannot be used"),
        (one("{key: a, label: L, kind: item, of: [polcies]}"), "site.yaml:6:91", "no type has the folder `polcies`"),
        (one("{key: a, label: L, kind: table}"), "site.yaml:6:55", "required field `columns` is missing"),
        (one("{key: a, label: L, kind: table, columns: [{key: b, label: L, kind: table}]}"), "site.yaml:6:", "there is no table in a table"),
        (one("{key: a, label: L, kind: text, wdith: 3}"), "site.yaml:6:", "unknown field `wdith`"),
    ] {
        let p = Project::new(&site(&types));
        p.file("content/votes/a.md", "---\ntitle: A\na: 1\n---\nText.\n");
        p.file("content/pages/about.md", "---\ntitle: About\n---\nText.\n");
        let ran = p.run(&["check"]);
        assert!(ran.out.contains(place) && ran.out.contains(right), "{types}{place} {right}: {}", ran.out);
        assert!(!types.contains("folder: votes") || !ran.out.contains("SRC016"), "what follows is not told: {types} {}", ran.out);
        assert!(ran.code == 1 || !ran.out.contains("TYP001"), "{}", ran.out);
        if place == "site.yaml:6:24" {
            assert!(!p.run(&["check", "--lang", "zh"]).out.contains(right), "told in Chinese too");
            assert_ne!(p.run(&["build"]).code, 2, "{types}");
        }
    }
}

#[test]
fn a_type_without_items_has_no_page_and_no_menu_entry() {
    let p = Project::new(OWN);
    p.file("content/policies/parking.md", "---\ntitle: Parking\npublished_at: 2025-01-01\n---\n# Parking\n\nText.\n");
    assert_eq!(p.run(&["build"]).code, 0);
    assert!(!p.exists("public/votes/index.html") && !p.exists("public/services/index.html"));
    assert!(!p.read("public/index.html").contains("/votes/") && !p.read("public/search/index.html").contains("vote"));
}

#[test]
fn a_type_of_ones_own_may_have_a_template() {
    let p = own();
    p.file("site.yaml", OWN.replace("    fields:", "    template: vote\n    fields:"));
    p.file("site.yaml", format!("{}theme: town\n", p.read("site.yaml")));
    p.file("themes/town/theme.yaml", "extends: civic\n");
    p.file(
        "themes/town/templates/pages/vote.html",
        "{% extends \"layouts/base.html\" %}{% block main %}<p id=\"own\">{{ fields.result.parts[0].text }}</p>{% endblock main %}",
    );
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert!(p.read("public/votes/a/index.html").contains("<p id=\"own\">Passed</p>"));
}
