//! The classes of what must be disclosed: article 20, article 21 by level of government, those of a publication scheme, and
//! the project's own. And which items belong to an entry.

use super::{Entry, Matching};
use crate::config::Disclosure;
use crate::model::{Column, Item, Theme, Value};
use crate::types::record;

/// A class of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// ASCII, part of its address: `20-04`, `21-01`, `policies`, `local-1`.
    pub code: String,
    /// Name, of one of the project's own; the others are named by the theme (`node.<code>`).
    pub name: Option<String>,
}

impl Node {
    /// The law asks for it.
    pub fn due(&self) -> bool {
        self.name.is_none()
    }
}

/// Article 20: words by which an entry may name its item, in order.
static ARTICLE_20: &[&str] = &[
    "行政法规、规章和规范性文件",
    "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
    "国民经济和社会发展规划、专项规划、区域规划及相关政策",
    "国民经济和社会发展统计信息",
    "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
    "实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定",
    "财政预算、决算信息",
    "行政事业性收费项目及其依据、标准",
    "政府集中采购项目的目录、标准及实施情况",
    "重大建设项目的批准和实施情况",
    "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况",
    "突发公共事件的应急预案、预警信息及应对情况",
    "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
    "公务员招考的职位、名额、报考条件等事项以及录用结果",
    "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息",
];

/// Article 21, of cities and counties.
static CITY: &[&str] = &["市政建设", "公共服务", "公益事业", "土地征收", "房屋征收", "治安管理", "社会救助"];

/// Article 21, of townships.
static TOWNSHIP: &[&str] = &["农业农村政策", "农田水利", "土地承包流转", "宅基地", "土地征收", "房屋征收", "筹资筹劳", "社会救助"];

/// Classes of a publication scheme.
static CLASSES: &[&str] = &["who", "spend", "priorities", "decisions", "policies", "lists", "services"];

/// The codes that the law (or the scheme) asks for, in order.
pub fn due(settings: &Disclosure) -> Vec<String> {
    if !settings.chinese {
        return CLASSES.iter().map(|c| c.to_string()).collect();
    }
    let mut out: Vec<String> = (1..=15).map(|n| format!("20-{n:02}")).collect();
    match settings.level {
        Some("city" | "county") => out.extend((1..=CITY.len()).map(|n| format!("21-{n:02}"))),
        Some("township") => out.extend((1..=TOWNSHIP.len()).map(|n| format!("21-{:02}", n + 10))),
        _ => {}
    }
    out
}

/// Something that looks like the code of a class and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoClass;

/// The code that an entry means by a text: `20-04`, `4`, `第四项`'s words. `Err` where it looks like a code and is none.
pub fn code_of(text: &str, settings: &Disclosure) -> Result<Option<String>, NoClass> {
    let known = due(settings);
    let text = text.trim();
    if known.iter().any(|k| k == text) {
        return Ok(Some(text.to_string()));
    }
    if !settings.chinese {
        return Ok(None);
    }
    let number = text.strip_prefix("art20-").unwrap_or(text);
    if let Some(n) = number.parse::<u32>().ok().filter(|_| number.len() <= 2) {
        return if (1..=15).contains(&n) { Ok(Some(format!("20-{n:02}"))) } else { Err(NoClass) };
    }
    let by = |list: &[&str], article: &str, plus: usize| {
        list.iter().position(|w| *w == text || text.chars().count() >= 4 && w.starts_with(text)).map(|i| format!("{article}-{:02}", i + 1 + plus))
    };
    let local = match settings.level {
        Some("city" | "county") => by(CITY, "21", 0),
        Some("township") => by(TOWNSHIP, "21", 10),
        _ => None,
    };
    let hit = by(ARTICLE_20, "20", 0).or(local);
    let like = text.split_once('-').is_some_and(|(a, b)| [a, b].iter().all(|p| !p.is_empty() && p.bytes().all(|c| c.is_ascii_digit())));
    if hit.is_none() && like { Err(NoClass) } else { Ok(hit) }
}

/// The class that the law asks for and that a name of one's own may mean: its signs stand in that order in the words of the law, or
/// it is the code but for a slip.
pub fn near(text: &str, settings: &Disclosure) -> Option<String> {
    let signs = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
    if !settings.chinese {
        let low = text.trim().to_lowercase();
        return CLASSES.iter().find(|c| strsim::damerau_levenshtein(c, &low) <= 2 && low.len() > 2).map(|c| c.to_string());
    }
    let text = signs(text);
    let within = |words: &str| {
        let mut rest = words.chars();
        text.iter().all(|c| rest.any(|w| w == *c))
    };
    let by = |list: &[&str], article: &str, plus: usize| list.iter().position(|w| within(w)).map(|i| format!("{article}-{:02}", i + 1 + plus));
    let local = match settings.level {
        Some("city" | "county") => by(CITY, "21", 0),
        Some("township") => by(TOWNSHIP, "21", 10),
        _ => None,
    };
    (text.len() >= 4).then(|| by(ARTICLE_20, "20", 0).or(local)).flatten()
}

/// The words of the law for a class.
pub fn words(code: &str) -> &'static str {
    let at = |list: &'static [&'static str], n: &str, minus: usize| n.parse::<usize>().ok().and_then(|n| list.get(n.checked_sub(1 + minus)?)).copied();
    match code.split_once('-') {
        Some(("20", n)) => at(ARTICLE_20, n, 0),
        Some(("21", n)) => at(TOWNSHIP, n, 10).or_else(|| at(CITY, n, 0)),
        _ => None,
    }
    .unwrap_or("")
}

/// All classes: those that are due, then the project's own in the order of their entries.
pub fn nodes(settings: &Disclosure, entries: &[Entry]) -> Vec<Node> {
    let mut out: Vec<Node> = due(settings).into_iter().map(|code| Node { code, name: None }).collect();
    let own = out.len();
    for e in entries.iter().filter(|e| e.code.is_none()) {
        if !out[own..].iter().any(|n| n.name.as_deref() == Some(&e.node)) {
            out.push(Node { code: format!("local-{}", out.len() - own + 1), name: Some(e.node.clone()) });
        }
    }
    out
}

/// Whether an entry stands in a class.
pub fn stands(entry: &Entry, node: &Node) -> bool {
    match &node.name {
        None => entry.code.as_deref() == Some(&node.code),
        Some(n) => entry.code.is_none() && entry.node == *n,
    }
}

/// Whether an item belongs to an entry: it is named, it meets what `where:` asks, or it is a public record of the kind of the class,
/// where the entry names nothing itself.
pub fn belongs(entry: &Entry, item: &Item, columns: &[Column], themes: &[Theme]) -> bool {
    entry.items.contains(&item.id)
        || entry.matching.as_ref().is_some_and(|m| matches(m, item, columns, themes))
        || entry.matching.is_none() && entry.items.is_empty() && entry.none.is_empty() && record_class(item).is_some_and(|c| own(entry, item, c))
}

/// The class that public records of a kind feed by themselves.
fn record_class(item: &Item) -> Option<&'static str> {
    let Some(Value::Code(kind)) = item.record().and_then(|v| v.get(&record::KIND)) else { return None };
    Some(match *kind {
        "plan" => "20-03",
        "permit" => "20-05",
        "penalty" => "20-06",
        "budget" | "final_accounts" => "20-07",
        "procurement" => "20-09",
        _ => return None,
    })
}

/// The entry is of the class, and the item of its department.
fn own(entry: &Entry, item: &Item, class: &str) -> bool {
    entry.code.as_deref() == Some(class) && entry.department.is_none_or(|d| item.issuers.contains(&d))
}

/// Whether an item shows that what an entry says with `none:` is not so: it is of the class, and public.
pub fn refutes(entry: &Entry, item: &Item) -> bool {
    if entry.none.is_empty() || item.draft || item.withdrawn.is_some() {
        return false;
    }
    let class = match item.kind.id {
        "policy" => item.policy().filter(|p| p.normative == Some(true) && item.source.is_none()).map(|_| "20-01"),
        "service" => Some("20-05"),
        "dataset" if item.editions.iter().any(|e| e.title.contains("统计")) => Some("20-04"),
        _ => record_class(item),
    };
    class.is_some_and(|c| own(entry, item, c))
}

fn matches(m: &Matching, item: &Item, columns: &[Column], themes: &[Theme]) -> bool {
    let below = |folder: &str, path: &str| path == folder || path.strip_prefix(folder).is_some_and(|r| r.starts_with('/'));
    let column = |c: &String| below(c, &item.id) || item.column.is_some_and(|i| below(c, &columns[i].path));
    let above = |wanted: usize, mut at: usize| loop {
        if at == wanted {
            return true;
        }
        match themes[at].parent {
            Some(p) => at = p,
            None => return false,
        }
    };
    m.column.as_ref().is_none_or(column)
        && m.kind.as_ref().is_none_or(|k| below(k, &item.id))
        && m.theme.is_none_or(|t| item.themes.iter().any(|own| above(t, *own)))
        && m.department.is_none_or(|d| item.issuers.contains(&d))
        && m.keyword.as_ref().is_none_or(|k| item.keywords.contains(k))
        && m.said()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_by_level_and_scheme() {
        let at = |chinese, level| Disclosure { chinese, level, ..Disclosure::default() };
        let count = |s: &Disclosure| due(s).len();
        assert_eq!([at(true, None), at(true, Some("city")), at(true, Some("township")), at(true, Some("province"))].each_ref().map(count), [15, 22, 23, 15]);
        assert_eq!(count(&at(false, Some("city"))), 7);
        let city = at(true, Some("city"));
        let code = |t: &str| code_of(t, &city);
        assert_eq!(code("4"), Ok(Some("20-04".into())));
        assert_eq!(code("20-15"), Ok(Some("20-15".into())));
        assert_eq!(code("财政预算、决算"), Ok(Some("20-07".into())));
        assert_eq!(code("社会救助"), Ok(Some("21-07".into())));
        assert_eq!(code("统计信息公报"), Ok(None));
        assert_eq!((code("20-16"), code("16")), (Err(NoClass), Err(NoClass)));
        assert_eq!(code_of("lists", &at(false, None)), Ok(Some("lists".into())));
    }
}
