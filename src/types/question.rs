//! 政策问答: one official answer a file; the question is the title, the answer the text.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::FieldKind::{Date, Department, Item, List, Text};
use crate::schema::{Field, Need::Must};

/// 政策问答
pub static TYPE: Type = Type {
    id: "question",
    folder: "questions",
    words: &["问答", "政策问答"],
    label: Phrase { zh: "政策问答", en: "Questions and answers" },
    record: &RECORD,
    issuer: &ISSUER,
    shape: Shape::Record,
    markdown: true,
    place: "{{slug}}",
    inside: None,
    page: "record",
    template: "record",
    root: false,
    feed: false,
};

record! {
    "question", "政策问答", "Question", of crate::schema::item::RECORD;
    ISSUER = Field::new("issuer", List(&Department), "答复单位", "Answered by").also(&["答复单位", "部门"]).example("[civil-affairs]").cn(Must, Must)
        .help("departments.yaml 的编号", "ids of departments.yaml");
    POLICY = Field::new("policy", List(&Item(&["policies"])), "相关政策", "Policy").also(&["相关政策"]).example("[2026/elderly]").cn(Must, Must)
        .help("policies/ 下的路径；问答显示在它的网页上", "paths below policies/; the question is shown on their pages");
    CLAUSE = Field::new("clause", Text, "对应条款", "Clause").also(&["条款"]).example("第二条")
        .help("条号，链接到政策网页上的这一条", "the number of the article, linked to it on the page of the policy");
    ON = Field::new("on", Date, "答复日期", "Answered on").also(&["答复日期"]).example("2026-06-03").cn(Must, Must)
        .help("哪天答复的", "the day of the answer");
}
