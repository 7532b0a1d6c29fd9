//! What must not be public, however it is written: comments, archives that do not open, marks in other scripts and places, drafts of
//! vocabularies, numbers with a slip, names beside homes and illnesses.

use crate::support::{Project, SITE_CN, busy, run_as};
use std::io::{Cursor, Write as _};

/// Findings in Chinese as (code, severity, file, message).
fn told(p: &Project) -> Vec<(String, String, String, String)> {
    let ran = run_as(p.root(), &["--lang", "zh", "check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    let text = |v: &serde_json::Value| v.as_str().unwrap_or("").to_string();
    json["findings"].as_array().expect("a list").iter().map(|f| (text(&f["code"]), text(&f["severity"]), text(&f["file"]), text(&f["message"]))).collect()
}

fn site() -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p
}

fn news(p: &Project, name: &str, head: &str, body: &str) {
    p.file(&format!("content/news/{name}.md"), format!("---\ntitle: 消息\nsource: 办公室\npublished_at: 2025-12-01\n{head}---\n{body}\n"));
}

/// Those of the files of news that have a finding of one of the codes.
fn found(p: &Project, codes: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = told(p).into_iter().filter(|f| codes.contains(&&*f.0)).map(|f| f.2).collect();
    out.sort();
    out.dedup();
    out
}

/// Puts each into a file of its own and gives those that are not told by one of the codes.
fn missed<'a>(codes: &[&str], texts: &[&'a str], put: impl Fn(&Project, &str, &str)) -> Vec<&'a str> {
    let p = site();
    texts.iter().enumerate().for_each(|(i, t)| put(&p, &format!("n{i:03}"), t));
    let told = found(&p, codes);
    texts.iter().enumerate().filter(|(i, _)| !told.contains(&format!("content/news/n{i:03}.md"))).map(|(_, t)| *t).collect()
}

#[test]
fn comments_of_markdown_are_hidden_everywhere() {
    let p = site();
    let body = "前一段。\n\n[//]: # (KOMMA)\n\n中间一段。\n\n[comment]: # (KOMMB)\n\n[//]: # \"KOMMC\"\n\n[comment]: <> (KOMMD)\n\n[注]: 见附件\n\n后一段。";
    news(&p, "a", "", body);
    p.build();
    for f in ["news/a/index.html", "news/a/index.md", "api/v1/news.csv", "api/v1/news.json", "api/v1/passages.jsonl"] {
        let text = p.read(&format!("public/{f}"));
        assert!(!text.contains("KOMM"), "{f}");
    }
    // What is no definition stays a text.
    assert!(p.read("public/news/a/index.html").contains("[注]: 见附件"));
}

/// A file in an archive with another method than it is packed in, or the sign of a password.
fn archive(method: u16, flags: u16) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("a.csv", stored).expect("a file");
    zip.write_all("姓名,数\n甲,1\n".as_bytes()).expect("written");
    let mut bytes = zip.finish().expect("an archive").into_inner();
    for (sign, at) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        let i = bytes.windows(4).position(|w| w == sign).expect("a header");
        bytes[i + at..i + at + 2].copy_from_slice(&flags.to_le_bytes());
        bytes[i + at + 2..i + at + 4].copy_from_slice(&method.to_le_bytes());
    }
    bytes
}

#[test]
fn archives_that_do_not_open_are_told() {
    let p = site();
    for (name, method, flags) in [("bzip2", 12, 0), ("lzma", 14, 0), ("deflate64", 9, 0), ("zstd", 93, 0), ("shut", 0, 1)] {
        p.file(&format!("content/news/{name}.zip"), archive(method, flags));
        news(&p, name, &format!("attachments: [{{file: {name}.zip, title: 附件}}]\n"), "正文一句话。");
    }
    let told = told(&p);
    let said = |name: &str, words: &str| told.iter().any(|f| f.0 == "SEC011" && f.2.ends_with(&format!("/{name}.md")) && f.3.contains(words));
    for name in ["bzip2", "lzma", "deflate64", "zstd"] {
        assert!(said(name, "解不开的压缩方法"), "{name}: {told:#?}");
    }
    assert!(said("shut", "加了密码"), "{told:#?}");
}

#[test]
fn a_draft_in_a_vocabulary_holds() {
    for (file, text) in [
        ("departments.yaml", "- {id: office, name: 办公室}\n- {id: x1, name: 甲局, draft: true}\n"),
        ("glossary.yaml", "- {id: g1, term: 术语甲, definition: 一句。, draft: true}\n"),
        ("themes.yaml", "- {id: t1, label: 主题甲, hidden: true}\n"),
        ("synonyms.yaml", "- {term: 词语, aliases: [词二], published: false}\n"),
        ("alerts.yaml", "- {title: 提示, draft: true}\n"),
    ] {
        let p = site();
        p.file(&format!("content/{file}"), text);
        let told = told(&p);
        assert!(told.iter().any(|f| f.0 == "SRC005" && f.1 == "error" && f.2.ends_with(file)), "{file}: {told:#?}");
    }
}

#[test]
fn marks_in_other_scripts_and_places() {
    let first = |p: &Project, n: &str, t: &str| news(p, n, "", &format!("{t}\n\n正文一句话。"));
    let codes = ["SEC002", "SEC013"];
    let lines = [
        "內部資料",
        "內部文件 不得外傳",
        "機密",
        "密級：機密",
        "未经批准不得发布",
        "征求意见稿，不得对外公布",
        "2099年1月1日零时起公开",
        "Embargoed until 2099-01-01",
        "特急·机密",
        "★秘密",
        "机密1年",
        "保密期限：10年",
        "涉密",
        "TOP SECRET",
    ];
    assert_eq!(missed(&codes, &lines, first), [""; 0]);
    let last = |p: &Project, n: &str, t: &str| news(p, n, "", &format!("关于某事项的通知\n\n正文一句话。\n\n{t}"));
    assert_eq!(missed(&codes, &["内部讨论稿，不得外传", "请勿公开", "2099年1月1日前不得发布", "CONFIDENTIAL"], last), [""; 0]);
    let titles = [
        "测试 密级：秘密",
        "测试 内部资料",
        "测试 仅供内部使用",
        "测试 不得外传",
        "测试 请勿公开",
        "测试 此件依申请公开",
        "测试（草稿）",
        "【草稿】测试",
        "测试 DRAFT",
        "测试 CONFIDENTIAL",
        "測試 內部資料",
    ];
    let titled = |p: &Project, n: &str, t: &str| {
        p.file(&format!("content/news/{n}.md"), format!("---\ntitle: \"{t}\"\nsource: 办公室\npublished_at: 2025-12-01\n---\n正文一句话。\n"));
    };
    assert_eq!(missed(&codes, &titles, titled), [""; 0]);
    // What only speaks of them stays.
    let sound = ["内部资料性出版物管理办法", "保守国家秘密法实施条例", "关于草稿纸采购的公告", "商业秘密保护规定", "关于涉密人员管理的规定"];
    assert_eq!(missed(&codes, &sound, titled), sound);
    let sound = ["本办法自2099年1月1日起施行", "2020年1月1日起公开", "国家秘密的密级分为绝密、机密、秘密三级。", "涉密人员应当遵守下列规定："];
    assert_eq!(missed(&codes, &sound, first), sound);
    assert_eq!(missed(&codes, &["第五条 有关资料不得公开。", "涉密文件的管理，按照国家有关规定执行。"], last).len(), 2);
}

#[test]
fn states_of_review_and_names_of_drafts_hold() {
    let p = site();
    for (i, head) in ["review: 待审", "review: {state: pending}", "主动公开: 否", "待发布: true", "to_publish: 2099-01-01"].iter().enumerate() {
        news(&p, &format!("n{i:03}"), &format!("{head}\n"), "正文一句话。");
    }
    for folder in ["旧", "临时", "hidden", "secret", "pending"] {
        news(&p, &format!("{folder}/a"), "", "正文一句话。");
    }
    news(&p, "b11（1）", "", "正文一句话。");
    news(&p, "sound", "review: [{step: draft, role: 养老服务科, on: 2025-11-01}]\n", "正文一句话。");
    run_as(p.root(), &["build", "--hold-back", "--allow-errors"]);
    for name in ["n000", "n001", "n002", "n003", "n004", "旧", "临时", "hidden", "secret", "pending"] {
        let there = p.root().join(format!("public/news/{name}/index.html")).exists() || p.root().join(format!("public/news/{name}/a/index.html")).exists();
        assert!(!there, "{name}");
    }
    assert!(p.root().join("public/news/sound/index.html").exists());
    assert!(told(&p).iter().any(|f| f.0 == "SEC013" && f.1 == "warning" && f.2.contains("b11")));
}

#[test]
fn numbers_with_a_slip_beside_their_label() {
    let body = |p: &Project, n: &str, t: &str| news(p, n, "", &format!("这是一条消息的正文。\n\n{t}\n\n完。"));
    let codes = ["SEC003", "SEC010"];
    let texts = [
        "身份证号 37010219850312334",
        "身份证号 3701021985031233401",
        "身份证号码：370102198513123340",
        "身份证号 990102198503123340",
        "身份证 37010219850312334※",
        "卡号 62220212345678901",
        "户名 王建国 账号 9037010203040506077",
        "永久居留身份证 911124198108030024",
        "永久居留身份证号码 ABC110080010101",
        "身分證字號 A123456789",
        "HKID: Z683365(5)",
        "违停车辆 鲁A1234警 已拖移",
        "违停车辆 粤Z1234港 已拖移",
        "违停车辆 WJ鲁1234X 已拖移",
        "违停车辆 魯A12345 已拖移",
        "违停车辆 鲁 A 1 2 3 4 5 已拖移",
        "手机：១៣៨៥៧៤៨៧៨១៤",
    ];
    assert_eq!(missed(&codes, &texts, body), [""; 0]);
    let sound = ["户名：某某有限公司 账号：1602012345678901234", "川A1234学生", "统一社会信用代码 91370102MA3C12345X", "身份证号共18位。"];
    assert_eq!(missed(&codes, &sound, body), sound);
}

#[test]
fn names_beside_homes_illnesses_and_help() {
    let body = |p: &Project, n: &str, t: &str| news(p, n, "", &format!("这是一条消息的正文。\n\n{t}\n\n完。"));
    let codes = ["SEC003", "SEC010"];
    let texts = [
        "王建国住泉城路25号2单元301室",
        "欧阳建国住泉城路25号301室",
        "王建国（泉城花园3号楼2单元501室）",
        "大病救助：王建国，尿毒症，5000元",
        "王建国因病致贫（尿毒症）",
        "王建国确诊新冠",
        "病案号 00123456 患者张三 诊断 肺结核",
        "扎西次仁，患包虫病",
        "强奸案被害人李小红，13岁",
    ];
    assert_eq!(missed(&codes, &texts, body), [""; 0]);
    let sound = ["服务中心（泉城花园3号楼2单元501室）", "刘庄村 3号楼2单元501室", "被害人应当出庭。", "确诊病例住院治疗。", "大病救助：尿毒症患者每年5000元。"];
    assert_eq!(missed(&codes, &sound, body), sound);
    for (text, held) in [
        ("学生姓名,学校,年级,资助类型\n王小明,泉城小学,三年级,孤儿\n李小红,泉城小学,二年级,低保\n", true),
        ("姓名,年龄,类别\n王小明,8,孤儿\n李小红,9,事实无人抚养儿童\n", true),
        ("姓名,村,保障类别,金额\n王建国,杨家村,A类低保,680\n李小红,李家村,B类低保,520\n", true),
        ("姓名,职务,人员类别\n王建国,科员,行政编制\n李小红,科员,事业编制\n", false),
    ] {
        let p = site();
        let head = "title: 表\nsummary: 一份数据\npublisher: office\nlicense: CC-BY-4.0\nfrequency: yearly\naccess_rights: 无条件开放\nkeywords: [数]\npublished_at: 2025-12-01\n";
        p.file("content/datasets/d/dataset.yaml", format!("{head}resources:\n  - {{name: t, title: 表, path: t.csv}}\n"));
        p.file("content/datasets/d/t.csv", text);
        assert_eq!(told(&p).iter().any(|f| codes.contains(&&*f.0)), held, "{text}: {:#?}", told(&p));
    }
}

#[test]
fn a_text_of_footnotes_alone_is_read_in_time() {
    let p = site();
    let n = 6_000;
    let refs: String = (0..n).map(|i| format!("[^{i}]")).collect();
    let notes: String = (0..n).map(|i| format!("[^{i}]: x\n\n")).collect();
    news(&p, "a", "", &format!("{refs}\n\n{notes}"));
    // Digits between the references were each followed to the end of the line: some hundred seconds.
    let all = format!("{refs}\n");
    let begun = busy();
    assert!(clerestory::personal::traces(&all).is_empty());
    let took = busy() - begun;
    assert!(took.as_secs() < 10, "{took:?}");
}
