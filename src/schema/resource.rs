//! 数据资源 (`dcat:Distribution`, Data Resource of Data Package).

use super::Field;
use super::FieldKind::{File, Free, Id, LangText, List, Table, Text, Web};

record! {
    "resource", "数据资源", "Resource", one of [PATH, URL];
    NAME = Field::new("name", Id, "英文名", "Name").also(&["姓名"]).example("population").help("页面上的锚点和文件名；不写就用文件名", "anchor on the page and name of files; the file's name without it");
    TITLE = Field::new("title", LangText, "标题", "Title").also(&["标题", "名称", "题名"]).example("年度数据").help("显示的名称", "name shown");
    DESCRIPTION = Field::new("description", LangText, "说明", "Description").also(&["描述", "说明"]).example("各年龄段人口数").help("文件里是什么", "what the file holds");
    PATH = Field::new("path", File, "文件", "File").example("population.csv").help("随网站公布的文件，相对于本文件；没有就写 url", "a file that is published with the site, relative to this file; else url");
    URL = Field::new("url", Web, "别处的地址", "Address elsewhere").also(&["网址"]).example("https://example.org/api").help("放在别处的文件或接口", "a file or service elsewhere");
    FORMAT = Field::new("format", Text, "格式", "Format").example("CSV").help("不写就看内容和扩展名", "told by its bytes and its name's ending without it");
    ENCODING = Field::new("encoding", Text, "编码", "Encoding").example("gb18030").help("不写就按内容判断", "found from the bytes without it");
    DIALECT = Field::new("dialect", Table(&dialect::RECORD), "读法", "Dialect").example("{delimiter: \";\"}").help("程序判断错了才写（Table Dialect）", "where the program reads it wrongly (Table Dialect)");
    SCHEMA = Field::new("schema", Table(&schema::RECORD), "数据字典", "Dictionary").example("{fields: [{name: year, title: 年份}]}").help("每一列是什么（Table Schema）", "what each column is (Table Schema)");
    ALLOW_PERSONAL = Field::new("allow_personal", List(&Table(&super::item::allow::RECORD)), "可公开的个人信息", "Personal data that may be public").example("[{field: 电话, reason: 值班电话, approved_by: 审核组, until: 2027-12-31}]").help("field 是列名", "field is the column");
    VERSIONS = Field::new("versions", List(&Table(&version::RECORD)), "旧版", "Earlier versions").example("[{path: 2023.csv, version: \"2023\", issued: 2024-03-01}]").help("一并公布，页面说明每版有何不同", "published too; the page tells what changed");
    MEDIATYPE = Field::new("mediatype", Free, "媒体类型", "Media type").example("text/csv").help("可以照抄 Data Package；由程序算出", "as in a Data Package; found by the build");
    PROFILE = Field::new("profile", Free, "Profile", "Profile").example("tabular-data-resource").help("可以照抄 Data Package；不用", "as in a Data Package; not used");
    BYTES = Field::new("bytes", Free, "大小", "Bytes").example("1024").help("可以照抄 Data Package；由程序算出", "as in a Data Package; counted by the build");
    HASH = Field::new("hash", Free, "校验值", "Hash").example("\"sha256:…\"").help("可以照抄 Data Package；由程序算出", "as in a Data Package; computed by the build");
}

/// Used by [`schema`].
const KEYS: super::FieldKind = List(&Text);

/// `dialect`
pub mod dialect {
    use crate::schema::{
        Field,
        FieldKind::{Count, Flag, Free, List, Sign, Text},
    };
    record! {
        "resource/dialect", "读法", "Dialect";
        DELIMITER = Field::new("delimiter", Text, "分隔符", "Delimiter").example("\";\"").help("可以有几个字符；tab 是制表符", "may have several characters; tab for a tab");
        QUOTE_CHAR = Field::new("quoteChar", Sign, "引号", "Quote").example("\"'\"").help("一个半角符号", "one ASCII sign");
        ESCAPE_CHAR = Field::new("escapeChar", Sign, "转义符", "Escape").example("\"\\\\\"").help("在引号、分隔符或行尾之前", "before a quote, a delimiter or the end of a line");
        COMMENT_CHAR = Field::new("commentChar", Sign, "注释符", "Comment").example("\"#\"").help("以它开头的行不读", "lines that begin with it are left out");
        SKIP_INITIAL_SPACE = Field::new("skipInitialSpace", Flag, "略去空格", "Skip blanks").example("true").help("引号前的空格", "blanks before a quote");
        HEADER = Field::new("header", Flag, "有表头", "Has a head").example("false").help("没有表头写 false", "false where there is no head");
        SHEET_NAME = Field::new("sheetName", Text, "工作表", "Sheet").example("Sheet1").help("只显示这一张", "show this sheet only");
        PROPERTY = Field::new("property", Text, "JSON 里的位置", "Place in JSON").example("data.items").help("通到列表的各级键", "keys that lead to the list");
        HEADER_ROWS = Field::new("headerRows", List(&Count), "表头行", "Rows of the head").example("[3, 4]").help("从 1 数起", "counted from 1");
        LINE_TERMINATOR = Field::new("lineTerminator", Free, "行尾", "Line end").example("\"\\n\"").help("可以写；不用", "may stand; not used");
        DOUBLE_QUOTE = Field::new("doubleQuote", Free, "双引号转义", "Doubled quotes").example("true").help("可以写；不用", "may stand; not used");
        SHEET_NUMBER = Field::new("sheetNumber", Free, "工作表序号", "Number of the sheet").example("1").help("可以写；不用", "may stand; not used");
    }
}

/// `schema`
pub mod schema {
    use super::KEYS;
    use crate::schema::{
        Field,
        FieldKind::{Either, List, Table, Text},
    };
    record! {
        "resource/schema", "数据字典", "Dictionary";
        FIELDS = Field::new("fields", List(&Either(&Text, &Table(&crate::schema::dictionary::RECORD))), "列", "Columns").example("[{name: year, title: 年份, type: year}]").help("列名与表头一字不差", "names as in the head, letter by letter");
        PRIMARY_KEY = Field::new("primaryKey", KEYS, "主键", "Primary key").example("[code]").help("用来认出一行的列", "columns by which a row is found");
        MISSING_VALUES = Field::new("missingValues", KEYS, "缺值", "Missing values").example("[\"-\", \"…\"]").help("表示没有值的写法", "signs for no value");
        FOREIGN_KEYS = Field::new("foreignKeys", List(&Table(&super::foreign::RECORD)), "外键", "Foreign keys").example("[{fields: [province], reference: {resource: provinces, fields: [code]}}]").help("值必须在另一个资源里", "values that must stand in another resource");
    }
}

/// `schema.foreignKeys`
pub mod foreign {
    use super::KEYS;
    use crate::schema::{Field, FieldKind::Table};
    record! {
        "resource/foreignKey", "外键", "Foreign key";
        FIELDS = Field::new("fields", KEYS, "本表的列", "Columns here").example("[province]").help("本表的列", "columns of this table");
        REFERENCE = Field::new("reference", Table(&super::reference::RECORD), "指向", "Reference").must().example("{resource: provinces, fields: [code]}").help("另一个资源和它的列，列数相同", "another resource and as many columns of it");
    }
}

/// `schema.foreignKeys.reference`
pub mod reference {
    use super::KEYS;
    use crate::schema::{Field, FieldKind::Text};
    record! {
        "resource/reference", "指向", "Reference";
        RESOURCE = Field::new("resource", Text, "资源", "Resource").example("provinces").help("资源的英文名；空着就是本资源", "name of the resource; empty for this one");
        FIELDS = Field::new("fields", KEYS, "那里的列", "Columns there").example("[code]").help("那里的列", "columns there");
    }
}

/// `versions`
pub mod version {
    use crate::schema::{
        Field,
        FieldKind::{Date, File, LangText, Text},
    };
    record! {
        "resource/version", "旧版", "Earlier version";
        PATH = Field::new("path", File, "文件", "File").must().example("2023.csv").help("相对于本文件", "relative to this file");
        ISSUED = Field::new("issued", Date, "发布日期", "Issued").example("2024-03-01").help("那一版的发布日期", "when it was published");
        VERSION = Field::new("version", Text, "版本", "Version").example("\"2023\"").help("不写就用日期", "the day without it");
        NOTE = Field::new("note", LangText, "说明", "Note").example("首次发布").help("有何不同", "what was different");
    }
}
