//! The profile of a table: one pass that counts, a second where columns turn out to be written in another way, and one for
//! each column whose values are to be told apart exactly though they are too many to be kept.

use crate::source::{Source, column};
use crate::{Failure, Result, count, fail};
use clerestory::diag::{Severity, Text};
use clerestory::load::table::elsewhere::{Head, Part, Read};
use clerestory::load::table::value::{Class, classify};
use clerestory::load::table::{Doubt, Settings};
use datafusion::arrow::array::{Array, AsArray, BinaryArray};
use datafusion::arrow::datatypes::Int64Type;
use datafusion::functions_aggregate::expr_fn as sum;
use datafusion::logical_expr::{Expr, col, lit};
use datafusion::prelude::{DataFrame, SessionContext};

/// Which columns of many values are counted exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exact {
    /// None: what is not kept is estimated.
    None,
    /// Those that may be a key: no value missing, and about as many values as rows.
    Keys,
    /// All, with their most frequent values.
    All,
}

/// What was found.
pub struct Profiled {
    /// The table, as `clerestory` finishes it.
    pub read: Read,
    /// Columns with no value twice and none missing.
    pub keys: Vec<usize>,
    /// Passes over the data.
    pub passes: usize,
}

/// Frequent values told.
const TOP: usize = 10;

/// Profiles a table by an engine; `here` is this process, which reads the first rows.
pub async fn profile(engine: &SessionContext, here: &SessionContext, source: &Source, exact: Exact, settings: &Settings) -> Result<Profiled> {
    let mut head = source.head.clone();
    let mut part = counted(engine, source, &head).await?;
    let mut passes = 1;
    let (again, heard) = part.heard(&head);
    if let Some(other) = again {
        part = counted(engine, source, &other).await?;
        (head, passes) = (other, passes + 1);
    }
    let rows = part.rows();
    let many = part.many();
    let first = source.rows(here).await?;
    let seen: Vec<Vec<String>> = first.iter().filter_map(|r| head.row(&r.iter().map(String::as_str).collect::<Vec<_>>())).collect();
    let mut read = part.finish(&head, seen.clone(), heard, settings);
    for (c, p) in read.table.columns.iter_mut().enumerate() {
        // The first that is no sign for a missing value, as the order of rows is known of the first file alone.
        let example = seen.iter().filter_map(|r| r.get(c)).find(|v| !v.is_empty() && classify(v).0 != Class::Mark);
        p.example = example.map(|v| v.chars().take(80).collect());
    }
    for (c, about, nulls) in many {
        let near = about as f64 > rows as f64 * 0.95;
        let asked = match exact {
            Exact::None => false,
            Exact::Keys => near && nulls == 0,
            Exact::All => true,
        };
        if !asked {
            continue;
        }
        let (distinct, most) = apart(engine, source, c).await?;
        passes += 1;
        let p = &mut read.table.columns[c];
        p.distinct = distinct.min(rows - p.nulls);
        p.unique = Some(most <= 1 && p.nulls == 0 && rows > 0);
        p.exact = true;
        if exact == Exact::All && most > 1 {
            p.top = frequent(engine, source, c).await?;
            passes += 1;
        }
    }
    source.tell(&mut read);
    let keys = (0..read.table.columns.len()).filter(|c| read.table.columns[*c].unique == Some(true)).collect();
    Ok(Profiled { read, keys, passes })
}

async fn counted(engine: &SessionContext, source: &Source, head: &Head) -> Result<Part> {
    let table = engine.read_table(source.table(false)?)?;
    let args = std::iter::once(count::argument(head)).chain(source.columns.iter().map(|c| Ok(column(c)))).collect::<datafusion::error::Result<Vec<Expr>>>()?;
    let batches = table.aggregate(vec![], vec![count::count().call(args).alias("counted")])?.collect().await?;
    let bytes = batches.iter().filter(|b| b.num_rows() > 0).find_map(|b| b.column(0).as_any().downcast_ref::<BinaryArray>().filter(|a| !a.is_null(0)).cloned());
    match bytes {
        Some(a) => Ok(count::part(a.value(0))?),
        None => Ok(Part::new(head)),
    }
}

/// The values of a column with their counts, by the engine, which spills what it cannot keep.
fn values(engine: &SessionContext, source: &Source, c: usize) -> Result<DataFrame> {
    let Some(name) = source.columns.get(c) else { return fail("没有这一列", "there is no such column") };
    let text = source.stored.get(c).is_some_and(|s| s == "text" || s.starts_with("Utf8") || s.starts_with("LargeUtf8") || s.starts_with("Dictionary"));
    // Numbers and days are told apart as they are stored, which is cheaper and the same.
    let value = if text { count::cell().call(vec![column(name)]) } else { column(name) };
    let table = engine.read_table(source.table(false)?)?;
    let named = table.select(vec![value.alias("v")])?.filter(col("v").is_not_null())?;
    Ok(named.aggregate(vec![col("v")], vec![sum::count(lit(1i64)).alias("n")])?)
}

/// How many values a column has, and how often the most frequent comes.
async fn apart(engine: &SessionContext, source: &Source, c: usize) -> Result<(u64, u64)> {
    let batches = values(engine, source, c)?.aggregate(vec![], vec![sum::count(lit(1i64)).alias("d"), sum::max(col("n")).alias("m")])?.collect().await?;
    let number = |i: usize| {
        batches.iter().filter(|b| b.num_rows() > 0).find_map(|b| {
            let a = b.column(i).as_primitive_opt::<Int64Type>()?;
            a.is_valid(0).then(|| u64::try_from(a.value(0)).unwrap_or_default())
        })
    };
    Ok((number(0).unwrap_or_default(), number(1).unwrap_or_default()))
}

/// The most frequent values, the more frequent first, then by their texts.
async fn frequent(engine: &SessionContext, source: &Source, c: usize) -> Result<Vec<(String, u64)>> {
    // By what is written, however it is stored: 9.5 comes after 12.5.
    let written = values(engine, source, c)?.select(vec![count::cell().call(vec![col("v")]).alias("v"), col("n")])?;
    let batches = written.sort(vec![col("n").sort(false, false), col("v").sort(true, false)])?.limit(0, Some(TOP))?.collect().await?;
    let mut out = Vec::new();
    for b in &batches {
        let (Some(v), Some(n)) = (b.column(0).as_string_view_opt(), b.column(1).as_primitive_opt::<Int64Type>()) else {
            return Err(Failure("引擎给的不是所问的\nthe engine gave something else than it was asked for".into()));
        };
        out.extend((0..b.num_rows()).map(|r| (v.value(r).chars().take(80).collect(), u64::try_from(n.value(r)).unwrap_or_default())));
    }
    Ok(out)
}

fn text(zh: &str, en: &str) -> Text {
    Text { zh: zh.into(), en: en.into() }
}

impl Source {
    /// What the files themselves want told.
    fn tell(&self, read: &mut Read) {
        let mut told = |message, hint| read.doubts.push(Doubt { code: "LAKE", severity: Severity::Warn, line: 0, column: 0, message, hint });
        if !self.nested.is_empty() {
            let names = self.nested.join(", ");
            told(
                text(&format!("{names}：是列表、记录或字节，没有剖析"), &format!("{names}: lists, records or bytes, which are not profiled")),
                text("展开成普通的列，再剖析", "make plain columns of them"),
            );
        }
        if self.parted {
            told(
                text("有的文件夹名为 `键=值`，这些值不在表里", "folders are named `key=value`; their values are no column here"),
                text("把它们写成列", "write them as a column"),
            );
        }
    }
}
