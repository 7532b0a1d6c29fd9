//! The program: the only place that prints, and that reads the clock and the environment.
#![forbid(unsafe_code)]
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "this is the one place for it")]

use clerestory::Clock;
use clerestory::cli::{World, run};
use std::io::{BufRead, IsTerminal, Read, Write};
use std::process::ExitCode;
use std::time::Instant;

/// Many threads make many small strings: a third less time than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let start = Instant::now();
    let args: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let var = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let locale = ["CLERESTORY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(var).unwrap_or_default();
    let epoch = var("SOURCE_DATE_EPOCH").and_then(|v| v.parse().ok()).and_then(|s| jiff::Timestamp::from_second(s).ok());
    let terminal = std::io::stderr().is_terminal();
    let progress = move |done: usize, all: usize| {
        if terminal {
            eprint!("\r{done}/{all} ");
            let _ = std::io::stderr().flush();
        }
    };
    let world = World {
        clock: Clock { now: jiff::Timestamp::now(), epoch, elapsed: &move || start.elapsed() },
        locale,
        unset: std::env::vars_os()
            .filter(|(k, v)| v.is_empty() && k.to_string_lossy().starts_with("CLERESTORY_"))
            .filter_map(|(k, _)| k.into_string().ok())
            .collect(),
        colour: std::io::stdout().is_terminal() && var("NO_COLOR").is_none() && var("TERM").is_none_or(|t| t != "dumb"),
        program: std::env::current_exe().ok(),
        progress: &progress,
        notice: &|text| eprint!("{text}"),
        line: &|most| {
            let mut input = std::io::stdin().lock();
            let mut out = Vec::new();
            input.by_ref().take(most).read_until(b'\n', &mut out).ok().filter(|n| *n > 0)?;
            Some(out)
        },
        answer: &|text| {
            let mut to = std::io::stdout().lock();
            to.write_all(text.as_bytes()).and_then(|()| to.write_all(b"\n")).and_then(|()| to.flush()).is_ok()
        },
    };
    let printed = run(&args, &world);
    if terminal {
        eprint!("\r");
    }
    let _ = std::io::stderr().write_all(printed.err.as_bytes());
    let mut to = std::io::stdout().lock();
    let told = to.write_all(printed.out.as_bytes()).and_then(|()| to.flush());
    // A closed pipe (`| head`) is no failure of ours; a full disk is, and what was cut off must not count as whole.
    match told {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("{}", clerestory::cli::unwritten(&world.locale, &e));
            ExitCode::from(2)
        }
        _ => ExitCode::from(printed.code),
    }
}
