//! A zip that is imported.
#![no_main]

use clerestory_fuzz::with;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    with(&[], |p| {
        p.put("in.zip", data);
        let source = p.path("in.zip");
        for kind in ["data-package", "hugo", "html"] {
            p.run(&["import", kind, &source.to_string_lossy(), "--dry-run"]);
        }
    });
});
