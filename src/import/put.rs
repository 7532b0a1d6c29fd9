//! From drafts to files: names, departments and themes are settled, and what is there already is compared, not overwritten.

use super::lists::Known;
use super::names::segment;
use super::state::{self, State, Was};
use super::words::{Named, Words, append};
use super::{Asked, Brought, Draft, Value, emit};
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::brought::Piece;
use crate::load::read_bytes;
use crate::schema::item as own;
use crate::types::Shape;
use crate::write::Fault;
use rustc_hash::FxHashSet;
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

/// What is to be written, beside the items that were written on the way.
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
    /// Records that were seen, kept or not.
    pub seen: usize,
    /// What is to be known of this import the next time.
    pub record: Option<Kept>,
    /// Why nothing more was written.
    pub fault: Option<Fault>,
}

/// The record of an import, and where it is kept below the project.
#[derive(Debug)]
pub struct Kept {
    /// Path.
    pub path: String,
    state: State,
}

impl Kept {
    /// Writes it; for a large catalogue it is large too.
    pub fn write(&self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        self.state.write(out)
    }
}

/// Writes a file of the project, by its path below that, or does not.
pub type Write<'w> = &'w mut dyn FnMut(&str, &[u8]) -> Result<(), Fault>;

/// Where the state of an import is kept, below the project.
pub fn state_file(name: &str) -> String {
    format!(".clerestory/import/{name}.json")
}

/// Findings of one import that are shown with their lines; of more the places are enough.
const SHOWN: usize = 10_000;

/// Findings of one import at most; what is more is counted.
const MOST: usize = 200_000;

/// Findings about the records of a large source.
#[derive(Debug, Default)]
struct Told {
    list: Vec<Diagnostic>,
    more: usize,
}

impl Told {
    fn take(&mut self, found: &mut Vec<Diagnostic>) {
        if self.list.len() > SHOWN {
            found.iter_mut().filter_map(|f| f.span.as_mut()).for_each(|s| s.excerpt = String::new());
        }
        let room = MOST.saturating_sub(self.list.len()).min(found.len());
        self.more += found.len() - room;
        self.list.extend(found.drain(..).take(room));
    }

    fn give(self, source: &str, out: &mut Vec<Diagnostic>) {
        out.extend(self.list);
        let more = self.more;
        if more > 0 {
            out.push(
                Diagnostic::new("IMP001", Severity::Error, say!("还有 {more} 处问题没有列出", "findings that are not listed: {more}"))
                    .at(Span::file(source))
                    .hint(say!("先在来源里改掉已列出的，再导入", "mend what is listed in the source, and import again")),
            );
        }
    }
}

/// Settles everything, and writes each item as it is settled. `into` is the content folder, `name` that of the state.
#[expect(clippy::too_many_arguments, reason = "a source, a project and a name for what is kept of both")]
pub fn plan(brought: Brought, pieces: &[Piece], asked: &Asked<'_>, into: &str, kind: &str, name: &str, write: Write<'_>, out: &mut Vec<Diagnostic>) -> Plan {
    let root = &asked.config.root;
    let mut plan = Plan { seen: brought.seen, ..Plan::default() };
    let state_path = state_file(name);
    let mut state = State::default();
    let before = read_bytes(&root.join(&state_path)).ok();
    let first = before.is_none();
    if let Some(text) = before {
        match State::read(&text) {
            Ok(s) => state = s,
            Err((line, column)) => {
                // Without it every file would look like somebody else's.
                let (line, col) = (line as u32, column.max(1) as u32);
                out.push(
                    Diagnostic::new(
                        "IMP001",
                        Severity::Error,
                        say!("上次导入的记录读不出，没有导入", "the record of the last import cannot be read; nothing is imported"),
                    )
                    .at(Span { line, col, end_col: col + 1, ..Span::file(&state_path) })
                    .hint(say!(
                        "从版本库取回这个文件，或把已导入的条目移走后删去它",
                        "take this file back from version control, or move away what was imported and delete it"
                    )),
                );
                return plan;
            }
        }
    }
    let mut changed = first || state.kind != kind;
    state.kind = kind.to_string();
    // The first time through: what there is, by its place and its words.
    let Brought { mut drafts, offices, files: more, each, .. } = brought;
    let withdrawn = super::withdrawn::known(root);
    let (mut named, mut known, mut told) = (Named::default(), Known::default(), Told::default());
    changed |= moved(&mut drafts, &mut state, out);
    let mut places = Places { used: state.items.values().map(|w| fold(&w.path)).collect(), ..Places::default() };
    let mut place = |d: &Draft, out: &mut Vec<Diagnostic>| {
        named.note(d);
        let key = key(d);
        if places.placed.contains_key(&key) || places.gone.contains(&key) {
            return out.push(twice(d));
        }
        let path = match state.items.get(&key) {
            Some(w) => w.path.clone(),
            None => free(d, into, root, &places.used),
        };
        if taken_back(d, &key, &path, into, asked, &withdrawn) {
            // Where it was before does not matter: nothing of it is to stand in a record either.
            changed |= state.items.remove(&key).is_some();
            places.gone.insert(key);
            out.push(not_again(d));
            plan.items.push((path, Put::Withdrawn));
            return;
        }
        places.used.insert(fold(&path));
        places.placed.insert(key, Placed { path: path.into(), waits: true });
    };
    drafts.iter().for_each(|d| place(d, out));
    let offices = match each {
        None => offices,
        Some(each) => {
            let mut take = |d: Draft, _| {
                let mut found = Vec::new();
                place(&d, &mut found);
                told.take(&mut found);
            };
            each(pieces, asked, &mut known, &mut take, out);
            plan.seen = known.seen;
            known.turned().into_values().collect()
        }
    };
    // What is settled for all: departments and themes.
    let State { items, departments, themes, .. } = &mut state;
    let before = (departments.len(), themes.len());
    let mut words = Words::new(asked, &offices, departments, themes);
    words.learn(&named);
    drop(named);
    (plan.departments, plan.themes) = (words.new_offices.len(), words.new_themes.len());
    append(asked, into, "departments.yaml", &words.new_offices, &mut plan.writes, out);
    append(asked, into, "themes.yaml", &words.new_themes, &mut plan.writes, out);
    // The second time: each item finds its file.
    let pages: BTreeMap<String, String> = drafts.iter().filter_map(|d| Some((d.key.clone(), places.placed.get(&key(d))?.path.to_string()))).collect();
    let bytes = |i: usize| pieces.get(i).map(|p| p.bytes.as_slice()).or_else(|| more.get(i - pieces.len()).map(Vec::as_slice));
    let kept_back = |i: usize| bytes(i).is_some_and(|b| super::withdrawn::file(&withdrawn, &state::hash(b)));
    let mut addresses: BTreeSet<String> = BTreeSet::new();
    let standing: BTreeMap<&str, &[(String, Span)]> = asked
        .portal
        .items
        .iter()
        .filter(|i| !i.aliases.is_empty())
        .flat_map(|i| i.editions.iter().map(move |e| (&*e.doc.source.path, &i.aliases[..])))
        .collect();
    let mut settle = |mut d: Draft, plan: &mut Plan, out: &mut Vec<Diagnostic>| {
        words.settle(&mut d, out);
        let key = key(&d);
        // The first of a key has its place; there is none for a second.
        let Some(place) = places.placed.get_mut(&key) else { return };
        if !std::mem::take(&mut place.waits) {
            return;
        }
        let path = place.path.to_string();
        let to = items_of(&d, &places);
        linked(&mut d, &path, &pages, &to, &kept_back, out);
        // An address at which it once stood stays open, whatever the source says now.
        if items.contains_key(&key) {
            let there = standing.get(path.as_str()).map_or(&[][..], |a| a);
            d.old.extend(there.iter().filter(|(_, at)| *at.file == *path).map(|(a, _)| a.clone()));
        }
        old_addresses(&mut d, &path, into);
        unlike(&mut d, &mut addresses, out);
        let (put, kept) = item(&d, &path, items.get(&key), &bytes, root, write, plan, out);
        if !matches!(put, Put::Refused | Put::Deleted) && items.get(&key) != Some(&kept) {
            changed = true;
            items.insert(key, kept);
        }
        plan.items.push((path, put));
    };
    // Passwords first: their lines stand in findings about other items, too.
    drafts.iter_mut().for_each(|d| super::secrets::taken_out(d, out));
    drafts.into_iter().for_each(|d| settle(d, &mut plan, out));
    if let Some(each) = each {
        let mut take = |mut d: Draft, mut found: Vec<Diagnostic>| {
            super::status::hold(&mut d, asked, &mut found);
            super::access::hold(&mut d, &mut found);
            super::secrets::taken_out(&mut d, &mut found);
            settle(d, &mut plan, &mut found);
            told.take(&mut found);
        };
        each(pieces, asked, &mut known, &mut take, &mut Vec::new());
        told.give(pieces.first().map_or("", |p| p.path.as_str()), out);
    }
    changed |= before != (departments.len(), themes.len());
    // A source that could not be read at all has not lost everything.
    let any = !places.placed.is_empty() || !places.gone.is_empty();
    if any {
        for (_, was) in state.items.iter().filter(|(k, w)| !places.placed.contains_key(*k) && root.join(&w.path).is_file()) {
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
    if changed && !plan.items.is_empty() {
        plan.record = Some(Kept { path: state_path, state });
    }
    plan
}

/// What lies elsewhere in the source than before, or has another name there, is the same item where its number says so, or its title
/// and text are what they were: its file stays where it is. True where there is such a one.
fn moved(drafts: &mut [Draft], state: &mut State, out: &mut Vec<Diagnostic>) -> bool {
    let here: BTreeSet<String> = drafts.iter().map(key).collect();
    let gone: Vec<(String, BTreeMap<String, String>)> = state.items.iter().filter(|(k, _)| !here.contains(*k)).map(|(k, w)| (k.clone(), w.blocks())).collect();
    if gone.is_empty() {
        return false;
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut any = false;
    for d in drafts.iter_mut() {
        let own_key = key(d);
        if state.items.contains_key(&own_key) {
            continue;
        }
        let now = state::marks(&state::blocks(&emit::file(d), d.kind.markdown).unwrap_or_default());
        let kind = format!("{}:", d.kind.id);
        let numbered = ["id", "index_no", "reg_no"];
        let text = if d.kind.markdown { "" } else { own::DESCRIPTION.key };
        let long = d.body.len().max(if let Some(Value::Text(t)) = d.get(&own::DESCRIPTION) { t.len() } else { 0 }) > 40;
        let same = |was: &BTreeMap<String, String>| {
            let alike = |k: &str| now.get(k).is_some_and(|h| was.get(k) == Some(h));
            // Two numbers that differ are two items.
            let other = numbered.iter().any(|k| matches!((now.get(*k), was.get(*k)), (Some(a), Some(b)) if a != b));
            !other
                && (numbered.iter().any(|k| alike(k))
                    || alike("title") && (alike("doc_no") && d.get(&crate::types::policy::DOC_NO) != Some(&Value::text("none")) || long && alike(text)))
        };
        let found: Vec<&(String, BTreeMap<String, String>)> = gone.iter().filter(|(k, w)| k.starts_with(&kind) && !taken.contains(k) && same(w)).collect();
        // Of two that may be meant none is.
        let [(old, _)] = found[..] else { continue };
        taken.insert(old.clone());
        let Some(was) = state.items.remove(old) else { continue };
        any = true;
        let (from, path) = (old[kind.len()..].to_string(), was.path.clone());
        out.push(
            Diagnostic::new(
                "IMP003",
                Severity::Info,
                say!("来源把 `{from}` 移到了这里，还是 {path} 这一条", "the source moved `{from}` here; it is {path} as before"),
            )
            .at(d.at.clone())
            .hint(say!("其实是另一条就给它另一个编号", "give it an id of its own where it is another item")),
        );
        state.items.insert(own_key, was);
    }
    any
}

/// Where the items of a source are to stand.
#[derive(Debug, Default)]
struct Places {
    /// By what they are in the source.
    placed: BTreeMap<String, Placed>,
    /// What was withdrawn has no place.
    gone: BTreeSet<String>,
    /// Paths that are taken, as numbers: where two are alike by chance, an item gets another name.
    used: FxHashSet<u64>,
}

#[derive(Debug)]
struct Placed {
    path: Box<str>,
    /// Its item has not come yet.
    waits: bool,
}

/// A path in whatever case, as a number.
fn fold(path: &str) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut h = rustc_hash::FxHasher::default();
    path.chars().flat_map(char::to_lowercase).for_each(|c| c.hash(&mut h));
    h.finish()
}

fn key(d: &Draft) -> String {
    format!("{}:{}", d.kind.id, d.key)
}

fn twice(d: &Draft) -> Diagnostic {
    let shown = &d.key;
    Diagnostic::new(
        "IMP001",
        Severity::Error,
        say!("来源里有两条同为 `{shown}`，只导入第一条", "two records of the source are `{shown}`; the first is imported"),
    )
    .at(d.at.clone())
    .hint(say!("在来源里给它另一个编号", "give it an id of its own in the source"))
}

fn not_again(d: &Draft) -> Diagnostic {
    Diagnostic::new("IMP003", Severity::Warn, say!("这一条因个人信息撤回过，没有导入", "it was withdrawn for privacy; not imported"))
        .at(Span { excerpt: Default::default(), ..d.at.clone() })
        .hint(say!(
            "在来源里也删去它；如果只是同名的另一条，在来源里换一个名称或编号",
            "delete it in the source too; where it is another that is called alike, give it another name or id there"
        ))
}

/// The items of the same source that fields name, by what they are called there: paths below the folder of their type.
fn items_of(d: &Draft, places: &Places) -> BTreeMap<String, String> {
    let at = |other: &str| places.placed.get(&format!("{}:{other}", d.kind.id)).map(|p| &*p.path);
    let named = d.fields.iter().filter_map(|(_, v)| if let Value::List(all) = v { Some(all) } else { None }).flatten();
    let keys = named.filter_map(|v| if let Value::Text(t) = v { t.strip_prefix(super::mirror::ITEM) } else { None });
    let path = |k: &str| Some(at(k)?.strip_suffix("/dataset.yaml")?.split_once(&format!("/{}/", d.kind.folder))?.1.to_string());
    keys.filter_map(|k| Some((k.to_string(), path(k)?))).collect()
}

/// Gives the links of a text their places, and the files that it links to theirs: a folder of the item's own name, for a dataset
/// its own folder. What was withdrawn for privacy does not come back as a file of another item.
fn linked(
    d: &mut Draft,
    path: &str,
    places: &BTreeMap<String, String>,
    items: &BTreeMap<String, String>,
    kept_back: &dyn Fn(usize) -> bool,
    out: &mut Vec<Diagnostic>,
) {
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
                    let place = items.get(key).cloned();
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
#[expect(clippy::too_many_arguments, reason = "an item, what it was, and where it goes")]
fn item<'p>(
    d: &Draft,
    path: &str,
    was: Option<&Was>,
    bytes_of: &dyn Fn(usize) -> Option<&'p [u8]>,
    root: &Path,
    write: Write<'_>,
    plan: &mut Plan,
    out: &mut Vec<Diagnostic>,
) -> (Put, Was) {
    let mut give = |plan: &mut Plan, path: &str, bytes: &[u8]| {
        if plan.fault.is_none() {
            plan.fault = write(path, bytes).err();
        }
    };
    let theirs = emit::file(d);
    let markdown = d.kind.markdown;
    let now = state::blocks(&theirs, markdown).unwrap_or_default();
    let marks = state::marks(&now);
    let mut kept = Was::new(path, &marks).with_parts(&now);
    let there = read_bytes(&root.join(path)).ok();
    let mut put = match (there, was) {
        (None, None) => {
            give(plan, path, theirs.as_bytes());
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
            let base = was.blocks();
            match state::blocks(text, markdown) {
                None => {
                    if base != marks {
                        conflict(d, path, &["---".into()], out);
                    }
                    Put::Same
                }
                Some(ours) if !state::edited(&base, &ours) => {
                    // As it was written: what differs, the source changed.
                    let changed = changed(&base, &marks);
                    if changed.is_empty() {
                        Put::Same
                    } else {
                        let merged = state::merge(&base, &was.parts(), &ours, &now, markdown);
                        give(plan, path, merged.text.as_bytes());
                        Put::Changed(changed)
                    }
                }
                Some(ours) => {
                    let merged = state::merge(&base, &was.parts(), &ours, &now, markdown);
                    conflict(d, path, &merged.conflicts, out);
                    if merged.changed.is_empty() {
                        Put::Same
                    } else {
                        give(plan, path, merged.text.as_bytes());
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
            give(plan, &target, bytes);
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
        // `resources/NAME`: one entry of a list.
        let entry = f.strip_prefix("resources/");
        let field = entry.map_or(f.as_str(), |_| "resources");
        let value = d.fields.iter().find(|(k, _)| k.key == field).map(|(_, v)| v);
        let of = |v: &Value| matches!(v, Value::Map(p) if p.iter().any(|(_, t)| matches!(t, Value::Text(t) if Some(t.as_str()) == entry)));
        let value = match (entry, value) {
            (Some(_), Some(Value::List(all))) => all.iter().find(|v| of(v)),
            (_, v) => v,
        };
        let gone = entry.is_some() && value.is_none();
        let theirs = value.map_or(String::new(), said);
        let theirs = if gone { "—".to_string() } else { theirs };
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

/// What a value says, in one line that is not too long.
fn said(v: &Value) -> String {
    let text = match v {
        Value::Text(t) => t.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::List(all) => all.iter().map(said).collect::<Vec<_>>().join("; "),
        Value::Map(pairs) => pairs.iter().map(|(k, v)| format!("{k}: {}", said(v))).collect::<Vec<_>>().join(", "),
    };
    let most = if matches!(v, Value::Text(_)) { 80 } else { 400 };
    if text.chars().count() > most { text.chars().take(most).chain(['…']).collect() } else { text }
}

/// A path for a new item that none has yet.
fn free(d: &Draft, into: &str, root: &Path, used: &FxHashSet<u64>) -> String {
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
    if !used.contains(&fold(&first)) {
        return first;
    }
    let tail = state::hash(d.key.as_bytes());
    let second = (2..100).map(|n| place(&format!("{base}-{n}"))).find(|p| !used.contains(&fold(p)) && !root.join(p).exists());
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
