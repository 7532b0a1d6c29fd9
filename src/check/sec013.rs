//! SEC013: a name that says that the file is not for publishing.

use super::*;
use crate::diag::say;
use crate::load::Moment;
use crate::model::State;
use crate::personal::Sure;
use jiff::civil::Date;
use std::borrow::Cow;

/// SEC013
pub(super) static RULE: Rule = Rule {
    code: "SEC013",
    title: Phrase { zh: "名字或开头说是不公布的", en: "a name or first line that says it is not for publishing" },
    severity: [ERROR, ERROR, ERROR],
    blocks: true,
    identity: false,
    explain: Phrase {
        zh: "按习惯或在别的工具里，这些名字都不是要公布的，这里却会成为网页，所以扣下：_drafts/、草稿/ 里的，_x.md、x.draft.md、草稿.md、x-勿发.md（草稿）；x (副本).md、x - Copy.md、x (1).md（副本，名字后有语言标记 .zh-Hans 也一样；副本里别的问题不再提示，涉密和个人信息除外）；x.bak.md、x_old.md、backup/、old/（备份）；private/、internal/、confidential/、内部/、不公开/、待发布/（不公开的目录）；~x.md、tmp/、回收站/、node_modules/（临时或多余的文件）。还不公布，写 draft: true；名字本是如此、可以公布，写 draft: false 或改名；用不着的删去。正文开头写着“草稿，请勿发布”“状态：草稿”“内部使用”“2099年1月1日零时起公开”之类的，最后几行写着“请勿公开”“不得外传”“CONFIDENTIAL”（或写在落款日期之后）的，标题、开头或最后几行写着（草稿）、【草稿】、DRAFT 或送审稿、审议稿、报批稿、代拟稿、签发稿、过会稿的（征集和公示除外），同样扣下（征求意见稿、草案不算，日子已过的不算）；名字是 x（1）.md 的只提醒；政策的 disclosure_mode 写着不予公开、依申请公开或认不出来的，也扣下；条目链接或附上这些目录里的文件，也扣下。static/ 里像密钥、密码的文件是错误，不公布，并更换密钥：.env、id_rsa、*.pem、*.key、*.p12、*.kdbx、*.ovpn、.htpasswd、.netrc、.npmrc、.git-credentials、wp-config.php，.aws/、.ssh/、.kube/ 里的，名为 credentials、secrets、passwords、service-account、token、api_key、密码、口令、密钥（或以“密码”“口令”“密钥”结尾，“忘记密码”之类除外）的文本、表格和配置文件。备份和临时文件（*.bak、*.old、*.swp、~$x）、数据库导出（*.sql、dump.tar.gz、database.sqlite、备份.zip）、草稿（draft.html、_drafts/）、不公开的目录（内部/、不公开/、待发布/、private/、staging/）和工具的目录（.git/、.svn/、node_modules/）不公布，只提醒。static/ 里的其他名字不查。名字的括号里写着内部、不公开之类的（名单（内部）.xlsx）同样不公布；压缩包里有密钥、密码或 .git/ 的，扣下，有备份和临时文件的只提醒；static/ 里写着数据库连接和密码的配置文件是错误。正文、附件、static/ 里的私钥（BEGIN … PRIVATE KEY 和它的内容）一票否决：删去，并更换密钥。正文和字段里的网址带着密码（https://用户名:密码@…）或密钥（?token=…、apikey=…）的，也一票否决；YOUR_TOKEN、{token} 之类的示例不算。写明的密码和密钥（DB_PASSWORD=…、设置里的 password、User ID=sa;Password=…、“账号：…，密码：…”、Bearer eyJ…），在正文、字段、附件、数据文件（包括 XLSX 里保存的数据库连接）或 static/ 里，同样一票否决；说是初始、默认、会议、无线网密码的只提醒。",
        en: "By custom, or in other tools, these names are not for publishing, but would become pages here, so they are held: what lies in _drafts/ or drafts/, _x.md, x.draft.md, draft-x.md (drafts); Copy of x.md, x - Copy.md, x (1).md (copies; so too with the tag of a language behind, .zh-Hans; of a copy nothing else is told but marks and personal data); x.bak.md, x_old.md, backup/, old/ (backups); private/, internal/, confidential/, staging/ (folders that are not public); ~x.md, tmp/, trash/, node_modules/ (temporary or needless files). Write draft: true to keep it back; draft: false, or another name, where it is public and just has that name; or delete it. A text that begins with a line such as “DRAFT, do not publish”, “status: draft” or “Embargoed until” a day that has not come, that ends with such a line (CONFIDENTIAL; behind the day of signature too), or whose title has DRAFT or CONFIDENTIAL in capitals, is held in the same way, and so are the working states of Chinese offices (送审稿, 审议稿, 报批稿, 代拟稿, 签发稿, 过会稿) in a title, a first or a last line, but for what is out for comment; x（1）.md in full-width brackets is a warning; so are a policy whose disclosure_mode says withheld, on request or nothing that is known, and an item that links to, or attaches, a file in such a folder. In static/ a file of keys or passwords by its name is an error and not published, and the keys should be changed: .env, id_rsa, *.pem, *.key, *.p12, *.kdbx, *.ovpn, .htpasswd, .netrc, .npmrc, .git-credentials, wp-config.php, what lies in .aws/, .ssh/ or .kube/, and texts, tables and settings called credentials, secrets, passwords, service-account, token or api_key (or ending in the Chinese words for password and key). Left out with a warning are backups and temporary files (*.bak, *.old, *.swp, ~$x), dumps of databases (*.sql, dump.tar.gz, database.sqlite), drafts (draft.html, _drafts/), folders that are not public (private/, internal/, confidential/, staging/) and those of tools (.git/, .svn/, node_modules/). Other names in static/ are not looked at. A name with such a word in brackets (list (internal).xlsx) is left out too; an archive that holds keys, passwords or .git/ is held, one with backups or temporary files is told; settings in static/ with the connection to a database and its password are an error. A private key (BEGIN … PRIVATE KEY and what follows it) in a text, an attachment or static/ is a veto: take it out, and change the key. So is an address in a text or a field that holds a password (https://name:password@…) or a key (?token=…, apikey=…); stand-ins such as YOUR_TOKEN and {token} are not. So is a password or key that is written out (DB_PASSWORD=…, a password in settings, User ID=sa;Password=…, a name and its password in Chinese, Bearer eyJ…) in a text, a field, an attachment, a data file (the connections to databases that a workbook keeps too) or static/; one that is said to be the first, the usual, that of a meeting or of a wireless network is a warning.",
    },
    source: "own rule",
    run: Run::Both(run, site),
};

/// Lines at the beginning of a text that are looked at.
const LINES: usize = 8;

/// A line that says of the text that it is not for publishing: where it begins in the text, and its length.
fn stated(body: &str, consultation: bool, today: Date) -> Option<(usize, usize)> {
    // Line by line: most texts are told by their first line and their last three.
    begun(body, super::sec002::simplified, consultation, today).or_else(|| ended(body, super::sec002::simplified, consultation, today))
}

/// How a line is read: as it is, or with Traditional characters as Simplified ones, as long as before.
type Read = for<'l> fn(&'l str) -> Cow<'l, str>;

fn as_it_is(line: &str) -> Cow<'_, str> {
    Cow::Borrowed(line)
}

/// A line about a day before which nothing is published: 2099年1月1日零时起公开, Embargoed until 2099-01-01. One that has come holds nothing.
fn awaits(line: &str, today: Date) -> bool {
    // A day, or an embargo.
    if !line.bytes().any(|b| b.is_ascii_digit() || matches!(b, b'e' | b'E')) {
        return false;
    }
    let low = line.to_lowercase();
    let from = low.find(|c: char| c.is_ascii_digit());
    let day = from.and_then(|i| crate::load::leading_date(&low[i..])).map(|(d, _)| d);
    if low.starts_with("embargo") || low.starts_with("under embargo") || low.contains("embargoed until") {
        return day.is_none_or(|d| d > today);
    }
    // 2027年1月1日0时起方可对外发布
    let said = || {
        let rest = ["公开", "公布", "发布"].iter().find_map(|w| low.strip_suffix(w))?;
        let rest = ["向社会", "对社会", "向公众", "对外", "向外"].iter().find_map(|w| rest.strip_suffix(w)).unwrap_or(rest);
        let rest = ["方可", "才可", "方能", "才能", "可以", "可", "方", "再"].iter().find_map(|w| rest.strip_suffix(w)).unwrap_or(rest);
        rest.ends_with(['起', '后']).then_some(())
    };
    day.is_some_and(|d| d > today) && said().is_some()
}

/// The lines at the end of a text that are looked at.
const LAST: usize = 3;

/// The same at the end of a text: a short line of its own that is no sentence.
fn ended(body: &str, read: Read, consultation: bool, today: Date) -> Option<(usize, usize)> {
    static ENDS: &[&str] = &[
        "请勿公开",
        "请勿外传",
        "不得外传",
        "不得对外公布",
        "不得对外公开",
        "不得对外发布",
        "请勿发布",
        "前不得发布",
        "前不得公开",
        "前不得公布",
        "未经批准不得发布",
        "暂不公开",
        "暂缓公开",
    ];
    static WORDS: &[&str] = &["CONFIDENTIAL", "TOP SECRET", "RESTRICTED", "FOUO", "NOT FOR PUBLICATION", "DO NOT PUBLISH"];
    let mut end = body.len();
    body.split_inclusive('\n')
        .rev()
        .map(|l| {
            end -= l.len();
            (end, l)
        })
        .filter(|(_, l)| !l.trim().is_empty())
        .take(LAST)
        .find_map(|(at, line)| {
            let line = &*read(line);
            let whole = line.trim();
            // Behind the day of signature, on its line.
            let bare = super::sec002::behind_day(whole).unwrap_or(whole);
            // A sentence, a list and a table speak of something else.
            if bare.chars().count() > 24 || bare.ends_with(['。', '；', '，', '、']) || bare.starts_with(['-', '|', '第', '+']) || bare.contains("规定")
            {
                return None;
            }
            let plain = bare.trim_matches(|c: char| c.is_whitespace() || "#>*_`~【】[]（）()「」★※！!".contains(c));
            let date = || whole.contains(|c: char| c.is_ascii_digit());
            let said = ENDS.iter().any(|w| plain.ends_with(w) && (!w.starts_with('前') || date()))
                || WORDS.contains(&plain)
                || SHUT.contains(&&*plain.to_ascii_lowercase())
                || awaits(plain, today)
                || plain != bare && unfinished(plain, consultation)
                || state(plain, consultation);
            said.then(|| (at + line.len() - line.trim_start().len(), whole.len()))
        })
}

/// What texts in English say of themselves where they are shut in, in any case.
static SHUT: &[&str] = &[
    "internal only",
    "internal use only",
    "for internal use only",
    "official use only",
    "for official use only",
    "strictly confidential",
    "private and confidential",
    "company confidential",
    "commercial in confidence",
    "commercial-in-confidence",
    "trade secret",
    "trade secrets",
    "law enforcement sensitive",
    "official-sensitive",
    "not for distribution",
    "not for public release",
    "do not distribute",
    "eyes only",
    "for your eyes only",
];

/// Words for a state of a text that a clerk puts into its title in brackets, or at its end.
static UNFINISHED: &[&str] = &[
    "草稿",
    "初稿",
    "未定稿",
    "送审稿",
    "报审稿",
    "审议稿",
    "报批稿",
    "代拟稿",
    "签发稿",
    "过会稿",
    "上会稿",
    "会签稿",
    "内部讨论稿",
    "待审",
    "待审核",
    "待发布",
    "未发布",
    "勿发",
    "勿发布",
    "请勿发布",
    "暂不发布",
    "未公开",
    "先不发",
    "待发",
    "未审",
    "未审核",
    "内部稿",
    "内部修改",
    "内部修改稿",
    "内部征求意见稿",
];

/// States of a text that is out for comment all the same: those of laws and of standards, which say so or are a consultation.
static SHOWN: &[&str] = &["送审稿", "报审稿", "审议稿", "报批稿", "代拟稿", "讨论稿"];

/// Whether a word is such a state of a text that is not out for comment.
fn unfinished(word: &str, consultation: bool) -> bool {
    UNFINISHED.contains(&word) && !(consultation && SHOWN.contains(&word))
}

/// The states of a text, no steps of work: those count without brackets too, and with a day behind them.
fn state(word: &str, consultation: bool) -> bool {
    let word = word.split(['，', ',', ' ', '\u{3000}']).next().unwrap_or(word).trim();
    (word.ends_with('稿') || word == "待审") && unfinished(word, consultation)
}

/// The words of a title that say that it is not for publishing: 通知（草稿）, 【草稿】通知, `Notice DRAFT`.
fn titled(title: &str, consultation: bool, today: Date) -> Option<String> {
    let simple = super::sec002::simplified(title);
    // 某标准（报批稿）公示, 关于某办法（审议稿）公开征求意见的通知
    let asks = consultation || ["征求意见", "公示", "公开征求"].iter().any(|w| simple.contains(w));
    let word = |w: &str| unfinished(w, asks) || matches!(w, "DRAFT" | "CONFIDENTIAL" | "TOP SECRET" | "INTERNAL" | "RESTRICTED" | "FOUO");
    let word = |w: &str| word(w) || w != "trade secrets" && w != "trade secret" && SHUT.contains(&&*w.to_ascii_lowercase());
    let boxed = simple.match_indices(['【', '[', '（', '(', '〔']).find_map(|(i, o)| {
        let rest = &simple[i + o.len()..];
        let inner = rest[..rest.find(['】', ']', '）', ')', '〕'])?].trim();
        // In round brackets the words of English may be those of a law that is a draft.
        // （征求意见稿-内部修改）
        word(inner)
            .then_some(inner)
            .or_else(|| inner.split(['-', '—', '_', '，', '、', ' ']).map(str::trim).find(|p| (p.starts_with("内部") || p.ends_with('稿')) && word(p)))
    });
    let tail = || {
        let last = simple.rsplit([' ', '\u{3000}', '-', '—', '_']).next()?.trim();
        (last.len() < simple.len() && word(last)).then_some(last)
    };
    let two = || simple.ends_with(" TOP SECRET").then_some("TOP SECRET");
    // 测试 请勿公开, 通知 2099年1月1日前不得发布
    let said = || {
        let (_, last) = simple.split_once([' ', '\u{3000}'])?;
        ended(last, as_it_is, consultation, today).is_some().then_some(last)
    };
    // DRAFT: notice, 草稿：通知, 草稿 通知, DRAFT 通知; what is out for comment is meant to be read.
    let head = || {
        let (first, rest) = simple.split_once(['：', ':']).filter(|(f, _)| !f.contains(char::is_whitespace) || *f == "TOP SECRET").or_else(|| {
            let (first, rest) = simple.split_once([' ', '\u{3000}'])?;
            let han = |t: &str| t.trim_start().starts_with(|c: char| !c.is_ascii() && c.is_alphabetic());
            // Of English the capitals tell, unless the whole title has them.
            let capitals = first == "DRAFT" && rest.contains(|c: char| c.is_ascii_lowercase());
            (han(first) || han(rest) || capitals).then_some((first, rest))
        })?;
        let open = consultation || rest.contains("征求意见") || rest.to_ascii_lowercase().contains("consultation");
        let first = first.trim();
        (word(first) && !rest.trim().is_empty() && !(open && (first == "DRAFT" || SHOWN.contains(&first)))).then_some(first)
    };
    boxed.or_else(two).or_else(tail).or_else(said).or_else(head).map(String::from)
}

/// A text in small letters. Most lines have no others.
fn low(text: &str) -> Cow<'_, str> {
    let small = |c: char| {
        if c.is_ascii() { !c.is_ascii_uppercase() } else { ('\u{3000}'..='\u{9FFF}').contains(&c) || "，：；！？（）“”、。《》".contains(c) }
    };
    if text.chars().all(small) { text.into() } else { text.to_lowercase().into() }
}

fn begun(body: &str, read: Read, consultation: bool, today: Date) -> Option<(usize, usize)> {
    static ALONE: &[&str] = &[
        "草稿",
        "初稿",
        "未定稿",
        "内部讨论稿",
        "讨论稿",
        "送审稿",
        "报审稿",
        "审议稿",
        "报批稿",
        "代拟稿",
        "签发稿",
        "过会稿",
        "上会稿",
        "会签稿",
        "待审",
        "待审核",
        "未发布",
        "待发布",
        "内部使用",
        "仅供内部使用",
        "仅供内部参考",
        "内部参考",
        "内部掌握",
        "draft",
        "first draft",
        "rough draft",
        "wip",
        "work in progress",
        "internal only",
        "internal use only",
        "for internal use only",
        "for internal use",
        "confidential",
        "top secret",
        "embargoed",
    ];
    static BEHIND: &[&str] = &[
        "勿发布",
        "勿公开",
        "勿外传",
        "勿转发",
        "勿对外",
        "勿对外公开",
        "勿对外发布",
        "勿对外公布",
        "勿对外提供",
        "不对外公开",
        "不得对外公开",
        "不得公开",
        "不得公布",
        "不得对外发布",
        "不得对外提供",
        "未经批准不得发布",
        "未经同意不得发布",
        "未经许可不得发布",
        "未经批准不得公开",
        "不得对外公布",
        "前不得公布",
        "勿上网",
        "不要发布",
        "不要公开",
        "不得外传",
        "别发",
        "先不发",
        "暂不发布",
        "暂不公开",
        "暂不公布",
        "暂缓公开",
        "前禁止发布",
        "前禁止公开",
        "前不得发布",
        "前不得公开",
        "未经领导审定",
        "尚未审核",
        "未经审核",
        "未审定",
        "内部使用",
        "仅供内部参考",
        "仅供内部使用",
    ];
    static ENGLISH: &[&str] =
        &["do not publish", "don't publish", "not for publication", "not for release", "not for public release", "do not distribute", "do not circulate"];
    let marks = |c: char| {
        let sign = matches!(
            c,
            '#' | '>'
                | '*'
                | '_'
                | '`'
                | '~'
                | '|'
                | '<'
                | '!'
                | '-'
                | '='
                | '.'
                | ':'
                | ','
                | '['
                | ']'
                | '('
                | ')'
                | '【'
                | '】'
                | '（'
                | '）'
                | '「'
                | '」'
                | '『'
                | '』'
                | '＝'
                | '—'
                | '※'
                | '★'
                | '☆'
                | '！'
                | '。'
                | '：'
                | '，'
        );
        sign || c.is_whitespace()
    };
    let mut at = 0;
    for line in body.split_inclusive('\n').take(LINES * 3) {
        let start = at;
        at += line.len();
        let line = &*read(line);
        let bare = line.trim_matches(marks);
        // The text has begun: of a line of this length only its beginning can be such a mark.
        if bare.chars().count() > 80 && !bare.starts_with(['d', 'D', '草', '初']) && !line.trim_start().starts_with('【') {
            return None;
        }
        let plain = low(bare);
        if plain.is_empty() {
            continue;
        }
        let short = plain.chars().count();
        let whole = (start + line.len() - line.trim_start().len(), line.trim().len());
        let field = || {
            let (name, value) = line.trim_matches(|c: char| marks(c) || c == '-').split_once([':', '：'])?;
            // `- 公开：否` of a list in the text below is none of the file.
            (value.len() < 40 && !line.trim_start().starts_with("- ")).then(|| crate::load::line_holds(name.trim_matches(marks), value.trim_matches(marks)))
        };
        let number = plain.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == 'v').trim_end();
        // 【待发布】 before other words; marks of secrecy are SEC002.
        let boxed = line.trim_start().strip_prefix('【').and_then(|l| l.split_once('】')).is_some_and(|(head, _)| ALONE.contains(&head.trim()));
        let alone = ALONE.contains(&&*plain) || matches!(number, "draft" | "草稿" | "初稿") || boxed;
        let alone = alone || line.trim_start().starts_with(['（', '(']) && state(&plain, consultation);
        let alone = alone || SHUT.contains(&&*plain) || plain == "fouo";
        if alone && !(consultation && (number.starts_with("draft") || SHOWN.contains(&number)))
            || short <= 30 && BEHIND.iter().any(|w| plain.ends_with(w))
            || short <= 80 && awaits(&plain, today)
            || matches!(line.trim(), "SECRET" | "RESTRICTED" | "TOP SECRET")
            // TOP SECRET//NOFORN
            || short <= 60 && ["TOP SECRET//", "SECRET//", "CONFIDENTIAL//"].iter().any(|w| bare.starts_with(w))
            || short <= 80 && ENGLISH.iter().any(|w| plain.contains(w))
            || short <= 60 && field() == Some(true)
        {
            return Some(whole);
        }
        // The text has begun.
        if short > 60 || line.trim_end().ends_with(['。', '！', '？', '；']) {
            return None;
        }
    }
    None
}

/// True where a text begins by saying that it is not for publishing, whatever day it names, or bears a mark of secrecy.
pub fn unpublished(text: &str) -> bool {
    stated(text, false, Date::MIN).is_some() || super::sec002::told(text).is_some()
}

/// What becomes of the files of an item: those of a draft wait for it.
fn becomes(input: &Input<'_>, item: &Item) -> Text {
    if State::of(item, Moment::day(input.as_of)) == State::Draft {
        say!("不再是草稿时会公布", "would be published once this item is no draft")
    } else {
        say!("却会公布", "would be published")
    }
}

/// Documents that say at their beginning that they are not for publishing.
fn documents(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    use crate::load::table::Spot;
    for (resource, read) in input.tables.all(item) {
        let first = read.file.pieces.iter().find(|p| p.part.is_none() && matches!(p.spot, Spot::Text | Spot::Page(1) | Spot::Slide(1)));
        let Some((i, len)) = first.and_then(|p| begun(&p.text, as_it_is, item.consultation().is_some(), input.as_of)) else { continue };
        let line = first.map_or("", |p| &p.text[i..i + len]);
        // Of a text the beginning is looked at once more, for the place.
        let head = first.filter(|p| matches!(p.spot, Spot::Text)).map(|_| crate::load::table::head(&read.blob)).unwrap_or_default();
        let (at, column) = head.find(line).map_or((0, 0), |i| super::sec002::line_of(&head, i));
        let line = crate::personal::hide(line);
        let Text { zh, en } = becomes(input, item);
        let (message, hint) = (
            say!("文件开头写着 `{line}`，{zh}", "the file says at its beginning `{line}`, and it {en}"),
            say!("附上定稿，或从附件里拿掉", "attach the final file, or take it out of the attachments"),
        );
        match resource {
            Some(_) => found.file(item, &read.key, read.span(at, column), message, hint),
            None => found.data(item, read.span(at, column), message, hint),
        }
    }
}

/// Where a file has a private key.
fn key_of(read: &crate::tables::Read) -> Option<(u64, usize)> {
    let head = crate::load::table::head(&read.blob);
    if let Some((i, _)) = super::keys::private(&head) {
        return Some(super::sec002::line_of(&head, i));
    }
    read.file.pieces.iter().any(|p| super::keys::private(&p.text).is_some()).then_some((0, 0))
}

/// A password or key in a file: its line, and whether that is certain.
fn password_of(read: &crate::tables::Read) -> Option<(u64, Sure)> {
    let pieces = || {
        let found = read.file.pieces.iter().filter_map(|p| crate::load::passwords::first(&p.text));
        found.map(|(_, sure)| (0, sure)).max_by_key(|(_, sure)| *sure)
    };
    read.file.secret.as_ref().map(|(_, line, sure)| (*line, *sure)).filter(|(_, sure)| *sure == Sure::Yes).or_else(pieces).or_else(|| {
        let (_, line, sure) = read.file.secret.as_ref()?;
        Some((*line, *sure))
    })
}

fn password(of: &Text, sure: Sure) -> (Text, Text) {
    let (zh, en) = (&of.zh, &of.en);
    match sure {
        Sure::Yes => (Text { zh: format!("{zh}里有密码或密钥"), en: format!("{en} holds a password or key") }, key_hint()),
        Sure::Perhaps => (
            Text { zh: format!("{zh}里可能有密码或密钥"), en: format!("{en} may hold a password or key") },
            say!("核对：不是给所有人用的就删去，并更换它", "look at it: where it is not for everybody, take it out and change it"),
        ),
    }
}

/// Passwords and keys that are written out, in the texts and files of an item.
fn passwords(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        let source = &e.doc.source;
        if let Some((at, sure)) = crate::load::passwords::first(&source.text) {
            // The line would show it.
            let mut span = source.span(at.start, at.end);
            span.excerpt.clear();
            let (message, hint) = password(&say!("正文或字段", "the text or a field"), sure);
            match sure {
                Sure::Yes => found.at(Severity::Veto).data(item, span, message, hint),
                Sure::Perhaps => found.soft(Severity::Warn).data(item, span, message, hint),
            }
        }
    }
    for (resource, read) in input.tables.all(item).filter(|(_, r)| r.settings.masks.is_empty()) {
        let Some((line, sure)) = password_of(read) else { continue };
        let (message, hint) = password(&say!("文件", "the file"), sure);
        match (resource, sure) {
            (Some(_), Sure::Yes) => found.at(Severity::Veto).file(item, &read.key, read.span(line, 1), message, hint),
            (None, Sure::Yes) => found.at(Severity::Veto).data(item, read.span(line, 1), message, hint),
            _ => found.soft(Severity::Warn).data(item, read.span(line, 1), message, hint),
        }
    }
}

fn key_hint() -> Text {
    say!("删去，并更换密钥：已经提交的，历史里还有", "take it out and change the key: what was committed is in the history")
}

/// Passwords and keys in the addresses of an item.
fn credentials(item: &Item, found: &mut Found<'_>) {
    let mut found = found.at(Severity::Veto);
    for e in item.written() {
        let source = &e.doc.source;
        if let Some(s) = crate::load::credentials::secrets(&source.text).first() {
            // The line would show it.
            let mut span = source.span(s.cut.start, s.cut.end);
            span.excerpt.clear();
            let name: String = s.name.chars().take(40).collect();
            let message = if name.is_empty() {
                say!("网址里有用户名和密码", "an address holds a name and a password")
            } else {
                say!("网址里有密钥 `{name}=…`", "an address holds a key, `{name}=…`")
            };
            let hint = say!(
                "从网址里删去，并更换它：公布以后谁都能用；已经提交的，历史里还有",
                "take it out of the address and change it: anybody could use it once published; what was committed is in the history"
            );
            found.data(item, span, message, hint);
        }
    }
}

/// Private keys in texts and files.
fn keys(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let mut found = found.at(Severity::Veto);
    for e in item.written() {
        if let Some((i, len)) = super::keys::private(&e.doc.source.text) {
            found.text(&e.doc, i..i + len, say!("正文里有私钥", "the text holds a private key"), key_hint());
        }
    }
    for (resource, read) in input.tables.all(item) {
        let Some((line, column)) = key_of(read) else { continue };
        let message = say!("文件里有私钥", "the file holds a private key");
        match resource {
            Some(_) => found.file(item, &read.key, read.span(line, column), message, key_hint()),
            None => found.data(item, read.span(line, column), message, key_hint()),
        }
    }
}

/// Private keys in files of `static/`, and keys in archives there.
fn site(input: &Input<'_>, found: &mut Found<'_>) {
    for (key, read) in &input.tables.statics {
        let file: Arc<str> = format!("static/{key}").into();
        // Programs of the site's own pages have names and examples of their own: only what is certain is told.
        if let Some((line, Sure::Yes)) = password_of(read) {
            let span = crate::diag::Span { file: file.clone(), ..read.span(line, 1) };
            let (message, hint) = password(&say!("文件", "the file"), Sure::Yes);
            found.at(Severity::Veto).alone(&file, span, message, hint);
            continue;
        }
        let told = packed(read).or_else(|| {
            connection(read).then(|| {
                let message = say!("文件里有数据库的连接和密码", "the file holds the connection to a database with its password");
                (true, message, say!("从 static/ 里移走，并更换密码", "take it out of static/, and change the password"))
            })
        });
        let Some((held, message, hint)) = told else { continue };
        let span = crate::diag::Span::file(&file);
        if held { found.alone(&file, span, message, hint) } else { found.soft(Severity::Warn).alone(&file, span, message, hint) }
    }
    let mut found = found.at(Severity::Veto);
    for (key, read) in &input.tables.statics {
        if let Some((line, column)) = key_of(read) {
            let file: Arc<str> = format!("static/{key}").into();
            let span = crate::diag::Span { file: file.clone(), ..read.span(line, column) };
            found.alone(&file, span, say!("文件里有私钥", "the file holds a private key"), key_hint());
        }
    }
}

/// What an archive holds by the names in it: keys and the history of a project hold it back, what was left there is told.
fn packed(read: &crate::tables::Read) -> Option<(bool, Text, Text)> {
    let grave = |(n, key): &&(String, bool)| *key || n.to_lowercase().split('/').any(|p| matches!(p, ".git" | ".svn" | ".hg"));
    let all = &read.file.unwanted;
    let (name, held) = all.iter().find(grave).map(|x| (&x.0, true)).or_else(|| all.first().map(|x| (&x.0, false)))?;
    let (n, name) = (all.len(), crate::personal::hide(name));
    let message = if held {
        say!(
            "压缩包里有 `{name}`，像是密钥、密码，或工具的目录，会随压缩包公布（这样的文件 {n} 个）",
            "the archive holds `{name}`, by its name keys, passwords or the folder of a tool, which would be published with it (such files: {n})"
        )
    } else {
        say!(
            "压缩包里有 `{name}`，像是备份、临时文件、草稿或不公开的文件，会随压缩包公布（这样的文件 {n} 个）",
            "the archive holds `{name}`, by its name a backup, a temporary file, a draft or not public, which is published with it (such files: {n})"
        )
    };
    Some((held, message, say!("只把要公布的文件重新打包；密钥要更换", "pack only what is to be published; change what was a key")))
}

/// Archives of an item.
fn archives(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for (resource, read) in input.tables.all(item) {
        let Some((held, message, hint)) = packed(read) else { continue };
        let span = read.span(0, 0);
        match (held, resource) {
            (true, Some(_)) => found.file(item, &read.key, span, message, hint),
            (true, None) => found.data(item, span, message, hint),
            (false, _) => found.soft(Severity::Warn).data(item, span, message, hint),
        }
    }
}

/// Settings of a server that hold a password: `connectionString="…Password=…"`.
fn connection(read: &crate::tables::Read) -> bool {
    let head = crate::load::table::head(&read.blob).to_ascii_lowercase();
    head.contains("connectionstring")
        && ["password=", "pwd="]
            .iter()
            .any(|w| head.match_indices(w).any(|(i, _)| head[i + w.len()..].starts_with(|c: char| !c.is_whitespace() && !";\"'{<".contains(c))))
}

/// Files that an item publishes out of a folder that is not for publishing.
fn files(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let mut told = std::collections::BTreeSet::new();
    for (resource, read) in input.tables.all(item) {
        let Some((folder, file)) = read.key.rsplit_once('/') else { continue };
        if let Some(word) = crate::load::shut_in(file) {
            let Text { zh, en } = becomes(input, item);
            let message = say!("文件名 `{file}` 里写着“{word}”，{zh}（随本条）", "the name of the file `{file}` says \u{201c}{word}\u{201d}, and it {en}");
            let hint = say!("可以公布就改名，否则去掉链接", "rename it if it is public, or take the link out");
            let span = crate::diag::Span::file(&item.doc().source.path);
            match resource {
                Some(_) => found.file(item, &read.key, span, message, hint),
                None => found.data(item, span, message, hint),
            }
            continue;
        }
        let own = item.id.rsplit_once('/').map_or("", |(f, _)| f);
        // What is said of the item itself is not said again.
        let from = folder.split('/').zip(own.split('/')).take_while(|(a, b)| a == b).count();
        let Some(part) = folder
            .split('/')
            .skip(from.max(1))
            .find(|p| odd(p, false, &|_| false).is_some_and(|o| o != Odd::Copy && o != Odd::Second) && !(subject(p) && item.id.ends_with(&format!("/{p}"))))
        else {
            continue;
        };
        if !told.insert(&read.key) {
            continue;
        }
        let name = &read.key;
        let Text { zh, en } = becomes(input, item);
        let (message, hint) = (
            say!(
                "文件 `{name}` 在 `{part}` 目录里，这个目录不像是公开的，{zh}（随本条）",
                "the file `{name}` lies in `{part}`, a folder that is not for publishing, and {en}"
            ),
            say!("可以公布就移到别的目录，否则去掉链接", "move it to another folder if it is public, or take the link out"),
        );
        let span = crate::diag::Span::file(&item.doc().source.path);
        match resource {
            Some(_) => found.file(item, name, span, message, hint),
            None => found.data(item, span, message, hint),
        }
    }
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let state = State::of(item, Moment::day(input.as_of));
    if !matches!(state, State::Draft | State::Withdrawn) {
        keys(input, item, found);
        credentials(item, found);
        passwords(input, item, found);
    }
    // Of what was withdrawn neither text nor files are published.
    if state != State::Withdrawn {
        files(input, item, found);
        archives(input, item, found);
        documents(input, item, found);
    }
    // The field of a policy: no `draft: false` undoes it.
    if let Some(mode) = item.policy().and_then(|p| p.disclosure).filter(|m| *m != "proactive") {
        let zh = if mode == "withheld" { "不予公开" } else { "依申请公开" };
        found.key(
            item,
            "disclosure_mode",
            say!("公开方式是{zh}，不公布", "`disclosure_mode` is {mode}, so it is not published"),
            say!("可以公布就写 主动公开；否则把文件移出内容目录", "write proactive if it is public; otherwise move the file out of the content folder"),
        );
    }
    // Somebody has decided.
    if matches!(state, State::Draft | State::Withdrawn) || item.editions.first().is_some_and(|e| e.doc.front.as_ref().and_then(|f| f.get("draft")).is_some()) {
        return;
    }
    for e in item.written() {
        let body = e.doc.body();
        // What bears a mark of secrecy is held for it.
        let marked = || input.config.profile != crate::config::Profile::Generic && super::sec002::told(body).is_some();
        if let Some((i, len)) = stated(body, item.consultation().is_some(), input.as_of).filter(|_| !marked()) {
            let from = e.doc.body.start + i;
            found.text(
                &e.doc,
                from..from + len,
                say!("开头写着不公布，却会公布", "the text says at its beginning that it is not for publishing, and it would be published"),
                say!(
                    "还不公布写 draft: true；可以公布就删去这一行，或写 draft: false",
                    "write draft: true to keep it back; take the line out, or write draft: false, to publish it"
                ),
            );
        }
        if let Some(word) = titled(&e.title, item.consultation().is_some(), input.as_of) {
            found.add(
                e.doc.at("title"),
                say!("标题里的“{word}”说是不公布的，却会公布", "the title says `{word}`, and it would be published"),
                say!(
                    "还不公布写 draft: true；可以公布就从标题里删去，或写 draft: false",
                    "write draft: true to keep it back; take it out of the title, or write draft: false, to publish it"
                ),
            );
        }
        let path = &e.doc.source.path;
        let Some(key) = input.config.content.iter().find_map(|c| path.strip_prefix(c.as_str())?.strip_prefix('/')) else { continue };
        let beside = |name: &str| input.by_id.contains_key(name);
        // A symbolic link is called what the file is called that it leads to.
        let real = input.portal.links.get(key).map(|r| format!("/{r}"));
        let found_real = || real.as_deref().and_then(|r| odd_part(r, &beside));
        let Some((name, what)) = odd_part(key, &beside).or_else(found_real) else { continue };
        let (zh, en) = match what {
            Odd::Draft => ("像是草稿", "says that it is a draft"),
            Odd::Copy => ("像是副本", "says that it is a copy"),
            Odd::Second => ("也许是副本", "may be that of a copy"),
            Odd::Temporary => ("像是临时或多余的文件", "is that of a temporary or needless file"),
            Odd::Backup => ("像是备份", "says that it is a backup"),
            Odd::Closed => ("是不公开的目录的名字", "is that of a folder that is not public"),
            Odd::Part => ("以下划线开头，在别的工具里不成为网页", "begins with an underscore, which in other tools is no page"),
        };
        let (message, hint) = (
            say!("名字 `{name}` {zh}，却会公布", "the name `{name}` {en}, and it would be published"),
            say!(
                "还不公布写 draft: true；可以公布写 draft: false，或改名；多余的删去",
                "write draft: true to keep it back; draft: false, or another name, to publish it; or delete it"
            ),
        );
        // What may be the name as it is meant is told and not held.
        match what {
            Odd::Second => found.soft(Severity::Warn).add(crate::diag::Span::file(path), message, hint),
            _ => found.add(crate::diag::Span::file(path), message, hint),
        }
    }
}

/// Files of items that are copies by their name: what else is wrong with one is wrong with its original, or follows from there being two.
pub(super) fn copies(input: &Input<'_>) -> std::collections::BTreeSet<Arc<str>> {
    let mut out = std::collections::BTreeSet::new();
    for item in &input.portal.items {
        let decided = item.editions.first().is_some_and(|e| e.doc.front.as_ref().and_then(|f| f.get("draft")).is_some());
        if decided || matches!(State::of(item, Moment::day(input.as_of)), State::Draft | State::Withdrawn) {
            continue;
        }
        for e in item.written() {
            let path = &e.doc.source.path;
            let key = input.config.content.iter().find_map(|c| path.strip_prefix(c.as_str())?.strip_prefix('/'));
            if key.and_then(|k| odd_part(k, &|name| input.by_id.contains_key(name))).is_some_and(|(_, o)| o == Odd::Copy) {
                out.insert(path.clone());
            }
        }
    }
    out
}

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Odd {
    Draft,
    Copy,
    /// Perhaps a copy, perhaps the first of several: 通知（1）.
    Second,
    Temporary,
    Backup,
    Closed,
    Part,
}

/// Names of folders that may as well be what a dataset is about, where they are its own.
fn subject(name: &str) -> bool {
    matches!(name, "hidden" | "secret" | "pending" | "旧" | "临时")
}

/// The first folder or file of a content path whose name is odd; `there` knows the items by id.
fn odd_part<'k>(key: &'k str, there: &dyn Fn(&str) -> bool) -> Option<(&'k str, Odd)> {
    let mut parts = key.split('/').skip(1).peekable();
    let mut from = key.split('/').next().map_or(0, |f| f.len() + 1);
    while let Some(part) = parts.next() {
        let file = parts.peek().is_none();
        let stem = if file { part.rsplit_once('.').map_or(part, |(s, _)| s) } else { part };
        let original = |name: &str| there(&format!("{}{name}", &key[..from]));
        // `x.draft.zh-Hans.md` is another language of `x.draft`.
        let tagless = || stem.rsplit_once('.').filter(|(s, tag)| file && !s.is_empty() && tagged(tag)).and_then(|(s, _)| odd(s, file, &original));
        let own = subject(part) && parts.peek().is_some_and(|p| p.starts_with("dataset.") || p.starts_with("index."));
        if let Some(odd) = odd(stem, file, &original).or_else(tagless).filter(|_| !own) {
            return Some((part, odd));
        }
        from += part.len() + 1;
    }
    None
}

/// Whether the end of a name is the tag of a language: `zh`, `zh-Hans`.
fn tagged(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let lower = parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()));
    lower && parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn odd(stem: &str, file: bool, original: &dyn Fn(&str) -> bool) -> Option<Odd> {
    let lower = stem.to_lowercase();
    let bare = lower.trim_start_matches(['_', '.', '-', ' ', '#']);
    // The words of a name, for those that mean something at its beginning or end.
    let words: Vec<&str> = bare.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let (first, last) = (words.first().copied().unwrap_or(""), words.last().copied().unwrap_or(""));
    let draft = |w: &str| matches!(w, "draft" | "drafts" | "wip" | "unpublished" | "草稿" | "草稿箱" | "待审" | "未发布" | "待发布" | "待发" | "未定稿");
    if file && (lower.starts_with(['~', '#']) || lower.ends_with(['~', '#'])) || matches!(last, "bak" | "swp" | "orig" | "tmp") && words.len() > 1 {
        return Some(if matches!(last, "bak" | "orig") { Odd::Backup } else { Odd::Temporary });
    }
    // `x.old`, `x_backup`; `x-old` where it is of two words or beside its original, for `17-years-old` is a name.
    let beside = |w: &str| {
        lower.strip_suffix(w).is_some_and(|r| r.ends_with(['.', '_', ' ']) || r.ends_with('-') && (words.len() == 2 || original(&stem[..r.len() - 1])))
    };
    if words.len() > 1 && ["old", "backup", "bak"].into_iter().any(beside) || lower.contains(".conflict") || lower.ends_with("_conflict") {
        return Some(Odd::Backup);
    }
    let folder = |w: &str| {
        matches!(
            w,
            "backup"
                | "backups"
                | "bak"
                | "old"
                | "旧"
                | "private"
                | "hidden"
                | "secret"
                | "internal"
                | "confidential"
                | "restricted"
                | "staging"
                | "pending"
                | "不公开"
                | "不予公开"
                | "保密"
                | "涉密"
                | "tmp"
                | "temp"
                | "临时"
                | "trash"
                | "deleted"
                | "内部"
                | "内部资料"
                | "回收站"
                | "备份"
                | "已删除"
        )
    };
    if !file && (words.len() == 1 && folder(first) && bare.len() == first.len() || matches!(lower.as_str(), "_templates" | "node_modules" | "__macosx")) {
        return Some(match first {
            "private" | "hidden" | "secret" | "internal" | "confidential" | "restricted" | "内部" | "内部资料" | "不公开" | "不予公开" | "保密" | "涉密" => {
                Odd::Closed
            }
            "staging" | "pending" => Odd::Draft,
            "backup" | "backups" | "bak" | "old" | "旧" | "备份" => Odd::Backup,
            _ => Odd::Temporary,
        });
    }
    if ["勿发", "勿发布", "勿公布", "勿公开", "暂不发", "暂不发布", "暂不公布", "暂不公开"].iter().any(|w| bare.trim_end_matches([')', '）']).ends_with(w))
    {
        return Some(Odd::Draft);
    }
    let apart = |r: &str| r.ends_with(['（', '(', '-', '_', ' ', '【', '[']);
    if ["未公开", "先不发", "未审", "内部稿", "内部修改"].iter().filter_map(|w| bare.trim_end_matches([')', '）', '】', ']']).strip_suffix(w)).any(apart)
    {
        return Some(Odd::Draft);
    }
    if words.len() == 1 && draft(first) || file && (draft(first) || draft(last)) || !file && draft(last) && lower.ends_with(&format!(".{last}")) {
        return Some(Odd::Draft);
    }
    if bare.starts_with("草稿") || bare.ends_with("草稿") || bare.ends_with("未定稿") {
        return Some(Odd::Draft);
    }
    // `x - Copy`, `x - Copy (2)`, `x copy`, `Copy of x`, `x (副本)`, `x (conflicted copy 2026-01-01)`, `x.sync-conflict-2026`.
    let numbered = last.bytes().all(|b| b.is_ascii_digit()) && last.len() < 4;
    let end = if numbered && words.len() > 1 { words[words.len() - 2] } else { last };
    let apart = |w: &str| lower.contains(&format!("- {w}")) || lower.contains(&format!("({w}")) || lower.contains(&format!(" {w}"));
    let second = words.len() > 3 && words[1].bytes().all(|b| b.is_ascii_digit()) && words[2] == "of";
    let of = words.len() > 2 && words[0] == "copy" && (words[1] == "of" || second);
    let under = lower.ends_with("_copy") || lower.ends_with(".copy") || lower.strip_suffix("-copy").is_some_and(|r| original(&stem[..r.len()]));
    let copy = of
        || under && words.len() > 1
        || end == "copy" && words.len() > 1 && apart("copy")
        || lower.contains("conflicted copy")
        || lower.contains("sync-conflict");
    // 营业执照副本 is a document: the word stands apart, or after 的.
    let zh = ["副本", "拷贝", "复件"].iter().any(|w| {
        let apart = |rest: &str| rest.chars().next_back().is_some_and(|c| !c.is_alphanumeric() || c == '的');
        let at_end = end == *w && words.len() > 1 || bare.trim_end_matches([')', '）']).strip_suffix(w).is_some_and(apart);
        at_end || bare.strip_prefix(w).is_some_and(|r| r.starts_with([' ', '-', '_', '('])) || end.strip_suffix(w).is_some_and(|r| r.ends_with('的'))
    });
    // `x副本` beside `x`, or after a letter.
    let glued = ["副本", "拷贝", "备份"].iter().filter_map(|w| stem.strip_suffix(w)).any(|r| {
        let end = r.chars().next_back();
        original(r) || end.is_some_and(|c| c.is_ascii_alphanumeric() || "-_. ".contains(c)) && r.chars().any(char::is_alphanumeric)
    });
    if copy || zh || glued {
        return Some(Odd::Copy);
    }
    // `x (1)`, as browsers and file managers name a second one; `x（1）` only beside `x`, for people write that.
    let twin =
        stem.trim_end_matches([')', '）']).rsplit_once(['(', '（']).filter(|(_, n)| !n.is_empty() && n.len() < 3 && n.bytes().all(|b| b.is_ascii_digit()));
    if twin.is_some_and(|(name, _)| stem.ends_with(')') && file || original(name.trim_end())) {
        return Some(Odd::Copy);
    }
    if file && twin.is_some() {
        return Some(Odd::Second);
    }
    (file && lower.starts_with('_')).then_some(Odd::Part)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = jiff::civil::date(2026, 1, 1);

    #[test]
    fn lines_that_say_so() {
        for text in [
            "**草稿，请勿发布**\n\n正文。",
            "状态：草稿\n\n正文。",
            "# 通知\n\n状态: 未发布\n\n正文。",
            "> 草稿\n\n正文。",
            "【内部讨论稿】\n正文。",
            "<!-- 初稿 -->\n正文。",
            "（仅供内部参考）\n\n正文。",
            "DRAFT v0.3\n\nText.",
            "**DRAFT - do not publish**\n\nText.",
            "Not for publication before Monday\n\nText.",
            "Status: Draft\n\nText.",
            "公开方式：不予公开\n\n正文。",
            "是否公开：否\n正文。",
            "# 题\n\n本文请勿外传！\n正文。",
            "此稿未经领导审定，请勿发布\n\n正文。",
            "【2027年1月1日前禁止发布】\n\n正文。",
            "（送审稿）\n\n正文。",
            "本文件未经批准不得对外发布\n\n正文。",
            "【待发布】TODO\n\n正文。",
        ] {
            assert!(stated(text, false, DAY).is_some(), "{text}");
        }
        for text in [
            "（征求意见稿）\n\n正文。",
            "关于修改某办法的决定（草案）\n\n正文。",
            "# 请勿发布虚假信息的提醒\n\n正文。",
            "Draft: Clean Air Strategy\n\nText.",
            "The draft law is open for comment.\n",
            "状态：有效\n公开方式：主动公开\n\n正文。",
            "发布日期：2020年1月1日\n\n正文。",
            "根据条例，草稿\n正文。",
            "正文的第一句话到此为止。\n\n状态：草稿\n",
            "密级：公开\n正文。",
            "- 是否公开：否\n",
            "Open: Monday to Friday\n\nText.",
        ] {
            assert_eq!(stated(text, false, DAY), None, "{text}");
        }
        assert_eq!(stated("DRAFT\n\nText.", true, DAY), None);
    }

    #[test]
    fn names() {
        let there = |id: &str| matches!(id, "news/x" | "datasets/gdp");
        let odd = |key: &str| odd_part(key, &there).map(|(_, o)| o);
        for key in [
            "news/_drafts/a.md",
            "news/drafts/a.md",
            "news/草稿/a.md",
            "news/草稿箱/a.md",
            "news/2026/Drafts/a.md",
            "news/x.draft.md",
            "news/x.draft.en.md",
            "news/x.draft.zh-Hans.md",
            "news/z.draft.zh.md",
            "news/待发布/x.md",
            "news/staging/x.md",
            "news/x-draft.md",
            "news/x_DRAFT.md",
            "news/x (draft).md",
            "news/draft-x.md",
            "news/draft.md",
            "news/草稿.md",
            "news/通知草稿.md",
            "news/草稿-通知.md",
            "news/通知（草稿）.md",
            "datasets/gdp.draft/dataset.yaml",
            "datasets/_drafts/gdp/dataset.yaml",
            "news/wip.md",
            "news/通知-勿发.md",
            "news/通知（暂不公开）.md",
            "news/x（未定稿）.md",
        ] {
            assert_eq!(odd(key), Some(Odd::Draft), "{key}");
        }
        for key in [
            "news/x (副本).md",
            "news/x - 副本.md",
            "news/x - 副本 (2).md",
            "news/x的副本.md",
            "news/副本 x.md",
            "news/复件 x.md",
            "news/x_副本.md",
            "news/x - Copy.md",
            "news/x - Copy (2).md",
            "news/x copy.md",
            "news/x copy 2.md",
            "news/Copy of x.md",
            "news/Copy (2) of a.md",
            "news/a (2).zh-Hans.md",
            "news/x (1).md",
            "news/x（2）.md",
            "news/x(1).md",
            "news/y (1).md",
            "news/通知(2).md",
            "news/y - 副本.md",
            "news/y copy.md",
            "news/x_copy.md",
            "news/x.copy.md",
            "news/x-copy.md",
            "news/x副本.md",
            "news/x备份.md",
            "news/gdp_备份.md",
            "news/x (conflicted copy 2026-01-01).md",
            "news/x.sync-conflict-20260101.md",
            "datasets/gdp (1)/dataset.yaml",
            "datasets/gdp - Copy/dataset.yaml",
            "datasets/gdp 拷贝/dataset.yaml",
        ] {
            assert_eq!(odd(key), Some(Odd::Copy), "{key}");
        }
        for key in [
            "news/~x.md",
            "news/~$x.md",
            "news/#x#.md",
            "news/x~.md",
            "news/x.bak.md",
            "news/b.bak.zh-Hans.md",
            "news/不公开/x.md",
            "news/confidential/x.md",
            "news/x.md.orig.md",
            "news/x.old.md",
            "news/x_old.md",
            "news/x-old.md",
            "news/x.backup.md",
            "news/x-backup.md",
            "news/x.conflict.md",
            "news/backup/x.md",
            "news/old/x.md",
            "news/_old/x.md",
            "news/private/x.md",
            "news/内部/x.md",
            "news/tmp/x.md",
            "news/回收站/x.md",
            "news/_templates/x.md",
            "news/node_modules/x.md",
            "news/__MACOSX/x.md",
            "datasets/gdp.old/dataset.yaml",
            "datasets/old/dataset.yaml",
        ] {
            assert!(matches!(odd(key), Some(Odd::Temporary | Odd::Backup | Odd::Closed)), "{key}");
        }
        let what = |key| odd(key).unwrap();
        assert_eq!((what("news/private/x.md"), what("news/old/x.md"), what("news/x.bak.md")), (Odd::Closed, Odd::Backup, Odd::Backup));
        assert_eq!((what("news/tmp/x.md"), what("news/x~.md")), (Odd::Temporary, Odd::Temporary));
        assert_eq!(odd("news/_x.md"), Some(Odd::Part));
        assert_eq!(odd("news/y（1）.md"), Some(Odd::Second));
        for (key, is) in [("旧", Odd::Backup), ("临时", Odd::Temporary), ("hidden", Odd::Closed), ("secret", Odd::Closed), ("pending", Odd::Draft)] {
            assert_eq!(odd(&format!("news/{key}/x.md")), Some(is), "{key}");
        }
        for key in [
            "news/x.md",
            "news/通知(2021-12-24).md",
            "news/y (2021).md",
            "news/y (一).md",
            "news/征求意见稿.md",
            "news/copy.md",
            "news/copyright.md",
            "news/copy-service.md",
            "news/drafting-of-laws.md",
            "news/the-draft-law.md",
            "news/2021年草稿纸采购.md",
            "news/起草说明.md",
            "news/营业执照副本遗失.md",
            "news/营业执照副本.md",
            "news/数据备份.md",
            "news/archive/x.md",
            "news/17-years-old.md",
            "news/old.md",
            "news/internal.md",
            "news/internal-audit/x.md",
            "news/内部控制/x.md",
            "news/how-to-get-a-copy.md",
            "news/x.zh-Hans.md",
            "news/hidden-costs/x.md",
            "news/copy (2) paper.md",
            "news/old-age/x.md",
            "news/副本管理办法.md",
            "drafts/a.md",
            "news/第1号.md",
            "news/a.bak-b.md",
            "news/2021/a_b.md",
            "news/copy of.md",
            "news/photocopy.md",
            "datasets/_x/dataset.yaml",
            "news/大蒜拷贝数.md",
        ] {
            assert_eq!(odd(key), None, "{key}");
        }
    }
}
