//! `init` and `new`: first files, so that nobody begins with an empty page.

pub mod disclosure;
mod items;
mod sites;
pub mod tombstone;

pub use items::{Wanted, given_in, item};

use crate::diag::Tongue;
use crate::schema::json::Offered;
use crate::write::{Fault, create_project_file};
use std::path::{Path, PathBuf};

/// Kind of a new project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// The portal of a Chinese city.
    City,
    /// The site of one Chinese department.
    Department,
    /// An open data catalogue, anywhere.
    OpenData,
}

/// The words for [`Site`].
pub static SITES: &[(&str, Site)] = &[("city-cn", Site::City), ("department-cn", Site::Department), ("open-data", Site::OpenData)];

/// A file of a scaffold: path below the project, text.
pub type File = (String, String);

/// Writes a new project into a folder that has no `site.yaml`. Returns the files made.
/// Nothing is written where one of them is there already: the fault names it.
/// With `both`, a Chinese site has Traditional pages made from the Simplified ones.
pub fn init(dir: &Path, kind: Site, lang: Tongue, both: bool, today: &str) -> Result<Vec<PathBuf>, Fault> {
    let mut files = sites::files(kind, lang, today);
    if both {
        files.iter_mut().for_each(|(_, text)| *text = text.replace("languages: [zh-Hans]", "languages: [zh-Hans, {tag: zh-Hant, from: zh-Hans}]"));
    }
    let (types, content) = (crate::types::Types::default(), ["content".to_string()]);
    for (path, text) in &mut files {
        text.insert_str(0, &crate::types::files::line(path, &types, &content).unwrap_or_default());
    }
    let languages = if lang == Tongue::Zh { vec!["zh-Hans".to_string()] } else { vec!["en".to_string()] };
    files.extend(crate::types::files::all(&types, &Offered { languages, ..Offered::default() }, lang));
    files.push((".vscode/settings.json".into(), crate::types::files::settings(&types, &content)));
    create(dir, files)
}

/// Something in a folder that is no beginning of a project: what version control and its hosts put into an empty one is none, and what
/// a project has is told by its own name when the files are made.
pub fn occupied(dir: &Path) -> Option<String> {
    let begun = |name: &str| {
        let low = name.to_lowercase();
        matches!(
            &*low,
            ".git" | ".github" | ".gitlab" | ".gitlab-ci.yml" | ".gitignore" | ".gitattributes" | ".editorconfig" | ".ds_store" | ".idea" | ".vscode"
        ) || ["readme", "license", "licence"].iter().any(|w| low == *w || low.starts_with(&format!("{w}.")))
            || matches!(&*low, "site.yaml" | "content" | "static" | "themes")
    };
    let all = walkdir::WalkDir::new(dir).min_depth(1).max_depth(1).sort_by_file_name().into_iter().flatten();
    let mut names = all.map(|e| e.file_name().to_string_lossy().into_owned());
    names.find(|n| !begun(n))
}

/// The word for the register of letters.
pub const SHEET: &str = "feedback";

/// True for a word that means the sheet of letters of a department.
pub fn sheet(word: &str) -> bool {
    matches!(word, SHEET | "letters" | "咨询投诉" | "来信")
}

/// The sheet of letters of a department: its head alone, with the mark by which Excel knows UTF-8.
pub fn letters(department: &str, config: &crate::config::Config) -> File {
    let folder = config.content.first().map_or("content", String::as_str);
    let zh = config.tongue() == Tongue::Zh;
    let heads: Vec<&str> = crate::schema::feedback::RECORD.all().map(|f| if zh { f.label.zh } else { f.key }).collect();
    (format!("{folder}/feedback/{department}.csv"), format!("\u{FEFF}{}\r\n", heads.join(",")))
}

/// Creates files, all or none: the first that exists is the fault.
pub(crate) fn create(dir: &Path, files: Vec<File>) -> Result<Vec<PathBuf>, Fault> {
    for (path, _) in &files {
        let full = dir.join(path);
        if full.exists() {
            return Err(Fault::Exists(full));
        }
    }
    let mut made = Vec::new();
    for (path, text) in files {
        let full = dir.join(&path);
        create_project_file(&full, &text)?;
        made.push(full);
    }
    Ok(made)
}
