//! Which documents hold which term, how strongly, and in their title.
//!
//! A record is one term of one document in 64 bits: hash, document, level, length of the title where it holds
//! the term. Sorted, the records are the index; cut by ranges of the hash they are its files. No dictionary is
//! needed: the hash says in which file a term's list lies.
//!
//! Documents are counted from the oldest, so that a new document changes only the files of its own terms.
//!
//! ```text
//! file    := covered(LEB128) check(u16 LE) bits
//! bits    := gamma(lists + 1) k(5) list*
//! list    := rice(hash - last hash, k) postings
//! postings:= gamma(documents) ( few | groups )
//! few     := (id(id_bits) level(3) title(1) [length(6)])*                      at most FEW documents, rising
//! groups  := levels(8, a bit each) ( gamma(n) rice(gap)* )*                    strongest level first
//!            gamma(titles + 1) ( rice(gap) length(6) )*
//! ```

use super::bits::{Reader, Writer};
use rayon::prelude::*;

/// Levels of strength of a term in a document.
pub const LEVELS: u32 = 8;
/// Longest length of a title that is told apart.
pub const TITLE: u32 = 63;
/// So many documents are written one by one.
const FEW: u32 = 3;
/// A list longer than this, in bytes, has a file of its own.
const HOT: usize = 8192;
/// Most documents of one language's index.
pub const DOCUMENTS: usize = 1 << 21;
/// Records held at a time; more are made in several passes over the texts.
const PASS: usize = 84_000_000;

/// BM25 with constants instead of averages: no value changes because another document was added.
const K1: f64 = 1.2;
const B: f64 = 0.4;
const LENGTH: f64 = 1500.0;

/// The level of a term that stands `count` times in a document of a length.
pub fn level(count: u32, length: u32) -> u32 {
    let tf = f64::from(count);
    let x = tf * (K1 + 1.0) / (tf + K1 * (1.0 - B + B * f64::from(length) / LENGTH));
    ((x / (K1 + 1.0) * f64::from(LEVELS)) as u32).min(LEVELS - 1)
}

/// One term of one document.
pub fn record(hash: u32, doc: u32, level: u32, title: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(doc) << 11 | u64::from(level) << 8 | u64::from(title) << 2
}

/// What reading and writing a list depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Documents.
    pub docs: u32,
    /// Documents, rounded up so that it seldom changes.
    pub capacity: u32,
    /// Number of files of lists.
    pub buckets: u32,
}

/// Rounds up to 1 or 1.5 times a power of two: values that files depend on change only now and then.
pub fn round_up(n: u32) -> u32 {
    let p = n.max(8).next_power_of_two();
    if n <= p / 4 * 3 { p / 4 * 3 } else { p }
}

impl Shape {
    /// Bits of a document's id.
    pub fn id_bits(&self) -> u32 {
        32 - (self.capacity - 1).leading_zeros()
    }

    /// The Rice parameter for gaps between `n` documents.
    fn k(&self, n: u32) -> u32 {
        (u64::from(self.capacity) * 11 / (16 * u64::from(n.max(1)))).checked_ilog2().unwrap_or(0)
    }

    /// The file of a hash.
    pub fn bucket(&self, hash: u32) -> u32 {
        ((u64::from(hash) * u64::from(self.buckets)) >> 32) as u32
    }

    /// The hash from which a file counts.
    fn first(&self, bucket: u32) -> u64 {
        (u64::from(bucket) << 32) / u64::from(self.buckets)
    }
}

/// Fingerprints of the order of documents: a file tells up to which document it was made, and their fingerprint.
///
/// The fingerprint of the next multiple of [`STEP`] is told where there is one, so that a file stays the same while
/// documents are added; inside the last step, that of exactly the documents it knows.
#[derive(Debug, Clone, Default)]
pub struct Checks(Vec<u16>);

/// See [`Checks`].
pub const STEP: usize = 256;

impl Checks {
    /// Of the documents' addresses, oldest first.
    pub fn new<'u>(urls: impl Iterator<Item = &'u str>) -> Checks {
        let mut h = 0x811C_9DC5_u32;
        let mut list = vec![0];
        for url in urls {
            for b in url.bytes().chain([0]) {
                h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
            }
            list.push((h ^ h >> 16) as u16);
        }
        Checks(list)
    }

    /// The head of a file that knows documents below `to`.
    pub fn head(&self, to: u32) -> Vec<u8> {
        let docs = self.0.len() - 1;
        let covered = (to as usize).next_multiple_of(STEP);
        let covered = if covered <= docs { covered } else { to as usize };
        let mut out = Vec::new();
        let mut n = covered;
        while n >= 0x80 {
            out.push(n as u8 | 0x80);
            n >>= 7;
        }
        out.push(n as u8);
        out.extend(self.0[covered].to_le_bytes());
        out
    }

    /// What `root.bin` holds: the fingerprints at each step, then those inside the last; hexadecimal.
    pub fn told(&self) -> String {
        let last = (self.0.len() - 1) / STEP * STEP;
        let steps = (STEP..=last).step_by(STEP).chain(last + 1..self.0.len());
        steps.map(|i| format!("{:04x}", self.0[i])).collect()
    }

    /// Fingerprints as the root tells them.
    pub fn from_told(text: &str, docs: usize) -> Option<Checks> {
        let mut list = vec![0u16; docs + 1];
        let last = docs / STEP * STEP;
        let mut words = text.as_bytes().chunks(4).map(|c| std::str::from_utf8(c).ok().and_then(|t| u16::from_str_radix(t, 16).ok()));
        for i in (STEP..=last).step_by(STEP).chain(last + 1..docs + 1) {
            list[i] = words.next()??;
        }
        Some(Checks(list))
    }

    /// Where the content of a file begins; `None` if it is of another build.
    pub fn verify(&self, file: &[u8]) -> Option<usize> {
        let (mut covered, mut at) = (0usize, 0);
        loop {
            let b = *file.get(at)?;
            covered |= usize::from(b & 0x7F) << (7 * at);
            at += 1;
            if b < 0x80 {
                break;
            }
            if at > 3 {
                return None;
            }
        }
        let told = u16::from_le_bytes([*file.get(at)?, *file.get(at + 1)?]);
        (self.0.get(covered) == Some(&told)).then_some(at + 2)
    }
}

/// A term's documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Postings {
    /// Document and level: strongest first where there are many.
    pub docs: Vec<(u32, u32)>,
    /// Documents whose title holds it, with the title's length; rising.
    pub titles: Vec<(u32, u32)>,
}

fn write(records: &[u64], shape: &Shape, w: &mut Writer) {
    let doc = |r: u64| (r >> 11) as u32 & (DOCUMENTS as u32 - 1);
    let level = |r: u64| (r >> 8) as u32 & 7;
    let title = |r: u64| (r >> 2) as u32 & TITLE;
    let n = records.len() as u32;
    w.gamma(n);
    if n <= FEW {
        for r in records {
            w.bits(doc(*r), shape.id_bits());
            w.bits(level(*r), 3);
            w.bits(u32::from(title(*r) > 0), 1);
            if title(*r) > 0 {
                w.bits(title(*r), 6);
            }
        }
        return;
    }
    let mut by: [Vec<u32>; LEVELS as usize] = Default::default();
    records.iter().for_each(|r| by[level(*r) as usize].push(doc(*r)));
    w.bits(by.iter().enumerate().filter(|(_, l)| !l.is_empty()).fold(0, |m, (l, _)| m | 1 << l), 8);
    for list in by.iter().rev().filter(|l| !l.is_empty()) {
        w.gamma(list.len() as u32);
        let k = shape.k(list.len() as u32);
        let mut next = 0;
        for d in list {
            w.rice(d - next, k);
            next = d + 1;
        }
    }
    let titles = records.iter().filter(|r| title(**r) > 0).count() as u32;
    w.gamma(titles + 1);
    let (k, mut next) = (shape.k(titles), 0);
    for r in records.iter().filter(|r| title(**r) > 0) {
        w.rice(doc(*r) - next, k);
        w.bits(title(*r), 6);
        next = doc(*r) + 1;
    }
}

fn read(r: &mut Reader<'_>, shape: &Shape) -> Postings {
    let mut p = Postings::default();
    let n = r.gamma().min(shape.docs + 1);
    if n <= FEW {
        for _ in 0..n {
            let id = r.bits(shape.id_bits());
            p.docs.push((id, r.bits(3)));
            if r.bits(1) == 1 {
                p.titles.push((id, r.bits(6)));
            }
        }
        return p;
    }
    let mask = r.bits(8);
    for l in (0..LEVELS).rev().filter(|l| mask >> l & 1 == 1) {
        let n = r.gamma().min(shape.docs);
        let (k, mut next) = (shape.k(n), 0u32);
        for _ in 0..n {
            let id = next.saturating_add(r.rice(k));
            p.docs.push((id, l));
            next = id.saturating_add(1);
        }
    }
    let n = (r.gamma() - 1).min(shape.docs);
    let (k, mut next) = (shape.k(n), 0u32);
    for _ in 0..n {
        let id = next.saturating_add(r.rice(k));
        p.titles.push((id, r.bits(6)));
        next = id.saturating_add(1);
    }
    p
}

/// The list of a hash in a file whose head was verified.
pub fn find(file: &[u8], from: usize, hash: u32, shape: &Shape) -> Option<Postings> {
    let mut r = Reader::new(file, from);
    let lists = r.gamma() - 1;
    let k = r.bits(5);
    let mut at = shape.first(shape.bucket(hash));
    for _ in 0..lists {
        at += u64::from(r.rice(k));
        if at > u64::from(hash) {
            return None;
        }
        let p = read(&mut r, shape);
        if at == u64::from(hash) {
            return Some(p);
        }
    }
    None
}

/// The list in a file of its own.
pub fn single(file: &[u8], from: usize, shape: &Shape) -> Postings {
    read(&mut Reader::new(file, from), shape)
}

/// The files of all lists.
#[derive(Debug, Default)]
pub struct Lists {
    /// By number.
    pub buckets: Vec<Vec<u8>>,
    /// Long lists by hash, rising.
    pub hot: Vec<(u32, Vec<u8>)>,
    /// The hashes of all lists, rising: to look for one in the files decodes half of what stands in each.
    pub hashes: Vec<u32>,
    /// Records.
    pub records: usize,
}

/// A file of lists, and the long lists that it leaves out, by hash.
type Bucket = (Vec<u8>, Vec<(u32, Vec<u8>)>);

/// How large files of lists may be, and how many.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Most files.
    pub files: u32,
    /// Wanted size, in bytes.
    pub size: u32,
}

/// Makes the files. `emit` gives the records of a document whose hashes lie in a range; `expected` is a guess
/// of the number of all records.
pub fn lists(
    docs: u32,
    checks: &Checks,
    budget: Budget,
    expected: usize,
    emit: impl Fn(u32, std::ops::RangeInclusive<u32>, &mut Vec<u64>) + Sync,
) -> (Shape, Lists) {
    let passes = expected.div_ceil(PASS).next_power_of_two() as u32;
    let mut shape = Shape { docs, capacity: round_up(docs), buckets: 0 };
    let mut out = Lists::default();
    let width = (1u64 << 32) / u64::from(passes);
    for pass in 0..passes {
        let range = (u64::from(pass) * width) as u32..=((u64::from(pass) + 1) * width - 1) as u32;
        let chunks = chunks(docs, range.clone(), &emit);
        if pass == 0 {
            // A sixteenth of the hashes tells how large all lists will be.
            let (records, starts) = part(&chunks, &range, 0..PARTS / 16);
            let sizes: Vec<f64> = (0..starts.len()).map(|i| expected_bits(list(&records, &starts, i).len(), &shape)).collect();
            let all = 16 * u64::from(passes);
            let hot = sizes.iter().filter(|s| **s == 0.0).count() as u64 * all;
            let most = u64::from(budget.files).saturating_sub(hot).max(1);
            let wanted = ((sizes.iter().sum::<f64>() / 8.0) as u64 * all / u64::from(budget.size)).clamp(1, most);
            shape.buckets = round_down(wanted as u32).max(passes);
        }
        let per = shape.buckets / passes;
        // Parts and files that begin and end at the same hashes.
        let units = (1u32 << per.trailing_zeros()).min(PARTS as u32);
        let made: Vec<(usize, Vec<u32>, Vec<Bucket>)> = (0..units)
            .into_par_iter()
            .map(|u| {
                let wide = PARTS / units as usize;
                let (records, starts) = part(&chunks, &range, u as usize * wide..(u as usize + 1) * wide);
                let first = pass * per + u * (per / units);
                let files = (first..first + per / units).map(|b| bucket(b, &shape, &records, &starts, checks)).collect();
                (records.len(), starts.iter().map(|s| (records[*s] >> 32) as u32).collect(), files)
            })
            .collect();
        for (records, hashes, files) in made {
            out.records += records;
            out.hashes.extend(hashes);
            for (file, hot) in files {
                out.buckets.push(file);
                out.hot.extend(hot);
            }
        }
    }
    (shape, out)
}

/// About how many bits a list takes: measured on laws and notices. Lists with a file of their own do not count.
fn expected_bits(n: usize, shape: &Shape) -> f64 {
    let bits = 13.0 + n as f64 * ((f64::from(shape.capacity) / n as f64).log2().max(0.0) + 2.5);
    if bits > (HOT * 8) as f64 { 0.0 } else { bits }
}

/// Parts of a range of hashes; each is small enough to be sorted in a processor's cache.
const PARTS: usize = 256;

/// Documents of a chunk: a number of five bits tells them apart.
const CHUNK: u32 = 32;

/// Records of a few documents, ordered by part. A record takes half the bytes here: what its part tells of the hash is not
/// repeated, nor is the chunk of the document, and few have the length of a title.
struct Chunk {
    /// The rest of the hash, document and level: 24, 5 and 3 bits.
    records: Vec<u32>,
    /// Where each part begins.
    begins: Vec<u32>,
    /// Of the records of titles: place and length, rising.
    titles: Vec<(u32, u8)>,
}

/// The records of all documents in a range of hashes.
fn chunks(docs: u32, range: std::ops::RangeInclusive<u32>, emit: &(impl Fn(u32, std::ops::RangeInclusive<u32>, &mut Vec<u64>) + Sync)) -> Vec<Chunk> {
    let low = u64::from(*range.start());
    // The range is a power of two: so is a part.
    let width = part_bits(&range);
    let part = |r: u64| (((r >> 32) - low) >> width) as usize;
    thread_local!(static RECORDS: std::cell::RefCell<Vec<u64>> = const { std::cell::RefCell::new(Vec::new()) });
    (0..docs.div_ceil(CHUNK))
        .into_par_iter()
        .map(|c| {
            RECORDS.with_borrow_mut(|records| {
                records.clear();
                (c * CHUNK..docs.min((c + 1) * CHUNK)).for_each(|d| emit(d, range.clone(), records));
                let mut begins = vec![0u32; PARTS + 1];
                records.iter().for_each(|r| begins[part(*r) + 1] += 1);
                (0..PARTS).for_each(|p| begins[p + 1] += begins[p]);
                let (mut next, mut placed, mut titles) = (begins.clone(), vec![0; records.len()], Vec::new());
                for r in records.iter() {
                    let at = &mut next[part(*r)];
                    let rest = (((r >> 32) - low) & ((1 << width) - 1)) as u32;
                    placed[*at as usize] = (rest << 8) | ((r >> 8) as u32 & 0xFF);
                    let title = (r >> 2) as u8 & TITLE as u8;
                    if title != 0 {
                        titles.push((*at, title));
                    }
                    *at += 1;
                }
                titles.sort_unstable();
                titles.shrink_to_fit();
                Chunk { records: placed, begins, titles }
            })
        })
        .collect()
}

/// Bits of a hash that a part of a range leaves open; at most 24.
fn part_bits(range: &std::ops::RangeInclusive<u32>) -> u32 {
    (u64::from(*range.end()) - u64::from(*range.start()) + 1).ilog2() - PARTS.ilog2()
}

/// The records of some parts, sorted, and where each list begins.
fn part(chunks: &[Chunk], range: &std::ops::RangeInclusive<u32>, parts: std::ops::Range<usize>) -> (Vec<u64>, Vec<usize>) {
    let width = part_bits(range);
    let low = u64::from(*range.start());
    let mut records = Vec::with_capacity(chunks.iter().map(|c| (c.begins[parts.end] - c.begins[parts.start]) as usize).sum());
    for (n, c) in chunks.iter().enumerate() {
        let (first, to, end) = (c.begins[parts.start], records.len(), c.begins[parts.end]);
        let doc = (n as u64 * u64::from(CHUNK)) << 11;
        for p in parts.clone() {
            let base = low + ((p as u64) << width);
            let own = &c.records[c.begins[p] as usize..c.begins[p + 1] as usize];
            // As `record` makes them.
            records.extend(own.iter().map(|r| (base + u64::from(r >> 8)) << 32 | doc | u64::from(r >> 3 & 31) << 11 | u64::from(r & 7) << 8));
        }
        let titles = &c.titles[c.titles.partition_point(|t| t.0 < first)..];
        for (at, length) in titles.iter().take_while(|t| t.0 < end) {
            records[to + (at - first) as usize] |= u64::from(*length) << 2;
        }
    }
    order(&mut records, low + ((parts.start as u64) << width), width + (parts.len() as u32).next_power_of_two().ilog2());
    let (mut starts, mut last) = (Vec::new(), u64::MAX);
    for (i, r) in records.iter().enumerate() {
        if r >> 32 != last {
            last = r >> 32;
            starts.push(i);
        }
    }
    (records, starts)
}

/// Fewest records whose order is made by digits, and most bits of a digit.
const MANY: usize = 4096;
const DIGIT: u32 = 13;

/// Orders records by hash and document. Those of one hash stand by document already, and the hashes lie
/// less than two to the power of `bits` above the first that there may be.
fn order(records: &mut Vec<u64>, first: u64, bits: u32) {
    if records.len() < MANY {
        records.sort_unstable();
        return;
    }
    let digits = bits.div_ceil(DIGIT).max(1);
    let width = bits.div_ceil(digits);
    let mut other = vec![0; records.len()];
    for digit in 0..digits {
        let of = |r: u64| (((r >> 32) - first) >> (digit * width)) as usize & ((1 << width) - 1);
        let mut next = vec![0u32; 1 << width];
        records.iter().for_each(|r| next[of(*r)] += 1);
        let mut sum = 0;
        next.iter_mut().for_each(|n| sum += std::mem::replace(n, sum));
        for r in records.iter() {
            let at = &mut next[of(*r)];
            other[*at as usize] = *r;
            *at += 1;
        }
        std::mem::swap(records, &mut other);
    }
}

/// The records of a list.
fn list<'r>(records: &'r [u64], starts: &[usize], i: usize) -> &'r [u64] {
    &records[starts[i]..starts.get(i + 1).copied().unwrap_or(records.len())]
}

/// Rounds down to 4, 5, 6 or 7 times a power of two.
fn round_down(n: u32) -> u32 {
    let shift = n.max(1).ilog2().saturating_sub(2);
    n >> shift << shift
}

fn bucket(b: u32, shape: &Shape, records: &[u64], starts: &[usize], checks: &Checks) -> Bucket {
    let (first, next) = (shape.first(b), shape.first(b + 1));
    let hash = |i: usize| records[starts[i]] >> 32;
    let from = starts.partition_point(|s| shape.bucket((records[*s] >> 32) as u32) < b);
    let to = starts.partition_point(|s| shape.bucket((records[*s] >> 32) as u32) <= b);
    let list = |i: usize| list(records, starts, i);
    let known = |list: &[u64]| list.iter().map(|r| (r >> 11) as u32 & (DOCUMENTS as u32 - 1)).max().map_or(0, |d| d + 1);
    let mut hot = Vec::new();
    let mut cold = Vec::new();
    let mut max = 0;
    for i in from..to {
        if list(i).len() > HOT {
            let mut w = Writer::after(checks.head(known(list(i))));
            write(list(i), shape, &mut w);
            let file = w.finish();
            if file.len() > HOT {
                hot.push((hash(i) as u32, file));
                continue;
            }
        }
        max = max.max(known(list(i)));
        cold.push(i);
    }
    let mut w = Writer::after(checks.head(max));
    w.gamma(cold.len() as u32 + 1);
    let k = ((next - first) * 11 / (16 * (cold.len() as u64).max(1))).checked_ilog2().unwrap_or(0).min(31);
    w.bits(k, 5);
    let mut at = first;
    for i in cold {
        w.rice((hash(i) - at) as u32, k);
        at = hash(i);
        write(list(i), shape, &mut w);
    }
    (w.finish(), hot)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn every_list_is_found_as_it_was_put(
            content in proptest::collection::btree_map((0u32..60, 0u32..300), (0u32..8, 0u32..64), 1..600),
            size in 16u32..4000,
        ) {
            let docs = 300;
            let checks = Checks::new((0..docs).map(|i| if i % 2 == 0 { "/a/" } else { "/b/" }));
            let spread = |t: u32| t.wrapping_mul(0x9E37_79B1);
            let (shape, lists) = lists(docs, &checks, Budget { files: 64, size }, 1000, |d, range, out| {
                out.extend(content.iter().filter(|((t, doc), _)| *doc == d && range.contains(&spread(*t))).map(|((t, _), (l, tl))| record(spread(*t), d, *l, *tl)));
            });
            let mut want: BTreeMap<u32, Postings> = BTreeMap::new();
            for ((t, d), (l, tl)) in &content {
                let e = want.entry(*t).or_default();
                e.docs.push((*d, *l));
                if *tl > 0 { e.titles.push((*d, *tl)); }
            }
            for t in 0..80 {
                let file = &lists.buckets[shape.bucket(spread(t)) as usize];
                let from = checks.verify(file).expect("of this build");
                let got = find(file, from, spread(t), &shape).map(|mut p| { p.docs.sort(); p });
                prop_assert_eq!(got.as_ref(), want.get(&t));
                prop_assert_eq!(lists.hashes.binary_search(&spread(t)).is_ok(), want.contains_key(&t));
            }
        }

        #[test]
        fn a_cut_or_broken_file_does_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200), hash: u32) {
            let shape = Shape { docs: 1000, capacity: 1024, buckets: 1 };
            if let Some(p) = find(&bytes, 0, hash, &shape) {
                prop_assert!(p.docs.len() <= 9000);
            }
        }
    }

    #[test]
    fn a_mix_of_two_builds_is_noticed_and_a_new_document_is_not() {
        let urls: Vec<String> = (0..700).map(|i| format!("/{i}/")).collect();
        let checks = |list: &[String]| Checks::new(list.iter().map(String::as_str));
        let (old, new) = (checks(&urls[..600]), checks(&urls));
        assert_eq!(old.head(100), new.head(100), "a file stays the same");
        assert!(new.verify(&old.head(100)).is_some());
        let told = Checks::from_told(&new.told(), 700).expect("as written");
        for to in [1, 256, 257, 512, 600, 700] {
            assert!(told.verify(&new.head(to)).is_some(), "{to}");
        }
        let mut moved = urls.clone();
        moved.insert(20, "/inserted/".into());
        assert!(checks(&moved).verify(&new.head(100)).is_none(), "documents moved");
        assert!(checks(&moved[..699]).verify(&new.head(690)).is_none());
    }
}
