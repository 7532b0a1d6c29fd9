//! What was odd about a file, in words: message, place, what to do.

use super::bytes::Format;
use super::doubts::doubt;
use super::layout::Layout;
use super::pieces::{Meta, Piece, Shape};
use super::profile::{Sign, Why};
use super::{Doubt, File, Personal, Place, Settings, Spot, Table, VALUES, personal, value};
use crate::diag::{Severity, Text, counted, say};

/// Most columns of one kind that are told one by one.
const NAMED: usize = 8;

/// Personal data beside the cells: in the head, above it, below the rows, beyond the last column.
fn around(table: &Table, tail: &[(u64, String)], beyond: &[(u64, usize, String)], head_line: u64, file: &mut File) {
    let seen: Vec<usize> = file.personal.iter().filter(|p| p.place == Spot::Column && p.part == table.part).map(|p| p.column - 1).collect();
    let mut look = |text: &str, place: Spot, line: u64, column: usize, name: &str| {
        for t in crate::personal::traces(text) {
            file.personal.push(Personal { part: table.part.clone(), name: name.to_string(), column, kind: t.kind, cells: 1, line, sure: t.sure, place });
        }
    };
    for (c, (name, unit)) in table.names.iter().zip(&table.units).enumerate() {
        look(name, Spot::Head, head_line, c + 1, "");
        unit.iter().for_each(|u| look(u, Spot::Head, head_line, c + 1, ""));
    }
    for text in table.preamble.iter().chain(&table.indicator).chain(&table.unit) {
        look(text, Spot::Above, 1, 1, "");
    }
    tail.iter().for_each(|(line, text)| look(text, Spot::Below, *line, 1, ""));
    for (line, c, text) in beyond {
        match table.names.get(*c) {
            None => look(text, Spot::Beyond, *line, table.names.len() + 1, ""),
            // What the column as a whole was found to hold is told already.
            Some(name) if !seen.contains(c) => look(text, Spot::Column, *line, c + 1, name),
            Some(_) => {}
        }
    }
}

/// Personal data in rows whose first cell says what they hold, unless their column was found to hold it for certain.
fn labelled(table: &Table, cells: &[(u64, usize, String)], file: &mut File) {
    for (line, c, text) in cells {
        for t in crate::personal::traces(text) {
            let told = |p: &Personal| p.part == table.part && p.column == c + 1 && p.kind == t.kind && p.sure >= t.sure;
            if !file.personal.iter().any(told) {
                let (part, name) = (table.part.clone(), table.names.get(*c).cloned().unwrap_or_default());
                file.personal.push(Personal { part, name, column: c + 1, kind: t.kind, cells: 1, line: *line, sure: t.sure, place: Spot::Column });
            }
        }
    }
}

/// A number that a comma has split in every row of a table whose head has a name too few, and its column.
fn split_all(found: &Layout, shape: &Shape, rows: &[Vec<String>]) -> Option<(String, usize)> {
    let given = shape.heads.last()?.len();
    if shape.dialect.delimiter != b',' || given + 1 != found.names.len() || given == 0 || rows.len() < 2 {
        return None;
    }
    let whole = |v: &str| v.bytes().all(|b| b.is_ascii_digit());
    let front = |v: &str| {
        let v = v.trim().trim_start_matches('-');
        (1..=3).contains(&v.len()) && !v.starts_with('0') && whole(v)
    };
    let back = |v: &str| v.trim().len() == 3 && whole(v.trim());
    let split = |c: usize| rows.iter().all(|r| r.get(c).is_some_and(|v| front(v)) && r.get(c + 1).is_some_and(|v| back(v)));
    let c = (0..given).find(|c| split(*c))?;
    Some((format!("{},{}", rows[0][c].trim(), rows[0][c + 1].trim()), c))
}

/// `headerRows` names a row that the file does not have.
pub(super) fn no_head(n: usize) -> Doubt {
    doubt(
        "TAB007",
        Severity::Error,
        0,
        0,
        say!("`headerRows` 写的第 {n} 行文件里没有", "`headerRows` names row {n}, which the file does not have"),
        say!(
            "写表头在文件里的行号，从 1 数起；表头就在第一行，删去 headerRows",
            "write the number of the head's row in the file, from 1; where the head is the first row, delete headerRows"
        ),
    )
}

/// Turns a piece into a table, and what was odd about it into doubts. Gives the lines of its notes too.
pub(super) fn finish(piece: Piece, meta: Meta, found: &Layout, shape: &Shape, settings: &Settings, file: &mut File, part: Option<String>) -> (Table, Vec<u64>) {
    let rows = meta.rows;
    // Flags of Eurostat's form are told once, for the file.
    let flagged = file.doubts.iter().any(|d| d.code == "TAB027" && d.severity == Severity::Warn);
    let odd = super::spoken::odd(&meta, found, shape, settings);
    let mut table = Table {
        part,
        names: found.names.clone(),
        units: found.units.clone(),
        columns: Vec::new(),
        rows,
        preamble: found.preamble.clone(),
        indicator: found.indicator.clone(),
        unit: found.unit.clone(),
        shared: Vec::new(),
        notes: meta.tail.iter().map(|(_, t)| t.trim_matches(|c: char| c.is_whitespace()).to_string()).collect(),
        preview: meta.preview,
        encoding: "",
        delimiter: None,
        periods: Vec::new(),
        values: Vec::new(),
        second: false,
        doubled: found.alike(),
        place: Place::default(),
    };
    let of = table.part.clone().map_or((String::new(), String::new()), |p| (format!("“{p}”："), format!("\u{201c}{p}\u{201d}: ")));
    // The declared head is not there: that there are no names and no rows only follows.
    let headless = rows == 0 && found.names.iter().all(|n| super::layout::made_up(n));
    let lost = settings.head.rows.iter().max().filter(|_| headless);
    if let Some(n) = lost {
        file.doubts.push(no_head(*n));
    }
    // `"地区"，"人口"`: a head whose commas divide nothing. It is told as that, and no note.
    let wide = found.preamble.last().filter(|l| wide_head(l, found.names.len()) && (found.headless || (found.preamble.len() == 1 && short_names(l))));
    let unparted = if wide.is_none() && matches!(file.format, Format::Csv | Format::Tsv) { unparted(found, &table.preview) } else { None };
    // What to declare instead stands in the hint.
    file.doubts.retain(|d| unparted.is_none() || !(d.code == "TAB039" && d.message.zh.contains("`，`")));
    // What the decoding of the file has made is told with its place.
    let file_format = file.format;
    let decoded = file.doubts.iter().any(|d| d.code == "TAB003");
    let mut tell = |code, severity, line, column, mut message: Text, hint| {
        if lost.is_some() && matches!(code, "TAB001" | "TAB007" | "TAB011") {
            return;
        }
        message.zh.insert_str(0, &of.0);
        message.en.insert_str(0, &of.1);
        file.doubts.push(Doubt { code, severity, line, column, message, hint });
    };
    let head_line = if shape.first == u64::MAX { 1 } else { shape.first.saturating_sub(1).max(1) };
    // A unit or an indicator alone is a line too; an empty one is none.
    let said = found.preamble.len().max(usize::from(found.unit.is_some() || found.indicator.is_some()));
    let told = if unparted.is_some() { said } else { usize::from(wide.is_some()) };
    let (a, n) = (if found.above > 0 { said.saturating_sub(told) } else { 0 }, table.notes.len());
    if a + n > 0 {
        tell(
            "TAB011",
            Severity::Info,
            1,
            0,
            say!("表头上方 {a} 行、表下 {n} 行作为说明，不算数据", "notes that are no data: lines above the head {a}, below the rows {n}"),
            say!("若有数据被当成说明，写 `dialect: {{headerRows: [行号]}}`", "if data were taken for notes, say `dialect: {{headerRows: [line]}}`"),
        );
    }
    if let Some((n, line)) = meta.unsure {
        tell(
            "TAB011",
            Severity::Info,
            line,
            0,
            say!(
                "末尾 {n} 行只有第一格有内容，写法与上面各行相同，算数据",
                "rows at the end with nothing but a first cell like those above, taken as rows: {n}"
            ),
            say!("若是说明，开头写“注：”，或移出表格", "where they are notes, begin them with `Note:`, or take them out of the table"),
        );
    }
    if found.labels && settings.head.rows.is_empty() {
        tell(
            "TAB026",
            Severity::Info,
            head_line,
            0,
            say!("表头按两行读取，列名用 / 连接", "the head was read as two rows, whose names are joined by /"),
            say!("若第二行是数据，写 `dialect: {{headerRows: [{}]}}`", "if the second is data, say `dialect: {{headerRows: [{}]}}`", found.above + 1),
        );
    }
    if let Some((n, line)) = meta.again {
        tell(
            "TAB025",
            Severity::Warn,
            line,
            0,
            say!("表头在数据中间又出现 {n} 次，不算数据行", "rows that are the head again, and no data: {n}"),
            say!("删去这些行", "take these rows out"),
        );
    }
    if let Some((n, line)) = meta.between {
        tell(
            "TAB025",
            Severity::Warn,
            line,
            0,
            say!(
                "重复的表头上面有 {n} 行只有第一格有内容（如“续表”“第 2 页”），算作数据行",
                "rows of one cell above a head that comes again (such as \u{201c}continued\u{201d}), taken as rows of data: {n}"
            ),
            say!("不是数据就删去这些行", "take them out where they are no data"),
        );
    }
    if let Some((n, line)) = meta.blank {
        tell(
            "TAB036",
            Severity::Info,
            line,
            0,
            say!("数据之间有 {n} 行全空，不算数据行", "rows without anything in them, among the others and left out: {n}"),
            if shape.width == 1 {
                say!("删去这些行；若表示空值，写成 `\"\"`", "take these lines out; where one means an empty value, write `\"\"`")
            } else {
                say!("删去这些行；若空行有意义，补上一格", "take these rows out, or fill a cell where they mean something")
            },
        );
    }
    if let Some((n, line, c)) = meta.blanks {
        let (cells, name) = (counted(n, "value has", "values have"), &found.names[c]);
        tell(
            "TAB040",
            Severity::Info,
            line,
            c + 1,
            say!(
                "{n} 个值的前后有空白（首处在“{name}”），生成的文件里去掉",
                "{cells} blanks before or behind (the first in \u{201c}{name}\u{201d}), which derived files leave out"
            ),
            say!("不是有意的，就从数据里去掉", "take them out of the data, unless they are meant"),
        );
    }
    if let Some((n, line, c)) = meta.ticks {
        let (cells, name) = (counted(n, "value begins", "values begin"), &found.names[c]);
        tell(
            "TAB038",
            Severity::Warn,
            line,
            c + 1,
            say!(
                "{n} 个值以单引号开头（如 `'0012`，首处在“{name}”），照原样保留：那是电子表格里表示文字的记号，不是值的一部分",
                "{cells} with a single quote, as `'0012` does (the first in \u{201c}{name}\u{201d}), and is left as it is: in a spreadsheet it marks a text, and is no part of it"
            ),
            say!("从数据里去掉引号；要保留前导零，就声明 `type: string`", "take the quote out of the data; to keep leading zeros declare `type: string`"),
        );
    }
    if let Some(line) = &unparted {
        let cells: Vec<&str> = line.split('，').map(str::trim).collect();
        let (n, right) = (cells.len(), cells.join(","));
        tell(
            "TAB007",
            Severity::Error,
            1,
            0,
            say!(
                "每行都用全角逗号 `，` 分成 {n} 格；全角逗号不分列，整张表成了一列",
                "every line is parted into {n} by full-width commas `，`, which divide nothing: the table has one column"
            ),
            say!(
                "把每行的 `，` 改成半角逗号，表头如 `{right}`；不改文件就写 `dialect: {{delimiter: \"，\"}}`",
                "make them half-width commas in every line; the head is `{right}`. Or leave the file and say `dialect: {{delimiter: \"，\"}}`"
            ),
        );
    } else if let Some(line) = wide {
        let right: Vec<String> = line.split(['，', '；']).map(|n| n.trim().trim_matches(['"', '“', '”', '＂']).to_string()).collect();
        let (from, right) = (found.preamble.len() as u64, right.join(","));
        tell(
            "TAB007",
            Severity::Error,
            from,
            0,
            if found.headless {
                say!(
                    "表头用了全角逗号，不分列，所以没有当作表头；列名暂用 column_1 …",
                    "the names of the head are parted by full-width commas, which divide nothing, so it is no head; the columns are called column_1 …"
                )
            } else {
                say!(
                    "表头用了全角逗号，不分列，所以没有当作表头；第一行数据成了列名",
                    "the names of the head are parted by full-width commas, which divide nothing, so it is no head; the first row gives the names"
                )
            },
            say!("表头改用半角逗号：`{right}`", "part them by half-width commas: `{right}`"),
        );
    } else if found.headless && !settings.head.no_head {
        tell(
            "TAB007",
            Severity::Warn,
            1,
            0,
            say!("没有表头，列名暂用 column_1 …", "there is no head; the columns are called column_1 …"),
            say!(
                "在第一行写列名；若本来没有表头，写 `dialect: {{header: false}}` 并在 schema 里给列名",
                "write names in the first line; if there is none on purpose, say `dialect: {{header: false}}` and name the columns in the schema"
            ),
        );
    }
    // Where a comma has split a number in every row, the column without a name is none.
    let split = split_all(found, shape, &table.preview);
    if let Some((v, c)) = &split {
        let (given, usual) = (shape.heads.last().map_or(0, Vec::len), found.names.len());
        tell(
            "TAB005",
            Severity::Error,
            shape.first,
            c + 1,
            say!(
                "表头 {given} 列，每行却有 {usual} 格：像是数字 `{v}` 里的逗号把它分成了两格，列与表头错开",
                "the head has {given} columns, and every row {usual} cells: the comma in a number such as `{v}` seems to have split it in two, and columns do not fit their names"
            ),
            say!("带千位逗号的数字要加双引号（`\"{v}\"`），或去掉逗号", "a number with separators of thousands needs quotes (`\"{v}\"`), or none of them"),
        );
    }
    for (columns, nameless) in [(&found.unnamed, true), (&found.doubled, false)] {
        if nameless && split.is_some() {
            continue;
        }
        let hint = if nameless {
            say!("在表头写上列名", "write its name in the head")
        } else {
            say!("给每列一个不同的名字", "give each column a name of its own")
        };
        if columns.len() > 1 {
            let (n, names) = (columns.len(), crate::diag::few(columns.iter().map(|c| &found.names[*c]), NAMED));
            let what = if nameless {
                let places = crate::diag::few(columns.iter().map(|c| super::cells::letters(*c as u32)), NAMED);
                say!("{n} 列没有列名（{places}），暂称 {names}", "columns without a name: {n} ({places}); they are called {names}")
            } else {
                say!("{n} 列的列名重复，改称 {names}", "columns whose name comes before them already: {n}; they are called {names} here")
            };
            tell("TAB007", Severity::Warn, head_line, columns[0] + 1, what, hint);
            continue;
        }
        for c in columns.iter() {
            let n = &found.names[*c];
            let what = if nameless {
                say!("第 {} 列（{}）没有列名", "column {} ({}) has no name", c + 1, super::cells::letters(*c as u32))
            } else {
                say!("列名重复，第 {} 列改称 `{n}`", "the name comes twice; column {} is called `{n}` here", c + 1)
            };
            // The empty corner of a table of statistics stands over the names of its rows.
            let labels = || table.preview.iter().filter_map(|r| r.first()).all(|v| super::lines::is_name(v));
            let corner = nameless && *c == 0 && table.names.len() > 1 && labels();
            tell("TAB007", if corner { Severity::Info } else { Severity::Warn }, head_line, c + 1, what, hint.clone());
        }
    }
    if let Some((n, line, len)) = meta.short.filter(|_| meta.wide) {
        let (rows, usual) = (counted(n, "row has", "rows have"), shape.usual);
        tell(
            "TAB005",
            Severity::Error,
            line,
            0,
            say!(
                "{n} 行的单元格少于 {usual} 个（首处 {len} 个）：那一行里的 `，` 是全角逗号，不分列",
                "{rows} fewer than {usual} cells (the first has {len}): the `，` in it is a full-width comma, which parts no cells"
            ),
            say!("改成半角逗号 `,`", "make it a half-width comma `,`"),
        );
    } else if let Some((n, line, len)) = meta.short {
        let (rows, usual) = (counted(n, "row has", "rows have"), shape.usual);
        tell(
            "TAB005",
            Severity::Warn,
            line,
            0,
            say!(
                "{n} 行的单元格少于 {usual} 个（首处 {len} 个），缺的按空值",
                "{rows} fewer than {usual} cells (the first has {len}); what is missing is empty"
            ),
            say!("补足分隔符，或检查这些行是否断行", "complete the delimiters, or see whether these rows were broken in two"),
        );
    }
    if let Some((n, line, len)) = meta.long {
        let (rows, usual) = (counted(n, "row has", "rows have"), shape.usual);
        let added = found.names.get(usual..).unwrap_or(&[]);
        // Where the cells have become columns nothing is lost; where they are too many, they are left out.
        let rest = match added {
            [] => say!("多出的未读入", "the cells beyond are not read"),
            [one] => say!("多出的另列为 `{one}`", "the cells beyond are in a column of their own, `{one}`"),
            [one, .., last] => say!("多出的另列为 `{one}` 至 `{last}`", "the cells beyond are in columns of their own, `{one}` to `{last}`"),
        };
        let (zh, en) = (rest.zh, rest.en);
        match meta.grouped.clone() {
            Some((v, c)) => tell(
                "TAB005",
                Severity::Error,
                line,
                c + 1,
                say!(
                    "{n} 行的单元格多于 {usual} 个（首处 {len} 个）：像是数字 `{v}` 里的逗号把它分成了两格，{zh}",
                    "{rows} more than {usual} cells (the first has {len}): the comma in a number such as `{v}` seems to have split it in two; {en}"
                ),
                say!("带千位逗号的数字要加双引号（`\"{v}\"`），或去掉逗号", "a number with separators of thousands needs quotes (`\"{v}\"`), or none of them"),
            ),
            None => tell(
                "TAB005",
                Severity::Error,
                line,
                usual + 1,
                say!("{n} 行的单元格多于 {usual} 个（首处 {len} 个），{zh}", "{rows} more than {usual} cells (the first has {len}); {en}"),
                say!(
                    "含逗号的文字要加双引号；本来就有这一列，就在表头写上列名",
                    "a text with a comma in it needs quotes; if the column is meant, write its name in the head"
                ),
            ),
        }
    }
    let given = shape.heads.last().map_or(0, Vec::len);
    if let Some(line) = shifted(shape, meta.long.map(|l| l.1), meta.short.map(|s| s.1), given < shape.usual, file_format) {
        tell(
            "SEC003",
            Severity::Veto,
            line,
            0,
            say!(
                "这一行的单元格与表头错开，要遮盖的值会落到没有遮盖的列里",
                "the cells of this row do not stand under their heads, so that what is to be masked may be in a column that is not"
            ),
            say!(
                "含逗号的文字加双引号，缺的分隔符补上；每行与表头的列数一样了再公开",
                "put quotes around texts with commas and complete the delimiters; it can be published when every row has as many cells as the head"
            ),
        );
    }
    if let Some(line) = meta.open {
        tell(
            "TAB006",
            Severity::Error,
            line,
            0,
            say!("引号没有闭合，该行的引号按普通字符读", "a quote is never closed; the quotes of this line are read as characters"),
            say!("补上结尾的双引号；文字里的双引号写成两个", "close it; a quote inside a text is written twice"),
        );
    }
    // Of a head in quotes with full-width commas TAB007 has told.
    if let Some((n, line)) = meta.stray.filter(|(n, line)| !(wide.is_some() && *n == 1 && *line <= found.preamble.len() as u64)) {
        tell(
            "TAB006",
            Severity::Warn,
            line,
            0,
            say!(
                "{n} 格在结尾的引号之后还有文字（如 `\"甲\"和\"乙\"`），连引号照原样读",
                "cells that go on behind their closing quote (as `\"a\" and \"b\"` does), read as they are written, quotes included: {n}"
            ),
            say!("整格加双引号，里面的双引号写成两个", "put quotes around the whole cell, and write those inside it twice"),
        );
    }
    if let Some((line, around)) = meta.nul {
        let around = crate::personal::hide(&around);
        tell(
            "TAB010",
            Severity::Warn,
            line,
            0,
            say!("含有 NUL 字符，已略去（首处第 {line} 行：`{around}`）", "has NUL characters, which are left out (first in row {line}: `{around}`)"),
            say!("重新导出文件", "export the file again"),
        );
    }
    // Rows of a sheet of Excel, with the head: an export that was cut there says nothing of it.
    if matches!(file_format, Format::Csv | Format::Tsv) && [65_536, 1_048_576].contains(&(rows + found.skip as u64)) {
        tell(
            "TAB012",
            Severity::Warn,
            0,
            0,
            say!(
                "连表头正好 {} 行，是电子表格一张表的上限：导出时可能被截断",
                "the rows, with the head, are just {}, the most that a sheet of a spreadsheet holds: the export may have been cut there",
                rows + found.skip as u64
            ),
            say!("核对总行数，缺了就直接从数据库导出 CSV", "compare the number of rows; where some are missing, export CSV from the database itself"),
        );
    }
    if rows == 0 {
        tell("TAB001", Severity::Warn, 0, 0, say!("表里没有数据行", "the table has no rows"), say!("检查导出的文件", "look at the exported file"));
    }
    if !shape.key.is_empty() {
        let keys = meta.keys;
        if keys.len() as u64 == rows {
            let mut seen = rustc_hash::FxHashSet::default();
            let (mut twice, mut first) = (0, None);
            for (i, k) in keys.iter().enumerate() {
                if !seen.insert(*k) {
                    twice += 1;
                    first.get_or_insert((i, *k));
                }
            }
            if let Some((i, hash)) = first {
                let row = meta.key_lines.get(i).map_or(0, |l| u64::from(*l));
                // The value, where the column keeps its values.
                let open = shape.key.iter().all(|c| shape.masks[*c].is_none());
                let value = match shape.key[..] {
                    [c] if open => piece.columns[c]
                        .values(VALUES)
                        .and_then(|all| all.into_iter().map(|v| v.0).find(|v| super::profile::hash(&[v.as_bytes(), b"\x1f"].concat()) == hash)),
                    _ => None,
                };
                let value = value.map(|v| crate::personal::hide(&v.chars().take(40).collect::<String>()).into_owned());
                let (zh, en) = value.map_or_else(Default::default, |v| (format!("：`{v}`"), format!(": `{v}`")));
                let (k, again) = (settings.key.join(", "), counted(twice as u64, "row repeats", "rows repeat"));
                tell(
                    "TAB014",
                    Severity::Error,
                    row,
                    shape.key[0] + 1,
                    say!(
                        "主键 {k} 有 {twice} 处重复（首处第 {row} 行{zh}）",
                        "the key {k} does not tell rows apart: {again} an earlier one (first in row {row}{en})"
                    ),
                    say!("改正数据，或换一个主键", "correct the data, or declare another key"),
                );
            }
        }
    }
    let mut likes = Vec::with_capacity(piece.columns.len());
    // Columns with TAB008: what nobody declared is told once.
    let mut unfit: Vec<usize> = Vec::new();
    let mut written: Vec<(Sign, u64, u64, String, u64, usize)> = Vec::new();
    let mut totals: Option<((u64, u64, String), usize)> = None;
    let mut broken = super::garbled::Garbled::default();
    broken.head(&table, head_line);
    let fell: Vec<bool> = meta.order.iter().map(|o| o.fell || o.first.is_empty()).collect();
    let of_names = found.names.iter().position(|n| personal::of_names(n)).or_else(|| {
        let named = |c: &super::profile::Column| rows > c.nulls && c.names() * 10 >= (rows - c.nulls) * 7;
        found.names.iter().zip(&piece.columns).position(|(n, c)| crate::personal::together::mute(n) && named(c))
    });
    let offices = found.names.iter().any(|n| personal::of_offices(&personal::words(n)));
    for (c, column) in piece.columns.into_iter().enumerate() {
        let name = &found.names[c];
        let few = column.values(VALUES);
        broken.column(c, &column);
        let sums = if totals.is_none() { column.such(&super::totals::is_total) } else { None };
        let of = personal::Of { chinese: settings.chinese(), first: settings.mainly_chinese(), offices, persons: of_names.is_some_and(|n| n != c) };
        let (mut profile, marks) = column.finish(name, shape.customs[c].as_ref().and_then(|k| k.told), rows, !fell[c], of, &|row| row);
        likes.push(marks.like);
        // Cells are quoted in findings only where their column is not one to hide.
        let quote = |v: &str| -> String { if shape.masks[c].is_some() || marks.personal.is_some() { "…".into() } else { v.to_string() } };
        if let Some((line, v)) = &marks.odd {
            let ((zh, en), v, odd) = (profile.kind.names(), quote(v), profile.odd);
            unfit.push(c + 1);
            tell(
                "TAB008",
                Severity::Warn,
                *line,
                c + 1,
                say!("“{name}”有 {odd} 个值不是{zh}，例如 `{v}`", "\u{201c}{name}\u{201d} has values that are no {en}, such as `{v}` ({odd} in all)"),
                say!("改正这些值；缺失值统一留空，或写 missingValues", "correct them; leave missing values empty, or list them in missingValues"),
            );
        }
        for (what, n, line, v) in &marks.spoilt {
            let (code, severity, message, hint) = super::doubts::spoilt(*what, *n, name, &quote(v));
            tell(code, severity, *line, c + 1, message, hint);
        }
        // What says why the column is no number or day is not told again.
        let why = marks.spoilt.iter().any(|s| s.1 > 0);
        if let Some((line, v)) = &marks.either {
            let v = quote(v);
            tell(
                "TAB021",
                Severity::Warn,
                *line,
                c + 1,
                say!(
                    "“{name}”的值都是 `{v}`，可能是财政年度（跨两年），也可能是年月，按文字读取",
                    "all values of \u{201c}{name}\u{201d} are `{v}`: a financial year or a month; read as text"
                ),
                say!(
                    "在 `schema.fields` 里写明：年月写 `type: yearmonth`，财政年度写 `type: string`",
                    "declare it in `schema.fields`: `type: yearmonth` for a month, `type: string` for a financial year"
                ),
            );
        }
        if shape.customs[c].as_ref().is_none_or(|k| !k.changes()) {
            for (sign, n, line, v) in marks.written.iter().filter(|_| shape.masks[c].is_none()) {
                match written.iter_mut().find(|w| w.0 == *sign) {
                    Some(w) => (w.1, w.4) = (w.1 + n, w.4 + 1),
                    None => written.push((*sign, *n, *line, quote(v), 1, c)),
                }
            }
        }
        if let Some(t) = marks.text.as_ref().filter(|_| !why && !shape.customs[c].as_ref().is_some_and(|k| k.changes())) {
            let ((zh, en), v, n) = (t.kind.names(), quote(&t.value), t.fit);
            let (why_zh, why_en, fix) = match t.why {
                Why::Sign => ("负号不是半角的", "the minus sign is none that programs know", say!("负号用半角 `-`", "write a minus as a hyphen `-`")),
                Why::Endless => (
                    "不是一个数",
                    "it is no number",
                    say!("除以零之类算出的，留空或写 missingValues", "where a division by zero made it, leave it empty or list it in missingValues"),
                ),
                Why::Day => ("没有这一天", "there is no such day", say!("改正这个日期", "correct the day")),
                Why::Other => (
                    "它不是",
                    "it is none",
                    say!(
                        "改正它；缺失值留空，或写 missingValues；本来就是文字，就声明 `type: string`",
                        "correct it; leave a missing value empty, or list it in missingValues; where text is meant, declare `type: string`"
                    ),
                ),
            };
            let message = if t.odd > 1 && t.why == Why::Other {
                let odd = t.odd;
                say!(
                    "“{name}”有 {n} 个值是{zh}，但因为另外 {odd} 个（首个是 `{v}`）不是，整列按文字读取",
                    "\u{201c}{name}\u{201d} has {en} ({n}), but for others that are none ({odd}, the first `{v}`) the column is read as text"
                )
            } else {
                say!(
                    "“{name}”有 {n} 个值是{zh}，但因为 `{v}`（{why_zh}），整列按文字读取",
                    "\u{201c}{name}\u{201d} has {en} ({n}), but for `{v}` ({why_en}) the column is read as text"
                )
            };
            tell("TAB008", Severity::Warn, t.line, c + 1, message, fix);
        }
        if let Some(d) = marks.spelt.as_ref().filter(|_| !shape.customs[c].as_ref().is_some_and(|k| k.changes())) {
            let (usual, v) = (quote(&d.usual), quote(&d.value));
            tell(
                "TAB008",
                Severity::Warn,
                d.line,
                c + 1,
                say!(
                    "“{name}”的日期写法不一：多数如 `{usual}`（{} 个），另有 {} 个如 `{v}`；datapackage.json 因此把这一列标为文字",
                    "\u{201c}{name}\u{201d} writes its days in several ways: most as `{usual}` ({}), others as `{v}` ({}); datapackage.json therefore calls the column text",
                    d.most,
                    d.fewer
                ),
                say!("一列只用一种写法", "write the column in one way"),
            );
        }
        if let Some((line, v, with, without)) = &marks.mixed {
            let v = quote(v);
            tell(
                "TAB008",
                Severity::Warn,
                *line,
                c + 1,
                say!(
                    "“{name}”有 {with} 个值带 %、{without} 个不带（例如 `{v}`），大小不同，整列按文字读取",
                    "\u{201c}{name}\u{201d} has values with % ({with}) and without ({without}), such as `{v}`: they are of different scales; the column is read as text"
                ),
                say!("一列只用一种写法：都带 % 或都不带", "write the column in one way: % in every cell, or in none"),
            );
        }
        if let Some((line, v)) = &marks.formula {
            let (n, v) = (marks.formulas, quote(v));
            tell(
                "TAB009",
                Severity::Warn,
                *line,
                c + 1,
                say!(
                    "“{name}”有 {n} 个像公式的值，例如 `{v}`；原文件和 CSV 不改，给 Excel 的副本（.excel.csv）前加 '",
                    "\u{201c}{name}\u{201d} has values that a spreadsheet would run, such as `{v}` ({n} in all); the original and the CSV are left as they are, the copy for Excel (.excel.csv) has ' before them"
                ),
                say!("确认不是误入的公式", "see that no formula slipped in"),
            );
        }
        if let Some((line, v)) = &marks.mark {
            let n = profile.marks;
            let times = counted(n, "time", "times");
            tell(
                "TAB015",
                Severity::Info,
                *line,
                c + 1,
                say!("“{name}”有 {n} 个表示缺失的值，例如 `{v}`，按缺失值算", "\u{201c}{name}\u{201d} has `{v}` or its like {times}, counted as missing"),
                say!("可在 schema 的 missingValues 里写明", "say so in missingValues of the schema"),
            );
        }
        if let Some((kind, n, line, sure)) = marks.personal {
            let theirs = kind == crate::personal::Kind::Mobile && sure == crate::personal::Sure::Perhaps && personal::beside_names(name, &table.names);
            let sure = if theirs { crate::personal::Sure::Yes } else { sure };
            file.personal.push(Personal { part: table.part.clone(), name: name.clone(), column: c + 1, kind, cells: n, line, sure, place: Spot::Column });
        }
        // Pages show full-width digits as the rows have them.
        if marks.written.iter().any(|w| w.0 == Sign::Wide) {
            profile.texts().chain(table.preview.iter_mut().filter_map(|r| r.get_mut(c))).for_each(|v| {
                if let Some(t) = value::narrow(v) {
                    *v = t;
                }
            });
        }
        if profile.kind == super::profile::Kind::String && shape.masks[c].is_none() {
            totals = totals.or(sums.map(|s| (s, c)));
        }
        table.values.push(few.filter(|_| marks.personal.is_none() && shape.masks[c].is_none()));
        table.columns.push(profile);
    }
    for d in odd {
        let again = d.code == "TAB022" && d.severity == Severity::Warn && unfit.contains(&d.column);
        if !(again || flagged && d.code == "TAB038" && d.message.en.contains("flags stand")) {
            tell(d.code, d.severity, d.line, d.column, d.message, d.hint);
        }
    }
    if decoded {
        broken.decoded();
    }
    let hide = |c: usize| shape.masks.get(c).is_some_and(Option::is_some);
    for d in broken.told(&hide) {
        tell(d.code, d.severity, d.line, d.column, d.message, d.hint);
    }
    for (sign, n, line, v, columns, c) in written {
        let name = &found.names[c];
        let more =
            if columns > 1 { (format!("等 {columns} 列"), format!(" and {} more", counted(columns - 1, "column", "columns"))) } else { Default::default() };
        let (zh, en, group) = match sign {
            Sign::Comma => ("有分位逗号", "with commas between groups of digits", Some(',')),
            Sign::Blank => ("有空格", "with blanks in them", Some(' ')),
            Sign::Wide => ("有全角或其他字符", "with full-width or other characters", None),
        };
        tell(
            "TAB020",
            Severity::Info,
            line,
            c + 1,
            Text {
                zh: format!("“{name}”{}：{n} 个数{zh}（首处 `{v}`），生成的文件里写成普通数字", more.0),
                en: format!("\u{201c}{name}\u{201d}{}: {} {en} (first `{v}`); derived files have plain digits", more.1, counted(n, "number", "numbers")),
            },
            match group {
                Some(g) => say!(
                    "在 `schema.fields` 里写 `type: number, groupChar: \"{g}\"` 确认；是编码就写 `type: string`",
                    "confirm it in `schema.fields`: `type: number, groupChar: \"{g}\"`; `type: string` for codes"
                ),
                None => say!("数字用半角书写；是文字就写 `type: string`", "write digits in ASCII; for texts declare `type: string`"),
            },
        );
    }
    let quantity = |p: &super::profile::Profile| matches!(p.kind, super::profile::Kind::Integer | super::profile::Kind::Number);
    if let Some(((n, line, v), c)) = totals.filter(|_| table.columns.iter().any(quantity)) {
        let name = &found.names[c];
        let en = counted(n, "row is a total", "rows are totals");
        tell(
            "TAB037",
            Severity::Info,
            line,
            c + 1,
            say!(
                "{n} 行是合计（“{name}”为 `{v}`），照样公开，列的平均数、中位数也算了它",
                "{en} (`{v}` in \u{201c}{name}\u{201d}): published as it is, and counted in means and medians"
            ),
            say!(
                "合计能由各行算出，可以删去；要保留就另加一列标明是合计还是分项，或另放一个文件",
                "a total follows from the other rows and may be left out; to keep it, mark it in a column of its own, or put it in a file of its own"
            ),
        );
    }
    table.shared = super::shared_unit::columns(&table);
    around(&table, &meta.tail, &meta.beyond, head_line, file);
    labelled(&table, &meta.labelled, file);
    file.suspect_rows(table.part.as_deref(), &meta.suspects);
    file.secret_columns(table.part.as_deref(), &table.names, &table.preview, &|c| shape.masks.get(c).is_some_and(Option::is_some));
    let periods: Vec<(usize, String, (u16, u8))> = table.names.iter().enumerate().filter_map(|(i, n)| Some((i, n.clone(), value::period(n)?))).collect();
    if periods.len() >= 3 && table.names.len() - periods.len() <= 5 && table.names.len() > periods.len() {
        table.periods = periods;
    }
    let hidden: Vec<bool> = shape.masks.iter().map(Option::is_some).collect();
    if let Some((from, to, kind, n)) = personal::split(&table.names, &table.preview, &hidden) {
        let name = table.names[from..=to].join(" + ");
        let known = file
            .personal
            .iter()
            .any(|p| p.part == table.part && p.kind == kind && (from + 1..=to + 1).contains(&p.column) && p.sure == crate::personal::Sure::Yes);
        if !known {
            let sure = crate::personal::Sure::Yes;
            file.personal.push(Personal { part: table.part.clone(), name, column: from + 1, kind, cells: n, line: head_line, sure, place: Spot::Column });
        }
    }
    if let Some(r) = personal::rejoined(&table.names, &table.preview, &hidden) {
        let (a, b) = r.columns;
        let name = format!("{} + {}", table.names[a], table.names[b]);
        let (part, cells) = (table.part.clone(), r.rows);
        file.personal.push(Personal { part, name, column: a + 1, kind: r.kind, cells, line: head_line, sure: r.sure, place: Spot::Column });
    }
    for (c, n, sure) in personal::papers(&table.names, &table.preview, &hidden) {
        let cells = likes.get(c).map_or(n, |l| l.filled);
        let known = |p: &Personal| p.part == table.part && p.column == c + 1 && p.sure >= sure && p.place == Spot::Column;
        if !file.personal.iter().any(known) {
            file.personal.retain(|p| !(p.part == table.part && p.column == c + 1 && p.place == Spot::Column));
            let (part, name, kind) = (table.part.clone(), table.names[c].clone(), personal::Kind::Passport);
            file.personal.push(Personal { part, name, column: c + 1, kind, cells, line: head_line, sure, place: Spot::Column });
        }
    }
    spread(found, shape, &table, file);
    let names: Vec<&str> = table.names.iter().map(String::as_str).collect();
    let open = |a: usize, b: usize| shape.masks[a].is_none() && shape.masks[b].is_none();
    let pair = crate::personal::together::together(&names, &likes).filter(|(a, b, _)| open(*a, *b));
    let certain = pair.filter(|p| p.2 == crate::personal::Sure::Yes).map(|(a, b, _)| (a, b));
    let certain = personal::combination(&names).filter(|(a, b)| open(*a, *b) && named(&likes[*a]) && shown(&table, *b)).or(certain);
    if let (None, Some((a, b, sure))) = (certain, pair)
        && !file.personal.iter().any(|p| p.column == b + 1 && p.part == table.part)
    {
        let name = format!("{} + {}", names[a], names[b]);
        let kind = crate::personal::Kind::Person;
        file.personal.push(Personal {
            part: table.part.clone(),
            name,
            column: b + 1,
            kind,
            cells: likes[b].filled,
            line: head_line,
            sure,
            place: Spot::Column,
        });
    }
    if let Some((a, b)) = certain {
        file.doubts.push(doubt(
            "SEC003",
            Severity::Veto,
            head_line,
            a + 1,
            say!(
                "同时公开“{}”和“{}”会暴露个人隐私",
                "\u{201c}{}\u{201d} together with \u{201c}{}\u{201d} tells private matters of a person",
                names[a],
                names[b]
            ),
            say!(
                "在资源下写 `schema: {{fields: [{{name: {}, mask: all}}]}}` 遮去其中一列，或不公开这个文件",
                "mask one of them in the resource, `schema: {{fields: [{{name: {}, mask: all}}]}}`, or do not publish the file",
                names[a]
            ),
        ));
    }
    hashed(&table, head_line, &hidden, file);
    if certain.is_none() {
        formed(&table, head_line, file);
    }
    (table, meta.tail.iter().map(|(line, _)| *line).collect())
}

/// Hashes of numbers of persons, and called so: there are so few telephones that all of them are tried in seconds.
fn hashed(table: &Table, line: u64, hidden: &[bool], file: &mut File) {
    let told = |low: &str| ["md5", "sha", "哈希", "散列", "hash"].iter().any(|w| low.contains(w));
    for (c, name) in table.names.iter().enumerate().filter(|(c, n)| n.len() < 60 && !hidden[*c] && told(&n.to_lowercase())) {
        let kind = [personal::Kind::Id, personal::Kind::Mobile].into_iter().find(|k| personal::calls(*k, name));
        let values = || table.preview.iter().filter_map(|r| r.get(c)).filter(|v| !v.is_empty());
        let hash = |v: &String| matches!(v.len(), 32 | 40 | 64) && v.bytes().all(|b| b.is_ascii_hexdigit());
        let known = file.personal.iter().any(|p| p.part == table.part && p.column == c + 1 && p.place == Spot::Column);
        if let Some(kind) = kind.filter(|_| !known && values().count() > 0 && values().all(hash)) {
            let (part, name, cells, sure) = (table.part.clone(), name.clone(), values().count() as u64, crate::personal::Sure::Yes);
            file.personal.push(Personal { part, name, column: c + 1, kind, cells, line, sure, place: Spot::Column });
        }
    }
}

/// A form, or a table on its side, in which somebody's name and home or illness stand behind what they are called.
fn formed(table: &Table, line: u64, file: &mut File) {
    let rows = std::iter::once(&table.names[..]).chain(table.preview.iter().map(|r| &r[..]));
    let Some((name, private, sure)) = crate::personal::together::form(rows) else { return };
    if sure == crate::personal::Sure::Perhaps {
        let (part, name) = (table.part.clone(), format!("{name} + {private}"));
        return file.personal.push(Personal { part, name, column: 1, kind: crate::personal::Kind::Person, cells: 1, line, sure, place: Spot::Column });
    }
    file.doubts.push(Doubt {
        code: "SEC003",
        severity: Severity::Veto,
        line,
        column: 1,
        message: say!(
            "“{name}”和“{private}”写在一起，会暴露个人隐私",
            "\u{201c}{name}\u{201d} together with \u{201c}{private}\u{201d} tells private matters of a person"
        ),
        hint: say!("删去或遮住其中一项，或不公开这个文件", "take one of them out or mask it, or do not publish the file"),
    });
}

/// Where a table with masks has a row whose cells stand under other heads than their own: one with more cells than the head, with fewer
/// (which moves a value to the left: of no weight where nothing but the first column is masked), or all of them (`unnamed`).
fn shifted(shape: &Shape, long: Option<u64>, short: Option<u64>, unnamed: bool, format: Format) -> Option<u64> {
    // Cells of workbooks and members of JSON stand where they are.
    if !matches!(format, Format::Csv | Format::Tsv) || shape.heads.is_empty() || shape.masks.iter().all(Option::is_none) {
        return None;
    }
    let later = shape.masks.iter().skip(1).any(Option::is_some);
    long.or(short.filter(|_| later)).or(unnamed.then_some(if shape.first == u64::MAX { 1 } else { shape.first }))
}

/// A number of a person with one digit a cell: told at its row, unless its columns were told or are masked.
fn spread(found: &Layout, shape: &Shape, table: &Table, file: &mut File) {
    let Some(s) = &found.spread else { return };
    let (from, to) = s.columns;
    let known = |p: &Personal| p.part == table.part && p.kind == s.kind && p.sure == crate::personal::Sure::Yes && (from + 1..=to + 1).contains(&p.column);
    let masked = s.row >= found.skip && shape.masks.iter().take(to + 1).skip(from).any(Option::is_some);
    if masked || file.personal.iter().any(known) {
        return;
    }
    let line = if shape.first == u64::MAX { s.row as u64 + 1 } else { (shape.first + s.row as u64).saturating_sub(found.skip as u64).max(1) };
    let name = match table.names.get(from..(to + 1).min(table.names.len())) {
        Some([first, .., last]) => format!("{first} … {last}"),
        _ => String::new(),
    };
    let place = if s.row < found.above {
        Spot::Above
    } else if s.row < found.skip {
        Spot::Head
    } else {
        Spot::Column
    };
    // Names of a head that is such a number say its digits.
    let name = if place == Spot::Head { String::new() } else { name };
    let sure = crate::personal::Sure::Yes;
    file.personal.push(Personal { part: table.part.clone(), name, column: from + 1, kind: s.kind, cells: s.cells, line, sure, place });
}

/// A line whose full-width commas would make as many names as there are columns.
fn wide_head(line: &str, columns: usize) -> bool {
    columns > 1 && line.matches(['，', '；']).count() + 1 == columns && line.chars().count() < 60 * columns && !line.contains(['。', '：'])
}

/// The first line of a table of one column whose lines all have as many full-width commas, between names in the first and
/// between short values below: they were meant to part columns.
fn unparted(found: &Layout, rows: &[Vec<String>]) -> Option<String> {
    let [name] = &found.names[..] else { return None };
    let head = Some(name.as_str()).filter(|n| !super::layout::made_up(n));
    let lines: Vec<&str> = found.preamble.iter().map(String::as_str).chain(head).chain(rows.iter().filter_map(|r| r.first()).map(String::as_str)).collect();
    let first = lines.first()?;
    let n = first.matches('，').count();
    let named = first.split('，').map(str::trim).all(|c| !c.is_empty() && c.chars().count() <= 20 && !c.contains(['。', '；', '？', '！', '：']));
    let even = lines.iter().all(|l| l.matches('，').count() == n && !l.contains('。') && l.split('，').all(|c| c.chars().count() <= 40));
    (n > 0 && lines.len() > 1 && named && even).then(|| (*first).to_string())
}

/// All of its parts are short and without digits, as names of columns are.
fn short_names(line: &str) -> bool {
    line.split(['，', '；'])
        .map(str::trim)
        .all(|n| !n.is_empty() && n.chars().count() <= 8 && !n.chars().any(char::is_numeric) && !n.contains(char::is_whitespace))
}

/// The values under a head of names are names: some are of no surname that is known, and those that are masked are none.
fn named(like: &crate::personal::together::Like) -> bool {
    let share = |n: u64, of: u64| n > 0 && n * 100 >= like.filled * of;
    share(like.han, 30) || share(like.given, 20) || share(like.latin, 60)
}

/// A column has values, and they are not masked.
fn shown(table: &Table, column: usize) -> bool {
    let values = || table.preview.iter().filter_map(|r| r.get(column)).map(|v| v.trim()).filter(|v| !v.is_empty());
    let masked = values().filter(|v| v.contains(['*', '×', '＊', '※', '█', '■'])).count();
    let n = values().count();
    n > 0 && masked * 2 < n
}
