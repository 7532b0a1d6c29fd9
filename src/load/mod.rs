//! Reading: the only stage (with `theme`) that opens files of the project.
//!
//! Files become values with positions; nothing here knows what a policy is.

pub mod access;
pub mod addresses;
pub mod anchors;
pub mod attachment;
pub mod blocks;
pub mod boundaries;
mod bracketed;
pub mod brought;
pub mod chars;
mod coded;
pub mod conflict;
pub mod credentials;
pub mod dates;
pub mod digest;
mod disguise;
mod doc;
mod elsewhere;
mod fields;
mod front;
pub mod git;
mod hash;
mod heads;
mod holds;
pub mod inline_html;
mod lines;
pub(crate) mod looks;
pub mod markdown;
mod masks;
mod meant;
mod most;
pub use meant::file_like;
mod node;
pub mod ole;
pub mod outline;
pub mod passwords;
pub mod records;
pub mod register;
pub mod sections;
mod shape;
pub mod shelf;
mod shortcodes;
mod shown;
pub mod simplified;
mod slips;
mod source;
mod spot;
pub mod table;
pub mod targets;
mod tree;
mod walk;
pub mod web;

pub use dates::Moment;
pub(crate) use dates::leading_date;
pub use doc::{Doc, Head, document_numbers};
pub use fields::{Fields, LangText};
pub(crate) use fields::{half_width, nearest, plain_date};
pub use holds::{Until, concerns_text, line_holds, unread_masks, unreviewed, validity_of};
pub use node::{Kind, Node, parse as parse_yaml};
pub use source::{Source, floor};
pub use walk::{Limits, decode, open, open_blob, read_bytes, read_raw_text, read_text, seen};

use crate::diag::{Diagnostic, Report, Severity, say};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A YAML file of the content folders.
#[derive(Debug)]
pub struct Yaml {
    /// The file.
    pub source: Source,
    /// Its document; `None` if it is empty or broken (then `problems` says why).
    pub node: Option<Node>,
    /// What was wrong.
    pub problems: Vec<Diagnostic>,
    /// What is, or may be, personal in it.
    pub personal: Vec<crate::personal::Trace>,
}

/// A file that is copied, not read: a handle, not bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Where it lies.
    pub disk: PathBuf,
    /// Length in bytes.
    pub len: u64,
    /// An earlier state of it, kept by git, is meant.
    pub past: Option<git::Past>,
}

impl Blob {
    /// A file as it lies there.
    pub fn at(disk: impl Into<PathBuf>) -> Blob {
        let disk = disk.into();
        let len = seen(&disk).0;
        Blob { disk, len, past: None }
    }
}

/// Everything the content folders hold. Keys are paths below the content folder, in order.
#[derive(Debug, Default)]
pub struct Sources {
    /// Markdown files.
    pub docs: BTreeMap<Arc<str>, Arc<Doc>>,
    /// YAML files.
    pub yamls: BTreeMap<Arc<str>, Arc<Yaml>>,
    /// All other files.
    pub blobs: BTreeMap<Arc<str>, Blob>,
    /// Files of `static/`, copied to the root of the site.
    pub statics: BTreeMap<Arc<str>, Blob>,
    /// Files of the content folders that are reached by a symbolic link, and the path of the real file.
    pub links: BTreeMap<Arc<str>, Arc<str>>,
    /// Files and folders that are passed over, because their names begin with a dot.
    pub unseen: std::collections::BTreeSet<Arc<str>>,
    /// The address ledger, one address a line; empty without one.
    pub ledger: Vec<String>,
    /// What git knows of the data files; none where it is not asked, or knows nothing.
    pub git: Option<git::Git>,
    /// What was wrong with folders and files as such, apart from what stands in them.
    pub found: Vec<Diagnostic>,
}

/// Results of per-item work, kept between two builds of one process (`serve`): a file whose length
/// and time did not change is not opened, one whose content did not change is not parsed. A single
/// build passes none.
#[derive(Debug, Default)]
pub struct Cache {
    docs: FxHashMap<Arc<str>, Kept>,
    git: Option<git::Git>,
}

/// Length, and time of the last change.
pub type Seen = (u64, Option<std::time::SystemTime>);

#[derive(Debug, Clone)]
struct Kept {
    seen: Seen,
    hash: [u8; 32],
    doc: Arc<Doc>,
}

/// Reads the content folders (relative to `root`) and `static/`; with `ask_git` also what git knows of the data files.
pub fn load(root: &Path, folders: &[String], allow_html: bool, ask_git: bool, cache: Option<&mut Cache>, report: &mut Report) -> Sources {
    let limits = Limits::default();
    let mut out = Sources::default();
    let mut own = Report::new();
    let mut texts: Vec<walk::Found> = Vec::new();
    for folder in folders {
        missing_folder(root, folder, &mut own);
        for found in walk::walk(root, folder, false, &limits, &mut own) {
            if let Some(real) = &found.real {
                out.links.entry(found.key.clone()).or_insert(real.clone());
            }
            match found.kind {
                walk::Sort::Markdown | walk::Sort::Yaml => texts.push(found),
                walk::Sort::Hidden => {
                    out.unseen.insert(found.key.clone());
                }
                walk::Sort::Other => {
                    out.blobs.entry(found.key.clone()).or_insert(Blob { disk: found.disk, len: found.len, past: None });
                }
            }
        }
    }
    if root.join("static").is_dir() {
        for found in walk::walk(root, "static", true, &limits, &mut own) {
            if let Some(why) = never(&found.key).or_else(|| never(found.real.as_deref()?)) {
                own.push(unfit(&found.shown, why));
                continue;
            }
            out.statics.insert(found.key.clone(), Blob { disk: found.disk, len: found.len, past: None });
        }
    }
    let old = cache.as_deref();
    let read: Vec<Read> = texts.par_iter().map(|f| read_one(f, &limits, allow_html, old)).collect();
    let mut kept = FxHashMap::default();
    for (found, one) in texts.into_iter().zip(read) {
        match one {
            Read::Doc(keep, doc) => {
                if let Some((seen, hash)) = keep {
                    kept.insert(found.shown.clone(), Kept { seen, hash, doc: doc.clone() });
                }
                if let Some(first) = out.docs.get(&found.key) {
                    own.push(twice(&found.shown, &first.source.path));
                } else {
                    out.docs.insert(found.key, doc);
                }
            }
            Read::Yaml(yaml) => {
                out.yamls.entry(found.key).or_insert(Arc::new(yaml));
            }
            Read::Failed(d) => own.push(*d),
        }
    }
    // Without data files there is nothing to ask.
    if ask_git && !out.blobs.is_empty() {
        out.git = git::Git::read(root, folders, old.and_then(|c| c.git.as_ref()));
    }
    if let Some(c) = cache {
        c.docs = kept;
        c.git.clone_from(&out.git);
    }
    out.ledger = ledger(root, &mut own);
    out.found = own.iter().cloned().collect();
    out.tell(report);
    out
}

impl Sources {
    /// Says what was wrong with the files.
    fn tell(&self, report: &mut Report) {
        let inside = self.docs.values().flat_map(|d| &d.problems).chain(self.yamls.values().flat_map(|y| &y.problems));
        self.found.iter().chain(inside).for_each(|d| report.push(d.clone()));
    }

    /// Reads again the files in `changed` (paths below `root`). False, and nothing done, where one of them is
    /// no Markdown or YAML item read before: then everything must be loaded.
    pub fn refresh(&mut self, root: &Path, folders: &[String], changed: &[PathBuf], allow_html: bool, report: &mut Report) -> bool {
        let mut fresh = Vec::new();
        for path in changed {
            let Some(shown) = path.strip_prefix(root).ok().map(|p| p.to_string_lossy().replace('\\', "/")) else { return false };
            let known = folders.iter().find_map(|f| {
                let key = shown.strip_prefix(f.as_str())?.strip_prefix('/')?;
                self.docs.get_key_value(key).filter(|(_, d)| *d.source.path == *shown)
            });
            let Some((key, old)) = known else { return false };
            let Ok(text) = walk::read_text(path, &shown, &Limits::default()) else { return false };
            let parse = if shown.ends_with(".yaml") || shown.ends_with(".yml") { Doc::yaml } else { Doc::parse };
            fresh.push((key.clone(), Arc::new(parse(Source::new(old.source.path.clone(), text), allow_html))));
        }
        self.docs.extend(fresh);
        self.tell(report);
        true
    }
}

/// Words that shut a file in, where they stand in brackets in its name: 名单（内部）.
pub fn shut_in(name: &str) -> Option<&str> {
    static WORDS: &[&str] = &[
        "内部",
        "内部资料",
        "内部使用",
        "内部参考",
        "内部掌握",
        "仅供内部",
        "仅供内部使用",
        "不公开",
        "勿公开",
        "不予公开",
        "保密",
        "涉密",
        "待发布",
        "勿外传",
        "请勿外传",
        "勿发",
        "internal",
        "internal only",
        "confidential",
    ];
    name.match_indices(['(', '（', '[', '【', '〔']).find_map(|(i, open)| {
        let rest = &name[i + open.len()..];
        let inner = rest[..rest.find([')', '）', ']', '】', '〕'])?].trim();
        WORDS.contains(&&*inner.to_lowercase()).then_some(inner)
    })
}

/// Why a file of `static/`, or one in an archive, is not for publishing by its name: true where it is a key or a password.
pub fn never(key: &str) -> Option<bool> {
    let lower = key.to_lowercase();
    let name = lower.rsplit('/').next().unwrap_or("");
    let ends = |all: &[&str]| all.iter().any(|e| name.ends_with(e));
    let keys = matches!(
        name,
        ".env"
            | "id_rsa"
            | "id_dsa"
            | "id_ecdsa"
            | "id_ed25519"
            | ".htpasswd"
            | ".netrc"
            | ".pgpass"
            | ".npmrc"
            | ".pypirc"
            | ".my.cnf"
            | ".git-credentials"
            | "wp-config.php"
            | "config.inc.php"
            | "database.php"
            | "database.yml"
            | "local_settings.py"
            | "jdbc.properties"
            | "db.properties"
            | "application.properties"
            | "application.yml"
            | "application.yaml"
    );
    // `credentials.json`, `密码.txt`: the whole name, and an ending under which such lists are kept.
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let lists = matches!(
        stem,
        "credentials"
            | "secrets"
            | "passwords"
            | "password"
            | "passwd"
            | "service-account"
            | "service_account"
            | "serviceaccount"
            | "密码"
            | "密码表"
            | "口令"
            | "密钥"
            | "账号密码"
            | "帐号密码"
            | "token"
            | "tokens"
            | "apikey"
            | "apikeys"
            | "api_key"
            | "api-key"
            | "access_token"
            | "access-token"
    );
    // 网站密码.txt, but not 忘记密码.docx.
    let guide = ["忘记", "修改", "重置", "找回", "设置", "初始", "如何", "怎样", "无"].iter().any(|w| stem.contains(w));
    let lists = lists || !guide && ["密码", "密码表", "口令", "密钥"].iter().any(|w| stem.ends_with(w));
    let listed = ["", "txt", "json", "yaml", "yml", "toml", "ini", "conf", "csv", "xls", "xlsx", "et", "doc", "docx", "wps", "md"].contains(&ending);
    let homes = lower.split('/').rev().skip(1).any(|p| matches!(p, ".aws" | ".ssh" | ".gnupg" | ".kube" | ".docker" | ".azure"));
    if lists && listed || homes || name.ends_with(".ovpn") {
        return Some(true);
    }
    if keys || name.starts_with(".env.") || ends(&[".ppk", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".pem", ".key"]) {
        return Some(true);
    }
    let left = matches!(name, "thumbs.db" | "desktop.ini" | ".bash_history" | "phpinfo.php") || shut_in(stem).is_some();
    // A dump that was renamed to pass a filter of endings.
    let left = left || ends(&[".sql.txt", ".sql.md", ".sql.bz2", ".sql.xz", ".sql.7z", ".sql.rar", ".bak.txt"]);
    let left = left || name.starts_with("~$") || name.starts_with("._");
    let left = left || ends(&[".bak", ".sql", ".sql.gz", ".sql.zip", "~", ".swp", ".swo", ".orig", ".old", ".tmp", ".dump"]);
    // A database as a whole, packed or as its file.
    let whole = matches!(name.split('.').next(), Some("dump" | "backup" | "database" | "db" | "备份" | "数据库" | "数据库备份"));
    let left = left || whole && ends(&[".tar", ".gz", ".tgz", ".zip", ".7z", ".rar", ".sqlite", ".sqlite3", ".db", ".mdb", ".accdb"]);
    let folder = lower.split('/').any(|p| matches!(p, ".svn" | ".hg" | ".git" | ".idea" | ".vscode" | "node_modules" | "__macosx"));
    // Drafts, and folders that are not public.
    let drafts = |p: &str| matches!(p, "draft" | "drafts" | "草稿" | "草稿箱" | "未定稿");
    let shut = |p: &str| {
        matches!(p, "private" | "internal" | "confidential" | "staging" | "内部" | "内部资料" | "不公开" | "不予公开" | "待发布" | "待发" | "未发布" | "待审")
    };
    let folder = folder || lower.split('/').rev().skip(1).any(|p| drafts(p.trim_start_matches(['_', '.'])) || shut(p)) || drafts(stem);
    (left || folder).then_some(false)
}

fn unfit(path: &str, key: bool) -> Diagnostic {
    let span = crate::diag::Span::file(path);
    if key {
        let what = say!("像是密钥或密码文件，不公布", "by its name a file of keys or passwords; not published");
        let mut d = Diagnostic::new("SEC013", Severity::Error, what).at(span);
        d.file = Some(path.into());
        return d.hint(say!("从 static/ 里移走；已公开过的，更换密钥", "take it out of static/; where it was public already, change the keys")).blocking();
    }
    let what = say!(
        "像是备份、临时文件、数据库导出、草稿，或在不公开的目录里，不公布",
        "by its name a backup, a temporary file, the dump of a database, a draft, or in a folder that is not public; not published"
    );
    Diagnostic::new("SEC013", Severity::Warn, what)
        .at(span)
        .hint(say!("从 static/ 里移走；确要公布就改名", "take it out of static/, or rename it where it is meant to be published"))
}

/// A content folder that is not there: its department would be published without a word.
fn missing_folder(root: &Path, folder: &str, report: &mut Report) {
    let path = root.join(folder);
    if path.is_dir() || path.is_symlink() {
        return;
    }
    let near = walk::folders(path.parent().unwrap_or(root));
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let near = near.iter().filter(|n| strsim::damerau_levenshtein(n, name) <= 2).min_by_key(|n| strsim::damerau_levenshtein(n, name));
    let like = near.map(|n| folder.rsplit_once('/').map_or_else(|| n.clone(), |(d, _)| format!("{d}/{n}")));
    let d = Diagnostic::new("SRC024", Severity::Error, say!("内容目录 `{folder}` 不存在", "there is no content folder `{folder}`"));
    let d = d.at(crate::diag::Span::file("site.yaml")).blocking();
    report.push(match like {
        // Most sites name no folder: theirs is called `content`.
        Some(n) if folder == "content" => d.hint(say!(
            "是不是 `{n}`？把它改名为 content，或在 site.yaml 写 content: [{n}]",
            "did you mean `{n}`? Rename it to content, or write content: [{n}] to site.yaml"
        )),
        Some(n) => d.hint(say!("是不是 `{n}`？改 site.yaml 的 content", "did you mean `{n}`? Correct content: in site.yaml")),
        None if folder == "content" => d.hint(say!("建立 content 目录，把内容放进去", "make the folder content and put the content into it")),
        None => d.hint(say!("建立这个目录，或从 site.yaml 的 content 里去掉它", "make the folder, or take it out of content: in site.yaml")),
    });
}

fn twice(path: &str, first: &str) -> Diagnostic {
    Diagnostic::new("SRC018", Severity::Error, say!("与 {first} 是同一条目，未读入", "stands for the same item as {first}; not read"))
        .at(crate::diag::Span::file(path))
        .hint(say!("两个内容目录里有同名文件，改其中一个的名字", "two content folders hold a file of this name; rename one"))
}

enum Read {
    Doc(Option<(Seen, [u8; 32])>, Arc<Doc>),
    Yaml(Yaml),
    Failed(Box<Diagnostic>),
}

fn read_one(found: &walk::Found, limits: &Limits, allow_html: bool, cache: Option<&Cache>) -> Read {
    let old = cache.and_then(|c| c.docs.get(&found.shown));
    let seen = cache.map(|_| walk::seen(&found.disk));
    if let (Some(old), Some(seen)) = (old, seen)
        && old.seen == seen
        && seen.1.is_some()
    {
        return Read::Doc(Some((seen, old.hash)), old.doc.clone());
    }
    let text = match walk::read_text(&found.disk, &found.shown, limits) {
        Ok(t) => t,
        Err(d) => return Read::Failed(d),
    };
    let source = Source::new(found.shown.clone(), text);
    // YAML at the top are vocabularies; below a type's folder it is an item, but for `_column.yaml`; a year of working days is none,
    // nor is what is disclosed how, nor an annual report, nor are letters.
    let part = ["calendar/", "disclosure/", "reports/", "feedback/"].iter().any(|f| found.key.starts_with(f));
    let item = found.key.contains('/') && !part && !found.key.rsplit('/').next().is_some_and(|n| n.starts_with('_'));
    let parse = if found.kind == walk::Sort::Yaml { Doc::yaml } else { Doc::parse };
    if found.kind == walk::Sort::Yaml && !item {
        let mut problems = Vec::new();
        let mut node = parse_yaml(&source, 0..source.text.len(), &mut problems);
        let name = found.key.rsplit('/').next().unwrap_or("");
        if let Some(Node { kind: Kind::List(items), .. }) = &node
            && let Some(beyond) = items.get(most::vocabulary(name))
        {
            problems.push(most::over(name, items.len(), most::vocabulary(name)).at(source.span(beyond.start as usize, beyond.end as usize)));
            node = None;
        }
        if let Some(d) = node.as_ref().and_then(|n| no_list(&source, n, &found.key)) {
            problems.push(d);
            node = None;
        }
        let personal = crate::personal::traces(&source.text);
        return Read::Yaml(Yaml { source, node, problems, personal });
    }
    let Some(seen) = seen else {
        return Read::Doc(None, Arc::new(parse(source, allow_html)));
    };
    use sha2::Digest;
    let hash: [u8; 32] = sha2::Sha256::digest(source.text.as_bytes()).into();
    match old.filter(|o| o.hash == hash) {
        Some(old) => Read::Doc(Some((seen, hash)), old.doc.clone()),
        None => Read::Doc(Some((seen, hash)), Arc::new(parse(source, allow_html))),
    }
}

/// A vocabulary that is a mapping of its ids, or a list below a key of its own: none of its entries can be read, so that is said once.
fn no_list(source: &Source, node: &Node, key: &str) -> Option<Diagnostic> {
    use crate::schema::vocabulary::{alert, department, synonym, term, theme};
    let (record, example) = match key {
        "departments.yaml" => (&department::RECORD, "- {id: office, name: …}"),
        "themes.yaml" => (&theme::RECORD, "- {id: welfare, label: …}"),
        "glossary.yaml" => (&term::RECORD, "- {term: …, definition: …}"),
        "synonyms.yaml" => (&synonym::RECORD, "- {term: …, aliases: […]}"),
        "alerts.yaml" => (&alert::RECORD, "- {title: …}"),
        _ => return None,
    };
    let Kind::Map(pairs) = &node.kind else { return None };
    // One entry without its dash, perhaps with a key misspelt.
    if pairs.is_empty() || pairs.iter().any(|(k, _)| k.text().is_some_and(|k| record.field(k).is_some())) {
        return None;
    }
    let d = Diagnostic::new("SRC006", Severity::Error, say!("`{key}` 应为列表，却是映射", "`{key}` should be a list, not a mapping"));
    let (first, inside) = &pairs[0];
    let d = d.at(source.span(first.start as usize, first.end as usize));
    let name = first.text().unwrap_or("");
    let d = match &inside.kind {
        Kind::List(_) if pairs.len() == 1 => {
            d.hint(say!("删去 `{name}:` 这一行，每一条以 `- ` 开头", "delete the line `{name}:`; each entry begins with `- `"))
        }
        _ => d.hint(say!("每一条以 `- ` 开头，写作 `{example}`", "each entry begins with `- `: write `{example}`")),
    };
    Some(d.blocking())
}

/// A field of a head whose value was written and is none, which was told: `title: &通知`.
pub(crate) fn lost_value(source: &Source, front: &Node, key: &str) -> Option<Diagnostic> {
    let Kind::Map(pairs) = &front.kind else { return None };
    let (k, v) = pairs.iter().find(|(k, _)| k.text() == Some(key))?;
    bracketed::vanished(source, k, v)
}

/// The name of the address ledger in the project folder.
pub const LEDGER: &str = "urls.txt";

fn ledger(root: &Path, report: &mut Report) -> Vec<String> {
    let path = root.join(LEDGER);
    if !path.exists() {
        return Vec::new();
    }
    match walk::read_text(&path, LEDGER, &Limits::default()) {
        Ok(text) => text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(String::from).collect(),
        Err(d) => {
            report.push(*d);
            Vec::new()
        }
    }
}
