//! Metafiles (EMF): the words that they draw. Word keeps one of the first page where it was asked for a thumbnail.

/// Most records of a file.
const RECORDS: usize = 1_000_000;

/// The words of a metafile, a line for each height; `None` where it draws none, or draws them by the numbers of their glyphs.
pub(super) fn words(bytes: &[u8]) -> Option<String> {
    let word = |at: usize| bytes.get(at..at.checked_add(4)?).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    // A header with the signature ` EMF`.
    if word(0)? != 1 || word(40)? != 0x464D_4520 {
        return None;
    }
    let (mut out, mut at, mut line) = (String::new(), 0usize, None);
    for _ in 0..RECORDS {
        let (Some(kind), Some(size)) = (word(at), word(at + 4)) else { break };
        if size < 8 {
            break;
        }
        // EMR_EXTTEXTOUTW
        if kind == 84 {
            let (y, n, from, options) = (word(at + 40)?, word(at + 44)? as usize, word(at + 48)? as usize, word(at + 52)?);
            if options & 0x10 != 0 {
                return None;
            }
            let start = at.checked_add(from)?;
            let text = bytes.get(start..start.checked_add(n.checked_mul(2)?)?)?;
            let signs: Vec<u16> = text.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
            if line.is_some_and(|l| l != y) {
                out.push('\n');
            }
            line = Some(y);
            out.push_str(&String::from_utf16_lossy(&signs));
        }
        let Some(next) = at.checked_add(size as usize) else { break };
        at = next;
    }
    (!out.trim().is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_of_a_page() {
        let mut file = vec![0u8; 108];
        file[0] = 1;
        file[4] = 108;
        file[40..44].copy_from_slice(b" EMF");
        for (y, text) in [(1u8, "王小明"), (1, "身份证"), (2, "甲")] {
            let signs: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let mut record = vec![0u8; 76];
            record[0] = 84;
            record[40] = y;
            record[44] = (signs.len() / 2) as u8;
            record[48] = 76;
            record.extend(&signs);
            while !record.len().is_multiple_of(4) {
                record.push(0);
            }
            record[4] = record.len() as u8;
            file.extend(record);
        }
        assert_eq!(words(&file).as_deref(), Some("王小明身份证\n甲"));
        assert_eq!(words(&file[..40]), None);
    }
}
