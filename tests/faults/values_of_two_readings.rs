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
    assert_eq!((r[0].as_str(), word(&f, 2), codes(&f)), ("x|1.5|1,250", "integer", vec!["TAB020"]));
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
        let doubts = codes(&f).into_iter().filter(|c| *c != "TAB020").count();
        assert_eq!((word(&f, 1), doubts), (kind, 0), "{text}");
    }
}

#[test]
fn a_plus_before_every_value_is_kept() {
    let (f, r) = of(b"country,dial\nLU,+352\nDE,+49\n");
    assert_eq!((r.join(" ").as_str(), word(&f, 1)), ("LU|+352 DE|+49", "string"));
    let (f, _) = of(b"country,change\nLU,+3\nDE,-4\n");
    assert_eq!(word(&f, 1), "integer");
}

fn said<'f>(f: &'f File, code: &str) -> Vec<&'f clerestory::load::table::Doubt> {
    f.doubts.iter().filter(|d| d.code == code).collect()
}

#[test]
fn rows_that_begin_as_notes_do_are_rows() {
    for last in [
        "Note-lès-Bains,,",
        "Notes-sur-Mer,",
        "Notes-sur-Mer",
        "*,",
        "**,,",
        "＊,,",
        "†,",
        "*北京市,,",
        "Source,,",
        "Notebook,,",
        "注册县,,",
        "来源镇,,",
        "1.,,",
        "①,,",
    ] {
        let (f, r) = of(format!("commune,n,m\nParis,1,2\nLyon,3,4\n{last}\n").as_bytes());
        assert_eq!((f.tables[0].rows, f.tables[0].notes.len()), (3, 0), "{last}");
        assert_eq!(r[2].split('|').next(), last.split(',').next(), "{last}");
    }
    for last in [
        "Note: provisional,,",
        "Notes:",
        "Source: INSEE,,",
        "* provisional,,",
        "注：本表按常住人口,,",
        "资料来源：统计局",
        "1. Figures are rounded.",
        "注1：甲,,\n注2：乙,,",
        "Note: flags,,\nb = break,,",
    ] {
        let (f, _) = of(format!("commune,n,m\nParis,1,2\nLyon,3,4\n{last}\n").as_bytes());
        assert_eq!((f.tables[0].rows, f.tables[0].notes.len(), codes(&f)), (2, last.lines().count(), vec!["TAB011"]), "{last}");
    }
}

#[test]
fn quotes_inside_cells_stay() {
    let (f, r) = of(b"name,n\n\"Foo\" and \"Bar\",1\n\"a\" ,2\n5\" pipe,3\n\"x\"y,4\n\"\"z,5\n\"one \"\"two\"\"\",6\n");
    assert_eq!(r, ["\"Foo\" and \"Bar\"|1", "a|2", "5\" pipe|3", "\"x\"y|4", "\"\"z|5", "one \"two\"|6"]);
    let d = said(&f, "TAB006");
    assert_eq!((d.len(), d[0].line), (1, 2), "{:?}", f.doubts);
    let (f, r) = of("名;数\n\"甲\"和\"乙\";1\n丙;2\n".as_bytes());
    assert_eq!((r[0].as_str(), said(&f, "TAB006").len()), ("\"甲\"和\"乙\"|1", 1));
    // Where text is rewritten first, too.
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.csv");
    std::fs::write(&path, "name||n\n\"Foo\" and \"Bar\"||1\n\"b\"||2\n").unwrap();
    let f = read(&Blob::at(&path), &Settings { delimiter: Some("||".into()), ..Settings::default() });
    assert_eq!((f.tables[0].preview[0].join("|").as_str(), said(&f, "TAB006").len()), ("\"Foo\" and \"Bar\"|1", 1));
    let (f, _) = of(b"a,b\n\"x\",\"y \"\"z\"\"\"\n\"q\nr\",s\n");
    assert!(said(&f, "TAB006").is_empty());
}

#[test]
fn an_empty_value_of_one_column_is_a_row() {
    let (f, r) = of(b"v\n1\n\"\"\n3\n\"\"\n");
    assert_eq!((r.join("|").as_str(), f.tables[0].columns[0].nulls, codes(&f).len()), ("1||3|", 2, 0));
    let (f, r) = of(b"v\r\na\r\n\r\n\r\nb\r\n");
    assert_eq!(r.join("|"), "a|b");
    let d = said(&f, "TAB036");
    assert!(d.len() == 1 && d[0].line == 3 && d[0].message.en.ends_with(": 2"), "{:?}", f.doubts);
    let (f, r) = of(b"v\na\nb\n\n");
    assert_eq!((r.len(), codes(&f).len()), (2, 0));
}

#[test]
fn totals_are_told_and_kept() {
    for t in ["合计", "合 计", "总计", "Total", "TOTAL:", "Grand total", "Sum", "全省小计", "Insgesamt"] {
        let (f, r) = of(format!("place,n\nx,1\ny,2\n{t},3\n").as_bytes());
        let d = said(&f, "TAB037");
        assert_eq!((r.len(), d.len(), d.first().map(|d| d.line)), (3, 1, Some(4)), "{t}");
    }
    for t in ["Sumatra", "Totalenergies", "合肥", "计划", "会计"] {
        let (f, _) = of(format!("place,n\nx,1\ny,2\n{t},3\n").as_bytes());
        assert!(said(&f, "TAB037").is_empty(), "{t}");
    }
    // Without numbers there is nothing to add up.
    let (f, _) = of(b"place,what\nx,y\nTotal,z\n");
    assert!(codes(&f).is_empty());
}

#[test]
fn different_values_are_counted_without_signs_and_spellings() {
    let (f, _) = of(b"a,b,c\n1,1,x\n-,\"1,234\",y\n2,1234,-\nNA,1.0,x\n");
    let c = &f.tables[0].columns;
    assert_eq!((c[0].distinct, c[1].distinct, c[0].unique), (2, 2, Some(false)));
    let (f, _) = of(b"id,n\n1,1\n2,2\n-,3\n");
    assert_eq!((f.tables[0].columns[0].distinct, f.tables[0].columns[0].unique), (2, Some(false)));
}

#[test]
fn a_key_twice_in_one_object_keeps_both_values() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.json");
    std::fs::write(&path, r#"[{"a":1,"b":2},{"a":3,"b":4,"a":5},{"a":null,"a":7}]"#).unwrap();
    let f = read(&Blob::at(&path), &Settings::default());
    assert_eq!(f.tables[0].names, ["a", "b", "a_2"]);
    assert_eq!(f.tables[0].preview.iter().map(|r| r.join("|")).collect::<Vec<_>>(), ["1|2|", "3|4|5", "||7"]);
    let d = said(&f, "TAB007");
    assert!(
        d.len() == 1 && d[0].severity == clerestory::diag::Severity::Error && d[0].message.en.contains("`a` comes twice in one object: 2 (first in record 2)"),
        "{:?}",
        f.doubts
    );
    let many: String = (0..50_000).map(|i| format!("\"a\":{i},")).collect();
    std::fs::write(&path, format!("[{{{many}\"b\":1}}]")).unwrap();
    assert_eq!(said(&read(&Blob::at(&path), &Settings::default()), "TAB007").len(), 4);
}

#[test]
fn what_the_dictionary_declares_is_held_against_the_values_in_every_profile() {
    use crate::support::Project;
    let p = Project::new("title: S\nbase_url: https://example.org/\nas_of: 2026-12-01\n");
    let with = |fields: &str, csv: &str| {
        p.file("content/datasets/t/dataset.yaml", format!("title: T\nresources:\n  - {{name: d, path: d.csv, schema: {{fields: [{fields}]}}}}\n"));
        p.file("content/datasets/t/d.csv", csv);
        let ran = p.run(&["check"]);
        ran.out
    };
    let csv = "id,day,t,n,s\n1,2024-01-05,08:30,5,x\n2,2024-02-10,24:10,9,y\n";
    for (fields, word) in [
        ("{name: id}, {name: gone}", "gone"),
        ("{name: day, type: date, constraints: {minimum: 2024-02-01}}", "2024-01-05"),
        ("{name: day, type: date, constraints: {maximum: 2024-01}}", "2024-02-10"),
        ("{name: day, constraints: {maximum: \"2023\"}, type: date}", "2024-01-05"),
        ("{name: t, type: time}", "24:10"),
        ("{name: t, constraints: {maximum: \"08:00\"}}", "08:30"),
        ("{name: t, type: time, format: \"%H:%M\"}", "24:10"),
        ("{name: n, constraints: {maximum: 8}}", "9"),
        ("{name: s, constraints: {enum: [x]}}", "y"),
        ("{name: s, constraints: {pattern: \"[a-x]\"}}", "y"),
        ("{name: n, constraints: {minimum: few}}", "few"),
        ("{name: s, constraints: {minLength: long}}", "long"),
        ("{name: s, constraints: {maxItems: 3}}", "maxItems"),
    ] {
        let out = with(fields, csv);
        let told =
            out.contains("error[OD002]") || out.contains("warning[OD002] “") || out.contains("TAB022") || out.contains("SRC006") || out.contains("SRC005");
        assert!(told && out.contains(word), "{fields}: {out}");
    }
    for fields in [
        "{name: day, type: date, constraints: {minimum: 2024-01-05, maximum: \"2024\"}}",
        "{name: n, type: integer, constraints: {minimum: 5, maximum: 9, required: true, unique: true}}",
    ] {
        let out = with(fields, csv);
        assert!(!out.contains("error["), "{fields}: {out}");
    }
}

/// Ten rows of a table in a language, in an encoding.
fn in_encoding(e: &'static encoding_rs::Encoding) -> (Vec<u8>, &'static str) {
    let (head, places, what): (&str, &str, &'static str) = match e.name() {
        "Shift_JIS" | "EUC-JP" => ("都道府県,施設,数", "東京都 大阪府 北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県", "市立図書館"),
        "Big5" => ("縣市,名稱,數", "臺北市 新北市 桃園市 臺中市 臺南市 高雄市 基隆市 新竹市 嘉義市 宜蘭縣", "區公所圖書館"),
        "EUC-KR" => ("지역,이름,수", "서울 부산 대구 인천 광주 대전 울산 세종 경기 강원", "시립도서관"),
        "windows-1252" | "macintosh" => {
            ("ville,nom,n", "Orléans Béziers Nîmes Angoulême Besançon Étampes Mâcon Châteauroux Évreux Sète", "Médiathèque municipale")
        }
        _ => ("地区,名称,数", "北京市 天津市 河北省 山西省 内蒙古 辽宁省 吉林省 黑龙江 上海市 江苏省", "社区卫生服务中心"),
    };
    let text = places.split(' ').enumerate().fold(format!("{head}\n"), |t, (i, p)| format!("{t}{p},{what},{i}\n"));
    (e.encode(&text).0.into_owned(), what)
}

#[test]
fn one_broken_byte_does_not_change_the_encoding() {
    use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, MACINTOSH, SHIFT_JIS, WINDOWS_1252};
    for e in [GB18030, BIG5, SHIFT_JIS, EUC_KR, EUC_JP, WINDOWS_1252] {
        let (whole, what) = in_encoding(e);
        let right = |f: &File, what: &str| f.tables[0].preview[0][1] == what;
        let (f, _) = of(&whole);
        assert!(right(&f, what) && said(&f, "TAB003").is_empty(), "{}: {:?}", e.name(), f.doubts);
        for tail in [&b"\xff,x,3\n"[..], b"\x81,x,3\n", b"caf\x81 ,x,3\n", b"\x81"] {
            let (f, r) = of(&[&whole, tail].concat());
            assert!(right(&f, what) && r.len() == 11, "{} {tail:?}: {} {:?}", e.name(), f.tables[0].encoding, f.doubts);
            // In windows-1252 `\xff` is a letter.
            if e != WINDOWS_1252 || tail[0] == 0x81 {
                let d = said(&f, "TAB003");
                assert!(d.len() == 1 && d[0].line == 12, "{} {tail:?}: {:?}", e.name(), f.doubts);
            }
        }
        // Far down, and in the middle.
        let (f, _) = of(&[whole.repeat(300), b"\xff\xff,x,3\n".to_vec()].concat());
        assert!(right(&f, what), "{}: {:?}", e.name(), f.doubts);
        let mut cut = whole.clone();
        cut.remove(cut.iter().rposition(|b| *b >= 0x80).unwrap());
        let (f, _) = of(&cut);
        assert!(right(&f, what), "{}: {:?}", e.name(), f.doubts);
        // Three lines are enough.
        let three: Vec<u8> = whole.split_inclusive(|b| *b == b'\n').take(3).flatten().copied().collect();
        assert!(right(&of(&three).0, what), "{}", e.name());
    }
    let (mac, what) = in_encoding(MACINTOSH);
    let (f, _) = of(&mac);
    let d = said(&f, "TAB004");
    assert!(f.tables[0].preview[0][1] == what && d[0].severity == clerestory::diag::Severity::Warn && d[0].message.en.contains("Orléans"), "{:?}", f.doubts);
}

#[test]
fn other_encodings_without_a_mark() {
    let (f, r) = of(&[b"ville,prix\nS\xe8te,5 \xa4\nN\xeemes,7 \xa4\n".to_vec()].concat());
    assert_eq!((f.tables[0].encoding, r[0].as_str()), ("ISO-8859-15", "Sète|5 €"));
    let (f, r) = of(b"\x1b$BCO0h\x1b(B,n\n\x1b$BEl5~\x1b(B,1\n\x1b$BBg:e\x1b(B,2\n");
    assert_eq!((f.tables[0].encoding, r[0].as_str()), ("ISO-2022-JP", "東京|1"));
    for text in ["地区,人口\n北京市海淀区中关村街道,1\n天津市滨海新区泰达街道,2\n", "ville,n\nSète,1\nNîmes,2\n", "지역,수\n서울특별시,1\n부산광역시,2\n"]
    {
        let (le, be): (Vec<u8>, Vec<u8>) = (text.encode_utf16().flat_map(u16::to_le_bytes).collect(), text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        for (bytes, name) in [(le, "UTF-16LE"), (be, "UTF-16BE")] {
            let (f, r) = of(&bytes);
            assert_eq!((f.tables[0].encoding, r[0].split('|').next()), (name, text.lines().nth(1).and_then(|l| l.split(',').next())), "{text}");
        }
    }
    // A code page that is not read is never read in silence.
    let (f, _) = of(b"ville,n\nOrl\x82ans,1\nB\x82ziers,2\nAngoul\x88me,3\n");
    let d = said(&f, "TAB004");
    assert!(d.len() == 1 && d[0].severity == clerestory::diag::Severity::Warn && d[0].hint.en.contains("encoding:"), "{:?}", f.doubts);
}

#[test]
fn a_head_with_an_empty_corner_is_the_head_though_the_first_values_are_missing() {
    let years = |from: u32, to: u32| (from..=to).map(|y| format!("{y}年,\n")).collect::<String>();
    let long = format!(",派出人数\n{}2014年,6\n2015年,7\n", years(1978, 2013));
    let cases: &[(String, usize, &str, &str)] = &[
        (long.clone(), 38, "column_1|派出人数", "1978年|"),
        (long.replace(',', "\t"), 38, "column_1|派出人数", "1978年|"),
        (long.replace('\n', ",\n"), 38, "column_1|派出人数", "1978年|"),
        (format!("表1 人数,\n{long}"), 38, "column_1|派出人数", "1978年|"),
        (format!("{long}数据来源：国家统计局,\n"), 38, "column_1|派出人数", "1978年|"),
        (format!(",a,b\n{}", "2001,,\n2002,,\n2003,,\n2004,1,\n2005,,2\n2006,1,2\n"), 6, "column_1|a|b", "2001||"),
        (",total\n2001Q1,\n2001Q2,\n2001Q3,4\n".into(), 3, "column_1|total", "2001Q1|"),
        (",total\n2001-01,\n2001-02,\n2001-03,4.5\n".into(), 3, "column_1|total", "2001-01|"),
        (",总额\n北京市,\n天津市,\n河北省,3\n山西省,4\n".into(), 4, "column_1|总额", "北京市|"),
        (",总额\n1978年,\n1979年,\n".into(), 2, "column_1|总额", "1978年|"),
        (",总额\n1978年,…\n1979年,\n1980年,-\n1981年,5\n".into(), 4, "column_1|总额", "1978年|…"),
    ];
    for (text, n, names, first) in cases {
        let (f, r) = of(text.as_bytes());
        assert_eq!((r.len(), f.tables[0].names.join("|").as_str(), r[0].as_str()), (*n, *names, *first), "{text}");
    }
    // A title beside an empty cell is still one, where a head follows.
    for text in [",各地区人口\n地区,人口\n北京,1\n天津,2\n", ",单位：万人\n年份,人口\n1978年,\n1979年,3\n", ",各地区人口\n单位：万人,\n地区,人口\n北京,1\n"]
    {
        let (f, _) = of(text.as_bytes());
        assert_eq!(f.tables[0].names[1], "人口", "{text}");
    }
}

#[test]
fn a_code_page_of_dos_is_never_read_without_a_warning_and_a_sample() {
    let words: &[(&[u8], &str)] = &[
        (b"Orl\x82ans B\x82ziers Angoul\x88me Besan\x87on \x90tampes M\x83con Ch\x83teauroux \x90vreux S\x8ate", "fr cp850"),
        (b"Orl\x82ans B\x82ziers Angoul\x88me Besan\x87on \x90tampes M\x83con Ch\x83teauroux \x90vreux S\x8ate", "fr cp437"),
        (b"K\x94ln M\x81nchen D\x81sseldorf N\x81rnberg Stra\xe1e \x99hringen \x9aberlingen \x8egidius", "de cp850"),
        (b"K\x94ln M\x81nchen D\x81sseldorf N\x81rnberg Stra\xe1e \x99hringen \x9aberlingen \x8egidius", "de cp437"),
        (b"Espa\xa4a C\xa2rdoba M\xa0laga C\xa0diz Pe\xa4\xa1scola A\xa4o \xb5vila", "es cp850"),
        (b"Espa\xa4a C\xa2rdoba M\xa0laga C\xa0diz Pe\xa4\xa1scola A\xa4o ?vila", "es cp437"),
        (b"S\xc6o Jo\xc6o A\x87\xc6o Regi\xc6o Munic\xa1pio \xe2nibus", "pt cp850"),
        (b"S?o Jo?o A\x87?o Regi?o Munic\xa1pio ?nibus", "pt cp437"),
        (b"K\x9bbenhavn \x8frhus \x92r\x9b T\x9bnder N\x91stved", "da cp850"),
        (b"K\x9bbenhavn \x8frhus \x92r\x9b T\x9bnder N\x91stved", "da cp865"),
    ];
    for (text, name) in words {
        for times in [1, 300] {
            let mut bytes = b"name,n\n".to_vec();
            for w in std::iter::repeat_n(text, times).flat_map(|t| t.split(|b| *b == b' ')) {
                bytes.extend_from_slice(&[w, b",1\n"].concat());
            }
            let (f, _) = of(&bytes);
            let d = said(&f, "TAB004");
            let warned = d.len() == 1 && d[0].severity == clerestory::diag::Severity::Warn && !d[0].message.en.contains("\u{201c}\u{201d}");
            assert!(warned && d[0].hint.en.contains("encoding:"), "{name} {times}: {} {:?}", f.tables[0].encoding, f.doubts);
        }
    }
}

#[test]
fn numbers_as_they_are_written_elsewhere_are_told() {
    let column = |values: &[&str]| format!("k\tv\n{}", values.iter().enumerate().map(|(i, v)| format!("a{i}\t{v}\n")).collect::<String>());
    for (values, hint) in [
        (&["1,200", "(300)", "(1,250)", "450"][..], "`-1234`"),
        (&["1200", "300-", "450"], "`-1234`"),
        (&["1200", "300-", "450-"], "`-1234`"),
        (&["R$ 1.234,50", "R$ 5,00", "R$ 17,25"], "bareNumber: false, decimalChar: \",\", groupChar: \".\"`"),
        (&["$1,234.50", "$5.00", "$17.25"], "bareNumber: false, decimalChar: \".\", groupChar: \",\"`"),
        (&["5 kg", "12 kg", "3.5 kg"], "`kg` as its `unit`"),
        (&["5 kg", "300 g", "3.5 kg"], "column of their own"),
        (&["€5", "$7", "£9"], "column of their own"),
        (&["½", "3½", "2"], "3.5"),
        (&["12.5 e", "13.1", "14.2 p", "15.0"], "flags"),
        (&["<5", "12", "<5", "30"], "sign"),
        (&["12.IV.2020", "3.XI.2021"], "2020-04-12"),
        (&["12 mars 2020", "3 août 2021"], "2020-04-12"),
        (&["١٢٣", "٤٥"], "0–9"),
        (&["1.2×10^5", "3×10^4"], "1.2e5"),
    ] {
        let (f, r) = of(column(values).as_bytes());
        let d = said(&f, "TAB038");
        assert!(d.len() == 1 && d[0].column == 2 && d[0].hint.en.contains(hint), "{values:?}: {:?}", f.doubts);
        let kept: Vec<&str> = r.iter().filter_map(|r| r.split('|').nth(1)).collect();
        assert!(kept == values && word(&f, 1) == "string", "{values:?}: {r:?}");
    }
    // Houses, rooms, streets, names, plain numbers and dates.
    for values in [
        &["12", "12 a", "14 b", "3"][..],
        &["101 A", "102 B", "7 C"],
        &["12 rue X", "5 kg of it"],
        &["G20", "G7"],
        &["2024-01-02", "2024-02-03"],
        &["1.5", "2", "-3"],
        &["10-20", "20-30"],
        &["I", "II", "V"],
        &["May", "June"],
        &["3/4", "1/2"],
        &["12%", "5 %"],
        &["北京", "天津"],
        &["12 bis", "3 ter"],
        &["1978年", "1979年"],
        &["2024年5月", "2024年6月"],
        &["2020年第一季度", "2020年第二季度"],
    ] {
        let (f, _) = of(column(values).as_bytes());
        assert!(said(&f, "TAB038").is_empty(), "{values:?}: {:?}", f.doubts);
    }
}

#[test]
fn digits_of_equal_length_in_threes_are_no_numbers_until_somebody_says_so() {
    let column = |name: &str, values: &[&str]| format!("k\t{name}\n{}", values.iter().enumerate().map(|(i, v)| format!("a{i}\t{v}\n")).collect::<String>());
    for (values, kind) in [
        (&["732 829 320", "552 100 554", "380 129 866"][..], "string"),
        (&["732\u{a0}829\u{a0}320", "552\u{202f}100\u{202f}554"], "string"),
        (&["732 829 320", "552100554"], "string"),
        (&["123 456", "654 321"], "string"),
        (&["732 829 320", "-"], "string"),
        (&["732 829 320", "1 552 100"], "integer"),
        (&["732 829 320", "552 100"], "integer"),
        (&["732 829 320", "45"], "integer"),
        (&["732 829 320", "-552 100 554"], "integer"),
        (&["732 829 320", "552 100 554.5"], "number"),
    ] {
        // What a name calls a code is one anyway.
        for name in ["siren", "x", "值", "montant"].into_iter().filter(|n| kind == "string" || *n != "siren") {
            let (f, r) = of(column(name, values).as_bytes());
            assert_eq!(word(&f, 1), kind, "{name} {values:?} {:?}", f.doubts);
            assert!(kind != "string" || r[0] == format!("a0|{}", values[0]), "{values:?} {r:?}");
            assert!(kind == "string" || said(&f, "TAB021").is_empty(), "{values:?} {:?}", f.doubts);
        }
    }
}

#[test]
fn a_sign_that_seems_to_part_cells_is_told_and_does_what_it_is_declared_to() {
    for sign in ["^", "~", "\u{1}", "¦", "||", "::", "，", "\t\t"] {
        let text = ["name", "pop", "area"].join(sign) + "\n" + &["甲", "1", "2.5"].join(sign) + "\n" + &["乙", "2", "3.5"].join(sign) + "\n";
        let (f, _) = of(text.as_bytes());
        // Full-width commas are a slip of the hand, and an error.
        let d = said(&f, if sign == "，" { "TAB007" } else { "TAB039" });
        assert!(d.len() == 1 && d[0].hint.en.contains("dialect: {delimiter: "), "{text}: {:?}", f.doubts);
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.csv");
        std::fs::write(&path, &text).unwrap();
        let f = read(&Blob::at(&path), &Settings { delimiter: Some(sign.into()), ..Settings::default() });
        assert!(said(&f, "TAB039").is_empty() && f.tables[0].preview[1] == ["乙", "2", "3.5"], "{text}: {:?}", f.tables[0].preview);
    }
}

/// All findings of a kind in English, with their lines.
fn words(f: &File, code: &str) -> Vec<String> {
    said(f, code).iter().map(|d| format!("{}: {}", d.line, d.message.en)).collect()
}

#[test]
fn per_cent_is_never_mixed_with_plain_numbers() {
    let (f, r) = of("id,share\n1,12%\n2,7\n3,0.5%\n".as_bytes());
    assert_eq!((r.join(" ").as_str(), word(&f, 1), f.tables[0].columns[1].max.as_deref()), ("1|12% 2|7 3|0.5%", "string", None));
    assert!(words(&f, "TAB008")[0].starts_with("3: ") && words(&f, "TAB008")[0].contains("`7`"), "{:?}", f.doubts);
    // One with the sign among many, and the other way round: the odd cell stands apart, figures are of the others.
    for (usual, odd, min, max) in [("10", "5%", "10", "10"), ("10%", "5", "10%", "10%"), ("1.5", "7％", "1.5", "1.5")] {
        let mut text = "id,share\n".to_string();
        (0..49).for_each(|i| text.push_str(&format!("{i},{usual}\n")));
        text.push_str(&format!("49,{odd}\n"));
        let (f, _) = of(text.as_bytes());
        let p = &f.tables[0].columns[1];
        assert_eq!((p.min.as_deref(), p.max.as_deref(), p.odd), (Some(min), Some(max), 1), "{usual}");
        assert!(matches!(word(&f, 1), "integer" | "number") && words(&f, "TAB008")[0].starts_with("51: "), "{:?}", f.doubts);
        assert_eq!((p.number(odd), p.number(usual).is_some()), (None, true));
    }
    let (f, _) = of("id,share\n1,12%\n2,7%\n3,0.5％\n".as_bytes());
    assert_eq!((word(&f, 1), codes(&f).contains(&"TAB008"), f.tables[0].columns[1].mean), ("number", false, Some(0.065)));
}

#[test]
fn financial_years_are_no_months() {
    for (text, kind, doubt) in [
        ("id,year\n1,2009-10\n2,2010-11\n3,2011-12\n", "string", false),
        ("id,year\n1,2009/10\n2,2010/11\n3,2011/12\n", "string", false),
        ("id,x\n1,2018-19\n2,2019-20\n3,2011-12\n", "string", false),
        ("id,financial year\n1,2009-10\n2,2010-11\n3,2009-10\n", "string", false),
        ("id,x\n1,2009-10\n2,2009-10\n", "string", true),
        ("id,month\n1,2009-10\n2,2009-10\n", "date", false),
        ("id,x\n1,2009-10\n2,2009-11\n3,2009-12\n", "date", false),
    ] {
        let (f, _) = of(text.as_bytes());
        assert_eq!((word(&f, 1), codes(&f).contains(&"TAB021")), (kind, doubt), "{text}: {:?}", f.doubts);
    }
}

#[test]
fn signs_that_derived_files_leave_out_are_told() {
    for (text, word_in) in [
        ("a,b\nx,\"1,234\"\ny,5\n", "commas"),
        ("a,b\nx,1 234\ny,5\n", "blanks"),
        ("a,b\nx,\"12,345,678\"\ny,5\n", "commas"),
        ("a,b\nx,1２\ny,5\n", "full-width"),
        ("a,b\nx,\u{2212}5\ny,5\n", "minus"),
        ("a;b\nx;1\u{202f}234\ny;5\n", "grouped by `\u{202f}`"),
        ("a;b\nx;13.124.737\ny;5\n", "grouped by `.`"),
    ] {
        let (f, _) = of(text.as_bytes());
        let told = words(&f, "TAB020");
        assert!(told.len() == 1 && told[0].contains(word_in) && !told[0].contains("decimal comma"), "{text}: {:?}", f.doubts);
    }
    for text in ["a,b\nx,1e999\ny,5\n", "a,b\nx,-0\ny,5\n", "a,b\nx,1e5\ny,5\n", "a,b\nx,12 %\ny,5 %\n"] {
        assert!(!codes(&of(text.as_bytes()).0).contains(&"TAB020"), "{text}");
    }
}

#[test]
fn the_page_shows_the_rows_there_are() {
    let (f, r) = of(b"a,b\n1,\"open\n2,x\n3,y\n");
    assert_eq!((r.len(), f.tables[0].preview.len()), (3, 3));
    let (f, _) = of(b"area,pop,size\n,(persons),(km2)\nA,5,6\nB,7,8\n");
    assert_eq!((f.tables[0].rows, word(&f, 1), f.tables[0].units[2].as_deref()), (2, "integer", Some("km2")));
    // Spellings of one number are no different values.
    let (f, _) = of(b"a,b\nx,0.1\ny,0.10\nz,0.100\n");
    assert_eq!((f.tables[0].columns[1].distinct, f.tables[0].columns[1].unique), (1, Some(false)));
    let (f, _) = of(b"a,d\nx,31/12/99\ny,01/02/98\n");
    assert!(words(&f, "TAB021")[0].contains("two digits"));
    let (f, _) = of(b"a,place\nx,\"-42.98,147.28\"\ny,--5\n");
    assert!(!codes(&f).contains(&"TAB009"));
}

/// The same of a file with another name.
fn named(name: &str, bytes: &[u8]) -> File {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&Blob::at(&path), &Settings::default())
}

#[test]
fn blanks_around_values_are_told() {
    let (f, r) = of("地区,值,注\n 北京 ,1, x\n上海,2,\u{3000}y\n天津,3,z\n".as_bytes());
    assert_eq!(r.join(" "), "北京|1|x 上海|2|y 天津|3|z");
    let d = said(&f, "TAB040");
    assert!(d.len() == 1 && (d[0].line, d[0].column) == (2, 1) && d[0].message.en.starts_with("3 values have"), "{:?}", f.doubts);
    let (f, _) = of("地区,值\n北京,1\n上海, \n天 津,3\n".as_bytes());
    assert!(said(&f, "TAB040").is_empty());
}

#[test]
fn full_width_digits_are_shown_as_rows_have_them() {
    let (f, _) = of("k,v\na,１２\nb,3\nc,４５．５\n".as_bytes());
    let (t, p) = (&f.tables[0], &f.tables[0].columns[1]);
    assert_eq!((p.min.as_deref(), p.max.as_deref(), p.example.as_deref()), (Some("3"), Some("45.5"), Some("12")));
    assert_eq!(t.preview.iter().map(|r| r[1].as_str()).collect::<Vec<_>>(), ["12", "3", "45.5"]);
    assert_eq!(said(&f, "TAB020").len(), 1);
    // Texts keep them.
    let (f, _) = of("k,v\na,１号\nb,x\n".as_bytes());
    assert_eq!(f.tables[0].preview[0][1], "１号");
}

#[test]
fn a_line_of_json_lines_that_is_no_object_has_its_place() {
    for (text, line) in [
        ("{\"a\":1}\n{\"a\":2}\n5\n{\"a\":3}\n", 3),
        ("{\"a\":1}\nnull\n{\"a\":3}\n", 2),
        ("{\"a\":1}\nnot json\n{\"a\":3}\n", 2),
        ("{\"a\":1}\n{\"a\":2\n{\"a\":3}\n", 2),
    ] {
        let f = named("t.jsonl", text.as_bytes());
        let d = said(&f, "TAB001");
        assert!(d.len() == 1 && d[0].line == line && f.tables.is_empty(), "{text}: {:?}", f.doubts);
        assert!(said(&f, "TAB002").is_empty());
    }
    assert_eq!(named("t.jsonl", b"{\"a\":1}\n\n{\"a\":2}\n").tables[0].rows, 2);
}

#[test]
fn empty_rows_beside_a_repeated_head_are_told_with_it() {
    let (f, r) = of(b"a,b\n1,2\n,\na,b\n,\n3,4\n");
    assert_eq!((r.len(), said(&f, "TAB025").len(), said(&f, "TAB036").len()), (2, 1, 0), "{:?}", f.doubts);
    let (f, _) = of(b"a,b\n1,2\n,\n3,4\na,b\n5,6\n");
    assert_eq!((said(&f, "TAB025").len(), said(&f, "TAB036").len()), (1, 1), "{:?}", f.doubts);
}

#[test]
fn rows_of_an_archive_have_a_budget() {
    use std::io::Write as _;
    let gz = |n: usize| {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(format!("a,b\n{}", "1,2\n".repeat(n)).as_bytes()).unwrap();
        out.finish().unwrap()
    };
    let f = named("t.csv.gz", &gz(600_000));
    let d = said(&f, "TAB001");
    assert!(d.len() == 1 && d[0].message.en.contains("500,000 rows") && f.tables.is_empty(), "{:?}", f.doubts);
    assert_eq!(named("t.csv.gz", &gz(400_000)).tables[0].rows, 400_000);
}
