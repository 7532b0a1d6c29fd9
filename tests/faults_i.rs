//! Faults found by people who imported, withdrew and audited: each kind with its test.
#![expect(clippy::disallowed_methods, reason = "tests read files")]

use crate::support::{Project, tree};

const ZH: &str = "title: 试\nbase_url: https://www.example.gov.cn/\nprofile: cn-gov\nas_of: 2026-03-01\n";
const EN: &str = "title: Test\nbase_url: https://example.org/\nlanguages: [en]\nas_of: 2026-03-01\n";

/// All of a project but what lies aside.
fn everything(p: &Project) -> String {
    let all = tree(p.root());
    let kept = all.iter().filter(|(n, _)| !n.starts_with(".clerestory/withdrawn/") && !n.starts_with("in/"));
    kept.map(|(n, b)| format!("{n}\n{}\n", String::from_utf8_lossy(b))).collect()
}

/// What was withdrawn for privacy is not written again: under another name of the import, without its records, or into the file that
/// tells nothing.
#[test]
fn withdrawn_for_privacy_is_not_imported_again() {
    let p = Project::new(EN);
    p.file(
        "in/all.json",
        r#"{"success":true,"result":{"results":[{"id":"k-1","name":"x","title":"Salaries of Quixote"},{"id":"k-2","name":"y","title":"Trees"}]}}"#,
    );
    assert_eq!(p.run(&["import", "ckan", "in"]).code, 0);
    let ran = p.run(&["withdraw", "datasets/x", "--ground", "privacy"]);
    assert!(ran.code == 0 && ran.out.contains(".clerestory/withdrawn-items.txt"), "{ran:#?}");
    assert!(!p.read(".clerestory/withdrawn-items.txt").contains("x\n") && !p.read(".clerestory/withdrawn-items.txt").contains("Quixote"));
    p.file(
        "in/all.json",
        r#"{"success":true,"result":{"results":[{"id":"k-1","name":"x","title":"Salaries of Quixote","notes":"Rocinante"},{"id":"k-2","name":"y","title":"Trees"}]}}"#,
    );
    let stub = p.read("content/datasets/x/dataset.yaml");
    for args in [&["import", "ckan", "in"][..], &["import", "ckan", "in", "--name", "other"]] {
        let ran = p.run(args);
        assert!(ran.out.contains("withdrawn for privacy") && !ran.out.contains("Quixote") && ran.err.contains("1 withdrawn and not imported"), "{ran:#?}");
        assert_eq!(p.read("content/datasets/x/dataset.yaml"), stub);
        assert!(!everything(&p).contains("Quixote") && !everything(&p).contains("Rocinante"));
    }
    // Another clone has the hashes, and neither the records nor what is left of the item; the source calls it otherwise.
    std::fs::remove_dir_all(p.path(".clerestory/import")).unwrap();
    std::fs::remove_dir_all(p.path("content/datasets")).unwrap();
    p.file("in/all.json", r#"{"success":true,"result":{"results":[{"id":"k-1","name":"renamed","title":"Salaries of Quixote"}]}}"#);
    let ran = p.run(&["import", "ckan", "in"]);
    assert!(ran.out.contains("withdrawn for privacy") && !everything(&p).contains("Quixote"), "{ran:#?}");
}

/// A file beside an item that its text alone links to goes with it, though the text of another links there too.
#[test]
fn a_linked_file_goes_with_what_is_withdrawn() {
    for ground in ["privacy", "law"] {
        let p = Project::new(ZH);
        p.file("content/departments.yaml", "- {id: a, name: 甲局}\n")
            .file("content/news/jia.md", "---\ntitle: 处罚名单\npublished_at: 2026-01-01\n---\n\n见[附件](zs.csv)。\n")
            .file("content/news/zs.csv", "姓名,事由\n孔雀石,甲\n")
            .file("content/news/yi.md", "---\ntitle: 后续\npublished_at: 2026-01-02\n---\n\n见[附件](zs.csv)。\n");
        let ran = p.run(&["withdraw", "news/jia", "--ground", ground]);
        assert!(ran.code == 0 && ran.out.contains("content/news/zs.csv ← content/news/yi.md:6"), "{ran:#?}");
        assert!(!p.exists("content/news/zs.csv"), "{ground}");
    }
}

/// Numbers and words of a title, and its characters spelt out, in an address make the notice stand elsewhere.
#[test]
fn telling_addresses_are_nowhere_after_a_withdrawal_for_privacy() {
    let p = Project::new(ZH);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    let text = |title: &str, no: &str| format!("---\ntitle: {title}\ndoc_no: {no}\nissuer: a\npublished_at: 2026-01-01\ntheme: 综合政务/政务公开\n---\n文。\n");
    p.file("content/policies/customs/2023-182.md", text("公告", "公告〔2023〕182号"))
        .file("content/policies/zhangsan-penalty.md", text("关于对张三处罚的决定", "none"))
        .file("content/policies/zhang-san-jue-ding.md", text("张三决定", "none"))
        .file("content/policies/plain.md", text("张三决定", "none"));
    for (id, stays) in [("customs/2023-182", false), ("zhangsan-penalty", false), ("zhang-san-jue-ding", false), ("plain", true)] {
        let ran = p.run(&["withdraw", &format!("policies/{id}"), "--ground", "privacy"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert_eq!(p.exists(&format!("content/policies/{id}.md")), stays, "{id}");
    }
    assert!(p.exists("content/policies/customs/withdrawn-1.md") && p.exists("content/policies/withdrawn-2.md"));
}
