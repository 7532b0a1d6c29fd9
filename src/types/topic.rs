//! 专题.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::block::BLOCKS_KIND;
use crate::schema::{
    Field,
    FieldKind::{Department, List},
    Need::Must,
};

/// 专题
pub static TYPE: Type = Type {
    id: "topic",
    folder: "topics",
    words: &["专题"],
    label: Phrase { zh: "专题", en: "Topics" },
    record: &RECORD,
    issuer: &ISSUER,
    shape: Shape::Topic,
    markdown: false,
    place: "{{slug}}",
    inside: Some("topic"),
    page: "topic",
    template: "topic",
    root: false,
    feed: false,
};

record! {
    "topic", "专题", "Topic", of crate::schema::item::RECORD;
    ISSUER = Field::new("issuer", List(&Department), "发布机构", "Issuer").also(&["发文机关", "发布机构", "制定机关", "部门", "发文单位", "印发机关"]).example("[office]").cn(Must, Must)
        .help("departments.yaml 的编号；转载的写 source 也可以", "ids of departments.yaml; source does as well");
    BLOCKS = Field::new("blocks", BLOCKS_KIND, "区块", "Blocks").example("[changes, {block: list, of: policies, limit: 8}]")
        .help("专题由哪些区块组成", "the parts of which the topic is composed");
}
