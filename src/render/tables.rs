//! Tables as pages show them: first rows, profile, notes. Cells are put into HTML here, once, and escaped.

use super::Ctx;
use super::escape::escape_into;
use crate::load::table::decimal;
use crate::load::table::layout::made_up;
use crate::load::table::profile::{Kind, Profile};
use crate::load::table::{PREVIEW, Table};
use crate::model::Resource;
use crate::theme::Messages;
use serde::Serialize;
use std::borrow::Cow;

/// The first rows of a table.
#[derive(Debug, Default, Serialize)]
pub struct PreviewView {
    /// Caption: how many rows are shown of how many.
    pub caption: String,
    /// Cells of the head, as HTML.
    pub head: String,
    /// Rows, as HTML.
    pub rows: String,
    /// The first column names the rows: each value stands once, and none is a measured number.
    pub heads: bool,
    /// A sentence where numbers are shown with fewer digits than they have.
    pub rounded: String,
    /// The rows with all digits then, as HTML: pointing at a cell is nothing on a phone.
    pub exact: String,
}

/// A column: dictionary and profile.
#[derive(Debug, Serialize)]
pub struct ColumnView {
    /// Name in the file.
    pub name: String,
    /// Title, where the dictionary has another.
    pub title: String,
    /// Type, in words.
    pub kind: String,
    /// Unit.
    pub unit: String,
    /// Meaning.
    pub description: String,
    /// Values missing, in words.
    pub missing: String,
    /// Different values, in words.
    pub distinct: String,
    /// Least to greatest, with the median; for texts the lengths.
    pub range: String,
    /// Most frequent values with counts.
    pub top: Vec<(String, String)>,
    /// Small histogram, as SVG; empty for texts.
    pub histogram: String,
    /// An example.
    pub example: String,
    /// Masked: what is shown is not what is in the source.
    pub masked: bool,
}

/// Longest cell shown, in characters.
const CELL: usize = 120;

/// A whole number with separators of thousands.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Puts separators of thousands into a decimal, from 10,000 on.
fn grouped(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |t| ("-", t));
    let (whole, fraction) = rest.split_once('.').map_or((rest, ""), |(w, f)| (w, f));
    let whole = match whole.parse::<u64>() {
        Ok(n) if n >= 10_000 => thousands(n),
        _ => whole.to_string(),
    };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A number that stands in the data, with all its digits, separators of thousands from 10,000 on.
pub fn value_text(x: f64) -> String {
    grouped(&decimal::text(x))
}

/// A number that was computed: rounded to about four digits (never a whole one cut, never to nothing), separators of
/// thousands from 10,000 on.
pub fn number_text(x: f64) -> String {
    let a = x.abs();
    if a > 0.0 && a < 1.0 {
        return decimal::significant(x, 4);
    }
    let decimals: usize = if a >= 1000.0 {
        0
    } else if a >= 100.0 {
        1
    } else {
        2
    };
    grouped(&decimal::rounded(x, decimals))
}

/// A share in per cent with one decimal: neither nothing nor all where it is not.
pub fn percent_text(n: u64, of: u64) -> String {
    let (n, of) = (u128::from(n.min(of)), u128::from(of.max(1)));
    match (n * 2000 + of) / (of * 2) {
        0 if n > 0 => "<0.1".into(),
        1000 if n < of => ">99.9".into(),
        tenths if tenths % 10 == 0 => (tenths / 10).to_string(),
        tenths => format!("{}.{}", tenths / 10, tenths % 10),
    }
}

/// Decimals that are shown of the measured numbers of a column, so that they can be read; `None` where all of them are.
/// Whole numbers, years, codes and coordinates are never rounded, nor is a column whose numbers are short.
pub fn shown_decimals(p: &Profile, name: &str) -> Option<usize> {
    const PLACES: [&str; 8] = ["lon", "lng", "lat", "经度", "纬度", "longitude", "latitude", "坐标"];
    if p.kind != Kind::Number || PLACES.iter().any(|w| name.to_lowercase().contains(w)) {
        return None;
    }
    let size = |t: &Option<String>| t.as_deref().and_then(|t| t.trim().parse::<f64>().ok()).map_or(0.0, f64::abs);
    let most = size(&p.min).max(size(&p.max));
    // Below one a fixed number of decimals could leave nothing of a small value.
    Some(match most {
        x if x >= 1e5 => 0,
        x if x >= 1e3 => 1,
        x if x >= 1.0 => 2,
        _ => return None,
    })
}

/// A number as it is read, and whether that is less than what stands in the file. Nothing is rounded to zero.
fn for_reading<'a>(v: &'a str, decimals: Option<usize>) -> (Cow<'a, str>, bool) {
    let Some(decimals) = decimals else { return (Cow::Borrowed(v), false) };
    let Some((whole, fraction)) = v.split_once('.') else { return (Cow::Borrowed(v), false) };
    let plain = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if fraction.len() <= decimals || !plain(whole.strip_prefix('-').unwrap_or(whole)) || !plain(fraction) {
        return (Cow::Borrowed(v), false);
    }
    match v.parse::<f64>() {
        Ok(x) => {
            let short = decimal::rounded(x, decimals);
            if x != 0.0 && short.bytes().all(|b| matches!(b, b'0' | b'.' | b'-')) { (Cow::Borrowed(v), false) } else { (Cow::Owned(short), true) }
        }
        Err(_) => (Cow::Borrowed(v), false),
    }
}

/// Numbers stand to the right.
pub fn numeric(kind: Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Number)
}

/// The title of a column in a language: of the dictionary, else its name. A column without a name is called by what its values
/// are (`kind`: years, days), else by its letter, as spreadsheets and findings call it.
pub fn title_of(ctx: &Ctx<'_>, resource: &Resource, name: &str, lang: usize, kind: Option<Kind>) -> String {
    let told = resource.fields.iter().find(|f| f.name == name).map(|f| f.title.get(lang)).filter(|t| !t.is_empty());
    match told {
        None if made_up(name) => match kind {
            Some(Kind::Year) => ctx.say(lang, "column.year"),
            Some(Kind::Date) => ctx.say(lang, "column.day"),
            _ => {
                let place = name.rsplit('_').next().and_then(|n| n.parse::<u32>().ok()).filter(|n| (1..=16_384).contains(n));
                let n = place.map_or(String::new(), |n| crate::load::table::letters(n - 1));
                ctx.theme.messages[lang].get("column.unnamed", &[("n", n)]).unwrap_or_default()
            }
        },
        t => t.unwrap_or(name).to_string(),
    }
}

/// What the values of a column are, where it has no name: days that are whole years (`1978年`) are years.
fn called_by(table: &Table, column: usize) -> Kind {
    let kind = table.columns[column].kind;
    let years = || table.preview.iter().filter_map(|r| r.get(column)).filter(|v| !v.is_empty()).all(|v| is_year(v));
    if kind == Kind::Date && made_up(&table.names[column]) && years() { Kind::Year } else { kind }
}

/// `1978`, `1978年`
pub fn is_year(v: &str) -> bool {
    let v = v.strip_suffix('年').unwrap_or(v);
    v.len() == 4 && v.bytes().all(|b| b.is_ascii_digit())
}

/// The rows of a short preview: the first, unless some of them have less than half of their values and later ones have more; then
/// the first that have. What names the row is not counted, and a table that fits is shown whole. True where rows are passed over.
fn picked(preview: &[Vec<String>], rows: usize) -> (Vec<&Vec<String>>, bool) {
    let filled = |row: &&Vec<String>| row.iter().skip(1).filter(|v| !v.is_empty()).count() * 2 + 1 >= row.len();
    if rows < PREVIEW && preview.len() > rows && preview.iter().take(rows).any(|r| !filled(&r)) {
        let some: Vec<&Vec<String>> = preview.iter().filter(filled).take(rows).collect();
        // Fewer than asked for are shown only where all that were read are looked through.
        if some.len() == rows || !some.is_empty() && preview.len() < PREVIEW {
            return (some, true);
        }
    }
    (preview.iter().take(rows).collect(), false)
}

/// The first rows.
pub fn preview(ctx: &Ctx<'_>, lang: usize, resource: &Resource, table: &Table, rows: usize) -> PreviewView {
    let m = &ctx.theme.messages[lang];
    let mut head = String::new();
    let decimals: Vec<Option<usize>> = table.names.iter().zip(&table.columns).map(|(n, p)| shown_decimals(p, n)).collect();
    for (c, name) in table.names.iter().enumerate() {
        head.push_str(if numeric(table.columns[c].kind) { "<th scope=\"col\" class=\"num\"" } else { "<th scope=\"col\"" });
        if let Some(n) = decimals[c] {
            head.push_str(&format!(" data-decimals=\"{n}\""));
        }
        head.push('>');
        let title = title_of(ctx, resource, name, lang, Some(called_by(table, c)));
        escape_into(&mut head, &title);
        let unit = resource.unit(table, c);
        // A name that ends with it, in brackets or bare, has said it: `城镇化率(%)`.
        let said = || title.trim_end_matches([')', '）']).ends_with(unit) && title.len() > unit.len();
        if !unit.is_empty() && !said() && table.unit.as_deref() != Some(unit) {
            head.push_str(" <small>");
            escape_into(&mut head, &super::units::beside(&ctx.public.languages[lang].tag, unit));
            head.push_str("</small>");
        }
        head.push_str("</th>");
    }
    // A year or a code names a row; a length does not.
    let heads = table.columns.first().is_some_and(|p| p.unique == Some(true) && p.kind != Kind::Number) && table.columns.len() > 1;
    let (mut body, mut exact, mut less) = (String::new(), String::new(), false);
    let (shown, passed) = picked(&table.preview, rows);
    for row in &shown {
        body.push_str("<tr>");
        exact.push_str("<tr>");
        for (c, v) in row.iter().enumerate() {
            let head = heads && c == 0;
            let open = if head { "<th scope=\"row\"" } else { "<td" };
            let class = if table.columns.get(c).is_some_and(|p| numeric(p.kind)) { " class=\"num\"" } else { "" };
            let (text, rounded) = for_reading(v, decimals.get(c).copied().flatten());
            less |= rounded;
            for out in [&mut body, &mut exact] {
                out.push_str(open);
                out.push_str(class);
            }
            if rounded {
                body.push_str(" title=\"");
                escape_into(&mut body, v);
                body.push('"');
            }
            let close = if head { "</th>" } else { "</td>" };
            for (out, text) in [(&mut body, &*text), (&mut exact, v.as_str())] {
                out.push('>');
                escape_into(out, &cut(text));
                out.push_str(close);
            }
        }
        body.push_str("</tr>\n");
        exact.push_str("</tr>\n");
    }
    let caption = m
        .get(if passed { "table.caption.filled" } else { "table.caption" }, &[("shown", thousands(shown.len() as u64)), ("n", thousands(table.rows))])
        .unwrap_or_default();
    let rounded = if less {
        m.say("table.rounded")
    } else {
        exact.clear();
        String::new()
    };
    PreviewView { caption, head, rows: body, heads, rounded, exact }
}

fn cut(v: &str) -> String {
    let mut out: String = v.chars().take(CELL).collect();
    if out.len() < v.len() {
        out.push('…');
    }
    out
}

/// Dictionary and profile of every column.
pub fn columns(ctx: &Ctx<'_>, lang: usize, resource: &Resource, table: &Table) -> Vec<ColumnView> {
    let m = &ctx.theme.messages[lang];
    let hidden = table.masked(&resource.settings);
    (0..table.names.len())
        .map(|c| {
            let (name, p) = (&table.names[c], &table.columns[c]);
            let told = resource.fields.iter().find(|f| f.name == *name);
            let title = title_of(ctx, resource, name, lang, Some(called_by(table, c)));
            ColumnView {
                title: if title == *name { String::new() } else { title },
                kind: m.say(&format!("type.{}", word(p.kind))),
                unit: super::units::beside(&ctx.public.languages[lang].tag, resource.unit(table, c)),
                description: told.map(|f| f.description.get(lang).to_string()).unwrap_or_default(),
                missing: share(m, p),
                distinct: distinct(m, p),
                range: range(m, p),
                top: if numeric(p.kind) { Vec::new() } else { p.top.iter().take(5).filter(|(_, n)| *n > 1).map(|(v, n)| (cut(v), thousands(*n))).collect() },
                histogram: if p.kind == Kind::Year { String::new() } else { histogram(&p.histogram) },
                example: p.example.as_deref().map(cut).unwrap_or_default(),
                masked: hidden[c],
                name: name.clone(),
            }
        })
        .collect()
}

/// Word of a kind in messages.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Code => "code",
        k => k.word(),
    }
}

fn share(m: &Messages, p: &Profile) -> String {
    if p.nulls == 0 {
        return m.say("profile.full");
    }
    m.get("profile.missing", &[("n", thousands(p.nulls)), ("percent", percent_text(p.nulls, p.rows))]).unwrap_or_default()
}

fn distinct(m: &Messages, p: &Profile) -> String {
    if p.unique == Some(true) {
        return m.say("profile.unique");
    }
    m.get(if p.exact { "profile.distinct" } else { "profile.about" }, &[("n", thousands(p.distinct))]).unwrap_or_default()
}

/// Extremes as they stand in the file; the median exactly, or, where it is from a sketch, as what it is.
fn range(m: &Messages, p: &Profile) -> String {
    match (&p.min, &p.max, p.quantiles.get(2)) {
        (Some(a), Some(b), Some(q)) if numeric(p.kind) => {
            let percent = a.ends_with('%') && b.ends_with('%');
            let q = if percent { q * 100.0 } else { *q };
            let (key, median) = if p.sketched { ("profile.range.about", decimal::significant(q, 3)) } else { ("profile.range", decimal::text(q)) };
            let median = if percent { format!("{median}%") } else { median };
            m.get(key, &[("min", a), ("max", b), ("median", &median)]).unwrap_or_default()
        }
        (Some(a), Some(b), _) => m.get("profile.span", &[("min", a), ("max", b)]).unwrap_or_default(),
        _ => String::new(),
    }
}

/// A histogram as one path, in the colour of the text around it. What it shows stands beside it in words.
fn histogram(bins: &[u64]) -> String {
    let most = bins.iter().copied().max().unwrap_or(0);
    if most == 0 || bins.len() < 2 {
        return String::new();
    }
    let mut d = String::new();
    for (i, n) in bins.iter().enumerate().filter(|(_, n)| **n > 0) {
        // A bin with anything in it is seen.
        let h = ((*n as f64 / most as f64) * 24.0).max(1.0).round();
        d.push_str(&format!("M{} 24v-{h}h4v{h}z", i * 5));
    }
    format!(
        "<svg class=\"spark\" viewBox=\"0 0 {} 24\" width=\"{}\" height=\"24\" aria-hidden=\"true\" focusable=\"false\"><path d=\"{d}\"/></svg>",
        bins.len() * 5 - 1,
        bins.len() * 5 - 1
    )
}

/// Lines that read the data in other tools: name of the tool, the line.
pub fn lines(url: &str, excel: Option<&str>, table: &Table) -> Vec<(&'static str, String)> {
    // Columns of digits that are names: tools would take them for numbers and lose their zeros.
    let codes: Vec<&str> = table
        .names
        .iter()
        .zip(&table.columns)
        .filter(|(_, p)| p.kind == Kind::Code || (p.kind == Kind::String && p.example.as_deref().is_some_and(|e| e.bytes().all(|b| b.is_ascii_digit()))))
        .map(|(n, _)| n.as_str())
        .collect();
    let quoted = |sign: char, a: &str, b: &str| {
        let escape = |n: &str| n.replace('\\', "\\\\").replace(sign, &format!("\\{sign}"));
        codes.iter().map(|c| format!("{sign}{}{sign}{a}{b}", escape(c))).collect::<Vec<_>>().join(", ")
    };
    let name = url.rsplit('/').next().unwrap_or("data.csv");
    let mut out = vec![("curl", format!("curl -o {name} {url}"))];
    out.push((
        "Python",
        if codes.is_empty() {
            format!("import pandas as pd\ndf = pd.read_csv(\"{url}\")")
        } else {
            format!("import pandas as pd\ndf = pd.read_csv(\"{url}\", dtype={{{}}})", quoted('"', ": ", "str"))
        },
    ));
    out.push((
        "R",
        if codes.is_empty() {
            format!("df <- read.csv(\"{url}\", fileEncoding = \"UTF-8\", check.names = FALSE)")
        } else {
            let classes = codes.iter().map(|c| format!("\"{}\" = \"character\"", c.replace('\\', "\\\\").replace('"', "\\\""))).collect::<Vec<_>>().join(", ");
            format!("df <- read.csv(\"{url}\", fileEncoding = \"UTF-8\", check.names = FALSE, colClasses = c({classes}))")
        },
    ));
    let types: Vec<String> = codes.iter().map(|c| format!("'{}': 'VARCHAR'", c.replace('\'', "''"))).collect();
    out.push((
        "DuckDB",
        if types.is_empty() {
            format!("SELECT * FROM read_csv('{url}');")
        } else {
            format!("SELECT * FROM read_csv('{url}', types = {{{}}});", types.join(", "))
        },
    ));
    if let Some(e) = excel {
        out.push(("Excel", e.to_string()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_preview_passes_over_rows_without_values() {
        let mut all: Vec<Vec<String>> = (0..8).map(|n| vec![(1978 + n).to_string(), if n < 4 { "" } else { "1" }.into(), "2".into(), String::new()]).collect();
        let years = |(rows, passed): (Vec<&Vec<String>>, bool)| (rows.iter().map(|r| r[0].clone()).collect::<Vec<_>>().join(" "), passed);
        assert_eq!(years(picked(&all, 3)), ("1982 1983 1984".into(), true));
        // All there is, where it is less; all rows as they stand where nothing is passed over, or nothing has a value.
        assert_eq!(years(picked(&all, 5)), ("1982 1983 1984 1985".into(), true));
        assert_eq!(years(picked(&all[4..], 3)), ("1982 1983 1984".into(), false));
        assert_eq!(years(picked(&all[..4], 3)), ("1978 1979 1980".into(), false));
        assert_eq!(years(picked(&all[2..6], 4)), ("1980 1981 1982 1983".into(), false));
        assert_eq!(picked(&all, PREVIEW).0.len(), 8);
        all.truncate(0);
        assert!(picked(&all, 3).0.is_empty());
    }

    #[test]
    fn numbers_for_people() {
        for (x, t) in [
            (0.0, "0"),
            (1234.0, "1234"),
            (12345.0, "12,345"),
            (-1234567.89, "-1,234,568"),
            (0.12345, "0.1235"),
            (2.50, "2.5"),
            (123.44, "123.4"),
            (1234.5, "1235"),
            (0.000_005, "0.000005"),
        ] {
            assert_eq!(number_text(x), t, "{x}");
        }
        for (x, t) in [(99_999.96, "99,999.96"), (143.95, "143.95"), (-1234567.89, "-1,234,567.89"), (0.1 + 0.2, "0.3"), (0.000_005, "0.000005")] {
            assert_eq!(value_text(x), t, "{x}");
        }
        for (n, of, t) in [(1, 3, "33.3"), (1, 100_000, "<0.1"), (99_999, 100_000, ">99.9"), (5, 5, "100"), (1, 8, "12.5"), (1, 2000, "0.1"), (1, 0, "0")] {
            assert_eq!(percent_text(n, of), t, "{n} {of}");
        }
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(0), "0");
    }
}
