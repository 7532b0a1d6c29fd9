//! Profiling a large CSV: `cargo bench --bench table -- [MILLION_ROWS] [FILE] [--peers]`.
//!
//! Makes a file of 4 million rows and 8 columns (261 MB; `77` gives 5 GB), reads it with the `csv` crate as strings
//! and as bytes, and profiles it as a build does; `--peers` also runs Polars and DuckDB, which `benches/table-peers.py`
//! installs from their packages; `--gate` counts instructions on 100,000 rows and fails a quarter above what was measured. `--site` builds a portal around the file, with all that is made of it; `--documents [FOLDER]` reads attachments and sweeps finished files. Prints wall time, CPU time and the most memory of each, and the ratios to `csv`.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measuring program")]

#[path = "common/documents.rs"]
mod documents;
#[path = "common/instructions.rs"]
mod instructions;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

#[global_allocator]
static ALLOC: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn generate(path: &Path, rows: u64) {
    let regions = clerestory::load::table::regions::PROVINCES;
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path).unwrap());
    let mut n = 42u64;
    let mut next = || {
        n ^= n << 13;
        n ^= n >> 7;
        n ^= n << 17;
        n
    };
    writeln!(out, "id,地区,代码,日期,数量,金额,名称,备注").unwrap();
    for i in 0..rows {
        let (r, d, name) = (regions[(next() % 31) as usize], next() % 3650, next() % 50_000);
        let (y, m, day) = (2015 + d / 365, d / 31 % 12 + 1, d % 28 + 1);
        let (a, b) = (next() % 100_000, next() % 100_000_000);
        let note = if i % 40 == 0 { "另有说明" } else { "" };
        writeln!(out, "{},{},{},{y:04}-{m:02}-{day:02},{a},{}.{:02},单位{name:05},{note}", 1_000_000 + i, r.name, r.code, b / 100, b % 100).unwrap();
    }
}

/// Highest resident memory of this process, in MB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|v| v.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|v| v.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// Cells of the file, by `csv` as strings.
fn strings(path: &Path) -> u64 {
    let mut r = csv::ReaderBuilder::new().from_path(path).unwrap();
    let (mut n, mut rec) = (0, csv::StringRecord::new());
    while r.read_record(&mut rec).unwrap() {
        n += rec.len() as u64;
    }
    n
}

fn one(what: &str, path: &Path) {
    let start = Instant::now();
    // Processors that share a core make each other slower: what one thread costs alone is less than what it costs beside another.
    let threads = if what == "csv-together" { std::thread::available_parallelism().map_or(1, |n| n.get()) } else { 1 };
    let said = match what {
        "csv-strings" => format!("{} cells", strings(path)),
        "csv-together" => {
            let cells =
                std::thread::scope(|s| (0..threads).map(|_| s.spawn(|| strings(path))).collect::<Vec<_>>().into_iter().map(|t| t.join().unwrap()).max());
            format!("{} cells, the file once on each of {threads} processors; CPU of one", cells.unwrap_or(0))
        }
        "csv-bytes" => {
            let mut r = csv::ReaderBuilder::new().from_path(path).unwrap();
            let (mut n, mut rec) = (0u64, csv::ByteRecord::new());
            while r.read_byte_record(&mut rec).unwrap() {
                n += rec.len() as u64;
            }
            format!("{n} cells")
        }
        _ => {
            let f = clerestory::load::table::read(&clerestory::load::Blob::at(path), &clerestory::load::table::Settings::default());
            let t = &f.tables[0];
            let c = &t.columns;
            // A column per kind, so that nobody can say it was not counted.
            format!(
                "{} rows; unique id {:?}, {} regions, {} days, median {:.0}, {} names, {} notes",
                t.rows,
                c[0].unique,
                c[1].distinct,
                c[3].distinct,
                c[5].quantiles[2],
                c[6].distinct,
                t.rows - c[7].nulls
            )
        }
    };
    println!("{what}\t{:.3}\t{:.3}\t{:.0}\t{said}", start.elapsed().as_secs_f64(), cpu() / threads as f64, peak());
}

/// Builds a portal of one dataset, the file.
fn site(path: &Path) {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("content/datasets/big");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(dir.path().join("site.yaml"), "title: 大\nbase_url: https://example.org/\nas_of: 2026-01-01\n").unwrap();
    std::fs::write(data.join("dataset.yaml"), "title: 大表\nlicense: CC0-1.0\nresources: [{name: big, title: 大, path: big.csv}]\n").unwrap();
    std::fs::copy(path, data.join("big.csv")).unwrap();
    let mut build = Command::new(env!("CARGO_BIN_EXE_clerestory"));
    let mut child = build.args(["build", "--no-sync", "--lang", "en", "--root"]).arg(dir.path()).spawn().unwrap();
    let mut most = 0.0_f64;
    while child.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let kib = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
        most = most.max(kib.unwrap_or(0.0) / 1024.0);
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    println!("build with all files made of the table: peak {most:.0} MB");
}

/// What profiling executes for each instruction of reading by `csv` as strings, on 100,000 rows.
/// 4.45 with optimisation across crates and without the readings of 27 November 2026 (per cent, signs of other customs, numbers of persons).
const MEASURED: f64 = 5.4;

fn gate() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("table.csv");
    generate(&path, 100_000);
    let me = std::env::current_exe().unwrap();
    let of = |what: &str| instructions::count(&me, &[&format!("one={what}"), &path.to_string_lossy()]);
    let (ours, floor) = (of("clerestory"), of("csv-strings"));
    drop(dir);
    println!("100,000 rows, one thread: profiling {ours} instructions, csv as strings {floor}");
    std::process::exit(i32::from(!instructions::judged("profiling", ours as f64 / floor as f64, MEASURED)))
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if let [what, path] = &args[..]
        && what.starts_with("one=")
    {
        return one(&what[4..], Path::new(path));
    }
    if args.iter().any(|a| a == "--gate") {
        return gate();
    }
    if args.iter().any(|a| a == "--documents") {
        let folder = args.iter().find(|a| !a.starts_with("--")).map_or("public", String::as_str);
        return documents::documents(Path::new(folder));
    }
    let peers = args.iter().any(|a| a == "--peers");
    let rest: Vec<&String> = args.iter().filter(|a| !a.starts_with("--")).collect();
    let million: u64 = rest.first().and_then(|a| a.parse().ok()).unwrap_or(4);
    let path = rest.get(1).map_or_else(|| std::env::temp_dir().join(format!("clerestory-table-{million}m.csv")), PathBuf::from);
    if !path.exists() {
        generate(&path, million * 1_000_000);
    }
    if args.iter().any(|a| a == "--site") {
        return site(&path);
    }
    println!("{} MB, {million} million rows", std::fs::metadata(&path).unwrap().len() / 1_000_000);
    println!("what\twall s\tCPU s\tpeak MB\tresult");
    let me = std::env::current_exe().unwrap();
    // Rounds of all in turn, and of each the run of least CPU: other work on the machine only adds.
    let once = |what: &str| -> (Vec<f64>, String) {
        let out = Command::new(&me).arg(format!("one={what}")).arg(&path).output().unwrap();
        let line = String::from_utf8(out.stdout).unwrap();
        (line.split('\t').skip(1).take(3).filter_map(|v| v.parse().ok()).collect(), line)
    };
    let rounds: Vec<[(Vec<f64>, String); 4]> = (0..5).map(|_| ["csv-strings", "csv-bytes", "csv-together", "clerestory"].map(once)).collect();
    let least = |k: usize| rounds.iter().map(|r| &r[k]).min_by(|a, b| a.0[1].total_cmp(&b.0[1])).unwrap();
    (0..4).for_each(|k| print!("{}", least(k).1));
    let (strings, together, ours) = (&least(0).0, &least(2).0, &least(3).0);
    let ratio = ours[1] / together[1];
    println!("clerestory / csv as strings: wall {:.2}, CPU {:.2}; with all processors busy CPU {ratio:.2}", ours[0] / strings[0], ours[1] / strings[1]);
    if peers {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/table-peers.py");
        let done = Command::new("python3").arg(script).arg(&path).status();
        assert!(done.is_ok_and(|s| s.success()), "the peers did not run");
    }
}
