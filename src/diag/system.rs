//! What the system says when a file cannot be read or written, in both languages: its own words are English, and say nothing to a clerk.

use super::Text;
use std::io::{Error, ErrorKind};

/// Why something failed.
pub fn system(e: &Error) -> Text {
    Text { zh: words(e.kind()).map_or_else(|| in_chinese(&e.to_string()), str::to_string), en: e.to_string() }
}

/// That something cannot be read, and why.
pub fn unread(e: &Error) -> Text {
    let Text { zh, en } = system(e);
    Text { zh: format!("无法读取：{zh}"), en: format!("cannot be read: {en}") }
}

fn words(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "没有这个文件或目录",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "已经有了",
        ErrorKind::IsADirectory => "它是目录",
        ErrorKind::NotADirectory => "路径里有一段不是目录",
        ErrorKind::DirectoryNotEmpty => "目录不是空的",
        ErrorKind::ReadOnlyFilesystem => "文件系统是只读的",
        ErrorKind::StorageFull => "磁盘已满",
        ErrorKind::QuotaExceeded => "超出磁盘配额",
        ErrorKind::FileTooLarge => "文件太大",
        ErrorKind::InvalidFilename => "名字不合规定或太长",
        ErrorKind::ResourceBusy => "正被占用",
        ErrorKind::TooManyLinks => "链接太多",
        ErrorKind::CrossesDevices => "跨了磁盘",
        ErrorKind::OutOfMemory => "内存不足",
        ErrorKind::TimedOut => "超时",
        ErrorKind::ConnectionRefused => "连接被拒绝",
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => "连接中断",
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => "网络不通",
        ErrorKind::AddrInUse => "端口已被占用",
        ErrorKind::AddrNotAvailable => "没有这个网络地址",
        ErrorKind::UnexpectedEof => "内容不完整",
        ErrorKind::InvalidData => "内容不是这种格式",
        _ => return None,
    })
}

/// A sentence with the words of the system for an error that it numbers (`… (os error 2)`) put into Chinese.
pub fn in_chinese(text: &str) -> String {
    let mark = " (os error ";
    let Some((head, rest)) = text.split_once(mark) else { return text.to_string() };
    let number = rest.split(')').next().and_then(|n| n.parse().ok());
    let Some(zh) = number.and_then(|n| words(Error::from_raw_os_error(n).kind())) else { return text.to_string() };
    // The system's words stand behind what it is about.
    let from = [": ", "：", "（"].iter().filter_map(|s| head.rfind(s).map(|i| i + s.len())).max().unwrap_or(0);
    let tail = rest.split_once(')').map_or("", |(_, t)| t);
    format!("{}{zh}{}", &head[..from], in_chinese(tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_system() {
        let missing = Error::from_raw_os_error(2);
        assert_eq!(system(&missing).zh, "没有这个文件或目录");
        assert_eq!(in_chinese(&format!("/a/b: {missing}")), "/a/b: 没有这个文件或目录");
        assert_eq!(in_chinese(&format!("读不到 x：{missing}，再试")), "读不到 x：没有这个文件或目录，再试");
        assert_eq!(in_chinese("no number here"), "no number here");
        assert_eq!(system(&Error::other("abc")).zh, "abc");
    }
}
