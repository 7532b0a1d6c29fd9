//! A GeoJSON of a dataset.
#![no_main]

use clerestory_fuzz::resource;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    resource("a.geojson", data);
});
