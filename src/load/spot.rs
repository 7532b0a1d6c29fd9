//! Where in a file something stands.

use serde::{Deserialize, Serialize};

/// Where in a data file something stands that is no table's cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Spot {
    /// In a column.
    Column,
    /// In the head.
    Head,
    /// Above the head.
    Above,
    /// Below the rows.
    Below,
    /// In cells beyond the last column of the head.
    Beyond,
    /// In the text of the file, outside any table.
    Text,
    /// A comment of a cell.
    Comment,
    /// Properties of the document: author, title, subject.
    Properties,
    /// Another part of a workbook: headers, names, formulas, charts, drawings, texts no cell uses.
    Part,
    /// The name of a file inside an archive, or a comment of the archive.
    Inside,
    /// A page of a document, from 1.
    Page(u32),
    /// A slide, from 1.
    Slide(u32),
    /// Headers and footers of a document.
    Header,
    /// Notes at the foot or the end.
    Note,
    /// What a tracked change took out and is still there.
    Deleted,
    /// Text that is hidden.
    Hidden,
    /// What a camera or an editor wrote into a picture.
    Picture,
    /// What a speaker says to a slide.
    Spoken,
    /// Text with a line through it.
    Struck,
    /// Text of an earlier state of the document that was replaced since.
    Earlier,
}

impl Spot {
    /// Names for people: Chinese, English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Spot::Page(_) => ("页", "page"),
            Spot::Slide(_) => ("幻灯片", "slide"),
            Spot::Header => ("页眉页脚", "the headers and footers"),
            Spot::Note => ("脚注、尾注或备注", "the notes"),
            Spot::Spoken => ("演讲者备注", "the notes of the speaker"),
            Spot::Deleted => ("修订里删去而还留着的文字", "what tracked changes took out"),
            Spot::Struck => ("划了删除线的文字", "text that is struck through"),
            Spot::Hidden => ("隐藏的文字", "text that is hidden"),
            Spot::Earlier => ("较早版本里的文字", "text of an earlier state"),
            Spot::Picture => ("图片里的拍摄和编辑信息（EXIF、XMP）", "what the picture carries (EXIF, XMP)"),
            Spot::Column => ("列", "column"),
            Spot::Head => ("表头", "the head"),
            Spot::Above => ("表头上方的说明", "the notes above the head"),
            Spot::Below => ("表下的说明", "the notes below the rows"),
            Spot::Beyond => ("表头之外的格子", "cells beyond the head"),
            Spot::Text => ("表外的文字", "the text outside any table"),
            Spot::Comment => ("批注", "a comment"),
            Spot::Properties => ("文件属性", "the properties of the document"),
            Spot::Part => ("页眉页脚、名称、公式、格式、图形或未用的文字", "headers, names, formulas, formats, drawings or texts that no cell uses"),
            Spot::Inside => ("压缩包里的文件名或注释", "the name of a file in the archive, or a comment of the archive"),
        }
    }
}
