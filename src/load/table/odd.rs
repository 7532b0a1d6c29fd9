//! What was odd about a sheet of a workbook, in words.

use super::File;
use super::affix::{self, What};
use super::cells::{Odd, Tally, letters};
use super::doubts::doubt;
use super::sheet::Sheet;
use crate::diag::{Severity, Text, say};

/// `B12`
fn corner(row: u32, column: u32) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// Ranges as people name them: `3, 5–7`, at most so many.
fn ranges(list: &[(u32, u32)], name: impl Fn(u32) -> String) -> String {
    let mut out: Vec<String> = list.iter().take(12).map(|(a, b)| if a == b { name(*a) } else { format!("{}–{}", name(*a), name(*b)) }).collect();
    if list.len() > 12 {
        out.push("…".into());
    }
    out.join(", ")
}

type Met = (u64, String, String, Option<(u32, u32)>);

/// Words that only number formats show.
#[expect(clippy::type_complexity, reason = "what a finding is made of")]
fn around(w: &affix::Told, met: &dyn Fn(&Tally) -> Option<Met>, tell: &mut dyn FnMut(&'static str, Severity, Option<(u32, u32)>, Text, Text)) {
    let Some((n, cell, v, at)) = met(&w.first) else { return };
    let name = &w.name;
    let (zh_other, en_other) = w
        .other
        .as_ref()
        .map_or((String::new(), String::new()), |(r, c, t)| (format!("，{} 却是 `{t}`", corner(*r, *c)), format!(", {} `{t}`", corner(*r, *c))));
    let head = say!("一列只用一个单位，写进表头，例如 `{name}（万元）`", "use one unit in a column and write it into the head, such as `{name} (km)`");
    let (severity, message, hint) = match &w.what {
        What::Unit(u) => (
            Severity::Info,
            say!(
                "“{name}”的单位 `{u}` 只在单元格的数字格式里（首处 {cell}：`{v}`），按这一列的单位公开",
                "the unit `{u}` of \u{201c}{name}\u{201d} stands in the number format of its cells alone (first {cell}: `{v}`); it is published as the unit of the column"
            ),
            say!("把单位写进表头：`{name}（{u}）`", "write the unit into the head: `{name} ({u})`"),
        ),
        What::Mixed => (
            Severity::Warn,
            say!(
                "“{name}”的单元格按数字格式显示的单位不一（{cell} 是 `{v}`{zh_other}），带单位的 {n} 格照显示的公开，整列是文字",
                "cells of \u{201c}{name}\u{201d} show different units by their number formats ({cell} shows `{v}`{en_other}); those with a unit are published as shown ({n}), and the column is text"
            ),
            head,
        ),
        What::Against(h) => (
            Severity::Warn,
            say!(
                "“{name}”表头的单位是 `{h}`，单元格却显示 `{v}`（首处 {cell}，共 {n} 格），照显示的公开，整列是文字",
                "the head of \u{201c}{name}\u{201d} has the unit `{h}`, but its cells show `{v}` (first {cell}, {n} in all); they are published as shown, and the column is text"
            ),
            say!("核对数字的单位，改表头或改数字格式", "see which unit the numbers have, and correct the head or the number format"),
        ),
        What::Some => (
            Severity::Warn,
            say!(
                "“{name}”只有 {n} 格按格式显示货币（{cell} 是 `{v}`{zh_other}），公开的数字不带货币",
                "in \u{201c}{name}\u{201d} some cells alone show a currency by their format ({n}; {cell} shows `{v}`{en_other}); the numbers are published without it"
            ),
            head,
        ),
        What::Words => (
            Severity::Warn,
            say!(
                "“{name}”的 {n} 格按格式显示了数字以外的字（首处 {cell}：`{v}`），公开的只有数字",
                "cells of \u{201c}{name}\u{201d} show words around their number by their format, and are published without them: {n} (first {cell}: `{v}`)"
            ),
            say!("这些字有意义，就写进单元格或另设一列", "where the words matter, write them into the cells or into a column of their own"),
        ),
    };
    tell("TAB035", severity, at, message, hint);
}

/// A kind of odd cell: those counted, how they are told, and whether the value may be one that is not to be told.
struct Kind {
    of: fn(&Odd) -> &Tally,
    code: &'static str,
    severity: Severity,
    hide: bool,
    /// Of how many there are, the first cell, and its value.
    what: fn(u64, &str, &str) -> Text,
    hint: fn() -> Text,
}

/// In the order in which they are told.
static KINDS: &[Kind] = &[
    Kind {
        of: |o| &o.lost,
        code: "TAB013",
        severity: Severity::Warn,
        hide: false,
        what: |_, cell, v| {
            say!(
                "{cell} 的数字 `{v}` 超过 15 位，电子表格会丢掉末尾的数字",
                "the number `{v}` in {cell} has more than 15 digits; spreadsheets lose the last ones"
            )
        },
        hint: || say!("编号和证件号在表格里设为文本格式", "make cells with long codes text in the spreadsheet"),
    },
    Kind {
        of: |o| &o.errors,
        code: "TAB008",
        severity: Severity::Warn,
        hide: false,
        what: |n, cell, v| say!("{n} 格是错误值（首处 {cell}：`{v}`），按缺失值算", "cells with errors, which count as missing: {n} (first {cell}: `{v}`)"),
        hint: || say!("改正公式后重新导出", "mend the formula and export again"),
    },
    Kind {
        of: |o| &o.uncached,
        code: "TAB033",
        severity: Severity::Warn,
        hide: false,
        what: |n, cell, _| say!("{n} 格公式没有算出的值（首处 {cell}），按空值公开", "formulas without a computed value, published empty: {n} (first {cell})"),
        hint: || say!("用电子表格软件打开、计算并保存后再放入", "open, compute and save the workbook in a spreadsheet program"),
    },
    Kind {
        of: |o| &o.stale,
        code: "TAB033",
        severity: Severity::Warn,
        hide: false,
        what: |n, cell, _| {
            say!(
                "{n} 格公式的值是 0，而文件要求打开时重新计算（首处 {cell}），公开的可能不是真值",
                "formulas with the value 0 in a file that asks to be computed when opened, so that it may not be the true value: {n} (first {cell})"
            )
        },
        hint: || say!("用电子表格软件打开、计算并保存后再放入", "open, compute and save the workbook in a spreadsheet program"),
    },
    Kind {
        of: |o| &o.hidden,
        code: "TAB032",
        severity: Severity::Warn,
        hide: false,
        what: |n, cell, _| {
            say!("{n} 格的数字被格式隐藏（首处 {cell}），但会公开", "numbers that their format hides, but that are published: {n} (first {cell})")
        },
        hint: || say!("不该公开就删掉这些值", "delete the values if they should not be public"),
    },
    Kind {
        of: |o| &o.less,
        code: "TAB035",
        severity: Severity::Info,
        hide: false,
        what: |n, cell, v| {
            say!(
                "{n} 格存的日期时间比显示的多（首处 {cell}），按显示的 `{v}` 公开",
                "cells that hold more of a date or time than they show, published as shown: {n} (first {cell}: `{v}`)"
            )
        },
        hint: || say!("要公开完整的日期时间，就改单元格的格式", "to publish all of it, change the format of the cells"),
    },
    Kind {
        of: |o| &o.stored,
        code: "TAB035",
        severity: Severity::Warn,
        hide: false,
        what: |n, cell, v| {
            say!(
                "{n} 格显示的与存的不同（缩放的数字，或显示不出的日期；首处 {cell}），按存的 `{v}` 公开",
                "cells that show another number than they hold (scaled, or a date that cannot be shown), published as held: {n} (first {cell}: `{v}`)"
            )
        },
        hint: || say!("核对单位，必要时改数值或格式", "see that the unit fits; change value or format where it does not"),
    },
    Kind {
        of: |o| &o.words,
        code: "TAB035",
        severity: Severity::Warn,
        hide: false,
        what: |n, cell, v| {
            say!(
                "{n} 格存的是数，格式却显示成文字（首处 {cell}），按显示的 `{v}` 公开",
                "cells that hold a number and show words in its place, published as shown: {n} (first {cell}: `{v}`)"
            )
        },
        hint: || say!("把文字直接写进单元格", "write the words into the cells themselves"),
    },
    Kind {
        of: |o| &o.pale,
        code: "TAB032",
        severity: Severity::Warn,
        hide: true,
        what: |n, cell, v| {
            say!(
                "{n} 格的字与底色相同或小得看不见（首处 {cell}：`{v}`），但会公开",
                "cells whose letters have the colour of their ground or are too small to be seen, but that are published: {n} (first {cell}: `{v}`)"
            )
        },
        hint: || say!("不该公开就删掉它们；可以公开就改成看得见的", "delete them if they should not be public; else make them visible"),
    },
    Kind {
        of: |o| &o.struck,
        code: "TAB035",
        severity: Severity::Warn,
        hide: true,
        what: |n, cell, v| {
            say!(
                "{n} 格有删除线（首处 {cell}：`{v}`），公开的值看不出来",
                "cells that are struck through, published without the line: {n} (first {cell}: `{v}`)"
            )
        },
        hint: || say!("作废的值删掉，或另设一列说明", "delete values that no longer hold, or say so in a column of their own"),
    },
    Kind {
        of: |o| &o.raised,
        code: "TAB035",
        severity: Severity::Warn,
        hide: false,
        what: |n, cell, v| {
            say!(
                "{n} 格的数字后有上标或下标的数字（首处 {cell}），按显示的 `{v}` 公开，不是一个数",
                "cells with raised or lowered digits behind a number, published as shown, which is no number: {n} (first {cell}: `{v}`)"
            )
        },
        hint: || say!("是幂就写出数值；是注号就移到另一列", "write a power as its value; move the sign of a note into a column of its own"),
    },
    Kind {
        of: |o| &o.signs,
        code: "TAB035",
        severity: Severity::Info,
        hide: true,
        what: |n, cell, v| {
            say!(
                "{n} 格有上标的字（首处 {cell}），按显示的 `{v}` 公开：数字作上标字符，不与前面的字连成一个名称或数",
                "cells with raised signs, published as shown: {n} (first {cell}: `{v}`); digits are raised characters, so that they do not run into the word before"
            )
        },
        hint: || say!("是注号就在表下写注；不要注号就从格里删去", "for the sign of a note, write the note below the table; else take the sign out of the cell"),
    },
    Kind {
        of: |o| &o.unsigned,
        code: "TAB035",
        severity: Severity::Warn,
        hide: false,
        what: |n, cell, v| {
            say!(
                "{n} 格的负数按格式不显示负号（首处 {cell}），公开的是存的 `{v}`",
                "cells with a number below zero whose format shows no minus, published with it: {n} (first {cell}: `{v}`)"
            )
        },
        hint: || say!("核对正负；格式写成 `0;-0`", "see which sign is right, and make the format `0;-0`"),
    },
];

/// Tells what there is to tell of a table of a sheet, and with the first one of the sheet as a whole.
pub(super) fn sheet(s: &Sheet, file: &mut File) {
    let n = &s.name;
    if s.hidden && s.place.is_none() {
        file.doubts.push(doubt(
            "TAB017",
            Severity::Warn,
            0,
            0,
            say!(
                "工作表“{n}”是隐藏的，不在页面显示，但会随原文件公开",
                "the sheet \u{201c}{n}\u{201d} is hidden; it is not shown on the page but is published with the original file"
            ),
            say!("不该公开就删掉它；要显示就取消隐藏", "delete it if it should not be public; unhide it to show it"),
        ));
    }
    let (zh, en) = (format!("工作表“{n}”："), format!("sheet \u{201c}{n}\u{201d}: "));
    let mut tell = |code, severity, at: Option<(u32, u32)>, message: Text, hint: Text| {
        let message = Text { zh: format!("{zh}{}", message.zh), en: format!("{en}{}", message.en) };
        let (line, column) = at.map_or((0, 0), |(r, c)| (u64::from(r) + 1, (c as usize + 1).saturating_sub(s.left)));
        file.doubts.push(doubt(code, severity, line, column, message, hint));
    };
    let met = |t: &Tally| t.first.clone().map(|(r, c, v)| (t.count, corner(r, c), v, Some((r, c))));
    for k in KINDS {
        if let Some((n, cell, v, at)) = met((k.of)(&s.odd)) {
            let v = if k.hide { crate::personal::hide(&v).into_owned() } else { v };
            tell(k.code, k.severity, at, (k.what)(n, &cell, &v), (k.hint)());
        }
    }
    if let Some((t, held)) = &s.odd.heads
        && let Some((n, cell, v, at)) = met(t)
    {
        tell(
            "TAB035",
            Severity::Info,
            at,
            say!(
                "表头的 {n} 格是不显示年份的日期（首处 {cell}，存的是 `{held}`），列名按显示的 `{v}` 公开",
                "cells of the head are days that show no year, published as shown: {n} (first {cell} shows `{v}` and holds `{held}`)"
            ),
            say!("年份要紧，就写进列名或表的标题", "where the year matters, write it into the names or the title of the table"),
        );
    }
    if let Some((t, held)) = &s.odd.part
        && let Some((n, cell, v, at)) = met(t)
    {
        tell(
            "TAB035",
            Severity::Info,
            at,
            say!(
                "{n} 格的日期不显示年份（首处 {cell} 显示 `{v}`），按存的 `{held}` 公开",
                "cells with a day that show no year, published whole: {n} (first {cell} shows `{v}` and is published as `{held}`)"
            ),
            say!(
                "核对年份：没有写年份时，程序填的是录入那一年",
                "see that the year is right: where none was typed, the program took that of the day of typing"
            ),
        );
    }
    for w in &s.words {
        around(w, &met, &mut tell);
    }
    if !s.hidden_columns.is_empty() {
        let list = ranges(&s.hidden_columns, letters);
        tell(
            "TAB032",
            Severity::Warn,
            None,
            say!("{list} 列是隐藏的，但会公开", "hidden columns, but published: {list}"),
            say!("不该公开就删掉它们；可以公开就取消隐藏", "delete them if they should not be public; else unhide them"),
        );
    }
    if !s.hidden_rows.is_empty() {
        let list = ranges(&s.hidden_rows, |r| (r + 1).to_string());
        let (zh, en) = if s.filtered { ("被筛选或隐藏", "filtered out or hidden") } else { ("是隐藏的", "hidden") };
        tell(
            "TAB032",
            Severity::Warn,
            Some((s.hidden_rows[0].0, s.left as u32)),
            say!("第 {list} 行{zh}，但会公开", "{en} rows, but published: {list}"),
            say!("不该公开就删掉它们；可以公开就取消隐藏或筛选", "delete them if they should not be public; else unhide them or take the filter off"),
        );
    }
    if let Some(place) = &s.place {
        let at = Some((s.above as u32, s.left as u32));
        if s.stray {
            tell(
                "TAB030",
                Severity::Warn,
                at,
                say!("{place} 的格子与表分开，没有算进表里", "the cells at {place} stand apart from the table and are no part of it"),
                say!("不需要就删掉；属于表的移到表里", "delete them, or move them into the table"),
            );
        } else if !s.hidden {
            tell(
                "TAB024",
                Severity::Warn,
                at,
                say!("{place} 另有一张表，与第一张分开公开", "there is another table at {place}; it is published apart from the first"),
                say!("一个工作表只放一张表", "put one table in a sheet"),
            );
        }
    }
    if let Some((n, cell, v, at)) = met(&s.filled) {
        let numbers = s.filled_numbers;
        let severity = if numbers > 0 { Severity::Warn } else { Severity::Info };
        let (zh, en) = if numbers > 0 {
            (format!("，其中 {numbers} 格是数字，求和会重复"), format!("; {numbers} of them are numbers, which sums would count twice"))
        } else {
            (String::new(), String::new())
        };
        tell(
            "TAB031",
            severity,
            at,
            say!(
                "合并的单元格（首处 {cell}：`{v}`）拆开后，{n} 个空格填上了合并格的值{zh}",
                "empty cells inside merged ones were given the value of the merged cell: {n} (first area {cell}: `{v}`){en}"
            ),
            say!("数据表里不要合并单元格，每格写出自己的值", "do not merge cells in a table of data; write the value in each"),
        );
    }
    if let Some((n, cell, v, at)) = met(&s.covered) {
        let v = crate::personal::hide(&v).into_owned();
        tell(
            "TAB031",
            Severity::Warn,
            at,
            say!(
                "合并的单元格盖住了 {n} 格自己的值（首处 {cell}：`{v}`），表里看不见，却会公开",
                "cells under merged ones have values of their own, which the sheet does not show and which are published: {n} (first {cell}: `{v}`)"
            ),
            say!("取消合并后核对：多余的清除", "undo the merging and look: clear what is left over"),
        );
    }
    if let Some((n, cell, _, at)) = met(&s.repeated) {
        tell(
            "TAB025",
            Severity::Warn,
            at,
            say!("{n} 行重复表头（首处 {cell}），不算数据", "rows that say the head again, and are no data: {n} (first {cell})"),
            say!("删去重复的表头；打印时可设“顶端标题行”", "delete them; for paper, set rows to repeat at top"),
        );
    }
}
