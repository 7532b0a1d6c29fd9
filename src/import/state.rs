//! What was imported before, so that the same import again changes nothing and nobody's edit is lost.
//!
//! For every item the state keeps a short hash of each top-level field as it was written. A later import compares three texts
//! field by field: what was written then, what stands there now, what the source says now.

use std::collections::BTreeMap;

/// Pieces of a file by their key, in order; the text below the head of a Markdown file is the piece without a key.
pub(super) type Blocks = Vec<(String, String)>;

/// What is kept of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Was {
    /// Path below the project.
    pub path: String,
    /// Hash of each piece as it was written, as JSON: of a large catalogue a tree for each item is many times as much.
    fields: Box<str>,
    /// Hashes of files that were put beside it, by their path below its folder.
    pub files: BTreeMap<String, String>,
    /// Its resources as they were written, as JSON: see [`Part`].
    parts: Box<str>,
}

impl Was {
    pub(super) fn new(path: &str, blocks: &BTreeMap<String, String>) -> Was {
        Was { path: path.to_string(), fields: serde_json::to_string(blocks).unwrap_or_default().into(), ..Was::default() }
    }

    /// With its resources as they are written.
    pub(super) fn with_parts(self, blocks: &Blocks) -> Was {
        let parts = parts(blocks);
        if parts.is_empty() { self } else { Was { parts: serde_json::to_string(&parts).unwrap_or_default().into(), ..self } }
    }

    /// Its resources as they were written; empty where an earlier program wrote the record.
    pub(super) fn parts(&self) -> Vec<Part> {
        serde_json::from_str(&self.parts).unwrap_or_default()
    }

    /// Hash of each piece as it was written.
    pub(super) fn blocks(&self) -> BTreeMap<String, String> {
        serde_json::from_str(&self.fields).unwrap_or_default()
    }
}

/// An item of the file; what is missing was not written.
#[derive(serde::Deserialize)]
struct Line {
    #[serde(default)]
    path: String,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    parts: Vec<Part>,
}

impl<'de> serde::Deserialize<'de> for Was {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Was, D::Error> {
        let line = Line::deserialize(d)?;
        let parts = if line.parts.is_empty() { Box::default() } else { serde_json::to_string(&line.parts).unwrap_or_default().into() };
        Ok(Was { files: line.files, parts, ..Was::new(&line.path, &line.fields) })
    }
}

/// What is kept of a source.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct State {
    /// The kind of source that it is of.
    pub kind: String,
    /// Items by their identity in the source.
    pub items: BTreeMap<String, Was>,
    /// Ids of departments by their name in the source.
    pub departments: BTreeMap<String, String>,
    /// Ids of themes, too.
    pub themes: BTreeMap<String, String>,
}

/// A hash short enough for a file that people may look at.
pub(super) fn hash(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// The hash of a piece: comments of a line of their own, and blanks at the end, do not count.
fn mark(text: &str) -> String {
    let kept: Vec<&str> = text.lines().filter(|l| !l.starts_with('#')).map(str::trim_end).collect();
    hash(kept.join("\n").trim().as_bytes())
}

/// The hash of the text below a head: nothing in it is a comment.
fn mark_of(key: &str, text: &str) -> String {
    if key.is_empty() { hash(text.trim().as_bytes()) } else { mark(text) }
}

/// Hashes of all pieces.
pub(super) fn marks(blocks: &Blocks) -> BTreeMap<String, String> {
    blocks.iter().map(|(k, t)| (k.clone(), mark_of(k, t))).collect()
}

/// Cuts a file into its fields and its text. `None` where it is no longer of the form that is written.
pub(super) fn blocks(text: &str, markdown: bool) -> Option<Blocks> {
    let (head, body) = if markdown {
        let rest = text.strip_prefix("---\n")?;
        let end =
            if rest.starts_with("---\n") { 0 } else { rest.find("\n---\n").map(|i| i + 1).or_else(|| rest.strip_suffix("\n---").map(|r| r.len() + 1))? };
        (&rest[..end], Some(rest.get(end + 4..).unwrap_or("")))
    } else {
        (text, None)
    };
    let mut out: Blocks = Vec::new();
    let mut before = String::new();
    for line in head.split_inclusive('\n') {
        let own = line.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '#' | '-' | ']' | '}'));
        if own {
            let key = key(line)?;
            out.push((key, std::mem::take(&mut before) + line));
        } else if line.starts_with('#') || !before.is_empty() && line.trim().is_empty() {
            before.push_str(line);
        } else {
            match out.last_mut() {
                Some((_, t)) => {
                    t.push_str(&std::mem::take(&mut before));
                    t.push_str(line);
                }
                None => before.push_str(line),
            }
        }
    }
    if let (Some((_, t)), false) = (out.last_mut(), before.is_empty()) {
        t.push_str(&before);
    }
    if let Some(body) = body {
        out.push((String::new(), body.to_string()));
    }
    Some(out)
}

/// The key of a line such as `title: x` or `"a b": x`.
fn key(line: &str) -> Option<String> {
    if let Some(rest) = line.strip_prefix(['"', '\'']) {
        return rest.find(['"', '\'']).filter(|i| rest[i + 1..].trim_start().starts_with(':')).map(|i| rest[..i].to_string());
    }
    line.split_once(':').map(|(k, _)| k.trim().to_string())
}

/// Puts a file together again.
fn joined(blocks: &Blocks, markdown: bool) -> String {
    let mut out = String::new();
    if markdown {
        out.push_str("---\n");
    }
    for (key, text) in blocks {
        if markdown && key.is_empty() {
            continue;
        }
        out.push_str(text);
        if !text.ends_with('\n') {
            out.push('\n');
        }
    }
    if markdown {
        out.push_str("---\n");
        if let Some((_, body)) = blocks.iter().find(|(k, _)| k.is_empty()) {
            out.push_str(body);
        }
    }
    out
}

/// What comes of three texts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Merged {
    /// The file as it is to be.
    pub text: String,
    /// Fields that the source changed, or brought, or took away.
    pub changed: Vec<String>,
    /// Fields that were changed on both sides in two ways: what people wrote stays.
    pub conflicts: Vec<String>,
}

/// The field whose entries are compared one by one.
const ENTRIES: &str = "resources";

/// An entry of a list as it was written: its name, and short hashes of its address and of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Part(String, String, String);

/// The resources of a file.
fn parts(blocks: &Blocks) -> Vec<Part> {
    let found = blocks.iter().find(|(k, _)| k == ENTRIES).and_then(|(_, t)| entries(t));
    found.map_or(Vec::new(), |(_, all)| all.iter().map(|e| Part(e.name.clone(), hash(e.at.as_bytes()), mark(&e.text))).collect())
}

/// An entry of a list in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    name: String,
    /// Its address or path.
    at: String,
    text: String,
}

/// Cuts a list in lines of its own into what stands before it and its entries; none where it is written otherwise, or an entry has
/// neither name nor address.
fn entries(text: &str) -> Option<(String, Vec<Entry>)> {
    let mut lines = text.split_inclusive('\n');
    let (mut head, mut all): (String, Vec<Entry>) = (String::new(), Vec::new());
    let mut depth = None;
    // Comments above an entry are its own.
    let mut before = String::new();
    for line in lines.by_ref() {
        let bare = line.trim_start();
        let pad = line.len() - bare.len();
        if bare.starts_with("- ") && depth.is_none_or(|d| d == pad) {
            depth = Some(pad);
            all.push(Entry { name: String::new(), at: String::new(), text: std::mem::take(&mut before) + line });
        } else if depth.is_none() {
            let key = bare.split('#').next().unwrap_or("").trim_end();
            if !(bare.trim().is_empty() || bare.starts_with('#') || key == format!("{ENTRIES}:")) {
                return None;
            }
            head.push_str(line);
        } else if bare.starts_with('#') && Some(pad) == depth {
            before.push_str(line);
        } else {
            let last = all.last_mut()?;
            last.text.push_str(&std::mem::take(&mut before));
            last.text.push_str(line);
        }
    }
    if let Some(last) = all.last_mut() {
        last.text.push_str(&before);
    }
    for e in &mut all {
        let node = crate::load::parse_yaml(&crate::load::Source::new("", e.text.as_str()), 0..e.text.len(), &mut Vec::new());
        let Some(crate::load::Node { kind: crate::load::Kind::List(list), .. }) = node else { return None };
        let get = |k: &str| list.first().and_then(|n| n.get(k)).and_then(|n| n.text()).unwrap_or("").trim().to_string();
        (e.name, e.at) = (get("name"), get("url"));
        if e.at.is_empty() {
            e.at = get("path");
        }
        if e.name.is_empty() && e.at.is_empty() {
            return None;
        }
    }
    Some((head, all))
}

/// The place of the entry of that name, else of that address.
fn same<T>(all: &[T], name: &str, at: &str, of: impl Fn(&T) -> (&str, &str)) -> Option<usize> {
    let named = all.iter().position(|e| !name.is_empty() && of(e).0 == name);
    named.or_else(|| all.iter().position(|e| !at.is_empty() && of(e).1 == at))
}

/// Takes over the entries of a list that the source changed, brought or took away, and keeps those that people changed. Gives the
/// list, whether anything of it is new, and the names of the entries that both changed. None where one of the lists is written in a
/// way that is not taken apart.
fn merge_entries(was: &[Part], ours: &str, theirs: &str) -> Option<(String, bool, Vec<String>)> {
    let ((head, mut mine), (_, new)) = (entries(ours)?, entries(theirs)?);
    let (mut changed, mut conflicts) = (false, Vec::new());
    let own = |e: &Entry| if e.name.is_empty() { e.at.clone() } else { e.name.clone() };
    let hashed: Vec<Part> = new.iter().map(|e| Part(e.name.clone(), hash(e.at.as_bytes()), mark(&e.text))).collect();
    let mut last: Option<usize> = None;
    let mut kept: Vec<usize> = Vec::new();
    for (e, now) in new.iter().zip(&hashed) {
        let base = same(was, &now.0, &now.1, |p| (&p.0, &p.1));
        kept.extend(base);
        let base = base.map(|i| &was[i]);
        // Somebody may have changed its name or its address here.
        let there = same(&mine, &e.name, &e.at, |m| (&m.name, &m.at))
            .or_else(|| base.and_then(|b| mine.iter().position(|m| m.name == b.0 || hash(m.at.as_bytes()) == b.1)));
        let unlike = there.is_none_or(|i| mark(&mine[i].text) != now.2);
        match (base, there) {
            (Some(b), _) if b.2 == now.2 => {}
            (_, Some(_)) if !unlike => {}
            (Some(b), Some(i)) if mark(&mine[i].text) == b.2 => {
                mine[i] = e.clone();
                changed = true;
            }
            // What was never here comes in behind the one that stands before it in the source.
            (None, None) if !was.is_empty() => {
                let at = last.map_or(0, |i| i + 1).min(mine.len());
                mine.insert(at, e.clone());
                last = Some(at);
                changed = true;
                continue;
            }
            _ => conflicts.push(own(e)),
        }
        last = there.or(last);
    }
    for (i, b) in was.iter().enumerate().filter(|(i, _)| !kept.contains(i)) {
        let Some(at) = mine.iter().position(|m| m.name == b.0) else { continue };
        // Another of the source has its name now.
        if was[..i].iter().any(|o| o.0 == b.0) || new.iter().any(|e| e.name == b.0) {
            continue;
        }
        if mark(&mine[at].text) == b.2 {
            mine.remove(at);
            changed = true;
        } else {
            conflicts.push(b.0.clone());
        }
    }
    if mine.is_empty() {
        return None;
    }
    let pad = |t: &str| t.lines().find(|l| l.trim_start().starts_with("- ")).map_or(0, |l| l.len() - l.trim_start().len());
    let depth = pad(&mine[0].text);
    let mut out = head;
    for e in &mine {
        let mut text = e.text.clone();
        let off = pad(&text);
        if off != depth {
            text = text
                .split_inclusive('\n')
                .map(|l| format!("{}{}", " ".repeat(depth), l.get(off..).filter(|_| l.len() > off).unwrap_or(l.trim_start())))
                .collect();
        }
        out.push_str(&text);
        if !text.ends_with('\n') {
            out.push('\n');
        }
    }
    Some((out, changed, conflicts))
}

/// Takes over what the source changed since; keeps what people changed.
pub(super) fn merge(was: &BTreeMap<String, String>, parts: &[Part], ours: &Blocks, theirs: &Blocks, markdown: bool) -> Merged {
    let (mine, new) = (marks(ours), marks(theirs));
    let mut out: Blocks = ours.clone();
    let (mut changed, mut conflicts) = (Vec::new(), Vec::new());
    for (i, (key, text)) in theirs.iter().enumerate() {
        let (base, mine, new) = (was.get(key), mine.get(key), &new[key]);
        if base == Some(new) || mine == Some(new) {
            continue;
        }
        match (base, mine) {
            (b, Some(m)) if b == Some(m) => {
                if let Some(at) = out.iter_mut().find(|(k, _)| k == key) {
                    at.1.clone_from(text);
                }
                changed.push(key.clone());
            }
            (None, None) => {
                // Behind the field that stands before it in what the source gives.
                let at = theirs[..i].iter().rev().find_map(|(k, _)| out.iter().position(|(o, _)| o == k)).map_or(0, |p| p + 1);
                out.insert(at, (key.clone(), text.clone()));
                changed.push(key.clone());
            }
            (Some(_), Some(_)) if key == ENTRIES => {
                let at = out.iter().position(|(k, _)| k == key);
                match at.and_then(|i| Some((i, merge_entries(parts, &out[i].1, text)?))) {
                    Some((i, (merged, new, lost))) => {
                        out[i].1 = merged;
                        if new {
                            changed.push(key.clone());
                        }
                        conflicts.extend(lost.into_iter().map(|n| format!("{key}/{n}")));
                    }
                    None => conflicts.push(key.clone()),
                }
            }
            _ => conflicts.push(key.clone()),
        }
    }
    for (key, base) in was {
        if !new.contains_key(key) && !key.is_empty() {
            match mine.get(key) {
                Some(m) if m == base => {
                    out.retain(|(k, _)| k != key);
                    changed.push(key.clone());
                }
                Some(_) => conflicts.push(key.clone()),
                None => {}
            }
        }
    }
    Merged { text: joined(&out, markdown), changed, conflicts }
}

/// Fields that people changed, so that what was written is no longer there.
pub(super) fn edited(was: &BTreeMap<String, String>, ours: &Blocks) -> bool {
    marks(ours) != *was
}

impl State {
    /// From the file. `Err` has line and column at which it cannot be read.
    pub(super) fn read(text: &[u8]) -> Result<State, (usize, usize)> {
        serde_json::from_slice(text).map_err(|e| (e.line(), e.column()))
    }

    /// As a file: an item a line, so that a change is a line in version control.
    pub(super) fn write(&self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        let json = |v: &BTreeMap<String, String>| serde_json::to_string(v).unwrap_or_default();
        let word = |s: &str| serde_json::to_string(s).unwrap_or_default();
        write!(
            out,
            "{{\"version\": 1, \"kind\": {},\n\"departments\": {},\n\"themes\": {},\n\"items\": {{",
            word(&self.kind),
            json(&self.departments),
            json(&self.themes)
        )?;
        for (i, (key, was)) in self.items.iter().enumerate() {
            out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
            write!(out, "{}: {{\"path\": {}, \"fields\": {}", word(key), word(&was.path), was.fields)?;
            if !was.files.is_empty() {
                write!(out, ", \"files\": {}", json(&was.files))?;
            }
            if !was.parts.is_empty() {
                write!(out, ", \"parts\": {}", was.parts)?;
            }
            out.write_all(b"}")?;
        }
        out.write_all(b"\n}}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(t: &str) -> Blocks {
        blocks(t, false).unwrap()
    }

    #[test]
    fn a_file_is_cut_and_put_together() {
        let t = "---\n# note\ntitle: a\ndescription: |\n  # not a comment\n\n  b\nlist:\n- 1\n# end\n---\n\ntext\n---\nmore\n";
        let b = blocks(t, true).unwrap();
        assert_eq!(b.iter().map(|(k, _)| k.as_str()).collect::<Vec<_>>(), ["title", "description", "list", ""]);
        assert_eq!(joined(&b, true), t);
        assert!(blocks("no head", true).is_none());
    }

    #[test]
    fn three_ways() {
        let base = cut("title: a\nlicense: X\nkeywords: [a]\nsummary: s\n");
        let was = marks(&base);
        // People changed the title, added a field and a comment; the source changed licence and keywords and took the summary away.
        let ours = cut("title: mine\n# because\nlicense: X\nkeywords: [a]\nsummary: s\nauthor: me\n");
        let theirs = cut("title: a\nlicense: Y\nversion: 2\nkeywords: [b]\n");
        let m = merge(&was, &[], &ours, &theirs, false);
        assert_eq!(m.text, "title: mine\nlicense: Y\nversion: 2\nkeywords: [b]\nauthor: me\n");
        assert_eq!((m.changed.len(), m.conflicts.len()), (4, 0));
        // Both changed the title.
        let m = merge(&was, &[], &ours, &cut("title: other\nlicense: X\nkeywords: [a]\nsummary: s\n"), false);
        assert_eq!((m.conflicts, m.text.starts_with("title: mine\n")), (vec!["title".to_string()], true));
        // Both changed it alike, or nobody did.
        let m = merge(&was, &[], &ours, &cut("title: mine\nlicense: X\nkeywords: [a]\nsummary: s\n"), false);
        assert_eq!((m.changed.len(), m.conflicts.len()), (0, 0));
        // What people took out stays out, unless the source changed it: then it is told.
        let less = cut("title: a\nkeywords: [a]\nsummary: s\n");
        assert_eq!(merge(&was, &[], &less, &base, false).text, joined(&less, false));
        assert_eq!(merge(&was, &[], &less, &theirs, false).conflicts, ["license"]);
        // Resources are compared one by one.
        let base =
            cut("title: a\nresources:\n  - name: a\n    title: A\n    url: https://x/a\n  - {name: b, url: https://x/b}\n  - {name: d, url: https://x/d}\n");
        let (was, told) = (marks(&base), parts(&base));
        let ours = cut(
            "title: a\nresources:\n- name: a\n  title: mine\n  url: https://x/a\n# hand\n- {name: b, url: https://x/b}\n- {name: d, url: https://x/d}\n- {name: own, url: https://x/own}\n",
        );
        let theirs =
            cut("title: a\nresources:\n  - name: a\n    title: A\n    url: https://x/a\n  - {name: b, url: https://x/b2}\n  - name: c\n    url: https://x/c\n");
        let m = merge(&was, &told, &ours, &theirs, false);
        let want = "title: a\nresources:\n- name: a\n  title: mine\n  url: https://x/a\n- {name: b, url: https://x/b2}\n- name: c\n  url: https://x/c\n- {name: own, url: https://x/own}\n";
        assert_eq!((m.text.as_str(), m.changed.len(), m.conflicts.len()), (want, 1, 0));
        let both =
            cut("title: a\nresources:\n  - name: a\n    title: A2\n    url: https://x/a\n  - {name: b, url: https://x/b}\n  - {name: d, url: https://x/d}\n");
        assert_eq!(merge(&was, &told, &ours, &both, false).conflicts, ["resources/a"]);
        assert!(
            !edited(&was, &base)
                && !edited(
                    &marks(&cut("title: a\nlicense: X\nkeywords: [a]\nsummary: s\n")),
                    &cut("title: a\n# a comment\nlicense: X\nkeywords: [a]\nsummary: s\n")
                )
        );
    }
}
