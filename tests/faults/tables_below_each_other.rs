//! Tables right below each other, units that only number formats show, columns that lose their type.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use clerestory::load::Blob;
use clerestory::load::table::{File, Settings, layout, read};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

fn of(name: &str, bytes: &[u8], settings: &Settings) -> File {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&Blob::at(&path), settings)
}

fn grids(f: &File) -> String {
    let table = |t: &clerestory::load::table::Table| [t.names.join("|")].into_iter().chain(t.preview.iter().map(|r| r.join("|"))).collect::<Vec<_>>().join(" ");
    f.tables.iter().map(table).collect::<Vec<_>>().join(" / ")
}

fn place(f: &File, code: &str) -> Option<(u64, usize)> {
    f.doubts.iter().find(|d| d.code == code).map(|d| (d.line, d.column))
}

/// A workbook of one sheet. Cells are texts, `#1.5` numbers, `#1.5@0.0"万元"` numbers with a format.
pub fn sheet(rows: &[&str]) -> Vec<u8> {
    let mut formats: Vec<&str> = vec!["General"];
    let mut data = String::new();
    for (r, row) in rows.iter().enumerate() {
        let _ = write!(data, "<row r=\"{}\">", r + 1);
        for (c, t) in row.split('|').enumerate().filter(|(_, t)| !t.is_empty()) {
            let at = format!("{}{}", (b'A' + c as u8) as char, r + 1);
            if let Some(n) = t.strip_prefix('#') {
                let (v, format) = n.split_once('@').unwrap_or((n, "General"));
                let s = formats.iter().position(|f| *f == format).unwrap_or_else(|| {
                    formats.push(format);
                    formats.len() - 1
                });
                let _ = write!(data, "<c r=\"{at}\" s=\"{s}\"><v>{v}</v></c>");
            } else {
                let _ = write!(data, "<c r=\"{at}\" t=\"inlineStr\"><is><t>{t}</t></is></c>");
            }
        }
        data.push_str("</row>");
    }
    let escape = |t: &str| t.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let (mut codes, mut xfs) = (String::new(), String::new());
    for (i, f) in formats.iter().enumerate() {
        let _ = write!(codes, "<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", 200 + i, escape(f));
        let _ = write!(xfs, "<xf numFmtId=\"{}\"/>", 200 + i);
    }
    let mut z = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types xmlns=\"x\"/>".to_string()),
        ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>".into()),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>".into()),
        ("xl/styles.xml", format!("<styleSheet><numFmts>{codes}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>")),
        ("xl/s.xml", format!("<worksheet><sheetData>{data}</sheetData></worksheet>")),
    ] {
        z.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        z.write_all(text.as_bytes()).unwrap();
    }
    z.finish().unwrap().into_inner()
}

/// Rows of two tables without an empty row between, and what is read.
const STACKED: &[(&[&str], &str, u64)] = &[
    (&["市|人口", "甲|1", "乙|2", "部门|收入", "财政|5", "教育|6"], "市|人口 甲|1 乙|2 / 部门|收入 财政|5 教育|6", 4),
    (&["市|人口|面积", "甲|1|5", "乙|2|6", "部门|收入|支出", "财政|5|1", "教育|6|2"], "市|人口|面积 甲|1|5 乙|2|6 / 部门|收入|支出 财政|5|1 教育|6|2", 4),
    (&["市|人口|面积", "甲|1|5", "乙|2|6", "线路|里程", "1路|12", "2路|15"], "市|人口|面积 甲|1|5 乙|2|6 / 线路|里程 1路|12 2路|15", 4),
    (&["市|2022|2023", "甲|1|5", "乙|2|6", "市|2024|2025", "甲|5|1", "乙|6|2"], "市|2022|2023 甲|1|5 乙|2|6 / 市|2024|2025 甲|5|1 乙|6|2", 4),
    (&["市|人口", "甲|1", "乙|2", "丙|3", "市|床位", "甲|5", "乙|6"], "市|人口 甲|1 乙|2 丙|3 / 市|床位 甲|5 乙|6", 5),
    (
        &["姓名|职务", "张三|科长", "李四|科员", "单位|地址", "财政局|人民路", "教育局|解放路"],
        "姓名|职务 张三|科长 李四|科员 / 单位|地址 财政局|人民路 教育局|解放路",
        4,
    ),
    (&["date|count", "2024-01-01|5", "2024-01-02|6", "city|population", "A|5", "B|6"], "date|count 2024-01-01|5 2024-01-02|6 / city|population A|5 B|6", 4),
    (&["市|甲类|乙类", "甲|1|5", "乙|2|6", "表2 树木", "街|杨树|柳树", "东|5|1", "西|6|2"], "市|甲类|乙类 甲|1|5 乙|2|6 / 街|杨树|柳树 东|5|1 西|6|2", 4),
];

/// What only looks like it: rows of one table.
const ONE: &[&[&str]] = &[
    &["市|人口|面积", "甲|1|5", "乙|不详|暂无", "丙|2|6"],
    &["市|人口|面积", "甲|1|5", "乙|n/a|unknown", "丙|2|6"],
    &["市|人口", "甲|1", "乙|停办", "丙|2"],
    &["市|人口", "甲|1", "乙|约五十", "丙|2"],
    &["项目|状态", "名称|完成", "编号|未完成", "日期|完成"],
    &["市|人口|面积", "甲|1|5", "城区|", "乙|2|6", "丙|3|7"],
    &["市|人口|备注", "甲|1|无", "合计|2|见附表", "丙|2|无"],
    &["k|v", "a|1", "b|x", "c|2", "d|3"],
];

#[test]
fn a_head_right_below_the_rows_of_a_table_begins_another() {
    let csv = |rows: &[&str]| {
        let width = rows.iter().map(|r| r.split('|').count()).max().unwrap();
        rows.iter().map(|r| format!("{}{}\n", r.replace('|', ","), ",".repeat(width - r.split('|').count()))).collect::<String>()
    };
    let xlsx = |rows: &[&str]| {
        let number = |t: &str| if t.parse::<f64>().is_ok() { format!("#{t}") } else { t.to_string() };
        let rows: Vec<String> = rows.iter().map(|r| r.split('|').map(number).collect::<Vec<_>>().join("|")).collect();
        sheet(&rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    for (rows, want, line) in STACKED {
        for f in [of("t.csv", csv(rows).as_bytes(), &Settings::default()), of("t.xlsx", &xlsx(rows), &Settings::default())] {
            assert_eq!(grids(&f).replace("||", "|").replace("| ", " "), *want, "{rows:?} {:?}", f.doubts);
            assert_eq!(place(&f, "TAB024"), Some((*line, usize::from(f.format.name() != "CSV"))), "{rows:?} {:?}", f.doubts);
            assert!(f.tables[1].second && place(&f, "TAB008").is_none(), "{rows:?} {:?}", f.doubts);
        }
        // The author knows better.
        let told = Settings { head: layout::Told { rows: vec![1], ..layout::Told::default() }, ..Settings::default() };
        for f in [of("t.csv", csv(rows).as_bytes(), &told), of("t.xlsx", &xlsx(rows), &told)] {
            assert_eq!((f.tables.len(), place(&f, "TAB024")), (1, None), "{rows:?}");
        }
    }
    for rows in ONE {
        for f in [of("t.csv", csv(rows).as_bytes(), &Settings::default()), of("t.xlsx", &xlsx(rows), &Settings::default())] {
            assert_eq!((f.tables.len(), place(&f, "TAB024")), (1, None), "{rows:?} {:?}", f.doubts);
        }
    }
    // Far into a long file.
    let many: String = (0..40_000).map(|i| format!("n{i},{i}\n")).collect();
    let f = of("t.csv", format!("k,v\n{many}部门,收入\n财政,5\n教育,6\n").as_bytes(), &Settings::default());
    assert_eq!(f.tables.iter().map(|t| t.rows).collect::<Vec<_>>(), [40_000, 2]);
}

/// Cells of a column below its name, the rows that are published, its unit, and what is told: severity and a word.
type Formatted = (&'static [&'static str], &'static str, Option<&'static str>, Option<(&'static str, &'static str)>);

const FORMATTED: &[Formatted] = &[
    (&["金额", "#12.5@0.0\"万元\"", "#30@0.0\"万元\""], "金额 12.5 30", Some("万元"), Some(("info", "万元"))),
    (&["人数", "#1250@#,##0\"人\"", "#30@#,##0\"人\""], "人数 1250 30", Some("人"), Some(("info", "B2：`1250人`"))),
    (&["数", "#12@0\\起", "#30@0\\起"], "数 12 30", Some("起"), Some(("info", "起"))),
    (&["气温", "#15.5@0.0\"℃\"", "#-3@0.0\"℃\""], "气温 15.5 -3", Some("℃"), Some(("info", "℃"))),
    (&["浓度", "#15.5@0.0\" µg/L\"", "#3@0.0\" µg/L\""], "浓度 15.5 3", Some("µg/L"), Some(("info", "µg/L"))),
    (&["金额", "#12.5@\"¥\"#,##0.00", "#30@\"¥\"#,##0.00"], "金额 12.5 30", Some("¥"), Some(("info", "¥"))),
    (&["price", "#12.5@[$€-407] #,##0.00", "#30@[$€-407] #,##0.00"], "price 12.5 30", Some("€"), Some(("info", "€"))),
    // The head says so already.
    (&["金额（万元）", "#12.5@0.0\"万元\"", "#30@0.0\"万元\""], "金额（万元） 12.5 30", Some("万元"), None),
    (&["金额（元）", "#12.5@\"¥\"0.00", "#30@\"¥\"0.00"], "金额（元） 12.5 30", Some("元"), None),
    (&["金额（万元）", "#12.5@\"¥\"0.00", "#30@0.00"], "金额（万元） 12.5 30", Some("万元"), None),
    // Shares, and years that are counted.
    (&["率", "#0.125@0.0%", "#0.3@0%"], "率 12.5% 30%", None, None),
    (&["率", "#12@0\"%\"", "#30@0\"%\""], "率 12% 30%", None, None),
    (&["率", "#12@0\"‰\"", "#30@0\"‰\""], "率 12 30", Some("‰"), Some(("info", "‰"))),
    (&["年份", "#2022@0\"年\"", "#2023@0\"年\""], "年份 2022年 2023年", None, None),
    // Units that differ, or that the head contradicts: as the sheet shows them.
    (&["金额", "#12.5@0.0\"万元\"", "#30@0\"元\""], "金额 12.5万元 30元", None, Some(("warning", "B3 却是 `30元`"))),
    (&["金额", "#12.5@0.0\"万元\"", "#30"], "金额 12.5万元 30", None, Some(("warning", "B3 却是 `30`"))),
    (&["金额（元）", "#12.5@0.0\"万元\"", "#-3@0.0\"万元\""], "金额（元） 12.5万元 -3万元", Some("元"), Some(("warning", "`元`"))),
    (&["价", "#12@\"¥\"0", "#30@[$$-409]0"], "价 ¥12 $30", None, Some(("warning", "$30"))),
    (&["价", "#12@\"¥\"0", "#30"], "价 12 30", None, Some(("warning", "不带货币"))),
    // Words that are no unit; words in place of the number; numbers out of sight; scales.
    (&["数", "#12@\"约\"0", "#30@\"约\"0"], "数 12 30", None, Some(("warning", "约12"))),
    (&["号", "#12@\"第\"0\"号\"", "#30@\"第\"0\"号\""], "号 12 30", None, Some(("warning", "第12号"))),
    (&["性别", "#1@[=1]\"男\";[=2]\"女\"", "#2@[=1]\"男\";[=2]\"女\""], "性别 男 女", None, Some(("warning", "男"))),
    (&["金额", "#123456@0!.0,\"万元\"", "#3000000@0!.0,\"万元\""], "金额 123456 3000000", None, Some(("warning", "123456"))),
    // Signs alone say nothing more.
    (&["增减", "#12@\"▲\"0;\"▼\"0", "#-30@\"▲\"0;\"▼\"0"], "增减 12 -30", None, None),
    (&["增减", "#12@0_);(0)", "#-30@0_);(0)"], "增减 12 -30", None, None),
    (&["号", "#12@\"A-\"000", "#7@\"A-\"000"], "号 A-012 A-007", None, None),
];

#[test]
fn units_that_only_number_formats_show_are_not_lost() {
    for (cells, want, unit, told) in FORMATTED {
        let rows: Vec<String> = cells.iter().enumerate().map(|(i, c)| format!("{}|{c}", ["项目", "甲", "乙"][i])).collect();
        let f = of("t.xlsx", &sheet(&rows.iter().map(String::as_str).collect::<Vec<_>>()), &Settings::default());
        let t = &f.tables[0];
        let shown = [t.names[1].clone()].into_iter().chain(t.preview.iter().map(|r| r[1].clone())).collect::<Vec<_>>().join(" ");
        assert_eq!((shown.as_str(), t.unit_of(1)), (*want, *unit), "{cells:?} {:?}", f.doubts);
        let said: Vec<(String, &str)> =
            f.doubts.iter().filter(|d| d.code == "TAB035").map(|d| (format!("{:?}", d.severity).to_lowercase(), d.message.zh.as_str())).collect();
        match told {
            None => assert!(said.is_empty(), "{cells:?} {said:?}"),
            Some((severity, word)) => {
                assert!(said.len() == 1 && severity.starts_with(&said[0].0[..4]) && said[0].1.contains(word), "{cells:?} {said:?}");
                assert_eq!(place(&f, "TAB035").map(|p| p.1), Some(2), "{cells:?}");
            }
        }
        assert!(!f.doubts.iter().any(|d| d.code == "TAB038"), "what follows from it: {cells:?} {:?}", f.doubts);
    }
    // Hidden by words: the number is told as hidden.
    let f = of("t.xlsx", &sheet(&["项目|工资", "甲|#1500@\"***\"", "乙|#30@\"***\""]), &Settings::default());
    assert_eq!(place(&f, "TAB032"), Some((2, 2)), "{:?}", f.doubts);
    // A year of the head is named as it is shown.
    let f = of("t.xlsx", &sheet(&["地区|#2022@0\"年\"|#2023@0\"年\"", "甲|#1|#2", "乙|#3|#4"]), &Settings::default());
    assert_eq!(grids(&f), "地区|2022年|2023年 甲|1|2 乙|3|4");
}

#[test]
fn a_column_that_few_values_make_text_says_which() {
    let rows = |n: usize, value: &dyn Fn(usize) -> String, odd: &[&str]| {
        let mut out = String::from("k,v\n");
        (0..n).for_each(|i| out.push_str(&format!("n{i},{}\n", value(i))));
        odd.iter().enumerate().for_each(|(i, o)| out.push_str(&format!("x{i},{o}\n")));
        out
    };
    let number = |i: usize| (i * 3).to_string();
    let day = |i: usize| format!("2024-01-{:02}", i % 28 + 1);
    let truth = |i: usize| if i.is_multiple_of(2) { "true".to_string() } else { "false".into() };
    for (n, value, odd, kept) in [
        (8, &number as &dyn Fn(usize) -> String, &["不详"][..], false),
        (8, &number, &["约50"], false),
        (8, &number, &["12 人", "见注"], false),
        (12, &number, &["约5", "不明", "?"], false),
        (29, &number, &["一百"], true),
        (29, &day, &["长期"], true),
        (8, &day, &["待定", "长期"], false),
        (8, &truth, &["部分"], false),
        (3000, &number, &["约5", "约6", "x"], true),
    ] {
        let f = of("t.csv", rows(n, value, odd).as_bytes(), &Settings::default());
        let first = f.doubts.iter().find(|d| d.code == "TAB008").unwrap_or_else(|| panic!("{n} {odd:?} {:?}", f.doubts));
        assert_eq!((first.line, first.column), (n as u64 + 2, 2), "{odd:?} {:?}", f.doubts);
        assert!(first.message.zh.contains(odd[0]) && first.message.en.contains(odd[0]), "{odd:?} {:?}", first.message);
        let text = format!("{:?}", f.tables[0].columns[1].kind) == "String";
        assert_eq!(text, !kept, "{n} {odd:?}");
        // No value is changed.
        assert!(f.tables[0].preview.len() < n || f.tables[0].preview.iter().rev().zip(odd.iter().rev()).all(|(r, o)| r[1] == *o), "{odd:?}");
    }
    // Text among figures that is meant.
    let f = of("t.csv", rows(10, &number, &["a", "b", "c", "d", "e"]).as_bytes(), &Settings::default());
    assert_eq!(place(&f, "TAB008"), None, "{:?}", f.doubts);
}
