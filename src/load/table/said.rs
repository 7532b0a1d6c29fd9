//! What libraries say of broken files, in Chinese: their English stands in English messages as it is.

/// Beginnings of their sentences.
static SAID: &[(&str, &str)] = &[
    ("expected value", "这里应有一个值"),
    ("expected ident", "这里应为 true、false 或 null"),
    ("expected `:`", "键后缺冒号"),
    ("expected `,` or `]`", "两项之间缺逗号，或缺 ]"),
    ("expected `,` or `}`", "两项之间缺逗号，或缺 }"),
    ("key must be a string", "键要加双引号"),
    ("trailing comma", "最后一项之后多了逗号"),
    ("trailing characters", "结束之后还有内容"),
    ("EOF while parsing", "没有写完就结束了"),
    ("control character", "引号里有换行或控制字符"),
    ("invalid escape", "反斜线之后的写法不对"),
    ("invalid number", "数字写得不对"),
    ("number out of range", "数字太大"),
    ("invalid unicode", "\\u 之后的写法不对"),
    ("lone leading surrogate", "\\u 之后的写法不对"),
    ("recursion limit", "嵌套太深"),
    ("a line that is no object", "这一行不是对象"),
    ("encrypted", "加了密码"),
    ("a compression that is not read here", "用了这里解不开的压缩方法（只解 Deflate）"),
    ("invalid Zip archive", "不是完整的 ZIP（下载或传输中断，或换过后缀）"),
    ("unsupported Zip archive", "这种 ZIP 不能读"),
    ("invalid gzip header", "不是完整的 gzip"),
    ("corrupt deflate stream", "压缩数据已损坏"),
    ("unexpected end of file", "文件不完整"),
    ("failed to fill whole buffer", "文件不完整"),
];

/// The Chinese of such a sentence; itself where none is known.
pub(super) fn zh(text: &str) -> String {
    SAID.iter().find(|(en, _)| text.starts_with(en)).map_or_else(|| text.to_string(), |(_, zh)| (*zh).to_string())
}

#[cfg(test)]
mod tests {
    use super::zh;

    #[test]
    fn sentences_of_libraries_are_said_in_chinese() {
        for (en, said) in [
            ("expected value", "这里应有一个值"),
            ("EOF while parsing a list", "没有写完就结束了"),
            ("invalid Zip archive: Could not find EOCD", "不是完整的 ZIP（下载或传输中断，或换过后缀）"),
            ("something else", "something else"),
        ] {
            assert_eq!(zh(en), said);
        }
    }
}
