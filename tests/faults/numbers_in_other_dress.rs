//! What must not be public in yet other dress (plates of embassies and forces, digits in cells and lines of their own, parts of messages,
//! marks of internal use), and texts that are made to cost a build all they can.

use crate::support::{Project, SITE_CN, busy, run_as};
use clerestory::load::outline::outline;
use std::io::{Cursor, Write as _};
use std::time::Duration;

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

fn attached(p: &Project, name: &str, ending: &str, bytes: impl AsRef<[u8]>) {
    news(p, name, &format!("attachments: [{{file: {name}.{ending}, title: 附件}}]\n"), "正文一句话。");
    p.file(&format!("content/news/{name}.{ending}"), bytes);
}

/// Puts each into files of its own and gives those that are not told by one of the codes.
fn missed<T: Clone>(codes: &[&str], all: &[T], put: impl Fn(&Project, &str, &T)) -> Vec<T> {
    let p = site();
    all.iter().enumerate().for_each(|(i, t)| put(&p, &format!("n{i:03}"), t));
    let told: Vec<String> = told(&p).into_iter().filter(|f| codes.contains(&&*f.0)).map(|f| f.2).collect();
    all.iter().enumerate().filter(|(i, _)| !told.iter().any(|f| f.contains(&format!("n{i:03}")))).map(|(_, t)| t.clone()).collect()
}

const PERSONAL: [&str; 2] = ["SEC003", "SEC010"];
const MARKS: [&str; 2] = ["SEC002", "SEC013"];

/// A made-up identity number whose check digit is right.
fn identity() -> String {
    let id = "37010219850312334";
    const W: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = id.bytes().zip(W).map(|(d, w)| u32::from(d - b'0') * w).sum();
    format!("{id}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

fn body(p: &Project, n: &str, t: &&str) {
    news(p, n, "", &format!("这是一条消息的正文。\n\n{t}\n\n完。"));
}

fn table(p: &Project, n: &str, csv: &&str) {
    let head = "title: 表\nsummary: 一份数据\npublisher: office\nlicense: CC-BY-4.0\nfrequency: yearly\naccess_rights: 无条件开放\nkeywords: [数]\npublished_at: 2025-12-01\n";
    p.file(&format!("content/datasets/{n}/dataset.yaml"), format!("{head}resources:\n  - {{name: t, title: 表, path: t.csv}}\n"));
    p.file(&format!("content/datasets/{n}/t.csv"), csv);
}

#[test]
fn plates_of_embassies_and_forces_and_columns_of_plates() {
    let texts = [
        "违停车辆 使014578 已拖移",
        "车辆使014·578停在路边",
        "使２２４００１号车辆已移",
        "违停车辆 军A12345 已拖移",
        "车辆空K12345停放",
        "车牌号：南A12345",
        "违停车辆 VA12345 已拖移",
        "车牌号：A12345",
        "号牌号码 A·12345，已拖移",
        "军A12345",
    ];
    assert_eq!(missed(&PERSONAL, &texts, body), [""; 0]);
    let sound = [
        "使120000人受益",
        "使365000平方米得到改造",
        "使2019001号文件生效",
        "军A12345号文",
        "编号 A12345",
        "型号 VA12345 的仪器",
        "上海A12345楼",
        "大使014室",
        "使用014578次",
    ];
    assert_eq!(missed(&PERSONAL, &sound, body), sound);
    let tables = [
        "序号,车牌号\n1,A12345\n2,B8K921\n3,A66P88\n",
        "序号,号牌号码\n1,A12345\n2,B23456\n",
        "序号,车辆\n1,使014578\n2,使224001\n",
        "序号,车辆\n1,军A12345\n2,空B23456\n",
    ];
    assert_eq!(missed(&PERSONAL, &tables, table), [""; 0]);
    let sound =
        ["序号,型号\n1,A12345\n2,B23456\n", "序号,车牌号\n1,A***45\n2,B***56\n", "省份,车牌代码\n山东,鲁A\n北京,京A\n", "区域,编码\n甲,A12345\n乙,VA12345\n"];
    assert_eq!(missed(&PERSONAL, &sound, table), sound);
}

#[test]
fn telephones_in_lines_of_their_own() {
    let texts = ["王某 138\t5748\t7814", "199\n9421\n2299", "199\n\n9421\n\n2299", "请打电话\n199\n9421\n2299", "1385748\n7814", "138<br>5748<br>7814"];
    assert_eq!(missed(&PERSONAL, &texts, body), [""; 0]);
    let put = |p: &Project, n: &str, t: &&str| attached(p, n, "txt", t);
    assert_eq!(missed(&PERSONAL, &["名单如下。\n\n199\n9421\n2299\n\n完。"], put), [""; 0]);
    let sound = ["158\n1234\n5678\n9012\n3456", "12\n158\n1234\n5678", "人口 138 万、5748 户、7814 人", "1385748\n78142\n11", "158\n1234\n56789"];
    assert_eq!(missed(&PERSONAL, &sound, body), sound);
}

/// A document of Word with this in its body.
fn docx(body: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    zip.start_file("[Content_Types].xml", plain).expect("a file");
    zip.write_all(b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>").expect("written");
    zip.start_file("word/document.xml", plain).expect("a file");
    let head = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
    zip.write_all(format!("{head}{body}</w:body></w:document>").as_bytes()).expect("written");
    zip.finish().expect("an archive").into_inner()
}

fn rows(rows: &[Vec<String>], [table, row, cell]: [&str; 3], own: impl Fn(&str) -> String) -> String {
    let cells = |r: &Vec<String>| r.iter().map(|c| format!("<{cell}>{}</{cell}>", own(c))).collect::<String>();
    format!("<{table}>{}</{table}>", rows.iter().map(|r| format!("<{row}>{}</{row}>", cells(r))).collect::<String>())
}

#[test]
fn one_digit_a_cell_in_documents() {
    let digits: Vec<String> = identity().chars().map(String::from).collect();
    let across = vec![digits.clone()];
    let down: Vec<Vec<String>> = digits.iter().map(|d| vec![d.clone()]).collect();
    let two = vec![digits[..9].to_vec(), digits[9..].to_vec()];
    let word = |r: &[Vec<String>]| docx(&rows(r, ["w:tbl", "w:tr", "w:tc"], |c| format!("<w:p><w:r><w:t>{c}</w:t></w:r></w:p>")));
    let page = |r: &[Vec<String>], cell: &str| format!("<html><body>{}</body></html>", rows(r, ["table", "tr", cell], str::to_string));
    let lines = |r: &[Vec<String>]| page(r, "td").replace("<t", "\n<t").replace("</t", "\n</t");
    let list = format!("<html><body><ul>{}</ul></body></html>", digits.iter().map(|d| format!("<li>{d}</li>")).collect::<String>());
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("docx", word(&across)),
        ("docx", word(&down)),
        ("docx", word(&two)),
        ("html", page(&across, "td").into_bytes()),
        ("html", page(&across, "th").into_bytes()),
        ("html", page(&down, "td").into_bytes()),
        ("html", lines(&across).into_bytes()),
        ("html", list.into_bytes()),
        ("txt", format!("登记\n\n{}\n", digits.join("\t")).into_bytes()),
    ];
    let left = missed(&PERSONAL, &files, |p, n, (ending, bytes)| attached(p, n, ending, bytes));
    assert!(left.is_empty(), "{:?}", left.iter().map(|f| String::from_utf8_lossy(&f.1).into_owned()).collect::<Vec<_>>());
    // Figures of one digit that prove nothing: answers, scores.
    let scores: Vec<Vec<String>> = (0..30).map(|i| (0..18).map(|k| ((i * 7 + k * 3) % 10).to_string()).collect()).collect();
    let files: Vec<(&str, Vec<u8>)> = vec![("docx", word(&scores)), ("html", page(&scores, "td").into_bytes())];
    assert_eq!(missed(&PERSONAL, &files, |p, n, (ending, bytes)| attached(p, n, ending, bytes)).len(), 2);
}

#[test]
fn parts_of_messages_however_they_are_encoded() {
    let coded = |text: &str| {
        const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let of = |c: &[u8]| {
            let n = c.iter().chain([0, 0].iter()).take(3).fold(0u32, |n, b| n << 8 | u32::from(*b));
            (0..4).map(|i| if i > c.len() { '=' } else { SIGNS[(n >> (18 - 6 * i) & 63) as usize] as char }).collect::<String>()
        };
        text.as_bytes().chunks(3).map(of).collect::<String>()
    };
    let short = coded("13857487814");
    let letter = |heads: &str, text: &str| {
        format!(
            "From: a@b.example\nTo: c@d.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n{heads}\n\n{text}\n--x--\n"
        )
    };
    let saved = |text: &str| {
        format!(
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n\n--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<html><body><p>{text}</p></body></html>\n--x--\n"
        )
    };
    let files: Vec<(&str, String)> = vec![
        ("eml", letter("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", &short)),
        ("eml", letter("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: BASE64 (short)", &short)),
        ("eml", letter("Content-Type: application/octet-stream; name=a.txt\nContent-Transfer-Encoding: base64", &short)),
        ("eml", letter("Content-Type: application/json\nContent-Transfer-Encoding: base64", &coded("{\"t\":\"13857487814\"}"))),
        ("eml", letter("Content-Type: message/rfc822", &format!("From: a@b.example\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{short}"))),
        ("eml", letter("Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*=utf-8''%E7%8E%8B13857487814.bin", "x")),
        ("eml", letter("Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*0=\"138574\"; filename*1=\"87814.bin\"", "x")),
        ("eml", letter("Content-Type: text/plain", "x").replacen("--x\n", "手机13857487814\n--x\n", 1)),
        ("eml", format!("{}手机13857487814\n", letter("Content-Type: text/plain", "x"))),
        ("eml", format!("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{short}\n")),
        ("mht", saved("=E7=8E=8B 138574=\n87814")),
        ("mht", saved("138574=  \n87814")),
        ("mht", saved("138574=\n87814").replace('\n', "\r\n")),
        ("mht", saved("=31=33=38=35=37=34=38=37=38=31=34")),
    ];
    let left = missed(&PERSONAL, &files, |p, n, (ending, text)| attached(p, n, ending, text));
    assert!(left.is_empty(), "{left:#?}");
    // What is not decoded is told.
    let p = site();
    attached(&p, "uu", "eml", letter("Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode", "begin 644 a\n+,3,X-3<T.#<X,30\n`\nend"));
    assert!(told(&p).iter().any(|f| f.0 == "SEC011" && f.2.contains("uu.md")), "{:#?}", told(&p));
}

#[test]
fn lines_of_internal_marks() {
    let first = |p: &Project, n: &str, t: &&str| news(p, n, "", &format!("{t}\n\n正文一句话。"));
    let last = |p: &Project, n: &str, t: &&str| news(p, n, "", &format!("关于某事项的通知\n\n正文一句话。\n\n{t}"));
    let titled = |p: &Project, n: &str, t: &&str| {
        p.file(
            &format!("content/news/{n}.md"),
            format!("---\ntitle: \"关于某事的报告（{t}）\"\nsource: 办公室\npublished_at: 2025-12-01\n---\n正文一句话。\n"),
        );
    };
    let marks = [
        "工作秘密",
        "商业秘密",
        "国家秘密",
        "内参",
        "工作秘密★5年",
        "工作秘密 3年",
        "阅后即焚",
        "阅后收回",
        "密级：内部",
        "密级：工作秘密",
        "密级：一般",
        "保密等级：B",
        "仅供内部参阅",
        "仅供内部交流",
        "仅供内部学习使用",
        "仅限本单位内部使用",
        "内部参阅件",
        "内部传阅",
        "仅供领导参阅",
        "内部资料 请妥善保管",
        "请勿转发",
        "对外保密",
        "机密文件",
        "本文件含商业秘密",
        "For internal use only",
        "Strictly confidential",
        "For official use only",
        "Not for distribution",
    ];
    assert_eq!(missed(&MARKS, &marks, first), [""; 0]);
    assert_eq!(missed(&MARKS, &marks, last), [""; 0]);
    assert_eq!(missed(&MARKS, &marks, titled), [""; 0]);
    let long = ["本资料仅供内部学习使用，请勿外传", "【内参】", "（内参）", "内 参", "工 作 秘 密", "內參", "工作祕密", "閱後即焚"];
    assert_eq!(missed(&MARKS, &long, first), [""; 0]);
    // Laws and guides speak of them.
    let sound = [
        "第五条 商业秘密受法律保护。",
        "商业秘密，是指不为公众所知悉、具有商业价值的技术信息。",
        "## 商业秘密",
        "### 第三节 商业秘密",
        "一、商业秘密",
        "（三）工作秘密；",
        "- 国家秘密\n- 商业秘密\n- 个人隐私",
        "国家秘密、商业秘密、个人隐私",
        "密级：公开",
        "密级：无",
        "密级：",
        "密级分为绝密、机密、秘密",
        "内部控制",
        "供参考",
        "仅供参考",
        "限制使用",
        "Confidential information is protected by law.",
    ];
    assert_eq!(missed(&MARKS, &sound, body), sound);
    assert_eq!(missed(&MARKS, &sound, first), sound);
    let titles = ["工作秘密管理暂行办法", "商业秘密保护规定（试行）", "商业秘密", "内部发行资料管理办法", "商业秘密：概念与保护", "Trade secrets"];
    let alone = |p: &Project, n: &str, t: &&str| {
        p.file(&format!("content/news/{n}.md"), format!("---\ntitle: \"{t}\"\nsource: 办公室\npublished_at: 2025-12-01\n---\n正文一句话。\n"));
    };
    assert_eq!(missed(&MARKS, &titles, alone), titles);
}

/// The least time of the processor of two that it takes.
fn least(run: impl Fn()) -> Duration {
    let once = || {
        let begun = busy();
        run();
        busy() - begun
    };
    (0..2).map(|_| once()).min().unwrap_or_default()
}

/// Signs that cost a reader most; each text is of them alone.
const HOSTILE: &[&str] = &[
    "[",
    "]",
    "![",
    "[a](",
    "[a][",
    "[a](b)",
    "*a ",
    "**a ",
    "~~a ",
    "_a ",
    "<",
    "<a ",
    "<a href=\"",
    "</",
    "<!--",
    "{{<",
    "[[",
    "[^",
    "[^a]",
    "\\",
    "``` ",
    "` ",
    "&",
    "&#",
    "> ",
    "- ",
    "1. ",
    "# a\n",
    "## 甲\n\n",
    "|a",
    "|a|\n|-|\n",
    "：**甲",
    "“",
    "第一条 甲\n\n",
    "<b>",
    "<sub>",
    "http://a.b ",
    "[a](<",
    "([",
    "[^a]: b\n\n",
    "1\n",
    "1\t",
    "138\n5748\n",
    "使1",
    "A12345 ",
    "a=\n",
];

/// No text of hostile signs takes many times what a usual one of its length does.
#[test]
fn hostile_texts_take_no_longer_than_others() {
    const LENGTH: usize = 40_000;
    let filled = |piece: &str| piece.repeat(LENGTH / piece.len() + 1);
    let usual = filled("第一条 为了规范*行政许可*的设定，保护[公民](https://example.org/a)的权益，制定本办法（2003年）。\n\n");
    let look = |text: &str| {
        std::hint::black_box(outline(text, 0, false));
        std::hint::black_box(clerestory::personal::traces(text));
    };
    let base = least(|| look(&usual)).max(Duration::from_millis(3));
    let slow: Vec<(&str, Duration)> = HOSTILE.iter().map(|p| (*p, least(|| look(&filled(p))))).filter(|(_, d)| *d > base * 25).collect();
    assert!(slow.is_empty(), "a usual text takes {base:?}: {slow:#?}");
}

#[test]
fn texts_of_nothing_but_marks_are_shown_as_they_are() {
    let p = site();
    news(&p, "a", "", &"[甲](b) *c* ".repeat(30_000));
    news(&p, "b", "", &"[甲](b) *c* ".repeat(200));
    p.run(&["build", "--allow-errors"]);
    let found = told(&p);
    assert!(found.iter().any(|f| f.0 == "SRC038" && f.2.ends_with("a.md") && f.3.contains("100000")), "{found:#?}");
    assert!(!found.iter().any(|f| f.0 == "SRC038" && f.2.ends_with("b.md")));
    assert!(p.read("public/news/a/index.html").contains("[甲](b) *c* [甲](b)") && p.read("public/news/b/index.html").contains("<em>c</em>"));
}

/// An archive with one file of so many bytes.
fn archive(bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.csv", zip::write::SimpleFileOptions::default()).expect("a file");
    zip.write_all(bytes).expect("written");
    zip.finish().expect("an archive").into_inner()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the size of a file")]
fn an_archive_that_grows_says_how_much() {
    let p = site();
    table(&p, "d", &"");
    p.file("content/datasets/d/dataset.yaml", p.read("content/datasets/d/dataset.yaml").replace("t.csv", "t.zip"));
    p.file("content/datasets/d/t.zip", archive("年,值\n2020,1\n".repeat(2_000_000).as_bytes()));
    let found = told(&p);
    let said = found.iter().find(|f| f.0 == "TAB001").unwrap_or_else(|| panic!("{found:#?}"));
    let size = std::fs::metadata(p.path("content/datasets/d/t.zip")).expect("a file").len();
    let times = "年,值\n2020,1\n".len() as u64 * 2_000_000 / size;
    assert!(said.3.contains(&format!("它的 {times} 倍")) && said.3.contains(" MiB"), "{times}: {said:?}");
    // Its directory tells less than is in it.
    let mut bytes = archive("年,值\n2020,1\n".repeat(200).as_bytes());
    for (sign, at) in [(&b"PK\x03\x04"[..], 22), (b"PK\x01\x02", 24)] {
        let i = bytes.windows(4).position(|w| w == sign).expect("a header");
        bytes[i + at..i + at + 4].copy_from_slice(&10u32.to_le_bytes());
    }
    p.file("content/datasets/d/t.zip", bytes);
    let found = told(&p);
    assert!(found.iter().any(|f| f.0 == "TAB001" && f.3.contains("比压缩包目录里写的大")), "{found:#?}");
}
