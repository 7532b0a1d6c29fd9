//! `audit DIR|URL-LIST`: the rules that need only finished pages, over any HTML, made by whatever tool, in any encoding.
//!
//! Each page is read once; what is kept of it is its links, its anchors, its words and what is wrong with it.

mod decode;
mod documents;
pub use documents::Days;
mod labels;
mod loads;
mod page;
mod private;
mod problems;

pub use labels::{Label, labels, usual};

use crate::config::Profile;
use crate::diag::{Diagnostic, Report, Severity, Span, say};
use crate::load::read_bytes;
use jiff::civil::Date;
use page::Page;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// Rules of Chinese government sites (the meta tags of domain-rules B0, columns, identity fields) apply.
    pub profile: Profile,
    /// Path under which the folder is served: links that begin with it are links inside.
    pub base_path: String,
    /// The day taken as today.
    pub today: Option<Date>,
    /// How the site names the fields of its documents.
    pub labels: Vec<Label>,
    /// Only some pages of the site are here: what is not among them may be there all the same.
    pub partial: bool,
    /// This program: PDF files are read in a process of its own; without it they are told as not looked through.
    pub program: Option<PathBuf>,
}

/// What an audit gives back.
#[derive(Debug)]
pub struct Audited {
    /// The findings.
    pub report: Report,
    /// Pages read.
    pub pages: usize,
    /// All files seen.
    pub files: usize,
    /// What there was to go by for how new things are.
    pub days: Days,
    /// Files beside the pages that were read for personal data and marks.
    pub attached: usize,
    /// Those that were not, or not wholly.
    pub unread: usize,
}

/// Codes that an audit can find: what a verdict over it rests on.
pub static CODES: &[&str] = &[
    "A11Y001", "AUD001", "AUD002", "ITP003", "LNK001", "MET001", "POL007", "SEC002", "SEC003", "SEC006", "SEC014", "UPD001", "UPD002", "UPD003", "UPD004",
    "UPD005",
];

/// Largest page that is read, in bytes.
const LARGEST: u64 = 32 << 20;

/// Audits all pages below a folder.
pub fn audit(dir: &Path, options: &Options) -> Audited {
    let mut report = Report::new();
    let mut files: BTreeSet<String> = BTreeSet::new();
    for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
        match entry {
            Ok(e) if e.file_type().is_file() => {
                let rel = e.path().strip_prefix(dir).unwrap_or(e.path()).to_string_lossy().replace('\\', "/");
                files.insert(rel);
            }
            Ok(_) => {}
            Err(e) => report.push(Diagnostic::new("SRC003", Severity::Error, crate::diag::unread(&e.into())).at(Span::file(&dir.to_string_lossy()))),
        }
    }
    let html: Vec<&String> = files.iter().filter(|f| is_page(f)).collect();
    let read: Vec<Result<Page, Box<Diagnostic>>> = html
        .par_iter()
        .map(|f| {
            let path = dir.join(f);
            let large = || {
                Box::new(
                    Diagnostic::new("SRC002", Severity::Error, say!("网页过大，没有检查", "the page is too large and was not looked at")).at(Span::file(f)),
                )
            };
            let io = |e: std::io::Error| Box::new(Diagnostic::new("SRC003", Severity::Error, crate::diag::unread(&e)).at(Span::file(f)));
            if path.metadata().is_ok_and(|m| m.len() > LARGEST) {
                return Err(large());
            }
            read_bytes(&path).map(|b| one(&b)).map_err(io)
        })
        .collect();
    // Style sheets and scripts load files as pages do.
    let kind = |f: &str| {
        let low = f.to_ascii_lowercase();
        [".css", ".js", ".mjs"].into_iter().find(|e| low.ends_with(e))
    };
    for (file, kind) in files.iter().filter_map(|f| Some((f, kind(f)?))) {
        let path = dir.join(file);
        if path.metadata().is_ok_and(|m| m.len() <= LARGEST)
            && let Ok(bytes) = read_bytes(&path)
        {
            let text = decode::decode(&bytes).0;
            let alone = if kind == ".css" { page::sheet(&text) } else { page::script(&text) };
            problems::problems(file, &alone, &BTreeMap::new(), &files, &problems::Known::default(), options).into_iter().for_each(|d| report.push(d));
        }
    }
    let pages: Vec<(String, Result<Page, Box<Diagnostic>>)> = html.into_iter().cloned().zip(read).collect();
    let others: Vec<&String> = files.iter().filter(|f| !is_page(f) && private::reads(f)).collect();
    let attached: Vec<(&String, private::Attached)> = others.par_iter().map(|f| (*f, private::attached(&dir.join(f), options.program.as_deref()))).collect();
    let (count, mut unread) = (attached.len(), 0);
    for (file, a) in attached {
        unread += usize::from(a.unread);
        problems::attached(file, a, options).into_iter().for_each(|d| report.push(d));
    }
    Audited { attached: count, unread, ..judged(pages, files, report, options) }
}

/// Audits pages that are at hand: each by the path of its address, `news/1.html`.
pub fn audit_pages(given: Vec<(String, Vec<u8>)>, options: &Options) -> Audited {
    let files: BTreeSet<String> = given.iter().map(|(f, _)| f.clone()).collect();
    let pages: Vec<_> = given.par_iter().map(|(f, b)| (f.clone(), Ok(one(b)))).collect();
    judged(pages, files, Report::new(), options)
}

fn is_page(file: &str) -> bool {
    let lower = file.to_ascii_lowercase();
    [".html", ".htm", ".shtml", ".xhtml"].iter().any(|e| lower.ends_with(e))
}

fn one(bytes: &[u8]) -> Page {
    let (text, encoding) = decode::decode(bytes);
    let mut p = page::page(&text);
    p.encoding = (encoding != encoding_rs::UTF_8).then(|| encoding.name());
    p.mistold = decode::mistold(bytes, encoding).map(|e| e.name().to_string());
    p.found = private::of_page(&text, &p.text, &p.said);
    p.said = String::new();
    p
}

fn judged(read: Vec<(String, Result<Page, Box<Diagnostic>>)>, files: BTreeSet<String>, mut report: Report, options: &Options) -> Audited {
    let count = read.len();
    let mut pages: BTreeMap<&str, Page> = BTreeMap::new();
    let names: Vec<String> = read.iter().map(|(f, _)| f.clone()).collect();
    for (file, (_, one)) in names.iter().zip(read) {
        match one {
            Ok(p) => drop(pages.insert(file, p)),
            Err(d) => report.push(*d),
        }
    }
    let known = problems::Known::of(&pages, &files, options);
    let found: Vec<Vec<Diagnostic>> = pages.par_iter().map(|(file, p)| problems::problems(file, p, &pages, &files, &known, options)).collect();
    found.into_iter().flatten().for_each(|d| report.push(d));
    let days = documents::documents(&pages, &files, &known, options, &mut report);
    Audited { report, pages: count, files: files.len(), days, attached: 0, unread: 0 }
}
