//! Files made to cost all they can: each has its budget, what is beyond it is told where it stands, and what is within is as before.
#![expect(clippy::disallowed_methods, reason = "the time it takes is what is tested")]

use crate::support::{Project, SITE, bare};
use std::time::{Duration, Instant};

/// Code, file, line.
type At = (String, String, u64);

fn told(p: &Project, code: &str) -> Vec<At> {
    p.findings(&[]).into_iter().filter(|f| f.0 == code).map(|f| (f.0, f.1, f.2)).collect()
}

/// Findings of a code, within a time that a debug build on a busy machine keeps.
fn soon(p: &Project, what: &str, code: &str) -> Vec<At> {
    let start = Instant::now();
    let found = told(p, code);
    assert!(start.elapsed() < Duration::from_secs(40), "{what}: {:?}", start.elapsed());
    found
}

fn numbered(n: usize, f: impl Fn(usize) -> String) -> String {
    (0..n).map(f).collect()
}

const SET: &str = "title: 甲\ndescription: 乙\nlicense: CC-BY-4.0\nresources:\n- name: a\n  path: a.csv\n";

fn dataset(more: &str, csv: &str) -> Project {
    let p = Project::new(SITE);
    p.file("content/datasets/d/dataset.yaml", format!("{SET}{more}")).file("content/datasets/d/a.csv", csv);
    p
}

/// Years and columns of numbers.
fn lines(columns: usize, rows: usize) -> String {
    let head = numbered(columns, |c| format!(",c{c}"));
    format!("x{head}\n{}", numbered(rows, |r| format!("k{r}{}\n", numbered(columns, |c| format!(",{}", (r * 7 + c) % 10)))))
}

#[test]
fn charts_of_a_dataset_draw_so_many_points_and_no_more() {
    let y = numbered(20, |c| format!("c{c}, "));
    let p = dataset(&format!("charts:\n{}", numbered(12, |_| format!("- {{kind: line, x: x, y: [{y}]}}\n"))), &lines(20, 800));
    // Nine of 16,000 points are drawn, the tenth would be beyond 150,000.
    let found = soon(&p, "charts", "TAB019");
    let at: Vec<u64> = found.iter().map(|f| f.2).collect();
    assert_eq!(at, [17, 18, 19], "{found:?}");
    // One long table that is gone through again and again.
    let table = format!("x,c\n{}", numbered(50_000, |n| format!("k{n},{}\n", n % 9)));
    let p = dataset(&format!("charts:\n{}", numbered(82, |_| "- {kind: bar, x: x, y: [c], only: [k1, k2, k3]}\n".into())), &table);
    let found = soon(&p, "rows", "TAB019");
    assert_eq!(found.iter().map(|f| f.2).collect::<Vec<_>>(), [88, 89], "{found:?}");
    // So many series are refused before they are read.
    let p = dataset(&format!("charts:\n- {{kind: line, x: x, y: [{}]}}\n", numbered(400, |c| format!("c{c}, "))), &lines(400, 5));
    assert_eq!(told(&p, "TAB019"), [("TAB019".to_string(), "content/datasets/d/dataset.yaml".to_string(), 8)]);
}

#[test]
fn a_file_named_again_and_again_is_read_once_and_told() {
    let table = |k: usize| format!("编号,值\n{}", numbered(5_000, |n| format!("{n},{}\n", n * k % 7)));
    let versions = numbered(300, |n| format!("  - {{path: v.csv, version: v{n}}}\n"));
    let p = dataset(&format!("  schema: {{primaryKey: [编号]}}\n  versions:\n{versions}"), &table(2));
    p.file("content/datasets/d/v.csv", table(3));
    let found = soon(&p, "versions", "SRC009");
    // The first hundred, and a count of the others.
    assert_eq!((found.len(), found[0].2), (101, 10), "{:?}", &found[..2]);
    // Of a table that is no workbook four resources may be made.
    let p = dataset(&numbered(6, |n| format!("- name: r{n}\n  path: a.csv\n")), "年,值\n2020,1\n");
    let found = told(&p, "SRC017");
    assert_eq!(found.iter().map(|f| f.2).collect::<Vec<_>>(), [14, 16, 18], "{found:?}");
    assert!(p.run(&["check"]).out.contains("a.csv"));
}

#[test]
fn departments_of_which_nothing_is_published_have_no_page_without_end() {
    let p = Project::new(SITE);
    p.file(
        "content/departments.yaml",
        numbered(5_300, |n| format!("- {{id: d{n}, name: 局{n}号{}}}\n", if n == 5_250 { ", tel: '0594-2692345'" } else { "" })),
    );
    p.file("content/news/a.md", "---\ntitle: 甲\npublished_at: 2025-12-01\nissuer: d5200\n---\n\n文\n");
    let ran = p.run(&["build", "--allow-errors", "--no-sync", "--format", "json"]);
    assert!(p.exists("public/index.html"), "{}", ran.out);
    // What is published, what says more than its name, and the first of the others.
    for (d, there) in [("d5200", true), ("d5250", true), ("d0", true), ("d1998", true), ("d1999", false), ("d5299", false)] {
        assert_eq!(p.exists(&format!("public/departments/{d}/index.html")), there, "{d}");
    }
    // All stand in the list.
    let list = p.read("public/departments/index.html");
    assert!(list.contains("<li>局5299号") && list.contains(">局5200号</a>") && list.matches("局").count() >= 5_300);
    let found = told(&p, "SRC049");
    assert_eq!(found, [("SRC049".to_string(), "content/departments.yaml".to_string(), 2_000)]);
}

#[test]
fn departments_above_each_other_are_followed_once() {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", numbered(12_000, |n| format!("- {{id: d{n}, name: 局{n}, parent: d{}}}\n", n + 1)));
    let found = soon(&p, "parents", "SRC011");
    assert_eq!(found.iter().map(|f| f.2).collect::<Vec<_>>(), [12_000]);
    let p = Project::new(SITE);
    p.file(
        "content/departments.yaml",
        "- {id: a, name: 甲局, parent: b}\n- {id: b, name: 乙局, parent: 丙局}\n- {id: c, name: 丙局, parent: a}\n- {id: d, name: 丁局, parent: d}\n",
    );
    assert_eq!(told(&p, "SRC008").iter().map(|f| f.2).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn names_that_nobody_knows_are_compared_at_a_glance() {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", numbered(4_000, |n| format!("- {{id: d{n}, name: 第{n}管理局}}\n")) + "- {id: stats-bureau, name: 云台市统计局}\n");
    p.file(
        "content/news/a.md",
        format!("---\ntitle: 甲\npublished_at: 2025-12-01\nissuer: [stats-burau, 统计局, {}]\n---\n\n文\n", numbered(90, |n| format!("海棠花园{n}, "))),
    );
    let start = Instant::now();
    let ran = p.run(&["check", "--lang", "en", "--format", "json"]);
    assert!(start.elapsed() < Duration::from_secs(40), "{:?}", start.elapsed());
    assert!(ran.out.matches("did you mean `stats-bureau`").count() >= 2, "{}", ran.out.chars().take(3_000).collect::<String>());
}

#[test]
fn dictionaries_ask_the_rows_once() {
    let n = 500;
    let fields = numbered(n, |c| format!("    - {{name: c{c}, type: date, constraints: {{required: true, enum: [a, b], unique: true}}}}\n"));
    let head = (0..n).map(|c| format!("c{c}")).collect::<Vec<_>>().join(",");
    let row = vec!["1"; n].join(",");
    let p = dataset(&format!("  schema:\n    fields:\n{fields}"), &format!("{head}\n{}", format!("{row}\n").repeat(30)));
    let found = soon(&p, "dictionary", "OD002");
    assert!(found.len() >= n, "{}", found.len());
    // The places of the first values that do not fit.
    let fields = "    - {name: 码, constraints: {unique: true}}\n    - {name: 日, type: date}\n    - {name: 类, constraints: {enum: [甲, 乙]}}\n    - {name: 数, constraints: {required: true, maximum: 9}}\n";
    let p = dataset(&format!("  schema:\n    fields:\n{fields}"), "码,日,类,数\na,2024-01-01,甲,1\nb,明天,乙,2\na,2024-01-03,丙,\nc,2024-01-04,甲,10\n");
    let mut found: Vec<(u64, u64)> = p.findings(&[]).into_iter().filter(|f| f.0 == "OD002").map(|f| (f.2, f.3)).collect();
    found.sort_unstable();
    assert_eq!(found, [(3, 2), (4, 1), (4, 3), (4, 4), (5, 4)]);
}

#[test]
fn patterns_of_a_dataset_have_a_budget() {
    let n = 900;
    let fields = numbered(n, |c| format!("    - {{name: c{c}, constraints: {{pattern: '\\w{{1,{}}}'}}}}\n", c + 20));
    let head = (0..n).map(|c| format!("c{c}")).collect::<Vec<_>>().join(",");
    let p = dataset(&format!("  schema:\n    fields:\n{fields}"), &format!("{head}\n{}\n", vec!["1"; n].join(",")));
    assert!(!soon(&p, "patterns", "SRC017").is_empty());
    // One form for many columns is built once.
    let fields = numbered(n, |c| format!("    - {{name: c{c}, constraints: {{pattern: '\\d{{6}}'}}}}\n"));
    let p = dataset(&format!("  schema:\n    fields:\n{fields}"), &format!("{head}\n{}\n", vec!["110105"; n].join(",")));
    assert_eq!((told(&p, "SRC017"), told(&p, "SRC006"), told(&p, "OD002")), (vec![], vec![], vec![]));
}

#[test]
fn lists_have_their_limits_at_the_entry_beyond() {
    let list = |n: usize| numbered(n, |i| format!("v{i}, "));
    for (more, line) in [
        (format!("  schema: {{missingValues: [{}]}}\n", list(201)), 7),
        (format!("  schema: {{fields: [{{name: 年, trueValues: [{}]}}]}}\n", list(201)), 7),
        (format!("  schema: {{primaryKey: [{}]}}\n", list(51)), 7),
        (format!("  schema:\n    foreignKeys:\n{}", "    - {fields: [年], reference: {resource: '', fields: [年]}}\n".repeat(21)), 29),
        (format!("  dialect: {{headerRows: [{}]}}\n", numbered(51, |i| format!("{}, ", i + 1))), 7),
    ] {
        let p = dataset(&more, "年,值\n2020,1\n");
        assert_eq!(told(&p, "SRC017").iter().map(|f| f.2).collect::<Vec<_>>(), [line], "{}", more.chars().take(30).collect::<String>());
    }
    for (blocks, line) in [("- changes\n".repeat(201), 204), ("- {block: chart, items: [datasets/d]}\n".repeat(21), 24)] {
        let p = Project::new(SITE);
        p.file("content/topics/t.yaml", format!("title: 题\npublished_at: 2025-12-01\nblocks:\n{blocks}"));
        assert_eq!(told(&p, "SRC017").iter().map(|f| f.2).collect::<Vec<_>>(), [line]);
    }
    // A Markdown table that is data, and a table wider than any.
    let p = Project::new(SITE);
    let row = |sign: &str| format!("|{}\n", format!("{sign}|").repeat(300));
    p.file("content/news/a.md", format!("---\ntitle: 甲\n---\n\n{}{}{}", row("a"), row("-"), row("b").repeat(500)));
    assert_eq!(told(&p, "SRC017").len(), 1);
    let p = dataset("", &format!("{}\n{}\n", (0..10_001).map(|c| format!("c{c}")).collect::<Vec<_>>().join(","), vec!["1"; 10_001].join(",")));
    assert_eq!(told(&p, "TAB012").len(), 1);
}

#[test]
fn texts_and_heads_of_one_sign_again_and_again() {
    let p = Project::new(SITE);
    p.file("content/news/a.md", format!("---\ntitle: 甲\npublished_at: 2025-12-01\n---\n\n{}\n", "〔2019〕61号".repeat(30_000)));
    p.file("content/news/b.md", format!("---\ntitle: 乙\npublished_at: 2025-12-01\nextra:\n{}---\n\n文\n", numbered(20_000, |n| format!("- &a{n} x\n"))));
    p.file("content/news/c.md", "---\ntitle: 关于&nbsp;印发\nsummary: A &amp; B\npublished_at: 2025-12-01\n---\n\n文\n");
    let found = soon(&p, "texts", "TXT018");
    assert_eq!(found.iter().map(|f| (f.1.as_str(), f.2)).collect::<Vec<_>>(), [("content/news/c.md", 2), ("content/news/c.md", 3)]);
}

#[test]
fn many_opinions_stand_on_two_hundred_pages_and_none_is_lost() {
    let p = Project::new(SITE);
    p.file(
        "content/consultations/c.md",
        "---\ntitle: 征求意见\nopens: 2026-01-01\ncloses: 2026-02-01\nresult: {on: 2026-02-20, received: 6000, adopted: 6000, rows: a.csv}\n---\n\n文\n",
    );
    p.file("content/consultations/a.csv", format!("opinion,outcome,reason\n{}", numbered(6_000, |n| format!("建议{n}甲,采纳,已写入\n"))));
    let ran = p.run(&["build", "--allow-errors", "--no-sync", "--as-of", "2026-11-29"]);
    assert!(p.exists("public/consultations/c/opinions/200/index.html") && !p.exists("public/consultations/c/opinions/201/index.html"), "{}", ran.out);
    let last = bare(&p.read("public/consultations/c/opinions/200/index.html"));
    assert!(last.contains("建议5970甲") && last.contains("建议5999甲") && !last.contains("建议5969甲"), "{last}");
}

#[test]
fn interpretations_of_one_document_do_not_name_all_the_others() {
    let p = Project::new(SITE);
    p.file("content/policies/p.md", "---\ntitle: 办法\npublished_at: 2025-11-01\n---\n\n第一条 甲。\n");
    for n in 0..130 {
        p.file(&format!("content/interpretations/i{n}.md"), format!("---\ntitle: 解读{n}号\npolicies: [p]\npublished_at: 2025-12-01\n---\n\n甲\n"));
    }
    p.run(&["build", "--allow-errors", "--no-sync"]);
    let page = p.read("public/interpretations/i0/index.html");
    let from = page.find("id=\"sib-title\"").expect("the others");
    let part = &page[from..page[from..].find("</section>").map_or(page.len(), |i| from + i)];
    let named = (1..130).filter(|n| part.contains(&format!("解读{n}号"))).count();
    assert!(named == 100 && part.contains("/policies/p/") && part.contains("129"), "{named} {}", &part[part.len().saturating_sub(300)..]);
    let policy = p.read("public/policies/p/index.html");
    assert!((0..130).all(|n| policy.contains(&format!("解读{n}号"))));
}

#[test]
fn tasks_keep_their_names() {
    let p = Project::new(SITE);
    let tasks = numbered(300, |n| format!("- {{what: 事{}, due: 2026-0{}-30}}\n", n % 150, 4 + n % 2));
    p.file("content/policies/a.md", format!("---\ntitle: 办法\npublished_at: 2025-11-01\ntasks:\n{tasks}---\n\n第一条 甲。\n"));
    p.file("content/policies/b.md", "---\ntitle: 细则\npublished_at: 2025-12-01\ntasks:\n- {what: 另一事, due: 2026-05-30}\n---\n\n第一条 甲。\n");
    p.run(&["build", "--allow-errors", "--no-sync", "--as-of", "2026-03-01"]);
    let json: serde_json::Value = serde_json::from_str(&p.read("public/tasks/tasks.json")).expect("tasks");
    let ids: std::collections::BTreeSet<&str> = json["tasks"].as_array().expect("a list").iter().filter_map(|t| t["id"].as_str()).collect();
    assert_eq!(ids.len(), 301, "{ids:?}");
    assert!(
        json["tasks"]
            .as_array()
            .expect("a list")
            .iter()
            .all(|t| t["id"].as_str().is_some_and(|i| i.starts_with(&format!("{}#task-", t["policy"].as_str().unwrap_or("")))))
    );
}

#[test]
fn groups_of_a_benefit_have_a_budget() {
    let of = |groups: usize, benefits: usize| {
        let p = Project::new(SITE);
        let who: String = (0..groups).map(|n| format!("人{n}, ")).collect();
        let rows: String = (0..benefits).map(|n| format!("- {{who: [{who}], what: 补{n}}}\n")).collect();
        p.file("content/policies/p.md", format!("---\ntitle: 甲\npublished_at: 2025-12-01\nbenefits:\n{rows}---\n\n文\n"));
        p.codes().contains(&"SRC017".to_string())
    };
    assert!(!of(30, 2) && of(31, 2) && !of(1, 500) && of(1, 501));
}
