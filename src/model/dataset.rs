//! Reading datasets (`dataset.yaml`, or Markdown below `datasets/`), the glossary and urgent notices.

use super::known::{Known, references};
use super::vocab;
use super::vocabularies::{bad_id, good_id, owned, say_text, vocabulary};
use super::*;
use crate::config::Config;
use crate::diag::{Diagnostic, Severity, say};
use crate::load::git::State;
use crate::load::table::Settings;
use crate::load::table::customs::{self, Custom, Told};
use crate::load::table::personal::{MASKS, Mask};
use crate::load::{Fields, Node, Sources};
use crate::schema::{
    self, Field, chart as ch, dictionary as di, resource as rs,
    vocabulary::{alert, synonym, term},
};
use crate::types::dataset as ds;
use rustc_hash::FxHashSet;

pub(super) fn dataset(f: &mut Fields<'_, '_>, base: &str, known: &Known<'_>) -> Dataset {
    let config = known.config;
    let license = license(f);
    let access = f.guarded(&ds::ACCESS_RIGHTS, vocab::OPEN_LEVELS);
    let temporal = f.map(&ds::TEMPORAL).and_then(|mut t| {
        let got = (owned(&mut t, &ds::temporal::START), owned(&mut t, &ds::temporal::END));
        if t.empty(&ds::temporal::START) {
            t.missing(&ds::temporal::START);
        }
        let (start, end) = (got.0.unwrap_or_default(), got.1.unwrap_or_default());
        for (field, text) in [(&ds::temporal::START, &start), (&ds::temporal::END, &end)] {
            if no_day(text) {
                let key = field.key;
                let d = Diagnostic::new("SRC007", Severity::Error, say!("`{key}` 的日期不存在：`{text}`", "`{key}`: there is no such day: `{text}`"));
                t.report(field, d.hint(say!("写作 2021、2021-04 或 2021-04-12", "write 2021, 2021-04 or 2021-04-12")));
            }
        }
        let wrong = backwards(&start, &end) || no_day(&start) || no_day(&end);
        if backwards(&start, &end) && !no_day(&start) && !no_day(&end) {
            let d = Diagnostic::new(
                "POL003",
                Severity::Error,
                say!("时间范围的结束 `{end}` 早于开始 `{start}`，不公布", "the period ends (`{end}`) before it begins (`{start}`); it is not published"),
            );
            t.report(&ds::temporal::END, d.hint(say!("改正 start 和 end", "correct start and end")));
        }
        t.finish();
        (!start.is_empty() && !wrong).then_some((start, end))
    });
    let contact = f.map(&ds::CONTACT).map_or((Localized::default(), None, None), |mut c| {
        let got = (say_text(&mut c, &ds::contact::NAME, config), owned(&mut c, &ds::contact::TEL), owned(&mut c, &ds::contact::EMAIL));
        c.finish();
        got
    });
    let mut resources: Vec<Resource> = Vec::new();
    let mut patterns = Patterns::default();
    for node in f.entries(&ds::RESOURCES) {
        if let Some(r) = resource(f, node, base, known, &resources, &mut patterns) {
            resources.push(r);
        }
    }
    let (modified, changed) = (f.date(&ds::MODIFIED), changed(&resources));
    if let Some((m, c)) = modified.zip(changed.as_ref()) {
        disagree(f, m, c);
    }
    let (spatial, place) = spatial(f, config);
    Dataset {
        identifier: owned(f, &ds::ID),
        license,
        access,
        access_note: say_text(f, &ds::ACCESS_CONDITIONS, config),
        frequency: f.choice(&ds::FREQUENCY, vocab::FREQUENCIES),
        modified,
        changed,
        temporal,
        spatial,
        place,
        series: references(f, &ds::IN_SERIES, known),
        high_value: categories(f),
        version: owned(f, &ds::VERSION),
        contact,
        policies: references(f, &ds::POLICIES, known),
        related: references(f, &ds::RELATED, known),
        resources,
        provenance: say_text(f, &ds::PROVENANCE, config),
        usage_notes: say_text(f, &ds::USAGE_NOTES, config),
        next_release: f.date(&ds::NEXT_RELEASE),
        reuses: reuses(f, config),
        charts: charts(f, base, known),
    }
}

/// A period of years, months or days that ends before it begins, as far as both are told.
fn backwards(start: &str, end: &str) -> bool {
    let parts = |t: &str| -> Option<Vec<u32>> {
        let all: Option<Vec<u32>> = t.trim().split('-').map(|p| p.parse().ok()).collect();
        all.filter(|p| (1..=3).contains(&p.len()) && t.trim().find('-').unwrap_or(t.trim().len()) == 4)
    };
    // 2020 to 2020-03 are compared by the year alone.
    parts(start).zip(parts(end)).is_some_and(|(a, b)| b.iter().zip(&a).map(|(b, a)| b.cmp(a)).find(|o| o.is_ne()).is_some_and(std::cmp::Ordering::is_lt))
}

/// Written as a day or a month, and none that exists: `2020-13`, `2021-02-30`.
fn no_day(text: &str) -> bool {
    let parts: Option<Vec<i16>> = text.trim().split('-').map(|p| p.parse().ok().filter(|_| p.bytes().all(|b| b.is_ascii_digit()))).collect();
    match parts.as_deref() {
        Some([_, m]) => !(1..=12).contains(m),
        Some([y, m, d]) => i8::try_from(*m).ok().zip(i8::try_from(*d).ok()).is_none_or(|(m, d)| Date::new(*y, m, d).is_err()),
        _ => false,
    }
}

/// `spatial: 全国`, by language, or with a code and coordinates.
fn spatial(f: &mut Fields<'_, '_>, config: &Config) -> (Localized, Option<Place>) {
    use ds::spatial as sp;
    let own = [sp::NAME.key, sp::CODE.key, sp::BBOX.key, sp::GEONAMES.key];
    let keys = |n: &Node| matches!(&n.kind, crate::load::Kind::Map(m) if m.iter().any(|(k, _)| k.text().is_some_and(|k| own.contains(&k))));
    if !f.node(&ds::SPATIAL).is_some_and(keys) {
        return (say_text(f, &ds::SPATIAL, config), None);
    }
    let Some(mut s) = f.map(&ds::SPATIAL) else { return Default::default() };
    let name = say_text(&mut s, &sp::NAME, config);
    let told: Vec<String> = s.list(&sp::BBOX).iter().map(|(t, _)| t.to_string()).collect();
    let box_of = |list: &[String]| -> Option<[f64; 4]> {
        let n: Vec<f64> = list.iter().filter_map(|t| t.trim().parse().ok()).collect();
        let b: [f64; 4] = n.try_into().ok()?;
        let [west, south, east, north] = b;
        let fits = [west, east].iter().all(|x| (-180.0..=180.0).contains(x)) && [south, north].iter().all(|y| (-90.0..=90.0).contains(y)) && south <= north;
        fits.then_some(b)
    };
    let bbox = box_of(&told);
    if bbox.is_none() && !told.is_empty() {
        let d = Diagnostic::new(
            "SRC006",
            Severity::Error,
            say!("`bbox` 应为西、南、东、北四个经纬度，不是 `{}`", "`bbox` wants west, south, east and north in degrees, not `{}`", told.join(", ")),
        );
        s.report(&sp::BBOX, d.hint(say!("例如 [113.4, 36.0, 115.5, 37.1]", "for example [113.4, 36.0, 115.5, 37.1]")));
    }
    let place = Place { code: owned(&mut s, &sp::CODE), bbox, geonames: s.count(&sp::GEONAMES).map(|n| n.to_string()) };
    s.finish();
    (name, Some(place).filter(|p| *p != Place::default()))
}

/// `hvd_categories:`
fn categories(f: &mut Fields<'_, '_>) -> Vec<&'static str> {
    let mut out = Vec::new();
    for (text, node) in f.list(&ds::HIGH_VALUE_CATEGORIES) {
        match vocab::code(vocab::HIGH_VALUE, text) {
            Some(code) if !out.contains(&code) => out.push(code),
            Some(_) => {}
            None => {
                let words = crate::diag::Listed(vocab::HIGH_VALUE.iter().map(|(w, _)| *w).collect());
                let d =
                    Diagnostic::new("SRC008", Severity::Error, say!("`hvd_categories` 不认识 `{text}`", "`hvd_categories`: `{text}` is not in the vocabulary"));
                f.report_at(node.start, node.end, d.hint(say!("可用的词：{words}", "allowed: {words:#}")));
            }
        }
    }
    out
}

/// When the bytes changed last. Nothing is known of a dataset of which a file is not committed as it is.
fn changed(resources: &[Resource]) -> Option<Changed> {
    let files = resources.iter().filter(|r| r.file.is_some());
    let all: Vec<&Committed> = files.clone().flat_map(|r| &r.committed).collect();
    if files.clone().any(|r| !r.clean || r.committed.is_empty()) {
        return None;
    }
    let first = all.iter().min_by_key(|c| c.day)?;
    let last = all.iter().filter(|c| c.commit != first.commit).max_by_key(|c| c.day);
    let one = last.unwrap_or(first);
    Some(Changed { day: one.day, commit: one.commit.clone(), first: last.is_none() })
}

/// Days by which what is told of the last change may differ from it.
const TOLERANCE: i32 = 7;

/// Says where `modified` is not what the bytes say.
fn disagree(f: &mut Fields<'_, '_>, told: Date, changed: &Changed) {
    let (day, commit) = (changed.day, &changed.commit);
    let apart = (told - day).get_days();
    let text = if apart > TOLERANCE {
        say!(
            "`modified` 写的是 {told}，但数据文件自 {day}（git {commit}）起没有变过",
            "`modified` says {told}, but the data files are the same since {day} (git {commit})"
        )
    } else if -apart > TOLERANCE && !changed.first {
        say!("数据文件在 {day}（git {commit}）改过，`modified` 还是 {told}", "the data files changed on {day} (git {commit}), and `modified` still says {told}")
    } else {
        return;
    };
    let d = Diagnostic::new("GIT002", Severity::Warn, text);
    f.report(&ds::MODIFIED, d.hint(say!("改成 {day}；更新是否及时按数据文件的变动算", "write {day}; whether data are in time is told by their bytes")));
}

fn reuses(f: &mut Fields<'_, '_>, config: &Config) -> Vec<Reuse> {
    let mut out = Vec::new();
    for node in f.entries(&ds::REUSES) {
        let mut r = f.within(&ds::REUSES, node);
        let one = Reuse {
            title: say_text(&mut r, &ds::reuse::TITLE, config),
            url: crate::load::web::address(&mut r, &ds::reuse::URL),
            creator: owned(&mut r, &ds::reuse::CREATOR),
            kind: owned(&mut r, &ds::reuse::TYPE),
        };
        if one.title.is_empty() {
            r.missing(&ds::reuse::TITLE);
        }
        r.finish();
        if !one.title.is_empty() {
            out.push(one);
        }
    }
    out
}

fn charts(f: &mut Fields<'_, '_>, base: &str, known: &Known<'_>) -> Vec<Chart> {
    let config = known.config;
    let mut out: Vec<Chart> = Vec::new();
    let texts = |list: Vec<(&str, &Node)>| list.into_iter().map(|(t, _)| t.to_string()).collect::<Vec<String>>();
    for node in f.entries(&ds::CHARTS) {
        let mut c = f.within(&ds::CHARTS, node);
        let given = owned(&mut c, &ch::NAME);
        if let Some(g) = given.as_ref().filter(|g| !good_id(g)) {
            c.report(&ch::NAME, bad_id(g));
        } else if let Some(g) = given.as_ref().filter(|g| out.iter().any(|b| b.name == **g)) {
            let d = Diagnostic::new("SRC009", Severity::Error, say!("图表名 `{g}` 重复", "two charts have the name `{g}`"));
            c.report(&ch::NAME, d.hint(say!("每张图表的 name 各不相同", "give each chart a name of its own")));
        }
        let name = given.filter(|g| good_id(g) && !out.iter().any(|b| b.name == *g)).unwrap_or_else(|| format!("chart-{}", out.len() + 1));
        let kind = c.choice(&ch::KIND, vocab::CHARTS);
        if c.empty(&ch::KIND) {
            c.missing(&ch::KIND);
        }
        let path = owned(&mut c, &ch::BOUNDARIES);
        let boundaries = path.as_ref().and_then(|p| known.file(base, p)).and_then(|k| known.sources.blobs.get_key_value(k));
        if let Some(p) = path.as_ref().filter(|_| boundaries.is_none()) {
            c.report(
                &ch::BOUNDARIES,
                Diagnostic::new("SRC015", Severity::Error, say!("边界文件 `{p}` 不存在", "there are no boundaries `{p}`"))
                    .hint(say!("GeoJSON 文件，路径相对于本文件所在目录", "a GeoJSON file; the path is relative to the folder of this file")),
            );
        } else if kind == Some("choropleth") && boundaries.is_none() {
            c.missing(&ch::BOUNDARIES);
        }
        let chart = Chart {
            name,
            title: say_text(&mut c, &ch::TITLE, config),
            kind: kind.unwrap_or(""),
            resource: owned(&mut c, &ch::RESOURCE),
            x: owned(&mut c, &ch::X),
            y: texts(c.list(&ch::Y)),
            series: owned(&mut c, &ch::SERIES),
            only: texts(c.list(&ch::ONLY)),
            breaks: texts(c.list(&ch::BREAKS)),
            sort: c.choice(&ch::SORT, vocab::SORTS),
            note: say_text(&mut c, &ch::NOTE, config),
            unit: say_text(&mut c, &ch::UNIT, config),
            boundaries: boundaries.map(|(k, _)| k.clone()),
            join: owned(&mut c, &ch::JOIN),
            map_no: owned(&mut c, &ch::MAP_NO),
            at: (node.start, node.end),
        };
        c.finish();
        if kind.is_some() {
            out.push(chart);
        }
    }
    out
}

/// `CC-BY-4.0`, or `{name: …, url: …}`.
fn license(f: &mut Fields<'_, '_>) -> Option<(String, Option<String>)> {
    match f.node(&ds::LICENSE) {
        Some(n) if n.text().is_none() => f.map(&ds::LICENSE).and_then(|mut l| {
            let got = (owned(&mut l, &ds::license::NAME), crate::load::web::address(&mut l, &ds::license::URL));
            if got.0.is_none() {
                l.missing(&ds::license::NAME);
            }
            l.finish();
            Some((got.0?, got.1))
        }),
        _ => owned(f, &ds::LICENSE).map(|id| {
            let listed = vocab::LICENSES.iter().find(|(l, _)| l.eq_ignore_ascii_case(&id)).map(|(_, u)| (*u).to_string());
            let url = listed.or_else(|| licences::known(&id)?.url);
            (id, url)
        }),
    }
}

fn resource<'a>(f: &mut Fields<'a, '_>, node: &'a Node, base: &str, known: &Known<'_>, before: &[Resource], patterns: &mut Patterns) -> Option<Resource> {
    let config = known.config;
    let mut r = f.within(&ds::RESOURCES, node);
    let path = owned(&mut r, &rs::PATH);
    let url = crate::load::web::address(&mut r, &rs::URL);
    let given = owned(&mut r, &rs::NAME);
    let title = say_text(&mut r, &rs::TITLE, config);
    let told = owned(&mut r, &rs::FORMAT);
    let file = path.as_ref().and_then(|p| {
        let hit = known.file(base, p).and_then(|k| known.sources.blobs.get_key_value(k));
        if hit.is_none() {
            r.report(&rs::PATH, known.no_file("SRC015", base, p, say!("数据文件 `{p}` 不存在", "there is no data file `{p}`")));
        }
        let again = before.iter().filter(|b| hit.is_some_and(|(k, _)| b.file.as_ref() == Some(k))).count();
        let books = [".xlsx", ".xls", ".xlsm", ".ods", ".et", ".zip"].iter().any(|e| p.to_lowercase().ends_with(e));
        let most = if books { SHEETS } else { AGAIN };
        if again >= most {
            let d = Diagnostic::new(
                "SRC017",
                Severity::Error,
                say!("`{p}` 已是 {most} 个资源的文件，不再读入", "`{p}` is the file of {most} resources already; not read once more"),
            );
            r.report(
                &rs::PATH,
                d.hint(say!("一个文件写成一个资源，多余的删去", "make one resource of one file, and take out those that are too many")).blocking(),
            );
            return None;
        }
        hit.map(|(k, _)| k.clone())
    });
    if path.is_none() && url.is_none() {
        r.missing(&rs::PATH);
    }
    let place = path.as_deref().or(url.as_deref()).unwrap_or("");
    let end = place.split(['?', '#']).next().unwrap_or("").rsplit('/').next().unwrap_or("");
    let (stem, ending) = end.rsplit_once('.').unwrap_or((end, ""));
    let format = told.clone().unwrap_or_else(|| if ending.len() <= 8 { ending.to_string() } else { String::new() }).to_uppercase();
    let mut name: String = given.clone().unwrap_or_else(|| stem.to_string()).chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    let same = |name: &str| before.iter().find(|b| b.name.eq_ignore_ascii_case(name));
    if let Some(g) = given.as_ref().filter(|g| !good_id(g)) {
        r.report(&rs::NAME, bad_id(g));
    } else if let Some((g, first)) = given.as_ref().and_then(|g| Some((g, same(g)?))) {
        let title = first.title.get(0);
        let d = Diagnostic::new(
            "SRC009",
            Severity::Error,
            say!("资源名 `{g}` 重复，前面“{title}”已经用了", "the name `{g}` is there twice; {title} has it already"),
        );
        r.report(
            &rs::NAME,
            d.hint(say!(
                "每个资源的 name 各不相同（不分大小写），它写进地址",
                "give each resource a name of its own, whatever its case: it stands in addresses"
            )),
        );
    }
    if name.is_empty() || same(&name).is_some() {
        name = format!("r{}", before.len() + 1);
    }
    let description = say_text(&mut r, &rs::DESCRIPTION, config);
    let languages = config.languages.iter().map(|l| l.tag.clone()).collect();
    let mut settings = Settings { format: told, encoding: owned(&mut r, &rs::ENCODING), languages, ..Settings::default() };
    dialect(&mut r, &mut settings);
    let mut foreign = Vec::new();
    let fields = r.map(&rs::SCHEMA).map_or(Vec::new(), |mut s| {
        let out: Vec<FieldInfo> = s.entries(&rs::schema::FIELDS).iter().filter_map(|n| field(&mut s, n, config, &mut settings, patterns)).collect();
        if settings.head.no_head {
            settings.head.columns = out.iter().map(|f| f.name.trim().to_string()).collect();
        }
        settings.key = s.list(&rs::schema::PRIMARY_KEY).iter().map(|(t, _)| t.to_string()).collect();
        settings.missing = s.list(&rs::schema::MISSING_VALUES).iter().map(|(t, _)| t.to_string()).collect();
        for node in s.entries(&rs::schema::FOREIGN_KEYS) {
            let mut k = s.within(&rs::schema::FOREIGN_KEYS, node);
            let here: Vec<String> = k.list(&rs::foreign::FIELDS).iter().map(|(t, _)| t.to_string()).collect();
            let there = k.map(&rs::foreign::REFERENCE).map(|mut t| {
                let got = (
                    owned(&mut t, &rs::reference::RESOURCE).unwrap_or_default(),
                    t.list(&rs::reference::FIELDS).iter().map(|(t, _)| t.to_string()).collect::<Vec<String>>(),
                );
                t.finish();
                got
            });
            if let Some((resource, fields)) = there.filter(|(_, f)| !here.is_empty() && f.len() == here.len()) {
                foreign.push((here, resource, fields));
            } else {
                k.missing(&rs::foreign::REFERENCE);
            }
            k.finish();
        }
        s.finish();
        out
    });
    let allowed = allowed(&mut r, &rs::ALLOW_PERSONAL);
    let versions = versions(&mut r, base, known);
    let (committed, clean) = file.as_ref().map_or((Vec::new(), false), |f| committed(f, known));
    // Known so that a Data Package's resource can be copied as it is; the build finds these out by itself.
    let _ = (r.node(&rs::MEDIATYPE), r.node(&rs::PROFILE), r.node(&rs::BYTES), r.node(&rs::HASH));
    r.finish();
    let title = if title.is_empty() { Localized(vec![(None, if end.is_empty() { name.clone() } else { end.to_string() })]) } else { title };
    if settings.format.is_none() && !format.is_empty() {
        settings.format = Some(format.clone());
    }
    (file.is_some() || url.is_some()).then_some(Resource {
        name,
        title,
        description,
        file,
        url,
        format,
        fields,
        settings,
        foreign,
        allowed,
        versions,
        committed,
        clean,
        held: false,
        at: (node.start, node.end),
    })
}

/// The states that git keeps of a file.
fn committed(file: &Arc<str>, known: &Known<'_>) -> (Vec<Committed>, bool) {
    let config = known.config;
    let path = known.sources.blobs.get(file).and_then(|b| b.disk.strip_prefix(&config.root).ok()).map(|p| p.to_string_lossy().replace('\\', "/"));
    let Some((states, clean)) = known.sources.git.as_ref().zip(path).map(|(g, p)| g.of(&p)) else { return (Vec::new(), false) };
    let day = |s: &State| config.tz.to_datetime(s.at).date();
    (states.iter().map(|s| Committed { day: day(s), commit: s.commit.clone(), past: s.past.clone() }).collect(), clean)
}

/// `dialect:` (Table Dialect): what the bytes do not tell.
fn dialect(r: &mut Fields<'_, '_>, settings: &mut Settings) {
    let Some(mut d) = r.map(&rs::DIALECT) else { return };
    let delimiter = d.written(&rs::dialect::DELIMITER).map(str::to_string);
    settings.delimiter = match delimiter.as_deref() {
        Some("\\t" | "tab") => Some("\t".into()),
        // Blanks are delimiters too.
        Some(t) if !t.is_empty() && t.trim().is_empty() => Some(if t.contains('\t') { "\t" } else { " " }.into()),
        // Words and figures are what cells hold; several signs in a row may be one.
        Some(t) if !t.is_empty() && t.len() <= 12 && !t.contains(['\n', '\r', '"']) && !t.chars().all(char::is_alphanumeric) => Some(t.trim().into()),
        Some(t) => {
            let report = Diagnostic::new("SRC006", Severity::Error, say!("`delimiter` 不能是 `{t}`", "`delimiter` cannot be `{t}`"));
            d.report(
                &rs::dialect::DELIMITER,
                report.hint(say!(
                    "写分隔单元格的符号，例如 `;`、`\\t`；不写就按内容判断",
                    "write the sign between cells, such as `;` or `\\t`; left out, it is found"
                )),
            );
            None
        }
        None => None,
    };
    let mut sign = |field: &'static Field| -> Option<u8> {
        let (text, key) = (d.written(field).map(str::to_string)?, field.key);
        match text.as_bytes() {
            [] => None,
            [one] if one.is_ascii() && !one.is_ascii_alphanumeric() => Some(*one),
            _ => {
                let report =
                    Diagnostic::new("SRC006", Severity::Error, say!("`{key}` 应为一个半角符号，不是 `{text}`", "`{key}` wants one ASCII sign, not `{text}`"));
                d.report(field, report.hint(say!("例如 `\"`、`'`、`\\`、`#`", "such as `\"`, `'`, `\\`, `#`")));
                None
            }
        }
    };
    (settings.quote, settings.escape, settings.comment) = (sign(&rs::dialect::QUOTE_CHAR), sign(&rs::dialect::ESCAPE_CHAR), sign(&rs::dialect::COMMENT_CHAR));
    settings.skip_space = d.flag(&rs::dialect::SKIP_INITIAL_SPACE) == Some(true);
    settings.head.no_head = d.flag(&rs::dialect::HEADER) == Some(false);
    settings.sheet = owned(&mut d, &rs::dialect::SHEET_NAME);
    settings.property = owned(&mut d, &rs::dialect::PROPERTY);
    for (text, node) in d.list(&rs::dialect::HEADER_ROWS) {
        match text.parse::<usize>() {
            Ok(n) if n > 0 => settings.head.rows.push(n),
            _ => d.report_at(
                node.start,
                node.end,
                Diagnostic::new("SRC006", Severity::Error, say!("`headerRows` 应为行号", "`headerRows` wants numbers of rows"))
                    .hint(say!("例如 [1, 2]，从 1 数起", "for example [1, 2], counted from 1")),
            ),
        }
    }
    let _ = (d.node(&rs::dialect::LINE_TERMINATOR), d.node(&rs::dialect::DOUBLE_QUOTE), d.node(&rs::dialect::SHEET_NUMBER));
    d.finish();
}

fn unknown_mask(text: &str) -> Diagnostic {
    let words: Vec<&str> = MASKS.iter().map(|(w, _)| *w).collect();
    let list = crate::diag::Listed(words);
    Diagnostic::new("SRC008", Severity::Error, say!("`mask` 不认识 `{text}`", "`mask`: `{text}` is not in the vocabulary"))
        .hint(say!("可用的词：{list}；现按 all（整列遮去）处理", "allowed: {list:#}; the whole value is masked for now"))
}

pub(super) fn allowed(r: &mut Fields<'_, '_>, list: &'static Field) -> Vec<Allowed> {
    use schema::item::allow::{APPROVED_BY, FIELD, REASON, UNTIL};
    let mut out = Vec::new();
    for node in r.entries(list) {
        let mut a = r.within(list, node);
        let (field, reason, who, until) = (owned(&mut a, &FIELD), owned(&mut a, &REASON), owned(&mut a, &APPROVED_BY), a.date(&UNTIL));
        for (wanted, there) in [(&REASON, reason.is_some()), (&APPROVED_BY, who.is_some()), (&UNTIL, until.is_some())] {
            if !there {
                a.missing(wanted);
            }
        }
        a.finish();
        if let (Some(reason), Some(approved_by), Some(until)) = (reason, who, until) {
            out.push(Allowed { field: field.unwrap_or_default(), reason, approved_by, until });
        }
    }
    out
}

/// Resources of one file, each of which is read and written in every format: sheets of a workbook, and other files.
const SHEETS: usize = 50;
const AGAIN: usize = 4;

fn versions(r: &mut Fields<'_, '_>, base: &str, known: &Known<'_>) -> Vec<Version> {
    let mut out = Vec::new();
    let mut seen: FxHashSet<Arc<str>> = FxHashSet::default();
    for node in r.entries(&rs::VERSIONS) {
        let mut v = r.within(&rs::VERSIONS, node);
        let path = owned(&mut v, &rs::version::PATH);
        let issued = v.date(&rs::version::ISSUED);
        let version = owned(&mut v, &rs::version::VERSION).or_else(|| issued.map(|d| d.to_string()));
        let note = say_text(&mut v, &rs::version::NOTE, known.config);
        match path.as_ref().map(|p| (p, known.file(base, p).and_then(|k| known.sources.blobs.get_key_value(k)))) {
            Some((_, Some((file, _)))) => {
                let version = version.unwrap_or_else(|| format!("{}", out.len() + 1));
                if !seen.insert(file.clone()) {
                    let d = Diagnostic::new(
                        "SRC009",
                        Severity::Warn,
                        say!("`{}` 是前面一个旧版的文件", "`{}` is the file of an earlier version already", path.as_deref().unwrap_or("")),
                    );
                    let hint = say!("每个旧版写它自己的文件，重复的删去", "give each version its own file, and take out what is there twice");
                    v.report(&rs::version::PATH, d.hint(hint));
                }
                out.push(Version { file: file.clone(), version, issued, note });
            }
            Some((p, None)) => {
                v.report(&rs::version::PATH, known.no_file("SRC015", base, p, say!("旧版文件 `{p}` 不存在", "there is no file `{p}` of an earlier version")))
            }
            None => v.missing(&rs::version::PATH),
        }
        v.finish();
    }
    out.sort_by_key(|v| v.issued);
    out
}

fn field<'a>(f: &mut Fields<'a, '_>, node: &'a Node, config: &Config, settings: &mut Settings, patterns: &mut Patterns) -> Option<FieldInfo> {
    if let Some(t) = node.text() {
        return Some(FieldInfo { name: t.to_string(), ..FieldInfo::default() });
    }
    let mut c = f.within(&rs::schema::FIELDS, node);
    let name = owned(&mut c, &di::NAME);
    if name.is_none() {
        c.missing(&di::NAME);
    }
    let mut out = FieldInfo {
        name: name.clone().unwrap_or_default(),
        title: say_text(&mut c, &di::TITLE, config),
        kind: owned(&mut c, &di::TYPE),
        unit: owned(&mut c, &di::UNIT),
        description: say_text(&mut c, &di::DESCRIPTION, config),
        ..FieldInfo::default()
    };
    // A word that is not known must not leave the column open; nothing, or no word, even less.
    match c.node(&di::MASK).map(|n| n.text().unwrap_or("").trim()) {
        Some(word) if !word.is_empty() => {
            let mask = MASKS.iter().find(|(w, _)| *w == word).map(|(_, m)| *m);
            if mask.is_none() {
                c.report(&di::MASK, unknown_mask(word));
            }
            settings.masks.push((out.name.clone(), mask.unwrap_or(Mask::All)));
        }
        _ if c.has(&di::MASK) => {
            let _ = c.guarded(&di::MASK, MASKS);
            settings.masks.push((out.name.clone(), Mask::All));
        }
        _ => {}
    }
    if let Some(mut k) = c.map(&di::CONSTRAINTS) {
        out.required = k.flag(&di::constraints::REQUIRED) == Some(true);
        out.unique = k.flag(&di::constraints::UNIQUE) == Some(true);
        out.allowed = k.list(&di::constraints::ENUM).iter().map(|(t, _)| t.to_string()).collect();
        let mut told = |field: &'static Field, (zh, en): (&str, &str), good: &mut dyn FnMut(&str) -> bool| {
            let Some(text) = k.text(field).map(str::to_string).filter(|t| !good(t)) else { return };
            let key = field.key;
            let d = Diagnostic::new(
                "SRC006",
                Severity::Error,
                say!("`{key}` 应为{zh}，不是 `{text}`，没有检查", "`{key}` wants {en}, not `{text}`; it is not checked"),
            );
            k.report(field, d.hint(say!("改正，或去掉它", "correct it, or take it out")));
        };
        let (bound, count) = (("数字、日期或时间", "a number, a day or a time"), ("整数", "a whole number"));
        let kind = out.kind.clone();
        for (field, slot) in [(&di::constraints::MINIMUM, &mut out.range.0), (&di::constraints::MAXIMUM, &mut out.range.1)] {
            told(field, bound, &mut |t| {
                *slot = Bound::new(t, kind.as_deref());
                slot.is_some()
            });
        }
        for (field, slot) in [(&di::constraints::MIN_LENGTH, &mut out.length.0), (&di::constraints::MAX_LENGTH, &mut out.length.1)] {
            told(field, count, &mut |t| {
                *slot = t.parse().ok();
                slot.is_some()
            });
        }
        if let Some(text) = k.text(&di::constraints::PATTERN) {
            let told = match patterns.read(text) {
                Some(Some(pattern)) => {
                    out.pattern = Some(pattern);
                    None
                }
                Some(None) => Some((
                    "SRC006",
                    say!("`pattern` 不是能用的正则表达式：{text}", "`pattern` is no regular expression that can be used: {text}"),
                    say!("例如 \"\\\\d{{6}}\"；整个值都要符合，不用写 ^ 和 $", "for example \"\\\\d{{6}}\"; it is held against whole values, without ^ and $"),
                )),
                None => Some((
                    "SRC017",
                    say!("本数据集的 `pattern` 太多太大，未检查：{text}", "the dataset has too many and too large `pattern`s; not checked: {text}"),
                    say!("少写几个，或写得短些，例如 \"\\\\d{{6}}\"", "write fewer, or shorter ones, such as \"\\\\d{{6}}\""),
                )),
            };
            if let Some((code, message, hint)) = told {
                k.report(&di::constraints::PATTERN, Diagnostic::new(code, Severity::Error, message).hint(hint));
            }
        }
        k.finish();
    }
    for field in di::TOLD {
        out.told.insert(field.key.to_string(), c.free(field));
    }
    custom(&mut c, &out, settings);
    if settings.masks.iter().any(|(m, _)| *m == out.name) {
        veiled(&mut out);
    }
    c.finish();
    name.map(|_| out)
}

/// Takes out what a dictionary says of a masked column by its values: each of them may be one of those that are hidden.
fn veiled(field: &mut FieldInfo) {
    field.told.retain(|k, _| [di::FORMAT.key, di::RDF_TYPE.key].contains(&k.as_str()));
    (field.allowed, field.pattern, field.range) = Default::default();
}

/// How the values of a column are written (Table Schema).
fn custom(c: &mut Fields<'_, '_>, field: &FieldInfo, settings: &mut Settings) {
    let mut k = Custom { told: field.kind.as_deref().and_then(Told::of), ..Custom::default() };
    if let Some(word) = field.kind.as_deref().filter(|w| k.told.is_none() && !customs::OTHER.contains(&w.trim().to_lowercase().as_str())) {
        // What is meant is not known, so no value is turned into another.
        k.told = Some(Told::Text);
        let list = customs::TYPES.join("、");
        let hint = match crate::load::nearest(&word.trim().to_lowercase(), customs::TYPES) {
            Some(near) => say!("是否 {near}？可用的词：{list}；现按文字处理", "did you mean {near}? Allowed: {list}; its values are left as text for now"),
            None => say!("可用的词：{list}；现按文字处理", "allowed: {list}; its values are left as text for now"),
        };
        let d = Diagnostic::new("SRC008", Severity::Warn, say!("`type` 不认识 `{word}`", "`type`: `{word}` is not in the vocabulary"));
        c.report(&di::TYPE, d.hint(hint));
    }
    let sign = |c: &mut Fields<'_, '_>, field: &'static Field| -> Option<char> {
        // A blank is a sign too, so this is not taken as text.
        let (text, key) = (c.written(field)?.to_string(), field.key);
        let mut all = text.chars();
        match (all.next(), all.next()) {
            (Some(one), None) if !one.is_alphanumeric() => Some(one),
            (None, _) => None,
            _ => {
                let d = Diagnostic::new("SRC006", Severity::Error, say!("`{key}` 应为一个符号，不是 `{text}`", "`{key}` wants one sign, not `{text}`"));
                c.report(field, d.hint(say!("例如 `{key}: \",\"`", "for example `{key}: \",\"`")));
                None
            }
        }
    };
    (k.decimal, k.group) = (sign(c, &di::DECIMAL_CHAR), sign(c, &di::GROUP_CHAR));
    if k.decimal.is_some() && k.decimal == k.group {
        let d = Diagnostic::new("SRC006", Severity::Error, say!("`groupChar` 与 `decimalChar` 相同", "`groupChar` is the same as `decimalChar`"));
        c.report(&di::GROUP_CHAR, d.hint(say!("两者要不同，例如 `.` 和 `,`", "make them differ, such as `.` and `,`")));
        k.group = None;
    }
    k.dressed = c.flag(&di::BARE_NUMBER) == Some(false);
    let list = |c: &mut Fields<'_, '_>, field: &'static Field| -> Vec<String> { c.list(field).iter().map(|(t, _)| t.to_string()).collect() };
    (k.yes, k.no) = (list(c, &di::TRUE_VALUES), list(c, &di::FALSE_VALUES));
    if c.node(&di::MISSING_VALUES).is_some() {
        k.missing = Some(list(c, &di::MISSING_VALUES));
    }
    let text = c.node(&di::FORMAT).and_then(|n| n.text()).map(str::to_string);
    if let Some(text) = text.filter(|_| k.told == Some(Told::Date)) {
        match customs::format(&text) {
            Ok(format) => k.format = format,
            Err(customs::Unreadable) => {
                let d = Diagnostic::new("SRC006", Severity::Error, say!("日期格式 `{text}` 读不懂", "the format of dates `{text}` cannot be read"));
                c.report(&di::FORMAT, d.hint(say!("用 strptime 的写法，例如 \"%d/%m/%Y\"", "write it as for strptime, such as \"%d/%m/%Y\"")));
            }
        }
    }
    // Each kind of value has its own: a date has no decimals.
    match k.told {
        Some(Told::Number) => (k.yes, k.no) = Default::default(),
        Some(Told::Boolean) => (k.decimal, k.group, k.dressed) = (None, None, false),
        Some(Told::Text | Told::Date | Told::Year) => (k.decimal, k.group, k.dressed, k.yes, k.no) = Default::default(),
        Some(Told::Any) | None => {}
    }
    if k != Custom::default() {
        settings.customs.push((field.name.clone(), k));
    }
}

pub(super) fn glossary(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Term> {
    let mut list: Vec<Term> = Vec::new();
    let Some((yaml, nodes)) = vocabulary(sources, "glossary.yaml") else { return list };
    let mut ids: rustc_hash::FxHashMap<String, usize> = Default::default();
    for node in nodes {
        let mut f = Fields::new(&term::RECORD, &yaml.source, node, &config.tz, out);
        let id = owned(&mut f, &term::ID);
        let t = Term {
            id: id.clone().unwrap_or_else(|| format!("t{}", list.len() + 1)),
            term: say_text(&mut f, &term::TERM, config),
            aliases: f.list(&term::ALIASES).iter().map(|(t, _)| t.to_string()).collect(),
            definition: say_text(&mut f, &term::DEFINITION, config),
            source: (owned(&mut f, &term::SOURCE), crate::load::web::address(&mut f, &term::SOURCE_URL)),
        };
        match &id {
            Some(i) if !good_id(i) => f.report(&term::ID, bad_id(i)),
            Some(i) if ids.contains_key(i) => f.report(&term::ID, super::vocabularies::id_twice(i, list[ids[i]].term.get(0))),
            _ if t.term.is_empty() => f.missing(&term::TERM),
            _ if t.definition.is_empty() => f.missing(&term::DEFINITION),
            _ => {
                ids.insert(t.id.clone(), list.len());
                list.push(t);
            }
        }
        f.finish();
    }
    list
}

/// `synonyms.yaml`: one word leads to one term; a word of one character would stand in every other query.
pub(super) fn synonyms(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<super::Synonym> {
    let mut list: Vec<super::Synonym> = Vec::new();
    let Some((yaml, nodes)) = vocabulary(sources, "synonyms.yaml") else { return list };
    let mut seen: rustc_hash::FxHashMap<String, String> = Default::default();
    for node in nodes {
        let mut f = Fields::new(&synonym::RECORD, &yaml.source, node, &config.tz, out);
        let term = owned(&mut f, &synonym::TERM).unwrap_or_default();
        let given: Vec<String> = f.list(&synonym::ALIASES).iter().map(|(t, _)| t.trim().to_string()).collect();
        owned(&mut f, &synonym::SOURCE);
        if term.is_empty() {
            f.missing(&synonym::TERM);
        } else if given.is_empty() {
            f.missing(&synonym::ALIASES);
        }
        let mut aliases = Vec::new();
        for a in given {
            let wrong = if a.chars().count() < 2 {
                say!("`{a}` 只有一个字，会出现在别的词里，不采用", "`{a}` has one character and would stand in other words; it is not used")
            } else if a == term {
                say!("`{a}` 就是规范名称本身，不采用", "`{a}` is the official term itself; it is not used")
            } else if let Some(other) = seen.get(&a).filter(|o| **o != term) {
                say!("`{a}` 已经是 `{other}` 的别的说法，这里不采用", "`{a}` already leads to `{other}`; here it is not used")
            } else {
                seen.insert(a.clone(), term.clone());
                aliases.push(a);
                continue;
            };
            let hint = say!("删去它，或写两个字以上、只指这一个名称的说法", "delete it, or write one of two characters or more that means this term alone");
            f.report(&synonym::ALIASES, Diagnostic::new("SRC007", Severity::Warn, wrong).hint(hint));
        }
        f.finish();
        if !term.is_empty() && !aliases.is_empty() {
            list.push(super::Synonym { term, aliases });
        }
    }
    list
}

pub(super) fn alerts(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Alert> {
    let mut list = Vec::new();
    let Some((yaml, nodes)) = vocabulary(sources, "alerts.yaml") else { return list };
    for node in nodes {
        let mut f = Fields::new(&alert::RECORD, &yaml.source, node, &config.tz, out);
        let mut a = Alert {
            title: say_text(&mut f, &alert::TITLE, config),
            text: say_text(&mut f, &alert::TEXT, config),
            url: crate::load::web::address(&mut f, &alert::URL),
            at: f.node(&alert::URL).map_or_else(|| Span::file(&yaml.source.path), |n| yaml.source.span(n.start as usize, n.end as usize)),
            level: f.choice(&alert::LEVEL, vocab::ALERT_LEVELS).unwrap_or("red"),
            from: f.moment(&alert::FROM),
            until: f.moment(&alert::UNTIL),
        };
        let (titled, said) = (!a.title.is_empty(), f.has(&alert::FROM));
        if !titled {
            f.missing(&alert::TITLE);
        }
        if said && f.empty(&alert::FROM) {
            let text = say!("`from` 没有值，不知道从何时起显示，所以不显示", "`from` has no value; it is not known when this begins, so it is not shown");
            f.report(
                &alert::FROM,
                Diagnostic::new("SRC007", Severity::Error, text)
                    .hint(say!("写上时间，或删去这一行（立即显示）", "write a time, or delete the line to show it now")),
            );
        }
        if let (Some(from), Some(until)) = (a.from, a.until)
            && (until.date < from.date || until.date == from.date && until.time.is_some() && until.clock() < from.clock())
        {
            let text = say!("结束 `until` 早于开始 `from`，这条通知不会显示", "`until` is before `from`, so this alert is never shown");
            f.report(&alert::UNTIL, Diagnostic::new("POL003", Severity::Error, text).hint(say!("改正 from 和 until", "correct from and until")));
        }
        // Said, but not understood: rather not shown than too early. A day under another name counts.
        let known = a.from.is_some() || !said;
        if let Some(m) = f.finish().day(a.from.is_some()).filter(|m| a.from.is_none_or(|f| !m.come(f))) {
            a.from = Some(m);
        }
        if titled && known {
            list.push(a);
        }
    }
    list
}
