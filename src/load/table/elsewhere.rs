//! A table whose rows another engine reads, on this machine or on many: what is counted of any of its rows is a value that
//! can be sent, and the sum of all is finished as a table that was read here.
//!
//! The order of rows is not known. A head, an empty row and a row of data are told apart as everywhere; what stands below the
//! last row is for the caller to look at ([`note`]).

use super::bytes::Format;
use super::customs::{Custom, Taken};
use super::delimited::{self, Dialect};
use super::layout::{self, Layout};
use super::pieces::{Meta, Order, Piece, Shape, shape};
use super::profile::Column;
use super::{Doubt, File, NOTES, Personal, Settings, Table};
use serde::{Deserialize, Serialize};

/// What is known of a table before its rows are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    found: Layout,
    customs: Vec<Option<Custom>>,
    delimiter: u8,
    /// Rows are records, as in JSON: each is one, whatever is in it.
    records: bool,
}

/// Why a text is none whose rows another engine can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// It has no table.
    Nothing,
    /// Something stands above the head, or it has several rows.
    Head,
    /// A second table begins below the first.
    Second,
    /// Its rows are of other widths than its head.
    Width,
}

impl Head {
    /// The head of a CSV, from its first records, decoded and without a byte-order mark; `tabs`: its name says that they are
    /// parted by tabs.
    pub fn of_text(sample: &str, tabs: bool) -> Result<Head, Other> {
        let dialect = delimited::sniff(super::text::cut(sample), tabs.then_some(b'\t'));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(dialect.delimiter)
            .quote(dialect.quote)
            .from_reader(super::text::cut(sample).as_bytes());
        let rows: Vec<Vec<String>> = reader.records().map_while(Result::ok).take(layout::SAMPLE).map(|r| r.iter().map(str::to_string).collect()).collect();
        let found = layout::find(&rows, &layout::Told::default());
        if found.names.is_empty() {
            return Err(Other::Nothing);
        }
        if layout::second(&rows, &gaps(&rows)).is_some() {
            return Err(Other::Second);
        }
        if found.skip != usize::from(!found.headless) || found.above > 0 || sample.starts_with("sep=") {
            return Err(Other::Head);
        }
        if rows.iter().any(|r| r.len() != found.names.len()) {
            return Err(Other::Width);
        }
        let customs = vec![None; found.names.len()];
        Ok(Head { found, customs, delimiter: dialect.delimiter, records: false })
    }

    /// A table of records, whose columns are named.
    pub fn of_names(names: Vec<String>) -> Head {
        let mut rows = vec![names];
        let found = layout::find(&rows, &layout::Told { rows: vec![1], ..layout::Told::default() });
        let names = std::mem::take(&mut rows[0]);
        let units = vec![None; names.len()];
        let customs = vec![None; names.len()];
        // The names are those of the columns, letter by letter.
        Head { found: Layout { names, units, heads: Vec::new(), unnamed: Vec::new(), doubled: Vec::new(), ..found }, customs, delimiter: b',', records: true }
    }

    /// Names of the columns.
    pub fn names(&self) -> &[String] {
        &self.found.names
    }

    /// No record is a head.
    pub fn headless(&self) -> bool {
        self.found.headless
    }

    /// Between cells.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// A row as it is counted: without blanks around its cells, values in the form that every program reads. None for a head
    /// that came again and for a row of nothing.
    pub fn row(&self, cells: &[&str]) -> Option<Vec<String>> {
        let shape = self.shape();
        let empty = !self.records && cells.iter().all(|c| cell(c.as_bytes()).is_empty()) && !(cells.len() == 1 && cells[0].is_empty());
        if empty || !self.records && shape.is_head(cells.len(), &|i| cells[i].into()) {
            return None;
        }
        let text = |c: &str| std::str::from_utf8(cell(c.as_bytes())).unwrap_or_default().to_string();
        let take = |(c, v): (usize, &&str)| match shape.take(c, &text(v)) {
            Taken::As(t) => t,
            Taken::Same | Taken::Odd => text(v),
        };
        Some(cells.iter().take(shape.width).enumerate().map(take).collect())
    }

    fn shape(&self) -> Shape {
        let dialect = Dialect { delimiter: self.delimiter, ..Dialect::default() };
        let mut out = shape(&self.found, 1, dialect, &Settings::default(), &self.customs);
        out.text = !self.records;
        out
    }
}

fn gaps(rows: &[Vec<String>]) -> Vec<bool> {
    (0..rows.len()).map(|i| i > 0 && super::lines::filled(&rows[i - 1]) == 0).collect()
}

/// Whether the last rows of a text may be notes: a row of which only the first cell has something, and that reads like one.
pub fn note(cells: &[&str]) -> bool {
    let empty = |c: &&&str| super::lines::trim(c.as_bytes()).is_empty();
    match cells {
        [first, rest @ ..] if !rest.is_empty() && !empty(&first) && rest.iter().all(|c| empty(&c)) => {
            let text = std::str::from_utf8(super::lines::trim(first.as_bytes())).unwrap_or_default();
            super::notes::is_note(text, false, false) || super::notes::stopped(text)
        }
        _ => false,
    }
}

/// A cell as it is counted: without the blanks around it.
pub fn cell(v: &[u8]) -> &[u8] {
    super::lines::trim(v)
}

/// What was counted of some rows.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct State {
    columns: Vec<Column>,
    rows: u64,
    /// Rows of nothing, heads that came again, cells with blanks around them, with a quote before figures.
    blank: u64,
    again: u64,
    blanks: (u64, usize),
    ticks: (u64, usize),
    /// Values that are not written as their column is said to be.
    odd: Vec<(usize, u64, String)>,
    labelled: Vec<(usize, String)>,
}

/// Rows while they are counted.
pub struct Part {
    shape: Shape,
    piece: Piece,
    meta: Meta,
}

/// A table that was read elsewhere.
pub struct Read {
    /// The table.
    pub table: Table,
    /// What to look at; without lines, as the order of rows is not known.
    pub doubts: Vec<Doubt>,
    /// Columns with personal data.
    pub personal: Vec<Personal>,
}

impl Part {
    /// No rows yet.
    pub fn new(head: &Head) -> Part {
        let shape = head.shape();
        let piece = Piece { records: head.records, ..Piece::new(&shape) };
        let order = vec![Order { fell: true, ..Order::default() }; shape.width];
        Part { piece, meta: Meta { index: u32::MAX, order, ..Meta::default() }, shape }
    }

    /// Counts a row of as many cells as there are columns.
    pub fn row<'c>(&mut self, cell: &dyn Fn(usize) -> &'c [u8]) {
        self.piece.row(&mut self.meta, &self.shape, 0, self.shape.width, cell);
        // It may be followed by others, so it is a row.
        if !self.meta.tail.is_empty() {
            self.piece.flush(&mut self.meta, &self.shape);
        }
    }

    /// Rows so far.
    pub fn rows(&self) -> u64 {
        self.meta.rows
    }

    /// About how many bytes of memory it takes.
    pub fn held(&self) -> usize {
        self.piece.columns.iter().map(Column::held).sum()
    }

    /// Columns with more values than are kept, and about how many these are; cells of theirs without a value.
    pub fn many(&self) -> Vec<(usize, u64, u64)> {
        self.piece.columns.iter().enumerate().filter_map(|(c, column)| Some((c, column.estimate()?, column.nulls))).collect()
    }

    /// What was counted, to be sent.
    pub fn state(self) -> State {
        let m = self.meta;
        let first = |t: Option<(u64, u64, usize)>| t.map_or((0, 0), |(n, _, c)| (n, c));
        State {
            columns: self.piece.columns,
            rows: m.rows,
            blank: m.blank.map_or(0, |b| b.0) + m.hollow.map_or(0, |h| h.0),
            again: m.again.map_or(0, |a| a.0),
            blanks: first(m.blanks),
            ticks: first(m.ticks),
            odd: m.odd.into_iter().map(|(c, n, _, v)| (c, n, v)).collect(),
            labelled: m.labelled.into_iter().map(|(_, c, text)| (c, text)).collect(),
        }
    }

    /// Adds what was counted elsewhere; false where that is of another table.
    pub fn merge(&mut self, other: State) -> bool {
        if other.columns.len() != self.shape.width {
            return false;
        }
        let m = &mut self.meta;
        m.rows += other.rows;
        for (mine, theirs) in [(&mut m.blank, other.blank), (&mut m.again, other.again)] {
            if theirs > 0 {
                mine.get_or_insert((0, 0)).0 += theirs;
            }
        }
        for (mine, (n, c)) in [(&mut m.blanks, other.blanks), (&mut m.ticks, other.ticks)] {
            if n > 0 {
                let all = mine.get_or_insert((0, 0, c));
                (all.0, all.2) = (all.0 + n, all.2.min(c));
            }
        }
        for (c, n, v) in other.odd {
            match m.odd.iter_mut().find(|o| o.0 == c) {
                Some(o) => (o.1, o.3) = (o.1 + n, std::mem::take(&mut o.3).min(v)),
                None => m.odd.push((c, n, 0, v)),
            }
        }
        m.labelled.extend(other.labelled.into_iter().map(|(c, text)| (0, c, text)));
        m.labelled.sort();
        m.labelled.truncate(NOTES);
        self.piece.columns.iter_mut().zip(other.columns).for_each(|(a, b)| a.merge(b));
        true
    }

    /// What columns say of how they are written. With a head the rows are to be read once more by it: values have decimal
    /// commas, or days before months.
    pub fn heard(&self, head: &Head) -> (Option<Head>, Vec<Doubt>) {
        let what = super::spoken::hear(&self.piece, &head.found, &self.shape);
        let again = (what.customs != self.shape.customs).then(|| Head { customs: what.customs, ..head.clone() });
        (again, what.doubts)
    }

    /// The finished table, with its first rows, which were read in order, and what was [heard](Part::heard) first.
    pub fn finish(mut self, head: &Head, preview: Vec<Vec<String>>, heard: Vec<Doubt>, settings: &Settings) -> Read {
        let mut file = File::new(0);
        file.format = if head.records { Format::Other } else { Format::Csv };
        file.doubts = heard;
        self.meta.preview = preview;
        self.meta.preview.truncate(super::PREVIEW);
        let (mut table, _) = super::findings::finish(self.piece, self.meta, &head.found, &self.shape, settings, &mut file, None);
        if !head.records {
            (table.encoding, table.delimiter) = ("UTF-8", Some(head.delimiter as char));
        }
        Read { table, doubts: file.doubts, personal: file.personal }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Blob;

    /// Counts rows in so many parts, which are sent, and finishes them.
    fn apart(text: &str, parts: usize) -> Read {
        let first = Head::of_text(text, false).unwrap();
        let (mut head, mut said) = (first, None);
        loop {
            let mut sum = Part::new(&head);
            for p in 0..parts {
                let mut part = Part::new(&head);
                let mut reader = csv::ReaderBuilder::new().has_headers(!head.headless()).delimiter(head.delimiter()).from_reader(text.as_bytes());
                for r in reader.byte_records().map(Result::unwrap).enumerate().filter(|(i, _)| i % parts == p).map(|(_, r)| r).collect::<Vec<_>>().iter() {
                    part.row(&|c| r.get(c).unwrap_or(b""));
                }
                let sent = serde_json::to_string(&part.state()).unwrap();
                assert!(sum.merge(serde_json::from_str(&sent).unwrap()));
            }
            let (again, doubts) = sum.heard(&head);
            let once = said.is_none();
            let said = said.get_or_insert(doubts);
            match again.filter(|_| once) {
                Some(h) => head = h,
                None => return sum.finish(&head, Vec::new(), std::mem::take(said), &Settings::default()),
            }
        }
    }

    #[test]
    fn parts_make_the_table_that_is_read_here() {
        let mut long = String::from("编号,金额,日期,比例,手机\n");
        for i in 0..3_000u32 {
            long += &format!("{:05},{}.5,2024-0{}-1{},{}%,1391234{:04}\n", i % 700, i * 3, 1 + i % 9, i % 10, i % 90, i % 5_000);
            if i % 900 == 7 {
                long += ",,,,\n编号,金额,日期,比例,手机\n";
            }
        }
        let mut european = String::from("id;name;value\n");
        (0..200).for_each(|i| european += &format!("{i};n{i};1.{:03},{}\n", i, i % 10));
        for text in [&long, &european, &"a,b\n1,x\n2,\n".to_string(), &"1,2\n3,4\n5,6\n".to_string()] {
            let dir = tempfile::tempdir().unwrap();
            #[expect(clippy::disallowed_methods, reason = "a test writes its own file")]
            std::io::Write::write_all(&mut std::fs::File::create(dir.path().join("t.csv")).unwrap(), text.as_bytes()).unwrap();
            let mut here = super::super::read(&Blob::at(dir.path().join("t.csv")), &Settings::default());
            for parts in [1, 2, 5] {
                let mut there = apart(text, parts);
                let mut table = here.tables[0].clone();
                there.table.preview.clear();
                table.preview.clear();
                for t in [&mut there.table, &mut table] {
                    t.columns.iter_mut().for_each(|c| c.example = None);
                }
                assert_eq!(serde_json::to_string(&there.table).unwrap(), serde_json::to_string(&table).unwrap());
                let of = |p: &[Personal]| p.iter().map(|p| (p.name.clone(), p.kind, p.cells, p.sure)).collect::<Vec<_>>();
                assert_eq!(of(&there.personal), of(&here.personal));
            }
            here.tables.clear();
        }
    }

    #[test]
    fn what_is_no_plain_table_is_refused() {
        assert_eq!(Head::of_text("", false), Err(Other::Nothing));
        assert_eq!(Head::of_text("人口统计\n年份,人口\n2020,1\n2021,2\n", false), Err(Other::Head));
        assert_eq!(Head::of_text("a,b\n1,2\n3,4,5\n6,7\n8,9\n", false), Err(Other::Width));
        assert!(note(&["注：初步数", "", " "]) && !note(&["北京", "1"]) && !note(&["注：初步数"]));
        let head = Head::of_names(vec!["a(万元)".into(), "a(万元)".into(), "".into()]);
        assert_eq!(head.names(), ["a(万元)", "a(万元)", ""]);
        assert!(!Part::new(&head).merge(State::default()));
    }
}
