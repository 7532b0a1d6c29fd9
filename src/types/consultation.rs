//! 意见征集.

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::FieldKind::{Date, Department, File, Flag, Item, List, Markdown, Table, Text};
use crate::schema::{Field, Need::Must, Need::Should};

/// 意见征集
pub static TYPE: Type = Type {
    id: "consultation",
    folder: "consultations",
    words: &["意见征集", "征集", "征求意见"],
    label: Phrase { zh: "意见征集", en: "Consultations" },
    record: &RECORD,
    issuer: &ISSUER,
    shape: Shape::Consultation,
    markdown: true,
    place: "{{year}}/{{slug}}",
    inside: None,
    page: "consultation",
    template: "consultation",
    root: false,
    feed: true,
};

record! {
    "consultation", "意见征集", "Consultation", of crate::schema::item::RECORD;
    ISSUER = Field::new("issuer", List(&Department), "征集单位", "Consulting body").also(&["征集单位", "发布机构", "部门"]).example("[civil-affairs]").cn(Must, Must)
        .help("departments.yaml 的编号，牵头的在前", "ids of departments.yaml, the lead first");
    OPENS = Field::new("opens", Date, "开始日期", "Opens").also(&["开始日期", "起始日期"]).example("2026-05-01").need(Should, Must, Must)
        .help("从这天起可以提意见", "the first day on which opinions are taken");
    CLOSES = Field::new("closes", Date, "截止日期", "Closes").also(&["截止日期", "结束日期"]).example("2026-06-01").need(Should, Must, Must)
        .help("到这天为止，当天算在内；状态由起止日期和结果算出", "the last day, which counts; the state follows from the days and the result");
    DRAFT_FILE = Field::new("draft_file", File, "征求意见稿", "Draft").also(&["征求意见稿", "草案"]).example("草案.docx").cn(Must, Must)
        .help("草案的文件，相对于本文件", "the file of the draft, relative to this one");
    EXPLANATION = Field::new("explanation", Markdown, "起草说明", "Explanation").also(&["起草说明"]).example("为什么起草、主要内容。").cn(Must, Must)
        .help("为什么起草，依据什么，写了什么", "why it was drafted, on what ground, and what it says");
    CHANNELS = Field::new("channels", Table(&channels::RECORD), "参与方式", "How to take part").also(&["参与方式", "反馈方式"]).example("{mail: yijian@example.gov.cn, tel: 0594-2692345}").cn(Must, Must)
        .help("怎样提意见，至少两种", "how opinions are sent, two ways at least");
    MAJOR = Field::new("major", Flag, "重大行政决策", "Major decision").also(&["重大行政决策"]).example("true")
        .help("重大行政决策草案，征集不少于 30 日", "a draft of a major decision: at least thirty days");
    SHORT_REASON = Field::new("short_reason", Text, "期限较短的理由", "Why it is shorter").also(&["期限说明"]).example("汛期将至，须在主汛期前施行").help("少于 30 日的说明", "why there are fewer than thirty days");
    BECOMES = Field::new("becomes", Item(&["policies"]), "形成的文件", "Became").also(&["最终政策", "形成的文件"]).example("2026/elderly")
        .help("policies/ 下的路径；文件的页上自动列出经过", "a path below policies/; the page of the policy shows what came before it");
    RESULT = Field::new("result", Table(&result::RECORD), "征集结果", "Result").also(&["征集结果", "结果"]).example("{on: 2026-06-20, received: 12, adopted: 5, rejected: 7, rows: 意见.csv}")
        .help("结束后 30 日内公布", "published within thirty days of the end");
}

/// `channels`
pub mod channels {
    use crate::schema::{
        Field,
        FieldKind::{LangText, Mail, Tel, Web},
    };
    record! {
        "consultation/channels", "参与方式", "How to take part";
        MAIL = Field::new("mail", Mail, "电子邮箱", "Mail").earlier(&["email"]).also(&["邮箱", "电子邮箱"]).example("yijian@example.gov.cn").help("公开的办公邮箱", "a public address of the office");
        TEL = Field::new("tel", Tel, "电话", "Telephone").earlier(&["phone"]).also(&["电话", "联系电话"]).example("\"0594-2692345\"").help("公开的办公电话", "a public number of the office");
        POST = Field::new("post", LangText, "信函", "Post").also(&["信函", "通信地址"]).example("某市某路 1 号政策法规科，邮编 351100").help("寄到哪里", "where letters go");
        URL = Field::new("url", Web, "网上提交", "On line").also(&["网址", "网上"]).example("https://www.example.gov.cn/yjzj/1").help("网上提交的地址", "where it can be done on line");
    }
}

/// `result`
pub mod result {
    use crate::schema::{
        Field,
        FieldKind::{Count, Date, Either, List, Table, Text},
    };
    record! {
        "consultation/result", "征集结果", "Result";
        ON = Field::new("on", Date, "公布日期", "Published").also(&["公布日期", "反馈日期"]).example("2026-06-20").help("哪天公布结果；不知道就不写", "the day on which it was told; left out where it is not known");
        RECEIVED = Field::new("received", Count, "收到", "Received").also(&["收到", "共征集"]).example("12").help("收到的有效意见，条", "opinions received");
        ADOPTED = Field::new("adopted", Count, "采纳", "Adopted").also(&["采纳"]).example("5").help("全部采纳的", "adopted as a whole");
        PARTLY = Field::new("partly", Count, "部分采纳", "Partly adopted").also(&["部分采纳"]).example("1").help("部分采纳的", "adopted in part");
        TOGETHER = Field::new("adopted_or_partly", Count, "采纳与部分采纳", "Adopted or partly").also(&["采纳与部分采纳", "采纳及部分采纳"]).example("50")
            .help("只有合计、没有分开的数时写这里，不拆开", "where the two are told as one: they are not parted");
        REJECTED = Field::new("rejected", Count, "未采纳", "Not adopted").also(&["未采纳", "不予采纳"]).example("6").help("没有采纳的", "not adopted");
        PENDING = Field::new("pending", Count, "待定", "Pending").also(&["待定", "处理中"]).example("0").help("还在研究的", "not yet decided");
        ROWS = Field::new("rows", List(&Either(&Text, &Table(&super::row::RECORD))), "逐条意见", "Opinion by opinion").also(&["逐条意见", "意见"]).example("意见.csv")
            .help("CSV 文件，Excel 存的也可以；列按名称认，次序不限；也可以直接写在这里", "a CSV file, as Excel saves it too; columns are known by name, in any order; or the rows themselves");
    }
}

/// `rows`
pub mod row {
    use crate::schema::words::ADOPTION;
    use crate::schema::{
        Field,
        FieldKind::{Code, Text},
    };
    record! {
        "consultation/row", "一条意见", "Opinion";
        NO = Field::new("no", Text, "序号", "No.").also(&["编号"]).example("1").help("按来源的编号", "as the source counts");
        FROM = Field::new("from", Text, "反馈人", "From").also(&["提出人", "意见人", "来源"]).example("王*").help("遮住姓名：王*、某企业", "masked: a citizen, a company");
        OPINION = Field::new("opinion", Text, "意见", "Opinion").also(&["意见内容", "社会意见", "意见建议", "反馈意见"]).must().example("建议明确办理时限。").help("说了什么", "what was said");
        OUTCOME = Field::new("outcome", Code(ADOPTION), "采纳情况", "Outcome").also(&["是否采纳", "处理结果", "办理情况", "处理情况"]).must().example("采纳").help("采纳、部分采纳、未采纳、待定", "adopted, partly, rejected, pending");
        REASON = Field::new("reason", Text, "理由", "Reason").also(&["原因", "说明", "不采纳理由", "采纳情况说明"]).example("已写入第三条。").help("为什么；未采纳的一定要写", "why; always told where it was not adopted");
    }
}
