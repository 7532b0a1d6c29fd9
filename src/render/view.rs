//! View models that several page types share. Finished values: templates neither compute nor look up.

use super::Ctx;
use crate::load::Moment;
use crate::model::{Edition, Item};
use crate::route::{Entry, FeedFormat, FeedOf, Target};
use crate::theme::Messages;
use jiff::civil::Date;
use serde::Serialize;

/// The folder whose column is the library.
pub const LIBRARY: &str = "policies";

/// A link.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// Text.
    pub title: String,
    /// Root-absolute address.
    pub url: String,
}

/// A `meta` element.
#[derive(Debug, Clone, Serialize)]
pub struct MetaView {
    /// `name`
    pub name: &'static str,
    /// `content`
    pub content: String,
}

/// Elements of the head reach templates as finished HTML: their form is set by norms, not by themes,
/// and thirty small maps a page are the dearest part of a template's context.
mod tags {
    use super::MetaView;
    use crate::render::escape::escape_into;
    use serde::Serializer;

    pub(super) fn metas<S: Serializer>(list: &[MetaView], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&elements(list.iter().map(|m| ("meta name", [m.name, "content", &m.content, "", ""]))))
    }

    pub(super) fn og<S: Serializer>(list: &[(&'static str, String)], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&elements(list.iter().map(|(name, value)| ("meta property", [*name, "content", value.as_str(), "", ""]))))
    }

    pub(super) fn alternates<S: Serializer>(list: &[(String, String)], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&elements(list.iter().map(|(tag, url)| ("link rel=\"alternate\" hreflang", [tag.as_str(), "href", url, "", ""]))))
    }

    pub(super) fn feeds<S: Serializer>(list: &[(&'static str, String, String)], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&elements(list.iter().map(|(mime, title, url)| ("link rel=\"alternate\" type", [*mime, "title", title, "href", url]))))
    }

    /// `<start="value" name="value" …>`, one element a line.
    fn elements<'a>(list: impl Iterator<Item = (&'static str, [&'a str; 5])>) -> String {
        let mut out = String::with_capacity(1024);
        for (start, [value, rest @ ..]) in list {
            out.push('<');
            out.push_str(start);
            out.push_str("=\"");
            escape_into(&mut out, value);
            for pair in rest.chunks(2).filter(|p| !p[0].is_empty()) {
                out.push_str("\" ");
                out.push_str(pair[0]);
                out.push_str("=\"");
                escape_into(&mut out, pair[1]);
            }
            out.push_str("\">\n");
        }
        out
    }
}

/// The head of a page.
#[derive(Debug, Clone, Serialize)]
pub struct HeadView {
    /// `title` element.
    pub title: String,
    /// BCP 47.
    pub lang: String,
    /// Absolute address.
    pub canonical: String,
    /// The same page in other languages: tag, absolute address.
    #[serde(serialize_with = "tags::alternates")]
    pub alternates: Vec<(String, String)>,
    /// Description, and the tags of domain-rules B0.
    #[serde(serialize_with = "tags::metas")]
    pub metas: Vec<MetaView>,
    /// Open Graph: what other programs show of a link to the page.
    #[serde(serialize_with = "tags::og")]
    pub og: Vec<(&'static str, String)>,
    /// Address of the web app manifest.
    pub manifest: String,
    /// Where browsers keep what was read: addresses of the script that asks for it and of the worker, and the worker's scope.
    pub offline: Option<(String, String, String)>,
    /// Address of the OpenSearch description, and its title.
    pub opensearch: (String, String),
    /// Not for search engines.
    pub noindex: bool,
    /// It was made by a program: the line that says so.
    pub ai: Option<String>,
    /// Made from another script by table; the page says so.
    pub derived: bool,
    /// Feeds: media type, title, address.
    #[serde(serialize_with = "tags::feeds")]
    pub feeds: Vec<(&'static str, String, String)>,
    /// The language switch: name, tag, address; empty with one language.
    pub switch: Vec<SwitchView>,
    /// Breadcrumbs above the page.
    pub crumbs: Vec<LinkView>,
    /// The page's `h1`.
    pub heading: String,
    /// Finished HTML of the head for machines: JSON-LD.
    pub ld: String,
    /// What the log of a signed site tells of the page's document.
    pub record: Option<super::record::RecordView>,
    /// Finished HTML: the channels of the site with the address and title of the page; empty without any.
    pub contacts: String,
}

impl HeadView {
    /// Says what the page is about, in place of what the site is about.
    pub fn describe(&mut self, text: String) {
        if text.trim().is_empty() {
            return;
        }
        self.metas.retain(|m| m.name != "Description");
        self.metas.push(MetaView { name: "Description", content: text });
    }
}

/// One language of the switch.
#[derive(Debug, Clone, Serialize)]
pub struct SwitchView {
    /// Its own name: 简体中文, English.
    pub name: String,
    /// BCP 47.
    pub tag: String,
    /// Address; of the same section where there is no translation.
    pub url: String,
    /// The page one is on.
    pub current: bool,
}

/// An item in a list.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    /// Title.
    pub title: String,
    /// Address.
    pub url: String,
    /// Day, `2021年4月12日`; empty where unknown.
    pub date: String,
    /// Day for machines.
    pub iso: String,
    /// Issuer and number.
    pub meta: String,
    /// What became of a consultation: `收到意见 132 条、采纳与部分采纳 50 条`.
    pub outcome: Option<String>,
    /// Word for its validity, where it is not simply in force.
    pub mark: Option<String>,
    /// Code of the validity, for a class.
    pub state: &'static str,
    /// What explains it, of a policy.
    pub explains: Vec<LinkView>,
    /// Days on which its state turns.
    pub turns: Option<super::stage::TurnsView>,
    /// Language tag and name, where it is not the page's.
    pub other_lang: Option<(String, String)>,
}

/// Paging of a list.
#[derive(Debug, Clone, Serialize)]
pub struct PagerView {
    /// `第 2 页，共 5 页`
    pub text: String,
    /// Address of the page before.
    pub prev: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// Numbered pages near this one: number, address, current.
    pub pages: Vec<(usize, String, bool)>,
}

/// Keys of the months' names, by number.
static MONTHS: [&str; 13] =
    ["", "month.1", "month.2", "month.3", "month.4", "month.5", "month.6", "month.7", "month.8", "month.9", "month.10", "month.11", "month.12"];

/// `2021年4月12日`, or the form of the language.
pub fn date_text(m: &Messages, date: Date) -> String {
    let (y, mm, d) = (date.year().to_string(), date.month().to_string(), date.day().to_string());
    let month = m.say(MONTHS[date.month() as usize % 13]);
    m.get("date", &[("y", &*y), ("m", &*mm), ("d", &*d), ("month", &*month)]).unwrap_or_else(|| date.to_string())
}

/// `2021年4月12日 09:30`
pub fn moment_text(m: &Messages, moment: Moment) -> String {
    let day = date_text(m, moment.date);
    moment.time.map_or(day.clone(), |t| format!("{day} {:02}:{:02}", t.hour(), t.minute()))
}

/// `12.5 KB`
pub fn size_text(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{:.1} KB", bytes as f64 / 1024.0),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

/// A form that searches within a list.
#[derive(Debug, Serialize)]
pub struct WithinView {
    /// Words of the field.
    pub label: String,
    /// The search page.
    pub action: String,
    /// What the list is narrowed to, as parameters of the search page.
    pub hidden: Vec<(&'static str, String)>,
}

/// Lists shorter than this are read at a glance.
const FEW: usize = 8;

impl Ctx<'_> {
    /// A form to search a list of so many items; `None` where it would find what stands there anyway.
    pub fn within(&self, lang: usize, title: &str, items: usize, hidden: Vec<(&'static str, String)>) -> Option<WithinView> {
        let label = self.theme.messages[lang].get("list.find", &[("title", title)]).unwrap_or_default();
        (items >= FEW).then(|| WithinView { label, action: self.url(lang, &Target::Search).to_string(), hidden })
    }

    /// The text of a day in the language.
    pub fn date(&self, lang: usize, date: Date) -> String {
        date_text(&self.theme.messages[lang], date)
    }

    /// The name of one of those that issued an item ([`crate::model::Public::issuer`]).
    pub fn issuer(&self, lang: usize, item: &Item, department: usize) -> &str {
        self.public.issuer(lang, item, department)
    }

    /// The names of those that issued an item.
    pub fn issuers(&self, lang: usize, item: &Item) -> String {
        item.issuers.iter().map(|d| self.issuer(lang, item, *d)).collect::<Vec<_>>().join(self.separator(lang))
    }

    /// Names of departments, joined.
    pub fn department_names(&self, lang: usize, list: &[usize]) -> String {
        list.iter().map(|d| self.public.departments[*d].name.get(lang)).collect::<Vec<_>>().join(self.separator(lang))
    }

    /// Between the parts of a list: `、` or a comma.
    pub fn separator(&self, lang: usize) -> &'static str {
        if self.public.languages[lang].tag.starts_with("zh") { "、" } else { ", " }
    }

    /// The head of a page. `heading` is the page's own title.
    pub fn head(&self, entry: &Entry, heading: &str, crumbs: Vec<LinkView>) -> HeadView {
        let lang = entry.lang;
        let site = self.config.title.get(lang);
        let title = if entry.target == Target::Home {
            site.to_string()
        } else {
            format!("{heading}{}{site}", if self.public.languages[lang].tag.starts_with("zh") { " - " } else { " – " })
        };
        let mut alternates = Vec::new();
        let mut switch = Vec::new();
        if self.public.languages.len() > 1 {
            for (l, language) in self.public.languages.iter().enumerate() {
                let same = self.routes.get(l, &entry.target);
                if let Some(e) = same {
                    alternates.push((language.tag.clone(), self.absolute(&e.url)));
                }
                let url = same.map_or_else(|| self.section_home(l, entry), |e| e.url.clone());
                switch.push(SwitchView { name: self.say(l, "language.name"), tag: language.tag.clone(), url, current: l == lang });
            }
        }
        let mut metas = Vec::new();
        let mut meta = |name, content: String| {
            if !content.trim().is_empty() {
                metas.push(MetaView { name, content });
            }
        };
        meta("SiteName", site.to_string());
        meta("SiteDomain", self.config.base_url.split("://").nth(1).and_then(|r| r.split(['/', ':']).next()).unwrap_or("").to_string());
        meta("SiteIDCode", self.config.identity.site_id_code.clone().unwrap_or_default());
        // Until the page says something of its own.
        meta("Description", self.config.description.get(lang).to_string());
        HeadView {
            title,
            lang: self.public.languages[lang].tag.clone(),
            canonical: self.absolute(&entry.url),
            alternates,
            metas,
            og: vec![
                ("og:title", heading.to_string()),
                ("og:type", if matches!(entry.target, Target::Item(_)) { "article" } else { "website" }.to_string()),
                ("og:url", self.absolute(&entry.url)),
                ("og:site_name", site.to_string()),
                ("og:image", self.absolute(&self.picture(entry))),
            ],
            manifest: self.url(lang, &Target::WebManifest).to_string(),
            offline: (self.config.offline == Some(true)).then(|| {
                let url = |n: u8| self.url(0, &Target::Offline(n)).to_string();
                (url(1), url(0), self.routes.base_path().to_string())
            }),
            opensearch: (self.url(lang, &Target::OpenSearch).to_string(), site.to_string()),
            derived: self.public.languages[lang].from.is_some(),
            ai: None,
            noindex: self.config.demo || !entry.listed,
            feeds: self.feeds(lang, FeedOf::Site, site),
            switch,
            crumbs,
            heading: heading.to_string(),
            ld: String::new(),
            record: super::record::record(self, entry),
            contacts: self.contacts(entry, heading),
        }
    }

    /// The channels of `contact:` as a list of links.
    fn contacts(&self, entry: &Entry, heading: &str) -> String {
        use crate::render::escape::escape_into;
        let (lang, channels) = (entry.lang, &self.config.channels);
        if channels.is_empty() {
            return String::new();
        }
        let page = self.absolute(&entry.url);
        let mut out = format!("<nav class=\"contact\" aria-label=\"{}\"><ul>", self.say(lang, "channels.label"));
        for c in channels {
            out.push_str(if c.origin().is_some() { "<li><a class=\"external\" rel=\"noopener noreferrer\" href=\"" } else { "<li><a href=\"" });
            // A form stands on the page of channels.
            let to = if c.method.is_some() { format!("{}#{}", self.url(lang, &Target::Channels), c.key) } else { c.on(&page, heading) };
            escape_into(&mut out, &to);
            out.push_str("\">");
            escape_into(&mut out, &self.say(lang, &format!("channels.{}", c.key)));
            out.push_str("</a></li>");
        }
        if entry.target != Target::Channels {
            out.push_str("<li><a href=\"");
            escape_into(&mut out, self.url(lang, &Target::Channels));
            out.push_str("\">");
            escape_into(&mut out, &self.say(lang, "channels.title"));
            out.push_str("</a></li>");
        }
        out.push_str("</ul></nav>\n");
        out
    }

    /// The picture of the site, where it has one; else that which is drawn for the page.
    fn picture(&self, entry: &Entry) -> String {
        match &self.theme.look.files[crate::config::PICTURE] {
            Some(f) => format!("{}{}", self.routes.base_path(), crate::route::encode(f)),
            None => self.share(entry).to_string(),
        }
    }

    /// The share image of a page: its own, its column's, the site's. Traditional Chinese shows that of Simplified.
    fn share(&self, entry: &Entry) -> &str {
        let lang = self.public.languages[entry.lang].from.unwrap_or(entry.lang);
        let column = match &entry.target {
            Target::Item(i) => self.public.items[*i as usize].column,
            Target::Facet(..) => self.public.columns.iter().position(|c| c.path == LIBRARY),
            Target::Parted(place, ..) => {
                let kind = self.public.types.iter().nth(*place as usize);
                kind.and_then(|k| self.public.columns.iter().position(|c| c.path == k.folder))
            }
            Target::Column(c, _) => Some(*c as usize),
            _ => None,
        };
        let of = |t: Target| self.routes.get(lang, &Target::Share(Box::new(t)));
        let own = match &entry.target {
            Target::Item(i) => of(Target::Item(*i)),
            _ => None,
        };
        own.or_else(|| of(Target::Column(column? as u32, 0))).or_else(|| of(Target::Home)).map_or("", |e| &e.url)
    }

    /// Where the switch leads without a translation: the same section, else the home page.
    fn section_home(&self, lang: usize, entry: &Entry) -> String {
        let column = match &entry.target {
            Target::Item(i) => self.public.items[*i as usize].column,
            Target::Column(c, _) => Some(*c as usize),
            _ => None,
        };
        let of = |t: &Target| self.routes.get(lang, t).map(|e| e.url.clone());
        column.and_then(|c| of(&Target::Column(c as u32, 0))).or_else(|| of(&Target::Home)).unwrap_or_default()
    }

    /// The two feeds of something, for the head.
    pub fn feeds(&self, lang: usize, of: FeedOf, title: &str) -> Vec<(&'static str, String, String)> {
        [(FeedFormat::Atom, "application/atom+xml"), (FeedFormat::Json, "application/feed+json")]
            .into_iter()
            .filter_map(|(f, mime)| Some((mime, title.to_string(), self.routes.get(lang, &Target::Feed(of, f))?.url.clone())))
            .collect()
    }

    /// Home, then the columns above an item or list.
    pub fn crumbs(&self, lang: usize, column: Option<usize>) -> Vec<LinkView> {
        let mut out = vec![LinkView { title: self.say(lang, "nav.home"), url: self.url(lang, &Target::Home).to_string() }];
        let Some(column) = column else { return out };
        let path = &self.public.columns[column].path;
        for (i, c) in self.public.columns.iter().enumerate() {
            let above = c.path == *path || path.strip_prefix(&c.path).is_some_and(|r| r.starts_with('/'));
            if above && let Some(e) = self.routes.get(lang, &Target::Column(i as u32, 0)) {
                out.push(LinkView { title: self.shells.columns[lang][i].clone(), url: e.url.clone() });
            }
        }
        out
    }

    /// The tags of a column (domain-rules B0).
    pub fn column_metas(&self, head: &mut HeadView, lang: usize, column: usize, list: bool) {
        let c = &self.public.columns[column];
        let mut meta = |name, content: String| {
            if !content.trim().is_empty() {
                head.metas.push(MetaView { name, content });
            }
        };
        meta("ColumnName", self.shells.columns[lang][column].clone());
        if list {
            meta("ColumnDescription", c.description.get(lang).to_string());
            meta("ColumnKeywords", c.keywords.join(","));
        }
        meta("ColumnType", c.column_type.clone().unwrap_or_default());
        if list {
            head.describe(c.description.get(lang).to_string());
        }
    }

    /// The tags of an article.
    pub fn article_metas(&self, head: &mut HeadView, lang: usize, item: &Item, edition: &Edition) {
        if let Some(c) = item.column {
            self.column_metas(head, lang, c, false);
        }
        let mut meta = |name, content: String| {
            if !content.trim().is_empty() {
                head.metas.push(MetaView { name, content });
            }
        };
        meta("ArticleTitle", edition.title.clone());
        if let Some(p) = item.published {
            meta("PubDate", format!("{} {:02}:{:02}", p.date, p.clock().hour(), p.clock().minute()));
        }
        meta("ContentSource", item.source.clone().unwrap_or_else(|| self.issuers(lang, item)));
        meta("Keywords", item.keywords.join(","));
        meta("Author", item.author.clone().unwrap_or_default());
        if let Some(ai) = &item.ai {
            let said = |key: &str, value: &str| self.theme.messages[lang].get(key, &[("tool", &*ai.tool), ("who", value)]).unwrap_or_default();
            let who = ai.reviewed_by.as_deref();
            meta("ai-generated", [Some(&*ai.tool), who].into_iter().flatten().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; "));
            head.ai = Some(who.map_or_else(|| said("ai.note", ""), |w| said("ai.reviewed", w)));
        }
        let summary = self.summary(edition);
        meta("Url", head.canonical.clone());
        let twin = self.derived.by_id.get(&item.id).and_then(|i| self.routes.get(lang, &Target::Twin(*i)));
        head.feeds.extend(twin.map(|t| ("text/markdown", edition.title.clone(), t.url.clone())));
        head.describe(summary);
    }

    /// The author's summary, else the beginning of the text.
    pub fn summary(&self, edition: &Edition) -> String {
        edition.short()
    }

    /// An item in a list.
    pub fn card(&self, lang: usize, index: u32) -> CardView {
        let item = &self.public.items[index as usize];
        let edition = item.best(lang);
        let number = item.policy().and_then(|p| p.doc_no.as_ref()).map(|n| n.shown().to_string());
        let forms = item
            .interpretation()
            .map(|i| i.forms.iter().map(|f| self.say(lang, &format!("form.{f}"))).collect::<Vec<_>>().join(self.separator(lang)))
            .filter(|f| !f.is_empty());
        let formats = item.dataset().map(|d| {
            let mut list: Vec<&str> = d.resources.iter().map(|r| r.format.as_str()).filter(|f| !f.is_empty()).collect();
            list.sort_unstable();
            list.dedup();
            list.join(self.separator(lang))
        });
        let number = number.or(formats.filter(|f| !f.is_empty()));
        let names = self.issuers(lang, item);
        let days = item.consultation().and_then(|c| Some(format!("{}—{}", self.date(lang, c.opens?), self.date(lang, c.closes?))));
        let renewed = item.renewed(self.public.as_of).and_then(|d| self.theme.messages[lang].get("card.renewed", &[("date", self.date(lang, d))]));
        let meta: Vec<String> = [Some(names).filter(|n| !n.is_empty()), number, forms, days, renewed].into_iter().flatten().collect();
        let validity = self.derived.validity[index as usize].filter(|v| *v != crate::derive::Validity::InForce);
        let stage = item.consultation().and_then(|c| super::stage::stage_word(self, lang, c));
        let (stage, code, turns) = stage.map_or((None, "", None), |(w, c, t)| (Some(w), c, t));
        // What is in force is not marked; from the day on which it no longer is it will be.
        let turns = turns.or_else(|| super::stage::validity_turns(self, lang, index, ""));
        let unsure = self.derived.unsure.contains_key(&index);
        let marked = validity.map(|v| super::stage::validity_word(self, lang, v, turns.is_some()));
        let marked = marked.or_else(|| unsure.then(|| self.say(lang, "state.unknown")));
        CardView {
            title: edition.title.clone(),
            url: self.routes.item(lang, index, item).map_or(String::new(), |e| e.url.clone()),
            date: item.day().map_or(String::new(), |d| self.date(lang, d)),
            iso: item.day().map_or(String::new(), |d| d.to_string()),
            meta: meta.join(" · "),
            outcome: item.consultation().and_then(|c| c.result(self.public.as_of)).map(|r| super::stage::figures_text(self, lang, r)).filter(|t| !t.is_empty()),
            mark: marked.or(stage),
            state: validity.map_or(if unsure { "unknown" } else { code }, |v| v.code()),
            explains: self.explains(lang, item, index),
            turns,
            other_lang: (edition.lang != lang).then(|| (self.public.languages[edition.lang].tag.clone(), self.say(edition.lang, "language.name"))),
        }
    }

    /// The interpretations of a policy, at most three.
    fn explains(&self, lang: usize, item: &crate::model::Item, index: u32) -> Vec<LinkView> {
        if item.policy().is_none() {
            return Vec::new();
        }
        let of = |i: &u32| {
            let other = &self.public.items[*i as usize];
            Some(LinkView { title: other.best(lang).title.clone(), url: self.routes.item(lang, *i, other)?.url.clone() })
        };
        self.derived.relations[index as usize].explains.iter().take(3).filter_map(of).collect()
    }

    /// The cards of items, rendered once for all pages.
    pub fn links(&self, lang: usize, list: &[u32]) -> String {
        let cards = || list.iter().map(|i| &*self.shells.cards[lang][*i as usize]);
        let mut out = String::with_capacity(cards().map(str::len).sum());
        out.extend(cards());
        out
    }

    /// Paging: `at` gives the target of a page from 0.
    pub fn pager(&self, lang: usize, page: u32, total: usize, at: &dyn Fn(u32) -> Target) -> Option<PagerView> {
        let count = total.div_ceil(self.config.per_page).max(1) as u32;
        if count == 1 {
            return None;
        }
        let url = |p: u32| self.url(lang, &at(p)).to_string();
        let near = |p: &u32| *p == 0 || *p + 1 == count || p.abs_diff(page) <= 2;
        let args = [("page".to_string(), (page + 1).to_string()), ("pages".to_string(), count.to_string())];
        Some(PagerView {
            text: self.theme.messages[lang].get("pager.text", &args).unwrap_or_default(),
            prev: (page > 0).then(|| url(page - 1)),
            next: (page + 1 < count).then(|| url(page + 1)),
            pages: (0..count).filter(near).map(|p| (p as usize + 1, url(p), p == page)).collect(),
        })
    }

    /// The items of one page of a list.
    pub fn slice<'l>(&self, list: &'l [u32], page: u32) -> &'l [u32] {
        let from = (page as usize * self.config.per_page).min(list.len());
        &list[from..(from + self.config.per_page).min(list.len())]
    }
}

/// Number of pages of a list; a list without items has one.
pub fn page_count(config: &crate::config::Config, total: usize) -> u32 {
    total.div_ceil(config.per_page).max(1) as u32
}

/// Path of a page of a list: `policies/`, `policies/page/2/`.
pub fn page_path(base: &str, page: u32) -> String {
    if page == 0 { base.to_string() } else { format!("{base}page/{}/", page + 1) }
}

/// A value by which a list is parted: its name, the address of that part, how many items it has.
#[derive(Serialize)]
pub struct ValueView {
    pub title: String,
    pub url: String,
    pub count: usize,
    /// How deep it lies in a tree of values; 0 at the top.
    pub depth: u8,
    /// The list shown is this part.
    pub current: bool,
}

/// What a list is parted by.
#[derive(Serialize)]
pub struct FacetView {
    pub title: String,
    pub open: bool,
    pub values: Vec<ValueView>,
    /// Values that stand behind a line of their own, where there are many.
    pub more: Vec<ValueView>,
    /// That line: `12 more`.
    pub more_label: String,
    /// The chosen value is among them.
    pub more_open: bool,
}

/// Values of a facet that are seen at once.
const SEEN: usize = 8;

impl FacetView {
    /// A facet with its values; a long list is told in part, and whole when asked for.
    pub fn new(m: &crate::theme::Messages, title: String, open: bool, mut values: Vec<ValueView>) -> Self {
        let mut seen = SEEN;
        // Terms stay with what they are below, as far as that is not long either.
        while seen < SEEN + SEEN / 2 && values.get(seen).is_some_and(|v| v.depth > 0) {
            seen += 1;
        }
        // A line that stands for two others saves nothing.
        let more = if values.len() > seen + 2 { values.split_off(seen) } else { Vec::new() };
        let more_label = if more.is_empty() { String::new() } else { m.count("facet.more", more.len()) };
        let more_open = more.iter().any(|v| v.current);
        Self { title, open, values, more, more_label, more_open }
    }
}
