//! A list in CSV, an item a row: columns by a map of names, or by what people call the fields.

use super::catalogue::{Distribution, Resources, contact, keywords, temporal};
use super::reader::{frequency, licence, markdown, odd};
use super::{Asked, Brought, Draft, Importer, Value, norm, state};
use crate::diag::{Diagnostic, Phrase, Severity, Span, say};
use crate::load::brought::{Piece, text};
use crate::load::table::Listed;
use crate::load::{Kind, Source};
use crate::schema::item as own;
use crate::schema::{Field, FieldKind};
use crate::types::dataset as ds;

/// Lists
pub(super) static IMPORTER: Importer = Importer {
    name: "csv",
    about: Phrase {
        zh: "CSV 或 Excel 清单，一行一条，列名按对照表或字段的名称",
        en: "a list in CSV or Excel, an item a row; columns by a map or by the names of fields",
    },
    wanted: |p| [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"].iter().any(|e| p.to_ascii_lowercase().ends_with(e)),
    read: super::Read::All(read),
};

/// What a column may be besides a declared field.
static OTHERS: &[(&str, &[&str])] = &[
    ("resource.url", &["url", "网址", "链接", "下载地址", "資料下載網址", "download_url", "downloadurl"]),
    ("resource.format", &["格式", "资源格式", "檔案格式", "format"]),
    ("resource.title", &[]),
    ("contact.name", &["联系人", "聯絡人", "联系单位", "contact", "maintainer"]),
    ("contact.tel", &["联系电话", "聯絡電話", "电话", "phone", "telephone"]),
    ("contact.email", &["邮箱", "電子郵件", "email", "e-mail"]),
    ("body", &["正文", "内容", "全文", "text", "content", "body"]),
    ("name", &["slug"]),
    ("old", &["原地址", "旧地址", "原文链接"]),
    // Words of other scripts and of CKAN for declared fields.
    ("title", &["資料集名稱", "名稱", "标题", "资料集名称", "数据集名称", "信息资源名称", "数据资源名称", "资源名称", "目录名称", "信息资源目录名称"]),
    ("description", &["資料說明", "notes", "摘要", "数据摘要", "信息资源摘要"]),
    ("publisher", &["資料來源", "organization", "提供机关", "資料提供機關", "数源单位", "来源部门", "所属单位", "数据提供方"]),
    ("keywords", &["tags", "数据标签", "标签", "關鍵字"]),
    ("frequency", &["更新频度", "更新频率", "更新周期", "更新頻率"]),
    ("license", &["license_id", "授權方式"]),
    (
        "access_rights",
        &["开放类型", "访问权限", "开放属性", "开放等级", "开放级别", "開放類型", "開放屬性", "訪問權限", "access_level", "accesslevel", "public_access_level"],
    ),
    ("issued", &["首次发布日期", "发布日期", "metadata_created", "created"]),
    ("modified", &["更新日期", "metadata_modified", "资源更新日期"]),
];

fn read(pieces: &[Piece], asked: &Asked<'_>, out: &mut Vec<Diagnostic>) -> Brought {
    let mut brought = Brought::default();
    let kind = asked.kind.unwrap_or(&ds::TYPE);
    for p in pieces {
        if [".xlsx", ".xls", ".ods"].iter().any(|e| p.path.to_ascii_lowercase().ends_with(e)) {
            match sheet(p.bytes.to_vec()) {
                Some((content, marks)) => {
                    marks.tell(&p.path, out);
                    list(&Source::new(p.path.as_str(), content), kind, asked, &marks, &mut brought, out);
                }
                None => out.push(
                    Diagnostic::new(
                        "IMP001",
                        Severity::Error,
                        say!("工作簿读不出，或没有表，未导入", "the workbook cannot be read or has no sheet; not imported"),
                    )
                    .at(Span::file(&p.path))
                    .hint(say!("用 Excel 打开看看；清单放在第一张表", "open it in Excel; the list stands on its first sheet")),
                ),
            }
            continue;
        }
        let Some((content, encoding)) = text(&p.bytes) else {
            out.push(
                Diagnostic::new("IMP001", Severity::Error, say!("不是文字文件，未导入", "no text file; not imported"))
                    .at(Span::file(&p.path))
                    .hint(say!("存成 CSV 再导入", "save it as CSV and import that")),
            );
            continue;
        };
        if let Some(e) = encoding {
            out.push(odd(
                Span::file(&p.path),
                say!("文件编码是 {e}，已转换", "the file is in {e}; converted"),
                say!("看看文字对不对", "see whether its text is right"),
            ));
        }
        let source = Source::new(p.path.as_str(), content);
        list(&source, kind, asked, &Marks::default(), &mut brought, out);
    }
    brought
}

/// What a workbook says besides its cells.
#[derive(Default)]
struct Marks {
    /// Rows of the sheet above the first of the list.
    above: u32,
    sheet: Listed,
}

impl Marks {
    fn tell(&self, path: &str, out: &mut Vec<Diagnostic>) {
        let at = || Span::file(path);
        out.extend(self.sheet.doubts.iter().map(|d| {
            let line = d.line.saturating_sub(u64::from(self.above));
            let severity = if d.severity == Severity::Info { Severity::Info } else { Severity::Warn };
            let span = Span { line: line as u32, ..at() };
            Diagnostic::new("IMP002", severity, d.message.clone()).at(span).hint(d.hint.clone())
        }));
        if !self.sheet.others.is_empty() {
            let list = crate::diag::few(self.sheet.others.iter().map(String::as_str), 5);
            out.push(odd(
                at(),
                say!("只读了第一张表，没有读的还有：{list}", "only the first table is read; not read: {list}"),
                say!("每张表存成一个文件再导入", "save each as a file of its own and import that"),
            ));
        }
    }

    /// Why a row of the list, from 1, is no public one.
    fn row(&self, line: u64) -> Option<(&'static str, &'static str)> {
        let row = (line as u32).saturating_sub(1).saturating_add(self.above);
        if self.sheet.hidden_rows.iter().any(|(a, b)| (*a..=*b).contains(&row)) {
            Some(("是隐藏的，或被筛选掉的", "is hidden or filtered out"))
        } else if self.sheet.struck_rows.contains(&row) {
            Some(("有删除线", "has something struck through"))
        } else {
            None
        }
    }
}

/// Stands for a break within a cell: a row of the sheet is a line of the source, so that places are told right.
const BREAK: char = '\u{2028}';

/// The first sheet of a workbook as CSV, a line a row.
fn sheet(bytes: Vec<u8>) -> Option<(String, Marks)> {
    let sheet = crate::load::table::first_sheet(bytes)?;
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    // Empty rows above the head say nothing.
    let above = sheet.rows.iter().take_while(|r| r.iter().all(|c| c.trim().is_empty())).count();
    for row in sheet.rows.iter().skip(above) {
        out.write_record(row.iter().map(|c| c.replace("\r\n", "\n").replace(['\r', '\n'], &BREAK.to_string()))).ok()?;
    }
    let text = String::from_utf8(out.into_inner().ok()?).ok()?;
    Some((text, Marks { above: above as u32, sheet: Listed { rows: Vec::new(), ..sheet } }))
}

/// What a column means.
#[derive(Clone)]
enum Means {
    Field(&'static Field),
    Other(&'static str),
    Unknown,
}

fn list(source: &Source, kind: &'static crate::types::Type, asked: &Asked<'_>, marks: &Marks, brought: &mut Brought, out: &mut Vec<Diagnostic>) {
    let head = source.text.lines().next().unwrap_or("");
    let delimiter = [b',', b'\t', b';'].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count()).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(source.text.as_bytes());
    let mut records = reader.records();
    let Some(Ok(heads)) = records.next() else {
        out.push(
            Diagnostic::new("IMP001", Severity::Error, say!("没有表头", "there is no head"))
                .at(source.span(0, 1))
                .hint(say!("第一行写列名", "the first line names the columns")),
        );
        return;
    };
    let headed = heads.clone();
    let heads: Vec<String> = heads.iter().map(|h| h.replace(BREAK, " ").trim().to_string()).collect();
    let told: Vec<(String, String)> = match asked.map.map(|(_, n)| &n.kind) {
        Some(Kind::Map(p)) => p.iter().filter_map(|(k, v)| Some((k.text()?.to_string(), v.text()?.trim().to_string()))).collect(),
        _ => Vec::new(),
    };
    // A list without a head is mapped by the numbers of its columns, from 1.
    let number = |c: &str| c.parse::<usize>().ok().filter(|n| (1..=heads.len()).contains(n));
    let headless = !told.is_empty() && told.iter().all(|(_, c)| number(c).is_some() && !heads.contains(c));
    let (heads, told): (Vec<String>, Vec<(String, String)>) = if headless { ((1..=heads.len()).map(|n| n.to_string()).collect(), told) } else { (heads, told) };
    for (_, column) in told.iter().filter(|(_, c)| !heads.contains(c)) {
        let hint = match near(column, heads.iter().map(String::as_str)) {
            Some(n) => say!("是不是 `{n}`？改对照表", "did you mean `{n}`? Correct the map"),
            None => {
                let all = heads.join(", ");
                say!("改对照表；现有的列：{all}", "correct the map; the columns are {all}")
            }
        };
        out.push(odd(source.span(0, head.len()), say!("没有列 `{column}`", "there is no column `{column}`"), hint));
    }
    // A field that there is not.
    if let Some((map, Kind::Map(pairs))) = asked.map.map(|(s, n)| (s, &n.kind)) {
        let others = || OTHERS.iter().map(|(k, _)| *k).filter(|k| k.contains('.') || matches!(*k, "body" | "name" | "old"));
        for (k, _) in pairs {
            let Some(key) = k.text() else { continue };
            if kind.record.field(key).is_some() || others().any(|o| o == key) {
                continue;
            }
            let hint = match near(key, kind.record.fields.iter().copied().chain(kind.record.all()).map(|f| f.key).chain(others())) {
                Some(n) => say!("是不是 `{n}`？这一列保留在 extra 里", "did you mean `{n}`? The column stands under extra"),
                None => say!("左边写字段，右边写列名；这一列保留在 extra 里", "the left side is a field, the right one a column; it stands under extra"),
            };
            out.push(odd(map.span(k.start as usize, k.end as usize), say!("没有字段 `{key}`", "there is no field `{key}`"), hint));
        }
    }
    let meant = |h: &str| -> Means {
        let field = |key: &str| kind.record.field(key).map(Means::Field);
        let other = |key: &str| {
            OTHERS.iter().find(|(k, _)| *k == key).filter(|(k, _)| k.contains('.') || matches!(*k, "body" | "name" | "old")).map(|(k, _)| Means::Other(k))
        };
        if let Some((key, _)) = told.iter().find(|(_, c)| c == h) {
            return other(key).or_else(|| field(key)).unwrap_or(Means::Unknown);
        }
        if !told.is_empty() {
            return Means::Unknown;
        }
        let same = |w: &str| w.eq_ignore_ascii_case(h);
        // A word may mean a field that only another type has: 发布日期 of news is the day of publication.
        let ours = OTHERS.iter().filter(|(k, words)| (kind.shape == crate::types::Shape::Dataset || !k.contains('.')) && words.iter().any(|w| same(w)));
        if let Some(m) = ours.into_iter().find_map(|(k, _)| other(k).or_else(|| field(k))) {
            return m;
        }
        let by = kind
            .record
            .fields
            .iter()
            .copied()
            .chain(kind.record.all())
            .find(|f| f.spellings().any(same) || same(f.label.zh) || same(f.label.en) || f.also.iter().any(|w| same(w)));
        by.map_or(Means::Unknown, Means::Field)
    };
    let mut columns: Vec<Means> = heads.iter().map(|h| meant(h)).collect();
    let titled = |all: &[Means]| all.iter().any(|c| matches!(c, Means::Field(f) if f.key == own::TITLE.key));
    // `name` is a title where nothing else is.
    if told.is_empty()
        && !titled(&columns)
        && let (Some(i), Some(f)) = (heads.iter().position(|h| h.eq_ignore_ascii_case("name")), kind.record.field(own::TITLE.key))
    {
        columns[i] = Means::Field(f);
    }
    if !titled(&columns) {
        let all = heads.join(", ");
        out.push(
            Diagnostic::new("IMP001", Severity::Error, say!("认不出标题是哪一列，未导入", "no column is known to be the title; not imported"))
                .at(source.span(0, head.len()))
                .hint(say!(
                    "用 --map 给出对照表，例如 `title: 名称`，没有表头就写列号 `title: 1`；现有的列：{all}",
                    "give a map with --map, such as `title: Name`, or `title: 1` for a list without a head; the columns are {all}"
                )),
        );
        return;
    }
    // What nobody is shown in the sheet is not published: but for what an item is known by.
    let mut unseen: Vec<&str> = Vec::new();
    for c in &marks.sheet.hidden_columns {
        let known = |m: &Means| matches!(m, Means::Field(f) if matches!(f.key, "title" | "id")) || matches!(m, Means::Other("name"));
        if let Some(m) = columns.get_mut(*c).filter(|m| !known(m)) {
            *m = Means::Other("");
            unseen.push(heads[*c].as_str());
        }
    }
    if !unseen.is_empty() {
        let list = unseen.join("` `");
        out.push(odd(
            source.span(0, head.len()),
            say!("隐藏的列没有导入：`{list}`", "hidden columns are not imported: `{list}`"),
            say!("可以公开就取消隐藏，再导入", "unhide them and import again where they may be public"),
        ));
    }
    let mut titles: std::collections::BTreeMap<String, usize> = Default::default();
    let first = headless.then(|| Ok(headed.clone()));
    for record in first.into_iter().chain(records) {
        let record = match record {
            Ok(r) => r,
            Err(e) => {
                let at = e.position().map_or(0, |p| p.byte() as usize);
                out.push(
                    Diagnostic::new("IMP001", Severity::Error, say!("这一行读不出：{e}", "this row cannot be read: {e}"))
                        .at(source.span(at, at + 1))
                        .hint(say!("看看引号", "look at its quotes")),
                );
                continue;
            }
        };
        if record.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        brought.seen += 1;
        let at = record.position().map_or(0, |p| p.byte() as usize);
        let line = record.position().map_or(0, csv::Position::line);
        let record: csv::StringRecord = record.iter().map(|c| c.replace(BREAK, "\n")).collect();
        let end = source.text[at..].find('\n').map_or(source.text.len(), |i| at + i);
        let span = source.span(at, end);
        if record.len() > heads.len() {
            let n = record.len();
            out.push(odd(
                span.clone(),
                say!("这一行有 {n} 格，比表头多", "this row has {n} cells, more than the head"),
                say!("看看逗号和引号；多出的没有导入", "look at commas and quotes; what is more is not imported"),
            ));
        }
        let mut d = row(&record, &heads, &columns, kind, &span, out);
        // Rows that only their titles name: another of the same title is another item.
        if !columns.iter().enumerate().any(|(i, c)| matches!(c, Means::Field(f) if f.key == "id") && record.get(i).is_some_and(|t| !t.trim().is_empty()))
            && !columns.iter().enumerate().any(|(i, c)| matches!(c, Means::Other("name")) && record.get(i).is_some_and(|t| !t.trim().is_empty()))
        {
            let times = titles.entry(d.key.clone()).or_insert(0usize);
            *times += 1;
            if *times > 1 {
                let (n, shown) = (*times, d.key.clone());
                d.key = format!("{shown}:{n}");
                out.push(odd(
                    span.clone(),
                    say!("和前面一行的标题相同（`{shown}`），作为另一条导入", "a row above has the same title (`{shown}`); imported as another item"),
                    say!(
                        "重复的就删去；在来源里加一列编号（id），改了标题也认得",
                        "delete it where it is the same; a column of ids lets both be known whatever they are called"
                    ),
                ));
            }
        }
        if let Some((zh, en)) = marks.row(line) {
            d.set(&own::DRAFT, Value::text("true"));
            out.push(odd(
                span,
                say!("这一行{zh}，导入为草稿", "this row {en}; imported as a draft"),
                say!("可以公开再去掉 draft", "take draft out where it may be public"),
            ));
        }
        brought.drafts.push(d);
    }
}

/// The word of these that may be meant.
fn near<'a>(word: &str, all: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let low = word.to_lowercase();
    let most = 1 + word.chars().count() / 5;
    all.map(|w| (strsim::damerau_levenshtein(&low, &w.to_lowercase()), w)).filter(|(d, _)| *d <= most).min().map(|(_, w)| w)
}

fn row(record: &csv::StringRecord, heads: &[String], columns: &[Means], kind: &'static crate::types::Type, span: &Span, out: &mut Vec<Diagnostic>) -> Draft {
    let cell = |key: &str| -> String {
        let hit = columns.iter().position(|c| match c {
            Means::Field(f) => f.key == key,
            Means::Other(o) => *o == key,
            Means::Unknown => false,
        });
        hit.and_then(|i| record.get(i)).map_or(String::new(), |c| c.trim().to_string())
    };
    let title = cell("title");
    let (id, name) = (cell("id"), cell("name"));
    let key = [&id, &name, &title].into_iter().find(|k| !k.is_empty()).cloned().unwrap_or_else(|| {
        // Known by what it says first.
        let first = record.iter().map(str::trim).find(|c| !c.is_empty()).unwrap_or("").chars().take(60).collect::<String>();
        format!("{first} ({})", &state::hash(record.iter().collect::<String>().as_bytes())[..6])
    });
    let mut d = Draft::new(kind, key, norm::slug(if name.is_empty() { &title } else { &name }), span.clone());
    let mut dist = Distribution::default();
    for (i, means) in columns.iter().enumerate() {
        let t = record.get(i).unwrap_or("").trim();
        if t.is_empty() {
            continue;
        }
        match means {
            Means::Unknown => d.keep(&heads[i], Value::text(t)),
            Means::Other("resource.url") => dist.url = t.to_string(),
            Means::Other("resource.format") => dist.format = t.to_string(),
            Means::Other("resource.title") => dist.title = t.to_string(),
            Means::Other("body") => d.body = markdown(&|| span.clone(), t, out),
            Means::Other("old") => d.old.push(t.to_string()),
            Means::Other(_) => {}
            Means::Field(f) => set(&mut d, f, &heads[i], t, span, out),
        }
    }
    contact(&mut d, &cell("contact.name"), &cell("contact.email"), &cell("contact.tel"));
    if !kind.markdown && !d.body.is_empty() {
        let body = std::mem::take(&mut d.body);
        d.set(&own::DESCRIPTION, Value::Text(body));
    }
    if !dist.url.is_empty() || !dist.title.is_empty() {
        if dist.title.is_empty() {
            dist.title = title;
        }
        let mut made = Resources::default();
        made.add(&|| span.clone(), dist, out);
        made.give(&mut d);
    } else {
        d.keep("format", Value::Text(dist.format));
    }
    d
}

/// A cell of a declared field.
pub(super) fn set(d: &mut Draft, f: &'static Field, head: &str, t: &str, span: &Span, out: &mut Vec<Diagnostic>) {
    if f.key == ds::ACCESS_RIGHTS.key && matches!(f.kind, FieldKind::OneOf(_)) {
        // What is not known to be open is not.
        return super::access::set(d, head, t, true, &|| span.clone(), out);
    }
    if f.key == ds::LICENSE.key {
        return licence(span.clone(), t, None, d, out);
    }
    if f.key == ds::FREQUENCY.key {
        return frequency(span.clone(), head, t, d, out);
    }
    if f.key == own::KEYWORDS.key {
        let parts = split(t);
        let parts = if parts.len() == 1 && t.contains(' ') && t.is_ascii() { t.split(' ').map(String::from).collect() } else { parts };
        return keywords(d, parts);
    }
    if f.key == ds::TEMPORAL.key {
        if !temporal(d, t) {
            d.keep(head, Value::text(t));
        }
        return;
    }
    match &f.kind {
        // A time of day that the site's own clock showed.
        FieldKind::Moment if !t.contains(['Z', '+']) && crate::load::dates::parse(t, &jiff::tz::TimeZone::UTC).is_some_and(|m| m.time.is_some()) => {
            let m = crate::load::dates::parse(t, &jiff::tz::TimeZone::UTC);
            d.set(f, Value::Text(m.map_or(String::new(), |m| m.to_string())));
        }
        FieldKind::Date | FieldKind::Day | FieldKind::Moment => match norm::day(t) {
            norm::Read::Sure(day) => d.set(f, Value::text(day.to_string())),
            norm::Read::Partly(day) => {
                d.set(f, Value::text(day.to_string()));
                d.keep(head, Value::text(t));
            }
            norm::Read::Not => {
                out.push(odd(
                    span.clone(),
                    say!("`{head}` 的 `{t}` 读不出日期", "`{head}` says `{t}`, which is no date for sure"),
                    say!("原文保留在 extra.{head}", "it stands under extra.{head}"),
                ));
                d.keep(head, Value::text(t));
            }
        },
        FieldKind::Flag => match super::reader::truth(t) {
            Some(yes) => d.set(f, Value::text(yes.to_string())),
            None => {
                // What may be not public is not.
                if f.key == own::DRAFT.key {
                    d.set(f, Value::text("true"));
                }
                out.push(odd(
                    span.clone(),
                    say!("`{head}` 的 `{t}` 看不出是“是”还是“否”", "`{head}` says `{t}`, which is neither yes nor no"),
                    say!("原文保留在 extra.{head}；草稿一列读不出的当作草稿", "it stands under extra.{head}; a draft that cannot be read is one"),
                ));
                d.keep(head, Value::text(t));
            }
        },
        FieldKind::List(FieldKind::Department) => d.set(f, Value::List(split_offices(t).into_iter().map(Value::Text).collect())),
        FieldKind::List(_) => d.set(f, Value::List(split(t).into_iter().map(Value::Text).collect())),
        FieldKind::OneOf(words) | FieldKind::Code(words) => {
            if words.iter().any(|(w, c)| *w == t || *c == t) {
                d.set(f, Value::text(t));
            } else {
                let key = f.key;
                out.push(odd(
                    span.clone(),
                    say!("`{head}` 的 `{t}` 不是规定的词", "`{head}` says `{t}`, which is none of the words"),
                    say!("原文保留在 extra.{head}；写 {key}", "it stands under extra.{head}; write {key}"),
                ));
                d.keep(head, Value::text(t));
            }
        }
        FieldKind::Markdown => d.set(f, Value::Text(markdown(&|| span.clone(), t, out))),
        FieldKind::Table(_) => d.keep(head, Value::text(t)),
        FieldKind::Web => match norm::address(t) {
            norm::Read::Sure(u) => d.set(f, Value::Text(u)),
            _ => d.keep(head, Value::text(t)),
        },
        _ => d.set(f, Value::text(t.split_whitespace().collect::<Vec<_>>().join(" "))),
    }
}

fn split(t: &str) -> Vec<String> {
    t.split([',', ';', '；', '、', '，', '|', '\n']).map(|p| p.trim().to_string()).filter(|p| !p.is_empty()).collect()
}

/// Names of bodies: commas may stand in an English one.
pub(super) fn split_offices(t: &str) -> Vec<String> {
    let signs: &[char] = if t.is_ascii() { &[';', '|'] } else { &[';', '；', '、', '，', '|'] };
    t.split(signs).flat_map(at_blanks).filter(|p| !p.is_empty()).collect()
}

/// Bodies with a blank between them: 民政局 财政局. A name with letters of another script has blanks of its own.
fn at_blanks(t: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in t.split_whitespace() {
        let last = out.last().and_then(|l| l.chars().last());
        let han = |c: Option<char>| c.is_some_and(crate::load::chars::is_han);
        match out.last_mut() {
            Some(l) if !(l.is_empty() || han(last) && han(word.chars().next())) => {
                l.push(' ');
                l.push_str(word);
            }
            Some(l) if l.is_empty() => l.push_str(word),
            _ => out.push(word.to_string()),
        }
    }
    out
}
