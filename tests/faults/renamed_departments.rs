//! Departments that were renamed or merged, as an auditor tried them (issue 15).

use crate::support::{Project, SITE_CN};

fn project(departments: &str, formed: &str) -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", departments);
    p.file(
        "content/policies/a.md",
        format!("---\ntitle: 关于试行的通知\nissuer: [wjw]\nformed_on: {formed}\npublished_at: {formed}\ntheme: []\n---\n\n正文一段。\n")
            .replace("theme: []\n", ""),
    );
    p
}

fn told(p: &Project) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(&p.run(&["check", "--format", "json"]).out).unwrap();
    let list = json["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "POL003");
    list.map(|f| format!("{} {}", f["line"], f["message"].as_str().unwrap())).collect()
}

#[test]
fn a_document_bears_the_name_of_its_day() {
    let departments = "- {id: wjw, name: 市卫生健康委员会, former_names: [{name: 市卫生局, until: 2014-12-31}, {name: 市卫计委, until: 2019-03-31}]}\n";
    for (formed, name) in [("2010-04-01", "市卫生局"), ("2014-12-31", "市卫生局"), ("2015-01-01", "市卫计委"), ("2020-04-01", "市卫生健康委员会")]
    {
        let p = project(departments, formed);
        p.run(&["build", "--allow-errors"]);
        let page = p.read("public/policies/a/index.html");
        let others = ["市卫生局", "市卫计委"].into_iter().filter(|n| *n != name);
        // The page, its citation and what it says to machines; the link leads to the department of today.
        assert!(page.matches(name).count() > 2 && page.contains("/departments/wjw/"), "{formed}: {page}");
        others.for_each(|n| assert!(!page.contains(n), "{formed}: {n}: {page}"));
        assert!(
            p.read("public/api/v1/policies.jsonl").contains(&format!("\"issuer_names\":[\"{name}\"]")) || p.read("public/policies/a/index.md").contains(name)
        );
    }
}

#[test]
fn a_body_issues_nothing_before_it_is_there_or_after_it_ended() {
    let departments = "- {id: wjw, name: 市卫生局, merged_into: b, since: 2001-05-01, until: 2019-03-31}\n- {id: b, name: 市卫健委}\n";
    for (formed, said) in [
        ("2019-03-31", None),
        ("2019-04-01", Some("市卫生局 ended on 2019-03-31, and the document was formed on 2019-04-01")),
        ("2001-05-01", None),
        ("2001-04-30", Some("市卫生局 was set up on 2001-05-01, and the document was formed on 2001-04-30")),
    ] {
        let found = told(&project(departments, formed));
        assert_eq!(found, said.map(|s| format!("3 {s}")).into_iter().collect::<Vec<_>>(), "{formed}");
    }
}
