//! One item from its files: every field is taken by a typed reader that records its own finding.

use super::known::{Known, department_list, reference, references, theme_list, whole_day, word};
use super::values::{rows, values};
use super::vocab::{self, DocNo};
use super::vocabularies::{owned, say_text};
use super::*;
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::sections::Handed;
use crate::load::{Doc, Fields, Node, Until};
use crate::schema::item as own;
use crate::types::{self, Shape, dataset as ds, interpretation as itp, policy as pol, topic, translation};
use jiff::tz::TimeZone;

pub(super) fn item(kind: Kind, id: &Arc<str>, base: &Arc<str>, docs: &[(usize, &Arc<Doc>)], known: &Known<'_>) -> (Item, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let doc = docs[0].1;
    let null = Node { start: 0, end: 0, kind: crate::load::Kind::Null };
    let front = doc.front.as_deref().unwrap_or(&null);
    if doc.front.is_none() {
        out.push(
            Diagnostic::new(
                "SRC012",
                Severity::Info,
                say!("没有文件头，标题与日期取自正文开头", "no front matter; title and dates are taken from the head of the text"),
            )
            .at(Span::file(&doc.source.path))
            .hint(say!("在文件开头加 ---、title: …、---", "begin the file with ---, title: …, ---")),
        );
    }
    let config = known.config;
    let mut f = Fields::new(kind.record, &doc.source, front, &config.tz, &mut out);
    let titles = say_text(&mut f, &own::TITLE, config);
    let summaries = say_text(&mut f, &own::SUMMARY, config);
    let yaml = doc.source.path.ends_with(".yaml") || doc.source.path.ends_with(".yml");
    if yaml {
        // Read by `load`: it is the body. What is no text is told here.
        let _ = f.lang_text(&own::DESCRIPTION);
    } else {
        f.hide(&own::DESCRIPTION);
    }
    if f.has(&own::WITHDRAWN) && f.empty(&own::WITHDRAWN) {
        let text =
            say!("`withdrawn` 没有值，不知道是否已撤回，所以不公布", "`withdrawn` has no value; it is not known whether this is withdrawn, so it is held");
        let hint = say!("写作 withdrawn: {{on: 2022-01-01, reason: …}}，或删去这一行", "write withdrawn: {{on: 2022-01-01, reason: …}}, or delete the line");
        f.report(&own::WITHDRAWN, Diagnostic::new("SRC008", Severity::Error, text).hint(hint).blocking());
    }
    let withdrawn = f.map(&own::WITHDRAWN).map(|mut w| {
        let ground = w.choice(&own::withdrawn::GROUND, crate::schema::words::WITHDRAWAL_GROUNDS);
        let out = Withdrawn { on: w.moment(&own::withdrawn::ON), ground, reason: owned(&mut w, &own::withdrawn::REASON) };
        w.finish();
        out
    });
    let ai = f.map(&own::AI).and_then(|mut a| {
        let (tool, reviewed_by) = (owned(&mut a, &own::ai::TOOL), owned(&mut a, &own::ai::REVIEWED_BY));
        if tool.is_none() {
            a.missing(&own::ai::TOOL);
        }
        a.finish();
        (tool.is_some() || reviewed_by.is_some()).then(|| Ai { tool: tool.unwrap_or_default(), reviewed_by })
    });
    let changes = f.entries(&own::CHANGES);
    let changes = changes.iter().filter_map(|n| {
        let mut c = f.within(&own::CHANGES, n);
        let (on, note) = (whole_day(&mut c, &own::change::ON), owned(&mut c, &own::change::NOTE));
        for wanted in [&own::change::ON, &own::change::NOTE] {
            if c.empty(wanted) {
                c.missing(wanted);
            }
        }
        c.finish();
        Some(Change { on: on?, note: note? })
    });
    let mut changes: Vec<Change> = changes.collect();
    changes.sort_by_key(|c| c.on);
    let review = super::review::read(&mut f, config.profile == crate::config::Profile::CnGovStrict);
    let detail = match kind.shape {
        Shape::Policy => Detail::Policy(Box::new(policy(&mut f, doc, base, known))),
        Shape::Interpretation => Detail::Interpretation(Box::new(interpretation(&mut f, known))),
        Shape::Dataset => Detail::Dataset(Box::new(super::dataset::dataset(&mut f, base, known))),
        Shape::Topic => Detail::Topic(crate::config::blocks(&mut f, &topic::BLOCKS, &config.languages)),
        Shape::Consultation => Detail::Consultation(Box::new(super::consultation::consultation(&mut f, kind, base, known))),
        Shape::Record => Detail::Record(values(&mut f, kind.record, Some(kind.issuer), base, known)),
    };
    let issued = if kind == types::DATASET { f.moment(&ds::ISSUED) } else { None };
    let mut issuers = department_list(&mut f, kind.issuer, known);
    if issuers.is_empty() {
        // The folder's owner answers for what names nobody.
        let owner = config.owners.iter().find(|(p, _)| doc.source.path.strip_prefix(p.as_str()).is_some_and(|r| r.starts_with('/')));
        issuers.extend(owner.and_then(|(_, o)| known.departments.by_id(o)));
    }
    let mut it = Item {
        id: id.clone(),
        base: base.clone(),
        kind,
        slug: owned(&mut f, &own::SLUG),
        aliases: super::vocabularies::aliases(&mut f, &own::ALIASES, &doc.source),
        column: column_of(id, known),
        editions: Vec::new(),
        issuers,
        published: f.moment(&own::PUBLISHED_AT).or(issued).or(doc.head.published_on.map(Moment::day)),
        formed: f.date(&own::FORMED_ON).or(doc.head.formed_on),
        effective: whole_day(&mut f, &own::EFFECTIVE_FROM).or(doc.head.effective_from),
        expires: whole_day(&mut f, &own::EXPIRES_ON),
        draft: draft(&mut f),
        not_before: None,
        review,
        withdrawn,
        replaced_from: None,
        replaced_by: f.text(&own::REPLACED_BY).map(|t| reference(t, kind.folder, &config.types)),
        themes: theme_list(&mut f, &own::THEME, known),
        keywords: f.list(&own::KEYWORDS).iter().map(|(t, _)| t.to_string()).collect(),
        attachments: attachments(&mut f, base, known),
        changes,
        source: owned(&mut f, &own::SOURCE),
        source_url: crate::load::web::address(&mut f, &own::SOURCE_URL),
        author: owned(&mut f, &own::AUTHOR),
        allowed: super::dataset::allowed(&mut f, &own::ALLOW_PERSONAL),
        ai,
        extra: f.free(&own::EXTRA),
        detail,
    };
    // Where a concern was seen belongs to the answer.
    if kind.id == types::response::TYPE.id && config.profile != crate::config::Profile::Generic && f.empty(&own::SOURCE) {
        f.missing(&own::SOURCE);
    }
    let said = f.has(&own::DRAFT);
    // A day in the text's own lines is shown as that of publication; it holds with its time, and where the field is of another day.
    let dated = f.has(&own::PUBLISHED_AT) || issued.is_some();
    let mut until = f.finish();
    if out.iter().filter(|d| d.code == "SRC005").count() > usize::from(kind != types::DATASET) {
        out.extend(super::places::elsewhere(kind, doc, &config.types));
    }
    if kind == types::DATASET {
        masks_unread(front, &doc.source, &mut out);
    }
    for s in above(id, known.sections) {
        // What an item says itself counts.
        it.draft |= !said && s.draft.is_some();
        if until.is_empty() {
            until.join(s.until);
        }
    }
    // An item in YAML has an edition in each language that its title names.
    let mut docs = docs.to_vec();
    if yaml && docs.len() == 1 {
        let other = |lang| doc.others.iter().find(|(tag, _)| crate::config::language_index(&config.languages, tag) == Some(lang)).map(|(_, d)| d);
        let mut named: Vec<usize> = titles.0.iter().filter_map(|(l, _)| *l).collect();
        named.sort_unstable();
        if !named.is_empty() {
            docs = named.iter().map(|l| (*l, other(*l).unwrap_or(doc))).collect();
        }
    }
    let docs = &docs[..];
    for (lang, doc) in docs {
        let primary = doc.source.path == docs[0].1.source.path;
        it.editions.push(edition(*lang, doc, &titles, &summaries, primary, id, &config.tz, (&mut it.aliases, &mut until, &mut out)));
    }
    if let Some(m) = docs.iter().filter_map(|(_, d)| d.head.not_before).max() {
        until.add(false, m);
    }
    it.not_before = until.day(dated);
    if it.policy().is_some() {
        let said = Said::of(&it);
        if let Detail::Policy(p) = &mut it.detail {
            p.said = said;
        }
    }
    for (lang, language) in config.languages.iter().enumerate() {
        if let (Some(from), None) = (language.from.and_then(|f| it.edition(f)).cloned(), it.edition(lang)) {
            it.editions.push(Edition { lang, derived: true, ..from });
        }
    }
    (it, out)
}

/// The sections that an item lies in, the innermost first.
pub(super) fn above<'s>(id: &str, sections: &'s BTreeMap<String, Handed>) -> impl Iterator<Item = &'s Handed> {
    let ends = if sections.is_empty() { Vec::new() } else { id.match_indices('/').map(|(i, _)| i).chain([0]).collect() };
    let mut folders: Vec<&Handed> = ends.into_iter().filter_map(|i| sections.get(&id[..i])).collect();
    folders.reverse();
    folders.into_iter()
}

/// Whether an item is a draft. Said, but not understood or left empty: rather kept back than published.
fn draft(f: &mut Fields<'_, '_>) -> bool {
    let empty = f.has(&own::DRAFT) && f.node(&own::DRAFT).is_none_or(|n| n.text().is_some_and(|t| t.trim().is_empty()));
    if empty {
        let text = say!("`draft` 没有值，按草稿留着", "`draft` has no value; kept back as a draft");
        f.report(&own::DRAFT, Diagnostic::new("SRC008", Severity::Error, text).hint(say!("写 true 或 false", "write true or false")));
        return true;
    }
    let said = f.node(&own::DRAFT).and_then(|n| n.text()).map(str::trim);
    let flag = f.flag(&own::DRAFT);
    if let (Some(word), None) = (said, flag) {
        f.amend(&own::DRAFT, say!("`draft` 不认识 `{word}`，按草稿留着，不公布", "`draft`: `{word}` is not understood; kept back as a draft, not published"));
    }
    flag.unwrap_or_else(|| f.node(&own::DRAFT).is_some())
}

/// A mask where none is read leaves its column open: it holds, by the finding about the misspelt field that it stands below if there is one.
fn masks_unread(front: &Node, source: &crate::load::Source, out: &mut Vec<Diagnostic>) {
    for keys in crate::load::unread_masks(front) {
        let spans: Vec<Span> = keys.iter().map(|k| source.span(k.start as usize, k.end as usize)).collect();
        let told = out.iter_mut().find(|d| d.code == "SRC005" && d.span.as_ref().is_some_and(|s| spans.contains(s)));
        if let Some(d) = told {
            d.severity = d.severity.max(Severity::Error);
            d.blocks = true;
            continue;
        }
        let key = keys.last().and_then(|k| k.text()).unwrap_or("mask");
        let text = say!(
            "这里的 `{key}` 不起作用，那一列会原样公布，所以先不公布",
            "`{key}` does nothing here; the column would be published as it is, so this is held"
        );
        let hint = say!(
            "写在数据字典的列里：schema: {{fields: [{{name: 列名, mask: all}}]}}",
            "write it to a column of the dictionary: schema: {{fields: [{{name: column, mask: all}}]}}"
        );
        let at = spans.last().cloned().unwrap_or_else(|| source.span(0, 0));
        crate::diag::push_few(out, "SRC005", || Diagnostic::new("SRC005", Severity::Error, text).at(at).hint(hint).blocking());
    }
}

#[expect(clippy::too_many_arguments, reason = "one call, all of them plain values")]
fn edition(
    lang: usize,
    doc: &Arc<Doc>,
    titles: &Localized,
    summaries: &Localized,
    primary: bool,
    id: &str,
    tz: &TimeZone,
    (aliases, until, out): (&mut Vec<(String, Span)>, &mut Until, &mut Vec<Diagnostic>),
) -> Edition {
    let (mut title, mut summary) = (None, None);
    if primary {
        title = Some(titles.get(lang).to_string()).filter(|t| !t.is_empty());
        summary = Some(summaries.get(lang).to_string()).filter(|t| !t.is_empty());
    } else if let Some(front) = &doc.front {
        // A translation says its own title and summary; all facts stand in the primary file.
        let mut f = Fields::new(&translation::RECORD, &doc.source, front, tz, out);
        title = owned(&mut f, &translation::TITLE);
        summary = owned(&mut f, &translation::SUMMARY);
        // They lead to this language: their place tells whose they are.
        aliases.extend(super::vocabularies::aliases(&mut f, &translation::ALIASES, &doc.source));
        until.join(f.finish());
    }
    // A title that was written and could not be read is told where it stands.
    let here = |d: &Diagnostic| d.path() == &*doc.source.path;
    if doc.left_empty("title") {
        // Of `[]` the missing title is told, not its form.
        out.retain(|d| !(here(d) && d.code == "SRC006" && d.message.en.contains("`title`")));
    }
    let unread = out.iter().any(|d| here(d) && d.code == "SRC006" && d.message.en.contains("`title`"))
        || doc.front.as_ref().and_then(|f| crate::load::lost_value(&doc.source, f, "title")).is_some();
    let misspelt = out.iter().any(|d| d.code == "SRC005" && d.path() == &*doc.source.path && d.hint.as_ref().is_some_and(|h| h.en.contains("`title`")));
    let title = title.or(doc.head.title.as_deref().map(String::from)).unwrap_or_else(|| {
        if unread {
            return id.rsplit('/').next().unwrap_or(id).to_string();
        }
        if misspelt {
            let wrong = |d: &&mut Diagnostic| d.code == "SRC005" && d.path() == &*doc.source.path && d.hint.as_ref().is_some_and(|h| h.en.contains("`title`"));
            // A document under the name of its file is worse than none.
            out.iter_mut().filter(wrong).for_each(|d| (d.severity, d.blocks) = (d.severity.max(Severity::Error), true));
            return id.rsplit('/').next().unwrap_or(id).to_string();
        }
        let d = Diagnostic::new("SRC010", Severity::Error, say!("缺少标题", "the title is missing")).at(doc.at("title"));
        out.push(d.hint(if doc.left_empty("title") {
            say!("填上 `title:`；暂用文件名", "fill in `title:`; the file's name is used for now")
        } else {
            say!(
                "在文件头写 title: …，或以 # 标题 开头；暂用文件名",
                "write title: … in the front matter, or begin with # Title; the file's name is used for now"
            )
        }));
        id.rsplit('/').next().unwrap_or(id).to_string()
    });
    Edition { lang, title, summary, doc: doc.clone(), derived: false }
}

fn column_of(id: &str, known: &Known<'_>) -> Option<usize> {
    let mut dir = id.rsplit_once('/').map(|(d, _)| d);
    while let Some(d) = dir {
        if let Some(c) = known.columns.get(d) {
            return Some(*c);
        }
        dir = d.rsplit_once('/').map(|(d, _)| d);
    }
    None
}

fn attachments(f: &mut Fields<'_, '_>, id: &str, known: &Known<'_>) -> Vec<Attachment> {
    let mut out = Vec::new();
    for node in f.entries(&own::ATTACHMENTS) {
        let (path, title) = match node.text() {
            Some(t) => (Some(t.to_string()), None),
            None => {
                let mut a = f.within(&own::ATTACHMENTS, node);
                let got = (owned(&mut a, &own::attachment::FILE), owned(&mut a, &own::attachment::TITLE));
                if got.0.is_none() {
                    a.missing(&own::attachment::FILE);
                }
                a.finish();
                got
            }
        };
        let Some(path) = path else { continue };
        match known.file(id, &path) {
            Some(file) => {
                let title = title.unwrap_or_else(|| file.rsplit('/').next().unwrap_or(file).to_string());
                out.push(Attachment { file: file.clone(), title });
            }
            None => f.report_at(node.start, node.end, known.no_file("SRC015", id, &path, say!("附件 `{path}` 不存在", "there is no attachment `{path}`"))),
        }
    }
    out
}

/// A text that may be a reason; a word for yes or none is not, nor is a sign alone.
fn gives_reason(text: &str) -> bool {
    const EMPTY: [&str; 20] = [
        "无",
        "没有",
        "暂无",
        "无需",
        "无须",
        "不需要",
        "不需",
        "不用",
        "免",
        "免于解读",
        "无需解读",
        "不需要解读",
        "是",
        "略",
        "none",
        "no",
        "yes",
        "true",
        "n/a",
        "exempt",
    ];
    let word: String = text.chars().filter(|c| c.is_alphanumeric() || *c == '/').collect::<String>().to_lowercase();
    word.chars().count() > 1 && !EMPTY.contains(&word.as_str()) && word.chars().any(char::is_alphabetic)
}

fn policy(f: &mut Fields<'_, '_>, doc: &Doc, base: &str, known: &Known<'_>) -> Policy {
    let doc_no = f.text(&pol::DOC_NO);
    let no_number = matches!(doc_no, Some("none" | "无"));
    let need = match f.node(&pol::INTERPRETATION) {
        Some(n) if n.text().is_none() => f.map(&pol::INTERPRETATION).map_or(Need::Unsaid, |mut m| {
            let reason = owned(&mut m, &pol::exempt::EXEMPT);
            if m.empty(&pol::exempt::EXEMPT) {
                m.missing(&pol::exempt::EXEMPT);
            }
            // Who says that none is due and not why still owes it, as if nothing had been said.
            if let Some(text) = reason.as_deref().filter(|t| !gives_reason(t)) {
                let d = Diagnostic::new(
                    "SRC008",
                    Severity::Error,
                    say!("`{text}` 没有说明为什么免于解读，仍算应解读", "`{text}` does not say why no interpretation is due; one still is"),
                );
                m.report(&pol::exempt::EXEMPT, d.hint(say!("写明理由，如 转发上级文件", "write the reason, like: passes on a document of a higher authority")));
            }
            m.finish();
            reason.filter(|t| gives_reason(t)).map_or(Need::Required, Need::Exempt)
        }),
        Some(_) => f.choice(&pol::INTERPRETATION, &[("required", ())]).map_or(Need::Unsaid, |()| Need::Required),
        None => Need::Unsaid,
    };
    let disclosure = word(f, &pol::DISCLOSURE_MODE, vocab::DISCLOSURE);
    // What cannot be read may be meant to be kept back.
    if disclosure.is_none() && !f.empty(&pol::DISCLOSURE_MODE) {
        f.block_last();
    }
    Policy {
        doc_no: doc_no.filter(|_| !no_number).map(String::from).or(doc.head.doc_no.as_deref().map(String::from)).map(|n| DocNo::new(&n)),
        no_number,
        index_no: owned(f, &pol::INDEX_NO),
        reg_no: owned(f, &pol::REG_NO),
        doc_type: word(f, &pol::DOC_TYPE, vocab::DOC_TYPES),
        level: word(f, &pol::AUTHORITY_LEVEL, vocab::LEVELS),
        disclosure,
        normative: f.flag(&pol::IS_NORMATIVE),
        drafted_by: department_list(f, &pol::DRAFTED_BY, known),
        interpretation: need,
        amends: references(f, &pol::AMENDS, known),
        repeals: references(f, &pol::REPEALS, known),
        amended_by: references(f, &pol::AMENDED_BY, known),
        repealed_by: references(f, &pol::REPEALED_BY, known),
        based_on: references(f, &pol::BASED_ON, known),
        related: references(f, &pol::RELATED, known),
        said: Said::default(),
        issuer_text: doc.head.issuer.as_deref().map(String::from),
        history: doc.head.history.iter().map(|(d, t)| (*d, t.to_string())).collect(),
        tasks: rows(f, &pol::TASKS, base, known),
        benefits: rows(f, &pol::BENEFITS, base, known),
    }
}

fn interpretation(f: &mut Fields<'_, '_>, known: &Known<'_>) -> Interpretation {
    let mut it = Interpretation { policies: references(f, &itp::POLICIES, known), ..Interpretation::default() };
    for node in f.entries(&itp::POLICY_REF_EXTERNAL) {
        match node.text() {
            Some(t) => it.external.push((t.to_string(), None)),
            None => {
                let mut e = f.within(&itp::POLICY_REF_EXTERNAL, node);
                let (title, url) = (owned(&mut e, &itp::external::TITLE), crate::load::web::address(&mut e, &itp::external::URL));
                if title.is_none() {
                    e.missing(&itp::external::TITLE);
                }
                e.finish();
                it.external.extend(title.map(|t| (t, url)));
            }
        }
    }
    for (text, node) in f.list(&itp::FORM) {
        match vocab::code(vocab::FORMS, text) {
            Some(c) => it.forms.push(c),
            None => {
                let words: Vec<&str> = vocab::FORMS.iter().map(|(w, _)| *w).collect();
                let list = crate::diag::Listed(words);
                f.report_at(
                    node.start,
                    node.end,
                    Diagnostic::new("SRC008", Severity::Error, say!("`form` 不认识 `{text}`", "`form`: `{text}` is not in the vocabulary"))
                        .hint(say!("可用的词：{list}", "allowed: {list:#}")),
                );
            }
        }
    }
    if let Some(mut p) = f.map(&itp::INTERPRETER) {
        let (name, title) = (owned(&mut p, &itp::interpreter::NAME), owned(&mut p, &itp::interpreter::TITLE));
        it.head = p.flag(&itp::interpreter::IS_HEAD) == Some(true);
        p.finish();
        it.interpreter = name.map(|n| (n, title));
    }
    if let Some(mut c) = f.map(&itp::CONTACT) {
        it.tel = owned(&mut c, &itp::contact::TEL);
        it.email = owned(&mut c, &itp::contact::EMAIL);
        c.finish();
    }
    if let Some(mut s) = f.map(&itp::SECTIONS) {
        for (i, section) in itp::sections::RECORD.fields.iter().enumerate() {
            if let Some(text) = s.text(section) {
                it.sections.insert(i, text.to_string());
            }
        }
        s.finish();
    }
    for node in f.entries(&itp::QA) {
        let mut q = f.within(&itp::QA, node);
        let pair = (owned(&mut q, &itp::qa::Q), owned(&mut q, &itp::qa::A));
        for wanted in [&itp::qa::Q, &itp::qa::A] {
            if q.empty(wanted) {
                q.missing(wanted);
            }
        }
        q.finish();
        if let (Some(q), Some(a)) = pair {
            it.qa.push((q, a));
        }
    }
    if let Some(mut g) = f.map(&itp::GLANCE) {
        it.glance = Some(values(&mut g, &itp::glance::RECORD, None, "", known));
        g.finish();
    }
    it.text_alternative = owned(f, &itp::TEXT_ALTERNATIVE);
    it
}
