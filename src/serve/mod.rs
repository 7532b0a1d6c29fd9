//! `serve`: the site on this machine while it is being written.
//!
//! The page that the browser asks for is made when it is asked for, from a snapshot that does not change; nothing is
//! written. A change is read, the pages are planned anew, browsers are told,
//! and only then the rules run and their findings are pushed.

mod http;
mod net;
mod site;

use crate::config::Config;
use crate::diag::{Report, Tongue};
use crate::run::{Clock, Request};
use notify::{RecursiveMode, Watcher};
use site::{Kept, Snapshot, snapshot};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex, RwLock};
use std::time::Duration;

/// What the command line asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address to listen on.
    pub host: String,
    /// Port to try first; the next free one is taken.
    pub port: u16,
    /// Show drafts and scheduled items.
    pub drafts: bool,
    /// Open a browser.
    pub open: bool,
}

/// What browsers wait for: two numbers, one rises when pages changed, the other when the rules have run.
#[derive(Default)]
struct News {
    version: u64,
    findings: u64,
}

/// All that the threads share.
struct Shared {
    now: RwLock<State>,
    news: Mutex<News>,
    bell: Condvar,
    /// Pages that are being made.
    making: Mutex<usize>,
    made: Condvar,
    /// The name that `--host` gives this machine.
    host: String,
}

struct State {
    site: Option<Arc<Snapshot>>,
    findings: Arc<serde_json::Value>,
    /// The editors' page as HTML; empty before the rules have run once.
    editors: Arc<str>,
}

/// Pages made at a time.
const MAKING: usize = 8;

/// The right to make a page.
struct Making<'s>(&'s Shared);

impl Making<'_> {
    fn begin(shared: &Shared) -> Option<Making<'_>> {
        let mut n = shared.made.wait_while(shared.making.lock().ok()?, |n| *n >= MAKING).ok()?;
        *n += 1;
        Some(Making(shared))
    }
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        if let Ok(mut n) = self.0.making.lock() {
            *n -= 1;
        }
        self.0.made.notify_one();
    }
}

/// Waits this long for more changes after the first: an editor writes a file in several steps.
const QUIET: Duration = Duration::from_millis(15);
/// But never longer than this.
const LONGEST: Duration = Duration::from_millis(60);
/// How often the clock is looked at, for items that come out or go by themselves.
const TICK: Duration = Duration::from_secs(5);
/// Ports tried after the first.
const PORTS: u16 = 50;

/// Why a preview could not begin.
#[derive(Debug)]
pub enum Failed {
    /// No port could be opened.
    Listen(std::io::Error),
    /// The folder cannot be watched for changes.
    Watch(notify::Error),
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failed::Listen(e) => e.fmt(f),
            Failed::Watch(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for Failed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(match self {
            Failed::Listen(e) => e,
            Failed::Watch(e) => e,
        })
    }
}

/// Serves until the process ends.
pub fn serve(request: Request<'_>, options: &Options, clock: &Clock<'_>, lang: Option<Tongue>, say: &(dyn Fn(&str) + Sync)) -> Result<(), Failed> {
    let (server, port) = listen(options)?;
    let mut request = request;
    let home = format!("http://{}:{port}/", host_in_address(&options.host));
    request.over.base_url.get_or_insert(home);
    let home = request.over.base_url.clone().unwrap_or_default();
    let mut kept = Kept::default();
    let day = |config: &Config| request.as_of(config, clock);
    let (site, mut report) = snapshot(&request, &[], day, options.drafts, &mut kept);
    if let Some(s) = &site {
        s.check(&mut kept, &mut report);
    }
    // The home page may tell of the findings, which are known only now.
    let (site, _) = if site.is_some() { snapshot(&request, &[], day, options.drafts, &mut kept) } else { (site, Report::new()) };
    let tongue = lang.or(site.as_ref().map(Snapshot::tongue)).unwrap_or(Tongue::En);
    let watched = site.as_ref().map_or_else(|| vec!["content".to_string()], Snapshot::watched);
    let editors = site.as_ref().map_or(String::new(), |s| s.editors(&kept, &mut report, tongue));
    let findings = http::findings(&request.root, report, tongue);
    let count = findings["new"].as_array().map_or(0, Vec::len);
    let shared = Shared {
        now: RwLock::new(State { site: site.map(Arc::new), findings: Arc::new(findings), editors: editors.into() }),
        news: Mutex::new(News { version: 1, findings: 1 }),
        bell: Condvar::new(),
        making: Mutex::new(0),
        made: Condvar::new(),
        host: options.host.clone(),
    };
    let zh = tongue == Tongue::Zh;
    if port != options.port && options.port != 0 {
        let busy = options.port;
        say(&if zh { format!("端口 {busy} 已被占用，改用 {port}。\n") } else { format!("Port {busy} is taken; using {port}.\n") });
    }
    say(&if zh {
        format!("预览：{home}（问题 {count} 个；按 Ctrl+C 结束）\n")
    } else {
        format!("Serving {home} ({count} {}; Ctrl+C stops)\n", if count == 1 { "finding" } else { "findings" })
    });
    let (tx, rx) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if let Ok(e) = event
            && !e.kind.is_access()
        {
            let _ = tx.send(e.paths);
        }
    })
    .map_err(Failed::Watch)?;
    let root = request.root.canonicalize().unwrap_or_else(|_| request.root.clone());
    watch(&mut watcher, &root, &watched);
    if options.open {
        open(&home);
    }
    let (answer, events) = (|asked: &net::Asked| http::answer(asked, &shared), |send: &mut net::Send<'_>| http::events(&shared, send));
    let told = net::Told { answer: &answer, events: &events };
    std::thread::scope(|scope| {
        scope.spawn(|| server.run(&told, clock.elapsed, scope));
        loop {
            let mut paths = match rx.recv_timeout(TICK) {
                Ok(first) => first,
                Err(RecvTimeoutError::Disconnected) => return,
                // A scheduled item comes out at its minute here too.
                Err(RecvTimeoutError::Timeout) => {
                    let due = standing(&shared).is_some_and(|s| s.due(day));
                    if due {
                        change(&request, &[], clock, options, &mut kept, &shared, tongue);
                    }
                    continue;
                }
            };
            let began = (clock.elapsed)();
            loop {
                match rx.recv_timeout(QUIET) {
                    Ok(more) => paths.extend(more),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                if (clock.elapsed)().saturating_sub(began) > LONGEST {
                    break;
                }
            }
            if !paths.iter().any(|p| matters(&root, p)) {
                continue;
            }
            if paths.iter().any(|p| themed(&root, p)) {
                kept.forget_theme();
            }
            paths.retain(|p| matters(&root, p));
            paths.sort();
            paths.dedup();
            let changed: Vec<PathBuf> = paths.iter().filter_map(|p| Some(request.root.join(p.strip_prefix(&root).ok()?))).collect();
            change(&request, &changed, clock, options, &mut kept, &shared, tongue);
            let took = (clock.elapsed)().saturating_sub(began).as_millis();
            let name = paths.first().map_or(String::new(), |p| p.strip_prefix(&root).unwrap_or(p).display().to_string());
            say(&if zh { format!("{name} 有改动，{took} 毫秒后更新\n") } else { format!("{name} changed, updated after {took} ms\n") });
        }
    });
    Ok(())
}

/// Takes a change over: pages first, findings after.
fn change(request: &Request<'_>, changed: &[PathBuf], clock: &Clock<'_>, options: &Options, kept: &mut Kept, shared: &Shared, tongue: Tongue) {
    let (site, mut report) = snapshot(request, changed, |c| request.as_of(c, clock), options.drafts, kept);
    let ring = |f: &dyn Fn(&mut News)| {
        if let Ok(mut n) = shared.news.lock() {
            f(&mut n);
        }
        shared.bell.notify_all();
    };
    let shown = site.is_some();
    // A site that cannot be shown (a broken template, say) leaves the last one standing, under the findings.
    let mut last = None;
    if shown && let Ok(mut now) = shared.now.write() {
        last = std::mem::replace(&mut now.site, site.map(Arc::new));
    }
    ring(&|n| n.version += 1);
    // Taken apart when the browsers have been told.
    drop(last);
    let mut editors = None;
    if let Some(s) = standing(shared).filter(|_| shown) {
        s.check(kept, &mut report);
        editors = Some(s.editors(kept, &mut report, tongue));
    }
    let findings = http::findings(&request.root, report, tongue);
    if let Ok(mut now) = shared.now.write() {
        if let Some(page) = editors {
            now.editors = page.into();
        }
        now.findings = Arc::new(findings);
    }
    ring(&|n| n.findings += 1);
}

/// The host as it stands in an address: a number of the sixth version in brackets.
fn host_in_address(host: &str) -> String {
    match host {
        "0.0.0.0" => "127.0.0.1".into(),
        "::" | "[::]" => "[::1]".into(),
        h if h.contains(':') && !h.starts_with('[') => format!("[{h}]"),
        h => h.into(),
    }
}

/// The site that is shown.
fn standing(shared: &Shared) -> Option<Arc<Snapshot>> {
    shared.now.read().ok()?.site.clone()
}

fn listen(options: &Options) -> Result<(net::Server, u16), Failed> {
    let mut last = std::io::Error::from(std::io::ErrorKind::AddrInUse);
    for port in (options.port..=options.port.saturating_add(PORTS)).chain([0]) {
        match std::net::TcpListener::bind((options.host.trim_matches(['[', ']']), port)) {
            Ok(s) => {
                let got = s.local_addr().map_or(port, |a| a.port());
                return Ok((net::Server::new(s), got));
            }
            Err(e) => last = e,
        }
    }
    Err(Failed::Listen(last))
}

fn watch(watcher: &mut impl Watcher, root: &Path, folders: &[String]) {
    // The folder itself shallowly, for site.yaml: `public/` and build folders beside it are nobody's business.
    let _ = watcher.watch(root, RecursiveMode::NonRecursive);
    for f in folders {
        let path = root.join(f);
        if path.is_dir() {
            let _ = watcher.watch(&path, RecursiveMode::Recursive);
        }
    }
}

/// A change that the site can show: not the output, not hidden files, not what editors leave beside a file.
fn matters(root: &Path, path: &Path) -> bool {
    let Ok(rel) = path.strip_prefix(root) else { return false };
    let parts: Vec<String> = rel.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    let junk = |n: &String| n.starts_with('.') || n.ends_with('~') || n.ends_with(".swp") || n.ends_with(".tmp") || n == "4913";
    match parts.len() {
        0 => false,
        1 => matches!(parts[0].as_str(), "site.yaml" | "site.yml" | "urls.txt" | "baseline.tsv"),
        _ => !parts.iter().any(junk),
    }
}

fn themed(root: &Path, path: &Path) -> bool {
    path.strip_prefix(root).is_ok_and(|r| r.starts_with("themes") || r == Path::new("site.yaml") || r == Path::new("site.yml"))
}

/// Asks the desktop to open an address; where it has no way to, nothing happens.
fn open(url: &str) {
    let (program, args): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let _ = std::process::Command::new(program)
        .args(args)
        .arg(url)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_shows_matters() {
        let root = Path::new("/p");
        for yes in ["/p/site.yaml", "/p/content/policies/a.md", "/p/themes/x/templates/pages/home.html"] {
            assert!(matters(root, Path::new(yes)), "{yes}");
        }
        for no in ["/p", "/p/public", "/p/content/.a.md.swp", "/p/content/a.md~", "/p/.git/index", "/q/site.yaml", "/p/README.md"] {
            assert!(!matters(root, Path::new(no)), "{no}");
        }
        assert!(themed(root, Path::new("/p/themes/x/i18n/en.yaml")) && !themed(root, Path::new("/p/content/a.md")));
    }
}
