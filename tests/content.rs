//! Datasets, news, topics, the glossary, urgent notices, owners of folders: from files to pages.

#![expect(clippy::disallowed_methods, reason = "tests read what was built")]

use crate::support::{Project, SITE, shared};
use sha2::{Digest, Sha256};

fn project() -> Project {
    let p = Project::new(&format!("{}languages: [zh-Hans, en]\n", SITE.replace("2026-01-01", "2026-01-10")));
    p.file(
        "content/departments.yaml",
        "- {id: nbs, name: {zh: 统计局, en: Statistics}, email: data@example.org}\n- {id: water, name: {zh: 水务局, en: Water}}\n",
    );
    p
}

fn url(p: &Project, path: &str) -> String {
    p.read(&format!("public/{path}index.html"))
}

#[test]
fn a_dataset_shows_facts_that_the_build_computed() {
    let p = project();
    let rows = "年份,人口\n2024,1\n";
    p.file("content/datasets/pop/pop.csv", rows)
        .file(
            "content/datasets/pop/dataset.yaml",
            "title: {zh: 人口, en: Population}\ndescription:\n  zh: 全国人口。\n  en: |\n    People of the *whole* country.\npublisher: nbs\nlicense: CC-BY-4.0\nfrequency: 每年\nissued: 2025-01-01\ntemporal: {start: 1978, end: 2024}\npolicies: [law]\nresources:\n  - name: pop\n    title: {zh: 年度, en: Yearly}\n    path: pop.csv\n    schema: {fields: [{name: 年份, title: {zh: 年份, en: Year}, type: year}]}\n  - {title: 接口, url: \"https://api.example.org/pop\", format: API}\n",
        )
        .file("content/policies/law.md", "---\ntitle: 统计法\n---\n正文\n")
        .file("content/datasets/secret/secret.csv", "a\n")
        .file("content/datasets/secret/dataset.yaml", "title: 内部数据\npublisher: nbs\naccess_rights: 有条件开放\naccess_conditions: 依据某法第三条\nresources: [{path: secret.csv}]\n");
    p.build();
    let zh = url(&p, "datasets/pop/");
    let hash: String = Sha256::digest(rows.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    assert!(zh.contains(&hash) && zh.contains(&format!("{} B", rows.len())), "{zh}");
    assert!(zh.contains("全国人口。") && zh.contains("creativecommons.org/licenses/by/4.0") && zh.contains("1978 至 2024") && zh.contains("每年"));
    let en = url(&p, "en/datasets/pop/");
    assert!(en.contains("People of the <em>whole</em> country.") && en.contains("Yearly") && en.contains(">Year<"), "{en}");
    let ld = en.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let ld: serde_json::Value = serde_json::from_str(ld).unwrap();
    assert_eq!((&ld["@type"], &ld["name"], &ld["distribution"][0]["sha256"]), (&"Dataset".into(), &"Population".into(), &hash.into()));
    // The law tells of its data, too.
    assert!(url(&p, "policies/law/").contains("datasets/pop/"));
    assert!(!p.exists("public/datasets/secret/secret.csv"), "a conditional dataset ships no file");
    assert!(url(&p, "datasets/secret/").contains("依据某法第三条"));
    assert!(url(&p, "datasets/").contains("人口") && url(&p, "departments/nbs/").contains("人口"));
}

#[test]
fn faults_in_yaml_have_their_places() {
    let p = project();
    p.file(
        "content/datasets/x/dataset.yaml",
        "title: 甲\ndescription: |\n  第一行\n  有<b>标记</b>的行\npublisher: nobody\nfrequency: 每天半\nresources:\n  - {path: missing.csv}\n  - {title: 什么也没有}\nlicence: CC0\n",
    )
    .file("content/topics/t.yaml", "title: 专题\nblocks:\n  - {block: list, of: nothing}\n  - {block: items, items: [policies/none]}\n  - {block: dance}\n  - fly\n")
    .file("content/glossary.yaml", "- {term: 词}\n")
    .file("content/alerts.yaml", "- {title: 雨, level: purple}\n");
    let found = p.findings(&[]);
    let has = |code: &str, file: &str, line: u64| found.iter().any(|(c, f, l, _)| c == code && f == file && *l == line);
    let x = "content/datasets/x/dataset.yaml";
    assert!(has("SRC013", x, 4), "{found:#?}");
    assert!(has("SRC011", x, 5) && has("SRC008", x, 6) && has("SRC015", x, 8) && has("SRC010", x, 9) && has("SRC005", x, 10), "{found:#?}");
    let t = "content/topics/t.yaml";
    assert!(has("SRC011", t, 3) && has("SRC011", t, 4) && has("SRC008", t, 5) && has("SRC008", t, 6), "{found:#?}");
    assert!(has("SRC010", "content/glossary.yaml", 1) && has("SRC008", "content/alerts.yaml", 1), "{found:#?}");
}

#[test]
fn a_description_belongs_to_its_language_in_whatever_order() {
    let p = project();
    p.file("content/datasets/x/dataset.yaml", "title: {zh: 甲, en: First}\ndescription: {en: English words, zh: 中文说明}\npublisher: nobody\n");
    p.build();
    let (zh, en) = (url(&p, "datasets/x/"), url(&p, "en/datasets/x/"));
    assert!(zh.contains("<p>中文说明</p>") && !zh.contains("English words"), "{zh}");
    assert!(en.contains("<p>English words</p>") && !en.contains("中文说明"), "{en}");
    assert!(p.findings(&[]).iter().any(|f| f.0 == "SRC011" && f.2 == 3));
}

#[test]
fn a_topic_mixes_what_it_names() {
    let p = project();
    p.file("content/policies/a.md", "---\ntitle: 节水办法\nkeywords: [节水]\npublished_at: 2025-01-01\n---\n文\n")
        .file("content/policies/b.md", "---\ntitle: 别的\npublished_at: 2025-01-02\n---\n文\n")
        .file("content/news/n.md", "---\ntitle: 节水周开始\nissuer: [water]\npublished_at: 2025-03-01\n---\n新闻\n")
        .file(
            "content/topics/water.yaml",
            "title: 节水\nsummary: 一句话\nblocks:\n  - {block: list, of: policies, keyword: 节水}\n  - {block: list, of: news, department: water}\n  - {block: text, title: 说明, text: \"**重点**：[办法](/policies/a)\"}\n  - {block: links, links: [{title: 办事, url: policies/a}, {title: 坏, url: \"javascript:alert(1)\"}]}\n",
        );
    p.build();
    let t = url(&p, "topics/water/");
    assert!(
        t.contains("节水办法") && t.contains("节水周开始") && !t.contains("别的") && t.contains("<strong>重点</strong>") && !t.contains("javascript"),
        "{t}"
    );
    assert!(t.matches("/policies/a/\"").count() >= 3, "{t}");
    assert!(url(&p, "news/n/").contains("水务局") && url(&p, "topics/").contains("节水"));
    assert!(p.read("public/feed.xml").contains("节水办法"));
}

#[test]
fn terms_are_explained_once_and_outside_of_links() {
    let p = project();
    p.file("content/glossary.yaml", "- {id: elder, term: {zh: 老年人}, aliases: [老人], definition: {zh: 六十周岁以上的公民。}, source: 法第二条}\n")
        .file("content/policies/a.md", "---\ntitle: 甲\n---\n## 老年人的权利\n\n[老年人](https://example.org/)与老年人，以及老人和老年人。\n");
    p.build();
    let a = url(&p, "policies/a/");
    assert_eq!(a.matches("class=\"term\"").count(), 1, "{a}");
    assert!(a.contains("href=\"/gov/glossary/#elder\"") || a.contains("href=\"/glossary/#elder\""), "{a}");
    assert!(a.contains("六十周岁以上的公民。") && url(&p, "glossary/").contains("id=\"elder\""));
    assert!(!p.exists("public/en/glossary/index.html"), "a glossary that nobody wrote in English has no English page");
}

#[test]
fn an_urgent_notice_stands_on_every_page_for_its_days() {
    let p = project();
    p.file("content/pages/about.md", "# 关于\n\n文\n").file(
        "content/alerts.yaml",
        "- {title: 今日有雨, text: 带伞, level: 红色, from: 2026-01-10, until: 2026-01-11}\n- {title: 昨日有雪, until: 2026-01-09}\n- {title: 明日有风, from: 2026-01-11}\n",
    );
    let built = p.build();
    for page in ["", "about/", "elder/", "en/"] {
        let html = url(&p, page);
        assert!(html.contains("今日有雨") && html.contains("alert--red") && !html.contains("昨日有雪") && !html.contains("明日有风"), "{page}");
    }
    assert!(built.err.contains("2026-01-11"), "the summary names the day of the next change: {}", built.err);
}

#[test]
fn a_folder_has_an_owner() {
    let p = Project::new(&format!("{SITE}content: [content, {{path: water/content, owner: water}}, {{path: x, owner: nobody}}]\n"));
    p.file("content/departments.yaml", "- {id: water, name: 水务局}\n- {id: other, name: 别的局}\n")
        .file("water/content/policies/w.md", "---\ntitle: 甲\n---\n文\n")
        .file("water/content/policies/o.md", "---\ntitle: 乙\nissuer: [other]\n---\n文\n")
        .file("x/policies/n.md", "---\ntitle: 丙\nauthro: 某\n---\n文\n");
    p.build();
    assert!(url(&p, "policies/w/").contains("水务局") && !url(&p, "policies/o/").contains(">水务局<"));
    let found = p.findings(&[]);
    assert!(
        found.iter().any(|f| f.0 == "SRC011" && (f.1.as_str(), f.2) == ("site.yaml", 4)) && found.iter().any(|f| f.0 == "SRC005" && f.1 == "x/policies/n.md"),
        "{found:?}"
    );
}

/// Ten real JKAN datasets, moved as the guide says, into a scaffold in English.
#[test]
fn ten_jkan_datasets_make_an_english_portal() {
    let tmp = tempfile::tempdir().unwrap();
    assert_eq!(crate::support::run_in(tmp.path(), &["init", "site", "--kind", "open-data", "--lang", "en"]).code, 0);
    let site = tmp.path().join("site");
    let moved = {
        let mut files: Vec<_> =
            std::fs::read_dir(shared("data/jkan-opendataphilly/_datasets")).expect("the JKAN datasets of shared/").flatten().map(|e| e.path()).collect();
        files.sort();
        let field = |text: &str, key: &str| text.lines().find_map(|l| l.strip_prefix(key)).unwrap_or("").trim().trim_matches(['"', '\'']).to_string();
        let mut n = 0;
        for file in files.into_iter().filter(|f| f.extension().is_some_and(|x| x == "md")) {
            let text = std::fs::read_to_string(&file).unwrap();
            let (title, notes) = (field(&text, "title:"), field(&text, "notes:"));
            let urls: Vec<&str> = text.lines().filter_map(|l| l.trim().strip_prefix("url:")).map(str::trim).collect();
            if title.is_empty() || urls.is_empty() || n == 10 {
                continue;
            }
            let resources: String = urls.iter().enumerate().map(|(i, u)| format!("  - {{name: r{i}, title: File {i}, url: {u}}}\n")).collect();
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            let quoted = |t: &str| serde_json::to_string(t).unwrap();
            let out = format!("---\ntitle: {}\npublisher: office\nresources:\n{resources}---\n\n{notes}\n", quoted(&title));
            std::fs::write(site.join(format!("content/datasets/{name}.md")), out).unwrap();
            n += 1;
        }
        n
    };
    assert_eq!(moved, 10);
    let built = crate::support::run_in(&site, &["build", "--lang", "en"]);
    assert_eq!(built.code, 0, "{}", built.out);
    let mut pages = 0;
    for (name, bytes) in crate::support::tree(&site.join("public")) {
        let text = crate::support::shown(&name, &bytes);
        assert!(
            name.ends_with(".png") || name.ends_with(".xlsx") || !text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
            "{name} has a Han character"
        );
        pages += usize::from(name.starts_with("datasets/") && name.ends_with("index.html"));
    }
    assert!(pages >= 12, "{pages}");
}

#[test]
fn what_pages_and_hosts_are_told() {
    let p = project();
    p.file("content/policies/a.md", "---\ntitle: 关于收费的通知\nissuer: [nbs]\ndoc_no: 统字〔2025〕3号\npublished_at: 2025-03-04\nattachments: [form.docx, x.html]\naliases: [/old/1.html]\n---\n正文\n")
        .file("content/policies/form.docx", "x")
        .file("content/policies/x.html", "<script>alert(1)</script>");
    p.build();
    let a = url(&p, "policies/a/");
    let head = a.split("</head>").next().unwrap();
    assert!(
        head.contains("http-equiv=\"Content-Security-Policy\"") && head.contains("default-src 'none'") || head.contains("default-src &#39;none&#39;"),
        "{head}"
    );
    assert!(head.contains("require-trusted-types-for") && head.contains("rel=\"manifest\"") && head.contains("apple-touch-icon"));
    let image = head.split("og:image\" content=\"https://example.org/").nth(1).unwrap().split('"').next().unwrap();
    assert!(p.exists(&format!("public/{image}")), "{image}");
    assert!(a.contains("mailto:data@example.org?subject=%E7%B4%A2%E5%8F%96"), "{a}");
    assert!(a.contains("统计局. 关于收费的通知: 统字〔2025〕3号[A/OL]. (2025-03-04)[2026-01-10]. https://example.org/policies/a/."), "{a}");
    assert_eq!(p.read("public/_redirects").trim(), "/old/1.html /policies/a/ 301!");
    let headers = p.read("public/_headers");
    assert!(headers.contains("frame-ancestors 'none'") && headers.contains("/policies/x.html\n") && !headers.contains("form.docx"), "{headers}");
    assert!(p.read("public/hosting/nginx.conf").contains("location = /old/1.html {\n    return 301 /policies/a/;\n}"));
    assert!(p.read("public/hosting/Caddyfile").contains("header @download0 Content-Disposition \"attachment\""));
    let manifest: serde_json::Value = serde_json::from_str(&p.read("public/en/manifest.webmanifest")).unwrap();
    assert_eq!(manifest["lang"], "en");
    let png = std::fs::metadata(p.path("public/share/site.png")).unwrap().len();
    assert!((1000..60_000).contains(&png), "{png} bytes");
}
