//! Tables of every container, PDF that is not read to its end, working states and marks beside the day of signature, masks and the
//! figure of quality, Word files of this program, what is withheld without a ground.

use crate::support::{Project, SITE_CN};
use std::fmt::Write as _;

const NAMES: [&str; 12] = ["王小明", "李建国", "张晓明", "刘红梅", "陈志强", "杨丽华", "赵国庆", "黄海涛", "周文斌", "吴秀英", "徐志刚", "孙玉兰"];
const OFFICE: &str = "- {id: office, name: 办公室}\n";

/// The codes of findings of personal data, and of what was not read, each once.
fn codes(p: &Project) -> Vec<String> {
    let mut out: Vec<String> = p.findings(&[]).into_iter().map(|f| f.0).filter(|c| matches!(c.as_str(), "SEC003" | "SEC010" | "SEC011")).collect();
    out.sort();
    out.dedup();
    out
}

/// An item with one file attached.
fn attached(name: &str, bytes: impl AsRef<[u8]>) -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", OFFICE);
    p.file("content/news/a.md", format!("---\ntitle: 甲\npublished_at: 2025-12-01\nattachments: [{name}]\n---\n正文。\n"));
    p.file(&format!("content/news/{name}"), bytes);
    p
}

/// An identity number with its check digit.
fn id(n: usize) -> String {
    let body = format!("440103199807{:02}{:03}", n % 28 + 1, n * 7 % 999);
    const W: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(W).map(|(d, w)| u32::from(d - b'0') * w).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

/// A card with its check digit.
fn card(n: usize) -> String {
    let body = format!("621700{:012}", n * 7_919);
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, d)| {
            if i % 2 == 0 {
                let x = u32::from(d - b'0') * 2;
                x / 10 + x % 10
            } else {
                u32::from(d - b'0')
            }
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// A PDF of objects.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (i, o) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", i + 1).bytes());
        out.extend(o);
        out.extend(b"\nendobj\n");
    }
    let at = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|p| out.extend(format!("{p:010} 00000 n \n").bytes()));
    out.extend(format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

/// One of a page with these orders, as its filter has them.
fn page(filter: &str, orders: &[u8]) -> Vec<u8> {
    let mut stream = format!("<< /Length {} {filter} >>\nstream\n", orders.len()).into_bytes();
    stream.extend(orders);
    stream.extend(b"\nendstream");
    pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>".to_vec(),
        stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [7 0 R] >>".to_vec(),
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>"
            .to_vec(),
    ])
}

/// Rows as a page draws them: each cell by itself, the columns `gap` letters apart.
fn drawn(rows: &[Vec<String>], gap: f32) -> Vec<u8> {
    let mut out = String::new();
    let widest = |c: usize| rows.iter().filter_map(|r| r.get(c)).map(|v| v.chars().count()).max().unwrap_or(0) as f32;
    for (n, row) in rows.iter().enumerate() {
        let mut x = 50.0;
        for (c, cell) in row.iter().enumerate() {
            let hex: String = cell.encode_utf16().fold(String::new(), |mut s, u| {
                let _ = write!(s, "{u:04X}");
                s
            });
            let _ = writeln!(out, "BT /F2 10 Tf 1 0 0 1 {x} {} Tm <{hex}> Tj ET", 800 - 18 * n);
            x += (widest(c) + gap) * 10.0;
        }
    }
    page("", out.as_bytes())
}

/// How a container holds rows.
type Held = fn(&[Vec<String>]) -> Vec<u8>;

fn html(rows: &[Vec<String>], cell: impl Fn(&String) -> String) -> Vec<u8> {
    let rows: String = rows.iter().map(|r| format!("<tr>\n{}</tr>\n", r.iter().map(|c| format!("<td>{}</td>\n", cell(c))).collect::<String>())).collect();
    format!("<!DOCTYPE html><html><head><title>公示</title></head><body><p>公示如下。</p><table>\n{rows}</table><p>谢谢。</p></body></html>").into_bytes()
}

fn docx(rows: &[Vec<String>]) -> Vec<u8> {
    use std::io::Write as _;
    let cell = |c: &String| format!("<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>");
    let rows: String = rows.iter().map(|r| format!("<w:tr>{}</w:tr>", r.iter().map(cell).collect::<String>())).collect();
    let body = format!("<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>公示</w:t></w:r></w:p><w:tbl>{rows}</w:tbl></w:body></w:document>");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("[Content_Types].xml", "<Types/>".to_string()), ("word/document.xml", body)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn rtf(rows: &[Vec<String>]) -> Vec<u8> {
    let sign = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\u{}?", c as u32 as i32 - if c as u32 > 32_767 { 65_536 } else { 0 }) };
    let cell = |c: &String| format!("{}\\cell ", c.chars().map(sign).collect::<String>());
    let rows: String = rows.iter().map(|r| format!("\\trowd {}\\row\n", r.iter().map(cell).collect::<String>())).collect();
    format!("{{\\rtf1\\ansi\n{rows}}}").into_bytes()
}

#[test]
fn tables_of_every_container_are_judged_by_their_columns() {
    /// Head, the second cell of a row, what is found.
    type List<'a> = (&'a str, &'a dyn Fn(usize) -> String, &'a str);
    let lists: [List<'_>; 13] = [
        ("姓名,残疾类别", &|n| format!("精神{}级", ["一", "二"][n % 2]), "SEC003"),
        ("姓名,病种", &|n| ["艾滋病", "糖尿病"][n % 2].into(), "SEC003"),
        ("姓名,家庭住址", &|n| format!("翠苑一区{}幢3单元{}室", n % 9 + 1, 100 + n), "SEC003"),
        ("业主,房号", &|n| format!("{}幢{}室", n % 9 + 1, 501 + n), "SEC003"),
        ("姓名,账号", &card, "SEC003"),
        ("姓名,身份证号", &|n| id(n)[..17].to_string(), "SEC003"),
        ("姓名,身份证号", &|_| "3.30106E+17".into(), "SEC003"),
        ("姓名,手机", &|n| format!("138，123456{:02}", n + 10), "SEC003"),
        ("车主,号牌", &|n| format!("A123{:02}", n + 10), "SEC003"),
        ("姓名,救助类型", &|n| ["低保", "特困供养"][n % 2].into(), "SEC010"),
        ("户名,一卡通账号", &|n| format!("10105{:014}", n * 7_919), "SEC010"),
        ("姓名,护照号", &|n| format!("P12345{:02}", n + 10), "SEC003"),
        ("姓名,证件号码", &|n| format!("P12345{:02}", n + 10), "SEC003"),
    ];
    let held: [(&str, Held); 8] = [
        ("a.docx", docx),
        ("a.html", |r| html(r, String::clone)),
        ("b.html", |r| html(r, |c| format!("\n<p><span>{c}</span></p>\n"))),
        ("a.rtf", rtf),
        ("a.txt", |r| r.iter().map(|r| r.join("\t") + "\n").collect::<String>().into_bytes()),
        ("a.pdf", |r| drawn(r, 1.1)),
        ("b.pdf", |r| drawn(r, 6.0)),
        ("a.csv", |r| r.iter().map(|r| r.join(",") + "\n").collect::<String>().into_bytes()),
    ];
    let mut wrong = String::new();
    for (head, cell, want) in lists {
        let head: Vec<String> = head.split(',').map(String::from).collect();
        let rows: Vec<Vec<String>> =
            std::iter::once(head.clone()).chain(NAMES.iter().enumerate().map(|(n, name)| vec![(*name).to_string(), cell(n)])).collect();
        for (name, hold) in held {
            let found = codes(&attached(name, hold(&rows)));
            if found.first().map(String::as_str) != Some(want) {
                let _ = writeln!(wrong, "{name} {head:?}: {found:?}, not {want}");
            }
        }
    }
    assert_eq!(wrong, "");
    // Tables of offices and posts, in words and in numbers.
    for rows in [[["单位", "联系电话"], ["办公室", "0571-12345678"], ["民政科", "0571-12345679"]], [["姓名", "职务"], ["王小明", "局长"], ["李建国", "副局长"]]]
    {
        let rows: Vec<Vec<String>> = rows.iter().map(|r| r.iter().map(|c| (*c).to_string()).collect()).collect();
        for (name, hold) in held {
            assert!(!codes(&attached(name, hold(&rows))).contains(&"SEC003".to_string()), "{name} {rows:?}");
        }
    }
}

#[test]
fn a_pdf_that_is_not_read_to_its_end_says_so() {
    const TEXT: &[u8] = b"BT /F1 12 Tf (ID 11010519491231002X) Tj ET";
    let with = |before: &str| [before.as_bytes(), TEXT].concat();
    let run = [&[TEXT.len() as u8 - 1], TEXT].concat();
    let expect = |bytes: Vec<u8>, want: &[&str], what: &str| assert_eq!(codes(&attached("a.pdf", bytes)), want, "{what}");
    // The end of the data ends runs, as readers take it.
    expect(page("/Filter /RunLengthDecode", &run), &["SEC003"], "runs without their end");
    expect(page("/Filter /RunLengthDecode", &[&run[..], &[128]].concat()), &["SEC003"], "runs with their end");
    expect(page("/Filter /RunLengthDecode", &[&[TEXT.len() as u8 + 10], TEXT].concat()), &["SEC003"], "a run that is cut off");
    expect(page("", &with(&"[".repeat(400).chars().chain("]".repeat(400).chars()).collect::<String>())), &["SEC003"], "depth that is read");
    for (what, before) in [
        ("arrays in arrays", "[".repeat(600) + &"]".repeat(600)),
        ("an array without its end", "[ ".to_string()),
        ("a string without its end", "( ".to_string()),
        ("a map without its end", "<< ".to_string()),
        ("more operands than any order has", "1 ".repeat(100) + "m "),
    ] {
        expect(page("", &with(&before)), &["SEC011"], what);
    }
    expect(page("/Filter /ASCIIHexDecode", b"zz"), &["SEC011"], "digits that are none");
    expect(page("/Filter /DCTDecode", TEXT), &["SEC011"], "a picture in place of orders");
    expect(page("", b"BT /F1 12 Tf (Notice) Tj ET"), &[], "a sound file");
}

#[test]
fn a_small_pdf_that_asks_for_millions_of_orders_is_ended_early() {
    let packed = |orders: &[u8]| {
        use std::io::Write as _;
        let mut z = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        z.write_all(orders).unwrap();
        page("/Filter /FlateDecode", &z.finish().unwrap())
    };
    for (what, orders) in [
        ("texts", ["BT /F1 12 Tf ", &"(a) Tj ".repeat(2_000_000), "ET"].concat()),
        ("states", "q ".repeat(7_000_000)),
        ("numbers", "1 ".repeat(7_000_000)),
        ("a long text", ["BT /F1 12 Tf (", &"a".repeat(14_000_000), ") Tj ET"].concat()),
        ("blanks", " ".repeat(40_000_000)),
    ] {
        let bytes = packed(orders.as_bytes());
        assert!(bytes.len() < 90_000, "{what}: {}", bytes.len());
        assert_eq!(codes(&attached("a.pdf", bytes)), ["SEC011"], "{what}");
    }
}

/// Whether a policy is published.
fn public(site: &str, folder: &str, head: &str, body: &str) -> bool {
    let p = Project::new(site);
    p.file("content/departments.yaml", OFFICE);
    p.file(&format!("content/{folder}/a.md"), format!("---\ntitle: 关于甲的通知\n{head}\n---\n{body}"));
    p.run(&["build", "--allow-errors", "--hold-back"]);
    p.exists(&format!("public/{folder}/a/index.html"))
}

const HEAD: &str = "issuer: [office]\nformed_on: 2024-01-01\npublished_at: 2024-01-02";
const BODY: &str = "正文第一段说明甲的情况。\n\n第二段说明乙。\n";

#[test]
fn working_states_hold_wherever_a_clerk_writes_them() {
    let mut wrong = String::new();
    let mut expect = |what: &str, held: bool, public: bool| {
        if public == held {
            let _ = writeln!(wrong, "{what}: public is {public}");
        }
    };
    for mark in ["（审议稿）", "（报批稿）", "（代拟稿）", "（签发稿）", "（过会稿）", "（初稿）", "（送审稿）"] {
        let p = Project::new(SITE_CN);
        p.file("content/departments.yaml", OFFICE);
        p.file("content/policies/a.md", format!("---\ntitle: 关于甲的办法{mark}\n{HEAD}\n---\n{BODY}"));
        p.run(&["build", "--allow-errors", "--hold-back"]);
        expect(&format!("title {mark}"), true, p.exists("public/policies/a/index.html"));
        expect(&format!("first {mark}"), true, public(SITE_CN, "policies", HEAD, &format!("{mark}\n\n{BODY}")));
        expect(&format!("last {mark}"), true, public(SITE_CN, "policies", HEAD, &format!("{BODY}\n{mark}\n")));
        expect(&format!("day {mark}"), true, public(SITE_CN, "policies", HEAD, &format!("{BODY}\n2024年1月1日　　{mark}\n")));
    }
    for mark in ["暂不公开", "暂缓公开", "待审", "主动公开选项：否", "（此件发至乡镇级，不登报）"] {
        expect(&format!("last {mark}"), true, public(SITE_CN, "policies", HEAD, &format!("{BODY}\n{mark}\n")));
    }
    for mark in ["（依申请公开）", "（不予公开）", "仅供内部参阅", "内部文件", "For internal use only", "（此件发至县团级）", "草稿"]
    {
        expect(&format!("day {mark}"), true, public(SITE_CN, "policies", HEAD, &format!("{BODY}\n2024年1月1日　　{mark}\n")));
        expect(&format!("glued {mark}"), true, public(SITE_CN, "policies", HEAD, &format!("{BODY}\n甲市办公室 二〇二四年一月一日{mark}\n\n抄送：乙。\n")));
    }
    // What is open, is out for comment, or only speaks of it.
    for body in [
        format!("{BODY}\n2024年1月1日　　（主动公开）\n"),
        format!("{BODY}\n2024年1月1日印发\n"),
        format!("{BODY}\n本办法自2024年1月1日起施行，内部文件的管理另行规定。\n"),
        format!("{BODY}\n2024年1月1日，报批稿通过审查。\n"),
        format!("{BODY}\n（征求意见稿）\n"),
    ] {
        expect(&body, false, public(SITE_CN, "policies", HEAD, &body));
    }
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", OFFICE);
    p.file("content/news/a.md", "---\ntitle: 《甲规范》行业标准（报批稿）公示\npublished_at: 2024-01-02\n---\n请提出意见。\n");
    p.run(&["build", "--allow-errors", "--hold-back"]);
    expect("a standard that is shown", false, p.exists("public/news/a/index.html"));
    assert_eq!(wrong, "");
}

#[test]
fn keys_of_other_systems_and_a_signature_to_come_hold() {
    let held = |key: &str| !public(SITE_CN, "policies", &format!("{HEAD}\n{key}"), BODY);
    for key in [
        "信息分类: 内部",
        "信息类别: 依申请公开",
        "文件分类: 内部",
        "live: false",
        "archived: true",
        "status: archived",
        "state: 下线",
        "已下线: 是",
        "review:\n  - {step: 起草, role: 科员, on: 2023-12-01}\n  - {step: 签发, role: 局长, on: 2027-01-01}",
        "review: [{step: sign, role: 局长, on: 2027-01-01}]",
    ] {
        assert!(held(key), "{key}");
    }
    for key in [
        "信息分类: 公开",
        "信息分类: 通知",
        "live: true",
        "archived: false",
        "review: [{step: 签发, role: 局长, on: 2023-12-30}]",
        "review: [{step: 审核, role: 局长, on: 2027-01-01}]",
    ] {
        assert!(!held(key), "{key}");
    }
}

#[test]
fn homes_are_seen_in_every_published_place() {
    const DATA: &str = "title: 表\ndescription: 一张表。\npublisher: office\nlicense: CC-BY-4.0\nissued: 2025-12-01\n";
    const NEWS: &str = "---\ntitle: 甲\npublished_at: 2025-12-01\n---\n";
    const ASKED: &str = "---\ntitle: 甲\nissuer: [office]\nopens: 2025-10-01\ncloses: 2025-11-01\nresult: {on: 2025-11-20, rows: o.csv}\n---\n正文\n";
    let field = |f: &str| format!("{DATA}resources: [{{name: a, path: a.csv, title: 甲, schema: {{fields: [{{name: 地区, {f}}}]}}}}]\n");
    let resource = |r: &str| format!("{DATA}resources: [{{name: a, path: a.csv, {r}}}]\n");
    let news = |body: &str| format!("{NEWS}{body}\n");
    let head = |line: &str| format!("---\ntitle: 甲\npublished_at: 2025-12-01\n{line}\n---\n正文。\n");
    let data = "content/datasets/x/dataset.yaml";
    // `@` is the home.
    let places: Vec<(&str, String)> = vec![
        ("content/departments.yaml", "- {id: office, name: 办公室, description: \"@\"}\n".into()),
        ("content/departments.yaml", "- id: office\n  name: 办公室\n  functions:\n    - @\n".into()),
        ("content/departments.yaml", "- id: office\n  name: 办公室\n  leaders:\n    - {name: 王五, title: 局长, duties: \"@\"}\n".into()),
        ("content/glossary.yaml", "- {term: 甲, definition: \"@\"}\n".into()),
        ("content/glossary.yaml", "- term: @\n  definition: 甲\n".into()),
        ("content/synonyms.yaml", "- {term: 甲, aliases: [\"@\"]}\n".into()),
        ("content/alerts.yaml", "- {title: \"@\"}\n".into()),
        ("content/alerts.yaml", "- title: 甲\n  text: @\n".into()),
        ("content/themes.yaml", "- {id: a, label: 甲, description: \"@\"}\n".into()),
        ("content/themes.yaml", "- {id: a, label: \"@\"}\n".into()),
        ("site.yaml", format!("{SITE_CN}home:\n  - {{text: \"@\"}}\n")),
        ("site.yaml", format!("{SITE_CN}home:\n  - links: [{{title: \"@\", url: /}}]\n")),
        ("site.yaml", format!("{SITE_CN}home:\n  - links:\n      - {{title: 甲, url: /, note: \"@\"}}\n")),
        ("site.yaml", format!("{SITE_CN}description: \"@\"\n")),
        ("content/disclosure/catalogue.yaml", "- {node: \"20-01\", title: 甲, form: [网站], summary: \"@\", owner: {department: office}}\n".into()),
        ("content/disclosure/catalogue.yaml", "- node: \"20-01\"\n  title: 甲\n  none: @\n".into()),
        ("content/disclosure/exceptions.yaml", "- {title: \"@\", ground: 个人隐私, department: office, decided_on: 2025-01-01}\n".into()),
        ("content/disclosure/plan.yaml", "- what: @\n  department: office\n  by: 2026-12-01\n".into()),
        ("content/news/a.md", head("aliases: [\"/@\"]")),
        ("content/news/a.md", "---\ntitle: 关于@的公告\npublished_at: 2025-12-01\n---\n正文。\n".into()),
        ("content/news/a.md", head("summary: @")),
        ("content/news/a.md", head("keywords: [\"@\"]")),
        ("content/news/a.md", head("extra: {a: \"@\"}")),
        ("content/news/a.md", head("# @")),
        ("content/news/a.md", news("正文。<!--@-->")),
        ("content/news/a.md", news("正文[甲](/ \"@\")。")),
        ("content/news/a.md", news("正文[甲](/ '@')。")),
        ("content/news/a.md", news("正文[@](/)。")),
        ("content/news/a.md", news("正文[甲][1]。\n\n[1]: / \"@\"")),
        ("content/news/a.md", news("正文[^1]。\n\n[^1]: @")),
        ("content/news/a.md", news("正文`@`")),
        ("content/news/a.md", news("正文“@”")),
        ("content/news/a.md", news("1. @")),
        ("content/news/a.md", news("| 甲 | 乙 |\n|---|---|\n| 1 | @ |")),
        ("content/topics/a.yaml", "title: 甲\nblocks:\n  - {text: \"@\"}\n".into()),
        ("content/topics/a.yaml", "title: 甲\nblocks:\n  - links: [{title: 甲, url: /, note: \"@\"}]\n".into()),
        (data, resource("title: \"@\"")),
        (data, resource("title: 甲, charts: [{kind: bar, x: 地区, y: 值, title: 甲, note: \"@\"}]")),
        (data, field("description: \"@\"")),
        (data, field("example: \"@\"")),
        (data, field("categories: [\"@\"]")),
        (data, field("title: \"@\"")),
        ("content/consultations/o.csv", "no,from,opinion,outcome,reason\n1,李**,\"@\",采纳,好\n".into()),
        ("content/consultations/o.csv", "no,from,opinion,outcome,reason\n1,李**,好,采纳,\"@\"\n".into()),
    ];
    let mut missed = String::new();
    for home in ["李建国，住杭州市西湖区文三路259号3幢501室", "张晓明，住翠苑一区1幢3单元102室"] {
        for (file, text) in &places {
            let p = Project::new(SITE_CN);
            p.file("content/departments.yaml", OFFICE);
            if *file == data {
                p.file("content/datasets/x/a.csv", "地区,值\n甲,1\n乙,2\n丙,3\n");
            }
            if file.starts_with("content/consultations") {
                p.file("content/consultations/a.md", ASKED);
            }
            p.file(file, text.replace('@', home));
            let found = codes(&p);
            if !found.iter().any(|c| c == "SEC003" || c == "SEC010") {
                let _ = writeln!(missed, "{file}: {}", text.replace('@', home));
            }
        }
    }
    assert_eq!(missed, "");
}

/// The figures of the quality of the one dataset: the whole, and each rubric.
fn quality(rows: &str, fields: &str) -> Vec<(String, f64)> {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", OFFICE).file("content/datasets/x/a.csv", rows);
    let schema = if fields.is_empty() { String::new() } else { format!(", schema: {{fields: [{fields}]}}") };
    let yaml = format!(
        "title: 表\ndescription: 一张表。\npublisher: office\nlicense: CC-BY-4.0\naccess_rights: public\nissued: 2025-12-01\nfrequency: yearly\nresources: [{{name: a, path: a.csv, title: 甲{schema}}}]\n"
    );
    p.file("content/datasets/x/dataset.yaml", yaml);
    p.build();
    let json: serde_json::Value = serde_json::from_str(&p.raw("public/datasets/quality.json")).unwrap();
    fn figures(v: &serde_json::Value, path: &str, out: &mut Vec<(String, f64)>) {
        match v {
            serde_json::Value::Object(m) => m.iter().for_each(|(k, v)| figures(v, &format!("{path}/{k}"), out)),
            serde_json::Value::Array(a) => a.iter().enumerate().for_each(|(i, v)| figures(v, &format!("{path}/{i}"), out)),
            serde_json::Value::Number(n) => out.push((path.to_string(), n.as_f64().unwrap_or(0.0))),
            _ => {}
        }
    }
    let mut out = Vec::new();
    figures(&json["datasets"], "", &mut out);
    out.retain(|(k, _)| k == "/0/total" || k.ends_with("/points") && !k.contains("criteria"));
    assert!(out.len() > 4, "{json}");
    out
}

#[test]
fn masking_a_column_or_taking_out_a_faultless_one_raises_no_figure() {
    let provinces = ["北京", "天津", "河北", "山西"];
    let table = |columns: &[&str]| {
        let cell = |c: &str, n: usize| match c {
            "地区" => format!("{}{n}", provinces[n % 4]),
            "人口" | "人口（万人）" => (n * 37 % 900 + 100).to_string(),
            "半空" => {
                if n.is_multiple_of(2) {
                    (n + 10).to_string()
                } else {
                    String::new()
                }
            }
            "杂" => {
                if n.is_multiple_of(3) {
                    "无".to_string()
                } else {
                    (n + 10).to_string()
                }
            }
            "日期" => format!("2024-05-{:02}", n % 28 + 1),
            _ => format!("139{:08}", n * 1_234_567 % 100_000_000),
        };
        let rows: String = (0..60).map(|n| columns.iter().map(|c| cell(c, n)).collect::<Vec<_>>().join(",") + "\n").collect();
        format!("{}\n{rows}", columns.join(","))
    };
    let no_more = |what: &str, less: &[(String, f64)], more: &[(String, f64)]| {
        assert_eq!(less.len(), more.len(), "{what}");
        for ((k, a), (_, b)) in less.iter().zip(more) {
            assert!(a <= b, "{what}: {k} {b} -> {a}");
        }
    };
    for column in ["人口", "人口（万人）", "半空", "日期"] {
        let rows = table(&["地区", column]);
        let clear = quality(&rows, "");
        for mask in ["all", "middle"] {
            no_more(&format!("{column} {mask}"), &quality(&rows, &format!("{{name: {column}, mask: {mask}}}")), &clear);
        }
        // What is declared of it counts as before, and a mask beside it adds nothing.
        let told = quality(&rows, &format!("{{name: {column}, title: 甲, type: integer, unit: 万人}}"));
        no_more(&format!("{column} told"), &quality(&rows, &format!("{{name: {column}, title: 甲, type: integer, unit: 万人, mask: all}}")), &told);
    }
    // Text that is left in sight as text loses nothing by its mask.
    let rows = table(&["地区", "人口（万人）"]);
    no_more("地区 middle", &quality(&rows, "{name: 地区, mask: middle}"), &quality(&rows, ""));
    // A column without a fault, taken out.
    no_more("人口（万人） taken out", &quality(&table(&["地区"]), ""), &quality(&rows, ""));
    let dictionary = "{name: 地区, title: 地区, type: string}, {name: 人口, title: 人口, type: integer, unit: 万人}";
    no_more("人口 taken out", &quality(&table(&["地区"]), "{name: 地区, title: 地区, type: string}"), &quality(&table(&["地区", "人口"]), dictionary));
}

#[test]
fn what_is_withheld_has_its_ground_in_the_register() {
    let site = |exceptions: &str| {
        let p = Project::new(SITE_CN);
        p.file("content/departments.yaml", "- {id: office, name: 办公室}\n- {id: tax, name: 税务局}\n");
        let entry = |title: &str, more: &str| {
            format!(
                "- {{node: 本地, title: {title}, form: [政府网站], summary: 一项信息的说明。, time_limit: 20个工作日, basis: [政府信息公开条例], owner: {{department: office}}{more}}}\n"
            )
        };
        p.file("content/disclosure/catalogue.yaml", entry("人事档案管理情况", ", mode: 不予公开") + &entry("统计公报", ", none: 本机关不承担此项职能。"));
        if !exceptions.is_empty() {
            p.file("content/disclosure/exceptions.yaml", exceptions);
        }
        p
    };
    let told = |exceptions: &str| site(exceptions).findings(&[]).into_iter().filter(|f| f.0 == "CAT001").collect::<Vec<_>>();
    let none = told("");
    assert_eq!((none.len(), &*none[0].1, none[0].2), (2, "content/disclosure/catalogue.yaml", 1), "{none:?}");
    for lawful in [
        "- {title: 人事档案管理情况, ground: 个人隐私, department: office, decided_on: 2025-01-01}\n",
        "- {class: 人事档案, ground: 条例第十六条第一款, department: office, decided_on: 2025-01-01}\n",
    ] {
        assert!(told(lawful).is_empty(), "{lawful} {:?}", told(lawful));
    }
    for other in [
        "- {title: 人事档案管理情况的内部草稿, ground: 个人隐私, department: office, decided_on: 2025-01-01}\n",
        "- {title: 人事档案管理情况, ground: 个人隐私, department: tax, decided_on: 2025-01-01}\n",
        "- {title: 人事档案管理情况, ground: 个人隐私, department: office, decided_on: 2025-01-01, draft: true}\n",
    ] {
        assert!(!told(other).is_empty(), "{other}");
    }
}

#[test]
fn word_files_of_this_program_come_back_as_items() {
    let text = "序言。\n\n## 第一章 总则\n\n第一条 为了规范甲，制定本办法。\n\n第二条 本办法自发布之日起施行。\n\n| 名称 | 数量 |\n| --- | --- |\n| 甲 | 1 |\n";
    let p = Project::new(&format!("{SITE_CN}outputs: {{docx: true}}\n"));
    p.file("content/departments.yaml", "- {id: office, name: 甲市人民政府办公室}\n");
    p.file(
        "content/policies/law.md",
        format!("---\ntitle: 甲市某事管理办法\nissuer: [office]\ndoc_no: 甲政办发〔2020〕1号\nformed_on: 2020-01-02\npublished_at: 2020-01-03\neffective_from: 2020-02-01\ntheme: 综合政务/政务公开\nindex_no: 000014349/2020-00012\n---\n{text}"),
    );
    p.file(
        "content/policies/old.md",
        format!("---\ntitle: 甲市某事暂行办法\nissuer: [office]\ndoc_no: 甲政办发〔2010〕1号\nformed_on: 2010-01-02\npublished_at: 2010-01-03\nrepealed_by: [law]\n---\n{text}"),
    );
    p.build();
    let back = Project::new(SITE_CN);
    back.file("content/departments.yaml", "- {id: office, name: 甲市人民政府办公室}\n");
    for name in ["law", "old"] {
        #[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
        let bytes = std::fs::read(p.path(&format!("public/policies/{name}/policy.docx"))).unwrap();
        back.file(&format!("in/{name}.docx"), bytes);
    }
    let ran = back.run(&["import", "docx", "in", "--type", "policy"]);
    assert!(ran.code < 2, "{ran:#?}");
    let all = crate::support::tree(&back.path("content/policies"));
    let find = |title: &str| {
        all.values().map(|b| String::from_utf8_lossy(b).into_owned()).find(|t| t.contains(title)).unwrap_or_else(|| panic!("{title}: {:?}", all.keys()))
    };
    let law = find("甲市某事管理办法");
    for part in [
        "issuer: office",
        "doc_no: 甲政办发〔2020〕1号",
        "formed_on: 2020-01-02",
        "published_at: 2020-01-03",
        "effective_from: 2020-02-01",
        "theme: ",
        "000014349/2020-00012",
        "source_url: https://example.org/policies/law/",
        "序言。",
        "第一条",
        "| 甲",
    ] {
        assert!(law.contains(part), "{part}:\n{law}");
    }
    let body = law.split("\n---\n").nth(1).unwrap_or("");
    for part in ["发文机关", "现行有效", "截至", "来源", "[EB/OL]", "甲市某事管理办法"] {
        assert!(!body.contains(part), "{part}:\n{law}");
    }
    // That it does not hold any more is not lost.
    let old = find("甲市某事暂行办法");
    assert!(old.contains("draft: true") && ran.out.contains("时效性") && !old.contains("截至"), "{old}\n{ran:#?}");
}

#[test]
fn long_lists_of_numbers_are_gone_through_once() {
    // The same work for twice the list takes about twice the time of the processor.
    let spent = |n: usize, piece: &str| {
        let p = Project::new(SITE_CN);
        p.file("content/departments.yaml", OFFICE);
        p.file("content/policies/a.md", format!("---\ntitle: 关于甲的通知\nissuer: [office]\npublished_at: 2025-12-01\n---\n{}\n", piece.repeat(n)));
        // What the shell counts is this one process alone, whatever else runs.
        let line = "\"$0\" build --allow-errors >/dev/null 2>&1; times";
        let out = std::process::Command::new("bash").current_dir(p.root()).args(["-c", line, env!("CARGO_BIN_EXE_clerestory")]).output().expect("bash");
        assert!(p.exists("public/policies/a/index.html"));
        let told = String::from_utf8_lossy(&out.stdout).into_owned();
        let user = told.lines().last().and_then(|l| l.split_whitespace().next()).unwrap_or_else(|| panic!("{told}"));
        let (m, s) = user.trim_end_matches('s').split_once('m').unwrap_or_else(|| panic!("{told}"));
        std::time::Duration::from_secs_f64(m.parse::<f64>().unwrap() * 60.0 + s.parse::<f64>().unwrap())
    };
    for piece in ["国发〔2020〕1号、", "110105194912310021 "] {
        let base = spent(1, piece);
        let (once, twice) = (spent(8_000, piece).saturating_sub(base), spent(16_000, piece).saturating_sub(base));
        assert!(twice < once * 3 + std::time::Duration::from_millis(200), "{piece}: {once:?}, then {twice:?}");
    }
}

#[test]
fn a_wide_head_above_short_rows_is_told() {
    let table = |columns: usize, rows: usize, row: &str| {
        let p = Project::new(SITE_CN);
        p.file("content/departments.yaml", OFFICE);
        let text = format!("|{}\n|{}\n{}", "a|".repeat(columns), "-|".repeat(columns), row.repeat(rows));
        p.file("content/policies/a.md", format!("---\ntitle: 关于甲的通知\nissuer: [office]\npublished_at: 2025-12-01\n---\n{text}"));
        p.findings(&[]).iter().any(|f| f.0 == "SRC017")
    };
    assert!(table(20_000, 2_000, "|x|\n") && table(400, 300, "|x|\n"));
    assert!(!table(40, 1_000, "|x|\n") && !table(10, 2_000, &format!("|{}\n", "x|".repeat(10))));
}
