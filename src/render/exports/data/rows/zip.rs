//! The zip to take away: data, `datapackage.json`, licence, citation.

use super::super::format::{Ends, Job, Pipe, Row, RowFormat, RowSink};
use super::super::package::Package;
use crate::output::{Sink, hex};
use serde_json::json;
use std::io::{self, Write};
use zip::write::{SimpleFileOptions, StreamWriter};

/// Everything that goes with a table.
pub static FORMAT: RowFormat = RowFormat {
    name: "zip",
    fits: |_, _| 1,
    path: |name, _| format!("{name}.zip"),
    others: None,
    kept: true,
    download: true,
    schema: true,
    output: None,
    open,
};

struct Zip {
    entry: u32,
    pipe: Pipe,
    zip: zip::ZipWriter<StreamWriter<Pipe>>,
    package: Package,
}

fn options() -> SimpleFileOptions {
    // The day in it is the same in every build.
    SimpleFileOptions::default().last_modified_time(zip::DateTime::default()).large_file(true)
}

fn open(job: &mut Job, files: Vec<u32>, sink: &mut dyn Sink) -> io::Result<Option<Box<dyn RowSink>>> {
    let (Some(&entry), Some(package)) = (files.first(), job.package.take()) else { return Ok(None) };
    sink.open(entry)?;
    let pipe = Pipe::default();
    let mut zip = zip::ZipWriter::new_stream(pipe.clone());
    zip.start_file(package.data.clone(), options())?;
    Ok(Some(Box::new(Zip { entry, pipe, zip, package })))
}

impl RowSink for Zip {
    fn row(&mut self, _: &Row<'_>, _: &mut dyn Sink) -> io::Result<()> {
        Ok(())
    }

    fn lines(&mut self, csv: &[u8], sink: &mut dyn Sink) -> io::Result<()> {
        self.zip.write_all(csv)?;
        self.pipe.drain(self.entry, sink)
    }

    fn close(mut self: Box<Self>, ends: &mut Ends<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        if let Some(s) = self.package.json.pointer_mut("/resources/0/schema") {
            ends.schema.write(ends.table, s);
        }
        if let (Some((len, hash)), Some(r)) = (ends.csv, self.package.json.pointer_mut("/resources/0")) {
            r["bytes"] = json!(len);
            r["hash"] = json!(format!("sha256:{}", hex(&hash)));
        }
        let json = format!("{:#}\n", self.package.json);
        for (name, text) in [("datapackage.json", json.as_str()), ("LICENSE.txt", &self.package.license), ("CITATION.txt", &self.package.citation)] {
            self.zip.start_file(name, options())?;
            self.zip.write_all(text.as_bytes())?;
        }
        self.zip.finish()?;
        self.pipe.drain(self.entry, sink)?;
        sink.close(self.entry).map(drop)
    }
}
