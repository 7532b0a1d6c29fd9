//! Pages of a site that another tool made, for `audit`.

use super::{Random, THEMES, median, memory, printed, report, run, usage, words};
use rayon::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What a page of a site made by another tool has around its text.
const HEAD: &str = r#"<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>{title}_云台市人民政府</title>
<meta name="SiteName" content="云台市人民政府"><meta name="SiteDomain" content="www.example.gov.cn"><meta name="SiteIDCode" content="3607000001">
<meta name="ColumnName" content="政策文件"><meta name="ColumnType" content="政策文件"><meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{date}">
<link rel="stylesheet" href="/css/style.css"><script src="/js/jquery.min.js"></script>
<script>var siteId = "{n}"; $(function () { $(".nav li").hover(function () { $(this).addClass("on"); }, function () { $(this).removeClass("on"); }); });</script>
</head>
<body>
<div class="top"><a href="/"><img src="/images/logo.png" alt="云台市人民政府"></a><form action="/search"><input type="text" name="q"><input type="submit" value="搜索"></form></div>
<ul class="nav">{nav}</ul>
<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/zwgk/{folder}/">政策文件</a></div>
<div class="main">
<table class="info" cellpadding="0"><tr><td>索 引 号：</td><td>000014349/{n}</td><td>主题分类：</td><td>综合政务</td></tr>
<tr><td>发文机关：</td><td>云台市人民政府办公室</td><td>成文日期：</td><td>{date}</td></tr><tr><td>发文字号：</td><td>云政办发〔{year}〕{no}号</td><td>发布日期：</td><td>{date}</td></tr></table>
<h1 class="title">{title}</h1>
<div class="share">字号：<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a> <a href="javascript:doZoom(12)">小</a> 来源：云台市人民政府 发布时间：{date}</div>
<div class="TRS_Editor">
"#;
const FOOT: &str = r#"</div>
<div class="more"><a href="/zwgk/{before}.html">上一篇</a> <a href="/zwgk/{after}.html">下一篇</a></div>
</div>
<div class="foot">主办：云台市人民政府 承办：云台市政务服务数据局 <a href="/about/">关于我们</a> <a href="/map/">网站地图</a> 网站标识码：3607000001 <a href="https://beian.example.org/">备案号 00000001</a> 联系电话：0797-1234567<br>
<a href="https://www.example.org/jump?id={n}"><img src="/images/jubao.png"></a></div>
<script src="https://stat.example.org/s.js?id={n}"></script>
</body>
</html>
"#;

/// Makes `n` pages: a piece of a text each, some 1,500 characters, in the frame of another tool.
fn foreign(n: usize, texts: &str, root: &Path) -> u64 {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(texts)
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_file() && e.path().extension().is_some_and(|x| x == "md"))
        .map(|e| e.into_path())
        .collect();
    files.sort();
    let mut pieces: Vec<(String, Vec<String>)> = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("reads");
        let title = file.file_stem().map_or(String::new(), |s| s.to_string_lossy().into_owned());
        let mut lines: Vec<String> = Vec::new();
        for line in text.lines().filter(|l| !l.trim().is_empty()) {
            lines.push(line.to_string());
            if lines.iter().map(String::len).sum::<usize>() > 4_500 {
                pieces.push((title.clone(), std::mem::take(&mut lines)));
            }
        }
        if !lines.is_empty() {
            pieces.push((title, lines));
        }
    }
    assert!(!pieces.is_empty(), "no Markdown files below {texts}");
    let folders: Vec<String> = words(THEMES).iter().enumerate().map(|(i, _)| format!("c{i:02}")).collect();
    let nav: String = words(THEMES).iter().zip(&folders).map(|(t, f)| format!("<li><a href=\"/zwgk/{f}/\">{t}</a></li>")).collect();
    for f in &folders {
        fs::create_dir_all(root.join("zwgk").join(f)).expect("a folder");
    }
    // What every page leads to: a link that leads nowhere would be a finding on each of them.
    let lists = folders.iter().map(|f| format!("zwgk/{f}/index.html"));
    let about = ["index.html", "zwgk/index.html", "about/index.html", "map/index.html"].map(String::from);
    for path in lists.chain(about).chain(["css/style.css", "js/jquery.min.js", "images/logo.png", "images/jubao.png"].map(String::from)) {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, "<!DOCTYPE html><html lang=zh><title>栏目</title><h1>栏目</h1>").expect("writes");
    }
    let name = |i: usize| format!("{}/{i:06}", folders[i % folders.len()]);
    (0..n)
        .into_par_iter()
        .map(|i| {
            let r = &mut Random(7 + i as u64 * 1_000_003);
            let (title, lines) = &pieces[i % pieces.len()];
            let (y, m, d) = (2016 + r.below(10), 1 + r.below(12), 1 + r.below(28));
            let fill = |t: &str| {
                t.replace("{title}", title)
                    .replace("{date}", &format!("{y}-{m:02}-{d:02}"))
                    .replace("{year}", &y.to_string())
                    .replace("{no}", &(1 + i % 300).to_string())
                    .replace("{n}", &format!("{i:06}"))
                    .replace("{nav}", &nav)
                    .replace("{folder}", &folders[i % folders.len()])
                    .replace("{before}", &name((i + n - 1) % n))
                    .replace("{after}", &name((i + 1) % n))
            };
            let mut page = fill(HEAD);
            for line in lines {
                let _ = writeln!(
                    page,
                    "<p style=\"text-indent: 2em\">{}</p>",
                    line.trim_start_matches(['#', '>', '-', ' ']).replace('&', "&amp;").replace('<', "&lt;")
                );
            }
            page.push_str(&fill(FOOT));
            fs::write(root.join("zwgk").join(format!("{}.html", name(i))), &page).expect("writes");
            page.len() as u64
        })
        .sum()
}

/// How long an audit of so many pages takes, in a process of its own; five times, and the first does not count.
pub(super) fn audit(args: &[String]) {
    let n: usize = args.first().map_or(10_000, |a| a.parse().expect("a number"));
    let texts = args.get(1).expect("a folder with Markdown files");
    let dir = tempfile::tempdir_in(memory()).expect("a folder");
    let bytes = foreign(n, texts, dir.path());
    let root = dir.path().to_string_lossy().into_owned();
    let rows: Vec<[f64; 3]> = (0..6).map(|_| run(&["audited", &root])).skip(1).collect();
    println!("audit of {n} pages, {:.0} MB; {} threads; median of 5", bytes as f64 / 1e6, rayon::current_num_threads());
    println!("{:.2} s wall, {:.2} s CPU, {:.0} MB", median(&rows, 0), median(&rows, 1), median(&rows, 2));
}

pub(super) fn audited(dir: &str) {
    let start = Instant::now();
    let line: Vec<std::ffi::OsString> = ["clerestory", "audit", dir, "--profile", "cn-gov", "--as-of", "2026-07-01", "--format", "json"].map(Into::into).into();
    let printed = printed(&line, start);
    assert!(printed.code < 2, "{}", printed.err);
    report(start.elapsed().as_secs_f64(), usage().0);
}
