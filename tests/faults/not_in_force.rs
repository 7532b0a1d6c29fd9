//! Words against being in force, head lines, masks of stars, what Markdown loses.

use crate::support::{Project, SITE, SITE_CN};

/// Findings of a code, and whether the page of `content/policies/p.md` claims that it is in force.
fn policy(head: &str, body: &str) -> (usize, bool) {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    p.file("content/policies/p.md", format!("---\nissuer: [a]\nformed_on: 2019-11-01\npublished_at: 2019-12-01\n{head}\n---\n\n{body}\n"));
    p.build();
    let n = p.findings(&[]).iter().filter(|f| f.0 == "POL009").count();
    (n, claims(&p, "policies/p"))
}

fn claims(p: &Project, id: &str) -> bool {
    p.read(&format!("public/{id}/index.html")).contains("现行有效")
}

#[test]
fn nothing_that_says_it_is_over_is_shown_as_in_force() {
    assert_eq!(policy("title: 甲办法", "第一条 为了甲。"), (0, true));
    for head in ["title: 甲办法（已废止）", "title: 甲办法\nsummary: 本文件已废止。", "title: 甲办法\nkeywords: [已废止]", "title: 甲办法（征求意见稿）"]
    {
        assert_eq!(policy(head, "第一条 为了甲。"), (1, false), "{head}");
    }
    for line in [
        "本办法已于2022年1月1日废止。",
        "时效性：已废止",
        "本办法自2099年1月1日起施行。",
        "第九条 本办法施行日期另行通知。",
        "注：本文已被甲统发〔2022〕3号废止",
    ] {
        assert_eq!(policy("title: 甲办法", &format!("第一条 为了甲。\n\n{line}")), (1, false), "{line}");
    }
    for line in ["本办法自2019年12月1日起施行。《乙办法》同时废止。", "许可证已失效的，应当交回。"] {
        assert_eq!(policy("title: 甲办法", &format!("第一条 为了甲。\n\n{line}")), (0, true), "{line}");
    }
}

#[test]
fn what_another_document_repeals_by_name_is_not_shown_as_in_force() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    let head = |title: &str, day: &str| format!("---\ntitle: {title}\nissuer: [a]\nformed_on: {day}\npublished_at: {day}\n---\n\n");
    p.file("content/policies/old.md", head("乙省征收办法", "2010-01-01") + "第一条 为了乙。\n");
    p.file("content/policies/other.md", head("乙省收费办法", "2010-01-01") + "第一条 为了乙。\n");
    p.file("content/policies/new.md", head("丙办法", "2020-01-01") + "第一条 为了丙。\n\n本办法自2020年1月1日起施行。《乙省征收办法》同时废止。\n");
    p.build();
    let found: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "POL009").collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].1.as_str(), found[0].2), ("content/policies/new.md", 10));
    assert!(!claims(&p, "policies/old") && claims(&p, "policies/other") && claims(&p, "policies/new"));
}

/// The page of a law without front matter.
fn law(text: &str) -> String {
    let p = Project::new(SITE);
    p.file("content/policies/p.md", text);
    p.build();
    p.read("public/policies/p/index.html")
}

#[test]
fn no_head_line_is_lost() {
    for line in [
        "2016年11月25日北京市第十四届人民代表大会常务委员会通过的《关于修改部分地方性法规的决定》修正",
        "甲市人民政府令第25号",
        "（第25号）",
        "主题词：养老",
        "劳社部发[2008]3号",
        "甲政发（2016）5号",
        "（2016年11月25日市人大通过）",
        "二〇一六年十一月二十五日市人大通过",
        "２０１２年１２月３日 公安部部长办公会议通过",
        "（试行）",
    ] {
        let page = law(&format!("# 甲条例\n\n2001年6月22日 市人大通过\n\n{line}\n\n<!-- INFO END -->\n\n第一条 为了甲。\n"));
        let core = line.trim_matches(['（', '）']);
        let core = core.rsplit_once('日').map_or(core, |(_, r)| r.trim());
        // Numbers of documents are shown with the brackets of the norm.
        let number = core.replace(['[', '（'], "〔").replace([']', '）'], "〕");
        assert!(page.contains(core) || page.contains(&number), "{line}");
        assert!(!page.contains("INFO END"), "{line}");
    }
    let page =
        law("# 甲条例\n\n2001年6月22日 市人大通过\n\n2016年11月25日市人大通过的《关于修改部分法规的决定》修正\n\n<!-- INFO END -->\n\n第一条 为了甲。\n");
    assert!(page.contains("2016年11月25日"));
    let page = law("# 甲法\n\n2019年8月26日 常委会《关于修改〈甲法〉\n\n〈乙法〉的决定》第三次修正\n\n<!-- INFO END -->\n\n第一条 为了甲。\n");
    assert!(page.contains("〈甲法〉〈乙法〉的决定》第三次修正"));
    let page = law("# 甲通知\n\n**发布日期**: 2022年12月\n\n正文在此。\n");
    assert!(page.contains("2022年12月"));
}

/// The words of a news text, in its page and in its Markdown edition.
fn news(text: &str) -> (String, String) {
    let p = Project::new(SITE);
    p.file("content/news/n.md", format!("---\ntitle: 消息\npublished_at: 2025-01-01\n---\n\n{text}\n"));
    p.build();
    (p.read("public/news/n/index.html"), p.read("public/news/n/index.md"))
}

#[test]
fn stars_of_masks_stay() {
    for text in [
        "文三路***号、文二路***号",
        "杭州***有限公司、宁波***有限公司",
        "（2024）浙01刑初***号、（2024）浙02民初***号",
        "t**t@163.com、x**y@qq.com",
        "***、***",
        "经公示：*4567、*8910等。",
        "孙*，文三路***号、周*，文二路**号",
        "浙A***12：***",
        "张*（男），*某，孙*，男",
        "中签者有欧阳*，*小红。",
    ] {
        let (page, _) = news(text);
        // Addresses of mail are links.
        let words: Vec<&str> = page.split('<').filter_map(|p| p.split_once('>')).map(|(_, w)| w).collect();
        assert!(words.concat().contains(text), "{text}");
    }
    for text in ["**甲**、**乙**", "***甲**乙*丙", "请**携带身份证、户口本**到场", "*甲*和*乙*"] {
        let (page, _) = news(text);
        assert!(page.contains("<strong>") || page.contains("<em>"), "{text}");
    }
}

#[test]
fn the_markdown_of_a_page_loses_no_paragraph() {
    for text in ["**上海****方案**", "**甲：****乙**丙", "甲**乙****丙**", "**甲**甲****丁", "***甲甲*乙乙*丙丙"] {
        let (_, md) = news(&format!("前段。\n\n{text}\n\n食品科技作为领域。\n\n后段。"));
        let words: String = text.chars().filter(|c| *c != '*').collect();
        let flat: String = md.chars().filter(|c| *c != '*' && *c != '\\').collect();
        assert!(flat.contains("食品科技作为领域。") && flat.contains("后段。") && flat.contains("前段。"), "{text}: {md}");
        // Signs that would be marks are written by their numbers.
        assert!(md.contains("&#") || flat.contains(&words), "{text}: {md}");
    }
}

#[test]
fn marks_of_offices_hold() {
    for mark in ["（此文不公开）", "（本文不公开）", "会前严格保密", "会后收回", "（不登报）", "（不上网）", "敏感信息，注意保密"]
    {
        let p = Project::new(SITE_CN);
        p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
        p.file(
            "content/policies/p.md",
            format!("---\ntitle: 甲通知\nissuer: [a]\nformed_on: 2019-11-01\npublished_at: 2019-12-01\n---\n\n第一条 为了甲。\n\n第二条 为了乙。\n\n{mark}\n"),
        );
        assert!(p.codes().iter().any(|c| c == "SEC002" || c == "SEC013"), "{mark}: {:?}", p.codes());
    }
}

#[test]
fn the_day_of_effect_in_the_text_is_held_against_the_head() {
    let of = |head: &str, line: &str| {
        let p = Project::new(SITE_CN);
        p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
        p.file(
            "content/policies/p.md",
            format!("---\ntitle: 甲办法\nissuer: [a]\nformed_on: 2026-11-02\npublished_at: 2026-11-03\n{head}\n---\n\n第一条 甲。\n\n{line}\n"),
        );
        p.run(&["build", "--as-of", "2026-11-29"]);
        let found = p.run(&["check", "--as-of", "2026-11-29", "--format", "json"]).out;
        (found.contains("POL009"), p.read("public/policies/p/index.html"), found)
    };
    // By the head it has not begun, by the text it has: nothing is claimed.
    let (told, page, found) = of("effective_from: 2026-12-01", "第二条 本办法自2026年11月15日起施行。");
    assert!(told && !page.contains("尚未生效") && !page.contains("现行有效"), "{page}");
    assert!(found.contains("2026-11-15") && found.contains("2026-12-01"), "{found}");
    // Both have begun: the days are told.
    let (told, page, _) = of("effective_from: 2026-11-10", "第二条 本办法自2026年11月15日起施行。");
    assert!(told && page.contains("现行有效"));
    let (told, page, found) = of("effective_from: 2026-11-10", "第二条 本办法自2027年1月1日起施行。");
    assert!(told && !page.contains("现行有效") && !found.contains("文头没有写"), "{found}");
    // The same day, and the first day of a law that was amended since.
    let (told, page, _) = of("effective_from: 2026-12-01", "第二条 本办法自2026年12月1日起施行。");
    assert!(!told && page.contains("尚未生效"));
    let (told, page, _) = of("effective_from: 2026-11-10", "第二条 本办法自2013年7月1日起施行。");
    assert!(!told && page.contains("现行有效"));
}

#[test]
fn a_second_head_in_a_text_holds_it() {
    let of = |text: &str| {
        let p = Project::new(SITE);
        p.file("content/news/n.md", format!("---\ntitle: 甲\npublished_at: 2025-12-01\n---\n{text}"));
        p.run(&["build", "--allow-errors"]);
        (p.codes().contains(&"SRC021".to_string()), p.exists("public/news/n/index.html"))
    };
    let second = "第一条 甲。\n\n---\ntitle: 关于内部通报的通知\npublished_at: 2027-01-01\ndraft: true\n---\n\n第一条 这是还没有公开的第二份文件。\n";
    assert_eq!(of(second), (true, false));
    assert_eq!(of(&second.replace('\n', "\r\n")), (true, false));
    // An example, and a rule between two parts.
    assert_eq!(of(&format!("写法如下：\n\n```yaml\n{second}```\n")), (false, true));
    assert_eq!(of("甲。\n\n---\n\n乙：丙\n\n---\n\n丁。\n"), (false, true));
}
