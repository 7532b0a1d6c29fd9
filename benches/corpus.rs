//! Whole-build benchmark against the floor of the machine.
//!
//! ```text
//! cargo bench --bench corpus                 10,000 documents in memory, 5 runs
//! cargo bench --bench corpus -- 100000 1 DIR documents, runs, folder
//! cargo bench --bench corpus -- serve 10000  from a change of a file to the last byte of its page
//! cargo bench --bench corpus -- letters 10000 instructions of a build of so many documents without, and with as many letters and requests
//! cargo bench --bench corpus -- audit 10000 TEXTS  an audit of so many pages of another tool, made from the Markdown files below a folder
//! cargo bench --bench corpus -- read TEXTS 3 what is read of each text below a folder, as digests: as it is, and three times with signs strewn into it
//! cargo bench --bench corpus -- gate         instructions of a build of 1,000 against the floor's; fails a quarter above what was measured
//! ```
//!
//! The generator makes N Chinese policy documents of about 3 KB (40
//! departments, 20 themes); the same N gives the same bytes. The floor reads
//! the same inputs, parses the same YAML and Markdown with the crates the
//! product uses, and writes the bytes the build wrote; it does not sync. Build
//! and floor run in turn, each in its own process; times are medians.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measuring program")]

#[path = "common/foreign.rs"]
mod foreign;
#[path = "common/instructions.rs"]
mod instructions;

use rayon::prelude::*;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

/// Many threads make many small strings: a third less time than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let args: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    match args.first().map(String::as_str) {
        Some("gen") => generate(args[1].parse().expect("a number"), Path::new(&args[2])),
        Some("floor") => floor(&args[1], &args[2], &args[3]),
        Some("serve") => serve(&args[1..]),
        Some("gate") => gate(),
        Some("letters") => letters(&args[1..]),
        Some("audit") => foreign::audit(&args[1..]),
        Some("audited") => foreign::audited(&args[1]),
        Some("hash") => hash(&args[1]),
        Some("read") => read(&args[1..]),
        Some(word @ ("build" | "check")) => product(word, &args[1..]),
        _ => compare(&args),
    }
}

// ---- the generator ----------------------------------------------------------------------------

const DEPARTMENTS: &str = "发展改革局 教育局 科技局 工业和信息化局 民族宗教局 公安局 民政局 司法局 财政局 人力资源社会保障局 自然资源局 生态环境局 住房城乡建设局 交通运输局 水务局 农业农村局 商务局 文化旅游局 卫生健康局 退役军人事务局 应急管理局 审计局 国有资产监管局 市场监督管理局 体育局 统计局 医疗保障局 林业局 地方金融管理局 信访局 政务服务数据局 城市管理局 口岸办公室 乡村振兴局 档案局 气象局 税务局 邮政管理局 公积金中心 机关事务管理局";
const THEMES: &str = "财政预算 社会保障 义务教育 医疗卫生 住房保障 环境保护 食品药品 安全生产 就业创业 养老服务 公共交通 农业补贴 税收优惠 科技创新 招商引资 行政许可 数据开放 文化旅游 城市更新 应急救灾";
const KINDS: &str = "通知 意见 办法 细则 决定 通告 公告 规定";
const WHO: &str = "各级行政机关 市政府办公室 主管部门 公开工作机构 基层单位 数据管理机构 东港区民政局 西湖镇人民政府";
const HOW: &str = "应当依法 要按照规定 须在规定期限内 应主动 要会同有关单位 应结合实际 在2024年度投入3200万元，";
const WHAT: &str = "公开相关政策文件及其解读 编制并更新公共数据目录 受理公众提出的意见和申请 开展数据质量评估 公布办理流程和结果 落实信息发布审核制度";
const WHY: &str = "保障公民的知情权和监督权。 提高政务服务的透明度。 接受社会各界监督。 推动数据资源有序开放。 确保内容准确、及时、完整。";
const HEADS: &str = "一、制定背景 二、主要内容 三、适用范围 四、办理流程 五、保障措施 六、咨询渠道 七、附则";

/// SplitMix64: small, fast, the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

fn words(list: &'static str) -> Vec<&'static str> {
    list.split(' ').collect()
}

fn sentence(r: &mut Random) -> String {
    let mut s = format!("{}{}{}，{}", r.pick(&words(WHO)), r.pick(&words(HOW)), r.pick(&words(WHAT)), r.pick(&words(WHY)));
    match r.below(20) {
        0 => s = format!("**{}方面：**{s}", r.pick(&words(THEMES))),
        1 => s = format!("依据《{}管理办法》第{}条，{s}", r.pick(&words(THEMES)), r.below(60) + 1),
        2 => s = format!("{}（详见[附件](https://files.example.org/{}.pdf)）。", s.trim_end_matches('。'), r.below(90000)),
        _ => {}
    }
    s
}

fn body(r: &mut Random) -> String {
    let heads = words(HEADS);
    let mut out = String::new();
    let mut n = 0;
    while out.len() < 2600 {
        if let Some(h) = heads.get(n) {
            let _ = write!(out, "## {h}\n\n");
        }
        n += 1;
        for _ in 0..1 + r.below(2) {
            let _ = write!(out, "{}{}\n\n", sentence(r), sentence(r));
        }
        match n % 4 {
            1 => (0..3).for_each(|_| out.push_str(&format!("- {}\n", sentence(r)))),
            2 => {
                out.push_str("| 事项 | 责任单位 | 时限 | 金额（万元） |\n| --- | --- | --- | ---: |\n");
                for _ in 0..4 {
                    let _ = writeln!(
                        out,
                        "| {} | {} | {}个工作日 | {}.{:02} |",
                        r.pick(&words(THEMES)),
                        r.pick(&words(DEPARTMENTS)),
                        1 + r.below(60),
                        1 + r.below(9999),
                        r.below(100)
                    );
                }
            }
            3 => out.push_str(&format!("> {}\n\n1. {}\n2. {}\n", sentence(r), sentence(r), sentence(r))),
            _ => {}
        }
        out.push('\n');
    }
    out
}

fn generate(n: usize, root: &Path) {
    let dir = root.join("content/policies");
    fs::create_dir_all(&dir).expect("a folder");
    let (departments, themes, kinds) = (words(DEPARTMENTS), words(THEMES), words(KINDS));
    fs::write(
        root.join("site.yaml"),
        "title: 云台市政策文件库\ndescription: 基准测试\nbase_url: https://example.org/\nas_of: 2026-07-01\ntime_zone: Asia/Shanghai\n",
    )
    .expect("writes");
    let list: String = departments.iter().enumerate().map(|(i, d)| format!("- {{id: d{i:02}, name: 云台市{d}}}\n")).collect();
    fs::write(root.join("content/departments.yaml"), list).expect("writes");
    let list: String = themes.iter().enumerate().map(|(i, t)| format!("- {{id: t{i:02}, label: {t}}}\n")).collect();
    fs::write(root.join("content/themes.yaml"), list).expect("writes");
    (0..n).into_par_iter().for_each(|i| {
        let r = &mut Random(20_240_101 + i as u64 * 1_000_003);
        let (y, m, d) = (2016 + r.below(10), 1 + r.below(12), 1 + r.below(28));
        let department = r.below(40).min(r.below(40));
        let kind = r.pick(&kinds);
        let mut text = format!(
            "---\ntitle: 关于进一步加强{}工作的{kind}（{:06}）\nissuer: [d{department:02}]\ndoc_no: 云政发〔{y}〕{}号\nindex_no: 000014349/{y}-{:06}\nformed_on: {y}-{m:02}-{d:02}\npublished_at: {y}-{m:02}-{d:02} 09:30\ndoc_type: {kind}\ntheme: [t{:02}, t{:02}]\nkeywords: [{}, 政务公开]\nsummary: {}\n",
            r.pick(&themes),
            i + 1,
            1 + r.below(300),
            i,
            r.below(20),
            r.below(20),
            r.pick(&themes),
            sentence(r).replace("**", ""),
        );
        let related: Vec<String> = (0..4).map(|_| format!("p{:06}", r.below(n))).collect();
        let _ = writeln!(text, "related: [{}]\n---\n", related.join(", "));
        text.push_str(&body(r));
        fs::write(dir.join(format!("p{i:06}.md")), text).expect("writes");
    });
}

// ---- the floor --------------------------------------------------------------------------------

fn floor(project: &str, reference: &str, out: &str) {
    // What is written is read before the clock starts.
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for e in walkdir::WalkDir::new(reference).into_iter().flatten().filter(|e| e.file_type().is_file()) {
        files.push((e.path().strip_prefix(reference).expect("below").to_path_buf(), fs::read(e.path()).expect("reads")));
    }
    let before = usage();
    let start = Instant::now();
    let paths: Vec<PathBuf> =
        walkdir::WalkDir::new(Path::new(project).join("content")).into_iter().flatten().filter(|e| e.file_type().is_file()).map(|e| e.into_path()).collect();
    let html: usize = paths
        .par_iter()
        .map(|p| {
            let text = fs::read_to_string(p).expect("reads");
            let (front, body) = text.strip_prefix("---\n").and_then(|t| t.split_once("\n---\n")).unwrap_or((&text, ""));
            for event in granit_parser::Parser::new_from_str(front) {
                std::hint::black_box(event.expect("parses"));
            }
            let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_FOOTNOTES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
            let mut html = String::with_capacity(body.len() * 3 / 2);
            pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(body, options));
            html.len()
        })
        .sum();
    std::hint::black_box(html);
    let out = Path::new(out);
    let mut dirs: Vec<PathBuf> = files.iter().filter_map(|(p, _)| p.parent().map(|d| out.join(d))).collect();
    dirs.sort();
    dirs.dedup();
    fs::create_dir_all(out).expect("a folder");
    dirs.par_iter().for_each(|d| {
        if fs::create_dir(d).is_err() {
            let _ = fs::create_dir_all(d);
        }
    });
    files.par_iter().for_each(|(p, b)| fs::write(out.join(p), b).expect("writes"));
    let wall = start.elapsed().as_secs_f64();
    report(wall, usage().0 - before.0);
}

fn product(word: &str, args: &[String]) {
    let start = Instant::now();
    let mut line: Vec<std::ffi::OsString> = vec!["clerestory".into(), word.into(), "--root".into(), (&args[0]).into(), "--quiet".into()];
    if word == "build" {
        line.extend(["--out".into(), (&args[1]).into(), "--no-sync".into()]);
    }
    let printed = printed(&line, start);
    assert!(printed.code == 0, "{}{}", printed.out, printed.err);
    report(start.elapsed().as_secs_f64(), usage().0);
}

/// What the program gives back for a command line.
fn printed(line: &[std::ffi::OsString], start: Instant) -> clerestory::cli::Printed {
    let clock = clerestory::Clock { now: jiff::Timestamp::UNIX_EPOCH, epoch: None, elapsed: &move || start.elapsed() };
    clerestory::cli::run(
        line,
        &clerestory::cli::World {
            clock,
            unset: Vec::new(),
            locale: "en".into(),
            colour: false,
            program: None,
            progress: &|_, _| {},
            notice: &|_| {},
            line: &|_| None,
            answer: &|_| true,
        },
    )
}

// ---- the preview server ------------------------------------------------------------------------

/// From the change of a file to the last byte of its page, as a browser sees it: the server's word that the page
/// changed is waited for, then the page is fetched. The debounce is part of it.
fn serve(args: &[String]) {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpStream;
    let n: usize = args.first().map_or(10_000, |a| a.parse().expect("a number"));
    let dir = tempfile::tempdir_in(memory()).expect("a folder");
    generate(n, dir.path());
    let mut server = Command::new(env!("CARGO_BIN_EXE_clerestory"))
        .args(["serve", "--lang", "en", "--root"])
        .arg(dir.path())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut log = BufReader::new(server.stderr.take().expect("piped"));
    let mut line = String::new();
    while !line.contains("http://") {
        line.clear();
        assert!(log.read_line(&mut line).expect("a line") > 0, "the server ended");
    }
    let host = line.split("http://").nth(1).and_then(|r| r.split('/').next()).expect("an address").to_string();
    std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
    let ask = |path: &str| {
        let mut s = TcpStream::connect(&host).expect("connects");
        write!(s, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("asks");
        s
    };
    let mut events = BufReader::new(ask("/__clerestory/events"));
    let file = dir.path().join("content/policies/p000001.md");
    let text = fs::read_to_string(&file).expect("reads");
    let mut times = Vec::new();
    for i in 0..21 {
        std::thread::sleep(std::time::Duration::from_millis(700));
        let start = Instant::now();
        fs::write(&file, format!("{text}\nchange {i} of the text\n")).expect("writes");
        let mut line = String::new();
        while !line.starts_with("event: reload") {
            line.clear();
            events.read_line(&mut line).expect("an event");
        }
        let mut page = String::new();
        ask("/policies/p000001/").read_to_string(&mut page).expect("the page");
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        assert!(page.contains(&format!("change {i} of the text")), "an old page");
    }
    let _ = server.kill();
    let _ = server.wait();
    times.sort_by(f64::total_cmp);
    println!("serve, {n} documents, change of a file to the last byte of its page (debounce included), 21 changes:");
    println!("median {:.0} ms, least {:.0}, most {:.0}", times[10], times[0], times[20]);
}

/// A folder in memory, where the machine has one.
fn memory() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_path_buf() } else { env::temp_dir() }
}

/// CPU seconds and peak memory in MB of this process.
fn usage() -> (f64, f64) {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit_once(") ").map_or(Vec::new(), |(_, r)| r.split(' ').collect());
    let ticks = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0) / 100.0;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.trim().split(' ').next()?.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12), peak / 1024.0)
}

fn report(wall: f64, cpu: f64) {
    println!("measured {wall} {cpu} {}", usage().1);
}

// ---- letters and requests ----------------------------------------------------------------------

/// What N letters and N requests cost on top of N documents, in instructions on one thread; and the heaviest of their pages.
fn letters(args: &[String]) {
    let n: usize = args.first().map_or(10_000, |a| a.parse().expect("a number"));
    let dir = tempfile::tempdir_in(memory()).expect("a folder");
    let path = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
    let (project, out) = (path("project"), path("out"));
    generate(n, Path::new(&project));
    let me = env::current_exe().expect("a path");
    let count = || {
        let build = instructions::count(&me, &["build", &project, &out]);
        build.saturating_sub(instructions::count(&me, &["hash", &out]))
    };
    let plain = count();
    let _ = fs::remove_dir_all(&out);
    asked(n, Path::new(&project));
    let with = count();
    println!(
        "{n} documents: {plain} instructions without hashing; with {n} letters and {n} requests {with}: {:+.1} %",
        (with as f64 / plain as f64 - 1.0) * 100.0
    );
    let mut heavy: Vec<(u64, String)> = walkdir::WalkDir::new(&out)
        .into_iter()
        .flatten()
        .filter(|e| {
            e.file_name() == "index.html"
                && (e.path().starts_with(Path::new(&out).join("feedback")) || e.path().starts_with(Path::new(&out).join("disclosure")))
        })
        .map(|e| (e.metadata().map_or(0, |m| m.len()), e.path().strip_prefix(&out).map_or(String::new(), |p| p.display().to_string())))
        .collect();
    heavy.sort_unstable_by(|a, b| b.cmp(a));
    for (bytes, page) in heavy.iter().take(5) {
        println!("{bytes} bytes {page}");
    }
}

/// The sheets of N letters, over the departments, and of N requests.
fn asked(n: usize, root: &Path) {
    let r = &mut Random(7);
    let folder = root.join("content/feedback");
    fs::create_dir_all(&folder).expect("a folder");
    let mut sheets = vec![String::from("no,kind,title,body,received_on,status,replied_on,reply,consent,rating\n"); 40];
    for i in 0..n {
        let (y, m, d) = (2024 + r.below(2), 1 + r.below(12), 1 + r.below(20));
        let (ask, reply) = (format!("{}怎样办理？{}", r.pick(&words(THEMES)), plain(&sentence(r))), plain(&format!("{}{}", sentence(r), sentence(r))));
        let _ = writeln!(
            sheets[r.below(40)],
            "{:06},咨询,{}怎样办理,{ask},{y}-{m:02}-{d:02},已处理,{y}-{m:02}-{:02},{reply},是,{}",
            i + 1,
            r.pick(&words(THEMES)),
            d + 3,
            1 + r.below(5)
        );
    }
    for (i, sheet) in sheets.iter().enumerate() {
        fs::write(folder.join(format!("d{i:02}.csv")), sheet).expect("writes");
    }
    let mut sheet = String::from("no,received_on,department,applicant_kind,subject,outcome,decided_on\n");
    for i in 0..n {
        let (y, m, d) = (2024 + r.below(2), 1 + r.below(12), 1 + r.below(20));
        let _ = writeln!(
            sheet,
            "{y}-{:06},{y}-{m:02}-{d:02},d{:02},自然人,{}的依据和标准,予以公开,{y}-{m:02}-{:02}",
            i + 1,
            r.below(40),
            r.pick(&words(THEMES)),
            d + 5
        );
    }
    fs::create_dir_all(root.join("content/disclosure")).expect("a folder");
    fs::write(root.join("content/disclosure/requests.csv"), sheet).expect("writes");
}

/// Without signs that part cells, and without markup.
fn plain(text: &str) -> String {
    text.replace(['*', ',', '[', ']', '(', ')', '"'], "")
}

// ---- what is read ------------------------------------------------------------------------------

/// Signs that one reader or another looks for, and that texts seldom have.
const STREWN: &[&str] = &[
    "手机13812345678",
    "一三八一二三四五六七八",
    "138 1234 5678",
    "身份证号 11010119900307",
    "姓名：张三，住址：某市某路1号201室",
    "患有糖尿病",
    "李建国，男，艾滋病感染者",
    "此致\n\n李建国\n幸福路1号3幢201室\n",
    "?q=%31%33%38",
    "+86138",
    "１３８",
    "①③⑧",
    "京A12345",
    "E12345678",
    "|",
    "｜",
    "| 姓名 | 住址 |\n| --- | --- |\n| 张三 | 幸福路1号3幢201室 |\n",
    "甲｜乙\n－－｜－－\n丙｜丁\n",
    "**",
    "*",
    "__",
    "~~",
    "~",
    "****",
    "【附件】(a.pdf)",
    "[附件]（a.pdf）",
    "[a](my file.pdf)",
    "！[图](x.png)",
    "](",
    ")[",
    "[^1]",
    "[^1]: 注",
    "[注]: 说明",
    "：",
    ":",
    ":::",
    ":::tip\n甲\n:::\n",
    "!!! note \"甲\"\n    乙\n",
    "??? x",
    "<br>",
    "<b>",
    "<o:p>",
    "mso-x:",
    "＜br＞",
    "&nbsp",
    "＆lt;",
    "&#49;",
    "\\n",
    "\\",
    "#",
    "##甲",
    "＃ 甲",
    "#甲",
    "> [!danger]",
    "> ",
    "- ",
    "-甲\n-乙\n",
    "•甲\n•乙\n",
    "1. ",
    "1、",
    "一、",
    "（一）",
    "第一条 ",
    "第一章 总则\n",
    "①",
    "```",
    "~~~",
    "\t",
    "    ",
    "\u{3000}\u{3000}",
    "\u{2003}",
    "\u{a0}",
    "\u{200b}",
    "https://a.gov.cn/x",
    "www.a.cn",
    "a@b.cn",
    "{#a}",
    "{",
    "}",
    "{{x}}",
    "{% x %}",
    "[[甲]]",
    "==甲==\n",
    "$$x_1$$",
    "\\frac{1}{2}",
    "import a from 'b'\n",
    "[b]甲[/b]",
    "[toc]",
    "\"甲\":http://a.cn",
    "<!-- INFO END -->",
    "---\n",
    "\n\n",
    "\n",
    "\r\n",
    "title: 甲\n",
    "draft: true\n",
    "发布日期：2099-01-01\n",
    "<<<<<<< HEAD\n",
    ">>>>>>> a\n",
    "\u{1DA8B}",
    "𝟏𝟑𝟖",
    "+--+\n",
    "a\tb\nc\td\n",
    "｀｀｀",
    "\u{feff}",
    "“",
    "”",
    "键：值\n",
    "- 甲：乙\n",
    "key:value\n",
    " #1 ",
    "'",
    "\"",
    "［",
    "］",
    "【",
    "】",
    "，",
    "。",
    "%",
    "http://",
    "/a/b",
    "\\u0031",
    "∶",
];

/// Prints what is read of each text below a folder as a digest, so that work on speed can be held against what was read before.
fn read(args: &[String]) {
    use sha2::{Digest, Sha256};
    let rounds: usize = args.get(1).map_or(0, |a| a.parse().expect("a number"));
    let known = |p: &Path| p.extension().is_some_and(|x| ["md", "yaml", "yml", "txt"].iter().any(|k| x == *k));
    let files = walkdir::WalkDir::new(&args[0]).sort_by_file_name().into_iter().flatten().filter(|e| e.file_type().is_file() && known(e.path()));
    let files: Vec<PathBuf> = files.map(|e| e.into_path()).collect();
    let lines: Vec<String> = files
        .par_iter()
        .enumerate()
        .flat_map_iter(|(n, path)| {
            let path = path.to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap_or_default();
            let r = &mut Random(n as u64);
            (0..=rounds)
                .map(|round| {
                    let mut text = text.clone();
                    for _ in 0..round * 8 {
                        let mut at = r.below(text.len() + 1);
                        while !text.is_char_boundary(at) {
                            at -= 1;
                        }
                        text.insert_str(at, STREWN[r.below(STREWN.len())]);
                    }
                    let source = clerestory::load::Source::new(path.as_str(), text.as_str());
                    let yaml = path.ends_with(".yaml") || path.ends_with(".yml");
                    let doc = if yaml { clerestory::load::Doc::yaml(source, round == 1) } else { clerestory::load::Doc::parse(source, round == 1) };
                    let digest = Sha256::digest(told(&doc));
                    format!("{} {round} {path}", digest.iter().take(8).map(|b| format!("{b:02x}")).collect::<String>())
                })
                .collect::<Vec<_>>()
        })
        .collect();
    lines.iter().for_each(|l| println!("{l}"));
}

/// What a text says, and what was found in it.
fn told(d: &clerestory::load::Doc) -> String {
    let (o, others) = (&d.outline, d.others.iter().map(|(tag, d)| (tag, told(d))).collect::<Vec<_>>());
    format!("{:?} {:?} {:?} {:?} {:?} {:?} {} {others:?} {:?} {:?}", d.front, d.body, d.head, o.headings, o.links, o.lead, o.chars, d.problems, d.personal)
}

// ---- the gate ----------------------------------------------------------------------------------

/// What a build executes for each instruction of the floor, on 1,000 documents and one thread, without the hashing of its
/// files: the processor has instructions for that, which valgrind does not know.
/// 10.3 with optimisation across crates and without the checks of texts of 27 November 2026, 13.3 with them at first.
const MEASURED: f64 = 11.6;
/// The same with each item as a record, a Markdown twin, lines of the bulk files and passages, too.
const ALL: f64 = 19.1;
/// What a site writes that is only read.
const READ: &str = "outputs: {bulk: false, api: false, passages: false, markdown: false, llms: false}\n";

/// Hashes all files of a folder.
fn hash(dir: &str) {
    use sha2::{Digest, Sha256};
    for e in walkdir::WalkDir::new(dir).into_iter().flatten().filter(|e| e.file_type().is_file()) {
        std::hint::black_box(Sha256::digest(fs::read(e.path()).expect("reads")));
    }
}

fn gate() -> ! {
    let dir = tempfile::tempdir_in(memory()).expect("a folder");
    let path = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
    let (project, copy) = (path("project"), path("copy"));
    generate(1000, Path::new(&project));
    let me = env::current_exe().expect("a path");
    let site = Path::new(&project).join("site.yaml");
    let settings = fs::read_to_string(&site).expect("reads");
    let mut ok = true;
    // The same site twice, the second time with what is made for machines; the floor is that of the pages.
    let mut floor = 0;
    for (what, more, measured) in [("build", READ, MEASURED), ("build with all outputs", "", ALL)] {
        let out = path(what);
        fs::write(&site, format!("{settings}{more}")).expect("writes");
        let build = instructions::count(&me, &["build", &project, &out]);
        if floor == 0 {
            floor = instructions::count(&me, &["floor", &project, &out, &copy]);
        }
        let hash = instructions::count(&me, &["hash", &out]);
        println!("1,000 documents, one thread: {what} {build} instructions, of which hashing about {hash}; floor {floor}");
        ok &= instructions::judged(what, build.saturating_sub(hash) as f64 / floor as f64, measured);
    }
    drop(dir);
    std::process::exit(i32::from(!ok))
}

// ---- the comparison ---------------------------------------------------------------------------

fn run(args: &[&str]) -> [f64; 3] {
    let out = Command::new(env::current_exe().expect("a path")).args(args).output().expect("starts");
    let text = String::from_utf8_lossy(&out.stdout);
    let line = text.lines().find_map(|l| l.strip_prefix("measured ")).unwrap_or_else(|| panic!("{args:?}: {text}{}", String::from_utf8_lossy(&out.stderr)));
    let v: Vec<f64> = line.split(' ').map(|n| n.parse().expect("a number")).collect();
    [v[0], v[1], v[2]]
}

fn median(rows: &[[f64; 3]], i: usize) -> f64 {
    let mut v: Vec<f64> = rows.iter().map(|r| r[i]).collect();
    v.sort_by(f64::total_cmp);
    v[v.len() / 2]
}

fn compare(args: &[String]) {
    let args: Vec<&String> = args.iter().filter(|a| !a.starts_with("--")).collect();
    let n: usize = args.first().and_then(|a| a.parse().ok()).unwrap_or(10_000);
    let runs: usize = args.get(1).and_then(|a| a.parse().ok()).unwrap_or(5);
    let base = args.get(2).map_or_else(memory, PathBuf::from).join(format!("clerestory-bench-{}", std::process::id()));
    let project = base.join("project");
    generate(n, &project);
    let s = |p: &Path| p.to_string_lossy().into_owned();
    let (mut builds, mut floors, mut checks, mut again) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut files, mut bytes) = (0, 0);
    for i in 0..=runs {
        let (out, copy) = (base.join(format!("out-{i}")), base.join(format!("floor-{i}")));
        let b = run(&["build", &s(&project), &s(&out)]);
        let f = run(&["floor", &s(&project), &s(&out), &s(&copy)]);
        let c = run(&["check", &s(&project)]);
        let a = run(&["build", &s(&project), &s(&out)]);
        if i == 0 {
            for e in walkdir::WalkDir::new(&out).into_iter().flatten().filter(|e| e.file_type().is_file()) {
                files += 1;
                bytes += e.metadata().map_or(0, |m| m.len());
            }
        } else {
            // The first round warms the caches and does not count.
            builds.push(b);
            floors.push(f);
            checks.push(c);
            again.push(a);
        }
        let _ = fs::remove_dir_all(&out);
        let _ = fs::remove_dir_all(&copy);
    }
    let _ = fs::remove_dir_all(&base);
    println!("{n} documents -> {files} files, {:.0} MB; {} threads; median of {runs}\n", bytes as f64 / 1e6, rayon::current_num_threads());
    println!("| | wall | CPU | peak memory | wall : floor | CPU : floor |\n|---|---|---|---|---|---|");
    let (fw, fc) = (median(&floors, 0), median(&floors, 1));
    for (name, rows) in [("floor (read, parse, write)", &floors), ("build", &builds), ("build again, nothing changed", &again), ("check", &checks)] {
        let (w, c) = (median(rows, 0), median(rows, 1));
        println!("| {name} | {w:.2} s | {c:.2} s | {:.0} MB | {:.2} | {:.2} |", median(rows, 2), w / fw, c / fc);
    }
}
