//! The text of a document, to its page.
#![no_main]

use clerestory_fuzz::with;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut text = "---\ntitle: 甲\ndepartment: d\npublished_at: 2025-01-01\n---\n".as_bytes().to_vec();
    text.extend_from_slice(data);
    with(&[], |p| {
        p.put("content/policies/a.md", &text);
        p.run(&["check", "--full"]);
    });
});
