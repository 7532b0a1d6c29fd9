//! Masks that left something in clear, records that a source keeps back in words of its own, amounts under everyday heads, and texts
//! as Word and converters write them.

use crate::support::{Project, SITE_CN, shown, tree};
use clerestory::personal::{Sure, traces};

const EN: &str = "title: Open Data\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [{tag: en}]\n";
const HEAD: &str = "title: 名单\ndescription: 数据的说明文字。\npublisher: office\nlicense: CC-BY-4.0\nissued: 2025-12-01\nfrequency: irregular\n";

fn site() -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p
}

/// A dataset of one file, with what its resource says beside.
fn dataset(p: &Project, file: &str, bytes: impl AsRef<[u8]>, more: &str) {
    p.file(&format!("content/datasets/d/{file}"), bytes);
    p.file("content/datasets/d/dataset.yaml", format!("{HEAD}resources:\n- {{name: a, title: 甲, path: {file}{more}}}\n"));
}

/// What a file says, workbooks and archives unpacked.
fn words(name: &str, bytes: &[u8]) -> String {
    if ![".xlsx", ".ods", ".zip", ".docx"].iter().any(|e| name.ends_with(e)) {
        return shown(name, bytes);
    }
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut out = String::new();
    for i in 0..zip.len() {
        let (mut part, mut inner) = (zip.by_index(i).expect("a part"), Vec::new());
        std::io::Read::read_to_end(&mut part, &mut inner).expect("its bytes");
        out.push_str(&words(&part.name().expect("a name"), &inner));
    }
    out
}

/// The files of the site in which a word stands.
fn showing(p: &Project, word: &str) -> Vec<String> {
    tree(&p.path("public")).into_iter().filter(|(n, b)| words(n, b).contains(word)).map(|(n, _)| n).collect()
}

#[test]
fn a_mask_of_numbers_leaves_no_name_beside_them() {
    for (mask, cell, want) in [
        ("id", "110105196409183691（王小明）", "110105********3691"),
        ("mobile", "王小明13912345678", "139****5678"),
        ("mobile", "13912345678（王小明）", "139****5678"),
        ("mobile", "王小明 13912345678 转 801", "***"),
        ("card", "6222021234567890123（工行 王小明）", "6222****0123"),
        ("plate", "浙A12345（王小明）", "***"),
        ("name", "李*（王小明）", "李*****）"),
        ("address", "王小明家259号", "***"),
    ] {
        let p = site();
        dataset(&p, "a.csv", format!("v,n\n{cell},1\n{cell},2\n"), &format!(", schema: {{fields: [{{name: v, type: string, mask: {mask}}}, {{name: n}}]}}"));
        p.run(&["build", "--allow-errors"]);
        assert!(p.read("public/datasets/d/a/a.csv").contains(&format!("{want},1")), "{mask} {cell}: {}", p.read("public/datasets/d/a/a.csv"));
        assert_eq!(showing(&p, "小明"), Vec::<String>::new(), "{mask} {cell}");
    }
}

/// Whether a table with a mask is held, as the cells of a row do not stand under their heads.
fn held(file: &str, text: &str, masked: &str) -> bool {
    let p = site();
    dataset(&p, file, text, &format!(", schema: {{fields: [{{name: {masked}, mask: all}}]}}"));
    p.findings(&[]).iter().any(|f| f.0 == "SEC003")
}

#[test]
fn rows_that_do_not_fit_the_head_of_a_masked_table_hold_it() {
    let rows = "赵甲乙,1,甲\n钱丙丁,2,乙\n孙戊己,3,丙\n";
    // A comma too many, one too few, one in every row.
    assert!(held("a.csv", &format!("who,n,area\n{rows}Wang,Ming,9,b\n"), "who"));
    assert!(held("a.csv", &format!("n,who,area\n{rows}9 Wang,b\n"), "who"));
    assert!(held("a.csv", "n,who,area\nr1,1,赵甲乙,甲\nr2,2,钱丙丁,乙\nr3,3,孙戊己,丙\n", "who"));
    assert!(held("a.tsv", &format!("who\tn\tarea\n{}Wang\tMing\t9\tb\n", rows.replace(',', "\t")), "who"));
    // Nothing moves out of the first column where a cell is missing, nor where empty cells follow.
    assert!(!held("a.csv", &format!("who,n,area\n{rows}李庚辛,4\n"), "who"));
    assert!(!held("a.csv", &format!("who,n,area\n{rows}李庚辛,4,丁,,\n"), "who"));
    assert!(!held("a.csv", &format!("n,who,area\n{rows}"), "who"));
    assert!(!held("a.json", "[{\"n\":1,\"who\":\"赵甲乙\",\"area\":\"甲\"},{\"n\":2,\"who\":\"钱丙丁\"}]", "who"));
    let p = site();
    dataset(&p, "a.csv", format!("who,n,area\n{rows}Wang,Ming,9,b\n"), "");
    assert!(!p.findings(&[]).iter().any(|f| f.0 == "SEC003"));
    dataset(&p, "a.csv", format!("who,n,area\n{rows}Wang,Ming,9,b\n"), ", schema: {fields: [{name: who, mask: all}]}");
    p.run(&["build", "--allow-errors", "--hold-back"]);
    assert_eq!(showing(&p, "Ming"), Vec::<String>::new());
}

#[test]
fn a_dictionary_shows_no_values_of_a_masked_column() {
    let p = site();
    let told = ", schema: {fields: [{name: who, mask: all, title: 名, example: 欧阳小例, categories: [欧阳小类], trueValues: [欧阳小真], missingValues: [欧阳小缺], \
                constraints: {enum: [欧阳小举], pattern: 欧阳小式, minimum: 欧阳小限}}, {name: n, example: 壹佰}]}";
    dataset(&p, "a.csv", "who,n\n赵甲乙,1\n钱丙丁,2\n", told);
    p.run(&["build", "--allow-errors"]);
    assert_eq!(showing(&p, "欧阳小"), Vec::<String>::new());
    assert!(!showing(&p, "壹佰").is_empty());
}

/// What is said of an import, and the text of the item that it made.
fn imported(kind: &str, file: &str, text: &str) -> (String, String) {
    let p = Project::new(EN);
    p.file(file, text);
    let ran = p.run(&["import", kind, file.split('/').next().unwrap_or(file)]);
    assert!(ran.code < 2, "{ran:#?}");
    let all = tree(&p.path("content")).into_iter().filter(|(n, _)| !n.ends_with("departments.yaml"));
    (ran.out + &ran.err, all.map(|(_, b)| String::from_utf8_lossy(&b).into_owned()).collect())
}

fn package(more: &str) -> String {
    format!(
        r#"{{"success":true,"result":{{"results":[{{"id":"a1","name":"one","title":"One","notes":"z","state":"active",{more}"resources":[{{"url":"https://x.example/np.csv","format":"CSV","name":"S"}}]}}]}}}}"#
    )
}

#[test]
fn what_catalogues_keep_back_in_words_of_their_own_is_a_draft() {
    for (more, word) in [
        (r#""ready_to_publish":"false","#, "ready_to_publish"),
        (r#""approval_state":"approval_pending","#, "approval_pending"),
        (r#""publishing_status":"draft","#, "publishing_status"),
        (r#""moderation_state":"needs_review","#, "needs_review"),
        (r#""security_classification":"PROTECTED","#, "PROTECTED"),
        (r#""security_classification":"OFFICIAL: Sensitive","#, "OFFICIAL: Sensitive"),
        (r#""extras":[{"key":"编目状态","value":"待审核"}],"#, "待审核"),
        (r#""extras":[{"key":"access_constraints","value":"Internal only"}],"#, "Internal only"),
        (r#""extras":[{"key":"access-constraints","value":"Confidential; not for public use"}],"#, "not for public"),
        (r#""extras":[{"key":"access_constraints","value":"[\"restricted\"]"}],"#, "restricted"),
        (r#""del_flag":"1","#, "del_flag"),
    ] {
        let (said, text) = imported("ckan", "c.json", &package(more));
        assert!(text.contains("draft: true") && said.contains(word), "{more}: {text}\n{said}");
    }
    for more in [
        r#""ready_to_publish":"true","#,
        r#""approval_state":"approved","#,
        r#""security_classification":"UNCLASSIFIED","#,
        r#""security_classification":"none","#,
        r#""extras":[{"key":"access_constraints","value":"none"}],"#,
        r#""extras":[{"key":"access_constraints","value":"No restrictions on public access"}],"#,
        r#""del_flag":"0","#,
        r#""extras":[{"key":"编目状态","value":"已发布"}],"#,
    ] {
        let (said, text) = imported("ckan", "c.json", &package(more));
        assert!(!text.contains("draft: true"), "{more}: {text}\n{said}");
    }
    // A day that lies ahead is waited for.
    for (key, later) in [("portal_release_date", true), ("scheduled_publish_date", true), ("next_release_date", false)] {
        let p = Project::new(EN);
        p.file("c.json", package(&format!("\"{key}\":\"2099-01-01\",")));
        p.run(&["import", "ckan", "c.json"]);
        p.run(&["build", "--allow-errors", "--hold-back"]);
        assert_eq!(showing(&p, "x.example/np.csv").is_empty(), later, "{key}");
    }
}

#[test]
fn what_lists_keep_back_is_not_published() {
    for (head, word, kept) in [
        ("开放状态", "未开放", "access_rights: closed"),
        ("开放状态", "已关闭", "access_rights: closed"),
        ("删除标志", "1", "draft: true"),
        ("是否删除", "是", "draft: true"),
        ("上线状态", "已下线", "draft: true"),
        ("安全级别", "内部", "draft: true"),
    ] {
        let (said, text) = imported("csv", "l.csv", &format!("title,{head},url\nOne,{word},https://x.example/a.csv\n"));
        assert!(text.contains(kept) && said.contains(word), "{head} {word}: {text}\n{said}");
    }
    for (head, word) in [("开放状态", "已开放"), ("删除标志", "0"), ("是否删除", "否"), ("删除标志", "正常"), ("上线状态", "已上线")]
    {
        let (said, text) = imported("csv", "l.csv", &format!("title,{head},url\nOne,{word},https://x.example/a.csv\n"));
        assert!(!text.contains("draft: true") && !text.contains("closed"), "{head} {word}: {text}\n{said}");
    }
}

#[test]
fn a_page_that_hugo_no_longer_makes_is_a_draft() {
    let of = |day: &str| imported("hugo", "in/content/posts/a.md", &format!("---\ntitle: T\ndate: 2019-03-04\nexpiryDate: {day}\n---\nText.\n"));
    let (said, text) = of("2024-06-01");
    assert!(text.contains("draft: true") && text.contains("expires_on: 2024-06-01") && said.contains("Hugo makes no page"), "{text}\n{said}");
    let (said, text) = of("2099-06-01");
    assert!(!text.contains("draft: true") && text.contains("expires_on: 2099-06-01") && said.contains("stays public after"), "{text}\n{said}");
}

/// What a table of three large figures makes of its column: the codes about personal data.
fn codes(head: &str, end: &str) -> Vec<String> {
    let p = site();
    let rows = ["13745678912", "15123456789", "18612345678"].map(|n| format!("某项,{n}{end}\n")).concat();
    dataset(&p, "a.csv", format!("项目,{head}\n{rows}"), "");
    p.findings(&[]).into_iter().map(|f| f.0).filter(|c| c == "SEC003" || c == "SEC010").collect()
}

#[test]
fn amounts_under_everyday_heads_are_no_telephones() {
    let heads = "土地出让金 概算 借方 贷方 拨付 下达 年初数 期初数 年末数 去年同期 本月 份额 流通股 发行额 周转量 旅客周转量 交易量 浏览量 播放量 阅读量 点赞数 粉丝数 保有量 装机 读数 \
                 投资概算 财政拨付 资金下达 预算下达 出让价款 出让金（元）";
    for head in heads.split_whitespace() {
        assert!(!codes(head, "").contains(&"SEC003".to_string()), "{head}");
        assert!(!codes(head, ".00").contains(&"SEC003".to_string()), "{head} .00");
        let text = format!("全年{head}13745678912，比上年增长3.5%。");
        assert!(traces(&text).iter().all(|t| t.sure < Sure::Yes), "{text}");
    }
    // Two decimals tell an amount under any head, and one that is a telephone's is none.
    assert!(!codes("栏目", ".00").contains(&"SEC003".to_string()));
    assert_eq!(codes("栏目", ""), ["SEC003"]);
    assert_eq!(codes("联系电话", ".00"), ["SEC003"]);
    assert_eq!(codes("手机数", ""), ["SEC003"]);
    for text in ["联系人王金13745678912。", "联系人李量：13745678912。", "有事请打13745678912。", "预算科电话13745678912，手机13745678912"]
    {
        assert!(traces(text).iter().any(|t| t.sure == Sure::Yes), "{text}");
    }
}

const NAMES: [&str; 6] = ["王小明", "李建国", "张晓红", "刘秀英", "陈建军", "杨丽华"];

/// The codes about personal data of a file.
fn told(file: &str, text: &str) -> Vec<String> {
    let p = site();
    dataset(&p, file, text, "");
    p.findings(&[]).into_iter().map(|f| f.0).filter(|c| c == "SEC003" || c == "SEC010").collect()
}

fn rows(of: impl Fn(usize, &str) -> String) -> String {
    NAMES.iter().enumerate().map(|(i, n)| of(i, n) + "\n").collect()
}

#[test]
fn homes_and_illnesses_that_are_parted_over_columns_and_rows() {
    for (head, of) in [
        ("姓名,小区,幢,单元,室", (|i, n| format!("{n},翠苑一区,{},1,10{i}", i + 1)) as fn(usize, &str) -> String),
        ("姓名,街道,社区,楼号,房号", |i, n| format!("{n},翠苑街道,翠苑社区,{},10{i}", i + 1)),
        ("户主,村,组,门牌号", |i, n| format!("{n},李庄村,{}组,{}号", i % 5 + 1, i + 1)),
        ("姓名,艾滋病,肺结核", |i, n| format!("{n},{},否", if i % 2 > 0 { "是" } else { "否" })),
        ("姓名,ICD10", |_, n| format!("{n},B20")),
        ("姓名,强制隔离戒毒期限", |_, n| format!("{n},二年")),
    ] {
        assert!(told("a.csv", &format!("{head}\n{}", rows(of))).contains(&"SEC003".to_string()), "{head}");
    }
    for (head, of) in [
        ("企业名称,法定代表人,家庭住址", (|i, n| format!("某厂{i},{n},翠苑一区{i}幢1单元102室")) as fn(usize, &str) -> String),
        ("姓名,科室,请假原因", |_, n| format!("{n},办公室,肺癌")),
        ("老人姓名,经度,纬度,失能等级", |i, n| format!("{n},120.1{i}3456,30.2{i}3456,重度")),
        ("用户,手机号MD5", |i, _| format!("u{i},{i}e10adc3949ba59abbe56e057f20f883")),
    ] {
        assert!(told("a.csv", &format!("{head}\n{}", rows(of))).contains(&"SEC003".to_string()), "{head}");
    }
    for (head, of) in [
        ("姓名,经度,纬度", (|i, n| format!("{n},120.1{i}3456,30.2{i}3456")) as fn(usize, &str) -> String),
        ("姓名,住宅电话", |i, n| format!("{n},0571-8812345{i}")),
    ] {
        assert!(!told("a.csv", &format!("{head}\n{}", rows(of))).is_empty(), "{head}");
    }
    // Where somebody works is no home; what is told of some by law is looked at.
    assert!(!told("a.csv", &format!("姓名,部门,楼号,房间号\n{}", rows(|i, n| format!("{n},财务部,{},10{i}", i + 1)))).contains(&"SEC003".to_string()));
    assert_eq!(told("a.csv", &format!("姓名,罪名,刑期\n{}", rows(|_, n| format!("{n},盗窃罪,三年")))), ["SEC010"]);
    // On its side, a form, a line for each thing told, an object by name.
    let across = |label: &str, of: &dyn Fn(usize, &str) -> String| {
        let cells: Vec<String> = NAMES.iter().enumerate().map(|(i, n)| of(i, n)).collect();
        format!("{label},{}\n", cells.join(","))
    };
    let side = across("项目", &|i, _| i.to_string()) + &across("姓名", &|_, n| n.into()) + &across("家庭住址", &|i, _| format!("翠苑一区{i}幢1单元102室"));
    let long: String = rows(|i, n| format!("{i},姓名,{n}\n{i},住址,翠苑一区{i}幢1单元102室"));
    for (file, text) in [
        ("a.csv", side),
        ("a.csv", "姓名,王小明\n家庭住址,杭州市西湖区文三路259号3幢501室\n救助金额,2000\n".to_string()),
        ("a.csv", "姓名,王小明,性别,男\n病种,艾滋病,金额,200\n".to_string()),
        ("a.csv", format!("编号,项目,内容\n{long}")),
        ("a.json", r#"[{"key":"姓名","value":"王小明"},{"key":"住址","value":"翠苑一区1幢1单元102室"}]"#.to_string()),
        ("a.json", r#"[{"王小明":"翠苑一区1幢1单元102室","李建国":"翠苑一区2幢1单元102室"}]"#.to_string()),
    ] {
        assert!(told(file, &text).contains(&"SEC003".to_string()), "{text}");
    }
    // A description of the fields of a form is none.
    assert!(told("a.csv", "字段,类型,说明\n姓名,文本,必填\n家庭住址,文本,写到门牌号\n病种,文本,选填\n").is_empty());
    assert!(told("a.csv", "单位,地址\n某医院,文三路259号\n某学校,文三路260号\n").is_empty());
}

#[test]
fn forms_in_texts_go_on_over_blank_lines() {
    let home = "杭州市西湖区文三路259号3幢501室";
    for text in [
        format!("姓名：王小明\n\n性别：男\n\n家庭住址：{home}"),
        format!("姓名：王小明<br>性别：男<br>家庭住址：{home}"),
        "姓名：李建国\n\n病种：尿毒症".to_string(),
        "**姓名：** 李建国\n\n**诊断：** 艾滋病".to_string(),
        format!("姓名\n: 王小明\n\n住址\n: {home}"),
    ] {
        assert!(traces(&text).iter().any(|t| t.sure == Sure::Yes), "{text}");
    }
    for text in ["姓名：王小明\n\n本次征收的房屋地址见附件，位于文三路一带。", "姓名：王小明\n\n第二部分\n\n诊断试剂：甲型"]
    {
        assert!(traces(text).is_empty(), "{text}: {:?}", traces(text));
    }
}

#[test]
fn a_day_of_change_that_lies_ahead_is_not_published() {
    let p = site();
    p.file("content/datasets/d/a.csv", "地区,值\n甲,1\n乙,2\n");
    let head = HEAD.replace("irregular", "yearly").replace("issued: 2025-12-01", "issued: 2024-01-01\nmodified: 2027-11-01");
    p.file("content/datasets/d/dataset.yaml", format!("{head}resources:\n- {{name: a, title: 甲, path: a.csv}}\n"));
    let found = p.findings(&[]);
    assert!(found.iter().any(|f| f.0 == "POL003" && f.1.ends_with("dataset.yaml")), "{found:?}");
    p.run(&["build", "--allow-errors"]);
    assert_eq!(showing(&p, "2027-11-01"), Vec::<String>::new());
    assert_eq!(showing(&p, "2027年11月1日"), Vec::<String>::new());
    // Without it the data are late, and stay so.
    assert!(found.iter().any(|f| f.0 == "OD003"), "{found:?}");
    let p = site();
    p.file("content/datasets/d/a.csv", "地区,值\n甲,1\n乙,2\n");
    p.file("content/datasets/d/dataset.yaml", format!("{}resources:\n- {{name: a, title: 甲, path: a.csv}}\n", head.replace("2027-11", "2025-11")));
    assert!(!p.findings(&[]).iter().any(|f| f.0 == "POL003" || f.0 == "OD003"));
}

fn news(p: &Project, body: &str) {
    p.file("content/news/n.md", format!("---\ntitle: 消息\nissuer: [office]\npublished_at: 2025-11-01\n---\n{body}\n"));
}

#[test]
fn breaks_of_word_and_of_pages_are_read_as_what_they_mean() {
    let p = site();
    news(&p, "甲段\u{B}乙段\u{C}丙段，一\u{1E}二\u{1F}三。\n\n|项|值|\n|--|--|\n|丁\u{B}戊|1|");
    let found = p.findings(&[]);
    assert!(found.iter().any(|f| f.0 == "TXT003"), "{found:?}");
    p.run(&["build", "--allow-errors"]);
    let page = p.read("public/news/n/index.html").replace("<br>\n", "<br>");
    assert!(page.contains("甲段<br>乙段丙段，一-二三。") && page.contains("丁<br>戊") && !page.contains('\u{FFFD}'), "{page}");
}

#[test]
fn the_markdown_edition_has_characters_and_no_numbers() {
    let p = site();
    news(&p, "按照**“放管服”**，做好工作。\n\n**（一）甲。**乙\n\n甲**《乙》**和丙，*“丁”*戊。\n\n**己**庚");
    p.run(&["build", "--allow-errors"]);
    let text = p.read("public/news/n/index.md");
    for words in ["按照“**放管服**”，做好工作", "（**一）甲**。乙", "甲《**乙**》和丙", "“*丁*”戊", "**己**庚"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("&#"), "{text}");
}

#[test]
fn a_clause_below_a_table_is_a_clause() {
    let p = site();
    p.file("content/policies/l.md", "---\ntitle: 某办法\nissuer: [office]\npublished_at: 2025-11-01\n---\n第一条 甲：\n|项|值|\n|--|--|\n|a|1|\n第二条 乙。\n");
    p.run(&["build", "--allow-errors"]);
    let page = p.read("public/policies/l/index.html");
    assert!(page.contains("id=\"art-2\"") || page.contains("id=art-2"), "{page}");
}

#[test]
fn what_somebody_does_excuses_no_home_and_no_illness() {
    let home = "文三路259号3幢501室";
    for text in [
        format!("律师王小明，家住{home}。"),
        format!("教师王小明，家庭住址：{home}。"),
        format!("负责人王小明，户籍地{home}。"),
        format!("投资人：李建国，身份证住址：杭州市{home}。"),
        format!("经营者李建国，男，1980年1月1日生，住杭州市{home}。"),
        format!("社区矫正对象王小明，居住地杭州市{home}。"),
        "教师王小明患抑郁症在家休养。".to_string(),
        "局长王小明因患肺癌去世。".to_string(),
    ] {
        assert!(traces(&text).iter().any(|t| t.sure == Sure::Yes), "{text}");
    }
    for text in [
        format!("法定代表人王小明，住所地杭州市{home}。"),
        "医生王小明确诊三例艾滋病。".to_string(),
        "主任医师王小明，擅长肺癌的治疗。".to_string(),
        format!("某公司负责人王小明，办公地址：杭州市{home}。"),
    ] {
        assert!(!traces(&text).iter().any(|t| t.sure == Sure::Yes), "{text}");
    }
}
