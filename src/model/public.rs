//! What may be seen on a day. Everything after `model` and `check` gets a [`Public`] and nothing else.

use super::{Column, Department, Detail, Item, Portal, Resource, Theme, Value};
use crate::config::Language;
use crate::diag::{Text, say};
use crate::load::{Blob, Moment};
use crate::types::event;
use jiff::civil::Date;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where an item stands in its life on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// 草稿.
    Draft,
    /// 待发布: its publication lies ahead.
    Scheduled,
    /// 已发布.
    Published,
    /// Another item took its place.
    Superseded,
    /// Its period has ended.
    Expired,
    /// 已撤回: only a notice remains.
    Withdrawn,
}

impl State {
    /// The state of an item at a moment.
    pub fn of(item: &Item, now: Moment) -> State {
        if item.draft {
            State::Draft
        } else if let Some(w) = &item.withdrawn
            && w.on.is_none_or(|m| m.come(now))
        {
            State::Withdrawn
        } else if [item.published, item.not_before].into_iter().flatten().any(|m| !m.come(now)) {
            State::Scheduled
        } else if item.replaced_by.is_some() && item.replaced_from.is_none_or(|d| d <= now.date) {
            State::Superseded
        } else if item.expires.is_some_and(|d| d < now.date) {
            State::Expired
        } else {
            State::Published
        }
    }
}

/// What must not be published, for `--hold-back`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Paths of content files whose items are held.
    pub items: BTreeSet<Arc<str>>,
    /// Keys of data files whose resources are held. A dataset of which nothing else is left is held as a whole.
    pub files: BTreeSet<Arc<str>>,
    /// Files of `static/` that are left out, with the folder's name.
    pub statics: BTreeSet<Arc<str>>,
}

impl Held {
    /// Nothing is held.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.files.is_empty() && self.statics.is_empty()
    }

    /// How much is.
    pub fn len(&self) -> usize {
        self.items.len() + self.files.len() + self.statics.len()
    }

    /// The item as it may be seen: as it is, without the resources that are held, or not at all.
    fn pass(&self, item: &Arc<Item>) -> Option<Arc<Item>> {
        if item.editions.iter().any(|e| self.items.contains(&e.doc.source.path)) {
            return None;
        }
        without(item, &|f| self.files.contains(f))
    }
}

/// A dataset without the resources of these files: as it is where it has none of them, `None` where no other is left.
fn without(item: &Arc<Item>, lost: &dyn Fn(&Arc<str>) -> bool) -> Option<Arc<Item>> {
    let of = |r: &Resource| r.file.iter().chain(r.versions.iter().map(|v| &v.file)).any(lost);
    let Some(d) = item.dataset().filter(|d| d.resources.iter().any(of)) else { return Some(item.clone()) };
    if !d.resources.iter().any(|r| !of(r) && (r.file.is_some() || r.url.is_some())) {
        return None;
    }
    let mut own = Item::clone(item);
    if let Detail::Dataset(d) = &mut own.detail {
        for r in d.resources.iter_mut().filter(|r| of(r)) {
            // Its earlier states go with it: they have the same columns.
            (r.file, r.url, r.held) = (None, None, true);
            r.versions.clear();
            r.committed.clear();
        }
    }
    Some(own.into())
}

/// Of data that are not open to all the head alone is for everybody: their dictionary, keys and charts go with their files, whatever
/// page, form, index or export would show them.
fn described(item: &mut Arc<Item>) {
    let tells = |d: &super::data::Dataset| {
        let inner = |r: &Resource| !r.fields.is_empty() || !r.foreign.is_empty() || !r.settings.key.is_empty() || !r.committed.is_empty();
        !d.open() && (!d.charts.is_empty() || d.resources.iter().any(inner))
    };
    if !item.dataset().is_some_and(tells) {
        return;
    }
    if let Detail::Dataset(d) = &mut Arc::make_mut(item).detail {
        d.charts.clear();
        for r in &mut d.resources {
            r.fields.clear();
            r.foreign.clear();
            r.committed.clear();
            r.settings.key.clear();
        }
    }
}

/// Takes out a day of change that lies ahead: nothing was changed on it yet. Tells that day.
fn unchanged_yet(item: &mut Arc<Item>, now: Moment) -> Option<Date> {
    let day = item.dataset()?.modified.filter(|m| *m > now.date)?;
    if let Detail::Dataset(d) = &mut Arc::make_mut(item).detail {
        d.modified = None;
    }
    Some(day)
}

/// Takes out the states of its data whose day lies ahead, and tells the first of these days.
fn ahead_of(item: &mut Arc<Item>, now: Moment) -> Option<Date> {
    let early = |r: &Resource| r.out(now.date).len() < r.versions.len();
    let first = item.dataset()?.resources.iter().filter(|r| early(r)).filter_map(|r| r.versions.get(r.out(now.date).len())?.issued).min()?;
    if let Detail::Dataset(d) = &mut Arc::make_mut(item).detail {
        for r in d.resources.iter_mut().filter(|r| early(r)) {
            let n = r.out(now.date).len();
            r.versions.truncate(n);
        }
    }
    Some(first)
}

/// Takes out what is said to have come of an event that lies ahead, with the files that it names, and tells the day on which it begins.
fn happened(item: &mut Arc<Item>, now: Moment) -> Option<Date> {
    if item.kind.id != event::TYPE.id {
        return None;
    }
    let starts = match item.record()?.get(&event::STARTS)? {
        Value::Moment(m) => m.date,
        _ => return None,
    };
    let told = [&event::MINUTES, &event::RESULT];
    if starts <= now.date || !told.iter().any(|f| item.record().is_some_and(|v| v.get(f).is_some())) {
        return None;
    }
    if let Detail::Record(values) = &mut Arc::make_mut(item).detail {
        values.without(&told);
    }
    Some(starts)
}

/// Why an address that was public may be without its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excuse {
    /// Its item is held back for the moment.
    Held,
    /// Its item is withdrawn.
    Withdrawn,
}

/// What withdrawn policies did to others, by the ids of those others. That a page was withdrawn repeals no repeal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lasting {
    /// Policies that a withdrawn one repealed.
    pub repealed: BTreeSet<Arc<str>>,
    /// Policies that a withdrawn one amended.
    pub amended: BTreeSet<Arc<str>>,
    /// Policies of which the site cannot say any more whether they are in force, where nothing else tells it.
    pub unsure: BTreeMap<Arc<str>, super::Unsure>,
}

impl Lasting {
    fn of(items: &[Arc<Item>], gone: &[Arc<Item>], held: &[Arc<Item>], now: Moment) -> Lasting {
        let mut out = Lasting::default();
        // What was withdrawn before it came out never was in force.
        let was_public = |i: &Item| match (i.published, i.withdrawn.as_ref().and_then(|w| w.on)) {
            (Some(out), Some(on)) => out.date <= on.date,
            _ => true,
        };
        let began = |i: &Item| i.effective.or(i.day()).is_none_or(|d| d <= now.date);
        let gone: std::collections::BTreeMap<&str, &Item> =
            gone.iter().filter(|i| i.policy().is_some() && was_public(i) && began(i)).map(|i| (&*i.id, &**i)).collect();
        if gone.is_empty() && held.is_empty() {
            return out;
        }
        out.unsure = super::editions::unsure(items, gone.values().copied(), held, now);
        for p in gone.values().filter_map(|i| i.policy()) {
            out.repealed.extend(p.repeals.iter().cloned());
            out.amended.extend(p.amends.iter().cloned());
        }
        // The other side may be the one that tells it.
        for item in items {
            let Some(p) = item.policy() else { continue };
            let told = |list: &[Arc<str>]| list.iter().any(|id| gone.contains_key(&**id));
            if told(&p.repealed_by) {
                out.repealed.insert(item.id.clone());
            }
            if told(&p.amended_by) {
                out.amended.insert(item.id.clone());
            }
        }
        out
    }
}

/// The portal as the public may see it on one day.
#[derive(Debug)]
pub struct Public {
    /// The day.
    pub as_of: Date,
    /// The same with the time of day, where the run has one.
    pub now: Moment,
    /// Languages of the site.
    pub languages: Vec<Language>,
    /// A catalogue of DCAT-AP is written.
    pub dcat: bool,
    /// Content types of the site.
    pub types: super::Types,
    /// Items with a page, by id.
    pub items: Vec<Arc<Item>>,
    /// Items of which only a notice remains. Their texts are not for showing.
    pub gone: Vec<Arc<Item>>,
    /// What these repealed and amended while they were public: no withdrawal brings a policy back into force.
    pub lasting: Lasting,
    /// Departments.
    pub departments: Vec<Department>,
    /// Themes.
    pub themes: Vec<Theme>,
    /// Columns.
    pub columns: Vec<Column>,
    /// 词汇表.
    pub glossary: Vec<super::Term>,
    /// 同义词 of search.
    pub synonyms: Vec<super::Synonym>,
    /// 紧急通知 of the day.
    pub alerts: Vec<super::Alert>,
    /// Working days.
    pub calendar: Arc<crate::calendar::Calendar>,
    /// 政府信息公开, without what is held back.
    pub disclosure: Arc<super::disclosure::Disclosure>,
    /// 咨询投诉 as it stands on the day; of what is not shown only what is counted.
    pub feedback: Arc<super::feedback::Feedback>,
    /// Counts of visits, of months that have begun.
    pub visits: Arc<super::visits::Visits>,
    /// Files that public items attach or show, and no others.
    pub blobs: BTreeMap<Arc<str>, Blob>,
    /// Files of `static/`.
    pub statics: BTreeMap<Arc<str>, Blob>,
    /// The address ledger.
    pub ledger: Vec<String>,
    /// What was held back.
    pub held: Held,
    /// Addresses of the ledger that belong to items which are held back or withdrawn: set where they are known.
    pub excused: BTreeMap<String, Excuse>,
    /// Ids of items that are there and not public: what links to them has no address yet. Of them nothing else is known.
    pub unseen: BTreeSet<Arc<str>>,
    /// Files that belong to items which are not public, and to no public one: whoever links to them, they are left out.
    pub kept: BTreeSet<Arc<str>>,
    /// The next moment at which the state of some item changes: a build is due.
    pub next_change: Option<Moment>,
}

impl Public {
    /// The name of one of those that issued an item: that of the day it bears, which is not today's where a department was renamed since.
    /// A dataset is kept by its publisher from day to day, who goes by the present name.
    pub fn issuer(&self, lang: usize, item: &Item, department: usize) -> &str {
        let day = item.dataset().is_none().then(|| item.formed.or(item.published.map(|m| m.date))).flatten();
        self.departments[department].called(day).get(lang)
    }
}

impl Portal {
    /// The public part at a moment, without the items of the files in `held` and the files in `hidden`.
    pub fn public(&self, now: Moment, held: Held, hidden: &BTreeSet<Arc<str>>) -> Public {
        self.seen(now, held, hidden, false)
    }

    /// The portal as its authors may see it before the public does: with drafts and scheduled items. Never built.
    pub fn preview(&self, now: Moment, hidden: &BTreeSet<Arc<str>>) -> Public {
        self.seen(now, Held::default(), hidden, true)
    }

    /// What would be public if nothing were withdrawn: to know whose an address was. Never built.
    pub fn unwithdrawn(&self, now: Moment, hidden: &BTreeSet<Arc<str>>) -> Public {
        let mut public = self.seen(now, Held::default(), hidden, false);
        public.items.append(&mut public.gone);
        public.items.sort_by(|a, b| a.id.cmp(&b.id));
        public.kept = self.kept_files(&public.items, &BTreeSet::new(), hidden);
        public.blobs = used_files(&public.items, &self.blobs, &[hidden, &public.kept]);
        public
    }

    fn seen(&self, now: Moment, held: Held, hidden: &BTreeSet<Arc<str>>, all: bool) -> Public {
        let (mut items, mut gone, mut unseen) = (Vec::new(), Vec::new(), BTreeSet::new());
        let mut held_policies = Vec::new();
        let mut next: Option<Moment> = None;
        let day = |d: Date| Some(Moment::day(d));
        let after = |d: Date| d.tomorrow().ok().map(Moment::day);
        for item in &self.items {
            let Some(item) = held.pass(item) else {
                unseen.insert(item.id.clone());
                held_policies.extend(item.policy().map(|_| item.clone()));
                continue;
            };
            let ahead =
                [item.published, item.not_before, item.effective.and_then(day), item.expires.and_then(after), item.withdrawn.as_ref().and_then(|w| w.on)];
            if !item.draft {
                next = item.consultation().map(|c| c.turns()).into_iter().flatten().map(Moment::day).filter(|m| !m.come(now)).chain(next).min();
                let changes = item.changes.iter().map(|c| Moment::day(c.on));
                let due = item.policy().into_iter().flat_map(crate::model::turning).filter_map(after);
                next = ahead.into_iter().flatten().chain(changes).chain(due).filter(|m| !m.come(now)).chain(next).min();
            }
            match State::of(&item, now) {
                State::Draft | State::Scheduled if all => items.push(item),
                State::Draft | State::Scheduled => drop(unseen.insert(item.id.clone())),
                State::Withdrawn => gone.push(item),
                State::Published | State::Superseded | State::Expired => items.push(item),
            }
        }
        // A last day without a time is shown to its end.
        let end = |a: &super::Alert| a.until.and_then(|m| if m.time.is_some() { Some(m) } else { after(m.date) });
        let alerts: Vec<super::Alert> =
            self.alerts.iter().filter(|a| a.from.is_none_or(|m| m.come(now)) && end(a).is_none_or(|m| !m.come(now))).cloned().collect();
        for a in &self.alerts {
            next = [a.from, end(a)].into_iter().flatten().filter(|m| !m.come(now)).chain(next).min();
        }
        // Where data of a dataset that is not public is named by others, it is no more public than its owner.
        loop {
            let before = items.len();
            let keepers = self.keepers(&items, &held.files);
            if !keepers.is_empty() {
                items.retain_mut(|item| match without(item, &|f| keepers.of(f).is_some_and(|k| k.bars(item))) {
                    Some(own) => {
                        *item = own;
                        true
                    }
                    None => {
                        unseen.insert(item.id.clone());
                        false
                    }
                });
            }
            if items.len() == before {
                break;
            }
        }
        super::circles::opened(&mut items);
        for item in &mut items {
            described(item);
            // Authors see what the public does not yet.
            let begins = if all { None } else { happened(item, now) };
            let days = [unchanged_yet(item, now), ahead_of(item, now), begins];
            next = days.into_iter().flatten().map(Moment::day).chain(next).min();
        }
        self.succeeded(&mut items, now);
        next = self.disclosure.days(&self.calendar).map(Moment::day).filter(|m| !m.come(now)).chain(next).min();
        next = self.feedback.days(&self.calendar, now.date).map(Moment::day).chain(next).min();
        let feedback = self.feedback.seen(now.date, &held);
        let disclosure = self.disclosure.seen(&held, now.date, all);
        let kept = self.kept_files(&items, &held.files, hidden);
        let mut lasting = Lasting::of(&items, &gone, &held_policies, now);
        super::said::doubts(&items, now, &mut lasting.unsure);
        let mut blobs = used_files(&items, &self.blobs, &[hidden, &kept]);
        for form in disclosure.guide.iter().flat_map(|g| &g.apply.forms).filter(|f| !hidden.contains(*f) && !kept.contains(*f)) {
            blobs.extend(self.blobs.get(form).map(|b| (form.clone(), b.clone())));
        }
        Public {
            as_of: now.date,
            now,
            languages: self.languages.clone(),
            dcat: self.dcat,
            types: self.types.clone(),
            items,
            gone,
            lasting,
            departments: self.departments.clone(),
            themes: self.themes.clone(),
            columns: self.columns.clone(),
            glossary: self.glossary.clone(),
            synonyms: self.synonyms.clone(),
            alerts,
            calendar: self.calendar.clone(),
            disclosure,
            feedback,
            visits: Arc::new(self.visits.seen(now.date)),
            blobs,
            statics: self.statics.iter().filter(|(k, _)| !held.statics.contains(&*format!("static/{k}"))).map(|(k, b)| (k.clone(), b.clone())).collect(),
            ledger: self.ledger.clone(),
            held,
            excused: BTreeMap::new(),
            unseen,
            kept,
            next_change: next,
        }
    }

    /// A successor that is not public yet is none, and one that is takes the place of an item from the day of its own effect.
    fn succeeded(&self, items: &mut [Arc<Item>], now: Moment) {
        if !items.iter().any(|i| i.replaced_by.is_some()) {
            return;
        }
        let ids: std::collections::HashMap<&str, &Arc<Item>, rustc_hash::FxBuildHasher> = self.items.iter().map(|i| (&*i.id, i)).collect();
        for item in items {
            let Some(to) = item.replaced_by.as_ref().and_then(|id| ids.get(&**id)) else { continue };
            let early = matches!(State::of(to, now), State::Draft | State::Scheduled);
            let from = to.effective.or(to.day()).filter(|d| *d > now.date);
            if early || from.is_some() {
                let mut own = Item::clone(item);
                own.replaced_by.take_if(|_| early);
                own.replaced_from = from;
                *item = own.into();
            }
        }
    }

    /// The files that are left out, whoever names them, under every name. Of those that are hidden, the links to them.
    fn kept_files(&self, seen: &[Arc<Item>], held: &BTreeSet<Arc<str>>, hidden: &BTreeSet<Arc<str>>) -> BTreeSet<Arc<str>> {
        let mut out = self.keepers(seen, held).all();
        if !hidden.is_empty() && !self.links.is_empty() {
            let real = |f: &Arc<str>| self.links.get(f).unwrap_or(f).clone();
            let hidden: BTreeSet<Arc<str>> = hidden.iter().map(real).collect();
            out.extend(self.links.iter().filter(|(_, r)| hidden.contains(*r)).flat_map(|(l, r)| [l, r]).cloned());
        }
        out
    }

    /// The files in a folder and below it.
    pub(super) fn blobs_below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a Arc<str>> + use<'a> {
        let folder = format!("{folder}/");
        let from: Arc<str> = folder.as_str().into();
        self.blobs.range(from..).map(|(k, _)| k).take_while(move |k| k.starts_with(&folder))
    }
}

/// The files that public items name. A file nobody names is not published, and none that is hidden, whoever names it.
fn used_files(items: &[Arc<Item>], all: &BTreeMap<Arc<str>, Blob>, hidden: &[&BTreeSet<Arc<str>>]) -> BTreeMap<Arc<str>, Blob> {
    let mut out = BTreeMap::new();
    let mut take = |key: &str| {
        if let Some((k, b)) = all.get_key_value(key).filter(|(k, _)| !hidden.iter().any(|h| h.contains(*k))) {
            out.insert(k.clone(), b.clone());
        }
    };
    for item in items {
        item.files().for_each(|f| take(&f));
        // The files of a dataset that is not open to all are given to those who apply, not put on the site.
        if let Some(d) = item.dataset().filter(|d| d.open()) {
            for r in &d.resources {
                r.file.iter().chain(r.versions.iter().map(|v| &v.file)).for_each(|f| take(f));
            }
        }
    }
    out
}

/// The content path that a link in an item's text means: relative to the
/// item's folder, or from the content folder with a leading `/`. Fragment and
/// query are dropped. `None` for addresses with a scheme, and for paths that leave the folder.
pub fn content_key(item_id: &str, link: &str) -> Option<String> {
    let path = link.split(['#', '?']).next().unwrap_or("");
    if path.is_empty() || crate::load::targets::scheme(path).is_some() || path.starts_with("//") {
        return None;
    }
    join(item_id, &percent_decode_str(path).decode_utf8().unwrap_or(path.into()))
}

/// The file that a name or link in an item means: a file of exactly that name (`1#楼.pdf`, `甲%20乙.pdf`), else the decoded one.
pub fn content_file(item_id: &str, name: &str, there: impl Fn(&str) -> bool) -> Option<String> {
    let name: std::borrow::Cow<'_, str> =
        if name.is_ascii() { name.into() } else { unicode_normalization::UnicodeNormalization::nfc(name).collect::<String>().into() };
    let literal = if name.contains(['#', '?', '%']) { join(item_id, &name).filter(|k| there(k)) } else { None };
    literal.or_else(|| content_key(item_id, &name).filter(|k| there(k)))
}

/// A file of that name that lies there and cannot be read or published for its name: what is wrong with it.
pub fn unusable(item_id: &str, name: &str, blobs: impl Fn(&str) -> bool, unseen: impl Fn(&str) -> bool) -> Option<(Text, Text)> {
    let name = unicode_normalization::UnicodeNormalization::nfc(name).collect::<String>();
    let key = join(item_id, &name)?;
    let mut folders = key.match_indices('/').map(|(i, _)| &key[..i]).chain([key.as_str()]);
    if let Some(part) = folders.find(|k| unseen(k)) {
        let (part, plain) = (part.rsplit('/').next().unwrap_or(part), name.split('/').map(|p| if p == ".." { p } else { p.trim_start_matches('.') }));
        let plain = plain.collect::<Vec<_>>().join("/");
        return Some((
            say!(
                "`{name}` 在目录里，但以点开头的名字（`{part}`）是隐藏的，不读也不公布",
                "`{name}` is there, but names that begin with a dot (`{part}`) are hidden: it is neither read nor published"
            ),
            say!("去掉名字开头的点，这里写 `{plain}`", "take the dot away from the name, and write `{plain}` here"),
        ));
    }
    let odd = |c: char| matches!(c, ':' | '*' | '"' | '<' | '>' | '|' | '\\');
    let sign = key.chars().find(|c| odd(*c)).filter(|_| blobs(&key))?;
    let plain = name.replace(odd, "-");
    Some((
        say!(
            "`{name}` 在目录里，但名字里的 `{sign}` 不能出现在地址里，没有采用",
            "`{name}` is there, but no address may have the `{sign}` of its name; it is not used"
        ),
        say!("给文件改名，例如 `{plain}`，这里也照改（原名 `{name}`）", "rename the file, to `{plain}` for example, here as well (it is `{name}` now)"),
    ))
}

/// A path from an item's folder, or from the content folder where it begins with `/`.
fn join(item_id: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => item_id.rsplit_once('/').map_or(Vec::new(), |(dir, _)| dir.split('/').collect()),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            p => parts.push(p),
        }
    }
    Some(parts.join("/"))
}

/// A path that is nearly `name`, as it would be written in the item: the same name in another folder, or a name with a slip.
pub fn nearby<'a>(item_id: &str, name: &str, keys: impl Iterator<Item = &'a str>) -> Option<String> {
    // As Windows writes it.
    let wanted = if name.contains('\\') { content_key(item_id, &name.replace('\\', "/"))? } else { content_key(item_id, name)? };
    let last = wanted.rsplit('/').next().unwrap_or(&wanted);
    // Full-width letters and digits look the same to who types them.
    let same = |s: &str| if s.is_ascii() { s.to_lowercase() } else { unicode_normalization::UnicodeNormalization::nfkc(s).collect::<String>().to_lowercase() };
    let stem = |s: &str| same(s.rsplit_once('.').map_or(s, |(s, _)| s));
    let letters = last.chars().count();
    let folder = |k: &str| k.rsplit_once('/').map_or(String::new(), |(d, _)| d.to_string());
    let wanted_folder = folder(&wanted);
    let mut best: Option<((usize, usize), &str)> = None;
    for key in keys {
        let other = key.rsplit('/').next().unwrap_or(key);
        let away = if other == last {
            0
        } else if same(other) == same(last) || stem(other) == stem(last) {
            1
        } else if letters > 3 && other.len() < 400 && other.chars().count().abs_diff(letters) <= 1 + letters / 6 {
            let d = strsim::damerau_levenshtein(other, last);
            if d > 1 + letters / 6 {
                continue;
            }
            1 + d
        } else {
            continue;
        };
        // The same folder first, then the one whose path is the most like it.
        let far = key.rsplit_once('/').map_or("", |(d, _)| d) != wanted_folder;
        let rank = away * 2 + usize::from(far);
        if best.is_some_and(|((b, _), _)| b < rank) {
            continue;
        }
        let path = if far { strsim::damerau_levenshtein(&folder(key), &wanted_folder) } else { 0 };
        if best.is_none_or(|(b, _)| (rank, path) < b) {
            best = Some(((rank, path), key));
        }
    }
    best.map(|(_, key)| relative(item_id, key))
}

/// The item that may be meant by an id: of this name in another folder, or of nearly this path. As it is written in a field.
pub(super) fn near_id<'a>(id: &str, ids: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (kind, wanted) = id.split_once('/')?;
    let (last, n) = (wanted.rsplit('/').next().unwrap_or(wanted), wanted.chars().count());
    let near = ids.filter_map(|i| i.strip_prefix(kind)?.strip_prefix('/')).filter_map(|i| {
        let same = i.rsplit('/').next() == Some(last);
        let close = i.chars().count().abs_diff(n) <= 1 + n / 5;
        let d = if same || close { strsim::damerau_levenshtein(i, wanted) } else { return None };
        (same || d <= 1 + n / 5).then_some((!same, d, i))
    });
    near.min().map(|(.., i)| i)
}

/// A content path as it is written in an item: from its folder, `#` and `%` as they are.
fn relative(item_id: &str, key: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (item_id.split('/').collect(), key.split('/').collect());
    let same = from[..from.len() - 1].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - 1 - same), to[same..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_in_the_folder() {
        let k = |l| content_key("policies/2021/a", l);
        assert_eq!(k("b.md#art-3").as_deref(), Some("policies/2021/b.md"));
        assert_eq!(k("../x%20y.pdf").as_deref(), Some("policies/x y.pdf"));
        assert_eq!(k("/pages/about.md").as_deref(), Some("pages/about.md"));
        assert_eq!(k("../../../etc/passwd"), None);
        assert_eq!(k("https://a/b"), None);
        assert_eq!(k("//host/b"), None);
        assert_eq!(k("#a"), None);
        let f = |l| content_file("news/a", l, |k| matches!(k, "news/1#楼.pdf" | "news/甲%20乙.pdf" | "news/x y.pdf"));
        for (link, file) in
            [("1#楼.pdf", "news/1#楼.pdf"), ("1%23楼.pdf", "news/1#楼.pdf"), ("甲%20乙.pdf", "news/甲%20乙.pdf"), ("甲%2520乙.pdf", "news/甲%20乙.pdf")]
        {
            assert_eq!(f(link).as_deref(), Some(file), "{link}");
        }
        assert_eq!((f("x%20y.pdf#page=2").as_deref(), f("2#楼.pdf")), (Some("news/x y.pdf"), None));
        let near = |n| nearby("news/a", n, ["news/通知附件.pdf", "policies/b.md"].into_iter());
        assert_eq!((near("通知附件.doc").as_deref(), near("b.md").as_deref()), (Some("通知附件.pdf"), Some("../policies/b.md")));
        assert_eq!(near("别的.pdf"), None);
        // The nearest by its path, whatever comes first; signs are counted, not bytes.
        let keys = ["news/2024/图/表.csv", "news/x/报告.csv", "news/2023/报告.csv", "news/2024/报表.csv"];
        let near = |n| nearby("news/a", n, keys.into_iter());
        assert_eq!(near("2024/报告.csv").as_deref(), Some("2023/报告.csv"));
        assert_eq!(near("2025/图/表.csv").as_deref(), Some("2024/图/表.csv"));
        assert_eq!(
            nearby("news/a", "关于供暖的通知附件.pdf", ["news/供暖.pdf", "news/关于供热的通知附件.pdf"].into_iter()).as_deref(),
            Some("关于供热的通知附件.pdf")
        );
        let id = |n| near_id(n, ["news/a", "policies/2021/notice", "policies/2022/notice", "policies/heating"].into_iter());
        assert_eq!((id("policies/notice"), id("policies/2022/notise"), id("policies/heatin")), (Some("2021/notice"), Some("2022/notice"), Some("heating")));
        assert_eq!(id("policies/cooling"), None);
    }
}
