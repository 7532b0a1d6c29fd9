//! Two versions of a policy, clause by clause: which are compared, and what became of each article.

mod align;
mod marks;
pub mod units;

pub use marks::Mark;
pub use units::{Kind, Unit};

use super::Relations;
use crate::load::blocks::Block;
use crate::model::{Item, Public};

/// What became of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Its text is the same; its number may be another.
    Same,
    /// Its text was changed.
    Changed,
    /// Its text is the same and stands elsewhere in the order.
    Moved,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

impl State {
    /// All, in the order in which they are counted.
    pub const ALL: [State; 5] = [State::Changed, State::Moved, State::Added, State::Removed, State::Same];

    /// Word in messages and classes.
    pub const fn code(self) -> &'static str {
        match self {
            State::Same => "same",
            State::Changed => "changed",
            State::Moved => "moved",
            State::Added => "added",
            State::Removed => "removed",
        }
    }
}

/// A unit of the one, the other, or both texts.
#[derive(Debug, Clone)]
pub struct Row {
    /// What became of it.
    pub state: State,
    /// It stands elsewhere in the order; a changed one may, too.
    pub moved: bool,
    /// In the old text.
    pub old: Option<Unit>,
    /// In the new text.
    pub new: Option<Unit>,
    /// The pieces of a changed one; empty for the others.
    pub marks: Vec<(Mark, String)>,
}

impl Row {
    /// What it is: as in the new text, else as in the old one.
    pub fn kind(&self) -> Kind {
        self.new.as_ref().or(self.old.as_ref()).map_or(Kind::Paragraph, |u| u.kind)
    }
}

/// Whether two texts are the same but for blanks and the width of signs.
pub fn same_words(a: &str, b: &str) -> bool {
    align::squeezed(a) == align::squeezed(b)
}

/// Characters of both texts, in changed articles and paragraphs, that are compared one by one; beyond them sentences are.
const CHARACTERS: usize = 200_000;

/// Most lines of a text that is compared.
const LINES: usize = 20_000;

/// Compares two texts. The rows follow the new text; what is gone stands where it was.
pub fn compare(old: &[Block], new: &[Block]) -> Vec<Row> {
    let (old, new) = (units::units(old), units::units(new));
    let was = align::align(&old, &new);
    let moved = align::moved(&old, &new, &was);
    let mut kept = vec![false; old.len()];
    was.iter().flatten().for_each(|o| kept[*o] = true);
    let mut rows = Vec::with_capacity(old.len().max(new.len()));
    let (mut told, mut left) = (0, CHARACTERS);
    let mut gone = |upto: usize, rows: &mut Vec<Row>| {
        for o in told..upto.max(told) {
            if !kept[o] {
                rows.push(Row { state: State::Removed, moved: false, old: Some(old[o].clone()), new: None, marks: Vec::new() });
            }
        }
        told = told.max(upto);
    };
    for (n, unit) in new.iter().enumerate() {
        let Some(o) = was[n] else {
            rows.push(Row { state: State::Added, moved: false, old: None, new: Some(unit.clone()), marks: Vec::new() });
            continue;
        };
        if !moved[n] && unit.kind != Kind::Heading {
            gone(o, &mut rows);
        }
        let same = align::squeezed(&old[o].text) == align::squeezed(&unit.text);
        let state = match (same, moved[n]) {
            (true, false) => State::Same,
            (true, true) => State::Moved,
            (false, _) => State::Changed,
        };
        let marks = if same { Vec::new() } else { marks::marks(&old[o].text, &unit.text, &mut left) };
        rows.push(Row { state, moved: moved[n], old: Some(old[o].clone()), new: Some(unit.clone()), marks });
    }
    gone(old.len(), &mut rows);
    rows
}

/// What the figures of a comparison count: articles, or paragraphs where there are none.
pub fn counted(rows: &[Row]) -> Kind {
    if rows.iter().any(|r| r.kind() == Kind::Article) { Kind::Article } else { Kind::Paragraph }
}

/// How many articles came to each state, in the order of [`State::ALL`]; paragraphs, where there are no articles.
pub fn counts(rows: &[Row]) -> [usize; 5] {
    let kind = counted(rows);
    State::ALL.map(|s| rows.iter().filter(|r| r.state == s && r.kind() == kind).count())
}

/// How many paragraphs outside the articles (a title, a preamble) are not the same; none where paragraphs are what is counted.
pub fn besides(rows: &[Row]) -> usize {
    let apart = |r: &&Row| r.kind() == Kind::Paragraph && r.state != State::Same;
    if counted(rows) == Kind::Article { rows.iter().filter(apart).count() } else { 0 }
}

/// Most versions that one policy is compared with.
const MOST: usize = 20;

/// For each item the earlier versions that it is compared with: the version before it, what it took the place of, and what it repeals
/// or amends where it is the same document by its title. A decision that only lists amendments has no clauses in common with them.
pub(super) fn pairs(public: &Public, relations: &[Relations]) -> Vec<Vec<u32>> {
    let mut out: Vec<Vec<u32>> = vec![Vec::new(); public.items.len()];
    for (i, item) in public.items.iter().enumerate().filter(|(_, it)| it.policy().is_some()) {
        let r = &relations[i];
        let before = r.versions.iter().skip_while(|v| **v != i as u32).nth(1);
        let title = &item.editions[0].title;
        let alone = r.repeals.len() == 1 && !lists_amendments(title);
        let repealed = r.repeals.iter().filter(|o| alone || alike(title, &public.items[**o as usize].editions[0].title));
        let amended = r.amends.iter().filter(|o| alike(title, &public.items[**o as usize].editions[0].title));
        out[i].extend(before.into_iter().chain(repealed).chain(amended).copied());
    }
    for (i, item) in public.items.iter().enumerate().filter(|(_, it)| it.replaced_by.is_some() && it.policy().is_some()) {
        if let Some(n) = item.replaced_by.as_ref().and_then(|id| public.items.iter().position(|x| x.id == *id)) {
            out[n].push(i as u32);
        }
    }
    for (i, list) in out.iter_mut().enumerate() {
        list.retain(|o| *o != i as u32 && comparable(&public.items[i], &public.items[*o as usize]));
        list.sort_unstable();
        list.dedup();
        list.truncate(MOST);
    }
    out
}

/// Both are policies with a text in one language.
fn comparable(new: &Item, old: &Item) -> bool {
    let few = |t: &str| memchr::memchr_iter(b'\n', t.as_bytes()).count() <= LINES;
    let has = |i: &Item, lang: usize| i.edition(lang).is_some_and(|e| !e.doc.body().trim().is_empty() && few(e.doc.body()));
    new.policy().is_some() && old.policy().is_some() && new.editions.iter().any(|e| has(new, e.lang) && has(old, e.lang))
}

/// 关于修改…的决定.
fn lists_amendments(title: &str) -> bool {
    title.contains("修改") && title.trim_end().ends_with(['定', '知']) || title.to_ascii_lowercase().contains("amend")
}

/// One document by its title, but for the year and what stands in brackets.
fn alike(a: &str, b: &str) -> bool {
    if lists_amendments(a) {
        return false;
    }
    let (a, b) = (bare(a), bare(b));
    a == b || strsim::sorensen_dice(&a, &b) >= 0.7
}

fn bare(title: &str) -> String {
    let mut depth = 0;
    let inside = |c: char| {
        match c {
            '（' | '(' | '〔' | '[' => depth += 1,
            '）' | ')' | '〕' | ']' => depth = (depth - 1).max(0),
            _ if depth == 0 && !c.is_ascii_digit() && !c.is_whitespace() => return Some(c),
            _ => {}
        }
        None
    };
    title.chars().filter_map(inside).collect::<String>().replace("修订", "").replace("暂行", "").replace("试行", "").trim_start_matches('年').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::blocks::blocks;

    fn states(old: &str, new: &str) -> Vec<String> {
        let label = |u: &Option<Unit>| u.as_ref().map_or("-".to_string(), |u| if u.label.is_empty() { u.text.clone() } else { u.label.clone() });
        let rows = compare(&blocks(old, false), &blocks(new, false));
        rows.iter().map(|r| format!("{} {} {}{}", label(&r.old), label(&r.new), r.state.code(), if r.moved { " moved" } else { "" })).collect()
    }

    #[test]
    fn renumbered_moved_and_gone() {
        let old = "第一条 为了规范养老服务，制定本办法。\n\n第二条 民政部门主管养老服务工作。\n\n第三条 老年人每月领取补贴二百元。\n\n第四条 弄虚作假的，追回补贴。\n\n第五条 本办法自2010年1月1日起施行。";
        let new = "第一条 为了规范养老服务，制定本办法。\n\n第二条 国家鼓励社会力量参与。\n\n第三条 弄虚作假的，追回补贴。\n\n第四条 民政部门主管养老服务工作。\n\n第五条 本办法自2024年1月1日起施行。";
        assert_eq!(
            states(old, new),
            ["第一条 第一条 same", "- 第二条 added", "第三条 - removed", "第四条 第三条 same", "第二条 第四条 moved moved", "第五条 第五条 changed"]
        );
    }

    #[test]
    fn texts_without_articles_are_compared_by_paragraphs() {
        assert_eq!(states("各县：\n\n请于五月底前上报材料。\n\n特此通知。", "各县：\n\n请于六月底前上报材料。\n\n特此通知。").len(), 3);
        assert_eq!(states("", "甲。"), ["- 甲。 added"]);
        assert_eq!(states("", ""), [""; 0]);
        // The same line many times over.
        let many = "同上。\n\n".repeat(500);
        assert!(states(&many, &many).iter().filter(|s| s.ends_with("same")).count() > 0);
    }

    #[test]
    fn titles_of_one_document() {
        assert!(alike("养老服务补贴办法（2024年修订）", "养老服务补贴办法"));
        assert!(alike("2024年养老服务补贴办法", "养老服务补贴暂行办法"));
        assert!(!alike("关于修改《养老服务补贴办法》的决定", "养老服务补贴办法"));
        assert!(!alike("关于废止部分文件的通知", "养老服务补贴办法"));
    }
}
