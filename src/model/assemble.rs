//! From files to items: every field is taken by a typed reader that records its own finding.

use super::vocab::{self, DocNo};
use super::*;
use crate::config::{Config, Profile, language_index};
use crate::diag::{Diagnostic, Report, Severity, Span};
use crate::load::{Doc, Fields, Node, Sources, Yaml};
use crate::say;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Builds the portal from the files.
pub fn assemble(sources: &Sources, config: &Config, report: &mut Report) -> Portal {
    let mut out = Vec::new();
    let departments = departments(sources, config, &mut out);
    let themes = themes(sources, config, &mut out);
    let mut columns = columns(sources, config, &departments, &mut out);
    let groups = group(sources, config, &mut out);
    for kind in FOLDERS.iter().map(|(_, k)| *k) {
        let has = groups.keys().any(|(k, _)| *k == kind);
        if has && kind != Kind::Page && !columns.iter().any(|c| c.path == kind.folder()) {
            columns.push(Column::implied(kind.folder()));
        }
    }
    columns.sort_by(|a, b| a.path.cmp(&b.path));
    let by_path: FxHashMap<&str, usize> = columns.iter().enumerate().map(|(i, c)| (c.path.as_str(), i)).collect();
    let known = Known { config, departments: &departments, themes: &themes, columns: &by_path, theme_index: theme_index(&themes), sources };
    let groups: Vec<_> = groups.into_iter().collect();
    let read: Vec<(Item, Vec<Diagnostic>)> = groups.par_iter().map(|((kind, id), docs)| item(*kind, id, docs, &known)).collect();
    let mut items = Vec::with_capacity(read.len());
    for (item, problems) in read {
        out.extend(problems);
        items.push(Arc::new(item));
    }
    for d in out {
        report.push(d);
    }
    items.sort_by(|a, b| a.id.cmp(&b.id));
    let portal = Portal {
        languages: config.languages.clone(),
        items,
        departments,
        themes,
        columns,
        blobs: sources.blobs.clone(),
        statics: sources.statics.clone(),
        ledger: sources.ledger.clone(),
    };
    references(&portal, report);
    portal
}

impl Column {
    fn implied(path: &str) -> Column {
        Column {
            path: path.to_string(),
            title: Localized::default(),
            description: Localized::default(),
            keywords: Vec::new(),
            column_type: None,
            order: None,
            nav: true,
            owner: None,
            file: None,
        }
    }
}

/// What an item's reader may look things up in.
struct Known<'a> {
    config: &'a Config,
    departments: &'a [Department],
    themes: &'a [Theme],
    columns: &'a FxHashMap<&'a str, usize>,
    theme_index: FxHashMap<String, usize>,
    sources: &'a Sources,
}

type Groups<'a> = BTreeMap<(Kind, Arc<str>), Vec<(usize, &'a Arc<Doc>)>>;

/// Sorts the Markdown files into items: type by folder, language by suffix.
fn group<'a>(sources: &'a Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Groups<'a> {
    let mut groups: Groups<'a> = BTreeMap::new();
    for (key, doc) in &sources.docs {
        if key.rsplit('/').next() == Some("_index.md") || doc.problems.iter().any(|d| d.blocks) {
            continue;
        }
        let Some(kind) = key.split_once('/').and_then(|(f, _)| FOLDERS.iter().find(|(n, _)| *n == f)).map(|(_, k)| *k) else {
            out.push(stray(&doc.source.path));
            continue;
        };
        let stem = key.rsplit_once('.').map_or(&**key, |(s, _)| s);
        let (id, lang) = match stem.rsplit_once('.').and_then(|(s, tag)| Some((s, language_index(&config.languages, tag)?))) {
            Some((s, lang)) => (s, lang),
            None => (stem, 0),
        };
        let entry = groups.entry((kind, id.into())).or_default();
        if let Some((_, first)) = entry.iter().find(|(l, _)| *l == lang) {
            out.push(
                Diagnostic::new(
                    "SRC018",
                    Severity::Error,
                    say!("与 {} 是同一条目的同一语言，未读入", "is the same item in the same language as {}; not read", first.source.path),
                )
                .at(Span::file(&doc.source.path))
                .hint(say!("改其中一个的名字，或换语言后缀", "rename one of them, or give it another language suffix")),
            );
            continue;
        }
        entry.push((lang, doc));
    }
    for docs in groups.values_mut() {
        docs.sort_by_key(|(lang, _)| *lang);
    }
    for (key, yaml) in &sources.yamls {
        let name = key.rsplit('/').next().unwrap_or(key);
        if name != "_column.yaml" && !matches!(&**key, "departments.yaml" | "themes.yaml") {
            out.push(stray(&yaml.source.path));
        }
    }
    groups
}

fn stray(path: &str) -> Diagnostic {
    Diagnostic::new("SRC016", Severity::Warn, say!("不在任何内容类型的目录里，未发布", "in no folder of a content type; not published"))
        .at(Span::file(path))
        .hint(say!("移到 policies/、interpretations/ 或 pages/ 之下", "move it below policies/, interpretations/ or pages/"))
}

fn say_text(f: &mut Fields<'_, '_>, key: &'static str, config: &Config) -> Localized {
    let Some(texts) = f.lang_text(key) else { return Localized::default() };
    let (text, unknown) = Localized::from(texts, &config.languages);
    for tag in unknown {
        f.report(
            key,
            Diagnostic::new("SRC008", Severity::Warn, say!("site.yaml 的 languages 中没有 `{tag}`", "`{tag}` is not among the languages of site.yaml")),
        );
    }
    text
}

fn owned(f: &mut Fields<'_, '_>, key: &'static str) -> Option<String> {
    f.text(key).map(String::from)
}

fn vocabulary<'a>(sources: &'a Sources, name: &str) -> Option<(&'a Yaml, &'a [Node])> {
    let yaml = sources.yamls.get(name)?;
    match &yaml.node.as_ref()?.kind {
        crate::load::Kind::List(items) => Some((yaml, items)),
        _ => Some((yaml, std::slice::from_ref(yaml.node.as_ref()?))),
    }
}

/// An id fit for an address: ASCII letters, digits, `-`, `_`.
fn good_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 80 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn bad_id(id: &str) -> Diagnostic {
    Diagnostic::new("SRC008", Severity::Error, say!("编号 `{id}` 不能用在地址里", "the id `{id}` cannot stand in an address"))
        .hint(say!("只用英文字母、数字和连字符，且不重复", "use ASCII letters, digits and hyphens, each id once"))
}

fn departments(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Department> {
    let mut list: Vec<Department> = Vec::new();
    let Some((yaml, nodes)) = vocabulary(sources, "departments.yaml") else { return list };
    for node in nodes {
        let mut f = Fields::new(&yaml.source, node, &config.tz, out);
        let id = owned(&mut f, "id");
        let d = Department {
            id: id.clone().unwrap_or_default(),
            name: say_text(&mut f, "name", config),
            description: say_text(&mut f, "description", config),
            address: say_text(&mut f, "address", config),
            hours: say_text(&mut f, "hours", config),
            tel: owned(&mut f, "tel"),
            email: owned(&mut f, "email"),
            url: owned(&mut f, "url").filter(|u| crate::load::markdown::bad_scheme(u).is_none()),
            code: owned(&mut f, "code"),
        };
        match &id {
            None => f.missing("id"),
            Some(i) if !good_id(i) || list.iter().any(|x| x.id == *i) => f.report("id", bad_id(i)),
            Some(_) if d.name.is_empty() => f.missing("name"),
            Some(_) => list.push(d),
        }
        f.finish();
    }
    list
}

fn themes(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Theme> {
    let mut list: Vec<Theme> = Vec::new();
    let Some((yaml, nodes)) = vocabulary(sources, "themes.yaml") else {
        return if config.profile == Profile::Generic { list } else { national_themes() };
    };
    let mut todo: Vec<(&Node, Option<usize>)> = nodes.iter().rev().map(|n| (n, None)).collect();
    while let Some((node, parent)) = todo.pop() {
        let mut f = Fields::new(&yaml.source, node, &config.tz, out);
        let id = owned(&mut f, "id");
        let label = say_text(&mut f, "label", config);
        let below = f.entries("terms");
        match &id {
            None => f.missing("id"),
            Some(i) if !good_id(i) || list.iter().any(|x| x.id == *i) => f.report("id", bad_id(i)),
            Some(_) if label.is_empty() => f.missing("label"),
            Some(i) => {
                list.push(Theme { id: i.clone(), label, parent });
                todo.extend(below.iter().rev().map(|n| (n, Some(list.len() - 1))));
            }
        }
        f.finish();
    }
    list
}

fn national_themes() -> Vec<Theme> {
    let plain = |t: &str| Localized(vec![(None, t.to_string())]);
    let mut list = Vec::new();
    for (i, (top, below)) in vocab::THEME_TREE.iter().enumerate() {
        let parent = list.len();
        list.push(Theme { id: format!("{:02}", i + 1), label: plain(top), parent: None });
        for (j, term) in below.iter().enumerate() {
            list.push(Theme { id: format!("{:02}-{:02}", i + 1, j + 1), label: plain(term), parent: Some(parent) });
        }
    }
    list
}

/// Every way to name a theme: its code, its label where only one has it, its path of labels.
fn theme_index(themes: &[Theme]) -> FxHashMap<String, usize> {
    let mut index: FxHashMap<String, usize> = FxHashMap::default();
    let mut labels: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, t) in themes.iter().enumerate() {
        for (_, label) in &t.label.0 {
            labels.entry(label).or_default().push(i);
            if let Some(p) = t.parent {
                for (_, above) in &themes[p].label.0 {
                    index.insert(format!("{above}/{label}"), i);
                }
            }
        }
    }
    for (label, hits) in labels {
        if let [one] = hits[..] {
            index.entry(label.to_string()).or_insert(one);
        }
    }
    for (i, t) in themes.iter().enumerate() {
        index.insert(t.id.clone(), i);
    }
    index
}

fn columns(sources: &Sources, config: &Config, departments: &[Department], out: &mut Vec<Diagnostic>) -> Vec<Column> {
    let mut list: Vec<Column> = Vec::new();
    for (key, yaml) in &sources.yamls {
        let Some(path) = key.strip_suffix("/_column.yaml") else { continue };
        let Some(node) = &yaml.node else { continue };
        let mut f = Fields::new(&yaml.source, node, &config.tz, out);
        let owner = f.text("owner");
        let owner = owner.and_then(|o| {
            let hit = departments.iter().position(|d| d.id == o);
            if hit.is_none() {
                f.report("owner", unknown_department(o));
            }
            hit
        });
        let c = Column {
            path: path.to_string(),
            title: say_text(&mut f, "title", config),
            description: say_text(&mut f, "description", config),
            keywords: f.list("keywords").iter().map(|(t, _)| t.to_string()).collect(),
            column_type: owned(&mut f, "type"),
            order: f.count("order"),
            nav: f.flag("nav").unwrap_or(true),
            owner,
            file: Some(yaml.source.path.clone()),
        };
        // Read by the freshness rules, which come with the disclosure catalogue; known here so that authors may set it now.
        let _ = f.text("update_within");
        if c.title.is_empty() {
            f.missing("title");
        }
        f.finish();
        list.push(c);
    }
    // Section files of other generators (`_index.md`) name a column too.
    for (key, doc) in &sources.docs {
        let Some(path) = key.strip_suffix("/_index.md") else { continue };
        let title = doc.front.as_ref().and_then(|n| n.get("title")).and_then(Node::text).map(String::from).or(doc.head.title.as_deref().map(String::from));
        if let Some(title) = title.filter(|_| !list.iter().any(|c| c.path == path)) {
            list.push(Column { title: Localized(vec![(None, title)]), file: Some(doc.source.path.clone()), ..Column::implied(path) });
        }
    }
    list
}

fn unknown_department(id: &str) -> Diagnostic {
    Diagnostic::new("SRC011", Severity::Error, say!("departments.yaml 里没有 `{id}`", "departments.yaml has no `{id}`"))
        .hint(say!("改成已有的编号，或在 departments.yaml 里加上它", "use an id that is there, or add it to departments.yaml"))
}

fn item(kind: Kind, id: &Arc<str>, docs: &[(usize, &Arc<Doc>)], known: &Known<'_>) -> (Item, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let doc = docs[0].1;
    let null = Node { start: 0, end: 0, kind: crate::load::Kind::Null };
    let front = doc.front.as_ref().unwrap_or(&null);
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
    let mut f = Fields::new(&doc.source, front, &config.tz, &mut out);
    let titles = say_text(&mut f, "title", config);
    let summaries = say_text(&mut f, "summary", config);
    let withdrawn = f.map("withdrawn").map(|mut w| {
        let out = Withdrawn { on: w.date("on"), reason: owned(&mut w, "reason") };
        w.finish();
        out
    });
    let changes = f.entries("changes");
    let changes = changes.iter().filter_map(|n| {
        let mut c = f.within(n);
        let (on, note) = (c.date("on"), owned(&mut c, "note"));
        if !c.has("on") {
            c.missing("on");
        }
        c.finish();
        Some(Change { on: on?, note: note? })
    });
    let mut changes: Vec<Change> = changes.collect();
    changes.sort_by_key(|c| c.on);
    let detail = match kind {
        Kind::Policy => Detail::Policy(Box::new(policy(&mut f, doc, known))),
        Kind::Interpretation => Detail::Interpretation(Box::new(interpretation(&mut f))),
        Kind::Page => Detail::Page,
    };
    let issuer_key = if kind == Kind::Interpretation { "interpreter_org" } else { "issuer" };
    let mut it = Item {
        id: id.clone(),
        kind,
        slug: owned(&mut f, "slug"),
        aliases: f.list("aliases").iter().map(|(t, _)| t.to_string()).collect(),
        column: column_of(id, known),
        editions: Vec::new(),
        issuers: department_list(&mut f, issuer_key, known),
        published: f.moment("published_at").or(doc.head.published_on.map(Moment::day)),
        formed: f.date("formed_on").or(doc.head.formed_on),
        effective: f.date("effective_from").or(doc.head.effective_from),
        expires: f.date("expires_on"),
        draft: f.flag("draft").unwrap_or(false),
        withdrawn,
        replaced_by: f.text("replaced_by").map(|t| reference(t, kind)),
        themes: theme_list(&mut f, known),
        keywords: f.list("keywords").iter().map(|(t, _)| t.to_string()).collect(),
        attachments: attachments(&mut f, id, known),
        changes,
        source: owned(&mut f, "source"),
        source_url: owned(&mut f, "source_url").filter(|u| crate::load::markdown::bad_scheme(u).is_none()),
        author: owned(&mut f, "author"),
        extra: f.free("extra"),
        detail,
    };
    f.finish();
    for (lang, doc) in docs {
        it.editions.push(edition(*lang, doc, &titles, &summaries, doc.source.path == docs[0].1.source.path, id, &config.tz, &mut out));
    }
    for (lang, language) in config.languages.iter().enumerate() {
        if let (Some(from), None) = (language.from.and_then(|f| it.edition(f)).cloned(), it.edition(lang)) {
            it.editions.push(Edition { lang, derived: true, ..from });
        }
    }
    (it, out)
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
    out: &mut Vec<Diagnostic>,
) -> Edition {
    let (mut title, mut summary) = (None, None);
    if primary {
        title = Some(titles.get(lang).to_string()).filter(|t| !t.is_empty());
        summary = Some(summaries.get(lang).to_string()).filter(|t| !t.is_empty());
    } else if let Some(front) = &doc.front {
        // A translation says its own title and summary; all facts stand in the primary file.
        let mut f = Fields::new(&doc.source, front, tz, out);
        title = owned(&mut f, "title");
        summary = owned(&mut f, "summary");
        f.finish();
    }
    let title = title.or(doc.head.title.as_deref().map(String::from)).unwrap_or_else(|| {
        let d = Diagnostic::new("SRC010", Severity::Error, say!("缺少标题", "the title is missing")).at(doc.source.span(0, 0));
        out.push(d.hint(say!(
            "在文件头写 title: …，或以 # 标题 开头；暂用文件名",
            "write title: … in the front matter, or begin with # Title; the file's name is used for now"
        )));
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

/// `2021/notice` under `policies:` means `policies/2021/notice`; a path with a type's folder means itself.
fn reference(text: &str, kind: Kind) -> Arc<str> {
    let text = text.trim().trim_matches('/').trim_end_matches(".md");
    let full = FOLDERS.iter().any(|(f, _)| text.strip_prefix(f).is_some_and(|r| r.starts_with('/')));
    if full { text.into() } else { format!("{}/{text}", kind.folder()).into() }
}

fn references_in(f: &mut Fields<'_, '_>, key: &'static str) -> Vec<Arc<str>> {
    f.list(key).iter().map(|(t, _)| reference(t, Kind::Policy)).collect()
}

fn department_list(f: &mut Fields<'_, '_>, key: &'static str, known: &Known<'_>) -> Vec<usize> {
    let mut out = Vec::new();
    for (text, node) in f.list(key) {
        match known.departments.iter().position(|d| d.id == text || d.name.0.iter().any(|(_, n)| n == text)) {
            Some(i) if out.contains(&i) => {}
            Some(i) => out.push(i),
            None => f.report_at(node.start, node.end, unknown_department(text)),
        }
    }
    out
}

fn theme_list(f: &mut Fields<'_, '_>, known: &Known<'_>) -> Vec<usize> {
    let mut named = f.list("theme");
    named.extend(f.list("themes"));
    let mut out = Vec::new();
    for (text, node) in named {
        match known.theme_index.get(&text.replace('\\', "/")) {
            Some(i) if out.contains(i) => {}
            Some(i) => out.push(*i),
            None => f.report_at(
                node.start,
                node.end,
                Diagnostic::new(
                    "SRC011",
                    Severity::Error,
                    say!("主题词表里没有 `{text}`，或不止一个", "the vocabulary of themes has no `{text}`, or more than one"),
                )
                .hint(say!(
                    "写全路径（综合政务/政务公开）或代码；自定词表放在 themes.yaml",
                    "write the whole path (综合政务/政务公开) or the code; put terms of your own in themes.yaml"
                )),
            ),
        }
    }
    debug_assert!(out.iter().all(|i| *i < known.themes.len()));
    out
}

fn attachments(f: &mut Fields<'_, '_>, id: &str, known: &Known<'_>) -> Vec<Attachment> {
    let mut out = Vec::new();
    for node in f.entries("attachments") {
        let (path, title) = match node.text() {
            Some(t) => (Some(t.to_string()), None),
            None => {
                let mut a = f.within(node);
                let got = (owned(&mut a, "file"), owned(&mut a, "title"));
                if got.0.is_none() {
                    a.missing("file");
                }
                a.finish();
                got
            }
        };
        let Some(path) = path else { continue };
        match super::content_key(id, &path).and_then(|k| known.sources.blobs.get_key_value(k.as_str())) {
            Some((file, _)) => {
                let title = title.unwrap_or_else(|| file.rsplit('/').next().unwrap_or(file).to_string());
                out.push(Attachment { file: file.clone(), title });
            }
            None => f.report_at(
                node.start,
                node.end,
                Diagnostic::new("SRC015", Severity::Error, say!("附件 `{path}` 不存在", "there is no attachment `{path}`"))
                    .hint(say!("路径相对于本文件所在目录", "the path is relative to the folder of this file")),
            ),
        }
    }
    out
}

fn word(f: &mut Fields<'_, '_>, key: &'static str, table: &'static [(&'static str, &'static str)]) -> Option<&'static str> {
    let text = f.text(key)?;
    vocab::code(table, text).or_else(|| {
        // Goes through the choice reader for its finding and its list of words.
        f.choice(key, table)
    })
}

fn policy(f: &mut Fields<'_, '_>, doc: &Doc, known: &Known<'_>) -> Policy {
    let doc_no = f.text("doc_no");
    let no_number = matches!(doc_no, Some("none" | "无"));
    let need = match f.node("interpretation") {
        Some(n) if n.text().is_none() => f.map("interpretation").map_or(Need::Unsaid, |mut m| {
            let reason = owned(&mut m, "exempt");
            m.finish();
            reason.map_or(Need::Unsaid, Need::Exempt)
        }),
        Some(_) => f.choice("interpretation", &[("required", ())]).map_or(Need::Unsaid, |()| Need::Required),
        None => Need::Unsaid,
    };
    Policy {
        doc_no: doc_no.filter(|_| !no_number).map(String::from).or(doc.head.doc_no.as_deref().map(String::from)).map(|n| DocNo::new(&n)),
        no_number,
        index_no: owned(f, "index_no"),
        reg_no: owned(f, "reg_no"),
        doc_type: word(f, "doc_type", vocab::DOC_TYPES),
        level: word(f, "authority_level", vocab::LEVELS),
        disclosure: word(f, "disclosure_mode", vocab::DISCLOSURE),
        normative: f.flag("is_normative"),
        drafted_by: department_list(f, "drafted_by", known),
        interpretation: need,
        amends: references_in(f, "amends"),
        repeals: references_in(f, "repeals"),
        amended_by: references_in(f, "amended_by"),
        repealed_by: references_in(f, "repealed_by"),
        based_on: references_in(f, "based_on"),
        related: references_in(f, "related"),
        issuer_text: doc.head.issuer.as_deref().map(String::from),
        history: doc.head.history.iter().map(|(d, t)| (*d, t.to_string())).collect(),
    }
}

fn interpretation(f: &mut Fields<'_, '_>) -> Interpretation {
    let mut it = Interpretation { policies: references_in(f, "policies"), ..Interpretation::default() };
    for node in f.entries("policy_ref_external") {
        match node.text() {
            Some(t) => it.external.push((t.to_string(), None)),
            None => {
                let mut e = f.within(node);
                let (title, url) = (owned(&mut e, "title"), owned(&mut e, "url"));
                if title.is_none() {
                    e.missing("title");
                }
                e.finish();
                it.external.extend(title.map(|t| (t, url.filter(|u| crate::load::markdown::bad_scheme(u).is_none()))));
            }
        }
    }
    for (text, node) in f.list("form") {
        match vocab::code(vocab::FORMS, text) {
            Some(c) => it.forms.push(c),
            None => {
                let words: Vec<&str> = vocab::FORMS.iter().map(|(w, _)| *w).collect();
                let list = words.join("、");
                f.report_at(
                    node.start,
                    node.end,
                    Diagnostic::new("SRC008", Severity::Error, say!("`form` 不认识 `{text}`", "`form`: `{text}` is not in the vocabulary"))
                        .hint(say!("可用的词：{list}", "allowed: {list}")),
                );
            }
        }
    }
    if let Some(mut p) = f.map("interpreter") {
        let (name, title) = (owned(&mut p, "name"), owned(&mut p, "title"));
        let _ = p.flag("is_head");
        p.finish();
        it.interpreter = name.map(|n| (n, title));
    }
    if let Some(mut c) = f.map("contact") {
        it.tel = owned(&mut c, "tel");
        it.email = owned(&mut c, "email");
        c.finish();
    }
    if let Some(mut s) = f.map("sections") {
        for (i, section) in vocab::SECTIONS.iter().enumerate() {
            if let Some(text) = s.text(section.key) {
                it.sections.insert(i, text.to_string());
            }
        }
        s.finish();
    }
    for node in f.entries("qa") {
        let mut q = f.within(node);
        let pair = (owned(&mut q, "q"), owned(&mut q, "a"));
        q.finish();
        if let (Some(q), Some(a)) = pair {
            it.qa.push((q, a));
        }
    }
    it.text_alternative = owned(f, "text_alternative");
    it
}

/// Relations must name items that exist. (That of an interpretation is a rule of its own, ITP003.)
fn references(portal: &Portal, report: &mut Report) {
    let ids: rustc_hash::FxHashSet<&str> = portal.items.iter().map(|i| &*i.id).collect();
    let all: Vec<Vec<Diagnostic>> = portal
        .items
        .par_iter()
        .map(|item| {
            let mut out = Vec::new();
            let mut look = |key: &str, list: &[Arc<str>]| {
                for id in list.iter().filter(|id| !ids.contains(&***id)) {
                    out.push(
                        Diagnostic::new("SRC011", Severity::Error, say!("`{key}` 指向的 `{id}` 不存在", "`{key}` names `{id}`, which does not exist"))
                            .at(item.doc().at(key))
                            .hint(say!("写 policies/ 之下的路径，不带 .md", "write the path below policies/ without .md")),
                    );
                }
            };
            if let Some(p) = item.policy() {
                look("amends", &p.amends);
                look("repeals", &p.repeals);
                look("based_on", &p.based_on);
                look("related", &p.related);
            }
            look("replaced_by", item.replaced_by.as_slice());
            out
        })
        .collect();
    for d in all.into_iter().flatten() {
        report.push(d);
    }
}
