//! Instructions that a program executes, counted by valgrind: the same number on a busy machine as on an idle one.

use std::path::Path;
use std::process::Command;

/// Instructions of one run of `program` with `args`, on one thread. Panics where valgrind is not there or the program fails.
pub fn count(program: &Path, args: &[&str]) -> u64 {
    let mut c = Command::new("valgrind");
    c.args(["--tool=cachegrind", "--cache-sim=no", "--branch-sim=no", "--cachegrind-out-file=/dev/null"]).arg(program).args(args);
    let out = c.env("RAYON_NUM_THREADS", "1").output().expect("valgrind (the package valgrind) counts the instructions");
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{args:?}: {}{said}", String::from_utf8_lossy(&out.stdout));
    let line = said.lines().find(|l| l.contains("I   refs:") || l.contains("I refs:")).unwrap_or_else(|| panic!("no count in {said}"));
    let digits: String = line.rsplit(':').next().unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    digits.parse().expect("a count")
}

/// Tells whether `ratio` is at most a quarter above what was measured.
pub fn judged(what: &str, ratio: f64, measured: f64) -> bool {
    let most = measured * 1.25;
    let ok = ratio <= most;
    println!("{what}: {ratio:.2} times the instructions of the floor (measured {measured:.2}, gate {most:.2}): {}", if ok { "ok" } else { "too many" });
    ok
}
