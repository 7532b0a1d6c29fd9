//! `site.yaml`, resolved once into plain data. Flags of the command line win over the file.

pub mod address;
mod blocks;
pub mod channels;
pub mod direction;
pub mod hosts;
pub mod numbers;
mod own;
mod words;

pub use blocks::{BLOCKS, Block, BlockKind, BlockLink, blocks};

use crate::diag::{Diagnostic, Report, Severity, Tongue, say};
use crate::load::{self, Fields, LangText, Limits, Moment, Source};
use crate::schema::{Field, site as st};
use crate::types::Types;
use jiff::tz::TimeZone;
use own::own_types;
use std::path::{Path, PathBuf};

/// How strictly the Chinese rules apply. A profile changes severities, never meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Asks for little; the Chinese rules do not appear.
    #[default]
    Generic,
    /// The rules of Chinese government sites.
    CnGov,
    /// The same, at their strictest.
    CnGovStrict,
}

/// The words for [`Profile`].
pub static PROFILES: &[(&str, Profile)] = &[("generic", Profile::Generic), ("cn-gov", Profile::CnGov), ("cn-gov-strict", Profile::CnGovStrict)];

/// Where a site is put. Hosts differ in what they can be told of headers and redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// A server that includes the file for nginx.
    Nginx,
    /// A server that includes the file for Apache.
    Apache,
    /// A server that imports the file for Caddy.
    Caddy,
    /// `_headers` and `_redirects` with force and query.
    Netlify,
    /// `_headers` and `_redirects`, 2,000 static and 100 dynamic rules.
    Cloudflare,
    /// `_redirects`, 1,000 rules; no headers.
    GitlabPages,
    /// Neither headers nor redirects.
    GithubPages,
    /// Redirects and headers stand in a file of its own.
    Vercel,
    /// Files alone: OSS, COS, S3 and the like.
    ObjectStorage,
    /// Something else that the team has told its rules.
    Other,
}

/// The words for [`Host`].
pub static HOSTS: &[(&str, Host)] = &[
    ("nginx", Host::Nginx),
    ("apache", Host::Apache),
    ("caddy", Host::Caddy),
    ("netlify", Host::Netlify),
    ("cloudflare-pages", Host::Cloudflare),
    ("gitlab-pages", Host::GitlabPages),
    ("github-pages", Host::GithubPages),
    ("vercel", Host::Vercel),
    ("object-storage", Host::ObjectStorage),
    ("other", Host::Other),
];

impl Host {
    /// The name that people know.
    pub fn name(self) -> &'static str {
        match self {
            Host::Nginx => "nginx",
            Host::Apache => "Apache",
            Host::Caddy => "Caddy",
            Host::Netlify => "Netlify",
            Host::Cloudflare => "Cloudflare Pages",
            Host::GitlabPages => "GitLab Pages",
            Host::GithubPages => "GitHub Pages",
            Host::Vercel => "Vercel",
            Host::ObjectStorage => "object storage",
            Host::Other => "other",
        }
    }
}

impl Profile {
    /// Index into a table of severities by profile.
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// One language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// BCP 47 tag: `zh-Hans`, `zh-Hant`, `en`.
    pub tag: String,
    /// `""` for the primary language, else `en/`.
    pub prefix: String,
    /// The language from which its texts are made by table: zh-Hant from zh-Hans.
    pub from: Option<usize>,
}

/// Text in some of the languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Localized(pub Vec<(Option<usize>, String)>);

impl Localized {
    /// Reads a field's text: tags are matched to the languages of the site (`zh` means `zh-Hans`);
    /// unknown tags are returned.
    pub fn from(texts: LangText, languages: &[Language]) -> (Localized, Vec<String>) {
        let (mut out, mut unknown) = (Vec::new(), Vec::new());
        for (tag, text) in texts {
            if tag.is_empty() {
                out.push((None, text.into()));
            } else if let Some(i) = language_index(languages, &tag) {
                out.push((Some(i), text.into()));
            } else {
                // Kept as a last resort: a title in a language the site lacks is better than none.
                unknown.push(tag.to_string());
                out.push((None, text.into()));
            }
        }
        (Localized(out), unknown)
    }

    /// The text in a language, else the plain one, else the first.
    pub fn get(&self, lang: usize) -> &str {
        let by = |l: Option<usize>| self.0.iter().find(|(i, _)| *i == l);
        by(Some(lang)).or_else(|| by(None)).or(self.0.first()).map_or("", |(_, t)| t)
    }

    /// True without any text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The language of the site that a tag means. `zh` and `zh-CN` mean `zh-Hans`.
pub fn language_index(languages: &[Language], tag: &str) -> Option<usize> {
    let norm = |t: &str| match t.to_ascii_lowercase().replace('_', "-").as_str() {
        "zh" | "zh-cn" | "zh-hans" | "zh-hans-cn" => "zh-hans".to_string(),
        "zh-tw" | "zh-hk" | "zh-hant" => "zh-hant".to_string(),
        other => other.to_string(),
    };
    languages.iter().position(|l| norm(&l.tag) == norm(tag))
}

/// Identity of the site (domain-rules B0, A4). Empty where the project says nothing.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    /// 网站标识码.
    pub site_id_code: Option<String>,
    /// 主办单位.
    pub organizer: Localized,
    /// 承办单位.
    pub operator: Localized,
    /// Address, telephone, mail: one line each, as shown.
    pub contact: Localized,
    /// ICP备案号.
    pub icp: Option<String>,
    /// 公安备案号.
    pub police: Option<String>,
    /// Address of the page of the 党政机关网站标识.
    pub badge_url: Option<String>,
}

/// What a site changes of its look without a theme of its own: files of `static/`, variables of the style sheet.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Logo, icon, picture to share: path below `static/`, with its place in the settings.
    pub files: [Option<(String, (u32, u32))>; 3],
    /// How many of the newest items have a picture of their own to share.
    pub cards: usize,
    /// Name and value of variables; of the dark mode.
    pub colors: Vec<(String, String)>,
    /// See above.
    pub dark: Vec<(String, String)>,
    /// Where they stand.
    pub at: (u32, u32),
    /// Words of the footer.
    pub footer: Localized,
}

/// Places in [`Look::files`].
pub const LOGO: usize = 0;
/// See above.
pub const FAVICON: usize = 1;
/// See above.
pub const PICTURE: usize = 2;

/// Everything a build needs to know about the site, resolved.
#[derive(Debug, Clone)]
pub struct Config {
    /// The project folder.
    pub root: PathBuf,
    /// `site.yaml` itself, for findings about it.
    pub source: Source,
    /// 网站名称.
    pub title: Localized,
    /// One sentence about the site.
    pub description: Localized,
    /// Absolute address with a closing `/`.
    pub base_url: String,
    /// Path of `base_url` with a closing `/`; `/` for most sites.
    pub base_path: String,
    /// Where the site is put, where the project says so.
    pub host: Option<Host>,
    /// The key with which others check the site, where it is signed.
    pub signed: Option<String>,
    /// Rules that apply.
    pub profile: Profile,
    /// It is not known which rules were meant to apply; that is told, and nothing is published.
    pub unsure: bool,
    /// Languages; the first is primary.
    pub languages: Vec<Language>,
    /// Content types.
    pub types: Types,
    /// Names that the site gives its own types, their fields and words: key of the message, text.
    pub said: Vec<(String, Localized)>,
    /// Templates that its own types name, with their place in the settings.
    pub templates: Vec<(&'static str, (u32, u32))>,
    /// Name of the theme.
    pub theme: String,
    /// Time zone of all dates.
    pub tz: TimeZone,
    /// Content folders.
    pub content: Vec<String>,
    /// Dates and earlier states of data files are taken from git, where there is a repository.
    pub git: bool,
    /// A demonstration: banner, `noindex`, identity rules not applicable.
    pub demo: bool,
    /// Day (or moment) that a build takes as today, where the command line gives none.
    pub as_of: Option<Moment>,
    /// Name of the calendar of working days; none where nothing is known of them.
    pub calendar: Option<String>,
    /// Days to come are written as calendars.
    pub ics: bool,
    /// Keys of `outputs:` that are switched off.
    pub off: Vec<&'static str>,
    /// Hosts beside this site that browsers may speak with.
    pub csp: hosts::Hosts,
    /// Whom to tell of holes in the site.
    pub security: Option<Security>,
    /// Items on a list page.
    pub per_page: usize,
    /// Raw HTML in texts is filtered instead of shown as text.
    pub allow_html: bool,
    /// What cameras and editors wrote into pictures stays in them.
    pub keep_image_metadata: bool,
    /// Title and address for reporting errors of the site (网站找错).
    pub identity: Identity,
    /// Days within which an interpretation must follow its policy; 0 means the same day.
    pub interpretation_days: i32,
    /// Working days within which a letter is answered.
    pub reply_workdays: u32,
    /// The parts of the home page; empty means the usual ones.
    pub home: Vec<Block>,
    /// Departments that own content folders, by folder: their items need no issuer of their own.
    pub owners: Vec<(String, String)>,
    /// Address for "ask for an accessible form" and for reporting errors of the site (网站找错): mail or web.
    pub report_to: Option<String>,
    /// Logo, colours and the like.
    pub look: Look,
    /// Further links of the footer (privacy, copyright …): text, address.
    pub foot_links: Vec<(Localized, String)>,
    /// Publish the style guide of the theme.
    pub style_guide: bool,
    /// Browsers keep what was read: yes; no, and what they kept goes; nothing is said of it.
    pub offline: Option<bool>,
    /// Publish scorecards of the departments.
    pub scorecards: Option<Scorecards>,
    /// Personal data that may be public in `site.yaml`, a vocabulary or a file of `static/`: the file, and the last day.
    pub allowed: Vec<(String, jiff::civil::Date)>,
    /// Names of disclosure, level of government, index numbers.
    pub disclosure: Disclosure,
    /// Where to go for what a static site cannot do.
    pub channels: Vec<channels::Channel>,
    /// The project's own list of words.
    pub words: words::Words,
    /// Free data for templates.
    pub extra: serde_json::Value,
}

/// Whom to tell of holes in the site: `security:` (RFC 9116).
#[derive(Debug, Clone, Default)]
pub struct Security {
    /// Addresses, the preferred one first.
    pub contact: Vec<String>,
    /// Where its rules are.
    pub policy: Option<String>,
    /// Where the key is.
    pub encryption: Option<String>,
    /// Last day; a year after the build without one.
    pub expires: Option<jiff::civil::Date>,
    /// Where `expires` stands in `site.yaml`.
    pub at: (u32, u32),
}

/// How the site discloses: `disclosure:`.
#[derive(Debug, Clone, Default)]
pub struct Disclosure {
    /// Names of the Chinese regulations; else those of a publication scheme.
    pub chinese: bool,
    /// `province`, `city`, `county`, `township`.
    pub level: Option<&'static str>,
    /// Scheme of index numbers.
    pub numbers: numbers::Numbers,
}

/// Scorecards of the departments.
#[derive(Debug, Clone)]
pub struct Scorecards {
    /// Departments by their total, besides the list.
    pub league: bool,
    /// Weights of the groups, in their order.
    pub weights: Vec<u32>,
    /// They are not the usual ones.
    pub changed: bool,
    /// An earlier `scorecards.json`, and where it is named.
    pub earlier: Option<(String, (u32, u32))>,
}

impl Default for Scorecards {
    fn default() -> Scorecards {
        Scorecards { league: false, weights: SCORE_GROUPS.iter().map(|(_, w)| *w).collect(), changed: false, earlier: None }
    }
}

/// Groups of indicators, with their usual weights.
pub static SCORE_GROUPS: [(&crate::schema::Field, u32); 6] = [
    (&st::weights::SYSTEM, 10),
    (&st::weights::CONTENT, 30),
    (&st::weights::CHANNELS, 10),
    (&st::weights::RESPONSE, 25),
    (&st::weights::EFFECT, 20),
    (&st::weights::SATISFACTION, 5),
];

/// `scorecards:`; without it nothing is published of them.
fn scorecards(f: &mut Fields<'_, '_>) -> Option<Scorecards> {
    let usual = || SCORE_GROUPS.iter().map(|(_, w)| *w).collect::<Vec<u32>>();
    let mut s = f.map(&st::SCORECARDS)?;
    let league = s.flag(&st::scorecards::LEAGUE).unwrap_or(false);
    let place = s.node(&st::scorecards::EARLIER).map(|n| (n.start, n.end)).unwrap_or_default();
    let earlier = s.text(&st::scorecards::EARLIER).map(|t| (t.trim_start_matches("./").to_string(), place));
    let weights = s.map(&st::scorecards::WEIGHTS).map_or_else(usual, |mut w| {
        let out = SCORE_GROUPS.iter().map(|(field, usual)| w.count(field).map_or(*usual, |n| n.min(1000))).collect();
        w.finish();
        out
    });
    s.finish();
    Some(Scorecards { league, changed: weights != usual(), weights, earlier })
}

/// What the command line may override.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--base-url`
    pub base_url: Option<String>,
    /// `--profile`
    pub profile: Option<Profile>,
    /// `--config`: the file read in place of `site.yaml`.
    pub settings: Option<PathBuf>,
    /// The key with which the site is signed, as others check it.
    pub signed: Option<String>,
}

/// Reads `site.yaml` in `root`. Without a readable file there is no site: the finding is the error.
pub fn read(root: &Path, over: &Overrides, report: &mut Report) -> Option<Config> {
    let usual = || ["site.yaml", "site.yml"].iter().map(|n| root.join(n)).find(|p| p.exists()).unwrap_or_else(|| root.join("site.yaml"));
    let path = over.settings.clone().unwrap_or_else(usual);
    let name = over.settings.as_deref().and_then(Path::file_name).map_or("site.yaml".into(), |n| n.to_string_lossy().into_owned());
    let text = match load::read_text(&path, &name, &Limits::default()) {
        Ok(t) => t,
        Err(d) => {
            report.push(*d);
            return None;
        }
    };
    let source = Source::new(name.as_str(), text);
    let mut out = Vec::new();
    let node = load::parse_yaml(&source, 0..source.text.len(), &mut out);
    // What says nothing must not be taken for a site that says nothing: it would be published with what is usual.
    let none = !node.as_ref().is_some_and(|n| matches!(n.kind, load::Kind::Map(_)));
    if none && !out.iter().any(|d| d.blocks) {
        let d = Diagnostic::new(
            "SRC006",
            Severity::Error,
            say!("`{name}` 里没有 键: 值，不能当作网站的设置", "`{name}` holds no key: value, so it says nothing of the site"),
        );
        out.push(
            d.at(source.span(0, source.text.len().min(1)))
                .hint(say!("写 title: 网站名称，一行一个字段", "write title: Name of the site, a field to a line"))
                .blocking(),
        );
    }
    let config = node.filter(|_| !none).map(|node| fields(root, &source, &node, over, &mut out));
    for d in out {
        report.push(d);
    }
    config
}

fn fields(root: &Path, source: &Source, node: &load::Node, over: &Overrides, out: &mut Vec<Diagnostic>) -> Config {
    let utc = TimeZone::UTC;
    let mut f = Fields::new(&st::RECORD, source, node, &utc, out);
    let languages = languages(&mut f);
    let say_in = |f: &mut Fields<'_, '_>, field| f.lang_text(field).map_or(Localized::default(), |t| Localized::from(t, &languages).0);
    let title = say_in(&mut f, &st::TITLE);
    if title.is_empty() {
        f.missing(&st::TITLE);
        f.block_last();
    }
    let description = say_in(&mut f, &st::DESCRIPTION);
    let base_url = base_url(over.base_url.as_deref(), &mut f);
    let base_path = format!("/{}", base_url.split_once("://").and_then(|(_, r)| r.split_once('/')).map_or("", |(_, p)| p));
    let mut profile = over.profile.or(f.choice(&st::PROFILE, PROFILES));
    let mut unsure = false;
    if profile.is_none() {
        // `cn_gov` is told; what the profile brings along is read as it is meant, so that nothing else is said for that.
        let words: Vec<&str> = PROFILES.iter().map(|(w, _)| *w).collect();
        let there = f.has(&st::PROFILE);
        if there {
            f.firm_choice(&st::PROFILE, &words);
        }
        let node = f.node(&st::PROFILE).or_else(|| f.misspelt(&st::PROFILE));
        let node = node.map(|n| if let load::Kind::List(l) = &n.kind { l.first().unwrap_or(n) } else { n });
        let meant = node.and_then(|n| n.text()).map(|t| load::half_width(t).to_lowercase().replace(['_', ' '], "-"));
        let near = meant.as_deref().and_then(|m| words.iter().find(|w| **w == m).copied().or_else(|| load::nearest(m, &words)));
        profile = PROFILES.iter().find(|(w, _)| near == Some(*w)).map(|(_, p)| *p);
        unsure = profile.is_none() && (there || f.misspelt(&st::PROFILE).is_some());
    }
    let profile = profile.unwrap_or_default();
    let zone = f.text(&st::TIME_ZONE).unwrap_or("Asia/Shanghai").to_string();
    let tz = TimeZone::get(&zone).unwrap_or_else(|_| {
        f.report(
            &st::TIME_ZONE,
            Diagnostic::new("SRC008", Severity::Error, say!("没有时区 `{zone}`", "no time zone `{zone}`"))
                .hint(say!("例如 Asia/Shanghai", "for example Asia/Shanghai")),
        );
        TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC)
    });
    let (content, owners) = folders(&mut f);
    let per_page = f.count(&st::PER_PAGE).filter(|n| {
        let fits = (1..=500).contains(n);
        if !fits {
            let d = Diagnostic::new("SRC008", Severity::Error, say!("`per_page` 应为 1 到 500，却是 {n}", "`per_page` should be from 1 to 500, not {n}"));
            f.report(&st::PER_PAGE, d.hint(say!("改成 1 到 500；现按 20 处理", "make it a number from 1 to 500; 20 is taken for now")));
        }
        fits
    });
    let per_page = per_page.unwrap_or(20) as usize;
    let calendar = f.text(&st::CALENDAR).map(str::trim).map(String::from).filter(|name| {
        let fits = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']);
        if !fits {
            let d = Diagnostic::new("SRC008", Severity::Error, say!("`calendar` 不能是 `{name}`", "`calendar` cannot be `{name}`"));
            f.report(
                &st::CALENDAR,
                d.hint(say!(
                    "写 cn，或 content/calendar/ 下一个目录的名字；现按未填处理",
                    "write cn, or the name of a folder below content/calendar/; it is taken as empty for now"
                )),
            );
        }
        fits
    });
    let home = blocks(&mut f, &st::HOME, &languages);
    let foot_links = f.entries(&st::FOOT_LINKS).iter().filter_map(|n| {
        let mut l = f.within(&st::FOOT_LINKS, n);
        let link = (say_in(&mut l, &st::foot_link::TITLE), web(&mut l, &st::foot_link::URL));
        l.finish();
        Some((link.0, link.1?))
    });
    let foot_links = foot_links.collect();
    let look = look(&mut f, &languages);
    let report_to = f.text(&st::REPORT_TO).and_then(|t| crate::load::web::allowed(&mut f, &st::REPORT_TO, t));
    let identity = f.map(&st::IDENTITY).map_or(Identity::default(), |mut i| {
        let id = Identity {
            site_id_code: i.text(&st::identity::SITE_ID_CODE).map(String::from),
            organizer: say_in(&mut i, &st::identity::ORGANIZER),
            operator: say_in(&mut i, &st::identity::OPERATOR),
            contact: say_in(&mut i, &st::identity::CONTACT),
            icp: i.text(&st::identity::ICP).map(String::from),
            police: i.text(&st::identity::POLICE).map(String::from),
            badge_url: web(&mut i, &st::identity::BADGE_URL),
        };
        i.finish();
        id
    });
    let own = own_types(&mut f, &languages);
    let disclosure = disclosure(&mut f, profile);
    let channels = f.map(&st::CONTACT).map_or(Vec::new(), |mut c| {
        let list = channels::channels(&mut c);
        c.finish();
        list
    });
    // Word files cost as much as all else of a build together: they are made where somebody asks for them.
    let word = st::outputs::DOCX.key;
    let off = f.map(&st::OUTPUTS).map_or(vec![word], |mut o| {
        let off = st::outputs::RECORD.all().filter(|w| !o.flag(w).unwrap_or(w.key != word)).map(|w| w.key).collect();
        o.finish();
        off
    });
    let csp = hosts::hosts(&mut f, &languages);
    let security = security(&mut f);
    let list = f.text(&st::WORDS).map(|t| t.trim_start_matches("./").to_string());
    let list_at = f.node(&st::WORDS).map(|n| source.span(n.start as usize, n.end as usize));
    let mut config = Config {
        root: root.to_path_buf(),
        source: source.clone(),
        title,
        description,
        base_url,
        base_path,
        host: f.choice(&st::HOST, HOSTS),
        signed: over.signed.clone(),
        profile,
        unsure,
        types: own.types,
        said: own.said,
        templates: own.templates,
        theme: f.text(&st::THEME).unwrap_or("civic").to_string(),
        tz,
        content: if content.is_empty() { vec!["content".into()] } else { content },
        git: f.flag(&st::GIT).unwrap_or(true),
        // A word that cannot be read is told; that the site may be no demonstration does not follow from it.
        demo: f.flag(&st::DEMO).unwrap_or_else(|| !f.empty(&st::DEMO)),
        as_of: f.moment(&st::AS_OF),
        calendar: calendar.or((profile != Profile::Generic).then(|| "cn".into())),
        ics: f.flag(&st::ICS).unwrap_or(true),
        off,
        csp,
        security,
        per_page,
        allow_html: f.flag(&st::ALLOW_HTML).unwrap_or(false),
        keep_image_metadata: f.flag(&st::KEEP_IMAGE_METADATA).unwrap_or(false),
        identity,
        interpretation_days: f.count(&st::INTERPRETATION_DAYS).unwrap_or(3) as i32,
        reply_workdays: f.count(&st::REPLY_WORKDAYS).filter(|n| (1..=250).contains(n)).unwrap_or(5),
        style_guide: f.flag(&st::STYLE_GUIDE).unwrap_or(false),
        offline: f.flag(&st::OFFLINE),
        scorecards: scorecards(&mut f),
        home,
        owners,
        report_to,
        look,
        foot_links,
        allowed: allowed(&mut f),
        disclosure,
        channels,
        words: words::Words::default(),
        extra: f.free(&st::EXTRA),
        languages,
    };
    f.finish();
    config.words = words::words(list.as_deref(), list_at, root, out);
    config
}

/// `look:`. That the files are there and the variables known is looked at with the theme.
fn look(f: &mut Fields<'_, '_>, languages: &[Language]) -> Look {
    use st::look as lk;
    let mut out = Look::default();
    let Some(mut l) = f.map(&st::LOOK) else { return out };
    for (field, place) in [&lk::LOGO, &lk::FAVICON, &lk::PICTURE].into_iter().zip(&mut out.files) {
        let at = l.node(field).map(|n| (n.start, n.end));
        let Some((path, at)) = l.text(field).map(String::from).zip(at) else { continue };
        match path.strip_prefix('/') {
            Some(name) => *place = Some((name.to_string(), at)),
            None => {
                let d = Diagnostic::new("THM004", Severity::Error, say!("`{path}` 不是本站的文件", "`{path}` is no file of this site"));
                l.report(
                    field,
                    d.hint(say!("放进 static/，写以 / 开头的路径，如 /logo.svg", "put it into static/ and write its path beginning with /, such as /logo.svg")),
                );
            }
        }
    }
    out.cards = l.count(&lk::CARDS).unwrap_or(0) as usize;
    out.at = l.node(&lk::COLORS).map_or((0, 0), |n| (n.start, n.end));
    let told = |v: &serde_json::Value| v.as_str().map_or_else(|| v.to_string(), String::from);
    if let serde_json::Value::Object(colors) = l.free(&lk::COLORS) {
        for (name, value) in &colors {
            match value {
                serde_json::Value::Object(of) if name == "dark" => out.dark.extend(of.iter().map(|(n, v)| (n.clone(), told(v)))),
                v => out.colors.push((name.clone(), told(v))),
            }
        }
    }
    out.footer = l.lang_text(&lk::FOOTER).map_or(Localized::default(), |t| Localized::from(t, languages).0);
    l.finish();
    out
}

/// `security:`
fn security(f: &mut Fields<'_, '_>) -> Option<Security> {
    use st::security as sec;
    let mut s = f.map(&st::SECURITY)?;
    let mut contact = Vec::new();
    for (text, node) in s.list(&sec::CONTACT) {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let bare = text.trim();
        match bare {
            t if t.starts_with("tel:") && t.chars().all(|c| !c.is_control()) => contact.push(t.split_whitespace().collect()),
            // Anything else would write fields of its own.
            t if t.contains(char::is_control) || t.starts_with("https://") && t.contains(char::is_whitespace) => {
                let d = Diagnostic::new("SRC008", Severity::Error, say!("联系办法里有空白或换行", "the contact has a blank or a line end in it"));
                s.report_at(node.start, node.end, d.hint(say!("一项一行，一项一个地址", "one address an entry")));
            }
            t if t.starts_with("https://") || t.starts_with("mailto:") => contact.push(t.to_string()),
            t if t.contains('@') && !t.contains(char::is_whitespace) => contact.push(format!("mailto:{t}")),
            t if digits >= 5 && t.bytes().all(|b| b.is_ascii_digit() || b"+-() ".contains(&b)) => {
                contact.push(format!("tel:{}", t.chars().filter(|c| !matches!(c, ' ' | '(' | ')')).collect::<String>()));
            }
            _ => {
                let d = Diagnostic::new(
                    "SRC008",
                    Severity::Error,
                    say!("`{bare}` 不是邮箱、电话或 https 网址", "`{bare}` is no mail address, telephone or https address"),
                );
                s.report_at(node.start, node.end, d.hint(say!("例如 security@example.gov.cn", "for example security@example.gov")));
            }
        }
    }
    let out = Security {
        contact,
        policy: web(&mut s, &sec::POLICY),
        encryption: web(&mut s, &sec::ENCRYPTION),
        expires: s.date(&sec::EXPIRES),
        at: s.node(&sec::EXPIRES).map_or((0, 0), |n| (n.start, n.end)),
    };
    if s.empty(&sec::CONTACT) {
        s.missing(&sec::CONTACT);
    }
    s.finish();
    (!out.contact.is_empty()).then_some(out)
}

/// `disclosure:`
fn disclosure(f: &mut Fields<'_, '_>, profile: Profile) -> Disclosure {
    use crate::schema::words;
    use st::disclosure as dis;
    let mut out = Disclosure { chinese: profile != Profile::Generic, ..Disclosure::default() };
    let Some(mut d) = f.map(&st::DISCLOSURE) else { return out };
    if let Some(scheme) = d.choice(&dis::SCHEME, words::SCHEMES) {
        out.chinese = scheme == "cn";
    }
    let level = d.text(&dis::LEVEL).map(String::from);
    out.level =
        level.and_then(|l| words::GOVERNMENT_LEVELS.iter().find(|(w, _)| *w == l).map(|(_, c)| *c).or_else(|| d.choice(&dis::LEVEL, words::GOVERNMENT_LEVELS)));
    if let Some(numbers) = d.choice(&dis::INDEX_SCHEME, words::INDEX_SCHEMES).and_then(numbers::Numbers::scheme) {
        out.numbers = numbers;
    }
    let own = d.text(&dis::INDEX_PATTERN).map(numbers::Numbers::pattern);
    match own {
        Some(Ok(n)) => out.numbers = n,
        Some(Err((zh, en))) => {
            let d8 = Diagnostic::new("SRC008", Severity::Error, say!("`index_pattern` 读不懂：{zh}", "`index_pattern` is not understood: {en}"));
            d.report(&dis::INDEX_PATTERN, d8.hint(say!("例如 YT-{{code}}-{{year}}-{{n:5}}", "for example YT-{{code}}-{{year}}-{{n:5}}")));
        }
        None => {}
    }
    d.finish();
    out
}

/// `allow_personal:` of the site: `{file, reason, approved_by, until}`.
fn allowed(f: &mut Fields<'_, '_>) -> Vec<(String, jiff::civil::Date)> {
    let mut out = Vec::new();
    for node in f.entries(&st::ALLOW_PERSONAL) {
        let mut a = f.within(&st::ALLOW_PERSONAL, node);
        let told = [&st::allow::FILE, &st::allow::REASON, &st::allow::APPROVED_BY].map(|w| (w, a.text(w)));
        let until = a.date(&st::allow::UNTIL);
        for (wanted, there) in told.map(|(k, t)| (k, t.is_some())).into_iter().chain([(&st::allow::UNTIL, until.is_some())]) {
            if !there {
                a.missing(wanted);
            }
        }
        a.finish();
        if let ([(_, Some(file)), (_, Some(_)), (_, Some(_))], Some(until)) = (told, until) {
            out.push((file.trim_start_matches("./").to_string(), until));
        }
    }
    out
}

fn web(f: &mut Fields<'_, '_>, field: &'static Field) -> Option<String> {
    crate::load::web::address(f, field)
}

/// `content:` is a list of folders; `{path: dept-a/content, owner: dept-a}` names who answers for one.
fn folders(f: &mut Fields<'_, '_>) -> (Vec<String>, Vec<(String, String)>) {
    let (mut content, mut owners) = (Vec::new(), Vec::new());
    let mut seen = rustc_hash::FxHashSet::default();
    for node in f.entries(&st::CONTENT) {
        let (path, owner) = match node.text() {
            Some(t) => (Some(t.to_string()), None),
            None => {
                let mut c = f.within(&st::CONTENT, node);
                let got = (c.text(&st::folder::PATH).map(String::from), c.text(&st::folder::OWNER).map(String::from));
                if got.0.is_none() {
                    c.missing(&st::folder::PATH);
                }
                c.finish();
                got
            }
        };
        let Some(path) = path.map(|p| p.trim_start_matches("./").trim_matches('/').to_string()) else { continue };
        if !seen.insert(path.clone()) {
            let d = Diagnostic::new("SRC009", Severity::Error, say!("内容目录 `{path}` 写了两次", "the content folder `{path}` is there twice"));
            f.report_at(node.start, node.end, d.hint(say!("删去其中一个", "remove one of them")));
            continue;
        }
        owners.extend(owner.map(|o| (path.clone(), o)));
        content.push(path);
    }
    (content, owners)
}

/// `languages:` is a list of tags; `{tag: zh-Hant, from: zh-Hans}` is made from another by table.
fn languages(f: &mut Fields<'_, '_>) -> Vec<Language> {
    let mut list: Vec<Language> = Vec::new();
    for node in f.entries(&st::LANGUAGES) {
        let (tag, from) = match node.text() {
            Some(t) => (Some(t.to_string()), None),
            None => {
                let mut l = f.within(&st::LANGUAGES, node);
                let got = (l.text(&st::language::TAG).map(String::from), l.text(&st::language::FROM).map(String::from));
                if got.0.is_none() {
                    l.missing(&st::language::TAG);
                }
                l.finish();
                got
            }
        };
        let Some(tag) = tag else { continue };
        let tag = match whole_tag(&tag).filter(|w| *w != tag) {
            Some(whole) => {
                let d = Diagnostic::new("SRC008", Severity::Error, say!("语言标签 `{tag}` 应写作 `{whole}`", "the language tag `{tag}` is written `{whole}`"));
                let hint = say!("改成 `{whole}`；现按它处理", "make it `{whole}`, for which it is taken for now");
                f.report_at(node.start, node.end, d.hint(hint));
                if list.iter().any(|l| l.tag == whole) {
                    continue;
                }
                whole.to_string()
            }
            None => tag,
        };
        let fault = if !tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') || tag.is_empty() || list.iter().any(|l| l.tag == tag) {
            Some(if list.iter().any(|l| l.tag == tag) {
                say!("语言标签 `{tag}` 重复", "the language tag `{tag}` is there twice")
            } else {
                say!("`{tag}` 不是语言标签", "`{tag}` is no language tag")
            })
        } else if from.is_some() && (tag != "zh-Hant" || from.as_deref() != Some("zh-Hans") || !list.iter().any(|l| l.tag == "zh-Hans")) {
            Some(say!("只有 zh-Hant 可以由排在前面的 zh-Hans 转换", "only zh-Hant can be made, from a zh-Hans that stands before it"))
        } else {
            None
        };
        if let Some(message) = fault {
            f.report_at(
                node.start,
                node.end,
                Diagnostic::new("SRC008", Severity::Error, message)
                    .hint(say!("例如 [zh-Hans, {{tag: zh-Hant, from: zh-Hans}}, en]", "for example [zh-Hans, {{tag: zh-Hant, from: zh-Hans}}, en]")),
            );
            continue;
        }
        let prefix = if list.is_empty() { String::new() } else { format!("{}/", tag.to_ascii_lowercase()) };
        let from = from.and_then(|f| list.iter().position(|l| l.tag == f));
        list.push(Language { tag, prefix, from });
    }
    if list.is_empty() {
        list.push(Language { tag: "zh-Hans".into(), prefix: String::new(), from: None });
    }
    list
}

/// The tag of a language that is written in another way, or by its name.
fn whole_tag(tag: &str) -> Option<&'static str> {
    Some(match tag.to_lowercase().replace('_', "-").as_str() {
        "zh" | "zh-cn" | "zh-hans" | "zh-hans-cn" | "cn" | "chinese" | "中文" | "汉语" | "简体" | "简体中文" => "zh-Hans",
        "zh-tw" | "zh-hk" | "zh-hant" | "繁体" | "繁體" | "繁体中文" | "繁體中文" => "zh-Hant",
        "english" | "eng" | "英文" | "英语" => "en",
        "french" | "法文" | "法语" => "fr",
        "russian" | "俄文" | "俄语" => "ru",
        "japanese" | "jp" | "日文" | "日语" => "ja",
        "korean" | "kr" | "韩文" | "韩语" => "ko",
        _ => return None,
    })
}

/// The address of the site. What is no address stops a build: it would be written into every page.
fn base_url(flag: Option<&str>, f: &mut Fields<'_, '_>) -> String {
    const LOCAL: &str = "http://localhost:8000/";
    let file = f.text(&st::BASE_URL).map(String::from);
    // Nothing behind it is no choice of this machine's address: pages would be published with it.
    if flag.is_none() && file.is_none() && f.has(&st::BASE_URL) {
        let d = Diagnostic::new("SRC040", Severity::Error, say!("`base_url` 是空的", "`base_url` is empty"));
        let hint = say!(
            "写网站的地址，例如 https://www.example.gov.cn/；还没有地址，就删去这一行",
            "write the address of the site, such as https://www.example.gov/; where there is none yet, leave the line out"
        );
        f.report(&st::BASE_URL, d.hint(hint).blocking());
    }
    let Some(given) = flag.or(file.as_deref()) else { return LOCAL.into() };
    match address::parse(given) {
        Ok(url) => url,
        Err(why) => {
            let (zh, en) = (why.zh, why.en);
            let d = |what: &str| {
                Diagnostic::new("SRC040", Severity::Error, say!("`{what}` 不是网站地址：{zh}：`{given}`", "`{what}` is no address of a site: {en}: `{given}`"))
                    .hint(say!(
                        "例如 https://www.example.gov.cn/ 或 https://example.org/data/",
                        "for example https://www.example.gov/ or https://example.org/data/"
                    ))
                    .blocking()
            };
            match flag {
                Some(_) => f.out(d("--base-url")),
                None => f.report(&st::BASE_URL, d("base_url")),
            }
            LOCAL.into()
        }
    }
}

impl Config {
    /// An output for machines is written, by its field of `outputs:`.
    pub fn writes(&self, output: &Field) -> bool {
        !self.off.contains(&output.key)
    }

    /// Why the address cannot be that of a live site, where the site is not said to be a demonstration or fixed on a day.
    pub fn placeholder(&self) -> Option<Diagnostic> {
        if self.demo || self.as_of.is_some() || !address::is_placeholder(&self.base_url) {
            return None;
        }
        let text = say!("网站地址 {} 只能在本机或示例里用", "the address of the site, {}, is one for this machine or for examples", self.base_url);
        let hint = say!(
            "在 site.yaml 的 base_url 写正式地址；示范站写 demo: true",
            "write the real address to base_url of site.yaml; a demonstration says demo: true"
        );
        Some(Diagnostic::new("SRC042", Severity::Warn, text).at(crate::diag::Span::file("site.yaml")).hint(hint))
    }

    /// The language the tool speaks by default: the site's.
    pub fn tongue(&self) -> Tongue {
        Tongue::of(self.languages.first().map_or("", |l| l.tag.as_str()))
    }
}
