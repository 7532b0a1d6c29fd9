//! Headers and redirects in the words of the usual hosts.
//!
//! `_headers` and `_redirects` are read by Netlify, Cloudflare Pages and others; the files below `hosting/` are to be
//! included by nginx, Apache and Caddy. Hosts without headers still have the policy that stands in each page.
//!
//! Nothing that reaches these files can leave its place: addresses are percent-encoded, or written as regular expressions
//! in which everything but letters and digits is a number.

use crate::config::{Config, Host};
use crate::diag::{Diagnostic, Report, Severity, Span, say};
use crate::model::Public;
use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{CatalogueFile, Entry, Planner, Routes, Site, Target};
use crate::theme::security_policy;
use percent_encoding::percent_decode_str;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Header and redirect files.
pub static EXPORT: Maker = Maker { name: "hosting", plan, make, cost: 2 };

static FILES: &[&str] = &["_headers", "_redirects", "hosting/nginx.conf", "hosting/apache.conf", "hosting/Caddyfile"];

/// Files that a browser might run in the name of the site: they are served as downloads.
static RISKY: &[&str] = &[
    "htm",
    "html",
    "xhtml",
    "xht",
    "shtml",
    "shtm",
    "stm",
    "dhtml",
    "hta",
    "htc",
    "mht",
    "mhtml",
    "svg",
    "svgz",
    "xml",
    "xsl",
    "xslt",
    "xsd",
    "xul",
    "rdf",
    "rss",
    "atom",
    "xbl",
    "xspf",
    "mathml",
    "mml",
    "js",
    "mjs",
    "cjs",
    "swf",
    "wasm",
    "webmanifest",
    "appcache",
    "vtt",
    "pac",
    "url",
    "website",
    "html5",
    "xhtm",
    "wsdl",
    "kml",
    "gpx",
    "jnlp",
    "swfl",
    "eml",
    "maff",
    "xaml",
    "xbap",
    "xps",
    "owl",
    "dae",
    "collada",
    "plist",
    "opml",
    "smil",
    "ttml",
    "vbs",
    "wsf",
    "jse",
];

/// Endings below which Apache and nginx still see the one before them: a language, a packing, a character set.
static INNER: &[&str] = &["gz", "br", "zst", "z", "bz2", "xz", "var", "utf8", "utf-8", "gb2312", "gbk", "big5"];

/// Files that a server might run instead of sending them.
static PROGRAMS: &[&str] = &[
    "php", "php3", "php4", "php5", "php7", "php8", "phtml", "phar", "asp", "aspx", "ashx", "asmx", "jsp", "jspx", "jhtml", "cgi", "fcgi", "pl", "py", "rb",
    "htaccess",
];

const SANDBOX: &str = "sandbox; default-src 'none'";

fn plan(_: &Site<'_>, p: &mut Planner<'_>) {
    for (i, path) in FILES.iter().enumerate() {
        p.file(0, (*path).to_string(), Target::Hosting(i as u8), 2, false, false);
    }
}

/// The headers of every answer.
fn headers(ctx: &Ctx<'_>) -> Vec<(&'static str, String)> {
    vec![
        ("Content-Security-Policy", format!("{}; frame-ancestors 'none'", security_policy(ctx.config))),
        ("X-Content-Type-Options", "nosniff".into()),
        // All of it is public, and scripts of other sites may read the data.
        ("Access-Control-Allow-Origin", "*".into()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".into()),
        ("Cross-Origin-Opener-Policy", "same-origin".into()),
        ("Permissions-Policy", "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()".into()),
    ]
}

/// Headers of what must not run.
pub static DOWNLOAD: &[(&str, &str)] = &[("Content-Security-Policy", SANDBOX), ("Content-Disposition", "attachment"), ("X-Content-Type-Options", "nosniff")];

/// Folders of pages that other sites may show in a frame.
fn embeds(ctx: &Ctx<'_>) -> Vec<String> {
    let any = ctx.routes.entries.iter().any(|e| matches!(e.target, Target::Embed(..)));
    let base = ctx.routes.base_path();
    if any { ctx.public.languages.iter().map(|l| format!("{base}{}embed/", l.prefix)).collect() } else { Vec::new() }
}

/// An attachment that a browser or a server might run: every host is asked to send it as a download, and the preview does.
pub fn runs(entry: &Entry) -> bool {
    let name = entry.path.rsplit('/').next().unwrap_or(&entry.path).to_ascii_lowercase();
    let mut endings = name.split('.').skip(1).collect::<Vec<_>>().into_iter().rev();
    let odd = |e: &str| RISKY.contains(&e) || PROGRAMS.contains(&e);
    // `x.html.zh` and `x.svg.gz` are sent as HTML and SVG, `x.php.txt` is run by some servers.
    let inner = |e: &str| INNER.contains(&e) || e.split('-').next().is_some_and(|l| l.len() == 2 && l.bytes().all(|b| b.is_ascii_alphabetic()));
    matches!(entry.target, Target::Blob(_)) && endings.next().is_some_and(|last| odd(last) || inner(last) && endings.any(odd))
}

/// Addresses of attachments that must not run.
fn risky(routes: &Routes) -> Vec<&str> {
    routes.entries.iter().filter(|e| runs(e)).map(|e| e.url.as_str()).collect()
}

/// One redirect, finished.
struct Rule<'a> {
    /// Encoded, from the root.
    from: String,
    /// The same decoded, as servers compare it.
    path: String,
    /// Parts of the query.
    pairs: Vec<(&'a str, Option<&'a str>)>,
    query: &'a str,
    to: &'a str,
    code: u16,
    /// It differs from a real address by case alone.
    shadow: bool,
    /// A page of ours stands there too.
    page: bool,
}

/// All redirects, those of one path together, the most particular query first.
fn rules<'a>(routes: &'a Routes, public: &Public) -> Vec<Rule<'a>> {
    let base = routes.base_path();
    let rule = |m: &'a crate::route::Moved| {
        let to = routes.destination(m, public)?;
        let from = format!("{base}{}", crate::route::encode(&m.old.path));
        Some(Rule {
            path: decoded(&from),
            from,
            pairs: m.old.pairs(),
            query: &m.old.query,
            to: &to.url,
            // What may come back must not be remembered by browsers.
            code: if m.temporary { 302 } else { 301 },
            shadow: m.shadow,
            page: m.page,
        })
    };
    let mut out: Vec<Rule<'_>> = routes.moved.iter().filter_map(rule).collect();
    out.sort_by(|a, b| a.path.cmp(&b.path).then(b.pairs.len().cmp(&a.pairs.len())).then(a.query.cmp(b.query)));
    out
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Hosting(which) = entry.target else { return misrouted(entry) };
    let out = match which {
        0 => header_file(ctx),
        1 => redirect_file(ctx),
        2 => nginx(ctx),
        3 => apache(ctx),
        _ => caddy(ctx),
    };
    Ok(Made::Bytes(out.into_bytes()))
}

fn header_file(ctx: &Ctx<'_>) -> String {
    let base = ctx.routes.base_path();
    let mut out = format!("{base}*\n");
    headers(ctx).iter().for_each(|(k, v)| out.push_str(&format!("  {k}: {v}\n")));
    out.push_str(&format!("{base}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"));
    for dir in embeds(ctx) {
        out.push_str(&format!("{dir}*\n  ! Content-Security-Policy\n  Content-Security-Policy: {}; frame-ancestors *\n", security_policy(ctx.config)));
    }
    for (pattern, media) in media(ctx) {
        out.push_str(&format!("{base}{pattern}\n  Content-Type: {media}\n"));
    }
    for url in risky(ctx.routes) {
        out.push_str(&format!("{url}\n  ! Content-Security-Policy\n"));
        DOWNLOAD.iter().for_each(|(k, v)| out.push_str(&format!("  {k}: {v}\n")));
    }
    out
}

/// Netlify sends a redirect before a page that stands there only by force (`301!`), and takes queries. Cloudflare and GitLab
/// know neither, and refuse lines with them.
fn redirect_file(ctx: &Ctx<'_>) -> String {
    let plain = matches!(ctx.config.host, Some(Host::Cloudflare | Host::GitlabPages));
    let mut out = String::new();
    let mut rules = rules(ctx.routes, ctx.public);
    // Where the host counts, what no page answers comes first.
    if plain {
        rules.sort_by_key(|r| r.page);
    }
    for r in rules.iter().filter(|r| !r.shadow) {
        let Rule { from, to, code, .. } = r;
        if r.query.is_empty() {
            out.push_str(&if plain { format!("{from} {to} {code}\n") } else { format!("{from} {to} {code}!\n") });
        } else if let (false, Some(query)) = (plain, netlify_query(r)) {
            out.push_str(&format!("{from} {query} {to} {code}!\n"));
        } else {
            out.push_str(&format!("# cannot be said here: {from}?{} to {to}\n", r.query));
        }
    }
    if let Some(at) = ckan(ctx) {
        out.push_str(&if plain { format!("# cannot be said here: {at}?id=NAME to {at}/NAME\n") } else { format!("{at} id=:id {at}/:id 302!\n") });
    }
    out
}

/// Where `package_show?id=NAME` of CKAN leads, where it is written.
fn ckan(ctx: &Ctx<'_>) -> Option<String> {
    let format = crate::catalog::FORMATS.iter().position(|f| f.name == crate::catalog::ckan::FORMAT.name)? as u8;
    let any = ctx.routes.entries.iter().any(|e| matches!(e.target, Target::Catalogue(CatalogueFile::One(_, f)) if f == format));
    any.then(|| format!("{}api/3/action/package_show", ctx.routes.base_path()))
}

/// Media types that hosts do not know by the ending, for paths below the root.
fn media(ctx: &Ctx<'_>) -> Vec<(&'static str, &'static str)> {
    let whole = |e: &&Entry| matches!(e.target, Target::Catalogue(CatalogueFile::Whole(..)));
    let mut out = Vec::new();
    if ctx.routes.entries.iter().filter(whole).any(|e| e.path == "catalog.ttl") {
        out.extend([("*.ttl", "text/turtle; charset=utf-8"), ("*.rdf", "application/rdf+xml"), ("*.jsonld", "application/ld+json")]);
    }
    if ckan(ctx).is_some() {
        out.push(("api/3/action/*", "application/json"));
    }
    let any = |ending: &str, own: fn(&Target) -> bool| ctx.routes.entries.iter().any(|e| own(&e.target) && e.path.ends_with(ending));
    if any(".md", |t| matches!(t, Target::Twin(_))) {
        out.push(("*.md", "text/markdown; charset=utf-8"));
    }
    if any(".jsonl", |t| matches!(t, Target::Api(_))) {
        out.push(("*.jsonl", "application/jsonl"));
    }
    out
}

fn netlify_query(r: &Rule<'_>) -> Option<String> {
    let parts = r.pairs.iter().map(|(k, v)| {
        let v = v.filter(|v| !v.is_empty() && !v.starts_with(':') && !k.is_empty())?;
        Some(format!("{k}={v}"))
    });
    parts.collect::<Option<Vec<String>>>().map(|p| p.join(" "))
}

/// A word of nginx that stands for itself.
fn nginx_word(path: &str) -> String {
    let simple = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-~".contains(&b));
    if simple { path.to_string() } else { format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\"")) }
}

fn nginx(ctx: &Ctx<'_>) -> String {
    let base = ctx.routes.base_path();
    let root = decoded(base);
    let missing = format!("error_page 404 {}404.html;", nginx_word(&root).trim_matches('"'));
    let missing = if root.is_ascii() { missing } else { format!("error_page 404 \"{root}404.html\";") };
    let h = headers(ctx);
    let common: String = h.iter().map(|(k, v)| format!("    add_header {k} \"{v}\" always;\n")).collect();
    let mut out = format!("# Include this inside server {{ }}.\nlocation {} {{\n    {missing}\n{common}}}\n", nginx_word(&root));
    out.push_str(&format!(
        "location {} {{\n    add_header Cache-Control \"public, max-age=31536000, immutable\";\n    add_header X-Content-Type-Options nosniff always;\n}}\n",
        nginx_word(&format!("{root}assets/"))
    ));
    for dir in embeds(ctx) {
        let framed = common.replace("frame-ancestors 'none'", "frame-ancestors *");
        out.push_str(&format!("location {} {{\n{framed}}}\n", nginx_word(&decoded(&dir))));
    }
    if let Some(at) = ckan(ctx) {
        let folder = decoded(&at).replace("package_show", "");
        out.push_str(&format!("location {} {{\n    {missing}\n    default_type application/json;\n{common}}}\n", nginx_word(&folder)));
        out.push_str(&format!(
            "location = {} {{\n    {missing}\n    if ($arg_id ~ \"^[a-z0-9_-]+$\") {{ return 302 {at}/$arg_id; }}\n{common}}}\n",
            nginx_word(&decoded(&at))
        ));
    }
    let rules = rules(ctx.routes, ctx.public);
    for url in risky(ctx.routes) {
        let path = decoded(url);
        // They stand in the order of their paths.
        if rules.binary_search_by(|r| r.path.as_str().cmp(&path)).is_ok() {
            continue;
        }
        out.push_str(&format!("location = {} {{\n    {missing}\n", nginx_word(&path)));
        DOWNLOAD.iter().for_each(|(k, v)| out.push_str(&format!("    add_header {k} \"{v}\" always;\n")));
        out.push_str("}\n");
    }
    let twins = twins(&rules);
    for group in rules.chunk_by(|a, b| a.path == b.path) {
        out.push_str(&format!("location = {} {{\n", nginx_word(&group[0].path)));
        for r in group.iter().filter(|r| !r.query.is_empty()) {
            out.push_str(&nginx_query(r, twins.contains(&folded(r))));
        }
        match group.iter().find(|r| r.query.is_empty()) {
            Some(r) => out.push_str(&format!("    return {} {};\n", r.code, r.to)),
            // With another query, or none, it is what it is without these rules.
            None => out.push_str(&format!("    {missing}\n{common}")),
        }
        out.push_str("}\n");
    }
    out
}

/// A path with its query, whatever the case of the query.
fn folded(r: &Rule<'_>) -> (String, String) {
    (r.path.clone(), r.query.to_ascii_lowercase())
}

/// Those that two addresses have, which differ by the case of their query alone: `?id=aB` and `?id=Ab` are two documents.
fn twins(rules: &[Rule<'_>]) -> BTreeSet<(String, String)> {
    let mut seen = BTreeSet::new();
    rules.iter().map(folded).filter(|r| !seen.insert(r.clone())).collect()
}

/// `if` with `return` alone is the one use of `if` in a location that nginx calls safe.
fn nginx_query(r: &Rule<'_>, strict: bool) -> String {
    let like = if strict { "~" } else { "~*" };
    let word = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    // `$arg_x` is the first of them.
    let once = |k: &str| r.pairs.iter().filter(|(o, _)| o.eq_ignore_ascii_case(k)).count() == 1;
    let named = r.pairs.iter().all(|(k, v)| word(k) && v.is_some() && once(k));
    let then = format!("{{ return {} {}; }}\n", r.code, r.to);
    if !named {
        return format!("    if ($args {like} \"^{}$\") {then}", numbered(r.query));
    }
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for (k, v) in &r.pairs {
        names.push(format!("$arg_{k}"));
        values.push(numbered(v.unwrap_or("")));
    }
    match &names[..] {
        [one] => format!("    if ({one} {like} \"^{}$\") {then}", values[0]),
        _ => format!("    set $clerestory_query \"{}\";\n    if ($clerestory_query {like} \"^{}$\") {then}", names.join("&"), values.join("&")),
    }
}

/// A regular expression for exactly this text: everything but ASCII letters and digits, and what is beyond ASCII, as a number.
fn numbered(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '=') || !c.is_ascii();
    text.chars().map(|c| if plain(c) { c.to_string() } else { format!("\\x{:02x}", c as u32) }).collect()
}

fn apache(ctx: &Ctx<'_>) -> String {
    let base = ctx.routes.base_path();
    let h = headers(ctx);
    let mut out = String::from("# Copy this into .htaccess or the virtual host. It needs mod_headers, mod_alias and mod_rewrite.\n");
    out.push_str(&format!("ErrorDocument 404 {base}404.html\n"));
    h.iter().for_each(|(k, v)| out.push_str(&format!("Header always set {k} \"{v}\"\n")));
    // `<If>` sees the decoded address in the host's file and in .htaccess alike; `SetEnvIf` sees what was sent, in which `%2e` is a dot.
    for dir in embeds(ctx) {
        let (at, policy) = (numbered(&decoded(&dir)), security_policy(ctx.config));
        out.push_str(&format!("<If \"%{{REQUEST_URI}} =~ m#^{at}#\">\n    Header always set Content-Security-Policy \"{policy}; frame-ancestors *\"\n</If>\n"));
    }
    for url in risky(ctx.routes) {
        out.push_str(&format!("<If \"%{{REQUEST_URI}} =~ m#^{}$#\">\n", numbered(&decoded(url))));
        DOWNLOAD.iter().for_each(|(k, v)| out.push_str(&format!("    Header always set {k} \"{v}\"\n")));
        out.push_str("</If>\n");
    }
    let rules = rules(ctx.routes, ctx.public);
    let twins = twins(&rules);
    let mut on = false;
    for r in rules.iter().filter(|r| !r.query.is_empty()) {
        if !std::mem::replace(&mut on, true) {
            out.push_str("RewriteEngine On\n");
        }
        out.push_str(&format!("RewriteCond %{{REQUEST_URI}} \"^{}$\"\n", numbered(&r.path)));
        let named = r.pairs.iter().all(|(_, v)| v.is_some());
        let conditions = if named {
            r.query.split('&').filter(|p| !p.is_empty()).map(|p| format!("(?:^|&){}(?:&|$)", numbered(p))).collect()
        } else {
            vec![format!("^{}$", numbered(r.query))]
        };
        let case = if twins.contains(&folded(r)) { "" } else { " [NC]" };
        for c in conditions {
            out.push_str(&format!("RewriteCond %{{QUERY_STRING}} \"{c}\"{case}\n"));
        }
        out.push_str(&format!("RewriteRule \"^\" \"{}\" [R={},L,QSD,NE]\n", r.to.replace('%', "\\%"), r.code));
    }
    if let Some(at) = ckan(ctx) {
        if !on {
            out.push_str("RewriteEngine On\n");
        }
        out.push_str(&format!(
            "RewriteCond %{{REQUEST_URI}} \"^{}/?$\"\nRewriteCond %{{QUERY_STRING}} \"(?:^|&)id=([a-z0-9_-]+)(?:&|$)\"\n",
            numbered(&decoded(&at))
        ));
        out.push_str(&format!("RewriteRule \"^\" \"{}/%1\" [R=302,L,QSD,NE]\n", at.replace('%', "\\%")));
        out.push_str(&format!(
            "<If \"%{{REQUEST_URI}} =~ m#^{}#\">\n    ForceType application/json\n</If>\n",
            numbered(&decoded(&at).replace("package_show", ""))
        ));
    }
    // `Redirect` would take what follows along; this is the address and no other. The target is encoded by Apache.
    for r in rules.iter().filter(|r| r.query.is_empty()) {
        let to = decoded(r.to).replace('\\', "\\\\").replace('$', "\\$").replace('"', "\\\"");
        out.push_str(&format!("RedirectMatch {} \"^{}$\" \"{to}\"\n", r.code, numbered(&r.path)));
    }
    out
}

/// A path in the words of Caddy: itself, or a regular expression where a character would mean something.
fn caddy_path(path: &str) -> String {
    if path.chars().any(|c| matches!(c, '*' | '{' | '}' | '"' | '\\' | '`')) {
        format!("path_regexp \"^{}$\"", numbered(path))
    } else {
        format!("path \"{path}\"")
    }
}

fn caddy(ctx: &Ctx<'_>) -> String {
    let base = decoded(ctx.routes.base_path());
    let mut out = String::from("# Import this inside the site's block.\nheader {\n");
    headers(ctx).iter().for_each(|(k, v)| out.push_str(&format!("    {k} \"{v}\"\n")));
    out.push_str(&format!("}}\n@assets path \"{base}assets/*\"\nheader @assets Cache-Control \"public, max-age=31536000, immutable\"\n"));
    let embeds: Vec<String> = embeds(ctx).iter().map(|d| format!("\"{}*\"", decoded(d))).collect();
    if !embeds.is_empty() {
        let policy = security_policy(ctx.config);
        out.push_str(&format!("@embeds path {}\nheader @embeds Content-Security-Policy \"{policy}; frame-ancestors *\"\n", embeds.join(" ")));
    }
    for (n, url) in risky(ctx.routes).iter().enumerate() {
        out.push_str(&format!("@download{n} {}\n", caddy_path(&decoded(url))));
        DOWNLOAD.iter().for_each(|(k, v)| out.push_str(&format!("header @download{n} {k} \"{v}\"\n")));
    }
    if let Some(at) = ckan(ctx) {
        let path = decoded(&at);
        out.push_str(&format!("@ckan path \"{}*\"\nheader @ckan Content-Type application/json\n", path.replace("package_show", "")));
        out.push_str(&format!("@package {{\n    path \"{path}\"\n    query id=*\n}}\nredir @package {at}/{{query.id}} 302\n"));
    }
    let rules = rules(ctx.routes, ctx.public);
    let asked: FxHashSet<&str> = rules.iter().filter(|r| !r.query.is_empty()).map(|r| r.path.as_str()).collect();
    for (n, r) in rules.iter().enumerate() {
        let code = r.code;
        let siblings = asked.contains(r.path.as_str());
        let mut matcher = format!("@old{n} {{\n    {}\n", caddy_path(&r.path));
        if !r.query.is_empty() {
            let Some(query) = caddy_query(r) else {
                out.push_str(&format!("# cannot be said here: {}?{} to {}\n", r.from, r.query, r.to));
                continue;
            };
            matcher.push_str(&format!("    query {query}\n"));
        } else if siblings {
            matcher.push_str("    query \"\"\n");
        }
        out.push_str(&format!("{matcher}}}\nredir @old{n} {} {code}\n", r.to));
    }
    out
}

fn caddy_query(r: &Rule<'_>) -> Option<String> {
    let parts = r.pairs.iter().map(|(k, v)| {
        let pair = format!("{}={}", decoded_query(k)?, decoded_query(v.unwrap_or(""))?);
        (!pair.contains(['*', '{', '}', '"', '\\', '`']) && !pair.chars().any(char::is_control)).then(|| format!("\"{pair}\""))
    });
    parts.collect::<Option<Vec<String>>>().map(|p| p.join(" "))
}

fn decoded_query(part: &str) -> Option<String> {
    percent_decode_str(&part.replace('+', "%20")).decode_utf8().ok().map(Cow::into_owned)
}

/// nginx, Apache and Caddy compare decoded paths. Names with line breaks never become addresses.
fn decoded(url: &str) -> String {
    decoded_query(&url.replace('+', "%2B")).filter(|p| !p.chars().any(char::is_control)).unwrap_or_else(|| url.to_string())
}

/// Rules that Cloudflare Pages takes: static ones, and those with placeholders.
const CLOUDFLARE: (usize, usize) = (2000, 100);
/// Headers that it takes: rules of `_headers`.
const CLOUDFLARE_HEADERS: usize = 100;
/// Rules that GitLab Pages takes.
const GITLAB: usize = 1000;
/// Redirects that Vercel takes in its `vercel.json`.
const VERCEL: usize = 2048;

/// What hosts cannot do that this site needs: limits on redirects, old addresses that only rules answer, attachments that
/// would run where no header can be sent.
pub fn findings(config: &Config, public: &Public, routes: &Routes, report: &mut Report) {
    let site = || Span::file("site.yaml");
    let host = config.host;
    let rules = rules(routes, public);
    let count = rules.iter().filter(|r| !r.shadow).count();
    let plain = rules.iter().filter(|r| !r.shadow && r.query.is_empty()).count();
    let limits = [("Cloudflare Pages", Host::Cloudflare, CLOUDFLARE.0), ("GitLab Pages", Host::GitlabPages, GITLAB), ("Vercel", Host::Vercel, VERCEL)];
    let over: Vec<(&str, usize)> =
        limits.iter().filter(|(_, h, most)| (host.is_none() || host == Some(*h)) && plain > *most).map(|(name, _, most)| (*name, *most)).collect();
    if !over.is_empty() {
        let list = over.iter().map(|(n, most)| format!("{n} {most}")).collect::<Vec<_>>().join(", ");
        let dynamic = CLOUDFLARE.1;
        let text = say!(
            "有 {count} 条跳转，超过主机的上限（{list}），多出的会被丢掉或使部署失败",
            "{count} redirects are more than hosts take ({list}); the rest is dropped, or the deployment refused"
        );
        let hint = say!(
            "在 site.yaml 用 host: 写明主机；超出的部分由旧地址上的网页跳转，带查询串等没有网页的排在前面；Cloudflare 另有批量重定向（动态规则 {dynamic} 条）",
            "say which host it is with host: in site.yaml; what is over is led on by the pages at the old addresses, and what has no page comes first; Cloudflare has Bulk Redirects beside (and {dynamic} rules with placeholders)"
        );
        report.push(Diagnostic::new("HST001", Severity::Warn, text).at(site()).hint(hint));
    }
    if host.is_none() && count > 0 {
        let text = say!(
            "_redirects 按 Netlify 的写法（301!、查询串），Cloudflare Pages 和 GitLab Pages 不认",
            "`_redirects` is in the words of Netlify (301!, queries), which Cloudflare Pages and GitLab Pages do not read"
        );
        let hint =
            say!("在 site.yaml 写 host: cloudflare-pages 或 gitlab-pages 则换写法", "host: cloudflare-pages or gitlab-pages in site.yaml changes the words");
        report.push(Diagnostic::new("HST004", Severity::Info, text).at(site()).hint(hint));
    }
    old_addresses(host, routes, report);
    let risky = risky(routes);
    if let Some(first) = risky.first() {
        let (n, limit) = (risky.len(), CLOUDFLARE_HEADERS);
        let headless = matches!(host, Some(Host::GithubPages | Host::GitlabPages | Host::ObjectStorage | Host::Vercel));
        if host.is_none() || headless {
            let text = say!(
                "{n} 个附件会在浏览器里以本站的名义运行（如 {first}），GitHub Pages、对象存储等主机没有响应头文件，管不住",
                "attachments that run in browsers in the name of the site: {n} ({first} …); hosts without a file of headers, such as GitHub Pages and object storage, cannot stop them"
            );
            let hint = say!(
                "改用 PDF 或打成 zip；主机读 _headers 或 hosting/ 里的文件时在 site.yaml 用 host: 写明，它们就只能下载",
                "give them as PDF or in a zip; where the host reads _headers or a file of hosting/, say so with host: in site.yaml, and they are downloads"
            );
            report.push(Diagnostic::new("HST002", Severity::Warn, text).at(site()).hint(hint));
        }
        let lines = n + 2 + embeds_count(public, routes);
        if host.is_none_or(|h| h == Host::Cloudflare) && lines > limit {
            let text = say!(
                "_headers 有 {lines} 条规则，Cloudflare Pages 只取 {limit} 条，后面的附件不会只能下载",
                "`_headers` has {lines} rules and Cloudflare Pages takes {limit}; attachments behind them are not made downloads"
            );
            report.push(
                Diagnostic::new("HST003", Severity::Warn, text).at(site()).hint(say!("减少这样的附件，或打成 zip", "have fewer of them, or put them in a zip")),
            );
        }
    }
}

fn embeds_count(public: &Public, routes: &Routes) -> usize {
    if routes.entries.iter().any(|e| matches!(e.target, Target::Embed(..))) { public.languages.len() } else { 0 }
}

/// Old addresses that no page can answer, or not on every host.
fn old_addresses(host: Option<Host>, routes: &Routes, report: &mut Report) {
    routes.old_findings(report);
    let able = |query: bool| match host {
        Some(Host::Nginx | Host::Apache | Host::Caddy | Host::Netlify) => true,
        Some(Host::Cloudflare | Host::GitlabPages) => !query,
        _ => false,
    };
    for m in routes.moved.iter().filter(|m| !m.temporary && !m.shadow) {
        let query = !m.old.query.is_empty();
        let odd = m.page && (m.old.is_other_file() || m.old.path.to_ascii_lowercase().ends_with(".shtml"));
        if able(query) || (m.page && !odd) {
            continue;
        }
        let url = m.old.url("/");
        let severity = if host.is_none() || odd { Severity::Info } else { Severity::Warn };
        let text = match host {
            Some(h) if !odd => {
                let name = h.name();
                let in_zh = if matches!(h, Host::ObjectStorage) { "对象存储" } else { name };
                say!(
                    "旧地址 {url} 没有网页能答，{in_zh} 也没有从本站文件读的规则可以让它跳转",
                    "no page can answer the old address {url}, and {name} reads no rule of ours that could"
                )
            }
            _ if query => say!(
                "旧地址 {url} 带查询串，只有主机的规则能让它跳转：nginx、Apache、Caddy、Netlify 的文件已写好，Cloudflare Pages、GitHub Pages、对象存储做不到",
                "the old address {url} has a query, so only a rule of the host answers it: the files for nginx, Apache, Caddy and Netlify have it; Cloudflare Pages, GitHub Pages and object storage cannot"
            ),
            _ if odd => say!(
                "旧地址 {url} 不是网页的名字：有规则的主机直接跳转，没有的靠同名目录或文件里的网页，不是每个主机都认",
                "the old address {url} has no name of a page: hosts with rules redirect it, others show the page that stands there, which not each of them finds"
            ),
            _ => say!(
                "旧地址 {url} 不能作文件名，只有主机的规则能让它跳转",
                "the old address {url} cannot be the name of a file, so only a rule of the host answers it"
            ),
        };
        let hint = say!("见手册“部署”的“旧地址”一节", "see Old addresses in the guide on deploying");
        report.push(Diagnostic::new("URL004", severity, text).at(m.at.clone()).hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_twice_in_a_query_is_compared_whole() {
        let rule = |query: &'static str| {
            let pairs = query.split('&').map(|p| p.split_once('=').map_or((p, None), |(k, v)| (k, Some(v)))).collect();
            Rule { path: "/a".into(), from: "/a".into(), pairs, query, to: "/b/", code: 301, shadow: false, page: false }
        };
        assert_eq!(nginx_query(&rule("x=1&x=2"), false), "    if ($args ~* \"^x=1\\x26x=2$\") { return 301 /b/; }\n");
        assert_eq!(nginx_query(&rule("x=1&X=2"), false), "    if ($args ~* \"^x=1\\x26X=2$\") { return 301 /b/; }\n");
        assert!(nginx_query(&rule("x=1&y=2"), false).contains("$arg_x&$arg_y"));
    }

    #[test]
    fn words_stay_in_their_place() {
        assert_eq!(nginx_word("/a/b.c"), "/a/b.c");
        assert_eq!(nginx_word("/政策/a b\"};"), "\"/政策/a b\\\"};\"");
        assert_eq!(numbered("/a.b/政(1)$%"), "/a\\x2eb/政\\x281\\x29\\x24\\x25");
        assert_eq!(caddy_path("/a{b}*"), "path_regexp \"^/a\\x7bb\\x7d\\x2a$\"");
        assert_eq!(decoded("/a%0d%0ab/"), "/a%0d%0ab/");
        assert_eq!(decoded("/%E6%B3%95/a+b/"), "/法/a+b/");
    }
}
