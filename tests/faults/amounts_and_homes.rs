//! Values: amounts that are no telephones, names beside homes, and what workbooks and encodings hide.
#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use crate::support::{Project, SITE_CN, busy};
use clerestory::load::Blob;
use clerestory::load::table::{File, Settings, read};
use clerestory::personal::{Kind, Sure, traces};
use std::io::{Cursor, Write as _};

/// The most certain of what is found of a kind.
fn sure(text: &str, kind: Kind) -> Option<Sure> {
    traces(text).into_iter().filter(|t| t.kind == kind).map(|t| t.sure).max()
}

#[test]
fn amounts_of_eleven_digits_in_data_do_not_stop_the_site() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    let data = |name: &str, csv: &str| {
        p.file(&format!("content/datasets/{name}/a.csv"), csv);
        p.file(
            &format!("content/datasets/{name}/dataset.yaml"),
            format!("title: {name}\ndescription: 说明\npublisher: office\nissued: 2025-05-01\nlicense: CC-BY-4.0\nresources:\n- {{name: a, path: a.csv}}\n"),
        );
    };
    data("gdp", "country,GDP\nA,15856574731\nB,23\nC,8\n");
    data("years", "年份,地区生产总值\n2020,15856574731\n2021,13857136642\n2022,18857136642.4411\n");
    data("money", "项目,金额（元）\n甲,13857136643\n乙,8\n");
    // Shown without its fraction: in a row, as least and greatest, as mean and median.
    data("shown", "country,year,value\nA,2001,15812345656.73\nB,2001,13712345656.21\nC,2002,18912345656.5\nD,2003,15898765432.5\n");
    let planted = |p: &Project| p.findings(&[]).iter().filter(|f| matches!(&*f.0, "SEC003" | "SEC014")).count();
    assert_eq!(planted(&p), 0);
    let ran = p.run(&["build", "--hold-back", "--allow-errors"]);
    assert!(!ran.out.contains("SEC014"), "{}", ran.out);
    assert!(p.exists("public/datasets/gdp/index.html"));
    // A number that stands in no data and no text is still told.
    p.file("static/k.txt", "王强 13812345678\n");
    let ran = p.run(&["build", "--hold-back", "--allow-errors"]);
    assert!(ran.out.contains("SEC014") || ran.out.contains("SEC003"), "{}", ran.out);
}

#[test]
fn amounts_and_codes_in_texts_are_no_telephones() {
    for text in [
        "|年份|GDP|\n|---|---|\n|2010|15856574731|",
        "|指标|值|\n|---|---|\n| 生产总值（元） | 13857136642 |",
        "GDP of 15856574731 in 2010",
        "The total was 13857136642.",
        "账号 13857136642",
        "开户账号：13857136642",
        "税号 13857136642",
        "档号：13857136642",
        "户号13857136642",
        "行政处罚决定书 13857136642 号",
        "商品编号13012000001",
        "人口密度指数13857136642",
        "成交额约13857136642",
    ] {
        assert_ne!(sure(text, Kind::Mobile), Some(Sure::Yes), "{text}");
    }
    for text in [
        "王强 13857136642",
        "|姓名|电话|\n|---|---|\n|王五|13857136642|",
        "|指标|GDP|\n|---|---|\n|手机|13857136642|",
        "办理贷款 13857136642",
        "微信账号：13857136642",
        "请拨打手机 13857136642 号码",
        "138————5713————6642 王芳手机",
        "电话 138-5713\n-6642",
    ] {
        assert!(sure(text, Kind::Mobile).is_some(), "{text}");
    }
    assert_eq!(sure("|指标|GDP|\n|---|---|\n|手机|13857136642|", Kind::Mobile), Some(Sure::Yes));
    assert_eq!(sure("微信账号：13857136642", Kind::Mobile), Some(Sure::Yes));
    // A name beside a figure: somebody should look.
    assert_eq!(sure("|姓名|金额|\n|---|---|\n|张伟|13857136642|", Kind::Mobile), Some(Sure::Perhaps));
}

#[test]
fn names_beside_homes_and_illnesses_however_they_are_written() {
    let home = "杭州市西湖区文三路12号3幢2单元501室";
    for text in [
        "住址A，姓名张伟。",
        "住址：A，姓名张伟",
        "来信人：李秀英\n住址：A",
        "来信人：李秀英 住址：A",
        "写信人李秀英，家住A",
        "信访人张伟，住A",
        "李秀英（住A）",
        "举报人：张伟（住址：A）",
        "申请人：张伟\n家庭住址：A",
        "此致\n敬礼\n\nA\n张伟",
        "家庭地址：A  联系人：张伟",
        "寄件人：张伟 地址：A",
        "被征收人张伟，坐落A",
        "<table><tr><td>姓名</td><td>张伟</td></tr><tr><td>住址</td><td>A</td></tr></table>",
        "姓名\n张伟\n住址\nA",
        "经查，张伟患有艾滋病，正在治疗。",
        "李秀英因病（肺癌）致贫",
    ] {
        assert!(sure(&text.replace('A', home), Kind::Person).is_some(), "{text}");
    }
    for text in [
        "办公地址：A；负责人姓名：张伟",
        "法定代表人：张伟；住所：A",
        "招标人：市交通局\n地址：A\n联系人：张伟",
        "此致\n敬礼\n\nA\n杭州市交通局",
        "市交通局（住A）",
        "项目坐落A，张伟",
        "会议地点：A\n张伟",
        "王建国任市第一人民医院院长，研究艾滋病防治。",
    ] {
        assert_eq!(sure(&text.replace('A', home), Kind::Person), None, "{text}");
    }
}

#[test]
fn a_text_of_one_sign_costs_what_it_is_long() {
    // Looked back to its beginning from each sign, this took minutes.
    let begun = busy();
    for sign in ["患", "患者", "住址", "坐落", "此致", "|13857136642\n"] {
        traces(&sign.repeat(60_000 / sign.len()));
    }
    let took = busy() - begun;
    assert!(took.as_secs() < 30, "{took:?}");
}

fn book(sheet: &str) -> Vec<u8> {
    let mut z = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Type=\"http://x/worksheet\" Target=\"worksheets/s1.xml\"/></Relationships>"),
        ("xl/worksheets/s1.xml", &format!("<worksheet>{sheet}</worksheet>")),
    ] {
        z.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        z.write_all(text.as_bytes()).unwrap();
    }
    z.finish().unwrap().into_inner()
}

fn of(name: &str, bytes: &[u8]) -> File {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&Blob::at(&path), &Settings::default())
}

#[test]
fn what_a_workbook_hides_is_told_however_it_is_written() {
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is>{text}</is></c>");
    let struck = "<r><t>&#26087;</t></r><r><rPr><strike val=\"1\"/></rPr><t>&#20316;&#24223;</t></r><r><t>&#26032;</t></r>";
    let rows = |second: &str| {
        let row = |n: u8, a: &str, b: &str| format!("<row r=\"{n}\">{}{}</row>", cell(&format!("A{n}"), a), cell(&format!("B{n}"), b));
        format!("<sheetData>{}{}{}</sheetData>", row(1, "<t>k</t>", "<t>v</t>"), row(2, "<t>a</t>", second), row(3, "<t>b</t>", "<t>x</t>"))
    };
    let codes = |sheet: &str| of("a.xlsx", &book(sheet)).doubts.into_iter().map(|d| d.code).collect::<Vec<_>>();
    assert!(codes(&rows(struck)).contains(&"TAB035"));
    let plain = rows("<t>y</t>");
    assert!(!codes(&plain).iter().any(|c| matches!(*c, "TAB032" | "TAB035")));
    assert!(codes(&format!("<sheetFormatPr zeroHeight=\"1\"/>{plain}")).contains(&"TAB032"));
}

#[test]
fn korean_that_may_be_chinese_is_a_warning_with_the_text() {
    // 서울특별시 and other cities, in EUC-KR.
    let (text, _, _) = encoding_rs::EUC_KR.encode("지역,인구\n서울특별시,9\n부산광역시,3\n대구광역시,2\n인천광역시,3\n");
    let f = of("a.csv", &text);
    let told: Vec<_> = f.doubts.iter().filter(|d| d.code == "TAB004").collect();
    assert!(told.iter().any(|d| d.severity == clerestory::diag::Severity::Warn) || f.tables[0].names[0] == "지역", "{told:?}");
}
