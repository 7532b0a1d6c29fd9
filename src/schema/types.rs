//! Types of items with little of their own.

/// 新闻动态
pub mod news {
    use crate::schema::{
        Field,
        FieldKind::{Department, List},
        Need::Must,
    };
    record! {
        "news", "新闻动态", "News", of crate::schema::item::RECORD;
        ISSUER = Field::new("issuer", List(&Department), "发布机构", "Issuer").also(&["发文机关", "发布机构", "制定机关", "部门", "发文单位", "印发机关"]).example("[office]").cn(Must, Must)
            .help("departments.yaml 的编号；转载的写 source 也可以", "ids of departments.yaml; source does as well");
    }
}

/// A plain page
pub mod page {
    use crate::schema::{
        Field,
        FieldKind::{Department, List},
        Need::Must,
    };
    record! {
        "page", "页面", "Page", of crate::schema::item::RECORD;
        ISSUER = Field::new("issuer", List(&Department), "发布机构", "Issuer").also(&["发文机关", "发布机构", "制定机关", "部门", "发文单位", "印发机关"]).example("[office]").cn(Must, Must)
            .help("departments.yaml 的编号；转载的写 source 也可以", "ids of departments.yaml; source does as well");
    }
}

/// 专题
pub mod topic {
    use crate::schema::block::BLOCKS_KIND;
    use crate::schema::{
        Field,
        FieldKind::{Department, List},
        Need::Must,
    };
    record! {
        "topic", "专题", "Topic", of crate::schema::item::RECORD;
        ISSUER = Field::new("issuer", List(&Department), "发布机构", "Issuer").also(&["发文机关", "发布机构", "制定机关", "部门", "发文单位", "印发机关"]).example("[office]").cn(Must, Must)
            .help("departments.yaml 的编号；转载的写 source 也可以", "ids of departments.yaml; source does as well");
        BLOCKS = Field::new("blocks", BLOCKS_KIND, "区块", "Blocks").example("[changes, {block: list, of: policies, limit: 8}]")
            .help("专题由哪些区块组成", "the parts of which the topic is composed");
    }
}

/// The edition of an item in another language
pub mod translation {
    use crate::schema::{Field, FieldKind::LangText};
    record! {
        "translation", "译文（如 a.en.md）", "Translation (such as a.en.md)";
        TITLE = Field::new("title", LangText, "标题", "Title").also(&["标题", "名称", "题名"]).example("Notice on explaining policies").help("译名；所有事实写在主文件里", "its title; all facts stand in the primary file");
        SUMMARY = Field::new("summary", LangText, "摘要", "Summary").also(&["摘要", "内容概述", "简介"]).example("One sentence.").help("译文的摘要", "its summary");
    }
}
