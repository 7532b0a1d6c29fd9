//! 图表.

use super::FieldKind::{File, Id, LangText, List, OneOf, Text};
use super::words::{CHARTS, SORTS};
use super::{Field, Need::Must, Need::Should};

record! {
    "chart", "图表", "Chart";
    NAME = Field::new("name", Id, "英文名", "Name").also(&["姓名"]).example("by-age").help("用在地址里", "used in its address");
    TITLE = Field::new("title", LangText, "标题", "Title").also(&["标题", "名称", "题名"]).example("65 岁及以上人口").help("图的标题", "its title");
    KIND = Field::new("kind", OneOf(CHARTS), "种类", "Kind").must().example("line").help("图的种类", "how it is drawn");
    RESOURCE = Field::new("resource", Text, "数据资源", "Resource").example("population").help("资源的英文名；不写就是第一个", "name of a resource; the first without it");
    X = Field::new("x", Text, "横轴的列", "Column along the axis").example("year").help("列名", "a column");
    Y = Field::new("y", List(&Text), "数值的列", "Columns with values").example("[over65]").help("列名", "columns");
    SERIES = Field::new("series", Text, "分线的列", "Column that names the lines").example("region").help("它的值各成一条线", "each of its values is a line");
    ONLY = Field::new("only", List(&Text), "只画", "Only").example("[北京, 上海]").help("只画这些值", "values that are shown");
    BREAKS = Field::new("breaks", List(&Text), "口径改变", "Breaks").example("[\"2010\"]").help("口径在此改变，线断开", "the method changed here: the line is cut");
    SORT = Field::new("sort", OneOf(SORTS), "排列", "Order").example("file").help("柱形图的先后：value 从大到小，file 照数据文件。不写时，名称本身没有先后（没有数字，字典没有列出可选值或写明有序）的单系列柱形图从大到小", "of bars: value, the largest first; file, as in the data file. Without it bars of one series go by value, where their names have no order of their own (no numbers in them, no list of values or order in the dictionary)");
    NOTE = Field::new("note", LangText, "注", "Note").example("2010 年起口径不同").help("放在图旁", "stands beside the chart");
    UNIT = Field::new("unit", LangText, "单位", "Unit").example("万人").help("值的单位", "unit of the values");
    BOUNDARIES = Field::new("boundaries", File, "边界文件", "Boundaries").example("map.geojson").help("分级设色图、点图用的 GeoJSON，由网站提供", "GeoJSON of a choropleth or of points, supplied by the site");
    JOIN = Field::new("join", Text, "边界的属性", "Property of the boundaries").example("adcode").help("与 x 的值相同的属性；不写就逐个试", "which has the values of x; any without it");
    MAP_NO = Field::new("map_no", Text, "审图号", "Approval number").example("GS（2024）0650号").cn(Should, Must).help("画了边界的图要有", "for charts that show boundaries");
}
