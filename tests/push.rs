//! What tells of an item elsewhere: texts, poster, picture.
#![expect(clippy::disallowed_methods, reason = "tests read what was written")]

use crate::support::{Project, tree};

fn town() -> Project {
    let p = Project::new("title: 云台市人民政府\nbase_url: https://www.yuntai.gov.cn/zw/\nas_of: 2026-01-20\nlanguages: [zh-Hans, en]\n");
    p.file("content/departments.yaml", "- {id: civil, name: 民政局}\n");
    let long = "为规范高龄补贴的发放，方便老年人就近申领，自二〇二六年一月起，年满八十周岁的老年人可以在任何一个社区提出申请，凭身份证办理，不再需要户籍证明；已经领取的，不用重新申请。补贴按月发放到本人的银行账户。".repeat(2);
    p.file("content/policies/age.md", format!("---\ntitle: 高龄补贴 <发放> 办法 & 说明\nissuer: [civil]\nsummary: {long}\npublished_at: 2026-01-12\n---\n\n## 谁能领\n\n八十周岁以上。\n\n## 怎么领\n\n到社区。\n"));
    p.file("content/policies/draft.md", "---\ntitle: 草稿\ndraft: true\n---\n\n还没有。\n");
    p.file("content/policies/old.md", "---\ntitle: 旧办法\npublished_at: 2020-01-12\n---\n\n旧。\n");
    p
}

#[test]
fn push_texts_are_ready_to_be_copied() {
    let p = town();
    let ran = p.run(&["push", "policies/age"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    let url = "https://www.yuntai.gov.cn/zw/policies/age/";
    let (wechat, weibo) = ran.out.split_once("== weibo.txt\n").expect("two texts");
    for wanted in ["高龄补贴 <发放> 办法 & 说明", "民政局  2026年1月12日", "· 谁能领\n· 怎么领", &format!("全文：{url}")] {
        assert!(wechat.contains(wanted), "{wanted}\n{wechat}");
    }
    let weibo = weibo.trim();
    assert!(weibo.starts_with("【高龄补贴 <发放> 办法 & 说明】") && weibo.ends_with(url) && weibo.contains('…'), "{weibo}");
    assert!(weibo.chars().count() <= 140 && weibo.chars().count() > 120, "{}", weibo.chars().count());
    // As people name files, too.
    assert_eq!(p.run(&["push", "content/policies/age.md"]).out, ran.out);
}

#[test]
fn push_posters_are_one_sheet_with_a_code_that_leads_to_the_page() {
    let p = town();
    let out = p.path("out");
    let ran = p.run(&["push", "policies/age", "--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let svg = p.read("out/poster.svg");
    assert!(svg.contains("width=\"210mm\" height=\"297mm\"") && svg.contains("&lt;发放&gt;") && svg.contains("&amp; 说明"), "{svg}");
    assert!(quick(&svg), "every tag is closed");
    // The code is the one that another reading of the modules gives: same address, same squares.
    let code = qrcode::QrCode::with_error_correction_level(b"https://www.yuntai.gov.cn/zw/policies/age/", qrcode::EcLevel::M).unwrap();
    let dark = code.to_colors().iter().filter(|c| **c == qrcode::Color::Dark).count();
    assert_eq!(svg.matches("h1v1h-1z").count(), dark);
    let lines: Vec<f32> = svg.split("y=\"").skip(1).filter_map(|r| r.split('"').next()?.parse().ok()).collect();
    assert!(lines.iter().all(|y| *y < 297.0), "nothing runs off the sheet: {lines:?}");
    let page = p.read("out/poster.html");
    assert!(
        page.contains("@page{size:A4;margin:0}") && page.contains("<html lang=\"zh-Hans\">") && page.contains("noindex") && !page.contains("http://www.yuntai"),
        "{page}"
    );
    let png = std::fs::read(p.path("out/card.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG") && p.exists("out/wechat.txt") && p.exists("out/weibo.txt"));
}

/// Tags of an SVG open and close in turn.
fn quick(svg: &str) -> bool {
    let mut reader = quick_xml::Reader::from_str(svg);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

#[test]
fn push_tells_only_of_what_is_public() {
    let p = town();
    let ran = p.run(&["push", "policies/draft", "--lang", "en"]);
    assert!(ran.code == 2 && ran.err.contains("is not public"), "{}", ran.err);
    let ran = p.run(&["push", "policies/aeg", "--lang", "en"]);
    assert!(ran.code == 2 && ran.err.contains("no such item: policies/aeg") && ran.err.contains("did you mean: policies/age"), "{}", ran.err);
    // In the folder for the office: what came out in the last month, and nothing of it in the site.
    assert_eq!(p.run(&["build", "--internal", "office"]).code, 0);
    assert!(p.exists("office/push/policies-age/poster.svg") && p.exists("office/push/policies-age/weibo.txt"));
    assert!(!p.exists("office/push/policies-old/poster.svg") && !p.exists("office/push/policies-draft/poster.svg"));
    assert!(tree(&p.path("public")).keys().all(|f| !f.contains("poster") && !f.contains("weibo")));
}
