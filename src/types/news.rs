//! 新闻动态.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::{
    Field,
    FieldKind::{Department, List},
    Need::Must,
};

/// 新闻、动态
pub static TYPE: Type = Type {
    id: "news",
    folder: "news",
    words: &["新闻", "动态", "notice"],
    label: Phrase { zh: "新闻动态", en: "News" },
    record: &RECORD,
    issuer: &ISSUER,
    shape: Shape::Record,
    markdown: true,
    place: "{{year}}/{{slug}}",
    inside: None,
    page: "news",
    template: "news",
    root: false,
    feed: false,
};

record! {
    "news", "新闻动态", "News", of crate::schema::item::RECORD;
    ISSUER = Field::new("issuer", List(&Department), "发布机构", "Issuer").also(&["发文机关", "发布机构", "制定机关", "部门", "发文单位", "印发机关"]).example("[office]").cn(Must, Must)
        .help("departments.yaml 的编号；转载的写 source 也可以", "ids of departments.yaml; source does as well");
}
