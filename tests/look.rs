//! The look of a site without a theme of its own, files of the theme to copy, the example looks; how pages are laid out for readers.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

use crate::support::{Project, copy_tree};
use std::path::Path;

const SITE: &str = "title: 测试站\nbase_url: https://example.org/town/\nas_of: 2026-01-01\n";

fn site(more: &str) -> Project {
    let p = Project::new(&format!("{SITE}{more}"));
    p.file("content/pages/about.md", "---\ntitle: 关于\n---\n正文\n").file("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    p
}

fn sheet(p: &Project) -> String {
    let home = p.read("public/index.html");
    let at = home.find("assets/css/civic.").unwrap();
    p.read(&format!("public/{}", home[at..].split('"').next().unwrap()))
}

#[test]
fn logo_icon_colours_and_footer_are_settings() {
    let p = site(
        "look:\n  logo: /logo.svg\n  favicon: /logo.svg\n  picture: /logo.svg\n  footer: |\n    第一行 <b>\n    第二行\n  colors:\n    brand: \"#7a1f1f\"\n    dark: {link: \"#ffb3a7\"}\n",
    );
    assert_eq!(p.build().code, 0);
    let home = p.read("public/index.html");
    assert!(home.contains("<img class=\"top__logo\" src=\"/town/logo.svg\" alt=\"\"") && !home.contains("top__mark"));
    assert!(home.contains("<link rel=\"icon\" href=\"/town/logo.svg\">") && home.contains("<meta name=\"theme-color\" content=\"#7a1f1f\">"));
    assert!(home.contains("property=\"og:image\" content=\"https://example.org/town/logo.svg\""));
    assert!(home.contains("<p class=\"foot__words\">第一行 &lt;b&gt;</p>") && home.contains("<p class=\"foot__words\">第二行</p>"));
    assert!(p.read("public/manifest.webmanifest").contains("\"theme_color\": \"#7a1f1f\""));
    let css = sheet(&p);
    // One variable is changed and the others stay; dark has its own.
    assert!(css.contains(":root { --brand: #7a1f1f; }") && css.contains("--link: #0a5282;"));
    assert!(css.contains(":root[data-theme=\"dark\"] { --link: #ffb3a7; }"));
    // Without the setting nothing of it is there.
    let plain = site("");
    assert_eq!(plain.build().code, 0);
    assert!(plain.read("public/index.html").contains("top__mark") && !plain.read("public/index.html").contains("top__logo"));
}

#[test]
fn a_setting_that_cannot_be_used_is_told_and_left_out() {
    let told = |more: &str| -> (Vec<(String, String)>, Project) {
        let p = site(more);
        let list = p.findings(&[]).into_iter().filter(|f| f.0 == "THM004").map(|f| (f.0, f.1)).collect();
        (list, p)
    };
    let texts = |more: &str| -> String {
        let p = site(more);
        p.run(&["check", "--lang", "en"]).out
    };
    assert!(texts("look: {logo: /none.svg}\n").contains("there is no picture `/none.svg` in static/"));
    assert!(texts("look: {logo: /../site.svg}\n").contains("there is no picture"));
    assert!(texts("look: {logo: logo.svg}\n").contains("is no file of this site"));
    let near = texts("look:\n  colors: {brandd: \"#123456\"}\n");
    assert!(near.contains("the style sheet has no variable `brandd`") && near.contains("did you mean `brand`"), "{near}");
    for value in ["red; } body { display: none", "url(https://other.example/x)", "expression(1)", "</style>"] {
        let text = texts(&format!("look:\n  colors: {{brand: {value:?}}}\n"));
        assert!(text.contains("THM004") && text.contains("cannot be used"), "{value}: {text}");
    }
    let pale = texts("look:\n  colors: {link: \"#cccccc\"}\n");
    assert!(pale.contains("`link` on `paper` is hard to read: contrast 1.6:1, wanted 4.5:1"), "{pale}");
    let (list, p) = told("look:\n  colors: {brandd: \"#123456\", brand: \"#7a1f1f\"}\n");
    assert_eq!(list.len(), 1);
    p.build();
    assert!(sheet(&p).contains("--brand: #7a1f1f;"), "the rest is used");
    assert!(told("look:\n  colors: {brand: \"#7a1f1f\", radius: 0}\n").0.is_empty());
}

#[test]
fn a_file_of_the_theme_is_copied_to_be_changed() {
    let p = site("");
    let all = p.run(&["theme", "eject"]);
    for name in ["components/card", "pages/policy", "layouts/base", "css/10-tokens", "i18n/zh-Hans", "js/table", "icons/icon.svg"] {
        assert!(all.out.lines().any(|l| l == name), "{name}: {}", all.out);
    }
    assert_eq!(all.code, 0);
    let made = p.run(&["theme", "eject", "components/footer", "--lang", "en"]);
    assert!(made.code == 0 && made.out.starts_with("themes/civic/templates/components/footer/footer.html\n"), "{}", made.out);
    p.file("themes/civic/templates/components/footer/footer.html", p.read("themes/civic/templates/components/footer/footer.html") + "<!-- ours -->");
    assert_eq!(p.build().code, 0);
    assert!(p.read("public/index.html").contains("<!-- ours -->"));
    // What somebody changed is not written over.
    let again = p.run(&["theme", "eject", "components/footer", "--lang", "en"]);
    assert!(again.code == 2 && again.err.contains("was left as it is"), "{}", again.err);
    assert!(p.read("themes/civic/templates/components/footer/footer.html").ends_with("<!-- ours -->"));
    // Scripts come with their comments.
    assert_eq!(p.run(&["theme", "eject", "js/table"]).code, 0);
    assert!(p.read("themes/civic/assets/js/table.js").starts_with("// The table of a data file"));
    for (name, meant) in [("componnents/card", "components/card"), ("card", "components/card"), ("pages/polcy", "pages/policy")] {
        let wrong = p.run(&["theme", "eject", name, "--lang", "en"]);
        assert!(wrong.code == 2 && wrong.err.contains(&format!("did you mean: {meant}")), "{name}: {}", wrong.err);
    }
    // Into the theme that the site names.
    let mine = site("theme: mine\n");
    mine.file("themes/mine/theme.yaml", "extends: civic\n");
    assert!(mine.run(&["theme", "eject", "css/10-tokens"]).out.starts_with("themes/mine/assets/css/civic/10-tokens.css\n"));
}

#[test]
fn the_example_looks_are_themes_that_work() {
    for name in ["city", "ministry", "abroad"] {
        let p = site(&format!("theme: {name}\n"));
        copy_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/looks").join(name), &p.path(&format!("themes/{name}")));
        let ran = p.run(&["build", "--lang", "en"]);
        assert!(ran.code == 0 && !ran.out.contains("THM"), "{name}: {}{}", ran.out, ran.err);
        let own = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/looks/{name}/assets/css/civic/40-look.css"))).unwrap();
        assert!(sheet(&p).contains(own.trim()), "{name}");
        // And behind the sheet of the texts, before print.
        let home = p.read("public/index.html");
        let content = p.read(&format!("public/{}", home[home.find("assets/css/content.").unwrap()..].split('"').next().unwrap()));
        let at = |text: &str| content.find(text).unwrap_or_else(|| panic!("{name}: {text}"));
        assert!(at(".tiles__one {") < at(own.trim()) && at(own.trim()) < at("@page"), "{name}");
    }
}

#[test]
fn a_policy_says_first_what_it_means_and_is_signed_at_the_right() {
    let p = site("profile: cn-gov\n");
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n")
        .file("content/policies/p.md", "---\ntitle: 补贴办法\nissuer: [a]\n---\n给老年人发补贴。\n\n甲局\n\n2025年3月1日\n")
        .file("content/interpretations/i.md", "---\ntitle: 补贴办法解读\npolicies: [p]\nglance: {who: 八十岁以上的老年人, until: 2026-12-31}\n---\n正文\n");
    p.run(&["build", "--allow-errors"]);
    let page = p.read("public/policies/p/index.html");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not on the page"));
    assert!(at("八十岁以上的老年人") < at("<!--text-->") && at("对你意味着什么") < at("id=\"facts\""));
    assert!(page.contains("href=\"/town/interpretations/i/\">摘自解读"));
    assert!(page.contains("<p class=\"sign\">甲局</p>") && page.contains("<p class=\"sign sign--day\">2025年3月1日</p>"));
    // What search shows of a page is between these: no attributes, no cards.
    let text = &page[at("<!--text-->")..at("<!--/text-->")];
    assert!(text.contains("给老年人发补贴") && !text.contains("facts") && !text.contains("card"));
    // A sentence that ends with a day is a sentence.
    p.file("content/policies/q.md", "---\ntitle: 通知\n---\n自公布之日起施行。\n\n有效期到2027年3月1日\n");
    p.run(&["build", "--allow-errors"]);
    assert!(!p.read("public/policies/q/index.html").contains("class=\"sign"));
}

#[test]
fn long_decimals_are_shortened_for_reading_only() {
    let p = site("");
    p.file("content/datasets/d/dataset.yaml", "title: 数据\nresources:\n  - {name: d, path: d.csv}\n")
        .file("content/datasets/d/d.csv", "year,rate,lon,count\n2001,54.6178861789,116.4073963,12\n2002,0.0000012,116.5,13\n2003,-3.14159,117.25,14\n");
    assert_eq!(p.build().code, 0);
    let page = p.read("public/datasets/d/index.html");
    assert!(page.contains("<td class=\"num\" title=\"54.6178861789\">54.62</td>") && page.contains("<td class=\"num\" title=\"-3.14159\">-3.14</td>"));
    // Nothing becomes zero, and a place is where it is.
    assert!(page.contains("<td class=\"num\">0.0000012</td>") && page.contains("<td class=\"num\">116.4073963</td>"));
    assert!(page.contains("为便于阅读"));
    assert!(p.read("public/datasets/d/d.csv").contains("54.6178861789"));
}

#[test]
fn a_page_that_is_not_there_has_a_search_field() {
    let p = site("");
    assert_eq!(p.build().code, 0);
    assert!(p.read("public/404.html").contains("<form class=\"search\" role=\"search\" action=\"/town/search/\""));
}

#[test]
fn a_site_can_be_read_from_a_disk() {
    let p = site("");
    p.file("content/policies/a.md", "---\ntitle: 甲 & 乙\n---\n见[关于](/about/)和[丙](c.md)。\n\n![图](x.png)\n")
        .file("content/policies/c.md", "---\ntitle: 丙\n---\n第一条 正文\n")
        .file("content/policies/x.png", "x");
    let ran = p.run(&["build", "--relative", "--zip", "all.zip"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let root = p.path("public").canonicalize().unwrap();
    let (mut pages, mut links) = (0, 0);
    for (name, bytes) in crate::support::tree(&root) {
        if !name.ends_with(".html") {
            continue;
        }
        let html = String::from_utf8(bytes).unwrap();
        pages += 1;
        for (at, _) in html.match_indices("href=\"").chain(html.match_indices("src=\"")).chain(html.match_indices("action=\"")) {
            let value = html[at..].split('"').nth(1).unwrap();
            if value.starts_with('#') || value.contains("://") || value.starts_with("mailto:") {
                continue;
            }
            assert!(!value.starts_with('/') && !value.is_empty(), "{name}: {value}");
            let file = value.split(['#', '?']).next().unwrap();
            let decoded = percent(file);
            let target = root.join(Path::new(&name).parent().unwrap()).join(decoded);
            assert!(target.is_file(), "{name}: {value} is no file");
            links += 1;
        }
    }
    assert!(pages > 5 && links > 50, "{pages} {links}");
    assert!(p.read("public/policies/a/index.html").contains("href=\"../../policies/c/index.html\""));
    // The same in the ZIP, of a site that is not relative itself.
    let zip = |name: &str| -> String {
        let mut zip = zip::ZipArchive::new(std::fs::File::open(p.path(name)).unwrap()).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut zip.by_name("policies/a/index.html").unwrap(), &mut text).unwrap();
        text
    };
    assert_eq!(zip("all.zip"), p.raw("public/policies/a/index.html"));
    assert_eq!(p.run(&["build", "--zip", "two.zip"]).code, 0);
    assert_eq!(zip("two.zip"), zip("all.zip"));
    assert!(p.read("public/policies/a/index.html").contains("href=\"/town/about/\""));
    // The same site is the same ZIP; one below the output folder would be published.
    assert_eq!(p.run(&["build", "--zip", "three.zip"]).code, 0);
    assert!(std::fs::read(p.path("two.zip")).unwrap() == std::fs::read(p.path("three.zip")).unwrap());
    assert_eq!(p.run(&["build", "--zip", "public/all.zip"]).code, 2);
}

fn percent(text: &str) -> String {
    let (bytes, mut out, mut i) = (text.as_bytes(), Vec::new(), 0);
    while i < bytes.len() {
        match (bytes[i], bytes.get(i + 1..i + 3).and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok())) {
            (b'%', Some(b)) => {
                out.push(b);
                i += 3;
            }
            (b, _) => {
                out.push(b);
                i += 1;
            }
        }
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn a_file_of_areas_is_shown_as_a_map() {
    let p = site("");
    let area = |name: &str, x: f64| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{name}\",\"n\":1}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{x},30],[{},30],[{},31],[{x},31],[{x},30]]]}}}}",
            x + 1.0,
            x + 1.0
        )
    };
    let map = format!("{{\"type\":\"FeatureCollection\",\"features\":[{},{}]}}", area("东区<b>", 121.0), area("西区", 120.0));
    p.file("content/datasets/m/dataset.yaml", "title: 边界\nresources:\n  - {name: m, title: 区界, path: m.geojson}\n")
        .file("content/datasets/m/m.geojson", map);
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let page = p.read("public/datasets/m/index.html");
    assert!(page.contains("aria-label=\"区界：地图轮廓，2 个区域\""), "{page}");
    assert!(page.contains("<title>东区&lt;b&gt;</title>") && page.matches("class=\"land\"").count() == 2);
    // One that is not open to all shows none of it.
    p.file("content/datasets/m/dataset.yaml", "title: 边界\naccess_rights: conditional\nresources:\n  - {name: m, title: 区界, path: m.geojson}\n");
    p.run(&["build", "--allow-errors"]);
    assert!(!p.exists("public/datasets/m/index.html") || !p.read("public/datasets/m/index.html").contains("class=\"land\""));
}

#[test]
fn a_list_can_be_searched_and_says_what_is_chosen() {
    let p = site("");
    for n in 1..=9 {
        p.file(&format!("content/policies/p{n}.md"), format!("---\ntitle: 通知{n}\npublished_at: 202{}-01-01\n---\n正文\n", n % 2));
    }
    assert_eq!(p.build().code, 0);
    let list = p.read("public/policies/index.html");
    assert!(list.contains("<input type=\"hidden\" name=\"type\" value=\"policy\">") && !list.contains("chosen"));
    let year = p.read("public/policies/by-year/2021/index.html");
    assert!(year.contains("<ul class=\"chips chosen\"><li><a href=\"/town/policies/\">2021"), "{year}");
}

/// The examples of the guide, as they stand there: in both languages the same files.
fn examples(lang: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/{lang}/theming.md"))).unwrap();
    let part = text.split("\n### ").nth(1).unwrap().split("\n## ").next().unwrap().to_string();
    let block = |b: &str| b.split_once('\n').map(|(kind, text)| (kind.to_string(), text.to_string()));
    part.split("```").skip(1).step_by(2).filter_map(block).collect()
}

#[test]
fn statistics_of_a_host_that_is_allowed_are_loaded_and_told() {
    for lang in ["zh", "en"] {
        let all = examples(lang);
        assert_eq!(all.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["yaml", "html", "js", "html"], "{lang}");
        for base in [&all[1].1, &all[3].1] {
            let p = site(&format!("theme: own\n{}", all[0].1));
            p.file("themes/own/templates/layouts/base.html", base).file("static/matomo.js", &all[2].1);
            let ran = p.build();
            assert!(ran.code == 0 && !ran.out.contains("SEC006"), "{lang}: {ran:?}");
            let home = p.read("public/index.html");
            assert!(home.contains("src=\"https://stats.example.gov.cn/"), "{lang}");
            for rule in [
                "script-src 'self' https://stats.example.gov.cn;",
                "connect-src 'self' https://stats.example.gov.cn;",
                "img-src 'self' data: https://stats.example.gov.cn;",
            ] {
                assert!(home.contains(rule) && p.read("public/_headers").contains(rule), "{rule}");
            }
            let told = p.read("public/checks/index.html");
            assert!(
                told.contains("<li><code>https://stats.example.gov.cn</code></li>") && told.contains("日志保存三十天") && told.contains("除下列主机外"),
                "{told}"
            );
        }
    }
    // Without the setting the same page is a fault, and nothing is told of hosts.
    let p = site("theme: own\n");
    p.file("themes/own/templates/layouts/base.html", &examples("en")[1].1);
    let ran = p.run(&["build", "--allow-errors"]);
    assert!(ran.out.contains("SEC006"), "{ran:?}");
    let plain = site("");
    assert_eq!(plain.build().code, 0);
    let told = plain.read("public/checks/index.html");
    assert!(told.contains("不向别的网站加载内容") && !told.contains("id=\"hosts-title\""), "{told}");
}

#[test]
fn a_host_with_anything_else_is_not_allowed() {
    for wrong in [
        "http://stats.example.org",
        "https://*.example.org",
        "https://a.example.org/path",
        "\"https://a.example.org; script-src *\"",
        "stats.example.org",
        "https://localhost",
    ] {
        let p = site(&format!("csp: {{connect: [{wrong}], script: [{wrong}]}}\n"));
        let found = p.findings(&[]);
        assert_eq!(found.iter().filter(|f| f.0 == "SRC008").count(), 2, "{wrong}: {found:?}");
        assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
        assert!(p.read("public/index.html").contains("script-src 'self';"), "{wrong}");
    }
}
