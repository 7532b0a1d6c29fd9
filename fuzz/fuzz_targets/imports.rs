//! A source of an importer: the first byte chooses which.
#![no_main]

use clerestory_fuzz::{with, zipped};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    const KINDS: [(&str, &str); 9] = [
        ("dcat-us", "data.json"),
        ("ckan", "ckan.json"),
        ("udata", "udata.json"),
        ("data-package", "datapackage.json"),
        ("csv", "list.csv"),
        ("hugo", "a.md"),
        ("html", "a.html"),
        ("text", "a.txt"),
        ("docx", "a.docx"),
    ];
    let Some((first, rest)) = data.split_first() else { return };
    let (kind, name) = KINDS[usize::from(*first) % KINDS.len()];
    let bytes = if kind == "docx" { zipped("word/document.xml", rest) } else { rest.to_vec() };
    with(&[], |p| {
        let file = format!("in/{kind}/{name}");
        p.put(&file, &bytes);
        let source = p.path(&file);
        p.run(&["import", kind, &source.to_string_lossy(), "--type", "policies", "--dry-run"]);
    });
});
