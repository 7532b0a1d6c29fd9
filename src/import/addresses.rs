//! Addresses that documents of Hugo, Jekyll, Zola and Hexo had: those that their heads name, else those that the settings of the
//! program make, else the usual ones.

use super::Value;
use crate::diag::{Diagnostic, Severity, say};
use crate::load::{Kind, Node, Source};
use jiff::civil::Date;

/// The program that the documents are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Maker {
    Hugo,
    Jekyll,
    Zola,
    Hexo,
}

/// What the settings of the program say of addresses.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// The pattern of posts (Jekyll, Hexo).
    posts: String,
    /// Patterns by section (Hugo).
    sections: Vec<(String, String)>,
    /// `/a.html` in place of `/a/` (Hugo).
    ugly: bool,
    /// The first language too stands in a folder of its own (Hugo).
    pub(super) below: bool,
}

/// What settings say of addresses; of two that say it the first is heard.
pub(super) fn rules(all: &[(Source, Node)]) -> Rules {
    let mut out = Rules::default();
    let said = |n: Option<&Node>| n.and_then(Node::text).unwrap_or("").to_string();
    for (_, node) in all {
        if out.posts.is_empty() {
            out.posts = said(node.get("permalink"));
        }
        out.ugly |= said(loose(node, "uglyurls")) == "true";
        out.below |= said(loose(node, "defaultcontentlanguageinsubdir")) == "true";
        if let Some(all) = loose(node, "permalinks") {
            for part in [Some(all), all.get("page")].into_iter().flatten() {
                if let Kind::Map(pairs) = &part.kind {
                    out.sections.extend(pairs.iter().filter_map(|(k, v)| Some((k.text()?.to_string(), v.text()?.to_string()))));
                }
            }
        }
    }
    out
}

/// A key of Hugo, which takes its letters in any case.
pub(super) fn loose<'n>(n: &'n Node, key: &str) -> Option<&'n Node> {
    let Kind::Map(pairs) = &n.kind else { return None };
    pairs.iter().find(|(k, _)| k.text().is_some_and(|k| k.eq_ignore_ascii_case(key))).map(|(_, v)| v)
}

/// TOML as a tree; values know the head they stand in.
pub(super) fn toml_node(source: &Source, start: usize, end: usize) -> Result<Node, Box<Diagnostic>> {
    let text = &source.text[start..end];
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| {
        let at = e.span().map_or(start, |s| start + s.start);
        let why = e.message().to_string();
        Box::new(
            Diagnostic::new("IMP001", Severity::Error, say!("TOML 读不下去，未导入：{why}", "the TOML breaks off; not imported: {why}"))
                .at(source.span(at, at + 1))
                .hint(say!("改正此处", "correct this place")),
        )
    })?;
    fn node(v: &toml::Value, at: (u32, u32)) -> Node {
        let kind = match v {
            toml::Value::Table(t) => {
                Kind::Map(t.iter().map(|(k, v)| (Node { start: at.0, end: at.1, kind: Kind::Text(k.as_str().into()) }, node(v, at))).collect())
            }
            toml::Value::Array(a) => Kind::List(a.iter().map(|v| node(v, at)).collect()),
            toml::Value::String(s) => Kind::Text(s.as_str().into()),
            toml::Value::Integer(n) => Kind::Text(n.to_string().into()),
            toml::Value::Float(n) => Kind::Text(n.to_string().into()),
            toml::Value::Boolean(b) => Kind::Text(b.to_string().into()),
            toml::Value::Datetime(d) => Kind::Text(d.to_string().into()),
        };
        Node { start: at.0, end: at.1, kind }
    }
    // The line of a key is found by its name; keys of tables stand at the table's.
    let place = |key: &str| {
        let mut at = start;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_start();
            if bare.strip_prefix(key).is_some_and(|r| r.trim_start().starts_with('=')) || bare.strip_prefix('[').is_some_and(|r| r.starts_with(key)) {
                return (at as u32, (at + line.trim_end().len()) as u32);
            }
            at += line.len();
        }
        (start as u32, start as u32 + 1)
    };
    let pairs = table.iter().map(|(k, v)| {
        let at = place(k);
        (Node { start: at.0, end: at.1, kind: Kind::Text(k.as_str().into()) }, node(v, at))
    });
    Ok(Node { start: start as u32, end: end as u32, kind: Kind::Map(pairs.collect()) })
}

/// What is known of a document.
pub(super) struct Document<'a> {
    pub maker: Maker,
    /// Path below the content.
    pub below: &'a str,
    /// Name of its file without a day.
    pub bare: &'a str,
    /// Name that its head gives it; empty where it gives none.
    pub slug: &'a str,
    pub title: &'a str,
    pub day: Option<Date>,
    /// It has a folder of its own.
    pub bundle: bool,
    pub categories: &'a [Value],
    /// Its language, as the source writes it.
    pub lang: &'a str,
    /// The folder of its language before all addresses; empty where there is none.
    pub prefix: &'a str,
}

impl Document<'_> {
    fn folder(&self) -> &str {
        let folder = self.below.rsplit_once('/').map_or("", |(f, _)| f);
        if self.bundle { folder.rsplit_once('/').map_or("", |(f, _)| f) } else { folder }
    }

    /// The end of its address.
    fn last(&self) -> String {
        let name = if self.slug.is_empty() { self.bare } else { self.slug };
        // Hugo writes addresses in small letters, and no blanks.
        if self.maker == Maker::Hugo { name.to_lowercase().replace(' ', "-") } else { name.to_string() }
    }

    fn post(&self) -> bool {
        self.below.contains("_posts/")
    }

    /// The address that a pattern makes; `None` where it has a word that is not known here, or wants a day that is not known.
    fn made(&self, pattern: &str) -> Option<String> {
        let categories: Vec<String> = {
            // Folders above `_posts` are categories too.
            let above = self.below.split("_posts/").next().filter(|_| self.post()).unwrap_or("");
            let own = self.categories.iter().filter_map(|v| if let Value::Text(t) = v { Some(t.to_lowercase()) } else { None });
            let mut all: Vec<String> = Vec::new();
            above.split('/').filter(|p| !p.is_empty()).map(str::to_lowercase).chain(own).for_each(|c| {
                if !all.contains(&c) {
                    all.push(c);
                }
            });
            all
        };
        let mut out = String::new();
        let mut rest = pattern;
        while let Some(i) = rest.find(':') {
            out.push_str(&rest[..i]);
            let name: String = rest[i + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            rest = &rest[i + 1 + name.len()..];
            let day = || self.day;
            let value = match &*name {
                "year" => format!("{:04}", day()?.year()),
                "short_year" => format!("{:02}", day()?.year() % 100),
                "month" => format!("{:02}", day()?.month()),
                "i_month" => day()?.month().to_string(),
                "day" => format!("{:02}", day()?.day()),
                "i_day" => day()?.day().to_string(),
                "y_day" | "yearday" => format!("{:03}", day()?.day_of_year()),
                "title" if self.maker == Maker::Hugo => super::norm::slug(self.title),
                "slug" if self.maker == Maker::Hugo && self.slug.is_empty() => super::norm::slug(self.title),
                "title" | "slug" | "name" | "basename" | "post_title" | "filename" | "slugorfilename" | "contentbasename" | "slugorcontentbasename" => {
                    self.last()
                }
                "categories" | "category" if self.maker != Maker::Hugo => categories.join("/"),
                "section" => self.folder().split('/').next().unwrap_or("").to_string(),
                "sections" | "path" => self.folder().to_string(),
                "output_ext" => ".html".into(),
                "lang" => self.lang.to_string(),
                _ => return None,
            };
            out.push_str(&value);
        }
        out.push_str(rest);
        let mut one = format!("/{out}");
        while one.contains("//") {
            one = one.replace("//", "/");
        }
        Some(one)
    }

    /// The address that the program gives it where its head names none.
    pub(super) fn usual(&self, rules: &Rules) -> Option<String> {
        let (folder, last) = (self.folder(), self.last());
        let path = |f: &str, end: &str| if f.is_empty() { format!("/{last}{end}") } else { format!("/{f}/{last}{end}") };
        let spoken = |a: String| if self.prefix.is_empty() { a } else { format!("/{}{a}", self.prefix) };
        match self.maker {
            Maker::Hugo => {
                let section = folder.split('/').next().unwrap_or("");
                let pattern = rules.sections.iter().find(|(s, _)| s == section).and_then(|(_, p)| self.made(p));
                let lower = folder.to_lowercase().replace(' ', "-");
                Some(spoken(pattern.unwrap_or_else(|| if rules.ugly && !self.bundle { path(&lower, ".html") } else { path(&lower, "/") })))
            }
            Maker::Zola => Some(spoken(path(folder, "/"))),
            Maker::Jekyll => {
                let style = match &*rules.posts {
                    "" | "date" => "/:categories/:year/:month/:day/:title:output_ext",
                    "pretty" => "/:categories/:year/:month/:day/:title/",
                    "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
                    "none" => "/:categories/:title:output_ext",
                    own => own,
                };
                if self.post() {
                    return self.made(style);
                }
                Some(path(folder, if style.ends_with('/') { "/" } else { ".html" }))
            }
            Maker::Hexo if self.post() => self.made(if rules.posts.is_empty() { ":year/:month/:day/:title/" } else { &rules.posts }),
            Maker::Hexo => Some(path(folder, "/")),
        }
    }

    /// An address that its head names: a pattern, one from the root, or one from where it stands. `None` where it cannot be told.
    pub(super) fn named(&self, told: &str, usual: Option<&str>) -> Option<String> {
        let told = told.trim();
        if told.contains("://") {
            return Some(told.to_string());
        }
        if told.contains(':') {
            return self.made(told);
        }
        if told.starts_with('/') {
            return Some(told.to_string());
        }
        // Hugo counts from the folder of the document, the others from the root.
        let from = if self.maker == Maker::Hugo { usual.unwrap_or("/").trim_end_matches('/').rsplit_once('/').map_or("", |(f, _)| f) } else { "" };
        let mut parts: Vec<&str> = from.split('/').filter(|p| !p.is_empty()).collect();
        for p in told.split('/') {
            match p {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                p => parts.push(p),
            }
        }
        Some(format!("/{}{}", parts.join("/"), if told.ends_with('/') { "/" } else { "" }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc<'a>(maker: Maker, below: &'a str, categories: &'a [Value]) -> Document<'a> {
        Document {
            maker,
            below,
            bare: "my-post",
            slug: "",
            title: "My Post",
            day: Some(Date::constant(2021, 4, 2)),
            bundle: false,
            categories,
            lang: "zh",
            prefix: "",
        }
    }

    #[test]
    fn addresses_by_the_settings() {
        let of = |maker, below, rules: &Rules| doc(maker, below, &[]).usual(rules).unwrap_or_default();
        let none = Rules::default();
        let posts = |p: &str| Rules { posts: p.into(), ..Rules::default() };
        assert_eq!(of(Maker::Jekyll, "_posts/2021-04-02-my-post.md", &none), "/2021/04/02/my-post.html");
        assert_eq!(of(Maker::Jekyll, "City/_posts/2021-04-02-my-post.md", &posts("pretty")), "/city/2021/04/02/my-post/");
        assert_eq!(of(Maker::Jekyll, "_posts/2021-04-02-my-post.md", &posts("/blog/:short_year/:i_month/:title")), "/blog/21/4/my-post");
        assert_eq!(of(Maker::Jekyll, "about/my-post.md", &posts("pretty")), "/about/my-post/");
        assert_eq!(of(Maker::Hexo, "_posts/my-post.md", &posts(":year/:title.html")), "/2021/my-post.html");
        assert_eq!(of(Maker::Hugo, "Posts/my-post.md", &none), "/posts/my-post/");
        assert_eq!(of(Maker::Hugo, "posts/my-post.md", &Rules { ugly: true, ..Rules::default() }), "/posts/my-post.html");
        let own = Rules { sections: vec![("posts".into(), "/:year/:month/:slug/".into())], ..Rules::default() };
        assert_eq!(of(Maker::Hugo, "posts/my-post.md", &own), "/2021/04/my-post/");
        let c = [Value::text("Open Data")];
        assert_eq!(doc(Maker::Jekyll, "_posts/2021-04-02-my-post.md", &c).usual(&none).as_deref(), Some("/open data/2021/04/02/my-post.html"));
    }

    #[test]
    fn addresses_that_heads_name() {
        let d = doc(Maker::Hugo, "posts/my-post.md", &[]);
        assert_eq!(d.named("old-post", Some("/posts/my-post/")).as_deref(), Some("/posts/old-post"));
        assert_eq!(d.named("../x/", Some("/posts/my-post/")).as_deref(), Some("/x/"));
        assert_eq!(d.named("/a/b/", None).as_deref(), Some("/a/b/"));
        let j = doc(Maker::Jekyll, "_posts/2021-04-02-my-post.md", &[]);
        assert_eq!(j.named("/:year/:title/", None).as_deref(), Some("/2021/my-post/"));
        assert_eq!(j.named("old/x.html", None).as_deref(), Some("/old/x.html"));
        assert_eq!(j.named("/:unknown/", None), None);
    }
}
