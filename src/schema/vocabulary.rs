//! Vocabularies and columns: `departments.yaml`, `themes.yaml`, `glossary.yaml`, `synonyms.yaml`, `alerts.yaml`, `_column.yaml`.

/// `departments.yaml`
pub mod department {
    use crate::schema::words::{BODY_TYPES, REPORT_DUTIES};
    use crate::schema::{
        Field,
        FieldKind::{Date, Department, Id, LangText, List, Mail, OneOf, Table, Tel, Text, Web},
    };
    record! {
        "department", "部门（departments.yaml）", "Department (departments.yaml)";
        ID = Field::new("id", Id, "编号", "Id").also(&["编号"]).must().example("stats-bureau").help("条目里引用的编号，用在地址里", "by which items name it; part of its address");
        NAME = Field::new("name", LangText, "名称", "Name").also(&["名称", "姓名"]).must().example("{zh: 国家统计局, en: National Bureau of Statistics}").help("全称", "its whole name");
        DESCRIPTION = Field::new("description", LangText, "职能", "Description").also(&["描述", "说明"]).example("负责统计工作").help("做什么的", "what it does");
        ADDRESS = Field::new("address", LangText, "地址", "Address").also(&["地址"]).example("某路 1 号").help("办公地址", "of the office");
        HOURS = Field::new("hours", LangText, "办公时间", "Hours").example("工作日 9:00—17:00").help("对外办公时间", "when it is open");
        TEL = Field::new("tel", Tel, "电话", "Telephone").also(&["电话", "联系电话"]).example("\"0594-2692345\"").help("公开的办公电话", "a public number");
        EMAIL = Field::new("email", Mail, "邮箱", "Mail").also(&["邮箱"]).example("office@example.gov.cn").help("公开的办公邮箱", "a public address");
        URL = Field::new("url", Web, "网站", "Site").also(&["网址"]).example("https://example.gov.cn/").help("它自己的网站", "its own site");
        CODE = Field::new("code", Text, "机构代码", "Code").example("\"000014349\"").help("索引号的开头；带引号", "beginning of index numbers; in quotes");
        ANNUAL_REPORT = Field::new("annual_report", OneOf(REPORT_DUTIES), "公开年报", "Annual report").example("none").help("department：1 月 31 日前（默认）；government：3 月 31 日前；none：不编制", "department: by 31 January (without it); government: by 31 March; none: owes none");
        PARENT = Field::new("parent", Department, "上级", "Parent").also(&["上级"]).example("office").help("上级部门的编号；部门页按它列成机构树", "id of the one above it; the page of departments shows the tree");
        MERGED_INTO = Field::new("merged_into", Department, "并入", "Merged into").also(&["并入"]).example("civil-affairs").help("撤销并入的部门不要删：写并入哪个部门，旧页面保留并注明", "one that was merged is not taken out: which department took it over; its pages stay and say so");
        SINCE = Field::new("since", Date, "成立日期", "Since").also(&["成立日期", "设立日期"]).example("2024-04-01").help("成立、组建或者更名另立的日期；以前年度的年报不算它的", "the day on which it was set up; it owes no annual report for the years before");
        UNTIL = Field::new("until", Date, "存续至", "Until").also(&["存续至", "撤销日期"]).example("2024-03-31").help("并入或撤销的日期；这天以后才到期的年报不再由它编制", "the day on which it was merged or ended; it owes no annual report that falls due after it");
        BODY_TYPE = Field::new("type", OneOf(BODY_TYPES), "机构类型", "Type").also(&["机构类型"]).example("行政机关").help("行政机关、事业单位、公共企事业单位", "authority, institution or public service");
        FUNCTIONS = Field::new("functions", List(&Text), "主要职责", "Functions").also(&["职责"]).example("[拟订民政规划, 管理社会组织]").help("一条一项", "one entry each");
        LEADERS = Field::new("leaders", List(&Table(&super::leader::RECORD)), "领导", "Leaders").also(&["领导"]).example("[{name: 姓名, title: 局长, duties: 主持全面工作}]").help("公开显示", "shown to the public");
        OFFICES = Field::new("offices", List(&Table(&super::office::RECORD)), "内设机构", "Offices").also(&["内设机构"]).example("[{name: 养老服务科, tel: \"0594-2692345\"}]").help("公开显示", "shown to the public");
        CODE_OWNERS = Field::new("code_owners", List(&Text), "代码仓库里的人", "Owners in the repository").example("[\"@city/civil-affairs\", editor@example.gov.cn]").help("GitHub、GitLab 上审核它的目录的团队、账号或邮箱；只用于 clerestory codeowners，不公布", "teams, accounts or mail addresses of GitHub or GitLab that review its folders; for clerestory codeowners alone, never published");
        FORMER_NAMES = Field::new("former_names", List(&Table(&super::former::RECORD)), "曾用名", "Former names").also(&["曾用名", "原名称"]).example("[{name: 民政和老龄局, until: 2024-03-31}]").help("改名后 id 不变，旧名写在这里：文件头和登记表里写旧名的仍归它", "a renamed department keeps its id: front matter and registers that name it as it was called still mean it");
        ALIASES = Field::new("aliases", List(&Text), "旧地址", "Earlier addresses").also(&["别名"]).example("[/old/office/]").help("原来是什么就写什么", "as they were");
    }
}

/// `former_names` of a department
pub mod former {
    use crate::schema::{
        Field,
        FieldKind::{Date, LangText},
    };
    record! {
        "department/former", "曾用名", "Former name";
        NAME = Field::new("name", LangText, "名称", "Name").also(&["名称"]).must().example("民政和老龄局").help("原来的全称", "its whole name as it was");
        UNTIL = Field::new("until", Date, "用到", "Until").also(&["用到", "截止"]).example("2024-03-31").help("用到哪一天；不知道就不写", "the last day on which it was called so; left out where not known");
    }
}

/// `leaders` of a department
pub mod leader {
    use crate::schema::{
        Field,
        FieldKind::{LangText, Web},
    };
    record! {
        "department/leader", "领导", "Leader";
        NAME = Field::new("name", LangText, "姓名", "Name").also(&["姓名"]).must().example("姓名").help("公开显示", "shown to the public");
        TITLE = Field::new("title", LangText, "职务", "Title").also(&["职务"]).example("局长").help("职务", "the office held");
        PHOTO = Field::new("photo", Web, "照片", "Photo").also(&["照片"]).example("/photos/director.jpg").help("static/ 里的图片，以 / 开头", "a picture in static/, beginning with /");
        DUTIES = Field::new("duties", LangText, "分工", "Duties").also(&["分工"]).example("主持全面工作").help("分管什么", "what is in his or her charge");
    }
}

/// `offices` of a department
pub mod office {
    use crate::schema::{
        Field,
        FieldKind::{LangText, Tel},
    };
    record! {
        "department/office", "内设机构", "Office";
        NAME = Field::new("name", LangText, "名称", "Name").also(&["名称"]).must().example("养老服务科").help("名称", "its name");
        TEL = Field::new("tel", Tel, "电话", "Telephone").also(&["电话"]).example("\"0594-2692345\"").help("公开的办公电话", "a public number");
    }
}

/// `themes.yaml`
pub mod theme {
    use crate::schema::{
        Field,
        FieldKind::{Id, LangText, List, Table, Text},
    };
    record! {
        "theme", "主题（themes.yaml）", "Theme (themes.yaml)";
        ID = Field::new("id", Id, "编号", "Id").also(&["编号"]).must().example("welfare").help("用在地址里", "part of its address");
        LABEL = Field::new("label", LangText, "名称", "Label").must().example("{zh: 民政, en: Welfare}").help("显示的名称", "what is shown");
        TERMS = Field::new("terms", List(&Table(&RECORD)), "下级", "Terms below it").example("[{id: elderly, label: 养老}]").help("同样的写法", "written in the same way");
        ALIASES = Field::new("aliases", List(&Text), "旧地址", "Earlier addresses").also(&["别名"]).example("[/old/welfare/]").help("原来是什么就写什么", "as they were");
    }
}

/// `glossary.yaml`
pub mod term {
    use crate::schema::{
        Field,
        FieldKind::{Id, LangText, List, Text, Web},
    };
    record! {
        "term", "词条（glossary.yaml）", "Term (glossary.yaml)";
        ID = Field::new("id", Id, "编号", "Id").also(&["编号"]).example("gdp").help("用在地址里", "part of its address");
        TERM = Field::new("term", LangText, "词", "Term").must().example("地区生产总值").help("正文里第一次出现时可展开释义", "its first occurrence in a text opens to its meaning");
        ALIASES = Field::new("aliases", List(&Text), "别名", "Other names").also(&["别名"]).example("[GDP]").help("同一个意思的词", "words of the same meaning");
        DEFINITION = Field::new("definition", LangText, "释义", "Definition").must().example("本地区所有常住单位……").help("一两句话", "one or two sentences");
        SOURCE = Field::new("source", Text, "出处", "Source").also(&["来源"]).example("中国国民经济核算体系").help("释义的出处", "where the definition is from");
        SOURCE_URL = Field::new("source_url", Web, "出处地址", "Address of the source").example("https://example.org/").help("出处的网址", "where that is");
    }
}

/// `synonyms.yaml`
pub mod synonym {
    use crate::schema::{
        Field,
        FieldKind::{List, Text},
    };
    record! {
        "synonym", "同义词（synonyms.yaml）", "Synonym (synonyms.yaml)";
        TERM = Field::new("term", Text, "规范名称", "Official term").must().example("社会保险").help("本站文件里的说法；搜索别的说法时也找它", "as the site's texts have it; who searches for one of the others finds it too");
        ALIASES = Field::new("aliases", List(&Text), "别的说法", "What people write").also(&["别名"]).must().example("[社保, 五险]").help("简称、俗称、旧称，每个两个字以上", "abbreviations, everyday and earlier names, of two characters or more");
        SOURCE = Field::new("source", Text, "出处", "Source").also(&["来源"]).example("社会保险法").help("规范名称的出处", "where the official term is from");
    }
}

/// `alerts.yaml`
pub mod alert {
    use crate::schema::words::ALERT_LEVELS;
    use crate::schema::{
        Field,
        FieldKind::{LangText, Moment, OneOf, Web},
    };
    record! {
        "alert", "紧急通知（alerts.yaml）", "Urgent notice (alerts.yaml)";
        TITLE = Field::new("title", LangText, "标题", "Title").also(&["标题", "名称", "题名"]).must().example("暴雨红色预警").help("每一页都显示", "shown on every page");
        TEXT = Field::new("text", LangText, "内容", "Text").example("请勿外出。").help("一两句话", "one or two sentences");
        URL = Field::new("url", Web, "详情", "Address").also(&["网址"]).example("/news/flood/").help("详情的地址", "where there is more");
        LEVEL = Field::new("level", OneOf(ALERT_LEVELS), "等级", "Level").example("red").help("默认 red", "red without it");
        FROM = Field::new("from", Moment, "从", "From").example("2026-07-01 06:00").help("从这时起显示", "shown from then on");
        UNTIL = Field::new("until", Moment, "到", "Until").example("2026-07-02").help("到这时为止", "until then");
    }
}

/// `_column.yaml`
pub mod column {
    use crate::schema::{
        Field,
        FieldKind::{Count, Department, Flag, LangText, List, Text},
        Need::Must,
    };
    record! {
        "column", "栏目（_column.yaml）", "Column (_column.yaml)";
        TITLE = Field::new("title", LangText, "名称", "Title").also(&["标题", "名称", "题名"]).must().example("通知公告").help("导航和面包屑里的名称", "in the navigation and breadcrumbs");
        DESCRIPTION = Field::new("description", LangText, "说明", "Description").also(&["描述", "说明"]).example("本市发布的通知公告").cn(Must, Must).help("标签 ColumnDescription", "the tag ColumnDescription");
        KEYWORDS = Field::new("keywords", List(&Text), "关键词", "Keywords").also(&["关键词", "标签", "主题词"]).example("[通知, 公告]").cn(Must, Must).help("标签 ColumnKeywords", "the tag ColumnKeywords");
        TYPE = Field::new("type", Text, "栏目类别", "Type").example("政策文件").cn(Must, Must).help("标签 ColumnType", "the tag ColumnType");
        ORDER = Field::new("order", Count, "次序", "Order").example("10").help("导航里的次序", "its place in the navigation");
        NAV = Field::new("nav", Flag, "进导航", "In the navigation").example("false").help("不进导航写 false", "false to leave it out");
        OWNER = Field::new("owner", Department, "责任部门", "Owner").example("office").help("departments.yaml 的编号", "an id of departments.yaml");
        UPDATE_WITHIN = Field::new("update_within", Text, "更新期限", "Update within").example("180").help("天数；写了就承诺按时更新，空着是问题（UPD004），超过了是 UPD003", "days; with it an empty column is a finding (UPD004), and so is a late one (UPD003)");
        ALIASES = Field::new("aliases", List(&Text), "旧地址", "Earlier addresses").also(&["别名"]).example("[/old/tzgg/]").help("原来是什么就写什么", "as they were");
    }
}
