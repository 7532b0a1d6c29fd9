//! Versions of laws, clause by clause.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a test that reads files, keeps the time and tells it")]

use crate::support::{Project, SITE, busy, shared, tree};
use clerestory::derive::compare::{Kind, Mark, Row, State, compare, counted, counts};
use clerestory::load::blocks::{Block, blocks};
use std::collections::BTreeMap;

/// The texts of the laws by their file names, without the lines above the text.
fn laws() -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (name, bytes) in tree(&shared("data/zh-laws")) {
        let Some(name) = name.rsplit('/').next().and_then(|n| n.strip_suffix(".md")) else { continue };
        let text = String::from_utf8(bytes).unwrap();
        out.insert(name.to_string(), text.split_once("<!-- INFO END -->").map_or(text.clone(), |(_, t)| t.to_string()));
    }
    out
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The whole of one side, put together from the rows.
fn side(rows: &[Row], old: bool) -> Vec<String> {
    let mut out = Vec::new();
    for r in rows {
        let Some(unit) = (if old { &r.old } else { &r.new }) else { continue };
        let dropped = if old { Mark::Added } else { Mark::Removed };
        let text = if r.marks.is_empty() { unit.text.clone() } else { r.marks.iter().filter(|(m, _)| *m != dropped).map(|(_, t)| &**t).collect() };
        out.push(squeezed(&format!("{}{text}", unit.label)));
    }
    out
}

fn number(label: &Option<clerestory::derive::compare::Unit>) -> Option<u32> {
    label.as_ref().filter(|u| u.kind == Kind::Article)?.number.map(|n| n.0)
}

#[test]
fn articles_of_three_laws_are_aligned_as_a_careful_reader_does() {
    let laws = laws();
    let text = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/compare.txt")).unwrap();
    let mut tables = 0;
    for table in text.split("\n\n") {
        let mut lines = table.lines().filter(|l| !l.starts_with('#'));
        let Some((old, new)) = lines.next().and_then(|l| l.split_once(' ')) else { continue };
        let (mut was, mut gone, mut elsewhere) = (BTreeMap::new(), Vec::new(), Vec::new());
        for word in lines.flat_map(|l| l.split(' ')) {
            if let Some(n) = word.strip_prefix('-') {
                gone.push(n.parse::<u32>().unwrap());
            } else if let Some(n) = word.strip_prefix('~') {
                elsewhere.push(n.parse::<u32>().unwrap());
            } else {
                let (run, first) = word.split_once('=').unwrap();
                let (from, to) = run.split_once('-').unwrap_or((run, run));
                let from: u32 = from.parse().unwrap();
                for n in from..=to.parse().unwrap() {
                    was.insert(n, first.parse::<u32>().ok().map(|f| f + n - from));
                }
            }
        }
        let rows = compare(&blocks(&laws[old], false), &blocks(&laws[new], false));
        let ours: BTreeMap<u32, Option<u32>> = rows.iter().filter_map(|r| Some((number(&r.new)?, number(&r.old)))).collect();
        let wrong: Vec<_> = was.iter().filter(|(n, o)| ours.get(n) != Some(o)).map(|(n, o)| (n, o, ours.get(n))).collect();
        assert!(wrong.is_empty() && ours.len() == was.len(), "{new}: article, expected, found: {wrong:?}");
        let ours: Vec<u32> = rows.iter().filter(|r| r.state == State::Removed).filter_map(|r| number(&r.old)).collect();
        assert_eq!(ours, gone, "{new}: gone");
        let mut ours: Vec<u32> = rows.iter().filter(|r| r.moved).filter_map(|r| number(&r.new)).collect();
        ours.sort_unstable();
        assert_eq!(ours, elsewhere, "{new}: elsewhere");
        tables += 1;
    }
    assert_eq!(tables, 3);
}

/// Every version with the one before it: no character is lost on either side, and none takes longer than it may.
#[test]
fn nothing_of_two_texts_is_lost_and_no_pair_takes_long() {
    let laws = laws();
    let mut by_title: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in laws.keys() {
        if let Some((title, _)) = name.split_once('(') {
            by_title.entry(title).or_default().push(name);
        }
    }
    let pairs: Vec<(&str, &str)> = by_title.values().flat_map(|v| v.windows(2).map(|w| (w[0], w[1]))).collect();
    assert!(pairs.len() >= 20, "{}", pairs.len());
    let mut slowest = (std::time::Duration::ZERO, "");
    for (old, new) in &pairs {
        let (old, new_blocks) = (blocks(&laws[*old], false), blocks(&laws[*new], false));
        let start = busy();
        let rows = compare(&old, &new_blocks);
        let took = busy() - start;
        slowest = slowest.max((took, new));
        let sorted = |mut list: Vec<String>| {
            list.sort();
            list.concat().chars().fold(BTreeMap::new(), |mut m: BTreeMap<char, usize>, c| {
                *m.entry(c).or_default() += 1;
                m
            })
        };
        let whole = |b: &[Block]| b.iter().map(|b| squeezed(&b.text)).collect::<Vec<_>>();
        assert_eq!(side(&rows, false).concat(), whole(&new_blocks).concat(), "{new}: the new text, in its order");
        assert_eq!(sorted(side(&rows, true)), sorted(whole(&old)), "{new}: the old text");
        let kind = counted(&rows);
        assert_eq!(counts(&rows).iter().sum::<usize>(), rows.iter().filter(|r| r.kind() == kind).count());
    }
    println!("{} pairs, the slowest {:?}: {}", pairs.len(), slowest.0, slowest.1);
    assert!(slowest.0.as_millis() < 200, "{slowest:?}");
}

#[test]
fn hostile_texts_are_compared_in_bounds() {
    let start = busy();
    let many: String = (0..20_000).map(|i| format!("第{i}条 甲乙丙丁{}。\n\n", i % 7)).collect();
    let other: String = (0..20_000).map(|i| format!("第{}条 甲乙丙丁{}戊。\n\n", 20_000 - i, i % 11)).collect();
    let _ = compare(&blocks(&many, false), &blocks(&other, false));
    // One article without an end, all of it rewritten.
    let long: String = (0..200_000u32).filter_map(|i| char::from_u32(0x4E00 + i * 7919 % 20_000)).collect();
    let turned: String = long.chars().rev().collect();
    let rows = compare(&blocks(&format!("第一条 {long}"), false), &blocks(&format!("第一条 {turned}"), false));
    assert_eq!(side(&rows, true).concat(), format!("第一条{long}"));
    assert_eq!(side(&rows, false).concat(), format!("第一条{turned}"));
    let took = busy() - start;
    assert!(took.as_secs() < 20, "{took:?}");
}

#[test]
fn the_page_of_a_comparison() {
    let p = Project::new(SITE);
    let laws = shared("data/zh-laws/经济法");
    for name in ["统计法(2009-06-27)", "统计法(2024-09-13)"] {
        p.file(&format!("content/policies/{name}.md"), std::fs::read(laws.join(format!("{name}.md"))).unwrap());
    }
    let ran = p.run(&["check", "--full"]);
    assert!(!ran.out.contains("error"), "no dead link, no dead anchor: {}", ran.out);
    p.build();
    let page = p.read("public/policies/统计法(2024-09-13)/compare/统计法(2009-06-27)/index.html");
    // Counted, and each opens to its clauses.
    assert!(page.contains("<span class=\"numbers__value\">3</span> <span class=\"numbers__label\">新增</span>"), "{page}");
    assert!(page.contains("<a href=\"#art-6\">第六条</a>"));
    // An article, its text in both versions, the changes with words for those who hear them, links to both texts.
    let row = page.split("id=\"art-44\"").nth(1).unwrap().split("compare__row ").next().unwrap();
    let new = "/policies/%E7%BB%9F%E8%AE%A1%E6%B3%95%282024-09-13%29/#art-44";
    let old = "/policies/%E7%BB%9F%E8%AE%A1%E6%B3%95%282009-06-27%29/#art-41";
    assert!(row.contains(&format!("<a href=\"{new}\">第四十四条</a>")) && row.contains(&format!("<a href=\"{old}\">第四十一条</a>")), "{row}");
    assert!(row.contains("<del><span class=\"hidden\">〔删去〕</span>五</del>万元以下的罚款"), "{row}");
    assert!(row.contains("<ins><span class=\"hidden\">〔新增〕</span>十</ins>万元以下的罚款"), "{row}");
    // Every character of both texts is on the page.
    let shown = squeezed(&regex::Regex::new("<span class=\"hidden\">[^<]*</span>|<[^>]*>").unwrap().replace_all(&page, ""));
    let laws = self::laws();
    for name in ["统计法(2009-06-27)", "统计法(2024-09-13)"] {
        for b in blocks(&laws[name], false) {
            let text = squeezed(&b.text[b.clause..]);
            assert!(shown.contains(&text), "{name}: {text}");
        }
    }
    // Both pages lead to it.
    let link = "/policies/%E7%BB%9F%E8%AE%A1%E6%B3%95%282024-09-13%29/compare/%E7%BB%9F%E8%AE%A1%E6%B3%95%282009-06-27%29/";
    assert!(p.read("public/policies/统计法(2024-09-13)/index.html").contains(link));
    assert!(p.read("public/policies/统计法(2009-06-27)/index.html").contains(link));
}

#[test]
fn which_versions_are_compared() {
    let p = Project::new(SITE);
    let policy = |head: &str| format!("---\n{head}\n---\n第一条 为了规范养老服务，制定本办法。\n");
    p.file("content/policies/a/old.md", policy("title: 养老服务补贴办法\nreplaced_by: policies/new"));
    p.file("content/policies/new.md", policy("title: 养老服务补贴办法（修订）\nrepeals: [a/old, other, draft]"));
    p.file("content/policies/other.md", policy("title: 关于印发殡葬改革方案的通知"));
    p.file("content/policies/draft.md", policy("title: 养老服务补贴办法\ndraft: true"));
    // A decision that lists amendments is no version of what it amends.
    p.file("content/policies/fix.md", policy("title: 关于修改《养老服务补贴办法》的决定\namends: [new]"));
    // Without a text there is nothing to compare.
    p.file("content/policies/bare.md", "---\ntitle: 养老服务补贴办法\nreplaced_by: policies/new\n---\n");
    // Each took the other's place: a circle counts for nothing.
    p.file("content/policies/c.md", policy("title: 甲办法\nreplaced_by: policies/d"));
    p.file("content/policies/d.md", policy("title: 甲办法\nreplaced_by: policies/c"));
    p.file("content/policies/e.md", policy("title: 乙办法\nreplaced_by: policies/e"));
    p.build();
    let made: Vec<String> = tree(&p.path("public")).into_keys().filter(|f| f.contains("/compare/")).collect();
    assert_eq!(made, ["policies/new/compare/a/old/index.html"]);
    let english = Project::new("title: Town\nbase_url: https://example.org/\nlanguages: [en]\nas_of: 2026-01-01\n");
    english.file("content/policies/a.md", "---\ntitle: Data policy 2019\nreplaced_by: policies/b\n---\n\nData are open.\n\nFees apply.\n");
    english.file("content/policies/b.md", "---\ntitle: Data policy 2024\n---\n\nData are open by default.\n\nFees apply.\n");
    english.build();
    let page = english.read("public/policies/b/compare/a/index.html");
    assert!(page.contains("by default") && page.contains("[added]") && !page.chars().any(clerestory::load::chars::is_han), "{page}");
}

/// Clauses are anchors wherever they stand.
#[test]
fn clauses_are_anchors_in_lists_and_joined_paragraphs() {
    let p = Project::new(SITE);
    p.file(
        "content/policies/p.md",
        "---\ntitle: 办法\n---\n- 第一条 甲。\n- **第二条** 乙。\n\n第三条　丙。第四条　丁，依照第九条办理。\n第五条 戊。\n\n1. 第六条 己\n\n**第七条** 庚。\n\n**第八条**所称辛。\n\n**第九条 目的** 壬。\n",
    );
    p.build();
    let page = p.read("public/policies/p/index.html");
    for n in [1, 2, 3, 4, 5, 6, 7, 9] {
        assert_eq!(page.matches(&format!("id=\"art-{n}\"")).count(), 1, "{n}: {page}");
    }
    assert!(!page.contains("id=\"art-8\""), "words that only begin like a clause");
    assert!(page.contains("<p class=\"clause\" id=\"art-7\"><a class=\"clause__number\" href=\"#art-7\">第七条</a> 庚。</p>"), "{page}");
    assert!(page.contains("第九条</a><strong> 目的</strong> 壬。"), "{page}");
}
