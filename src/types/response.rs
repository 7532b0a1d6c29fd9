//! 回应关切: what worried people, and what is so.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::FieldKind::{Date, Department, List, Markdown};
use crate::schema::{Field, Need::Must};

/// 回应关切
pub static TYPE: Type = Type {
    id: "response",
    folder: "responses",
    words: &["回应", "回应关切"],
    label: Phrase { zh: "回应关切", en: "Responses" },
    record: &RECORD,
    issuer: &ISSUER,
    shape: Shape::Record,
    markdown: true,
    place: "{{year}}/{{slug}}",
    inside: None,
    page: "record",
    template: "record",
    root: false,
    feed: false,
};

record! {
    "response", "回应关切", "Response", of crate::schema::item::RECORD;
    ISSUER = Field::new("issuer", List(&Department), "回应单位", "Response by").also(&["回应单位", "部门"]).example("[civil-affairs]").cn(Must, Must)
        .help("departments.yaml 的编号", "ids of departments.yaml");
    CONCERN = Field::new("concern", Markdown, "关切", "Concern").also(&["关切", "关切内容"]).example("网传补贴从下月起停发。").cn(Must, Must)
        .help("人们问什么、担心什么；在哪里看到的写 source", "what people ask or fear; where it was seen is told by source");
    SEEN_ON = Field::new("seen_on", Date, "发现日期", "Seen on").also(&["发现日期"]).example("2026-06-01").cn(Must, Must)
        .help("回应用了几个工作日由它和发布日期算出", "the working days that the response took are counted from it to the day of publication");
    FACT = Field::new("fact", Markdown, "事实", "The facts").also(&["事实"]).example("补贴没有停发。").cn(Must, Must)
        .help("事实是什么", "what is so");
    EVIDENCE = Field::new("evidence", Markdown, "依据", "Evidence").also(&["依据"]).example("见[办法](../../policies/2026/elderly.md)第三条。").help("文字、链接或文件", "text, links or files");
}
