//! The command line, and what a library user may rely on.

use crate::support::{Project, SITE, run_in};
use clerestory::diag::Report;
use clerestory::load::{Cache, load};
use std::process::Command;
use std::sync::Arc;

fn project() -> Project {
    let p = Project::new("title: 测试站\nbase_url: https://example.org/\n");
    p.file("content/policies/a.md", "---\ntitle: 甲\npublished_at: 2020-01-01\nexpires_on: 2024-12-31\n---\n正文\n")
        .file("content/policies/b.md", "---\ntitle: 乙\n---\n正文\n");
    p
}

#[test]
fn the_day_comes_from_the_flag_then_the_file_then_the_epoch() {
    let p = project();
    let day = |args: &[&str], epoch: Option<&str>| -> String {
        let file = p.path("summary.json");
        let mut c = Command::new(env!("CARGO_BIN_EXE_clerestory"));
        c.current_dir(p.root()).args(["build", "--quiet", "--summary"]).arg(&file).args(args).env_remove("SOURCE_DATE_EPOCH");
        if let Some(e) = epoch {
            c.env("SOURCE_DATE_EPOCH", e);
        }
        assert!(c.output().unwrap().status.success());
        let json: serde_json::Value = serde_json::from_str(&p.read("summary.json")).unwrap();
        assert!(json["pages"].as_u64().unwrap() > 4 && json["bytes"].as_u64().unwrap() > 1000 && json["seconds"].as_array().unwrap().len() >= 6);
        json["as_of"].as_str().unwrap().to_string()
    };
    // 2021-01-01T18:00Z is the second of January in Shanghai.
    assert_eq!(day(&[], Some("1609524000")), "2021-01-02");
    assert_eq!(day(&["--as-of", "2022-03-04"], Some("1609524000")), "2022-03-04");
    assert_eq!(day(&["--as-of", "2022-03-04T20:00:00Z"], None), "2022-03-05");
    p.file("site.yaml", SITE);
    assert_eq!(day(&[], Some("1609524000")), "2026-01-01");
}

#[test]
fn flags_win_over_the_file() {
    let p = project();
    assert_eq!(p.run(&["build", "--base-url", "https://other.example/sub"]).code, 0);
    assert!(p.read("public/index.html").contains("https://other.example/sub/"));
    assert!(p.read("public/index.html").contains("href=\"/sub/policies/\""));
    assert_eq!(p.run(&["check"]).code, 0);
    assert_eq!(p.run(&["check", "--profile", "cn-gov"]).code, 1);
}

#[test]
fn help_and_findings_speak_both_languages() {
    let p = project();
    let zh = p.run(&["build", "--lang", "zh", "--help"]);
    assert!(zh.out.contains("用法：") && zh.out.contains("选项") && !zh.out.contains("Usage"), "{}", zh.out);
    p.file("content/policies/c.md", "---\ntitel: 丙\n---\n正文\n");
    let en = p.run(&["check"]);
    assert!(en.out.contains("unknown field `titel`") && en.out.contains("help: did you mean `title`?"), "{}", en.out);
    let zh = Command::new(env!("CARGO_BIN_EXE_clerestory")).current_dir(p.root()).arg("check").env("LANG", "en_US.UTF-8").output().unwrap();
    let text = String::from_utf8_lossy(&zh.stdout).into_owned();
    assert!(text.contains("未知字段 `titel`") && text.contains("改法：是不是 `title`？"), "the site's language is the default: {text}");
    assert!(!run_in(p.root(), &["build"]).err.contains('\r'), "progress off a terminal");
}

#[test]
fn a_cache_gives_back_what_did_not_change() {
    let p = project();
    let mut cache = Cache::default();
    let folders = ["content".to_string()];
    let first = load(p.root(), &folders, false, false, Some(&mut cache), &mut Report::new());
    p.file("content/policies/b.md", "---\ntitle: 新\n---\n正文\n");
    let second = load(p.root(), &folders, false, false, Some(&mut cache), &mut Report::new());
    assert!(Arc::ptr_eq(&first.docs["policies/a.md"], &second.docs["policies/a.md"]));
    assert!(!Arc::ptr_eq(&first.docs["policies/b.md"], &second.docs["policies/b.md"]));
}

#[test]
fn the_library_can_run_twice_in_one_process() {
    let p = project();
    let clock = || clerestory::Clock { now: "2026-01-01T00:00:00Z".parse().unwrap(), epoch: None, elapsed: &|| std::time::Duration::ZERO };
    for _ in 0..2 {
        let args: Vec<std::ffi::OsString> = ["clerestory", "build", "--root"].iter().map(Into::into).chain([p.root().into()]).collect();
        let printed = clerestory::cli::run(
            &args,
            &clerestory::cli::World {
                clock: clock(),
                unset: Vec::new(),
                locale: "en".into(),
                colour: false,
                program: None,
                progress: &|_, _| {},
                notice: &|_| {},
                line: &|_| None,
                answer: &|_| true,
            },
        );
        assert_eq!(printed.code, 0, "{printed:?}");
    }
}

#[test]
fn several_content_folders_are_merged() {
    let p = Project::new(&format!("{SITE}content: [content, bureau]\n"));
    p.file("content/policies/a.md", "---\ntitle: 甲\n---\n正文\n")
        .file("bureau/policies/b.md", "---\ntitle: 乙\nbad: 1\n---\n正文\n")
        .file("bureau/policies/a.md", "---\ntitle: 丙\n---\n正文\n");
    let found = p.findings(&[]);
    assert!(found.iter().any(|f| f.0 == "SRC005" && f.1 == "bureau/policies/b.md"), "{found:?}");
    assert!(found.iter().any(|f| f.0 == "SRC018" && f.1 == "bureau/policies/a.md"), "{found:?}");
    p.build();
    assert!(p.exists("public/policies/a/index.html") && p.exists("public/policies/b/index.html"));
}

#[test]
fn every_slip_of_a_command_line_is_told_in_chinese() {
    let p = project();
    let commands = ["build", "check", "serve", "init x", "new policy a", "audit .", "search 词", "completions bash", "man", "explain", "help"];
    for c in commands {
        for (more, right) in [("--frobnicate", "没有选项 `--frobnicate`"), ("--lang", "`--lang <TAG>` 后面缺少值"), ("--lang=fr", "`--lang <TAG>`")] {
            said(&p, &format!("{c} {more}"), right);
        }
    }
    for (args, right) in [
        ("", "还缺少命令"),
        ("bild", "没有命令 `bild`\n  = 是不是 `build`？"),
        ("build --profile x", "不能是 `x`，可以是：generic、cn-gov、cn-gov-strict"),
        ("build --profile", "后面缺少值，可以是：generic"),
        ("build --out a --out b", "`--out <DIR>` 只能写一次"),
        ("build -q -q", "`--quiet` 只能写一次"),
        ("build extra", "多出了 `extra`"),
        ("build --quiet=yes", "`--quiet` 不能有值 `yes`"),
        ("build --as-of x", "--as-of 不是日期：x"),
        ("build ——out a", "没有选项 `——out`\n  = 里面有全角字符"),
        ("check --format nope", "不能是 `nope`，可以是：text、json、sarif、github"),
        ("check --min-quality x", "不能是 `x`（要写数字）"),
        ("check --min-quality=", "`--min-quality <POINTS>`"),
        ("check --ratchet-file", "后面缺少值"),
        ("serve --port x", "（要写整数）"),
        ("serve --port 99999", "（要在 0 和 65535 之间）"),
        ("serve --port=", "（要写整数）"),
        ("serve --host", "后面缺少值"),
        ("init", "还缺少：<DIR>"),
        ("init a --kind x", "可以是：city-cn、department-cn、open-data"),
        ("init a b", "多出了 `b`"),
        ("new", "还缺少：<TYPE>"),
        ("new policy", "还缺少：<NAME>"),
        ("new x y", "可以是：policy、interpretation"),
        ("audit", "还缺少：<DIR>"),
        ("audit nosuch", "没有这个目录：nosuch"),
        ("search", "还缺少：<QUERY>"),
        ("search --limit x 词", "不能是 `x`（要写整数）"),
        ("search --limit -1 词", "没有选项 `-1`"),
        ("completions x", "可以是：bash"),
        ("man x", "没有这个命令：x"),
        ("explain NOPE", "没有这个代码：NOPE"),
        ("explain A B", "多出了 `B`"),
        ("help nope", "没有这个命令：nope"),
        ("-x", "没有选项 `-x`"),
    ] {
        said(&p, args, right);
    }
}

fn said(p: &Project, args: &str, right: &str) {
    let out =
        Command::new(env!("CARGO_BIN_EXE_clerestory")).current_dir(p.root()).args(["--lang", "zh"]).args(args.split_whitespace()).env("LANG", "C").output();
    let out = out.unwrap();
    let text = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.code() == Some(2) && text.contains(right), "{args}: {text}");
    for english in ["error:", "Usage", "argument", "invalid", "required", "value '"] {
        assert!(!text.contains(english), "{args}: {text}");
    }
}
