//! What `import` is given: a file, a folder or a zip that another program wrote. Files come in the order of their names, with
//! paths below what was given; none leads out of it, and no archive grows without measure.

use super::source::Source;
use super::table::bytes;
use super::walk::open;
use crate::diag::{Diagnostic, Severity, Span, say};
use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

/// A file of the source.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Path below what was given, with `/`; the name alone where that is one file.
    pub path: String,
    /// Its bytes; none where it is read record by record.
    pub bytes: Vec<u8>,
    /// Where it lies, in that case.
    pub file: Option<PathBuf>,
}

/// Bytes at most read of one source.
pub const MOST: u64 = 1 << 30;
/// Files at most.
const FILES: usize = 200_000;

/// Reads what lies at `path`: every file of it that is wanted.
pub fn brought(path: &Path, wanted: &dyn Fn(&str) -> bool, out: &mut Vec<Diagnostic>) -> Vec<Piece> {
    pieces(path, wanted, false, out)
}

/// The same where records are read one after the other: what is no archive stays on the disk.
pub fn lying(path: &Path, wanted: &dyn Fn(&str) -> bool, out: &mut Vec<Diagnostic>) -> Vec<Piece> {
    pieces(path, wanted, true, out)
}

fn pieces(path: &Path, wanted: &dyn Fn(&str) -> bool, lying: bool, out: &mut Vec<Diagnostic>) -> Vec<Piece> {
    let shown = path.file_name().map_or_else(|| path.to_string_lossy().into_owned(), |n| n.to_string_lossy().into_owned());
    if path.is_dir() {
        return folder(path, wanted, lying, out);
    }
    if lying && head(path, 4).is_ok_and(|b| b != b"PK\x03\x04") {
        if path.metadata().is_ok_and(|m| m.len() > MOST) {
            out.push(too_much(&shown));
            return Vec::new();
        }
        return vec![Piece { path: shown, bytes: Vec::new(), file: Some(path.to_path_buf()) }];
    }
    let Some(bytes) = whole(path, &shown, out) else { return Vec::new() };
    if bytes.starts_with(b"PK\x03\x04")
        && !shown.to_ascii_lowercase().ends_with(".docx")
        && !shown.to_ascii_lowercase().ends_with(".docm")
        && !shown.to_ascii_lowercase().ends_with(".xlsx")
    {
        return archive(&shown, bytes, wanted, out);
    }
    vec![Piece { path: shown, bytes, file: None }]
}

/// The first bytes of a file, at most so many.
pub fn head(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.0.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What lies beside the files that are read: what these name is found in it, and brought when it is asked for.
#[derive(Debug, Default)]
pub struct Along {
    /// The folder in which paths begin, without links; none for an archive.
    root: Option<PathBuf>,
    archive: Option<PathBuf>,
    names: BTreeSet<String>,
    /// What the folder, the archive or the file is called.
    pub name: String,
}

impl Along {
    /// Of a source that [`brought`] takes.
    pub fn of(path: &Path) -> Along {
        let whole = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let name = whole.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        if path.is_dir() {
            return Along { root: Some(whole), name, ..Along::default() };
        }
        let names: Option<BTreeSet<String>> = open(path).ok().and_then(|(file, _)| zip::ZipArchive::new(file).ok()).map(|mut zip| {
            let all = (0..zip.len()).filter_map(|i| zip.by_index_raw(i).ok().filter(|f| f.is_file()).and_then(|f| named(f.name_raw())));
            all.map(|n| n.replace('\\', "/")).filter(|n| inside(n)).collect()
        });
        match names {
            Some(names) => Along { archive: Some(path.to_path_buf()), names, name, ..Along::default() },
            // A page that a browser saved has its pictures in a folder beside it.
            None => Along { root: whole.parent().map(Path::to_path_buf), name: String::new(), ..Along::default() },
        }
    }

    /// True where there is such a file. What a link leads to elsewhere is not there.
    pub fn has(&self, path: &str) -> bool {
        if !inside(path) || path.ends_with('/') {
            return false;
        }
        match &self.root {
            Some(root) => root.join(path).canonicalize().is_ok_and(|p| p.starts_with(root) && p.is_file()),
            None => self.names.contains(path),
        }
    }

    /// The files of these paths.
    pub fn bring(&self, paths: &BTreeSet<String>, out: &mut Vec<Diagnostic>) -> Vec<Piece> {
        if let Some(zip) = &self.archive {
            return if paths.is_empty() { Vec::new() } else { brought(zip, &|p| paths.contains(p), out) };
        }
        let Some(root) = &self.root else { return Vec::new() };
        let (mut pieces, mut sum) = (Vec::new(), 0u64);
        for path in paths.iter().filter(|p| self.has(p)) {
            let file = root.join(path);
            sum = sum.saturating_add(file.metadata().map_or(0, |m| m.len()));
            if sum > MOST {
                out.push(too_much(path));
                break;
            }
            if let Some(bytes) = whole(&file, path, out) {
                pieces.push(Piece { path: path.clone(), bytes, file: None });
            }
        }
        pieces
    }
}

/// All bytes of a file.
fn whole(path: &Path, shown: &str, out: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    match open(path).and_then(|(file, _)| file.take(MOST + 1).read_to_end(&mut bytes)) {
        Ok(n) if n as u64 > MOST => out.push(too_much(shown)),
        Ok(_) => return Some(bytes),
        Err(e) => out.push(unread(shown, crate::diag::unread(&e))),
    }
    None
}

fn folder(root: &Path, wanted: &dyn Fn(&str) -> bool, lying: bool, out: &mut Vec<Diagnostic>) -> Vec<Piece> {
    let (mut pieces, mut sum) = (Vec::new(), 0u64);
    // Links are not followed: what they lead to may lie anywhere.
    let entries = walkdir::WalkDir::new(root).max_depth(32).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|e| e.depth() == 0 || !matches!(e.file_name().to_str(), Some(".git" | "node_modules" | "__MACOSX"))) {
        let entry = match entry {
            Ok(e) => e,
            Err(e) => {
                out.push(unread(&root.to_string_lossy(), crate::diag::unread(&e.into())));
                continue;
            }
        };
        if !entry.file_type().is_file() {
            continue;
        }
        let rel = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let Some(rel) = rel.to_str().map(|r| r.replace('\\', "/")) else {
            out.push(unread(&rel.to_string_lossy(), say!("文件名不是 UTF-8，未读入", "the file's name is not UTF-8; not read")));
            continue;
        };
        if !wanted(&rel) {
            continue;
        }
        let len = entry.metadata().map_or(0, |m| m.len());
        sum = sum.saturating_add(len);
        if sum > MOST || pieces.len() >= FILES {
            out.push(too_much(&rel));
            break;
        }
        if lying {
            pieces.push(Piece { path: rel, bytes: Vec::new(), file: Some(entry.into_path()) });
        } else if let Some(bytes) = whole(entry.path(), &rel, out) {
            pieces.push(Piece { path: rel, bytes, file: None });
        }
    }
    pieces
}

fn archive(shown: &str, bytes: Vec<u8>, wanted: &dyn Fn(&str) -> bool, out: &mut Vec<Diagnostic>) -> Vec<Piece> {
    let packed = bytes.len() as u64;
    let mut zip = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(z) => z,
        Err(e) => {
            out.push(unread(shown, say!("压缩包无法打开：{e}", "the archive cannot be opened: {e}")));
            return Vec::new();
        }
    };
    // A text shrinks to a twentieth, hardly to a hundredth.
    let most = MOST.min(packed.saturating_mul(100).max(1 << 20));
    let (mut pieces, mut sum) = (Vec::new(), 0u64);
    for i in 0..zip.len() {
        let mut file = match zip.by_index(i) {
            Ok(f) => f,
            Err(e) => {
                out.push(unread(shown, say!("压缩包里的文件无法打开：{e}", "a file of the archive cannot be opened: {e}")));
                continue;
            }
        };
        let Some(name) = named(file.name_raw()).map(|n| n.replace('\\', "/")) else {
            out.push(unread(shown, say!("压缩包里有文件名不是 UTF-8，也不是 GBK，未读入", "a name in the archive is neither UTF-8 nor GBK; not read")));
            continue;
        };
        if !inside(&name) {
            out.push(unread(&name, say!("压缩包里的路径通到外面，未读入", "a path of the archive leads out of it; not read")));
            continue;
        }
        if file.is_dir() || file.is_symlink() || name.starts_with("__MACOSX/") || !wanted(&name) {
            continue;
        }
        let mut bytes = Vec::new();
        let read = (&mut file).take(most - sum + 1).read_to_end(&mut bytes);
        sum += bytes.len() as u64;
        match read {
            _ if sum > most || pieces.len() >= FILES => {
                out.push(too_much(&name));
                break;
            }
            Ok(_) => pieces.push(Piece { path: name, bytes, file: None }),
            Err(e) => out.push(unread(&name, say!("无法解压：{e}", "cannot be unpacked: {e}"))),
        }
    }
    pieces.sort_by(|a, b| a.path.cmp(&b.path));
    pieces
}

/// A name in an archive: UTF-8, or the GBK in which Windows in China writes it.
fn named(raw: &[u8]) -> Option<String> {
    // 通知 in GBK is valid UTF-8 by chance, as marks that stand on no letter.
    let adrift = |name: &str| {
        let mark = |c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}');
        name.chars().zip(std::iter::once(' ').chain(name.chars())).any(|(c, before)| mark(c) && !before.is_alphabetic())
    };
    if let Some(name) = std::str::from_utf8(raw).ok().filter(|n| !adrift(n)) {
        return Some(name.to_string());
    }
    encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(raw).map(std::borrow::Cow::into_owned)
}

/// A path that stays below where it starts.
pub fn inside(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':');
    !path.is_empty() && !path.starts_with('/') && !drive && !path.contains('\0') && !path.split('/').any(|p| p == "..")
}

fn unread(path: &str, text: crate::diag::Text) -> Diagnostic {
    Diagnostic::new("IMP001", Severity::Error, text).at(Span::file(path)).hint(say!("其余照常导入", "the rest is imported"))
}

fn too_much(path: &str) -> Diagnostic {
    let mib = MOST >> 20;
    Diagnostic::new("IMP001", Severity::Error, say!("来源过大，从这里起没有读入", "the source is too large; nothing from here on is read"))
        .at(Span::file(path))
        .hint(say!("至多 {mib} MiB、{FILES} 个文件；分几次导入", "at most {mib} MiB and {FILES} files; import it in parts"))
}

/// The text of a piece, in whatever encoding it is; the name of that where it is not UTF-8, and `None` where it is no text.
pub fn text(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Some((text.to_string(), None));
    }
    let head = &bytes[..bytes.len().min(bytes::HEAD)];
    let found = bytes::encoding(head, None, &[], &mut || None)?;
    let encoding = found.encoding?;
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    (!bad).then(|| (text.into_owned(), Some(encoding.name())))
}

/// JSON as the tree that YAML becomes: values keep their spelling, and each knows where it stands. A member that stands twice
/// is there twice. `Err` has the byte at which it breaks off.
pub fn json(source: &Source, range: std::ops::Range<usize>) -> Result<super::Node, (usize, String)> {
    let text = &source.text[range.clone()];
    let whole: &serde_json::value::RawValue = serde_json::from_str(text).map_err(|e| (range.start + offset(text, e.line(), e.column()), e.to_string()))?;
    node(whole.get(), start(&source.text, whole.get()), 0)
}

/// The members of the list below a key of the outermost object, as ranges of bytes; for files too large to be a tree as a whole.
/// The outermost may also be the list.
pub fn json_list(source: &Source, keys: &[&str]) -> Result<Vec<std::ops::Range<usize>>, (usize, String)> {
    use serde_json::value::RawValue;
    let text = &source.text;
    let fail = |base: usize, part: &str, e: &serde_json::Error| (base + offset(part, e.line(), e.column()), e.to_string());
    let list = |part: &str| {
        let base = start(text, part);
        let all: Vec<&RawValue> = serde_json::from_str(part).map_err(|e| fail(base, part, &e))?;
        Ok(all.into_iter().map(|r| start(text, r.get())..start(text, r.get()) + r.get().len()).collect())
    };
    if text.trim_start().starts_with('[') {
        return list(text);
    }
    let Pairs(pairs) = serde_json::from_str(text).map_err(|e| fail(0, text, &e))?;
    let found = pairs.iter().find(|(key, raw)| keys.contains(&&**key) && raw.get().starts_with('['));
    found.map_or(Ok(Vec::new()), |(_, raw)| list(raw.get()))
}

/// Where a piece of a text begins in it.
fn start(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

/// The byte of a line and a column as serde_json counts them.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

/// The members of an object in their order.
struct Pairs<'a>(Vec<(String, &'a serde_json::value::RawValue)>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V<'a>(std::marker::PhantomData<&'a ()>);
        impl<'de: 'a, 'a> serde::de::Visitor<'de> for V<'a> {
            type Value = Pairs<'a>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'a>, A::Error> {
                let mut out = Vec::new();
                while let Some((k, v)) = map.next_entry::<String, &'a serde_json::value::RawValue>()? {
                    out.push((k, v));
                }
                Ok(Pairs(out))
            }
        }
        d.deserialize_map(V(std::marker::PhantomData))
    }
}

/// Levels of JSON that are read; deeper is a bomb.
const DEEPEST: usize = 32;

fn node(raw: &str, at: usize, depth: usize) -> Result<super::Node, (usize, String)> {
    use super::{Kind, Node};
    use serde_json::value::RawValue;
    if depth > DEEPEST {
        return Err((at, format!("more than {DEEPEST} levels")));
    }
    let fail = |e: serde_json::Error| (at + offset(raw, e.line(), e.column()), e.to_string());
    let place = |part: &str| at + start(raw, part);
    let kind = match raw.as_bytes().first() {
        Some(b'{') => {
            let Pairs(pairs) = serde_json::from_str(raw).map_err(fail)?;
            let mut out = Vec::with_capacity(pairs.len());
            for (key, v) in pairs {
                let at = place(v.get());
                let name = Node { start: at as u32, end: at as u32, kind: Kind::Text(key.into()) };
                out.push((name, node(v.get(), at, depth + 1)?));
            }
            Kind::Map(out)
        }
        Some(b'[') => {
            let all: Vec<&RawValue> = serde_json::from_str(raw).map_err(fail)?;
            Kind::List(all.into_iter().map(|v| node(v.get(), place(v.get()), depth + 1)).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Kind::Text(serde_json::from_str::<String>(raw).map_err(fail)?.into()),
        Some(b'n') => Kind::Null,
        _ => Kind::Text(raw.into()),
    };
    Ok(Node { start: at as u32, end: (at + raw.len()) as u32, kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_spelling_order_and_places() {
        let s = Source::new("a.json", "{\n \"b\": 1.10,\n \"a\": [\"\\ud83d\\ude00\\/\", null, true]\n}");
        let n = json(&s, 0..s.text.len()).unwrap();
        let b = n.get("b").unwrap();
        assert_eq!((b.text(), s.span(b.start as usize, b.end as usize).line), (Some("1.10"), 2));
        let super::super::Kind::List(a) = &n.get("a").unwrap().kind else { panic!() };
        assert_eq!((a[0].text(), a[1].text(), a[2].text()), (Some("😀/"), None, Some("true")));
        assert_eq!(json_list(&s, &["a"]).unwrap().len(), 3);
        let s = Source::new("a.json", "{\n \"a\": [1,,]}");
        assert_eq!(json_list(&s, &["a"]).unwrap_err().0, 11);
        let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
        assert!(json(&Source::new("d", deep.as_str()), 0..deep.len()).is_err());
    }

    #[test]
    fn paths_stay_inside() {
        for good in ["a", "a/b.md", "..a/b"] {
            assert!(inside(good), "{good}");
        }
        for bad in ["", "/etc/x", "../x", "a/../../x", "C:/x"] {
            assert!(!inside(bad), "{bad}");
        }
    }
}
