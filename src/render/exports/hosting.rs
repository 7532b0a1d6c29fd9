//! Headers and redirects in the words of the usual hosts.
//!
//! `_headers` and `_redirects` are read by Netlify, Cloudflare Pages and others; the files below `hosting/` are to be
//! included by nginx, Apache and Caddy. Hosts without headers still have the policy that stands in each page.

use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::theme::security_policy;

/// Header and redirect files.
pub static EXPORT: Maker = Maker { name: "hosting", plan, make, cost: 2 };

static FILES: &[&str] = &["_headers", "_redirects", "hosting/nginx.conf", "hosting/apache.conf", "hosting/Caddyfile"];

/// Files that a browser might run in the name of the site: they are served as downloads.
static RISKY: &[&str] = &["svg", "svgz", "html", "htm", "xhtml", "xml", "xsl", "mht", "mhtml", "js", "mjs", "swf"];

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

/// Folders of pages that other sites may show in a frame.
fn embeds(ctx: &Ctx<'_>) -> Vec<String> {
    let any = ctx.routes.entries.iter().any(|e| matches!(e.target, Target::Embed(..)));
    let base = ctx.routes.base_path();
    if any { ctx.public.languages.iter().map(|l| format!("{base}{}embed/", l.prefix)).collect() } else { Vec::new() }
}

/// Addresses of attachments that must not run.
fn risky<'a>(ctx: &'a Ctx<'_>) -> Vec<&'a str> {
    let ending = |p: &str| p.rsplit_once('.').is_some_and(|(_, e)| RISKY.contains(&e.to_ascii_lowercase().as_str()));
    ctx.routes.entries.iter().filter(|e| matches!(e.target, Target::Blob(_)) && ending(&e.path)).map(|e| e.url.as_str()).collect()
}

/// Old addresses and where they lead.
fn redirects<'a>(ctx: &'a Ctx<'_>) -> Vec<(&'a str, &'a str)> {
    let to = |e: &'a Entry| match e.target {
        Target::Redirect(i, _) => ctx.routes.item(e.lang, i, &ctx.public.items[i as usize]).map(|t| (e.url.as_str(), t.url.as_str())),
        _ => None,
    };
    ctx.routes.entries.iter().filter_map(to).collect()
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Hosting(which) = entry.target else { return misrouted(entry) };
    let base = ctx.routes.base_path();
    let h = headers(ctx);
    let mut out = String::new();
    // Addresses are percent-encoded ASCII: no line break can enter.
    match which {
        0 => {
            out.push_str(&format!("{base}*\n"));
            h.iter().for_each(|(k, v)| out.push_str(&format!("  {k}: {v}\n")));
            out.push_str(&format!("{base}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"));
            for dir in embeds(ctx) {
                out.push_str(&format!("{dir}*\n  ! Content-Security-Policy\n  Content-Security-Policy: {}; frame-ancestors *\n", security_policy(ctx.config)));
            }
            for url in risky(ctx) {
                out.push_str(&format!("{url}\n  ! Content-Security-Policy\n  Content-Security-Policy: {SANDBOX}\n  Content-Disposition: attachment\n"));
            }
        }
        1 => redirects(ctx).iter().for_each(|(from, to)| out.push_str(&format!("{from} {to} 301\n"))),
        2 => {
            out.push_str("# Include this inside server { }.\n");
            out.push_str(&format!("location {base} {{\n    error_page 404 {base}404.html;\n"));
            h.iter().for_each(|(k, v)| out.push_str(&format!("    add_header {k} \"{v}\" always;\n")));
            out.push_str("}\n");
            out.push_str(&format!("location {base}assets/ {{\n    add_header Cache-Control \"public, max-age=31536000, immutable\";\n    add_header X-Content-Type-Options nosniff always;\n}}\n"));
            for dir in embeds(ctx) {
                out.push_str(&format!("location {dir} {{\n"));
                for (k, v) in &h {
                    out.push_str(&format!("    add_header {k} \"{}\" always;\n", v.replace("frame-ancestors 'none'", "frame-ancestors *")));
                }
                out.push_str("}\n");
            }
            for url in risky(ctx) {
                let path = percent_decode(url).replace('\\', "\\\\").replace('"', "\\\"");
                out.push_str(&format!(
                    "location = \"{path}\" {{\n    add_header Content-Security-Policy \"{SANDBOX}\" always;\n    add_header Content-Disposition attachment always;\n    add_header X-Content-Type-Options nosniff always;\n}}\n"
                ));
            }
            redirects(ctx)
                .iter()
                .for_each(|(from, to)| out.push_str(&format!("location = \"{}\" {{ return 301 {to}; }}\n", percent_decode(from).replace('"', "\\\""))));
        }
        3 => {
            out.push_str("# Copy this into .htaccess or the virtual host. It needs mod_headers.\n");
            out.push_str(&format!("ErrorDocument 404 {base}404.html\n"));
            h.iter().for_each(|(k, v)| out.push_str(&format!("Header always set {k} \"{v}\"\n")));
            for dir in embeds(ctx) {
                let policy = security_policy(ctx.config);
                out.push_str(&format!(
                    "<If \"%{{REQUEST_URI}} =~ m#^{dir}#\">\n    Header always set Content-Security-Policy \"{policy}; frame-ancestors *\"\n</If>\n"
                ));
            }
            out.push_str(&format!(
                "<FilesMatch \"\\.({})$\">\n    <If \"%{{REQUEST_URI}} !~ m#^{base}(assets/|.*\\.html?$|sitemap|feed|.*/feed)#\">\n        Header always set Content-Security-Policy \"{SANDBOX}\"\n        Header always set Content-Disposition attachment\n    </If>\n</FilesMatch>\n",
                RISKY.join("|")
            ));
            redirects(ctx).iter().for_each(|(from, to)| out.push_str(&format!("Redirect 301 \"{}\" \"{to}\"\n", percent_decode(from).replace('"', "%22"))));
        }
        _ => {
            out.push_str("# Import this inside the site's block.\nheader {\n");
            h.iter().for_each(|(k, v)| out.push_str(&format!("    {k} \"{v}\"\n")));
            out.push_str(&format!("}}\n@assets path {base}assets/*\nheader @assets Cache-Control \"public, max-age=31536000, immutable\"\n"));
            let embeds: Vec<String> = embeds(ctx).iter().map(|d| format!("{d}*")).collect();
            if !embeds.is_empty() {
                let policy = security_policy(ctx.config);
                out.push_str(&format!("@embeds path {}\nheader @embeds Content-Security-Policy \"{policy}; frame-ancestors *\"\n", embeds.join(" ")));
            }
            let risky = risky(ctx);
            if !risky.is_empty() {
                let paths: Vec<String> = risky.iter().map(|u| format!("\"{}\"", percent_decode(u).replace('"', "\\\""))).collect();
                out.push_str(&format!(
                    "@downloads path {}\nheader @downloads Content-Security-Policy \"{SANDBOX}\"\nheader @downloads Content-Disposition attachment\n",
                    paths.join(" ")
                ));
            }
            redirects(ctx).iter().for_each(|(from, to)| out.push_str(&format!("redir \"{}\" {to} permanent\n", percent_decode(from).replace('"', "\\\""))));
        }
    }
    Ok(Made::Bytes(out.into_bytes()))
}

/// nginx, Apache and Caddy compare decoded paths. Names with line breaks never become addresses.
fn percent_decode(url: &str) -> String {
    crate::model::content_key("", url).map_or_else(|| url.to_string(), |p| format!("/{p}{}", if url.ends_with('/') { "/" } else { "" }))
}
