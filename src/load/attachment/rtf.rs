//! The words of a text in RTF, without the words that control it: what a reader sees in one piece is one piece.

use encoding_rs::Encoding;

/// Groups that have no words of people.
static DEAF: &[&str] =
    &["fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "themedata", "colorschememapping", "latentstyles", "generator"];

/// Most groups within each other.
const DEPTH: usize = 1_000;

/// Groups whose words readers are not shown: properties, comments, fields before they are worked out.
static VEILED: &[&str] = &["info", "annotation", "atnauthor", "atnid", "atndate", "fldinst", "company", "manager", "hlinkbase", "userprops"];

/// The words of a text, and whether there are pictures or other files in it; nothing where it is no RTF.
pub(in crate::load) fn plain(text: &str) -> Option<(String, bool)> {
    read(text).map(|(out, pictures, _)| (out, pictures))
}

/// The words that readers are shown, those that they are not shown, and whether there are pictures.
pub(in crate::load) fn parted(text: &str) -> Option<(String, String, bool)> {
    let (all, pictures, veiled) = read(text)?;
    let (mut shown, mut hidden, mut at) = (String::new(), String::new(), 0);
    for r in veiled {
        shown.push_str(&all[at..r.start]);
        hidden.push_str(&all[r.clone()]);
        hidden.push('\n');
        at = r.end;
    }
    shown.push_str(&all[at..]);
    Some((shown, hidden, pictures))
}

/// Words, whether there are pictures, and which of the words are not shown.
fn read(text: &str) -> Option<(String, bool, Vec<std::ops::Range<usize>>)> {
    let b = text.as_bytes();
    if !b.starts_with(b"{\\rtf") {
        return None;
    }
    let (mut out, mut bytes, mut pictures) = (String::new(), Vec::new(), false);
    let mut page: &'static Encoding = encoding_rs::WINDOWS_1252;
    // Whether a group is left out, how many signs stand in for one of Unicode, whether it is shown to nobody, and its text hidden.
    let mut groups: Vec<(bool, usize, bool, bool)> = vec![(false, 1, false, false)];
    let mut veiled: Vec<std::ops::Range<usize>> = Vec::new();
    let mut since: Option<usize> = None;
    let mut stand_in = 0;
    let mut i = 0;
    let flush = |out: &mut String, bytes: &mut Vec<u8>, page: &'static Encoding| {
        if !bytes.is_empty() {
            out.push_str(&page.decode_without_bom_handling(bytes).0);
            bytes.clear();
        }
    };
    while i < b.len() {
        let (deaf, skip, aside, hidden) = *groups.last()?;
        if (aside || hidden) != since.is_some() {
            flush(&mut out, &mut bytes, page);
            match since.take() {
                Some(start) => veiled.push(start..out.len()),
                None => since = Some(out.len()),
            }
        }
        let before = i;
        match b[i] {
            b'{' => {
                if groups.len() < DEPTH {
                    groups.push((deaf, skip, aside, hidden));
                }
                i += 1;
            }
            b'}' => {
                if groups.len() > 1 {
                    groups.pop();
                }
                stand_in = 0;
                i += 1;
            }
            b'\r' | b'\n' => i += 1,
            b'\\' => {
                let n = b[i + 1..].iter().take(32).take_while(|c| c.is_ascii_alphabetic()).count();
                if n == 0 {
                    let sign = b.get(i + 1).copied().unwrap_or(b' ');
                    let coded = std::str::from_utf8(b.get(i + 2..i + 4).unwrap_or(b"")).ok().and_then(|h| u8::from_str_radix(h, 16).ok());
                    i += 2;
                    match (sign, coded) {
                        (b'\'', Some(c)) => {
                            i += 2;
                            if stand_in > 0 {
                                stand_in -= 1;
                            } else if !deaf {
                                bytes.push(c);
                            }
                        }
                        (b'*', _) => {
                            let word = text.get(i..).unwrap_or("");
                            // A group that some programs do not know: those of notes and addresses have words.
                            let known =
                                ["\\shptxt", "\\footnote", "\\annotation", "\\atn", "\\fldinst", "\\company", "\\manager", "\\hlinkbase", "\\userprops"];
                            if let Some(g) = groups.last_mut().filter(|_| !known.iter().any(|k| word.starts_with(k))) {
                                g.0 = true;
                            }
                        }
                        (b'~', _) if !deaf => bytes.push(b' '),
                        (b'_', _) if !deaf => bytes.push(b'-'),
                        (b'{' | b'}' | b'\\', _) if !deaf => bytes.push(sign),
                        (b'\n' | b'\r', _) if !deaf => bytes.push(b'\n'),
                        _ => {}
                    }
                } else {
                    let word = &text[i + 1..i + 1 + n];
                    i += 1 + n;
                    let digits = b[i..].iter().take(12).enumerate().take_while(|(k, c)| c.is_ascii_digit() || *k == 0 && **c == b'-').count();
                    let value: Option<i64> = text[i..i + digits].parse().ok();
                    i += digits;
                    i += usize::from(b.get(i) == Some(&b' '));
                    match word {
                        "ansicpg" => {
                            page = match value {
                                Some(936 | 54936) => encoding_rs::GBK,
                                Some(950) => encoding_rs::BIG5,
                                Some(932) => encoding_rs::SHIFT_JIS,
                                Some(949) => encoding_rs::EUC_KR,
                                Some(1251) => encoding_rs::WINDOWS_1251,
                                Some(65001) => encoding_rs::UTF_8,
                                _ => page,
                            }
                        }
                        "u" => {
                            if !deaf {
                                flush(&mut out, &mut bytes, page);
                                let code = value.map_or(0, |v| if v < 0 { v + 65_536 } else { v });
                                out.extend(u32::try_from(code).ok().and_then(char::from_u32));
                            }
                            stand_in = skip;
                        }
                        "uc" => {
                            if let Some(g) = groups.last_mut() {
                                g.1 = value.and_then(|v| usize::try_from(v).ok()).unwrap_or(1).min(8);
                            }
                        }
                        "par" | "line" | "row" | "sect" | "page" | "title" | "author" | "subject" | "operator" | "keywords" | "doccomm" if !deaf => {
                            bytes.push(b'\n')
                        }
                        "tab" | "cell" | "nestcell" if !deaf => bytes.push(b'\t'),
                        "emdash" | "endash" if !deaf => bytes.push(b'-'),
                        "emspace" | "enspace" | "qmspace" if !deaf => bytes.push(b' '),
                        "v" | "plain" => {
                            if let Some(g) = groups.last_mut() {
                                g.3 = word == "v" && value != Some(0);
                            }
                        }
                        w if VEILED.contains(&w) => {
                            if let Some(g) = groups.last_mut() {
                                g.2 = true;
                            }
                        }
                        "pict" | "objdata" | "bin" => {
                            pictures = true;
                            if let Some(g) = groups.last_mut() {
                                g.0 = true;
                            }
                            i += if word == "bin" { value.and_then(|v| usize::try_from(v).ok()).unwrap_or(0).min(b.len() - i) } else { 0 };
                            while !text.is_char_boundary(i) {
                                i += 1;
                            }
                        }
                        w if DEAF.contains(&w) => {
                            if let Some(g) = groups.last_mut() {
                                g.0 = true;
                            }
                        }
                        _ => {}
                    }
                }
            }
            c => {
                let n = text[i..].chars().next().map_or(1, char::len_utf8);
                if stand_in > 0 {
                    stand_in -= 1;
                } else if !deaf && c < 0x80 {
                    bytes.push(c);
                } else if !deaf {
                    flush(&mut out, &mut bytes, page);
                    out.push_str(&text[i..i + n]);
                }
                i += n;
            }
        }
        if i == before {
            break;
        }
        while i < b.len() && !text.is_char_boundary(i) {
            i += 1;
        }
    }
    flush(&mut out, &mut bytes, page);
    veiled.extend(since.map(|start| start..out.len()));
    Some((out, pictures, veiled))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_are_read_as_they_are_seen() {
        for (rtf, right) in [
            (r"{\rtf1\ansi 3201{\b 0219}850204\b0 1013}", "3201021985020410 13".replace(' ', "")),
            (r"{\rtf1\ansi\ansicpg936 \'d5\'c5\'c8\'fd \'31\'33}", "张三 13".into()),
            (r"{\rtf1\uc1 \u24352?\u19977\'3f 139\-1\_2}", "张三 1391-2".into()),
            (r"{\rtf1{\fonttbl{\f0 Arial 13912345678;}}{\info{\author 李四}}a\par b\~c}", "\n李四a\nb c".into()),
            (r"{\rtf1 139{\*\bkmkstart x}12345678}", "13912345678".into()),
            (r"{\rtf1 a{\pict 00ff}b}", "ab".into()),
            (r"{\rtf1 \{x\}\\", "{x}\\".into()),
        ] {
            assert_eq!(plain(rtf).map(|p| p.0), Some(right), "{rtf}");
        }
        assert!(plain(r"{\rtf1 a{\pict 00ff}b}").is_some_and(|p| p.1));
        let (shown, hidden, _) = super::parted(r"{\rtf1{\info{\author lisi}}a{\v x1}b\v x2\v0 c{\*\annotation x3}d\v x4\plain e}").unwrap();
        assert_eq!(shown, "abcde");
        assert!(["lisi", "x1", "x2", "x3", "x4"].iter().all(|w| hidden.contains(w)), "{hidden}");
        assert_eq!(plain("{rtf"), None);
        for part in ["{", "\\", "\\u1", "\\'", "\\bin9999999999 ", "{\\*", "张\\"] {
            let _ = plain(&format!("{{\\rtf1{}", part.repeat(100_000)));
        }
    }
}
