//! Workbooks of OpenDocument: each cell has its value and the text that is shown, and a cell or row may stand for
//! thousands of the same, which is why they are read here under a [`Budget`].

use super::cells::{self, Budget, COLUMNS, Fault, ROWS, Raw};
use super::numfmt::number;
use super::xlsx::{MERGES, SHEETS, attribute, key, open, part, reference};
use crate::load::looks;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::{FxHashMap, FxHashSet};

/// Whether an archive is a sheet of OpenDocument.
pub fn is_ours(bytes: &[u8]) -> bool {
    open(bytes).is_ok_and(|(_, names)| names.contains_key("content.xml") && !names.contains_key(&key("[Content_Types].xml")))
}

#[derive(Default)]
struct Cell {
    kind: String,
    value: Option<String>,
    formula: bool,
    repeat: u32,
    span: (u32, u32),
    text: String,
    paragraphs: usize,
    look: Option<String>,
    struck: bool,
    raised: bool,
    signs: bool,
}

/// How the letters of a style look where that matters.
#[derive(Debug, Clone, Default)]
struct Look {
    letters: Option<String>,
    ground: Option<String>,
    struck: bool,
    small: bool,
    up: Option<bool>,
}

impl Look {
    /// What properties of a style say.
    fn read(&mut self, e: &BytesStart<'_>) {
        let value = |k: &str| attribute(e, k);
        if let Some(c) = value("color") {
            self.letters = Some(c);
        }
        if let Some(c) = value("background-color") {
            self.ground = Some(c);
        }
        self.struck |= value("text-line-through-style").or_else(|| value("text-line-through-type")).is_some_and(|v| v != "none");
        self.small |= value("font-size").is_some_and(|v| looks::nothing(&v));
        if let Some(p) = value("text-position") {
            let first = p.split_whitespace().next().unwrap_or("");
            self.up = match first {
                "super" => Some(true),
                "sub" => Some(false),
                n => n.trim_end_matches('%').parse::<f64>().ok().filter(|n| *n != 0.0).map(|n| n > 0.0),
            };
        }
    }

    fn pale(&self) -> bool {
        let ground = self.ground.as_deref().filter(|g| *g != "transparent").unwrap_or("#ffffff");
        self.small || self.letters.as_deref().is_some_and(|c| looks::unseen(c, ground))
    }
}

impl Cell {
    /// Adds words in the style of the innermost span.
    fn put(&mut self, words: &str, spans: &[Option<String>], styles: &FxHashMap<String, Look>) {
        let look = spans.iter().rev().flatten().find_map(|s| styles.get(s));
        self.struck |= look.is_some_and(|l| l.struck) && !words.trim().is_empty();
        if let Some(t) = look.and_then(|l| l.up).and_then(|up| looks::raised(&self.text, words, up)) {
            self.raised = true;
            self.text.push_str(&t);
        } else if look.is_some_and(|l| l.up == Some(true)) && !words.trim().is_empty() {
            self.signs |= !self.text.ends_with(|c: char| c.is_ascii_alphabetic()) && words.chars().any(char::is_alphanumeric);
            let t = looks::sign(&self.text, words);
            self.text.push_str(t.as_deref().unwrap_or(words));
        } else {
            self.text.push_str(words);
        }
    }
}

/// Reads all sheets.
pub fn read(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Raw>, Fault> {
    let (mut zip, names) = open(bytes)?;
    if let Some(at) = names.get("meta-inf/manifest.xml") {
        let mut xml = part(&mut zip, *at, &mut budget.unpacked)?;
        let mut buf = Vec::new();
        loop {
            match xml.next(&mut buf)? {
                Event::Start(e) if e.local_name().as_ref() == "encryption-data" => return Err(Fault::Locked),
                Event::Eof => break,
                _ => {}
            }
        }
    }
    let at = *names.get("content.xml").ok_or_else(|| Fault::Broken("no content.xml".into()))?;
    let mut left = budget.unpacked;
    let mut xml = part(&mut zip, at, &mut left)?;
    let mut buf = Vec::new();
    let mut out: Vec<Raw> = Vec::new();
    let (mut style, mut hidden_styles): (String, FxHashSet<String>) = (String::new(), FxHashSet::default());
    // Styles of columns and rows that have no width or height; looks of cells and spans; spans that are open.
    let mut flat: FxHashSet<String> = FxHashSet::default();
    let mut styles: FxHashMap<String, Look> = FxHashMap::default();
    let mut spans: Vec<Option<String>> = Vec::new();
    // The usual styles of the columns, and groups of columns and rows that are folded, the innermost last.
    let mut usual: Vec<(u32, String)> = Vec::new();
    let mut groups: Vec<bool> = Vec::new();
    let mut depth = 0usize;
    let (mut row, mut column, mut at_column) = (0u32, 0u32, 0u32);
    let mut rows_of = 1u32;
    let mut line: Vec<(u32, String)> = Vec::new();
    let mut cell: Option<Cell> = None;
    // Inside comments and drawings of a cell, whose paragraphs are no part of it.
    let mut aside = 0usize;
    let mut closed = true;
    loop {
        match xml.next(&mut buf)? {
            Event::Start(e) => {
                let name = e.name();
                match name.as_ref() {
                    _ if aside > 0 => aside += 1,
                    "style:style" => style = attribute(&e, "name").unwrap_or_default(),
                    "style:table-properties" if attribute(&e, "display").as_deref() == Some("false") => {
                        hidden_styles.insert(style.clone());
                    }
                    "style:table-column-properties" if attribute(&e, "column-width").is_some_and(|w| looks::nothing(&w)) => {
                        flat.insert(style.clone());
                    }
                    "style:table-row-properties" if attribute(&e, "row-height").is_some_and(|w| looks::nothing(&w)) => {
                        flat.insert(style.clone());
                    }
                    "style:text-properties" | "style:table-cell-properties" if styles.len() < 70_000 || styles.contains_key(&style) => {
                        styles.entry(style.clone()).or_default().read(&e);
                    }
                    "table:table-column-group" | "table:table-row-group" if depth == 1 => {
                        groups.push(attribute(&e, "display").as_deref() == Some("false"));
                    }
                    "text:span" if cell.is_some() => spans.push(attribute(&e, "style-name")),
                    "table:table" => {
                        depth += 1;
                        if depth == 1 {
                            usual.clear();
                            if out.len() == SHEETS {
                                return Err(Fault::Sheets(SHEETS));
                            }
                            (row, at_column, closed) = (0, 0, false);
                            let hidden = attribute(&e, "style-name").is_some_and(|s| hidden_styles.contains(&s));
                            out.push(Raw { name: attribute(&e, "name").unwrap_or_default(), hidden, ..Raw::default() });
                        }
                    }
                    "table:table-column" if depth == 1 => {
                        let n = many(&e, "number-columns-repeated", COLUMNS);
                        if usual.len() < 1_000 {
                            usual.push((at_column + n, attribute(&e, "default-cell-style-name").unwrap_or_default()));
                        }
                        if (unseen(&e) || groups.contains(&true) || attribute(&e, "style-name").is_some_and(|s| flat.contains(&s)))
                            && let Some(raw) = out.last_mut()
                        {
                            cells::extend(&mut raw.hidden_columns, at_column.min(COLUMNS - 1), (at_column + n - 1).min(COLUMNS - 1));
                        }
                        at_column = (at_column + n).min(COLUMNS);
                    }
                    "table:table-row" if depth == 1 => {
                        rows_of = many(&e, "number-rows-repeated", ROWS);
                        column = 0;
                        line.clear();
                        if let Some(raw) = out.last_mut()
                            && (unseen(&e) || groups.contains(&true) || attribute(&e, "style-name").is_some_and(|s| flat.contains(&s)))
                        {
                            cells::extend(&mut raw.hidden_rows, row.min(ROWS - 1), (row + rows_of - 1).min(ROWS - 1));
                            raw.filtered |= attribute(&e, "visibility").as_deref() == Some("filter");
                        }
                    }
                    "table:table-cell" | "table:covered-table-cell" if depth == 1 => {
                        let mut c = Cell { repeat: many(&e, "number-columns-repeated", COLUMNS), span: (1, 1), ..Cell::default() };
                        c.kind = attribute(&e, "value-type").unwrap_or_default();
                        c.formula = attribute(&e, "formula").is_some();
                        // A column's own style stands for cells that name none.
                        c.look = attribute(&e, "style-name").or_else(|| usual.iter().find(|u| u.0 > column).map(|u| u.1.clone()));
                        spans.clear();
                        c.value = match c.kind.as_str() {
                            "date" => attribute(&e, "date-value"),
                            "time" => attribute(&e, "time-value"),
                            "boolean" => attribute(&e, "boolean-value"),
                            "string" => attribute(&e, "string-value"),
                            "" => None,
                            _ => e.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == "office:value").map(|a| a.value.to_string()),
                        };
                        if e.attributes().with_checks(false).flatten().any(|a| a.key.as_ref() == "calcext:value-type" && &*a.value == "error") {
                            c.kind = "error".into();
                        }
                        c.span = (many(&e, "number-rows-spanned", ROWS), many(&e, "number-columns-spanned", COLUMNS));
                        cell = Some(c);
                    }
                    "text:p" | "text:h" => {
                        if let Some(c) = &mut cell {
                            if c.paragraphs > 0 {
                                c.text.push('\n');
                            }
                            c.paragraphs += 1;
                        }
                    }
                    "text:s" => {
                        if let Some(c) = &mut cell {
                            let n = many(&e, "c", 1_000);
                            budget.text = budget.text.checked_sub(u64::from(n)).ok_or(Fault::Large)?;
                            c.text.extend(std::iter::repeat_n(' ', n as usize));
                        }
                    }
                    "text:tab" => cell.iter_mut().for_each(|c| c.text.push('\t')),
                    "text:line-break" => cell.iter_mut().for_each(|c| c.text.push('\n')),
                    "office:annotation" | "draw:frame" | "draw:custom-shape" | "table:shapes" | "text:ruby-text" => aside = 1,
                    _ => {}
                }
            }
            Event::End(e) => {
                if aside > 0 {
                    aside -= 1;
                    continue;
                }
                match e.name().as_ref() {
                    "table:table" => {
                        depth = depth.saturating_sub(1);
                        closed |= depth == 0;
                    }
                    "table:table-cell" | "table:covered-table-cell" if depth == 1 => {
                        let (Some(c), Some(raw)) = (cell.take(), out.last_mut()) else { continue };
                        if c.span != (1, 1) && raw.merges.len() < MERGES {
                            raw.merges.push([row, column, row.saturating_add(c.span.0 - 1).min(ROWS - 1), (column + c.span.1 - 1).min(COLUMNS - 1)]);
                        }
                        let mut t = text(&c, (row, column), raw);
                        if c.raised {
                            // As it is shown, whatever the program took it for.
                            t.clone_from(&c.text);
                            raw.odd.raised.add((row, column), &t);
                        } else if c.signs {
                            raw.odd.signs.add((row, column), &t);
                        }
                        if !t.trim().is_empty() {
                            let look = c.look.as_ref().and_then(|l| styles.get(l));
                            if look.is_some_and(Look::pale) {
                                raw.odd.pale.add((row, column), &t);
                            }
                            if c.struck || look.is_some_and(|l| l.struck) {
                                raw.odd.strike((row, column), &t);
                            }
                        }
                        if !t.is_empty() {
                            // Each copy is a cell of its own.
                            let n = c.repeat.min(COLUMNS.saturating_sub(column));
                            let copies = u64::from(n) * u64::from(rows_of);
                            budget.cells = budget.cells.checked_sub(copies).ok_or(Fault::Large)?;
                            raw.affixes.repeat((row, column), n, rows_of);
                            budget.text = budget.text.checked_sub(copies.saturating_mul(t.len() as u64)).ok_or(Fault::Large)?;
                            line.extend((0..n).map(|i| (column + i, t.clone())));
                        }
                        column = column.saturating_add(c.repeat).min(COLUMNS);
                    }
                    "table:table-column-group" | "table:table-row-group" if depth == 1 => drop(groups.pop()),
                    "text:span" => drop(spans.pop()),
                    "table:table-row" if depth == 1 => {
                        if let Some(raw) = out.last_mut()
                            && !line.is_empty()
                        {
                            for i in 0..rows_of.min(ROWS.saturating_sub(row)) {
                                raw.rows.push((row + i, line.clone()));
                            }
                        }
                        line.clear();
                        row = row.saturating_add(rows_of).min(ROWS);
                    }
                    _ => {}
                }
            }
            Event::Text(t) if aside == 0 => {
                if let Some(c) = cell.as_mut().filter(|c| c.paragraphs > 0) {
                    c.put(&t.xml10_content(), &spans, &styles);
                }
            }
            Event::CData(t) if aside == 0 => {
                if let Some(c) = cell.as_mut().filter(|c| c.paragraphs > 0) {
                    c.put(&t, &spans, &styles);
                }
            }
            Event::GeneralRef(r) if aside == 0 => {
                if let Some(c) = cell.as_mut().filter(|c| c.paragraphs > 0) {
                    c.text.extend(reference(&r));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !closed {
        return Err(Fault::Broken("a sheet ends in the middle".into()));
    }
    Ok(out)
}

fn many(e: &BytesStart<'_>, name: &str, most: u32) -> u32 {
    attribute(e, name).and_then(|v| v.trim().parse::<u64>().ok()).map_or(1, |n| n.clamp(1, u64::from(most)) as u32)
}

fn unseen(e: &BytesStart<'_>) -> bool {
    attribute(e, "visibility").is_some_and(|v| v != "visible")
}

/// The text of a cell.
fn text(c: &Cell, at: (u32, u32), raw: &mut Raw) -> String {
    let shown = c.text.trim();
    if c.formula && c.kind.is_empty() {
        raw.odd.uncached.add(at, "");
    }
    match (c.kind.as_str(), &c.value) {
        ("error", _) => {
            raw.odd.errors.add(at, shown);
            String::new()
        }
        // LibreOffice writes errors of formulas as texts, or as zeros that are shown so.
        (_, _) if c.formula && (matches!(shown, "#N/A" | "#REF!" | "#VALUE!" | "#DIV/0!" | "#NAME?" | "#NUM!" | "#NULL!") || shown.starts_with("Err:")) => {
            raw.odd.errors.add(at, shown);
            String::new()
        }
        ("float" | "currency", Some(v)) => match v.trim().parse::<f64>() {
            Ok(n) if n.is_finite() => {
                let zeros = shown.len() > 1 && shown.starts_with('0') && shown.bytes().all(|b| b.is_ascii_digit()) && shown.parse::<f64>() == Ok(n);
                if zeros { shown.to_string() } else { around(n, shown, at, raw).unwrap_or_else(|| raw.number(at, n, v.trim(), None, false)) }
            }
            _ => shown.to_string(),
        },
        ("percentage", Some(v)) => match v.trim().parse::<f64>() {
            Ok(n) if n.is_finite() => {
                let mut t = number(n * 100.0);
                let places = shown.trim_end_matches(['%', ' ']).rsplit_once(['.', ',']).map_or(0, |(_, d)| d.len().min(15));
                let has = t.find('.').map_or(0, |i| t.len() - i - 1);
                if has < places {
                    if has == 0 {
                        t.push('.');
                    }
                    t.extend(std::iter::repeat_n('0', places - has));
                }
                t.push('%');
                t
            }
            _ => shown.to_string(),
        },
        ("date", Some(v)) => {
            let text = day(v, shown);
            // The year, in four digits or two.
            let part = !shown.is_empty() && text.get(2..4).is_some_and(|y| !shown.contains(y));
            raw.day(at, part, &text, || Some(shown.to_string()).filter(|s| !s.is_empty()));
            text
        }
        ("time", Some(v)) => duration(v).unwrap_or_else(|| shown.to_string()),
        ("boolean", Some(v)) => v.clone(),
        ("string", Some(v)) if c.text.is_empty() => v.replace('\r', ""),
        _ => c.text.replace('\r', ""),
    }
}

/// A day as it is published.
fn day(v: &str, shown: &str) -> String {
    // A month is shown as a month.
    let months = |t: &str| t.ends_with('月') && t.contains('年') && t.chars().count() <= 8;
    if months(shown) {
        shown.to_string()
    } else if shown.contains(':') && !v.contains('T') {
        // Midnight, which the cell shows.
        format!("{v} 00:00:00")
    } else if shown.contains(':') {
        v.replace('T', " ")
    } else {
        v.trim_end_matches("T00:00:00").replace('T', " ")
    }
}

/// Notes the words that a cell shows around its number. Gives the text of one that is always published as shown.
fn around(v: f64, shown: &str, at: (u32, u32), raw: &mut Raw) -> Option<String> {
    let digit = |c: char| c.is_ascii_digit();
    let (first, last) = (shown.find(digit)?, shown.rfind(digit)?);
    let (before, after) = (&shown[..first], &shown[last + 1..]);
    let says = |t: &str| t.chars().any(|c| c.is_alphanumeric() || "¥￥$€£₩₹₽%％‰°℃~≈*".contains(c));
    // The number that is shown must be the one that is held: an exponent, a fraction or a scale is none.
    let inner: String = shown[first..=last].chars().filter(|c| c.is_ascii_digit()).collect();
    let held: String = number(v.abs()).chars().filter(char::is_ascii_digit).collect();
    let like = held.trim_matches('0').starts_with(inner.trim_matches('0').get(..inner.trim_matches('0').len().saturating_sub(1))?);
    if !(says(before) || says(after)) || after.contains('/') && !super::units::known_unit(after.trim()) || !like {
        return None;
    }
    if super::numfmt::always(v, before, after) {
        return Some(format!("{}{}", number(v), after.trim()));
    }
    raw.affixes.add(at, before, after);
    None
}

/// `PT30H00M00S` as `30:00:00`.
fn duration(v: &str) -> Option<String> {
    let (sign, rest) = v.strip_prefix('-').map_or(("", v), |r| ("-", r));
    let rest = rest.strip_prefix('P')?;
    let (days, time) = rest.split_once('T').unwrap_or((rest, ""));
    let mut seconds = 0f64;
    for (text, units) in [(days, [('D', 86_400.0), ('W', 604_800.0), (' ', 0.0)]), (time, [('H', 3_600.0), ('M', 60.0), ('S', 1.0)])] {
        let mut n = String::new();
        for c in text.chars() {
            if c.is_ascii_digit() || c == '.' || c == ',' {
                n.push(if c == ',' { '.' } else { c });
            } else {
                let unit = units.iter().find(|u| u.0 == c)?.1;
                seconds += n.parse::<f64>().ok()? * unit;
                n.clear();
            }
        }
        if !n.is_empty() {
            return None;
        }
    }
    let ms = (seconds * 1000.0).round();
    if !(0.0..1e13).contains(&ms) {
        return None;
    }
    let ms = ms as u64;
    let (s, rest) = (ms / 1000, ms % 1000);
    let mut out = format!("{sign}{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
    if rest > 0 {
        out.push_str(format!(".{rest:03}").trim_end_matches('0'));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let d = |t: &str| duration(t).unwrap_or_default();
        assert_eq!(
            (d("PT08H30M00S"), d("PT30H00M00S"), d("P1DT1H"), d("-PT1M30.5S")),
            ("08:30:00".into(), "30:00:00".into(), "25:00:00".into(), "-00:01:30.5".into())
        );
        assert_eq!((duration("PTH"), duration("8:30"), duration("PT9")), (None, None, None));
    }
}
