//! OD004: no file that a program can read.

use super::*;
use crate::diag::say;

/// OD004
pub(super) static RULE: Rule = Rule {
    code: "OD004",
    title: Phrase { zh: "没有机器可读的文件", en: "no file that a program can read" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "开放数据至少要有一份 CSV、JSON、XML 一类程序能直接读的文件；只有 PDF、图片或网页，别人只能重新录入。",
        en: "Open data have at least one file that a program can read: CSV, JSON, XML. From a PDF, a picture or a page others can only type it anew.",
    },
    source: "上海、浙江对公共数据开放的定义：原始性、可机器读取、可供社会化再利用",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(d) = item.dataset().filter(|d| d.access != Some("closed")) else { return };
    let readable = |i: usize, r: &crate::model::Resource| match input.tables.get(item, i) {
        // Marks of a merge, or a pointer in its place, are told of and to be mended: the file is one that programs read.
        Some(read) => read.file.format.machine_readable() || !read.file.tables.is_empty() || read.file.doubts.iter().any(|d| d.code == "TAB029"),
        None => MACHINE.contains(&r.format.as_str()),
    };
    if !d.resources.iter().enumerate().any(|(i, r)| readable(i, r)) {
        found.key(
            item,
            "resources",
            say!("没有一份程序能直接读的文件", "none of its files can be read by a program"),
            say!("加一份 CSV（或 JSON、XML）；PDF 和图片可以作为补充", "add a CSV (or JSON, XML); PDF and pictures may stand beside it"),
        );
    }
}

/// Formats told of files elsewhere.
static MACHINE: &[&str] =
    &["CSV", "TSV", "JSON", "JSONL", "NDJSON", "GEOJSON", "XML", "RDF", "TTL", "XLSX", "XLS", "ODS", "PARQUET", "GPKG", "KML", "GML", "SHP", "API", "SQLITE"];
