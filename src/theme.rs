//! Themes: templates, assets and messages, layered over the embedded default.
//!
//! `themes/<name>/theme.yaml` may say `extends: <other>`; every theme ends in
//! `civic`, which is embedded. A project overrides one template, one asset or
//! one message and inherits the rest.

mod bounds;
mod components;
pub mod eject;
mod kept;
mod look;
mod messages;
mod tongue;
mod words;

pub use components::{Both, Component};
pub use messages::Messages;

use crate::config::Config;
use crate::diag::{Diagnostic, Report, Severity, Span, say};
use crate::load::{Fields, Limits, Source, parse_yaml, read_text};
use crate::schema::look::theme as lk;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use tera::Tera;

include!(concat!(env!("OUT_DIR"), "/civic.rs"));

/// A file of the theme that the site ships.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Name in templates: `css/site.css`.
    pub name: String,
    /// Path in the site, with a piece of the hash: `assets/css/site.0a1b2c3d.css`.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A theme ready to render.
pub struct Theme {
    /// One engine a language, in the order of the site's languages.
    engines: Vec<Tera>,
    /// The same with counters in their templates, where the project has templates of its own.
    watched: Vec<Tera>,
    /// Messages a language.
    pub messages: Vec<Messages>,
    /// What of `look:` is used.
    pub look: look::Used,
    /// Assets by name.
    pub assets: Vec<Asset>,
    /// Components, by name.
    pub components: Vec<Component>,
    /// The font of share images, `fonts/share.otf`.
    pub share_font: Vec<u8>,
    /// Templates that types of the site's own name and nobody has.
    pub lacks: Vec<&'static str>,
    /// Registers are written by our own templates, which take finished rows too.
    pub own_register: bool,
}

impl Theme {
    /// A template with what it is given, into `out`. A project's own templates have a bound of steps and bytes.
    pub fn put(&self, lang: usize, template: &str, context: &tera::Context, out: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
        let Some(engine) = self.watched.get(lang) else {
            return self.engines[lang].render_to(template, context, out).map_err(|e| Box::new(template_fault(&e)));
        };
        bounds::begin();
        engine.render_to(template, context, out).map_err(|e| {
            Box::new(bounds::fault(&e).unwrap_or_else(|| {
                // What is wrong is told of the text that was written, not of that with counters.
                let plain = self.engines[lang].render_to(template, context, std::io::sink());
                template_fault(&plain.err().unwrap_or(e))
            }))
        })
    }

    /// The same as text, of a view model.
    pub fn part<V: serde::Serialize>(&self, lang: usize, template: &str, view: &V) -> Result<String, Box<Diagnostic>> {
        let context = tera::Context::from_serialize(view).map_err(|e| Box::new(template_fault(&e)))?;
        let mut out = Vec::with_capacity(1 << 10);
        self.put(lang, template, &context, &mut out)?;
        Ok(String::from_utf8(out).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()))
    }
}

/// One layer of a theme: its name for findings, its files.
struct Layer {
    name: String,
    files: BTreeMap<String, Vec<u8>>,
}

/// Loads the theme of the site. `None` if it cannot be used; the findings say why.
pub fn load(config: &Config, report: &mut Report) -> Option<Theme> {
    let layers = layers(config, report)?;
    let mut files = joined(shipped(&layers));
    let sheet = files.entry("css/civic.css".into()).or_default();
    let look = look::used(config, sheet, report);
    sheet.extend(look.css.as_bytes());
    let assets = hashed(files);
    let mut lacks = Vec::new();
    for (name, at) in &config.templates {
        if !layers.iter().any(|l| l.files.contains_key(&format!("templates/pages/{name}.html"))) {
            lacks.push(*name);
            let text = say!("主题里没有模板 pages/{name}.html", "the theme has no template pages/{name}.html");
            let d = Diagnostic::new("TYP001", Severity::Error, text).at(config.source.span(at.0 as usize, at.1 as usize));
            let theme = &config.theme;
            report.push(d.hint(say!(
                "放在 themes/{theme}/templates/pages/{name}.html，或删去 template 用通用的；暂用通用的",
                "put it at themes/{theme}/templates/pages/{name}.html, or delete template; the general one is used for now"
            )));
        }
    }
    let (mut engines, mut watched, mut messages) = (Vec::new(), Vec::new(), Vec::new());
    for language in &config.languages {
        let m = messages::load(&layers.iter().map(|l| (l.name.as_str(), &l.files)).collect::<Vec<_>>(), &language.tag, config, report);
        match engine(&layers, &m, &assets, &look, config) {
            Ok((t, w)) => {
                engines.push(t);
                watched.extend(w);
            }
            Err(e) => {
                report.push(template_fault(&e));
                return None;
            }
        }
        messages.push(m);
    }
    if watched.len() < engines.len() {
        watched.clear();
    }
    let files: Vec<_> = layers.iter().map(|l| (l.name.as_str(), &l.files)).collect();
    let components = if config.style_guide { components::load(&files, config, report) } else { Vec::new() };
    let share_font = layers.iter().find_map(|l| l.files.get("fonts/share.otf").or(l.files.get("fonts/share.ttf"))).cloned().unwrap_or_default();
    let of_register = ["components/register/register.html", "pages/disclosure_table.html", "pages/disclosure_requests.html"];
    let own = |t: &&str| layers.iter().filter(|l| l.files.contains_key(&format!("templates/{t}"))).count() == 1;
    let own_register = of_register.iter().all(own);
    Some(Theme { look, engines, watched, messages, assets, components, share_font, lacks, own_register })
}

/// The font of share images cannot be read.
pub fn font_fault() -> Diagnostic {
    Diagnostic::new("THM001", Severity::Error, say!("主题的 fonts/share.otf 不是字体", "fonts/share.otf of the theme is no font"))
        .hint(say!("放一个 OpenType 字体，或删去它用自带的", "put an OpenType font there, or remove it to use the built-in one"))
        .blocking()
}

/// A finding from the engine's own report, which names template, line and column.
pub fn template_fault(e: &tera::Error) -> Diagnostic {
    let mut text = e.to_string();
    let mut source = std::error::Error::source(e);
    while let Some(s) = source {
        text.push_str(&format!("\n{s}"));
        source = s.source();
    }
    Diagnostic::new("THM001", Severity::Error, say!("模板有误：{text}", "fault in a template: {text}"))
        .hint(say!("按上面的文件与行列修改主题模板", "mend the template at the file and line above"))
        .blocking()
}

/// A page went beyond what a template may cost: others of it would too.
pub fn over(d: &Diagnostic) -> bool {
    d.code == "THM001" && d.span.is_some()
}

/// One hash of all files of all layers, the embedded ones too.
pub fn digest(config: &Config) -> [u8; 32] {
    let mut out = Sha256::new();
    for layer in layers(config, &mut Report::new()).unwrap_or_default() {
        layer.files.iter().for_each(|(name, bytes)| crate::load::digest::put(&mut out, name, bytes));
    }
    out.finalize().into()
}

/// From the project's theme down to the embedded one.
fn layers(config: &Config, report: &mut Report) -> Option<Vec<Layer>> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut name = config.theme.clone();
    loop {
        let dir = config.root.join("themes").join(&name);
        let fit = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
        let here = fit && dir.is_dir();
        if !here && name != "civic" {
            report.push(
                Diagnostic::new("THM003", Severity::Error, say!("没有主题 `{name}`", "there is no theme `{name}`"))
                    .at(Span::file("site.yaml"))
                    .hint(say!(
                        "把主题放在 themes/{name}/，或删去 theme: 用自带的 civic",
                        "put the theme in themes/{name}/, or drop theme: to use civic, which is built in"
                    ))
                    .blocking(),
            );
            return None;
        }
        if layers.iter().any(|l| l.name == name) {
            report.push(
                Diagnostic::new("THM003", Severity::Error, say!("主题 `{name}` 的 extends 成环", "extends of the theme `{name}` goes in a circle"))
                    .at(Span::file(&format!("themes/{name}/theme.yaml")))
                    .blocking(),
            );
            return None;
        }
        let mut next = "civic".to_string();
        if here {
            let files = files(&config.root, &dir, &name, report);
            if let Some(parent) = extends(&files, &name, config, report) {
                next = parent;
            }
            layers.push(Layer { name: name.clone(), files });
        }
        if name == "civic" {
            break;
        }
        name = next;
    }
    let embedded = CIVIC.iter().map(|(n, b)| (n.to_string(), b.to_vec())).collect();
    layers.push(Layer { name: "civic".into(), files: embedded });
    Some(layers)
}

fn extends(files: &BTreeMap<String, Vec<u8>>, name: &str, config: &Config, report: &mut Report) -> Option<String> {
    let text = String::from_utf8(files.get("theme.yaml")?.clone()).ok()?;
    let source = Source::new(format!("themes/{name}/theme.yaml"), text);
    let mut out = Vec::new();
    let mut parent = None;
    if let Some(node) = parse_yaml(&source, 0..source.text.len(), &mut out) {
        let mut f = Fields::new(&lk::RECORD, &source, &node, &config.tz, &mut out);
        parent = f.text(&lk::EXTENDS).map(String::from);
        let _ = (f.text(&lk::TITLE), f.text(&lk::VERSION), f.text(&lk::LICENSE));
        f.finish();
    }
    for d in out {
        report.push(d);
    }
    parent
}

fn files(root: &Path, dir: &Path, name: &str, report: &mut Report) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    for entry in walkdir::WalkDir::new(dir).max_depth(16).sort_by_file_name() {
        let Ok(entry) = entry else {
            report.push(
                Diagnostic::new("SRC003", Severity::Error, say!("主题目录无法读取", "the theme's folder cannot be read"))
                    .at(Span::file(&format!("themes/{name}")))
                    .blocking(),
            );
            continue;
        };
        let hidden = entry.path().strip_prefix(dir).is_ok_and(|p| p.components().any(|c| c.as_os_str().to_string_lossy().starts_with('.')));
        if !entry.file_type().is_file() || hidden {
            continue;
        }
        let rel = entry.path().strip_prefix(dir).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        let shown = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        if rel.ends_with(".html") || rel.ends_with(".yaml") {
            match read_text(entry.path(), &shown, &Limits::default()) {
                Ok(t) => drop(out.insert(rel, String::from(t).into_bytes())),
                Err(d) => report.push(*d),
            }
            continue;
        }
        #[expect(clippy::disallowed_methods, reason = "theme is one of the two stages that read")]
        match std::fs::read(entry.path()) {
            Ok(b) => drop(out.insert(rel, b)),
            Err(e) => report.push(Diagnostic::new("SRC003", Severity::Error, crate::diag::unread(&e)).at(Span::file(&shown)).blocking()),
        }
    }
    out
}

/// Assets of all layers, the topmost of each name.
fn shipped(layers: &[Layer]) -> BTreeMap<&str, &Vec<u8>> {
    let mut out: BTreeMap<&str, &Vec<u8>> = BTreeMap::new();
    for layer in layers.iter().rev() {
        for (name, bytes) in &layer.files {
            // A script that is ours to the byte is published as ours; a changed one as it is.
            let ours = WRITTEN.iter().any(|(n, b)| n == name && b == bytes);
            if let Some(n) = name.strip_prefix("assets/").filter(|_| !ours) {
                out.insert(n, bytes);
            }
        }
    }
    out
}

/// Assets with their addresses.
fn hashed(files: BTreeMap<String, Vec<u8>>) -> Vec<Asset> {
    files
        .into_iter()
        .map(|(name, bytes)| {
            // Other sites and programs name these: their addresses stay.
            if name.starts_with("search/") {
                return Asset { path: name.clone(), bytes, name };
            }
            let hash = crate::output::hex(&Sha256::digest(&bytes)[..4]);
            let path = match name.rsplit_once('.') {
                Some((stem, ext)) => format!("assets/{stem}.{hash}.{ext}"),
                None => format!("assets/{name}.{hash}"),
            };
            Asset { name, path, bytes }
        })
        .collect()
}

/// Style sheets in a folder, `css/civic/10-tokens.css`, are one file for the reader, `css/civic.css`,
/// in the order of their names: a project overrides one of them and readers still fetch one. What a project adds to
/// `css/civic/` stands in `css/content.css` too, which comes after it: its rules are the last word on every page.
fn joined(files: BTreeMap<&str, &Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut out: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let built_in = |name: &str| CIVIC.iter().any(|(n, _)| n.strip_prefix("assets/") == Some(name));
    let own = |name: &str| name.starts_with("css/civic/") && name.ends_with(".css") && !built_in(name);
    let added: Vec<u8> = files.iter().filter(|(name, _)| own(name)).flat_map(|(_, bytes)| bytes.iter().copied()).collect();
    let mut files = files;
    // Before what print says.
    files.insert("css/content/80-added.css", &added);
    for (name, bytes) in files {
        let parts: Vec<&str> = name.split('/').collect();
        match parts[..] {
            ["css", sheet, part] if part.ends_with(".css") => out.entry(format!("css/{sheet}.css")).or_default().extend(bytes),
            _ => out.entry(name.to_string()).or_default().extend(bytes),
        }
    }
    out
}

/// The colour of the built-in theme.
pub const BRAND: &str = "#16405b";

/// The Content-Security-Policy of every page. `frame-ancestors` counts in a header only.
pub fn security_policy(config: &Config) -> String {
    let mut out = String::from(
        "default-src 'none'; script-src 'self'SCRIPTS; style-src 'self'; img-src 'self' data:IMAGES; font-src 'self'; connect-src 'self'CONNECT; media-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'FORMS; require-trusted-types-for 'script'; trusted-types clerestory-search",
    );
    // The second lets the worker be registered.
    if config.offline == Some(true) {
        out.push_str(" clerestory-offline");
    }
    // Forms go to this site and to the channels of `contact:`, and nowhere else.
    let mut hosts: Vec<&str> = config.channels.iter().filter(|c| c.method.is_some()).filter_map(|c| c.origin()).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let forms: String = hosts.iter().map(|h| format!(" {h}")).collect();
    let list = |hosts: &[String]| hosts.iter().map(|h| format!(" {h}")).collect::<String>();
    let csp = &config.csp;
    for (place, hosts) in [("FORMS", forms), ("SCRIPTS", list(&csp.script)), ("IMAGES", list(&csp.img)), ("CONNECT", list(&csp.connect))] {
        out = out.replace(place, &hosts);
    }
    if config.base_url.starts_with("https://") {
        out.push_str("; upgrade-insecure-requests");
    }
    out
}

/// The templates of all layers in one engine. `pages/x.html` finds the topmost
/// layer; `civic/pages/x.html` names one, so that an override may extend what it overrides.
fn engine(layers: &[Layer], messages: &Messages, assets: &[Asset], look: &look::Used, config: &Config) -> Result<(Tera, Option<Tera>), tera::Error> {
    let mut tera = Tera::new();
    // A project's own `themes/civic` lies over the embedded one: the lower is then called `builtin`.
    let names: Vec<String> =
        layers.iter().enumerate().map(|(i, l)| if layers[..i].iter().any(|o| o.name == l.name) { "builtin".into() } else { l.name.clone() }).collect();
    tera.set_fallback_prefixes(names.iter().map(|n| format!("{n}/")))?;
    let base = config.base_path.clone();
    let asset_urls: BTreeMap<String, String> = assets.iter().map(|a| (a.name.clone(), format!("{base}{}", crate::route::encode(&a.path)))).collect();
    let m = messages.clone();
    tera.register_function("t", move |args: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<tera::Value> {
        let key: String = args.must_get("key")?;
        let mut named: Vec<(String, String)> = Vec::new();
        for (k, v) in args.iter() {
            named.push((k.to_string(), v.to_string()));
        }
        let text = m.get(&key, &named).ok_or_else(|| tera::Error::message(format!("there is no message `{key}` in i18n/")))?;
        // In the text of a page, a message in another language tells so; an attribute cannot.
        Ok(match args.get::<bool>("marked")? {
            Some(true) => tera::Value::safe_string(&m.marked(&key, escape(&text))),
            _ => tera::Value::normal_string(&text),
        })
    });
    let tag = messages.tag().to_string();
    // `told(text=description)`: what authors wrote; Chinese on a page in another language is marked as such.
    let (own, word) = (tag.clone(), messages.say("lang.chinese"));
    tera.register_function("told", move |args: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<tera::Value> {
        Ok(tera::Value::safe_string(&tongue::told(&args.must_get::<Cow<'_, str>>("text")?, &own, &word)))
    });
    // `held(text=heading)`: a heading of Chinese whose words are not torn at the end of a line.
    let own = tag.clone();
    tera.register_function("held", move |args: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<tera::Value> {
        Ok(tera::Value::safe_string(&words::held(&args.must_get::<Cow<'_, str>>("text")?, &own)))
    });
    // `parts(text=facts)`: facts that stand beside each other, apart by space.
    tera.register_function("parts", move |args: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<tera::Value> {
        Ok(tera::Value::safe_string(&kept::parts(&args.must_get::<Cow<'_, str>>("text")?)))
    });
    // `kept(text=value)`: numbers of documents, days, and numbers with their units are not torn at the end of a line.
    tera.register_function("kept", move |args: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<tera::Value> {
        Ok(tera::Value::safe_string(&kept::kept(&args.must_get::<Cow<'_, str>>("text")?)))
    });
    // `dir()` for the page, `dir(of="en")` for a part of it: the attribute, where one is needed.
    tera.register_function("dir", move |args: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<tera::Value> {
        Ok(tera::Value::safe_string(&match args.get::<String>("of")? {
            Some(of) => messages::turned(&tag, &of),
            None => messages::turned("en", &tag),
        }))
    });
    // `look(part="logo")`: the address of a picture of `look:`, empty without one; `look(part="brand")` its colour.
    let pictures = look.clone();
    let root = base.clone();
    tera.register_function("look", move |args: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<tera::Value> {
        let part: String = args.must_get("part")?;
        let of = |place: usize| pictures.files[place].as_ref().map_or(String::new(), |f| format!("{root}{}", crate::route::encode(f)));
        Ok(tera::Value::normal_string(&match part.as_str() {
            "logo" => of(crate::config::LOGO),
            "favicon" => of(crate::config::FAVICON),
            "picture" => of(crate::config::PICTURE),
            "brand" => pictures.brand.clone().unwrap_or_else(|| BRAND.into()),
            _ => return Err(tera::Error::message(format!("look() has logo, favicon, picture and brand, not `{part}`"))),
        }))
    });
    let urls = asset_urls.clone();
    tera.register_function("asset", move |args: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<tera::Value> {
        let name: String = args.must_get("name")?;
        urls.get(&name).map(|u| tera::Value::normal_string(u)).ok_or_else(|| tera::Error::message(format!("the theme has no asset `{name}`")))
    });
    tera.register_function("url", move |args: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<tera::Value> {
        let path: String = args.must_get("path")?;
        Ok(tera::Value::normal_string(&format!("{base}{}", path.trim_start_matches('/'))))
    });
    let policy = security_policy(config);
    let csp = policy.clone();
    tera.register_function("policy", move |_: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<tera::Value> { Ok(tera::Value::normal_string(&csp)) });
    let mut templates = Vec::new();
    for (layer, prefix) in layers.iter().zip(&names) {
        for (name, bytes) in &layer.files {
            if let Some(n) = name.strip_prefix("templates/")
                && n.ends_with(".html")
            {
                templates.push((format!("{prefix}/{n}"), fixed(&String::from_utf8_lossy(bytes), messages, &asset_urls, &policy)));
            }
        }
    }
    tera.add_raw_templates(templates.iter().map(|(n, t)| (n.as_str(), t.as_str())))?;
    // A copy of a built-in one is none of one's own.
    let built_in = |n: &str, b: &Vec<u8>| layers.last().and_then(|l| l.files.get(n)) == Some(b);
    let written = |(n, b): (&String, &Vec<u8>)| n.starts_with("templates/") && n.ends_with(".html") && !built_in(n, b);
    let own = layers.iter().rev().skip(1).any(|l| l.files.iter().any(written));
    let watched = if own { bounds::watched(&tera, &names, &templates) } else { None };
    Ok((tera, watched))
}

/// Puts messages without arguments and asset addresses into the template text,
/// once, instead of looking them up on every page. Only the exact spelling
/// `{{ t(key="…") }}`, `{{ asset(name="…") }}` or `{{ policy() }}` is replaced; the line stays the line.
/// A message that another language stands in for is marked as such where it is text.
fn fixed(text: &str, messages: &Messages, assets: &BTreeMap<String, String>, policy: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut place = Place::default();
    while let Some(i) = rest.find("{{ ") {
        out.push_str(&rest[..i]);
        place.pass(&rest[..i]);
        let tail = &rest[i..];
        let marked = messages.mixed() && place.is_text();
        let end = tail.find(" }}").map_or(tail.len(), |end| end + 3);
        let found = tail.find(" }}").and_then(|end| {
            let inner = &tail[3..end];
            let one = |head: &str| inner.strip_prefix(head)?.strip_suffix("\")").filter(|k| !k.contains('"'));
            let message = |k: &str| {
                let text = escape(&messages.get::<&str, &str>(k, &[])?);
                Some(if marked { messages.marked(k, text) } else { text })
            };
            let asset = || one("asset(name=\"").and_then(|n| assets.get(n)).map(|t| escape(t));
            one("t(key=\"").and_then(message).or_else(asset).or_else(|| (inner == "policy()").then(|| escape(policy)))
        });
        match found {
            Some(text) => out.push_str(&text),
            None if marked && tail.starts_with("{{ t(") => {
                out.push_str("{{ t(marked=true, ");
                out.push_str(&tail[5..end]);
            }
            None => out.push_str(&tail[..end]),
        }
        rest = &tail[end..];
    }
    out.push_str(rest);
    out
}

/// Where one is in the HTML of a template: text that may hold elements, or not.
#[derive(Default)]
struct Place {
    tag: bool,
    /// Inside an element that holds text only.
    plain: bool,
}

impl Place {
    fn pass(&mut self, text: &str) {
        let mut rest = text;
        while let Some(i) = rest.find(['<', '>', '{']) {
            let at = &rest[i..];
            if let Some(block) = at.strip_prefix("{%") {
                // Its signs are not those of a tag.
                rest = block.find("%}").map_or("", |e| &block[e + 2..]);
                continue;
            }
            if at.starts_with('>') {
                self.tag = false;
            } else if let Some(name) = at.strip_prefix('<').filter(|n| n.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')) {
                self.tag = true;
                let closes = name.starts_with('/');
                let name: String = name.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                if ["title", "option", "textarea", "script", "style"].contains(&name.as_str()) {
                    self.plain = !closes;
                }
            }
            rest = &at[1..];
        }
    }

    fn is_text(&self) -> bool {
        !self.tag && !self.plain
    }
}

/// HTML escape, for text and double-quoted attributes. Braces too, since the result is a template.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    escape_into(&mut out, text);
    out
}

/// The same, behind what stands already.
fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'{')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#123;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
