//! Units in heads: in a row of their own, or in brackets after a name.

/// Units in use; a row of nothing else is the units of a head.
static UNITS: &[&str] = &[
    "万人",
    "人",
    "亿元",
    "万元",
    "元",
    "%",
    "‰",
    "％",
    "公里",
    "万公里",
    "千米",
    "平方公里",
    "平方米",
    "万平方米",
    "公顷",
    "千公顷",
    "亩",
    "万亩",
    "吨",
    "万吨",
    "千克",
    "公斤",
    "斤",
    "克",
    "户",
    "万户",
    "个",
    "家",
    "所",
    "台",
    "辆",
    "万辆",
    "件",
    "次",
    "人次",
    "万人次",
    "天",
    "年",
    "岁",
    "小时",
    "亿美元",
    "万美元",
    "美元",
    "千瓦时",
    "亿千瓦时",
    "立方米",
    "亿立方米",
    "米",
    "毫米",
    "厘米",
    "摄氏度",
    "℃",
    "km",
    "m",
    "kg",
    "t",
    "ha",
    "kWh",
    "USD",
    "CNY",
    "EUR",
    "years",
    "persons",
    "张",
    "套",
    "位",
    "度",
    "只",
    "头",
    "万头",
    "株",
    "倍",
    "百分点",
    "μg/m³",
    "mg/m³",
    "ppm",
    "mm",
    "cm",
    "ms",
    "s",
    "h",
    "元/人",
    "人/平方公里",
    "床",
    "万张",
    "册",
    "万册",
    "项",
    "篇",
    "千人",
    "亿人",
    "亿",
    "万",
    "千",
    "百万元",
    "千元",
    "km2",
    "km²",
    "sq km",
    "sq. km",
    "m2",
    "m²",
    "m3",
    "m³",
    "°C",
    "hectares",
    "tonnes",
    "MW",
    "MWh",
    "GWh",
    "TWh",
];

/// Words that are units in brackets alone; without them they may be values.
static BRACKETED: &[&str] = &[
    "people",
    "inhabitants",
    "households",
    "percent",
    "per cent",
    "number",
    "no.",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "dollars",
    "euros",
    "us$",
    "$",
    "€",
    "£",
    "days",
    "hours",
];

/// `(km2)`, without its brackets.
fn bracketed(c: &str) -> Option<&str> {
    [('(', ')'), ('（', '）'), ('[', ']')].iter().find_map(|(a, z)| c.strip_prefix(*a)?.strip_suffix(*z)).map(str::trim)
}

pub(super) fn units_row(r: &[String]) -> bool {
    let cells: Vec<&str> = r.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    let inner: Vec<&str> = cells.iter().filter_map(|c| bracketed(c)).collect();
    let known = |u: &&str| UNITS.contains(u) || BRACKETED.contains(&u.to_lowercase().as_str());
    // All in brackets, and half of them units that are known: a row of units.
    if !cells.is_empty() && inner.len() == cells.len() && inner.iter().filter(|u| known(u)).count() * 2 >= inner.len() {
        return true;
    }
    !cells.is_empty() && cells.iter().filter(|c| UNITS.contains(&c.trim_matches(['(', ')', '（', '）']))).count() * 10 >= cells.len() * 6
}

/// A unit in use, not several of them and not the name of an office (which is called 单位 too).
pub(super) fn known_unit(u: &str) -> bool {
    UNITS.contains(&u) || u.split_once('/').is_some_and(|(a, b)| UNITS.contains(&a) && b.chars().count() <= 6)
}

/// The unit that ends a name in brackets: `年末常住人口(万人)`.
pub fn split_unit(name: &str) -> (String, Option<String>) {
    let t = name.trim();
    let closed = t.strip_suffix([')', '）']);
    if let Some(body) = closed
        && let Some(i) = body.rfind(['(', '（'])
    {
        let open = body[i..].chars().next().map_or(1, char::len_utf8);
        let unit = body[i + open..].trim();
        if UNITS.contains(&unit) || (unit.contains('/') && unit.chars().count() <= 10 && UNITS.contains(&unit.split('/').next().unwrap_or(""))) {
            return (body[..i].trim().to_string(), Some(unit.to_string()));
        }
    }
    (t.to_string(), None)
}
