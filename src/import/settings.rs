//! Settings of Hugo, Jekyll, Zola and Hexo: where they stand, and what they keep from being published.

use super::addresses::{Maker, loose, toml_node};
use super::reader::{Mark, flat, odd, truth};
use super::{Draft, Value};
use crate::diag::{Diagnostic, Span, say};
use crate::load::brought::{Piece, json, text};
use crate::load::{Kind, Node, Source, dates, parse_yaml};
use crate::schema::item as own;
use regex::{Regex, RegexBuilder};

/// Files at the root of a source.
fn names(maker: Maker) -> &'static [&'static str] {
    match maker {
        Maker::Hugo => &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"],
        Maker::Jekyll | Maker::Hexo => &["_config.yml", "_config.yaml", "_config.toml"],
        Maker::Zola => &["config.toml", "zola.toml"],
    }
}

/// Reads one file of settings; one that cannot be read says nothing.
fn opened(p: &Piece) -> Option<(Source, Node)> {
    let (content, _) = text(&p.bytes)?;
    let source = Source::new(p.path.as_str(), content);
    let end = source.text.len();
    let node = match p.path.rsplit('.').next() {
        Some("toml") => toml_node(&source, 0, end).ok(),
        Some("json") => json(&source, 0..end).ok(),
        _ => parse_yaml(&source, 0..end, &mut Vec::new()),
    }?;
    Some((source, node))
}

/// All settings of a source. Hugo keeps them in parts too, `config/_default/permalinks.toml`, of which the name is a key.
pub(super) fn read(pieces: &[Piece], maker: Maker) -> Vec<(Source, Node)> {
    let find = |name: &str| pieces.iter().find(|p| p.path == name).and_then(opened);
    let mut all: Vec<(Source, Node)> = names(maker).iter().filter_map(|n| find(n)).take(1).collect();
    if maker != Maker::Hugo {
        return all;
    }
    for p in pieces {
        // What holds for the site that is published goes with what holds for all.
        let Some(name) = ["config/_default/", "config/production/"].iter().find_map(|f| p.path.strip_prefix(f)).filter(|n| !n.contains('/')) else { continue };
        let Some((stem, "toml" | "yaml" | "yml" | "json")) = name.rsplit_once('.') else { continue };
        let Some((source, node)) = opened(p) else { continue };
        let node = if matches!(stem, "hugo" | "config") {
            node
        } else {
            let key = Node { start: node.start, end: node.end, kind: Kind::Text(stem.to_lowercase().as_str().into()) };
            Node { start: node.start, end: node.end, kind: Kind::Map(vec![(key, node)]) }
        };
        all.push((source, node));
    }
    all
}

/// A pattern of paths as an expression; whether a star leads over `/` is the program's own habit.
fn glob(pattern: &str, over: bool) -> Option<Regex> {
    let mut out = String::from("(?s)^");
    let mut rest = pattern.chars().peekable();
    let (mut open, mut class) = (0usize, false);
    while let Some(c) = rest.next() {
        match c {
            _ if class => {
                if c == ']' {
                    class = false;
                }
                if matches!(c, '\\' | '[' | '&' | '~') {
                    out.push('\\');
                }
                out.push(if c == '!' && out.ends_with('[') { '^' } else { c });
            }
            '*' if rest.peek() == Some(&'*') => {
                rest.next();
                // `**/x` is x itself too.
                if rest.peek() == Some(&'/') {
                    rest.next();
                    out.push_str("(?:.*/)?");
                } else {
                    out.push_str(".*");
                }
            }
            '*' => out.push_str(if over { ".*" } else { "[^/]*" }),
            '?' => out.push_str("[^/]"),
            '[' => {
                class = true;
                out.push('[');
            }
            '{' => {
                open += 1;
                out.push_str("(?:");
            }
            '}' if open > 0 => {
                open -= 1;
                out.push(')');
            }
            ',' if open > 0 => out.push('|'),
            c => out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out.push('$');
    RegexBuilder::new(&out).size_limit(1 << 20).build().ok()
}

/// Patterns at most of one list.
const MOST: usize = 500;

/// How a pattern is held against a path.
#[derive(Debug)]
enum Pattern {
    /// As a whole, and as the beginning of it (Jekyll).
    Begins(String, Option<Regex>),
    /// As a whole.
    Whole(Regex),
    /// Anywhere (an expression of Hugo).
    Within(Regex),
}

impl Pattern {
    fn hits(&self, path: &str) -> bool {
        match self {
            Pattern::Begins(text, glob) => path.starts_with(text.as_str()) || glob.as_ref().is_some_and(|g| g.is_match(path)),
            Pattern::Whole(r) | Pattern::Within(r) => r.is_match(path),
        }
    }
}

/// What the settings of a source keep from being published.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Patterns, with the place of each and the key that they stand under.
    left: Vec<(Pattern, Span, &'static str)>,
    /// What is published in spite of its name.
    included: Vec<Pattern>,
    /// `cascade` of Hugo, `defaults` of Jekyll: paths for which they hold, what they say, where.
    said: Vec<Said>,
    /// Collections of Jekyll that are published; none where there are no settings.
    collections: Option<Vec<String>>,
    maker: Option<Maker>,
    /// The language of what says no other (Hugo).
    first: String,
    tongues: Vec<String>,
}

#[derive(Debug)]
struct Said {
    path: Option<Pattern>,
    lang: String,
    /// The type that it is about (Jekyll): posts, pages, drafts, a collection.
    kind: String,
    weight: usize,
    draft: Option<Node>,
    render: Option<Node>,
    published: Option<Node>,
    at: Span,
}

/// What cascades say of a document: a draft, not built; and where.
pub(super) type Cascade<'k> = (Option<&'k Node>, Option<&'k Node>, &'k Span);

impl Kept {
    /// Reads them.
    pub(super) fn of(all: &[(Source, Node)], maker: Maker) -> Kept {
        let mut out = Kept { maker: Some(maker), first: "en".into(), ..Kept::default() };
        for (source, node) in all {
            let span = |n: &Node| source.span(n.start as usize, (n.end as usize).max(n.start as usize + 1));
            let each = |n: Option<&Node>| -> Vec<(String, Span)> {
                match n.map(|n| &n.kind) {
                    Some(Kind::List(all)) => all.iter().take(MOST).filter_map(|n| Some((n.text()?.trim().to_string(), span(n)))).collect(),
                    Some(Kind::Text(t)) => n.map(|n| (t.trim().to_string(), span(n))).into_iter().collect(),
                    _ => Vec::new(),
                }
            };
            match maker {
                Maker::Hugo => {
                    for (p, at) in each(loose(node, "ignorefiles")) {
                        out.left.extend(RegexBuilder::new(&p).size_limit(1 << 20).build().ok().map(|r| (Pattern::Within(r), at, "ignoreFiles")));
                    }
                    if let Some(t) = loose(node, "defaultcontentlanguage").and_then(Node::text) {
                        out.first = t.to_string();
                    }
                    if let Some(Node { kind: Kind::Map(p), .. }) = loose(node, "languages") {
                        out.tongues.extend(p.iter().filter_map(|(k, _)| Some(k.text()?.to_lowercase())));
                    }
                    let cascades: Vec<&Node> = match loose(node, "cascade") {
                        Some(Node { kind: Kind::List(all), .. }) => all.iter().collect(),
                        Some(n) => vec![n],
                        None => Vec::new(),
                    };
                    for c in cascades.into_iter().take(MOST) {
                        let target = loose(c, "target").or(loose(c, "_target"));
                        let of = |k: &str| target.and_then(|t| loose(t, k)).map_or(String::new(), flat);
                        // Sections and the home page are no documents here.
                        if !matches!(&*of("kind").to_lowercase(), "" | "page" | "{page,section}" | "**" | "*") {
                            continue;
                        }
                        let path = of("path");
                        // What cannot be read as a pattern is about nothing that is known.
                        let path = if path.is_empty() {
                            None
                        } else {
                            match glob(&path.to_lowercase(), false) {
                                Some(r) => Some(Pattern::Whole(r)),
                                None => continue,
                            }
                        };
                        let build = loose(c, "build").or(loose(c, "_build")).and_then(|b| loose(b, "render")).cloned();
                        let (draft, lang) = (loose(c, "draft").cloned(), of("lang").to_lowercase());
                        out.said.push(Said { path, lang, kind: String::new(), weight: 0, draft, render: build, published: None, at: span(c) });
                    }
                }
                Maker::Jekyll => {
                    let begins = |p: &str| Pattern::Begins(p.trim_start_matches('/').to_string(), glob(p.trim_start_matches('/'), true));
                    out.left.extend(each(node.get("exclude")).into_iter().map(|(p, at)| (begins(&p), at, "exclude")));
                    out.included.extend(each(node.get("include")).iter().map(|(p, _)| begins(p)));
                    let mut published: Vec<String> = Vec::new();
                    if let Some(Node { kind: Kind::Map(p), .. }) = node.get("collections") {
                        let shown = |v: &Node| v.get("output").is_some_and(|o| truth(&flat(o)) == Some(true));
                        published.extend(p.iter().filter(|(_, v)| shown(v)).filter_map(|(k, _)| Some(k.text()?.to_string())));
                    }
                    out.collections = Some(published);
                    if let Some(Node { kind: Kind::List(all), .. }) = node.get("defaults") {
                        for d in all.iter().take(MOST) {
                            let (scope, Some(values)) = (d.get("scope"), d.get("values")) else { continue };
                            let of = |k: &str| scope.and_then(|s| s.get(k)).map_or(String::new(), flat);
                            let path = of("path").trim_matches('/').to_string();
                            let (weight, published) = (path.len() * 2 + usize::from(!of("type").is_empty()), values.get("published").cloned());
                            let at = published.as_ref().map_or_else(|| span(d), &span);
                            let under = (!path.is_empty()).then(|| {
                                Pattern::Begins(format!("{path}/"), glob(&format!("{path}{}", if path.contains('*') { "{,/**}" } else { "" }), false))
                            });
                            out.said.push(Said { path: under, lang: String::new(), kind: of("type"), weight, draft: None, render: None, published, at });
                        }
                    }
                }
                Maker::Zola => {
                    out.left.extend(
                        each(node.get("ignored_content")).into_iter().filter_map(|(p, at)| Some((Pattern::Whole(glob(&p, true)?), at, "ignored_content"))),
                    );
                }
                Maker::Hexo => {
                    for key in ["exclude", "ignore"] {
                        let of = each(node.get(key)).into_iter();
                        out.left.extend(of.filter_map(|(p, at)| {
                            Some((Pattern::Whole(glob(p.trim_start_matches("source/").trim_start_matches('/'), false)?), at, "exclude"))
                        }));
                    }
                    out.included.extend(each(node.get("include")).iter().filter_map(|(p, _)| glob(p, false).map(Pattern::Whole)));
                }
            }
        }
        out
    }

    /// Why a document is not published, by its path below the content: where that is said and by what.
    fn why(&self, below: &str, at: &Span, head: &Node) -> Option<(Span, String)> {
        let bare = below.strip_prefix("_posts/").unwrap_or(below);
        if let Some((_, at, key)) = self.left.iter().find(|(p, _, key)| {
            p.hits(below) || *key == "ignoreFiles" && p.hits(&format!("/content/{below}")) || self.maker == Some(Maker::Hexo) && p.hits(bare)
        }) {
            return Some((at.clone(), (*key).to_string()));
        }
        let maker = self.maker?;
        if !matches!(maker, Maker::Jekyll | Maker::Hexo) || self.included.iter().any(|p| p.hits(below)) {
            return None;
        }
        let parts: Vec<&str> = below.split('/').collect();
        let (file, folders) = parts.split_last()?;
        let hidden = |n: &str| n.starts_with(['_', '.', '#']) || n.ends_with('~');
        if hidden(file) {
            return Some((at.clone(), (*file).to_string()));
        }
        let own = |f: &str| match &self.collections {
            _ if matches!(f, "_posts" | "_drafts") => true,
            // Without settings nobody knows which collections are published.
            None => maker == Maker::Jekyll && f.starts_with('_'),
            Some(all) => f.strip_prefix('_').is_some_and(|f| all.iter().any(|c| c == f)),
        };
        if let Some(f) = folders.iter().find(|f| hidden(f) && !own(f)) {
            return Some((at.clone(), format!("{f}/")));
        }
        // A post of Jekyll has a day in its name.
        let post = folders.contains(&"_posts");
        if maker == Maker::Jekyll && post && !dates::leading_date(file).is_some_and(|(_, r)| r.starts_with('-')) {
            return Some((at.clone(), (*file).to_string()));
        }
        if maker == Maker::Jekyll && head.get("published").is_none() {
            let kind = match folders.iter().find(|f| f.starts_with('_')) {
                Some(f) => f.trim_start_matches('_'),
                None => "pages",
            };
            let fits = |s: &&Said| s.path.as_ref().is_none_or(|p| p.hits(below)) && (s.kind.is_empty() || s.kind == kind);
            let nearest = self.said.iter().filter(|s| s.published.is_some()).filter(fits).max_by_key(|s| s.weight)?;
            let n = nearest.published.as_ref()?;
            return Mark::Unless.hides(&flat(n)).then(|| (nearest.at.clone(), format!("published: {}", flat(n))));
        }
        None
    }

    /// Makes a draft of what is not published, and tells where that is said. `at` is the place of the document.
    pub(super) fn hold(&self, d: &mut Draft, below: &str, at: &Span, head: &Node, out: &mut Vec<Diagnostic>) {
        if matches!(d.get(&own::DRAFT), Some(Value::Text(t)) if t == "true") {
            return;
        }
        let Some((place, word)) = self.why(below, at, head) else { return };
        d.set(&own::DRAFT, Value::text("true"));
        out.push(odd(
            place,
            say!("来源按 `{word}` 不公布 {below}，导入为草稿", "by `{word}` the source does not publish {below}; imported as a draft"),
            say!("可以公开再去掉 draft", "take draft out where it may be public"),
        ));
    }

    /// What cascades of the settings say of a document, in their order.
    pub(super) fn cascade<'k>(&'k self, below: &str) -> Vec<Cascade<'k>> {
        let low = below.to_lowercase();
        let stem = low.rsplit_once('.').map_or(&*low, |(s, _)| s);
        let word = |w: &str| self.tongues.iter().any(|t| t == w);
        let (bare, told) = stem.rsplit_once('.').filter(|(_, w)| word(w)).unwrap_or((stem, ""));
        let (first, under) = bare.split_once('/').unwrap_or(("", bare));
        let lang = if !told.is_empty() {
            told
        } else if word(first) {
            first
        } else {
            &self.first
        };
        // The path of a bundle is its folder; that of a folder of a language is counted from the folder too.
        let paths: Vec<String> = [bare, if word(first) { under } else { bare }].iter().map(|p| format!("/{}", p.strip_suffix("/index").unwrap_or(p))).collect();
        let fits = |s: &&Said| {
            let path = s.path.as_ref().is_none_or(|p| paths.iter().any(|x| p.hits(x)));
            path && (s.lang.is_empty() || s.lang == lang || s.lang.contains(['*', '{', '?']) && glob(&s.lang, false).is_some_and(|g| g.is_match(lang)))
        };
        self.said.iter().filter(fits).map(|s| (s.draft.as_ref(), s.render.as_ref(), &s.at)).collect()
    }
}

/// Endings of documents that these programs publish and that are not read here.
static UNREAD: &[&str] = &[".org", ".adoc", ".asciidoc", ".rst", ".pandoc", ".pdc", ".textile", ".rmd", ".mmark"];

/// Tells of a document in a form that is not read.
pub(super) fn unread(p: &Piece, out: &mut Vec<Diagnostic>) {
    let low = p.path.to_ascii_lowercase();
    if UNREAD.iter().any(|e| low.ends_with(e)) {
        out.push(
            Diagnostic::new(
                "IMP001",
                crate::diag::Severity::Warn,
                say!("这种格式的文档读不了，没有导入", "documents of this format are not read; not imported"),
            )
            .at(Span::file(&p.path))
            .hint(say!("转成 Markdown 再导入，例如用 pandoc", "make Markdown of it, by pandoc for one, and import again")),
        );
    }
}

/// Keys of a head that these importers know, in the letters in which they are asked for.
static KNOWN: &[&str] = &[
    "title",
    "date",
    "draft",
    "description",
    "summary",
    "slug",
    "url",
    "aliases",
    "tags",
    "categories",
    "keywords",
    "author",
    "authors",
    "publishDate",
    "expiryDate",
    "weight",
    "headless",
    "build",
    "cascade",
    "type",
    "layout",
    "lang",
    "published",
    "private",
    "password",
    "lastmod",
    "taxonomies",
    "subtitle",
];

/// A head of Hugo, whose keys may stand in capital letters.
pub(super) fn lowered(mut node: Node) -> Node {
    let Kind::Map(pairs) = &mut node.kind else { return node };
    let exact: Vec<String> = pairs.iter().filter_map(|(k, _)| Some(k.text()?.to_string())).collect();
    for (k, _) in pairs.iter_mut() {
        let Some(t) = k.text() else { continue };
        if let Some(known) = KNOWN.iter().find(|n| n.eq_ignore_ascii_case(t)).filter(|n| **n != t && !exact.iter().any(|e| e == *n)) {
            k.kind = Kind::Text((*known).into());
        }
    }
    node
}

/// `defaults` and `exclude` of Jekyll, for the datasets of JKAN.
pub(super) fn jekyll(pieces: &[Piece]) -> Kept {
    Kept::of(&read(pieces, Maker::Jekyll), Maker::Jekyll)
}

/// Folders that hold what belongs to the program: not those below the folder of documents.
pub(super) fn of_program(path: &str, own: &[&str]) -> bool {
    let low = path.to_ascii_lowercase();
    let mut inside = false;
    let parts: Vec<&str> = low.split('/').collect();
    parts.iter().take(parts.len().saturating_sub(1)).any(|p| {
        let hit = own.contains(p) && (!inside || p.starts_with('_') || *p == "node_modules");
        inside |= matches!(*p, "content" | "source");
        hit
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_paths() {
        for (pattern, over, path, right) in [
            ("/zh/**", false, "/zh/a/b", true),
            ("/zh/**", false, "/en/a", false),
            ("skip/*", true, "skip/a/b.md", true),
            ("skip/*", false, "skip/a/b.md", false),
            ("**/x.md", false, "x.md", true),
            ("{a,b}.md", false, "b.md", true),
            ("a[!0-9].md", false, "a1.md", false),
            ("a.md", false, "axmd", false),
        ] {
            assert_eq!(glob(pattern, over).is_some_and(|g| g.is_match(path)), right, "{pattern} {path}");
        }
    }
}
