//! Reports of effect (`reports/effect/<period>.yaml`): texts are written, every figure is counted.

use super::{
    Field,
    FieldKind::{Date, Flag, LangText, List, Markdown, OneOf, Table},
    Need::Must,
};

/// Parts of a report, each with its figures.
pub static PARTS: &[(&str, &str)] = &[
    ("published", "published"),
    ("departments", "departments"),
    ("explained", "explained"),
    ("consultations", "consultations"),
    ("letters", "letters"),
    ("requests", "requests"),
    ("datasets", "datasets"),
    ("visits", "visits"),
    ("信息发布", "published"),
    ("各部门发布", "departments"),
    ("政策解读", "explained"),
    ("意见征集", "consultations"),
    ("咨询投诉", "letters"),
    ("依申请公开", "requests"),
    ("数据开放", "datasets"),
    ("访问量", "visits"),
];

record! {
    "effect", "成效报告（reports/effect/期间.yaml）", "Report of effect (reports/effect/period.yaml)";
    TITLE = Field::new("title", LangText, "标题", "Title").also(&["标题"]).example("2026年第三季度政务公开成效报告").help("不写就由网站名称和期间组成", "made of the name of the site and the period where it is left out");
    PUBLISHED_AT = Field::new("published_at", Date, "公布日期", "Published on").also(&["公布日期", "发布日期"]).cn(Must, Must).example("2026-10-15").help("到这一天才公布，没有写就不公布；期间结束以后的日子", "the report is public from this day on, and not without it; a day after the period");
    DRAFT = Field::new("draft", Flag, "草稿", "Draft").also(&["草稿"]).example("true").help("还没有定稿；不公布", "not settled yet; not published");
    SUMMARY = Field::new("summary", Markdown, "概述", "Summary").also(&["概述", "总体情况"]).example("本季度……").help("放在最前面的文字；数字不用写，下面会计出来", "stands first; leave the numbers to what is counted below");
    PARTS_FIELD = Field::new("parts", List(&Table(&part::RECORD)), "各部分", "Parts").also(&["各部分", "章节"]).example("[{figures: published, text: 本季度重点公开了……}, {figures: letters}]").help("写哪些、按什么顺序；不写就放上有数的各部分", "which, and in which order; all that have figures where it is left out");
    NEXT = Field::new("next", Markdown, "下一步", "Next").also(&["下一步", "存在问题和改进"]).example("下一季度……").help("放在最后的文字", "stands last");
}

/// `parts`
pub mod part {
    use super::{Field, Markdown, OneOf, PARTS};
    record! {
        "effect/part", "各部分（parts）", "Parts (parts)";
        FIGURES = Field::new("figures", OneOf(PARTS), "内容", "Figures").also(&["内容"]).must().example("letters").help("published 信息发布、departments 各部门发布、explained 政策解读、consultations 意见征集、letters 咨询投诉、requests 依申请公开、datasets 数据开放、visits 访问量", "published, departments, explained, consultations, letters, requests, datasets, visits");
        TEXT = Field::new("text", Markdown, "说明", "Text").also(&["说明", "文字"]).example("本季度重点公开了……").help("放在这部分的图表之前", "stands before the charts and tables of the part");
    }
}
