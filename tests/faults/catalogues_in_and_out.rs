//! Kinds of faults that testers found: catalogues that say more or less than is known, imports that lose, tables in disguise.
#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

use crate::support::{Project, Ran};
use clerestory::load::Blob;
use clerestory::load::table::bytes::Format;
use clerestory::load::table::{File, Settings, read, rows};
use serde_json::{Value, json};

const EN: &str = "title: Test\nbase_url: https://example.org/\nlanguages: [en]\nas_of: 2026-01-01\n";

fn import(p: &Project, args: &[&str]) -> Ran {
    let mut all = vec!["import"];
    all.extend(args);
    p.run(&all)
}

fn exported(p: &Project, what: &str) -> Vec<Value> {
    let ran = p.run(&["export", what]);
    let v: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    v["dataset"].as_array().cloned().unwrap_or_default()
}

fn of(name: &str, bytes: &[u8], format: &str) -> (tempfile::TempDir, std::path::PathBuf, File) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let file = read(&Blob::at(&path), &Settings { format: Some(format.into()), ..Settings::default() });
    (dir, path, file)
}

fn all_rows(path: &std::path::Path, f: &File) -> Vec<String> {
    let mut out = Vec::new();
    rows(&Blob::at(path), &Settings::default(), f, &f.tables[0], &mut |r| {
        out.push(r.join("|"));
        Ok(())
    })
    .expect("rows");
    out
}

/// `data.json` says what somebody wrote, and what it must say beside that is not made up.
#[test]
fn data_json_says_what_is_known() {
    let p = Project::new(&format!("{EN}report_to: data@example.org\n"));
    p.file("content/departments.yaml", "- {id: city, name: City}\n- {id: stat, name: Statistics Office, parent: city}\n- {id: own, name: Own}\n")
        .file("content/datasets/a/dataset.yaml", "title: Trees of the city\ndescription: Where they stand.\npublisher: stat\nid: t-1\nlicense: CC-BY-4.0\nresources: [{name: a, title: A, path: a.csv, description: All of them}]\n")
        .file("content/datasets/a/a.csv", "n,v\na,1\nb,2\nc,3\n")
        .file(
            "content/datasets/b/dataset.yaml",
            "title: Part\ndescription: d\npublisher: own\nin_series: [a]\nkeywords: [k]\nissued: 2024-05-06\nresources:\n  - {name: f, title: F, url: \"https://x.org/f.csv?d=1\"}\n  - {name: api, title: Service, url: \"https://x.org/api\", format: JSON}\n  - {name: page, title: Page, url: \"https://x.org/f.html\"}\n",
        );
    let all = exported(&p, "dcat-us");
    let a = all.iter().find(|d| d["identifier"] == "t-1").expect("a");
    assert_eq!(a["keyword"], json!(["Trees of the city"]));
    assert_eq!(
        a["publisher"],
        json!({"@type": "org:Organization", "name": "Statistics Office", "subOrganizationOf": {"@type": "org:Organization", "name": "City"}})
    );
    assert_eq!(a["distribution"][0]["description"], "All of them");
    let b = all.iter().find(|d| d["title"] == "Part").expect("b");
    assert_eq!((b["publisher"].get("subOrganizationOf"), &b["isPartOf"], &b["modified"]), (None, &json!("t-1"), &json!("2024-05-06")));
    let d = b["distribution"].as_array().expect("a list");
    assert_eq!((&d[0]["downloadURL"], &d[0]["mediaType"], d[0].get("accessURL")), (&json!("https://x.org/f.csv?d=1"), &json!("text/csv"), None));
    // What may be a service or a page is no file.
    assert_eq!((&d[1]["accessURL"], d[1].get("downloadURL")), (&json!("https://x.org/api"), None));
    assert_eq!((&d[2]["accessURL"], d[2].get("downloadURL")), (&json!("https://x.org/f.html"), None));
}

/// Hours, years, languages, contacts and fields of files that a source tells come out as they came in.
#[test]
fn catalogues_come_out_as_they_came_in() {
    let source = r#"{"dataset":[
      {"identifier":"1","title":"One","description":"d","keyword":["k"],"modified":"2021-03-25T16:16:05.905Z","issued":"2015-06-02T00:00:00","temporal":"2007-02-01T00:00:00Z/2017-12-31T00:00:00Z","language":["en-US"],"accessLevel":"public","publisher":{"name":"O"},"contactPoint":{"fn":"x","hasEmail":"mailto:a@example.org"},"distribution":[
        {"title":"F","description":"what it is","downloadURL":"https://x.gov/f.csv","mediaType":"text/csv","format":"CSV","describedBy":"https://x.gov/d.json","describedByType":"application/json","conformsTo":"https://x.gov/c"},
        {"title":"G","downloadURL":"https://x.gov/g","mediaType":"application/x-own","format":"own"},
        {"title":"G","accessURL":"https://x.gov/g.csv","format":"CSV"},
        {"title":"H","accessURL":"https://x.gov/h"}]},
      {"identifier":"2","title":"Two","description":"d","keyword":["k"],"modified":"2023","accessLevel":"public","publisher":{"name":"O"},"contactPoint":{"fn":"x","hasEmail":"https://x.gov/write","hasTelephone":"tel:+1-202-555-0100"},"accessURL":"https://x.gov/two.pdf"}]}"#;
    let p = Project::new(&format!("{EN}report_to: data@x.gov\n"));
    p.file("data.json", source);
    import(&p, &["dcat-us", "data.json"]);
    let was: Value = serde_json::from_str(source).expect("json");
    let all = exported(&p, "dcat-us");
    for key in ["modified", "issued", "temporal", "language"] {
        assert_eq!(all[0][key], was["dataset"][0][key], "{key}");
    }
    for (i, now) in all[0]["distribution"].as_array().expect("a list").iter().enumerate() {
        let was = &was["dataset"][0]["distribution"][i];
        for key in ["title", "description", "downloadURL", "accessURL", "mediaType", "describedBy", "describedByType", "conformsTo"] {
            assert_eq!(now.get(key), was.get(key), "{i} {key} {now:#}");
        }
    }
    // A form is no mail address; it comes out as what it is.
    let contact =
        json!({"@type": "vcard:Contact", "fn": "x", "hasEmail": "mailto:data@x.gov", "hasTelephone": "tel:+1-202-555-0100", "hasURL": "https://x.gov/write"});
    assert_eq!(all[1]["contactPoint"], contact);
    assert!(!p.read("content/datasets/two/dataset.yaml").contains("email:"));
    // A format that nobody told is none.
    assert_eq!(all[0]["distribution"][3].get("format"), None);
    // Of a year alone no day is made, least of all that of the build; an address of the dataset itself is its file.
    assert_eq!((&all[1]["modified"], &all[1]["distribution"][0]["downloadURL"]), (&json!("2023"), &json!("https://x.gov/two.pdf")));
    // All federal catalogues at hand.
    let beside = || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let data = std::env::var_os("CLERESTORY_DATA").map_or_else(beside, std::path::PathBuf::from).join("dcat-us-A");
    if !data.is_dir() {
        return;
    }
    let p = Project::new(EN);
    let mut source = std::collections::BTreeMap::new();
    for file in ["consumerfinance", "fcc", "gsa", "opm", "treasury"] {
        let file = data.join(format!("{file}.json"));
        import(&p, &["dcat-us", file.to_str().expect("a path")]);
        let json: Value = serde_json::from_slice(&std::fs::read(&file).expect("read")).expect("json");
        source.extend(json["dataset"].as_array().expect("a list").iter().map(|d| (d["identifier"].as_str().unwrap_or("").to_string(), d.clone())));
    }
    let all = exported(&p, "dcat-us");
    assert_eq!((source.len(), all.len()), (776, 776));
    for now in &all {
        let was = &source[now["identifier"].as_str().unwrap_or("")];
        let id = &now["identifier"];
        for key in ["modified", "issued", "temporal", "isPartOf", "accessLevel", "accrualPeriodicity", "spatial", "theme"] {
            assert_eq!(now.get(key), was.get(key), "{id} {key}");
        }
        // Who stands above himself stands there no longer; nobody is above who was not in the source.
        let said = was["publisher"].to_string();
        let mut up = &now["publisher"];
        while let Some(u) = up.get("subOrganizationOf") {
            let names: Vec<&str> = source.values().filter_map(|d| d["publisher"]["subOrganizationOf"]["name"].as_str()).collect();
            let name = u["name"].as_str().unwrap_or("");
            assert!(said.contains(name) || names.contains(&name), "{id} {name}");
            up = u;
        }
        let files = |d: &Value| d.get("distribution").and_then(Value::as_array).cloned().unwrap_or_default();
        let (then, here) = (files(was), files(now));
        let with_address = then.iter().filter(|f| f.get("downloadURL").is_some() || f.get("accessURL").is_some()).count();
        if was["accessLevel"] == "public" && with_address > 0 {
            assert_eq!(here.len(), with_address, "{id}");
            for (a, b) in then.iter().zip(&here) {
                for key in ["downloadURL", "mediaType", "describedBy", "describedByType"] {
                    assert_eq!(b.get(key), a.get(key), "{id} {key}");
                }
            }
        }
    }
}

/// A dataset that is left out of `data.json` is told.
#[test]
fn what_data_json_leaves_out_is_told() {
    let p = Project::new(EN);
    let one = |contact: &str| format!("title: T\ndescription: d\nlicense: CC-BY-4.0\n{contact}resources: [{{name: a, url: \"https://x.org/a.csv\"}}]\n");
    p.file("content/datasets/a/dataset.yaml", one("contact: {email: a@example.org}\n"))
        .file("content/datasets/b/dataset.yaml", one("").replace("title: T", "title: U"));
    let ran = p.run(&["check"]);
    let told: Vec<&str> = ran.out.lines().filter(|l| l.contains("OD009")).collect();
    assert!(told.len() == 1 && ran.out.contains("datasets/b/dataset.yaml:1:8") && ran.out.contains("no mail address to ask at"), "{ran:#?}");
    assert_eq!(exported(&p, "dcat-us").len(), 1);
    // Where nobody has one, or nobody wants the file, there is nothing to tell.
    p.file("content/datasets/a/dataset.yaml", one(""));
    assert!(!p.run(&["check"]).out.contains("OD009"));
}

/// Resources are merged one by one: what the source adds or corrects is taken over, what people changed stays and is told.
#[test]
fn resources_are_merged_one_by_one() {
    let p = Project::new(EN);
    let source = |list: &str| format!(r#"{{"success":true,"result":[{{"id":"x","name":"x","title":"X","resources":[{list}]}}]}}"#);
    let r = |id: &str, name: &str, url: &str| format!(r#"{{"id":"{id}","name":"{name}","url":"https://x.org/{url}","format":"CSV"}}"#);
    p.file("c.json", source(&[r("ra", "A", "a.csv"), r("rb", "B", "b.csv"), r("rd", "D", "d.csv")].join(",")));
    import(&p, &["ckan", "c.json"]);
    let path = "content/datasets/x/dataset.yaml";
    p.file(path, p.read(path).replace("title: A\n", "title: My own title\n").replace("title: A,", "title: My own title,"));
    assert!(p.read(path).contains("My own title"), "{}", p.read(path));
    p.file("c.json", source(&[r("ra", "A", "a.csv"), r("rb", "B", "b-corrected.csv"), r("rc", "New", "c.csv")].join(",")));
    let ran = import(&p, &["ckan", "c.json"]);
    let now = p.read(path);
    assert!(now.contains("My own title") && now.contains("b-corrected.csv") && now.contains("/c.csv") && !now.contains("/d.csv"), "{now}\n{ran:#?}");
    assert!(!ran.out.contains("IMP004"), "{ran:#?}");
    assert!(import(&p, &["ckan", "c.json"]).err.contains("1 unchanged"));
    // Both changed the same one: it is named, and what the source says now is told.
    p.file("c.json", source(&[r("ra", "A", "a-moved.csv"), r("rb", "B", "b-corrected.csv"), r("rc", "New", "c.csv")].join(",")));
    let ran = import(&p, &["ckan", "c.json"]);
    assert!(ran.out.contains("`resources/a` was changed in the source") && ran.out.contains("a-moved.csv"), "{ran:#?}");
    assert!(p.read(path).contains("My own title"));
}

/// The help of `new` is made of what there is.
#[test]
fn new_says_all_that_can_be_begun() {
    let p = Project::new(EN);
    let help = p.run(&["new", "--help"]).out;
    let wrong = p.run(&["new", "nonsense", "x"]).err;
    for kind in ["policy", "consultation", "question", "event", "service", "response", "decision", "record", "feedback", "effect-report", "website-report"] {
        assert!(help.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).any(|w| w == kind), "{kind} {help}");
        assert!(wrong.contains(kind), "{kind} {wrong}");
    }
}

/// Tables that office systems export as web pages, or as the XML of Excel 2003, and call `.xls`, are read.
#[test]
fn pages_and_xml_called_xls_are_tables() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=utf-8><style>td{mso-number-format:\"\\@\"}</style></head><body>\
        <table border=1><tr><td colspan=3>2024年工资表</td></tr><tr><th>地区</th><th>代码</th><th>数量</th></tr>\
        <tr><td>甲县</td><td>007</td><td>1&nbsp;</td></tr><tr><td>乙县<td>010<td>2<tr><td>丙&amp;县</td><td>011</td><td>3</td></tr></table></body></html>";
    let (_dir, path, f) = of("a.xls", page.as_bytes(), "XLS");
    let told = f.doubts.iter().find(|d| d.code == "TAB002").expect("TAB002");
    assert!(told.message.en.contains("the tables in it are read") && told.severity == clerestory::diag::Severity::Warn);
    assert_eq!((f.format, f.tables[0].names.clone()), (Format::Html, vec!["地区".to_string(), "代码".into(), "数量".into()]));
    assert_eq!(all_rows(&path, &f), ["甲县|007|1", "乙县|010|2", "丙&县|011|3"]);
    // In the encoding of old systems, and beginning with a table or a style.
    let (gbk, ..) = encoding_rs::GBK.encode("<style>a{}</style><table><tr><td>地区</td><td>数</td></tr><tr><td>甲县</td><td>1</td></tr><tr><td>乙县</td><td>2</td></tr><tr><td>丙县</td><td>3</td></tr></table>");
    let (_dir, path, f) = of("b.xls", &gbk, "XLS");
    assert_eq!(all_rows(&path, &f), ["甲县|1", "乙县|2", "丙县|3"], "{:?}", f.doubts);
    let book = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"表\"><Table>\
        <Row><Cell><Data ss:Type=\"String\">地区</Data></Cell><Cell><Data ss:Type=\"String\">日期</Data></Cell><Cell><Data ss:Type=\"String\">数</Data></Cell></Row>\
        <Row><Cell><Data ss:Type=\"String\">甲县</Data></Cell><Cell><Data ss:Type=\"DateTime\">2024-01-02T00:00:00.000</Data></Cell><Cell><Data ss:Type=\"Number\">1.5</Data></Cell></Row>\
        <Row><Cell><Data ss:Type=\"String\">乙县</Data></Cell><Cell ss:Index=\"3\"><Data ss:Type=\"Number\">2</Data></Cell></Row></Table></Worksheet></Workbook>";
    let (_dir, path, f) = of("c.xls", book.as_bytes(), "XLS");
    assert!(f.doubts.iter().any(|d| d.code == "TAB002" && d.message.en.contains("Excel 2003")), "{:?}", f.doubts);
    assert_eq!((f.format, all_rows(&path, &f)), (Format::Xml, vec!["甲县|2024-01-02|1.5".to_string(), "乙县||2".into()]));
    // Personal data in one is held as in any other.
    let rows: String = (0..6).map(|i| format!("<tr><td>张三{i}</td><td>1381234567{i}</td></tr>")).collect();
    let (.., f) = of("d.xls", format!("<table><tr><td>姓名</td><td>手机</td></tr>{rows}</table>").as_bytes(), "XLS");
    assert!(!f.personal.is_empty());
    // A page that asks who one is, or says that something is not there, is no data.
    for page in [
        "<html><body><form><table><tr><td>用户名</td><td><input name=u></td></tr><tr><td>密码</td><td><input type=\"password\"></td></tr></table></form></body></html>",
        "<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>",
    ] {
        let (.., f) = of("e.xls", page.as_bytes(), "XLS");
        let told = f.doubts.iter().find(|d| d.code == "TAB002").expect("TAB002");
        assert!(f.tables.is_empty() && told.severity == clerestory::diag::Severity::Error, "{page}");
    }
    // They are published as every table is.
    let p = Project::new(EN);
    p.file("content/datasets/d/dataset.yaml", "title: D\ndescription: d\nlicense: CC0-1.0\nresources: [{name: a, path: a.xls}]\n")
        .file("content/datasets/d/a.xls", page);
    p.run(&["build", "--quiet", "--allow-errors"]);
    assert!(p.read("public/datasets/d/a/a.csv").contains("甲县,007,1"), "{:?}", p.codes());
}

/// What JSON has and no cell does is told; what JSON has not is named.
#[test]
fn json_that_no_table_has_room_for() {
    let lines = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":"a"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}},{"type":"Feature","properties":{"n":"b"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}"#;
    let (.., f) = of("a.geojson", lines.as_bytes(), "GeoJSON");
    assert!(f.doubts.iter().any(|d| d.code == "TAB042" && d.message.en.contains("in the GeoJSON alone")), "{:?}", f.doubts);
    let (.., f) = of("a.json", br#"[{"a":1,"l":[1,2]},{"a":2,"l":[3]}]"#, "JSON");
    assert!(f.doubts.iter().any(|d| d.code == "TAB042" && d.message.en.contains("(l)")), "{:?}", f.doubts);
    for (word, text) in [("NaN", "[{\"a\":1},\n{\"a\":NaN}]"), ("Infinity", "[{\"a\":Infinity}]"), ("-Infinity", "[{\"a\":-Infinity}]")] {
        let (.., f) = of("a.json", text.as_bytes(), "JSON");
        let d = f.doubts.iter().find(|d| d.code == "TAB001").expect("TAB001");
        assert!(d.message.en.contains(&format!("JSON has no value `{word}`")) && d.hint.en.contains("null"), "{d:?}");
    }
    let (.., f) = of("a.json", br#"[{"a":1},{"a":x}]"#, "JSON");
    assert!(f.doubts.iter().any(|d| d.code == "TAB001" && d.message.en.contains("does not parse")));
}

/// Codes of one length that lost the zero before them are told; numbers that are counted up are not.
#[test]
fn codes_that_lost_their_zero() {
    let told = |csv: &str| of("t.csv", csv.as_bytes(), "CSV").2.doubts.iter().any(|d| d.code == "TAB013" && d.message.en.contains("one less"));
    for csv in [
        "品,HS编码\n甲,1012100\n乙,84713000\n丙,85171200\n丁,3011100\n",
        "city,zip\nBoston,2134\nNew York,10001\nChicago,60601\n",
        "county,FIPS\nAutauga,1001\nCook,17031\nKings,36047\n",
    ] {
        assert!(told(csv), "{csv}");
    }
    for csv in [
        "品,HS编码\n甲,01012100\n乙,84713000\n丙,85171200\n",
        "city,zip\nBoston,02134\nNew York,10001\nChicago,60601\n",
        "地区,行政区划代码\n甲,330106\n乙,330107\n丙,110101\n",
        "级,行业代码\n甲,13\n乙,131\n丙,1311\n",
        "单位,编号\n甲,9998\n乙,9999\n丙,10000\n丁,10001\n",
        "name,amount\na,1234\nb,12345\nc,12346\n",
    ] {
        assert!(!told(csv), "{csv}");
    }
}

/// Passwords and keys in the cells of tables are found as those in texts are.
#[test]
fn passwords_in_cells() {
    use clerestory::personal::Sure;
    let held = |csv: &str| of("t.csv", csv.as_bytes(), "CSV").2.secret;
    let found = held("系统,备注\n甲,正常\n乙,DB_PASSWORD=Zx9!kkQ2wm\n丙,正常\n");
    assert_eq!(found.map(|s| (s.1, s.2)), Some((3, Sure::Yes)));
    assert_eq!(held("系统,用户名,密码\n甲,admin,Gov2024Xyz\n乙,root,Kx88qqPz1\n").map(|s| s.2), Some(Sure::Yes));
    assert_eq!(held("host,user,password\na,admin,Gov2024Xyz\nb,root,\n").map(|s| s.2), Some(Sure::Yes));
    for right in
        ["系统,密码\n甲,已设置\n乙,未设置\n", "词,token\na,word1234\nb,abcd12ef\n", "时间,数\n08:30:00,1\n09:30:00,2\n", "n,url\na,https://x.org/?a=b1c2d3e4\n"]
    {
        assert_eq!(held(right), None, "{right}");
    }
    // What is masked is not shown.
    let p = Project::new(EN);
    p.file("content/datasets/d/dataset.yaml", "title: D\ndescription: d\nlicense: CC0-1.0\nresources: [{name: a, path: a.csv}]\n")
        .file("content/datasets/d/a.csv", "系统,用户名,密码\n甲,admin,Gov2024Xyz\n乙,root,Kx88qqPz1\n");
    assert!(p.codes().contains(&"SEC013".into()));
}
