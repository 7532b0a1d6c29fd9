//! 活动: briefings, hearings, open days and the like, with what came of them.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::FieldKind::{Code, Department, Item, LangText, List, Markdown, Moment};
use crate::schema::item::ANY;
use crate::schema::words::EVENT_KINDS;
use crate::schema::{Field, Need::Must};

/// 活动
pub static TYPE: Type = Type {
    id: "event",
    folder: "events",
    words: &["活动", "政民互动活动"],
    label: Phrase { zh: "活动", en: "Events" },
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
    "event", "活动", "Event", of crate::schema::item::RECORD;
    ISSUER = Field::new("issuer", List(&Department), "举办单位", "Held by").also(&["举办单位", "主办单位", "部门"]).example("[civil-affairs]").cn(Must, Must)
        .help("departments.yaml 的编号", "ids of departments.yaml");
    KIND = Field::new("kind", Code(EVENT_KINDS), "活动类型", "Kind").also(&["活动类型"]).example("听证会").cn(Must, Must)
        .help("吹风会、听证会、座谈会、开放日、发布会、访谈、问卷", "briefing, hearing, discussion, open day, press conference, interview or survey");
    STARTS = Field::new("starts", Moment, "开始时间", "Starts").also(&["开始时间"]).example("2026-06-20 09:00").cn(Must, Must)
        .help("在将来则进日历文件", "one that lies ahead goes to the calendar files");
    ENDS = Field::new("ends", Moment, "结束时间", "Ends").also(&["结束时间"]).example("2026-06-20 11:30").help("不写就是开始的那一天", "the day on which it starts without it");
    PLACE = Field::new("place", LangText, "地点", "Place").also(&["地点"]).example("市民中心 3 楼会议室").help("在哪里办", "where it is held");
    JOIN = Field::new("join", Markdown, "参加方式", "How to take part").also(&["参加方式", "报名方式"]).example("6 月 15 日前电话报名。").help("怎样报名、怎样参加", "how to sign up and take part");
    ABOUT = Field::new("about", List(&Item(ANY)), "有关内容", "About").also(&["有关内容"]).example("[policies/2026/elderly]").help("可带类型目录的路径；反向链接自动生成", "paths with the folder of the type; the link back is made by the build");
    MINUTES = Field::new("record", Markdown, "实录", "Record").also(&["实录", "活动实录"]).example("[文字实录](record.pdf)").help("文字、链接或文件；结束 20 个工作日后还没有的有提示", "text, links or files; asked for where there is none twenty working days after the end");
    RESULT = Field::new("result", Markdown, "结果", "Result").also(&["结果"]).example("收到意见 12 条，采纳 5 条。").help("有了什么结果", "what came of it");
}
