//! Search that answers: everyday words lead to the law of their matter where the site has it, and to an article only in that law.

use crate::support::Project;
use clerestory::index::ask;
use clerestory::index::engine::{Engine, Found, Options};

fn site() -> Project {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nas_of: 2026-01-01\n");
    p.file("content/policies/wages.md", "---\ntitle: 保障农民工工资支付条例\npublished_at: 2020-01-07\n---\n\n第一条 为了规范工资支付行为，制定本条例。\n\n第二条 农民工有按时足额获得工资的权利。\n")
        .file("content/policies/village.md", "---\ntitle: 乡村振兴促进办法\npublished_at: 2021-04-29\n---\n\n第一条 不得以公司拖欠工资为由抽逃。\n")
        .file("content/policies/criminal.md", "---\ntitle: 中华人民共和国刑法\npublished_at: 2020-12-26\n---\n\n第一条 为了惩罚犯罪，制定本法。\n\n第二百六十四条 盗窃公私财物，数额较大的，处三年以下有期徒刑。\n")
        .file("content/policies/change.md", "---\ntitle: 中华人民共和国刑法修正案（八）\npublished_at: 2011-02-25\n---\n\n第三十九条 将刑法第二百六十四条修改为：盗窃公私财物。\n")
        .file("content/policies/local.md", "---\ntitle: 某市实施《中华人民共和国刑法》办法\npublished_at: 2012-02-25\n---\n\n第一条 依照刑法第二百六十四条。\n")
        .file("content/policies/cites.md", "---\ntitle: 工作要点\npublished_at: 2022-02-25\n---\n\n依照民法典和行政诉讼法做好工作。\n")
        .file("content/policies/safety.md", "---\ntitle: 安全责任通知\npublished_at: 2022-03-25\n---\n\n落实安全责任。\n");
    p.build();
    p
}

fn found(p: &Project, query: &str) -> Found {
    let dir = p.path("public");
    #[expect(clippy::disallowed_methods, reason = "a test reads what it has built")]
    let fetch = |path: &str| std::fs::read(dir.join(path)).ok();
    let engine = Engine::open("search/zh-Hans/", &fetch).expect("opens");
    engine.search(query, &Options { loose: true, ..Options::default() }).expect("searches")
}

fn titles(f: &Found) -> Vec<&str> {
    f.hits.iter().map(|h| h.title.as_str()).collect()
}

#[test]
fn the_law_of_a_matter_stands_above_a_text_that_has_the_words_by_accident() {
    let p = site();
    for q in ["公司拖欠工资", "拖欠工资政策", "老板欠薪怎么办"] {
        let f = found(&p, q);
        assert_eq!(titles(&f).first(), Some(&"保障农民工工资支付条例"), "{q}: {:?}", titles(&f));
        assert!(f.also.iter().any(|t| t == "保障农民工工资支付条例"), "{q}: {:?}", f.also);
    }
    assert_eq!(titles(&found(&p, "偷东西判几年")).first(), Some(&"中华人民共和国刑法"));
    // What was typed stands first where its words are no everyday ones.
    assert_eq!(titles(&found(&p, "乡村振兴"))[0], "乡村振兴促进办法");
}

#[test]
fn a_law_that_the_site_has_not_is_not_asked_for() {
    let p = site();
    for (q, law) in [("告政府", "行政诉讼法"), ("立遗嘱", "民法典")] {
        assert!(!found(&p, q).also.iter().any(|t| t == law), "{q}: {:?}", found(&p, q));
    }
    assert!(!titles(&found(&p, "立遗嘱")).contains(&"工作要点"), "it only cites the law");
    assert!(titles(&found(&p, "行政诉讼法")).contains(&"工作要点"), "typed, it is");
}

#[test]
fn an_article_is_led_to_in_the_law_itself_alone() {
    let p = site();
    for q in ["刑法 264条", "刑法第二百六十四条", "《刑法》第264条"] {
        let f = found(&p, q);
        let led: Vec<&str> = f.hits.iter().map(|h| h.url.as_str()).collect();
        assert_eq!(led[0], "/policies/criminal/#art-264", "{q}: {led:?}");
        assert!(led.iter().skip(1).all(|u| !u.contains('#')) && led.contains(&"/policies/change/"), "{q}: {led:?}");
    }
    let a = ask::article("刑法第二百六十四条").expect("an article");
    for (title, right) in [
        ("中华人民共和国刑法", true),
        ("刑法（2020年修正）", true),
        ("中华人民共和国刑法修正案（十一）", false),
        ("某市实施《中华人民共和国刑法》办法", false),
        ("关于刑法的解释", false),
    ] {
        assert_eq!(a.of(title), right, "{title}");
    }
    assert!(ask::article("老年人权益保障第三条").expect("an article").of("中华人民共和国老年人权益保障法"), "法 may be left out");
}

#[test]
fn names_of_laws_in_english_find_them_on_a_chinese_site() {
    let p = site();
    for q in ["criminal law", "Criminal Law of China"] {
        assert_eq!(titles(&found(&p, q)).first(), Some(&"中华人民共和国刑法"), "{q}");
    }
}

#[test]
fn built_in_words_are_whole_and_few_stand_inside_others() {
    let words: Vec<String> = ask::built_in().map(|(w, ..)| w).collect();
    assert!(words.len() > 800 && words.iter().any(|w| w == "labor contract"), "{}", words.len());
    for (text, inside) in [("落实安全责任", "全责"), ("乡村长效机制", "村长"), ("大中小三类", "小三"), ("需要文件", "要文件")] {
        assert!(!words.iter().any(|w| w == inside) && !words.iter().any(|w| text.contains(w.as_str())), "{text}");
    }
}

#[test]
fn a_small_chinese_site_still_hears_slips_and_pinyin() {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nas_of: 2026-01-01\n");
    p.file("content/policies/a.md", "---\ntitle: 蝴蝶标本目录\npublished_at: 2020-01-07\n---\n\n蝴蝶标本。\n");
    p.build();
    for q in ["hudie", "蝴蝶本标"] {
        assert_eq!(titles(&found(&p, q)).first(), Some(&"蝴蝶标本目录"), "{q}");
    }
}
