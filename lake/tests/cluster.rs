//! One scheduler and two executors, started here, find what this process finds, byte by byte.
#![cfg(feature = "ballista")]

use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_clerestory-lake");

/// Ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that is free, and the next one too.
fn port() -> u16 {
    loop {
        let a = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = a.local_addr().unwrap().port();
        if at < u16::MAX && TcpListener::bind(("127.0.0.1", at + 1)).is_ok() {
            return at;
        }
    }
}

fn start(args: &[&str]) -> Running {
    Running(Command::new(PROGRAM).args(args).stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().unwrap())
}

fn listens(port: u16) {
    let begun = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(60), "nobody listens at {port}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn run(args: &[&str]) -> Output {
    Command::new(PROGRAM).args(args).output().unwrap()
}

#[test]
fn a_cluster_finds_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let at = |n: &str| dir.path().join(n).to_str().unwrap().to_string();
    for (name, size, csv) in [("parquet", "12MB", false), ("csv", "24MB", true)] {
        let made = run(&[&["make", &at(name), size][..], if csv { &["--csv"] } else { &[] }].concat());
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    let scheduler = format!("127.0.0.1:{}", port());
    let _s = start(&["scheduler", "--bind", &scheduler]);
    listens(scheduler.rsplit_once(':').unwrap().1.parse().unwrap());
    let executors: Vec<(u16, Running)> = (0..2)
        .map(|i| {
            let (port, spill) = (port(), at(&format!("executor-{i}")));
            std::fs::create_dir(&spill).unwrap();
            let e = start(&["executor", "--scheduler", &scheduler, "--port", &port.to_string(), "--threads", "1", "--memory", "512MB", "--spill", &spill]);
            listens(port);
            (port, e)
        })
        .collect();
    assert_eq!(executors.len(), 2);
    let engine = format!("ballista://{scheduler}");
    for name in ["parquet", "csv"] {
        let args = ["profile", &at(name), "--format", "json", "--exact", "all", "--memory", "512MB", "--threads", "2"];
        let here = run(&args);
        assert!(here.status.success(), "{}", String::from_utf8_lossy(&here.stderr));
        let there = run(&[&args[..], &["--engine", &engine]].concat());
        assert!(there.status.success(), "{}", String::from_utf8_lossy(&there.stderr));
        assert_eq!(String::from_utf8_lossy(&here.stdout), String::from_utf8_lossy(&there.stdout), "{name}");
    }
    // Both have worked.
    for i in 0..2 {
        let dir = at(&format!("executor-{i}"));
        assert!(std::fs::read_dir(&dir).unwrap().next().is_some(), "executor {i} had nothing to do");
    }
}
