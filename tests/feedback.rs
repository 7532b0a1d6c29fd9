//! Letters and replies: what is read, what is shown, what is counted.
#![expect(clippy::disallowed_methods, reason = "tests read what was built")]

use crate::support::{Project, tree};
use std::path::Path;
use std::process::Command;

const SITE: &str = "title: 甲市\nbase_url: https://a.example/\nprofile: cn-gov\ndemo: true\nlanguages: [zh-Hans, zh-Hant, en]\nas_of: 2026-07-01\n";
const HEAD: &str = "编号,类型,标题,内容,来信日期,关联,状态,答复日期,答复,答复单位,同意公开,评分,常见问题,时限\r\n";

fn project(rows: &str) -> Project {
    let p = Project::new(&SITE.replace("zh-Hant,", "{tag: zh-Hant, from: zh-Hans},"));
    p.file("content/departments.yaml", "- {id: office, name: {zh: 甲局, en: Office A}}\n- {id: other, name: {zh: 乙局, en: Office B}}\n");
    p.file("content/policies/elderly.md", "---\ntitle: 优待办法\nissuer: [office]\npublished_at: 2026-01-01\n---\n第一条 内容。\n");
    p.file("content/feedback/office.csv", format!("\u{FEFF}{HEAD}{rows}"));
    p
}

/// Messages of a check about the sheet.
fn told(p: &Project) -> Vec<String> {
    let ran = p.run(&["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    let of = |f: &serde_json::Value| f["file"].as_str().is_some_and(|f| f.contains("feedback"));
    json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| of(f))
        .map(|f| format!("{} {}", f["code"].as_str().unwrap(), f["message"].as_str().unwrap()))
        .collect()
}

const GOOD: &str = "1,咨询,怎样办证,\"怎样办证？\r\n要带什么？\",2026/1/12,policies/elderly,已处理,2026-01-15,到窗口办理。,养老科,是,5,是,\r\n";

#[test]
fn a_letter_has_its_page_and_links_both_ways() {
    let p = project(GOOD);
    p.build();
    let page = p.read("public/feedback/office/1/index.html");
    assert!(page.contains("<p>怎样办证？</p><p>要带什么？</p>") && page.contains("<p>到窗口办理。</p>"), "{page}");
    assert!(page.contains("3 个工作日") && page.contains("5 个工作日；按时") && page.contains("href=\"/policies/elderly/\""), "{page}");
    assert!(p.read("public/policies/elderly/index.html").contains("href=\"/feedback/office/1/\""));
    assert!(p.read("public/feedback/frequent/index.html").contains("到窗口办理"));
    assert!(p.read("public/zh-hant/feedback/office/1/index.html").contains("3 個工作日"));
    // English readers are led to the page in Chinese.
    let english = p.read("public/en/feedback/index.html");
    assert!(
        english.contains("href=\"/feedback/office/1/\"") && english.contains("hreflang=\"zh-Hans\"") && !p.exists("public/en/feedback/office/1"),
        "{english}"
    );
    for list in ["", "office/", "by-kind/question/", "by-state/answered/", "by-year/2026/"] {
        assert!(p.read(&format!("public/feedback/{list}index.html")).contains("怎样办证"), "{list}");
    }
    assert!(p.read("public/feedback/feed.xml").contains("怎样办证"));
    let found = p.run(&["search", "办证"]);
    assert!(found.out.contains("/feedback/office/1/"), "{found:?}");
}

#[test]
fn what_nobody_agreed_to_stands_in_no_byte_of_the_site() {
    let rows = "1,咨询,公开的标题,公开的内容,2026-01-12,,已处理,2026-01-15,公开的答复,养老科,是,,,\r\n\
        隐匿号一,投诉,隐匿标题一,隐匿内容一,2026-02-12,policies/elderly,已处理,2026-02-15,隐匿答复一,隐匿科,否,1,是,\r\n\
        隐匿号二,投诉,隐匿标题二,隐匿内容二,2026-02-13,,已处理,2026-02-15,隐匿答复二,隐匿科,,2,,\r\n\
        隐匿号三,投诉,隐匿标题三,隐匿内容三,2026-02-13,,已处理,2026-02-15,隐匿答复三,隐匿科,也许,2,,\r\n\
        隐匿号四,求助,隐匿标题四,请打 13812345678 找我,2026-03-13,,已处理,2026-03-15,隐匿答复四,养老科,是,,,\r\n\
        2,咨询,第二封,我叫张三丰，住城南。,2026-03-13,,已处理,2026-03-15,张三丰先生：您好。,李小明,是,,,\r\n";
    let p = project(rows);
    p.file("content/pages/a.md", "---\ntitle: 链接\n---\n[表](../feedback/office.csv)\n");
    let ran = p.run(&["build", "--allow-errors", "--hold-back"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    for (name, bytes) in tree(&p.path("public")) {
        let text = crate::support::shown(&name, &bytes);
        for word in ["隐匿", "隱匿", "13812345678", "张三丰", "張三豐", "李小明"] {
            assert!(!text.contains(word) && !name.contains(word), "{name} has {word}");
        }
    }
    assert!(p.read("public/feedback/office/2/index.html").contains("我叫张**，住城南"));
    let json: serde_json::Value = serde_json::from_str(&p.read("public/feedback/letters.json")).unwrap();
    assert_eq!((json["shown"].as_u64(), json["not_shown"].as_u64()), (Some(2), Some(4)));
    let told = told(&p);
    assert!(told.iter().any(|m| m.starts_with("SEC003 row 6, body: holds a mobile number")), "{told:#?}");
    assert!(told.iter().any(|m| m == "FBK001 row 7, body: there is a name; it is published hidden"), "{told:#?}");
    assert!(told.iter().any(|m| m.contains("row 7, 答复单位: `reply_by` looks like a person's name")), "{told:#?}");
    assert!(told.iter().any(|m| m.contains("letters without a word on consent: 1")), "{told:#?}");
    // Counted all the same.
    let csv = p.read("public/feedback/figures.csv");
    assert!(csv.contains("\n2026-02,3,3,"), "{csv}");
    // Without --hold-back nothing is published.
    assert_eq!(p.run(&["build"]).code, 1);
}

#[test]
fn one_finding_a_cell_with_row_and_column() {
    let rows = "1,咨询,甲,内容,2026-01-12,,已处理,2026-01-10,答复,养老科,是,9,,\r\n\
        1,咨询,乙,内容,2026-01-12,,办完了,,,,是,,,\r\n\
        3,闲聊,丙,内容,2026-13-40,policies/none,待处理,,,,是,五,也许,999\r\n\
        ,,,,,,,,,,,,,\r\n\
        4,咨询,丁,内容,2026-06-30,,待处理,,,,是,,,,多出来的\r\n";
    let told = told(&project(rows));
    for part in [
        "POL003 row 2, 答复日期: answered before it was received",
        "row 2, 评分: a rating is 1 to 5, not `9`",
        "row 3, 状态: `status`: `办完了` is not in the vocabulary",
        "SRC009 第 3 行",
        "row 4, 类型: `kind`: `闲聊`",
        "row 4, 来信日期: `received_on`: date not understood",
        "row 4, 关联: `about` names `policies/none`",
        "row 4, 评分: ",
        "row 4, 常见问题: ",
        "row 4, 时限: a limit is 1 to 250 working days",
        "row 6 has a cell beyond the head",
    ] {
        let part = part.replace("SRC009 第 3 行", "SRC009 row 3: the number `1` is also that of row 2");
        assert_eq!(told.iter().filter(|m| m.contains(&part)).count(), 1, "{part}: {told:#?}");
    }
    assert_eq!(told.len(), 11, "{told:#?}");
}

#[test]
fn sheets_as_excel_saves_them_are_one() {
    let plain = project(GOOD);
    plain.build();
    let want = plain.read("public/feedback/letters.json");
    let text = format!("{HEAD}{GOOD}");
    let (gbk, ..) = encoding_rs::GBK.encode(&text);
    let tabs: String = text.replace(',', "\t");
    // In another order, by other words, without what is empty, with a title above and a column that is not known.
    let other = "甲局来信登记\r\nno,Title,来信内容,同意公开（必填）,常见问题,满意度,回复内容,回复日期,答复单位,办理状态,收到日期,关联政策,来信类型,手机号\r\n\
        1,怎样办证,\"怎样办证？\n要带什么？\",yes,yes,5,到窗口办理。,2026年1月15日,养老科,已办结,2026-01-12,policies/elderly,question,13812345678\r\n";
    for bytes in [gbk.to_vec(), tabs.into_bytes(), other.as_bytes().to_vec()] {
        let p = project("");
        p.file("content/feedback/office.csv", &bytes);
        p.build();
        assert_eq!(p.read("public/feedback/letters.json"), want, "{}", String::from_utf8_lossy(&bytes));
        assert!(tree(&p.path("public")).values().all(|b| !String::from_utf8_lossy(b).contains("13812345678")));
    }
}

#[test]
fn other_names_and_forms_of_files() {
    let p = project(GOOD);
    p.file("content/feedback/other/2025.csv", format!("{HEAD}{}", GOOD.replace("policies/elderly", "")));
    p.file("content/feedback/other/2026.yaml", "- {no: b/2, kind: 建议, title: 建议, body: 文字, status: 待处理, consent: yes}\n- {no: 1, kind: 建议, title: 重复, body: 文字, status: 待处理, consent: yes}\n");
    p.file("content/feedback/nobody.csv", format!("{HEAD}{GOOD}"));
    p.file("content/feedback/office.xlsx", "x");
    let told = told(&p);
    assert!(
        told.iter().any(|m| m.contains("SRC011 departments.yaml has no `nobody`")) && told.iter().any(|m| m.contains("SRC016 is no CSV file")),
        "{told:#?}"
    );
    assert!(told.iter().any(|m| m.contains("row 2: the number `1` is also that of row 2 of content/feedback/other/2025.csv")), "{told:#?}");
    p.build();
    assert!(
        p.exists("public/feedback/office/1/index.html") && p.exists("public/feedback/other/1/index.html") && p.exists("public/feedback/other/b-2/index.html")
    );
    assert!(p.read("public/feedback/by-year/undated/index.html").contains("未注明日期"));
}

#[test]
fn figures_are_those_of_a_count_apart() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/city-cn/content/feedback/civil-affairs.csv");
    let p = project(GOOD);
    p.file("content/feedback/office.csv", std::fs::read(&golden).unwrap());
    // Some hundred more, over years with festivals.
    let mut rows = String::from(HEAD);
    for n in 0..400u32 {
        let came = jiff::civil::date(2024, 1, 1).checked_add(jiff::Span::new().days(i64::from(n * 7 % 900))).unwrap();
        let gone = came.checked_add(jiff::Span::new().days(i64::from(n * 13 % 17))).unwrap();
        let (state, gone) = if n % 5 == 0 { ("待处理", String::new()) } else { ("已处理", gone.to_string()) };
        let came = if n % 11 == 0 { String::new() } else { came.to_string() };
        let (consent, limit) = (["是", "否", ""][n as usize % 3], ["", "3", "10"][n as usize % 7 % 3]);
        rows.push_str(&format!("n{n},咨询,甲,乙,{came},,{state},{gone},丙,养老科,{consent},,,{limit}\r\n"));
    }
    p.file("content/feedback/other.csv", rows);
    p.build();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sheets = ["office", "other"].map(|n| p.path(&format!("content/feedback/{n}.csv")));
    let out = Command::new("python3").arg(root.join("tests/feedback.py")).arg(root.join("src/calendar/cn.txt")).args(["2026-07-01", "5"]).args(sheets).output();
    let out = out.expect("python3 is there");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let want: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let have: serde_json::Value = serde_json::from_str(&p.read("public/feedback/figures.json")).unwrap();
    let months: Vec<&serde_json::Value> = have["months"].as_array().unwrap().iter().chain([&have["undated"]]).filter(|m| m["received"] != 0).collect();
    assert_eq!(months.len(), want.as_object().unwrap().len());
    for m in months {
        let same = &want[m["month"].as_str().unwrap()];
        for key in ["received", "answered", "kept", "late", "judged", "pending", "overdue", "days"] {
            assert_eq!(m[key], same[key], "{} {key}", m["month"]);
        }
    }
}

#[test]
fn the_day_decides_what_is_open() {
    let p = project(GOOD);
    let open = |day: &str| {
        assert_eq!(p.run(&["build", "--allow-errors", "--as-of", day]).code, 0);
        p.exists("public/feedback/office/1/index.html").then(|| p.read("public/feedback/office/1/index.html"))
    };
    assert_eq!(open("2026-01-11"), None, "it has not come yet");
    let page = open("2026-01-14").unwrap();
    assert!(page.contains("待处理") && !page.contains("到窗口办理") && page.contains("2026年1月19日"), "{page}");
    assert!(open("2026-01-15").unwrap().contains("到窗口办理"));
    p.file("content/feedback/office.csv", format!("{HEAD}{}", GOOD.replace("已处理,2026-01-15,到窗口办理。", "待处理,,")));
    assert!(open("2026-01-19").unwrap().contains("待处理"));
    let page = open("2026-01-20").unwrap();
    assert!(page.contains("应在 2026年1月19日 前答复，截至 2026年1月20日 还没有答复"), "{page}");
    let list = p.findings(&["--as-of", "2026-01-20"]);
    assert!(list.iter().any(|f| f.0 == "INT003"), "{list:?}");
    assert!(p.findings(&["--as-of", "2026-05-20"]).iter().any(|f| f.0 == "INT001"));
}

#[test]
fn new_makes_a_sheet_that_excel_opens() {
    let p = project(GOOD);
    let ran = p.run(&["new", "feedback", "other"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let sheet = p.read("content/feedback/other.csv");
    assert_eq!(sheet, format!("\u{FEFF}{}", HEAD.replace("时限", "时限,延期至")));
    assert_eq!(told(&p), Vec::<String>::new());
    assert_eq!(p.run(&["new", "feedback", "other"]).code, 2, "what is there stays");
    assert_eq!(p.run(&["new", "feedback", "nobody"]).code, 2);
    let schema = p.run(&["schema", "feedback"]);
    assert!(schema.code == 0 && schema.out.contains("\"received_on\""), "{schema:?}");
}

#[test]
fn an_extension_moves_the_day_and_is_told() {
    let head = HEAD.replace("时限", "时限,延期至");
    let row = |no: &str, state: &str, replied: &str, until: &str| format!("{no},咨询,信{no},内容,2026-06-01,,{state},{replied},答复,养老科,是,,,,{until}\r\n");
    let p = project("");
    let rows = row("1", "已处理", "2026-06-25", "2026-06-30")
        + &row("2", "已处理", "2026-06-25", "")
        + &row("3", "待处理", "", "2026-07-10")
        + &row("4", "待处理", "", "2026-06-10")
        + &row("5", "待处理", "", "2026-05-01");
    p.file("content/feedback/office.csv", format!("{head}{rows}"));
    p.run(&["build", "--allow-errors"]);
    let json: serde_json::Value = serde_json::from_str(&p.read("public/feedback/letters.json")).unwrap();
    let of = |no: &str, key: &str| json["letters"].as_array().unwrap().iter().find(|l| l["no"] == no).unwrap()[key].as_str().map(String::from);
    let told: Vec<_> = ["1", "2", "3", "4", "5"].iter().map(|n| (of(n, "status").unwrap(), of(n, "within_limit"), of(n, "due_on").unwrap())).collect();
    let want = [
        ("answered", Some("yes"), "2026-06-30"),
        ("answered", Some("no"), "2026-06-08"),
        ("pending", None, "2026-07-10"),
        ("overdue", Some("no"), "2026-06-10"),
        ("overdue", Some("no"), "2026-06-08"),
    ];
    assert_eq!(told, want.map(|(s, k, d)| (s.to_string(), k.map(String::from), d.to_string())));
    let page = p.read("public/feedback/office/3/index.html");
    assert!(page.contains("延期至") && page.contains("2026年7月10日"), "{page}");
    // Without script it says as of which day; a script turns it on the reader's.
    assert!(page.contains("待处理（截至 2026年7月1日）") || page.contains("待处理（截至2026年7月1日）"), "{page}");
    assert!(page.contains("data-closes=\"2026-07-10\" data-words=\"待处理|待处理|超过时限\" data-states=\"pending|pending|overdue\""), "{page}");
    let list = p.read("public/feedback/index.html");
    assert_eq!(list.matches("data-module=\"stage\"").count(), 1, "{list}");
    // Extended to a day before it came: it does not count, and is told.
    assert!(told_of(&p, "POL003 row 6, 延期至"), "{:?}", self::told(&p));
    assert!(
        p.read("public/feedback/figures.csv").lines().any(|l| l.starts_with("2026-06,5,2,1,1,0,0,4,1,2,0,0,3,")),
        "{}",
        p.read("public/feedback/figures.csv")
    );
}

#[test]
fn a_reply_on_the_weekend_after_the_last_day_is_late() {
    // Received on a Friday: the fifth working day is the next Friday.
    let row = |no: &str, replied: &str| format!("{no},咨询,信{no},内容,2026-03-13,,已处理,{replied},答复,养老科,是,,,\r\n");
    let p = project(&(row("1", "2026-03-20") + &row("2", "2026-03-22") + &row("3", "2026-03-12")));
    p.run(&["build", "--allow-errors"]);
    let json: serde_json::Value = serde_json::from_str(&p.read("public/feedback/letters.json")).unwrap();
    let of = |no: &str, key: &str| json["letters"].as_array().unwrap().iter().find(|l| l["no"] == no).unwrap()[key].clone();
    let told = ["1", "2", "3"].map(|n| (of(n, "due_on"), of(n, "within_limit")));
    assert_eq!(told, [("2026-03-20", Some("yes")), ("2026-03-20", Some("no")), ("2026-03-20", Some("no"))].map(|(d, k)| (d.into(), k.into())));
    // A letter of a day to come is told, and shown from then on.
    let ahead = |day: &str| p.findings(&["--as-of", day]).into_iter().filter(|f| f.0 == "POL003").count();
    assert_eq!((ahead("2026-03-12"), ahead("2026-03-23")), (4, 1));
}

fn told_of(p: &Project, part: &str) -> bool {
    told(p).iter().any(|m| m.starts_with(part))
}

#[test]
fn what_can_be_held_back_alone_is_said_so() {
    let p = project(&GOOD.replace("要带什么？", "我的身份证 11010519491231002X"));
    let ran = p.run(&["build", "--lang", "zh"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("要先处理：content/feedback/office.csv。build --hold-back 可以拦下有关条目"), "{}", ran.err);
    // A setting of the command line stands in no file.
    let ran = project(GOOD).run(&["build", "--base-url", "nowhere", "--lang", "zh"]);
    assert!(!ran.err.contains("没有改动： ") && !ran.err.contains("先处理：。"), "{}", ran.err);
}

#[test]
fn no_list_that_is_made_for_spreadsheets_runs_anything() {
    let p = project(
        "1,咨询,\"=HYPERLINK(\"\"https://x.example\"\",\"\"点\"\")\",\"@SUM(1+1)*cmd\",2026-01-12,policies/elderly,已处理,2026-01-15,＋1＋cmd,养老科,是,5,,\r\n",
    );
    p.file(
        "content/consultations/c.md",
        "---\ntitle: 征求意见\nissuer: [office]\npublished_at: 2026-01-05\nopens: 2026-01-05\ncloses: 2026-02-05\nresult:\n  on: 2026-02-10\n  rows: [{opinion: '=1+1', outcome: 采纳, reason: '-甲'}]\n---\n正文。\n",
    );
    p.file("content/disclosure/requests.csv", "编号,收到日期,申请内容\n1,2026-03-03,=1+2 的公式\n");
    p.file(
        "content/datasets/t/dataset.yaml",
        "title: =1+1\npublisher: office\nlicense: CC-BY-4.0\nissued: 2026-05-06\nresources:\n  - {name: t, title: 数据, path: t.csv}\n",
    );
    p.file("content/datasets/t/t.csv", "name,n\n=1+1,2\n@甲,3\n");
    let ran = p.run(&["build", "--allow-errors", "--hold-back"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let mut made = Vec::new();
    for (name, bytes) in tree(&p.path("public")).into_iter().filter(|(n, _)| n.ends_with(".csv")) {
        let text = String::from_utf8(bytes).unwrap();
        if name.starts_with("datasets/t/") && !name.ends_with(".excel.csv") {
            // The data themselves are as they were.
            assert!(text.contains("\n=1+1,2") && !text.starts_with('\u{FEFF}'), "{name}: {text}");
            continue;
        }
        assert!(text.starts_with('\u{FEFF}'), "{name} has no mark");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                let number = |v: &str| v.chars().all(|c| c.is_ascii_digit() || "+-.".contains(c));
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '＠']) || cell.starts_with("=\"") || number(cell), "{name}: {cell}");
            }
        }
        made.push(name);
    }
    for name in [
        "feedback/letters.csv",
        "consultations/c/opinions.csv",
        "disclosure/requests.csv",
        "datasets/quality.csv",
        "disclosure/catalogue.csv",
        "feedback/figures.csv",
    ] {
        assert!(made.iter().any(|m| m.ends_with(name)), "{name} {made:#?}");
    }
    assert!(p.read("public/feedback/letters.csv").contains("\"'=HYPERLINK") && p.read("public/consultations/c/opinions.csv").contains("'=1+1"));
    assert!(p.read("public/feedback/letters.json").contains("\"=HYPERLINK"));
}

/// Years of letters: the page stays small and tells earlier years in a row each; the files have every month.
#[test]
fn ten_years_of_letters_are_a_small_page() {
    let p = project(GOOD);
    let mut rows = String::from(HEAD);
    for n in 0..2500u32 {
        let came = jiff::civil::date(2016, 7, 1).checked_add(jiff::Span::new().days(i64::from(n * 36 / 25))).unwrap();
        rows.push_str(&format!("n{n},咨询,甲{n},乙,{came},,已处理,{came},丙,养老科,是,,,\r\n"));
    }
    p.file("content/feedback/other.csv", rows);
    p.build();
    let page = p.read("public/feedback/figures/index.html");
    assert!(page.len() < 60_000, "{} bytes", page.len());
    assert!(page.contains(">2020<") && page.contains(">2026-05<") && !page.contains(">2020-05<"), "{page}");
    let have: serde_json::Value = serde_json::from_str(&p.read("public/feedback/figures.json")).unwrap();
    let months = have["months"].as_array().unwrap();
    assert!(months.len() > 100 && months.iter().any(|m| m["month"] == "2020-05"));
}

/// Answered without a word: told, and in no figure as answered; full-width days are days; who was told by a forward is judged.
#[test]
fn an_answer_without_words_is_none_and_each_end_is_judged() {
    let p = project(GOOD);
    let rows = "1,咨询,路灯,内容,2026-03-02,,已处理,2026-03-04,,养老科,是,,,\r\n2,咨询,路面,内容,２０２６－０３－０２,,已转办,2026-03-04,,,是,,,\r\n3,咨询,路牌,内容,2026-03-02,,已转办,,,,是,,,\r\n";
    p.file("content/feedback/office.csv", format!("{HEAD}{rows}"));
    assert_eq!(p.findings(&[]).iter().filter(|f| f.0 == "FBK002").count(), 1);
    p.build();
    let have: serde_json::Value = serde_json::from_str(&p.read("public/feedback/figures.json")).unwrap();
    let m = have["months"].as_array().unwrap().iter().find(|m| m["month"] == "2026-03").unwrap();
    assert_eq!(["received", "answered", "kept", "judged"].map(|k| m[k].as_u64().unwrap()), [3, 0, 1, 3], "{m}");
    let letters: serde_json::Value = serde_json::from_str(&p.read("public/feedback/letters.json")).unwrap();
    let of = |no: &str| letters["letters"].as_array().unwrap().iter().find(|l| l["no"] == no).unwrap().clone();
    assert_eq!((of("2")["taken_workdays"].as_str(), of("2")["within_limit"].as_str()), (Some("2"), Some("yes")));
    assert_eq!((of("1")["within_limit"].as_str(), of("3")["within_limit"].as_str()), (Some("no"), Some("no")));
}
