//! Faults that testers found in charts and pages: right values of what is drawn and said.

use crate::support::{Project, run_as};

const SITE: &str = "title: 试\nbase_url: https://data.example.org/\nprofile: generic\nlanguages: [zh-Hans]\nas_of: 2026-11-24\ngit: false\n";

/// A dataset of one table, and what is declared of its charts.
fn of(csv: &str, charts: &str) -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: stat, name: 统计局}\n");
    p.file("content/datasets/d/t.csv", csv);
    p.file(
        "content/datasets/d/dataset.yaml",
        format!("title: 数\ndescription: 例\npublisher: stat\nlicense: CC-BY-4.0\naccess_rights: open\nfrequency: yearly\nissued: 2026-01-01\nmodified: 2026-11-01\nresources: [{{name: t, path: t.csv}}]\n{charts}"),
    );
    p
}

/// The page of the dataset and what the build said.
fn built(csv: &str, chart: &str) -> (String, String) {
    let p = of(csv, &if chart.is_empty() { String::new() } else { format!("charts: [{{name: c, {chart}}}]\n") });
    let ran = run_as(p.root(), &["--lang", "zh", "build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    (p.read("public/datasets/d/index.html"), format!("{}{}", ran.out, ran.err))
}

/// The text of the figure, one blank between its elements.
fn figure(page: &str) -> String {
    let Some(from) = page.find("<figure class=\"chart\"") else { return String::new() };
    page[from..].split("</figure>").next().unwrap_or("").to_string()
}

#[test]
fn one_axis_has_one_unit() {
    let two = "年,人口(万人),面积(平方公里)\n2010,1,200000\n2011,2,200001\n2012,4,200003\n";
    for kind in ["line", "bar", "area", "stacked"] {
        let (page, said) = built(two, &format!("kind: {kind}, x: 年, y: [\"人口(万人)\", \"面积(平方公里)\"]"));
        assert!(figure(&page).is_empty() && said.contains("TAB019") && said.contains("单位不同"), "{kind}: {said}");
    }
    // Per cents stand beside nothing that says no unit; with a declared unit the author answers for it.
    let share = "年,额,增速\n2010,100,5%\n2011,120,6%\n2012,130,7%\n";
    let (page, said) = built(share, "kind: line, x: 年, y: [额, 增速]");
    assert!(figure(&page).is_empty() && said.contains("单位不同"), "{said}");
    // One unit is said once; a series without one names none, and the other its own.
    let (page, said) = built("年,男(万人),女(万人)\n2010,1,2\n2011,2,3\n2012,4,5\n", "kind: line, x: 年, y: [\"男(万人)\", \"女(万人)\"]");
    assert!(figure(&page).contains("单位：万人") && !said.contains("TAB019"), "{said}");
    let (page, said) = built("年,人口(万人),户\n2010,1,2\n2011,2,3\n2012,4,5\n", "kind: line, x: 年, y: [\"人口(万人)\", 户]");
    assert!(!figure(&page).is_empty() && !figure(&page).contains("单位：万人"), "{said}");
    // Rows of indicators: by their names, by a column of units, asked for or not.
    let rows = "指标,2023年,2022年,2021年\n人口(万人),30,20,10\n面积(平方公里),600,500,400\n增速(%),6,5,4\n";
    assert!(figure(&built(rows, "").0).is_empty());
    assert!(built(rows, "kind: line").1.contains("单位不同"));
    assert!(figure(&built(rows, "kind: line, only: [人口(万人)]").0).contains("单位：万人"));
    let column = "指标,单位,2023年,2022年,2021年\n人口,万人,30,20,10\n面积,平方公里,31,21,11\n";
    assert!(figure(&built(column, "").0).is_empty());
    let long = "指标,单位,年,值\n人口,万人,2020,30\n人口,万人,2021,31\n人口,万人,2022,32\n面积,平方公里,2020,5\n面积,平方公里,2021,6\n面积,平方公里,2022,7\n";
    assert!(built(long, "kind: line, x: 年, y: [值], series: 指标").1.contains("单位不同"));
    assert!(figure(&built(long, "kind: line, x: 年, y: [值], series: 指标, only: [人口]").0).contains("单位：万人"));
}

#[test]
fn sums_are_not_added_to_their_parts() {
    for head in ["合计", "总人口"] {
        let csv = format!("年份,{head},男,女\n2020,100,60,40\n2021,120,70,50\n");
        let (page, said) = built(&csv, &format!("kind: stacked, x: 年份, y: [{head}, 男, 女]"));
        let figure = figure(&page);
        assert_eq!(figure.matches(" layer\"").count(), 2 * 2 * 2, "{head}: two layers of two years, wide and narrow: {figure}");
        assert!(figure.contains(&format!("合计没有画：{head}")) && said.contains("TAB019"), "{said}");
    }
    let csv = "地区,户数\n东区,10\n西区,20\n南区,30\n合计,60\n";
    let (page, said) = built(csv, "kind: bar, x: 地区, y: [户数]");
    let drawn = figure(&page);
    assert!(drawn.contains("合计没有画：合计") && !drawn.contains(">60</text>") && drawn.contains(">30</text>") && said.contains("TAB019"));
    // What is named is wanted.
    assert!(figure(&built(csv, "kind: bar, x: 地区, y: [户数], only: [东区, 合计]").0).contains(">60</text>"));
}

#[test]
fn of_several_values_none_is_chosen() {
    for (csv, chart, place) in [
        ("年,a\n2010,1\n2011,2\n2011,5\n2012,3\n", "kind: line, x: 年, y: [a]", "2011"),
        ("年,a\n2010,1\n2011,2\n2011年,5\n2012,3\n", "kind: line, x: 年, y: [a]", "2011"),
        ("地区,年,a\n甲,2010,1\n甲,2011,2\n乙,2010,7\n", "kind: bar, x: 地区, y: [a]", "甲"),
        ("地区,年,a\n北京,2010,1\n北京,2011,2\n天津,2010,2\n", "kind: tiles, x: 地区, y: [a]", "北京"),
        ("地区,年,a\n甲,2010,1\n甲,2010,2\n乙,2010,7\n", "kind: line, x: 年, y: [a], series: 地区", "2010 甲"),
    ] {
        let (page, said) = built(csv, chart);
        assert!(figure(&page).is_empty() && said.contains(&format!("“{place}")) && said.contains("值有几个"), "{chart}: {said}");
    }
    let (page, _) = built("地区,年,a\n甲,2010,1\n甲,2011,2\n乙,2010,7\n", "kind: line, x: 年, y: [a], series: 地区");
    assert!(!figure(&page).is_empty());
    let said = built("年,类,a,b\n2010,甲,1,5\n2011,甲,2,6\n", "kind: line, x: 年, y: [a, b], series: 类").1;
    assert!(said.contains("同一处有几个值"), "{said}");
}

#[test]
fn a_city_is_no_province_and_what_is_left_out_is_told() {
    let (page, said) = built("地区,a\n北京,1\n天津,5\n吉林市,2\n河南县,7\n全国,15\n", "kind: tiles, x: 地区, y: [a]");
    let drawn = figure(&page);
    assert!(drawn.contains("吉林 没有数据") && drawn.contains("有2行不是省级地区，没有格子：吉林市、河南县") && said.contains("TAB019"), "{said}");
    // The tiles without a value are all counted: 34 regions, two values.
    assert!(drawn.contains("格子地图，2个值") && drawn.contains("32处没有数据"), "{drawn}");
    let (page, said) = built("事项,件数\n甲,120\n乙,88\n,5\n", "kind: bar, x: 事项, y: [件数]");
    assert!(figure(&page).contains("有1行没有名称，没有画") && said.contains("1 行没有名称"), "{said}");
}

#[test]
fn quarters_and_years_of_two_years_are_time() {
    for (labels, period) in [
        (["2023Q1", "2023Q2", "2023Q4", "2024Q1"], "2023Q1—2024Q1"),
        (["2023年Q1", "2023年Q2", "2023年Q4", "2024年Q1"], "2023年Q1—2024年Q1"),
        (["Q1 2023", "Q2 2023", "Q4 2023", "Q1 2024"], "Q1 2023—Q1 2024"),
        (["1Q2023", "2Q2023", "4Q2023", "1Q2024"], "1Q2023—1Q2024"),
        (["2019/20", "2020/21", "2022/23", "2023/24"], "2019/20—2023/24"),
        (["2019—2020学年", "2020—2021学年", "2022—2023学年", "2023—2024学年"], "2019—2020学年—2023—2024学年"),
        (["1月", "2月", "10月", "11月"], "1月—11月"),
    ] {
        let rows: String = labels.iter().enumerate().map(|(i, l)| format!("{l},{}\n", i + 1)).collect();
        let (page, said) = built(&format!("期,额\n{rows}"), "kind: line, x: 期, y: [额]");
        let drawn = figure(&page);
        assert!(drawn.contains("缺数或间隔较长的地方不连线") && drawn.contains(period), "{labels:?}: {said} {drawn}");
    }
    // What is summed up from the beginning of the year is joined by no line.
    let (page, said) =
        built("季度,GDP\n2022年一季度,270\n2022年上半年,562\n2022年前三季度,870\n2022年全年,1210\n2023年一季度,284\n", "kind: line, x: 季度, y: [GDP]");
    let drawn = figure(&page);
    assert!(
        !drawn.contains("class=\"l0\"") && drawn.contains("柱形图") && drawn.contains("从年初累计的值（2022年上半年）") && said.contains("TAB019"),
        "{said}"
    );
}

#[test]
fn numbers_of_a_chart_are_written_as_people_write_them() {
    let drawn = figure(&built("年份,总量\n2020,1013567000000\n2021,999900000000\n2022,100000000\n", "kind: bar, x: 年份, y: [总量], unit: 元").0);
    for text in [">10,136亿</text>", ">9,999亿</text>", ">1亿</text>"] {
        assert!(drawn.contains(text), "{text}: {drawn}");
    }
    assert!(!drawn.contains("万亿"));
    let drawn = figure(&built("年,a\n2020,-120.5\n2021,-300\n2022,50\n2023,-10\n2024,1500\n", "kind: line, x: 年, y: [a]").0);
    assert!(drawn.contains(">1,500</text>") && drawn.contains("最低 2021 −300.0") && drawn.contains("−") && !drawn.contains(">-300</text>"), "{drawn}");
    // The axis does not begin at nothing: said beside the title, and the least value stands above the edge of the plot.
    let drawn = figure(&built("年份,失业率\n2021,5.1\n2022,5.5\n2023,5.2\n注：2023年为初步数,\n", "kind: line, x: 年份, y: [失业率], unit: '%'").0);
    assert!(drawn.contains("2021—2023 · 纵轴不从 0 起</small>") && drawn.contains("2023年为初步数"), "{drawn}");
    let svg = drawn.split("<svg").nth(1).unwrap();
    let plot: Vec<f64> = svg.split("data-plot=\"").nth(1).unwrap().split('"').next().unwrap().split(' ').map(|v| v.parse().unwrap()).collect();
    let lowest = svg.split("<circle").skip(1).map(|c| c.split("cy=\"").nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap()).fold(0.0, f64::max);
    assert!(plot[3] - lowest > 15.0, "{lowest} {plot:?}");
    // Labels end a line after a dash, never within a year.
    let drawn = figure(&built("学年,学生\n2020—2021学年,100\n2021—2022学年,120\n2022—2023学年,125\n", "kind: bar, x: 学年, y: [学生]").0);
    assert!(!drawn.contains(">2020—2<") && !drawn.contains(">021学年<"), "{drawn}");
}

#[test]
fn what_is_read_out_is_what_is_drawn() {
    let years: String =
        (1978..=1990).map(|y| format!("{y},{}\n", if (1982..=1988).contains(&y) && y != 1985 { (y - 1970).to_string() } else { String::new() })).collect();
    let drawn = figure(&built(&format!("年,a\n{years}"), "kind: line, x: 年, y: [a]").0);
    // A row a point: seven years from the first value to the last, one of them without.
    let points = drawn.split("data-x=\"").nth(1).unwrap().split('"').next().unwrap().split(' ').count();
    assert_eq!((drawn.matches("<th scope=\"row\">").count(), points), (7, 7));
    assert!(drawn.contains("1处没有数据") && drawn.contains("1982—1988"), "{drawn}");
}

#[test]
fn the_copy_for_excel_has_nothing_as_a_number() {
    let p = of("年,满意,不满意\n2020,85.5%,14.5%\n2021,100%,0%\n2022,98.7%,0.0%\n", "");
    p.build();
    let csv = p.read("public/datasets/d/t/t.excel.csv");
    assert!(csv.contains("2021,100%,0%") && !csv.contains("=\""), "{csv}");
}

#[test]
fn opinions_that_are_missing_are_told() {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: stat, name: 统计局}\n");
    p.file("content/consultations/_column.yaml", "type: 意见征集\ntitle: 意见征集\n");
    p.file("content/consultations/o.csv", "序号,意见,采纳情况,理由\n1,一,采纳,\n2,二,不采纳,无\n");
    p.file(
        "content/consultations/x.md",
        "---\ntitle: 办法征求意见\nissuer: stat\nopens: 2026-03-01\ncloses: 2026-04-01\nresult:\n  on: 2026-04-10\n  received: 6\n  adopted: 1\n  rejected: 3\n  pending: 1\n  rows: o.csv\n---\n正文。\n",
    );
    let ran = p.build();
    assert!(p.exists("public/consultations/x/index.html"), "{} {}", ran.out, ran.err);
    let page = p.read("public/consultations/x/index.html");
    assert!(page.contains("收到的 6 条里，写明处理结果的共 5 条；另有 1 条，来源没有说明结果。"), "{page}");
    assert!(page.contains("收到的 6 条里列出 2 条；另有 4 条，来源没有列出。"), "{page}");
}
