//! What is owed before and after something is published: reviews, owners, interpretations.

use crate::support::{Project, tree};

/// A site whose items have reviews with names.
fn reviewed(profile: &str) -> Project {
    let p = Project::new(&format!(
        "title: 测试站\nbase_url: https://example.org/\nas_of: 2026-01-20\nprofile: {profile}\ndemo: true\nlanguages: [zh-Hans]\nscorecards: {{}}\n"
    ));
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
        p.file(
            "content/departments.yaml",
            format!("- {{id: office, name: 办公室, code_owners: [\"@city/office\", a.b@example.gov.cn]}}\n- {{id: civil, name: 民政局{more}}}\n"),
        );
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

/// A city with policies that are explained in time, late, by others, and not.
fn explained() -> Project {
    let p = Project::new(&format!("{}languages: [zh-Hans, en]\n", crate::support::SITE_CN));
    p.file("content/departments.yaml", "- {id: office, name: 市政府办公室}\n- {id: civil, name: 民政局}\n");
    let policy = |name: &str, day: &str, more: &str| {
        let body = "第一条 为规范高龄补贴的发放，保障老年人的合法权益，根据有关法律法规，结合本市实际，制定本办法。\n\n第二条 具有本市户籍、年满八十周岁的老年人，可以向户籍所在地的社区提出申请，按月领取高龄补贴，标准为每月一百元，由财政承担。\n\n第三条 社区收到申请后，应当在五个工作日内初审，并报街道办事处复核；街道办事处在十个工作日内作出决定，告知申请人。\n";
        p.file(&format!("content/policies/{name}.md"), format!("---\ntitle: {name}\nissuer: [civil]\npublished_at: {day}\ntheme: 综合政务/政务公开\nis_normative: true\nexpires_on: 2030-12-31\n{more}---\n\n{body}"));
        body
    };
    // The Spring Festival of 2025: 28 January to 4 February; 26 January was worked.
    let body = policy("copied", "2025-01-24", "");
    policy("same", "2025-05-06", "");
    policy("none", "2025-05-06", "");
    policy("exempt", "2025-05-06", "interpretation: {exempt: 转发上级文件}\n");
    let explain = |name: &str, of: &str, day: &str, org: &str, head: &str, text: &str| {
        p.file(
            &format!("content/interpretations/{name}.md"),
            format!("---\ntitle: {name}解读\npolicies: [{of}]\ninterpreter_org: {org}\ninterpreter: {{name: 李某, title: 局长{head}}}\ncontact: {{tel: \"0300-0000001\"}}\nform: [文字, 图解]\npublished_at: {day}\nattachments: [{{file: a.png, title: 申领流程图}}]\ntext_alternative: 先到社区申请，五个工作日初审。\nglance: {{who: 年满八十周岁的老年人, what: 到社区申领, until: 2025-12-31, tel: [\"0300-0000001\"]}}\n---\n\n{text}"),
        );
    };
    p.file("content/interpretations/a.png", include_bytes!("../themes/civic/assets/icons/icon-192.png"));
    explain("copied", "copied", "2025-02-06", "office", "", &format!("## 主要内容\n\n{body}"));
    explain("same", "same", "2025-05-06", "civil", ", is_head: true", "## 背景依据\n\n原办法到期。\n\n## 适用范围\n\n全市。\n");
    explain("table", "datasets/t", "2025-05-06", "civil", "", "## 主要内容\n\n每一列是什么。\n");
    p.file("content/datasets/t/dataset.yaml", "title: 补贴人数\npublisher: civil\nlicense: CC-BY-4.0\nfrequency: yearly\nthemes: [综合政务/政务公开]\nissued: 2025-05-06\nresources:\n  - {name: t, title: 数据, path: t.csv}\n");
    p.file("content/datasets/t/t.csv", "year,people\n2024,120\n");
    p
}

#[test]
fn interpretations_due_are_told_by_department() {
    let p = explained();
    let ran = p.run(&["build", "--allow-errors", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("ITP002") && ran.out.contains("13 days (4 working days)"), "{}", ran.out);
    assert!(ran.out.contains("ITP007") && !ran.out.contains("ITP003"), "{}", ran.out);
    let csv = p.read("public/explained/explained.csv");
    assert!(csv.starts_with("\u{FEFF}policy,title,department,state,first,published_at,first_published_at,days,working_days,forms,sections,sections_of,copied_percent,by_drafter,by_head\n"), "{csv}");
    let line = |id: &str| csv.lines().find(|l| l.starts_with(&format!("policies/{id},"))).unwrap_or_default().to_string();
    assert!(line("copied").contains(",explained,interpretations/copied,2025-01-24,2025-02-06,13,4,2,1,"), "{csv}");
    assert!(line("copied").ends_with(",97,false,false"), "{csv}");
    assert!(line("same").contains(",explained,interpretations/same,2025-05-06,2025-05-06,0,0,2,2,") && line("same").ends_with(",,true,true"), "{csv}");
    assert!(line("none").contains(",missing,,2025-") && line("none").ends_with(",,,,,,,,,") && line("exempt").contains(",exempt,"), "{csv}");
    // Whoever has the file alone can count the days again.
    for line in csv.lines().skip(1).filter(|l| l.contains(",explained,")) {
        let cells: Vec<&str> = line.split(',').collect();
        let days: Vec<jiff::civil::Date> = cells[5..7].iter().map(|d| d.parse().unwrap()).collect();
        assert_eq!((days[1] - days[0]).get_days().to_string(), cells[7], "{line}");
    }
    let json: serde_json::Value = serde_json::from_str(&p.read("public/explained/explained.json")).expect("JSON");
    assert_eq!(json["policies"][0]["published_at"].as_str().map(str::len), Some(10), "{json}");
    assert_eq!(
        (json["policies"].as_array().map(Vec::len), json["limit_days"].as_i64(), json["limit_unit"].as_str()),
        (Some(4), Some(3), Some("working days")),
        "{json}"
    );
    let page = p.read("public/explained/index.html");
    assert!(crate::support::bare(&page).contains("共 4 件：已解读 2 件，未解读 1 件，免于解读 1 件；主要负责人解读 1 件；晚于期限 1 件。<"), "{page}");
    assert!(p.read("public/sitemap/index.html").contains("href=\"/explained/\""));
    // What has no day is not called in time.
    let undated = p.read("content/interpretations/copied.md").replace("published_at: 2025-02-06\n", "");
    p.file("content/interpretations/copied.md", undated);
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let page = p.read("public/explained/index.html");
    assert!(crate::support::bare(&page).contains("主要负责人解读 1 件；晚于期限 0 件；间隔天数未注明 1 件"), "{page}");
}

#[test]
fn interpretations_show_whom_they_concern_and_pictures_with_their_text() {
    let p = explained();
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let page = p.read("public/interpretations/same/index.html");
    for wanted in
        ["对你意味着什么", "年满八十周岁的老年人", "到社区申领", "2025年12月31日", "alt=\"申领流程图\"", "href=\"#alt-title\"", "href=\"tel:03000000001\""]
    {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
    let (concerns, media, text) = (page.find("concerns-title"), page.find("media-title"), page.find("<div class=\"text\">"));
    assert!(concerns.is_some() && concerns < media && media < text, "who and what come first, then the picture, then the text");
    // The facts of the item are its own still.
    assert!(
        page.split("id=\"facts\"").nth(1).is_some_and(|r| r.split("</section>").next().is_some_and(|f| f.contains("解读机关") && !f.contains("到社区申领"))),
        "{page}"
    );
    // Of a dataset too, from both sides.
    assert!(p.read("public/datasets/t/index.html").contains("/interpretations/table/"));
    assert!(p.read("public/interpretations/table/index.html").contains("/datasets/t/"));
    assert!(p.run(&["search", "年满八十周岁"]).out.contains("/interpretations/"));
}

#[test]
fn interpretations_nothing_is_owed_without_policies_that_owe_one() {
    let p = Project::new(crate::support::SITE);
    p.file("content/policies/a.md", "---\ntitle: 甲\npublished_at: 2025-01-01\n---\n\n甲乙丙。\n");
    assert_eq!(p.run(&["build"]).code, 0);
    assert!(!p.exists("public/explained/index.html") && !p.exists("public/explained/explained.csv"));
}
