//! Faults found by people who imported, withdrew and audited: each kind with its test.
#![expect(clippy::disallowed_methods, reason = "tests read files")]

use crate::support::{Project, tree};

const ZH: &str = "title: 试\nbase_url: https://www.example.gov.cn/\nprofile: cn-gov\nas_of: 2026-03-01\n";
const EN: &str = "title: Test\nbase_url: https://example.org/\nlanguages: [en]\nas_of: 2026-03-01\n";

/// All of a project but what lies aside.
fn everything(p: &Project) -> String {
    let all = tree(p.root());
    let kept = all.iter().filter(|(n, _)| !n.starts_with(".clerestory/withdrawn/") && !n.starts_with("in/"));
    kept.map(|(n, b)| format!("{n}\n{}\n", String::from_utf8_lossy(b))).collect()
}

/// What was withdrawn for privacy is not written again: under another name of the import, without its records, or into the file that
/// tells nothing.
#[test]
fn withdrawn_for_privacy_is_not_imported_again() {
    let p = Project::new(EN);
    p.file(
        "in/all.json",
        r#"{"success":true,"result":{"results":[{"id":"k-1","name":"x","title":"Salaries of Quixote"},{"id":"k-2","name":"y","title":"Trees"}]}}"#,
    );
    assert_eq!(p.run(&["import", "ckan", "in"]).code, 0);
    let ran = p.run(&["withdraw", "datasets/x", "--ground", "privacy"]);
    assert!(ran.code == 0 && ran.out.contains(".clerestory/withdrawn-items.txt"), "{ran:#?}");
    assert!(!p.read(".clerestory/withdrawn-items.txt").contains("x\n") && !p.read(".clerestory/withdrawn-items.txt").contains("Quixote"));
    p.file(
        "in/all.json",
        r#"{"success":true,"result":{"results":[{"id":"k-1","name":"x","title":"Salaries of Quixote","notes":"Rocinante"},{"id":"k-2","name":"y","title":"Trees"}]}}"#,
    );
    let stub = p.read("content/datasets/x/dataset.yaml");
    for args in [&["import", "ckan", "in"][..], &["import", "ckan", "in", "--name", "other"]] {
        let ran = p.run(args);
        assert!(ran.out.contains("withdrawn for privacy") && !ran.out.contains("Quixote") && ran.err.contains("1 withdrawn and not imported"), "{ran:#?}");
        assert_eq!(p.read("content/datasets/x/dataset.yaml"), stub);
        assert!(!everything(&p).contains("Quixote") && !everything(&p).contains("Rocinante"));
    }
    // Another clone has the hashes, and neither the records nor what is left of the item; the source calls it otherwise.
    std::fs::remove_dir_all(p.path(".clerestory/import")).unwrap();
    std::fs::remove_dir_all(p.path("content/datasets")).unwrap();
    p.file("in/all.json", r#"{"success":true,"result":{"results":[{"id":"k-1","name":"renamed","title":"Salaries of Quixote"}]}}"#);
    let ran = p.run(&["import", "ckan", "in"]);
    assert!(ran.out.contains("withdrawn for privacy") && !everything(&p).contains("Quixote"), "{ran:#?}");
}

/// A file beside an item that its text alone links to goes with it, though the text of another links there too.
#[test]
fn a_linked_file_goes_with_what_is_withdrawn() {
    for ground in ["privacy", "law"] {
        let p = Project::new(ZH);
        p.file("content/departments.yaml", "- {id: a, name: 甲局}\n")
            .file("content/news/jia.md", "---\ntitle: 处罚名单\npublished_at: 2026-01-01\n---\n\n见[附件](zs.csv)。\n")
            .file("content/news/zs.csv", "姓名,事由\n孔雀石,甲\n")
            .file("content/news/yi.md", "---\ntitle: 后续\npublished_at: 2026-01-02\n---\n\n见[附件](zs.csv)。\n");
        let ran = p.run(&["withdraw", "news/jia", "--ground", ground]);
        assert!(ran.code == 0 && ran.out.contains("content/news/zs.csv ← content/news/yi.md:6"), "{ran:#?}");
        assert!(!p.exists("content/news/zs.csv"), "{ground}");
    }
}

/// Numbers and words of a title, and its characters spelt out, in an address make the notice stand elsewhere.
#[test]
fn telling_addresses_are_nowhere_after_a_withdrawal_for_privacy() {
    let p = Project::new(ZH);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    let text = |title: &str, no: &str| format!("---\ntitle: {title}\ndoc_no: {no}\nissuer: a\npublished_at: 2026-01-01\ntheme: 综合政务/政务公开\n---\n文。\n");
    p.file("content/policies/customs/2023-182.md", text("公告", "公告〔2023〕182号"))
        .file("content/policies/zhangsan-penalty.md", text("关于对张三处罚的决定", "none"))
        .file("content/policies/zhang-san-jue-ding.md", text("张三决定", "none"))
        .file("content/policies/plain.md", text("张三决定", "none"));
    for (id, stays) in [("customs/2023-182", false), ("zhangsan-penalty", false), ("zhang-san-jue-ding", false), ("plain", true)] {
        let ran = p.run(&["withdraw", &format!("policies/{id}"), "--ground", "privacy"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert_eq!(p.exists(&format!("content/policies/{id}.md")), stays, "{id}");
    }
    assert!(p.exists("content/policies/customs/withdrawn-1.md") && p.exists("content/policies/withdrawn-2.md"));
}

/// A document of Word from the inside of its body, with its other parts.
fn word(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    put("word/document.xml", &format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"));
    more.iter().for_each(|(n, t)| put(n, t));
    zip.finish().unwrap().into_inner()
}

/// Raised and lowered digits, lists by style, signs, merged cells, and marks in the heads of pages.
#[test]
fn documents_of_word_lose_nothing_unsaid() {
    let p = Project::new(ZH);
    let run = |more: &str, t: &str| format!("<w:r><w:rPr>{more}</w:rPr><w:t>{t}</w:t></w:r>");
    let lift = |to: &str, t: &str| run(&format!("<w:vertAlign w:val=\"{to}\"/>"), t);
    let listed = |style: &str, t: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run("", t));
    let cell = |more: &str, t: &str| format!("<w:tc><w:tcPr>{more}</w:tcPr><w:p>{}</w:p></w:tc>", run("", t));
    let body = [
        format!("<w:p>{}</w:p>", run("", "关于排放的通知")),
        format!(
            "<w:p>{}{}{}{}{}</w:p>",
            run("", "共10"),
            lift("superscript", "3"),
            run("", "吨CO"),
            lift("subscript", "2"),
            "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:sym w:font=\"Arial\" w:char=\"2103\"/></w:r>"
        ),
        listed("Num", "甲项"),
        listed("Num", "乙项"),
        listed("Dots", "丙项"),
        format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
            cell("", "区"),
            cell("", "数"),
            cell("<w:vMerge w:val=\"restart\"/>", "东区"),
            cell("", "1"),
            cell("<w:vMerge/>", ""),
            cell("", "2")
        ),
    ]
    .concat();
    let parts = [
        (
            "word/styles.xml",
            "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"Num\"><w:name w:val=\"List Number\"/><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style><w:style w:styleId=\"Dots\"><w:name w:val=\"List Bullet\"/></w:style></w:styles>",
        ),
        (
            "word/numbering.xml",
            "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"9\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"第%1条\"/></w:lvl></w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"9\"/></w:num></w:numbering>",
        ),
        ("word/header1.xml", "<w:hdr xmlns:w=\"w\"><w:p><w:r><w:t>内部资料 不得外传</w:t></w:r></w:p></w:hdr>"),
    ];
    p.file("in/a.docx", word(&body, &parts)).file("in/b.docx", word(&body, &parts[..2]));
    let ran = p.run(&["import", "docx", "in"]);
    let texts: Vec<String> = tree(&p.path("content")).into_values().map(|b| String::from_utf8(b).unwrap()).filter(|t| t.contains("关于排放的通知")).collect();
    assert_eq!(texts.len(), 2, "{ran:#?}");
    for t in &texts {
        assert!(t.contains("10<sup>3</sup>吨CO<sub>2</sub>") && t.contains("�℃") && t.contains("第一条 甲项\n\n第二条 乙项") && t.contains("- 丙项"), "{t}");
        assert!(t.contains("| 东区 | 1 |\n| 东区 | 2 |"), "{t}");
    }
    assert_eq!(texts.iter().filter(|t| t.contains("draft: true")).count(), 1, "{texts:#?}");
    for told in ["内部资料 不得外传", "Wingdings F0FE", "第%1条", "cells that span rows"] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
}

/// Passwords stand neither in the files nor in a finding; they are told by their keys.
#[test]
fn passwords_of_ckan_are_never_written() {
    let p = Project::new(EN);
    p.file(
        "in/all.json",
        r#"{"success":true,"result":{"results":[{"id":"k-1","name":"x","title":"Trees","extras":[{"key":"harvest_password","value":"hunter2"},{"key":"密码","value":"hunter3"},{"key":"area","value":"north"}],"api_key":"hunter4","config":{"db_passwd":"hunter5","token":"hunter6"},"resources":[{"url":"https://example.org/a.csv","name":"a","token":"hunter7"}]}]}}"#,
    );
    let ran = p.run(&["import", "ckan", "in"]);
    for key in ["harvest_password", "密码", "api_key", "config.db_passwd", "config.token"] {
        assert!(ran.out.contains(key), "{key}: {}", ran.out);
    }
    let text = p.read("content/datasets/x/dataset.yaml");
    assert!(text.contains("north") && !text.contains("hunter"), "{text}");
    assert!(!ran.out.contains("hunter") && !everything(&p).contains("hunter"), "{}", ran.out);
}

/// What CKAN names twice, not at all, or with signs of paths; answers of failure; texts by language.
#[test]
fn odd_names_and_answers_of_ckan() {
    let p = Project::new(EN);
    p.file(
        "in/all.json",
        r#"{"success":true,"result":{"results":[{"title":"Nameless one"},{"title":"Nameless two"},{"name":"Dup","title":"A"},{"name":"dup","title":"B"},{"name":"../../etc","title":"C"},
7,
{"name":"d","title":"D","title_translated":{"en":"D","fr":"Dé"},"notes_translated":{"en":"Words of D","fr":"Mots"}}]}}"#,
    );
    let ran = p.run(&["import", "ckan", "in"]);
    assert!(ran.code == 1 && ran.out.contains("no object") && ran.out.contains("in/all.json:2") || ran.out.contains("all.json:2"), "{ran:#?}");
    for name in ["nameless-one", "nameless-two", "dup", "dup-2", "etc", "d"] {
        assert!(p.exists(&format!("content/datasets/{name}/dataset.yaml")), "{name}: {ran:#?}");
    }
    let aliases: String = ["dup", "dup-2", "etc"].iter().map(|n| p.read(&format!("content/datasets/{n}/dataset.yaml"))).collect();
    assert!(aliases.to_lowercase().matches("/dataset/dup").count() == 1 && !aliases.contains(".."), "{aliases}");
    let d = p.read("content/datasets/d/dataset.yaml");
    assert!(d.contains("description: Words of D") && d.contains("Dé") && d.contains("Mots"), "{d}");
    assert!(!p.run(&["import", "ckan", "in"]).err.contains("new"));
    assert!(!p.codes().iter().any(|c| c.starts_with("URL")), "{:?}", p.findings(&[]));
    p.file("bad/a.json", "{\"success\": false}");
    let ran = p.run(&["import", "ckan", "bad"]);
    assert!(ran.code == 1 && ran.out.contains("IMP001") && !p.exists("content/datasets/datasets"), "{ran:#?}");
}

/// Pages of a mirror that are none of a document are told, and drafts at most.
#[test]
fn pages_that_are_no_documents_are_drafts() {
    let p = Project::new(ZH);
    let page = |title: &str, more: &str, body: &str| {
        format!("<!doctype html><html lang=zh><head><title>{title}</title>{more}</head><body><div class=TRS_Editor>{body}</div></body></html>")
    };
    let list: String = (1..6).map(|i| format!("<li><a href=\"{i}.html\">第{i}号通知</a> 2021-05-0{i}</li>")).collect();
    let text = "<p>各单位：为做好今年的防汛工作，现将有关事项通知如下，请认真贯彻执行，做好值班和信息报送，遇有情况立即报告。</p>";
    p.file("m/list.html", page("通知公告", "", &format!("<ul>{list}</ul>")))
        .file("m/empty.html", page("空页", "", ""))
        .file("m/moved.html", page("已移至新址", "<meta http-equiv=refresh content=\"0; url=/new/\">", "<p>本页已移至新址</p>"))
        .file("m/404.html", page("没有找到页面", "", "<p>地址可能有误，或页面已移动</p>"))
        .file("m/sitemap/index.html", page("网站地图", "", "<p>栏目、部门、主题都在这里</p>"))
        .file("m/real.html", page("关于防汛工作的通知", "", text))
        .file("m/frame.html", page("关于表格的通知", "", &format!("{text}<table><tr><td>甲</td><td>乙</td></tr><tr><td><table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table></td><td>丙</td></tr></table>")));
    let ran = p.run(&["import", "html", "m"]);
    let texts: Vec<String> =
        tree(&p.path("content")).into_iter().filter(|(n, _)| n.starts_with("policies/")).map(|(_, b)| String::from_utf8(b).unwrap()).collect();
    assert_eq!(texts.len(), 7, "{ran:#?}");
    let open: Vec<&String> = texts.iter().filter(|t| !t.contains("draft: true")).collect();
    assert!(open.len() == 2 && open.iter().all(|t| t.contains("防汛工作")), "{open:#?}");
    for told in ["lists others", "has no text", "leads elsewhere", "of the site's map", "another in its cells"] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
}

/// Names of columns that portals use, and the day of news.
#[test]
fn columns_of_lists_by_their_usual_names() {
    for head in ["资料集名称", "数据资源名称", "目录名称", "name"] {
        let p = Project::new(ZH);
        p.file("l.csv", format!("{head},更新频度\n林木,每年\n"));
        let ran = p.run(&["import", "csv", "l.csv"]);
        assert!(everything(&p).contains("title: 林木"), "{head}: {ran:#?}");
    }
    let p = Project::new(ZH);
    p.file("n.csv", "标题,发布日期,正文\n通车,2026-01-02,今日通车。\n");
    let ran = p.run(&["import", "csv", "n.csv", "--type", "news"]);
    assert!(everything(&p).contains("published_at: 2026-01-02"), "{ran:#?}");
}

/// Sections are told, categories in categories and words in one text are kept.
#[test]
fn sections_and_words_of_other_generators() {
    let p = Project::new(EN);
    p.file("hugo/content/news/_index.md", "---\ntitle: News\n---\nHello.\n").file("hugo/content/news/a.md", "---\ntitle: A\ndate: 2024-01-02\n---\nText.\n");
    assert!(p.run(&["import", "hugo", "hugo"]).out.contains("the page of a section; not imported"));
    p.file("hexo/source/_posts/b.md", "---\ntitle: B\ndate: 2024-01-02\ncategories:\n- [Roads, Bridges]\n- Parks\n---\nText.\n");
    let ran = p.run(&["import", "hexo", "hexo"]);
    let all = everything(&p);
    assert!(["label: Roads", "label: Bridges", "label: Parks"].iter().all(|w| all.contains(w)), "{ran:#?} {all}");
    p.file("jekyll/_posts/2024-01-02-c.md", "---\ntitle: C\ntags: oak elm\n---\nText.\n");
    let ran = p.run(&["import", "jekyll", "jekyll"]);
    assert!(everything(&p).contains("keywords: [oak, elm]"), "{ran:#?}");
}

/// A site is not put into its own project, its content or its output; what stops is said in the language of the project.
#[test]
fn a_site_is_not_deployed_into_its_own_project() {
    let p = Project::new(ZH);
    p.file("public/manifest.sha256", "").file("content/pages/a.md", "# A\n");
    let before = tree(p.root());
    for target in [".", "./content", "public/sub", "public", "static", ".."] {
        let ran = p.run(&["deploy", target]);
        assert!(ran.code == 2 && ran.err.contains("its own project"), "{target}: {ran:#?}");
        let ran = crate::support::run_as(p.root(), &["deploy", target]);
        assert!(ran.err.contains("项目自己的目录"), "{ran:#?}");
    }
    assert_eq!(tree(p.root()), before);
    // What is said of the live site is true of builds alone.
    let again = p.run(&["init", "."]);
    assert!(again.code != 0 && !again.err.contains("live site"), "{again:#?}");
}

/// An audit of nothing says so, and its report does not lie among what is audited.
#[test]
fn audits_of_nothing_and_reports_in_the_way() {
    let p = Project::new(ZH);
    std::fs::create_dir_all(p.path("empty")).unwrap();
    let ran = p.run(&["audit", "empty"]);
    assert!(ran.code == 2 && ran.err.contains("nothing was examined"), "{ran:#?}");
    p.file("site/index.html", "<!doctype html><html lang=zh><title>x</title><h1>x</h1><style>@import 'https://other.example/a.css';</style>")
        .file("site/s.css", "a{}\nb{background:url(https://other.example/b.png)}\nc{background:url(gone.png)}\n");
    let ran = p.run(&["audit", "site"]);
    assert!(ran.out.contains("other.example/a.css is loaded") && ran.out.contains("s.css:2") && ran.out.contains("gone.png leads"), "{ran:#?}");
    let ran = p.run(&["audit", "site", "--profile", "cn-gov", "--report", "site/report.html"]);
    assert!(ran.code == 2 && ran.err.contains("cannot be written into the folder") && !p.exists("site/report.html"), "{ran:#?}");
}
