//! The file of a new item: the fields and sections that its type asks for, today's date, the next free index number.

use super::File;
use crate::config::{Config, Profile};
use crate::diag::Tongue;
use crate::model::{Kind, Portal, vocab};

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
}

/// The files of a new item. All are drafts: nothing is published by accident.
pub fn item(wanted: &Wanted, portal: &Portal, config: &Config, lang: Tongue, today: jiff::civil::Date) -> Vec<File> {
    // Comments speak to the author, texts to the readers of the site.
    let (zh, own) = (lang == Tongue::Zh, config.tongue() == Tongue::Zh);
    let folder = config.content.first().map_or("content", String::as_str);
    let department = wanted.department.clone().or_else(|| portal.departments.first().map(|d| d.id.clone())).unwrap_or_default();
    let title = if wanted.title.is_empty() { (if own { "请填写标题" } else { "Title to be filled in" }).to_string() } else { wanted.title.clone() };
    let title = serde_json::to_string(&title).unwrap_or_default();
    let kind = wanted.kind.folder();
    let name = wanted.name.trim_matches('/').trim_end_matches(".md");
    let cn = config.profile != Profile::Generic;
    match wanted.kind {
        Kind::Policy => {
            let index = next_index(portal, &department, today.year());
            let mut t = format!("---\ntitle: {title}\nissuer: [{department}]\n");
            if cn {
                t.push_str(&note(zh, "没有文号写 none", "none where there is no number"));
                t.push_str("doc_no: none\n");
                t.push_str(&index.map_or(String::new(), |i| format!("index_no: {i}\n")));
            }
            t.push_str(&format!("formed_on: {today}\npublished_at: {today}\neffective_from: {today}\n"));
            if cn {
                t.push_str(&format!(
                    "doc_type: 通知\ntheme: 综合政务/政务公开\n{}interpretation: required\n",
                    note(zh, "免于解读写 {exempt: 理由}", "{exempt: reason} where none is due")
                ));
            }
            t.push_str("keywords: []\ndraft: true\n---\n\n");
            t.push_str(if own { "第一条 \n" } else { "Text.\n" });
            vec![(format!("{folder}/{kind}/{}/{name}.md", today.year()), t)]
        }
        Kind::Interpretation => {
            let policy = wanted.policy.clone().unwrap_or_else(|| (if zh { "请填写文件路径" } else { "path-of-the-policy" }).into());
            let mut t = format!("---\ntitle: {title}\npolicies: [{policy}]\ninterpreter_org: {department}\n");
            if cn {
                t.push_str("form: 文字\n");
            }
            t.push_str(&format!("published_at: {today}\n{}draft: true\n---\n", note(zh, "contact: {tel: 电话, email: 邮箱}", "contact: {tel: …, email: …}")));
            if own {
                for s in vocab::SECTIONS.iter().take(9) {
                    t.push_str(&format!("\n## {}\n\n", s.headings.first().unwrap_or(&s.key)));
                }
            } else {
                t.push_str("\n## Why it was made\n\n## Whom it concerns\n\n## What changes\n\n## What to do\n");
            }
            vec![(format!("{folder}/{kind}/{}/{name}.md", today.year()), t)]
        }
        Kind::Dataset => {
            let t = format!(
                "title: {title}\ndescription: |\n  {}\npublisher: {department}\nlicense: CC-BY-4.0\nfrequency: {}\nissued: {today}\nmodified: {today}\naccess_rights: {}\nkeywords: []\ndraft: true\nresources:\n  - {{name: data, title: {}, path: data.csv}}\n",
                if own { "说明数据从哪里来、怎样统计。" } else { "Say where the data come from and how they were counted." },
                if own { "每年" } else { "yearly" },
                if own { "无条件开放" } else { "open" },
                if own { "数据" } else { "Data" },
            );
            let rows = if own { "名称,数值\n" } else { "name,value\n" };
            vec![(format!("{folder}/{kind}/{name}/dataset.yaml"), t), (format!("{folder}/{kind}/{name}/data.csv"), rows.into())]
        }
        Kind::News => vec![(
            format!("{folder}/{kind}/{}/{name}.md", today.year()),
            format!("---\ntitle: {title}\nissuer: [{department}]\npublished_at: {today}\ndraft: true\n---\n\n"),
        )],
        Kind::Page => vec![(format!("{folder}/{kind}/{name}.md"), format!("---\ntitle: {title}\npublished_at: {today}\ndraft: true\n---\n\n"))],
        Kind::Topic => vec![(
            format!("{folder}/{kind}/{name}.yaml"),
            format!(
                "title: {title}\nsummary: {}\npublished_at: {today}\ndraft: true\nblocks:\n{}  - {{block: list, of: policies, limit: 5}}\n  - block: text\n    title: {}\n    text: |\n      {}\n",
                if own { "一句话说明这个专题。" } else { "Say in one sentence what this topic is." },
                note(
                    zh,
                    "  区块：text list items links topics themes departments changes story findings numbers",
                    "  blocks: text list items links topics themes departments changes story findings numbers"
                ),
                if own { "说明" } else { "About" },
                if own { "在这里写正文。" } else { "Text." },
            ),
        )],
    }
}

fn note(zh: bool, in_zh: &str, in_en: &str) -> String {
    format!("# {}\n", if zh { in_zh } else { in_en })
}

/// The next free 索引号 of a department in a year: `000014349/2017-00110` (domain-rules POL-03).
/// `None` where the department has no code, or its items no numbers of this form.
fn next_index(portal: &Portal, department: &str, year: i16) -> Option<String> {
    let code = portal.departments.iter().find(|d| d.id == department)?.code.clone()?;
    let prefix = format!("{code}/{year}-");
    let taken = portal.items.iter().filter_map(|i| i.policy()?.index_no.as_deref()?.strip_prefix(&prefix)?.parse::<u32>().ok());
    let next = taken.max().unwrap_or(0) + 1;
    Some(format!("{prefix}{next:05}"))
}
