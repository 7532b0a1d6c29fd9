//! What the fuzz targets share: the bytes of the fuzzer become one file of a small project, and the program runs over it as
//! its user would run it, in this process. A panic, a leak or a run out of time or memory is a finding; a refusal is not.
#![forbid(unsafe_code)]

use clerestory::Clock;
use clerestory::cli::{World, run};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A project that stays for the life of the process, in memory where the machine has room for it there.
pub struct Project {
    dir: tempfile::TempDir,
}

impl Project {
    /// The least project, and what the target adds.
    pub fn new(files: &[(&str, &[u8])]) -> Project {
        let memory = Path::new("/dev/shm");
        let dir = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a folder");
        let project = Project { dir };
        project.put("site.yaml", b"title: T\nbase_url: https://example.org/\nas_of: 2026-01-01\nprofile: cn-gov-strict\ndemo: true\n");
        project.put("content/departments.yaml", "- {id: d, name: 甲局}\n".as_bytes());
        for (name, bytes) in files {
            project.put(name, bytes);
        }
        project
    }

    /// Where a file of the project is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file of the project.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("writes");
    }

    /// Runs the program with the project as its root; what it printed is text, in the two languages alike.
    pub fn run(&self, args: &[&str]) -> u8 {
        let mut all: Vec<OsString> = vec!["clerestory".into()];
        all.extend(args.iter().map(OsString::from));
        all.push("--root".into());
        all.push(self.dir.path().into());
        exec(&all)
    }
}

/// Runs the program. It never ends with another code than those it promises.
pub fn exec(args: &[OsString]) -> u8 {
    let now = jiff::Timestamp::from_second(1_767_225_600).expect("a time");
    let world = World {
        clock: Clock { now, epoch: Some(now), elapsed: &|| Duration::ZERO },
        unset: Vec::new(),
        locale: "zh_CN.UTF-8".to_owned(),
        colour: false,
        progress: &|_, _| {},
        notice: &|_| {},
        line: &|_| None,
        answer: &|_| true,
        program: None,
    };
    let printed = run(args, &world);
    assert!(printed.code <= 2, "exit code {}", printed.code);
    printed.code
}

thread_local! {
    static PROJECT: std::cell::OnceCell<Project> = const { std::cell::OnceCell::new() };
}

/// Gives the project of this process, made at its first call.
pub fn with<T>(files: &[(&str, &[u8])], f: impl FnOnce(&Project) -> T) -> T {
    PROJECT.with(|p| f(p.get_or_init(|| Project::new(files))))
}

/// The file of a dataset: `check --full` profiles it and makes its pages.
pub fn resource(name: &str, bytes: &[u8]) {
    let head = format!("title: T\npublisher: d\nresources:\n  - {{name: r, title: R, path: {name}}}\n");
    with(&[("content/datasets/x/dataset.yaml", head.as_bytes())], |p| {
        p.put(&format!("content/datasets/x/{name}"), bytes);
        p.run(&["check", "--full"]);
    });
}

/// A zip with one entry of these bytes; those that read them meet more than a broken zip.
pub fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
    zip.write_all(bytes).expect("bytes");
    zip.finish().expect("a zip").into_inner()
}
