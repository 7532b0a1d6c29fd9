//! What a sheet shows and what is published of it, values of other customs, marks in titles, what is left to be filled in, slips at
//! the command line.

use super::tables_below_each_other::sheet;
use crate::support::{Project, Ran, SITE, SITE_CN, run_as};

const DATASET: &str = "title: 表\nsummary: 一份数据\npublisher: office\nlicense: CC-BY-4.0\nfrequency: yearly\naccess_rights: 无条件开放\nkeywords: [数]\npublished_at: 2025-12-01\nresources:\n  - {name: t, title: 表, path: ";

fn dataset(file: &str, bytes: impl AsRef<[u8]>) -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p.file("content/datasets/d/dataset.yaml", format!("{DATASET}{file}}}\n"));
    p.file(&format!("content/datasets/d/{file}"), bytes);
    p
}

/// Findings in Chinese as (code, file, line, column, message).
fn told(p: &Project) -> Vec<(String, String, u64, u64, String)> {
    let ran = run_as(p.root(), &["--lang", "zh", "check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    let text = |v: &serde_json::Value| v.as_str().unwrap_or("").to_string();
    let of =
        |f: &serde_json::Value| (text(&f["code"]), text(&f["file"]), f["line"].as_u64().unwrap_or(0), f["column"].as_u64().unwrap_or(0), text(&f["message"]));
    json["findings"].as_array().expect("a list").iter().map(of).collect()
}

fn says(p: &Project, code: &str, words: &str) -> bool {
    told(p).iter().any(|f| f.0 == code && f.4.contains(words))
}

/// The CSV of the first table of a workbook.
fn published(p: &Project) -> String {
    p.build();
    p.read("public/datasets/d/t/t.csv").replace("\r\n", "\n")
}

const RAISED: &str = "</t><r><rPr><vertAlign val=\"superscript\"/></rPr><t>";

#[test]
fn the_head_of_a_workbook_is_what_it_shows() {
    // 45292 is the first of January 2024.
    let head = |format: &str, step: usize| {
        let days: Vec<String> = (0..3).map(|i| format!("#{}@{format}", 45_292 + i * step)).collect();
        dataset("t.xlsx", sheet(&[&format!("地区|{}", days.join("|")), "甲|#1.5|#2|#3", "乙|#2|#3|#4", "丙|#5|#6|#7"]))
    };
    for (format, step, want) in [
        ("m\"月\"", 31, "1月,2月,3月"),
        ("mmm", 31, "Jan,Feb,Mar"),
        ("m\"月\"d\"日\"", 1, "1月1日,1月2日,1月3日"),
        ("yyyy/m/d", 1, "2024/1/1,2024/1/2,2024/1/3"),
        ("yyyy\\-mm\\-dd", 1, "2024-01-01,2024-01-02,2024-01-03"),
        ("[DBNum1]m\"月\"", 31, "一月,二月,三月"),
        ("yyyy\"年\"m\"月\"", 31, "2024年1月,2024年2月,2024年3月"),
    ] {
        let p = head(format, step);
        let csv = published(&p);
        assert_eq!(csv.lines().next(), Some(&*format!("地区,{want}")), "{format}");
        assert_eq!(csv.lines().nth(1), Some("甲,1.5,2,3"), "{format}");
        // That the year is not shown is said, and what is held.
        assert_eq!(says(&p, "TAB035", "存的是 `2024-01-01`"), !want.contains("2024"), "{format}");
    }
    // Below a head of words, days are days, whole, and that their year is not seen is told.
    let p = dataset("t.xlsx", sheet(&["日期|数", "#45292@m\"月\"d\"日\"|#1", "#45293@m\"月\"d\"日\"|#2", "#45294@m\"月\"d\"日\"|#3"]));
    assert!(published(&p).contains("2024-01-02,2"));
    assert!(told(&p).iter().any(|f| f.0 == "TAB035" && (f.2, f.3) == (2, 1) && f.4.contains("3 格") && f.4.contains("`1月1日`")), "{:#?}", told(&p));
    // In a text too, a day over figures is a name.
    let p = dataset("t.csv", "地区,2024-01-01,2024-01-02\n甲,1,2\n乙,3,4\n丙,5,6\n");
    assert!(!says(&p, "TAB007", ""), "{:#?}", told(&p));
}

#[test]
fn raised_signs_do_not_run_into_the_word_before() {
    let p = dataset(
        "t.xlsx",
        sheet(&[&format!("县{RAISED}1</t></r><t>|面积（km{RAISED}2</t></r><t>）"), &format!("甲{RAISED}2)</t></r><t>|#1"), "乙|#2", "丙|#3"]),
    );
    let csv = published(&p);
    assert!(csv.starts_with("县¹,面积（km²）\n甲²⁾,1\n"), "{csv}");
    assert!(told(&p).iter().any(|f| f.0 == "TAB035" && (f.2, f.3) == (1, 1) && f.4.contains("`县¹`") && f.4.contains("2 格")), "{:#?}", told(&p));
}

#[test]
fn a_sign_or_a_scale_that_a_format_hides_is_told() {
    let of = |format: &str| dataset("t.xlsx", sheet(&["地区|数", &format!("甲|#5000@{format}"), &format!("乙|#-3000@{format}"), "丙|#7"]));
    for (format, words) in [
        ("0;0", "负号"),
        ("#,##0.00_);#,##0.00_)", "负号"),
        (";;;", "隐藏"),
        ("0,", "显示的与存的不同"),
        ("0!.0,\"万\"", "显示的与存的不同"),
        ("0\"万\"", "万`"),
    ] {
        let p = of(format);
        assert!(told(&p).iter().any(|f| matches!(&*f.0, "TAB032" | "TAB035") && f.4.contains(words) && f.2 > 1), "{format}: {:#?}", told(&p));
    }
    for format in ["0", "0_);(0)", "0;[Red]0", "0;-0", "#,##0;▲#,##0"] {
        assert!(!says(&of(format), "TAB035", "负号"), "{format}");
    }
}

#[test]
fn two_tables_below_each_other_in_a_sheet() {
    let p = dataset("t.xlsx", sheet(&["2023年情况", "地区|数|值", "甲|#1|#3", "乙|#2|#4", "2024年情况", "地区|数|值", "丙|#3|#4", "丁|#4|#5"]));
    assert_eq!(published(&p), "地区,数,值\n甲,1,3\n乙,2,4\n");
    assert_eq!(p.read("public/datasets/d/t/t-2.csv").replace("\r\n", "\n"), "地区,数,值\n丙,3,4\n丁,4,5\n");
    assert!(told(&p).iter().any(|f| f.0 == "TAB024" && f.2 == 5));
    // More of the same table.
    let p = dataset("t.xlsx", sheet(&["2023年情况", "地区|数|值", "甲|#1|#3", "乙|#2|#4", "2023年情况（续）", "地区|数|值", "丙|#3|#4", "丁|#4|#5"]));
    assert!(!says(&p, "TAB024", "") && says(&p, "TAB025", "重复表头"));
}

#[test]
fn values_of_other_customs_in_texts_are_told_with_their_place() {
    for (name, csv, code, line, words) in [
        ("t.csv", "日期,数\n民国113年5月6日,1\n民国113年6月6日,2\n民国112年6月6日,2\n", "TAB038", 1, "2024"),
        ("t.csv", "日期,数\n113/05/06,1\n113/06/06,2\n112/06/16,2\n", "TAB038", 1, "可能是民国纪年"),
        ("t.csv", "名,数\n甲,1\n乙,inf\n丙,3\n", "TAB008", 3, "`inf`"),
        ("t.csv", "名,数\n甲,1\n乙,2\n丙,-Infinity\n", "TAB008", 4, "`-Infinity`"),
        ("t.csv", "名,数\n甲,1\n乙,NaN\n丙,3\n", "TAB015", 3, "`NaN`"),
        ("t.csv", "代码,数\n'0012,1\n'0013,2\n", "TAB038", 2, "单引号"),
        ("t.tsv", "代码\t数\n0011\t1\n'0012\t1\n'0013\t2\n", "TAB038", 3, "单引号"),
        ("t.csv", "名,开\n甲,T\n乙,F\n丙,T\n", "TAB038", 1, "`T`、`F`"),
        ("t.csv", "名,日\n甲,2024-01-01\n乙,2024-01-02\n丙,待定\n", "TAB008", 4, "`待定`"),
        ("t.csv", "地区,数,值\n甲,1,2\n乙,2,3\n注：不含丁,,,\n", "TAB011", 1, "表下 1 行"),
    ] {
        let p = dataset(name, csv);
        assert!(told(&p).iter().any(|f| f.0 == code && f.2 == line && f.4.contains(words)), "{csv}: {:#?}", told(&p));
        // Nothing is changed for it.
        p.build();
        let out = p.read(&format!("public/datasets/d/{name}"));
        assert_eq!(out, csv);
    }
    // All grades are F, or 是 and 否.
    for csv in ["名,等级\n甲,F\n乙,F\n", "名,有\n甲,是\n乙,否\n", "名,版本\n甲,1.13.5\n乙,1.13.6\n", "名,分数\n甲,5/6\n乙,3/4\n"] {
        assert!(!says(&dataset("t.csv", csv), "TAB038", ""), "{csv}");
    }
    // Figures of lists in JSON keep their text.
    let p = dataset("t.json", "[{\"v\":[0.0000001,5,1e21],\"n\":0.0000001},{\"v\":[1.0],\"n\":2}]");
    assert_eq!(published(&p), "v,n\n\"[0.0000001,5,1e21]\",0.0000001\n[1.0],2\n");
}

#[test]
fn a_finding_of_the_dictionary_has_its_line() {
    let p = dataset("t.csv", "地区,数\n甲,1\n\"乙\n乙\",很多\n丙,3\n");
    p.file("content/datasets/d/dataset.yaml", format!("{DATASET}t.csv, schema: {{fields: [{{name: 地区}}, {{name: 数, type: integer}}]}}}}\n"));
    assert!(told(&p).iter().any(|f| f.0 == "OD002" && f.1.ends_with("t.csv") && f.2 == 3 && f.4.contains("`很多`")), "{:#?}", told(&p));
}

fn news(title: &str, body: &str) -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p.file("content/news/a.md", format!("---\ntitle: \"{title}\"\nissuer: [office]\npublished_at: 2025-12-01\n---\n\n{body}\n"));
    p
}

#[test]
fn marks_of_titles_and_first_lines_hold_a_text() {
    let held = |p: &Project| told(p).iter().any(|f| f.0 == "SEC002");
    for title in ["会议名单（勿外传）", "「会议名单（勿外传）」", "会议名单【内部】", "会议名单-请勿外传", "内部资料：会议名单", "会议名单（内部使用）"]
    {
        assert!(held(&news(title, "正文。")), "{title}");
        assert!(held(&news("会议名单", &format!("# {title}\n\n正文。"))), "{title}");
    }
    for line in ["此件不公开", "机密", "内部资料", "勿外传", "（勿外传）", "不宜公开"] {
        let p = news("会议名单", &format!("{line}\n\n正文。"));
        assert!(held(&p), "{line}");
        // Once.
        assert!(!told(&p).iter().any(|f| f.0 == "SEC013"), "{line}: {:#?}", told(&p));
    }
    for title in ["政府信息公开答复书（不予公开）", "机关内部（科室）管理办法", "依申请公开指南", "关于内部资料管理的通知"]
    {
        assert!(!held(&news(title, "说明（勿外传）的含义。")), "{title}");
    }
}

#[test]
fn numbers_of_persons_in_every_dress() {
    for number in [
        "手机+86(138)5713-6642",
        "手机+86 (138) 5713 6642",
        "手机⑬⑧⑤⑦①③⑥⑥④②",
        "手机⑬⑧⑤⑦⑬⑥⑥④②",
        "⑬⑧⑤⑦⑬⑥⑥④②",
        "手机１３８·5713·6642",
        "手机138丶5713丶6642",
        "身份证⑪⓪①⓪①⑲⑨⓪⓪③⓪⑦①②③③",
        "身份证110101·19900307·1233",
    ] {
        let p = news("通知", &format!("联系张先生，{number}，欢迎来电。"));
        assert!(told(&p).iter().any(|f| f.0 == "SEC003"), "{number}: {:#?}", told(&p));
    }
    for text in ["⑩办理 ⑪咨询 ⑫投诉", "⑬13次会议", "见第⑪条和第⑫条第110101项"] {
        assert!(!told(&news("通知", text)).iter().any(|f| f.0.starts_with("SEC0")), "{text}");
    }
}

#[test]
fn what_is_left_to_be_filled_in_is_told() {
    for (body, words) in [
        ("为贯彻《XXX》，制定本办法。", "《XXX》"),
        ("现将XXXXXXX有关事项通知如下。", "XXXXXXX"),
        ("正文。\n\n办公室\n\n×年×月×日", "×年×月×日"),
        ("定于XXXX年XX月XX日召开会议。", "XXXX年XX月XX日"),
    ] {
        let p = news("通知", body);
        let at = told(&p).into_iter().find(|f| f.0 == "TXT015" && f.4.contains(words)).unwrap_or_else(|| panic!("{body}: {:#?}", told(&p)));
        assert!(at.2 >= 7 && at.3 > 0, "{at:?}");
    }
    for title in ["关于××工作的通知", "新建文本文档", "标题"] {
        assert!(says(&news(title, "正文。"), "TXT015", "title"), "{title}");
    }
    for body in ["张某到XX公司工作，电话138XXXX5678。", "型号 A-XXXXXX，规格 5×6×7。", "原件为20××年×月签订。", "`XXXXXX` 是口令的样子。"]
    {
        let found = told(&news("通知", body));
        assert!(!found.iter().any(|f| f.0 == "TXT015"), "{body}: {found:#?}");
    }
    let p = news("通知", "正文。");
    p.file("content/interpretations/i.md", "---\ntitle: 解读\npolicies: [年份/文件名]\ninterpreter_org: office\npublished_at: 2025-12-01\n---\n\n正文。\n");
    assert!(says(&p, "TXT015", "年份/文件名"));
}

#[test]
fn an_address_that_is_nearly_that_of_an_item() {
    let p = news("通知", "见[另一件](/policies/exmaple/)、[这件](/policies/example/)、[栏目](/policies/2025/)、[别处](/about-us/)、[列](/news/page/2/)。");
    p.file("content/policies/example.md", "---\ntitle: 关于示例的通知\nissuer: [office]\npublished_at: 2025-12-01\ntheme: 其他\n---\n\n正文。\n");
    let found: Vec<_> = told(&p).into_iter().filter(|f| f.0 == "LNK001").collect();
    assert_eq!(found.iter().map(|f| (&*f.1, f.2)).collect::<Vec<_>>(), [("content/news/a.md", 7)], "{found:#?}");
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("did you mean /policies/example/?"), "{ran:#?}");
    // The look at the finished pages does not say it again; it has the others.
    let all = run_as(p.root(), &["--lang", "zh", "check", "--full"]).out;
    assert_eq!(all.matches("链接 /policies/exmaple/").count(), 1, "{all}");
    assert!(all.contains("/about-us/"), "{all}");
    // An exclamation mark of full width is no mark of a picture.
    let p = news("通知", "看！[图](a.txt)\n\n！[图](b.txt)\n");
    p.file("content/news/a.txt", "甲\n").file("content/news/b.txt", "乙\n");
    let slips: Vec<_> = told(&p).into_iter().filter(|f| f.0 == "SRC034").map(|f| (f.2, f.4.contains("不是图片"))).collect();
    assert_eq!(slips, [(9, true)], "{:#?}", told(&p));
}

#[test]
fn a_copy_is_one_finding() {
    let p = Project::new(SITE_CN);
    let text = "---\ntitle: 关于示例的通知\nissuer: [office]\npublished_at: 2025-12-01\n---\n\n见[附件](a.pdf)。\n";
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n").file("content/policies/example.md", text);
    let before: Vec<_> = p.findings(&[]);
    p.file("content/policies/example(1).md", text);
    let after: Vec<_> = p.findings(&[]).into_iter().filter(|f| !before.contains(f)).collect();
    assert_eq!(after.iter().map(|f| &*f.0).collect::<Vec<_>>(), ["SEC013"], "{after:#?}");
}

#[test]
fn an_empty_address_of_the_site_is_told() {
    for line in ["base_url: \"\"", "base_url:"] {
        let p = Project::new(&SITE.replace("base_url: https://example.org/", line));
        p.file("content/news/a.md", "---\ntitle: 甲\npublished_at: 2025-12-01\n---\n\n文。\n");
        assert!(p.findings(&[]).iter().any(|f| f.0 == "SRC040" && f.2 == 2), "{line}");
        assert_eq!(p.run(&["build"]).code, 1, "{line}");
        assert_eq!(p.run(&["build", "--base-url", "https://example.org/"]).code, 0, "{line}");
    }
}

#[test]
fn slips_at_the_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| -> Ran { run_as(dir.path(), args) };
    for (args, words) in [
        (&["--lang", "zh", "version"][..], "`--version`"),
        (&["--lang", "zh", "vesion"], "`--version`"),
        (&["--lang", "en", "version"], "`--version`"),
        (&["--lang", "zh", "verfy"], "`verify`"),
        (&["--lang", "zh", "chek"], "`check`"),
        (&["--lang", "zh", "explain", "FM09"], "FRM001"),
        (&["--lang", "zh", "explain", "TAB99"], "TAB009"),
        (&["--lang", "zh", "verify", "nowhere"], "没有这个文件或目录"),
    ] {
        let ran = run(args);
        assert!(ran.code == 2 && (ran.err.contains(words) || ran.out.contains(words)), "{args:?}: {ran:#?}");
        let english = ran.err.contains("os error") || ran.err.contains("error:");
        assert!(!english || args[1] == "en", "{ran:#?}");
    }
}

#[test]
fn the_words_of_a_field_in_english() {
    let p = Project::new(&SITE.replace("as_of", "languages: [en]\nas_of"));
    p.file("content/policies/a.md", "---\ntitle: A\npublished_at: 2025-12-01\ndoc_type: notise\n---\n\nText.\n");
    let ran = p.run(&["check"]);
    let hint = ran.out.lines().find(|l| l.contains("llowed:")).unwrap_or_else(|| panic!("{ran:#?}"));
    assert!(hint.contains("notice") && hint.contains("decision"), "{hint}");
}

#[test]
fn words_of_a_search_with_slips() {
    let p = Project::new("title: Test\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\n");
    for (n, title, body) in [
        (1, "Health care in the city", "The plan covers all residents."),
        (2, "Air quality and PM2.5", "The mean of PM2.5 fell."),
        (3, "Budget of 10,000.5 million", "Parking for all."),
        (4, "Budget report 2025", "Figures."),
    ] {
        p.file(&format!("content/news/n{n}.md"), format!("---\ntitle: {title}\npublished_at: 2025-12-0{n}\n---\n\n{body}\n"));
    }
    p.build();
    let ask = |q: &str| p.run(&["search", "--root", ".", q]).out;
    for (q, words) in [
        ("health crae", "did you mean: health care"),
        ("helth care", "did you mean: health care"),
        ("pm25", "/news/n2/"),
        ("PM2.5", "/news/n2/"),
        ("10000.5", "/news/n3/"),
        ("10,000.5", "/news/n3/"),
    ] {
        assert!(ask(q).contains(words), "{q}: {}", ask(q));
    }
    for q in ["1111", "9999.9", "asdfgh"] {
        assert!(!ask(q).contains("did you mean"), "{q}: {}", ask(q));
    }
}
