//! A published site held against its own signatures: every file that differs, every entry that vanished.

use super::log::{Event, Line};
use super::manifest::{Manifest, sha256};
use super::note::{Note, Verifier};
use super::rotation::Keys;
use super::tlog::{self, Checkpoint};
use super::{CHECKPOINT, LOG, MANIFEST, NOTE, Shelf, WITNESSED, hex};
use crate::diag::{Text, say};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The list that `sha256sum -c` reads, and the mark of a folder that a build made.
const SUMS: &str = "manifest.sha256";

/// Something that is not as it was published.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// `differs`, `missing`, `extra`, `signature`, `log`, `history`, `witness`.
    pub kind: &'static str,
    /// The file, or the entry of the log.
    pub path: String,
    /// In one sentence.
    pub text: Text,
}

/// What a site is held against besides itself.
pub enum Against<'a> {
    /// A checkpoint that somebody kept.
    Note(Note),
    /// A copy of the site that somebody kept: its entries can be named.
    Site(&'a dyn Shelf),
}

/// What is asked.
#[derive(Default)]
pub struct Ask<'a> {
    /// The key of the publisher; without it the one that the site names, which proves less.
    pub key: Option<Verifier>,
    /// Who else must have signed.
    pub witnesses: Vec<Verifier>,
    /// What it is held against.
    pub against: Option<Against<'a>>,
}

/// What came out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// In the order of their paths.
    pub findings: Vec<Finding>,
    /// Files that were read.
    pub files: usize,
    /// Entries of the log.
    pub entries: u64,
    /// Documents that are public.
    pub documents: usize,
    /// Address of the site, as it says.
    pub site: String,
    /// Day of the build, as it says.
    pub as_of: String,
    /// The key that was checked with.
    pub key: String,
    /// It was the site that named the key.
    pub own_key: bool,
    /// The key that was given has handed over, by its own signature in the log, to [`Verdict::key`].
    pub key_changed: bool,
    /// Files that nobody published could not be looked for: an address tells no list of its files.
    pub unlisted: bool,
    /// The signed checkpoint, to be kept: a later one must follow from it.
    pub checkpoint: String,
}

struct Look<'a> {
    shelf: &'a dyn Shelf,
    out: Verdict,
    known: BTreeSet<String>,
}

impl Look<'_> {
    fn tell(&mut self, kind: &'static str, path: &str, text: Text) {
        self.out.findings.push(Finding { kind, path: path.to_string(), text });
    }

    fn differs(&mut self, path: &str) {
        self.tell("differs", path, say!("内容与发布时不同", "differs from what was published"));
    }

    fn missing(&mut self, path: &str) {
        self.tell("missing", path, say!("文件不见了", "is missing"));
    }

    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, String> {
        self.known.insert(path.to_string());
        let bytes = self.shelf.one(path)?;
        self.out.files += 1;
        Ok(bytes)
    }
}

/// Why nothing could be said of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unverified {
    /// It cannot be read; why, in a sentence of the machine.
    Unread(String),
    /// There is no signed site: neither manifest, nor note, nor log, nor anything that tells of them.
    Unsigned,
}

impl From<String> for Unverified {
    fn from(why: String) -> Unverified {
        Unverified::Unread(why)
    }
}

/// Nothing in the site, and nothing that somebody kept of it, says that it was signed.
fn unsigned(shelf: &dyn Shelf, ask: &Ask<'_>) -> Result<bool, String> {
    let signs = shelf.get(&[NOTE, CHECKPOINT].map(String::from))?;
    let listed = |list: Vec<u8>| memchr::memmem::find(&list, format!("  {CHECKPOINT}\n").as_bytes()).is_some();
    Ok(signs.iter().all(Option::is_none) && ask.against.is_none() && !shelf.one(SUMS)?.is_some_and(listed))
}

/// Looks at everything. `Err` where the site cannot be reached, or is no signed one.
pub fn verify(shelf: &dyn Shelf, ask: &Ask<'_>) -> Result<Verdict, Unverified> {
    let mut look = Look { shelf, out: Verdict::default(), known: BTreeSet::new() };
    let list = shelf.list()?;
    look.out.unlisted = list.is_none();
    for path in shelf.doubled()? {
        look.tell(
            "differs",
            &path,
            say!("在 ZIP 里出现不止一次，解压软件各取各的", "stands in the ZIP more than once: which one is taken depends on the program"),
        );
    }
    let bytes = look.read(MANIFEST)?;
    if bytes.is_none() && unsigned(shelf, ask)? {
        return Err(Unverified::Unsigned);
    }
    let manifest = bytes.as_deref().and_then(Manifest::parse);
    let named = manifest.as_ref().and_then(|m| Verifier::parse(&m.key));
    let given = ask.key.clone().or(named.clone());
    look.out.own_key = ask.key.is_none();
    match (&bytes, &manifest) {
        (None, _) => look.missing(MANIFEST),
        (_, None) => look.differs(MANIFEST),
        (_, Some(m)) => (look.out.site, look.out.as_of, look.out.documents) = (m.site.clone(), m.as_of.clone(), m.documents.len()),
    }
    let trunk = trunk(&mut look, [given.as_ref(), named.as_ref()])?;
    let keys = given.as_ref().map(|k| Keys::of(k, &trunk.entries));
    let key = keys.as_ref().and_then(Keys::now);
    look.out.key = key.map(Verifier::text).unwrap_or_default();
    look.out.key_changed = keys.as_ref().is_some_and(|k| k.changed);
    manifest_note(&mut look, bytes.as_deref(), key)?;
    let signed = trunk.note.as_ref().zip(key).is_some_and(|(n, k)| k.signed(n));
    let entries = if the_signature(&mut look, &trunk, signed, (key, named.as_ref())) {
        witnesses(&mut look, &trunk, ask, (keys.as_ref(), named.as_ref()));
        the_log(&mut look, trunk, keys.as_ref())?
    } else {
        Vec::new()
    };
    if let (Some(bytes), Some(m)) = (&bytes, &manifest) {
        agree(&mut look, bytes, m, &entries);
        files(&mut look, m)?;
    }
    if let Some(list) = &list {
        // Of a log that is not signed nobody can say what belongs to it.
        let strange: Vec<&String> = list.iter().filter(|p| !look.known.contains(*p) && (signed || !p.starts_with(LOG))).collect();
        // Without a manifest nobody can say what belongs here.
        if manifest.is_some() {
            strange.into_iter().for_each(|p| look.tell("extra", p, say!("不是网站发布的文件", "was not published with the site")));
        }
    }
    if let Some(against) = &ask.against {
        held_against(&mut look, against, keys.as_ref(), &entries)?;
    }
    let mut out = look.out;
    out.findings.sort_by(|a, b| (&a.path, a.kind).cmp(&(&b.path, b.kind)));
    out.findings.dedup();
    Ok(out)
}

fn manifest_note(look: &mut Look<'_>, manifest: Option<&[u8]>, key: Option<&Verifier>) -> Result<(), String> {
    let Some(bytes) = look.read(NOTE)? else {
        look.missing(NOTE);
        return Ok(());
    };
    let good = Note::parse(&bytes).zip(key).zip(manifest).is_some_and(|((note, key), m)| Manifest::checks(m, &note, key));
    if !good {
        look.tell("signature", NOTE, say!("不是这个密钥对 manifest.json 的签名", "is no signature of this key over manifest.json"));
    }
    Ok(())
}

/// The log as it was read, before anybody says whose it is.
struct Trunk {
    note: Option<Note>,
    checkpoint: Option<Checkpoint>,
    entries: Vec<Vec<u8>>,
    /// All entries are there.
    whole: bool,
}

/// Reads checkpoint and entries, these only where one of the keys signed their number: a size that nobody signed may be anything.
fn trunk(look: &mut Look<'_>, keys: [Option<&Verifier>; 2]) -> Result<Trunk, String> {
    let bytes = look.read(CHECKPOINT)?;
    let note = bytes.as_deref().and_then(Note::parse);
    if bytes.is_none() {
        look.missing(CHECKPOINT);
    } else if note.is_none() {
        look.tell("signature", CHECKPOINT, say!("不是签名的检查点", "is no signed checkpoint"));
    }
    let checkpoint = note.as_ref().and_then(|n| Checkpoint::parse(&n.text)).filter(|c| c.size <= 50_000_000);
    let known = note.as_ref().is_some_and(|n| keys.into_iter().flatten().any(|k| k.signed(n)));
    let mut out = Trunk { note, checkpoint, entries: Vec::new(), whole: true };
    let Some(size) = out.checkpoint.as_ref().filter(|_| known).map(|c| c.size) else { return Ok(out) };
    let bundles = tlog::bundles(size);
    let paths: Vec<String> = bundles.iter().map(|(p, _)| format!("{LOG}{p}")).collect();
    for ((path, found), (_, width)) in paths.iter().zip(look.shelf.get(&paths)?).zip(&bundles) {
        look.known.insert(path.clone());
        look.out.files += 1;
        match found.as_deref().map(|b| tlog::unbundle(b, *width)) {
            None => look.missing(path),
            Some(None) => look.tell("log", path, say!("记录的条目残缺", "does not hold the entries it should")),
            Some(Some(e)) if out.whole => {
                out.entries.extend(e);
                continue;
            }
            Some(Some(_)) => continue,
        }
        out.whole = false;
    }
    Ok(out)
}

/// Whether the checkpoint is one of this log, signed by the key that signs now. `named` is the key that the site names.
fn the_signature(look: &mut Look<'_>, trunk: &Trunk, signed: bool, (key, named): (Option<&Verifier>, Option<&Verifier>)) -> bool {
    let Some(note) = &trunk.note else { return false };
    look.out.checkpoint = if signed { note.text() } else { String::new() };
    let own = trunk.checkpoint.as_ref().zip(key).is_some_and(|(c, k)| c.origin == k.name());
    if signed && own {
        return true;
    }
    let another = named.filter(|n| !signed && key.is_some_and(|k| k != *n) && n.signed(note));
    look.tell(
        "signature",
        CHECKPOINT,
        match another {
            Some(n) => say!(
                "是另一个密钥签的（{}），原来的密钥没有移交给它",
                "is signed by another key ({}), and the key that was given has not handed over to it",
                n.text()
            ),
            None => say!("不是这个密钥签的检查点", "is no checkpoint signed by this key"),
        },
    );
    false
}

/// Who else must have signed. The publisher is no witness of himself, whatever the name.
fn witnesses(look: &mut Look<'_>, trunk: &Trunk, ask: &Ask<'_>, (keys, named): (Option<&Keys>, Option<&Verifier>)) {
    for w in &ask.witnesses {
        if keys.into_iter().flat_map(|k| &k.all).chain(named).any(|k| k.same_hand(w)) {
            look.tell("witness", CHECKPOINT, say!("{} 是网站自己的密钥，不算见证方", "{} is the site's own key, and no witness", w.name()));
        } else if !trunk.note.as_ref().is_some_and(|n| w.signed(n)) {
            look.tell("witness", CHECKPOINT, say!("没有 {} 的见证签名", "is not signed by the witness {}", w.name()));
        }
    }
}

/// Checks every file of the log against its signed checkpoint; gives its entries as far as they can be read.
fn the_log(look: &mut Look<'_>, trunk: Trunk, keys: Option<&Keys>) -> Result<Vec<Vec<u8>>, String> {
    let Trunk { checkpoint: Some(c), entries, whole, .. } = trunk else { return Ok(Vec::new()) };
    look.out.entries = c.size;
    if !whole {
        return Ok(entries);
    }
    let made = tlog::files(&entries);
    let leaves: Vec<tlog::Hash> = entries.iter().map(|e| tlog::leaf(e)).collect();
    let sound = tlog::root(&leaves) == c.root;
    if !sound {
        look.tell(
            "log",
            CHECKPOINT,
            say!("日志的条目与签名的检查点不符：条目被改过", "the entries of the log do not make the tree that was signed: they were changed"),
        );
    }
    // Hashes that are kept beside the entries say which of them is not what it was.
    let tiles: Vec<&(String, Vec<u8>)> = made.iter().filter(|(p, _)| !p.starts_with("tile/entries/")).collect();
    let paths: Vec<String> = tiles.iter().map(|(p, _)| format!("{LOG}{p}")).collect();
    for ((path, found), (short, made)) in paths.iter().zip(look.shelf.get(&paths)?).zip(tiles) {
        look.known.insert(path.clone());
        look.out.files += 1;
        match found {
            None => look.missing(path),
            Some(b) if b == *made => {}
            Some(b) if !sound && short.starts_with("tile/0/") && b.len() == made.len() => {
                let first = entry_of(short) as usize;
                for (n, _) in b.chunks(32).zip(made.chunks(32)).enumerate().filter(|(_, (x, y))| x != y) {
                    let n = first + n;
                    look.tell("log", &format!("log#{n}"), say!("日志第 {n} 条被改过", "entry {n} of the log was changed"));
                }
            }
            Some(_) => look.differs(path),
        }
    }
    if let Some(bytes) = look.read(WITNESSED)? {
        let old = Note::parse(&bytes).filter(|n| of(keys, n));
        match old.and_then(|n| Checkpoint::parse(&n.text)) {
            None => look.tell("signature", WITNESSED, say!("不是这个密钥签的检查点", "is no checkpoint signed by this key")),
            Some(old) => older(look, WITNESSED, &old, &leaves),
        }
    }
    Ok(entries)
}

/// One of the log's keys signed it, the present one or one that handed over.
fn of(keys: Option<&Keys>, note: &Note) -> bool {
    keys.is_some_and(|k| k.all.iter().any(|k| k.signed(note)))
}

/// The number of the first entry under a tile of level 0.
fn entry_of(path: &str) -> u64 {
    let place = path.trim_start_matches("tile/0/").split(".p/").next().unwrap_or("");
    place.split('/').filter_map(|p| p.trim_start_matches('x').parse::<u64>().ok()).fold(0, |n, p| n * 1000 + p) * 256
}

/// An earlier checkpoint must be the beginning of this log.
fn older(look: &mut Look<'_>, path: &str, old: &Checkpoint, leaves: &[tlog::Hash]) {
    match leaves.get(..old.size as usize) {
        None => look.tell(
            "history",
            path,
            say!("原来有 {} 条记录，现在只剩 {} 条：历史被截去", "there were {} entries, now there are {}: history was cut off", old.size, leaves.len()),
        ),
        Some(begin) if tlog::root(begin) != old.root => look.tell(
            "history",
            path,
            say!("前 {} 条记录与原来的不同：历史被改写", "the first {} entries are others than they were: history was rewritten", old.size),
        ),
        Some(_) => {}
    }
}

/// The manifest and the log must tell the same.
fn agree(look: &mut Look<'_>, bytes: &[u8], m: &Manifest, entries: &[Vec<u8>]) {
    if entries.is_empty() {
        return;
    }
    let lines: Vec<Option<Line>> = entries.iter().map(|e| Line::parse(e)).collect();
    let told = m.form_of.clone().unwrap_or_else(|| sha256(bytes));
    if !lines.last().is_some_and(|l| l.as_ref().is_some_and(|l| l.event == Event::Site && l.hash == told)) {
        look.tell("log", MANIFEST, say!("不是日志最后记下的那份清单", "is not the manifest that the log names last"));
    }
    let mut last: BTreeMap<&str, &Line> = BTreeMap::new();
    for line in lines.iter().flatten().filter(|l| !l.id.is_empty()) {
        last.insert(&line.id, line);
    }
    let mut public: BTreeSet<&str> = BTreeSet::new();
    for d in &m.documents {
        public.insert(&d.id);
        if !last.get(d.id.as_str()).is_some_and(|l| l.event != Event::Withdraw && l.hash == d.hash) {
            look.tell("log", &d.url, say!("日志没有记下这份文档现在的样子", "the log does not tell of this document as it is now"));
        }
    }
    for (id, _) in last.iter().filter(|(id, l)| l.event != Event::Withdraw && !public.contains(**id)) {
        look.tell(
            "log",
            &format!("log:{id}"),
            say!("日志里公开的文档不在网站上，也没有记撤回", "a document that the log calls public is not on the site, and no withdrawal is told"),
        );
    }
}

/// The addresses at which a server gives pages: `/policies/` and not `/policies/index.html`. Somebody may have put another page there.
fn served(look: &mut Look<'_>, m: &Manifest, part: &[super::File]) -> Result<(), String> {
    if !look.out.unlisted {
        return Ok(());
    }
    let pages: Vec<(&super::File, String)> = part.iter().filter_map(|f| Some((f, shown_at(&f.path)?.to_string()))).collect();
    let paths: Vec<String> = pages.iter().map(|(_, p)| p.clone()).collect();
    for ((f, path), found) in pages.iter().zip(look.shelf.digests(&paths)?) {
        let at = format!("/{path}");
        look.out.files += 1;
        let other = found.map(|(_, hash)| hex(&hash)).filter(|h| *h != f.sha256);
        match (&found, other) {
            (None, _) => look.tell("missing", &at, say!("没有网页，而 {} 是有的", "gives no page, though {} was published for it", f.path)),
            // At an old address the server may lead on by itself.
            (_, Some(hash)) if leads_to(look.shelf, m, &f.path)?.as_ref() != Some(&hash) => {
                look.tell("differs", &at, say!("给出的不是发布的 {}", "gives another page than {}, which was published for it", f.path));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The hash of the page to which a page at an old address leads.
fn leads_to(shelf: &dyn Shelf, m: &Manifest, path: &str) -> Result<Option<String>, String> {
    let page = shelf.one(path)?.unwrap_or_default();
    let page = String::from_utf8_lossy(&page);
    let there = page.split("<link rel=\"canonical\" href=\"").nth(1).and_then(|r| r.split('"').next()).filter(|_| page.contains("http-equiv=\"refresh\""));
    let below = there.and_then(|t| t.strip_prefix(m.site.trim_end_matches('/'))?.strip_prefix('/')).and_then(|t| t.split(['#', '?']).next());
    let Some(below) = below else { return Ok(None) };
    let below = percent_encoding::percent_decode_str(below).decode_utf8_lossy();
    let file = if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below.into_owned() };
    Ok(m.files.iter().find(|f| f.path == file).map(|f| f.sha256.clone()))
}

/// The address of a page that stands for its folder.
fn shown_at(path: &str) -> Option<&str> {
    path.strip_suffix("index.html").filter(|p| p.is_empty() || p.ends_with('/'))
}

/// Every file of the manifest, and the list beside it.
fn files(look: &mut Look<'_>, m: &Manifest) -> Result<(), String> {
    let mut sums: Vec<(String, String)> = Vec::new();
    // A server may have much to send: a piece at a time.
    for part in m.files.chunks(512) {
        let paths: Vec<String> = part.iter().map(|f| f.path.clone()).collect();
        for (f, found) in part.iter().zip(look.shelf.digests(&paths)?) {
            look.known.insert(f.path.clone());
            look.out.files += 1;
            match found {
                None => look.missing(&f.path),
                Some((size, hash)) if size != f.size || hex(&hash) != f.sha256 => look.differs(&f.path),
                Some(_) => {}
            }
        }
        served(look, m, part)?;
        sums.extend(part.iter().filter(|f| f.path != crate::route::MARKER).map(|f| (f.path.clone(), f.sha256.clone())));
    }
    if let Some(bytes) = look.read(SUMS)? {
        // It names what stands beside the manifest as well.
        let listed: BTreeSet<&str> = m.files.iter().map(|f| f.path.as_str()).collect();
        let own = |p: &str| p.starts_with(LOG) && !listed.contains(p) || p == MANIFEST || p == NOTE;
        let beside: Vec<String> = look.known.iter().filter(|p| own(p)).cloned().collect();
        for (path, found) in beside.iter().zip(look.shelf.digests(&beside)?) {
            sums.extend(found.map(|(_, h)| (path.clone(), hex(&h))));
        }
        sums.sort();
        let want: String = sums.iter().map(|(p, h)| format!("{h}  {p}\n")).collect();
        if Sha256::digest(&bytes) != Sha256::digest(want.as_bytes()) {
            look.differs(SUMS);
        }
    } else {
        look.missing(SUMS);
    }
    Ok(())
}

/// What somebody kept must be the beginning of what is there.
fn held_against(look: &mut Look<'_>, against: &Against<'_>, keys: Option<&Keys>, entries: &[Vec<u8>]) -> Result<(), String> {
    let leaves: Vec<tlog::Hash> = entries.iter().map(|e| tlog::leaf(e)).collect();
    let unfit = || {
        say!(
            "拿来对照的检查点是别的密钥签的，日志里没有它的移交",
            "the checkpoint to compare with is signed by another key, and the log tells of no handover from that one"
        )
    };
    match against {
        Against::Note(note) => match Checkpoint::parse(&note.text).filter(|_| of(keys, note)) {
            Some(old) => older(look, CHECKPOINT, &old, &leaves),
            None => look.tell("history", "--against", unfit()),
        },
        Against::Site(shelf) => {
            let Ok(kept) = super::log::log_of(*shelf, keys.map_or(&[], |k| &k.all)) else {
                look.tell("history", "--against", unfit());
                return Ok(());
            };
            older(look, CHECKPOINT, &kept.checkpoint, &leaves);
            let now: BTreeSet<&Vec<u8>> = entries.iter().collect();
            for (n, e) in kept.entries.iter().enumerate().filter(|(n, e)| entries.get(*n) != Some(*e) && !now.contains(e)) {
                let text = String::from_utf8_lossy(e).into_owned();
                look.tell("history", &format!("log#{n}"), say!("日志第 {n} 条不见了：{text}", "entry {n} of the log vanished: {text}"));
            }
        }
    }
    Ok(())
}
