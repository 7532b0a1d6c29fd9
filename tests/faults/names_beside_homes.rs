//! Names beside homes under everyday heads, tables within documents, masks that the next column undoes, papers of other countries,
//! letters of citizens; lists of research that are none of the sick.

use crate::support::{Project, SITE_CN};
use clerestory::personal::{Kind, Sure, traces, veiled_letter, written};
use std::fmt::Write as _;

const NAMES: [&str; 12] = ["王小明", "李建国", "张晓明", "刘红梅", "陈志强", "杨丽华", "赵国庆", "黄海涛", "周文斌", "吴秀英", "徐志刚", "孙玉兰"];

/// A project with one dataset of these files.
fn dataset(files: &[(&str, Vec<u8>)]) -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    let list: Vec<String> = files.iter().enumerate().map(|(n, (f, _))| format!("{{name: a{n}, path: {f}, title: 甲{n}}}")).collect();
    let yaml = format!("title: 表\ndescription: 一张表。\npublisher: office\nlicense: CC-BY-4.0\nissued: 2025-12-01\nresources: [{}]\n", list.join(", "));
    p.file("content/datasets/x/dataset.yaml", yaml);
    for (name, bytes) in files {
        p.file(&format!("content/datasets/x/{name}"), bytes.clone());
    }
    p
}

/// The codes of its findings of personal data, each once.
fn codes(p: &Project) -> Vec<String> {
    let mut out: Vec<String> = p.findings(&[]).into_iter().map(|f| f.0).filter(|c| c == "SEC003" || c == "SEC010").collect();
    out.sort();
    out.dedup();
    out
}

/// What a CSV with this head and one row a name makes of it: the strictest finding.
fn table(head: &str, row: impl Fn(usize, &str) -> String) -> Option<String> {
    let rows: String = NAMES.iter().enumerate().map(|(n, name)| row(n, name) + "\n").collect();
    codes(&dataset(&[("a.csv", format!("{head}\n{rows}").into_bytes())])).into_iter().next()
}

/// An identity number with its check digit.
fn id(n: usize) -> String {
    let body = format!("440103199807{:02}{:03}", n % 28 + 1, n * 7 % 999);
    const W: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(W).map(|(d, w)| u32::from(d - b'0') * w).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

#[test]
fn names_beside_flats_are_seen_under_everyday_heads() {
    let mut wrong = String::new();
    let flat = |n: usize| format!("翠苑一区{}幢3单元{}室", n % 9 + 1, 100 + n);
    let mut expect = |head: &str, row: &dyn Fn(usize, &str) -> String, want: Option<&str>| {
        let found = table(head, row);
        if found.as_deref() != want {
            let _ = writeln!(wrong, "{head}: {found:?}, not {want:?}");
        }
    };
    for head in ["业主", "产权人", "权利人", "承租人", "购房人", "保障对象", "被征收人", "姓名"] {
        expect(&format!("{head},家庭住址"), &|n, name| format!("{name},{}", flat(n)), Some("SEC003"));
    }
    for head in ["房屋位置", "门牌", "门牌号", "房号", "楼栋房号", "小区", "安置房号", "具体位置", "位置", "所在地"] {
        expect(&format!("姓名,{head}"), &|n, name| format!("{name},{}", flat(n)), Some("SEC003"));
    }
    expect("业主,房号", &|n, name| format!("{name},{}幢{}室", n % 9 + 1, 501 + n), Some("SEC003"));
    // What somebody owns is told in notices by law: somebody should look.
    expect("权利人,坐落", &|n, name| format!("{name},{}", flat(n)), Some("SEC010"));
    // Offices, firms, people who answer for something.
    expect("负责人,地址", &|n, name| format!("{name},文三路{n}号"), None);
    expect("河长,河道", &|n, name| format!("{name},第{n}河"), None);
    expect("企业名称,法定代表人,注册地址", &|n, name| format!("第{n}有限公司,{name},翠苑一区{}幢3单元{}室", n % 9 + 1, 100 + n), None);
    assert_eq!(wrong, "");
}

#[test]
fn lists_of_research_and_duties_are_none_of_the_sick() {
    let titles = ["糖尿病科普", "肿瘤早筛", "艾滋病防治知识", "精神卫生", "残疾人康复", "低保审核"];
    for head in ["姓名,课题名称", "姓名,研究方向", "姓名,分管工作", "姓名,科室", "姓名,职务", "姓名,岗位"] {
        assert_eq!(table(head, |n, name| format!("{name},{}", titles[n % 6])), None, "{head}");
    }
    let titles = ["糖尿病足的护理研究", "肿瘤标志物检测", "艾滋病防治策略"];
    assert_eq!(table("申请人,项目名称", |n, name| format!("{name},{}", titles[n % 3])), None);
    assert_eq!(table("姓名,病种", |n, name| format!("{name},{}", ["糖尿病", "艾滋病", "精神分裂症"][n % 3])).as_deref(), Some("SEC003"));
}

#[test]
fn a_mask_that_the_next_column_undoes_is_told() {
    let masked = |n: usize| format!("{}********{}", &id(n)[..6], &id(n)[14..]);
    for day in ["-", "", "/"] {
        let day = |n: usize| format!("1998{day}07{day}{:02}", n % 28 + 1);
        assert_eq!(table("身份证号,出生日期,姓名", |n, name| format!("{},{},{name}", masked(n), day(n))).as_deref(), Some("SEC003"));
    }
    assert_eq!(table("手机,尾号", |n, _| format!("1398639****,72{:02}", n + 10)).as_deref(), Some("SEC010"));
    assert_eq!(table("手机,联系方式", |n, _| format!("139****72{:02},*******86{:02}", n + 10, n + 20)).as_deref(), Some("SEC010"));
    // Days of something else undo nothing.
    assert_eq!(table("身份证号,发放日期", |n, _| format!("{},2024-05-{:02}", masked(n), n + 1)), None);
    let sure = |text: &str| traces(text).into_iter().map(|t| t.sure).max();
    assert_eq!(sure(&format!("王小明，身份证{}，1998年7月2日出生", masked(1))), Some(Sure::Yes));
    assert_eq!(sure("手机1511783****，尾号4256"), Some(Sure::Perhaps));
    assert_eq!(sure(&format!("王小明，身份证{}，2024年7月2日登记", masked(1))), None);
}

#[test]
fn whole_identity_numbers_in_certificates_and_columns_of_mobiles_are_seen() {
    assert_eq!(table("姓名,医师资格证书", |n, name| format!("{name},201533111{}", id(n))).as_deref(), Some("SEC003"));
    assert_eq!(table("姓名,纳税人识别号", |n, name| format!("{name},{}00", id(n))).as_deref(), Some("SEC003"));
    assert_eq!(table("姓名,证号", |n, name| format!("{name},{}43", id(n))).as_deref(), Some("SEC003"));
    for head in ["区,value", "区,count", "区,面积", "区,销量"] {
        let found = table(head, |n, _| format!("第{n}区,1{}{:09}", [3, 5, 7, 8][n % 4], 117_834_256 + n * 70_001_337 % 800_000_000));
        assert!(found.is_some(), "{head}");
    }
    let sums = table("区,value", |n, _| format!("第{n}区,{}", 15_117_834_256_u64 + n as u64 * 3_919_333_123));
    assert_eq!(sums, None);
}

#[test]
fn papers_of_other_countries_count_where_the_head_says_the_paper() {
    let mut wrong = String::new();
    let mut expect = |head: &str, row: &dyn Fn(usize) -> String, want: Option<&str>| {
        let found = table(&format!("姓名,{head}"), |n, name| format!("{name},{}", row(n)));
        if found.as_deref() != want {
            let _ = writeln!(wrong, "{head} {}: {found:?}, not {want:?}", row(1));
        }
    };
    for head in ["护照号", "护照号码", "passport_no"] {
        for form in ["P12345", "A123456", "5123456", "M123A45", "KJ12345", "C01F3G4"] {
            expect(head, &|n| format!("{form}{:02}", n + 10), Some("SEC003"));
        }
    }
    expect("台胞证号", &|n| format!("012345{:02}", n + 10), Some("SEC003"));
    expect("台胞证号", &|n| format!("12345678{:02}(B)", n + 10), Some("SEC003"));
    expect("往来港澳通行证号", &|n| format!("123456{:02}", n + 10), Some("SEC003"));
    expect("永久居留证号", &|n| format!("USA3300800101{:02}", n + 10), Some("SEC003"));
    expect("证件号码", &|n| format!("P12345{:02}", n + 10), Some("SEC003"));
    expect("执法证件号", &|n| format!("1101050{:02}", n + 10), None);
    expect("护照签发日期", &|n| format!("202401{:02}", n + 10), None);
    expect("护照数量", &|n| format!("1234{:02}", n + 10), None);
    assert_eq!(wrong, "");
}

/// A Word document with one table.
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

#[test]
fn tables_of_documents_go_to_the_detector_of_tables() {
    /// Head, the second cell of a row, what is found.
    type List<'a> = (&'a str, &'a dyn Fn(usize) -> String, &'a str);
    let lists: [List<'_>; 8] = [
        ("姓名,残疾类别", &|n| format!("精神{}级", ["一", "二"][n % 2]), "SEC003"),
        ("姓名,病种", &|n| ["艾滋病", "糖尿病"][n % 2].into(), "SEC003"),
        ("姓名,家庭住址", &|n| format!("翠苑一区{}幢3单元{}室", n % 9 + 1, 100 + n), "SEC003"),
        ("业主,房号", &|n| format!("{}幢{}室", n % 9 + 1, 501 + n), "SEC003"),
        ("姓名,身份证号", &|n| id(n)[..17].to_string(), "SEC003"),
        ("姓名,手机", &|n| format!("138，123456{:02}", n + 10), "SEC003"),
        ("车主,号牌", &|n| format!("A123{:02}", n + 10), "SEC003"),
        ("姓名,救助类型", &|n| ["低保", "特困供养"][n % 2].into(), "SEC010"),
    ];
    let mut wrong = String::new();
    for (head, cell, want) in lists {
        let head: Vec<String> = head.split(',').map(String::from).collect();
        let rows: Vec<Vec<String>> =
            std::iter::once(head.clone()).chain(NAMES.iter().enumerate().map(|(n, name)| vec![(*name).to_string(), cell(n)])).collect();
        let line = |r: &Vec<String>| format!("| {} |\n", r.join(" | "));
        let p = Project::new(SITE_CN);
        p.file("content/news/a.md", "---\ntitle: 甲\npublished_at: 2025-12-01\nattachments: [a.docx]\n---\n正文。\n").file("content/news/a.docx", docx(&rows));
        let found = codes(&p);
        if found.first().map(String::as_str) != Some(want) {
            let _ = writeln!(wrong, "docx {head:?}: {found:?}, not {want}");
        }
        let p = Project::new(SITE_CN);
        let text: String = std::iter::once(line(&rows[0])).chain(["| --- | --- |\n".to_string()]).chain(rows[1..].iter().map(line)).collect();
        p.file("content/news/a.md", format!("---\ntitle: 甲\npublished_at: 2025-12-01\n---\n公示如下。\n\n{text}\n谢谢。\n"));
        let found = codes(&p);
        if found.first().map(String::as_str) != Some(want) {
            let _ = writeln!(wrong, "md {head:?}: {found:?}, not {want}");
        }
    }
    // Tables of offices, and of nobody.
    for text in [
        "| 单位 | 联系电话 |\n| --- | --- |\n| 办公室 | 0571-12345678 |\n| 民政科 | 0571-12345679 |\n",
        "| 姓名 | 职务 |\n| --- | --- |\n| 王小明 | 局长 |\n| 李建国 | 副局长 |\n",
    ] {
        let p = Project::new(SITE_CN);
        p.file("content/news/a.md", format!("---\ntitle: 甲\npublished_at: 2025-12-01\n---\n公示如下。\n\n{text}"));
        assert!(!codes(&p).contains(&"SEC003".to_string()), "{text}");
    }
    assert_eq!(wrong, "");
}

#[test]
fn letters_of_citizens_tell_homes_accounts_and_names() {
    for text in ["我家住翠苑一区1幢3单元102室", "翠苑一区1幢3单元102室漏水", "我是李建国，住文三路259号3幢501室"] {
        assert!(written(text).iter().any(|t| t.kind == Kind::Person), "{text}");
    }
    for text in ["我是艾滋病患者李建国", "老证510104661212815"] {
        assert!(written(text).iter().any(|t| t.sure == Sure::Yes), "{text} {:?}", written(text));
    }
    for (text, want) in [
        ("我儿子李小明有自闭症", "我儿子李**有自闭症"),
        ("我爸李建国住院", "我爸李**住院"),
        ("路灯不亮。此致 李建国", "路灯不亮。此致 李**"),
        ("路灯不亮。\n——李建国", "路灯不亮。\n——李**"),
        ("路灯不亮（李建国）", "路灯不亮（李**）"),
        ("李建国反映：路灯不亮", "李**反映：路灯不亮"),
        ("翠苑一区1幢3单元102室李建国反映", "翠苑一区1幢3单元102室李**反映"),
        ("投诉人李建国", "投诉人李**"),
        ("老师王小红打孩子", "老师王**打孩子"),
        ("回复到zhangsan@qq.com", "回复到z**************"),
        ("微信zhangsan85", "微信z*********"),
        ("QQ 384756291", "QQ 3********"),
    ] {
        assert_eq!(veiled_letter(text, &[]).as_deref(), Some(want), "{text}");
    }
    for text in [
        "邻居周末装修",
        "（高新区）路灯不亮",
        "孩子上学难",
        "3幢2单元电梯坏了",
        "发到信箱mzj@hangzhou.gov.cn",
        "老师任何时候都在",
        "市民反映路灯不亮",
        "小区多次投诉无果",
    ] {
        assert_eq!(veiled_letter(text, &[]), None, "{text}");
        assert!(written(text).is_empty(), "{text}");
    }
}

#[test]
fn numbers_of_firms_and_objects_are_no_telephones() {
    let sure = |text: &str| traces(text).into_iter().map(|t| t.sure).max();
    for text in ["X Pty Ltd (ABN 13912345678)", "doi 10.1234/13912345678", "Tender 13912345678 for works", "编码13912345678"] {
        assert_eq!(sure(text), None, "{text}");
    }
    assert_eq!(sure("通知 015117834256"), Some(Sure::Perhaps));
    for head in ["区,abn", "区,doi"] {
        assert_ne!(table(head, |n, _| format!("第{n}区,1{}{:09}", [3, 5, 7, 8][n % 4], 117_834_256 + n * 70_001_337 % 800_000_000)).as_deref(), Some("SEC003"));
    }
}

#[test]
fn homes_in_vocabularies_are_seen() {
    const HOME: &str = "李建国，住杭州市西湖区文三路259号3幢501室";
    let mut missed = String::new();
    for (file, text) in [
        ("content/departments.yaml", format!("- {{id: office, name: 办公室, description: \"{HOME}\"}}\n")),
        ("content/departments.yaml", format!("- id: office\n  name: 办公室\n  description: {HOME}\n")),
        ("content/glossary.yaml", format!("- {{term: 甲, definition: \"{HOME}\"}}\n")),
        ("content/synonyms.yaml", format!("- {{term: 甲, aliases: [\"{HOME}\"]}}\n")),
        ("content/alerts.yaml", format!("- {{title: \"{HOME}\"}}\n")),
        ("content/themes.yaml", format!("- {{id: a, label: 甲, description: \"{HOME}\"}}\n")),
        ("content/news/a.md", format!("---\ntitle: {HOME}\npublished_at: 2025-12-01\n---\n正文。\n")),
        ("content/news/a.md", format!("---\ntitle: 甲\npublished_at: 2025-12-01\n---\n正文。\n\n<!-- {HOME} -->\n")),
        ("content/news/a.md", format!("---\ntitle: 甲\npublished_at: 2025-12-01\n---\n正文[甲](/ \"{HOME}\")。\n")),
    ] {
        let p = Project::new(SITE_CN);
        p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
        p.file(file, text.clone());
        if codes(&p).first().map(String::as_str) != Some("SEC003") {
            let _ = writeln!(missed, "{file}: {text} {:?}", traces(&text));
        }
    }
    assert_eq!(missed, "");
}
