//! MET001: mandatory meta tag missing.

use super::*;
use crate::diag::say;

/// MET001
pub(super) static RULE: Rule = Rule {
    code: "MET001",
    title: Phrase { zh: "网页标签缺项", en: "mandatory meta tag missing" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "文章页必须有 ArticleTitle、PubDate、ContentSource，栏目页必须有 ColumnName、ColumnDescription、ColumnKeywords、ColumnType。缺的标签不会输出空值，而是省略。",
        en: "An article has ArticleTitle, PubDate and ContentSource; a column has ColumnName, ColumnDescription, ColumnKeywords and ColumnType. What is missing is left out, never written empty.",
    },
    source: "国办发〔2017〕47号 附件：网页标签",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    for c in &input.portal.columns {
        let Some(file) = &c.file else { continue };
        let lacking: Vec<&str> = [("description", c.description.is_empty()), ("keywords", c.keywords.is_empty()), ("type", c.column_type.is_none())]
            .into_iter()
            .filter(|(_, l)| *l)
            .map(|(k, _)| k)
            .collect();
        if !lacking.is_empty() {
            let list = crate::diag::Listed(lacking);
            found.add(
                crate::diag::Span::file(file),
                say!("栏目缺少 {list}，标签 ColumnDescription、ColumnKeywords、ColumnType 不全", "the column lacks {list:#}: its tags are incomplete"),
                say!("在 _column.yaml 补上", "add them to _column.yaml"),
            );
        }
    }
    // A value that is there and not understood has its own finding already.
    let told = |item: &Item, key: &str| item.doc().says(key);
    for item in input.portal.items.iter().filter(|i| !i.draft) {
        // UPD005 tells it where the column promises updates.
        if item.published.is_none() && !told(item, "published_at") && !upd005::undated(input, item) {
            found.key(
                item,
                "published_at",
                say!("没有发布日期，缺标签 PubDate", "no day of publication: the tag PubDate is missing"),
                say!("加 published_at: 2021-04-12", "add published_at: 2021-04-12"),
            );
        }
        if item.issuers.is_empty()
            && item.source.is_none()
            && !told(item, "interpreter_org")
            && !item.kind.issuer.spellings().chain(["issuer"]).any(|k| told(item, k))
        {
            let key = item.kind.issuer.key;
            // The line that is there and empty is the one to fill.
            let empty = item.kind.issuer.spellings().chain(["issuer", "interpreter_org"]).find(|k| item.doc().left_empty(k));
            found.key(
                item,
                empty.unwrap_or("source"),
                say!("没有发布机构或来源，缺标签 ContentSource", "neither issuer nor source: the tag ContentSource is missing"),
                say!("加 {key}: 或 source:", "add {key}: or source:"),
            );
        }
    }
}
