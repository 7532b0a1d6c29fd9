//! What a document has in it that its readers are not shown.

use serde::{Deserialize, Serialize};

/// See the module.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unseen {
    /// Names of people in its properties: author, last editor, manager.
    pub people: Vec<String>,
    /// Company in its properties.
    pub company: Option<String>,
    /// Comments.
    pub comments: u32,
    /// Changes that are tracked and not settled.
    pub changes: u32,
    /// Signs of text that is hidden.
    pub hidden: u32,
    /// Signs of text that is struck through.
    #[serde(default)]
    pub struck: u32,
    /// Signs of text of earlier states that was replaced and is still in the file.
    #[serde(default)]
    pub earlier: u32,
    /// The place where a picture was taken.
    pub gps: bool,
    /// A small picture in the picture, which may show what was cut off.
    pub thumbnail: bool,
    /// Where its data come from: a query of a database, a list that letters were merged with.
    #[serde(default)]
    pub sources: bool,
}

/// Most names that are kept.
const NAMES: usize = 8;

impl Unseen {
    /// With what another has.
    pub fn add(&mut self, other: Unseen) {
        other.people.into_iter().for_each(|p| self.person(&p));
        self.company = self.company.take().or(other.company);
        self.comments += other.comments;
        self.changes += other.changes;
        self.hidden += other.hidden;
        self.struck += other.struck;
        self.earlier += other.earlier;
        self.gps |= other.gps;
        self.thumbnail |= other.thumbnail;
        self.sources |= other.sources;
    }

    /// With the name of somebody, unless it is that of a program.
    pub fn person(&mut self, name: &str) {
        let name = name.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        let program = [
            "microsoft",
            "python-docx",
            "python-pptx",
            "openpyxl",
            "libreoffice",
            "wps",
            "administrator",
            "admin",
            "user",
            "unknown",
            "anonymous",
            "un-named",
            "reportlab",
            "unspecified",
            "(anonymous)",
            "(unspecified)",
        ];
        let low = name.to_lowercase();
        if name.chars().any(char::is_alphabetic)
            && name.chars().count() <= 60
            && !program.iter().any(|p| low == *p)
            && self.people.len() < NAMES
            && !self.people.iter().any(|p| p == name)
        {
            self.people.push(name.to_string());
        }
    }

    /// True where there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Unseen::default()
    }
}
