//! Bytes of a page to its text, in whatever encoding.

use encoding_rs::{Encoding, UTF_8};

/// The text, and the encoding that it was in.
pub(super) fn decode(bytes: &[u8]) -> (String, &'static Encoding) {
    if let Some((e, mark)) = Encoding::for_bom(bytes) {
        return (e.decode_without_bom_handling(&bytes[mark..]).0.into_owned(), e);
    }
    // What is sound UTF-8 is UTF-8, whatever the page says of itself.
    // But a few words in GBK may be sound UTF-8 by chance (联通): signs of two bytes alone, none of them Chinese.
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        let chance = || !text.is_ascii() && text.chars().all(|c| c < '\u{800}');
        match declared(bytes).filter(|e| *e != UTF_8 && !e.is_single_byte() && chance()) {
            Some(e) => return (e.decode_without_bom_handling(bytes).0.into_owned(), if e == encoding_rs::GBK { encoding_rs::GB18030 } else { e }),
            None => return (text.to_string(), UTF_8),
        }
    }
    let e = declared(bytes).filter(|e| *e != UTF_8).unwrap_or_else(|| guessed(bytes));
    // GBK is a part of GB 18030, and pages that say the one hold the other.
    let e = if e == encoding_rs::GBK { encoding_rs::GB18030 } else { e };
    (e.decode_without_bom_handling(bytes).0.into_owned(), e)
}

/// The encoding that a page says it has, where browsers would believe it and show other signs than its bytes hold.
pub(super) fn mistold(bytes: &[u8], is: &'static Encoding) -> Option<&'static Encoding> {
    if bytes.is_ascii() || Encoding::for_bom(bytes).is_some() {
        return None;
    }
    let said = declared(bytes)?;
    let family = |e: &'static Encoding| if e == encoding_rs::GBK { encoding_rs::GB18030 } else { e };
    (family(said) != family(is)).then_some(said)
}

/// `<meta charset=gbk>`, `<meta http-equiv=… content="text/html; charset=big5">`: bytes that a browser looks at, too.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset")? + 7;
    let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b':')).unwrap_or(rest.len());
    Encoding::for_label(&rest[..end])
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 16)], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_every_encoding() {
        let text = "<html><meta charset=gb2312><title>甲市人民政府关于印发养老服务规定的通知</title>";
        let (gbk, ..) = encoding_rs::GBK.encode(text);
        assert_eq!(decode(&gbk).0, text);
        let bare = "<html><title>甲市人民政府关于印发养老服务规定的通知，各县区人民政府，市直各部门</title>";
        let (undeclared, ..) = encoding_rs::GBK.encode(bare);
        assert_eq!(decode(&undeclared).0, bare);
        let big = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=big5\"><title>臺北市政府公告資訊</title>";
        let (big5, ..) = encoding_rs::BIG5.encode(big);
        assert_eq!((decode(&big5).0.as_str(), decode(&big5).1.name()), (big, "Big5"));
        assert_eq!(decode("<meta charset=gbk>一".as_bytes()).1, UTF_8);
        assert_eq!(mistold("<meta charset=gb2312>一".as_bytes(), UTF_8).map(Encoding::name), Some("GBK"));
        assert_eq!(mistold(&gbk, encoding_rs::GB18030), None);
        assert_eq!(mistold("<meta charset=utf-8>一".as_bytes(), UTF_8), None);
        let (few, ..) = encoding_rs::GBK.encode("<meta charset=gbk><title>联通</title>");
        assert_eq!((decode(&few).0.contains("联通"), mistold(&few, decode(&few).1)), (true, None));
        let rare = "<meta charset=gbk>𠅤㛃";
        let (gb, ..) = encoding_rs::GB18030.encode(rare);
        assert_eq!(decode(&gb).0, rare);
    }
}
