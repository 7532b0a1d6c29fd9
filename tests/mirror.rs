//! `import html` of a mirror: pictures and attachments come along, links lead to the new items, nothing withdrawn comes back.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

use crate::support::{Project, Ran, tree};

const ZH: &str = "title: 测试\nbase_url: https://example.org/\nlanguages: [zh-Hans]\nas_of: 2026-01-01\n";

fn import(p: &Project, args: &[&str]) -> Ran {
    p.run(&[&["import"], args].concat())
}

fn page(title: &str, day: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>{title}</title></head>\n<body><h1>{title}</h1><p>发布日期：{day}</p>\n<div class=\"TRS_Editor\"><p>各单位要认真贯彻执行本通知，做好各项服务工作，方便群众办事。</p>\n{body}</div></body></html>\n"
    )
}

/// A mirror of a made-up site: `wget --mirror` keeps links as they were.
fn mirror(p: &Project) {
    p.file(
        "in/www.example.gov.cn/zwgk/t1.html",
        page(
            "关于甲事的通知",
            "2021-04-13",
            "<p>详见<a href=\"/zwgk/2022/t2.html\">乙事通知</a>，<a href=\"https://www.example.gov.cn/files/a%20b.pdf\">附件1</a>，<a href='../files/list.jsp?id=3'>清单</a>。</p>\n\
             <p><img src=\"./images/p.png\" alt=\"流程图\"><img src='images/p.png'><img src='images/q.png' alt='没有'></p>\n\
             <p><a href=\"lost.docx\">附件2</a>、<a href=\"fake.pdf\">附件3</a>、<a href='https://other.example.org/x'>别处</a>、<a href='#top'>顶</a></p>",
        ),
    )
    .file("in/www.example.gov.cn/zwgk/2022/t2.html", page("关于乙事的通知", "2022-01-02", "<p>原文件是<a href=\"../t1.html#a1\">甲事通知</a>，<img src=\"../images/p.png\" alt=\"流程图\"></p>"))
    .file("in/www.example.gov.cn/files/a b.pdf", "%PDF-1.4\n%\n")
    .file("in/www.example.gov.cn/files/list.jsp?id=3", "清单\n")
    .file("in/www.example.gov.cn/zwgk/fake.pdf", "<html><body>404</body></html>");
    std::fs::create_dir_all(p.path("in/www.example.gov.cn/zwgk/images")).unwrap();
    std::fs::write(p.path("in/www.example.gov.cn/zwgk/images/p.png"), b"\x89PNG\r\n\x1a\nx").unwrap();
}

fn text_of(p: &Project, word: &str) -> (String, String) {
    let files = tree(&p.path("content"));
    let (k, b) = files.iter().find(|(k, b)| k.ends_with(".md") && String::from_utf8_lossy(b).contains(&format!("title: {word}"))).expect(word);
    (k.clone(), String::from_utf8_lossy(b).into_owned())
}

#[test]
fn pictures_files_and_links_of_a_mirror() {
    let p = Project::new(ZH);
    mirror(&p);
    let ran = import(&p, &["html", "in/www.example.gov.cn"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let (path, text) = text_of(&p, "关于甲事的通知");
    let (other, second) = text_of(&p, "关于乙事的通知");
    let stem = path.rsplit('/').next().unwrap().trim_end_matches(".md").to_string();
    let folder = path.trim_end_matches(".md");
    for want in [
        format!("[乙事通知](../{})", other.trim_start_matches("policies/")),
        format!("[附件1]({stem}/a%20b.pdf)"),
        format!("[清单]({stem}/list.jsp-id=3)"),
        format!("![流程图]({stem}/p.png)![]({stem}/p.png)"),
        "[附件2](lost.docx)".into(),
        "、附件3、[别处](https://other.example.org/x)".into(),
    ] {
        assert!(text.contains(&want), "{want}\n{text}");
    }
    assert!(second.contains(&format!("[甲事通知](../{})", path.trim_start_matches("policies/"))), "{second}");
    let files = tree(&p.path("content"));
    for name in ["a b.pdf", "list.jsp-id=3", "p.png"] {
        assert!(files.contains_key(&format!("{folder}/{name}")), "{name}: {:?}", files.keys());
    }
    assert!(!files.keys().any(|k| k.contains("fake")), "a page under the name of a PDF stays away");
    // Told with their places: line of the page, what it is.
    let json = p.run(&["import", "html", "in/www.example.gov.cn", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let at = |word: &str| -> Vec<(String, u64)> {
        let all = found["findings"].as_array().unwrap().iter().filter(|f| f["message"].as_str().unwrap_or("").contains(word));
        all.map(|f| (f["file"].as_str().unwrap_or("").to_string(), f["line"].as_u64().unwrap_or(0))).collect()
    };
    assert_eq!(at("lost.docx"), [("zwgk/t1.html".to_string(), 6)], "{}", json.out);
    assert_eq!(at("images/q.png"), [("zwgk/t1.html".to_string(), 5)], "{}", json.out);
    assert_eq!(at("has no text in its place"), [("zwgk/t1.html".to_string(), 5)], "{}", json.out);
    assert_eq!(at("is a web page in truth"), [("zwgk/t1.html".to_string(), 6)], "{}", json.out);
    // The same again changes nothing.
    let before = tree(p.root());
    assert!(import(&p, &["html", "in/www.example.gov.cn"]).err.contains("2 unchanged"));
    assert_eq!(before, tree(p.root()));
    // What it wrote is a site: the links open, the files are there.
    p.build();
    let made = p.read(&format!("public/{folder}/index.html"));
    assert!(made.contains(&format!("href=\"/{}/\"", other.trim_end_matches(".md"))), "{made}");
    assert!(tree(&p.path("public")).keys().any(|k| k.ends_with("p.png")) && tree(&p.path("public")).keys().any(|k| k.ends_with("a b.pdf")));
}

#[test]
fn hosts_as_folders_archives_and_pages_that_say_where_they_stood() {
    // The folder above the host: the same, from a zip too.
    let p = Project::new(ZH);
    mirror(&p);
    assert_eq!(import(&p, &["html", "in"]).code, 0);
    let (_, text) = text_of(&p, "关于甲事的通知");
    assert!(text.contains("/a%20b.pdf)") && text.contains("p.png)") && text.contains("[乙事通知](../"), "{text}");
    let q = Project::new(ZH);
    let mut zip = zip::ZipWriter::new(std::fs::File::create(q.path("m.zip")).unwrap());
    for (name, bytes) in tree(&p.path("in")) {
        use std::io::Write as _;
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap();
    assert_eq!(import(&q, &["html", "m.zip"]).code, 0);
    assert_eq!(tree(&p.path("content")), tree(&q.path("content")));
    // A page with its own address: what is not here leads to the old site.
    let r = Project::new(ZH);
    r.file(
        "in/t.html",
        page("关于丙事的通知", "2021-04-13", "<p><a href='../x/lost.docx'>附件</a></p>")
            .replace("<head>", "<head><link rel=canonical href='https://www.example.gov.cn/a/b/t.html'>"),
    );
    let ran = import(&r, &["html", "in"]);
    assert!(ran.out.contains("leads to the old site now"), "{ran:#?}");
    assert!(text_of(&r, "关于丙事的通知").1.contains("[附件](https://www.example.gov.cn/a/x/lost.docx)"));
    // One page that a browser saved, with its folder beside it; no link leads out of what was given.
    let s = Project::new(ZH);
    s.file(
        "in/甲.html",
        page("关于丁事的通知", "2021-04-13", "<p><a href='甲_files/a.txt'>附件</a><a href='../site.yaml'>设置</a><a href='import:~/a.txt'>x</a></p>"),
    )
    .file("in/甲_files/a.txt", "附件\n");
    let ran = import(&s, &["html", "in/甲.html"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let (path, text) = text_of(&s, "关于丁事的通知");
    assert!(s.exists(&format!("content/{}/a.txt", path.trim_end_matches(".md"))), "{text}");
    assert!(!tree(&s.path("content")).keys().any(|k| k.contains("site")), "{text}");
}

#[test]
fn nothing_withdrawn_comes_back_through_a_mirror() {
    let p = Project::new(ZH);
    mirror(&p);
    // A file of the second page that the first links to as well, later.
    p.file("in/www.example.gov.cn/zwgk/2022/own.txt", "名单\n");
    let two = p.read("in/www.example.gov.cn/zwgk/2022/t2.html").replace("</div>", "<a href='own.txt'>名单</a></div>");
    p.file("in/www.example.gov.cn/zwgk/2022/t2.html", &two);
    assert_eq!(import(&p, &["html", "in/www.example.gov.cn"]).code, 0);
    let (other, _) = text_of(&p, "关于乙事的通知");
    let id = other.trim_end_matches(".md").to_string();
    let ran = p.run(&["withdraw", &id, "--ground", "privacy"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let one = p.read("in/www.example.gov.cn/zwgk/t1.html").replace("</div>", "<a href='2022/own.txt'>名单</a></div>");
    p.file("in/www.example.gov.cn/zwgk/t1.html", &one);
    for name in [None, Some("elsewhere")] {
        let mut args = vec!["html", "in/www.example.gov.cn"];
        args.extend(name.iter().flat_map(|n| ["--name", n]));
        let ran = import(&p, &args);
        assert!(ran.err.contains("1 withdrawn"), "{ran:#?}");
        let files = tree(&p.path("content"));
        assert!(!files.iter().any(|(k, b)| k.ends_with("own.txt") || String::from_utf8_lossy(b).contains("title: 关于乙事的通知")), "{:?}", files.keys());
    }
    let (_, text) = text_of(&p, "关于甲事的通知");
    assert!(text.contains("详见乙事通知，") && text.contains("名单") && !text.contains("own.txt"), "{text}");
}
