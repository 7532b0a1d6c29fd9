//! LNK001: dead link inside the site.

use super::*;
use crate::diag::say;
use crate::load::Moment;
use crate::model::{State, Value};
use crate::types::question;

/// LNK001
pub(super) static RULE: Rule = Rule {
    code: "LNK001",
    title: Phrase { zh: "站内死链", en: "dead link inside the site" },
    severity: [ERROR, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "正文里的链接或图片指向的文件不存在，或指向与某一条只差一两个字母的地址；或指向草稿、指向更晚才公开的条目，这时网页上只有文字，没有链接。草稿不知何时公开，是错误；到时会公开的是警告，那时重新生成，链接就有了。政策问答的 clause 在政策正文里找不到的也在这里。",
        en: "A link or picture of a text names a file that does not exist, or an address that differs from that of an item by a letter or two; or it leads to a draft or to an item that is published later, and the page has its words without a link. A draft has no day, so it is an error; what comes out later is a warning, and the next build after it makes the link. So is the clause of a question that the text of the policy does not have.",
    },
    source: "政府网站与政务新媒体检查指标：链接不可用",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if item.kind.id == question::TYPE.id {
        clause(input, item, found);
    }
    let mut looked = 0;
    for e in item.written() {
        for link in &e.doc.outline.links {
            if link.to.starts_with('/')
                && let Some(near) = address(input, &link.to)
            {
                let (url, (start, end)) = (&link.to, link.at);
                found.text(
                    &e.doc,
                    start as usize..end as usize,
                    say!("链接 {url} 指向不存在的页面", "the link {url} leads to a page that does not exist"),
                    say!("是不是 {near}？", "did you mean {near}?"),
                );
                continue;
            }
            let Some(key) = crate::model::content_key(&item.base, &link.to) else { continue };
            let there = |k: &str| input.portal.blobs.contains_key(k);
            let stem = key.strip_suffix(".md").or_else(|| key.strip_suffix(".markdown"));
            let id = stem.unwrap_or(&key);
            let named = input.by_id.get(id).or_else(|| input.by_id.get(stem?.rsplit_once('.')?.0));
            if let Some(other) = named {
                not_yet(input, item, other, &e.doc, link, found);
                continue;
            }
            if link.to.starts_with('/') || crate::load::targets::own_computer(&link.to) || crate::model::content_file(&item.base, &link.to, there).is_some() {
                continue;
            }
            if input.portal.lost.contains(id) || id.rsplit_once('.').is_some_and(|(s, _)| input.portal.lost.contains(s)) {
                continue;
            }
            let to: String = link.to.chars().take(200).collect();
            looked += 1;
            let near = if looked <= LOOKED { near(input, item, &link.to) } else { None };
            let (start, end) = link.at;
            let there = (|k: &str| input.portal.blobs.contains_key(k), |k: &str| input.portal.unseen.contains(k));
            if let Some((what, hint)) = crate::model::unusable(&item.base, &link.to, there.0, there.1) {
                found.text(&e.doc, start as usize..end as usize, what, hint);
                continue;
            }
            found.text(
                &e.doc,
                start as usize..end as usize,
                say!("`{to}` 指向的文件不存在", "`{to}` names a file that does not exist"),
                match near {
                    _ if ["请填写", "在此填写", "此处填写"].iter().any(|w| to.starts_with(w)) => {
                        say!("地址还没有填", "the address is not filled in")
                    }
                    _ if to.starts_with("http") && to.contains('：') => {
                        let right = to.replacen('：', ":", 1);
                        say!("冒号用半角：{right}", "write a half-width colon: {right}")
                    }
                    Some(n) => say!("是不是 `{n}`？", "did you mean `{n}`?"),
                    None if to.contains('@') && !to.contains('/') => say!("邮箱写作 mailto:{to}", "write mailto:{to} for an address of mail"),
                    None if to.starts_with("www.") => say!("网址写全：https://{to}", "write the whole address: https://{to}"),
                    None => say!(
                        "路径相对于本文件所在目录；站内地址以 / 开头",
                        "the path is relative to the folder of this file; addresses of the site begin with /"
                    ),
                },
            );
        }
    }
}

/// The address of an item that is meant by one that no page has: the two differ by a letter or two. What may be a list, a file or a
/// page of an item is left to the look at the finished pages.
fn address(input: &Input<'_>, to: &str) -> Option<String> {
    let path = to.split(['?', '#']).next().unwrap_or(to);
    let bare = path.strip_prefix(&*input.config.base_path).map_or_else(|| path.trim_matches('/').to_string(), |p| p.trim_matches('/').to_string());
    let lang = input.config.languages.iter().skip(1).find_map(|l| Some((&*l.prefix, bare.strip_prefix(&l.prefix)?)));
    let wanted = lang.map_or(bare.as_str(), |(_, rest)| rest).trim_end_matches("/index.html");
    let (_, name) = wanted.split_once('/')?;
    let n = wanted.chars().count();
    let marked = name.contains('.') || to.starts_with("//") || wanted.len() > 200 || wanted.contains('%');
    if marked || name.chars().filter(|c| c.is_alphabetic()).count() < 3 || input.tables.statics.keys().any(|k| k.starts_with(wanted)) {
        return None;
    }
    let letters = |t: &str| -> String { t.chars().filter(|c| !c.is_ascii_digit()).collect() };
    let mut best: Option<(usize, String)> = None;
    for i in &input.portal.items {
        let own = match (&i.slug, i.id.rsplit_once('/')) {
            (Some(s), Some((folder, _))) => format!("{folder}/{s}"),
            _ => i.id.strip_suffix("/index").unwrap_or(&i.id).to_string(),
        };
        let within = |a: &str, b: &str| a == b || a.strip_prefix(b).is_some_and(|r| r.starts_with('/'));
        // A page of it, or of a folder above it; an old address.
        if within(wanted, &own) || within(&own, wanted) || i.aliases.iter().any(|(a, _)| a.trim_matches('/') == bare) {
            return None;
        }
        if own.contains('/') && own.chars().count().abs_diff(n) <= 1 + n / 8 {
            let d = strsim::damerau_levenshtein(&own, wanted);
            // 2021 for 2022 may be a list of its own.
            if d <= 1 + n / 8 && letters(&own) != letters(wanted) && best.as_ref().is_none_or(|b| d < b.0) {
                best = Some((d, own));
            }
        }
    }
    let (_, own) = best?;
    let lang = lang.map_or("", |(l, _)| l);
    Some(format!("{}{lang}{own}/", input.config.base_path))
}

/// An article that the policy of a question does not have.
fn clause(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some((values, Value::Text(wanted))) = item.record().and_then(|v| Some((v, v.get(&question::CLAUSE)?))) else { return };
    let policies: Vec<&Arc<Item>> = values.items().into_iter().filter_map(|(_, id)| input.by_id.get(&**id).copied()).collect();
    let has = |p: &Arc<Item>| p.written().any(|e| crate::load::blocks::article(e.doc.body(), input.config.allow_html, wanted).is_some());
    let Some(first) = policies.first().filter(|_| !policies.iter().any(|p| has(p))) else { return };
    let id = &first.id;
    found.key(
        item,
        "clause",
        say!("`{id}` 的正文里没有 `{wanted}`，网页上只有文字，没有链接", "the text of `{id}` has no `{wanted}`; the page has these words without a link"),
        say!("写正文里的条号，如 第三条", "write the number of an article as it stands in the text, such as 第三条"),
    );
}

/// A link of a public text to what is not public: a draft, or an item that comes out later than the text.
fn not_yet(input: &Input<'_>, item: &Item, other: &Item, doc: &crate::load::Doc, link: &crate::load::outline::Link, found: &mut Found<'_>) {
    let now = Moment::day(input.as_of);
    if item.draft || State::of(item, now) == State::Withdrawn {
        return;
    }
    let (start, end) = (link.at.0 as usize, link.at.1 as usize);
    let to: String = link.to.chars().take(200).collect();
    match (State::of(other, now), other.comes_out()) {
        (State::Draft, _) => found.text(
            doc,
            start..end,
            say!("`{to}` 是草稿，网页上这里只有文字，没有链接", "`{to}` is a draft, so the page has these words without a link"),
            say!("发布那一条（去掉 draft: true），或去掉链接", "publish it (take draft: true out), or take the link out"),
        ),
        // Texts that come out together, or after it, have the link from the beginning.
        (State::Scheduled, Some(when)) if item.comes_out().is_none_or(|p| p < when) => found.at(Severity::Warn).text(
            doc,
            start..end,
            say!(
                "`{to}` 到 {when} 才公开，在那之前网页上这里只有文字，没有链接",
                "`{to}` comes out on {when}; until then the page has these words without a link"
            ),
            say!(
                "要一同公开，把两条的 published_at 写成同一时刻；链接届时自动有",
                "for both to come out together give them one published_at; the link is there from then on"
            ),
        ),
        _ => {}
    }
}

/// Dead links of an item for which something near is looked for.
const LOOKED: usize = 20;

/// What the author may mean: a file, or another item by its file.
fn near(input: &Input<'_>, item: &Item, to: &str) -> Option<String> {
    // Never the page itself.
    let items: Vec<String> = input.portal.items.iter().filter(|i| i.id != item.id).map(|i| format!("{}.md", i.id)).collect();
    let keys = input.portal.blobs.keys().map(|k| &**k).chain(items.iter().map(String::as_str));
    let found = crate::model::nearby(&item.base, to, keys)?;
    // Signs that stand for something else in an address.
    Some(found.replace('%', "%25").replace('#', "%23").replace('?', "%3F").replace(' ', "%20"))
}
