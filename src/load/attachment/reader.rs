//! Reading apart: what is hard to read safely (PDF) is read by a process of its own, the same program, with limits of time and
//! memory that the system keeps. A hostile file costs a finding, never the build.
//!
//! Time is that of the processor, not of the clock on the wall: a busy machine reads the same files. Where the system has no such
//! limits (Windows) only the wall clock ends a reader.

use super::{Budget, Document, Why};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// The word by which the program is asked to read a document from its standard input.
pub const WORD: &str = "--read-document";
/// Seconds of the processor that a document may take.
pub const SECONDS: u64 = 1;
/// Bytes of memory.
pub const MEMORY: u64 = 256 << 20;
/// When a reader that does not end by itself is ended: it may have to wait for others.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest answer.
const ANSWER: u64 = 32 << 20;

/// Who reads what must be read apart.
#[derive(Debug, Clone, Copy)]
pub enum Apart<'a> {
    /// Nobody was named.
    Nobody,
    /// This program.
    Program(&'a Path),
    /// This process is such a reader.
    Here,
}

/// Has a document read by the program.
pub fn ask(program: &Path, bytes: &[u8]) -> Document {
    let lost = |why: Why| {
        let mut d = Document::default();
        d.unread.insert(why);
        d
    };
    let started = Command::new(program)
        .arg(WORD)
        // The allocator asks for no more at once than it may have.
        .env("MIMALLOC_ARENA_RESERVE", "16MiB")
        .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = started else { return lost(Why::Reader) };
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { return lost(Why::Reader) };
    let (tell, told) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut out = Vec::new();
            let read = output.take(ANSWER).read_to_end(&mut out);
            let _ = tell.send(read.map(|_| out));
        });
        // It reads all before it answers; one that has died takes no more.
        scope.spawn(move || {
            let _ = input.write_all(bytes);
        });
        let answer = told.recv_timeout(PATIENCE);
        if answer.is_err() {
            let _ = child.kill();
        }
        let ended = child.wait();
        match (answer, ended) {
            (Ok(Ok(out)), Ok(status)) if status.success() => serde_json::from_slice(&out).unwrap_or_else(|_| lost(Why::Broken)),
            // A panic ends with a code of its own, what the system ended has none.
            (_, Ok(status)) if status.code().is_some() => lost(Why::Broken),
            _ => lost(Why::Costly),
        }
    })
}

/// What the program does when it is asked: reads a document from standard input within its limits, and answers in JSON.
pub fn answer(words: super::Words) -> String {
    limit();
    let mut bytes = Vec::new();
    let mut out = Document::default();
    match io::stdin().lock().take(super::LARGEST).read_to_end(&mut bytes) {
        Ok(_) => {
            let mut budget = Budget::of(bytes.len(), Apart::Here, words);
            out = super::read(&bytes, &mut budget);
        }
        Err(_) => drop(out.unread.insert(Why::Broken)),
    }
    serde_json::to_string(&out).unwrap_or_default()
}

#[cfg(unix)]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |n: u64| Rlimit { current: Some(n), maximum: Some(n) };
    // A limit that the system does not know is none.
    let _ = setrlimit(Resource::Core, most(0));
    let _ = setrlimit(Resource::Cpu, most(SECONDS));
    let _ = setrlimit(Resource::Data, most(MEMORY));
    #[cfg(target_os = "linux")]
    let _ = setrlimit(Resource::As, most(MEMORY * 2));
}

#[cfg(not(unix))]
fn limit() {}
