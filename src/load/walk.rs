//! Finding and opening files. Links are followed only where they stay inside the folder.

use crate::diag::{Diagnostic, Report, Severity, Span, Text, say};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Budgets of reading.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Largest Markdown or YAML file, in bytes.
    pub text_bytes: u64,
    /// Deepest folder.
    pub depth: usize,
    /// Most files of one content folder.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { text_bytes: 64 << 20, depth: 32, entries: 2_000_000 }
    }
}

/// What a file is, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// `.md`, `.markdown`
    Markdown,
    /// `.yaml`, `.yml`
    Yaml,
    /// Anything else.
    Other,
    /// A file or folder that is passed over, because its name begins with a dot.
    Hidden,
}

impl Sort {
    fn of(path: &Path) -> Sort {
        match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("md" | "markdown") => Sort::Markdown,
            Some("yaml" | "yml") => Sort::Yaml,
            _ => Sort::Other,
        }
    }
}

/// A part of the path begins with a dot.
fn unshown(path: &Path) -> bool {
    path.components().any(|c| c.as_os_str().as_encoded_bytes().starts_with(b"."))
}

/// A file found in a content folder.
#[derive(Debug)]
pub struct Found {
    /// Path below the content folder, NFC, with `/`.
    pub key: Arc<str>,
    /// Path to show, relative to the project.
    pub shown: Arc<str>,
    /// Where it lies.
    pub disk: PathBuf,
    /// What it is.
    pub kind: Sort,
    /// Length in bytes.
    pub len: u64,
    /// The path of the real file below the content folder, where a symbolic link leads to it.
    pub real: Option<Arc<str>>,
}

/// Hidden names that are kept: what is asked for by name is one of few.
const UNSEEN: usize = 1_000;

/// All files below `root/folder` in the order of their names. Hidden files are passed over (their names are given) unless
/// asked for (`static/.well-known`), and those of git and the desktop always.
pub fn walk(root: &Path, folder: &str, asked: bool, limits: &Limits, report: &mut Report) -> Vec<Found> {
    let base = root.join(folder);
    if !base.exists() && !base.is_symlink() {
        return Vec::new();
    }
    let inside = base.canonicalize().unwrap_or_else(|_| base.clone());
    let mut out = Vec::new();
    let mut linked: BTreeSet<PathBuf> = BTreeSet::new();
    let mut through: Vec<PathBuf> = Vec::new();
    let walker = walkdir::WalkDir::new(&base).follow_links(true).max_depth(limits.depth).sort_by_file_name();
    let mut entries = walker.into_iter();
    let mut unseen = 0;
    while let Some(next) = entries.next() {
        let entry = match next {
            Ok(e) => e,
            Err(e) => {
                let path = e.path().unwrap_or(&base);
                report.push(unreadable(path, &shown(root, path), &e));
                continue;
            }
        };
        let name = entry.file_name().to_string_lossy();
        let hidden = entry.depth() > 0 && name.starts_with('.') && (!asked || matches!(&*name, ".git" | ".gitignore" | ".gitkeep" | ".DS_Store"));
        // Known by its name alone, so that nobody is told that it is not there.
        if hidden
            && !asked
            && !matches!(&*name, ".git" | ".gitignore" | ".gitkeep" | ".DS_Store")
            && unseen < UNSEEN
            && let Some(key) = entry.path().strip_prefix(&base).ok().and_then(Path::to_str)
        {
            unseen += 1;
            let key: String = named(key.replace('\\', "/"));
            let (shown, disk) = (shown(root, entry.path()).into(), entry.path().to_path_buf());
            out.push(Found { key: key.into(), shown, disk, kind: Sort::Hidden, len: 0, real: None });
        }
        if hidden || (entry.path_is_symlink() && !stays_inside(&entry, &inside, &mut linked, root, report)) {
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        let path = entry.path();
        if entry.path_is_symlink() && entry.depth() > 0 && entry.file_type().is_dir() {
            through.push(path.to_path_buf());
        }
        if !entry.file_type().is_file() {
            if !entry.file_type().is_dir() {
                report.push(no_file(&shown(root, path)));
            } else if entry.depth() > 0 && [".md", ".yaml", ".yml"].iter().any(|e| name.ends_with(e)) {
                // What lies in it belongs to no item.
                report.push(a_folder(&shown(root, path)));
                entries.skip_current_dir();
            }
            continue;
        }
        if out.len() >= limits.entries {
            let most = limits.entries;
            report.push(
                Diagnostic::new(
                    "SRC002",
                    Severity::Error,
                    say!("目录里的文件超过 {most} 个，其余未读入", "the folder has more than {most} files; the rest is not read"),
                )
                .at(Span::file(&shown(root, path)))
                .hint(say!("删去不属于网站的文件", "take out files that do not belong to the site"))
                .blocking(),
            );
            break;
        }
        let Some(name) = path.strip_prefix(&base).ok().and_then(Path::to_str) else {
            report.push(
                Diagnostic::new("SRC003", Severity::Error, say!("文件名不是 UTF-8", "the file's name is not UTF-8"))
                    .at(Span::file(&shown(root, path)))
                    .hint(say!("给文件改名", "rename the file")),
            );
            continue;
        };
        let key = named(name.replace('\\', "/"));
        let kind = Sort::of(path);
        let by_link = entry.path_is_symlink() || through.iter().any(|d| path.starts_with(d));
        let real = if by_link { path.canonicalize().ok() } else { None };
        // Under another ending, or from a folder that is passed over, it would not be what it is there.
        if real.as_deref().is_some_and(|r| Sort::of(r) != kind || !asked && r.strip_prefix(&inside).is_ok_and(unshown)) {
            report.push(
                Diagnostic::new(
                    "SRC003",
                    Severity::Error,
                    say!("符号链接指向另一类文件，或隐藏的文件，未读入", "a symbolic link to a file of another kind, or to a hidden one; not read"),
                )
                .at(Span::file(&shown(root, path)))
                .hint(say!("用文件本身代替符号链接", "put the file itself in place of the link")),
            );
            continue;
        }
        let real = real.and_then(|r| Some(named(r.strip_prefix(&inside).ok()?.to_str()?.replace('\\', "/")).into()));
        // Texts are opened anyway, and then tell their length themselves.
        let len = if kind == Sort::Other { entry.metadata().map_or(0, |m| m.len()) } else { 0 };
        out.push(Found { key: key.into(), shown: shown(root, path).into(), disk: path.to_path_buf(), kind, len, real });
    }
    out
}

/// Names of the folders in a folder, in order.
pub(super) fn folders(dir: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(dir).min_depth(1).max_depth(1).sort_by_file_name().into_iter().flatten();
    entries.filter(|e| e.file_type().is_dir()).map(|e| e.file_name().to_string_lossy().into_owned()).collect()
}

fn a_folder(path: &str) -> Diagnostic {
    Diagnostic::new("SRC003", Severity::Error, say!("这是目录，不是文件，未读入", "a folder, no file; not read"))
        .at(Span::file(path))
        .hint(say!("给目录改名，在这里放文件", "rename the folder and put a file here"))
        .blocking()
}

/// A pipe, socket or device: opening it may wait for ever.
fn no_file(path: &str) -> Diagnostic {
    Diagnostic::new("SRC003", Severity::Error, say!("这是管道、套接字或设备，不是文件，未读入", "a pipe, socket or device, no file; not read"))
        .at(Span::file(path))
        .hint(say!("删去它，或换成普通文件", "remove it, or put an ordinary file in its place"))
}

fn stays_inside(entry: &walkdir::DirEntry, inside: &Path, linked: &mut BTreeSet<PathBuf>, root: &Path, report: &mut Report) -> bool {
    let why = match entry.path().canonicalize() {
        Err(_) => say!("符号链接指向不存在的文件", "a symbolic link to nothing"),
        Ok(target) if !target.starts_with(inside) => say!("符号链接指向内容目录之外，未跟随", "a symbolic link that leaves the content folder; not followed"),
        Ok(target) if entry.file_type().is_dir() && !linked.insert(target.clone()) => {
            say!("两个符号链接指向同一目录，只跟随第一个", "two symbolic links to one folder; only the first is followed")
        }
        Ok(_) => return true,
    };
    report.push(
        Diagnostic::new("SRC003", Severity::Error, why)
            .at(Span::file(&shown(root, entry.path())))
            .hint(say!("用文件本身代替符号链接", "put the file itself in place of the link")),
    );
    false
}

fn unreadable(path: &Path, shown: &str, e: &walkdir::Error) -> Diagnostic {
    let link = path.is_symlink();
    let (what, hint) = match (e.loop_ancestor(), e.io_error()) {
        (Some(_), _) => in_a_loop(),
        (_, Some(io)) => in_words(io, link),
        _ => (say!("无法读取", "cannot be read"), say!("检查权限", "look at the permissions")),
    };
    let told = Diagnostic::new("SRC003", Severity::Error, what).at(Span::file(shown)).hint(hint);
    // What lies in a folder that cannot be read is not known: its pages would be gone, and nobody would be told.
    if link || e.loop_ancestor().is_some() { told } else { told.blocking() }
}

fn in_a_loop() -> (Text, Text) {
    (
        say!("符号链接成环，未读入", "a symbolic link that goes in a loop; not read"),
        say!("删去这个链接，需要的话放文件本身", "remove the link, or put the file itself there"),
    )
}

/// Why a file cannot be read, and what to do: the words of the system are English, and say nothing to a clerk.
pub(super) fn in_words(e: &std::io::Error, link: bool) -> (Text, Text) {
    use std::io::ErrorKind as K;
    match e.kind() {
        K::PermissionDenied => (
            say!("没有读取权限，未读入", "no permission to read it; not read"),
            say!("给运行本程序的用户读取权限（chmod a+r；目录 chmod a+rx）", "let the user who runs this read it (chmod a+r; for a folder chmod a+rx)"),
        ),
        K::NotFound if link => (
            say!("符号链接指向不存在的文件", "a symbolic link to nothing"),
            say!("改正或删去这个链接，需要的话放文件本身", "correct or remove the link, or put the file itself there"),
        ),
        K::NotFound => (say!("文件不存在", "there is no such file"), say!("检查文件名和所在目录", "look at its name and folder")),
        // `FilesystemLoop` has no stable name.
        _ if link && e.raw_os_error().is_some_and(|n| matches!(n, 40 | 62 | 1921)) => in_a_loop(),
        _ => (
            {
                let crate::diag::Text { zh, en } = crate::diag::system(e);
                say!("无法读取（{zh}）", "cannot be read ({en})")
            },
            say!("看看磁盘或网络盘是否正常，再运行一次", "see whether the disk or network share is in order, and run this again"),
        ),
    }
}

/// The path relative to the project, with `/`.
fn shown(root: &Path, path: &Path) -> String {
    named(path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/"))
}

/// A name in NFC.
fn named(name: String) -> String {
    if name.is_ascii() { name } else { name.nfc().collect() }
}

/// Length and time of the last change of a file, to tell whether it must be read again.
pub fn seen(disk: &Path) -> super::Seen {
    #[expect(clippy::disallowed_methods, reason = "this is the reading stage")]
    std::fs::metadata(disk).map_or((0, None), |m| (m.len(), m.modified().ok()))
}

/// A data file, opened.
pub enum Opened {
    /// From the disk.
    File(std::fs::File),
    /// An earlier state, from git.
    Held(std::io::Cursor<Vec<u8>>),
}

impl std::io::Read for Opened {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Opened::File(f) => f.read(buf),
            Opened::Held(c) => c.read(buf),
        }
    }
}

impl std::io::Seek for Opened {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        match self {
            Opened::File(f) => f.seek(to),
            Opened::Held(c) => c.seek(to),
        }
    }
}

/// Opens a data file or an earlier state of it, and tells its length.
pub fn open_blob(blob: &super::Blob) -> std::io::Result<(Opened, u64)> {
    Ok(match &blob.past {
        None => {
            let (file, len) = open(&blob.disk)?;
            (Opened::File(file), len)
        }
        Some(past) => {
            let bytes = super::git::bytes(past)?;
            let len = bytes.len() as u64;
            (Opened::Held(std::io::Cursor::new(bytes)), len)
        }
    })
}

/// Opens a file to be streamed, and tells its length.
pub fn open(disk: &Path) -> std::io::Result<(std::fs::File, u64)> {
    #[expect(clippy::disallowed_methods, reason = "this is the reading stage")]
    if !std::fs::metadata(disk)?.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    #[expect(clippy::disallowed_methods, reason = "this is the reading stage")]
    let file = std::fs::File::open(disk)?;
    let len = file.metadata()?.len();
    Ok((file, len))
}

/// Reads a file of a built site.
#[expect(clippy::disallowed_methods, reason = "this is the reading stage")]
pub fn read_bytes(disk: &Path) -> std::io::Result<Vec<u8>> {
    std::fs::read(disk)
}

/// Opens a text file: within the size limit, UTF-8, without its byte-order mark.
pub fn read_text(disk: &Path, shown: &str, limits: &Limits) -> Result<Box<str>, Box<Diagnostic>> {
    let fail = |code, message, hint| Err(Box::new(Diagnostic::new(code, Severity::Error, message).at(Span::file(shown)).hint(hint).blocking()));
    let io = |e: std::io::Error| {
        let (what, hint) = in_words(&e, disk.is_symlink());
        Box::new(Diagnostic::new("SRC003", Severity::Error, what).at(Span::file(shown)).hint(hint).blocking())
    };
    // Opening a pipe waits for a writer.
    #[expect(clippy::disallowed_methods, reason = "this is the reading stage")]
    let what = std::fs::metadata(disk).map_err(io)?;
    if what.is_dir() {
        return Err(Box::new(a_folder(shown)));
    }
    if !what.is_file() {
        return Err(Box::new(no_file(shown).blocking()));
    }
    #[expect(clippy::disallowed_methods, reason = "this is the reading stage")]
    let mut file = std::fs::File::open(disk).map_err(io)?;
    let len = file.metadata().map_err(io)?.len();
    if len > limits.text_bytes {
        let mib = limits.text_bytes >> 20;
        return fail(
            "SRC002",
            say!("文件有 {} MiB，超过 {mib} MiB 的上限", "the file has {} MiB, more than the limit of {mib} MiB", len >> 20),
            say!("拆分文件，或把数据作为附件发布", "split the file, or publish the data as an attachment"),
        );
    }
    let mut bytes = Vec::with_capacity(len as usize + 1);
    std::io::Read::read_to_end(&mut file, &mut bytes).map_err(io)?;
    decode(&bytes).map(Into::into).map_err(|at| {
        let (what, hint) = other_encoding(&bytes);
        let before = String::from_utf8_lossy(&bytes[..at.min(bytes.len())]);
        let line = before.matches('\n').count() as u32 + 1;
        let col = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) as u32 + 1;
        let span = Span { line, col, end_col: col, ..Span::file(shown) };
        Box::new(Diagnostic::new("SRC001", Severity::Error, what).at(span).hint(hint).blocking())
    })
}

/// What a file that is no UTF-8 seems to be, and what to do.
fn other_encoding(bytes: &[u8]) -> (crate::diag::Text, crate::diag::Text) {
    let office = say!(
        "用 Word 或 WPS 打开，把文字复制到 .md 文件；原件作为附件发布",
        "open it in Word or WPS and copy the text into a .md file; publish the original as an attachment"
    );
    let save = |name: &str| say!("用记事本打开，另存为，编码选 UTF-8（命令：{name}）", "open it in an editor and save it as UTF-8 (by command: {name})");
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => (
            say!("文件是 UTF-16（记事本里叫“Unicode”），不是 UTF-8", "the file is UTF-16 (Notepad calls it Unicode), not UTF-8"),
            save("iconv -f UTF-16 -t UTF-8"),
        ),
        [b'P', b'K', 3, 4, ..] => (say!("这是 Word、Excel 或压缩文件，只是改了扩展名", "a file of Word or Excel, or an archive, under another name"), office),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => (say!("这是旧版 Word 或 Excel 文件，只是改了扩展名", "a file of an old Word or Excel under another name"), office),
        [b'%', b'P', b'D', b'F', ..] => (say!("这是 PDF，只是改了扩展名", "a PDF under another name"), office),
        _ if encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some() => {
            (say!("文件不是 UTF-8，像是 GBK", "the file is not UTF-8; it may be GBK"), save("iconv -f GB18030 -t UTF-8"))
        }
        _ => (say!("文件从这里起不是 UTF-8", "not UTF-8 from here on"), save("iconv -t UTF-8")),
    }
}

/// The text of a file with its byte-order mark, where it still is what was read.
pub fn read_raw_text(disk: &Path, read: &str) -> Option<String> {
    let text = String::from_utf8(read_bytes(disk).ok()?).ok()?;
    (text.strip_prefix('\u{FEFF}').unwrap_or(&text) == read).then_some(text)
}

/// UTF-8 without its byte-order mark, or the offset of the first bad byte.
pub fn decode(bytes: &[u8]) -> Result<&str, usize> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    simdutf8::compat::from_utf8(bytes).map_err(|e| e.valid_up_to())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_stops_the_build_unless_it_is_a_link() {
        let dir = std::env::temp_dir().join("clerestory-no-such-folder");
        let e = walkdir::WalkDir::new(&dir).into_iter().find_map(Result::err);
        let told = e.map(|e| unreadable(&dir, "content/policies", &e));
        assert!(told.as_ref().is_some_and(|d| d.blocks && d.code == "SRC003" && d.path() == "content/policies"), "{told:?}");
    }

    #[test]
    fn the_system_speaks_as_we_do() {
        let said = |e: std::io::Error, link| in_words(&e, link).0;
        let denied = said(std::io::ErrorKind::PermissionDenied.into(), false);
        assert_eq!((&*denied.zh, &*denied.en), ("没有读取权限，未读入", "no permission to read it; not read"));
        assert_eq!(said(std::io::ErrorKind::NotFound.into(), true).zh, "符号链接指向不存在的文件");
        assert_eq!(said(std::io::Error::from_raw_os_error(40), true).zh, "符号链接成环，未读入");
    }
}
