//! The command line.

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clerestory_lake::engine::{self, Bounds};
use clerestory_lake::profile::{Exact, profile};
use clerestory_lake::report::Report;
use clerestory_lake::source::Source;
use clerestory_lake::{Failure, Result, fail, make};
use datafusion::prelude::SessionContext;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

fn command() -> Command {
    let memory = || {
        Arg::new("memory").long("memory").value_name("SIZE").default_value("1GB").help("内存上限；超过时写到磁盘 / memory at most; beyond it the engine spills")
    };
    let threads = || Arg::new("threads").long("threads").value_name("N").value_parser(value_parser!(usize)).help("线程数 / threads");
    let spill = || Arg::new("spill").long("spill").value_name("FOLDER").value_parser(value_parser!(PathBuf)).help("写到磁盘时用的文件夹 / where it spills to");
    let profile = Command::new("profile")
        .about("剖析一个表 / profile a table: a file or folder of Parquet or CSV, a path or s3://, az://, gs://, https://")
        .arg(Arg::new("source").value_name("SOURCE").required(true))
        .arg(Arg::new("format").long("format").value_parser(["text", "json"]).default_value("text").help("输出格式 / form of the output"))
        .arg(Arg::new("exact").long("exact").value_parser(["keys", "all", "none"]).default_value("keys").help(
            "不同值太多而没有全部保留的列，哪些另读一遍数准：可能是键的、全部、都不 / of columns with too many values to be kept, which are read once more and counted exactly",
        ))
        .arg(Arg::new("into").long("into").value_name("DATASET_FOLDER").value_parser(value_parser!(PathBuf)).help(
            "把剖析和前几行写到数据集的文件夹，并打印写进 YAML 的几行 / write the profile and the first rows beside a dataset's YAML, and print what to write into it",
        ))
        .arg(Arg::new("address").long("address").value_name("URL").help("公众下载数据的地址 / where the public finds the data, for --into"))
        .arg(Arg::new("engine").long("engine").value_name("ballista://HOST:PORT").help("由集群计算 / have a cluster compute it"))
        .arg(Arg::new("time").long("time").action(ArgAction::SetTrue).help("结束时在标准错误输出用时和内存峰值 / tell time and peak memory at the end, on standard error"))
        .args([memory(), threads(), spill()]);
    let make = Command::new("make")
        .about("生成测量用的文件夹 / make a folder to measure with")
        .arg(Arg::new("folder").value_name("FOLDER").required(true).value_parser(value_parser!(PathBuf)))
        .arg(Arg::new("size").value_name("SIZE").required(true))
        .arg(Arg::new("csv").long("csv").action(ArgAction::SetTrue).help("CSV 而不是 Parquet / CSV instead of Parquet"));
    let all = Command::new("clerestory-lake")
        .version(env!("CARGO_PKG_VERSION"))
        .about("一台机器放不下的表 / tables larger than a machine")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([profile, make]);
    #[cfg(feature = "ballista")]
    let all = all
        .subcommand(
            Command::new("scheduler").about("集群的调度 / the scheduler of a cluster").arg(
                Arg::new("bind")
                    .long("bind")
                    .value_name("HOST:PORT")
                    .default_value("127.0.0.1:50050")
                    .help("监听的地址；只在可信的网络里开放 / where it listens; only in a network that is trusted"),
            ),
        )
        .subcommand(
            Command::new("executor")
                .about("集群的执行 / an executor of a cluster")
                .arg(Arg::new("scheduler").long("scheduler").value_name("HOST:PORT").default_value("127.0.0.1:50050"))
                .arg(Arg::new("bind").long("bind").value_name("HOST").default_value("127.0.0.1"))
                .arg(Arg::new("port").long("port").value_parser(value_parser!(u16)).default_value("50051").help("两个端口的第一个 / the first of two ports"))
                .args([memory(), threads(), spill()]),
        );
    all
}

fn bounds(m: &ArgMatches) -> Result<Bounds> {
    let text = m.get_one::<String>("memory").map_or("1GB", String::as_str);
    let Some(memory) = engine::bytes(text) else { return fail(format!("不是大小：{text}（例如 1GB）"), format!("no size: {text} (such as 1GB)")) };
    let threads = m.get_one::<usize>("threads").copied().unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1);
    Ok(Bounds { memory, threads, spill: m.get_one::<PathBuf>("spill").cloned() })
}

#[cfg(feature = "ballista")]
async fn cluster(at: &str, bounds: &Bounds) -> Result<SessionContext> {
    clerestory_lake::cluster::client(at, bounds).await
}

#[cfg(not(feature = "ballista"))]
async fn cluster(at: &str, _: &Bounds) -> Result<SessionContext> {
    fail(format!("{at}：这个程序编译时没有带 ballista"), format!("{at}: this program was built without the feature `ballista`"))
}

async fn profiled(m: &ArgMatches) -> Result<bool> {
    let begun = std::time::Instant::now();
    let bounds = bounds(m)?;
    let here = engine::here(&bounds)?;
    let at = match m.get_one::<String>("engine") {
        Some(at) => cluster(at, &bounds).await?,
        None => here.clone(),
    };
    let text = m.get_one::<String>("source").map_or("", String::as_str);
    let source = Source::open(&here, text).await?;
    let exact = match m.get_one::<String>("exact").map(String::as_str) {
        Some("all") => Exact::All,
        Some("none") => Exact::None,
        _ => Exact::Keys,
    };
    let found = profile(&at, &here, &source, exact, &clerestory::load::table::Settings::default()).await?;
    let passes = found.passes;
    let report = Report::new(&source, found);
    let out = match m.get_one::<PathBuf>("into") {
        Some(folder) => report.publish(folder, m.get_one::<String>("address").map(String::as_str))?,
        None if m.get_one::<String>("format").is_some_and(|f| f == "json") => report.json()?,
        None => report.text(),
    };
    std::io::stdout().write_all(out.as_bytes())?;
    if m.get_flag("time") {
        let (seconds, mb) = (begun.elapsed().as_secs_f64(), source.bytes() as f64 / 1e6);
        eprintln!(
            "{mb:.0} MB, {} rows, {passes} passes: {seconds:.1} s, peak {} MB",
            report.rows,
            peak().map_or_else(|| "?".into(), |k| (k / 1024).to_string())
        );
    }
    Ok(!report.vetoed())
}

/// Most memory that this process ever had, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?.trim().split(' ').next()?.parse().ok()
}

async fn run(m: &ArgMatches) -> Result<bool> {
    match m.subcommand() {
        Some(("profile", m)) => profiled(m).await,
        Some(("make", m)) => {
            let text = m.get_one::<String>("size").map_or("", String::as_str);
            let Some(size) = engine::bytes(text) else {
                return fail(format!("不是大小：{text}（例如 1GB）"), format!("no size: {text} (such as 1GB)"));
            };
            let Some(folder) = m.get_one::<PathBuf>("folder") else { return fail("没有文件夹", "no folder") };
            let rows = make::make(folder, size, m.get_flag("csv"))?;
            println!("{rows} rows");
            Ok(true)
        }
        #[cfg(feature = "ballista")]
        Some(("scheduler", m)) => clerestory_lake::cluster::scheduler(m.get_one::<String>("bind").map_or("", String::as_str)).await.map(|()| true),
        #[cfg(feature = "ballista")]
        Some(("executor", m)) => {
            let text = |k: &str| m.get_one::<String>(k).cloned().unwrap_or_default();
            let port = m.get_one::<u16>("port").copied().unwrap_or(50051);
            clerestory_lake::cluster::executor(&text("scheduler"), &text("bind"), port, &bounds(m)?).await.map(|()| true)
        }
        _ => fail("没有这个命令", "there is no such command"),
    }
}

fn main() -> ExitCode {
    let matches = command().get_matches();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| Failure(e.to_string()));
    match runtime.and_then(|r| r.block_on(run(&matches))) {
        Ok(true) => ExitCode::SUCCESS,
        // Personal data were found.
        Ok(false) => ExitCode::from(1),
        Err(e) => {
            eprintln!("{e}");
            ExitCode::from(2)
        }
    }
}
