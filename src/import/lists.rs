//! Sources that are lists of records, read one after the other: once to learn what is in them, once to write it. Of a catalogue of
//! hundreds of megabytes no two records stand in memory at once.

use super::{Asked, Draft, Office, Value};
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::brought::{Piece, json, json_list, text};
use crate::load::records::{self, Form, LONGEST, Stop};
use crate::load::{Kind, Node, Source};
use crate::schema::item as own;
use std::collections::{BTreeMap, BTreeSet};

/// What is done with an item, and with what was found in its record.
pub type Take<'t> = &'t mut dyn FnMut(Draft, Vec<Diagnostic>);

/// Reads all records of a source. It is called twice with the same [`Known`], and what it tells of files is heard the first time.
pub type Each = fn(&[Piece], &Asked<'_>, &mut Known, Take<'_>, &mut Vec<Diagnostic>);

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Record by record.
    Parts,
    /// As a whole: it is in another encoding.
    Whole,
    /// Not at all.
    Not,
}

/// Broken records of one file that are told; a list of a million numbers has a million.
const TOLD: usize = 100;

/// What is known of a source on the way through it.
#[derive(Debug, Default)]
pub struct Known {
    /// Departments by their names.
    pub(super) offices: BTreeMap<String, Office>,
    /// Records that were seen, kept or not.
    pub(super) seen: usize,
    /// It is the second time.
    pub(super) again: bool,
    /// What DCAT-US calls collections.
    pub(super) series: Series,
    /// Records without id and name, by what they are called instead.
    pub(super) unnamed: BTreeMap<String, usize>,
    how: BTreeMap<usize, How>,
}

impl Known {
    /// How a file is to be read, where that is known.
    pub(super) fn how(&self, piece: usize) -> Option<How> {
        self.how.get(&piece).copied()
    }

    pub(super) fn found(&mut self, piece: usize, how: How) {
        self.how.insert(piece, how);
    }

    /// Ready for the second time; gives the departments.
    pub(super) fn turned(&mut self) -> BTreeMap<String, Office> {
        (self.again, self.seen) = (true, 0);
        self.unnamed.clear();
        std::mem::take(&mut self.offices)
    }
}

/// What `isPartOf` of DCAT-US may name: the identifiers of the source, and its pages with the identifier of each, by short hashes.
#[derive(Debug, Default)]
pub(super) struct Series {
    keys: BTreeSet<[u8; 8]>,
    pages: BTreeMap<[u8; 8], Box<str>>,
}

fn short(text: &str) -> [u8; 8] {
    use sha2::Digest as _;
    let mut out = [0; 8];
    out.copy_from_slice(&sha2::Sha256::digest(text.as_bytes())[..8]);
    out
}

impl Series {
    /// Remembers an item.
    pub(super) fn note(&mut self, d: &Draft) {
        self.keys.insert(short(&d.key));
        if let Some(Value::Text(page)) = d.get(&own::SOURCE_URL) {
            self.pages.entry(short(page)).or_insert_with(|| d.key.as_str().into());
        }
    }

    /// The identifier of what is named.
    pub(super) fn of<'a>(&'a self, told: &'a str) -> Option<&'a str> {
        let hash = short(told);
        if self.keys.contains(&hash) { Some(told) } else { self.pages.get(&hash).map(|k| &**k) }
    }
}

fn not_text(p: &Piece) -> Diagnostic {
    Diagnostic::new("IMP001", Severity::Error, say!("不是文字文件，未导入", "no text file; not imported"))
        .at(Span::file(&p.path))
        .hint(say!("看看文件是否损坏", "see whether the file is damaged"))
}

fn unread(p: &Piece, e: &std::io::Error) -> Diagnostic {
    Diagnostic::new("IMP001", Severity::Error, crate::diag::unread(e)).at(Span::file(&p.path)).hint(say!("其余照常导入", "the rest is imported"))
}

/// A file of JSON; what is wrong with it is told.
pub(super) fn opened(p: &Piece, out: &mut Vec<Diagnostic>) -> Option<Source> {
    let bytes = records::all(p).map_err(|e| out.push(unread(p, &e))).ok()?;
    let Some((content, _)) = text(&bytes) else {
        out.push(not_text(p));
        return None;
    };
    Some(Source::new(p.path.as_str(), content))
}

fn broken_at(at: Span, why: &str) -> Diagnostic {
    Diagnostic::new("IMP001", Severity::Error, say!("JSON 读不下去，未导入：{why}", "the JSON breaks off; not imported: {why}"))
        .at(at)
        .hint(say!("重新下载这个文件，或改正此处", "download the file again, or correct this place"))
}

/// JSON that breaks off.
pub(super) fn broken(source: &Source, (at, why): (usize, String)) -> Diagnostic {
    broken_at(source.span(at, at + 1), &why)
}

/// A record that is none.
pub(super) fn no_object(source: &Source, n: &Node) -> Diagnostic {
    Diagnostic::new("IMP001", Severity::Error, say!("这一条不是对象，未导入", "this record is no object; not imported"))
        .at(source.span(n.start as usize, n.end as usize))
        .hint(say!("看看来源", "look at the source"))
}

/// Reads the records of a file; what is broken loses itself alone, but a file that breaks off is not imported in part. False where
/// there is no list.
pub(super) fn each(
    p: &Piece,
    how: Option<How>,
    form: Form<'_>,
    out: &mut Vec<Diagnostic>,
    take: &mut dyn FnMut(&Source, Node, &mut Vec<Diagnostic>),
) -> (How, bool) {
    let how = how.unwrap_or_else(|| match records::sound(p, form) {
        Ok(()) => How::Parts,
        Err(Stop::Encoding) => How::Whole,
        Err(Stop::Disk(e)) => {
            out.push(unread(p, &e));
            How::Not
        }
        Err(Stop::Broken(line, byte, why)) => {
            let at = records::place(p, line, byte).unwrap_or_else(|_| Span::file(&p.path));
            out.push(broken_at(at, &why));
            How::Not
        }
    });
    let mut lost = 0usize;
    let mut one = |source: &Source, range: std::ops::Range<usize>, out: &mut Vec<Diagnostic>| {
        let bad = match json(source, range) {
            Ok(n) if matches!(n.kind, Kind::Map(_)) => return take(source, n, out),
            Ok(n) => no_object(source, &n),
            Err(e) => broken(source, e),
        };
        lost += 1;
        if lost <= TOLD {
            out.push(bad);
        }
    };
    let listed = match how {
        How::Not => true,
        How::Parts => {
            let read = records::records(p, form, &mut |r| match r {
                Ok(source) => one(source, source.begins..source.text.len(), out),
                Err(source) => {
                    let mib = LONGEST >> 20;
                    out.push(
                        Diagnostic::new("IMP001", Severity::Error, say!("这一条超过 {mib} MiB，未导入", "this record is longer than {mib} MiB; not imported"))
                            .at(source.span(source.begins, source.begins + 1))
                            .hint(say!("看看来源", "look at the source")),
                    );
                }
            });
            read.unwrap_or_else(|e| {
                out.push(unread(p, &e));
                true
            })
        }
        How::Whole => {
            let Some(source) = opened(p, out) else { return (How::Not, true) };
            let ranges: Vec<std::ops::Range<usize>> = match form {
                Form::Lines => {
                    let mut at = 0;
                    let lines = source.text.split_inclusive('\n').map(|l| {
                        at += l.len();
                        (at - l.len()..at, !l.trim().is_empty())
                    });
                    lines.filter(|(_, said)| *said).map(|(r, _)| r).collect()
                }
                Form::List(paths) => {
                    let keys: Vec<&str> = paths.iter().filter_map(|p| if let [key] = p { Some(*key) } else { None }).collect();
                    match json_list(&source, &keys) {
                        Ok(r) => r,
                        Err(e) => {
                            out.push(broken(&source, e));
                            return (How::Not, true);
                        }
                    }
                }
            };
            let any = !ranges.is_empty();
            ranges.into_iter().for_each(|r| one(&source, r, out));
            any
        }
    };
    if lost > TOLD {
        let more = lost - TOLD;
        out.push(
            Diagnostic::new("IMP001", Severity::Error, say!("还有 {more} 条读不懂，未导入", "more records that cannot be read; not imported: {more}"))
                .at(Span::file(&p.path))
                .hint(say!("看看来源", "look at the source")),
        );
    }
    (how, listed)
}
