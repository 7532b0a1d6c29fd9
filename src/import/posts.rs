//! Documents of Hugo, Jekyll, Zola and Hexo: Markdown with a head in YAML, TOML or JSON. Sections become types, shortcodes are
//! named, pictures of a bundle come along.

use super::addresses::{Document, Maker, Rules, rules, toml_node};
use super::jkan::stem;
use super::reader::{Mark, Record, flat, list, markdown, odd, set_text, value, veil};
use super::settings::{self, Kept};
use super::{Asked, Brought, Draft, Importer, Value, norm};
use crate::diag::{Diagnostic, Phrase, Severity, Span, say};
use crate::load::brought::{Piece, json, text};
use crate::load::{Kind, Node, Source, dates, parse_yaml};
use crate::schema::Field;
use crate::schema::item as own;
use crate::types::{Type, news, page, policy};

/// Hugo
pub(super) static HUGO: Importer = Importer {
    name: "hugo",
    about: Phrase { zh: "Hugo 的文档", en: "documents of Hugo" },
    wanted,
    read: super::Read::All(|p, a, o| read(p, a, Maker::Hugo, o)),
};
/// Jekyll
pub(super) static JEKYLL: Importer = Importer {
    name: "jekyll",
    about: Phrase { zh: "Jekyll 的文档", en: "documents of Jekyll" },
    wanted,
    read: super::Read::All(|p, a, o| read(p, a, Maker::Jekyll, o)),
};
/// Zola
pub(super) static ZOLA: Importer = Importer {
    name: "zola",
    about: Phrase { zh: "Zola 的文档", en: "documents of Zola" },
    wanted,
    read: super::Read::All(|p, a, o| read(p, a, Maker::Zola, o)),
};
/// Hexo
pub(super) static HEXO: Importer = Importer {
    name: "hexo",
    about: Phrase { zh: "Hexo 的文档", en: "documents of Hexo" },
    wanted,
    read: super::Read::All(|p, a, o| read(p, a, Maker::Hexo, o)),
};

/// Documents, and what may lie beside them; nothing of the program itself.
fn wanted(path: &str) -> bool {
    let low = path.to_ascii_lowercase();
    let own = [
        "themes",
        "layouts",
        "archetypes",
        "public",
        "resources",
        "_site",
        "_layouts",
        "_includes",
        "_sass",
        "templates",
        "sass",
        "scaffolds",
        "node_modules",
        "static",
        "assets",
        "_data",
    ];
    let skipped = settings::of_program(path, &own);
    let name = low.rsplit('/').next().unwrap_or("");
    !skipped && !name.starts_with('.') && !matches!(name, "readme.md" | "license.md" | "contributing.md" | "changelog.md" | "source.md")
}

fn is_text(path: &str) -> bool {
    let low = path.to_ascii_lowercase();
    [".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown", ".html", ".htm"].iter().any(|e| low.ends_with(e))
}

fn read(pieces: &[Piece], asked: &Asked<'_>, maker: Maker, out: &mut Vec<Diagnostic>) -> Brought {
    let mut brought = Brought::default();
    // Where documents lie: below `content/`, `source/`, or anywhere where there is no such folder.
    let base = match maker {
        Maker::Hugo | Maker::Zola => "content/",
        Maker::Hexo => "source/",
        Maker::Jekyll => "",
    };
    let rooted = !base.is_empty() && pieces.iter().any(|p| p.path.starts_with(base));
    // Sections come first: what they say holds for the documents below them.
    let mut sections: Vec<(String, Source, Node)> = Vec::new();
    let own_path = |p: &Piece| if rooted { p.path.strip_prefix(base).map(String::from) } else { Some(p.path.clone()) };
    for p in pieces.iter().filter(|p| is_text(&p.path)) {
        if let Some(below) = own_path(p)
            && below.rsplit('/').next().is_some_and(|n| n.starts_with("_index."))
            && let Some((source, node, _)) = head(p, maker, out)
        {
            sections.push((below.rsplit_once('/').map_or(String::new(), |(f, _)| format!("{f}/")), source, node));
        }
    }
    let set = settings::read(pieces, maker);
    let (rules, kept) = (rules(&set), Kept::of(&set, maker));
    pieces.iter().filter(|p| own_path(p).is_some()).for_each(|p| settings::unread(p, out));
    let mut tongues: Vec<Tongue> = Vec::new();
    // The nearest section is asked first.
    sections.sort_by_key(|(folder, _, _)| std::cmp::Reverse(folder.len()));
    for (i, p) in pieces.iter().enumerate().filter(|(_, p)| is_text(&p.path)) {
        let Some(below) = own_path(p) else { continue };
        let below = &*below;
        // A section's own page names the section; it is no document.
        if below.rsplit('/').next().is_some_and(|n| n.starts_with("_index.")) {
            out.push(
                Diagnostic::new("IMP003", Severity::Info, say!("栏目自己的页面，没有导入", "the page of a section; not imported"))
                    .at(Span::file(&p.path))
                    .hint(say!("栏目的名称和说明写在 _column.yaml", "name and description of a section stand in _column.yaml")),
            );
            continue;
        }
        let Some((source, node, body)) = head(p, maker, out) else { continue };
        brought.seen += 1;
        let spoken = spoken(below, &node, asked, maker);
        let mut d = document(&source, &node, body, &spoken, i, pieces, asked, (maker, &rules), out);
        kept.hold(&mut d, below, &source.span(0, 1), &node, out);
        inherited(&mut d, &node, below, (&sections, &kept), maker, out);
        brought.drafts.push(d);
        tongues.push(spoken);
    }
    together(&mut brought.drafts, &tongues, asked, out);
    brought
}

/// The path of a document, and the language that it is in.
#[derive(Debug)]
struct Tongue {
    /// Path below the content as it is.
    whole: String,
    /// The same without the language: `posts/a.md` of `posts/a.en.md` and of `en/posts/a.md`.
    below: String,
    /// Index of the language of the site; the first where nothing says another.
    lang: usize,
    /// As the source writes it; empty where it does not.
    word: String,
}

/// The language of a document: `a.en.md`, a folder `en/`, `lang: en` of Jekyll and Hexo.
fn spoken(below: &str, node: &Node, asked: &Asked<'_>, maker: Maker) -> Tongue {
    let languages = &asked.config.languages;
    let index = |word: &str| {
        let short = (2..=12).contains(&word.len()) && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let name = norm::language(word);
        languages.iter().position(|l| short && norm::language(&l.tag) == name)
    };
    let none = Tongue { whole: below.to_string(), below: below.to_string(), lang: 0, word: String::new() };
    if languages.len() < 2 {
        return none;
    }
    let (folder, file) = below.rsplit_once('/').map_or(("", below), |(f, n)| (f, n));
    if let Some((name, ending)) = file.rsplit_once('.')
        && let Some((bare, word)) = name.rsplit_once('.')
        && !bare.is_empty()
        && let Some(lang) = index(word)
    {
        let file = format!("{bare}.{ending}");
        return Tongue { below: if folder.is_empty() { file } else { format!("{folder}/{file}") }, lang, word: word.to_string(), ..none };
    }
    // The folder of a language stands first, or behind `_posts`.
    let parts: Vec<&str> = below.split('/').collect();
    let at = parts.iter().take(parts.len() - 1).position(|p| *p != "_posts" && *p != "_drafts");
    if let Some(i) = at
        && let Some(lang) = index(parts[i])
    {
        let rest: Vec<&str> = parts.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, p)| *p).collect();
        return Tongue { below: rest.join("/"), lang, word: parts[i].to_string(), ..none };
    }
    let said = ["lang", "language", "locale"]
        .iter()
        .find_map(|k| node.get(k).and_then(Node::text))
        .filter(|_| matches!(maker, Maker::Jekyll | Maker::Hexo | Maker::Hugo));
    match said.and_then(|w| index(w).map(|l| (l, w))) {
        Some((lang, word)) => Tongue { lang, word: word.to_string(), ..none },
        None => none,
    }
}

/// Translations stand beside what they translate, and say their title, their summary, their text and their own earlier addresses.
/// One that is not public yet waits in the source: it would keep back what it translates.
fn together(drafts: &mut Vec<Draft>, tongues: &[Tongue], asked: &Asked<'_>, out: &mut Vec<Diagnostic>) {
    let languages = &asked.config.languages;
    if languages.len() < 2 {
        return;
    }
    // No two of a language under one name: what is beside it would be beside both.
    let mut taken: std::collections::BTreeSet<String> = Default::default();
    for (d, _) in drafts.iter_mut().zip(tongues).filter(|(_, t)| t.lang == 0) {
        let name = |n: &str| format!("{}/{}", d.kind.folder, n.to_lowercase());
        let first = d.name.clone();
        let free = (1..).map(|n| if n == 1 { first.clone() } else { format!("{first}-{n}") }).find(|n| !taken.contains(&name(n)));
        taken.insert(name(free.as_deref().unwrap_or("")));
        d.name = free.unwrap_or(first);
    }
    let primary: std::collections::BTreeMap<String, usize> =
        tongues.iter().enumerate().filter(|(_, t)| t.lang == 0).rev().map(|(i, t)| (t.below.to_lowercase(), i)).collect();
    let mut waits: Vec<usize> = Vec::new();
    for i in 0..drafts.len() {
        let Some(t) = tongues.get(i).filter(|t| t.lang > 0) else { continue };
        let tag = languages.get(t.lang).map_or("", |l| l.tag.as_str());
        let Some(base) = primary.get(&t.below.to_lowercase()).and_then(|b| drafts.get(*b)).cloned() else {
            // It stands alone: in its own language, without another beside it.
            if let Some(d) = drafts.get_mut(i) {
                d.name = format!("{}.{tag}", d.name);
            }
            continue;
        };
        let Some(d) = drafts.get_mut(i) else { continue };
        d.kind = base.kind;
        d.name = format!("{}.{tag}", base.name);
        let held = matches!(d.get(&own::DRAFT), Some(Value::Text(t)) if t == "true");
        let moment = |d: &Draft| {
            d.fields.iter().find(|(f, _)| f.key == own::PUBLISHED_AT.key).and_then(|(_, v)| if let Value::Text(t) = v { Some(t.clone()) } else { None })
        };
        // What comes out later in this language is not out with the other.
        let later = matches!((moment(d), moment(&base)), (Some(a), Some(b)) if a > b);
        let differs: Vec<&str> = d
            .fields
            .iter()
            .filter(|(f, v)| !["title", "summary", "aliases", "draft", "keywords", "theme"].contains(&f.key) && base.get(f) != Some(v))
            .map(|(f, _)| f.key)
            .collect();
        if !differs.is_empty() {
            let list = differs.join("` `");
            out.push(odd(
                d.at.clone(),
                say!("译文里的 `{list}` 和原文不同，没有导入", "`{list}` of the translation differ from those of the text that it translates; not imported"),
                say!("所有事实写在原文件里", "all facts stand in the primary file"),
            ));
        }
        d.fields.retain(|(f, _)| matches!(f.key, "title" | "summary" | "aliases"));
        d.extra = Value::Map(Vec::new());
        let base_held = matches!(base.get(&own::DRAFT), Some(Value::Text(t)) if t == "true");
        if (held || later) && !base_held {
            waits.push(i);
            out.push(odd(
                d.at.clone(),
                say!("译文是草稿，或者比原文晚公布，没有导入", "the translation is a draft, or comes out later than what it translates; not imported"),
                say!("来源里可以公布了再导入一次", "import again when it is public in the source"),
            ));
        }
    }
    let mut n = 0;
    drafts.retain(|_| {
        n += 1;
        !waits.contains(&(n - 1))
    });
}

/// Hugo makes no page of what is past its day; here it would be one that says so.
fn expired(d: &mut Draft, key: &str, asked: &Asked<'_>, at: Span, out: &mut Vec<Diagnostic>) {
    let Some(day) = day_of(d, &own::EXPIRES_ON) else { return };
    let text = if day <= asked.today {
        d.set(&own::DRAFT, Value::text("true"));
        say!("Hugo 到 `{key}: {day}` 就不再生成这一页，导入为草稿", "Hugo makes no page of it since `{key}: {day}`; imported as a draft")
    } else {
        say!(
            "Hugo 到 `{key}: {day}` 就不再生成这一页；这里过了 expires_on 仍然公开，标明已过期",
            "Hugo makes no page of it from `{key}: {day}` on; here it stays public after expires_on, and says that it has expired"
        )
    };
    out.push(odd(
        at,
        text,
        say!(
            "过期后仍可公开就去掉 draft；到期要撤下就写 withdrawn",
            "take draft out where it may stay public after that day; write withdrawn where it is to go"
        ),
    ));
}

/// Whether a page is not built: `build: {render: never}`.
const RENDER: Mark = Mark::But(&["always", "true"]);

/// What sections say for all below them: `cascade` of Hugo, a section of Zola that is a draft. A document's own word goes before it.
fn inherited(d: &mut Draft, own_head: &Node, below: &str, (sections, kept): (&[(String, Source, Node)], &Kept), maker: Maker, out: &mut Vec<Diagnostic>) {
    if d.get(&own::DRAFT).is_some() {
        return;
    }
    let rendered = |n: &Node| n.get("build").or(n.get("_build")).and_then(|b| b.get("render")).cloned();
    let (own_draft, own_render) = (own_head.get("draft").is_some(), rendered(own_head).is_some());
    let (mut draft_said, mut render_said) = (own_draft, own_render);
    for (folder, source, node) in sections.iter().filter(|(f, _, _)| below.starts_with(f.as_str())) {
        let mut says: Vec<(&Node, Option<Node>, Option<Node>)> = Vec::new();
        if maker == Maker::Zola {
            says.push((node, node.get("draft").cloned(), None));
        } else if maker == Maker::Hugo
            && let Some(c) = node.get("cascade")
        {
            match &c.kind {
                Kind::List(all) => says.extend(all.iter().map(|c| (c, c.get("draft").cloned(), rendered(c)))),
                _ => says.push((c, c.get("draft").cloned(), rendered(c))),
            }
        }
        for (at, draft, render) in says {
            let hides = !draft_said && draft.as_ref().is_some_and(|n| Mark::When.hides(&flat(n)));
            let unbuilt = !render_said && render.as_ref().is_some_and(|n| RENDER.hides(&flat(n)));
            if hides || unbuilt {
                let spot = draft.as_ref().filter(|_| hides).or(render.as_ref()).unwrap_or(at);
                d.set(&own::DRAFT, Value::text("true"));
                out.push(odd(
                    source.span(spot.start as usize, spot.end as usize),
                    say!("栏目 `{folder}` 让 {below} 不公开，导入为草稿", "the section `{folder}` keeps {below} from being published; imported as a draft"),
                    say!("可以公开再去掉 draft", "take draft out where it may be public"),
                ));
                return;
            }
            draft_said |= draft.is_some();
            render_said |= render.is_some();
        }
    }
    // The settings come last.
    for (draft, render, at) in kept.cascade(below) {
        let hides = !draft_said && draft.is_some_and(|n| Mark::When.hides(&flat(n)));
        let unbuilt = !render_said && render.is_some_and(|n| RENDER.hides(&flat(n)));
        if hides || unbuilt {
            d.set(&own::DRAFT, Value::text("true"));
            out.push(odd(
                at.clone(),
                say!("设置里的 cascade 让 {below} 不公开，导入为草稿", "`cascade` of the settings keeps {below} from being published; imported as a draft"),
                say!("可以公开再去掉 draft", "take draft out where it may be public"),
            ));
            return;
        }
        draft_said |= draft.is_some();
        render_said |= render.is_some();
    }
}

/// The head of a document and where its text begins. A file without one is no document of these programs, but for Hugo's
/// plain pages: it is told.
fn head(p: &Piece, maker: Maker, out: &mut Vec<Diagnostic>) -> Option<(Source, Node, usize)> {
    let Some((content, encoding)) = text(&p.bytes) else {
        out.push(
            Diagnostic::new("IMP001", Severity::Error, say!("不是文字文件，未导入", "no text file; not imported"))
                .at(Span::file(&p.path))
                .hint(say!("看看文件是否损坏", "see whether the file is damaged")),
        );
        return None;
    };
    let content = content.replace("\r\n", "\n");
    let source = Source::new(p.path.as_str(), content.as_str());
    if let Some(e) = encoding {
        out.push(odd(
            Span::file(&p.path),
            say!("文件编码是 {e}，已转换", "the file is in {e}; converted"),
            say!("看看文字对不对", "see whether its text is right"),
        ));
    }
    let first = content.lines().next().unwrap_or("").trim_end();
    let start = content.find('\n').map_or(content.len(), |i| i + 1);
    let fenced = |fence: &str| {
        let mut at = start;
        for line in content[start..].split_inclusive('\n') {
            if line.trim_end() == fence {
                return Some((at, at + line.len()));
            }
            at += line.len();
        }
        None
    };
    let unclosed = |fence: &str| {
        Diagnostic::new("IMP001", Severity::Error, say!("文件头没有结束的 {fence}，未导入", "the head has no closing {fence}; not imported"))
            .at(source.span(0, 3))
            .hint(say!("在元数据之后另起一行写 {fence}", "write {fence} on a line of its own after the metadata"))
    };
    let got = match first {
        "---" | ";;;" => match fenced(first) {
            None => Err(Box::new(unclosed(first))),
            Some((end, body)) => {
                let before = out.len();
                match parse_yaml(&source, start..end, out) {
                    Some(n) => Ok((n, body)),
                    None if content[start..end].trim().is_empty() => Ok((Node { start: 0, end: 0, kind: Kind::Map(Vec::new()) }, body)),
                    None if out.len() > before => return None,
                    None => Err(Box::new(unclosed(first))),
                }
            }
        },
        "+++" => match fenced("+++") {
            None => Err(Box::new(unclosed("+++"))),
            Some((end, body)) => toml_node(&source, start, end).map(|n| (n, body)),
        },
        f if f.starts_with('{') => {
            // JSON ends where its brace does.
            let mut all = serde_json::Deserializer::from_str(&content).into_iter::<serde::de::IgnoredAny>();
            match all.next() {
                Some(Ok(_)) => {
                    let end = all.byte_offset();
                    json(&source, 0..end).map(|n| (n, end)).map_err(|e| Box::new(super::lists::broken(&source, e)))
                }
                _ => Ok((Node { start: 0, end: 0, kind: Kind::Map(Vec::new()) }, 0)),
            }
        }
        // Hexo of old: a head without a line above it.
        f if maker == Maker::Hexo && f.split_once(':').is_some_and(|(k, _)| matches!(k, "title" | "date" | "layout" | "tags" | "categories")) => {
            let end = content.split_inclusive('\n').scan(0, |at, l| Some((std::mem::replace(at, *at + l.len()), l))).find(|(_, l)| l.trim_end() == "---");
            let tree = end.and_then(|(at, l)| Some((parse_yaml(&source, 0..at, &mut Vec::new())?, at + l.len())));
            Ok(tree.filter(|(n, _)| matches!(n.kind, Kind::Map(_))).unwrap_or((Node { start: 0, end: 0, kind: Kind::Map(Vec::new()) }, 0)))
        }
        _ => Ok((Node { start: 0, end: 0, kind: Kind::Map(Vec::new()) }, 0)),
    };
    match got {
        Ok((node, body)) => Some((source, if maker == Maker::Hugo { settings::lowered(node) } else { node }, body)),
        Err(d) => {
            out.push(*d);
            None
        }
    }
}

/// The type of a document: that which its section is called by, else the one that is asked for, else news.
fn kind_of(below: &str, asked: &Asked<'_>) -> (&'static Type, String) {
    let mut parts: Vec<&str> = below.split('/').collect();
    parts.pop();
    parts.retain(|p| !matches!(*p, "_posts" | "posts" | "post" | "_drafts" | "blog"));
    let known = parts.first().and_then(|f| {
        asked.config.types.iter().map(|k| k.declared()).find(|t| t.markdown && (t.folder == f.trim_start_matches('_') || t.id == f.trim_start_matches('_')))
    });
    match known {
        Some(t) => (t, parts[1..].join("/")),
        None if asked.kind.is_some() => (asked.kind.unwrap_or(&news::TYPE), parts.join("/")),
        // What lies at the top of the site is a page.
        None if !below.contains('/') => (&page::TYPE, String::new()),
        None => (&news::TYPE, parts.join("/")),
    }
}

#[expect(clippy::too_many_arguments, reason = "all that is known of one file")]
fn document(
    source: &Source,
    node: &Node,
    body: usize,
    tongue: &Tongue,
    own_piece: usize,
    pieces: &[Piece],
    asked: &Asked<'_>,
    (maker, rules): (Maker, &Rules),
    out: &mut Vec<Diagnostic>,
) -> Draft {
    let below = tongue.below.as_str();
    let (kind, folder) = kind_of(below, asked);
    let mut r = Record::new(source, node);
    let file = stem(below);
    let bundle = matches!(file, "index") && below.contains('/');
    let file = if bundle { below.rsplit('/').nth(1).unwrap_or(file) } else { file };
    let folder = if bundle { folder.rsplit_once('/').map_or("", |(f, _)| f).to_string() } else { folder };
    // `2021-04-12-title` of Jekyll and Zola.
    let dated = dates::leading_date(file).and_then(|(d, rest)| Some((d, rest.strip_prefix(['-', '_'])?)));
    let (bare, named) = dated.map_or((file, None), |(d, rest)| (rest, Some(d)));
    let name = if folder.is_empty() { bare.to_string() } else { format!("{folder}/{bare}") };
    let mut d = Draft::new(kind, tongue.whole.as_str(), name, source.span(0, 1));
    let t = r.text(&["title"]);
    let content = source.text[body..].to_string();
    let mut content = content;
    let mut titled = t;
    if titled.is_empty()
        && let Some(line) = content.trim_start().lines().next().and_then(|l| l.strip_prefix("# "))
    {
        titled = line.trim().to_string();
        content = content.trim_start().split_once('\n').map_or(String::new(), |(_, rest)| rest.to_string());
    }
    super::reader::title(&r, &titled, &mut d, out);
    let summary = r.text(&["description", "summary", "excerpt", "subtitle"]);
    set_text(&mut d, &own::SUMMARY, &summary.split_whitespace().collect::<Vec<_>>().join(" "));
    let published = if kind.shape == crate::types::Shape::Policy { &policy::RECORD } else { kind.record };
    let moment = published.field(own::PUBLISHED_AT.key).unwrap_or(&own::PUBLISHED_AT);
    for key in ["publishDate", "publishdate", "pubdate", "date"] {
        time(&mut r, key, moment, asked, &mut d, out);
    }
    if let Some(day) = named.filter(|_| d.get(moment).is_none()) {
        d.set(moment, Value::text(day.to_string()));
    }
    for key in ["expiryDate", "expirydate", "unpublishdate"] {
        let at = node.get(key).map(|n| source.span(n.start as usize, n.end as usize));
        super::reader::date(&mut r, key, &own::EXPIRES_ON, &mut d, out);
        if maker == Maker::Hugo
            && let Some(at) = at
        {
            expired(&mut d, key, asked, at, out);
        }
    }
    // A draft that says so plainly is one without a word.
    let plain = node.get("draft").and_then(|n| super::reader::truth(&flat(n)));
    if plain == Some(true) || below.contains("_drafts/") {
        d.set(&own::DRAFT, Value::text("true"));
    }
    if plain.is_some() {
        r.take("draft");
    }
    let marks = [("draft", Mark::When), ("published", Mark::Unless), ("private", Mark::When), ("headless", Mark::When), ("password", Mark::Secret)];
    veil(&mut r, &marks[usize::from(plain.is_some())..], &mut d, out);
    if let Some(inner) = node.get("extra") {
        veil(&mut Record::new(source, inner), &[("password", Mark::Secret)], &mut d, out);
    }
    for key in ["build", "_build"] {
        if let Some(b) = r.take(key) {
            veil(&mut Record::new(source, b), &[("render", RENDER)], &mut d, out);
            d.keep(key, value(b));
        }
    }
    // Zola makes no page of it.
    if maker == Maker::Zola {
        veil(&mut r, &[("render", Mark::Unless)], &mut d, out);
    }
    let slug = r.text(&["slug"]);
    if !slug.is_empty() {
        d.name = if folder.is_empty() { slug.clone() } else { format!("{folder}/{slug}") };
    }
    let tax = r.take("taxonomies");
    let from_tax = |key: &str| tax.and_then(|t| t.get(key)).map_or(Vec::new(), list);
    // Jekyll parts a text at its blanks.
    let parted = |n: &Node| match &n.kind {
        Kind::Text(t) if maker == Maker::Jekyll => t.split_whitespace().map(String::from).collect(),
        _ => nested(n),
    };
    let mut words = r.first(&["tags", "tag"]).map_or(Vec::new(), parted);
    words.extend(r.texts("keywords"));
    words.extend(from_tax("tags"));
    super::catalogue::keywords(&mut d, words);
    // `category` is one, whatever blanks it has.
    let mut themes = r.first(&["categories"]).map_or(Vec::new(), parted);
    themes.extend(r.first(&["category"]).map_or(Vec::new(), nested));
    themes.extend(from_tax("categories"));
    d.set(&own::THEME, Value::List(themes.into_iter().map(Value::Text).collect()));
    if let Some(Node { kind: Kind::Map(all), .. }) = tax {
        all.iter().filter(|(k, _)| !matches!(k.text(), Some("tags" | "categories"))).for_each(|(k, v)| d.keep(k.text().unwrap_or(""), value(v)));
    }
    let author = r.text(&["author", "authors"]);
    set_text(&mut d, &own::AUTHOR, &author);
    let day = named.or_else(|| day_of(&d, moment));
    let themes = if let Some(Value::List(all)) = d.get(&own::THEME) { all.clone() } else { Vec::new() };
    let first = asked.config.languages.first().map_or("", |l| l.tag.as_str());
    // Jekyll and Hexo know folders of languages as folders.
    let path = if matches!(maker, Maker::Jekyll | Maker::Hexo) { tongue.whole.as_str() } else { below };
    let lang = if tongue.word.is_empty() { first } else { tongue.word.as_str() };
    let prefix = if matches!(maker, Maker::Hugo | Maker::Zola) && (tongue.lang > 0 || rules.below) { lang.to_lowercase() } else { String::new() };
    let known = Document { maker, below: path, bare, slug: &slug, title: &titled, day, bundle, categories: &themes, lang, prefix: &prefix };
    let usual = known.usual(rules);
    if usual.is_none() && maker != Maker::Hugo {
        out.push(odd(
            source.span(0, 1),
            say!(
                "设置里 `permalink` 的写法有认不出的部分，没有写进 aliases",
                "`permalink` of the settings has a part that is not known or wants a day; there is no alias"
            ),
            say!("知道旧地址就写进 aliases", "write the old address into aliases where it is known"),
        ));
    }
    let mut addresses: Vec<String> = Vec::new();
    // What its head calls its address is the one; the usual one never was.
    let own_key = if maker == Maker::Zola { "path" } else { "url" };
    for key in ["permalink", own_key] {
        let Some(n) = r.take(key) else { continue };
        for told in list(n).into_iter().filter(|t| !matches!(&**t, "pretty" | "date" | "none" | "ordinal")) {
            match known.named(&told, None) {
                Some(a) => addresses.push(a),
                None => {
                    out.push(odd(
                        r.place(Some(n)),
                        say!("`{key}: {told}` 里有认不出的部分，没有写进 aliases", "`{key}: {told}` has a part that is not known; it is no alias"),
                        say!(
                            "原文保留在 extra.{key}；知道旧地址就写进 aliases",
                            "it stands under extra.{key}; write the old address into aliases where it is known"
                        ),
                    ));
                    d.keep(key, Value::Text(told));
                }
            }
        }
    }
    if addresses.is_empty() {
        addresses.extend(usual.clone());
    }
    let mut others: Vec<String> = Vec::new();
    for key in ["aliases", "redirect_from", "alias"] {
        others.extend(r.texts(key).iter().filter_map(|a| known.named(a, addresses.first().map(String::as_str))));
    }
    if let Some(n) = r.take("redirect_to") {
        d.set(&own::DRAFT, Value::text("true"));
        let to = flat(n);
        out.push(odd(
            r.place(Some(n)),
            say!("这一页只转到 {to}，导入为草稿", "the page only leads to {to}; imported as a draft"),
            say!("不要就删去；要保留转向就写进目标的 aliases", "delete it; where the way is to stay, write it into the aliases of where it leads"),
        ));
        d.keep("redirect_to", Value::Text(to));
    }
    d.old.extend(others);
    d.old.extend(addresses);
    if let Some(Node { kind: Kind::Map(all), .. }) = r.take("extra") {
        all.iter().for_each(|(k, v)| d.keep(k.text().unwrap_or(""), value(v)));
    }
    content = uncommented(source, body, &content, maker, out);
    {
        let from = source.text[body..].find(content.trim_start()).map_or(body, |i| body + i);
        let lead = content.len() - content.trim_start().len();
        let (bared, gone) = super::unseen::taken_out(&content, true);
        super::unseen::tell(&gone, &|at| source.span((from + at).saturating_sub(lead), (from + at + 1).saturating_sub(lead)), out);
        content = bared;
    }
    content = codes(source, body, &content, maker, out).replace('\0', "");
    let html = below.to_ascii_lowercase().ends_with(".html") || below.to_ascii_lowercase().ends_with(".htm");
    d.body = if html { markdown(&|| source.span(body, body + 1), &content, out) } else { content.trim_matches('\n').to_string() };
    if bundle {
        beside(&mut d, own_piece, pieces);
    }
    if !kind.markdown {
        let body = std::mem::take(&mut d.body);
        d.set(&own::DESCRIPTION, Value::Text(body));
    }
    r.rest(&mut d, &["layout", "type", "comments", "toc", "math", "sidebar"]);
    d
}

/// Texts of a list; of lists in it (a path of categories of Hexo) the parts.
fn nested(n: &Node) -> Vec<String> {
    match &n.kind {
        Kind::List(all) => all.iter().flat_map(nested).collect(),
        _ => list(n),
    }
}

/// Sets a moment; with a time of day where the source has one.
fn time(r: &mut Record<'_>, key: &str, field: &'static Field, asked: &Asked<'_>, d: &mut Draft, out: &mut Vec<Diagnostic>) {
    let before = d.get(field).cloned();
    let Some(n) = r.take(key) else { return };
    let t = flat(n);
    if t.is_empty() {
        return;
    }
    // `2021-04-12 09:30:00 +0800` of Jekyll
    let parts: Vec<&str> = t.split(' ').collect();
    let joined = match parts[..] {
        [day, clock, zone] if zone.len() == 5 && zone.starts_with(['+', '-']) => format!("{day}T{clock}{}:{}", &zone[..3], &zone[3..]),
        _ => t.clone(),
    };
    let found = dates::parse(&joined, &asked.config.tz).map(|m| match m.time {
        // Midnight is how a day without a time is written.
        Some(c) if c.hour() == 0 && c.minute() == 0 => m.date.to_string(),
        Some(c) => format!("{} {:02}:{:02}", m.date, c.hour(), c.minute()),
        None => m.date.to_string(),
    });
    let found = found.or_else(|| match norm::day(&t) {
        norm::Read::Sure(day) => Some(day.to_string()),
        _ => None,
    });
    match found {
        Some(_) if before.is_some() => d.keep(key, Value::Text(t)),
        Some(m) => d.set(field, Value::Text(m)),
        None => {
            out.push(odd(
                r.place(Some(n)),
                say!("`{key}` 的 `{t}` 读不出日期", "`{key}` says `{t}`, which is no date for sure"),
                say!("原文保留在 extra.{key}", "it stands under extra.{key}"),
            ));
            d.keep(key, Value::Text(t));
        }
    }
}

fn day_of(d: &Draft, field: &Field) -> Option<jiff::civil::Date> {
    match d.get(field) {
        Some(Value::Text(t)) => t.get(..10)?.parse().ok(),
        _ => None,
    }
}

/// Pictures and files of a bundle come along, into a folder of the document's name; their links are changed.
fn beside(d: &mut Draft, own_piece: usize, pieces: &[Piece]) {
    let Some((folder, _)) = pieces[own_piece].path.rsplit_once('/') else { return };
    let last = super::names::segment(d.name.rsplit('/').next().unwrap_or(""));
    for (i, p) in pieces.iter().enumerate() {
        let Some(rel) = p.path.strip_prefix(folder).and_then(|r| r.strip_prefix('/')) else { continue };
        if is_text(rel) || i == own_piece {
            continue;
        }
        d.files.push((format!("{last}/{rel}"), i));
        for (before, after) in [("](", ")"), ("](./", ")"), ("](", " "), ("src=\"", "\"")] {
            d.body = d.body.replace(&format!("{before}{rel}{after}"), &format!("{}{last}/{rel}{after}", before.trim_end_matches("./")));
        }
    }
}

/// Shortcodes: those that say what Markdown says become it, the others are named with their place.
fn codes(source: &Source, base: usize, text: &str, maker: Maker, out: &mut Vec<Diagnostic>) -> String {
    let shift = source.text[base..].find(text.trim_start().lines().next().unwrap_or("")).unwrap_or(0);
    let lead = text.len() - text.trim_start().len();
    let place = |at: usize| source.span((base + shift + at).saturating_sub(lead), (base + shift + at + 2).saturating_sub(lead));
    let mut made = String::with_capacity(text.len());
    let mut rest = 0;
    let mut fence = false;
    let mut until: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fence = !fence;
        }
        if fence || !line.contains("{{") && !line.contains("{%") && !line.contains("<!--") {
            continue;
        }
        made.push_str(&text[rest..start]);
        rest = at;
        // What stands between the tags is code, whatever is in it.
        if let Some(to) = until {
            if start < to {
                rest = start;
                continue;
            }
            until = None;
        }
        let mut new = line.replace("<!--more-->", "").replace("<!-- more -->", "");
        for (from, to) in [("{{ site.baseurl }}", ""), ("{{site.baseurl}}", ""), ("{{ site.url }}", ""), ("{{site.url}}", "")] {
            new = new.replace(from, to);
        }
        // On one line it is code in the line; else a block, beside which what stands on the lines of its tags stays.
        while let Some((before, lang, code, after)) = highlighted(&new) {
            let sign = if code.contains('`') { "``" } else { "`" };
            let _ = lang;
            new = format!("{before}{sign}{}{sign}{after}", code.trim());
        }
        if let Some((before, inner, after)) = tagged(&new, "highlight")
            && let Some(end) = text[at..]
                .split_inclusive('\n')
                .scan(at, |i, l| Some((std::mem::replace(i, *i + l.len()), l)))
                .find(|(_, l)| tagged(l, "endhighlight").is_some())
        {
            let lead = if before.trim().is_empty() { String::new() } else { format!("{}\n\n", before.trim_end()) };
            let first = if after.trim().is_empty() { String::new() } else { format!("{}\n", after.trim_end()) };
            new = format!("{lead}```{}\n{first}", inner.split_whitespace().next().unwrap_or(""));
            made.push_str(&new);
            until = Some(end.0);
            continue;
        } else if let Some((before, _, after)) = tagged(&new, "endhighlight") {
            let last = if before.trim().is_empty() { String::new() } else { format!("{}\n", before.trim_end()) };
            new = format!("{last}```\n{}", if after.trim().is_empty() { String::new() } else { format!("\n{}\n", after.trim()) });
        }
        if maker == Maker::Hugo {
            new = figures(&new);
        }
        let mut named: Vec<String> = Vec::new();
        for (i, name) in shortcodes(&new) {
            if named.contains(&name) {
                continue;
            }
            // Where it stood before the line was changed.
            let tail: String = new[i..].chars().take(20).collect();
            let column = line.find(tail.as_str()).or_else(|| line.find(name.as_str())).unwrap_or(0);
            out.push(odd(
                place(start + column),
                say!("短代码 `{name}` 在这里不起作用，原样保留", "the shortcode `{name}` does nothing here; it is left as it is"),
                say!("改写成 Markdown，或删去", "write it in Markdown, or take it out"),
            ));
            named.push(name);
        }
        made.push_str(&new);
    }
    made.push_str(&text[rest..]);
    made
}

/// A tag of Liquid, `{% name … %}` or `{%- name … -%}`: what stands before it, in it and behind it.
fn tagged<'a>(line: &'a str, name: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let mut from = 0;
    while let Some(i) = line[from..].find("{%") {
        let open = from + i;
        let (inner, after) = line[open + 2..].split_once("%}")?;
        let inner = inner.trim_start_matches('-').trim_end_matches('-').trim();
        if let Some(rest) = inner.strip_prefix(name).filter(|r| r.is_empty() || r.starts_with(char::is_whitespace)) {
            return Some((&line[..open], rest.trim(), after));
        }
        from = open + 2;
    }
    None
}

/// `{% highlight sh %}…{% endhighlight %}` in one line: what stands before it, its language, its code and what stands behind it.
fn highlighted(line: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, lang, rest) = tagged(line, "highlight")?;
    let (code, _, after) = tagged(rest, "endhighlight")?;
    Some((before, lang, code, after))
}

/// Comments of the program's own are taken out and told: `{% comment %}` of Jekyll, `{{/* */}}` of Hugo. Signs that stand for
/// nothing keep their places, so that what is told later is told where it stands.
fn uncommented(source: &Source, base: usize, text: &str, maker: Maker, out: &mut Vec<Diagnostic>) -> String {
    if !matches!(maker, Maker::Jekyll | Maker::Hugo) {
        return text.to_string();
    }
    let from = source.text[base..].find(text.trim_start()).map_or(base, |i| base + i).saturating_sub(text.len() - text.trim_start().len());
    let mut made = String::with_capacity(text.len());
    let mut at = 0;
    // A fence of Hugo shows what is in it; Liquid does not know fences, but `raw`.
    let fenced = |i: usize| text[..i].lines().filter(|l| l.trim_start().starts_with("```") || l.trim_start().starts_with("~~~")).count() % 2 == 1;
    let raw = |i: usize| text[..i].matches("{% raw %}").count() > text[..i].matches("{% endraw %}").count();
    loop {
        let rest = &text[at..];
        let hit = match maker {
            Maker::Jekyll => tagged(rest, "comment").and_then(|(before, _, after)| {
                let (inner, _, behind) = tagged(after, "endcomment")?;
                let _ = inner;
                Some((before.len(), rest.len() - behind.len()))
            }),
            _ => ["{{/*", "{{- /*"]
                .iter()
                .filter_map(|o| rest.find(o))
                .min()
                .and_then(|i| rest[i..].find("*/").and_then(|j| rest[i + j..].find("}}").map(|k| (i, i + j + k + 2)))),
        };
        let Some((start, end)) = hit else { break };
        made.push_str(&rest[..start]);
        let shown = if maker == Maker::Jekyll { raw(at + start) } else { fenced(at + start) };
        if shown {
            made.push_str(&rest[start..end]);
        } else {
            rest[start..end].bytes().for_each(|b| made.push(if b == b'\n' { '\n' } else { '\0' }));
            out.push(odd(
                source.span(from + at + start, from + at + end),
                say!("注释去掉了", "a comment is taken out"),
                say!("读者本来看不到；要公开就自己写进正文", "readers never saw it; write it into the text where it is to be public"),
            ));
        }
        at += end;
    }
    made.push_str(&text[at..]);
    made
}

/// Shortcodes and tags in a line that are left as they are: where each begins, and its name. What closes one is none.
fn shortcodes(line: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(i) = line[at..].find('{').map(|i| at + i) {
        let rest = &line[i..];
        let Some(open) = ["{{<", "{{%", "{%", "{{"].into_iter().find(|o| rest.starts_with(o)) else {
            at = i + 1;
            continue;
        };
        at = i + open.len();
        let inner = line[at..].trim_start_matches('-').trim_start();
        let name: String = inner.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/')).collect();
        if !name.is_empty() && !name.starts_with('/') && !name.starts_with("end") {
            out.push((i, name));
        }
    }
    out
}

/// Figures of Hugo as pictures, each in its place; what stands around them stays. In code they are shown as they are, and one
/// that says more than a picture can is left to be named.
fn figures(line: &str) -> String {
    let mut made = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(i) = line[at..].find("{{").map(|i| at + i) {
        made.push_str(&line[at..i]);
        let coded = line[..i].matches('`').count() % 2 == 1;
        match if coded { None } else { figure(&line[i..]) } {
            Some((picture, end)) => {
                made.push_str(&picture);
                at = i + end;
            }
            None => {
                made.push_str("{{");
                at = i + 2;
            }
        }
    }
    made.push_str(&line[at..]);
    made
}

/// A figure at the beginning of a text as Markdown, and where it ends.
fn figure(text: &str) -> Option<(String, usize)> {
    let (inner, close) = text.strip_prefix("{{<").map(|r| (r, ">}}")).or_else(|| text.strip_prefix("{{%").map(|r| (r, "%}}")))?;
    let mut rest = inner.trim_start().strip_prefix("figure").filter(|r| r.starts_with(char::is_whitespace))?;
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(close).or_else(|| rest.strip_prefix('/').map(str::trim_start).and_then(|r| r.strip_prefix(close))) {
            rest = after;
            break;
        }
        let (key, value) = rest.split_once('=').filter(|(k, _)| !k.is_empty() && k.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '`'));
        let (value, after) = match quote {
            Some(q) => {
                let end = value[1..].match_indices(q).map(|(i, _)| i + 1).find(|i| q == '`' || !value[..*i].ends_with('\\'))?;
                (&value[1..end], &value[end + 1..])
            }
            None => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
        };
        pairs.push((key, value));
        rest = after;
    }
    static KNOWN: &[&str] = &["src", "alt", "caption", "title", "link", "class", "width", "height", "loading", "align", "target", "rel", "id"];
    let of = |k: &str| pairs.iter().find(|(n, _)| *n == k).map_or("", |(_, v)| v.trim());
    if of("src").is_empty() || pairs.iter().any(|(k, v)| !KNOWN.contains(k) && !v.is_empty()) {
        return None;
    }
    let clean = |t: &str| t.replace("\\\"", "\"").replace(['[', ']', '|', '\n'], " ");
    let words: Vec<&str> = ["alt", "caption", "title"].into_iter().map(of).filter(|w| !w.is_empty()).collect();
    let first = words.first().copied().unwrap_or("");
    let mut made = format!("![{}]({})", clean(first), super::html::target(of("src")));
    if !of("link").is_empty() {
        made = format!("[{made}]({})", super::html::target(of("link")));
    }
    // What else is said of it is read below it.
    let mut said = vec![first];
    for w in words.iter().skip(1) {
        if !said.contains(w) {
            made.push(' ');
            made.push_str(&clean(w));
            said.push(w);
        }
    }
    Some((made, text.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::{figures, shortcodes};

    #[test]
    fn a_figure_is_changed_and_what_stands_around_it_stays() {
        for (line, right) in [
            ("前 {{< figure src=\"x.png\" >}} 后面的正文不能丢。\n", "前 ![](x.png) 后面的正文不能丢。\n"),
            ("- 甲 {{< figure src=\"x.png\" alt=\"图\" >}} 乙", "- 甲 ![图](x.png) 乙"),
            ("| 甲 | {{<figure src=`a b.png` caption=\"一|二\">}} |", "| 甲 | ![一 二](a%20b.png) |"),
            ("{{% figure src=x.png alt=\"a\" caption=\"第一条 说明\" %}}", "![a](x.png) 第一条 说明"),
            ("a {{< figure src=\"x.png\" >}} b {{< figure src=\"y.png\" link=\"/z\" >}} c {{< gist 1 >}}", "a ![](x.png) b [![](y.png)](/z) c {{< gist 1 >}}"),
            ("用 `{{< figure src=\"x.png\" >}}` 插图", "用 `{{< figure src=\"x.png\" >}}` 插图"),
            ("{{< figure src=\"x.png\" attr=\"王五\" >}}", "{{< figure src=\"x.png\" attr=\"王五\" >}}"),
            ("{{< figure src=\"x.png\"", "{{< figure src=\"x.png\""),
        ] {
            assert_eq!(figures(line), right);
        }
    }

    #[test]
    fn every_shortcode_of_a_line_is_named() {
        let names = |l: &str| shortcodes(l).into_iter().map(|(_, n)| n).collect::<Vec<_>>().join(" ");
        assert_eq!(
            names("{{< gist 1 >}} 正文 {{< youtube x >}} {{% notice %}}a{{% /notice %}} {% include b %} {{ page.title }} {% endif %}"),
            "gist youtube notice include page.title"
        );
    }
}
