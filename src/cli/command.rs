//! Commands, flags and their help, in both languages of the tool.

use super::tr;
use crate::diag::Tongue;
use clap::{Arg, ArgAction, Command};
use std::path::PathBuf;

/// The tags that `--lang` takes: those of the tool's two languages.
pub(super) fn tongue(tag: &str) -> Result<String, String> {
    let primary = tag.split(['-', '_', '.']).next().unwrap_or("").to_ascii_lowercase();
    if primary == "zh" || primary == "en" { Ok(tag.to_string()) } else { Err("zh, en".to_string()) }
}

/// A type of items: shells complete those that every site has, a site may have more.
#[derive(Clone)]
struct Kinds;

impl clap::builder::TypedValueParser for Kinds {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &std::ffi::OsStr) -> Result<String, clap::Error> {
        clap::builder::StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = clap::builder::PossibleValue> + '_>> {
        Some(Box::new(crate::types::TYPES.iter().map(|t| clap::builder::PossibleValue::new(t.id).aliases(t.words.iter().copied()))))
    }
}

/// `--root`
fn root(lang: Tongue) -> Arg {
    Arg::new("root")
        .long("root")
        .value_name("DIR")
        .help(tr(
            lang,
            "项目目录（含 site.yaml），默认当前目录或其上最近的一个",
            "project folder, with site.yaml; the current one or the nearest above it by default",
        ))
        .value_parser(clap::value_parser!(PathBuf))
}

/// The whole command line, in one language.
pub fn command(lang: Tongue) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    let value = |name: &'static str, what: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(what).help(help).hide_default_value(true).hide_possible_values(true)
    };
    let flag = |name: &'static str, help: &'static str| {
        // From the environment 1 and yes are yes, 0 and no are no.
        let yes = clap::builder::FalseyValueParser::new();
        Arg::new(name).long(name).action(ArgAction::SetTrue).value_parser(yes).help(help)
    };
    let common = [
        root(lang),
        value("config", "FILE", t("代替 site.yaml 的设置文件", "settings in place of site.yaml")).value_parser(clap::value_parser!(PathBuf)),
        value("profile", "NAME", t("规则方案：generic、cn-gov、cn-gov-strict", "rules that apply: generic, cn-gov, cn-gov-strict")).value_parser([
            "generic",
            "cn-gov",
            "cn-gov-strict",
        ]),
        value("as-of", "DATE", t("把这一天当作今天（2026-11-01；可带时刻，精确到分）", "take this day as today (2026-11-01; to the minute with a time)")),
        value("base-url", "URL", t("网站地址，代替 site.yaml 里的 base_url", "address of the site, in place of base_url")),
        value("format", "FORMAT", t("问题的输出格式：text、json、sarif、github", "how findings are printed: text, json, sarif, github"))
            .value_parser(["text", "json", "sarif", "github"])
            .default_value("text"),
        flag("quiet", t("只输出错误", "print errors only")).short('q'),
    ];
    let judged = [
        flag(
            "verdict",
            t(
                "按全国政府网站检查指标作出结论：单项否决、扣分、没有检查的（中国的规则方案）",
                "judge by the national check of government websites: vetoes, deductions, what was not checked (Chinese profiles)",
            ),
        ),
        value(
            "report",
            "FILE",
            t(
                "另写给办公室看的结论：一个网页（.html），旁边一个同名表格（.csv）",
                "also write the verdict for the office: a page (.html), and a table (.csv) of the same name beside it",
            ),
        )
        .value_parser(clap::value_parser!(PathBuf)),
        value("points", "FILE", t("本单位的分值表（YAML），有它才折算得分", "a table of points of your office (YAML); only with it there is a score"))
            .value_parser(clap::value_parser!(PathBuf)),
    ];
    let language = value("lang", "TAG", t("提示语言：zh 或 en", "language of messages: zh or en")).value_parser(tongue).global(true);
    let template = t("{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n", "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}\n");
    let help = move || Arg::new("help").short('h').long("help").action(ArgAction::Help).help(tr(lang, "显示帮助", "print help"));
    let dress = |c: Command| c.disable_help_flag(true).disable_help_subcommand(true).help_template(template).arg(help());
    let build = Command::new("build")
                .alias("生成")
                .arg(
                    value(
                        "part",
                        "DEPARTMENT",
                        t(
                            "只生成这个部门（第一发布机构）条目的网页和文件，供 merge 合并；几个部门用逗号隔开；默认写到 parts/部门",
                            "make only the pages and files of items of this department (their first issuer), for merge; several with commas between them; into parts/DEPARTMENT by default",
                        ),
                    )
                    .value_delimiter(',')
                    .action(ArgAction::Append)
                    .conflicts_with_all(["zip", "relative", "record-urls", "internal", "cosigned"]),
                )
                .about(t("生成网站并换入输出目录", "build the site and swap it into the output folder"))
                .args(&common)
                .arg(
                    value("out", "DIR", t("输出目录，默认项目下的 public/", "output folder; public/ of the project by default"))
                        .value_parser(clap::value_parser!(PathBuf)),
                )
                .arg(flag("allow-errors", t("网站已发布时，内容有错误也以 0 结束", "end with 0 where the site was published, whatever errors its content has")))
                .arg(flag("hold-back", t("拦下不能公开的条目，发布其余部分；只有拦下的有错误，也以 0 结束", "leave out what must not be published, and publish the rest; errors in what was held alone still end with 0")))
                .arg(flag("record-urls", t("把新地址记入 urls.txt", "add new addresses to urls.txt")))
                .arg(flag("relative", t("链接写成相对的，从磁盘（file://）或别的网站的子目录也能看；站内搜索要有网站才行", "links begin where the page lies, so that the site can be read from a disk (file://) or a folder of another site; search needs a server")))
                .arg(
                    value("zip", "FILE", t("另把整个网站打成一个 ZIP，解开就能看；不能在输出目录里", "also write the whole site as one ZIP that can be read when unpacked; not below the output folder"))
                        .value_parser(clap::value_parser!(PathBuf)),
                )
                .arg(value("key", "FILE", t("给网站签名的私钥（clerestory keygen 所写）；环境变量 CLERESTORY_KEY 里可以是文件名，也可以就是私钥", "private key that signs the site, as written by clerestory keygen; CLERESTORY_KEY may hold the file's name or the key itself")))
                .arg(value("previous", "SITE", t("上一次的网站（目录、ZIP 或网址），接着它的日志往下记；默认是输出目录里的", "the previous site (folder, ZIP or address) whose log goes on; by default the one in the output folder")))
                .arg(value("previous-key", "OLD", t("换密钥时，旧私钥的文件：它在日志里移交给新的，并一起签名（环境变量 CLERESTORY_PREVIOUS_KEY）；丢了就写旧的验证密钥，没有移交", "at a change of keys, the file of the old private key: it hands over to the new one in the log, and signs beside it (CLERESTORY_PREVIOUS_KEY); where it is lost, the old key to check with, without a handover")))
                .arg(
                    value("cosigned", "FILE", t("见证方签过的检查点，签名会保留", "a checkpoint signed by witnesses, whose signatures are kept"))
                        .value_parser(clap::value_parser!(PathBuf)),
                )
                .arg(flag("unsigned", t("输出目录里是签名的网站，也不再签名", "do not sign, though the output folder holds a signed site")))
                .arg(flag("no-sync", t("换入前不刷盘（CI 用）", "do not flush to the disk before the swap (for CI)")))
                .arg(
                    value(
                        "internal",
                        "DIR",
                        t(
                            "另写一份给督查部门的评价：未公开的条目、文件和行号；不能在输出目录里",
                            "also write the scorecards for the supervising office, with what is not public, files and lines; not below the output folder",
                        ),
                    )
                    .value_parser(clap::value_parser!(PathBuf)),
                )
                .arg(value("summary", "FILE", t("把统计写成 JSON", "write the summary as JSON")).value_parser(clap::value_parser!(PathBuf)));
    let shared: Vec<Arg> = build.get_arguments().filter(|a| !matches!(a.get_id().as_str(), "part" | "help")).cloned().collect();
    let merge = Command::new("merge")
        .alias("合并")
        .about(t(
            "把 build --part 分头生成的部分合成整个网站，与一次生成的逐字节相同；在同一个项目里运行",
            "put the parts that build --part made together to the whole site, the same bytes as of one build; run it in the same project",
        ))
        .args(shared)
        .arg(
            Arg::new("parts")
                .value_name("PART")
                .required(true)
                .num_args(1..)
                .value_parser(clap::value_parser!(PathBuf))
                .help(t("各部分的目录，次序不限", "the folders of the parts, in any order")),
        );
    let command = Command::new("clerestory")
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').short_alias('v').long("version").action(ArgAction::Version).help(t("显示版本", "print the version")))
        .subcommand_help_heading(t("命令", "Commands"))
        .version(concat!(env!("CARGO_PKG_VERSION"), " (", env!("BUILD_REVISION"), ")"))
        .long_version(concat!(
            env!("CARGO_PKG_VERSION"),
            "\nrevision: ",
            env!("BUILD_REVISION"),
            "\ntarget:   ",
            env!("BUILD_TARGET"),
            "\nfeatures: ",
            env!("BUILD_FEATURES"),
            "\ncompiler: ",
            env!("BUILD_RUSTC")
        ))
        .about(t("明窗：政务公开与数据开放的静态门户生成器", "Clerestory: a static portal generator for open government"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(language)
        .subcommand(build)
        .subcommand(merge)
        .subcommand(
            Command::new("check")
                .alias("检查")
                .about(t("检查内容，不生成网站；写上文件和 --dataset 时，检查填报的表", "check the content without building; with a file and --dataset, check a filled form"))
                .arg(
                    Arg::new("file")
                        .value_name("FILE")
                        // An option with a full-width dash is no file.
                        .value_parser(|s: &str| if s.starts_with(['－', '—', '–']) { Err("--") } else { Ok(PathBuf::from(s)) })
                        .requires("dataset")
                        .help(t("填好的表（XLSX、ODS、CSV），与 --dataset 同用", "a filled form (XLSX, ODS, CSV), with --dataset")),
                )
                .args(&common)
                .args(&judged)
                .arg(value("dataset", "ID", t("按这个数据集的字典检查文件", "hold the file against the dictionary of this dataset")).requires("file"))
                .arg(value("resource", "NAME", t("只按这个资源的字典", "against the dictionary of this resource alone")).requires("file"))
                .arg(flag(
                    "full",
                    t("把网页也做一遍（不写出），连成品网页的规则一起检查", "make the pages too, into nowhere, for the rules over finished pages"),
                ))
                .arg(flag(
                    "write-baseline",
                    t("把现有问题记入 baseline.tsv，以后只报新问题", "accept the present findings in baseline.tsv; only new ones fail from then on"),
                ))
                .arg(
                    value("min-quality", "POINTS", t("有数据集质量低于这个分数就算错误（0 至 100）", "a dataset of less quality is an error (0 to 100)"))
                        .value_parser(clap::value_parser!(f64)),
                )
                .arg(flag("fix", t("列出可以自动改的（文号括号、汉字间的半角标点、看不见的字符、文号和日期的写法），写成补丁，不改文件", "show as a patch what can be mended by itself (brackets of document numbers, half-width marks between Han characters, invisible characters, forms of numbers and days); no file is changed")))
                .arg(flag("write", t("与 --fix 一起：改到文件里", "with --fix: change the files")).requires("fix"))
                .arg(flag("links", t("打开内容里别处的地址看有没有（用 curl）", "ask whether addresses elsewhere answer (by curl)")))
                .arg(flag("ratchet", t("有数据集质量低于 public/ 里上次生成的就算错误", "a dataset of less quality than in the build in public/ is an error")))
                .arg(
                    value("ratchet-file", "FILE", t("与这个 datasets/quality.json 比较", "compare with this datasets/quality.json"))
                        .value_parser(clap::value_parser!(PathBuf)),
                ),
        )
        .subcommand(
            Command::new("serve")
                .alias("预览")
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
                    Arg::new("adopt")
                        .long("adopt")
                        .action(ArgAction::SetTrue)
                        .help(t("目录里已有别的文件，也在里面新建", "begin in a folder that has other files already")),
                )
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
                .alias("新建")
                .about(t(
                    "新建一个条目（草稿）：必填字段、要素小节、下一个索引号、今天的日期",
                    "begin an item (a draft): required fields and sections, next index number, today's date",
                ))
                .arg(
                    Arg::new("type")
                        .value_name("TYPE")
                        .required(true)
                        .value_parser(Kinds)
                        .hide_possible_values(true)
                        .help(super::new::kinds(lang)),
                )
                .arg(
                    Arg::new("name")
                        .value_name("NAME")
                                                .help(t("文件名（不带 .md），也是地址的一部分；report 写 部门/年份，信息公开的其他文件不写", "name of the file without .md; it becomes part of the address. department/year of a report; the other files of disclosure have none")),
                )
                .arg(value("title", "TEXT", t("标题", "title")))
                .arg(value("department", "ID", t("departments.yaml 里的编号或名称", "an id or name of departments.yaml")))
                .arg(value("policy", "PATH", t("所解读的文件（policies/ 之下的路径）", "the policy explained, as a path below policies/")))
                .arg(root(lang)),
        )
        .subcommand(
            Command::new("import")
                .alias("导入")
                .about(t(
                    "导入别的程序的内容：目录、文档变成本项目的条目；再次导入只更新来源改过的，人改过的不动",
                    "take over the content of another program as items of this project; imported again, what the source changed is updated, and what people changed stays",
                ))
                .arg(
                    Arg::new("kind")
                        .value_name("KIND")
                        .required(true)
                        .value_parser(crate::import::IMPORTERS.iter().map(|i| i.name).collect::<Vec<_>>())
                        .hide_possible_values(true)
                        .help(super::import::kinds(lang)),
                )
                .arg(
                    Arg::new("source")
                        .value_name("SOURCE")
                        .required(true)
                        .value_parser(clap::value_parser!(PathBuf))
                        .help(t("文件、目录、zip 或网址（程序要用 --features fetch 编译，发布的程序带有）", "a file, a folder, a zip, or an address (where the program was built with --features fetch; what is handed out is)")),
                )
                .arg(flag("files", t("把数据文件一并取来，断了下次接着取", "fetch the data files along; what broke off goes on the next time")))
                .arg(value("max-size", "SIZE", t("上网至多取多少，默认 1GB", "bytes at most that are fetched, 1GB by default")))
                .arg(value("max-file", "SIZE", t("--files 的一个文件至多多大，默认 200MB", "bytes at most of one file of --files, 200MB by default")))
                .arg(value("max-time", "SECONDS", t("上网至多用多少秒，默认 3600", "seconds at most that are spent on the network, 3600 by default")))
                .arg(value("into", "DIR", t("放进哪个内容目录，默认第一个（content）", "content folder to write to; the first one by default (content)")))
                .arg(value("name", "NAME", t("记录的名称，默认由种类和来源的名字组成；一个来源始终用同一个", "name of the record of this import; made of kind and source by default. A source keeps the same one")))
                .arg(value("type", "TYPE", t("来源没有说明类型的条目作为哪种导入", "the type of items of which the source does not tell it")))
                .arg(value("map", "FILE", t("名称对照表（YAML）：本项目的字段: 来源的列或标签", "a map of names (YAML): field here: column or label of the source")).value_parser(clap::value_parser!(PathBuf)))
                .arg(flag("dry-run", t("只说会怎样，什么也不写", "say what would be done and write nothing")))
                .arg(
                    value("format", "FORMAT", t("问题的输出格式：text、json、sarif、github", "how findings are printed: text, json, sarif, github"))
                        .value_parser(["text", "json", "sarif", "github"])
                        .default_value("text"),
                )
                .arg(flag("quiet", t("只输出错误", "print errors only")).short('q'))
                .arg(root(lang)),
        )
        .subcommand(
            Command::new("schema")
                .about(t(
                    "输出一种文件的 JSON Schema，供编辑器补全和检查；不写种类则列出全部",
                    "print the JSON Schema of a kind of file, for editors to complete and check; without one, list all",
                ))
                .arg(Arg::new("type").value_name("TYPE").help(t("种类，如 policy、dataset、site", "a kind, such as policy, dataset, site")))
                .arg(flag(
                    "write",
                    t(
                        "把全部 schema 写进项目的 .clerestory/schema/（没有 .vscode/settings.json 时也写它）",
                        "write all of them to .clerestory/schema/ of the project (and .vscode/settings.json where there is none)",
                    ),
                ))
                .arg(root(lang)),
        )
        .subcommand(
            Command::new("editor")
                .about(t(
                    "输出网页编辑器（Sveltia CMS、Decap CMS）的 config.yml：按本项目的类型、语言、部门和主题做好表单",
                    "print config.yml of an editor in the browser (Sveltia CMS, Decap CMS): forms for the types, languages, departments and themes of the project",
                ))
                .arg(flag("decap", t("给 Decap CMS；不写是 Sveltia CMS", "for Decap CMS; for Sveltia CMS without it")))
                .arg(root(lang)),
        )
        .subcommand(
            Command::new("push")
                .alias("推送")
                .about(t(
                    "输出一个条目的推送材料：公众号和微博的文字；--out 另写带二维码的张贴海报（SVG、可打印成 PDF 的网页）和分享图",
                    "print what tells of an item elsewhere: texts for WeChat and Weibo; with --out also a poster with a QR code (SVG, a page that prints to PDF) and a picture to share",
                ))
                .args(common.iter().filter(|a| !matches!(a.get_id().as_str(), "format" | "quiet")))
                .arg(Arg::new("id").value_name("ID").required(true).help(t("条目，如 policies/2021/notice", "the item, such as policies/2021/notice")))
                .arg(value("in", "TAG", t("用哪种语言，默认网站的第一种", "in which language; the site's first by default")))
                .arg(value("out", "DIR", t("写到这个目录", "write into this folder")).value_parser(clap::value_parser!(PathBuf))),
        )
        .subcommand(
            Command::new("withdraw")
                .alias("撤回")
                .about(t(
                    "撤回一个条目：文字、标题、文件、旧版、比较、搜索、订阅、压缩包、分享图一次都撤下，并列出要去请求删除的缓存、搜索引擎和存档",
                    "withdraw an item: its text, title, files, old versions, comparisons, search, feeds, archives and pictures go at once; prints whom to ask to delete copies",
                ))
                .args(common.iter().filter(|a| !matches!(a.get_id().as_str(), "format" | "quiet")))
                .arg(Arg::new("id").value_name("ID").required(true).help(t("条目，如 policies/2021/notice", "the item, such as policies/2021/notice")))
                .arg(
                    value("ground", "WORD", t("依据：privacy（涉及个人信息，连标题一起撤下，文件移出内容目录）、error（内容有误）、law（依法）", "ground: privacy (the title goes too, and the files leave the content folder), error (of the text), law"))
                        .required(true)
                        .value_parser(["privacy", "error", "law"]),
                )
                .arg(value("reason", "TEXT", t("原因，写在说明页上", "the reason that the notice tells")))
                .arg(flag("opaque", t("地址也换成看不出内容的（只用于 privacy；地址里有标题的字或号码时自动换）", "give the notice an address that tells nothing (for privacy; done by itself where the address has words of the title or a number)")))
                .arg(flag("dry-run", t("只说会怎样，什么也不写", "say what would be done and write nothing"))),
        )
        .subcommand(
            Command::new("stats")
                .alias("统计")
                .about(t(
                    "读服务器的访问日志（common、combined、W3C、nginx 和 Caddy 的 JSON；可以是 gzip），计出每月每个条目的访问和下载，写成 statistics/visits.csv；不留 IP 地址、浏览器名和查询词，不计机器人；同一份日志再导入、轮转或变长，都不会重复计",
                    "count visits and downloads by month and item from access logs of the server (common, combined, W3C, JSON of nginx and Caddy; gzip too) into statistics/visits.csv; no IP address, name of a browser or query is kept, robots are not counted; a log that is imported again, was rotated or grew counts nothing twice",
                ))
                .args(common.iter())
                .arg(Arg::new("action").value_name("ACTION").required(true).value_parser(["import"]).help(t("import：计入日志", "import: count logs")))
                .arg(Arg::new("logs").value_name("LOG").required(true).num_args(1..).value_parser(clap::value_parser!(PathBuf)).help(t("访问日志，可以有多份", "access logs, one or more")))
                .arg(value("into", "DIR", t("写到哪个内容目录，默认第一个", "the content folder to write to; the first by default")))
                .arg(value("server", "NAME", t("日志是哪台服务器的；有几台时各起一个名字", "of which server the logs are, where there are several")))
                .arg(flag("dry-run", t("只说会怎样，什么也不写", "say what would be done and write nothing"))),
        )
        .subcommand(
            Command::new("theme")
                .alias("主题")
                .about(t("把自带主题的一个文件抄到项目里来改", "copy a file of the built-in theme into the project, to change it"))
                .arg(Arg::new("action").value_name("ACTION").required(true).value_parser(["eject"]).help(t("eject：抄出来", "eject: copy it")))
                .arg(Arg::new("name").value_name("NAME").help(t(
                    "如 components/card、pages/policy、css/10-tokens、i18n/zh-Hans；不写则列出全部",
                    "such as components/card, pages/policy, css/10-tokens, i18n/en; without one all are listed",
                )))
                .arg(root(lang)),
        )
        .subcommand(
            Command::new("codeowners")
                .about(t(
                    "输出 CODEOWNERS：哪个目录由谁审核（GitHub、GitLab 通用）",
                    "print CODEOWNERS: who reviews which folder (for GitHub and GitLab alike)",
                ))
                .arg(root(lang)),
        )
        .subcommand(
            Command::new("audit")
                .about(t(
                    "检查任意工具生成的网页，任何编码：死链、无障碍、第三方请求、个人信息、网页标签、栏目、文件字段",
                    "audit HTML made by any tool, in any encoding: dead links, accessibility, third parties, personal data, meta tags, columns, fields of documents",
                ))
                .arg(Arg::new("dir").value_name("DIR").required(true).value_parser(clap::value_parser!(PathBuf)).help(t("网页目录；或一个写着网址的文件，一行一个（用 curl 取来检查）", "the folder; or a file of addresses, one a line, which are fetched by curl")))
                .args(&judged)
                .arg(value("as-of", "DATE", t("把这一天当作今天", "take this day as today")))
                .arg(value("labels", "FILE", t("字段名称对照表（YAML）：我们的字段: [网页上的名称]", "a map of labels (YAML): field: [label on the page]")).value_parser(clap::value_parser!(PathBuf)))
                .arg(value("base-path", "PATH", t("网站所在路径，默认 /", "path under which the folder is served; / by default")).default_value("/"))
                .arg(value("profile", "NAME", t("规则方案", "rules that apply")).value_parser(["generic", "cn-gov", "cn-gov-strict"]))
                .arg(
                    value("format", "FORMAT", t("问题的输出格式：text、json、sarif、github", "how findings are printed: text, json, sarif, github"))
                        .value_parser(["text", "json", "sarif", "github"])
                        .default_value("text"),
                )
                .arg(flag("quiet", t("只输出错误", "print errors only")).short('q')),
        )
        .subcommand(
            Command::new("search")
                .about(t("在生成的网站里搜索，与网页上的搜索结果相同", "search the built site; the results are those of its search page"))
                .arg(
                    Arg::new("query")
                        .value_name("QUERY")
                        .required(true)
                        .num_args(1..)
                        .help(t("要找的词、文号或“短语”", "words, a document number or a \"phrase\"")),
                )
                .arg(root(lang))
                .arg(
                    value("out", "DIR", t("网站目录，默认项目下的 public/", "folder of the site; public/ of the project by default"))
                        .value_parser(clap::value_parser!(PathBuf)),
                )
                .arg(value("in", "TAG", t("搜索哪种语言的索引，默认网站的第一种", "language of the index; the site's first by default")))
                .arg(value("limit", "N", t("结果条数，默认 10", "number of results; 10 by default")).value_parser(clap::builder::RangedU64ValueParser::<usize>::new().range(1..)))
                .arg(value("type", "CODE", t("只要这种类型：policy、interpretation、dataset 等", "only this type: policy, interpretation, dataset …")))
                .arg(value("department", "ID", t("只要这个部门", "only this department")))
                .arg(value("year", "YEARS", t("年份或起止年份：2024、2021-2023", "a year, or first and last: 2024, 2021-2023")))
                .arg(flag("title", t("只在标题里找", "look in titles only")))
                .arg(flag("newest", t("新的在前", "newest first")))
                .arg(value("format", "FORMAT", t("输出格式：text 或 json", "text or json")).value_parser(["text", "json"]).default_value("text")),
        )
        .subcommand(
            Command::new("deploy")
                .alias("部署")
                .about(t(
                    "把生成好的网站放到目录、Git 分支或主机上：只传有变化的，先资源后网页，最后删除；中断后再运行就接着做",
                    "put the built site into a folder, onto a git branch or a host: only what changed, assets before pages, deletions last; run again after an interruption, it goes on",
                ))
                .arg(Arg::new("target").value_name("TARGET").required_unless_present("pack").help(t(
                    "目录，git:地址#分支，rsync:主机:目录，sftp:主机:目录，或 s3://桶/目录（要带 cloud 编译）",
                    "a folder, git:ADDRESS#BRANCH, rsync:HOST:FOLDER, sftp:HOST:FOLDER, or s3://BUCKET/FOLDER (of a program built with cloud)",
                )))
                .arg(value("site", "DIR", t("网站目录，默认项目下的 public/", "folder of the site; public/ of the project by default")).value_parser(clap::value_parser!(PathBuf)))
                .arg(value("apply", "FILE", t("用 --pack 写的变化代替网站目录（只能放到目录）", "take the changes of --pack in place of the site's folder (to a folder only)")).value_parser(clap::value_parser!(PathBuf)))
                .arg(value("pack", "FILE", t("不传，把有变化的写成一个 ZIP，用手带到隔离的网络", "send nothing; write what changed as one ZIP, to be carried to a network apart")).value_parser(clap::value_parser!(PathBuf)))
                .arg(value("since", "SITE", t("--pack 与它比较：上次的网站（目录、ZIP、网址）或它的 manifest.sha256；不写就全部打包", "what --pack compares with: the previous site (folder, ZIP, address) or its manifest.sha256; everything without it")))
                .arg(flag("dry-run", t("只说会怎样，什么也不做", "say what would be done and do nothing")))
                .arg(flag("adopt", t("目标目录里有不是明窗放上去的文件也放进去；同名的仍不覆盖", "put the site into a folder that has files of others and no list of ours; files of the same names are not replaced all the same")))
                .arg(flag("quiet", t("不输出统计", "print no summary")).short('q'))
                .arg(root(lang)),
        )
        .subcommand(
            Command::new("keygen")
                .about(t("生成签名用的密钥：私钥写入文件，输出验证密钥", "make a key to sign the site with: the private key goes to a file, the key to check with is printed"))
                .arg(Arg::new("file").value_name("FILE").required(true).value_parser(clap::value_parser!(PathBuf)).help(t("私钥文件，不能已经存在，也不能在会公布的目录里", "file for the private key; it must not exist, nor lie where everything is published")))
                .arg(value("name", "NAME", t("密钥和日志的名字，默认是 base_url 的域名和路径", "name of key and log; host and path of base_url by default")))
                .arg(root(lang)),
        )
        .subcommand(
            Command::new("verify")
                .alias("核对")
                .about(t(
                    "核对签名的网站：指出被改动、缺少、多出的文件，被改写的历史；都相同以 0 结束，有不符是 1，读不到或没有签名是 2",
                    "check a signed site: name each file that differs, is missing or is extra, and history that was rewritten; ends with 0 where all is as published, 1 where it is not, 2 where it cannot be read or was never signed",
                ))
                .arg(Arg::new("site").value_name("SITE").required(true).help(t("目录、ZIP 或网址", "a folder, a ZIP or an address")))
                .arg(value("key", "VKEY", t("发布者的验证密钥；不写就用网站自己说的", "the publisher's key to check with; without it the one that the site names")))
                .arg(value("witness", "VKEY", t("还必须有这个见证方的签名（可写多次）", "a witness that must have signed as well (may be repeated)")).action(ArgAction::Append))
                .arg(value("against", "CHECKPOINT", t("以前保存的检查点，或网站以前的副本（目录、ZIP）：日志必须是它的延续", "a checkpoint kept earlier, or an earlier copy of the site (folder, ZIP): the log must go on from it")))
                .arg(
                    value("keep", "FILE", t("定期核对用：与这个文件里的检查点对照，都相同就存下新的", "for regular checks: compare with the checkpoint in this file, and keep the new one where all is well"))
                        .value_parser(clap::value_parser!(PathBuf)),
                )
                .arg(value("feed", "FILE", t("把异常写成 Atom 订阅源", "write an Atom feed of incidents")).value_parser(clap::value_parser!(PathBuf)))
                .arg(value("format", "FORMAT", t("输出格式：text 或 json", "text or json")).value_parser(["text", "json"]).default_value("text"))
                .arg(flag("quiet", t("只输出不符之处", "print only what is wrong")).short('q')),
        )
        .subcommand(
            Command::new("export")
                .alias("导出")
                .about(t(
                    "只写出一种机器可读的文件，不生成网站；不写格式则列出全部",
                    "write one kind of file for machines without building the site; without a format, list all",
                ))
                .args(common.iter().filter(|a| !matches!(a.get_id().as_str(), "format" | "quiet")))
                .arg(Arg::new("what").value_name("FORMAT").help(t("格式，如 policies.jsonl、passages.jsonl、dcat-ap-turtle、markdown", "the format, such as policies.jsonl, passages.jsonl, dcat-ap-turtle, markdown")))
                .arg(
                    value("out", "PATH", t("写到这个文件；有多个文件的格式写到这个目录。不写就输出到屏幕", "write to this file, or below this folder where there are several; print it otherwise"))
                        .value_parser(clap::value_parser!(PathBuf)),
                ),
        )
        .subcommand(
            Command::new("mcp")
                .about(t(
                    "用标准输入输出为 AI 助手提供已生成的网站（MCP，只读）：搜索、政策、数据集、数据行",
                    "serve the built site to an assistant over standard input and output (MCP, read-only): search, policies, datasets, rows",
                ))
                .arg(root(lang))
                .arg(
                    value("out", "DIR", t("网站目录，默认项目下的 public/", "folder of the site; public/ of the project by default"))
                        .value_parser(clap::value_parser!(PathBuf)),
                ),
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
                .arg(root(lang)),
        );
    let command = command.subcommand(
        Command::new("help")
            .about(t("显示某个命令的帮助", "print the help of a command"))
            .arg(Arg::new("command").value_name("COMMAND").help(t("命令", "the command"))),
    );
    let heading = t("选项", "Options");
    let after = t(
        "命令行里的相对路径从当前目录算起；不写 --root 时，从当前目录往上找含 site.yaml 的目录。\n每个长选项也可用环境变量给出：--base-url 即 CLERESTORY_BASE_URL。NO_COLOR 关掉颜色。",
        "Relative paths on the command line start from the current folder; without --root, the project is the nearest folder upwards with site.yaml.\nEach long option can also be given by the environment: --base-url is CLERESTORY_BASE_URL. NO_COLOR turns colours off.",
    );
    // Not in the tests' way: a variable counts as the flag only where the flag is not given.
    let named = |c: Command| {
        c.mut_args(|a| match a.get_long() {
            Some(long) if !matches!(long, "help" | "version") => {
                let name = format!("CLERESTORY_{}", long.replace('-', "_").to_uppercase());
                // 1 or 0, yes or no: another word is a slip, not a yes.
                let a = if matches!(a.get_action(), clap::ArgAction::SetTrue) { a.value_parser(clap::builder::BoolishValueParser::new()) } else { a };
                a.env(clap::builder::OsStr::from(name)).hide_env(true)
            }
            _ => a,
        })
    };
    let command = named(command.after_help(after)).mut_subcommands(named);
    dress(command).mut_args(|a| a.help_heading(heading)).mut_subcommands(|c| dress(c).mut_args(|a| a.help_heading(heading)))
}
