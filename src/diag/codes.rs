//! The codes that reading and publishing give. Rules and audits carry their own.

use super::{Phrase, Severity};

/// What `explain` knows about a code.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// Stable code.
    pub code: &'static str,
    /// A few words.
    pub title: Phrase,
    /// Gravity; `None` where it depends on the profile (the rule says how).
    pub severity: Severity,
    /// Other gravities at which it is told, in cases that its text names.
    pub also: &'static [Severity],
    /// Why it is so, and how to mend it.
    pub explain: Phrase,
    /// The law, standard or document behind it; empty for the tool's own.
    pub source: &'static str,
}

macro_rules! code {
    ($code:literal, $sev:ident $(+ $also:ident)*, $zt:literal, $et:literal, $zx:literal, $ex:literal) => {
        code!($code, $sev $(+ $also)*, $zt, $et, $zx, $ex, "")
    };
    ($code:literal, $sev:ident $(+ $also:ident)*, $zt:literal, $et:literal, $zx:literal, $ex:literal, $source:literal) => {
        Code { code: $code, title: Phrase { zh: $zt, en: $et }, severity: Severity::$sev, also: &[$(Severity::$also),*], explain: Phrase { zh: $zx, en: $ex }, source: $source }
    };
}

/// Stands in a rule's `source` for one that no law or standard asks for.
const OWN: &str = "own rule";

/// What is no name of a law: practice, in words that English readers get in English.
static PRACTICE: &[(&str, &str)] = &[
    (
        "有条件开放的数据写明条件和申请方式（丽水、重庆等地的开放分级）",
        "conditional data tell their conditions and how to apply (levels of access in Lishui, Chongqing and elsewhere)",
    ),
    ("不予开放的数据不附数据文件（丽水、重庆等地的开放分级）", "closed data come without files (levels of access in Lishui, Chongqing and elsewhere)"),
    (
        "上海、浙江对公共数据开放的定义：原始性、可机器读取、可供社会化再利用",
        "open public data as Shanghai and Zhejiang define them: original, machine-readable, for reuse by society",
    ),
    (
        "各地网上来信的答复期限（如沈阳：3 个工作日，复杂的 10 个工作日）",
        "time limits for replies to letters in cities (Shenyang: 3 working days, 10 where it is difficult)",
    ),
    ("各地政策文件与解读相互链接的做法", "practice: policies and their interpretations link to each other"),
];

/// What a rule follows, in the reader's language. Names of laws stay as they are.
pub fn source_in(source: &str, lang: super::Tongue) -> String {
    match lang {
        super::Tongue::Zh => source.replace(OWN, "本工具自己的规则"),
        super::Tongue::En => {
            let told = PRACTICE.iter().fold(source.replace(OWN, "a rule of this tool's own"), |t, (zh, en)| t.replace(zh, en));
            told.replace('；', "; ")
        }
    }
}

/// Codes of reading (`SRC`), of `audit` (`AUD`), addresses (`URL`), hosts (`HST`), the theme (`THM`), the tool (`OUT`), data files (`TAB`), git (`GIT`), addresses elsewhere (`LNK002`), access logs (`VIS`), and quality (`QUA`).
pub static SOURCE_CODES: &[Code] = &[
    code!(
        "SRC001",
        Error,
        "文件不是 UTF-8 编码",
        "file is not UTF-8",
        "内容文件必须是 UTF-8 编码。用编辑器“另存为 UTF-8”，或用 iconv -f GB18030 -t UTF-8 转换。该文件未读入，其余照常。",
        "Content files must be UTF-8. Save the file again as UTF-8, or convert it with iconv -f GB18030 -t UTF-8. The file is left out; everything else is read."
    ),
    code!(
        "SRC002",
        Error,
        "文件过大",
        "file is too large",
        "Markdown 与 YAML 文件各有 64 MiB 的上限，防止一个文件耗尽内存。请拆分文件，或把数据作为附件发布。",
        "Markdown and YAML files may have 64 MiB each, so that one file cannot use up the memory. Split it, or publish the data as an attachment."
    ),
    code!(
        "SRC003",
        Error,
        "文件无法读取",
        "file cannot be read",
        "文件没有读取权限、是循环的符号链接，或指向项目之外。符号链接只在目标位于内容目录之内时才跟随。目录读不了就不生成：里面有什么不知道，那些网页会不声不响地没有了；附件、数据文件读不了，用到它的条目被拦下。",
        "The file cannot be opened, is a symbolic link in a loop, or points outside the project. Links are followed only where they stay inside the content folder. A folder that cannot be read stops the build, for nobody knows what lies in it and its pages would be gone; an attachment or data file that cannot be read holds the item that uses it."
    ),
    code!(
        "SRC004",
        Error,
        "YAML 语法错误",
        "YAML syntax error",
        "文件头（或 YAML 文件）不合语法，整个文件未读入。常见原因：用 Tab 缩进、引号未闭合、冒号后缺空格。",
        "The front matter (or the YAML file) does not parse, so this file is left out. Often: a tab used to indent, a quote left open, no space after a colon."
    ),
    code!(
        "SRC005",
        Warn + Error,
        "未知字段",
        "unknown field",
        "字段名不在该类型的字段表中，多半是拼写错误。自定义字段请放在 extra: 之下。",
        "The field is not known for this type; most likely a spelling mistake. Put fields of your own under extra:."
    ),
    code!(
        "SRC006",
        Error,
        "字段类型不对",
        "wrong type",
        "字段应为文字、列表、真假或映射中的一种，而文件里给了另一种。该字段按未填处理。",
        "The field wants text, a list, true or false, or a mapping, and the file has something else. The field is taken as empty."
    ),
    code!(
        "SRC007",
        Error,
        "日期无法识别",
        "date not understood",
        "接受 2021-04-12、2021-04-12 09:30、2021年4月12日、2021.04.12、2021/4/12、二〇二一年四月十二日。不存在的日期（如 2 月 30 日）不接受。",
        "Accepted: 2021-04-12, 2021-04-12 09:30, 2021年4月12日, 2021.04.12, 2021/4/12, 二〇二一年四月十二日. Days that do not exist (30 February) are refused."
    ),
    code!(
        "SRC008",
        Error + Warn,
        "取值不在词表中",
        "value not in the vocabulary",
        "该字段只接受固定的词。信息中列出了可用的词。",
        "The field takes one of a fixed list of words; the message gives them."
    ),
    code!(
        "SRC009",
        Error + Warn,
        "重复的键",
        "duplicate key",
        "同一映射中同一个键出现两次，只取第一次的值。请删去一个。几个旧版（versions）写了同一个文件，是警告。登记表里两行的编号相同的，也在这里说。",
        "A mapping has the same key twice; the first one counts. Remove one of them. Several earlier versions that name one file are a warning. Two rows of a register with one number are told here too."
    ),
    code!(
        "SRC010",
        Error + Warn,
        "缺少必填字段",
        "required field missing",
        "没有这个字段，或写了却是空的，条目无法成立。请补上。",
        "Without this field, or with nothing in it, the entry cannot stand. Add it."
    ),
    code!(
        "SRC011",
        Error,
        "引用的编号不存在",
        "reference to nothing",
        "字段引用了 departments.yaml、themes.yaml 或内容目录里不存在的编号。",
        "The field names an id that departments.yaml, themes.yaml or the content folder does not have."
    ),
    code!(
        "SRC012",
        Info,
        "没有文件头",
        "no front matter",
        "Markdown 文件没有 --- 文件头，标题取自第一个标题行，日期和文号取自开头几行中没有歧义的写法。",
        "The Markdown file has no front matter between --- lines; the title is its first heading, dates and numbers are taken from its head lines where they are unambiguous."
    ),
    code!(
        "SRC013",
        Warn,
        "正文中的 HTML 按文字显示",
        "raw HTML shown as text",
        "出于安全，正文里的 HTML 标签不会生效，而是原样显示。请改用 Markdown 写法；确有需要时在 site.yaml 设 allow_html: true（仍会过滤）。",
        "For safety, HTML tags in a text have no effect and are shown as they are written. Use Markdown instead; where it is truly needed set allow_html: true in site.yaml (it is still filtered)."
    ),
    code!(
        "SRC014",
        Error,
        "危险的链接",
        "dangerous link",
        "只接受 http、https、mailto、tel、ftp 和站内链接，正文和 url、source_url 之类字段都是。javascript:、data:、C: 等不会成为链接，字段里的当作没有写。",
        "Only http, https, mailto, tel, ftp and links inside the site become links, in texts and in fields (url, source_url and the like); javascript:, data:, C: and the like do not, and in a field count as not written."
    ),
    code!(
        "SRC015",
        Error,
        "附件不存在",
        "attachment missing",
        "attachments 中的文件在磁盘上找不到，或不在内容目录之内。",
        "A file named under attachments is not on the disk, or lies outside the content folder."
    ),
    code!(
        "SRC016",
        Warn + Error,
        "文件不属于任何类型",
        "file of no known type",
        "内容目录下的文件要放在 policies/、interpretations/、pages/ 等类型目录之内，其他位置的 Markdown 与 YAML 不会发布。词汇表和栏目文件（departments.yaml、themes.yaml、glossary.yaml、synonyms.yaml、alerts.yaml、_column.yaml）名字差一点，就不读入，是错误。",
        "Content belongs into policies/, interpretations/, pages/ and the other type folders; Markdown and YAML elsewhere is not published. A vocabulary or column file whose name is nearly right (departments.yaml, themes.yaml, glossary.yaml, synonyms.yaml, alerts.yaml, _column.yaml) is not read: that is an error."
    ),
    code!(
        "SRC017",
        Error,
        "超过上限",
        "more than a file may hold",
        "为防“YAML 炸弹”，一个文件展开后至多 100 万个节点、64 层、1000 处 YAML 别名（*名）；各种列表也有上限，见手册“文件的上限”一节。超过的文件不发布。",
        "Against YAML bombs a file may unfold to at most 1,000,000 nodes, 64 levels and 1,000 YAML aliases (*name); lists have limits of their own, see “What a file may hold” in the manual. A file beyond them is not published."
    ),
    code!(
        "SRC018",
        Error,
        "同一条目有两个文件",
        "two files for one item",
        "两个文件对应同一条目的同一语言（如 a.md 与 a.zh.md）。只取第一个。",
        "Two files stand for the same item in the same language (such as a.md and a.zh.md). The first one counts."
    ),
    code!(
        "SRC019",
        Warn,
        "图片没有替代文字",
        "image without alternative text",
        "读屏软件读不出没有替代文字的图片。写作 ![图中内容](文件)；纯装饰的图片不必放进正文。",
        "A screen reader cannot read an image without text. Write ![what it shows](file); a purely decorative image does not belong in the text."
    ),
    code!(
        "SRC020",
        Error + Warn,
        "YAML 里的全角符号",
        "full-width signs in YAML",
        "YAML 只认半角的冒号、逗号、引号、括号、减号和空格。全角的会被当作文字：`title：通知` 不是字段，`[收费，登记]` 是一个词。信息里有改好的一行。结构因此读不出的，整个文件不公布。",
        "YAML knows only half-width colons, commas, quotes, brackets, hyphens and blanks. Full-width ones are text: `title：通知` is no field, `[收费，登记]` is one word. The message gives the line as it should be. A file whose structure is lost is not published."
    ),
    code!(
        "SRC021",
        Error,
        "文件头认不出",
        "a head that is none",
        "文件头必须从第一行第一列的 --- 开始，到下一个独占一行的 --- 结束，中间是 YAML。写成 +++、———、***、JSON，或前面有空行、注释，都不是文件头，会连同 draft 一起当作正文公布，所以不公布这个文件。",
        "A head begins with --- on the very first line, ends with --- on a line of its own, and is YAML. +++, ———, ***, JSON, or blank lines and comments before it make it text, and it would be published with its draft: true; so the file is held."
    ),
    code!(
        "SRC022",
        Warn,
        "没有引用的文档或数据放在内容目录里",
        "a document or data file in the content that nothing refers to",
        "Word、WPS、文本、网页、PDF、表格（CSV、XLSX、ODS……）、JSON、压缩包等文件本身不会变成网页，没有条目引用它，也就没有公布。文档转成 Markdown，数据写进某个数据集的 resources，附件写进某条的 attachments，不用公布的移出内容目录。",
        "Word, text, HTML and PDF files, tables (CSV, XLSX, ODS and the like), JSON and archives do not become pages of themselves; no item refers to this one, so it is not published. Turn a document into Markdown, name data in resources of a dataset and an attachment in attachments of an item, or move it out of the content folder."
    ),
    code!(
        "SRC024",
        Error,
        "内容目录不存在",
        "content folder missing",
        "site.yaml 的 content 列出的目录不存在。照常发布会少掉整个部门的内容，所以不发布。改正路径，或去掉这一行。",
        "A folder that content: in site.yaml names does not exist. To publish would leave out a whole department, so nothing is published. Correct the path or take the line out."
    ),
    code!(
        "SRC038",
        Error,
        "正文嵌套过深或标记过多",
        "text nested too deeply or with too many marks",
        "一行开了 100 层以上的引用或列表，或正文里的标记（`[`、`]`、`!`、`*`、`_`、`~`、`<`、`` ` ``、`&`、`\\`）超过 10 万个。正文不按 Markdown 读，每一行照原样成为一段，一个字也不丢。减少行首的 > 和列表标记，或分成几篇。",
        "A line opens more than 100 quotations or lists, or the text has more than 100,000 signs of markup (`[`, `]`, `!`, `*`, `_`, `~`, `<`, `` ` ``, `&`, `\\`). It is not read as Markdown: each line becomes a paragraph as it stands, and no word is lost. Take out marks at the beginning of the line, or part it into several texts."
    ),
    code!(
        "SRC040",
        Error,
        "网站地址不对",
        "the address of the site is no address",
        "base_url（或 --base-url）要以 http:// 或 https:// 开头，有主机名，可带路径；不能有空白、用户名口令、查询串、#、.. 或控制字符（编码过的也不行）。它会写进每个网页和主机的配置文件，所以写错就不生成。",
        "base_url (or --base-url) begins with http:// or https://, has a host and perhaps a path; it may not have blanks, a user name or password, a query, a fragment, .. or control characters (nor encoded ones). It is written into every page and into the files of the host, so a build stops."
    ),
    code!(
        "SRC041",
        Warn,
        "时刻不起作用",
        "the time of day is passed over",
        "施行、失效日期和变更说明按整天计。要到某一时刻才公布，写在 published_at；要到某一时刻才撤回，写在 withdrawn 的 on。",
        "Days of effect and expiry, and those of change notes, are whole days. What must not be public before its minute has it in published_at; what is withdrawn at a minute has it in withdrawn: on."
    ),
    code!(
        "SRC042",
        Warn,
        "网站地址是示例",
        "the address of the site is an example",
        "localhost、IP 地址、example.org 之类的地址会写进订阅、站点地图、规范链接和引用格式，别人打不开。上线前把 base_url 改成正式地址；示范站写 demo: true，写了 as_of 的不报。只在 build 时报，check 和 serve 不报。",
        "An address such as localhost, a bare IP number or example.org is written into feeds, the site map, canonical links and citations, where nobody can open it. Write the real one to base_url; a demonstration says demo: true, and a site with a fixed as_of is not asked. Only build says so, not check or serve."
    ),
    code!(
        "SRC043",
        Warn,
        "目录的文件使其下条目成为草稿",
        "a folder's file makes drafts of what lies below",
        "_index.md（Hugo）、_metadata.yml（Quarto）之类写了 draft: true，或用 cascade: 把它传给目录下的条目；文件头读不出的也算。其下没有自己写 draft: 的条目都按草稿，不公布。可以公布的各写 draft: false。",
        "_index.md (Hugo), _metadata.yml (Quarto) and the like say draft: true, or hand it down by cascade:, or have a head that cannot be read. Items below that do not say draft: themselves are drafts and not published. Write draft: false in those that are public."
    ),
    code!(
        "SRC044",
        Warn + Error,
        "# 之后成了注释",
        "text lost behind a #",
        "YAML 里空格加 # 开始注释：`title: 关于封闭 #3 楼电梯的通知` 的标题只剩“关于封闭”。给文字加引号；真是注释，在 # 之后空一格。中文后面的 ` # 试行` 可能是文字也可能是注释，是警告：文字加引号，注释另起一行，或在 # 前空两格。标题被截断是错误，其他字段是警告。",
        "In YAML a blank and # begin a comment: of `title: Lift #3 is closed` only \"Lift\" is left. Put the text in quotes; where it is a comment, put a blank behind the #. Behind Chinese text ` # 试行` may be either and is a warning: put the text in quotes, or the comment on a line of its own, or two blanks before the #. It is an error of a title and a warning elsewhere."
    ),
    code!(
        "SRC045",
        Warn,
        "网址没有写全",
        "address without https://",
        "url、source_url 之类字段的网址没有 https://（www.fujian.gov.cn/x），浏览器会当作本站的路径。现按 https:// 处理；写全，只有 http 的站点写 http://。",
        "An address of a field (url, source_url and the like) lacks its https:// (www.riverton.gov/x); browsers take that for a path of this site. It is taken as https://; write it whole, with http:// where the site has nothing else."
    ),
    code!(
        "SRC046",
        Warn,
        "目录文件的正文不公布",
        "text of a folder's file",
        "_index.md 在这里只给栏目起名（title 或第一个标题），正文没有页面。要公布的放进 pages/ 下的一个文件，简短的说明写进 _column.yaml 的 description；用不着的删去。",
        "Here _index.md only names a column (its title or first heading); its text has no page. Put what is for the public into a file of pages/, a short description into description of _column.yaml, or delete it."
    ),
    code!(
        "SRC047",
        Error,
        "放错了目录",
        "in the folder of another type",
        "条目的类型由所在目录决定。字段是解读（或数据集）的，却放在政策的目录里，就会当作政策公布，少了它该有的内容。移到信息里说的目录。dataset.yaml、topic.yaml 要在自己的目录里（datasets/名称/dataset.yaml），直接放在 datasets/ 里的不公布。由此引起的其他问题不再列出。",
        "The folder tells the type of an item. With the fields of an interpretation (or a dataset) in the folder of policies it is published as a policy, without what belongs to it. Move it to the folder of the message. dataset.yaml and topic.yaml want a folder of their own (datasets/NAME/dataset.yaml); in datasets/ itself they are not published. What only follows from it is not listed."
    ),
    code!(
        "SRC048",
        Error,
        "没有解决的合并冲突",
        "merge conflict that nobody resolved",
        "Git 把两个人改的同一处都留在文件里，用 <<<<<<<、=======、>>>>>>> 隔开。留下对的那一份，删去带标记的几行。Markdown、YAML 和登记表（CSV）都查，代码块里的例子不算；数据文件由 TAB029 报。改好之前不公布。",
        "Git left both versions of lines that two people changed, between <<<<<<<, ======= and >>>>>>>. Keep the right one and delete the lines of marks. Markdown, YAML and registers (CSV) are looked at, but no examples in blocks of code; TAB029 tells of data files. Nothing of it is published until then."
    ),
    code!(
        "SRC049",
        Warn,
        "没有内容的部门太多",
        "very many departments without anything published",
        "没有内容的部门，各语言合计至多有 2000 个页面，写了名称以外内容（电话、职责、内设机构等）的排在前面；其余只列在部门名单里，没有自己的页面。有了内容就有页面。用不到的部门从 departments.yaml 里去掉。",
        "Departments of which nothing is published have at most 2,000 pages in all languages, those first that say more than their name (telephone, functions, offices …); the others stand in the list of departments without a page of their own. Each has its page as soon as something of it is published. Take those out of departments.yaml that are not needed."
    ),
    code!(
        "SRC061",
        Warn,
        "登记表里不是记录的行",
        "a row of a register that is no record",
        "逐条意见、来信、依申请登记的表里，第一格是合计、小计、总计，或填表人、审核、备注一类签注的行，和只有编号、没有内容的行，都不是一条记录：不计数，不显示，在这里写明。确是记录的，改写第一格，或补上各格。",
        "In lists of opinions, letters and requests a row whose first cell is a total (合计, Total), or says who made the list, who looked at it or what is noted, and a row with a number and nothing else, are no records: they are neither counted nor shown, and are told here. Where it is a record, write another first cell or fill in the others."
    ),
    code!(
        "SRC030",
        Warn,
        "其他工具的标记",
        "left-over of another tool",
        "正文留有 Hugo、Jekyll、Hexo、VuePress、WordPress、MediaWiki 等工具的短代码或模板标记。它们在这里不起作用，读者会看到花括号。改成 Markdown，或放进代码。每个文件最多报 20 处。",
        "The text has shortcodes or template tags of Hugo, Jekyll, Hexo, VuePress, WordPress, MediaWiki or the like. They do nothing here, and readers see the braces. Write Markdown instead, or put them into code. At most 20 places of a file are told."
    ),
    code!(
        "SRC031",
        Warn,
        "表格的行比表头长",
        "row of a table longer than its head",
        "Markdown 表格某一行的格子比表头多：多半漏了表头的格，或文字里的 | 没有写成 \\|。多出的格照样发布，但没有表头。",
        "A row of a Markdown table has more cells than the head: a cell of the head is missing, or a | in the words was not written \\|. The cells are published, without a head."
    ),
    code!(
        "SRC032",
        Warn,
        "标记没有起作用",
        "markup that does not work",
        "没有配成对的 **、没有分隔行的表格、没有写完的链接、没有结束的代码块、Word 留下的标签、多余的 \\n 和 &nbsp; 之类会被读者当作文字看到。照提示改写；要显示这些字符，放进代码或在前面加 \\。每个文件最多逐一列出 20 处。",
        "Half a pair of **, a table without its line of dashes, an unfinished link or block of code, tags left by Word, a stray \\n or &nbsp; are seen by readers as characters. Write it as the finding says; to show such characters put them into code or a \\ before them. At most 20 places of a file are listed one by one."
    ),
    code!(
        "SRC033",
        Info,
        "按打码显示的星号",
        "asterisks shown as a mask",
        "名单里名字或号码前面的星号（*小红、*建国）既像打码又像强调，按打码照原样显示。要强调，把标点写在星号外面：*小红*、。每个文件只提示第一处。",
        "Asterisks before names or numbers of a list (*小红、*建国) may be masks or emphasis; they are shown as they are. For emphasis write the punctuation outside. Only the first place of a file is told."
    ),
    code!(
        "SRC034",
        Info,
        "标记按原意显示",
        "markup shown as it was meant",
        "差一个字符的标记（##标题、[附件]（a.pdf）、[附件](my file.pdf)、全角竖线的表格、:::tip、!!! note、> [!danger]，行首的 >5万元、>=3）原意明白，就按原意显示。不改也行；其他软件不一定认得，照提示改写更稳妥。",
        "Markup that misses by a character (##heading, full-width brackets of a link, a blank in its address, full-width bars of a table, :::tip, !!! note, > [!danger], >50 and >=3 at the beginning of a line) is shown as it was meant. Nothing has to be done; other programs may not know it, so it is better written as the finding says."
    ),
    code!(
        "SRC035",
        Error,
        "语言后缀不认识",
        "language suffix not known",
        "文件名形如 a.fr.md，旁边有 a.md，但 fr 不是 site.yaml 里 languages 列出的语言（或写错了，如 a.chinese.md）。这份译文未读入。改后缀，或把语言加进 languages。",
        "A file is named like a.fr.md beside a.md, and fr is none of the languages of site.yaml (or no tag, as in a.chinese.md). The translation is not read. Change the suffix, or add the language to languages."
    ),
    code!(
        "URL001",
        Error + Warn,
        "地址冲突",
        "address taken twice",
        "两个条目会写到同一个地址（大小写不同也算）。改其中一个的文件名或 slug。待公布的条目，旧地址（aliases）到公布那天才会冲突的，先警告。",
        "Two items would be written to the same address (a difference of case alone counts). Rename one of the files or set its slug. An old address (aliases) of an item that comes out later, which will collide on that day, is a warning until then."
    ),
    code!(
        "URL002",
        Error,
        "地址不合规则",
        "address not allowed",
        "slug 不能含 ..、反斜杠、控制字符、查询串、系统保留名，每段至多 200 字节；aliases 可以有查询串，但不能有 ..、空段、反斜杠、控制字符，编码要是 UTF-8。",
        "A slug may not contain .., a backslash, control characters, a query or a device name; each segment has at most 200 bytes. An alias may have a query, but no .., empty part, backslash or control characters, and is encoded in UTF-8."
    ),
    code!(
        "URL003",
        Error,
        "曾经公布的地址不见了",
        "a published address is lost",
        "地址台账（urls.txt）里的地址现在没有页面、跳转或撤回说明。给移走的条目加 aliases，或用 withdrawn 说明撤回。台账只管承诺不变的：条目、文件、部门、主题、栏目；分面和翻页这样由程序列出的网页不算，空了就转到上一级列表。被拦下或撤回的条目只免除它自己的地址。",
        "An address in the ledger (urls.txt) has no page, redirect or notice any more. Give the moved item an alias, or mark it withdrawn. The ledger holds what promises to stay: items, files, departments, subjects, columns. Lists that the build makes (facets, further pages) are none of these; empty, they lead to the larger list. An item that is held back or withdrawn excuses its own addresses and no others."
    ),
    code!(
        "URL004",
        Info + Warn,
        "旧地址要靠主机的规则",
        "an old address needs a rule of the host",
        "带查询串的旧地址（show.aspx?id=1）没有文件能答；.jsp、.pdf、.json 这样的名字，同名目录里的网页不是每个主机都认。nginx、Apache、Caddy、Netlify 的规则已写在 hosting/ 和 _redirects 里。在 site.yaml 用 host: 写明主机后，做得到的不再提示，做不到的成为警告。",
        "No file can answer an old address with a query (show.aspx?id=1), and the page that stands in for a .jsp, .pdf or .json is not found by each host. Rules for nginx, Apache, Caddy and Netlify are in hosting/ and _redirects. With host: in site.yaml what the host can do is no longer said, and what it cannot is a warning."
    ),
    code!(
        "URL005",
        Warn,
        "旧地址写了也没用",
        "an old address that cannot work as written",
        "# 之后的部分浏览器不会发给服务器，所以只有 # 之前的地址会跳转；写在没有网页的内容上的旧地址无处可去；两个地址写在一起的（`/a.html, /b.html` 加了引号）只当一个。",
        "What stands after # is never sent to a server, so the address before it redirects whatever follows; an old address of something that has no page leads nowhere; two in one (`/a.html, /b.html` in quotes) are taken for one."
    ),
    code!(
        "HST001",
        Warn,
        "跳转比主机允许的多",
        "more redirects than the host takes",
        "Cloudflare Pages 的 _redirects 至多 2000 条静态、100 条动态规则，GitLab Pages 至多 1000 条，Vercel 至多 2048 条，多出的被丢掉或部署失败；GitHub Pages 和对象存储一条也没有。旧地址上的网页仍会跳转。用 host: 写明主机。",
        "`_redirects` of Cloudflare Pages takes 2,000 static and 100 dynamic rules, that of GitLab Pages 1,000, Vercel 2,048; what is over is dropped, or the deployment refused. GitHub Pages and object storage take none. The pages at the old addresses lead on all the same. Say which host it is with host:."
    ),
    code!(
        "HST002",
        Warn,
        "附件会以本站名义运行",
        "attachments that run in the name of the site",
        "HTML、SVG、XML、脚本之类的附件在浏览器里打开就以本站的名义运行，.php 之类服务器可能直接执行。读 _headers 或 hosting/ 里文件的主机会让它们只能下载；GitHub Pages、GitLab Pages、对象存储没有这样的文件。改成 PDF 或打包成 zip，或用 host: 写明主机。",
        "Attachments such as HTML, SVG, XML and scripts run in the name of the site when they are opened in a browser; a server may run .php and the like. A host that reads _headers or a file of hosting/ serves them as downloads; GitHub Pages, GitLab Pages and object storage have no such file. Give them as PDF or in a zip, or say which host it is with host:."
    ),
    code!(
        "HST003",
        Warn,
        "响应头规则比主机允许的多",
        "more header rules than the host takes",
        "Cloudflare Pages 的 _headers 至多 100 条规则，排在后面的附件不会只能下载。",
        "`_headers` of Cloudflare Pages takes 100 rules; attachments behind them are not made downloads."
    ),
    code!(
        "HST004",
        Info,
        "_redirects 的写法",
        "the words of _redirects",
        "Netlify 要 301! 才会先跳转再看文件，也认查询串；Cloudflare Pages 和 GitLab Pages 不认这两样，会拒绝这些行。site.yaml 没有 host: 时按 Netlify 写。",
        "Netlify redirects before it looks for a file by 301! alone, and reads queries; Cloudflare Pages and GitLab Pages read neither and refuse such lines. Without host: in site.yaml the file is in the words of Netlify."
    ),
    code!(
        "URL010",
        Warn,
        "地址太长，已缩短",
        "address too long, shortened",
        "文件名作地址的一段最多 200 字节（约 66 个汉字），操作系统和网站主机不收更长的。超出的在字的边界截断，加上由全名算出的短码，因此每次构建都相同、互不重复。要好记的地址请写 slug:。",
        "A file name may take 200 bytes in an address (about 66 Han characters); systems and hosts refuse longer ones. What is longer is cut at a character and gets a short code computed from the whole name, so it is the same at every build and no two are equal. For an address to remember, write slug:."
    ),
    code!(
        "THM001",
        Error,
        "主题模板有误",
        "fault in the theme",
        "模板语法有误，或引用了不存在的模板、变量。信息中有模板文件和行列。",
        "A template does not parse, or names a template or variable that is not there. The message gives the file and place."
    ),
    code!(
        "THM002",
        Warn,
        "界面文字缺失或多余",
        "interface message missing or unknown",
        "主题的 i18n 文件缺少某条文字，或参数与默认主题不符。缺少的用默认主题的文字代替。",
        "An i18n file lacks a message, or its arguments differ from those of the default theme. What is missing is taken from the default theme."
    ),
    code!(
        "THM003",
        Error,
        "主题不存在",
        "no such theme",
        "site.yaml 里 theme: 指定的主题在 themes/ 下不存在，或 extends 成环。",
        "The theme named by theme: in site.yaml is not under themes/, or its extends goes in a circle."
    ),
    code!(
        "THM004",
        Error,
        "外观设置不能用",
        "a setting of the look cannot be used",
        "site.yaml 的 look: 里，logo、favicon、picture 要是 static/ 里的图片，以 / 开头；colors 里的名字要是样式表里的变量（自带的在 10-tokens.css），值要是颜色或尺寸。文字和底色的对比不到 4.5:1，看不清，是警告。不能用的一项不用，其余照用。",
        "In look: of site.yaml, logo, favicon and picture are pictures in static/, with a path that begins with /; the names in colors are variables of the style sheet (those of the built-in theme stand in 10-tokens.css), the values colours or sizes. Text with a contrast below 4.5:1 to its ground cannot be read well: that is a warning. What cannot be used is left out, the rest is used."
    ),
    code!(
        "OUT001",
        Error,
        "文件写不出来",
        "a file could not be written",
        "磁盘已满、没有权限，或文件系统出错。现有站点没有动过。",
        "The disk is full, the folder is read-only, or the file system failed. The live site was not touched."
    ),
    code!(
        "TAB001",
        Error + Warn,
        "数据文件读不出来",
        "data file cannot be read",
        "文件是空的、损坏（工作簿缺了共用的文字、行号重复也是）、加密、解压后过大，或读取时正被改动。该文件没有预览和概况，原文件照常发布；只有解压后过大的压缩包没有查过个人信息，不公开。",
        "The file is empty, broken (so is a workbook that lacks its shared texts or has a row twice), locked, unpacks beyond measure, or changed while it was read. It gets no preview or profile; the file itself is published as it is, but for an archive that unpacks beyond measure: nobody looked through it for personal data, and it is not published."
    ),
    code!(
        "TAB002",
        Error + Warn,
        "格式与写的不同",
        "not the declared format",
        "按字节认出的格式与 format: 或后缀不同，例如写着 CSV、内容是网页。换成正确的文件，或改 format:。许多办公系统导出的“Excel”其实是网页里的表或 Excel 2003 的 XML：照表读入，并提醒。内容是没有表格的网页（另存下来的报错页、登录页）的，是错误，条目不公布。",
        "The bytes are of another format than format: or the ending says, such as a web page called CSV. Put the right file there, or correct format:. What many office systems export as Excel is a table in a web page, or the XML of Excel 2003: it is read as a table, with a warning. A web page without a table (an error or a login that was saved) is an error, and its item is not published."
    ),
    code!(
        "TAB003",
        Error + Warn,
        "编码有误",
        "characters cannot be decoded",
        "文件里有不合编码的字节，坏字显示为 �。重新导出为 UTF-8，或用 encoding: 写明编码。",
        "Some bytes are not valid in the encoding; they show as �. Export the file again as UTF-8, or say the encoding with encoding:."
    ),
    code!(
        "TAB004",
        Info + Warn,
        "编码是推断的",
        "encoding is assumed",
        "文件没有标明编码，按内容推断（多为 GB18030 或 Big5）；没有把握时给出读出来的样子。推断有误就写 encoding:；写了就不再提示。",
        "The file does not tell its encoding; it was inferred from the content (mostly GB18030 or Big5); where that is not sure, a text of it is shown. Say encoding: if that is wrong; then there is nothing to infer."
    ),
    code!(
        "TAB005",
        Warn + Error,
        "行的列数不一",
        "rows of different length",
        "有的行比表头多或少几格。少的按空值（警告）；多出的格另成一列（column_N），太多（100 格以上）时不进表（错误）。通常是漏了引号或多了分隔符。",
        "Some rows have more or fewer cells than the head. Missing cells count as empty (a warning); cells beyond the head get columns of their own (column_N), and are left out where they are too many (more than 100): an error either way. Often a quote is missing or a delimiter too many."
    ),
    code!(
        "TAB006",
        Warn + Error,
        "引号有误",
        "quote left open or out of place",
        "引号没有闭合，或格子在结尾的引号之后还有文字（连引号照原样读）。未闭合的引号会吞掉后面的行。",
        "A quote is not closed, or a cell goes on behind its closing quote (it is read as written, quotes included). An open quote swallows the rows after it."
    ),
    code!(
        "TAB007",
        Info + Warn + Error,
        "列名缺失或重复",
        "columns without a name, or with the same",
        "表头有空格或两列同名，或用全角逗号分开而不成表头，程序无法按名取列。每行都用全角逗号分开、整张表成了一列，是错误。生成的文件里补上序号；请改表头。",
        "The head has empty cells or the same name twice, or full-width commas make it none, so columns cannot be told by name. A table whose lines are all parted by full-width commas has one column, which is an error. Derived files add numbers; better correct the head."
    ),
    code!(
        "TAB008",
        Warn,
        "列里有不合类型的值",
        "values of another type in a column",
        "一列绝大多数是数字或日期，个别格却是文字，多半是录入差错。整列因此成了文字的，说明是哪一行的哪个值（`–5` 的负号、没有的日子 2024-02-30）；日期写法不一的也告知。列照原样，不作更改。",
        "Nearly all cells of a column are numbers or dates and a few are text: most likely mistakes of entry. Where one makes the whole column text, row and value are told (the minus of `–5`, the day 2024-02-30 that is none), and so are days written in two ways. The column stays as it is."
    ),
    code!(
        "TAB009",
        Warn,
        "格子里有公式",
        "formulas in cells",
        "以 = + - @ 开头的文字会被电子表格当作公式执行。原文件不改；生成的 Excel 用 CSV 里前面加了单引号。",
        "Text that begins with = + - @ is run as a formula by spreadsheets. The original is left alone; the copy for Excel puts an apostrophe before it."
    ),
    code!(
        "TAB010",
        Warn,
        "有 NUL 字符",
        "NUL characters",
        "文件里有值为零的字节，多半是导出出错或文件不是文本。",
        "The file has bytes of zero: the export went wrong, or it is no text."
    ),
    code!(
        "TAB011",
        Info,
        "表外的文字",
        "texts around the table",
        "表头之上或表格之下的说明被认出并单独显示为附注，没有当作数据行。各行第一格本来就是句子的，末尾只有第一格的行算数据，也在这里告知。",
        "Titles above the head and notes below the rows were found and are shown as notes, not as rows of data. Where the first cells of the rows are sentences themselves, rows of nothing else at the end are data, and told here too."
    ),
    code!(
        "TAB012",
        Warn + Error,
        "表格过大或没有列",
        "beyond the limits, or no columns",
        "列数、单格长度、值的个数或压缩包里的文件数超过上限，超出部分没有读入；或没有认出任何列；或连表头正好 65536 行、1048576 行，导出时可能被截断。",
        "More columns, longer cells, more values or more files in an archive than are read, or no column at all was found; or, with its head, just 65,536 or 1,048,576 rows: the export may have been cut there."
    ),
    code!(
        "TAB013",
        Error + Warn,
        "编号丢了数字",
        "codes have lost digits",
        "电子表格把超过 15 位的编号存成了数字，末几位已变成 0；或写成了 9.13301E+17（按文字读取）；或去掉了邮政编码、定长代码（行政区划、税号等）开头的 0。在表里把该列设为文本后重新填写。",
        "A spreadsheet has stored codes of more than 15 digits as numbers, and the last digits are zeros now; or it has written them as 9.13301E+17 (read as text); or it has taken the zero before postcodes and other codes of a fixed length (regions, goods). Make the column text and enter them again."
    ),
    code!(
        "TAB014",
        Error,
        "主键重复或为空",
        "primary key not unique",
        "schema.primaryKey 指的列有重复或空的值，无法按键查找和比较版本。",
        "The columns of schema.primaryKey have values twice, or none, so rows cannot be looked up or compared by key."
    ),
    code!(
        "TAB015",
        Info,
        "用符号表示缺失",
        "signs for missing values",
        "格子里的 -、…、NA 等按缺失值处理。若是真实的值，用 schema.missingValues 写明哪些符号才算缺失。",
        "Cells with -, …, NA count as missing. Where they are values, name the signs that do mean missing in schema.missingValues."
    ),
    code!(
        "TAB016",
        Warn + Error + Info,
        "JSON 里没有表",
        "no table in the JSON",
        "JSON 不是对象的数组，也没有含这样数组的键，不能显示为表。",
        "The JSON is no array of objects and has none under a key, so it cannot be shown as a table."
    ),
    code!(
        "TAB017",
        Warn,
        "隐藏的工作表",
        "hidden sheet",
        "工作簿里有隐藏的工作表：不在页面和派生的下载里，但会随原文件一起公开。确认可以公开，或删去。",
        "The workbook has a hidden sheet, which is on no page and in no derived download but is published with the original file. Make sure that it may be public, or delete it."
    ),
    code!(
        "TAB018",
        Error,
        "外键对不上",
        "foreign key does not resolve",
        "schema.foreignKeys 指的资源、列不存在，或有值在被引用的表里找不到。",
        "schema.foreignKeys names a resource or column that is not there, or some values are not in the table that it refers to."
    ),
    code!(
        "TAB019",
        Error + Warn,
        "图表画不出来",
        "chart cannot be drawn",
        "charts: 里写的资源、列不存在，列里没有数字，或要画的太多：系列最多 24 个（堆积图 60 个），柱形图的横轴最多 60 个，一个数据集的图表一共最多 15 万个点、读 400 万行。各系列单位不同，或横轴的一处有几个值，也不画：一根轴只有一种单位，几个值里不替作者挑一个。图里没有画的（合计、没有名称的行、格子地图上不是省级的地区）和从年初累计而不连线的，是警告，写在图下。其余图表照常。",
        "A chart names a resource or column that is not there, or a column without numbers, or has too much to be drawn: more than 24 series (60 of a stacked one) or more than 60 bars, or, in all charts of a dataset, more than 150,000 points or 4,000,000 rows gone through. Neither is one whose series have several units, or that has several values for one place of its axis: one axis has one unit, and of several values none is chosen for the author. What a chart leaves out (totals, rows without a name, places that have no tile) and values summed up from the beginning of the year, which no line joins, are warnings and are told below the chart. Other charts are drawn."
    ),
    code!(
        "TAB020",
        Info,
        "值的写法按整列判定",
        "values read as their column is written",
        "一列的数字用小数逗号（1.234,5）或日期写作日/月/年（13/01/2024），整列只能这样读，就这样读：生成的 CSV、JSON 里写作 1234.5、2024-01-13，原文件不改。在 schema.fields 里用 decimalChar、groupChar、format 写明，就不再提示。",
        "The numbers of a column have decimal commas (1.234,5) or its days come first (13/01/2024), and the whole column can be read in no other way: so it is read, and derived CSV and JSON have 1234.5 and 2024-01-13. The original is left as it is. Declare decimalChar, groupChar or format in schema.fields, and nothing need be inferred."
    ),
    code!(
        "TAB021",
        Error + Warn + Info,
        "值的写法有两可",
        "values that may be read in two ways",
        "逗号和点可能是小数点，也可能是分位符（1,2345 可能是四位一组的 12345）；03/04/2024 可能是三月，也可能是四月。程序不猜：用 decimalChar、groupChar 或 format 写明。",
        "Commas and points may part decimals, thousands or groups of four (1,2345 may be 12345); 03/04/2024 may be in March or in April. Nothing is guessed: declare decimalChar, groupChar or format."
    ),
    code!(
        "TAB022",
        Error + Warn,
        "值不是所声明的写法",
        "values not written as declared",
        "schema.fields 声明了 decimalChar、groupChar、format 或 trueValues，有的值却不是这样写的。这些值照原样保留，不作转换。",
        "decimalChar, groupChar, format or trueValues is declared in schema.fields, and some values are written otherwise. They are left as they are."
    ),
    code!(
        "TAB023",
        Info,
        "JSON 里有几个列表",
        "several lists in the JSON",
        "JSON 里不止一个对象的列表，取了最像数据的一个。用 dialect.property 写明路径。",
        "The JSON has more than one list of objects, and the one most like data was taken. Name it by dialect.property."
    ),
    code!(
        "TAB024",
        Warn,
        "一个文件里有几个表",
        "several tables in one file",
        "空行之后，或表的行之下紧接着，又有一行表头和它的数据，按另一个表读取，各自生成下载文件。最好一个文件只放一个表。",
        "After an empty line, or right below the rows of a table, there is another head with rows of its own; it is read as another table, with files of its own. Better have one table a file."
    ),
    code!(
        "TAB025",
        Warn,
        "表头在中间重复",
        "the head comes again among the rows",
        "有的行和表头一字不差，多半是分页打印或几个文件拼接留下的，不算数据行。它上面只有一格的行（“续表”“第 2 页”）算数据，所以告知。",
        "Some rows are the head letter by letter, left by printing in pages or by joining files. They are no rows of data. Rows of one cell above them (“continued”, “page 2”) are, and so are told."
    ),
    code!(
        "TAB026",
        Info,
        "表头有几行",
        "a head of several rows",
        "表头按几行读取，列名用 / 连接。若其中有数据，用 dialect.headerRows 写明表头的行号。",
        "The head was read as several rows, whose names are joined by /. If one of them is data, say dialect.headerRows."
    ),
    code!(
        "TAB027",
        Warn + Info,
        "欧盟统计局的写法",
        "the form of Eurostat",
        "第一列合写几个维度（freq,unit,geo\\TIME_PERIOD），按逗号分开；数字后跟标志（b 中断、p 暂定、e 估计），“:”为缺失。标志是数据的一部分，程序不丢掉它，所以带标志的列按文字读取。把标志另放一列即可算作数字。",
        "The first column holds several dimensions (freq,unit,geo\\TIME_PERIOD), which are split at their commas. Flags stand behind numbers (b break, p provisional, e estimated), and “:” means missing. Flags are part of the data and are not dropped, so columns that have them are read as text. Put flags in a column of their own, and the numbers can be counted."
    ),
    code!(
        "TAB028",
        Error,
        "坐标不是经纬度",
        "coordinates are no degrees",
        "GeoJSON 的坐标超出经纬度的范围、纬度写在前面，或声明了别的坐标系（EPSG:3857、4549 …）。RFC 7946 只用经纬度、经度在前。这样的坐标不叫 longitude、latitude，列名用 x、y。",
        "Coordinates of a GeoJSON are out of range, have latitude first, or a coordinate system such as EPSG:3857 or 4549 is declared. RFC 7946 has degrees only, longitude first. Such columns are called x and y, never longitude and latitude."
    ),
    code!(
        "TAB029",
        Error,
        "Git 留下的指针或冲突",
        "a pointer or a conflict of Git",
        "文件里不是数据，是 Git LFS 的指针；或有没解决的合并冲突（<<<<<<<、=======、>>>>>>>），两种内容都在。不作表读取，改好之前所在的条目不公布。",
        "The file is a pointer of Git LFS and no data, or has a merge conflict that nobody resolved (<<<<<<<, =======, >>>>>>>) with both versions in it. It is not read as a table, and its item is not published until that is mended."
    ),
    code!(
        "TAB030",
        Warn,
        "离表很远的格子",
        "cells far from the table",
        "工作表里有离表很远的格子，或隔着空列又没有表头的零星格子，没有算进表里，但在原文件里。不需要就删掉；属于表的移到表里。",
        "A sheet has cells far from its table, or some without a head beside an empty column. They are no part of it but are in the original file. Delete them, or move them into the table."
    ),
    code!(
        "TAB031",
        Warn + Info,
        "数据里有合并的单元格",
        "merged cells among the data",
        "合并的单元格只有第一格有值。其余空格填上了同一个值，否则这些行会缺地区、年份等。数字也照填，求和会重复，请核对。",
        "Only the first cell of a merged area has a value. The others were given the same, as rows would lack their region or year otherwise. Numbers are repeated too, which sums would count twice."
    ),
    code!(
        "TAB032",
        Warn,
        "隐藏的行、列或值",
        "hidden rows, columns or values",
        "工作表里隐藏、高为 0 或被筛选掉的行，隐藏或宽为 0 的列，被格式隐藏的数字，与底色相同或小得看不见的字，都会在页面、下载和原文件里公开。确认可以公开，或删去。",
        "Rows that are hidden, filtered out or without height, columns that are hidden or without width, numbers hidden by their format, and letters in the colour of their ground or too small to be seen are published on the page, in downloads and in the original file. Make sure that they may be public, or delete them."
    ),
    code!(
        "TAB033",
        Warn,
        "公式没有算出的值",
        "formulas without a computed value",
        "工作簿由程序写成，没有经电子表格软件计算，公式的格子没有值或只有 0。打开、计算并保存后再放入。",
        "A program wrote the workbook and no spreadsheet computed it, so that cells with formulas have no value, or 0. Open, compute and save it first."
    ),
    code!(
        "TAB035",
        Info + Warn,
        "显示的与存的不同",
        "shown is not what is held",
        "单元格的格式少显示了日期或时间，缩放了数字，或给数字加了单位和字。时间和日期按显示的公开，缩放的数字按存的公开。整列一个单位的，就是这一列的单位；单位不一或与表头不符的，照显示的公开（警告）；其他字不公开，只提示（警告）。格式不显示负号的负数，按存的公开（警告）。表头里的日期照显示的作列名（1月、Jan）；数据里不显示年份的日期公开完整的日期。上标的字作上标字符（县¹）。",
        "The format of a cell leaves out a part of its day or time, scales its number, or adds a unit or words to it. Days and times are published as shown, scaled numbers as held. A unit that a whole column has is that of the column; where units differ from each other or from the head, cells are published as shown (a warning); other words are left out and told (a warning). Numbers below zero whose format shows no sign are published as held (a warning). Days in a head name columns as they are shown (1月, Jan); days of the rows that show no year are published whole. Raised signs are raised characters (县¹)."
    ),
    code!(
        "TAB036",
        Info,
        "数据之间的空行",
        "empty rows among the data",
        "数据行之间有整行都空的行（只有分隔符，或只有空格），不算数据，生成的文件里没有。",
        "Among the rows of data some have nothing in any cell, only delimiters or blanks. They are no data, and derived files leave them out."
    ),
    code!(
        "TAB037",
        Info,
        "合计行",
        "rows of totals",
        "有的行是其他行的合计（合计、总计、小计、Total）。它们照样公开，但列的平均数、中位数也算了它，会偏大；柱形图和堆积图不画它，除非 only 点名。合计能由各行算出，可以删去；要保留就另加一列标明，或另放一个文件。",
        "Some rows are sums of others (Total, 合计). They are published as they are, but means and medians count them too and come out too large; bars and stacks leave them out unless only names them. A total follows from the other rows and may be left out; to keep it, mark it in a column of its own, or put it in a file of its own."
    ),
    code!(
        "TAB038",
        Warn,
        "别处的数字写法",
        "numbers as people write them elsewhere",
        "一列大多是数字，但写成 (1234)、1234-、R$ 1.234,50、5 kg、½、12.5 e、<5，或日期的月份是罗马数字、文字，用民国纪年；或值是 T、F，或以电子表格的文字记号开头（'0012）。程序不猜，按文字照原样保留，所以没有统计和图表。带货币或单位的写 bareNumber: false，其余按提示改写；要照原样公开就写 type: string。",
        "Most of a column is numbers, but written as (1234), 1234-, R$ 1.234,50, 5 kg, ½, 12.5 e, <5, or its days have months in Roman numerals or words or years of the Republic of China; or its values are T and F, or begin with the sign of a text of spreadsheets ('0012). Nothing is guessed: they are texts and left as they are, without figures and charts. For money and units declare bareNumber: false; write the others as the hint says; to keep them so, declare type: string."
    ),
    code!(
        "TAB039",
        Warn + Error,
        "像分隔符的符号",
        "a sign that seems to part cells",
        "每一行（连表头）都有同样多的 ^、~、¦、||、顿号之类的符号，或者都用空格隔成同样多的格，像是分列。程序只自动认逗号、制表符、分号和竖线；别的在 dialect.delimiter 里写明。声明的分隔符在文件里没有、别的符号却把每行分成同样多的格，是错误，按后者读取。",
        "Every line, the head included, has as many of a sign such as ^, ~, ¦ or ||, or is parted by blanks into as many cells, which seems to part columns. Commas, tabs, semicolons and bars are known by themselves; declare others in dialect.delimiter. A declared delimiter that stands nowhere, while another sign makes as many cells in each line, is an error; the file is read by that one."
    ),
    code!(
        "TAB040",
        Info + Warn,
        "值里的空白和看不见的字符",
        "blanks and unseen characters in values",
        "有的值前后有空格、全角空格或制表符。原文件照样公开；页面、统计和生成的文件里去掉它们，只有空白的格按空值。零宽空格、改变方向的字符看不见，照原样公开，提醒。",
        "Some values have blanks, full-width blanks or tabs before or behind them. The original is published as it is; pages, figures and derived files leave them out, and a cell of nothing but blanks is empty. Zero-width spaces and characters that turn the direction of writing are left as they are, with a warning."
    ),
    code!(
        "TAB041",
        Error + Warn,
        "文字是乱码",
        "garbled text",
        "文字在到这里之前就坏了：UTF-8 被当作别的编码读过一次又另存（åœ°åŒº、鍦板尯），几行是 UTF-8、几行是 GBK，或者是 UTF-32。几乎全是乱码的文件，条目不公布；只有几处的提醒。从原来的系统重新导出为 UTF-8，只转换一次编码。",
        "The text was broken before it came here: UTF-8 was read as another encoding and saved again (åœ°åŒº, 鍦板尯), some lines are UTF-8 and others GBK, or it is UTF-32. Where nearly all of a file is garbled, its item is not published; a few places are a warning. Export it again from where it came, as UTF-8, and convert the encoding once."
    ),
    code!(
        "TAB042",
        Info,
        "表格里放不下的值",
        "values that no cell has room for",
        "JSON 的列表和对象在 CSV 等表格文件的格子里是 JSON 原文；GeoJSON 的线和面在表格里只有图形的种类，坐标只在 GeoJSON 里。",
        "Lists and objects of JSON stand as JSON in the cells of CSV and other tables; of lines and areas of GeoJSON tables have the kind alone, and their coordinates are in the GeoJSON."
    ),
    code!(
        "AUD001",
        Info,
        "网页不是 UTF-8 编码",
        "a page that is not in UTF-8",
        "audit 按字节序标记、meta 里的声明或字节本身认出编码（GBK、GB 18030、Big5 等），照样检查；这里只说一声。写明的编码与字节不符的是错误：浏览器信它写的，读者看到乱码。",
        "audit knows the encoding by its mark, by what meta says or by the bytes (GBK, GB 18030, Big5 and others), and looks at the page all the same; this only says so. A page that says another encoding than its bytes are in is an error: browsers believe it, and readers see other signs."
    ),
    code!(
        "AUD002",
        Warn,
        "文件缺少标识字段",
        "a document lacks fields of its identity",
        "audit 在文件网页上找索引号、发布机构、发布日期等，各站叫法不同，都认；叫别的名字的，用 --labels 给一份对照表（YAML：字段: [网页上的名称]）。只看像是文件的网页：有 ArticleTitle 标签，写了两个以上这样的字段，或题名是通知、办法等而开头有文号。索引号只问公文（有文号、成文日期或有效性）。",
        "audit looks on pages of documents for index number, issuer, day of publication and the like, under the names that sites give them; other names are given by a map (--labels, YAML: field: [label on the page]). Only pages that are documents are looked at: those with the tag ArticleTitle, with two such fields, or with a title that ends in 通知, 办法 and the like and a document number in the head. Only official documents (with a number, a day of forming or a state) are asked for an index number.",
        "国办发〔2017〕47号 政府网站发展指引；政府信息公开条例第十二条"
    ),
    code!(
        "LNK002",
        Warn,
        "别处的地址打不开",
        "an address elsewhere does not answer",
        "check --links 用 curl 打开内容里写的每个别处的地址（正文链接、来源、许可、应用案例、数据资源）。打不开的、声明是数据却给出网页的，列在这里。生成网站时从不访问网络。",
        "check --links opens every address elsewhere that the content names (links in texts, sources, licences, reuses, resources) by curl. What does not answer, or gives a page where data are declared, is listed. A build never uses the network.",
        "国办发〔2017〕47号 政府网站发展指引；政府网站与政务新媒体检查指标（可用性）"
    ),
    code!(
        "LNK004",
        Error,
        "自己电脑里的路径",
        "a path of one's own computer",
        "链接或图片写了 C:\\、file:///、/Users/ 或共享文件夹的路径，只有作者自己打得开，还会暴露用户名。把文件放进内容目录，链接写相对路径。",
        "A link or picture names C:\\, file:///, /Users/ or a shared folder: only its author can open it, and it tells a user's name. Put the file into the content folder and link to it there."
    ),
    code!(
        "GIT001",
        Warn,
        "浅克隆没有历史",
        "a shallow clone has no history",
        "数据文件最后变动的日期和以前的状态取自 git 的历史；浅克隆里看不到，所以都不取，只用 YAML 里写的日期。取得完整历史（git fetch --unshallow），或在 site.yaml 写 git: false。",
        "The last change of data files and their earlier states are taken from the history of git. A shallow clone does not have it, so only the days written in YAML are used. Fetch the whole history (git fetch --unshallow), or write git: false in site.yaml."
    ),
    code!(
        "TYP001",
        Error,
        "自定义类型不能用",
        "a type of the site's own cannot be used",
        "site.yaml 的 types 里有一处与已有的冲突，或写得不能用：编号、目录、字段名与别的类型或所有条目的字段相同，是网站自己要用的地址，或有大写字母、空格；代码没有写成小写字母；指向的目录没有类型；主题里没有所写的模板。类型不能用时，它目录里的文件不发布。",
        "Something in types of site.yaml collides or cannot be used: an id, folder or key that another type or every item has already, an address that the site itself needs, capital letters or blanks; a code in other signs than small letters; a folder that no type has; a template that the theme does not have. Where a type cannot be used, the files of its folder are not published."
    ),
    code!(
        "GIT002",
        Warn,
        "更新日期与数据文件不符",
        "modified is not what the data files say",
        "`modified` 与 git 记录的数据文件最后变动相差七天以上。更新是否及时按文件的变动计算：只改日期不改数据，不算更新。请把 `modified` 改成实际的日期。",
        "`modified` is more than seven days from the last change of the data files in git. Whether data are in time is told by their bytes: a new day without new data is no update. Write the real day."
    ),
    code!(
        "QUA001",
        Error,
        "数据质量不够",
        "quality below what is asked",
        "check --min-quality 要求的分数没有达到。数据集网页的“数据质量”列出每一项的依据和怎样提高。",
        "A dataset has fewer points than check --min-quality asks for. Its page lists under Quality the evidence of each criterion and what would raise it."
    ),
    code!(
        "QUA002",
        Error,
        "数据质量下降",
        "quality fell",
        "与上次生成的 datasets/quality.json 相比，数据集的分数下降了（check --ratchet）。",
        "A dataset has fewer points than in the datasets/quality.json of an earlier build (check --ratchet)."
    ),
    code!(
        "FRM001",
        Error + Warn,
        "填报的表与数据字典不符",
        "a filled form does not fit the dictionary",
        "用 check 文件 --dataset 检查：缺列、必填没有填、类型、可选值、界限、长度、格式、重复，逐格报出行和列。字典里没有的列只是提醒。",
        "Told by check FILE --dataset: missing columns, cells that must be filled in, types, values that are not listed, bounds, lengths, forms, repeats, each with row and column. A column that the dictionary does not have is a warning."
    ),
    code!(
        "VIS001",
        Warn,
        "访问日志里有一行没有计入",
        "a line of an access log was not counted",
        "stats import 认识 common、combined（nginx、Apache）、W3C（IIS）和 nginx、Caddy 的 JSON 行。认不出的行、超过 64 KB 的行、没有时间或时间不可能（早于 2000 年、晚于现在一天以上）的行不计入，其余照常。扫描器发来的乱码请求也是这样，不必处理。",
        "stats import knows common, combined (nginx, Apache), W3C (IIS) and lines of JSON as nginx and Caddy write them. Lines in no such form, of more than 64 KB, without a time or with one that cannot be (before 2000, more than a day from now) are not counted; the others are. What scanners send looks so too, and needs nothing."
    ),
    code!(
        "VIS002",
        Error,
        "一份访问日志没有计入",
        "an access log was not counted",
        "这份日志打不开、中途读不下去、压缩格式不认识、解开后大得不像日志，或者它的时间与已计入的日志重叠。整份都不计入，以免同一次访问计两次；别的日志照常。另一台服务器的日志用 --server 名字 区分。",
        "The log cannot be opened, or read to its end, is packed in a form that is not known, unpacks to what no log does, or is of a time of which another log was counted. None of it is counted, so that no visit counts twice; other logs are. Logs of another server are told apart by --server NAME."
    ),
    code!(
        "IMP001",
        Error,
        "来源读不出，没有导入",
        "the source cannot be read; not imported",
        "来源里的这个文件或这一条读不出：语法有误、不是文字、编号重复、压缩包里的路径通到外面，或者太大。只有它没有导入，其余照常；改正来源后再运行一次 import 即可。",
        "This file or record of the source cannot be read: its syntax is wrong, it is no text, two records have one id, a path of an archive leads out of it, or it is too large. It alone is left out; correct the source and run import again."
    ),
    code!(
        "IMP002",
        Warn,
        "来源里的值改写了，或没有看懂",
        "a value of the source was rewritten, or not understood",
        "日期、格式、频率、地址在来源里的写法认不出或不够确切。能确定的写成规范的样子，不能确定的不猜；原文保留在 extra 里，看过后自己改。",
        "A date, a format, a frequency or an address is written in a way that is not known or not exact. What is sure is written in the usual way, nothing is guessed; what the source said stays under extra, to be looked at and mended by hand."
    ),
    code!(
        "IMP003",
        Info,
        "来源没有说明，或有意不导入",
        "the source does not tell, or it was left out on purpose",
        "来源说没有许可或没有注明许可，或者这一条不是本工具收的东西。没有许可，数据不算开放；问清后补上 license。",
        "The source says that there is no licence or tells none, or the record is nothing that is taken over. Without a licence data are not open; find out and write license."
    ),
    code!(
        "IMP004",
        Warn,
        "导入会盖掉有人改过的内容，没有动它",
        "the import would overwrite what somebody wrote; it was left as it is",
        "上次导入之后，来源和项目里的文件都改了同一个字段，或者这个位置已有不是导入的文件。项目里的不动；要用来源的写法，自己改过去。同一处不同只提示一次。",
        "Since the last import the same field was changed both in the source and in the project, or a file that no import made is in this place. What stands in the project stays; take over by hand what the source says. A difference is told once."
    ),
    code!(
        "IMP005",
        Info,
        "来源里已经没有这一条",
        "the source has this no longer",
        "上次导入过，这次来源里没有了。文件不会自动删去，因为可能有人改过，也可能只是来源一时缺失；要撤回就写 withdrawn。",
        "It was imported before, and the source has it no longer. Its file is not deleted by itself: somebody may have worked on it, or the source may lack it for a while. Write withdrawn to withdraw it."
    ),
];
