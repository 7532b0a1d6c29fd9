//! One Markdown file: front matter, head lines, body, outline.

use super::Source;
use super::dates::{self, leading_date};
use super::front::{Front, front_matter, line_end};
use super::most;
use super::node::{self, Kind, Node};
use super::outline::Outline;
use super::{chars, conflict, outline};
use crate::diag::{Diagnostic, Severity, push_few, say};
use crate::personal::{self, Trace};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A Markdown file as it was read. What it means is `model`'s business.
#[derive(Debug)]
pub struct Doc {
    /// The file.
    pub source: Source,
    /// Front matter; `None` without one (or with a broken one, which is a finding that blocks).
    pub front: Option<Arc<Node>>,
    /// The body to render: without front matter, title heading and head lines.
    pub body: Range<usize>,
    /// Facts read from the file's name and first lines.
    pub head: Head,
    /// Outline of the body.
    pub outline: Outline,
    /// The same item's texts in other languages, where a YAML file has its `description` by language.
    pub others: Vec<(Box<str>, Arc<Doc>)>,
    /// What was wrong.
    pub problems: Vec<Diagnostic>,
    /// What is, or may be, personal in the file and in its values.
    pub personal: Vec<Trace>,
}

/// What a file says about itself above its text, where that is unambiguous.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Head {
    /// The first heading.
    pub title: Option<Box<str>>,
    /// `2020年6月5日 …通过`: the steps of adoption and amendment, in order.
    pub history: Vec<(Date, Box<str>)>,
    /// The only document number in the head lines.
    pub doc_no: Option<Box<str>>,
    /// Day of formation: the date in the file's name, else the last step of the history.
    pub formed_on: Option<Date>,
    /// Day of publication, from a labelled line.
    pub published_on: Option<Date>,
    /// Day of publication that a label names anywhere above the text, with its time.
    pub not_before: Option<dates::Moment>,
    /// The only `自…起施行` of the head lines.
    pub effective_from: Option<Date>,
    /// Issuing body, from a labelled line.
    pub issuer: Option<Box<str>>,
}

impl Doc {
    /// Reads one file. A pure function of its arguments, so the result may be kept.
    pub fn parse(source: Source, allow_html: bool) -> Doc {
        let mut problems = Vec::new();
        // What stands in two versions has no meaning yet: nothing else is said of it.
        if let Some(d) = conflict::told(&source, 0..source.text.len(), true) {
            problems.push(d);
            return Doc { problems, ..Doc::bare(source) };
        }
        let text = &source.text;
        let (front, mut start) = match front_matter(&source, &mut problems) {
            Front::None => (None, 0),
            Front::Broken(end) => (None, end),
            Front::Node(node, end) => (Some(Arc::new(node)), end),
        };
        if let Some(d) = most::text(&text[start..]) {
            problems.push(d.at(source.span(start, start)));
            // As with a head that cannot be read: nothing else is said of it.
            return Doc { problems, ..Doc::bare(source) };
        }
        let mut head = Head { formed_on: name_date(&source.path), not_before: super::holds::above(&text[start..]), ..Head::default() };
        if let Some((title, after)) = title_heading(&text[start..]) {
            let told = front.as_ref().and_then(|f| f.get("title")).and_then(Node::text);
            if told.is_none() || told == Some(title) {
                head.title = Some(title.into());
                start += after;
                if front.is_none() || text[start..].find(INFO_END).is_some_and(|i| i < 8_000) {
                    let (taken, left) = head_lines(&text[start..], &mut head);
                    if let Some(at) = left {
                        problems.push(not_understood(&source, start + at.start..start + at.end));
                    }
                    start += taken;
                }
            }
        }
        let (outline, doubts) = outline::outline(&text[start..], start, allow_html);
        doubts.into_iter().for_each(|d| push_few(&mut problems, d.0, || doubt(&source, d)));
        let body = start..text.len();
        let personal = super::table::within::found(&source.text);
        Doc { front, body, head, outline, others: Vec::new(), problems, source, personal }
    }

    /// Reads an item written in YAML: the whole file is its front matter, `description` its body.
    pub fn yaml(source: Source, allow_html: bool) -> Doc {
        let mut problems = Vec::new();
        let front = node::parse(&source, 0..source.text.len(), &mut problems).map(Arc::new);
        let mut bodies: Vec<(Box<str>, &Node, &str)> = Vec::new();
        match front.as_ref().and_then(|f| f.get("description")) {
            Some(n @ Node { kind: node::Kind::Text(t), .. }) => bodies.push(("".into(), n, t)),
            Some(Node { kind: node::Kind::Map(pairs), .. }) => {
                bodies.extend(pairs.iter().take(most::LANGUAGES).filter_map(|(k, v)| Some((k.text()?.into(), v, v.text()?))));
                if let Some((beyond, _)) = pairs.get(most::LANGUAGES) {
                    let at = source.span(beyond.start as usize, beyond.end as usize);
                    problems.push(most::over("description", pairs.len(), most::LANGUAGES).at(at));
                    // It is held: its other texts would be read for nobody.
                    bodies.truncate(1);
                }
            }
            _ => {}
        }
        let mut docs: Vec<(Box<str>, Doc)> = bodies.into_iter().map(|(tag, n, text)| (tag, Doc::value(&source, n, text, allow_html))).collect();
        let mut doc = if docs.is_empty() { Doc::bare(source) } else { docs.remove(0).1 };
        // Each has the front matter: whichever language comes first, a finding about a field has its place.
        doc.others = docs.into_iter().map(|(tag, d)| (tag, Arc::new(Doc { front: front.clone(), personal: Vec::new(), ..d }))).collect();
        // The file as it lies there, and what a value has only once it is read (escapes).
        let file = personal::traces(&doc.source.text[..doc.source.tail.map_or(doc.source.text.len(), |t| t.from)]);
        let told: BTreeSet<String> = file.iter().map(|t| personal::core(&doc.source.text[t.at.clone()])).collect();
        doc.personal.retain(|t| !told.contains(&personal::core(&doc.source.text[t.at.clone()])));
        doc.personal.splice(0..0, file);
        for (_, other) in &doc.others {
            problems.extend(other.problems.iter().cloned());
        }
        doc.problems.splice(0..0, problems);
        doc.front = front;
        doc
    }

    /// A value of a YAML file as a text of its own.
    fn value(source: &Source, node: &Node, text: &str, allow_html: bool) -> Doc {
        let source = source.with_tail(text, (node.start as usize, node.end as usize));
        let start = source.tail.map_or(0, |t| t.from);
        if let Some(d) = most::text(text) {
            return Doc { problems: vec![d.at(source.span(start, start))], ..Doc::bare(source) };
        }
        let (outline, doubts) = outline::outline(&source.text[start..], start, allow_html);
        let mut problems = Vec::new();
        doubts.into_iter().for_each(|d| push_few(&mut problems, d.0, || doubt(&source, d)));
        let shift = |t: Trace| Trace { at: start + t.at.start..start + t.at.end, ..t };
        let personal = super::table::within::found(&source.text[start..]).into_iter().map(shift).collect();
        Doc { body: start..source.text.len(), outline, problems, personal, ..Doc::bare(source) }
    }

    fn bare(source: Source) -> Doc {
        let end = source.text.len();
        Doc {
            front: None,
            body: end..end,
            head: Head::default(),
            outline: Outline::default(),
            others: Vec::new(),
            problems: Vec::new(),
            source,
            personal: Vec::new(),
        }
    }

    /// The body's text.
    pub fn body(&self) -> &str {
        &self.source.text[self.body.clone()]
    }

    /// The key of the front matter that a place of the file stands under; `body` for the text, `#` for a line of comment.
    pub fn field_at(&self, at: usize) -> &str {
        let comment = || self.source.text[..at].rfind('\n').is_some_and(|i| self.source.text[i + 1..].starts_with('#'));
        match self.front.as_ref().map(|f| &f.kind) {
            _ if self.body.contains(&at) => "body",
            // Texts of several lines are indented.
            Some(_) if comment() => "#",
            Some(node::Kind::Map(pairs)) => pairs.iter().rev().find(|(k, _)| k.start as usize <= at).and_then(|(k, _)| k.text()).unwrap_or("body"),
            _ => "body",
        }
    }

    /// The place of a front matter value, or of the file.
    pub fn at(&self, key: &str) -> crate::diag::Span {
        let pairs = match self.front.as_ref().map(|f| &f.kind) {
            Some(Kind::Map(pairs)) => pairs.as_slice(),
            _ => &[],
        };
        match pairs.iter().find(|(k, _)| k.text() == Some(key)) {
            // What is left empty has no place of its own.
            Some((k, v)) if v.blank() => self.source.span(k.start as usize, k.end as usize),
            Some((_, n)) => self.source.span(n.start as usize, n.end as usize),
            None => self.source.span(0, 0),
        }
    }

    /// A field of the head is written with a value.
    pub fn says(&self, key: &str) -> bool {
        self.front.as_ref().and_then(|f| f.get(key)).is_some_and(|n| !n.blank())
    }

    /// A field of the head is written and left empty.
    pub fn left_empty(&self, key: &str) -> bool {
        self.front.as_ref().and_then(|f| f.get(key)).is_some_and(super::Node::blank)
    }
}

fn doubt(source: &Source, (code, at, message, hint): outline::Doubt) -> Diagnostic {
    let severity = match code {
        "SRC014" | "SRC038" | "LNK004" => Severity::Error,
        "SRC033" | "SRC034" => Severity::Info,
        _ => Severity::Warn,
    };
    Diagnostic::new(code, severity, message).at(source.span(at.start, at.end)).hint(hint)
}

/// A `# title` that comes before any other text, and the offset after it.
fn title_heading(text: &str) -> Option<(&str, usize)> {
    let mut at = 0;
    loop {
        let end = line_end(text, at).unwrap_or(text.len());
        let line = text[at..end].trim();
        if let Some(title) = line.strip_prefix("# ") {
            return Some((title.trim().trim_end_matches('#').trim_end(), end)).filter(|(t, _)| !t.is_empty());
        }
        if !line.is_empty() || end == text.len() {
            return None;
        }
        at = end;
    }
}

const INFO_END: &str = "<!-- INFO END -->";

/// A line of the head that is not understood, and stays in the text.
fn not_understood(source: &Source, at: Range<usize>) -> Diagnostic {
    let line: String = source.text[at.clone()].trim().chars().take(40).collect();
    Diagnostic::new(
        "SRC012",
        Severity::Info,
        say!(
            "标题下的这一行看不懂，和它后面的一起留在正文里：{line}",
            "this line below the title is not understood; it and what follows it stay in the text: {line}"
        ),
    )
    .at(source.span(at.start, at.end))
    .hint(say!("日期、文号等写进文件头，如 formed_on、doc_no", "write days and numbers into front matter, like formed_on, doc_no"))
}

/// Reads the lines between title and text; returns the offset where the text begins, and the first line that is not understood
/// where these lines have a mark at their end: it stays in the text, with all that stands behind it.
fn head_lines(text: &str, head: &mut Head) -> (usize, Option<Range<usize>>) {
    let marked = text.find(INFO_END).filter(|i| *i < 8_000);
    let limit = marked.unwrap_or(text.len().min(4_000));
    let mut at = 0;
    let mut taken = 0;
    let mut left: Option<Range<usize>> = None;
    // The line before was a step of the history, which may go on.
    let mut step = false;
    let (mut numbers, mut starts) = (BTreeSet::new(), BTreeSet::new());
    while at < limit {
        let end = line_end(text, at).unwrap_or(text.len());
        let stop = marked.map_or(end, |m| end.min(m));
        let line = text[at..stop].trim_matches(|c: char| c.is_whitespace() || c == '\u{200B}');
        let known = match () {
            () if line.is_empty() || line.starts_with("<!--") && line.ends_with("-->") => Some(false),
            () if step && goes_on(head, line) => Some(true),
            () => {
                let steps = head.history.len();
                let known = read_line(line, head, &mut numbers, &mut starts, marked.is_some());
                step = known && head.history.len() > steps;
                known.then_some(true)
            }
        };
        match known {
            Some(said) if left.is_none() && (said || marked.is_some()) => taken = stop,
            Some(_) => {}
            None if marked.is_none() && !labelled(line) => break,
            None => {
                step = false;
                left.get_or_insert(at..stop);
            }
        }
        at = end;
    }
    head.doc_no = one(numbers);
    head.effective_from = one(starts);
    if head.formed_on.is_none() {
        head.formed_on = head.history.last().map(|(d, _)| *d);
    }
    match (left, marked) {
        (Some(left), _) => (left.start, Some(left)),
        (None, Some(m)) => (m + INFO_END.len(), None),
        (None, None) => (taken, None),
    }
}

/// Labels of days.
static DAYS: &[&str] = &[
    "发布日期",
    "发布时间",
    "公布日期",
    "公布时间",
    "公开日期",
    "公开时间",
    "上网日期",
    "上网时间",
    "上线日期",
    "上线时间",
    "成文日期",
    "印发日期",
    "发文日期",
    "施行日期",
    "实施日期",
    "生效日期",
];

/// A line with the label of a day or number, the value of which cannot be read.
fn labelled(line: &str) -> bool {
    let plain = line.replace("**", "");
    line.starts_with("**") && plain.split_once(['：', ':']).is_some_and(|(l, _)| DAYS.contains(&l.trim()) || matches!(l.trim(), "发文字号" | "文号"))
}

/// Takes a line that goes on where a title or bracket of the step before is still open.
fn goes_on(head: &mut Head, line: &str) -> bool {
    let Some((_, step)) = head.history.last_mut() else { return false };
    let open = |t: &str, a: char, b: char| t.matches(a).count() > t.matches(b).count();
    if leading_date(line).is_some() || !(open(step, '《', '》') || open(step, '〈', '〉') && line.contains('〉')) || step.chars().count() > 1_000 {
        return false;
    }
    *step = format!("{step}{line}").into();
    true
}

/// The only member of a set.
fn one<T>(set: BTreeSet<T>) -> Option<T> {
    (set.len() == 1).then(|| set.into_iter().next()).flatten()
}

/// Takes what one head line says; false if it is no head line. `marked`: the end of these lines is marked, so that it is no text.
fn read_line(line: &str, head: &mut Head, numbers: &mut BTreeSet<Box<str>>, starts: &mut BTreeSet<Date>, marked: bool) -> bool {
    let plain = line.replace("**", "");
    let plain = plain.trim_start_matches(['-', '>', ' ']).trim();
    let bare = plain.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    if let Some(n) = other_number(plain) {
        numbers.insert(n.into());
        return true;
    }
    for n in document_numbers(bare) {
        numbers.insert(n.into());
    }
    if let Some(d) = bare.split_once('自').and_then(|(_, r)| leading_date(r)).filter(|(_, r)| r.trim_start().starts_with('起')) {
        starts.insert(d.0);
    }
    if let Some((label, value)) = plain.split_once(['：', ':']) {
        let date = leading_date(value.trim()).map(|(d, _)| d);
        match label.trim() {
            // A value that cannot be read stays where it stands.
            day if DAYS.contains(&day) && date.is_none() && !value.trim().is_empty() => {
                return false;
            }
            "发布日期" | "发布时间" | "公布日期" | "公布时间" | "公开日期" | "公开时间" | "上网日期" | "上网时间" | "上线日期" | "上线时间" => {
                head.published_on = date.or(head.published_on)
            }
            "成文日期" | "印发日期" | "发文日期" => head.formed_on = date.or(head.formed_on),
            "施行日期" | "实施日期" | "生效日期" => starts.extend(date),
            "发文字号" | "文号" => match other_number(value.trim()) {
                Some(n) => drop(numbers.insert(n.into())),
                None if !value.trim().is_empty() && document_numbers(bare).next().is_none() => return false,
                None => {}
            },
            "索引号" | "主题分类" | "来源" | "链接" | "原文链接" | "URL" => {}
            "发文机关" | "发布机构" | "制定机关" | "发文单位" => head.issuer = Some(value.trim()).filter(|v| !v.is_empty()).map(Into::into),
            _ => return false,
        }
        return true;
    }
    let bare = bare.strip_prefix("根据").filter(|r| wide_date(r).is_some()).unwrap_or(bare);
    match wide_date(bare) {
        Some((date, rest))
            if marked || rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || "在于由经第根中全国".contains(c)) || adopted(rest) =>
        {
            // 2016年…通过　根据2018年…修正: two steps in one line.
            let mut rest = rest.trim();
            let mut day = date;
            while let Some((before, (next, after))) = rest.match_indices("根据").find_map(|(i, w)| Some((&rest[..i], wide_date(&rest[i + w.len()..])?))) {
                if before.trim().is_empty() || before.contains('《') && !before.contains('》') {
                    break;
                }
                head.history.push((day, before.trim().into()));
                (day, rest) = (next, after.trim());
            }
            head.history.push((day, rest.into()));
            true
        }
        _ => !numbers.is_empty() && bare.chars().count() < 60 && document_numbers(bare).next().is_some(),
    }
}

/// What happened to a text on a day, without a blank behind the day: `…常务委员会第三十一次会议通过的《…》修正`.
fn adopted(rest: &str) -> bool {
    rest.chars().count() < 200
        && !rest.contains(['。', '；'])
        && ["通过", "修正", "修订", "公布", "发布", "批准", "废止", "施行"].iter().any(|w| rest.trim_end_matches(['）', ')', '，']).ends_with(w))
}

/// A date at the beginning, also in full-width digits.
fn wide_date(text: &str) -> Option<(Date, &str)> {
    if !text.starts_with(|c: char| ('０'..='９').contains(&c)) {
        return leading_date(text);
    }
    let end = text.find('日').map(|i| i + '日'.len_utf8()).filter(|e| *e <= 40)?;
    let plain: String = text[..end].chars().map(|c| if ('０'..='９').contains(&c) { char::from(b'0' + (u32::from(c) - 0xFF10) as u8) } else { c }).collect();
    leading_date(&plain).filter(|(_, rest)| rest.is_empty()).map(|(d, _)| (d, &text[end..]))
}

/// A line that is a document number with other brackets: `劳社部发[2008]3号`.
fn other_number(line: &str) -> Option<&str> {
    let open = line.find(['[', '［', '（', '('])?;
    let (body, rest) = (&line[..open], &line[open..]);
    let mut chars = rest.char_indices().skip(1);
    let year = chars.by_ref().take(4).filter(|(_, c)| c.is_ascii_digit()).count();
    let (_, close) = chars.next()?;
    let tail = chars.next().map(|(i, _)| &rest[i..])?;
    let digits = tail.strip_prefix('第').unwrap_or(tail).strip_suffix('号')?;
    let fits = year == 4
        && [']', '］', '）', ')'].contains(&close)
        && (1..=5).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (2..=20).contains(&body.chars().count())
        && body.chars().all(super::chars::is_han);
    fits.then_some(line)
}

/// Document numbers in a line: `国办发〔2019〕61号`.
pub fn document_numbers(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices('〔').filter_map(move |(i, _)| {
        let tail = &line[i + '〔'.len_utf8()..];
        let (year, rest) = tail.split_once('〕')?;
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) || digits == 0 || !rest[digits..].starts_with('号') {
            return None;
        }
        let start = line[..i].char_indices().rev().take_while(|(_, c)| chars::is_han(*c)).last().map(|(p, _)| p)?;
        let end = i + '〔'.len_utf8() + year.len() + '〕'.len_utf8() + digits + '号'.len_utf8();
        Some(&line[start..end])
    })
}

/// `…(2010-07-26).md`
fn name_date(path: &str) -> Option<Date> {
    let name = path.rsplit('/').next()?.rsplit_once('.')?.0;
    let (_, inner) = name.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
    dates::leading_date(inner).filter(|(_, rest)| rest.is_empty()).map(|(d, _)| d)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, text: &str) -> Doc {
        Doc::parse(Source::new(path, text), false)
    }

    #[test]
    fn a_law_without_front_matter() {
        let d = read(
            "content/policies/种子法(2021-12-24).md",
            "# 中华人民共和国种子法\n\n2000年7月8日 第九届全国人民代表大会常务委员会通过\n\n2021年12月24日 第三次修正　\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n第一条 为了\n",
        );
        assert_eq!(d.head.title.as_deref(), Some("中华人民共和国种子法"));
        assert_eq!(d.head.history.len(), 2);
        assert_eq!(d.head.formed_on.unwrap().to_string(), "2021-12-24");
        assert!(d.body().trim_start().starts_with("## 第一章"));
        assert!(d.problems.is_empty());
    }

    #[test]
    fn ambiguous_heads_stay_empty() {
        let d = read("a.md", "# 通知\n\n国办发〔2019〕61号\n\n国办函〔2020〕3号\n\n正文在此，很长的一段话。\n");
        assert_eq!(d.head.doc_no, None);
        let d = read("a.md", "# 通知\n\n国办发〔2019〕61号\n\n**发布日期**: 2025-10-13\n\n正文在此。\n");
        assert_eq!(d.head.doc_no.as_deref(), Some("国办发〔2019〕61号"));
        assert_eq!(d.head.published_on.unwrap().to_string(), "2025-10-13");
        assert_eq!(d.body().trim(), "正文在此。");
    }

    #[test]
    fn front_matter_has_file_positions() {
        let d = read("a.md", "---\r\ntitle: 甲\r\nbad: [1\r\n---\r\n正文\r\n");
        assert!(d.front.is_none());
        assert_eq!(d.problems[0].span.as_ref().map(|s| s.line), Some(3));
        let d = read("a.md", "---\ntitle: 甲\n---\n正文\n");
        let at = d.at("title");
        assert_eq!((at.line, at.col), (2, 8));
        assert_eq!(read("a.md", "---\ntitle: 甲\n").problems[0].code, "SRC004");
        assert!(read("a.md", "---\n---\n").problems.is_empty());
    }

    #[test]
    fn numbers_in_a_line() {
        let n: Vec<_> = document_numbers("根据国办发〔2019〕61号和（莆政办网传〔2021〕13号）").collect();
        assert_eq!(n, ["根据国办发〔2019〕61号", "莆政办网传〔2021〕13号"]);
    }
}
