//! 信息项: a column of a table (field of Table Schema).

use super::Field;
use super::FieldKind::{Flag, Free, LangText, List, OneOf, Sign, Table, Text};
use super::words::MASK_WORDS;

record! {
    "dictionary", "信息项（列）", "Column of a table";
    NAME = Field::new("name", Text, "列名", "Name").also(&["姓名"]).must().example("year").help("与表头一字不差", "as in the head, letter by letter");
    TITLE = Field::new("title", LangText, "中文名", "Title").also(&["标题", "名称", "题名"]).example("年份").help("显示的名称", "name shown");
    TYPE = Field::new("type", Text, "类型", "Type").example("integer").help("string 的值从不转换；也可写 字符型、数值型、日期型；不认识的词按 string 处理", "what is declared string is never converted, nor what is declared by an unknown word");
    UNIT = Field::new("unit", Text, "单位", "Unit").example("万人").help("值的单位", "unit of the values");
    DESCRIPTION = Field::new("description", LangText, "含义", "Description").also(&["描述", "说明"]).example("公历年份").help("这一列是什么", "what the column means");
    MASK = Field::new("mask", OneOf(MASK_WORDS), "遮盖", "Mask").guard().example("mobile").help("读表时就遮去，原文件不公布", "values are hidden where the table is read, and the original is not published");
    CONSTRAINTS = Field::new("constraints", Table(&constraints::RECORD), "约束", "Constraints").example("{required: true, unique: true}").help("值必须符合的条件", "what holds for every value");
    FORMAT = Field::new("format", Free, "格式", "Format").example("\"%d/%m/%Y\"").help("日期的写法（strptime）", "how days are written (strptime)");
    DECIMAL_CHAR = Field::new("decimalChar", Sign, "小数点", "Decimal sign").example("\",\"").help("1.234,50 的逗号", "the comma of 1.234,50");
    GROUP_CHAR = Field::new("groupChar", Sign, "千位分隔", "Group sign").example("\".\"").help("1.234,50 的句点", "the point of 1.234,50");
    BARE_NUMBER = Field::new("bareNumber", Flag, "纯数", "Bare numbers").example("false").help("€ 5、12% 写 false", "false where signs stand beside numbers: € 5, 12%");
    TRUE_VALUES = Field::new("trueValues", List(&Text), "是的写法", "True values").example("[yes]").help("表示是的值", "words for true");
    FALSE_VALUES = Field::new("falseValues", List(&Text), "否的写法", "False values").example("[no]").help("表示否的值", "words for false");
    MISSING_VALUES = Field::new("missingValues", List(&Text), "缺值", "Missing values").example("[\"-\"]").help("只管这一列", "for this column alone");
    CATEGORIES = Field::new("categories", Free, "类别", "Categories").example("[m, f]").help("照 Table Schema", "as in Table Schema");
    CATEGORIES_ORDERED = Field::new("categoriesOrdered", Free, "类别有序", "Categories are ordered").example("true").help("照 Table Schema", "as in Table Schema");
    EXAMPLE = Field::new("example", Free, "例子", "Example").example("\"2014\"").help("照 Table Schema", "as in Table Schema");
    RDF_TYPE = Field::new("rdfType", Free, "RDF 类型", "RDF type").example("http://schema.org/Date").help("照 Table Schema", "as in Table Schema");
}

/// What is handed on with the data as it is declared.
pub static TOLD: [&Field; 9] = [&FORMAT, &CATEGORIES, &CATEGORIES_ORDERED, &EXAMPLE, &RDF_TYPE, &MISSING_VALUES, &CONSTRAINTS, &TRUE_VALUES, &FALSE_VALUES];

/// `constraints`
pub mod constraints {
    use crate::schema::{
        Field,
        FieldKind::{Bound, Count, Flag, List, Text},
    };
    record! {
        "dictionary/constraints", "约束", "Constraints";
        REQUIRED = Field::new("required", Flag, "必填", "Required").example("true").help("不能缺值", "no value may be missing");
        UNIQUE = Field::new("unique", Flag, "唯一", "Unique").example("true").help("不能重复", "no value may come twice");
        ENUM = Field::new("enum", List(&Text), "可选值", "Values").example("[m, f]").help("只能是这些值", "values that may stand there");
        MINIMUM = Field::new("minimum", Bound, "最小值", "Minimum").example("0").help("不小于", "not less");
        MAXIMUM = Field::new("maximum", Bound, "最大值", "Maximum").example("120").help("不大于", "not more");
        MIN_LENGTH = Field::new("minLength", Count, "最短", "Shortest").example("6").help("字数", "in characters");
        MAX_LENGTH = Field::new("maxLength", Count, "最长", "Longest").example("6").help("字数", "in characters");
        PATTERN = Field::new("pattern", Text, "正则", "Pattern").example("\"\\\\d{6}\"").help("整个值都要符合", "a regular expression that holds for whole values");
    }
}
