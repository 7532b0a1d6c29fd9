//! Pages (HTML): their words, a line for each block; what scripts and comments hold is looked through by the scan of the whole text.

use super::{Budget, Document, Reader};
use crate::load::spot::Spot;

/// HTML
pub(super) const READER: Reader = Reader { is, read };

fn is(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_ascii_lowercase();
    let head = head.trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with('<') && head.contains("<html") || head.starts_with("<table")
}

fn read(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    let Some(text) = (budget.words)(bytes) else { return };
    out.put(Spot::Text, plain(&text));
}

/// The words of a page, a line for each block; the cells of a row stand in one line, parted by tabs.
pub fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    // Where the cell that is open begins.
    let mut cell: Option<usize> = None;
    while let Some(open) = rest.find('<') {
        put(&rest[..open], &mut out);
        rest = &rest[open..];
        let close = if rest.starts_with("<!--") { rest.find("-->").map(|i| i + 3) } else { rest.find('>').map(|i| i + 1) };
        let Some(close) = close else { return out };
        let tag = rest[1..close].trim_start_matches('/').to_ascii_lowercase();
        let whole = &rest[1..close];
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        rest = &rest[close..];
        match name.as_str() {
            "script" | "style" | "template" => {
                let end = format!("</{name}");
                let low = rest.as_bytes();
                let at =
                    (0..low.len()).find(|i| low[*i] == b'<' && low[*i..].len() >= end.len() && low[*i..*i + end.len()].eq_ignore_ascii_case(end.as_bytes()));
                rest = at.map_or("", |i| &rest[i..]);
            }
            "td" | "th" => {
                ended(cell.take(), &mut out);
                out.push('\t');
                cell = (!whole.starts_with('/')).then_some(out.len());
            }
            "tr" | "table" => {
                ended(cell.take(), &mut out);
                if !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            // What stands in a form is seen.
            "input" => input(whole, &mut out),
            "a" | "b" | "i" | "em" | "strong" | "span" | "u" | "font" | "sub" | "sup" | "small" | "code" | "o" => {}
            _ if !out.ends_with('\n') => out.push('\n'),
            _ => {}
        }
    }
    put(rest, &mut out);
    out
}

/// A cell ends: where it has one line, its line is that of its row, whatever blocks and line ends of the source stand around it.
fn ended(cell: Option<usize>, out: &mut String) {
    let Some(text) = cell.and_then(|at| out.get(at..)) else { return };
    let bare = text.trim();
    if bare.len() < text.len() && bare.len() <= CELL && !bare.contains(['\n', '\t']) {
        let (bare, at) = (bare.to_string(), out.len() - text.len());
        out.truncate(at);
        out.push_str(&bare);
    }
}

/// Longest text of a cell; what is longer is a page laid out in a table.
const CELL: usize = 400;

/// The value of a field of a form, unless it is one that is not seen.
fn input(tag: &str, out: &mut String) {
    let low = tag.to_ascii_lowercase();
    let Some(at) = low.find("value=").filter(|_| low.len() == tag.len() && !low.contains("submit") && !low.contains("button")) else { return };
    let rest = &tag[at + 6..];
    let value = match rest.chars().next() {
        Some(q @ ('"' | '\'')) => rest[1..].split(q).next().unwrap_or(""),
        _ => rest.split([' ', '>', '/', '\n']).next().unwrap_or(""),
    };
    put(value, out);
    out.push(' ');
}

fn put(text: &str, out: &mut String) {
    if !text.trim().is_empty() {
        decode(text, out);
    }
}

/// Adds a text with what its entities stand for.
pub(crate) fn decode(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(i) = rest.find('&') {
        out.push_str(&rest[..i]);
        rest = &rest[i..];
        let end = rest.as_bytes().iter().take(12).position(|c| *c == b';');
        let sign = end.and_then(|e| {
            let name = &rest[1..e];
            let number = name.strip_prefix("#x").or(name.strip_prefix("#X")).map(|h| u32::from_str_radix(h, 16)).or(name.strip_prefix('#').map(str::parse));
            match (number, name) {
                (Some(Ok(n)), _) => char::from_u32(n),
                (_, "nbsp") => Some(' '),
                (_, "lt") => Some('<'),
                (_, "gt") => Some('>'),
                (_, "amp") => Some('&'),
                (_, "quot") => Some('"'),
                (_, "apos") => Some('\''),
                (_, "ensp" | "emsp" | "thinsp") => Some(' '),
                (_, "times") => Some('×'),
                (_, "deg") => Some('°'),
                (_, "plusmn") => Some('±'),
                (_, "middot") => Some('·'),
                (_, "sup2") => Some('²'),
                (_, "sup3") => Some('³'),
                (_, "permil") => Some('‰'),
                (_, "yen") => Some('¥'),
                (_, "ndash") => Some('–'),
                (_, "mdash") => Some('—'),
                (_, "hellip") => Some('…'),
                (_, "ldquo") => Some('“'),
                (_, "rdquo") => Some('”'),
                _ => None,
            }
        });
        match (sign, end) {
            (Some(c), Some(e)) => {
                out.push(c);
                rest = &rest[e + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}
