//! Labels of heads, as people write them: `发布日期：2024-05-06`, `【公布日期】`, `**发布机构**：`, `成文日期 | 2024-05-06`, `发 布 日 期`,
//! tables of attributes in which labels stand beside or above what they say, heads of several labels in one line.

use super::Asked;
use super::reader::list;
use super::status::{self, BORDER, blank, tight};
use crate::load::Kind;
use std::collections::BTreeMap;

/// Labels of portals that no field is called by.
static LABELS: &[(&str, &[&str])] = &[
    (
        "issuer",
        &[
            "发文机关",
            "发文机构",
            "发文部门",
            "发布机构",
            "发布部门",
            "公布机关",
            "公布机构",
            "颁布机关",
            "颁布单位",
            "颁布部门",
            "制定机关",
            "制定机构",
            "制定部门",
            "制发机关",
            "发布单位",
            "制定单位",
            "发文单位",
            "印发机关",
            "印发单位",
            "印发部门",
            "发布机关",
            "公开机构",
            "解读机构",
            "解读单位",
            "解读机关",
            "来源单位",
            "信息所属单位",
            "發文機關",
            "發布機關",
            "發佈機關",
            "發布機構",
            "發布單位",
            "發佈單位",
            "發文單位",
            "制定機關",
        ],
    ),
    (
        "published_at",
        &[
            "发布日期",
            "发布时间",
            "公布日期",
            "公布时间",
            "公开日期",
            "发布于",
            "公开时间",
            "上网日期",
            "上网时间",
            "上线日期",
            "上线时间",
            "發布日期",
            "發佈日期",
            "發布時間",
            "發佈時間",
            "公開日期",
        ],
    ),
    (
        "formed_on",
        &[
            "成文日期",
            "成文时间",
            "发文日期",
            "发文时间",
            "印发日期",
            "印发时间",
            "签发日期",
            "签发时间",
            "生成日期",
            "产生日期",
            "形成日期",
            "制发日期",
            "發文日期",
            "成文日期",
            "簽發日期",
        ],
    ),
    (
        "effective_from",
        &[
            "施行日期",
            "施行时间",
            "生效日期",
            "生效时间",
            "实施日期",
            "实施时间",
            "执行日期",
            "执行时间",
            "开始施行日期",
            "开始实施日期",
            "實施日期",
            "生效時間",
            "施行時間",
        ],
    ),
    (
        "expires_on",
        &[
            "失效日期",
            "失效时间",
            "废止日期",
            "废止时间",
            "作废日期",
            "终止日期",
            "有效期至",
            "有效期限至",
            "有效期到",
            "有效期截止",
            "有效截止日期",
            "有效日期至",
            "截止有效期",
            "廢止日期",
            "廢止時間",
            "失效時間",
        ],
    ),
    ("doc_no", &["发文字号", "发文文号", "發文字號", "文號", "字號", "文号", "字号", "发布文号", "公文文号", "文件编号", "文件字号", "文件文号", "文书号"]),
    ("index_no", &["索引号", "索引號", "信息索引号", "信息索引", "索引编号", "索引码"]),
    ("reg_no", &["统一编号", "统一登记号", "登记编号", "规范性文件统一编号", "规范性文件登记号"]),
    ("theme", &["主题分类", "主題分類"]),
    ("authority_level", &["效力等级", "效力级别"]),
    (
        "disclosure_mode",
        &[
            "公开方式",
            "公开属性",
            "公开类别",
            "公开类型",
            "公开选项",
            "信息公开方式",
            "信息公开属性",
            "信息公开类别",
            "信息公开类型",
            "信息公开选项",
            "公開方式",
        ],
    ),
    ("doc_type", &["文种", "公文种类"]),
    ("title", &["标题", "標題", "名称", "信息名称", "文件名称"]),
    ("keywords", &["主题词", "關鍵詞", "關鍵字", "关键词", "关键字", "检索关键词"]),
    ("summary", &["内容概述", "摘要", "信息概述"]),
    ("source", &["来源", "信息来源", "來源", "資料來源", "稿件来源", "文章来源"]),
    ("source_url", &["原文链接", "原文地址", "来源网址"]),
    ("author", &["责任编辑", "作者"]),
    // Known, and kept as they are: what they say is computed, or has no field.
    (
        "",
        &[
            "组配分类",
            "分类",
            "信息类别",
            "时效性",
            "有效性",
            "时效",
            "時效性",
            "有效状态",
            "法律状态",
            "效力状态",
            "效力狀態",
            "是否有效",
            "是否现行有效",
            "是否失效",
            "是否已失效",
            "是否废止",
            "是否已废止",
            "是否生效",
            "有效期",
            "有效期限",
            "执行期限",
            "状态",
            "狀態",
            "文件状态",
            "时效状态",
            "施行状态",
            "实施状态",
            "执行状态",
            "发布状态",
            "公开状态",
            "审核状态",
            "审批状态",
            "稿件状态",
            "废止依据",
            "废止文件",
            "密级",
            "涉密等级",
            "保密级别",
            "定密",
            "是否公开",
            "是否主动公开",
            "主动公开",
            "是否发布",
            "是否上网",
            "是否涉密",
            "主题导航",
            "解读地址",
            "体裁分类",
            "服务对象",
            "公开范围",
            "发布范围",
            "知悉范围",
            "发放范围",
            "公开形式",
            "公开时限",
            "公开程序",
            "公开依据",
            "公开对象",
            "公开载体",
            "检索时间",
            "浏览次数",
            "阅读次数",
            "点击数",
        ],
    ),
];

/// Signs that part a label from what it says.
const COLONS: &[char] = &['：', ':', '︰', '﹕', '∶', '꞉', '＝', '=', '|', '｜', BORDER];
/// Signs that close a label.
const CLOSING: &[char] = &['】', '］', ']', '）', ')', '〕', '〗', '」', '』', '》', '>'];
/// Signs before a label.
const OPENING: &[char] = &['【', '［', '[', '（', '(', '〔', '〖', '「', '『', '《', '<'];
/// Blanks between two signs of a label, at most.
const APART: usize = 6;

/// Labels, each with the key of the field it means; one without a key is kept under `extra`.
pub(super) struct Labels {
    all: Vec<(String, String)>,
    /// Places in `all` by the first sign of a label, the longest first.
    first: BTreeMap<char, Vec<usize>>,
}

/// One in a line: where it begins and ends, and its place among the labels.
#[derive(Clone, Copy)]
struct Hit {
    at: usize,
    end: usize,
    label: usize,
}

impl Labels {
    /// Those of a map of the site's own, and the usual ones.
    pub(super) fn of(asked: &Asked<'_>) -> Labels {
        let mut own: Vec<(String, String)> = Vec::new();
        // A map says `field: label` or `field: [labels]`.
        if let Some(Kind::Map(p)) = asked.map.map(|(_, n)| &n.kind) {
            for (k, v) in p {
                own.extend(list(v).into_iter().map(|l| (l, k.text().unwrap_or("").to_string())));
            }
        }
        Labels::with(own)
    }

    /// The usual ones, after these.
    pub(super) fn with(own: Vec<(String, String)>) -> Labels {
        let mut all: Vec<(String, String)> = own.into_iter().map(|(l, k)| (tight(&l), k)).filter(|(l, _)| !l.is_empty()).collect();
        for (key, words) in LABELS {
            for w in *words {
                if !all.iter().any(|(l, _)| l == w) {
                    all.push(((*w).to_string(), (*key).to_string()));
                }
            }
        }
        // 发文字号 before 字号
        all.sort_by_key(|(l, _)| std::cmp::Reverse(l.chars().count()));
        let mut first: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (i, (l, _)) in all.iter().enumerate() {
            if let Some(c) = l.chars().next() {
                first.entry(c).or_default().push(i);
            }
        }
        Labels { all, first }
    }

    /// The key of a label; empty where it means no field.
    pub(super) fn key(&self, label: &str) -> &str {
        self.all.iter().find(|(l, _)| l == label).map_or("", |(_, k)| k)
    }

    /// Keys with their labels, for the guide's test.
    #[cfg(test)]
    pub(super) fn pairs() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
        LABELS.iter().map(|(k, w)| (*k, *w))
    }

    /// The label that a text is, whatever signs stand around it.
    pub(super) fn is(&self, text: &str) -> Option<&str> {
        let bare = text.trim_matches(|c: char| {
            blank(c) || matches!(c, '*' | '#' | '-' | '•' | '·') || COLONS.contains(&c) || CLOSING.contains(&c) || OPENING.contains(&c)
        });
        // A long text is none.
        let bare = if bare.len() > 120 { return None } else { tight(bare) };
        self.all.iter().find(|(l, _)| *l == bare).map(|(l, _)| l.as_str())
    }

    /// A label that begins here, and where it ends.
    fn at(&self, line: &str, at: usize) -> Option<Hit> {
        let c = line[at..].chars().next()?;
        let wide = |c: char| ('\u{2e80}'..='\u{9fff}').contains(&c);
        'labels: for label in self.first.get(&c)? {
            let mut rest = line[at + c.len_utf8()..].char_indices();
            let mut end = at + c.len_utf8();
            let mut before = c;
            for want in self.all.get(*label)?.0.chars().skip(1) {
                let mut apart = 0;
                loop {
                    let Some((i, got)) = rest.next() else { continue 'labels };
                    if got == want {
                        end = at + c.len_utf8() + i + got.len_utf8();
                        break;
                    }
                    apart += 1;
                    if !blank(got) || apart > APART || !wide(want) || !wide(before) {
                        continue 'labels;
                    }
                }
                before = want;
            }
            return Some(Hit { at, end, label: *label });
        }
        None
    }
}

/// Whether what stands behind a label parts it from its value.
fn signed(rest: &str) -> bool {
    rest.trim_start_matches(|c: char| blank(c) || c == '*' || c == '_').starts_with(|c| COLONS.contains(&c) || CLOSING.contains(&c))
}

/// A value without the signs around it.
fn value(text: &str) -> String {
    let outer = |c: char| blank(c) || c == BORDER || matches!(c, '*' | '【' | '】' | '|' | '｜' | '［' | '］' | '[' | ']' | '•' | '·' | '-');
    let t = text.trim_start_matches(|c: char| blank(c) || c == '*' || c == '_' || COLONS.contains(&c) || CLOSING.contains(&c));
    // Opening brackets at the end belong to the next label, marks to nothing.
    let t = t.trim_end_matches(|c: char| outer(c) || OPENING.contains(&c) || matches!(c, '；' | ';' | '，' | ',' | '、'));
    t.trim_matches(outer).replace(BORDER, "")
}

/// Takes a line apart that begins with a label. `索引号 A/1 主题分类 B 发文机关 C` has three.
pub(super) fn heads(line: &str, labels: &Labels) -> Vec<(String, String)> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut before: Option<char> = None;
    let mut from = 0;
    for (i, c) in line.char_indices() {
        if i >= from && labels.first.contains_key(&c)
            // Where labels begin: at the start, behind a blank, a bracket, or a sign that parts.
            && let free = before.is_none_or(|b| {
                blank(b) || OPENING.contains(&b) || matches!(b, BORDER | '*' | '|' | '｜' | '；' | ';' | '•' | '·' | '#' | '●' | '○' | '■' | '□' | '◆' | '▪' | '※')
            })
            && let beside = before.is_some_and(|b| b.is_ascii_digit() || CLOSING.contains(&b) || matches!(b, '，' | ',' | '、' | '。' | '/' | '／' | '-' | '—'))
            && (free || beside)
            && let Some(hit) = labels.at(line, i)
        {
            let rest = &line[hit.end..];
            let ends = rest.chars().next().is_none_or(|c| blank(c) || c == '*' || COLONS.contains(&c) || CLOSING.contains(&c));
            // Behind a word's own sign it is a label with a colon alone: `2024-05-06有效性：失效`.
            // 主动公开 is what a label says as often as a label: `公开方式 主动公开`.
            let word = labels.all.get(hit.label).is_some_and(|(l, _)| matches!(l.as_str(), "主动公开" | "依申请公开" | "不予公开"));
            if ends && (free && !word || signed(rest)) {
                from = hit.end;
                hits.push(hit);
            }
        }
        before = Some(c);
    }
    let Some(first) = hits.first().copied() else { return Vec::new() };
    let nothing = |t: &str| {
        t.chars().all(|c| {
            blank(c)
                || c == BORDER
                || OPENING.contains(&c)
                || CLOSING.contains(&c)
                || matches!(c, '*' | '#' | '|' | '｜' | '•' | '·' | '-' | '●' | '○' | '■' | '□' | '◆' | '▪' | '※')
        })
    };
    if !nothing(&line[..first.at]) {
        return Vec::new();
    }
    // One label wants a colon or brackets: 来源 may begin a sentence. A state that matters is taken without.
    let sign = signed(&line[first.end..]);
    let label = |h: &Hit| labels.all.get(h.label).map_or("", |(l, _)| l.as_str());
    if hits.len() < 3 && !sign {
        let all = value(&line[first.end..]);
        let state = line.chars().count() <= 24 && status::matters(label(&first), &all);
        return if state && hits.len() == 1 { vec![(label(&first).to_string(), all)] } else { Vec::new() };
    }
    // In a line with colons, a label without one is a word of a value.
    if sign {
        hits.retain(|h| signed(&line[h.end..]));
    }
    let ends: Vec<usize> = hits.iter().skip(1).map(|h| h.at).chain([line.len()]).collect();
    hits.iter().zip(ends).map(|(h, end)| (label(h).to_string(), value(&line[h.end..end]))).collect()
}

/// What a table of attributes says: labels beside what they say, or a row of labels above one of values. Labels that nobody knows
/// come along beside those that are known. Each with the number of its row.
pub(super) fn of_rows(rows: &[Vec<String>], labels: &Labels) -> Vec<(usize, String, String)> {
    let said = |c: &&String| !c.trim().is_empty();
    let mut out = Vec::new();
    // One row of labels, one of values.
    if let [head, values] = rows
        && head.len() == values.len()
        && head.iter().filter(said).count() > 1
        && head.iter().filter(said).all(|c| labels.is(c).is_some())
        && !values.iter().any(|c| labels.is(c).is_some())
    {
        for (l, v) in head.iter().zip(values) {
            if let Some(l) = labels.is(l).filter(|l| labels.key(l) != "title") {
                out.push((1, l.to_string(), value(v)));
            }
        }
        return out;
    }
    for (n, row) in rows.iter().enumerate() {
        let known = row.iter().any(|c| labels.is(c).is_some());
        let mut i = 0;
        while known && i < row.len() {
            // `: ` in a cell of its own.
            let next = (i + 1..row.len()).find(|j| !row[*j].trim().chars().all(|c| COLONS.contains(&c)) || row[*j].trim().is_empty());
            let free = next.and_then(|j| row.get(j)).filter(|v| labels.is(v).is_none());
            let word = value(&row[i]);
            if let Some(l) = labels.is(&row[i]) {
                out.push((n, l.to_string(), free.map_or(String::new(), |v| value(v))));
                i = if free.is_some() { next.map_or(row.len(), |j| j + 1) } else { i + 1 };
            } else if let Some(v) =
                free.filter(|v| row.len() % 2 == 0 && i % 2 == 0 && !word.is_empty() && word.chars().count() <= 10 && v.chars().count() <= 60)
            {
                out.push((n, word, value(v)));
                i = next.map_or(row.len(), |j| j + 1);
            } else {
                i += 1;
            }
        }
    }
    // A label above its value, in a table of one column.
    if rows.len() > 1 && rows.iter().all(|r| r.len() == 1) {
        out.clear();
        for (n, pair) in rows.windows(2).enumerate() {
            if let ([l], [v]) = (&pair[0][..], &pair[1][..])
                && let Some(l) = labels.is(l).filter(|l| status::matters(l, &value(v)))
            {
                out.push((n + 1, l.to_string(), value(v)));
            }
        }
    }
    out
}

/// The cells of a row of Markdown; none where the line is no such row. The line below the head has no cells.
pub(super) fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?;
    let inner = inner.strip_suffix('|').filter(|i| !i.ends_with('\\')).unwrap_or(inner);
    if !inner.is_empty() && inner.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')) && inner.contains('-') {
        return Some(Vec::new());
    }
    let mut out = vec![String::new()];
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                if let (Some(n), Some(cell)) = (chars.next(), out.last_mut()) {
                    cell.push(n);
                }
            }
            '|' => out.push(String::new()),
            c => out.last_mut().into_iter().for_each(|cell| cell.push(c)),
        }
    }
    out.iter_mut().for_each(|c| *c = c.replace("<br>", " ").trim().to_string());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        heads(line, &Labels::with(Vec::new())).into_iter().map(|(l, v)| format!("{l}={v}")).collect::<Vec<_>>().join(";")
    }

    #[test]
    fn labels_name_fields() {
        for (key, _) in Labels::pairs().filter(|(k, _)| !k.is_empty()) {
            assert!(crate::types::policy::RECORD.field(key).is_some(), "{key}");
        }
    }

    #[test]
    fn heads_of_six_sites() {
        assert_eq!(
            read(
                "索引号 000014349/2017-00110 主题分类 综合政务\\政务公开 发文机关 国务院办公厅 成文日期 2017年05月15日 标题 国务院办公厅关于印发指引的通知 发文字号 国办发〔2017〕47号 发布日期 2017年06月08日 主题词"
            ),
            "索引号=000014349/2017-00110;主题分类=综合政务\\政务公开;发文机关=国务院办公厅;成文日期=2017年05月15日;标题=国务院办公厅关于印发指引的通知;发文字号=国办发〔2017〕47号;发布日期=2017年06月08日;主题词="
        );
        assert_eq!(
            read("索引号：11341702486344515H/202110-00013 组配分类：公开制度 发布机构：宁国市商务局 发文日期：2021-10-08 15:47"),
            "索引号=11341702486344515H/202110-00013;组配分类=公开制度;发布机构=宁国市商务局;发文日期=2021-10-08 15:47"
        );
        assert_eq!(read("索引号 11441700007280420Y/2021-00050 分类 发布机构 成文日期 名称 文号 阳府办函〔2021〕9号 发布日期 主题词").split(';').count(), 8);
        assert_eq!(
            read("索引号 002489401/2024-274848 公开方式 主动公开 文号 杭数据综合〔2024〕9号 有效性 有效 统一编号 ZJAC75-2024-0001"),
            "索引号=002489401/2024-274848;公开方式=主动公开;文号=杭数据综合〔2024〕9号;有效性=有效;统一编号=ZJAC75-2024-0001"
        );
        assert_eq!(
            read("【公布日期】2021.04.12【字号】莆政办网传〔2021〕13号【施行日期】2021.04.12【效力等级】地方规范性文件"),
            "公布日期=2021.04.12;字号=莆政办网传〔2021〕13号;施行日期=2021.04.12;效力等级=地方规范性文件"
        );
        assert_eq!(read("**发布日期**: 2025-10-13"), "发布日期=2025-10-13");
        assert_eq!(read("发布时间：2021-04-12 09:30　来源：市政府办公室"), "发布时间=2021-04-12 09:30;来源=市政府办公室");
        for sentence in ["来源于群众的意见要认真办理。", "名称 应当规范", "第一条 发布日期由办公室确定：以印发为准", "各单位：来源要注明"]
        {
            assert_eq!(read(sentence), "", "{sentence}");
        }
    }
}
