//! What is said of a table: as JSON, as text, and as files that a portal can publish.

use crate::profile::Profiled;
use crate::source::Source;
use crate::{Result, fail};
use clerestory::diag::{Severity, Text};
use clerestory::load::table::profile::Profile;
use clerestory::personal::Sure;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A profile as it is written. It has no time and no machine in it: the same table gives the same bytes by any engine.
#[derive(Serialize)]
pub struct Report {
    /// Who made it.
    generator: String,
    /// Address, or the last part of a path.
    pub source: String,
    format: &'static str,
    files: usize,
    bytes: u64,
    /// Rows.
    pub rows: u64,
    /// Columns with no value twice and none missing.
    keys: Vec<String>,
    /// Columns, in order.
    pub columns: Vec<Column>,
    /// What to look at.
    pub findings: Vec<Finding>,
    /// The first rows; cells of columns that may hold personal data are left out.
    #[serde(skip)]
    pub preview: Vec<Vec<String>>,
}

/// A column.
#[derive(Serialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    unit: Option<String>,
    /// How it is stored.
    stored: String,
    /// Values of it are not told, as it may hold personal data.
    pub withheld: bool,
    /// Figures.
    #[serde(flatten)]
    pub profile: Profile,
}

/// Something to look at.
#[derive(Serialize)]
pub struct Finding {
    /// Code; `LAKE` for what only this program says.
    pub code: &'static str,
    /// Gravity.
    pub severity: &'static str,
    /// Column, from 1; 0 for the table.
    pub column: usize,
    message: Both,
    hint: Both,
}

#[derive(Serialize)]
struct Both {
    zh: String,
    en: String,
}

impl From<Text> for Both {
    fn from(t: Text) -> Both {
        Both { zh: t.zh, en: t.en }
    }
}

impl Report {
    /// Of a table that was profiled.
    pub fn new(source: &Source, found: Profiled) -> Report {
        let Profiled { read, keys, .. } = found;
        let table = read.table;
        // A name beside an address is told by a veto on the column of names.
        let vetoes = read.doubts.iter().filter(|d| d.severity == Severity::Veto && d.column > 0).map(|d| d.column);
        let hidden: BTreeSet<usize> = read.personal.iter().map(|p| p.column).chain(vetoes).map(|c| c.saturating_sub(1)).collect();
        let named = |c: &usize| table.names.get(*c).cloned().unwrap_or_default();
        let keys = keys.iter().map(named).collect();
        let mut findings: Vec<Finding> = read
            .doubts
            .into_iter()
            .map(|d| Finding { code: d.code, severity: d.severity.word(), column: d.column, message: d.message.into(), hint: d.hint.into() })
            .collect();
        for p in &read.personal {
            let (zh, en) = p.kind.names();
            let (cells, name, sure) = (p.cells, &p.name, p.sure == Sure::Yes);
            findings.push(Finding {
                code: "SEC003",
                severity: if sure { Severity::Veto } else { Severity::Warn }.word(),
                column: p.column,
                message: Both {
                    zh: format!("“{name}”{}{cells} 格{zh}", if sure { "有 " } else { "可能有 " }),
                    en: format!("\u{201c}{name}\u{201d} {} {en} ({cells} cells)", if sure { "has" } else { "may have" }),
                },
                hint: Both {
                    zh: "公开前去掉或遮盖这一列；这里没有写出它的值".into(),
                    en: "take the column out or mask it before the data are published; none of its values are written here".into(),
                },
            });
        }
        let units = table.units;
        let columns = table.names.iter().zip(table.columns).enumerate().map(|(c, (name, mut profile))| {
            let withheld = hidden.contains(&c);
            if withheld {
                (profile.min, profile.max, profile.mean, profile.example) = (None, None, None, None);
                profile.quantiles.clear();
                profile.histogram.clear();
                profile.top.clear();
            }
            let stored = source.stored.get(c).cloned().unwrap_or_default();
            Column { name: name.clone(), unit: units.get(c).cloned().flatten(), stored, withheld, profile }
        });
        let columns = columns.collect();
        let preview = table.preview.into_iter().map(|r| r.into_iter().enumerate().map(|(c, v)| if hidden.contains(&c) { "…".into() } else { v }).collect());
        Report {
            generator: format!("clerestory-lake {}", env!("CARGO_PKG_VERSION")),
            source: source.name.clone(),
            format: source.kind.name(),
            files: source.files.len(),
            bytes: source.bytes(),
            rows: table.rows,
            keys,
            columns,
            findings,
            preview: preview.collect(),
        }
    }

    /// As JSON, with a line's end.
    pub fn json(&self) -> Result<String> {
        match serde_json::to_string_pretty(self) {
            Ok(t) => Ok(t + "\n"),
            Err(e) => fail(format!("写不成 JSON：{e}"), format!("cannot be written as JSON: {e}")),
        }
    }

    /// Whether personal data were found for certain.
    pub fn vetoed(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Veto.word())
    }

    /// As text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{}  {}  files: {}  bytes: {}  rows: {}", self.source, self.format, self.files, self.bytes, self.rows);
        let _ = writeln!(out, "keys: {}", if self.keys.is_empty() { "-".into() } else { self.keys.join(", ") });
        for c in &self.columns {
            let p = &c.profile;
            let about = if p.exact { "" } else { "about " };
            let _ = write!(out, "\n{} ({}, stored as {})\n  missing {}  distinct {about}{}", c.name, p.kind.word(), c.stored, p.nulls, p.distinct);
            let _ = match p.unique {
                Some(true) => write!(out, "  unique"),
                Some(false) | None => Ok(()),
            };
            if c.withheld {
                let _ = writeln!(out, "\n  values are withheld: it may hold personal data");
                continue;
            }
            let of = |v: &Option<String>| v.clone().unwrap_or_else(|| "-".into());
            let _ = writeln!(out, "\n  min {}  max {}  mean {}", of(&p.min), of(&p.max), p.mean.map_or_else(|| "-".into(), |m| m.to_string()));
            if !p.quantiles.is_empty() {
                let all: Vec<String> = p.quantiles.iter().map(f64::to_string).collect();
                let _ = writeln!(out, "  5, 25, 50, 75, 95 %{}: {}", if p.sketched { " (within 0.4 %)" } else { "" }, all.join("  "));
            }
            for (v, n) in &p.top {
                let _ = writeln!(out, "  {n:>12}  {v}");
            }
        }
        if !self.findings.is_empty() {
            out.push('\n');
        }
        for f in &self.findings {
            let at = if f.column > 0 { format!(" column {}", f.column) } else { String::new() };
            let _ = writeln!(out, "{} {}{at}: {}\n    {}\n    {}", f.severity, f.code, f.message.zh, f.message.en, f.hint.en);
        }
        out
    }

    /// Writes the profile and the first rows beside the YAML of a dataset. Gives what to write into it.
    pub fn publish(&self, folder: &Path, address: Option<&str>) -> Result<String> {
        if !folder.is_dir() {
            return fail(format!("没有这个文件夹：{}", folder.display()), format!("there is no such folder: {}", folder.display()));
        }
        if self.vetoed() {
            return fail(
                "有个人信息，不写出供公开的文件；先去掉或遮盖那些列",
                "there are personal data: files to be published are not written; take these columns out or mask them first",
            );
        }
        let name = slug(&self.source);
        let (json, csv) = (folder.join(format!("{name}.profile.json")), folder.join(format!("{name}.preview.csv")));
        write(&json, self.json()?.as_bytes())?;
        let mut rows = csv::Writer::from_writer(Vec::new());
        let put = |w: &mut csv::Writer<Vec<u8>>, r: &[String]| w.write_record(r).map_err(std::io::Error::other);
        put(&mut rows, &self.columns.iter().map(|c| c.name.clone()).collect::<Vec<_>>())?;
        for r in &self.preview {
            put(&mut rows, r)?;
        }
        write(&csv, &rows.into_inner().map_err(|e| std::io::Error::other(e.to_string()))?)?;
        let url = address.map_or_else(|| if self.source.starts_with("https://") { self.source.clone() } else { "https://…".into() }, str::to_string);
        let (rows, shown, bytes, format) = (self.rows, self.preview.len(), self.bytes, self.format.to_uppercase());
        let mut out = format!(
            "resources:\n  - name: {name}\n    title: {}\n    url: \"{url}\"\n    format: {format}\n    bytes: {bytes}\n    description: {rows} rows\n    schema:\n      fields:\n",
            quoted(&self.source)
        );
        for c in &self.columns {
            let _ = writeln!(out, "        - {{name: {}, type: {}}}", quoted(&c.name), c.profile.kind.word());
        }
        let _ = write!(
            out,
            "  - name: {name}-preview\n    title: First {shown} of {rows} rows\n    path: {name}.preview.csv\n  - name: {name}-profile\n    title: Figures of all {rows} rows\n    path: {name}.profile.json\n"
        );
        Ok(out)
    }
}

/// A text as YAML takes it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A file is there whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut part = PathBuf::from(path);
    part.as_mut_os_string().push(".part");
    std::fs::write(&part, bytes)?;
    Ok(std::fs::rename(&part, path)?)
}

/// A name of ASCII letters, as anchors of pages have it.
fn slug(source: &str) -> String {
    let last = source.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let last = last.rsplit_once('.').map_or(last, |(a, _)| a).to_ascii_lowercase();
    let plain: String = last.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let plain = plain.split('-').filter(|p| !p.is_empty()).collect::<Vec<_>>().join("-");
    if plain.is_empty() { "table".into() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names() {
        assert_eq!(slug("s3://bucket/a/Trips_2024.parquet"), "trips-2024");
        assert_eq!(slug("出行"), "table");
        assert_eq!(slug("https://x.cn/d/all/"), "all");
    }
}
