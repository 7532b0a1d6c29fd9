//! Reading of the files of disclosure.

use super::*;
use crate::config::Config;
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::register::register;
use crate::load::{Fields, Sources};
use crate::model::numbers::number;
use crate::model::vocab;
use crate::model::vocabularies::{DepartmentIndex, good_id, owned, readable, say_text, unknown_department, vocabulary};
use crate::model::{Department, Theme};
use crate::personal::{Sure, person, veiled, written};
use crate::schema::disclosure::{entry as ent, exception as exc, guide as gui, plan as pln, report as rep, request as req, website as web};
use crate::schema::{Field, Record, words};
use rustc_hash::FxHashMap;

/// What reading may look at.
struct Known<'a> {
    config: &'a Config,
    sources: &'a Sources,
    departments: DepartmentIndex<'a>,
    readable: bool,
    themes: FxHashMap<String, usize>,
    themes_readable: bool,
    there: &'a dyn Fn(&str) -> bool,
}

/// Reads all of it. `there` tells whether an item exists.
pub(in crate::model) fn read(
    sources: &Sources,
    config: &Config,
    departments: &[Department],
    themes: &[Theme],
    there: &dyn Fn(&str) -> bool,
    out: &mut Vec<Diagnostic>,
) -> Disclosure {
    let parts = || sources.yamls.keys().filter(|k| is_part(k));
    let csv = sources.blobs.get("disclosure/requests.csv");
    if parts().next().is_none() && csv.is_none() {
        return Disclosure::default();
    }
    let known = Known {
        config,
        sources,
        departments: DepartmentIndex::of(departments),
        readable: readable(sources, "departments.yaml"),
        themes: crate::model::theme_index(themes),
        themes_readable: readable(sources, "themes.yaml"),
        there,
    };
    for key in
        parts().filter(|k| !matches!(&***k, "disclosure/guide.yaml" | "disclosure/catalogue.yaml" | "disclosure/plan.yaml" | "disclosure/exceptions.yaml"))
    {
        if !key.starts_with("reports/") && !key.ends_with("/_column.yaml") {
            let text = say!("这里不认识这个文件，未读入", "this file is not known here; not read");
            let hint = say!(
                "disclosure/ 里有 guide.yaml、catalogue.yaml、plan.yaml、exceptions.yaml、requests.csv 和 rules/",
                "disclosure/ has guide.yaml, catalogue.yaml, plan.yaml, exceptions.yaml, requests.csv and rules/"
            );
            out.push(Diagnostic::new("SRC016", Severity::Warn, text).at(Span::file(&sources.yamls[key].source.path)).hint(hint));
        }
    }
    let mut all = Disclosure {
        guide: guide(&known, out),
        catalogue: listed(&known, "disclosure/catalogue.yaml", &ent::RECORD, &entry, out),
        plan: listed(&known, "disclosure/plan.yaml", &pln::RECORD, &planned, out),
        exceptions: listed(&known, "disclosure/exceptions.yaml", &exc::RECORD, &withheld, out),
        requests: csv.and_then(|blob| requests(&known, blob, out)),
        ..Disclosure::default()
    };
    if let Some(c) = &all.catalogue {
        nearly(c, config, out);
    }
    plans(&all, departments, out);
    all.numbers = Arc::new(all.register().iter().map(|r| number(&r.no, r.department, r.received)).collect());
    all.reports = reports(&known, out);
    all.websites = websites(&known, out);
    all.effects = super::effect::effects(sources, config, out);
    all.nodes = nodes(&config.disclosure, all.entries());
    all
}

fn texts(f: &mut Fields<'_, '_>, field: &'static Field) -> Vec<String> {
    f.list(field).into_iter().map(|(t, _)| t.to_string()).collect()
}

fn department(f: &mut Fields<'_, '_>, field: &'static Field, known: &Known<'_>) -> Option<usize> {
    let text = f.text(field)?;
    let hit = known.departments.named(text);
    if hit.is_none() && known.readable {
        f.report(field, unknown_department(text));
    }
    hit
}

fn word(f: &mut Fields<'_, '_>, field: &'static Field, table: &'static [(&'static str, &'static str)]) -> Option<&'static str> {
    let text = f.text(field)?;
    vocab::code(table, text).or_else(|| f.choice(field, table))
}

fn item(f: &mut Fields<'_, '_>, field: &'static Field, known: &Known<'_>) -> Option<Arc<str>> {
    let text = f.text(field)?;
    let id = id_of(text);
    if !(known.there)(&id) {
        f.report(field, no_item(field.key, &id));
    }
    Some(id)
}

/// What is not plainly no draft is one, as in items.
fn draft(f: &mut Fields<'_, '_>, field: &'static Field) -> bool {
    let said = f.flag(field);
    f.has(field) && said != Some(false)
}

fn id_of(text: &str) -> Arc<str> {
    text.trim().trim_matches('/').trim_end_matches(".md").trim_end_matches("/dataset.yaml").trim_end_matches(".yaml").into()
}

fn no_item(key: &str, id: &str) -> Diagnostic {
    Diagnostic::new("SRC011", Severity::Error, say!("`{key}` 指向的 `{id}` 不存在", "`{key}` names `{id}`, which does not exist"))
        .hint(say!("写带类型目录的路径，如 datasets/gdp", "write the path with the folder of its type, like datasets/gdp"))
}

/// Says which of the fields that must be there are not.
fn must(f: &mut Fields<'_, '_>, record: &'static Record) {
    for field in record.all().filter(|x| x.need[0] == crate::schema::Need::Must) {
        if f.empty(field) {
            f.missing(field);
        }
    }
}

/// Reads an entry; tells whether it has what names it, and whether it is a draft.
type Reader<'r, T> = &'r dyn Fn(&mut Fields<'_, '_>, &Known<'_>) -> (T, bool, bool);

/// A file that is a list of mappings.
fn listed<T>(known: &Known<'_>, key: &str, record: &'static Record, read: Reader<'_, T>, out: &mut Vec<Diagnostic>) -> Option<Listed<T>> {
    let (_, nodes) = vocabulary(known.sources, key)?;
    let yaml = &known.sources.yamls[key];
    let mut list = Vec::new();
    let mut begun = false;
    for node in nodes {
        let before = out.len();
        let mut f = Fields::new(record, &yaml.source, node, &known.config.tz, out);
        let (one, whole, draft) = read(&mut f, known);
        must(&mut f, record);
        f.finish();
        begun |= draft || !whole;
        if draft {
            out.iter_mut().skip(before).for_each(Diagnostic::ease);
        }
        if whole {
            list.push((node, one));
        }
    }
    let list = list.into_iter().map(|(_, t)| t).collect();
    Some(Listed { file: File(yaml.clone()), list, begun })
}

fn guide(known: &Known<'_>, out: &mut Vec<Diagnostic>) -> Option<Guide> {
    let yaml = known.sources.yamls.get("disclosure/guide.yaml")?;
    let node = yaml.node.as_ref()?;
    let mut f = Fields::new(&gui::RECORD, &yaml.source, node, &known.config.tz, out);
    let plain = |f: &mut Fields<'_, '_>, field| f.text(field).map_or(Localized::default(), |t| Localized(vec![(None, t.to_string())]));
    let c = known.config;
    let nine = vec![
        ("classes", say_text(&mut f, &gui::CLASSES, c)),
        ("arrangement", say_text(&mut f, &gui::ARRANGEMENT, c)),
        ("how_to_get", say_text(&mut f, &gui::HOW_TO_GET, c)),
        ("body", say_text(&mut f, &gui::BODY, c)),
        ("address", say_text(&mut f, &gui::ADDRESS, c)),
        ("hours", say_text(&mut f, &gui::HOURS, c)),
        ("tel", plain(&mut f, &gui::TEL)),
        ("fax", plain(&mut f, &gui::FAX)),
        ("online", plain(&mut f, &gui::ONLINE)),
    ];
    let (intro, updated) = (say_text(&mut f, &gui::INTRO, c), f.date(&gui::UPDATED_ON));
    let draft = draft(&mut f, &gui::DRAFT);
    let apply = f.map(&gui::APPLY).map_or(Apply::default(), |mut a| {
        let url = crate::load::web::address(&mut a, &gui::apply::URL);
        let mut made = Apply {
            url,
            post: say_text(&mut a, &gui::apply::POST, c),
            visit: say_text(&mut a, &gui::apply::VISIT, c),
            email: owned(&mut a, &gui::apply::EMAIL),
            tel: owned(&mut a, &gui::apply::TEL),
            forms: Vec::new(),
            note: say_text(&mut a, &gui::apply::NOTE, c),
        };
        for (name, node) in a.list(&gui::apply::FORMS) {
            let key = crate::model::content_file("disclosure/guide", name, |k| known.sources.blobs.contains_key(k)).filter(|k| is_part(k));
            match key.and_then(|k| known.sources.blobs.get_key_value(k.as_str())) {
                Some((k, _)) => made.forms.push(k.clone()),
                None => {
                    let near = crate::model::nearby("disclosure/guide", name, known.sources.blobs.keys().map(|k| &**k));
                    let d = Diagnostic::new("SRC015", Severity::Error, say!("申请表 `{name}` 不存在", "there is no form `{name}`"));
                    let hint = near
                        .map_or(say!("把文件放在 disclosure/ 里", "put the file into disclosure/"), |n| say!("是不是 `{n}`？", "did you mean `{n}`?"));
                    a.report_at(node.start, node.end, d.hint(hint));
                }
            }
        }
        a.finish();
        made
    });
    f.finish();
    Some(Guide { file: File(yaml.clone()), nine, intro, updated, draft, apply })
}

/// Names of one's own that are nearly those of a class of which the catalogue has no entry: that class would be told as missing.
fn nearly(catalogue: &Listed<Entry>, config: &Config, out: &mut Vec<Diagnostic>) {
    for e in catalogue.list.iter().filter(|e| e.code.is_none() && !e.node.is_empty()) {
        let Some(code) = super::nodes::near(&e.node, &config.disclosure).filter(|c| catalogue.list.iter().all(|e| e.code.as_ref() != Some(c))) else {
            continue;
        };
        let (node, words) = (&e.node, super::nodes::words(&code));
        let text = say!(
            "`node` 写的 `{node}` 成了本地事项；法定的 {code}（{words}）没有条目",
            "`node`: `{node}` is a class of your own; {code}, which is due, has no entry"
        );
        let hint = say!(
            "就是它的，写 node: {code}；确是本地事项的，名称写得有别于法定事项",
            "where it is that one write node: {code}; else give your own class a name of its own"
        );
        out.push(Diagnostic::new("SRC008", Severity::Warn, text).at(catalogue.file.key(e.at, "node")).hint(hint));
    }
}

fn entry(f: &mut Fields<'_, '_>, known: &Known<'_>) -> (Entry, bool, bool) {
    let c = known.config;
    let mut e = Entry {
        at: f.place(),
        node: owned(f, &ent::NODE).unwrap_or_default(),
        title: say_text(f, &ent::TITLE, c),
        index_no: owned(f, &ent::INDEX_NO),
        doc_no: owned(f, &ent::DOC_NO),
        produced: f.date(&ent::PRODUCED_ON),
        item: texts(f, &ent::ITEM),
        elements: texts(f, &ent::ELEMENTS),
        form: texts(f, &ent::FORM),
        summary: say_text(f, &ent::SUMMARY, c),
        time_limit: owned(f, &ent::TIME_LIMIT),
        basis: texts(f, &ent::BASIS),
        review: say_text(f, &ent::REVIEW, c),
        channels: texts(f, &ent::CHANNELS),
        audience: say_text(f, &ent::AUDIENCE, c),
        mode: word(f, &ent::MODE, words::DISCLOSURE),
        levels: texts(f, &ent::LEVELS),
        url: crate::load::web::address(f, &ent::URL),
        none: say_text(f, &ent::NONE, c),
        draft: draft(f, &ent::DRAFT),
        ..Entry::default()
    };
    match code_of(&e.node, &c.disclosure) {
        Ok(code) => e.code = code,
        Err(_) => {
            let (node, all) = (&e.node, crate::diag::Listed(super::nodes::due(&c.disclosure)));
            let d = Diagnostic::new("SRC008", Severity::Error, say!("`node` 没有 `{node}` 这一项", "`node`: there is no class `{node}`"));
            f.report(&ent::NODE, d.hint(say!("可用：{all}；本地事项写名称", "allowed: {all:#}; one of your own is written by its name")));
        }
    }
    if let Some(mut o) = f.map(&ent::OWNER) {
        e.department = department(&mut o, &ent::owner::DEPARTMENT, known);
        e.office = say_text(&mut o, &ent::owner::OFFICE, c);
        if e.office.0.iter().any(|(_, t)| person(t)) {
            o.report(&ent::owner::OFFICE, crate::model::values::no_person("office"));
            e.office = Localized::default();
        }
        if o.empty(&ent::owner::DEPARTMENT) {
            o.missing(&ent::owner::DEPARTMENT);
        }
        o.finish();
    }
    if let Some(mut w) = f.map(&ent::WHERE) {
        let folder = |t: Option<&str>| t.map(|t| t.trim_matches('/').to_string());
        places(&mut w, known);
        let mut m = Matching {
            column: folder(w.text(&ent::matching::COLUMN)),
            kind: folder(w.text(&ent::matching::TYPE)),
            theme: None,
            department: department(&mut w, &ent::matching::DEPARTMENT, known),
            keyword: owned(&mut w, &ent::matching::KEYWORD),
        };
        let lost = w.has(&ent::matching::DEPARTMENT) && m.department.is_none();
        let mut unread = lost;
        if let Some(t) = w.text(&ent::matching::THEME) {
            m.theme = known.themes.get(t).copied();
            if m.theme.is_none() {
                unread = true;
                if known.themes_readable {
                    let d = Diagnostic::new(
                        "SRC011",
                        Severity::Error,
                        say!("主题词表里没有 `{t}`，或不止一个", "the vocabulary of themes has no `{t}`, or more than one"),
                    );
                    w.report(&ent::matching::THEME, d.hint(say!("写全路径或代码", "write the whole path or the code")));
                }
            }
        }
        w.finish();
        // A condition that is not understood takes nothing, not everything.
        e.matching = Some(m).filter(|_| !unread);
    }
    for (text, node) in f.list(&ent::ITEMS) {
        let id = id_of(text);
        if !(known.there)(&id) {
            f.report_at(node.start, node.end, no_item("items", &id));
        }
        e.items.push(id);
    }
    let whole = !e.node.is_empty() && !e.title.is_empty();
    let draft = e.draft;
    (e, whole, draft)
}

/// Tells a type that the site does not have, and a column below none: nothing would ever lie there. A column may be empty still.
fn places(w: &mut Fields<'_, '_>, known: &Known<'_>) {
    let trimmed = |t: Option<&str>| t.map(|t| t.trim().trim_matches('/').to_string()).filter(|t| !t.is_empty());
    let keys = || known.sources.docs.keys().chain(known.sources.yamls.keys());
    let below = |t: &str| keys().any(|k| k.strip_prefix(t).is_some_and(|r| r.starts_with('/') || r.starts_with('.')));
    for field in [&ent::matching::TYPE, &ent::matching::COLUMN] {
        let Some(text) = trimmed(w.text(field)) else { continue };
        let types = &known.config.types;
        if types.folder(text.split('/').next().unwrap_or(&text)).is_some() || below(&text) {
            continue;
        }
        let key = field.key;
        let head = text.split('/').next().unwrap_or(&text);
        let meant = types.word(head).map(|k| text.replacen(head, k.folder, 1)).filter(|m| *m != text);
        let hint = match meant {
            Some(m) => say!("是不是 `{m}`？", "did you mean `{m}`?"),
            None => {
                let all = crate::diag::Listed(types.iter().map(|k| k.folder).collect::<Vec<_>>());
                say!("写类型的目录（{all}）或它下面的栏目", "write the folder of a type ({all:#}), or a column below it")
            }
        };
        let text = say!("`{key}` 不认识 `{text}`，没有条目归入", "`{key}`: there is no `{text}`, so no item belongs");
        w.report(field, Diagnostic::new("SRC008", Severity::Error, text).hint(hint));
    }
}

/// Tells what stands twice in the plan, and what follows from a request that another department has.
fn plans(all: &Disclosure, departments: &[Department], out: &mut Vec<Diagnostic>) {
    let Some(plan) = &all.plan else { return };
    let mut seen: FxHashMap<(&str, Option<usize>), usize> = FxHashMap::default();
    for (n, p) in plan.list.iter().enumerate() {
        let mut tell = |key: &str, text, hint| out.push(Diagnostic::new("SRC009", Severity::Warn, text).at(plan.file.key(p.at, key)).hint(hint));
        if let Some(first) = seen.get(&(p.what.get(0), p.department)) {
            let (what, first) = (p.what.get(0), first + 1);
            tell(
                "what",
                say!("计划里 `{what}` 与第 {first} 条重复", "`{what}` is also entry {first} of the plan"),
                say!("一件事一条；去掉重复的", "an entry a thing; take one out"),
            );
        } else {
            seen.insert((p.what.get(0), p.department), n);
        }
        let Some(no) = &p.from_request else { continue };
        let whose: Vec<usize> = all.register().iter().filter(|r| r.no.trim() == no.trim()).filter_map(|r| r.department).collect();
        if let (Some(own), Some(first)) = (p.department, whose.first())
            && !whose.contains(&own)
        {
            let (own, other) = (departments[own].name.get(0), departments[*first].name.get(0));
            tell(
                "from_request",
                say!("申请 `{no}` 是{other}的，这一条是{own}的", "the request `{no}` is that of {other}, this entry that of {own}"),
                say!("核对 from_request 和 department", "look at from_request and at department"),
            );
        }
    }
}

fn planned(f: &mut Fields<'_, '_>, known: &Known<'_>) -> (Planned, bool, bool) {
    let p = Planned {
        at: f.place(),
        what: say_text(f, &pln::WHAT, known.config),
        department: department(f, &pln::DEPARTMENT, known),
        by: f.date(&pln::BY),
        priority: f.choice(&pln::PRIORITY, words::PRIORITIES),
        from_request: owned(f, &pln::FROM_REQUEST),
        item: item(f, &pln::ITEM, known),
        draft: draft(f, &pln::DRAFT),
    };
    let whole = !p.what.is_empty();
    let draft = p.draft;
    (p, whole, draft)
}

fn withheld(f: &mut Fields<'_, '_>, known: &Known<'_>) -> (Withheld, bool, bool) {
    let (title, class) = (say_text(f, &exc::TITLE, known.config), say_text(f, &exc::CLASS, known.config));
    if title.is_empty() && class.is_empty() {
        f.missing(&exc::TITLE);
    }
    let article = f.text(&exc::GROUND).filter(|t| names_article(t)).map(|t| t.trim().to_string());
    let ground = match &article {
        // The first paragraph of article 16 has one ground alone; the others have several.
        Some(t) => (t.contains("十六条第一款") || t.contains("16条第一款") || t.contains("16条第1款")).then_some("internal"),
        None => word(f, &exc::GROUND, words::GROUNDS),
    };
    let w = Withheld {
        at: f.place(),
        title: if title.is_empty() { class } else { title },
        ground,
        article,
        department: department(f, &exc::DEPARTMENT, known),
        decided: f.date(&exc::DECIDED_ON),
        review: f.date(&exc::REVIEW_ON),
        draft: draft(f, &exc::DRAFT),
    };
    if let Some((decided, review)) = w.decided.zip(w.review).filter(|(d, r)| r < d) {
        let text = say!("复核日期 {review} 早于决定日期 {decided}", "to be looked at again on {review}, before it was decided on {decided}");
        f.report(&exc::REVIEW_ON, Diagnostic::new("POL003", Severity::Error, text).hint(say!("核对两个日期", "look at both dates")));
    }
    let whole = !w.title.is_empty();
    let draft = w.draft;
    (w, whole, draft)
}

/// A ground as offices write it: an article of the regulation on disclosure, 14 to 16.
fn names_article(text: &str) -> bool {
    ["第十四条", "第十五条", "第十六条", "第14条", "第15条", "第16条"].iter().any(|a| text.contains(a)) && text.chars().count() <= 60
}

fn requests(known: &Known<'_>, blob: &crate::load::Blob, out: &mut Vec<Diagnostic>) -> Option<Listed<Request>> {
    let config = known.config;
    let shown = blob.disk.strip_prefix(&config.root).unwrap_or(&blob.disk).to_string_lossy().replace('\\', "/");
    let languages: Vec<String> = config.languages.iter().map(|l| l.tag.clone()).collect();
    let r = register(blob, &shown, &req::RECORD, &languages, out)?;
    let mut list: Vec<Request> = Vec::with_capacity(r.rows.len());
    // By number, whatever its capitals: the first row, and whose it is.
    let mut seen: FxHashMap<String, (u32, Option<usize>)> = FxHashMap::default();
    for (row, node) in &r.rows {
        let before = out.len();
        let mut f = Fields::new(&req::RECORD, &r.yaml.source, node, &config.tz, out);
        let mut one = Request {
            row: *row,
            at: (node.start, node.end),
            no: owned(&mut f, &req::NO).unwrap_or_default(),
            received: f.date(&req::RECEIVED_ON),
            department: department(&mut f, &req::DEPARTMENT, known),
            kind: word(&mut f, &req::APPLICANT_KIND, words::APPLICANTS),
            subject: owned(&mut f, &req::SUBJECT).unwrap_or_default(),
            outcome: word(&mut f, &req::OUTCOME, words::OUTCOMES),
            decided: f.date(&req::DECIDED_ON),
            extended: f.date(&req::EXTENDED_TO),
            promoted: item(&mut f, &req::PROMOTED, known),
            veiled: None,
            personal: Vec::new(),
        };
        for (field, text) in [(&req::NO, &one.no), (&req::SUBJECT, &one.subject)] {
            if text.bytes().any(|b| b.is_ascii_digit()) || text.len() > 12 {
                let list = written(text);
                for sure in [Sure::Yes, Sure::Perhaps] {
                    if let Some(t) = list.iter().find(|t| t.sure == sure) {
                        one.personal.push((t.kind, sure, f.node(field).map_or(one.at, |n| (n.start, n.end)), field));
                    }
                }
            }
        }
        if let Some(hidden) = veiled(&one.subject) {
            one.subject = hidden;
            one.veiled = f.node(&req::SUBJECT).map(|n| (n.start, n.end)).or(Some(one.at));
        }
        for field in [&req::NO, &req::SUBJECT, &req::RECEIVED_ON] {
            // A column that is missing as a whole was told once.
            if f.empty(field) && r.columns.iter().any(|(c, _)| std::ptr::eq(*c, field)) {
                f.missing(field);
            }
        }
        let late = |f: &mut Fields<'_, '_>, field: &'static Field, zh: &str, en: &str| {
            f.report(field, Diagnostic::new("POL003", Severity::Error, say!("{zh}", "{en}")).hint(say!("核对日期", "look at the dates")));
        };
        if let (Some(a), Some(b)) = (one.received, one.decided)
            && b < a
        {
            late(
                &mut f,
                &req::DECIDED_ON,
                "答复日期早于收到日期，用时不计，不算按时",
                "answered before it was received; no time is counted, and it is not in time",
            );
        }
        if let (Some(a), Some(b)) = (one.received, one.extended)
            && b < a
        {
            late(&mut f, &req::EXTENDED_TO, "延期至早于收到日期", "the extension ends before it was received");
        }
        let key = one.no.to_lowercase();
        let mut twice = false;
        if !key.is_empty()
            && let Some((first, whose)) = seen.get(&key)
        {
            let no = &one.no;
            // Two departments that each began at one are two requests; of one department it is the same again.
            twice = whose.is_none() || one.department.is_none() || *whose == one.department;
            let text = if twice {
                say!(
                    "编号 `{no}` 与第 {first} 行重复；这一行未计数，也不显示",
                    "the number `{no}` is also that of row {first}; this row is not counted and not shown"
                )
            } else {
                say!("编号 `{no}` 与第 {first} 行重复", "the number `{no}` is also that of row {first}")
            };
            let hint = say!("一件申请一行；改其中一个编号", "a row a request; correct one of the numbers");
            f.report(&req::NO, Diagnostic::new("SRC009", Severity::Error, text).hint(hint));
        } else {
            seen.insert(key, (*row, one.department));
        }
        f.finish();
        if out.len() > before {
            r.place((*row, node), &mut out[before..]);
        }
        if !twice && (!one.subject.is_empty() || !one.no.is_empty()) {
            list.push(one);
        }
    }
    // Newest first; those without a day last.
    list.sort_by(|a, b| b.received.cmp(&a.received).then(a.no.cmp(&b.no)).then(a.row.cmp(&b.row)));
    Some(Listed { file: File(r.yaml), list, begun: false })
}

/// Folder of the yearly reports of the website itself.
const WEBSITE: &str = "reports/website/";

/// The year that a file of reports is named by.
fn year_of(name: &str) -> Option<i16> {
    name.split_once('.').and_then(|(y, _)| y.parse::<i16>().ok()).filter(|y| (2008..=2200).contains(y))
}

fn websites(known: &Known<'_>, out: &mut Vec<Diagnostic>) -> Vec<Website> {
    let mut list = Vec::new();
    for (key, yaml) in known.sources.yamls.iter() {
        let Some(name) = key.strip_prefix(WEBSITE).filter(|n| *n != "_column.yaml") else { continue };
        let Some(year) = year_of(name).filter(|_| !name.contains('/')) else {
            let text = say!("不是 reports/website/年.yaml，未读入", "is not reports/website/year.yaml; not read");
            let d = Diagnostic::new("SRC016", Severity::Warn, text).at(Span::file(&yaml.source.path));
            out.push(d.hint(say!("例如 reports/website/2025.yaml", "for example reports/website/2025.yaml")));
            continue;
        };
        let Some(node) = &yaml.node else { continue };
        list.push(website(known, yaml, node, year, out));
    }
    list.sort_by_key(|r: &Website| std::cmp::Reverse(r.year));
    list
}

fn website(known: &Known<'_>, yaml: &Arc<crate::load::Yaml>, node: &Yaml, year: i16, out: &mut Vec<Diagnostic>) -> Website {
    let mut f = Fields::new(&web::RECORD, &yaml.source, node, &known.config.tz, out);
    let c = known.config;
    let published = f.date(&web::PUBLISHED_AT);
    let draft = draft(&mut f, &web::DRAFT);
    if !draft && f.empty(&web::PUBLISHED_AT) {
        let d =
            Diagnostic::new("SRC010", Severity::Warn, say!("没有 `published_at`，这份报表不公布", "there is no `published_at`; the report is not published"));
        f.report(&web::PUBLISHED_AT, d.hint(say!("写公布的日子，如 2026-01-20", "write the day on which it is published, like 2026-01-20")));
    }
    let kind = f.text(&web::TYPE).map(str::to_string);
    let visits = [f.count(&web::VISITORS), f.count(&web::VISITS)];
    if let [Some(a), Some(b)] = visits
        && a > b
    {
        let text = say!("独立用户 {a} 多于访问量 {b}", "there are more visitors ({a}) than visits ({b})");
        f.report(&web::VISITORS, Diagnostic::new("LAW004", Severity::Error, text).hint(say!("核对两个数", "look at both numbers")));
    }
    let (mut checks, mut ways) = ([None; 3], [None; 3]);
    if let Some(mut s) = f.map(&web::SECURITY) {
        checks = [s.count(&web::security::ASSESSMENTS), s.count(&web::security::FOUND), s.count(&web::security::FIXED)];
        ways = [s.flag(&web::security::MONITORING), s.flag(&web::security::DRILLS), s.flag(&web::security::OFFICER)];
        if let [_, Some(a), Some(b)] = checks
            && b > a
        {
            let text = say!("整改 {b} 个，多于发现的 {a} 个", "{b} problems were mended, more than the {a} that were found");
            s.report(&web::security::FIXED, Diagnostic::new("LAW004", Severity::Error, text).hint(say!("核对两个数", "look at both numbers")));
        }
        s.finish();
    }
    let mut accounts = Vec::new();
    for entry in f.entries(&web::ACCOUNTS) {
        let mut a = f.within(&web::ACCOUNTS, entry);
        let kind = a.text(&web::account::KIND).map(str::to_string);
        let name = say_text(&mut a, &web::account::NAME, c);
        let (posts, followers) = (a.count(&web::account::POSTS), a.count(&web::account::FOLLOWERS));
        a.finish();
        accounts.extend(kind.map(|kind| Account { kind, name, posts, followers }));
    }
    let innovation = say_text(&mut f, &web::INNOVATION, c);
    f.finish();
    Website { file: File(yaml.clone()), year, published, draft, kind, visits, checks, ways, accounts, innovation }
}

fn reports(known: &Known<'_>, out: &mut Vec<Diagnostic>) -> Vec<Report> {
    let mut list = Vec::new();
    for (key, yaml) in known.sources.yamls.iter().filter(|(k, _)| k.starts_with("reports/") && !k.starts_with(WEBSITE) && !k.starts_with(super::effect::FOLDER))
    {
        let at = || Span::file(&yaml.source.path);
        let parts: Vec<&str> = key.split('/').collect();
        let year = parts.last().and_then(|f| year_of(f));
        let ([_, who, _], Some(year)) = (&parts[..], year) else {
            let d =
                Diagnostic::new("SRC016", Severity::Warn, say!("不是 reports/部门/年.yaml，未读入", "is not reports/department/year.yaml; not read")).at(at());
            out.push(d.hint(say!("例如 reports/stats-bureau/2025.yaml", "for example reports/stats-bureau/2025.yaml")));
            continue;
        };
        let Some(department) = known.departments.by_id(who) else {
            if known.readable && good_id(who) {
                out.push(unknown_department(who).at(at()));
            }
            continue;
        };
        let Some(node) = &yaml.node else { continue };
        list.push(report(known, yaml, node, department, year, out));
    }
    list.sort_by_key(|r| (std::cmp::Reverse(r.year), r.department));
    list
}

fn report(known: &Known<'_>, yaml: &Arc<crate::load::Yaml>, node: &Yaml, department: usize, year: i16, out: &mut Vec<Diagnostic>) -> Report {
    let mut f = Fields::new(&rep::RECORD, &yaml.source, node, &known.config.tz, out);
    let c = known.config;
    let published = f.date(&rep::PUBLISHED_AT);
    let draft = draft(&mut f, &rep::DRAFT);
    // Under the Chinese profiles LAW003 tells it, with the day by which it is due.
    if !draft && f.empty(&rep::PUBLISHED_AT) && !(c.disclosure.chinese && c.profile != crate::config::Profile::Generic) {
        let d =
            Diagnostic::new("SRC010", Severity::Warn, say!("没有 `published_at`，这份报告不公布", "there is no `published_at`; the report is not published"));
        f.report(&rep::PUBLISHED_AT, d.hint(say!("写公布的日子，如 2026-01-20", "write the day on which it is published, like 2026-01-20")));
    }
    let old = f.choice(&rep::FORMAT, words::REPORT_FORMATS) == Some("2019");
    let texts = vec![
        ("general", say_text(&mut f, &rep::GENERAL, c)),
        ("disputes_text", say_text(&mut f, &rep::DISPUTES_TEXT, c)),
        ("problems", say_text(&mut f, &rep::PROBLEMS, c)),
        ("other", say_text(&mut f, &rep::OTHER, c)),
    ];
    let mut blank: Vec<super::Blank> = Vec::new();
    let mut active = Vec::new();
    if !c.disclosure.chinese && f.has(&rep::ACTIVE) {
        let text = say!("`active` 是中国年报格式的表，这里不显示", "`active` is a table of the Chinese form; it is not shown here");
        f.report(&rep::ACTIVE, Diagnostic::new("SRC005", Severity::Warn, text).hint(say!("删去，写进 general", "take it out, and tell it in `general`")));
    }
    if let Some(mut a) = f.map(&rep::ACTIVE) {
        blank.extend(empty_rows(&a, &rep::ACTIVE, rep::active::RECORD.fields));
        for (field, (key, new, before, _)) in rep::active::RECORD.fields.iter().zip(tables::ACTIVE) {
            let cells: Vec<(String, (u32, u32))> = a.list(field).into_iter().map(|(t, n)| (t.to_string(), (n.start, n.end))).collect();
            let want = if old { *before } else { *new };
            if cells.is_empty() {
                continue;
            }
            // What cannot be read is told and left out.
            let mut sound = cells.len() == want;
            for (text, at) in &cells {
                let plain = text.strip_prefix('-').filter(|_| old).unwrap_or(text);
                let decimal = matches!(*key, "fees" | "procurement");
                let good = if decimal {
                    plain.parse::<f64>().is_ok_and(f64::is_finite) && plain.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                } else {
                    plain.parse::<u64>().is_ok()
                };
                if !good {
                    sound = false;
                    let d = Diagnostic::new("SRC006", Severity::Error, say!("`{key}` 应为数，却是 `{text}`", "`{key}` should be a number, not `{text}`"));
                    a.report_at(at.0, at.1, d.hint(say!("只写数字，没有写 0", "write digits alone, 0 for none")));
                }
            }
            if cells.len() != want {
                let n = cells.len();
                let (year, at) = (if old { 2019 } else { 2021 }, cells[0].1);
                let d = Diagnostic::new(
                    "SRC006",
                    Severity::Error,
                    say!("`{key}` 有 {n} 个数，{year} 格式是 {want} 个", "the count of numbers in `{key}` is {n}; in the form of {year} it is {want}"),
                );
                a.report_at(at.0, at.1, d.hint(say!("按格式的列补上或删去", "follow the columns of the form")));
            }
            if sound {
                let (cells, at) = cells.into_iter().unzip();
                active.push((*key, cells, at));
            }
        }
        a.finish();
    }
    let (mut requests, mut counted, mut requests_at) = (Vec::new(), false, (node.start, node.start + 1));
    if let Some(n) = f.node(&rep::REQUESTS) {
        requests_at = (n.start, n.end);
    }
    if let Some(mut r) = f.map(&rep::REQUESTS) {
        counted = r.choice(&rep::rows::FROM, words::FROM_REQUESTS).is_some();
        blank.extend(empty_rows(&r, &rep::REQUESTS, &rep::rows::RECORD.fields[1..]).filter(|_| !counted));
        for (field, row) in rep::rows::RECORD.fields.iter().skip(1).zip(tables::ROWS) {
            if let Some(n) = numbers(&mut r, field, tables::KINDS.len()) {
                let at = n.at.first().copied().unwrap_or_default();
                if counted || (old && row.new_form) {
                    let key = row.key;
                    let text = if counted {
                        say!("已写 from: requests，`{key}` 这一行不起作用", "`{key}` does nothing beside from: requests")
                    } else {
                        say!("2019 格式没有 `{key}` 这一行", "the form of 2019 has no row `{key}`")
                    };
                    r.report_at(at.0, at.1, Diagnostic::new("LAW004", Severity::Warn, text).hint(say!("删去这一行", "delete it")));
                } else {
                    requests.push((row.key, n));
                }
            }
        }
        r.finish();
    }
    let mut disputes = Vec::new();
    if let Some(mut d) = f.map(&rep::DISPUTES) {
        blank.extend(empty_rows(&d, &rep::DISPUTES, rep::disputes::RECORD.fields));
        for (field, key) in rep::disputes::RECORD.fields.iter().zip(tables::DISPUTES) {
            disputes.extend(numbers(&mut d, field, 4).map(|n| (key, n)));
        }
        d.finish();
    }
    f.finish();
    Report { file: File(yaml.clone()), department, year, published, draft, old, texts, active, requests, requests_at, counted, blank, disputes }
}

/// The rows of a table that are written and have no number.
fn empty_rows(f: &Fields<'_, '_>, table: &'static Field, rows: &'static [&'static Field]) -> Option<super::Blank> {
    let keys: Vec<&'static str> = rows.iter().filter(|r| f.has(r) && f.empty(r)).map(|r| r.key).collect();
    (!keys.is_empty()).then(|| (table, f.place(), keys))
}

/// A row of whole numbers, with its sum perhaps. One that cannot be read is told and left out.
fn numbers(f: &mut Fields<'_, '_>, field: &'static Field, width: usize) -> Option<Numbers> {
    let list = f.list(field);
    if list.is_empty() {
        return None;
    }
    let key = field.key;
    let at: Vec<(u32, u32)> = list.iter().map(|(_, n)| (n.start, n.end)).collect();
    if list.len() != width && list.len() != width + 1 {
        let n = list.len();
        let d = Diagnostic::new(
            "SRC006",
            Severity::Error,
            say!(
                "`{key}` 有 {n} 个数，应为 {width} 个（可加总计）",
                "the count of numbers in `{key}` is {n}; it should be {width}, with a sum perhaps one more"
            ),
        );
        f.report_at(at[0].0, at[at.len() - 1].1, d.hint(say!("按列补上，没有写 0", "fill in its columns, 0 for none")));
        return None;
    }
    let mut values = Vec::new();
    for (text, node) in &list {
        match text.parse::<u64>() {
            Ok(n) => values.push(n),
            Err(_) => {
                let d = Diagnostic::new(
                    "SRC006",
                    Severity::Error,
                    say!("`{key}` 应为不小于 0 的整数，却是 `{text}`", "`{key}` should be a whole number from 0, not `{text}`"),
                );
                f.report_at(node.start, node.end, d.hint(say!("只写数字，没有写 0", "write digits alone, 0 for none")));
            }
        }
    }
    let whole = values.len() == list.len();
    let total = (values.len() > width).then(|| values.pop()).flatten();
    whole.then_some(Numbers { cells: values, total, at })
}
