//! Faults of people who moved sites in: labels of heads, what a source does not show, what Word shows, records that are not public,
//! translations, moved items.
#![expect(clippy::disallowed_methods, reason = "tests make files and change them")]

use crate::support::{Project, Ran, tree};

const ZH: &str = "title: 测试\nbase_url: https://example.org/\nlanguages: [zh-Hans]\nas_of: 2026-01-01\n";
const EN: &str = "title: Test\nbase_url: https://example.org/\nlanguages: [en]\ntime_zone: UTC\nas_of: 2026-01-01\n";

fn content(p: &Project) -> String {
    tree(&p.path("content")).into_values().map(|b| String::from_utf8_lossy(&b).into_owned()).collect::<Vec<_>>().join("\n")
}

fn import(p: &Project, args: &[&str]) -> Ran {
    p.run(&[&["import"], args].concat())
}

/// A saved page with these heads above its text.
fn page(heads: &str) -> String {
    format!(
        "<html><head><title>关于某事的通知_某市政府</title></head><body><h1>关于某事的通知</h1>{heads}<div class=\"TRS_Editor\"><p>各有关单位：现将有关事项通知如下，请认真贯彻执行。第一条 为了规范管理，制定本办法。</p><p>第二条 请各单位遵照执行。</p></div></body></html>"
    )
}

/// What is imported of one source alone.
fn alone(kind: &str, name: &str, bytes: impl AsRef<[u8]>) -> (String, Ran) {
    let p = Project::new(ZH);
    p.file(&format!("in/{name}"), bytes);
    let ran = import(&p, &[kind, "in"]);
    (content(&p), ran)
}

#[test]
fn a_state_is_found_however_its_label_is_written() {
    for heads in [
        "<p>有 效 性：失效</p>",
        "<p>发布日期：2024-05-06</p><p>【有效性】废止</p>",
        "<p>成文日期 | 2024-05-06 | 有效性 | 已废止</p>",
        "<table><tr><th>成文日期</th><th>有效性</th></tr><tr><td>2024-05-06</td><td>失效</td></tr></table>",
        "<table><tr><td>索引号：</td><td>001</td><td>有 效 性：</td><td>失 效</td></tr></table>",
        "<table><tr><td>有效性</td></tr><tr><td>失效</td></tr></table>",
        "<dl><dt>时效性</dt><dd>失效</dd></dl>",
        "<ul><li><label>有 效 性：</label><span>已废止</span></li></ul>",
        "<div><span>发布日期：2024-05-06</span><span>有效性：失效</span></div>",
        "<div>发布日期：2024-05-06；有效性：失效；来源：某局</div>",
        "<div>发布日期：2024-05-06，有效性：失效，来源：某局</div>",
        "<div>发布日期：2024-05-06有效性：失效来源：某局</div>",
        "<p>有效性　失效</p>",
        "<div><div>有效性</div><div>失效</div></div>",
        "<p>（有效性）失效</p>",
        "<p>是否有效：否</p>",
        "<p>有效性：已修改</p>",
        "<meta name=\"Validity\" content=\"失效\">",
        "<img src=\"a.png\" alt=\"已失效\">",
        "<p>该文件已废止</p>",
        // Not for everybody.
        "<p><b>公开方式</b>：不予公开</p>",
        "<p>公 开 方 式：依 申 请 公 开</p>",
        "<p>公开属性：不予公开</p>",
        "<p>公开范围：内部</p>",
        "<p>密级：秘密</p>",
        "<p>状态：草稿</p>",
        "<p>文件状态：待审核</p>",
        "<span>信息公开类型：依申请公开</span>",
    ] {
        let (made, ran) = alone("html", "a.html", page(heads));
        assert!(made.contains("\ndraft: true\n") && ran.out.contains("IMP002"), "{heads}\n{made}\n{ran:#?}");
    }
    for heads in [
        "<p>有效性：有效</p>",
        "<p>公开方式：主动公开</p><p>有 效 性：现行有效</p>",
        "<ul><li>全部</li><li>有效</li><li>失效</li><li>废止</li></ul>",
        "<p>公开时限：长期</p>",
        "<nav><a>依申请公开</a><a>失效文件</a></nav>",
        "<p>废止日期：无</p>",
    ] {
        let (made, ran) = alone("html", "a.html", page(heads));
        assert!(!made.contains("draft:"), "{heads}\n{made}\n{ran:#?}");
    }
    let (made, _) = alone(
        "html",
        "a.html",
        page(
            "<p>发 布 日 期：2024-05-06</p><p>索 引 号：00001/2024-0001</p><p>发文　字号：某政发〔2024〕1号</p><div><span>生效时间：</span><span>2024-06-01</span><span>废止日期：2030-12-31</span></div>",
        ),
    );
    for field in
        ["published_at: 2024-05-06\n", "index_no: 00001/2024-0001\n", "doc_no: 某政发〔2024〕1号\n", "effective_from: 2024-06-01\n", "expires_on: 2030-12-31\n"]
    {
        assert!(made.contains(field), "{field}\n{made}");
    }
    for title in ["关于某事的通知（已废止）", "【失效】关于某事的通知"] {
        let (made, _) = alone("html", "a.html", page("").replace("关于某事的通知", title));
        assert!(made.contains("\ndraft: true\n"), "{title}\n{made}");
    }
}

#[test]
fn heads_of_texts_and_documents_lose_nothing() {
    for text in [
        "关于某事的通知\n\n发 布 日 期：2024-05-06\n有效性：失效\n\n第一条 正文。\n",
        "关于某事的通知\n发布日期：\n2024-05-06\n有效性：\n失效\n\n第一条 正文。\n",
        "关于某事的通知\n\n成文日期 | 2024-05-06 | 有效性 | 失效\n\n第一条 正文。\n",
    ] {
        let (made, ran) = alone("text", "a.txt", text);
        assert!(
            made.contains("\ndraft: true\n") && made.contains("2024-05-06\n") && made.contains("第一条 正文。") && !made.contains("\n失效\n"),
            "{text}\n{made}\n{ran:#?}"
        );
    }
    let (made, _) = alone(
        "text",
        "a.md",
        "# 关于某事的通知\n\n| 索引号 | 001/2 | 公开方式 | 不予公开 |\n| --- | --- | --- | --- |\n| 发布日期 | 2024-05-06 | 体裁 | 通知 |\n\n第一条 正文。<!-- 密文 -->\n",
    );
    for part in ["\ndraft: true\n", "index_no: 001/2\n", "disclosure_mode: 不予公开\n", "published_at: 2024-05-06\n", "体裁: 通知\n", "\n\n第一条 正文。\n"]
    {
        assert!(made.contains(part), "{part}\n{made}");
    }
    assert!(!made.contains("密文"), "{made}");
    // A table that is none of attributes stays in the text.
    let (made, _) = alone("text", "a.md", "# 收费目录\n\n| 名称 | 金额 | 依据 |\n| --- | --- | --- |\n| 甲 | 5 | 乙 |\n");
    assert!(made.contains("| 甲 | 5 | 乙 |") && made.contains("| 名称 | 金额 | 依据 |"), "{made}");
    let cell = |t: &str| format!("<w:tc>{}</w:tc>", para(t));
    let table = format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", cell("索引号"), cell("000/1"), cell("有 效 性"), cell("失效"));
    let (made, ran) = alone("docx", "a.docx", docx(&format!("{table}{}{}", para("关于表头的通知"), para("第一条 正文。")), &[]));
    for part in ["title: 关于表头的通知\n", "index_no: 000/1\n", "\ndraft: true\n", "有效性: 失效\n"] {
        assert!(made.contains(part), "{part}\n{made}\n{ran:#?}");
    }
}

#[test]
fn what_a_page_does_not_show_does_not_come() {
    let shown = "各单位：现将有关事项通知如下，请认真贯彻执行。";
    for hidden in [
        "<!-- 密文 -->",
        "<p style='position:absolute;left:-9999px'>密文</p>",
        "<p style='text-indent:-9999px'>密文</p>",
        "<p style='font-size:0'>密文</p>",
        "<p style='color:#fff'>密文</p>",
        "<p style='clip:rect(0,0,0,0);position:absolute'>密文</p>",
        "<p style='height:0;overflow:hidden'>密文</p>",
        "<p class=sr-only>密文</p>",
        "<p hidden>密文</p>",
        "<p><i class='icon' aria-hidden=true>密文</i>乙</p>",
        "<p style='color:#c00;background:#c00'>密文</p>",
        "<dialog>密文</dialog>",
        "<style>.TRS_Editor .m{display:none}</style><p class=m>密文</p>",
        "<div style='mso-element:comment-list'><p>密文</p></div>",
    ] {
        let body = page("").replace("<p>第二条", &format!("<p>{shown}</p>{hidden}<p>第二条"));
        let (made, ran) = alone("html", "a.html", body);
        let told = ran.out.contains("hidden in the source") || ran.out.contains("comments in the source");
        assert!(!made.contains("密文") && made.contains(shown) && told, "{hidden}\n{made}\n{ran:#?}");
    }
    // In Markdown too, but for code that shows it.
    let p = Project::new(ZH);
    p.file(
        "in/content/news/a.md",
        "---\ntitle: 甲\n---\n正文<!-- 密文 -->。\n\n<div style=\"display:none\">密文</div>\n\n[//]: # (密文)\n\n用 `<!-- 注 -->` 写注释。\n",
    );
    let ran = import(&p, &["hugo", "in"]);
    let made = content(&p);
    assert!(!made.contains("密文") && made.contains("正文。") && made.contains("用 `<!-- 注 -->` 写注释。"), "{made}");
    assert!(ran.out.contains("comments in the source are not taken over: 2") && ran.out.contains("hidden in the source is taken out (1)"), "{ran:#?}");
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"r\"";

fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    put("[Content_Types].xml", "<Types/>");
    put("word/document.xml", &format!("<w:document {W}><w:body>{body}</w:body></w:document>"));
    more.iter().for_each(|(n, t)| put(n, t));
    zip.finish().unwrap().into_inner()
}

fn run(t: &str, looks: &str) -> String {
    format!("<w:r><w:rPr>{looks}</w:rPr><w:t xml:space=\"preserve\">{t}</w:t></w:r>")
}

fn para(t: &str) -> String {
    format!("<w:p>{}</w:p>", run(t, ""))
}

/// The text of a document of Word as it is imported.
fn word(body: &str, more: &[(&str, &str)]) -> (String, Ran) {
    alone("docx", "a.docx", docx(&format!("{}{body}", para("关于文档的通知")), more))
}

#[test]
fn what_word_does_not_show_does_not_come() {
    let styles = format!(
        "<w:styles {W}><w:style w:styleId=\"H\"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId=\"H2\"><w:basedOn w:val=\"H\"/></w:style></w:styles>"
    );
    let field = |code: &str, inner: &str, shown: &str| {
        format!(
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\">{inner}</w:fldChar></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
            run(shown, "")
        )
    };
    for (body, told) in [
        (format!("<w:p>{}</w:p>", run("密文", "<w:vanish/>")), "hidden in the document"),
        (format!("<w:p>{}</w:p>", run("密文", "<w:rStyle w:val=\"H2\"/>")), "hidden in the document"),
        (format!("<w:p>{}</w:p>", run("密文", "<w:color w:val=\"FFFFFF\"/>")), "hidden in the document"),
        (format!("<w:p>{}</w:p>", run("密文", "<w:sz w:val=\"2\"/>")), "hidden in the document"),
        (format!("<w:p><w:del>{}</w:del></w:p>", run("密文", "")), "tracked changes took out"),
        (format!("<w:p><w:ins>{}</w:ins></w:p>", run("密文", "")), "nobody accepted"),
        (
            format!("<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", para("密文"), para("留")),
            "tracked changes took out",
        ),
        (field(" IF 1=1 \"显\" \"密文\" ", "", "显"), ""),
        (field(" FORMTEXT ", "<w:ffData><w:textInput><w:default w:val=\"密文\"/></w:textInput></w:ffData>", "密文"), "nobody filled in"),
        (format!("<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>", run("密文", "")), "nobody filled in"),
        ("<w:p><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>".to_string(), "comments in the source"),
    ] {
        let comments = format!("<w:comments {W}><w:comment w:id=\"0\">{}</w:comment></w:comments>", para("密文"));
        let (made, ran) =
            word(&format!("{}{body}{}", para("第一条 甲。"), para("第二条 乙。")), &[("word/styles.xml", &styles), ("word/comments.xml", &comments)]);
        assert!(!made.contains("密文") && made.contains("第一条 甲。") && made.contains("第二条 乙。") && ran.out.contains(told), "{body}\n{made}\n{ran:#?}");
        assert_eq!(made.contains("draft: true"), told == "nobody accepted", "{body}\n{made}");
    }
    let (made, _) = word(&format!("<w:p>{}</w:p>", run("白字", "<w:color w:val=\"FFFFFF\"/><w:shd w:val=\"clear\" w:fill=\"000000\"/>")), &[]);
    assert!(made.contains("白字"), "{made}");
    let tick = "<w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked w:val=\"1\"/></w:checkBox></w:ffData>";
    let (made, _) = word(&field(" FORMCHECKBOX ", tick, "").replace("</w:p>", &format!("{}</w:p>", run("同意", ""))), &[]);
    assert!(made.contains("☑同意"), "{made}");
}

#[test]
fn the_published_text_is_what_word_shows() {
    let lines = [
        "甲~~乙~~丙",
        "甲*乙*丙 _丁_ __戊__ **己**",
        "&amp;copy; &amp;lt;b&amp;gt; &lt;b&gt;粗&lt;/b&gt; a|b `x` [x](y) ![x](y)",
        "约3~5米，6~8米",
        "# 不是标题",
        "#不是标题",
        "- 不是列表",
        "1. 不是列表",
        ": 不是释义",
        "| a | b |",
        "[^1]: 不是注",
        "*[HTML]: x",
        "3*4=12 5**6 7***8",
        "&lt;!-- 不是注释 --&gt;",
        "&amp;#35; 号",
        "末尾\\",
    ];
    let body: String = lines.iter().map(|l| para(l)).collect();
    let emphasis = [
        run("粗", "<w:b/>"),
        run("体", ""),
        run("斜", "<w:i/>"),
        run("粗斜", "<w:b/><w:i/>"),
        run("常", ""),
        run("强", "<w:b/>"),
        run("调", "<w:i/>"),
        run("末", ""),
    ]
    .concat();
    let styles = format!("<w:styles {W}><w:style w:styleId=\"Strong\"><w:rPr><w:b/></w:rPr></w:style></w:styles>");
    let p = Project::new(ZH);
    p.file(
        "in/a.docx",
        docx(
            &format!("{}{body}<w:p>{emphasis}</w:p><w:p>{}</w:p>", para("关于文档的通知"), run("样式", "<w:rStyle w:val=\"Strong\"/>")),
            &[("word/styles.xml", &styles)],
        ),
    );
    import(&p, &["docx", "in", "--type", "news"]);
    p.build();
    let public = tree(&p.path("public"));
    let html = public
        .iter()
        .find(|(n, b)| n.ends_with("/index.html") && n.starts_with("news/") && String::from_utf8_lossy(b).contains("不是列表"))
        .map(|(_, b)| crate::support::bare(&String::from_utf8_lossy(b)));
    let html = html.unwrap_or_else(|| panic!("{:?}", public.keys()));
    for l in lines {
        // In HTML as XML has it.
        let want = l.to_string();
        let shown = html.replace("&quot;", "\"").replace("&#39;", "'").replace("&gt;", ">").replace("<wbr>", "");
        let want = want.replace("&gt;", ">");
        assert!(shown.contains(&format!("<p>{want}</p>")), "{want}\n{}\n{}", content(&p), &shown[shown.find("<article").unwrap_or(0)..]);
    }
    for part in ["<strong>粗</strong>体<em>斜<strong>粗斜</strong></em>常", "<strong>强</strong><em>调</em>末", "<strong>样式</strong>"] {
        assert!(html.contains(part), "{part}\n{}", content(&p));
    }
}

#[test]
fn links_of_fields_and_numbers_of_lists_are_those_that_word_shows() {
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\">\
         <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
         <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>\
         <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%3.\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    let item = |t: &str, l: u8| format!("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{l}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}</w:p>", run(t, ""));
    let link = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> HYPERLINK \"https://a.cn/b\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>链接</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t>后</w:t></w:r></w:p>";
    let body = [
        item("总则", 0),
        item("目的", 1),
        item("甲", 2),
        item("乙", 2),
        item("范围", 1),
        item("丙", 2),
        item("附则", 0),
        para("插话"),
        item("其他", 0),
        link.to_string(),
    ]
    .concat();
    let (made, ran) = word(&body, &[("word/numbering.xml", &numbering)]);
    assert!(
        made.contains("一、总则\n\n（一）目的\n\n1. 甲\n2. 乙\n\n（二）范围\n\n1. 丙\n\n二、附则\n\n插话\n\n三、其他\n\n[链接](https://a.cn/b)后\n"),
        "{made}\n{ran:#?}"
    );
    assert!(ran.out.contains("`%1、`"), "{ran:#?}");
}

#[test]
fn rows_of_one_title_are_two_items_and_one_without_is_a_draft() {
    let p = Project::new(ZH);
    p.file(
        "in/a.csv",
        "title,url,publisher\n甲,https://a.cn/1.csv,某局\n,https://a.cn/2.csv,某局\n甲,https://a.cn/3.csv,某局\nundefined,https://a.cn/4.csv,某局\n",
    );
    let ran = import(&p, &["csv", "in/a.csv"]);
    let made = content(&p);
    for n in 1..=4 {
        assert!(made.contains(&format!("https://a.cn/{n}.csv")), "{n}\n{made}");
    }
    assert_eq!((made.matches("title: 甲\n").count(), made.matches("draft: true").count()), (2, 2), "{made}\n{ran:#?}");
    assert!(ran.out.contains("there is no title") && ran.out.contains("`undefined`") && ran.out.contains("has the same title"), "{ran:#?}");
    let before = tree(p.root());
    assert!(import(&p, &["csv", "in/a.csv"]).err.contains("4 unchanged"));
    assert_eq!(before, tree(p.root()));
    // CKAN without a title or a name; ids that differ by case.
    let p = Project::new(EN);
    p.file("in/a.json", r#"{"success":true,"result":{"results":[{"title":"","notes":"n","resources":[]},{"id":"A1","name":"Roads","title":"Roads"},{"id":"a1","name":"roads","title":"Roads"}]}}"#);
    let ran = import(&p, &["ckan", "in"]);
    let made = content(&p);
    assert!(
        made.matches("title: ").count() == 3 && made.matches("draft: true").count() == 1 && made.contains("id: A1\n") && made.contains("id: a1\n"),
        "{made}\n{ran:#?}"
    );
    assert!(import(&p, &["ckan", "in"]).err.contains("3 unchanged"));
}

#[test]
fn what_catalogues_keep_back_is_kept_back() {
    let held = |kind: &str, name: &str, text: &str| {
        let p = Project::new(EN);
        p.file(&format!("in/{name}"), text);
        let ran = import(&p, &[kind, "in"]);
        let made = content(&p);
        assert!(
            (made.contains("\ndraft: true\n") || made.contains("access_rights: closed") || made.contains("access_rights: conditional"))
                && ran.out.contains("IMP00"),
            "{kind} {text}\n{made}\n{ran:#?}"
        );
    };
    for head in ["hidden: true", "published: false", "draft: yes", "visible: false", "status: draft", "unlisted: true", "private: 1", "accessLevel: non-public"]
    {
        held("jkan", "_datasets/a.md", &format!("---\ntitle: A\n{head}\n---\n"));
    }
    for part in [
        r#""private":true"#,
        r#""state":"draft""#,
        r#""state":"deleted""#,
        r#""visibility":"private""#,
        r#""extras":[{"key":"private","value":"true"}]"#,
        r#""extras":[{"key":"accessLevel","value":"non-public"}]"#,
        r#""access_rights":"confidential""#,
    ] {
        held("ckan", "a.json", &format!(r#"{{"success":true,"result":[{{"id":"a","name":"a","title":"A",{part}}}]}}"#));
    }
    for part in [r#""private":true"#, r#""deleted":"2024-01-01""#, r#""archived":"2024-01-01""#] {
        held("udata", "a.json", &format!(r#"{{"data":[{{"id":"a","slug":"a","title":"A",{part}}}]}}"#));
    }
    for level in ["non-public", "restricted public", "Internal?"] {
        held("dcat-us", "data.json", &format!(r#"{{"dataset":[{{"identifier":"a","title":"A","accessLevel":"{level}"}}]}}"#));
    }
}

/// What federal catalogues say in fields of their own comes out of `data.json` as it came in.
#[test]
fn fields_of_federal_catalogues_come_out_again() {
    let p = Project::new(EN);
    let one = |id: &str, more: &str| {
        format!(
            r#"{{"identifier":"{id}","title":"{id}","description":"d","keyword":["k"],"modified":"2024-01-01","accessLevel":"public","publisher":{{"name":"O"}}{more}}}"#
        )
    };
    let contact = r#","contactPoint":{"fn":"x","hasEmail":"mailto:a@example.org"}"#;
    let own = r#","bureauCode":["015:11"],"programCode":["015:001","015:002"],"dataQuality":true,"primaryITInvestmentUII":"015-000006002","references":["https://a.gov/r"],"conformsTo":"https://a.gov/c","describedBy":"https://a.gov/d.pdf","describedByType":"application/pdf","rights":"none","accrualPeriodicity":"R/PT1S""#;
    p.file("data.json", format!(r#"{{"dataset":[{},{}]}}"#, one("one", &format!("{contact}{own}")), one("two", "")));
    import(&p, &["dcat-us", "data.json"]);
    let ran = p.run(&["export", "dcat-us"]);
    let out: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    let source: serde_json::Value = serde_json::from_str(&p.read("data.json")).unwrap();
    // Without a mail address to ask at one is left out, and the others are not.
    assert_eq!(out["dataset"].as_array().map(Vec::len), Some(1), "{out:#}");
    for key in [
        "bureauCode",
        "programCode",
        "dataQuality",
        "primaryITInvestmentUII",
        "references",
        "conformsTo",
        "describedBy",
        "describedByType",
        "rights",
        "accrualPeriodicity",
    ] {
        assert_eq!(out["dataset"][0][key], source["dataset"][0][key], "{key}");
    }
    p.build();
    assert!(p.read("public/data.json").contains("\"identifier\":\"one\""));
    // All federal catalogues at hand.
    let beside = || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let data = std::env::var_os("CLERESTORY_DATA").map_or_else(beside, std::path::PathBuf::from).join("dcat-us-A");
    if !data.is_dir() {
        return;
    }
    let p = Project::new(EN);
    let (mut all, mut same) = (0, 0);
    let mut source = std::collections::BTreeMap::new();
    for file in ["consumerfinance", "fcc", "gsa", "opm", "treasury"] {
        let file = data.join(format!("{file}.json"));
        import(&p, &["dcat-us", file.to_str().unwrap()]);
        let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        source.extend(json["dataset"].as_array().unwrap().iter().map(|d| (d["identifier"].as_str().unwrap().to_string(), d.clone())));
    }
    let ran = p.run(&["export", "dcat-us"]);
    let out: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    for d in out["dataset"].as_array().unwrap() {
        all += 1;
        let was = &source[d["identifier"].as_str().unwrap()];
        same += usize::from(
            ["bureauCode", "programCode", "dataQuality", "primaryITInvestmentUII", "references"]
                .iter()
                .all(|k| was.get(k).is_none_or(|v| v.is_null() || d.get(k) == Some(v))),
        );
    }
    assert_eq!((source.len(), all, same), (776, 776, 776));
}

#[test]
fn old_addresses_of_every_language_lead_to_it() {
    let p = Project::new("title: {zh-Hans: 测试, en: Test}\nbase_url: https://example.org/\nlanguages: [zh-Hans, en]\nas_of: 2026-01-01\n");
    p.file("in/hugo.toml", "defaultContentLanguage = \"zh\"\n[permalinks]\nposts = \"/:year/:slug/\"\n")
        .file("in/content/posts/a.md", "---\ntitle: 甲\ndate: 2021-04-02\nslug: jia\naliases: [/old-a/]\n---\n正文甲\n")
        .file("in/content/posts/a.en.md", "---\ntitle: A\ndate: 2021-04-02\nslug: jia\naliases: [/en/old-a/, old-b]\n---\nText A\n")
        .file("in/content/en/posts/b.md", "---\ntitle: B\ndate: 2021-04-02\n---\nText B\n")
        .file("in/content/posts/b.md", "---\ntitle: 乙\ndate: 2021-04-02\n---\n正文\n")
        .file("in/content/posts/c/index.md", "---\ntitle: 丙\ndate: 2021-04-02\nurl: /c-url/\n---\n正文\n")
        .file("in/content/posts/c/index.en.md", "---\ntitle: C\ndraft: true\ndate: 2021-04-02\nurl: /en/c-url/\n---\nText\n");
    let ran = import(&p, &["hugo", "in"]);
    assert!(p.read("content/news/jia.md").contains("aliases: [/old-a/, /2021/jia/]"), "{ran:#?}\n{}", content(&p));
    let en = p.read("content/news/jia.en.md");
    assert!(
        en.contains("title: A\n")
            && en.contains("aliases: [/en/old-a/, /en/2021/old-b, /en/2021/jia/]")
            && en.contains("Text A")
            && !en.contains("published_at"),
        "{en}"
    );
    assert!(p.read("content/news/b.en.md").contains("Text B") && !p.exists("content/news/c.en.md"), "{}", content(&p));
    assert!(ran.out.contains("the translation is a draft"), "{ran:#?}");
    p.build();
    let rules = p.read("public/_redirects");
    let to = |from: &str| {
        rules
            .lines()
            .find(|l| l.split_whitespace().next().is_some_and(|f| f.trim_end_matches('/') == from))
            .map(|l| l.split_whitespace().nth(1).unwrap_or("").to_string())
    };
    assert_eq!((to("/old-a").as_deref(), to("/en/old-a").as_deref()), (Some("/news/jia/"), Some("/en/news/jia/")), "{rules}");
    assert!(import(&p, &["hugo", "in"]).err.contains("5 unchanged"), "{:#?}", import(&p, &["hugo", "in"]));
}

#[test]
fn maps_of_columns_are_checked_and_lists_without_a_head_are_read() {
    let p = Project::new(EN);
    p.file("b.csv", "Name,Link,Owner\nRoads,https://a.cn/1.csv,O\n").file("n.csv", "Roads,https://a.cn/1.csv,O\nBridges,https://a.cn/2.csv,O\n");
    p.file("m1.yaml", "titel: Name\nresource.url: Link\n")
        .file("m2.yaml", "title: Nmae\nresource.url: Link\n")
        .file("m3.yaml", "title: 1\nresource.url: 2\npublisher: 3\n");
    let ran = import(&p, &["csv", "b.csv", "--map", "m1.yaml"]);
    assert!(ran.out.contains("there is no field `titel`") && ran.out.contains("did you mean `title`") && ran.out.contains("m1.yaml:1:1"), "{ran:#?}");
    let ran = import(&p, &["csv", "b.csv", "--map", "m2.yaml"]);
    assert!(ran.out.contains("there is no column `Nmae`") && ran.out.contains("did you mean `Name`"), "{ran:#?}");
    let ran = import(&p, &["csv", "n.csv", "--map", "m3.yaml"]);
    let made = content(&p);
    assert!(
        ran.err.contains("2 records: 2 new") && made.contains("title: Roads\n") && made.contains("title: Bridges\n") && made.contains("https://a.cn/2.csv"),
        "{made}\n{ran:#?}"
    );
}

#[test]
fn what_the_source_moved_is_the_same_item() {
    let p = Project::new(ZH);
    p.file("in/a/1.html", page("<p>索引号：00001/2024-0001</p><p>发布日期：2024-05-06</p>"))
        .file("in/2.html", page("<p>发布日期：2024-05-06</p>").replace("某事", "另事"));
    import(&p, &["html", "in"]);
    let files: Vec<String> = tree(&p.path("content/policies")).into_keys().collect();
    // It lies elsewhere now, under another title; the other is gone.
    std::fs::remove_dir_all(p.path("in")).unwrap();
    p.file("in/b/9.html", page("<p>索引号：00001/2024-0001</p><p>发布日期：2024-05-06</p>").replace("关于某事的通知", "关于某事的新通知"));
    let ran = import(&p, &["html", "in"]);
    assert_eq!(files, tree(&p.path("content/policies")).into_keys().collect::<Vec<_>>(), "{ran:#?}");
    let made = content(&p);
    assert!(made.contains("title: 关于某事的新通知\n") && made.contains("/a/1.html") && made.contains("/b/9.html"), "{made}\n{ran:#?}");
    assert!(ran.out.contains("the source moved `a/1.html` here") && ran.err.contains("1 updated") && ran.err.contains("1 no longer in the source"), "{ran:#?}");
    assert!(import(&p, &["html", "in"]).err.contains("1 unchanged"));
}

#[test]
fn twenty_of_one_kind_are_told_as_one() {
    let p = Project::new(EN);
    for n in 0..20 {
        p.file(&format!("in/_datasets/d{n:02}.md"), format!("---\ntitle: D{n}\nfrequency: now and then {n}\n---\n"));
    }
    let ran = import(&p, &["jkan", "in"]);
    assert_eq!(ran.out.matches("is not known\n").count(), 3, "{ran:#?}");
    assert!(ran.out.contains("more of the same kind: 17") && ran.out.contains("_datasets/d03.md:3") && ran.err.contains("20 warnings"), "{ran:#?}");
    // For machines all are there.
    let p = Project::new(EN);
    for n in 0..20 {
        p.file(&format!("in/_datasets/d{n:02}.md"), format!("---\ntitle: D{n}\nfrequency: now and then {n}\n---\n"));
    }
    assert_eq!(import(&p, &["jkan", "in", "--format", "json"]).out.matches("\"IMP002\"").count(), 20);
    // A package that names no data is told.
    p.file("dp/datapackage.json", r#"{"name":"x","title":"X"}"#);
    assert!(import(&p, &["data-package", "dp"]).out.contains("the package has no resources"));
}
