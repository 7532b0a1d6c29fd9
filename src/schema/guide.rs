//! The tables of the guide: every record and its fields, in one language.

use super::{Field, FieldKind, Need, Record, words};
use crate::diag::Tongue;

fn t(lang: Tongue, zh: &'static str, en: &'static str) -> &'static str {
    if lang == Tongue::Zh { zh } else { en }
}

/// The page of all fields, as Markdown.
pub fn page(records: &[&'static Record], lang: Tongue) -> String {
    let mut out = String::from(t(
        lang,
        "# 字段\n\n本页由程序的声明生成：读取内容的程序、`clerestory schema` 写出的 JSON Schema、`new` 的样稿和网页编辑器的表单都出自同一份声明。\n\n“谁要求”一栏：必填，没有就是错误；应填，没有就有警告；写着方案名的只在该方案下。文字可以按语言写（`{zh: 人口, en: Population}`）的，标“分语言”。列表只有一项时可以不写方括号。\n",
        "# Fields\n\nThis page is made from the program's declarations. What reads the content, the JSON Schemas of `clerestory schema`, the drafts of `new` and the forms of the web editor come from the same declarations.\n\nUnder “asked for”: *must*, without it there is an error; *should*, without it there is a warning; where a profile is named, under that profile only. Text “by language” may be a mapping (`{zh: 人口, en: Population}`). A list of one needs no brackets.\n",
    ));
    records.iter().for_each(|r| section(r, lang, &mut out));
    out
}

fn section(r: &Record, lang: Tongue, out: &mut String) {
    let level = if r.id.contains('/') { "###" } else { "##" };
    out.push_str(&format!("\n{level} {} `{}`\n\n", r.label.get(lang), r.id));
    if r.base.is_some() {
        let line = t(lang, "所有条目的字段之外：", "Besides the fields of every item:");
        out.push_str(&format!("{line}\n\n"));
    }
    out.push_str(t(
        lang,
        "| 字段 | 名称 | 内容 | 谁要求 | 说明 | 例子 |\n|---|---|---|---|---|---|\n",
        "| field | name | holds | asked for | what for | example |\n|---|---|---|---|---|---|\n",
    ));
    for f in r.fields {
        let keys: Vec<String> = f.spellings().map(|k| format!("`{k}`")).collect();
        let example = if f.example.is_empty() { String::new() } else { format!("`{}`", cell(f.example)) };
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} | {example} |\n",
            keys.join(t(lang, "、", ", ")),
            f.label.get(lang),
            cell(&kind(&f.kind, lang)),
            need(f, lang),
            cell(f.help.get(lang)),
        ));
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Who asks for a field, in words; empty where nobody does.
pub fn need(f: &Field, lang: Tongue) -> String {
    let word = |n: Need| match n {
        Need::May => "",
        Need::Should => t(lang, "应填", "should"),
        Need::Must => t(lang, "必填", "must"),
    };
    let [any, usual, strict] = f.need;
    if any == usual && usual == strict {
        return word(any).to_string();
    }
    if any != Need::May {
        return format!("{}{}cn-gov {}", word(any), t(lang, "，", ", "), word(usual));
    }
    match (usual, strict) {
        (Need::May, Need::May) => String::new(),
        (a, b) if a == b => format!("cn-gov {}", word(a)),
        (Need::May, b) => format!("cn-gov-strict {}", word(b)),
        (a, b) => format!("cn-gov {}{}cn-gov-strict {}", word(a), t(lang, "，", ", "), word(b)),
    }
}

/// What may stand in a field, in words.
pub fn kind(k: &FieldKind, lang: Tongue) -> String {
    let plain = |zh, en| t(lang, zh, en).to_string();
    match k {
        FieldKind::Text => plain("文字", "text"),
        FieldKind::LangText => plain("文字，分语言", "text, by language"),
        FieldKind::Markdown => plain("Markdown，分语言", "Markdown, by language"),
        FieldKind::Date | FieldKind::Day => plain("日期", "a day"),
        FieldKind::Moment => plain("日期，可带时刻", "a day, perhaps with a time"),
        FieldKind::Flag => plain("true 或 false", "true or false"),
        FieldKind::Count => plain("整数", "a whole number"),
        FieldKind::Number => plain("数", "a number"),
        FieldKind::Bound => plain("数、日期或时间", "a number, a day or a time"),
        FieldKind::Sign => plain("一个符号", "one sign"),
        FieldKind::OneOf(w) => listed(w, lang, false),
        FieldKind::Code(w) => listed(w, lang, true),
        FieldKind::Id => plain("英文字母、数字、连字符", "ASCII letters, digits, hyphens"),
        FieldKind::Web => plain("网址", "an address"),
        FieldKind::Tel => plain("电话", "a telephone number"),
        FieldKind::Mail => plain("邮箱", "an address of mail"),
        FieldKind::File => plain("文件", "a file"),
        FieldKind::Folder => plain("目录", "a folder"),
        FieldKind::Department => plain("部门的编号或名称", "id or name of a department"),
        FieldKind::Theme => plain("主题", "a theme"),
        FieldKind::Item(folders) => match folders {
            [one] => format!("{} `{one}/`", t(lang, "条目，在", "an item of")),
            [one, ..] => format!("{} `{one}/`{}", t(lang, "条目，默认在", "an item, of"), t(lang, "", " unless told")),
            [] => plain("条目", "an item"),
        },
        FieldKind::Language => plain("语言标签", "a language tag"),
        FieldKind::Zone => plain("时区", "a time zone"),
        FieldKind::List(k) => format!("{}{}", t(lang, "列表：", "list: "), kind(k, lang)),
        FieldKind::Table(r) => format!("[`{}`](#{})", r.id, anchor(r, lang)),
        FieldKind::Either(a, b) => format!("{} {} {}", kind(a, lang), t(lang, "或", "or"), kind(b, lang)),
        FieldKind::Free => plain("任意", "anything"),
    }
}

/// The anchor that readers of Markdown make of a record's heading.
fn anchor(r: &Record, lang: Tongue) -> String {
    let text = format!("{} {}", r.label.get(lang), r.id).to_lowercase();
    text.chars().filter_map(|c| if c == ' ' { Some('-') } else { (c.is_alphanumeric() || c == '-' || c == '_').then_some(c) }).collect()
}

fn listed(table: &'static [(&'static str, &'static str)], lang: Tongue, codes: bool) -> String {
    // Each code once, by its first word; with the others where a field knows words alone.
    let shown: Vec<String> = words::codes(table)
        .into_iter()
        .map(|c| {
            let own: Vec<&str> = table.iter().filter(|(_, x)| *x == c).map(|(w, _)| *w).collect();
            let mut all = own.clone();
            if codes && !own.contains(&c) {
                all.push(c);
            }
            all.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join("=")
        })
        .collect();
    shown.join(t(lang, "、", ", "))
}
