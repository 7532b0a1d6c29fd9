//! Marks that only a reader sees whole, private keys, series of numbers, and rows of digits without an end.

use crate::support::{Project, SITE_CN, busy};
use std::time::Duration;

/// A project with one page of news a text; its findings by file.
fn news(site: &str, texts: &[(&str, &str)]) -> Vec<(String, String)> {
    let p = Project::new(site);
    for (n, (title, body)) in texts.iter().enumerate() {
        p.file(&format!("content/news/n{n:02}.md"), format!("---\ntitle: \"{title}\"\npublished_at: 2025-05-01\n---\n\n{body}\n"));
    }
    p.findings(&[]).into_iter().map(|f| (f.0, f.1)).collect()
}

/// Whether a file has one of the codes.
fn has(found: &[(String, String)], n: usize, codes: &[&str]) -> bool {
    found.iter().any(|(c, f)| codes.contains(&&**c) && f.ends_with(&format!("n{n:02}.md")))
}

#[test]
fn marks_with_markup_inside_are_marks() {
    let held = [
        "**机密**★10年",
        "<u>机密</u>★10年",
        "机密<br>★10年",
        "机&#23494;★10年",
        "秘\u{200B}密★1年",
        "机\u{AD}密★10年",
        "秘<u>密</u>★1年",
        "★秘密 1年",
        "绝密级",
        "标密：秘密（5年）",
        "標密：秘密",
        "内部▲",
        "内部★",
        "核心商密▲长期",
        "机密✭10年",
        "TOP SECRET//NOFORN",
        "内部文件，严禁翻印",
        "注意：本件涉密，阅后收回",
        "（2099年1月1日0时起方可对外发布）",
    ];
    let texts: Vec<_> = held.iter().map(|t| ("通知", format!("{t}\n\n正文。"))).collect();
    let texts: Vec<_> = texts.iter().map(|(t, b)| (*t, b.as_str())).collect();
    let found = news(SITE_CN, &texts);
    for (n, text) in held.iter().enumerate() {
        assert!(has(&found, n, &["SEC002", "SEC013", "SRC005", "SRC014"]), "{text}: {found:?}");
    }
    let open = [
        "密级标志由密级、★和保密期限组成，例如秘密★5年。",
        "**秘密**很重要",
        "**保密**工作★★★",
        "（2020年1月1日0时起方可对外发布）",
        "## 绝密级",
        "评为<b>五</b>★级",
    ];
    let texts: Vec<_> = open.iter().map(|t| ("通知", format!("{t}\n\n正文。"))).collect();
    let texts: Vec<_> = texts.iter().map(|(t, b)| (*t, b.as_str())).collect();
    let found = news(SITE_CN, &texts);
    for (n, text) in open.iter().enumerate() {
        assert!(!has(&found, n, &["SEC002", "SEC013"]), "{text}: {found:?}");
    }
}

#[test]
fn titles_say_that_they_are_drafts_before_the_rest() {
    let titles = [
        ("DRAFT: notice on parking", true),
        ("DRAFT 通知", true),
        ("DRAFT notice on parking", true),
        ("CONFIDENTIAL: plan", true),
        ("草稿 通知", true),
        ("草稿：通知", true),
        ("Draft Plan for Consultation", false),
        ("DRAFT Plan for Consultation", false),
        ("DRAFT PLAN OF WORKS", false),
        ("办法草案（征求意见稿）", false),
        ("草案（征求意见稿）", false),
        ("内部控制 手册", false),
    ];
    let texts: Vec<_> = titles.iter().map(|(t, _)| (*t, "正文。")).collect();
    let found = news(SITE_CN, &texts);
    for (n, (title, held)) in titles.iter().enumerate() {
        assert_eq!(has(&found, n, &["SEC013", "SEC002"]), *held, "{title}: {found:?}");
    }
}

#[test]
fn private_keys_are_published_nowhere() {
    let p = Project::new(SITE_CN);
    let data = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";
    let key = format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{data}\n-----END OPENSSH PRIVATE KEY-----\n");
    let head = "---\ntitle: 通知\npublished_at: 2025-05-01\n";
    p.file("content/news/a.md", format!("{head}---\n\n```\n{key}```\n"));
    p.file("content/news/b.md", format!("{head}attachments: [{{file: k.txt, title: 附}}]\n---\n\n正文。\n"));
    p.file("content/news/k.txt", key.clone());
    p.file("content/news/c.md", format!("{head}---\n\n私钥以 -----BEGIN PRIVATE KEY----- 开头，请保管好。\n"));
    p.file("static/a.js", format!("const k = \"-----BEGIN PRIVATE KEY-----\\n{data}\";\n"));
    p.file("static/b.txt", key);
    let found: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "SEC013").map(|f| f.1).collect();
    for file in ["a.md", "k.txt", "a.js", "b.txt"] {
        assert!(found.iter().any(|f| f.ends_with(file)), "{file}: {found:?}");
    }
    assert!(!found.iter().any(|f| f.ends_with("c.md")), "{found:?}");
}

#[test]
fn series_and_numbers_of_registers_stop_nothing() {
    let p = Project::new(SITE_CN);
    let table = |name: &str, value: &dyn Fn(u64) -> u64| {
        let mut out = format!("事项,{name}\n");
        (0..30).for_each(|n| out.push_str(&format!("甲{n},{}\n", value(n))));
        out
    };
    let names = ["受理号", "登记号", "业务号", "户号", "合同号", "地块号", "箱号", "参考号", "档次号"];
    let day = |n: u64| (18_00_00 + (n % 12 + 1) * 100 + n % 28 + 1) * 100_000 + n;
    let rising = |n: u64| 15_000_000_000 + n * 37;
    let files = names.iter().flat_map(|n| [(n, table(n, &day)), (n, table(n, &rising))]);
    for (k, (_, csv)) in files.enumerate() {
        p.file(
            &format!("content/datasets/d{k}/dataset.yaml"),
            "title: 表\nissued: 2025-05-01\nlicense: CC-BY-4.0\ndescription: 表\nresources: [{path: d.csv, title: 表}]\n",
        );
        p.file(&format!("content/datasets/d{k}/d.csv"), csv);
    }
    let found: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "SEC003").collect();
    assert!(found.is_empty(), "{found:?}");
    // Telephones without order, in a column that nothing tells from one, are still held.
    let p = Project::new(SITE_CN);
    p.file("content/datasets/d/dataset.yaml", "title: 表\nissued: 2025-05-01\nlicense: CC-BY-4.0\ndescription: 表\nresources: [{path: d.csv, title: 表}]\n");
    p.file("content/datasets/d/d.csv", table("其他", &|n| 13_900_000_000 + (n * 7_919_113 + 5_946_128) % 99_999_999));
    assert!(p.findings(&[]).iter().any(|f| f.0 == "SEC003"));
}

#[test]
fn numbers_of_records_in_english_are_to_be_looked_at() {
    let texts = [
        ("a", "Instrument number 13905946128 was filed."),
        ("b", "Parcel number 138-1234-5678 was split."),
        ("c", "Recorded as 13905946128."),
        ("d", "Tracking 15912345678"),
        ("e", "李建国手机：13905946128"),
        ("f", "车辆号段闽B·D00001—闽B·D99999为新能源汽车号段。"),
        ("g", "肇事车辆闽B·D12345，请联系。"),
    ];
    let found = news(SITE_CN, &texts);
    for (n, held) in [false, false, false, false, true, false, true].into_iter().enumerate() {
        assert_eq!(has(&found, n, &["SEC003"]), held, "{}: {found:?}", texts[n].1);
    }
    assert!((0..4).all(|n| has(&found, n, &["SEC010"])), "{found:?}");
}

#[test]
fn a_row_of_digits_without_an_end_is_read_once() {
    for (text, held) in [
        ("1-3-9-0-".repeat(25_000), false),
        ("1 3 9 0 5 9 4 6 1 2 7 ".repeat(9_000), false),
        // A number that stands together is found however long the row is before it.
        (format!("{}13905946128", "1 3 9 0 ".repeat(2_000)), true),
    ] {
        let started = busy();
        let found = clerestory::personal::traces(&text);
        let took = busy() - started;
        assert!(took < Duration::from_secs(8), "{took:?}");
        assert!(!held || found.iter().any(|t| &text[t.at.clone()] == "13905946128"));
    }
}

#[test]
fn comments_of_other_tools() {
    let p = Project::new(SITE_CN);
    let body = "正文一。\n\n%% 内部意见 %%\n\n正文二 {>> 待核 <<} 完。\n\n{% comment %}\n只给编辑看\n{% endcomment %}\n\n正文三。\n";
    p.file("content/news/a.md", format!("---\ntitle: 通知\npublished_at: 2025-05-01\n---\n\n{body}"));
    let found: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "SRC030").map(|f| f.2).collect();
    assert!(found.contains(&8) && found.contains(&10), "{found:?}");
    p.file("content/news/b.md", "---\ntitle: 通知二\n上网时间: 2099-01-01\n---\n\n尚未公布。\n");
    p.build();
    for (path, bytes) in crate::support::tree(&p.path("public")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("只给编辑看") && !text.contains("尚未公布"), "{path}");
    }
}

#[test]
fn a_day_without_end_is_a_day() {
    let p = Project::new(SITE_CN);
    p.file("content/datasets/d/dataset.yaml", "title: 表\nissued: 2025-05-01\nlicense: CC-BY-4.0\ndescription: 表\nresources: [{path: d.csv, title: 表}]\n");
    p.file("content/datasets/d/d.csv", "单位,有效期至\n甲,2027-05-01\n乙,9999-12-31\n丙,2028-01-01\n");
    assert!(!p.findings(&[]).iter().any(|f| f.0 == "TAB008"));
}
