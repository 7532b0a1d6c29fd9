//! Doubts that are told from several places.

use super::{Doubt, WIDTH, bytes};
use crate::diag::{Severity, Text, say};
use std::io;

/// One of them.
pub(super) fn doubt(code: &'static str, severity: Severity, line: u64, column: usize, message: Text, hint: Text) -> Doubt {
    Doubt { code, severity, line, column, message, hint }
}

pub(super) fn unreadable(e: &io::Error) -> Doubt {
    if e.to_string().contains(bytes::BOMB) {
        return doubt(
            "TAB001",
            Severity::Error,
            0,
            0,
            say!("压缩数据解开后过大（超过压缩前的 60 倍），未读入", "unpacks to more than 60 times its size; not read"),
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
                "压缩包里的表行数过多（超过 50 万行，且每行不到 2 字节），未读入",
                "the archive has more than 500,000 rows, and less than two bytes a row; not read"
            ),
            say!("若文件正常，直接发布未压缩的 CSV", "if the file is sound, publish the CSV without compression"),
        );
    }
    doubt(
        "TAB001",
        Severity::Error,
        0,
        0,
        say!("无法读取：{e}", "cannot be read: {e}"),
        say!("检查文件是否完整、能否用电子表格软件打开", "see whether the file is whole and opens in a spreadsheet program"),
    )
}

pub(super) fn wide(n: usize) -> Doubt {
    doubt(
        "TAB012",
        Severity::Warn,
        0,
        0,
        say!("没有可读的列，或列数超过 {WIDTH}（{n}）", "no column to read, or more than {WIDTH} columns ({n})"),
        say!("检查分隔符；宽表改为长表", "look at the delimiter; turn a wide table into a long one"),
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
