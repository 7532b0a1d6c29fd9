//! The file of a new item: the fields and sections that its type asks for, today's date, the next free index number.

use super::File;
use crate::config::{Config, Profile};
use crate::diag::Tongue;
use crate::model::{Kind, Portal, vocab};
use crate::schema::{Field, FieldKind, Need, item as own};
use crate::types::{Shape, dataset as ds, interpretation as itp, policy as pol};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Type.
    pub kind: Kind,
    /// Name of the file without its ending; it becomes the address.
    pub name: String,
    /// Title; empty leaves a place to fill in.
    pub title: String,
    /// Id of the department; the first of `departments.yaml` otherwise.
    pub department: Option<String>,
    /// Of an interpretation: the policy explained, as a path below `policies/`.
    pub policy: Option<String>,
    /// Index numbers that were given before, whatever became of them.
    pub given: Vec<String>,
}

/// The files of a new item. All are drafts: nothing is published by accident.
pub fn item(wanted: &Wanted, portal: &Portal, config: &Config, lang: Tongue, today: jiff::civil::Date) -> Vec<File> {
    // Comments speak to the author, texts to the readers of the site.
    let (zh, own_words) = (lang == Tongue::Zh, config.tongue() == Tongue::Zh);
    let folder = config.content.first().map_or("content", String::as_str);
    let department = wanted.department.clone().or_else(|| portal.departments.first().map(|d| d.id.clone())).unwrap_or_default();
    let title = if wanted.title.is_empty() { (if own_words { "请填写标题" } else { "Title to be filled in" }).to_string() } else { wanted.title.clone() };
    let title = serde_json::to_string(&title).unwrap_or_default();
    let kind = wanted.kind.folder;
    let name = wanted.name.trim_matches('/').trim_end_matches(".md");
    // `new policy 2024/notice`: the year that was asked for, not this year's folder and it within.
    let dated = matches!(wanted.kind.shape, Shape::Policy | Shape::Interpretation) || wanted.kind.place.contains("{{year}}");
    let asked = name.split_once('/').filter(|(y, rest)| dated && y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty());
    let (year, name) = asked.map_or_else(|| (today.year().to_string(), name), |(y, rest)| (y.to_string(), rest));
    let cn = config.profile != Profile::Generic;
    let (text, list) = (|f: &Field| line(f, &title), |f: &Field, v: &str| line(f, &format!("[{v}]")));
    let day = |f: &Field| line(f, &today.to_string());
    let draft = line(&own::DRAFT, "true");
    match wanted.kind.shape {
        Shape::Policy => {
            let index = next_index(wanted, portal, config, &department, today);
            let mut t = format!("---\n{}{}", text(&own::TITLE), list(&pol::ISSUER, &department));
            if cn {
                t.push_str(&format!("# {}\n{}", pol::DOC_NO.help.get(lang), line(&pol::DOC_NO, "none")));
                t.push_str(&index.map_or(String::new(), |i| line(&pol::INDEX_NO, &i)));
            }
            t.push_str(&[day(&own::FORMED_ON), day(&own::PUBLISHED_AT), day(&own::EFFECTIVE_FROM)].concat());
            if cn {
                let (kind, theme) = if own_words { (pol::DOC_TYPE.example, own::THEME.example) } else { ("notice", "\"02-01\"") };
                t.push_str(&[line(&pol::DOC_TYPE, kind), line(&own::THEME, theme)].concat());
                t.push_str(&format!("# {}\n{}", pol::INTERPRETATION.help.get(lang), line(&pol::INTERPRETATION, pol::INTERPRETATION.example)));
            }
            t.push_str(&format!("{}{draft}---\n\n", list(&own::KEYWORDS, "")));
            t.push_str(if own_words { "第一条 \n" } else { "Text.\n" });
            vec![(format!("{folder}/{kind}/{year}/{name}.md"), t)]
        }
        Shape::Interpretation => {
            let policy = wanted.policy.clone().unwrap_or_else(|| (if zh { "请填写文件路径" } else { "path-of-the-policy" }).into());
            let mut t = format!("---\n{}{}{}", text(&own::TITLE), list(&itp::POLICIES, &policy), line(&itp::INTERPRETER_ORG, &department));
            if cn {
                t.push_str(&line(&itp::FORM, if own_words { itp::FORM.example } else { "text" }));
            }
            let contact = if zh { itp::CONTACT.example } else { "{tel: …, email: …}" };
            t.push_str(&format!("{}# {}{draft}---\n", day(&own::PUBLISHED_AT), line(&itp::CONTACT, contact)));
            if own_words {
                for s in vocab::SECTIONS.iter().take(9) {
                    t.push_str(&format!("\n## {}\n\n", s.headings.first().unwrap_or(&s.key)));
                }
            } else {
                // The sections that the national rules ask for, where they hold.
                let few = ["background", "scope", "diff", "notes"];
                for (_, headings) in vocab::SECTIONS_EN.iter().filter(|(key, _)| if cn { *key != "diff" } else { few.contains(key) }) {
                    t.push_str(&format!("\n## {}\n\n", headings.first().unwrap_or(&"")));
                }
            }
            vec![(format!("{folder}/{kind}/{year}/{name}.md"), t)]
        }
        Shape::Dataset => {
            let lines = [
                text(&own::TITLE),
                line(
                    &own::DESCRIPTION,
                    &format!("|\n  {}", if own_words { "说明数据从哪里来、怎样统计。" } else { "Say where the data come from and how they were counted." }),
                ),
                line(&ds::PUBLISHER, &department),
                line(&ds::LICENSE, ds::LICENSE.example),
                line(&ds::FREQUENCY, if own_words { ds::FREQUENCY.example } else { "yearly" }),
                day(&ds::ISSUED),
                day(&ds::MODIFIED),
                line(&ds::ACCESS_RIGHTS, if own_words { ds::ACCESS_RIGHTS.example } else { "open" }),
                list(&own::KEYWORDS, ""),
                draft,
                line(&ds::RESOURCES, &format!("\n  - {{name: data, title: {}, path: data.csv}}", if own_words { "数据" } else { "Data" }))
                    .replace(": \n", ":\n"),
            ];
            let rows = if own_words { "名称,数值\n示例,1\n" } else { "name,value\nexample,1\n" };
            vec![(format!("{folder}/{kind}/{name}/dataset.yaml"), lines.concat()), (format!("{folder}/{kind}/{name}/data.csv"), rows.into())]
        }
        Shape::Record | Shape::Consultation => {
            let t = &wanted.kind;
            let need = |f: &Field| f.need[config.profile.index()];
            let mut head = text(&own::TITLE);
            if !t.root || need(t.issuer) > Need::May {
                let several = matches!(t.issuer.kind, FieldKind::List(_));
                head.push_str(&if several { list(t.issuer, &department) } else { line(t.issuer, &department) });
            }
            head.push_str(&day(&own::PUBLISHED_AT));
            // What is asked for stands there without a value: nothing is known of it yet.
            for f in t.record.fields.iter().filter(|f| !std::ptr::eq(**f, t.issuer) && need(f) > Need::May) {
                let example = if zh { "例：" } else { "for example " };
                head.push_str(&format!("# {}{}{example}{}\n{}:\n", f.help.get(lang), if zh { "，" } else { "; " }, f.example, f.key));
            }
            let place = t.place.replace("{{year}}", &year).replace("{{slug}}", name);
            vec![(format!("{folder}/{kind}/{place}.md"), format!("---\n{head}{draft}---\n\n"))]
        }
        Shape::Topic => vec![(
            format!("{folder}/{kind}/{name}.yaml"),
            format!(
                "title: {title}\n{}summary: {}\npublished_at: {today}\ndraft: true\nblocks:\n{}  - {{block: list, of: policies, limit: 5}}\n  - block: text\n    title: {}\n    text: |\n      {}\n",
                if cn { list(&crate::types::topic::ISSUER, &department) } else { String::new() },
                if own_words { "一句话说明这个专题。" } else { "Say in one sentence what this topic is." },
                note(
                    zh,
                    "  区块：text list items links topics themes departments changes story findings numbers",
                    "  blocks: text list items links topics themes departments changes story findings numbers"
                ),
                if own_words { "说明" } else { "About" },
                if own_words { "在这里写正文。" } else { "Text." },
            ),
        )],
    }
}

/// A line of the head: the key of a declared field, and its value.
fn line(field: &Field, value: &str) -> String {
    format!("{}: {value}\n", field.key)
}

fn note(zh: bool, in_zh: &str, in_en: &str) -> String {
    format!("# {}\n", if zh { in_zh } else { in_en })
}

/// The next free 索引号 of a department in a year: `000014349/2017-00110` (domain-rules POL-03).
/// `None` where the department has no code, or its items no numbers of this form.
fn next_index(wanted: &Wanted, portal: &Portal, config: &Config, department: &str, today: jiff::civil::Date) -> Option<String> {
    let code = portal.departments.iter().find(|d| d.id == department)?.code.as_deref();
    config.disclosure.numbers.next(code, today, portal.index_numbers().chain(wanted.given.iter().map(String::as_str)))
}

/// The index number in a file that was begun.
pub fn given_in(files: &[File]) -> Option<String> {
    let key = format!("{}: ", pol::INDEX_NO.key);
    files.iter().flat_map(|(_, t)| t.lines()).find_map(|l| l.strip_prefix(&key)).map(String::from)
}
