//! The words of controlled vocabularies (domain-rules D): what may stand in a field, and the code that it means.
//!
//! The first word of a code is its label. Codes may be written too where a field takes them.

use crate::diag::Tongue;

/// 文种 (D11): the fifteen kinds of official document, then the kinds of law.
pub static DOC_TYPES: &[(&str, &str)] = &[
    ("决议", "resolution"),
    ("决定", "decision"),
    ("命令", "order"),
    ("公报", "communique"),
    ("公告", "announcement"),
    ("通告", "public-notice"),
    ("意见", "opinion"),
    ("通知", "notice"),
    ("通报", "circular"),
    ("报告", "report"),
    ("请示", "request"),
    ("批复", "reply"),
    ("议案", "proposal"),
    ("函", "letter"),
    ("纪要", "minutes"),
    ("法律", "law"),
    ("条例", "regulations"),
    ("规定", "provisions"),
    ("办法", "measures"),
    ("细则", "rules"),
    ("其他", "other"),
];

/// 效力等级 (D2).
pub static LEVELS: &[(&str, &str)] = &[
    ("宪法", "constitution"),
    ("法律", "law"),
    ("行政法规", "administrative-regulation"),
    ("监察法规", "supervision-regulation"),
    ("司法解释", "judicial-interpretation"),
    ("部门规章", "departmental-rule"),
    ("地方性法规", "local-regulation"),
    ("自治条例和单行条例", "autonomous-regulation"),
    ("地方政府规章", "local-government-rule"),
    ("国务院规范性文件", "state-council-normative"),
    ("部门规范性文件", "departmental-normative"),
    ("地方规范性文件", "local-normative"),
    ("部门工作文件", "departmental-working"),
    ("地方工作文件", "local-working"),
    ("党内法规", "party-regulation"),
];

/// 公开方式 (D5b).
pub static DISCLOSURE: &[(&str, &str)] = &[("主动公开", "proactive"), ("依申请公开", "on-request"), ("不予公开", "withheld")];

/// Kinds of those who ask for information: the columns of the annual report.
pub static APPLICANTS: &[(&str, &str)] =
    &[("自然人", "natural"), ("商业企业", "company"), ("科研机构", "research"), ("社会公益组织", "charity"), ("法律服务机构", "legal"), ("其他", "other")];

/// What became of a request (D9, and the rows of the annual report).
pub static OUTCOMES: &[(&str, &str)] = &[
    ("予以公开", "open"),
    ("公开", "open"),
    ("全部公开", "open"),
    ("已主动公开告知途径", "told"),
    ("部分公开", "partial"),
    ("不予公开", "refused"),
    ("属于国家秘密", "secret"),
    ("其他法律行政法规禁止公开", "forbidden"),
    ("危及三安全一稳定", "safety"),
    ("危及“三安全一稳定”", "safety"),
    ("保护第三方合法权益", "third_party"),
    ("属于三类内部事务信息", "internal"),
    ("属于四类过程性信息", "process"),
    ("属于行政执法案卷", "case_file"),
    ("属于行政查询事项", "inquiry"),
    ("无法提供", "unable"),
    ("本机关不掌握相关政府信息", "not_held"),
    ("信息不存在", "nonexistent"),
    ("非本机关", "elsewhere"),
    ("没有现成信息需要另行制作", "to_be_made"),
    ("补正后申请内容仍不明确", "unclear"),
    ("信访举报投诉类申请", "petition"),
    ("重复申请", "repeated"),
    ("重复申请不予重复处理", "repeated"),
    ("要求提供公开出版物", "publication"),
    ("无正当理由大量反复申请", "excessive"),
    ("要求行政机关确认或重新出具已获取信息", "reissue"),
    ("逾期不补正", "not_completed"),
    ("逾期不缴费", "not_paid"),
    ("法律法规另有规定", "other_law"),
    ("其他", "other"),
];

/// Kinds of letters (B5).
pub static LETTER_KINDS: &[(&str, &str)] = &[
    ("咨询", "question"),
    ("投诉", "complaint"),
    ("建议", "suggestion"),
    ("求助", "help"),
    ("感谢", "thanks"),
    ("纠错", "correction"),
    ("数据需求", "data"),
    ("投诉举报", "complaint"),
    ("举报", "complaint"),
    ("建言献策", "suggestion"),
    ("意见建议", "suggestion"),
    ("表扬", "thanks"),
];

/// What became of a letter (B5).
pub static LETTER_STATES: &[(&str, &str)] = &[
    ("待处理", "pending"),
    ("已处理", "answered"),
    ("已转办", "forwarded"),
    ("不予受理", "declined"),
    ("待审查", "pending"),
    ("待办理", "pending"),
    ("处理中", "pending"),
    ("办理中", "pending"),
    ("已答复", "answered"),
    ("已回复", "answered"),
    ("已办结", "answered"),
    ("办结", "answered"),
    ("转办", "forwarded"),
    ("不受理", "declined"),
    ("已受理", "pending"),
    ("受理", "pending"),
    ("受理中", "pending"),
    ("已收到", "pending"),
    ("已接收", "pending"),
    ("已签收", "pending"),
    ("已登记", "pending"),
    ("待受理", "pending"),
    ("待答复", "pending"),
    ("待回复", "pending"),
    ("未处理", "pending"),
    ("未办理", "pending"),
    ("未办结", "pending"),
    ("未答复", "pending"),
    ("未回复", "pending"),
    ("正在处理", "pending"),
    ("正在办理", "pending"),
    ("在办", "pending"),
];

/// Steps that an item goes through before it is published, in their order.
pub static REVIEW_STEPS: &[(&str, &str)] = &[
    ("起草", "draft"),
    ("审核", "check"),
    ("保密审查", "secrecy"),
    ("签发", "sign"),
    ("拟稿", "draft"),
    ("核稿", "check"),
    ("保密审核", "secrecy"),
    ("批准", "sign"),
];

/// Whether the writer of a letter agreed that it is shown.
pub static CONSENTS: &[(&str, &str)] = &[
    ("yes", "yes"),
    ("no", "no"),
    ("是", "yes"),
    ("否", "no"),
    ("同意", "yes"),
    ("不同意", "no"),
    ("公开", "yes"),
    ("不公开", "no"),
    ("true", "yes"),
    ("false", "no"),
    ("y", "yes"),
    ("n", "no"),
    ("√", "yes"),
    ("×", "no"),
];

/// Why information is withheld (条例 14 to 16), and the usual grounds elsewhere.
pub static GROUNDS: &[(&str, &str)] = &[
    ("国家秘密", "secret"),
    ("法律、行政法规禁止公开", "forbidden"),
    ("危及国家安全、公共安全、经济安全、社会稳定", "safety"),
    ("商业秘密", "commercial"),
    ("个人隐私", "privacy"),
    ("内部事务信息", "internal"),
    ("过程性信息", "process"),
    ("行政执法案卷", "case_file"),
];

/// How soon something is planned.
pub static PRIORITIES: &[(&str, &str)] = &[("high", "high"), ("normal", "normal"), ("low", "low"), ("高", "high"), ("中", "normal"), ("低", "low")];

/// Forms of the annual report.
pub static REPORT_FORMATS: &[(&str, &str)] = &[("2021", "2021"), ("2019", "2019")];

/// Where the rows of a report come from.
pub static FROM_REQUESTS: &[(&str, &str)] = &[("requests", "requests")];

/// Which names disclosure has: those of the Chinese regulations, or those of a publication scheme.
pub static SCHEMES: &[(&str, &str)] = &[("cn", "cn"), ("generic", "generic")];

/// Levels of government, on which the classes of article 21 depend.
pub static GOVERNMENT_LEVELS: &[(&str, &str)] = &[
    ("province", "province"),
    ("city", "city"),
    ("county", "county"),
    ("township", "township"),
    ("省", "province"),
    ("市", "city"),
    ("县", "county"),
    ("乡镇", "township"),
];

/// How index numbers are made.
pub static INDEX_SCHEMES: &[(&str, &str)] = &[("orgcode", "orgcode"), ("orgcode-month", "orgcode-month"), ("ningbo", "ningbo")];

/// How a form is sent.
pub static METHODS: &[(&str, &str)] = &[("get", "get"), ("post", "post")];

/// Who owes an annual report, and by when.
pub static REPORT_DUTIES: &[(&str, &str)] =
    &[("department", "department"), ("government", "government"), ("none", "none"), ("部门", "department"), ("政府", "government"), ("不编制", "none")];

/// 机构类型; the third is that of 条例 article 55.
pub static BODY_TYPES: &[(&str, &str)] = &[
    ("行政机关", "authority"),
    ("事业单位", "institution"),
    ("公共企事业单位", "public-service"),
    ("authority", "authority"),
    ("institution", "institution"),
    ("public-service", "public-service"),
];

/// 开放等级 (D6): the national words, then those of DCAT.
pub static OPEN_LEVELS: &[(&str, &str)] = &[
    ("无条件开放", "open"),
    ("有条件开放", "conditional"),
    ("受限开放", "conditional"),
    ("不予开放", "closed"),
    ("public", "open"),
    ("open", "open"),
    ("conditional", "conditional"),
    ("restricted", "conditional"),
    ("non-public", "closed"),
    ("closed", "closed"),
];

/// Categories of high-value datasets (Regulation (EU) 2023/138).
pub static HIGH_VALUE: &[(&str, &str)] = &[
    ("geospatial", "geospatial"),
    ("earth-observation", "earth-observation"),
    ("meteorological", "meteorological"),
    ("statistics", "statistics"),
    ("companies", "companies"),
    ("mobility", "mobility"),
    ("地理空间", "geospatial"),
    ("对地观测和环境", "earth-observation"),
    ("气象", "meteorological"),
    ("统计", "statistics"),
    ("公司", "companies"),
    ("出行", "mobility"),
];

/// 更新频率 (D4).
pub static FREQUENCIES: &[(&str, &str)] = &[
    ("realtime", "realtime"),
    ("daily", "daily"),
    ("weekly", "weekly"),
    ("monthly", "monthly"),
    ("quarterly", "quarterly"),
    ("half_year", "half_year"),
    ("yearly", "yearly"),
    ("irregular", "irregular"),
    ("static", "static"),
    ("other", "other"),
    ("实时", "realtime"),
    ("每日", "daily"),
    ("每天", "daily"),
    ("每周", "weekly"),
    ("每月", "monthly"),
    ("每季度", "quarterly"),
    ("每半年", "half_year"),
    ("每年", "yearly"),
    ("不定期", "irregular"),
    ("不更新", "static"),
    ("其他", "other"),
    ("annual", "yearly"),
    ("annually", "yearly"),
];

/// Licences known by their SPDX id, with their address.
pub static LICENSES: &[(&str, &str)] = &[
    ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    ("ODC-PDDL-1.0", "https://opendatacommons.org/licenses/pddl/1-0/"),
    ("PDDL-1.0", "https://opendatacommons.org/licenses/pddl/1-0/"),
    ("ODC-BY-1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    ("MIT", "https://opensource.org/license/mit"),
    ("OGL-UK-3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
];

/// Kinds of chart.
pub static CHARTS: &[(&str, &str)] = &[
    ("bar", "bar"),
    ("line", "line"),
    ("area", "area"),
    ("scatter", "scatter"),
    ("stacked", "stacked"),
    ("multiples", "multiples"),
    ("tiles", "tiles"),
    ("points", "points"),
    ("choropleth", "choropleth"),
    ("柱形图", "bar"),
    ("条形图", "bar"),
    ("折线图", "line"),
    ("面积图", "area"),
    ("散点图", "scatter"),
    ("堆积图", "stacked"),
    ("分级设色图", "choropleth"),
    ("小型多图", "multiples"),
    ("格子地图", "tiles"),
    ("点图", "points"),
];

/// In which order bars stand.
pub static SORTS: &[(&str, &str)] = &[("value", "value"), ("file", "file"), ("从大到小", "value"), ("照数据文件", "file")];

/// 预警颜色 of an urgent notice.
pub static ALERT_LEVELS: &[(&str, &str)] =
    &[("red", "red"), ("orange", "orange"), ("yellow", "yellow"), ("blue", "blue"), ("红色", "red"), ("橙色", "orange"), ("黄色", "yellow"), ("蓝色", "blue")];

/// 解读形式 (D7).
pub static FORMS: &[(&str, &str)] = &[
    ("文字", "text"),
    ("文字解读", "text"),
    ("图解", "infographic"),
    ("图表", "chart"),
    ("漫画", "comic"),
    ("音频", "audio"),
    ("视频", "video"),
    ("动画", "animation"),
    ("问答", "qa"),
    ("新闻发布会", "press-conference"),
    ("在线访谈", "interview"),
    ("媒体采访", "media-interview"),
    ("负责人解读", "head"),
    ("专家解读", "expert"),
    ("媒体解读", "media"),
    ("H5", "h5"),
    ("其他", "other"),
];

/// 采纳情况: what became of an opinion.
pub static ADOPTION: &[(&str, &str)] = &[
    ("采纳", "adopted"),
    ("已采纳", "adopted"),
    ("予以采纳", "adopted"),
    ("部分采纳", "partly"),
    ("未采纳", "rejected"),
    ("不予采纳", "rejected"),
    ("未予采纳", "rejected"),
    ("不采纳", "rejected"),
    ("待定", "pending"),
    ("处理中", "pending"),
    ("尚在处理中", "pending"),
    ("研究中", "pending"),
    ("partly adopted", "partly"),
    ("not adopted", "rejected"),
];

/// 服务对象: the two of 国办发〔2025〕24号; 法人 is the word of older portals.
pub static AUDIENCES: &[(&str, &str)] = &[("个人", "individuals"), ("经营主体", "companies"), ("企业", "companies"), ("法人", "companies")];

/// 活动类型.
pub static EVENT_KINDS: &[(&str, &str)] = &[
    ("吹风会", "briefing"),
    ("听证会", "hearing"),
    ("座谈会", "discussion"),
    ("开放日", "open-day"),
    ("发布会", "press-conference"),
    ("访谈", "interview"),
    ("问卷", "survey"),
];

/// 公开事项类型.
pub static RECORD_KINDS: &[(&str, &str)] = &[
    ("预算", "budget"),
    ("决算", "final_accounts"),
    ("政府采购", "procurement"),
    ("采购", "procurement"),
    ("行政许可", "permit"),
    ("许可", "permit"),
    ("行政处罚", "penalty"),
    ("处罚", "penalty"),
    ("裁量基准", "discretion"),
    ("规划", "plan"),
    ("规划计划", "plan"),
    ("人事信息", "personnel"),
    ("会议公开", "meeting"),
    ("会议", "meeting"),
    ("政府工作报告", "work_report"),
    ("权责清单", "powers"),
    ("国有资产", "assets"),
    ("授权运营", "operation"),
    ("其他", "other"),
];

/// 全生命周期 of a person and of a business: the stages by which 国办发〔2025〕24号 (高效办成一件事) sorts what is asked for.
pub static LIFE_EVENTS: &[(&str, &str)] = &[
    ("出生", "birth"),
    ("教育", "education"),
    ("就业", "work"),
    ("生活", "daily-life"),
    ("置业", "buying-a-home"),
    ("出行", "transport"),
    ("就医", "health-care"),
    ("救助", "social-assistance"),
    ("养老", "old-age"),
    ("身后", "after-death"),
    ("准入准营", "market-entry"),
    ("招聘用工", "hiring"),
    ("纳税缴费", "taxes-and-fees"),
    ("经营发展", "running-a-business"),
    ("工程建设", "construction"),
    ("注销退出", "closing-down"),
    ("其他", "other"),
];

/// What may stand in a field of a type of the site's own: the words of `kind`.
pub static KIND_WORDS: &[(&str, &str)] = &[
    ("text", "text"),
    ("by_language", "by_language"),
    ("markdown", "markdown"),
    ("date", "date"),
    ("moment", "moment"),
    ("flag", "flag"),
    ("count", "count"),
    ("number", "number"),
    ("code", "code"),
    ("web", "web"),
    ("tel", "tel"),
    ("mail", "mail"),
    ("file", "file"),
    ("department", "department"),
    ("theme", "theme"),
    ("item", "item"),
    ("table", "table"),
    ("文字", "text"),
    ("分语言文字", "by_language"),
    ("日期", "date"),
    ("时刻", "moment"),
    ("是否", "flag"),
    ("整数", "count"),
    ("数", "number"),
    ("代码", "code"),
    ("网址", "web"),
    ("电话", "tel"),
    ("邮箱", "mail"),
    ("文件", "file"),
    ("部门", "department"),
    ("主题", "theme"),
    ("条目", "item"),
    ("表", "table"),
];

/// Who asks for a field of a type of the site's own: the words of `need`.
pub static NEED_WORDS: &[(&str, &str)] = &[("may", "may"), ("should", "should"), ("must", "must"), ("可填", "may"), ("应填", "should"), ("必填", "must")];

/// Strictness: the words of `profile`.
pub static PROFILE_WORDS: &[(&str, &str)] = &[("generic", "generic"), ("cn-gov", "cn-gov"), ("cn-gov-strict", "cn-gov-strict")];

/// Why something was withdrawn.
pub static WITHDRAWAL_GROUNDS: &[(&str, &str)] = &[
    ("privacy", "privacy"),
    ("error", "error"),
    ("law", "law"),
    ("个人信息", "privacy"),
    ("隐私", "privacy"),
    ("内容有误", "error"),
    ("错误", "error"),
    ("依法", "law"),
];

/// Gravities, in a list of words.
pub static SEVERITY_WORDS: &[(&str, &str)] = &[
    ("veto", "veto"),
    ("error", "error"),
    ("warning", "warning"),
    ("info", "info"),
    ("否决", "veto"),
    ("错误", "error"),
    ("警告", "warning"),
    ("提示", "info"),
];

/// Where a site is put: the words of `host`.
pub static HOST_WORDS: &[(&str, &str)] = &[
    ("nginx", "nginx"),
    ("apache", "apache"),
    ("caddy", "caddy"),
    ("netlify", "netlify"),
    ("cloudflare-pages", "cloudflare-pages"),
    ("gitlab-pages", "gitlab-pages"),
    ("github-pages", "github-pages"),
    ("vercel", "vercel"),
    ("object-storage", "object-storage"),
    ("other", "other"),
];

/// The words of `block`.
pub static BLOCK_WORDS: &[(&str, &str)] = &[
    ("search", "search"),
    ("text", "text"),
    ("list", "list"),
    ("columns", "columns"),
    ("items", "items"),
    ("links", "links"),
    ("topics", "topics"),
    ("themes", "themes"),
    ("departments", "departments"),
    ("changes", "changes"),
    ("chart", "chart"),
    ("consultations", "consultations"),
    ("soon", "soon"),
    ("scorecards", "scorecards"),
    ("story", "story"),
    ("findings", "findings"),
    ("numbers", "numbers"),
];

/// The words of `icon`: the pictograms of the theme.
pub static ICON_WORDS: &[(&str, &str)] = &[
    ("law", "law"),
    ("people", "people"),
    ("business", "business"),
    ("care", "care"),
    ("health", "health"),
    ("school", "school"),
    ("work", "work"),
    ("home", "home"),
    ("money", "money"),
    ("data", "data"),
    ("talk", "talk"),
    ("calendar", "calendar"),
    ("trade", "trade"),
    ("farm", "farm"),
    ("travel", "travel"),
    ("shield", "shield"),
];

/// The words of `mask`.
pub static MASK_WORDS: &[(&str, &str)] = &[
    ("name", "name"),
    ("姓名", "name"),
    ("id", "id"),
    ("身份证", "id"),
    ("mobile", "mobile"),
    ("手机", "mobile"),
    ("card", "card"),
    ("银行卡", "card"),
    ("address", "address"),
    ("地址", "address"),
    ("plate", "plate"),
    ("车牌", "plate"),
    ("all", "all"),
    ("全部", "all"),
];

/// The word of `interpretation`.
pub static REQUIRED: &[(&str, &str)] = &[("required", "required")];

/// What [`super::FieldKind::Flag`] takes.
pub static YES: &[&str] = &["true", "yes", "on", "是"];
/// What [`super::FieldKind::Flag`] takes for no.
pub static NO: &[&str] = &["false", "no", "off", "否"];

/// Chinese names of words that have none among the words of their table.
static NAMES: &[(&str, &str)] = &[
    ("search", "搜索框"),
    ("text", "文字"),
    ("list", "列表"),
    ("columns", "栏目"),
    ("items", "指定的条目"),
    ("links", "链接"),
    ("topics", "专题"),
    ("themes", "主题"),
    ("departments", "部门"),
    ("changes", "最近变更"),
    ("story", "一份公告的一生"),
    ("findings", "检查发现的问题"),
    ("numbers", "数字"),
    ("generic", "通用"),
    ("cn-gov", "中国政府网站"),
    ("cn-gov-strict", "中国政府网站（最严）"),
    ("object-storage", "对象存储"),
    ("other", "其他"),
    ("required", "应当解读"),
    ("area", "面积图"),
];

fn ascii(w: &str) -> bool {
    w.is_ascii()
}

/// What a code is called, for a menu: its first Chinese word, or itself with blanks for hyphens.
pub fn name(table: &'static [(&'static str, &'static str)], code: &'static str, lang: Tongue) -> String {
    let own = table.iter().find(|(w, c)| *c == code && !ascii(w)).map(|(w, _)| *w);
    match lang {
        Tongue::Zh => own.or(NAMES.iter().find(|(w, _)| *w == code).map(|(_, n)| *n)).unwrap_or(code).to_string(),
        Tongue::En => code.replace(['-', '_'], " "),
    }
}

/// The codes of a table, each once, in its order.
pub fn codes(table: &'static [(&'static str, &'static str)]) -> Vec<&'static str> {
    let mut out: Vec<&str> = Vec::new();
    for (_, code) in table {
        if !out.contains(code) {
            out.push(code);
        }
    }
    out
}

/// Days of the week, from Monday: in English, then in Chinese.
pub static WEEKDAYS: &[(&str, &str)] = &[
    ("monday", "monday"),
    ("tuesday", "tuesday"),
    ("wednesday", "wednesday"),
    ("thursday", "thursday"),
    ("friday", "friday"),
    ("saturday", "saturday"),
    ("sunday", "sunday"),
    ("星期一", "monday"),
    ("星期二", "tuesday"),
    ("星期三", "wednesday"),
    ("星期四", "thursday"),
    ("星期五", "friday"),
    ("星期六", "saturday"),
    ("星期日", "sunday"),
];
