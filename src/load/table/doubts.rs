//! Doubts that are told from several places.

use super::profile::Spoil;
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

/// What a spreadsheet has made of the values of a column.
pub(super) fn spoilt(what: Spoil, n: u64, name: &str, v: &str) -> (&'static str, Severity, Text, Text) {
    let values = crate::diag::counted(n, "value", "values");
    let again = || {
        say!(
            "从原来的系统重新导出：在电子表格里先把这一列设为文本，再打开或粘贴",
            "export it again from where it came, and make the column text in the spreadsheet before opening or pasting it"
        )
    };
    match what {
        Spoil::Powers(code) => (
            "TAB013",
            if code { Severity::Error } else { Severity::Warn },
            if code {
                say!(
                    "“{name}”有 {n} 个编码被电子表格写成科学记数法（`{v}`），后面的数字已经丢失；按文字读取",
                    "\u{201c}{name}\u{201d}: a spreadsheet has written codes as powers of ten (`{v}`, {values}), and their digits are lost; read as text"
                )
            } else {
                say!(
                    "“{name}”的值都是 `{v}` 这样的科学记数法，若本是编码，数字已经丢失",
                    "all values of \u{201c}{name}\u{201d} are written as `{v}` is: if they were codes, their digits are lost"
                )
            },
            again(),
        ),
        Spoil::Rounded => (
            "TAB013",
            Severity::Warn,
            say!(
                "“{name}”的 {n} 个长编号第 15 位以后都是 0（`{v}`），像是电子表格丢掉了末尾的数字",
                "all long codes of \u{201c}{name}\u{201d} have zeros behind their fifteenth digit (`{v}`, {values}): a spreadsheet seems to have lost their last ones"
            ),
            again(),
        ),
        Spoil::Zero => (
            "TAB013",
            Severity::Warn,
            say!(
                "“{name}”有 {n} 个邮政编码只有五位（`{v}`），像是电子表格去掉了开头的 0",
                "postcodes of \u{201c}{name}\u{201d} have five digits (`{v}`, {values}): a spreadsheet seems to have taken the zero before them"
            ),
            say!("补上开头的 0，并声明 `type: string`", "write the zero before them, and declare `type: string`"),
        ),
        Spoil::Shorter => (
            "TAB013",
            Severity::Warn,
            say!(
                "“{name}”的代码位数一样，有 {n} 个却少一位（`{v}`），像是电子表格去掉了开头的 0",
                "codes of \u{201c}{name}\u{201d} have as many digits, but for some that have one less (`{v}`, {values}): a spreadsheet seems to have taken the zero before them"
            ),
            say!(
                "补上开头的 0，并声明 `type: string`；本来就少一位的不用管",
                "write the zero before them, and declare `type: string`; leave them where they are right"
            ),
        ),
        Spoil::Serials => (
            "TAB021",
            Severity::Warn,
            say!(
                "“{name}”有 {n} 个值像电子表格里日期的序号（`{v}`），不是日期；照原样保留，不当作数",
                "\u{201c}{name}\u{201d} has what a spreadsheet counts days by (`{v}`, {values}) and no days; they are left as they are, and are no quantity"
            ),
            say!("在电子表格里把这一列设为日期格式（年-月-日）再导出", "make the column one of dates (year-month-day) in the spreadsheet, and export it again"),
        ),
        Spoil::Ranges => (
            "TAB021",
            Severity::Error,
            say!(
                "“{name}”是区间，却有 {n} 个值成了日期（`{v}`）：电子表格把 `5-9` 一类改成了日期",
                "\u{201c}{name}\u{201d} has ranges, but {values} became a day (`{v}`): a spreadsheet makes days of `5-9` and its like"
            ),
            say!(
                "改回原来的区间（`5-9`），或写作 `5–9`、`5至9`；先把这一列设为文本",
                "write the ranges again (`5-9`, or `5–9`), and make the column text in the spreadsheet first"
            ),
        ),
        Spoil::Yearless => (
            "TAB021",
            Severity::Warn,
            say!(
                "“{name}”的日期没有年份（`{v}`），不补年份，按文字读取",
                "days of \u{201c}{name}\u{201d} have no year (`{v}`); none is added, and they are read as text"
            ),
            say!("写出年份，例如 2024-03-31", "write the year too, such as 2024-03-31"),
        ),
        Spoil::Errors => (
            "TAB008",
            Severity::Warn,
            say!(
                "“{name}”有 {n} 个值是电子表格的错误值，或列太窄没有显示出来的值（`{v}`），照原样公开",
                "\u{201c}{name}\u{201d} has errors of a spreadsheet, or what it shows for a column too narrow (`{v}`, {values}), published as they are"
            ),
            say!("改正公式、放宽列后重新导出；缺失值留空", "mend the formula, or widen the column, and export again; leave missing values empty"),
        ),
    }
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
