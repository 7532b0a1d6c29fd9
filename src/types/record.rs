//! 法定公开事项: budgets, permits, penalties and the other kinds that are published piece by piece.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::FieldKind::{Code, Department, List};
use crate::schema::words::RECORD_KINDS;
use crate::schema::{Field, Need::Must};

/// 公开事项
pub static TYPE: Type = Type {
    id: "record",
    folder: "records",
    words: &["公开事项", "法定公开事项"],
    label: Phrase { zh: "公开事项", en: "Public records" },
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
    "record", "公开事项", "Public record", of crate::schema::item::RECORD;
    ISSUER = Field::new("issuer", List(&Department), "公开单位", "Published by").also(&["公开单位", "部门"]).example("[office]").cn(Must, Must)
        .help("departments.yaml 的编号", "ids of departments.yaml");
    KIND = Field::new("kind", Code(RECORD_KINDS), "事项类型", "Kind").also(&["事项类型"]).example("预算").cn(Must, Must)
        .help("预算、决算、采购、许可、处罚等；文件放在 records/ 下自己的目录里", "budget, final accounts, procurement, permit, penalty and so on; files lie in folders of their own below records/");
}
