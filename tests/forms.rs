//! Forms for Excel from dictionaries, and what `check FILE --dataset` says of them filled in.
#![expect(clippy::disallowed_methods, reason = "tests read files")]

use crate::support::Project;
use std::io::{Cursor, Read};

const FIELDS: &str = "
      primaryKey: [code]
      fields:
        - {name: code, title: Code, type: string, constraints: {required: true, unique: true, pattern: \"\\\\d{6}\", minLength: 6, maxLength: 6}}
        - {name: sex, type: string, description: m or f, constraints: {enum: [m, f, \"other, not told\"]}}
        - {name: age, type: integer, unit: years, constraints: {minimum: 0, maximum: 120}}
        - {name: day, type: date, constraints: {minimum: 2020-01-01}}
";

fn portal() -> Project {
    let p = Project::new("title: Portal\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\nprofile: generic\n");
    p.file(
        "content/datasets/pop/dataset.yaml",
        format!("title: Population\nresources:\n  - name: t\n    title: \"Yearly [1]\"\n    path: t.csv\n    schema:{FIELDS}"),
    );
    p.file("content/datasets/pop/t.csv", "code,sex,age,day\n010203,m,3,2024-01-02\n010204,f,4,2024-02-02\n");
    p.file("content/datasets/bare/dataset.yaml", "title: Bare\nresources:\n  - {name: t, title: T, path: t.csv}\n");
    p.file("content/datasets/bare/t.csv", "a,b\n1,2\n");
    p
}

fn part(book: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut out = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut out).unwrap();
    out
}

#[test]
fn a_dictionary_makes_a_form() {
    let p = portal();
    p.build();
    let path = p.path("public/datasets/pop/form.xlsx");
    let book = std::fs::read(&path).unwrap();
    let workbook = part(&book, "xl/workbook.xml");
    assert!(workbook.contains("name=\"Yearly 1\"") && workbook.contains("name=\"About this form\"") && workbook.contains("state=\"hidden\""), "{workbook}");
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    for rule in [
        "type=\"list\"",
        "<formula1>'Values'!$A$2:$A$4</formula1>",
        "type=\"whole\"",
        "<formula1>0</formula1><formula2>120</formula2>",
        "type=\"textLength\"",
        "type=\"date\"",
    ] {
        assert!(sheet.contains(rule), "{rule}: {sheet}");
    }
    let names = zip::ZipArchive::new(Cursor::new(&book)).unwrap().file_names().map(|n| n.unwrap().into_owned()).collect::<Vec<_>>();
    assert!(!names.iter().any(|n| n.contains("vba")), "no macros: {names:?}");
    assert!(part(&book, "xl/comments1.xml").contains("Code") && p.read("public/datasets/pop/index.html").contains("/datasets/pop/form.xlsx\""));
    assert!(!p.exists("public/datasets/bare/form.xlsx"), "nothing to make one of");
    // The same bytes again, and none where they are not wanted.
    p.build();
    assert_eq!(std::fs::read(&path).unwrap(), book);
    p.file("site.yaml", format!("{}outputs: {{forms: false}}\n", p.read("site.yaml")));
    p.build();
    assert!(!path.exists() && !p.read("public/datasets/pop/index.html").contains("form.xlsx"));
}

#[test]
fn a_filled_form_is_held_against_the_dictionary() {
    let p = portal();
    p.file("good.csv", "code,sex,age,day\n010209,\"other, not told\",30,2024-05-06\n");
    let ran = p.run(&["check", p.path("good.csv").to_str().unwrap(), "--dataset", "pop"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("t: 1 row checked."), "{}", ran.err);
    p.file("bad.csv", "code,sex,age,day,more\n010209,x,130,2019-01-01,1\n\n010209,f,ten,soon,2\n12,m,-1,,3\n,m,5,,4\n");
    let found = p.run(&["check", p.path("bad.csv").to_str().unwrap(), "--dataset", "datasets/pop"]);
    assert_eq!(found.code, 1);
    for (place, text) in [
        ("bad.csv:2:2", "row 2: “sex” does not take `x`"),
        ("bad.csv:2:3", "“age” is 130, beyond the bound 120"),
        ("bad.csv:2:4", "“day” is 2019-01-01, beyond the bound 2020-01-01"),
        ("bad.csv:4:1", "row 4 has the same key (code) as row 2"),
        ("bad.csv:4:3", "“age” is to be a whole number, not `ten`"),
        ("bad.csv:4:4", "“day” is to be a day (2026-01-31), not `soon`"),
        ("bad.csv:5:1", "has the wrong length, 2"),
        ("bad.csv:5:3", "“age” is -1, beyond the bound 0"),
        ("bad.csv:6:1", "row 6: “code” must be filled in"),
        ("bad.csv:1:1", "the dictionary has no such columns: more"),
    ] {
        let at = found.out.split("\n\n").find(|d| d.contains(text)).unwrap_or_else(|| panic!("{text}: {}", found.out));
        assert!(at.contains("FRM001") && at.contains(place), "{place}: {at}");
    }
    assert!(!found.out.contains("has the value of row 2 again"), "a key that comes twice is one fault: {}", found.out);
    let json = p.run(&["check", p.path("bad.csv").to_str().unwrap(), "--dataset", "pop", "--format", "json"]);
    assert!(json.out.contains("\"FRM001\""), "{}", json.out);
    // Of the wrong dataset, of none, and no file: wrong use.
    for args in [["bad.csv", "--dataset", "po"], ["no.csv", "--dataset", "pop"], ["bad.csv", "--dataset", "bare"]] {
        let file = p.path(args[0]);
        let ran = p.run(&["check", file.to_str().unwrap(), args[1], args[2]]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?} {}", ran.err);
    }
    // A blank form: that of the site itself, and a head alone.
    p.build();
    p.file("blank.csv", "code,sex,age,day\n");
    for blank in ["public/datasets/pop/form.xlsx", "blank.csv"] {
        let ran = p.run(&["check", p.path(blank).to_str().unwrap(), "--dataset", "pop"]);
        assert!(ran.code == 1 && ran.out.contains("the head is right, but no row is filled in"), "{blank}: {}", ran.out);
        assert!(!ran.out.contains("no column of the dictionary"), "{blank}: {}", ran.out);
    }
    p.file("other.csv", "x,y\n1,2\n");
    let ran = p.run(&["check", p.path("other.csv").to_str().unwrap(), "--dataset", "pop"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("no column of the dictionary"), "{}", ran.out);
}
