//! One pass over the rows of a table that writes all its files. Nothing of the table is held but its keys.

use super::package::{About, Package};
use super::schema::{Keys, Sight};
use super::{FACET, PAGE, cells, excel};
use crate::load::table::profile::Kind;
use crate::load::table::{Table, decimal, profile};
use crate::model::FieldInfo;
use crate::output::{Sink, hex};
use crate::tables::Read;
use serde_json::json;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

/// Which files are to be made of a table.
pub(super) struct Job {
    pub(super) read: Arc<Read>,
    pub(super) part: usize,
    pub(super) csv: Option<u32>,
    pub(super) excel: Option<u32>,
    pub(super) json: Option<u32>,
    pub(super) long: Option<u32>,
    pub(super) zip: Option<u32>,
    pub(super) index: Option<u32>,
    pub(super) facets: Option<u32>,
    pub(super) rows: Vec<u32>,
    pub(super) keys: Vec<u32>,
    pub(super) key: Vec<usize>,
    pub(super) package: Option<Package>,
    pub(super) about: About,
    /// What is declared of each column.
    pub(super) fields: Vec<Option<FieldInfo>>,
    /// Columns of the declared key; empty where there is none.
    pub(super) told_key: Vec<usize>,
    /// References of the table to itself.
    pub(super) own_keys: Vec<(Vec<usize>, Vec<usize>)>,
    /// Declared signs for a missing value.
    pub(super) missing: Vec<String>,
}

/// A writer whose bytes are taken out from time to time.
#[derive(Clone, Default)]
struct Pipe(Rc<RefCell<Vec<u8>>>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Pipe {
    /// Hands on what has come in.
    fn drain(&self, entry: u32, sink: &mut dyn Sink) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        if !bytes.is_empty() {
            sink.write(entry, &bytes)?;
            bytes.clear();
        }
        Ok(())
    }
}

/// A CSV file that is being written.
struct Csv {
    entry: u32,
    pipe: Pipe,
    writer: csv::Writer<Pipe>,
}

impl Csv {
    fn open(entry: Option<u32>, mark: bool, head: &[&str], sink: &mut dyn Sink) -> io::Result<Option<Csv>> {
        let Some(entry) = entry else { return Ok(None) };
        sink.open(entry)?;
        if mark {
            sink.write(entry, "\u{feff}".as_bytes())?;
        }
        let pipe = Pipe::default();
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(pipe.clone());
        writer.write_record(head)?;
        Ok(Some(Csv { entry, pipe, writer }))
    }

    /// Hands on what has come in, to a zip too.
    fn drain(&mut self, zip: Option<&mut Zip>, sink: &mut dyn Sink) -> io::Result<()> {
        self.writer.flush()?;
        if let Some(z) = zip {
            z.zip.write_all(&self.pipe.0.borrow())?;
            z.pipe.drain(z.entry, sink)?;
        }
        self.pipe.drain(self.entry, sink)
    }

    fn close(mut self, zip: Option<&mut Zip>, sink: &mut dyn Sink) -> io::Result<(u64, [u8; 32])> {
        self.drain(zip, sink)?;
        sink.close(self.entry)
    }
}

/// Rows after which buffers are emptied.
const OFTEN: u64 = 512;

/// The part of the keys that a key stands in: FNV-1a over its UTF-8, modulo the number of parts. Scripts compute the same.
pub(super) fn part_of(key: &str, parts: usize) -> usize {
    let hash = key.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    hash as usize % parts.max(1)
}

pub(super) fn run(job: Job, sink: &mut dyn Sink) -> io::Result<()> {
    let read = job.read.clone();
    let Some(table) = read.file.tables.get(job.part) else { return Ok(()) };
    let names: Vec<&str> = table.names.iter().map(String::as_str).collect();
    let kinds: Vec<Kind> = table.columns.iter().map(|p| p.kind).collect();
    let kept: Vec<usize> = (0..names.len()).filter(|c| !table.periods.iter().any(|(p, ..)| p == c)).collect();
    let mut csv = Csv::open(job.csv, false, &names, sink)?;
    let heads: Vec<String> = names.iter().map(|n| excel::head(n)).collect();
    let mut copy = Csv::open(job.excel, true, &heads.iter().map(String::as_str).collect::<Vec<_>>(), sink)?;
    let texts: Vec<bool> = kinds.iter().zip(&job.fields).map(|(k, f)| excel::is_text(*k, f.as_ref())).collect();
    let long_head: Vec<&str> = kept.iter().map(|c| names[*c]).chain(job.about.long).collect();
    let mut long = Csv::open(job.long, false, &long_head, sink)?;
    let mut zip = match (job.zip, job.package) {
        (Some(entry), Some(package)) => Some(Zip::open(entry, package, sink)?),
        _ => None,
    };
    if let Some(e) = job.json {
        sink.open(e)?;
        sink.write(e, b"[")?;
    }
    let (mut whole, mut page): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
    let mut bounds: Vec<Vec<Option<(f64, f64)>>> = Vec::new();
    let mut keys: Vec<Vec<(String, u64)>> = vec![Vec::new(); job.keys.len()];
    let mut n = 0u64;
    // A row without any value was written.
    let mut barren = false;
    // The schema is that of the cells as they are written.
    let schema = zip.is_some() || job.index.is_some();
    let mut sights: Vec<Sight> = table.columns.iter().zip(&job.fields).map(|(p, f)| Sight::new(p, f.as_ref())).collect();
    let mut primary = (schema && !job.told_key.is_empty()).then(|| Keys::primary(job.told_key.clone()));
    let mut own: Vec<Keys> = job.own_keys.iter().filter(|_| schema).map(|(here, there)| Keys::foreign(here.clone(), there.clone())).collect();
    read.rows(table, &mut |row| {
        let clean: Vec<String> = row.iter().zip(&kinds).map(|(v, k)| cells::clean(v, *k)).collect();
        if let Some(c) = &mut csv {
            c.writer.write_record(&clean)?;
        }
        if schema {
            let seen = sights.iter_mut().zip(&clean).fold(0, |n, (s, v)| n + usize::from(s.see(v)));
            barren |= seen == 0;
            primary.iter_mut().chain(&mut own).for_each(|k| k.see(&clean, &sights));
        }
        if let Some(c) = &mut copy {
            c.writer.write_record(clean.iter().zip(&texts).map(|(v, t)| excel::cell(v, *t)))?;
        }
        if let Some(c) = &mut long {
            for (p, name, _) in &table.periods {
                let fixed = kept.iter().map(|c| clean[*c].as_str());
                c.writer.write_record(fixed.chain([name.as_str(), clean[*p].as_str()]))?;
            }
        }
        if job.json.is_some() {
            whole.extend_from_slice(if n == 0 { b"\n{" } else { b",\n{" });
            for (c, v) in row.iter().enumerate() {
                if c > 0 {
                    whole.push(b',');
                }
                cells::string(&mut whole, names[c]);
                whole.push(b':');
                cells::json(&mut whole, v, kinds[c]);
            }
            whole.push(b'}');
        }
        if let Some(&file) = job.rows.get((n / PAGE) as usize) {
            if n.is_multiple_of(PAGE) {
                page.clear();
                page.extend_from_slice(b"[\n");
                bounds.push(vec![None; names.len()]);
            } else {
                page.extend_from_slice(b",\n");
            }
            page.push(b'[');
            for (c, v) in row.iter().enumerate() {
                if c > 0 {
                    page.push(b',');
                }
                cells::json(&mut page, v, kinds[c]);
                if let (Kind::Integer | Kind::Number | Kind::Year, Some(x), Some(b)) = (kinds[c], table.columns[c].number(v), bounds.last_mut()) {
                    b[c] = Some(b[c].map_or((x, x), |(lo, hi)| (lo.min(x), hi.max(x))));
                }
            }
            page.push(b']');
            if (n + 1).is_multiple_of(PAGE) || n + 1 == table.rows {
                page.extend_from_slice(b"\n]\n");
                sink.whole(file, &page)?;
            }
        }
        if !keys.is_empty() {
            let key = job.key.iter().map(|c| cells::as_text(row[*c], kinds[*c])).collect::<Vec<_>>().join("\t");
            let at = part_of(&key, keys.len());
            keys[at].push((key, n));
        }
        n += 1;
        if n.is_multiple_of(OFTEN) {
            // The data in the zip are the bytes of the CSV.
            if let Some(c) = &mut csv {
                c.drain(zip.as_mut(), sink)?;
            }
            for c in [&mut copy, &mut long].into_iter().flatten() {
                c.drain(None, sink)?;
            }
            if let Some(e) = job.json {
                sink.write(e, &whole)?;
                whole.clear();
            }
        }
        if n > table.rows { Err(io::Error::other("the file grew while it was published")) } else { Ok(()) }
    })?;
    // What was planned must come: a file that shrank meanwhile would leave pages that are not there.
    if n < table.rows {
        return Err(io::Error::other("the file changed while it was published"));
    }
    let mut made = None;
    if let Some(c) = csv {
        made = Some(c.close(zip.as_mut(), sink)?);
    }
    for c in [copy, long].into_iter().flatten() {
        c.close(None, sink)?;
    }
    let marks: BTreeSet<String> = sights.iter().flat_map(Sight::marks).cloned().collect();
    let fields = |base: &[serde_json::Value]| -> Vec<serde_json::Value> {
        sights.iter().zip(base).zip(&table.columns).map(|((s, b), p)| s.field(b, p, &marks)).collect()
    };
    if let Some(mut z) = zip {
        if let Some(s) = z.package.json.pointer_mut("/resources/0/schema") {
            let base = s["fields"].as_array().cloned().unwrap_or_default();
            let mut all = fields(&base);
            if barren {
                let open = sights.iter().position(Sight::is_text).unwrap_or(0);
                if let (Some(f), Some(b)) = (all.get_mut(open), base.get(open)) {
                    *f = Sight::open_field(b);
                }
            }
            s["fields"] = json!(all);
            let signs: BTreeSet<&str> = marks.iter().chain(&job.missing).map(String::as_str).filter(|m| !m.is_empty()).collect();
            s["missingValues"] = json!(std::iter::once("").chain(signs).collect::<Vec<_>>());
            if let Some(k) = primary.as_ref().filter(|k| k.holds()) {
                s["primaryKey"] = json!(k.names(&names).0);
            }
            let own: Vec<_> = own.iter().filter(|k| k.holds()).map(|k| k.names(&names)).collect();
            if !own.is_empty() {
                s["foreignKeys"] = own.iter().map(|(here, there)| json!({ "fields": here, "reference": { "resource": "", "fields": there } })).collect();
            }
        }
        z.close(made, sink)?;
    }
    if let Some(e) = job.json {
        whole.extend_from_slice(b"\n]\n");
        sink.write(e, &whole)?;
        sink.close(e)?;
    }
    let parts = keys.len();
    for (entry, mut list) in job.keys.iter().zip(keys) {
        list.sort();
        let mut out = b"{".to_vec();
        for (i, (key, row)) in list.iter().enumerate() {
            out.extend_from_slice(if i == 0 { b"\n" } else { b",\n" });
            cells::string(&mut out, key);
            out.extend_from_slice(format!(":{row}").as_bytes());
        }
        out.extend_from_slice(b"\n}\n");
        sink.whole(*entry, &out)?;
    }
    if let Some(e) = job.facets {
        sink.whole(e, format!("{}\n", facets(table)).as_bytes())?;
    }
    if let Some(e) = job.index {
        let key: Vec<&str> = job.key.iter().map(|c| names[*c]).collect();
        let number = |x: f64| serde_json::from_str::<serde_json::Value>(&profile::plain(x)).unwrap_or_default();
        let bounds: Vec<Vec<Option<[serde_json::Value; 2]>>> =
            bounds.iter().map(|b| b.iter().map(|x| x.map(|(lo, hi)| [number(lo), number(hi)])).collect()).collect();
        let index = json!({
            "name": job.about.name, "title": job.about.title, "rows": n, "page_size": PAGE, "pages": job.rows.len(), "columns": fields(&job.about.columns),
            "key": if parts > 0 { json!({ "columns": key, "parts": parts }) } else { serde_json::Value::Null },
            "facets": true, "bounds": bounds, "figures": table.columns.iter().map(figures).collect::<Vec<_>>(),
        });
        sink.whole(e, format!("{index}\n").as_bytes())?;
    }
    Ok(())
}

/// What the page tells of a column, in numbers: extremes as they stand in the file; what is estimated is named.
fn figures(p: &profile::Profile) -> serde_json::Value {
    let number = |x: f64| serde_json::from_str::<serde_json::Value>(&decimal::text(x)).unwrap_or_default();
    let mut v = json!({ "rows": p.rows, "missing": p.nulls, "distinct": p.distinct });
    for (key, text) in [("min", &p.min), ("max", &p.max)] {
        if let Some(t) = text {
            v[key] = json!(t);
        }
    }
    let mut about: Vec<&str> = if p.exact { Vec::new() } else { vec!["distinct"] };
    if let (Some(mean), [_, low, median, high, _]) = (p.mean.filter(|_| p.kind != Kind::Year), p.quantiles.as_slice()) {
        v["mean"] = number(mean);
        v["median"] = number(*median);
        v["quartiles"] = json!([number(*low), number(*high)]);
        if p.sketched {
            about.extend(["median", "quartiles"]);
        }
    }
    if !about.is_empty() {
        v["approximate"] = json!(about);
    }
    v
}

/// Counts of the columns that have few values, some of them more than once.
fn facets(table: &Table) -> serde_json::Value {
    let mut out = serde_json::Map::new();
    for ((name, values), p) in table.names.iter().zip(&table.values).zip(&table.columns) {
        let Some(values) = values.as_ref().filter(|v| v.len() <= FACET && v.iter().any(|(_, n)| *n > 1)) else { continue };
        // As the pages of rows have them: `1,234` and `1234` are one.
        let mut counts: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
        for (v, n) in values {
            *counts.entry(cells::as_text(v, p.kind)).or_default() += n;
        }
        let mut list: Vec<(String, u64)> = counts.into_iter().collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        out.insert(name.clone(), json!(list));
    }
    serde_json::Value::Object(out)
}

/// The zip to take away.
struct Zip {
    entry: u32,
    pipe: Pipe,
    zip: zip::ZipWriter<zip::write::StreamWriter<Pipe>>,
    package: Package,
}

impl Zip {
    fn options() -> zip::write::SimpleFileOptions {
        // The day in it is the same in every build.
        zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default()).large_file(true)
    }

    fn open(entry: u32, package: Package, sink: &mut dyn Sink) -> io::Result<Zip> {
        sink.open(entry)?;
        let pipe = Pipe::default();
        let mut zip = zip::ZipWriter::new_stream(pipe.clone());
        zip.start_file(package.data.clone(), Zip::options())?;
        Ok(Zip { entry, pipe, zip, package })
    }

    fn close(mut self, data: Option<(u64, [u8; 32])>, sink: &mut dyn Sink) -> io::Result<()> {
        if let (Some((len, hash)), Some(r)) = (data, self.package.json.pointer_mut("/resources/0")) {
            r["bytes"] = json!(len);
            r["hash"] = json!(format!("sha256:{}", hex(&hash)));
        }
        let json = format!("{:#}\n", self.package.json);
        for (name, text) in [("datapackage.json", json.as_str()), ("LICENSE.txt", &self.package.license), ("CITATION.txt", &self.package.citation)] {
            self.zip.start_file(name, Zip::options())?;
            self.zip.write_all(text.as_bytes())?;
        }
        self.zip.finish()?;
        self.pipe.drain(self.entry, sink)?;
        sink.close(self.entry)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn parts_of_keys_are_those_of_the_script() {
        // The same vectors stand in tests/browser/data.test.mjs.
        for (key, part) in [("", 2), ("110000", 0), ("北京市\t2024", 3), ("a", 5)] {
            assert_eq!(super::part_of(key, 7), part, "{key}");
        }
    }
}
