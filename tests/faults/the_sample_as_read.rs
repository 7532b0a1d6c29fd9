//! What a fresh reader met on the sample: figures of comparisons, channels of requests, torn numbers, names in another language.

use crate::support::{Project, SITE, SITE_CN, bare, shared, tree};
use clerestory::derive::compare::{Kind, State, besides, compare, counts};
use clerestory::load::blocks::{Block, blocks};
use std::collections::BTreeMap;
use std::path::Path;

/// Laws of a folder by their titles, each with its versions in order.
fn versions(dir: &Path) -> BTreeMap<String, Vec<(String, Vec<Block>)>> {
    let mut out: BTreeMap<String, Vec<(String, Vec<Block>)>> = BTreeMap::new();
    for (name, bytes) in tree(dir) {
        let Some(stem) = name.rsplit('/').next().and_then(|n| n.strip_suffix(".md")) else { continue };
        let text = String::from_utf8(bytes).unwrap();
        let body = text.split_once("<!-- INFO END -->").or_else(|| text.trim_start_matches("---").split_once("\n---")).map_or(&*text, |(_, t)| t);
        let title = stem.split('(').next().unwrap_or(stem).trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        out.entry(title.to_string()).or_default().push((stem.to_string(), blocks(body, false)));
    }
    out.retain(|_, v| v.len() > 1);
    out
}

#[test]
fn figures_of_a_comparison_count_articles_and_agree_with_the_list() {
    let mut pairs = 0;
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/policies");
    for (title, list) in versions(&shared("data/zh-laws")).into_iter().chain(versions(&own)) {
        for two in list.windows(2) {
            let rows = compare(&two[0].1, &two[1].1);
            let [changed, moved, added, removed, same] = counts(&rows);
            let articles = |new: bool| {
                let of = |r: &&clerestory::derive::compare::Row| if new { r.new.clone() } else { r.old.clone() }.is_some_and(|u| u.kind == Kind::Article);
                rows.iter().filter(of).count()
            };
            if articles(true) == 0 {
                continue;
            }
            assert_eq!(changed + moved + added + same, articles(true), "{title} {}: the newer text", two[1].0);
            assert_eq!(changed + moved + removed + same, articles(false), "{title} {}: the older text", two[0].0);
            let listed = rows.iter().filter(|r| r.kind() == Kind::Article && r.state != State::Same).count();
            assert_eq!(listed, changed + moved + added + removed, "{title}");
            pairs += 1;
        }
    }
    assert!(pairs >= 20, "{pairs}");
}

#[test]
fn a_title_that_is_repeated_is_no_article() {
    let old = "第一章 总则\n\n第一条 为了发展慈善事业。\n\n第二条 本法自公布之日起施行。\n";
    let new = "慈善法\n\n第一章 总则\n\n第一条 为了发展慈善事业。\n\n第二条 本法自2024年起施行。\n";
    let rows = compare(&blocks(old, false), &blocks(new, false));
    assert_eq!((counts(&rows), besides(&rows)), ([1, 0, 0, 0, 1], 1));
    // Texts without articles are counted by paragraphs.
    let rows = compare(&blocks("甲事项。\n\n乙事项。", false), &blocks("甲事项。\n\n丙的另一件事。", false));
    assert!(counts(&rows).iter().sum::<usize>() >= 2 && besides(&rows) == 0);
    let p = Project::new(SITE);
    p.file("content/policies/慈善法(2016-03-16).md", format!("---\ntitle: 慈善法\npublished_at: 2016-03-16\n---\n{old}"));
    p.file("content/policies/慈善法(2023-12-29).md", format!("---\ntitle: 慈善法\npublished_at: 2023-12-29\n---\n{new}"));
    p.build();
    let page = p.raw("public/policies/慈善法(2023-12-29)/compare/慈善法(2016-03-16)/index.html");
    assert!(!page.contains("条文以外还有") && !page.contains("<span class=\"numbers__label\">新增</span>"), "{page}");
    assert!(page.contains("<span class=\"k\">2016年3月16日</span>"), "a day is not torn: {page}");
}

#[test]
fn requests_without_a_channel_say_so_and_lead_to_where_one_may_be() {
    let p = Project::new(&format!("{SITE_CN}contact:\n  hotline: \"12345\"\n"));
    p.file("content/disclosure/guide.yaml", "apply: {note: 书面提出。}\n");
    p.build();
    let page = p.read("public/disclosure/requests/index.html");
    assert!(page.contains("提出申请的渠道没有写明") && !page.contains("请从下面的渠道提出"), "{page}");
    assert!(page.contains("href=\"/channels/\"") && page.contains("书面提出"), "{page}");
    p.file("content/disclosure/guide.yaml", "apply: {note: 书面提出。, email: office@example.org}\n");
    p.build();
    let page = p.read("public/disclosure/requests/index.html");
    assert!(page.contains("请从下面的渠道提出") && page.contains("mailto:office@example.org") && !page.contains("没有写明"), "{page}");
}

#[test]
fn numbers_days_and_sizes_stay_together_and_explained_begins_with_figures() {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: a, name: 民政局}\n- {id: b, name: 财政局}\n");
    for (id, who) in [("x", "民政局"), ("y", "财政局")] {
        p.file(
            &format!("content/policies/{id}.md"),
            format!("---\ntitle: 关于通关的公告\ndoc_no: 公告〔2023〕182号\nissuer: [{who}]\nis_normative: true\npublished_at: 2023-12-01\n---\n现予公告。\n"),
        );
    }
    let rows: String = (0..300).map(|n| format!("第{n}项,{n}\n")).collect();
    p.file("content/datasets/d/d.csv", format!("名称,数\n{rows}"));
    p.file("content/datasets/d/dataset.yaml", "title: 数据\nresources: [{path: d.csv}]\n");
    p.build();
    let list = p.raw("public/policies/index.html");
    assert!(list.contains("<span class=\"k\">公告〔2023〕182号</span>"), "{list}");
    assert!(!list.split("card__meta").skip(1).any(|m| m.split("</li>").next().is_some_and(|m| m.contains(" · "))), "{list}");
    assert!(p.raw("public/policies/x/index.html").contains("<dd><span class=\"k\">公告〔2023〕182号</span></dd>"));
    let data = p.raw("public/datasets/d/index.html");
    assert!(data.contains(" KB</span>&nbsp;· <span class=\"w\">300 行</span>"), "{data}");
    let page = p.raw("public/explained/index.html");
    let at = |t: &str| bare(&page).find(t).unwrap_or_else(|| panic!("{t}: {page}"));
    // All, then each department, and how it is counted at the end, where nothing of it is lost.
    assert!(
        at("共 2 件：已解读 0 件，未解读 2 件") < at("共 1 件")
            && at("共 1 件") < at("<h2 id=\"how\">怎样算的</h2>")
            && at("<h2 id=\"how\">") < at("照抄比例是解读正文里"),
        "{page}"
    );
    assert!(page.contains("<a href=\"#how\">怎样算的</a>") && bare(&page).contains("主要负责人解读 0 件。<"), "{page}");
    assert!(page.contains("</a>&nbsp;· <a"), "no line begins with a dot");
    let css: String =
        tree(&p.path("public/assets")).into_iter().filter(|(n, _)| n.ends_with(".css")).map(|(_, b)| String::from_utf8(b).unwrap().replace(' ', "")).collect();
    assert!(css.contains(".k{display:inline-block") && css.contains(".w{white-space:nowrap"), "the rules are there");
}

#[test]
fn the_catalogue_says_a_name_once() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: a, name: 民政局}\n");
    p.file(
        "content/disclosure/catalogue.yaml",
        "- {node: 20-01, title: 行政法规、规章和规范性文件, owner: {department: a}, none: 没有}\n- {node: 20-03, title: 规划, owner: {department: a}, none: 没有}\n",
    );
    p.run(&["build", "--allow-errors"]);
    let page = p.read("public/disclosure/catalogue/index.html");
    assert_eq!(page.matches("行政法规、规章和规范性文件").count(), 1, "{page}");
}

#[test]
fn names_in_another_language_lead_to_the_page_and_say_in_which_it_is() {
    let p = Project::new(
        "title: {zh: 站, en: Site}\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [zh-Hans, en]\nhome:\n  - block: links\n    title: {zh: 始, en: Start}\n    links:\n      - {title: {zh: 养老, en: Care of the elderly}, url: /policies/care}\n",
    );
    p.file("content/policies/care.md", "---\ntitle: 养老服务条例\npublished_at: 2024-01-01\n---\n第一条 六十五岁以上的人。\n");
    p.file("content/policies/age.md", "---\ntitle: 年龄表\npublished_at: 2024-01-01\n---\n65岁以上的人。\n");
    p.file("content/policies/_column.yaml", "title: {zh: 政策法规, en: Rules and measures}\n");
    p.build();
    let home = p.read("public/en/index.html");
    assert!(
        home.contains("<a href=\"/policies/care/\" hreflang=\"zh-Hans\">") && home.contains("<span class=\"tag\" lang=\"zh-Hans\">简体中文</span>"),
        "{home}"
    );
    assert!(!p.read("public/index.html").contains("hreflang=\"zh-Hans\"><span class=\"tiles"));
    let search = |lang: &str, q: &str| crate::search::found(&p.path("public"), lang, q, &clerestory::index::engine::Options::default());
    let urls = |lang: &str, q: &str| search(lang, q).hits.into_iter().map(|h| h.url).collect::<Vec<_>>();
    assert_eq!(urls("en", "elderly"), ["/policies/care/"]);
    assert!(urls("en", "measures").iter().any(|u| u.ends_with("/policies/")), "{:?}", urls("en", "measures"));
    let page = p.read("public/en/search/index.html");
    assert!(page.contains("data-tongues=\"[[&quot;/search/&quot;,&quot;zh-Hans&quot;"), "{page}");
    // Han numerals and digits meet.
    let both = urls("zh-Hans", "六十五岁以上有多少人");
    assert!(both.contains(&"/policies/age/".to_string()) && both.contains(&"/policies/care/".to_string()), "{both:?}");
}
