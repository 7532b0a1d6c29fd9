//! `import` of an address, and `import --files`: what is fetched, and where it is kept. Without the feature `fetch`, what to do instead.

use super::Printed;
use crate::diag::{Diagnostic, Tongue};
use crate::import::files::Files;
use crate::import::{Asked, Brought, norm};
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// A source as it lies on this machine.
pub(super) struct Source {
    /// The file or folder to read.
    pub path: PathBuf,
    /// Only these files of the folder, where they are named.
    pub only: Option<Vec<String>>,
    /// The address, where it is one file of the web.
    pub base: Option<String>,
    /// What was fetched, in a line.
    pub told: String,
}

/// The name of the record of a source that is an address: its kind, its host and the last part of its path.
pub(super) fn name(kind: &str, url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, r)| r).split(['?', '#']).next().unwrap_or("");
    let host = rest.split('/').next().unwrap_or("").rsplit('@').next().unwrap_or("");
    let last = rest.trim_end_matches('/').rsplit('/').next().filter(|l| *l != host && !matches!(kind, "ckan" | "udata")).unwrap_or("");
    let stem = last.split('.').next().unwrap_or("");
    format!("{kind}-{}-{}", norm::slug(&host.replace(['.', ':'], "-")), norm::slug(stem)).trim_end_matches('-').to_string()
}

fn wrong(zh: String, en: String, lang: Tongue) -> Printed {
    Printed { err: format!("{}\n", if lang == Tongue::Zh { zh } else { en }), code: 2, ..Printed::default() }
}

/// What is said of addresses that nobody may use: with a name or a password in them.
fn credentials(url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, r)| r.split(['/', '?', '#']).next().unwrap_or("").contains('@'))
}

/// An address without the name and the password in it, for messages.
fn bare(url: &str) -> String {
    match url.split_once("://") {
        Some((s, r)) if credentials(url) => {
            let (host, path) = r.split_at(r.find(['/', '?', '#']).unwrap_or(r.len()));
            format!("{s}://{}{path}", host.rsplit('@').next().unwrap_or(""))
        }
        _ => url.to_string(),
    }
}

fn refused(url: &str, lang: Tongue) -> Option<Printed> {
    credentials(url).then(|| {
        let url = bare(url);
        wrong(
            format!("地址里有用户名或密码，没有使用：{url}\n  = 改法：自己用 curl --netrc 取下来，再导入文件；密码不要写进命令和记录"),
            format!("there is a name or a password in the address, which is not used: {url}\n  = help: fetch it with curl --netrc and import the file; passwords belong in no command and no record"),
            lang,
        )
    })
}

/// A size as people write it: `200MB`, `1.5G`, `1000000`.
#[cfg(feature = "fetch")]
fn size(text: &str) -> Option<u64> {
    let low = text.trim().to_ascii_lowercase();
    let digits = low.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let unit = match low[digits.len()..].trim().trim_end_matches('b').trim_end_matches('i') {
        "" => 1e0,
        "k" => 1e3,
        "m" => 1e6,
        "g" => 1e9,
        _ => return None,
    };
    digits.parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0).map(|n| (n * unit).min(1e18) as u64)
}

#[cfg(not(feature = "fetch"))]
mod off {
    use super::*;

    /// What fetches a source by hand.
    fn curl(kind: &str, url: &str) -> String {
        if kind == "ckan" {
            let base = url.split("/api/").next().unwrap_or(url).trim_end_matches('/');
            return format!(
                "mkdir ckan && curl --fail --retry 5 --retry-all-errors --continue-at - '{base}/api/3/action/package_search?rows=1000&start=[0-9000:1000]' -o 'ckan/#1.json' && clerestory import ckan ckan"
            );
        }
        format!("curl --fail --location --retry 5 --continue-at - '{url}' -o source && clerestory import {kind} source")
    }

    /// This program has no client.
    pub(in crate::cli) fn source(_: &ArgMatches, kind: &str, url: &str, _: &str, _: &Path, lang: Tongue, _: &mut Vec<Diagnostic>) -> Result<Source, Printed> {
        if let Some(p) = refused(url, lang) {
            return Err(p);
        }
        Err(wrong(
            format!("{url} 是网址；这个程序编译时没有 --features fetch，不上网，先取下来再导入\n  = 改法：{}", curl(kind, url)),
            format!(
                "{url} is an address; this program was built without --features fetch and does not go to the network: fetch it first\n  = help: {}",
                curl(kind, url)
            ),
            lang,
        ))
    }

    /// `--files` wants one, too. What was fetched before, by a program that has it, stays.
    pub(in crate::cli) fn files(
        m: &ArgMatches,
        got: &mut Brought,
        asked: &Asked<'_>,
        known: &mut Files,
        _: (&Path, &str),
        lang: Tongue,
        _: &mut Vec<Diagnostic>,
    ) -> Result<String, Printed> {
        if m.get_flag("files") {
            return Err(wrong(
                "这个程序编译时没有 --features fetch，不能取数据文件\n  = 改法：用 curl -o 把文件存到 dataset.yaml 旁边，在资源里写 path:".into(),
                "this program was built without --features fetch and cannot fetch data files\n  = help: save the files beside dataset.yaml with curl -o, and name them by path: in the resources".into(),
                lang,
            ));
        }
        again(got, asked, known);
        Ok(String::new())
    }
}

#[cfg(not(feature = "fetch"))]
pub(super) use off::{files, source};
#[cfg(feature = "fetch")]
pub(super) use on::{files, source};

/// Resources whose files were fetched by an earlier import keep them.
fn again(got: &mut Brought, asked: &Asked<'_>, known: &mut Files) {
    if known.files.is_empty() {
        return;
    }
    for want in crate::import::files::wants(got, asked, known).0 {
        if let Some(kept) = known.get(&want).cloned() {
            crate::import::files::take(got, &want, &kept, None);
        }
    }
}

#[cfg(feature = "fetch")]
mod on {
    use super::super::tr;
    use super::*;
    use crate::diag::{Severity, Span, say};
    use crate::import::disguised;
    use crate::import::files::{Kept, broken_promise, name_for, not_fetched, take, wants};
    use crate::load::{brought::head, read_bytes};
    use crate::online::fetch::{Ask, Client, Failed, Known, allowed};
    use crate::online::pages::{self, Way};
    use crate::write::{create_project_bytes, drop_project_file, place_project_file};

    /// Where what is fetched lies, below the project; not for version control.
    const STORE: &str = ".clerestory/fetch";

    fn limits(m: &ArgMatches, lang: Tongue) -> Result<(u64, u64, u64), Printed> {
        let read = |name: &str, usual: u64| match m.get_one::<String>(name) {
            None => Ok(usual),
            Some(t) => size(t).ok_or_else(|| wrong(format!("--{name} 要写大小，例如 200MB：{t}"), format!("--{name} wants a size such as 200MB: {t}"), lang)),
        };
        let seconds = match m.get_one::<String>("max-time") {
            None => 3600,
            Some(t) => {
                t.parse().ok().filter(|n| *n > 0).ok_or_else(|| wrong(format!("--max-time 要写秒数：{t}"), format!("--max-time wants seconds: {t}"), lang))?
            }
        };
        Ok((read("max-size", 1_000_000_000)?, read("max-file", 200_000_000)?, seconds))
    }

    fn store(root: &Path, name: &str) -> Result<PathBuf, Failed> {
        let ignore = root.join(STORE).join(".gitignore");
        if !ignore.is_file() {
            create_project_bytes(&ignore, b"*\n").map_err(Failed::Disk)?;
        }
        let dir = root.join(STORE).join(name);
        create_project_bytes(&dir.join(".note"), b"What `clerestory import` fetched; it may be deleted.\n").map_err(Failed::Disk)?;
        Ok(dir)
    }

    fn say_in(t: &crate::diag::Text, lang: Tongue) -> &str {
        if lang == Tongue::Zh { &t.zh } else { &t.en }
    }

    /// Why it stopped, and what to do.
    fn stopped(f: &Failed, url: &str, had: Option<(u64, u64)>, lang: Tongue) -> Printed {
        let zh = lang == Tongue::Zh;
        let text = f.text();
        let why = say_in(&text, lang);
        let got = match had {
            Some((got, count)) if zh => format!("（已取到 {got}/{count} 条）"),
            Some((got, count)) => format!(" (records here: {got} of {count})"),
            None => String::new(),
        };
        let hint = match f {
            Failed::No(_) if zh => "核对地址；要登录的网站自己取下来再导入".to_string(),
            Failed::No(_) => "look at the address; fetch what wants a login by hand and import the file".to_string(),
            Failed::Large(_) if zh => "确实要这么多就用 --max-size 放宽，再运行一次，从断处继续".to_string(),
            Failed::Large(_) => "where that much is meant, allow it with --max-size and run it again: it goes on where it stopped".to_string(),
            Failed::Time if zh => "再运行一次同样的命令，从断处继续；--max-time 是秒数".to_string(),
            Failed::Time => "run the same command again: it goes on where it stopped; --max-time is in seconds".to_string(),
            Failed::Later(_) if zh => "稍后再运行一次同样的命令，从断处继续".to_string(),
            Failed::Later(_) => "run the same command again later: it goes on where it stopped".to_string(),
            Failed::Disk(_) if zh => "检查磁盘与权限".to_string(),
            Failed::Disk(_) => "look at the disk and its permissions".to_string(),
        };
        let nothing = if zh { "没有导入任何东西" } else { "nothing was imported" };
        wrong(format!("{url}：{why}{got}，{nothing}\n  = 改法：{hint}"), format!("{url}: {why}{got}; {nothing}\n  = help: {hint}"), lang)
    }

    fn hops(client: &Client, out: &mut Vec<Diagnostic>) {
        for (url, host) in client.hops() {
            out.push(
                Diagnostic::new("IMP003", Severity::Info, say!("转到了另一台主机 {host}", "it redirects to another host, {host}"))
                    .at(Span::file(url))
                    .hint(say!("确认那里也是来源单位的；搬走了就改用新地址", "see that it belongs to the source too; use the new address where it has moved")),
            );
        }
    }

    /// Fetches a source.
    pub(in crate::cli) fn source(
        m: &ArgMatches,
        kind: &str,
        url: &str,
        name: &str,
        root: &Path,
        lang: Tongue,
        out: &mut Vec<Diagnostic>,
    ) -> Result<Source, Printed> {
        if let Some(p) = refused(url, lang) {
            return Err(p);
        }
        if let Err(t) = allowed(url) {
            return Err(wrong(format!("{url}：{}", t.zh), format!("{url}: {}", t.en), lang));
        }
        let (most, _, seconds) = limits(m, lang)?;
        let fail = |f: Failed| stopped(&f, url, None, lang);
        let dir = store(root, name).map_err(fail)?;
        let mut client = Client::new(most, seconds).map_err(fail)?;
        let way = match kind {
            "ckan" => Some(Way::Ckan),
            "udata" => Some(Way::Udata),
            _ => None,
        };
        if let Some((way, base)) = way.and_then(|w| Some((w, pages::first(w, url)?))) {
            let (got, done) = pages::fetch(&mut client, way, url, &base, &dir, most);
            hops(&client, out);
            if let Err(f) = done {
                return Err(stopped(&f, url, Some((got.got, got.count)), lang));
            }
            let (n, all, files) = (got.got, got.count, got.files.len());
            if n < all {
                out.push(
                    Diagnostic::new(
                        "IMP002",
                        Severity::Warn,
                        say!("目录说有 {all} 条，只给出 {n} 条", "records: the catalogue says that it has {all}, and gives {n}"),
                    )
                    .at(Span::file(url))
                    .hint(say!("取的时候可能变了；再导入一次", "it may have changed meanwhile; import again")),
                );
            }
            let told = if lang == Tongue::Zh {
                format!("取到 {files} 页，{n} 条\n")
            } else {
                format!("fetched {}, {}\n", super::super::tell::some(files, "page", "pages"), super::super::some(n as usize, "record", "records"))
            };
            return Ok(Source { path: dir, only: Some(got.files), base: None, told });
        }
        let json = matches!(kind, "ckan" | "udata" | "dcat-us") || kind == "data-package" && url.ends_with(".json");
        let state = dir.join("source.json.state");
        let before: Option<(Known, String)> =
            read_bytes(&state).ok().and_then(|b| serde_json::from_slice(&b).ok()).filter(|(k, f): &(Known, String)| k.url == url && dir.join(f).is_file());
        let accept = if kind == "dcat" { "text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.8, */*;q=0.1" } else { "*/*" };
        let ask = Ask { accept, packed: false, json, most };
        let raw = dir.join("incoming");
        let (known, file, fresh) = match client.get(url, &raw, before.as_ref().map(|(k, _)| k), ask) {
            Ok(None) => {
                let (k, f) = before.unwrap_or_default();
                (k, f, false)
            }
            Ok(Some(k)) => {
                let file = file_of(kind, &k);
                (k, file, true)
            }
            Err(f) => {
                hops(&client, out);
                return Err(fail(f));
            }
        };
        hops(&client, out);
        let path = dir.join(&file);
        if fresh {
            let begins = head(&raw, 2048).unwrap_or_default();
            if json && !begins.starts_with(b"PK\x03\x04") && disguised("json", &begins).is_some() {
                drop_project_file(&raw);
                let page = disguised("json", &begins) == Some("HTML");
                let t = if page {
                    say!("给出的是网页，不是 JSON", "it gives a web page, not JSON")
                } else {
                    say!("给出的不是 JSON", "it does not give JSON")
                };
                return Err(fail(Failed::No(t)));
            }
            place_project_file(&raw, &path).map_err(|f| fail(Failed::Disk(f)))?;
            let text = serde_json::to_string_pretty(&(&known, &file)).unwrap_or_default();
            create_project_bytes(&state, text.as_bytes()).map_err(|f| fail(Failed::Disk(f)))?;
        }
        let told = match (fresh, lang == Tongue::Zh) {
            (true, true) => format!("取到 {} 字节\n", known.bytes),
            (true, false) => format!("fetched, in bytes: {}\n", known.bytes),
            (false, true) => "服务器上没有变化，用上次取到的\n".to_string(),
            (false, false) => "unchanged on the server; what was fetched last time is used\n".to_string(),
        };
        let base = if known.from.is_empty() { url.to_string() } else { known.from.clone() };
        Ok(Source { path, only: None, base: Some(base), told })
    }

    /// The name under which a source is kept: its ending says to importers what it is.
    fn file_of(kind: &str, k: &Known) -> String {
        let path = k.from.split(['?', '#']).next().unwrap_or("");
        let last = path.split_once("://").and_then(|(_, r)| r.split_once('/')).map_or("", |(_, p)| p).rsplit('/').next().unwrap_or("");
        let last = percent_encoding::percent_decode_str(last).decode_utf8_lossy().into_owned();
        let given = if k.name.is_empty() { last } else { k.name.rsplit(['/', '\\']).next().unwrap_or("").to_string() };
        let name = crate::import::safe_name(if given.is_empty() { "source" } else { &given });
        let media = k.media.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        let ending = match (&*media, kind) {
            ("text/turtle", _) => "ttl",
            ("application/rdf+xml", _) => "rdf",
            ("application/ld+json", _) => "jsonld",
            ("application/zip", _) => "zip",
            (_, "ckan" | "udata" | "dcat-us" | "data-package") => "json",
            (_, "csv") => "csv",
            (_, "html") => "html",
            (_, "docx") => "docx",
            (_, "text") => "txt",
            _ => "",
        };
        let own = name.rsplit_once('.').map_or("", |(_, e)| e);
        let known = [
            "json", "jsonl", "ttl", "rdf", "xml", "jsonld", "zip", "csv", "xlsx", "xls", "ods", "tsv", "html", "htm", "shtml", "docx", "txt", "md", "yml",
            "yaml",
        ];
        if known.contains(&own) || ending.is_empty() { name } else { format!("{name}.{ending}") }
    }

    /// Fetches the data files along.
    pub(in crate::cli) fn files(
        m: &ArgMatches,
        got: &mut Brought,
        asked: &Asked<'_>,
        known: &mut Files,
        place: (&Path, &str),
        lang: Tongue,
        out: &mut Vec<Diagnostic>,
    ) -> Result<String, Printed> {
        if !m.get_flag("files") {
            again(got, asked, known);
            return Ok(String::new());
        }
        let (root, name) = place;
        let (most, each, seconds) = limits(m, lang)?;
        let fail = |f: Failed| stopped(&f, "--files", None, lang);
        let dir = store(root, name).map_err(fail)?.join("files");
        let mut client = Client::new(most, seconds).map_err(fail)?;
        let (all, other) = wants(got, asked, known);
        let (mut new, mut same, mut failed, mut left) = (0usize, 0usize, 0usize, 0usize);
        let mut over = false;
        create_project_bytes(&dir.join(".note"), b"").map_err(|f| fail(Failed::Disk(f)))?;
        for want in &all {
            let before = known.get(want).cloned();
            if over {
                left += usize::from(before.is_none());
                before.iter().for_each(|k| take(got, want, k, None));
                continue;
            }
            let last = before.as_ref().map(|k| Known { url: k.url.clone(), etag: k.etag.clone(), modified: k.modified.clone(), ..Known::default() });
            // A name that the address alone decides, so that the next run finds what came of it.
            let to = dir.join(&sum(&format!("{}\n{}", want.item, want.url))[..24]);
            let ask = Ask { accept: "*/*", packed: false, json: false, most: each };
            let why = match client.get(&want.url, &to, last.as_ref(), ask) {
                Ok(None) => {
                    before.iter().for_each(|k| take(got, want, k, None));
                    same += 1;
                    continue;
                }
                Ok(Some(k)) => match broken_promise(want, &head(&to, 2048).unwrap_or_default()) {
                    Some(why) => {
                        drop_project_file(&to);
                        why
                    }
                    None => {
                        let path = name_for(want, &k.name, known);
                        let kept =
                            Kept { item: want.item.clone(), url: want.url.clone(), path, sha256: k.sha256, bytes: k.bytes, etag: k.etag, modified: k.modified };
                        let unchanged = before.as_ref().is_some_and(|b| b.sha256 == kept.sha256);
                        if unchanged {
                            drop_project_file(&to);
                            same += 1;
                        } else {
                            new += 1;
                        }
                        take(got, want, &kept, (!unchanged).then_some(to));
                        known.put(kept);
                        continue;
                    }
                },
                Err(f @ (Failed::Time | Failed::Disk(_))) => {
                    over = true;
                    f.text()
                }
                Err(f) => {
                    over = matches!(f, Failed::Large(n) if n == most && most != each);
                    f.text()
                }
            };
            failed += 1;
            out.extend(not_fetched(got, want, &why));
            // What came earlier stays.
            before.iter().for_each(|k| take(got, want, k, None));
        }
        hops(&client, out);
        let zh = lang == Tongue::Zh;
        let mut parts = Vec::new();
        let mut add = |n: usize, zh_word: &str, en_word: &str| {
            if n > 0 {
                parts.push(if zh { format!("{zh_word} {n}") } else { format!("{n} {en_word}") });
            }
        };
        add(new, "取来", "fetched");
        add(same, "不变", "unchanged");
        add(failed, "没有取到", "not fetched");
        add(left, "预算用完、下次再取", "left for the next run, the budget being spent");
        add(other, "是网页、接口或格式不明", "are pages, services or of no known format");
        Ok(format!(
            "{}{}\n",
            tr(lang, "数据文件：", "data files: "),
            if parts.is_empty() { tr(lang, "没有", "none").to_string() } else { parts.join(tr(lang, "，", ", ")) }
        ))
    }

    fn sum(text: &str) -> String {
        use sha2::Digest as _;
        sha2::Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
    }

    #[cfg(test)]
    mod tests {
        use super::super::size;

        #[test]
        fn sizes() {
            assert_eq!(size("200MB"), Some(200_000_000));
            assert_eq!(size("1.5 GiB"), Some(1_500_000_000));
            assert_eq!(size("12"), Some(12));
            assert!(size("x").is_none() && size("-1").is_none() && size("").is_none());
        }
    }
}

/// The record of files, as it is.
pub(super) fn known(root: &Path, name: &str) -> Files {
    Files::read(&crate::load::read_bytes(&root.join(crate::import::files::record(name))).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sources() {
        assert_eq!(name("ckan", "https://data.example.org/dataset/"), "ckan-data-example-org");
        assert_eq!(name("dcat-us", "https://www.gsa.gov/data.json?x=1"), "dcat-us-www-gsa-gov-data");
        assert_eq!(bare("https://u:p@a.org/b@c"), "https://a.org/b@c");
        assert!(credentials("https://u@a.org") && !credentials("https://a.org/b@c"));
    }
}
