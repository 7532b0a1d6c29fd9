//! What is owed before and after something is published: reviews, owners, interpretations.

use crate::support::{Project, tree};

/// A site whose items have reviews with names.
fn reviewed(profile: &str) -> Project {
    let p = Project::new(&format!("title: 测试站\nbase_url: https://example.org/\nas_of: 2026-01-20\nprofile: {profile}\ndemo: true\nlanguages: [zh-Hans]\nscorecards: {{}}\n"));
    p.file("content/departments.yaml", "- {id: office, name: 市政府办公室}\n");
    let item = |name: &str, review: &str| {
        let head = "issuer: [office]\nformed_on: 2026-01-08\npublished_at: 2026-01-12\ntheme: 综合政务/政务公开\ninterpretation: {exempt: 内部安排}\nkeywords: [养老]\n";
        p.file(&format!("content/policies/{name}.md"), format!("---\ntitle: {name}\n{head}{review}---\n\n第一条 为做好有关工作，制定本办法。\n"));
    };
    item(
        "whole",
        "review:\n  - {step: 起草, role: 养老科, on: 2026-01-05, by: 欧阳某某}\n  - {step: 审核, role: 办公室, on: 2026-01-06}\n  - {step: 保密审查, role: 保密办, on: 2026-01-06}\n  - {step: 签发, role: 李四, on: 2026-01-08, by: Zebulon Quimby}\n",
    );
    item("half", "review:\n  - {step: 起草, role: 养老科, on: 2026-01-05, by: 欧阳某某}\n");
    item("none", "");
    p.file("content/disclosure/catalogue.yaml", "- {node: art20-01, title: 规范性文件, where: {type: policy}}\n");
    p
}

#[test]
fn reviews_names_of_reviewers_are_never_published() {
    for profile in ["cn-gov", "generic"] {
        let p = reviewed(profile);
        let ran = p.run(&["build", "--allow-errors", "--internal", "office"]);
        assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
        for (file, bytes) in tree(&p.path("public")) {
            let text = String::from_utf8_lossy(&bytes);
            let low = text.to_lowercase();
            assert!(!text.contains("某某") && !text.contains("李四") && !low.contains("zebulon") && !low.contains("quimby"), "{file}");
        }
        let csv = p.read("public/disclosure/catalogue.csv");
        assert!(csv.contains("2026-01-05") && csv.contains("养老科"), "{csv}");
        let inside = p.read("office/reviews.csv");
        assert!(inside.contains("office,policies/whole,content/policies/whole.md,sign,李四,2026-01-08,Zebulon Quimby"), "{inside}");
        assert_eq!(inside.lines().count(), 6, "{inside}");
    }
}

#[test]
fn reviews_that_are_not_whole_block_under_the_strict_profile_alone() {
    let p = reviewed("cn-gov-strict");
    let ran = p.run(&["build", "--lang", "en"]);
    assert!(ran.code == 1 && !p.exists("public/index.html"), "{}", ran.err);
    let ran = p.run(&["build", "--hold-back", "--allow-errors", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert!(!p.exists("public/policies/half/index.html") && !p.exists("public/policies/none/index.html"));
    // Whose role is a name is held too: nobody knows which office it was.
    assert!(!p.exists("public/policies/whole/index.html"));
    p.file("content/policies/whole.md", p.read("content/policies/whole.md").replace("role: 李四", "role: 分管领导"));
    assert_eq!(p.run(&["build", "--hold-back", "--allow-errors"]).code, 0);
    assert!(p.exists("public/policies/whole/index.html"));
    let json: serde_json::Value = serde_json::from_str(&p.read("public/scorecards.json")).expect("JSON");
    assert!(json.to_string().contains("\"review\""), "{json}");
    let loose = reviewed("cn-gov").run(&["build", "--allow-errors", "--lang", "en"]);
    assert!(loose.code == 0 && loose.out.contains("SEC001") && !loose.out.contains("none.md"), "{}", loose.out);
}

#[test]
fn codeowners_name_who_reviews_a_folder() {
    let p = Project::new(
        "title: T\nbase_url: https://example.org/\nas_of: 2026-01-01\nprofile: cn-gov\ndemo: true\ncontent: [content, {path: \"civil affairs\", owner: civil}]\n",
    );
    let departments = |more: &str| {
        p.file("content/departments.yaml", format!("- {{id: office, name: 办公室, code_owners: [\"@city/office\", a.b@example.gov.cn]}}\n- {{id: civil, name: 民政局{more}}}\n"));
    };
    departments(", code_owners: [\"@city/civil\"]");
    p.file("civil affairs/news/a.md", "---\ntitle: 动态\npublished_at: 2025-12-30\n---\n\n走访敬老院。\n");
    p.file("content/policies/_column.yaml", "title: 政策\ndescription: 政策\nkeywords: [政策]\ntype: 政策文件\nowner: office\n");
    p.file("content/policies/age/_column.yaml", "title: 养老\ndescription: 养老\nkeywords: [养老]\ntype: 政策文件\nowner: civil\n");
    let ran = p.run(&["codeowners", "--lang", "en"]);
    let lines: Vec<&str> = ran.out.lines().skip(1).collect();
    assert_eq!(
        (ran.code, lines),
        (0, vec!["/civil\\ affairs/ @city/civil", "/content/policies/ @city/office a.b@example.gov.cn", "/content/policies/age/ @city/civil"]),
        "{}",
        ran.err
    );
    // Not on any page.
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    assert!(tree(&p.path("public")).values().all(|b| !String::from_utf8_lossy(b).contains("@city/")));
    departments("");
    let ran = p.run(&["codeowners", "--lang", "en"]);
    assert!(ran.code == 1 && ran.err.contains("`content/policies/age/` belongs to `civil`, which has no code_owners"), "{}", ran.err);
    departments(", code_owners: [city-civil]");
    let ran = p.run(&["codeowners", "--lang", "en"]);
    assert!(ran.code == 1 && ran.err.contains("departments.yaml:2:40") && ran.err.contains("no team, account or mail address"), "{}", ran.err);
}
