//! Private keys: the block that programs write, with its data behind its header.

/// How a key of whatever program begins: PKCS #8, OpenSSH, RSA, EC, PGP.
static HEAD: &str = "-----BEGIN ";

/// Bytes behind a header in which its data begin: fields of their own may stand before them (`Proc-Type:`, `Version:`).
const NEAR: usize = 600;
/// Fewest signs of data in a row. A sentence that only names the header has none.
const DATA: usize = 24;

/// The first private key in a text: where its header stands, and how long that is.
pub(super) fn private(text: &str) -> Option<(usize, usize)> {
    let b = text.as_bytes();
    memchr::memmem::find_iter(b, HEAD).find_map(|at| {
        let name = &b[at + HEAD.len()..b.len().min(at + HEAD.len() + 60)];
        let end = memchr::memmem::find(name, b"-----")?;
        let of = &name[..end];
        let key = of.ends_with(b"PRIVATE KEY") || of == b"PGP PRIVATE KEY BLOCK" || of == b"SSH2 ENCRYPTED PRIVATE KEY";
        let from = at + HEAD.len() + end + 5;
        let mut run = 0;
        let data = || {
            b[from..b.len().min(from + NEAR)].iter().any(|c| {
                run = if c.is_ascii_alphanumeric() || matches!(c, b'+' | b'/' | b'=') { run + 1 } else { 0 };
                run >= DATA
            })
        };
        (key && { data }()).then_some((at, from - at))
    })
}

#[cfg(test)]
mod tests {
    use super::private;

    const DATA: &str = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";

    #[test]
    fn keys_and_what_only_names_them() {
        for head in ["PRIVATE KEY", "OPENSSH PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK"] {
            for text in [
                format!("-----BEGIN {head}-----\n{DATA}\n-----END {head}-----\n"),
                format!("const k = \"-----BEGIN {head}-----\\n{DATA}\";"),
                format!("甲\n-----BEGIN {head}-----\nProc-Type: 4,ENCRYPTED\n\n{DATA}"),
            ] {
                assert_eq!(private(&text).map(|(i, n)| &text[i..i + n]), Some(&*format!("-----BEGIN {head}-----")), "{text}");
            }
        }
        for text in [
            "私钥文件以 -----BEGIN PRIVATE KEY----- 开头，请妥善保管。".to_string(),
            "A file that begins with -----BEGIN RSA PRIVATE KEY----- is a key and must not be published.".into(),
            format!("-----BEGIN PUBLIC KEY-----\n{DATA}\n"),
            format!("-----BEGIN CERTIFICATE-----\n{DATA}\n"),
        ] {
            assert_eq!(private(&text), None, "{text}");
        }
    }
}
