//! What columns say of how their values are written: taken over where it is beyond doubt, else told.

use super::customs::{Custom, Others, Spoken, Told};
use super::doubts::doubt;
use super::layout::Layout;
use super::pieces::{Meta, Piece, Shape};
use super::{Doubt, Settings, names};
use crate::diag::{Severity, Text, say};

/// How many columns a finding names.
const NAMED: usize = 5;

/// What was heard: ways of writing by column, and doubts.
#[derive(Default)]
pub(super) struct Heard {
    pub(super) customs: Vec<Option<Custom>>,
    pub(super) doubts: Vec<Doubt>,
}

/// Whether values such as `2024.1` and `2024.10` both stand, which are the same number: months, versions, clauses. The two, and
/// whether all values look like such parts (no leading zero, at most 31), so that the column is no number at all.
fn parts(values: &[(String, u64)]) -> Option<(String, String, bool)> {
    let split = |v: &str| -> Option<(String, String)> {
        let (a, b) = v.trim().split_once('.')?;
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|c| c.is_ascii_digit());
        (digits(a) && digits(b)).then(|| (a.to_string(), b.to_string()))
    };
    let all: Vec<(String, String)> = values.iter().filter_map(|(v, _)| split(v)).collect();
    let set: std::collections::BTreeSet<&(String, String)> = all.iter().collect();
    let short = all.iter().find(|(a, b)| !b.ends_with('0') && set.contains(&(a.clone(), format!("{b}0"))))?;
    let part = |b: &str| !b.starts_with('0') && b.len() <= 2 && b.parse::<u8>().is_ok_and(|n| n <= 31);
    let text = all.len() * 10 >= values.len() * 9 && all.iter().all(|(_, b)| part(b));
    Some((format!("{}.{}", short.0, short.1), format!("{}.{}0", short.0, short.1), text))
}

/// A value of a column whose values are days without a year, as far as one can see: `3/31`, `3-31`. Scores, fractions and clauses
/// look the same.
fn yearless(values: &[(String, u64)]) -> Option<&str> {
    let day = |v: &str| {
        let (a, b) = v.trim().split_once(['/', '-'])?;
        let n = |t: &str| if t.len() <= 2 && t.bytes().all(|c| c.is_ascii_digit()) { t.parse::<u8>().ok() } else { None };
        let (a, b) = (n(a)?, n(b)?);
        let fits = (1..=12).contains(&a.min(b)) && (1..=31).contains(&a.max(b));
        fits.then_some(a.max(b) > 12)
    };
    let read: Option<Vec<bool>> = values.iter().map(|(v, _)| day(v)).collect();
    // One beyond twelve shows a day; without any it may be anything.
    read.filter(|r| r.len() >= 2 && r.contains(&true)).and(values.first()).map(|(v, _)| v.as_str())
}

/// A sign between groups of digits in words, and as it is written into YAML: of blanks nobody sees which they are.
fn called(g: char) -> (String, String, String) {
    let code = u32::from(g);
    match g {
        ' ' => ("空格".into(), "blanks".into(), " ".into()),
        g if g.is_whitespace() => (format!(" `{g}`（空格 U+{code:04X}）"), format!("`{g}` (a blank, U+{code:04X})"), format!("\\u{code:04X}")),
        g => (format!(" `{g}` "), format!("`{g}`"), g.to_string()),
    }
}

/// Listens to the columns of which nothing is declared.
pub(super) fn hear(piece: &Piece, found: &Layout, shape: &Shape) -> Heard {
    let open = |c: usize| shape.masks[c].is_none() && shape.customs[c].as_ref().is_none_or(|k| !k.changes() && !matches!(k.told, Some(Told::Text | Told::Any)));
    // The figures of codes are left alone.
    let asked = |c: usize| open(c) && !names::code(&found.names[c]);
    let shapes: Vec<_> = piece.columns.iter().enumerate().map(|(c, col)| asked(c).then(|| col.shapes())).collect();
    let pointed = shapes.iter().flatten().any(|s| s.pointed());
    let listen = |european: bool| -> Vec<Option<Spoken>> {
        let others = Others { european, pointed, lists: shape.dialect.delimiter == b',' && !piece.records, parted: shape.dialect.delimiter != b',' };
        shapes.iter().map(|s| s.as_ref()?.spoken(others)).collect()
    };
    let mut said = listen(shape.customs.iter().flatten().any(|k| k.decimal == Some(',')));
    let comma = |s: &Option<Spoken>| matches!(s, Some(Spoken::So(k)) if k.decimal == Some(','));
    if said.iter().any(comma) {
        said = listen(true);
    }
    let mut out = Heard { customs: shape.customs.clone(), doubts: Vec::new() };
    let mut groups: Vec<(Text, Severity, &'static str, Text, Vec<usize>)> = Vec::new();
    for (c, s) in said.into_iter().enumerate() {
        let declared = shape.customs[c].as_ref().is_some_and(|k| k.told.is_some());
        let Some(s) = s.filter(|s| !declared || !matches!(s, Spoken::Spaced | Spoken::Foreign(_))) else { continue };
        let (code, severity, message, hint) = match &s {
            Spoken::So(k) => {
                let (message, hint) = match (&k.format, k.decimal, k.group) {
                    (Some(f), ..) => (
                        say!("日期按 `{f}` 读取，生成的文件里写作年-月-日", "dates are read as `{f}`, and derived files have them as year-month-day"),
                        say!("在 `schema.fields` 里写 `type: date, format: \"{f}\"` 确认", "confirm it in `schema.fields`: `type: date, format: \"{f}\"`"),
                    ),
                    (_, Some('.'), None) => (
                        say!("负号写作 `−`（U+2212），生成的文件里写作 `-`", "the minus is written `\u{2212}` (U+2212); derived files have `-`"),
                        say!("数字用半角的 `-`；是文字就写 `type: string`", "write `-`; for texts declare `type: string`"),
                    ),
                    (_, Some(','), Some(g)) => {
                        let (zh, en, g) = called(g);
                        (
                            say!("数字用{zh}分位，生成的文件里去掉", "digits of numbers are grouped by {en}, which derived files leave out"),
                            say!(
                                "在 `schema.fields` 里写 `type: number, decimalChar: \",\", groupChar: \"{g}\"` 确认",
                                "confirm it in `schema.fields`: `type: number, decimalChar: \",\", groupChar: \"{g}\"`"
                            ),
                        )
                    }
                    (_, Some(','), _) => (
                        say!(
                            "数字用小数逗号，按此读取，生成的文件里用小数点",
                            "numbers have a decimal comma; they are read so, and derived files have a point"
                        ),
                        say!(
                            "在 `schema.fields` 里写 `type: number, decimalChar: \",\"` 确认",
                            "confirm it in `schema.fields`: `type: number, decimalChar: \",\"`"
                        ),
                    ),
                    (_, _, g) => {
                        let (zh, en, g) = called(g.unwrap_or('\''));
                        (
                            say!("数字用{zh}分位，生成的文件里去掉", "digits of numbers are grouped by {en}, which derived files leave out"),
                            say!(
                                "在 `schema.fields` 里写 `type: number, groupChar: \"{g}\"` 确认",
                                "confirm it in `schema.fields`: `type: number, groupChar: \"{g}\"`"
                            ),
                        )
                    }
                };
                let told = out.customs[c].take().unwrap_or_default();
                out.customs[c] = Some(Custom { decimal: k.decimal, group: k.group, format: k.format.clone(), told: told.told.or(k.told), ..told });
                ("TAB020", Severity::Info, message, hint)
            }
            Spoken::Numbers(d, g) => {
                // What may be another number is no number until somebody says which: its characters stay.
                if shapes[c].as_ref().is_some_and(|s| s.doubtful()) {
                    let told = out.customs[c].take().unwrap_or_default();
                    out.customs[c] = Some(Custom { told: Some(Told::Text), ..told });
                }
                let hint = if g.is_empty() {
                    say!(
                        "在 `schema.fields` 里写明：小数逗号写 `type: number, decimalChar: \",\"`，千位逗号写 `groupChar: \",\"`；不是数字就写 `type: string`",
                        "declare it in `schema.fields`: `type: number, decimalChar: \",\"` for decimals, `groupChar: \",\"` for thousands; if they are no numbers, `type: string`"
                    )
                } else {
                    say!(
                        "在 `schema.fields` 里写明，例如 `type: number, decimalChar: \"{d}\", groupChar: \"{g}\"`（小数点写 `decimalChar: \".\"`）；不是数字就写 `type: string`",
                        "declare it in `schema.fields`, such as `type: number, decimalChar: \"{d}\", groupChar: \"{g}\"` (or `decimalChar: \".\"` for a decimal point); if they are no numbers, `type: string`"
                    )
                };
                let message = say!(
                    "不能确定数字里的逗号和点是小数点还是分位符，照原样保留",
                    "it is not clear whether commas and points in its numbers part decimals or thousands; they are left as they are"
                );
                ("TAB021", Severity::Warn, message, hint)
            }
            Spoken::Fours => {
                let told = out.customs[c].take().unwrap_or_default();
                out.customs[c] = Some(Custom { told: Some(Told::Text), ..told });
                (
                    "TAB021",
                    Severity::Warn,
                    say!(
                        "逗号后都是四位（如 `1,2345`），可能是四位一组的整数（12345），也可能是小数（1.2345），照原样保留",
                        "four digits stand behind every comma, as in `1,2345`: whole numbers in groups of four (12345), or decimals (1.2345); they are left as they are"
                    ),
                    say!(
                        "是整数就去掉逗号；是小数，在 `schema.fields` 里写 `type: number, decimalChar: \",\"`",
                        "for whole numbers take the commas out; for decimals declare `type: number, decimalChar: \",\"` in `schema.fields`"
                    ),
                )
            }
            Spoken::Spaced => {
                let told = out.customs[c].take().unwrap_or_default();
                out.customs[c] = Some(Custom { told: Some(Told::Text), ..told });
                (
                    "TAB021",
                    Severity::Warn,
                    say!(
                        "每个值的位数都相同，三位一组（如 `123 456 789`），可能是编码，也可能是数字，照原样保留",
                        "all have the same number of digits in groups of three, as `123 456 789` has: codes or numbers; they are left as they are"
                    ),
                    say!(
                        "在 `schema.fields` 里写明：是数字写 `type: number, groupChar: \" \"`，是编码写 `type: string`",
                        "declare it in `schema.fields`: `type: number, groupChar: \" \"` for numbers, `type: string` for codes"
                    ),
                )
            }
            Spoken::Foreign(w) => {
                let (message, hint) = w.words();
                ("TAB038", Severity::Warn, message, hint)
            }
            Spoken::Days(f) if f.ends_with("%y") => (
                "TAB021",
                Severity::Warn,
                say!(
                    "日期的年份只有两位，不能确定是哪个世纪、年月日怎样排列，按文字读取",
                    "years have two digits, so that century and order of day, month and year are not sure; read as text"
                ),
                say!(
                    "改写成四位年份，或在 `schema.fields` 里写明，例如 `type: date, format: \"{f}\"`（日/月/年）",
                    "write years with four digits, or declare `type: date, format: \"{f}\"` (day, month, year) or its like in `schema.fields`"
                ),
            ),
            Spoken::Days(f) => (
                "TAB021",
                Severity::Warn,
                say!("不能确定日期里日在前还是月在前，按文字读取", "it is not clear whether the day or the month comes first; read as text"),
                say!(
                    "在 `schema.fields` 里写明 `type: date, format: \"{f}\"`（日在前），或把 %d 与 %m 对调",
                    "declare `type: date, format: \"{f}\"` (day first) in `schema.fields`, or %d and %m the other way round"
                ),
            ),
        };
        match groups.iter_mut().find(|g| g.0 == message && g.3 == hint) {
            Some(g) => g.4.push(c),
            None => groups.push((message, severity, code, hint, vec![c])),
        }
    }
    for c in (0..piece.columns.len()).filter(|c| open(*c) && shape.customs[*c].as_ref().is_none_or(|k| k.told.is_none())) {
        let values = piece.columns[c].values(super::VALUES);
        if let Some(v) = values.as_deref().and_then(yearless) {
            let message = say!(
                "像没有年份的日期（如 `{v}`），不补年份，按文字读取",
                "values look like days without a year, such as `{v}`; no year is added, and it is read as text"
            );
            let hint = say!(
                "写出年份，例如 2024-03-31；不是日期就写 `type: string`",
                "write the year too, such as 2024-03-31; declare `type: string` where they are no days"
            );
            groups.push((message, Severity::Info, "TAB021", hint, vec![c]));
            continue;
        }
        let Some((a, b, text)) = values.as_deref().and_then(parts) else { continue };
        let hint = say!(
            "在 `schema.fields` 里写明：是文字写 `type: string`，是数字写 `type: number`",
            "declare it in `schema.fields`: `type: string` for texts, `type: number` for numbers"
        );
        if text {
            let told = out.customs[c].take().unwrap_or_default();
            out.customs[c] = Some(Custom { told: Some(Told::Text), ..told });
            let message = say!(
                "既有 `{a}` 又有 `{b}`，作数字就相等：像年月、版本或条款号，整列按文字读取，末尾的 0 保留",
                "both `{a}` and `{b}` stand in it, which are one number: months, versions or clauses; the column is read as text, with its zeros"
            );
            groups.push((message, Severity::Warn, "TAB021", hint, vec![c]));
        } else {
            let message =
                say!("既有 `{a}` 又有 `{b}`，作数字相等，按数字读取", "both `{a}` and `{b}` stand in it, which are one number; it is read as numbers");
            groups.push((message, Severity::Info, "TAB021", hint, vec![c]));
        }
    }
    let line = shape.first.saturating_sub(1).max(1);
    for (message, severity, code, hint, at) in groups {
        let named = |mark: (&str, &str), between: &str| {
            let list: Vec<String> = at.iter().take(NAMED).map(|c| format!("{}{}{}", mark.0, found.names[*c], mark.1)).collect();
            list.join(between)
        };
        let n = at.len();
        let more = if n > NAMED { (format!("等 {n} 列"), format!(" and {} more", n - NAMED)) } else { Default::default() };
        let text = Text {
            zh: format!("{}{}：{}", named(("“", "”"), "、"), more.0, message.zh),
            en: format!("{}{}: {}", named(("\u{201c}", "\u{201d}"), ", "), more.1, message.en),
        };
        out.doubts.push(doubt(code, severity, if shape.first == u64::MAX { 1 } else { line }, at[0] + 1, text, hint));
    }
    out
}

/// Values that are not written as their column is said to be.
pub(super) fn odd(meta: &Meta, found: &Layout, shape: &Shape, settings: &Settings) -> Vec<Doubt> {
    let mut out = Vec::new();
    for (c, n, line, v) in &meta.odd {
        let name = &found.names[*c];
        let v = if shape.masks[*c].is_some() { "…" } else { v.as_str() };
        let declared = settings.customs.iter().any(|(m, k)| k.changes() && (m == name || super::units::split_unit(name).0 == *m));
        let severity = if declared { Severity::Error } else { Severity::Warn };
        out.push(doubt(
            "TAB022",
            severity,
            *line,
            c + 1,
            say!(
                "“{name}”有 {n} 个值不是所说的写法，例如 `{v}`，照原样保留",
                "\u{201c}{name}\u{201d} has values that are not written as the column is said to be, such as `{v}` ({n} in all); they are left as they are"
            ),
            say!(
                "改正这些值，或改 `schema.fields` 里的 decimalChar、groupChar、format、trueValues",
                "correct them, or decimalChar, groupChar, format, trueValues in `schema.fields`"
            ),
        ));
    }
    out
}
