//! A table while it is read: values go into columns, and what only the order of rows tells is kept block by block.

use super::again;
use super::customs::{Custom, Taken};
use super::delimited::{self, Block, Dialect};
use super::layout::{self, Layout};
use super::lines::{self, trim};
use super::notes;
use super::personal::Mask;
use super::profile::{self, Column};
use super::{NOTES, PREVIEW, Settings};
use crate::personal::Sure;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Everything a worker needs to read rows.
pub(super) struct Shape {
    pub(super) width: usize,
    /// Columns that the head has: rows of more cells have too many.
    pub(super) usual: usize,
    pub(super) first: u64,
    pub(super) masks: Vec<Option<Mask>>,
    pub(super) missing: Vec<String>,
    pub(super) dialect: Dialect,
    pub(super) key: Vec<usize>,
    /// How the values of each column are written; masked columns are left alone.
    pub(super) customs: Vec<Option<Custom>>,
    /// Line at which another table begins.
    pub(super) last: Option<u64>,
    /// Records of the head.
    pub(super) heads: Vec<Vec<String>>,
    /// What stands above it.
    pub(super) above: Vec<String>,
    /// A text with delimiters: of one column, a record of nothing at all was written as `""` and is a row.
    pub(super) text: bool,
    /// Another table may begin among the rows: nobody said where the head is.
    pub(super) apart: bool,
}

impl Shape {
    /// Whether a value stands for a missing one: by the signs of the column, else by those of the table.
    pub(super) fn is_missing(&self, c: usize, v: &str) -> bool {
        let list = self.customs[c].as_ref().and_then(|k| k.missing.as_ref()).unwrap_or(&self.missing);
        !list.is_empty() && list.iter().any(|m| m == v)
    }

    /// Whether a record is one of the head, letter by letter.
    pub(super) fn is_head<'c>(&self, len: usize, cell: &dyn Fn(usize) -> std::borrow::Cow<'c, str>) -> bool {
        self.heads.iter().any(|h| (0..len.max(h.len())).all(|i| h.get(i).map_or("", |v| v.as_str()) == if i < len { cell(i) } else { "".into() }.trim()))
    }

    /// A value as it is to be taken.
    pub(super) fn take(&self, c: usize, v: &str) -> Taken {
        match &self.customs[c] {
            Some(k) if self.masks[c].is_none() => k.take(v),
            _ => Taken::Same,
        }
    }
}

/// Blocks that keep rows for the page.
const EARLY: u32 = 8;

/// Most rows whose declared key is remembered.
pub(super) const KEYS: usize = 8 << 20;

/// What one block said beside its values.
#[derive(Default)]
pub(super) struct Meta {
    pub(super) index: u32,
    /// Values with blanks around them, which are left out: how many, line and column of the first.
    pub(super) blanks: Option<(u64, u64, usize)>,
    /// Figures behind the sign by which spreadsheets know a text: `'0012`.
    pub(super) ticks: Option<(u64, u64, usize)>,
    /// The head came again, and no data since: empty rows beside it are told with it.
    pub(super) headed: bool,
    pub(super) rows: u64,
    pub(super) order: Vec<Order>,
    /// Records of one cell at the end of the block: notes, unless rows follow.
    pub(super) tail: Vec<(u64, String)>,
    pub(super) preview: Vec<Vec<String>>,
    /// Lines of rows with too few and too many cells: count, first line, its cells.
    pub(super) short: Option<(u64, u64, usize)>,
    pub(super) long: Option<(u64, u64, usize)>,
    /// The first short row has full-width commas, and as many as it lacks cells.
    pub(super) wide: bool,
    /// Cells of the longest row, up to its last with something in it.
    pub(super) widest: usize,
    /// The number whose comma made the first long row long, and its column.
    pub(super) grouped: Option<(String, usize)>,
    /// Empty records between rows: how many, and the line of the first; those with no row after them yet.
    pub(super) blank: Option<(u64, u64)>,
    pub(super) hollow: Option<(u64, u64)>,
    pub(super) open: Option<u64>,
    /// Line and column of the first place that is no UTF-8, and how many there are.
    pub(super) broken: Option<(u64, usize, u64)>,
    pub(super) nul: Option<(u64, String)>,
    /// Cells that go on behind their closing quote: how many, and the line of the first.
    pub(super) stray: Option<(u64, u64)>,
    pub(super) keys: Vec<u64>,
    /// Their lines.
    pub(super) key_lines: Vec<u32>,
    /// Values that are not written as their column is said to be: column, count, line and value of the first.
    pub(super) odd: Vec<(usize, u64, u64, String)>,
    /// Texts in cells beyond the head that may be personal, with their lines and columns.
    pub(super) beyond: Vec<(u64, usize, String)>,
    /// Cells that the label of their row makes personal, with their lines and columns.
    pub(super) labelled: Vec<(u64, usize, String)>,
    /// Texts in which a mark of secrecy may stand, with their lines.
    pub(super) suspects: Vec<(u64, String)>,
    /// A password or key: its line, and whether that is certain.
    pub(super) secret: Option<(u64, Sure)>,
    /// Records of the head among the rows: how many, and the line of the first.
    pub(super) again: Option<(u64, u64)>,
    /// Records of one cell above them that stand among the rows (`续表`): how many, and the line of the first.
    pub(super) between: Option<(u64, u64)>,
    /// Line at which another table seems to begin.
    pub(super) second: Option<u64>,
    /// Rows of one cell at the end, taken for rows as they are like those above: how many, and the line of the first.
    pub(super) unsure: Option<(u64, u64)>,
    pub(super) gap: Gap,
    pub(super) titled: Option<Titled>,
}

/// Records of one cell, the last that came: a title or a unit of another table, if a head follows.
pub(super) struct Titled {
    first: u64,
    last: u64,
    /// How many of them were taken for rows.
    rows: u64,
    /// They say something else than the titles of this table do.
    own: bool,
}

/// What came since an empty line: another table has a title or none, a head, and rows with numbers.
#[derive(Default)]
pub(super) struct Gap {
    /// Line of the first record after it.
    begins: Option<u64>,
    /// An empty record was the last.
    open: bool,
    /// Records of a head that there were.
    heads: Vec<Vec<String>>,
    /// Records since.
    since: usize,
}

impl Meta {
    /// Remembers a record of one cell that is no note.
    fn lone(&mut self, shape: &Shape, line: u64, text: &str) {
        let own = layout::titles(text, &shape.above);
        match self.titled.as_mut().filter(|t| t.last + 1 == line) {
            Some(t) => (t.last, t.rows, t.own) = (line, t.rows + 1, t.own || own),
            None => self.titled = Some(Titled { first: line, last: line, rows: 1, own }),
        }
    }

    /// Looks for another table after an empty line.
    fn listen(&mut self, shape: &Shape, line: u64, record: &csv::ByteRecord) {
        let cells: Vec<String> = record.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect();
        let n = lines::filled(&cells);
        if n == 0 {
            return;
        }
        if std::mem::take(&mut self.gap.open) && self.gap.heads.is_empty() {
            self.gap = Gap { begins: Some(line), ..Gap::default() };
        }
        self.gap.since += 1;
        let text = lines::all_names(&cells) && !shape.is_head(cells.len(), &|i| cells[i].as_str().into());
        match (text, self.gap.heads.is_empty()) {
            _ if self.gap.since > 6 => self.gap = Gap::default(),
            (true, _) if n < 2 => {}
            (true, _) => self.gap.heads.push(cells),
            (false, false) if layout::under(&cells, &self.gap.heads.iter().collect::<Vec<_>>()) => self.second = self.gap.begins,
            (false, _) => self.gap = Gap::default(),
        }
    }

    fn odd(&mut self, c: usize, n: u64, line: u64, v: &str) {
        match self.odd.iter_mut().find(|o| o.0 == c) {
            Some(o) => o.1 += n,
            None => self.odd.push((c, n, line, v.chars().take(80).collect())),
        }
    }
}

/// Whether a column only ever grows: then no value comes twice, and nothing need be remembered to know it.
#[derive(Default, Clone)]
pub(super) struct Order {
    pub(super) fell: bool,
    pub(super) first: Vec<u8>,
    pub(super) last: Vec<u8>,
}

impl Order {
    fn follow(&mut self, v: &[u8]) {
        if self.fell {
            return;
        }
        if v.is_empty() || (!self.first.is_empty() && (v.len(), v) <= (self.last.len(), &self.last[..])) || v.len() > 64 {
            self.fell = true;
            return;
        }
        if self.first.is_empty() {
            self.first.extend_from_slice(v);
        }
        self.last.clear();
        self.last.extend_from_slice(v);
    }
}

#[derive(Default)]
pub(super) struct Piece {
    pub(super) columns: Vec<Column>,
    pub(super) metas: Vec<Meta>,
    /// Rows are records of JSON: all of them are data, and a record of nothing is one too.
    pub(super) records: bool,
}

/// Two counts, each with its first line, together.
fn both(a: Option<(u64, u64)>, b: Option<(u64, u64)>) -> Option<(u64, u64)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0 + b.0, a.1)),
        (a, b) => a.or(b),
    }
}

impl Piece {
    pub(super) fn new(shape: &Shape) -> Piece {
        Piece { columns: (0..shape.width).map(|_| Column::new(shape.width)).collect(), metas: Vec::new(), records: false }
    }

    pub(super) fn block(mut self, block: &Block, shape: &Shape) -> Piece {
        let mut meta = Meta { index: block.index, order: vec![Order::default(); shape.width], broken: block.broken, ..Meta::default() };
        meta.nul.clone_from(&block.nul);
        meta.stray = block.stray;
        if !block.quoting {
            meta.open = Some(block.line);
        }
        // Blocks are decoded before; what is no text there was told.
        let text = simdutf8::basic::from_utf8(&block.bytes).map_or_else(|_| String::from_utf8_lossy(&block.bytes), Cow::Borrowed);
        if shape.masks.iter().all(Option::is_none) {
            meta.suspects = super::suspects::of_block(&text, block.line);
        }
        if let Cow::Borrowed(text) = text
            && let Some((at, sure)) = crate::load::passwords::first(text)
        {
            meta.secret = Some((block.line + memchr::memchr_iter(b'\n', &block.bytes[..at.start]).count() as u64, sure));
        }
        let mut reader = delimited::records(block, shape.dialect);
        let mut record = csv::ByteRecord::new();
        let mut lines = delimited::Lines::new(block);
        let mut watch = (shape.width > 1 && shape.apart).then(again::Watch::default);
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let (line, gap) = lines.of(&record);
            if line >= shape.first && shape.last.is_none_or(|l| line < l) {
                if let Some(w) = watch.as_mut().filter(|_| meta.second.is_none()) {
                    meta.second = w.see(&record, line, &shape.heads);
                }
                meta.gap.open |= gap && meta.rows > 0;
                if meta.second.is_none() && (meta.gap.open || meta.gap.begins.is_some()) {
                    meta.listen(shape, line, &record);
                }
                // An empty line may be an empty value where there is one column.
                if shape.width == 1 && lines.empty > 0 {
                    meta.hollow.get_or_insert((0, line - lines.empty)).0 += lines.empty;
                }
                self.row(&mut meta, shape, line, record.len(), &|i| record.get(i).unwrap_or(b""));
                if let Some(w) = watch.as_mut() {
                    w.keep(&mut record);
                }
            }
        }
        self.metas.push(meta);
        self
    }

    pub(super) fn row<'c>(&mut self, meta: &mut Meta, shape: &Shape, line: u64, len: usize, cell: &dyn Fn(usize) -> &'c [u8]) {
        if self.records {
            return self.data(meta, shape, line, cell);
        }
        // Few records are short of cells; only these are looked at as notes.
        let first = trim(cell(0));
        if shape.heads.iter().any(|h| h.first().is_some_and(|t| t.as_bytes() == first)) && shape.is_head(len, &|i| String::from_utf8_lossy(cell(i))) {
            // Below a title or a unit of its own the same head begins another table; `续表` above it was taken for a row.
            if let Some(l) = meta.titled.take().filter(|t| t.last + 1 == line) {
                if l.own && meta.rows > l.rows {
                    meta.second = meta.second.or(Some(l.first));
                } else if !l.own {
                    meta.between.get_or_insert((0, l.first)).0 += l.rows;
                }
            }
            let a = meta.again.get_or_insert((0, line));
            a.0 += 1;
            (meta.hollow, meta.headed) = (None, true);
            return;
        }
        if shape.width > 1 && (len < shape.width || trim(cell(1)).is_empty()) {
            let others = (1..len).any(|i| !trim(cell(i)).is_empty());
            if !others && first.is_empty() {
                meta.gap.open |= meta.rows > 0;
                if !meta.headed {
                    meta.hollow.get_or_insert((0, line)).0 += 1;
                }
                return;
            }
            let alone = if others { None } else { std::str::from_utf8(first).ok() };
            if let Some(text) = alone {
                if !notes::is_note(text, false, false) {
                    meta.lone(shape, line, text);
                }
                let note = notes::is_note(text, len == 1, !meta.tail.is_empty());
                if meta.tail.len() < NOTES && (note || notes::stopped(text)) {
                    // A sentence that may be a value yet keeps the blanks around it.
                    let text = if note { text.into() } else { String::from_utf8_lossy(cell(0)) };
                    meta.tail.push((line, text.into_owned()));
                    return;
                }
            }
        } else if shape.width == 1 && first.is_empty() && !(shape.text && cell(0).is_empty()) {
            meta.hollow.get_or_insert((0, line)).0 += 1;
            return;
        }
        self.flush(meta, shape);
        if len != shape.usual {
            let last = (shape.usual..len).rev().find(|i| !trim(cell(*i)).is_empty());
            let extra = last.is_some();
            meta.widest = meta.widest.max(last.map_or(0, |i| i + 1));
            if extra && meta.long.is_none() {
                meta.grouped = split_number(shape, len, cell);
            }
            if len < shape.usual && meta.short.is_none() {
                let commas: usize = (0..len).map(|i| memchr::memmem::find_iter(cell(i), "，".as_bytes()).count()).sum();
                meta.wide = commas > 0 && len + commas == shape.usual;
            }
            let slot = if len < shape.usual {
                Some(&mut meta.short)
            } else if extra {
                Some(&mut meta.long)
            } else {
                None
            };
            if let Some(slot) = slot {
                let s = slot.get_or_insert((0, line, len));
                s.0 += 1;
            }
            if extra && meta.beyond.len() < NOTES {
                let open = (shape.usual..len).filter(|i| shape.masks.get(*i).is_none_or(Option::is_none));
                let texts = open.filter_map(|i| Some((line, i, std::str::from_utf8(cell(i)).ok()?.to_string())));
                meta.beyond.extend(texts.filter(|(.., t)| t.len() >= 9 && !crate::personal::traces(t).is_empty()));
            }
        }
        self.data(meta, shape, line, cell);
    }

    /// Rows of one cell that were no notes after all, as rows follow them.
    pub(super) fn flush(&mut self, meta: &mut Meta, shape: &Shape) {
        for (line, text) in std::mem::take(&mut meta.tail) {
            self.data(meta, shape, line, &|i| if i == 0 { text.as_bytes() } else { b"" });
        }
    }

    /// Rows of one cell at the end that are as those above them are rows too: opinions that nobody has answered yet, tasks without a result. What
    /// begins as a note does is one, and so is all that follows it, unless cells of rows begin so.
    pub(super) fn sentences(&mut self, meta: &mut Meta, shape: &Shape) {
        if shape.width < 2 || meta.tail.is_empty() || self.records {
            return;
        }
        let above = notes::Above::of(&meta.preview, &self.columns[0]);
        let at = meta.tail.iter().position(|(_, t)| !above.has(t)).unwrap_or(meta.tail.len());
        meta.unsure = meta.tail.first().filter(|_| at > 0).map(|(line, _)| (at as u64, *line));
        for (line, text) in meta.tail.drain(..at).collect::<Vec<_>>() {
            self.data(meta, shape, line, &|i| if i == 0 { text.as_bytes() } else { b"" });
        }
    }

    fn data<'c>(&mut self, meta: &mut Meta, shape: &Shape, line: u64, cell: &dyn Fn(usize) -> &'c [u8]) {
        meta.rows += 1;
        meta.headed = false;
        if let Some(h) = meta.hollow.take() {
            meta.blank = both(meta.blank, Some(h));
        }
        if shape.width > 1
            && meta.labelled.len() < NOTES
            && let Some(label) = super::labels::label(trim(cell(0)))
        {
            let open = (1..shape.width).filter(|c| shape.masks[*c].is_none());
            let cells = open.filter_map(|c| Some((c, std::str::from_utf8(trim(cell(c))).ok()?)));
            meta.labelled.extend(super::labels::told(label, cells).into_iter().map(|(c, text)| (line, c, text)));
        }
        // The first rows may begin in a later block: a quote that is never closed cuts one off.
        let keep = meta.index < EARLY && meta.preview.len() < PREVIEW;
        let mut shown = Vec::with_capacity(if keep { shape.width } else { 0 });
        let mut key = Vec::new();
        for c in 0..shape.width {
            let whole = cell(c);
            let raw = trim(whole);
            if raw.len() < whole.len() && !raw.is_empty() && super::lines::blanks(whole).len() < whole.len() {
                meta.blanks.get_or_insert((0, line, c)).0 += 1;
            }
            if raw.first() == Some(&b'\'')
                && raw.len() > 1
                && raw[1..].iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'))
                && raw[1].is_ascii_digit()
            {
                meta.ticks.get_or_insert((0, line, c)).0 += 1;
            }
            let masked = shape.masks[c].map(|m| m.apply(std::str::from_utf8(raw).unwrap_or_default()));
            let v: &[u8] = masked.as_ref().map_or(raw, |m| m.as_bytes());
            let mut v = v;
            let other;
            if !v.is_empty() && (!shape.missing.is_empty() || shape.customs[c].is_some()) {
                let text = std::str::from_utf8(v).unwrap_or_default();
                if shape.is_missing(c, text) {
                    v = b"";
                } else {
                    match shape.take(c, text) {
                        Taken::Same => {}
                        Taken::As(t) => {
                            other = t;
                            v = other.as_bytes();
                        }
                        Taken::Odd => meta.odd(c, 1, line, text),
                    }
                }
            }
            self.columns[c].add(v, line);
            meta.order[c].follow(v);
            if keep {
                shown.push(String::from_utf8_lossy(v).into_owned());
            }
            if shape.key.contains(&c) {
                key.extend_from_slice(v);
                key.push(0x1F);
            }
        }
        if !key.is_empty() && meta.keys.len() < KEYS {
            meta.keys.push(profile::hash(&key));
            meta.key_lines.push(u32::try_from(line).unwrap_or(u32::MAX));
        }
        if keep {
            meta.preview.push(shown);
        }
    }

    pub(super) fn merge(mut self, other: Piece) -> Piece {
        if self.columns.is_empty() {
            return other;
        }
        for (a, b) in self.columns.iter_mut().zip(other.columns) {
            a.merge(b);
        }
        self.metas.extend(other.metas);
        self
    }

    /// Puts the blocks in order: what only their sequence tells.
    pub(super) fn settle(mut self, shape: &Shape) -> (Piece, Meta) {
        self.metas.sort_by_key(|m| m.index);
        self.columns.iter_mut().for_each(|c| c.late = true);
        let first_of = |a: Option<(u64, u64, usize)>, b: Option<(u64, u64, usize)>| match (a, b) {
            (Some(x), Some(y)) => Some((x.0 + y.0, x.1, x.2)),
            (x, y) => x.or(y),
        };
        let mut all = Meta { order: vec![Order::default(); shape.width], ..Meta::default() };
        for m in std::mem::take(&mut self.metas) {
            if m.rows > 0 && !all.tail.is_empty() {
                self.flush(&mut all, shape);
            }
            if all.long.is_none() {
                all.grouped = m.grouped;
            }
            if all.short.is_none() {
                all.wide = m.wide;
            }
            all.rows += m.rows;
            // One that is certain goes before one that may be one.
            if all.secret.is_none_or(|s| s.1 != Sure::Yes && m.secret.is_some_and(|n| n.1 == Sure::Yes)) {
                all.secret = m.secret.or(all.secret);
            }
            all.widest = all.widest.max(m.widest);
            // Those at the end of a block are between rows if the next has some.
            if m.rows > 0 {
                let before = all.hollow.take();
                all.blank = both(both(all.blank, before), m.blank);
            }
            all.hollow = both(all.hollow, m.hollow);
            (all.short, all.long) = (first_of(all.short, m.short), first_of(all.long, m.long));
            (all.open, all.nul) = (all.open.or(m.open), all.nul.or(m.nul));
            all.broken = match (all.broken, m.broken) {
                (Some(a), Some(b)) => Some((a.0, a.1, a.2 + b.2)),
                (a, b) => a.or(b),
            };
            if all.keys.len() + m.keys.len() <= KEYS {
                all.keys.extend(m.keys);
                all.key_lines.extend(m.key_lines);
            } else {
                all.keys.clear();
                all.key_lines.clear();
            }
            if all.preview.len() < PREVIEW {
                all.preview.extend(m.preview.into_iter().take(PREVIEW));
                all.preview.truncate(PREVIEW);
            }
            for (a, b) in all.order.iter_mut().zip(m.order) {
                if m.rows == 0 {
                    continue;
                }
                if a.fell || b.fell {
                    a.fell = true;
                } else if a.first.is_empty() {
                    *a = b;
                } else if (b.first.len(), &b.first) > (a.last.len(), &a.last) {
                    a.last = b.last;
                } else {
                    a.fell = true;
                }
            }
            all.tail.extend(m.tail);
            all.again = both(all.again, m.again);
            all.between = both(all.between, m.between);
            all.blanks = first_of(all.blanks, m.blanks);
            all.ticks = first_of(all.ticks, m.ticks);
            all.stray = both(all.stray, m.stray);
            all.second = all.second.or(m.second);
            m.odd.iter().for_each(|(c, n, line, v)| all.odd(*c, *n, *line, v));
            all.beyond.extend(m.beyond);
            all.suspects.extend(m.suspects);
            all.labelled.extend(m.labelled);
        }
        self.sentences(&mut all, shape);
        (self, all)
    }
}

/// Most columns that are added for cells beyond the head, and most cells that they may have in all.
const ADDED: usize = 100;
const ADDED_CELLS: u64 = 16 << 20;

impl Meta {
    /// The width of the table if the cells beyond its head become columns of their own; none where there are no such
    /// cells, or too many.
    pub(super) fn wider(&self, shape: &Shape) -> Option<usize> {
        let more = self.widest.checked_sub(shape.width).filter(|m| (1..=ADDED).contains(m))?;
        ((self.rows + 1).saturating_mul(more as u64) <= ADDED_CELLS && self.widest <= super::WIDTH).then_some(self.widest)
    }
}

/// `1,200` without quotes makes a row longer by one: one to three digits, and three more beside them.
fn split_number<'c>(shape: &Shape, len: usize, cell: &dyn Fn(usize) -> &'c [u8]) -> Option<(String, usize)> {
    if shape.dialect.delimiter != b',' || len > shape.usual * 2 {
        return None;
    }
    let digits = |c: usize| std::str::from_utf8(trim(cell(c))).ok().filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()));
    (0..len.saturating_sub(1)).find_map(|c| {
        let head = std::str::from_utf8(trim(cell(c))).ok()?;
        let bare = head.strip_prefix('-').unwrap_or(head);
        let ok = (1..=3).contains(&bare.len()) && !bare.starts_with('0') && bare.bytes().all(|b| b.is_ascii_digit());
        let tail: Vec<&str> = (c + 1..=c + len - shape.usual).map_while(|i| digits(i).filter(|t| t.len() == 3)).collect();
        (ok && !tail.is_empty()).then(|| (format!("{head},{}", tail.join(",")), c))
    })
}

/// The mask of each column. Of columns whose heads are written alike all have that of their name, whatever they are called here.
pub(super) fn masks(names: &[String], doubled: &[usize], settings: &Settings) -> Vec<Option<Mask>> {
    if settings.masks.is_empty() {
        return vec![None; names.len()];
    }
    // A column may be named as in the file or by its repaired name.
    let told = |n: &str| {
        let base = super::units::split_unit(n).0;
        settings.masks.iter().find(|(m, _)| m.trim() == n || base == *m).map(|(_, k)| *k)
    };
    let written = |n: &str| n.rsplit_once('_').and_then(|(base, _)| told(base));
    // `姓 名` in a second half of the list is 姓名.
    let spaced = |n: &str| n.contains(char::is_whitespace).then(|| told(&n.split_whitespace().collect::<String>())).flatten();
    names.iter().enumerate().map(|(c, n)| told(n).or_else(|| spaced(n)).or_else(|| doubled.contains(&c).then(|| written(n)).flatten())).collect()
}

pub(super) fn shape(found: &Layout, first: u64, dialect: Dialect, settings: &Settings, found_customs: &[Option<Custom>]) -> Shape {
    let names = &found.names;
    // A column may be named as in the file or by its repaired name. What is told first of a column counts.
    let mut by: FxHashMap<&str, usize> = FxHashMap::default();
    let mut bare: FxHashMap<&str, usize> = FxHashMap::default();
    for (i, (m, _)) in settings.customs.iter().enumerate() {
        by.entry(m.trim()).or_insert(i);
        bare.entry(m).or_insert(i);
    }
    let masks = masks(names, &found.alike(), settings);
    let key = settings.key.iter().filter_map(|k| names.iter().position(|n| n == k)).collect();
    let told = |n: &str| {
        let of = [by.get(n), bare.get(super::units::split_unit(n).0.as_str())].into_iter().flatten().min();
        of.and_then(|i| settings.customs.get(*i)).map(|(_, k)| k.clone())
    };
    let customs = names.iter().enumerate().map(|(c, n)| found_customs.get(c).cloned().flatten().or_else(|| told(n))).collect();
    let missing = settings.missing.iter().filter(|m| !m.is_empty()).cloned().collect();
    Shape {
        width: names.len(),
        usual: names.len() - found.beyond.min(names.len()),
        first,
        masks,
        missing,
        dialect,
        key,
        customs,
        last: None,
        heads: found.heads.clone(),
        above: found.preamble.iter().chain(&found.unit).cloned().collect(),
        text: false,
        apart: !settings.head.no_head && settings.head.rows.is_empty(),
    }
}
