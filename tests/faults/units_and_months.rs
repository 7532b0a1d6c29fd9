//! Faults found by fresh testers in the night of 28 November 2026: charts of per cents and months, telephones of those who write,
//! units, values nobody sees.

use crate::support::{Project, SITE, SITE_CN};

fn dataset(rest: &str) -> String {
    format!("title: 数据\npublished_at: 2025-01-01\npublisher: office\nlicense: CC-BY-4.0\nfrequency: yearly\naccess_rights: open\ndescription: 说明\n{rest}")
}

fn project(csv: &str, rest: &str) -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n")
        .file("content/datasets/d/a.csv", csv)
        .file("content/datasets/d/dataset.yaml", dataset(rest));
    p
}

/// The words of the figures of the dataset's page.
fn figures(p: &Project) -> String {
    p.run(&["build", "--quiet"]);
    let page = p.read("public/datasets/d/index.html");
    let figures = page.split("<figure").skip(1).filter_map(|f| f.split("</figure>").next());
    figures.flat_map(|f| f.split('<').filter_map(|t| t.split_once('>'))).map(|t| t.1.trim()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `5.1%` in a cell is 5.1 on the axis, in the table of the chart and in what it tells of itself.
#[test]
fn per_cents_are_drawn_as_they_are_read() {
    let p = project("年份,增速,环比(%)\n2019,5.1%,0.3\n2020,6.5%,0.4\n2021,8.4%,0.5\n2022,8.65%,0.2\n", "resources: [{path: a.csv}]\n");
    let text = figures(&p);
    for word in ["8.65", "5.1", "0.3"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!text.contains("0.05") && !text.contains("0.08"), "{text}");
    // Provinces, and periods that are columns.
    let p = project("地区,2019年,2020年,2021年\n甲,51%,52%,53%\n乙,61%,62%,63%\n", "resources: [{path: a.csv}]\n");
    let text = figures(&p);
    assert!(text.contains("63") && text.contains('%') && !text.contains("0.6"), "{text}");
}

/// Months in one number are months, in the order and at the distance of time.
#[test]
fn months_in_one_number_are_times() {
    let chart = "resources: [{path: a.csv}]\ncharts: [{kind: line, x: 月份, y: [数], title: 各月}]\n";
    let text = figures(&project("月份,数\n202510,1\n202511,2\n202512,3\n202601,4\n", chart));
    assert!(text.contains("2025-10") || text.contains("2025年10月") || text.contains("10月"), "{text}");
    assert!(!text.contains("202510"), "{text}");
    // Amounts of six digits stay amounts.
    let chart = "resources: [{path: a.csv}]\ncharts: [{kind: line, x: 金额, y: [数], title: 各额}]\n";
    let text = figures(&project("金额,数\n202510,1\n202511,2\n202512,3\n202601,4\n", chart));
    assert!(!text.contains("2025-10") && text.contains("202510"), "{text}");
}

/// 万元 in the dictionary and 亿元 in the file: one of them is wrong.
#[test]
fn units_of_another_size_are_told() {
    let fields = |unit: &str| format!("resources: [{{path: a.csv, schema: {{fields: [{{name: 年份}}, {{name: 额, unit: {unit}}}]}}}}]\n");
    for (head, unit, wrong) in [("额（亿元）", "万元", true), ("额(万元)", "万元", false), ("额", "万元", false), ("额（万人）", "人", true)]
    {
        let p = project(&format!("年份,{head}\n2019,1\n2020,2\n"), &fields(unit).replace("name: 额,", &format!("name: {head},")));
        let ran = p.run(&["check", "--lang", "zh"]);
        assert_eq!(ran.out.contains("的单位在字典里是"), wrong, "{head} {unit} {ran:#?}");
    }
}

/// The telephone in a letter is that of its writer, whatever word stands before it.
#[test]
fn telephones_of_those_who_write() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n").file(
        "content/feedback/office.csv",
        "编号,类型,标题,内容,来信日期,状态,答复日期,答复,答复单位,同意公开\n\
         1,投诉,路灯,路灯坏了，我电话13907412385,2025-03-03,已处理,2025-03-05,已修好。,路灯科,是\n\
         2,投诉,井盖,井盖坏了,2025-03-03,已处理,2025-03-05,请拨打咨询电话13907412386。,路灯科,是\n",
    );
    let ran = p.run(&["check", "--lang", "zh"]);
    assert!(ran.out.contains("第 2 行“内容”里有手机号码，这封信不显示"), "{ran:#?}");
    assert!(!ran.out.contains("“答复”里有手机号码"), "{ran:#?}");
}

/// A bound, a change or a minus that only the format of a cell shows is told.
#[test]
fn signs_that_only_formats_show() {
    for (cell, shown) in [("#0.5@\"<\"0.00", "<"), ("#5@0\"+\"", "5+"), ("#5@\"-\"0", "-5"), ("#5@0\"↓\"", "5↓"), ("#5@+0;-0", ""), ("#-5@#,##0_);(#,##0)", "")]
    {
        let p = project("", "resources: [{path: a.xlsx}]\n");
        let row = format!("甲|{cell}");
        p.file("content/datasets/d/a.xlsx", super::tables_below_each_other::sheet(&["地区|数值", &row, &row.replace('甲', "乙")]));
        let ran = p.run(&["check"]);
        let told = ran.out.split("\n\n").find(|f| f.contains("[TAB035]")).unwrap_or_default();
        assert_eq!(told.is_empty(), shown.is_empty(), "{cell} {ran:#?}");
        assert!(told.contains(shown), "{cell} {ran:#?}");
    }
}
