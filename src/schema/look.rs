//! Files of a theme (the look of a site): `theme.yaml` and the YAML of a component.

/// `theme.yaml`
pub mod theme {
    use crate::schema::{Field, FieldKind::Text};
    record! {
        "look", "主题包（theme.yaml）", "Theme of a site (theme.yaml)";
        EXTENDS = Field::new("extends", Text, "上级主题", "Extends").example("civic").help("缺的文件从它取", "the theme that gives what this one lacks");
        TITLE = Field::new("title", Text, "名称", "Title").also(&["标题", "名称", "题名"]).example("蓝天").help("给人看的名称", "for people");
        VERSION = Field::new("version", Text, "版本", "Version").example("1.0.0").help("给人看的版本", "for people");
        LICENSE = Field::new("license", Text, "许可", "Licence").also(&["许可"]).example("MIT").help("主题的许可", "of the theme");
    }
}

/// The YAML of a component
pub mod component {
    use crate::schema::{
        Field,
        FieldKind::{Flag, Free, List, Table},
    };
    record! {
        "component", "组件", "Component";
        DESCRIPTION = Field::new("description", Free, "说明", "Description").also(&["描述", "说明"]).example("{zh: 卡片, en: A card}").help("做什么用", "what it is for");
        PAGE = Field::new("page", Flag, "整页", "Page").example("false").help("需要整页的内容", "it needs what a whole page has");
        ITEM = Field::new("item", Flag, "条目", "Item").example("false").help("需要一个条目", "it needs an item");
        PARAMETERS = Field::new("parameters", Free, "参数", "Parameters").example("{title: {zh: 标题, en: its title}}").help("每个参数是什么", "what each parameter is");
        EXAMPLES = Field::new("examples", List(&Table(&super::example::RECORD)), "例子", "Examples").example("[{name: 普通, data: {title: 甲}}]").help("样式手册里的例子，也是测试", "shown in the style guide, and tests");
    }
}

/// `examples` of a component
pub mod example {
    use crate::schema::{
        Field,
        FieldKind::{Free, Text},
    };
    record! {
        "component/example", "例子", "Example";
        NAME = Field::new("name", Text, "名称", "Name").also(&["名称", "姓名"]).example("普通").help("例子的名称", "what it is called");
        DATA = Field::new("data", Free, "数据", "Data").example("{title: 甲}").help("给组件的参数", "what is handed to the component");
    }
}
