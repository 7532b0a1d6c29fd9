//! A page of another tool.
#![no_main]

use clerestory_fuzz::{exec, with};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    with(&[], |p| {
        p.put("other/index.html", data);
        let folder = p.path("other");
        exec(&["clerestory".into(), "audit".into(), folder.into()]);
    });
});
