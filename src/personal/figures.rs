//! Amounts and codes of eleven digits: what the head of a column or row, or the word at once before them, makes of them.

use super::Sure;
use super::around::{Label, called, floor, left, right};
use super::person::is_name;
use super::words::words;
use std::ops::Range;

/// Bytes before a number in which the head of its column has to stand.
const ABOVE: usize = 8_000;

/// What stands at once before an amount or a code, where `around` knows no name for it.
static FIGURES: &[&str] = &[
    "总值",
    "产值",
    "加值",
    "价值",
    "市值",
    "估值",
    "均值",
    "数值",
    "峰值",
    "总量",
    "产量",
    "销量",
    "数量",
    "用量",
    "流量",
    "容量",
    "存量",
    "电量",
    "水量",
    "指数",
    "总数",
    "人数",
    "户数",
    "件数",
    "次数",
    "面积",
    "人口",
    "拨款",
    "造价",
    "总价",
    "余额",
    "税额",
    "限额",
    "交额",
    "易额",
    "售额",
    "差额",
    "款额",
    "税号",
    "资本",
    "股本",
    "股数",
    "总计",
    "高度",
    "坐标",
    "查询码",
    "验证码",
    "校验码",
    "取件码",
    "工单",
    "工单号",
    "运单号",
    "快递单号",
    "物流单号",
    "档号",
    "户号",
    "批次",
    "频点",
    "频率",
    "表号",
];
/// Amounts of budgets, accounts, shares, transport and sites of the net: words that end names of columns and stand before a sum. A
/// name of a person may end in 金 or 量, so these are words of two signs at least.
static AMOUNTS: &[&str] = &[
    "概算",
    "预算",
    "决算",
    "核算",
    "借方",
    "贷方",
    "拨付",
    "下达",
    "到位",
    "结余",
    "结转",
    "年初数",
    "年末数",
    "期初数",
    "期末数",
    "预算数",
    "决算数",
    "执行数",
    "累计数",
    "累计",
    "年初",
    "年末",
    "期初",
    "期末",
    "本月",
    "本年",
    "本期",
    "上年",
    "同期",
    "份额",
    "总额",
    "金额",
    "发行额",
    "净额",
    "股票",
    "通股",
    "总股",
    "持股",
    "价款",
    "税款",
    "货款",
    "贷款",
    "存款",
    "罚款",
    "工程款",
    "让金",
    "资金",
    "基金",
    "租金",
    "现金",
    "税金",
    "本金",
    "保证金",
    "公积金",
    "养老金",
    "补偿金",
    "补助金",
    "准备金",
    "周转量",
    "交易量",
    "吞吐量",
    "客运量",
    "货运量",
    "发送量",
    "浏览量",
    "播放量",
    "阅读量",
    "访问量",
    "点击量",
    "下载量",
    "转发量",
    "保有量",
    "发电量",
    "储量",
    "运量",
    "点赞数",
    "粉丝数",
    "评论数",
    "浏览数",
    "阅读数",
    "播放数",
    "读数",
    "装机",
    "单价",
    "均价",
    "市价",
];
static ENGLISH: &[&str] = &[
    "gdp",
    "gnp",
    "revenue",
    "revenues",
    "expenditure",
    "expenditures",
    "budget",
    "population",
    "turnover",
    "income",
    "output",
    "total",
    "amount",
    "sum",
    "deposits",
    "loans",
    "balance",
    "ip",
    "x",
    "y",
];
/// Accounts: their numbers may be a telephone's.
static ACCOUNTS: &[&str] = &["账号", "帐号", "帳號", "账户", "帐户", "帳戶", "账户号"];
/// What may stand between such a word and the number.
static JOINTS: &[&str] = &["达到", "共计", "超过", "为", "為", "是", "约", "达", "共", "近", "超"];
static ENGLISH_JOINTS: &[&str] = &["was", "is", "of", "were", "about", "reached", "to", "at", "totalled", "totaled"];

/// What says that the digits of a mobile number are a figure or a code: certainly, or perhaps.
pub(super) fn figure(text: &str, at: &Range<usize>) -> Option<Sure> {
    in_table(text, at).or_else(|| after_word(text, at))
}

/// What ends a text but for the unit in brackets: 生产总值（元）.
fn without_unit(t: &str) -> &str {
    let open = t.strip_suffix(['）', ')']).and_then(|r| r.rfind(['（', '(']));
    open.filter(|i| t.len() - i < 24).map_or(t, |i| t[..i].trim_end())
}

/// Whether a text ends with a word that stands alone.
fn whole_end(t: &str, w: &str) -> bool {
    t.strip_suffix(w).is_some_and(|r| !r.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

fn after_word(text: &str, at: &Range<usize>) -> Option<Sure> {
    let blank = |c: char| c.is_whitespace() || "：:=*".contains(c);
    let low = left(text, at.start, 60).to_ascii_lowercase();
    let mut before = low.trim_end_matches(blank);
    // NO.13512345678: of whatever it is.
    if ["no.", "№", "nr."].iter().any(|w| whole_end(before, w)) || super::around::negative(text, at.start) {
        return Some(Sure::Perhaps);
    }
    // The number of a document: 决定书 138… 号.
    let after = right(text, at.end, 12).trim_start();
    if after.starts_with('号') && !after.starts_with("号码") && ["书", "通知", "决定", "函", "令", "文", "案", "批复"].iter().any(|w| before.ends_with(w))
    {
        return Some(Sure::Yes);
    }
    // 下达: no word that joins.
    let amount = |t: &str| AMOUNTS.iter().any(|w| without_unit(t).ends_with(w));
    let whole = amount(before);
    for _ in 0..2 {
        let joint = JOINTS.iter().find(|j| before.ends_with(**j)).or_else(|| ENGLISH_JOINTS.iter().find(|j| whole_end(before, j)));
        let Some(j) = joint else { break };
        before = before[..before.len() - j.len()].trim_end_matches(blank);
    }
    let before = without_unit(before);
    if FIGURES.iter().any(|w| before.ends_with(w)) || ENGLISH.iter().any(|w| whole_end(before, w)) {
        return Some(Sure::Yes);
    }
    // 预算13812345678 may yet be whom to call about it.
    if whole || amount(before) {
        return Some(Sure::Perhaps);
    }
    // Of a service whose accounts are telephone numbers.
    let carried = ["微信", "支付宝", "支付寶", "手机", "抖音", "快手", "wechat"].iter().any(|w| before.contains(w));
    (ACCOUNTS.iter().any(|w| before.ends_with(w)) && !carried && !super::around::of_a_person(text, at)).then_some(Sure::Perhaps)
}

/// The name of a row or column says that its figures are amounts or codes.
fn of_figures(head: &str, text: &str, at: &Range<usize>) -> bool {
    let head = head.trim().trim_matches('*').trim();
    // A text is no head.
    if head.is_empty() || head.len() > 120 {
        return false;
    }
    let low = head.to_lowercase();
    let told = called(&low, text, at);
    !matches!(told, Label::Mobile | Label::Contact | Label::Id)
        && (told == Label::Code || amount(&low, &words(head)) || FIGURES.iter().chain(AMOUNTS).any(|w| without_unit(&low).ends_with(w)))
}

/// A cell of a table in Markdown that is the number alone: its row or its column has a head.
fn in_table(text: &str, at: &Range<usize>) -> Option<Sure> {
    let before = left(text, at.start, 2_000);
    let after = right(text, at.end, 400).trim_start_matches([' ', '*']);
    let (row, own) = before.rsplit_once('|')?;
    if !own.trim_matches([' ', '*', '\t']).is_empty() || !(after.is_empty() || after.starts_with(['|', '\r'])) {
        return None;
    }
    let row = row.trim_start().trim_start_matches('>').trim_start();
    let cells: Vec<&str> = row.strip_prefix('|').unwrap_or(row).split('|').collect();
    let place = if row.is_empty() { 0 } else { cells.len() };
    let by_row = place > 0 && of_figures(cells[0], text, at);
    let by_column = || {
        let line = at.start - before.len();
        let above = &text[floor(text, line.saturating_sub(ABOVE))..line];
        let rule = memchr::memmem::rfind(above.as_bytes(), b"--")?;
        let from = above[..rule].rfind('\n')?;
        let ruled = above[from + 1..].split('\n').next()?;
        let head = above[..from].rsplit('\n').next()?.trim().trim_start_matches('>').trim();
        if !ruled.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '\r' | '>')) || above[from + 1..].contains("\n\n") {
            return None;
        }
        let head = head.strip_prefix('|').unwrap_or(head).split('|').nth(place)?;
        Some(of_figures(head, text, at))
    };
    if !by_row && by_column() != Some(true) {
        return None;
    }
    // A name beside it: somebody should look.
    let named = cells.iter().copied().chain(after.split('|')).any(|c| is_name(c.trim()));
    Some(if named { Sure::Perhaps } else { Sure::Yes })
}

/// The name of a column of money, amounts or counts.
pub fn amount(low: &str, words: &[String]) -> bool {
    static ZH: &[&str] = &[
        "金额",
        "金額",
        "总额",
        "收入",
        "支出",
        "产值",
        "总值",
        "增加值",
        "数量",
        "产量",
        "销量",
        "人数",
        "人口",
        "面积",
        "预算",
        "决算",
        "余额",
        "投资",
        "税收",
        "财政",
        "资金",
        "经费",
        "补贴",
        "(元",
        "（元",
        "万元",
        "亿元",
        "(吨",
        "（吨",
        "(人",
        "（人",
        "单位：",
        "里程",
        "坐标",
        "股本",
        "股数",
        "字节",
        "流量",
        "容量",
        "电量",
        "用量",
        "销售额",
        "贷款",
        "存款",
        "负债",
        "资产",
        "利润",
        "成本",
    ];
    static EN: &[&str] = &[
        "gdp",
        "amount",
        "budget",
        "revenue",
        "income",
        "cost",
        "price",
        "population",
        "count",
        "total",
        "sum",
        "value",
        "expenditure",
        "assets",
        "spend",
        "spending",
        "sales",
        "yuan",
        "usd",
        "cny",
        "rmb",
        "bytes",
        "volume",
        "output",
        "quantity",
        "tax",
        "funds",
        "balance",
        "profit",
        "area",
    ];
    // 土地出让金（元）, 旅客周转量: what is measured ends in one of these, and no other name of a column does.
    let head = without_unit(low.trim());
    let measured = head.ends_with(['额', '金', '款', '量', '数', '股', '价', '額', '數', '價']) || AMOUNTS.iter().any(|w| head.ends_with(w));
    measured || ZH.iter().any(|w| low.contains(w)) || words.iter().any(|w| EN.contains(&&**w))
}
