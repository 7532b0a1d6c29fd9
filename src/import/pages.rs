//! Saved pages of government sites, and texts with a head of labels: `发布日期：2021-04-12`, `【公布日期】2021.04.12`,
//! `**发布机构**: 某局`, tables of attributes, heads of several labels in one line.
//!
//! Labels are those that the fields are called by, the usual ones of portals, and those of a map. What stands behind a label that
//! is not known stays in the text.

use super::csv_list::set;
use super::mirror::{self, Mirror, line_of};
use super::reader::odd;
use super::{Asked, Brought, Draft, Importer, Value, html, norm};
use crate::diag::{Diagnostic, Phrase, Severity, Span, counted, say};
use crate::load::brought::{Piece, text};
use crate::load::{Kind, Source};
use crate::schema::item as own;
use crate::types::{Type, interpretation as itp, policy as pol};

/// Saved pages
pub(super) static HTML: Importer = Importer {
    name: "html",
    about: Phrase { zh: "存下来的网页（政府网站）", en: "saved pages of government sites" },
    wanted: |p| [".html", ".htm", ".shtml", ".xhtml"].iter().any(|e| p.to_ascii_lowercase().ends_with(e)),
    read: super::Read::All(|pieces, asked, out| read(pieces, asked, out, page)),
};

/// Texts
pub(super) static TEXT: Importer = Importer {
    name: "text",
    about: Phrase {
        zh: "TXT 或 Markdown，开头几行是“发布日期：”之类的标签", en: "TXT or Markdown that begins with labels such as 发布日期："
    },
    wanted: |p| {
        let low = p.to_ascii_lowercase();
        [".txt", ".md"].iter().any(|e| low.ends_with(e)) && !matches!(low.rsplit('/').next(), Some("readme.md" | "source.md" | "license.md" | "license.txt"))
    },
    read: super::Read::All(|pieces, asked, out| read(pieces, asked, out, plain)),
};

/// What was found in a document.
#[derive(Default)]
struct Found {
    title: String,
    /// Label, value, line.
    heads: Vec<(String, String, u32)>,
    body: String,
    old: Vec<String>,
    /// Files that its text links to.
    beside: Vec<(String, String, Span)>,
    /// Why the page is hardly a document of its own: in Chinese and English.
    doubt: Option<(&'static str, &'static str)>,
}

/// Labels of portals that no field is called by.
static LABELS: &[(&str, &[&str])] = &[
    (
        "issuer",
        &[
            "发文机关",
            "发布机构",
            "制定机关",
            "发布单位",
            "制定单位",
            "发文单位",
            "印发机关",
            "发布机关",
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
            "公开日期",
            "发布于",
            "公开时间",
            "上网日期",
            "上网时间",
            "發布日期",
            "發佈日期",
            "發布時間",
            "發佈時間",
            "公開日期",
        ],
    ),
    ("formed_on", &["成文日期", "发文日期", "印发日期", "签发日期", "生成日期", "發文日期", "簽發日期"]),
    ("effective_from", &["施行日期", "生效日期", "实施日期", "實施日期"]),
    ("expires_on", &["失效日期", "废止日期", "有效期至", "廢止日期"]),
    ("doc_no", &["发文字号", "發文字號", "文號", "字號", "文号", "字号", "发布文号", "公文文号"]),
    ("index_no", &["索引号", "索引號", "索 引 号", "信息索引号"]),
    ("reg_no", &["统一编号", "规范性文件统一编号"]),
    ("theme", &["主题分类", "主題分類"]),
    ("authority_level", &["效力等级", "效力级别"]),
    ("disclosure_mode", &["公开方式"]),
    ("doc_type", &["文种", "公文种类"]),
    ("title", &["标题", "標題", "名称", "信息名称", "文件名称"]),
    ("keywords", &["主题词", "關鍵詞", "關鍵字", "关键词", "关 键 词", "检索关键词"]),
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
            "時效性",
            "效力状态",
            "是否有效",
            "状态",
            "狀態",
            "文件状态",
            "时效状态",
            "施行状态",
            "主题导航",
            "解读地址",
            "体裁分类",
            "服务对象",
            "公开范围",
            "公开时限",
            "公开程序",
            "检索时间",
            "浏览次数",
            "阅读次数",
            "点击数",
        ],
    ),
];

/// A label, and the key of the field it means; none is kept under `extra`.
type Labels = Vec<(String, String)>;

fn labels(asked: &Asked<'_>) -> Labels {
    let mut out: Labels = Vec::new();
    // A map says `field: label` or `field: [labels]`.
    if let Some(Kind::Map(p)) = asked.map.map(|(_, n)| &n.kind) {
        for (k, v) in p {
            out.extend(super::reader::list(v).into_iter().map(|l| (l, k.text().unwrap_or("").to_string())));
        }
    }
    for (key, words) in LABELS {
        for w in *words {
            if !out.iter().any(|(l, _)| l == w) {
                out.push(((*w).to_string(), (*key).to_string()));
            }
        }
    }
    // 发文字号 before 字号
    out.sort_by_key(|(l, _)| std::cmp::Reverse(l.chars().count()));
    out
}

fn read(pieces: &[Piece], asked: &Asked<'_>, out: &mut Vec<Diagnostic>, find: fn(&Source, &Labels, &Mirror<'_>, &mut Vec<Diagnostic>) -> Found) -> Brought {
    let labels = labels(asked);
    let mirror = Mirror { there: asked.there, base: asked.base, pages: pieces.iter().map(|p| p.path.as_str()).collect() };
    let mut brought = Brought::default();
    for p in pieces {
        let Some((content, encoding)) = text(&p.bytes) else {
            out.push(
                Diagnostic::new("IMP001", Severity::Error, say!("不是文字文件，未导入", "no text file; not imported"))
                    .at(Span::file(&p.path))
                    .hint(say!("看看文件是否损坏", "see whether the file is damaged")),
            );
            continue;
        };
        brought.seen += 1;
        let content = content.replace("\r\n", "\n");
        let source = Source::new(p.path.as_str(), content);
        if let Some(e) = encoding.filter(|e| *e != "gb18030" && *e != "GBK") {
            out.push(odd(
                Span::file(&p.path),
                say!("文件编码是 {e}，已转换", "the file is in {e}; converted"),
                say!("看看文字对不对", "see whether its text is right"),
            ));
        }
        let found = find(&source, &labels, &mirror, out);
        brought.drafts.push(draft(&source, p, found, &labels, asked, out));
    }
    link(&mut brought.drafts, asked);
    brought
}

/// A line such as `级别：市级` whose label is not known: a short word, a colon, a short value that is no sentence.
fn stranger(line: &str) -> Option<(String, String)> {
    let bare = line.trim_matches([' ', '\u{3000}', '*', '-', '|', '\u{feff}']);
    let (label, value) = match bare.strip_prefix('【') {
        Some(r) => r.split_once('】')?,
        None => bare.split_once(['：', ':'])?,
    };
    let (label, value) = (label.trim_matches([' ', '\u{3000}', '*']), value.trim_matches([' ', '\u{3000}', '*', '：', ':']));
    let short = !label.is_empty() && label.chars().count() <= 10 && value.chars().count() <= 60;
    let word = label.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '\u{3000}'));
    (short && word && !value.ends_with(['。', '！', '？', '：', '；'])).then(|| (label.to_string(), value.to_string()))
}

/// Whether a label that is known follows before anything that is no label.
fn follows<'a>(rest: impl Iterator<Item = &'a str>, labels: &Labels) -> bool {
    for line in rest.take(10) {
        let bare = line.trim_matches([' ', '\u{3000}', '\u{feff}']);
        if !heads(bare, labels).is_empty() {
            return true;
        }
        if !bare.is_empty() && stranger(bare).is_none() {
            return false;
        }
    }
    false
}

/// Words of a title that say that it explains something.
fn explains(title: &str) -> bool {
    ["解读", "问答实录", "一图读懂", "图解", "答记者问"].iter().any(|w| title.contains(w))
}

fn draft(source: &Source, p: &Piece, found: Found, labels: &Labels, asked: &Asked<'_>, out: &mut Vec<Diagnostic>) -> Draft {
    let head = |key: &str| found.heads.iter().find(|(l, _, _)| labels.iter().any(|(n, k)| n == l && k == key)).map(|(_, v, _)| v.clone());
    let title = [head("title").unwrap_or_default(), found.title.clone(), super::jkan::stem(&p.path).to_string()]
        .into_iter()
        .find(|t| !t.is_empty())
        .unwrap_or_default();
    let kind: &'static Type = asked.kind.unwrap_or(if explains(&title) { &itp::TYPE } else { &pol::TYPE });
    let mut d = Draft::new(kind, p.path.clone(), "", source.span(0, 1));
    d.set(&own::TITLE, Value::text(title.split_whitespace().collect::<Vec<_>>().join(" ")));
    let mut over: Option<(String, String, Span)> = None;
    for (label, value, line) in &found.heads {
        let key = labels.iter().find(|(l, _)| l == label).map_or("", |(_, k)| k.as_str());
        let value = value.trim();
        if value.is_empty() || key == "title" {
            continue;
        }
        let at = line_of(source, *line);
        if key.is_empty() && crate::load::validity_of(label, value).is_some() {
            over = Some((label.clone(), value.to_string(), at.clone()));
        }
        let field = if key == "issuer" { Some(kind.issuer) } else { kind.record.field(key) };
        let Some(f) = field.filter(|f| d.get(f).is_none()) else {
            d.keep(label, Value::text(value));
            continue;
        };
        match key {
            // 综合政务\政务公开
            "theme" => {
                let path = value.replace("\\\\", "/").replace(['\\', '／', '>'], "/").replace("//", "/");
                d.set(f, Value::List(path.split([';', '；', '、']).map(|t| Value::text(t.trim())).collect()));
            }
            "doc_no" if matches!(value, "无" | "无文号" | "-" | "/") => d.set(f, Value::text("none")),
            "source_url" => {
                // `[address](address)`
                let url = value.trim_start_matches('[').split(']').next().unwrap_or(value).trim();
                set(&mut d, f, label, url, &at, out);
                if let norm::Read::Sure(u) = norm::address(url) {
                    d.old.push(u);
                }
            }
            "source" if value.contains("://") => set(&mut d, &own::SOURCE_URL, label, value, &at, out),
            _ => set(&mut d, f, label, value, &at, out),
        }
    }
    // A policy that is repealed is not published as one in force.
    if let Some((label, value, at)) = over
        && let Some(field) = super::status::says(&d, &label, &value, asked)
    {
        super::status::keep(&mut d, &label, &value, field, at, out);
    }
    if let Some((zh, en)) = found.doubt {
        d.set(&own::DRAFT, Value::text("true"));
        out.push(odd(
            source.span(0, 1),
            say!("{zh}，不像一份文件，导入为草稿", "{en}, hardly a document; imported as a draft"),
            say!("不要就删去；是文件就去掉 draft", "delete it, or take draft out where it is a document"),
        ));
    }
    d.old.extend(found.old);
    d.beside = found.beside;
    d.body = found.body;
    if d.body.trim().is_empty() {
        out.push(odd(
            source.span(0, 1),
            say!("没有找到正文", "no text was found"),
            say!("看看页面：正文可能是图片、附件，或由脚本载入", "look at the page: its text may be a picture, an attachment, or loaded by a script"),
        ));
    }
    noise(source, &d.body, out);
    let day =
        [&own::PUBLISHED_AT, &own::FORMED_ON].into_iter().find_map(|f| if let Some(Value::Text(t)) = d.get(f) { t.get(..4).map(String::from) } else { None });
    let short: String = title.chars().filter(|c| !"《》“”（）()、，：:".contains(*c)).take(16).collect();
    let name = norm::slug(&short);
    d.name = day.map_or(name.clone(), |y| format!("{y}/{name}"));
    if !kind.markdown {
        let body = std::mem::take(&mut d.body);
        d.set(&own::DESCRIPTION, Value::Text(body));
    }
    d
}

/// Interpretations name the policy of which they tell; one that is not here is named by its title.
fn link(drafts: &mut [Draft], asked: &Asked<'_>) {
    let title = |d: &Draft| if let Some(Value::Text(t)) = d.get(&own::TITLE) { t.clone() } else { String::new() };
    let bare = |t: &str| -> String { t.chars().filter(|c| c.is_alphanumeric()).collect() };
    let mut known: Vec<(String, String)> = drafts.iter().filter(|d| d.kind.folder == pol::TYPE.folder).map(|d| (bare(&title(d)), d.name.clone())).collect();
    known.extend(asked.portal.items.iter().filter_map(|i| {
        let path = i.id.strip_prefix("policies/")?;
        Some((bare(&i.editions.first()?.title), path.to_string()))
    }));
    for d in drafts.iter_mut().filter(|d| d.kind.folder == itp::TYPE.folder) {
        let t = title(d);
        let Some(named) = t.split_once('《').and_then(|(_, r)| r.rsplit_once('》')).map(|(n, _)| n.to_string()) else { continue };
        let wanted = bare(&named);
        let hit = known.iter().find(|(k, _)| !wanted.is_empty() && (*k == wanted || k.contains(&wanted)));
        match hit {
            Some((_, path)) => d.set(&itp::POLICIES, Value::List(vec![Value::text(path.clone())])),
            None => d.set(&itp::POLICY_REF_EXTERNAL, Value::List(vec![Value::Map(vec![(itp::external::TITLE.key.to_string(), Value::Text(named))])])),
        }
    }
}

/// What machines leave in texts.
fn noise(source: &Source, body: &str, out: &mut Vec<Diagnostic>) {
    // `政(zhèng)策(cè)`: glosses behind single signs.
    let marks = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ";
    let glosses = body.matches('(').count() + body.matches('（').count();
    if glosses > 3 {
        let chars: Vec<char> = body.chars().collect();
        let found = chars
            .windows(3)
            .filter(|w| ('\u{4e00}'..='\u{9fff}').contains(&w[0]) && matches!(w[1], '(' | '（') && (w[2].is_ascii_lowercase() || marks.contains(w[2])))
            .count();
        if found > 3 {
            out.push(odd(
                source.span(0, 1),
                say!("正文里有 {found} 处拼音注音", "the text has {found} glosses in pinyin"),
                say!("是转换留下的就删去", "take them out where a machine left them"),
            ));
        }
    }
    let lost = body.matches('\u{FFFD}').count();
    if lost > 0 {
        out.push(odd(
            source.span(0, 1),
            say!("正文里有 {lost} 个坏字（\u{FFFD}）", "the text has {lost} broken signs (\u{FFFD})"),
            say!("对照原文改正", "correct them by the original"),
        ));
    }
    let half = body.matches("锟斤拷").count() + body.matches("烫烫烫").count();
    if half > 0 {
        let places = counted(half as u64, "place", "places");
        out.push(odd(
            source.span(0, 1),
            say!("正文里有 {half} 处乱码", "the text is garbled in {places}"),
            say!("重新保存网页，注意编码", "save the page again, minding its encoding"),
        ));
    }
}

/// Takes a line apart that begins with a label. `索引号 A/1 主题分类 B 发文机关 C` has three.
fn heads(line: &str, labels: &Labels) -> Vec<(String, String)> {
    let strip = |t: &str| t.trim_matches([' ', '\u{3000}', '\u{a0}', '*', '【', '】', '|', '［', '］', '[', '\t', '•', '·', '-']).to_string();
    // Where labels begin: at the start, or behind a blank or a bracket.
    let mut hits: Vec<(usize, usize, &str)> = Vec::new();
    for (label, _) in labels {
        for (at, _) in line.match_indices(label.as_str()) {
            let end = at + label.len();
            let before = line[..at].chars().next_back();
            let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '【' | '［' | '[' | '*' | '|' | '\u{3000}' | '；' | ';' | '•' | '·'));
            let after = line[end..].chars().next();
            let ends = after.is_none_or(|c| c.is_whitespace() || matches!(c, '：' | ':' | '】' | '］' | ']' | '*' | '|' | '\u{3000}'));
            if free && ends && !hits.iter().any(|(s, e, _)| at < *e && *s < end) {
                hits.push((at, end, label));
            }
        }
    }
    hits.sort_unstable();
    let Some((first, first_end, _)) = hits.first().copied() else { return Vec::new() };
    if !strip(&line[..first]).is_empty() {
        return Vec::new();
    }
    // One label wants a colon or brackets: 来源 may begin a sentence.
    let sign = line[first_end..].trim_start_matches(['*', ' ', '\u{3000}']).starts_with(['：', ':', '】', '］', ']', '|']);
    if hits.len() < 3 && !sign {
        return Vec::new();
    }
    // In a line with colons, a label without one is a word of a value.
    if sign {
        hits.retain(|(_, e, _)| line[*e..].trim_start_matches(['*', ' ', '\u{3000}']).starts_with(['：', ':', '】', '］', ']', '|']));
    }
    let ends: Vec<usize> = hits.iter().skip(1).map(|h| h.0).chain([line.len()]).collect();
    hits.iter()
        .zip(ends)
        .map(|((_, e, l), end)| {
            (
                (*l).to_string(),
                strip(
                    line[*e..end]
                        .trim_start_matches(['：', ':', '】', '］', ']', '*', '|', ' ', '\u{3000}', '\u{a0}'])
                        .trim_start_matches(['：', ':', ' ', '\u{3000}']),
                ),
            )
        })
        .collect()
}

/// A text whose first lines may be labels.
fn plain(source: &Source, labels: &Labels, _: &Mirror<'_>, _: &mut Vec<Diagnostic>) -> Found {
    let mut found = Found::default();
    let mut body: Vec<&str> = Vec::new();
    let mut in_head = true;
    for (i, line) in source.text.lines().enumerate() {
        let bare = line.trim_matches([' ', '\u{3000}', '\u{feff}']);
        if in_head {
            if found.title.is_empty() && !bare.is_empty() && heads(bare, labels).is_empty() {
                found.title = bare.trim_start_matches('#').trim().to_string();
                continue;
            }
            let here = heads(bare, labels);
            if !here.is_empty() {
                found.heads.extend(here.into_iter().map(|(l, v)| (l, v, i as u32 + 1)));
                continue;
            }
            if bare.is_empty() || bare == "---" || bare == "<!-- INFO END -->" {
                continue;
            }
            // A label that nobody knows does not end the head while others follow.
            if let Some((l, v)) = stranger(bare)
                && follows(source.text.lines().skip(i + 1), labels)
            {
                found.heads.push((l, v, i as u32 + 1));
                continue;
            }
            in_head = false;
        }
        if body.is_empty() && matches!(bare, "## 政策全文" | "## 正文" | "政策全文" | "正文：") {
            continue;
        }
        body.push(line);
    }
    let text = body.join("\n").replace("<!-- INFO END -->", "");
    // In a text without Markdown every line is a paragraph, indented by two wide blanks.
    let markdown = source.path.ends_with(".md");
    found.body = if markdown {
        text.lines().map(|l| l.trim_start_matches('\u{3000}').trim_end()).collect::<Vec<_>>().join("\n")
    } else {
        text.lines().map(|l| html::start(&html::escape(l.trim_matches([' ', '\u{3000}', '\t'])))).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n\n")
    };
    found.body = found.body.trim_matches('\n').to_string();
    found
}

/// Tags of the head that Chinese government sites have (国办发〔2017〕47号), and the labels that they are as good as.
static METAS: &[(&str, &str)] =
    &[("articletitle", "标题"), ("pubdate", "发布日期"), ("contentsource", "来源"), ("keywords", "关键词"), ("description", "摘要"), ("author", "责任编辑")];

fn page(source: &Source, labels: &Labels, mirror: &Mirror<'_>, out: &mut Vec<Diagnostic>) -> Found {
    let mut root = html::parse(&source.text);
    let bared = super::look::bared(&mut root);
    let root = root;
    let all = root.all();
    let mut found = Found { old: vec![format!("/{}", source.path)], ..Found::default() };
    // Where a browser saved it from.
    if let Some(url) = source
        .text
        .split_once("saved from url=(")
        .and_then(|(_, r)| r.split_once(')'))
        .map(|(_, r)| r.split(" -->").next().unwrap_or("").trim())
        .filter(|u| u.starts_with("http"))
    {
        found.old = vec![url.to_string()];
    }
    for e in &all {
        if e.name == "link" && e.attr("rel") == "canonical" && e.attr("href").starts_with("http") {
            found.old = vec![e.attr("href").to_string()];
        }
    }
    if let Some(base) = mirror.base {
        found.old = vec![base.to_string()];
    }
    let main = main_of(&root);
    // Lines of the page up to its text, and of its text.
    let mut lines: Vec<(String, u32)> = Vec::new();
    for e in &all {
        match &*e.name {
            "tr" => {
                let cells: Vec<String> = e
                    .inner
                    .iter()
                    .filter_map(|h| if let html::Html::Element(c) = h { matches!(&*c.name, "td" | "th").then(|| c.text()) } else { None })
                    .collect();
                for pair in cells.chunks(2) {
                    let label = pair[0].trim_matches(['：', ':', ' ', '【', '】', '\u{3000}']).replace([' ', '\u{3000}'], "");
                    if let [_, value] = pair
                        && labels.iter().any(|(l, _)| l.replace(' ', "") == label)
                    {
                        lines.push((format!("{label}：{value}"), e.line));
                    }
                }
            }
            "p" | "li" | "div" | "span" | "dd" | "dt" | "h2" | "h3" | "td"
                if !e.inner.iter().any(|h| matches!(h, html::Html::Element(c) if matches!(&*c.name, "p" | "li" | "div" | "table" | "tr" | "ul"))) =>
            {
                let t = e.text();
                if t.chars().count() < 600 {
                    lines.push((t, e.line));
                }
            }
            _ => {}
        }
    }
    let mut i = 0;
    while i < lines.len() {
        let mut here = heads(&lines[i].0, labels);
        if let Some((l, v)) = here.last_mut()
            && v.is_empty()
            && let Some((next, _)) = lines.get(i + 1).filter(|(n, _)| heads(n, labels).is_empty() && n.chars().count() < 120)
        {
            let _ = l;
            v.clone_from(next);
        }
        for (l, v) in here {
            if !found.heads.iter().any(|(o, _, _)| *o == l) {
                found.heads.push((l, v, lines[i].1));
            }
        }
        i += 1;
    }
    for e in &all {
        if e.name == "meta"
            && let Some((_, label)) = METAS.iter().find(|(m, _)| e.attr("name").eq_ignore_ascii_case(m))
            && !e.attr("content").is_empty()
        {
            // The tag says what it says without signs around it: it wins over what stands on the page.
            if *label == "标题" {
                found.title = e.attr("content").to_string();
            } else if !found
                .heads
                .iter()
                .any(|(l, _, _)| labels.iter().find(|(n, _)| n == l).map(|(_, k)| k) == labels.iter().find(|(n, _)| n == label).map(|(_, k)| k))
            {
                found.heads.push(((*label).to_string(), e.attr("content").to_string(), e.line));
            }
        }
    }
    if found.title.is_empty() {
        let first = |name: &str| all.iter().find(|e| e.name == name).map(|e| e.text()).filter(|t| !t.is_empty());
        found.title = first("h1").or_else(|| first("title").map(|t| t.split(['_', '|']).next().unwrap_or("").trim().to_string())).unwrap_or_default();
    }
    let mut main = main.clone();
    let at = found.old.first().map(String::as_str).filter(|a| a.contains("://"));
    found.beside = mirror.settle(&mut main, &source.path, at, source, out);
    let made = html::Made { hidden: bared.hidden, formulas: bared.formulas, ..html::of(&main) };
    super::reader::told(&made, &|line| line_of(source, line), out);
    wrong(source, &found.title, &made.text, out);
    if !made.dropped.is_empty() {
        let list = made.dropped.join(", ");
        out.push(odd(
            source.span(0, 1),
            say!("正文里的 {list} 已去掉", "{list} in the text taken out"),
            say!("网页不收脚本和嵌入内容", "scripts and embedded pages are not taken over"),
        ));
    }
    for (src, has, line) in &made.pictures {
        if !has {
            let src = mirror::shown(src);
            out.push(odd(
                line_of(source, *line),
                say!("图片 {src} 没有文字说明", "the picture {src} has no text in its place"),
                say!("在 `![]` 的方括号里写上图里说了什么", "say in the brackets of `![]` what the picture shows"),
            ));
        }
    }
    found.body = undressed(&made.text, &found.title, labels, &[]);
    found.doubt = doubt(source, &all, &found);
    found
}

/// Why a page is none of a document: it leads elsewhere, is a part of the site itself, lists others, or is empty.
fn doubt(source: &Source, all: &[&html::Element], found: &Found) -> Option<(&'static str, &'static str)> {
    if all.iter().any(|e| e.name == "meta" && e.attr("http-equiv").eq_ignore_ascii_case("refresh") && e.attr("content").to_ascii_lowercase().contains("url")) {
        return Some(("网页只是转到别处", "the page leads elsewhere"));
    }
    let title = found.title.trim();
    let path = source.path.to_ascii_lowercase();
    let part = |words: &[&str]| path.split(['/', '.']).any(|p| words.contains(&p));
    if part(&["404", "403", "500", "search", "sitemap"])
        || matches!(title, "网站地图" | "站点地图" | "搜索" | "站内搜索" | "没有找到页面" | "页面不存在" | "Search" | "Sitemap" | "Page not found")
    {
        return Some(("这是出错、搜索或网站地图的页面", "it is a page of errors, of search or of the site's map"));
    }
    let lines: Vec<&str> = found.body.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#') && !l.starts_with("| ---")).collect();
    if lines.is_empty() {
        return Some(("网页没有正文", "the page has no text"));
    }
    // In a list nearly every line is a link, and no line is a paragraph.
    let links = lines.iter().filter(|l| l.contains("](") && !l.contains("![")).count();
    let long = lines.iter().any(|l| !l.contains("](") && l.chars().count() > 60);
    (links >= 3 && links * 10 >= lines.len() * 7 && !long).then_some(("网页是别的网页的列表", "the page lists others"))
}

/// Pages that a server gave instead of the document, and those that were cut off on the way.
fn wrong(source: &Source, title: &str, text: &str, out: &mut Vec<Diagnostic>) {
    let low = title.to_lowercase();
    let few = text.chars().count() < 400;
    let number = ["404", "403", "500", "502", "503", "504"].iter().any(|n| low.split(|c: char| !c.is_ascii_digit()).any(|p| p == *n));
    let words = ["not found", "forbidden", "bad gateway", "error", "access denied", "页面不存在", "找不到", "无法访问", "出错", "错误"];
    if few && (number || words.iter().any(|w| low.contains(w)) || (low.is_empty() && words.iter().any(|w| text.to_lowercase().contains(w)))) {
        out.push(odd(
            source.span(0, 1),
            say!("这像是服务器的出错页面（“{title}”），不是文件", "this looks like an error page of a server (“{title}”), not like a document"),
            say!("重新存这一页；导入的这一条不要就删去", "save the page again; delete the item that was made of it"),
        ));
    }
    let whole = source.text.to_lowercase();
    if whole.contains("<html") && !whole.contains("</html") && !whole.contains("</body") {
        let end = source.text.trim_end().len();
        out.push(odd(
            source.span(end.saturating_sub(1), end),
            say!("网页到这里断了，没有 </html>", "the page breaks off here, without </html>"),
            say!("重新存这一页，看看正文全不全", "save the page again, and see whether its text is whole"),
        ));
    }
}

/// A text without what stands before it on the page.
fn undressed(text: &str, title: &str, labels: &Labels, others: &[String]) -> String {
    // Heads, the title and the buttons of the old site are no text.
    let title: String = title.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut begun = false;
    for line in text.lines() {
        let bare = line.trim().trim_matches(['#', '*', ' ', '|', '\\']);
        let letters: String = bare.chars().filter(|c| c.is_alphanumeric()).collect();
        if !begun {
            let dressing = bare.is_empty()
                || letters == title
                || !heads(bare, labels).is_empty()
                || stranger(bare).is_some_and(|(l, _)| others.contains(&l))
                || BUTTONS.iter().any(|b| letters == *b)
                || ["当前位置", "您的位置", "您现在的位置"].iter().any(|b| letters.starts_with(b))
                || line.starts_with("| ---")
                || (line.starts_with('|') && row_of_labels(line, labels));
            if dressing {
                continue;
            }
            begun = true;
        }
        if BUTTONS.iter().any(|b| letters == *b) {
            continue;
        }
        kept.push(line);
    }
    kept.join("\n").trim_matches('\n').to_string()
}

/// A document of which the first paragraphs are known: title, lines of labels, then the text.
pub(super) fn from_lines(path: &str, lines: &[String], text: &str, asked: &Asked<'_>, out: &mut Vec<Diagnostic>) -> Draft {
    let labels = labels(asked);
    let mut found = Found::default();
    let mut others: Vec<String> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let here = heads(line, &labels);
        if !here.is_empty() {
            found.heads.extend(here.into_iter().map(|(l, v)| (l, v, 1)));
        } else if found.title.is_empty() {
            found.title.clone_from(line);
        } else if let Some((l, v)) = stranger(line)
            && follows(lines.iter().skip(i + 1).map(String::as_str), &labels)
        {
            others.push(l.clone());
            found.heads.push((l, v, 1));
        } else {
            break;
        }
    }
    found.body = undressed(text, &found.title, &labels, &others);
    let (source, piece) = (Source::new(path, ""), Piece { path: path.to_string(), bytes: Vec::new(), file: None });
    let mut d = draft(&source, &piece, found, &labels, asked, out);
    link(std::slice::from_mut(&mut d), asked);
    d
}

/// A row of a table of attributes.
fn row_of_labels(line: &str, labels: &Labels) -> bool {
    line.split('|').any(|c| {
        let c: String = c.trim().trim_matches(['：', ':', '*']).chars().filter(|c| !c.is_whitespace()).collect();
        labels.iter().any(|(l, _)| *l == c)
    })
}

/// Words beside a text that belong to the old site.
static BUTTONS: &[&str] = &[
    "打印",
    "关闭",
    "打印本页",
    "关闭窗口",
    "分享",
    "分享到",
    "字号大中小",
    "大中小",
    "字体大中小",
    "打印关闭",
    "我要纠错",
    "收藏",
    "上一篇",
    "下一篇",
    "当前位置",
    "您的位置",
    "返回顶部",
    "扫一扫",
    "无障碍",
    "首页",
];

/// Classes and ids in which the content systems of these sites put the text.
static MAINS: &[&str] = &[
    "ucap-content",
    "trs_editor",
    "trs_ueditor",
    "pages_content",
    "article-content",
    "article_content",
    "articlecontent",
    "xxgk_content",
    "zoom",
    "content-text",
    "news_content",
    "bt-content",
    "view_content",
    "main-text",
    "text-content",
];

/// The element that holds the text: what the usual systems call so, else the deepest that has most of the words outside of links.
fn main_of(root: &html::Element) -> &html::Element {
    let named = root.all().into_iter().find(|e| {
        let words = format!("{} {}", e.attr("id"), e.attr("class")).to_ascii_lowercase();
        words.split_whitespace().any(|w| MAINS.contains(&w)) && own_words(e) > 20
    });
    if let Some(e) = named {
        return e;
    }
    let mut here = root;
    loop {
        let whole = own_words(here);
        let next = here.inner.iter().filter_map(|h| if let html::Html::Element(e) = h { Some(e) } else { None }).find(|e| own_words(e) * 10 > whole * 6);
        match next {
            Some(e) if !matches!(&*e.name, "p" | "span" | "table" | "tbody" | "tr") || e.name == "table" && e.all().len() > 200 => here = e,
            _ => return here,
        }
    }
}

/// Characters of an element that are not links, scripts or navigation.
fn own_words(e: &html::Element) -> usize {
    if matches!(&*e.name, "a" | "script" | "style" | "nav" | "header" | "footer" | "select" | "head" | "form" | "noscript") {
        return 0;
    }
    e.inner
        .iter()
        .map(|h| match h {
            html::Html::Text(t) => t.chars().filter(|c| !c.is_whitespace()).count(),
            html::Html::Element(e) => own_words(e),
        })
        .sum()
}

/// The field of a key, for the guide's test.
#[cfg(test)]
fn known(key: &str) -> Option<&'static crate::schema::Field> {
    pol::RECORD.field(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Labels {
        let mut out: Labels = LABELS.iter().flat_map(|(k, w)| w.iter().map(|w| ((*w).to_string(), (*k).to_string()))).collect();
        out.sort_by_key(|(l, _)| std::cmp::Reverse(l.chars().count()));
        out
    }

    fn read(line: &str) -> String {
        heads(line, &all()).into_iter().map(|(l, v)| format!("{l}={v}")).collect::<Vec<_>>().join(";")
    }

    #[test]
    fn labels_name_fields() {
        for (key, _) in LABELS.iter().filter(|(k, _)| !k.is_empty()) {
            assert!(known(key).is_some(), "{key}");
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
            read("索引号 002489401/2024-274848 公开方式 主动公开 文号 杭数据综合〔2024〕9号 有效性 有效 统一编号 ZJAC75-2024-0001").split(';').nth(4),
            Some("统一编号=ZJAC75-2024-0001")
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
