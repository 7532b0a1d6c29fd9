//! Slips of the keyboard, heads in disguise, bombs, names of files: each finding at its place, and nothing that only follows from it.
#![expect(clippy::disallowed_methods, reason = "tests make and break files")]

use crate::support::{Project, SITE, SITE_CN, copy_tree, run_in, shared, tree};
use std::time::{Duration, Instant};

/// A head, and the findings about it as (code, line, column).
type Broken = (&'static str, &'static [(&'static str, u64, u64)]);

/// What people who type Chinese write into a head. No other finding about fields may come with it.
static HEADS: &[Broken] = &[
    ("title：通知", &[("SRC020", 2, 6)]),
    ("title： 通知", &[("SRC020", 2, 6)]),
    ("title: 通知\nissuer：[office]", &[("SRC020", 3, 7)]),
    ("title: 通知\nissuer：\n  - office", &[("SRC020", 3, 7)]),
    ("标题：通知\n文号：无", &[("SRC020", 2, 3), ("SRC020", 3, 3)]),
    ("title: 通知\n文号：无", &[("SRC020", 3, 3)]),
    ("title: 通知\nextra:\n  tel：1", &[("SRC020", 4, 6)]),
    ("title: 通知\nwithdrawn:\n  on：2026-01-01\n  reason: 错", &[("SRC020", 4, 5)]),
    ("title: 通知\nwithdrawn: {on：2026-01-01}", &[("SRC020", 3, 15)]),
    ("title: 通知\nwithdrawn: {on: 2026-01-01，reason: 错}", &[("SRC020", 3, 27)]),
    ("title: 通知\nwithdrawn: {on:2026-01-01}", &[("SRC020", 3, 15)]),
    ("title: 通知\nchanges:\n- on：2026-01-01\n  note：改", &[("SRC020", 4, 5), ("SRC020", 5, 7)]),
    ("title:通知", &[("SRC020", 2, 6)]),
    ("title: 通知\ndraft:true", &[("SRC020", 3, 6)]),
    ("title: 通知\ndraft = true", &[("SRC020", 3, 7)]),
    ("title:　通知", &[("SRC020", 2, 7)]),
    ("title:\u{a0}通知\nissuer: office", &[("SRC020", 2, 7)]),
    ("title: 通知\n　　issuer: office", &[("SRC020", 3, 1)]),
    ("title: 通知\n\u{a0}\u{a0}draft: true", &[("SRC020", 3, 1)]),
    ("title: 通知\nkeywords:\n　　- 收费", &[("SRC020", 4, 1)]),
    ("title: 通知\nsummary: |\n　　第一段", &[("SRC020", 4, 1)]),
    ("title: 通知\n\tissuer: office", &[("SRC004", 3, 1)]),
    ("title: 通知\nkeywords: [收费，登记]", &[("SRC020", 3, 14)]),
    ("title: 通知\nkeywords: [收费、登记]", &[("SRC020", 3, 14)]),
    ("title: 通知\nkeywords: [收费；登记, 甲]", &[("SRC020", 3, 14)]),
    ("title: 通知\nkeywords:\n  [收费，登记]", &[("SRC020", 4, 6)]),
    ("title: 通知\nkeywords: 收费，登记", &[("SRC020", 3, 13)]),
    ("title: 通知\nkeywords: 收费,登记", &[("SRC020", 3, 13)]),
    ("title: 通知\nkeywords: 【收费，登记】", &[("SRC020", 3, 11)]),
    ("title: 通知\nkeywords: ［收费，登记］", &[("SRC020", 3, 11)]),
    ("title: 通知\nkeywords: ［收费, 登记]", &[("SRC020", 3, 11)]),
    ("title: 通知\nkeywords: [收费, 登记】", &[("SRC020", 3, 18)]),
    ("title: 通知\nattachments: 【a.pdf】", &[("SRC020", 3, 14)]),
    ("title: 通知\nissuer: [office，nobody]", &[("SRC020", 3, 16)]),
    ("title: 通知\nkeywords: [“收费”, 登记]", &[("SRC020", 3, 12)]),
    ("title: 通知\nkeywords:\n  — 收费\n  — 登记", &[("SRC020", 4, 3), ("SRC020", 5, 3)]),
    ("title: 通知\nkeywords:\n－收费", &[("SRC020", 4, 1)]),
    ("title: 通知\nkeywords:\n  • 收费", &[("SRC020", 4, 3)]),
    ("title: 通知\nkeywords:\n  -收费", &[("SRC020", 4, 3)]),
    ("title: “通知”", &[("SRC020", 2, 8)]),
    ("title: ‘通知’", &[("SRC020", 2, 8)]),
    ("title: \"通知”", &[("SRC020", 2, 11)]),
    ("title: 通知\nissuer: “office”", &[("SRC020", 3, 9)]),
    ("title: 通知\ndraft: “true”", &[("SRC020", 3, 8)]),
    ("title: 通知\npublished_at: “2026-01-01”", &[("SRC020", 3, 15)]),
    ("title: 通知　# 注释", &[("SRC020", 2, 10)]),
    ("title: 通知\n＃ 注释", &[("SRC020", 3, 1)]),
    ("title: 通知\n// 注释", &[("SRC020", 3, 1)]),
    ("title: 通知\npublished_at: ２０２５－０１－０１", &[("SRC007", 3, 15)]),
    ("title: 通知\nformed_on: 2025—01—01", &[("SRC007", 3, 12)]),
    ("title: 通知\nformed_on: 20250101", &[("SRC007", 3, 12)]),
    ("title: 通知: 关于", &[("SRC004", 2, 10)]),
    ("title: [2026]1号通知", &[("SRC004", 2, 14)]),
    ("title: @通知", &[("SRC004", 2, 8)]),
    ("title: %提高", &[("SRC004", 2, 8)]),
    ("title: 通知\nkeywords:\n- 收费\n - 登记", &[("SRC020", 5, 2)]),
    ("title: 通知\nkeywords:\n  - 收费\n    - 登记\n    - 甲", &[("SRC020", 5, 5)]),
    ("title: 通知\nkeywords: 收费\n  - 登记", &[("SRC020", 4, 3)]),
    ("title: 通知\nkeywords:\n  - 收费\n - 登记", &[("SRC020", 5, 1)]),
    ("title: 通知\n  summary: 文", &[("SRC020", 3, 1)]),
    ("title: 通知\n summary: 文\nissuer: [office]", &[("SRC020", 3, 1)]),
    ("title: 通知\nwithdrawn:\n   on: 2026-01-01\n  reason: 错", &[("SRC020", 5, 1)]),
    ("title: 通知\nkeywords: [收费, 登记", &[("SRC004", 3, 11)]),
    ("title: 通知\nkeywords: [收费, 登记\nissuer: [office]", &[("SRC004", 3, 11)]),
    ("title: 通知\nkeywords: [收费,\n  登记\nissuer: [office]", &[("SRC004", 3, 11)]),
    ("title: 通知\nissuer: [office\npublished_at: 2026-01-01", &[("SRC004", 3, 9)]),
    ("title: 通知\nwithdrawn: {on: 2026-01-01, reason: 错\nkeywords: {甲: 1}", &[("SRC004", 3, 12)]),
    ("title: *通知*", &[("SRC004", 2, 8)]),
    ("title: \"甲\"乙", &[("SRC020", 2, 10)]),
    ("title: 通知\nDraft: true", &[("SRC005", 3, 1)]),
    ("title: 通知\ndarft: true", &[("SRC005", 3, 1)]),
    ("title: 通知\n草稿: 是", &[("SRC005", 3, 1)]),
    ("title: 通知\npublished: false", &[("SRC005", 3, 1)]),
    ("title: 通知\nstatus: draft", &[("SRC005", 3, 1)]),
    ("title: 通知\nprivate: true", &[("SRC005", 3, 1)]),
    ("title: 通知\ndraft: ture", &[("SRC008", 3, 8)]),
    ("titel: 通知", &[("SRC005", 2, 1)]),
    // Nothing is wrong with these.
    ("title: “放管服”改革", &[]),
    ("title: “甲”和“乙”", &[]),
    ("title: 说明：关于收费，登记", &[]),
    ("title: 【通知】关于", &[]),
    ("title: 通知\nkeywords: [\"收费，登记\", '甲、乙']", &[]),
    ("title: 通知\nkeywords: [《收费，登记》, 乙]", &[]),
    ("title: 通知\nsummary: >\n  来源：甲\n  title：乙", &[]),
    ("title: 通知\nsummary: 第一行\n  title：乙", &[]),
    ("title: 通知\nsummary:\n  来源：统计局，每年", &[]),
    ("title: 通知\nsummary: \"第一行\n  title：乙\"", &[]),
    ("title: 通知\nextra: {a: 可下载、可再用的文件，附大小；说明, b: \"c\"}", &[]),
    ("title: 通知\nextra: [可下载，可再用]", &[]),
    ("title: 通知\nsource_url: http://a.cn/b", &[]),
    ("title: 通知 # 注释：甲，乙", &[]),
    ("title: 通知\ndraft: True", &[]),
];

fn about_fields(p: &Project) -> Vec<(String, String, u64, u64)> {
    let mut all = p.findings(&[]);
    all.retain(|f| f.0.starts_with("SRC") && f.0 != "SRC012" || f.0 == "ITP003");
    all
}

#[test]
fn slips_are_named_where_they_stand() {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    for (n, (head, _)) in HEADS.iter().enumerate() {
        p.file(&format!("content/news/n{n:03}.md"), format!("---\n{head}\n---\n正文\n"));
    }
    let found = about_fields(&p);
    for (n, (head, want)) in HEADS.iter().enumerate() {
        let name = format!("content/news/n{n:03}.md");
        let got: Vec<(&str, u64, u64)> = found.iter().filter(|f| f.1 == name).map(|f| (f.0.as_str(), f.2, f.3)).collect();
        assert_eq!(&got[..], *want, "{head}");
    }
}

#[test]
fn no_line_is_given_where_nobody_knows_which() {
    let p = Project::new(SITE);
    p.file("content/news/n.md", "---\ntitle: 通知\nkeywords: 《收费，登记》\n---\n正文\n");
    let out = p.run(&["check", "--lang", "zh"]).out;
    assert!(out.contains("SRC020") && !out.contains("《收费, 登记》"), "{out}");
}

#[test]
fn the_hint_is_the_line_as_it_should_be() {
    for (head, line) in [
        ("title：通知", "title: 通知"),
        ("title: 通知\n标题：甲", "title: 甲"),
        ("title: 通知\nkeywords: 【收费，登记】", "keywords: [收费, 登记]"),
        ("title: 通知\nkeywords: [“收费”，“登记，备案”]", "keywords: [\"收费\", \"登记，备案\"]"),
        ("title: 通知\nwithdrawn: {on：2026-01-01，reason：错}", "withdrawn: {on: 2026-01-01, reason: 错}"),
        ("title: 通知\n　　draft: true", "draft: true"),
        ("title: 通知\nsummary: |\n　　甲", "  甲"),
        ("title: “通知”", "title: \"通知\""),
        ("title: '关于25\"", "title: '关于25'"),
        ("title: 通知\nkeywords: [\"收费\"，\"登记\"]", "`keywords: [\"收费\", \"登记\"]`"),
        ("title: 通知\nkeywords: [\"收费“,\"登记\"]", "`keywords: [\"收费\",\"登记\"]`"),
        ("title: 通知\nkeywords: [\"收费\", \"登记“]", "`keywords: [\"收费\", \"登记\"]`"),
        ("title: 通知\nkeywords: [“收费”，“登记”]", "`keywords: [\"收费\", \"登记\"]`"),
        ("title: 通知\nkeywords: 《收费》、《登记》", "`keywords: [《收费》, 《登记》]`"),
        ("title: 通知\nissuer: office,civil-affairs", "`issuer: [office, civil-affairs]`"),
        ("title: 通知\naliases: ［\"/a.html\"，\"/b.html\"］", "`aliases: [\"/a.html\", \"/b.html\"]`"),
        ("title: 通知\nattachments:\n  - ｛file: a.txt, title: 附件｝", "`  - {file: a.txt, title: 附件}`"),
        ("title: 通知\nattachments:\n  - ｛file：a.txt，title：附件（一），二｝", "`  - {file: a.txt, title: 附件（一），二}`"),
        ("title: 通知\npublished_at: 2026－03－01", "published_at: 2026-03-01"),
        ("title: 通知: 关于", "title: \"通知: 关于\""),
        ("title: 通知\npublished_at: ２０２５年１月２日。", "published_at: 2025-01-02"),
        ("title: 通知\n\tdraft: true", "`draft: true`"),
    ] {
        let p = Project::new(SITE);
        p.file("content/news/a.md", format!("---\n{head}\n---\n正文\n"));
        let ran = p.run(&["check"]);
        assert!(ran.out.contains(line), "{head}: {}", ran.out);
    }
}

#[test]
fn a_head_in_disguise_is_never_published() {
    for head in [
        "+++\ntitle = \"秘密\"\ndraft = true\n+++\n",
        "{\"title\": \"秘密\", \"draft\": true}\n",
        "\n---\ntitle: 秘密\ndraft: true\n---\n",
        "———\ntitle: 秘密\ndraft: true\n———\n",
        "－－－\ntitle: 秘密\ndraft: true\n－－－\n",
        "***\ntitle: 秘密\ndraft: true\n***\n",
        "----\ntitle: 秘密\ndraft: true\n----\n",
        "—-\ntitle: 秘密\ndraft: true\n—-\n",
        "<!-- 注 -->\n---\ntitle: 秘密\ndraft: true\n---\n",
        "title: 秘密\ndraft: true\n---\n",
        "---\ntitle: 秘密\ndraft: true\n———\n",
        "---\ntitle: 秘密\n　draft: true\n---\n",
        "---\ntitle: 秘密\ndraft：true\n---\n",
        "---\ntitle: 秘密\nDRAFT: true\n---\n",
        "---\ntitle: 秘密\npublished_at: ２０３０－０１－０１\n---\n",
    ] {
        let p = Project::new(SITE);
        p.file("content/news/good.md", "---\ntitle: 好\n---\n正文\n").file("content/news/a.md", format!("{head}秘密的正文\n"));
        assert_eq!(p.run(&["build"]).code, 1, "{head}");
        let ran = p.run(&["build", "--hold-back"]);
        assert!(p.exists("public/news/good/index.html"), "{head}: {}", ran.out);
        assert!(crate::support::tree(&p.path("public")).iter().all(|(n, b)| !crate::support::shown(n, b).contains("秘密")), "{head}");
    }
}

#[test]
fn a_folder_that_is_mistyped_stops_the_build() {
    let p = Project::new(&format!("{SITE}content: [{{path: content, owner: office}}, {{path: jiaoyujv, owner: office}}]\n"));
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n").file("jiaoyuju/news/a.md", "---\ntitle: 甲\n---\n文\n");
    let ran = p.run(&["build"]);
    assert!(ran.code == 1 && ran.out.contains("SRC024") && ran.out.contains("jiaoyuju"), "{}", ran.out);
    assert!(!p.exists("public"));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_never_opened() {
    let pipe = |path: &std::path::Path| assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    let start = Instant::now();
    let p = Project::new(SITE);
    std::fs::remove_file(p.path("site.yaml")).unwrap();
    pipe(&p.path("site.yaml"));
    let ran = p.run(&["build"]);
    assert!(ran.code != 0 && ran.out.contains("SRC003"), "{ran:?}");
    let p = Project::new(SITE);
    p.file("content/news/good.md", "---\ntitle: 好\n---\n文\n");
    for name in ["content/news/a.md", "content/news/a.pdf", "content/departments.yaml", "urls.txt", "baseline.tsv"] {
        pipe(&p.path(name));
    }
    let found = p.findings(&[]);
    let places: Vec<&str> = found.iter().filter(|f| f.0 == "SRC003").map(|f| f.1.as_str()).collect();
    assert_eq!(places, ["baseline.tsv", "content/departments.yaml", "content/news/a.md", "content/news/a.pdf", "urls.txt"]);
    // A folder of content that leads to itself.
    let p = Project::new(SITE);
    std::os::unix::fs::symlink("content", p.path("content")).unwrap();
    assert!(p.findings(&[]).iter().any(|f| f.0 == "SRC003"));
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn bombs_of_a_megabyte_end_soon() {
    let many = |line: &str, n: usize| line.repeat(n);
    let numbered = |n: usize, f: &dyn Fn(usize) -> String| (0..n).map(f).collect::<String>();
    let head = |h: &str| format!("---\ntitle: 甲\n{h}\n---\n文\n");
    let body = |b: &str| format!("---\ntitle: 甲\n---\n{b}\n");
    for (what, text) in [
        ("unknown keys", head(&numbered(90_000, &|i| format!("k{i}: 1\n")))),
        ("keys on one line", format!("---\n{{title: 甲,{}}}\n---\n", numbered(90_000, &|i| format!("k{i}: 1,")))),
        ("one key again", head(&many("a: 1\n", 160_000))),
        ("one key again on one line", format!("---\n{{title: 甲,{}}}\n---\n", many("a: 1,", 160_000))),
        ("lists in a list", head(&format!("keywords: [{}]", many("[a],", 200_000)))),
        ("attachments", head(&format!("attachments: [{}]", many("a,", 300_000)))),
        ("themes", head(&format!("theme: [{}]", many("a,", 300_000)))),
        ("issuers", head(&format!("issuer: [{}]", many("a,", 300_000)))),
        ("relations", head(&format!("repeals: [{}]", many("a,", 300_000)))),
        ("changes", head(&format!("changes:\n{}", many("- {}\n", 150_000)))),
        ("full-width colons", head(&many("题目：甲\n", 60_000))),
        ("full-width commas", head(&format!("keywords: [{}]", many("甲，", 150_000)))),
        ("lone quotes", head(&format!("keywords: [{}]", many("甲”,", 140_000)))),
        ("brackets that may close", head(&format!("keywords: [{}]", many("甲】,", 140_000)))),
        ("full-width blanks", head(&format!("keywords: [\"甲\",{}\"乙\"]", many("\u{3000}", 300_000)))),
        ("anchors", head(&format!("extra: {}{}{}", numbered(50, &|i| format!("&a{i} [")), many("1,", 300_000), many("]", 50)))),
        ("aliases", head(&format!("extra: [&a x,{}]", many("*a,", 300_000)))),
        ("aliases of the item", head(&format!("aliases:\n{}", many("- /a\n", 150_000)))),
        ("links to nothing", body(&many("[a](b.md) ", 90_000))),
        ("pictures of nothing", body(&many("![](a.png) ", 80_000))),
        ("links that are not safe", body(&many("[a](x:y)\n", 90_000))),
    ] {
        let p = Project::new(SITE);
        p.file("content/policies/a.md", text);
        let start = Instant::now();
        let ran = p.run(&["check"]);
        let took = start.elapsed();
        // A build for tests is some ten times slower than a release, and the machine may be busy.
        assert!(took < Duration::from_secs(25), "{what}: {took:?}");
        assert!(ran.code < 2 && !ran.out.is_empty() && ran.out.len() < 200_000, "{what}: {} {} bytes", ran.code, ran.out.len());
    }
}

#[test]
fn good_files_have_no_slips() {
    // The portal of this project, of which every file is well written.
    let dir = crate::support::sample();
    let ran = crate::support::run_in(dir.path(), &["check", "--format", "json"]);
    assert!(!ran.out.contains("SRC020") && !ran.out.contains("SRC021"), "{}", ran.out);
}

fn case(name: &str) -> Project {
    let p = Project::new(SITE);
    copy_tree(&shared("cases").join(name), p.root());
    p
}

#[test]
fn attachments_are_names_of_files() {
    let p = case("attachment-names");
    p.file(
        "content/news/c.md",
        "---\ntitle: 三\n---\n见[一](1%23楼公示表.pdf)、[二](甲%2520乙.pdf)、[三](100%25完成.pdf)、[四](<甲%20乙.pdf>)、[五](<x y.pdf>)。\n",
    );
    p.file("content/news/x y.pdf", "%PDF-1.4\n");
    let ran = p.run(&["build", "--allow-errors", "--format", "json"]);
    for code in ["SRC015", "LNK001", "URL002"] {
        assert!(!ran.out.contains(code), "{code}: {}", ran.out);
    }
    for file in ["1#楼公示表.pdf", "100%完成.pdf", "甲%20乙.pdf", "x y.pdf"] {
        assert!(p.exists(&format!("public/news/{file}")), "{file}: {}", ran.out);
    }
    let page = p.read("public/news/b/index.html");
    assert!(page.matches("/news/1%23%E6%A5%BC").count() >= 2 && !page.contains("1#楼公示表.pdf\""), "{page}");
    let page = p.read("public/news/c/index.html");
    for url in ["/news/1%23%E6%A5%BC", "/news/%E7%94%B2%2520%E4%B9%99.pdf", "/news/100%25%E5%AE%8C", "/news/x%20y.pdf"] {
        assert!(page.contains(url), "{url}: {page}");
    }
}

#[test]
fn a_document_without_text_one_entered_twice_and_an_empty_column() {
    let found = case("policy-without-text").findings(&[]);
    for (code, file) in [("POL007", "content/policies/p.md"), ("POL008", "content/policies/q.md"), ("UPD004", "content/tongzhi/_column.yaml")] {
        assert_eq!(found.iter().filter(|f| f.0 == code).map(|f| f.1.as_str()).collect::<Vec<_>>(), [file], "{code}");
    }
}

#[test]
fn nothing_follows_from_a_file_that_cannot_be_read() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- id：office\n  name：办\n")
        .file("content/policies/2025/p.md", "---\ntitle：通知\n---\n正文\n")
        .file("content/policies/gbk.md", b"---\ntitle: \xB9\xAB\n---\n")
        .file("content/policies/q.md", "---\ntitle: 乙\nissuer: [office]\nrelated: [gbk, 2025/p]\n---\n见[甲](2025/p.md)、[丙](gbk.md)。\n")
        .file("content/interpretations/i.md", "---\ntitle: 解读\npolicies: [2025/p]\ninterpreter_org: office\n---\n正文\n");
    let found = p.findings(&[]);
    let codes: Vec<(&str, &str)> =
        found.iter().filter(|f| matches!(&*f.0, "SRC011" | "ITP003" | "LNK001" | "SRC001" | "SRC020" | "SRC004")).map(|f| (&*f.0, &*f.1)).collect();
    assert_eq!(
        codes,
        [
            ("SRC020", "content/departments.yaml"),
            ("SRC020", "content/departments.yaml"),
            ("SRC020", "content/policies/2025/p.md"),
            ("SRC001", "content/policies/gbk.md")
        ]
    );
}

#[test]
fn links_and_relations_say_what_may_be_meant() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n- {id: office, name: 教育局}\n")
        .file("content/policies/2025/notice.md", "---\ntitle: 关于办理的通知\n---\n正文\n")
        .file("content/policies/表格.pdf", "%PDF")
        .file("content/policies/旧稿.docx", "PK")
        .file("content/interpretations/a.md", "---\ntitle: 甲\npolicies: [2025/notise]\n---\n正文\n")
        .file("content/interpretations/b.md", "---\ntitle: 乙\npolicies: [关于办理的通知]\n---\n正文\n")
        .file(
            "content/news/c.md",
            "---\ntitle: 丙\n---\n写信<mail@x.cn>，见[表](../policies/表格.doc)。\n\n[一](C:\\Users\\a\\b.docx) [二](file:///D:/a.pdf) ![三](/Users/a/b.png) [四](<\\\\server\\a\\b.doc>)\n",
        );
    let found = p.findings(&[]);
    let at = |code: &str| found.iter().filter(|f| f.0 == code).map(|f| (f.1.as_str(), f.2, f.3)).collect::<Vec<_>>();
    assert_eq!(at("LNK004"), [("content/news/c.md", 6, 1), ("content/news/c.md", 6, 24), ("content/news/c.md", 6, 46), ("content/news/c.md", 6, 67)]);
    assert_eq!(at("LNK001"), [("content/news/c.md", 4, 16)]);
    // 表格.pdf is what a link means: that is told at the link alone.
    assert_eq!(at("SRC022"), [("content/policies/旧稿.docx", 0, 0)]);
    assert_eq!(at("SRC009"), [("content/departments.yaml", 2, 8)]);
    let text = run_in(p.root(), &["check"]).out;
    assert!(text.matches("did you mean `2025/notice`").count() == 2 && text.contains("did you mean `../policies/表格.pdf`"), "{text}");
    assert!(text.contains("the id `office` is there twice; 办公室 has it already"), "{text}");
}

#[test]
fn what_the_scaffolds_leave_is_known() {
    use clerestory::check::LEFT;
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    for (kind, name) in [("policy", "p"), ("dataset", "d"), ("topic", "t")] {
        let ran = p.run(&["new", kind, name]);
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    let files = crate::support::tree(&p.path("content"));
    let texts: Vec<String> = files
        .iter()
        .filter(|(n, _)| n.ends_with(".md") || n.ends_with(".yaml") && n.contains('/'))
        .map(|(_, b)| String::from_utf8_lossy(b).into_owned())
        .collect();
    assert_eq!(texts.len(), 3, "{:?}", files.keys());
    for t in texts {
        assert!(LEFT.iter().any(|l| t.contains(l)), "{t}");
    }
    // What `init` writes is an example as long as the site is one; at an address of its own it is told, text by text.
    for (lang, kind, items) in [("zh", "city-cn", 4), ("en", "city-cn", 4), ("zh", "open-data", 2), ("en", "open-data", 2)] {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(crate::support::run_as(dir.path(), &["init", "site", "--kind", kind, "--lang", lang]).code, 0);
        let site = dir.path().join("site");
        let codes = |p: &std::path::Path| {
            let ran = crate::support::run_as(p, &["check", "--format", "json"]);
            let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
            json["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "TXT015").count()
        };
        assert_eq!(codes(&site), 0, "{lang} {kind}");
        let settings = std::fs::read_to_string(site.join("site.yaml")).unwrap();
        let live = settings.replace("demo: true\n", "").replace("https://www.example.gov.cn/", "https://www.putian.gov.cn/");
        std::fs::write(site.join("site.yaml"), live.replace("https://data.example.org/", "https://data.putian.gov.cn/")).unwrap();
        assert_eq!(codes(&site), items, "{lang} {kind}");
    }
}

#[test]
fn a_word_is_found_behind_an_elided_article() {
    use clerestory::index::tokens::{Run, normalise, runs};
    let words = |t: &str| {
        let mut out = Vec::new();
        runs(&normalise(t), |r| out.extend(if let Run::Word(w) = r { Some(w.to_string()) } else { None }));
        out.join(" ")
    };
    for (text, want) in [
        ("l'école L’École l'ECOLE", "école école ecole"),
        ("d'Alger d’eau qu'il jusqu’à lorsqu'on", "alger eau il à on"),
        ("dell'acqua nell’anno un'altra sant'Anna", "acqua anno altra anna"),
        ("don't don’t donʼt citizen's C's I'm O'Brien", "dont dont dont citizens cs im obrien"),
        ("aujourd'hui l' d'a rock'n'roll", "aujourdhui l da rocknroll"),
        ("п’ять п'ять пʼять", "пять пять пять"),
    ] {
        assert_eq!(words(text), want, "{text}");
    }
}

/// A plural behind a number that is perhaps one: `{n} places`, where `counted` belongs.
#[test]
fn no_english_message_says_one_places() {
    // Numbers that are limits, or are more than one where the message is made.
    let known = [
        "{below} addresses below",
        "{} bytes, more than",
        "{most} files; the rest",
        "{n} points are left",
        "{} cells where the head",
        "{most} values; not read",
        "{rows} rows of {width} columns",
        "{width} columns",
        "the first {} lines",
        "{usual} cells",
        "{n} files; only the first",
        "{count} redirects are more than",
        "{lines} rules and",
        "{} findings",
        "{} places in this file",
        "in {days} days",
        "{days} days after",
        "{n} files, of",
        "{} parts of it",
        "{places} places are",
        "{en} rows, but",
        "{} has no numbers",
        "{} names a resource",
        "{dynamic} rules with",
        "{url} redirects",
        // Of a declaration that is wrong: seen by us only.
        "{} has no languages",
        "{} has other words",
        "{} has no fields of its own",
        "more than {n} sheets",
        "at least {n} working days after it was made",
        "{} names no items of a folder",
        "ended {days} days ago, and no result",
        "{n} working days ago, and has no",
        "the text has {lines} lines, more than",
        // Two at least: a sign that parts a line, a name that stands twice.
        "in {columns} columns",
        // Above sixty.
        "{times} times as much",
        "names {count} files, of which",
        // Above fourteen, ten, the cells of a head.
        "{ago} days ago; a home page",
        "{n} columns are late",
        // Of a text of many; of a sentence that is long; of days above a fortnight; a score.
        "of {all} characters are traditional",
        "a sentence of {n} words",
        "{} and all pages",
        "at most {MOST} are taken at once",
        "on the home page is {days} days ago",
        "nothing new for {days} days",
        "Fails: {s} points",
        "what was checked: {s} points",
        "this row has {n} cells, more than the head",
    ];
    let nouns = "addresses|areas|articles|bytes|cells|changes|characters|charts|columns|datasets|days|digits|documents|errors|events|features|fields|files|findings|folders|items|languages|lines|links|messages|minutes|names|numbers|pages|parts|pieces|places|points|policies|records|redirects|rows|rules|series|sheets|tables|terms|texts|times|values|versions|warnings|words|years";
    let plural = regex::Regex::new(&format!(r"\{{[a-z_.]*\}} (?:[a-z]+ ){{0,2}}(?:{nouns})\b")).unwrap();
    let literal = regex::Regex::new(r#""(?:[^"\\\n]|\\.)*""#).unwrap();
    let mut wrong = Vec::new();
    for (name, bytes) in tree(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = String::from_utf8(bytes).unwrap_or_default();
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for l in literal.find_iter(code).map(|m| m.as_str()).filter(|l| !l.contains(clerestory::load::chars::is_han)) {
            wrong.extend(plural.find_iter(l).filter(|_| !known.iter().any(|k| l.contains(k))).map(|m| format!("{name}: {} in {l}", m.as_str())));
        }
    }
    // The theme: a message with {n} before a plural has both forms.
    let theme = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic/i18n/en.yaml")).unwrap();
    for l in theme.lines().filter(|l| !l.contains("one:") && !l.contains("of {n}")) {
        let n = l.replace("{n}", "{}");
        wrong.extend(plural.find(&n).filter(|m| m.as_str().starts_with("{} ")).filter(|_| l.contains("{n}")).map(|_| l.to_string()));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_missing_is_told_in_the_words_of_the_day() {
    let site = "title: 测试站\nbase_url: https://example.org/\nas_of: 2026-01-05\nprofile: cn-gov\ndemo: true\n";
    for (day, en) in [("2026-01-05", "published today without"), ("2026-01-04", "published yesterday without"), ("2026-01-01", "4 days after publication")] {
        let p = Project::new(site);
        p.file("content/policies/a.md", format!("---\ntitle: 关于甲的通知\npublished_at: {day}\ninterpretation: required\n---\n{}\n", "正文。".repeat(30)));
        let out = p.run(&["check"]);
        assert!(out.err.contains(en) || out.out.contains(en), "{day}: {out:?}");
    }
}

#[test]
fn a_short_text_with_links_to_pages_is_no_text_in_a_file() {
    let p = Project::new(SITE_CN);
    p.file("content/pages/b.md", "---\ntitle: 乙\n---\n正文\n");
    for (text, told) in [
        ("见[乙](/pages/b.md)。", false),
        ("见[国务院](https://www.gov.cn/)。", false),
        ("见[网页](https://www.gov.cn/a.html)。", false),
        ("详见[附件](a.pdf)。", true),
        ("见[附件](https://example.org/a.PDF?x=1)", true),
        ("短讯一则。", false),
    ] {
        p.file("content/news/a.md", format!("---\ntitle: 关于甲的消息\npublished_at: 2025-01-01\n---\n{text}\n")).file("content/news/a.pdf", b"%PDF-1.4\n");
        let out = p.run(&["check"]);
        let all = out.out + &out.err;
        assert_eq!(all.contains("POL007"), told, "{text}: {all}");
        assert!(!told || all.contains("characters only; all that matters is in the file"), "{all}");
    }
}

#[test]
fn a_file_that_is_no_utf_8_says_what_it_is() {
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("---\ntitle: 甲\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let gbk = b"---\ntitle: a\nx: \xB9\xAB\xB8\xE6\n---\n".to_vec();
    for (bytes, en, line) in [
        (utf16, "UTF-16", 1),
        (gbk, "GBK", 3),
        (b"PK\x03\x04\x14\0\x06\0\xFF\xFE".to_vec(), "Word or Excel", 1),
        (b"\xD0\xCF\x11\xE0\xA1".to_vec(), "old Word", 1),
        (b"%PDF-1.4\n%\xE2\xE3\xCF\n".to_vec(), "PDF", 2),
        (b"---\ntitle: \xFF\xFF\n".to_vec(), "not UTF-8 from here on", 2),
    ] {
        let p = Project::new(SITE_CN);
        p.file("content/news/a.md", bytes);
        let found: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "SRC001").map(|f| f.2).collect();
        assert_eq!(found, [line], "{en}");
        let out = p.run(&["check"]);
        assert!((out.out + &out.err).contains(en), "{en}");
    }
}

#[test]
fn what_follows_from_a_slip_is_no_finding_of_its_own() {
    let head = "title: 关于甲的通知\ndoc_no: none\nformed_on: 2025-01-01\neffective_from: 2025-01-01\ndoc_type: 通知\n";
    let told = |name: &str, text: String| {
        let p = Project::new(SITE_CN);
        p.file(name, text);
        p.file(
            "content/policies/a.md",
            format!("---\n{head}published_at: 2025-01-01\nsource: 市政府\ntheme: 综合政务/政务公开\n---\n{}\n", "正文。".repeat(20)),
        );
        let name = name.to_string();
        p.findings(&[]).into_iter().filter(|f| f.1 == name).map(|f| f.0).collect::<Vec<_>>()
    };
    let text = "正文。".repeat(20);
    let b = "content/policies/b.md";
    assert_eq!(told(b, format!("---\n{head}publised_at: 2025-01-01\nsource: 市政府\ntheme: 综合政务/政务公开\n---\n{text}\n").replace("甲", "乙")), ["SRC005"]);
    assert_eq!(told(b, format!("---\n{head}published_at: 2025-01-01\nsorce: 市政府\ntheme: 综合政务/政务公开\n---\n{text}\n").replace("甲", "乙")), ["SRC005"]);
    assert_eq!(
        told(b, format!("---\n{head}published_at: 2025-01-01\nsource: 市政府\n主题分类: 综合政务/政务公开\n---\n{text}\n").replace("甲", "乙")),
        ["SRC005"]
    );
    for tag in ["fr", "chinese", "en-US", "英文"] {
        assert_eq!(told(&format!("content/policies/a.{tag}.md"), "---\ntitle: a\n---\nx\n".into()), ["SRC035"], "{tag}");
    }
    // No language: an item of its own.
    assert!(!told("content/policies/a.v2.md", "---\ntitle: a\n---\nx\n".into()).contains(&"SRC035".to_string()));
    let found = told("content/datasets/d/dataset.yaml", "title: 甲\ndescription: 甲的数据\nresources:\n  - {name: a, path: a.csv}\n".into());
    assert!(found.contains(&"SRC015".to_string()) && !found.contains(&"OD004".to_string()), "{found:?}");
}

/// Of one item with this head: what `check` says in the file, as (code, line, column).
fn of_head(head: &str) -> Vec<(String, u64, u64)> {
    let p = Project::new(SITE);
    p.file("content/news/a.md", format!("---\n{head}\npublished_at: 2025-01-01\n---\n正文写在这里，一共有二十多个字，不算太短。\n"));
    p.findings(&[]).into_iter().filter(|f| f.1.ends_with("a.md")).map(|f| (f.0, f.2, f.3)).collect()
}

#[test]
fn a_text_cut_by_a_comment_is_told() {
    for (head, line, column) in [
        ("title: 关于封闭 #3 楼电梯的通知", 2, 13),
        ("title: #3 楼", 2, 8),
        ("title: #楼", 2, 8),
        ("title: C# 与 #标签", 2, 13),
        ("title:\n  关于 #3 楼", 3, 6),
        ("title: 关于\n  封闭 #3 楼\n  电梯的通知", 3, 6),
        ("title: 通知\nkeywords: [政务 #3楼, 乙]", 3, 15),
        ("title: 通知\nkeywords:\n  - 政务 #3楼", 4, 8),
        ("title: 通知\nsummary: 见 #3 \"号\"", 3, 12),
        ("title: 通知\nsource: #5 窗口", 3, 9),
    ] {
        assert_eq!(of_head(head), [("SRC044".to_string(), line, column)], "{head}");
    }
    for head in [
        "title: 通知  # 说明",
        "title: 通知 #",
        "title: 通知 ## 说明",
        "title: \"好 #3\"",
        "title: '好 #3' #说明",
        "title: C#语言",
        "title: 通知\ndraft: false #先不公布",
        "title: 通知\nformed_on: 2025-01-01 #成文",
        "title: 通知\nauthor:  #没有",
        "title: 通知\nsummary: |  #说明\n  文字 #3",
        "#title\ntitle: 通知",
    ] {
        assert_eq!(of_head(head), [], "{head}");
    }
    let p = Project::new(SITE);
    p.file("content/news/a.md", "---\ntitle: 见 #3 \"号\"\n---\n正文\n");
    assert!(p.run(&["check"]).out.contains("write the text in quotes: `title: '见 #3 \"号\"'`"));
}

#[test]
fn a_table_without_bars_at_its_ends_is_one() {
    for table in [
        "学校 | 电话\n---|---\n一小 | 1\n",
        "- 学校 | 电话\n  ---|---\n  一小 | 1\n",
        "> a | b\n> ---|---\n> 1 | 2\n",
        "a | b\n--|--\n",
        "| a | b\n|--|--\n| 1 | 2\n",
    ] {
        let p = Project::new(SITE);
        p.file("content/news/a.md", format!("---\ntitle: 通知\npublished_at: 2025-01-01\n---\n一段正文。\n\n{table}"));
        assert!(!p.codes().contains(&"SRC032".to_string()), "{table}");
        p.build();
        assert!(p.read("public/news/a/index.html").contains("<table"), "{table}");
    }
    let p = Project::new(SITE);
    p.file("content/news/a.md", "---\ntitle: 通知\npublished_at: 2025-01-01\n---\n一段正文。\n\n学校 | 电话\n---|---|---\n一小 | 1\n");
    assert!(p.codes().contains(&"SRC032".to_string()));
}

#[test]
fn an_address_without_its_scheme_is_told_and_leads_out() {
    let p = Project::new("title: T\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\n");
    p.file("content/departments.yaml", "- {id: office, name: Office, url: www.riverton.gov}\n");
    p.file(
        "content/news/a.md",
        "---\ntitle: A\nissuer: [office]\npublished_at: 2025-01-01\nsource: F\nsource_url: www.fujian.gov.cn/x\n---\nText [file]() here.\n",
    );
    p.file(
        "content/datasets/t/dataset.yaml",
        "title: T\npublisher: office\nlicense: CC-BY-4.0\nfrequency: yearly\nissued: 2025-01-01\nmodified: 2025-01-01\naccess_rights: open\nresources:\n  - {name: a, url: www.riverton.gov/trees.pdf}\n  - {name: b, url: 'https://riverton.gov/trees.pdf'}\n",
    );
    let found: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "SRC045").map(|f| (f.1, f.2)).collect();
    let at = |f: &str, n| (format!("content/{f}"), n);
    assert_eq!(found, [at("datasets/t/dataset.yaml", 9), at("departments.yaml", 1), at("news/a.md", 6)]);
    assert!(p.findings(&[]).iter().any(|f| f.0 == "SRC032" && f.2 == 8), "a link without an address");
    p.build();
    for (name, bytes) in tree(&p.path("public")).iter().filter(|(n, _)| n.ends_with(".html")) {
        assert!(!String::from_utf8_lossy(bytes).contains("href=\"www."), "{name}");
    }
    assert!(p.read("public/news/a/index.html").contains("https://www.fujian.gov.cn/x"));
}
