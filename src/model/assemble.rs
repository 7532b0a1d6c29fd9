//! From files to the portal: grouping, and relations that must lead somewhere.

use super::known::Known;
use super::places::{VOCABULARIES, stray};
use super::read::item;
use super::vocabularies::{columns, departments, theme_index, themes};
use super::*;
use crate::config::{Block, Config, language_index};
use crate::diag::{Diagnostic, Report, Severity, Span, say};
use crate::load::sections::Handed;
use crate::load::{Doc, Sources};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Items of an earlier assembly, for a process that assembles again: an item whose texts and whose surroundings
/// (vocabularies, settings, files) are the same need not be read again.
#[derive(Debug, Default)]
pub struct Memory {
    surroundings: u64,
    items: FxHashMap<(Kind, Arc<str>), Remembered>,
}

/// The texts of an item, what was read from them, and what was wrong.
type Remembered = (Vec<Arc<Doc>>, Arc<Item>, Vec<Diagnostic>);

/// Everything but its own texts that an item's reading may depend on.
fn surroundings(sources: &Sources, config: &Config, columns: &[Column], sections: &BTreeMap<String, Handed>) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut h = rustc_hash::FxHasher::default();
    config.source.text.hash(&mut h);
    for (k, y) in &sources.yamls {
        (k, &y.source.text).hash(&mut h);
    }
    for (k, b) in &sources.blobs {
        (k, b.len).hash(&mut h);
    }
    sources.links.hash(&mut h);
    for (k, s) in sections {
        (k, format!("{:?}{:?}", s.draft, s.until)).hash(&mut h);
    }
    sources.git.as_ref().map(crate::load::git::Git::mark).hash(&mut h);
    // Items name their column by its place in the list, which the first item of a type makes longer.
    for c in columns {
        c.path.hash(&mut h);
    }
    h.finish()
}

/// Builds the portal from the files.
pub fn assemble(sources: &Sources, config: &Config, report: &mut Report) -> Portal {
    assemble_again(sources, config, None, report)
}

/// The same, with what is remembered of the time before.
pub fn assemble_again(sources: &Sources, config: &Config, memory: Option<&mut Memory>, report: &mut Report) -> Portal {
    let mut out = Vec::new();
    let departments = departments(sources, config, &mut out);
    let themes = themes(sources, config, &mut out);
    let by_name = super::vocabularies::DepartmentIndex::of(&departments);
    let mut columns = columns(sources, config, &by_name, &mut out);
    let calendar = super::calendar::calendar(sources, config, &mut out);
    let (glossary, alerts) = (super::dataset::glossary(sources, config, &mut out), super::dataset::alerts(sources, config, &mut out));
    let synonyms = super::dataset::synonyms(sources, config, &mut out);
    let read = (super::vocabularies::readable(sources, "departments.yaml"), !config.unsure && super::vocabularies::readable(sources, "themes.yaml"));
    for (_, owner) in config.owners.iter().filter(|(_, o)| read.0 && by_name.by_id(o).is_none()) {
        // Where site.yaml says it.
        let text = &config.source.text;
        let at = text.match_indices(owner.as_str()).map(|(i, _)| i).find(|i| text[..*i].trim_end_matches([' ', '"', '\'']).ends_with("owner:")).unwrap_or(0);
        out.push(super::vocabularies::unknown_department(owner).at(config.source.span(at, at + owner.len())));
    }
    let groups = group(sources, config, &mut out);
    for kind in config.types.iter() {
        let has = groups.keys().any(|(k, _)| *k == kind);
        if has && !kind.root && !columns.iter().any(|c| c.path == kind.folder) {
            columns.push(Column::implied(kind.folder));
        }
    }
    columns.sort_by(|a, b| a.path.cmp(&b.path));
    let by_path: FxHashMap<&str, usize> = columns.iter().enumerate().map(|(i, c)| (c.path.as_str(), i)).collect();
    let sections = crate::load::sections::sections(sources, &config.content, &config.tz);
    let theme_index = theme_index(&themes);
    let instead = sources.yamls.get("themes.yaml").filter(|y| config.profile != crate::config::Profile::Generic && y.node.is_some());
    let own_themes = instead.map(|y| y.source.path.clone());
    let known = Known { config, departments: &by_name, themes: &themes, columns: &by_path, theme_index, sources, sections: &sections, read, own_themes };
    let groups: Vec<_> = groups.into_iter().collect();
    let around = memory.as_ref().map(|_| surroundings(sources, config, &columns, &sections));
    let old = memory.as_deref().filter(|m| Some(m.surroundings) == around);
    let remembered = |key: &(Kind, Arc<str>), docs: &[(usize, &Arc<Doc>)]| {
        let (texts, item, problems) = old?.items.get(key)?;
        let same = texts.len() == docs.len() && texts.iter().zip(docs).all(|(t, (_, d))| Arc::ptr_eq(t, d));
        same.then(|| (item.clone(), problems.clone()))
    };
    let read: Vec<(Arc<Item>, Vec<Diagnostic>)> = groups
        .par_iter()
        .map(|(key, (base, docs))| {
            remembered(key, docs).unwrap_or_else(|| {
                let (item, problems) = item(key.0, &key.1, base, docs, &known);
                (Arc::new(item), problems)
            })
        })
        .collect();
    if let (Some(memory), Some(around)) = (memory, around) {
        memory.surroundings = around;
        let keep = groups
            .iter()
            .zip(&read)
            .map(|((key, (_, docs)), (item, problems))| (key.clone(), (docs.iter().map(|(_, d)| (*d).clone()).collect(), item.clone(), problems.clone())));
        memory.items = keep.collect();
    }
    kept_below(&sections, sources, &read, &mut out);
    let mut items = Vec::with_capacity(read.len());
    for (item, problems) in read {
        out.extend(problems);
        items.push(item);
    }
    if sources.git.as_ref().is_some_and(|g| g.shallow) && items.iter().any(|i| i.dataset().is_some_and(|d| d.resources.iter().any(|r| r.file.is_some()))) {
        let text =
            say!("git 仓库是浅克隆，数据文件的更新日期不取自 git", "the git repository is a shallow clone, so days of data files are not taken from git");
        let hint = say!(
            "取得完整历史（git fetch --unshallow；CI 里 fetch-depth: 0），或在 site.yaml 写 git: false",
            "get the whole history (git fetch --unshallow; in CI fetch-depth: 0), or write git: false in site.yaml"
        );
        out.push(Diagnostic::new("GIT001", Severity::Warn, text).at(Span::file("site.yaml")).hint(hint));
    }
    for d in out {
        report.push(d);
    }
    let mut disclosed = Vec::new();
    items.sort_by(|a, b| a.id.cmp(&b.id));
    if !sources.links.is_empty() {
        items.iter_mut().for_each(|i| as_the_real_one(i, sources, config, &sections));
    }
    let lost = super::lost::ids(sources, config);
    let there = |id: &str| items.binary_search_by(|i| (*i.id).cmp(id)).is_ok() || lost.contains(id);
    let disclosure = super::disclosure::read(sources, config, &departments, &themes, &there, &mut disclosed);
    let feedback = super::feedback::read(sources, config, &departments, &there, &mut disclosed);
    let visits = super::visits::read(sources, config, &mut disclosed);
    for d in disclosed {
        report.push(d);
    }
    let vocabularies = sources.yamls.iter().filter(|(k, _)| vocabulary_file(k) || super::disclosure::is_part(k)).map(|(_, y)| y.clone()).collect();
    let portal = Portal {
        languages: config.languages.clone(),
        dcat: config.writes(&crate::schema::site::outputs::DCAT_AP),
        types: config.types.clone(),
        items,
        departments,
        themes,
        columns,
        glossary,
        synonyms,
        alerts,
        calendar: Arc::new(calendar),
        disclosure: Arc::new(disclosure),
        feedback: Arc::new(feedback),
        visits: Arc::new(visits),
        vocabularies,
        // Sheets of letters hold what is not for showing: nobody can link to them.
        // Sheets of letters and requests are not linked to: what is public of them is written anew.
        unseen: sources.unseen.clone(),
        blobs: sources
            .blobs
            .iter()
            .filter(|(k, _)| !super::feedback::is_part(k) && !super::disclosure::is_sheet(k) && !super::visits::is_part(k))
            .map(|(k, b)| (k.clone(), b.clone()))
            .collect(),
        statics: sources.statics.clone(),
        ledger: sources.ledger.clone(),
        lost_files: super::lost::files(sources, config),
        lost,
        links: sources.links.clone(),
    };
    references(&portal, report);
    let mut out = Vec::new();
    unused_files(&portal, sources, config, &mut out);
    composed(&portal, &config.home, &config.source, &mut out);
    for item in &portal.items {
        if let Detail::Topic(blocks) = &item.detail {
            composed(&portal, blocks, &item.doc().source, &mut out);
        }
    }
    for d in out {
        report.push(d);
    }
    portal
}

/// Says which file keeps how many items back; what it does to none is no matter.
fn kept_below(sections: &BTreeMap<String, Handed>, sources: &Sources, items: &[(Arc<Item>, Vec<Diagnostic>)], out: &mut Vec<Diagnostic>) {
    for (folder, s) in sections.iter().filter(|(_, s)| s.draft.is_some()) {
        let silent = |i: &Item| i.doc().front.as_ref().is_none_or(|f| f.get("draft").is_none());
        let nearest = |i: &Item| super::read::above(&i.id, sections).find(|s| s.draft.is_some()).is_some_and(|n| std::ptr::eq(n, s));
        let n = items.iter().filter(|(i, _)| silent(i) && nearest(i)).count();
        let Some(key) = s.draft.as_ref().filter(|_| n > 0) else { continue };
        let name = if folder.is_empty() { "content" } else { folder };
        let text = match key {
            Some(k) => say!("按这里的 `{k}`，{name}/ 下的 {n} 条都当草稿，未公布", "by `{k}` here, the items below {name}/ are kept back as drafts: {n}"),
            None => say!(
                "这个文件的文件头读不出，{name}/ 下的 {n} 条可能受它约束，都当草稿，未公布",
                "the head of this file cannot be read and may speak for what lies below {name}/, which is kept back as drafts: {n}"
            ),
        };
        let hint = say!(
            "可以公布的，各在文件头写 draft: false；全部可以公布，就删去或改好这里",
            "write draft: false in the items that are public; where all are, delete or mend it here"
        );
        let source = sources.docs.values().map(|d| &d.source).chain(sources.yamls.values().map(|y| &y.source)).find(|f| f.path == s.path);
        let at = source.map_or_else(|| Span::file(&s.path), |f| f.span(s.at.0, s.at.1));
        out.push(Diagnostic::new("SRC043", Severity::Warn, text).at(at).hint(hint));
    }
}

/// What a folder says of the items below it holds the real file, from wherever a symbolic link leads to it.
fn as_the_real_one(item: &mut Arc<Item>, sources: &Sources, config: &Config, sections: &BTreeMap<String, Handed>) {
    let key = |path: &str| config.content.iter().find_map(|c| sources.links.get(path.strip_prefix(c.as_str())?.strip_prefix('/')?));
    let reals: Vec<Arc<str>> = item.written().filter_map(|e| key(&e.doc.source.path).cloned()).collect();
    let silent = item.doc().front.as_ref().is_none_or(|f| f.get("draft").is_none());
    for real in reals {
        for s in super::read::above(&real, sections) {
            if s.draft.is_some() && silent && !item.draft {
                Arc::make_mut(item).draft = true;
            }
            if let Some(day) = s.until.day(item.published.is_some()) {
                let before = Arc::make_mut(item).not_before.get_or_insert(day);
                if (day.date, day.clock()) > (before.date, before.clock()) {
                    *before = day;
                }
            }
        }
    }
}

/// By type and id: the base for links, and the texts by language.
type Groups<'a> = BTreeMap<(Kind, Arc<str>), (Arc<str>, Vec<(usize, &'a Arc<Doc>)>)>;

/// What the blocks of a composed page name must exist.
fn composed(portal: &Portal, blocks: &[Block], source: &crate::load::Source, out: &mut Vec<Diagnostic>) {
    let themes = super::vocabularies::theme_index(&portal.themes);
    for b in blocks {
        let mut wrong = |what: &str, value: &str| {
            let d = Diagnostic::new("SRC011", Severity::Error, say!("区块里的 {what} `{value}` 不存在", "this block's {what} `{value}` does not exist"));
            let d = d.at(source.span(b.at.0 as usize, b.at.1 as usize));
            out.push(d.hint(say!("改成已有的编号、路径或名称", "use an id, path or name that is there")));
        };
        for id in b.items.iter().filter(|id| portal.items.binary_search_by(|i| (*i.id).cmp(id)).is_err() && !portal.lost.contains(&***id)) {
            wrong("items", id);
        }
        if !b.of.is_empty() && portal.types.folder(&b.of).is_none() {
            wrong("of", &b.of);
        }
        if let Some(t) = b.theme.as_ref().filter(|t| !themes.contains_key(t.as_str())) {
            wrong("theme", t);
        }
        if let Some(d) = b.department.as_ref().filter(|d| !portal.departments.iter().any(|x| x.id == **d)) {
            wrong("department", d);
        }
        if let Some(c) = b.column.as_ref().filter(|c| !portal.columns.iter().any(|x| x.path == **c)) {
            wrong("column", c);
        }
    }
}

/// Documents and data that nothing refers to: somebody means them to be published.
fn unused_files(portal: &Portal, sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) {
    const DATA: &[&str] = &[
        "csv", "tsv", "xlsx", "xls", "xlsm", "et", "ods", "json", "geojson", "jsonl", "ndjson", "xml", "kml", "parquet", "dbf", "mdb", "zip", "rar", "7z", "gz",
    ];
    const ENDINGS: &[&str] = &["doc", "docx", "wps", "rtf", "odt", "txt", "html", "htm", "mht", "pages", "dot", "docm", "uof", "pdf", "ofd", "ceb"];
    let of = |k: &str, list: &[&str]| k.rsplit_once('.').is_some_and(|(_, e)| list.contains(&e.to_ascii_lowercase().as_str()));
    let meant = |k: &str| of(k, ENDINGS) || of(k, DATA);
    if !portal.blobs.keys().any(|k| meant(k)) {
        return;
    }
    let mut used: rustc_hash::FxHashSet<String> = rustc_hash::FxHashSet::default();
    for item in &portal.items {
        used.extend(item.files().map(std::borrow::Cow::into_owned));
        let resources = item.dataset().map_or(&[][..], |d| &d.resources);
        used.extend(resources.iter().flat_map(|r| r.file.iter().chain(r.versions.iter().map(|v| &v.file))).map(|f| f.to_string()));
        let charts = item.dataset().map_or(&[][..], |d| &d.charts);
        used.extend(charts.iter().filter_map(|c| c.boundaries.as_ref()).map(|f| f.to_string()));
        let sheets = item.consultation().and_then(|c| c.outcome.as_ref()).map_or(&[][..], |r| &r.sheets);
        used.extend(sheets.iter().map(|f| f.to_string()));
    }
    used.extend(portal.disclosure.guide.iter().flat_map(|g| &g.apply.forms).map(|f| f.to_string()));
    used.extend(portal.lost_files.iter().map(|(_, f)| f.to_string()));
    let folder = |k: &str| k.rsplit_once('/').map_or(String::new(), |(d, _)| d.to_string());
    // A file that cannot be read may refer to what lies beside it.
    let unknown: rustc_hash::FxHashSet<String> = super::lost::unseen(sources, config).iter().flat_map(|k| [folder(k), k.clone()]).collect();
    for (key, blob) in portal.blobs.iter().filter(|(k, _)| meant(k) && !used.contains(&***k) && !unknown.contains(&folder(k))) {
        let path = blob.disk.strip_prefix(&config.root).unwrap_or(&blob.disk).to_string_lossy().replace('\\', "/");
        crate::diag::push_few(out, "SRC022", || {
            Diagnostic::new("SRC022", Severity::Warn, say!("没有条目引用 `{key}`，未公布", "no item refers to `{key}`; not published"))
                .at(Span::file(&path))
                .hint(if of(key, DATA) {
                    say!(
                        "数据写进某个数据集的 resources，附件写进某条的 attachments；不用公布就移出内容目录",
                        "name data in resources of a dataset, an attachment in attachments of an item; what is not for publishing belongs elsewhere"
                    )
                } else {
                    say!(
                        "转成 Markdown（.md），或写进某条的 attachments；不用公布就移出内容目录",
                        "turn it into Markdown (.md), or name it in attachments of an item; what is not for publishing belongs elsewhere"
                    )
                })
        });
    }
}

/// A folder's file names its column; a text in it has no page.
fn unshown(doc: &Doc) -> Option<Diagnostic> {
    let text = &doc.source.text[doc.body.clone()];
    let start = doc.body.start + text.find(|c: char| !c.is_whitespace())?;
    let end = start + doc.source.text[start..].lines().next().map_or(0, str::len);
    let what = say!("目录的文件只取标题作栏目名，它的正文不公布", "of a folder's file only the title is taken, for the column; its text is not published");
    Some(Diagnostic::new("SRC046", Severity::Warn, what).at(doc.source.span(start, end)).hint(say!(
        "要公布的正文放进 pages/ 下的一个文件；一两句话写进 _column.yaml 的 description",
        "put a text for the public into a file of pages/, a sentence or two into description of _column.yaml"
    )))
}

/// Sorts the Markdown files into items: type by folder, language by suffix.
fn group<'a>(sources: &'a Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Groups<'a> {
    let mut groups: Groups<'a> = BTreeMap::new();
    // A folder with texts in it.
    let there = |folder: &str| {
        let from = format!("{folder}/");
        sources.docs.range(Arc::from(from.as_str())..).next().is_some_and(|(k, _)| k.starts_with(&from))
    };
    for (key, doc) in &sources.docs {
        if doc.problems.iter().any(|d| d.blocks) {
            continue;
        }
        if key.rsplit('/').next() == Some("_index.md") {
            out.extend(unshown(doc));
            continue;
        }
        let Some(kind) = config.types.of_path(key).or_else(|| super::disclosure::is_rules(key).then_some(crate::types::PAGE)) else {
            if !key.split_once('/').is_some_and(|(f, _)| config.types.lost.iter().any(|l| l == f)) {
                out.push(stray(key, &doc.source.path, &config.types, &there));
            }
            continue;
        };
        if let Some(d) = super::places::misplaced(kind, key, doc, &config.types) {
            out.push(d);
            continue;
        }
        let stem = key.rsplit_once('.').map_or(&**key, |(s, _)| s);
        let (id, lang) = match stem.rsplit_once('.').and_then(|(s, tag)| Some((s, language_index(&config.languages, tag)?))) {
            Some((s, lang)) => (s, lang),
            None => {
                if let Some((first, tag)) = stem.rsplit_once('.').filter(|(s, tag)| language_like(tag) && sources.docs.contains_key(format!("{s}.md").as_str()))
                {
                    let known = config.languages.iter().map(|l| &*l.tag).collect::<Vec<_>>().join(", ");
                    out.push(
                        Diagnostic::new(
                            "SRC035",
                            Severity::Error,
                            say!("`.{tag}` 不是本站的语言，这份译文未读入", "`.{tag}` is no language of this site; the translation is not read"),
                        )
                        .at(Span::file(&doc.source.path))
                        .hint(say!(
                            "把后缀改成本站的语言（{known}），或在 site.yaml 的 languages 里加上这种语言；若不是 {first}.md 的译文，文件名里不要用这个后缀",
                            "make the suffix a language of the site ({known}), or add the language to languages in site.yaml; where this is no translation of {first}.md, name it without the suffix"
                        )),
                    );
                    continue;
                }
                (stem, 0)
            }
        };
        // `datasets/gdp/dataset.yaml` is the dataset `datasets/gdp`; its links start from its own folder.
        let short = kind.inside.and_then(|file| id.strip_suffix(file)?.strip_suffix('/'));
        let (_, entry) = groups.entry((kind, short.unwrap_or(id).into())).or_insert_with(|| (id.into(), Vec::new()));
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
    for (_, docs) in groups.values_mut() {
        docs.sort_by_key(|(lang, _)| *lang);
    }
    for (key, yaml) in &sources.yamls {
        if !vocabulary_file(key) && !super::calendar::of_calendar(key) && !super::disclosure::is_part(key) && !super::feedback::is_part(key) {
            out.push(stray(key, &yaml.source.path, &config.types, &there));
        }
    }
    groups
}

/// A YAML file that is no item and whose texts are published.
fn vocabulary_file(key: &str) -> bool {
    key.rsplit('/').next() == Some("_column.yaml") || VOCABULARIES.contains(&key)
}

/// Relations must name items that exist. (That of an interpretation is a rule of its own, ITP003.)
fn references(portal: &Portal, report: &mut Report) {
    let ids: rustc_hash::FxHashSet<&str> = portal.items.iter().map(|i| &*i.id).collect();
    let near = |id: &str| super::public::near_id(id, portal.items.iter().map(|i| &*i.id));
    let all: Vec<Vec<Diagnostic>> = portal
        .items
        .par_iter()
        .map(|item| {
            let mut out = Vec::new();
            let mut look = |key: &str, list: &[Arc<str>]| {
                for id in list.iter().filter(|id| !ids.contains(&***id) && !portal.lost.contains(&***id)) {
                    crate::diag::push_few(&mut out, "SRC011", || {
                        Diagnostic::new("SRC011", Severity::Error, say!("`{key}` 指向的 `{id}` 不存在", "`{key}` names `{id}`, which does not exist"))
                            .at(item.doc().at(key))
                            .hint(match near(id) {
                                Some(n) => {
                                    say!("是不是 `{n}`？写 policies/ 之下的路径，不带 .md", "did you mean `{n}`? Write the path below policies/ without .md")
                                }
                                None => say!("写 policies/ 之下的路径，不带 .md", "write the path below policies/ without .md"),
                            })
                    });
                }
            };
            if let Some(p) = item.policy() {
                look("amends", &p.amends);
                look("repeals", &p.repeals);
                look("based_on", &p.based_on);
                look("related", &p.related);
            }
            if let Some(d) = item.dataset() {
                look("policies", &d.policies);
                look("related", &d.related);
                look("in_series", &d.series);
            }
            look("replaced_by", item.replaced_by.as_slice());
            for (field, id) in item.record().map(Values::items).unwrap_or_default() {
                look(field.key, std::slice::from_ref(id));
            }
            out
        })
        .collect();
    for d in all.into_iter().flatten() {
        report.push(d);
    }
}

/// What is written for a language at the end of a file's name: a tag, or a word that is none.
fn language_like(tag: &str) -> bool {
    static LANGUAGES: &[&str] = &[
        "ar", "bo", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "kk", "km", "ko", "lo", "mn", "ms", "my", "nl", "no",
        "pl", "pt", "ro", "ru", "sv", "th", "tr", "ug", "uk", "ur", "vi", "yue", "za", "zh", "cn", "jp", "kr", "tw", "chinese", "english", "french", "german",
        "japanese", "korean", "russian", "spanish", "中文", "英文", "日文", "韩文", "法文", "俄文", "英语",
    ];
    let low = tag.to_lowercase();
    LANGUAGES.contains(&low.split(['-', '_']).next().unwrap_or(""))
}
