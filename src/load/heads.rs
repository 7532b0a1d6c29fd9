//! What heads in the usual form and in disguise are known by.

use crate::diag::Text;

/// A head that is none: place, sentence, hint.
pub(super) type Told = (usize, usize, Text, Text);

/// Blanks that are not seen, beside those of Unicode's list.
pub(super) fn odd_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{180E}')
}

/// A line that only tells something to who writes, as may stand anywhere in a head: `# 示例，看过后删去。`, also with a full-width
/// `＃`, and the comments of other formats.
pub(super) fn remark(line: &str) -> bool {
    let line = line.trim_matches(odd_blank);
    line.starts_with(['#', '＃', '﹟']) && !line.starts_with("#+")
        || line.starts_with("//")
        || line.starts_with("% ")
        || line.starts_with("<!--") && line.ends_with("-->")
}

/// A line that somebody means to be `---`, but that line itself.
pub(super) fn is_fence(line: &str) -> bool {
    // Nearly every line begins with a word.
    if line.starts_with(|c: char| c.is_alphanumeric() && c != '一' && c != 'ー') {
        return false;
    }
    let n = line.chars().count();
    let dashes = line.chars().all(|c| matches!(c, '-' | '—' | '–' | '―' | '－' | '─' | '━' | '﹣' | '−' | 'ー' | '‐' | '‑' | '‒' | '⸺' | '⸻' | '一'));
    // 一一一 is three Chinese numerals, typed where a dash was meant; one alone is a word.
    let odd = dashes && line != "---" && (n >= 2 || line == "⸺" || line == "⸻" || line == "—");
    odd || n >= 3 && ["*", "_", "=", "~", "+", ";", "＋", "＊", "＝", "＿", "*", "#"].iter().any(|m| line.trim_matches(|c| m.starts_with(c)).is_empty())
}

/// Field names that begin a head, of this tool and of others.
static HEAD_KEYS: &[&str] = &[
    "title",
    "draft",
    "date",
    "published_at",
    "issuer",
    "summary",
    "keywords",
    "tags",
    "categories",
    "category",
    "layout",
    "policies",
    "interpreter_org",
    "publisher",
    "description",
    "slug",
    "aliases",
    "author",
    "weight",
    "lastmod",
    "formed_on",
    "doc_no",
    "index_no",
    "permalink",
    "published",
    "theme",
    "status",
    "license",
    "organization",
    "expires_on",
    "effective_from",
    "withdrawn",
    "form",
    "contact",
    "type",
    "url",
    "lang",
    "issued",
    "template",
    "标题",
    "草稿",
];

/// True for the name of a field that begins a head.
pub(super) fn known(name: &str) -> bool {
    HEAD_KEYS.contains(&name.to_ascii_lowercase().as_str())
}

/// The fields of this tool that keep something from the public. Said twice with two values, either may be meant.
pub(super) fn own(name: &str) -> bool {
    matches!(name, "draft" | "published_at" | "withdrawn" | "issued" | "access_rights" | "mask")
}
