//! Disclosure (政府信息公开): guide, catalogue, plan, exceptions, requests, annual reports.

/// `disclosure/guide.yaml`
pub mod guide {
    use crate::schema::{
        Field,
        FieldKind::{Date, Flag, LangText, Markdown, Table, Tel, Text},
        Need::Must,
    };
    record! {
        "guide", "公开指南（disclosure/guide.yaml）", "Guide to disclosure (disclosure/guide.yaml)";
        CLASSES = Field::new("classes", Markdown, "信息分类", "Classes of information").also(&["分类", "公开范围"]).cn(Must, Must).example("见公开目录。").help("公开哪几类信息", "which classes of information are disclosed");
        ARRANGEMENT = Field::new("arrangement", Markdown, "编排体系", "Arrangement").also(&["编排体系"]).cn(Must, Must).example("按索引号和发布时间编排。").help("怎样编排", "how they are arranged");
        HOW_TO_GET = Field::new("how_to_get", Markdown, "获取方式", "How to get it").also(&["获取方式"]).cn(Must, Must).example("本站、公报、查阅点，或申请公开。").help("怎样查到、怎样取得", "where to find it, and how to get it");
        BODY = Field::new("body", LangText, "机构名称", "Office").also(&["机构名称"]).cn(Must, Must).example("云台市人民政府办公室").help("政府信息公开工作机构", "the office that answers for disclosure");
        ADDRESS = Field::new("address", LangText, "办公地址", "Address").also(&["办公地址", "地址"]).cn(Must, Must).example("某路 1 号").help("可以上门的地址", "where it can be visited");
        HOURS = Field::new("hours", LangText, "办公时间", "Hours").also(&["办公时间"]).cn(Must, Must).example("工作日 9:00—12:00，14:00—17:00").help("对外办公时间", "when it is open");
        TEL = Field::new("tel", Tel, "联系电话", "Telephone").also(&["联系电话", "电话"]).cn(Must, Must).example("0594-2692345").help("公开的办公电话", "a public number of the office");
        FAX = Field::new("fax", Tel, "传真号码", "Fax").also(&["传真", "传真号码"]).cn(Must, Must).example("0594-2692346").help("没有就写 无", "`none` where there is none");
        ONLINE = Field::new("online", Text, "互联网联系方式", "On the web").also(&["互联网联系方式", "邮箱"]).cn(Must, Must).example("zwgk@example.gov.cn").help("邮箱或网址", "a mail or web address");
        INTRO = Field::new("intro", Markdown, "说明", "Introduction").also(&["说明"]).example("为了方便公民、法人和其他组织获得本机关的政府信息，编制本指南。").help("放在指南最前面", "stands first in the guide");
        UPDATED_ON = Field::new("updated_on", Date, "更新日期", "Updated on").also(&["更新日期"]).example("2026-01-05").help("指南最近一次更新", "last update of the guide");
        APPLY = Field::new("apply", Table(&apply::RECORD), "依申请公开", "Requests").example("{url: https://example.gov.cn/apply, forms: [form.docx], post: 某路 1 号}").help("怎样提出申请", "how to make a request");
        DRAFT = Field::new("draft", Flag, "草稿", "Draft").also(&["草稿"]).example("true").help("还没有写好；不公布", "not ready yet; not published");
    }

    /// `apply`
    pub mod apply {
        use crate::schema::{
            Field,
            FieldKind::{File, LangText, List, Mail, Markdown, Tel, Web},
        };
        record! {
            "guide/apply", "申请渠道", "Channels of requests";
            URL = Field::new("url", Web, "在线申请", "On the web").also(&["网址"]).example("https://example.gov.cn/apply").help("接收申请的系统；不写用 site.yaml 的 contact: apply", "the system that takes requests; `contact: apply` of site.yaml without it");
            POST = Field::new("post", LangText, "邮寄", "By post").also(&["邮寄地址"]).example("某路 1 号 政府信息公开办，邮编 351100").help("收件人、地址、邮编", "addressee, address, post code");
            VISIT = Field::new("visit", LangText, "当面", "In person").example("某路 1 号 一楼窗口").help("受理地点和时间", "where and when");
            EMAIL = Field::new("email", Mail, "邮箱", "Mail").also(&["邮箱"]).example("apply@example.gov.cn").help("收申请的邮箱", "an address that takes requests");
            TEL = Field::new("tel", Tel, "咨询电话", "Telephone").also(&["电话"]).example("0594-2692345").help("问怎样申请", "to ask how it is done");
            FORMS = Field::new("forms", List(&File), "申请表", "Forms").also(&["申请表"]).example("[form.docx]").help("文件放在 disclosure/ 里", "files in disclosure/");
            NOTE = Field::new("note", Markdown, "说明", "Note").example("一般不收费。").help("收费标准、注意事项", "fees, and what to mind");
        }
    }
}

/// `disclosure/catalogue.yaml`
pub mod entry {
    use crate::schema::words::DISCLOSURE;
    use crate::schema::{
        Field,
        FieldKind::{Code, Date, Flag, Item, LangText, List, Table, Text, Web},
        Need::Must,
    };
    record! {
        "entry", "公开目录（disclosure/catalogue.yaml）", "Catalogue of disclosure (disclosure/catalogue.yaml)";
        NODE = Field::new("node", Text, "法条事项", "Class").also(&["法条", "节点"]).must().example("20-04").help("20-01 到 20-15（第二十条），21-01 起（第二十一条，按 level），或本地事项的名称；generic 下是信息类别", "20-01 to 20-15 (article 20), 21-01 on (article 21, by `level`), or the name of a class of one's own; under the generic scheme who, spend, priorities, decisions, policies, lists, services, or a name");
        TITLE = Field::new("title", LangText, "信息名称", "Title").also(&["标题", "名称", "信息名称", "公开事项"]).must().example("统计公报").help("公开什么", "what is disclosed");
        INDEX_NO = Field::new("index_no", Text, "索引号", "Index number").also(&["索引号", "信息索引号"]).example("000014349/2026-00012").help("全站不重复，用过的不再用", "once in the whole site, and never used again");
        DOC_NO = Field::new("doc_no", Text, "文件编号", "Document number").also(&["文号", "文件编号"]).example("云政办〔2026〕3号").help("有就写", "where there is one");
        PRODUCED_ON = Field::new("produced_on", Date, "产生时间", "Made on").also(&["产生时间", "生成日期"]).example("2026-01-05").help("公文是签发日期", "of a document the day of its signature");
        ITEM = Field::new("item", List(&Text), "事项", "Item").also(&["一级事项", "二级事项"]).example("[社会救助, 最低生活保障]").help("标准目录的一级、二级事项", "first and second level in the standard catalogue");
        ELEMENTS = Field::new("elements", List(&Text), "公开内容", "Contents").also(&["公开内容", "要素"]).example("[政策法规文件, 申报材料]").help("标准目录的公开内容（要素）", "what it holds");
        FORM = Field::new("form", List(&Text), "公开形式", "Form").also(&["公开形式"]).cn(Must, Must).example("[政府网站]").help("以什么形式公开", "in what form it is disclosed");
        SUMMARY = Field::new("summary", LangText, "内容描述", "Summary").also(&["内容概述", "内容描述", "摘要"]).cn(Must, Must).example("年度国民经济和社会发展主要指标。").help("不超过 100 字", "100 characters at most");
        TIME_LIMIT = Field::new("time_limit", Text, "公开时限", "Time limit").also(&["公开时限", "时限"]).cn(Must, Must).example("自信息形成或者变更之日起20个工作日内").help("N 个工作日、N 日、及时、实时、长期公开、按月（季、年）公开、逢变即更；不写 同上", "within N working days, within N days, at once, always, weekly, monthly, quarterly, yearly, on change");
        BASIS = Field::new("basis", List(&Text), "公开依据", "Basis").also(&["公开依据", "依据"]).cn(Must, Must).example("[政府信息公开条例]").help("法律、法规、规章、文件的名称和文号", "law, regulation or document");
        REVIEW = Field::new("review", LangText, "审查程序", "Review").also(&["审查程序"]).example("科室自审、保密审查、分管领导签发").help("谁审查过", "who reviews it");
        OWNER = Field::new("owner", Table(&owner::RECORD), "责任部门", "Owner").also(&["责任部门", "公开主体"]).cn(Must, Must).example("{department: stats-bureau, office: 综合科}").help("哪个部门、哪个科室", "which department and office");
        CHANNELS = Field::new("channels", List(&Text), "公开渠道和载体", "Channels").also(&["公开渠道", "公开渠道和载体"]).example("[政府网站, 政府公报]").help("在哪里公开", "where it is disclosed");
        AUDIENCE = Field::new("audience", LangText, "公开对象", "Audience").also(&["公开对象"]).example("全社会").help("全社会，或特定群体", "everybody, or whom");
        MODE = Field::new("mode", Code(DISCLOSURE), "公开方式", "Manner").also(&["公开方式"]).example("主动公开").help("主动公开、依申请公开或不予公开", "proactively, on request, or withheld");
        LEVELS = Field::new("levels", List(&Text), "公开层级", "Levels").also(&["公开层级"]).example("[县级, 乡级]").help("县级、乡级、村级", "of government");
        WHERE = Field::new("where", Table(&matching::RECORD), "对应的条目", "Its items").example("{column: news/statistics}").help("哪些条目属于它；条件都要满足", "which items belong to it; all conditions hold");
        ITEMS = Field::new("items", List(&Item(crate::schema::item::ANY)), "条目", "Items").example("[datasets/gdp]").help("逐个指定的条目", "items named one by one");
        URL = Field::new("url", Web, "公开地址", "Address").also(&["网址", "公开地址"]).example("https://example.gov.cn/budget/").help("在别处公开的，写那里的地址", "where it is disclosed elsewhere");
        NONE = Field::new("none", LangText, "没有的理由", "Why there is none").also(&["理由", "不涉及"]).example("本机关不承担此项职能。").help("本机关没有这类信息的理由，公开显示", "why this body has none; shown to the public");
        DRAFT = Field::new("draft", Flag, "草稿", "Draft").also(&["草稿"]).example("true").help("还没有写好的条目；不公布", "an entry that is not ready; not published");
    }

    /// `owner`
    pub mod owner {
        use crate::schema::{
            Field,
            FieldKind::{Department, LangText},
        };
        record! {
            "entry/owner", "责任部门", "Owner";
            DEPARTMENT = Field::new("department", Department, "部门", "Department").must().also(&["部门"]).example("stats-bureau").help("departments.yaml 的编号或名称", "id or name of departments.yaml");
            OFFICE = Field::new("office", LangText, "科室", "Office").also(&["科室"]).example("综合科").help("内设机构", "within the department");
        }
    }

    /// `where`
    pub mod matching {
        use crate::schema::{
            Field,
            FieldKind::{Department, Text, Theme},
        };
        record! {
            "entry/where", "条件", "Conditions";
            COLUMN = Field::new("column", Text, "栏目", "Column").also(&["栏目"]).example("news/statistics").help("这个目录下的条目", "items below this folder");
            TYPE = Field::new("type", Text, "类型", "Type").also(&["类型"]).example("datasets").help("类型的目录", "folder of a type");
            THEME = Field::new("theme", Theme, "主题", "Theme").also(&["主题"]).example("welfare").help("这个主题及其下级的条目", "items of this theme and those below it");
            DEPARTMENT = Field::new("department", Department, "部门", "Department").also(&["部门"]).example("stats-bureau").help("这个部门的条目", "items of this department");
            KEYWORD = Field::new("keyword", Text, "关键词", "Keyword").also(&["关键词"]).example("统计公报").help("有这个关键词的条目", "items with this keyword");
        }
    }
}

/// `disclosure/plan.yaml`
pub mod plan {
    use crate::schema::{
        Field,
        FieldKind::{Date, Department, Flag, Item, LangText, OneOf, Text},
        words::PRIORITIES,
    };
    record! {
        "plan", "公开计划（disclosure/plan.yaml）", "Plan of disclosure (disclosure/plan.yaml)";
        WHAT = Field::new("what", LangText, "公开什么", "What").also(&["内容", "标题"]).must().example("学校招生范围").help("要公开的信息", "what will be disclosed");
        DEPARTMENT = Field::new("department", Department, "部门", "Department").also(&["部门", "责任部门"]).must().example("education").help("谁负责", "who answers for it");
        BY = Field::new("by", Date, "期限", "By").also(&["期限", "完成时间"]).must().example("2026-09-01").help("最迟哪天", "on which day at the latest");
        PRIORITY = Field::new("priority", OneOf(PRIORITIES), "优先", "Priority").also(&["优先级"]).example("high").help("high、normal 或 low", "high, normal or low");
        FROM_REQUEST = Field::new("from_request", Text, "源自申请", "From a request").example("2025-014").help("由哪件申请转为主动公开（第四十四条）", "number of the request that it follows from");
        ITEM = Field::new("item", Item(crate::schema::item::ANY), "已公开为", "Disclosed as").also(&["条目"]).example("datasets/school-areas").help("公开以后写条目的路径，就算完成", "path of the item once it is out; then it is done");
        DRAFT = Field::new("draft", Flag, "草稿", "Draft").also(&["草稿"]).example("true").help("还没有定下来的一条；不公布", "an entry that is not settled; not published");
    }
}

/// `disclosure/exceptions.yaml`
pub mod exception {
    use crate::schema::{
        Field,
        FieldKind::{Code, Date, Department, Flag, LangText},
        words::GROUNDS,
    };
    record! {
        "exception", "不予公开清单（disclosure/exceptions.yaml）", "What is withheld (disclosure/exceptions.yaml)", one of [TITLE, CLASS];
        TITLE = Field::new("title", LangText, "信息名称", "Title").also(&["标题", "名称"]).example("某项评估的内部讨论记录").help("名称可以公开时写", "where its name may be public");
        CLASS = Field::new("class", LangText, "信息类别", "Class").also(&["类别"]).example("人事档案").help("名称不宜公开时写类别", "where its name may not");
        GROUND = Field::new("ground", Code(GROUNDS), "依据", "Ground").also(&["依据", "理由"]).must().example("国家秘密").help("不予公开的法定情形", "why it is withheld by law");
        DEPARTMENT = Field::new("department", Department, "部门", "Department").also(&["部门"]).must().example("office").help("谁决定的", "who decided");
        DECIDED_ON = Field::new("decided_on", Date, "决定日期", "Decided on").also(&["决定日期"]).must().example("2025-03-01").help("哪天决定", "when it was decided");
        REVIEW_ON = Field::new("review_on", Date, "复核日期", "Review on").also(&["复核日期"]).example("2027-03-01").help("到哪天重新审查；过了没有审查，公开显示为逾期", "when it is looked at again; past it, it is shown as overdue");
        DRAFT = Field::new("draft", Flag, "草稿", "Draft").also(&["草稿"]).example("true").help("还没有定下来的一条；不公布", "an entry that is not settled; not published");
    }
}

/// `disclosure/requests.csv`
pub mod request {
    use crate::schema::{
        Field,
        FieldKind::{Code, Date, Department, Item, Text},
        words::{APPLICANTS, OUTCOMES},
    };
    record! {
        "request", "依申请公开登记（disclosure/requests.csv）", "Register of requests (disclosure/requests.csv)";
        NO = Field::new("no", Text, "编号", "Number").also(&["登记号", "申请编号", "序号"]).must().example("2025-014").help("不重复", "once only");
        RECEIVED_ON = Field::new("received_on", Date, "收到日期", "Received on").also(&["收到申请日期", "申请日期", "受理日期", "收件日期"]).must().example("2025-03-03").help("期限从这天算起", "limits run from it");
        DEPARTMENT = Field::new("department", Department, "部门", "Department").also(&["答复部门", "受理部门", "承办部门"]).example("civil-affairs").help("谁办理；不写不归任何部门", "who answers");
        APPLICANT_KIND = Field::new("applicant_kind", Code(APPLICANTS), "申请人类别", "Kind of applicant").also(&["申请人类型"]).example("自然人").help("只写类别，不写姓名", "the kind, never a name");
        SUBJECT = Field::new("subject", Text, "内容", "Subject").also(&["申请内容", "信息名称", "申请事项"]).must().example("2024 年低保标准调整依据").help("去掉个人信息后的内容", "without anything personal");
        OUTCOME = Field::new("outcome", Code(OUTCOMES), "结果", "Outcome").also(&["办理结果", "答复结果", "答复类型"]).example("予以公开").help("没有办结就空着", "empty while it is open");
        DECIDED_ON = Field::new("decided_on", Date, "答复日期", "Decided on").also(&["办结日期", "答复时间"]).example("2025-03-20").help("答复的日期", "when it was answered");
        EXTENDED_TO = Field::new("extended_to", Date, "延期至", "Extended to").also(&["延长至", "延期到"]).example("2025-04-28").help("延长后的期限", "the limit after an extension");
        PROMOTED = Field::new("promoted", Item(crate::schema::item::ANY), "转为主动公开", "Disclosed since").also(&["转主动公开"]).example("datasets/allowances").help("后来主动公开的条目（第四十四条）", "the item by which it was disclosed to all later");
    }
}

/// `reports/<department>/<year>.yaml`
pub mod report {
    use crate::schema::{
        Field,
        FieldKind::{Date, Flag, Markdown, OneOf, Table},
        Need::Must,
        words::REPORT_FORMATS,
    };
    record! {
        "report", "年度报告（reports/部门/年.yaml）", "Annual report (reports/department/year.yaml)";
        PUBLISHED_AT = Field::new("published_at", Date, "公布日期", "Published on").also(&["公布日期", "发布日期"]).cn(Must, Must).example("2026-01-20").help("部门 1 月 31 日前，政府 3 月 31 日前；到这一天才公布，没有写就不公布", "by 31 January, governments by 31 March; the report is public from this day on, and not without it");
        DRAFT = Field::new("draft", Flag, "草稿", "Draft").also(&["草稿"]).example("true").help("还没有定稿；不公布", "not settled yet; not published");
        FORMAT = Field::new("format", OneOf(REPORT_FORMATS), "格式", "Form").also(&["格式"]).example("\"2021\"").help("2021 或 2019，默认 2021", "2021 or 2019; 2021 without it");
        GENERAL = Field::new("general", Markdown, "总体情况", "In general").also(&["总体情况"]).cn(Must, Must).example("|\n  2025 年……").help("第一部分", "part one");
        ACTIVE = Field::new("active", Table(&active::RECORD), "主动公开", "Disclosed").also(&["主动公开"]).example("{permits: [12]}").help("第二部分的表", "the table of part two");
        REQUESTS = Field::new("requests", Table(&rows::RECORD), "收到和处理申请", "Requests").also(&["依申请公开"]).example("{from: requests}").help("第三部分的表，照写或从登记里数", "the table of part three, typed or counted from the register");
        DISPUTES = Field::new("disputes", Table(&disputes::RECORD), "行政复议、行政诉讼", "Disputes").also(&["复议诉讼"]).example("{review: [0, 0, 0, 0]}").help("第四部分的表", "the table of part four");
        DISPUTES_TEXT = Field::new("disputes_text", Markdown, "复议诉讼的说明", "On the disputes").example("没有发生。").help("第四部分的文字", "text of part four");
        PROBLEMS = Field::new("problems", Markdown, "主要问题及改进情况", "Problems and remedies").also(&["主要问题及改进情况", "存在问题"]).cn(Must, Must).example("|\n  存在……").help("第五部分；不要照抄上年", "part five; not that of last year again");
        OTHER = Field::new("other", Markdown, "其他需要报告的事项", "Other matters").also(&["其他"]).cn(Must, Must).example("无。").help("第六部分", "part six");
    }

    /// `active`
    pub mod active {
        use crate::schema::{
            Field,
            FieldKind::{List, Text},
        };
        record! {
            "report/active", "主动公开（表）", "Disclosed (table)";
            RULES = Field::new("rules", List(&Text), "规章", "Rules").example("[0, 0, 0]").help("制发、废止、现行有效件数（2019：新制作、新公开、对外公开总数）", "made, repealed, in force (2019: made, disclosed, disclosed in all)");
            NORMATIVE = Field::new("normative", List(&Text), "行政规范性文件", "Normative documents").example("[6, 2, 41]").help("同上", "the same");
            PERMITS = Field::new("permits", List(&Text), "行政许可", "Permits").example("[12]").help("处理决定数量（2019：上一年项目数、增减、处理决定数量）", "decisions (2019: items last year, change, decisions)");
            SERVICES = Field::new("services", List(&Text), "其他对外管理服务事项", "Other services").example("[8, 0, 95]").help("只用于 2019", "of 2019 alone");
            PENALTIES = Field::new("penalties", List(&Text), "行政处罚", "Penalties").example("[3]").help("同行政许可", "as of permits");
            COERCION = Field::new("coercion", List(&Text), "行政强制", "Coercion").example("[0]").help("同行政许可", "as of permits");
            FEES = Field::new("fees", List(&Text), "行政事业性收费", "Fees").example("[\"12.5\"]").help("收费金额，万元（2019：上一年项目数、增减）", "amount in 10,000 yuan (2019: items last year, change)");
            PROCUREMENT = Field::new("procurement", List(&Text), "政府集中采购", "Procurement").example("[5, \"320.8\"]").help("只用于 2019：项目数、总金额（万元）", "of 2019 alone: projects, amount in 10,000 yuan");
        }
    }

    /// `requests`: the rows in the order of the form
    pub mod rows {
        use crate::schema::words::FROM_REQUESTS;
        use crate::schema::{
            Field,
            FieldKind::{List, OneOf, Text},
        };
        record! {
            "report/requests", "收到和处理申请（表）", "Requests (table)";
            FROM = Field::new("from", OneOf(FROM_REQUESTS), "取自", "From").example("requests").help("写 requests 就从登记里数，别的行都不写", "`requests`: counted from the register, and no rows are written");
            NEW = Field::new("new", List(&Text), "本年新收", "Received this year").example("[58, 7, 0, 0, 1, 0]").help("每行六个数：自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他；总计自动相加，写了第七个就核对", "six numbers a row: persons, companies, research bodies, public-benefit bodies, legal services, others; the sum is made, and a seventh number is compared");
            CARRIED = Field::new("carried", List(&Text), "上年结转", "Carried over").example("[1, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            OPEN = Field::new("open", List(&Text), "予以公开", "Disclosed").example("[30, 3, 0, 0, 1, 0]").help("件数，六个数", "numbers of requests, six of them");
            PARTIAL = Field::new("partial", List(&Text), "部分公开", "Disclosed in part").example("[2, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            SECRET = Field::new("secret", List(&Text), "属于国家秘密", "State secret").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            FORBIDDEN = Field::new("forbidden", List(&Text), "其他法律行政法规禁止公开", "Forbidden by other law").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            SAFETY = Field::new("safety", List(&Text), "危及“三安全一稳定”", "Danger to security and stability").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            THIRD_PARTY = Field::new("third_party", List(&Text), "保护第三方合法权益", "Rights of third parties").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            INTERNAL = Field::new("internal", List(&Text), "属于三类内部事务信息", "Internal affairs").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            PROCESS = Field::new("process", List(&Text), "属于四类过程性信息", "Information of a process").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            CASE_FILE = Field::new("case_file", List(&Text), "属于行政执法案卷", "Case files").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            INQUIRY = Field::new("inquiry", List(&Text), "属于行政查询事项", "Inquiries by other law").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            NOT_HELD = Field::new("not_held", List(&Text), "本机关不掌握相关政府信息", "Not held").example("[9, 1, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            TO_BE_MADE = Field::new("to_be_made", List(&Text), "没有现成信息需要另行制作", "Would have to be made").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            UNCLEAR = Field::new("unclear", List(&Text), "补正后申请内容仍不明确", "Unclear").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            PETITION = Field::new("petition", List(&Text), "信访举报投诉类申请", "Petitions and complaints").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            REPEATED = Field::new("repeated", List(&Text), "重复申请", "Repeated").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            PUBLICATION = Field::new("publication", List(&Text), "要求提供公开出版物", "Published works").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            EXCESSIVE = Field::new("excessive", List(&Text), "无正当理由大量反复申请", "Excessive").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            REISSUE = Field::new("reissue", List(&Text), "要求行政机关确认或重新出具已获取信息", "To be confirmed or issued again").example("[0, 0, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
            NOT_COMPLETED = Field::new("not_completed", List(&Text), "逾期不补正", "Not completed in time").example("[0, 0, 0, 0, 0, 0]").help("只用于 2021", "of 2021 alone");
            NOT_PAID = Field::new("not_paid", List(&Text), "逾期不缴费", "Not paid in time").example("[0, 0, 0, 0, 0, 0]").help("只用于 2021", "of 2021 alone");
            OTHER = Field::new("other", List(&Text), "其他", "Other").example("[0, 0, 0, 0, 0, 0]").help("2019 是“其他处理”", "all that is dealt with otherwise, under 2019");
            TOTAL = Field::new("total", List(&Text), "总计", "Total").example("[41, 4, 0, 0, 1, 0]").help("不写就自动相加，写了就核对", "made of the rows, compared where it is written");
            NEXT = Field::new("next", List(&Text), "结转下年度继续办理", "Carried to the next year").example("[18, 3, 0, 0, 0, 0]").help("件数，六个数", "numbers of requests, six of them");
        }
    }

    /// `disputes`
    pub mod disputes {
        use crate::schema::{
            Field,
            FieldKind::{List, Text},
        };
        record! {
            "report/disputes", "行政复议、行政诉讼（表）", "Disputes (table)";
            REVIEW = Field::new("review", List(&Text), "行政复议", "Administrative review").example("[0, 0, 0, 0]").help("结果维持、结果纠正、其他结果、尚未审结；总计自动相加，写了第五个就核对", "upheld, corrected, other, pending; the sum is made, and a fifth number is compared");
            SUIT = Field::new("suit", List(&Text), "未经复议直接起诉", "Suits without review").example("[0, 0, 0, 0]").help("同上", "the same");
            SUIT_AFTER = Field::new("suit_after", List(&Text), "复议后起诉", "Suits after review").example("[0, 0, 0, 0]").help("同上", "the same");
        }
    }
}

/// `reports/website/<year>.yaml`
pub mod website {
    use crate::schema::{
        Field,
        FieldKind::{Count, Date, Flag, List, Markdown, Table, Text},
        Need::Must,
    };
    record! {
        "website", "网站工作年度报表（reports/website/年.yaml）", "Yearly report of the website (reports/website/year.yaml)";
        PUBLISHED_AT = Field::new("published_at", Date, "公布日期", "Published on").also(&["公布日期", "发布日期"]).cn(Must, Must).example("2026-01-20").help("1 月 31 日前；到这一天才公布，没有写就不公布", "by 31 January; the report is public from this day on, and not without it");
        DRAFT = Field::new("draft", Flag, "草稿", "Draft").also(&["草稿"]).example("true").help("还没有定稿；不公布", "not settled yet; not published");
        TYPE = Field::new("type", Text, "网站类型", "Type of site").also(&["网站类型"]).example("政府门户网站").help("如 政府门户网站、部门网站、专项网站", "like government portal or site of a department");
        VISITORS = Field::new("visitors", Count, "独立用户访问总量", "Visitors").also(&["独立用户访问总量"]).example("120345").help("从访问统计抄来；没有统计就不写", "from the figures of the host; leave it out where there are none");
        VISITS = Field::new("visits", Count, "网站总访问量", "Visits").also(&["网站总访问量"]).example("803210").help("同上", "the same");
        SECURITY = Field::new("security", Table(&security::RECORD), "安全防护", "Security").also(&["安全防护"]).example("{assessments: 4, found: 3, fixed: 3, monitoring: true}").help("不写的项目显示未注明", "what is left out is shown as not stated");
        ACCOUNTS = Field::new("accounts", List(&Table(&account::RECORD)), "移动新媒体", "Accounts").also(&["移动新媒体", "新媒体"]).example("[{kind: 微信, name: 云台发布, posts: 512, followers: 30218}]").help("政务新媒体账号", "accounts on other platforms");
        INNOVATION = Field::new("innovation", Markdown, "创新发展", "New ways").also(&["创新发展"]).example("搜索即服务、多语言版本、无障碍浏览。").help("做了什么新的", "what is new");
    }

    /// `security`
    pub mod security {
        use crate::schema::{
            Field,
            FieldKind::{Count, Flag},
        };
        record! {
            "website/security", "安全防护", "Security";
            ASSESSMENTS = Field::new("assessments", Count, "安全检测评估次数", "Assessments").also(&["安全检测评估次数"]).example("4").help("全年几次", "how many in the year");
            FOUND = Field::new("found", Count, "发现问题数量", "Problems found").also(&["发现问题数量"]).example("3").help("几个", "how many");
            FIXED = Field::new("fixed", Count, "问题整改数量", "Problems mended").also(&["问题整改数量"]).example("3").help("不多于发现的", "no more than were found");
            MONITORING = Field::new("monitoring", Flag, "建立安全监测预警机制", "Monitoring").also(&["是否建立安全监测预警机制"]).example("true").help("是或否", "yes or no");
            DRILLS = Field::new("drills", Flag, "开展应急演练", "Drills").also(&["是否开展应急演练"]).example("true").help("是或否", "yes or no");
            OFFICER = Field::new("officer", Flag, "明确网站安全责任人", "Somebody answers for security").also(&["是否明确网站安全责任人"]).example("true").help("是或否；不写姓名", "yes or no, and no name");
        }
    }

    /// `accounts`
    pub mod account {
        use crate::schema::{
            Field,
            FieldKind::{Count, LangText, Text},
        };
        record! {
            "website/account", "账号", "Account";
            KIND = Field::new("kind", Text, "平台", "Platform").also(&["平台", "类型"]).must().example("微信").help("微博、微信或其他", "of which platform");
            NAME = Field::new("name", LangText, "名称", "Name").also(&["名称"]).must().example("云台发布").help("账号的名称", "its name");
            POSTS = Field::new("posts", Count, "信息发布量", "Posts").also(&["信息发布量"]).example("512").help("全年几条", "how many in the year");
            FOLLOWERS = Field::new("followers", Count, "关注量", "Followers").also(&["关注量"]).example("30218").help("年底多少", "at its end");
        }
    }
}
