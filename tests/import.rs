//! `import`: sources of other programs become content; again nothing changes, and nobody's edit is lost.
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "tests read and write files, and say what they could not test")]

use crate::support::{Project, Ran, tree};
use std::path::{Path, PathBuf};

const EN: &str = "title: Test\nbase_url: https://example.org/\nlanguages: [en]\ntime_zone: UTC\nas_of: 2026-01-01\n";

/// Small excerpts of real catalogues.
fn excerpt(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

/// Whole catalogues, where they are beside the repository: `CLERESTORY_DATA` names their folder. Says so where they are not.
fn whole(name: &str) -> Option<PathBuf> {
    let dir = std::env::var_os("CLERESTORY_DATA").map(PathBuf::from).unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"));
    let path = dir.join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("NOT TESTED: there is no {}; set CLERESTORY_DATA to the folder of the real catalogues", path.display());
    None
}

fn import(p: &Project, args: &[&str]) -> Ran {
    p.run(&[&["import"], args].concat())
}

fn findings(p: &Project, args: &[&str]) -> Vec<(String, String, u64, u64)> {
    let ran = p.run(&[&["import"], args, &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    let text = |v: &serde_json::Value| v.as_str().unwrap_or("").to_string();
    json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (text(&f["code"]), text(&f["file"]), f["line"].as_u64().unwrap_or(0), f["column"].as_u64().unwrap_or(0)))
        .collect()
}

fn s(p: &Path) -> &str {
    p.to_str().unwrap()
}

#[test]
fn jkan_of_philadelphia_whole() {
    let Some(data) = whole("jkan-opendataphilly") else { return };
    let p = Project::new(EN);
    let found = findings(&p, &["jkan", s(&data)]);
    let broken: Vec<_> = found.iter().filter(|f| f.0 == "SRC004" || f.0 == "IMP001").collect();
    assert_eq!(broken.len(), 5, "{broken:#?}");
    assert!(broken.iter().all(|f| f.2 > 0 && f.3 > 0), "{broken:#?}");
    assert!(broken.iter().any(|f| f.1 == "_datasets/large-building-energy-benchmarking-data.md" && f.2 == 139), "{broken:#?}");
    let made = tree(p.root()).keys().filter(|k| k.starts_with("content/datasets/")).count();
    assert_eq!(made, 463);
    // The same again changes nothing.
    let before = tree(p.root());
    let again = import(&p, &["jkan", s(&data)]);
    assert!(again.err.contains("463 unchanged") && !again.err.contains("new"), "{}", again.err);
    assert_eq!(before, tree(p.root()));
    p.build();
    // One dataset has no title and no licence, some have no address: nothing of the import is unknown to the reader.
    let codes = p.codes();
    for unknown in ["SRC004", "SRC007", "SRC008", "SRC010", "SRC012"] {
        assert!(!codes.iter().any(|c| c == unknown), "{unknown}: {:?}", p.findings(&[]).into_iter().filter(|f| f.0 == unknown).take(5).collect::<Vec<_>>());
    }
}

fn check_is_quiet_about_keys(p: &Project) {
    let found = p.findings(&[]);
    let wrong: Vec<_> = found.iter().filter(|f| f.0.starts_with("SRC0") && !matches!(&*f.0, "SRC014" | "SRC030" | "SRC032" | "SRC034")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn jkan_excerpt_reads_as_if_written_by_hand() {
    let p = Project::new(EN);
    let source = excerpt("jkan");
    let found = findings(&p, &["jkan", s(&source)]);
    // The tab that stops the readers of Ruby and Python, at its place; what is odd, at its place.
    assert!(found.contains(&("IMP001".into(), "_datasets/leaf-dropoff-sites.md".into(), 22, 8)), "{found:#?}");
    assert!(found.contains(&("IMP002".into(), "_datasets/census-block-groups.md".into(), 46, 8)), "{found:#?}");
    assert_eq!(found.iter().filter(|f| f.1.contains("creal-program") && f.0 == "IMP002").count(), 1, "{found:#?}");
    let made = p.read("content/datasets/septa-real-time-map/dataset.yaml");
    assert!(
        made.starts_with("title: ")
            && made.contains("\npublisher: septa\n")
            && made.contains("\nfrequency: realtime\n")
            && made.contains("  modified: R/PT5M\n"),
        "{made}"
    );
    assert!(p.read("content/departments.yaml").contains("/organizations/septa/"));
    check_is_quiet_about_keys(&p);
    p.build();
    assert!(p.read("public/_redirects").contains("/organizations/septa/"), "old addresses of organizations open");
    assert!(p.exists("public/datasets/septa-real-time-map/index.html"));
}

#[test]
fn the_same_again_changes_nothing_and_edits_are_kept() {
    let p = Project::new(EN);
    let source = tempfile::tempdir().unwrap();
    for (name, bytes) in tree(&excerpt("knoxville")) {
        let to = source.path().join(&name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, bytes).unwrap();
    }
    let args = ["jkan", s(source.path()), "--name", "knox"];
    assert!(import(&p, &args).err.contains("2 records: 2 new, 2 new departments, 2 new themes"));
    let before = tree(p.root());
    assert!(import(&p, &args).err.contains("2 unchanged"));
    assert_eq!(before, tree(p.root()));
    // Somebody writes a better description and takes the contact out; the source changes title and description.
    let file = "content/datasets/311performance/dataset.yaml";
    let text = p.read(file).replace("description: Monthly Reports Of 311 Service Requests", "description: What people asked for, by month.");
    let text: String = text.lines().filter(|l| !l.starts_with("contact:")).map(|l| format!("{l}\n")).collect();
    p.file(file, &text);
    let page = source.path().join("_datasets/311performance.md");
    let theirs = std::fs::read_to_string(&page).unwrap();
    std::fs::write(
        &page,
        theirs.replace("title: 311 Performance Measures", "title: 311 Measures").replace("notes: Monthly Reports", "notes: Quarterly Reports"),
    )
    .unwrap();
    let dry = import(&p, &[&args[..], &["--dry-run"]].concat());
    assert!(dry.err.contains("would update content/datasets/311performance/dataset.yaml: title") && p.read(file) == text, "{}", dry.err);
    let ran = import(&p, &args);
    assert!(ran.out.contains("IMP004") && ran.out.contains("`description` was changed in the source") && ran.out.contains("Quarterly Reports"), "{ran:#?}");
    let now = p.read(file);
    assert!(now.contains("title: 311 Measures\n") && now.contains("What people asked for") && !now.contains("contact"), "{now}");
    // It is told once, and the decision stays.
    let again = import(&p, &args);
    assert!(!again.out.contains("IMP004") && again.err.contains("2 unchanged") && p.read(file) == now, "{again:#?}");
    // What was deleted here is not made again; what the source lost stays and is told.
    std::fs::remove_file(p.path("content/datasets/adoptedbudget/dataset.yaml")).unwrap();
    assert!(import(&p, &args).err.contains("1 deleted here"));
    std::fs::remove_file(&page).unwrap();
    let ran = import(&p, &args);
    assert!(ran.out.contains("IMP005") && p.exists(file), "{ran:#?}");
}

#[test]
fn nothing_that_somebody_wrote_is_overwritten() {
    let p = Project::new(EN);
    p.file("content/datasets/311performance/dataset.yaml", "title: Mine\n");
    let ran = import(&p, &["jkan", s(&excerpt("knoxville"))]);
    assert!(ran.code == 1 && ran.out.contains("IMP004") && ran.err.contains("1 new, 1 refused"), "{ran:#?}");
    assert_eq!(p.read("content/datasets/311performance/dataset.yaml"), "title: Mine\n");
    // A record of the last import that cannot be read stops everything.
    p.file(".clerestory/import/jkan-knoxville.json", "{\"version\": 1,");
    let before = tree(p.root());
    assert!(import(&p, &["jkan", s(&excerpt("knoxville"))]).out.contains("IMP001"));
    assert_eq!(before, tree(p.root()));
}

#[test]
fn dcat_us_excerpt() {
    let p = Project::new(EN);
    let found = findings(&p, &["dcat-us", s(&excerpt("dcat-us"))]);
    assert!(found.iter().any(|f| f.0 == "IMP002" && f.1 == "data.json" && f.2 > 1), "{found:#?}");
    let made: Vec<String> = tree(&p.path("content/datasets")).into_values().map(|b| String::from_utf8(b).unwrap()).collect();
    assert_eq!(made.len(), 5);
    let all = made.concat();
    assert!(
        all.contains("license: CC0-1.0\n") && all.contains("frequency: irregular\n") && all.contains("  modified: 2023\n") && all.contains("bureauCode"),
        "{all}"
    );
    assert!(made.iter().any(|m| m.contains("access_rights: closed") || m.contains("access_rights: conditional")));
    assert!(!all.contains("<p>") && !all.contains("<br"), "HTML became Markdown");
    check_is_quiet_about_keys(&p);
    p.build();
}

#[test]
fn ckan_in_every_shape_of_answer() {
    let export = std::fs::read_to_string(excerpt("ckan").join("export.json")).unwrap();
    let one: serde_json::Value = serde_json::from_str(&export).unwrap();
    let results = one["results"].as_array().unwrap();
    let answer = serde_json::json!({"help": "x", "success": true, "result": {"count": 4, "results": results}}).to_string();
    let lines: String = results.iter().map(|r| format!("{r}\n")).collect();
    let list = serde_json::json!(results).to_string();
    let mut all = Vec::new();
    for text in [export, answer, lines, list] {
        let p = Project::new(EN);
        p.file("in/a.json", &text);
        let ran = import(&p, &["ckan", "in"]);
        assert!(ran.code == 0 && ran.err.contains("4 records: 4 new"), "{ran:#?}");
        all.push(tree(&p.path("content")));
        p.file("in/a.json", "{\"success\": false, \"error\": {}, \"result\": null}");
        assert!(import(&p, &["ckan", "in"]).out.contains("IMP001"));
    }
    assert!(all.windows(2).all(|w| w[0] == w[1]));
    let made: String = all[0].values().map(|b| String::from_utf8_lossy(b).into_owned()).collect();
    assert!(made.contains("aliases: [/dataset/"), "{made}");
}

#[test]
fn ckan_of_today() {
    let p = Project::new("title: Test\nbase_url: https://example.org/\nlanguages: [en, zh-Hans]\nas_of: 2026-01-01\n");
    let package = serde_json::json!({
        "id": "u1", "name": "trees", "title": "Trees", "title_translated": {"en": "Trees", "zh_CN": "树木"}, "notes": "<p>All <b>trees</b>.</p><script>x</script>",
        "license_id": "CC-BY-ND-4.0", "license_title": "CC BY-ND 4.0", "isopen": true, "private": false, "state": "active",
        "organization": {"name": "parks", "title": "Parks & Gardens", "description": "Green"}, "groups": [{"title": "Environment"}],
        "tags": [{"name": "tree"}, {"name": "tree"}], "extras": [{"key": "update_frequency", "value": "annually"}, {"key": "odd", "value": "kept"}],
        "resources": [{"name": "Trees", "url": " https://x.org/t.csv", "format": "csv", "size": 3}, {"name": "trees", "url": "mailto:a@b.org", "format": ""}, {"name": "trees", "url": "https://x.org/t", "format": "XSLX"}]
    });
    let secret = serde_json::json!({"id": "u2", "name": "Secret", "title": "Secret", "private": true, "state": "active"});
    let twin = serde_json::json!({"id": "u3", "name": "secret", "title": "Secret", "state": "active"});
    p.file("in.json", serde_json::json!([package, secret, twin]).to_string());
    let ran = import(&p, &["ckan", "in.json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let made = p.read("content/datasets/trees/dataset.yaml");
    for want in [
        "title: {en: Trees, zh-Hans: 树木}\n",
        "description: All **trees**.\n",
        "publisher: parks\n",
        "license: {name: CC-BY-ND-4.0",
        "frequency: yearly\n",
        "theme: environment\n",
        "keywords: [tree]\n",
        "{name: trees, title: Trees, url: https://x.org/t.csv}",
        "name: trees-2",
        "format: XLSX",
        "odd: kept",
        "mailto:a@b.org",
    ] {
        assert!(made.contains(want), "{want}\n{made}");
    }
    assert!(ran.out.contains("<script>") && ran.out.contains("leads nowhere"), "{}", ran.out);
    // Two names that differ by case alone are two items; what is private is a draft.
    assert!(p.read("content/datasets/secret/dataset.yaml").contains("draft: true") && p.exists("content/datasets/secret-2/dataset.yaml"));
    p.build();
    let page = p.read("public/datasets/trees/index.html");
    assert!(page.contains("CC-BY-ND-4.0") && !page.contains("<script>x"));
}

#[test]
fn a_data_package_brings_its_files() {
    let p = Project::new(EN);
    let package = |path: &str| {
        format!(
            "{{\"name\": \"gdp\", \"title\": \"GDP\", \"licenses\": [{{\"name\": \"ODC-PDDL-1.0\"}}], \"resources\": [{{\"name\": \"gdp\", \"path\": \"{path}\", \"schema\": {{\"fields\": [{{\"name\": \"year\", \"type\": \"year\", \"format\": \"default\"}}]}}}}]}}"
        )
    };
    p.file("in/datapackage.json", package("data/gdp.csv")).file("in/data/gdp.csv", "year\n2020\n").file("in/data/unused.csv", "x\n1\n");
    assert!(import(&p, &["data-package", "in"]).err.contains("1 new"));
    assert_eq!((p.read("content/datasets/gdp/data/gdp.csv").as_str(), p.exists("content/datasets/gdp/data/unused.csv")), ("year\n2020\n", false));
    assert!(p.read("content/datasets/gdp/dataset.yaml").contains("license: ODC-PDDL-1.0\n"));
    p.file("in/data/gdp.csv", "year\n2020\n2021\n");
    assert!(import(&p, &["data-package", "in"]).err.contains("1 updated"));
    assert!(p.read("content/datasets/gdp/data/gdp.csv").contains("2021"));
    // A table that somebody corrected is not lost.
    p.file("content/datasets/gdp/data/gdp.csv", "year\n1999\n").file("in/data/gdp.csv", "year\n2022\n");
    assert!(import(&p, &["data-package", "in"]).out.contains("IMP004") && p.read("content/datasets/gdp/data/gdp.csv").contains("1999"));
    // A path that leads out takes nothing along.
    let q = Project::new(EN);
    q.file("secret.csv", "a\n1\n").file("in/datapackage.json", package("../secret.csv"));
    let ran = import(&q, &["data-package", "in"]);
    assert!(ran.out.contains("leads out") && !tree(&q.path("content")).keys().any(|k| k.contains("secret")), "{ran:#?}");
}

#[test]
fn archives_stay_where_they_are() {
    use std::io::Write as _;
    let p = Project::new(EN);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let head = "---\ntitle: A\nnotes: b\nresources: []\n---\n";
    for name in ["x/_datasets/a.md", "../_datasets/evil.md", "/tmp/_datasets/worse.md"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(head.as_bytes()).unwrap();
    }
    zip.start_file("x/_datasets/bomb.md", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..200 {
        zip.write_all(&[b'a'; 1 << 16]).unwrap();
    }
    p.file("in.zip", zip.finish().unwrap().into_inner());
    let ran = import(&p, &["jkan", "in.zip"]);
    assert_eq!(ran.out.matches("leads out of it").count(), 2, "{ran:#?}");
    assert!(ran.out.contains("too large") && p.exists("content/datasets/a/dataset.yaml"), "{ran:#?}");
    assert_eq!(tree(&p.path("content")).len(), 1);
}

#[test]
fn a_list_in_csv_with_and_without_a_map() {
    let p = Project::new("title: 测试\nbase_url: https://example.org/\nlanguages: [zh-Hans]\nas_of: 2026-01-01\n");
    p.file("a.csv", "数据集名称,数据提供方,更新频度,首次发布日期,网址,格式,序号\n公园,园林局,每年,2020年1月2日,https://x.org/a.csv,CSV,010000\n\"树, 木\",园林局,看情况,13/12/2019,,,2\n");
    let ran = import(&p, &["csv", "a.csv"]);
    assert!(ran.err.contains("新建 2") || ran.err.contains("2 new"), "{ran:#?}");
    let made = p.read("content/datasets/gong-yuan/dataset.yaml");
    for want in ["title: 公园\n", "frequency: yearly\n", "issued: 2020-01-02\n", "url: https://x.org/a.csv", "序号: \"010000\""] {
        assert!(made.contains(want), "{want}\n{made}");
    }
    assert!(ran.out.contains("IMP002") && ran.out.contains("a.csv:3"), "{}", ran.out);
    p.file("b.csv", "n;who\nTrees;Parks\n").file("map.yaml", "title: n\npublisher: who\n");
    assert_eq!(import(&p, &["csv", "b.csv", "--map", "map.yaml"]).code, 0);
    assert!(p.read("content/datasets/trees/dataset.yaml").contains("publisher: parks"));
    assert!(import(&p, &["csv", "b.csv"]).out.contains("--map"));
    // Big5, which is also GB18030 without an error.
    let (big5, ..) = encoding_rs::BIG5
        .encode("資料集名稱,資料來源,聯絡人,聯絡電話,資料說明\n宜蘭縣公園,宜蘭縣政府農業處,農業處,03-9251000,全縣公園的位置與面積資料，每年更新一次。\n");
    p.file("c.csv", big5);
    let ran = import(&p, &["csv", "c.csv"]);
    assert!(ran.out.contains("Big5"), "{ran:#?}");
}

#[test]
fn broken_sources_are_told_and_the_rest_is_imported() {
    let p = Project::new(EN);
    let wide = format!("[{}]", (0..3).map(|i| format!("{{\"id\": \"{i}\", \"name\": \"n{i}\", \"title\": \"T\"}}")).collect::<Vec<_>>().join(","));
    let deep = format!(
        "[{{\"id\": \"x\", \"name\": \"x\", \"title\": \"X\", \"extras\": {}{}}}, 7, {{\"id\": \"0\", \"name\": \"y\", \"title\": \"Y\"}}]",
        "[".repeat(60),
        "]".repeat(60)
    );
    p.file("in/a.json", wide).file("in/b.json", deep).file("in/c.json", "{\"results\": [{\"id\": ").file("in/d.json", [0xFFu8, 0, 1, 2]);
    let ran = import(&p, &["ckan", "in"]);
    assert!(ran.code == 1 && ran.err.contains("3 new"), "{ran:#?}");
    for want in ["b.json:1:", "c.json:1:", "two records of the source are `0`"] {
        assert!(ran.out.contains(want), "{want}: {ran:#?}");
    }
    for (args, code) in [(["ckan", "nothing-there"], 2), (["nonsense", "in"], 2)] {
        let ran = import(&p, &args);
        assert_eq!(ran.code, code, "{ran:#?}");
    }
    // With the feature it would ask; see `fetch`.
    if cfg!(not(feature = "fetch")) {
        assert_eq!(import(&p, &["ckan", "https://x.org/data.json"]).code, 2);
        assert!(import(&p, &["ckan", "https://x.org/api/3/action/package_search"]).err.contains("curl --fail --retry 5"));
    }
    assert_eq!(import(&p, &["ckan", "in", "--into", "../elsewhere"]).code, 2);
}

#[test]
fn whole_catalogues() {
    for (kind, source, items) in [
        ("jkan", "jkan-knoxville", 26),
        ("jkan", "jkan-sandiego", 109),
        ("jkan", "jkan-croatia", 29),
        ("dcat-us", "dcat-us-A", 776),
        ("ckan", "ckan-dataportals/data/archive/ckan-export.json", 390),
        ("data-package", "datapackages", 5),
    ] {
        let Some(data) = whole(source) else { continue };
        let p = Project::new(EN);
        let ran = import(&p, &[kind, s(&data)]);
        assert!(ran.err.contains(&format!("{items} new")), "{source}: {}", ran.err);
        assert!(import(&p, &[kind, s(&data)]).err.contains(&format!("{items} unchanged")), "{source}");
        check_is_quiet_about_keys(&p);
        if source == "jkan-knoxville" {
            p.build();
            let han: Vec<String> = tree(&p.path("public"))
                .into_iter()
                .filter(|(n, _)| n.ends_with(".html"))
                .filter(|(_, b)| String::from_utf8_lossy(b).chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)))
                .map(|(n, _)| n)
                .collect();
            assert!(han.is_empty(), "{han:?}");
        }
    }
}

#[test]
fn documents_of_four_generators() {
    let p = Project::new(EN);
    p.file("hugo/content/posts/a.md", "+++\ntitle = \"A: b\"\ndate = 2021-04-12T09:30:00Z\ndraft = true\ntags = [\"x\", \"z\"]\naliases = [\"/old/a/\"]\nweight = 3\n+++\n\nText {{< youtube abc >}}\n\n{{< figure src=\"p.png\" alt=\"Plan\" >}}\n")
        .file("hugo/content/policies/b/index.md", "---\ntitle: B\ndate: 2021-04-12\n---\n\n![x](pic.png)\n")
        .file("hugo/content/policies/b/pic.png", b"\x89PNG")
        .file("hugo/content/broken.md", "+++\ntitle = \n+++\n")
        .file("hugo/content/posts/_index.md", "---\ntitle: Posts\n---\n")
        .file("hugo/themes/t/content/no.md", "---\ntitle: No\n---\n");
    let ran = import(&p, &["hugo", "hugo"]);
    assert!(ran.code == 1 && ran.err.contains("2 new"), "{ran:#?}");
    let a = p.read("content/news/a.md");
    for want in [
        "title: \"A: b\"\n",
        "published_at: 2021-04-12",
        "draft: true\n",
        "keywords: [x, z]\n",
        "/old/a/",
        "/posts/a/",
        "  weight: \"3\"\n",
        "![Plan](p.png)",
        "{{< youtube abc >}}",
    ] {
        assert!(a.contains(want), "{want}\n{a}");
    }
    assert!(ran.out.contains("content/posts/a.md:10:6") && ran.out.contains("`youtube`") && ran.out.contains("content/broken.md:2:"), "{}", ran.out);
    assert!(p.read("content/policies/b.md").contains("![x](b/pic.png)") && p.exists("content/policies/b/pic.png"));
    assert!(import(&p, &["hugo", "hugo"]).err.contains("2 unchanged"));
    p.file("jekyll/_posts/2021-04-12-c.md", "---\nlayout: post\ntitle: C\ndate: 2021-04-12 09:30:00 +0000\ncategories: News\nredirect_from: /c.html\npublished: false\n---\n{% highlight ruby %}\nx\n{% endhighlight %}\n");
    assert_eq!(import(&p, &["jekyll", "jekyll"]).code, 0);
    let c = p.read("content/news/c.md");
    for want in ["published_at: 2021-04-12 09:30\n", "draft: true\n", "theme: news\n", "/c.html", "/2021/04/12/c.html", "```ruby\nx\n```"] {
        assert!(c.contains(want), "{want}\n{c}");
    }
    p.file("zola/content/blog/2020-01-02-d.md", "+++\ntitle = \"D\"\n[taxonomies]\ntags = [\"z\"]\n[extra]\nmood = \"good\"\n+++\nText\n");
    assert_eq!(import(&p, &["zola", "zola"]).code, 0);
    let d = p.read("content/news/d.md");
    assert!(d.contains("published_at: 2020-01-02\n") && d.contains("keywords: [z]\n") && d.contains("  mood: good\n"), "{d}");
    p.file("hexo/source/_posts/e.md", "---\ntitle: E\ndate: 2019-03-04 05:06:07\ntags:\n- t\n---\nText<!-- more -->\n");
    assert_eq!(import(&p, &["hexo", "hexo"]).code, 0);
    let e = p.read("content/news/e.md");
    assert!(e.contains("/2019/03/04/e/") && e.contains("published_at: 2019-03-04 05:06\n") && !e.contains("more"), "{e}");
    p.build();
}

#[test]
fn saved_pages_of_a_government_site() {
    let p = Project::new("title: 测试\nbase_url: https://example.org/\nlanguages: [zh-Hans]\nas_of: 2026-01-01\n");
    p.file(
        "in/zwgk/t1.html",
        "<!DOCTYPE html><html><head><title>关于加强工作的通知_某市政府</title><meta name=\"ContentSource\" content=\"市政府办公室\"></head><body><div class=nav><a href=/>首页</a></div>\
         <table><tr><td>索引号：</td><td>000014349/2021-00110</td><td>主题分类：</td><td>综合政务\\政务公开</td></tr><tr><td>发文机关：</td><td>某市政府办公室</td><td>发文字号：</td><td>某政办发〔2021〕13号</td></tr><tr><td>成文日期：</td><td>2021年04月12日</td><td>发布日期：</td><td>2021-04-13 09:30</td></tr></table>\
         <h1>关于加强工作的通知</h1><div class=\"TRS_Editor\"><p>　　各单位：</p><p>　　第一条　加强工作，做好服务，方便群众办事。<script>x()</script></p><p><img src=\"a.png\"></p></div><div>打印</div></body></html>",
    )
    .file("in/zwgk/t2.html", "<html><body><h1>《关于加强工作的通知》政策解读</h1><p>发布时间：2021-04-14 来源：某市政府办公室</p><div id=zoom><p>一、背景依据</p><p>为了方便群众办事，制定本通知，说明如下。</p></div></body></html>");
    let ran = import(&p, &["html", "in", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let files = tree(&p.path("content"));
    let policy = files.iter().find(|(k, _)| k.starts_with("policies/2021/")).map(|(_, b)| String::from_utf8_lossy(b).into_owned()).expect("a policy");
    for want in [
        "title: 关于加强工作的通知\n",
        "doc_no: 某政办发〔2021〕13号\n",
        "index_no: 000014349/2021-00110\n",
        "formed_on: 2021-04-12\n",
        "published_at: 2021-04-13 09:30\n",
        "aliases: [/zwgk/t1.html]\n",
        "\n各单位：\n\n第一条　加强工作，做好服务，方便群众办事。\n",
    ] {
        assert!(policy.contains(want), "{want}\n{policy}");
    }
    assert!(!policy.contains("打印") && !policy.contains("首页"), "{policy}");
    assert!(ran.out.contains("<script>") && ran.out.contains("a.png"), "{}", ran.out);
    let explained =
        files.iter().find(|(k, _)| k.starts_with("interpretations/2021/")).map(|(_, b)| String::from_utf8_lossy(b).into_owned()).expect("an interpretation");
    assert!(explained.contains("policies: ") && explained.contains("2021/guan-yu-jia-qiang") && explained.contains("一、背景依据"), "{explained}");
    assert!(import(&p, &["html", "in"]).err.contains("2 unchanged") || import(&p, &["html", "in"]).err.contains("不变 2"));
}

#[test]
fn texts_with_labels() {
    let p = Project::new("title: 测试\nbase_url: https://example.org/\nlanguages: [zh-Hans]\nas_of: 2026-01-01\n");
    p.file("in/a.md", "# 问答实录：《关于措施》相关情况\n\n**发布日期**: 2025-04-21\n**发布机构**: 上海市科学技术委员会\n**原文链接**: [http://x.gov.cn/a.html](http://x.gov.cn/a.html)\n\n---\n\n新华社：怎么样？\n\n　　答：很好。\n")
        .file("in/b.txt", "关于示例的通知\n【公布日期】2021.04.12【字号】莆政办网传〔2021〕13号【施行日期】2021.04.12【效力等级】地方规范性文件【时效性】现行有效\n　　各单位：\n　　# 不是标题\n")
        .file("in/c.txt", encoding_rs::GB18030.encode("关于编码的通知\n发布日期：2020年1月2日\n正文在此，用的是国标编码，应当认得出来。\n").0)
        .file("map.yaml", "author: 拟稿人\n")
        .file("in/d.txt", "关于对照的通知\n拟稿人：某科\n正文。\n");
    let ran = import(&p, &["text", "in", "--map", "map.yaml"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let files = tree(&p.path("content"));
    let all: String = files.iter().map(|(k, b)| format!("== {k}\n{}", String::from_utf8_lossy(b))).collect();
    for want in [
        "interpretations/2025/",
        "published_at: 2025-04-21\n",
        "interpreter_org: shang-hai-shi",
        "source_url: http://x.gov.cn/a.html\n",
        "答：很好。",
        "policy_ref_external:",
        "doc_no: 莆政办网传〔2021〕13号\n",
        "authority_level: 地方规范性文件\n",
        "  时效性: 现行有效\n",
        "\\# 不是标题",
        "published_at: 2020-01-02\n",
        "author: 某科\n",
    ] {
        assert!(all.contains(want), "{want}\n{all}");
    }
}

#[test]
fn whole_documents_of_shanghai() {
    let Some(data) = whole("zh-shanghai-policies/policy_document/text") else { return };
    let p = Project::new("title: 测试\nbase_url: https://example.org/\nlanguages: [zh-Hans]\nas_of: 2026-01-01\n");
    let ran = import(&p, &["text", s(&data)]);
    let files: Vec<String> = tree(&p.path("content")).into_keys().filter(|k| k.ends_with(".md")).collect();
    assert_eq!(files.len(), 13, "{files:#?}\n{}", ran.out);
    assert!(import(&p, &["text", s(&data)]).err.contains("13"));
    p.build();
}

/// A document of Word from the inside of its body, with the parts that it names.
fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    put("[Content_Types].xml", "<Types/>");
    put("word/document.xml", &format!("<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:a=\"a\" xmlns:wp=\"wp\"><w:body>{body}</w:body></w:document>"));
    more.iter().for_each(|(n, t)| put(n, t));
    zip.finish().unwrap().into_inner()
}

#[test]
fn documents_of_word() {
    let p = Project::new("title: 测试\nbase_url: https://example.org/\nlanguages: [zh-Hans]\nas_of: 2026-01-01\n");
    let para = |t: &str| format!("<w:p><w:r><w:t>{t}</w:t></w:r></w:p>");
    let body = [
        para("关于文档的通知"),
        para("发布日期：2021年4月12日"),
        para("发文字号：某政办发〔2021〕13号"),
        "<w:p><w:pPr><w:pStyle w:val=\"1\"/></w:pPr><w:r><w:t>总则</w:t></w:r></w:p>".into(),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>第一条</w:t></w:r><w:r><w:t xml:space=\"preserve\"> 内容 &amp; 说明</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>".into(),
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>".into(),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", para("编码"), para("名称"), para("010000"), para("某")),
        "<w:p><w:r><w:drawing><wp:docPr descr=\"\"/><a:blip r:embed=\"rId1\"/></w:drawing></w:r></w:p>".into(),
        "<w:p><w:del><w:r><w:t>删去的</w:t></w:r></w:del></w:p>".into(),
    ]
    .concat();
    let parts = [
        ("word/_rels/document.xml.rels", "<Relationships><Relationship Id=\"rId1\" Target=\"media/image1.png\"/></Relationships>"),
        ("word/styles.xml", "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>"),
        (
            "word/numbering.xml",
            "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"9\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum><w:num w:numId=\"5\"><w:abstractNumId w:val=\"9\"/></w:num></w:numbering>",
        ),
        ("word/footnotes.xml", "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>见附件</w:t></w:r></w:p></w:footnote></w:footnotes>"),
        ("word/media/image1.png", "PNG"),
        ("word/vbaProject.bin", "x"),
    ];
    p.file("in/通知.docx", docx(&body, &parts));
    p.file("in/bomb.docx", docx("", &[]).iter().copied().chain([0]).collect::<Vec<u8>>());
    p.file("in/laughs.docx", {
        use std::io::Write as _;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><w:document><w:t>&b;</w:t></w:document>").unwrap();
        zip.finish().unwrap().into_inner()
    });
    let ran = import(&p, &["docx", "in"]);
    assert!(ran.out.contains("laughs.docx") && ran.out.contains("IMP001") && ran.out.contains("macros") && ran.out.contains("image1.png"), "{ran:#?}");
    let files = tree(&p.path("content"));
    let text = files
        .iter()
        .find(|(k, _)| k.contains("wen-dang"))
        .map(|(_, b)| String::from_utf8_lossy(b).into_owned())
        .unwrap_or_else(|| panic!("{:?}", files.keys()));
    for want in [
        "title: 关于文档的通知\n",
        "published_at: 2021-04-12\n",
        "doc_no: 某政办发〔2021〕13号\n",
        "\n## 总则\n",
        "**第一条** 内容 & 说明[^1]",
        "1. 甲\n2. 乙\n",
        "| 010000 | 某 |",
        "![](tong-zhi/image1.png)",
        "[^1]: 见附件",
    ] {
        assert!(text.contains(want), "{want}\n{text}");
    }
    assert!(!text.contains("删去的") && files.keys().any(|k| k.ends_with("tong-zhi/image1.png")), "{text}");
}

#[test]
fn what_the_source_keeps_back_is_a_draft() {
    let p = Project::new(EN);
    let draft = |p: &Project, file: &str| p.read(file).contains("\ndraft: true\n");
    p.file(
        "udata/a.json",
        r#"{"data": [{"id": "1", "slug": "gone", "title": "Gone", "deleted": "2024-01-01T00:00:00"}, {"id": "2", "slug": "closed", "title": "Closed", "access_type": "restricted"}, {"id": "3", "slug": "open", "title": "Open", "deleted": null, "private": false, "access_type": "open"}]}"#,
    );
    let ran = import(&p, &["udata", "udata"]);
    assert!(ran.out.contains("the source says `deleted: 2024-01-01T00:00:00`"), "{ran:#?}");
    for (name, hidden) in [("gone", true), ("closed", true), ("open", false)] {
        assert_eq!(draft(&p, &format!("content/datasets/{name}/dataset.yaml")), hidden, "{name}");
    }
    p.file(
        "ckan/a.json",
        r#"[{"name": "a", "title": "A", "private": "True", "resources": [{"name": "x", "url": "https://example.org/x.csv", "state": "deleted"}, {"name": "y", "url": "https://example.org/y.csv", "state": "active"}]}, {"name": "b", "title": {"de": "B auf Deutsch", "en": "B"}, "notes": {"en": "<p>Words</p>", "fr": "Mots"}, "private": 1}, {"name": "c", "title": "C", "capacity": "private"}, {"name": "d", "title": "D", "private": false, "state": "active", "capacity": "public"}]"#,
    );
    let ran = import(&p, &["ckan", "ckan"]);
    assert!(ran.out.contains("the resource “x” is deleted"), "{ran:#?}");
    for (name, hidden) in [("a", true), ("b", true), ("c", true), ("d", false)] {
        assert_eq!(draft(&p, &format!("content/datasets/{name}/dataset.yaml")), hidden, "{name}");
    }
    let (a, b) = (p.read("content/datasets/a/dataset.yaml"), p.read("content/datasets/b/dataset.yaml"));
    assert!(!a.contains("x.csv") && a.contains("y.csv"), "{a}");
    for want in ["title: B\n", "description: Words\n", "B auf Deutsch", "Mots"] {
        assert!(b.contains(want), "{want}\n{b}");
    }
    p.file("jkan/_datasets/j.md", "---\ntitle: J\npublished: false\n---\n").file("jkan/_datasets/k.md", "---\ntitle: K\npublished: 2021-04-12\n---\n");
    import(&p, &["jkan", "jkan"]);
    assert!(draft(&p, "content/datasets/j/dataset.yaml") && !draft(&p, "content/datasets/k/dataset.yaml"));
    assert!(p.read("content/datasets/k/dataset.yaml").contains("issued: 2021-04-12\n"));
}

#[test]
fn what_generators_do_not_build_is_a_draft() {
    let p = Project::new(EN);
    let draft = |file: &str| p.read(file).contains("\ndraft: true\n");
    p.file("hugo/content/news/_index.md", "---\ntitle: S\ncascade:\n  draft: true\n---\n")
        .file("hugo/content/news/below.md", "---\ntitle: Below\n---\nx\n")
        .file("hugo/content/news/own.md", "---\ntitle: Own\ndraft: false\n---\nx\n")
        .file("hugo/content/posts/never.md", "---\ntitle: Never\nbuild:\n  render: never\n---\nx\n")
        .file("hugo/content/posts/yes.md", "---\ntitle: Yes\ndraft: \"yes\"\n---\nx\n")
        .file("hugo/content/posts/seen.md", "---\ntitle: Seen\n---\nbefore {{/* the secret */}}after\n");
    let ran = import(&p, &["hugo", "hugo"]);
    assert!(ran.out.contains("content/news/_index.md:4:10") && ran.out.contains("content/posts/seen.md:4:8"), "{ran:#?}");
    for (name, hidden) in [("below", true), ("own", false), ("never", true), ("yes", true), ("seen", false)] {
        assert_eq!(draft(&format!("content/news/{name}.md")), hidden, "{name}");
    }
    assert!(p.read("content/news/seen.md").ends_with("\nbefore after\n"), "{}", p.read("content/news/seen.md"));
    p.file("hexo/source/_posts/locked.md", "---\ntitle: Locked\npassword: hunter2\n---\nx\n")
        .file("hexo/source/_posts/old.md", "title: Old head\ndate: 2013-05-06\n---\nText\n");
    let ran = import(&p, &["hexo", "hexo"]);
    assert!(draft("content/news/locked.md") && !p.read("content/news/locked.md").contains("hunter2") && !ran.out.contains("hunter2"), "{ran:#?}");
    let old = p.read("content/news/old.md");
    assert!(old.contains("title: Old head\n") && old.contains("published_at: 2013-05-06\n") && old.ends_with("\nText\n"), "{old}");
    p.file(
        "jekyll/_posts/2021-04-12-code.md",
        "---\ntitle: Code\n---\nRun {% highlight sh %}ls -l{% endhighlight %} now.\n\n{% comment %}not\nfor readers{% endcomment %}\n\n{% highlight sh %}one\n{{ two }}\n{% endhighlight %} behind\n",
    );
    let ran = import(&p, &["jekyll", "jekyll"]);
    let code = p.read("content/news/code.md");
    assert!(code.contains("\nRun `ls -l` now.\n") && code.contains("```sh\none\n{{ two }}\n```\n\nbehind\n") && !code.contains("readers"), "{code}\n{ran:#?}");
}

#[test]
fn repealed_policies_and_labels_nobody_knows() {
    let p = Project::new("title: 测试\nbase_url: https://example.org/\nlanguages: [zh-Hans]\nas_of: 2026-01-01\n");
    p.file("in/a.txt", "关于甲的通知\n发布日期：2020-01-02\n时效性：已废止\n正文。\n")
        .file("in/b.txt", "关于乙的通知\n有效性：失效\n失效日期：2022-03-04\n正文。\n")
        .file("in/c.txt", "关于丙的通知\n密级：公开\n发布日期：2021-05-06\n各单位：\n正文。\n")
        .file("in/d.txt", "關於丁的通知\n發布日期：中華民國114年1月2日\n發文字號：某字第1號\n正文。\n")
        .file("in/e.txt", "关于戊的通知\n发布日期：2021-05-06\n注意：这是正文。\n后面还有。\n");
    let ran = import(&p, &["text", "in"]);
    assert!(ran.out.contains("in/a.txt:3:1") || ran.out.contains("a.txt:3:1"), "{ran:#?}");
    assert!(ran.out.contains("repealed_by") && !ran.out.contains("b.txt:2"), "{ran:#?}");
    let files: Vec<String> = tree(&p.path("content")).into_values().map(|b| String::from_utf8_lossy(&b).into_owned()).collect();
    let of = |t: &str| files.iter().find(|f| f.contains(t)).unwrap_or_else(|| panic!("{t}"));
    assert!(of("关于甲的通知").contains("draft: true\n"));
    assert!(!of("关于乙的通知").contains("draft: true") && of("关于乙的通知").contains("expires_on: 2022-03-04\n"));
    let c = of("关于丙的通知");
    assert!(c.contains("published_at: 2021-05-06\n") && c.contains("密级: 公开") && c.ends_with("\n各单位：\n\n正文。\n"), "{c}");
    let d = of("關於丁的通知");
    assert!(d.contains("published_at: 2025-01-02\n") && d.contains("doc_no: 某字第1號\n"), "{d}");
    assert!(of("关于戊的通知").contains("\n注意：这是正文。\n"));
}

#[test]
fn pages_that_are_none_and_what_word_hides() {
    let p = Project::new("title: 测试\nbase_url: https://example.org/\nlanguages: [zh-Hans]\nas_of: 2026-01-01\n");
    p.file("in/404.html", "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1><p>nginx</p></body></html>")
        .file("in/cut.html", "<html><head><title>关于断了的通知</title></head><body><div class=\"TRS_Editor\"><p>正文从这里开始，一直写到这里，应当还有下文。</p>\n<p hidden>内部批注</p><p>可是");
    let ran = import(&p, &["html", "in"]);
    assert!(
        ran.out.contains("error page") && ran.out.contains("breaks off here") && ran.out.contains("cut.html:2:1") && ran.out.contains("内部批注"),
        "{ran:#?}"
    );
    assert!(!tree(&p.path("content")).values().any(|b| String::from_utf8_lossy(b).contains("内部批注")));
    let run = |props: &str, t: &str| format!("<w:r><w:rPr>{props}</w:rPr><w:t>{t}</w:t></w:r>");
    let boxed = "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>";
    let body = format!(
        "<w:p>{}</w:p><w:p>{}{}{boxed}{}</w:p>",
        run("", "关于隐藏的通知"),
        run("", "看得见"),
        run("<w:vanish/>", "看不见的批注"),
        run("<w:vanish w:val=\"0\"/>", "也看得见")
    );
    p.file("word/a.docx", docx(&body, &[])).file("word/b.doc", "x").file("word/c.docm", docx(&body.replace("隐藏", "宏"), &[("word/vbaProject.bin", "x")]));
    let ran = import(&p, &["docx", "word"]);
    assert!(ran.out.contains("b.doc") && ran.out.contains("看不见的批注") && ran.out.contains("macros"), "{ran:#?}");
    let files: Vec<String> = tree(&p.path("content")).into_values().map(|b| String::from_utf8_lossy(&b).into_owned()).collect();
    let text = files.iter().find(|f| f.contains("关于隐藏的通知")).unwrap();
    assert_eq!(text.matches("框里的话").count(), 1, "{text}");
    assert!(text.contains("看得见也看得见") && !text.contains("看不见"), "{text}");
    assert!(files.iter().any(|f| f.contains("关于宏的通知")));
}

#[test]
fn names_in_an_archive_may_be_gbk() {
    use std::io::Write as _;
    let p = Project::new("title: 测试\nbase_url: https://example.org/\nlanguages: [zh-Hans]\nas_of: 2026-01-01\n");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("abcd.txt", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all("发布日期：2021-04-12\n".as_bytes()).unwrap();
    let mut bytes = zip.finish().unwrap().into_inner();
    // The name as Windows in China writes it, of the same length.
    let gbk = encoding_rs::GB18030.encode("通知").0.into_owned();
    for i in 0..bytes.len() - 4 {
        if &bytes[i..i + 4] == b"abcd" {
            bytes[i..i + 4].copy_from_slice(&gbk);
        }
    }
    p.file("in.zip", bytes);
    let ran = import(&p, &["text", "in.zip"]);
    assert!(ran.code == 0 && ran.err.contains("1 new"), "{ran:#?}");
    assert!(tree(&p.path("content")).values().any(|b| String::from_utf8_lossy(b).contains("title: 通知\n")));
}

#[test]
fn addresses_that_documents_of_generators_had() {
    let aliases = |p: &Project, file: &str| p.read(file).lines().find(|l| l.starts_with("aliases:")).unwrap_or("").to_string();
    let p = Project::new(EN);
    p.file("in/_config.yml", "permalink: /blog/:year/:title/\n")
        .file("in/_posts/2021-04-02-first.md", "---\ntitle: First\nredirect_from: [old/first.html, /a/first/]\n---\nText.\n")
        .file("in/_posts/2021-04-03-second.md", "---\ntitle: Second\npermalink: /:categories/:i_day/x.html\ncategories: [Roads]\n---\nText.\n")
        .file("in/_posts/2021-04-04-third.md", "---\ntitle: Third\npermalink: /:colour/x/\n---\nText.\n")
        .file("in/_posts/2021-04-05-gone.md", "---\ntitle: Gone\nredirect_to: https://elsewhere.example.org/\n---\n");
    let ran = import(&p, &["jekyll", "in"]);
    assert_eq!(aliases(&p, "content/news/first.md"), "aliases: [/old/first.html, /a/first/, /blog/2021/first/]");
    assert_eq!(aliases(&p, "content/news/second.md"), "aliases: [/roads/3/x.html]");
    assert!(ran.out.contains("`permalink: /:colour/x/` has a part that is not known"), "{ran:#?}");
    assert!(p.read("content/news/third.md").contains("permalink: /:colour/x/"));
    assert!(p.read("content/news/gone.md").contains("draft: true"));
    let p = Project::new(EN);
    p.file("in/hugo.toml", "[permalinks]\n  posts = '/:year/:slug/'\n")
        .file("in/content/posts/one.md", "+++\ntitle = \"One\"\ndate = 2021-04-02\nslug = \"the-one\"\naliases = [\"older\", \"/oldest/\"]\n+++\nText.\n")
        .file("in/content/news/Two Words.md", "+++\ntitle = \"Two\"\nurl = \"/fixed/two.html\"\n+++\nText.\n")
        .file("in/content/news/three.md", "+++\ntitle = \"Three\"\naliases = [\"old-three\"]\n+++\nText.\n");
    import(&p, &["hugo", "in"]);
    assert_eq!(aliases(&p, "content/news/the-one.md"), "aliases: [/2021/older, /oldest/, /2021/the-one/]");
    assert!(tree(&p.path("content")).values().any(|b| String::from_utf8_lossy(b).contains("aliases: [/fixed/two.html]")));
    assert_eq!(aliases(&p, "content/news/three.md"), "aliases: [/news/old-three]");
}

#[test]
fn collections_of_dcat_us_are_series() {
    let p = Project::new(EN);
    p.file(
        "in/data.json",
        r#"{"dataset": [
        {"identifier": "p", "title": "Parent", "landingPage": "https://a.example.gov/parent"},
        {"identifier": "c", "title": "Child", "isPartOf": "p", "describedBy": "https://a.example.gov/dict.json", "describedByType": "application/json"},
        {"identifier": "d", "title": "Other child", "isPartOf": "https://a.example.gov/parent"},
        {"identifier": "e", "title": "Orphan", "isPartOf": "https://b.example.gov/none"},
        {"identifier": "f", "title": "Itself", "isPartOf": "f"}]}"#,
    );
    let ran = import(&p, &["dcat-us", "in/data.json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let child = p.read("content/datasets/child/dataset.yaml");
    assert!(child.contains("in_series: [parent]") && child.contains("describedBy: https://a.example.gov/dict.json") && !child.contains("isPartOf"), "{child}");
    assert!(p.read("content/datasets/other-child/dataset.yaml").contains("in_series: [parent]"));
    for alone in ["orphan", "itself"] {
        assert!(p.read(&format!("content/datasets/{alone}/dataset.yaml")).contains("isPartOf: "), "{alone}");
    }
    assert!(ran.out.contains("which is not in the source"), "{ran:#?}");
    assert!(import(&p, &["dcat-us", "in/data.json"]).err.contains("5 unchanged"));
    check_is_quiet_about_keys(&p);
}

#[test]
fn a_catalogue_in_one_line_is_read_record_by_record() {
    let p = Project::new(EN);
    let record = |i: usize, title: &str| {
        format!("{{\"identifier\": \"id-{i}\", \"title\": \"{title} {i}\", \"publisher\": {{\"name\": \"Office {}\"}}, \"issued\": \"soon\"}}", i % 7)
    };
    let file = |changed: usize| {
        let all: Vec<String> = (0..200).map(|i| record(i, if i == changed { "Changed" } else { "Record" })).collect();
        format!("\u{FEFF}{{\"about\": [{{\"dataset\": 1}}], \"dataset\": [{}], \"more\": {{}}}}", all.join(","))
    };
    p.file("in/data.json", file(9999));
    let found = findings(&p, &["dcat-us", "in/data.json", "--dry-run"]);
    assert!(!p.path("content/datasets").exists(), "a dry run writes nothing");
    // Every record has a day that is none; each finding stands at its own in the one line.
    let at: Vec<u64> = found.iter().filter(|f| f.0 == "IMP002").map(|f| f.3).collect();
    assert!(at.len() == 200 && found.iter().all(|f| f.2 == 1) && at.windows(2).all(|w| w[0] < w[1]), "{:?}", &found[..3]);
    let text = file(9999);
    let third = text.trim_start_matches('\u{FEFF}').match_indices("\"soon\"").nth(2).unwrap().0;
    assert_eq!(at[2], third as u64 + 1);
    assert!(import(&p, &["dcat-us", "in/data.json"]).err.contains("200 records: 200 new, 7 new departments"));
    let before = tree(p.root());
    assert!(import(&p, &["dcat-us", "in/data.json"]).err.contains("200 unchanged"));
    assert_eq!(before, tree(p.root()));
    // What the source changes is taken over; a file that breaks off changes nothing and loses nothing.
    p.file("in/data.json", file(150));
    let ran = import(&p, &["dcat-us", "in/data.json"]);
    assert!(ran.err.contains("1 updated, 199 unchanged"), "{}", ran.err);
    assert!(p.read("content/datasets/record-150/dataset.yaml").starts_with("title: Changed 150\n"));
    let text = file(9999);
    p.file("in/data.json", &text[..text.len() / 2]);
    let before = tree(&p.path("content"));
    let ran = import(&p, &["dcat-us", "in/data.json"]);
    assert!(ran.code == 1 && ran.out.contains("the JSON breaks off") && ran.err.contains("nothing to import"), "{ran:#?}");
    assert_eq!(before, tree(&p.path("content")));
    // A dump with a package a line is read in the same way.
    let lines: String = (0..40).map(|i| format!("{{\"name\": \"n{i}\", \"title\": \"T {i}\"}}\n")).collect();
    p.file("in/dump.jsonl", lines.replace("\"T 7\"}", "\"T 7\""));
    let ran = import(&p, &["ckan", "in/dump.jsonl"]);
    assert!(ran.err.contains("39 new") && ran.out.contains("dump.jsonl:8:"), "{ran:#?}");
}

#[test]
fn a_list_of_what_is_no_record_is_told_in_few_lines() {
    let p = Project::new(EN);
    p.file("in/data.json", format!("{{\"dataset\": [{}]}}", vec!["7"; 5000].join(",")));
    let ran = import(&p, &["dcat-us", "in/data.json"]);
    assert!(ran.code == 1 && ran.out.matches("this record is no object").count() == 100 && ran.out.contains("not imported: 4900"), "{}", ran.err);
}
