use super::*;
use std::io::Write;

fn file(bytes: &[u8], name: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    #[expect(clippy::disallowed_methods, reason = "a test writes its own file")]
    std::fs::File::create(&path).unwrap().write_all(bytes).unwrap();
    (dir, path)
}

fn table(text: &str) -> File {
    let (_dir, path) = file(text.as_bytes(), "t.csv");
    read(&Blob::at(&path), &Settings::default())
}

fn codes(f: &File) -> Vec<&'static str> {
    f.doubts.iter().map(|d| d.code).collect()
}

#[test]
fn plain_tables() {
    let f = table("code,name,n,day\n010000,甲,1,2024-01-01\n020000,乙,2.5,2024-02-01\n030000,丙,,2024-03-01\n");
    let t = &f.tables[0];
    assert_eq!((t.rows, t.names.len()), (3, 4));
    let kinds: Vec<_> = t.columns.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [profile::Kind::Code, profile::Kind::String, profile::Kind::Number, profile::Kind::Date]);
    assert_eq!((t.columns[2].nulls, t.columns[2].min.as_deref(), t.columns[2].max.as_deref(), t.columns[2].mean), (1, Some("1"), Some("2.5"), Some(1.75)));
    assert_eq!(t.columns[0].unique, Some(true));
    assert_eq!((t.columns[3].min.as_deref(), t.columns[3].max.as_deref()), (Some("2024-01-01"), Some("2024-03-01")));
    assert_eq!(codes(&f), [] as [&str; 0]);
}

#[test]
fn rows_are_read_again_as_they_were() {
    let text = "标题\n地区,2024年,2023年,2022年\n北京市,1,2,3\n天津市,4,5,6\n河北省,4,5,6\n注：说明在此，只有一格\n　　　第二行\n";
    let (bytes, _, _) = encoding_rs::GBK.encode(text);
    let (_dir, path) = file(&bytes, "t.csv");
    let s = Settings::default();
    let f = read(&Blob::at(&path), &s);
    let t = &f.tables[0];
    assert_eq!((t.rows, t.encoding, t.preamble.len(), t.notes.len(), t.periods.len()), (3, "GB18030", 1, 2, 3));
    assert!(t.columns[0].regions);
    let mut got = Vec::new();
    rows(&Blob::at(&path), &s, &f, t, &mut |r| {
        got.push(r.join("|"));
        Ok(())
    })
    .unwrap();
    assert_eq!(got, ["北京市|1|2|3", "天津市|4|5|6", "河北省|4|5|6"]);
}

#[test]
fn thousands_split_in_every_row_are_told() {
    for (csv, told) in [("town,budget\nA,1,200\nB,2,300\nC,4,900\n", "`1,200`"), ("town,budget,staff\nA,1,200,7\nB,2,300,12\nC,4,900,40\n", "`1,200`")] {
        let f = table(csv);
        assert!(!codes(&f).contains(&"TAB007"), "{csv}");
        let d = f.doubts.iter().find(|d| d.code == "TAB005").expect(csv);
        assert!(d.severity == crate::diag::Severity::Error && (d.line, d.column) == (2, 2) && d.message.en.contains(told), "{d:?}");
    }
    // A column that has no name, and one whose values only look alike.
    for csv in ["town,budget\nA,1,20\nB,2,300\n", "town,code\nA,12,100\nB,x,200\n", "town;budget\nA;1;200\nB;2;300\n"] {
        assert!(!codes(&table(csv)).contains(&"TAB005"), "{csv}");
    }
}

#[test]
fn names_beside_homes_or_illnesses_whatever_the_heads() {
    use crate::personal::Sure;
    let names = ["李建国", "王志刚", "张伟", "陈秀英", "赵强", "周敏"];
    let rows = |row: &dyn Fn(&str) -> String| (0..30).map(|i| row(names[i % names.len()])).collect::<String>();
    let home = "杭州市西湖区文三路88号2幢502室";
    for (csv, sure) in [
        (format!("姓名,住所\n{}", rows(&|n| format!("{n},{home}\n"))), Sure::Yes),
        (format!("姓,名,家庭住址\n{}", rows(&|n| format!("{},{},{home}\n", &n[..3], &n[3..]))), Sure::Yes),
        (format!("名字,地址\n{}", rows(&|n| format!("{n},{home}\n"))), Sure::Yes),
        (format!("姓名,救助原因\n{}", rows(&|n| format!("{n},尿毒症\n"))), Sure::Yes),
        (format!("姓名,备注\n{}", rows(&|n| format!("{n},艾滋病患者\n"))), Sure::Yes),
        (format!("Name,Diagnosis\n{}", rows(&|n| format!("{n},HIV positive\n"))), Sure::Yes),
        (format!("Name,Diagnosis\n{}", rows(&|n| format!("Jane Doe{},HIV positive\n", ["", "son"][n.len() / 9]))), Sure::Yes),
    ] {
        let f = table(&csv);
        let told = if codes(&f).contains(&"SEC003") { Some(Sure::Yes) } else { f.personal.first().map(|p| p.sure) };
        assert_eq!(told, Some(sure), "{csv}");
    }
}

#[test]
fn odd_files_are_told() {
    assert!(codes(&table("a,b\n1,\"x\n2,y\n3,z\n4,w\n")).contains(&"TAB006"));
    assert!(codes(&table("a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3\n")).iter().filter(|c| **c == "TAB005").count() == 2);
    assert!(codes(&table("a,a,\n1,2,3\n")).iter().filter(|c| **c == "TAB007").count() == 2);
    assert!(codes(&table("a,b\nx,=HYPERLINK(\"http://x\")\ny,z\n")).contains(&"TAB009"));
    assert!(codes(&table("")).contains(&"TAB001"));
    let (_dir, path) = file(b"<!DOCTYPE html><html><body>x</body></html>", "t.csv");
    let f = read(&Blob::at(&path), &Settings { format: Some("CSV".into()), ..Settings::default() });
    assert_eq!((codes(&f), f.format), (vec!["TAB002"], Format::Html));
    let (_dir, path) = file(b"a,b\n1,\xFF\xFE\xFF\n", "t.csv");
    assert!(codes(&read(&Blob::at(&path), &Settings::default())).iter().any(|c| matches!(*c, "TAB003" | "TAB004")));
}

#[test]
fn masked_columns_never_show_their_values() {
    let text = "姓名,手机,数\n张三,13812345678,1\n李四光,13912345678,2\n";
    let (_dir, path) = file(text.as_bytes(), "t.csv");
    let bare = read(&Blob::at(&path), &Settings::default());
    assert_eq!(bare.personal.iter().map(|p| (p.column, p.kind, p.cells)).collect::<Vec<_>>(), [(2, personal::Kind::Mobile, 2)]);
    let s = Settings { masks: vec![("姓名".into(), Mask::Name), ("手机".into(), Mask::Mobile)], ..Settings::default() };
    let f = read(&Blob::at(&path), &s);
    assert!(f.personal.is_empty());
    assert_eq!(f.tables[0].preview[1], ["李*光", "139****5678", "2"]);
    let mut got = String::new();
    rows(&Blob::at(&path), &s, &f, &f.tables[0], &mut |r| {
        got.push_str(&r.join(","));
        Ok(())
    })
    .unwrap();
    assert!(!got.contains("13812345678") && !got.contains("李四光"));
}

#[test]
fn pieces_do_not_matter() {
    // Several megabytes, so that there are several blocks; values grow past what is kept.
    let mut text = String::from("id,地区,值,备注\n");
    let mut n = 12345u64;
    for i in 0..120_000u64 {
        n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let place = ["北京市", "天津市", "河北省"][(n >> 60) as usize % 3];
        let note = if i % 1000 == 0 { "\"有\n换行\"" } else { "" };
        text.push_str(&format!("{},{place},{}.{},{note}\n", 1000 + i, n >> 44, (n >> 20) % 100));
    }
    let f = table(&text);
    let t = &f.tables[0];
    assert_eq!(t.rows, 120_000);
    assert_eq!((t.columns[0].unique, t.columns[0].distinct), (Some(true), 120_000));
    assert_eq!(t.columns[1].distinct, 3);
    assert_eq!(t.columns[3].nulls, 119_880);
    assert!(!t.columns[2].exact && (t.columns[2].distinct as f64 / 120_000.0 - 1.0).abs() < 0.03, "{}", t.columns[2].distinct);
    let again = table(&text);
    assert_eq!(serde_json::to_string(&again.tables[0]).unwrap(), serde_json::to_string(t).unwrap());
}

#[test]
fn heads_that_say_nothing_or_the_wrong_thing_and_numbers_over_several_columns() {
    use crate::personal::{Kind, Sure};
    let found = |text: &str| table(text).personal.iter().map(|p| (p.column, p.kind, p.sure)).collect::<Vec<_>>();
    let lines = |head: &str, rows: &[&str]| format!("{head}\n{}\n", rows.join("\n"));
    // Mobile numbers under the name of an amount, beside names.
    for head in ["姓名,合计", "姓名,金额", "氏名,合計", "name,total", "户主,数量(元)"] {
        assert_eq!(found(&lines(head, &["张三,13812345678", "李四光,13912345679", "王五,15012345678"])), [(2, Kind::Mobile, Sure::Yes)], "{head}");
    }
    assert_eq!(found(&lines("地区,金额", &["甲,13812345678", "乙,13912345679", "丙,15012345678"])), []);
    assert_eq!(found(&lines("姓名,金额", &["张三,13812345678", "李四光,23912345679", "王五,5012345678"])), []);
    // An identity number over three columns.
    let id = ["张三,320102,19850204,1013", "李四光,110105,19491231,002X"];
    assert_eq!(found(&lines("姓名,前六位,生日,后四位", &id)), [(2, Kind::Id, Sure::Yes)]);
    assert_eq!(found(&lines("a,b,c,d", &id)), [(2, Kind::Id, Sure::Yes)]);
    assert_eq!(found(&lines("地区,日期,数", &["320102,20240204,1013", "320103,20240205,1014", "320104,20240206,1020"])), []);
    assert_eq!(found(&lines("姓名,手机,手机2,手机3", &["张三,138,1234,5678", "李四光,139,0001,2345"])), [(2, Kind::Mobile, Sure::Yes)]);
    assert_eq!(found(&lines("年,甲,乙,丙", &["2020,138,1234,5678", "2021,139,1001,2345"])), []);
    // Telephones that people carry, in other countries.
    for head in ["氏名,携帯電話", "이름,휴대전화", "姓名,行動電話", "姓名,手機"] {
        assert_eq!(
            found(&lines(head, &["山田太郎,090-1234-5678", "佐藤花子,080-2345-6789", "鈴木一郎,070-3456-7890"])),
            [(2, Kind::Mobile, Sure::Yes)],
            "{head}"
        );
    }
    assert!(!table("氏名,住所\n山田太郎,東京都千代田区一番町1号\n佐藤花子,大阪市北区2号\n").doubts.iter().all(|d| d.code != "SEC003"));
    assert!(table("会社名,代表者氏名,住所\n甲社,山田太郎,東京都千代田区1号\n").doubts.iter().all(|d| d.code != "SEC003"));
    // Serial numbers of things: somebody should look, nothing is held.
    for head in ["SN,型号", "设备编号,名称", "序列号,名称", "serial_number,model", "IMEI,型号", "电表号,地址", "资产号,使用人"] {
        let sure: Vec<_> = found(&lines(head, &["13812345678,甲", "13912345679,乙", "15012345678,丙"])).into_iter().filter(|p| p.2 == Sure::Yes).collect();
        assert_eq!(sure, [], "{head}");
    }
}

#[test]
fn texts_in_rtf_are_read_as_they_are_seen() {
    for text in [r"{\rtf1\ansi 3201{\b 0219}850204\b0 1013}", r"{\rtf1 {139}{1234}{5678}}", r"{\rtf1 \u49?\u51?\u57?12345678, a, b\par 1,2,3}"] {
        let (_dir, path) = file(text.as_bytes(), "a.rtf");
        let f = read(&Blob::at(&path), &Settings::default());
        assert!(f.tables.is_empty() && f.personal.len() == 1 && f.why.is_empty(), "{text}: {:?}", f.personal);
    }
    let (_dir, path) = file(br"{\rtf1 a{\pict 00ff}}", "a.rtf");
    assert!(!read(&Blob::at(&path), &Settings::default()).why.is_empty());
}

#[test]
fn what_an_archive_holds_beyond_its_budget_is_said_to_be_unread() {
    let zip = |n: usize| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for i in 0..n {
            zip.start_file(format!("{i}.csv"), zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"a,b\n1,2\n").unwrap();
        }
        let (_dir, path) = file(&zip.finish().unwrap().into_inner(), "a.zip");
        !read(&Blob::at(&path), &Settings::default()).why.is_empty()
    };
    assert!(!zip(50) && zip(51));
}

#[test]
fn telephones_of_offices_in_north_america_are_no_mobile_numbers_of_china() {
    use crate::personal::{Kind, Sure};
    let sure = |languages: &[&str], head: &str, numbers: &[&str]| {
        let rows: String = numbers.iter().enumerate().map(|(i, n)| format!("A{i},{n}\n")).collect();
        let (_dir, path) = file(format!("{head}\n{rows}").as_bytes(), "t.csv");
        let s = Settings { languages: languages.iter().map(|l| l.to_string()).collect(), ..Settings::default() };
        read(&Blob::at(&path), &s).personal.iter().filter(|p| p.kind == Kind::Mobile).map(|p| p.sure).max()
    };
    let los_angeles = ["13105551234", "13105551235", "13105551236"];
    // 1310 with an exchange that no office has, beside what can only be of North America.
    let mixed = ["12125551234", "13101234567", "14155551234"];
    for head in ["agency,phone", "school,phone", "place,office_phone", "agency,mobile"] {
        assert_eq!(sure(&["en"], head, &los_angeles), Some(Sure::Perhaps), "{head}");
        assert_eq!(sure(&["en"], head, &mixed), Some(Sure::Perhaps), "{head}");
    }
    assert_eq!(sure(&["en"], "agency,phone", &["1-310-555-1234", "+1 310 555 1235 ext. 3", "13105551236"]).unwrap_or(Sure::Perhaps), Sure::Perhaps);
    assert_eq!(sure(&["en"], "agency,phone", &["13812345678", "13912345679"]), Some(Sure::Perhaps));
    // Chinese is one of the languages, but not the first: the others of the column decide.
    assert_eq!(sure(&["en", "zh-Hans"], "agency,phone", &["13105551234", "12125551234", "(415) 555-1234"]), Some(Sure::Perhaps));
    assert_eq!(sure(&["en", "zh-Hans"], "agency,phone", &mixed), Some(Sure::Perhaps));
    assert_eq!(sure(&["en", "zh-Hans"], "agency,phone", &["13812345678", "13912345679"]), Some(Sure::Yes));
    assert_eq!(sure(&["en"], "name,mobile", &["13812345678", "13912345679"]), Some(Sure::Yes));
    // A mobile number on a Chinese site, whatever its form.
    for head in ["agency,phone", "单位,电话", "name,mobile", "agency,office_phone"] {
        assert_eq!(sure(&["zh-Hans", "en"], head, &los_angeles), Some(Sure::Yes), "{head}");
        assert_eq!(sure(&[], head, &["13812345678", "4008123456", "01012345678"]), Some(Sure::Yes), "{head}");
    }
}

#[test]
fn what_makes_a_column_text_is_told_by_row_and_value() {
    let told = |rows: &[String]| {
        let f = table(&format!("town,n\n{}\n", rows.iter().enumerate().map(|(i, v)| format!("T{i},{v}")).collect::<Vec<_>>().join("\n")));
        let kind = f.tables[0].columns[1].kind;
        (kind, f.doubts.iter().filter(|d| d.code == "TAB008").map(|d| (d.line, d.column, d.message.en.clone())).collect::<Vec<_>>())
    };
    let some = |n: usize, of: &dyn Fn(usize) -> String| (1..=n).map(of).collect::<Vec<_>>();
    let with = |mut list: Vec<String>, v: &str| {
        list.push(v.to_string());
        list
    };
    // A minus of another kind.
    for dash in ["–", "—", "‑", "﹣"] {
        let (kind, found) = told(&some(18, &|i| if i % 3 == 0 { format!("{dash}{i}") } else { i.to_string() }));
        assert_eq!((kind, found.iter().map(|d| (d.0, d.1)).collect::<Vec<_>>()), (profile::Kind::String, vec![(4, 2)]), "{dash} {found:?}");
        assert!(found[0].2.contains(&format!("`{dash}3`")) && found[0].2.contains("(12)"), "{found:?}");
    }
    // A day that is not there, and a value that is none.
    for v in ["2024-02-30", "2024/13/01", "2024年2月30日"] {
        let (kind, found) = told(&with(some(19, &|i| format!("2024-01-{i:02}")), v));
        assert!(kind == profile::Kind::String && found.len() == 1 && found[0].0 == 21 && found[0].2.contains("no such day"), "{v} {found:?}");
    }
    let (kind, found) = told(&with(some(10, &|i| i.to_string()), "unknown"));
    assert!(kind == profile::Kind::String && found[0].0 == 12 && found[0].2.contains("`unknown`"), "{found:?}");
    // Days written in two ways.
    let (kind, found) = told(&with(some(30, &|i| format!("2024-01-{i:02}")), "2024/1/31"));
    assert!(kind == profile::Kind::Date && found.len() == 1 && found[0].0 == 32 && found[0].2.contains("`2024/1/31` (1)"), "{found:?}");
    // Nothing is wrong with these.
    for rows in [
        some(10, &|i| format!("2024-01-{i:02}")),
        some(10, &|i| format!("2024/{i}/1")),
        some(10, &|i| format!("{i}A")),
        some(10, &|i| if i % 2 == 0 { format!("{i}") } else { format!("{i}B") }),
        with(some(10, &|i| i.to_string()), "合计"),
        with(some(10, &|i| format!("2024-{i:02}")), "2025"),
        with(some(10, &|i| (-(i as i64)).to_string()), "－5"),
    ] {
        assert_eq!(told(&rows).1, [], "{rows:?}");
    }
}

#[test]
fn a_head_with_full_width_commas_is_told() {
    for head in ["\"地区\"，\"人口\"", "地区，人口", "“地区”，“人口”"] {
        let f = table(&format!("{head}\n甲,1\n乙,2\n丙,3\n"));
        let told: Vec<_> = f.doubts.iter().filter(|d| !matches!(d.code, "TAB011")).map(|d| (d.code, d.line, d.hint.zh.clone())).collect();
        assert_eq!(told, [("TAB007", 1, "表头改用半角逗号：`地区,人口`".to_string())], "{head}");
    }
}

#[test]
fn a_workbook_is_opened_once() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in [["名称", "数量"], ["甲", "1"], ["乙", "2"]].iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            sheet.write(r as u32, c as u16, *cell).unwrap();
        }
    }
    let (dir, path) = file(&book.save_to_buffer().unwrap(), "t.xlsx");
    let (blob, s) = (Blob::at(&path), Settings::default());
    let (kept, again) = (read_by(&blob, &s, None, Some(&Shelf::default())), read(&blob, &s));
    let all = |f: &File| {
        let mut got = Vec::new();
        rows(&blob, &s, f, &f.tables[0], &mut |r| {
            got.push(r.join("|"));
            Ok(())
        })
        .map(|()| got)
    };
    assert_eq!(all(&kept).unwrap(), ["甲|1", "乙|2"]);
    assert_eq!(all(&kept).unwrap(), all(&again).unwrap());
    assert!(kept.kept() > 0 && again.kept() == 0);
    // Where there is no file any more, nobody can have opened it.
    drop(dir);
    assert_eq!(all(&kept).unwrap(), ["甲|1", "乙|2"]);
    assert!(all(&again).is_err());
}

fn with(bytes: &[u8], name: &str, s: &Settings) -> File {
    let (_dir, path) = file(bytes, name);
    read(&Blob::at(&path), s)
}

fn told<'a>(f: &'a File, code: &str) -> Option<&'a Doubt> {
    f.doubts.iter().find(|d| d.code == code)
}

#[test]
fn a_delimiter_that_stands_nowhere_changes_no_digit() {
    for (text, sign, other) in [
        ("年份,数量\n2020,15\n2021,16\n", ";", ","),
        ("年份,数量\n2020,15\n2021,16\n", "|", ","),
        ("年份\t数量\n2020\t15\n2021\t16\n", ",", "\\t"),
        ("年份;数量\n2020;15\n2021;16\n", "\t", ";"),
        ("年份,数量\n2020,15\n2021,16\n", "||", ","),
    ] {
        let f = with(text.as_bytes(), "t.csv", &Settings { delimiter: Some(sign.into()), ..Settings::default() });
        let d = told(&f, "TAB039").expect(text);
        assert!(d.severity == crate::diag::Severity::Error && d.hint.en.contains(&format!("\"{other}\"")), "{d:?}");
        assert_eq!((f.tables[0].names.join("|"), f.tables[0].preview[0].join("|")), ("年份|数量".into(), "2020|15".into()), "{text} {sign}");
        assert!(!codes(&f).contains(&"TAB020"));
    }
    // One column is one, and a sign that stands there is taken at its word.
    for (text, sign) in [("数量\n1,5\n2,5\n", ";"), ("地址\n东街1号,南门\n西街\n", ";"), ("a;b,c\n1;2,5\n3;4,5\n", ";")] {
        let f = with(text.as_bytes(), "t.csv", &Settings { delimiter: Some(sign.into()), ..Settings::default() });
        assert!(!codes(&f).contains(&"TAB039"), "{text}");
    }
}

#[test]
fn utf_8_is_no_other_encoding_whatever_is_declared() {
    for (text, told_as) in [("地区,人口\n北京,1\n", "gbk"), ("地区,人口\n北京,1\n", "big5"), ("ville,n\nMontréal,1\nQuébec,2\n", "windows-1252")]
    {
        let f = with(text.as_bytes(), "t.csv", &Settings { encoding: Some(told_as.into()), ..Settings::default() });
        let d = told(&f, "TAB003").expect(text);
        assert!(d.severity == crate::diag::Severity::Error, "{d:?}");
        assert_eq!((f.tables[0].encoding, &*f.tables[0].names[0]), ("UTF-8", text.split(',').next().unwrap()));
    }
    for (text, told_as) in [("地区,人口\n北京,1\n", "gbk"), ("a,b\n1,2\n", "gbk"), ("联通,b\n1,2\n", "gbk")] {
        let (bytes, _, _) = encoding_rs::GBK.encode(text);
        let f = with(&bytes, "t.csv", &Settings { encoding: Some(told_as.into()), ..Settings::default() });
        assert!(!codes(&f).contains(&"TAB003") && f.tables[0].names[0] == text.split(',').next().unwrap(), "{text}");
    }
    // Traditional words in GBK, in a few lines.
    let s = Settings { languages: vec!["zh-Hans".into()], ..Settings::default() };
    for text in ["縣市,人口\n臺北市,1\n高雄市,2\n", "項目,數量\n圖書,1\n", "學校,班級\n中學,3\n"] {
        let (bytes, _, _) = encoding_rs::GBK.encode(text);
        let f = with(&bytes, "t.csv", &s);
        let known = f.tables[0].names.join(",") == text.lines().next().unwrap();
        assert!(known || told(&f, "TAB004").is_some_and(|d| d.severity == crate::diag::Severity::Warn), "{text} {:?}", f.tables[0].names);
        assert_ne!(f.tables[0].encoding, "windows-1251", "{text}");
    }
}

#[test]
fn numbers_that_go_up_are_a_head() {
    let months: Vec<String> = (1..=12).map(|m| m.to_string()).collect();
    let row = |n: usize| (0..12).map(|i| ((i * 7 + n * 5) % 31).to_string()).collect::<Vec<_>>().join(",");
    for text in [
        format!("地区,{}\n东镇,{}\n西镇,{}\n", months.join(","), row(1), row(2)),
        "学校,1,2,3,4,5,6\n一小,30,31,28,40,41,22\n二小,50,51,28,47,41,22\n".to_string(),
        "年龄,0,1,2\n2020,15,7,9\n2021,8,3,7\n".to_string(),
        "hour,0,6,12,18\n2020-01-01,15,7,9,2\n2020-01-02,8,3,7,1\n".to_string(),
        "age,0,5,18,60\nA,9,7,8,6\nB,5,4,3,2\n".to_string(),
    ] {
        let f = table(&text);
        assert_eq!(f.tables[0].names.join(","), text.lines().next().unwrap(), "{text}");
    }
    for text in ["a,1,2,3\nb,4,5,6\nc,7,8,9\n", "a,3,1,2\nb,4,6,5\n", "东镇,10,20\n西镇,7,3\n", "a,1,2,3\na,5,1,2\na,7,4,3\n"] {
        assert!(told(&table(text), "TAB007").is_some(), "{text}");
    }
}

#[test]
fn months_and_clauses_keep_their_zeros() {
    let months: String = (1..=12).map(|m| format!("2024.{m},{}\n", m * 3)).collect();
    let clauses: String = (1..=12).map(|m| format!("1.{m},第{m}款\n")).collect();
    for text in [format!("年月,数量\n{months}"), format!("条款,内容\n{clauses}"), "version,n\n1.1,5\n1.2,6\n1.10,7\n2.1,8\n".to_string()] {
        let f = table(&text);
        let t = &f.tables[0];
        assert_eq!(t.columns[0].kind, profile::Kind::String, "{text}");
        assert_eq!(t.columns[0].distinct, t.rows);
        assert!(told(&f, "TAB021").is_some_and(|d| d.severity == crate::diag::Severity::Warn), "{text}");
    }
    let f = table("地区,价格\n甲,1.5\n乙,1.50\n丙,12.75\n丁,0.05\n");
    assert_eq!(f.tables[0].columns[1].kind, profile::Kind::Number);
    assert!(told(&f, "TAB021").is_some_and(|d| d.severity == crate::diag::Severity::Info));
    for text in ["a,n\nx,1.10\ny,1.20\n", "a,n\nx,1.1\ny,1.2\n", "a,n\nx,2.5\ny,10\n"] {
        assert_eq!(told(&table(text), "TAB021"), None, "{text}");
    }
}

#[test]
fn coordinates_that_are_no_degrees_are_not_called_so() {
    let of = |crs: &str, places: &[&str]| {
        let list: Vec<String> =
            places.iter().map(|p| format!(r#"{{"type":"Feature","properties":{{"n":"a"}},"geometry":{{"type":"Point","coordinates":[{p}]}}}}"#)).collect();
        let crs = if crs.is_empty() { String::new() } else { format!(r#""crs":{{"type":"name","properties":{{"name":"{crs}"}}}},"#) };
        with(format!(r#"{{"type":"FeatureCollection",{crs}"features":[{}]}}"#, list.join(",")).as_bytes(), "t.geojson", &Settings::default())
    };
    for (crs, places, word) in [
        ("urn:ogc:def:crs:EPSG::3857", &["13158000,2856000", "13158010,2856010"][..], "EPSG::3857"),
        ("EPSG:4549", &["500123.5,2750000"][..], "EPSG:4549"),
        ("", &["13158000,2856000", "118.1,24.9"][..], "beyond degrees"),
        ("", &["24.9,118.1", "25.1,117.2"][..], "latitude first"),
        ("EPSG:4214", &["118.1,24.9"][..], "EPSG:4214"),
    ] {
        let f = of(crs, places);
        let d = told(&f, "TAB028").expect(word);
        assert!(d.severity == crate::diag::Severity::Error && d.message.en.contains(word), "{d:?}");
        assert_eq!(f.tables[0].names.join("|"), "n|x|y");
    }
    for (crs, places) in [("", &["118.1,24.9", "-0.12,51.5"][..]), ("urn:ogc:def:crs:OGC:1.3:CRS84", &["118.1,24.9"]), ("EPSG:4490", &["118.1,24.9"])] {
        let f = of(crs, places);
        assert!(told(&f, "TAB028").is_none() && f.tables[0].names.join("|") == "n|longitude|latitude");
    }
}

#[test]
fn what_git_leaves_and_lines_in_quotes_are_told() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    let conflict = "年份,数量\n2020,1\n<<<<<<< HEAD\n2021,2\n=======\n2021,3\n>>>>>>> other\n";
    for (text, name, line) in
        [(pointer, "t.csv", 1), (pointer, "t.xlsx", 1), (conflict, "t.csv", 3), ("[\n<<<<<<< HEAD\n{\"a\":1}\n=======\n{\"a\":2}\n>>>>>>> b\n]\n", "t.json", 2)]
    {
        let f = with(text.as_bytes(), name, &Settings::default());
        let d = told(&f, "TAB029").expect(name);
        assert!(d.severity == crate::diag::Severity::Error && d.line == line && f.tables.is_empty(), "{d:?}");
    }
    for text in ["\"n,v\"\n\"1,2\"\n\"3,4\"\n", "\"n;v\"\n\"1;2\"\n"] {
        assert!(told(&table(text), "TAB006").is_some_and(|d| d.severity == crate::diag::Severity::Error), "{text}");
    }
    for text in ["\"n\"\n\"1,2\"\n", "\"n\",\"v\"\n\"1\",\"2\"\n", "\"地址\"\n\"东街,1号\"\n\"西街\"\n"] {
        assert_eq!(told(&table(text), "TAB006"), None, "{text}");
    }
    for text in ["地区，人口\n东镇,10\n西镇,20\n", "地区，类别\n东镇,甲\n西镇,乙\n", "地区，人口，面积\n东镇,10,2\n西镇,20,3\n"]
    {
        assert!(told(&table(text), "TAB007").is_some_and(|d| d.severity == crate::diag::Severity::Error), "{text} {:?}", table(text).doubts);
    }
}
