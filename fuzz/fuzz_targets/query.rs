//! A query of a built site, as `search` asks it.
#![no_main]

use clerestory_fuzz::with;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(query) = std::str::from_utf8(data) else { return };
    let text = "---\ntitle: 关于印发甲办法的通知\ndepartment: d\npublished_at: 2025-01-01\n---\n第一条 为了甲，制定本办法。\n";
    with(&[("content/policies/a.md", text.as_bytes())], |p| {
        if !p.path("public/index.html").exists() {
            // The plain profile: nothing that is asked of an authority holds this site back.
            p.put("site.yaml", b"title: T\nbase_url: https://portal.example/\nas_of: 2026-01-01\n");
            p.run(&["build", "--no-sync", "--allow-errors"]);
            assert!(p.path("public/index.html").exists(), "the site is built");
        }
        p.run(&["search", "--format", "json", "--", query]);
    });
});
