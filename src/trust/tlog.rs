//! The tree of a log (RFC 6962) and its files (C2SP tlog-tiles, tlog-checkpoint).

use super::note::{base64, unbase64};
use sha2::{Digest, Sha256};

/// A hash of the tree.
pub type Hash = [u8; 32];

/// Hashes in a full tile, entries in a full bundle.
const WIDTH: u64 = 256;

/// The hash of an entry.
pub fn leaf(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a tree of these leaves.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [one] => *one,
        many => {
            // The largest power of two below the number.
            let left = many.len().next_power_of_two() / 2;
            node(&root(&many[..left]), &root(&many[left..]))
        }
    }
}

/// What a checkpoint says of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of its tree.
    pub root: Hash,
}

impl Checkpoint {
    /// Reads the text of a note.
    pub fn parse(text: &str) -> Option<Checkpoint> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let size: u64 = size.parse().ok().filter(|n: &u64| n.to_string() == size)?;
        let root = unbase64(root)?.try_into().ok()?;
        (!origin.is_empty()).then(|| Checkpoint { origin: origin.to_string(), size, root })
    }

    /// The text to be signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, base64(&self.root))
    }
}

/// `x001/x234/067` for 1,234,067, and the part's width where the tile is not full.
fn place(n: u64, width: u64) -> String {
    let mut out = format!("{:03}", n % 1000);
    let mut rest = n / 1000;
    while rest > 0 {
        out = format!("x{:03}/{out}", rest % 1000);
        rest /= 1000;
    }
    if width < WIDTH { format!("{out}.p/{width}") } else { out }
}

/// Number and width of each tile of a level with so many hashes.
fn spans(count: u64) -> impl Iterator<Item = (u64, u64)> {
    (0..count.div_ceil(WIDTH)).map(move |n| (n, (count - n * WIDTH).min(WIDTH)))
}

/// Paths of the bundles of entries of a log of that size, below its folder.
pub fn bundles(size: u64) -> Vec<(String, u64)> {
    spans(size).map(|(n, w)| (format!("tile/entries/{}", place(n, w)), w)).collect()
}

/// A bundle of entries, each of at most 65,535 bytes.
fn bundle(entries: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    for e in entries {
        out.extend((e.len() as u16).to_be_bytes());
        out.extend_from_slice(e);
    }
    out
}

/// The entries of a bundle; `None` where it does not hold exactly so many.
pub fn unbundle(mut bytes: &[u8], width: u64) -> Option<Vec<Vec<u8>>> {
    let mut out = Vec::new();
    while !bytes.is_empty() {
        let (len, rest) = bytes.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*len)))?;
        out.push(entry.to_vec());
        bytes = rest;
    }
    (out.len() as u64 == width).then_some(out)
}

/// All files of a log but its checkpoint, below its folder: tiles of hashes, bundles of entries.
pub fn files(entries: &[Vec<u8>]) -> Vec<(String, Vec<u8>)> {
    let mut out: Vec<(String, Vec<u8>)> = Vec::new();
    let whole = |n: u64, w: u64| (n * WIDTH) as usize..(n * WIDTH + w) as usize;
    for ((n, w), (path, _)) in spans(entries.len() as u64).zip(bundles(entries.len() as u64)) {
        out.push((path, bundle(&entries[whole(n, w)])));
    }
    let mut level: Vec<Hash> = entries.iter().map(|e| leaf(e)).collect();
    let mut height = 0;
    while !level.is_empty() {
        for (n, w) in spans(level.len() as u64) {
            out.push((format!("tile/{height}/{}", place(n, w)), level[whole(n, w)].concat()));
        }
        // A hash of the level above stands for a full tile.
        level = level.chunks_exact(WIDTH as usize).map(root).collect();
        height += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leaves and roots of the reference tests of Certificate Transparency.
    #[test]
    fn roots_are_those_of_rfc_6962() {
        let leaves: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let leaves: Vec<Hash> = leaves.iter().map(|l| leaf(l)).collect();
        let want = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        for (n, want) in want.iter().enumerate() {
            assert_eq!(crate::trust::hex(&root(&leaves[..n])), *want, "{n}");
        }
    }

    #[test]
    fn paths_are_those_of_tlog_tiles() {
        assert_eq!(place(0, 256), "000");
        assert_eq!(place(1_234_067, 256), "x001/x234/067");
        assert_eq!(place(273, 112), "273.p/112");
        assert_eq!(place(1000, 255), "x001/000.p/255");
        // The example of the specification: a tree of 70,000 entries.
        let entries: Vec<Vec<u8>> = (0..70_000u32).map(|n| n.to_be_bytes().to_vec()).collect();
        let paths: Vec<String> = files(&entries).into_iter().map(|(p, _)| p).collect();
        let count = |prefix: &str| paths.iter().filter(|p| p.starts_with(prefix)).count();
        assert_eq!((count("tile/0/"), count("tile/1/"), count("tile/2/"), count("tile/3/"), count("tile/entries/")), (274, 2, 1, 0, 274));
        for p in ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"] {
            assert!(paths.iter().any(|x| x == p), "{p}");
        }
    }

    #[test]
    fn bundles_are_read_whole_or_not() {
        let entries = vec![b"a".to_vec(), Vec::new(), vec![9; 300]];
        let bytes = bundle(&entries);
        assert_eq!(unbundle(&bytes, 3), Some(entries));
        assert_eq!(unbundle(&bytes, 2), None);
        assert_eq!(unbundle(&bytes[..bytes.len() - 1], 3), None);
        let c = Checkpoint { origin: "a.example".into(), size: 3, root: [1; 32] };
        assert_eq!(Checkpoint::parse(&c.text()), Some(c.clone()));
        assert_eq!(Checkpoint::parse(&c.text().replace("\n3\n", "\n03\n")), None);
    }
}
