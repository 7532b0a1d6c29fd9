//! Kinds of faults that testers found: templates without bound, slips told at another place than theirs, and what only follows from them.
#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

use crate::support::{Project, SITE, tree};
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
        ("\n{% set x %}{% for i in range(end=90000) %}{% for i in range(end=99) %}a long text that stands in a loop{% endfor %}{% endfor %}{% endset %}".to_string(), "MB"),
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
        {% for k, v in m %}{{ k }}={{ v.b }};{% endfor %}{% for x in l|sort if x > 1 %}{{ loop.index }}:{{ x }},{% else %}none{% endfor %}\
        {{ [x * 2 for x in l if x > 1]|join(sep=\"-\") }} {{ \"}} ~ %}|x\" ~ 'y' }} {{ nothing|default(value=\"d|e\") }} {{ \"a<b\"|replace(from=\"<\", to=\"&\") }} \
        {{ \"<i>\"|safe }} {{ m[\"a\"][\"b\"] }} {{ 1 if l|length > 2 else 2 }} {%- set y -%} in {{ l|first }} {%- endset -%} [{{ y }}] \
        {%- if nothing is defined %}no{% elif \"a\" in [\"a\"] %}yes{% endif %} {% filter upper %}up {{ 'q' }}{% endfilter %}\
        {% component both(a, b=\"z\") %}<{{ a }}{{ b }}>{% endcomponent both %}{{ <both a={l|last} /> }}";
    let p = themed(all);
    let ran = p.run(&["build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let page = p.read("public/policies/a/index.html");
    assert!(page.contains("{{ a }} {% for %}a=&lt;c&gt;;1:2,2:3,6-4 }} ~ %}|xy d|e a&amp;b <i> &lt;c&gt; 1[in3]yes UP Q<2z>"), "{page}");
    let p = themed("<p>{{ title }}</p>\n{{ title|no_such }}");
    let ran = p.run(&["build"]);
    assert!(ran.err.contains("no_such") && !ran.err.contains("_out") && !ran.out.contains("_out"), "{ran:#?}");
    let p = themed("<p>{{ kind }}</p>\n{{ nobody.knows }}");
    let ran = p.run(&["build"]);
    assert!((ran.err.clone() + &ran.out).contains("nobody") && !(ran.err.clone() + &ran.out).contains("_out"), "{ran:#?}");
}

