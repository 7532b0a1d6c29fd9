//! What is to be profiled: a file or a folder, on a disk or in an object store.

use crate::{Failure, Result, fail, guard};
use clerestory::load::table::elsewhere::{Head, Other};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::datasource::file_format::FileFormat;
use datafusion::datasource::file_format::csv::CsvFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::execution::SessionStateBuilder;
use datafusion::prelude::SessionContext;
use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};
use std::sync::Arc;
use url::Url;

/// How the files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Parquet.
    Parquet,
    /// CSV, or parted by tabs.
    Csv,
}

impl Kind {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Parquet => "parquet",
            Kind::Csv => "csv",
        }
    }
}

/// A table in files.
pub struct Source {
    /// As it is told in a report: an address, or the last part of a path.
    pub name: String,
    /// See there.
    pub kind: Kind,
    /// The files, by name.
    pub files: Vec<ObjectMeta>,
    /// What is known of the table before its rows are read.
    pub head: Head,
    /// Columns of the engine, in the order of the head.
    pub columns: Vec<String>,
    /// How they are stored, in words of Arrow.
    pub stored: Vec<String>,
    /// Columns of lists, records and bytes, which are not profiled.
    pub nested: Vec<String>,
    /// A folder between is named `key=value`, which is no column here.
    pub parted: bool,
    /// The first rows of a CSV.
    first: Vec<Vec<String>>,
    base: Url,
    schema: SchemaRef,
    format: Arc<dyn FileFormat>,
    store: Arc<dyn ObjectStore>,
}

/// Rows that are looked at for a first value.
const FIRST: usize = 1_000;

fn url(text: &str) -> Result<Url> {
    if text.contains("://") {
        return Url::parse(text).map_err(|e| Failure(format!("不是地址：{text}（{e}）\nno address: {text} ({e})")));
    }
    let Ok(path) = std::fs::canonicalize(text) else { return fail(format!("没有这个文件：{text}"), format!("there is no such file: {text}")) };
    let url = if path.is_dir() { Url::from_directory_path(&path) } else { Url::from_file_path(&path) };
    url.map_err(|()| Failure(format!("不是地址：{text}\nno address: {text}")))
}

fn kind(path: &Path) -> Option<Kind> {
    let name = path.filename()?.to_ascii_lowercase();
    if name.starts_with(['.', '_']) {
        return None;
    }
    match name.rsplit_once('.')?.1 {
        "parquet" | "parq" => Some(Kind::Parquet),
        "csv" | "tsv" => Some(Kind::Csv),
        _ => None,
    }
}

/// Its files, sorted by name.
async fn files(store: &dyn ObjectStore, url: &Url) -> Result<Vec<ObjectMeta>> {
    let prefix = Path::from_url_path(url.path()).map_err(|e| Failure(format!("不是地址：{url}（{e}）\nno address: {url} ({e})")))?;
    if !url.path().ends_with('/')
        && let Ok(file) = store.head(&prefix).await
    {
        return Ok(vec![file]);
    }
    let mut all: Vec<ObjectMeta> = store.list(Some(&prefix)).try_collect().await?;
    all.retain(|f| kind(&f.location).is_some() && f.size > 0);
    all.sort_by(|a, b| a.location.cmp(&b.location));
    Ok(all)
}

impl Source {
    /// Finds the files and what their table looks like. CSV files are gone through once.
    pub async fn open(ctx: &SessionContext, text: &str) -> Result<Source> {
        let base = url(text)?;
        let store = ctx.runtime_env().object_store(ListingTableUrl::try_new(base.clone(), None)?.object_store())?;
        let files = files(&store, &base).await?;
        let name = if base.scheme() == "file" {
            base.path_segments()
                .and_then(|mut s| s.rfind(|p| !p.is_empty()))
                .map_or_else(String::new, |p| percent_encoding::percent_decode_str(p).decode_utf8_lossy().into_owned())
        } else {
            let mut shown = base.clone();
            // A key in an address is no part of its name.
            shown.set_query(None);
            let _ = shown.set_password(None);
            let _ = shown.set_username("");
            shown.to_string()
        };
        let Some(kind) = files.first().and_then(|f| kind(&f.location)) else {
            return fail(
                format!("{name}：没有 Parquet 或 CSV 文件（.parquet、.csv、.tsv）"),
                format!("{name}: there are no files of Parquet or CSV (.parquet, .csv, .tsv)"),
            );
        };
        if let Some(f) = files.iter().find(|f| self::kind(&f.location) != Some(kind)) {
            return fail(
                format!("{name}：一个文件夹只能是一个表，既有 {} 又有 {}", files[0].location, f.location),
                format!("{name}: a folder is one table; there are {} and {}", files[0].location, f.location),
            );
        }
        let below = |f: &ObjectMeta| f.location.parts().rev().skip(1).any(|p| p.as_ref().split_once('=').is_some_and(|(k, _)| !k.is_empty()));
        let parted = files.iter().any(below);
        let bare = Source {
            name,
            kind,
            head: Head::of_names(Vec::new()),
            columns: Vec::new(),
            stored: Vec::new(),
            nested: Vec::new(),
            parted,
            first: Vec::new(),
            base,
            schema: Arc::new(Schema::empty()),
            format: Arc::new(ParquetFormat::default()),
            files,
            store,
        };
        match kind {
            Kind::Parquet => bare.parquet(ctx).await,
            Kind::Csv => bare.csv().await,
        }
    }

    /// Bytes of all its files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|f| f.size).sum()
    }

    async fn parquet(mut self, ctx: &SessionContext) -> Result<Source> {
        let format = ParquetFormat::default().with_enable_pruning(false);
        self.schema = format.infer_schema(&ctx.state(), &self.store, &self.files).await?;
        let nested =
            |t: &DataType| t.is_nested() || matches!(t, DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_));
        self.nested = self.schema.fields().iter().filter(|f| nested(f.data_type())).map(|f| f.name().clone()).collect();
        let flat: Vec<&Arc<Field>> = self.schema.fields().iter().filter(|f| !nested(f.data_type())).collect();
        self.columns = flat.iter().map(|f| f.name().clone()).collect();
        self.stored = flat.iter().map(|f| f.data_type().to_string().replace("Utf8View", "Utf8")).collect();
        if self.columns.is_empty() {
            return fail(format!("{}：没有可以剖析的列", self.name), format!("{}: there are no columns that can be profiled", self.name));
        }
        self.head = Head::of_names(self.columns.clone());
        self.format = Arc::new(format);
        Ok(self)
    }

    async fn csv(mut self) -> Result<Source> {
        let tabs = self.files[0].location.as_ref().to_ascii_lowercase().ends_with(".tsv");
        let (sample, _) = guard::beginning(&self.store, &self.files[0]).await?;
        let sample = String::from_utf8_lossy(&sample).into_owned();
        self.head = head(&self.name, &sample, tabs)?;
        let records = |text: &str, most: usize| -> Vec<Vec<String>> {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(self.head.delimiter()).from_reader(text.as_bytes());
            reader.records().map_while(std::result::Result::ok).take(most).map(|r| r.iter().map(str::to_string).collect()).collect()
        };
        self.first = records(&sample, FIRST);
        let names: Vec<String> = self.first.first().map(|r| r.iter().map(|c| c.trim().to_string()).collect()).unwrap_or_default();
        let mut whole = false;
        for f in &self.files {
            let seen = guard::look(&self.store, f, self.head.delimiter(), self.head.headless()).await?;
            whole |= seen.whole;
            let top = records(&String::from_utf8_lossy(&seen.head), 1);
            let same = |r: &Vec<String>| r.len() == names.len() && (self.head.headless() || r.iter().zip(&names).all(|(a, b)| a.trim() == b));
            if !top.first().is_some_and(same) {
                return fail(
                    format!("{}：表头和 {} 的不同，不是同一个表", f.location, self.files[0].location),
                    format!("{}: its head is not that of {}, so it is another table", f.location, self.files[0].location),
                );
            }
        }
        if !self.head.headless() {
            self.first.remove(0);
        }
        self.columns = (0..self.head.names().len()).map(|i| format!("c{i}")).collect();
        self.stored = vec!["text".to_string(); self.columns.len()];
        self.schema = Arc::new(Schema::new(self.columns.iter().map(|c| Field::new(c, DataType::Utf8, true)).collect::<Vec<_>>()));
        let format = CsvFormat::default().with_has_header(!self.head.headless()).with_delimiter(self.head.delimiter()).with_newlines_in_values(whole);
        self.format = Arc::new(format);
        Ok(self)
    }

    /// The table as the engine reads it; `first`: of its first file alone.
    pub fn table(&self, first: bool) -> Result<Arc<ListingTable>> {
        let many = if first { &self.files[..1] } else { &self.files[..] };
        let urls = many.iter().map(|f| {
            let mut url = self.base.clone();
            url.set_path(f.location.as_ref());
            ListingTableUrl::try_new(url, None)
        });
        let urls = urls.collect::<datafusion::error::Result<Vec<_>>>()?;
        let options = ListingOptions::new(Arc::clone(&self.format)).with_file_extension("");
        let config = ListingTableConfig::new_with_multi_paths(urls).with_listing_options(options).with_schema(Arc::clone(&self.schema));
        Ok(Arc::new(ListingTable::try_new(config)?))
    }

    /// The first rows in their order, as texts.
    pub async fn rows(&self, here: &SessionContext) -> Result<Vec<Vec<String>>> {
        if self.kind == Kind::Csv {
            return Ok(self.first.clone());
        }
        let cells = self.columns.iter().map(|c| crate::count::cell().call(vec![column(c)]).alias(c));
        // By one thread: of several each begins where its part of the file does.
        let state = SessionStateBuilder::new_from_existing(here.state()).with_config(here.copied_config().with_target_partitions(1)).build();
        let alone = SessionContext::new_with_state(state);
        let batches = alone.read_table(self.table(true)?)?.limit(0, Some(FIRST))?.select(cells)?.collect().await?;
        let mut out = Vec::new();
        for b in &batches {
            for r in 0..b.num_rows() {
                let texts = b.columns().iter().map(|a| {
                    use datafusion::arrow::array::{Array, AsArray};
                    a.as_string_view_opt().filter(|a| !a.is_null(r)).map_or_else(String::new, |a| a.value(r).to_string())
                });
                out.push(texts.collect());
            }
        }
        Ok(out)
    }
}

/// A column by its very name, whatever capitals and points are in it.
pub fn column(name: &str) -> datafusion::logical_expr::Expr {
    datafusion::logical_expr::Expr::Column(datafusion::common::Column::new_unqualified(name))
}

fn head(name: &str, sample: &str, tabs: bool) -> Result<Head> {
    Head::of_text(sample, tabs).or_else(|why| {
        let (zh, en) = match why {
            Other::Nothing => ("没有表", "there is no table"),
            Other::Head => (
                "表头不是第一行，或不止一行。只留一行表头，或用 clerestory check 读取",
                "the head is not the first line, or has several. Leave one line of it, or have `clerestory check` read the file",
            ),
            Other::Second => ("里面有两个表。分成两个文件", "there are two tables in it. Make two files of them"),
            Other::Width => (
                "各行的格数和表头不同。补足或删去分隔符，或用 clerestory check 读取",
                "rows have other numbers of cells than the head. Correct the delimiters, or have `clerestory check` read the file",
            ),
        };
        fail(format!("{name}：{zh}"), format!("{name}: {en}"))
    })
}
