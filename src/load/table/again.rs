//! A second head among the rows with no empty line before it: somebody put another table right below the first. Read on
//! as one table, its head would be a row, and its figures would stand under the names of others.

use super::lines::{filled, is_name, trim};
use super::units::split_unit;
use super::value::{Class, MARKS, classify, period};

/// Words that name a column and are hardly ever a value of one.
static NAMES: &[&str] = &[
    "序号",
    "编号",
    "代码",
    "编码",
    "姓名",
    "名称",
    "单位",
    "单位名称",
    "部门",
    "项目",
    "项目名称",
    "类别",
    "类型",
    "种类",
    "地区",
    "区域",
    "区县",
    "县区",
    "市县",
    "城市",
    "街道",
    "乡镇",
    "地址",
    "电话",
    "联系电话",
    "联系人",
    "职务",
    "职称",
    "性别",
    "年龄",
    "日期",
    "时间",
    "年份",
    "年度",
    "月份",
    "季度",
    "数量",
    "人数",
    "户数",
    "人口",
    "面积",
    "金额",
    "收入",
    "支出",
    "单价",
    "总额",
    "合计数",
    "比例",
    "占比",
    "备注",
    "说明",
    "内容",
    "指标",
    "指标名称",
    "数值",
    "标准",
    "价格",
    "预算",
    "决算",
    "计划",
    "状态",
    "经度",
    "纬度",
    "邮编",
    "学校",
    "医院",
    "站点",
    "线路",
    "品种",
    "规格",
    "产量",
    "产值",
    "name",
    "id",
    "no",
    "no.",
    "code",
    "date",
    "time",
    "year",
    "month",
    "quarter",
    "day",
    "city",
    "region",
    "area",
    "district",
    "county",
    "country",
    "department",
    "agency",
    "office",
    "address",
    "phone",
    "telephone",
    "email",
    "type",
    "category",
    "item",
    "title",
    "description",
    "count",
    "number",
    "amount",
    "total amount",
    "value",
    "unit",
    "population",
    "price",
    "budget",
    "income",
    "revenue",
    "expenditure",
    "spending",
    "share",
    "percent",
    "status",
    "notes",
    "remarks",
    "latitude",
    "longitude",
    "school",
    "hospital",
    "station",
    "quantity",
    "rate",
    "indicator",
];

/// Words that stand where a figure is missing: two of them in a row are no head.
static MISSING: &[&str] = &[
    "不详",
    "暂无",
    "无",
    "未知",
    "缺",
    "缺失",
    "缺测",
    "保密",
    "未统计",
    "不适用",
    "待定",
    "未公布",
    "未公开",
    "停办",
    "停用",
    "在建",
    "未开通",
    "未填报",
    "空",
    "是",
    "否",
    "免费",
    "暂缺",
    "不限",
    "全年",
    "已停",
    "不含",
    "未评",
    "unknown",
    "missing",
    "confidential",
    "suppressed",
    "withheld",
    "not available",
    "not applicable",
    "none",
    "tbd",
    "tba",
    "closed",
    "pending",
    "free",
    "yes",
    "no data",
    "not reported",
    "n.a.",
    "n.d.",
    "low",
    "high",
    "nil",
    "varies",
];

/// A record that may be the head of another table, until what follows it is seen.
#[derive(Debug, Clone)]
pub(super) struct Suspect {
    /// Its cells; with those of a second row of the head.
    heads: Vec<Vec<String>>,
    /// Columns that had figures above it.
    figures: Vec<usize>,
}

fn figure(t: &str) -> bool {
    matches!(classify(t.trim()).0, Class::Integer | Class::Number | Class::Date | Class::Datetime)
}

fn known(t: &str) -> bool {
    let t = split_unit(t.trim()).0.to_lowercase();
    NAMES.contains(&t.as_str())
}

/// A word that can name a column, and is none of those for a value that is missing.
fn names(t: &str) -> bool {
    let low = t.trim().to_lowercase();
    let word = low.chars().any(|c| c >= '\u{2E80}') || low.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    word && is_name(t) && period(&low).is_none() && !MARKS.contains(&t.trim()) && !MISSING.contains(&low.as_str()) && low.chars().count() <= 30
}

/// Looks at a record among the rows. `before`: the row above it, not counting titles of one cell; `head`: that of the table.
pub(super) fn suspect(cells: &[String], before: &[String], head: &[Vec<String>], titled: bool) -> Option<Suspect> {
    let n = filled(cells);
    // What stands to the left of every name is none of it.
    if n < 2
        || filled(before) < 2
        || head.is_empty()
        || head.iter().any(|h| h.iter().map(|c| c.trim()).eq(cells.iter().take(h.len().max(cells.len())).map(|c| c.trim())))
    {
        return None;
    }
    let mut seen: Vec<&str> = cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    if seen.len() != all {
        return None;
    }
    let figures: Vec<usize> = (0..before.len().min(cells.len())).filter(|c| figure(&before[*c]) && !cells[*c].trim().is_empty()).collect();
    let year = |t: &str| period(t.trim()).is_some() || matches!(t.trim().parse::<u16>(), Ok(1900..=2100));
    let first = |r: &[String]| r.iter().map(|c| c.trim()).find(|c| !c.is_empty()).unwrap_or("").to_string();
    // The corner of the head again, with other names beside it.
    let corner =
        first(cells) == first(&head[0]) && cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).all(|c| names(c) || year(c)) && !figures.is_empty();
    if corner {
        return Some(Suspect { heads: vec![cells.to_vec()], figures });
    }
    if !cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).all(names) {
        return None;
    }
    let words = cells.iter().filter(|c| known(c)).count();
    let enough = match figures.len() {
        0 => words == n && before.iter().any(|b| !b.trim().is_empty() && !known(b)),
        1 => words > 0 || titled,
        k => k >= 2 && (words > 0 || titled || k * 2 >= n),
    };
    enough.then(|| Suspect { heads: vec![cells.to_vec()], figures })
}

impl Suspect {
    /// What the next record makes of it: `Some(true)` a head, `Some(false)` none, `None` when the one after it must tell.
    pub(super) fn next(&mut self, row: &[String]) -> Option<bool> {
        if filled(row) < 2 {
            return Some(false);
        }
        let has = (0..row.len()).any(|c| figure(&row[c]));
        if self.figures.is_empty() {
            return Some(!row.iter().filter(|c| !c.trim().is_empty()).all(|c| known(c)));
        }
        if !has && self.heads.len() < 2 && row.iter().filter(|c| !c.trim().is_empty()).all(|c| is_name(c)) {
            self.heads.push(row.to_vec());
            return None;
        }
        let under = (0..row.len()).filter(|c| figure(&row[*c])).all(|c| self.heads.iter().any(|h| h.get(c).is_some_and(|v| !v.trim().is_empty())));
        Some(has && under)
    }
}

/// Goes along the records of a text.
#[derive(Default)]
pub(super) struct Watch {
    /// The last record of two cells or more.
    before: csv::ByteRecord,
    /// Line of the first of the records of one cell right above: a title.
    title: Option<u64>,
    /// The last record had one cell.
    lone: bool,
    open: Option<(u64, Suspect)>,
}

impl Watch {
    /// Looks at the next record. Gives the line at which another table began.
    pub(super) fn see(&mut self, record: &csv::ByteRecord, line: u64, head: &[Vec<String>]) -> Option<u64> {
        let text = |r: &csv::ByteRecord| -> Vec<String> { r.iter().map(|c| String::from_utf8_lossy(c).trim().to_string()).collect() };
        if let Some((begins, mut s)) = self.open.take() {
            match s.next(&text(record)) {
                Some(true) => return Some(begins),
                Some(false) => {}
                None => self.open = Some((begins, s)),
            }
        }
        let cells = || record.iter().map(trim).filter(|c| !c.is_empty());
        self.lone = cells().nth(1).is_none();
        if self.lone {
            let note = cells().next().is_none_or(|c| super::notes::is_note(&String::from_utf8_lossy(c), false, false));
            self.title = if note { None } else { self.title.or(Some(line)) };
            return None;
        }
        // Most rows end here: they have a figure, and do not begin as the head does.
        let digits = |c: &[u8]| c.first().is_some_and(|b| b.is_ascii_digit());
        let corner = head.first().and_then(|h| h.iter().find(|c| !c.is_empty())).is_some_and(|h| cells().next() == Some(h.as_bytes()));
        if self.open.is_none()
            && (corner || !cells().any(digits))
            && (corner || self.before.iter().map(trim).any(digits) || cells().next().is_some_and(|c| std::str::from_utf8(c).is_ok_and(known)))
            && let Some(s) = suspect(&text(record), &text(&self.before), head, self.title.is_some())
        {
            self.open = Some((self.title.unwrap_or(line), s));
        }
        self.title = None;
        None
    }

    /// Keeps a record that was read, and gives the room of the one before back.
    pub(super) fn keep(&mut self, record: &mut csv::ByteRecord) {
        if !self.lone {
            std::mem::swap(&mut self.before, record);
        }
    }
}
