//! The command line as values: arguments in, text and an exit code out.

mod audit;
mod command;
mod deploy;
mod export;
mod fetched;
mod filled;
mod fix;
mod import;
mod incidents;
mod mcp;
mod new;
mod parts;
mod project;
mod schema;
mod search;
mod stats;
mod tell;
mod theme;
mod trust;
mod usage;
mod verdict;
mod withdraw;

pub use command::command;

use crate::config::{Overrides, PROFILES, Profile};
use crate::diag::{Diagnostic, Format, Report, Severity, Tongue, print, sarif};
use crate::run::{AsOf, Clock, End, Request, Summary};
use crate::write::{Fault, write_project_file};
use crate::{baseline, explain, load, scaffold};
use clap::ArgMatches;
use jiff::tz::TimeZone;
use std::ffi::OsString;
use std::path::PathBuf;
use tell::{by_code, counts, some};

/// What a run prints, and how it ends: 0 clean, 1 problems in the content, 2 wrong use or a failure of the tool.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// For standard output.
    pub out: String,
    /// For standard error.
    pub err: String,
    /// Exit code.
    pub code: u8,
}

/// That standard output could not be written, as on a full disk: what was cut off must not count as whole.
pub fn unwritten(locale: &str, fault: &std::io::Error) -> String {
    if locale.to_ascii_lowercase().starts_with("zh") {
        format!("错误：写标准输出失败，已写出的不完整：{fault}")
    } else {
        format!("error: standard output could not be written, and what came of it is not whole: {fault}")
    }
}

/// What the program knows of its surroundings.
pub struct World<'a> {
    /// The clock.
    pub clock: Clock<'a>,
    /// `CLERESTORY_LANG`, `LC_ALL`, `LC_MESSAGES` or `LANG`.
    pub locale: String,
    /// Variables of the environment called CLERESTORY_… that are there and empty: as if they were not.
    pub unset: Vec<String>,
    /// Findings may be coloured: standard output is a terminal, and nobody asked for none.
    pub colour: bool,
    /// Called with files made and files planned; does nothing off a terminal.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Where this program lies, which reads hard files in a process of its own.
    pub program: Option<PathBuf>,
    /// Prints a line at once, for `serve`, which does not end.
    pub notice: &'a (dyn Fn(&str) + Sync),
    /// Reads a line of standard input, for `mcp`: `None` at its end; of a line that is longer than the bytes given no more than these.
    pub line: &'a (dyn Fn(u64) -> Option<Vec<u8>> + Sync),
    /// Writes a line to standard output at once; false where nobody takes it.
    pub answer: &'a (dyn Fn(&str) -> bool + Sync),
}

/// Chooses between the two languages of the tool.
fn tr(lang: Tongue, zh: &'static str, en: &'static str) -> &'static str {
    if lang == Tongue::Zh { zh } else { en }
}

/// Runs one command line.
pub fn run(args: &[OsString], world: &World<'_>) -> Printed {
    // Asked by the program itself, for a document that is read apart.
    if args.get(1).is_some_and(|a| a == load::attachment::reader::WORD) {
        return Printed { out: load::attachment::reader::answer(load::table::words), ..Printed::default() };
    }
    let told: Vec<&str> = (0..args.len())
        .filter_map(|i| match args[i].to_str() {
            Some("--lang") => args.get(i + 1).and_then(|v| v.to_str()),
            Some(s) => s.strip_prefix("--lang="),
            None => None,
        })
        .collect();
    // Said twice or wrongly it is a fault, told in the language that can be made out.
    let told = told.into_iter().rev().find(|t| command::tongue(t).is_ok());
    let han = |a: &OsString| a.to_string_lossy().chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{ff01}'..='\u{ff5e}').contains(&c));
    // A terminal that says nothing of its language speaks that of its user's words.
    let silent = matches!(world.locale.split('.').next(), None | Some("" | "C" | "POSIX"));
    let locale = if silent && args.iter().skip(1).any(han) { "zh" } else { &world.locale };
    let terminal = Tongue::of(told.unwrap_or(locale));
    let args = excluded_last(args);
    let without = |c: clap::Command| c.mut_args(|a| if world.unset.iter().any(|u| a.get_env().is_some_and(|e| e == u.as_str())) { a.env(None) } else { a });
    let matches = match without(command(terminal)).mut_subcommands(without).try_get_matches_from(&args) {
        Ok(m) => m,
        Err(e) if e.use_stderr() => return Printed { err: usage::wrong(&e, terminal), code: 2, ..Printed::default() },
        Err(e) => return Printed { out: e.render().to_string(), ..Printed::default() },
    };
    let told = matches.get_one::<String>("lang").map(String::as_str);
    let terminal = told.map_or(terminal, Tongue::of);
    match matches.subcommand() {
        Some(("build" | "merge", m)) => build(m, world, told),
        Some(("check", m)) if m.get_flag("fix") => fix::run(m, world, told),
        Some(("check", m)) => check(m, world, told),
        Some(("init", m)) => init(m, world, terminal),
        Some(("new", m)) => new::run(m, world, told),
        Some(("import", m)) => import::run(m, world, told, terminal),
        Some(("editor", m)) => schema::editor(m, world, told, terminal),
        Some(("schema", m)) => schema::run(m, world, told, spoken(m, told, terminal)),
        Some(("push", m)) => push(m, world, told),
        Some(("stats", m)) => stats::run(m, world, told),
        Some(("withdraw", m)) => withdraw::run(m, world, told),
        Some(("theme", m)) => theme::run(m, world, told, spoken(m, told, terminal)),
        Some(("codeowners", m)) => codeowners(m, world, told, terminal),
        Some(("audit", m)) => audit::run(m, world, terminal),
        Some(("completions", m)) => completions(m, terminal),
        Some(("man", m)) => manual(m, terminal),
        Some(("serve", m)) => serve(m, world, told),
        Some(("export", m)) => export::run(m, world, told, terminal),
        Some(("mcp", m)) => mcp::run(m, world, spoken(m, told, terminal)),
        Some(("search", m)) => search::run(m, world, told, terminal),
        Some(("deploy", m)) => deploy::run(m, world, spoken(m, told, terminal)),
        Some(("keygen", m)) => trust::keygen(m, world, told, terminal),
        Some(("verify", m)) => trust::verify(m, world, spoken(m, told, terminal)),
        Some(("explain", m)) => explained(m, terminal, told),
        Some(("help", m)) => help(m, terminal),
        _ => Printed { code: 2, ..Printed::default() },
    }
}

/// The language of a command that needs no project: that of the project around it, where there is one.
fn spoken(m: &ArgMatches, told: Option<&str>, terminal: Tongue) -> Tongue {
    let config = || crate::config::read(&project::find(m).ok()?, &crate::config::Overrides::default(), &mut Report::new());
    told.map(Tongue::of).or_else(|| config().map(|c| c.tongue())).unwrap_or(terminal)
}

/// `search -停车` leaves a word out: words that begin so and are no options are moved behind `--`.
fn excluded_last(args: &[OsString]) -> Vec<OsString> {
    let word = |a: &OsString| a.to_str().and_then(|s| s.strip_prefix('-')).and_then(|s| s.chars().next()).is_some_and(|c| !c.is_ascii());
    if !args.iter().any(|a| a == "search") || args.iter().any(|a| a == "--") || !args.iter().any(word) {
        return args.to_vec();
    }
    let (last, rest): (Vec<OsString>, Vec<OsString>) = args.iter().cloned().partition(word);
    rest.into_iter().chain([OsString::from("--")]).chain(last).collect()
}

/// The help of one command, or of all.
fn help(m: &ArgMatches, lang: Tongue) -> Printed {
    let mut whole = command(lang);
    whole.build();
    match m.get_one::<String>("command") {
        None => Printed { out: whole.render_help().to_string(), ..Printed::default() },
        Some(name) => match whole.find_subcommand_mut(name) {
            Some(c) => Printed { out: c.render_help().to_string(), ..Printed::default() },
            None => no_command(name, lang),
        },
    }
}

fn no_command(name: &str, lang: Tongue) -> Printed {
    let names: Vec<String> = command(lang).get_subcommands().map(|c| c.get_name().to_string()).collect();
    let close = tell::closest(name, names.iter().map(String::as_str));
    let mut err = format!("{}{name}\n", tr(lang, "没有这个命令：", "no such command: "));
    if let Some(c) = close {
        err.push_str(&format!("  = {}{c}\n", tr(lang, "是不是：", "did you mean: ")));
    }
    Printed { err, code: 2, ..Printed::default() }
}

fn profile(m: &ArgMatches) -> Option<Profile> {
    let word = m.get_one::<String>("profile")?;
    PROFILES.iter().find(|(w, _)| w == word).map(|(_, p)| *p)
}

/// What is said of an `--as-of` that is no day.
fn no_day(given: &str, lang: Tongue) -> String {
    match lang {
        Tongue::Zh => format!("--as-of 不是日期：{given}\n  = 写作 2026-11-01 或 \"2026-11-01 18:00\""),
        Tongue::En => format!("--as-of is no date: {given}\n  = write 2026-11-01 or \"2026-11-01 18:00\""),
    }
}

/// The request of `build` and `check`, or what is wrong with the flags.
fn request<'a>(m: &ArgMatches, world: &World<'a>, lang: Tongue) -> Result<Request<'a>, Printed> {
    let wrong = |text: String| Printed { err: format!("{text}\n"), code: 2, ..Printed::default() };
    let as_of = match m.get_one::<String>("as-of") {
        None => None,
        Some(s) => match AsOf::parse(s) {
            Some(as_of) => Some(as_of),
            None => return Err(wrong(no_day(s, lang))),
        },
    };
    let root = project::project(m, lang)?;
    let has = |name: &str| m.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or(false);
    Ok(Request {
        root,
        out: m.try_get_one::<PathBuf>("out").ok().flatten().cloned(),
        as_of,
        over: Overrides {
            base_url: m.get_one::<String>("base-url").cloned(),
            profile: profile(m),
            settings: m.get_one::<PathBuf>("config").cloned(),
            signed: None,
        },
        hold_back: has("hold-back"),
        record: has("record-urls"),
        split: crate::Split::Whole,
        relative: has("relative"),
        zip: m.try_get_one::<PathBuf>("zip").ok().flatten().cloned(),
        seal: None,
        reader: world.program.clone(),
        sync: !has("no-sync"),
        progress: world.progress,
    })
}

/// `--lang`, else the site's language, else the terminal's.
fn tongue(told: Option<&str>, config: Option<&crate::config::Config>, world: &World<'_>) -> Tongue {
    told.map(Tongue::of).or(config.map(|c| c.tongue())).unwrap_or_else(|| Tongue::of(&world.locale))
}

fn format_of(m: &ArgMatches) -> Format {
    m.get_one::<String>("format").and_then(|f| Format::parse(f)).unwrap_or_default()
}

fn build(m: &ArgMatches, world: &World<'_>, told: Option<&str>) -> Printed {
    let first = tongue(told, None, world);
    let mut request = match request(m, world, first) {
        Ok(r) => r,
        Err(p) => return p,
    };
    if let Err(p) = parts::split(m, &mut request, first) {
        return p;
    }
    let told_of_keys = match trust::seal(m, &mut request, first) {
        Ok(t) => t,
        Err(p) => return p,
    };
    if let Some(dir) = m.get_one::<PathBuf>("internal")
        && let Err(p) = internal(dir, &mut request, world, told)
    {
        return p;
    }
    let mut built = crate::build(&request, &world.clock, None);
    let lang = tongue(told, built.config.as_ref(), world);
    let base = baseline(&request.root, &mut built.report);
    let (fresh, known) = base.split(&built.report);
    let mut p = findings(m, &fresh, world, lang);
    p.err.push_str(&told_of_keys);
    match built.end {
        End::Done(summary) => {
            // What was held back is not published, so its errors are not the site's.
            let out = |d: &Diagnostic| [&d.item, &d.file].into_iter().flatten().any(|f| summary.held.iter().any(|h| **h == **f));
            let wrong = fresh.iter().filter(|d| d.severity >= Severity::Error && !out(d)).count();
            if let Some(file) = m.get_one::<PathBuf>("summary") {
                let told = summary.held.iter().map(|h| crate::diag::path(h).into_owned()).collect();
                let json = serde_json::to_string_pretty(&Summary { held: told, ..(*summary).clone() }).unwrap_or_default() + "\n";
                if let Err(f) = write_project_file(file, &json) {
                    return failed(p, &f, lang);
                }
            }
            if !m.get_flag("quiet") {
                p.err.push_str(&summary_text(&summary, &request, lang));
                p.err.push_str(&counts(&fresh, known, lang));
            }
            if wrong > 0 && !m.get_flag("allow-errors") {
                p.code = 1;
                p.err.push_str(tr(
                    lang,
                    "网站已发布，内容里还有错误，所以以 1 结束（--allow-errors 可改为 0）。\n",
                    "The site was published; its content has errors, so this ends with 1 (with --allow-errors, 0).\n",
                ));
            }
        }
        End::Blocked => {
            p.code = 1;
            p.err.push_str(&counts(&fresh, known, lang));
            let mut files: Vec<&str> = fresh.iter().filter(|d| d.blocks).map(|d| d.path()).filter(|f| !f.is_empty()).collect();
            files.sort_unstable();
            files.dedup();
            // What could be held back was; the rest stands in the way.
            let folders = built.config.as_ref().map_or(&[][..], |c| &c.content);
            let below = |path: &str| {
                folders.iter().any(|c| {
                    path.strip_prefix(c.as_str())
                        .is_some_and(|r| r.starts_with('/') && (crate::pipeline::is_item(&r[1..]) || crate::model::feedback::is_part(&r[1..])))
                })
            };
            let alone = |path: &str| below(path) || fresh.iter().any(|d| d.blocks && d.path() == path && d.file.as_deref() == Some(path));
            let owner = |path: &str| fresh.iter().filter(|d| d.blocks && d.path() == path).all(|d| d.item.as_deref().is_some_and(below));
            let (items, rest): (Vec<&str>, Vec<&str>) = files.into_iter().partition(|f| alone(f) || owner(f));
            let list = |files: &[&str]| {
                let mut list =
                    files.iter().take(5).map(|f| crate::diag::clean(&crate::diag::path(f)).into_owned()).collect::<Vec<_>>().join(tr(lang, "、", ", "));
                if let Some(more) = files.len().checked_sub(5).filter(|n| *n > 0) {
                    list.push_str(&if lang == Tongue::Zh { format!(" 等 {} 个文件", files.len()) } else { format!(" and {more} more") });
                }
                list
            };
            let (first, last) = (list(&items), list(&rest));
            let nowhere = items.is_empty() && rest.is_empty();
            p.err.push_str(&match (request.hold_back || items.is_empty(), rest.is_empty(), lang) {
                // A setting given on the command line stands in no file.
                (_, _, Tongue::Zh) if nowhere => "网站没有改动，要先改好上面说的问题。\n".to_string(),
                _ if nowhere => "The site was not touched; mend what is told above first.\n".to_string(),
                (true, _, Tongue::Zh) => {
                    let last = if rest.is_empty() && !first.is_empty() { &first } else { &last };
                    format!("网站没有改动：{last} 里的问题不能靠拦下条目解决（词汇表、site.yaml 或地址），要先改好。\n")
                }
                (true, _, _) => {
                    let last = if rest.is_empty() && !first.is_empty() { &first } else { &last };
                    format!("The site was not touched: what is wrong in {last} cannot be held back as an item (a vocabulary, site.yaml, an address); mend it first.\n")
                }
                (false, true, Tongue::Zh) => format!("网站没有改动，要先处理：{first}。build --hold-back 可以拦下有关条目、发布其余部分。\n"),
                (false, true, _) => format!(
                    "The site was not touched; what must not be published stands in {first}. build --hold-back leaves those items out and publishes the rest.\n"
                ),
                (false, false, Tongue::Zh) => format!(
                    "网站没有改动，要先改好：{last}（词汇表、site.yaml 或地址，不能靠拦下条目解决）。改好之后，{first} 可以用 build --hold-back 拦下，发布其余部分。\n"
                ),
                (false, false, _) => format!(
                    "The site was not touched; first mend {last} (a vocabulary, site.yaml, an address: nothing that can be held back as an item). What is wrong in {first} can then be left out by build --hold-back.\n"
                ),
            });
        }
        End::Failed(fault) => return untouched(failed(p, &fault, lang), lang),
    }
    p
}

/// Whether a file or folder lies where everything is published: the output, static/, the folders of the content.
fn published(path: &std::path::Path, request: &Request<'_>) -> bool {
    let there = crate::pipeline::real(path);
    let content = crate::config::read(&request.root, &request.over, &mut Report::new()).map_or_else(|| vec!["content".into()], |c| c.content);
    let folders = content.iter().map(|c| request.root.join(c)).chain([request.out_dir(), request.root.join("static"), request.root.join("themes")]);
    folders.into_iter().any(|p| there.starts_with(crate::pipeline::real(&p)))
}

/// Writes the scorecards for the supervising office, whether the build succeeds or not.
fn internal(dir: &std::path::Path, request: &mut Request<'_>, world: &World<'_>, told: Option<&str>) -> Result<(), Printed> {
    let lang = tongue(told, crate::config::read(&request.root, &request.over, &mut Report::new()).as_ref(), world);
    if published(dir, request) {
        let why = tr(lang, "--internal 的目录会随网站公布，换一个：", "--internal: this folder would be published; choose another: ");
        return Err(Printed { err: format!("{why}{}\n", dir.display()), code: 2, ..Printed::default() });
    }
    let hold = std::mem::replace(&mut request.hold_back, true);
    let signed = request.over.signed.take();
    let files = crate::internal(request, &world.clock, lang);
    (request.hold_back, request.over.signed) = (hold, signed);
    for (name, text) in files.into_iter().flatten() {
        crate::write::create_project_bytes(&dir.join(name), &text).map_err(|f| failed(Printed::default(), &f, lang))?;
    }
    Ok(())
}

fn check(m: &ArgMatches, world: &World<'_>, told: Option<&str>) -> Printed {
    let first = tongue(told, None, world);
    if let Some(file) = m.get_one::<std::path::PathBuf>("file") {
        return filled::run(m, file, world, told, first);
    }
    let mut request = match request(m, world, first) {
        Ok(r) => r,
        Err(p) => return p,
    };
    let judge = verdict::wanted(m);
    let full = m.get_flag("full") || judge;
    // The rules over finished pages also speak where an item is held.
    request.hold_back = full;
    let mut checked = match crate::check(&request, &world.clock, None, full, m.get_flag("links")) {
        Ok(c) => c,
        Err(f) => return failed(Printed::default(), &f, first),
    };
    let earlier = m.get_flag("ratchet").then(|| request.out_dir().join("datasets/quality.json"));
    crate::gate(
        &mut checked,
        m.get_one::<f64>("min-quality").copied(),
        m.get_one::<std::path::PathBuf>("ratchet-file").or(earlier.as_ref()).map(|p| p.as_path()),
    );
    let lang = tongue(told, checked.config.as_ref(), world);
    if judge && checked.config.as_ref().is_some_and(|c| c.profile == Profile::Generic) {
        return verdict::refused(lang);
    }
    if m.get_flag("links")
        && let Err(why) = crate::online::ask(&checked.addresses, &mut checked.report)
    {
        return unasked(&why, lang);
    }
    if m.get_flag("write-baseline") {
        if let Err(f) = crate::write_baseline(&request.root, &checked.report) {
            return failed(Printed::default(), &f, lang);
        }
        let n = checked.report.sorted().iter().filter(|d| !d.blocks).count();
        let text = if lang == Tongue::Zh {
            format!("baseline.tsv 记下了 {n} 个问题。\n")
        } else {
            format!("baseline.tsv now accepts {}.\n", some(n, "finding", "findings"))
        };
        let blocks = checked.report.sorted().into_iter().filter(|d| d.blocks).collect::<Vec<_>>();
        if blocks.is_empty() {
            return Printed { err: text, ..Printed::default() };
        }
        // What must not be published is never accepted.
        let mut p = findings(m, &blocks, world, lang);
        p.code = 1;
        p.err = text + tr(lang, "上面这些不得公开，不能记入基线。\n", "What is above must not be published and cannot be accepted.\n");
        return p;
    }
    let base = baseline(&request.root, &mut checked.report);
    let (fresh, known) = base.split(&checked.report);
    if let Some(config) = checked.config.as_ref().filter(|_| judge) {
        // What a baseline accepts is there all the same.
        let all = checked.report.sorted();
        let day = request.as_of(config, &world.clock).date.to_string();
        let looked = if lang == Tongue::Zh {
            format!("{} 个条目和全部网页", checked.items)
        } else {
            format!("{} and all pages", some(checked.items, "item", "items"))
        };
        let able = verdict::able(config);
        let site = config.title.get(usize::from(lang == Tongue::En && config.languages.len() > 1).min(config.languages.len() - 1)).to_string();
        return verdict::verdict(m, &all, &able, &verdict::About { site: &site, day: &day, looked: &looked }, Some(&request), lang);
    }
    let mut p = findings(m, &fresh, world, lang);
    if !m.get_flag("quiet") {
        let n = checked.items;
        p.err.push_str(&if lang == Tongue::Zh { format!("检查了 {n} 个条目。") } else { format!("{} checked. ", some(n, "item", "items")) });
        p.err.push_str(&counts(&fresh, known, lang));
    }
    p.code = u8::from(fresh.iter().any(|d| d.severity >= Severity::Error));
    p
}

/// `check --links` could not ask: an error of the machine, not of the content.
fn unasked(why: &crate::online::Unasked, lang: Tongue) -> Printed {
    let zh = lang == Tongue::Zh;
    let text = match why {
        crate::online::Unasked::NoCurl if zh => "check --links 要用 curl，这台机器上没有；装上 curl 再试。\n".to_string(),
        crate::online::Unasked::NoCurl => "check --links asks by curl, which this machine does not have; install it and try again.\n".to_string(),
        crate::online::Unasked::Failed(e) if zh => format!("没有问成（{e}）；check --links 要 curl 7.75 以上。\n"),
        crate::online::Unasked::Failed(e) => format!("nothing could be asked ({e}); check --links wants curl 7.75 or newer.\n"),
    };
    Printed { err: text, code: 2, ..Printed::default() }
}

#[cfg(not(feature = "serve"))]
fn serve(_: &ArgMatches, world: &World<'_>, told: Option<&str>) -> Printed {
    let why = tr(
        tongue(told, None, world),
        "这个程序编译时没有带上预览服务器（功能 serve）；生成后可用任何静态服务器打开 public/。\n",
        "this program was built without the preview server (feature serve); after a build any static server shows public/.\n",
    );
    Printed { err: why.into(), code: 2, ..Printed::default() }
}

#[cfg(feature = "serve")]
fn serve(m: &ArgMatches, world: &World<'_>, told: Option<&str>) -> Printed {
    let lang = tongue(told, None, world);
    let request = match request(m, world, lang) {
        Ok(r) => r,
        Err(p) => return p,
    };
    let options = crate::serve::Options {
        host: m.get_one::<String>("host").cloned().unwrap_or_else(|| "127.0.0.1".into()),
        port: m.get_one::<u16>("port").copied().unwrap_or(8000),
        drafts: m.get_flag("drafts"),
        open: m.get_flag("open"),
    };
    match crate::serve::serve(request, &options, &world.clock, told.map(Tongue::of), world.notice) {
        Ok(()) => Printed::default(),
        Err(e) => {
            let what = match &e {
                crate::serve::Failed::Listen(_) => tr(lang, "无法监听：", "cannot listen: "),
                crate::serve::Failed::Watch(_) => tr(lang, "无法监视目录的改动：", "cannot watch the folder for changes: "),
            };
            Printed { err: format!("{what}{e}\n"), code: 2, ..Printed::default() }
        }
    }
}

/// The day that a new file bears: the build's day rules, without `as_of`.
fn today(world: &World<'_>, tz: &TimeZone) -> jiff::civil::Date {
    tz.to_datetime(world.clock.epoch.unwrap_or(world.clock.now)).date()
}

fn init(m: &ArgMatches, world: &World<'_>, lang: Tongue) -> Printed {
    let dir = m.get_one::<PathBuf>("dir").cloned().unwrap_or_default();
    let word = m.get_one::<String>("kind").map_or("open-data", String::as_str);
    let kind = scaffold::SITES.iter().find(|(w, _)| *w == word).map_or(scaffold::Site::OpenData, |(_, k)| *k);
    // A site of China is in Chinese and counts its days there, whatever language the shell has; `--lang` says otherwise of the language.
    let messages = lang;
    let cn = kind != scaffold::Site::OpenData;
    let lang = if cn && m.get_one::<String>("lang").is_none() { Tongue::Zh } else { lang };
    let zone = TimeZone::get(if cn || lang == Tongue::Zh { "Asia/Shanghai" } else { "UTC" }).unwrap_or(TimeZone::UTC);
    if !m.get_flag("adopt")
        && let Some(name) = scaffold::occupied(&dir)
    {
        let d = dir.display();
        let err = match messages {
            Tongue::Zh => format!("{d} 里已有别的文件（如 {name}），没有新建\n  = 写一个新目录；要在这里新建，加 --adopt\n"),
            Tongue::En => format!("other files are in {d} already (such as {name}); nothing was made\n  = name a new folder; to begin here, add --adopt\n"),
        };
        return Printed { err, code: 2, ..Printed::default() };
    }
    // Whoever asks for Traditional Chinese gets pages in both scripts; texts and messages are written in Simplified.
    let both =
        m.get_one::<String>("lang").is_some_and(|t| ["zh-hant", "zh-tw", "zh-hk", "zh_tw", "zh_hk"].iter().any(|p| t.to_ascii_lowercase().starts_with(p)));
    match scaffold::init(&dir, kind, lang, both, &today(world, &zone).to_string()) {
        Ok(made) => {
            let mut p = made_text(&made, messages);
            let d = dir.display();
            p.out.push_str(&if messages == Tongue::Zh {
                format!("\n下一步：\n  cd {d}\n  clerestory serve --open\n")
            } else {
                format!("\nNext:\n  cd {d}\n  clerestory serve --open\n")
            });
            p
        }
        Err(f) => failed(Printed::default(), &f, messages),
    }
}

/// `push`: the texts are printed; with `--out` they are written, and poster and picture beside them.
fn push(m: &ArgMatches, world: &World<'_>, told: Option<&str>) -> Printed {
    let first = tongue(told, None, world);
    let request = match request(m, world, first) {
        Ok(r) => r,
        Err(p) => return p,
    };
    let lang = tongue(told, crate::config::read(&request.root, &request.over, &mut Report::new()).as_ref(), world);
    let given = m.get_one::<String>("id").map_or("", String::as_str);
    let id = given.trim_matches('/').trim_end_matches(".md").trim_end_matches("/dataset.yaml");
    let id = id.strip_prefix("content/").unwrap_or(id);
    // Where and in which language are the site's to say.
    let asked = Request { out: None, hold_back: true, ..request };
    let pushed = crate::push(&asked, &world.clock, id, m.get_one::<String>("in").map(String::as_str));
    let Some((files, known, near)) = pushed.files else {
        let all = pushed.report.sorted();
        return Printed { out: print(&all, Format::Text, lang), code: 1, ..Printed::default() };
    };
    let Some(files) = files else {
        let mut err = match (lang, known) {
            (Tongue::Zh, true) => format!("{given} 没有公开（草稿、待发布、撤回或拦下），不能推送\n"),
            (Tongue::Zh, false) => format!("没有这个条目：{given}\n"),
            (_, true) => format!("{given} is not public (a draft, scheduled, withdrawn or held), so there is nothing to tell of it\n"),
            (_, false) => format!("no such item: {given}\n"),
        };
        if let Some(n) = near {
            err.push_str(&format!("  = {}{n}\n", tr(lang, "是不是：", "did you mean: ")));
        }
        return Printed { err, code: 2, ..Printed::default() };
    };
    let wrong: Vec<&Diagnostic> = pushed.report.sorted().into_iter().filter(|d| d.code == "SRC042").collect();
    let mut p = Printed { err: print(&wrong, Format::Text, lang), ..Printed::default() };
    match m.get_one::<PathBuf>("out") {
        Some(dir) => {
            for (name, bytes) in files {
                if let Err(f) = crate::write::create_project_bytes(&dir.join(name), &bytes) {
                    return failed(Printed::default(), &f, lang);
                }
                p.out.push_str(&format!("{}\n", dir.join(name).display()));
            }
        }
        None => {
            for (name, bytes) in files.iter().filter(|(n, _)| n.ends_with(".txt")) {
                p.out.push_str(&format!("== {name}\n{}\n", String::from_utf8_lossy(bytes)));
            }
        }
    }
    p
}

/// `codeowners`: printed where every owner names somebody.
fn codeowners(m: &ArgMatches, world: &World<'_>, told: Option<&str>, terminal: Tongue) -> Printed {
    let k = match project::project(m, terminal).and_then(|root| schema::known(&root, told, world)) {
        Ok(k) => k,
        Err(p) => return p,
    };
    let lang = tongue(told, Some(&k.config), world);
    let (out, lacking) = crate::owners::codeowners(&k.portal, &k.config, lang);
    if !k.wrong.is_empty() {
        return Printed { err: k.wrong, code: 1, ..Printed::default() };
    }
    let hint =
        tr(lang, "  = 改法：在 departments.yaml 里写 code_owners: [\"@单位/团队\"]\n", "  = help: write code_owners: [\"@org/team\"] in departments.yaml\n");
    let err: String = lacking.iter().map(|t| format!("{}\n", t.get(lang))).chain((!lacking.is_empty()).then(|| hint.to_string())).collect();
    Printed { out, code: u8::from(!err.is_empty()), err }
}

fn made_text(made: &[PathBuf], lang: Tongue) -> Printed {
    let lines: String = made.iter().map(|f| format!("{} {}\n", tr(lang, "新建", "created"), f.display())).collect();
    Printed { out: lines, ..Printed::default() }
}

fn completions(m: &ArgMatches, lang: Tongue) -> Printed {
    let mut out = Vec::new();
    if let Some(shell) = m.get_one::<clap_complete::Shell>("shell") {
        clap_complete::generate(*shell, &mut command(lang), "clerestory", &mut out);
    }
    Printed { out: String::from_utf8_lossy(&out).into_owned(), ..Printed::default() }
}

fn manual(m: &ArgMatches, lang: Tongue) -> Printed {
    let mut whole = command(lang);
    whole.build();
    let name = m.get_one::<String>("command");
    let page = match name {
        None => Some(whole),
        Some(name) => whole.find_subcommand(name).cloned(),
    };
    let Some(page) = page else {
        return no_command(name.map_or("", String::as_str), lang);
    };
    let title = name.map_or("clerestory".to_string(), |n| format!("clerestory-{n}"));
    let mut out = Vec::new();
    match clap_mangen::Man::new(page).title(title).render(&mut out) {
        Ok(()) => Printed { out: String::from_utf8_lossy(&out).into_owned(), ..Printed::default() },
        Err(e) => Printed { err: format!("{e}\n"), code: 2, ..Printed::default() },
    }
}

/// The findings with their files as the repository has them, which GitHub and services of code scanning read: a project may be
/// one of its folders. `None` where the names are the same.
fn placed(m: &ArgMatches, format: Format, all: &[&Diagnostic]) -> Option<Vec<Diagnostic>> {
    if !matches!(format, Format::Sarif | Format::Github) {
        return None;
    }
    let root = project::or_here(m);
    let whole = root.canonicalize().ok()?;
    let tree = whole.ancestors().find(|d| d.join(".git").symlink_metadata().is_ok())?;
    let below = whole.strip_prefix(tree).ok().filter(|b| !b.as_os_str().is_empty())?.to_str()?.replace('\\', "/");
    let moved = |d: &&Diagnostic| {
        let mut d = (*d).clone();
        // A name that is no file of the project (an option, a page on the way) stays what it is.
        if let Some(s) = d.span.as_mut().filter(|s| root.join(&*s.file).symlink_metadata().is_ok()) {
            s.file = format!("{below}/{}", s.file).into();
        }
        d
    };
    Some(all.iter().map(moved).collect())
}

fn findings(m: &ArgMatches, fresh: &[&Diagnostic], world: &World<'_>, lang: Tongue) -> Printed {
    let format = format_of(m);
    let shown: Vec<&Diagnostic> = fresh.iter().filter(|d| format != Format::Text || d.severity > Severity::Warn || !m.get_flag("quiet")).copied().collect();
    let placed = placed(m, format, &shown);
    let shown = placed.as_ref().map_or(shown, |p| p.iter().collect());
    let mut out = match format {
        Format::Sarif => sarif(&shown, lang, &|code| explain::about(code, lang)),
        f => print(&shown, f, lang),
    };
    if format == Format::Text {
        out = by_code(&shown, lang) + &out;
        if world.colour {
            out = tell::paint(&out, lang);
        }
    }
    Printed { out, ..Printed::default() }
}

/// Most names of what was held that are told at the end of a build.
const HELD: usize = 10;

fn summary_text(s: &Summary, request: &Request<'_>, lang: Tongue) -> String {
    let zh = lang == Tongue::Zh;
    let total: f64 = s.seconds.iter().map(|(_, t)| t).sum();
    let stages: Vec<String> = s.seconds.iter().map(|(n, t)| format!("{n} {t:.2}")).collect();
    let size = crate::render::size_text(s.bytes);
    let out = request.out_dir();
    let mut text = if zh {
        format!("{} 个页面，{} 个文件，{size}（{} 个未变），{total:.2} 秒（{}）→ {}\n", s.pages, s.files, s.unchanged, stages.join("，"), out.display())
    } else {
        let (pages, files) = (some(s.pages, "page", "pages"), some(s.files, "file", "files"));
        format!("{pages}, {files}, {size} ({} unchanged), {total:.2} s ({}) → {}\n", s.unchanged, stages.join(", "), out.display())
    };
    if s.published == "file-by-file" {
        text.push_str(tr(
            lang,
            "输出目录不能整体交换，已逐个文件换入：先资源，后页面，最后删除。\n",
            "The output folder cannot be exchanged as a whole; files were moved in one by one: assets, then pages, then deletions.\n",
        ));
    }
    if !s.held.is_empty() {
        let names: Vec<_> = s.held.iter().map(|h| crate::diag::clean(&crate::diag::path(h)).into_owned()).collect();
        // All of them stand in the findings above.
        let (first, more) = (&names[..names.len().min(HELD)], names.len().saturating_sub(HELD));
        let rest = match more {
            0 => String::new(),
            n if zh => format!("，还有 {n} 个"),
            n => format!(" and {n} more"),
        };
        text.push_str(&if zh {
            format!("拦下 {} 个：{}{rest}\n", names.len(), first.join("、"))
        } else {
            format!("{} held back: {}{rest}\n", names.len(), first.join(", "))
        });
    }
    // A row of a sheet: `path#row`.
    let row = |h: &&String| h.rsplit_once('#').is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let requests = s.held.iter().filter(row).filter(|h| h.contains("disclosure/requests.csv#")).count();
    let letters = s.held.iter().filter(row).count() - requests;
    if letters > 0 {
        text.push_str(&if zh {
            format!("其中来信 {letters} 封：照常计数，内容不显示。\n")
        } else {
            format!("Letters among these: {letters}; they are counted, and nothing of them is shown.\n")
        });
    }
    if requests > 0 {
        text.push_str(&if zh {
            format!("其中申请登记 {requests} 行：照常列出和计数，只是不显示有个人信息的格。\n")
        } else {
            format!("Rows of the register of requests among these: {requests}; they are listed and counted, without the cells that have personal data.\n")
        });
    }
    let files = s.held.iter().filter(|h| !row(h) && !crate::pipeline::is_item(h) && !h.starts_with("static/")).count();
    if files > 0 {
        text.push_str(&if zh {
            format!("其中数据文件和附件 {files} 个：所属条目照常公布，只是没有这些文件；数据集若没有别的文件，整个不公布。\n")
        } else {
            format!("Data files and attachments among these: {files}; their items are published without them; a dataset of which no other file is left is held as a whole.\n")
        });
    }
    if !s.not_applicable.is_empty() {
        let list = s.not_applicable.join(", ");
        text.push_str(&if zh { format!("不适用（示范站）：{list}\n") } else { format!("Not applicable (demonstration): {list}\n") });
    }
    if let Some(d) = &s.next_change {
        text.push_str(&if zh {
            format!("下一次状态变化在 {d}，届时请再生成一次。\n")
        } else {
            format!("The state of an item changes next on {d}; build again then.\n")
        });
    }
    if s.redirects > 0 {
        let n = s.redirects;
        text.push_str(&if zh {
            format!("{n} 个旧地址会跳转。\n")
        } else {
            format!("{}.\n", crate::diag::counted(n as u64, "old address redirects", "old addresses redirect"))
        });
    }
    if let Some(log) = &s.log {
        text.push_str(&trust::logged(log, lang));
    }
    if s.new_urls > 0 {
        text.push_str(&if zh {
            format!("{} 个地址尚未记入 urls.txt（build --record-urls 可记入）。\n", s.new_urls)
        } else {
            let (are, them) = if s.new_urls == 1 { ("is", "it") } else { ("are", "them") };
            format!("{} {are} not in urls.txt yet (build --record-urls adds {them}).\n", some(s.new_urls, "address", "addresses"))
        });
    }
    text
}

/// Of a build that stopped: what is said of the live site is true of no other command.
fn untouched(mut p: Printed, lang: Tongue) -> Printed {
    p.err.push_str(tr(lang, "现有网站没有改动。\n", "The live site was not touched.\n"));
    p
}

fn failed(mut p: Printed, fault: &Fault, lang: Tongue) -> Printed {
    let zh = lang == Tongue::Zh;
    let text = match fault {
        Fault::Io(path, e) => {
            let full = e.kind() == std::io::ErrorKind::StorageFull;
            let hint = match (full, zh) {
                (true, true) => "磁盘已满：腾出空间再试",
                (true, false) => "the disk is full: make room and try again",
                (false, true) => "检查路径与权限",
                (false, false) => "look at the path and its permissions",
            };
            if zh {
                format!("写不出来：{}：{}\n  = 改法：{hint}", path.display(), crate::diag::system(e).zh)
            } else {
                format!("cannot write {}: {e}\n  = help: {hint}", path.display())
            }
        }
        Fault::Foreign(files, n) => {
            let list = files.iter().map(|f| crate::diag::clean(f)).collect::<Vec<_>>().join("\n  ");
            if zh {
                format!(
                    "输出目录里有 {n} 个不是明窗生成的文件，为免误删，没有发布：\n  {list}\n  = 改法：网站要用的移到项目的 static/（随站发布；与网页同名的，如 index.html，不要移），其余移到别处或删去；或换一个 --out"
                )
            } else {
                format!(
                    "the output folder holds {} no build of ours made; nothing was published, so that none is lost:\n  {list}\n  = help: move what the site needs to static/ of the project (published with it; not what has the name of a page, such as index.html), the rest elsewhere or delete it; or choose another --out",
                    crate::diag::counted(*n as u64, "file that", "files that")
                )
            }
        }
        Fault::Exists(path) => {
            if zh {
                format!("{} 已经存在，没有新建任何文件", path.display())
            } else {
                format!("{} is there already; nothing was created", path.display())
            }
        }
        Fault::Busy(lock) => {
            if zh {
                format!("另一个 build 正在写同一个输出目录（{}），请等它结束", lock.display())
            } else {
                format!("another build is writing to the same output folder ({}); wait for it to end", lock.display())
            }
        }
        Fault::Parts(why) => why.get(lang).to_string(),
        Fault::BadTarget(path) => {
            if zh {
                format!("{} 不能作输出目录：它含有或位于项目的内容之中，或不是目录", path.display())
            } else {
                format!("{} cannot be the output folder: it holds inputs of the project, lies among them, or is no folder", path.display())
            }
        }
    };
    p.err.push_str(&format!("{}{text}\n", tr(lang, "失败：", "error: ")));
    p.code = 2;
    p
}

fn explained(m: &ArgMatches, lang: Tongue, told: Option<&str>) -> Printed {
    let root = project::or_here(m);
    let config = crate::config::read(&root, &Overrides::default(), &mut Report::new());
    let lang = told.map(Tongue::of).or(config.as_ref().map(|c| c.tongue())).unwrap_or(lang);
    let profile = profile(m).or(config.map(|c| c.profile)).unwrap_or(Profile::CnGov);
    match m.get_one::<String>("code") {
        Some(code) => match explain::explain(code, profile, lang) {
            Some(text) => Printed { out: text, ..Printed::default() },
            None => {
                let all = explain::entries(profile, lang);
                let near = tell::near_codes(&code.to_ascii_uppercase(), all.iter().map(|e| e.code));
                let close = Some(near.join(if lang == Tongue::Zh { "、" } else { ", " })).filter(|n| !n.is_empty());
                let mut err = format!("{}{code}\n", tr(lang, "没有这个代码：", "no such code: "));
                if let Some(c) = close {
                    err.push_str(&format!("  = {}{c}\n", tr(lang, "是不是：", "did you mean: ")));
                } else if explain::explain(code, Profile::CnGovStrict, lang).is_some() {
                    err.push_str(tr(
                        lang,
                        "  = 这个方案没有这条规则；加 --profile cn-gov-strict 查看\n",
                        "  = this profile does not have that rule; see it with --profile cn-gov-strict\n",
                    ));
                }
                Printed { err, code: 2, ..Printed::default() }
            }
        },
        None => {
            let lines: Vec<String> = explain::entries(profile, lang).iter().map(|e| format!("{}  {}\n", e.code, e.title)).collect();
            Printed { out: lines.concat(), ..Printed::default() }
        }
    }
}
