//! Blocks: the parts of which the home page (`home:` in `site.yaml`) and topics (专题) are composed.

use super::{Language, Localized};
use crate::diag::{Diagnostic, Severity, say};
use crate::load::{Fields, Kind as NodeKind, Node};
use crate::schema::{Field, block as bl};

/// One part of a composed page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it shows.
    pub kind: BlockKind,
    /// Heading; where empty, the theme names it.
    pub title: Localized,
    /// Markdown above the rest.
    pub text: Localized,
    /// Type of the items listed, by its folder: `policies`; empty means all.
    pub of: String,
    /// Only items below this column.
    pub column: Option<String>,
    /// Only items of this theme: code or label.
    pub theme: Option<String>,
    /// Only items of this department: id.
    pub department: Option<String>,
    /// Only items with this keyword.
    pub keyword: Option<String>,
    /// Items named one by one, as `policies/2023/notice`.
    pub items: Vec<String>,
    /// Links: text, address.
    pub links: Vec<BlockLink>,
    /// Questions that a search form offers.
    pub examples: Vec<Localized>,
    /// Name of a chart of the dataset; the first without it.
    pub chart: Option<String>,
    /// How many items at most.
    pub limit: usize,
    /// Byte range in its file, for findings.
    pub at: (u32, u32),
}

/// A link of a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlockLink {
    /// What is shown.
    pub title: Localized,
    /// Where it leads.
    pub url: String,
    /// A sentence below it.
    pub note: Localized,
    /// Name of a pictogram of the theme.
    pub icon: Option<&'static str>,
}

/// What a block shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A search form.
    Search,
    /// Text.
    Text,
    /// Items by type, column, theme, department, keyword; newest first.
    List,
    /// The columns of the navigation with their latest items.
    Columns,
    /// Items named one by one.
    Items,
    /// Links.
    Links,
    /// The topics (专题).
    Topics,
    /// Themes.
    Themes,
    /// Departments.
    Departments,
    /// Latest changes.
    Changes,
    /// One chart of a dataset.
    Chart,
    /// Consultations that are open on the day.
    Consultations,
    /// What takes effect, ends or closes next.
    Soon,
    /// How the departments do, where the site has scorecards.
    Scorecards,
    /// The life of one policy (一份公告的一生).
    Story,
    /// What the build's own check found.
    Findings,
    /// Counts of what the site has.
    Numbers,
}

/// The words for [`BlockKind`].
pub static BLOCKS: &[(&str, BlockKind)] = &[
    ("search", BlockKind::Search),
    ("text", BlockKind::Text),
    ("list", BlockKind::List),
    ("columns", BlockKind::Columns),
    ("items", BlockKind::Items),
    ("links", BlockKind::Links),
    ("topics", BlockKind::Topics),
    ("themes", BlockKind::Themes),
    ("departments", BlockKind::Departments),
    ("changes", BlockKind::Changes),
    ("chart", BlockKind::Chart),
    ("consultations", BlockKind::Consultations),
    ("soon", BlockKind::Soon),
    ("scorecards", BlockKind::Scorecards),
    ("story", BlockKind::Story),
    ("findings", BlockKind::Findings),
    ("numbers", BlockKind::Numbers),
];

impl Block {
    /// A block with nothing but its kind.
    pub fn plain(kind: BlockKind) -> Block {
        let (title, text) = (Localized::default(), Localized::default());
        Block {
            kind,
            title,
            text,
            of: String::new(),
            column: None,
            theme: None,
            department: None,
            keyword: None,
            items: Vec::new(),
            links: Vec::new(),
            examples: Vec::new(),
            chart: None,
            limit: 6,
            at: (0, 0),
        }
    }
}

/// Reads a list of blocks. A single word (`- changes`) is a block with nothing but its kind.
pub fn blocks(f: &mut Fields<'_, '_>, field: &'static Field, languages: &[Language]) -> Vec<Block> {
    let mut charts = 0;
    let mut out = Vec::new();
    for node in f.entries(field) {
        let Some(b) = block(f, field, node, languages) else { continue };
        charts += usize::from(b.kind == BlockKind::Chart);
        if b.kind == BlockKind::Chart && charts > CHARTS {
            let d = Diagnostic::new("SRC017", Severity::Error, say!("`chart` 区块超过 {CHARTS} 个", "more than {CHARTS} blocks of the kind `chart`"));
            f.report_at(
                node.start,
                node.end,
                d.hint(say!("分到几个专题里，或删去多余的", "divide them among several topics, or take out what is too many")).blocking(),
            );
            break;
        }
        out.push(b);
    }
    out
}

/// Charts of a page: each is drawn once more in it.
const CHARTS: usize = 20;

fn block<'a>(f: &mut Fields<'a, '_>, list: &'static Field, node: &'a Node, languages: &[Language]) -> Option<Block> {
    let at = (node.start, node.end);
    if let NodeKind::Text(word) = &node.kind {
        let kind = BLOCKS.iter().find(|(w, _)| *w == &**word).map(|(_, k)| *k);
        if kind.is_none() {
            f.report_at(at.0, at.1, unknown(word));
        }
        return kind.map(|k| Block { at, ..Block::plain(k) });
    }
    let mut b = f.within(list, node);
    let say = |b: &mut Fields<'_, '_>, field| b.lang_text(field).map_or(Localized::default(), |t| Localized::from(t, languages).0);
    let kind = b.choice(&bl::BLOCK, BLOCKS);
    if b.empty(&bl::BLOCK) {
        b.missing(&bl::BLOCK);
    }
    let own = |b: &mut Fields<'_, '_>, field| b.text(field).map(String::from);
    let mut out = Block {
        title: say(&mut b, &bl::TITLE),
        text: say(&mut b, &bl::TEXT),
        of: own(&mut b, &bl::OF).unwrap_or_default(),
        column: own(&mut b, &bl::COLUMN),
        theme: own(&mut b, &bl::THEME),
        department: own(&mut b, &bl::DEPARTMENT),
        keyword: own(&mut b, &bl::KEYWORD),
        items: b.list(&bl::ITEMS).iter().map(|(t, _)| t.trim_matches('/').trim_end_matches(".md").to_string()).collect(),
        chart: own(&mut b, &bl::CHART),
        limit: b.count(&bl::LIMIT).map_or(6, |n| n.clamp(1, 100) as usize),
        at,
        ..Block::plain(kind.unwrap_or(BlockKind::Text))
    };
    for example in b.entries(&bl::EXAMPLES) {
        let mut e = b.within(&bl::EXAMPLES, example);
        let ask = say(&mut e, &bl::example::ASK);
        if ask.is_empty() {
            e.missing(&bl::example::ASK);
        }
        e.finish();
        out.examples.push(ask);
    }
    for link in b.entries(&bl::LINKS) {
        let mut l = b.within(&bl::LINKS, link);
        let (title, url) = (say(&mut l, &bl::link::TITLE), crate::load::web::address(&mut l, &bl::link::URL));
        if title.is_empty() {
            l.missing(&bl::link::TITLE);
        }
        if url.is_none() {
            l.missing(&bl::link::URL);
        }
        let (note, icon) = (say(&mut l, &bl::link::NOTE), l.choice(&bl::link::ICON, crate::schema::words::ICON_WORDS));
        l.finish();
        out.links.extend(url.filter(|_| !title.is_empty()).map(|url| BlockLink { title, url, note, icon }));
    }
    b.finish();
    kind.map(|_| out)
}

fn unknown(word: &str) -> Diagnostic {
    let words: Vec<&str> = BLOCKS.iter().map(|(w, _)| *w).collect();
    let list = crate::diag::Listed(words);
    Diagnostic::new("SRC008", Severity::Error, say!("没有区块 `{word}`", "there is no block `{word}`")).hint(say!("可用的区块：{list}", "blocks: {list:#}"))
}
