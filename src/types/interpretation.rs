//! 政策解读.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::FieldKind::{Code, Department, Either, Item, List, Table, Text};
use crate::schema::words::FORMS;
use crate::schema::{Field, Need::Must, Need::Should};

/// What may be explained.
static EXPLAINED: &[&str] = &["policies", "datasets", "consultations"];

/// 政策解读
pub static TYPE: Type = Type {
    id: "interpretation",
    folder: "interpretations",
    words: &["解读", "政策解读"],
    label: Phrase { zh: "政策解读", en: "Interpretations" },
    record: &RECORD,
    issuer: &INTERPRETER_ORG,
    shape: Shape::Interpretation,
    markdown: true,
    place: "{{year}}/{{slug}}",
    inside: None,
    page: "interpretation",
    template: "interpretation",
    root: false,
    feed: true,
};

record! {
    "interpretation", "政策解读", "Interpretation", of crate::schema::item::RECORD;
    POLICIES = Field::new("policies", List(&Item(EXPLAINED)), "所解读的文件", "Policies explained").also(&["政策"]).example("[2021/notice]").need(Should, Must, Must)
        .help("policies/ 下的路径；解读数据集或征求意见稿的写 datasets/x、consultations/x；反向链接自动生成", "paths below policies/; datasets/x and consultations/x where it explains one of these; the link back is made by the build");
    POLICY_REF_EXTERNAL = Field::new("policy_ref_external", List(&Either(&Text, &Table(&external::RECORD))), "站外文件", "Policies elsewhere").example("[{title: 上级文件, url: https://example.org/}]")
        .help("本站没有的文件", "what this site does not have");
    INTERPRETER_ORG = Field::new("interpreter_org", List(&Department), "解读机关", "Interpreted by").also(&["解读机构", "解读单位", "解读机关"]).example("office").cn(Must, Must)
        .help("departments.yaml 的编号", "an id of departments.yaml");
    INTERPRETER = Field::new("interpreter", Table(&interpreter::RECORD), "解读人", "Interpreter").also(&["解读人"]).cn(Must, Must).example("{name: 姓名, title: 职务, is_head: true}")
        .help("由谁解读", "who explains it");
    CONTACT = Field::new("contact", Table(&contact::RECORD), "联系方式", "Contact").also(&["联系方式"]).example("{tel: 电话, email: 邮箱}").cn(Must, Must)
        .help("有疑问问谁", "whom to ask");
    FORM = Field::new("form", List(&Code(FORMS)), "解读形式", "Form").also(&["解读形式"]).example("文字")
        .help("文字、图解、视频、问答等", "text, infographic, video, qa and the like");
    SECTIONS = Field::new("sections", Table(&sections::RECORD), "解读要素", "Sections").cn(Must, Must).example("{background: 背景依据的文字}")
        .help("正文里的小节标题（一、背景依据）也算", "headings of the text count as sections too");
    QA = Field::new("qa", List(&Table(&qa::RECORD)), "问答", "Questions and answers").example("[{q: 问, a: 答}]").help("问答式的解读", "for an interpretation by questions");
    GLANCE = Field::new("glance", Table(&glance::RECORD), "一看就懂", "At a glance").also(&["一看就懂"]).example("{who: 年满八十周岁的老年人, what: 到社区申领高龄补贴, until: 2026-12-31}")
        .help("对谁、要做什么、到什么时候，显示在正文之前", "who is affected, what to do, until when; shown above the text");
    TEXT_ALTERNATIVE = Field::new("text_alternative", Text, "文字说明", "Text alternative").need(Should, Must, Must).example("图解的文字说明")
        .help("图解、音频、视频的文字版，正文不足 50 字时要写", "what a picture, sound or film says, in words; asked for where the text is short");
}

/// `policy_ref_external`
pub mod external {
    use crate::schema::{
        Field,
        FieldKind::{Text, Web},
    };
    record! {
        "interpretation/policy_ref_external", "站外文件", "Policy elsewhere";
        TITLE = Field::new("title", Text, "标题", "Title").also(&["标题", "名称", "题名"]).must().example("上级文件").help("文件的标题", "its title");
        URL = Field::new("url", Web, "地址", "Address").also(&["网址"]).example("https://example.org/").help("在哪里", "where it is");
    }
}

/// `interpreter`
pub mod interpreter {
    use crate::schema::{
        Field,
        FieldKind::{Flag, Text},
    };
    record! {
        "interpretation/interpreter", "解读人", "Interpreter";
        TITLE = Field::new("title", Text, "职务", "Position").also(&["标题", "名称", "题名"]).example("局长").help("职务", "position");
        NAME = Field::new("name", Text, "姓名", "Name").also(&["姓名"]).example("李四").help("姓名", "name");
        IS_HEAD = Field::new("is_head", Flag, "主要负责人", "Head").example("true").help("是否主要负责人", "whether this is the head");
    }
}

/// `glance`
pub mod glance {
    use crate::schema::{
        Field,
        FieldKind::{Day, LangText, List, Tel},
    };
    record! {
        "interpretation/glance", "一看就懂", "At a glance";
        WHO = Field::new("who", LangText, "涉及谁", "Who is affected").also(&["涉及谁", "适用对象"]).must().example("年满八十周岁的老年人").help("哪些人、哪些单位", "which people or bodies");
        WHAT = Field::new("what", LangText, "要做什么", "What to do").also(&["要做什么"]).must().example("带身份证到社区申领").help("读完该做什么；不用做什么也写明", "what to do having read it; also where there is nothing to do");
        UNTIL = Field::new("until", Day, "到什么时候", "Until when").also(&["到什么时候"]).example("2026-12-31").help("最后一天", "the last day");
        TEL = Field::new("tel", List(&Tel), "问谁", "Whom to ask").also(&["问谁"]).example("[\"0594-2692345\"]").help("公开的办公电话", "a public number of the office");
    }
}

/// `contact`
pub mod contact {
    use crate::schema::{
        Field,
        FieldKind::{Mail, Tel},
    };
    record! {
        "interpretation/contact", "联系方式", "Contact";
        TEL = Field::new("tel", Tel, "电话", "Telephone").also(&["电话", "联系电话"]).example("0594-2692345").help("公开的办公电话", "a public number of the office");
        EMAIL = Field::new("email", Mail, "邮箱", "Mail").also(&["邮箱"]).example("office@example.gov.cn").help("公开的办公邮箱", "a public address of the office");
    }
}

/// `sections`: keys as in [`crate::model::vocab::SECTIONS`], in that order
pub mod sections {
    use crate::schema::{Field, FieldKind::Text, Need::Must};
    record! {
        "interpretation/sections", "解读要素", "Sections of an interpretation";
        BACKGROUND = Field::new("background", Text, "背景依据", "Background").cn(Must, Must).help("为什么、依据什么制定", "why it was made, and on what ground");
        PURPOSE = Field::new("purpose", Text, "目的意义", "Purpose").help("目的意义，或目标任务，写其一", "purpose, or goals: one of the two");
        GOALS = Field::new("goals", Text, "目标任务", "Goals").help("要达到什么", "what is to be reached");
        CONTENT = Field::new("content", Text, "主要内容", "Content").cn(Must, Must).help("主要条款、措施", "its main points");
        SCOPE = Field::new("scope", Text, "适用范围", "Scope").cn(Must, Must).help("对谁、对什么事", "whom and what it concerns");
        STANDARD = Field::new("standard", Text, "执行标准", "Standard").help("金额、比例、条件", "amounts, shares, conditions");
        PERIOD = Field::new("period", Text, "期限", "Period").help("何时起、到何时", "from when, until when");
        NOTES = Field::new("notes", Text, "注意事项", "Notes").help("要留意什么", "what to mind");
        TERMS = Field::new("terms", Text, "关键词诠释", "Terms").help("名词解释", "words explained");
        DIFF = Field::new("diff", Text, "新旧政策差异", "Differences").help("与原来有何不同", "what is different from before");
        BENEFITS = Field::new("benefits", Text, "惠民利民举措", "Benefits").help("好处在哪里", "what it is good for");
        PROCEDURE = Field::new("procedure", Text, "研判过程", "Procedure").help("起草、征求意见的过程", "how it was drafted and consulted on");
        NEXT = Field::new("next", Text, "下一步工作", "Next").help("接下来做什么", "what comes next");
    }
}

/// `qa`
pub mod qa {
    use crate::schema::{Field, FieldKind::Text};
    record! {
        "interpretation/qa", "问答", "Question and answer";
        Q = Field::new("q", Text, "问", "Question").must().example("何时施行？").help("问题", "the question");
        A = Field::new("a", Text, "答", "Answer").must().example("自公布之日起。").help("回答", "the answer");
    }
}
