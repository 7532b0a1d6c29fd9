//! What a source withholds, what its settings leave out, from where pages load, what a file of changes counts on.
#![expect(clippy::disallowed_methods, reason = "a test makes and reads its own files")]

use crate::support::{Project, SITE_CN, run_in, tree};

const EN: &str = "title: Open Data\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [{tag: en}]\n";

/// Imports, and gives what was said.
fn import(p: &Project, args: &[&str]) -> String {
    let ran = p.run(&[&["import"], args].concat());
    assert!(ran.code < 2, "{ran:#?}");
    ran.out + &ran.err
}

fn package(more: &str) -> String {
    format!(
        r#"{{"success":true,"result":{{"results":[{{"id":"a1","name":"one","title":"One","notes":"z","state":"active",{more}"resources":[{{"url":"https://x.example/np.csv","format":"CSV","name":"S"}}]}}]}}}}"#
    )
}

/// All that a build publishes.
fn published(p: &Project) -> String {
    p.run(&["build", "--allow-errors", "--hold-back"]);
    tree(&p.path("public")).into_iter().map(|(n, b)| format!("{n}\n{}\n", String::from_utf8_lossy(&b))).collect()
}

#[test]
fn what_ckan_says_of_access_is_taken() {
    for (more, word) in [
        (r#""extras":[{"key":"public_access_level","value":"non-public"}],"#, "closed"),
        (r#""extras":[{"key":"access_rights","value":"http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC"}],"#, "closed"),
        (r#""extras":[{"key":"accessLevel","value":"restricted public"}],"#, "conditional"),
        (r#""access_level":"non-public","#, "closed"),
        (r#""extras":[{"key":"dcat_access","value":"non-public"}],"#, "closed"),
        (r#""extras":[{"key":"access_rights","value":"For internal staff"}],"#, "closed"),
    ] {
        let p = Project::new(EN);
        p.file("c.json", package(more));
        let said = import(&p, &["ckan", "c.json"]);
        let text = p.read("content/datasets/one/dataset.yaml");
        assert!(text.contains(&format!("access_rights: {word}")), "{more}: {text}\n{said}");
        assert!(!published(&p).contains("x.example/np.csv"), "{more}");
    }
    let p = Project::new(EN);
    p.file("c.json", package(r#""extras":[{"key":"access_rights","value":"http://publications.europa.eu/resource/authority/access-right/PUBLIC"}],"#));
    import(&p, &["ckan", "c.json"]);
    assert!(published(&p).contains("x.example/np.csv"));
    // A sentence that may be about anything is told.
    let p = Project::new(EN);
    p.file("c.json", package(r#""extras":[{"key":"access_rights","value":"whoever asks"}],"#));
    let said = import(&p, &["ckan", "c.json"]);
    assert!(
        said.contains("the access level `whoever asks` is not known") && !p.read("content/datasets/one/dataset.yaml").contains("\naccess_rights:"),
        "{said}"
    );
    // What says that it is restricted, and not how, is a draft.
    let p = Project::new(EN);
    p.file("c.json", package(r#""extras":[{"key":"restricted","value":"{\"level\":\"only_allowed_users\"}"}],"#));
    let said = import(&p, &["ckan", "c.json"]);
    assert!(p.read("content/datasets/one/dataset.yaml").contains("draft: true") && said.contains("only_allowed_users"), "{said}");
}

#[test]
fn days_of_ckan_data_go_before_those_of_the_record() {
    let p = Project::new(EN);
    let more = r#""metadata_created":"2020-01-01T00:00:00","metadata_modified":"2021-01-01T00:00:00","extras":[{"key":"issued","value":"2015-12-31"},{"key":"modified","value":"2022-03-04"}],"#;
    p.file("c.json", package(more));
    import(&p, &["ckan", "c.json"]);
    let text = p.read("content/datasets/one/dataset.yaml");
    assert!(text.contains("\nissued: 2015-12-31\n") && text.contains("\nmodified: 2022-03-04\n"), "{text}");
    assert!(text.contains("metadata_created"), "{text}");
    // A day that cannot be read is not replaced by another.
    let p = Project::new(EN);
    p.file("c.json", package(r#""metadata_created":"2020-01-01T00:00:00","extras":[{"key":"issued","value":"2015"}],"#));
    let said = import(&p, &["ckan", "c.json"]);
    let text = p.read("content/datasets/one/dataset.yaml");
    assert!(!text.contains("\nissued:") && said.contains("is a year alone"), "{text}\n{said}");
}

#[test]
fn what_ckan_deleted_or_restricts_stays_out() {
    let p = Project::new(EN);
    p.file(
        "c.json",
        r#"{"success":true,"result":{"results":[{"id":"a1","name":"one","title":"One","notes":"z","state":"active",
        "tags":[{"name":"gone","state":"deleted"},{"name":"here","state":"active"}],"groups":[{"title":"Old Group","state":"deleted"}],
        "organization":{"name":"o1","title":"Old Office","state":"deleted"},
        "resources":[{"url":"https://x.example/a.csv","format":"CSV","name":"A","size":1234,"mimetype":"application/pdf"},
        {"url":"https://x.example/b.csv","name":"B","private":true},
        {"url":"https://x.example/c.csv","name":"C","restricted":"{\"level\":\"only_allowed_users\"}"},
        {"url":"https://x.example/d.csv","name":"D","restricted":{"level":"public"}},
        {"url":"https://x.example/e.csv","name":"E","access_rights":"http://publications.europa.eu/resource/authority/access-right/RESTRICTED"}]}]}}"#,
    );
    let said = import(&p, &["ckan", "c.json"]);
    let text = p.read("content/datasets/one/dataset.yaml");
    for (url, there) in [("a", true), ("b", false), ("c", false), ("d", true), ("e", false)] {
        assert_eq!(text.contains(&format!("x.example/{url}.csv")), there, "{url}: {text}");
    }
    for shown in ["“gone”", "“Old Group”", "“Old Office”", "“B”", "“C”", "“E”"] {
        assert!(said.contains(shown), "{shown}: {said}");
    }
    assert!(text.contains("here") && !text.contains("gone") && !p.exists("content/departments.yaml"), "{text}");
    // What the source says of the bytes stays.
    assert!(text.contains("1234") && text.contains("mimetype: application/pdf"), "{text}");
}

#[test]
fn an_organization_under_another_title_is_the_same() {
    let p = Project::new(EN);
    let of = |title: &str, notes: &str| package(&format!(r#""organization":{{"name":"o1","title":"{title}"}},"author":"{notes}","#));
    p.file("c.json", of("Org 1", "a"));
    import(&p, &["ckan", "c.json"]);
    p.file("c.json", of("Org 1 renamed", "b"));
    let said = import(&p, &["ckan", "c.json"]);
    let all = p.read("content/departments.yaml");
    assert!(all.matches("id:").count() == 1 && !all.contains("o1-2"), "{all}");
    assert!(said.contains("“Org 1 renamed”"), "{said}");
    assert!(!p.run(&["check"]).out.contains("URL001"));
}

#[test]
fn lists_say_who_may_have_the_data() {
    for head in ["访问权限", "开放类型", "开放属性", "数据分级"] {
        let p = Project::new(SITE_CN);
        p.file("l.csv", format!("资料集名称,数源单位,{head},链接\n甲数据,市场局,不予开放,https://x.example/a3.csv\n乙数据,市场局,有条件开放,https://x.example/b3.csv\n丙数据,市场局,无条件开放,https://x.example/c3.csv\n"));
        import(&p, &["csv", "l.csv"]);
        let all = tree(&p.path("content/datasets")).into_values().map(|b| String::from_utf8_lossy(&b).into_owned()).collect::<String>();
        assert!(all.contains("access_rights: closed") && all.contains("access_rights: conditional"), "{head}: {all}");
        let site = published(&p);
        assert!(!site.contains("x.example/a3.csv") && !site.contains("x.example/b3.csv"), "{head}");
    }
    for (head, word) in [("状态", "已下线"), ("状态", "停用"), ("审核状态", "审核不通过"), ("发布状态", "未发布"), ("范围", "内部"), ("公开与否", "不公开")]
    {
        let p = Project::new(EN);
        p.file("l.csv", format!("title,{head}\nOne,{word}\n"));
        let said = import(&p, &["csv", "l.csv"]);
        let all = tree(&p.path("content/datasets")).into_values().map(|b| String::from_utf8_lossy(&b).into_owned()).collect::<String>();
        assert!(all.contains("draft: true") && said.contains(word), "{head} {word}: {all}\n{said}");
    }
}

/// Which of the documents below `in` are drafts after an import.
fn drafts(p: &Project) -> Vec<String> {
    let mut all: Vec<String> = tree(&p.path("content"))
        .into_iter()
        .filter(|(_, b)| String::from_utf8_lossy(b).contains("draft: true"))
        .map(|(n, _)| n.rsplit('/').next().unwrap_or("").trim_end_matches(".md").to_string())
        .collect();
    all.sort();
    all
}

#[test]
fn settings_of_hugo_keep_documents_back() {
    let doc = "---\ntitle: T\ndate: 2019-03-04\n---\nText.\n";
    let p = Project::new(EN);
    p.file("in/hugo.toml", "ignoreFiles = ['content/inner/.*']\n[[cascade]]\ndraft = true\n[cascade.target]\npath = \"/zh/**\"\n[[cascade]]\n[cascade.build]\nrender = \"never\"\n[cascade._target]\npath = '/quiet/*'\n")
        .file("in/config/_default/permalinks.toml", "posts = \"/archiv/:slug/\"\n")
        .file("in/content/zh/z.md", doc)
        .file("in/content/zh/open.md", "---\ntitle: T\ndate: 2019-03-04\ndraft: false\n---\nText.\n")
        .file("in/content/inner/i.md", doc)
        .file("in/content/quiet/q.md", doc)
        .file("in/content/posts/ok.md", doc)
        .file("in/content/posts/upper.md", "---\nTitle: Great\nDate: 2019-03-04\nDraft: true\n---\nText.\n")
        .file("in/content/archetypes/a.md", doc)
        .file("in/archetypes/default.md", doc)
        .file("in/content/posts/org.org", "#+title: x\n")
        .file("in/content/posts/y.rst", "x\n");
    let said = import(&p, &["hugo", "in"]);
    assert_eq!(drafts(&p), ["i", "q", "upper", "z"], "{said}");
    let upper = p.read("content/news/upper.md");
    assert!(upper.contains("title: Great") && upper.contains("2019-03-04") && !upper.contains("Draft"), "{upper}");
    assert!(p.read("content/news/ok.md").contains("/archiv/t/"), "{}", p.read("content/news/ok.md"));
    assert!(said.contains("org.org") && said.contains("y.rst"), "{said}");
    let all = tree(&p.path("content"));
    assert!(all.keys().any(|n| n.ends_with("archetypes/a.md")) && !all.keys().any(|n| n.ends_with("default.md")), "{:?}", all.keys());
}

#[test]
fn settings_of_jekyll_and_jkan_keep_documents_back() {
    let doc = "---\ntitle: T\n---\nText.\n";
    let p = Project::new(EN);
    p.file("in/_config.yml", "exclude: [internal-notes/, \"*.private.md\"]\ncollections:\n  policies: {output: true}\n  inner: {output: false}\ndefaults:\n  - scope: {path: \"_posts\"}\n    values: {published: false}\n")
        .file("in/internal-notes/n.md", doc)
        .file("in/a.private.md", doc)
        .file("in/_u.md", doc)
        .file("in/_policies/pol.md", doc)
        .file("in/_inner/inn.md", doc)
        .file("in/ok.md", doc)
        .file("in/_posts/2020-01-02-q.md", doc)
        .file("in/_posts/2020-01-03-own.md", "---\ntitle: T\npublished: true\n---\nText.\n")
        .file("in/_posts/nodate.md", doc);
    let said = import(&p, &["jekyll", "in"]);
    let kept = drafts(&p);
    assert_eq!(kept.len(), 6, "{kept:?} {said}");
    for n in ["n", "q", "nodate", "inn"] {
        assert!(kept.iter().any(|k| k == n), "{n}: {kept:?}");
    }
    let p = Project::new(EN);
    p.file("in/_config.yml", "collections: {datasets: {output: true}}\ndefaults:\n  - scope: {path: \"_datasets/priv\"}\n    values: {published: false}\n")
        .file("in/_datasets/priv/p.md", "---\ntitle: Private\nresources: []\n---\n")
        .file("in/_datasets/o.md", "---\ntitle: Open\nresources: []\n---\n");
    let said = import(&p, &["jkan", "in"]);
    assert!(p.read("content/datasets/p/dataset.yaml").contains("draft: true"), "{said}");
    assert!(!p.read("content/datasets/o/dataset.yaml").contains("draft: true"), "{said}");
}

#[test]
fn settings_of_zola_and_hexo_keep_documents_back() {
    let p = Project::new(EN);
    let doc = "+++\ntitle = \"T\"\ndate = 2020-01-02\n+++\nText.\n";
    p.file("in/config.toml", "ignored_content = [\"skip/*\"]\n")
        .file("in/content/skip/s.md", doc)
        .file("in/content/a/r.md", "+++\ntitle = \"T\"\ndate = 2020-01-02\nrender = false\n+++\nText.\n")
        .file("in/content/a/ok.md", doc);
    let said = import(&p, &["zola", "in"]);
    assert_eq!(drafts(&p), ["r", "s"], "{said}");
    let p = Project::new(EN);
    let doc = "---\ntitle: T\ndate: 2020-01-02\n---\nText.\n";
    p.file("in/_config.yml", "exclude: [ex.md]\n").file("in/source/_posts/_u.md", doc).file("in/source/_posts/ok.md", doc).file("in/source/ex.md", doc);
    let said = import(&p, &["hexo", "in"]);
    assert_eq!(drafts(&p).len(), 2, "{:?} {said}", drafts(&p));
    assert!(drafts(&p).contains(&"ex".to_string()));
}

/// What `audit` says of a page with this in its text.
fn audited(inner: &str) -> String {
    let p = Project::new(EN);
    p.file("site/index.html", format!("<!DOCTYPE html><html lang=en><title>T</title><meta name=description content=d><main><h1>T</h1>{inner}</main></html>"));
    let ran = run_in(p.root(), &["audit", "site"]);
    assert!(ran.code < 2, "{ran:#?}");
    ran.out + &ran.err
}

#[test]
fn audit_sees_what_is_loaded_from_others() {
    for inner in [
        "<script>var s=document.createElement(\"script\");s.src=\"https://hm.baidu.com/hm.js?abc\";document.body.appendChild(s)</script>",
        "<script>document.write('<script src=\"https://p.example/a.js\"></scr'+'ipt>')</script>",
        "<script type=module>import \"https://p.example/a.js\"</script>",
        "<script>fetch(\"https://p.example/a\")</script>",
        "<svg><image href=\"https://p.example/a.png\"/></svg>",
        "<svg><use xlink:href=\"https://p.example/a.svg#x\"/></svg>",
        "<video poster=\"https://p.example/a.png\"></video>",
        "<object data=\"https://p.example/a\"></object>",
        "<input type=image alt=x src=\"https://p.example/a.png\">",
        "<table background=\"https://p.example/a.png\"><tr><th>a</table>",
        "<style>.a{background:image-set(\"https://p.example/a.png\" 1x)}</style>",
        "<style>.a{background:u\\72l(https://p.example/a.png)}</style>",
        "<link rel=preconnect href=\"https://p.example\">",
        "<link rel=dns-prefetch href=\"//p.example\">",
        "<a href=\"#main\" id=main ping=\"https://p.example/p\">Words of it</a>",
        "<base href=\"https://p.example/\"><img alt=x src=\"a.png\">",
        "<iframe title=t srcdoc=\"<img alt=x src='https://p.example/a.png'>\"></iframe>",
        "<p onclick=\"fetch('https://p.example/a')\">a</p>",
    ] {
        let said = audited(inner);
        assert!(said.contains("SEC006"), "{inner}: {said}");
        assert!(!said.contains("LNK001"), "{inner}: {said}");
    }
    for inner in [
        "<script>location.href='https://p.example/';window.open('https://p.example/share?u=1')</script>",
        "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"image\":\"https://p.example/a.js\"}</script>",
        "<a href=\"https://p.example/\">A page elsewhere</a>",
        "<svg><use href=\"#x\"/></svg>",
        "<style>@namespace svg url(http://www.w3.org/2000/svg);</style>",
        "<script>// s.src=\"https://p.example/a.js\"</script>",
    ] {
        assert!(!audited(inner).contains("SEC006"), "{inner}: {}", audited(inner));
    }
}

#[test]
fn audit_sees_links_to_inner_networks() {
    for to in [
        "http://intranet/",
        "http://[fd00::1]/",
        "http://[::1]/",
        "http://127.1/",
        "http://2130706433/",
        "http://0xC0A80101/",
        "http://100.64.1.1/",
        "ftp://10.1.1.1/a",
        "http://oa.gov.intra/",
        "http://192.168.1.1/",
    ] {
        let said = audited(&format!("<a href=\"{to}\">The page of it</a>"));
        assert!(said.contains("LNK001") && said.contains("inner network"), "{to}: {said}");
    }
    let said = audited("<form action=\"http://10.1.1.1/a\"></form>");
    assert!(said.contains("LNK001") && said.contains("10.1.1.1"), "{said}");
    for to in ["http://8.8.8.8/", "https://www.gov.cn/", "http://172.32.0.1/", "mailto:a@b"] {
        assert!(!audited(&format!("<a href=\"{to}\">The page of it</a>")).contains("LNK001"), "{to}");
    }
}

#[test]
fn a_file_of_changes_counts_on_what_is_there() {
    let p = Project::new(EN);
    p.file("content/pages/a.md", "---\ntitle: A\n---\nText.\n");
    p.build();
    let run = |args: &[&str]| p.run(args);
    assert_eq!(run(&["deploy", "target"]).code, 0);
    // The list has another name where it was carried to.
    std::fs::copy(p.path("public/manifest.sha256"), p.path("manifest-2025-11.txt")).unwrap();
    p.file("content/pages/b.md", "---\ntitle: B\n---\nText.\n");
    p.build();
    let ran = run(&["deploy", "--pack", "c.zip", "--since", "manifest-2025-11.txt"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    p.file("other.txt", "no list\n");
    let ran = run(&["deploy", "--pack", "d.zip", "--since", "other.txt"]);
    assert!(ran.code == 2 && ran.err.contains("manifest.sha256") && !p.exists("d.zip"), "{ran:#?}");
    // A file that the changes count on is gone: nothing is changed.
    let same = p.raw("public/manifest.sha256");
    let (old, _) = (p.raw("target/manifest.sha256"), ());
    let lost = same.lines().find(|l| old.contains(l) && l.ends_with(".css")).and_then(|l| l.get(66..)).expect("a file that stays").to_string();
    std::fs::remove_file(p.path(&format!("target/{lost}"))).unwrap();
    let before = tree(&p.path("target"));
    let ran = run(&["deploy", "target", "--apply", "c.zip"]);
    assert!(ran.code == 2 && ran.err.contains(&lost), "{ran:#?}");
    assert!(tree(&p.path("target")) == before);
    // A whole site puts it there again.
    assert_eq!(run(&["deploy", "target"]).code, 0);
    assert!(p.exists(&format!("target/{lost}")));
}

#[test]
fn readings_of_words_and_signs_that_are_shown() {
    let ruby = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>\u{9547}\u{540d}</w:t></w:r><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>\u{62fc}</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>\u{97f3}</w:t></w:r></w:p></w:body></w:document>";
    let mut z = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", ruby)] {
        z.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut z, text.as_bytes()).unwrap();
    }
    let p = Project::new(EN);
    p.file("in/a.docx", z.finish().unwrap().into_inner());
    let said = import(&p, &["docx", "in"]);
    let all = tree(&p.path("content")).into_values().map(|b| String::from_utf8_lossy(&b).into_owned()).collect::<String>();
    assert!(all.contains("<ruby>\u{62fc}<rt>pin</rt></ruby>\u{97f3}") && !all.contains("pin\u{62fc}"), "{all}\n{said}");
    let p = Project::new(EN);
    p.file("in/h.html", "<html><body><p>&amp;nbsp;\u{5b9e}\u{4f53} &amp;lt;br&amp;gt;</p></body></html>");
    import(&p, &["html", "in"]);
    let all = tree(&p.path("content")).into_values().map(|b| String::from_utf8_lossy(&b).into_owned()).collect::<String>();
    assert!(all.contains("\\&nbsp;\u{5b9e}\u{4f53} \\&lt;br\\&gt;"), "{all}");
}

#[test]
fn columns_of_places_and_lists_are_no_numbers() {
    for kind in ["geopoint", "list", "array"] {
        let p = Project::new(EN);
        p.file("content/datasets/d/d.csv", "id;g\n001;\"90,45\"\n002;\"10,5\"\n003;\"1,2\"\n").file(
            "content/datasets/d/dataset.yaml",
            format!("title: D\npublished_at: 2025-01-01\nresources:\n  - name: d\n    path: d.csv\n    schema:\n      fields: [{{name: id, type: string}}, {{name: g, type: {kind}}}]\n"),
        );
        p.build();
        let all = tree(&p.path("public"));
        let texts: Vec<String> = all
            .iter()
            .filter(|(n, _)| n.starts_with("datasets/d/") && (n.ends_with(".csv") || n.ends_with(".json")))
            .map(|(_, b)| String::from_utf8_lossy(b).into_owned())
            .collect();
        assert!(texts.iter().any(|t| t.contains("90,45")) && !texts.iter().any(|t| t.contains("90.45")), "{kind}: {texts:#?}");
    }
}
