//! `site.yaml`.

use super::Field;
use super::FieldKind::{Count, Either, Flag, Folder, Free, Id, LangText, Language, List, Moment, OneOf, Table, Text, Zone};
use super::words::{HOST_WORDS, PROFILE_WORDS};

record! {
    "site", "站点设置 site.yaml", "Settings, site.yaml";
    TITLE = Field::new("title", LangText, "网站名称", "Title").also(&["标题", "名称", "题名"]).must().example("{zh: 云台市人民政府, en: Yuntai City}").help("可以按语言写", "may be told by language");
    DESCRIPTION = Field::new("description", LangText, "网站说明", "Description").also(&["描述", "说明"]).example("政务公开与数据开放").help("一句话", "one sentence about the site");
    BASE_URL = Field::new("base_url", Text, "网站地址", "Address").example("https://www.example.gov.cn/").help("正式地址，可带路径", "the real address; may have a path");
    HOST = Field::new("host", OneOf(HOST_WORDS), "放在哪里", "Host").example("nginx").help("决定写出哪种跳转和头部文件", "decides which files of redirects and headers are written");
    PROFILE = Field::new("profile", OneOf(PROFILE_WORDS), "规则方案", "Profile").example("cn-gov").help("默认 generic；改变轻重，不改变意思", "generic without it; changes severities, never meanings");
    LANGUAGES = Field::new("languages", List(&Either(&Language, &Table(&language::RECORD))), "语言", "Languages").example("[zh-Hans, {tag: zh-Hant, from: zh-Hans}, en]").help("第一种是主要语言，在根目录", "the first stands at the root");
    TIME_ZONE = Field::new("time_zone", Zone, "时区", "Time zone").example("Asia/Shanghai").help("默认 Asia/Shanghai", "Asia/Shanghai without it");
    THEME = Field::new("theme", Text, "外观", "Theme").also(&["主题", "主题分类"]).example("civic").help("themes/ 下的目录；civic 是自带的", "a folder below themes/; civic is built in");
    LOOK = Field::new("look", Table(&look::RECORD), "外观设置", "Look").example("{logo: /logo.svg, colors: {brand: \"#7a1f1f\"}}").help("标志、颜色、图标、分享图、页脚文字，不动模板", "logo, colours, icon, picture to share, words of the footer, without touching a template");
    CONTENT = Field::new("content", List(&Either(&Folder, &Table(&folder::RECORD))), "内容目录", "Content folders").example("[content, {path: civil-affairs/content, owner: civil-affairs}]").help("默认 content", "content without it");
    HOME = Field::new("home", super::block::BLOCKS_KIND, "首页区块", "Blocks of the home page").example("[columns, themes, departments]").help("与专题的区块相同", "as in topics");
    CALENDAR = Field::new("calendar", Id, "工作日历", "Calendar of working days").example("cn").help("中国的规则方案默认 cn，自带 2007 年起的放假安排；其他地方写自己的名字，每年的假日放在 content/calendar/名字/年.yaml", "cn under the Chinese profiles, with the holidays of China from 2007 on; elsewhere a name of your own, with the holidays of each year in content/calendar/NAME/YEAR.yaml");
    ICS = Field::new("ics", Flag, "日历文件", "Calendar files").example("false").help("默认 true：有将来日期的条目和全站各有一个 .ics 文件", "true without it: items with days to come, and the site, have .ics files");
    OUTPUTS = Field::new("outputs", Table(&outputs::RECORD), "机器可读的输出", "Outputs for machines").example("{ckan: false}").help("默认都写出；不要哪一种就写 false", "all are written without it; false for those that are not wanted");
    CSP = Field::new("csp", Table(&csp::RECORD), "允许的主机", "Allowed hosts").example("{connect: [https://stats.example.gov.cn]}").help("本站以外浏览器还可以往来的主机，例如自己的统计服务；不写就一个也没有", "hosts beside this site that browsers may speak with, such as statistics of your own; none without it");
    SECURITY = Field::new("security", Table(&security::RECORD), "安全联系人", "Security contact").example("{contact: [security@example.gov.cn]}").help("写了才有 /.well-known/security.txt", "/.well-known/security.txt is written only where it stands");
    PER_PAGE = Field::new("per_page", Count, "每页条数", "Items a page").example("20").help("1 到 500，默认 20", "1 to 500; 20 without it");
    IDENTITY = Field::new("identity", Table(&identity::RECORD), "网站标识", "Identity").example("{site_id_code: \"1304000009\", organizer: 云台市人民政府办公室}").help("页脚和标签里的主办单位、备案号等", "who runs the site, for the footer and the tags");
    REPORT_TO = Field::new("report_to", Text, "找错和无障碍", "For errors and accessible forms").example("web@example.gov.cn").help("邮箱或网址", "a mail or web address");
    FOOT_LINKS = Field::new("foot_links", List(&Table(&foot_link::RECORD)), "页脚链接", "Links of the footer").example("[{title: 隐私声明, url: /privacy/}]").help("更多的页脚链接", "further links of the footer");
    INTERPRETATION_DAYS = Field::new("interpretation_days", Count, "解读期限", "Days for an interpretation").example("3").help("政策发布后几个工作日内要有解读，0 是当天，默认 3；网站没有工作日历时按自然日", "working days within which one should follow; 0 is the same day, 3 without it; plain days where the site has no calendar");
    REPLY_WORKDAYS = Field::new("reply_workdays", Count, "答复时限", "Working days for a reply").example("5").help("来信几个工作日内答复，默认 5；一封信可以另写", "within which a letter is answered, 5 without it; a letter may have its own");
    DISCLOSURE = Field::new("disclosure", Table(&disclosure::RECORD), "信息公开", "Disclosure").example("{level: city}").help("公开专栏的写法、政府层级、索引号的编法", "names of its sections, level of government, how index numbers are made");
    CONTACT = Field::new("contact", Table(&contact::RECORD), "渠道", "Channels").example("{ask: https://example.gov.cn/ask?from={url}}").help("静态网站做不了的事由哪里办；每一页都显示", "where to go for what a static site cannot do; shown on every page");
    ALLOW_HTML = Field::new("allow_html", Flag, "允许 HTML", "Raw HTML").example("false").help("正文里的 HTML 过滤后显示，默认照原样显示为文字", "HTML in texts is filtered instead of shown as text");
    KEEP_IMAGE_METADATA = Field::new("keep_image_metadata", Flag, "保留图片信息", "What pictures carry").example("true").help("公布图片时保留拍摄地点、相机和编辑信息（EXIF、GPS、XMP），默认去掉；像素从来不动", "place, camera and editor (EXIF, GPS, XMP) stay in published pictures, out of which they are taken without it; pixels are never touched");
    ALLOW_PERSONAL = Field::new("allow_personal", List(&Table(&allow::RECORD)), "可公开的个人信息", "Personal data that may be public").example("[{file: static/duty.html, reason: 值班电话, approved_by: 审核组, until: 2027-12-31}]").help("词表、site.yaml 或 static/ 里的文件", "in a vocabulary, site.yaml or a file of static/");
    TYPES = Field::new("types", List(&Table(&own_type::RECORD)), "自定义内容类型", "Content types of its own").example("[{id: vote, folder: votes, labels: {zh: 表决结果, en: Votes}, fields: [{key: result, label: {zh: 结果, en: Result}, kind: code, values: [{code: passed, label: 通过}]}]}]")
        .help("本站自己的内容类型", "content types that only this site has");
    GIT = Field::new("git", Flag, "用 git", "Git").example("true").help("数据文件的变动和旧版取自 git，默认 true", "last changes and earlier states of data files are taken from git; true without it");
    DEMO = Field::new("demo", Flag, "示范站", "Demonstration").example("false").help("横幅、noindex，不查网站标识", "banner, noindex, identity rules not applicable");
    AS_OF = Field::new("as_of", Moment, "当作今天", "As of").example("2026-11-24 18:00").help("平时不写", "take this day or minute as today; leave it out normally");
    OFFLINE = Field::new("offline", Flag, "断网可读", "Offline").example("true").help("浏览器保存读过的页面，断网时可读、可搜、可安装到桌面；写 false 则清除以前保存的，不写就没有", "browsers keep the pages that were read, to be read, searched and installed without the network; false clears what was kept before, without it there is nothing");
    STYLE_GUIDE = Field::new("style_guide", Flag, "样式手册", "Style guide").example("false").help("在 /style-guide/ 公布主题的样式手册", "publish that of the theme at /style-guide/");
    SCORECARDS = Field::new("scorecards", Table(&scorecards::RECORD), "部门评价", "Scorecards").example("{league: false}").help("写了才在 /scorecards/ 公布各部门的评价；都用默认的写 {}", "published at /scorecards/ only where it stands; {} where all is as usual");
    WORDS = Field::new("words", Text, "词表", "List of words").example("words.yaml").help("本单位不能出现的表述和领导姓名（SEC005），项目里的一个 YAML 文件，不公布", "expressions that must not appear and names of leaders (SEC005), a YAML file of the project that is never published");
    EXTRA = Field::new("extra", Free, "自定义", "Extra").example("{任意: 内容}").help("给自己的模板用，内容随意", "free data for templates of your own");
}

/// A file of `words`
pub mod word {
    use crate::schema::words::SEVERITY_WORDS;
    use crate::schema::{
        Field,
        FieldKind::{List, OneOf, Text},
    };
    record! {
        "site/words", "词表", "List of words";
        WORD = Field::new("word", Text, "写法", "Word").also(&["写法", "词"]).example("错误的写法").help("不能出现的写法；或写 leader", "what must not appear; or write leader");
        INSTEAD = Field::new("instead", Text, "改为", "Instead").also(&["改为"]).example("正确的写法").help("应当怎样写", "what to write");
        LEADER = Field::new("leader", Text, "领导姓名", "Leader").also(&["领导"]).example("李建国").help("姓名；职务旁差一个字的就报出", "a name; one beside the office that differs by a character is told");
        TITLES = Field::new("titles", List(&Text), "职务", "Offices").also(&["职务"]).example("[市长, 市委副书记]").help("领导的职务", "the offices that the leader has");
        SEVERITY = Field::new("severity", OneOf(SEVERITY_WORDS), "轻重", "Gravity").also(&["轻重"]).example("error").help("veto（拦下，word 的默认）、error（leader 的默认）、warning、info", "veto (keeps the item back; of a word without it), error (of a leader without it), warning, info");
        WHY = Field::new("why", Text, "原因", "Why").also(&["原因"]).example("见新闻用语规范").help("为什么", "why it must not appear");
    }
}

/// `languages`
pub mod language {
    use crate::schema::{Field, FieldKind::Language};
    record! {
        "site/language", "语言", "Language";
        TAG = Field::new("tag", Language, "标签", "Tag").must().example("zh-Hant").help("BCP 47 标签", "a tag of BCP 47");
        FROM = Field::new("from", Language, "转换自", "Made from").example("zh-Hans").help("只有 zh-Hant 可以由 zh-Hans 转换", "only zh-Hant can be made, from zh-Hans");
    }
}

/// `outputs`
pub mod outputs {
    use crate::schema::{Field, FieldKind::Flag};
    record! {
        "site/outputs", "机器可读的输出", "Outputs for machines";
        DCAT_AP = Field::new("dcat_ap", Flag, "DCAT-AP", "DCAT-AP").example("false").help("catalog.jsonld、.ttl、.rdf，每个数据集另有 dcat.jsonld", "catalog.jsonld, .ttl, .rdf, and dcat.jsonld for each dataset");
        DCAT_US = Field::new("dcat_us", Flag, "DCAT-US", "DCAT-US").example("false").help("data.json（1.1）和 data-us3.json（3.0）", "data.json (1.1) and data-us3.json (3.0)");
        SCHEMA_ORG = Field::new("schema_org", Flag, "schema.org", "schema.org").example("false").help("网页里的 JSON-LD，每个数据集另有 schema.jsonld", "JSON-LD in pages, and schema.jsonld for each dataset");
        DATA_PACKAGE = Field::new("data_package", Flag, "Data Package", "Data Package").example("false").help("每个数据集的 datapackage.json", "datapackage.json for each dataset");
        CSVW = Field::new("csvw", Flag, "CSVW", "CSVW").example("false").help("每个 CSV 旁边的 -metadata.json", "-metadata.json beside each CSV");
        CROISSANT = Field::new("croissant", Flag, "Croissant", "Croissant").example("false").help("每个数据集的 croissant.json", "croissant.json for each dataset");
        CKAN = Field::new("ckan", Flag, "CKAN", "CKAN").example("false").help("api/3/action/ 下的 package_list、package_search、package_show", "package_list, package_search, package_show below api/3/action/");
        SIGNPOSTING = Field::new("signposting", Flag, "Signposting", "Signposting").example("false").help("数据集页的 link 和 linkset.json", "links of dataset pages, and linkset.json");
        BULK = Field::new("bulk", Flag, "批量文件", "Bulk files").example("false").help("api/v1/ 下带全文的 .jsonl 和 .csv，以及数据目录的 CSV 和 XLSX", ".jsonl and .csv with full texts below api/v1/, and the catalogue of data as CSV and XLSX");
        API = Field::new("api", Flag, "静态接口", "Static API").example("false").help("api/v1/ 下的 JSON 和 openapi.json", "JSON below api/v1/, and openapi.json");
        PASSAGES = Field::new("passages", Flag, "逐条文本", "Passages").example("false").help("api/v1/passages.jsonl：逐条（节）的文本，带时效和哈希", "api/v1/passages.jsonl: texts article by article with their state and hash");
        MARKDOWN = Field::new("markdown", Flag, "Markdown", "Markdown").example("false").help("每个条目网页旁边的 index.md", "index.md beside the page of each item");
        LLMS = Field::new("llms", Flag, "llms.txt", "llms.txt").example("false").help("llms.txt：给回答问题的程序的指引", "llms.txt: a guide for programs that answer people");
        AKOMA_NTOSO = Field::new("akoma_ntoso", Flag, "Akoma Ntoso", "Akoma Ntoso").example("false").help("每份政策文件的 akn.xml", "akn.xml for each policy");
        DOCX = Field::new("docx", Flag, "Word", "Word").example("true").help("每份政策文件的 policy.docx；不写不做", "policy.docx for each policy; not made unless asked for");
        FORMS = Field::new("forms", Flag, "填报表", "Forms").example("false").help("有数据字典的数据集的 form.xlsx", "form.xlsx for each dataset with a dictionary");
        PARQUET = Field::new("parquet", Flag, "Parquet", "Parquet").example("false").help("一百行以上的表的 .parquet；程序编译时带 parquet 才有", ".parquet of tables of a hundred rows and more, where the program was built with it");
    }
}

/// `security`
pub mod security {
    use crate::schema::{
        Field,
        FieldKind::{Date, List, Text, Web},
    };
    record! {
        "site/security", "安全联系人", "Security contact";
        CONTACT = Field::new("contact", List(&Text), "联系方式", "Contact").must().example("[security@example.gov.cn]").help("邮箱、电话或网址，先写的先用", "mail addresses, telephones or web addresses, the preferred one first");
        POLICY = Field::new("policy", Web, "漏洞报告规则", "Policy").example("https://example.org/security").help("怎样报告、怎样处理", "how to report, and what happens then");
        ENCRYPTION = Field::new("encryption", Web, "公钥", "Key").example("https://example.org/key.asc").help("加密用的公钥在哪里", "where the key for encryption is");
        EXPIRES = Field::new("expires", Date, "有效期至", "Expires").example("2027-06-30").help("不写就是生成后一年", "a year after the build without it");
    }
}

/// `csp`
pub mod csp {
    use crate::schema::{
        Field,
        FieldKind::{LangText, List, Text},
    };
    record! {
        "site/csp", "允许的主机", "Allowed hosts";
        CONNECT = Field::new("connect", List(&Text), "可以发送", "Connect").example("[https://stats.example.gov.cn]").help("脚本可以向它发送数据，https:// 开头，不带路径", "scripts may send to it; begins with https://, without a path");
        SCRIPT = Field::new("script", List(&Text), "可以加载脚本", "Script").example("[https://stats.example.gov.cn]").help("页面可以加载它的脚本", "pages may load its scripts");
        IMG = Field::new("img", List(&Text), "可以加载图片", "Image").example("[https://stats.example.gov.cn]").help("页面可以加载它的图片（计数用的像素也算）", "pages may load its pictures, those that count too");
        NOTE = Field::new("note", LangText, "说明", "Note").example("{zh: 只统计访问次数，不用 Cookie, en: \"Visits are counted, without cookies\"}").help("为什么往来、记下什么，显示在“本站怎样自查”", "why, and what is kept: shown on the page of how the site checks itself");
    }
}

/// `types`
pub mod own_type {
    use crate::schema::{
        Field,
        FieldKind::{Id, LangText, List, Table, Text},
    };
    record! {
        "site/type", "自定义内容类型", "Content type of its own";
        ID = Field::new("id", Id, "编号", "Id").also(&["编号"]).must().example("vote").help("new、schema 和搜索里的名称；小写字母、数字、连字符", "its name in new, schema and search: small letters, digits, hyphens");
        FOLDER = Field::new("folder", Text, "目录", "Folder").also(&["目录"]).must().example("votes").help("content/ 下的目录，也是地址的第一段", "its folder below content/, and the first part of its addresses");
        LABELS = Field::new("labels", LangText, "名称", "Name").earlier(&["label"]).also(&["名称"]).must().example("{zh: 表决结果, en: Votes}").help("栏目名称", "what its items are called together");
        FIELDS = Field::new("fields", List(&Table(&super::own_field::RECORD)), "字段", "Fields").also(&["字段"]).example("[{key: result, label: {zh: 结果, en: Result}, kind: text}]").help("所有条目共有的字段之外，它自己的字段", "what it has besides the fields of every item");
        TEMPLATE = Field::new("template", Text, "模板", "Template").also(&["模板"]).example("vote").help("主题里的 templates/pages/vote.html；不写就用通用的", "templates/pages/vote.html of the theme; the general one without it");
    }
}

/// `types: [{fields: …}]`
pub mod own_field {
    use crate::schema::words::{KIND_WORDS, NEED_WORDS};
    use crate::schema::{
        Field,
        FieldKind::{Either, Flag, LangText, List, OneOf, Table, Text},
    };
    record! {
        "site/type/field", "自定义类型的字段", "Field of a type of its own";
        KEY = Field::new("key", Text, "字段名", "Key").must().example("result").help("小写字母、数字、下划线", "small letters, digits, underscores");
        LABEL = Field::new("label", LangText, "名称", "Label").earlier(&["labels"]).also(&["名称"]).must().example("{zh: 结果, en: Result}").help("网页上显示的名称", "what it is called on the page");
        KIND = Field::new("kind", OneOf(KIND_WORDS), "内容", "Kind").also(&["类型"]).must().example("code").help("里面写什么", "what may stand in it");
        LIST = Field::new("list", Flag, "可以多个", "Several").example("true").help("可以写几个", "there may be several");
        VALUES = Field::new("values", List(&Either(&Text, &Table(&super::own_word::RECORD))), "可用的词", "Words").example("[{code: passed, label: {zh: 通过, en: Passed}}]").help("kind 为 code 时", "of a kind of code");
        OF = Field::new("of", List(&Text), "指向", "Leads to").example("[policies, votes]").help("kind 为 item 时：哪些目录里的条目，第一个是默认的；不写就是全部", "of a kind of item: folders of the types, the first where none is told; all without it");
        COLUMNS = Field::new("columns", List(&Table(&super::own_column::RECORD)), "列", "Columns").example("[{key: name, label: {zh: 姓名, en: Name}, kind: text}]").help("kind 为 table 时", "of a kind of table");
        NEED = Field::new("need", OneOf(NEED_WORDS), "谁要求", "Asked for").example("must").help("默认可填", "may be left out without it");
        HELP = Field::new("help", LangText, "说明", "Help").also(&["说明"]).example("{zh: 表决的结果, en: how the vote went}").help("写的人看的说明", "for those who write it");
        EXAMPLE = Field::new("example", Text, "例子", "Example").also(&["例子"]).example("passed").help("一个例子", "a value");
    }
}

/// `types: [{fields: [{columns: …}]}]`
pub mod own_column {
    use crate::schema::words::KIND_WORDS;
    use crate::schema::{
        Field,
        FieldKind::{Either, Flag, LangText, List, OneOf, Table, Text},
    };
    record! {
        "site/type/column", "自定义类型里表的列", "Column of a table of its own";
        KEY = Field::new("key", Text, "列名", "Key").must().example("name").help("小写字母、数字、下划线", "small letters, digits, underscores");
        LABEL = Field::new("label", LangText, "名称", "Label").earlier(&["labels"]).also(&["名称"]).must().example("{zh: 姓名, en: Name}").help("表头", "the head of the column");
        KIND = Field::new("kind", OneOf(KIND_WORDS), "内容", "Kind").also(&["类型"]).must().example("text").help("里面写什么；表里不能再有表", "what may stand in it; no table in a table");
        LIST = Field::new("list", Flag, "可以多个", "Several").example("true").help("可以写几个", "there may be several");
        VALUES = Field::new("values", List(&Either(&Text, &Table(&super::own_word::RECORD))), "可用的词", "Words").example("[{code: yes, label: {zh: 赞成, en: In favour}}]").help("kind 为 code 时", "of a kind of code");
        OF = Field::new("of", List(&Text), "指向", "Leads to").example("[policies]").help("kind 为 item 时", "of a kind of item");
    }
}

/// `values`
pub mod own_word {
    use crate::schema::{
        Field,
        FieldKind::{LangText, Text},
    };
    record! {
        "site/type/word", "自定义的词", "Word of its own";
        CODE = Field::new("code", Text, "代码", "Code").must().example("passed").help("小写字母、数字、连字符", "small letters, digits, hyphens");
        LABEL = Field::new("label", LangText, "名称", "Label").earlier(&["labels"]).also(&["名称"]).example("{zh: 通过, en: Passed}").help("显示的词；不写就是代码", "the word shown; the code without it");
    }
}

/// `content`
pub mod folder {
    use crate::schema::{
        Field,
        FieldKind::{Department, Folder},
    };
    record! {
        "site/content", "内容目录", "Content folder";
        PATH = Field::new("path", Folder, "目录", "Folder").must().example("civil-affairs/content").help("项目里的目录", "a folder of the project");
        OWNER = Field::new("owner", Department, "所属部门", "Owner").example("civil-affairs").help("没有写发文机关的条目归它", "answers for what names no issuer");
    }
}

/// `identity`
pub mod identity {
    use crate::schema::{
        Field,
        FieldKind::{LangText, Text, Web},
        Need::Must,
    };
    record! {
        "site/identity", "网站标识", "Identity";
        SITE_ID_CODE = Field::new("site_id_code", Text, "网站标识码", "Site identification code").example("\"1304000009\"").cn(Must, Must).help("十位", "ten characters");
        ORGANIZER = Field::new("organizer", LangText, "主办单位", "Organizer").also(&["主办单位"]).example("云台市人民政府办公室").help("谁主办", "who runs the site");
        OPERATOR = Field::new("operator", LangText, "承办单位", "Operator").also(&["承办单位"]).example("云台市大数据中心").help("谁承办", "who operates it");
        CONTACT = Field::new("contact", LangText, "联系方式", "Contact").also(&["联系方式"]).example("地址、电话、邮箱").help("一行", "address, telephone, mail: one line");
        ICP = Field::new("icp", Text, "ICP备案号", "ICP number").example("某ICP备00000000号").help("页脚显示", "shown in the footer");
        POLICE = Field::new("police", Text, "公安备案号", "Number of the police").example("某公网安备 00000000000000号").help("页脚显示", "shown in the footer");
        BADGE_URL = Field::new("badge_url", Web, "党政机关标识", "Badge").example("https://example.org/badge").help("党政机关网站标识的网页", "page of the badge of government sites");
    }
}

/// `look`
pub mod look {
    use crate::schema::{
        Field,
        FieldKind::{Count, Free, LangText, Web},
    };
    record! {
        "site/look", "外观设置", "Look of the site";
        LOGO = Field::new("logo", Web, "标志", "Logo").also(&["标志"]).example("/logo.svg").help("static/ 里的图片，以 / 开头；放在网站名称前面", "a picture in static/, beginning with /; it stands before the name of the site");
        FAVICON = Field::new("favicon", Web, "浏览器图标", "Icon").also(&["图标"]).example("/icon.svg").help("static/ 里的 SVG 或 PNG，最好是正方形", "an SVG or PNG in static/, best square");
        PICTURE = Field::new("picture", Web, "分享图", "Picture to share").also(&["分享图"]).example("/share.png").help("static/ 里 1200 × 630 的图片，代替自动画的", "a picture in static/ of 1200 x 630, in place of those that are drawn");
        CARDS = Field::new("cards", Count, "分享卡", "Cards to share").also(&["分享卡"]).example("100").help("最新的几个条目各画一张分享图，写着标题、机关和日期；每张约几毫秒、20 KB，默认 0，用栏目的图", "as many of the newest items have a picture of their own to share, with title, issuer and day; some milliseconds and 20 KB each; 0 without it, and that of the column stands in");
        COLORS = Field::new("colors", Free, "颜色", "Colours").also(&["颜色"]).example("{brand: \"#7a1f1f\", link: \"#7a1f1f\"}").help("样式变量的名字和值，写几个改几个；dark 之下是深色时的", "names of variables of the style sheet with their values, as many as are to change; below dark those of the dark mode");
        FOOTER = Field::new("footer", LangText, "页脚文字", "Words of the footer").also(&["页脚"]).example("{zh: 本站内容可以自由使用, en: Free to use}").help("一行一段", "one paragraph a line");
    }
}

/// `foot_links`
pub mod foot_link {
    use crate::schema::{
        Field,
        FieldKind::{LangText, Web},
    };
    record! {
        "site/foot_link", "页脚链接", "Link of the footer";
        TITLE = Field::new("title", LangText, "文字", "Text").also(&["标题", "名称", "题名"]).example("隐私声明").help("显示的文字", "what is shown");
        URL = Field::new("url", Web, "地址", "Address").also(&["网址"]).example("/privacy/").help("地址", "where it leads");
    }
}

/// `allow_personal`
pub mod allow {
    use crate::schema::{
        Field,
        FieldKind::{Date, File, Text},
    };
    record! {
        "site/allow_personal", "个人信息许可", "Permission for personal data";
        FILE = Field::new("file", File, "文件", "File").must().example("static/duty.html").help("从项目目录算起", "from the folder of the project");
        REASON = Field::new("reason", Text, "理由", "Reason").must().example("值班电话").help("为什么可以公开", "why it may be public");
        APPROVED_BY = Field::new("approved_by", Text, "批准人", "Approved by").must().example("信息公开审核组").help("谁批准的", "who says so");
        UNTIL = Field::new("until", Date, "有效期至", "Until").must().example("2027-12-31").help("过了这天就不算数", "last day; after it it is no permission");
    }
}

/// `disclosure`
pub mod disclosure {
    use crate::schema::words::{GOVERNMENT_LEVELS, INDEX_SCHEMES, SCHEMES};
    use crate::schema::{
        Field,
        FieldKind::{Code, OneOf, Text},
    };
    record! {
        "site/disclosure", "信息公开", "Disclosure";
        SCHEME = Field::new("scheme", OneOf(SCHEMES), "名称体系", "Scheme").example("generic").help("cn：政府信息公开专栏的固定名称；generic：国外的信息公开目录。默认随 profile", "cn: the fixed names of the Chinese regulations; generic: a publication scheme. By the profile without it");
        LEVEL = Field::new("level", Code(GOVERNMENT_LEVELS), "政府层级", "Level of government").also(&["层级"]).example("city").help("province、city、county 或 township；决定第二十一条的事项", "province, city, county or township: decides the classes of article 21");
        INDEX_SCHEME = Field::new("index_scheme", OneOf(INDEX_SCHEMES), "索引号编法", "Scheme of index numbers").example("orgcode").help("orgcode：机构代码/年-顺序号（默认）；orgcode-month：机构代码/年月-顺序号；ningbo：地区-部门-类别号-分组号-日期-顺序号", "orgcode: code/year-serial (without it); orgcode-month: code/yearmonth-serial; ningbo: region-department-class-group-date-serial");
        INDEX_PATTERN = Field::new("index_pattern", Text, "自定索引号", "Pattern of index numbers").example("\"YT-{code}-{year}-{n:5}\"").help("自定的编法，用 {code} {year} {month} {day} {n:位数}", "one of your own, of {code} {year} {month} {day} {n:digits}");
    }
}

/// `contact`
pub mod contact {
    use crate::schema::{
        Field,
        FieldKind::{Either, Table, Text},
    };
    record! {
        "site/contact", "渠道", "Channels";
        ASK = Field::new("ask", Either(&Text, &Table(&channel::RECORD)), "咨询", "Ask").example("https://example.gov.cn/ask?from={url}").help("邮箱、网址或电话；{url} 换成本页地址，{title} 换成本页标题", "mail, web address or telephone; {url} and {title} are those of the page");
        CORRECT = Field::new("correct", Either(&Text, &Table(&channel::RECORD)), "纠错", "Report an error").example("web@example.gov.cn").help("同上", "the same");
        REQUEST_DATA = Field::new("request_data", Either(&Text, &Table(&channel::RECORD)), "申请数据", "Ask for data").example("data@example.gov.cn").help("同上", "the same");
        APPLY = Field::new("apply", Either(&Text, &Table(&channel::RECORD)), "依申请公开", "Request information").example("https://example.gov.cn/apply").help("同上", "the same");
        HOTLINE = Field::new("hotline", Either(&Text, &Table(&channel::RECORD)), "热线", "Hotline").example("\"12345\"").help("同上", "the same");
        PETITION = Field::new("petition", Either(&Text, &Table(&channel::RECORD)), "信访", "Petition").example("https://example.gov.cn/petition").help("同上", "the same");
        REPORT = Field::new("report", Either(&Text, &Table(&channel::RECORD)), "投诉举报", "Report").example("https://example.gov.cn/report").help("同上", "the same");
    }

    /// One of them
    pub mod channel {
        use crate::schema::words::METHODS;
        use crate::schema::{
            Field,
            FieldKind::{OneOf, Web},
        };
        record! {
            "site/contact/channel", "渠道", "Channel";
            URL = Field::new("url", Web, "网址", "Address").must().example("https://example.gov.cn/ask").help("收表单的地址", "what takes the form");
            METHOD = Field::new("method", OneOf(METHODS), "方式", "Method").example("post").help("get 或 post：页面上是一个表单，带上本页地址和标题（字段 url、title、text）", "get or post: the page has a form with its address and title (fields url, title, text)");
        }
    }
}

/// `scorecards`
pub mod scorecards {
    use crate::schema::{
        Field,
        FieldKind::{File, Flag, Table},
    };
    record! {
        "site/scorecards", "部门评价", "Scorecards";
        LEAGUE = Field::new("league", Flag, "排名", "League table").example("false").help("默认 false：部门按 departments.yaml 的次序列出，不排名", "false without it: departments stand in the order of departments.yaml, not by score");
        WEIGHTS = Field::new("weights", Table(&super::weights::RECORD), "权重", "Weights").example("{content: 30}").help("改了会写在页面上", "the page says where they are changed");
        EARLIER = Field::new("earlier", File, "上次的评价", "Earlier scorecards").example("scorecards-2025.json").help("一份已发布的 scorecards.json，从项目目录算起：比较升降，上次计入而现在没有了的仍然计入", "a published scorecards.json, from the folder of the project: totals are compared with it, and what it counted and is gone still counts");
    }
}

/// `scorecards: {weights: …}`
pub mod weights {
    use crate::schema::{Field, FieldKind::Count};
    record! {
        "site/scorecards/weights", "权重", "Weights";
        SYSTEM = Field::new("system", Count, "制度", "System").example("10").help("默认 10", "10 without it");
        CONTENT = Field::new("content", Count, "内容", "Content").example("30").help("默认 30", "30 without it");
        CHANNELS = Field::new("channels", Count, "渠道", "Channels").example("10").help("默认 10", "10 without it");
        RESPONSE = Field::new("response", Count, "回应", "Response").example("25").help("默认 25", "25 without it");
        EFFECT = Field::new("effect", Count, "效果", "Effect").example("20").help("默认 20", "20 without it");
        SATISFACTION = Field::new("satisfaction", Count, "满意度", "Satisfaction").example("5").help("默认 5", "5 without it");
    }
}
