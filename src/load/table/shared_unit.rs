//! Which columns the unit told above a table (`单位：元`) is the unit of. When in doubt it is none of theirs: it stays a
//! note of the table, which loses nothing.

use super::Table;
use super::names;
use super::profile::Kind;
use super::units::known_unit;

/// What a unit measures, the units of it, and words of names of columns that are measured so. `人口密度` is a rate and
/// `车位数` a count, whatever else the name says.
static KINDS: &[(&[&str], &[&str])] = &[
    (
        &["元", "千元", "百万元", "万元", "亿元", "美元", "万美元", "亿美元", "USD", "CNY", "EUR"],
        &[
            "费",
            "价",
            "金额",
            "收入",
            "支出",
            "产值",
            "工资",
            "薪",
            "预算",
            "决算",
            "税",
            "投资",
            "资产",
            "利润",
            "成本",
            "余额",
            "总额",
            "拨款",
            "补贴",
            "补助",
            "经费",
            "资金",
            "款",
            "负债",
            "营业额",
            "销售额",
            "增加值",
            "amount",
            "price",
            "cost",
            "fee",
            "income",
            "revenue",
            "budget",
            "expenditure",
        ],
    ),
    (
        &["人", "千人", "万人", "亿人", "人次", "万人次", "persons"],
        &["人", "男", "女", "员", "生数", "学生", "职工", "教师", "医生", "护士", "population", "people", "persons"],
    ),
    (&["户", "万户"], &["户", "households"]),
    (&["平方公里", "平方米", "万平方米", "公顷", "千公顷", "亩", "万亩", "ha"], &["面积", "area"]),
    (
        &["公里", "万公里", "千米", "米", "毫米", "厘米", "km", "m", "mm", "cm"],
        &["里程", "长度", "距离", "高度", "宽度", "深度", "水位", "雨量", "降水", "length", "distance", "height"],
    ),
    (&["吨", "万吨", "千克", "公斤", "斤", "克", "kg", "t"], &["产量", "重量", "质量", "吨", "weight"]),
    (&["岁"], &["年龄", "龄", "age"]),
    (&["摄氏度", "℃"], &["温", "temperature"]),
    (&["千瓦时", "亿千瓦时", "kWh"], &["电量", "用电", "发电"]),
    (&["立方米", "亿立方米"], &["水量", "库容", "体积"]),
    (&["天", "小时", "s", "ms", "h"], &["时长", "天数", "时间", "duration"]),
    (&["辆", "万辆"], &["车"]),
    (&["床", "张", "万张"], &["床"]),
];

/// Names whose numbers are shares, places or orders, and have no unit of a table of amounts.
static OTHERS: &[&str] = &[
    "率",
    "比重",
    "占比",
    "比例",
    "比上年",
    "同比",
    "环比",
    "增长",
    "增速",
    "增幅",
    "指数",
    "系数",
    "密度",
    "百分",
    "排名",
    "名次",
    "位次",
    "序号",
    "编号",
    "经度",
    "纬度",
    "年份",
    "月份",
    "年度",
    "季度",
    "得分",
    "评分",
    "分数",
    "等级",
    "倍数",
    "次数",
    "页数",
    "rate",
    "ratio",
    "share",
    "percent",
    "percentage",
    "index",
    "rank",
    "score",
    "lat",
    "lon",
    "lng",
    "latitude",
    "longitude",
    "year",
    "month",
    "growth",
];

/// Names of counts: `车位数`, `企业个数`.
fn count(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    names::says(name, &["count", "number", "num", "个数", "数量", "家数"]) || (name.ends_with('数') && !name.ends_with("总数"))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Yes,
    Unsaid,
    No,
}

fn fit(table: &Table, c: usize, unit: &str) -> Fit {
    let (name, p) = (table.names[c].as_str(), &table.columns[c]);
    let share = |v: &Option<String>| v.as_ref().is_some_and(|v| v.trim_end().ends_with(['%', '％', '‰']));
    let percent = matches!(unit, "%" | "％" | "‰" | "百分点");
    if !matches!(p.kind, Kind::Integer | Kind::Number) || names::code(name) || share(&p.min) || share(&p.max) || share(&p.example) {
        return Fit::No;
    }
    if table.units[c].as_deref().is_some_and(|u| u != unit) {
        return Fit::No;
    }
    let of = KINDS.iter().position(|(units, _)| units.contains(&unit));
    let said = KINDS.iter().position(|(_, words)| names::says(name, words));
    let own = of.is_some_and(|k| names::says(name, KINDS[k].1));
    if percent {
        return if !count(name) && said.is_none() { Fit::Unsaid } else { Fit::No };
    }
    if names::says(name, OTHERS) || (count(name) && !(unit == "个" || (own && matches!(of, Some(1 | 2 | 10..=12))))) {
        return Fit::No;
    }
    match (own, said) {
        (true, _) => Fit::Yes,
        (false, Some(_)) => Fit::No,
        (false, None) => Fit::Unsaid,
    }
}

/// For each column, whether it has the unit of the whole table: where its name speaks of such a thing, or where it says
/// nothing and no other column of numbers is of another kind.
pub(super) fn columns(table: &Table) -> Vec<bool> {
    let n = table.names.len();
    let Some(unit) = table.unit.as_deref() else { return vec![false; n] };
    let fits: Vec<Fit> = (0..n).map(|c| fit(table, c, unit)).collect();
    let numbers = |c: usize| matches!(table.columns[c].kind, Kind::Integer | Kind::Number) && !names::code(&table.names[c]);
    let clear = (0..n).filter(|c| numbers(*c)).all(|c| fits[c] != Fit::No);
    // An indicator has one unit; so have periods side by side.
    let one = table.indicator.is_some();
    let known = known_unit(unit) || one;
    let period = |c: usize| super::value::period(&table.names[c]).is_some();
    fits.iter()
        .enumerate()
        .map(|(c, f)| match f {
            Fit::Yes => true,
            Fit::Unsaid => (clear && (known || period(c))) || (one && period(c)),
            Fit::No => false,
        })
        .collect()
}
