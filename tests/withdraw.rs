//! `withdraw`: what was withdrawn is in no byte of the site.

use crate::support::{Project, tree};
use std::io::Read as _;

const SITE: &str =
    "title: {zh: 测试站, en: Test}\nbase_url: https://www.jia.gov.cn/\nas_of: 2026-03-01\nprofile: cn-gov\ndemo: true\nlanguages: [zh-Hans, en]\n";

/// A dataset with files and an old version, an interpretation with editions in two languages and an attachment.
fn project() -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: a, name: {zh: 甲局, en: Office A}}\n")
        .file("content/policies/p.md", "---\ntitle: 关于养老服务的通知\nissuer: [a]\nformed_on: 2025-04-01\npublished_at: 2025-04-12\ntheme: 综合政务/政务公开\n---\n\n第一条 为了养老。\n")
        .file(
            "content/interpretations/zhebian.md",
            "---\ntitle: 遮天蔽日一案的说明\ninterpreter_org: a\npolicies: [p]\nform: 文字\npublished_at: 2025-04-12\nattachments: [{file: quebi.txt, title: 鹊桥附表}]\naliases: [/old/9.html]\n---\n\n## 主要内容\n\n碧海青天夜夜心，此处为正文。见[表](/uploads/lianpu.txt)。\n",
        )
        .file("content/interpretations/zhebian.en.md", "---\ntitle: The Zugzwang memorandum\n---\n\nQuixotic paragraphs about the obelisk.\n")
        .file("content/interpretations/quebi.txt", "附表：麒麟阁的名单\n")
        .file("static/uploads/lianpu.txt", "脸谱的底稿\n")
        .file(
            "content/datasets/huadian/dataset.yaml",
            "title: {zh: 花甸坝气象, en: Huadianba weather}\ndescription: 蜃楼观测的说明。\npublisher: a\nlicense: CC-BY-4.0\nfrequency: yearly\npublished_at: 2025-01-02\nresources:\n- {name: now, title: 霜降表, path: now.csv, versions: [{path: old.csv, issued: 2024-01-01}]}\n",
        )
        .file("content/datasets/huadian/now.csv", "站点,霜期\n白石崖,31\n")
        .file("content/datasets/huadian/old.csv", "站点,霜期\n玄武潭,29\n");
    p
}

/// Every byte of the site as a reader may get it: as it is, packed or not.
fn everywhere(p: &Project) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, bytes) in tree(&p.path("public")) {
        out.push((name.clone(), name.clone()));
        if name.ends_with(".zip") || name.ends_with(".xlsx") {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
            for i in 0..zip.len() {
                let mut f = zip.by_index(i).unwrap();
                let inner = f.name().unwrap().into_owned();
                let mut text = Vec::new();
                f.read_to_end(&mut text).unwrap();
                out.push((format!("{name}!{inner}"), String::from_utf8_lossy(&text).into_owned()));
            }
        }
        if name.ends_with(".gz") {
            let mut text = Vec::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut text).unwrap();
            out.push((format!("{name}!"), String::from_utf8_lossy(&text).into_owned()));
        }
        out.push((name.clone(), crate::support::shown(&name, &bytes)));
        out.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    out
}

fn holds(p: &Project, words: &[&str]) -> Vec<(String, String)> {
    let all = everywhere(p);
    words.iter().flat_map(|w| all.iter().filter(move |(_, t)| t.contains(w)).map(move |(n, _)| (n.clone(), w.to_string()))).collect()
}

const TEXTS: &[&str] = &["遮天蔽日", "碧海青天", "Zugzwang", "Quixotic", "obelisk", "鹊桥附表", "麒麟阁", "脸谱的底稿"];
const DATA: &[&str] = &["花甸坝", "Huadianba", "蜃楼", "霜降表", "白石崖", "玄武潭", "霜期"];

#[test]
fn privacy_leaves_no_word_of_it_anywhere() {
    let p = project();
    let ran = p.run(&["build", "--allow-errors", "--record-urls"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    for w in TEXTS.iter().chain(DATA) {
        assert!(!holds(&p, &[w]).is_empty(), "the site has {w} first");
    }
    let before = tree(p.root());
    let dry = p.run(&["withdraw", "interpretations/zhebian", "--ground", "privacy", "--dry-run"]);
    assert!(dry.code == 0 && dry.out.contains("content/interpretations/zhebian.en.md") && dry.out.contains("static/uploads/lianpu.txt"), "{dry:#?}");
    assert!(dry.out.contains("https://www.jia.gov.cn/interpretations/zhebian/") && dry.out.contains("web.archive.org"), "{dry:#?}");
    assert_eq!(tree(p.root()), before, "a dry run writes nothing");
    for id in ["interpretations/zhebian", "datasets/huadian"] {
        let ran = p.run(&["withdraw", id, "--ground", "privacy"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
    }
    p.build();
    let left = holds(&p, &[TEXTS, DATA].concat());
    assert!(left.is_empty(), "{left:?}");
    // The address of the first stays with a notice, that of the second had a word of its title.
    assert!(p.read("public/interpretations/zhebian/index.html").contains("本文已撤回"));
    assert!(p.exists("public/en/interpretations/zhebian/index.html") && p.exists("public/datasets/withdrawn-1/index.html"));
    assert!(!p.exists("public/datasets/huadian") && !p.read("urls.txt").contains("huadian") && p.read("urls.txt").contains("/interpretations/zhebian/"));
    // Nothing is lost: the originals lie aside, and nobody commits them.
    assert!(p.read(".clerestory/withdrawn/datasets-huadian/content/datasets/huadian/now.csv").contains("白石崖"));
    assert_eq!(p.read(".clerestory/withdrawn/.gitignore"), "*\n");
    assert_eq!(p.run(&["withdraw", "interpretations/zhebian", "--ground", "law"]).code, 2, "once is enough");
}

#[test]
fn error_and_law_leave_the_title_on_the_notice_alone() {
    let p = project();
    assert_eq!(p.run(&["build", "--allow-errors", "--record-urls"]).code, 0);
    assert_eq!(p.run(&["withdraw", "interpretations/zhebian", "--ground", "error", "--reason", "第三段数字有误"]).code, 0);
    assert_eq!(p.run(&["withdraw", "datasets/huadian", "--ground", "law"]).code, 0);
    p.build();
    let texts: Vec<&str> = TEXTS.iter().chain(DATA).copied().filter(|w| !["遮天蔽日", "Zugzwang", "花甸坝", "Huadianba"].contains(w)).collect();
    let left = holds(&p, &texts);
    assert!(left.is_empty(), "{left:?}");
    let notice = p.read("public/interpretations/zhebian/index.html");
    assert!(notice.contains("遮天蔽日一案的说明") && notice.contains("内容有误") && notice.contains("第三段数字有误"), "{notice}");
    let law = p.read("public/en/datasets/huadian/index.html");
    assert!(law.contains("Huadianba weather") && law.contains("as the law requires"), "{law}");
    for (name, _) in holds(&p, &["遮天蔽日", "Zugzwang", "花甸坝", "Huadianba weather"]) {
        assert!(name.ends_with("zhebian/index.html") || name.ends_with("huadian/index.html"), "{name}");
    }
    // The text stays in the project.
    assert!(p.read("content/interpretations/zhebian.md").contains("碧海青天") && p.read("content/datasets/huadian/now.csv").contains("白石崖"));
    let wrong = p.run(&["withdraw", "policies/q", "--ground", "law"]);
    assert!(wrong.code == 2 && wrong.err.contains("did you mean: policies/p") || wrong.err.contains("no such item"), "{wrong:#?}");
}

#[test]
fn a_generic_site_hears_nothing_chinese() {
    let p = Project::new("title: Town\nbase_url: https://town.example.org/\nas_of: 2026-03-01\nlanguages: [en]\n");
    p.file("content/news/a.md", "---\ntitle: Ordinary\npublished_at: 2026-01-01\n---\nText.\n");
    let ran = p.run(&["withdraw", "news/a", "--ground", "privacy"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(!ran.out.chars().any(clerestory::load::chars::is_han) && !ran.out.contains("Baidu"), "{}", ran.out);
    p.build();
    assert!(p.read("public/news/a/index.html").contains("withdrawn"));
}

/// Texts of a file that another item links to go as well: what is said to be nowhere is nowhere.
#[test]
fn what_is_private_or_unlawful_goes_though_others_link_to_it() {
    for ground in ["privacy", "law"] {
        let p = Project::new(SITE);
        p.file("content/departments.yaml", "- {id: a, name: {zh: 甲局, en: Office A}}\n")
            .file(
                "content/news/feicui.md",
                "---\ntitle: 名单公示\npublished_at: 2026-01-01\nattachments: [翡翠湖名单.txt]\naliases: [/old/secret-9.html]\n---\n\n正文。\n",
            )
            .file("content/news/翡翠湖名单.txt", "翡翠湖的孔雀石名单\n")
            .file("content/news/next.md", "---\ntitle: 后续\npublished_at: 2026-01-02\naliases: [/old/next.html]\n---\n\n见[上次的名单](翡翠湖名单.txt)。\n");
        p.build();
        assert!(!holds(&p, &["孔雀石"]).is_empty());
        let ran = p.run(&["withdraw", "news/feicui", "--ground", ground]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert!(ran.out.contains("content/news/翡翠湖名单.txt ← content/news/next.md:7"), "{}", ran.out);
        assert!(!ran.out.contains("/old/next.html"), "the address of another stays: {}", ran.out);
        assert_eq!(ran.out.contains("/old/secret-9.html"), ground == "privacy", "{}", ran.out);
        assert_eq!(p.read("content/news/feicui.md").contains("secret-9"), ground == "law");
        p.build();
        let left = holds(&p, &["孔雀石"]);
        assert!(left.is_empty(), "{ground}: {left:?}");
        assert!(ground == "law" || holds(&p, &["secret-9"]).is_empty());
    }
}

/// A withdrawal repeals no repeal: what the withdrawn policy did to others stands, in error as for privacy.
#[test]
fn what_a_withdrawn_policy_repealed_stays_repealed() {
    for ground in ["error", "privacy"] {
        let p = Project::new(SITE);
        p.file("content/departments.yaml", "- {id: a, name: {zh: 甲局, en: Office A}}\n");
        let text = |title: &str, day: &str, more: &str| {
            format!(
                "---\ntitle: {title}\nissuer: [a]\nformed_on: {day}\npublished_at: {day}\neffective_from: {day}\ntheme: 综合政务/政务公开\n{more}---\n\n第一条 正文。\n"
            )
        };
        p.file("content/policies/old.md", text("高龄津贴办法", "2020-01-01", ""))
            .file("content/policies/told.md", text("敬老卡办法", "2020-01-01", "repealed_by: [new]\n"))
            .file("content/policies/part.md", text("助餐办法", "2020-01-01", ""))
            .file("content/policies/new.md", text("养老新办法", "2026-01-01", "repeals: [old]\namends: [part]\n"));
        let ran = p.run(&["withdraw", "policies/new", "--ground", ground]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        let stub = p.read("content/policies/new.md");
        assert!(stub.contains("repeals: ") && stub.contains("2026-01-01") && (ground == "error" || !stub.contains("养老新办法")), "{stub}");
        let ran = p.run(&["build", "--allow-errors"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        let state = |id: &str| {
            let v: serde_json::Value = serde_json::from_str(&p.read(&format!("public/api/v1/policies/{id}.json"))).unwrap();
            v["state"].as_str().unwrap_or("").to_string()
        };
        assert_eq!([state("old"), state("told"), state("part")], ["repealed", "repealed", "amended"], "{ground}");
        assert!(!p.read("public/policies/by-validity/in-force/index.html").contains("高龄津贴办法"), "{ground}");
        // What never came out never repealed anything.
        if ground == "error" {
            p.file("content/policies/new.md", p.read("content/policies/new.md").replace("\"2026-03-01\"", "\"2025-12-01\""));
            assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
            assert_eq!(state("old"), "in-force");
        }
    }
}
