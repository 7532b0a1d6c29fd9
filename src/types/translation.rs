//! The edition of an item in another language.

use crate::schema::{
    Field,
    FieldKind::{LangText, List, Text},
};

record! {
    "translation", "译文（如 a.en.md）", "Translation (such as a.en.md)";
    TITLE = Field::new("title", LangText, "标题", "Title").also(&["标题", "名称", "题名"]).example("Notice on explaining policies").help("译名；所有事实写在主文件里", "its title; all facts stand in the primary file");
    SUMMARY = Field::new("summary", LangText, "摘要", "Summary").also(&["摘要", "内容概述", "简介"]).example("One sentence.").help("译文的摘要", "its summary");
    ALIASES = Field::new("aliases", List(&Text), "旧地址", "Earlier addresses").also(&["别名"]).example("[/en/old/123.html]").help("译文原来的地址，转到译文", "earlier addresses of the translation, which lead to it");
}
