//! Validity and life cycle on a day (domain-rules POL-05).

use crate::support::{Project, SITE};

fn project() -> Project {
    let p = Project::new(SITE);
    p.file("content/policies/old.md", "---\ntitle: 旧办法\npublished_at: 2010-01-01\neffective_from: 2010-02-01\nrepealed_by: [new]\n---\n正文\n");
    p.file("content/policies/new.md", "---\ntitle: 新办法\npublished_at: 2020-01-01\neffective_from: 2020-03-01\nexpires_on: 2025-02-28\n---\n正文\n");
    p.file("content/policies/fix.md", "---\ntitle: 修改决定\npublished_at: 2022-01-01\namends: [new]\n---\n正文\n");
    p
}

fn page(p: &Project, day: &str, name: &str) -> String {
    assert_eq!(p.run(&["build", "--as-of", day]).code, 0);
    if p.exists(&format!("public/policies/{name}/index.html")) { p.read(&format!("public/policies/{name}/index.html")) } else { String::new() }
}

#[test]
fn each_day_tells_its_own_truth() {
    let p = project();
    for (day, name, word) in [
        ("2010-01-15", "old", "尚未生效"),
        ("2010-02-01", "old", "现行有效"),
        ("2020-02-29", "old", "现行有效"),
        ("2020-03-01", "old", "已废止"),
        ("2020-03-01", "new", "现行有效"),
        ("2022-01-01", "new", "已被修改"),
        ("2025-02-28", "new", "已被修改"),
        ("2025-03-01", "new", "失效"),
    ] {
        // With the day where the calendar will turn it.
        let told = page(&p, day, name);
        assert!(told.contains(&format!(">{word}</span>")) || told.contains(&format!(">{word}（截至")), "{name} on {day} is not {word}");
    }
    assert_eq!(page(&p, "2009-12-31", "old"), "", "not published yet");
    assert!(page(&p, "2020-03-01", "old").contains("href=\"/policies/new/\""));
}

#[test]
fn the_readers_day_is_told_where_the_calendar_turns_it() {
    let p = project();
    p.file("content/policies/next.md", "---\ntitle: 新新办法\npublished_at: 2024-06-01\neffective_from: 2024-07-01\nrepeals: [new]\n---\n正文\n");
    // A week before it takes effect: as of the day without script, and what a script needs.
    let next = page(&p, "2024-06-24", "next");
    assert!(next.contains("data-opens=\"2024-07-01\" data-closes=\"9999-12-31\" data-words=\"尚未生效|现行有效|现行有效\""), "{next}");
    assert!(next.contains(">尚未生效（截至2024年6月24日）</span>"), "{next}");
    // The sentence above the text stands until the day before.
    assert!(next.contains("data-module=\"days\" data-opens=\"\" data-closes=\"2024-06-30\"><p>本文件尚未生效，自2024年7月1日起施行。"), "{next}");
    // What it repeals has been amended, and will be repealed: earlier than it expires.
    let new = p.read("public/policies/new/index.html");
    assert!(
        new.contains("data-closes=\"2024-06-30\" data-words=\"已被修改|已被修改|已废止\"") && new.contains(">已被修改（截至2024年6月24日）</span>"),
        "{new}"
    );
    assert!(new.contains("data-opens=\"2024-07-01\" data-closes=\"9999-12-31\" hidden><p>本文件已废止。"), "{new}");
    // What is final is said plainly, and without days.
    let old = p.read("public/policies/old/index.html");
    assert!(old.contains(">已废止</span>") && !old.contains("data-states=\"repealed"), "{old}");
    // In lists what is in force has no mark until it has one.
    p.file("content/policies/trial.md", "---\ntitle: 试行办法\npublished_at: 2024-01-01\neffective_from: 2024-01-01\nexpires_on: 2024-07-31\n---\n正文\n");
    let trial = page(&p, "2024-06-24", "trial");
    assert!(
        trial.contains("data-closes=\"2024-07-31\" data-words=\"现行有效|现行有效|失效\"") && trial.contains(">现行有效（截至2024年6月24日）</span>"),
        "{trial}"
    );
    let list = p.read("public/policies/index.html");
    assert!(list.contains("hidden data-module=\"stage\" data-opens=\"\" data-closes=\"2024-07-31\" data-words=\"||失效\""), "{list}");
}

#[test]
fn search_says_what_took_the_place() {
    let p = project();
    p.run(&["build", "--as-of", "2023-01-01"]);
    let told = p.run(&["search", "--lang", "zh", "旧办法"]).out;
    assert!(told.contains("现由此件代替：新办法  /policies/new/"), "{told}");
    let json: serde_json::Value = serde_json::from_str(&p.run(&["search", "--format", "json", "旧办法"]).out).unwrap();
    let hit = json["hits"].as_array().unwrap().iter().find(|h| h["url"] == "/policies/old/").unwrap();
    assert_eq!((&hit["by"][0], &hit["by"][1]), (&"新办法".into(), &"/policies/new/".into()));
    // What holds was replaced by nothing.
    let json: serde_json::Value = serde_json::from_str(&p.run(&["search", "--format", "json", "修改决定"]).out).unwrap();
    assert!(json["hits"][0].get("by").is_none(), "{json}");
}

#[test]
fn a_replaced_page_leads_to_its_successor() {
    let p = project();
    p.file("content/pages/a.md", "---\ntitle: 旧页\nreplaced_by: pages/b\n---\n正文\n")
        .file("content/pages/b.md", "---\ntitle: 新页\nexpires_on: 2021-01-01\n---\n正文\n");
    p.build();
    let old = p.read("public/a/index.html");
    assert!(old.contains("本文已由新的内容代替") && old.contains("href=\"/b/\""), "{old}");
    assert!(p.read("public/b/index.html").contains("已于2021年1月1日失效"));
}

#[test]
fn drafts_schedules_and_withdrawals_leak_nothing() {
    let p = project();
    p.file("content/policies/d.md", "---\ntitle: 草稿标题\ndraft: true\n---\n草稿正文\n");
    p.file("content/policies/s.md", "---\ntitle: 预定标题\npublished_at: 2027-01-01\nattachments: [s.txt]\n---\n预定正文\n");
    p.file("content/policies/s.txt", "预定附件");
    p.file("content/policies/unused.txt", "无人引用");
    p.file("content/policies/w.md", "---\ntitle: 撤回标题\npublished_at: 2020-01-01\nwithdrawn: {on: 2021-01-01, reason: 内容有误}\n---\n撤回正文\n");
    let ran = p.build();
    assert!(ran.err.contains("2027-01-01"), "the next change is told: {}", ran.err);
    for (name, bytes) in crate::support::tree(&p.path("public")) {
        let text = String::from_utf8_lossy(&bytes);
        for secret in ["草稿", "预定", "撤回标题", "撤回正文", "无人引用"] {
            assert!(!text.contains(secret), "{name}: {secret}");
        }
    }
    let notice = p.read("public/policies/w/index.html");
    assert!(notice.contains("内容有误") && notice.contains("2021年1月1日"));
    p.run(&["build", "--as-of", "2027-01-01"]);
    assert!(p.read("public/policies/s/index.html").contains("预定正文") && p.exists("public/policies/s.txt"));
}

#[test]
fn the_ledger_keeps_addresses() {
    let p = project();
    assert_eq!(p.run(&["build", "--record-urls"]).code, 0);
    assert!(p.read("urls.txt").contains("/policies/old/\n"));
    #[expect(clippy::disallowed_methods, reason = "the test loses a file")]
    std::fs::rename(p.path("content/policies/old.md"), p.path("content/policies/moved.md")).unwrap();
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("URL003") && ran.out.contains("/policies/old/"), "{}", ran.out);
    assert!(p.exists("public/policies/old/index.html"), "the live site was touched");
    let text = p.read("content/policies/moved.md").replace("title", "aliases: [/policies/old/]\ntitle");
    p.file("content/policies/moved.md", text);
    p.build();
    assert!(p.read("public/policies/old/index.html").contains("url=/policies/moved/"));
}

#[test]
fn blocked_items_are_held_back() {
    let p = Project::new(&format!("{SITE}profile: cn-gov\ndemo: true\n"));
    p.file("content/policies/a.md", "---\ntitle: 甲文件\n---\n正文\n").file("content/policies/b.md", "---\ntitle: 乙文件\n---\n正文\n");
    assert_eq!(p.run(&["build", "--allow-errors", "--record-urls"]).code, 0);
    p.file("content/policies/a.md", "---\ntitle: 甲文件\n---\n机密★一年\n");
    p.file("content/policies/c.md", "---\ntitle: 丙\nslug: ../x\n---\n");
    let before = crate::support::tree(&p.path("public"));
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert_eq!(crate::support::tree(&p.path("public")), before);
    let ran = p.run(&["build", "--allow-errors", "--hold-back"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.err.contains("2 held back: content/policies/a.md, content/policies/c.md"), "{}", ran.err);
    let notice = p.read("public/policies/a/index.html");
    assert!(notice.contains("暂时无法查看") && !notice.contains("甲文件"));
    assert!(p.read("public/policies/index.html").contains("乙文件") && !p.read("public/policies/index.html").contains("甲文件"));
}

#[test]
fn a_successor_counts_from_its_own_day() {
    let p = Project::new(SITE);
    let policy = |name: &str, more: &str| {
        p.file(
            &format!("content/policies/{name}.md"),
            format!("---\ntitle: {name}办法\npublished_at: 2020-01-01\neffective_from: 2020-01-01\n{more}---\n正文\n"),
        );
    };
    policy("old", "replaced_by: policies/new\n");
    p.file("content/policies/new.md", "---\ntitle: 新办法\npublished_at: 2026-06-01\neffective_from: 2027-03-01\n---\n正文\n");
    let says = |day: &str, name: &str, word: &str| {
        let html = page(&p, day, name);
        assert!(html.contains(&format!(">{word}</span>")), "{name} on {day} is not {word}");
        html
    };
    assert!(!says("2026-05-31", "old", "现行有效").contains("本文已由新的内容代替"), "the successor is not public");
    assert!(!says("2027-02-28", "old", "现行有效").contains("本文已由新的内容代替"), "it is public and not in force");
    assert!(says("2027-03-01", "old", "已被修改").contains("href=\"/policies/new/\""));
    p.file("content/policies/new.md", "---\ntitle: 新办法\npublished_at: 2026-06-01\ndraft: true\n---\n正文\n");
    says("2027-03-01", "old", "现行有效");
}

#[test]
fn relations_in_a_circle_do_not_count() {
    let p = Project::new(SITE);
    let policy = |name: &str, more: &str| {
        p.file(
            &format!("content/policies/{name}.md"),
            format!("---\ntitle: {name}办法\npublished_at: 2020-01-01\neffective_from: 2020-01-01\n{more}---\n正文\n"),
        );
    };
    policy("a", "replaced_by: policies/b\n");
    policy("b", "replaced_by: policies/a\n");
    policy("self", "replaced_by: policies/self\n");
    policy("c", "repeals: [d]\n");
    policy("d", "repeals: [c, f]\n");
    policy("e", "amends: [e]\n");
    policy("f", "");
    assert_eq!(p.run(&["build", "--allow-errors", "--as-of", "2021-01-01"]).code, 0);
    for (name, word) in [("a", "现行有效"), ("b", "现行有效"), ("self", "现行有效"), ("c", "现行有效"), ("d", "现行有效"), ("e", "现行有效"), ("f", "已废止")]
    {
        assert!(p.read(&format!("public/policies/{name}/index.html")).contains(&format!(">{word}</span>")), "{name} is not {word}");
    }
    let told: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "POL004").collect();
    assert_eq!(told.len(), 6, "{told:?}");
}

/// No edition of a law comes back into force because the one after it was withdrawn, is held back or is over: nobody wrote that.
#[test]
fn an_older_edition_does_not_come_back() {
    let edition = |day: &str, more: &str| {
        let text = "---\ntitle: 云台市统计条例\nissuer: office\nformed_on: DAY\npublished_at: DAY\neffective_from: DAY\nMORE---\n\n第一条 正文。\n";
        text.replace("DAY", day).replace("MORE", more)
    };
    let files = |newest: &str| {
        let p = Project::new(SITE);
        p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
        p.file("content/policies/统计条例(2009-06-27).md", edition("2009-06-27", ""));
        p.file("content/policies/统计条例(2015-01-01).md", edition("2015-01-01", "expires_on: 2016-01-01\n"));
        p.file("content/policies/统计条例(2024-09-13).md", newest);
        p
    };
    let state = |p: &Project, day: &str| {
        let v: serde_json::Value = serde_json::from_str(&p.read(&format!("public/api/v1/policies/统计条例({day}).json"))).unwrap();
        v["state"].as_str().unwrap_or("").to_string()
    };
    let build = |p: &Project| assert_eq!(p.run(&["build", "--allow-errors", "--hold-back"]).code, 0);
    let newest = edition("2024-09-13", "");
    let p = files(&newest);
    build(&p);
    assert_eq!(["2009-06-27", "2015-01-01", "2024-09-13"].map(|d| state(&p, d)), ["amended", "expired", "in-force"]);
    // Withdrawn: the page says which day's edition it was, and that the site does not judge.
    for ground in ["error", "law", "privacy"] {
        let p = files(&newest);
        let ran = p.run(&["withdraw", "policies/统计条例(2024-09-13)", "--ground", ground]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        build(&p);
        // The file that is left for privacy has no title by which editions are known: what it changed is told by ids.
        if ground == "privacy" {
            assert_eq!(["2009-06-27", "2015-01-01"].map(|d| state(&p, d)), ["amended", "expired"]);
            continue;
        }
        assert_eq!(["2009-06-27", "2015-01-01"].map(|d| state(&p, d)), ["unknown", "expired"], "{ground}");
        let page = p.read("public/policies/统计条例(2009-06-27)/index.html");
        assert!(
            page.contains("本站公布过2024年9月13日的版本，现已撤回。") && page.contains(">未注明效力</span>") && !page.contains(">现行有效<"),
            "{ground}: {page}"
        );
        let list = p.read("public/policies/index.html");
        assert!(list.contains("未注明效力") && !p.read("public/policies/by-validity/in-force/index.html").contains("云台市统计条例"), "{ground}: {list}");
    }
    // Withdrawn before it came out: it never was anything.
    let p = files(&edition("2024-09-13", "withdrawn: {on: 2024-09-01, ground: error}\n"));
    p.file("content/policies/统计条例(2015-01-01).md", edition("2015-01-01", "draft: true\n"));
    build(&p);
    assert_eq!(state(&p, "2009-06-27"), "in-force");
    // Held back: nothing of it is told, and nothing is said of the one before.
    let p = files(&format!("{newest}\n联系人的身份证号是 11010519491231002X。\n"));
    build(&p);
    assert!(!p.exists("public/policies/统计条例(2024-09-13)/index.html"), "it was not held");
    assert_eq!(state(&p, "2009-06-27"), "unknown");
    let page = p.read("public/policies/统计条例(2009-06-27)/index.html");
    assert!(page.contains("本站暂不注明") && !page.contains("2024"), "{page}");
    // Over: the one before does not come back by itself.
    let p = files(&edition("2024-09-13", "draft: true\n"));
    build(&p);
    assert_eq!(state(&p, "2009-06-27"), "unknown");
    assert!(p.read("public/policies/统计条例(2009-06-27)/index.html").contains("2015年1月1日的版本已不再有效"));
}
