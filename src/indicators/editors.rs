//! The editors' page: what the check found and where, what is not public, how much the site holds, how good its data are.
//! It is the index of the folder of `build --internal`, and `serve` shows it; it never belongs to the site.

use super::{INDICATORS, Scorecards};
use crate::check::Tally;
use crate::derive::Derived;
use crate::diag::{Diagnostic, Severity, Tongue, path};
use crate::model::{Item, Portal, Public, State};

/// What the page tells of.
pub struct Told<'a> {
    /// All content.
    pub portal: &'a Portal,
    /// What of it is public.
    pub public: &'a Public,
    /// Quality of data.
    pub derived: &'a Derived,
    /// Scorecards, where there are any.
    pub scores: Option<&'a Scorecards>,
    /// Findings by rule.
    pub tally: &'a [Tally],
    /// The findings, the gravest first.
    pub found: &'a [&'a Diagnostic],
    /// Language of the page.
    pub lang: Tongue,
    /// Names of the files beside the page.
    pub files: &'a [&'a str],
}

/// Findings and items that the page shows; all of them stand in the files.
const SHOWN: usize = 500;

const STYLE: &str = "body{font:16px/1.6 system-ui,sans-serif;max-width:70rem;margin:1rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1rem 0;width:100%}caption{text-align:left;font-weight:700;font-size:1.15rem;padding:.5rem 0}th,td{border:1px solid #8a96a3;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#eef2f6}td.n{text-align:right}";

/// The page. What is in it is escaped here: texts of findings and titles come from many hands.
pub fn page(told: &Told<'_>) -> String {
    let zh = told.lang == Tongue::Zh;
    let t = |a: &'static str, b: &'static str| if zh { a } else { b };
    let Told { portal, public, .. } = told;
    let title = t("编辑页（内部）", "For editors (internal)");
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n<p>{}{} · Clerestory {}</p>\n<p>{}</p>\n",
        t("zh-Hans", "en"),
        t("截至 ", "As of "),
        public.as_of,
        env!("CARGO_PKG_VERSION"),
        t("供编辑和督查使用，不随网站公布。", "For editors and the supervising office; never part of the site.")
    );
    if let Some(scores) = told.scores {
        cards(&mut out, told, scores, zh);
    }
    let caption = t("检查的问题，按规则", "Findings of the check, by rule");
    let rows = told.tally.iter().map(|f| {
        let title = f.title(t("zh", "en"));
        vec![gravity(f.severity, zh).to_string(), f.code.to_string(), title.to_string(), f.count.to_string()]
    });
    table(&mut out, caption, &[t("轻重", "Gravity"), t("代码", "Code"), t("规则", "Rule"), t("处数", "Places")], rows, 3);
    let rows = told.found.iter().take(SHOWN).map(|d| {
        let who = d.department.as_ref().and_then(|o| portal.departments.iter().find(|x| x.id == o.id)).map_or("", |x| x.name.get(0));
        let mut place = path(d.path()).into_owned();
        if let Some(s) = d.span.as_ref().filter(|s| s.line > 0) {
            place.push_str(&format!(":{}:{}", s.line, s.col));
        }
        let hint = d.hint.as_ref().map_or("", |h| h.get(told.lang)).to_string();
        vec![who.to_string(), gravity(d.severity, zh).to_string(), d.code.to_string(), place, d.message.get(told.lang).to_string(), hint]
    });
    let head = [t("部门", "Department"), t("轻重", "Gravity"), t("代码", "Code"), t("位置", "Place"), t("问题", "Finding"), t("改法", "What to do")];
    table(&mut out, t("检查的问题", "Findings of the check"), &head, rows, usize::MAX);
    if told.found.len() > SHOWN {
        out.push_str(&format!("<p>{} {}</p>\n", told.found.len() - SHOWN, t("条没有列在这里", "more are not listed here")));
    }
    let rows = portal.items.iter().filter_map(|i| {
        let state = unseen(i, public)?;
        let day = i.comes_out().map_or(String::new(), |m| m.date.to_string());
        Some(vec![state_name(state, zh).to_string(), i.editions[0].title.clone(), day, i.doc().source.path.to_string()])
    });
    let head = [t("状态", "State"), t("标题", "Title"), t("发布日", "Comes out"), t("文件", "File")];
    table(&mut out, t("没有公布的", "Not public"), &head, rows.take(SHOWN), usize::MAX);
    let rows = public.types.iter().filter_map(|kind| {
        let of: Vec<&Item> = portal.items.iter().map(|i| &**i).filter(|i| i.kind == kind).collect();
        let out = of.iter().filter(|i| unseen(i, public).is_none()).count();
        let chars: usize = of.iter().map(|i| i.doc().body().chars().filter(|c| !c.is_whitespace()).count()).sum();
        let files: usize = of.iter().map(|i| i.attachments.len()).sum();
        (!of.is_empty()).then(|| vec![kind.folder.to_string(), of.len().to_string(), out.to_string(), chars.to_string(), files.to_string()])
    });
    let head = [t("类型", "Type"), t("条目", "Items"), t("已公布", "Public"), t("正文字数", "Characters of text"), t("附件", "Attachments")];
    table(&mut out, t("内容有多少", "What there is"), &head, rows, 1);
    let mut sets: Vec<(f64, &Item)> = public.items.iter().zip(&told.derived.quality).filter_map(|(i, q)| Some((q.as_ref()?.total(), &**i))).collect();
    sets.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.id.cmp(&b.1.id)));
    let rows = sets.iter().map(|(total, i)| vec![i.editions[0].title.clone(), format!("{:.1}", (total * 10.0 + 1e-9).floor() / 10.0)]);
    table(&mut out, t("数据质量，低分在前", "Quality of data, the lowest first"), &[t("数据集", "Dataset"), t("满分 100", "Of 100")], rows, 1);
    if !told.files.is_empty() {
        let list: String = told.files.iter().map(|f| format!("<li><a href=\"{f}\">{f}</a></li>")).collect();
        out.push_str(&format!("<ul>{list}</ul>\n"));
    }
    out.push_str("</body></html>\n");
    out
}

/// How grave a finding is, for people.
fn gravity(s: Severity, zh: bool) -> &'static str {
    match s {
        _ if !zh => s.word(),
        Severity::Veto => "单项否决",
        Severity::Error => "错误",
        Severity::Warn => "警告",
        Severity::Info => "提示",
    }
}

/// Why an item is not public, for people.
fn state_name(state: &'static str, zh: bool) -> &'static str {
    match state {
        _ if !zh => state,
        "draft" => "草稿",
        "scheduled" => "待发布",
        "withdrawn" => "已撤回",
        _ => "被拦下",
    }
}

/// Why an item is not public.
pub(super) fn unseen(item: &Item, public: &Public) -> Option<&'static str> {
    match State::of(item, public.now) {
        State::Draft => Some("draft"),
        State::Scheduled => Some("scheduled"),
        State::Withdrawn => Some("withdrawn"),
        _ if public.unseen.contains(&item.id) => Some("held"),
        _ => None,
    }
}

fn cards(out: &mut String, told: &Told<'_>, scores: &Scorecards, zh: bool) {
    let t = |a: &'static str, b: &'static str| if zh { a } else { b };
    let departments = &told.portal.departments;
    let rows = scores.departments.iter().enumerate().map(|(d, card)| {
        let id = departments.get(d).map(|x| x.id.as_str());
        let wrong = told.found.iter().filter(|f| f.severity >= Severity::Error && f.department.as_ref().map(|o| o.id.as_str()) == id).count();
        let hidden = told.portal.items.iter().filter(|i| i.issuers.first() == Some(&d) && unseen(i, told.public).is_some()).count();
        let total = card.total.map_or_else(|| t("未测", "not measured").to_string(), |x| format!("{:.1}", super::tenths(x)));
        let measured = format!("{} / {}", card.measured(), INDICATORS.len());
        let name = card.who.and_then(|d| departments.get(d)).map_or("", |x| x.name.get(0));
        vec![name.to_string(), total, measured, card.vetoes.to_string(), wrong.to_string(), hidden.to_string()]
    });
    let head = [t("部门", "Department"), t("总分", "Total"), t("测得", "Measured"), t("否决", "Vetoes"), t("错误", "Errors"), t("未公开", "Not public")];
    table(out, t("公开工作评价", "Scorecards"), &head, rows, 1);
}

/// A table, or nothing where it has no rows; columns from `numbers` on stand to the right.
fn table(out: &mut String, caption: &str, head: &[&str], rows: impl Iterator<Item = Vec<String>>, numbers: usize) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    let safe = |s: &str| s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let heads: String = head.iter().map(|h| format!("<th scope=\"col\">{h}</th>")).collect();
    out.push_str(&format!("<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>\n"));
    for row in rows {
        out.push_str("<tr>");
        for (n, cell) in row.iter().enumerate() {
            let open = if n >= numbers { "<td class=\"n\">" } else { "<td>" };
            out.push_str(&format!("{open}{}</td>", safe(&crate::diag::clean(cell))));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>\n");
}
