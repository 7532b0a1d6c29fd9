//! Tables whose values could be read in two ways: nothing is rewritten that is not sure (issue 13).

#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use clerestory::load::Blob;
use clerestory::load::table::{File, Settings, read, rows};

/// A file as it was read, and the rows of its first table, cells joined by `|`.
fn of(bytes: &[u8]) -> (File, Vec<String>) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.csv");
    std::fs::write(&path, bytes).unwrap();
    let file = read(&Blob::at(&path), &Settings::default());
    let mut out = Vec::new();
    rows(&Blob::at(&path), &Settings::default(), &file, &file.tables[0], &mut |r| {
        out.push(r.join("|"));
        Ok(())
    })
    .unwrap();
    assert_eq!(out.len() as u64, file.tables[0].rows);
    (file, out)
}

fn codes(f: &File) -> Vec<&'static str> {
    f.doubts.iter().map(|d| d.code).collect()
}

fn word(f: &File, c: usize) -> &'static str {
    f.tables[0].columns[c].kind.word()
}

#[test]
fn a_lone_comma_is_not_a_thousand_times() {
    for text in [
        "stop;lat;lon\nA;48,137;11,575\nB;48,142;11,560\n",
        "stop;lat;lon\nA;\"48,137\";\"11,575\"\nB;\"48,142\";\"11,560\"\n",
        "stop\tlat\tlon\nA\t48,137\t11,575\nB\t48,142\t11,560\n",
    ] {
        let (f, r) = of(text.as_bytes());
        assert_eq!((r.join(" ").as_str(), word(&f, 1), word(&f, 2)), ("A|48,137|11,575 B|48,142|11,560", "string", "string"), "{text}");
        assert_eq!(codes(&f), ["TAB021"], "{text}");
    }
    // Another column says what a comma is.
    let (f, r) = of(b"a;b;c\nx;1,5;1,250\ny;2,25;12,500\n");
    assert_eq!((r.join(" ").as_str(), word(&f, 2)), ("x|1.5|1.250 y|2.25|12.500", "number"));
    let (f, r) = of(b"a;b;c\nx;1.5;1,250\ny;2.25;12,500\n");
    assert_eq!((r[0].as_str(), word(&f, 2), codes(&f).len()), ("x|1.5|1,250", "integer", 0));
    // Points may part thousands as well.
    let (f, r) = of("Ort;Einwohner\nBonn;331.885\nKiel;247.717\n".as_bytes());
    assert_eq!((r.join(" ").as_str(), word(&f, 1), codes(&f)), ("Bonn|331.885 Kiel|247.717", "string", vec!["TAB021"]));
    let (f, _) = of(b"a;b;c\nx;1,5;1.250\ny;2,25;12.500\n");
    assert_eq!((word(&f, 2), codes(&f).contains(&"TAB021")), ("string", true));
    // Nothing to doubt: more groups, a number that is too short or too long, commas that part cells.
    for (text, kind) in [
        ("a;b\nx;1,234,567\ny;2,345\n", "integer"),
        ("a;b\nx;48.137\ny;9.5\n", "number"),
        ("a;b\nx;0.137\ny;9.512\n", "number"),
        ("a,b\nx,\"1,234,567\"\ny,\"2,345\"\n", "integer"),
        ("a,b\nx,48.137\ny,48.142\n", "number"),
        ("a;b\nx;12\ny;13\n", "integer"),
    ] {
        let (f, _) = of(text.as_bytes());
        assert_eq!((word(&f, 1), codes(&f).len()), (kind, 0), "{text}");
    }
}

#[test]
fn a_plus_before_every_value_is_kept() {
    let (f, r) = of(b"country,dial\nLU,+352\nDE,+49\n");
    assert_eq!((r.join(" ").as_str(), word(&f, 1)), ("LU|+352 DE|+49", "string"));
    let (f, _) = of(b"country,change\nLU,+3\nDE,-4\n");
    assert_eq!(word(&f, 1), "integer");
}
