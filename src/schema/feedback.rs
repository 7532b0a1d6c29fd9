//! Letters and replies (咨询投诉).

use super::{
    Field,
    FieldKind::{Code, Count, Date, Flag, Item, OneOf, Text},
    words::{CONSENTS, LETTER_KINDS, LETTER_STATES},
};

record! {
    "feedback", "来信和答复（feedback/部门.csv 或 .yaml）", "Letters and replies (feedback/department.csv or .yaml)";
    NO = Field::new("no", Text, "编号", "Number").also(&["来信编号", "信件编号", "查询码", "受理编号", "序号"]).must().example("2025-0312").help("一个部门里不重复，用在地址里", "once in a department; part of the address");
    KIND = Field::new("kind", Code(LETTER_KINDS), "类型", "Kind").also(&["来信类型", "信件类型", "类别", "来信类别", "诉求类型"]).must().example("咨询").help("咨询、投诉、建议、求助、感谢、纠错、数据需求", "question, complaint, suggestion, help, thanks, correction, data");
    TITLE = Field::new("title", Text, "标题", "Title").also(&["来信标题", "信件标题", "主题", "来信主题"]).example("老年人优待证怎样办理").help("公开的来信要写；不公开的可以空着", "asked of a letter that is shown; may be empty in others");
    BODY = Field::new("body", Text, "内容", "Text").also(&["来信内容", "信件内容", "诉求内容", "正文"]).example("我母亲今年七十岁，优待证在哪里办？").help("公开的来信要写，去掉姓名、电话、住址；不公开的可以空着", "asked of a letter that is shown, without names, telephone numbers and addresses; may be empty in others");
    RECEIVED_ON = Field::new("received_on", Date, "来信日期", "Received on").also(&["来信时间", "收到日期", "收件日期", "受理日期", "受理时间", "提交时间", "留言时间"]).example("2025-03-12").help("时限从这天算起；不知道就空着，显示为未注明，不计入任何时间统计", "limits run from it; empty where it is not known: the letter is then outside every figure of time");
    ABOUT = Field::new("about", Item(super::item::ANY), "关联", "About").also(&["关联对象", "关联政策", "关联文件", "相关政策"]).example("policies/2026/elderly").help("说的是哪个文件或数据集；两边互相链接", "the policy or dataset that it is about; linked both ways");
    STATUS = Field::new("status", Code(LETTER_STATES), "状态", "State").also(&["办理状态", "处理状态", "办理情况"]).must().example("已处理").help("待处理、已处理、已转办、不予受理", "pending, answered, forwarded, declined");
    REPLIED_ON = Field::new("replied_on", Date, "答复日期", "Replied on").also(&["答复时间", "回复日期", "回复时间", "办结日期", "办结时间"]).example("2025-03-17").help("哪天答复的", "the day of the reply");
    REPLY = Field::new("reply", Text, "答复", "Reply").also(&["答复内容", "回复", "回复内容", "办理结果"]).example("凭身份证到街道便民服务中心办理，当场领取。").help("公开的答复", "the reply as it may be public");
    REPLY_BY = Field::new("reply_by", Text, "答复单位", "Replied by").also(&["回复单位", "答复科室", "承办单位", "办理单位", "答复部门"]).example("养老服务科").help("科室或职务，不写人名", "an office or a role, never a person's name");
    CONSENT = Field::new("consent", OneOf(CONSENTS), "同意公开", "Consent").also(&["是否公开", "是否同意公开", "公开同意", "公开"]).must().example("是").help("来信人同意公开才写是；否或空着：只计数，不显示", "yes where the writer agreed; no, or nothing: counted and never shown");
    RATING = Field::new("rating", Count, "评分", "Rating").also(&["满意度", "评价", "满意度评分"]).example("5").help("1 到 5，没有评就空着", "1 to 5; empty where there is none");
    FAQ = Field::new("faq", Flag, "常见问题", "Frequent").also(&["是否常见问题", "常见"]).example("是").help("是：列入常见问题", "yes: stands among the frequent questions");
    LIMIT_WORKDAYS = Field::new("limit_workdays", Count, "时限", "Limit in working days").also(&["办理时限", "答复时限", "时限工作日"]).example("5").help("几个工作日内答复；不写用 site.yaml 的 reply_workdays，再没有就是 5", "working days for the reply; `reply_workdays` of site.yaml without it, and 5 without that");
    EXTENDED_TO = Field::new("extended_to", Date, "延期至", "Extended to").also(&["延长至", "延期办理至", "延期日期"]).example("2025-03-31").help("告知来信人延期答复的，写延到哪天；页面上写明", "where the writer was told that it takes longer: until which day; the page says so");
}
