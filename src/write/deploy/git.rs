//! Onto a branch (GitHub Pages, Gitee Pages): one commit, which everybody sees at once or not at all.

use super::{Plan, Source, Sums, Undone, plan, sound, sums};
use crate::write::Fault;
use crate::write::ours::{MANIFEST, MARKER};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A repository of its own beside the site, which goes away at the end.
struct Repository<'a> {
    dir: PathBuf,
    site: &'a Path,
}

impl Drop for Repository<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}

impl Repository<'_> {
    fn git(&self, args: &[&str], input: Option<&[u8]>) -> Result<Vec<u8>, Undone> {
        let mut c = Command::new("git");
        // No hook and no setting of a repository around it has a say.
        c.arg("--git-dir").arg(&self.dir).args(["-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false", "-c", "core.quotePath=false"]).args(args);
        c.current_dir(self.site).env_remove("GIT_INDEX_FILE").env_remove("GIT_WORK_TREE");
        c.env("GIT_TERMINAL_PROMPT", "0").stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
        let mut child = c.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|_| Undone::NoProgram("git"))?;
        let feed = child.stdin.take().zip(input.map(<[u8]>::to_vec));
        let feeding = std::thread::spawn(move || feed.map(|(mut to, bytes)| to.write_all(&bytes)));
        let out = child.wait_with_output().map_err(|e| Undone::Program("git", e.to_string()))?;
        let _ = feeding.join();
        if out.status.success() {
            Ok(out.stdout)
        } else {
            let told = String::from_utf8_lossy(&out.stderr).trim().to_string();
            Err(Undone::Program("git", format!("git {}: {told}", args.first().unwrap_or(&""))))
        }
    }

    fn line(&self, args: &[&str]) -> Result<String, Undone> {
        Ok(String::from_utf8_lossy(&self.git(args, None)?).trim().to_string())
    }
}

pub(super) fn deploy(source: &Source<'_>, (list, new): (&[u8], &Sums), (url, branch): (&str, &str), dry: bool) -> Result<Plan, Undone> {
    let site = source.folder()?;
    let site = site.canonicalize().map_err(Fault::io(site))?;
    let name = site.file_name().map_or("site".into(), |n| n.to_string_lossy().into_owned());
    let repo = Repository { dir: site.with_file_name(format!(".{name}.git-{}", std::process::id())), site: &site };
    let _ = fs::remove_dir_all(&repo.dir);
    let dir = repo.dir.to_string_lossy().into_owned();
    // An address that is a path starts where the command was given.
    let url = if Path::new(url).is_dir() {
        Path::new(url).canonicalize().map_err(Fault::io(Path::new(url)))?.to_string_lossy().into_owned()
    } else {
        url.to_string()
    };
    repo.git(&["init", "--quiet", "--bare", &dir], None)?;
    let head = format!("refs/heads/{branch}");
    let there = !repo.line(&["ls-remote", &url, &head])?.is_empty();
    let mut old = Sums::new();
    if there {
        repo.git(&["fetch", "--quiet", "--depth", "1", &url, &format!("+{head}:refs/old")], None)?;
        let before = repo.git(&["cat-file", "blob", &format!("refs/old:{MANIFEST}")], None).unwrap_or_default();
        old = sums(&before);
        repo.git(&["read-tree", "refs/old"], None)?;
    }
    let plan = plan(new, &old);
    if dry || plan.is_empty() {
        return Ok(plan);
    }
    sound(source, new, &plan)?;
    let mut paths: Vec<&str> = plan.puts().map(String::as_str).collect();
    paths.extend([MANIFEST, MARKER]);
    let ids = repo.git(&["hash-object", "-w", "--no-filters", "--stdin-paths"], Some((paths.join("\n") + "\n").as_bytes()))?;
    let ids = String::from_utf8_lossy(&ids).into_owned();
    let mut index = String::new();
    for gone in &plan.gone {
        index.push_str(&format!("0 {}\t{gone}\n", "0".repeat(40)));
    }
    for (path, id) in paths.iter().zip(ids.lines()) {
        index.push_str(&format!("100644 {id}\t{path}\n"));
    }
    // Without it GitHub leaves out what begins with an underline.
    let empty = repo.git(&["hash-object", "-w", "--stdin"], Some(b""))?;
    index.push_str(&format!("100644 {}\t.nojekyll\n", String::from_utf8_lossy(&empty).trim()));
    repo.git(&["update-index", "--index-info"], Some(index.as_bytes()))?;
    let tree = repo.line(&["write-tree"])?;
    let message = format!("Publish {}", &crate::trust::sha256(list)[..12]);
    let mut commit = vec!["commit-tree", &tree, "-m", &message];
    if there {
        commit.extend(["-p", "refs/old"]);
    }
    let commit = match repo.line(&commit) {
        Ok(c) => c,
        // Nobody's name is set on this machine.
        Err(_) => repo.line(&[&["-c", "user.name=clerestory", "-c", "user.email=clerestory@localhost"], &commit[..]].concat())?,
    };
    // Refused where somebody else was faster: nothing of theirs is written over.
    repo.git(&["push", "--quiet", &url, &format!("{commit}:{head}")], None)?;
    Ok(plan)
}
