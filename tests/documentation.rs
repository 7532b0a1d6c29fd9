//! The user guide tells of every command, flag, rule, field, setting and message; both languages have the same pages.
#![expect(clippy::disallowed_methods, reason = "tests read the sources and write the reference when asked to")]

use clerestory::config::Profile;
use clerestory::diag::Tongue;
use clerestory::{cli, explain, schema};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a page that is made from the program with the one in docs/; `UPDATE_DOCS=1` writes it.
fn current(file: &str, text: &str) {
    let path = root().join("docs").join(file);
    if std::env::var("UPDATE_DOCS").is_ok() {
        fs::write(&path, text).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == text, "docs/{file} is not what the program says; run UPDATE_DOCS=1 cargo test --test suite documentation");
}

#[test]
fn the_reference_of_commands_is_current() {
    for (dir, lang) in [("zh", Tongue::Zh), ("en", Tongue::En)] {
        let mut out = String::from(if lang == Tongue::Zh {
            "# 命令\n\n本页由程序的帮助文字生成，与 `clerestory 命令 --help` 相同。\n\n退出码：0 没有错误；1 内容有错误（`build` 已发布可以发布的，除非有内容必须先处理）；2 用法有误或工具失败。警告和提示不影响退出码。\n\n命令行里的相对路径从当前目录算起；不写 `--root` 时，项目是当前目录或其上最近的、有 `site.yaml` 的目录。每个长选项也可用环境变量给出：`--base-url` 即 `CLERESTORY_BASE_URL`，开关写 1 或 0；命令行上写的优先。终端上有颜色，`NO_COLOR` 关掉。\n"
        } else {
            "# Commands\n\nThis page is made from the program's own help; it is what `clerestory COMMAND --help` prints.\n\nExit codes: 0 no errors; 1 the content has errors (`build` has published what may be published, unless something had to stop it); 2 wrong use or a failure of the tool. Warnings and notes change nothing.\n\nRelative paths on the command line start from the current folder; without `--root`, the project is the current folder or the nearest above it with a `site.yaml`. Each long option can also come from the environment: `--base-url` is `CLERESTORY_BASE_URL`, a switch is 1 or 0; what stands on the line wins. On a terminal there are colours; `NO_COLOR` turns them off.\n"
        });
        let mut all = cli::command(lang);
        all.build();
        for c in all.get_subcommands_mut() {
            let help = c.render_help().to_string();
            let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
            write!(out, "\n## {}\n\n```text\n{}\n```\n", c.get_name(), lines.join("\n").trim()).unwrap();
        }
        current(&format!("{dir}/commands.md"), &out);
    }
}

#[test]
fn the_reference_of_rules_is_current() {
    for (dir, lang) in [("zh", Tongue::Zh), ("en", Tongue::En)] {
        let zh = lang == Tongue::Zh;
        let mut out = String::from(if zh {
            "# 规则与代码\n\n本页由程序生成，与 `clerestory explain 代码` 相同。轻重依次是 generic、cn-gov、cn-gov-strict 三种方案下的级别，“—”表示不适用；有的代码在某些情形下轻重不同，写在后面。草稿里的问题一律只是警告。\n"
        } else {
            "# Rules and codes\n\nThis page is made by the program; it is what `clerestory explain CODE` prints. Severities are those of the profiles generic, cn-gov and cn-gov-strict; “—” means that the rule does not apply; where a code is told at another severity in some cases, that stands behind. What is wrong with a draft is always a warning.\n"
        });
        for e in explain::entries(Profile::CnGovStrict, lang) {
            let by: Vec<&str> = e.severity.iter().map(|s| s.map_or("—", |s| s.label(lang))).collect();
            write!(out, "\n## {} {}\n\n{}\n\n{}{}{}\n", e.code, e.title, e.explain, if zh { "轻重：" } else { "Severity: " }, by.join(" / "), e.others(lang))
                .unwrap();
            if !e.source.is_empty() {
                write!(out, "\n{}{}\n", if zh { "依据：" } else { "Source: " }, clerestory::diag::source_in(e.source, lang)).unwrap();
            }
        }
        current(&format!("{dir}/rules.md"), &out);
    }
}

fn guide(dir: &str) -> String {
    let mut out = String::new();
    for e in walkdir::WalkDir::new(root().join("docs").join(dir)).sort_by_file_name().into_iter().flatten() {
        if e.path().extension().is_some_and(|x| x == "md") {
            out.push_str(&fs::read_to_string(e.path()).unwrap());
        }
    }
    out
}

#[test]
fn the_tables_of_fields_are_current() {
    for (dir, lang) in [("zh", Tongue::Zh), ("en", Tongue::En)] {
        current(&format!("{dir}/fields.md"), &schema::guide::page(&clerestory::types::all(), lang));
    }
}

#[test]
fn words_of_the_vocabularies_and_blocks_are_told() {
    use clerestory::config::BLOCKS;
    use clerestory::model::vocab;
    let words = BLOCKS.iter().map(|(w, _)| *w).chain(vocab::FREQUENCIES.iter().take(10).map(|(w, _)| *w)).chain(vocab::SECTIONS.iter().map(|s| s.key));
    let words: Vec<&str> = words.chain(vocab::ALERT_LEVELS.iter().take(4).map(|(w, _)| *w)).chain(["generic", "cn-gov", "cn-gov-strict"]).collect();
    for dir in ["zh", "en"] {
        let text = guide(dir);
        let missing: Vec<&&str> = words.iter().filter(|w| !text.contains(**w)).collect();
        assert!(missing.is_empty(), "docs/{dir} says nothing of {missing:?}");
    }
}

#[test]
fn both_languages_have_the_same_pages_and_every_link_leads_somewhere() {
    let names = |dir: &str| -> BTreeSet<String> {
        fs::read_dir(root().join("docs").join(dir)).unwrap().flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names("zh"), names("en"));
    let mut files: Vec<PathBuf> =
        ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].iter().map(|f| root().join(f)).collect();
    files.extend(walkdir::WalkDir::new(root().join("docs")).into_iter().flatten().map(|e| e.into_path()).filter(|p| p.extension().is_some_and(|x| x == "md")));
    // The rules' own words hold examples of links.
    for file in files.into_iter().filter(|f| !f.ends_with("rules.md")) {
        let text = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is missing", file.display()));
        let mut code = false;
        for line in text.lines() {
            code ^= line.trim_start().starts_with("```");
            if code {
                continue;
            }
            for (i, _) in line.match_indices("](") {
                let target = line[i + 2..].split(')').next().unwrap();
                let inline = line[..i].matches('`').count() % 2 == 1;
                if !inline && !target.contains("://") && !target.starts_with('#') && !target.starts_with("mailto:") {
                    let path = file.parent().unwrap().join(target.split('#').next().unwrap());
                    assert!(path.exists(), "{}: {target}", file.display());
                }
            }
        }
    }
}

#[test]
fn both_readmes_tell_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join(name)).unwrap();
    let (en, zh) = (read("README.md"), read("README.zh-CN.md"));
    let count = |t: &str, start: &str| t.lines().filter(|l| l.starts_with(start)).count();
    for start in ["## ", "- **", "```sh"] {
        assert_eq!(count(&en, start), count(&zh, start), "lines that begin with {start:?}");
    }
    let links = |t: &str| -> std::collections::BTreeSet<String> {
        t.split("](").skip(1).filter_map(|r| r.split(')').next()).filter(|l| !l.contains("README")).map(|l| l.replace("docs/zh/", "docs/en/")).collect()
    };
    assert_eq!(links(&en), links(&zh));
    for l in links(&en).iter().chain(&links(&zh)) {
        assert!(root.join(l.split('#').next().unwrap()).exists(), "{l}");
    }
    // What is there is not denied, and what is not there is not claimed.
    for (text, word) in [(&en, "Not there yet:"), (&zh, "还没有的：")] {
        let line = text.lines().find(|l| l.starts_with(word)).unwrap();
        for there in ["table", "表格", "consultation", "征集", "disclosure", "公开目录", "questions", "咨询", "letters"] {
            assert!(!line.contains(there), "{line}");
        }
    }
    assert!(!en.contains("Reading of tables"));
    let ci = read("docs/en/deploying.md") + &read("docs/zh/deploying.md");
    for (i, job) in ci.split("```yaml").skip(1).enumerate() {
        let job = job.split("```").next().unwrap();
        let (install, run) = (job.find("cargo install"), job.find("clerestory check"));
        assert!(install.is_some() && install < run, "CI example {i} calls a program that it never installs");
    }
}
