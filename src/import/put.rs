//! From drafts to files: names, departments and themes are settled, and what is there already is compared, not overwritten.

use super::names::segment;
use super::state::{self, State, Was};
use super::{Asked, Brought, Draft, Office, Value, emit, norm};
use crate::config::Profile;
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::brought::Piece;
use crate::load::{Kind, Source, parse_yaml, read_bytes};
use crate::schema::vocabulary::{department as dep, theme};
use crate::schema::{Field, FieldKind, item as own};
use crate::types::Shape;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What becomes of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// Its file is made.
    New,
    /// The source changed these fields (an empty one is the text), and they are taken over.
    Changed(Vec<String>),
    /// Nothing is to be done.
    Same,
    /// It is not written: a file that no import made is in its place.
    Refused,
    /// Somebody took its file away; it is not made again.
    Deleted,
    /// The source has it no longer; its file stays.
    Gone,
    /// It was withdrawn for privacy and is not written again.
    Withdrawn,
}

/// What is to be written.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files by their path below the project.
    pub writes: BTreeMap<String, Vec<u8>>,
    /// Files that were fetched, by the path below the project at which they are to stand: where they lie.
    pub moves: BTreeMap<String, std::path::PathBuf>,
    /// Each item by its path below the project, and what becomes of it.
    pub items: Vec<(String, Put)>,
    /// Departments that are added.
    pub departments: usize,
    /// Themes that are added.
    pub themes: usize,
}

/// Where the state of an import is kept, below the project.
pub fn state_file(name: &str) -> String {
    format!(".clerestory/import/{name}.json")
}

/// Settles everything. `into` is the content folder, `name` that of the state.
pub fn plan(brought: Brought, pieces: &[Piece], asked: &Asked<'_>, into: &str, kind: &str, name: &str, out: &mut Vec<Diagnostic>) -> Plan {
    let root = &asked.config.root;
    let mut plan = Plan::default();
    let state_path = state_file(name);
    let before = read_bytes(&root.join(&state_path)).ok().and_then(|b| String::from_utf8(b).ok());
    let mut state = State::default();
    if let Some(text) = &before {
        let source = Source::new(state_path.as_str(), text.as_str());
        match crate::load::brought::json(&source, 0..text.len()) {
            Ok(node) => state = State::read(&node),
            Err((at, _)) => {
                // Without it every file would look like somebody else's.
                out.push(
                    Diagnostic::new(
                        "IMP001",
                        Severity::Error,
                        say!("上次导入的记录读不出，没有导入", "the record of the last import cannot be read; nothing is imported"),
                    )
                    .at(source.span(at, at + 1))
                    .hint(say!(
                        "从版本库取回这个文件，或把已导入的条目移走后删去它",
                        "take this file back from version control, or move away what was imported and delete it"
                    )),
                );
                return plan;
            }
        }
    }
    let (mut drafts, more) = (brought.drafts, brought.files);
    let bytes = |i: usize| pieces.get(i).map(|p| p.bytes.as_slice()).or_else(|| more.get(i - pieces.len()).map(Vec::as_slice));
    let mut words = Words::new(asked, &brought.offices, &mut state);
    for d in &mut drafts {
        super::secrets::taken_out(d, out);
        words.settle(d, out);
    }
    let (offices, themes) = (std::mem::take(&mut words.new_offices), std::mem::take(&mut words.new_themes));
    (plan.departments, plan.themes) = (offices.len(), themes.len());
    append(asked, into, "departments.yaml", &offices, &mut plan, out);
    append(asked, into, "themes.yaml", &themes, &mut plan, out);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let withdrawn = super::withdrawn::known(root);
    let mut addresses: BTreeSet<String> = BTreeSet::new();
    let mut used: BTreeSet<String> = state.items.values().map(|w| w.path.to_lowercase()).collect();
    let mut placed: Vec<(Draft, String, String)> = Vec::new();
    for d in drafts {
        let key = format!("{}:{}", d.kind.id, d.key);
        if !seen.insert(key.clone()) {
            let shown = &d.key;
            out.push(
                Diagnostic::new(
                    "IMP001",
                    Severity::Error,
                    say!("来源里有两条同为 `{shown}`，只导入第一条", "two records of the source are `{shown}`; the first is imported"),
                )
                .at(d.at.clone())
                .hint(say!("在来源里给它另一个编号", "give it an id of its own in the source")),
            );
            continue;
        }
        let path = match state.items.get(&key) {
            Some(w) => w.path.clone(),
            None => free(&d, into, root, &used),
        };
        if taken_back(&d, &key, &path, into, asked, &withdrawn) {
            // Where it was before does not matter: nothing of it is to stand in a record either.
            state.items.remove(&key);
            out.push(
                Diagnostic::new("IMP003", Severity::Warn, say!("这一条因个人信息撤回过，没有导入", "it was withdrawn for privacy; not imported"))
                    .at(Span { excerpt: Default::default(), ..d.at.clone() })
                    .hint(say!(
                        "在来源里也删去它；如果只是同名的另一条，在来源里换一个名称或编号",
                        "delete it in the source too; where it is another that is called alike, give it another name or id there"
                    )),
            );
            plan.items.push((path, Put::Withdrawn));
            continue;
        }
        used.insert(path.to_lowercase());
        placed.push((d, key, path));
    }
    let places: BTreeMap<String, String> = placed.iter().map(|(d, _, path)| (d.key.clone(), path.clone())).collect();
    for (mut d, key, path) in placed {
        let kept_back = |i: usize| bytes(i).is_some_and(|b| super::withdrawn::file(&withdrawn, &state::hash(b)));
        linked(&mut d, &path, &places, &kept_back, out);
        old_addresses(&mut d, &path, into);
        unlike(&mut d, &mut addresses, out);
        let put = item(&d, &path, state.items.get(&key), &bytes, root, &mut plan, out);
        if !matches!(put.0, Put::Refused | Put::Deleted) {
            state.items.insert(key, put.1);
        }
        plan.items.push((path, put.0));
    }
    // A source that could not be read at all has not lost everything.
    if !seen.is_empty() {
        for (_, was) in state.items.iter().filter(|(k, w)| !seen.contains(*k) && root.join(&w.path).is_file()) {
            plan.items.push((was.path.clone(), Put::Gone));
            out.push(
                Diagnostic::new("IMP005", Severity::Info, say!("来源里已没有这一条，文件保留", "the source has it no longer; the file stays"))
                    .at(Span::file(&was.path))
                    .hint(say!(
                        "要撤回就写 withdrawn: {{reason: …}}；不再需要就删去",
                        "write withdrawn: {{reason: …}} to withdraw it, or delete it where nobody needs it"
                    )),
            );
        }
    }
    let text = state.text(kind);
    if before.as_deref() != Some(&text) && !plan.items.is_empty() {
        plan.writes.insert(state_path, text.into_bytes());
    }
    plan
}

/// Gives the links of a text their places, and the files that it links to theirs: a folder of the item's own name, for a dataset
/// its own folder. What was withdrawn for privacy does not come back as a file of another item.
fn linked(d: &mut Draft, path: &str, places: &BTreeMap<String, String>, kept_back: &dyn Fn(usize) -> bool, out: &mut Vec<Diagnostic>) {
    let mut all = std::mem::take(&mut d.own_files);
    let before = all.len();
    all.retain(|(_, i)| !kept_back(*i));
    if all.len() < before {
        out.push(
            Diagnostic::new(
                "IMP003",
                Severity::Warn,
                say!("链接的文件里有因个人信息撤回过的，没有带来", "a file that it links to was withdrawn for privacy; not taken along"),
            )
            .at(Span { excerpt: Default::default(), ..d.at.clone() })
            .hint(say!("看看正文里留下的文字", "see what words of it are left in the text")),
        );
    }
    let stem = path.rsplit('/').next().unwrap_or("").rsplit_once('.').map_or("", |(s, _)| s);
    let folder = if d.kind.shape == Shape::Dataset { String::new() } else { format!("{stem}/") };
    let own: BTreeSet<&str> = all.iter().map(|(n, _)| n.as_str()).collect();
    let mut lost = false;
    let mut relink = |text: &mut String| {
        if text.contains("](import:") {
            let (made, gone) = super::mirror::relinked(text, path, places, &folder, &own);
            lost |= gone;
            *text = made;
        }
    };
    relink(&mut d.body);
    for (_, v) in &mut d.fields {
        if let Value::Text(t) = v {
            relink(t);
        }
    }
    // Items of the same source that fields name: paths below the folder of their type.
    for (_, v) in &mut d.fields {
        let Value::List(all) = v else { continue };
        all.retain_mut(|v| match v {
            Value::Text(t) => match t.strip_prefix(super::mirror::ITEM) {
                None => true,
                Some(key) => {
                    let place =
                        places.get(key).and_then(|p| p.strip_suffix("/dataset.yaml")?.split_once(&format!("/{}/", d.kind.folder)).map(|(_, p)| p.to_string()));
                    lost |= place.is_none();
                    place.is_some_and(|p| {
                        *t = p;
                        true
                    })
                }
            },
            _ => true,
        });
    }
    d.fields.retain(|(_, v)| !v.is_empty());
    if lost {
        out.push(super::mirror::unlinked(d));
    }
    d.files.extend(all.into_iter().map(|(n, i)| (format!("{folder}{n}"), i)));
}

/// True for what was withdrawn for privacy: the project's hashes know it, or what is left of it stands in its place.
fn taken_back(d: &Draft, key: &str, path: &str, into: &str, asked: &Asked<'_>, known: &BTreeSet<String>) -> bool {
    let below = |p: &str| -> String {
        let p = p.strip_prefix(into).unwrap_or(p).trim_start_matches('/');
        p.trim_end_matches("/dataset.yaml").trim_end_matches(".md").trim_end_matches(".yaml").to_string()
    };
    let wished: Vec<String> = d.name.split('/').map(segment).filter(|s| !s.is_empty()).collect();
    let wished = format!("{}/{}", d.kind.folder, wished.join("/"));
    let at = below(path);
    let stub = |i: &crate::model::Item| i.withdrawn.as_ref().is_some_and(|w| w.ground == Some("privacy"));
    super::withdrawn::is(known, key, &at, d)
        || super::withdrawn::is(known, key, &wished, d)
        || asked.portal.items.iter().any(|i| (*i.id == *at || *i.id == *wished) && stub(i))
}

/// One item: its text and its files, compared with what is there.
fn item<'p>(
    d: &Draft,
    path: &str,
    was: Option<&Was>,
    bytes_of: &dyn Fn(usize) -> Option<&'p [u8]>,
    root: &Path,
    plan: &mut Plan,
    out: &mut Vec<Diagnostic>,
) -> (Put, Was) {
    let theirs = emit::file(d);
    let markdown = d.kind.markdown;
    let now = state::blocks(&theirs, markdown).unwrap_or_default();
    let mut kept = Was { path: path.to_string(), blocks: state::marks(&now), files: BTreeMap::new() };
    let there = read_bytes(&root.join(path)).ok();
    let mut put = match (there, was) {
        (None, None) => {
            plan.writes.insert(path.to_string(), theirs.into_bytes());
            Put::New
        }
        (None, Some(_)) => return (Put::Deleted, kept),
        (Some(bytes), None) if bytes == theirs.as_bytes() => Put::Same,
        (Some(_), None) => {
            out.push(
                Diagnostic::new(
                    "IMP004",
                    Severity::Error,
                    say!("`{path}` 已经有了，不是导入的，没有改动", "`{path}` is there already and was not imported; it is not touched"),
                )
                .at(d.at.clone())
                .hint(say!("给它改名，或删去后再导入", "rename it, or delete it and import again")),
            );
            return (Put::Refused, kept);
        }
        (Some(bytes), Some(was)) => {
            let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            let text = text.trim_start_matches('\u{FEFF}');
            match state::blocks(text, markdown) {
                None => {
                    if was.blocks != kept.blocks {
                        conflict(d, path, &["---".into()], out);
                    }
                    Put::Same
                }
                Some(ours) if !state::edited(&was.blocks, &ours) => {
                    // As it was written: what differs, the source changed.
                    let changed = changed(&was.blocks, &kept.blocks);
                    if changed.is_empty() {
                        Put::Same
                    } else {
                        let merged = state::merge(&was.blocks, &ours, &now, markdown);
                        plan.writes.insert(path.to_string(), merged.text.into_bytes());
                        Put::Changed(changed)
                    }
                }
                Some(ours) => {
                    let merged = state::merge(&was.blocks, &ours, &now, markdown);
                    conflict(d, path, &merged.conflicts, out);
                    if merged.changed.is_empty() {
                        Put::Same
                    } else {
                        plan.writes.insert(path.to_string(), merged.text.into_bytes());
                        Put::Changed(merged.changed)
                    }
                }
            }
        }
    };
    let folder = path.rsplit_once('/').map_or("", |(f, _)| f);
    for (name, piece) in &d.files {
        let Some(bytes) = bytes_of(*piece) else { continue };
        let target = format!("{folder}/{name}");
        let new = state::hash(bytes);
        let base = was.and_then(|w| w.files.get(name));
        let mine = read_bytes(&root.join(&target)).ok().map(|b| state::hash(&b));
        if mine.as_ref() == Some(&new) || base == Some(&new) {
        } else if mine.is_none() || mine.as_ref() == base {
            plan.writes.insert(target, bytes.to_vec());
            if put == Put::Same {
                put = Put::Changed(vec![name.clone()]);
            }
        } else {
            conflict(d, path, std::slice::from_ref(name), out);
        }
        kept.files.insert(name.clone(), new);
    }
    for (name, new, from) in &d.fetched {
        let target = format!("{folder}/{name}");
        let base = was.and_then(|w| w.files.get(name));
        if base != Some(new)
            && let Some(from) = from
        {
            let mine = crate::write::hash_file(&root.join(&target)).ok().map(|(_, h)| h.iter().take(8).map(|b| format!("{b:02x}")).collect::<String>());
            if mine.is_none() || mine.as_ref() == base {
                plan.moves.insert(target, from.clone());
                if put == Put::Same {
                    put = Put::Changed(vec![name.clone()]);
                }
            } else if mine.as_ref() != Some(new) {
                conflict(d, path, std::slice::from_ref(name), out);
            }
        }
        kept.files.insert(name.clone(), new.clone());
    }
    (put, kept)
}

fn changed(was: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<String> {
    let mut out: Vec<String> = now.iter().filter(|(k, h)| was.get(*k) != Some(h)).map(|(k, _)| k.clone()).collect();
    out.extend(was.keys().filter(|k| !now.contains_key(*k)).cloned());
    out
}

fn conflict(d: &Draft, path: &str, fields: &[String], out: &mut Vec<Diagnostic>) {
    for f in fields {
        let (zh, en) = if f.is_empty() { ("正文".to_string(), "the text".to_string()) } else { (format!("`{f}`"), format!("`{f}`")) };
        let value = d.fields.iter().find(|(k, _)| k.key == f).map(|(_, v)| v);
        let theirs = match value {
            Some(Value::Text(t)) => t.chars().take(80).collect::<String>(),
            _ => String::new(),
        };
        let (zh_hint, en_hint) = if theirs.is_empty() { (String::new(), String::new()) } else { (format!("：`{theirs}`"), format!(": `{theirs}`")) };
        out.push(
            Diagnostic::new(
                "IMP004",
                Severity::Warn,
                say!("{zh} 在来源和 `{path}` 里都改过，保留了后者", "{en} was changed in the source and in `{path}`; the latter stays"),
            )
            .at(d.at.clone())
            .hint(say!(
                "来源现在的写法{zh_hint}；要用它就自己改，这次之后不再提示",
                "what the source says now{en_hint}; take it over by hand where it is right, this is told once"
            )),
        );
    }
}

/// A path for a new item that none has yet.
fn free(d: &Draft, into: &str, root: &Path, used: &BTreeSet<String>) -> String {
    let place = |name: &str| {
        if d.kind.shape == Shape::Dataset {
            format!("{into}/{}/{name}/dataset.yaml", d.kind.folder)
        } else {
            format!("{into}/{}/{name}.{}", d.kind.folder, if d.kind.markdown { "md" } else { "yaml" })
        }
    };
    let mut base: Vec<String> = d.name.split('/').map(segment).filter(|s| !s.is_empty()).collect();
    if base.is_empty() {
        base.push(format!("{}-{}", d.kind.id, state::hash(d.key.as_bytes())));
    }
    let base = base.join("/");
    let first = place(&base);
    // A file that nobody knows of is told, where it is just this item's.
    if !used.contains(&first.to_lowercase()) {
        return first;
    }
    let tail = state::hash(d.key.as_bytes());
    let second = (2..100).map(|n| place(&format!("{base}-{n}"))).find(|p| !used.contains(&p.to_lowercase()) && !root.join(p).exists());
    second.unwrap_or_else(|| place(&format!("{base}-{tail}")))
}

/// Earlier addresses become aliases, but for the one at which the item stands here.
fn old_addresses(d: &mut Draft, path: &str, into: &str) {
    let below = path.strip_prefix(into).unwrap_or(path).trim_start_matches('/');
    let stem = below.trim_end_matches("/dataset.yaml").trim_end_matches(".md").trim_end_matches(".yaml");
    let own_address = if d.kind.root { stem.strip_prefix(d.kind.folder).unwrap_or(stem).trim_matches('/') } else { stem };
    let bare = |a: &str| a.split("://").nth(1).and_then(|r| r.find('/').map(|i| r[i..].to_string())).unwrap_or_else(|| a.to_string());
    let same = |a: &str| bare(a).trim_matches('/').trim_end_matches("index.html").trim_matches('/') == own_address;
    let mut list: Vec<Value> = Vec::new();
    for a in d.old.iter().filter(|a| !a.trim_matches('/').is_empty() && !same(a)) {
        let v = Value::text(a.clone());
        if !list.contains(&v) {
            list.push(v);
        }
    }
    d.set(&own::ALIASES, Value::List(list));
}

/// Keeps the aliases that are addresses and that no item before it has, in whatever case; the others are told.
fn unlike(d: &mut Draft, used: &mut BTreeSet<String>, out: &mut Vec<Diagnostic>) {
    let Some(Value::List(all)) = d.get(&own::ALIASES).cloned() else { return };
    let mut kept = Vec::new();
    for v in all {
        let Value::Text(a) = &v else { continue };
        let path = a.split("://").nth(1).and_then(|r| r.find('/').map(|i| &r[i..])).unwrap_or(a);
        let plain = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let part =
            |p: &str| matches!(p, "." | "..") || p.chars().any(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '"' | '<' | '>' | '|')) || p.len() > 200;
        let why = if plain.split('/').any(part) {
            Some(say!("旧地址 `{a}` 不是网页的地址，没有写进 aliases", "the earlier address `{a}` is none that a page can have; it is no alias"))
        } else if !used.insert(plain.trim_matches('/').to_lowercase()) {
            Some(say!(
                "旧地址 `{a}` 已经属于来源里的另一条，没有写进 aliases",
                "the earlier address `{a}` belongs to another record of the source; it is no alias"
            ))
        } else {
            None
        };
        match why {
            None => kept.push(v),
            Some(text) => out.push(
                Diagnostic::new("IMP002", Severity::Warn, text)
                    .at(d.at.clone())
                    .hint(say!("需要时自己写一个旧地址", "write an alias by hand where one is wanted")),
            ),
        }
    }
    d.fields.retain(|(f, _)| f.key != own::ALIASES.key);
    d.set(&own::ALIASES, Value::List(kept));
}

type Entry = Vec<(&'static Field, Value)>;

/// Departments and themes by the names that the source has for them.
struct Words<'a, 's> {
    asked: &'a Asked<'a>,
    offices: BTreeMap<&'a str, &'a Office>,
    state: &'s mut State,
    new_offices: Vec<Entry>,
    new_themes: Vec<Entry>,
    ids: BTreeSet<String>,
    theme_ids: BTreeSet<String>,
    themes: rustc_hash::FxHashMap<String, usize>,
}

impl<'a, 's> Words<'a, 's> {
    fn new(asked: &'a Asked<'a>, offices: &'a [Office], state: &'s mut State) -> Words<'a, 's> {
        let ids = asked.portal.departments.iter().map(|d| d.id.clone()).collect();
        let theme_ids = asked.portal.themes.iter().map(|t| t.id.clone()).collect();
        let themes = crate::model::theme_index(&asked.portal.themes);
        Words {
            asked,
            offices: offices.iter().map(|o| (o.name.as_str(), o)).collect(),
            state,
            new_offices: Vec::new(),
            new_themes: Vec::new(),
            ids,
            theme_ids,
            themes,
        }
    }

    fn settle(&mut self, d: &mut Draft, out: &mut Vec<Diagnostic>) {
        let mut lost: Vec<String> = Vec::new();
        for i in 0..d.fields.len() {
            let (field, value) = (d.fields[i].0, d.fields[i].1.clone());
            let kind = match &field.kind {
                FieldKind::List(k) => k,
                k => k,
            };
            let names: Vec<String> = match value {
                Value::Text(t) => vec![t],
                Value::List(all) => all.into_iter().filter_map(|v| if let Value::Text(t) = v { Some(t) } else { None }).collect(),
                Value::Map(_) => continue,
            };
            let found: Vec<String> = match kind {
                FieldKind::Department => names.iter().map(|n| self.department(n, 0)).collect(),
                FieldKind::Theme => {
                    let mut found = Vec::new();
                    for n in &names {
                        match self.theme(n) {
                            Some(id) => found.push(id),
                            None => lost.push(n.clone()),
                        }
                    }
                    found
                }
                _ => continue,
            };
            let mut values: Vec<Value> = Vec::new();
            for f in found.into_iter().map(Value::Text) {
                if !values.contains(&f) {
                    values.push(f);
                }
            }
            // One alone stands without brackets, as people write it.
            d.fields[i].1 = match values.len() {
                1 if !emit::several(field) || matches!(kind, FieldKind::Theme | FieldKind::Department) => values.remove(0),
                _ => Value::List(values),
            };
        }
        if !lost.is_empty() {
            let list = lost.join(", ");
            out.push(
                Diagnostic::new("IMP002", Severity::Warn, say!("主题 `{list}` 不在主题分类里", "the theme `{list}` is not in the classification of the site"))
                    .at(d.at.clone())
                    .hint(say!("原文保留在 extra.category；选一个写 theme", "it stands under extra.category; choose one for theme")),
            );
            d.keep("category", Value::List(lost.into_iter().map(Value::Text).collect()));
        }
        d.fields.retain(|(_, v)| !v.is_empty());
    }

    /// The id of a department; one that is not known yet is added, with those above it.
    fn department(&mut self, name: &str, depth: usize) -> String {
        if let Some(id) = self.state.departments.get(name).filter(|id| self.ids.contains(*id)) {
            return id.clone();
        }
        let portal = self.asked.portal;
        let same = |t: &str| t.trim().eq_ignore_ascii_case(name.trim());
        if let Some(d) = portal.departments.iter().find(|d| same(&d.id) || d.name.0.iter().any(|(_, t)| same(t))) {
            return d.id.clone();
        }
        let office = self.offices.get(name).copied();
        let wish = office.map(|o| norm::slug(&o.id)).filter(|i| !i.is_empty()).unwrap_or_else(|| norm::slug(name));
        let id = unique(if wish.is_empty() { format!("department-{}", state::hash(name.as_bytes())) } else { wish }, &self.ids);
        self.ids.insert(id.clone());
        self.state.departments.insert(name.to_string(), id.clone());
        let mut entry: Entry = vec![(&dep::ID, Value::text(id.clone())), (&dep::NAME, Value::text(name))];
        if let Some(o) = office {
            entry.push((&dep::DESCRIPTION, Value::text(super::reader::markdown(&|| Span::file("departments.yaml"), &o.description, &mut Vec::new()))));
            entry.push((&dep::URL, Value::text(o.url.trim())));
            if !o.parent.is_empty() && o.parent != name && depth < 8 {
                let above = self.department(&o.parent.clone(), depth + 1);
                entry.push((&dep::PARENT, Value::text(above)));
            }
            let old = o.old.iter().filter(|a| a.trim_matches('/') != format!("departments/{id}"));
            entry.push((&dep::ALIASES, Value::List(old.map(|a| Value::text(a.clone())).collect())));
        }
        self.new_offices.push(entry);
        id
    }

    /// The id of a theme. Under the national classification none is added.
    fn theme(&mut self, name: &str) -> Option<String> {
        if let Some(id) = self.state.themes.get(name).filter(|id| self.theme_ids.contains(*id)) {
            return Some(id.clone());
        }
        let portal = self.asked.portal;
        let same = |t: &str| t.trim().eq_ignore_ascii_case(name.trim());
        if let Some(t) = self.themes.get(name.trim()).and_then(|i| portal.themes.get(*i)) {
            // A code that is a number says nothing to people: the label, or the path of labels, is as good.
            return Some(if t.id.starts_with(|c: char| c.is_ascii_digit()) { name.trim().to_string() } else { t.id.clone() });
        }
        if let Some(t) =
            portal.themes.iter().find(|t| same(&t.id) || t.label.0.iter().any(|(_, l)| same(l))).filter(|t| !t.id.starts_with(|c: char| c.is_ascii_digit()))
        {
            return Some(t.id.clone());
        }
        if self.asked.config.profile != Profile::Generic {
            return None;
        }
        let wish = norm::slug(name);
        let id = unique(if wish.is_empty() { format!("theme-{}", state::hash(name.as_bytes())) } else { wish }, &self.theme_ids);
        self.theme_ids.insert(id.clone());
        self.state.themes.insert(name.to_string(), id.clone());
        self.new_themes.push(vec![(&theme::ID, Value::text(id.clone())), (&theme::LABEL, Value::text(name.trim()))]);
        Some(id)
    }
}

fn unique(wish: String, taken: &BTreeSet<String>) -> String {
    if !taken.contains(&wish) {
        return wish;
    }
    (2..).map(|n| format!("{wish}-{n}")).find(|w| !taken.contains(w)).unwrap_or(wish)
}

/// Adds entries to the end of a vocabulary; what stands there is not touched.
fn append(asked: &Asked<'_>, into: &str, file: &str, entries: &[Entry], plan: &mut Plan, out: &mut Vec<Diagnostic>) {
    if entries.is_empty() {
        return;
    }
    let config = asked.config;
    let folder = config.content.iter().find(|c| config.root.join(c.as_str()).join(file).is_file()).map_or(into, String::as_str);
    let path = format!("{folder}/{file}");
    let there = read_bytes(&config.root.join(&path)).ok().map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default();
    let lines = emit::list(entries);
    let mut text = there.clone();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&lines);
    let count = |t: &str| {
        let source = Source::new(path.as_str(), t);
        match parse_yaml(&source, 0..source.text.len(), &mut Vec::new()).map(|n| n.kind) {
            Some(Kind::List(all)) => Some(all.len()),
            None if t.lines().all(|l| l.trim().is_empty() || l.starts_with('#')) => Some(0),
            Some(Kind::Null) => Some(0),
            _ => None,
        }
    };
    if count(&there).is_some_and(|n| count(&text) == Some(n + entries.len())) {
        plan.writes.insert(path, text.into_bytes());
        return;
    }
    out.push(
        Diagnostic::new("IMP004", Severity::Error, say!("`{path}` 的写法不能在末尾添加", "nothing can be added to the end of `{path}` as it is written"))
            .at(Span::file(&path))
            .hint(say!("自己加上：\n{lines}", "add by hand:\n{lines}")),
    );
}
