//! Cards and calendars (vCard, iCalendar) as people read them: folded lines joined, values decoded.

use super::mail::{base64, decoded, quoted};

/// The text with its lines joined and its values decoded (`ENCODING=QUOTED-PRINTABLE`, `ENCODING=b`); nothing where it is none of these.
pub(in crate::load) fn plain(text: &str) -> Option<String> {
    let begin = text.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']).get(..7)?;
    if !begin.eq_ignore_ascii_case("BEGIN:V") {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((name, value)) = line.split_once(':') else {
            out.push_str(line);
            out.push('\n');
            continue;
        };
        let upper = name.to_ascii_uppercase();
        let mut value = value.to_string();
        let printable = upper.contains("QUOTED-PRINTABLE");
        loop {
            // A line of this encoding goes on behind a sign of equality, any other before a blank.
            if printable && value.ends_with('=') {
                value.pop();
                let Some(next) = lines.next() else { break };
                value.push_str(next);
            } else if let Some(next) = lines.next_if(|l| l.starts_with([' ', '\t'])) {
                value.push_str(&next[1..]);
            } else {
                break;
            }
        }
        let charset = upper.split(';').find_map(|p| p.strip_prefix("CHARSET=")).unwrap_or("");
        let in_base64 = upper.split(';').any(|p| matches!(p, "ENCODING=B" | "ENCODING=BASE64" | "BASE64"));
        if printable {
            value = decoded(&quoted(value.as_bytes(), false), charset);
        } else if in_base64 {
            // A picture is no text.
            let bytes = base64(value.as_bytes());
            value = String::from_utf8(bytes).ok().filter(|t| !t.contains(|c: char| c.is_control() && !c.is_whitespace())).unwrap_or(value);
        }
        out.push_str(name);
        out.push(':');
        out.push_str(&value);
        out.push('\n');
    }
    Some(out)
}
