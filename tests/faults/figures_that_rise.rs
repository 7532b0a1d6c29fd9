//! What a tester read as an inspector: no figure rises by hiding or emptying, no day ahead is told as done, steps stand in their order.

use crate::support::{Project, run_as};
use serde_json::Value;

const SITE: &str = "title: 云台市\nbase_url: https://example.org/\nas_of: 2026-06-30\nprofile: cn-gov\ndemo: true\nlanguages: [zh-Hans]\nscorecards: {}\n";

/// Findings in Chinese as (code, severity, file, message).
fn told(p: &Project) -> Vec<(String, String, String, String)> {
    let ran = run_as(p.root(), &["--lang", "zh", "check", "--format", "json"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    let text = |v: &Value| v.as_str().unwrap_or("").to_string();
    json["findings"].as_array().expect("a list").iter().map(|f| (text(&f["code"]), text(&f["severity"]), text(&f["file"]), text(&f["message"]))).collect()
}

fn says(found: &[(String, String, String, String)], code: &str, part: &str) -> bool {
    found.iter().any(|f| f.0 == code && f.3.contains(part))
}

fn site() -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n- {id: civil, name: 民政局}\n");
    p
}

/// n, d and the total of a department.
fn counted(p: &Project, department: &str, name: &str) -> (u64, u64) {
    let v: Value = serde_json::from_str(&p.read("public/scorecards.json")).expect("JSON");
    let card = v["departments"].as_array().unwrap().iter().find(|c| c["id"] == department).unwrap().clone();
    let i = card["indicators"].as_array().unwrap().iter().find(|i| i["indicator"] == name).unwrap().clone();
    (i["n"].as_u64().unwrap(), i["d"].as_u64().unwrap())
}

/// Every score of the site and of its departments.
fn scores(p: &Project) -> Vec<(String, f64)> {
    let v: Value = serde_json::from_str(&p.read("public/scorecards.json")).expect("JSON");
    let mut out = Vec::new();
    for card in std::iter::once(&v["site"]).chain(v["departments"].as_array().unwrap()) {
        let id = card["id"].as_str().unwrap();
        out.extend(card["total"].as_f64().map(|t| (format!("{id}/total"), t)));
        for i in card["indicators"].as_array().unwrap() {
            out.extend(i["score"].as_f64().map(|s| (format!("{id}/{}", i["indicator"].as_str().unwrap()), s)));
        }
    }
    out
}

/// No score that was measured before is higher now.
fn not_higher(before: &[(String, f64)], p: &Project, what: &str) {
    for (name, now) in scores(p) {
        if let Some((_, was)) = before.iter().find(|(n, _)| *n == name) {
            assert!(now <= was + 1e-9, "{what}: {name} rose from {was} to {now}");
        }
    }
}

const HEAD: &str = "编号,类型,标题,内容,来信日期,状态,答复日期,答复,同意公开,评分,时限,延期至\n";

fn letters(first: &str) -> String {
    let more: String = (2..=35).map(|n| format!("2026-{n:03},咨询,问题{n}怎么办,请问,2026-06-01,已处理,2026-06-03,可以。,是,5,,\n")).collect();
    format!("{HEAD}{first}\n{more}")
}

/// F1, F2: consent and a limit that cannot be read.
#[test]
fn hiding_a_letter_or_spoiling_its_limit_earns_nothing() {
    let p = site();
    let sheet = "content/feedback/office.csv";
    let silent = |consent: &str| letters(&format!("2026-001,咨询,问题1怎么办,请问,2026-06-01,已处理,2026-06-03,,{consent},,,"));
    for earlier in [false, true] {
        p.file(sheet, silent("是"));
        p.build();
        assert_eq!((counted(&p, "office", "letters_limit"), counted(&p, "office", "letters_answered")), ((34, 35), (34, 35)));
        let before = scores(&p);
        if earlier {
            p.file("earlier.json", p.read("public/scorecards.json"));
            p.file("site.yaml", SITE.replace("scorecards: {}", "scorecards: {earlier: earlier.json}"));
        }
        for consent in ["", "否"] {
            p.file(sheet, silent(consent));
            p.build();
            not_higher(&before, &p, consent);
            assert_eq!(counted(&p, "office", "letters_answered"), (34, 35), "{consent}");
            assert!(told(&p).iter().any(|f| f.0 == "FBK002"), "{consent}");
        }
        // The reply to a letter that is not shown stands in the sheet, counts, and is on no page.
        p.file(sheet, letters("2026-001,咨询,问题1怎么办,请问,2026-06-01,已处理,2026-06-03,柳叶形答复,否,,,"));
        p.build();
        assert_eq!(counted(&p, "office", "letters_answered"), (35, 35));
        assert!(crate::support::tree(&p.path("public")).iter().all(|(n, b)| !crate::support::shown(n, b).contains("柳叶形答复")));
    }
    let p = site();
    let limited = |limit: &str| letters(&format!("2026-001,咨询,问题1怎么办,请问,2026-06-01,已处理,2026-06-05,可以。,是,1,{limit},"));
    p.file(sheet, limited("3"));
    p.build();
    let before = scores(&p);
    assert_eq!(counted(&p, "office", "letters_limit"), (34, 35));
    for limit in ["99999", "三天", "0"] {
        p.file(sheet, limited(limit));
        p.build();
        assert_eq!(counted(&p, "office", "letters_limit"), (34, 35), "{limit}");
        not_higher(&before, &p, limit);
    }
}

/// F3: `extended_to` shortens nothing, and is told where it lies before the limit or far beyond it.
#[test]
fn a_letter_that_is_put_off_oddly_is_told() {
    let p = site();
    let sheet = "content/feedback/office.csv";
    // Of three working days from 6 May on the last is 9 May, a Saturday that is worked.
    let put_off = |replied: &str, to: &str| letters(&format!("2026-001,咨询,问题1怎么办,请问,2026-05-06,已处理,{replied},可以。,是,1,3,{to}"));
    for (replied, to, kept, extended, words) in [
        ("2026-06-29", "2026-12-31", 35, 1, "超过原来的期限 30 日（2026-06-08）"),
        ("2026-06-08", "2026-06-08", 35, 1, ""),
        ("2026-05-08", "2026-05-07", 35, 0, "早于原来的期限 2026-05-09，延期不算"),
        ("2026-05-20", "2026-05-20", 35, 1, ""),
    ] {
        p.file(sheet, put_off(replied, to));
        p.build();
        assert_eq!(counted(&p, "office", "letters_limit"), (kept, 35), "{replied} {to}");
        let figures: Value = serde_json::from_str(&p.read("public/feedback/figures.json")).unwrap();
        let may = figures["months"].as_array().unwrap().iter().find(|m| m["month"] == "2026-05").unwrap().clone();
        assert_eq!(may["extended"].as_u64(), Some(extended), "{to}");
        let found = told(&p);
        assert_eq!(found.iter().any(|f| f.0 == "POL003" && f.1 == "warning"), !words.is_empty(), "{found:#?}");
        assert!(words.is_empty() || says(&found, "POL003", words), "{found:#?}");
    }
}

fn catalogue(more: &str) -> String {
    let own = "owner: {department: civil}";
    format!(
        "- {{node: 20-01, title: 办法, form: [网页], summary: 办法, time_limit: 及时, {own}, {more}}}\n- {{node: 20-04, title: 统计, form: [网页], summary: 统计, time_limit: 及时, {own}, where: {{keyword: 没有的}}}}\n- {{node: 20-07, title: 预算, form: [网页], summary: 预算, time_limit: 及时, {own}}}\n"
    )
}

/// F25: a sentence is no disclosure, and is refuted by what is published. F10: an unknown type is told.
#[test]
fn saying_that_there_is_none_earns_no_disclosure() {
    let p = site();
    p.file(
        "content/policies/a.md",
        "---\ntitle: 养老办法\nissuer: civil\nformed_on: 2026-03-05\npublished_at: 2026-03-06\nis_normative: true\nexpires_on: 2030-01-01\n---\n\n第一条 正文。\n",
    );
    p.file("content/records/budget/b.md", "---\ntitle: 2026年部门预算\nissuer: civil\nkind: 预算\npublished_at: 2026-03-06\n---\n\n表。\n");
    let file = "content/disclosure/catalogue.yaml";
    p.file(file, catalogue("where: {type: policies, department: civil}"));
    p.build();
    // The budget belongs to its class by its kind alone.
    assert_eq!((counted(&p, "civil", "disclosed"), counted(&p, "civil", "nodes")), ((2, 3), (2, 3)));
    assert!(p.read("public/disclosure/statutory/20-07/index.html").contains("2026年部门预算"));
    assert!(!says(&told(&p), "LAW001", "20-07"));
    let before = scores(&p);
    p.file(file, catalogue("none: 本机关不承担此项职能。"));
    p.build();
    not_higher(&before, &p, "none");
    assert_eq!((counted(&p, "civil", "disclosed"), counted(&p, "civil", "nodes")), ((1, 3), (1, 3)));
    let found = told(&p);
    assert!(found.iter().any(|f| f.0 == "LAW001" && f.1 == "warning" && f.3.contains("20-01") && f.3.contains("policies/a")), "{found:#?}");
    // Where there is indeed none the reason is one, and it is not disclosed all the same.
    p.file(file, catalogue("where: {type: policies, department: civil}").replace("where: {keyword: 没有的}", "none: 本机关不承担此项职能。"));
    p.build();
    assert_eq!((counted(&p, "civil", "disclosed"), counted(&p, "civil", "nodes")), ((2, 3), (3, 3)));
    assert!(!says(&told(&p), "LAW001", "none:"));
    for (condition, meant) in [("type: policy", "是不是 `policies`"), ("type: dataset", "是不是 `datasets`"), ("column: policy/xx", "不认识 `policy/xx`")]
    {
        p.file(file, catalogue(&format!("where: {{{condition}}}")));
        let ran = run_as(p.root(), &["--lang", "zh", "check"]);
        assert!((ran.out.clone() + &ran.err).contains(meant) && says(&told(&p), "SRC008", "没有条目归入"), "{condition}: {ran:#?}");
    }
    p.file(file, catalogue("where: {type: policies, column: policies}"));
    assert!(!says(&told(&p), "SRC008", "没有条目归入"));
}

/// F34: the day of making of a late policy, taken out.
#[test]
fn emptying_the_day_of_making_earns_nothing() {
    let p = site();
    let policy = |name: &str, formed: &str| {
        let no = if name == "a" { 3 } else { 4 };
        p.file(
            &format!("content/policies/{name}.md"),
            format!("---\ntitle: 关于{name}的通知\nissuer: office\ndoc_no: 云政办发〔2026〕{no}号\n{formed}published_at: 2026-06-08\n---\n\n正文一句话。\n"),
        );
    };
    policy("a", "formed_on: 2026-03-02\n");
    policy("b", "formed_on: 2026-06-05\n");
    p.build();
    assert_eq!(counted(&p, "office", "prompt"), (1, 2));
    let before = scores(&p);
    policy("a", "");
    p.build();
    assert_eq!(counted(&p, "office", "prompt"), (1, 2));
    not_higher(&before, &p, "formed_on");
    assert!(says(&told(&p), "LAW002", "没有成文日期"), "{:#?}", told(&p));
}

/// F5, F7, F9, F35: what lies ahead is not done, and what belongs to a policy stands in the order of its life.
#[test]
fn days_ahead_and_steps_out_of_order_are_told() {
    let p = site();
    let policy = |more: &str| {
        p.file(
            "content/policies/p.md",
            format!("---\ntitle: 停车办法\nissuer: civil\nformed_on: 2026-02-02\npublished_at: 2026-02-02\nis_normative: true\nexpires_on: 2030-01-01\n{more}---\n\n第一条 正文。\n"),
        );
    };
    policy("");
    let decision = |steps: &str| {
        p.file(
            "content/decisions/d.md",
            format!("---\ntitle: 停车决策\nissuer: civil\npublished_at: 2026-01-02\nbecomes: p\nsteps: {{{steps}}}\n---\n\n说明。\n"),
        );
    };
    let state = || p.read("public/decisions/d/index.html");
    decision("participation: {on: 2026-01-05, by: 民政局}, legality: {on: 2026-01-08, by: 司法局}, collective: {on: 2027-03-18, by: 常务会议}");
    p.build();
    let found = told(&p);
    assert!(found.iter().any(|f| f.0 == "POL003" && f.1 == "error" && f.3.contains("“集体讨论决定”的日期 2027-03-18 在将来")), "{found:#?}");
    assert_eq!((state().matches("已履行").count(), state().matches("未到日期").count()), (2, 1), "{}", state());
    decision("participation: {on: 2026-01-20, by: 民政局}, collective: {on: 2026-01-18, by: 常务会议}");
    assert!(told(&p).iter().any(|f| f.0 == "POL003" && f.1 == "warning" && f.3.contains("集体讨论决定（2026-01-18）早于“公众参与”（2026-01-20）")));
    decision("participation: {on: 2026-01-05, by: 民政局}, collective: {on: 2026-05-18, by: 常务会议}");
    assert!(says(&told(&p), "POL003", "晚于所形成的 `policies/p` 发布（2026-02-02）"), "{:#?}", told(&p));
    decision("participation: {on: 2026-01-05, by: 民政局}, collective: {on: 2026-01-18, by: 常务会议}");
    assert!(!told(&p).iter().any(|f| f.0 == "POL003"), "{:#?}", told(&p));
    // Each of the others, wrong and right.
    let consultation = |opens: &str, closes: &str| {
        format!(
            "---\ntitle: 停车征求意见\nissuer: civil\npublished_at: {opens}\nopens: {opens}\ncloses: {closes}\nbecomes: p\nexplanation: 说明\nchannels: {{mail: a@example.org, post: 某路 1 号}}\n---\n\n请提意见。\n"
        )
    };
    let interpretation = |on: &str| {
        format!(
            "---\ntitle: 《停车办法》解读\npolicies: [p]\ninterpreter_org: civil\nform: 文字\npublished_at: {on}\n---\n\n# 背景依据\n\n为了让群众看得懂。\n"
        )
    };
    let question = |on: &str| format!("---\ntitle: 怎样停车\nissuer: civil\npolicy: [p]\non: {on}\npublished_at: {on}\n---\n\n停在车位。\n");
    let event = |starts: &str| {
        format!("---\ntitle: 开放日\nissuer: civil\nkind: 开放日\nstarts: {starts}\npublished_at: 2026-05-02\nresult: 来了18人\n---\n\n说明。\n")
    };
    for (file, wrong, right, words) in [
        (
            "consultations/c",
            consultation("2026-03-01", "2026-04-10"),
            consultation("2025-11-01", "2025-12-10"),
            "才开始征集，所形成的 `policies/p` 2026-02-02 已经成文",
        ),
        ("interpretations/i", interpretation("2025-12-01"), interpretation("2026-02-02"), "早于政策 `policies/p`（2026-02-02），不算及时解读"),
        ("questions/q", question("2025-06-03"), question("2026-03-03"), "答复日期 2025-06-03 早于所问的 `policies/p`"),
        ("events/e", event("2026-12-05"), event("2026-05-05"), "2026-12-05 才举行，已经有了“结果”"),
    ] {
        let path = format!("content/{file}.md");
        p.file(&path, wrong);
        assert!(told(&p).iter().any(|f| f.0 == "POL003" && f.1 == "warning" && f.3.contains(words)), "{file}: {:#?}", told(&p));
        if file == "interpretations/i" {
            p.build();
            assert_eq!(counted(&p, "civil", "explained_in_time"), (0, 1));
            assert!(!p.read("public/explained/explained.csv").contains("-63"));
        }
        p.file(&path, right);
        assert!(!told(&p).iter().any(|f| f.0 == "POL003"), "{file}: {:#?}", told(&p));
    }
    p.build();
    assert_eq!(counted(&p, "civil", "explained_in_time"), (1, 1));
    policy("tasks: [{what: 划线, department: [civil], due: 2026-05-01, done_on: 2025-07-20}]\n");
    assert!(says(&told(&p), "POL003", "任务 2025-07-20 完成，早于文件成文（2026-02-02）"));
}

/// F8: what came out late says so.
#[test]
fn a_plan_tells_what_was_done_late() {
    let p = site();
    p.file("content/policies/p.md", "---\ntitle: 停车办法\nissuer: civil\nformed_on: 2026-04-01\npublished_at: 2026-04-10\n---\n\n正文。\n");
    p.file("content/disclosure/requests.csv", "编号,收到日期,申请内容,部门,办理结果,答复日期\n2026-014,2026-03-02,名单,办公室,予以公开,2026-03-12\n");
    p.file(
        "content/disclosure/plan.yaml",
        "- {what: 停车办法, department: civil, by: 2026-04-01, item: policies/p}\n- {what: 停车办法二, department: civil, by: 2026-04-10, item: policies/p}\n- {what: 停车办法二, department: civil, by: 2026-04-10, from_request: 2026-014}\n",
    );
    p.build();
    let page = p.read("public/disclosure/plan/index.html");
    assert!(page.matches("已公开（晚 9 天）").count() == 1, "{page}");
    let csv = p.read("public/disclosure/plan.csv");
    assert!(csv.contains("policies/p,2026-04-10,9") && csv.contains("policies/p,2026-04-10,\n"), "{csv}");
    let found = told(&p);
    assert!(
        says(&found, "SRC009", "计划里 `停车办法二` 与第 2 条重复") && says(&found, "SRC009", "申请 `2026-014` 是办公室的，这一条是民政局的"),
        "{found:#?}"
    );
}

/// F4: full and half width of one sign, a blank in the head of a chapter, a title that stands twice.
#[test]
fn the_width_of_signs_is_no_amendment() {
    let p = site();
    let policy = |name: &str, more: &str, body: &str| {
        p.file(&format!("content/policies/{name}.md"), format!("---\ntitle: 中华人民共和国停车法\nissuer: civil\nformed_on: {more}---\n\n{body}"));
    };
    policy(
        "old",
        "2020-02-02\npublished_at: 2020-02-02\n",
        "# 中华人民共和国停车法\n\n## 第一章 总则\n\n第一条 停车应当符合下列条件:\n\n（一）有车位；\n\n第二条 费用5元。\n\n## 附则\n\n第三条 本法自公布之日起施行。\n",
    );
    policy(
        "new",
        "2026-02-02\npublished_at: 2026-02-02\nrepeals: [old]\n",
        "# 中华人民共和国停车法\n\n中华人民共和国停车法\n\n## 第一章 总　则\n\n第一条 停车应当符合下列条件：\n\n（一）有车位；\n\n第二条 费用6元。\n\n## 第二章 附 则\n\n第三条 本法自公布之日起施行。\n",
    );
    p.build();
    let page = p.read("public/policies/new/compare/old/index.html");
    assert!(!page.contains("条文以外还有"), "{page}");
    assert!(page.contains("全角半角不同的算未变"), "{page}");
    assert!(!page.contains("<ins>：</ins>") && !page.contains("<ins> </ins>"), "{page}");
}

/// F22, F23: a body with letters of another script is one; who is not named is nobody.
#[test]
fn publishers_of_other_scripts_are_one_body_each() {
    let p = Project::new("title: T\nbase_url: https://example.org/\nas_of: 2026-06-30\n");
    p.file(
        "small.csv",
        "title,description,publisher\nA set,About a set.,Ville de Montréal\nB set,About b.,Amt für Daten und Statistik Kanton Basel-Land\nC set,About c.,民政局 财政局\nD set,About d.,暂无\n",
    );
    let ran = p.run(&["import", "csv", "small.csv", "--type", "dataset"]);
    assert!(ran.code <= 1, "{ran:#?}");
    let all = p.read("content/departments.yaml");
    for name in ["Ville de Montréal", "Amt für Daten und Statistik Kanton Basel-Land", "民政局", "财政局"] {
        assert!(all.contains(name), "{name}: {all}");
    }
    assert_eq!((all.matches("name:").count(), all.contains("暂无")), (4, false), "{all}");
    assert!((ran.out.clone() + &ran.err).contains("no department"), "{ran:#?}");
}

/// F27, F6, F12, F29, F11: what readers see.
#[test]
fn readers_see_what_a_figure_is_of() {
    let p = site();
    let row = |n: u32, came: &str, consent: &str| format!("2026-{n:03},咨询,问题{n}怎么办,请问,{came},待处理,,,{consent},,,\n");
    p.file("content/feedback/civil.csv", format!("{HEAD}{}{}{}", row(1, "2026-02-02", "是"), row(2, "2026-02-03", "否"), row(3, "2026-06-29", "是")));
    p.file(
        "content/consultations/yj.csv",
        format!("意见,采纳情况,理由\n{}{}{}", "甲,采纳,\n".repeat(10), "乙,部分采纳,\n".repeat(5), "丙,未采纳,不在范围\n".repeat(5)),
    );
    p.file(
        "content/consultations/c.md",
        "---\ntitle: 停车征求意见\nissuer: civil\npublished_at: 2026-02-01\nopens: 2026-02-01\ncloses: 2026-03-10\nexplanation: 说明\nchannels: {mail: a@example.org, post: 某路 1 号}\nresult: {on: 2026-03-20, received: 20, adopted: 11, partly: 5, rejected: 5, rows: yj.csv}\n---\n\n请提意见。\n",
    );
    p.file(
        "content/disclosure/requests.csv",
        "编号,收到日期,申请内容,部门,办理结果,答复日期\n2026-001,2026-03-02,甲,民政局,属于国家秘密,2026-06-12\n2026-002,2026-03-02,乙,民政局,,\n2026-003,2026-06-01,丙,民政局,予以公开,2026-06-03\n2026-004,2026-06-29,丁,民政局,,\n",
    );
    p.file(
        "content/disclosure/exceptions.yaml",
        "- {title: 人事卷宗, ground: 条例第十六条第一款, department: civil, decided_on: 2026-02-02, review_on: 2026-01-02}\n",
    );
    p.build();
    let page = p.read("public/scorecards/of/civil/index.html");
    assert!(page.contains("id=\"vetoes\"") && page.contains("来信超过三个月没有答复（2 处）") && page.contains("一封不公开的来信"), "{page}");
    assert!(page.contains("/feedback/civil/2026-001/"), "{page}");
    let v: Value = serde_json::from_str(&p.read("public/scorecards.json")).unwrap();
    assert_eq!((v["site"]["vetoed"][0]["code"].as_str(), v["site"]["vetoed"][0]["items"].as_array().map(Vec::len)), (Some("INT001"), Some(2)));
    let page = p.read("public/consultations/c/index.html");
    assert!(page.contains("各项合计 21 条，与收到的 20 条不符。") && page.contains("“采纳”写的是 11 条，逐条的表里数出 10 条。"), "{page}");
    let json: Value = serde_json::from_str(&p.read("public/consultations/c/opinions.json")).unwrap();
    assert_eq!(json["doubts"].as_array().map(Vec::len), Some(2));
    let csv = p.read("public/disclosure/requests.csv");
    let of = |no: &str| csv.lines().find(|l| l.trim_start_matches('\u{feff}').starts_with(no)).unwrap_or_default().trim_end().to_string();
    assert!(of("2026-001").ends_with(",answered,no") && of("2026-002").ends_with(",overdue,no"), "{csv}");
    assert!(of("2026-003").ends_with(",answered,yes") && of("2026-004").ends_with(",open,"), "{csv}");
    let page = p.read("public/disclosure/requests/index.html");
    assert!(page.contains("<strong class=\"late\">超过期限</strong>") && !page.contains("<strong class=\"late\">不予公开"), "{page}");
    let page = p.read("public/disclosure/exceptions/index.html");
    assert!(page.contains("条例第十六条第一款") && page.contains("内部事务信息"), "{page}");
    let found = told(&p);
    assert!(says(&found, "POL003", "复核日期 2026-01-02 早于决定日期 2026-02-02") && !says(&found, "SRC008", "条例第十六条"), "{found:#?}");
}

/// The property of issue 15 for every cell of a late, badly rated letter, and for what else a clerk may take out.
#[test]
fn no_cell_of_a_letter_earns_anything_when_it_is_emptied() {
    let p = site();
    let sheet = "content/feedback/office.csv";
    let row = "2026-001,咨询,问题1怎么办,请问,2026-05-06,已处理,2026-06-26,可以。,是,1,3,2026-05-13";
    p.file(sheet, letters(row));
    p.build();
    assert_eq!((counted(&p, "office", "letters_limit"), counted(&p, "office", "rating")), ((34, 35), (171, 175)));
    let before = scores(&p);
    p.file("earlier.json", p.read("public/scorecards.json"));
    p.file("site.yaml", SITE.replace("scorecards: {}", "scorecards: {earlier: earlier.json}"));
    let cells: Vec<&str> = row.split(',').collect();
    for n in (0..cells.len()).filter(|n| !matches!(n, 2 | 3)) {
        let new: Vec<&str> = cells.iter().enumerate().map(|(i, c)| if i == n { "" } else { *c }).collect();
        p.file(sheet, letters(&new.join(",")));
        p.build();
        not_higher(&before, &p, &format!("cell {n} emptied"));
    }
    p.file(sheet, letters(row).replace(&format!("{row}\n"), ""));
    p.build();
    not_higher(&before, &p, "the letter deleted");
    // What every row of the register says of a letter without an earlier scorecard: consent and reply.
    p.file("site.yaml", SITE);
    for (n, word) in [(8, ""), (8, "否"), (7, ""), (6, ""), (11, "")] {
        let new: Vec<&str> = cells.iter().enumerate().map(|(i, c)| if i == n { word } else { *c }).collect();
        p.file(sheet, letters(&new.join(",")));
        p.build();
        not_higher(&before, &p, &format!("cell {n} is {word}"));
    }
}
