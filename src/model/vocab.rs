//! Controlled vocabularies (domain-rules D). Chinese terms without a clean English word are named here, once; words of fields stand in [`crate::schema::words`].

pub use crate::schema::words::*;

/// Days after which data of a frequency are stale (domain-rules D4); `None` where nothing is promised.
pub fn days_of(frequency: &str) -> Option<i64> {
    Some(match frequency {
        "realtime" => 1,
        "daily" => 2,
        "weekly" => 10,
        "monthly" => 40,
        "quarterly" => 110,
        "half_year" => 200,
        "yearly" => 400,
        _ => return None,
    })
}

/// The code of a word in a table of (label, code); the code itself is accepted too.
pub fn code(table: &'static [(&'static str, &'static str)], word: &str) -> Option<&'static str> {
    table.iter().find(|(label, code)| *label == word || *code == word).map(|(_, c)| *c)
}

/// The first label of a code.
pub fn label(table: &'static [(&'static str, &'static str)], wanted: &str) -> &'static str {
    table.iter().find(|(_, c)| *c == wanted).map_or("", |(l, _)| l)
}

/// A standard section of an interpretation (domain-rules INT-04, D8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// Key in front matter and messages.
    pub key: &'static str,
    /// Headings that mean it.
    pub headings: &'static [&'static str],
    /// Must be there (purpose and goals: one of the two).
    pub mandatory: bool,
}

/// The standard sections in their order. The words are families: headings of real interpretations begin or end with them.
pub static SECTIONS: &[Section] = &[
    Section {
        key: "background",
        headings: &[
            "背景依据",
            "起草背景",
            "出台背景",
            "制定背景",
            "制定依据",
            "政策依据",
            "主要依据",
            "政策背景",
            "背景",
            "修订背景",
            "编制背景",
            "编制依据",
            "起草依据",
            "修订依据",
            "文件依据",
            "法律依据",
            "工作依据",
            "有关背景",
            "立法背景",
            "出台依据",
            "出台的背景",
            "制定的背景",
            "起草的背景",
            "发布背景",
            "决策背景",
            "决策依据",
            "文件背景",
            "相关背景",
            "依据",
            "出台缘由",
            "起草缘由",
            "为什么要制定",
            "为什么要出台",
            "为什么制定",
            "为什么出台",
            "为何出台",
            "为何制定",
            "由来",
        ],
        mandatory: true,
    },
    Section {
        key: "purpose",
        headings: &[
            "目的意义",
            "重要意义",
            "目的和意义",
            "制定目的",
            "出台目的",
            "起草目的",
            "修订目的",
            "出台意义",
            "制定意义",
            "现实意义",
            "目的",
            "意义",
            "必要性",
            "制定的目的",
            "出台的目的",
            "必要性和可行性",
        ],
        mandatory: false,
    },
    Section {
        key: "goals",
        headings: &["目标任务", "主要目标", "工作目标", "任务目标", "总体目标", "目标", "发展目标", "政策目标", "预期目标"],
        mandatory: false,
    },
    Section {
        key: "content",
        headings: &[
            "主要内容",
            "重点任务",
            "政策措施",
            "核心内容",
            "主要条款",
            "重点内容",
            "重点条款",
            "主要任务",
            "主要措施",
            "主要举措",
            "重点举措",
            "重点措施",
            "具体措施",
            "具体举措",
            "具体内容",
            "主要政策",
            "政策内容",
            "文件内容",
            "政策要点",
            "内容要点",
            "核心要点",
            "主要要点",
            "重点解读",
            "内容解读",
            "条款解读",
            "要点解读",
            "核心条款",
            "关键内容",
            "基本内容",
            "框架内容",
            "主体内容",
            "内容框架",
            "框架结构",
            "主要框架",
            "总体框架",
            "政策解读要点",
            "主要做法",
            "主要规定",
            "重要条款",
            "主要事项",
            "重点事项",
            "有关内容",
            "内容概述",
            "内容概要",
            "哪些内容",
            "哪些措施",
            "哪些举措",
            "工作任务",
            "工作内容",
            "工作措施",
            "主要特点",
            "核心举措",
            "内容说明",
            "支持政策",
            "支持措施",
            "扶持政策",
            "政策举措",
            "重要内容",
            "文件主要内容",
            "内容",
        ],
        mandatory: true,
    },
    Section {
        key: "scope",
        headings: &[
            "适用范围",
            "适用对象",
            "涉及范围",
            "涉及对象",
            "适用的范围",
            "适用主体",
            "适用情形",
            "实施范围",
            "实施对象",
            "支持对象",
            "支持范围",
            "补贴对象",
            "补助对象",
            "申报对象",
            "申请对象",
            "申请条件",
            "申报条件",
            "受益对象",
            "服务对象",
            "保障对象",
            "保障范围",
            "奖励对象",
            "扶持对象",
            "政策对象",
            "覆盖范围",
            "调整范围",
            "资助对象",
            "监管对象",
            "适用于哪些",
            "适用哪些",
        ],
        mandatory: true,
    },
    Section {
        key: "standard",
        headings: &["执行标准", "补贴标准", "标准", "补助标准", "奖励标准", "支持标准", "资助标准", "收费标准", "认定标准", "处罚标准", "保障标准", "扶持标准"],
        mandatory: false,
    },
    Section {
        key: "period",
        headings: &[
            "期限",
            "有效期",
            "施行时间",
            "执行时间",
            "实施时间",
            "施行日期",
            "实施日期",
            "执行期限",
            "实施期限",
            "政策期限",
            "有效期限",
            "生效时间",
            "生效日期",
            "起止时间",
            "何时实施",
            "何时施行",
            "何时生效",
            "什么时候实施",
            "什么时候施行",
            "什么时候开始",
        ],
        mandatory: false,
    },
    Section {
        key: "notes",
        headings: &["注意事项", "需要注意", "特别说明", "有关说明", "特别提示", "温馨提示", "需要说明", "其他事项", "注意问题"],
        mandatory: false,
    },
    Section {
        key: "terms",
        headings: &[
            "关键词诠释",
            "关键词注释",
            "术语释义",
            "名词解释",
            "重点释义",
            "关键词解释",
            "名词释义",
            "术语解释",
            "关键词",
            "概念解释",
            "概念界定",
            "术语定义",
            "名词术语",
            "相关概念",
            "专业术语",
            "名词诠释",
        ],
        mandatory: false,
    },
    Section {
        key: "diff",
        headings: &[
            "新旧政策差异",
            "新旧对比",
            "主要变化",
            "修订内容",
            "新旧政策对比",
            "政策对比",
            "政策差异",
            "修订要点",
            "修改内容",
            "修改要点",
            "主要修改",
            "主要修订",
            "主要差异",
            "主要区别",
            "有何变化",
            "有什么变化",
            "哪些变化",
            "变化情况",
            "修订情况",
            "调整内容",
            "主要调整",
            "新旧政策的差异",
            "有何不同",
            "有什么不同",
            "哪些不同",
            "哪些修改",
            "哪些调整",
            "新旧文件对比",
            "新旧衔接",
        ],
        mandatory: false,
    },
    Section {
        key: "benefits",
        headings: &[
            "惠民利民举措",
            "惠民举措",
            "特色亮点",
            "创新举措",
            "惠企举措",
            "便民举措",
            "利民举措",
            "惠企政策",
            "惠民政策",
            "政策亮点",
            "主要亮点",
            "亮点",
            "创新点",
            "主要创新",
            "惠企利民举措",
            "惠企措施",
            "惠民措施",
            "便民措施",
            "便民利民举措",
            "利企便民举措",
            "主要特色",
            "特色举措",
            "亮点举措",
            "创新亮点",
            "新亮点",
            "政策红利",
            "涉企优惠",
            "优惠政策",
            "含金量",
        ],
        mandatory: false,
    },
    Section {
        key: "procedure",
        headings: &["研判过程", "起草过程", "制定过程", "编制过程", "修订过程", "起草情况", "征求意见情况", "工作过程", "决策过程", "出台过程"],
        mandatory: false,
    },
    Section {
        key: "next",
        headings: &[
            "下一步工作",
            "后续工作考虑",
            "下一步",
            "后续工作",
            "贯彻落实",
            "组织实施",
            "工作要求",
            "保障措施",
            "落实措施",
            "实施保障",
            "工作保障",
            "后续安排",
            "组织保障",
        ],
        mandatory: false,
    },
];

/// English headings of [`SECTIONS`], whole: a heading that only begins with one is none. The first of each is what `new` writes.
pub static SECTIONS_EN: &[(&str, &[&str])] = &[
    ("background", &["Why it was made", "Background", "Background and basis", "Legal basis"]),
    ("purpose", &["Purpose", "Aim", "Aims"]),
    ("goals", &["Goals", "Objectives"]),
    ("content", &["What it says", "Main points", "Main content", "Key points"]),
    ("scope", &["Whom it concerns", "Who it concerns", "Scope", "Who is affected"]),
    ("standard", &["Standards"]),
    ("period", &["From when until when", "When it applies", "Period"]),
    ("notes", &["What to mind", "What to do", "Please note"]),
    ("terms", &["Terms", "Terms explained", "Glossary"]),
    ("diff", &["What changes", "What has changed"]),
];

/// The standard section that a heading means: its number (`一、`, `（二）`, `3.`), the title of the document before it and a
/// question mark after it do not matter. What it ends with counts before what it begins with (`修订的主要内容`).
pub fn section_of(heading: &str) -> Option<usize> {
    if let Some((key, _)) = SECTIONS_EN.iter().find(|(_, list)| list.iter().any(|h| heading.trim().eq_ignore_ascii_case(h))) {
        return SECTIONS.iter().position(|s| s.key == *key);
    }
    let text = heading.trim_start_matches(|c: char| "一二三四五六七八九十（）()、.．0123456789 \u{3000}第部分".contains(c)).trim();
    let bare = |t: &str| -> String { t.chars().filter(|c| c.is_alphanumeric()).collect() };
    // Before `》` stands a title, whose own words mean nothing.
    let said = bare(text.rsplit_once('》').map_or(text, |(_, rest)| if rest.trim().is_empty() { text } else { rest }));
    let mut text = said.as_str();
    for end in ["如下", "是什么", "是哪些", "有哪些", "包括哪些", "的解读", "的说明", "解读", "情况说明", "等"] {
        text = text.strip_suffix(end).filter(|t| !t.is_empty()).unwrap_or(text);
    }
    let find = |f: &dyn Fn(&str) -> bool| {
        // The longest word that fits says most.
        let fit = SECTIONS.iter().enumerate().flat_map(|(i, s)| s.headings.iter().filter(|h| f(&bare(h))).map(move |h| (h.len(), std::cmp::Reverse(i))));
        fit.max().map(|(_, i)| i.0)
    };
    let chars = text.chars().count();
    find(&|h| text == h || said == h)
        // `出台背景和意义`, `背景及依据`: two in one, the first counts.
        .or_else(|| find(&|h| chars <= 14 && h.chars().count() >= 2 && ["和", "及", "与", "以及"].iter().any(|and| text.starts_with(&format!("{h}{and}")))))
        .or_else(|| {
            find(&|h| {
                chars <= 20 && (h.chars().count() > 2 || matches!(h, "背景" | "意义" | "目的" | "亮点" | "依据")) && (text.ends_with(h) || said.ends_with(h))
            })
        })
        .or_else(|| find(&|h| h.chars().count() > 2 && text.starts_with(h)))
}

/// gov.cn's classification of themes: two levels, 22 top classes. The code is
/// the place in the tree: `02`, `02-01`.
pub static THEME_TREE: &[(&str, &[&str])] = &[
    (
        "国务院组织机构",
        &["国务院", "国务院办公厅", "组成部门", "直属特设机构", "直属机构", "办事机构", "直属事业单位", "部委管理的国家局", "议事协调机构", "其他"],
    ),
    ("综合政务", &["政务公开", "政务督查", "应急管理", "电子政务", "文秘工作", "保密工作", "信访", "参事、文史", "其他"]),
    ("国民经济管理、国有资产监管", &["宏观经济", "经济体制改革", "统计", "物价", "国有资产监管", "重大建设项目", "其他"]),
    ("财政、金融、审计", &["财政", "税务", "银行", "货币（含外汇）", "证券", "保险", "社会信用体系建设", "审计", "其他"]),
    ("国土资源、能源", &["土地", "矿产", "水资源", "海洋", "煤炭", "石油与天然气", "电力", "其他"]),
    ("农业、林业、水利", &["农业、畜牧业、渔业", "林业", "水利", "其他"]),
    ("工业、交通", &["机械制造与重工业", "轻工纺织", "化工", "国防工业", "航天、航空", "信息产业（含电信）", "公路", "水运", "铁路", "民航", "邮政", "其他"]),
    ("商贸、海关、旅游", &["对外经贸合作", "国内贸易（含供销）", "海关", "检验、检疫", "旅游", "其他"]),
    ("市场监管、安全生产监管", &["工商", "质量监督", "标准", "食品药品监管", "安全生产监管", "其他"]),
    ("城乡建设、环境保护", &["城市规划", "城乡建设（含住房）", "环境监测、保护与治理", "节能与资源综合利用", "气象、水文、测绘、地震", "其他"]),
    ("科技、教育", &["科技", "教育", "知识产权", "其他"]),
    ("文化、广电、新闻出版", &["文化", "文物", "新闻出版", "广播、电影、电视", "其他"]),
    ("卫生、体育", &["卫生", "医药管理", "体育", "其他"]),
    ("人口与计划生育、妇女儿童工作", &["人口与计划生育", "妇女儿童", "其他"]),
    ("劳动、人事、监察", &["劳动就业", "社会保障", "人事工作", "军转安置", "监察", "纠正行业不正之风", "其他"]),
    ("公安、安全、司法", &["公安", "国家安全", "司法", "其他"]),
    ("民政、扶贫、救灾", &["减灾救灾", "优抚安置", "社会福利", "行政区划与地名", "社团管理", "扶贫", "其他"]),
    ("民族、宗教", &["民族事务", "宗教事务"]),
    ("对外事务", &["外交、外事", "国际条约、国际组织", "其他"]),
    ("港澳台侨工作", &["港澳工作", "对台工作", "侨务工作"]),
    ("国防", &["国防建设", "国防动员"]),
    ("其他", &[]),
];

/// A 发文字号 (domain-rules POL-02).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocNo {
    /// As written.
    pub written: String,
    /// The canonical form, where it can be made: full-width hexagonal brackets, no leading zero, no 第.
    pub canonical: Option<String>,
}

impl DocNo {
    /// Reads a number as people write it.
    pub fn new(written: &str) -> DocNo {
        DocNo { written: written.to_string(), canonical: canonical(written) }
    }

    /// The canonical form of what was meant, where digits and signs were typed in full width or characters without width
    /// stand between them.
    pub fn meant(&self) -> Option<String> {
        let half = |c: char| if ('０'..='９').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c };
        let plain = self.written.chars().filter(|c| !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')).map(half);
        self.canonical.clone().or_else(|| canonical(&plain.collect::<String>()))
    }

    /// The form to show.
    pub fn shown(&self) -> &str {
        self.canonical.as_deref().unwrap_or(&self.written)
    }
}

fn canonical(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let open = text.find(['〔', '[', '【', '（', '(', '﹝', '［', '{'])?;
    if let Some(n) = text.strip_suffix('号').and_then(|t| t.rsplit_once("令第")) {
        return (!n.0.is_empty() && n.1.bytes().all(|b| b.is_ascii_digit())).then_some(text.clone());
    }
    let word = &text[..open];
    let tail = text[open..].chars().skip(1).collect::<String>();
    let (year, rest) = tail.split_once(['〕', ']', '】', '）', ')', '﹞', '］', '}'])?;
    let serial = rest.strip_suffix('号')?.trim_start_matches('第').trim_start_matches('0');
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let ok = (1..=15).contains(&word.chars().count())
        && word.chars().all(han)
        && year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && (1..=5).contains(&serial.len())
        && serial.bytes().all(|b| b.is_ascii_digit());
    ok.then(|| format!("{word}〔{year}〕{serial}号"))
}

/// True for orders, `…令第578号`, whose form has no year.
pub fn is_order(text: &str) -> bool {
    text.strip_suffix('号').and_then(|t| t.rsplit_once("令第")).is_some_and(|(w, n)| !w.is_empty() && !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_become_canonical() {
        for s in ["国办发〔2019〕61号", "国办公开办函〔2021〕30号", "莆政办网传〔2021〕13号", "杭数据综合〔2024〕9号"] {
            assert_eq!(DocNo::new(s).canonical.as_deref(), Some(s));
        }
        for (s, c) in [
            ("国办发[2019]61号", "国办发〔2019〕61号"),
            ("国办发【2019】第061号", "国办发〔2019〕61号"),
            ("国办发 ﹝2016﹞ 5 号", "国办发〔2016〕5号"),
            ("国办发（2019）061号", "国办发〔2019〕61号"),
        ] {
            assert_eq!(DocNo::new(s).canonical.as_deref(), Some(c));
        }
        for s in ["国办发2019", "〔2019〕1号", "国办发〔19〕1号", "国办发〔2019〕0号", "无"] {
            assert_eq!(DocNo::new(s).canonical, None, "{s}");
        }
        assert!(is_order("中华人民共和国国务院令第711号"));
    }

    #[test]
    fn headings_mean_sections() {
        let key = |h| section_of(h).map(|i| SECTIONS[i].key);
        assert_eq!(key("一、背景依据"), Some("background"));
        assert_eq!(key("（三）主要内容"), Some("content"));
        assert_eq!(key("3. 名词解释"), Some("terms"));
        assert_eq!(key("二、出台背景和意义"), Some("background"));
        for (heading, want) in [
            ("重点内容", "content"),
            ("三、重点内容", "content"),
            ("（一）明确适用范围", "scope"),
            ("《某某市办法》的主要内容是什么？", "content"),
            ("本次修订的主要内容", "content"),
            ("修订的主要变化", "diff"),
            ("出台《办法》的背景是什么？", "background"),
            ("一、制定背景和依据", "background"),
            ("政策核心要点", "content"),
            ("二、主要举措", "content"),
            ("惠企利民举措", "benefits"),
            ("五、新旧政策差异", "diff"),
            ("与原政策相比有哪些变化", "diff"),
            ("政策亮点", "benefits"),
            ("关键词解释", "terms"),
            ("目的与意义", "purpose"),
            ("什么时候开始施行？", "period"),
            ("起草的必要性", "purpose"),
            ("Why it was made", "background"),
            ("main points", "content"),
        ] {
            assert_eq!(key(heading), Some(want), "{heading}");
        }
        for none in ["关于《背景调查办法》的通知", "联系我们", "某某市人民政府", "例一"] {
            assert_eq!(key(none), None, "{none}");
        }
        assert_eq!(key("标准化工作"), None);
        assert_eq!(key("附录"), None);
    }
}
