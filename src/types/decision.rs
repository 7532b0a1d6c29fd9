//! 重大行政决策: the five steps of the procedure, each done or with the reason why not.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::FieldKind::{Department, Item, List, Table};
use crate::schema::{Field, Need::Must};

/// 重大行政决策
pub static TYPE: Type = Type {
    id: "decision",
    folder: "decisions",
    words: &["重大决策", "重大行政决策"],
    label: Phrase { zh: "重大行政决策", en: "Major decisions" },
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
    "decision", "重大行政决策", "Major decision", of crate::schema::item::RECORD;
    ISSUER = Field::new("issuer", List(&Department), "决策机关", "Decided by").also(&["决策机关", "部门"]).example("[office]").cn(Must, Must)
        .help("departments.yaml 的编号", "ids of departments.yaml");
    BECOMES = Field::new("becomes", Item(&["policies"]), "形成的文件", "Became").also(&["形成的文件"]).example("2026/elderly")
        .help("policies/ 下的路径；五个步骤列在文件的经过里", "a path below policies/; the steps stand in the life of that policy");
    STEPS = Field::new("steps", Table(&steps::RECORD), "决策程序", "Procedure").also(&["决策程序"]).example("{legality: {on: 2026-05-06, by: 市司法局}, experts: 不涉及专业性问题}").cn(Must, Must)
        .help("五个步骤；没有写的在网页上显示为未注明", "the five steps; those that are not written are shown as not stated");
}

/// `steps`, in the order of the procedure
pub mod steps {
    use super::step;
    use crate::schema::{
        Field,
        FieldKind::{Either, Table, Text},
    };
    record! {
        "decision/steps", "决策程序", "Steps of the procedure";
        PARTICIPATION = Field::new("participation", Either(&Text, &Table(&step::RECORD)), "公众参与", "Public participation").also(&["公众参与"]).example("{on: 2026-03-01, by: 市民政局}").help("{on, by, file}，没有做的写理由", "{on, by, file}, or the reason why it was not done");
        EXPERTS = Field::new("experts", Either(&Text, &Table(&step::RECORD)), "专家论证", "Experts").also(&["专家论证"]).example("不涉及专业性问题").help("同上", "the same");
        RISK = Field::new("risk", Either(&Text, &Table(&step::RECORD)), "风险评估", "Risk assessment").also(&["风险评估"]).example("{on: 2026-04-01}").help("同上", "the same");
        LEGALITY = Field::new("legality", Either(&Text, &Table(&step::RECORD)), "合法性审查", "Review of legality").also(&["合法性审查"]).example("{on: 2026-05-06, by: 市司法局}").help("同上", "the same");
        COLLECTIVE = Field::new("collective", Either(&Text, &Table(&step::RECORD)), "集体讨论决定", "Collective decision").also(&["集体讨论", "集体讨论决定"]).example("{on: 2026-05-18, by: 市政府常务会议}").help("同上", "the same");
    }
}

/// One step
pub mod step {
    use crate::schema::{
        Field,
        FieldKind::{Date, File, LangText},
    };
    record! {
        "decision/step", "一个步骤", "One step";
        ON = Field::new("on", Date, "日期", "Day").also(&["日期"]).example("2026-05-06").help("哪天做的", "when it was done");
        BY = Field::new("by", LangText, "由谁", "By").also(&["由谁"]).example("市司法局").help("机关或会议的名称", "the body or meeting");
        FILE = Field::new("file", File, "文件", "File").also(&["材料"]).example("review.pdf").help("相对于本文件", "relative to this file");
    }
}
