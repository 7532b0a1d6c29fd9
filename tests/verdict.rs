//! The national check as a verdict, its report, and the audit of sites that other tools made.

#![expect(clippy::disallowed_methods, reason = "tests read files")]

use crate::support::Project;
use serde_json::Value;
use std::path::Path;

const SITE: &str = "title: 甲市\nbase_url: https://www.jia.gov.cn/\nas_of: 2026-06-20\nprofile: cn-gov\nlanguages: [zh-Hans]\ncontact: {ask: {url: \"https://www.jia.gov.cn/ask\"}}\n";

fn site(news: &str) -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n- {id: b, name: 乙局}\n")
        .file("content/news/a.md", format!("---\ntitle: 会议召开\nissuer: [a]\nsource: 甲局\npublished_at: {news}\n---\n\n正文。\n"))
        .file("content/policies/p.md", "---\ntitle: 关于养老的通知\nissuer: [b]\ndoc_no: 国办发[2026]1号\nformed_on: 2026-06-01\npublished_at: 2026-06-02\ntheme: 综合政务/政务公开\n---\n\n第一条 通知。\n");
    p
}

fn verdict(p: &Project, args: &[&str]) -> (i32, Value) {
    let ran = p.run(&[&["check", "--verdict", "--format", "json"], args].concat());
    let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    (ran.code, json["verdict"].clone())
}

fn row<'v>(v: &'v Value, id: &str) -> &'v Value {
    v["rows"].as_array().unwrap().iter().find(|r| r["id"] == id).unwrap_or_else(|| panic!("{id}"))
}

#[test]
fn a_veto_fails_and_names_its_evidence() {
    let p = site("2026-05-01");
    p.file(
        "content/policies/p.md",
        "---\ntitle: 关于养老的通知\nissuer: [b]\nformed_on: 2026-04-01\npublished_at: 2026-04-02\ntheme: 综合政务/政务公开\n---\n\n第一条 通知。\n",
    );
    let (code, v) = verdict(&p, &[]);
    assert_eq!((code, v["outcome"].as_str()), (1, Some("fail")), "{v:#}");
    assert_eq!((row(&v, "veto-home")["state"].as_str(), row(&v, "veto-home")["count"].as_u64()), (Some("hit"), Some(1)));
    assert_eq!(row(&v, "veto-home")["findings"][0]["code"], "UPD001");
    assert_eq!(row(&v, "veto-reach")["state"], "unseen");
    assert!(row(&v, "veto-reach")["why"].as_str().is_some_and(|w| w.contains("live site")) && row(&v, "veto-home")["certainty"] == "read");
    for id in ["veto-words", "veto-forged"] {
        assert!(row(&v, id)["state"] == "unseen" && row(&v, id)["why"].is_string(), "nothing to go by is no clean record: {id}");
    }
    assert_eq!(v["score"], Value::Null, "where a veto is hit nothing else is scored");
    // Every indicator is told with its source, whatever came of it.
    assert!(v["rows"].as_array().unwrap().iter().all(|r| !r["source"].as_str().unwrap().is_empty() && !r["title"].as_str().unwrap().is_empty()));
}

#[test]
fn without_a_veto_points_decide_and_only_a_table_gives_them() {
    let p = site("2026-06-15");
    let (_, v) = verdict(&p, &[]);
    assert_eq!((v["outcome"].as_str(), &v["score"]), (Some("no-veto"), &Value::Null), "{v:#}");
    let policies = row(&v, "policies")["count"].as_u64().unwrap();
    assert!(policies >= 1 && row(&v, "policies")["points"].is_null(), "{v:#}");
    let b = v["departments"].as_array().unwrap().iter().find(|d| d["department"] == "b").expect("whose it is");
    assert!(b["deductions"].as_u64().unwrap() >= policies && b["name"] == "乙局", "{b:#}");
    p.file("points.yaml", "source: 甲市考评办法\nrows:\n  policies: {each: 30, most: 50}\ngiven: {bonus-new: 40}\n");
    let (_, v) = verdict(&p, &["--points", "points.yaml"]);
    let taken = (30.0 * policies as f64).min(50.0);
    assert_eq!(row(&v, "policies")["points"].as_f64(), Some(taken));
    assert_eq!(
        (v["outcome"].as_str(), v["score"].as_f64()),
        (Some(if taken > 40.0 { "fail" } else { "pass" }), Some(100.0 - taken)),
        "bonus counts above 80 only"
    );
    p.file("points.yaml", "rows:\n  nosuch: {each: 1, most: 5}\n");
    let ran = p.run(&["check", "--points", "points.yaml"]);
    assert!(ran.code == 2 && ran.err.contains("nosuch"), "{ran:#?}");
}

#[test]
fn the_report_is_whole_without_script_and_the_table_has_every_finding() {
    let p = site("2026-05-01");
    for (lang, fails, unseen) in [("zh", "不合格", "没有检查（看不到的）"), ("en", "Fails: ", "Not checked, because it could not be seen")] {
        let file = format!("report-{lang}.html");
        let ran = p.run(&["check", "--lang", lang, "--report", &file]);
        let page = p.read(&file);
        assert!(ran.code == 1 && page.starts_with("<!doctype html>") && page.contains(unseen), "{page}");
        assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("http") && page.contains("@media print"), "needs nothing else");
        let table = p.read(&format!("report-{lang}.csv"));
        assert!(table.starts_with('\u{feff}') && page.contains(&format!("report-{lang}.csv")));
        let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert!(rows.iter().any(|r| &r[5] == "POL001" && &r[8] == "content/policies/p.md") && rows.iter().all(|r| !r[13].is_empty()), "{table}");
        let _ = fails;
    }
    let ran = p.run(&["check", "--report", "public/r.html"]);
    assert!(ran.code == 2 && ran.err.contains("published"), "{ran:#?}");
}

#[test]
fn machines_get_it_too_and_a_generic_site_has_none() {
    let p = site("2026-06-15");
    let sarif: Value = serde_json::from_str(&p.run(&["check", "--verdict", "--format", "sarif"]).out).unwrap();
    let run = &sarif["runs"][0];
    assert_eq!(run["properties"]["verdict"]["outcome"], "no-veto");
    assert!(run["tool"]["driver"]["rules"].as_array().unwrap().iter().all(|r| r["help"]["text"].as_str().is_some_and(|t| t.len() > 20)));
    assert!(p.run(&["check", "--verdict", "--format", "github"]).out.contains("::notice title=National check::"));
    let zh = p.run(&["check", "--verdict", "--lang", "zh"]).out;
    assert!(zh.contains("没有发现单项否决") && zh.contains("监测一周"), "{zh}");
    let town = Project::new("title: Town\nbase_url: https://town.example.org/\nas_of: 2026-03-01\nlanguages: [en]\n");
    town.file("content/news/a.md", "---\ntitle: A\npublished_at: 2026-01-01\n---\nText.\n");
    let ran = town.run(&["check", "--verdict"]);
    assert!(ran.code == 2 && ran.err.contains("generic") && !(ran.out + &ran.err).chars().any(clerestory::load::chars::is_han));
}

/// Real texts: laws and rules, policies of Shanghai, notices of the customs.
fn real_texts() -> Vec<(String, String)> {
    let mut out = Vec::new();
    for folder in ["data/zh-laws", "data/zh-shanghai-policies"] {
        let root = crate::support::shared(folder);
        for e in walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().flatten().filter(|e| e.file_type().is_file()) {
            if e.path().extension().is_some_and(|x| x == "md" || x == "txt")
                && let Ok(text) = read(e.path())
            {
                out.push((e.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned(), text));
            }
        }
    }
    let policies = read(&crate::support::shared("data/zh-customs-A/policys.json")).unwrap();
    let mut texts = Vec::new();
    strings(&serde_json::from_str(&policies).unwrap(), &mut texts);
    out.extend(texts.into_iter().enumerate().map(|(i, t)| (format!("customs/{i}"), t)));
    out
}

#[expect(clippy::disallowed_methods, reason = "tests read files")]
fn read(path: &std::path::Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

fn strings(v: &Value, out: &mut Vec<String>) {
    match v {
        Value::String(s) => out.push(s.clone()),
        Value::Array(a) => a.iter().for_each(|x| strings(x, out)),
        Value::Object(o) => o.values().for_each(|x| strings(x, out)),
        _ => {}
    }
}

/// Every mend of every real text, with what stands around it: read when the list changes.
#[test]
fn mends_of_real_texts_change_nothing_that_was_right() {
    let (mut lines, mut chars, mut n) = (std::collections::BTreeMap::<String, usize>::new(), 0, 0);
    let texts = real_texts();
    for (name, text) in &texts {
        chars += text.chars().count();
        let edits = clerestory::fix::body(text);
        let after = clerestory::fix::mended(text, &edits);
        assert_eq!(clerestory::fix::body(&after), [], "{name}: a second run has nothing to do");
        let bare = |t: &str| t.chars().filter(|c| clerestory::load::chars::is_han(*c) || c.is_alphanumeric()).collect::<String>();
        assert_eq!(bare(text), bare(&after), "{name}: no word is touched");
        for e in &edits {
            n += 1;
            let before: String = text[..e.at.start].chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
            let behind: String = text[e.at.end..].chars().take(8).collect();
            let line = format!("{} {:?} -> {:?} in {before}|{behind}", e.code, &text[e.at.clone()], e.with).replace('\n', "⏎");
            *lines.entry(line).or_default() += 1;
        }
    }
    let mut told = format!("{} texts, {chars} characters, {n} mends\n", texts.len());
    lines.iter().for_each(|(l, n)| told.push_str(&format!("{n}\t{l}\n")));
    assert!(texts.len() > 500 && n > 0, "{}", texts.len());
    crate::support::golden("tests/vectors/mends.txt", &told);
}

#[test]
fn fix_shows_first_and_writes_when_told() {
    let p = site("2026-06-15");
    p.file("content/policies/q.md", "---\ntitle: 关于救助的通知\nissuer: [b]\ndoc_no: 甲政[2026]03号\nformed_on: 2026年6月1日\npublished_at: 2026-06-02\n---\n\n根据国办发[2019]61号,执行本通知;养\u{200B}老服务见`甲,乙`。\n");
    let before = p.read("content/policies/q.md");
    let ran = p.run(&["check", "--fix"]);
    assert!(
        ran.code == 1 && ran.out.contains("+formed_on: 2026-06-01") && ran.out.contains("\\u{200b}") && ran.err.contains("nothing is written yet"),
        "{ran:#?}"
    );
    assert_eq!(p.read("content/policies/q.md"), before);
    let ran = p.run(&["check", "--fix", "--write"]);
    assert!(ran.code == 0 && ran.err.contains("in 2 files"), "{ran:#?}");
    assert_eq!(
        p.read("content/policies/q.md"),
        "---\ntitle: 关于救助的通知\nissuer: [b]\ndoc_no: 甲政〔2026〕3号\nformed_on: 2026-06-01\npublished_at: 2026-06-02\n---\n\n根据国办发〔2019〕61号，执行本通知；养老服务见`甲,乙`。\n"
    );
    assert!(p.run(&["check", "--fix"]).err.contains("Nothing that can be mended"));
    assert_eq!(p.run(&["check", "--write"]).code, 2);
}

/// A mark of the encoding at the head is no fault: it stays where it is, and the places of the mends are right.
#[test]
fn fix_keeps_what_is_right_and_shows_what_is_unseen() {
    let p = site("2026-06-15");
    p.file(
        "content/policies/q.md",
        "\u{feff}---\ntitle: 关于救助的通知\nissuer: [b]\ndoc_no: \"甲政[2026]03号\" # 见原件\nformed_on: 2026年6月1日 # 印发\npublished_at: 2026-06-02\n---\n\n养\u{200b}老服\u{ad}务\r\n文字",
    );
    let ran = p.run(&["check", "--fix"]);
    for line in [
        "-doc_no: \"甲政[2026]03号\" # 见原件",
        "+doc_no: \"甲政〔2026〕3号\" # 见原件",
        "+formed_on: 2026-06-01 # 印发",
        "-养\\u{200b}老服\\u{ad}务",
        "+养老服\\u{ad}务",
    ] {
        assert!(ran.out.lines().any(|l| l == line), "{line}: {ran:#?}");
    }
    assert_eq!(p.run(&["check", "--fix", "--write"]).code, 0);
    assert_eq!(
        p.read("content/policies/q.md"),
        "\u{feff}---\ntitle: 关于救助的通知\nissuer: [b]\ndoc_no: \"甲政〔2026〕3号\" # 见原件\nformed_on: 2026-06-01 # 印发\npublished_at: 2026-06-02\n---\n\n养老服\u{ad}务\r\n文字"
    );
}

/// A site of another tool, in GBK, with everything wrong.
fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

fn foreign() -> Project {
    let p = Project::new("");
    let page = |title: &str, body: &str| {
        format!("<html lang=zh><head><meta charset=gb2312><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>")
    };
    p.file("out/index.html", gbk(&page("甲市", "<a href=\"zcwj/\">政策文件</a> <a href=\"gzdt/\">工作动态</a><a href=\"kb/\">空白</a><p>2026-01-05 旧闻</p><a href=\"t.html\"> </a><input name=q>")))
        .file("out/zcwj/index.html", gbk(&page("政策文件", "<ul><li><a href=\"1.html\">一</a> 2024-01-02<li><a href=\"2.html\">二</a> 2023-01-02</ul>")))
        .file("out/zcwj/1.html", gbk(&page("甲市人民政府关于养老服务的通知", "<p>索引号：11341702486344515H/2021-00013</p><p>发布机构：甲市人民政府</p><p>发布日期：2024-01-02</p><p>各县区人民政府。</p><a href=\"1.pdf\">全文</a>")))
        .file("out/zcwj/1.pdf", "%PDF-1.4")
        .file("out/zcwj/2.html", gbk(&page("甲市公开目录", "<p>发文单位：甲局</p><p>文号：甲政〔2023〕1号</p><p>联系手机：13812345678。</p><p>秘密★5年</p>")))
        .file("out/gzdt/index.html", gbk(&page("工作动态", "<a href=\"a.html\">一</a> 2026-05-01 <a href=\"b.html\">二</a> 2026-04-01")))
        .file("out/gzdt/a.html", gbk(&page("《甲市人民政府关于养老服务的通知》政策解读", "<p>正文见《甲市人民政府关于养老服务的通知》。</p>")))
        .file("out/gzdt/b.html", gbk(&page("会议", "<iframe src=\"https://e.example/x\"></iframe>")))
        .file("out/kb/index.html", gbk("<html lang=zh><head><meta charset=gbk><meta name=\"ColumnName\" content=\"空白\"><title>空白</title></head><body><main><h1>空白</h1></main></body></html>"))
        .file("out/t.html", "<html lang=zh><meta charset=utf-8><title>外链</title><main><h1>外链</h1><a href=\"zcwj/1.html#nowhere\">段</a><a href=\"none.html\">无</a></main>");
    p
}

#[test]
fn a_site_of_another_tool_is_audited_in_its_own_encoding() {
    let p = foreign();
    let ran = p.run(&["audit", "out", "--profile", "cn-gov", "--as-of", "2026-06-20", "--format", "json", "--lang", "zh"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let found: Vec<(String, String, String)> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["code"].as_str().unwrap().into(), f["file"].as_str().unwrap_or("").into(), f["message"].as_str().unwrap().into()))
        .collect();
    let has = |code: &str, file: &str, words: &str| {
        assert!(found.iter().any(|(c, f, m)| c == code && f == file && m.contains(words)), "{code} {file} {words}: {found:#?}")
    };
    has("AUD001", "zcwj/1.html", "gb18030");
    has("UPD001", "index.html", "166 天");
    has("UPD003", "zcwj/index.html", "政策文件");
    has("UPD003", "gzdt/index.html", "工作动态");
    has("UPD004", "kb/index.html", "空白");
    has("AUD002", "zcwj/2.html", "索引号");
    has("POL007", "zcwj/1.html", "1.pdf");
    has("SEC003", "zcwj/2.html", "138");
    has("SEC002", "zcwj/2.html", "秘密★5年");
    has("ITP003", "gzdt/a.html", "没有互相链接");
    has("SEC006", "gzdt/b.html", "e.example");
    has("LNK001", "t.html", "none.html");
    has("LNK001", "t.html", "#nowhere");
    has("A11Y001", "index.html", "链接或按钮没有文字");
    has("A11Y001", "index.html", "表单项没有名称");
    has("A11Y001", "gzdt/b.html", "iframe");
    assert!(!found.iter().any(|(.., m)| m.contains("13812345678")), "numbers are hidden in findings");
    // A map of labels: what the site calls otherwise is found.
    p.file("labels.yaml", "index_no: [文号]\n");
    let ran = p.run(&["audit", "out", "--profile", "cn-gov", "--labels", "labels.yaml", "--lang", "zh"]);
    assert!(!ran.out.contains("文件没有 索引号") && !ran.out.contains("没有 文号"), "{}", ran.out);
    // On a generic site nothing of this is Chinese, and what is not of China stays.
    let ran = p.run(&["audit", "out"]);
    assert!(!ran.out.contains("UPD00") && !ran.out.contains("AUD002") && ran.out.contains("SEC003"), "{}", ran.out);
    let v = p.run(&["audit", "out", "--profile", "cn-gov", "--as-of", "2026-06-20", "--verdict"]);
    assert!(v.code == 1 && v.out.starts_with("Fails: ") && v.out.contains("[veto-letters]") && v.out.contains("the content would"), "{v:#?}");
    assert_eq!(p.run(&["audit", "out", "--verdict"]).code, 2);
}

#[test]
fn what_people_can_load_is_read_for_personal_data_and_marks() {
    let p = Project::new(SITE);
    let page = |body: &str| format!("<html lang=zh><meta charset=utf-8><title>名单</title><main><h1>名单</h1>\n{body}</main></html>");
    // Kinds of numbers, and places of a page: words, attributes, comments; parted by tags, signs and full-width digits.
    let places = [
        ("card", "<p>开户人王建国，银行卡号6228480402564890018。</p>", "银行卡号"),
        ("pass", "<p>护照号E12345678。</p>", "护照"),
        ("plate", "<p>车牌号浙G12345的小型轿车。</p>", "车牌号"),
        ("dash", "<p>手机：139-8765-4321</p>", "手机号码"),
        ("wide", "<p>手机：１３９８７６５４３２１</p>", "手机号码"),
        ("parts", "<p>身份证号110105 19491231 002X</p>", "身份证号"),
        ("tags", "<p>手机139<b>8765</b>4321</p>", "手机号码"),
        ("attr", "<p title=\"李建国，手机13987654321\">x</p>", "手机号码"),
        ("note", "<!-- 李建国 13987654321 -->", "手机号码"),
        ("home", "<p>姓名：李建国，家庭住址：清河市城东区幸福路12号3幢201室</p>", "姓名与住址"),
        ("wrong", "<p>联系人李建国，身份证号350502198001011232。</p>", "身份证号"),
    ];
    for (name, body, _) in places {
        p.file(&format!("out/{name}.html"), page(body));
    }
    p.file("out/gbk.txt", gbk("李建国，手机13987654321")).file("out/list.csv", gbk("姓名,手机\n李建国,13987654321\n王秀英,13987654322\n"));
    for name in ["word.docx", "book.xlsx", "song.pdf", "nested.zip"] {
        p.file(&format!("out/{name}"), std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attachments/files").join(name)).unwrap());
    }
    p.file("out/mark.txt", "机密★5年\n关于甲的请示\n");
    // Neither personal nor secret: nothing is told.
    p.file("out/fine.html", page("<p>统一社会信用代码91330000142912345X，办公电话0571-87654321，第13800项。</p>"));
    let ran = p.run(&["audit", "out", "--profile", "cn-gov", "--format", "json", "--lang", "zh"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let all = json["findings"].as_array().unwrap();
    let of = |file: &str, code: &str| -> Vec<String> {
        all.iter().filter(|f| f["file"] == file && f["code"] == code).map(|f| f["message"].as_str().unwrap().to_string()).collect()
    };
    for (name, _, kind) in places {
        let told = of(&format!("{name}.html"), "SEC003");
        assert!(told.len() == 1 && told[0].contains(kind), "{name}: {told:?}");
    }
    for name in ["gbk.txt", "list.csv", "word.docx", "book.xlsx", "song.pdf", "nested.zip"] {
        assert!(!of(name, "SEC003").is_empty(), "{name}: {}", ran.out);
    }
    assert!(!of("mark.txt", "SEC002").is_empty());
    assert_eq!(of("fine.html", "SEC003"), [""; 0]);
    assert_eq!(all.iter().find(|f| f["file"] == "card.html" && f["code"] == "SEC003").unwrap()["line"], 2);
    for number in ["6228480402564890018", "13987654321", "350502198001011232", "E12345678"] {
        assert!(!ran.out.contains(number), "{number} is printed");
    }
}

#[test]
fn what_browsers_garble_and_the_public_cannot_open_is_told() {
    let p = Project::new(SITE);
    p.file("out/a.html", "<html lang=zh><meta charset=gb2312><title>通知</title><main><h1>通知</h1></main></html>");
    p.file("out/b.html", gbk("<html lang=zh><meta charset=utf-8><title>通知公告</title><main><h1>通知公告</h1></main></html>"));
    p.file("out/c.html", gbk("<html lang=zh><meta charset=gbk><title>通知</title><main><h1>通知</h1></main></html>"));
    let inner =
        ["http://192.168.1.4/oa", "http://10.0.0.1:8080/", "http://172.20.1.1/x", "//localhost/a", "file:///C:/a.doc", "C:\\tu\\a.png", "http://oa.intranet/"];
    let outer = ["http://172.40.1.1/", "https://10.example.cn/", "mailto:a@b.cn", "c:a"];
    let links: String = inner.iter().chain(&outer).map(|l| format!("<a href=\"{l}\">到</a>\n")).collect();
    p.file(
        "out/d.html",
        format!("<html lang=zh><title>x</title><main><h1>x</h1>{links}<noscript><a href=\"c.html\">没有脚本时看这里的目录</a></noscript></main></html>"),
    );
    let ran = p.run(&["audit", "out", "--lang", "zh"]);
    assert_eq!(ran.out.matches("读者看到的是乱码").count(), 2, "{}", ran.out);
    assert_eq!(ran.out.matches("公众打不开").count(), inner.len(), "{}", ran.out);
    assert!(!ran.out.contains("没有文字"), "{}", ran.out);
}

#[test]
fn documents_without_tags_are_known_by_their_number_and_others_are_not_asked_for_one() {
    let p = Project::new(SITE);
    let page = |title: &str, body: &str| gbk(&format!("<html lang=zh><meta charset=gbk><title>{title}</title><body><h1>{title}</h1>{body}</body></html>"));
    p.file("out/1.html", page("甲市人民政府关于加强养老服务的通知", "<p>甲政发〔2020〕12号</p><p>各县区：现通知如下。一、加强。二、落实。</p>"));
    p.file("out/2.html", page("《甲市人民政府关于加强养老服务的通知》政策解读", "<p>《甲市人民政府关于加强养老服务的通知》说明如下。</p>"));
    p.file("out/3.html", page("关于公开征求意见的启事", "<p>发布机构：甲局</p><p>发布日期：2026-01-02</p><p>现征求意见。请来信。多谢。</p>"));
    let ran = p.run(&["audit", "out", "--profile", "cn-gov", "--as-of", "2026-06-20", "--format", "json", "--lang", "zh"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let told = |file: &str, code: &str| json["findings"].as_array().unwrap().iter().any(|f| f["file"] == file && f["code"] == code);
    assert!(told("1.html", "AUD002") && told("2.html", "ITP003") && !told("3.html", "AUD002") && !told("1.html", "POL007"), "{}", ran.out);
    // Where there is neither, the verdict says that it saw none.
    p.file("none/index.html", page("首页", "<p>欢迎。</p>"));
    let v = p.run(&["audit", "none", "--profile", "cn-gov", "--as-of", "2026-06-20", "--verdict", "--lang", "zh"]);
    assert!(v.out.contains("没有找到文件（公文）的页面") && v.out.contains("没有找到解读的页面"), "{}", v.out);
}

#[test]
fn what_has_no_days_was_not_checked_for_them() {
    let p = Project::new(SITE);
    p.file("bare/index.html", "<html lang=zh><title>首页</title><main><h1>首页</h1><p>欢迎。</p></main></html>");
    let v = p.run(&["audit", "bare", "--profile", "cn-gov", "--as-of", "2026-06-20", "--verdict", "--lang", "en"]);
    for (id, why) in [
        ("veto-home", "no home page with days was found"),
        ("veto-news", "no columns with days were found"),
        ("veto-columns", "no columns with days were found"),
    ] {
        let line = v.out.lines().find(|l| l.contains(&format!("[{id}]"))).unwrap_or_default();
        assert!(!line.contains("nothing found") && line.contains(why), "{id}: {}", v.out);
    }
}

#[test]
fn addresses_of_a_list_are_fetched_by_curl() {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serving = std::thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            let mut s = stream.unwrap();
            let mut head = [0; 2048];
            let n = s.read(&mut head).unwrap();
            let ok = String::from_utf8_lossy(&head[..n]).starts_with("GET /news/ ");
            let body = "<html><title>x</title><main><h1>x</h1><img src=a.png><a href=\"/elsewhere/\">y</a></main>";
            let status = if ok { "200 OK" } else { "404 Not Found" };
            write!(s, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()).unwrap();
        }
    });
    let p = Project::new("");
    p.file("list.txt", format!("# pages\nhttp://127.0.0.1:{port}/news/\nhttp://127.0.0.1:{port}/gone\n"));
    let ran = p.run(&["audit", "list.txt"]);
    serving.join().unwrap();
    assert!(ran.code == 1 && ran.out.contains("news/index.html") && ran.out.contains("image without alt") && ran.out.contains("LNK002"), "{ran:#?}");
    assert!(!ran.out.contains("/elsewhere/"), "what is not on the list may be there");
    p.file("bad.txt", "not an address\n");
    assert_eq!(p.run(&["audit", "bad.txt"]).code, 2);
}

#[test]
fn what_a_theme_or_a_static_file_plants_is_found_while_hot() {
    let p = site("2026-06-15");
    p.file("site.yaml", format!("{SITE}theme: x\n"))
        .file("themes/x/theme.yaml", "extends: civic\n")
        .file(
            "themes/x/templates/components/footer/footer.html",
            "<footer id=\"leave\"><p>手机 13812345678</p><img src=\"https://t.example/p.gif\" alt=\"\"></footer>",
        )
        .file("static/a.js", "fetch(\"https://t.example/c\")")
        .file("static/b.css", "p{background:url(https://t.example/b.png)}")
        .file("static/c.html", "<p>机密★长期</p>")
        .file("static/k.txt", "PRIVATE+KEY+data.example.org+bb7663a7+AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g\n")
        .file("static/d.html", "<p>x</p><script src=\"https://t.example/s.js\"></script>");
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(!p.exists("public"), "nothing is published");
    let found = p.findings(&["--full"]);
    for (code, file) in [
        ("SEC014", "index.html"),
        ("SEC014", "static/k.txt"),
        ("SEC002", "static/c.html"),
        ("SEC006", "index.html"),
        ("SEC006", "a.js"),
        ("SEC006", "b.css"),
        ("SEC006", "d.html"),
    ] {
        assert!(found.iter().any(|f| f.0 == code && f.1 == file), "{code} {file}: {found:#?}");
    }
}
