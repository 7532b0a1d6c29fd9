//! Slips in text with delimiters: a declared sign or encoding that is not the file's, what Git left in it, lines in quotes as a whole.

use super::delimited::Dialect;
use super::doubts::doubt;
use super::{Doubt, Settings};
use crate::diag::{Severity, say};
use encoding_rs::Encoding;

/// Lines that are looked at.
const LINES: usize = 60;

fn lines(body: &str) -> Vec<&str> {
    body.lines().filter(|l| !l.trim().is_empty()).take(LINES).collect()
}

/// How people write a sign.
fn called(sign: char) -> String {
    if sign == '\t' { "\\t".into() } else { sign.to_string() }
}

/// A declared delimiter that stands nowhere, where another one makes as many cells in each line.
pub(super) fn unmet(body: &str, settings: &Settings, found: Dialect) -> Option<Doubt> {
    let told = settings.delimiter.as_deref()?;
    let other = found.delimiter as char;
    let all = lines(body);
    if all.iter().any(|l| l.contains(told)) || told.starts_with(other) {
        return None;
    }
    let usual = all.first()?.matches(other).count();
    if usual == 0 || all.iter().filter(|l| l.matches(other).count() == usual).count() * 10 < all.len() * 9 {
        return None;
    }
    let (told, other, columns) = (told.replace('\t', "\\t"), called(other), usual + 1);
    Some(doubt(
        "TAB039",
        Severity::Error,
        1,
        0,
        say!(
            "声明的分隔符 `{told}` 在文件里没有；按 `{other}` 分成 {columns} 列读取",
            "the declared delimiter `{told}` stands nowhere in the file; it is read with `{other}`, in {columns} columns"
        ),
        say!("改为 `dialect: {{delimiter: \"{other}\"}}`，或删去 `delimiter`", "write `dialect: {{delimiter: \"{other}\"}}`, or leave `delimiter` out"),
    ))
}

/// Lines that stand in quotes as a whole: `"n,v"`.
pub(super) fn quoted(body: &str, settings: &Settings) -> Option<Doubt> {
    let quote = settings.quote.unwrap_or(b'"') as char;
    let all = lines(body);
    let inner = |l: &str| -> Option<String> {
        let t = l.trim().strip_prefix(quote)?.strip_suffix(quote)?.to_string();
        (!t.replace(&format!("{quote}{quote}"), "").contains(quote)).then_some(t)
    };
    let cells: Vec<String> = all.iter().map_while(|l| inner(l)).collect();
    if all.len() < 2 || cells.len() < all.len() {
        return None;
    }
    let sign = [',', '\t', ';', '|'].into_iter().find(|s| {
        let n = cells[0].matches(*s).count();
        n > 0 && cells.iter().all(|c| c.matches(*s).count() == n)
    })?;
    let (sign, line) = (called(sign), cells[0].chars().take(40).collect::<String>());
    Some(doubt(
        "TAB006",
        Severity::Error,
        1,
        1,
        say!(
            "每一行整个在引号里（`{quote}{line}{quote}`），里面的 `{sign}` 不分列，只读成一列",
            "every line stands in quotes as a whole (`{quote}{line}{quote}`): the `{sign}` in it parts nothing, and there is one column"
        ),
        say!("去掉行首行尾的引号，只给需要的单元格加引号", "take the quotes at both ends of the lines away, and quote the cells that need it"),
    ))
}

/// What Git leaves in place of a file, or in it.
pub(super) fn of_git(text: &str) -> Option<Doubt> {
    if text.starts_with("version https://git-lfs.github.com/spec/") {
        return Some(doubt(
            "TAB029",
            Severity::Error,
            1,
            0,
            say!(
                "这不是数据，是 Git LFS 的指针（几行文字，真文件在别处），没有表",
                "this is no data but a pointer of Git LFS (a few lines; the file is elsewhere): there is no table"
            ),
            say!("在仓库里运行 `git lfs pull` 取来真文件再生成", "run `git lfs pull` in the repository to get the file, and build again"),
        ));
    }
    let (begin, end) = super::super::conflict::find(text, false).map(|c| (c.first, c.last))?;
    Some(doubt(
        "TAB029",
        Severity::Error,
        begin,
        0,
        if begin == end {
            say!("第 {begin} 行是合并冲突留下的标记，冲突没有解决完", "line {begin} is a mark that a merge conflict left: it was not resolved to its end")
        } else {
            say!(
                "第 {begin}–{end} 行是没有解决的合并冲突（`<<<<<<<`、`=======`、`>>>>>>>`），两种内容都在文件里",
                "lines {begin} to {end} are a merge conflict that nobody resolved (`<<<<<<<`, `=======`, `>>>>>>>`): both versions are in the file"
            )
        },
        say!("留下对的那一份，删去带标记的几行", "keep the version that is right, and delete the lines of marks"),
    ))
}

/// A declared encoding other than UTF-8 over bytes that are UTF-8 beyond chance.
pub(super) fn utf8(head: &[u8], told: &'static Encoding, whole: bool) -> Option<Doubt> {
    if told == encoding_rs::UTF_8 || head.is_ascii() || head.contains(&0) {
        return None;
    }
    let text = match std::str::from_utf8(head) {
        Ok(t) => t,
        Err(e) if e.error_len().is_none() && !whole => std::str::from_utf8(&head[..e.valid_up_to()]).unwrap_or_default(),
        Err(_) => return None,
    };
    // Two bytes a letter may be a character of GBK (`联通`); three that fit are none by chance.
    let long = text.chars().filter(|c| c.len_utf8() >= 3).count();
    let single = told.is_single_byte() && text.chars().filter(|c| !c.is_ascii()).count() >= 2;
    let sample: String = text.split([',', '\t', ';', '\n', '\r']).find(|t| !t.is_ascii()).unwrap_or("").trim_matches('"').chars().take(20).collect();
    let sample = if crate::personal::traces(&sample).is_empty() { sample } else { "…".into() };
    let name = told.name();
    (long >= 2 || single).then(|| {
        doubt(
            "TAB003",
            Severity::Error,
            0,
            0,
            say!(
                "声明的编码是 {name}，内容却是 UTF-8（例如“{sample}”），按 UTF-8 读取",
                "declared as {name}, but the text is UTF-8 (such as \u{201c}{sample}\u{201d}); it is read as UTF-8"
            ),
            say!("删去 `encoding:`，或写 `encoding: utf-8`", "leave `encoding:` out, or write `encoding: utf-8`"),
        )
    })
}

/// Coordinates that are no degrees of longitude and latitude.
pub(super) fn places(p: &super::json::Places, rows: u64) -> Doubt {
    let (n, (record, at)) = (p.wrong, &p.first);
    let (message, hint) = if p.swapped {
        (
            say!(
                "{rows} 条里有 {n} 条的坐标像是纬度在前（第 {record} 条 `{at}`）；不当作经纬度，列名用 x、y",
                "coordinates with latitude first, it seems: {n} of {rows} (record {record} has `{at}`); they are not taken for degrees, the columns are x and y"
            ),
            say!("GeoJSON 经度在前、纬度在后（RFC 7946）：对调后重新导出", "GeoJSON has longitude first, then latitude (RFC 7946): swap them and export again"),
        )
    } else {
        let crs = p.crs.as_deref().map_or((String::new(), String::new()), |c| (format!("，声明的坐标系是 {c}"), format!("; the declared system is {c}")));
        let (zh, en) = crs;
        (
            say!(
                "{rows} 条里有 {n} 条的坐标超出经纬度的范围（第 {record} 条 `{at}`）{zh}；不当作经纬度，列名用 x、y",
                "coordinates beyond degrees of longitude and latitude: {n} of {rows} (record {record} has `{at}`){en}; they are not taken for degrees, the columns are x and y"
            ),
            say!(
                "GeoJSON 只用经纬度（RFC 7946）：转为 WGS 84 或 CGCS 2000 的经纬度再导出，并删去 `crs`",
                "GeoJSON has degrees only (RFC 7946): turn them to longitude and latitude of WGS 84, and leave `crs` out"
            ),
        )
    };
    doubt("TAB028", Severity::Error, 0, 0, message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflicts() {
        let lines = |t: &str| of_git(t).map(|d| d.line);
        assert_eq!(lines("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n"), Some(2));
        // Marks that were left when the rest was mended.
        for (t, line) in [("<<<<<<< x\ny\n", 1), ("a\n=======\n>>>>>>> c\n", 2), ("<<<<<<< a\n>>>>>>> b\n=======\n", 1), ("a\n>>>>>>> c\n", 2)] {
            assert_eq!(lines(t), Some(line), "{t}");
        }
        for t in ["a\n=======\n", "a <<<<<<< b\n=======\n", "a\n>>>>>>> 七层\n"] {
            assert!(of_git(t).is_none(), "{t}");
        }
    }
}
