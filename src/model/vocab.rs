//! Controlled vocabularies (domain-rules D). Chinese terms without a clean English word are named here, once.

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

/// What a licence asks, in one word: `free` (nothing), `by` (name the source), `sa` (and share alike), `notice` (keep
/// the notice), `own` (terms of its own).
pub fn license_kind(name: &str) -> &'static str {
    let n = name.to_ascii_uppercase();
    match n.as_str() {
        "CC0-1.0" | "CC0" | "PDDL-1.0" | "ODC-PDDL-1.0" | "WTFPL" | "UNLICENSE" => "free",
        "CC-BY-4.0" | "CC-BY-3.0" | "CC-BY" | "ODC-BY-1.0" | "OGL-UK-3.0" | "ETALAB-2.0" | "DL-DE-BY-2.0" => "by",
        "CC-BY-SA-4.0" | "CC-BY-SA-3.0" | "ODBL-1.0" | "ODBL" => "sa",
        "MIT" | "APACHE-2.0" | "BSD-3-CLAUSE" => "notice",
        _ => "own",
    }
}

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

/// The standard sections in their order.
pub static SECTIONS: &[Section] = &[
    Section {
        key: "background",
        headings: &["背景依据", "起草背景", "出台背景", "制定背景", "制定依据", "政策依据", "主要依据", "政策背景", "背景"],
        mandatory: true,
    },
    Section { key: "purpose", headings: &["目的意义", "重要意义", "目的和意义", "制定目的"], mandatory: false },
    Section { key: "goals", headings: &["目标任务", "主要目标", "工作目标"], mandatory: false },
    Section { key: "content", headings: &["主要内容", "重点任务", "政策措施", "核心内容", "主要条款"], mandatory: true },
    Section { key: "scope", headings: &["适用范围", "适用对象", "涉及范围", "涉及对象"], mandatory: true },
    Section { key: "standard", headings: &["执行标准", "补贴标准", "标准"], mandatory: false },
    Section { key: "period", headings: &["期限", "有效期", "施行时间", "执行时间", "实施时间", "施行日期"], mandatory: false },
    Section { key: "notes", headings: &["注意事项"], mandatory: false },
    Section { key: "terms", headings: &["关键词诠释", "关键词注释", "术语释义", "名词解释", "重点释义"], mandatory: false },
    Section { key: "diff", headings: &["新旧政策差异", "新旧对比", "主要变化", "修订内容"], mandatory: false },
    Section { key: "benefits", headings: &["惠民利民举措", "惠民举措", "特色亮点", "创新举措"], mandatory: false },
    Section { key: "procedure", headings: &["研判过程", "起草过程"], mandatory: false },
    Section { key: "next", headings: &["下一步工作", "后续工作考虑"], mandatory: false },
];

/// The standard section that a heading means: its number (`一、`, `（二）`, `3.`) does not matter.
pub fn section_of(heading: &str) -> Option<usize> {
    let text = heading.trim_start_matches(|c: char| "一二三四五六七八九十（）()、.．0123456789 \u{3000}第部分".contains(c)).trim();
    let find = |f: &dyn Fn(&str) -> bool| SECTIONS.iter().position(|s| s.headings.iter().any(|h| f(h)));
    find(&|h| text == h).or_else(|| find(&|h| h.chars().count() > 2 && text.starts_with(h)))
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
        assert_eq!(key("标准化工作"), None);
        assert_eq!(key("附录"), None);
    }
}
