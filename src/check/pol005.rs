//! POL005: period of a normative document.

use super::*;
use crate::diag::say;

/// POL005
pub(super) static RULE: Rule = Rule {
    code: "POL005",
    title: Phrase { zh: "规范性文件的有效期", en: "period of a normative document" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "规范性文件应当写明有效期（expires_on）；到期前 60 天提醒评估是否延续。政策正文自己说的期限（有效期至2024年12月31日、自某日起施行，有效期五年、试行一年）算出最后一天，与 expires_on 对照：没有写，或写得比正文晚的，在这里提示，否则过期的文件会显示为现行有效。程序不替你改。",
        en: "A normative document names its period (expires_on); sixty days before the end it is time to decide on an extension. What the text of a policy says of its own period (有效期至2024年12月31日; 自…起施行，有效期五年; 试行一年) gives its last day, which is compared with expires_on: where that is missing, or later than the text, it is told here, for what has ended would be shown as in force. The program changes nothing itself.",
    },
    source: "国办发〔2018〕37号 加强行政规范性文件制定和监督管理工作",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if text(input, item, found) {
        return;
    }
    if item.policy().and_then(|p| p.normative) != Some(true) {
        return;
    }
    match item.expires {
        None => found.key(
            item,
            "is_normative",
            say!("规范性文件没有写有效期", "a normative document without a period"),
            say!("加 expires_on: 失效日期", "add expires_on:"),
        ),
        Some(d) => {
            let days = (d - input.as_of).get_days();
            if (0..=60).contains(&days) {
                found.key(
                    item,
                    "expires_on",
                    match days {
                        0 => say!("今天失效", "expires today"),
                        1 => say!("明天失效", "expires tomorrow"),
                        _ => say!("{days} 天后失效", "expires in {days} days"),
                    },
                    say!("评估是否延续，修改 expires_on 或让它到期", "decide on an extension: change expires_on, or let it expire"),
                );
            }
        }
    }
}

/// Compares the head with what the text says of its own period; true where that was told.
fn text(input: &Input<'_>, item: &Item, found: &mut Found<'_>) -> bool {
    if !item.policy().is_some_and(|p| p.repealed_by.is_empty()) {
        return false;
    }
    let start = item.effective.or(item.published.map(|m| m.date)).or(item.formed);
    let Some((doc, at, end)) = item.written().find_map(|e| period(e.doc.body(), start).map(|(at, end)| (&e.doc, at, end))) else { return false };
    let later = item.expires.is_some_and(|d| (d - end).get_days() > 1);
    if item.expires.is_some() && !later {
        return false;
    }
    let base = doc.body.start;
    let over = end < input.as_of;
    let message = match item.expires {
        Some(head) => say!("正文说有效期到 {end}，expires_on 却是 {head}", "the text says that it holds until {end}, and expires_on is {head}"),
        None if over => say!(
            "正文说有效期到 {end}，已经过了；文头没有 expires_on，网页仍显示有效",
            "the text says that it held until {end}; without expires_on the page shows it as in force"
        ),
        None => say!("正文说有效期到 {end}，文头没有 expires_on", "the text says that it holds until {end}, and there is no expires_on"),
    };
    let hint = say!(
        "核对后写 `expires_on: {end}`；延长过的写延长后的日期",
        "look at it and write `expires_on: {end}`; where it was extended, the day of the extension"
    );
    found.text(doc, base + at.start..base + at.end, message, hint);
    true
}

/// Words behind which the period of a document stands.
static PERIODS: &[&str] = &["有效期", "试行", "执行至", "施行至", "实施至", "执行期限", "实施期限", "施行期限"];
/// What a document calls itself.
static ITSELF: &[&str] = &[
    "办法", "规定", "通知", "意见", "细则", "方案", "政策", "文件", "措施", "公告", "决定", "条例", "标准", "通告", "规则", "规程", "规范", "指引", "指南",
    "制度", "若干",
];
/// Longest period in years that is believed.
const YEARS: u32 = 30;

/// The last day of the document by its own words, and where they stand. Periods of licences, goods and the like are none of it.
fn period(body: &str, start: Option<jiff::civil::Date>) -> Option<(std::ops::Range<usize>, jiff::civil::Date)> {
    let mut out = None;
    for word in PERIODS {
        for at in memchr::memmem::find_iter(body.as_bytes(), word) {
            let ends = ['。', '；', '\n'];
            let from = body[..at].rfind(ends).map_or(0, |i| i + body[i..].chars().next().map_or(1, char::len_utf8));
            let to = body[at..].find(ends).map_or(body.len(), |i| at + i);
            let (sentence, before) = (&body[from..to], &body[from..at]);
            if sentence.len() > 600 || !own(before, sentence, word) {
                continue;
            }
            if let Some(end) = last_day(before, &body[at + word.len()..to], word, start) {
                // Of several the last: an extension stands behind what it extends.
                out = Some((at..to, end));
            }
        }
    }
    out
}

/// Whether a sentence is about the document itself.
fn own(before: &str, sentence: &str, word: &str) -> bool {
    let starts = ["起施行", "起执行", "起实施", "起生效", "起试行", "发布之日起", "印发之日起", "公布之日起"].iter().any(|w| sentence.contains(w));
    let itself = ["本", "该"].iter().any(|h| {
        before.match_indices(h).any(|(i, _)| {
            let rest: String = before[i + h.len()..].chars().take(12).collect();
            ITSELF.iter().any(|w| rest.contains(w))
        })
    });
    // A line of its own, or behind the number of an article: 第二十条　有效期五年。
    let bare = before.trim_matches(|c: char| c.is_whitespace() || "*_#>-|".contains(c));
    let alone = bare.is_empty() || bare.starts_with('第') && bare.ends_with('条') || bare.len() <= 12 && bare.ends_with(['、', '.', '）', ')']);
    // 许可证有效期五年, 证书的有效期: of something else.
    let other = [
        "证", "书", "照", "批文", "资格", "资质", "合同", "协议", "产品", "药品", "食品", "注册", "许可", "备案", "标志", "名录", "券", "卡", "码", "报告",
        "结果", "成绩", "登记",
    ];
    let noun = before.trim_end_matches(['的', ' ', '*']);
    !(other.iter().any(|w| noun.ends_with(w))) && (itself || starts || alone && word == "有效期")
}

/// The last day by the words behind 有效期 and their like.
fn last_day(before: &str, after: &str, word: &str, start: Option<jiff::civil::Date>) -> Option<jiff::civil::Date> {
    use crate::load::dates::{han_number, leading_date};
    let dates = |t: &str| -> Vec<jiff::civil::Date> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(c) = t[at..].chars().next() {
            match leading_date(&t[at..]).filter(|_| c.is_ascii_digit() || "一二".contains(c)) {
                Some((day, rest)) => {
                    out.push(day);
                    at = t.len() - rest.len();
                }
                None => at += c.len_utf8(),
            }
        }
        out
    };
    let clause: String = after.chars().take(60).collect();
    let until = word.ends_with('至') || ["至", "到", "截至", "截止", "止"].iter().any(|w| clause.contains(w));
    if let Some(day) = dates(&clause).last().filter(|_| until && word != "试行") {
        return Some(*day);
    }
    let rest = clause.trim_start_matches(['限', '期', '暂', '定', '为', '是', '：', ':', ' ', '*', '_', '\u{3000}']);
    let unit = rest.find(|c: char| !(c.is_ascii_digit() || "一二两三四五六七八九十".contains(c)))?;
    let n = han_number(&rest[..unit]).filter(|n| (1..=YEARS * 12).contains(n))?;
    let behind = rest[unit..].trim_start();
    let begin = dates(before).last().copied().filter(|_| before.contains('起')).or(start)?;
    let end = if behind.starts_with('年') && n <= YEARS && !behind.starts_with("年级") && !behind.starts_with("年半") {
        begin.checked_add(jiff::Span::new().years(i64::from(n))).ok()?
    } else if behind.starts_with("个月") {
        begin.checked_add(jiff::Span::new().months(i64::from(n))).ok()?
    } else {
        return None;
    };
    end.yesterday().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_that_texts_tell() {
        let start = Some(date(2020, 3, 1));
        for (text, day) in [
            ("本办法自2020年1月1日起施行，有效期至2024年12月31日。", (2024, 12, 31)),
            ("本办法自2020年1月1日起施行，有效期五年。", (2024, 12, 31)),
            ("本通知自发布之日起施行，有效期3年。", (2023, 2, 28)),
            ("本规定自印发之日起试行一年。", (2021, 2, 28)),
            ("第二十条　本细则有效期为两年。", (2022, 2, 28)),
            ("有效期至2024年12月31日", (2024, 12, 31)),
            ("本意见有效期自2020年1月1日至2022年12月31日。", (2022, 12, 31)),
            ("本政策执行至2023年12月31日止。", (2023, 12, 31)),
            ("本办法自二〇二〇年一月一日起施行，有效期6个月。", (2020, 6, 30)),
        ] {
            assert_eq!(period(text, start).map(|p| p.1), Some(date(day.0, day.1, day.2)), "{text}");
        }
        for text in [
            "许可证有效期五年。",
            "食品生产许可证的有效期为5年。",
            "本办法自2020年1月1日起施行。",
            "证书有效期至2024年12月31日的，可以延期。",
            "在部分地区试行三年来，成效明显。",
            "商标注册的有效期为十年，自核准注册之日起计算。",
            "本办法所称有效期，是指五年内。",
            "合同有效期五年，自签订之日起计算。",
        ] {
            assert_eq!(period(text, start), None, "{text}");
        }
    }
}
