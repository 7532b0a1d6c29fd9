//! A plain page.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::{
    Field,
    FieldKind::{Department, List},
    Need::Must,
};

/// A plain page.
pub static TYPE: Type = Type {
    id: "page",
    folder: "pages",
    words: &["页面", "网页"],
    label: Phrase { zh: "页面", en: "Pages" },
    record: &RECORD,
    issuer: &ISSUER,
    shape: Shape::Record,
    markdown: true,
    place: "{{slug}}",
    inside: None,
    page: "page",
    template: "page",
    root: true,
    feed: false,
};

record! {
    "page", "页面", "Page", of crate::schema::item::RECORD;
    ISSUER = Field::new("issuer", List(&Department), "发布机构", "Issuer").also(&["发文机关", "发布机构", "制定机关", "部门", "发文单位", "印发机关"]).example("[office]").cn(Must, Must)
        .help("departments.yaml 的编号；转载的写 source 也可以", "ids of departments.yaml; source does as well");
}
