//! Registers as offices keep them in Excel: rows that are none, words of states, numbers, grounds; and what else was said of numbers
//! that people read (totals, equal extremes, numbers asked for by value, citations).

use crate::support::{Project, SITE_CN, run_as};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// A finding: code, line, severity, message and hint in English.
type Told = (String, u64, String, String);

/// Findings of a file.
fn told(p: &Project, file: &str) -> Vec<Told> {
    let ran = p.run(&["check", "--format", "json", "--lang", "en"]);
    let all: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    let text = |f: &Value, k: &str| f[k].as_str().unwrap_or_default().to_string();
    let mine = all["findings"].as_array().unwrap().iter().filter(|f| text(f, "file").ends_with(file));
    mine.map(|f| {
        (text(f, "code"), f["line"].as_u64().unwrap_or(0), text(f, "severity"), format!("{} | {}", text(f, "message"), f["hint"].as_str().unwrap_or_default()))
    })
    .collect()
}

fn read(p: &Project, path: &str) -> Value {
    serde_json::from_str(&p.read(path)).unwrap()
}

fn city() -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 甲局, annual_report: none}\n- {id: other, name: 乙局, annual_report: none}\n");
    p
}

/// A consultation with its opinions in a sheet; the page, its data, what was told of the sheet.
fn opinions(rows: &str) -> (String, Value, Vec<Told>) {
    let p = city();
    p.file("content/consultations/c.md", "---\ntitle: 关于《停车办法（征求意见稿）》公开征求意见的公告\nissuer: [office]\npublished_at: 2025-11-01\nopens: 2025-11-01\ncloses: 2025-12-01\nresult: {on: 2025-12-20, rows: o.csv}\n---\n\n欢迎提出意见。\n");
    p.file("content/consultations/o.csv", format!("序号,反馈人,意见,采纳情况,理由\n{rows}"));
    let ran = p.run(&["build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    (p.read("public/consultations/c/index.html"), read(&p, "public/consultations/c/opinions.json"), told(&p, "o.csv"))
}

const TWO: &str = "1,某企业,建议明确停车时限。,采纳,\n2,市民,建议免费。,未采纳,没有依据\n";

#[test]
fn rows_below_opinions_are_no_opinions() {
    for (below, word) in [
        ("合计,,共2条,采纳,\n", "合计"),
        ("合计,,2条,采纳2条,\n", "合计"),
        ("合计,,共2条,,\n", "合计"),
        ("合 计：,,,,\n", "合 计："),
        ("小计,,1条,,\n", "小计"),
        (",总计,2条,,\n", "总计"),
        ("填表人：王小明  电话：0594-2692345,,,,\n", "填表人"),
        ("填表人,王小明,审核：李四,,\n", "填表人"),
        ("审核：,,,,\n", "审核"),
        ("备注：以上意见均来自网上。,,,,\n", "备注"),
        ("注1：以上均来自网上,,,,\n", "注"),
        (",填表人：王小明,,,\n", "填表人"),
    ] {
        let (page, data, told) = opinions(&format!("{TWO}{below}"));
        assert_eq!((&data["result"]["received"], data["opinions"].as_array().unwrap().len()), (&json!(2), 2), "{below}");
        assert_eq!((&data["result"]["adopted"], &data["result"]["rejected"]), (&json!(1), &json!(1)), "{below}");
        let [(code, 4, severity, text)] = &told[..] else { panic!("{below} {told:?}") };
        assert!(code == "SRC061" && severity == "warning" && text.contains(&format!("`{word}")) && text.contains("not counted"), "{below} {told:?}");
        assert!(!page.contains("王小明") && !page.contains("共2条") && !page.contains("来源没有说明结果"), "{below} {page}");
    }
    // Numbers that were filled down for later; a place between two rows is told as well.
    let (_, data, told) = opinions(&format!("{TWO}3,,,,\n4,,-,,\n"));
    assert_eq!(data["opinions"].as_array().unwrap().len(), 2);
    assert!(told.len() == 1 && told[0].0 == "SRC061" && told[0].1 == 4 && told[0].3.contains("rows 4, 5") && told[0].3.contains("(`3`, `4`)"), "{told:?}");
}

#[test]
fn what_somebody_wrote_is_a_record_whatever_its_first_word() {
    for row in [
        "3,某企业,合计应当改为总计。,采纳,\n",
        "3,某企业,建议增加小计,采纳,\n",
        "3,备注,建议免费。,采纳,\n",
        ",负责人：某某,建议免费。,采纳,\n",
        ",,备注：第三条应当写明。,采纳,\n",
        "3,,说明：第三条应当写明。,,\n",
        "3,某企业,,,\n",
        ",会计师,建议免费。,采纳,\n",
    ] {
        let (_, data, told) = opinions(&format!("{TWO}{row}"));
        assert_eq!(data["opinions"].as_array().unwrap().len(), 3, "{row} {told:?}");
        assert!(!told.iter().any(|t| t.0 == "SRC061"), "{row} {told:?}");
    }
}

const LETTERS: &str = "编号,类型,标题,内容,来信日期,状态,答复日期,答复,同意公开\n";

#[test]
fn letters_and_requests_that_are_none_are_not_counted() {
    let p = city();
    p.file(
        "content/feedback/office.csv",
        format!("{LETTERS}2025-001,咨询,问一,内容一,2025-11-03,已处理,2025-11-05,答复一,是\n2025-002,,,,,,,,\n2025-003,,,,,,,,\n合计,,1件,,,,,,\n填表人：王小明,,,,,,,,\n"),
    );
    p.file(
        "content/disclosure/requests.csv",
        "编号,收到日期,答复部门,申请人类别,申请内容,办理结果,答复日期\n1,2025-11-03,office,自然人,路灯采购的合同,予以公开,2025-11-20\n合计,,甲局,,1件,予以公开,\n填表人：王小明,,,,,,\n2,,,,,,\n",
    );
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let figures = read(&p, "public/feedback/figures.json");
    let months = figures["months"].as_array().unwrap().iter().chain([&figures["undated"]]);
    assert_eq!(months.filter_map(|m| m["received"].as_u64()).sum::<u64>(), 1, "{figures:#}");
    let rows = read(&p, "public/disclosure/requests.json")["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows:#}");
    for file in ["feedback/office.csv", "disclosure/requests.csv"] {
        let told = told(&p, file);
        let none: Vec<_> = told.iter().filter(|t| t.0 == "SRC061").collect();
        assert!(none.len() == 3 && !told.iter().any(|t| t.0 == "SRC010"), "{file} {told:?}");
    }
}

#[test]
fn what_is_taken_in_is_not_answered() {
    for word in ["已受理", "受理中", "已签收", "未答复", "正在办理"] {
        let p = city();
        p.file("content/feedback/office.csv", format!("{LETTERS}2025-001,咨询,问一,内容一,2025-12-30,{word},,,是\n"));
        assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
        let told = told(&p, "office.csv");
        assert!(!told.iter().any(|t| t.0 == "SRC008"), "{word} {told:?}");
        let page = p.read("public/feedback/office/2025-001/index.html");
        assert!(page.contains("待处理") && !page.contains("已处理"), "{word} {page}");
    }
    // No word of another state is offered.
    for (word, offered) in [("已受理待办", false), ("暂不受理", false), ("部分办结", false), ("以处理", true)] {
        let p = city();
        p.file("content/feedback/office.csv", format!("{LETTERS}2025-001,咨询,问一,内容一,2025-12-30,{word},,,是\n"));
        let told = told(&p, "office.csv");
        assert!(told.iter().any(|t| t.0 == "SRC008" && t.3.contains("did you mean") == offered), "{word} {told:?}");
    }
}

#[test]
fn words_of_outcome_stand_as_they_are_written() {
    for word in ["解释说明", "基本采纳", "拟采纳", "已吸收", "另行研究"] {
        let (page, data, told) = opinions(&format!("{TWO}3,市民,建议夜间免费。,{word},\n"));
        let third = &data["opinions"][2];
        assert_eq!((&third["outcome"], &third["outcome_label"]), (&Value::Null, &json!(word)));
        assert!(page.contains(&format!("<span class=\"tag\">{word}</span>")) && page.contains("1 条的处理结果照来源的原文列出"), "{page}");
        assert!(!page.contains("来源没有说明结果"), "{word}");
        assert_eq!((&data["result"]["received"], &data["result"]["adopted"], &data["result"]["rejected"]), (&json!(3), &json!(1), &json!(1)));
        assert!(told.iter().any(|t| t.0 == "SRC008" && t.1 == 4 && !t.3.contains("did you mean")), "{word} {told:?}");
    }
    // What says nothing is told as that still.
    let (page, _, _) = opinions(&format!("{TWO}3,市民,建议夜间免费。,,\n4,市民,建议免费。,已吸收,\n"));
    assert!(page.contains("写明处理结果的共 3 条；另有 1 条，来源没有说明结果"), "{page}");
}

#[test]
fn numbers_of_opinions_are_those_of_the_source() {
    let (_, data, told) = opinions("1,企业,甲意见,采纳,\n1,企业,乙意见,采纳,\n");
    assert_eq!(data["result"]["received"], 2);
    assert!(matches!(&told[..], [(code, 3, _, text)] if code == "SRC009" && text.contains("`1` is also that of row 2")), "{told:?}");
    // Cells that were merged in Excel.
    let (page, data, told) = opinions("1,企业,建议甲,采纳,\n,,建议乙,采纳,\n,,建议丙,未采纳,不可行\n2,市民,建议免费,采纳,\n");
    let numbers: Vec<&Value> = data["opinions"].as_array().unwrap().iter().map(|o| &o["no"]).collect();
    assert_eq!(numbers, [&json!("1"), &Value::Null, &Value::Null, &json!("2")]);
    assert_eq!((page.matches("<th scope=\"row\">1</th>").count(), page.matches("<th scope=\"row\">2</th>").count()), (1, 1));
    assert!(matches!(&told[..], [(code, 3, severity, text)] if code == "SRC010" && severity == "warning" && text.contains("rows 3, 4")), "{told:?}");
    // Where no row has one, they are counted.
    let (_, data, told) = opinions(",企业,甲意见,采纳,\n,市民,乙意见,采纳,\n");
    assert_eq!((&data["opinions"][1]["no"], told.len()), (&json!("2"), 0), "{told:?}");
}

#[test]
fn requests_without_a_ground_are_in_the_annual_report() {
    let p = city();
    let mut rows = String::from("编号,收到日期,答复部门,申请人类别,申请内容,办理结果,答复日期\n");
    for (n, outcome) in ["予以公开", "不予公开", "不予公开", "无法提供", "属于国家秘密", "", "不予公开"].iter().enumerate() {
        let (came, gone) = if n == 6 { ("2023-12-20", "2024-01-10") } else { ("2024-03-04", "2024-03-20") };
        rows.push_str(&format!("{n},{came},office,自然人,第{n}件的材料,{outcome},{gone}\n"));
    }
    rows.push_str("9,2024-12-20,office,自然人,第九件的材料,,\n");
    p.file("content/disclosure/requests.csv", rows);
    p.file("content/reports/office/2024.yaml", "published_at: 2025-01-20\ngeneral: 甲\nproblems: 乙\nother: 丙\nrequests: {from: requests}\n");
    let warned = told(&p, "reports/office/2024.yaml");
    assert!(warned.iter().any(|t| t.0 == "LAW004" && t.2 == "warning" && t.3.contains("without saying how, or why not: 5")), "{warned:?}");
    assert!(!warned.iter().any(|t| t.3.contains("not counted")), "{warned:?}");
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let csv = p.read("public/disclosure/reports/office-2024.csv");
    let sum = |row: &str| {
        let line = csv.lines().find(|l| l.contains(&format!(",{row},总计,"))).unwrap_or_else(|| panic!("{row}: {csv}"));
        line.rsplit(',').next().unwrap().to_string()
    };
    for (row, n) in [
        ("一、本年新收政府信息公开申请数量", "7"),
        ("二、上年结转政府信息公开申请数量", "1"),
        ("（一）予以公开", "1"),
        ("1. 属于国家秘密", "1"),
        ("未注明是哪一种不予公开", "3"),
        ("未注明是哪一种无法提供", "1"),
        ("已办结，未注明结果", "1"),
        ("（七）总计", "7"),
        ("四、结转下年度继续办理", "1"),
    ] {
        assert_eq!(sum(row), n, "{row}: {csv}");
    }
    // They stand in their group, and each figure opens to what it counts.
    let page = p.read("public/disclosure/reports/office/2024/index.html");
    let at = |w: &str| page.find(w).unwrap_or_else(|| panic!("{w}: {page}"));
    assert!(
        at("8. 属于行政查询事项") < at("未注明是哪一种不予公开")
            && at("未注明是哪一种不予公开") < at("（四）无法提供")
            && at("已办结，未注明结果") < at("（七）总计")
    );
    assert!(p.read("public/disclosure/reports/office/2024/refused-unsaid/all/index.html").contains("第1件的材料"));
    assert!(!page.contains("未计入"), "{page}");
}

/// The figure of a dataset with one chart, and what the build said.
fn chart(csv: &str, chart: &str) -> (String, String) {
    let p = Project::new("title: 试\nbase_url: https://data.example.org/\nprofile: generic\nlanguages: [zh-Hans]\nas_of: 2026-11-24\ngit: false\n");
    p.file("content/departments.yaml", "- {id: stat, name: 统计局}\n");
    p.file("content/datasets/d/t.csv", csv);
    p.file(
        "content/datasets/d/dataset.yaml",
        format!("title: 数\ndescription: 例\npublisher: stat\nlicense: CC-BY-4.0\naccess_rights: open\nfrequency: yearly\nissued: 2026-01-01\nmodified: 2026-11-01\nresources: [{{name: t, path: t.csv}}]\ncharts: [{{name: c, {chart}}}]\n"),
    );
    let ran = run_as(p.root(), &["--lang", "zh", "build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let page = p.read("public/datasets/d/index.html");
    let from = page.find("<figure class=\"chart\"").unwrap_or(page.len());
    (page[from..].split("</figure>").next().unwrap_or("").to_string(), format!("{}{}", ran.out, ran.err))
}

#[test]
fn totals_by_the_words_of_official_tables_are_not_drawn_beside_their_parts() {
    let parts = "石家庄,40\n唐山,60\n秦皇岛,20\n邯郸,30\n";
    for whole in ["全市,150", "全省,151", "全县,150", "河北省,150", "河北省,151"] {
        let (figure, said) = chart(&format!("地区,值\n{whole}\n{parts}"), "kind: bar, x: 地区, y: [值]");
        let name = whole.split(',').next().unwrap();
        assert!(figure.contains(&format!("合计没有画：{name}")) && said.contains("TAB019") && figure.contains("最高 唐山 60"), "{whole} {said} {figure}");
    }
    // A rate of the whole is no sum; a place that is merely larger is none either.
    for whole in ["全市,35.5", "河北省,155", "石家庄市,90"] {
        let (figure, said) = chart(&format!("地区,值\n{whole}\n{parts}"), "kind: bar, x: 地区, y: [值]");
        assert!(!figure.contains("合计没有画") && !said.contains("TAB019"), "{whole} {said}");
    }
    // Stacked: official figures are rounded, so that a total misses the sum of its parts by one.
    let (figure, said) = chart("年份,总人口,男,女\n2020,100,40,61\n2021,120,50,70\n", "kind: stacked, x: 年份, y: [总人口, 男, 女]");
    assert!(figure.contains("合计没有画：总人口") && said.contains("TAB019"), "{said}");
    let long = "年份,地区,值\n2020,全市,101\n2020,甲区,40\n2020,乙区,60\n2021,全市,111\n2021,甲区,45\n2021,乙区,66\n";
    let (figure, said) = chart(long, "kind: stacked, x: 年份, y: [值], series: 地区");
    assert!(figure.contains("合计没有画：全市") && said.contains("TAB019"), "{said}");
}

#[test]
fn equal_extremes_are_all_said() {
    let (figure, _) = chart("年份,值\n2001,7\n2002,7\n2003,1\n2004,1\n2005,3\n", "kind: line, x: 年份, y: [值]");
    assert!(figure.contains("最低 2003、2004 1，最高 2001、2002 7"), "{figure}");
    let (figure, _) = chart("年份,值\n2001,7\n2002,7\n2003,7\n", "kind: line, x: 年份, y: [值]");
    assert!(figure.contains("值：3个值都是 7。") && !figure.contains("最低"), "{figure}");
    let (figure, _) = chart("项,值\n甲,1\n乙,1\n丙,1\n丁,1\n戊,1\n己,3\n", "kind: bar, x: 项, y: [值]");
    assert!(figure.contains("最低 甲、乙等5处 1，最高 己 3"), "{figure}");
}

/// A session of `clerestory mcp`: what each call answered.
fn asked(p: &Project, calls: &[(&str, Value)]) -> Vec<Value> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clerestory"))
        .args(["mcp", "--root"])
        .arg(p.root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut to = child.stdin.take().unwrap();
    for (n, (name, args)) in calls.iter().enumerate() {
        writeln!(to, "{}", json!({ "jsonrpc": "2.0", "id": n, "method": "tools/call", "params": { "name": name, "arguments": args } })).unwrap();
    }
    drop(to);
    let out = child.wait_with_output().unwrap();
    String::from_utf8(out.stdout).unwrap().lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["result"].clone()).collect()
}

#[test]
fn assistants_find_numbers_by_value_and_are_told_of_unknown_types() {
    let p = Project::new("title: 试\nbase_url: https://data.example.org/\nprofile: generic\nlanguages: [zh-Hans]\nas_of: 2026-11-24\ngit: false\n");
    p.file("content/departments.yaml", "- {id: stat, name: 统计局}\n");
    p.file("content/datasets/d/t.csv", "年份,人口,代码\n1978,96259.0,0101\n1979,97542.5,0102\n1980,-0.0,0103\n");
    p.file(
        "content/datasets/d/dataset.yaml",
        "title: 数\ndescription: 例\npublisher: stat\nlicense: CC-BY-4.0\naccess_rights: open\nfrequency: yearly\nissued: 2026-01-01\nmodified: 2026-11-01\nresources: [{name: t, path: t.csv}]\n",
    );
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let wanted =
        [(json!(96259), 1), (json!(96259.0), 1), (json!("96259.00"), 1), (json!("097542.50"), 1), (json!("9.62590e4"), 1), (json!(0), 1), (json!(96258), 0)];
    let mut calls: Vec<(&str, Value)> = wanted.iter().map(|(v, _)| ("rows", json!({ "dataset": "datasets/d", "where": { "人口": v } }))).collect();
    // A code is a text: 101 is not 0101.
    calls.push(("rows", json!({ "dataset": "datasets/d", "where": { "代码": "101" } })));
    calls.push(("rows", json!({ "dataset": "datasets/d", "where": { "代码": "0101" } })));
    calls.push(("search", json!({ "query": "数", "type": "law" })));
    calls.push(("search", json!({ "query": "数", "type": "dataset" })));
    let got = asked(&p, &calls);
    let rows = |n: usize| got[n]["structuredContent"]["rows"].as_array().map(Vec::len);
    for (n, (value, count)) in wanted.iter().enumerate() {
        assert_eq!(rows(n), Some(*count), "{value} {:#}", got[n]);
    }
    assert_eq!((rows(wanted.len()), rows(wanted.len() + 1)), (Some(0), Some(1)));
    let [law, data] = &got[wanted.len() + 2..] else { panic!("{got:#?}") };
    assert!(law["isError"] == true && law["content"][0]["text"].as_str().unwrap().contains("there is no `law`; there are: policy"), "{law:#}");
    assert_eq!(data["structuredContent"]["total"], 1, "{data:#}");
}

#[test]
fn titles_in_bibtex_are_what_latex_prints() {
    let p = Project::new("title: T\nbase_url: https://data.example.org/\nlanguages: [en]\nas_of: 2026-11-24\ngit: false\n");
    for (title, want) in [
        ("R&D 50% budget_2026 #1 {a} of $5", r"R\&amp;D 50\% budget\_2026 \#1 \{a\} of \$5"),
        ("a } b { c", r"a \textbraceright{} b \textbraceleft{} c"),
        ("A\\\\B ~ C^2", r"A\textbackslash{}B \textasciitilde{} C\textasciicircum{}2"),
    ] {
        p.file("content/policies/n.md", format!("---\ntitle: \"{title}\"\npublished_at: 2026-11-01\n---\nText.\n"));
        assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
        let page = p.read("public/policies/n/index.html").replace("&#123;", "{");
        assert!(page.contains(&format!("title = {{{{{want}}}}}")), "{want}: {}", page.split("@misc").nth(1).unwrap_or(&page));
    }
}
