//! The repository's own portal.

use crate::support::{run_in, sample, tree, without_our_scripts};
use std::path::Path;

#[test]
fn every_finding_is_in_the_baseline() {
    let dir = sample();
    let ran = run_in(dir.path(), &["build"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.err.contains("No new findings"), "{ran:#?}");
    assert!(ran.err.contains("Not applicable (demonstration): FTR001, INT002, LAW006, MET002, UPD001, UPD002"), "{}", ran.err);
    assert!(!ran.err.contains("not in urls.txt yet"), "run build --record-urls: {}", ran.err);
    assert_eq!(run_in(dir.path(), &["check"]).code, 0);
}

#[test]
fn the_life_cycle_of_one_announcement_is_linked() {
    let dir = sample();
    assert_eq!(run_in(dir.path(), &["build"]).code, 0);
    let files = tree(&dir.path().join("public"));
    let page = |p: &str| String::from_utf8(files[&format!("{p}index.html")].clone()).unwrap();
    let policy = page("policies/customs/2023-182/");
    for link in
        ["/interpretations/customs/2023-182/", "/policies/regulations/customs-penalties/", "/consultations/customs-penalty-benchmarks-1/", "/departments/gacc/"]
    {
        assert!(policy.contains(&format!("href=\"{link}\"")), "{link}");
    }
    assert!(page("interpretations/customs/2023-182/").contains("href=\"/policies/customs/2023-182/\""));
    assert!(page("policies/regulations/customs-penalties/").contains("href=\"/policies/customs/2023-182/\""));
    assert!(page("consultations/customs-penalty-benchmarks-1/").contains("href=\"/policies/customs/2023-182/\""));
    let two = page("policies/customs/2023-170/");
    assert!(two.contains("2023-170-cases/") && two.contains("2023-170-terms/"));
    // Missing facts are shown as missing, and it says that it is no government site.
    assert!(policy.contains("未注明") && policy.contains("不是政府网站") && policy.contains("content=\"noindex\""));
}

#[test]
fn pages_are_sound_html_without_script_or_strangers() {
    let dir = sample();
    assert_eq!(run_in(dir.path(), &["build"]).code, 0);
    let mut pages = 0;
    for (name, bytes) in tree(&dir.path().join("public")) {
        if !name.ends_with(".html") {
            continue;
        }
        pages += 1;
        let html = String::from_utf8(bytes).unwrap();
        let plain = without_our_scripts(&html).replace(" = {{", "");
        for bad in ["<script", "<style", " style=\"", " onclick", "{{", "{%", "\u{1DA8B}"] {
            assert!(!plain.contains(bad), "{name}: {bad}");
        }
        for tag in ["html", "body", "main", "ul", "ol", "table", "section", "article", "dl", "div", "p", "a", "nav", "header", "footer", "details"] {
            if tag == "main" && html.contains("http-equiv=\"refresh\"") {
                continue;
            }
            let open = html.matches(&format!("<{tag} ")).count() + html.matches(&format!("<{tag}>")).count();
            assert_eq!(open, html.matches(&format!("</{tag}>")).count(), "{name}: <{tag}>");
        }
        assert!(html.contains("<html lang=\"") && html.contains("<title>") && html.contains("rel=\"canonical\""), "{name}");
        if !html.contains("http-equiv=\"refresh\"") {
            assert_eq!(html.matches("<h1").count(), 1, "{name}");
            // A chart in a frame has nothing to skip.
            assert!(html.contains("class=\"skip\"") || name.contains("embed/"), "{name}");
        }
        let mut ids: Vec<&str> = html.match_indices(" id=\"").map(|(i, _)| html[i + 5..].split('"').next().unwrap()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: an id twice");
    }
    assert!(pages > 100);
}

#[test]
fn meta_tags_of_the_inspection() {
    let dir = sample();
    assert_eq!(run_in(dir.path(), &["build"]).code, 0);
    let files = tree(&dir.path().join("public"));
    let page = |p: &str| String::from_utf8(files[&format!("{p}index.html")].clone()).unwrap();
    let names =
        |html: &str| -> Vec<String> { html.match_indices("<meta name=\"").map(|(i, _)| html[i + 12..].split('"').next().unwrap().to_string()).collect() };
    let article = page("policies/customs/2023-182/");
    for n in ["SiteName", "SiteDomain", "ColumnName", "ColumnType", "ArticleTitle", "PubDate", "ContentSource", "Description", "Url"] {
        assert_eq!(names(&article).iter().filter(|x| *x == n).count(), 1, "{n}");
    }
    assert!(article.contains("<meta name=\"PubDate\" content=\"2023-12-11 00:00\">"));
    let list = page("interpretations/");
    for n in ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"] {
        assert!(names(&list).iter().any(|x| x == n), "{n}");
    }
    assert!(!list.contains("content=\"\""), "an empty tag");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads the theme")]
fn every_component_has_examples_and_the_style_guide_shows_them() {
    let dir = sample();
    assert_eq!(run_in(dir.path(), &["build"]).code, 0);
    let guide = std::fs::read_to_string(dir.path().join("public/style-guide/index.html")).unwrap();
    let components = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic/templates/components");
    let mut n = 0;
    for e in std::fs::read_dir(components).unwrap().flatten() {
        let name = e.file_name().to_string_lossy().into_owned();
        assert!(e.path().join(format!("{name}.html")).exists(), "{name}");
        let yaml = std::fs::read_to_string(e.path().join(format!("{name}.yaml"))).unwrap_or_else(|_| panic!("{name} has no YAML"));
        assert!(yaml.contains("examples:") && yaml.contains("parameters:"), "{name}");
        let section = guide.split(&format!("<h2 id=\"c-{name}\">")).nth(1).unwrap_or_else(|| panic!("{name} is not in the style guide"));
        let section = section.split("<div class=\"guide\"").next().unwrap();
        assert!(section.contains("guide__example") || yaml.contains("page: true"), "{name}");
        n += 1;
    }
    assert!(n >= 15, "{n}");
}

#[test]
fn the_sample_shows_disclosure_with_its_sources_and_gaps() {
    let dir = sample();
    assert_eq!(run_in(dir.path(), &["build"]).code, 0);
    let files = tree(&dir.path().join("public"));
    let text = |p: &str| String::from_utf8(files[p].clone()).unwrap();
    let page = |p: &str| text(&format!("{p}index.html"));
    assert!(page("").contains("href=\"/disclosure/\""));
    let guide = page("disclosure/guide/");
    // What the source does not say is not filled in.
    assert!(guide.contains("本站是示范，不受理申请") && guide.contains("010-65194406") && guide.contains("未注明"), "{guide}");
    assert_eq!(page("disclosure/statutory/").matches("示范站没有收录这类信息").count(), 12);
    // The report of Shanghai for 2019, whose sums are those that it gives itself.
    let csv = text("disclosure/reports/shanghai-gov-office-2019.csv");
    for row in [
        "一、本年新收政府信息公开申请数量,总计,859",
        "二、上年结转政府信息公开申请数量,总计,18",
        "（七）总计,总计,805",
        "四、结转下年度继续办理,总计,72",
        "行政复议,总计,7",
        "未经复议直接起诉,总计,9",
    ] {
        assert!(csv.contains(row), "{row}: {csv}");
    }
    // The rules are the text of the law, word for word.
    let law = page("policies/regulations/disclosure-regulations/");
    for words in ["不能当场答复的，应当自收到申请之日起20个工作日内予以答复", "应当自该政府信息形成或者变更之日起20个工作日内及时公开"]
    {
        assert!(law.contains(words), "{words}");
        assert!(page("disclosure/rules/requests/").contains(words) || page("disclosure/rules/time-limit/").contains(words), "{words}");
    }
    assert!(page("channels/").contains("12345") && page("policies/customs/2023-182/").contains("tel:12345"));
}
