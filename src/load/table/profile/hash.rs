//! The hash by which values of a column are told apart.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));

/// The hash by which values are told apart while they are counted; it never shows in a result.
pub(super) fn seeded(bytes: &[u8]) -> u64 {
    mixed(bytes, *SEED)
}

/// A well-mixed 64-bit hash of bytes, the same in every run (folded multiplication, as in wyhash).
pub fn hash(bytes: &[u8]) -> u64 {
    mixed(bytes, 0xA076_1D64_78BD_642F)
}

#[expect(non_snake_case, reason = "the names of the paper")]
fn mixed(bytes: &[u8], A: u64) -> u64 {
    const B: u64 = 0xE703_7ED1_A0B4_28DB;
    let fold = |a: u64, b: u64| {
        let m = u128::from(a) * u128::from(b);
        (m as u64) ^ ((m >> 64) as u64)
    };
    let mut h = A ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for c in &mut chunks {
        h = fold(h ^ u64::from_le_bytes(c.try_into().unwrap_or_default()), B);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut last = [0u8; 8];
        last[..rest.len()].copy_from_slice(rest);
        h = fold(h ^ u64::from_le_bytes(last), B);
    }
    fold(h ^ B, A ^ bytes.len() as u64)
}
