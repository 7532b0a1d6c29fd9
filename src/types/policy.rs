//! 政策文件.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::FieldKind::{Code, Department, Either, Flag, Item, List, OneOf, Table, Text};
use crate::schema::words::{DISCLOSURE, DOC_TYPES, LEVELS, REQUIRED};
use crate::schema::{Field, Need::Must};

/// Where references lead that name no folder.
static POLICIES: &[&str] = &[
    "policies",
    "interpretations",
    "datasets",
    "news",
    "topics",
    "pages",
    "consultations",
    "services",
    "questions",
    "events",
    "responses",
    "decisions",
    "records",
];

/// 政策文件
pub static TYPE: Type = Type {
    id: "policy",
    folder: "policies",
    words: &["政策", "政策文件", "文件"],
    label: Phrase { zh: "政策文件", en: "Policies" },
    record: &RECORD,
    issuer: &ISSUER,
    shape: Shape::Policy,
    markdown: true,
    place: "{{year}}/{{slug}}",
    inside: None,
    page: "policy",
    template: "policy",
    root: false,
    feed: true,
};

record! {
    "policy", "政策文件", "Policy", of crate::schema::item::RECORD;
    ISSUER = Field::new("issuer", List(&Department), "发文机关", "Issuer").also(&["发文机关", "发布机构", "制定机关", "部门", "发文单位", "印发机关"]).example("[office, civil-affairs]").cn(Must, Must)
        .help("departments.yaml 的编号，牵头的在前", "ids of departments.yaml, the lead first");
    DOC_NO = Field::new("doc_no", Text, "发文字号", "Document number").also(&["发文字号", "文号"]).example("云政办发〔2021〕13号")
        .help("没有文号写 none", "none where there is no number");
    INDEX_NO = Field::new("index_no", Text, "索引号", "Index number").also(&["索引号"]).example("000014349/2021-00110")
        .help("机构代码/年-顺序号，全站不重复", "code of the body / year - serial; no two items share one");
    REG_NO = Field::new("reg_no", Text, "统一编号", "Registration number").also(&["统一编号"]).example("YZGF-2021-003")
        .help("规范性文件的登记编号", "number under which a normative document is registered");
    DOC_TYPE = Field::new("doc_type", Code(DOC_TYPES), "文种", "Kind of document").also(&["文种", "公文种类", "公文文种", "体裁"]).example("通知")
        .help("公文种类", "kinds of official document, then kinds of law");
    AUTHORITY_LEVEL = Field::new("authority_level", Code(LEVELS), "效力等级", "Level of authority").also(&["效力等级"]).example("地方规范性文件")
        .help("在法的体系中的位置", "its place in the order of law");
    DISCLOSURE_MODE = Field::new("disclosure_mode", Code(DISCLOSURE), "公开方式", "Manner of disclosure").also(&["公开方式"]).example("主动公开")
        .help("主动公开、依申请公开或不予公开", "proactive, on request, or withheld");
    IS_NORMATIVE = Field::new("is_normative", Flag, "规范性文件", "Normative document").example("true")
        .help("规范性文件要有解读和有效期", "a normative document has an interpretation and a period");
    DRAFTED_BY = Field::new("drafted_by", List(&Department), "起草单位", "Drafted by").example("[civil-affairs]")
        .help("应由它解读", "who should explain it");
    INTERPRETATION = Field::new("interpretation", Either(&OneOf(REQUIRED), &Table(&exempt::RECORD)), "解读要求", "Interpretation").example("required")
        .help("应当解读写 required，免于解读写 {exempt: 理由}", "required, or {exempt: reason} where none is due");
    AMENDS = Field::new("amends", List(&Item(POLICIES)), "修改", "Amends").example("[2019/old]")
        .help("policies/ 下的路径，可带类型目录", "paths below policies/, or with the folder of the type");
    REPEALS = Field::new("repeals", List(&Item(POLICIES)), "废止", "Repeals").example("[2018/older]").help("被它废止的", "what it repeals");
    AMENDED_BY = Field::new("amended_by", List(&Item(POLICIES)), "被修改", "Amended by").example("[2023/newer]").help("从另一侧写", "the same, told from the other side");
    REPEALED_BY = Field::new("repealed_by", List(&Item(POLICIES)), "被废止", "Repealed by").example("[2023/newer]").help("从另一侧写", "the same, told from the other side");
    BASED_ON = Field::new("based_on", List(&Item(POLICIES)), "上位依据", "Based on").example("[laws/elderly-rights-law]").help("依据的法律、文件", "laws and documents it rests on");
    RELATED = Field::new("related", List(&Item(POLICIES)), "相关条目", "Related").example("[consultations/x]").help("可带类型目录", "with the folder of the type where it is no policy");
    TASKS = Field::new("tasks", List(&Table(&task::RECORD)), "任务分解", "Tasks").also(&["任务分解"]).example("[{what: 开通网上申领, department: [civil-affairs], due: 2026-09-30}]")
        .help("谁在哪天前做什么；完成与否由日期算出", "who does what by which day; done or late is told by the days");
    BENEFITS = Field::new("benefits", List(&Table(&benefit::RECORD)), "惠企利民", "Benefits").also(&["惠企利民", "政策兑现"]).example("[{who: [老年人], what: 高龄补贴, amount: 每月100元, tel: \"0594-2692345\"}]")
        .help("谁能得到什么、到什么时候；也显示在它的解读上", "who gets what, and until when; shown on its interpretations too");
}

/// `tasks`
pub mod task {
    use crate::schema::{
        Field,
        FieldKind::{Date, Department, LangText, List, Markdown},
        Need::Must,
    };
    record! {
        "policy/task", "任务", "Task";
        WHAT = Field::new("what", LangText, "任务", "Task").also(&["任务", "工作任务"]).must().example("开通网上申领").help("做什么", "what is to be done");
        DEPARTMENT = Field::new("department", List(&Department), "责任单位", "Department").also(&["责任单位"]).example("[civil-affairs]").cn(Must, Must).help("departments.yaml 的编号，牵头的在前", "ids of departments.yaml, the lead first");
        DUE = Field::new("due", Date, "完成时限", "Due").also(&["完成时限"]).example("2026-09-30").cn(Must, Must).help("最后一天", "the last day");
        DONE_ON = Field::new("done_on", Date, "完成日期", "Done on").also(&["完成日期"]).example("2026-08-20").help("没有就是还没完成", "not done without it");
        RESULT = Field::new("result", Markdown, "完成情况", "Result").also(&["完成情况"]).example("8 月 20 日开通。").help("做成了什么", "what was done");
    }
}

/// `benefits`
pub mod benefit {
    use crate::schema::{
        Field,
        FieldKind::{Day, LangText, List, Markdown, Tel, Text},
        Need::Must,
    };
    record! {
        "policy/benefit", "惠企利民事项", "Benefit";
        WHO = Field::new("who", List(&Text), "适用对象", "For whom").also(&["适用对象"]).must().example("[老年人]").help("谁能得到，可写几类；按它查找", "who gets it, one or several groups; the finder goes by them");
        WHAT = Field::new("what", LangText, "惠企利民事项", "Benefit").also(&["惠企利民事项"]).must().example("高龄补贴").help("能得到什么", "what they get");
        AMOUNT = Field::new("amount", LangText, "标准", "Amount").also(&["补贴标准"]).example("每月100元").help("多少，怎样算", "how much, and how it is reckoned");
        CONDITIONS = Field::new("conditions", Markdown, "条件", "Conditions").also(&["申领条件"]).example("本市户籍，年满八十周岁。").help("谁可以申领", "who may ask for it");
        BRING = Field::new("bring", Markdown, "所需材料", "What to bring").also(&["所需材料", "申请材料"]).example("身份证").help("要带什么", "papers that are asked for");
        PLACE = Field::new("where", LangText, "办理地点", "Where").also(&["办理地点"]).example("户籍地社区").help("到哪里办，或网址", "where to go, or an address of the web");
        UNTIL = Field::new("until", Day, "截止日期", "Until").also(&["截止日期"]).example("2031-05-31").help("最后一天", "the last day");
        TEL = Field::new("tel", List(&Tel), "咨询电话", "Telephone").also(&["咨询电话", "电话"]).example("[\"0594-2692345\"]").cn(Must, Must).help("公开的办公电话", "a public number of the office");
    }
}

/// `interpretation: {exempt: …}`
pub mod exempt {
    use crate::schema::{Field, FieldKind::Text};
    record! {
        "policy/interpretation", "免于解读", "No interpretation due";
        EXEMPT = Field::new("exempt", Text, "理由", "Reason").must().example("转发上级文件").help("为什么不用解读", "why none is due");
    }
}
