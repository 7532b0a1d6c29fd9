//! Kinds of faults, mended whole: closed data that tell their columns, lists without a head row, masks that are undone, files that are
//! cut off, signs of HTML in fields, working names, periods in texts, mistyped addresses, old addresses of what comes out later.

use crate::support::{Project, SITE, SITE_CN, shown, tree};
use std::io::{Cursor, Write as _};

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut z = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        z.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        z.write_all(text.as_bytes()).unwrap();
    }
    z.finish().unwrap().into_inner()
}

/// Everything that a workbook of `form.xlsx` says, beside what `shown` does.
fn words(name: &str, bytes: &[u8]) -> String {
    if !bytes.starts_with(b"PK") {
        return format!("{name}\n{}", shown(name, bytes));
    }
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = name.to_string();
    for i in 0..parts.len() {
        let mut part = parts.by_index(i).unwrap();
        out.push_str(&part.name().unwrap());
        let mut inner = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut inner).unwrap();
        out.push_str(&String::from_utf8_lossy(&inner));
    }
    out
}

#[test]
fn closed_data_show_their_head_alone() {
    for (access, file) in [("不予开放", false), ("有条件开放", true), ("有条件开放", false)] {
        let p = Project::new(SITE_CN);
        p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
        let place = if file { "path: shutfile.csv" } else { "url: 'https://example.net/shuturl.csv'" };
        let open = "title: 开放的数\npublisher: [office]\nlicense: CC-BY-4.0\nfrequency: 每年\nissued: 2025-12-01\nresources: [{name: o, path: o.csv, schema: {fields: [{name: 开列, title: 开题}]}}]\n";
        p.file("content/datasets/open.yaml", open).file("content/datasets/o.csv", "开列,数\n甲,1\n乙,2\n");
        p.file(
            "content/datasets/shut.yaml",
            format!(
                "title: 关着的数\ndescription: 头里的说明。\npublisher: [office]\nlicense: CC-BY-4.0\nfrequency: 每年\nissued: 2025-12-01\naccess_rights: {access}\naccess_conditions: 书面申请\nresources:\n  - name: r\n    title: 资源题\n    {place}\n    schema:\n      fields: [{{name: SHUTCOL, title: 密列题, description: 密列说, unit: 密单位}}, {{name: SHUTTWO, title: 密列二, type: integer, constraints: {{enum: [7192345678, 2]}}}}]\n      primaryKey: [SHUTCOL]\ncharts: [{{name: shutchart, title: 密图题, kind: bar, x: SHUTCOL, y: [SHUTTWO]}}]\n"
            ),
        );
        if file {
            p.file("content/datasets/shutfile.csv", "SHUTCOL,SHUTTWO\nSHUTVALUE,7192345678\nSHUTB,2\nSHUTC,2\n");
        }
        p.build();
        let secret = ["SHUTCOL", "密列题", "密列说", "密单位", "SHUTTWO", "密列二", "7192345678", "shutfile", "shuturl", "SHUTVALUE", "shutchart", "密图题"];
        let (mut head, mut opened) = (false, false);
        for (name, bytes) in tree(&p.path("public")) {
            let text = words(&name, &bytes);
            for word in secret {
                let escaped: String = word.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", c as u32) }).collect();
                assert!(!text.contains(word) && !text.to_lowercase().contains(&escaped.to_lowercase()), "{access} {file}: {name} tells {word}");
            }
            head |= text.contains("头里的说明");
            opened |= name.ends_with("form.xlsx") && text.contains("开题");
        }
        assert!(head && opened, "the head is shown, and the dictionary of open data");
        assert!(!p.exists("public/datasets/shut/form.xlsx"));
    }
}

/// What `check` tells of an item whose text or file it is, of these codes.
fn told(p: &Project, codes: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = p.findings(&[]).into_iter().filter(|f| codes.contains(&f.0.as_str())).map(|f| format!("{} {}", f.0, f.1)).collect();
    all.sort();
    all.dedup();
    all
}

const PEOPLE: [(&str, &str, &str); 6] = [
    ("王建国", "男", "东风村3组12号"),
    ("李秀英", "女", "东风村1组5号"),
    ("张伟", "男", "红旗村2组31号"),
    ("刘芳", "女", "文三路12号3幢2单元501室"),
    ("陈志强", "男", "文三路7号9单元302室"),
    ("赵玉兰", "女", "红旗村6组8号"),
];

/// A workbook of one sheet.
fn xlsx(rows: &[Vec<&str>]) -> Vec<u8> {
    let rows: String = rows
        .iter()
        .enumerate()
        .map(|(i, r)| format!("<row r=\"{}\">{}</row>", i + 1, r.iter().map(|v| format!("<c t=\"str\"><v>{v}</v></c>")).collect::<String>()))
        .collect();
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

#[test]
fn lists_without_a_head_row_are_known_by_their_values() {
    let rows: Vec<Vec<&str>> = PEOPLE.iter().map(|(n, s, h)| vec![*n, *s, *h]).collect();
    let lines = |sep: &str| rows.iter().map(|r| r.join(sep)).collect::<Vec<_>>().join("\n");
    let two = |sep: &str| rows.chunks(2).map(|c| c.iter().map(|r| r.join(" ")).collect::<Vec<_>>().join(sep)).collect::<Vec<_>>().join("\n");
    let p = Project::new(SITE_CN);
    let files: [(&str, Vec<u8>); 5] = [
        ("a.csv", lines(",").into_bytes()),
        ("a.xlsx", xlsx(&rows)),
        ("a.json", serde_json::to_vec(&rows).unwrap()),
        ("a.txt", lines(" ").into_bytes()),
        ("b.txt", two("    ").into_bytes()),
    ];
    for (i, (name, bytes)) in files.iter().enumerate() {
        p.file(&format!("content/news/{i}/{name}"), bytes);
        p.file(&format!("content/news/{i}.md"), format!("---\ntitle: 通知\npublished_at: 2025-12-01\nattachments: [{i}/{name}]\n---\n正文。\n"));
    }
    let head = "---\ntitle: 名单\npublished_at: 2025-12-01\n---\n";
    let table =
        |first: &str| format!("{head}\n{first}\n|---|---|---|\n{}\n", rows.iter().map(|r| format!("| {} |", r.join(" | "))).collect::<Vec<_>>().join("\n"));
    p.file("content/news/t1.md", table("|  |  |  |")).file("content/news/t2.md", table("| 孙国平 | 男 | 红旗村9组1号 |"));
    p.file("content/news/t3.md", format!("{head}\n{}\n", lines("　"))).file("content/news/t4.md", format!("{head}\n{}\n", two("　　")));
    p.file("content/news/t5.md", format!("{head}\n{}\n", rows.iter().map(|r| format!("{}\n{}", r[0], r[2])).collect::<Vec<_>>().join("\n\n")));
    // The last sign of an identity number is wrong, and a name stands before it.
    p.file("content/news/t6.md", format!("{head}\n王建国 330102198501011231\n"));
    let found = told(&p, &["SEC003"]);
    for (i, (name, _)) in files.iter().enumerate() {
        assert!(found.iter().any(|f| f.contains(&format!("/{i}/{name}"))), "{name}: {found:?}");
    }
    for t in ["t1", "t2", "t3", "t4", "t5", "t6"] {
        assert!(found.contains(&format!("SEC003 content/news/{t}.md")), "{t}: {found:?}");
    }
    // What is no list of people.
    let p = Project::new(SITE_CN);
    let shops = "康宁大药房 文三路12号\n金满楼酒店 文三路18号\n新华书店 解放路5号\n";
    let rules = "根据国发〔2021〕30号、浙政发〔2020〕5号和杭政办〔2019〕12号文件，各单位要落实。\n第1组、第2组、第3组分别负责。\n";
    p.file("content/news/a.md", format!("{head}\n{shops}\n")).file("content/news/b.md", format!("{head}\n{rules}\n"));
    p.file("content/news/c/x.csv", "黄瓜,西红柿,5\n白菜,土豆,6\n茄子,豆角,7\n");
    p.file("content/news/c.md", "---\ntitle: 通知\npublished_at: 2025-12-01\nattachments: [c/x.csv]\n---\n正文。\n");
    assert_eq!(told(&p, &["SEC003", "SEC010"]), [""; 0]);
}

#[test]
fn masks_that_are_thin_or_undone_are_told() {
    let p = Project::new(SITE_CN);
    let news = |p: &Project, n: &str, text: &str| {
        p.file(&format!("content/news/{n}.md"), format!("---\ntitle: 通知\npublished_at: 2025-12-01\n---\n{text}\n"));
    };
    news(&p, "thin1", "联系 1390***5678。");
    news(&p, "thin2", "身份证 33010619900101123*。");
    news(&p, "thin3", "身份证 ******199001011234。");
    p.file("content/news/c/x.csv", "姓名,备注\n张*三,获奖者张小三\n李*四,无\n");
    p.file("content/news/c.md", "---\ntitle: 通知\npublished_at: 2025-12-01\nattachments: [c/x.csv]\n---\n正文。\n");
    p.file("content/news/d/名单（王小明）.csv", "姓名,分\n王*明,5\n李*四,6\n");
    p.file("content/news/d.md", "---\ntitle: 通知\npublished_at: 2025-12-01\nattachments: [\"d/名单（王小明）.csv\"]\n---\n正文。\n");
    // Sound masks, and stars that hide nothing.
    news(&p, "good1", "联系 138****5678，身份证 330106********1234、3301**********1234、33010619900101****，张*三、李**。");
    news(&p, "good2", "**注意**：2*3=6，五星★★★，见注*和**。");
    let found = told(&p, &["SEC010"]);
    for n in ["thin1.md", "thin2.md", "thin3.md", "c/x.csv", "news/d.md"] {
        assert!(found.iter().any(|f| f.ends_with(n)), "{n}: {found:?}");
    }
    assert_eq!(found.len(), 5, "{found:?}");
}

#[test]
fn what_is_cut_off_or_damaged_is_told_to_be_not_read() {
    let text: String = (0..600).map(|i| format!("<w:p><w:r><w:t>第{}条 {}</w:t></w:r></w:p>", i, i * 7919 % 10_007)).collect();
    let body = format!("<w:document xmlns:w=\"x\"><w:body>{text}</w:body></w:document>");
    let docx = zipped(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &body), ("word/styles.xml", "<x/>")]);
    let plain: String = (0..600).map(|i| format!("行{} {}\n", i, i * 7919 % 10_007)).collect();
    let zip = zipped(&[("a.txt", &plain), ("b.txt", &plain)]);
    let at = |b: &[u8], sign: &[u8]| memchr::memmem::find(b, sign).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (end, b) in [("docx", &docx), ("zip", &zip)] {
        files.push((format!("half.{end}"), b[..b.len() / 2].to_vec()));
        files.push((format!("tail.{end}"), b[..b.len() - 10].to_vec()));
        files.push((format!("nodir.{end}"), b[..at(b, b"PK\x01\x02")].to_vec()));
        let mut broken = b.clone();
        broken[at(b, b"PK\x01\x02")] = b'X';
        files.push((format!("baddir.{end}"), broken));
        // An entry that the directory does not name any more.
        let (dir, first) = (memchr::memmem::rfind(b, b"PK\x05\x06").unwrap(), memchr::memmem::rfind(b, b"PK\x01\x02").unwrap());
        let n = u16::from_le_bytes([b[dir + 10], b[dir + 11]]) - 1;
        let size = u32::from_le_bytes([b[dir + 12], b[dir + 13], b[dir + 14], b[dir + 15]]) - (dir - first) as u32;
        let fewer = [&b[..first], &b[dir..dir + 8], &n.to_le_bytes(), &n.to_le_bytes(), &size.to_le_bytes(), &b[dir + 16..]].concat();
        files.push((format!("unlisted.{end}"), fewer));
        // Bytes in the middle of the largest entry.
        let mut broken = b.clone();
        let middle = if end == "zip" { at(b, b"b.txt") + 300 } else { at(b, b"word/document.xml") + 1_500 };
        broken[middle..middle + 40].iter_mut().for_each(|x| *x = !*x);
        files.push((format!("middle.{end}"), broken));
    }
    let pdf = pdf();
    files.push(("half.pdf".into(), pdf[..pdf.len() / 2].to_vec()));
    files.push(("tail.pdf".into(), pdf[..pdf.len() - 8].to_vec()));
    let mut broken = pdf.clone();
    let middle = at(&pdf, b"stream\n") + 200;
    broken[middle..middle + 40].iter_mut().for_each(|x| *x = !*x);
    files.push(("middle.pdf".into(), broken));
    let whole = files.len();
    files.extend([("good.docx".to_string(), docx), ("good.zip".into(), zip), ("good.pdf".into(), pdf)]);
    for profile in ["cn-gov", "cn-gov-strict"] {
        let p = Project::new(&SITE_CN.replace("cn-gov", profile));
        for (name, bytes) in &files {
            p.file(&format!("content/news/{name}"), bytes);
            let id = name.replace('.', "-");
            p.file(&format!("content/news/{id}.md"), format!("---\ntitle: 通知\npublished_at: 2025-12-01\nattachments: [{name}]\n---\n正文。\n"));
        }
        let ran = p.run(&["check", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let found: Vec<&serde_json::Value> = json["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "SEC011").collect();
        let of = |name: &str| found.iter().find(|f| f["file"] == format!("content/news/{}.md", name.replace('.', "-")));
        for (i, (name, _)) in files.iter().enumerate() {
            assert_eq!(of(name).is_some(), i < whole, "{profile} {name}: {found:#?}");
            let want = if profile == "cn-gov" { "info" } else { "warning" };
            assert!(of(name).is_none_or(|f| f["severity"] == want), "{name}");
        }
    }
}

/// A PDF of one page whose text is packed.
fn pdf() -> Vec<u8> {
    let text: String = (0..400).map(|i| format!("(line {} {}) Tj 0 -14 Td ", i, i * 7919 % 10_007)).collect();
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(format!("BT /F1 12 Tf 72 720 Td {text} ET").as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let mut stream = format!("<< /Length {} /Filter /FlateDecode >>\nstream\n", packed.len()).into_bytes();
    stream.extend(&packed);
    stream.extend(b"\nendstream");
    let objects: [Vec<u8>; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (i, o) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", i + 1).bytes().chain(o.iter().copied()).chain(*b"\nendobj\n"));
    }
    let at = out.len();
    let table: String = places.iter().map(|p| format!("{p:010} 00000 n \n")).collect();
    out.extend(format!("xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n").bytes());
    out
}

#[test]
fn working_names_are_told_and_what_says_no_is_held() {
    let p = Project::new(SITE_CN);
    let ends = ["（讨论稿）", "（修改稿）", "修改版3", "终稿2", "final_v3", "（领导改）", "（清样）", "（第三稿）", "（定稿）", "-FINAL"];
    let held = ["（征求意见稿-内部修改）", "（未公开）", "（先不发）", "（内部稿）", "（定稿（勿外传））"];
    for (i, end) in ends.iter().chain(&held).enumerate() {
        let name = format!("供热管理办法{end}");
        p.file(&format!("content/news/t{i}.md"), format!("---\ntitle: {name}\npublished_at: 2025-12-01\n---\n正文。\n"));
        p.file(&format!("content/news/{name}.txt"), "附件");
        p.file(&format!("content/news/a{i}.md"), format!("---\ntitle: 通知\npublished_at: 2025-12-01\nattachments: [\"{name}.txt\"]\n---\n正文。\n"));
        p.file(&format!("static/{name}.pdf"), "x");
    }
    // Real titles.
    let real = [
        "供热管理办法（征求意见稿）",
        "关于公开征求《供热管理办法（征求意见稿）》意见的公告",
        "统计法（2009修订）",
        "关于召开教材定稿会的通知",
        "供热管理办法（试行）",
        "农村改厕工作方案",
    ];
    for (i, title) in real.iter().enumerate() {
        p.file(&format!("content/news/g{i}.md"), format!("---\ntitle: {title}\npublished_at: 2025-12-01\n---\n正文。\n"));
    }
    let found = told(&p, &["SEC016", "SEC013", "SEC002"]);
    let says = |code: &str, file: &str| found.iter().any(|f| f.as_str() == format!("{code} {file}"));
    for (i, end) in ends.iter().enumerate() {
        assert!(says("SEC016", &format!("content/news/t{i}.md")) && !says("SEC013", &format!("content/news/t{i}.md")), "{end}: {found:#?}");
    }
    for (i, end) in held.iter().enumerate() {
        let file = format!("content/news/t{}.md", ends.len() + i);
        assert!(says("SEC013", &file) || says("SEC002", &file), "{end}: {found:#?}");
    }
    for end in &ends[..9] {
        let name = format!("供热管理办法{end}");
        assert!(says("SEC016", &format!("content/news/{name}.txt")), "{name}: {found:#?}");
        assert!(says("SEC016", &format!("static/{name}.pdf")), "{name}: {found:#?}");
    }
    assert!(!found.iter().any(|f| f.contains("/news/g")), "{found:#?}");
}

#[test]
fn periods_of_texts_are_held_against_the_head() {
    let p = Project::new(SITE_CN);
    let policy = |n: &str, head: &str, text: &str| {
        p.file(&format!("content/policies/{n}.md"), format!("---\ntitle: 供热管理办法\npublished_at: 2020-03-01\n{head}---\n\n{text}\n"));
    };
    policy("a", "", "第十条 本办法自2020年1月1日起施行，有效期至2024年12月31日。");
    policy("b", "", "第十条 本办法自2020年1月1日起施行，有效期五年。");
    policy("c", "expires_on: 2030-12-31\n", "第十条 本办法自2020年1月1日起施行，有效期5年。");
    policy("d", "", "本规定自印发之日起试行一年。");
    policy("e", "expires_on: 2024-12-31\n", "第十条 本办法自2020年1月1日起施行，有效期五年。");
    policy("f", "", "食品生产许可证的有效期为五年。本办法自2020年1月1日起施行。");
    let found = told(&p, &["POL005"]);
    assert_eq!(found, ["a", "b", "c", "d"].map(|n| format!("POL005 content/policies/{n}.md")));
    let out = p.run(&["check", "--lang", "zh"]).out;
    assert!(out.contains("正文说有效期到 2024-12-31，已经过了") && out.contains("有效期到 2021-02-28") && out.contains("expires_on 却是 2030-12-31"), "{out}");
}

#[test]
fn old_addresses_of_what_comes_out_later() {
    let p = Project::new(SITE);
    let news = |n: &str, head: &str| {
        p.file(&format!("content/news/{n}.md"), format!("---\ntitle: 通知{n}\n{head}---\n正文。\n"));
    };
    news("now", "published_at: 2025-12-01\naliases: [/b.html]\n");
    news("l1", "published_at: 2026-12-01\naliases: [/news/now/, /free.html]\n");
    news("l2", "published_at: 2026-12-02\naliases: [/b.html]\n");
    news("l3", "published_at: 2026-12-02\naliases: [/free.html]\n");
    news("l4", "published_at: 2026-12-02\naliases: [/only-here.html]\n");
    news("signs", "published_at: 2025-12-01\naliases: [\"/a,b.html\", \"/c d.html\", \"/x.html, /y.html\"]\n");
    assert_eq!(
        told(&p, &["URL001", "URL005"]),
        ["URL001 content/news/l1.md", "URL001 content/news/l2.md", "URL001 content/news/l3.md", "URL005 content/news/signs.md"]
    );
    let ran = p.run(&["build"]);
    assert!(ran.code == 0 && p.exists("public/a,b.html") && p.exists("public/c d.html"), "{ran:#?}");
}

#[test]
fn a_folder_of_others_takes_no_site_unless_told() {
    let p = Project::new(SITE);
    p.file("content/news/a.md", "---\ntitle: 通知\npublished_at: 2025-12-01\n---\n正文。\n");
    p.build();
    p.file("www/notes.txt", "mine").file("clean/.well-known/x", "host");
    let ran = p.run(&["deploy", "www"]);
    assert!(ran.code == 2 && ran.err.contains("notes.txt") && ran.err.contains("--adopt") && !p.exists("www/index.html"), "{ran:#?}");
    assert_eq!(p.run(&["deploy", "clean"]).code, 0);
    let ran = p.run(&["deploy", "www", "--adopt"]);
    assert!(ran.code == 0 && p.exists("www/index.html") && p.read("www/notes.txt") == "mine", "{ran:#?}");
    assert_eq!(p.run(&["deploy", "www"]).code, 0);
}
