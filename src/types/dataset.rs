//! 数据集 (names of DCAT and Data Package).

use super::{Shape, Type};
use crate::diag::Phrase;
use crate::schema::FieldKind::{Date, Department, Either, Item, LangText, List, Moment, OneOf, Table, Text};
use crate::schema::words::{FREQUENCIES, HIGH_VALUE, OPEN_LEVELS};
use crate::schema::{Field, Need::Must, Need::Should};

/// 数据集
pub static TYPE: Type = Type {
    id: "dataset",
    folder: "datasets",
    words: &["数据", "数据集"],
    label: Phrase { zh: "数据开放", en: "Open data" },
    record: &RECORD,
    issuer: &PUBLISHER,
    shape: Shape::Dataset,
    markdown: false,
    place: "{{slug}}/dataset",
    inside: Some("dataset"),
    page: "dataset",
    template: "dataset",
    root: false,
    feed: false,
};

record! {
    "dataset", "数据集", "Dataset", of crate::schema::item::RECORD;
    PUBLISHER = Field::new("publisher", List(&Department), "提供部门", "Publisher").also(&["发布单位", "提供部门", "数据提供方"]).example("stats-bureau").cn(Must, Must)
        .help("departments.yaml 的编号", "an id of departments.yaml");
    ID = Field::new("id", Text, "信息资源代码", "Identifier").also(&["编号"]).example("3070-0001").help("永不改变（dct:identifier）", "never changes (dct:identifier)");
    LICENSE = Field::new("license", Either(&Text, &Table(&license::RECORD)), "许可", "Licence").also(&["许可"]).example("CC-BY-4.0").cn(Must, Must)
        .help("SPDX 编号，或 {name: …, url: …}", "an SPDX id, or {name: …, url: …}");
    ACCESS_RIGHTS = Field::new("access_rights", OneOf(OPEN_LEVELS), "开放等级", "Access").guard().also(&["开放属性"]).example("无条件开放").cn(Must, Must)
        .help("有条件开放和不予开放的文件不公布", "files of a conditional or closed dataset are not published");
    ACCESS_CONDITIONS = Field::new("access_conditions", LangText, "开放条件", "Conditions of access").example("向统计局书面申请").cn(Should, Should)
        .help("怎样申请，或不开放的依据；不是无条件开放时要写", "how to apply, or why it is closed; asked for where it is not open");
    FREQUENCY = Field::new("frequency", OneOf(FREQUENCIES), "更新频率", "Frequency").also(&["更新频率", "更新周期"]).example("每年").cn(Must, Must)
        .help("过期与否由它和数据文件的变动算出", "whether data are stale is told by it and by their bytes");
    ISSUED = Field::new("issued", Moment, "首次发布", "Issued").example("2020-01-01").help("没有 published_at 时用它", "used where there is no published_at");
    MODIFIED = Field::new("modified", Date, "更新日期", "Modified").also(&["更新日期"]).example("2024-05-01")
        .help("数据最近一次更新；内容在 git 里时以文件的变动为准", "last update of the data; where the content is in git their bytes tell");
    NEXT_RELEASE = Field::new("next_release", Date, "下次发布", "Next release").example("2027-01-31").help("预告", "announced");
    TEMPORAL = Field::new("temporal", Table(&temporal::RECORD), "时间范围", "Period covered").example("{start: 1978, end: 2014}").help("数据说的是哪段时间", "the time that the data are about");
    SPATIAL = Field::new("spatial", Either(&LangText, &Table(&spatial::RECORD)), "空间范围", "Area covered").example("全国").help("数据说的是哪里；也可写 {name, code, bbox, geonames}", "the place that the data are about; also {name, code, bbox, geonames}");
    IN_SERIES = Field::new("in_series", List(&Item(&["datasets"])), "所属系列", "Series").example("[population]").help("datasets/ 下的路径：它是哪个系列的一部分（dcat:inSeries）", "paths below datasets/: the series that it is a part of (dcat:inSeries)");
    HIGH_VALUE_CATEGORIES = Field::new("hvd_categories", List(&OneOf(HIGH_VALUE)), "高价值数据集类别", "High-value categories").example("[statistics]").help("欧盟 2023/138 号条例的类别，只在欧盟适用", "of Regulation (EU) 2023/138; for publishers that it binds");
    VERSION = Field::new("version", Text, "版本", "Version").example("\"2024\"").help("这一版的名称", "what this state is called");
    CONTACT = Field::new("contact", Table(&contact::RECORD), "联系方式", "Contact").also(&["联系方式"]).example("{name: 数据科, tel: \"…\", email: \"…\"}").help("数据有疑问问谁", "whom to ask about the data");
    POLICIES = Field::new("policies", List(&Item(&["policies"])), "相关政策", "Policies").also(&["政策"]).example("[laws/statistics-law-2024]").help("policies/ 下的路径", "paths below policies/");
    RELATED = Field::new("related", List(&Item(&["datasets", "policies", "interpretations", "news", "topics", "pages"])), "相关数据", "Related").example("[life-expectancy]").help("datasets/ 下的路径，可带类型目录", "paths below datasets/, or with the folder of the type");
    RESOURCES = Field::new("resources", List(&Table(&crate::schema::resource::RECORD)), "数据资源", "Resources").example("[{name: gdp, title: 年度数据, path: gdp.csv}]").cn(Must, Must)
        .help("数据文件和接口", "its files and services");
    PROVENANCE = Field::new("provenance", LangText, "来源与加工", "Provenance").example("年度统计报表汇总").help("数据从哪里来、怎样做成", "where the data come from and how they were made");
    USAGE_NOTES = Field::new("usage_notes", LangText, "使用说明", "Usage notes").example("2010 年起口径有变").help("使用时要留意什么", "what to mind when using them");
    REUSES = Field::new("reuses", List(&Table(&reuse::RECORD)), "应用案例", "Reuses").example("[{title: 人口地图, type: app, url: \"https://example.org/\", creator: 某大学}]").help("别人用它做了什么", "what others made of it");
    CHARTS = Field::new("charts", List(&Table(&crate::schema::chart::RECORD)), "图表", "Charts").example("[{kind: line, x: year, y: [total]}]")
        .help("不写时，有年份、时间或省份的表自动画一张", "without it a table with years, times or provinces gets one of its own");
}

/// `license`
pub mod license {
    use crate::schema::{
        Field,
        FieldKind::{Text, Web},
    };
    record! {
        "dataset/license", "许可", "Licence";
        NAME = Field::new("name", Text, "名称", "Name").also(&["名称", "姓名"]).must().example("某市公共数据开放许可").help("许可的名称", "its name");
        URL = Field::new("url", Web, "地址", "Address").also(&["网址"]).example("https://example.org/license").help("条文在哪里", "where its terms are");
    }
}

/// `spatial`
pub mod spatial {
    use crate::schema::{
        Field,
        FieldKind::{Count, LangText, List, Number, Text},
    };
    record! {
        "dataset/spatial", "空间范围", "Area covered";
        NAME = Field::new("name", LangText, "名称", "Name").also(&["名称"]).example("云台市").help("地名", "its name");
        CODE = Field::new("code", Text, "代码", "Code").also(&["代码", "行政区划代码"]).example("\"130400\"").help("行政区划代码或其他代码", "code of the administrative division, or another code");
        BBOX = Field::new("bbox", List(&Number), "范围", "Bounding box").example("[113.4, 36.0, 115.5, 37.1]").help("西、南、东、北的经纬度", "west, south, east and north in degrees");
        GEONAMES = Field::new("geonames", Count, "GeoNames 编号", "GeoNames").example("1808963").help("欧盟的校验器只认这个编号", "the number of the place at GeoNames, the one that validators of the EU know");
    }
}

/// `temporal`
pub mod temporal {
    use crate::schema::{Field, FieldKind::Text};
    record! {
        "dataset/temporal", "时间范围", "Period covered";
        START = Field::new("start", Text, "从", "From").must().example("1978").help("年、月或日", "a year, a month or a day");
        END = Field::new("end", Text, "到", "To").example("2014").help("年、月或日；不写就是还在继续", "a year, a month or a day; open without it");
    }
}

/// `contact`
pub mod contact {
    use crate::schema::{
        Field,
        FieldKind::{LangText, Mail, Tel},
    };
    record! {
        "dataset/contact", "联系方式", "Contact";
        NAME = Field::new("name", LangText, "单位", "Office").also(&["名称", "姓名"]).example("数据科").help("问哪个单位", "which office");
        TEL = Field::new("tel", Tel, "电话", "Telephone").earlier(&["phone"]).also(&["电话", "联系电话"]).example("\"0594-2692345\"").help("公开的办公电话", "a public number of the office");
        EMAIL = Field::new("email", Mail, "邮箱", "Mail").also(&["邮箱"]).example("data@example.gov.cn").help("公开的办公邮箱", "a public address of the office");
    }
}

/// `reuses`
pub mod reuse {
    use crate::schema::{
        Field,
        FieldKind::{LangText, Text, Web},
    };
    record! {
        "dataset/reuse", "应用案例", "Reuse";
        TITLE = Field::new("title", LangText, "标题", "Title").also(&["标题", "名称", "题名"]).must().example("人口地图").help("叫什么", "its title");
        URL = Field::new("url", Web, "地址", "Address").also(&["网址"]).example("\"https://example.org/\"").help("在哪里", "where it is");
        CREATOR = Field::new("creator", Text, "作者", "Creator").example("某大学").help("谁做的", "who made it");
        TYPE = Field::new("type", Text, "种类", "Type").example("app").help("应用、文章、论文等", "an app, an article, a paper");
    }
}
