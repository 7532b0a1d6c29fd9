//! What a declaration is made of.

use crate::diag::Phrase;

/// Whether a field is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// May be left out.
    May,
    /// Should be there: without it there is a warning, sometimes only on a condition that its help names.
    Should,
    /// Must be there: without it there is an error.
    Must,
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy)]
pub enum FieldKind {
    /// A line of text. Numbers are taken as they are written.
    Text,
    /// Text, or a mapping from languages to texts.
    LangText,
    /// The same, in Markdown.
    Markdown,
    /// A day in any of the ways in which people write one.
    Date,
    /// The same; a time of day is passed over with a finding.
    Day,
    /// A day, perhaps with a time.
    Moment,
    /// Yes or no.
    Flag,
    /// A whole number from 0.
    Count,
    /// A number, as it is written.
    Number,
    /// A number, a day or a time.
    Bound,
    /// One sign.
    Sign,
    /// One of the words of a table of (word, code).
    OneOf(&'static [(&'static str, &'static str)]),
    /// The same, or one of the codes.
    Code(&'static [(&'static str, &'static str)]),
    /// ASCII letters, digits, `-`, `_`: part of an address.
    Id,
    /// An address of the web, or of this site.
    Web,
    /// A telephone number.
    Tel,
    /// An address of mail.
    Mail,
    /// A file, relative to the one that names it.
    File,
    /// A folder of the project.
    Folder,
    /// A department: its id, or its name.
    Department,
    /// A theme: its id, its label where only one has it, or its path of labels.
    Theme,
    /// An item: its path below the folder of the first type, or below `content/` where it begins with the folder of one.
    Item(&'static [&'static str]),
    /// A tag of BCP 47.
    Language,
    /// Name of a time zone.
    Zone,
    /// A list; where one value stands alone it is a list of one.
    List(&'static FieldKind),
    /// Fields of its own.
    Table(&'static Record),
    /// One or the other.
    Either(&'static FieldKind, &'static FieldKind),
    /// Anything.
    Free,
}

impl FieldKind {
    /// A text stands there, whatever it means.
    pub const fn scalar(&self) -> bool {
        match self {
            FieldKind::List(_) | FieldKind::Table(_) | FieldKind::Free => false,
            FieldKind::Either(a, b) => a.scalar() || b.scalar(),
            _ => true,
        }
    }

    /// The words that may stand there.
    pub const fn words(&self) -> Option<&'static [(&'static str, &'static str)]> {
        match self {
            FieldKind::OneOf(w) | FieldKind::Code(w) => Some(w),
            FieldKind::List(k) => k.words(),
            FieldKind::Either(a, b) => match a.words() {
                Some(w) => Some(w),
                None => b.words(),
            },
            _ => None,
        }
    }

    /// Fields of its own may stand there.
    pub const fn table(&self) -> Option<&'static Record> {
        match self {
            FieldKind::Table(r) => Some(r),
            FieldKind::List(k) => k.table(),
            FieldKind::Either(a, b) => match a.table() {
                Some(r) => Some(r),
                None => b.table(),
            },
            _ => None,
        }
    }
}

/// One field: all that is known of it.
#[derive(Debug)]
pub struct Field {
    /// Its name in the file.
    pub key: &'static str,
    /// Other names that are read too. Where it is a list, all of them are read together.
    pub earlier: &'static [&'static str],
    /// What people write in its place; they are told the key.
    pub also: &'static [&'static str],
    /// Without a value it is not as if it were not there.
    pub firm: bool,
    /// What it says keeps something from the public: misspelt, left empty or not understood, it holds.
    pub guard: bool,
    /// What it is called.
    pub label: Phrase,
    /// What may stand in it.
    pub kind: FieldKind,
    /// Who asks for it, by profile.
    pub need: [Need; 3],
    /// What it is for.
    pub help: Phrase,
    /// A value, as YAML writes it in one line.
    pub example: &'static str,
}

impl Field {
    /// A field that nobody asks for.
    pub const fn new(key: &'static str, kind: FieldKind, zh: &'static str, en: &'static str) -> Field {
        Field {
            key,
            earlier: &[],
            also: &[],
            firm: false,
            guard: false,
            label: Phrase { zh, en },
            kind,
            need: [Need::May; 3],
            help: Phrase { zh: "", en: "" },
            example: "",
        }
    }

    /// Says what it is for.
    pub const fn help(mut self, zh: &'static str, en: &'static str) -> Field {
        self.help = Phrase { zh, en };
        self
    }

    /// Gives a value.
    pub const fn example(mut self, yaml: &'static str) -> Field {
        self.example = yaml;
        self
    }

    /// Names what people write in its place.
    pub const fn also(mut self, words: &'static [&'static str]) -> Field {
        self.also = words;
        self
    }

    /// Names its earlier spellings.
    pub const fn earlier(mut self, keys: &'static [&'static str]) -> Field {
        self.earlier = keys;
        self
    }

    /// Where it stands it must have a value: to leave it empty may not mean what its absence means.
    pub const fn firm(mut self) -> Field {
        self.firm = true;
        self
    }

    /// What it says keeps something from the public.
    pub const fn guard(mut self) -> Field {
        self.guard = true;
        self
    }

    /// Must be there whatever the profile.
    pub const fn must(mut self) -> Field {
        self.need = [Need::Must; 3];
        self
    }

    /// Asked for by each profile in its own way: by the generic one, by the usual Chinese one, by the strict one.
    pub const fn need(mut self, any: Need, usual: Need, strict: Need) -> Field {
        self.need = [any, usual, strict];
        self
    }

    /// Asked for by the Chinese profiles: by the usual one, by the strict one.
    pub const fn cn(mut self, usual: Need, strict: Need) -> Field {
        self.need[1] = usual;
        self.need[2] = strict;
        self
    }

    /// All its spellings, the one that is right first.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.key).chain(self.earlier.iter().copied())
    }
}

/// Fields that stand together.
#[derive(Debug)]
pub struct Record {
    /// The word by which it is asked for; `/` parts it from what it stands in.
    pub id: &'static str,
    /// What it is called.
    pub label: Phrase,
    /// Fields that it has in common with others.
    pub base: Option<&'static Record>,
    /// Its own fields.
    pub fields: &'static [&'static Field],
    /// Of these one must be there.
    pub one_of: &'static [&'static Field],
}

impl Record {
    /// Its file is a list of such.
    pub fn listed(&self) -> bool {
        matches!(self.id, "department" | "theme" | "term" | "alert" | "entry" | "plan" | "exception" | "feedback")
    }

    /// All its fields, those in common first.
    pub fn all(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.base.map_or(&[][..], |b| b.fields).iter().chain(self.fields).copied()
    }

    /// The field of a key or an earlier spelling.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.all().find(|f| f.key == key || f.earlier.contains(&key))
    }
}

/// Declares a record and its fields: `record! { "id", "名称", "Name", of base::RECORD, one of [KEY]; KEY = Field::new(…); … }`.
macro_rules! record {
    ($id:literal, $zh:literal, $en:literal $(, of $base:path)? $(, one of [$($one:ident),+])?; $($name:ident = $field:expr;)+) => {
        $(
            #[doc = concat!("`", stringify!($name), "` of ", $en, ".")]
            pub static $name: $crate::schema::Field = $field;
        )+

        #[doc = concat!($zh, ": ", $en, ".")]
        pub static RECORD: $crate::schema::Record = $crate::schema::Record {
            id: $id,
            label: $crate::diag::Phrase { zh: $zh, en: $en },
            base: record!(@base $($base)?),
            fields: &[$(&$name),+],
            one_of: &[$($(&$one),+)?],
        };
    };
    (@base) => { None };
    (@base $base:path) => { Some(&$base) };
}
