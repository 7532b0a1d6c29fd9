//! The indicators of the national check of government websites, and which codes are evidence of each.
//!
//! Vetoes and thresholds, the hundred points of deductions, the thirty of bonus, sixty to pass and eighty for the bonus were read
//! in copies of the notice. How many points each indicator costs was not: an office that has its table gives it (`--points`).

use crate::diag::{Phrase, Severity};

/// Part of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// 单项否决: one is enough to fail.
    Veto,
    /// 扣分.
    Deduct,
    /// 加分.
    Bonus,
    /// Not of the national check: rules of this program that supervising offices ask about.
    Own,
}

/// How certain it is that the indicator is as published (domain-rules).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sure {
    /// The law was read in full.
    Law,
    /// Read in an excerpt or copy; copies agree.
    Read,
    /// Computed.
    Measured,
    /// From memory, not verified.
    Recalled,
}

impl Sure {
    /// Word for machines, and what it says.
    pub const fn words(self) -> (&'static str, Phrase) {
        match self {
            Sure::Law => ("law", Phrase { zh: "读过法律原文", en: "the law was read in full" }),
            Sure::Read => ("read", Phrase { zh: "读过转载，各本一致", en: "read in copies that agree" }),
            Sure::Measured => ("measured", Phrase { zh: "计算得出", en: "computed" }),
            Sure::Recalled => ("recalled", Phrase { zh: "凭记忆，未核实", en: "from memory, not verified" }),
        }
    }
}

/// When the indicator is hit.
#[derive(Debug, Clone, Copy)]
pub enum How {
    /// By any finding of this gravity or worse.
    Any(Severity),
    /// By so many findings.
    Count(usize),
    /// A finding is a reason to look, and no proof.
    Look,
    /// A build cannot see it: why.
    Unseen(Phrase),
}

/// An indicator.
#[derive(Debug)]
pub struct Row {
    /// Stable id, also in the table of points.
    pub id: &'static str,
    /// Its part.
    pub part: Part,
    /// Heading below which it stands.
    pub group: Phrase,
    /// A few words.
    pub title: Phrase,
    /// Codes that are evidence of it.
    pub codes: &'static [&'static str],
    /// When it is hit.
    pub how: How,
    /// How certain the indicator is.
    pub sure: Sure,
    /// Where it is published.
    pub source: &'static str,
}

const CHECK: &str = "国办秘函〔2019〕19号 政府网站与政务新媒体检查指标";

macro_rules! row {
    ($id:literal, $part:ident, $group:expr, $zh:literal, $en:literal, $codes:expr, $how:expr, $sure:ident, $source:expr) => {
        Row { id: $id, part: Part::$part, group: $group, title: Phrase { zh: $zh, en: $en }, codes: &$codes, how: $how, sure: Sure::$sure, source: $source }
    };
}

const SAFETY: Phrase = Phrase { zh: "安全、泄密事故等严重问题", en: "security, leaks and grave faults" };
const REACH: Phrase = Phrase { zh: "站点无法访问", en: "the site does not answer" };
const HOME: Phrase = Phrase { zh: "首页不更新", en: "the home page is not updated" };
const COLUMNS: Phrase = Phrase { zh: "栏目不更新", en: "columns are not updated" };
const ANSWERS: Phrase = Phrase { zh: "互动回应差", en: "no answers" };
const SERVICE: Phrase = Phrase { zh: "服务不实用", en: "services of no use" };
const PUBLISH: Phrase = Phrase { zh: "发布解读", en: "publication and interpretation" };
const DO: Phrase = Phrase { zh: "办事服务", en: "services" };
const TALK: Phrase = Phrase { zh: "互动交流", en: "interaction" };
const DESIGN: Phrase = Phrase { zh: "功能设计", en: "functions" };
const OWN: Phrase = Phrase { zh: "本工具另查", en: "looked at besides" };

const fn unseen(zh: &'static str, en: &'static str) -> How {
    How::Unseen(Phrase { zh, en })
}

use How::{Any, Count, Look};
use Severity::{Error, Info, Warn};

/// All indicators, in the order of the notice.
pub static ROWS: &[Row] = &[
    row!("veto-words", Veto, SAFETY, "出现严重表述错误", "grave errors of expression", ["SEC005"], Any(Error), Read, CHECK),
    row!(
        "veto-secrets",
        Veto,
        SAFETY,
        "泄露国家秘密、公布不得公开的内容",
        "state secrets, and what must not be public",
        ["SEC001", "SEC002", "SEC004"],
        Any(Error),
        Read,
        "国办秘函〔2019〕19号；保守国家秘密法第三十五条；政府信息公开条例第十四条、第十七条"
    ),
    row!(
        "veto-personal",
        Veto,
        SAFETY,
        "泄露个人信息",
        "personal data",
        ["SEC003", "SEC014"],
        Any(Error),
        Law,
        "个人信息保护法第二十五条、第二十八条（检查指标原文未单列，按泄露事故计）"
    ),
    row!(
        "veto-harm",
        Veto,
        SAFETY,
        "发布或链接反动、暴力、色情等内容",
        "harmful content, or links to it",
        [],
        unseen("要人看", "somebody has to look"),
        Read,
        CHECK
    ),
    row!(
        "veto-attack",
        Veto,
        SAFETY,
        "对安全攻击没有及时处置",
        "attacks not dealt with",
        [],
        unseen("发生在服务器上", "it happens on the server"),
        Read,
        CHECK
    ),
    row!("veto-forged", Veto, SAFETY, "弄虚作假（伪造发稿日期等）", "forgery, such as of the day of publication", ["SEC007"], Look, Read, CHECK),
    row!(
        "veto-opinion",
        Veto,
        SAFETY,
        "管理不当引发严重负面舆情",
        "bad management that the public took up",
        [],
        unseen("发生在网站之外", "it happens elsewhere"),
        Read,
        CHECK
    ),
    row!(
        "veto-reach",
        Veto,
        REACH,
        "监测一周，首页打不开的次数达 5%",
        "the home page fails in 5 % of the visits of a week",
        [],
        unseen("要在上线后连续监测", "it takes watching the live site"),
        Read,
        CHECK
    ),
    row!("veto-home", Veto, HOME, "首页两周没有更新", "nothing new on the home page for two weeks", ["UPD001"], Any(Info), Read, CHECK),
    row!(
        "veto-news",
        Veto,
        COLUMNS,
        "动态要闻两周、通知公告和政策文件六个月未更新的栏目达 5 个",
        "five stale columns of news (two weeks), notices or policies (six months)",
        ["UPD002"],
        Any(Info),
        Read,
        CHECK
    ),
    row!("veto-columns", Veto, COLUMNS, "应更新而长期未更新的栏目达 10 个", "ten columns that should have been updated", ["UPD003"], Count(10), Read, CHECK),
    row!("veto-empty", Veto, COLUMNS, "空白栏目达 5 个", "five empty columns", ["UPD004"], Count(5), Read, CHECK),
    row!("veto-channel", Veto, ANSWERS, "没有网上有效咨询建言渠道", "no channel for questions and proposals", ["INT002"], Any(Info), Read, CHECK),
    row!(
        "veto-letters",
        Veto,
        ANSWERS,
        "一年内有效留言超过三个月未答复",
        "a letter of the last year unanswered for three months",
        ["INT001"],
        Any(Info),
        Read,
        CHECK
    ),
    row!(
        "veto-services",
        Veto,
        SERVICE,
        "办事指南缺失、要素不全，事项不能办",
        "guides missing or incomplete, services that do not work",
        [],
        unseen("办事系统在网站之外，要人试", "services run elsewhere, and somebody has to try them"),
        Recalled,
        CHECK
    ),
    row!(
        "catalogue",
        Deduct,
        PUBLISH,
        "法定主动公开内容、公开指南、公开目录",
        "what the law wants published, guide and catalogue",
        ["LAW001", "LAW005", "CAT001", "CAT002", "CAT003", "CAT004", "CAT005"],
        Any(Warn),
        Law,
        "政府信息公开条例第十二条、第二十条、第二十一条"
    ),
    row!(
        "prompt",
        Deduct,
        PUBLISH,
        "按时公开、注明日期",
        "published in time, with its day",
        ["LAW002", "UPD005", "POL003", "CAL001"],
        Any(Warn),
        Law,
        "政府信息公开条例第二十六条；国办发〔2015〕15号"
    ),
    row!(
        "reports",
        Deduct,
        PUBLISH,
        "信息公开年度报告、网站工作年度报表",
        "yearly reports",
        ["LAW003", "LAW004", "LAW006", "LAW007", "LAW008"],
        Any(Warn),
        Law,
        "政府信息公开条例第四十九条；国办函〔2018〕12号"
    ),
    row!(
        "policies",
        Deduct,
        PUBLISH,
        "政策文件要素",
        "fields of policies",
        ["POL001", "POL002", "POL004", "POL005", "POL006", "POL007", "POL008", "POL009"],
        Any(Warn),
        Read,
        "国办发〔2017〕47号；GB/T 9704-2012"
    ),
    row!(
        "explained",
        Deduct,
        PUBLISH,
        "政策解读：应解读尽解读、相互关联、要素齐全",
        "interpretations: there, linked, complete",
        ["ITP001", "ITP002", "ITP003", "ITP004", "ITP005", "ITP006", "ITP007"],
        Any(Warn),
        Read,
        CHECK
    ),
    row!(
        "columns",
        Deduct,
        PUBLISH,
        "其他栏目更新、空白栏目（未达否决数）",
        "other columns stale or empty, fewer than a veto takes",
        ["UPD003", "UPD004"],
        Any(Info),
        Read,
        CHECK
    ),
    row!(
        "services",
        Deduct,
        DO,
        "办事服务（共 25 分；没有对外服务的部门其余 75 分乘以 4/3）",
        "services (25 points; bodies without any have the other 75 times 4/3)",
        [],
        unseen("办事系统在网站之外，要人试", "services run elsewhere, and somebody has to try them"),
        Read,
        CHECK
    ),
    row!("replies", Deduct, TALK, "留言按时答复", "letters answered in time", ["INT003", "INT004", "FBK001", "FBK002", "FBK003"], Any(Warn), Read, CHECK),
    row!(
        "consultations",
        Deduct,
        TALK,
        "意见征集：期限、说明、结果反馈",
        "consultations: time, explanation, result",
        ["CON001", "CON002", "CON003", "CON004", "CON005"],
        Any(Warn),
        Read,
        "重大行政决策程序暂行条例第十五条；国办秘函〔2019〕19号"
    ),
    row!("links", Deduct, DESIGN, "链接可用（首页和其他页面）", "links that work", ["LNK001", "LNK002", "LNK004", "LNK005"], Any(Warn), Read, CHECK),
    row!("leave", Deduct, DESIGN, "打开非政府网站有提示", "a notice before other hosts open", ["LNK003"], Any(Info), Recalled, "国办发〔2017〕47号"),
    row!("tags", Deduct, DESIGN, "网页标签、网站标识码", "tags of pages, code of the site", ["MET001", "MET002"], Any(Warn), Read, "国办发〔2017〕47号"),
    row!(
        "footer",
        Deduct,
        DESIGN,
        "页脚要素和备案号",
        "footer and numbers of registration",
        ["FTR001"],
        Any(Warn),
        Recalled,
        "国办发〔2017〕47号；互联网备案管理"
    ),
    row!(
        "access",
        Deduct,
        DESIGN,
        "无障碍和适老化",
        "accessibility",
        ["A11Y001", "A11Y002"],
        Any(Error),
        Read,
        "无障碍环境建设法第三十二条；国办公开办函〔2021〕28号；GB/T 37668-2019"
    ),
    row!("safe", Deduct, DESIGN, "不加载第三方资源", "nothing loaded from other hosts", ["SEC006"], Any(Error), Recalled, "国办发〔2017〕47号（安全防护）"),
    row!(
        "domain",
        Deduct,
        DESIGN,
        "域名、IPv6、各种设备和浏览器、站内搜索好用",
        "domain, IPv6, devices and browsers, search that helps",
        [],
        unseen("要在上线后看", "it takes the live site"),
        Recalled,
        CHECK
    ),
    row!(
        "bonus-publish",
        Bonus,
        PUBLISH,
        "信息发布、数据开放",
        "publication and open data",
        [],
        unseen("由检查人员评定", "for the inspectors to judge"),
        Recalled,
        CHECK
    ),
    row!(
        "bonus-explain",
        Bonus,
        PUBLISH,
        "解读比例、形式，回应关切",
        "share and forms of interpretations, answers to concerns",
        [],
        unseen("由检查人员评定；解读比例见 /explained/", "for the inspectors to judge; shares stand at /explained/"),
        Recalled,
        CHECK
    ),
    row!("bonus-services", Bonus, DO, "办事服务", "services", [], unseen("由检查人员评定", "for the inspectors to judge"), Recalled, CHECK),
    row!("bonus-talk", Bonus, TALK, "互动交流", "interaction", [], unseen("由检查人员评定", "for the inspectors to judge"), Recalled, CHECK),
    row!(
        "bonus-new",
        Bonus,
        DESIGN,
        "创新发展（搜索、多语言、无障碍、个性化）",
        "what is new (search, languages, accessibility)",
        [],
        unseen("由检查人员评定", "for the inspectors to judge"),
        Recalled,
        CHECK
    ),
    row!(
        "data",
        Own,
        OWN,
        "开放数据",
        "open data",
        ["OD001", "OD002", "OD003", "OD004", "OD005", "OD006", "OD007", "OD008"],
        Any(Warn),
        Read,
        "政务信息资源目录编制指南；各地公共数据开放办法"
    ),
    row!("figures", Own, OWN, "文中的合计和比例", "totals and shares in texts", ["STA001"], Any(Warn), Measured, "own rule"),
    row!(
        "texts",
        Own,
        OWN,
        "文字：标点、括号、乱码、简繁、看不见的字符",
        "texts: punctuation, brackets, broken and hidden characters",
        ["TXT001", "TXT002", "TXT003", "TXT004", "TXT005", "TXT006", "TXT015"],
        Any(Warn),
        Measured,
        "GB/T 15834-2011；GB 18030-2022；国家通用语言文字法"
    ),
    row!(
        "made-by-ai",
        Own,
        OWN,
        "人工智能生成的内容标明并审核",
        "what AI made is labelled and reviewed",
        ["AIG001"],
        Any(Warn),
        Recalled,
        "国信办通字〔2025〕2号 人工智能生成合成内容标识办法"
    ),
];
