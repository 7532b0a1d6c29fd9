//! Scorecards: figures, what they count, and that hiding earns nothing.
#![expect(clippy::disallowed_methods, reason = "tests run a program and read files")]

use crate::support::{Project, tree};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const SITE: &str = "title: 云台市\nbase_url: https://example.org/\nas_of: 2026-06-30\nprofile: cn-gov\ndemo: true\nlanguages: [zh-Hans]\n";

/// A portal of two departments in which each indicator that can be measured has both what meets it and what does not.
fn portal(site: &str) -> Project {
    let p = Project::new(&format!("{SITE}{site}"));
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n- {id: civil, name: 民政局}\n");
    p.file("content/policies/_column.yaml", "title: 政策文件\ndescription: 文件\nkeywords: [政策, 文件]\ntype: 政策文件\nupdate_within: 400\nowner: civil\n");
    p.file("content/news/_column.yaml", "title: 动态\ndescription: 动态\nkeywords: [动态, 新闻]\ntype: 动态\nupdate_within: 10\nowner: civil\n");
    let policy = |name: &str, who: &str, formed: &str, published: &str, more: &str| {
        p.file(
            &format!("content/policies/{name}.md"),
            format!("---\ntitle: 关于{name}的办法\nissuer: {who}\nformed_on: {formed}\npublished_at: {published}\n{more}---\n\n第一条 为了做好{name}工作，制定本办法。\n"),
        );
    };
    policy("a", "civil", "2026-01-05", "2026-01-08", "is_normative: true\nexpires_on: 2030-01-01\n");
    policy("b", "civil", "2026-01-05", "2026-04-08", "is_normative: true\nexpires_on: 2030-01-01\n");
    policy("c", "civil", "2026-02-05", "2026-02-06", "is_normative: true\ninterpretation: {exempt: 转发}\nexpires_on: 2030-01-01\n");
    policy("d", "civil", "2026-03-05", "2026-03-06", "is_normative: true\nexpires_on: 2030-01-01\n");
    policy("e", "office", "2026-03-05", "2026-03-06", "");
    policy("old", "civil", "2023-01-05", "2024-12-08", "is_normative: true\nexpires_on: 2030-01-01\n");
    let explain = |name: &str, policy: &str, on: &str, form: &str| {
        p.file(
            &format!("content/interpretations/{name}.md"),
            format!("---\ntitle: 《{policy}》解读{name}\npolicies: [{policy}]\ninterpreter_org: civil\nform: {form}\npublished_at: {on}\n---\n\n# 背景依据\n\n为了让群众看得懂。\n"),
        );
    };
    explain("a1", "a", "2026-01-08", "文字");
    explain("a2", "a", "2026-01-09", "问答");
    explain("b1", "b", "2026-06-01", "文字");
    p.file("content/news/n.md", "---\ntitle: 一则消息\npublished_at: 2026-05-01\n---\n\n没有写来源。\n");
    for (name, more) in [("good", "license: CC-BY-4.0\nfrequency: yearly\nmodified: 2026-05-01\naccess_rights: open\nkeywords: [甲, 乙, 丙]\n"), ("bare", "")]
    {
        p.file(
            &format!("content/datasets/{name}/dataset.yaml"),
            format!("title: 数据{name}\npublisher: civil\nissued: 2026-02-01\n{more}resources:\n  - {{name: t, title: 表, path: t.csv}}\n"),
        );
        p.file(&format!("content/datasets/{name}/t.csv"), "年份,人数\n2024,10\n2025,12\n");
    }
    p
}

/// What people asked and what was promised, each with what meets it and what does not.
fn asked(p: &Project) {
    let mut rows = String::from("编号,类型,标题,内容,来信日期,状态,答复日期,答复,同意公开,评分\n");
    // In time; late; without its day; hidden and in time; open beyond its limit; open; forwarded with its day and without; without any day.
    for (no, came, state, replied, consent, rating) in [
        ("1", "2026-03-02", "已处理", "2026-03-04", "是", "5"),
        ("2", "2026-03-02", "已处理", "2026-04-20", "是", "1"),
        ("3", "2026-03-03", "已处理", "", "是", "4"),
        ("4", "2026-04-01", "已处理", "2026-04-02", "否", "2"),
        ("5", "2026-04-01", "待处理", "", "是", ""),
        ("6", "2026-06-29", "待处理", "", "是", ""),
        ("7", "2026-05-11", "已转办", "2026-05-12", "是", ""),
        ("8", "2026-05-11", "已转办", "", "是", ""),
        ("9", "", "已处理", "2026-05-12", "是", "3"),
        ("10", "2024-05-11", "待处理", "", "是", ""),
    ] {
        rows += &format!("{no},咨询,来信{no}的标题,内容,{came},{state},{replied},答复,{consent},{rating}\n");
    }
    p.file("content/feedback/civil.csv", rows);
    let consult = |name: &str, closes: &str, result: &str| {
        p.file(
            &format!("content/consultations/{name}.md"),
            format!("---\ntitle: 关于{name}征求意见\nissuer: civil\npublished_at: 2026-01-02\nopens: 2026-01-02\ncloses: {closes}\nexplanation: 说明\nchannels: {{mail: a@civil.gov.cn, post: 某路 1 号}}\n{result}---\n\n请提意见。\n"),
        );
    };
    consult("in-time", "2026-02-02", "result: {on: 2026-03-04, received: 2, adopted: 1, rejected: 1}\n");
    consult("late", "2026-02-02", "result: {on: 2026-03-05, received: 0}\n");
    consult("no-day", "2026-02-02", "result: {received: 0}\n");
    consult("none", "2026-02-02", "");
    consult("running", "2026-06-10", "");
    let respond = |name: &str, seen: &str, on: &str| {
        p.file(
            &format!("content/responses/{name}.md"),
            format!("---\ntitle: 关于{name}的回应\nissuer: civil\n{seen}published_at: {on}\nconcern: 有人问\nfact: 是这样\n---\n\n回应。\n"),
        );
    };
    respond("soon", "seen_on: 2026-03-01\n", "2026-03-03");
    respond("slow", "seen_on: 2026-03-01\n", "2026-03-04");
    respond("unseen", "", "2026-03-04");
    p.file(
        "content/policies/tasks.md",
        "---\ntitle: 关于任务的办法\nissuer: office\nformed_on: 2026-01-05\npublished_at: 2026-01-06\ntasks:\n\
         - {what: 甲, department: [civil], due: 2026-03-01, done_on: 2026-03-01}\n\
         - {what: 乙, department: [civil], due: 2026-03-01, done_on: 2026-03-02}\n\
         - {what: 丙, department: [civil], due: 2026-05-01}\n\
         - {what: 丁, department: [civil], due: 2026-06-30}\n\
         - {what: 戊, department: [office, civil], due: 2026-03-01, done_on: 2026-02-01}\n---\n\n第一条 做好工作。\n",
    );
}

fn scores(p: &Project) -> Value {
    serde_json::from_str(&p.read("public/scorecards.json")).expect("JSON")
}

/// Every figure by its name.
fn figures(v: &Value) -> BTreeMap<String, f64> {
    let mut out = BTreeMap::new();
    for card in std::iter::once(&v["site"]).chain(v["departments"].as_array().unwrap()) {
        let id = card["id"].as_str().unwrap();
        out.extend(card["total"].as_f64().map(|t| (format!("{id}/total"), t)));
        for (g, s) in card["groups"].as_object().unwrap() {
            out.extend(s.as_f64().map(|s| (format!("{id}/{g}"), s)));
        }
        for i in card["indicators"].as_array().unwrap() {
            out.extend(i["score"].as_f64().map(|s| (format!("{id}/{}", i["indicator"].as_str().unwrap()), s)));
        }
    }
    out
}

/// n and d of an indicator.
fn counted(v: &Value, department: &str, name: &str) -> (u64, u64) {
    let card = v["departments"].as_array().unwrap().iter().find(|c| c["id"] == department).unwrap();
    let i = card["indicators"].as_array().unwrap().iter().find(|i| i["indicator"] == name).unwrap();
    (i["n"].as_u64().unwrap(), i["d"].as_u64().unwrap())
}

#[test]
fn scorecards_are_off_until_they_are_asked_for() {
    let p = portal("");
    p.build();
    assert!(!p.exists("public/scorecards.json") && !p.exists("public/scorecards/index.html"));
    assert!(!p.read("public/departments/civil/index.html").contains("scorecards"));
}

#[test]
fn scorecards_count_what_is_there() {
    let p = portal("scorecards: {}\n");
    p.build();
    let v = scores(&p);
    for (name, want) in [
        // b was published three months after it was made; what is older than twelve months is not counted.
        ("prompt", (3, 4)),
        // a by two interpretations, b by one, c is exempt, d by none.
        ("explained", (3, 4)),
        ("forms", (1, 3)),
        ("explained_in_time", (1, 2)),
        ("columns", (1, 2)),
        ("machine", (2, 2)),
        ("guide", (0, 0)),
    ] {
        assert_eq!(counted(&v, "civil", name), want, "{name}");
    }
    assert_eq!(counted(&v, "office", "prompt"), (1, 1));
    assert_eq!(v["site"]["of"], 20);
    let page = p.read("public/scorecards/of/civil/index.html");
    assert!(page.contains("<caption>") && page.contains("未测") && page.contains("href=\"/policies/b/\"") && page.contains("20 项指标中测得 9 项"), "{page}");
    assert!(page.len() < 60 << 10, "{}", page.len());
    assert!(p.read("public/departments/civil/index.html").contains("/scorecards/of/civil/"));
    // No league table, and departments in the order of the file.
    let list = p.read("public/scorecards/index.html");
    assert!(!list.contains("排名") && list.find("办公室").unwrap() < list.find("民政局").unwrap(), "{list}");
    assert!(p.read("public/scorecards/method/index.html").contains("÷"));
    // Another day, another twelve months.
    assert_eq!(p.run(&["build", "--allow-errors", "--as-of", "2027-12-31"]).code, 0);
    assert_eq!(counted(&scores(&p), "civil", "prompt"), (0, 0));
}

#[test]
fn scorecards_count_letters_consultations_responses_and_tasks() {
    let p = portal("scorecards: {}\n");
    asked(&p);
    p.build();
    let v = scores(&p);
    for (name, want) in [
        // In time 1, 4, 7; late or without its day 2, 3, 5, 8. The one that is open still, the one without a day, the old one: none.
        ("letters_limit", (3, 7)),
        // Those answered, and the one that was forwarded with its day.
        ("letters_answered", (5, 8)),
        ("consultations", (1, 4)),
        ("responses", (1, 3)),
        ("tasks", (1, 3)),
        // Fewer than thirty ratings.
        ("rating", (0, 0)),
    ] {
        assert_eq!(counted(&v, "civil", name), want, "{name}");
    }
    // The lead of a task answers for it.
    assert_eq!(counted(&v, "office", "tasks"), (1, 1));
    let page = p.read("public/scorecards/of/civil/index.html");
    for part in [
        "href=\"/feedback/civil/2/\">来信2的标题",
        "一封不公开的来信",
        "href=\"/policies/tasks/#f-tasks\">关于任务的办法：乙",
        "href=\"/consultations/none/\">关于none征求意见",
        "来信过了时限还没有答复",
        "任务过了期限还没有完成",
        "征集结束三十天还没有结果",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // Of the one who did not agree neither number, nor title, nor day.
    let items = p.read("public/scorecards/of/civil/items.csv");
    let hidden =
        items.lines().find(|l| l.starts_with("letters_limit,feedback/civil/2026-04/") && l.ends_with(",一封不公开的来信,,2026-04-30,1,1,false,false,false"));
    assert!(hidden.is_some_and(|l| l.split(',').nth(1).is_some_and(|id| id.len() == "feedback/civil/2026-04/".len() + 12)), "{items}");
    // One formula: the page and files of letters tell the rate of the scorecards.
    let figures: Value = serde_json::from_str(&p.read("public/feedback/figures.json")).unwrap();
    let sum = |key: &str| figures["months"].as_array().unwrap().iter().filter(|m| m["month"] != "2024-05").map(|m| m[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum("kept"), sum("judged")), counted(&v, "civil", "letters_limit"));
    assert!(!items.contains("来信4") && !items.contains("2026-04-02"), "{items}");
    // Thirty ratings are measured, of the site too.
    let more: String = (11..40).map(|n| format!("{n},咨询,来信{n}的标题,内容,2026-03-02,已处理,2026-03-04,答复,是,{}\n", 1 + n % 5)).collect();
    p.file("content/feedback/civil.csv", format!("{}{more}", p.read("content/feedback/civil.csv")));
    p.build();
    let v = scores(&p);
    let sum: u64 = (11..40).map(|n| 1 + n % 5).sum::<u64>() + 12;
    assert_eq!(counted(&v, "civil", "rating"), (sum, 33 * 5));
    assert_eq!(counted(&v, "office", "rating"), (0, 0));
}

#[test]
fn scorecards_do_not_rise_by_hiding_letters_and_tasks() {
    let p = portal("scorecards: {}\n");
    asked(&p);
    let more: String = (11..40).map(|n| format!("{n},咨询,来信{n}的标题,内容,2026-03-02,已处理,2026-03-04,答复,是,{}\n", 1 + n % 5)).collect();
    let sheet = format!("{}{more}", p.read("content/feedback/civil.csv"));
    p.file("content/feedback/civil.csv", &sheet);
    p.build();
    let before = figures(&scores(&p));
    p.file("earlier.json", p.read("public/scorecards.json"));
    p.file("site.yaml", format!("{SITE}scorecards: {{earlier: earlier.json}}\n"));
    p.build();
    assert_eq!(figures(&scores(&p)), before, "nothing has changed");
    let mut tried = 0;
    let mut holds = |what: &str| {
        if p.run(&["build", "--allow-errors", "--hold-back", "--no-sync"]).code != 0 {
            return;
        }
        tried += 1;
        for (name, now) in figures(&scores(&p)) {
            let was = before.get(&name).copied().unwrap_or_else(|| panic!("{what}: {name} was not measured"));
            assert!(now <= was + 1e-9, "{what}: {name} rose from {was} to {now}");
        }
    };
    let lines: Vec<&str> = sheet.lines().collect();
    // The rows of each kind: taken out, and each of their cells emptied.
    for row in [2, 3, 4, 5, 8] {
        let with = |new: Option<String>| {
            let rows = lines.iter().enumerate().filter_map(|(i, l)| if i == row { new.clone() } else { Some(l.to_string()) });
            rows.collect::<Vec<_>>().join("\n")
        };
        p.file("content/feedback/civil.csv", with(None));
        holds(&format!("letter {row} deleted"));
        let cells: Vec<&str> = lines[row].split(',').collect();
        for empty in 0..cells.len() {
            if cells[empty].is_empty() || matches!(empty, 2 | 3 | 7) {
                continue;
            }
            let new = cells.iter().enumerate().map(|(i, c)| if i == empty { "" } else { *c }).collect::<Vec<_>>().join(",");
            p.file("content/feedback/civil.csv", with(Some(new)));
            holds(&format!("cell {empty} of letter {row} emptied"));
        }
    }
    p.file("content/feedback/civil.csv", &sheet);
    let tasks = p.read("content/policies/tasks.md");
    for (what, new) in [
        ("a late task deleted", tasks.replace("- {what: 乙, department: [civil], due: 2026-03-01, done_on: 2026-03-02}\n", "")),
        ("the day of a late task emptied", tasks.replace("due: 2026-03-01, done_on: 2026-03-02", "done_on: 2026-03-02")),
        ("an open task without its day", tasks.replace(", due: 2026-05-01", "")),
        ("all tasks deleted", tasks.lines().filter(|l| !l.contains("what:") && *l != "tasks:").collect::<Vec<_>>().join("\n")),
        ("a task without a department", tasks.replacen("department: [civil], ", "", 2)),
    ] {
        assert_ne!(new, tasks, "{what}");
        p.file("content/policies/tasks.md", new);
        holds(what);
    }
    p.file("content/policies/tasks.md", &tasks);
    for (file, key) in [
        ("consultations/late", "closes"),
        ("consultations/late", "result"),
        ("consultations/none", "closes"),
        ("responses/slow", "seen_on"),
        ("responses/slow", "published_at"),
    ] {
        let path = format!("content/{file}.md");
        let text = p.read(&path);
        p.file(&path, text.lines().filter(|l| !l.starts_with(key)).collect::<Vec<_>>().join("\n"));
        holds(&format!("{file} without {key}"));
        p.file(&path, text);
    }
    assert!(tried > 30, "{tried} builds");
}

#[test]
fn scorecards_with_other_weights_and_a_league_say_so() {
    let p = portal("scorecards: {league: true, weights: {content: 70}}\n");
    p.build();
    assert_eq!(scores(&p)["weights"]["content"], 70);
    assert!(p.read("public/scorecards/index.html").contains("排名"));
    assert!(p.read("public/scorecards/method/index.html").contains("本站改动了权重"));
}

#[test]
fn scorecards_are_recomputed_by_another_program() {
    let p = portal("scorecards: {weights: {effect: 7}}\n");
    asked(&p);
    p.build();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scorecards.py");
    let ran = Command::new("python3").arg(script).arg(p.path("public")).output().expect("python3");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(String::from_utf8_lossy(&ran.stdout).trim(), "60 figures, 17 of them counted again from letters and tasks");
}

#[test]
fn scorecards_no_figure_rises_by_hiding() {
    let p = portal("scorecards: {}\n");
    p.build();
    let before = figures(&scores(&p));
    p.file("earlier.json", p.read("public/scorecards.json"));
    p.file("site.yaml", format!("{SITE}scorecards: {{earlier: earlier.json}}\n"));
    p.build();
    assert_eq!(figures(&scores(&p)), before, "nothing has changed");
    let files: Vec<(String, Vec<u8>)> = tree(&p.path("content")).into_iter().filter(|(f, _)| f != "departments.yaml").collect();
    let mut tried = 0;
    let mut holds = |what: &str| {
        let ran = p.run(&["build", "--allow-errors", "--hold-back", "--no-sync"]);
        // What must not be published leaves the site as it was.
        if ran.code != 0 {
            return;
        }
        tried += 1;
        for (name, now) in figures(&scores(&p)) {
            let was = before.get(&name).copied().unwrap_or_else(|| panic!("{what}: {name} was not measured"));
            assert!(now <= was + 1e-9, "{what}: {name} rose from {was} to {now}");
        }
    };
    for (file, bytes) in &files {
        let path = format!("content/{file}");
        std::fs::remove_file(p.path(&path)).unwrap();
        holds(&format!("{file} deleted"));
        p.file(&path, "");
        holds(&format!("{file} emptied"));
        let text = String::from_utf8_lossy(bytes);
        if file.ends_with(".yaml") && file.starts_with("datasets/") {
            p.file(&path, format!("{}access_rights: restricted\n", text.replace("access_rights: open\n", "")));
            holds(&format!("{file} closed"));
        }
        if file.ends_with(".md") {
            p.file(&path, text.replacen("---\n", "---\nwithdrawn: {reason: 撤回}\n", 1));
            holds(&format!("{file} withdrawn"));
            // A day that tells of being late is taken out.
            if !text.contains("formed_on") {
                p.file(&path, bytes);
                continue;
            }
            p.file(&path, text.lines().filter(|l| !l.starts_with("formed_on")).collect::<Vec<_>>().join("\n"));
            holds(&format!("{file} without its days"));
        }
        p.file(&path, bytes);
    }
    assert!(tried > 40, "{tried} builds");
}

#[test]
fn scorecards_closing_a_dataset_earns_nothing_without_an_earlier_one_too() {
    let p = portal("scorecards: {}\n");
    p.build();
    let before = figures(&scores(&p));
    let bare = p.read("content/datasets/bare/dataset.yaml");
    p.file("content/datasets/bare/dataset.yaml", format!("{bare}access_rights: restricted\n"));
    p.build();
    for (name, now) in figures(&scores(&p)) {
        assert!(now <= before[&name] + 1e-9, "{name} rose from {} to {now}", before[&name]);
    }
}

#[test]
fn scorecards_tell_of_an_earlier_file_that_is_none() {
    let p = portal("scorecards: {earlier: none.json}\n");
    let found = p.findings(&[]);
    assert!(found.iter().any(|f| f.0 == "SRC015" && f.1 == "site.yaml" && f.2 == 7), "{found:?}");
}

#[test]
fn scorecards_for_the_supervising_office_are_never_published() {
    let p = portal("");
    p.file("content/policies/secret.md", "---\ntitle: 柳下未发的一篇\nissuer: civil\ndraft: true\n---\n\n第一条 柳下未发的正文。\n");
    for dir in ["public/in", "static/in", "public"] {
        assert_eq!(p.run(&["build", "--allow-errors", "--internal", dir]).code, 2, "{dir}");
        assert!(!p.exists(&format!("{dir}/findings.csv")));
    }
    assert_eq!(p.run(&["build", "--allow-errors", "--internal", "office"]).code, 0);
    assert!(p.read("office/unpublished.csv").contains("civil,draft,policies/secret,柳下未发的一篇,,content/policies/secret.md"));
    let found = p.read("office/findings.csv");
    assert!(found.lines().any(|l| l.starts_with("civil,error,ITP001,content/policies/d.md,")), "{found}");
    assert!(p.read("office/items.csv").contains("civil,prompt,policies/b,content/policies/b.md,2026-04-08,0,1,false,false,false"));
    assert!(p.read("office/index.html").contains("<caption>"));
    assert!(!p.exists("public/scorecards.json"));
    for (name, bytes) in tree(&p.path("public")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("柳下未发"), "{name}");
    }
}

#[test]
fn scorecards_count_the_files_of_disclosure() {
    let p = portal("scorecards: {}\n");
    p.file("content/disclosure/guide.yaml", "body: 办公室\naddress: 某路 1 号\nhours: 工作日\ntel: 0594-2692345\n");
    p.file(
        "content/disclosure/catalogue.yaml",
        "- {node: 20-01, title: 办法, form: 文件, owner: {department: civil}, where: {column: policies}}\n- {node: 20-02, title: 规划, form: 文件, owner: {department: civil}, where: {keyword: 没有的}}\n",
    );
    p.build();
    let v = scores(&p);
    assert_eq!(counted(&v, "civil", "disclosed"), (1, 2));
    // No report for 2025, which was due by 31 January 2026.
    assert_eq!(counted(&v, "civil", "reports"), (0, 1));
    assert_eq!(counted(&v, "civil", "nodes"), (1, 2));
    let site = v["site"]["indicators"].as_array().unwrap();
    let of = |n: &str| site.iter().find(|i| i["indicator"] == n).map(|i| (i["n"].as_u64().unwrap(), i["d"].as_u64().unwrap())).unwrap();
    assert_eq!(of("guide"), (4, 9));
    assert!(of("nodes").1 >= 15, "{:?}", of("nodes"));
}

#[test]
fn departments_have_leaders_functions_offices_and_a_tree() {
    let p = portal("");
    p.file(
        "content/departments.yaml",
        "- {id: office, name: 办公室}\n- id: civil\n  name: 民政局\n  parent: office\n  functions: [管理社会组织]\n  leaders: [{name: 王某某, title: 局长, duties: 主持全面工作}]\n  offices: [{name: 养老服务科, tel: 0594-2692345}]\n",
    );
    p.build();
    let page = p.read("public/departments/civil/index.html");
    for text in ["管理社会组织", "王某某", "局长", "主持全面工作", "养老服务科", "tel:0594-2692345", "上级机构", "政策文件", "/datasets/good/"]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
    let list = p.read("public/departments/index.html");
    let (office, civil) = (list.find("/departments/office/\">办公室").unwrap(), list.rfind("/departments/civil/").unwrap());
    assert!(office < civil, "{list}");
    assert!(p.read("public/departments/office/index.html").contains("下级机构"));
    p.file(
        "content/departments.yaml",
        "- {id: office, name: 办公室, parent: civil}\n- {id: civil, name: 民政局, parent: office}\n- {id: x, name: 某局, parent: none-such}\n",
    );
    let found = p.findings(&[]);
    let here: Vec<&str> = found.iter().filter(|f| f.1 == "content/departments.yaml").map(|f| f.0.as_str()).collect();
    assert_eq!(here, ["SRC008", "SRC011"], "{found:?}");
}

#[test]
fn findings_name_the_department_in_every_form() {
    let p = portal("");
    asked(&p);
    let json: Value = serde_json::from_str(&p.run(&["check", "--format", "json"]).out).unwrap();
    let whose = |code: &str, file: &str| {
        let mut all = json["findings"].as_array().unwrap().iter();
        let f = all.find(|f| (code.is_empty() || f["code"] == code) && f["file"] == file).unwrap_or_else(|| panic!("{code} {file}: {json:#}"));
        (f["department"].as_str().unwrap_or("").to_string(), f["department_name"].as_str().unwrap_or("").to_string())
    };
    let civil = ("civil".to_string(), "民政局".to_string());
    assert_eq!(whose("ITP001", "content/policies/d.md"), civil);
    // A sheet of letters is its department's, an item without one its folder's.
    assert_eq!(whose("INT003", "content/feedback/civil.csv"), civil);
    assert_eq!(whose("", "content/news/n.md"), civil);
    let site = p.run(&["check", "--format", "text", "--lang", "zh"]).out;
    assert!(site.contains("--> content/policies/d.md · 民政局") || site.contains("--> content/policies/d.md:1:1 · 民政局"), "{site}");
    let sarif: Value = serde_json::from_str(&p.run(&["check", "--format", "sarif"]).out).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(results.iter().any(|r| r["ruleId"] == "INT003" && r["properties"]["department"] == "civil"), "{sarif:#}");
    assert!(p.run(&["check", "--format", "github"]).out.contains(" · 民政局"));
    assert_eq!(p.run(&["build", "--allow-errors", "--internal", "office"]).code, 0);
    assert!(p.read("office/index.html").contains("<td>民政局</td>"));
    assert!(p.read("office/findings.csv").contains("\ncivil,warning,INT003,content/feedback/civil.csv,"));
}

#[test]
fn a_department_that_was_merged_keeps_its_pages() {
    let p = portal("");
    asked(&p);
    p.file("static/photos/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"4\"/>");
    p.file(
        "content/departments.yaml",
        "- {id: office, name: 办公室, type: 行政机关, leaders: [{name: 王某某, title: 主任, photo: /photos/a.svg}]}\n- {id: civil, name: 民政局, merged_into: office, until: 2026-06-01}\n",
    );
    p.build();
    let old = p.read("public/departments/civil/index.html");
    assert!(old.contains("已并入：<a href=\"/departments/office/\">办公室</a> · 存续至2026年6月1日") && old.contains("/policies/a/"), "{old}");
    let new = p.read("public/departments/office/index.html");
    for part in ["并入它的部门", "/departments/civil/", "行政机关", "src=\"/photos/a.svg\" alt=\"王某某\""] {
        assert!(new.contains(part), "{part}: {new}");
    }
    assert!(p.read("public/departments/index.html").contains("已并入办公室"));
    assert!(p.exists("public/feedback/civil/2/index.html"));
    // What its pages were called stays in the ledger; taken out of the list it is missed, and told what to do instead.
    assert_eq!(p.run(&["build", "--allow-errors", "--record-urls"]).code, 0);
    let urls = p.read("urls.txt");
    for url in ["/feedback/civil/2/", "/departments/civil/"] {
        assert!(urls.lines().any(|l| l == url), "{url}: {urls}");
    }
    let letters = p.read("content/feedback/civil.csv");
    p.file("content/feedback/civil.csv", letters.replace(",是,", ",否,"));
    assert!(!p.findings(&[]).iter().any(|f| f.0 == "URL003"), "a letter may be shown no more");
    p.file("content/feedback/civil.csv", letters);
    let list = p.read("content/departments.yaml");
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    let gone = p.run(&["check"]);
    assert!(gone.out.contains("/departments/civil/") && gone.out.contains("merged_into"), "{}", gone.out);
    p.file("content/departments.yaml", list);
    std::fs::remove_file(p.path("urls.txt")).unwrap();
    p.file("content/departments.yaml", "- {id: office, name: 办公室, merged_into: civil, leaders: [{name: 王, photo: /photos/none.jpg}]}\n- {id: civil, name: 民政局, merged_into: office}\n- {id: x, name: 某局, merged_into: nobody}\n");
    let found = p.findings(&[]);
    let here: Vec<&str> = found.iter().filter(|f| f.1 == "content/departments.yaml").map(|f| f.0.as_str()).collect();
    assert_eq!(here, ["SRC015", "SRC008", "SRC011"], "{found:?}");
}

#[test]
fn the_life_of_a_policy_has_its_events_steps_questions_and_tasks() {
    let p = portal("");
    let policy = "---\ntitle: 关于养老的办法\nissuer: civil\nformed_on: 2026-05-10\npublished_at: 2026-05-12\ntasks:\n\
        - {what: 建系统, department: [civil], due: 2026-06-10, done_on: 2026-06-09}\n\
        - {what: 发证, department: [civil], due: 2026-12-31}\n\
        - {what: 宣传, department: [office], due: 2026-12-31}\n---\n\n第一条 做好工作。\n";
    p.file("content/policies/life.md", policy);
    p.file("content/consultations/c.md", "---\ntitle: 征求意见\nissuer: civil\npublished_at: 2026-02-01\nopens: 2026-02-01\ncloses: 2026-03-05\nexplanation: 说明\nbecomes: life\nchannels: {mail: a@civil.gov.cn, post: 某路 1 号}\nresult: {on: 2026-03-20, received: 1, adopted: 1}\n---\n\n请提意见。\n");
    p.file("content/events/h.md", "---\ntitle: 养老办法听证会\nissuer: civil\nkind: 听证会\nstarts: 2026-02-20 09:00\nabout: [consultations/c]\nrecord: 已公布\npublished_at: 2026-02-10\n---\n\n听证。\n");
    p.file("content/decisions/d.md", "---\ntitle: 养老办法的决策\nissuer: civil\npublished_at: 2026-05-08\nbecomes: life\nsteps: {experts: {on: 2026-04-01}, collective: {on: 2026-05-08}, risk: 不涉及}\n---\n\n程序。\n");
    p.file("content/questions/q.md", "---\ntitle: 谁可以领\nissuer: civil\npolicy: [life]\non: 2026-05-20\npublished_at: 2026-05-20\n---\n\n老人。\n");
    p.build();
    let page = p.read("public/policies/life/index.html");
    let steps = page.split("<ol class=\"steps\">").nth(1).and_then(|s| s.split("</ol>").next()).unwrap_or_else(|| panic!("{page}"));
    let order = [
        "datetime=\"2026-02-01\"",
        "征求意见",
        "datetime=\"2026-02-20\"",
        "养老办法听证会",
        "听证会</span>",
        "datetime=\"2026-03-20\"",
        "datetime=\"2026-04-01\"",
        "专家论证",
        "datetime=\"2026-05-08\"",
        "集体讨论决定",
        "datetime=\"2026-05-10\"",
        "datetime=\"2026-05-12\"",
        "datetime=\"2026-05-20\"",
        "谁可以领",
        "datetime=\"2026-06-10\"",
        "建系统 · 2026年6月9日完成",
        "datetime=\"2026-12-31\"",
        "2 项任务，已完成 0 项",
    ];
    let mut at = 0;
    for part in order {
        at += steps[at..].find(part).unwrap_or_else(|| panic!("{part} after {}: {steps}", &steps[..at]));
    }
    // A task that is not done says so as of the day of the build, and turns on the reader's.
    assert!(page.contains("data-closes=\"2026-12-31\"") && page.contains("data-states=\"due|due|late\""), "{page}");
}

#[test]
fn scorecards_know_tasks_by_what_they_say() {
    let p = portal("scorecards: {}\n");
    asked(&p);
    p.build();
    p.file("earlier.json", p.read("public/scorecards.json"));
    p.file("site.yaml", format!("{SITE}scorecards: {{earlier: earlier.json}}\n"));
    let tasks = p.read("content/policies/tasks.md");
    let (at, first) = tasks.match_indices("- {what:").map(|(i, _)| i).next().zip(tasks.lines().find(|l| l.contains("- {what:"))).unwrap();
    let lines = |v: &Value, who: &str| -> Vec<(String, u64, bool)> {
        let card = v["departments"].as_array().unwrap().iter().find(|d| d["id"] == who).unwrap();
        let of = card["indicators"].as_array().unwrap().iter().find(|i| i["indicator"] == "tasks").unwrap();
        of["items"].as_array().unwrap().iter().map(|l| (l["id"].as_str().unwrap().to_string(), l["n"].as_u64().unwrap(), l["gone"] == true)).collect()
    };
    p.build();
    let before = scores(&p);
    // The first is deleted: it alone is missed, and the others keep their names.
    p.file("content/policies/tasks.md", format!("{}{}", tasks[..at].trim_end_matches(' '), tasks[at..].split_once('\n').unwrap().1));
    p.build();
    let after = scores(&p);
    for who in ["civil", "office"] {
        let (was, is) = (lines(&before, who), lines(&after, who));
        assert_eq!(was.iter().map(|l| &l.0).collect::<std::collections::BTreeSet<_>>(), is.iter().map(|l| &l.0).collect(), "{first}");
        for (id, n, gone) in is {
            let (_, then, _) = was.iter().find(|l| l.0 == id).unwrap();
            assert!(if gone { n == 0 } else { n == *then }, "{who} {id}");
        }
    }
    let gone: usize = ["civil", "office"].iter().map(|w| lines(&after, w).iter().filter(|l| l.2).count()).sum();
    assert_eq!(gone, 1, "{after}");
}

#[test]
fn scorecards_count_interpretations_by_working_days() {
    let p = portal("scorecards: {}\n");
    // Friday 3 April 2026; the holiday is from the 4th to the 6th, so the third working day is Thursday the 9th.
    let explained = |on: &str| {
        p.file(
            "content/policies/q.md",
            "---\ntitle: 关于清明的办法\nissuer: office\nformed_on: 2026-04-03\npublished_at: 2026-04-03\ninterpretation: required\n---\n\n第一条 正文。\n",
        );
        p.file(
            "content/interpretations/q.md",
            format!(
                "---\ntitle: 《清明》解读\npolicies: [q]\ninterpreter_org: office\nform: 文字\npublished_at: {on}\n---\n\n# 背景依据\n\n为了让群众看得懂。\n"
            ),
        );
        p.build();
        counted(&scores(&p), "office", "explained_in_time")
    };
    assert_eq!([explained("2026-04-07"), explained("2026-04-09"), explained("2026-04-10")], [(1, 1), (1, 1), (0, 1)]);
    std::fs::remove_file(p.path("content/interpretations/q.md")).unwrap();
    let grave = |day: &str| p.findings(&["--as-of", day]).into_iter().find(|f| f.0 == "ITP001" && f.1.contains("q.md")).map(|f| format!("{f:?}"));
    assert!(grave("2026-04-09").is_some() && grave("2026-04-10").is_some());
}

/// What the national check calls a veto is one on the scorecard too, and of the same department.
#[test]
fn scorecards_have_the_vetoes_of_the_verdict() {
    let p = portal("scorecards: {}\n");
    p.file(
        "content/feedback/civil.csv",
        "编号,类型,标题,内容,来信日期,状态,同意公开\n1,咨询,路灯,东街的路灯坏了,2026-01-05,待处理,是\n2,咨询,路面,西街的路面坏了,2026-01-06,待处理,是\n",
    );
    p.run(&["build", "--allow-errors"]);
    let ran = p.run(&["check", "--verdict", "--format", "json"]);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    let share = told["verdict"]["departments"].as_array().unwrap().iter().find(|d| d["department"] == "civil").unwrap();
    let v = scores(&p);
    let card = v["departments"].as_array().unwrap().iter().find(|d| d["id"] == "civil").unwrap();
    assert!(share["vetoes"].as_u64().unwrap() >= 2, "{share}");
    assert_eq!((&card["vetoes"], &card["failed"]), (&share["vetoes"], &Value::Bool(true)));
    assert!(p.read("public/scorecards/of/civil/index.html").contains("不合格"));
    // The order of summing stands in the file.
    let order: Vec<&str> = v["order"].as_array().unwrap().iter().map(|o| o["group"].as_str().unwrap()).collect();
    assert_eq!(order, ["system", "content", "channels", "response", "effect", "satisfaction"]);
}

/// With an earlier file: nothing is gone and nothing twice where a sheet was sorted, an item moved, a word mended.
#[test]
fn scorecards_know_what_was_sorted_moved_or_mended() {
    let p = portal("scorecards: {}\n");
    asked(&p);
    p.build();
    let before = figures(&scores(&p));
    p.file("earlier.json", p.read("public/scorecards.json"));
    p.file("site.yaml", format!("{SITE}scorecards: {{earlier: earlier.json}}\n"));
    let same = |what: &str| {
        assert_eq!(p.run(&["build", "--allow-errors"]).code, 0, "{what}");
        let text = p.read("public/scorecards.json");
        assert!(!text.contains("\"gone\""), "{what}");
        assert_eq!(figures(&scores(&p)), before, "{what}");
    };
    let sheet = p.read("content/feedback/civil.csv");
    let (head, rows) = sheet.split_once('\n').unwrap();
    let turned: Vec<&str> = rows.lines().rev().collect();
    p.file("content/feedback/civil.csv", format!("{head}\n{}\n", turned.join("\n")));
    same("sorted");
    p.file("content/feedback/civil.csv", sheet.replace("来信2的标题", "来信2的题目"));
    same("a title mended");
    p.file("content/feedback/civil.csv", &sheet);
    let tasks = p.read("content/policies/tasks.md");
    p.file("content/policies/tasks.md", tasks.replace("what: 丙", "what: 丙。"));
    same("a task mended");
    std::fs::remove_file(p.path("content/policies/tasks.md")).unwrap();
    p.file("content/policies/2026/tasks.md", tasks.replacen("---\n", "---\naliases: [/policies/tasks/]\n", 1));
    same("moved");
}

/// What an earlier scorecard found late, badly rated or not explained stays so, whatever is written over it, and says so.
#[test]
fn scorecards_do_not_rise_by_other_words_for_what_was_counted() {
    let p = portal("scorecards: {}\n");
    asked(&p);
    let more: String = (11..40).map(|n| format!("{n},咨询,来信{n}的标题,内容,2026-03-02,已处理,2026-03-04,答复,是,{}\n", 1 + n % 5)).collect();
    p.file("content/feedback/civil.csv", format!("{}{more}", p.read("content/feedback/civil.csv")));
    p.build();
    let before = figures(&scores(&p));
    p.file("earlier.json", p.read("public/scorecards.json"));
    p.file("site.yaml", format!("{SITE}scorecards: {{earlier: earlier.json}}\n"));
    let edits = [
        ("feedback/civil.csv", "已处理,2026-04-20", "已处理,2026-03-04"),
        ("feedback/civil.csv", "2026-03-03,已处理,,", "2026-03-03,已处理,2026-03-04,"),
        ("feedback/civil.csv", "答复,是,1\n", "答复,是,5\n"),
        ("feedback/civil.csv", "2026-05-11,已转办,,", "2026-05-11,已转办,2026-05-12,"),
        ("policies/b.md", "formed_on: 2026-01-05", "formed_on: 2026-04-05"),
        ("policies/d.md", "is_normative: true", "interpretation: {exempt: 转发上级文件}"),
        ("policies/d.md", "is_normative: true", "is_normative: false"),
        ("interpretations/b1.md", "published_at: 2026-06-01", "published_at: 2026-04-08"),
        ("consultations/late.md", "on: 2026-03-05", "on: 2026-03-04"),
        ("consultations/none.md", "closes: 2026-02-02", "closes: 2026-06-20"),
        ("responses/slow.md", "seen_on: 2026-03-01", "seen_on: 2026-03-03"),
        ("policies/tasks.md", "due: 2026-03-01, done_on: 2026-03-02", "due: 2026-03-01, done_on: 2026-03-01"),
        ("policies/tasks.md", "due: 2026-05-01", "due: 2026-12-01"),
    ];
    for (file, old, new) in edits {
        let path = format!("content/{file}");
        let text = p.read(&path);
        assert!(text.contains(old), "{file}: {old}");
        p.file(&path, text.replacen(old, new, 1));
        p.build();
        let v = scores(&p);
        for (name, now) in figures(&v) {
            // An exemption takes an error from the policy, and with it a fault of the department; an answer that is there is one.
            let mended = ["/sound", "/content", "/total", "/letters_answered", "/response"].iter().any(|e| name.ends_with(e));
            let was = before.get(&name).copied().unwrap_or_else(|| panic!("{file} {new}: {name} was not measured"));
            assert!(mended || now <= was + 1e-9, "{file} {new}: {name} rose from {was} to {now}");
        }
        p.file(&path, text);
    }
    // It is told, in the file and on the page; and a second time too, from the file that has it.
    let path = "content/policies/b.md";
    p.file(path, p.read(path).replace("formed_on: 2026-01-05", "formed_on: 2026-04-05"));
    for _ in 0..2 {
        p.build();
        assert_eq!(counted(&scores(&p), "civil", "prompt"), (3, 4));
        let items = p.read("public/scorecards/of/civil/items.csv");
        assert!(items.lines().any(|l| l.starts_with("prompt,policies/b,") && l.ends_with(",0,1,false,true,false")), "{items}");
        assert!(p.read("public/scorecards/of/civil/index.html").contains("所依据的日期、评分等后来有改动"));
        p.file("earlier.json", p.read("public/scorecards.json"));
    }
}

/// What is withdrawn for privacy stays in every d, as what is withdrawn for an error does.
#[test]
fn scorecards_do_not_rise_by_a_withdrawal_for_privacy() {
    let after = |ground: &str, id: &str| {
        let p = portal("scorecards: {}\n");
        asked(&p);
        p.build();
        let before = figures(&scores(&p));
        let ran = p.run(&["withdraw", id, "--ground", ground]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
        let v = scores(&p);
        for (name, now) in figures(&v) {
            let was = before.get(&name).copied().unwrap_or(0.0);
            assert!(
                name.ends_with("/sound") || name.ends_with("total") || name.ends_with("content") || now <= was + 1e-9,
                "{ground} {id}: {name} rose from {was} to {now}"
            );
        }
        ["explained", "prompt", "fields", "responses", "consultations"].map(|i| counted(&v, "civil", i).1)
    };
    for id in ["policies/d", "policies/b", "responses/slow", "consultations/late"] {
        assert_eq!(after("privacy", id), after("error", id), "{id}");
    }
}

/// An exemption without a reason is none, and is told.
#[test]
fn scorecards_do_not_take_any_word_as_a_reason() {
    for word in ["", " 无", " 。", " '1'", " 不需要"] {
        let p = portal("scorecards: {}\n");
        let text = p.read("content/policies/d.md").replace("is_normative: true\n", &format!("interpretation: {{exempt:{word}}}\n"));
        p.file("content/policies/d.md", text);
        let ran = p.run(&["build", "--allow-errors", "--format", "json"]);
        assert_eq!(counted(&scores(&p), "civil", "explained"), (3, 4), "{word}");
        assert!(ran.out.contains("SRC008") || ran.out.contains("SRC010"), "{word}: {}", ran.out);
    }
}

/// Without an earlier scorecard what is taken out of a sheet leaves its number open: found, and said on every page of its figures.
#[test]
fn scorecards_say_what_numbers_are_missing() {
    let p = portal("scorecards: {}\n");
    asked(&p);
    p.file(
        "content/disclosure/requests.csv",
        "编号,收到日期,答复部门,申请人类别,申请内容,办理结果,答复日期\n2026-001,2026-03-02,civil,自然人,甲,予以公开,2026-03-10\n2026-002,2026-03-02,civil,自然人,乙,,\n2026-003,2026-04-02,civil,自然人,丙,予以公开,2026-04-10\n",
    );
    p.build();
    let whole = scores(&p);
    let missing = |v: &Value, who: &str| {
        let card = std::iter::once(&v["site"]).chain(v["departments"].as_array().unwrap()).find(|c| c["id"] == who).unwrap();
        (card["numbers_missing"].as_u64().unwrap(), card["numbers_loose"] == true)
    };
    assert_eq!([missing(&whole, ""), missing(&whole, "civil"), missing(&whole, "office")], [(0, false); 3]);
    assert!(!p.findings(&[]).iter().any(|f| f.0 == "FBK003"));
    assert!(!p.read("public/scorecards/of/civil/index.html").contains("编号缺"));
    // Every letter and request taken out, but for the last of its series.
    let (letters, requests) = (p.read("content/feedback/civil.csv"), p.read("content/disclosure/requests.csv"));
    let without = |text: &str, row: usize| text.lines().enumerate().filter(|(i, _)| *i != row).map(|(_, l)| format!("{l}\n")).collect::<String>();
    let before = figures(&whole);
    let mut rose = 0;
    for (file, text, rows) in [("content/feedback/civil.csv", &letters, 2..10), ("content/disclosure/requests.csv", &requests, 1..3)] {
        for row in rows {
            p.file(file, without(text, row));
            p.build();
            let v = scores(&p);
            rose += figures(&v).iter().filter(|(name, now)| **now > before.get(*name).copied().unwrap_or(0.0) + 1e-9).count();
            let found = p.findings(&[]);
            assert_eq!(found.iter().filter(|f| f.0 == "FBK003" && f.1 == file).count(), 1, "{file} {row}: {found:?}");
            // The row behind it tells when: the last letter but one came years ago, and its gap with it.
            let old = file.contains("civil") && row == 9;
            assert_eq!([missing(&v, ""), missing(&v, "civil")], [(u64::from(!old), false); 2], "{file} {row}");
            for page in ["scorecards/index.html", "scorecards/of/civil/index.html"].iter().filter(|_| !old) {
                assert!(p.read(&format!("public/{page}")).contains("编号缺 1 个"), "{file} {row}: {page}");
            }
            let page = if file.contains("civil") { "feedback/figures/index.html" } else { "disclosure/requests/index.html" };
            assert!(p.read(&format!("public/{page}")).contains("编号缺 1 个"), "{file} {row}: {page}");
        }
        p.file(file, text);
    }
    // Figures do rise by it: that is why it is said.
    assert!(rose > 0);
    let told: Value = serde_json::from_str(&p.read("public/feedback/figures.json")).unwrap();
    assert_eq!((&told["numbers_missing"], &told["departments"]["civil"]["numbers_missing"]), (&0.into(), &0.into()));
    assert!(p.read("public/scorecards/method/index.html").contains("中间缺几个"));
    // Numbers that do not follow one another, or none: nobody can see, and that is said.
    for (what, text) in [
        (
            "loose",
            letters.lines().enumerate().map(|(i, l)| l.replacen(&format!("{i},"), &format!("{},", i * i * 97), usize::from(i > 0)) + "\n").collect::<String>(),
        ),
        ("none", letters.replacen("\n4,", "\n,", 1)),
    ] {
        p.file("content/feedback/civil.csv", text);
        p.build();
        let v = scores(&p);
        assert!(missing(&v, "civil").1, "{what}: {v:#}");
        assert!(p.read("public/scorecards/of/civil/index.html").contains("没有连续的编号"), "{what}");
        assert!(p.read("public/feedback/figures/index.html").contains("缺没缺看不出来"), "{what}");
    }
}

/// What goes to another department leaves what it lacked with the one that had it; a department that is gone is named.
#[test]
fn scorecards_keep_debts_with_the_department_that_had_them() {
    let p = portal("scorecards: {}\n");
    asked(&p);
    p.build();
    let before = figures(&scores(&p));
    p.file("earlier.json", p.read("public/scorecards.json"));
    p.file("site.yaml", format!("{SITE}scorecards: {{earlier: earlier.json}}\n"));
    let moved = |v: &Value, who: &str, name: &str, id: &str| -> Option<(u64, u64, bool)> {
        let card = v["departments"].as_array().unwrap().iter().find(|c| c["id"] == who).unwrap();
        let i = card["indicators"].as_array().unwrap().iter().find(|i| i["indicator"] == name).unwrap();
        let l = i["items"].as_array().unwrap().iter().find(|l| l["id"] == id)?;
        Some((l["n"].as_u64().unwrap(), l["d"].as_u64().unwrap(), l["moved"] == true))
    };
    for (file, indicator) in [
        ("policies/b", "prompt"),
        ("policies/d", "explained"),
        ("consultations/late", "consultations"),
        ("consultations/none", "consultations"),
        ("responses/slow", "responses"),
    ] {
        let path = format!("content/{file}.md");
        let text = p.read(&path);
        p.file(&path, text.replacen("issuer: civil", "issuer: office", 1));
        p.build();
        let v = scores(&p);
        let now = figures(&v);
        let key = format!("civil/{indicator}");
        assert!(now[&key] <= before[&key] + 1e-9, "{file}: {key} rose from {} to {}", before[&key], now[&key]);
        assert_eq!(moved(&v, "civil", indicator, file).map(|m| (m.0 < m.1, m.2)), Some((true, true)), "{file}");
        // The site has it once.
        assert!(now[&format!("/{indicator}")] <= before[&format!("/{indicator}")] + 1e-9, "{file}");
        if indicator != "explained" && file != "consultations/none" {
            assert_eq!(moved(&v, "office", indicator, file), None, "{file}: what was late is not the new one's");
        }
        assert!(p.read("public/scorecards/of/civil/index.html").contains("现归别的部门"), "{file}");
        // What it owed still it can pay where it is.
        if indicator == "explained" {
            let new = "---\ntitle: 《d》解读\npolicies: [d]\ninterpreter_org: office\nform: 文字\npublished_at: 2026-06-01\n---\n\n# 背景依据\n\n为了让群众看得懂。\n";
            p.file("content/interpretations/d1.md", new);
            p.build();
            assert_eq!(moved(&scores(&p), "civil", indicator, file), Some((1, 1, true)));
            std::fs::remove_file(p.path("content/interpretations/d1.md")).unwrap();
        }
        p.file(&path, text);
    }
    // A letter in the sheet of another: late is late where it was, and it is not there twice.
    let sheet = p.read("content/feedback/civil.csv");
    let row = sheet.lines().nth(2).unwrap();
    p.file("content/feedback/civil.csv", sheet.replacen(&format!("{row}\n"), "", 1));
    p.file("content/feedback/office.csv", format!("{}\n{row}\n", sheet.lines().next().unwrap()));
    p.build();
    let v = scores(&p);
    assert_eq!((counted(&v, "civil", "letters_limit"), counted(&v, "office", "letters_limit")), ((3, 7), (0, 0)));
    let site = v["site"]["indicators"].as_array().unwrap().iter().find(|i| i["indicator"] == "letters_limit").unwrap();
    assert_eq!((site["n"].as_u64(), site["d"].as_u64()), (Some(3), Some(7)));
    assert!(p.findings(&[]).iter().any(|f| f.0 == "FBK003"), "its number is missing where it was");
    p.file("content/feedback/civil.csv", &sheet);
    std::fs::remove_file(p.path("content/feedback/office.csv")).unwrap();
    // A department under another name: said, and the site owes what it owed.
    let names = p.read("content/departments.yaml");
    p.file("content/departments.yaml", names.replace("id: civil, name: 民政局", "id: welfare, name: 民政和社会局, aliases: [civil]"));
    p.run(&["build", "--allow-errors", "--hold-back"]);
    let v = scores(&p);
    assert_eq!(v["absent"], serde_json::json!([{ "id": "civil", "name": "民政局" }]));
    assert!(p.read("public/scorecards/index.html").contains("现在没有的部门：民政局"));
}
