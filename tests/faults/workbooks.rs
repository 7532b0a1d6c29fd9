//! Workbooks: what they show is what is published; several tables, hidden parts, merged cells; and files made to burst.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use crate::support::{Project, SITE, copy_tree, shared};
use clerestory::load::Blob;
use clerestory::load::table::{File, Settings, read};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

/// A zip of these parts.
fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut z = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        z.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        z.write_all(bytes).unwrap();
    }
    z.finish().unwrap().into_inner()
}

const FORMATS: &[&str] = &["General", "h:mm:ss", "[h]:mm:ss", "00000", "0.0%", "yyyy\"年\"m\"月\"", "yyyy-mm-dd", "0.0,,", ";;;", "yyyy-mm-dd hh:mm", "h:mm"];

/// A workbook: of each sheet its name, its state, and what stands in its part.
fn book(sheets: &[(&str, &str, String)], about: &str) -> Vec<u8> {
    let (mut list, mut rels, mut xfs, mut codes) = (String::new(), String::new(), String::new(), String::new());
    let mut parts = vec![
        ("[Content_Types].xml".to_string(), b"<Types xmlns=\"x\"/>".to_vec()),
        (
            "_rels/.rels".to_string(),
            b"<Relationships><Relationship Id=\"r\" Type=\"http://x/relationships/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>".to_vec(),
        ),
    ];
    for (i, (name, state, body)) in sheets.iter().enumerate() {
        let _ = write!(list, "<sheet name=\"{name}\" sheetId=\"{i}\" state=\"{state}\" r:id=\"r{i}\"/>");
        let _ = write!(rels, "<Relationship Id=\"r{i}\" Type=\"http://x/relationships/worksheet\" Target=\"worksheets/s{i}.xml\"/>");
        parts.push((format!("xl/worksheets/s{i}.xml"), format!("<worksheet>{body}</worksheet>").into_bytes()));
    }
    for (i, code) in FORMATS.iter().enumerate() {
        let _ = write!(codes, "<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", 200 + i, code.replace('"', "&quot;"));
        let _ = write!(xfs, "<xf numFmtId=\"{}\"/>", if i == 0 { 0 } else { 200 + i });
    }
    parts.push(("xl/styles.xml".into(), format!("<styleSheet><numFmts>{codes}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>").into_bytes()));
    parts.push(("xl/workbook.xml".into(), format!("<workbook xmlns:r=\"r\">{about}<sheets>{list}</sheets></workbook>").into_bytes()));
    parts.push(("xl/_rels/workbook.xml.rels".into(), format!("<Relationships>{rels}</Relationships>").into_bytes()));
    zipped(&parts)
}

/// Rows as XML: cells are texts, `#1.5@2` numbers with the style, `!#REF!` errors, `=A1` formulas that nobody computed.
fn cells(rows: &[&str]) -> String {
    let mut out = String::from("<sheetData>");
    for (r, row) in rows.iter().enumerate().filter(|(_, r)| !r.is_empty()) {
        let _ = write!(out, "<row r=\"{}\">", r + 1);
        for (c, t) in row.split('|').enumerate().filter(|(_, t)| !t.is_empty()) {
            let at = format!("{}{}", (b'A' + c as u8) as char, r + 1);
            let _ = if let Some(n) = t.strip_prefix('#') {
                let (v, s) = n.split_once('@').unwrap_or((n, "0"));
                write!(out, "<c r=\"{at}\" s=\"{s}\"><v>{v}</v></c>")
            } else if let Some(e) = t.strip_prefix('!') {
                write!(out, "<c r=\"{at}\" t=\"e\"><v>{e}</v></c>")
            } else if let Some(f) = t.strip_prefix('=') {
                write!(out, "<c r=\"{at}\"><f>{f}</f><v></v></c>")
            } else {
                write!(out, "<c r=\"{at}\" t=\"inlineStr\"><is><t>{t}</t></is></c>")
            };
        }
        out.push_str("</row>");
    }
    out.push_str("</sheetData>");
    out
}

fn one(rows: &[&str]) -> Vec<u8> {
    book(&[("表", "visible", cells(rows))], "")
}

fn of(bytes: &[u8], name: &str) -> File {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&Blob::at(&path), &Settings::default())
}

fn grid(f: &File, n: usize) -> Vec<String> {
    let t = f.tables.get(n).unwrap_or_else(|| panic!("{:?}", f.doubts));
    [t.names.join("|")].into_iter().chain(t.preview.iter().map(|r| r.join("|"))).collect()
}

fn has(f: &File, code: &str, word: &str) -> bool {
    f.doubts.iter().any(|d| d.code == code && (d.message.en.contains(word) || d.message.zh.contains(word)))
}

/// A case of the shared folder as a project.
fn case(name: &str) -> Project {
    let dir = tempfile::tempdir().unwrap();
    let from = shared("cases").join(name);
    if from.join("site.yaml").exists() {
        copy_tree(&from, dir.path());
        return Project { dir };
    }
    let p = Project::new("title: Site\nbase_url: https://example.org/\nas_of: 2026-12-01\n");
    p.file("content/departments.yaml", "- {id: office, name: Office}\n");
    copy_tree(&from, &p.path("content/datasets/case"));
    p
}

/// The rows that the site offers as CSV.
fn csv(p: &Project, name: &str) -> Vec<String> {
    p.read(name).trim_start_matches('\u{FEFF}').lines().map(String::from).collect()
}

#[test]
fn what_a_sheet_shows_is_what_is_published() {
    let f = of(
        &one(&[
            "名|时刻|时长|代码|比例|月|日|数|长|文字|时分",
            "甲|#0.354166666666667@1|#1.25@2|#1569@3|#0.125@4|#45413@5|#45413@6|#0.30000000000000004|#123456789012345678|00123|#0.8@10",
            "乙|#0.999999999@1|#0.0416666666666667@2|#7@3|#0.5@4|#45444@5|#45413.5@9|#1E+22|#5|1E05|#0@10",
        ]),
        "t.xlsx",
    );
    assert_eq!(
        grid(&f, 0)[1..],
        [
            "甲|08:30:00|30:00:00|01569|12.5%|2024年5月|2024-05-01|0.3|123456789012345678|00123|19:12:00",
            "乙|00:00:00|01:00:00|00007|50.0%|2024年6月|2024-05-01 12:00:00|10000000000000000000000|5|1E05|00:00:00"
        ]
    );
    assert!(has(&f, "TAB013", "I2"), "{:?}", f.doubts);
    // Days since 1904.
    let f = of(&book(&[("s", "visible", cells(&["日|数", "#43951@6|#1", "#43952@6|#2"]))], "<workbookPr date1904=\"1\"/>"), "t.xlsx");
    assert_eq!(grid(&f, 0), ["日|数", "2024-05-01|1", "2024-05-02|2"]);
    // Errors count as missing, formulas without a value too, and both are told; so are hidden and scaled numbers.
    let f = of(&one(&["a|b|c|d", "x|!#N/A|=A1|#5@8", "y|!#REF!|=A2|#6@8", "z|#3000000@7|#4|#7@8"]), "t.xlsx");
    assert_eq!(grid(&f, 0), ["a|b|c|d", "x|||5", "y|||6", "z|3000000|4|7"]);
    for (code, word) in [("TAB008", "B2: `#N/A`"), ("TAB033", "C2"), ("TAB032", "D2"), ("TAB035", "B4")] {
        assert!(has(&f, code, word), "{code}: {:?}", f.doubts);
    }
    // Texts of several pieces, without the readings above them; escapes of XML.
    let body = "<sheetData><row><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>b</t></is></c></row><row><c t=\"inlineStr\"><is><r><t>东</t></r><r><t xml:space=\"preserve\"> 京&amp;</t></r><rPh><t>トウキョウ</t></rPh></is></c><c t=\"str\"><f>X</f><v>p_x000D_&#10;q_x005F_x0041_</v></c></row></sheetData>";
    let f = of(&book(&[("s", "visible", body.into())], ""), "t.xlsx");
    assert_eq!(grid(&f, 0)[1], "东 京&|p\nq_x0041_");
}

#[test]
fn the_cases_of_times_merges_and_hidden_parts() {
    let p = case("xlsx-time-and-duration");
    p.run(&["build", "--allow-errors"]);
    let all: Vec<String> = crate::support::tree(&p.path("public"))
        .into_iter()
        .filter(|(n, _)| n.ends_with(".csv"))
        .map(|(_, b)| String::from_utf8_lossy(&b).into_owned())
        .collect();
    let text = all.join("\n");
    assert!(text.contains("08:30:00") && ["30:00:00", "31:00:00", "32:00:00"].iter().all(|t| text.contains(t)) && !text.contains("1899"), "{text}");
    let p = case("xlsx-merged-cells");
    assert!(p.findings(&[]).iter().any(|f| f.0 == "TAB031"), "{:?}", p.findings(&[]));
    let p = case("xlsx-hidden-rows-columns");
    let ran = p.run(&["check"]);
    assert_eq!(p.findings(&[]).iter().filter(|f| f.0 == "TAB032").count(), 2, "{}", ran.out);
    let p = case("t-hidden-sheet-main");
    p.run(&["build", "--allow-errors"]);
    assert_eq!(csv(&p, "public/datasets/case/data/data.csv"), ["region,cases", "North,3", "South,5", "East,7"]);
    for (name, bytes) in crate::support::tree(&p.path("public")) {
        assert!(name.ends_with(".xlsx") || memchr::memmem::find(&bytes, b"internal").is_none(), "{name} tells what is hidden");
    }
    let p = case("t-two-tables");
    p.run(&["build", "--allow-errors"]);
    assert_eq!(csv(&p, "public/datasets/case/data/data.csv"), ["year,v", "2019,1", "2020,2", "2021,3"]);
    assert!(p.findings(&[]).iter().any(|f| f.0 == "TAB024" && f.2 == 7), "{:?}", p.findings(&[]));
}

#[test]
fn merged_cells_of_the_body_are_filled() {
    let merges = |m: &[&str]| format!("<mergeCells>{}</mergeCells>", m.iter().map(|r| format!("<mergeCell ref=\"{r}\"/>")).collect::<String>());
    let rows = &["表1", "地区|人口||备注", "|男|女", "杭州|#1|#2|x", "|#3|#4|", "宁波|#5|#6|y", "|#7||z", "一、说明与注释", "注：来源统计局"];
    let body = cells(rows) + &merges(&["A1:D1", "A2:A3", "B2:C2", "A4:A5", "A6:A7", "B7:C7", "D4:D5", "A8:D8", "A9:D9"]);
    let f = of(&book(&[("s", "visible", body)], ""), "t.xlsx");
    let g = grid(&f, 0);
    assert_eq!(g[..5], ["地区|人口/男|人口/女|备注", "杭州|1|2|x", "杭州|3|4|x", "宁波|5|6|y", "宁波|7|7|z"], "{g:?}");
    assert!(f.tables[0].notes.iter().any(|n| n == "注：来源统计局"), "{:?}", f.tables[0].notes);
    assert!(has(&f, "TAB031", ": 4 (first area A4: `杭州`); 1 of them"), "{:?}", f.doubts);
    // What stands under a merged cell is seen by nobody; it is published as the file has it, and told.
    let body = cells(&["地区|数", "杭州|#1", "隐藏值|#2", "宁波|#3"]) + &merges(&["A2:A3"]);
    let f = of(&book(&[("s", "visible", body)], ""), "t.xlsx");
    assert!(has(&f, "TAB031", "values of their own") && has(&f, "TAB031", "1 (first A3: `隐藏值`)"), "{:?}", f.doubts);
    // Over the whole sheet, and a thousand over each other: nothing bursts.
    let many: Vec<String> = (0..2000).map(|i| format!("A{}:XFD1048576", 2 + i % 50)).collect();
    let body = cells(&["a|b", "x|#1", "|#2"]) + &merges(&many.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(grid(&of(&book(&[("s", "visible", body)], ""), "t.xlsx"), 0), ["a|b", "x|1", "|2"]);
}

/// Merged cells of a head tell how many rows it has, and what stands under what.
#[test]
fn merged_cells_tell_the_rows_of_a_head() {
    let of = |rows: &[&str], m: &[&str]| {
        let merges = format!("<mergeCells>{}</mergeCells>", m.iter().map(|r| format!("<mergeCell ref=\"{r}\"/>")).collect::<String>());
        of(&book(&[("s", "visible", cells(rows) + &merges)], ""), "t.xlsx")
    };
    let data = ["甲局|1001|#12|#3|#15|#20", "乙局|1002|#8|#4|#12|#15", "丙局|1003|#9|#1|#10|#12"];
    let with = |head: &[&'static str], n: usize| -> Vec<&'static str> { head.iter().copied().chain(data.into_iter().cycle().take(n)).collect() };
    let names = "单位名称|代码|编制/行政|编制/事业|实有|合计";
    let (head, tall) = (["单位名称|代码|编制||实有|合计", "||行政|事业||"], ["C1:D1", "A1:A2", "B1:B2", "E1:E2", "F1:F2"]);
    let down = |m: &[&str], n: usize| -> Vec<String> {
        let move_one = |a: &str| format!("{}{}", &a[..1], a[1..].parse::<usize>().unwrap() + n);
        m.iter().map(|r| r.split(':').map(move_one).collect::<Vec<_>>().join(":")).collect()
    };
    for n in [1, 3, 8] {
        for above in [&[][..], &["单位：人"], &["编制情况表||||单位：人"], &["编制情况表", "单位：人"], &["编制情况表", ""]] {
            for merges in [&tall[..], &tall[..1], &tall[..3]] {
                let rows: Vec<&str> = above.iter().copied().chain(with(&head, n)).collect();
                let mut merges = down(merges, above.len());
                if above.len() > 1 {
                    merges.push("A1:F1".into());
                } else if above.first().is_some_and(|a| a.contains('|')) {
                    merges.push("A1:D1".into());
                }
                let f = of(&rows, &merges.iter().map(String::as_str).collect::<Vec<_>>());
                let t = &f.tables[0];
                assert_eq!(
                    (t.names.join("|").as_str(), t.rows, t.preview[0].join("|").as_str()),
                    (names, n as u64, "甲局|1001|12|3|15|20"),
                    "{rows:?} {merges:?}"
                );
                assert!(!has(&f, "TAB007", "") && !has(&f, "TAB031", ""), "{:?}", f.doubts);
            }
        }
    }
    for (rows, merges, want) in [
        // Three rows; a name over all columns but the first; periods as names.
        (
            &["地区|人口||||户数", "|城镇||乡村||", "|男|女|男|女|", "甲|#1|#2|#3|#4|#5", "乙|#1|#2|#3|#4|#5"][..],
            &["A1:A3", "B1:E1", "B2:C2", "D2:E2", "F1:F3"][..],
            "地区|人口/城镇/男|人口/城镇/女|人口/乡村/男|人口/乡村/女|户数",
        ),
        (&["地区|人口|||", "|#2021|#2022|#2023|", "甲|#1|#2|#3|x", "乙|#1|#2|#3|y"], &["A1:A2", "B1:D1"], "地区|人口/2021|人口/2022|人口/2023|column_5"),
        // Groups over all columns, all texts.
        (
            &["基本信息||联系方式|", "姓名|职务|科室|地点", "甲|科长|一科|东楼", "乙|科员|二科|西楼"],
            &["A1:B1", "C1:D1"],
            "基本信息/姓名|基本信息/职务|联系方式/科室|联系方式/地点",
        ),
        (
            &["机构||联系方式||备注", "名称|级别|电话|地点|", "甲|科|#1|东楼|x", "乙|科|#2|西楼|y"],
            &["A1:B1", "C1:D1", "E1:E2"],
            "机构/名称|机构/级别|联系方式/电话|联系方式/地点|备注",
        ),
        // A row of units below; a block over both rows and columns; names beside a group that is not theirs.
        (&["地区|人口||产值", "|男|女|", "|万人|万人|亿元", "甲|#1|#2|#3", "乙|#1|#2|#3"], &["A1:A3", "B1:C1", "D1:D2"], "地区|人口/男|人口/女|产值"),
        (&["项目||年末||数", "||男|女|", "甲|a|#1|#2|#3", "乙|b|#1|#2|#3"], &["A1:B2", "C1:D1", "E1:E2"], "项目|项目_2|年末/男|年末/女|数"),
        (&["地区|编制|||", "|行政|事业|在岗|离岗", "甲|#1|#2|#3|#4", "乙|#1|#2|#3|#4"], &["B1:C1"], "地区|编制/行政|编制/事业|在岗|离岗"),
        // No heads: merged names among the rows, one wide name over rows of data.
        (&["类别|名称|数", "甲|a|#1", "|b|#2", "乙|c|#3"], &["A2:A3"], "类别|名称|数"),
        (&["类别|名称|级别", "甲|子|县", "|丑|市", "乙|寅|县"], &["A2:A3"], "类别|名称|级别"),
        (&["项目||金额", "人员|工资|#1", "人员|津贴|#2", "公用|水费|#3"], &["A1:B1"], "项目|项目_2|金额"),
    ] {
        let f = of(rows, merges);
        assert_eq!(f.tables[0].names.join("|"), want, "{rows:?} {:?}", f.doubts);
    }
    // Areas without measure.
    let many: Vec<String> = (0..3000).map(|i| format!("A{}:XFD{}", 1 + i % 9, 2 + i % 9)).collect();
    let f = of(&["a|b", "x|y", "p|#2"], &many.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(f.tables.len(), 1);
}

#[test]
fn several_tables_of_a_sheet_are_told_apart() {
    let first = |rows: &[&str]| {
        let f = of(&one(rows), "t.xlsx");
        (0..f.tables.len()).map(|i| grid(&f, i).join(" ")).collect::<Vec<_>>().join(" / ")
    };
    for (rows, want) in [
        (&["年|数", "#2019|#1", "#2020|#2", "", "市|人|面", "甲|#1|#2", "乙|#2|#4"][..], "年|数 2019|1 2020|2 / 市|人|面 甲|1|2 乙|2|4"),
        (&["表1", "年|数", "#2019|#1", "#2020|#2", "", "表2", "市|人", "甲|#1", "乙|#2"], "年|数 2019|1 2020|2 / 市|人 甲|1 乙|2"),
        (&["年|数||市|人", "#2019|#1||甲|#5", "#2020|#2||乙|#6"], "年|数 2019|1 2020|2 / 市|人 甲|5 乙|6"),
        (&["年|数|||市|人", "#2019|#1|||甲|#5", "#2020|#2|||乙|#6", "||||丙|#7"], "年|数 2019|1 2020|2 / 市|人 甲|5 乙|6 丙|7"),
        // One table: rows after an empty line, titles, notes, a repeated head, columns for looks.
        (&["地区|数", "甲|#1", "乙|#2", "", "丙|#3", "", "", "注：数据来源统计局年鉴"], "地区|数 甲|1 乙|2 丙|3"),
        (&["表1 人口", "", "单位：万人", "", "地区|数", "甲|#1", "乙|#2"], "地区|数 甲|1 乙|2"),
        (&["地区|数", "甲|#1", "地区|数", "乙|#2", "", "地区|数", "丙|#3"], "地区|数 甲|1 乙|2 丙|3"),
        (&["地区|男||女", "甲|#1||#2", "乙|#1||#2"], "地区|男|column_3|女 甲|1||2 乙|1||2"),
    ] {
        assert_eq!(first(rows), want);
    }
    let f = of(&one(&["地区|数", "甲|#1", "地区|数", "乙|#2"]), "t.xlsx");
    assert!(f.tables[0].rows == 2 && has(&f, "TAB025", "A3"), "{:?}", f.doubts);
    // Identity numbers in a second table, a hidden sheet or a far cell are found all the same.
    let id = "11010519491231002X";
    for bytes in [
        one(&["年|数", "#2019|#1", "#2020|#2", "", "", "", "市|证|数", &format!("甲|{id}|#1"), &format!("乙|{id}|#1")]),
        book(&[("s", "visible", cells(&["a|b", "x|#1"])), ("h", "veryHidden", cells(&["证|数", &format!("{id}|#1")]))], ""),
        book(
            &[(
                "s",
                "visible",
                cells(&["a|b", "x|#1"]).replace("</sheetData>", &format!("<row r=\"900000\"><c r=\"XFD900000\" t=\"str\"><v>{id}</v></c></row></sheetData>")),
            )],
            "",
        ),
    ] {
        assert!(!of(&bytes, "t.xlsx").personal.is_empty());
    }
}

#[test]
fn hidden_sheets_are_never_the_table_of_the_page() {
    let long: Vec<String> = (0..40).map(|i| format!("r{i}|#{i}")).collect();
    let hidden: Vec<&str> = ["a|b"].into_iter().chain(long.iter().map(String::as_str)).collect();
    for state in ["hidden", "veryHidden"] {
        let f = of(&book(&[("raw", state, cells(&hidden)), ("公开", "visible", cells(&["地区|数", "甲|#1"]))], ""), "t.xlsx");
        assert_eq!((f.tables.len(), grid(&f, 0)), (1, vec!["地区|数".to_string(), "甲|1".to_string()]));
        assert!(has(&f, "TAB017", "raw"), "{:?}", f.doubts);
    }
    let rows = "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row><row r=\"2\" hidden=\"1\"><c><v>1</v></c><c><v>2</v></c></row><row r=\"3\"><c><v>3</v></c><c><v>4</v></c></row></sheetData><autoFilter ref=\"A1:B3\"><filterColumn colId=\"0\"/></autoFilter>";
    let f = of(&book(&[("s", "visible", rows.into())], ""), "t.xlsx");
    assert!(has(&f, "TAB032", "B–C") && has(&f, "TAB032", "filtered out or hidden rows, but published: 2"), "{:?}", f.doubts);
}

/// OpenDocument: what a cell shows stands beside its value.
#[test]
fn sheets_of_other_formats_show_times_and_codes_too() {
    let cell = |attributes: &str, shown: &str| format!("<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>");
    let text = |t: &str| cell("office:value-type=\"string\"", t);
    let row = |more: &str, cells: &[String]| format!("<table:table-row{more}>{}</table:table-row>", cells.concat());
    let ods = |rows: &str| {
        let content = format!(
            "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"S\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
        );
        zipped(&[("mimetype".into(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec()), ("content.xml".into(), content.into_bytes())])
    };
    let head = row("", &["名", "时刻", "时长", "代码", "比例", "月"].map(text));
    let data = row(
        " table:visibility=\"collapse\"",
        &[
            cell("office:value-type=\"string\"", "甲</text:p><office:annotation><text:p>批注</text:p></office:annotation><text:p>乙"),
            cell("office:value-type=\"time\" office:time-value=\"PT08H30M00S\"", "8:30"),
            cell("office:value-type=\"time\" office:time-value=\"PT30H00M00S\"", "30:00:00"),
            cell("office:value-type=\"float\" office:value=\"1569\"", "01569"),
            cell("office:value-type=\"percentage\" office:value=\"0.125\"", "12.5%"),
            cell("office:value-type=\"date\" office:date-value=\"2024-05-01\"", "2024年5月"),
        ],
    );
    let f = of(&ods(&(head.clone() + &data + &data)), "t.ods");
    assert_eq!(grid(&f, 0)[1], "甲\n乙|08:30:00|30:00:00|01569|12.5%|2024年5月");
    assert!(has(&f, "TAB032", "2–3"), "{:?}", f.doubts);
    let bomb =
        row(" table:number-rows-repeated=\"1048576\"", &[cell("table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"", "1")]);
    assert!(has(&of(&ods(&bomb), "t.ods"), "TAB001", "too many cells"));
    // The old format.
    let f = of(include_bytes!("../vectors/formats.xls"), "t.xls");
    assert_eq!(grid(&f, 0)[1], "n0|08:30:00|30:00:00|01569|12.5%");
    assert!(has(&f, "TAB032", "D") && has(&f, "TAB031", "A5"), "{:?}", f.doubts);
    assert!(has(&of(include_bytes!("../vectors/far.xls"), "t.xls"), "TAB001", "too far"));
    let whole = include_bytes!("../vectors/formats.xls");
    for n in (0..whole.len()).step_by(97) {
        let mut broken = whole.to_vec();
        broken[n] ^= 0xFF;
        of(&broken, "t.xls");
        of(&whole[..n], "t.xls");
    }
}

/// Runs `check` on one data file, and gives its findings and the most memory it took in MiB.
#[cfg(target_os = "linux")]
fn measured(p: &Project) -> (String, u64) {
    // Not a pipe: nobody reads it before the end.
    let dir = tempfile::tempdir().unwrap();
    let told = dir.path().join("out.txt");
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_clerestory"))
        .args(["check"])
        .current_dir(p.root())
        .stdout(std::fs::File::create(&told).unwrap())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let (mut peak, started) = (0, std::time::Instant::now());
    let status = loop {
        if let Ok(s) = std::fs::read_to_string(format!("/proc/{}/status", child.id())) {
            let kb = s.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.trim().split(' ').next()?.parse::<u64>().ok());
            peak = peak.max(kb.unwrap_or(0) >> 10);
        }
        if let Some(s) = child.try_wait().unwrap() {
            break s;
        }
        // Built without optimisation, on a machine that does other things too.
        assert!(started.elapsed().as_secs() < 60, "hangs");
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    let out = std::fs::read_to_string(&told).unwrap();
    assert!(status.code().is_some_and(|c| c < 2), "{status:?} {out}");
    (out, peak)
}

#[cfg(target_os = "linux")]
fn gz(text: &[u8]) -> Vec<u8> {
    let mut g = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    g.write_all(text).unwrap();
    g.finish().unwrap()
}

#[cfg(target_os = "linux")]
fn bomb(name: &str, bytes: &[u8], code: &str) {
    assert!(bytes.len() <= 1 << 20, "{name} is {} bytes", bytes.len());
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n")
        .file(
            "content/datasets/t/dataset.yaml",
            format!("title: 表\npublisher: a\nlicense: CC-BY-4.0\nissued: 2025-01-01\nresources:\n  - {{name: t, title: 表, path: {name}}}\n"),
        )
        .file(&format!("content/datasets/t/{name}"), bytes);
    let (out, peak) = measured(&p);
    assert!(out.contains(code), "{name}: no {code} in {out}");
    assert!(peak <= 256, "{name}: {peak} MiB");
}

#[cfg(target_os = "linux")]
#[test]
fn workbooks_made_to_burst_are_findings() {
    for name in ["xlsx_far_cell", "xlsx_shared_refs"] {
        let (out, peak) = measured(&case(name));
        assert!(out.contains("TAB0") && peak <= 256, "{name}: {peak} MiB {out}");
    }
    let far = |inner: &str| book(&[("s", "visible", format!("<dimension ref=\"A1:XFD1048576\"/><sheetData>{inner}</sheetData>"))], "");
    // A cell at the far corner; a diagonal; a text of megabytes in every cell; a length that is a lie.
    bomb("a.xlsx", &far("<row><c t=\"str\"><v>a</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"), "TAB030");
    let diagonal: String = (1..9000).fold(String::new(), |mut s, i| {
        let _ = write!(s, "<row r=\"{i}\"><c r=\"{}{i}\"><v>1</v></c></row>", column(i));
        s
    });
    bomb("b.xlsx", &far(&diagonal), "TAB001");
    let cells = "<c><v>1</v></c>".repeat(16_000);
    bomb("c.xlsx", &far(&format!("<row>{cells}</row>").repeat(200)), "TAB001");
    let strings = format!("<sst uniqueCount=\"18446744073709551615\"><si><t>{}</t></si></sst>", "长".repeat(400_000));
    let refs = "<row><c t=\"s\"><v>0</v></c></row>".repeat(20_000);
    let mut z = zip::ZipWriter::new_append(Cursor::new(far(&refs))).unwrap();
    z.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    z.write_all(strings.as_bytes()).unwrap();
    bomb("d.xlsx", &z.finish().unwrap().into_inner(), "TAB001");
    bomb("e.xlsx", &far(&format!("<row><c t=\"str\"><v>{}</v></c></row>", " ".repeat(200 << 20))), "TAB001");
}

#[cfg(target_os = "linux")]
fn column(mut n: usize) -> String {
    let mut out = String::new();
    while n > 0 {
        out.insert(0, (b'A' + ((n - 1) % 26) as u8) as char);
        n = (n - 1) / 26;
    }
    out
}

#[cfg(target_os = "linux")]
#[test]
fn other_files_made_to_burst_are_findings() {
    bomb("a.csv.gz", &gz(&b"1,2\n".repeat(80 << 20)), "TAB001");
    let many: Vec<(String, Vec<u8>)> = (0..6_000).map(|i| (format!("f{i}.csv"), b"a,b\n1,2\n".to_vec())).collect();
    bomb("c.zip", &zipped(&many), "TAB012");
    bomb("d.zip", &zipped(&[("a.csv".into(), b"1,2\n".repeat(40 << 20))]), "TAB001");
    bomb("e.json", "[".repeat(500_000).as_bytes(), "TAB0");
    let keys: String = (0..80_000).fold(String::new(), |mut s, i| {
        let _ = write!(s, "\"k{i}\":1,");
        s
    });
    bomb("f.json", format!("[{{{keys}\"z\":1}},{{\"z\":2}}]").as_bytes(), "TAB012");
    let wide: String = (0..1_990).fold(String::new(), |mut s, i| {
        let _ = write!(s, "\"k{i}\":1,");
        s
    });
    bomb("g.json", format!("[{{{wide}\"z\":1}}{}]", ",{\"z\":1}".repeat(110_000)).as_bytes(), "TAB012");
    bomb(
        "h.json.gz",
        &gz(format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{}[0,0]]}}}}]}}",
            "[1,2],".repeat(4_000_000)
        )
        .as_bytes()),
        "TAB0",
    );
    bomb("i.csv", format!("{}\n", "a,".repeat(500_000)).as_bytes(), "TAB012");
    bomb("j.csv", format!("{0}\n{0}\n{0}\n{1}", ["1"; 19_000].join(","), "1\n".repeat(400_000)).as_bytes(), "TAB0");
    bomb("k.csv", format!("{}\n1,2,3\n", vec!["a"; 19_000].join(",")).as_bytes(), "TAB0");
}

/// The unit told above a table is a column's only where it can be.
#[test]
fn a_unit_of_the_table_is_that_of_columns_where_it_can_be() {
    let units = |text: &str| {
        let f = of(text.as_bytes(), "t.csv");
        let t = f.tables.first().unwrap_or_else(|| panic!("{:?}", f.doubts));
        (t.unit.clone().unwrap_or_default(), (0..t.names.len()).map(|c| t.unit_of(c).unwrap_or("")).collect::<Vec<_>>().join("|"))
    };
    for (text, told, want) in [
        ("单位：元\n名称,收费标准,车位数,利用率\n甲,5,100,80%\n乙,6,120,75%\n丙,8,90,60%\n", "元", "|元||"),
        ("单位：万元\n年份,企业,总产值,从业人员,增长速度\n2021,a,100,20,3.5\n2022,b,120,30,4.5\n2023,c,90,10,2\n", "万元", "||万元||"),
        ("单位：万元\n部门,预算,学生数\n甲,100,20\n乙,120,30\n", "万元", "|万元|"),
        ("单位：万人\n地区,人口,男,女,户数,面积\n甲,5,2,3,1,7\n乙,6,3,3,2,8\n", "万人", "|万人|万人|万人||"),
        ("单位：亿元\n地区,第一产业,第二产业\n甲,5,2\n乙,6,3\n", "亿元", "|亿元|亿元"),
        ("单位：亿元\n地区,第一产业,人均收入(元)\n甲,5,2\n乙,6,3\n", "亿元", "||元"),
        ("单位：万人\n地区,2022年,2023年\n甲,5,2\n乙,6,3\n", "万人", "|万人|万人"),
        ("单位：%\n地区,就业率,企业数\n甲,5,2\n乙,6,3\n", "%", "||"),
        ("单位：元、个\n名称,收费,车位数\n甲,5,2\n乙,6,3\n", "元、个", "||"),
        ("单位：杭州市统计局\n名称,收费,车位\n甲,5,2\n乙,6,3\n", "杭州市统计局", "||"),
        ("单位：元\n名称,代码,收费\n甲,1001,2\n乙,1002,3\n", "元", "||元"),
    ] {
        assert_eq!(units(text), (told.to_string(), want.to_string()), "{text}");
    }
}

#[test]
fn the_same_head_below_another_title_is_another_table() {
    let f = of(&one(&["表一 收入", "项目|2022|2023", "税收|#1|#2", "费|#3|#4", "", "表二 支出", "项目|2022|2023", "工资|#7|#8"]), "t.xlsx");
    assert_eq!((grid(&f, 0).join(" ").as_str(), grid(&f, 1).join(" ").as_str()), ("项目|2022|2023 税收|1|2 费|3|4", "项目|2022|2023 工资|7|8"));
    assert!(has(&f, "TAB024", "A6:C8"), "{:?}", f.doubts);
    let f = of(&one(&["项目|2022|2023", "税收|#1|#2", "费|#3|#4", "", "项目|2022|2023", "工资|#7|#8"]), "t.xlsx");
    assert_eq!((f.tables.len(), grid(&f, 0).len(), has(&f, "TAB025", "1")), (1, 4, true), "{:?}", f.doubts);
    // A head that is left out is no empty row.
    let f = of(&one(&["a|b", "x|#1", "a|b", "y|#2"]), "t.xlsx");
    assert!(!has(&f, "TAB036", "") && has(&f, "TAB025", "1") && grid(&f, 0).len() == 3, "{:?}", f.doubts);
}

#[test]
fn cells_beside_a_table_are_none_of_it() {
    for (stray, place) in [("D60", "D60"), ("K3", "K3"), ("C40", "C40")] {
        let row: u32 = stray[1..].parse().unwrap();
        let more = |r: u32| if r == row { format!("<c r=\"{stray}\" t=\"inlineStr\"><is><t>draft only</t></is></c>") } else { String::new() };
        let cell = |at: &str, t: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{t}</t></is></c>");
        let table: String = (1..=3)
            .map(|r| {
                let (a, b) = if r == 1 { ("地区".to_string(), "人口".to_string()) } else { (format!("县{r}"), format!("{r}")) };
                let b = if r == 1 { cell("B1", &b) } else { format!("<c r=\"B{r}\"><v>{b}</v></c>") };
                format!("<row r=\"{r}\">{}{b}{}</row>", cell(&format!("A{r}"), &a), more(r))
            })
            .collect();
        let below = if row > 3 { format!("<row r=\"{row}\">{}</row>", more(row)) } else { String::new() };
        let f = of(&book(&[("s", "visible", format!("<sheetData>{table}{below}</sheetData>"))], ""), "t.xlsx");
        assert_eq!(grid(&f, 0), ["地区|人口", "县2|2", "县3|3"], "{stray}");
        assert!(has(&f, "TAB030", place) && f.tables.len() == 1, "{stray} {:?}", f.doubts);
    }
    // A column that has a head, and one whose rows are filled, are of the table.
    let f = of(&one(&["a|b||c", "x|#1", "y|#2||z"]), "t.xlsx");
    assert_eq!(f.tables[0].names.len(), 4, "{:?}", f.doubts);
    let f = of(&one(&["a|b", "x|#1||p", "y|#2||q"]), "t.xlsx");
    assert!(grid(&f, 0)[1].ends_with('p'), "{:?}", f.doubts);
}

#[test]
fn texts_about_an_archive_are_no_tables_and_long_cells_no_columns() {
    let f = of(&zipped(&[("a.csv".into(), b"k,v\na,1\nb,2\n".to_vec()), ("readme.txt".into(), b"These are the data.\n".to_vec())]), "t.zip");
    assert!(f.tables.len() == 1 && !has(&f, "TAB001", ""), "{:?}", f.doubts);
    let f = of(&one(&[&"x".repeat(2 << 20)]), "t.xlsx");
    assert!(has(&f, "TAB012", "too long") && !has(&f, "TAB012", "20000"), "{:?}", f.doubts);
}

#[test]
fn an_ods_shows_midnight_where_its_cells_do() {
    let cell = |kind: &str, value: &str, shown: &str| {
        format!("<table:table-cell office:value-type=\"{kind}\" office:{kind}-value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>")
    };
    let text = |t: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{t}</text:p></table:table-cell>");
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row(&["记录时间", "日", "时刻"].map(text)),
        row(&[cell("date", "2024-05-01", "2024-05-01 00:00"), cell("date", "2024-05-01", "2024-05-01"), cell("time", "PT00H00M00S", "00:00")]),
        row(&[
            cell("date", "2024-05-01T00:00:00", "2024-05-01 00:00:00"),
            cell("date", "2024-05-02T00:00:00", "2024-05-02"),
            cell("time", "PT24H00M00S", "24:00"),
        ]),
        row(&[cell("date", "2024-05-02T08:30:00", "2024-05-02 08:30"), cell("date", "2024-05-03", "2024年5月3日"), cell("time", "PT08H30M00S", "08:30")]),
    ];
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"s\">{}</table:table></office:spreadsheet></office:body></office:document-content>",
        rows.concat()
    );
    let parts = [("mimetype".to_string(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec()), ("content.xml".into(), content.into_bytes())];
    assert_eq!(
        grid(&of(&zipped(&parts), "t.ods"), 0),
        ["记录时间|日|时刻", "2024-05-01 00:00:00|2024-05-01|00:00:00", "2024-05-01 00:00:00|2024-05-02|24:00:00", "2024-05-02 08:30:00|2024-05-03|08:30:00"]
    );
}

#[test]
fn tables_side_by_side_are_read_apart() {
    // With an empty column between: the same names again, and other names with rows of their own.
    let f = of(&one(&["地区|人口||地区|面积", "甲|#1||丙|#30", "乙|#2||丁|#40"]), "t.xlsx");
    assert_eq!(
        (grid(&f, 0), grid(&f, 1)),
        (vec!["地区|人口".to_string(), "甲|1".into(), "乙|2".into()], vec!["地区|面积".to_string(), "丙|30".into(), "丁|40".into()])
    );
    assert!(has(&f, "TAB024", "D1:E3"), "{:?}", f.doubts);
    let f = of(&one(&["地区|人口||项目|金额", "甲|#1||税收|#30", "乙|#2||其他|#40", "丙|#3"]), "t.xlsx");
    assert_eq!((f.tables.len(), grid(&f, 0).len(), grid(&f, 1).len()), (2, 4, 3), "{:?}", f.doubts);
    // The head again, with no empty row between, and again behind a line of one cell.
    let f = of(&one(&["地区|人口", "甲|#1", "地区|人口", "乙|#2", "地区|人口", "丙|#3"]), "t.xlsx");
    assert_eq!((f.tables.len(), grid(&f, 0).len(), has(&f, "TAB025", "2")), (1, 4, true), "{:?}", f.doubts);
}
