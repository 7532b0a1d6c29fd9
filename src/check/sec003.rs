//! SEC003: personal data.

use super::*;
use crate::diag::{Span, say};
use crate::load::table::{Personal, Spot};
use crate::load::{Doc, Source};
use crate::personal::{Kind, Sure, Trace, american, hide, traces};
use crate::tables::allowed;

/// SEC003
pub(super) static RULE: Rule = Rule {
    code: "SEC003",
    title: Phrase { zh: "个人信息", en: "personal data" },
    severity: [Some(Severity::Veto), Some(Severity::Veto), Some(Severity::Veto)],
    blocks: true,
    identity: false,
    explain: Phrase {
        zh: "正文、字段、文件名、数据文件、附件、词表或 static/ 里有身份证号、手机号、银行卡号、护照号、车牌号，或有姓名与住址、疾病同在。公开就是泄露，条目被拦下。文字里的删去或遮住（138****5678）；表里的列写 mask: 遮去（原文件不再公开），或删去该列；确属可以公开的，写 allow_personal: 并注明 reason、approved_by 和 until，过期即失效。词表和 site.yaml 不能单独扣下，--hold-back 也会停；static/ 的文件则单独不发布。电话列里的十一位数若也可能是北美的办公电话（英文网站，或旁边都是北美号码），只是警告（SEC010）。遮盖（mask）的列，原值在同一数据集的别的列、表、文件里露出来，或同一个文件又不遮盖地发布，也拦下；说明、备注里露出来的是 SEC010。",
        en: "A text, a field, a file's name, a data file, an attachment, a vocabulary or static/ holds an identity, mobile, bank card or passport number, a number plate, or a name beside an address or illness. To publish it is a leak, so the item is held. Take it out of texts or write 138****5678; mask a column with mask: (the original is then not published) or take it out; where it may be public, say so with allow_personal: with reason, approved_by and until, which ends on its day. Vocabularies and site.yaml cannot be held alone, so the build stops even with --hold-back; a file of static/ is left out alone. Eleven digits in a column of telephones that may as well be those of an office in North America (on an English site, or among numbers that can only be so) are a warning alone (SEC010). Values that a mask hides and another column, table or file of the dataset shows are held too, and so is the same file published without its mask; in notes and texts they are SEC010.",
    },
    source: "个人信息保护法 第二十五条、第二十八条；居民身份证法 第十九条",
    run: Run::Both(run, site),
};

/// Most places of one text that are told one by one.
const PLACES: usize = 10;

/// What an item has in its texts and names that nobody has allowed, of one certainty: place, kind, what it stands in,
/// and the day on which a permission ended.
pub(super) struct Place {
    pub(super) span: Span,
    pub(super) kind: Kind,
    pub(super) of: Text,
    pub(super) ended: Option<Date>,
    pub(super) more: usize,
}

/// The places in the texts of an item.
pub(super) fn places(input: &Input<'_>, item: &Item, sure: Sure) -> Vec<Place> {
    let mut out = Vec::new();
    let mut seen: Vec<*const Doc> = Vec::new();
    let mut add = |doc: &Arc<Doc>| {
        if seen.contains(&Arc::as_ptr(doc)) {
            return;
        }
        seen.push(Arc::as_ptr(doc));
        let open = doc.personal.iter().filter(|t| certainty(input, &doc.source.text, t) == sure).filter_map(|t| {
            let field = doc.field_at(t.at.start);
            let cover = || item.allowed.iter().filter(|a| a.covers(field));
            if cover().any(|a| a.until >= input.as_of) {
                return None;
            }
            let of = match field {
                "body" | "description" => say!("正文", "the text"),
                "#" => say!("注释", "a comment"),
                f => say!("`{f}`", "`{f}`"),
            };
            Some((t, of, cover().map(|a| a.until).max()))
        });
        spread(&doc.source, open, &mut out);
    };
    for e in item.written() {
        add(&e.doc);
        e.doc.others.iter().for_each(|(_, d)| add(d));
    }
    // Opinions that stand in files of their own.
    for yaml in item.consultation().and_then(|c| c.outcome.as_ref()).map_or(&[][..], |r| &r.registers) {
        let key = crate::types::consultation::result::ROWS.key;
        let until = item.allowed.iter().filter(|a| a.covers(key)).map(|a| a.until).max();
        if until.is_none_or(|d| d < input.as_of) {
            let theirs = |t: &&Trace| crate::personal::by_public(&yaml.source.text, t) == sure;
            let open = yaml.personal.iter().filter(theirs).map(|t| (t, say!("`{key}` 的文件", "the file of `{key}`"), until));
            spread(&yaml.source, open, &mut out);
        }
    }
    // Names of files and addresses.
    let names = || std::iter::once(&item.id).chain(item.named());
    let free = item.allowed.iter().any(|a| a.field.is_empty() && a.until >= input.as_of);
    // 138/5748/7814: folders that are one number.
    let joined: Vec<String> = names().filter(|n| n.contains('/') && n.bytes().filter(u8::is_ascii_digit).count() >= 11).map(|n| n.replace('/', "-")).collect();
    let joined = joined.iter().filter(|n| n.split('-').all(|p| traces(p).is_empty()));
    let parts = names().flat_map(|n| n.split('/')).chain(joined.map(String::as_str));
    for (name, t) in parts.filter(|_| !free).flat_map(|part| traces(part).into_iter().map(move |t| (part, t))) {
        let shown = hide(name);
        if certainty(input, name, &t) == sure && !out.iter().any(|p: &Place| p.of.en.contains(&*shown)) {
            let of = say!("文件名或地址 `{shown}`", "the name or address `{shown}`");
            out.push(Place { span: Span::file(&item.doc().source.path), kind: t.kind, of, ended: None, more: 0 });
        }
    }
    out
}

/// How certain a trace is on this site: where no language is Chinese, eleven digits that may as well be those of an office in
/// North America (1 310 555 0142) are a number to look at, as they are in a column of telephones.
fn certainty(input: &Input<'_>, text: &str, t: &Trace) -> Sure {
    let chinese = || input.config.languages.iter().any(|l| l.tag.starts_with("zh"));
    let digits = || text.get(t.at.clone()).unwrap_or("").bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect::<Vec<u8>>();
    if t.kind == Kind::Mobile && t.sure == Sure::Yes && !chinese() && american(&digits()) { Sure::Perhaps } else { t.sure }
}

/// The first places one by one, the others counted with the last.
pub(super) fn spread<'a>(source: &Source, open: impl Iterator<Item = (&'a Trace, Text, Option<Date>)>, out: &mut Vec<Place>) {
    let mut n = 0;
    for (t, of, ended) in open {
        n += 1;
        if n <= PLACES {
            let mut span = source.span(t.at.start, t.at.end);
            if source.text[t.at.clone()].contains('\n') {
                // One line shows only a part of the number, which nobody would know for one: it is hidden here.
                let (from, to) = (span.col.saturating_sub(1) as usize + 3, span.end_col.saturating_sub(1) as usize);
                span.excerpt = span.excerpt.chars().enumerate().map(|(i, c)| if (from..to).contains(&i) { '*' } else { c }).collect();
            }
            out.push(Place { span, kind: t.kind, of, ended, more: 0 });
        } else if let Some(last) = out.last_mut() {
            last.more += 1;
        }
    }
}

/// The message of a place.
pub(super) fn message(p: &Place, sure: bool) -> Text {
    let ((zh, en), of) = (p.kind.names(), &p.of);
    let mut text = if sure {
        Text { zh: format!("{}里有{zh}", of.zh), en: format!("{} holds a {en}", of.en) }
    } else {
        Text { zh: format!("{}里可能有{zh}", of.zh), en: format!("{} may hold a {en}", of.en) }
    };
    if p.more > 0 {
        text.zh.push_str(&format!("（本文件另有 {} 处）", p.more));
        text.en.push_str(&format!(" ({} in this file)", crate::diag::counted(p.more as u64, "more place", "more places")));
    }
    text
}

fn hint(p: &Place) -> Text {
    match p.ended {
        Some(day) => say!("允许公开的期限 {day} 已过：重新批准，或删去", "the permission ended on {day}: have it renewed, or take it out"),
        None if p.kind == Kind::Person => {
            say!("删去住址（到村、社区为止）或姓名（张*）", "take the address out (as far as the village) or the name (张*)")
        }
        None => say!(
            "删去，或遮住中间几位；确需公开的写 `allow_personal: [{{reason, approved_by, until}}]`",
            "take it out or hide its middle digits; where it may be public write `allow_personal: [{{reason, approved_by, until}}]`"
        ),
    }
}

/// What names beside homes were found in: the head of a table, or a text that has none.
fn head(read: &crate::tables::Read) -> Text {
    if tabular(read) { say!("表头", "the head") } else { say!("文件", "the file") }
}

/// Whether a file is one of tables: of a program or a text nobody would look for a column.
fn tabular(read: &crate::tables::Read) -> bool {
    tables(&read.key) || read.key.to_lowercase().ends_with(".txt") && read.file.tables.iter().any(|t| t.names.len() > 1)
}

/// Whether a name is that of a file of tables, or of an archive.
fn tables(name: &str) -> bool {
    static TABLES: &[&str] = &["csv", "tsv", "tab", "xlsx", "xlsm", "xls", "et", "ods", "json", "geojson", "jsonl", "ndjson", "dbf", "zip", "gz", "parquet"];
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_lowercase());
    TABLES.contains(&&*ending)
}

/// Where in a file something stands, for people: of one that is no table only that it is the file.
pub(super) fn of_file(read: &crate::tables::Read, p: &Personal) -> Text {
    let table = matches!(p.place, Spot::Column | Spot::Head | Spot::Above | Spot::Below | Spot::Beyond);
    match &p.part {
        None if table && !tabular(read) => say!("文件", "the file"),
        // A page, a drawing or a card has no table that its text would stand outside of.
        None if p.place == Spot::Text && !tabular(read) => say!("文件的文字", "the text of the file"),
        Some(part) if p.place == Spot::Text && !tables(part) => say!("{part}: 文字", "{part}: the text"),
        _ => of(p),
    }
}

/// Where a text of a document stands, for people.
pub(super) fn piece(p: &crate::load::attachment::Piece) -> Text {
    if p.spot == Spot::Text {
        return match &p.part {
            Some(part) => say!("{part}: 文字", "{part}: the text"),
            None => say!("文字", "the text"),
        };
    }
    of(&Personal { part: p.part.clone(), name: String::new(), column: 0, kind: Kind::Id, cells: 0, line: 0, sure: Sure::Yes, place: p.spot })
}

/// Where in a data file something stands, for people.
pub(super) fn of(p: &Personal) -> Text {
    let name = p.name.as_str();
    let mut text = match p.place {
        Spot::Column => say!("“{name}”列", "the column \u{201c}{name}\u{201d}"),
        Spot::Page(n) => say!("第 {n} 页", "page {n}"),
        Spot::Slide(n) => say!("第 {n} 张幻灯片", "slide {n}"),
        other => {
            let (zh, en) = other.names();
            say!("{zh}", "{en}")
        }
    };
    if let Some(part) = &p.part {
        text.zh.insert_str(0, &format!("{part}: "));
        text.en.insert_str(0, &format!("{part}: "));
    }
    text
}

/// What is told of a value that is in clear though a mask hides it elsewhere.
pub(super) fn bare(b: &crate::tables::Bare) -> (Text, Text) {
    use crate::tables::What;
    let of = &b.of;
    let hint = say!(
        "同样遮去（`mask:`）或删去；可以公开的写 `allow_personal: [{{field, reason, approved_by, until}}]`",
        "mask it here as well (`mask:`), or take it out; where it may be public write `allow_personal: [{{field, reason, approved_by, until}}]`"
    );
    let message = match &b.what {
        What::Same(there) => say!(
            "“{of}”列在 {there} 遮盖，这里是同一个文件，却没有遮盖",
            "the column \u{201c}{of}\u{201d} is masked in {there}; this is the same file, and it is not masked here"
        ),
        What::Column(name, n) => {
            say!("“{name}”列里有“{of}”列遮盖的值（{n} 处）", "the column \u{201c}{name}\u{201d} shows values that the mask of \u{201c}{of}\u{201d} hides: {n}")
        }
        What::Within(name, n) => say!(
            "“{name}”列的文字里有“{of}”列遮盖的值（{n} 处）",
            "texts of the column \u{201c}{name}\u{201d} have values that the mask of \u{201c}{of}\u{201d} hides: {n}"
        ),
        What::At(spot) => {
            let place = piece(&crate::load::attachment::Piece { part: None, spot: *spot, text: String::new() });
            Text {
                zh: format!("{}里有“{of}”列遮盖的值", place.zh), en: format!("{} has a value that the mask of \u{201c}{of}\u{201d} hides", place.en)
            }
        }
        What::Text => say!(
            "数据集的说明或字典里有“{of}”列遮盖的值",
            "the description or dictionary of the dataset has a value that the mask of \u{201c}{of}\u{201d} hides"
        ),
    };
    (message, hint)
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for p in places(input, item, Sure::Yes) {
        let (message, hint) = (message(&p, true), hint(&p));
        found.data(item, p.span, message, hint);
    }
    for b in input.tables.bare(item).iter().filter(|b| b.sure == Sure::Yes) {
        let (message, hint) = bare(b);
        match &b.file {
            Some(file) => found.file(item, file, b.span.clone(), message, hint),
            None => found.data(item, b.span.clone(), message, hint),
        }
    }
    for (resource, read) in input.tables.all(item) {
        // A file of a resource can be held alone; one that a text shows or links to cannot be taken out of it.
        let mut tell = |span, message, hint| match resource {
            Some(_) => found.file(item, &read.key, span, message, hint),
            None => found.data(item, span, message, hint),
        };
        let allowed = allowed(item, resource);
        for p in read.personal(&allowed, input.as_of) {
            let (zh, en) = p.kind.names();
            let place = of_file(read, p);
            let expired = allowed.iter().find(|a| a.covers(&p.name));
            let hint = match expired {
                Some(a) if p.place != Spot::Column => {
                    say!("允许公开的期限 {} 已过：重新批准，或在文件里删去", "the permission ended on {}: have it renewed, or take it out of the file", a.until)
                }
                Some(a) => say!("允许公开的期限 {} 已过：重新批准，或遮去这一列", "the permission ended on {}: have it renewed, or mask the column", a.until),
                None if resource.is_none() => say!("附件不能遮盖：删去后再附上", "an attachment cannot be masked: take it out first"),
                None if p.place != Spot::Column => say!(
                    "在文件里删去；确需公开的写 `allow_personal: [{{reason, approved_by, until}}]`",
                    "take it out of the file; where it may be public write `allow_personal: [{{reason, approved_by, until}}]`"
                ),
                None => say!(
                    "在资源下写 `schema: {{fields: [{{name: {}, mask: {}}}]}}` 遮去，或删去这一列",
                    "mask it in the resource, `schema: {{fields: [{{name: {}, mask: {}}}]}}`, or take the column out",
                    p.name,
                    p.kind.mask()
                ),
            };
            let (zh_of, en_of) = (&place.zh, &place.en);
            let text = match p.place {
                Spot::Column => Text {
                    zh: format!("{zh_of}里有{zh}（{} 处）", p.cells),
                    en: format!("{en_of} holds {} ({})", p.kind.plural(), crate::diag::counted(p.cells, "cell", "cells")),
                },
                _ => Text { zh: format!("{zh_of}里有{zh}"), en: format!("{en_of} holds a {en}") },
            };
            tell(read.span(p.line, p.column), text, hint);
        }
        for d in read.together() {
            tell(read.span(d.line, d.column), d.message.clone(), d.hint.clone());
        }
        // A mask whose column is not there leaves something open that was to be hidden.
        for (name, _) in read.settings.masks.iter().filter(|(n, _)| !read.file.tables.iter().any(|t| t.names.contains(n))) {
            let heads = read.file.tables.iter().flat_map(|t| t.names.iter().map(String::as_str)).take(20).collect();
            let there = crate::diag::Listed(heads);
            tell(
                resource.and_then(|r| crate::tables::declared(item, r, name)).unwrap_or_else(|| read.span(0, 0)),
                say!("要遮盖的列“{name}”在文件里没有", "the column \u{201c}{name}\u{201d} that is to be masked is not in the file"),
                say!("照表头改列名，或去掉这一列；表头是：{there}", "write the name as it is in the head, or take the column out; the head is: {there:#}"),
            );
        }
    }
}

/// What belongs to no item: `site.yaml`, vocabularies, `static/`. The file, and what was found of one certainty.
pub(super) fn elsewhere(input: &Input<'_>, sure: Sure) -> (Vec<Place>, Vec<Place>) {
    let (mut fixed, mut alone) = (Vec::new(), Vec::new());
    let permit = |file: &str| input.config.allowed.iter().filter(move |(f, _)| f == file).map(|(_, day)| *day).max();
    let site = traces(&input.config.source.text);
    let texts = std::iter::once((&input.config.source, &site)).chain(input.portal.vocabularies.iter().map(|y| (&y.source, &y.personal)));
    for (source, list) in texts {
        let until = permit(&source.path);
        if until.is_none_or(|d| d < input.as_of) {
            let open = list.iter().filter(|t| t.sure == sure).map(|t| (t, say!("文件", "the file"), until));
            spread(source, open, &mut fixed);
        }
    }
    for key in input.portal.statics.keys() {
        let path = format!("static/{key}");
        let until = permit(&path);
        if until.is_some_and(|d| d >= input.as_of) {
            continue;
        }
        let mut add = |span, kind, of, more| alone.push(Place { span, kind, of, ended: until, more });
        let mut parts = key.split('/').flat_map(traces).filter(|t| t.sure == sure);
        if let Some(t) = parts.next() {
            add(Span::file(&path), t.kind, say!("文件名", "the name of the file"), 0);
        }
        let Some(read) = input.tables.statics.get(key) else { continue };
        if sure == Sure::Yes && input.tables.copies.contains(key) {
            add(read.span(0, 0), Kind::Person, say!("与遮盖了列的数据文件相同的文件", "the file, which is that of data with a mask,"), 0);
        }
        let list: Vec<&Personal> = read.file.personal.iter().filter(|p| p.sure == sure).collect();
        for p in list.iter().take(PLACES) {
            add(read.span(p.line, p.column), p.kind, of_file(read, p), 0);
        }
        if let Some(last) = alone.last_mut().filter(|_| list.len() > PLACES) {
            last.more = list.len() - PLACES;
        }
        if sure == Sure::Yes {
            for d in read.together() {
                alone.push(Place { span: read.span(d.line, d.column), kind: Kind::Person, of: head(read), ended: until, more: 0 });
            }
        }
    }
    (fixed, alone)
}

/// Letters and requests: each is held alone, and then only counted.
pub(super) fn letters(input: &Input<'_>, sure: Sure, found: &mut Found<'_>) {
    let hint = || say!("在表里删去，或遮住中间几位（138****5678）", "take it out of the sheet, or hide its middle digits (138****5678)");
    let all = &input.portal.feedback;
    for l in &all.letters {
        for (kind, _, at, field) in l.personal.iter().filter(|p| p.1 == sure) {
            let ((zh, en), row, label, key) = (kind.names(), l.row, field.label.zh, field.key);
            let text = match sure {
                Sure::Yes => say!("第 {row} 行“{label}”里有{zh}，这封信不显示", "row {row}, {key}: holds a {en}; the letter is not shown"),
                Sure::Perhaps => say!("第 {row} 行“{label}”里可能有{zh}", "row {row}, {key}: may hold a {en}"),
            };
            found.row(all.span(l, *at), all.key(l), text, hint());
        }
    }
    let Some(all) = &input.portal.disclosure.requests else { return };
    let permitted = input.config.allowed.iter().any(|(f, until)| **f == **all.file.path() && *until >= input.as_of);
    for r in all.list.iter().filter(|_| !permitted) {
        for (kind, _, at, field) in r.personal.iter().filter(|p| p.1 == sure) {
            let ((zh, en), row, label, key) = (kind.names(), r.row, field.label.zh, field.key);
            let text = match sure {
                Sure::Yes => say!("第 {row} 行“{label}”里有{zh}，这一格不公布", "row {row}, {key}: holds a {en}; the cell is not published"),
                Sure::Perhaps => say!("第 {row} 行“{label}”里可能有{zh}", "row {row}, {key}: may hold a {en}"),
            };
            found.row(all.span(*at), all.key(r), text, hint());
        }
    }
}

fn site(input: &Input<'_>, found: &mut Found<'_>) {
    letters(input, Sure::Yes, found);
    let (fixed, alone) = elsewhere(input, Sure::Yes);
    let hint = |p: &Place| match p.ended {
        Some(_) => hint(p),
        None => say!(
            "删去；确需公开的在 site.yaml 写 `allow_personal: [{{file, reason, approved_by, until}}]`",
            "take it out; where it may be public write `allow_personal: [{{file, reason, approved_by, until}}]` in site.yaml"
        ),
    };
    for p in fixed {
        let (message, hint) = (message(&p, true), hint(&p));
        found.add(p.span, message, hint);
    }
    for p in alone {
        let (message, hint, file) = (message(&p, true), hint(&p), p.span.file.clone());
        found.alone(&file, p.span, message, hint);
    }
}
