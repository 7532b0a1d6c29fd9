//! A readable form of an attachment: its text by page as HTML, made by machine from the file, beside the original.

use crate::load::attachment::Why;
use crate::load::table::Spot;
use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView, size_text};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::tables::Read;
use serde::Serialize;

/// `text/PATH/` for each attachment that has text.
pub static PAGE: Maker = Maker { name: "readable", plan, make, cost: 3 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    let mut planned = std::collections::BTreeSet::new();
    for (i, files) in site.derived.files.iter().enumerate() {
        let item = &site.public.items[i];
        for (n, read) in files.iter().enumerate() {
            let Some(read) = read.as_ref().filter(|r| r.file.readable()) else { continue };
            // Whoever attaches it first has it; its name keeps its ending, so that two forms of one text do not collide.
            if !planned.insert(read.key.clone()) {
                continue;
            }
            // The file's own finding is enough.
            if crate::route::unfit(&read.key.replace(['#', '?'], "-"), false).is_some() {
                continue;
            }
            let path = match read.key.rsplit_once('.') {
                Some((stem, ending)) => format!("text/{stem}-{ending}/"),
                None => format!("text/{}/", read.key),
            };
            // Signs that a file's name may have, but no address of a page.
            let path = path.replace(['#', '?'], "-");
            for e in &item.editions {
                p.page(e.lang, &path, Target::Readable(i as u32, n as u32), false, false);
            }
        }
    }
}

/// Whether it says all that the file says, as far as words go.
pub fn whole(read: &Read) -> bool {
    read.file.readable()
        && !read.file.why.iter().any(|w| matches!(w, Why::Scanned(..) | Why::Letters(..) | Why::Password | Why::Broken | Why::Large | Why::Costly))
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    item: LinkView,
    file: LinkView,
    facts: String,
    /// What is missing in it, and why.
    lost: Vec<String>,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct PartView {
    id: String,
    title: String,
    blocks: Vec<Block>,
}

/// Lines that belong together: a paragraph, or rows of cells.
#[derive(Debug, PartialEq, Serialize)]
struct Block {
    lines: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Readable(i, n) = entry.target else { return misrouted(entry) };
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let read = ctx.derived.files[i as usize].get(n as usize).and_then(|r| r.as_ref());
    let (Some(read), Some(a)) = (read, item.attachments.get(n as usize)) else { return misrouted(entry) };
    let m = &ctx.theme.messages[lang];
    let home = LinkView { title: item.best(lang).title.clone(), url: ctx.url(lang, &Target::Item(i)).to_string() };
    let mut crumbs = ctx.crumbs(lang, item.column);
    crumbs.push(home.clone());
    let whole = format!("{}{}{}", item.best(lang).title, m.say("colon"), a.title);
    let mut head = ctx.head(entry, &whole, crumbs);
    head.heading = a.title.clone();
    head.describe(whole);
    let chinese = ctx.public.languages[lang].tag.starts_with("zh");
    let say = |t: crate::diag::Text| if chinese { t.zh } else { t.en };
    let mut lost: Vec<String> = read.file.why.iter().map(|w| say(w.text())).collect();
    if read.file.cut {
        lost.push(m.say("readable.cut"));
    }
    let mut parts = Vec::new();
    for p in read.file.pieces.iter().filter(|p| p.shown()) {
        let (id, title) = match p.spot {
            Spot::Page(n) => (format!("page-{n}"), m.get("readable.page", &[("n", &n.to_string())]).unwrap_or_default()),
            Spot::Slide(n) => (format!("slide-{n}"), m.get("readable.slide", &[("n", &n.to_string())]).unwrap_or_default()),
            Spot::Note => (format!("notes-{}", parts.len()), m.say("readable.notes")),
            Spot::Header => (format!("header-{}", parts.len()), m.say("readable.header")),
            _ => (format!("text-{}", parts.len()), String::new()),
        };
        parts.push(PartView { id, title, blocks: blocks(&p.text) });
    }
    let view = View {
        file: LinkView { title: a.title.clone(), url: ctx.url(0, &Target::Blob(a.file.clone())).to_string() },
        facts: format!("{}, {}", a.file.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_uppercase()), size_text(read.blob.len)),
        item: home,
        lost,
        parts,
        head,
    };
    ctx.render(entry, "pages/readable.html", &view)
}

/// Lines as paragraphs; two lines and more with cells as a table. Nothing is joined, left out or set in another order.
fn blocks(text: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut at = 0;
    while at < lines.len() {
        let cells = lines[at..].iter().take_while(|l| l.trim().contains('\t')).count();
        if cells >= 2 {
            let rows = lines[at..at + cells].iter().map(|l| l.split('\t').map(|c| c.trim().to_string()).collect()).collect();
            out.push(Block { lines: Vec::new(), rows });
            at += cells;
            continue;
        }
        let line = lines[at].trim().replace('\t', " ");
        at += 1;
        match out.last_mut().filter(|b| b.rows.is_empty() && !line.is_empty() && at > 1 && !lines[at - 2].trim().is_empty()) {
            Some(b) => b.lines.push(line),
            None if !line.is_empty() => out.push(Block { lines: vec![line], rows: Vec::new() }),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn lines_stay_lines_and_cells_become_tables() {
        let b = blocks("题目\n\n第一行\n第二行\n姓名\t金额\n甲\t1\n\n完");
        assert_eq!(b.iter().map(|b| (b.lines.len(), b.rows.len())).collect::<Vec<_>>(), [(1, 0), (2, 0), (0, 2), (1, 0)]);
        assert_eq!(b[2].rows[1], ["甲", "1"]);
    }
}
