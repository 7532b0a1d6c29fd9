//! Content types: what is declared of one is whole, and a place stands for one type.
#![expect(clippy::disallowed_methods, reason = "tests read the theme and the golden sites")]

use crate::support::Project;
use clerestory::render::MAKERS;
use clerestory::types::{DATASET, INTERPRETATION, Kind, NEWS, PAGE, POLICY, TOPIC, TYPES, Types};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn each_type_is_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut ids, mut words) = (BTreeSet::new(), BTreeSet::new());
    for t in TYPES {
        assert!(ids.insert(t.id) && words.insert(t.folder), "{} is there twice", t.id);
        assert!(t.words.iter().all(|w| words.insert(w)) && !t.words.is_empty(), "{}: another type has one of its words", t.id);
        assert_eq!(t.id, t.record.id);
        assert!(t.record.fields.iter().any(|f| std::ptr::eq(*f, t.issuer)), "{}: nobody answers for it", t.id);
        assert!(MAKERS.iter().any(|m| m.name == t.page), "{}: no maker {}", t.id, t.page);
        for tag in ["zh-Hans", "zh-Hant", "en"] {
            let messages = fs::read_to_string(root.join(format!("themes/civic/i18n/{tag}.yaml"))).unwrap();
            assert!(messages.contains(&format!("\ntype.{}: ", t.folder)), "{tag} has no message type.{}", t.folder);
        }
        let shown = fs::read_dir(root.join("tests/golden")).unwrap().flatten().any(|e| e.path().join("content").join(t.folder).is_dir());
        assert!(shown, "no golden site has an item below {}/", t.folder);
    }
}

/// What everyone of a type's items can rely on, type by type: a beginning that reads clean and that the schema accepts, a page, a list,
/// a feed, a place in search, a form of the editor; and a head that is broken is told where it is.
#[test]
fn each_type_can_be_begun_listed_found_edited_and_told_what_is_wrong() {
    for (site, lang) in [
        ("title: 某市\nbase_url: https://example.org/\nas_of: 2099-12-31\nprofile: cn-gov\ndemo: true\n", "zh"),
        ("title: Town\nbase_url: https://example.org/\nas_of: 2099-12-31\nlanguages: [en]\n", "en"),
    ] {
        let p = Project::new(site);
        p.file("content/departments.yaml", if lang == "zh" { "- {id: office, name: 办公室}\n" } else { "- {id: office, name: Office}\n" });
        p.file("content/policies/known.md", "---\ntitle: Known\nissuer: [office]\npublished_at: 2025-01-02\n---\nText of it.\n");
        let editor = p.run(&["editor", "--lang", lang]);
        assert_eq!(editor.code, 0, "{editor:?}");
        let mut begun = Vec::new();
        for t in TYPES {
            let before = crate::support::tree(&p.path("content"));
            let ran = p.run(&["new", t.id, "first", "--title", "Begun", "--policy", "known", "--lang", lang]);
            assert_eq!(ran.code, 0, "{}: {ran:?}", t.id);
            let made: Vec<String> = crate::support::tree(&p.path("content")).into_keys().filter(|k| !before.contains_key(k)).collect();
            let ending = if t.markdown { ".md" } else { ".yaml" };
            let file = made.iter().find(|f| f.starts_with(&format!("{}/", t.folder)) && f.ends_with(ending)).unwrap_or_else(|| panic!("{}: {made:?}", t.id));
            let text = p.read(&format!("content/{file}"));
            assert!(text.contains("Begun") && text.contains("draft: true"), "{}: {text}", t.id);
            assert!(lang == "zh" || !text.chars().any(clerestory::load::chars::is_han), "{}: {text}", t.id);
            // A form of the editor writes into its folder.
            assert!(editor.out.contains(&format!("content/{}", t.folder)), "the editor has no form for {}", t.id);
            begun.push((t, file.clone()));
        }
        // What waits to be filled in is all that is said of the beginnings.
        let bad: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0.starts_with("SRC") && f.0 != "SRC010").collect();
        assert!(bad.is_empty(), "{lang}: {bad:?}");
        // The schema of the type takes it.
        let list: String = begun
            .iter()
            .map(|(t, file)| {
                let schema = p.run(&["schema", t.id, "--lang", lang]);
                assert_eq!(schema.code, 0, "{}", t.id);
                p.file(&format!("schema/{}.json", t.id), schema.out);
                format!("{}\t{}\n", p.path(&format!("schema/{}.json", t.id)).display(), p.path(&format!("content/{file}")).display())
            })
            .collect();
        for (file, faults) in crate::schema::outside(&list).unwrap_or_default() {
            let faults: Vec<_> = faults.into_iter().filter(|(_, what)| !waits(what)).collect();
            assert!(faults.is_empty(), "{file}: {faults:?}");
        }
        // Published, each has its page; its list, feed and place in search where a type has them.
        for (_, file) in &begun {
            let text = p.read(&format!("content/{file}")).replace("draft: true", "draft: false");
            p.file(&format!("content/{file}"), text);
        }
        assert!(p.run(&["build", "--allow-errors", "--hold-back"]).code < 2);
        let public = crate::support::tree(&p.path("public"));
        let mut wrong: Vec<String> = Vec::new();
        for (t, file) in &begun {
            let id = file.trim_end_matches("/dataset.yaml").trim_end_matches(".yaml").trim_end_matches(".md");
            let url = if t.root { id.strip_prefix(&format!("{}/", t.folder)).unwrap_or(id) } else { id };
            let mut want = |there: bool, what: &str| wrong.extend((!there).then(|| format!("{lang} {}: no {what} {url}", t.id)));
            want(public.contains_key(&format!("{url}/index.html")), "page");
            want(t.root || public.contains_key(&format!("{}/index.html", t.folder)), "list");
            want(t.root || public.contains_key(&format!("{}/feed.xml", t.folder)), "feed");
            want(p.run(&["search", "--type", t.id, "Begun"]).out.contains(&format!("/{url}/")), "place in search");
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        // A head that cannot be read, a key that nobody knows, and a day that is none: each with its line and column.
        for (t, _) in &begun {
            let (at, head, tail) = match (t.markdown, t.inside) {
                (true, _) => (format!("content/{}/broken", t.folder), "---\n", "---\nText.\n"),
                (false, Some(inside)) => (format!("content/{}/broken/{}", t.folder, inside.trim_end_matches(".yaml")), "", ""),
                (false, None) => (format!("content/{}/broken", t.folder), "", ""),
            };
            let file = format!("{at}.{}", if t.markdown { "md" } else { "yaml" });
            let line = if t.markdown { 2 } else { 1 };
            for (text, code, wanted) in [
                ("title: [a, b\n", "SRC", line),
                ("title: A\nno_such_key_here: x\n", "SRC005", line + 1),
                ("title: A\npublished_at: 2025-13-45\n", "SRC007", line + 1),
            ] {
                p.file(&file, format!("{head}{text}{tail}"));
                let json: serde_json::Value = serde_json::from_str(&p.run(&["check", "--format", "json"]).out).unwrap();
                let hit = json["findings"].as_array().unwrap().iter().find(|f| {
                    f["file"] == file.as_str() && f["code"].as_str().is_some_and(|c| c.starts_with(code)) && f["line"].as_u64().is_some_and(|l| l >= wanted)
                });
                if hit.is_none_or(|f| f["column"].as_u64().is_none()) {
                    wrong.push(format!(
                        "{lang} {} {text}: {}",
                        t.id,
                        json["findings"].as_array().unwrap().iter().filter(|f| f["file"] == file.as_str()).map(ToString::to_string).collect::<String>()
                    ));
                }
            }
            std::fs::remove_file(p.path(&file)).unwrap();
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

/// A field that is there and empty: `new` leaves it to be filled in.
fn waits(what: &str) -> bool {
    what.starts_with("None is not") || what.contains("is a required property") || what.starts_with("'' ") || what.contains("[] should be non-empty")
}

#[test]
fn a_place_stands_for_one_type() {
    let types = Types::default();
    assert_eq!(types.count(), TYPES.len());
    for (name, kind) in [("policy", POLICY), ("interpretation", INTERPRETATION), ("dataset", DATASET), ("news", NEWS), ("topic", TOPIC), ("page", PAGE)] {
        let same = |k: Kind| k == kind && k.place() == kind.place() && k.id == name && std::ptr::eq(TYPES[k.place()], &*k);
        assert!(types.word(name).is_some_and(same), "{name}");
    }
}

/// A site with a type of its own.
const OWN: &str = "title: {en: Town, zh: 某镇}\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en, zh-Hans]\n\
types:\n  - id: vote\n    folder: votes\n    labels: {en: Votes, zh: 表决}\n    fields:\n\
\x20     - {key: result, label: {en: Result, zh: 结果}, kind: code, need: must, values: [{code: passed, label: {en: Passed, zh: 通过}}, {code: failed, label: {en: Failed, zh: 未通过}}]}\n\
\x20     - {key: about, label: {en: About, zh: 议题}, kind: item, of: [policies], list: true}\n\
\x20     - {key: cost, label: {en: Cost, zh: 费用}, kind: number}\n\
\x20     - {key: rows, label: {en: Wards, zh: 各选区}, kind: table, columns: [{key: ward, label: {en: Ward, zh: 选区}, kind: text}, {key: ayes, label: {en: Ayes, zh: 赞成}, kind: count}]}\n";

/// Cells without what narrow screens need: the name of their column.
fn cells(html: &str) -> String {
    let cell = regex::Regex::new(r#"<td([^>]*) data-label="[^"]*"><span>(.*?)</span></td>"#).unwrap();
    crate::support::bare(&cell.replace_all(html, "<td$1>$2</td>"))
}

fn own() -> Project {
    let p = Project::new(OWN);
    p.file("content/policies/parking.md", "---\ntitle: Parking\npublished_at: 2025-01-01\n---\n# Parking\n\nText.\n");
    p.file("content/votes/a.md", "---\ntitle: First vote\npublished_at: 2025-02-01\nresult: 通过\nabout: [parking]\ncost: 1,200.50\nrows:\n  - {ward: Northfield, ayes: 0}\n---\nMet at noon.\n");
    p.file("content/votes/a.zh-Hans.md", "---\ntitle: 第一次表决\n---\n中午开会。\n");
    p.file("content/votes/b.md", "---\ntitle: Second vote\npublished_at: 2025-03-01\nresult: failed\n---\nNo majority.\n");
    p
}

#[test]
fn a_type_of_ones_own_has_page_lists_feed_and_search() {
    let p = own();
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    let (page, zh) = (cells(&p.read("public/votes/a/index.html")), p.read("public/zh-hans/votes/a/index.html"));
    for wanted in
        ["<dt>Result</dt><dd>Passed</dd>", "<dt>Cost</dt><dd>1,200.50</dd>", "<th scope=\"col\">Ayes</th>", "<td>Northfield</td><td>0</td>", ">About</h2>"]
    {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
    assert!(zh.contains("<dt>结果</dt><dd>通过</dd>") && zh.contains("<th scope=\"col\">选区</th>") && zh.contains("中午开会"), "{zh}");
    assert!(page.contains("/policies/parking/") && p.read("public/policies/parking/index.html").contains("/votes/a/"), "links lead both ways");
    let list = p.read("public/votes/index.html");
    assert!(list.contains("First vote") && list.contains("Second vote") && list.contains("/votes/by-result/passed/"), "{list}");
    let part = p.read("public/votes/by-result/passed/index.html");
    assert!(part.contains("First vote") && !part.contains("Second vote") && part.contains("Result: Passed"), "{part}");
    assert!(p.read("public/zh-hans/votes/by-result/passed/index.html").contains("结果：通过"));
    assert!(p.read("public/votes/feed.xml").contains("Second vote") && p.read("public/index.html").contains("/votes/"));
    for words in ["Northfield", "1,200.50", "passed"] {
        let found = p.run(&["search", words]);
        assert!(found.out.contains("/votes/a/"), "{words}: {}", found.out);
    }
    assert!(p.run(&["search", "--type", "vote", "vote"]).out.contains("/votes/b/") || p.run(&["search", "vote"]).out.contains("/votes/b/"));
}

#[test]
fn a_type_of_ones_own_has_schema_draft_and_form() {
    let p = own();
    let ran = p.run(&["schema", "vote", "--lang", "en"]);
    let v: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((v["title"].as_str(), v["properties"]["result"]["title"].as_str()), (Some("Votes"), Some("Result")));
    assert!(v["required"].as_array().is_some_and(|r| r.contains(&"result".into())), "{v}");
    assert_eq!(p.run(&["schema", "votes"]).code, 0);
    let ran = p.run(&["schema", "vot", "--lang", "en"]);
    assert!(ran.code == 2 && ran.err.contains("did you mean: vote"), "{}", ran.err);
    assert!(p.run(&["schema", "--lang", "en"]).out.contains("vote"));
    let ran = p.run(&["new", "vote", "third", "--title", "Third", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let draft = p.read("content/votes/third.md");
    assert!(draft.contains("title: \"Third\"") && draft.contains("\nresult:\n") && draft.contains("draft: true"), "{draft}");
    let editor = p.run(&["editor", "--lang", "en"]);
    assert!(editor.code == 0 && editor.out.contains("\"content/votes\"") && editor.out.contains("\"Passed\""), "{}", editor.out);
    let ran = p.run(&["new", "vtoe", "x", "--lang", "en"]);
    assert!(ran.code == 2 && ran.err.contains("did you mean: vote"), "{}", ran.err);
}

#[test]
fn wrong_values_of_declared_fields_are_told_where_they_stand() {
    let p = own();
    p.file(
        "content/votes/c.md",
        "---\ntitle: C\npublished_at: 2025-03-01\nabout: [nothing, news/x]\ncost: about 3\nrows: {ward: [1]}\nresult: perhaps\nreslt: x\n---\nText.\n",
    );
    p.file("content/votes/d.md", "---\ntitle: D\npublished_at: 2025-03-01\nrows: [{ayes: many}]\n---\nText.\n");
    let ran = p.run(&["check"]);
    for (place, code) in [
        ("c.md:4:", "SRC011"),
        ("c.md:5:7", "SRC006"),
        ("c.md:6:", "SRC006"),
        ("c.md:7:9", "SRC008"),
        ("c.md:8:1", "SRC005"),
        ("d.md:4:", "SRC006"),
        ("d.md:2:1", "SRC010"),
    ] {
        assert!(ran.out.contains(place) && ran.out.contains(code), "{place} {code}: {}", ran.out);
    }
    assert!(ran.out.contains("news/x") && ran.out.contains("`policies/nothing`, which does not exist"), "{}", ran.out);
}

#[test]
fn types_that_cannot_be_used_are_told_where_they_are_declared() {
    let site = |types: &str| format!("title: T\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en, fr]\ntypes:\n{types}");
    let one = |line: &str| format!("  - {{id: vote, folder: votes, labels: Votes, fields: [{line}]}}\n");
    for (types, place, right) in [
        ("  - {id: policy, folder: votes, labels: V}\n".to_string(), "site.yaml:6:10", "there is a kind of file `policy` already"),
        ("  - {id: item, folder: votes, labels: V}\n".into(), "site.yaml:6:10", "there is a kind of file `item` already"),
        ("  - {id: Vote, folder: votes, labels: V}\n".into(), "site.yaml:6:10", "`Vote` cannot be the id of a type"),
        ("  - {id: vote, folder: news, labels: V}\n".into(), "site.yaml:6:24", "the folder `news` belongs to another type"),
        ("  - {id: vote, folder: search, labels: V}\n".into(), "site.yaml:6:24", "`search` is an address that the site itself needs"),
        ("  - {id: vote, folder: fr, labels: V}\n".into(), "site.yaml:6:24", "`fr` is an address"),
        ("  - {id: vote, folder: a/b, labels: V}\n".into(), "site.yaml:6:24", "`a/b` cannot be the folder of a type"),
        ("  - {id: vote, labels: V}\n".into(), "site.yaml:6:5", "required field `folder` is missing"),
        (
            "  - {id: a, folder: votes, labels: V}\n  - {id: b, folder: votes, labels: V}\n".into(),
            "site.yaml:7:21",
            "the folder `votes` belongs to another type",
        ),
        ("  - {id: vote, folder: votes, labels: V, template: nosuch}\n".into(), "site.yaml:6:5", "the theme has no template pages/nosuch.html"),
        (one("{key: title, label: L, kind: text}"), "site.yaml:6:61", "every item has the field `title`"),
        (one("{key: issuer, label: L, kind: text}"), "site.yaml:6:61", "there is a field `issuer` already"),
        (one("{key: a, label: L, kind: text}, {key: a, label: L, kind: text}"), "site.yaml:6:93", "there is a field `a` already"),
        (one("{key: A b, label: L, kind: text}"), "site.yaml:6:61", "`A b` cannot be the key of a field"),
        (one("{key: a, label: L, kind: txt}"), "site.yaml:6:80", "did you mean `text`"),
        (one("{key: a, label: L}"), "site.yaml:6:55", "required field `kind` is missing"),
        (one("{key: a, label: L, kind: code}"), "site.yaml:6:55", "required field `values` is missing"),
        (one("{key: a, label: L, kind: text, values: [b]}"), "site.yaml:6:80", "`values` belongs to kind: code"),
        (one("{key: a, label: L, kind: code, values: [B]}"), "site.yaml:6:", "the code `B` cannot be used"),
        (one("{key: a, label: L, kind: item, of: [polcies]}"), "site.yaml:6:91", "no type has the folder `polcies`"),
        (one("{key: a, label: L, kind: table}"), "site.yaml:6:55", "required field `columns` is missing"),
        (one("{key: a, label: L, kind: table, columns: [{key: b, label: L, kind: table}]}"), "site.yaml:6:", "there is no table in a table"),
        (one("{key: a, label: L, kind: text, wdith: 3}"), "site.yaml:6:", "unknown field `wdith`"),
    ] {
        let p = Project::new(&site(&types));
        p.file("content/votes/a.md", "---\ntitle: A\na: 1\n---\nText.\n");
        p.file("content/pages/about.md", "---\ntitle: About\n---\nText.\n");
        let ran = p.run(&["check"]);
        assert!(ran.out.contains(place) && ran.out.contains(right), "{types}{place} {right}: {}", ran.out);
        assert!(!types.contains("folder: votes") || !ran.out.contains("SRC016"), "what follows is not told: {types} {}", ran.out);
        assert!(ran.code == 1 || !ran.out.contains("TYP001"), "{}", ran.out);
        if place == "site.yaml:6:24" {
            assert!(!p.run(&["check", "--lang", "zh"]).out.contains(right), "told in Chinese too");
            assert_ne!(p.run(&["build"]).code, 2, "{types}");
        }
    }
}

#[test]
fn a_type_without_items_has_no_page_and_no_menu_entry() {
    let p = Project::new(OWN);
    p.file("content/policies/parking.md", "---\ntitle: Parking\npublished_at: 2025-01-01\n---\n# Parking\n\nText.\n");
    assert_eq!(p.run(&["build"]).code, 0);
    assert!(!p.exists("public/votes/index.html") && !p.exists("public/services/index.html"));
    assert!(!p.read("public/index.html").contains("/votes/") && !p.read("public/search/index.html").contains("vote"));
}

#[test]
fn a_type_of_ones_own_may_have_a_template() {
    let p = own();
    p.file("site.yaml", OWN.replace("    fields:", "    template: vote\n    fields:"));
    p.file("site.yaml", format!("{}theme: town\n", p.read("site.yaml")));
    p.file("themes/town/theme.yaml", "extends: civic\n");
    p.file(
        "themes/town/templates/pages/vote.html",
        "{% extends \"layouts/base.html\" %}{% block main %}<p id=\"own\">{{ fields.result.parts[0].text }}</p>{% endblock main %}",
    );
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert!(p.read("public/votes/a/index.html").contains("<p id=\"own\">Passed</p>"));
}

/// A city with a policy that people ask about, and what belongs to it.
fn city() -> Project {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nas_of: 2026-07-01\nprofile: cn-gov\ndemo: true\n");
    p.file("content/departments.yaml", "- {id: office, name: 市政府办公室}\n- {id: civil, name: 民政局}\n");
    p.file(
        "content/policies/a.md",
        "---\ntitle: 高龄补贴发放办法\nissuer: [civil]\npublished_at: 2026-05-25\n\
         tasks:\n  - {what: 开通网上申领, department: [office, civil], due: 2026-09-30}\n  - {what: 培训人员, department: [civil], due: 2026-06-20, done_on: 2026-06-18, result: 培训 46 人}\n\
         \x20 - {what: 核对名册, department: [civil], due: 2026-06-15, done_on: 2026-06-22}\n  - {what: 公布电话, department: [office], due: 2026-06-30}\n  - {what: 明日到期, department: [office], due: 2026-07-01}\n\
         \x20 - {what: 提前填写, department: [civil], due: 2026-08-01, done_on: 2026-07-20}\n\
         benefits:\n  - {who: [老年人, 残疾人], what: 高龄补贴, amount: 每月100元, until: 2026-07-01, tel: [\"0300-0000002\"]}\n  - {who: [老年人], what: 首月补发, until: 2026-06-30, tel: [\"0300-0000002\"]}\n\
         ---\n\n第一条 为规范高龄补贴发放，制定本办法。\n\n第二条 年满八十周岁的老人按月领取高龄补贴。\n",
    );
    p.file(
        "content/interpretations/a.md",
        "---\ntitle: 《高龄补贴发放办法》解读\npolicies: [a]\ninterpreter_org: civil\npublished_at: 2026-05-25\nqa: [{q: 从哪一天起发？, a: 自六月起。}]\n---\n\n## 背景依据\n\n试行办法到期。\n",
    );
    p
}

#[test]
fn questions_stand_on_the_page_of_their_policy() {
    let p = city();
    let question = |name: &str, title: &str, clause: &str| {
        let text = format!(
            "---\ntitle: {title}\nissuer: [civil]\npolicy: [a]\nclause: {clause}\non: 2026-06-03\npublished_at: 2026-06-04\n---\n\n每月 **100 元**，</script> 按月发放。\n"
        );
        p.file(&format!("content/questions/{name}.md"), text);
    };
    question("much", "能领多少？", "第二条第一款");
    question("gone", "何时停发？", "第九条");
    let ran = p.run(&["build", "--allow-errors", "--lang", "en"]);
    assert!(ran.code == 0 && ran.out.contains("the text of `policies/a` has no `第九条`"), "{} {}", ran.out, ran.err);
    let policy = p.read("public/policies/a/index.html");
    let asked = policy.split("id=\"answers-title\">相关问答").nth(1).expect("the section");
    for wanted in [
        "<a href=\"/questions/much/\">能领多少？</a>",
        "<strong>100 元</strong>",
        "<a href=\"/policies/a/#art-2\">第二条第一款</a>",
        "<a href=\"/interpretations/a/#qa-1\">从哪一天起发？</a>",
    ] {
        assert!(asked.contains(wanted), "{wanted}\n{asked}");
    }
    assert!(asked.contains("对应条款：第九条") && policy.contains("id=\"art-2\""), "an article that is not there is no link: {asked}");
    assert!(p.read("public/interpretations/a/index.html").contains("<h2 id=\"qa-1\">从哪一天起发？"), "the address of an answer");
    let own = p.read("public/questions/much/index.html");
    assert!(own.contains("<dt>对应条款</dt><dd><a href=\"/policies/a/#art-2\">第二条第一款</a></dd>"), "{own}");
    for (page, n) in [(&policy, 3), (&own, 1)] {
        let ld = page.split("<script type=\"application/ld+json\">").nth(1).and_then(|r| r.split("</script>").next()).expect("JSON-LD");
        let v: serde_json::Value = serde_json::from_str(ld).expect(ld);
        assert_eq!((v["@type"].as_str(), v["mainEntity"].as_array().map(Vec::len)), (Some("FAQPage"), Some(n)), "{v}");
        assert!(v["mainEntity"].as_array().unwrap().iter().all(|q| q["acceptedAnswer"]["text"].as_str().is_some_and(|t| !t.is_empty())));
    }
    let list = p.read("public/questions/index.html");
    assert!(list.contains("能领多少？") && list.contains("何时停发？"));
}

#[test]
fn tasks_and_benefits_are_told_as_of_the_day() {
    let p = city();
    let ran = p.run(&["build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("POL003") && ran.out.contains("提前填写"), "{}", ran.out);
    let csv = p.read("public/tasks/tasks.csv");
    let states: Vec<&str> = csv.lines().skip(1).map(|l| l.rsplit(',').next().unwrap()).collect();
    assert_eq!(states, ["due", "done", "done-late", "late", "due", "due"], "a day that lies ahead is not done: {csv}");
    assert!(csv.starts_with("\u{FEFF}policy,title,what,department,due,done_on,result,state") && csv.contains("市政府办公室; 民政局"), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&p.read("public/tasks/tasks.json")).unwrap();
    assert_eq!((json["as_of"].as_str(), json["tasks"].as_array().map(Vec::len)), (Some("2026-07-01"), Some(6)));
    assert_eq!(json["tasks"][0]["department"], serde_json::json!(["市政府办公室", "民政局"]));
    assert_eq!((json["tasks"][0]["done_on"].is_null(), json["tasks"][0]["url"].as_str()), (true, Some("https://example.org/policies/a/")));
    let tasks = crate::support::bare(&p.read("public/tasks/index.html"));
    assert!(tasks.contains("状态截至 2026年7月1日") && tasks.contains("共 3 项：已完成 0 项，未到期 2 项，逾期未完成 1 项"), "{tasks}");
    assert!(tasks.contains("共 4 项：已完成 2 项，未到期 2 项，逾期未完成 0 项"), "{tasks}");
    let benefits = crate::support::bare(&cells(&p.read("public/benefits/index.html")));
    for wanted in [
        "href=\"#w-1\">残疾人",
        "href=\"#w-2\">老年人",
        "共 2 项，可以申领 1 项",
        "<td>已截止</td>",
        "<td>可以申领</td>",
        "<td>未注明</td>",
        "href=\"tel:03000000002\"",
    ] {
        assert!(benefits.contains(wanted), "{wanted}\n{benefits}");
    }
    let data = p.read("public/benefits/benefits.csv");
    assert!(data.contains("老年人; 残疾人") && data.contains(",open\n") && data.contains(",over\n"), "{data}");
    for page in ["public/policies/a/index.html", "public/interpretations/a/index.html"] {
        let page = p.read(page);
        assert!(
            page.contains(">任务分解</h2>") && page.contains(">惠企利民政策</h2>") && page.contains("逾期未完成") && page.contains("开通网上申领"),
            "{page}"
        );
    }
    let ics = p.read("public/policies/a/dates.ics");
    assert!(
        ics.contains("UID:task-1.") && ics.contains("DTSTART;VALUE=DATE:20260930") && ics.contains("任务到期：开通网上申领") && !ics.contains("培训人员"),
        "{ics}"
    );
    assert!(p.read("public/sitemap/index.html").contains("href=\"/benefits/\"") && p.run(&["search", "首月补发"]).out.contains("/policies/a/"));
    assert!(ran.out.contains("2026-07-02") || ran.err.contains("2026-07-02"), "the day on which a state turns is told: {} {}", ran.out, ran.err);
    // What a policy gives ends with it.
    p.file("content/policies/b.md", "---\ntitle: 新办法\nissuer: [civil]\npublished_at: 2026-06-25\neffective_from: 2026-06-26\nrepeals: [a]\nbenefits: [{who: [老年人], what: 新补贴, tel: [\"0300-0000002\"]}]\n---\n\n第一条 本办法自公布之日起施行。\n");
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let data = p.read("public/benefits/benefits.csv");
    assert!(data.matches(",over\n").count() == 2 && data.contains("新补贴,,,,,,0300-0000002,open\n"), "{data}");
    // Nothing where no policy has any.
    let none = Project::new("title: T\nbase_url: https://example.org/\nas_of: 2026-07-01\n");
    none.file("content/policies/a.md", "---\ntitle: 甲\npublished_at: 2026-01-01\n---\n甲乙丙。\n");
    assert_eq!(none.run(&["build"]).code, 0);
    assert!(!none.exists("public/tasks/index.html") && !none.exists("public/benefits/benefits.csv"));
}

#[test]
fn events_responses_and_decisions_say_what_is_known() {
    let p = city();
    p.file(
        "content/events/open.md",
        "---\ntitle: 开放日\nissuer: [office]\nkind: 开放日\nstarts: 2026-07-10 14:00\nends: 2026-07-10 16:30\nplace: 市民中心, 一楼\npublished_at: 2026-06-20\n---\n\n参观窗口，了解办事流程。\n",
    );
    p.file(
        "content/events/hearing.md",
        "---\ntitle: 听证会\nissuer: [civil]\nkind: 听证会\nstarts: 2026-04-08 09:00\nabout: [policies/a]\nrecord: \"[文字实录](hearing.txt)\"\npublished_at: 2026-03-20\n---\n\n听取各方意见。\n",
    );
    p.file("content/events/hearing.txt", "实录\n");
    p.file(
        "content/events/talk.md",
        "---\ntitle: 座谈会\nissuer: [civil]\nkind: 座谈会\nstarts: 2026-05-12\npublished_at: 2026-05-06\n---\n\n听取养老机构的意见。\n",
    );
    let response = |name: &str, seen: &str| {
        let text = format!(
            "---\ntitle: 回应{name}\nissuer: [civil]\nconcern: 网传补贴停发。\n{seen}source: 某论坛\nfact: 补贴没有停发。\npublished_at: 2026-06-23\n---\n\n请以公布的文件为准。\n"
        );
        p.file(&format!("content/responses/{name}.md"), text);
    };
    // The Dragon Boat Festival of 2026 is on 19 June, a Friday.
    response("a", "seen_on: 2026-06-17\n");
    response("b", "");
    p.file(
        "content/decisions/a.md",
        "---\ntitle: 扩大补贴范围\nissuer: [office]\nsteps:\n  participation: {on: 2026-04-08, by: 民政局, file: list.txt}\n  risk: 不涉及\n  collective: {on: 2026-05-18}\npublished_at: 2026-05-19\n---\n\n起发年龄降到八十周岁。\n",
    );
    p.file("content/decisions/list.txt", "参加名单\n");
    p.file("content/records/budget/2026.md", "---\ntitle: 预算\nissuer: [office]\nkind: 预算\npublished_at: 2026-02-10\n---\n\n二〇二六年预算。\n");
    p.file("content/records/permit/6.md", "---\ntitle: 许可\nissuer: [office]\nkind: 行政许可\npublished_at: 2026-06-30\n---\n\n本月许可结果。\n");
    let ran = p.run(&["build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("INT004") && ran.out.contains("talk.md") && !ran.out.contains("hearing.md:"), "{}", ran.out);
    let ics = p.read("public/events/open/dates.ics");
    for line in ["DTSTART:20260710T060000Z", "DTEND:20260710T083000Z", "LOCATION:市民中心\\, 一楼", "SUMMARY:开放日"] {
        assert!(ics.contains(line), "{line}\n{ics}");
    }
    assert!(p.read("public/events/open/index.html").contains("/events/open/dates.ics") && !p.exists("public/events/hearing/dates.ics"));
    assert!(p.read("public/events/hearing/index.html").contains("<a href=\"/events/hearing.txt\"") && p.exists("public/events/hearing.txt"));
    assert!(p.read("public/events/talk/index.html").contains("<dt>实录</dt><dd><span class=\"missing\">未注明</span>"));
    assert!(p.read("public/policies/a/index.html").contains("/events/hearing/"), "links lead both ways");
    assert!(p.read("public/responses/a/index.html").contains("<dt>回应用时</dt><dd>3 个工作日</dd>"), "{}", p.read("public/responses/a/index.html"));
    assert!(p.read("public/responses/b/index.html").contains("<dt>回应用时</dt><dd><span class=\"missing\">未注明</span>"));
    let decision = cells(&p.read("public/decisions/a/index.html"));
    for wanted in [
        "<td>公众参与</td><td>2026年4月8日</td><td>民政局</td><td><a href=\"/decisions/list.txt\">list.txt</a></td><td>已履行</td>",
        "<td>专家论证</td><td></td><td></td><td></td><td>未注明</td>",
        "<td>风险评估</td><td></td><td></td><td></td><td>未履行，理由：不涉及</td>",
        "<td>集体讨论决定</td><td>2026年5月18日</td><td>未注明</td><td>未注明</td><td>已履行</td>",
    ] {
        assert!(decision.contains(wanted), "{wanted}\n{decision}");
    }
    assert!(p.read("public/records/index.html").contains("/records/by-kind/permit/"));
}
