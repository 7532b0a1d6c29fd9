//! Forty faults planted in twenty files: forty findings in one run, each at its line and column.

use crate::support::{Project, SITE_CN};

/// File, text, faults as (code, line, column).
type Planted = (&'static str, &'static str, &'static [(&'static str, u64, u64)]);

static FILES: &[Planted] = &[
    ("content/policies/a01.md", "---\ntitle: [甲]\ntitel: 乙\npublished_at: 2021-02-30\n---\n正文\n", &[("SRC006", 2, 8), ("SRC005", 3, 1), ("SRC007", 4, 15)]),
    ("content/policies/a02.md", "---\ntitle: 甲\nissuer: [nobody]\ntheme: 没有的主题\n---\n正文\n", &[("SRC011", 3, 10), ("SRC011", 4, 8)]),
    ("content/policies/a03.md", "---\ntitle: 甲\ndoc_type: 通之\nauthority_level: 法\n---\n正文\n", &[("SRC008", 3, 11), ("SRC008", 4, 18)]),
    ("content/policies/a04.md", "---\ntitle: 甲\nattachments: [没有.pdf]\nis_normative: maybe\n---\n正文\n", &[("SRC015", 3, 15), ("SRC008", 4, 15)]),
    ("content/policies/a05.md", "---\ntitle: 甲\nkeywords: {a: b}\nformed_on: 昨天\n---\n正文\n", &[("SRC006", 3, 11), ("SRC007", 4, 12)]),
    ("content/policies/a06.md", "---\ntitle: 甲\n\tissuer: 乙\n---\n正文\n", &[("SRC004", 3, 1)]),
    ("content/policies/a07.md", "---\ntitle: 甲\ntitle: 乙\n---\n正文\n", &[("SRC009", 3, 1)]),
    ("content/policies/a08.md", "---\ntitle: 甲\nrepeals: [没有的]\namends: [也没有]\n---\n正文\n", &[("SRC011", 3, 10), ("SRC011", 4, 9)]),
    (
        "content/policies/a09.md",
        "---\ntitle: 甲\n---\n点[这里](javascript:alert(1))。\n\n<b>粗</b>\n\n![](a09.png)\n",
        &[("SRC014", 4, 2), ("SRC013", 6, 1), ("SRC019", 8, 1)],
    ),
    ("content/policies/a10.md", "---\ntitle: 甲\ndoc_no: 国办发[2019]61号\nindex_no: 1/2\n---\n正文\n", &[("POL001", 3, 9), ("POL002", 4, 11)]),
    (
        "content/policies/a11.md",
        "---\ntitle: 甲\nformed_on: 2021-05-01\npublished_at: 2021-04-01\neffective_from: 2021-03-01\n---\n正文\n",
        &[("POL003", 4, 15), ("POL003", 5, 17)],
    ),
    ("content/policies/a12.md", "---\ntitle: 甲\n---\n加强管理,保障权益。\n\n见国办发[2019]61号。\n", &[("TXT001", 4, 5), ("TXT002", 6, 5)]),
    ("content/policies/a13.md", "---\ntitle: 甲\n---\n名字\u{FFFD}，續(xù)，零\u{200B}宽。\n", &[("TXT003", 4, 3), ("TXT004", 4, 6), ("TXT006", 4, 12)]),
    ("content/policies/a14.md", "---\ntitle: 甲\n---\n见[甲](没有.md)和![乙](没有.png)。\n", &[("LNK001", 4, 2), ("LNK001", 4, 13)]),
    ("content/interpretations/b01.md", "---\ntitle: 乙\npolicies: [没有]\nform: 相声\n---\n正文\n", &[("ITP003", 3, 11), ("SRC008", 4, 7)]),
    (
        "content/interpretations/b02.md",
        "---\ntitle: 乙\npolicies: [a10]\nform: 图解\nsections: {backgrund: 甲}\n---\n见图\n",
        &[("ITP006", 4, 7), ("SRC005", 5, 12)],
    ),
    ("content/pages/c01.md", "---\ntitle: 丙\nchanges: [{note: 甲}]\nwithdrawn: 是\n---\n正文\n", &[("SRC010", 3, 11), ("SRC006", 4, 12)]),
    ("content/pages/c02.md", "---\ntitle: 丙\nslug: ../../etc\n---\n正文\n", &[("URL002", 3, 7)]),
    ("content/departments.yaml", "- {id: a, name: 甲局}\n- {id: 甲, name: 乙局}\n- {name: 丙局}\n", &[("SRC008", 2, 8), ("SRC010", 3, 3)]),
    (
        "content/policies/_column.yaml",
        "title: 政策\ndescription: 说明\nkeywords: [甲]\ntype: 政策文件\nowner: nobody\norder: 一\n",
        &[("SRC011", 5, 8), ("SRC006", 6, 8)],
    ),
];

#[test]
fn forty_faults_forty_findings() {
    let p = Project::new(SITE_CN);
    for (name, text, _) in FILES {
        p.file(name, text);
    }
    let found = p.findings(&[]);
    let mut planted = 0;
    for (name, _, faults) in FILES {
        for (code, line, column) in *faults {
            planted += 1;
            let hit = found.iter().any(|f| f.0 == *code && f.1 == *name && f.2 == *line && f.3 == *column);
            let near: Vec<_> = found.iter().filter(|f| f.1 == *name).collect();
            assert!(hit, "{code} at {name}:{line}:{column} is not there; found {near:?}");
        }
    }
    assert_eq!((FILES.len(), planted), (20, 40));
    // Nothing was written, and both languages say every one of them.
    for lang in ["zh", "en"] {
        let ran = p.run(&["check", "--format", "text"]);
        assert!(ran.out.matches("  --> ").count() >= 40, "{lang}");
    }
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert!(!p.exists("public"));
}
