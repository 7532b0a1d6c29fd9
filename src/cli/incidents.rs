//! What `verify` found, as a feed: an entry when something is wrong, another when it is right again.

use super::tr;
use crate::diag::{Tongue, clean};
use crate::trust::{Finding, Verdict, sha256};
use jiff::Timestamp;

/// Entries that are kept.
const KEPT: usize = 100;
/// Findings named in one entry.
const NAMED: usize = 50;

fn xml(text: &str) -> String {
    let plain = |c: char| if c < ' ' && c != '\n' { '\u{FFFD}' } else { c };
    text.chars().map(plain).collect::<String>().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// One finding in one line.
pub(super) fn line(f: &Finding, lang: Tongue) -> String {
    format!("{}{}{}\n", clean(&f.path), tr(lang, "：", ": "), clean(f.text.get(lang)))
}

/// The feed with what is new; `None` where nothing is. The old feed is one that this wrote.
pub(super) fn feed(old: &str, site: &str, verdict: &Result<Verdict, String>, now: Timestamp, lang: Tongue) -> Option<String> {
    let entries: Vec<&str> = old.split("<entry>").skip(1).filter_map(|e| e.split_once("</entry>").map(|(e, _)| e)).collect();
    let (state, title, text) = match verdict {
        Err(e) => ("unreachable".to_string(), tr(lang, "网站读不到", "The site cannot be read").to_string(), e.clone()),
        Ok(v) if v.findings.is_empty() => {
            let title = tr(lang, "网站与发布时相同", "The site is as it was published").to_string();
            ("good".to_string(), title, format!("{} {}", v.site, v.as_of))
        }
        Ok(v) => {
            let n = v.findings.len();
            let title = if lang == Tongue::Zh {
                format!("{n} 处与发布时不符")
            } else {
                crate::diag::counted(n as u64, "thing is not as it was published", "things are not as they were published")
            };
            let all: String = v.findings.iter().map(|f| line(f, lang)).collect();
            let shown: String = v.findings.iter().take(NAMED).map(|f| line(f, lang)).collect();
            (sha256(all.as_bytes())[..16].to_string(), title, shown)
        }
    };
    let last = entries.first().and_then(|e| e.split("scheme=\"state\" term=\"").nth(1)).and_then(|e| e.split('"').next());
    // A feed that begins with good news has none; the same trouble is told once.
    if last == Some(state.as_str()) || (last.is_none() && state == "good" && !old.is_empty()) {
        return None;
    }
    let stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ");
    let id = |what: &str| format!("urn:clerestory:verify:{}", &sha256(format!("{site}\n{what}").as_bytes())[..32]);
    let fresh = format!(
        "<id>{}</id><title>{}</title><updated>{stamp}</updated><category scheme=\"state\" term=\"{state}\"/><content type=\"text\">{}</content>",
        id(&format!("{stamp}{state}")),
        xml(&title),
        xml(&text)
    );
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>{}</id>\n<title>{}</title>\n<updated>{stamp}</updated>\n<author><name>clerestory verify</name></author>\n",
        id(""),
        xml(&format!("{}{site}", tr(lang, "网站核对：", "Verification of "))),
    );
    let silent = last.is_none() && state == "good";
    let all: Vec<&str> = (!silent).then_some(fresh.as_str()).into_iter().chain(entries.iter().copied()).take(KEPT).collect();
    Some(head + &all.iter().map(|e| format!("<entry>{e}</entry>\n")).collect::<String>() + "</feed>\n")
}
