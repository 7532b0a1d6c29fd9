//! The command line as values: arguments in, text and an exit code out.

mod search;

use crate::config::{Overrides, PROFILES, Profile};
use crate::diag::{Diagnostic, Format, Report, Severity, Tongue, print};
use crate::model::Kind;
use crate::run::{AsOf, Clock, End, Request, Summary};
use crate::write::{Fault, write_project_file};
use crate::{baseline, explain, load, scaffold};
use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::tz::TimeZone;
use std::ffi::OsString;
use std::path::PathBuf;

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

/// What the program knows of its surroundings.
pub struct World<'a> {
    /// The clock.
    pub clock: Clock<'a>,
    /// `LC_ALL`, `LC_MESSAGES` or `LANG`.
    pub locale: String,
    /// Called with files made and files planned; does nothing off a terminal.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Prints a line at once, for `serve`, which does not end.
    pub notice: &'a (dyn Fn(&str) + Sync),
}

/// Chooses between the two languages of the tool.
fn tr(lang: Tongue, zh: &'static str, en: &'static str) -> &'static str {
    if lang == Tongue::Zh { zh } else { en }
}

/// The whole command line, in one language.
pub fn command(lang: Tongue) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    let value = |name: &'static str, what: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(what).help(help).hide_default_value(true).hide_possible_values(true)
    };
    let flag = |name: &'static str, help: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    let common = [
        value("root", "DIR", t("项目目录（含 site.yaml），默认当前目录", "project folder, with site.yaml; the current one by default"))
            .default_value(".")
            .value_parser(clap::value_parser!(PathBuf)),
        value("profile", "NAME", t("规则方案：generic、cn-gov、cn-gov-strict", "rules that apply: generic, cn-gov, cn-gov-strict")).value_parser([
            "generic",
            "cn-gov",
            "cn-gov-strict",
        ]),
        value("as-of", "DATE", t("把这一天当作今天（2026-11-01，或 RFC 3339 时间）", "take this day as today (2026-11-01, or an RFC 3339 time)")),
        value("base-url", "URL", t("网站地址，代替 site.yaml 里的 base_url", "address of the site, in place of base_url")),
        value("format", "FORMAT", t("问题的输出格式：text、json、sarif、github", "how findings are printed: text, json, sarif, github"))
            .value_parser(["text", "json", "sarif", "github"])
            .default_value("text"),
        flag("quiet", t("只在出错时输出", "print nothing unless something is wrong")).short('q'),
    ];
    let language = value("lang", "TAG", t("提示语言：zh 或 en", "language of messages: zh or en")).global(true);
    let template = t("{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n", "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}\n");
    let help = move || Arg::new("help").short('h').long("help").action(ArgAction::Help).help(tr(lang, "显示帮助", "print help"));
    let dress = |c: Command| c.disable_help_flag(true).disable_help_subcommand(true).help_template(template).arg(help());
    let command = Command::new("clerestory")
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(t("显示版本", "print the version")))
        .subcommand_help_heading(t("命令", "Commands"))
        .version(env!("CARGO_PKG_VERSION"))
        .about(t("明窗：政务公开与数据开放的静态门户生成器", "Clerestory: a static portal generator for open government"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(language)
        .subcommand(
            Command::new("build")
                .about(t("生成网站并换入输出目录", "build the site and swap it into the output folder"))
                .args(&common)
                .arg(value("out", "DIR", t("输出目录，默认 public/", "output folder; public/ by default")).value_parser(clap::value_parser!(PathBuf)))
                .arg(flag("hold-back", t("拦下不能公开的条目，发布其余部分", "leave out what must not be published, and publish the rest")))
                .arg(flag("record-urls", t("把新地址记入 urls.txt", "add new addresses to urls.txt")))
                .arg(flag("no-sync", t("换入前不刷盘（CI 用）", "do not flush to the disk before the swap (for CI)")))
                .arg(value("summary", "FILE", t("把统计写成 JSON", "write the summary as JSON")).value_parser(clap::value_parser!(PathBuf))),
        )
        .subcommand(Command::new("check").about(t("检查内容，不生成网站", "check the content without building")).args(&common).arg(flag(
            "write-baseline",
            t("把现有问题记入 baseline.tsv，以后只报新问题", "accept the present findings in baseline.tsv; only new ones fail from then on"),
        )))
        .subcommand(
            Command::new("serve")
                .about(t("在本机预览，边写边看", "preview on this machine while writing"))
                .args(&common)
                .arg(value("port", "N", t("先试这个端口，占用则顺延，默认 8000", "port to try first; 8000 by default")).value_parser(clap::value_parser!(u16)))
                .arg(value("host", "ADDRESS", t("监听地址，默认 127.0.0.1", "address to listen on; 127.0.0.1 by default")))
                .arg(flag("drafts", t("也显示草稿和待发布的条目", "show drafts and scheduled items too")))
                .arg(flag("open", t("打开浏览器", "open a browser"))),
        )
        .subcommand(
            Command::new("init")
                .about(t("新建一个项目，建好即可生成", "begin a project; it builds at once"))
                .arg(Arg::new("dir").value_name("DIR").required(true).value_parser(clap::value_parser!(PathBuf)).help(t("新目录", "a new folder")))
                .arg(
                    value(
                        "kind",
                        "KIND",
                        t("city-cn、department-cn 或 open-data，默认 open-data", "city-cn, department-cn or open-data; open-data by default"),
                    )
                    .value_parser(["city-cn", "department-cn", "open-data"])
                    .default_value("open-data"),
                ),
        )
        .subcommand(
            Command::new("new")
                .about(t(
                    "新建一个条目（草稿）：必填字段、要素小节、下一个索引号、今天的日期",
                    "begin an item (a draft): required fields and sections, next index number, today's date",
                ))
                .arg(
                    Arg::new("type")
                        .value_name("TYPE")
                        .required(true)
                        .value_parser(["policy", "interpretation", "dataset", "news", "page", "topic"])
                        .hide_possible_values(true)
                        .help(t("policy、interpretation、dataset、news、page 或 topic", "policy, interpretation, dataset, news, page or topic")),
                )
                .arg(
                    Arg::new("name")
                        .value_name("NAME")
                        .required(true)
                        .help(t("文件名（不带 .md），也是地址的一部分", "name of the file without .md; it becomes part of the address")),
                )
                .arg(value("title", "TEXT", t("标题", "title")))
                .arg(value("department", "ID", t("departments.yaml 里的编号", "an id of departments.yaml")))
                .arg(value("policy", "PATH", t("所解读的文件（policies/ 之下的路径）", "the policy explained, as a path below policies/")))
                .arg(value("root", "DIR", t("项目目录", "project folder")).default_value(".").value_parser(clap::value_parser!(PathBuf))),
        )
        .subcommand(
            Command::new("audit")
                .about(t(
                    "检查任意工具生成的网页目录：死链、无障碍、第三方请求、网页标签",
                    "audit a folder of HTML made by any tool: dead links, accessibility, third parties, meta tags",
                ))
                .arg(Arg::new("dir").value_name("DIR").required(true).value_parser(clap::value_parser!(PathBuf)).help(t("网页目录", "the folder")))
                .arg(value("base-path", "PATH", t("网站所在路径，默认 /", "path under which the folder is served; / by default")).default_value("/"))
                .arg(value("profile", "NAME", t("规则方案", "rules that apply")).value_parser(["generic", "cn-gov", "cn-gov-strict"]))
                .arg(
                    value("format", "FORMAT", t("问题的输出格式：text、json、sarif、github", "how findings are printed: text, json, sarif, github"))
                        .value_parser(["text", "json", "sarif", "github"])
                        .default_value("text"),
                )
                .arg(flag("quiet", t("只在出错时输出", "print nothing unless something is wrong")).short('q')),
        )
        .subcommand(
            Command::new("search")
                .about(t("在生成的网站里搜索，与网页上的搜索结果相同", "search the built site; the results are those of its search page"))
                .arg(Arg::new("query").value_name("QUERY").required(true).help(t("要找的词、文号或“短语”", "words, a document number or a \"phrase\"")))
                .arg(value("root", "DIR", t("项目目录", "project folder")).default_value(".").value_parser(clap::value_parser!(PathBuf)))
                .arg(value("out", "DIR", t("网站目录，默认 public/", "folder of the site; public/ by default")).value_parser(clap::value_parser!(PathBuf)))
                .arg(value("in", "TAG", t("搜索哪种语言的索引，默认网站的第一种", "language of the index; the site's first by default")))
                .arg(value("limit", "N", t("结果条数，默认 10", "number of results; 10 by default")).value_parser(clap::value_parser!(usize)))
                .arg(value("type", "CODE", t("只要这种类型：policy、interpretation、dataset 等", "only this type: policy, interpretation, dataset …")))
                .arg(value("department", "ID", t("只要这个部门", "only this department")))
                .arg(value("year", "YEARS", t("年份或起止年份：2024、2021-2023", "a year, or first and last: 2024, 2021-2023")))
                .arg(flag("title", t("只在标题里找", "look in titles only")))
                .arg(flag("newest", t("新的在前", "newest first")))
                .arg(value("format", "FORMAT", t("输出格式：text 或 json", "text or json")).value_parser(["text", "json"]).default_value("text")),
        )
        .subcommand(
            Command::new("completions").about(t("输出命令补全脚本", "print a completion script for a shell")).arg(
                Arg::new("shell")
                    .value_name("SHELL")
                    .required(true)
                    .value_parser(clap::value_parser!(clap_complete::Shell))
                    .hide_possible_values(true)
                    .help(t("bash、zsh、fish、powershell 或 elvish", "bash, zsh, fish, powershell or elvish")),
            ),
        )
        .subcommand(
            Command::new("man")
                .about(t("输出手册页（roff）", "print the manual page (roff)"))
                .arg(Arg::new("command").value_name("COMMAND").help(t("某个命令的手册页", "the page of one command"))),
        )
        .subcommand(
            Command::new("explain")
                .about(t("解释一个问题代码；不写代码则列出全部", "explain a code; without one, list all"))
                .arg(Arg::new("code").value_name("CODE").help(t("代码，如 POL001", "code, such as POL001")))
                .arg(value("profile", "NAME", t("规则方案", "rules that apply")).value_parser(["generic", "cn-gov", "cn-gov-strict"]))
                .arg(value("root", "DIR", t("项目目录", "project folder")).default_value(".").value_parser(clap::value_parser!(PathBuf))),
        );
    let heading = t("选项", "Options");
    dress(command).mut_args(|a| a.help_heading(heading)).mut_subcommands(|c| dress(c).mut_args(|a| a.help_heading(heading)))
}

/// Runs one command line.
pub fn run(args: &[OsString], world: &World<'_>) -> Printed {
    let told = args.iter().enumerate().rev().find_map(|(i, a)| match a.to_str() {
        Some("--lang") => args.get(i + 1).and_then(|v| v.to_str()).map(String::from),
        Some(s) => s.strip_prefix("--lang=").map(String::from),
        None => None,
    });
    let terminal = Tongue::of(told.as_deref().unwrap_or(&world.locale));
    let matches = match command(terminal).try_get_matches_from(args) {
        Ok(m) => m,
        Err(e) => {
            let text = e.render().to_string();
            let help = !e.use_stderr();
            return if help {
                Printed { out: text, ..Printed::default() }
            } else {
                Printed { err: format!("{}{text}", tr(terminal, "用法有误：", "")), code: 2, ..Printed::default() }
            };
        }
    };
    match matches.subcommand() {
        Some(("build", m)) => build(m, world, told.as_deref()),
        Some(("check", m)) => check(m, world, told.as_deref()),
        Some(("init", m)) => init(m, world, terminal),
        Some(("new", m)) => new(m, world, told.as_deref()),
        Some(("audit", m)) => audited(m, terminal),
        Some(("completions", m)) => completions(m, terminal),
        Some(("man", m)) => manual(m, terminal),
        Some(("serve", m)) => serve(m, world, told.as_deref()),
        Some(("search", m)) => search::run(m, world, told.as_deref()),
        Some(("explain", m)) => explained(m, terminal, told.as_deref()),
        _ => Printed { code: 2, ..Printed::default() },
    }
}

fn profile(m: &ArgMatches) -> Option<Profile> {
    let word = m.get_one::<String>("profile")?;
    PROFILES.iter().find(|(w, _)| w == word).map(|(_, p)| *p)
}

/// The request of `build` and `check`, or what is wrong with the flags.
fn request<'a>(m: &ArgMatches, world: &World<'a>, lang: Tongue) -> Result<Request<'a>, Printed> {
    let wrong = |text: String| Printed { err: format!("{text}\n"), code: 2, ..Printed::default() };
    let as_of = match m.get_one::<String>("as-of") {
        None => None,
        Some(s) => match (s.parse::<jiff::Timestamp>(), load::dates::parse(s, &TimeZone::UTC)) {
            (Ok(t), _) => Some(AsOf::Time(t)),
            (_, Some(d)) if d.time.is_none() => Some(AsOf::Day(d.date)),
            _ => return Err(wrong(if lang == Tongue::Zh { format!("--as-of 不是日期：{s}") } else { format!("--as-of is no date: {s}") })),
        },
    };
    let root = m.get_one::<PathBuf>("root").cloned().unwrap_or_else(|| ".".into());
    let has = |name: &str| m.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or(false);
    Ok(Request {
        root,
        out: m.try_get_one::<PathBuf>("out").ok().flatten().cloned(),
        as_of,
        over: Overrides { base_url: m.get_one::<String>("base-url").cloned(), profile: profile(m) },
        hold_back: has("hold-back"),
        record: has("record-urls"),
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
    let request = match request(m, world, first) {
        Ok(r) => r,
        Err(p) => return p,
    };
    let mut built = crate::build(&request, &world.clock, None);
    let lang = tongue(told, built.config.as_ref(), world);
    let base = baseline(&request.root, &mut built.report);
    let (fresh, known) = base.split(&built.report);
    let mut p = findings(m, &fresh, lang);
    match built.end {
        End::Done(summary) => {
            if let Some(file) = m.get_one::<PathBuf>("summary") {
                let json = serde_json::to_string_pretty(&summary).unwrap_or_default() + "\n";
                if let Err(f) = write_project_file(file, &json) {
                    return failed(p, &f, lang);
                }
            }
            if !m.get_flag("quiet") {
                p.err.push_str(&summary_text(&summary, &request, lang));
                p.err.push_str(&counts(&fresh, known, lang));
            }
        }
        End::Blocked => {
            p.code = 1;
            p.err.push_str(&counts(&fresh, known, lang));
            p.err.push_str(tr(
                lang,
                "有问题必须先处理，网站没有改动。build --hold-back 可以拦下有关条目、发布其余部分。\n",
                "Something must not be published; the site was not touched. build --hold-back leaves those items out and publishes the rest.\n",
            ));
        }
        End::Failed(fault) => return failed(p, &fault, lang),
    }
    p
}

fn check(m: &ArgMatches, world: &World<'_>, told: Option<&str>) -> Printed {
    let first = tongue(told, None, world);
    let request = match request(m, world, first) {
        Ok(r) => r,
        Err(p) => return p,
    };
    let mut checked = crate::check(&request, &world.clock, None);
    let lang = tongue(told, checked.config.as_ref(), world);
    if m.get_flag("write-baseline") {
        if let Err(f) = crate::write_baseline(&request.root, &checked.report) {
            return failed(Printed::default(), &f, lang);
        }
        let n = checked.report.sorted().len();
        let text = if lang == Tongue::Zh { format!("baseline.tsv 记下了 {n} 个问题。\n") } else { format!("baseline.tsv now accepts {n} findings.\n") };
        return Printed { err: text, ..Printed::default() };
    }
    let base = baseline(&request.root, &mut checked.report);
    let (fresh, known) = base.split(&checked.report);
    let mut p = findings(m, &fresh, lang);
    if !m.get_flag("quiet") {
        let n = checked.items;
        p.err.push_str(&if lang == Tongue::Zh { format!("检查了 {n} 个条目。") } else { format!("{n} items checked. ") });
        p.err.push_str(&counts(&fresh, known, lang));
    }
    p.code = u8::from(fresh.iter().any(|d| d.severity >= Severity::Error));
    p
}

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
        Err(e) => Printed { err: format!("{}{e}\n", tr(lang, "无法监听：", "cannot listen: ")), code: 2, ..Printed::default() },
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
    let zone = TimeZone::get(if lang == Tongue::Zh { "Asia/Shanghai" } else { "UTC" }).unwrap_or(TimeZone::UTC);
    match scaffold::init(&dir, kind, lang, &today(world, &zone).to_string()) {
        Ok(made) => {
            let mut p = made_text(&made, lang);
            let d = dir.display();
            p.out.push_str(&if lang == Tongue::Zh {
                format!("\n下一步：\n  cd {d}\n  clerestory serve --open\n")
            } else {
                format!("\nNext:\n  cd {d}\n  clerestory serve --open\n")
            });
            p
        }
        Err(f) => failed(Printed::default(), &f, lang),
    }
}

fn made_text(made: &[PathBuf], lang: Tongue) -> Printed {
    let lines: String = made.iter().map(|f| format!("{} {}\n", tr(lang, "新建", "created"), f.display())).collect();
    Printed { out: lines, ..Printed::default() }
}

fn new(m: &ArgMatches, world: &World<'_>, told: Option<&str>) -> Printed {
    let root = m.get_one::<PathBuf>("root").cloned().unwrap_or_else(|| ".".into());
    let mut report = Report::new();
    let config = crate::config::read(&root, &Overrides::default(), &mut report);
    let lang = tongue(told, config.as_ref(), world);
    let Some(config) = config else {
        let all = report.sorted();
        return Printed { out: print(&all, Format::Text, lang), code: 1, ..Printed::default() };
    };
    let sources = load::load(&config.root, &config.content, config.allow_html, None, &mut report);
    let portal = crate::model::assemble(&sources, &config, &mut report);
    let text = |name: &str| m.get_one::<String>(name).cloned();
    let name = text("name").unwrap_or_default();
    let bad = name.split('/').any(|s| s.is_empty() || s.starts_with('.')) || name.contains(['\\', ':', '*', '?', '"', '<', '>', '|', '#']);
    if bad {
        return Printed {
            err: format!("{}{name}\n", tr(lang, "名字不能用作文件名：", "the name cannot be a file's: ")), code: 2, ..Printed::default()
        };
    }
    if let Some(d) = text("department").filter(|d| !portal.departments.iter().any(|x| x.id == *d)) {
        return Printed { err: format!("{}{d}\n", tr(lang, "departments.yaml 里没有：", "departments.yaml has no ")), code: 2, ..Printed::default() };
    }
    let kind = match text("type").as_deref() {
        Some("policy") => Kind::Policy,
        Some("interpretation") => Kind::Interpretation,
        Some("dataset") => Kind::Dataset,
        Some("news") => Kind::News,
        Some("topic") => Kind::Topic,
        _ => Kind::Page,
    };
    let wanted = scaffold::Wanted { kind, name, title: text("title").unwrap_or_default(), department: text("department"), policy: text("policy") };
    let files = scaffold::item(&wanted, &portal, &config, lang, today(world, &config.tz));
    match scaffold::create(&root, files) {
        Ok(made) => {
            let mut p = made_text(&made, lang);
            p.out.push_str(tr(
                lang,
                "是草稿：写好后删去 draft: true。预览：clerestory serve --drafts\n",
                "A draft: take draft: true out when it is done. Preview: clerestory serve --drafts\n",
            ));
            p
        }
        Err(f) => failed(Printed::default(), &f, lang),
    }
}

fn audited(m: &ArgMatches, lang: Tongue) -> Printed {
    let dir = m.get_one::<PathBuf>("dir").cloned().unwrap_or_default();
    if !dir.is_dir() {
        return Printed { err: format!("{}{}\n", tr(lang, "没有这个目录：", "no such folder: "), dir.display()), code: 2, ..Printed::default() };
    }
    let base = m.get_one::<String>("base-path").cloned().unwrap_or_default();
    let base_path = format!("/{}", base.trim_start_matches('/'));
    let base_path = if base_path.ends_with('/') { base_path } else { format!("{base_path}/") };
    let out = crate::outside::audit(&dir, &crate::outside::Options { profile: profile(m).unwrap_or_default(), base_path });
    let all = out.report.sorted();
    let mut p = findings(m, &all, lang);
    if !m.get_flag("quiet") {
        let (pages, files) = (out.pages, out.files);
        p.err.push_str(&if lang == Tongue::Zh {
            format!("检查了 {pages} 个网页、{files} 个文件。")
        } else {
            format!("{pages} pages, {files} files audited. ")
        });
        p.err.push_str(&counts(&all, 0, lang));
    }
    p.code = u8::from(all.iter().any(|d| d.severity >= Severity::Error));
    p
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
        return Printed { err: tr(lang, "没有这个命令\n", "no such command\n").into(), code: 2, ..Printed::default() };
    };
    let title = name.map_or("clerestory".to_string(), |n| format!("clerestory-{n}"));
    let mut out = Vec::new();
    match clap_mangen::Man::new(page).title(title).render(&mut out) {
        Ok(()) => Printed { out: String::from_utf8_lossy(&out).into_owned(), ..Printed::default() },
        Err(e) => Printed { err: format!("{e}\n"), code: 2, ..Printed::default() },
    }
}

fn findings(m: &ArgMatches, fresh: &[&Diagnostic], lang: Tongue) -> Printed {
    let format = format_of(m);
    let shown: Vec<&Diagnostic> = fresh.iter().filter(|d| format != Format::Text || d.severity > Severity::Info || !m.get_flag("quiet")).copied().collect();
    Printed { out: print(&shown, format, lang), ..Printed::default() }
}

fn counts(fresh: &[&Diagnostic], known: usize, lang: Tongue) -> String {
    let of = |s: Severity| fresh.iter().filter(|d| d.severity == s).count();
    let zh = lang == Tongue::Zh;
    let parts: Vec<String> = [Severity::Veto, Severity::Error, Severity::Warn, Severity::Info]
        .into_iter()
        .filter(|s| of(*s) > 0)
        .map(|s| if zh { format!("{} {} 个", s.label(lang), of(s)) } else { format!("{} {}", of(s), s.label(lang)) })
        .collect();
    let mut out = if parts.is_empty() { tr(lang, "没有新问题", "No new findings").to_string() } else { parts.join(tr(lang, "，", ", ")) };
    if known > 0 {
        out.push_str(&if zh { format!("；另有 {known} 个已记在 baseline.tsv") } else { format!("; {known} more are known in baseline.tsv") });
    }
    out + tr(lang, "。\n", ".\n")
}

fn summary_text(s: &Summary, request: &Request<'_>, lang: Tongue) -> String {
    let zh = lang == Tongue::Zh;
    let total: f64 = s.seconds.iter().map(|(_, t)| t).sum();
    let stages: Vec<String> = s.seconds.iter().map(|(n, t)| format!("{n} {t:.2}")).collect();
    let size = crate::render::size_text(s.bytes);
    let out = request.out_dir();
    let mut text = if zh {
        format!("{} 个页面，{} 个文件，{size}（{} 个未变），{total:.2} 秒（{}）→ {}\n", s.pages, s.files, s.unchanged, stages.join("，"), out.display())
    } else {
        format!("{} pages, {} files, {size} ({} unchanged), {total:.2} s ({}) → {}\n", s.pages, s.files, s.unchanged, stages.join(", "), out.display())
    };
    if s.published == "file-by-file" {
        text.push_str(tr(
            lang,
            "输出目录不能整体交换，已逐个文件换入：先资源，后页面，最后删除。\n",
            "The output folder cannot be exchanged as a whole; files were moved in one by one: assets, then pages, then deletions.\n",
        ));
    }
    if !s.held.is_empty() {
        text.push_str(&format!(
            "{}\n",
            if zh { format!("拦下 {} 个：{}", s.held.len(), s.held.join("、")) } else { format!("{} held back: {}", s.held.len(), s.held.join(", ")) }
        ));
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
    if s.new_urls > 0 {
        text.push_str(&if zh {
            format!("{} 个地址尚未记入 urls.txt（build --record-urls 可记入）。\n", s.new_urls)
        } else {
            format!("{} addresses are not in urls.txt yet (build --record-urls adds them).\n", s.new_urls)
        });
    }
    text
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
                format!("写不出来：{}：{e}\n  = 改法：{hint}", path.display())
            } else {
                format!("cannot write {}: {e}\n  = help: {hint}", path.display())
            }
        }
        Fault::Foreign(files, n) => {
            let list = files.join("\n  ");
            if zh {
                format!(
                    "输出目录里有 {n} 个不是明窗生成的文件，为免误删，没有发布：\n  {list}\n  = 改法：把它们移到项目的 static/（会随站发布），或换一个 --out"
                )
            } else {
                format!(
                    "the output folder holds {n} files that no build of ours made; nothing was published, so that none is lost:\n  {list}\n  = help: move them to static/ of the project (they are published with the site), or choose another --out"
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
        Fault::BadTarget(path) => {
            if zh {
                format!("{} 不能作输出目录：它含有或位于项目的内容之中，或不是目录", path.display())
            } else {
                format!("{} cannot be the output folder: it holds inputs of the project, lies among them, or is no folder", path.display())
            }
        }
    };
    p.err.push_str(&format!("{}{text}\n{}", tr(lang, "失败：", "error: "), tr(lang, "现有网站没有改动。\n", "The live site was not touched.\n")));
    p.code = 2;
    p
}

fn explained(m: &ArgMatches, lang: Tongue, told: Option<&str>) -> Printed {
    let root = m.get_one::<PathBuf>("root").cloned().unwrap_or_else(|| ".".into());
    let config = crate::config::read(&root, &Overrides::default(), &mut Report::new());
    let lang = told.map(Tongue::of).or(config.as_ref().map(|c| c.tongue())).unwrap_or(lang);
    let profile = profile(m).or(config.map(|c| c.profile)).unwrap_or(Profile::CnGov);
    match m.get_one::<String>("code") {
        Some(code) => match explain::explain(code, profile, lang) {
            Some(text) => Printed { out: text, ..Printed::default() },
            None => Printed { err: format!("{} {code}\n", tr(lang, "没有这个代码：", "no such code:")), code: 2, ..Printed::default() },
        },
        None => {
            let lines: Vec<String> = explain::entries(profile, lang).iter().map(|e| format!("{}  {}\n", e.code, e.title)).collect();
            Printed { out: lines.concat(), ..Printed::default() }
        }
    }
}
