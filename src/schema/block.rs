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
    TEXT = Field::new("text", Markdown, "文字", "Text").example("说明。").help("放在内容上面", "stands above the rest");
    OF = Field::new("of", Text, "类型", "Type").example("policies").help("列表：类型的目录，不写就是全部", "of a list: folder of a type; all without it");
    COLUMN = Field::new("column", Text, "栏目", "Column").example("policies/notices").help("列表：只要这个栏目的", "of a list: only items below this column");
    THEME = Field::new("theme", Theme, "主题", "Theme").also(&["主题", "主题分类"]).example("welfare").help("列表：只要这个主题的", "of a list: only items of this theme");
    DEPARTMENT = Field::new("department", Department, "部门", "Department").example("civil-affairs").help("列表：只要这个部门的", "of a list: only items of this department");
    KEYWORD = Field::new("keyword", Text, "关键词", "Keyword").example("养老").help("列表：只要有这个关键词的", "of a list: only items with this keyword");
    ITEMS = Field::new("items", List(&Item(super::item::ANY)), "条目", "Items").example("[policies/laws/elderly-rights-law]").help("逐个指定，带类型目录", "named one by one, with the folder of the type");
    LIMIT = Field::new("limit", Count, "最多几条", "Limit").example("8").help("默认 6，最多 100", "6 without it, 100 at most");
    LINKS = Field::new("links", List(&Table(&link::RECORD)), "链接", "Links").example("[{title: 办事服务, url: https://example.org/}]").help("种类为 links 时", "of a block of links");
}

/// `links`
pub mod link {
    use crate::schema::{
        Field,
        FieldKind::{LangText, Web},
    };
    record! {
        "block/link", "链接", "Link";
        TITLE = Field::new("title", LangText, "文字", "Text").also(&["标题", "名称", "题名"]).must().example("办事服务").help("显示的文字", "what is shown");
        URL = Field::new("url", Web, "地址", "Address").also(&["网址"]).must().example("https://example.org/").help("地址", "where it leads");
    }
}
