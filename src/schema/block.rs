//! Blocks, of which the home page and topics are composed.

use super::FieldKind::{Count, Department, Either, Item, LangText, List, Markdown, OneOf, Table, Text, Theme};
use super::words::BLOCK_WORDS;
use super::{Field, FieldKind};

/// A list of blocks; a word alone is a block with nothing but its kind.
pub const BLOCKS_KIND: FieldKind = List(&Either(&OneOf(BLOCK_WORDS), &Table(&RECORD)));

record! {
    "block", "区块", "Block";
    BLOCK = Field::new("block", OneOf(BLOCK_WORDS), "种类", "Kind").must().example("list").help("显示什么", "what it shows");
    TITLE = Field::new("title", LangText, "标题", "Title").also(&["标题", "名称", "题名"]).example("最新政策").help("不写由主题命名", "the theme names it without one");
    TEXT = Field::new("text", Markdown, "文字", "Text").example("说明。").help("放在内容上面；图表的一句话", "stands above the rest; of a chart what it tells");
    OF = Field::new("of", Text, "类型", "Type").example("policies").help("列表：类型的目录，不写就是全部", "of a list: folder of a type; all without it");
    COLUMN = Field::new("column", Text, "栏目", "Column").example("policies/notices").help("列表：只要这个栏目的", "of a list: only items below this column");
    THEME = Field::new("theme", Theme, "主题", "Theme").also(&["主题", "主题分类"]).example("welfare").help("列表：只要这个主题的", "of a list: only items of this theme");
    DEPARTMENT = Field::new("department", Department, "部门", "Department").example("civil-affairs").help("列表：只要这个部门的", "of a list: only items of this department");
    KEYWORD = Field::new("keyword", Text, "关键词", "Keyword").example("养老").help("列表：只要有这个关键词的", "of a list: only items with this keyword");
    ITEMS = Field::new("items", List(&Item(super::item::ANY)), "条目", "Items").example("[policies/laws/elderly-rights-law]").help("逐个指定，带类型目录", "named one by one, with the folder of the type");
    LIMIT = Field::new("limit", Count, "最多几条", "Limit").example("8").help("默认 6，最多 100", "6 without it, 100 at most");
    EXAMPLES = Field::new("examples", List(&Table(&example::RECORD)), "示例提问", "Examples").example("[{ask: 市内免税店能卖什么}]").help("种类为 search 时，点一下就搜", "of a search form: one touch asks it");
    CHART = Field::new("chart", Text, "图表", "Chart").example("ages").help("种类为 chart 时，数据集写在 items；不写用第一张", "of a chart: its name, the dataset stands in items; the first without it");
    LINKS = Field::new("links", List(&Table(&link::RECORD)), "链接", "Links").example("[{title: 办事服务, url: https://example.org/}]").help("种类为 links 时", "of a block of links");
}

/// `examples`
pub mod example {
    use crate::schema::{Field, FieldKind::LangText};
    record! {
        "block/example", "示例提问", "Example";
        ASK = Field::new("ask", LangText, "提问", "Question").must().example("市内免税店能卖什么").help("搜索的词句", "what is searched for");
    }
}

/// `links`
pub mod link {
    use crate::schema::{
        Field,
        FieldKind::{LangText, OneOf, Web},
        words::ICON_WORDS,
    };
    record! {
        "block/link", "链接", "Link";
        TITLE = Field::new("title", LangText, "文字", "Text").also(&["标题", "名称", "题名"]).must().example("办事服务").help("显示的文字", "what is shown");
        URL = Field::new("url", Web, "地址", "Address").also(&["网址"]).must().example("https://example.org/").help("地址", "where it leads");
        NOTE = Field::new("note", LangText, "说明", "Note").example("申请、资格和金额").help("一句话，放在文字下面", "a sentence below it");
        ICON = Field::new("icon", OneOf(ICON_WORDS), "图标", "Pictogram").example("care").help("主题自带的图标", "a pictogram of the theme");
    }
}
