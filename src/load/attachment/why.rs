//! Why something in a file was not read.

use crate::diag::{Text, say};
use serde::{Deserialize, Serialize};

/// A reason, with what it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Why {
    /// It opens only with a password.
    Password,
    /// Packed in a way that is not unpacked here (bzip2, LZMA, Deflate64, Zstandard).
    Packed,
    /// Its bytes are not sound.
    Broken,
    /// An archive holds files that its directory does not name.
    Unlisted,
    /// It is, or unpacks, beyond the budget.
    Large,
    /// It took more time or memory than a file may.
    Costly,
    /// Archives within archives, deeper than is opened.
    Deep,
    /// An archive with more files than are opened.
    Many,
    /// Pages that are pictures, the first of them and their number.
    Scanned(Vec<u32>, u32),
    /// Letters whose meaning the file does not tell, on these pages.
    Letters(Vec<u32>, u32),
    /// Pictures in a document: the words in them.
    Pictures(u32),
    /// It is a picture.
    Picture,
    /// It is a recording.
    Sound,
    /// Base64 in a text.
    Coded,
    /// Objects of other programs in a document (OLE), which are not opened.
    Object(u32),
    /// A program in a document (`vbaProject.bin`, Basic).
    Macros,
    /// Bytes behind the end of the archive that the file is, and how many.
    After(u64),
    /// Earlier states of the document that are still in it.
    Earlier,
    /// A format that is not known here.
    Format,
    /// This program was not told where the reader of this format is.
    Reader,
    /// Paragraphs whose numbers Word makes (第一条): they are no text of the file.
    Numbers(u32),
}

impl Why {
    /// True where something was not looked through; what Word writes before a paragraph hides nothing.
    pub fn unseen(&self) -> bool {
        !matches!(self, Why::Numbers(_))
    }

    /// In words.
    pub fn text(&self) -> Text {
        let pages = |list: &[u32], n: u32| {
            let shown = list.iter().map(u32::to_string).collect::<Vec<_>>();
            let more = n as usize > list.len();
            (
                format!("第 {}{} 页", shown.join("、"), if more { format!(" 等 {n}") } else { String::new() }),
                format!("{} {}{}", if n == 1 { "page" } else { "pages" }, shown.join(", "), if more { format!(" … ({n})") } else { String::new() }),
            )
        };
        match self {
            Why::Password => say!("加了密码", "it wants a password"),
            Why::Packed => say!(
                "压缩包用了这里解不开的压缩方法（bzip2、LZMA、Deflate64、Zstandard 等）",
                "an archive packed in a way that is not unpacked here (bzip2, LZMA, Deflate64, Zstandard)"
            ),
            Why::Broken => say!("文件损坏或不完整", "it is damaged or cut off"),
            Why::Unlisted => say!("压缩包的目录没有列出里面的全部内容", "its directory does not name all that is in the archive"),
            Why::Large => say!("太大，或解开后太大", "it is, or unpacks, too large"),
            Why::Costly => say!("读它要的时间或内存超出限度", "reading it took more time or memory than a file may"),
            Why::Deep => say!("压缩包套得太深", "archives within archives, too deep"),
            Why::Many => say!("压缩包里文件太多", "more files in an archive than are opened"),
            Why::Scanned(list, n) => {
                let (zh, en) = pages(list, *n);
                say!("{zh}是扫描的图片，没有文字", "{en}: scanned, without text")
            }
            Why::Letters(list, n) => {
                let (zh, en) = pages(list, *n);
                say!("{zh}的字体没有说明是什么字", "{en}: fonts that do not tell their letters")
            }
            Why::Pictures(1) => say!("里面 1 张图片上的字", "the words in 1 picture in it"),
            Why::Pictures(n) => say!("里面 {n} 张图片上的字", "the words in {n} pictures in it"),
            Why::Picture => say!("图片上的字", "the words in the picture"),
            Why::Sound => say!("录音里说的话", "what is said in the recording"),
            Why::Coded => say!("文字里有大段 base64", "long base64 in the text"),
            Why::Object(n) => {
                let n = u64::from(*n);
                let objects = crate::diag::counted(n, "embedded object (OLE)", "embedded objects (OLE)");
                say!("里面 {n} 个嵌入的对象（OLE）", "{objects} in it")
            }
            Why::Macros => say!("里面有宏（VBA 等程序）", "a program in it (macros, VBA)"),
            Why::After(n) => {
                let bytes = crate::diag::counted(*n, "byte", "bytes");
                say!("文件（压缩包、PDF）结束之后还有 {n} 字节", "{bytes} behind the end of the archive or PDF")
            }
            Why::Earlier => say!("文件里留着的较早版本", "earlier states that are still in it"),
            Why::Format => say!("不认识的格式", "a format that is not known here"),
            Why::Numbers(1) => say!("1 段前面的自动编号（如第一条、1.）", "the automatic number before 1 paragraph"),
            Why::Numbers(n) => say!("{n} 段前面的自动编号（如第一条、1.）", "the automatic numbers before {n} paragraphs"),
            Why::Reader => say!("这里没有读这种格式的程序", "the reader of this format is not at hand"),
        }
    }
}
