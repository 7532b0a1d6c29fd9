//! 政府信息公开: registers from sheets, the catalogue, channels, index numbers, publication schemes.
#![expect(clippy::disallowed_methods, reason = "a test takes a file away")]

use crate::support::{Project, SITE, SITE_CN};
use std::fmt::Write as _;

const DEPARTMENTS: &str = "- {id: a, name: 甲局, code: \"000014349\", annual_report: none}\n";

fn city() -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", DEPARTMENTS);
    p
}

fn found(p: &Project, code: &str) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(&p.run(&["check", "--format", "json"]).out).unwrap();
    let list = json["findings"].as_array().unwrap().iter().filter(|f| f["code"] == code);
    list.map(|f| format!("{}:{}:{} {}", f["file"].as_str().unwrap(), f["line"], f["column"], f["message"].as_str().unwrap())).collect()
}

fn json(p: &Project, path: &str) -> serde_json::Value {
    serde_json::from_str(&p.read(path)).unwrap()
}

#[test]
fn a_sheet_in_any_order_and_encoding_is_one_register() {
    let p = city();
    // Renamed, reordered, with a title above, a column of names, quoted breaks, half-empty, in GBK.
    let text = "2025年登记表,,,,\r\n答复日期,申请人姓名,申请内容,登记号,收到日期（必填）,办理结果\r\n2025-03-20,张三,\"内容甲，\r\n两行\",2025-1,2025-03-03,予以公开\r\n,李四,内容乙,2025-2,,\r\n,,,,,\r\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    p.file("content/disclosure/requests.csv", &gbk[..]);
    assert_eq!(found(&p, "SRC005"), ["content/disclosure/requests.csv:2:6 unknown column `申请人姓名`; not read and not published"]);
    assert_eq!(found(&p, "SRC010"), ["content/disclosure/requests.csv:5:16 row 4: required field `received_on` is missing"]);
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let rows = json(&p, "public/disclosure/requests.json");
    assert_eq!(rows["rows"][0]["subject"], "内容甲，\r\n两行");
    assert_eq!((rows["rows"][0]["state"].as_str(), rows["rows"][0]["working_days"].as_str()), (Some("answered"), Some("13")));
    // No day: no limit, no figure.
    assert_eq!(rows["rows"][1], serde_json::json!({"no": "2025-2", "subject": "内容乙", "state": "open"}));
    for (path, bytes) in crate::support::tree(&p.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("张三"), "{path}");
    }
    let page = p.read("public/disclosure/requests/index.html");
    assert!(page.contains("未注明") && page.contains("2025年3月3日"), "{page}");
}

#[test]
fn the_sheet_itself_is_published_by_nobody() {
    let p = city();
    p.file("content/disclosure/requests.csv", "编号,收到日期,申请人姓名,申请内容\n1,2025-03-03,张三,内容甲\n");
    p.file(
        "content/pages/a.md",
        "---\ntitle: 页\nattachments: [../disclosure/requests.csv]\n---\n[表](../disclosure/requests.csv) ![表](/disclosure/requests.csv)\n",
    );
    p.file("content/datasets/d/dataset.yaml", "title: 数\nresources: [{path: ../../disclosure/requests.csv}]\n");
    assert_eq!(p.run(&["build", "--hold-back", "--allow-errors"]).code, 0);
    for (path, bytes) in crate::support::tree(&p.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("张三"), "{path}");
    }
}

#[test]
fn each_wrong_cell_is_told_by_row_and_column() {
    let p = city();
    p.file(
        "content/disclosure/requests.csv",
        "编号,收到日期,申请内容,办理结果,答复日期,部门,转主动公开\n1,2025-02-30,甲,公开了,2025-03-01,a,\n2,2025-03-01,乙,予以公开,2025-02-01,z,datasets/none\n2,2025-03-01,丙,,,a,,多\n",
    );
    assert_eq!(found(&p, "SRC007"), ["content/disclosure/requests.csv:2:3 row 2, 收到日期: `received_on`: date not understood: `2025-02-30`"]);
    assert_eq!(found(&p, "SRC008"), ["content/disclosure/requests.csv:2:16 row 2, 办理结果: `outcome`: `公开了` is not in the vocabulary"]);
    assert_eq!(
        found(&p, "POL003"),
        ["content/disclosure/requests.csv:3:21 row 3, 答复日期: answered before it was received; no time is counted, and it is not in time"]
    );
    assert_eq!(
        found(&p, "SRC009"),
        ["content/disclosure/requests.csv:4:1 row 4, 编号: the number `2` is also that of row 3; this row is not counted and not shown"]
    );
    let lost = found(&p, "SRC011");
    assert!(lost.len() == 2 && lost[0].contains("row 3, 部门") && lost[1].contains("row 3, 转主动公开"), "{lost:?}");
    assert_eq!(found(&p, "SRC006"), ["content/disclosure/requests.csv:4:21 row 4 has a cell beyond the head: `多`"]);
}

#[test]
fn personal_data_in_a_subject_are_held_with_their_file_alone() {
    let p = city();
    p.file("content/disclosure/requests.csv", "编号,收到日期,申请内容\n1,2025-03-03,我的手机 13800138000 的办理情况\n");
    assert_eq!(found(&p, "SEC003").len(), 1);
    assert_eq!(p.run(&["build"]).code, 1);
    assert!(!p.exists("public"));
    // The row alone is held: its words stay away, the others and its count do not.
    p.file("content/disclosure/requests.csv", "编号,收到日期,申请内容\n1,2025-03-03,我的手机 13800138000 的办理情况\n2,2025-03-04,别的内容\n");
    let ran = p.run(&["build", "--hold-back", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let rows = p.read("public/disclosure/requests.csv");
    assert!(rows.contains("别的内容") && rows.contains("2025-03-03") && !rows.contains("13800138000") && !rows.contains("办理情况"), "{rows}");
    // A column that nobody reads stops nothing.
    p.file("content/disclosure/requests.csv", "编号,收到日期,联系电话,申请内容\n1,2025-03-03,13800138000,内容甲\n");
    assert_eq!(found(&p, "SEC003"), [] as [&str; 0]);
    let ran = p.run(&["build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(p.read("public/disclosure/requests.csv").contains("内容甲"));
    assert!(crate::support::tree(&p.path("public")).values().all(|b| !String::from_utf8_lossy(b).contains("13800138000")));
}

#[test]
fn names_are_hidden_in_requests_and_told_where_a_role_belongs() {
    let p = city();
    p.file("content/disclosure/requests.csv", "编号,收到日期,申请内容\n1,2025-03-03,王建国（先生）申请其拆迁档案\n");
    p.file("content/disclosure/catalogue.yaml", "- {node: 规章, title: 规章, owner: {department: a, office: 王建国}}\n");
    p.file(
        "content/decisions/d.md",
        "---\ntitle: 决策\nissuer: [a]\nsteps: {legality: {on: 2025-03-01, by: 王建国}, experts: {on: 2025-03-02, by: 市司法局}}\n---\n正文。\n",
    );
    assert_eq!(found(&p, "FBK001"), ["content/disclosure/requests.csv:2:14 row 2, subject: there is a name; it is published hidden"]);
    let roles = found(&p, "SRC008");
    for (file, key) in [("catalogue.yaml", "office"), ("d.md", "by")] {
        let told = format!("`{key}` looks like a person's name; it is not published");
        assert!(roles.iter().any(|m| m.contains(file) && m.ends_with(&told)), "{roles:?}");
    }
    let ran = p.run(&["build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(p.read("public/disclosure/requests.csv").contains("王**（先生）申请其拆迁档案"));
    for (path, bytes) in crate::support::tree(&p.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("王建国"), "{path}");
    }
}

#[test]
fn ten_thousand_requests_are_read_counted_and_paged() {
    let p = city();
    let mut text = String::from("编号,收到日期,答复部门,申请人类别,申请内容,办理结果,答复日期\n");
    for i in 0..10_000 {
        let (month, day) = (1 + i % 12, 1 + i % 28);
        writeln!(text, "2025-{i:05},2025-{month:02}-{day:02},a,自然人,第{i}件的内容,予以公开,2025-12-31").unwrap();
    }
    p.file("content/disclosure/requests.csv", text);
    p.file("content/reports/a/2025.yaml", "published_at: 2026-01-20\ngeneral: 甲\nproblems: 乙\nother: 丙\nrequests: {from: requests}\n");
    let ran = p.run(&["build", "--allow-errors", "--as-of", "2026-01-20"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let report = p.read("public/disclosure/reports/a-2025.csv");
    let cell = |row: &str, column: &str| report.lines().find(|l| l.contains(row) && l.contains(column)).and_then(|l| l.rsplit(',').next()).map(String::from);
    assert_eq!((cell("（七）总计", "总计,1"), cell("（一）予以公开", ",自然人,")), (Some("10000".into()), Some("10000".into())));
    assert!(p.exists("public/disclosure/requests/page/100/index.html") && !p.exists("public/disclosure/requests/page/101"));
    for (path, bytes) in crate::support::tree(&p.path("public/disclosure")).iter().filter(|(k, _)| k.ends_with(".html")) {
        assert!(bytes.len() < 60_000, "{path}: {} bytes", bytes.len());
    }
}

#[test]
fn who_owes_a_report_is_named_on_the_day_after() {
    let p = city();
    p.file(
        "content/departments.yaml",
        "- {id: a, name: 甲局}\n- {id: g, name: 乙政府, annual_report: government}\n- {id: n, name: 丙所, annual_report: none}\n",
    );
    p.file("content/disclosure/guide.yaml", "body: 甲\n");
    let on = |day: &str| {
        let out = p.run(&["check", "--format", "json", "--as-of", day]).out;
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        json["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "LAW003").map(|f| f["message"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(on("2025-01-31"), Vec::<String>::new());
    assert_eq!(on("2025-02-01"), ["甲局 has no report for 2024; it was due by 2025-01-31"]);
    assert_eq!(on("2025-04-01").len(), 2);
    assert_eq!(p.run(&["build", "--allow-errors", "--as-of", "2025-02-01"]).code, 0, "the state of the day stops no build");
}

#[test]
fn classes_follow_the_level_and_open_to_their_items() {
    let p = Project::new(&format!("{SITE_CN}disclosure: {{level: 县}}\n"));
    p.file("content/departments.yaml", DEPARTMENTS);
    p.file("content/news/a.md", "---\ntitle: 统计公报\nissuer: [a]\npublished_at: 2025-05-01\nkeywords: [统计]\n---\n正文有好几个字。\n");
    p.file("content/news/b.md", "---\ntitle: 别的消息\nissuer: [a]\npublished_at: 2025-06-01\n---\n正文有好几个字。\n");
    p.file(
        "content/disclosure/catalogue.yaml",
        "- {node: 4, title: 统计, where: {type: news, keyword: 统计}}\n- {node: 市政建设, title: 市政, none: 由住建部门公开}\n- {node: 惠民, title: 惠民, where: {theme: 没有的主题}}\n- {node: 20-16, title: 错}\n",
    );
    assert_eq!(found(&p, "SRC008")[0], "content/disclosure/catalogue.yaml:4:10 `node`: there is no class `20-16`");
    assert_eq!(found(&p, "LAW001").len(), 20);
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let page = p.read("public/disclosure/statutory/index.html");
    assert!(page.contains("/disclosure/statutory/21-07/") && !page.contains("/21-11/") && page.contains("由住建部门公开"), "{page}");
    let class = p.read("public/disclosure/statutory/20-04/index.html");
    assert!(class.contains("统计公报") && !class.contains("别的消息"), "{class}");
    // A condition that is not understood takes nothing.
    let rows = json(&p, "public/disclosure/catalogue.json");
    assert_eq!((rows["rows"][0]["count"].as_str(), rows["rows"][2]["count"].as_str()), (Some("1"), Some("0")));
    assert_eq!(rows["rows"][0]["node"], "20-04");
    // The workbook opens, with the same rows and no formula.
    let book = clerestory::load::table::read(&clerestory::load::Blob::at(p.path("public/disclosure/catalogue.xlsx")), &Default::default());
    assert_eq!(book.tables[0].rows, rows["rows"].as_array().unwrap().len() as u64, "{book:?}");
}

#[test]
fn index_numbers_are_given_once() {
    let p = city();
    let number = |file: &str| p.read(file).lines().find_map(|l| l.strip_prefix("index_no: ")).map(String::from);
    assert_eq!(p.run(&["new", "policy", "one"]).code, 0);
    let year = p.read("index-numbers.txt").lines().last().unwrap()[10..14].to_string();
    let first = number(&format!("content/policies/{year}/one.md"));
    assert_eq!(first, Some(format!("000014349/{year}-00001")));
    std::fs::remove_file(p.path(&format!("content/policies/{year}/one.md"))).unwrap();
    assert_eq!(p.run(&["new", "policy", "two"]).code, 0);
    assert_eq!(number(&format!("content/policies/{year}/two.md")), Some(format!("000014349/{year}-00002")));
    assert_eq!(p.run(&["new", "公开目录"]).code, 0);
    let catalogue = p.read("content/disclosure/catalogue.yaml");
    assert!(catalogue.contains(&format!("000014349/{year}-00003")) && catalogue.contains(&format!("000014349/{year}-00017")), "{catalogue}");
    assert_eq!((found(&p, "CAT005"), found(&p, "SRC004")), (Vec::new(), Vec::new()));
    assert_eq!(p.run(&["new", "公开目录"]).code, 2, "nothing is written over");
}

#[test]
fn what_new_begins_is_read_without_a_fault_of_form() {
    let p = city();
    for what in
        [&["new", "guide"][..], &["new", "plan"], &["new", "exceptions"], &["new", "requests"], &["new", "report", "a/2024"], &["new", "年度报告", "a/2025"]]
    {
        let ran = p.run(what);
        assert_eq!(ran.code, 0, "{what:?} {ran:?}");
    }
    assert!(p.exists("content/reports/a/2024.yaml") && p.exists("content/disclosure/requests.csv"));
    for code in ["SRC004", "SRC005", "SRC006", "SRC016", "LAW004"] {
        assert_eq!(found(&p, code), Vec::<String>::new(), "{code}");
    }
    assert_eq!(p.run(&["new", "report", "z/2025"]).code, 2);
    // What is no year, has not come, or is not of that department's time is refused, and nothing is written.
    p.file(
        "content/departments.yaml",
        format!("{DEPARTMENTS}- {{id: old, name: 老局, merged_into: a, until: 2024-05-31}}\n- {{id: new, name: 新局, since: 2024-06-01}}\n"),
    );
    for (kind, name, said) in [
        ("report", "a/20255", "no year"),
        ("report", "a/二〇二五", "no year"),
        ("report", "a/1999", "no year"),
        ("report", "a/2999", "has not come"),
        ("report", "old/2025", "had ended before"),
        ("report", "new/2022", "was not there yet"),
        ("website-report", "2999", "has not come"),
        ("website-report", "25", "no year"),
    ] {
        let ran = p.run(&["new", kind, name]);
        assert!(ran.code == 2 && ran.err.contains(said), "{name}: {ran:?}");
        assert!(!p.exists(&format!("content/reports/{name}.yaml")) && !p.exists(&format!("content/reports/website/{name}.yaml")), "{name}");
    }
    assert_eq!((p.run(&["new", "report", "old/2022"]).code, p.run(&["new", "report", "new/2024"]).code), (0, 0));
    assert_eq!(p.run(&["new", "policy"]).code, 2);
}

#[test]
fn channels_stand_on_every_page_and_forms_go_nowhere_else() {
    let contact = "contact:\n  ask: https://ask.example.gov/?u={url}&t={title}\n  correct: 'web@example.gov'\n  report: {url: 'https://take.example.gov:8443/x', method: post}\n  hotline: javascript:x\n";
    let p = Project::new(&format!("{SITE}{contact}"));
    p.file("content/pages/about.md", "---\ntitle: About us & you\n---\nText of the page.\n");
    assert_eq!(found(&p, "SRC008"), ["site.yaml:8:12 `hotline` is no mail, web address or telephone number: `javascript:x`"]);
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let page = p.read("public/about/index.html");
    assert!(page.contains("href=\"https://ask.example.gov/?u=https%3A%2F%2Fexample%2Eorg%2Fabout%2F&amp;t=About%20us%20%26%20you\""), "{page}");
    assert!(page.contains("href=\"/channels/#report\""), "{page}");
    for (path, bytes) in crate::support::tree(&p.path("public")).iter().filter(|(k, _)| k.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        if html.contains("Content-Security-Policy") {
            assert!(html.contains("form-action 'self' https://take.example.gov:8443;"), "{path}");
            assert!(html.contains("class=\"contact\"") || html.contains("http-equiv=\"refresh\""), "{path}");
        }
    }
    let channels = p.read("public/channels/index.html");
    assert!(
        channels.contains("action=\"https://take.example.gov:8443/x\" method=\"post\"")
            && channels.contains("name=\"url\" value=\"https://example.org/channels/\""),
        "{channels}"
    );
    // Without channels nothing is there.
    let none = Project::new(SITE);
    none.file("content/pages/about.md", "---\ntitle: About\n---\nText of the page.\n");
    assert_eq!(none.run(&["build"]).code, 0);
    assert!(none.read("public/about/index.html").contains("form-action 'self';") && !none.exists("public/channels"));
    assert!(!none.exists("public/disclosure") && !none.read("public/about/index.html").contains("/disclosure/"));
}

#[test]
fn abroad_it_is_a_publication_scheme_with_nothing_chinese() {
    let p = Project::new(
        "title: Town of Example\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\nscorecards: {}\ncontact: {ask: 'mailto:ask@example.gov'}\n",
    );
    p.file("content/departments.yaml", "- {id: clerk, name: Town Clerk}\n");
    p.file("content/news/a.md", "---\ntitle: Minutes of May\nissuer: [clerk]\npublished_at: 2025-05-01\n---\nText of the minutes.\n");
    p.file(
        "content/disclosure/catalogue.yaml",
        "- {node: decisions, title: Minutes, form: [web site], summary: Minutes of all meetings, time_limit: within 20 working days, basis: [Access to Information Act], owner: {department: clerk}, where: {type: news}}\n- {node: Heritage, title: Listed buildings, none: No building is listed.}\n",
    );
    p.file(
        "content/disclosure/guide.yaml",
        "classes: See the catalogue.\nbody: Town Clerk\ntel: 555-0100\nonline: clerk@example.gov\napply: {email: clerk@example.gov}\n",
    );
    p.file(
        "content/disclosure/requests.csv",
        "no,received on,subject,outcome,decided on,applicant kind\n1,2025-05-02,Cost of the new hall,partial,2025-05-20,company\n",
    );
    p.file(
        "content/disclosure/exceptions.yaml",
        "- {class: Personnel files, ground: privacy, department: clerk, decided_on: 2025-01-01, review_on: 2025-02-01}\n",
    );
    p.file("content/disclosure/plan.yaml", "- {what: Tree register, department: clerk, by: 2026-05-01, priority: high}\n");
    p.file("content/disclosure/rules/access.md", "---\ntitle: Access policy\npublished_at: 2025-01-01\n---\nHow we answer requests.\n");
    // The other half too: reports, letters, a consultation, a policy with its tasks, services, events.
    p.file(
        "content/reports/clerk/2024.yaml",
        "published_at: 2025-01-20\ngeneral: We answered all requests.\nrequests: {new: [5, 2, 0, 0, 0, 1], open: [4, 2, 0, 0, 0, 1], third_party: [1, 0, 0, 0, 0, 0]}\ndisputes: {review: [1, 0, 0, 0]}\nproblems: None.\nother: None.\n",
    );
    p.file("content/reports/website/2024.yaml", "published_at: 2025-01-20\nvisits: 812\naccounts: [{kind: Mastodon, name: Town, posts: 5}]\n");
    p.file("content/feedback/clerk.csv", "no,kind,title,body,received_on,status,replied_on,reply,consent\n1,question,Opening hours,When is the hall open?,2025-03-04,answered,2025-03-06,From nine.,yes\n");
    p.file(
        "content/policies/halls.md",
        "---\ntitle: Rules of the halls\nissuer: [clerk]\ndoc_no: No. 5\npublished_at: 2025-03-04\ntasks: [{what: Print the rules, department: clerk, due: 2025-06-01}]\nbenefits: [{who: Clubs, what: Free use}]\n---\nText.\n",
    );
    p.file("content/consultations/halls.md", "---\ntitle: Draft rules of the halls\nissuer: [clerk]\nopens: 2025-01-02\ncloses: 2025-02-10\nresult: {on: 2025-02-20, received: 3, adopted: 2, rejected: 1}\npublished_at: 2025-01-02\n---\nTell us.\n");
    p.file("content/services/hall.md", "---\ntitle: Book a hall\ndepartment: clerk\nfee: free\npublished_at: 2025-03-05\n---\nHow it is done.\n");
    p.file(
        "content/events/day.md",
        "---\ntitle: Open day\nissuer: [clerk]\nkind: open-day\nstarts: 2025-09-01 10:00\npublished_at: 2025-08-01\n---\nCome in.\n",
    );
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for (path, bytes) in crate::support::tree(&p.path("public")) {
        let text = crate::support::shown(&path, &bytes);
        let han = text.chars().find(|c| clerestory::load::chars::is_han(*c));
        assert!(path.ends_with(".png") || path.ends_with(".xlsx") || han.is_none(), "{path}: {han:?}");
        for words in ["GB/T", "Article 20", "yuan", "ICP"] {
            assert!(!path.ends_with(".html") || !text.contains(words), "{path}: {words}");
        }
    }
    // The report is one on access to information: no table of the Chinese regulations, its own words, only the rows that say something.
    let report = p.read("public/disclosure/reports/clerk/2024/index.html");
    for words in [
        "Annual report on access to information 2024, Town Clerk",
        "3. Reviews and appeals",
        "Personal information, commercial interests",
        "Internal review",
        "Not held",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
    assert!(!report.contains("Petition") && !report.contains("State secret") && !report.contains("Case files"), "{report}");
    // Citations are those of English readers.
    let halls = p.read("public/policies/halls/index.html");
    assert!(
        halls.contains("Town Clerk. (2025, March 4). Rules of the halls (No. 5). Town of Example. https://example.org/policies/halls/</pre>")
            && halls.contains("<p class=\"cite__label\">APA</p>"),
        "{halls}"
    );
    let home = p.read("public/disclosure/index.html");
    assert!(home.contains("Publication scheme") && home.contains("Freedom of information requests"), "{home}");
    assert!(p.read("public/disclosure/statutory/index.html").contains("How we make decisions"));
    let order: Vec<usize> =
        ["/disclosure/guide/", "/disclosure/rules/", "/disclosure/statutory/", "/disclosure/requests/"].iter().filter_map(|u| home.rfind(u)).collect();
    assert!(order.len() == 4 && order.is_sorted(), "{order:?}");
}

#[test]
fn the_search_box_finds_in_the_section_alone() {
    let p = city();
    p.file("content/news/a.md", "---\ntitle: 查阅点开放\nissuer: [a]\npublished_at: 2025-05-01\n---\n查阅点从今天起开放，欢迎使用。\n");
    p.file("content/disclosure/guide.yaml", "how_to_get: 到查阅点查阅。\n");
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let all = p.run(&["search", "查阅点"]).out;
    assert!(all.contains("/news/a/") && all.contains("/disclosure/guide/"), "{all}");
    let home = p.read("public/disclosure/index.html");
    assert!(home.contains("name=\"type\" value=\"disclosure\"") && home.contains("action=\"/search/\""), "{home}");
}

/// A report of a body that owes one.
fn reporting() -> Project {
    let p = Project::new(&SITE_CN.replace("as_of: 2026-01-01", "as_of: 2026-11-28"));
    p.file("content/departments.yaml", "- {id: a, name: 甲局, code: \"000014349\"}\n");
    p.file("content/disclosure/guide.yaml", "classes: 甲\n");
    p
}

const TEXTS: &str = "general: 总体情况甲\nproblems: 问题乙\nother: 其他丙\n";

#[test]
fn a_report_is_public_from_its_day_on() {
    let p = reporting();
    p.file("content/reports/a/2025.yaml", format!("published_at: 2026-01-20\n{TEXTS}"));
    p.file("content/reports/a/2026.yaml", format!("published_at: 2027-01-20\n{TEXTS}"));
    p.file("content/reports/a/2024.yaml", format!("published_at: 2025-01-20\ndraft: true\n{TEXTS}"));
    p.file("content/reports/a/2023.yaml", format!("published_at:\n{TEXTS}"));
    let years = |day: &str| -> Vec<i16> {
        let ran = p.run(&["build", "--allow-errors", "--as-of", day]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let tree = crate::support::tree(&p.path("public"));
        let names: Vec<i16> = (2020..2030).filter(|y| tree.iter().any(|(k, _)| k.contains(&format!("reports/a-{y}.csv")))).collect();
        for (name, bytes) in &tree {
            let text = String::from_utf8_lossy(bytes);
            for y in (2023..2027).filter(|y| !names.contains(y)) {
                assert!(!name.contains(&format!("reports/a/{y}")) && !text.contains(&format!("reports/a/{y}/")), "{y} on {day} in {name}");
            }
        }
        names
    };
    assert_eq!(years("2026-11-28"), [2025]);
    assert_eq!(years("2027-01-19"), [2025]);
    assert_eq!(years("2027-01-20"), [2025, 2026]);
    // The build says when it is to be made again.
    assert!(p.run(&["build", "--allow-errors"]).err.contains("2027-01-20"));
    // What was begun by `new` and left as it is, is not public; nor is a catalogue of entries that nobody wrote.
    for file in ["2023", "2024", "2025", "2026"] {
        std::fs::remove_file(p.path(&format!("content/reports/a/{file}.yaml"))).unwrap();
    }
    assert_eq!((p.run(&["new", "report", "a/2024"]).code, p.run(&["new", "catalogue"]).code), (0, 0));
    assert_eq!(years("2026-11-28"), Vec::<i16>::new());
    for (name, bytes) in crate::support::tree(&p.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("请填写名称") && !name.contains("disclosure/statutory"), "{name}");
    }
    // An entry that is ready is public alone.
    let catalogue = p.read("content/disclosure/catalogue.yaml");
    p.file("content/disclosure/catalogue.yaml", catalogue.replacen("请填写名称", "规章汇编", 1).replacen("  draft: true\n", "", 1));
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let rows = json(&p, "public/disclosure/catalogue.json");
    assert_eq!(rows["rows"].as_array().unwrap().len(), 1, "{rows}");
    assert_eq!(rows["rows"][0]["title"], "规章汇编");
    // Abroad a report without its day is told, too.
    let q = Project::new(SITE);
    q.file("content/departments.yaml", "- {id: a, name: Office}\n");
    q.file("content/reports/a/2024.yaml", "general: Text of it\n");
    assert_eq!(found(&q, "SRC010").len(), 1);
}

#[test]
fn a_report_of_a_year_that_has_not_ended_is_told_with_its_department() {
    let p = reporting();
    let law = |text: &str, year: i16| {
        p.file(&format!("content/reports/a/{year}.yaml"), format!("{text}{TEXTS}"));
        let json: serde_json::Value = serde_json::from_str(&p.run(&["check", "--format", "json"]).out).unwrap();
        let all: Vec<_> = json["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "LAW003").cloned().collect();
        assert!(all.iter().all(|f| f["department"] == "a"), "{all:?}");
        std::fs::remove_file(p.path(&format!("content/reports/a/{year}.yaml"))).unwrap();
        all.iter().map(|f| format!("{}:{} {}", f["file"].as_str().unwrap(), f["line"], f["message"].as_str().unwrap())).collect::<Vec<_>>()
    };
    for day in ["2024-06-01", "2025-01-20", "2025-12-31"] {
        let want = format!("content/reports/a/2025.yaml:1 the report of 甲局 for 2025 says that it was published on {day}, before that year had ended");
        assert_eq!(law(&format!("published_at: {day}\n"), 2025), [want]);
    }
    assert_eq!(law("published_at: 2026-01-01\n", 2025), Vec::<String>::new());
    let owes = "content/departments.yaml:1 甲局 has no report for 2025; it was due by 2026-01-31";
    assert_eq!(law("published_at: 2031-01-20\n", 2030), [owes, "content/reports/a/2030.yaml:1 this is a report for 2030, a year that has not come"]);
    // One that is prepared for next January is as it should be.
    assert_eq!(law("published_at: 2027-01-20\n", 2026), [owes]);
    assert_eq!(law("", 2026), [owes, "content/reports/a/2026.yaml:1 there is no published_at: the report of 甲局 for 2026 is not published"]);
    assert_eq!(law("draft: true\n", 2026), [owes]);
}

#[test]
fn requests_turn_on_their_day_and_count_no_days_backwards() {
    let p = city();
    p.file(
        "content/disclosure/requests.csv",
        "编号,收到日期,申请内容,办理结果,答复日期\n1,2026-11-20,内容甲,,\n2,2026-03-10,内容乙,予以公开,2026-03-09\n3,2026-12-20,内容丙,,\n",
    );
    let ran = p.run(&["build", "--allow-errors", "--as-of", "2026-11-28"]);
    assert!(ran.code == 0 && ran.err.contains("2026-12-19"), "{ran:?}");
    let rows = json(&p, "public/disclosure/requests.json");
    let of = |no: &str, key: &str| rows["rows"].as_array().unwrap().iter().find(|r| r["no"] == no).unwrap()[key].as_str().unwrap_or("").to_string();
    assert_eq!((of("1", "due_on"), of("1", "state")), ("2026-12-18".into(), "open".into()));
    assert_eq!((of("2", "working_days"), of("2", "state")), (String::new(), "answered".into()));
    let list = p.findings(&["--as-of", "2026-11-28"]);
    assert_eq!(list.iter().filter(|f| f.0 == "POL003").count(), 2, "one answered too early, one of a day to come: {list:?}");
}

#[test]
fn schemes_of_index_numbers_that_are_none_are_told() {
    for (text, code) in [("index_scheme: nonsense", "SRC008"), ("index_pattern: \"YT-{year}\"", "SRC008")] {
        let p = Project::new(&format!("{SITE_CN}disclosure: {{{text}}}\n"));
        assert_eq!(found(&p, code).len(), 1, "{text}");
        let p = Project::new(&format!("{SITE_CN}{text}\n"));
        let told: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "SRC005").collect();
        assert_eq!(told.len(), 1, "{text}: {told:?}");
    }
}

#[test]
fn the_yearly_report_of_the_website_is_counted_where_it_can_be() {
    let p = city();
    p.file("content/reports/website/2024.yaml", "published_at: 2025-01-20\nvisits: 900\nvisitors: 120\nsecurity: {assessments: 4, found: 3, fixed: 2, monitoring: 是}\naccounts: [{kind: 微信, name: 甲发布, posts: 51}]\n");
    p.file("content/news/a.md", "---\ntitle: 会议甲\nsource: 甲局\npublished_at: 2024-03-01\n---\n正文。\n");
    p.file("content/news/b.md", "---\ntitle: 会议乙\nsource: 甲局\npublished_at: 2025-03-01\n---\n正文。\n");
    p.file("content/news/c.md", "---\ntitle: 会议丙\nsource: 甲局\n---\n正文。\n");
    p.file(
        "content/feedback/a.csv",
        "编号,类型,标题,内容,来信日期,状态,答复日期,答复内容,同意公开\n1,咨询,问一,问,2024-03-04,已处理,2024-03-06,答,是\n2,咨询,问二,问,2024-03-04,已处理,2024-03-07,答,否\n3,咨询,问三,问,2025-01-06,待处理,,,是\n",
    );
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let csv = p.read("public/disclosure/reports/website-2024.csv");
    for row in [
        "网站基本情况,网站名称,测试站",
        "网站基本情况,主办单位,",
        "访问量,独立用户访问总量,120",
        "信息发布,总数,1",
        "信息发布,新闻动态,1",
        "信息发布,没有日期、未计入的,1",
        "互动交流：留言,收到留言数量,2",
        "互动交流：留言,办结留言数量,2",
        "互动交流：留言,平均办理时间（工作日）,2.5",
        "互动交流：留言,公开答复数量,1",
        // What the site does not have is not stated, and no 0.
        "互动交流：征集调查,征集调查期数,",
        "安全防护,问题整改数量,2",
        "安全防护,是否建立安全监测预警机制,是",
        "安全防护,是否开展应急演练,",
        "移动新媒体,微信 甲发布 信息发布量,51",
        "移动新媒体,微信 甲发布 关注量,",
    ] {
        assert!(csv.lines().any(|l| l == row), "{row}: {csv}");
    }
    let page = p.read("public/disclosure/reports/website/2024/index.html");
    assert!(page.contains("测试站2024年政府网站工作年度报表") && page.contains("未注明"), "{page}");
    assert!(p.read("public/disclosure/reports/index.html").contains("/disclosure/reports/website/2024/"));
    // Before its day there is none, and what cannot be is told at its place.
    p.file("content/reports/website/2024.yaml", "published_at: 2026-01-02\nvisits: 90\nvisitors: 120\nsecurity: {found: 1, fixed: 2}\n");
    assert_eq!(
        found(&p, "LAW004"),
        [
            "content/reports/website/2024.yaml:3:11 there are more visitors (120) than visits (90)",
            "content/reports/website/2024.yaml:4:29 2 problems were mended, more than the 1 that were found"
        ]
    );
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    assert!(!p.path("public/disclosure/reports/website-2024.csv").exists());
    // What `new` begins reads clean and is not public.
    assert_eq!(p.run(&["new", "website-report", "2025"]).code, 0);
    let ran = p.run(&["check"]);
    assert!(!ran.out.contains("reports/website/2025.yaml") || ran.out.contains("published_at"), "{ran:?}");
    p.file("content/reports/website/x/2025.yaml", "visits: 1\n");
    assert_eq!(found(&p, "SRC016"), ["content/reports/website/x/2025.yaml:null:null is not reports/website/year.yaml; not read"]);
}

#[test]
fn requests_and_answers_of_days_to_come_are_not_shown_before() {
    let p = city();
    p.file(
        "content/disclosure/requests.csv",
        "编号,收到日期,部门,申请内容,办理结果,答复日期\n1,2025-12-01,a,内容甲,予以公开,2026-01-05\n2,2026-01-03,a,内容乙,,\n3,2025-12-02,a,内容丙,予以公开,2025-12-20\n",
    );
    assert_eq!(found(&p, "POL003").len(), 2);
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let rows = json(&p, "public/disclosure/requests.json")["rows"].clone();
    let shown: Vec<(String, String)> =
        rows.as_array().unwrap().iter().map(|r| (r["no"].as_str().unwrap().to_string(), r["state"].as_str().unwrap().to_string())).collect();
    assert_eq!(shown, [("3".to_string(), "answered".to_string()), ("1".to_string(), "overdue".to_string())]);
    let later = p.run(&["build", "--allow-errors", "--as-of", "2026-01-06"]);
    assert_eq!((later.code, json(&p, "public/disclosure/requests.json")["rows"].as_array().unwrap().len()), (0, 3));
}

/// A department that is renamed keeps what the register holds under its old name; what nobody can place is never told as nothing.
#[test]
fn a_renamed_department_keeps_its_requests_and_no_table_is_of_zeros() {
    let p = city();
    let departments = |more: &str| format!("- {{id: a, name: 甲新局, annual_report: none{more}}}\n- {{id: b, name: 乙局, annual_report: none}}\n");
    p.file("content/departments.yaml", departments(""));
    p.file(
        "content/disclosure/requests.csv",
        "编号,收到日期,答复部门,申请人类别,申请内容,办理结果,答复日期\n1,2025-01-06,甲局,自然人,路灯采购的合同,予以公开,2025-01-20\n2,2025-02-06,乙局,自然人,道路的预算,予以公开,2025-02-20\n",
    );
    for d in ["a", "b"] {
        p.file(&format!("content/reports/{d}/2025.yaml"), "published_at: 2026-01-20\ngeneral: 甲\nproblems: 乙\nother: 丙\nrequests: {from: requests}\n");
    }
    let build = || {
        assert_eq!(p.run(&["build", "--allow-errors", "--as-of", "2026-02-01"]).code, 0);
        ["a", "b"].map(|d| p.read(&format!("public/disclosure/reports/{d}-2025.csv")))
    };
    let total = |csv: &str| csv.lines().find(|l| l.contains("（七）总计") && l.contains("总计,")).and_then(|l| l.rsplit(',').next()).map(String::from);
    let [a, b] = build();
    assert_eq!((total(&a), total(&b)), (Some(String::new()), Some("1".into())), "{a}");
    assert!(a.contains("未计入,,1") && b.contains("未计入,,1"), "{b}");
    let page = p.read("public/disclosure/reports/a/2025/index.html");
    assert!(page.contains("1 件登记不全或没有归到部门，未计入。") && !page.contains("（七）总计"), "{page}");
    let told = found(&p, "LAW004");
    assert!(told[0].contains("the table is not published") && told.len() == 2, "{told:?}");
    p.file("content/departments.yaml", departments(", former_names: [{name: 甲局, until: 2026-01-31}]"));
    let [a, b] = build();
    assert_eq!((total(&a), total(&b)), (Some("1".into()), Some("1".into())));
    assert!(!a.contains("未计入") && found(&p, "SRC011").is_empty() && found(&p, "LAW004").is_empty());
    assert!(p.read("public/departments/a/index.html").contains("甲局（至2026年1月31日）"));
    // A former name that two had is nobody's.
    p.file("content/departments.yaml", departments(", former_names: [{name: 甲局}]").replace("乙局, ", "乙局, former_names: [{name: 甲局}], "));
    assert_eq!(found(&p, "SRC011").len(), 1);
}

/// Requests beyond their limit: one finding each, a column of the year, the list of what is late.
#[test]
fn overdue_requests_are_told_one_by_one() {
    let p = Project::new(&format!("{SITE_CN}scorecards: {{}}\n"));
    p.file("content/departments.yaml", "- {id: a, name: 甲局, annual_report: none}\n");
    p.file(
        "content/disclosure/requests.csv",
        "编号,收到日期,答复部门,申请人类别,申请内容,办理结果,答复日期,延期至\n1,2025-01-06,a,自然人,路灯采购的合同,,,\n2,2025-01-06,a,自然人,道路的预算,予以公开,2025-06-20,\n3,2025-06-03,a,自然人,桥梁的图纸,,,2025-07-18\n",
    );
    let json: serde_json::Value = serde_json::from_str(&p.run(&["check", "--format", "json", "--as-of", "2025-07-01"]).out).unwrap();
    let late: Vec<_> = json["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "LAW008").collect();
    assert_eq!((late.len(), late[0]["line"].as_u64(), late[0]["department"].as_str()), (2, Some(2), Some("a")), "{late:?}");
    assert_eq!(p.run(&["build", "--allow-errors", "--as-of", "2025-07-01"]).code, 0);
    let page = p.read("public/disclosure/requests/index.html");
    let year = &page[page.find("2025").unwrap()..];
    assert!(page.contains("逾期答复") && page.contains("逾期未答复"), "{year}");
    assert!(p.read("public/scorecards/of/a/index.html").contains("路灯采购的合同") && !p.read("public/scorecards/of/a/index.html").contains("桥梁的图纸"));
}

/// Who owes the report of a year is who was there: not one that was set up later, nor one that had ended before the day came.
#[test]
fn a_merged_or_renamed_department_owes_the_reports_of_its_time() {
    let p = city();
    p.file("content/disclosure/guide.yaml", "body: 甲\n");
    let told = |departments: &str, day: &str| {
        p.file("content/departments.yaml", departments);
        let out = p.run(&["check", "--format", "json", "--as-of", day]).out;
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        json["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "LAW003").map(|f| f["message"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    let missing = |name: &str, year: i16| format!("{name} has no report for {year}; it was due by {}-01-31", year + 1);
    let merged = "- {id: old, name: 老局, merged_into: new, until: 2024-05-31}\n- {id: new, name: 新局, since: 2024-06-01}\n";
    // The old one was there when the report for 2023 fell due, the new one was not there in that year.
    assert_eq!(told(merged, "2024-03-01"), [missing("老局", 2023)]);
    assert_eq!(told(merged, "2025-02-01"), [missing("新局", 2024)]);
    // Merged before the day came: who took it over reports for itself alone.
    assert_eq!(told(&merged.replace("2024-05-31", "2024-01-15"), "2024-03-01"), Vec::<String>::new());
    // On the very day it still owes it.
    assert_eq!(told(&merged.replace("2024-05-31", "2024-01-31"), "2024-03-01"), [missing("老局", 2023)]);
    // Without the day nothing is asked of it, and that is told, once.
    let undated = told(&merged.replace(", until: 2024-05-31", ""), "2025-02-01");
    assert_eq!((undated.len(), undated[0].contains("has no until")), (2, true), "{undated:?}");
    // A department that was only renamed owes all its years, under the name of today.
    p.file("content/reports/new/2022.yaml", "published_at: 2023-01-20\ngeneral: 甲\nproblems: 乙\nother: 丙\n");
    let renamed = "- {id: new, name: 新局, former_names: [{name: 老局, until: 2024-05-31}]}\n";
    assert_eq!(told(renamed, "2025-02-01"), [missing("新局", 2023), missing("新局", 2024)]);
    // The scorecard counts the same duties.
    p.file("site.yaml", format!("{}scorecards: {{}}\n", p.read("site.yaml")));
    p.file("content/departments.yaml", merged);
    let due = |day: &str| {
        assert_eq!(p.run(&["build", "--allow-errors", "--as-of", day]).code, 0);
        let v: serde_json::Value = serde_json::from_str(&p.read("public/scorecards.json")).unwrap();
        let cards = v["departments"].as_array().unwrap().iter();
        let of = |c: &serde_json::Value| c["indicators"].as_array().unwrap().iter().find(|i| i["indicator"] == "reports").unwrap()["d"].as_u64().unwrap();
        cards.map(of).collect::<Vec<_>>()
    };
    assert_eq!((due("2024-03-01"), due("2025-03-01")), (vec![1, 0], vec![0, 1]));
}
