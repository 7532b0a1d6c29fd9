//! Search: vectors shared with the browser's engine, ranking, bad input, what a new document touches.
#![expect(clippy::disallowed_methods, reason = "tests read what was built")]

use crate::support::{Project, copy_tree, run_in, sample, tree};
use clerestory::index::engine::{Engine, Failure, Found, Options};
use clerestory::index::postings::level;
use clerestory::index::query::{most, parse};
use clerestory::index::tokens::{Class, Kind, Number, Run, Stemmer, class, hash, normalise, numbers, runs};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Texts of every kind: scripts, widths, rare characters, signs, nothing.
static TEXTS: &[&str] = &[
    "行政处罚法",
    "行政處罰法，第２条：ＡＢＣ",
    "臺灣裡著名於後面乾隆頭髮",
    "l'école, L’École d’Alger; qu'il dell'acqua un'altra aujourd'hui",
    "don't don’t donʼt I'm O'Brien C's city's rock'n'roll l' d'a п’ять п'ять",
    "Citizen's data – the city’s open-data policy, 3.5%",
    "国办发〔2019〕61号 国办发[2019]61號",
    "𠅤𫖯㛃䶮 葛\u{E0100}城",
    "ﬁrst ① ㈱ ｶﾞｲﾄﾞ Ⅷ ℃",
    "がいど ガイド 한국어 조례",
    "ÉCOLE Straße İstanbul ΣΊΣΥΦΟΣ",
    "שלום עולם مرحبا \u{202E}abc\u{202C}",
    "😀 emoji 👩‍👩‍👧 text",
    "<script>alert(1)</script>",
    "a\u{AD}b c\u{200B}d",
    "〇五年 々 〆 ー",
    "   ",
    "",
    "---",
    "2024年5月1日起施行",
    "第七百一十一号",
    "C++ c# .NET node.js",
    "Łódź café naïve Ålesund Αθήνα Đà Nẵng счёт e\u{301}",
    "قانون المياه رقم ١٢٣ لسنة ٢٠٢٠ ۱۳۹۹ १९७४ ২০২০ ੧੨ ௧௨௩ ๒๕๖๑ ໑໒ ༡༢ ၁၂ ០១២៣៤៥៦៧៨៩ ᠐᠑ ᥆᥇᥎᥏ ᧐᧑ ꩐꩙ ꯰꯹ ߀߉ 𝟙𝟚 ²³ ١٢A३",
    "พระราชบัญญัติน้ำ การจัดการน้ำในเมือง พ.ศ. ๒๕๖๑ ກົດໝາຍ བོད་ཡིག། ရေဥပဒေ။ ច្បាប់ទឹក ᥖᥭᥰᥘᥫᥴ",
];

/// Queries of every form.
static QUERIES: &[&str] = &[
    "น้ำ",
    "การจัดการ ๒๕๖๑",
    "رقم ١٢٣",
    "行政处罚",
    "数据 安全",
    "\"政府信息\" 公开",
    "“老年人” -通知",
    "-\"不要这个\" 要这个",
    "国办发〔2019〕61号",
    "国办发 2019 61",
    "海关总署公告2023年第182号",
    "open data policies",
    "税",
    "《中华人民共和国老年人权益保障法》",
    "國務院辦公廳關於印發全國深化放管服改革轉變政府職能電視電話會議重點任務分工方案的通知",
    "「未闭合",
    "\"",
    "-",
    "a-b -c",
    "time-lapse",
    "time lapse camera",
    "an e-mail-list of the city of light",
    "U.S.A. R&D",
    "3,500 or 3.500 or 1.5",
    "12 345 678,90 in 2024-05-01",
    "1,2,3 v1.5 1.2.3 10.0.0.1",
    "covid19 covid-19 python3 g20",
    "covid 19",
    "café Łódź München",
    "Ålesund-Straße -smörgås",
    "Αθήνα İstanbul ığdır дай счёт",
    "\"São Paulo\"",
    "مكتبة أحمد",
    "第3,500号",
    "𠅤",
    "国务院令第423号",
    "“国务院令第四百二十三号” 解读",
    "国务院第423号令 第7号公告",
    "令第一线的人",
    "2023年第182号",
    "2023年第182季 第182号公告",
];

/// Queries over the sample: language, words, more.
static ASKED: &[(&str, &str, &str)] = &[
    ("zh-Hans", "老年人", ""),
    ("zh-Hans", "老年人权益保障法", ""),
    ("zh-Hans", "老年人權益保障法", ""),
    ("zh-Hans", "海关行政处罚", ""),
    ("zh-Hans", "海关总署公告2023年第182号", ""),
    ("zh-Hans", "慈善", "newest"),
    ("zh-Hans", "行政处罚裁量基准", "loose"),
    ("zh-Hans", "老年人权宜保障法", ""),
    ("zh-Hans", "养老 -慈善", ""),
    ("zh-Hans", "“行政处罚”", ""),
    ("zh-Hans", "人口", "title"),
    ("zh-Hans", "", "type=dataset"),
    ("zh-Hans", "条例", "type=policy"),
    ("zh-Hant", "老年人權益", ""),
    ("en", "population", ""),
    ("en", "populations by ages", ""),
    ("en", "life expectancy", "loose"),
    ("en", "海关", ""),
    ("zh-Hans", "qqqqxx", ""),
    ("en", "populaton", ""),
    ("en", "life expectancey", ""),
    ("en", "populaton", "newest"),
    ("en", "populaton", "type=dataset"),
    ("en", "life-expectancy", ""),
    ("en", "populaton xqxqxq", ""),
    ("zh-Hans", "老年人qwer", ""),
    ("zh-Hans", "老年人的权益怎么保障", ""),
    ("zh-Hans", "老人 权益保障", ""),
    ("zh-Hans", "老年人权益保障法第十条", ""),
    ("zh-Hans", "老年人權益保障法 3條", ""),
    ("zh-Hans", "老人权益保障法第3条", ""),
    ("zh-Hans", "老年权人益", ""),
    ("zh-Hans", "老年人全益", ""),
    ("zh-Hans", "laonianren", ""),
    ("zh-Hans", "lnrqybzf", ""),
    ("en", "how do i find the life expectancy", ""),
    ("zh-Hans", "儿子不管老人能告他吗", ""),
    ("zh-Hans", "儿子不管老人能告他吗", "newest"),
    ("zh-Hans", "父母没人赡养怎么办 -慈善", "loose"),
    ("zh-Hans", "六十五岁坐公交免费吗", "loose"),
    ("zh-Hans", "高龄老人坐公交", ""),
    ("zh-Hans", "养老院", "title"),
    ("zh-Hans", "養老院亂收費怎麼投訴", ""),
    ("zh-Hant", "養老院亂收費怎麼投訴", ""),
    ("zh-Hans", "人口老龄化数据", "loose"),
    ("zh-Hans", "慈善捐款", ""),
];

fn options(more: &str) -> Options {
    let mut o = Options { limit: 8, loose: more == "loose", newest: more == "newest", title_only: more == "title", ..Options::default() };
    o.types.extend(more.strip_prefix("type=").map(String::from));
    o
}

fn read(dir: &Path) -> impl Fn(&str) -> Option<Vec<u8>> {
    let dir = dir.to_path_buf();
    move |path| fs::read(dir.join(path)).ok()
}

/// Every English word of a real catalogue, and made-up ones with each ending.
fn words() -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for e in walkdir::WalkDir::new(crate::support::shared("data/jkan-opendataphilly")).into_iter().flatten().filter(|e| e.file_type().is_file()) {
        let Ok(text) = fs::read_to_string(e.path()) else { continue };
        out.extend(text.to_ascii_lowercase().split(|c: char| !c.is_ascii_lowercase()).filter(|w| (3..20).contains(&w.len())).map(String::from));
    }
    for root in
        ["gener", "relat", "hop", "sky", "agre", "plaster", "conform", "electr", "y", "commun", "hap", "controll", "sens", "by", "rational", "dy", "fall"]
    {
        for end in
            "s es ed ing ingly eed eedly y ied ies ational tional ization fulness ousness iveness ability bility logy ly li icate ative alize ical ful ness ement ance ible ion ll e us ss".split(' ')
        {
            out.insert(format!("{root}{end}"));
        }
    }
    out
}

fn vectors() -> Value {
    let run = |r: Run| match r {
        Run::Gram(c) => json!(c.iter().collect::<String>().chars().collect::<Vec<char>>()),
        Run::Word(w) => json!(w),
    };
    let texts: Vec<Value> = TEXTS
        .iter()
        .map(|t| {
            let normal = normalise(t).into_owned();
            let mut all = Vec::new();
            runs(&normal, |r| all.push(run(r)));
            let mut found = Vec::new();
            numbers(&normal, true, |n: Number| found.push(json!([n.issuer, n.serial])));
            json!({ "text": t, "normal": normal, "runs": all, "numbers": found, "hash": [hash(Kind::Gram, &normal), hash(Kind::Word, &normal), hash(Kind::Number, &normal)] })
        })
        .collect();
    // Classes of all code points as runs: last code point, class.
    let mut classes: Vec<(u32, u8)> = Vec::new();
    for u in (0..0x11_0000).filter(|u| !(0xD800..0xE000).contains(u)) {
        let k = match class(char::from_u32(u).expect("no surrogate")) {
            Class::Break => 0,
            Class::Gram => 1,
            Class::Word => 2,
            Class::Nothing => 3,
            Class::Apostrophe => 4,
        };
        match classes.last_mut() {
            Some(last) if last.1 == k => last.0 = u,
            _ => classes.push((u, k)),
        }
    }
    let queries: Vec<Value> = QUERIES
        .iter()
        .map(|q| {
            let one = |q: &clerestory::index::query::Query| json!({ "strict": q.strict, "loose": q.loose, "without": q.without, "phrases": q.phrases, "length": q.length, "numbers": q.numbers });
            let (numbered, plain) = parse(q, &Stemmer::of("en"), most(1000));
            json!({ "query": q, "numbered": numbered.as_ref().map(one), "plain": one(&plain) })
        })
        .collect();
    let english = Stemmer::of("en");
    let stems: Vec<Value> = words().iter().map(|w| json!([w, english.stem(w)])).collect();
    let dir = sample();
    assert_eq!(run_in(dir.path(), &["build"]).code, 0);
    let public = dir.path().join("public");
    let fetch = read(&public);
    let ranking: Vec<Value> = ASKED
        .iter()
        .map(|(lang, q, more)| {
            let engine = Engine::open(&format!("search/{lang}/"), &fetch).expect("opens");
            json!({ "language": lang, "query": q, "more": more, "found": engine.search(q, &options(more)).expect("searches") })
        })
        .collect();
    json!({ "classes": classes, "texts": texts, "queries": queries, "stems": stems, "ranking": ranking })
}

/// The one in force before the repealed one; numbers of decrees; the command line folds editions and tells the state.
#[test]
fn what_is_in_force_stands_before_what_it_replaced_and_decrees_are_found_by_number() {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nas_of: 2026-01-01\n");
    let body = "第一条 信访人提出信访事项，按本规定办理。\n";
    p.file("content/policies/old.md", format!("---\ntitle: 信访条例\npublished_at: 2005-01-10\n---\n\n{body}"))
        .file("content/policies/new.md", format!("---\ntitle: 信访工作条例\npublished_at: 2022-02-25\nrepeals: [old]\n---\n\n{body}"))
        .file("content/policies/secrecy.md", "---\ntitle: 保密法实施条例\npublished_at: 2014-01-17\n---\n\n# 保密法实施条例\n\n2014年1月17日 中华人民共和国国务院令第646号公布\n\n<!-- INFO END -->\n\n第一条 制定本条例。\n")
        .file("content/policies/secrecy2.md", "---\ntitle: 保密法实施条例\npublished_at: 2024-07-10\nrepeals: [secrecy]\n---\n\n第一条 制定本条例，参见国务院令第646号。\n")
        .file("content/policies/notice.md", "---\ntitle: 关于通关的公告\ndoc_no: 公告〔2023〕182号\npublished_at: 2023-12-01\n---\n\n现予公告。\n");
    p.build();
    let dir = p.path("public");
    let o = Options::default();
    assert_eq!(titles(&found(&dir, "zh-Hans", "信访", &o)), ["信访工作条例", "信访条例"]);
    for q in ["国务院令第646号", "第646号令", "令第646号"] {
        assert_eq!(found(&dir, "zh-Hans", q, &o).hits[0].url, "/policies/secrecy/", "{q}");
    }
    for q in ["2023年第182号", "182号公告", "第182号公告", "公告〔2023〕182号"] {
        assert_eq!(titles(&found(&dir, "zh-Hans", q, &o)), ["关于通关的公告"], "{q}");
    }
    let said = p.run(&["search", "保密法实施条例"]).out;
    assert!(said.contains("  1. 保密法实施条例\n     /policies/secrecy2/") && said.contains("/policies/secrecy/  2014-01-17 · 已废止"), "{said}");
    assert!(!said.contains("  2. 保密法实施条例"), "{said}");
}

#[test]
fn rust_and_the_browser_have_the_same_vectors() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/search.json");
    let now = vectors();
    // One line a vector: a change can be read.
    let mut text = String::from("{");
    for (i, (k, v)) in now.as_object().expect("a map").iter().enumerate() {
        let lines: Vec<String> = v.as_array().expect("a list").iter().map(Value::to_string).collect();
        text.push_str(&format!("{}\n\"{k}\": [\n{}\n]", if i > 0 { "," } else { "" }, lines.join(",\n")));
    }
    text.push_str("\n}\n");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::write(&path, &text).expect("writes");
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    let wrong = text.lines().zip(known.lines()).find(|(a, b)| a != b);
    assert!(wrong.is_none() && text.len() == known.len(), "tests/vectors/search.json: UPDATE_VECTORS=1 writes it anew; first difference: {wrong:#?}");
}

pub fn found(dir: &Path, lang: &str, query: &str, o: &Options) -> Found {
    let fetch = read(dir);
    Engine::open(&format!("search/{lang}/"), &fetch).expect("opens").search(query, o).expect("searches")
}

fn titles(f: &Found) -> Vec<&str> {
    f.hits.iter().map(|h| h.title.as_str()).collect()
}

#[test]
fn every_kind_of_document_is_found_in_every_spelling() {
    let p = Project::new("title: 某市\nbase_url: https://example.org/sub/\nlanguages: [zh-Hans, {tag: zh-Hant, from: zh-Hans}, en]\nas_of: 2026-01-01\n");
    p.file("content/departments.yaml", "- {id: office, name: {zh: 政府办公室, en: Government Office}, description: {zh: 负责政务公开}}\n")
        .file("content/glossary.yaml", "- {id: t1, term: {zh: 行政裁量}, definition: {zh: 在法定幅度内作出选择}}\n")
        .file("content/policies/a.md", "---\ntitle: 行政处罚办法\nissuer: [office]\ndoc_no: 国办发〔2019〕61号\npublished_at: 2019-12-01\n---\n\n为了规范**行政**处罚\n行为，制定本办法。姓名含生僻字𠅤、𫖯、㛃、䶮的，照录。\n")
        .file("content/policies/b.md", "---\ntitle: 行政许可办法\npublished_at: 2020-01-01\n---\n\n行政处分与处罚不同。\n")
        .file("content/policies/c.md", "---\ntitle: 关于服务的通知\npublished_at: 2021-01-01\n---\n\n依据国办发〔2019〕61号，行政处罚要公示。Open data policies are citizens' business.\n")
        .file("content/policies/c.en.md", "---\ntitle: Notice on services\n---\n\nPublishing regulations for all citizens.\n")
        .file("content/pages/about.md", "# 关于本站\n\n联系方式。\n")
        .file("content/interpretations/i.md", "---\ntitle: 《行政许可办法》解读\npolicies: [b]\nqa:\n  - {q: 怎样领取优待证, a: 到街道领取}\n---\n\n说明。\n")
        .file("content/news/n.md", "---\ntitle: 政务大厅迁址\npublished_at: 2022-01-01\n---\n\n自周一起在新址办公。\n")
        .file("content/topics/t.yaml", "title: 便民出行\ndescription: 公交与停车\n")
        .file("content/datasets/bus/dataset.yaml", "title: 公交线路\npublisher: office\nresources:\n  - {name: lines, title: 线路表, path: bus.csv, schema: {fields: [{name: stop_name, title: 站点名称}]}}\n")
        .file("content/datasets/bus/bus.csv", "stop_name\n东门\n");
    p.build();
    let dir = p.path("public");
    let o = Options::default();
    // The title's owner first, then the text that holds the word; what has only its parts comes behind or not at all.
    assert_eq!(titles(&found(&dir, "zh-Hans", "行政处罚", &o)), ["行政处罚办法", "关于服务的通知"]);
    let all = found(&dir, "zh-Hans", "行政处罚", &Options { loose: true, ..Options::default() });
    assert_eq!((all.strict, all.hits[2].title.as_str()), (2, "行政许可办法"));
    assert_eq!(all.hits[0].url, "/sub/policies/a/");
    for q in ["国办发〔2019〕61号", "国办发[2019]61号", "国办发 2019 61", "國辦發〔2019〕061號", "〔2019〕61号"] {
        let f = found(&dir, "zh-Hans", q, &o);
        assert_eq!(titles(&f), ["行政处罚办法", "关于服务的通知"], "{q}: its own number first, then who cites it");
    }
    for q in ["𠅤", "𫖯", "㛃", "䶮"] {
        assert_eq!(titles(&found(&dir, "zh-Hans", q, &o)), ["行政处罚办法"], "{q}");
    }
    // Emphasis and a line break inside a word do not cut it.
    assert_eq!(found(&dir, "zh-Hans", "行政处罚行为", &o).hits[0].title, "行政处罚办法");
    assert_eq!(found(&dir, "zh-Hans", "行政裁量", &o).hits[0].kind, "term");
    assert_eq!(found(&dir, "zh-Hans", "政务公开", &o).hits[0].kind, "department");
    for (query, kind) in [
        ("领取优待证", "interpretation"),
        ("新址办公", "news"),
        ("公交与停车", "topic"),
        ("站点名称", "dataset"),
        ("stop_name", "dataset"),
        ("联系方式", "page"),
    ] {
        assert_eq!(found(&dir, "zh-Hans", query, &o).hits.first().map(|h| h.kind.as_str()), Some(kind), "{query}");
    }
    assert_eq!(titles(&found(&dir, "zh-Hans", "行政處罰", &o)), titles(&found(&dir, "zh-Hans", "行政处罚", &o)));
    // Traditional results carry Traditional titles and lead to Traditional pages.
    let hant = found(&dir, "zh-Hant", "行政处罚", &o);
    assert_eq!((hant.hits[0].title.as_str(), hant.hits[0].url.as_str()), ("行政處罰辦法", "/sub/zh-hant/policies/a/"));
    // English: stems; a text without an English edition is found in its own language.
    assert_eq!(titles(&found(&dir, "en", "regulation published", &o)), ["Notice on services"]);
    assert_eq!(found(&dir, "en", "行政处罚", &o).hits[0].title, "行政处罚办法");
    // A slip of the pen, and what was meant.
    let f = found(&dir, "zh-Hans", "行政处法办法", &o);
    assert_eq!((f.loose, f.hits[0].title.as_str(), f.did_you_mean.as_str()), (true, "行政处罚办法", "行政处罚办法"));
    // Quotes, exclusion, filters, order.
    assert_eq!(titles(&found(&dir, "zh-Hans", "“处罚要公示”", &o)), ["关于服务的通知"]);
    assert!(titles(&found(&dir, "zh-Hans", "“处罚与公示”", &o)).is_empty());
    assert_eq!(titles(&found(&dir, "zh-Hans", "行政处罚 -公示", &o)), ["行政处罚办法"]);
    assert_eq!(titles(&found(&dir, "zh-Hans", "行政处罚", &Options { newest: true, ..Options::default() })), ["关于服务的通知", "行政处罚办法"]);
    assert_eq!(titles(&found(&dir, "zh-Hans", "行政", &Options { years: Some((2020, 2021)), ..Options::default() })), ["行政许可办法", "关于服务的通知"]);
    assert_eq!(titles(&found(&dir, "zh-Hans", "处罚", &Options { title_only: true, ..Options::default() })), ["行政处罚办法"]);
    let f = found(&dir, "zh-Hans", "行政", &Options { types: vec!["policy".into()], ..Options::default() });
    assert_eq!((f.facets["type"]["policy"], f.facets["type"]["term"], f.facets["department"]["office"], f.facets["year"]["2019"]), (3, 1, 1, 1));
    // The command line gives the same.
    let ran = p.run(&["search", "行政处罚", "--format", "json"]);
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((ran.code, json["total"].as_u64(), json["hits"][0]["docNo"].as_str()), (0, Some(2), Some("国办发〔2019〕61号")));
    assert!(p.run(&["search", "行政处罚", "--in", "fr"]).err.contains("search/fr/root.bin"));
    assert!(p.run(&["search", "行政处罚", "--in", "zh-Hant", "--limit", "1"]).out.contains("行政處罰辦法"));
}

/// Everyday words: official terms, questions, articles, decrees, keywords, slips by order and sound.
#[test]
fn what_people_ask_is_found() {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nas_of: 2026-01-01\n");
    p.file("content/synonyms.yaml", "- {term: 高龄津贴, aliases: [老人钱, 钱], source: 本市办法}\n- {term: 燃气, aliases: [老人钱, 燃气]}\n")
        .file("content/glossary.yaml", "- {id: g, term: {zh: 行政裁量权基准}, aliases: [裁量尺度], definition: {zh: 在法定幅度内作出选择}}\n")
        .file("content/policies/age.md", "---\ntitle: 高龄津贴发放办法\npublished_at: 2020-01-01\n---\n\n第一条 为了发放高龄津贴，制定本办法。\n\n第二条 津贴按月发放。\n\n第十二条 向街道办事处申请。\n")
        .file("content/policies/age2.md", "---\ntitle: 高龄津贴发放办法实施细则\npublished_at: 2021-01-01\n---\n\n第一条 依照办法第十二条执行。\n")
        .file("content/policies/insurance.md", "---\ntitle: 社会保险登记规定\npublished_at: 2019-01-01\n---\n\n根据国务院令第423号，统筹经济社会保障。\n")
        .file("content/policies/minors.md", "---\ntitle: 未成年人保护条例\npublished_at: 2018-01-01\n---\n\n保护未成年人。\n")
        .file("content/policies/other.md", "---\ntitle: 经济社会保障资金通知\npublished_at: 2022-01-01\n---\n\n经济社会保障。\n")
        .file("content/policies/word.md", "---\ntitle: 有关事项的公告\nkeywords: [敬老卡]\npublished_at: 2017-01-01\n---\n\n正文。\n")
        .file("content/policies/cites.md", "---\ntitle: 工作安排\npublished_at: 2023-01-01\n---\n\n凭敬老卡乘车，敬老卡免费，敬老卡一人一张。\n");
    let checked = p.run(&["check"]).out;
    for told in ["`钱` has one character", "`老人钱` already leads to `高龄津贴`", "`燃气` is the official term itself"] {
        assert!(checked.contains(told) && checked.contains("synonyms.yaml:"), "{told}: {checked}");
    }
    p.build();
    let (dir, o) = (p.path("public"), Options::default());
    let first =
        |q: &str| found(&dir, "zh-Hans", q, &o).hits.first().map(|h| format!("{} {}", h.title, h.url.split_once('#').map_or("", |u| u.1))).unwrap_or_default();
    assert_eq!(first("高龄津贴怎么领"), "高龄津贴发放办法 ");
    let f = found(&dir, "zh-Hans", "老人钱", &o);
    assert_eq!((f.hits[0].title.as_str(), f.also.as_slice()), ("高龄津贴发放办法", &["高龄津贴".to_string()][..]));
    let f = found(&dir, "zh-Hans", "社保", &o);
    assert_eq!((f.hits[0].title.as_str(), f.also.as_slice()), ("社会保险登记规定", &["社会保险".to_string()][..]), "not across the border of words");
    assert_eq!(found(&dir, "zh-Hans", "裁量尺度", &o).also, ["行政裁量权基准"]);
    for q in ["高龄津贴发放办法第十二条", "高龄津贴发放办法 12条", "《高龄津贴发放办法》第12条第一款"] {
        assert_eq!(first(q), "高龄津贴发放办法 art-12", "{q}");
    }
    for q in ["国务院令第423号", "令第423号", "国务院第423号令", "国务院令第四百二十三号", "“国务院令第423号”"] {
        assert_eq!(first(q), "社会保险登记规定 ", "{q}");
    }
    // A keyword counts like the title.
    assert_eq!(first("敬老卡"), "有关事项的公告 ");
    // Never the opposite.
    for (q, meant) in [
        ("未年人保护", "未成年人保护"),
        ("未成人年保护", "未成年人保护"),
        ("位成年人保护", "未成年人保护"),
        ("gaolingjintie", "高龄津贴"),
        ("gljtff", "高龄津贴发放"),
    ] {
        let f = found(&dir, "zh-Hans", q, &o);
        assert_eq!((f.did_you_mean.as_str(), f.hits.is_empty()), (meant, false), "{q}");
    }
    assert!(!found(&dir, "zh-Hans", "年人保护", &o).did_you_mean.starts_with('成'), "a piece of a word is none");
}

/// Who types a number to call or the name of a column wants that place; a word inside titles is found by its sound.
#[test]
fn columns_and_channels_come_first_and_a_word_inside_titles_is_found_by_its_sound() {
    let p = Project::new(
        "title: 某市\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [zh-Hans, {tag: zh-Hant, from: zh-Hans}]\ncontact: {hotline: \"12345\", petition: https://example.org/letters}\n",
    );
    p.file("content/consultations/_column.yaml", "title: 意见征集\ndescription: 公开征求意见。\n")
        .file("content/consultations/c.md", "---\ntitle: 关于养犬管理公开征求意见的公告\npublished_at: 2025-01-01\n---\n\n意见征集，电话12345。\n")
        .file("content/policies/a.md", "---\ntitle: 关于市内免税店的公告\npublished_at: 2020-01-01\n---\n\n第一条 免税店公告，咨询12345。\n")
        .file("content/policies/b.md", "---\ntitle: 本市银行业监督办法\npublished_at: 2021-01-01\n---\n\n为了监督。\n")
        .file("content/policies/chapters.md", "---\ntitle: 有章的办法\npublished_at: 2019-01-01\n---\n\n# 第一章 总则\n\n## 第一节 一般\n");
    p.build();
    let (dir, o) = (p.path("public"), Options::default());
    let first = |q: &str| found(&dir, "zh-Hans", q, &o).hits.first().map(|h| h.url.clone()).unwrap_or_default();
    assert_eq!((first("12345"), first("投诉电话"), first("信访")), ("/channels/#hotline".into(), "/channels/#hotline".into(), "/channels/#petition".into()));
    assert_eq!(first("意见征集"), "/consultations/");
    assert_eq!(first("养狗"), "/consultations/c/", "everyday words");
    for (q, meant, url) in [("mianshui", "免税", "/policies/a/"), ("mianshuidian", "免税店", "/policies/a/"), ("yinhangye", "银行业", "/policies/b/")] {
        for lang in ["zh-Hans", "zh-Hant"] {
            let f = found(&dir, lang, q, &o);
            assert_eq!(f.hits[0].url.trim_start_matches("/zh-hant"), url, "{q} {lang}");
            assert!(lang == "zh-Hant" || f.did_you_mean == meant, "{q}: {}", f.did_you_mean);
        }
    }
    assert!(found(&dir, "zh-Hans", "xyzzy", &o).hits.is_empty());
    // What begins with its chapters has a lead all the same.
    assert!(!found(&dir, "zh-Hans", "有章的办法", &o).hits[0].lead.is_empty());
}

/// A column with more values than are kept is found row by row, up to the budget: names and codes.
#[test]
fn rows_are_found_by_name_and_code() {
    let name = |i: u32| format!("{}{}镇", char::from_u32(0x4E00 + i).expect("Han"), char::from_u32(0x5E00 + i).expect("Han"));
    let rows: String = (0..2978).map(|i| format!("{},{}\n", 110_000 + i, name(i))).collect();
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nas_of: 2026-01-01\n");
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n")
        .file("content/datasets/d/dataset.yaml", "title: 区划代码\npublisher: office\nresources:\n  - {name: t, title: 代码表, path: t.csv}\n")
        .file("content/datasets/d/t.csv", format!("代码,名称\n{rows}"));
    p.build();
    for q in ["111234", &name(3), &name(1500), &name(2900)] {
        assert_eq!(titles(&found(&p.path("public"), "zh-Hans", q, &Options::default())), ["区划代码"], "{q}");
    }
    assert!(titles(&found(&p.path("public"), "zh-Hans", "119999", &Options::default())).is_empty());
}

#[test]
fn strange_queries_find_nothing_and_break_nothing() {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nas_of: 2026-01-01\n");
    p.file("content/policies/a.md", "# <script>alert(1)</script> 办法\n\n正文 <img src=x onerror=alert(1)>。\n");
    p.build();
    let dir = p.path("public");
    for q in [
        &"税收".repeat(5000),
        "，。！？",
        "😀😀",
        "\u{202E}\u{202D}",
        "<script>alert(1)</script>",
        "\"\"",
        "- - -",
        "\u{0}",
        "〔2019〕号",
        "9999999999999999999",
    ] {
        let f = found(&dir, "zh-Hans", q, &Options { loose: true, ..Options::default() });
        assert!(f.hits.len() <= 1, "{q}");
    }
    assert_eq!(found(&dir, "zh-Hans", "script alert", &Options::default()).hits[0].title, "<script>alert(1)</script> 办法");
    let (mut missing, mut broken) = (0, 0);
    let whole = read(&dir);
    for (name, bytes) in tree(&dir.join("search")) {
        for way in 0..3 {
            let fetch = |path: &str| match (path == format!("search/{name}"), way) {
                (false, _) => whole(path),
                (true, 0) => None,
                (true, 1) => Some(bytes[..bytes.len() / 2].to_vec()),
                _ => Some(bytes.iter().map(|b| b ^ 0x5A).collect()),
            };
            match Engine::open("search/zh-Hans/", &fetch).and_then(|e| e.search("script 办法", &Options::default())) {
                Err(Failure::Missing(f)) => missing += usize::from(f == format!("search/{name}")),
                Err(Failure::Broken(_)) => broken += 1,
                // The file was not needed.
                Ok(_) => {}
            }
        }
    }
    assert!(missing >= 3 && broken >= 3, "{missing} {broken}");
}

#[test]
fn one_line_of_fifty_megabytes_is_indexed() {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nas_of: 2026-01-01\n");
    let mut line = String::from("开头标记");
    while line.len() < 50_000_000 {
        line.push_str("应当依法公开政府信息并接受社会监督");
    }
    line.push_str("末尾标记");
    p.file("content/policies/a.md", format!("# 长文\n\n{line}\n")).file("content/policies/b.md", "# 短文\n\n政府信息\n");
    p.build();
    let dir = p.path("public");
    assert_eq!(titles(&found(&dir, "zh-Hans", "末尾标记", &Options::default())), ["长文"]);
    assert_eq!(titles(&found(&dir, "zh-Hans", "\"末尾标记\"", &Options::default())), ["长文"]);
    // Length counts: the short text about it comes first.
    assert_eq!(titles(&found(&dir, "zh-Hans", "社会监督", &Options::default())), ["长文"]);
    assert!(level(1, 50_000_000) == 0);
}

#[test]
fn a_new_document_touches_few_files_and_a_mix_is_noticed() {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nas_of: 2026-01-01\n");
    let body = |i: usize| -> String { (0..60).map(|j| char::from_u32(0x4E00 + ((i * 61 + j * 97 + i * j) % 3000) as u32).expect("Han")).collect() };
    for i in 0..300 {
        p.file(
            &format!("content/policies/p{i:03}.md"),
            format!("---\ntitle: {}\npublished_at: {}-01-01\n---\n\n{}\n", &body(i + 7)[..18], 1990 + i / 10, body(i)),
        );
    }
    p.build();
    let old = tree(&p.path("public/search/zh-Hans"));
    p.file("content/policies/zz.md", format!("---\ntitle: 新的文件\npublished_at: 2025-06-01\n---\n\n{}\n", body(999)));
    p.build();
    let new = tree(&p.path("public/search/zh-Hans"));
    let changed: Vec<&String> = new.iter().filter(|(n, b)| old.get(*n) != Some(b)).map(|(n, _)| n).collect();
    let lists = changed.iter().filter(|n| n.starts_with("b/")).count();
    // 60 characters make at most 180 terms; the other files are root, last cards, columns, suggestions.
    let all = new.keys().filter(|n| n.starts_with("b/")).count();
    assert!(lists < 180 && lists < all, "{lists} of {all} files of lists changed");
    // A file of the old build where nothing moved goes on to work; where documents moved, it is refused.
    let query = body(3).chars().take(3).collect::<String>();
    let mixed = |newer: &std::collections::BTreeMap<String, Vec<u8>>, older: &std::collections::BTreeMap<String, Vec<u8>>| {
        let fetch = |path: &str| {
            let name = path.strip_prefix("search/zh-Hans/")?;
            if name.starts_with("b/") { older.get(name).cloned() } else { newer.get(name).cloned() }
        };
        Engine::open("search/zh-Hans/", &fetch).and_then(|e| e.search(&query, &Options::default())).map(|f| f.total)
    };
    assert_eq!(mixed(&new, &new), mixed(&new, &old));
    assert!(mixed(&new, &old).expect("still answers") >= 1);
    p.file("content/policies/old.md", "---\ntitle: 更早的文件\npublished_at: 1980-06-01\n---\n\n正文\n");
    p.build();
    let moved = tree(&p.path("public/search/zh-Hans"));
    assert!(matches!(mixed(&moved, &old), Err(Failure::Broken(_))), "documents moved");
}

/// A site in English with a text for each title.
fn english(texts: &[(&str, &str)]) -> Project {
    let p = Project::new("title: City\ndescription: A city.\nbase_url: https://example.org/\nprofile: generic\nlanguages: [en]\nas_of: 2026-01-01\n");
    for (i, (title, body)) in texts.iter().enumerate() {
        // The first is the oldest: where scores are equal, the last comes first.
        p.file(&format!("content/news/n{i}.md"), format!("---\ntitle: \"{title}\"\npublished_at: 2025-01-{:02}\n---\n\n{body}\n", i + 1));
    }
    p.build();
    p
}

#[test]
fn words_are_found_without_their_marks_and_as_written_first() {
    let p = english(&[
        ("Cafe", "A plain one."),
        ("Café", "A marked one."),
        ("Places", "The résumé of São Paulo, Łódź, Straße, Ålesund, Αθήνα, Đà Nẵng, İstanbul, Iğdır, счёт, Þingvellir, cœur, Kraków, München, Tromsø."),
        ("Plain places", "Resume, Lodz, Strasse, Krakow, Muenchen."),
        ("Arabic", "مكتبة أحمد"),
    ]);
    let dir = p.path("public");
    let o = Options::default();
    let first = |q: &str| titles(&found(&dir, "en", q, &o)).first().map(|t| t.to_string());
    assert_eq!(titles(&found(&dir, "en", "cafe", &o)), ["Cafe", "Café"]);
    assert_eq!(titles(&found(&dir, "en", "café", &o)), ["Café", "Cafe"]);
    assert_eq!(titles(&found(&dir, "en", "CAFÉ", &o)), ["Café", "Cafe"]);
    for q in
        ["sao paulo", "alesund", "aalesund", "αθηνα", "da nang", "istanbul", "igdir", "ığdır", "счет", "thingvellir", "coeur", "tromso", "tromsoe", "Ålesund"]
    {
        assert_eq!(first(q).as_deref(), Some("Places"), "{q}");
    }
    for (plain, marked) in [("lodz", "łódź"), ("strasse", "straße"), ("krakow", "kraków"), ("muenchen", "münchen"), ("resume", "résumé")] {
        assert_eq!(titles(&found(&dir, "en", plain, &o)), ["Plain places", "Places"], "{plain}");
        assert_eq!(titles(&found(&dir, "en", marked, &o)), ["Places", "Plain places"], "{marked}");
    }
    assert_eq!(first("munchen").as_deref(), Some("Places"));
    assert_eq!(first("مكتبه احمد").as_deref(), Some("Arabic"));
    assert_eq!(titles(&found(&dir, "en", "\"São Paulo\"", &o)), ["Places"]);
}

#[test]
fn words_are_found_joined_and_apart_and_numbers_with_and_without_separators() {
    let p = english(&[
        ("One", "A timelapse sent by email in the USA about covid19, written in python3; it cost 3500 units, and 1.5 more."),
        ("Two", "A time-lapse sent by e-mail in the U.S.A. about COVID-19, written in Python 3; it cost 3,500 units, and 1,5 more."),
        ("Three", "A time lapse sent by E mail about Covid 19, written in Python; it cost 3 500 units, and 1.5 more."),
        ("Four", "It cost 3.500 units; the 15 others cost 1,234,567.89 on 2024-05-01."),
    ]);
    let dir = p.path("public");
    let o = Options::default();
    let all = |q: &str| {
        let f = found(&dir, "en", q, &o);
        let mut t: Vec<String> = f.hits.iter().map(|h| h.title.clone()).collect();
        t.sort();
        assert!(!f.loose, "{q}: {t:?}");
        t.join(" ")
    };
    for q in ["timelapse", "time-lapse", "time lapse", "Time‑Lapse", "email", "e-mail", "e mail", "covid", "covid19", "covid-19", "covid 19", "timelapse email"]
    {
        assert_eq!(all(q), "One Three Two", "{q}");
    }
    for q in ["usa", "USA", "U.S.A.", "u.s.a"] {
        assert_eq!(all(q), "One Two", "{q}");
    }
    for q in ["python", "python3", "Python 3"] {
        assert!(all(q).contains("One") && all(q).contains("Two"), "{q}");
    }
    assert_eq!(all("python"), "One Three Two");
    for q in ["3500", "3,500", "3 500", "3.500", "3500 units"] {
        assert_eq!(all(q), "Four One Three Two", "{q}");
    }
    assert_eq!(all("1.5"), "One Three Two");
    assert_eq!(all("1,5"), "One Three Two");
    assert_eq!(all("15"), "Four");
    for q in ["1234567.89", "1,234,567.89", "1.234.567,89", "20240501", "2024-05-01"] {
        assert_eq!(all(q), "Four", "{q}");
    }
    // As it is written, first.
    for (q, title) in [("timelapse", "One"), ("3500", "One"), ("3,500", "Two"), ("covid19", "One"), ("python3", "One"), ("3.500", "Four")] {
        assert_eq!(found(&dir, "en", q, &o).hits[0].title, title, "{q}");
    }
}

#[test]
fn a_slip_of_the_pen_in_english_is_helped_and_the_help_finds_something() {
    let p = english(&[
        ("Household budget survey", "Text."),
        ("Air quality monitoring stations", "The environment of the city."),
        ("Population by age", "Accommodation for visitors; a café."),
        ("Budget", "Parking"),
    ]);
    let dir = p.path("public");
    let o = Options::default();
    for (typed, meant, title) in [
        ("populaton", "population", "Population by age"),
        ("Populatoin", "population", "Population by age"),
        ("opulation", "population", "Population by age"),
        ("budgt", "budget", "Budget"),
        ("monitering", "monitoring", "Air quality monitoring stations"),
        ("enviroment", "environment", "Air quality monitoring stations"),
        ("acommodation", "accommodation", "Population by age"),
        ("household buget", "household budget", "Household budget survey"),
        ("air qualty", "air quality", "Air quality monitoring stations"),
        ("houshold buget survay", "household budget survey", "Household budget survey"),
        ("air-qualty", "air-quality", "Air quality monitoring stations"),
    ] {
        let f = found(&dir, "en", typed, &o);
        assert_eq!((f.did_you_mean.as_str(), f.hits.first().map(|h| h.title.as_str())), (meant, Some(title)), "{typed}");
        assert!(f.loose && f.strict == 0, "{typed}");
        let again = found(&dir, "en", &f.did_you_mean, &o);
        assert!(!again.loose && again.hits[0].title == title, "{typed}");
    }
    // Nothing is suggested that finds nothing: both words are known, no document has both; or one is like none.
    for q in ["household parking", "xylophone", "budget xylophone", "zzzz", "populaton parking"] {
        let f = found(&dir, "en", q, &o);
        assert!(f.did_you_mean.is_empty() || !found(&dir, "en", &f.did_you_mean, &o).loose, "{q}: {}", f.did_you_mean);
    }
    assert_eq!(found(&dir, "en", "budget xylophone", &o).did_you_mean, "");
    let f = found(&dir, "en", "populaton", &Options { types: vec!["dataset".into()], ..Options::default() });
    assert_eq!((f.total, f.did_you_mean.as_str()), (0, ""), "not behind the filters either");
}

/// A case of the shared folder, copied; the day is that of the case.
fn case_of(name: &str) -> Project {
    let from = crate::support::shared(&format!("cases/{name}"));
    let site = fs::read_to_string(from.join("site.yaml")).expect("a site");
    let p = Project::new(&format!("{site}as_of: 2026-11-27\n"));
    copy_tree(&from.join("content"), &p.path("content"));
    p
}

#[test]
fn the_cases_of_search_answer() {
    for (case, asked) in [
        ("search-diacritics", &["cafe", "resume", "sao paulo", "lodz", "strasse", "alesund", "αθηνα", "Łódź"][..]),
        ("search-hyphens-and-numbers", &["timelapse", "email", "covid19", "usa", "3500", "python", "time-lapse", "e-mail", "covid", "3,500", "python3"]),
    ] {
        let p = case_of(case);
        p.build();
        for q in asked {
            let f = found(&p.path("public"), "en", q, &Options::default());
            assert!(f.total == 1 && !f.loose, "{case}: {q}");
        }
    }
    let p = case_of("search-did-you-mean");
    p.build();
    for (typed, meant) in
        [("populaton", "population"), ("budgt", "budget"), ("monitering", "monitoring"), ("household buget", "household budget"), ("air qualty", "air quality")]
    {
        assert_eq!(found(&p.path("public"), "en", typed, &Options::default()).did_you_mean, meant);
    }
}
