//! The ledger of addresses.
#![no_main]

use clerestory_fuzz::with;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    with(&[], |p| {
        p.put("urls.txt", data);
        p.run(&["check", "--full"]);
    });
});
