//! Tables to measure with: any number of bytes, the same in every run.

use crate::{Failure, Result, fail};
use datafusion::arrow::array::{ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// Bytes of a file.
const FILE: u64 = 128 << 20;
/// Rows of a batch.
const ROWS: u64 = 65_536;

/// A number that looks like none that was there before (splitmix64).
fn mixed(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

static PLACES: &[&str] = &["海淀区", "浦东新区", "武侯区", "雁塔区", "天河区", "江岸区", "历下区", "鼓楼区", "和平区", "南山区", "Kowloon", "大同區"];
static WORDS: &[&str] = &["晴", "小雨", "多云", "道路", "施工", "通行", "正常", "拥堵", "检修", "公告", "line", "stop", "delay", "open"];

/// A batch of rows from the one numbered `from` on: a key, a code with zeros in front, places, days, money, rates, truths, notes.
fn batch(from: u64, rows: u64) -> datafusion::error::Result<RecordBatch> {
    let of = |salt: u64| (from..from + rows).map(move |i| (i, mixed(i ^ (salt << 56))));
    let id: Int64Array = (from..from + rows).map(|i| Some(i as i64 + 1)).collect();
    let code: StringArray = of(1).map(|(_, r)| Some(format!("{:09}", r % 40_000))).collect();
    let place: StringArray = of(2).map(|(_, r)| Some(PLACES[(r % 12) as usize]).filter(|_| !r.is_multiple_of(97))).collect();
    let day: Date32Array = of(3).map(|(_, r)| Some(18_000 + (r % 2_000) as i32)).collect();
    let money =
        of(4).map(|(_, r)| Some(i128::from(r % 10_000_000)).filter(|_| !r.is_multiple_of(31))).collect::<Decimal128Array>().with_precision_and_scale(12, 2)?;
    let rate: Float64Array = of(5).map(|(_, r)| Some((r % 1_000_003) as f64 / 997.0)).collect();
    let truth: BooleanArray = of(6).map(|(_, r)| Some(r.is_multiple_of(3))).collect();
    let note: StringArray = of(7)
        .map(|(i, r)| {
            let word = |s: u32| WORDS[((r >> s) % 14) as usize];
            // Letters alone: figures by chance would be numbers of persons now and then.
            let letters: String = (0..12).map(|k| char::from(b'a' + ((mixed(i ^ r) >> (4 * k)) & 15) as u8)).collect();
            Some(format!("{}{} {letters} {}", word(0), word(8), word(16)))
        })
        .collect();
    let columns: Vec<(&str, ArrayRef, bool)> = vec![
        ("编号", Arc::new(id), true),
        ("线路代码", Arc::new(code), true),
        ("区", Arc::new(place), true),
        ("日期", Arc::new(day), true),
        ("金额", Arc::new(money), true),
        ("比率", Arc::new(rate), true),
        ("正点", Arc::new(truth), true),
        ("备注", Arc::new(note), true),
    ];
    Ok(RecordBatch::try_from_iter_with_nullable(columns)?)
}

/// Writes a folder of Parquet or CSV files of about so many bytes. Gives the number of rows.
pub fn make(folder: &Path, bytes: u64, csv: bool) -> Result<u64> {
    if folder.exists() && folder.read_dir()?.next().is_some() {
        return fail(format!("文件夹不是空的：{}", folder.display()), format!("the folder is not empty: {}", folder.display()));
    }
    std::fs::create_dir_all(folder)?;
    let (mut rows, mut done, mut n) = (0, 0, 0);
    while done < bytes {
        let most = FILE.min(bytes - done).max(1 << 20);
        let path = folder.join(format!("part-{n:05}.{}", if csv { "csv" } else { "parquet" }));
        let (r, b) = if csv { text(&path, rows, most)? } else { parquet(&path, rows, most)? };
        (rows, done, n) = (rows + r, done + b, n + 1);
    }
    Ok(rows)
}

fn parquet(path: &Path, from: u64, most: u64) -> Result<(u64, u64)> {
    let failed = |e: datafusion::parquet::errors::ParquetError| Failure(format!("写不成 Parquet：{e}\nParquet cannot be written: {e}"));
    // Row groups that several readers can share.
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_max_row_group_row_count(Some(262_144)).build();
    let mut writer = ArrowWriter::try_new(File::create(path)?, batch(0, 0)?.schema(), Some(properties)).map_err(failed)?;
    let mut rows = 0;
    while (writer.bytes_written() + writer.in_progress_size()) as u64 <= most {
        writer.write(&batch(from + rows, ROWS)?).map_err(failed)?;
        rows += ROWS;
    }
    writer.close().map_err(failed)?;
    Ok((rows, path.metadata()?.len()))
}

fn text(path: &Path, from: u64, most: u64) -> Result<(u64, u64)> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut rows = 0;
    let mut done = 0;
    let mut head = true;
    while done < most {
        let mut w = datafusion::arrow::csv::WriterBuilder::new().with_header(head).build(Vec::with_capacity(8 << 20));
        w.write(&batch(from + rows, ROWS)?).map_err(|e| Failure(format!("写不成 CSV：{e}\nCSV cannot be written: {e}")))?;
        let bytes = w.into_inner();
        out.write_all(&bytes)?;
        (rows, done, head) = (rows + ROWS, done + bytes.len() as u64, false);
    }
    out.flush()?;
    Ok((rows, path.metadata()?.len()))
}
