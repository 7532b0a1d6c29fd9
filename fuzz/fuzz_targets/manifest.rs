//! What a published site says of itself, and a part of one: read by `verify`, `deploy`, `merge` and the build that goes on with its log.
#![no_main]

use clerestory_fuzz::{exec, with};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    const FILES: [&str; 6] = ["manifest.json", "manifest.sha256", "log/checkpoint", "manifest.json.note", "log/tile/entries/000.p/1", ".clerestory-part"];
    let Some((first, rest)) = data.split_first() else { return };
    with(&[], |p| {
        let name = FILES[usize::from(*first) % FILES.len()];
        p.put(&format!("site/{name}"), rest);
        let site = p.path("site");
        exec(&["clerestory".into(), "verify".into(), site.clone().into()]);
        exec(&["clerestory".into(), "deploy".into(), p.path("www").into(), "--dry-run".into(), "--site".into(), site.clone().into()]);
        p.run(&["merge", &site.to_string_lossy()]);
        let _ = std::fs::remove_file(site.join(name));
    });
});
