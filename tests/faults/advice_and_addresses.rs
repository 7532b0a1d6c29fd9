//! Advice that works when it is followed, states that are told elsewhere too, and addresses that lead where they are meant to.
#![expect(clippy::disallowed_methods, reason = "tests make and mend files")]

use crate::support::{Project, SITE};
use serde_json::Value;

fn with(files: &[(&str, &str)]) -> Project {
    let p = Project::new(SITE);
    for (name, text) in files {
        p.file(name, text);
    }
    p
}

fn findings(p: &Project) -> Vec<Value> {
    let ran = p.run(&["check", "--format", "json", "--lang", "zh"]);
    assert!(ran.code < 2, "{ran:#?}");
    serde_json::from_str::<Value>(&ran.out).unwrap()["findings"].as_array().unwrap().clone()
}

/// Findings of the codes about YAML.
fn of_yaml(p: &Project) -> Vec<Value> {
    let mut all = findings(p);
    all.retain(|f| f["code"].as_str().is_some_and(|c| c.starts_with("SRC")));
    all
}

/// The line that a hint proposes.
fn proposed(f: &Value) -> String {
    let hint = f["hint"].as_str().unwrap_or_else(|| panic!("advice: {f}"));
    let from = hint.find("写作 `").unwrap_or_else(|| panic!("a line: {f}")) + "写作 `".len();
    hint[from..].split('`').next().unwrap().to_string()
}

#[test]
fn what_does_not_hold_is_said_so_wherever_it_is_pushed() {
    let p = Project::new("title: 云台市\nbase_url: https://www.yuntai.gov.cn/\nas_of: 2026-11-29\nlanguages: [zh-Hans, en]\n");
    let text = "第一条 为规范高龄补贴的发放，方便老年人就近申领，制定本办法，请各区县人民政府认真贯彻执行，切实做好各项服务工作。第二条 八十周岁以上的老年人，可以向任何一个社区申请，凭身份证办理，不需要户籍证明，已经领取的老年人不用再重新申请一次。";
    for (name, head) in [
        ("gone", "title: 旧办法\nexpires_on: 2025-12-31\n"),
        ("later", "title: 新办法\neffective_from: 2026-12-15\n"),
        ("changed", "title: 原办法\n"),
        ("changes", "title: 修改办法\namends: [changed]\n"),
        ("good", "title: 现行办法\n"),
    ] {
        p.file(&format!("content/policies/{name}.md"), format!("---\n{head}published_at: 2025-01-12\n---\n\n{text}\n"));
    }
    p.file("content/consultations/open.md", "---\ntitle: 征求意见\npublished_at: 2026-11-01\nopens: 2026-11-01\ncloses: 2026-12-01\n---\n\n字。\n");
    p.file("content/consultations/over.md", "---\ntitle: 征求过意见\npublished_at: 2026-10-01\nopens: 2026-10-01\ncloses: 2026-11-01\n---\n\n字。\n");
    p.file("content/interpretations/i.md", "---\ntitle: 解读\npublished_at: 2025-02-01\npolicies: [policies/gone]\n---\n\n字。\n");
    for (id, wechat, weibo) in [
        ("policies/gone", "失效（截至2026年11月29日）  本文件已于2025年12月31日失效。", "【旧办法】本文件已于2025年12月31日失效。"),
        ("policies/later", "尚未生效（截至2026年11月29日）  本文件尚未生效，自2026年12月15日起施行。", "【新办法】本文件尚未生效，自2026年12月15日起施行。"),
        ("policies/changed", "已被修改（截至2026年11月29日）  本文件已被修改，请参阅新的规定。", "【原办法】本文件已被修改，请参阅新的规定。"),
        ("consultations/open", "征集中（截至2026年11月29日）  意见征集2026年12月1日截止。", "【征求意见】意见征集2026年12月1日截止。"),
        ("consultations/over", "已结束，待反馈（截至2026年11月29日）  意见征集已于2026年11月1日结束。", "【征求过意见】意见征集已于2026年11月1日结束。"),
        ("interpretations/i", "失效（截至2026年11月29日）  所解读的《旧办法》：失效。", "【解读】所解读的《旧办法》：失效。"),
    ] {
        let ran = p.run(&["push", id, "--out", p.path("out").to_str().unwrap()]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        let long = p.read("out/wechat.txt");
        let (state, lead) = (long.find(wechat).unwrap_or_else(|| panic!("{id}: {long}")), long.find(if id.starts_with('p') { "第一条" } else { "字" }));
        assert!(lead.is_some_and(|l| state < l), "the state stands above the text: {long}");
        let short = p.read("out/weibo.txt");
        assert!(short.starts_with(weibo) && short.trim().chars().count() <= 140, "{short}");
        assert!(p.read("out/poster.svg").contains(&wechat[..12]), "{id}");
    }
    let ran = p.run(&["push", "policies/good"]);
    assert!(ran.code == 0 && !ran.out.contains("截至"), "{}", ran.out);
    // An excerpt ends with a sentence.
    assert!(ran.out.contains("做好各项服务工作。\n"), "{}", ran.out);
    // Or says that it goes on.
    p.file(
        "content/policies/long.md",
        format!("---\ntitle: 长\npublished_at: 2025-01-12\n---\n\n{}\n", "为规范高龄补贴的发放，方便老年人就近申领，".repeat(8)),
    );
    let out = p.run(&["push", "policies/long"]).out;
    assert!(out.lines().any(|l| l.starts_with("为规范") && l.ends_with('…') && l.chars().count() == 100), "{out}");
}

#[test]
fn a_second_numbering_does_not_take_the_anchor_of_another_article() {
    let text = "第一条 甲。\n\n第一条之二 乙。\n\n第二条 丙。\n\n附件：办法\n\n第一条 丁。\n\n第二条 戊。\n\n第二条之二 己。\n\n第二条 庚。\n";
    let p = with(&[("content/policies/p.md", &format!("---\ntitle: 养老办法\npublished_at: 2026-01-01\n---\n\n{text}"))]);
    p.file(
        "content/policies/q.md",
        "---\ntitle: 规定\npublished_at: 2026-01-01\n---\n\n第 一百二十一 条 丁。\n\n第 一百二十二 条 戊。\n第　一百二十二　条之一 己。\n",
    );
    p.build();
    let ids = |page: &str| -> Vec<String> {
        let page = p.read(page);
        page.split("class=\"clause\" id=\"")
            .skip(1)
            .map(|r| {
                let id = r.split('"').next().unwrap();
                let words = r.split("</a> ").nth(1).unwrap();
                format!("{id} {}", words.chars().next().unwrap())
            })
            .collect()
    };
    let wanted = ["art-1 甲", "art-1-2 乙", "art-2 丙", "art-1--2 丁", "art-2--2 戊", "art-2-2 己", "art-2--3 庚"];
    assert_eq!(ids("public/policies/p/index.html"), wanted);
    assert_eq!(ids("public/policies/q/index.html"), ["art-121 丁", "art-122 戊", "art-122-1 己"]);
    let found = p.run(&["search", "养老办法第二条之二", "--limit", "1"]).out;
    assert!(found.contains("#art-2-2"), "{found}");
    let passages = p.read("public/api/v1/passages.jsonl");
    let of = |end: &str| passages.lines().find(|l| l.contains(&format!("/policies/{end}\""))).unwrap_or_else(|| panic!("{end}: {passages}")).to_string();
    assert!(of("p/#art-2-2").contains('己') && of("p/#art-2--2").contains('戊') && of("q/#art-122").contains('戊') && !of("q/#art-121").contains('戊'));
}

#[test]
fn a_numbered_line_right_below_a_table_is_no_row() {
    for (line, article) in [("第二条 乙。", true), ("一、乙。", false), ("（一）乙。", false)] {
        let p = with(&[(
            "content/policies/p.md",
            &format!("---\ntitle: 甲\npublished_at: 2026-01-01\n---\n\n第一条 甲：\n\n|项|值|\n|--|--|\n|a|1|\n{line}\n接着。\n"),
        )]);
        p.build();
        let page = p.read("public/policies/p/index.html");
        let table = page.split("<table").nth(1).unwrap().split("</table>").next().unwrap();
        assert!(!table.contains("乙") && table.contains("<td>a</td>"), "{table}");
        assert_eq!(page.contains("id=\"art-2\""), article, "{page}");
    }
    // A row without bars at its ends is one.
    let p = with(&[("content/policies/p.md", "---\ntitle: 甲\npublished_at: 2026-01-01\n---\n\n项|值\n--|--\n一、甲|1\n二、乙|2\n")]);
    p.build();
    let page = p.read("public/policies/p/index.html");
    assert!(page.contains("<td>二、乙</td>"), "{page}");
}

#[test]
fn old_addresses_without_scheme_or_in_full_width() {
    let item = |aliases: &str| with(&[("content/news/a.md", &format!("---\ntitle: 甲\npublished_at: 2026-01-01\naliases: {aliases}\n---\n\n字\n"))]);
    let p = item("[\"www.example.gov.cn/w.html\", \"//old.example.gov.cn/y.html\", \"10.1.2.3:8080/z.html\", \"/art.com/v.html\", \"show.aspx\"]");
    p.build();
    for path in ["w.html", "y.html", "z.html", "art.com/v.html"] {
        assert!(p.exists(&format!("public/{path}")), "{path}");
    }
    assert!(!p.exists("public/www.example.gov.cn") && !p.exists("public/old.example.gov.cn"));
    for (alias, right) in [
        ("／full.html", "/full.html"),
        ("/full。html", "/full.html"),
        ("/a／b.html", "/a/b.html"),
        ("/show.aspx？id＝1", "/show.aspx?id=1"),
        ("https：//www.example.gov.cn/v.html", "https://www.example.gov.cn/v.html"),
    ] {
        for quoted in [format!("[\"{alias}\"]"), format!("\n  - \"{alias}\""), format!("\n  - {alias}")] {
            let all = findings(&item(&quoted));
            let told: Vec<&Value> = all.iter().filter(|f| f["code"] != "URL003").collect();
            assert!(told.iter().any(|f| f["code"] == "URL002" && f["message"].as_str().unwrap().contains(&format!("应写作 `{right}`"))), "{quoted}: {all:#?}");
            assert!(all.iter().all(|f| f["code"] != "SRC020"), "{quoted}: {all:#?}");
            // Followed, it is an address.
            assert!(findings(&item(&quoted.replace(alias, right))).iter().all(|f| f["code"] != "URL002"));
        }
    }
    // Chinese marks in names of files are no slips.
    for good in ["/关于印发：通知.html", "/第一条。第二条.html", "/怎么办？.html"] {
        assert!(findings(&item(&format!("[\"{good}\"]"))).iter().all(|f| f["code"] != "URL002"), "{good}");
    }
    let all = findings(&item("[\"/news/%D5%FE%B2%DF.html\"]"));
    let hint = all.iter().find(|f| f["code"] == "URL002").unwrap()["hint"].as_str().unwrap();
    assert!(hint.contains("/news/政策.html") && hint.contains("服务器"), "{hint}");
}

#[test]
fn paths_for_github_are_those_of_the_repository() {
    let p = Project::new("title: 外\n");
    p.file("portal/site.yaml", SITE);
    p.file("portal/content/policies/q.md", "---\ntitle: 甲\npublished_at: 2026-13-01\n---\n字\n");
    let run = |format: &str| p.run(&["check", "--root", p.path("portal").to_str().unwrap(), "--format", format]).out;
    assert!(run("github").contains("file=content/policies/q.md,line=3"), "{}", run("github"));
    std::fs::create_dir(p.path(".git")).unwrap();
    assert!(run("github").contains("file=portal/content/policies/q.md,line=3"), "{}", run("github"));
    assert!(run("sarif").contains("\"uri\": \"portal/content/policies/q.md\""), "{}", run("sarif"));
    assert!(run("text").contains("--> content/policies/q.md:3"), "{}", run("text"));
    assert!(run("json").contains("\"content/policies/q.md\""), "{}", run("json"));
}

#[test]
fn several_telephones_where_one_text_stands() {
    for (list, right) in [
        ("- {id: office, name: 办公室, tel: [\"0594-2692345\", \"0594-2692346\"]}", "tel: \"0594-2692345、0594-2692346\""),
        ("- id: office\n  name: 办公室\n  tel: [\"0594-2692345\", \"0594-2692346\"]", "tel: \"0594-2692345、0594-2692346\""),
        ("- id: office\n  name: 办公室\n  tel: [\"0594-2692345\"]", "tel: \"0594-2692345\""),
    ] {
        let p = with(&[("content/departments.yaml", &format!("{list}\n")), ("content/news/a.md", "---\ntitle: 甲\npublished_at: 2026-01-01\n---\n字\n")]);
        let all = of_yaml(&p);
        assert_eq!(all.len(), 1, "{all:#?}");
        assert_eq!(proposed(&all[0]), right, "{all:#?}");
        let from = list.find("tel: [").unwrap();
        let to = list.find(']').unwrap() + 1;
        p.file("content/departments.yaml", format!("{}{right}{}\n", &list[..from], &list[to..]));
        assert_eq!(of_yaml(&p), [] as [Value; 0]);
    }
}

/// A policy with one line of its head, and findings about it.
fn head(line: &str) -> Project {
    let extra = if line.trim_start().starts_with('-') && line.contains("on:") {
        "changes:\n"
    } else if line.trim_start().starts_with('-') {
        "benefits:\n"
    } else {
        ""
    };
    with(&[(
        "content/policies/p.md",
        &format!("---\ntitle: 关于加强养老服务的通知\npublished_at: 2026-01-03\n{extra}{line}\nsummary: 加强养老服务。\n---\n\n第一条 字。\n"),
    )])
}

#[test]
fn one_wrong_bracket_or_comma_is_named_and_its_advice_works() {
    for (line, sign, right) in [
        (
            "  - {who: [老年人】, what: 高龄津贴, amount: 100元, tel: [\"0594-2692346\"]}",
            "】",
            "  - {who: [老年人], what: 高龄津贴, amount: 100元, tel: [\"0594-2692346\"]}",
        ),
        (
            "  - {who: [老年人), what: 高龄津贴, amount: 100元, tel: [\"0594-2692346\"]}",
            ")",
            "  - {who: [老年人], what: 高龄津贴, amount: 100元, tel: [\"0594-2692346\"]}",
        ),
        ("  - {who: [老年人］, what: 高龄津贴, amount: 100元}", "］", "  - {who: [老年人], what: 高龄津贴, amount: 100元}"),
        ("keywords: [养老, 服务,, 补贴]", "逗号", "keywords: [养老, 服务, 补贴]"),
        ("aliases: [/old/1.html,, \"/show.aspx?id=123\"]", "逗号", "aliases: [/old/1.html, \"/show.aspx?id=123\"]"),
        ("keywords: [养老, 服务, 补贴)", ")", "keywords: [养老, 服务, 补贴]"),
        ("keywords: [养老, 服务, 补贴）", "）", "keywords: [养老, 服务, 补贴]"),
        ("  - on: 2026-01-10, note: 更正第一条}", "{", "  - {on: 2026-01-10, note: 更正第一条}"),
        ("  - （on: 2026-01-10, note: 更正第一条}", "（", "  - {on: 2026-01-10, note: 更正第一条}"),
    ] {
        let p = head(line);
        let all = of_yaml(&p);
        let first = &all[0];
        assert!(first["code"] == "SRC020" && first["message"].as_str().unwrap().contains(sign), "{line}: {all:#?}");
        assert_eq!(proposed(first), right, "{line}: {all:#?}");
        assert_eq!(of_yaml(&head(right)), [] as [Value; 0], "{right}");
    }
    // Brackets that a word has itself.
    for good in ["keywords: [养老（试点）, 补贴]", "keywords: [养老【一】, 补贴]", "keywords: [养老),\n  补贴]", "keywords: [甲 (a), 乙]"]
    {
        assert_eq!(of_yaml(&head(good)), [] as [Value; 0], "{good}");
    }
}

#[test]
fn one_quote_of_a_pair_in_a_list_is_told() {
    for (line, right) in [
        ("keywords: [养老”, 补贴]", "keywords: [\"养老\", 补贴]"),
        ("keywords: [养老, 补贴\"]", "keywords: [养老, \"补贴\"]"),
        ("keywords: [”养老\", \"补贴\"]", "keywords: [\"养老\", \"补贴\"]"),
        ("keywords: [\"养老\", 补贴\"]", "keywords: [\"养老\", \"补贴\"]"),
        ("keywords: [\"养老\",\u{3000}\"补贴\"]", "keywords: [\"养老\", \"补贴\"]"),
    ] {
        let all = of_yaml(&head(line));
        assert!(all.len() == 1 && all[0]["code"] == "SRC020", "{line}: {all:#?}");
        assert_eq!(proposed(&all[0]), right, "{line}: {all:#?}");
        assert_eq!(of_yaml(&head(right)), [] as [Value; 0], "{right}");
    }
    for good in [
        "keywords: [“十四五”规划, 补贴]",
        "keywords: ['他说“好\"', 补贴]",
        "keywords: [屏幕15.6\"以上, 15.6\"]",
        "keywords: [residents’ rights, the residents’]",
        "keywords: [甲,\u{3000}乙]",
    ] {
        assert_eq!(of_yaml(&head(good)), [] as [Value; 0], "{good}");
    }
    // A comma between the two: nobody knows whether it divides.
    let all = of_yaml(&head("keywords: [“甲,乙”, 丙]"));
    assert!(!all.is_empty() && all.iter().all(|f| f["code"] == "SRC020" && !f["hint"].as_str().unwrap().contains("\"甲\"")), "{all:#?}");
}

#[test]
fn signs_of_markup_and_half_a_pair_in_a_title_are_told() {
    let told = |title: &str| -> Vec<Value> {
        let p = with(&[("content/news/a.md", &format!("---\ntitle: '{title}'\npublished_at: 2026-01-01\n---\n\n字\n"))]);
        findings(&p).into_iter().filter(|f| f["code"] == "TXT018").collect()
    };
    for (title, sign, right) in [
        ("关于加强<br>养老服务的通知", "<br>", "写成 `关于加强养老服务的通知`"),
        ("关于<b>加强</b>养老服务的通知", "<b>", "写成 `关于加强养老服务的通知`"),
        ("关于**加强**养老服务的通知", "**加强**", "写成 `关于加强养老服务的通知`"),
        ("“关于加强\"养老服务的通知", "“”", "成对|补上"),
        ("关于印发《养老服务的通知", "《》", "补上"),
    ] {
        let all = told(title);
        assert_eq!(all.len(), 1, "{title}: {all:#?}");
        let (message, hint) = (all[0]["message"].as_str().unwrap(), all[0]["hint"].as_str().unwrap());
        assert!(message.contains(sign) && right.split('|').any(|r| hint.contains(r)), "{title}: {all:#?}");
        assert_eq!(all[0]["blocks"], false);
    }
    for good in ["关于印发《养老“十四五”规划》的通知", "王**、李**等人的公告", "屏幕15.6\"以上", "a < b 与 c > d", "杭州***有限公司、宁波***有限公司"]
    {
        assert_eq!(told(good), [] as [Value; 0], "{good}");
    }
}
