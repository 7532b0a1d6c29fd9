//! Faults found by a fresh tester of the program: each kind with its test.
#![expect(clippy::disallowed_methods, reason = "tests read files")]

use crate::support::{Project, Ran, SITE, SITE_CN};

const DEPARTMENTS: &str = "- {id: civil-affairs, name: 市民政局}\n- {id: office, name: 办公室}\n- {id: a, name: 同名局}\n- {id: b, name: 同名局}\n";
const RESOURCE: &str = "resources:\n  - path: a.csv\n";

/// A project with departments, a policy and a dataset that have no fault.
fn project(site: &str) -> Project {
    let p = Project::new(site);
    p.file("content/departments.yaml", DEPARTMENTS)
        .file("content/policies/p.md", policy("title: 通知"))
        .file("content/datasets/d/a.csv", "地区,数\n甲,1\n乙,2\n")
        .file("content/datasets/d/dataset.yaml", dataset("publisher: office", RESOURCE));
    p
}

fn policy(title: &str) -> String {
    format!(
        "---\n{title}\ndoc_no: 甲发〔2025〕1号\nissuer: office\nformed_on: 2025-01-01\npublished_at: 2025-01-01\ntheme: 综合政务/政务公开\n---\n\n正文写在这里，请遵照执行。\n"
    )
}

fn dataset(publisher: &str, rest: &str) -> String {
    format!("title: 数据\npublished_at: 2025-01-01\n{publisher}\nlicense: CC-BY-4.0\nfrequency: yearly\naccess_rights: open\ndescription: 说明\n{rest}")
}

/// What `check` says, and the lines that begin a finding.
fn said(p: &Project) -> (Ran, Vec<String>) {
    let ran = p.run(&["check"]);
    let heads = ran.out.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()) && l.contains('[')).map(String::from).collect();
    (ran, heads)
}

/// A rule set that cannot be read must not let the site out with weaker rules.
#[test]
fn a_profile_that_cannot_be_read_stops_the_build() {
    assert!(said(&project(SITE_CN)).1.is_empty(), "the project has no fault of its own");
    for (line, code, word) in [
        ("profile: cn-gov-stric", "SRC008", "did you mean `cn-gov-strict`?"),
        ("profile: [cn-gov-strict]", "SRC006", "`profile: cn-gov-strict`"),
        ("profile:", "SRC008", "fill it in"),
        ("profile: ~", "SRC008", "fill it in"),
        ("profile: \"　\"", "SRC008", "fill it in"),
        ("profile: []", "SRC008", "fill it in"),
        ("profile: strong", "SRC008", "allowed: "),
        ("profile: {a: b}", "SRC006", "make it text"),
        ("Profile: cn-gov", "SRC005", "did you mean `profile`?"),
        ("profiles: cn-gov", "SRC005", "did you mean `profile`?"),
        ("规则方案: cn-gov", "SRC005", "did you mean `profile`?"),
    ] {
        let p = project(SITE);
        p.build();
        let before = p.read("public/index.html");
        p.file("site.yaml", format!("{SITE}demo: true\n{line}\n"));
        for args in [&["build"][..], &["build", "--allow-errors"], &["build", "--hold-back"]] {
            let ran = p.run(args);
            assert!(ran.code != 0 && ran.out.contains(&format!("error[{code}] blocks publishing")) && ran.out.contains(word), "{line} {ran:#?}");
            assert!(ran.out.contains("--> site.yaml:5:") && !ran.out.contains("SRC011"), "{line} {ran:#?}");
        }
        assert_eq!(p.read("public/index.html"), before, "{line}: nothing is swapped");
    }
    // Beside the field itself another of the like is an unknown field only.
    let p = project(&format!("{SITE_CN}profiles: x\n"));
    assert!(p.run(&["build"]).code == 0 && p.codes() == ["SRC005"]);
}

/// A required field that is written and left empty is as if it were not there, at its line.
#[test]
fn empty_values_are_missing_values() {
    for empty in ["", " ~", " null", " \"\"", " []", " \"　\"", " ' '"] {
        for key in ["publisher", "license", "frequency", "description"] {
            let p = project(SITE_CN);
            let text = dataset("publisher: office", RESOURCE);
            let line = text.lines().position(|l| l.starts_with(&format!("{key}:"))).expect("is there");
            let lines: Vec<String> = text.lines().enumerate().map(|(n, l)| if n == line { format!("{key}:{empty}") } else { l.into() }).collect();
            p.file("content/datasets/d/dataset.yaml", lines.join("\n") + "\n");
            let (ran, _) = said(&p);
            let place = format!("--> content/datasets/d/dataset.yaml:{}:1", line + 1);
            assert!(ran.code == 1 && ran.out.contains(&format!("error[OD001] the dataset does not state `{key}`\n  {place}")), "{key}:{empty} {ran:#?}");
            assert!(ran.out.contains("fill in") && !ran.out.contains("= help: add ") && !ran.out.contains("SRC006"), "{key}:{empty} {ran:#?}");
        }
        let p = project(SITE_CN);
        let news = |issuer: &str| format!("---\ntitle: 新闻\nissuer:{issuer}\npublished_at: 2025-01-01\n---\n\n正文写在这里。\n");
        p.file("content/news/n.md", news(empty))
            .file("content/policies/p.md", policy(&format!("title:{empty}")).replace("issuer: office", &format!("issuer:{empty}")));
        let (ran, _) = said(&p);
        for place in ["news/n.md:3:1", "policies/p.md:4:1"] {
            let at = ran.out.split("\n\n").find(|f| f.contains(place)).unwrap_or_default();
            assert!(at.starts_with("error[MET001]") && at.contains("fill in issuer:"), "{place} {empty} {ran:#?}");
        }
        let at = ran.out.split("\n\n").find(|f| f.contains("policies/p.md:2:1")).unwrap_or_default();
        assert!(at.starts_with("error[SRC010] the title is missing") && at.contains("fill in `title:`"), "{empty} {ran:#?}");
    }
    // Where nothing has to stand, an empty list is still no text, and keeps what it would hold.
    for line in ["draft: []", "draft: {}", "summary: []", "expires_on: []"] {
        let p = project(SITE_CN);
        p.file("content/policies/p.md", policy("title: 关于路灯的通知").replacen("---\n", &format!("---\n{line}\n"), 1));
        let (ran, heads) = said(&p);
        let key = line.split(':').next().unwrap_or_default();
        assert!(heads.iter().any(|h| h.contains("[SRC006]") && h.contains(&format!("`{key}` should be"))), "{line} {ran:#?}");
        p.run(&["build"]);
        assert!(p.exists("public/index.html") && (key != "draft" || !p.exists("public/policies/p/index.html")), "{line}");
    }
    let p = project(SITE_CN);
    p.file("content/disclosure/plan.yaml", "- what:\n  department: office\n  by: 2026-03-01\n");
    let (ran, _) = said(&p);
    assert!(ran.out.contains("required field `what` is missing\n  --> content/disclosure/plan.yaml:1:3") && ran.out.contains("fill in `what:`"), "{ran:#?}");
}

/// Cells that full-width commas were meant to part are an error; sentences of one column are none.
#[test]
fn a_table_of_full_width_commas_is_no_column() {
    for (text, wrong) in [
        ("地区，人口\n甲，1\n乙，2\n丙，3\n", true),
        ("地区，人口\n甲，1\n", true),
        ("地区，人口，面积\n甲，1，2\n乙，3，4\n", true),
        ("地区，人口\n甲,1\n乙,2\n丙,3\n", true),
        ("意见\n路灯坏了，请修\n路面破了，请补\n", false),
        ("意见，建议\n路灯坏了，请修。\n路面破了，请补。\n", false),
        ("意见，建议\n路灯坏了，请修\n路面破了\n", false),
        ("地区,说明\n甲，乙,1\n丙，丁,2\n", false),
    ] {
        let p = project(SITE_CN);
        p.file("content/datasets/d/a.csv", text);
        let (ran, heads) = said(&p);
        let tables: Vec<&String> = heads.iter().filter(|h| h.contains("[TAB")).collect();
        if wrong {
            assert!(tables.len() == 1 && tables[0].starts_with("error[TAB007]") && ran.out.contains("full-width commas"), "{text} {ran:#?}");
        } else {
            assert!(!heads.iter().any(|h| h.starts_with("error")), "{text} {ran:#?}");
        }
    }
    // What the hint offers is read.
    let p = project(SITE_CN);
    p.file("content/datasets/d/a.csv", "地区，人口\n甲，1\n")
        .file("content/datasets/d/dataset.yaml", dataset("publisher: office", "resources:\n  - path: a.csv\n    dialect: {delimiter: \"，\"}\n"));
    assert!(!said(&p).0.out.contains("TAB007"));
}

/// ` # ` behind a Chinese text cuts it as any other; comments behind short values stay what they are.
#[test]
fn chinese_behind_a_sign_of_comment_is_told() {
    for (line, told) in [
        ("title: 关于加强管理的通知 # 试行", true),
        ("title: 通知\nsummary: 加强管理 # （试行）", true),
        ("title: 通知 # TODO", false),
        ("title: 通知  # 待定", false),
        ("title: \"通知 # 试行\"", false),
        ("title: 通知 # 2025", false),
        ("title: 通知\nkeywords: [管理] # 主题词", false),
        ("title: 通知\neffective_from: 2025-02-01 # 施行", false),
    ] {
        let p = project(SITE_CN);
        p.file("content/policies/p.md", policy(line).replace("issuer: office", "issuer: office # 办公室"));
        let (ran, heads) = said(&p);
        assert_eq!(heads.iter().any(|h| h.starts_with("warning[SRC044]")), told, "{line} {ran:#?}");
        assert!(!told || ran.out.contains(&format!("{}\"", line.rsplit(": ").next().unwrap())), "{line} {ran:#?}");
    }
}

/// `new` knows departments by their names, as `check` does.
#[test]
fn new_takes_the_name_of_a_department() {
    let p = project(SITE_CN);
    assert_eq!(p.run(&["new", "news", "x", "--department", "市民政局"]).code, 0);
    assert!(p.read("content/news/2026/x.md").contains("issuer: [civil-affairs]"));
    for (said, meant) in [("民政局", "civil-affairs"), ("市民正局", "civil-affairs"), ("offce", "office"), ("同名局", "a, b")] {
        let ran = p.run(&["new", "news", "y", "--department", said]);
        assert!(ran.code == 2 && ran.err.contains(&format!("departments.yaml has no {said}\n  = did you mean: {meant}\n")), "{ran:#?}");
    }
}

/// A value with a per cent sign in a column of numbers is named with its row; a form is not mended.
#[test]
fn per_cents_are_named_and_forms_are_not_mended() {
    let p = project(SITE_CN);
    let schema = "    schema:\n      fields:\n        - {name: 地区, type: string, description: 地区}\n        - {name: 率, type: number, description: 率}\n";
    p.file("content/datasets/d/dataset.yaml", dataset("publisher: office", &format!("{RESOURCE}{schema}")));
    for (rows, named) in [("甲,12%\n乙,0.5\n丙,3%\n", "first `12%` in row 1"), ("甲,12\n乙,0.5\n丙,3%\n", "first `3%` in row 3")] {
        p.file("content/datasets/d/a.csv", format!("地区,率\n{rows}"));
        let (ran, _) = said(&p);
        assert!(ran.out.contains("is number in the dictionary") && ran.out.contains(named), "{rows} {ran:#?}");
    }
    let ran = p.run(&["check", "--fix", "--dataset", "d", "content/datasets/d/a.csv"]);
    assert!(ran.code == 2 && ran.err.contains("no filled form"), "{ran:#?}");
}

/// One fault is one finding, and its hint says what to do here.
#[test]
fn hints_are_of_this_case_and_come_once() {
    let p = project(SITE_CN);
    p.file("content/policies/p.md", policy("title: 通知").replace("issuer: office", "issuer: office，civil-affairs"));
    let (ran, heads) = said(&p);
    assert!(heads.len() == 1 && ran.out.contains("write `issuer: [office, civil-affairs]`"), "{ran:#?}");
    for (day, hint) in [
        ("2026-11-20 下午3点", "write published_at: 2026-11-20 15:00"),
        ("2026年11月20日上午9点半", "write published_at: 2026-11-20 09:30"),
        ("2026-11-20 晚上12点", "and a day that exists"),
        ("即日起", "write which day that is"),
        ("自发布之日起", "write which day that is"),
    ] {
        p.file("content/policies/p.md", policy("title: 通知").replace("published_at: 2025-01-01", &format!("published_at: {day}")));
        let (ran, _) = said(&p);
        assert!(ran.code == 1 && ran.out.contains("error[SRC007]") && ran.out.contains(hint), "{day} {ran:#?}");
    }
    p.file("content/policies/p.md", policy("title: 通知")).file("content/policy/q.md", policy("title: 通告"));
    assert!(said(&p).0.out.contains("did you mean `policies/`? Move the files of `policy/` into content/policies/"));
    std::fs::remove_file(p.path("content/policies/p.md")).unwrap();
    assert!(said(&p).0.out.contains("Rename `policy/` to content/policies/"));
}

/// What must not be changed is not counted; titles and summaries are looked at, and mended.
#[test]
fn half_width_marks_are_counted_where_they_are_mended() {
    let p = project(SITE_CN);
    let body = "见 https://a.cn/甲,乙 和 <https://a.cn/甲,乙>，`甲,乙`，[字](https://a.cn/甲,乙)，甲;乙:丙?丁!\n";
    p.file("content/policies/p.md", policy("title: 通知,公告\nsummary: '甲;乙'") + "\n" + body);
    p.file("content/datasets/d/dataset.yaml", dataset("publisher: office", RESOURCE).replace("title: 数据", "title: 数据,表 # 甲,乙"));
    let (ran, _) = said(&p);
    assert!(ran.out.contains("half-width `,` between Han characters (6 places in this file)\n  --> content/policies/p.md:2:10"), "{ran:#?}");
    assert!(ran.out.contains("half-width `,` between Han characters\n  --> content/datasets/d/dataset.yaml:1:10"), "{ran:#?}");
    assert_eq!(p.run(&["check", "--fix", "--write"]).code, 0);
    let mended = p.read("content/policies/p.md");
    assert!(mended.contains("title: 通知，公告\nsummary: '甲；乙'\n") && mended.ends_with(&body.replace("甲;乙:丙?丁!", "甲；乙：丙？丁！")), "{mended}");
    assert!(p.read("content/datasets/d/dataset.yaml").starts_with("title: 数据，表 # 甲,乙\n"));
    assert!(!said(&p).0.out.contains("TXT001") && p.run(&["check", "--fix"]).code == 0);
}
