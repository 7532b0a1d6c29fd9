//! Where links lead to: schemes, and paths of the author's own computer.

/// A path of the author's own computer, which leads nowhere for anybody else.
pub fn own_computer(dest: &str) -> bool {
    let d = dest.trim();
    let b = d.as_bytes();
    let drive = b.len() > 2 && b[0].is_ascii_alphabetic() && b[1] == b':' && matches!(b[2], b'\\' | b'/') && !d[2..].starts_with("//");
    let low = d.to_ascii_lowercase();
    let share = d.starts_with('\\') || low.starts_with("%5c");
    let home = ["/users/", "/home/", "/volumes/", "/private/", "/mnt/c/", "/tmp/", "~/"].iter().any(|p| low.starts_with(p));
    let unix = home && d.rsplit('/').next().is_some_and(|n| n.contains('.')) && low.matches('/').count() >= if low.starts_with('~') { 1 } else { 3 };
    drive || low.starts_with("file:") || share || unix
}

/// The scheme of a target, lower-cased, with the control characters and blanks a browser ignores taken out.
pub fn scheme(dest: &str) -> Option<String> {
    let head: String = dest.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take_while(|c| !matches!(c, '/' | '?' | '#')).collect();
    head.split_once(':').map(|(s, _)| s.to_ascii_lowercase())
}

/// The scheme of a target that must not become a link.
pub fn bad_scheme(dest: &str) -> Option<String> {
    scheme(dest).filter(|s| !matches!(s.as_str(), "http" | "https" | "mailto" | "tel" | "ftp"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_in_disguise() {
        for s in ["javascript:x", "JaVa\tScript:x", " javascript:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd"] {
            assert!(bad_scheme(s).is_some(), "{s}");
        }
        for s in ["https://a", "/a:b", "a.md#x:y", "mailto:a@b", "tel:12345", "?q=a:b"] {
            assert!(bad_scheme(s).is_none(), "{s}");
        }
    }

    #[test]
    fn own_computers() {
        for s in [
            r"C:\Users\a\b.docx",
            "D:/公文/a.pdf",
            "file:///c:/a.doc",
            "file://x",
            r"\\server\share\a.doc",
            r"\server\a",
            "/Users/a/b.pdf",
            "/home/a/x/b.pdf",
            "~/b.pdf",
        ] {
            assert!(own_computer(s), "{s}");
        }
        for s in ["a.pdf", "/users/", "/home/", "c://x", "https://a/Users/b.pdf", "/policies/a/", "mailto:a@b"] {
            assert!(!own_computer(s), "{s}");
        }
    }
}
