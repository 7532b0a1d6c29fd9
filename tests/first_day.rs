//! The first day with the program: exit codes, wrong folders, slips on the command line, scaffolds.
#![expect(clippy::disallowed_methods, reason = "tests look into folders")]

use crate::support::{Project, SITE, SITE_CN};
use std::process::Command;

fn command(dir: &std::path::Path, args: &[&str], vars: &[(&str, &str)]) -> (i32, String, String) {
    let mut c = Command::new(env!("CARGO_BIN_EXE_clerestory"));
    c.current_dir(dir).args(args).env_remove("SOURCE_DATE_EPOCH").envs(vars.iter().copied());
    let out = c.output().unwrap();
    (out.status.code().unwrap(), String::from_utf8_lossy(&out.stdout).into_owned(), String::from_utf8_lossy(&out.stderr).into_owned())
}

#[test]
fn build_ends_with_0_only_without_errors() {
    let p = Project::new(SITE);
    p.file("content/pages/a.md", "---\ntitle: 甲\n---\n[乙](nowhere.md)\n");
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(p.exists("public/a/index.html") && ran.err.contains("was published") && ran.err.contains("--allow-errors"), "{ran:#?}");
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    assert_eq!(p.run(&["check"]).code, 1, "check says the same");
    // What the baseline accepts is no error of this run.
    assert_eq!(p.run(&["check", "--write-baseline"]).code, 0);
    assert_eq!(p.run(&["build"]).code, 0);
}

#[test]
fn check_finds_what_build_would() {
    let p = Project::new(SITE);
    // An address inside the site is known to be dead when all pages are planned; that of another host, when they are made.
    p.file("content/pages/a.md", "---\ntitle: 甲\n---\n[乙](/no/where/) 文\n").file("themes/mine/theme.yaml", "");
    let codes = |ran: crate::support::Ran| -> Vec<String> {
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
        json["findings"].as_array().unwrap().iter().map(|f| format!("{} {}", f["code"], f["file"])).collect()
    };
    let full = codes(p.run(&["check", "--full", "--format", "json"]));
    assert!(!p.exists("public") && std::fs::read_dir(p.root()).unwrap().count() == 3, "check writes nothing");
    let built = codes(p.run(&["build", "--format", "json"]));
    assert!(full.iter().any(|f| f.contains("LNK001")), "{full:?}");
    assert_eq!(full, built);
}

#[test]
fn what_was_held_back_does_not_fail_a_build() {
    let p = Project::new(SITE_CN);
    p.file("content/pages/a.md", "---\ntitle: 甲\nsource: 本站\npublished_at: 2025-01-01\n---\n文\n")
        .file("content/pages/b.md", "---\ntitle: 乙\nsource: 本站\npublished_at: 2025-01-01\n---\n[x](javascript:alert(1)) 内部资料，注意保存\n");
    let stopped = p.run(&["build"]);
    if stopped.code == 1 && stopped.err.contains("not touched") {
        let held = p.run(&["build", "--hold-back"]);
        assert_eq!(held.code, 0, "{held:#?}");
        assert!(!p.exists("public/b/index.html") && p.exists("public/a/index.html"));
    } else {
        panic!("something in b.md should block: {stopped:#?}");
    }
}

#[test]
fn the_project_is_found_whatever_folder_the_settings_lie_in() {
    let p = Project::new(SITE);
    p.file("content/pages/a.md", "---\ntitle: 甲\n---\n文\n");
    let away = tempfile::tempdir().unwrap();
    let other = away.path().join("other.yaml");
    std::fs::write(&other, SITE).unwrap();
    let other = other.to_str().unwrap().to_string();
    for dir in ["", "content", "content/pages"] {
        let (code, out, err) = command(&p.path(dir), &["check", "--config", &other, "--lang", "en"], &[]);
        assert!(code == 0 && !out.contains("SRC024") && format!("{out}{err}").contains('1'), "{dir}: {out} {err}");
    }
    // Settings beside a site.yaml of their own are of that project.
    let q = Project::new(SITE);
    q.file("content/pages/b.md", "---\ntitle: 乙\n---\n[x](nowhere.md)\n").file("staging.yaml", SITE);
    let staging = q.path("staging.yaml").to_str().unwrap().to_string();
    let (code, out, _) = command(&p.path("content"), &["check", "--config", &staging, "--lang", "en"], &[]);
    assert!(code == 1 && out.contains("b.md"), "{out}");
}

#[test]
fn variables_of_the_environment_are_empty_right_or_told() {
    let p = Project::new(SITE);
    p.file("content/pages/a.md", "---\ntitle: 甲\n---\n文\n");
    for name in ["CLERESTORY_AS_OF", "CLERESTORY_QUIET", "CLERESTORY_BASE_URL", "CLERESTORY_OUT"] {
        let (code, out, err) = command(p.root(), &["build", "--lang", "zh"], &[(name, "")]);
        assert_eq!(code, 0, "{name}: {out} {err}");
        assert!(p.exists("public/index.html"));
    }
    assert_eq!(command(p.root(), &["check"], &[("CLERESTORY_QUIET", "1")]).0, 0);
    assert_eq!(command(p.root(), &["check"], &[("CLERESTORY_QUIET", "0")]).0, 0);
    let (code, _, err) = command(p.root(), &["check", "--lang", "zh"], &[("CLERESTORY_QUIET", "maybe")]);
    assert!(code == 2 && err.contains("maybe") && err.contains("写 1 或 0"), "{err}");
    // An empty value on the line is a slip.
    assert_eq!(command(p.root(), &["check", "--as-of", ""], &[]).0, 2);
    assert!(!command(p.root(), &["schema", "foo", "--lang", "en"], &[]).2.contains("did you mean"));
}

#[test]
fn an_attachment_may_be_called_the_text() {
    let p = Project::new(SITE);
    p.file("content/pages/a.md", "---\ntitle: 甲\nattachments:\n- {file: a.txt, title: 正文}\n- {file: b.txt, title: 待补充}\n---\n文\n");
    p.file("content/pages/a.txt", "文").file("content/pages/b.txt", "文");
    let told: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "TXT015").collect();
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn faults_of_drafts_are_warnings() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n")
        .file("content/pages/a.md", "---\ntitle: 甲\nsource: 本站\npublished_at: 2025-01-01\n---\n文\n");
    for kind in ["policy", "interpretation", "dataset", "news", "page", "topic"] {
        assert_eq!(p.run(&["new", kind, "x"]).code, 0);
    }
    let ran = p.run(&["check"]);
    assert!(ran.code == 0 && ran.err.contains("7 items"), "{ran:#?}");
    // The same item, no draft any more, fails.
    let year = std::fs::read_dir(p.path("content/interpretations")).unwrap().next().unwrap().unwrap().file_name().into_string().unwrap();
    let file = format!("content/interpretations/{year}/x.md");
    let text = p.read(&file).replace("draft: true\n", "");
    p.file(&file, text);
    assert_eq!(p.run(&["check"]).code, 1);
}

#[test]
fn every_scaffold_passes_its_own_check_and_speaks_its_language() {
    for kind in ["city-cn", "department-cn", "open-data"] {
        for lang in ["zh", "en"] {
            let tmp = tempfile::tempdir().unwrap();
            assert_eq!(command(tmp.path(), &["--lang", lang, "init", "site", "--kind", kind], &[]).0, 0);
            let site = tmp.path().join("site");
            let (code, out, err) = command(&site, &["check"], &[("LANG", "C")]);
            assert_eq!(code, 0, "{kind} {lang}: {out}{err}");
            assert!(out.is_empty(), "{kind} {lang} has findings: {out}");
            let word = if lang == "zh" { "检查了" } else { "checked" };
            assert!(err.contains(word), "the tool speaks the site's language: {err}");
            assert_eq!(command(&site, &["build"], &[]).0, 0, "{kind} {lang}");
            if lang == "en" {
                for (name, bytes) in crate::support::tree(&site.join("public")) {
                    let text = String::from_utf8_lossy(&bytes);
                    let body = text.split_once("<body").map_or("", |(_, b)| b);
                    let han: String = body.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
                    assert!(han.is_empty(), "{kind}: {name} speaks Chinese: {han}");
                }
            }
        }
    }
}

#[test]
fn a_folder_without_a_project_is_told_once() {
    let empty = tempfile::tempdir().unwrap();
    for args in [&["check"][..], &["build"], &["serve"], &["new", "page", "x"]] {
        let (code, out, err) = command(empty.path(), args, &[("LANG", "zh_CN.UTF-8")]);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(err.starts_with("这里没有项目：") && err.contains("clerestory init") && err.lines().count() == 2, "{err}");
    }
    assert_eq!(std::fs::read_dir(empty.path()).unwrap().count(), 0, "nothing was written");
}

#[test]
fn the_project_is_found_upwards_and_settings_can_have_another_name() {
    let p = Project::new(SITE);
    p.file("content/pages/deep/a.md", "---\ntitle: 甲\n---\n文\n");
    let deep = p.path("content/pages/deep");
    let (code, _, err) = command(&deep, &["build"], &[]);
    assert_eq!(code, 0, "{err}");
    assert!(p.exists("public/deep/a/index.html"), "the output stays in the project");
    // --out starts from the current folder.
    assert_eq!(command(&deep, &["build", "--out", "../../../elsewhere"], &[]).0, 0);
    assert!(p.exists("elsewhere/index.html"));
    p.file("staging.yaml", SITE.replace("测试站", "预发布站"));
    assert_eq!(command(p.root(), &["build", "--config", "staging.yaml", "--out", "staged"], &[]).0, 0);
    assert!(p.read("staged/index.html").contains("预发布站"));
    p.file("broken.yaml", "title: [\n");
    let (_, out, _) = command(p.root(), &["check", "--config", "broken.yaml"], &[]);
    assert!(out.contains("broken.yaml:"), "{out}");
}

#[test]
fn flags_can_come_from_the_environment_and_lose_to_the_line() {
    let p = Project::new(SITE);
    p.file("content/pages/a.md", "---\ntitle: 甲\nsumary: 乙\n---\n文\n");
    let (_, out, _) = command(p.root(), &["check"], &[("CLERESTORY_FORMAT", "json"), ("CLERESTORY_LANG", "en")]);
    assert!(out.starts_with('{') && out.contains("unknown field"), "{out}");
    let (_, out, _) = command(p.root(), &["check", "--format", "text", "--lang", "zh"], &[("CLERESTORY_FORMAT", "json"), ("CLERESTORY_LANG", "en")]);
    assert!(out.contains("未知字段"), "{out}");
    // A slip on the line itself is told in that language too, whatever the terminal speaks.
    for args in [&["chekc"][..], &["check", "--nope"], &["check", "--format", "nope"], &["help", "nope"], &[]] {
        let (code, _, err) = command(p.root(), args, &[("CLERESTORY_LANG", "zh"), ("LC_ALL", "en_US.UTF-8"), ("LANG", "C")]);
        assert!(code == 2 && err.contains(['没', '不', '缺']) && !err.contains("error:"), "{args:?} {err}");
    }
    assert_eq!(command(p.root(), &["build"], &[("CLERESTORY_OUT", "there"), ("CLERESTORY_ALLOW_ERRORS", "true")]).0, 0);
    assert!(p.exists("there/index.html"));
}

#[test]
fn slips_on_the_command_line_are_told_in_the_readers_language() {
    let p = Project::new(SITE);
    let zh = [("LANG", "zh_CN.UTF-8")];
    for (args, said) in [
        (&["biuld"][..], "没有命令 `biuld`\n  = 是不是 `build`？"),
        (&["build", "--hold-bak"], "没有选项 `--hold-bak`\n  = 是不是 `--hold-back`？"),
        (&["check", "--format", "xml"], "`--format <FORMAT>` 不能是 `xml`，可以是：text、json、sarif、github"),
        (&["check", "--format"], "`--format <FORMAT>` 后面缺少值"),
        (&["serve", "--port", "lots"], "`--port <N>` 不能是 `lots`"),
        (&["check", "--lang", "fr"], "`--lang <TAG>` 不能是 `fr`（zh, en）"),
        (&["init"], "还缺少：<DIR>"),
        (&["explain", "POL01", "--profile", "cn-gov"], "没有这个代码：POL01\n  = 是不是：POL001"),
        (&["help", "biuld"], "没有这个命令：biuld\n  = 是不是：build"),
    ] {
        let (code, out, err) = command(p.root(), args, &zh);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(err.contains(said), "{args:?}: {err}");
        assert!(!err.contains("error") && !err.contains("Usage"), "{args:?}: {err}");
    }
    let (code, out, _) = command(p.root(), &["help", "build"], &zh);
    assert!(code == 0 && out.contains("--allow-errors") && out.contains("用法："), "{out}");
    assert!(command(p.root(), &["-v"], &[]).1.starts_with("clerestory "));
    assert_eq!(command(p.root(), &["explain", "POL01", "--profile", "cn-gov", "--lang", "en"], &[]).2, "no such code: POL01\n  = did you mean: POL001\n");
}

#[test]
fn many_findings_are_counted_by_code_first() {
    let p = Project::new(SITE);
    for i in 0..30 {
        p.file(&format!("content/pages/p{i}.md"), "---\ntitle: 甲\nfoo: 1\n---\n[乙](nowhere.md)\n");
    }
    let ran = p.run(&["check"]);
    let head: Vec<&str> = ran.out.lines().take(4).collect();
    assert_eq!(head[0], "60 findings:", "{head:?}");
    assert!(head[1].trim_start().starts_with("30  error[LNK001] ") && head[2].trim_start().starts_with("30  warning[SRC005] "), "{head:?}");
    assert!(ran.err.contains("30 errors, 30 warnings."), "{}", ran.err);
    assert!(!ran.out.contains('\u{1b}'), "no colours off a terminal");
}

#[test]
fn sarif_tells_what_its_rules_mean() {
    let p = Project::new(SITE);
    p.file("content/pages/a.md", "---\ntitle: 甲\nfoo: 1\n---\n[乙](nowhere.md)\n");
    let log: serde_json::Value = serde_json::from_str(&p.run(&["check", "--format", "sarif"]).out).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 2);
    for r in rules {
        for text in [&r["name"], &r["shortDescription"]["text"], &r["fullDescription"]["text"], &r["help"]["text"]] {
            assert!(text.as_str().is_some_and(|t| !t.is_empty()), "{r}");
        }
    }
}

#[test]
fn a_busy_port_is_told() {
    use std::io::{BufRead, BufReader};
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let p = Project::new(SITE);
    p.file("content/pages/a.md", "---\ntitle: 甲\n---\n文\n");
    let mut c = Command::new(env!("CARGO_BIN_EXE_clerestory"));
    c.current_dir(p.root()).args(["serve", "--lang", "en", "--port", &port.to_string()]).stderr(std::process::Stdio::piped());
    let mut child = c.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let _ = child.kill();
    let _ = child.wait();
    assert!(first.starts_with(&format!("Port {port} is taken; using ")), "{first}");
    assert!(second.starts_with("Serving http://127.0.0.1:") && second.contains("(0 findings;"), "{second}");
}

#[test]
fn fields_of_other_tools_are_told_their_name_here() {
    let p = Project::new(SITE);
    p.file(
        "content/news/hugo.md",
        "---\ntitle: 甲\ndate: 2025-01-02\nlastmod: 2025-02-03\ntags: [a]\ncategories: [b]\ndescription: 说明\nexpiryDate: 2027-01-01\nlayout: post\nfavourite: 1\n---\n文\n",
    )
    .file("content/datasets/d/dataset.yaml", "title: 数据\nlicense: CC0-1.0\norganization: x\nnotes: 说明\ntags: [a]\nresources: [{name: t, title: 表, path: t.csv}]\n")
    .file("content/datasets/d/t.csv", "a,b\n1,2\n");
    let json: serde_json::Value = serde_json::from_str(&p.run(&["check", "--format", "json"]).out).unwrap();
    let hint = |file: &str, field: &str| -> String {
        let found = json["findings"].as_array().unwrap().iter().find(|f| f["file"] == file && f["message"] == format!("unknown field `{field}`"));
        found.unwrap_or_else(|| panic!("{file} {field}: {json:#}"))["hint"].as_str().unwrap().to_string()
    };
    let news = "content/news/hugo.md";
    for (field, here) in [
        ("date", "published_at"),
        ("lastmod", "changes"),
        ("tags", "keywords"),
        ("categories", "theme"),
        ("description", "summary"),
        ("expiryDate", "expires_on"),
    ] {
        assert!(hint(news, field).contains(&format!("`{here}`")), "{field}: {}", hint(news, field));
    }
    assert!(!hint(news, "layout").contains("extra:"), "{}", hint(news, "layout"));
    assert!(hint(news, "favourite").contains("extra:"));
    let dataset = "content/datasets/d/dataset.yaml";
    for (field, here) in [("organization", "publisher"), ("notes", "description"), ("tags", "keywords")] {
        assert!(hint(dataset, field).contains(&format!("`{here}`")), "{field}: {}", hint(dataset, field));
    }
}

#[test]
fn what_must_not_be_published_is_never_accepted_and_always_told() {
    let p = Project::new(SITE_CN);
    p.file("content/pages/a.md", "---\ntitle: 甲\nsource: 本站\npublished_at: 2025-01-01\n---\n文\n")
        .file("content/pages/b.md", "---\ntitle: 乙\nsource: 本站\npublished_at: 2025-01-01\n---\n内部资料，注意保存\n");
    let ran = p.run(&["check", "--write-baseline"]);
    assert!(ran.code == 1 && ran.out.contains("SEC002") && ran.err.contains("cannot be accepted"), "{ran:#?}");
    assert!(!p.read("baseline.tsv").contains("SEC002"));
    assert_eq!(p.run(&["check"]).code, 1);
    // Nor by hand.
    p.file("baseline.tsv", "SEC002\tcontent/pages/b.md\t5\n");
    let ran = p.run(&["build"]);
    assert!(ran.code == 1 && ran.out.contains("SEC002") && ran.err.contains("stands in content/pages/b.md. build --hold-back"), "{ran:#?}");
    assert_eq!(p.run(&["build", "--hold-back"]).code, 0);
    // What stands in a vocabulary cannot be held back, and that is said.
    p.file("content/departments.yaml", "- {id: a, name: 甲局, tel: 13812345678, description: 张三 11010519491231002X}\n");
    let ran = p.run(&["build", "--hold-back"]);
    assert!(ran.code == 1 && ran.err.contains("content/departments.yaml cannot be held back"), "{ran:#?}");
}

#[test]
fn what_people_type_is_understood() {
    let p = Project::new(SITE);
    p.file("content/news/a.md", "---\ntitle: 停车收费通知\n---\n停车收费。\n");
    let bare = |args: &[&str]| command(p.root(), args, &[("LANG", "C")]);
    assert_eq!(bare(&["生成"]).0, 0);
    assert_eq!(bare(&["检查"]).0, 0);
    let (code, out, _) = bare(&["search", "停车", "收费"]);
    assert!(code == 0 && out.contains("停车收费通知"), "{out}");
    assert!(bare(&["search", "-收费", "停车"]).1.starts_with("没有找到"));
    assert_eq!(bare(&["new", "新闻", "b"]).0, 0);
    let (code, _, err) = bare(&["search", "停车", "--type", "nwes"]);
    assert!(code == 2 && err.contains("--type 没有 `nwes`，可以是：") && err.contains("是不是：news"), "{err}");
    let (code, _, err) = bare(&["check", "－－full"]);
    assert!(code == 2 && err.contains("全角"), "{err}");
    let (_, _, err) = command(p.root(), &["serve", "--port", "99999"], &[("LANG", "zh_CN.UTF-8")]);
    assert!(err.contains("要在 0 和 65535 之间") || err.contains("要在 1 和 65535 之间"), "{err}");
    let (_, _, err) = command(p.root(), &["serve", "--port", "八千"], &[("LANG", "zh_CN.UTF-8")]);
    assert!(err.contains("要写整数"), "{err}");
    for yes in ["1", "true", "yes"] {
        assert_eq!(command(p.root(), &["build"], &[("CLERESTORY_ALLOW_ERRORS", yes), ("CLERESTORY_QUIET", "0")]).0, 0, "{yes}");
    }
    let empty = tempfile::tempdir().unwrap();
    assert!(command(empty.path(), &["search", "停车"], &[]).2.contains("这里没有项目"));
    assert_eq!(command(empty.path(), &["init", "s", "--lang", "zh-Hant"], &[]).0, 0);
    assert!(std::fs::read_to_string(empty.path().join("s/site.yaml")).unwrap().contains("from: zh-Hans"));
}
