//! Word files of policies, as python-docx and LibreOffice read them.

use crate::support::Project;
use std::path::Path;
use std::process::Command;

const TEXT: &str = "序言，见[通知](note.md#x)。\n\n## 第一章 总则\n\n第一条 为了<规范>&“统一”，制定**本条例**[^1]。\n\n第二条 有下列情形之一的：\n\n1. 甲；\n2. 乙，见 [外部](<https://example.com/a b?c={d}>)；\n\n   - 丙\n\n> 引用的话\n\n| 名称 | 数量 | 备注 |\n|:--|--:|:-:|\n| 甲 | 1 | *斜* |\n| 乙 | 2 |\n\n再说一次[^1]，另见[^二]，没有的[^3]。\n\n### 第一节 杂项\n\nH<sub>2</sub>O 和 `代码`\n\n```\na < b\n  c\n```\n\n[^1]: 第一个注，见[来源](https://example.com/n)。\n\n[^二]: 第二个注\n\n[^没用]: 没有人提到\n";

fn project() -> Project {
    let p = Project::new(
        "title: 站\nbase_url: https://example.org/\nprofile: cn-gov\nas_of: 2026-01-01\ndemo: true\nlanguages: [zh-Hans, {tag: zh-Hant, from: zh-Hans}]\noutputs: {docx: true}\n",
    );
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    p.file(
        "content/policies/law.md",
        format!("---\ntitle: 某条例\nissuer: [a]\ndoc_no: 某府〔2020〕1号\nformed_on: 2020-01-02\npublished_at: 2020-01-03\neffective_from: 2020-02-01\nattachments: [f.txt]\n---\n{TEXT}"),
    );
    p.file("content/policies/f.txt", "附件的内容");
    p.file("content/policies/note.md", "---\ntitle: 通知\nissuer: [a]\npublished_at: 2021-01-03\nrepealed_by: [law]\n---\n没有条的文字。\n");
    p
}

/// What python-docx reads; the script fails on whatever Word would call broken.
fn told(path: &Path) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/word.py");
    let out = Command::new("python3").arg(script).arg(path).output().expect("python3 is there");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).to_string()
}

#[test]
fn a_policy_is_a_word_file_with_all_that_its_page_says() {
    let p = project();
    p.build();
    let page = p.read("public/policies/law/index.html");
    assert!(page.contains("href=\"/policies/law/policy.docx\" download=\"某条例.docx\">下载 Word 文件</a>"), "{page}");
    let told = told(&p.path("public/policies/law/policy.docx"));
    for part in [
        "title 某条例 甲局 2020-01-03",
        "Title\t某条例\t",
        "State\t现行有效（截至2026年1月1日）\t\tB",
        "row 发文机关 | 甲局",
        "row 发文字号 | 某府〔2020〕1号",
        "Body Text\t序言，见通知。\thttps://example.org/policies/note/#x\t",
        "Heading 1\t第一章 总则\t",
        "Body Text\t第一条 为了<规范>&“统一”，制定本条例。\t\tBB",
        "List Paragraph\t1. 甲；",
        "List Paragraph\t2. 乙，见 外部；\thttps://example.com/a%20b?c=%7Bd%7D",
        "List Paragraph\t• 丙",
        "Quote\t引用的话",
        "row 名称 | 数量 | 备注",
        "row 甲 | 1 | 斜",
        "row 乙 | 2 | \n",
        // Word shows a note once; the second reference tells its number, and one without a note stays as it is written.
        "Body Text\t再说一次1，另见，没有的[^3]。",
        "Heading 2\t第一节 杂项",
        "Body Text\tH2O 和 代码",
        "Code\ta < b",
        "Code\t  c",
        "note 1 第一个注，见来源。",
        "note 2 第二个注",
        // What nobody refers to is not lost.
        "Body Text\t[没用] 没有人提到",
        "List Paragraph\t• f.txt",
        "marks art_1 art_2",
        "https://example.org/policies/law/",
    ] {
        assert!(told.contains(part), "{part}:\n{told}");
    }
    // What no longer holds says so before anything else, and what took its place.
    let note = self::told(&p.path("public/policies/note/policy.docx"));
    let state = note.lines().find(|l| l.starts_with("State\t")).unwrap();
    assert!(state.contains("已废止") && state.contains("某条例") && state.contains("https://example.org/policies/law/"), "{note}");
    // Made by table: no file of its own, as it has no twin.
    assert!(!p.exists("public/zh-hant/policies/law/policy.docx"));
}

#[test]
fn word_files_are_the_same_bytes_and_can_be_left_out() {
    let p = project();
    p.build();
    let path = p.path("public/policies/law/policy.docx");
    #[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
    let first = std::fs::read(&path).unwrap();
    p.run(&["build", "--out", "again"]);
    #[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
    let second = std::fs::read(p.path("again/policies/law/policy.docx")).unwrap();
    assert!(first == second && first.len() < 12_000, "{} bytes", first.len());
    let off = Project::new("title: S\nbase_url: https://example.org/\nprofile: generic\nlanguages: [en]\nas_of: 2026-01-01\n");
    off.file("content/policies/a.md", "---\ntitle: Order\npublished_at: 2021-01-03\n---\nThe text of it.\n");
    off.build();
    assert!(!off.exists("public/policies/a/policy.docx") && !off.read("public/policies/a/index.html").contains("docx"));
}

#[test]
fn an_english_word_file_shows_nothing_chinese_and_hostile_text_breaks_none() {
    let p = Project::new("title: S\nbase_url: https://example.org/\nprofile: generic\nlanguages: [en]\nas_of: 2026-01-01\noutputs: {docx: true}\n");
    let wide = "|".to_string() + &"a|".repeat(80) + "\n|" + &"-|".repeat(80) + "\n|" + &"b|".repeat(80) + "\n";
    let deep: String = (0..40).map(|i| format!("{}- x{i}\n", "  ".repeat(i))).collect();
    let text = format!(
        "Text ]]> <w:p> &amp; \u{1} {{% raw %}} [bad](javascript:alert(1)) ![p](x.png)\n\n{wide}\n{deep}\n[^a]: one\n\n[^a]: two\n\nSee[^a] and[^a].\n\n1. \n2. two\n\n[^b]:\n\nx[^b]\n"
    );
    p.file("content/policies/a.md", format!("---\ntitle: \"Order <1> & \\\"2\\\"\"\npublished_at: 2021-01-03\n---\n{text}"));
    p.run(&["build", "--allow-errors"]);
    let told = told(&p.path("public/policies/a/policy.docx"));
    assert!(told.contains("title Order <1> & \"2\"") && told.contains("one") && told.contains("two") && told.contains("x39"), "{told}");
    assert!(!told.contains("javascript:"), "{told}");
    let styles = Command::new("unzip").arg("-p").arg(p.path("public/policies/a/policy.docx")).output().expect("unzip is there").stdout;
    let all = String::from_utf8_lossy(&styles);
    assert!(!all.contains("FangSong") && !all.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)), "Chinese in it");
}
