//! What the engine finds is what the reader of `clerestory` finds, figure by figure, on every table that both can read.

use clerestory::load::Blob;
use clerestory::load::table::{File, Personal, Settings, Table, read};
use clerestory_lake::engine::{self, Bounds};
use clerestory_lake::profile::{Exact, Profiled, profile};
use clerestory_lake::source::Source;
use clerestory_lake::{Result, make};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn lake(path: &Path, exact: Exact) -> Result<Profiled> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let here = engine::here(&Bounds { memory: 256 << 20, threads: 3, spill: None })?;
        let source = Source::open(&here, path.to_str().unwrap()).await?;
        profile(&here, &here, &source, exact, &Settings::default()).await
    })
}

fn personal(all: &[Personal]) -> Vec<String> {
    all.iter().map(|p| format!("{} {} {:?} {} {:?} {:?}", p.column, p.name, p.kind, p.cells, p.sure, p.place)).collect()
}

/// A table without what only the order of its rows tells.
fn plain(t: &Table) -> Value {
    let mut v = serde_json::to_value(t).unwrap();
    // Of CSV files of this kind only whether a byte-order mark stands before them.
    v["encoding"] = Value::Null;
    for c in v["columns"].as_array_mut().unwrap() {
        c.as_object_mut().unwrap().remove("example");
    }
    v
}

/// Where two values differ first.
fn differ(a: &Value, b: &Value, at: &str) -> Option<String> {
    match (a, b) {
        (Value::Object(x), Value::Object(y)) if x.len() == y.len() => x.iter().find_map(|(k, v)| differ(v, y.get(k)?, &format!("{at}/{k}"))),
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => x.iter().zip(y).enumerate().find_map(|(i, (v, w))| differ(v, w, &format!("{at}/{i}"))),
        _ => (a != b).then(|| {
            let short = |v: &Value| v.to_string().chars().take(200).collect::<String>();
            format!("{at}: {} here, {} by the engine", short(a), short(b))
        }),
    }
}

/// Whether both found the same.
fn same(here: &File, there: &Profiled) -> std::result::Result<(), String> {
    let [table] = &here.tables[..] else { return Err(format!("{} tables here", here.tables.len())) };
    let mut other = there.read.table.clone();
    for (a, b) in table.columns.iter().zip(&mut other.columns).filter(|(a, b)| b.exact && !a.exact) {
        // Estimated here and counted there: within the error of the estimate.
        if (a.distinct as f64 / b.distinct as f64 - 1.0).abs() > 0.03 {
            return Err(format!("{} values here, {} by the engine", a.distinct, b.distinct));
        }
        (b.distinct, b.exact, b.unique) = (a.distinct, a.exact, a.unique);
    }
    if let Some(d) = differ(&plain(table), &plain(&other), "") {
        return Err(d);
    }
    for (a, b) in table.columns.iter().zip(&there.read.table.columns) {
        if b.example.is_some() && a.example != b.example {
            return Err(format!("example: {:?} here, {:?} by the engine", a.example, b.example));
        }
    }
    let (a, b) = (personal(&here.personal), personal(&there.read.personal));
    if a != b { Err(format!("personal data: {a:?} here, {b:?} by the engine")) } else { Ok(()) }
}

fn csvs(dir: &Path, out: &mut Vec<PathBuf>) {
    let Ok(all) = dir.read_dir() else { return };
    let mut all: Vec<PathBuf> = all.map(|e| e.unwrap().path()).collect();
    all.sort();
    for p in all {
        if p.is_dir() {
            csvs(&p, out);
        } else if p.extension().is_some_and(|e| e == "csv" || e == "tsv") && p.metadata().unwrap().len() > 0 {
            out.push(p);
        }
    }
}

#[test]
fn tables_that_both_can_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let data = std::env::var_os("CLERESTORY_DATA").map_or_else(|| root.join("../shared/data"), PathBuf::from);
    let mut all = Vec::new();
    csvs(&root.join("content"), &mut all);
    let own = all.len();
    assert!(own > 0);
    csvs(&data, &mut all);
    if all.len() == own {
        eprintln!("NOT COMPARED: the tables beside the project are absent ({}); only those of the sample are compared", data.display());
    }
    let (mut equal, mut refused, mut others) = (0, BTreeMap::<String, usize>::new(), Vec::new());
    for path in &all {
        let here = read(&Blob::at(path), &Settings::default());
        match lake(path, Exact::Keys) {
            Ok(there) => match same(&here, &there) {
                Ok(()) => equal += 1,
                Err(why) => others.push(format!("{}: {why}", path.strip_prefix(&root).unwrap_or(path).display())),
            },
            Err(e) => {
                let why = e.to_string().lines().last().unwrap_or_default().split_once(": ").map_or(String::new(), |w| w.1.chars().take(60).collect());
                *refused.entry(why).or_default() += 1;
            }
        }
    }
    eprintln!("{equal} of {} tables equal, {} refused:", all.len(), refused.values().sum::<usize>());
    refused.iter().for_each(|(why, n)| eprintln!("  {n} {why}"));
    assert!(others.is_empty(), "{} differ:\n{}", others.len(), others.join("\n"));
    assert!(equal >= own, "{equal}");
    assert!(all.len() == own || equal * 2 > all.len(), "most are plain tables");
}

/// One table as one CSV, as a folder of CSV, and as typed Parquet: more values than are kept, and the sketches are the same.
#[test]
fn one_table_in_three_forms() {
    let dir = tempfile::tempdir().unwrap();
    let at = |n: &str| dir.path().join(n);
    let rows = make::make(&at("csv"), 24 << 20, true).unwrap();
    // The same rows, as Parquet.
    let typed = make::make(&at("parquet"), 10 << 20, false).unwrap();
    assert!(rows > 200_000 && typed > 200_000, "{rows} {typed}");
    let here = read(&Blob::at(at("csv/part-00000.csv")), &Settings::default());
    let there = lake(&at("csv/part-00000.csv"), Exact::Keys).unwrap();
    same(&here, &there).unwrap();
    assert_eq!(there.keys, [0, 7]);
    // Of two folders with the same rows all is equal but how they are stored.
    let more = at("more");
    std::fs::create_dir(&more).unwrap();
    let text = std::fs::read_to_string(at("csv/part-00000.csv")).unwrap();
    let lines: Vec<&str> = text.lines().take(typed as usize + 1).collect();
    assert_eq!(lines.len() as u64, typed + 1);
    let (head, rest) = lines.split_first().unwrap();
    for (i, part) in rest.chunks(rest.len() / 3 + 1).enumerate() {
        std::fs::write(more.join(format!("{i}.csv")), format!("{head}\n{}\n", part.join("\n"))).unwrap();
    }
    let texts = lake(&more, Exact::All).unwrap();
    let stored = lake(&at("parquet"), Exact::All).unwrap();
    assert_eq!(texts.read.table.rows, typed);
    let columns = |p: &Profiled| plain(&p.read.table)["columns"].clone();
    assert_eq!(differ(&columns(&texts), &columns(&stored), ""), None);
    // The first rows are the first.
    assert_eq!(stored.read.table.preview, texts.read.table.preview);
    assert_eq!(stored.read.table.preview[0][0], "1");
    for (a, b) in texts.read.table.columns.iter().zip(&stored.read.table.columns) {
        assert_eq!(a.example, b.example);
    }
    // What is estimated here is counted there.
    let code = &stored.read.table.columns[1];
    let cells = |c: usize| rest.iter().map(|l| l.split(',').nth(c).unwrap()).collect::<std::collections::BTreeSet<_>>();
    assert_eq!((code.kind.word(), code.distinct, code.exact), ("string", cells(1).len() as u64, true));
    let id = &stored.read.table.columns[0];
    assert_eq!((id.distinct, id.unique, id.exact), (typed, Some(true), true));
    let money = &stored.read.table.columns[4];
    // One of its values is that of no value.
    assert_eq!(money.distinct, cells(4).len() as u64 - 1);
    assert!(money.exact && !money.top.is_empty() && money.sketched, "{money:?}");
}

#[test]
fn what_cannot_be_read_the_same_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let refused = |name: &str, bytes: &[u8], says: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let e = lake(&path, Exact::Keys).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(e.contains(says), "{name}: {e}");
    };
    refused("gbk.csv", b"\xC4\xEA\xB7\xDD,\xC8\xCB\xBF\xDA\n2020,1\n", "not UTF-8");
    refused("title.csv", "人口统计\n年份,人口\n2020,1\n2021,2\n".as_bytes(), "the head is not the first line");
    refused("notes.csv", "年份,人口\n2020,1\n2021,2\n注：初步数,\n".as_bytes(), "notes stand below");
    refused("stray.csv", b"a,b\n1,\"Foo\" and \"Bar\"\n2,x\n", "closing quote");
    refused("open.csv", b"a,b\n1,\"x\n2,y\n3,z\n", "never closed");
    refused("nul.csv", b"a,b\n1,\0\n2,y\n", "NUL");
    let long = format!("a,b\n{}1,2,3\n", "1,2\n".repeat(500));
    refused("long.csv", long.as_bytes(), "the engine cannot go on");
    std::fs::create_dir(dir.path().join("mixed")).unwrap();
    std::fs::write(dir.path().join("mixed/a.csv"), "a,b\n1,2\n2,3\n").unwrap();
    std::fs::write(dir.path().join("mixed/b.csv"), "a,c\n1,2\n2,3\n").unwrap();
    let e = lake(&dir.path().join("mixed"), Exact::Keys).err().unwrap().to_string();
    assert!(e.contains("its head is not that of"), "{e}");
    let e = lake(&dir.path().join("absent"), Exact::Keys).err().unwrap().to_string();
    assert!(e.contains("there is no such file"), "{e}");
}

#[test]
fn personal_data_and_codes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.csv");
    let mut text = String::from("编号,手机,数值\n");
    (0..100_000u32).for_each(|i| text += &format!("{i:06},1391234{:04},\"1,{:03}\"\n", i % 10_000, i % 1000));
    std::fs::write(&path, &text).unwrap();
    let found = lake(&path, Exact::Keys).unwrap();
    assert_eq!(found.read.personal.len(), 1, "{:?}", found.read.personal);
    assert_eq!(found.read.personal[0].cells, 100_000);
    assert_eq!(found.keys, [0]);
    let id = &found.read.table.columns[0];
    assert_eq!((id.kind.word(), id.distinct), ("string", 100_000));
    same(&read(&Blob::at(&path), &Settings::default()), &found).unwrap();
}
