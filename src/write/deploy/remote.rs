//! To a host by `rsync` or `sftp`, which bring the machine's keys and settings.

use super::{Plan, Source, Sums, Undone, both, plan, sound, sums};
use crate::write::Fault;
use crate::write::ours::{MANIFEST, MARKER};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder for what is brought and for the list that goes first; it goes away at the end.
struct Desk(PathBuf);

impl Desk {
    fn beside(site: &Path) -> Result<Desk, Undone> {
        let real = site.canonicalize().map_err(Fault::io(site))?;
        let name = real.file_name().map_or("site".into(), |n| n.to_string_lossy().into_owned());
        let dir = real.with_file_name(format!(".{name}.deploy-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).map_err(Fault::io(&dir))?;
        Ok(Desk(dir))
    }

    fn write(&self, bytes: &[u8]) -> Result<(), Undone> {
        let path = self.0.join(MANIFEST);
        Ok(fs::write(&path, bytes).map_err(Fault::io(&path))?)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs a program; its exit code, what it wrote, and what it said was wrong.
fn heard(name: &'static str, args: &[String], input: &[u8]) -> Result<(Option<i32>, String, String), Undone> {
    let mut c = Command::new(name);
    c.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = c.spawn().map_err(|_| Undone::NoProgram(name))?;
    let (mut to, bytes) = (child.stdin.take(), input.to_vec());
    let feeding = std::thread::spawn(move || to.as_mut().map(|t| t.write_all(&bytes)));
    let out = child.wait_with_output().map_err(|e| Undone::Program(name, e.to_string()))?;
    let _ = feeding.join();
    let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    Ok((out.status.code(), text(&out.stdout), text(&out.stderr).trim().to_string()))
}

/// The same without what it wrote.
fn run(name: &'static str, args: &[String], input: &[u8]) -> Result<(Option<i32>, String), Undone> {
    heard(name, args, input).map(|(code, _, told)| (code, told))
}

fn good(name: &'static str, args: &[String], input: &[u8]) -> Result<(), Undone> {
    match run(name, args, input)? {
        (Some(0), _) => Ok(()),
        (_, told) => Err(Undone::Program(name, told)),
    }
}

fn args(all: &[&str]) -> Vec<String> {
    all.iter().map(|a| a.to_string()).collect()
}

/// Refuses files of the host that nobody put there through us: others of the same names, and files where the site has folders. It
/// asks for a rehearsal of putting the new files there, told by contents, without those that the host has not.
fn foreign(new: &[u8], (here, there): (&str, &str)) -> Result<(), Undone> {
    if new.is_empty() {
        return Ok(());
    }
    let how = ["--dry-run", "--checksum", "--existing", "--out-format=%i %n", "--from0", "--files-from=-", here, there];
    let (code, out, told) = heard("rsync", &args(&how), new)?;
    match code {
        Some(0) => {}
        // The folder is not there yet: in a rehearsal it is not made.
        Some(3 | 11 | 23) if told.contains("No such file") => return Ok(()),
        _ => return Err(Undone::Program("rsync", told)),
    }
    let strange = |l: &str| l.split_once(' ').filter(|(what, _)| what.get(1..2) == Some("f") || what.starts_with("cd")).map(|(_, p)| p.to_string());
    let files: Vec<String> = out.lines().filter_map(strange).collect();
    if files.is_empty() { Ok(()) } else { Err(Fault::Foreign(files.iter().take(10).cloned().collect(), files.len()).into()) }
}

pub(super) fn rsync(source: &Source<'_>, new: &Sums, place: &str, dry: bool) -> Result<Plan, Undone> {
    let site = source.folder()?;
    let desk = Desk::beside(site)?;
    let (at, here) = (desk.0.to_string_lossy().into_owned(), format!("{}/", site.to_string_lossy()));
    let there = format!("{place}/");
    let old = match run("rsync", &args(&["--quiet", &format!("{there}{MANIFEST}"), &format!("{at}/")]), b"")? {
        (Some(0), _) => sums(&fs::read(desk.0.join(MANIFEST)).unwrap_or_default()),
        // It says so where the host has none.
        (Some(23 | 3), told) if told.contains("No such file") => Sums::new(),
        (_, told) => return Err(Undone::Program("rsync", told)),
    };
    let plan = plan(new, &old);
    if dry || plan.is_empty() {
        return Ok(plan);
    }
    sound(source, new, &plan)?;
    let list = |paths: &[String]| paths.iter().map(|p| format!("{p}\0")).collect::<String>().into_bytes();
    foreign(&list(&plan.puts().filter(|p| !old.contains_key(*p)).cloned().collect::<Vec<_>>()), (&here, &there))?;
    // By contents, not by time; each file in one step; others may read what is published.
    let how = ["--quiet", "--checksum", "--times", "--perms", "--chmod=D755,F644", "--mkpath"];
    desk.write(&both(new, &old))?;
    good("rsync", &args(&[&how[..], &[&format!("{at}/{MANIFEST}"), &there]].concat()), b"")?;
    // Files that are gone are missing from a folder that has only their folders.
    let gone = desk.0.join("gone");
    for path in &plan.gone {
        let above = gone.join(path.rsplit_once('/').map_or("", |(d, _)| d));
        fs::create_dir_all(&above).map_err(Fault::io(&above))?;
    }
    let without = format!("{at}/gone/");
    let missing = ["--delete-missing-args"];
    for (paths, more, from) in [(&plan.first, &[][..], &here), (&plan.pages, &[], &here), (&plan.gone, &missing, &without), (&plan.last, &[], &here)] {
        if !paths.is_empty() {
            good("rsync", &args(&[&how[..], more, &["--from0", "--files-from=-", from, &there]].concat()), &list(paths))?;
        }
    }
    good("rsync", &args(&[&how[..], &[&format!("{here}{MARKER}"), &there]].concat()), b"")?;
    good("rsync", &args(&[&how[..], &[&format!("{here}{MANIFEST}"), &there]].concat()), b"")?;
    Ok(plan)
}

/// A path as a batch of `sftp` takes it.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}

pub(super) fn sftp(source: &Source<'_>, new: &Sums, (host, dir): (&str, &str), dry: bool) -> Result<Plan, Undone> {
    let site = source.folder()?;
    let desk = Desk::beside(site)?;
    let at = desk.0.join(MANIFEST).to_string_lossy().into_owned();
    let here = site.canonicalize().map_err(Fault::io(site))?.to_string_lossy().into_owned();
    let batch = |text: String| good("sftp", &args(&["-q", "-b", "-", "-o", "BatchMode=yes", "--", host]), text.as_bytes());
    // With a dash before it a command may fail: the folder may be new, or have no list yet.
    batch(format!("-mkdir {}\ncd {0}\n-get {MANIFEST} {}\n", quoted(dir), quoted(&at)))?;
    let old = sums(&fs::read(&at).unwrap_or_default());
    let plan = plan(new, &old);
    if dry || plan.is_empty() {
        return Ok(plan);
    }
    sound(source, new, &plan)?;
    desk.write(&both(new, &old))?;
    let mut text = format!("cd {}\nput {} .{MANIFEST}.new\nrename .{MANIFEST}.new {MANIFEST}\n", quoted(dir), quoted(&at));
    let mut made: BTreeSet<String> = BTreeSet::new();
    let mut put = |text: &mut String, path: &str| {
        for (i, _) in path.match_indices('/') {
            if made.insert(path[..i].to_string()) {
                text.push_str(&format!("-mkdir {}\n", quoted(&path[..i])));
            }
        }
        let (folder, name) = path.rsplit_once('/').map_or((String::new(), path), |(d, n)| (format!("{d}/"), n));
        let beside = format!("{folder}.{}.new", name.trim_start_matches('.'));
        // Where the host can (it is so of OpenSSH) this takes the place of the old file in one step.
        text.push_str(&format!("put {} {}\nrename {1} {}\n", quoted(&format!("{here}/{path}")), quoted(&beside), quoted(path)));
    };
    plan.first.iter().chain(&plan.pages).for_each(|p| put(&mut text, p));
    plan.gone.iter().for_each(|p| text.push_str(&format!("-rm {}\n", quoted(p))));
    plan.last.iter().for_each(|p| put(&mut text, p));
    put(&mut text, MARKER);
    put(&mut text, MANIFEST);
    batch(text)?;
    Ok(plan)
}
