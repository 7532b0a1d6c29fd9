//! SEC015: what a file carries that its readers are not shown.

use super::*;
use crate::diag::{Span, say};
use crate::load::attachment::Unseen;
use crate::tables::Read;

/// SEC015
pub(super) static RULE: Rule = Rule {
    code: "SEC015",
    title: Phrase { zh: "附件带着读者看不到的内容", en: "an attachment carries what its readers are not shown" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "Word、WPS、PPT、OpenDocument、表格和 PDF 里常留着没有处理的修订（删去的话还在里面）、批注、隐藏或白色的文字、划了删除线的文字，谁下载都能看到，PDF 增量保存的，改掉的文字也还在（按较早的版本读出来比较），提醒后由人决定：接受修订、删去批注，再附上。属性里的作者、最后修改人、公司也随文件公开，只作说明（INFO）：在“检查文档”里去掉，或用单位的名字。照片里的拍摄地点（GPS）、相机和编辑信息，网站公布 JPEG、PNG、WebP 时自动去掉（像素不动，方向和颜色配置保留），这里说明去掉了；site.yaml 写 keep_image_metadata: true 就原样保留，并提醒。HEIC、TIFF 里的去不掉，请转成 JPEG。邮件合并留下的查询、工作簿的数据库连接也提醒。其中的个人信息和涉密标志另有 SEC003、SEC002 拦下。",
        en: "Documents, slides, workbooks and PDF often keep tracked changes that nobody has settled (what was struck out is still in them), comments, text that is hidden or white or struck through, and a PDF that was saved on top of itself what was replaced (its earlier states are read and compared); whoever downloads the file can read it. Accept the changes, take the comments out, attach the file again. Author, last editor and company in its properties become public with it; this is only told (INFO): take them out, or use the name of the office. The place where a photo was taken (GPS), and what camera and editor wrote into it, are taken out of JPEG, PNG and WebP when they are published (pixels are not touched; which way is up, and colours, stay), which is told here; keep_image_metadata: true in site.yaml leaves them in, with a warning. They cannot be taken out of HEIC and TIFF: turn these into JPEG. The query that a mail merge left, and connections of a workbook to databases, are told too. Personal data and marks of secrecy among all this are held by SEC003 and SEC002.",
    },
    source: "个人信息保护法 第六条、第二十五条",
    run: Run::Both(run, site),
};

/// What is to be told of a file, and whether somebody should do something.
fn told(read: &Read, keep: bool) -> Vec<(bool, Text, Text)> {
    let u: &Unseen = &read.file.unseen;
    let mut out = Vec::new();
    let clean = || {
        say!(
            "接受或拒绝修订、删去批注和隐藏的文字，PDF 另存或重新打印成一份，再附上",
            "settle the changes, take comments and hidden text out, save or print a PDF anew, and attach the file again"
        )
    };
    let mut zh: Vec<String> = Vec::new();
    let mut en: Vec<String> = Vec::new();
    if u.changes > 0 {
        zh.push(format!("没有处理的修订 {} 处", u.changes));
        en.push(crate::diag::counted(u64::from(u.changes), "tracked change", "tracked changes"));
    }
    if u.comments > 0 {
        zh.push(format!("批注 {} 处", u.comments));
        en.push(crate::diag::counted(u64::from(u.comments), "comment", "comments"));
    }
    if u.hidden > 0 {
        zh.push(format!("隐藏的文字 {} 字", u.hidden));
        en.push(format!("hidden text ({})", crate::diag::counted(u64::from(u.hidden), "character", "characters")));
    }
    if u.struck > 0 {
        zh.push(format!("划了删除线的文字 {} 字", u.struck));
        en.push(format!("text that is struck through ({})", crate::diag::counted(u64::from(u.struck), "character", "characters")));
    }
    if u.earlier > 0 {
        zh.push(format!("较早版本里已经改掉的文字 {} 字", u.earlier));
        en.push(format!("text of earlier states that was replaced ({})", crate::diag::counted(u64::from(u.earlier), "character", "characters")));
    }
    if !zh.is_empty() {
        out.push((true, Text { zh: format!("文件里有{}", zh.join("、")), en: format!("the file holds {}", en.join(", ")) }, clean()));
    }
    if u.sources {
        out.push((
            true,
            say!(
                "文件里有数据来源：邮件合并的查询和名单的位置，或数据库连接",
                "the file keeps where its data come from: the query of a mail merge and the place of its list, or a connection to a database"
            ),
            say!("改为普通文档、断开连接（可另存为新文件），再附上", "make it a normal document, cut the connection, and attach the file again"),
        ));
    }
    let who: Vec<&str> = u.people.iter().map(String::as_str).chain(u.company.as_deref()).collect();
    if !who.is_empty() {
        let (list, english) = (who.join("、"), who.join(", "));
        let (list, english) = (crate::personal::hide(&list), crate::personal::hide(&english));
        out.push((
            false,
            Text {
                zh: format!("文件属性里有作者或单位：{list}"), en: format!("the properties of the file name its authors or company: {english}")
            },
            say!("不想公开就在“检查文档”里去掉", "take them out of the file's properties where they are not meant to be public"),
        ));
    }
    if u.gps || u.thumbnail {
        let (zh, en) = match (u.gps, u.thumbnail) {
            (true, true) => ("拍摄地点（GPS）和缩略图", "the place where it was taken (GPS), and a small picture,"),
            (true, false) => ("拍摄地点（GPS）", "the place where it was taken (GPS)"),
            _ => ("缩略图", "a small picture"),
        };
        // A picture of its own; one within a document stays as it is.
        let own = crate::load::attachment::picture::strips(&read.blob.disk);
        out.push(if own && !keep {
            (
                false,
                say!("图片里有{zh}，公布的那份已经去掉", "the picture carried {en}; not in what is published"),
                say!("原文件不变", "the file itself is not changed"),
            )
        } else if u.gps {
            (
                true,
                say!("图片里有{zh}，会随文件公开", "the picture carries {en} and is published with it"),
                say!("去掉后再附上，或转成 JPEG", "take it out first, or turn the picture into JPEG"),
            )
        } else {
            return out;
        });
    }
    out
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for (_, read) in input.tables.all(item) {
        for (act, message, hint) in told(read, input.config.keep_image_metadata) {
            if act {
                found.data(item, read.span(0, 0), message, hint);
            } else {
                found.at(Severity::Info).data(item, read.span(0, 0), message, hint);
            }
        }
    }
}

fn site(input: &Input<'_>, found: &mut Found<'_>) {
    for (key, read) in &input.tables.statics {
        for (act, message, hint) in told(read, input.config.keep_image_metadata) {
            let span = Span::file(&format!("static/{key}"));
            if act {
                found.add(span, message, hint);
            } else {
                found.at(Severity::Info).add(span, message, hint);
            }
        }
    }
}
