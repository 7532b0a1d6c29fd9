//! Doubts that are told from several places.

use super::{Doubt, WIDTH, bytes};
use crate::diag::{Severity, Text, say};
use std::io;

/// One of them.
pub(super) fn doubt(code: &'static str, severity: Severity, line: u64, column: usize, message: Text, hint: Text) -> Doubt {
    Doubt { code, severity, line, column, message, hint }
}

/// Whether an archive was refused because of what it unpacks to.
pub(super) fn budget(e: &io::Error) -> bool {
    let text = e.to_string();
    text.contains(bytes::BOMB) || text.contains(bytes::ROWS)
}

pub(super) fn unreadable(e: &io::Error) -> Doubt {
    if let Some(beyond) = bytes::Beyond::of(e) {
        let (zh, en) = match beyond {
            bytes::Beyond::Grows(len, most) => {
                let ((len_zh, len), (most_zh, most), times) = (size(len), size(most), most / len.max(1));
                (
                    format!("{len_zh}的压缩数据解开后有 {most_zh}或更多，是它的 {times} 倍（至多 60 倍，小文件 16 MiB），"),
                    format!("{len} of compressed data unpack to {most} or more, {times} times as much (60 times at most, 16 MiB of a small file); "),
                )
            }
            bytes::Beyond::Lies => ("解开后比压缩包目录里写的大，".to_string(), "unpacks to more than the directory of the archive says; ".to_string()),
        };
        return doubt(
            "TAB001",
            Severity::Error,
            0,
            0,
            Text {
                zh: format!("{zh}未读入，没有查过个人信息，原文件不公开"),
                en: format!("{en}not read nor looked through for personal data, so the original is not published"),
            },
            say!("若文件正常，直接发布未压缩的 CSV", "if the file is sound, publish the CSV without compression"),
        );
    }
    if e.to_string().contains(bytes::ROWS) {
        return doubt(
            "TAB001",
            Severity::Error,
            0,
            0,
            say!(
                "压缩包里的表行数过多（超过 50 万行，且每行不到 2 字节），未读入，没有查过个人信息，原文件不公开",
                "the archive has more than 500,000 rows, and less than two bytes a row; not read nor looked through for personal data, so the original is not published"
            ),
            say!("若文件正常，直接发布未压缩的 CSV", "if the file is sound, publish the CSV without compression"),
        );
    }
    doubt(
        "TAB001",
        Severity::Error,
        0,
        0,
        Text { zh: format!("无法读取：{}", super::said::zh(&e.to_string())), en: format!("cannot be read: {e}") },
        say!("检查文件是否完整、能否用电子表格软件打开", "see whether the file is whole and opens in a spreadsheet program"),
    )
}

/// A size in bytes for people: Chinese with a blank behind it, English.
fn size(n: u64) -> (String, String) {
    let text = match n {
        0..1_024 => return (format!("{n} 字节"), crate::diag::counted(n, "byte", "bytes")),
        1_024..1_048_576 => format!("{} KiB", n >> 10),
        _ => format!("{} MiB", n >> 20),
    };
    (format!("{text} "), text)
}

pub(super) fn wide(n: usize) -> Doubt {
    let message = match n {
        0 => say!("没有可读的列", "no column to read"),
        n => say!("列数超过 {WIDTH}（{n}），未读入", "more than {WIDTH} columns ({n}); not read"),
    };
    doubt("TAB012", Severity::Warn, 0, 0, message, say!("检查分隔符；宽表改为长表", "look at the delimiter; turn a wide table into a long one"))
}

/// Names of columns that are no names.
pub(super) fn long_names(bytes: usize) -> Doubt {
    let kib = bytes >> 10;
    doubt(
        "TAB012",
        Severity::Warn,
        0,
        0,
        say!("列名过长（共 {kib} KiB），未读入", "the names of the columns are too long ({kib} KiB together); not read"),
        say!("表头只写列名，长文字另放", "write names in the head, and long texts elsewhere"),
    )
}

/// A place whose bytes are no characters: its line, its column (of the table, or of the line of JSON), and how many there are.
pub(super) fn broken_at(line: u64, column: usize, places: u64, name: &str) -> Doubt {
    let en = if places == 1 { "one place is".to_string() } else { format!("{places} places are") };
    doubt(
        "TAB003",
        Severity::Error,
        line,
        column,
        say!("{places} 处字节不合 {name} 编码，坏字显示为 � 或不可见，其余照读", "{en} not {name}; what is broken shows as � or not at all, all else is read"),
        say!("改正这里的字，或重新导出为 UTF-8", "correct the characters here, or export the file again as UTF-8"),
    )
}
