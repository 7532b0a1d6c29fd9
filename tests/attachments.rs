//! Attachments: what stands in documents of every kind is found, nothing of it is published, and hostile files cost a finding.
//!
//! `tests/attachments/make.py` makes the files and `planted.tsv`, which tells what stands where. `tests/walks/planted` makes
//! them with 200 numbers of each kind in each place, and runs these tests on them.
#![expect(clippy::disallowed_methods, reason = "tests read files")]

use crate::support::{Project, SITE, SITE_CN, busy, shown, tree};
use clerestory::load::Blob;
use clerestory::load::attachment::{Why, picture};
use clerestory::load::table::{File, Settings, Spot, read_by};
use clerestory::personal::{Sure, traces};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    let kept = || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attachments");
    let many = std::env::var_os("CLERESTORY_PLANTED").filter(|_| name != "hostile").map(PathBuf::from);
    many.unwrap_or_else(kept).join(name)
}

fn read(path: &Path) -> File {
    read_by(&Blob::at(path), &Settings::default(), Some(Path::new(env!("CARGO_BIN_EXE_clerestory"))), None)
}

/// File, place, kind and number of everything that was planted.
fn planted() -> Vec<[String; 4]> {
    let text = std::fs::read_to_string(folder("planted.tsv")).unwrap();
    text.lines().map(|l| l.split('\t').map(String::from).collect::<Vec<_>>().try_into().unwrap()).collect()
}

#[test]
fn what_is_planted_in_documents_is_found_in_every_place() {
    let mut files: BTreeMap<String, Vec<[String; 4]>> = BTreeMap::new();
    planted().into_iter().for_each(|p| files.entry(p[0].clone()).or_default().push(p));
    assert!(files.len() >= 20, "{:?}", files.keys());
    let mut lost = Vec::new();
    let mut count = 0;
    for (name, list) in &files {
        let file = read(&folder("files").join(name));
        assert!(file.personal.iter().any(|p| p.sure == Sure::Yes), "{name}: {:?}", file.personal);
        // A workbook is judged by its columns: there the number of cells counts.
        if name.ends_with(".xlsx") {
            let cells: u64 = file.personal.iter().filter(|p| p.sure == Sure::Yes).map(|p| p.cells).sum();
            assert!(cells >= list.len() as u64, "{name}: {cells} of {}", list.len());
            continue;
        }
        let found: Vec<(String, String)> = file
            .pieces
            .iter()
            .flat_map(|p| {
                traces(&p.text).into_iter().filter(|t| t.sure == Sure::Yes).map(|t| {
                    // A line of a page may end within a number.
                    let rest: String = p.text[t.at.start..].chars().filter(|c| !c.is_whitespace()).take(t.at.len() + 40).collect();
                    (t.kind.word().to_string(), rest)
                })
            })
            .collect();
        for [_, place, kind, number] in list {
            count += 1;
            if !found.iter().any(|(k, text)| k == kind && text.contains(number.as_str())) {
                lost.push(format!("{name} {place} {kind} {number}"));
            }
        }
    }
    assert!(count > 1_800, "{count}");
    assert_eq!(lost, [""; 0], "of {count}");
}

#[test]
fn nothing_of_it_is_published() {
    let p = Project::new(SITE_CN);
    let mut names: Vec<String> = tree(&folder("files")).into_keys().collect();
    names.retain(|n| planted().iter().any(|p| p[0] == *n));
    for (i, name) in names.iter().enumerate() {
        let bytes = std::fs::read(folder("files").join(name)).unwrap();
        p.file(&format!("content/news/{i}.md"), format!("---\ntitle: 通知{i}\npublished_at: 2025-12-01\nattachments: [{i}-{name}]\n---\n正文。\n"));
        p.file(&format!("content/news/{i}-{name}"), &bytes);
        p.file(&format!("static/files/{name}"), &bytes);
    }
    p.file("content/news/open.md", "---\ntitle: 公开的通知\npublished_at: 2025-12-01\n---\n正文。\n");
    let ran = p.run(&["build", "--hold-back", "--allow-errors"]);
    assert!(ran.err.contains("held back"), "{ran:#?}");
    assert!(p.exists("public/news/open/index.html"));
    let numbers = planted();
    for (path, bytes) in tree(&p.path("public")) {
        let text = shown(&path, &bytes);
        let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let there = numbers.iter().find(|n| flat.contains(n[3].as_str()));
        assert!(there.is_none(), "{path}: {there:?}");
    }
    for name in &names {
        assert!(!p.exists(&format!("public/files/{name}")), "{name} of static/ is published");
    }
}

#[test]
fn findings_tell_the_page() {
    let p = Project::new(SITE_CN);
    for name in ["song.pdf", "slides.pptx", "nested.zip", "word.docx"] {
        p.file(&format!("content/news/{name}"), std::fs::read(folder("files").join(name)).unwrap());
    }
    p.file("content/news/a.md", "---\ntitle: 通知\npublished_at: 2025-12-01\nattachments: [song.pdf, slides.pptx, nested.zip, word.docx]\n---\n正文。\n");
    let ran = p.run(&["check"]);
    for words in [
        "page 2 holds a",
        "slide 3 holds a",
        "the text of the file holds a",
        "里层.zip/名单.txt: ",
        "what tracked changes took out holds a",
        "text that is hidden holds a",
        "a comment holds a",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let zh = p.run(&["check", "--lang", "zh"]);
    assert!(zh.out.contains("第 1 页里有居民身份证号") && zh.out.contains("没有处理的修订 42 处、批注 42 处、隐藏的文字"), "{}", zh.out);
    // None of the numbers stands in what is printed.
    let numbers = planted();
    let told = numbers.iter().filter(|n| n[2] != "person").find(|n| zh.out.contains(n[3].as_str()) || ran.out.contains(n[3].as_str()));
    assert_eq!(told, None);
}

#[test]
fn what_was_not_read_is_told_with_its_reason() {
    let why = |name: &str| read(&folder("files").join(name)).why.into_iter().collect::<Vec<_>>();
    assert_eq!(why("locked.pdf"), [Why::Password]);
    assert_eq!(why("scanned.pdf"), [Why::Scanned(vec![1, 2], 2)]);
    assert_eq!(why("photo.heic"), [Why::Picture]);
    for name in ["song.pdf", "printed.pdf", "word.docx", "slides.odp", "page.ofd", "text.wps", "nested.zip", "book.xlsx"] {
        assert_eq!(why(name), [], "{name}");
    }
    // Without the program a PDF is named, not passed over.
    assert!(read_by(&Blob::at(folder("files").join("song.pdf")), &Settings::default(), None, None).why.contains(&Why::Reader));
    let p = Project::new(SITE_CN);
    p.file("content/news/a.md", "---\ntitle: 通知\npublished_at: 2025-12-01\nattachments: [scanned.pdf, locked.pdf]\n---\n正文。\n");
    for name in ["scanned.pdf", "locked.pdf"] {
        p.file(&format!("content/news/{name}"), std::fs::read(folder("files").join(name)).unwrap());
    }
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("`scanned.pdf` (pages 1, 2: scanned, without text)") && ran.out.contains("`locked.pdf` (it wants a password)"), "{}", ran.out);
}

/// Time is that of a debug build on a busy machine; in a process apart the system keeps to one second of the processor and 256 MB.
#[test]
fn hostile_files_cost_a_finding() {
    for (name, bytes) in tree(&folder("hostile")) {
        let start = busy();
        let file = read(&folder("hostile").join(&name));
        let took = busy() - start;
        assert!(took.as_secs() < 25, "{name}: {took:?}");
        let told = !file.why.is_empty() || file.refused || !file.doubts.is_empty();
        // Sound as far as it goes, without any text.
        let empty = file.pieces.iter().all(|p| p.text.len() < 200);
        assert!(told || name == "nested.pdf" && empty, "{name} ({} bytes): {file:?}", bytes.len());
    }
    let why = |name: &str| read(&folder("hostile").join(name)).why;
    for name in ["fan.pdf", "burst.pdf"] {
        assert!(why(name).contains(&Why::Costly) || why(name).contains(&Why::Broken), "{name}: {:?}", why(name));
    }
    assert!(why("bomb.docx").contains(&Why::Large) && why("deep.zip").contains(&Why::Deep));
}

const DOCX: &str = r#"<w:document xmlns:w="x"><w:body>"#;

/// The least Word document.
fn docx(paragraphs: &[&str]) -> Vec<u8> {
    use std::io::Write as _;
    let body: String = paragraphs.iter().map(|p| format!("<w:p><w:r><w:t>{p}</w:t></w:r></w:p>")).collect();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("[Content_Types].xml", "<Types/>".to_string()), ("word/document.xml", format!("{DOCX}{body}</w:body></w:document>"))] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn marks_in_documents_hold_their_item() {
    let p = Project::new(SITE_CN);
    p.file("content/news/a.md", "---\ntitle: 甲\npublished_at: 2025-12-01\nattachments: [a.docx]\n---\n正文。\n")
        .file("content/news/a.docx", docx(&["通知", "秘密★5年", "正文。"]));
    p.file("content/news/b.md", "---\ntitle: 乙\npublished_at: 2025-12-01\nattachments: [b.docx]\n---\n正文。\n")
        .file("content/news/b.docx", docx(&["草稿，请勿发布", "正文。"]));
    p.file("content/news/c.md", "---\ntitle: 丙\npublished_at: 2025-12-01\nattachments: [c.docx]\n---\n正文。\n")
        .file("content/news/c.docx", docx(&["通知", "（此件公开发布）"]));
    p.file("static/内部.docx", docx(&["内部资料　注意保存"]));
    let mut codes: Vec<(String, String)> = p.findings(&[]).into_iter().map(|f| (f.0, f.1)).filter(|f| matches!(f.0.as_str(), "SEC002" | "SEC013")).collect();
    codes.sort();
    let want = [("SEC002", "content/news/a.docx"), ("SEC002", "static/内部.docx"), ("SEC013", "content/news/b.docx")];
    assert_eq!(codes, want.map(|(a, b)| (a.to_string(), b.to_string())));
    p.run(&["build", "--hold-back", "--allow-errors"]);
    let there = |f: &str| p.exists(&format!("public/{f}"));
    assert_eq!((there("news/a.docx"), there("news/b.docx"), there("news/c.docx"), there("内部.docx")), (false, false, true, false));
}

#[test]
fn readable_forms_are_linked_and_found() {
    let p = Project::new(SITE);
    p.file(
        "content/news/a.md",
        "---\ntitle: 关于申报的通知\npublished_at: 2025-12-01\nattachments: [{file: 细则.docx, title: 实施细则}, photo.txt]\n---\n正文见附件。\n",
    );
    p.file(
        "content/news/细则.docx",
        docx(&["第一条 申请人应当提交琥珀色封面的申请表。", "第二条 <b>&amp; 其他</b>".replace("<b>", "&lt;b&gt;").replace("</b>", "").as_str()]),
    );
    p.file("content/news/photo.txt", "普通文字说明\n第二行\n");
    p.build();
    let page = p.read("public/news/a/index.html");
    assert!(page.contains("href=\"/text/news/%E7%BB%86%E5%88%99-docx/\"") && page.contains("网页版文字"), "{page}");
    assert!(!page.contains("索取无障碍版本"));
    let text = p.read("public/text/news/细则-docx/index.html");
    assert!(text.contains("琥珀色封面") && text.contains("由机器从附件取出") && text.contains("&lt;b&gt;&amp; 其他"), "{text}");
    assert!(text.contains("href=\"/news/%E7%BB%86%E5%88%99.docx\"") && text.contains("href=\"/news/a/\""));
    let found = p.run(&["search", "琥珀色封面"]);
    assert!(found.out.contains("关于申报的通知"), "{found:#?}");
    // Not where what the file says must not be public.
    p.file("content/news/细则.docx", docx(&["李建国，身份证号11010519491231002X"]));
    p.run(&["build", "--hold-back", "--allow-errors"]);
    assert!(!p.exists("public/text/news/细则-docx/index.html"));
}

#[test]
fn pictures_are_published_without_what_cameras_wrote() {
    let has = |b: &[u8], w: &[u8]| b.windows(w.len()).any(|x| x == w);
    for name in ["photo.jpg", "drawing.png", "photo.webp"] {
        let before = std::fs::read(folder("files").join(name)).unwrap();
        let after = picture::stripped(&before).unwrap_or_else(|| panic!("{name}"));
        for word in [&b"xmpmeta"[..], b"Description", b"Comment"] {
            assert!(!has(&after, word), "{name}: {}", String::from_utf8_lossy(word));
        }
        assert!(after.len() < before.len());
        assert_eq!(picture::size(&before), picture::size(&after), "{name}");
        assert_eq!(picture::size(&before), Some((32, 48)), "{name} stands upright, turned by its EXIF");
        let mut facts = Default::default();
        picture::facts(&after, &mut facts);
        assert!(facts.pieces.is_empty() && facts.unseen.is_empty(), "{name}: {facts:?}");
        // What is there to be taken out is taken out once.
        assert!(picture::stripped(&after).is_none_or(|again| again == after), "{name}");
    }
    let pixels = |bytes: &[u8]| {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut out = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut out).unwrap();
        out
    };
    let png = std::fs::read(folder("files/drawing.png")).unwrap();
    assert_eq!(pixels(&png), pixels(&picture::stripped(&png).unwrap()));
    let jpg = std::fs::read(folder("files/photo.jpg")).unwrap();
    let scan = |b: &[u8]| b[b.windows(2).position(|w| w == [0xFF, 0xDB]).unwrap()..].to_vec();
    assert_eq!(scan(&jpg), scan(&picture::stripped(&jpg).unwrap()), "tables and scan are the same bytes");
    for junk in [&b""[..], b"\xFF\xD8\xFF", b"\xFF\xD8\xFF\xE1\0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0"] {
        assert_eq!(picture::stripped(junk), None);
        assert_eq!(picture::size(junk), None);
    }
}

#[test]
fn a_photo_with_its_place() {
    // A place alone is no personal data that holds an item: it is taken out and told.
    let jpg = std::fs::read(folder("files/photo.jpg")).unwrap();
    let small = only_gps(&jpg);
    let p = Project::new(SITE);
    p.file("content/news/a.md", "---\ntitle: 通知\npublished_at: 2025-12-01\nattachments: [photo.jpg]\n---\n正文。\n").file("content/news/photo.jpg", &small);
    p.file("static/photo.jpg", &small);
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("the picture carried the place where it was taken (GPS); not in what is published"), "{}", ran.out);
    p.build();
    for path in ["public/news/photo.jpg", "public/photo.jpg"] {
        let out = std::fs::read(p.path(path)).unwrap();
        let mut facts = Default::default();
        picture::facts(&out, &mut facts);
        assert!(!facts.unseen.gps && out.len() < small.len(), "{path}");
    }
    p.file("site.yaml", format!("{SITE}keep_image_metadata: true\n"));
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("the picture carries the place where it was taken (GPS) and is published with it"), "{}", ran.out);
    p.build();
    assert_eq!(std::fs::read(p.path("public/news/photo.jpg")).unwrap(), small);
}

/// A JPEG whose EXIF has a place and nothing else.
fn only_gps(jpg: &[u8]) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    // One entry: where the entries of the place stand.
    tiff.extend([0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0]);
    tiff.extend([0, 2]);
    tiff.extend([0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0]);
    tiff.extend([0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 56]);
    tiff.extend([0, 0, 0, 0]);
    for n in [29u32, 1, 18, 1, 30, 1] {
        tiff.extend(n.to_be_bytes());
    }
    let plain = picture::stripped(jpg).unwrap();
    let mut out = plain[..2].to_vec();
    out.extend([0xFF, 0xE1]);
    out.extend((tiff.len() as u16 + 8).to_be_bytes());
    out.extend(b"Exif\0\0");
    out.extend(&tiff);
    // Behind the EXIF that says which way is up.
    let skip = 2 + 2 + usize::from(u16::from_be_bytes([plain[4], plain[5]]));
    out.extend(&plain[skip..]);
    out
}

#[test]
fn words_stand_where_they_are_read() {
    let spots = |name: &str| read(&folder("files").join(name)).pieces.iter().map(|p| p.spot).collect::<Vec<_>>();
    assert_eq!(spots("song.pdf")[..2], [Spot::Page(1), Spot::Page(2)]);
    assert_eq!(spots("page.ofd")[1..3], [Spot::Page(1), Spot::Page(2)]);
    assert_eq!(spots("slides.odp")[..3], [Spot::Slide(1), Spot::Slide(2), Spot::Slide(3)]);
    for spot in [Spot::Text, Spot::Header, Spot::Comment, Spot::Deleted, Spot::Hidden, Spot::Properties] {
        assert!(spots("word.docx").contains(&spot), "{spot:?}");
    }
    let title = |name: &str| read(&folder("files").join(name)).pieces.iter().any(|p| p.text.contains("关于公布2025年度困难家庭救助名单的通知"));
    for name in
        ["song.pdf", "printed.pdf", "word.docx", "word.doc", "text.wps", "slides.pptx", "text.odt", "page.ofd", "text.rtf", "page.html", "text.txt", "gbk.txt"]
    {
        assert!(title(name), "{name}");
    }
}

/// An archive with these members.
fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Text of a file in all its pieces, and of those that its readers are shown.
fn texts(p: &Project, name: &str, bytes: &[u8]) -> (String, String) {
    p.file(name, bytes);
    let file = read(&p.path(name));
    let of = |shown: bool| file.pieces.iter().filter(|x| !shown || x.shown()).map(|x| x.text.as_str()).collect::<Vec<_>>().join("\n");
    (of(false), of(true))
}

#[test]
fn text_in_other_clothes_is_read() {
    let p = Project::new(SITE_CN);
    let (all, _) = texts(&p, "a.docx", &docx(&["<![CDATA[手机 13812345678]]>", "139<![CDATA[1234]]>5678"]));
    assert!(all.contains("手机 13812345678") && all.contains("13912345678"), "{all}");
    let body = format!("{DOCX}<w:altChunk r:id=\"c\"/></w:body></w:document>");
    let rels = r#"<Relationships><Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="afchunk.htm"/></Relationships>"#;
    let parts: [(&str, &[u8]); 4] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", body.as_bytes()),
        ("word/_rels/document.xml.rels", rels.as_bytes()),
        ("word/afchunk.htm", "<html><body>手机 13712345678</body></html>".as_bytes()),
    ];
    let (all, _) = texts(&p, "b.docx", &zipped(&parts));
    assert!(all.contains("13712345678"), "{all}");
    let mac = [&[0u8, 5, 0x16, 7][..], &[0; 60]].concat();
    let members: [(&str, &[u8]); 4] = [
        ("a.txt", "甲".as_bytes()),
        ("__MACOSX/._a.txt", "手机 13612345678".as_bytes()),
        (".DS_Store", "手机 13512345678".as_bytes()),
        ("__MACOSX/._b.txt", &mac),
    ];
    let (all, _) = texts(&p, "c.zip", &zipped(&members));
    assert!(all.contains("13612345678") && all.contains("13512345678"), "{all}");
}

#[test]
fn what_readers_are_not_shown_is_read_and_not_shown_here() {
    let p = Project::new(SITE_CN);
    let (all, shown) = texts(&p, "a.rtf", br"{\rtf1{\info{\author veil1}}open{\v veil2}{\*\annotation veil3}}");
    assert!(["veil1", "veil2", "veil3"].iter().all(|w| all.contains(w)) && shown.trim() == "open", "{shown:?} {all:?}");
    let slide = |show: &str, word: &str| format!("<p:sld xmlns:p=\"p\" xmlns:a=\"a\"{show}><a:p><a:t>{word}</a:t></a:p></p:sld>");
    let (one, two, note) = (slide("", "open"), slide(" show=\"0\"", "veil1"), slide("", "veil2"));
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("ppt/presentation.xml", b"<p/>"),
        ("ppt/slides/slide1.xml", one.as_bytes()),
        ("ppt/slides/slide2.xml", two.as_bytes()),
        ("ppt/notesSlides/notesSlide1.xml", note.as_bytes()),
    ];
    let (all, shown) = texts(&p, "b.pptx", &zipped(&parts));
    assert!(all.contains("veil1") && all.contains("veil2") && shown.trim() == "open", "{shown:?} {all:?}");
    let pdf = |picture: &str| {
        let body = format!("{picture}BT /F 12 Tf 50 700 Td (open) Tj 3 Tr 0 -50 Td (veil) Tj ET");
        format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n4 0 obj<</Length {}>>stream\n{body}\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n",
            body.len()
        )
    };
    let (all, shown) = texts(&p, "c.pdf", pdf("").as_bytes());
    assert!(all.contains("veil") && shown.contains("open") && !shown.contains("veil"), "{shown:?} {all:?}");
}

/// What is packed in what, messages, comments of pictures, what a PDF said before it was saved anew: read, or said not to be.
#[test]
fn what_lies_deeper_is_read_or_told() {
    use std::io::Write as _;
    let p = Project::new(SITE_CN);
    let gz = |bytes: &[u8]| {
        let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        w.write_all(bytes).unwrap();
        w.finish().unwrap()
    };
    // A sheet in GZ, in a zip, in TAR and GZ.
    let sheet = gz("甲,13812345678\n".as_bytes());
    let (all, _) = texts(&p, "a.zip", &zipped(&[("rows.csv.gz", &sheet)]));
    assert!(all.contains("13812345678"), "{all}");
    let mut head = [0u8; 512];
    let body = "手机 13912345678".as_bytes();
    head[..5].copy_from_slice(b"a.txt");
    head[124..135].copy_from_slice(format!("{:011o}", body.len()).as_bytes());
    head[257..262].copy_from_slice(b"ustar");
    head[156] = b'0';
    let tar = [&head[..], body, &vec![0; 512 - body.len()], &[0; 1024]].concat();
    let (all, _) = texts(&p, "a.tar.gz", &gz(&tar));
    assert!(all.contains("13912345678") && all.contains("a.txt"), "{all}");
    // Cut off: as far as it goes, and the rest is told; what unpacks to more than a file may is told.
    let long: String = (0..20_000).map(|n| format!("第{n}行\n")).collect();
    let whole = gz(long.as_bytes());
    p.file("cut.gz", &whole[..whole.len() / 2]);
    assert!(!read(&p.path("cut.gz")).why.is_empty());
    let bomb = gz(&vec![b'a'; 200 << 20]);
    p.file("bomb.gz", &bomb);
    assert!(!read(&p.path("bomb.gz")).why.is_empty());
    // A message, and a page saved as one.
    let mail = "From: a@b.example\r\nTo: c@d.example\r\nSubject: =?utf-8?B?5omL5py6?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=CA=D6=BB=FA 137123=\r\n45678</p>\r\n--x\r\nContent-Type: text/csv; name=b.csv\r\nContent-Transfer-Encoding: base64\r\n\r\nMTM2MTIzNDU2Nzg=\r\n--x--\r\n";
    for name in ["a.eml", "a.mht"] {
        let (all, _) = texts(&p, name, mail.as_bytes());
        for part in ["手机", "13712345678", "13612345678"] {
            assert!(all.contains(part), "{name} {part}: {all}");
        }
    }
    // A comment in a GIF, and what stands behind its end.
    let gif = |comment: &str| {
        let mut b = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF\x21\xFE".to_vec();
        b.push(comment.len() as u8);
        b.extend(comment.as_bytes());
        b.extend(b"\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3B");
        b
    };
    let (all, _) = texts(&p, "a.gif", &[gif("手机 13512345678"), "13412345678".into()].concat());
    assert!(all.contains("13512345678") && all.contains("13412345678"), "{all}");
    assert_eq!(read(&p.path("a.gif")).unseen.comments, 2);
    p.file("b.gif", gif("Created with GIMP"));
    assert_eq!(read(&p.path("b.gif")).unseen.comments, 0);
    // A PDF that was saved on top of itself: what was replaced is still in the file.
    let page = |text: &str| format!("4 0 obj<</Length {}>>stream\nBT /F 12 Tf 50 700 Td ({text}) Tj ET\nendstream endobj\n", text.len() + 34);
    let first = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n{}5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
        page("tel 13312345678")
    );
    let then = format!("{first}{}trailer<</Root 1 0 R>>\n%%EOF\n", page("no number"));
    let (all, shown) = texts(&p, "a.pdf", then.as_bytes());
    assert!(shown.contains("no number") && !shown.contains("13312345678") && all.contains("13312345678"), "{shown:?} {all:?}");
    assert!(read(&p.path("a.pdf")).unseen.earlier > 10);
    // Saved again without a change (as a signature does): nothing to tell.
    let same = format!("{first}6 0 obj<</Type/Sig>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    texts(&p, "b.pdf", same.as_bytes());
    assert_eq!(read(&p.path("b.pdf")).unseen.earlier, 0);
}
