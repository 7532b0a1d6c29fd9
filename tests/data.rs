//! Data files in the pipeline: what is found, what is held, what is masked, what is published.

use crate::support::{Project, SITE, tree};

fn dataset(p: &Project, resource: &str, more: &str, file: &str, bytes: impl AsRef<[u8]>) {
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n")
        .file("content/datasets/t/dataset.yaml", format!("title: 表\npublisher: a\nlicense: CC-BY-4.0\nissued: 2025-01-01\n{more}resources:\n{resource}"))
        .file(&format!("content/datasets/t/{file}"), bytes);
}

const IDS: &str = "姓名,身份证号,手机\n张三,11010519491231002X,13812345678\n李四,440524188001010014,13912345678\n";

/// No file of the site holds any of these.
fn nowhere(p: &Project, words: &[&str]) {
    for (name, bytes) in tree(&p.path("public")) {
        for w in words {
            assert!(memchr::memmem::find(&bytes, w.as_bytes()).is_none(), "{w} is in {name}");
        }
    }
}

#[test]
fn personal_data_stop_a_build_and_are_held_back() {
    let p = Project::new(SITE);
    dataset(&p, "  - {name: t, title: 表, path: t.csv}\n", "", "t.csv", IDS);
    p.file("content/pages/about.md", "# 关于\n\n[表](/datasets/t/t.csv)\n");
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("SEC003") && ran.out.contains("content/datasets/t/t.csv:2:2") && ran.out.contains("mask: id"), "{}", ran.out);
    assert!(!ran.out.contains("11010519491231002X"), "a finding must not tell what it found");
    assert!(!p.exists("public"));
    assert_eq!(p.run(&["build", "--hold-back"]).code, 0);
    nowhere(&p, &["11010519491231002X", "13812345678", "张三"]);
}

#[test]
fn masks_leave_nothing_of_the_original() {
    let p = Project::new(SITE);
    let fields = "  - name: t\n    title: 表\n    path: t.csv\n    schema: {fields: [{name: 姓名, mask: name}, {name: 身份证号, mask: id}, {name: 手机, mask: mobile}]}\n";
    dataset(&p, fields, "", "t.csv", IDS);
    // Another item that links to the file, or attaches it, must not bring it in.
    p.file("content/pages/about.md", "# 关于\n\n[表](/datasets/t/t.csv)\n");
    let ran = p.run(&["build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    nowhere(&p, &["11010519491231002X", "13812345678", "张三"]);
    // A mask for a column that is not there hides nothing, so it stops the build.
    let wrong = fields.replace("身份证号", "证件号");
    dataset(&p, &wrong, "", "t.csv", IDS);
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("证件号"), "{}", ran.out);
}

#[test]
fn what_may_be_public_is_said_with_a_reason_and_a_day() {
    let p = Project::new(SITE);
    let allow = |until: &str| {
        format!(
            "  - name: t\n    title: 表\n    path: t.csv\n    allow_personal: [{{field: 电话, reason: 值班电话, approved_by: 保密审查机构, until: {until}}}]\n"
        )
    };
    let rows = "科室,电话\n甲,13812345678\n乙,13912345678\n";
    dataset(&p, &allow("2027-12-31"), "", "t.csv", rows);
    assert_eq!(p.run(&["build"]).code, 0);
    assert!(p.exists("public/datasets/t/t.csv"));
    dataset(&p, &allow("2025-12-31"), "", "t.csv", rows);
    // Held back, the file must not come in by another way.
    p.file("content/pages/about.md", "# 关于\n\n[表](/datasets/t/t.csv)\n");
    assert_eq!(p.run(&["build", "--hold-back"]).code, 0);
    nowhere(&p, &["13812345678"]);
    let ran = p.run(&["build"]);
    assert!(ran.code == 1 && ran.out.contains("2025-12-31"), "{ran:?}");
}

#[test]
fn attachments_and_earlier_versions_are_searched_too() {
    let p = Project::new(SITE);
    p.file("content/policies/p.md", "---\ntitle: 名单\nattachments: [list.csv]\n---\n正文\n").file("content/policies/list.csv", IDS);
    let ran = p.run(&["build"]);
    assert!(ran.code == 1 && ran.out.contains("content/policies/list.csv:2:2"), "{ran:?}");
    // A link in a text brings a file to the site as an attachment does.
    let p = Project::new(SITE);
    p.file("content/policies/p.md", "---\ntitle: 名单\n---\n[名单](list.csv)\n").file("content/policies/list.csv", IDS);
    let ran = p.run(&["build"]);
    assert!(ran.code == 1 && ran.out.contains("content/policies/list.csv:2:2"), "{ran:?}");
    let p = Project::new(SITE);
    dataset(&p, "  - {name: t, title: 表, path: t.csv, versions: [{path: old.csv, issued: 2024-01-01}]}\n", "", "old.csv", IDS);
    p.file("content/datasets/t/t.csv", "a,b\n1,2\n");
    let ran = p.run(&["build"]);
    assert!(ran.code == 1 && ran.out.contains("content/datasets/t/old.csv:2:2"), "{ran:?}");
}

#[test]
fn what_is_not_open_to_all_ships_no_file() {
    let p = Project::new(SITE);
    dataset(&p, "  - {name: t, title: 表, path: t.csv}\n", "access_rights: conditional\naccess_conditions: 书面申请\n", "t.csv", "街道,人口\n独一无二街,1\n");
    p.build();
    assert!(!p.exists("public/datasets/t/t.csv"));
    nowhere(&p, &["独一无二街"]);
}

#[test]
fn keys_lead_to_other_tables() {
    let p = Project::new(SITE);
    let two = "  - {name: p, title: 省, path: p.csv, schema: {primaryKey: [code]}}\n  - {name: t, title: 市, path: t.csv, schema: {foreignKeys: [{fields: [p], reference: {resource: p, fields: [code]}}]}}\n";
    dataset(&p, two, "", "t.csv", "name,p\n甲,01\n乙,03\n");
    p.file("content/datasets/t/p.csv", "code,name\n01,东\n02,西\n");
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("TAB018") && ran.out.contains("03") && ran.out.contains("row 2"), "{}", ran.out);
    p.file("content/datasets/t/t.csv", "name,p\n甲,01\n乙,02\n");
    assert!(!p.run(&["check"]).out.contains("TAB018"));
}

#[test]
fn charts_are_drawn_from_the_table_or_withheld_with_the_reason() {
    let p = Project::new(SITE);
    let table = "数据库：年度\n指标：人口(万人)\n地区,2024年,2023年,2022年\n北京市,2183,2186,2184\n天津市,1364,1364,1363\n";
    let charts = "charts:\n  - {name: lines, title: 人口, kind: line, breaks: [2024年]}\n  - {name: grid, kind: tiles}\n";
    dataset(&p, "  - {name: t, title: 表, path: t.csv}\n", charts, "t.csv", table);
    p.build();
    let html = p.read("public/datasets/t/index.html");
    assert!(html.contains("id=\"chart-lines\"") && html.contains("id=\"chart-grid\"") && html.contains("class=\"cut\""), "{html}");
    // Time runs from left to right whatever the order of the columns, and every region has its tile.
    assert!(html.find(">2022</text>") < html.find(">2024</text>") && html.contains(">台湾</text>"));
    assert!(html.contains("<iframe src") || html.contains("&lt;iframe src="), "an embed line");
    assert!(p.read("public/embed/t/lines/index.html").contains("<svg") && p.read("public/_headers").contains("/embed/*"));
    // The long form has a row a period.
    assert_eq!(p.read("public/datasets/t/t/t.long.csv").lines().count(), 7);
    // Nobody declared one: a jump, or a note on the method, and none is drawn.
    for (table, word) in [
        ("地区,2022年,2023年,2024年\n北京市,1518,35775,2129\n天津市,900,20000,1000\n", "35,775"),
        ("地区,2022年,2023年,2024年\n北京市,1518,1600,1700\n天津市,900,910,920\n注：2023年起统计口径调整。\n", "统计口径调整"),
    ] {
        dataset(&p, "  - {name: t, title: 表, path: t.csv}\n", "", "t.csv", table);
        p.build();
        let html = p.read("public/datasets/t/index.html");
        assert!(html.contains("没有自动画图") && html.contains(word) && !html.contains("chart__svg"), "{html}");
        assert!(!p.exists("public/embed"));
    }
    dataset(&p, "  - {name: t, title: 表, path: t.csv}\n", "charts:\n  - {name: x, kind: line, x: 年, y: [没有]}\n", "t.csv", table);
    assert!(p.findings(&[]).iter().any(|f| f.0 == "TAB019" && f.2 == 6), "{:?}", p.findings(&[]));
}

#[test]
fn derived_files_are_those_of_the_table() {
    let p = Project::new(SITE);
    let rows: String = (0..2500).map(|i| format!("{i:05},=1+1,\"1,234\",注\n")).collect();
    dataset(&p, "  - {name: t, title: 表, path: t.csv, schema: {primaryKey: [code]}}\n", "", "t.csv", format!("code,公式,数,文\n{rows}"));
    p.build();
    let csv = p.read("public/datasets/t/t/t.csv");
    assert!(csv.starts_with("code,公式,数,文\r\n00000,=1+1,1234,注\r\n"), "{}", &csv[..80]);
    let excel = p.read("public/datasets/t/t/t.excel.csv");
    assert!(excel.starts_with("\u{feff}code") && excel.contains("\"=\"\"00000\"\"\",'=1+1,1234,注"));
    let json: serde_json::Value = serde_json::from_str(&p.read("public/datasets/t/t/t.json")).unwrap();
    assert_eq!((json.as_array().unwrap().len(), &json[7]["code"], &json[7]["数"]), (2500, &"00007".into(), &1234.into()));
    let index: serde_json::Value = serde_json::from_str(&p.read("public/datasets/t/t/rows/index.json")).unwrap();
    assert_eq!((&index["rows"], &index["pages"], &index["key"]["parts"]), (&2500.into(), &3.into(), &2.into()));
    let last: serde_json::Value = serde_json::from_str(&p.read("public/datasets/t/t/rows/2.json")).unwrap();
    assert_eq!((last.as_array().unwrap().len(), &last[499][0]), (500, &"02499".into()));
    let keys = (0..2).map(|k| serde_json::from_str::<serde_json::Value>(&p.read(&format!("public/datasets/t/t/rows/key-{k}.json"))).unwrap());
    assert_eq!(keys.filter_map(|k| k.get("01234").and_then(serde_json::Value::as_u64)).collect::<Vec<_>>(), [1234]);
    // Again: the same bytes, and nothing is written anew.
    let before = tree(&p.path("public"));
    p.build();
    assert!(before == tree(&p.path("public")));
}

#[test]
fn quality_is_computed_gated_and_may_not_fall() {
    let p = Project::new(SITE);
    let full = "id: x1\naccess_rights: open\nfrequency: yearly\nmodified: 2025-06-01\nkeywords: [人口]\ntemporal: {start: 2024, end: 2024}\nspatial: 全国\ncontact: {tel: 010-1}\n";
    let fields = "  - name: t\n    title: 表\n    path: t.csv\n    schema: {primaryKey: [街道], fields: [{name: 街道, title: 街道, type: string}, {name: 人口, title: 人口, type: integer, unit: 人}]}\n";
    dataset(&p, fields, full, "t.csv", "街道,人口\n甲,1\n乙,2\n");
    p.build();
    let of = || -> serde_json::Value { serde_json::from_str(&p.read("public/datasets/quality.json")).unwrap() };
    let q = &of()["datasets"][0];
    // All but theme and description; four cells give four ninths of what shares of the table may give.
    assert_eq!((&q["accuracy"]["points"], &q["timeliness"]["points"], &q["stars"]), (&66.67.into(), &100.0.into(), &3.into()), "{q}");
    assert_eq!((&q["completeness"]["points"], &q["understandability"]["points"], &q["total"]), (&69.78.into(), &35.56.into(), &68.0.into()), "{q}");
    assert_eq!((&q["mqa"]["of"], &q["udata"]["of"], &q["udata"]["points"]), (&405.0.into(), &9.0.into(), &8.0.into()), "{q}");
    assert!(p.read("public/datasets/quality.csv").lines().count() == 2 && p.read("public/datasets/t/index.html").contains("68"));
    assert_eq!(p.run(&["check", "--min-quality", "68", "--ratchet"]).code, 0);
    let ran = p.run(&["check", "--min-quality", "69"]);
    assert!(ran.code == 1 && ran.out.contains("QUA001"), "{ran:?}");
    // A missing value, and it has fallen; it never gets better by a worse file.
    dataset(&p, fields, full, "t.csv", "街道,人口\n甲,\n乙,2\n");
    let ran = p.run(&["check", "--ratchet"]);
    assert!(ran.code == 1 && ran.out.contains("QUA002") && ran.out.contains("from 68 to"), "{ran:?}");
    // Overdue, and the page says so.
    dataset(&p, fields, &full.replace("2025-06-01", "2023-06-01"), "t.csv", "街道,人口\n甲,1\n乙,2\n");
    p.build();
    assert_eq!(of()["datasets"][0]["freshness"]["state"], "overdue");
    assert!(p.read("public/datasets/quality/index.html").contains("已逾期"));
}

#[test]
fn columns_and_values_are_found() {
    let p = Project::new(SITE);
    dataset(&p, "  - {name: t, title: 表, path: t.csv}\n", "", "t.csv", "街道名称,人口\n独一无二街,1\n锦绣路,2\n");
    p.build();
    for words in ["独一无二街", "街道名称"] {
        let ran = p.run(&["search", words]);
        assert!(ran.out.contains("/datasets/t/"), "{words}: {ran:?}");
    }
}

#[test]
fn versions_tell_what_changed_and_feeds_tell_of_them() {
    let p = Project::new(SITE);
    let resource = |key: &str| {
        format!(
            "  - name: t\n    title: 表\n    path: t.csv\n{key}    versions:\n      - {{path: a.csv, version: 甲版, issued: 2024-01-01, note: 首次发布}}\n      - {{path: b.csv, version: 乙版, issued: 2024-06-01}}\n"
        )
    };
    p.file("content/datasets/t/a.csv", "code,人口,旧列\n01,100,x\n02,200,x\n03,300,x\n")
        .file("content/datasets/t/b.csv", "code,人口,新列\n01,101,y\n02,200,y\n04,400,y\n");
    dataset(
        &p,
        &resource("    schema: {primaryKey: [code]}\n"),
        "version: 丙版\nmodified: 2025-03-01\nchanges: [{on: 2025-03-02, note: 改正了说明}]\n",
        "t.csv",
        "code,人口,新列\n01,101,y\n02,很多,y\n04,不知道,y\n",
    );
    p.build();
    let html = p.read("public/datasets/t/t/index.html");
    let section = html.split("id=\"versions-title\"").nth(1).unwrap().split("</section>").next().unwrap();
    // The newest first; what breaks programs is named first; keyed rows and cells are counted.
    assert!(section.find("丙版") < section.find("乙版") && section.find("乙版") < section.find("甲版") && section.contains("首次发布"), "{section}");
    assert!(section.contains("去掉的列：旧列；新增的列：新列；增加 1 行，减少 1 行，改动 1 行共 1 格"), "{section}");
    assert!(section.contains("类型改变的列：人口（整数 → 文字）") || section.contains("类型改变的列：人口 (整数 → 文字)"), "{section}");
    assert!(section.contains("改动 2 行共 2 格") && section.contains("<th scope=\"row\">02</th><td>人口</td><td>200</td><td>很多</td>"), "{section}");
    assert!(section.contains("读旧版的程序可能出错") && section.contains("/datasets/t/a.csv"));
    let feed: serde_json::Value = serde_json::from_str(&p.read("public/datasets/t/feed.json")).unwrap();
    let titles: Vec<&str> = feed["items"].as_array().unwrap().iter().filter_map(|i| i["title"].as_str()).collect();
    assert_eq!(titles, ["表", "表 丙版", "表 乙版", "表 甲版", "表"]);
    let ids: std::collections::BTreeSet<&str> = feed["items"].as_array().unwrap().iter().filter_map(|i| i["id"].as_str()).collect();
    assert!(ids.len() == 5 && feed["items"][1]["content_text"].as_str().unwrap().contains("类型改变"), "{feed}");
    // Without a key rows are counted as wholes.
    p.file("content/datasets/t/b.csv", "名,数\n甲,1\n甲,1\n乙,2\n");
    dataset(
        &p,
        &resource("").replace("      - {path: a.csv, version: 甲版, issued: 2024-01-01, note: 首次发布}\n", ""),
        "",
        "t.csv",
        "名,数\n甲,1\n乙,2\n乙,2\n丙,3\n",
    );
    p.build();
    assert!(p.read("public/datasets/t/t/index.html").contains("增加 2 行，减少 1 行"));
    // A masked column is masked in what changed, too.
    p.file("content/datasets/t/b.csv", "code,姓名\n01,张小祥\n02,李四光\n");
    let masked = resource("    schema: {primaryKey: [code], fields: [{name: code}, {name: 姓名, mask: name}]}\n")
        .replace("      - {path: a.csv, version: 甲版, issued: 2024-01-01, note: 首次发布}\n", "");
    dataset(&p, &masked, "", "t.csv", "code,姓名\n01,王小祥\n02,李四光\n");
    p.build();
    assert!(p.read("public/datasets/t/t/index.html").contains("王*祥"));
    nowhere(&p, &["张小祥", "王小祥", "李四光"]);
}

/// Runs git in a project as an author whose commits are of a given day.
fn git(p: &Project, day: &str, args: &[&str]) {
    let who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let date = format!("{day}T12:00:00+08:00");
    let out =
        std::process::Command::new("git").current_dir(p.root()).args(who).args(args).env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date).output();
    let out = out.expect("git is installed");
    assert!(out.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn git_tells_when_data_changed_and_what() {
    let p = Project::new(SITE);
    let about = "frequency: monthly\nmodified: 2025-12-20\n";
    let put = |bytes: &str| dataset(&p, "  - {name: t, title: 表, path: t.csv, schema: {primaryKey: [code]}}\n", about, "t.csv", bytes);
    put("code,人口,姓名\n01,100,张小祥\n02,200,李四光\n");
    git(&p, "2025-02-01", &["init", "-q"]);
    git(&p, "2025-02-01", &["add", "."]);
    git(&p, "2025-02-01", &["commit", "-q", "-m", "1"]);
    // A file that came in as it is may be older than its commit, not younger.
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("GIT002") && ran.out.contains("the same since 2025-02-01") && ran.out.contains("dataset.yaml:6:"), "{}", ran.out);
    put("code,人口,姓名\n01,101,张*祥\n02,200,李*光\n03,300,王*\n");
    git(&p, "2025-03-01", &["commit", "-q", "-a", "-m", "2"]);
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("the same since 2025-03-01"), "{}", ran.out);
    p.build();
    // Monthly, and unchanged for ten months: the day written does not help.
    let ran = p.run(&["check", "--profile", "cn-gov"]);
    assert!(ran.out.contains("OD003"), "{}", ran.out);
    let html = p.read("public/datasets/t/t/index.html");
    let section = html.split("id=\"versions-title\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(section.contains("增加 1 行，减少 0 行，改动 2 行共 3 格") && section.contains("2025-02-01") && section.contains("git <code>"), "{section}");
    assert!(section.contains("<td>姓名</td><td>张*祥</td>"), "{section}");
    assert!(p.read("public/datasets/t/index.html").contains("2025年3月1日（git "));
    // Nobody has said that what stood there before is public.
    nowhere(&p, &["张小祥", "李四光"]);
    assert!(p.read("public/datasets/t/feed.json").contains("改动 2 行"));
    // What is not committed has no day; the committed state is the one before it.
    put("code,人口,姓名\n01,101,张*祥\n02,200,李*光\n");
    p.build();
    assert!(p.read("public/datasets/t/t/index.html").contains("减少 1 行"));
    assert!(!p.codes().contains(&"GIT002".to_string()));
    // A state with personal data is not looked at.
    git(&p, "2025-03-01", &["checkout", "-q", "."]);
    put("code,人口,姓名\n01,101,110105194912310021\n02,200,110105194912310048\n03,7,440524188001010014\n");
    git(&p, "2025-04-01", &["commit", "-q", "-a", "-m", "3"]);
    put("code,人口,姓名\n01,101,张*祥\n02,200,李*光\n03,300,王*\n");
    git(&p, "2025-05-01", &["commit", "-q", "-a", "-m", "4"]);
    p.build();
    nowhere(&p, &["110105194912310021", "440524188001010014", "2025-04-01"]);
    // A shallow clone tells no day, and says so; a site that does not ask is not told.
    let shallow = Project::new(SITE);
    let url = format!("file://{}", p.root().display());
    git(&shallow, "2025-05-01", &["clone", "-q", "--depth", "1", &url, "copy"]);
    let copy = shallow.path("copy");
    let run = || crate::support::run_in(&copy, &["check"]).out;
    let told = run();
    assert!(told.contains("GIT001") && !told.contains("GIT002"), "{told}");
    shallow.file("copy/site.yaml", format!("{SITE}git: false\n"));
    assert!(!run().contains("GIT001"));
}

const STREETS: &str = include_str!("rules/OD006/good/content/datasets/t/map.geojson");

#[test]
fn maps_have_the_boundaries_of_the_site_and_their_number() {
    let p = Project::new(SITE);
    p.file("content/datasets/t/map.geojson", STREETS);
    let chart = |more: &str| format!("charts:\n  - {{name: map, title: 各街道人口, kind: choropleth, boundaries: map.geojson{more}}}\n");
    let put = |more: &str, rows: &str| dataset(&p, "  - {name: t, title: 表, path: t.csv}\n", &chart(more), "t.csv", format!("街道,人口\n{rows}"));
    put(", map_no: GS（2024）0650号", "东街街道,100\n西街街道,200\n北街街道,\n");
    p.build();
    let html = p.read("public/embed/t/map/index.html");
    let svg = html.split("<svg class=\"chart__svg chart__svg--map\"").nth(1).unwrap().split("</svg>").next().unwrap();
    // Three areas, one line; what has no value says so; an island of a few metres is there.
    assert_eq!((svg.matches("class=\"place q").count(), svg.matches("class=\"border\"").count()), (3, 1), "{svg}");
    assert!(svg.contains("<title>东街街道 100</title>") && svg.contains("<title>北街街道 没有数据</title>"), "{svg}");
    assert!(svg.split(" d=\"").any(|d| d.split('"').next().unwrap().matches('M').count() == 2), "{svg}");
    assert!(html.contains("审图号：GS（2024）0650号") && p.read("public/datasets/t/index.html").contains("审图号：GS（2024）0650号"));
    // Codes join as well as names; a place that is not on the map is told, and stands in the table.
    put(", join: code", "01,100\n02,200\n09,50\n");
    let ran = p.run(&["build"]);
    assert!(ran.code == 0 && ran.out.contains("TAB019") && ran.out.contains("09"), "{ran:?}");
    assert!(p.read("public/datasets/t/index.html").contains("<th scope=\"row\">09</th>"));
    for (more, file, word) in [
        (", join: nothing", STREETS, "none of its places"),
        ("", "{\"features\": [", "map.geojson"),
        (
            "",
            "{\"features\": [{\"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[500000, 4000000], [500001, 4000000], [500001, 4000001]]]}}]}",
            "degrees",
        ),
        ("", "{\"features\": [{\"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[null, \"x\"], [], 7]]}}, {\"geometry\": null}]}", "no areas"),
    ] {
        p.file("content/datasets/t/map.geojson", file);
        put(more, "东街街道,100\n西街街道,200\n");
        let ran = p.run(&["check"]);
        assert!(ran.out.contains("TAB019") && ran.out.contains(word), "{word}: {ran:?}");
    }
    // Points lie on boundaries, too.
    p.file("content/datasets/t/map.geojson", STREETS);
    let points = "charts:\n  - {name: map, title: 点, kind: points, x: 经度, y: [纬度], boundaries: map.geojson}\n";
    dataset(&p, "  - {name: t, title: 表, path: t.csv}\n", points, "t.csv", "名,经度,纬度\n甲,119.1,30.2\n乙,118.7,30.1\n");
    p.build();
    let html = p.read("public/embed/t/map/index.html");
    assert!(html.contains("<title>甲</title></circle>") && html.matches("class=\"place land\"").count() == 3);
}

#[test]
fn values_are_held_against_the_forms_of_the_dictionary() {
    let p = Project::new("title: 测试站\nbase_url: https://example.org/\nas_of: 2026-01-01\nprofile: cn-gov\ndemo: true\n");
    let resource = |pattern: &str| {
        format!(
            "  - name: t\n    title: 表\n    path: t.csv\n    schema: {{fields: [{{name: 代码, constraints: {{pattern: {pattern}}}}}, {{name: 名称, constraints: {{minLength: 2, maxLength: 4}}}}]}}\n"
        )
    };
    let put = |pattern: &str, rows: &str| dataset(&p, &resource(pattern), "", "t.csv", format!("代码,名称\n{rows}"));
    let told = || p.run(&["check"]).out;
    put("'\\d{6}|[一-龥]+'", "110101,东城区\n110102,西城区\n某地,朝阳区\n,丰台区\n");
    assert!(!told().contains("OD002"), "{}", told());
    // Whole values count, and characters, not bytes.
    put("'\\d{6}'", "110101,东城区\n1101020,西城区\nx110103,南\n110104,一二三四五\n");
    let out = told();
    assert!(out.contains("“代码” has values that are not of the form told in the dictionary: 2") && out.contains("first 1101020 in row 2"), "{out}");
    assert!(out.contains("“名称” has values that are not of the form told in the dictionary: 2") && out.contains("first 南 in row 3"), "{out}");
    for bad in ["'['", "'a)|(b'", "'(x{1000}){1000}'"] {
        put(bad, "1,东城\n");
        assert!(told().contains("no regular expression"), "{bad}: {}", told());
    }
}

#[test]
fn a_file_is_held_back_alone_where_others_are_left() {
    let p = Project::new(SITE);
    let resources = "  - {name: list, title: 名单, path: list.csv, versions: [{path: old.csv, issued: 2024-01-01}]}\n  - {name: t, title: 表, path: t.csv}\n";
    let charts = "charts:\n  - {name: c, title: 图, kind: bar, resource: list, x: 单位, y: [人数]}\n";
    dataset(&p, resources, charts, "list.csv", "单位,人数,身份证号\n独一无二局,3,11010519491231002X\n乙局,4,440524188001010014\n丙局,5,110105194912310021\n");
    p.file("content/datasets/t/old.csv", "单位,人数\n曾经的局,3\n").file("content/datasets/t/t.csv", "街道,人口\n城东,100\n城西,200\n");
    let ran = p.run(&["build"]);
    assert!(ran.code == 1 && ran.out.contains("list.csv:2:3"), "{ran:?}");
    let ran = p.run(&["build", "--hold-back", "--record-urls"]);
    assert!(ran.code == 0 && ran.err.contains("1 held back: datasets/t/list.csv"), "{ran:?}");
    let html = p.read("public/datasets/t/index.html");
    assert!(html.contains("这个文件暂不公开") && html.contains("城东") && p.exists("public/datasets/t/t/index.html"));
    assert!(!p.exists("public/datasets/t/list/index.html") && !p.exists("public/datasets/t/old.csv"));
    nowhere(&p, &["11010519491231002X", "独一无二局", "曾经的局"]);
    // Its addresses are kept when it was public before, and it comes back when the column is gone.
    p.file("content/datasets/t/list.csv", "单位,人数\n独一无二局,3\n乙局,4\n");
    p.run(&["build", "--record-urls"]);
    assert!(p.read("public/datasets/t/list/index.html").contains("独一无二局"));
    p.file("content/datasets/t/list.csv", "单位,人数,身份证号\n独一无二局,3,11010519491231002X\n乙局,4,440524188001010014\n丙局,5,110105194912310021\n");
    let ran = p.run(&["build", "--hold-back"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(p.read("public/datasets/t/list/index.html").contains("暂"), "a notice stands at its address");
    nowhere(&p, &["11010519491231002X", "独一无二局"]);
}

/// A server that knows a few addresses and remembers how often it was asked.
fn server() -> (String, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
    use std::io::{BufRead, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            let mut lines = std::io::BufReader::new(&stream).lines().map_while(Result::ok);
            let first = lines.next().unwrap_or_default();
            lines.take_while(|l| !l.is_empty()).for_each(drop);
            let (method, path) = first.split_once(' ').map_or(("", ""), |(m, r)| (m, r.split(' ').next().unwrap_or("")));
            let (status, more) = match (path, method) {
                ("/ok.csv", _) => ("200 OK", "Content-Type: text/csv\r\n"),
                ("/no-head", "HEAD") => ("405 Method Not Allowed", ""),
                ("/no-head", _) => ("200 OK", "Content-Type: text/html\r\n"),
                ("/moved", _) => ("302 Found", "Location: /ok.csv\r\n"),
                ("/page.csv", _) => ("200 OK", "Content-Type: text/html; charset=utf-8\r\n"),
                _ => ("404 Not Found", ""),
            };
            let _ = (&stream).write_all(format!("HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n").as_bytes());
        }
    });
    (base, asked)
}

#[test]
fn addresses_elsewhere_are_asked_by_check_links_and_never_by_a_build() {
    let (base, asked) = server();
    let p = Project::new(SITE);
    let resources = format!(
        "  - {{name: t, title: 表, path: t.csv}}\n  - {{name: ok, title: 甲, url: '{base}/ok.csv', format: CSV}}\n  - {{name: page, title: 乙, url: '{base}/page.csv', format: CSV}}\n  - {{name: gone, title: 丙, url: '{base}/gone.csv'}}\n"
    );
    dataset(&p, &resources, "", "t.csv", "a,b\n1,2\n");
    p.file(
        "content/policies/p.md",
        format!("---\ntitle: 文\nsource: 某网\nsource_url: {base}/moved\n---\n[一]({base}/no-head) [二]({base}/gone.csv#x) [三]({base}/-o%22x)\n"),
    );
    p.build();
    p.run(&["check"]);
    assert_eq!(asked.load(std::sync::atomic::Ordering::SeqCst), 0, "a build uses no network");
    let found: Vec<_> = p.findings(&["--links"]).into_iter().filter(|f| f.0 == "LNK002").map(|f| (f.1, f.2)).collect();
    let (d, t) = ("content/datasets/t/dataset.yaml".to_string(), "content/policies/p.md".to_string());
    assert_eq!(found, [(d.clone(), 8), (d, 9), (t, 6)], "{:?}", p.run(&["check", "--links"]));
    let out = p.run(&["check", "--links"]).out;
    assert!(out.contains("gives a page, not CSV") && out.contains("gone.csv does not answer: 404 (and 1 other place)"), "{out}");
}

#[test]
fn states_compared_once_are_not_compared_again() {
    use clerestory::{config, diag::Report, load, model};
    let p = Project::new(SITE);
    let put = |rows: &str| dataset(&p, "  - {name: t, title: 表, path: t.csv, schema: {primaryKey: [a]}}\n", "", "t.csv", format!("a,b\n{rows}"));
    put("1,2\n");
    git(&p, "2025-02-01", &["init", "-q"]);
    git(&p, "2025-02-01", &["add", "."]);
    git(&p, "2025-02-01", &["commit", "-q", "-m", "1"]);
    put("1,3\n2,4\n");
    git(&p, "2025-03-01", &["commit", "-q", "-a", "-m", "2"]);
    let mut report = Report::new();
    let config = config::read(p.root(), &config::Overrides::default(), &mut report).unwrap();
    let sources = load::load(&config.root, &config.content, false, true, None, &mut report);
    let portal = model::assemble(&sources, &config, &mut report);
    let (mut memory, day) = (clerestory::tables::TableMemory::default(), "2026-01-01".parse().unwrap());
    let mut again = || {
        let tables = clerestory::tables::tables(&portal, &config.root, day, None, Some(&mut memory), &mut Report::new());
        tables.diff(&portal.items[0], 0, 1).cloned()
    };
    let first = again().unwrap();
    assert_eq!((first.added, first.changed, first.cells), (1, 1, 1));
    // Without a repository nothing could be read anew.
    #[expect(clippy::disallowed_methods, reason = "a test takes its own repository away")]
    std::fs::remove_dir_all(p.path(".git")).unwrap();
    assert_eq!(again(), Some(first));
}
