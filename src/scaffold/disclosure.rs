//! The files of disclosure, begun: guide, catalogue, plan, exceptions, register of requests, annual report.

use super::File;
use crate::config::Config;
use crate::diag::Tongue;
use crate::model::Portal;
use crate::model::disclosure::tables::{ACTIVE, DISPUTES, rows};
use crate::schema::disclosure::{entry, exception, guide, plan, report, request, website};
use crate::schema::effect;
use crate::schema::{Field, Need};

/// What can be begun, with the Chinese words for it that are taken too.
pub static FILES: &[(&str, &[&str])] = &[
    ("guide", &["公开指南"]),
    ("catalogue", &["entry", "公开目录"]),
    ("plan", &["公开计划"]),
    ("exceptions", &["exception", "不予公开清单"]),
    ("requests", &["request", "依申请公开"]),
    ("report", &["年度报告"]),
    ("website-report", &["website", "网站工作年度报表", "网站年度报表"]),
    ("effect-report", &["effect", "成效报告"]),
];

/// The word of [`FILES`] that a word means.
pub fn known(word: &str) -> Option<&'static str> {
    FILES.iter().find(|(w, other)| *w == word || other.contains(&word)).map(|(w, _)| *w)
}

/// A file to begin with: the file, and the index numbers that were given in it. `name` is `department/year` of a report.
/// `Err` says what is missing.
pub fn file(
    what: &str,
    name: &str,
    given: &[String],
    portal: &Portal,
    config: &Config,
    lang: Tongue,
    today: jiff::civil::Date,
) -> Result<(File, Vec<String>), &'static str> {
    let folder = config.content.first().map_or("content", String::as_str);
    let zh = config.tongue() == Tongue::Zh;
    let department = portal.departments.first().map_or("office", |d| d.id.as_str());
    let at = |path: &str| format!("{folder}/{path}");
    let none = Vec::new();
    // A site has one of these: a name for it would be lost without a word.
    if !name.is_empty() && matches!(what, "guide" | "catalogue" | "plan" | "exceptions" | "requests") {
        return Err("name");
    }
    Ok(match what {
        "guide" => {
            let mut t = ready(lang, "");
            for f in guide::RECORD.all().filter(|f| !std::ptr::eq(*f, &guide::DRAFT)) {
                let value = if std::ptr::eq(f, &guide::UPDATED_ON) { today.to_string() } else { String::new() };
                let asked = f.need[1] == Need::Must || std::ptr::eq(f, &guide::UPDATED_ON);
                t.push_str(&if asked {
                    format!("# {}\n{}: {value}\n", f.help.get(lang), f.key)
                } else {
                    format!("# {}\n# {}: {}\n", f.help.get(lang), f.key, f.example)
                });
            }
            ((at("disclosure/guide.yaml"), t), none)
        }
        "catalogue" => {
            let mut numbers: Vec<String> = Vec::new();
            let code = portal.departments.first().and_then(|d| d.code.as_deref());
            let mut t = String::new();
            for node in portal
                .disclosure
                .nodes
                .iter()
                .filter(|n| n.due())
                .map(|n| n.code.clone())
                .chain(portal.disclosure.nodes.is_empty().then(|| due(config)).into_iter().flatten())
            {
                t.push_str(&format!("- node: {node}\n  title: {}\n{}", if zh { "请填写名称" } else { "Title to be filled in" }, ready(lang, "  ")));
                let taken = portal.index_numbers().chain(given.iter().map(String::as_str)).chain(numbers.iter().map(String::as_str));
                if let Some(n) = config.disclosure.numbers.next(code, today, taken).filter(|_| config.disclosure.chinese) {
                    t.push_str(&format!("  index_no: {n}\n"));
                    numbers.push(n);
                }
                let (form, limit, basis) = if zh {
                    ("[政府网站]", "自信息形成或者变更之日起20个工作日内", "[政府信息公开条例]")
                } else {
                    ("[web site]", "within 20 working days", "[]")
                };
                t.push_str(&format!("  form: {form}\n  summary:\n  time_limit: {limit}\n  basis: {basis}\n  owner: {{department: {department}}}\n"));
                t.push_str(&format!(
                    "  # {}\n  # where: {}\n  # {}\n  # none: {}\n",
                    entry::WHERE.help.get(lang),
                    entry::WHERE.example,
                    entry::NONE.help.get(lang),
                    if zh { entry::NONE.example } else { "…" }
                ));
            }
            ((at("disclosure/catalogue.yaml"), t), numbers)
        }
        "plan" => ((at("disclosure/plan.yaml"), one(&[&plan::WHAT, &plan::DEPARTMENT, &plan::BY], &plan::RECORD, department, lang)), none),
        "exceptions" => (
            (
                at("disclosure/exceptions.yaml"),
                one(&[&exception::TITLE, &exception::GROUND, &exception::DEPARTMENT, &exception::DECIDED_ON], &exception::RECORD, department, lang),
            ),
            none,
        ),
        "requests" => {
            // Excel takes a file with a mark for UTF-8.
            let heads: Vec<&str> = request::RECORD.all().map(|f| if zh { f.label.zh } else { f.key }).collect();
            ((at("disclosure/requests.csv"), format!("\u{FEFF}{}\r\n", heads.join(","))), none)
        }
        "website-report" => {
            let year = year_of(name, today)?;
            let mut t = format!("# {}\npublished_at:\n", website::PUBLISHED_AT.help.get(lang));
            for f in website::RECORD.all().filter(|f| !std::ptr::eq(*f, &website::PUBLISHED_AT) && !std::ptr::eq(*f, &website::DRAFT)) {
                t.push_str(&format!(
                    "# {}{}{}\n# {}: {}\n",
                    f.label.get(lang),
                    if lang == Tongue::Zh { "：" } else { ": " },
                    f.help.get(lang),
                    f.key,
                    f.example
                ));
            }
            ((at(&format!("reports/website/{year}.yaml")), t), none)
        }
        "effect-report" => {
            let name = if name.is_empty() { last_quarter(today) } else { name.to_string() };
            if crate::model::disclosure::period(&name).is_none() {
                return Err("period");
            }
            let mut t = format!("# {}\npublished_at:\n", effect::PUBLISHED_AT.help.get(lang));
            for f in effect::RECORD.all().filter(|f| !std::ptr::eq(*f, &effect::PUBLISHED_AT) && !std::ptr::eq(*f, &effect::DRAFT)) {
                let colon = if lang == Tongue::Zh { "：" } else { ": " };
                t.push_str(&format!("# {}{colon}{}\n# {}: {}\n", f.label.get(lang), f.help.get(lang), f.key, f.example));
            }
            ((at(&format!("reports/effect/{name}.yaml")), t), none)
        }
        _ => {
            let (who, year) = name.split_once('/').unwrap_or((name, ""));
            let who = if who.is_empty() { department } else { who };
            let Some(of) = portal.departments.iter().find(|d| d.id == who) else { return Err("department") };
            let year = year_of(year, today)?;
            if of.annual_report != "none" && of.report_due(year).is_none() {
                return Err("time");
            }
            ((at(&format!("reports/{who}/{year}.yaml")), annual(portal, config, lang)), none)
        }
    })
}

/// A year of four digits that has begun; the last one where none is written.
fn year_of(text: &str, today: jiff::civil::Date) -> Result<i16, &'static str> {
    if text.is_empty() {
        return Ok(today.year() - 1);
    }
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let year: i16 = text.parse().ok().filter(|y| digits && *y >= FIRST).ok_or("year")?;
    if year > today.year() { Err("ahead") } else { Ok(year) }
}

/// No report is of an earlier year: the regulations are of 2007.
const FIRST: i16 = 2007;

/// The last quarter that is over: `2026-Q3`.
pub fn last_quarter(today: jiff::civil::Date) -> String {
    let now = (today.month() - 1) / 3;
    if now == 0 { format!("{}-Q4", today.year() - 1) } else { format!("{}-Q{now}", today.year()) }
}

fn due(config: &Config) -> Vec<String> {
    crate::model::disclosure::nodes(&config.disclosure, &[]).into_iter().map(|n| n.code).collect()
}

/// The mark of a draft, with what to do about it.
fn ready(lang: Tongue, indent: &str) -> String {
    let say = if lang == Tongue::Zh { "写好以后删去下面这一行，才会公布" } else { "not published until the next line is taken out" };
    format!("{indent}# {say}\n{indent}draft: true\n")
}

/// One entry of a list, the other fields as comments.
fn one(asked: &[&'static Field], record: &'static crate::schema::Record, department: &str, lang: Tongue) -> String {
    let mut t = String::new();
    for (i, f) in asked.iter().enumerate() {
        let value = if f.key == "department" { department } else { "" };
        t.push_str(&format!("{}{}: {value}\n", if i == 0 { "- " } else { "  " }, f.key));
    }
    t.push_str(&ready(lang, "  "));
    for f in record.all().filter(|f| f.key != "draft" && !asked.iter().any(|a| std::ptr::eq(*a, *f))) {
        t.push_str(&format!("  # {}\n  # {}: {}\n", f.help.get(lang), f.key, f.example));
    }
    t
}

fn annual(portal: &Portal, config: &Config, lang: Tongue) -> String {
    // No number stands here: a 0 that nobody counted would be published as one.
    let numbers = match lang {
        Tongue::Zh => "各表的每一行都要填；确实没有的写 0，没有填的不公布",
        Tongue::En => "each row of the tables is to be filled in; 0 where there was none in fact, and what is empty is not published",
    };
    let mut t = format!("# {}\npublished_at:\ngeneral: |\n  \n# {numbers}\n", report::PUBLISHED_AT.help.get(lang));
    if config.disclosure.chinese {
        t.push_str(&format!("# {}\nactive:\n", report::ACTIVE.help.get(lang)));
        for (field, ..) in report::active::RECORD.fields.iter().zip(ACTIVE).filter(|(_, (_, new, ..))| *new > 0) {
            t.push_str(&format!("  # {} {}\n  {}:\n", field.help.get(lang), field.example, field.key));
        }
    }
    // Where there is a register the table is counted.
    if portal.disclosure.requests.is_some() {
        t.push_str("requests: {from: requests}\n");
    } else {
        t.push_str(&format!("# {}\nrequests:\n", report::rows::NEW.help.get(lang)));
        for r in rows(false).filter(|r| r.key != "total") {
            t.push_str(&format!("  {}:\n", r.key));
        }
    }
    t.push_str("disputes:\n");
    for (field, key) in report::disputes::RECORD.fields.iter().zip(DISPUTES) {
        t.push_str(&format!("  # {}\n  {key}:\n", field.help.get(lang)));
    }
    t.push_str("problems: |\n  \nother: |\n  \n");
    t
}
