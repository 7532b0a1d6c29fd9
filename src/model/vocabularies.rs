//! Vocabularies: departments, themes, columns.

use super::vocab;
use super::*;
use crate::config::{Config, Profile};
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::{Fields, Node, Sources, Yaml};
use crate::schema::Field;
use crate::schema::vocabulary::{column as col, department as dep, former, leader, office, theme};
use rustc_hash::FxHashMap;

impl Column {
    /// The column of a type's folder without a `_column.yaml`.
    pub(super) fn implied(path: &str) -> Column {
        Column {
            path: path.to_string(),
            title: Localized::default(),
            description: Localized::default(),
            keywords: Vec::new(),
            column_type: None,
            order: None,
            nav: true,
            owner: None,
            update_within: None,
            file: None,
            aliases: Vec::new(),
        }
    }
}

pub(super) fn say_text(f: &mut Fields<'_, '_>, field: &'static Field, config: &Config) -> Localized {
    let Some(texts) = f.lang_text(field) else { return Localized::default() };
    let (text, unknown) = Localized::from(texts, &config.languages);
    for tag in unknown {
        f.report(
            field,
            Diagnostic::new("SRC008", Severity::Warn, say!("site.yaml 的 languages 中没有 `{tag}`", "`{tag}` is not among the languages of site.yaml")),
        );
    }
    text
}

pub(super) fn owned(f: &mut Fields<'_, '_>, field: &'static Field) -> Option<String> {
    f.text(field).map(String::from)
}

/// Earlier addresses, each with its place.
pub(super) fn aliases(f: &mut Fields<'_, '_>, field: &'static Field, source: &crate::load::Source) -> Vec<(String, Span)> {
    f.list(field).into_iter().map(|(t, n)| (t.to_string(), source.span(n.start as usize, n.end as usize))).collect()
}

pub(super) fn vocabulary<'a>(sources: &'a Sources, name: &str) -> Option<(&'a Yaml, &'a [Node])> {
    let yaml = sources.yamls.get(name)?;
    match &yaml.node.as_ref()?.kind {
        crate::load::Kind::List(items) => Some((yaml, items)),
        _ => Some((yaml, std::slice::from_ref(yaml.node.as_ref()?))),
    }
}

/// The finding of a vocabulary that is there and holds nothing: it takes the weight of all that is not found in it.
fn without_entry(sources: &Sources, name: &str) -> Option<Diagnostic> {
    let yaml = sources.yamls.get(name).filter(|y| y.problems.is_empty())?;
    let held = vocabulary(sources, name).map_or(0, |(_, nodes)| nodes.iter().filter(|n| !matches!(n.kind, crate::load::Kind::Null)).count());
    (held == 0).then(|| {
        Diagnostic::new("SRC010", Severity::Warn, say!("{name} 里一项也没有", "{name} has no entry")).at(Span::file(&yaml.source.path)).hint(match name {
            "themes.yaml" => say!(
                "写上 `- {{id: welfare, label: 养老}}` 这样的各项，或删去这个文件",
                "write entries as `- {{id: welfare, label: Welfare}}`, or delete the file"
            ),
            _ => say!(
                "写上 `- {{id: office, name: 办公室}}` 这样的各项，或删去这个文件",
                "write entries as `- {{id: office, name: Office}}`, or delete the file"
            ),
        })
    })
}

/// An id fit for an address: ASCII letters, digits, `-`, `_`.
pub(super) fn good_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 80 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

pub(super) fn bad_id(id: &str) -> Diagnostic {
    Diagnostic::new("SRC008", Severity::Error, say!("编号 `{id}` 不能用在地址里", "the id `{id}` cannot stand in an address")).hint(
        match crate::load::half_width(id) {
            half if half != id && good_id(&half) => say!("全角改成半角：`{half}`", "make it half-width: `{half}`"),
            _ => say!("只用英文字母、数字和连字符", "use ASCII letters, digits and hyphens"),
        },
    )
}

pub(super) fn id_twice(id: &str, first: &str) -> Diagnostic {
    Diagnostic::new("SRC009", Severity::Error, say!("编号 `{id}` 重复，前面“{first}”已经用了", "the id `{id}` is there twice; {first} has it already"))
        .hint(say!("给这一条换一个编号；现在这一条未读入", "give this entry another id; it is not read for now"))
}

/// True unless the file of a vocabulary is there and cannot be read.
pub(super) fn readable(sources: &Sources, name: &str) -> bool {
    let broken = sources.yamls.get(name).is_some_and(|y| y.problems.iter().any(|p| p.blocks));
    let failed = sources.found.iter().any(|d| d.path().rsplit_once('/').is_some_and(|(_, n)| n == name));
    // Under another name its entries are not read either.
    let other = || sources.yamls.keys().any(|k| !k.contains('/') && super::places::vocabulary_meant(k).is_some_and(|m| m == name));
    !broken && !failed && (sources.yamls.contains_key(name) || !other())
}

/// 领导.
fn leaders(f: &mut Fields<'_, '_>, config: &Config, sources: &Sources) -> (Vec<[Localized; 3]>, Vec<Option<Arc<str>>>) {
    let (mut out, mut photos) = (Vec::new(), Vec::new());
    for node in f.entries(&dep::LEADERS) {
        let mut l = f.within(&dep::LEADERS, node);
        let one = [&leader::NAME, &leader::TITLE, &leader::DUTIES].map(|w| say_text(&mut l, w, config));
        let photo = photo(&mut l, sources);
        if one[0].is_empty() {
            l.missing(&leader::NAME);
        } else {
            out.push(one);
            photos.push(photo);
        }
        l.finish();
    }
    (out, photos)
}

/// A picture of this site.
fn photo(l: &mut Fields<'_, '_>, sources: &Sources) -> Option<Arc<str>> {
    let text = l.text(&leader::PHOTO)?.trim().to_string();
    let found = text.strip_prefix('/').and_then(|p| sources.statics.get_key_value(p)).map(|(k, _)| k.clone());
    if found.is_none() {
        let d = Diagnostic::new("SRC015", Severity::Error, say!("static/ 里没有图片 `{text}`", "there is no picture `{text}` in static/"));
        l.report(&leader::PHOTO, d.hint(say!("图片放在 static/ 里，写以 / 开头的路径", "put the picture into static/ and write its path, beginning with /")));
    }
    found
}

/// 曾用名.
fn former_names(f: &mut Fields<'_, '_>, config: &Config) -> Vec<(Localized, Option<jiff::civil::Date>)> {
    let mut out = Vec::new();
    for node in f.entries(&dep::FORMER_NAMES) {
        let mut n = f.within(&dep::FORMER_NAMES, node);
        let (name, until) = (say_text(&mut n, &former::NAME, config), n.date(&former::UNTIL));
        if name.is_empty() {
            n.missing(&former::NAME);
        } else {
            out.push((name, until));
        }
        n.finish();
    }
    out
}

/// 内设机构.
fn offices(f: &mut Fields<'_, '_>, config: &Config) -> Vec<(Localized, Option<String>)> {
    let mut out = Vec::new();
    for node in f.entries(&dep::OFFICES) {
        let mut o = f.within(&dep::OFFICES, node);
        let one = (say_text(&mut o, &office::NAME, config), owned(&mut o, &office::TEL));
        if one.0.is_empty() {
            o.missing(&office::NAME);
        } else {
            out.push(one);
        }
        o.finish();
    }
    out
}

/// `@team`, `@org/team` or a mail address.
fn code_owners(f: &mut Fields<'_, '_>) -> Vec<String> {
    let mut out = Vec::new();
    for (text, node) in f.list(&dep::CODE_OWNERS) {
        let word = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        let right = match text.strip_prefix('@') {
            Some(handle) => handle.split('/').all(word),
            None => text.split_once('@').is_some_and(|(a, b)| word(a) && word(b) && b.contains('.')),
        };
        if right {
            out.push(text.to_string());
            continue;
        }
        let d = Diagnostic::new("SRC008", Severity::Error, say!("`{text}` 不是团队、账号或邮箱", "`{text}` is no team, account or mail address"));
        let hint = say!(
            "写作 \"@单位/团队\"、\"@账号\" 或邮箱；@ 开头的要加引号",
            "write \"@org/team\", \"@account\" or a mail address; what begins with @ is put in quotes"
        );
        f.report_at(node.start, node.end, d.hint(hint));
    }
    out
}

pub(super) fn departments(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Department> {
    let mut list: Vec<Department> = Vec::new();
    let mut ids: FxHashMap<String, usize> = FxHashMap::default();
    out.extend(without_entry(sources, "departments.yaml"));
    let Some((yaml, nodes)) = vocabulary(sources, "departments.yaml") else { return list };
    // Whom an entry names above it or as the one that took it over, and where.
    let mut above: Vec<(String, String, (u32, u32), bool)> = Vec::new();
    let (before, mut named) = (out.len(), false);
    for node in nodes {
        let mut f = Fields::new(&dep::RECORD, &yaml.source, node, &config.tz, out);
        let id = owned(&mut f, &dep::ID);
        named |= id.is_some();
        let (heads, photos) = leaders(&mut f, config, sources);
        let d = Department {
            id: id.clone().unwrap_or_default(),
            at: yaml.source.span(node.start as usize, node.start as usize),
            name: say_text(&mut f, &dep::NAME, config),
            description: say_text(&mut f, &dep::DESCRIPTION, config),
            address: say_text(&mut f, &dep::ADDRESS, config),
            hours: say_text(&mut f, &dep::HOURS, config),
            tel: owned(&mut f, &dep::TEL),
            email: owned(&mut f, &dep::EMAIL),
            url: crate::load::web::address(&mut f, &dep::URL),
            code: owned(&mut f, &dep::CODE),
            annual_report: f.choice(&dep::ANNUAL_REPORT, crate::schema::words::REPORT_DUTIES).unwrap_or("department"),
            parent: None,
            functions: f.list(&dep::FUNCTIONS).into_iter().map(|(t, _)| t.to_string()).collect(),
            leaders: heads,
            photos,
            body_type: f.choice(&dep::BODY_TYPE, crate::schema::words::BODY_TYPES),
            merged_into: None,
            since: f.date(&dep::SINCE),
            until: f.date(&dep::UNTIL),
            offices: offices(&mut f, config),
            former_names: former_names(&mut f, config),
            code_owners: code_owners(&mut f),
            aliases: aliases(&mut f, &dep::ALIASES, &yaml.source),
        };
        let place = f.node(&dep::PARENT).map(|n| (n.start, n.end)).unwrap_or_default();
        above.extend(owned(&mut f, &dep::PARENT).zip(id.clone()).map(|(p, own)| (own, p, place, false)));
        let place = f.node(&dep::MERGED_INTO).map(|n| (n.start, n.end)).unwrap_or_default();
        above.extend(owned(&mut f, &dep::MERGED_INTO).zip(id.clone()).map(|(p, own)| (own, p, place, true)));
        match &id {
            None => f.missing(&dep::ID),
            Some(i) if !good_id(i) => f.report(&dep::ID, bad_id(i)),
            Some(i) if ids.contains_key(i) => f.report(&dep::ID, id_twice(i, list[ids[i]].name.get(0))),
            Some(i) => {
                ids.insert(i.clone(), list.len());
                if d.name.is_empty() {
                    // Its items name it rightly.
                    f.missing(&dep::NAME);
                    list.push(Department { name: Localized(vec![(None, i.clone())]), ..d });
                } else {
                    list.push(d);
                }
            }
        }
        f.finish();
    }
    if !named {
        without_ids(&mut out[before..]);
    }
    let mut names: FxHashMap<&str, usize> = FxHashMap::default();
    list.iter().enumerate().rev().for_each(|(i, d)| names.extend(d.name.0.iter().map(|(_, t)| (t.as_str(), i))));
    let found: Vec<Option<usize>> = above.iter().map(|(_, p, ..)| ids.get(p).or_else(|| names.get(p.as_str())).copied()).collect();
    let mut tops = [Tops::of(list.len()), Tops::of(list.len())];
    for ((own, parent, (from, to), merged), p) in above.into_iter().zip(found) {
        let Some(i) = ids.get(&own).copied() else { continue };
        // Nobody stands above himself, over however many. What is joined now stands at the top yet.
        let tops = &mut tops[usize::from(merged)];
        let round = p.is_some_and(|p| tops.top(p) == i);
        let (code, what) = match p {
            Some(p) if !round => {
                let of = if merged { &mut list[i].merged_into } else { &mut list[i].parent };
                *of = Some(p);
                tops.0[i] = p;
                continue;
            }
            Some(_) if merged => ("SRC008", say!("`{own}` 并入的部门绕回它自己", "what `{own}` was merged into leads back to it")),
            None if merged => {
                ("SRC011", say!("departments.yaml 里没有 `{own}` 并入的部门 `{parent}`", "departments.yaml has no `{parent}`, into which `{own}` was merged"))
            }
            Some(_) => ("SRC008", say!("`{own}` 的上级绕回它自己", "what stands above `{own}` leads back to it")),
            None => ("SRC011", say!("departments.yaml 里没有上级部门 `{parent}`", "departments.yaml has no `{parent}`, named as the one above `{own}`")),
        };
        let hint = if merged {
            say!("写 departments.yaml 里接手部门的编号", "write the id of the department that took it over")
        } else {
            say!("写 departments.yaml 里上级部门的编号，没有上级就删去", "write the id of the department above it, or take the line out")
        };
        out.push(Diagnostic::new(code, Severity::Error, what).at(yaml.source.span(from as usize, to as usize)).hint(hint));
    }
    list
}

/// What stands above each, step by step; what stands at the top names itself. Chains are shortened where they are followed: one of
/// twenty thousand is not followed twenty thousand times.
struct Tops(Vec<usize>);

impl Tops {
    fn of(n: usize) -> Tops {
        Tops((0..n).collect())
    }

    fn top(&mut self, mut x: usize) -> usize {
        while self.0[x] != x {
            self.0[x] = self.0[self.0[x]];
            x = self.0[x];
        }
        x
    }
}

pub(super) fn themes(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Theme> {
    let mut list: Vec<Theme> = Vec::new();
    let mut ids: FxHashMap<String, usize> = FxHashMap::default();
    let instead = vocabulary(sources, "themes.yaml");
    if instead.is_some() || config.profile == Profile::Generic {
        out.extend(without_entry(sources, "themes.yaml"));
    }
    let Some((yaml, nodes)) = instead else {
        return if config.profile == Profile::Generic { list } else { national_themes(config) };
    };
    let (before, mut named) = (out.len(), false);
    let mut todo: Vec<(&Node, Option<usize>)> = nodes.iter().rev().map(|n| (n, None)).collect();
    while let Some((node, parent)) = todo.pop() {
        let mut f = Fields::new(&theme::RECORD, &yaml.source, node, &config.tz, out);
        let id = owned(&mut f, &theme::ID);
        named |= id.is_some();
        let label = say_text(&mut f, &theme::LABEL, config);
        let below = f.entries(&theme::TERMS);
        let old = aliases(&mut f, &theme::ALIASES, &yaml.source);
        match &id {
            None => f.missing(&theme::ID),
            Some(i) if !good_id(i) => f.report(&theme::ID, bad_id(i)),
            Some(i) if ids.contains_key(i) => f.report(&theme::ID, id_twice(i, list[ids[i]].label.get(0))),
            Some(_) if label.is_empty() => f.missing(&theme::LABEL),
            Some(i) => {
                ids.insert(i.clone(), list.len());
                list.push(Theme { id: i.clone(), label, parent, aliases: old });
                todo.extend(below.iter().rev().map(|n| (n, Some(list.len() - 1))));
            }
        }
        f.finish();
    }
    if !named {
        without_ids(&mut out[before..]);
    }
    list
}

/// Says of entries without an id that none of the list has one: what items name is missing for that.
fn without_ids(found: &mut [Diagnostic]) {
    let id = |d: &&mut Diagnostic| d.code == "SRC010" && d.hint.as_ref().is_some_and(|h| h.en.contains("id:"));
    for d in found.iter_mut().filter(id) {
        d.hint = Some(say!("加上 `id:`；这里没有一项写了编号", "add `id:`; no entry has one"));
    }
}

/// The national classification; pages in English show our English words for it.
fn national_themes(config: &Config) -> Vec<Theme> {
    let english: Vec<usize> = (0..config.languages.len()).filter(|i| config.languages[*i].tag.split('-').next() == Some("en")).collect();
    let label = |zh: &str, en: &str| Localized(english.iter().map(|i| (Some(*i), en.to_string())).chain([(None, zh.to_string())]).collect());
    let mut list = Vec::new();
    for (i, ((top, below), (top_en, below_en))) in vocab::THEME_TREE.iter().zip(super::themes_en::THEMES_EN).enumerate() {
        let parent = list.len();
        list.push(Theme { id: format!("{:02}", i + 1), label: label(top, top_en), parent: None, aliases: Vec::new() });
        for (j, (term, en)) in below.iter().zip(*below_en).enumerate() {
            list.push(Theme { id: format!("{:02}-{:02}", i + 1, j + 1), label: label(term, en), parent: Some(parent), aliases: Vec::new() });
        }
    }
    list
}

/// A theme that the national classification has under this code, path or label, as an entry of themes.yaml.
pub(super) fn national_line(text: &str) -> Option<String> {
    let (top_name, name) = text.split_once('/').map_or((None, text), |(t, n)| (Some(t.trim()), n.trim()));
    for (i, ((top, below), (top_en, below_en))) in vocab::THEME_TREE.iter().zip(super::themes_en::THEMES_EN).enumerate() {
        let class = format!("{:02}", i + 1);
        let is_top = |n: &str| n == *top || n.eq_ignore_ascii_case(top_en) || n == class;
        if top_name.is_none() && is_top(name) {
            return Some(format!("- {{id: \"{class}\", label: {top}}}"));
        }
        for (j, (term, en)) in below.iter().zip(*below_en).enumerate() {
            let id = format!("{class}-{:02}", j + 1);
            if top_name.is_none_or(is_top) && (name == *term || name.eq_ignore_ascii_case(en) || name == id) {
                return Some(format!("- {{id: \"{class}\", label: {top}, terms: [{{id: \"{id}\", label: {term}}}]}}"));
            }
        }
    }
    None
}

/// Every way to name a theme: its code, its label where only one has it, its path of labels.
pub fn theme_index(themes: &[Theme]) -> FxHashMap<String, usize> {
    let mut index: FxHashMap<String, usize> = FxHashMap::default();
    let mut labels: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, t) in themes.iter().enumerate() {
        for (_, label) in &t.label.0 {
            labels.entry(label).or_default().push(i);
            if let Some(p) = t.parent {
                for (_, above) in &themes[p].label.0 {
                    index.insert(format!("{above}/{label}"), i);
                }
            }
        }
    }
    for (label, hits) in labels {
        if let [one] = hits[..] {
            index.entry(label.to_string()).or_insert(one);
        }
    }
    for (i, t) in themes.iter().enumerate() {
        index.insert(t.id.clone(), i);
    }
    index
}

/// The path or code of a theme that may be meant.
pub(super) fn near_theme(text: &str, themes: &[Theme]) -> Option<String> {
    let n = text.chars().count();
    let path = |t: &Theme, label: &str| t.parent.map_or(label.to_string(), |p| format!("{}/{label}", themes[p].label.get(0)));
    let far = |a: &str| if a.chars().count().abs_diff(n) > 2 { 9 } else { strsim::damerau_levenshtein(a, text) };
    let near = themes.iter().flat_map(|t| {
        t.label.0.iter().map(move |(_, l)| (t, l)).map(|(t, l)| {
            let whole = path(t, l);
            (far(&whole).min(far(l)).min(far(&t.id)), whole)
        })
    });
    // A word of two signs has many that differ by one.
    near.filter(|(d, _)| *d <= n.div_ceil(4).min(2)).min().map(|(_, w)| w)
}

/// Places of departments by their ids, and by ids and names; of several alike the first.
pub(super) struct DepartmentIndex<'d> {
    ids: FxHashMap<&'d str, usize>,
    names: FxHashMap<&'d str, usize>,
    departments: &'d [Department],
    /// Every id and name with its place, its length in signs and the signs it has, as bits: most are told from a word at a glance.
    glance: Vec<(&'d str, usize, usize, u64)>,
}

/// Which signs a text has, as bits; several share one.
fn signs(text: &str) -> u64 {
    text.chars().flat_map(char::to_lowercase).fold(0, |m, c| m | 1 << ((c as u32).wrapping_mul(0x9E37_79B1) >> 26))
}

impl<'d> DepartmentIndex<'d> {
    pub(super) fn of(departments: &'d [Department]) -> DepartmentIndex<'d> {
        let (mut ids, mut names) = (FxHashMap::default(), FxHashMap::default());
        for (i, d) in departments.iter().enumerate() {
            ids.entry(d.id.as_str()).or_insert(i);
            for n in std::iter::once(&d.id).chain(d.name.0.iter().map(|(_, n)| n)) {
                names.entry(n.as_str()).or_insert(i);
            }
        }
        // What several were called, or one is called now, is no former name of one.
        let mut former: FxHashMap<&'d str, Option<usize>> = FxHashMap::default();
        for (i, d) in departments.iter().enumerate() {
            for (_, n) in d.former_names.iter().flat_map(|(n, _)| &n.0) {
                former.entry(n.as_str()).and_modify(|o| *o = o.filter(|o| *o == i)).or_insert(Some(i));
            }
        }
        for (n, i) in former.into_iter().filter_map(|(n, i)| Some((n, i?))).collect::<BTreeMap<_, _>>() {
            names.entry(n).or_insert(i);
        }
        let mut glance: Vec<_> = names.iter().map(|(n, i)| (*n, *i, n.chars().count(), signs(n))).collect();
        glance.sort_unstable();
        DepartmentIndex { ids, names, departments, glance }
    }

    pub(super) fn by_id(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    pub(super) fn named(&self, text: &str) -> Option<usize> {
        self.names.get(text).copied()
    }

    /// Says that there is none of an id or name, with the one that may be meant.
    pub(super) fn unknown(&self, text: &str) -> Diagnostic {
        let (typed, n) = (text.to_lowercase(), text.chars().count());
        let han = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        // 统计局 for 市统计局.
        let part = |name: &str| han && n > 2 && (name.ends_with(text) || text.ends_with(name));
        let most = 1 + n / 5;
        let own = signs(text);
        // Each slip brings or takes one sign.
        let like = |name: &str, has: u64| ((own & !has).count_ones().max((has & !own).count_ones()) as usize <= most) || part(name);
        let far = |name: &str| if part(name) { 1 } else { strsim::damerau_levenshtein(&typed, &name.to_lowercase()) };
        let few = self.glance.iter().filter(|(name, _, len, has)| len.abs_diff(n) <= 3 && like(name, *has));
        let near = few.map(|(name, i, ..)| (far(name), *i, *name)).filter(|(d, ..)| *d <= most).min();
        let id = near.and_then(|(_, i, _)| self.departments.get(i)).map(|d| d.id.as_str());
        match (id, near) {
            (Some(id), Some((_, _, name))) if id != name => unknown_department(text).hint(say!(
                "是不是 `{id}`（{name}）？不是的话在 departments.yaml 里加上它",
                "did you mean `{id}` ({name})? If not, add it to departments.yaml"
            )),
            (Some(id), _) => unknown_department(text)
                .hint(say!("是不是 `{id}`？不是的话在 departments.yaml 里加上它", "did you mean `{id}`? If not, add it to departments.yaml")),
            _ => unknown_department(text),
        }
    }
}

pub(super) fn columns(sources: &Sources, config: &Config, departments: &DepartmentIndex<'_>, out: &mut Vec<Diagnostic>) -> Vec<Column> {
    let mut list: Vec<Column> = Vec::new();
    let readable = readable(sources, "departments.yaml");
    for (key, yaml) in &sources.yamls {
        let Some(path) = key.strip_suffix("/_column.yaml") else { continue };
        let Some(node) = &yaml.node else { continue };
        let mut f = Fields::new(&col::RECORD, &yaml.source, node, &config.tz, out);
        let owner = f.text(&col::OWNER);
        let owner = owner.and_then(|o| {
            let hit = departments.by_id(o);
            if hit.is_none() && readable {
                f.report(&col::OWNER, departments.unknown(o));
            }
            hit
        });
        let c = Column {
            path: path.to_string(),
            title: say_text(&mut f, &col::TITLE, config),
            description: say_text(&mut f, &col::DESCRIPTION, config),
            keywords: f.list(&col::KEYWORDS).iter().map(|(t, _)| t.to_string()).collect(),
            column_type: owned(&mut f, &col::TYPE),
            order: f.count(&col::ORDER),
            nav: f.flag(&col::NAV).unwrap_or(true),
            owner,
            // `180`, `180d`, `180天`.
            update_within: days(&mut f),
            file: Some(yaml.source.path.clone()),
            aliases: aliases(&mut f, &col::ALIASES, &yaml.source),
        };
        if c.title.is_empty() {
            f.missing(&col::TITLE);
        }
        f.finish();
        list.push(c);
    }
    let mut paths: rustc_hash::FxHashSet<String> = list.iter().map(|c| c.path.clone()).collect();
    // Section files of other generators (`_index.md`) name a column too.
    for (key, doc) in &sources.docs {
        let Some(path) = key.strip_suffix("/_index.md") else { continue };
        let title = doc.front.as_ref().and_then(|n| n.get("title")).and_then(Node::text).map(String::from).or(doc.head.title.as_deref().map(String::from));
        if let Some(title) = title.filter(|_| paths.insert(path.to_string())) {
            list.push(Column { title: Localized(vec![(None, title)]), file: Some(doc.source.path.clone()), ..Column::implied(path) });
        }
    }
    list
}

pub(super) fn unknown_department(id: &str) -> Diagnostic {
    Diagnostic::new("SRC011", Severity::Error, say!("departments.yaml 里没有 `{id}`", "departments.yaml has no `{id}`"))
        .hint(say!("改成已有的编号，或在 departments.yaml 里加上它", "use an id that is there, or add it to departments.yaml"))
}

/// The days of `update_within`; what is no number of days promises nothing, and is told.
fn days(f: &mut Fields<'_, '_>) -> Option<u32> {
    let text = f.text(&col::UPDATE_WITHIN)?;
    let number = text.trim_end_matches("天").trim_end_matches("日").trim_end_matches("days").trim_end_matches("day").trim_end_matches('d').trim_end();
    let days = number.parse().ok().filter(|n| *n > 0);
    if days.is_none() {
        let d = Diagnostic::new(
            "SRC006",
            Severity::Error,
            say!("`update_within` 应为天数，却是 `{text}`", "`update_within` should be a number of days, not `{text}`"),
        );
        let hint = say!(
            "写天数，例如两周写 `update_within: 14`；现按没有写处理",
            "write days, such as `update_within: 14` for two weeks; it is taken as absent for now"
        );
        f.report(&col::UPDATE_WITHIN, d.hint(hint));
    }
    days
}
