//! Questions in everyday words: the laws of their matter answer, what only happens to have the words does not stand above them, and a name is no question.
#![expect(clippy::disallowed_methods, reason = "a test reads what it has built")]

use crate::support::Project;
use clerestory::index::ask;
use clerestory::index::engine::{Engine, Found, Options};

fn law(p: &Project, id: &str, title: &str, day: &str, text: &str) {
    p.file(&format!("content/policies/{id}.md"), format!("---\ntitle: {title}\npublished_at: {day}\n---\n\n{text}\n"));
}

fn site() -> Project {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [zh-Hans, en]\n");
    law(
        &p,
        "labour",
        "中华人民共和国劳动合同法",
        "2012-12-28",
        "第一条 为了完善劳动合同制度，制定本法。\n\n第十九条 劳动合同期限三个月以上不满一年的，试用期不得超过一个月。",
    );
    law(&p, "labour-2007", "中华人民共和国劳动合同法（2007年）", "2007-06-29", "第一条 为了完善劳动合同制度，制定本法。");
    law(&p, "local", "某市实施《中华人民共和国劳动合同法》办法", "2013-12-28", "第一条 依照劳动合同法。");
    law(&p, "injury", "工伤保险条例", "2010-12-20", "第一条 为了保障因工作遭受事故伤害的职工，制定本条例。");
    law(&p, "air", "中华人民共和国大气污染防治法", "2018-10-26", "第一条 为了防治大气污染，制定本法。");
    law(&p, "roads", "中华人民共和国道路交通安全法", "2021-04-29", "第一条 为了维护道路交通秩序，制定本法。");
    law(&p, "noise", "职业教育办法", "2011-12-20", "第一条 夜间授课的，给予补贴。夜班学员另行规定。");
    p.file("content/policies/labour.en.md", "---\ntitle: Labor Contract Law of the People's Republic of China\n---\n\nArticle 1.\n");
    p.file(
        "content/datasets/ageing/index.md",
        "---\ntitle: 人口年龄构成\npublished_at: 2020-12-20\nlicense: CC-BY-4.0\nresources: [{title: 表, path: t.csv}]\n---\n\n各年龄人口，反映人口老龄化。\n",
    );
    p.file("content/datasets/ageing/t.csv", "年份,人数\n2020,1\n");
    law(&p, "plan", "人口老龄化应对规划", "2021-12-20", "第一条 应对人口老龄化。人口老龄化数据由统计部门发布。");
    p.build();
    p
}

fn asked(p: &Project, lang: &str, query: &str) -> Found {
    let dir = p.path("public");
    let fetch = |path: &str| std::fs::read(dir.join(path)).ok();
    let engine = Engine::open(&format!("search/{lang}/"), &fetch).expect("opens");
    engine.search(query, &Options { loose: true, ..Options::default() }).expect("searches")
}

fn urls(f: &Found) -> Vec<&str> {
    f.hits.iter().map(|h| h.url.as_str()).collect()
}

#[test]
fn a_question_leads_to_the_law_of_its_matter_and_tells_what_it_is_about() {
    let p = site();
    for (query, right) in [
        ("公司突然把我辞退怎么赔", "/policies/labour/"),
        ("合同到期不续签有补偿金吗", "/policies/labour/"),
        ("公伤等级怎么评", "/policies/injury/"),
        ("骑电动车闯红灯了", "/policies/roads/"),
    ] {
        let f = asked(&p, "zh-Hans", query);
        assert_eq!(urls(&f).first(), Some(&right), "{query}: {:?}", f.hits);
        assert!(f.strict > 0 && !f.loose && !f.also.is_empty(), "{query}: {f:?}");
    }
    // What marks are set by: the question without the words that only ask, not the law's name.
    let f = asked(&p, "zh-Hans", "公司突然把我辞退怎么赔");
    assert!(f.about.contains("辞退") && !f.about.contains("怎么") && !f.about.contains("劳动合同法"), "{}", f.about);
    // The law itself, its former edition, then what carries its name out.
    let all = urls(&f);
    let place = |u: &str| all.iter().position(|x| *x == u).unwrap_or(usize::MAX);
    assert!(place("/policies/labour/") < place("/policies/labour-2007/") && place("/policies/labour-2007/") < place("/policies/local/"), "{all:?}");
}

#[test]
fn the_likelier_of_two_matters_stands_first() {
    let p = site();
    let f = asked(&p, "zh-Hans", "没签劳动合同在工地受伤算工伤吗");
    let laws: Vec<&str> = f.also.iter().filter(|t| t.ends_with('法') || t.ends_with("条例")).map(String::as_str).collect();
    assert!(laws.contains(&"劳动合同法") && laws.contains(&"工伤保险条例"), "{laws:?}");
    let top = &urls(&f)[..4];
    assert!(top.contains(&"/policies/labour/") && top.contains(&"/policies/injury/"), "{top:?}");
}

#[test]
fn a_name_or_a_slip_in_it_is_not_answered_by_another_law() {
    let p = site();
    for (query, right) in
        [("大气污染", "/policies/air/"), ("大气污柒防治法", "/policies/air/"), ("2018年大气污染", "/policies/air/"), ("工伤保险", "/policies/injury/")]
    {
        assert_eq!(urls(&asked(&p, "zh-Hans", query)).first(), Some(&right), "{query}");
    }
    assert!(ask::named("中国人银行法") && ask::named("物业管里条例") && !ask::named("养狗犯法") && !ask::named("这样合法"));
}

#[test]
fn what_only_happens_to_have_the_words_of_a_question_counts_as_a_part() {
    let p = site();
    let f = asked(&p, "zh-Hans", "授课 补贴 请问怎么领");
    assert!(f.strict == 0 && urls(&f).contains(&"/policies/noise/"), "{f:?}");
    // What stands there as it was typed is no accident.
    assert!(asked(&p, "zh-Hans", "夜间授课").strict == 1);
}

#[test]
fn who_asks_for_data_finds_the_dataset_first() {
    let p = site();
    assert_eq!(urls(&asked(&p, "zh-Hans", "人口老龄化情况数据")).first(), Some(&"/datasets/ageing/"));
    assert_eq!(urls(&asked(&p, "zh-Hans", "人口老龄化应对规划")).first(), Some(&"/policies/plan/"));
}

#[test]
fn the_name_in_another_language_finds_an_item_here() {
    let p = site();
    let f = asked(&p, "zh-Hans", "labor contract law of the people's republic");
    assert_eq!(urls(&f).first(), Some(&"/policies/labour/"), "{:?}", urls(&f));
    assert!(urls(&asked(&p, "en", "劳动合同法")).contains(&"/en/policies/labour/"));
}

#[test]
fn words_of_matters_are_whole_and_each_law_is_told_once() {
    let mut laws = std::collections::BTreeSet::new();
    let mut words = 0;
    for (law, list) in ask::matters() {
        assert!(laws.insert(law), "{law} stands twice");
        let mut seen = std::collections::BTreeSet::new();
        for w in list {
            words += 1;
            assert!(!w.is_empty() && seen.insert(w), "{law}: {w}");
        }
    }
    assert!(words > 1500 && laws.len() > 120, "{words} words of {} laws", laws.len());
}
