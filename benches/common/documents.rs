//! How fast attachments are read and finished files are looked at: `cargo bench --bench table -- --documents [FOLDER]`.
//!
//! Texts of 8 MB are written in every text format and read as `check` does, personal data and marks among it; then every
//! text file of FOLDER (`public` unless given) is swept as a build does before it is published. MB are 1,000,000 bytes of the
//! file; of a zipped format the bytes after inflation, which are what is read. Best of five, one core.

use clerestory::load::Blob;
use clerestory::load::table::{Settings, read_by};
use clerestory::output::{Facts, sweep, swept};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

const SENTENCES: [&str; 5] = [
    "各县（市、区）人民政府，市政府各部门：现将《关于进一步完善社会救助制度的实施意见》印发给你们，请认真贯彻执行。",
    "对符合条件的困难家庭，由乡镇人民政府（街道办事处）在20个工作日内作出审核确认决定，并在村（社区）公示7日。",
    "本办法自2026年1月1日起施行，有效期5年；《市民政局关于规范低保审核的通知》（市民〔2019〕12号）同时废止。",
    "全年完成财政支出1234.56亿元，同比增长8.3%，其中民生支出占78.9%；联系电话：0571-87654321，邮编310000。",
    "The office answers within 20 working days; the reference is 11330000002482007R-2026-00012, and the form is on page 3.",
];

fn paragraphs(bytes: usize) -> Vec<String> {
    let (mut out, mut size, mut n) = (Vec::new(), 0, 0usize);
    while size < bytes {
        let p: String = (0..3).map(|k| SENTENCES[(n + k * 2) % SENTENCES.len()]).collect();
        let p = format!("第{n}条　{p}");
        size += p.len();
        n += 1;
        out.push(p);
    }
    out
}

fn wrapped(list: &[String], head: &str, open: &str, close: &str, tail: &str) -> Vec<u8> {
    let mut out = String::from(head);
    list.iter().for_each(|p| {
        let _ = write!(out, "{open}{p}{close}");
    });
    out.push_str(tail);
    out.into_bytes()
}

fn zipped(name: &str, part: &[u8]) -> Vec<u8> {
    let mut z = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |n: &str, b: &[u8]| {
        z.start_file(n, zip::write::SimpleFileOptions::default()).unwrap();
        z.write_all(b).unwrap();
    };
    if name.starts_with("word/") {
        put("[Content_Types].xml", b"<Types/>");
    } else {
        put("mimetype", b"application/vnd.oasis.opendocument.text");
    }
    put(name, part);
    z.finish().unwrap().into_inner()
}

fn rtf(list: &[String]) -> Vec<u8> {
    let mut out = String::from("{\\rtf1\\ansi\\ansicpg936\\uc1 ");
    for c in list.iter().flat_map(|p| p.chars().chain(['\n'])) {
        match c {
            '\n' => out.push_str("\\par\n"),
            c if c.is_ascii() => out.push(c),
            c => {
                let _ = write!(out, "\\u{}?", i32::from(c as u16 as i16));
            }
        }
    }
    out.push('}');
    out.into_bytes()
}

/// Least seconds of five.
fn least(mut run: impl FnMut()) -> f64 {
    (0..5)
        .map(|_| {
            let t = Instant::now();
            run();
            t.elapsed().as_secs_f64()
        })
        .fold(f64::MAX, f64::min)
}

/// Prints MB a second of each format, and of the sweep.
pub fn documents(folder: &Path) {
    let list = paragraphs(8_000_000);
    let text = wrapped(&list, "", "", "\n", "");
    let html = wrapped(&list, "<!DOCTYPE html><html lang=zh><title>通知</title><body>", "<p>", "</p>\n", "</body></html>");
    let xml = wrapped(&list, "<w:document xmlns:w=\"w\"><w:body>", "<w:p><w:r><w:t>", "</w:t></w:r></w:p>", "</w:body></w:document>");
    let odt = wrapped(
        &list,
        "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\"><office:body><office:text>",
        "<text:p>",
        "</text:p>",
        "</office:text></office:body></office:document-content>",
    );
    let gbk = encoding_rs::GB18030.encode(std::str::from_utf8(&text).unwrap()).0.into_owned();
    let files: [(&str, Vec<u8>, usize); 6] = [
        ("a.txt", text.clone(), text.len()),
        ("gbk.txt", gbk.clone(), gbk.len()),
        ("a.html", html.clone(), html.len()),
        ("a.rtf", rtf(&list), 0),
        ("a.docx", zipped("word/document.xml", &xml), xml.len()),
        ("a.odt", zipped("content.xml", &odt), odt.len()),
    ];
    let dir = tempfile::tempdir().unwrap();
    println!("what\tMB\tMB/s\tcharacters read");
    for (name, bytes, size) in files {
        let path = dir.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        let mb = size.max(bytes.len()) as f64 / 1e6;
        let mut read = 0;
        let s = least(|| {
            let file = read_by(&Blob::at(&path), &Settings::default(), None, None);
            read = file.pieces.iter().map(|p| p.text.chars().count()).sum();
        });
        println!("{name}\t{mb:.1}\t{:.0}\t{read}", mb / s);
    }
    let mut pages = Vec::new();
    walk(folder, &mut pages);
    let mb = pages.iter().map(|(_, b)| b.len()).sum::<usize>() as f64 / 1e6;
    if mb == 0.0 {
        println!("no finished files in {}: build first, then they are swept too", folder.display());
        return;
    }
    let mut traces = 0;
    let s = least(|| {
        traces = 0;
        for (path, bytes) in &pages {
            let mut facts = Facts::default();
            sweep(path, bytes, true, &mut facts);
            traces += facts.traces.len();
        }
    });
    println!("sweep of {} finished files\t{mb:.1}\t{:.0}\t{traces} traces", pages.len(), mb / s);
}

fn walk(dir: &Path, out: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, out);
        } else if swept(&path.to_string_lossy()) {
            out.push((path.to_string_lossy().into_owned(), std::fs::read(&path).unwrap()));
        }
    }
}
