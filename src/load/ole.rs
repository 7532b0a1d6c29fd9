//! Compound files of Office before 2007 (DOC, XLS, PPT, WPS): streams by their names.

/// A compound file.
pub struct Compound<'a> {
    bytes: &'a [u8],
    size: usize,
    fat: Vec<u32>,
    directory: Vec<u8>,
}

const FREE: u32 = 0xFFFF_FFFA;

/// Two bytes at a place.
pub fn u16_at(b: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(b.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Four bytes at a place.
pub fn u32_at(b: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(b.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

impl<'a> Compound<'a> {
    /// Reads its tables; nothing where it is none.
    pub fn open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let shift = u16_at(bytes, 30).filter(|s| (7..=16).contains(s))? as usize;
        let size = 1usize << shift;
        let sectors = bytes.len() / size;
        let mut out = Compound { bytes, size, fat: Vec::new(), directory: Vec::new() };
        let mut of_fat: Vec<u32> = (0..109).filter_map(|i| u32_at(bytes, 76 + 4 * i)).filter(|n| *n < FREE).collect();
        let mut next = u32_at(bytes, 68)?;
        for _ in 0..sectors {
            if next >= FREE {
                break;
            }
            let s = out.sector(next)?;
            of_fat.extend((0..size / 4 - 1).filter_map(|i| u32_at(s, 4 * i)).filter(|n| *n < FREE));
            next = u32_at(s, size - 4)?;
        }
        of_fat.truncate(sectors);
        let mut fat: Vec<u32> = Vec::new();
        for n in of_fat {
            let s = out.sector(n)?;
            fat.extend((0..size / 4).map(|i| u32_at(s, 4 * i).unwrap_or(u32::MAX)));
        }
        out.fat = fat;
        out.directory = out.chain(u32_at(bytes, 48)?)?;
        Some(out)
    }

    fn sector(&self, n: u32) -> Option<&'a [u8]> {
        let at = (n as usize + 1).checked_mul(self.size)?;
        self.bytes.get(at..(at + self.size).min(self.bytes.len()))
    }

    fn chain(&self, mut n: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        for _ in 0..=self.bytes.len() / self.size {
            if n >= FREE {
                return Some(out);
            }
            out.extend_from_slice(self.sector(n)?);
            n = *self.fat.get(n as usize)?;
        }
        None
    }

    /// Names of its streams and folders.
    pub fn names(&self) -> Vec<String> {
        self.directory.chunks_exact(128).map(name).filter(|n| !n.is_empty()).collect()
    }

    /// The bytes of a stream by its name, whatever its case.
    pub fn stream(&self, wanted: &str) -> Option<Vec<u8>> {
        let e = self.directory.chunks_exact(128).find(|e| name(e).eq_ignore_ascii_case(wanted))?;
        let (start, len) = (u32_at(e, 116)?, u32_at(e, 120)? as usize);
        let mut stream = if len < u32_at(self.bytes, 56)? as usize {
            let root = self.chain(u32_at(self.directory.get(..128)?, 116)?)?;
            let small = 1usize << u16_at(self.bytes, 32).filter(|s| (3..=12).contains(s))?;
            let table = self.chain(u32_at(self.bytes, 60)?)?;
            let (mut out, mut n) = (Vec::new(), start);
            for _ in 0..=root.len() / small {
                if n >= FREE {
                    break;
                }
                let at = (n as usize).checked_mul(small)?;
                out.extend_from_slice(root.get(at..(at + small).min(root.len()))?);
                n = u32_at(&table, (n as usize).checked_mul(4)?)?;
            }
            out
        } else {
            self.chain(start)?
        };
        stream.truncate(len);
        Some(stream)
    }
}

fn name(entry: &[u8]) -> String {
    let len = (u16_at(entry, 64).unwrap_or(0) as usize).saturating_sub(2).min(62);
    let units: Vec<u16> = (0..len / 2).filter_map(|i| u16_at(entry, 2 * i)).collect();
    String::from_utf16_lossy(&units)
}
