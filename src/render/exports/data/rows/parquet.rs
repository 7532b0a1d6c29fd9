//! Parquet, for programs that analyse: columns with types, groups of rows with statistics, so that one who looks for a row
//! reads a part of a large file over the web.
//!
//! A column has a type only where every value comes back from it digit by digit: whole numbers (INT64, beyond it DECIMAL),
//! numbers with a fraction as exact DECIMAL and never as floating point, days, times without a zone, true and false. All
//! else, and all that is declared text, is text as the clean CSV has it. Which it is shows in the values alone, so the rows
//! of columns that may have a type are read once before. Signs for a missing value in a typed column are null, and the
//! metadata `missingValues` says which they are.

use super::super::format::{Ends, Job, Row, RowFormat, RowSink};
use crate::load::table::profile::Kind;
use crate::load::table::value::MARKS;
use crate::model::FieldInfo;
use crate::output::Sink;
use crate::schema::site::outputs;
use jiff::civil::{Date, DateTime};
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use serde_json::{Map, json};
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

/// Rows from which it is worth a file: a smaller table is a smaller CSV.
const FEWEST: u64 = 100;
/// Text of a group of rows in bytes, about: what one look-up reads, and what is held while writing.
const GROUP: usize = 2 << 20;
/// Digits of a DECIMAL.
const DIGITS: usize = 38;
/// Signs for a missing value that the metadata names.
const SIGNS: usize = 20;

/// The copy for analysis.
pub static FORMAT: RowFormat = RowFormat {
    name: "parquet",
    fits: |t, _| u32::from(t.rows >= FEWEST),
    path: |name, _| format!("{name}.parquet"),
    others: None,
    kept: true,
    download: true,
    schema: false,
    output: Some(&outputs::PARQUET),
    open,
};

fn fault(e: ParquetError) -> io::Error {
    io::Error::other(e.to_string())
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum As {
    Whole,
    /// Digits, and those of them behind the point.
    Decimal(usize, usize),
    Day,
    Time,
    Yes,
    Text,
}

/// What the values of a column can be, as far as they were seen.
#[derive(Debug)]
struct Sight {
    whole: bool,
    /// Most digits before the point and behind it.
    decimal: Option<(usize, usize)>,
    day: bool,
    time: bool,
    yes: bool,
    filled: bool,
    signs: BTreeSet<String>,
}

impl Sight {
    /// None of a column that is text whatever stands in it.
    fn new(kind: Kind, told: Option<&FieldInfo>) -> Option<Sight> {
        let text = matches!(told.and_then(|f| f.kind.as_deref()).unwrap_or("").trim().to_lowercase().as_str(), "string" | "text" | "c" | "字符型");
        let open = !text && !matches!(kind, Kind::Code | Kind::String | Kind::Empty);
        open.then(|| Sight { whole: true, decimal: Some((0, 0)), day: true, time: true, yes: true, filled: false, signs: BTreeSet::new() })
    }

    fn see(&mut self, v: &str) {
        if v.is_empty() {
            return;
        }
        if mark(v) {
            self.signs.insert(v.to_string());
            return;
        }
        self.filled = true;
        self.whole = self.whole && plain(v).is_some_and(|(_, f)| f == 0 && !v.contains('.')) && v.parse::<i64>().is_ok();
        self.decimal = self.decimal.zip(plain(v)).map(|((a, b), (x, y))| (a.max(x), b.max(y))).filter(|(a, b)| a + b <= DIGITS);
        self.day = self.day && day(v).is_some();
        self.time = self.time && time(v).is_some();
        self.yes = self.yes && yes(v).is_some();
    }

    fn settled(&self) -> As {
        match self.decimal {
            _ if !self.filled => As::Text,
            _ if self.whole => As::Whole,
            Some((a, b)) => As::Decimal((a + b).max(1), b),
            None if self.day => As::Day,
            None if self.time => As::Time,
            None if self.yes => As::Yes,
            None => As::Text,
        }
    }
}

fn mark(v: &str) -> bool {
    v.len() <= 12 && MARKS.contains(&v)
}

/// The digits of a number before the point and behind it; none of what would come back otherwise than it is written
/// (`007`, `+5`, `-0`, `1e5`, `12%`).
fn plain(v: &str) -> Option<(usize, usize)> {
    let t = v.strip_prefix('-').unwrap_or(v);
    let (a, b) = t.split_once('.').unwrap_or((t, ""));
    let digits = |t: &str| t.bytes().all(|c| c.is_ascii_digit());
    let good = digits(a) && digits(b) && !(a.is_empty() && b.is_empty()) && !(a.len() > 1 && a.starts_with('0'));
    let zero = v.starts_with('-') && t.bytes().all(|c| matches!(c, b'0' | b'.'));
    // A nought before the point needs no room.
    (good && !zero).then_some((if a == "0" { 0 } else { a.len() }, b.len()))
}

fn day(v: &str) -> Option<i32> {
    let date: Date = if v.len() == 10 && v.as_bytes()[4] == b'-' { v.parse().ok()? } else { return None };
    i32::try_from((date - Date::constant(1970, 1, 1)).get_days()).ok()
}

fn time(v: &str) -> Option<i64> {
    let (head, fraction) = v.split_at_checked(19)?;
    let fine = fraction.is_empty() || fraction.strip_prefix('.').is_some_and(|f| !f.is_empty() && f.len() <= 6 && f.bytes().all(|b| b.is_ascii_digit()));
    if !fine || head.as_bytes()[10] != b'T' || head.ends_with("60") {
        return None;
    }
    let at: DateTime = v.parse().ok()?;
    jiff::tz::TimeZone::UTC.to_timestamp(at).ok().map(|t| t.as_microsecond())
}

fn yes(v: &str) -> Option<bool> {
    match v {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// A number without its point, with a fixed count of digits behind it.
fn scaled(v: &str, scale: usize) -> Option<i128> {
    let (a, b) = v.split_once('.').unwrap_or((v, ""));
    let a = if matches!(a, "" | "-") { format!("{a}0") } else { a.to_string() };
    format!("{a}{b:0<scale$}").parse().ok()
}

enum Cells {
    I32(Vec<i32>),
    I64(Vec<i64>),
    Bool(Vec<bool>),
    Text(Vec<ByteArray>),
    Fixed(Vec<FixedLenByteArray>),
}

struct Column {
    of: As,
    cells: Cells,
    /// 1 where something is in a cell.
    there: Vec<i16>,
}

impl Column {
    fn new(of: As) -> Column {
        let cells = match of {
            As::Whole | As::Time => Cells::I64(Vec::new()),
            As::Decimal(p, _) if p <= 18 => Cells::I64(Vec::new()),
            As::Decimal(..) => Cells::Fixed(Vec::new()),
            As::Day => Cells::I32(Vec::new()),
            As::Yes => Cells::Bool(Vec::new()),
            As::Text => Cells::Text(Vec::new()),
        };
        Column { of, cells, there: Vec::new() }
    }

    fn schema(&self, name: &str) -> Result<Type, ParquetError> {
        let (physical, logical) = match self.of {
            As::Whole => (Physical::INT64, Some(LogicalType::integer(64, true))),
            As::Decimal(p, s) => (if p <= 18 { Physical::INT64 } else { Physical::FIXED_LEN_BYTE_ARRAY }, Some(LogicalType::decimal(s as i32, p as i32))),
            As::Day => (Physical::INT32, Some(LogicalType::Date)),
            As::Time => (Physical::INT64, Some(LogicalType::timestamp(false, TimeUnit::MICROS))),
            As::Yes => (Physical::BOOLEAN, None),
            As::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let mut b = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL).with_logical_type(logical);
        if let As::Decimal(p, s) = self.of {
            b = b.with_precision(p as i32).with_scale(s as i32);
            if p > 18 {
                b = b.with_length(16);
            }
        }
        b.build()
    }

    /// Takes a cell. What was of the type when the types were found is so now.
    fn put(&mut self, v: &str) -> io::Result<()> {
        let changed = || io::Error::other("the file changed while it was published");
        let nothing = v.is_empty() || (self.of != As::Text && mark(v));
        self.there.push(i16::from(!nothing));
        if nothing {
            return Ok(());
        }
        match (&mut self.cells, self.of) {
            (Cells::I64(all), As::Whole) => all.push(v.parse().map_err(|_| changed())?),
            (Cells::I64(all), As::Time) => all.push(time(v).ok_or_else(changed)?),
            (Cells::I64(all), As::Decimal(_, s)) => all.push(scaled(v, s).and_then(|n| i64::try_from(n).ok()).ok_or_else(changed)?),
            (Cells::Fixed(all), As::Decimal(_, s)) => all.push(scaled(v, s).ok_or_else(changed)?.to_be_bytes().to_vec().into()),
            (Cells::I32(all), _) => all.push(day(v).ok_or_else(changed)?),
            (Cells::Bool(all), _) => all.push(yes(v).ok_or_else(changed)?),
            (Cells::Text(all), _) => all.push(v.as_bytes().to_vec().into()),
            _ => return Err(changed()),
        }
        Ok(())
    }

    /// Writes what it holds, and holds nothing.
    fn write(&mut self, to: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let there = Some(self.there.as_slice());
        match &mut self.cells {
            Cells::I32(v) => drop((to.typed::<Int32Type>().write_batch(v, there, None)?, v.clear())),
            Cells::I64(v) => drop((to.typed::<Int64Type>().write_batch(v, there, None)?, v.clear())),
            Cells::Bool(v) => drop((to.typed::<BoolType>().write_batch(v, there, None)?, v.clear())),
            Cells::Text(v) => drop((to.typed::<ByteArrayType>().write_batch(v, there, None)?, v.clear())),
            Cells::Fixed(v) => drop((to.typed::<FixedLenByteArrayType>().write_batch(v, there, None)?, v.clear())),
        }
        self.there.clear();
        Ok(())
    }
}

struct Parquet {
    entry: u32,
    file: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Column>,
    /// Text that is held, in bytes.
    held: usize,
}

fn open(job: &mut Job, files: Vec<u32>, sink: &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>> {
    let read = job.read.clone();
    let (Some(&entry), Some(table)) = (files.first(), job.table()) else { return Ok(None) };
    let mut sights: Vec<Option<Sight>> = table.columns.iter().zip(&job.fields).map(|(p, f)| Sight::new(p.kind, f.as_ref())).collect();
    if sights.iter().any(Option::is_some) {
        let kinds: Vec<Kind> = table.columns.iter().map(|p| p.kind).collect();
        read.rows(table, &mut |row| {
            for ((sight, v), kind) in sights.iter_mut().zip(row).zip(&kinds) {
                if let Some(s) = sight {
                    s.see(&super::super::cells::clean(v, *kind));
                }
            }
            Ok(())
        })?;
    }
    let columns: Vec<Column> = sights.iter().map(|s| Column::new(s.as_ref().map_or(As::Text, Sight::settled))).collect();
    let signs: Map<String, serde_json::Value> = table
        .names
        .iter()
        .zip(&sights)
        .zip(&columns)
        .filter_map(|((n, s), c)| Some((n.clone(), s.as_ref().filter(|s| c.of != As::Text && !s.signs.is_empty())?)))
        .map(|(n, s)| (n, json!(s.signs.iter().take(SIGNS).collect::<Vec<_>>())))
        .collect();
    let fields = table.names.iter().zip(&columns).map(|(n, c)| c.schema(n).map(Arc::new)).collect::<Result<Vec<_>, _>>().map_err(fault)?;
    let schema = Type::group_type_builder("table").with_fields(fields).build().map_err(fault)?;
    let told = (!signs.is_empty()).then(|| vec![KeyValue::new("missingValues".to_string(), serde_json::Value::Object(signs).to_string())]);
    let how = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_created_by(concat!("clerestory ", env!("CARGO_PKG_VERSION")).to_string())
        .set_key_value_metadata(told)
        .build();
    let file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(how)).map_err(fault)?;
    sink.open(entry)?;
    Ok(Some(Box::new(Parquet { entry, file, columns, held: 0 })))
}

impl Parquet {
    /// Writes the rows that are held as a group.
    fn group(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        if self.columns.iter().all(|c| c.there.is_empty()) {
            return Ok(());
        }
        let mut group = self.file.next_row_group().map_err(fault)?;
        for column in &mut self.columns {
            if let Some(mut to) = group.next_column().map_err(fault)? {
                column.write(&mut to).map_err(fault)?;
                to.close().map_err(fault)?;
            }
        }
        group.close().map_err(fault)?;
        self.file.flush()?;
        // Offsets are counted by the writer: what stands here may be handed on.
        let bytes = std::mem::take(self.file.inner_mut());
        self.held = 0;
        sink.write(self.entry, &bytes)
    }
}

impl RowSink for Parquet {
    fn row(&mut self, row: &Row<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        for (column, v) in self.columns.iter_mut().zip(row.clean) {
            // A cell takes room whether something is in it or not.
            self.held += v.len() + 1;
            column.put(v)?;
        }
        if self.held >= GROUP { self.group(sink) } else { Ok(()) }
    }

    fn close(mut self: Box<Self>, _: &mut Ends<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        self.group(sink)?;
        let bytes = self.file.into_inner().map_err(fault)?;
        sink.write(self.entry, &bytes)?;
        sink.close(self.entry).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> As {
        let mut s = Sight::new(Kind::Number, None).unwrap();
        values.iter().for_each(|v| s.see(v));
        s.settled()
    }

    #[test]
    fn a_type_only_where_no_digit_is_lost() {
        assert_eq!(of(&["1", "-5", "", "9223372036854775807"]), As::Whole);
        assert_eq!(of(&["1", "9223372036854775808"]), As::Decimal(19, 0));
        assert_eq!(of(&["1.50", "12", "-0.125"]), As::Decimal(5, 3));
        assert_eq!(of(&["0.1", ".25"]), As::Decimal(2, 2));
        assert_eq!(of(&["2024-01-31", "1969-12-31"]), As::Day);
        assert_eq!(of(&["2024-01-31T08:30:00", "2024-01-31T08:30:00.25"]), As::Time);
        assert_eq!(of(&["true", "FALSE"]), As::Yes);
        assert_eq!(of(&["1", "—", "2"]), As::Whole);
        for text in [
            ["007", "1"],
            ["+5", "1"],
            ["-0", "1"],
            ["1e5", "1"],
            ["12%", "1"],
            ["2024-02-30", "2024-01-01"],
            ["2024-01-31T08:30:00Z", "2024-01-31T08:30:00"],
            ["", ""],
        ] {
            assert_eq!(of(&text), As::Text, "{text:?}");
        }
        assert_eq!(of(&["123456789012345678901234567890123456789", "1"]), As::Text);
        assert!(Sight::new(Kind::Code, None).is_none());
        let told = FieldInfo { kind: Some("string".into()), ..FieldInfo::default() };
        assert!(Sight::new(Kind::Integer, Some(&told)).is_none());
        assert_eq!((scaled("1.5", 3), scaled("-0.125", 3), scaled(".5", 1), scaled("-.5", 2)), (Some(1500), Some(-125), Some(5), Some(-50)));
        assert_eq!((day("1970-01-02"), time("1970-01-01T00:00:01.5")), (Some(1), Some(1_500_000)));
    }
}
