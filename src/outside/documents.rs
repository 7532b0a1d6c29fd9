//! What pages say as documents: columns by the days on them, missing fields, interpretations, documents that are a file alone.

use super::page::Page;
use super::problems::{Known, fine};
use super::{Label, Options};
use crate::config::Profile;
use crate::diag::{Diagnostic, Report, Severity, Span, Text, push_few, say};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What is made of a page.
struct Seen<'p> {
    file: &'p str,
    page: &'p Page,
    title: String,
    /// It is a document, no list.
    article: bool,
    /// Its head has the number of a document.
    numbered: bool,
    /// It is an official document: it has a number, a date of forming, a state.
    official: bool,
    /// Days on it, and the newest that is not ahead.
    dated: usize,
    newest: Option<Date>,
    /// Pages of the folder that it links to.
    to: Vec<String>,
    /// It links to files that are documents: PDF, Word and the like.
    files: Vec<String>,
    /// Fields that it names.
    fields: BTreeSet<&'p str>,
}

/// What there was to go by for how new things are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Days {
    /// The home page has a day on it.
    pub home: bool,
    /// Pages that are lists of a column.
    pub columns: usize,
    /// Those with days.
    pub dated: usize,
    /// Pages that are documents.
    pub documents: usize,
    /// Pages that are interpretations.
    pub explained: usize,
    /// Pages that link to files that are documents.
    pub linked: usize,
}

/// Fewer characters than these, and a document says nothing itself.
const SHORT: usize = 300;

pub(super) fn documents(pages: &BTreeMap<&str, Page>, files: &BTreeSet<String>, known: &Known<'_>, o: &Options, report: &mut Report) -> Days {
    let mut days = Days::default();
    if o.profile == Profile::Generic {
        return days;
    }
    let mut seen: Vec<Seen<'_>> = pages.par_iter().filter(|(_, p)| !p.refresh).map(|(f, p)| see(f, p, pages, files, known, o)).collect();
    // A site that tags its documents says which they are: heads of tables in its lists make none.
    let tagged = |s: &Seen<'_>| s.page.metas.iter().any(|(k, (_, v))| k.eq_ignore_ascii_case("ArticleTitle") && !v.trim().is_empty());
    if seen.iter().any(tagged) {
        seen.iter_mut().for_each(|s| s.article &= tagged(s) || s.numbered);
    }
    let mut out = Vec::new();
    fields(&seen, &o.labels, &mut out);
    files_alone(&seen, &mut out);
    explained(&seen, &mut out);
    if let Some(today) = o.today {
        days = columns(&seen, today, &mut out);
    }
    days.documents = seen.iter().filter(|s| s.article).count();
    days.explained = seen.iter().filter(|s| explains(&s.title) && !s.list()).count();
    days.linked = seen.iter().filter(|s| !s.files.is_empty()).count();
    out.into_iter().for_each(|d| report.push(d));
    days
}

fn add(out: &mut Vec<Diagnostic>, code: &'static str, severity: Severity, file: &str, message: Text, hint: Text) {
    push_few(out, code, || Diagnostic::new(code, severity, message).at(Span::file(file)).hint(hint));
}

fn see<'p>(file: &'p str, page: &'p Page, pages: &BTreeMap<&str, Page>, all: &BTreeSet<String>, known: &Known<'_>, o: &'p Options) -> Seen<'p> {
    let meta = |n: &str| page.metas.iter().find(|(k, _)| k.eq_ignore_ascii_case(n)).map(|(_, (_, v))| v.trim()).filter(|v| !v.is_empty());
    let bare = page.title.trim();
    let title = meta("ArticleTitle").unwrap_or_else(|| bare.split(['_', '|']).next().unwrap_or(bare).split(" - ").next().unwrap_or(bare).trim());
    let fields: BTreeSet<&str> = o.labels.iter().filter(|l| l.words.iter().any(|w| labelled(&page.text, w))).map(|l| l.key.as_str()).collect();
    let (mut to, mut files) = (Vec::new(), Vec::new());
    for l in page.links.iter().filter(|l| !l.load) {
        let lower = l.to.split(['?', '#']).next().unwrap_or("").to_ascii_lowercase();
        if [".pdf", ".doc", ".docx", ".wps", ".ofd", ".ceb"].iter().any(|e| lower.ends_with(e)) {
            files.push(l.to.clone());
        } else {
            to.extend(fine(file, &l.to, pages, all, known, o));
        }
    }
    let mut days = dates(&page.text);
    days.extend(dates(&page.days));
    let newest = days.iter().copied().filter(|d| o.today.is_none_or(|t| *d <= t)).max();
    let numbered =
        ["通知", "办法", "规定", "意见", "决定", "公告", "通告", "方案", "细则", "批复", "函"].iter().any(|w| title.ends_with(w)) && numbered(&page.text);
    let official = numbered || ["doc_no", "formed_on", "validity"].iter().any(|f| fields.contains(f));
    let article = meta("ArticleTitle").is_some() || fields.len() >= 2 || numbered;
    Seen { numbered, official, file, page, title: title.to_string(), article, dated: days.len(), newest, to, files, fields }
}

impl Seen<'_> {
    /// It says nothing itself: few characters beside blanks, and fewer than three ends of sentences.
    fn short(&self) -> bool {
        self.page.text.chars().filter(|c| !c.is_whitespace()).take(SHORT).count() < SHORT && self.page.text.matches(['。', '；']).take(3).count() < 3
    }

    /// It leads to many others and says little itself: a list.
    fn list(&self) -> bool {
        let folder = self.file.rsplit_once('/').map_or("", |(d, _)| d);
        let index = ["index.html", "index.htm", "index.shtml", "list.html", "list.htm"].iter().any(|n| self.file.rsplit('/').next() == Some(*n));
        let below = self.to.iter().filter(|t| !folder.is_empty() && t.starts_with(folder)).count();
        !self.article && (index && below > 1 || self.page.text.matches('《').count() > 3)
    }
}

/// The head of the text has the number of a document: 甲政发〔2020〕12号.
fn numbered(text: &str) -> bool {
    let head: String = text.chars().filter(|c| !c.is_whitespace()).take(600).collect();
    head.match_indices(['〔', '［', '[']).any(|(i, open)| {
        let rest = &head[i + open.len()..];
        let year = rest.bytes().take_while(u8::is_ascii_digit).count();
        let tail = rest[year..].trim_start_matches(['〕', '］', ']']);
        let number = tail.bytes().take_while(u8::is_ascii_digit).count();
        year == 4 && tail.len() < rest.len() - year && (1..=4).contains(&number) && tail[number..].starts_with('号')
    })
}

/// A label of a head: at the beginning of a line or of a cell, with a colon, a blank or a bracket behind it.
fn labelled(text: &str, word: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), word).any(|i| {
        let before = text[..i].chars().next_back();
        let after = text[i + word.len()..].chars().next();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '【' | '[' | '|' | '　'))
            && after.is_none_or(|c| c.is_whitespace() || matches!(c, '：' | ':' | '】' | ']'))
    })
}

/// Days in a text: 2026-01-02, 2026/1/2, 2026.1.2, 2026年1月2日.
fn dates(text: &str) -> Vec<Date> {
    let b = text.as_bytes();
    let mut out = Vec::new();
    let number = |at: usize, most: usize| {
        let n = b[at..].iter().take(most).take_while(|c| c.is_ascii_digit()).count();
        text.get(at..at + n).and_then(|t| t.parse::<i16>().ok()).map(|v| (v, at + n))
    };
    let sign = |at: usize, words: &[&str]| words.iter().find(|w| text.get(at..).is_some_and(|t| t.starts_with(**w))).map(|w| at + w.len());
    for i in memchr::memmem::find_iter(b, b"20") {
        let one = || {
            let (year, at) = number(i, 4).filter(|(y, _)| (2000..2100).contains(y))?;
            let (month, at) = number(sign(at, &["-", "/", ".", "年"])?, 2)?;
            let (day, _) = number(sign(at, &["-", "/", ".", "月"])?, 2)?;
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        if i == 0 || !b[i - 1].is_ascii_digit() {
            out.extend(one());
        }
    }
    out
}

fn fields(seen: &[Seen<'_>], labels: &[Label], out: &mut Vec<Diagnostic>) {
    for s in seen.iter().filter(|s| s.article && (s.official || !s.fields.is_empty())) {
        let meta = |n: &str| s.page.metas.iter().any(|(k, (_, v))| k.eq_ignore_ascii_case(n) && !v.trim().is_empty());
        let there = |l: &Label| match l.key.as_str() {
            "published_at" => s.fields.contains("published_at") || meta("PubDate"),
            "issuer" => s.fields.contains("issuer") || meta("ContentSource"),
            key => s.fields.contains(key),
        };
        // A notice of a consultation or a letter has no index number; an official document has.
        let missing: Vec<&Label> = labels.iter().filter(|l| l.wanted && (l.key != "index_no" || s.official) && !there(l)).collect();
        if !missing.is_empty() {
            let zh = missing.iter().map(|l| l.words.first().map_or(l.key.as_str(), String::as_str)).collect::<Vec<_>>().join("、");
            let en = missing.iter().map(|l| l.key.as_str()).collect::<Vec<_>>().join(", ");
            add(
                out,
                "AUD002",
                Severity::Warn,
                s.file,
                say!("文件没有 {zh}", "the document lacks {en}"),
                say!("补上；网页上叫别的名字的，用 --labels 的对照表", "add it; where the page calls it otherwise, give a map with --labels"),
            );
        }
    }
}

fn files_alone(seen: &[Seen<'_>], out: &mut Vec<Diagnostic>) {
    // A few sentences are a text, however short.
    for s in seen.iter().filter(|s| s.article && !s.files.is_empty() && s.short()) {
        if let Some(file) = s.files.first() {
            add(
                out,
                "POL007",
                Severity::Warn,
                s.file,
                say!("文件只有附件 {file}，网页上没有正文", "the document is the file {file} alone; the page has no text"),
                say!("把正文放到网页上，附件作为原件保留", "put the text on the page, and keep the file as the original"),
            );
        }
    }
}

/// An interpretation and the document that it names in 《》 lead to each other.
fn explained(seen: &[Seen<'_>], out: &mut Vec<Diagnostic>) {
    let plain = |t: &str| t.chars().filter(|c| !c.is_whitespace() && !matches!(c, '《' | '》')).collect::<String>();
    let by_title: BTreeMap<String, usize> =
        seen.iter().enumerate().filter(|(_, s)| s.article && s.title.chars().count() > 5 && !explains(&s.title)).map(|(i, s)| (plain(&s.title), i)).collect();
    for s in seen.iter().filter(|s| explains(&s.title) && !s.list()) {
        let named = format!("{}\n{}", s.title, s.page.text);
        let told: Vec<&str> =
            named.match_indices('《').filter_map(|(i, _)| named[i + 3..].split_once('》').map(|(t, _)| t)).filter(|t| t.chars().count() <= 100).collect();
        let document = |t: &str| {
            let t = plain(t);
            by_title.get(&t).or_else(|| by_title.iter().find(|(k, _)| t.chars().count() > 5 && k.ends_with(&t)).map(|(_, i)| i)).copied()
        };
        let all: Vec<usize> = told.iter().filter_map(|t| document(t)).collect();
        // It may name others beside the one that it explains.
        let mutual = |i: &usize| s.to.iter().any(|t| t == seen[*i].file) && seen[*i].to.iter().any(|t| t == s.file);
        let Some(p) = all.iter().find(|i| mutual(i)).or(all.first()) else {
            if s.article && told.is_empty() && s.to.is_empty() {
                add(
                    out,
                    "ITP003",
                    Severity::Warn,
                    s.file,
                    say!("解读没有写明解读哪个文件", "an interpretation that names no document"),
                    say!("写上文件名并链接", "name the document, and link to it"),
                );
            }
            continue;
        };
        let policy = &seen[*p];
        let (there, back) = (s.to.iter().any(|t| t == policy.file), policy.to.iter().any(|t| t == s.file));
        if !there || !back {
            let message = match (there, back) {
                (false, false) => say!("解读和文件 {} 没有互相链接", "the interpretation and the document {} do not link to each other", policy.file),
                (false, _) => say!("解读没有链接到文件 {}", "the interpretation does not link to its document {}", policy.file),
                _ => say!("文件 {} 没有链接到这篇解读", "the document {} does not link to this interpretation", policy.file),
            };
            add(out, "ITP003", Severity::Warn, s.file, message, say!("两边都加链接", "link from both"));
        }
    }
}

fn explains(title: &str) -> bool {
    ["政策解读", "解读", "一图读懂", "图解"].iter().any(|w| title.contains(w)) && title.chars().count() > 4
}

/// Days without anything new that a column may have, by its name.
fn limit(name: &str) -> i32 {
    let is = |words: &[&str]| words.iter().any(|w| name.contains(w));
    if is(&["动态", "要闻", "新闻"]) {
        14
    } else if is(&["公告", "通知", "公示", "政策", "文件"]) {
        183
    } else {
        365
    }
}

/// The home page, and pages that are lists: by their tags, or by more days on them than a document has.
fn columns(seen: &[Seen<'_>], today: Date, out: &mut Vec<Diagnostic>) -> Days {
    let mut days = Days::default();
    let articles: BTreeSet<&str> = seen.iter().filter(|s| s.article).map(|s| s.file).collect();
    let home = |f: &str| matches!(f, "index.html" | "index.htm" | "index.shtml" | "default.html" | "default.htm");
    let mut short = Vec::new();
    for s in seen {
        let ago = s.newest.map(|d| (today - d).get_days());
        if home(s.file) {
            days.home |= ago.is_some();
            match ago {
                Some(days) if days > 14 => add(
                    out,
                    "UPD001",
                    Severity::Error,
                    s.file,
                    say!("首页上最新的日期在 {days} 天以前", "the newest day on the home page is {days} days ago"),
                    say!("发布新的内容", "publish something new"),
                ),
                _ => {}
            }
            continue;
        }
        let named = s.page.metas.iter().find(|(k, _)| k.eq_ignore_ascii_case("ColumnName")).map(|(_, (_, v))| v.trim().to_string()).filter(|n| !n.is_empty());
        let index = ["index.html", "index.htm", "index.shtml", "list.html", "list.htm"].iter().any(|n| s.file.rsplit('/').next() == Some(*n));
        let folder = s.file.rsplit_once('/').map_or("", |(d, _)| d);
        let own = s.to.iter().filter(|t| !folder.is_empty() && t.starts_with(&format!("{folder}/"))).count();
        // A page of its own in a folder (`a/index.html`) is no list.
        let list = !s.article && index && (own > 1 || named.is_some());
        if !list {
            continue;
        }
        days.columns += 1;
        days.dated += usize::from(ago.is_some() && s.dated > 0);
        let name = named.unwrap_or_else(|| s.title.clone());
        match ago {
            // The items of a list may stand in another folder: those of another language, of another kind.
            None if own == 0 && !s.to.iter().any(|t| articles.contains(t.as_str())) => add(
                out,
                "UPD004",
                Severity::Error,
                s.file,
                say!("栏目 `{name}` 里没有内容", "the column `{name}` is empty"),
                say!("放进内容，或去掉这个栏目", "put something there, or take the column away"),
            ),
            None => add(
                out,
                "UPD005",
                Severity::Warn,
                s.file,
                say!("栏目 `{name}` 的列表没有日期，视为不更新", "the list of the column `{name}` has no days, which counts as not updated"),
                say!("列表里写发布日期", "give the list its days of publication"),
            ),
            Some(days) if days > limit(&name) && s.dated > 0 => {
                if limit(&name) < 365 {
                    short.push(name.clone());
                }
                add(
                    out,
                    "UPD003",
                    Severity::Warn,
                    s.file,
                    say!("栏目 `{name}` 已有 {days} 天没有更新", "the column `{name}` has had nothing new for {days} days"),
                    say!("更新，或合并、撤下这个栏目", "publish something, or merge or take down the column"),
                );
            }
            Some(_) => {}
        }
    }
    if short.len() >= 5 {
        let n = short.len();
        let list = crate::diag::Listed(short);
        add(
            out,
            "UPD002",
            Severity::Error,
            "index.html",
            say!(
                "{n} 个动态、通知公告、政策文件类栏目没有按时更新：{list}；5 个以上是单项否决",
                "columns of news, notices and policies that are stale: {n} ({list:#}); five fail the inspection"
            ),
            say!("更新这些栏目", "publish in them"),
        );
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_pages_write_them() {
        let days: Vec<String> = dates("2026-01-02 x 2026/3/4，2026年5月6日 120260101 2026-13-40 2021.04.12").iter().map(Date::to_string).collect();
        assert_eq!(days, ["2026-01-02", "2026-03-04", "2026-05-06", "2021-04-12"]);
    }

    #[test]
    fn numbers_of_documents() {
        assert!(numbered("云台市人民政府文件\n云政发〔2020〕12号\n关于印发") && numbered("云政办发 [2021] 3 号"));
        assert!(!numbered("〔2020〕年") && !numbered("第12号") && !numbered("[1] 号"));
    }

    #[test]
    fn labels_stand_at_their_place() {
        assert!(labelled("索引号：000014349/2017-00110", "索引号") && labelled("x\n【字号】莆政办", "字号") && labelled("文号 杭数据", "文号"));
        assert!(!labelled("本文号召大家", "文号") && !labelled("发布文号", "文号"));
    }
}
