//! The two functions that the engine calls: one counts rows, one gives a cell without the blanks around it.

use clerestory::load::table::elsewhere::{self, Head, Part, State};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BinaryArray, DictionaryArray, StringArray, StringViewBuilder};
use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::{DataType, Int8Type};
use datafusion::common::{DataFusionError, Result, ScalarValue, exec_err};
use datafusion::logical_expr::function::AccumulatorArgs;
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility, lit,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// Counts rows: the head of the table, then its columns. Gives what was counted as bytes.
pub fn count() -> AggregateUDF {
    AggregateUDF::new_from_impl(Count { signature: Signature::variadic_any(Volatility::Immutable) })
}

/// A cell as text, without the blanks around it; null where nothing is left.
pub fn cell() -> ScalarUDF {
    ScalarUDF::new_from_impl(Cell { signature: Signature::any(1, Volatility::Immutable) })
}

/// A head as an argument: as a dictionary, so that it stands once in a batch and not once a row.
pub fn argument(head: &Head) -> Result<Expr> {
    let text = serde_json::to_string(head).map_err(|e| DataFusionError::External(Box::new(e)))?;
    Ok(lit(ScalarValue::Dictionary(Box::new(DataType::Int8), Box::new(ScalarValue::Utf8(Some(text))))))
}

/// What goes from one machine to another.
#[derive(Serialize, Deserialize)]
struct Sent {
    head: String,
    state: State,
}

/// Bytes that grow.
struct Grown(Vec<u8>);

impl postcard::ser_flavors::Flavor for Grown {
    type Output = Vec<u8>;

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Vec<u8>> {
        Ok(self.0)
    }
}

fn bad(e: impl std::error::Error + Send + Sync + 'static) -> DataFusionError {
    DataFusionError::External(Box::new(e))
}

/// What the engine gave, as rows counted.
pub fn part(bytes: &[u8]) -> Result<Part> {
    let sent: Sent = postcard::from_bytes(bytes).map_err(bad)?;
    let head: Head = serde_json::from_str(&sent.head).map_err(bad)?;
    let mut part = Part::new(&head);
    if part.merge(sent.state) { Ok(part) } else { exec_err!("what was counted is of another table") }
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Count {
    signature: Signature,
}

impl AggregateUDFImpl for Count {
    fn name(&self) -> &str {
        "clerestory_count"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Binary)
    }

    fn accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        Ok(Box::<Counting>::default())
    }

    // Sums do not depend on the order of rows.
    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

#[derive(Default)]
struct Counting {
    head: String,
    part: Option<Part>,
}

impl fmt::Debug for Counting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counting").field("rows", &self.part.as_ref().map(Part::rows)).finish_non_exhaustive()
    }
}

impl Counting {
    fn part(&mut self, head: &str) -> Result<&mut Part> {
        if self.part.is_none() {
            self.part = Some(Part::new(&serde_json::from_str(head).map_err(bad)?));
            self.head = head.to_string();
        }
        self.part.as_mut().ok_or_else(|| DataFusionError::Internal("no head".into()))
    }

    fn take(&mut self) -> Result<ScalarValue> {
        let Some(part) = self.part.take() else { return Ok(ScalarValue::Binary(None)) };
        let sent = Sent { head: std::mem::take(&mut self.head), state: part.state() };
        Ok(ScalarValue::Binary(Some(postcard::serialize_with_flavor(&sent, Grown(Vec::new())).map_err(bad)?)))
    }
}

impl Accumulator for Counting {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let [head, columns @ ..] = values else { return exec_err!("no head") };
        if head.is_empty() {
            return Ok(());
        }
        let texts = columns.iter().map(texts).collect::<Result<Vec<_>>>()?;
        let part = self.part(first(head)?)?;
        for r in 0..head.len() {
            part.row(&|c| texts[c].bytes(r));
        }
        Ok(())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let Some(states) = states.first().and_then(|s| s.as_any().downcast_ref::<BinaryArray>()) else { return exec_err!("no bytes to be added") };
        for bytes in states.iter().flatten() {
            let sent: Sent = postcard::from_bytes(bytes).map_err(bad)?;
            if !self.part(&sent.head)?.merge(sent.state) {
                return exec_err!("what was counted is of another table");
            }
        }
        Ok(())
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![self.take()?])
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        self.take()
    }

    fn size(&self) -> usize {
        size_of::<Counting>() + self.head.capacity() + self.part.as_ref().map_or(0, Part::held)
    }
}

/// The text that stands in every row.
fn first(array: &ArrayRef) -> Result<&str> {
    if let Some(d) = array.as_any().downcast_ref::<DictionaryArray<Int8Type>>()
        && let Some(s) = d.values().as_any().downcast_ref::<StringArray>()
        && let Some(k) = d.keys().iter().flatten().next()
        && let Some(k) = usize::try_from(k).ok().filter(|k| *k < s.len())
    {
        return Ok(s.value(k));
    }
    match array.data_type() {
        DataType::Utf8 => Ok(array.as_string::<i32>().value(0)),
        DataType::Utf8View => Ok(array.as_string_view().value(0)),
        other => exec_err!("a head that is no text: {other}"),
    }
}

/// A column as texts.
enum Texts<'a> {
    Plain(Cow<'a, StringArray>),
    Large(&'a datafusion::arrow::array::LargeStringArray),
    View(&'a datafusion::arrow::array::StringViewArray),
}

impl Texts<'_> {
    fn bytes(&self, r: usize) -> &[u8] {
        let (null, text) = match self {
            Texts::Plain(a) => (a.is_null(r), a.value(r)),
            Texts::Large(a) => (a.is_null(r), a.value(r)),
            Texts::View(a) => (a.is_null(r), a.value(r)),
        };
        if null { b"" } else { text.as_bytes() }
    }
}

fn texts(array: &ArrayRef) -> Result<Texts<'_>> {
    Ok(match array.data_type() {
        DataType::Utf8 => Texts::Plain(Cow::Borrowed(array.as_string())),
        DataType::LargeUtf8 => Texts::Large(array.as_string()),
        DataType::Utf8View => Texts::View(array.as_string_view()),
        // Numbers, days and truths as they are written: `1.5`, `2024-05-01`, `true`.
        _ => {
            let written = cast_with_options(array, &DataType::Utf8, &CastOptions { safe: false, ..CastOptions::default() })?;
            Texts::Plain(Cow::Owned(written.as_string().clone()))
        }
    })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Cell {
    signature: Signature,
}

impl ScalarUDFImpl for Cell {
    fn name(&self) -> &str {
        "clerestory_cell"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8View)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let [array] = &arrays[..] else { return exec_err!("one cell at a time") };
        let texts = texts(array)?;
        let mut out = StringViewBuilder::with_capacity(array.len());
        for r in 0..array.len() {
            out.append_option(std::str::from_utf8(elsewhere::cell(texts.bytes(r))).ok().filter(|t| !t.is_empty()));
        }
        Ok(ColumnarValue::Array(Arc::new(out.finish())))
    }
}
