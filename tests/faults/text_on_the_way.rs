//! Text that was changed on the way, a legal status inferred from a title, names too long for an address: each with the right value.

use crate::support::{Project, SITE, SITE_CN, busy, copy_tree, shared, tree};
use clerestory::load::chars::clean;
use clerestory::load::markdown::{Calm, prepare};
use clerestory::load::outline::{outline, plain};
use clerestory::render::markdown::{Options, TocEntry, render};

fn html(text: &str) -> String {
    toc(text).0
}

fn toc(text: &str) -> (String, Vec<TocEntry>) {
    let resolve = |_: &str| None;
    let mut out = String::new();
    let callout = |k: &str| k.to_string();
    let toc = render(
        text,
        &Options {
            resolve: &resolve,
            size: &|_| None,
            prefix: "",
            allow_html: false,
            back: "回",
            notes: "注",
            terms: None,
            callout: &callout,
            calm: Calm::default(),
        },
        &mut out,
    );
    (out, toc)
}

/// The words of a page: without tags.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = rest[at..].find('>').map_or("", |e| &rest[at + e + 1..]);
    }
    out.push_str(rest);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

/// Builds a case of the shared folder and gives a page of it.
fn case(name: &str, page: &str) -> String {
    let p = Project { dir: tempfile::tempdir().unwrap() };
    copy_tree(&shared(&format!("cases/{name}")), p.root());
    p.run(&["build", "--as-of", "2026-11-27"]);
    p.read(&format!("public/{page}/index.html"))
}

#[test]
fn masked_names_and_numbers_keep_every_asterisk() {
    for text in [
        "公示对象：甲某，身份证号3301**********1234，电话138****1234；乙某，电话139****5678。",
        "面积5*6与7*8平方米。",
        "王*、李*和张*获奖。",
        "王*和李*获奖。",
        "张**、李**、赵**，刘某*。",
        "张**和李**获奖，欧阳**、司马*明",
        "李*明、王*华",
        "幸福路**号**室",
        "某市**区**路**号",
        "二〇**年**月**日",
        "尾号12**和34**的号码",
        "浙A**123和浙B**456",
        "尾号**12、尾号**34",
        "长*宽*高，数量*单价*系数",
        "138***1234、6222 **** **** 1234",
        "姓名：____，日期____年__月__日。",
        "5~10和20~30，约~5~",
        "a_b_c 与 甲_乙_丙，文件 _名",
        "价格*，单位*。",
        "*注：申请人王*、李*。",
        "*注：王*和张*。",
    ] {
        assert_eq!(words(&html(text)).trim(), text);
        assert_eq!(plain(text, false).trim(), text, "for search and feeds");
        assert_eq!(&*outline(text, 0, false).0.lead, text, "for summaries");
    }
    // In a table, in a list, and beside what is meant to be bold.
    let list = html("- 张**\n- **注意**：王*\n\n| 姓名 | 电话 |\n|---|---|\n| 王* | 138****5678 |\n| 李* | 139****1234 |\n");
    assert!(list.contains("<li>张**</li>") && list.contains("<strong>注意</strong>：王*") && list.contains("<td>王*</td><td>138****5678</td>"), "{list}");
    for (text, want) in [
        ("**注意：**电话138****5678。", "<strong>注意：</strong>电话138****5678。"),
        ("推动高**质量**发展", "推动高<strong>质量</strong>发展"),
        ("**甲****乙**丙", "<strong>甲</strong><strong>乙</strong>丙"),
        ("**对方**、**同时**、**第12项**、**100万**元", "<strong>对方</strong>、<strong>同时</strong>、<strong>第12项</strong>、<strong>100万</strong>元"),
        ("***粗斜** 斜*", "<em><strong>粗斜</strong> 斜</em>"),
        ("这是*重点*内容，~~删~~", "这是<em>重点</em>内容，<del>删</del>"),
        ("`3*4*5` \\*甲\\*", "<code>3*4*5</code> *甲*"),
    ] {
        assert_eq!(html(text).trim(), format!("<p>{want}</p>"), "{text}");
    }
    assert!(html("甲\n\n****\n\n* * *\n\n乙").matches("<hr>").count() == 2);
    assert!(html("~~~\n甲~乙\n~~~").contains("<pre><code>甲~乙"));
    let page = case("md-masked-asterisks", "news/list");
    assert!(page.contains("3301**********1234") && page.contains("138****1234") && page.contains("5*6与7*8"));
}

#[test]
fn a_long_line_of_marks_takes_no_time() {
    for unit in ["*a", "王*", "_a", "~a", "1*", "**a", "<sup>", "[a]: b\n", "{a}\n", "]:", "a@", "https://a/", "{{", "[[", "|a"] {
        let text = unit.repeat(100_000);
        let start = busy();
        prepare(&text, Calm::default());
        clerestory::load::outline::outline(&text[..20_000], 0, false);
        assert!((busy() - start).as_secs() < 20, "{unit}");
    }
}

#[test]
fn bare_addresses_become_links() {
    let page = case("md-bare-addresses", "news/links");
    for (to, shown) in [
        ("https://example.org/guide", "https://example.org/guide"),
        ("mailto:ab@example.org", "ab@example.org"),
        ("https://example.org/x#:~:text=a", "https://example.org/x#:~:text=a"),
        ("https://example.org/src/_mocks_/v.js", "https://example.org/src/_mocks_/v.js"),
    ] {
        assert!(page.contains(&format!("href=\"{to}\"")) && page.contains(&format!(">{shown}</a>")), "{to}: {page}");
    }
    assert!(!page.contains("<del>") && page.contains("</a>，详见附件") && page.contains("</a>。"));
    // Not in code, not in links, not in addresses that are links already.
    let h = html("`https://a.org` [https://b.org](https://b.org) <https://c.org>\n\n    https://d.org\n\nwww.gov.cn。\n");
    assert_eq!(h.matches("<a ").count(), 3, "{h}");
    assert!(h.contains("href=\"http://www.gov.cn\""), "{h}");
    // The other stages see them, at their place.
    let text = "见**重点**和https://a.org/_x_/y，`https://no.org`。";
    let (o, _) = outline(text, 10, false);
    assert_eq!(o.links.len(), 1);
    assert_eq!((&*o.links[0].to, o.links[0].at), ("https://a.org/_x_/y", (10 + 16, 10 + 35)));
    assert_eq!(&text[16..35], "https://a.org/_x_/y");
}

#[test]
fn ids_are_given_once() {
    let page = case("md-duplicate-ids", "news/ids");
    let mut ids: Vec<&str> = page.match_indices(" id=\"").map(|(i, _)| page[i + 5..].split('"').next().unwrap()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert!(ids.contains(&"main-2") && ids.contains(&"find-2") && ids.contains(&"fn-1-2"), "{ids:?}");
    let (h, t) = toc("## A\n\n## a\n\n## A 2\n\n## fnref 1\n\n## b1\n\n## Cite title\n\n## sec scope\n\n## Main 2\n\n## Main\n");
    let mut anchors: Vec<&str> = t.iter().map(|e| &*e.anchor).collect();
    assert_eq!(anchors[..5], ["a", "a-2", "a-2-2", "h-fnref-1", "h-b1"], "{h}");
    anchors.sort_unstable();
    anchors.dedup();
    assert_eq!(anchors.len(), 9);
    assert_eq!(outline("第三条 甲\n\n## art 3\n", 0, false).0.headings[0].anchor, toc("第三条 甲\n\n## art 3\n").1[0].anchor.clone().into());
}

#[test]
fn the_frame_s_ids_are_known_to_headings() {
    let templates = tree(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic/templates"));
    for (name, bytes) in templates {
        let text = String::from_utf8(bytes).unwrap();
        for (i, _) in text.match_indices(" id=\"") {
            let id = text[i + 5..].split('"').next().unwrap();
            assert!(id.contains("{{") || clerestory::load::anchors::reserved(id), "{name}: id=\"{id}\" is not among the reserved ids of src/load/anchors.rs");
        }
    }
}

#[test]
fn lines_indented_by_two_wide_blanks_are_paragraphs() {
    let page = case("md-fullwidth-indent", "news/indent");
    for p in ["<p>第一段，从文字处理软件复制而来。</p>", "<p>第二段，也以两个全角空格开头。</p>", "<p>（一）第三段。</p>"]
    {
        assert!(page.contains(p), "{p}: {page}");
    }
    assert_eq!(html("甲\n　　乙\n丙").trim(), "<p>甲</p>\n<p>乙丙</p>");
    assert!(html("　　第一条　甲\n　　第二条　乙").contains("id=\"art-2\""));
    assert_eq!(html("&emsp;&emsp;甲\n&emsp;&emsp;乙").trim(), "<p>甲</p>\n<p>乙</p>");
    assert_eq!(html("**甲\n　　乙**").matches("<p>").count(), 1);
    assert_eq!(plain("　　甲\n　　乙", false).lines().count(), 2);
    assert_eq!(&*outline("　　甲\n　　乙", 0, false).0.lead, "甲");
    assert!(html("```\n　　甲\n　　乙\n```").contains("　　甲\n　　乙"));
}

#[test]
fn harmless_tags_may_stand() {
    let page = case("md-sub-sup-br-ruby", "news/units");
    for want in ["m<sup>2</sup>", "CO<sub>2</sub>", "<ruby>汉<rt>hàn</rt></ruby>", "第一行<br>第二行", "class=\"callout callout--note\"", "提示"] {
        assert!(page.contains(want), "{want}: {page}");
    }
    assert!(!page.contains("[!NOTE]"));
    for (text, want) in [
        ("a<sup onclick=\"x()\">2</sup>", "<p>a<sup>2</sup></p>"),
        ("a<BR/>b</br>c", "<p>a<br>b<br>c</p>"),
        ("<kbd>Ctrl</kbd>+<u>C</u>", "<p><kbd>Ctrl</kbd>+<u>C</u></p>"),
        ("未闭合<sup>2", "<p>未闭合&lt;sup&gt;2</p>"),
        ("交叉<sup>a<sub>b</sup>c</sub>", "<p>交叉<sup>a&lt;sub&gt;b</sup>c&lt;/sub&gt;</p>"),
        ("**<sup>a**</sup>", "<p><strong>&lt;sup&gt;a</strong>&lt;/sup&gt;</p>"),
        ("<ruby>汉<rt>hàn</ruby>", "<p><ruby>汉<rt>hàn</rt></ruby></p>"),
        ("<b>粗</b><script>x</script>", "<p>&lt;b&gt;粗&lt;/b&gt;&lt;script&gt;x&lt;/script&gt;</p>"),
        ("<br>", "<p><br></p>"),
    ] {
        assert_eq!(html(text).trim(), want, "{text}");
    }
    assert_eq!(plain("CO<sub>2</sub><br>m<sup>2</sup>", false).trim(), "CO2\nm2");
    assert!(outline("CO<sub>2</sub>", 0, false).1.is_empty());
    assert!(html("> [!WARNING]\n> 甲\n\n> 乙").contains("<p class=\"callout__title\">warning</p>\n<p>甲</p>"));
}

#[test]
fn nothing_that_was_written_vanishes() {
    for (text, want) in [
        ("## 目标 {重点}", "目标 {重点}"),
        ("[注]: 数据为初步核算", "[注]: 数据为初步核算"),
        ("[1]: https://a.org/x", "[1]: https://a.org/x"),
        ("甲\n\n[^9]: 没人提到的注\n", "没人提到的注"),
        ("<!-- 没有结束的注释\n\n甲", "没有结束的注释"),
        ("<!-- 注 --> 其后的字", "其后的字"),
        ("| 甲 |\n|---|\n| 一 | 二 | 三 |\n", "二"),
    ] {
        assert!(words(&html(text)).contains(want), "{text}: {}", html(text));
    }
    assert!(html("[甲][1]\n\n[1]: https://a.org/x").contains("href=\"https://a.org/x\" rel="));
    assert!(html("## 甲 {#own}").contains("id=\"own\">甲<"));
    let list = html("1. 甲\n3. 乙\n4. 丙\n4. 丁\n");
    assert!(list.contains("<li>甲") && list.contains("<li value=\"3\">乙") && list.contains("<li>丙") && !list.contains("value=\"4\""), "{list}");
    assert!(!html("1. 甲\n1. 乙\n1. 丙\n").contains("value="));
    let row = outline("| 甲 |\n|---|\n| 一 | 二 |\n", 0, false).1;
    assert_eq!(row[0].0, "SRC031");
}

#[test]
fn left_overs_of_other_tools_are_named() {
    let p = Project { dir: tempfile::tempdir().unwrap() };
    copy_tree(&shared("cases/shortcodes-left-over"), p.root());
    let found: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "SRC030").map(|f| (f.2, f.3)).collect();
    assert_eq!(found, [(5, 1), (5, 21), (5, 42), (5, 59)]);
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("a tag of Hugo") && ran.out.contains("a tag of Jekyll"), "{}", ran.out);
    let p = Project::new(SITE);
    p.file("content/pages/a.md", "---\ntitle: A\n---\n`{{< x >}}` \\{{ site.x }}\n\n```\n{% include x %}\n::: tip\n```\n\n    [[wiki]]\n");
    assert!(p.findings(&[]).iter().all(|f| f.0 != "SRC030"), "code is code: {:?}", p.findings(&[]));
}

#[test]
fn a_status_is_not_inferred_from_a_title() {
    let p = Project::new(SITE);
    let law = |title: &str, day: &str, body: &str| format!("---\ntitle: {title}\nformed_on: {day}\n---\n{body}\n");
    for (book, text) in [("总则编", "总则"), ("物权编", "物权"), ("合同编", "合同")] {
        p.file(&format!("content/policies/民法典/{book}.md"), law("民法典", "2020-05-28", text));
    }
    p.file("content/policies/经济/广告法(2021-04-29).md", law("广告法", "2021-04-29", "甲"))
        .file("content/policies/行政/广告法(2021-04-29).md", law("广告法", "2021-04-29", "甲"));
    p.file("content/policies/公告(2024-01-01).md", law("公告", "2024-01-01", "甲"))
        .file("content/policies/公告(2025-01-01).md", law("公告", "2025-01-01", "乙"));
    p.file("content/policies/通知1.md", law("放假规定", "2024-01-01", "甲")).file("content/policies/通知2.md", law("放假规定", "2025-01-01", "乙"));
    p.file("content/policies/统计法(2009-06-27).md", law("统计法", "2009-06-27", "旧"))
        .file("content/policies/统计法(2024-09-13).md", law("统计法", "2024-09-13", "新"));
    p.file("content/policies/暂行办法(2010-01-01).md", law("暂行办法", "2010-01-01", "旧"))
        .file("content/policies/暂行办法(2012-01-01).md", "---\ntitle: 暂行办法\nformed_on: 2012-01-01\nexpires_on: 2013-01-01\n---\n新\n");
    p.build();
    let amended: Vec<String> = tree(&p.path("public/policies"))
        .into_iter()
        .filter(|(n, b)| n.ends_with("index.html") && String::from_utf8_lossy(b).contains(">已被修改</span>") && !n.contains("validity"))
        .map(|(n, _)| n)
        .collect();
    assert!(amended.contains(&"统计法(2009-06-27)/index.html".to_string()), "{amended:?}");
    for other in ["民法典", "广告法", "公告", "通知", "暂行办法"] {
        assert!(amended.iter().all(|n| !n.contains(other)), "{other}: {amended:?}");
    }
}

#[test]
fn nobody_is_author_who_is_not_known_to_be() {
    let p = Project::new("title: 某市门户\nbase_url: https://example.org/\nas_of: 2026-01-01\n");
    p.file("content/policies/a.md", "---\ntitle: 甲办法\nformed_on: 2024-01-02\n---\n正文\n");
    p.build();
    let page = p.read("public/policies/a/index.html");
    assert!(
        page.contains("<pre id=\"cite-gbt\">甲办法[A/OL]. (2024-01-02)") && !page.contains("author = {{某市门户}}") && !page.contains("author = "),
        "{page}"
    );
}

#[test]
fn a_withdrawn_item_leads_to_what_took_its_place() {
    let p = Project::new(SITE);
    p.file("content/policies/old.md", "---\ntitle: 旧\nwithdrawn: {on: 2025-01-01, reason: 内容有误}\nreplaced_by: policies/new\n---\n旧文\n");
    p.file("content/policies/new.md", "---\ntitle: 新的办法\n---\n新文\n");
    p.build();
    let notice = p.read("public/policies/old/index.html");
    assert!(notice.contains("请看：") && notice.contains("href=\"/policies/new/\">新的办法</a>"), "{notice}");
}

#[test]
fn readers_see_the_sections_that_exist() {
    let p = Project::new(SITE_CN);
    p.file("content/policies/p.md", "---\ntitle: 甲办法\n---\n正文\n");
    p.file(
        "content/interpretations/i.md",
        "---\ntitle: 甲办法解读\npolicies: [p]\n---\n## 一、起草背景\n\n甲\n\n## 二、重点内容\n\n乙\n\n## 三、惠企举措\n\n丙\n",
    );
    p.run(&["build"]);
    let page = p.read("public/interpretations/i/index.html");
    // What is missing is the editors': `/explained/` and ITP004 tell it.
    assert!(page.matches("coverage__yes").count() >= 3 && page.contains("惠民") && !page.contains("未见"), "{page}");
    let found = p.run(&["check"]).out;
    assert!(!found.contains("主要内容"), "{found}");
}

#[test]
fn a_long_name_gets_a_short_address_and_an_odd_character_a_warning() {
    let p = Project::new(SITE);
    let (han, latin) = ("关于".repeat(40), "long-name-".repeat(22));
    p.file(&format!("content/policies/{han}.md"), format!("---\ntitle: 甲\nattachments: [{latin}.pdf]\n---\n私用字\u{E123}。\n"));
    p.file(&format!("content/policies/{latin}.pdf"), "%PDF-1.4");
    assert_eq!(p.run(&["build", "--record-urls"]).code, 0);
    let found = p.findings(&[]);
    assert!(found.iter().any(|f| f.0 == "URL010") || p.run(&["build"]).out.contains("URL010"), "{found:?}");
    let files: Vec<String> = tree(&p.path("public/policies")).into_keys().filter(|n| n.starts_with("关于") || n.starts_with("long")).collect();
    assert!(files.iter().any(|n| n.starts_with("关于") && n.ends_with("/index.html")) && files.iter().any(|n| n.ends_with(".pdf")), "{files:?}");
    assert!(files.iter().all(|n| n.split('/').all(|s| s.len() <= 200)));
    let ledger = p.read("urls.txt");
    assert_eq!(p.run(&["build", "--record-urls"]).code, 0);
    assert_eq!(p.read("urls.txt"), ledger, "the address is the same at every build");
    assert!(ledger.contains(".pdf"));
}

/// The markup that may be missing from a page: marks of emphasis, headings, lists, quotes, tables, code, links with their targets, comments.
fn signs(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '*' | '~'))
}

#[test]
fn every_word_of_the_real_texts_is_on_its_page() {
    let mut count = 0;
    for folder in ["data/zh-laws", "data/zh-shanghai-policies"] {
        for (name, bytes) in tree(&shared(folder)) {
            if !(name.ends_with(".md") || name.ends_with(".txt")) || name.ends_with("SOURCE.md") {
                continue;
            }
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace('\0', "");
            count += 1;
            let page = words(&html(&text));
            let mut shown = signs(&page).peekable();
            let mut line_no = 0;
            for line in text.lines() {
                line_no += 1;
                let mut source = line.trim();
                // Markup of these texts: numbers of lists, marks of emphasis, comments, rules of tables, targets of links.
                if source.starts_with("<!--") {
                    continue;
                }
                let digits = source.bytes().take_while(u8::is_ascii_digit).count();
                if digits > 0 && (source[digits..].starts_with(". ") || source[digits..].starts_with(") ")) {
                    source = &source[digits..];
                }
                // The target of a link is not for reading.
                let mut shown_part = String::new();
                while let Some(at) = source.find("](") {
                    shown_part.push_str(&source[..at]);
                    source = source[at..].find(')').map_or("", |e| &source[at + e + 1..]);
                }
                shown_part.push_str(source);
                for c in signs(&shown_part) {
                    if c == '*' || c == '~' {
                        shown.next_if_eq(&c);
                        continue;
                    }
                    let skipped = shown.by_ref().find(|s| *s == c);
                    assert_eq!(skipped, Some(c), "{name}:{line_no}: {c} of {line:?} is lost");
                }
            }
        }
    }
    assert!(count > 450, "{count} texts");
    assert_eq!(clean("甲*乙"), "甲*乙");
}

#[test]
fn a_numbered_line_begins_a_paragraph() {
    let text = "第一章 总则\n第一条 为了甲，制定本办法。\n第二条 本办法所称乙：\n（一）甲；\n（二）乙。\n第三条 按照\n第二条 的规定办理。\n";
    let page = html(text);
    assert_eq!(page.matches("<p").count(), 6, "{page}");
    assert!(["art-1", "art-2", "art-3"].iter().all(|a| page.contains(&format!("id=\"{a}\""))), "{page}");
    assert!(plain(text, false).contains("第一章 总则\n第一条 为了甲，制定本办法。\n第二条"), "{}", plain(text, false));
    assert_eq!(&*outline(text, 0, false).0.lead, "第一条 为了甲，制定本办法。");
    // Offsets are those of the author's text.
    let (o, _) = outline("甲。\n一、乙\n（一）[丙](a.pdf)。", 0, false);
    assert_eq!(o.links[0].at, (26, 38));
}

#[test]
fn asterisks_before_names_and_numbers_stay() {
    for text in [
        "*小红、*建国",
        "家属：**红、**兰",
        "*丽华、*建国、*小明",
        "**5678、**9999",
        "*小红，*建国。",
        "*小红（女）、*建国（男）",
        "*小红（尾号*1234）",
        "*小红和*建国",
        "*丽华诉*建国",
        "获奖：*丽华；*建国；*明。",
        "*1234，*5678，*9999",
        "***红、***兰",
    ] {
        assert_eq!(words(&html(text)).trim(), text);
        assert_eq!(plain(text, false).trim(), text);
    }
    assert!(html("| 电话 |\n|---|\n| **5678、**9999 |\n").contains("<td>**5678、**9999</td>"));
    let (_, doubts) = outline("名单：\n\n*小红、*建国", 0, false);
    assert_eq!(doubts.iter().map(|d| (d.0, d.1.clone())).collect::<Vec<_>>(), [("SRC033", 11..12)]);
    for (text, want) in [
        ("*重要*", "<em>重要</em>"),
        ("**注意：**请", "<strong>注意：</strong>请"),
        ("**一、**总则。", "<strong>一、</strong>总则。"),
        ("**首先，**要做好工作。", "<strong>首先，</strong>要做好工作。"),
        ("*重要*、*紧急*", "<em>重要</em>、<em>紧急</em>"),
        ("**2024年，**完成", "<strong>2024年，</strong>完成"),
        ("**（一）**甲", "<strong>（一）</strong>甲"),
    ] {
        assert_eq!(html(text).trim(), format!("<p>{want}</p>"), "{text}");
        assert!(outline(text, 0, false).1.is_empty(), "{text}");
    }
}

#[test]
fn inner_networks_and_shares_are_told() {
    let p = Project::new(SITE);
    p.file(
        "content/news/a.md",
        "---\ntitle: 通知\ndate: 2024-01-02\n---\n见 http://192.168.1.5/a.doc 和[乙](http://oa.qinghe.local/x)。\n\n[丙](https://www.gov.cn/)、[丁](\\\\192.168.1.5\\share\\a.doc)。\n",
    );
    let found = p.findings(&["--as-of", "2026-11-27"]);
    let at = |code: &str| found.iter().filter(|f| f.0 == code).map(|f| (f.2, f.3)).collect::<Vec<_>>();
    assert_eq!(at("LNK005"), [(5, 3), (5, 29)], "{found:?}");
    assert_eq!(at("LNK004").len(), 1, "{found:?}");
    let page = html("[丁](\\\\192.168.1.5\\share\\a.doc) [戊](%5C%5Cserver%5Cx.doc)");
    assert!(!page.contains("<a"), "{page}");
}

#[test]
fn an_identity_number_behind_a_letter_is_certain() {
    use clerestory::personal::{Sure, traces};
    let sure = |t: &str| traces(t).first().map(|t| t.sure);
    for text in [
        "G110101199003074610",
        "学籍号：L110101199003074610。",
        "甲,g110101199003074610,乙",
        "https://a.cn/x?id=110101199003074610",
        "[查](q.aspx?sfz=110101199003074610&p=1)",
    ] {
        assert_eq!(sure(text), Some(Sure::Yes), "{text}");
    }
    for text in ["ab110101199003074610cd", "8-G110101199003074610-x", "a110101199003074610f3", "https://a.cn/c/110101199003074610.html"] {
        assert_ne!(sure(text), Some(Sure::Yes), "{text}");
    }
    assert_eq!(sure("G110101199003074611"), None);
    let p = Project::new(SITE);
    p.file("content/datasets/d/dataset.yaml", "title: 名册\nresources:\n  - path: a.csv\n");
    p.file("content/datasets/d/a.csv", "学籍号,班级\nG110101199003074610,一班\nL110101199003074610,二班\nG11010119900307002X,三班\n");
    let codes: Vec<String> = p.findings(&["--as-of", "2026-11-27"]).into_iter().map(|f| f.0).collect();
    assert!(codes.iter().any(|c| c == "SEC003"), "{codes:?}");
}

/// The codes of a text's doubts with the text they stand at.
fn doubts(text: &str) -> Vec<(&'static str, &str)> {
    outline(text, 0, false).1.into_iter().map(|d| (d.0, &text[d.1])).collect()
}

#[test]
fn markup_that_misses_by_a_character_is_read_as_meant() {
    for (text, want) in [
        ("##标题甲", "<h2 id=\"标题甲\">标题甲</h2>"),
        ("###Heading", "<h2 id=\"heading\">Heading</h2>"),
        ("＃＃ 标题", "<h2 id=\"标题\">标题</h2>"),
        ("#　标题", "<h2 id=\"标题\">标题</h2>"),
        ("见[附件]（a.pdf）。", "<p>见<a href=\"a.pdf\">附件</a>。</p>"),
        ("[a](a.pdf）、[b]（b.xls)", "<p><a href=\"a.pdf\">a</a>、<a href=\"b.xls\">b</a></p>"),
        ("[附件](my file.pdf)", "<p><a href=\"my%20file.pdf\">附件</a></p>"),
        ("[附件](my file (1).pdf)", "<p><a href=\"my%20file%20(1).pdf\">附件</a></p>"),
        ("[附件](附件 1.docx \"说明\")", "<p><a href=\"%E9%99%84%E4%BB%B6%201.docx\" title=\"说明\">附件</a></p>"),
        ("[附件] (a.pdf)", "<p><a href=\"a.pdf\">附件</a></p>"),
        ("[电话](tel:010 1234)", "<p><a href=\"tel:0101234\">电话</a></p>"),
        ("！[图](x.png)", "<p><img src=\"x.png\" alt=\"图\" loading=\"lazy\"></p>"),
        ("-甲项\n-乙项", "<ul>\n<li>甲项</li>\n<li>乙项</li>\n</ul>"),
        ("• 甲项\n• 乙项\n", "<ul>\n<li>甲项</li>\n<li>乙项</li>\n</ul>"),
        (":::tip\n甲\n:::\n乙", "<blockquote class=\"callout callout--tip\">\n<p class=\"callout__title\">tip</p>\n<p>甲</p>\n</blockquote>\n<p>乙</p>"),
        ("> [!danger]\n> 甲", "<blockquote class=\"callout callout--caution\">\n<p class=\"callout__title\">caution</p>\n<p>甲</p>\n</blockquote>"),
    ] {
        assert_eq!(html(text).trim(), want, "{text}");
        let found = doubts(text);
        assert!(!found.is_empty() && found.iter().all(|d| d.0 == "SRC034"), "{text}: {found:?}");
    }
    for text in [
        ":::warning 标题\n甲\n:::",
        "::: warning [标题]\n甲\n:::",
        "!!! warning \"标题\"\n    甲\n",
        "!!! warning \"标题\"\n\n    甲\n",
        "> [!warning] 标题\n> 甲",
    ] {
        let h = html(text);
        assert!(h.contains("callout--warning") && h.contains("<p><strong>标题</strong></p>\n<p>甲</p>\n</blockquote>"), "{text}: {h}");
        assert_eq!(plain(text, false).replace('\n', ""), "标题甲", "{text}");
        assert_eq!(doubts(text).len(), 1, "{text}");
    }
    for text in ["｜甲｜乙｜\n｜---｜---｜\n｜1｜2｜", "|甲|乙|\n|：--|——|\n|1|2|", "|甲|乙|\n|---|---|\n｜1｜2｜"] {
        let h = html(text);
        assert!(h.contains("<th scope=\"col\">乙</th>") && h.contains("<td>1</td><td>2</td>"), "{text}: {h}");
        assert_eq!(doubts(text).len(), 1, "{text}");
    }
    // The place is the author's, the links are known to the other stages, and code is left alone.
    let text = "甲\n\n乙[附件]（附件 1.pdf），丙<b>";
    let (o, found) = outline(text, 10, false);
    assert_eq!((&*o.links[0].to, o.links[0].at.0), ("附件 1.pdf", 10 + text.find('[').unwrap() as u32));
    assert_eq!(found.iter().map(|d| d.1.start - 10).collect::<Vec<_>>(), [text.find('<').unwrap(), text.find('[').unwrap()]);
    for code in ["`[a]（b.pdf）`", "```\n##甲\n:::tip\n甲\n:::\n```", "    ##甲"] {
        assert!(doubts(code).is_empty(), "{code}: {:?}", doubts(code));
        assert!(words(&html(code)).contains(code.trim_matches(['`', '\n', ' '])), "{code}");
    }
}

#[test]
fn markup_that_readers_would_see_is_told_with_its_place() {
    for (text, at) in [
        ("甲**注意：乙", "**"),
        ("甲 ** 注意 ** 乙", "**"),
        ("#标题", "#标题"),
        ("【附件】(a.pdf)", "【附件】(a.pdf)"),
        ("［附件］（a.pdf）", "［附件］（a.pdf）"),
        ("（附件）[a.pdf]", "（附件）[a.pdf]"),
        ("[附件](a.pdf", "[附件](a.pdf"),
        ("[](a.pdf)", "[](a.pdf)"),
        ("|甲|乙|\n|1|2|", "|甲|乙|"),
        ("|甲|乙|\n|---|\n|1|2|", "|甲|乙|"),
        ("| 甲 | **乙** |\n| 1 | 2 |", "| 甲 | **乙** |"),
        ("+---+---+\n| 甲 | 乙 |\n+---+---+", "+---+---+"),
        ("姓名\t电话\n张三\t123", "姓名\t电话"),
        ("甲\n\n```\n乙\n\n丙", "```"),
        ("第一行\\n第二行", "\\n"),
        ("甲&amp;nbsp;乙", "&amp;nbsp;"),
        ("甲&nbsp乙", "&nbsp"),
        ("甲&nbsp；乙", "&nbsp；"),
        ("甲<o:p></o:p>", "<o:p>"),
        ("<![if !supportLists]>甲<![endif]>", "<![if !supportLists]>"),
        ("甲＜br＞乙", "＜br＞"),
        ("甲[^1]乙", "[^1]"),
    ] {
        assert_eq!(doubts(text), [("SRC032", at)], "{text}");
        let hint = outline(text, 0, false).1.remove(0).3;
        assert!(!hint.zh.is_empty() && !hint.en.contains(markdown_han), "{text}: {hint:?}");
    }
    for (text, tool) in [
        ("[b]甲[/b]", "BBCode"),
        ("[url=http://a.cn]甲[/url]", "BBCode"),
        ("\\section{甲}", "LaTeX"),
        ("$$x^2$$", "LaTeX"),
        ("== 甲 ==", "MediaWiki"),
        ("===甲===", "MediaWiki"),
        ("见[http://a.cn 甲]", "MediaWiki"),
        ("h2. 甲", "Textile"),
        ("\"甲\":http://a.cn/", "Textile"),
        ("= 甲", "AsciiDoc"),
        ("#+TITLE: 甲", "Org"),
    ] {
        let found = outline(text, 0, false).1;
        assert!(found.iter().any(|d| d.0 == "SRC030" && d.2.en.contains(tool)), "{text}: {found:?}");
    }
    // What only looks like it.
    for text in [
        "#平安上海#今天开展活动。",
        "国办发[2019]（61号）；附件[1]（见附表.xls）；[说明]（以下简称“条例”）",
        "好的~~ 谢谢~~",
        "首页 | 新闻 | 联系",
        "C:\\new\\table D:\\报表\\n月",
        "-5℃\n-3℃",
        "x**y**z 2**3 a/**/*.md",
        "姓名：\t张三",
        "a == b，c==d；$100 和 $200，$$；h2o. 水；[b]；\"甲\":乙",
        "A & B，AT&T，&copy; 2024，x?a=1&ltb=2",
        "【公告】（第5号）和【附件】",
        "甲[^1]\n\n[^1]: 注",
        "```\n甲**乙\n```",
        "~~~\n```\n~~~",
        "> ```\n> 甲\n> ```",
        "- ```\n  甲\n  ```",
        "张**，李**，138****5678",
    ] {
        assert_eq!(doubts(text), [], "{text}");
    }
}

fn markdown_han(c: char) -> bool {
    clerestory::load::chars::is_han(c) && !"标题附件甲乙姓名电话注".contains(c)
}

#[test]
fn signs_of_formulas_and_names_of_programs_are_kept() {
    for text in ["A*B*C 和 A*B*C*D，a*b*", "__init__ 和 __main__，__my_name__", "snake_case_name foo__bar__baz", "10~20~30，5*", ":::\n:00 开始"] {
        assert_eq!(words(&html(text)).trim().replace('\n', ""), text.replace('\n', ""));
    }
    assert_eq!(html("un *word* and __Note__ and *a*").trim(), "<p>un <em>word</em> and <strong>Note</strong> and <em>a</em></p>");
}

#[test]
fn long_runs_of_broken_markup_take_no_time() {
    for unit in [
        "](",
        "[a](",
        "|a\n|-\n",
        "!!! note\n    a\n\n\n",
        ":::tip\n",
        "-甲\n",
        "**",
        "\\n甲",
        "[^",
        "&nbsp",
        "｜a｜\n",
        "a\tb\n",
        "\\a{",
        "$$",
        "[b]",
        "【】(",
        "__a",
    ] {
        let text = unit.repeat(20_000);
        let start = busy();
        outline(&text, 0, false);
        assert!((busy() - start).as_secs() < 10, "{unit}");
    }
}

#[test]
fn the_markdown_edition_has_addresses_numbers_and_days_as_written() {
    let p = Project::new(&format!("{SITE}outputs: {{markdown: true, akn: true}}\n"));
    let text = "[网址](https://a.gov.cn/a_b/c_d.html?x_y=1_2)、<https://a.gov.cn/u_v.html>、![图](https://a.gov.cn/a_b*c~d.png \"a_b\")。\n\n1. 身份证；\n2. 户口簿；\n3. 申请表。\n\n中段。\n\n\
                5. 甲\n6. 乙\n\n10) 十\n11) 十一\n\n* **一**：[乙](https://b.gov.cn/x_y)\n\n| 甲<br>乙 | 丙 |\n|---|---|\n| 1 | 2 |\n\n按照**“放管服”**，做。`a_b*c`\n\n    d_e*f\n\n甲市民政局\n\n2026. 11. 2\n\n> 2026. 1. 15\n\n2026. 甲\n";
    p.file("content/news/n.md", format!("---\ntitle: 甲\npublished_at: 2025-12-01\n---\n{text}"));
    p.run(&["build"]);
    let md = p.read("public/news/n/index.md");
    for there in [
        "https://a.gov.cn/a_b/c_d.html?x_y=1_2",
        "https://a.gov.cn/u_v.html",
        "https://a.gov.cn/a_b*c~d.png \"a_b\"",
        "https://b.gov.cn/x_y",
        "|甲<br>乙|丙|",
        "按照“**放管服**”，做。`a_b*c`",
        "d_e*f",
    ] {
        assert!(md.contains(there), "{there}: {md}");
    }
    assert!(!md.chars().any(|c| ('\u{1DA80}'..='\u{1DA8F}').contains(&c)), "{md}");
    for there in ["1. 身份证；\n2. 户口簿；\n3. 申请表。", "5. 甲\n6. 乙", "10) 十\n11) 十一"] {
        assert!(md.contains(there), "{there}: {md}");
    }
    let html = p.read("public/news/n/index.html");
    assert!(html.contains("<p>2026. 11. 2</p>") && html.contains("<p>2026. 1. 15</p>"), "{html}");
    // What is a list stays one.
    assert!(html.contains("<ol start=\"2026\">"));
    // A reader of the Markdown edition sees the same day.
    let mut again = String::new();
    pulldown_cmark::html::push_html(&mut again, pulldown_cmark::Parser::new(&md));
    assert!(again.contains("<p>2026. 11. 2</p>") && again.contains("2026. 1. 15"), "{again}");
}

#[test]
fn line_ends_of_word_processors_are_line_ends_and_other_controls_are_told() {
    let got = html("各区县：\u{b}为加强养老服务。\u{2028}一、总体要求\u{c}二、措施");
    assert_eq!(words(&got).split_whitespace().collect::<Vec<_>>(), ["各区县：", "为加强养老服务。", "一、总体要求二、措施"], "{got}");
    assert_eq!(got.matches("<br").count(), 2, "{got}");
    assert!(html("| 甲 | 乙 |\n|---|---|\n| 丙\u{b}丁 | 1 |\n").contains("<td>丙<br>丁</td>"));
    assert_eq!(html("# 甲\u{b}乙\n").matches("甲 乙").count(), 1);
    for sign in ['\u{7}', '\u{1b}', '\u{1}', '\0'] {
        let p = Project::new(SITE);
        p.file("content/news/n.md", format!("---\ntitle: 甲\npublished_at: 2025-12-01\n---\n文{sign}字\n"));
        assert_eq!(p.findings(&[]).iter().filter(|f| f.0 == "TXT003" && f.2 == 5).count(), 1, "{sign:?}: {:?}", p.findings(&[]));
    }
    let p = Project::new(SITE);
    p.file("content/news/n.md", "---\ntitle: 甲\npublished_at: 2025-12-01\n---\n文字\t\n");
    assert!(!p.codes().iter().any(|c| c == "TXT003"));
}
