//! How a site names the fields of its documents: a map of our own names to the labels on its pages.

use crate::diag::{Diagnostic, Severity, say};
use crate::load::{Kind, Source, parse_yaml};

/// A field that a document is to have, and what sites call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Our name.
    pub key: String,
    /// Labels on pages.
    pub words: Vec<String>,
    /// It is missing where no label is there.
    pub wanted: bool,
}

/// The labels of six real heads (domain-rules F), and of the portals beside them.
pub fn usual() -> Vec<Label> {
    let of = |key: &str, wanted, words: &[&str]| Label { key: key.into(), words: words.iter().map(|w| (*w).to_string()).collect(), wanted };
    vec![
        of("index_no", true, &["索引号", "信息索引号", "索 引 号"]),
        of("issuer", true, &["发文机关", "发布机构", "发布单位", "制定机关", "发文单位", "公开主体"]),
        of("published_at", true, &["发布日期", "发布时间", "公布日期", "公开日期", "发文日期", "发布于", "上网日期", "上网时间"]),
        of("doc_no", false, &["发文字号", "文号", "发布文号", "文件编号", "字号"]),
        of("formed_on", false, &["成文日期", "印发日期", "生成日期"]),
        of("theme", false, &["主题分类", "组配分类", "分类"]),
        of("validity", false, &["有效性", "时效性"]),
    ]
}

/// Reads a map: `index_no: [信息编号]`, or `issuer: {labels: [来源], wanted: false}`. Its words are added to the usual ones.
pub fn labels(source: &Source, out: &mut Vec<Diagnostic>) -> Option<Vec<Label>> {
    let node = parse_yaml(source, 0..source.text.len(), out)?;
    let mut all = usual();
    let Kind::Map(pairs) = &node.kind else {
        let d = Diagnostic::new("SRC006", Severity::Error, say!("对照表应为映射", "the map of labels should be a mapping"));
        out.push(d.at(source.span(0, 1)).hint(say!("如 index_no: [信息编号]", "like index_no: [信息编号]")));
        return None;
    };
    let texts = |n: &crate::load::Node| -> Vec<String> {
        match &n.kind {
            Kind::List(l) => l.iter().filter_map(|x| x.text()).map(|t| t.trim().to_string()).filter(|t| !t.is_empty()).collect(),
            _ => n.text().map(|t| t.trim().to_string()).filter(|t| !t.is_empty()).into_iter().collect(),
        }
    };
    for (k, v) in pairs {
        let key = k.text().unwrap_or("").to_string();
        let (words, wanted) = match &v.kind {
            Kind::Map(_) => {
                (v.get("labels").map(texts).unwrap_or_default(), v.get("wanted").and_then(|n| n.text()).map(|t| matches!(t, "true" | "yes" | "是")))
            }
            _ => (texts(v), None),
        };
        if words.is_empty() {
            let d = Diagnostic::new("SRC008", Severity::Error, say!("`{key}` 没有写网页上的名称", "`{key}` names no label"));
            out.push(d.at(source.span(v.start as usize, v.end as usize)).hint(say!("如 {key}: [信息编号]", "like {key}: [信息编号]")));
            continue;
        }
        match all.iter_mut().find(|l| l.key == key) {
            Some(l) => {
                l.words.extend(words);
                l.wanted = wanted.unwrap_or(l.wanted);
            }
            None => all.push(Label { key, words, wanted: wanted.unwrap_or(true) }),
        }
    }
    Some(all)
}
