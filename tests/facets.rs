//! Lists of datasets and interpretations by what they are: without script, with counts and paging.

use crate::support::Project;

fn dataset(title: &str, rest: &str) -> String {
    format!("title: {title}\n{rest}")
}

/// Datasets that differ in everything there is a facet of, and one that says nothing.
fn portal() -> Project {
    let p = Project::new("title: Portal\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\nprofile: generic\nper_page: 2\n");
    p.file("content/departments.yaml", "- {id: a, name: Office A}\n- {id: b, name: Office B}\n");
    p.file("content/themes.yaml", "- {id: water, label: Water}\n- {id: roads, label: Roads}\n");
    for (i, licence) in ["CC-BY-4.0", "cc-by-4.0", "Creative Commons Attribution 4.0"].into_iter().enumerate() {
        let rest = format!(
            "publisher: [a]\nlicense: {licence}\nfrequency: yearly\naccess_rights: open\nthemes: [water]\nspatial: {{name: Northtown, code: N1, bbox: [1.5, -2, 3, 4]}}\nresources:\n  - {{name: t, title: T, path: t.csv}}\n"
        );
        p.file(&format!("content/datasets/n{i}/dataset.yaml"), dataset(&format!("North {i}"), &rest))
            .file(&format!("content/datasets/n{i}/t.csv"), "a,b\n1,2\n3,4\n");
    }
    // One of which more is known, and so of better quality.
    let rows: String = (0..60).map(|i| format!("{i},{}\n", i * 7 % 31)).collect();
    let good = "publisher: [a]\nlicense: CC-BY-4.0\nfrequency: yearly\nmodified: 2025-11-01\naccess_rights: open\nthemes: [water]\nkeywords: [a, b, c]\ntemporal: {start: 2020, end: 2025}\ncontact: {name: Desk, email: d@example.org}\nspatial: {name: Northtown, code: N1}\ndescription: Where the data come from, how they were counted, and what they cannot tell anybody who reads them without care and time.\nresources:\n  - name: t\n    title: T\n    path: t.csv\n    schema: {fields: [{name: a, title: A, type: integer, unit: t}, {name: b, title: B, type: integer, unit: t}]}\n";
    p.file("content/datasets/good/dataset.yaml", dataset("Good", good)).file("content/datasets/good/t.csv", format!("a,b\n{rows}"));
    let rest = "publisher: [b]\nlicense: Own <terms> & more\nfrequency: daily\naccess_rights: conditional\nthemes: [roads]\nspatial: 全国 South\nresources:\n  - {name: t, title: T, url: \"https://example.com/x\", format: ArcGIS Hub}\n";
    p.file("content/datasets/s/dataset.yaml", dataset("South", rest));
    p.file("content/datasets/mute/dataset.yaml", "title: Mute\n");
    p
}

#[test]
fn datasets_are_listed_by_everything_that_parts_them() {
    let p = portal();
    p.build();
    let list = p.read("public/datasets/index.html");
    for (title, links) in [
        ("Theme", "by-theme/water/"),
        ("Publisher", "by-department/b/"),
        ("Format", "by-format/csv/"),
        ("Licence", "by-license/cc-by-4.0/"),
        ("Update frequency", "by-frequency/daily/"),
        ("Area covered", "by-spatial/n1/"),
        ("Access", "by-access/conditional/"),
        ("Data quality", "by-quality/"),
    ] {
        assert!(list.contains(&format!("<summary>{title}</summary>")) && list.contains(links), "{title}: {list}");
    }
    // Three spellings of one licence are one; what says nothing is said to.
    assert!(list.contains("/datasets/by-license/cc-by-4.0/\">CC-BY-4.0</a> <span class=\"facet__count\">4</span>"), "{list}");
    assert!(list.contains("/datasets/by-license/unsaid/\">Not stated</a> <span class=\"facet__count\">1</span>"), "{list}");
    assert!(list.contains("Own &lt;terms&gt; &amp; more</a>"), "{list}");
    // One that has none of a value is a value too, the last; and the whole adds up.
    assert!(list.contains("/datasets/by-frequency/unsaid/\">Not stated</a> <span class=\"facet__count\">1</span>"), "{list}");
    assert!(p.read("public/datasets/by-theme/unsaid/index.html").contains("/datasets/mute/\""));
    assert!(!list.contains("<script>") && list.contains("<details class=\"facet\">"), "closed, and without script");
    // Counts are those of the pages, and they are paged.
    let (one, two) = (p.read("public/datasets/by-format/csv/index.html"), p.read("public/datasets/by-format/csv/page/2/index.html"));
    assert!(one.contains("<h1>Format: CSV</h1>") && one.contains("4 items") && one.contains("aria-current=\"page\">CSV</a>"), "{one}");
    let cards = |html: &str| (0..3).filter(|i| html.contains(&format!("/datasets/n{i}/\""))).count();
    assert_eq!((cards(&one) + cards(&two), one.contains("/datasets/s/\"")), (3, false));
    // The search within a part keeps what is chosen, as far as search knows it.
    assert!(p.read("public/datasets/by-department/a/index.html").contains("Office A"));
    // The structured place, on the page and in the catalogue.
    let page = p.read("public/datasets/n0/index.html");
    assert!(page.contains("Northtown (N1)") && page.contains("2°S to 4°N, 1.5°E to 3°E"), "{page}");
    let ttl = p.read("public/catalog.ttl");
    assert!(ttl.contains("dcat:bbox \"POLYGON((1.5 -2,3 -2,3 4,1.5 4,1.5 -2))\"^^gsp:wktLiteral") && ttl.contains("dct:identifier \"N1\""), "{ttl}");
}

#[test]
fn policies_are_parted_by_count_and_what_is_not_told_is_a_part() {
    let p = Project::new("title: Portal\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\nprofile: generic\n");
    let offices: String = (0..12).map(|i| format!("- {{id: d{i}, name: Office {i}}}\n")).collect();
    p.file("content/departments.yaml", offices);
    for i in 0..12 {
        // Office 7 has most; one document names a kind, the others none.
        let kind = if i == 0 { "doc_type: notice\n" } else { "" };
        p.file(
            &format!("content/policies/p{i}.md"),
            format!("---\ntitle: Paper {i}\npublished_at: {}-01-01\nissuer: [d{i}, d7]\n{kind}---\nText.\n", 2010 + i),
        );
    }
    p.build();
    let list = p.read("public/policies/index.html");
    let of = |key: &str| {
        let from = list.find(&format!("<summary>{key}</summary>")).unwrap();
        list[from..].split("</div>").next().unwrap().to_string()
    };
    let offices = of("Issuer");
    // What is met most comes first, then the order of the list of offices; eight are seen, the others open when asked for.
    assert!(offices.find("Office 7").unwrap() < offices.find("Office 0").unwrap() && offices.find("Office 0").unwrap() < offices.find("Office 1<").unwrap());
    let (seen, more) = offices.split_once("<details class=\"facet__more\"><summary>4 more</summary>").unwrap();
    assert_eq!((seen.matches("<li").count(), more.matches("<li").count()), (8, 4), "{offices}");
    // The newest year first.
    assert!(of("Year").find(">2021<").unwrap() < of("Year").find(">2010<").unwrap());
    assert!(of("Kind").contains("by-type/unsaid/\">Not stated</a> <span class=\"facet__count\">11</span>"), "{}", of("Kind"));
    let unsaid = p.read("public/policies/by-type/unsaid/index.html");
    assert!(unsaid.contains("<h1>Kind: Not stated</h1>") && unsaid.contains("11 items") && !unsaid.contains("name=\"kind\""), "{unsaid}");
    // A chosen value behind that line is seen.
    assert!(p.read("public/policies/by-department/d11/index.html").contains("<details class=\"facet__more\" open>"));
    // The whole is closed on a narrow screen by an element that needs no script, and stands before the list in the text.
    assert!(list.contains("<details class=\"facets__fold\"><summary>Filter</summary></details>\n<nav class=\"facets\""), "{list}");
}

#[test]
fn a_facet_that_is_cut_says_so_and_adds_up() {
    let p = Project::new("title: Portal\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\nprofile: generic\nper_page: 100\n");
    for n in 0..70 {
        p.file(&format!("content/datasets/d{n:02}/dataset.yaml"), dataset(&format!("D {n}"), &format!("spatial: Area {n:02}\n")));
    }
    p.file("content/datasets/two/dataset.yaml", dataset("Two", "spatial: Area 69\n")).file("content/datasets/mute/dataset.yaml", dataset("Mute", ""));
    p.build();
    let list = p.read("public/datasets/index.html");
    let at = list.find("<summary>Area covered</summary>").unwrap();
    let facet = &list[at..list[at..].find("</details></div>").map_or(list.len(), |e| at + e)];
    let counts: Vec<usize> = facet.split("facet__count\">").skip(1).map(|t| t.split('<').next().unwrap().parse().unwrap()).collect();
    assert_eq!((counts.len(), counts[0], counts.iter().sum::<usize>()), (61, 2, 72), "{facet}");
    // The most frequent first, then by name; what is not listed and what is not said come last, and lead to their items.
    let order = ["Area 69", "Area 00", "Area 01", "Area 57", "Others (not listed one by one)", "Not stated"];
    let places: Vec<usize> = order.iter().map(|o| facet.find(&format!(">{o}</a>")).unwrap_or_else(|| panic!("{o}: {facet}"))).collect();
    assert!(places.is_sorted(), "{places:?}");
    let rest = p.read("public/datasets/by-spatial/rest-/index.html");
    assert!(rest.contains("11 items") && rest.contains("/datasets/d68/\"") && !rest.contains("/datasets/d57/\""), "{rest}");
}

#[test]
fn a_facet_that_parts_nothing_is_not_shown() {
    let p = Project::new("title: Portal\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\nprofile: generic\n");
    for n in ["a", "b"] {
        p.file(&format!("content/datasets/{n}/dataset.yaml"), dataset(n, "frequency: yearly\nlicense: CC0-1.0\n"));
    }
    p.build();
    let list = p.read("public/datasets/index.html");
    assert!(!list.contains("class=\"facet") && !p.exists("public/datasets/by-frequency") && !p.exists("public/datasets/by-license"), "{list}");
}

#[test]
fn interpretations_are_listed_by_theme_department_form_and_year() {
    let p = Project::new("title: Portal\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\nprofile: generic\n");
    p.file("content/departments.yaml", "- {id: a, name: Office A}\n- {id: b, name: Office B}\n");
    for (name, office, form, year) in [("x", "a", "text", 2024), ("y", "b", "video", 2025), ("z", "b", "[text, video]", 2025)] {
        p.file(
            &format!("content/interpretations/{name}.md"),
            format!("---\ntitle: {name}\ninterpreter_org: [{office}]\nform: {form}\npublished_at: {year}-02-03\n---\n\n# {name}\n\nText.\n"),
        );
    }
    p.build();
    let list = p.read("public/interpretations/index.html");
    for link in ["by-department/a/", "by-form/text/", "by-form/video/", "by-year/2024/", "by-year/2025/"] {
        assert!(list.contains(&format!("/interpretations/{link}")), "{link}: {list}");
    }
    let form = p.read("public/interpretations/by-form/video/index.html");
    assert!(
        form.contains("Form: Video") && form.contains("/interpretations/y/") && form.contains("/interpretations/z/") && !form.contains("/interpretations/x/\"")
    );
    assert!(!list.contains("by-theme"), "no theme is told, so there is no such facet");
}
