//! The head of a document.
#![no_main]

use clerestory_fuzz::with;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut text = b"---\n".to_vec();
    text.extend_from_slice(data);
    text.extend_from_slice("\n---\n正文\n".as_bytes());
    with(&[], |p| {
        p.put("content/policies/a.md", &text);
        p.run(&["check"]);
    });
});
