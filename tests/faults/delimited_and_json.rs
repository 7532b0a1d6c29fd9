//! Values on their way from delimited text and JSON (issue 13, A2): what a cell holds is what comes out.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use crate::support::shared;
use clerestory::diag::Tongue;
use clerestory::load::Blob;
use clerestory::load::table::customs::{Custom, Told, format};
use clerestory::load::table::profile::Kind;
use clerestory::load::table::{File, Settings, Spot, read, rows};
use std::path::Path;

/// A file as it was read, and the rows of its first table, cells joined by `|`.
struct Seen {
    file: File,
    rows: Vec<String>,
}

fn at(path: &Path, settings: &Settings) -> Seen {
    let file = read(&Blob::at(path), settings);
    let mut out = Vec::new();
    if let Some(t) = file.tables.first() {
        rows(&Blob::at(path), settings, &file, t, &mut |r| {
            out.push(r.join("|"));
            Ok(())
        })
        .unwrap();
        assert_eq!(out.len() as u64, t.rows, "rows of {}", path.display());
    }
    Seen { file, rows: out }
}

fn of(name: &str, bytes: &[u8], settings: &Settings) -> Seen {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    at(&path, settings)
}

fn csv(text: &str) -> Seen {
    of("t.csv", text.as_bytes(), &Settings::default())
}

fn case(name: &str) -> Seen {
    at(&shared("cases").join(name), &Settings::default())
}

impl Seen {
    fn names(&self) -> String {
        self.file.tables[0].names.join("|")
    }

    fn kinds(&self) -> Vec<Kind> {
        self.file.tables[0].columns.iter().map(|c| c.kind).collect()
    }

    fn codes(&self) -> Vec<&'static str> {
        self.file.doubts.iter().map(|d| d.code).collect()
    }

    /// Line and column of a finding.
    fn place(&self, code: &str) -> Option<(u64, usize)> {
        self.file.doubts.iter().find(|d| d.code == code).map(|d| (d.line, d.column))
    }

    fn says(&self, code: &str, words: &str) -> bool {
        self.file.doubts.iter().any(|d| d.code == code && (d.message.get(Tongue::En).contains(words) || d.hint.get(Tongue::En).contains(words)))
    }
}

fn told(name: &str, custom: Custom) -> Settings {
    Settings { customs: vec![(name.into(), custom)], ..Settings::default() }
}

#[test]
fn one_leading_zero_makes_codes_of_a_column_of_digits() {
    let s = case("t-leading-zero-minority/data.csv");
    assert_eq!((s.kinds()[0], s.rows.len()), (Kind::Code, 102));
    assert!(s.rows.iter().any(|r| r.starts_with("03035990|")), "the zero is there");
    assert!(!s.codes().contains(&"TAB008"));
    // One among thousands, whatever their lengths; a number with a sign or a point is none of them.
    let mut text = String::from("inn,n\n");
    (0..3000).for_each(|i| text.push_str(&format!("{},{i}\n", 660_000_000 + i)));
    text.push_str("0274051582,1\n");
    assert_eq!(csv(&text).kinds()[0], Kind::Code);
    assert_eq!(csv("n\n-5\n007\n12\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n13\n14\n15\n16\n17\n18\n19\n20\n21\n").kinds()[0], Kind::Integer);
    assert_eq!(csv("n\n0\n10\n20\n").kinds()[0], Kind::Integer);
}

#[test]
fn rooms_are_no_powers_of_ten() {
    let path = "csv-exponent-codes/content/datasets/codes/codes.csv";
    let s = case(path);
    assert_eq!((s.kinds()[0].word(), s.rows.join(" ").as_str()), ("string", "1E05|12 2E10|15 7E3|9 00E1|3"));
    let s = at(&shared("cases").join(path), &told("unit", Custom { told: Some(Told::Text), ..Custom::default() }));
    assert_eq!(s.kinds()[0].word(), "string");
    assert_eq!(csv("unit\n101\n1E05\n2E10\n").kinds()[0].word(), "string");
    // Numbers of science have a point or a sign; what is declared a number is one.
    assert_eq!(csv("n\n1.5e3\n2.25E+4\n1e5\n").kinds()[0], Kind::Number);
    assert_eq!(of("t.csv", b"n\n1e5\n2e6\n", &told("n", Custom { told: Some(Told::Number), ..Custom::default() })).kinds()[0], Kind::Number);
    // Declared text is text, whatever it looks like, and a sign in it is a value.
    let s = of("t.csv", b"c,n\nNA,1\nDE,2\n12,3\n", &told("c", Custom { told: Some(Told::Text), ..Custom::default() }));
    assert_eq!((s.kinds()[0], s.file.tables[0].columns[0].nulls), (Kind::String, 0));
}

#[test]
fn records_have_no_notes() {
    let s = case("t-tail-row-json/data.json");
    assert_eq!((s.rows.len(), s.rows[3].as_str(), s.file.tables[0].notes.len()), (4, "Northern Mariana Islands||", 0));
    let s = of("t.json", "[{\"a\":1,\"b\":2},{},{\"a\":\"注：这不是说明，是一条记录\"}]".as_bytes(), &Settings::default());
    assert_eq!(s.rows, ["1|2", "|", "注：这不是说明，是一条记录|"]);
    let s = of("t.jsonl", "{\"a\":\"Note: x\",\"b\":null}\n{\"a\":\"Source: y\",\"b\":null}\n".as_bytes(), &Settings::default());
    assert_eq!(s.rows.len(), 2);
    let s = of("t.json", br#"{"status":"ok","data":{"page":1,"items":[{"a":1.50},{"a":2.25}],"facets":[{"n":1}]}}"#, &Settings::default());
    assert_eq!((s.file.tables[0].part.as_deref(), s.rows.join(" ").as_str()), (Some("data.items"), "1.50 2.25"));
    let s = of("t.json", br#"{"x":[{"a":1}],"y":[{"b":1},{"b":2}]}"#, &Settings::default());
    assert!(s.says("TAB023", "`y`") && s.says("TAB023", "x (1)"));
    let s = of("t.json", br#"{"x":[{"a":1}],"y":[{"b":1},{"b":2}]}"#, &Settings { property: Some("x".into()), ..Settings::default() });
    assert_eq!((s.names().as_str(), s.codes()), ("a", vec![]));
    let mut bytes = "[{\"甲\":\"北京\"},\n{\"甲\":\"天津X\"}]".as_bytes().to_vec();
    let at = bytes.iter().position(|b| *b == b'X').unwrap();
    bytes[at] = 0xE5;
    let s = of("t.json", &bytes, &Settings::default());
    assert_eq!((s.rows.join(" ").as_str(), s.place("TAB003")), ("北京 天津\u{fffd}", Some((2, 9))));
}

#[test]
fn numbers_and_days_as_others_write_them() {
    let number = Custom { told: Some(Told::Number), decimal: Some(','), group: Some('.'), ..Custom::default() };
    let day = Custom { told: Some(Told::Date), format: format("%d/%m/%Y").unwrap(), ..Custom::default() };
    let s = at(
        &shared("cases/csv-decimal-comma/content/datasets/eu/eu.csv"),
        &Settings { customs: vec![("cost".into(), number.clone()), ("day".into(), day)], ..Settings::default() },
    );
    assert_eq!((s.kinds(), s.codes()), (vec![Kind::String, Kind::Number, Kind::Date], vec![]));
    assert_eq!(s.rows, ["A|1234.50|2023-12-31", "B|20.00|2024-02-01", "C|7.5|2024-03-15"]);
    // Nothing declared, and nothing else fits: read so, and told.
    let s = case("csv-decimal-comma/content/datasets/eu/eu.csv");
    assert_eq!(s.kinds(), [Kind::String, Kind::Number, Kind::Date]);
    assert_eq!(s.codes(), ["TAB020", "TAB020"]);
    let s = case("t-date-dmy/data.csv");
    assert_eq!((s.kinds()[0], s.rows[0].as_str(), s.says("TAB020", "%d/%m/%Y")), (Kind::Date, "2024-01-13|1", true));
    let s = case("t-sep-line/data.csv");
    assert_eq!(s.kinds(), [Kind::String, Kind::Integer, Kind::Number]);
    assert_eq!((s.rows[2].as_str(), s.file.tables[0].columns[1].min.as_deref()), ("Bremen|681202|0.8", Some("681202")));
    // Two ways are left: nothing is guessed.
    let s = csv("day\n03/04/2024\n05/06/2024\n");
    assert_eq!((s.kinds()[0], s.rows[0].as_str(), s.says("TAB021", "%d/%m/%Y")), (Kind::String, "03/04/2024", true));
    let s = csv("a;b\n1,5;1.234\n2,5;5.678\n");
    assert!(s.says("TAB021", "decimalChar") && s.rows[0] == "1.5|1.234");
    // What does not keep to the declaration stays, and is told with its place.
    let s = of("t.csv", b"n\n\"1,5\"\n2.5\n\"3,5\"\n", &told("n", number));
    assert_eq!((s.rows.join(" ").as_str(), s.place("TAB022")), ("1.5 2.5 3.5", Some((3, 1))));
    // Missing signs and truth of a column.
    let s = of(
        "t.csv",
        "a,b\n是,-9\n否,-9\n".as_bytes(),
        &Settings {
            customs: vec![
                ("a".into(), Custom { told: Some(Told::Boolean), yes: vec!["是".into()], no: vec!["否".into()], ..Custom::default() }),
                ("b".into(), Custom { missing: Some(vec!["-9".into()]), ..Custom::default() }),
            ],
            ..Settings::default()
        },
    );
    assert_eq!((s.kinds()[0], s.rows.join(" ").as_str()), (Kind::Boolean, "true| false|"));
}

#[test]
fn names_are_read_by_words() {
    let s = case("t-name-tel-substring/data.csv");
    assert_eq!((s.kinds()[1], s.names().as_str()), (Kind::Integer, "Obec|Počet obyvatel"));
    for (name, kind) in [
        ("candidates", Kind::Integer),
        ("hotel", Kind::Integer),
        ("tel", Kind::Code),
        ("HS Code", Kind::Code),
        ("holiday", Kind::Integer),
        ("issue_date", Kind::Date),
    ] {
        assert_eq!(csv(&format!("{name},x\n20240101,a\n20240102,b\n20240103,c\n")).kinds()[0], kind, "{name}");
    }
}

#[test]
fn a_number_split_by_its_own_comma_is_told() {
    let s = csv("city,people,cars\nA,1,200,5\nB,300,6\n");
    assert!(s.says("TAB005", "1,200") && s.place("TAB005") == Some((2, 2)));
}

#[test]
fn one_broken_byte_costs_one_character() {
    let s = case("csv-one-bad-byte/content/datasets/u8/u8.csv");
    assert_eq!((s.names().as_str(), s.file.tables[0].encoding, s.rows.len()), ("地区,名称,数量".replace(',', "|").as_str(), "UTF-8", 300));
    let (line, column) = s.place("TAB003").unwrap();
    assert!((150..=153).contains(&line) && (1..=2).contains(&column), "{line}:{column}");
    assert!(!s.codes().contains(&"TAB004") && s.rows.iter().filter(|r| r.contains('\u{fffd}')).count() == 1);
    let good = format!("地区,名称\n{}", "杭州市,文化站\n宁波市,图书馆\n".repeat(4));
    let with = |at: usize, bytes: &[u8]| {
        let mut all = good.clone().into_bytes();
        all.splice(at..at, bytes.iter().copied());
        of("t.csv", &all, &Settings::default())
    };
    let s = with(good.len(), b"\xFF,x\n");
    assert_eq!((s.file.tables[0].encoding, s.place("TAB003")), ("UTF-8", Some((10, 1))));
    let s = with(good.len(), &encoding_rs::GB18030.encode("温州市,一行国标编码\n").0);
    assert_eq!((s.file.tables[0].encoding, s.place("TAB003")), ("UTF-8", Some((10, 1))));
    // Cut in the middle of the last character, and far into a long file.
    let s = with(good.len(), b"\xE5\x8C");
    assert_eq!((s.file.tables[0].encoding, s.place("TAB003").is_some()), ("UTF-8", true));
    let s = of("t.csv", b"ville,n\nMontr\xC3\xA9al,1\n\xC9vry,2\nN\xC3\xAEmes,3\n", &Settings::default());
    assert_eq!((s.rows[0].as_str(), s.rows[1].as_str(), s.place("TAB003")), ("Montréal|1", "\u{fffd}vry|2", Some((3, 1))));
    let mut long = format!("地区,名称\n{}", "杭州市,文化站\n".repeat(33_000)).into_bytes();
    long.extend(b"\xFF,y\n");
    let s = of("t.csv", &long, &Settings::default());
    assert_eq!((s.file.tables[0].encoding, s.rows.len()), ("UTF-8", 33_001));
    // What is declared is not questioned.
    let s = of("t.csv", &encoding_rs::SHIFT_JIS.encode("名,数\n東京,1\n").0, &Settings { encoding: Some("shift_jis".into()), ..Settings::default() });
    assert_eq!((s.rows[0].as_str(), s.codes()), ("東京|1", vec![]));
}

#[test]
fn short_texts_in_old_encodings() {
    let s = case("t-sjis-short/data.csv");
    assert_eq!((s.file.tables[0].encoding, s.rows[0].as_str()), ("Shift_JIS", "2021|10歳未満|9707"));
    for language in ["zh-Hans", "en", "ja"] {
        let s = at(&shared("cases/t-sjis-short/data.csv"), &Settings { languages: vec![language.into()], ..Settings::default() });
        assert_eq!(s.file.tables[0].encoding, "Shift_JIS", "{language}");
    }
}

#[test]
fn returns_alone_end_lines() {
    let s = case("csv-cr-with-quoted-newline/content/datasets/cr/cr.csv");
    assert_eq!((s.rows.join("; ").as_str(), s.names().as_str()), ("1|two\nlines; 2|B", "id|name"));
    let s = csv("id,name\r1,\"a\r\nb\"\r2,\"c\nd\"\r3,e\r");
    assert_eq!(s.rows.len(), 3);
    let s = csv("title\r\rid,name\r1,\"a\nb\"\r2,c\r注：说明\r");
    assert_eq!((s.names().as_str(), s.rows.len(), s.file.tables[0].notes.len()), ("id|name", 2, 1));
}

#[test]
fn heads_of_labels_and_lines_above_heads() {
    let s = case("t-census-two-heads/data.csv");
    assert_eq!(s.names(), "GEO_ID/id|NAME/Geographic Area Name|B01001_001E/Estimate!!Total:|B01001_001M/Margin of Error!!Total:");
    assert_eq!((s.rows.len(), s.kinds()[2], s.codes().contains(&"TAB026")), (3, Kind::Integer, true));
    let s = case("t-budget-cn/data.csv");
    assert_eq!((s.names().as_str(), s.rows.len()), ("收入/项目|收入/预算数|支出/项目|支出/预算数", 5));
    let t = &s.file.tables[0];
    assert_eq!((t.preamble.len(), t.unit.as_deref(), t.notes.len(), s.kinds()[1], s.kinds()[3]), (2, Some("万元"), 1, Kind::Number, Kind::Number));
    // A first row of texts that stand for values is a row.
    let s = csv("name,a,b\nx,withheld,withheld\ny,1,2\nz,3,4\nw,5,6\n");
    assert_eq!(s.rows.len(), 4);
    let s = csv("name,n\nNorth,confidential\nSouth,2\nEast,3\nWest,4\n");
    assert_eq!(s.rows.len(), 4);
}

#[test]
fn heads_that_come_again_are_no_rows() {
    let s = csv("地区,人口\n北京,1\n天津,2\n地区,人口\n河北,3\n地区,人口\n");
    assert_eq!((s.rows.join(" ").as_str(), s.kinds()[1], s.place("TAB025")), ("北京|1 天津|2 河北|3", Kind::Integer, Some((4, 0))));
    let s = csv("名称\n名称\n甲\n");
    assert_eq!(s.rows.len(), 2, "a list of one column keeps its values");
}

#[test]
fn two_tables_in_a_text_are_two() {
    let text = "城市,人口,面积\n甲,1,2\n乙,3,4\n\n区县,收入\n丙,5\n丁,6\n戊,7\n";
    let s = csv(text);
    let told: Vec<(String, u64)> = s.file.tables.iter().map(|t| (t.names.join("|"), t.rows)).collect();
    assert_eq!(told, [("城市|人口|面积".to_string(), 2), ("区县|收入".to_string(), 3)]);
    assert_eq!((s.rows.join(" ").as_str(), s.place("TAB024")), ("甲|1|2 乙|3|4", Some((5, 0))));
    let s = csv("表1 人口,,\n城市,人口,面积\n甲,1,2\n乙,3,4\n,,\n表2 收入,,\n区县,收入,支出\n丙,5,1\n丁,6,2\n");
    assert_eq!(s.file.tables.iter().map(|t| t.part.clone().unwrap_or_default()).collect::<Vec<_>>(), ["表1 人口", "表2 收入"]);
    assert_eq!(s.file.tables[1].names.join("|"), "区县|收入|支出");
    // Beyond the lines that are looked at first.
    let many: String = (0..400).map(|i| format!("n{i},{i},{}\n", i * 2)).collect();
    let s = csv(&format!("a,b,c\n{many}\nd,e,f\nx,1,2\ny,3,4\n"));
    assert_eq!(s.file.tables.iter().map(|t| t.rows).collect::<Vec<_>>(), [400, 2]);
    // Empty lines between rows, and notes after them, are no other table.
    let s = csv("a,b\nx,1\ny,2\n\nz,3\nw,4\n\nTotal,10\n\n注：说明在此\n");
    assert_eq!((s.file.tables.len(), s.rows.len()), (1, 5));
}

#[test]
fn delimiters_of_several_characters_and_escapes() {
    let with = |delimiter: &str, text: &str| of("t.csv", text.as_bytes(), &Settings { delimiter: Some(delimiter.into()), ..Settings::default() });
    let s = with("，", "地区，人口\n北京，1,234\n天津，2,345\n");
    assert_eq!((s.names().as_str(), s.rows[0].as_str(), s.kinds()[1]), ("地区|人口", "北京|1,234", Kind::Integer));
    assert_eq!(with("||", "a||b\n1||x|y\n2||\"z||w\"\n").rows, ["1|x|y", "2|z||w"]);
    assert_eq!(with("\t", "a\tb\n1\t2\n").rows, ["1|2"]);
    let s = of("t.csv", b"a,b\n\"say \\\"yes\\\"\",1\n\"x\\\\\",2\n", &Settings { escape: Some(b'\\'), ..Settings::default() });
    assert_eq!(s.rows, ["say \"yes\"|1", "x\\|2"]);
    let s = of("t.csv", b"# of 2024\na;b\n1;2\n#3;4\n5;6\n", &Settings { comment: Some(b'#'), ..Settings::default() });
    assert_eq!((s.names().as_str(), s.rows.join(" ").as_str()), ("a|b", "1|2 5|6"));
    let (gbk, _, _) = encoding_rs::GB18030.encode("名，数\n甲\u{e5e5}，1\n");
    let _ = of("t.csv", &gbk, &Settings { delimiter: Some("，".into()), encoding: Some("gb18030".into()), ..Settings::default() });
}

/// The whole way: what an author declares in `dataset.yaml` reaches the files that are published.
#[test]
fn declarations_reach_what_is_published() {
    use crate::support::{Project, SITE_CN};
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    let head = "title: 甲\ndescription: 说明\npublisher: office\nlicense: CC-BY-4.0\nfrequency: yearly\nissued: 2024-01-01\nmodified: 2024-05-01\naccess_rights: open\n";
    p.file(
        "content/datasets/eu/dataset.yaml",
        format!(
            "{head}resources:\n  - name: t\n    path: t.csv\n    dialect: {{delimiter: \"||\"}}\n    schema:\n      fields:\n        - {{name: id, type: string}}\n        - {{name: cost, type: number, decimalChar: \",\", groupChar: \".\"}}\n        - {{name: day, type: date, format: \"%d/%m/%Y\"}}\n  - name: u\n    path: t.csv\n    dialect: {{delimiter: \"\", quoteChar: \"“\"}}\n    schema:\n      fields:\n        - {{name: id, type: integer, decimalChar: abc, format: x}}\n        - {{name: day, type: date, format: sometimes}}\n"
        ),
    );
    p.file("content/datasets/eu/t.csv", "id||cost||day\n1E05||1.234,50||31/12/2023\n007||20,00||01/02/2024\n0||7,5||15/03/2024\n");
    let found = p.findings(&[]);
    let at = |code: &str, line: u64| found.iter().any(|f| f.0 == code && f.1 == "content/datasets/eu/dataset.yaml" && f.2 == line);
    for line in [20, 23, 24] {
        assert!(at("SRC006", line), "SRC006 in line {line}: {found:?}");
    }
    assert!(!found.iter().any(|f| f.0 == "SRC005"), "{found:?}");
    p.run(&["build", "--allow-errors"]);
    let csv = std::fs::read_to_string(p.path("public/datasets/eu/t/t.csv")).unwrap();
    assert_eq!(csv, "id,cost,day\r\n1E05,1234.50,2023-12-31\r\n007,20.00,2024-02-01\r\n0,7.5,2024-03-15\r\n");
    let json = std::fs::read_to_string(p.path("public/datasets/eu/t/t.json")).unwrap();
    assert!(json.contains("{\"id\":\"1E05\",\"cost\":1234.50,\"day\":\"2023-12-31\"}"), "{json}");
}

#[test]
fn the_dictionary_names_row_and_value() {
    use crate::support::{Project, SITE_CN};
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p.file(
        "content/datasets/d/dataset.yaml",
        "title: 甲\ndescription: 说明\npublisher: office\nlicense: CC-BY-4.0\nfrequency: yearly\nissued: 2024-01-01\nmodified: 2024-05-01\naccess_rights: open\nresources:\n  - name: t\n    path: t.csv\n    schema:\n      fields:\n        - {name: a, type: integer}\n        - {name: b, constraints: {enum: [x, y]}}\n        - {name: c, type: number, constraints: {maximum: 10}}\n        - {name: e, constraints: {unique: true, required: true}}\n",
    );
    p.file("content/datasets/d/t.csv", "a,b,c,e\n1,x,1,p\ntwo,y,2,q\n3,z,30,p\n4,x,4,\n");
    let text = p.run(&["check", "--format", "text", "--lang", "en"]).out;
    for words in ["`two` in row 2", "`z` in row 3", "`30` in row 3", "`p` in row 3", "row 4"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn flags_of_eurostat_stay_and_are_told() {
    let s = case("t-eurostat-flags/data.tsv");
    let told: Vec<(u64, usize)> = s.file.doubts.iter().filter(|d| d.code == "TAB027").map(|d| (d.line, d.column)).collect();
    assert_eq!((s.names().as_str(), s.kinds()[3], told), ("freq|unit|geo|2018|2019|2020|2021", Kind::Number, vec![(1, 1), (2, 6)]));
    assert_eq!((s.rows[2].as_str(), s.rows[3].as_str()), ("A|PC|BG|5.3||5.1 e|: c", "A|PC|CZ||2.0 p|2.6|2.8"));
    assert_eq!(s.file.tables[0].columns[3].nulls, 1);
    // As one, where the author says how the file is parted; and where rows are not as the head.
    let text = "freq,geo\\TIME_PERIOD\t2020 \t2021 \nA,AT\t1.5 \t: \nA,BE\t2.5 \t3 \n";
    let tsv = |text: &str, delimiter: Option<&str>| of("t.tsv", text.as_bytes(), &Settings { delimiter: delimiter.map(String::from), ..Settings::default() });
    assert_eq!(tsv(text, None).rows, ["A|AT|1.5|", "A|BE|2.5|3"]);
    assert_eq!(tsv(text, Some("\t")).rows, ["A,AT|1.5|", "A,BE|2.5|3"]);
    assert_eq!(tsv(&text.replace("A,BE", "A,B,E"), None).rows, ["A,AT|1.5|", "A,B,E|2.5|3"]);
    assert_eq!(tsv("geo\\TIME\t2020\t2021\nAT\t1\t:\nBE\t2\t3\n", None).rows, ["AT|1|", "BE|2|3"]);
}

#[test]
fn other_groups_and_short_years() {
    let s = csv("state,amt\nA,\"12,34,567\"\nB,\"1,00,000\"\n");
    assert_eq!((s.kinds()[1], s.rows[0].as_str(), s.codes()), (Kind::Integer, "A|1234567", vec!["TAB020"]));
    let s = csv("d,n\n31/12/23,1\n01/02/24,2\n");
    assert_eq!((s.rows[0].as_str(), s.says("TAB021", "%d/%m/%y")), ("31/12/23|1", true));
}

#[test]
fn cells_beyond_the_head_get_columns_of_their_own() {
    // Past the lines that are looked at first, in a column whose head is a closing delimiter.
    let many: String = (0..400).map(|i| format!("a{i},{i},\n")).collect();
    let s = csv(&format!("name,n,\n{many},,300\nb,,400\n"));
    assert_eq!((s.names().as_str(), s.rows[400].as_str(), s.rows[401].as_str()), ("name|n|column_3", "||300", "b||400"));
    assert!(s.codes().contains(&"TAB007") && !s.codes().contains(&"TAB005"));
    // Cells too many, in some rows, of any format.
    let s = csv("a,b\n1,2\n3,4,5,,6\n7,8\n9,10,11\n");
    assert_eq!((s.names().as_str(), s.rows.join(" ").as_str()), ("a|b|column_3|column_4|column_5", "1|2||| 3|4|5||6 7|8||| 9|10|11||"));
    assert!(s.says("TAB005", "2 rows have more than 2 cells (the first has 5)") && s.place("TAB005") == Some((3, 3)));
    let s = csv("city,people,cars\nA,1,200,5\nB,300,6\n");
    assert_eq!((s.rows[0].as_str(), s.says("TAB005", "1 row has")), ("A|1|200|5", true));
    // A name that is taken, a row of nothing but a cell beyond.
    let s = csv("column_3,b\nx,1\ny,2,\n,,z\n");
    assert_eq!((s.names().as_str(), s.rows[2].as_str()), ("column_3|b|column_3_", "||z"));
    // Far too many are told and left out; empty ones are nothing.
    let s = csv(&format!("a,b\n1,2\n3,4{}\n", ",x".repeat(500)));
    assert_eq!((s.names().as_str(), s.says("TAB005", "not read")), ("a|b", true));
    assert_eq!(csv("a,b\n1,2,,,\n3,4\n").names(), "a|b");
    // What is personal is told once, with the column, and may be masked.
    let s = csv("年,数\n2020,1,张三 13812345678\n2021,2\n2022,3\n");
    assert_eq!(s.file.personal.iter().map(|p| (p.name.as_str(), p.column)).collect::<Vec<_>>(), [("column_3", 3)]);
}

#[test]
fn many_names_alike_are_told_once() {
    let s = csv(&format!("{}\n{}\n{}\n", vec!["a"; 3000].join(","), vec!["1"; 3000].join(","), vec!["2"; 3000].join(",")));
    assert_eq!((s.codes().iter().filter(|c| **c == "TAB007").count(), s.says("TAB007", "2999")), (1, true));
    let s = csv("a,a,b\n1,2,3\n");
    assert!(s.says("TAB007", "`a_2`"));
}

#[test]
fn names_in_json_are_names_of_columns() {
    let s = of("t.json", "[{\"序号 \": 1, \" 名称\": \"甲\", \"名称\": \"乙\", \"长\\n名\": 2, \"\": 3}]".as_bytes(), &Settings::default());
    assert_eq!((s.names().as_str(), s.rows[0].as_str()), ("序号|名称|名称_2|长 名|column_5", "1|甲|乙|2|3"));
}

#[test]
fn tables_after_the_first_are_second() {
    let s = csv("城市,人口,面积\n甲,1,2\n乙,3,4\n\n区县,收入\n丙,5\n丁,6\n戊,7\n");
    assert_eq!(s.file.tables.iter().map(|t| t.second).collect::<Vec<_>>(), [false, true]);
    let block = |i: usize| format!("区{i},收入{i}\n丙,5\n丁,6\n\n");
    let s = csv(&(0..25).map(block).collect::<String>());
    assert!(s.file.tables.len() == 20 && s.says("TAB012", "more than 20 tables"));
}

/// Rows of nothing are records, and a package of them holds for its validator: in one column nothing is a text.
#[test]
fn records_of_nothing_stay_records() {
    use crate::support::{Project, SITE_CN};
    use std::io::Read as _;
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p.file(
        "content/datasets/t/dataset.yaml",
        "title: 甲\ndescription: 说明\npublisher: office\nlicense: CC-BY-4.0\nfrequency: yearly\nissued: 2024-01-01\nmodified: 2024-05-01\naccess_rights: open\nresources:\n  - {name: t, path: t.json}\n  - {name: u, path: u.csv}\n",
    );
    p.file("content/datasets/t/t.json", "[{\"n\": null, \"名\": null}, {\"n\": 1, \"名\": \"甲\"}]");
    p.file("content/datasets/t/u.csv", "n,名\n1,甲\n,\n\n2,乙\n");
    p.run(&["build", "--allow-errors"]);
    let fields = |name: &str| {
        let zip = std::fs::File::open(p.path(&format!("public/datasets/t/{name}/{name}.zip"))).unwrap();
        let mut text = String::new();
        zip::ZipArchive::new(zip).unwrap().by_name("datapackage.json").unwrap().read_to_string(&mut text).unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()["resources"][0]["schema"]["fields"].clone()
    };
    assert_eq!(p.read("public/datasets/t/t/t.csv"), "n,名\r\n,\r\n1,甲\r\n");
    let f = fields("t");
    assert_eq!((f[0]["type"].as_str(), f[1]["type"].as_str(), f[1]["missingValues"].to_string().as_str()), (Some("integer"), Some("string"), "[]"));
    assert_eq!(p.read("public/datasets/t/u/u.csv"), "n,名\r\n1,甲\r\n2,乙\r\n");
    assert!(fields("u")[1]["missingValues"].is_null());
    // Empty rows of a text are told, those at its end are nothing.
    let s = csv("n,m\n1,2\n,\n , \n3,4\n,\n,\n");
    assert_eq!((s.rows.len(), s.place("TAB036"), s.says("TAB036", ": 2")), (2, Some((3, 0)), true));
    assert!(!csv("n,m\n1,2\n,\n").codes().contains(&"TAB036"));
}

#[test]
fn lines_of_comment_are_searched_for_persons() {
    let with = |text: &str| {
        let s = of("t.csv", text.as_bytes(), &Settings { comment: Some(b'#'), ..Settings::default() });
        s.file.personal.iter().filter(|p| p.place == Spot::Text).map(|p| (p.line, p.column)).collect::<Vec<_>>()
    };
    assert_eq!(with("# 填表人：张三 13812345678\na,b\n1,2\n#x 11010519491231002X\n3,4\n"), [(1, 10), (4, 4)]);
    // What is in cells is judged with their column.
    assert_eq!(with("a,订单编号\n1,13812345678\n2,13912345678\n# 说明\n"), []);
    // What was not read is searched too.
    let block = |i: usize| format!("区{i},收入{i}\n丙,5\n丁,6\n\n");
    let s = csv(&format!("{}甲,乙\n张三,11010519491231002X\n", (0..22).map(block).collect::<String>()));
    assert_eq!(s.file.personal.len(), 1);
}

#[test]
fn two_tables_with_one_head_are_two() {
    let tables = |s: &Seen| s.file.tables.iter().map(|t| (t.rows, t.unit.clone().unwrap_or_default())).collect::<Vec<_>>();
    for gap in ["", ",,\n", "\n"] {
        let s =
            csv(&format!("表一 收入,,\n单位：亿元,,\n项目,2022,2023\n税收,1,2\n费,3,4\n{gap}表二 支出,,\n单位：万元,,\n项目,2022,2023\n工资,7,8\n公用,9,1\n"));
        assert_eq!(tables(&s), [(2, "亿元".to_string()), (2, "万元".to_string())], "{gap:?} {:?}", s.file.doubts);
        assert_eq!((s.rows.join(" ").as_str(), s.codes().contains(&"TAB024"), s.codes().contains(&"TAB025")), ("税收|1|2 费|3|4", true, false), "{gap:?}");
    }
    // A printed page break, with the title of the page or without, and one that goes on: one table.
    for between in ["", "表一 收入,,\n", "表一 收入（续）,,\n"] {
        let s = csv(&format!("表一 收入,,\n项目,2022,2023\n税收,1,2\n费,3,4\n{between}项目,2022,2023\n工资,7,8\n"));
        assert_eq!((s.file.tables.len(), s.codes().contains(&"TAB025")), (1, true), "{between}");
    }
    // A row of a name alone before the head of the next page is a row.
    let s = csv("项目,2022,2023\n税收,1,2\n其他,,\n项目,2022,2023\n工资,7,8\n");
    assert_eq!(s.rows.join(" "), "税收|1|2 其他|| 工资|7|8");
}

#[test]
fn sentences_below_the_rows_are_notes_with_commas_too() {
    for (note, row) in [("\"Figures are rounded, so sums may differ.\",,", "a,1,2"), ("本表数据四舍五入，合计可能不等。,,", "甲,1,2")] {
        let s = csv(&format!("k,x,y\n{row}\n{row}3\n{note}\n"));
        assert_eq!((s.rows.len(), s.file.tables[0].notes.len(), s.codes().contains(&"TAB011")), (2, 1, true), "{note}");
    }
    for text in [
        "k,x,y\n道路养护工程已经完工。,1,2\n桥梁养护工程尚未开工。,,\n",
        "k,x,y\na,1,2\nSt. Mary.,,\n",
        "k,x,y\na,1,2\n\"Figures are rounded, so sums may differ.\",,\nb,3,4\n",
    ] {
        assert_eq!((csv(text).rows.len(), csv(text).file.tables[0].notes.len()), (text.lines().count() - 1, 0), "{text}");
    }
}

#[test]
fn a_day_that_does_not_exist_is_told_once() {
    let days = |odd: &str| csv(&format!("d,v\n{}{odd},1\n", (1..=30).map(|i| format!("2024-01-{i:02},{i}\n")).collect::<String>()));
    for odd in ["2024-02-30", "2023-02-29", "2024/4/31", "2024年6月31日"] {
        let s = days(odd);
        assert!(s.says("TAB008", odd) && s.place("TAB008") == Some((32, 1)) && !s.codes().contains(&"TAB022"), "{odd} {:?}", s.file.doubts);
        assert_eq!(s.rows[30], format!("{odd}|1"));
    }
    assert!(!days("2024-02-29").codes().contains(&"TAB008"));
    let s = csv(&format!("d,v\n{}31/2/2024,1\n", (1..=30).map(|i| format!("{i}/1/2024,{i}\n")).collect::<String>()));
    assert_eq!((s.codes().iter().filter(|c| **c == "TAB008").count(), s.codes().contains(&"TAB022")), (1, false), "{:?}", s.file.doubts);
}

#[test]
fn a_guess_of_the_encoding_that_is_not_sure_is_a_warning() {
    use clerestory::diag::Severity;
    let told = |bytes: &[u8], language: &str| {
        let s = of("t.csv", bytes, &Settings { languages: vec![language.into()], ..Settings::default() });
        let d = s.file.doubts.iter().find(|d| d.code == "TAB004").unwrap_or_else(|| panic!("{:?}", s.file.doubts));
        (d.severity, d.message.en.clone())
    };
    for language in ["en", "zh-Hans"] {
        for bytes in [&b"Kraj;Plocha\nPlze\xF2;1\nBrno;2\nPraha;3\n"[..], b"v\xE1ros,n\nGy\xF5r,1\n", b"\xDDl\xE7e,n\nBe\xFEikta\xFE,1\n"] {
            let (severity, message) = told(bytes, language);
            assert!(severity == Severity::Warn && message.contains("a text of it is \u{201c}"), "{language} {message}");
        }
    }
    assert_eq!(told(b"\xD0\xD5,n\n\xCD\xF5,1\n\xC0\xEE,2\n\xD5\xC5,3\n", "en").0, Severity::Warn);
    for (bytes, language) in [(&b"ville,n\nMontr\xE9al,1\nQu\xE9bec,2\n"[..], "en"), (b"stadt,n\nK\xF6ln,1\n", "zh-Hans")] {
        assert_eq!(told(bytes, language).0, Severity::Info, "{language}");
    }
}

#[test]
fn small_untruths_of_findings() {
    // Only empty lines above the head; a sign for per cent that stays.
    assert!(!csv(",,\na,b,c\nx,1,2\ny,3,4\n").codes().contains(&"TAB011"));
    let s = csv("k,v\na,6.1％\nb,7.2％\n");
    assert_eq!((s.rows.join(" ").as_str(), s.codes().contains(&"TAB020")), ("a|6.1％ b|7.2％", false));
}
