//! Kinds of faults that testers found: templates without bound, slips told at another place than theirs, and what only follows from them.
#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

use crate::support::{Project, SITE, SITE_CN, tree};
use std::time::{Duration, Instant};

fn themed(template: &str) -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n")
        .file("content/policies/a.md", "---\ntitle: 关于甲的通知\nissuer: office\npublished_at: 2025-01-01\n---\n\n正文。\n")
        .file("themes/civic/templates/pages/policy.html", template);
    p
}

/// Each of these asked for all memory, or had no end; now the build ends and names template and line.
#[test]
fn templates_have_a_bound() {
    let many = "{{% for a in range(end=30000) %}}{{% for b in range(end=30000) %}}{}{{% endfor %}}{{% endfor %}}";
    for (template, what) in [
        ("\n{% set_global x = \"aaaaaaaaaa\" %}{% for i in range(end=40) %}{% set_global x = x ~ x %}{% endfor %}{{ x }}".to_string(), "MB"),
        (many.replace("{{%", "{%").replace("%}}", "%}").replace("{}", "").replacen('{', "\n{", 1), "steps"),
        (many.replace("{{%", "{%").replace("%}}", "%}").replace("{}", "{{ a }}{{ b }} text").replacen('{', "\n{", 1), "steps"),
        (format!("\n{}", "{% set x = \"aaaaaaaaaa\" %}".to_string() + &"{% set x = x ~ x %}".repeat(40)), "MB"),
        ("\n{% set x = \"aaaaaaaaaa\" %}{% for i in range(end=9) %}{% set_global x = x|replace(from=\"a\", to=x) %}{% endfor %}".to_string(), "MB"),
        ("\n{% set_global x = [1] %}{% for i in range(end=60) %}{% set_global x = [x, x] %}{% endfor %}{{ x }}".to_string(), "MB"),
        ("\n{% set_global x = [1] %}{% for i in range(end=90000) %}{% set_global x = [x] %}{% endfor %}".to_string(), "MB"),
        (
            "\n{% set x %}{% for i in range(end=90000) %}{% for i in range(end=99) %}a long text that stands in a loop{% endfor %}{% endfor %}{% endset %}"
                .to_string(),
            "MB",
        ),
        ("\n{% set x = [[1 for a in range(end=90000)] for b in range(end=90000)] %}".to_string(), "steps"),
        ("\n{% set x = [1, 2]|join(sep=\"aaaaaaaaaa\") %}{% for i in range(end=40) %}{% set_global x = [x, x, x]|join(sep=x) %}{% endfor %}".to_string(), "MB"),
    ] {
        let p = themed(&template);
        let start = Instant::now();
        let ran = p.run(&["build"]);
        assert_eq!(ran.code, 1, "{template}: {ran:#?}");
        let told: Vec<&str> = ran.err.lines().chain(ran.out.lines()).filter(|l| l.contains("THM001")).collect();
        assert_eq!(told.len(), 1, "{template}: {ran:#?}");
        assert!((ran.err.clone() + &ran.out).contains("themes/civic/templates/pages/policy.html:2"), "{template}: {ran:#?}");
        assert!(told[0].contains(what), "{template}: {told:?}");
        assert!(!p.exists("public/index.html"));
        assert!(start.elapsed() < Duration::from_secs(120), "{template}");
    }
}

/// The counters change no byte of a page, and another fault is told of the text that was written.
#[test]
fn counters_in_templates_change_nothing() {
    let plain = Project::new(SITE);
    let own = Project::new(SITE);
    for p in [&plain, &own] {
        p.file("content/departments.yaml", "- {id: office, name: 办公室}\n- {id: b, name: 乙局, parent: office}\n")
            .file("content/policies/a.md", "---\ntitle: 关于甲的通知\nissuer: office\npublished_at: 2025-01-01\nsummary: 一句话 <b>\n---\n\n## 一、总则\n\n正文。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n")
            .file("content/news/b.md", "---\ntitle: 新闻\npublished_at: 2025-01-02\n---\n\n正文。\n")
            .file("content/datasets/d/dataset.yaml", "title: 表\ndescription: 一张表\npublisher: office\nresources: [{name: d, title: 表, path: d.csv}]\n")
            .file("content/datasets/d/d.csv", "n,v\na,1\nb,2\nc,3\n");
    }
    own.file("themes/civic/templates/components/mine/mine.html", "{% component mine(a, b=\"x, (y\") %}{{ a }}{{ b|upper }}{% endcomponent mine %}");
    for p in [&plain, &own] {
        assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    }
    let (a, b) = (tree(&plain.path("public")), tree(&own.path("public")));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a.iter().filter(|(n, _)| n.ends_with(".html") && !n.contains("trust")) {
        assert!(b[name] == *bytes, "{name}");
    }
    // All that the language has comes out as it would.
    let all = "{% raw %}{{ a }} {% for %}{% endraw %}{# {{ no }} #}{% set l = [3, 1, 2] %}{% set m = {\"a\": {\"b\": \"<c>\"}} %}\
        {% for k, v in m %}{{ k }}={{ v.b }};{% endfor %}{% for x in l|sort %}{{ loop.index }}:{{ x }},{% else %}none{% endfor %}\
        {{ [x * 2 for x in l if x > 1]|join(sep=\"-\") }} {{ \"}} ~ %}|x\" ~ 'y' }} {{ nothing|default(value=\"d|e\") }} {{ \"a<b\"|replace(from=\"<\", to=\"&\") }} \
        {{ \"<i>\"|safe }} {{ m[\"a\"][\"b\"] }} {{ 1 if l|length > 2 else 2 }} {%- set y -%} in {{ l|first }} {%- endset -%} [{{ y }}] \
        {%- if nothing is defined %}no{% elif \"a\" in [\"a\"] %}yes{% endif %} {% filter upper %}up {{ 'q' }}{% endfilter %}\
        {% component both(a, b=\"z\") %}<{{ a }}{{ b }}>{% endcomponent both %}{{ <both a={l|last} /> }}";
    let p = themed(all);
    let ran = p.run(&["build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let page = p.read("public/policies/a/index.html");
    assert!(page.contains("{{ a }} {% for %}a=&lt;c&gt;;1:1,2:2,3:3,6-4 }} ~ %}|xy d|e a&amp;b <i> &lt;c&gt; 1[in 3]yes UP Q<2z>"), "{page}");
    let p = themed("<p>{{ title }}</p>\n{{ title|no_such }}");
    let ran = p.run(&["build"]);
    assert!(ran.out.contains("policy.html:2:10") && ran.out.contains("2 | {{ title|no_such }}"), "{ran:#?}");
    let p = themed("<p>a</p>\n{{ nobody.knows }}");
    let ran = p.run(&["build"]);
    assert!(ran.out.contains("policy.html:2:4") && ran.out.contains("2 | {{ nobody.knows }}"), "{ran:#?}");
}

const OFFICE: &str = "- {id: office, name: 办公室}\n";

/// A policy under the Chinese profile with these lines for its head.
fn policy(head: &str) -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", OFFICE).file("content/policies/a.md", format!("---\n{head}---\n\n正文。\n"));
    p
}

const HEAD: &str = "title: 关于甲的通知\nissuer: [office]\nformed_on: 2025-01-01\npublished_at: 2025-01-01\ntheme: \"02-01\"\n";

fn told(p: &Project) -> Vec<(String, u64, u64)> {
    let of = |(code, file, line, column): (String, String, u64, u64)| (format!("{code} {}", file.trim_start_matches("content/")), line, column);
    p.findings(&[]).into_iter().map(of).filter(|(c, ..)| !c.starts_with("MET002") && !c.starts_with("ITP") && !c.starts_with("POL")).collect()
}

/// A quote that is not closed is named where it begins, whatever quote comes below.
#[test]
fn quotes_that_stay_open() {
    for (from, to, column) in [
        ("title: 关于甲的通知", "title: \"关于甲的通知", 8),
        ("title: 关于甲的通知", "title: '关于甲的通知", 8),
        ("title: 关于甲的通知", "title: \"a\nkeywords: [\"甲\", \"乙\"]", 8),
    ] {
        let p = policy(&HEAD.replace(from, to));
        let ran = p.run(&["check"]);
        assert_eq!(told(&p), [("SRC004 policies/a.md".to_string(), 2, column)], "{to}: {ran:#?}");
        assert!((ran.out + &ran.err).contains("this quote is not closed"), "{to}");
    }
    // One that goes on for lines of its own is a text.
    let p = policy(&HEAD.replace("title: 关于甲的通知", "title: \"关于甲\n  的: 通知\""));
    assert!(told(&p).iter().all(|(c, ..)| !c.starts_with("SRC")), "{:?}", told(&p));
    let p = policy(HEAD);
    p.file("content/departments.yaml", "- id: office\n  name: \"办公室\n- id: b\n  name: \"乙\"\n");
    assert_eq!(told(&p), [("SRC004 departments.yaml".to_string(), 2, 9)]);
}

/// A blank before the first field, and line ends of old Macs, are named as what they are.
#[test]
fn blanks_and_line_ends() {
    for (head, line, mended) in [
        (HEAD.replace("title:", " title:"), 2, "write `title: "),
        (HEAD.replace("title:", "# a\n  title:"), 3, "write `title: "),
        (HEAD.replace("title:", " title:").replace("issuer:", " issuer:"), 2, "write `title: "),
    ] {
        let p = policy(&head);
        let ran = p.run(&["check"]);
        assert_eq!(told(&p), [("SRC020 policies/a.md".to_string(), line, 1)], "{head}: {ran:#?}");
        assert!(ran.out.contains(mended), "{ran:#?}");
    }
    let p = policy(HEAD);
    let old = p.raw("content/policies/a.md").replace('\n', "\r");
    p.file("content/policies/a.md", &old).file("content/policies/b.md", "甲\r乙\r").file("content/departments.yaml", OFFICE.replace('\n', "\r").repeat(2));
    let ran = p.run(&["check"]);
    let lines: Vec<String> = told(&p).into_iter().filter(|(c, ..)| c.starts_with("SRC021")).map(|(c, ..)| c).collect();
    assert_eq!(lines, ["SRC021 departments.yaml", "SRC021 policies/a.md", "SRC021 policies/b.md"], "{ran:#?}");
    assert!(ran.out.contains("old Mac") && !ran.out.contains("stands on a line of its own"), "{ran:#?}");
    // CRLF, and a CR within a file of other lines, are none.
    p.file("content/policies/a.md", old.replace('\r', "\r\n"))
        .file("content/policies/b.md", "---\ntitle: 乙\nissuer: office\npublished_at: 2025-01-01\n---\n甲\r乙\n")
        .file("content/departments.yaml", OFFICE);
    assert!(!p.codes().contains(&"SRC021".to_string()));
}

/// A cause is told once, and not what only follows from it.
#[test]
fn causes_and_not_consequences() {
    // An empty list of departments.
    for empty in ["", "# none\n", "[]\n"] {
        let p = policy(HEAD);
        p.file("content/departments.yaml", empty).file("content/policies/b.md", format!("---\n{HEAD}---\n乙\n").replace('甲', "乙"));
        assert_eq!(told(&p), [("SRC010 departments.yaml".to_string(), 0, 0)], "{empty:?}");
        assert_eq!(p.run(&["check"]).code, 1, "{empty:?}: it has the weight of what is not found");
    }
    let p = policy(&HEAD.replace("theme: \"02-01\"\n", "theme: own\n"));
    p.file("content/themes.yaml", "[]\n");
    assert_eq!(told(&p), [("SRC010 themes.yaml".to_string(), 0, 0)]);
    // Empty, and nothing asks for what is in it: a warning.
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "").file("content/news/a.md", "---\ntitle: 甲\nsource: 乙\npublished_at: 2025-01-01\n---\n\n正文。\n");
    assert_eq!((p.codes(), p.run(&["check"]).code), (vec!["SRC010".to_string()], 0));
    // An entry without id.
    let p = policy(HEAD);
    p.file("content/departments.yaml", "- {name: 办公室}\n");
    assert_eq!(told(&p), [("SRC010 departments.yaml".to_string(), 1, 3)]);
    p.file("content/policies/b.md", format!("---\n{HEAD}---\n乙\n").replace("office", "other"));
    assert_eq!(told(&p).len(), 3, "more are not found than entries lack an id: {:?}", told(&p));
    // A day that is no day, in empty quotes.
    let p = policy(&HEAD.replace("published_at: 2025-01-01", "published_at: ''"));
    assert_eq!(told(&p), [("SRC007 policies/a.md".to_string(), 5, 15)]);
    // A table that is a broken ZIP.
    let p = policy(HEAD);
    p.file("content/datasets/d/dataset.yaml", "title: 表\ndescription: 一张表\npublisher: office\nlicense: CC-BY-4.0\nkeywords: [甲]\npublished_at: 2025-01-01\nresources: [{name: d, title: 表, path: d.csv}]\n")
        .file("content/datasets/d/d.csv", b"PK\x03\x04junkjunkjunkjunkjunkjunkjunk");
    let codes: Vec<String> = told(&p).into_iter().map(|(c, ..)| c).filter(|c| ["TAB001", "OD004", "SEC011"].iter().any(|x| c.starts_with(x))).collect();
    assert_eq!(codes, ["TAB001 datasets/d/d.csv"]);
    // Rows that are not read are not counted.
    let p = policy(HEAD);
    p.file(
        "content/consultations/c.md",
        "---\ntitle: 征求意见\nissuer: office\npublished_at: 2025-01-01\nopens: 2025-01-01\ncloses: 2025-03-01\nresult: {on: 2025-04-01, received: 12, adopted: 5, partly: 1, rejected: 6, rows: opinions.csv}\n---\n\n正文。\n",
    )
    .file("content/consultations/opinions.csv", "甲列,乙列\n一,二\n");
    let codes: Vec<String> = told(&p).into_iter().map(|(c, ..)| c).collect();
    assert!(codes.iter().any(|c| c.starts_with("SRC0")) && !codes.iter().any(|c| c.starts_with("CON002")), "{codes:?}");
    p.file("content/consultations/opinions.csv", "意见,采纳情况,理由\n一,采纳,\n");
    assert!(p.codes().contains(&"CON002".to_string()), "{:?}", p.findings(&[]));
}

/// An address that settings name stands on every page, and is told once, where it is written, by `check` too.
#[test]
fn links_of_settings_are_told_once() {
    let p = policy(HEAD);
    let site = "foot_links: [{title: 隐私, url: /privacy/}, {title: 好, url: /policies/}, {title: 外, url: \"https://example.com/x/\"}]\nhome:\n  - search\n  - {block: links, links: [{title: 甲, url: /nowhere/x/}]}\n";
    p.file("site.yaml", format!("{SITE_CN}{site}")).file("content/alerts.yaml", "- {title: 停水, from: 2025-12-30, until: 2026-01-30, url: /water/}\n");
    let dead =
        |p: &Project, args: &[&str]| -> Vec<(String, u64, u64)> { p.findings(args).into_iter().filter(|f| f.0 == "LNK001").map(|f| (f.1, f.2, f.3)).collect() };
    let want = [("content/alerts.yaml".to_string(), 1, 57), ("site.yaml".to_string(), 6, 31), ("site.yaml".to_string(), 9, 44)];
    assert_eq!(dead(&p, &[]), want);
    assert_eq!(dead(&p, &["--full"]), want);
    // A text with the same address has its own place.
    p.file("content/policies/b.md", "---\ntitle: 乙\nissuer: office\npublished_at: 2025-01-01\n---\n\n见[甲](/privacy/)。\n");
    assert_eq!(dead(&p, &["--full"]).iter().filter(|(f, ..)| f.ends_with("b.md")).count(), 1);
    p.file("content/pages/privacy.md", "---\ntitle: 隐私\n---\n\n正文。\n").file("content/pages/water.md", "---\ntitle: 水\n---\n\n正文。\n");
    // A content path means its page; a place in a page that is not there is told where the address is written.
    p.file("site.yaml", format!("{SITE_CN}{}", site.replace("/nowhere/x/", "/policies/a/#no")));
    assert_eq!(dead(&p, &["--full"]), [("site.yaml".to_string(), 9, 44)]);
    p.file("site.yaml", format!("{SITE_CN}{}", site.replace("/nowhere/x/", "/policies/a")));
    assert_eq!(dead(&p, &["--full"]), [], "{:?}", p.findings(&["--full"]));
}

/// With themes of one's own the national ones do not count: that is said, and how to have both.
#[test]
fn themes_of_ones_own_beside_the_national() {
    for named in ["综合政务/政务公开", "\"02-01\"", "政务公开"] {
        let p = policy(&HEAD.replace("\"02-01\"", named));
        p.file("content/themes.yaml", "- {id: welfare, label: 养老}\n");
        let ran = p.run(&["check"]);
        assert!(ran.out.contains("with content/themes.yaml the national classification of themes does not count"), "{ran:#?}");
        let line = ran.out.split('`').find(|w| w.starts_with("- {id:")).expect("the entry to write").to_string();
        // What the help says helps.
        p.file("content/themes.yaml", format!("- {{id: welfare, label: 养老}}\n{line}\n"));
        assert!(!p.codes().contains(&"SRC011".to_string()), "{named}: {line}: {:?}", p.findings(&[]));
        let page = policy(&HEAD.replace("\"02-01\"", "没有这个"));
        page.file("content/themes.yaml", "- {id: welfare, label: 养老}\n");
        assert!(page.run(&["check"]).out.contains("the vocabulary of themes has no"));
    }
}

/// Digits of any script are those that keyboards write, and words are found inside a run without blanks.
#[test]
fn search_in_scripts_of_other_digits_and_without_blanks() {
    let p = Project::new("title: T\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en, ar, fa, hi, th, km]\n");
    let item = |lang: &str, title: &str, text: &str| {
        p.file(&format!("content/news/{lang}.{lang}.md"), format!("---\ntitle: {title}\nsource: x\npublished_at: 2025-01-01\n---\n\n{text}\n"));
    };
    item("ar", "قانون المياه رقم ١٢٣", "لسنة ٢٠٢٠ في المدينة");
    item("fa", "قانون آب ۱۳۹۹", "متن قانون");
    item("hi", "जल अधिनियम १९७४", "पाठ");
    item("th", "พระราชบัญญัติน้ำ พ.ศ. ๒๕๖๑", "การจัดการน้ำในเมือง");
    item("km", "ច្បាប់ទឹកឆ្នាំ២០០៧", "ការគ្រប់គ្រងធនធានទឹក");
    assert_eq!(p.build().code, 0);
    let hits = |lang: &str, q: &str| crate::search::found(&p.path("public"), lang, q, &clerestory::index::engine::Options::default()).hits.len();
    for (lang, queries) in [
        ("ar", &["123", "١٢٣", "2020", "٢٠٢٠"][..]),
        ("fa", &["1399", "۱۳۹۹"]),
        ("hi", &["1974", "१९७४"]),
        ("th", &["2561", "๒๕๖๑", "น้ำ", "การจัดการ", "เมือง", "พระราชบัญญัติ"]),
        ("km", &["2007", "ទឹក", "គ្រប់គ្រង"]),
    ] {
        for q in queries {
            assert_eq!(hits(lang, q), 1, "{lang} {q}");
        }
    }
    for (lang, q) in [("ar", "124"), ("th", "2562"), ("th", "ถนน"), ("km", "2008")] {
        assert_eq!(hits(lang, q), 0, "{lang} {q}");
    }
}

/// A day of `security.txt` that is past, numbers that cannot be, a calendar that is none.
#[test]
fn settings_that_cannot_be() {
    let of = |line: &str| {
        let p = Project::new(&format!("{SITE}{line}\n"));
        p.file("content/departments.yaml", OFFICE);
        let ran = p.run(&["check"]);
        (p.findings(&[]).into_iter().map(|f| format!("{} {}:{}:{}", f.0, f.1, f.2, f.3)).collect::<Vec<_>>(), ran.out)
    };
    for (line, place, words) in [
        ("security: {contact: [\"https://a.example.org/\"], expires: 2020-01-01}", "SRC008 site.yaml:4:58", "is past"),
        ("per_page: -1", "SRC006 site.yaml:4:11", "`per_page` should be a whole number of 0 or more, not -1"),
        ("per_page: 1.5", "SRC006 site.yaml:4:11", "not 1.5"),
        ("per_page: 0", "SRC008 site.yaml:4:11", "from 1 to 500, not 0"),
        ("per_page: 501", "SRC008 site.yaml:4:11", "from 1 to 500, not 501"),
        ("interpretation_days: -3", "SRC006 site.yaml:4:22", "a whole number of 0 or more, not -3"),
        ("per_page: viele", "SRC006 site.yaml:4:11", "should be a whole number, not text"),
        ("calendar: ../x", "SRC008 site.yaml:4:11", "`calendar` cannot be `../x`"),
        ("calendar: a/b", "SRC008 site.yaml:4:11", "`calendar` cannot be `a/b`"),
        ("calendar: fr", "SRC011 site.yaml:4:1", "there is no calendar `fr`"),
    ] {
        let (found, out) = of(line);
        assert_eq!(found, [place], "{line}: {out}");
        assert!(out.contains(words), "{line}: {out}");
    }
    for line in ["security: {contact: [\"https://a.example.org/\"], expires: 2026-06-30}", "per_page: 500", "interpretation_days: 0", "calendar: cn"] {
        assert_eq!(of(line).0, [""; 0], "{line}");
    }
    let p = Project::new(&format!("{SITE}calendar: fr\n"));
    p.file("content/departments.yaml", OFFICE).file("content/calendar/fr/2026.yaml", "off: [2026-01-01]\n");
    assert_eq!(p.codes(), [""; 0]);
}

/// What a command is told wrongly ends with 2, and says the form that is wanted; `init` fills no folder of others.
#[test]
fn commands_told_wrongly() {
    let p = policy(HEAD);
    assert_eq!(p.run(&["stats", "import", "nope"]).code, 2);
    let zero = p.run(&["search", "x", "--limit", "0"]);
    assert_eq!((zero.code, zero.err.contains("--limit")), (2, true), "{zero:?}");
    let day = p.run(&["build", "--as-of", "tomorrow"]);
    assert_eq!((day.code, day.err.contains("write 2026-11-01 or \"2026-11-01 18:00\"")), (2, true), "{day:?}");
    // `init`.
    let full = p.path("home");
    p.file("home/.bashrc", "x").file("empty/.git/HEAD", "x").file("empty/README.md", "x");
    let ran = p.run(&["init", "home"]);
    assert_eq!((ran.code, full.join("site.yaml").exists()), (2, false), "{ran:?}");
    assert!(ran.err.contains("other files are in home already (such as .bashrc)") && ran.err.contains("--adopt"), "{ran:?}");
    assert_eq!(p.run(&["init", "home", "--adopt"]).code, 0);
    assert!(p.exists("home/site.yaml"));
    assert_eq!(p.run(&["init", "empty"]).code, 0);
}

/// The kinds of China are in Chinese and count days there, whatever language the shell has; `--lang` says otherwise of the language.
#[test]
fn projects_of_china_are_in_chinese() {
    let dir = tempfile::tempdir().expect("a folder");
    for kind in ["city-cn", "department-cn"] {
        let made = |name: &str, more: &[&str]| {
            let args = [&["init", name, "--kind", kind][..], more].concat();
            let mut c = std::process::Command::new(env!("CARGO_BIN_EXE_clerestory"));
            let out = c.current_dir(dir.path()).args(&args).env("LANG", "en_US.UTF-8").env_remove("LC_ALL").env_remove("LC_MESSAGES").output().expect("starts");
            assert!(out.status.success(), "{out:?}");
            (std::fs::read_to_string(dir.path().join(name).join("site.yaml")).expect("reads"), String::from_utf8_lossy(&out.stdout).into_owned())
        };
        let (site, said) = made(&format!("{kind}-plain"), &[]);
        assert!(site.contains("languages: [zh-Hans]\ntime_zone: Asia/Shanghai\n"), "{site}");
        assert!(said.contains("Next:"), "messages stay in the language of the shell: {said}");
        let (site, _) = made(&format!("{kind}-en"), &["--lang", "en"]);
        assert!(site.contains("languages: [en]\ntime_zone: Asia/Shanghai\n"), "{site}");
        let (site, said) = made(&format!("{kind}-zh"), &["--lang", "zh"]);
        assert!(site.contains("languages: [zh-Hans]\ntime_zone: Asia/Shanghai\n") && said.contains("下一步"), "{site}");
    }
    let ran = crate::support::run_as(dir.path(), &["--lang", "en", "init", "abroad"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(std::fs::read_to_string(dir.path().join("abroad/site.yaml")).expect("reads").contains("languages: [en]\ntime_zone: UTC\n"));
}

/// Old addresses that differ by case name the file of the other.
#[test]
fn old_addresses_that_differ_by_case() {
    let p = policy(&format!("{HEAD}aliases: [/CASE.html]\n"));
    p.file("content/policies/b.md", format!("---\n{HEAD}aliases: [/case.html]\n---\n\n乙。\n").replace('甲', "乙"));
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("the old address /case.html is given in content/policies/a.md already as /CASE.html; case does not count"), "{ran:#?}");
    // One that a page has is told as that.
    p.file("content/policies/b.md", format!("---\n{HEAD}aliases: [/POLICIES/A/]\n---\n\n乙。\n").replace('甲', "乙"));
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("is one of this site now"), "{ran:#?}");
}

/// `withdraw` names those who name the item, and no word that is like its name.
#[test]
fn withdrawn_items_and_who_names_them() {
    let p = Project::new("title: 站\nbase_url: https://www.example.gov.cn/\nas_of: 2026-01-01\nprofile: cn-gov\ndemo: true\n");
    let head = "issuer: [office]\nformed_on: 2025-01-01\npublished_at: 2025-01-01\n";
    p.file("content/departments.yaml", OFFICE)
        .file("content/policies/example.md", format!("---\ntitle: 关于示例文件的通知\n{head}---\n\n正文。\n"))
        .file("content/policies/linked.md", format!("---\ntitle: 乙\n{head}---\n\n见[那份](example.md)。\n"))
        .file("content/policies/word.md", format!("---\ntitle: 丙\n{head}keywords: [example]\n---\n\nFor example, example.\n"))
        .file("content/policies/title.md", format!("---\ntitle: 丁\n{head}---\n\n据《关于示例文件的通知》。\n"))
        .file("content/interpretations/one.md", "---\ntitle: 解读一\npolicies: [example]\npublished_at: 2025-01-02\n---\n\n正文。\n")
        .file("content/interpretations/two.md", "---\ntitle: 解读二\npolicies:\n  - title\n  - example\npublished_at: 2025-01-02\n---\n\n正文。\n")
        .file(
            "content/datasets/example/dataset.yaml",
            "title: 表\ndescription: 一张表\npublisher: office\nresources: [{name: example, title: 表, path: example.csv}]\n",
        )
        .file("content/datasets/example/example.csv", "n,v\na,1\nb,2\n");
    let ran = p.run(&["withdraw", "policies/example", "--ground", "privacy", "--dry-run"]);
    let all = ran.out.clone() + &ran.err;
    let told: Vec<&str> = all
        .lines()
        .skip_while(|l| !l.contains("Others name it"))
        .skip(1)
        .map(str::trim)
        .take_while(|l| l.starts_with("content/") || l.starts_with("site.yaml"))
        .collect();
    let files: Vec<String> = told.iter().map(|l| l.split(" ").next().unwrap_or("").to_string()).collect();
    assert_eq!(
        files,
        ["content/interpretations/one.md:3", "content/interpretations/two.md:5", "content/policies/linked.md:8", "content/policies/title.md:8"],
        "{ran:#?}"
    );
}
