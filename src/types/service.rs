//! 办事指南.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::FieldKind::{Code, Count, Department, Item, LangText, List, Markdown, Tel, Web};
use crate::schema::words::{AUDIENCES, LIFE_EVENTS};
use crate::schema::{Field, Need::Must};

/// 办事指南
pub static TYPE: Type = Type {
    id: "service",
    folder: "services",
    words: &["办事指南", "办事", "服务"],
    label: Phrase { zh: "办事指南", en: "Services" },
    record: &RECORD,
    issuer: &DEPARTMENT,
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
    "service", "办事指南", "Service", of crate::schema::item::RECORD;
    DEPARTMENT = Field::new("department", List(&Department), "办理单位", "Department").earlier(&["issuer"]).also(&["办理单位", "部门"]).example("[civil-affairs]").cn(Must, Must)
        .help("departments.yaml 的编号", "ids of departments.yaml");
    AUDIENCE = Field::new("for", List(&Code(AUDIENCES)), "服务对象", "For whom").also(&["服务对象"]).example("[个人]").cn(Must, Must)
        .help("个人、经营主体，可以都写", "individuals, companies, or both");
    EVENTS = Field::new("events", List(&Code(LIFE_EVENTS)), "办事主题", "Occasion").also(&["办事主题"]).example("[养老]")
        .help("个人或经营主体的哪个阶段要办，按国办发〔2025〕24号的全生命周期", "the stage of a life or a business in which it is wanted, as the State Council sorts them (2025, no. 24)");
    CONDITIONS = Field::new("conditions", Markdown, "办理条件", "Conditions").also(&["办理条件", "受理条件"]).example("本市户籍，年满 60 周岁。")
        .help("谁可以办", "who may ask for it");
    BRING = Field::new("bring", Markdown, "所需材料", "What to bring").also(&["所需材料", "申请材料"]).example("身份证；照片一张")
        .help("要带什么", "papers that are asked for");
    PLACE = Field::new("where", LangText, "办理地点", "Where").also(&["办理地点"]).example("市民中心 2 楼 12 号窗口").help("窗口、地址、时间", "the window, its address and hours");
    URL = Field::new("url", Web, "网上办理", "On line").also(&["网上办理"]).example("https://zwfw.example.gov.cn/item/123").help("办理网址", "where it can be done on line");
    FEE = Field::new("fee", LangText, "收费", "Fee").also(&["收费", "收费标准"]).example("不收费").cn(Must, Must).help("多少钱，依据什么；不收费也要写", "how much, and by what right; free of charge is said too");
    DAYS_STATUTORY = Field::new("days_statutory", Count, "法定时限（工作日）", "Days by law").also(&["法定时限"]).example("20").cn(Must, Must).help("法定办结时限，工作日", "working days that the law allows");
    DAYS_PROMISED = Field::new("days_promised", Count, "承诺时限（工作日）", "Days promised").also(&["承诺时限"]).example("5").cn(Must, Must).help("承诺办结时限，工作日", "working days that are promised");
    TEL = Field::new("tel", List(&Tel), "咨询电话", "Telephone").also(&["咨询电话", "电话"]).example("[\"0594-2692345\"]").cn(Must, Must).help("公开的办公电话", "a public number of the office");
    BASIS = Field::new("basis", List(&Item(&["policies"])), "办理依据", "Basis").also(&["办理依据", "设定依据"]).example("[laws/elderly-rights-law]").help("policies/ 下的路径", "paths below policies/");
}
