//! Reading formats that are read whole: JSON and workbooks.

use super::bytes::{self, Format, Member, Wrap};
use super::delimited::Dialect;
use super::findings::{doubt, finish};
use super::layout::{self, Layout, Told};
use super::pieces::{Meta, Order, Piece, shape};
use super::{File, Place, Settings, Table, WHOLE, WIDTH, decode, json, sheet};
use crate::diag::{Severity, Text};
use crate::load::Blob;
use crate::say;
use std::io::{self, Read as _};

pub(super) fn whole(blob: &Blob, wrap: Option<Wrap>, m: &Member, file: &mut File) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    bytes::stream(blob, wrap, m)?.take(WHOLE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > WHOLE {
        let mib = WHOLE >> 20;
        file.doubts.push(doubt(
            "TAB012",
            Severity::Error,
            0,
            0,
            say!("超过 {mib} MiB，这种格式不能分段读，未读入", "more than {mib} MiB, and this format cannot be read in pieces; not read"),
            say!("另存为 CSV（没有大小限制）", "save it as CSV, which has no limit"),
        ));
        return Ok(None);
    }
    Ok(Some(bytes))
}

/// Reads a grid whose head is known.
/// `records`: the rows are records of JSON, which has no notes.
#[expect(clippy::too_many_arguments, reason = "what a grid is")]
pub(super) fn grid(
    rows: &[Vec<String>],
    offset: usize,
    found: &Layout,
    settings: &Settings,
    file: &mut File,
    part: Option<String>,
    first: u64,
    records: bool,
) -> Table {
    let mut customs = Vec::new();
    let mut doubts = Vec::new();
    loop {
        let shape = shape(found, first, Dialect::default(), settings, &customs);
        let mut piece = Piece::new(&shape);
        piece.records = records;
        let mut meta = Meta { order: vec![Order::default(); shape.width], ..Meta::default() };
        for (i, r) in rows.iter().enumerate() {
            let line = (offset + i + 1) as u64;
            if line >= first {
                let len = r.iter().rposition(|c| !c.is_empty()).map_or(0, |i| i + 1);
                // Sheets have no short rows: cells that are not there are empty.
                let len = if len == 1 && shape.width > 1 { 1 } else { shape.width.max(len) };
                piece.row(&mut meta, &shape, line, len, &|c| r.get(c).map_or(b"", |v| v.as_bytes()));
            }
        }
        meta.short = None;
        if customs.is_empty() {
            let heard = super::spoken::hear(&piece, found, &shape);
            doubts = heard.doubts;
            if heard.customs != shape.customs {
                customs = heard.customs;
                continue;
            }
        }
        file.doubts.append(&mut doubts);
        let (mut table, notes) = finish(piece, meta, found, &shape, settings, file, part);
        table.place = Place { first, notes, customs, heads: found.heads.clone(), ..Place::default() };
        return table;
    }
}

/// A table, or why and where the JSON does not parse.
pub(super) type Parsed = Result<json::Grid, (String, usize, usize)>;

pub(super) fn json_grid(
    blob: &Blob,
    wrap: Option<Wrap>,
    m: &Member,
    place: &Place,
    format: Format,
    property: Option<&str>,
    file: &mut File,
) -> io::Result<Option<Parsed>> {
    let Some(bytes) = whole(blob, wrap, m, file)? else { return Ok(None) };
    let Some(e) = place.encoded else { return Ok(None) };
    if let (None, Err(bad)) = (e.encoding, std::str::from_utf8(&bytes[e.mark.min(bytes.len())..])) {
        let before = &bytes[..e.mark.min(bytes.len()) + bad.valid_up_to()];
        let line = memchr::memchr_iter(b'\n', before).count() as u64 + 1;
        let column = before.iter().rev().take_while(|b| **b != b'\n').filter(|b| **b & 0xC0 != 0x80).count() + 1;
        file.doubts.push(super::findings::broken_at(line, column, 1, "UTF-8"));
    }
    let text = decode(&bytes[e.mark.min(bytes.len())..], e);
    drop(bytes);
    Ok(Some(json::read(&text, format == Format::JsonLines, property)))
}

pub(super) fn whole_json(
    blob: &Blob,
    wrap: Option<Wrap>,
    m: &Member,
    settings: &Settings,
    file: &mut File,
    mut place: Place,
    format: Format,
) -> io::Result<()> {
    let Some(read) = json_grid(blob, wrap, m, &place, format, settings.property.as_deref(), file)? else { return Ok(()) };
    match read {
        Ok(g) if !g.names.is_empty() => {
            if !g.others.is_empty() {
                let key = g.key.as_deref().unwrap_or("");
                let list: Vec<String> = g.others.iter().take(5).map(|(k, n)| format!("{k} ({n})")).collect();
                let list = list.join(", ");
                file.doubts.push(doubt(
                    "TAB023",
                    Severity::Info,
                    0,
                    0,
                    say!("表取自 `{key}`（{} 条）；另有 {list}", "the table is the list `{key}` ({}); there are also {list}", g.rows.len()),
                    say!("若应取另一个，写 `dialect: {{property: 键.键}}`", "if another one is meant, say `dialect: {{property: key.key}}`"),
                ));
            }
            let found = Layout { names: g.names, units: Vec::new(), ..Layout::default() };
            let found = Layout { units: vec![None; found.names.len()], head_rows: 1, ..found };
            let mut table = grid(&g.rows, 0, &found, settings, file, g.key.or(m.name.clone()), 1, true);
            (place.first, place.customs) = (1, std::mem::take(&mut table.place.customs));
            table.encoding = place.encoded.map_or("", |e| e.name());
            table.place = place;
            file.tables.push(table);
        }
        Ok(_) | Err((_, 0, _)) if settings.property.is_some() => {
            let p = settings.property.as_deref().unwrap_or("");
            file.doubts.push(doubt(
                "TAB016",
                Severity::Error,
                0,
                0,
                say!("JSON 里 `{p}` 处没有表（对象的列表）", "there is no table (a list of objects) at `{p}` in this JSON"),
                say!("改 `dialect.property`，例如 data.items", "correct `dialect.property`, such as data.items"),
            ));
        }
        Ok(_) | Err((_, 0, _)) => file.doubts.push(doubt(
            "TAB016",
            Severity::Info,
            0,
            0,
            say!("JSON 里没有表（对象的列表），只提供下载", "there is no table (a list of objects) in this JSON; it is offered for download only"),
            say!("若要预览，改成对象的列表", "for a preview, make it a list of objects"),
        )),
        Err((why, line, column)) => {
            file.doubts.push(doubt(
                "TAB001",
                Severity::Error,
                line as u64,
                column,
                say!("JSON 不合语法：{why}", "the JSON does not parse: {why}"),
                say!("用 JSON 工具检查这一处", "look at this place with a JSON tool"),
            ));
        }
    }
    Ok(())
}

pub(super) fn workbook(blob: &Blob, wrap: Option<Wrap>, m: &Member, settings: &Settings, file: &mut File, place: Place) -> io::Result<()> {
    let Some(bytes) = whole(blob, wrap, m, file)? else { return Ok(()) };
    let sheets = match sheet::read(bytes) {
        Ok(s) => s,
        Err(fault) => {
            let (zh, en) = match &fault {
                sheet::Fault::Bomb => ("解开后过大，未读入".to_string(), "unpacks beyond measure; not read".to_string()),
                sheet::Fault::Large => ("单元格太多，未读入".into(), "has too many cells; not read".into()),
                sheet::Fault::Locked => ("有密码保护，无法读取".into(), "is protected by a password".into()),
                sheet::Fault::Broken(w) => (format!("工作簿已损坏，或不是电子表格：{w}"), format!("the workbook is broken, or is none: {w}")),
            };
            file.doubts.push(doubt(
                "TAB001",
                Severity::Error,
                0,
                0,
                Text { zh, en },
                say!("用电子表格软件打开后另存，或另存为 CSV", "open and save it in a spreadsheet program, or save it as CSV"),
            ));
            return Ok(());
        }
    };
    let mut seen = false;
    for (i, s) in sheets.iter().enumerate() {
        if s.rows.is_empty() {
            continue;
        }
        let found = layout::find(
            &s.rows[..s.rows.len().min(layout::SAMPLE)],
            &Told { rows: settings.head.rows.iter().map(|r| r.saturating_sub(s.above)).collect(), ..settings.head.clone() },
        );
        if found.names.is_empty() || found.names.len() > WIDTH {
            continue;
        }
        let first = (s.above + found.skip + 1) as u64;
        let mut table = grid(&s.rows, s.above, &found, settings, file, Some(s.name.clone()).filter(|_| sheets.len() > 1), first, false);
        table.place = Place { sheet: i, first, notes: table.place.notes, customs: table.place.customs, heads: table.place.heads, ..place.clone() };
        if let Some((row, col, v)) = &s.lost {
            file.doubts.push(doubt(
                "TAB013",
                Severity::Warn,
                *row as u64,
                *col,
                say!("数字 `{v}` 超过 15 位，电子表格已丢掉末尾的数字", "the number `{v}` has more than 15 digits; the spreadsheet has lost the last ones"),
                say!("编号和证件号在表格里设为文本格式", "make cells with long codes text in the spreadsheet"),
            ));
        }
        if let Some((row, col, v)) = &s.error {
            file.doubts.push(doubt(
                "TAB008",
                Severity::Warn,
                *row as u64,
                *col,
                say!("单元格是错误值 {v}", "the cell holds the error {v}"),
                say!("改正公式后重新导出", "mend the formula and export again"),
            ));
        }
        if s.hidden {
            let n = &s.name;
            file.doubts.push(doubt(
                "TAB017",
                Severity::Warn,
                0,
                0,
                say!("工作表“{n}”是隐藏的，但会随文件公开", "the sheet \u{201c}{n}\u{201d} is hidden but is published with the file"),
                say!("不该公开就删掉它", "delete it if it should not be public"),
            ));
        }
        // Only the sheet that is asked for is shown; its neighbours were searched for personal data all the same.
        if settings.sheet.as_ref().is_none_or(|w| *w == s.name) {
            seen = true;
            file.tables.push(table);
        }
    }
    if !seen && settings.sheet.is_none() {
        file.doubts.push(doubt(
            "TAB001",
            Severity::Warn,
            0,
            0,
            say!("工作簿里没有表", "there is no table in the workbook"),
            say!("放入数据，或删去这个资源", "put data there, or take the resource out"),
        ));
    }
    if let Some(w) = settings.sheet.as_ref().filter(|_| !seen) {
        let names = sheets.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join("、");
        file.doubts.push(doubt(
            "TAB001",
            Severity::Error,
            0,
            0,
            say!("没有名为“{w}”的工作表（有：{names}）", "there is no sheet \u{201c}{w}\u{201d} (there are: {names})"),
            say!("改 `dialect.sheetName`", "correct `dialect.sheetName`"),
        ));
    }
    Ok(())
}
