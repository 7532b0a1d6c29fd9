//! Reading formats that are read whole: JSON and workbooks.

use super::bytes::{self, Format, Member, Wrap};
use super::delimited::Dialect;
use super::doubts::{broken_at, doubt, long_names, wide};
use super::findings::finish;
use super::layout::Layout;
use super::pieces::{Meta, Order, Piece, shape};
use super::{File, Place, Settings, Shelf, Table, WHOLE, WIDTH, decode, json, marked, odd, sheet};
use crate::diag::{Severity, Text, say};
use crate::load::Blob;
use std::io::{self, Read as _};

pub(super) fn whole(blob: &Blob, wrap: Option<Wrap>, m: &Member, file: &mut File) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    // What is read whole is held more than once.
    let most = if wrap.is_some() { (crate::load::walk::seen(&blob.disk).0.saturating_mul(60)).clamp(32 << 20, WHOLE) } else { WHOLE };
    bytes::stream(blob, wrap, m)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let mib = most >> 20;
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
    let mut found = std::borrow::Cow::Borrowed(found);
    loop {
        let shape = shape(&found, first, Dialect::default(), settings, &customs);
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
        piece.sentences(&mut meta, &shape);
        if let Some(n) = meta.wider(&shape).filter(|_| !records) {
            found.to_mut().widen(n);
            continue;
        }
        if customs.is_empty() {
            let heard = super::spoken::hear(&piece, &found, &shape);
            doubts = heard.doubts;
            if heard.customs != shape.customs {
                customs = heard.customs;
                continue;
            }
        }
        file.doubts.append(&mut doubts);
        let (mut table, notes) = finish(piece, meta, &found, &shape, settings, file, part);
        table.place = Place { first, notes, customs, heads: found.heads.clone(), ..Place::default() };
        return table;
    }
}

/// Most values of a JSON file.
const VALUES: u64 = 24 << 20;

fn too_much(what: Text) -> super::Doubt {
    doubt("TAB012", Severity::Error, 0, 0, what, say!("另存为 CSV（没有大小限制）", "save it as CSV, which has no limit"))
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
    json_lines(blob, wrap, m, place, format, property, file, &mut Vec::new())
}

/// The same, and the lines on which the records begin.
#[expect(clippy::too_many_arguments, reason = "what a file is and how it is read")]
fn json_lines(
    blob: &Blob,
    wrap: Option<Wrap>,
    m: &Member,
    place: &Place,
    format: Format,
    property: Option<&str>,
    file: &mut File,
    begins: &mut Vec<u32>,
) -> io::Result<Option<Parsed>> {
    let Some(bytes) = whole(blob, wrap, m, file)? else { return Ok(None) };
    let Some(e) = place.encoded else { return Ok(None) };
    if let (None, Err(bad)) = (e.encoding, std::str::from_utf8(&bytes[e.mark.min(bytes.len())..])) {
        let before = &bytes[..e.mark.min(bytes.len()) + bad.valid_up_to()];
        let line = memchr::memchr_iter(b'\n', before).count() as u64 + 1;
        let column = before.iter().rev().take_while(|b| **b != b'\n').filter(|b| **b & 0xC0 != 0x80).count() + 1;
        file.doubts.push(broken_at(line, column, 1, "UTF-8"));
    }
    let text = decode(&bytes[e.mark.min(bytes.len())..], e);
    drop(bytes);
    if let Some(at) = e.encoding.and_then(|_| text.find('\u{FFFD}')) {
        let line = text[..at].matches('\n').count() as u64 + 1;
        let column = text[..at].chars().rev().take_while(|c| *c != '\n').count() + 1;
        file.doubts.push(broken_at(line, column, text.matches('\u{FFFD}').count() as u64, e.name()));
    }
    // Every value takes some sixty bytes here: what is packed, or lists nothing but digits, may have too many.
    let most = crate::load::walk::seen(&blob.disk).0.saturating_mul(2).clamp(1 << 20, VALUES);
    if memchr::memchr3_iter(b',', b'[', b'{', text.as_bytes()).take(most as usize + 1).count() as u64 > most {
        file.doubts.push(too_much(say!("超过 {most} 个值，未读入", "more than {most} values; not read")));
        return Ok(None);
    }
    let read = json::read(&text, format == Format::JsonLines, property);
    if let Ok(g) = &read {
        *begins = json::lines_of(&text, format == Format::JsonLines, g.key.as_deref(), g.rows.len());
    }
    Ok(Some(read))
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
    let mut begins = Vec::new();
    let Some(read) = json_lines(blob, wrap, m, &place, format, settings.property.as_deref(), file, &mut begins)? else { return Ok(()) };
    match read {
        Ok(g) if !g.names.is_empty() => {
            let (rows, width) = (g.rows.len() as u64, g.names.len());
            if g.sparse
                || width > WIDTH
                || rows.saturating_mul(width as u64) > super::cells::Budget::of(crate::load::walk::seen(&blob.disk).0 as usize).grid.max(8 << 20)
            {
                file.doubts
                    .push(too_much(say!("{rows} 行 {width} 列，多数格子是空的，未读入", "{rows} rows of {width} columns, most of them empty; not read")));
                return Ok(());
            }
            if g.lost > 0 {
                let n = g.lost;
                file.doubts.push(doubt(
                    "TAB012",
                    Severity::Warn,
                    0,
                    0,
                    say!("超过 {width} 列，其余各列的 {n} 个值未读入", "more than {width} columns; values of the others that are not read: {n}"),
                    say!("宽表改为长表", "turn a wide table into a long one"),
                ));
            }
            file.doubts.extend(g.places.as_ref().map(|p| super::slips::places(p, rows)));
            for (name, own) in g.renamed.iter().take(5) {
                file.doubts.push(doubt(
                    "TAB007",
                    Severity::Warn,
                    0,
                    0,
                    say!("两列都叫 `{name}`，后一列改称 `{own}`", "two columns are named `{name}`; the second is called `{own}`"),
                    say!("给每列不同的名称", "give each its own name"),
                ));
            }
            for (name, own, n, record) in g.twice.iter().take(5) {
                file.doubts.push(doubt(
                    "TAB007",
                    Severity::Error,
                    0,
                    0,
                    say!(
                        "同一对象里键 `{name}` 出现两次，共 {n} 处，最先在第 {record} 条记录；后一个值另列为 `{own}`",
                        "the key `{name}` comes twice in one object: {n} (first in record {record}); its second value is in a column of its own, `{own}`"
                    ),
                    say!("留下对的那个值；一个对象里每个键只写一次", "keep the value that is right: an object has each key once"),
                ));
            }
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
            // Keys are names as those of a head are: without blanks around them, in one line, each once.
            let tidy = |n: &String| if n.contains(char::is_control) { n.split_whitespace().collect::<Vec<_>>().join(" ") } else { n.trim().to_string() };
            let names: Vec<String> = g.names.iter().map(tidy).collect();
            let mut found = Layout { units: vec![None; names.len()], names, head_rows: 1, ..Layout::default() };
            found.named();
            let twice: rustc_hash::FxHashSet<&str> = g.twice.iter().map(|t| t.1.as_str()).collect();
            found.twice = (0..found.names.len()).filter(|c| twice.contains(found.names[*c].as_str())).collect();
            let (told, personal) = (file.doubts.len(), file.personal.len());
            let kinds = g.kinds;
            // Lines and areas have no place in a cell, nor have lists of things.
            let drawn = format == Format::GeoJson && g.names.iter().any(|n| n == "geometry");
            let nested: Vec<&str> = kinds.iter().zip(&found.names).filter(|(k, _)| k.nested > 0 && k.several().is_none()).map(|(_, n)| n.as_str()).collect();
            if drawn {
                file.doubts.push(doubt(
                    "TAB042",
                    Severity::Info,
                    0,
                    0,
                    say!(
                        "线和面没有经纬度列：CSV 等表格文件里只写是哪种图形（LineString、Polygon），坐标只在 GeoJSON 里",
                        "lines and areas have no columns of longitude and latitude: CSV and other tables say what kind they are (LineString, Polygon); their coordinates are in the GeoJSON alone"
                    ),
                    say!("要图形的人下载 GeoJSON；资源说明里提一句", "whoever wants the shapes takes the GeoJSON: say so in the description"),
                ));
            }
            if !nested.is_empty() {
                let list = crate::diag::Listed(nested.iter().take(5).map(|n| (*n).to_string()).collect::<Vec<_>>());
                file.doubts.push(doubt(
                    "TAB042",
                    Severity::Info,
                    0,
                    0,
                    say!(
                        "有的列是列表或对象（{list}），CSV 等表格文件的格子里是它们的 JSON 原文",
                        "columns that are lists or objects ({list:#}) are JSON in the cells of CSV and other tables"
                    ),
                    say!("要在表格里用，就把它们另作一个表", "make a table of its own of them where they are to be used in a spreadsheet"),
                ));
            }
            let mut table = grid(&g.rows, 0, &found, settings, file, g.key.or(m.name.clone()), 1, true);
            written(&mut table, &kinds, settings, &mut file.doubts);
            // Rows are told by the lines of the file on which their records begin.
            let line = |n: &mut u64| *n = (*n).checked_sub(1).and_then(|i| begins.get(i as usize)).map_or(*n, |l| u64::from(*l));
            file.doubts[told..].iter_mut().for_each(|d| line(&mut d.line));
            file.personal[personal..].iter_mut().for_each(|p| line(&mut p.line));
            (place.first, place.customs) = (1, std::mem::take(&mut table.place.customs));
            table.encoding = place.encoded.map_or("", |e| e.name());
            if let Some(e) = place.encoded.filter(|e| !e.certain) {
                let hidden = table.masked(settings);
                let masked = |c: usize| hidden.get(c).copied().unwrap_or(false);
                file.doubts.insert(told, super::text::assumed(&e, &table, &masked, file));
            }
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
        Err((why, line, column)) if why.starts_with(json::NO_NUMBER) => {
            let word = why.rsplit(": ").next().unwrap_or("");
            file.doubts.push(doubt(
                "TAB001",
                Severity::Error,
                line as u64,
                column,
                say!("JSON 里没有 `{word}` 这个值，整个文件读不了", "JSON has no value `{word}`, and the whole file cannot be read"),
                say!(
                    "缺失的值写 null；用 pandas 就用 `df.to_json(…)`，用 Python 的 json 就先把 NaN 换成 None",
                    "write null for what is missing: `df.to_json(…)` of pandas does, and for json of Python make None of each NaN first"
                ),
            ));
        }
        Err((why, line, column)) => {
            file.doubts.push(doubt(
                "TAB001",
                Severity::Error,
                line as u64,
                column,
                Text { zh: format!("JSON 不合语法：{}", super::said::zh(&why)), en: format!("the JSON does not parse: {why}") },
                say!("用 JSON 工具检查这一处", "look at this place with a JSON tool"),
            ));
        }
    }
    Ok(())
}

/// What JSON says of the columns by the way it writes their values: kept where the dictionary does not say otherwise.
fn written(table: &mut Table, kinds: &[json::Kinds], settings: &Settings, doubts: &mut Vec<super::Doubt>) {
    use super::customs::Told;
    for (c, k) in kinds.iter().enumerate().take(table.columns.len()) {
        let name = &table.names[c];
        let told = settings.customs.iter().find(|(n, _)| n.trim() == name).and_then(|(_, k)| k.told);
        let masked = settings.masks.iter().any(|(n, _)| n.trim() == name);
        let given = k.given(table.rows);
        let kept = match given {
            super::profile::Given::Texts(_) => told.is_none_or(|t| matches!(t, Told::Text | Told::Any)),
            super::profile::Given::Numbers => told != Some(Told::Text),
            super::profile::Given::Nothing => false,
        };
        if kept && !masked {
            table.columns[c].given = given;
        }
        if let Some([texts, numbers, truths, nested]) =
            k.several().filter(|_| told.is_none() && !doubts.iter().any(|d| d.code == "TAB008" && d.column == c + 1))
        {
            doubts.push(doubt(
                "TAB008",
                Severity::Warn,
                0,
                c + 1,
                say!(
                    "“{name}”的值在 JSON 里类型不一：文字 {texts} 个，数 {numbers} 个，真假 {truths} 个，列表或对象 {nested} 个；生成的文件里成了一种",
                    "\u{201c}{name}\u{201d} has values of several types in the JSON: texts {texts}, numbers {numbers}, true or false {truths}, lists or objects {nested}; derived files make one type of them"
                ),
                say!("一列只用一种类型；确定是哪种就在 `schema.fields` 里写 `type`", "use one type in a column, or declare its `type` in `schema.fields`"),
            ));
        }
        if k.empty > 0 && k.empty + k.texts + k.marks < table.rows && k.texts > 0 {
            let n = k.empty;
            doubts.push(doubt(
                "TAB015",
                Severity::Info,
                0,
                c + 1,
                say!(
                    "“{name}”既有空文字（`\"\"`，{n} 个），又有 null 或缺少的键，生成的文件里都按缺失",
                    "\u{201c}{name}\u{201d} has empty texts (`\"\"`: {n}) beside null or missing keys; derived files have all of them as missing"
                ),
                say!("一种缺失只用一种写法", "write what is missing in one way"),
            ));
        }
    }
}

pub(super) fn workbook(bytes: &[u8], settings: &Settings, file: &mut File, place: Place, shelf: Option<&Shelf>) {
    sheets(sheet::read(bytes, &settings.head), settings, file, place, shelf);
}

/// Reads what a program marked up as a page or as the XML of Excel 2003; whether there is a table of several columns in it.
pub(super) fn marked(text: &str, kind: marked::Kind, settings: &Settings, file: &mut File, place: Place, shelf: Option<&Shelf>) -> bool {
    let read = sheet::read_marked(text, kind, &settings.head);
    let rows = |s: &sheet::Sheet| !s.stray && s.found.names.len() > 1 && s.rows.len() > s.found.skip;
    // A page in which things stand side by side is none.
    if kind == marked::Kind::Page && !read.as_ref().is_ok_and(|(all, _)| all.iter().any(rows)) {
        return false;
    }
    sheets(read, settings, file, place, shelf);
    true
}

fn sheets(read: Result<(Vec<sheet::Sheet>, usize), sheet::Fault>, settings: &Settings, file: &mut File, place: Place, shelf: Option<&Shelf>) {
    let (sheets, count) = match read {
        Ok(s) => s,
        Err(fault) => {
            file.doubts.push(broken(&fault));
            return;
        }
    };
    let last = sheets.iter().map(|s| s.above + s.rows.len()).max().unwrap_or(0);
    if let Some(n) = settings.head.rows.iter().max().filter(|n| **n > last && last > 0) {
        file.doubts.push(super::findings::no_head(*n));
    }
    let mut seen = false;
    for (i, s) in sheets.iter().enumerate() {
        file.doubts.extend(s.fault.as_ref().map(broken));
        odd::sheet(s, file);
        // What is masked is not known here by its column, and the file itself is not published then.
        if settings.masks.is_empty() {
            file.suspect_sheet(&s.name, s.above, &s.rows);
        }
        if s.rows.is_empty() || s.found.names.is_empty() {
            continue;
        }
        // Names as long as a book are no names, and every one of them is kept several times.
        let long: usize = s.found.names.iter().map(String::len).sum();
        if s.found.names.len() > WIDTH || long > NAMES {
            file.doubts.push(if long > NAMES { long_names(long) } else { wide(s.found.names.len()) });
            continue;
        }
        let first = (s.above + s.found.skip + 1) as u64;
        let several = count > 1 || sheets.iter().filter(|t| t.name == s.name && !t.stray).count() > 1;
        let part = s.place.as_ref().map_or_else(|| s.name.clone(), |p| format!("{} {p}", s.name));
        // Only the sheet that is asked for is shown, else those in sight; all are searched for personal data.
        let asked = settings.sheet.as_ref().map_or(!s.hidden, |w| *w == s.name);
        if !asked || s.stray || s.torn {
            // What was found before is not copied for each sheet.
            let mut aside = File { format: file.format, wrap: file.wrap, refused: file.refused, ..File::new(file.bytes) };
            grid(&s.rows, s.above, &s.found, settings, &mut aside, Some(part), first, false);
            file.personal.append(&mut aside.personal);
            file.doubts.extend(aside.doubts.into_iter().filter(|d| d.code.starts_with("SEC")));
            continue;
        }
        let told = file.doubts.len();
        let mut table = grid(&s.rows, s.above, &s.found, settings, file, Some(part).filter(|_| several), first, false);
        // Cells with units, which the sheet shows, are told with their cells too.
        let units: Vec<usize> = s.words.iter().filter(|w| w.as_shown()).map(|w| w.column + 1).collect();
        if let Some(mut rest) = Some(file.doubts.split_off(told)).filter(|r| !r.is_empty()) {
            rest.retain(|d| d.code != "TAB038" || !units.contains(&d.column));
            file.doubts.append(&mut rest);
        }
        // Heads that come again are told with the sheet, with their cells.
        let count = format!(": {}", s.repeated.count);
        if let Some(i) = (told..file.doubts.len()).find(|i| file.doubts[*i].code == "TAB025" && file.doubts[*i].message.en.ends_with(&count)) {
            file.doubts.remove(i);
        }
        table.second = s.place.is_some();
        table.place = Place { sheet: i, first, notes: table.place.notes, customs: table.place.customs, heads: table.place.heads, ..place.clone() };
        seen = true;
        file.tables.push(table);
    }
    let torn = sheets.iter().any(|s| s.torn);
    if !seen && !torn && settings.sheet.is_none() {
        file.doubts.push(doubt(
            "TAB001",
            Severity::Warn,
            0,
            0,
            say!("工作簿里没有可见的表", "there is no table in sight in the workbook"),
            say!("放入数据，或删去这个资源", "put data there, or take the resource out"),
        ));
    }
    if let Some(w) = settings.sheet.as_ref().filter(|w| !seen && !sheets.iter().any(|s| s.torn && s.name == **w)) {
        let mut names: Vec<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
        names.dedup();
        let names = crate::diag::Listed(names);
        file.doubts.push(doubt(
            "TAB001",
            Severity::Error,
            0,
            0,
            say!("没有名为“{w}”的工作表（有：{names}）", "there is no sheet \u{201c}{w}\u{201d} (there are: {names:#})"),
            say!("改 `dialect.sheetName`", "correct `dialect.sheetName`"),
        ));
    }
    let tables: Vec<usize> = file.tables.iter().filter(|t| t.place.member == place.member).map(|t| t.place.sheet).collect();
    if let Some(kept) = shelf.filter(|_| seen).and_then(|s| s.keep(sheets, |i| tables.contains(&i))) {
        file.kept.push((place.member, kept));
    }
}

/// Whether a finding is that of a sheet that is asked for and not there.
pub(super) fn no_such_sheet(d: &super::Doubt, settings: &Settings) -> bool {
    settings.sheet.is_some() && d.hint.en.contains(SHEET)
}

/// The setting that names a sheet.
const SHEET: &str = "dialect.sheetName";

/// Most bytes of the names of all columns.
const NAMES: usize = 1 << 20;

fn broken(fault: &sheet::Fault) -> super::Doubt {
    let (zh, en) = match fault {
        sheet::Fault::Bomb => (
            "工作簿解开后超过文件的 100 倍（小文件 48 MiB），或标记多得不像表，未读入".to_string(),
            "the workbook unpacks to more than 100 times its size (48 MiB of a small one), or to more elements than a table has; not read".to_string(),
        ),
        sheet::Fault::Large => (
            "单元格或文字太多（或零星的格子相距太远），未读入".into(),
            "the workbook has too many cells or too much text, or cells too far from each other; not read".into(),
        ),
        sheet::Fault::Sheets(n) => (format!("工作簿里的表超过 {n} 个，未读入"), format!("the workbook has more than {n} sheets; not read")),
        sheet::Fault::Locked => ("工作簿有密码保护，无法读取".into(), "the workbook is protected by a password".into()),
        sheet::Fault::Texts(at) => (
            format!("工作簿已损坏：{at} 等格的文字不在文件里（xl/sharedStrings.xml 缺失或不全），未读入"),
            format!(
                "the workbook is broken: the text of {at} is not in the file (xl/sharedStrings.xml is missing or cut), perhaps those of other cells; not read"
            ),
        ),
        sheet::Fault::Twice(at) => (
            format!("工作簿已损坏：{at} 出现两次（行号或单元格重复），不知道哪个是真的，未读入"),
            format!("the workbook is broken: {at} stands twice (a row or a cell is numbered again), and which is meant nobody knows; not read"),
        ),
        sheet::Fault::Broken(w) => (format!("工作簿已损坏，或不是电子表格：{}", super::said::zh(w)), format!("the workbook is broken, or is none: {w}")),
    };
    doubt(
        "TAB001",
        Severity::Error,
        0,
        0,
        Text { zh, en },
        say!("用电子表格软件打开后另存，或另存为 CSV", "open and save it in a spreadsheet program, or save it as CSV"),
    )
}
