//! SEC011: files that were not looked through for personal data.

use super::*;
use crate::diag::say;
use crate::load::attachment::Why;
use std::collections::{BTreeMap, BTreeSet};

/// SEC011
pub(super) static RULE: Rule = Rule {
    code: "SEC011",
    title: Phrase { zh: "附件没有查过个人信息", en: "files not looked through for personal data" },
    severity: [Some(Severity::Info), Some(Severity::Info), WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "附件里的文字都查个人信息和涉密标志：PDF、Word、WPS、PPT、OpenDocument、OFD、RTF、网页、文本、邮件（EML、MHT，连同附件）、表格、JSON，压缩包（ZIP、GZ、TAR）里的也查（三层为止）。没有查到的在这里说明原因：扫描的页和图片（图片上的字）、加了密码的、用别的压缩方法（bzip2、LZMA 等）打的压缩包、损坏的、太大的、压缩包里第 50 个以后的文件、字体没有说明是什么字的页、文字里大段的 base64、录音里说的话（MP3 的标签会读）、读不出的较早版本（PDF）、嵌入的对象（OLE）、宏、压缩包或 PDF 结束之后的字节、不认识的格式（7z、RAR、数据库等）。static/ 里的文件也一样，合在一条里说；那里的图片、字体、声音、影片不说。这些要由人看过；扫描件换成带文字的文件。",
        en: "The words of attachments are looked through for personal data and marks of secrecy: PDF, Word, WPS, slides, OpenDocument, OFD, RTF, web pages, texts, messages (EML, MHT, with what is attached), tables, JSON, also in archives (ZIP, GZ, TAR) (to a depth of three). What was not read is told here with the reason: scanned pages and pictures (the words in them), files that want a password, archives packed in another way than Deflate (bzip2, LZMA), files that are damaged or too large, the files of an archive beyond the fiftieth, pages whose fonts do not tell their letters, long base64 in a text, what is said in recordings (the labels of MP3 are read), earlier states of a PDF that cannot be read, embedded objects (OLE), macros, bytes behind the end of an archive or PDF, formats that are not known (7z, RAR, databases). So it is with files of static/, in one finding for all; pictures, fonts, sound and films there are not told. Somebody should look at these; put a file with text in the place of a scan.",
    },
    source: "个人信息保护法第二十五条、第二十八条；居民身份证法第十九条",
    run: Run::Both(run, site),
};

/// Most names that are told.
const NAMES: usize = 5;

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    // By their reasons, so that a gallery of pictures is one finding.
    let mut files: BTreeMap<Vec<&Why>, BTreeSet<&str>> = BTreeMap::new();
    for (_, read) in input.tables.all(item).filter(|(_, r)| r.file.why.iter().any(|w| w.unseen())) {
        files.entry(read.file.why.iter().filter(|w| w.unseen()).collect()).or_default().insert(read.key.rsplit('/').next().unwrap_or(&read.key));
    }
    if let Some(text) = told(&files) {
        found.data(item, crate::diag::Span::file(&item.doc().source.path), text, hint());
    }
}

fn hint() -> Text {
    say!("由人看一遍；能改成表格或文字的就改", "have somebody look at them; publish as a table or text what can be one")
}

/// Files of `static/`: pictures, letters, sound and programs of a page are what it is for, and have no words; the others are told.
fn site(input: &Input<'_>, found: &mut Found<'_>) {
    let mut files: BTreeMap<Vec<&Why>, BTreeSet<&str>> = BTreeMap::new();
    for (key, read) in &input.tables.statics {
        let why: Vec<&Why> = read.file.why.iter().filter(|w| !matches!(w, Why::Picture | Why::Sound)).collect();
        let kept = || crate::load::table::first_bytes(&read.blob).is_some_and(|b| of_pages(&b));
        // Base64 in a style or a script is a picture or a letter of its page.
        let inner = || why == [&Why::Coded] && [".css", ".js", ".mjs", ".map", ".svg", ".html", ".htm"].iter().any(|e| key.ends_with(e));
        if !(why.is_empty() || inner() || why == [&Why::Format] && kept()) {
            files.entry(why).or_default().insert(key);
        }
    }
    let first = files.values().flatten().min().map(|k| format!("static/{k}"));
    if let (Some(text), Some(first)) = (told(&files), first) {
        found.add(crate::diag::Span::file(&first), text, hint());
    }
}

/// Whether the first bytes are those of fonts, sound, films, icons or programs of a page.
fn of_pages(b: &[u8]) -> bool {
    let begins: [&[u8]; 14] = [
        b"wOFF",
        b"wOF2",
        b"OTTO",
        b"\0\x01\0\0\0",
        b"ttcf",
        b"true",
        b"ID3",
        b"\xFF\xFB",
        b"\xFF\xF1",
        b"OggS",
        b"fLaC",
        b"\x1A\x45\xDF\xA3",
        b"\0asm",
        b"\0\0\x01\0",
    ];
    begins.iter().any(|w| b.starts_with(w)) || b.get(4..8) == Some(b"ftyp") || b.starts_with(b"RIFF")
}

/// What is told of files, by their reasons; nothing where there are none.
fn told(files: &BTreeMap<Vec<&Why>, BTreeSet<&str>>) -> Option<Text> {
    if files.is_empty() {
        return None;
    }
    let n: usize = files.values().map(BTreeSet::len).sum();
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (why, names) in files {
        let list = crate::diag::few(names.iter(), NAMES);
        let words: Vec<Text> = why.iter().map(|w| w.text()).collect();
        zh.push(format!("{list}（{}）", words.iter().map(|t| t.zh.as_str()).collect::<Vec<_>>().join("，")));
        en.push(format!("{list} ({})", words.iter().map(|t| t.en.as_str()).collect::<Vec<_>>().join(", ")));
    }
    Some(Text {
        zh: format!("{n} 个文件没有查全个人信息：{}", zh.join("；")), en: format!("not wholly looked through for personal data: {}", en.join("; "))
    })
}
