//! What every item has: identity, dates, life cycle, subject, source.

use super::FieldKind::{Date, Day, Either, File, Flag, Free, Item, LangText, List, Markdown, Moment, Table, Text, Theme, Web};
use super::{Field, Need::Must, Need::Should};

/// Folders of the types, for references that may lead to any.
pub static ANY: &[&str] = &[
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

record! {
    "item", "所有条目", "Every item";
    TITLE = Field::new("title", LangText, "标题", "Title").also(&["标题", "名称", "题名"]).example("关于加强政策解读工作的通知")
        .help("Markdown 里也可以用正文的第一个 # 标题", "in Markdown the first # heading of the text does as well");
    SUMMARY = Field::new("summary", LangText, "摘要", "Summary").also(&["摘要", "内容概述", "简介"]).example("一句话说明。")
        .help("一两句话，列表和搜索结果里显示", "one or two sentences, shown in lists and search results");
    DESCRIPTION = Field::new("description", Markdown, "正文", "Text").also(&["描述", "说明"]).example("数据从哪里来，怎样统计。")
        .help("YAML 条目的正文，用 Markdown 写；Markdown 条目的正文写在文件头之后", "the text of an item in YAML, in Markdown; of an item in Markdown it stands below the head");
    PUBLISHED_AT = Field::new("published_at", Moment, "发布时间", "Published").firm().also(&["发布日期", "发布时间", "公布日期", "公开日期"]).example("2021-04-12 09:30").cn(Must, Must)
        .help("在将来则到时才公开；带时刻的精确到分", "one that lies ahead keeps the item back until then, to the minute where it has a time");
    FORMED_ON = Field::new("formed_on", Date, "成文日期", "Formed on").also(&["成文日期", "发文日期", "印发日期"]).example("2021-04-12")
        .help("文件上的日期", "the day that stands on the document");
    EFFECTIVE_FROM = Field::new("effective_from", Day, "施行日期", "Effective from").also(&["施行日期", "生效日期"]).example("2021-05-01")
        .help("时效性由它算出", "validity is computed from it");
    EXPIRES_ON = Field::new("expires_on", Day, "失效日期", "Expires on").also(&["失效日期", "废止日期", "有效期至"]).example("2026-04-30")
        .help("过后标为已失效；规范性文件应当写", "shown as expired after it; normative documents should have one");
    THEME = Field::new("theme", List(&Theme), "主题分类", "Theme").earlier(&["themes"]).also(&["主题", "主题分类"]).example("综合政务/政务公开").cn(Should, Must)
        .help("themes.yaml 的编号、唯一的名称或路径；中国方案没有 themes.yaml 时用国家分类。政策应有", "id, unique label or path of labels of themes.yaml; without that file the Chinese profiles use the national tree. Asked for of policies");
    KEYWORDS = Field::new("keywords", List(&Text), "关键词", "Keywords").also(&["关键词", "标签", "主题词"]).example("[政策解读, 政务公开]")
        .help("三到五个", "three to five");
    ATTACHMENTS = Field::new("attachments", List(&Either(&File, &Table(&attachment::RECORD))), "附件", "Attachments").also(&["附件"]).example("[表格.pdf, {file: 图.png, title: 办理流程图}]")
        .help("文件名照磁盘上的写，相对于本文件", "names as they are on the disk, relative to this file");
    CHANGES = Field::new("changes", List(&Table(&change::RECORD)), "变更说明", "Changes").example("[{on: 2021-06-01, note: 更正第三条}]")
        .help("改动过什么、什么时候", "what was changed, and when");
    DRAFT = Field::new("draft", Flag, "草稿", "Draft").firm().guard().also(&["草稿", "是否草稿"]).example("true")
        .help("草稿检查但不公开", "a draft is checked and not published");
    WITHDRAWN = Field::new("withdrawn", Table(&withdrawn::RECORD), "撤回", "Withdrawn").guard().example("{on: 2022-01-01, reason: 已并入新文件}")
        .help("原地址上留一页说明", "a note stays at its address");
    REPLACED_BY = Field::new("replaced_by", Item(ANY), "由何代替", "Replaced by").example("policies/2022/new")
        .help("代替它的条目，默认在同类型的目录里", "the item that took its place, in the folder of the same type unless told");
    REVIEW = Field::new("review", List(&Table(&review::RECORD)), "审查链", "Review").also(&["审查", "审签", "审查程序"]).example("[{step: 起草, role: 养老服务科, on: 2021-04-01}, {step: 审核, role: 办公室, on: 2021-04-02}, {step: 保密审查, role: 保密办, on: 2021-04-06}, {step: 签发, role: 分管领导, on: 2021-04-08}]")
        .help("起草、审核、保密审查、签发，依次进行；最严的方案要求齐全，否则不发布（SEC001）", "drafted, checked, looked through for secrets, signed, in this order; under the strictest profile nothing is published without all four (SEC001)");
    SLUG = Field::new("slug", Text, "地址末段", "Slug").example("jiedu")
        .help("地址的最后一段；不写就用文件名", "last part of the address; the file's name without it");
    ALIASES = Field::new("aliases", List(&Text), "旧地址", "Earlier addresses").also(&["别名"]).example("[/old/123.html, \"/show.aspx?id=123\"]")
        .help("原来是什么就写什么，可以是完整地址", "as they were: paths, with a query too, or whole addresses");
    AUTHOR = Field::new("author", Text, "责任编辑", "Author").also(&["作者"]).example("张三")
        .help("网页的作者标签", "for the tag of the page");
    SOURCE = Field::new("source", Text, "来源", "Source").also(&["来源"]).example("新华社")
        .help("转载自哪里；中国方案下没有发布机构的要写", "where it was taken from; the Chinese profiles ask for it where there is no issuer");
    SOURCE_URL = Field::new("source_url", Web, "来源地址", "Address of the source").example("https://example.org/原文")
        .help("原文的地址", "where the original is");
    ALLOW_PERSONAL = Field::new("allow_personal", List(&Table(&allow::RECORD)), "可公开的个人信息", "Personal data that may be public")
        .example("[{field: summary, reason: 值班电话, approved_by: 审核组, until: 2027-12-31}]")
        .help("本条目的文字、名称、附件里可以公开的", "for its texts, names and attachments");
    AI = Field::new("ai", Table(&ai::RECORD), "人工智能", "Made by AI").also(&["人工智能"]).example("{tool: 某大模型, reviewed_by: 政策法规科}")
        .help("用人工智能写的才写；网页上有一行说明", "only where a program wrote it; a line on the page says so");
    EXTRA = Field::new("extra", Free, "自定义", "Extra").example("{任意: 内容}")
        .help("给自己的模板用，内容随意", "free data for templates of your own");
}

/// `attachments`
pub mod attachment {
    use crate::schema::{
        Field,
        FieldKind::{File, Text},
    };
    record! {
        "item/attachment", "附件", "Attachment";
        FILE = Field::new("file", File, "文件", "File").must().example("图.png").help("相对于本文件", "relative to this file");
        TITLE = Field::new("title", Text, "名称", "Title").also(&["标题", "名称", "题名"]).example("办理流程图").help("显示的名称；不写就用文件名", "name shown; the file's without it");
    }
}

/// `changes`
pub mod change {
    use crate::schema::{
        Field,
        FieldKind::{Day, Text},
    };
    record! {
        "item/change", "变更", "Change";
        ON = Field::new("on", Day, "日期", "Day").must().example("2021-06-01").help("改动的日期", "when it was changed");
        NOTE = Field::new("note", Text, "说明", "Note").must().example("更正第三条").help("改了什么", "what was changed");
    }
}

/// `review`
pub mod review {
    use crate::schema::words::REVIEW_STEPS;
    use crate::schema::{
        Field,
        FieldKind::{Code, Date, Text},
    };
    record! {
        "item/review", "审查", "Review";
        STEP = Field::new("step", Code(REVIEW_STEPS), "环节", "Step").also(&["环节", "步骤"]).must().example("保密审查").help("起草、审核、保密审查、签发", "draft, check, secrecy, sign");
        ROLE = Field::new("role", Text, "岗位", "Role").also(&["岗位", "角色"]).must().example("保密办").help("哪个科室、什么岗位，不写人名；公开目录的“审查程序”里显示", "the office or role, never a person's name; shown in the catalogue of disclosure");
        ON = Field::new("on", Date, "日期", "Day").also(&["日期"]).must().example("2021-04-06").help("哪一天完成", "when it was done");
        BY = Field::new("by", Text, "经办人", "By").also(&["经办人", "签发人", "审核人"]).example("王某某").help("经办人；只写进 build --internal 的目录，从不公布", "who did it; written to the folder of build --internal alone, never published");
    }
}

/// `ai`
pub mod ai {
    use crate::schema::{Field, FieldKind::Text};
    record! {
        "item/ai", "人工智能", "Made by AI";
        TOOL = Field::new("tool", Text, "工具", "Tool").also(&["工具"]).must().example("某大模型").help("用了什么工具", "which program");
        REVIEWED_BY = Field::new("reviewed_by", Text, "审核", "Reviewed by").also(&["审核", "审核人"]).example("政策法规科").help("谁审核过；写岗位或科室（AIG001）", "who reviewed it: an office or role (AIG001)");
    }
}

/// `withdrawn`
pub mod withdrawn {
    use crate::schema::words::WITHDRAWAL_GROUNDS;
    use crate::schema::{
        Field,
        FieldKind::{Code, Moment, Text},
    };
    record! {
        "item/withdrawn", "撤回", "Withdrawal";
        ON = Field::new("on", Moment, "时间", "When").example("2022-01-01").help("从这时起撤回；不写就是立即", "from then on; at once without it");
        GROUND = Field::new("ground", Code(WITHDRAWAL_GROUNDS), "依据", "Ground").example("error").help("privacy（说明页不写标题）、error、law（说明页写标题）；不写则没有标题", "privacy (the notice has no title), error, law (it has); without it there is no title");
        REASON = Field::new("reason", Text, "原因", "Reason").example("已并入新文件").help("公开显示", "shown to the public");
    }
}

/// `allow_personal` of items and resources
pub mod allow {
    use crate::schema::{
        Field,
        FieldKind::{Date, Text},
    };
    record! {
        "item/allow_personal", "个人信息许可", "Permission for personal data";
        FIELD = Field::new("field", Text, "字段或列", "Field or column").example("summary").help("限于这个字段（正文写 body）或这一列；不写就是全部", "limits it to one field (`body` for the text) or column; all without it");
        REASON = Field::new("reason", Text, "理由", "Reason").must().example("单位公开的值班电话").help("为什么可以公开", "why it may be public");
        APPROVED_BY = Field::new("approved_by", Text, "批准人", "Approved by").must().example("信息公开审核组").help("谁批准的", "who says so");
        UNTIL = Field::new("until", Date, "有效期至", "Until").must().example("2027-12-31").help("过了这天就不算数", "last day; after it it is no permission");
    }
}
