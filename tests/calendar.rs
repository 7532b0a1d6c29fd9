//! Working days against an independent count, and what a project may say of them.

use crate::support::{Project, SITE_CN, shared};
use clerestory::calendar::{Calendar, Unknown, china};
use jiff::civil::Date;
use std::process::Command;

/// 2,000 cases counted by a script of its own over the files as they were published.
#[test]
fn working_days_equal_an_independent_count() {
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/working_days.py");
    let out = Command::new("python3").arg(script).arg(shared("data/cn-calendar")).args(["20261127", "2000"]).output().expect("python3 is there");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).unwrap();
    let calendar = Calendar::new(&china());
    let day = |t: &str| t.parse::<Date>().unwrap();
    let told = |r: Result<String, Unknown>| r.unwrap_or_else(|u| format!("unknown-{}", u.0));
    let (mut n, mut unknown) = (0, 0);
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let ours = match words[0] {
            "add" => told(calendar.add_working_days(day(words[1]), words[2].parse().unwrap()).map(|d| d.to_string())),
            _ => told(calendar.working_days_between(day(words[1]), day(words[2])).map(|n| n.to_string())),
        };
        assert_eq!(ours, words[3], "{line}");
        n += 1;
        unknown += usize::from(words[3].starts_with("unknown"));
    }
    assert_eq!(n, 2000);
    assert!((20..400).contains(&unknown), "cases that reach into a year that is not known: {unknown}");
}

fn project() -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    p.file("content/policies/p.md", "---\ntitle: 关于某事的通知\nissuer: [a]\nformed_on: 2006-12-20\npublished_at: 2007-01-16\n---\n正文。\n");
    p
}

#[test]
fn a_year_that_is_not_known_is_told_with_the_place_for_its_file() {
    let p = project();
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("CAL001") && ran.out.contains("content/calendar/cn/2006.yaml"), "{}", ran.out);
    p.file("content/calendar/cn/2006.yaml", "off: [2006-01-02]\n");
    assert!(!p.codes().contains(&"CAL001".to_string()));
    // Another country: nothing built in, its own weekend.
    let p = project();
    p.file("site.yaml", format!("{SITE_CN}calendar: gulf\n"));
    assert!(p.run(&["check"]).out.contains("content/calendar/gulf/2006.yaml"));
    p.file("content/calendar/gulf/2006.yaml", "off: []\nweekend: [friday, saturday]\n").file("content/calendar/gulf/2007.yaml", "off: []\n");
    assert!(!p.codes().contains(&"CAL001".to_string()));
}

#[test]
fn what_is_wrong_with_a_year_is_told_and_the_year_stays_unknown() {
    let p = project();
    p.file(
        "content/calendar/cn/2006.yaml",
        "off:\n  - 2006-02-30\n  - {from: 2006-05-07, to: 2006-05-01}\n  - {to: 2006-05-01}\n  - {from: 2006-10-01, to: x}\nweekend: [samstag]\nholidays: [2006-01-01]\n",
    );
    p.file("content/calendar/cn/next.yaml", "off: []\n").file("content/calendar/hk/2026.yaml", "off: []\n");
    let found = p.findings(&[]);
    let at: Vec<(&str, &str, u64)> = found.iter().filter(|f| f.1.contains("/calendar/")).map(|f| (&*f.0, f.1.rsplit('/').next().unwrap(), f.2)).collect();
    for wanted in [
        ("SRC007", "2006.yaml", 2),
        ("SRC008", "2006.yaml", 3),
        ("SRC007", "2006.yaml", 5),
        ("SRC008", "2006.yaml", 6),
        ("SRC016", "next.yaml", 0),
        ("SRC016", "2026.yaml", 0),
        ("CAL001", "2006.yaml", 0),
    ] {
        assert!(at.contains(&wanted), "{wanted:?} in {at:?}");
    }
    // A key that nobody knows, and a run without its first day.
    assert!(at.iter().any(|f| f.2 == 7) && at.iter().any(|f| f.2 == 4), "{at:?}");
    // A correction of a year that is built in.
    let p = project();
    p.file("content/policies/p.md", "---\ntitle: 关于某事的通知\nissuer: [a]\nformed_on: 2020-01-10\npublished_at: 2020-02-14\n---\n正文。\n");
    assert!(!p.codes().contains(&"LAW002".to_string()), "the twentieth working day");
    p.file("content/calendar/cn/2020.yaml", "work: [2020-02-01]\n");
    assert!(p.codes().contains(&"LAW002".to_string()), "the twenty-first");
}
