//! Time limits as catalogues write them (domain-rules D5).

/// What a time limit asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Within so many working days. `及时` means twenty, as the regulations say.
    Workdays(u32),
    /// Within so many days.
    Days(u32),
    /// At once.
    Immediate,
    /// Always there.
    Standing,
    /// Each week, month, quarter or year.
    Each(&'static str),
    /// Whenever it changes.
    OnChange,
}

/// Reads a limit; `None` where it is not understood (`同上` says nothing for itself).
pub fn limit(text: &str) -> Option<Limit> {
    let tight: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '。' | '.' | '，' | ',' | '；')).map(half).collect();
    let low = text.trim().trim_end_matches('.').to_ascii_lowercase();
    english(&low).or_else(|| {
        let rest = tight.rsplit_once("之日起").or_else(|| tight.rsplit_once("后")).map_or(tight.as_str(), |(_, r)| r);
        days(rest).or_else(|| word(&tight))
    })
}

fn half(c: char) -> char {
    if ('０'..='９').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c }
}

/// `20个工作日内予以公开`
fn days(text: &str) -> Option<Limit> {
    let text = text.trim_start_matches("在").trim_start_matches("于");
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let n: u32 = text[..end].parse().ok().filter(|n| (1..=3660).contains(n))?;
    let rest = text[end..].trim_start_matches('个');
    let (rest, work) = if let Some(r) = rest.strip_prefix("工作日") { (r, true) } else { (rest.strip_prefix(['日', '天'])?, false) };
    let rest = rest.trim_start_matches("之内").trim_start_matches("以内").trim_start_matches('内');
    let rest = rest.trim_start_matches("予以").trim_start_matches("主动").trim_start_matches("及时");
    matches!(rest, "" | "公开" | "公布" | "发布" | "更新").then_some(if work { Limit::Workdays(n) } else { Limit::Days(n) })
}

fn word(text: &str) -> Option<Limit> {
    let text = text.trim_end_matches("公开").trim_end_matches("更新").trim_end_matches("公布").trim_end_matches("发布");
    Some(match text {
        "即时" | "实时" | "同步" | "立即" => Limit::Immediate,
        "及时" => Limit::Workdays(20),
        "长期" | "常年" | "持续" => Limit::Standing,
        "按周" | "每周" => Limit::Each("week"),
        "按月" | "每月" => Limit::Each("month"),
        "按季" | "按季度" | "每季" | "每季度" => Limit::Each("quarter"),
        "按年" | "按年度" | "每年" | "年度" => Limit::Each("year"),
        "逢变即更" | "有变即更" | "变更即" => Limit::OnChange,
        _ => return None,
    })
}

fn english(text: &str) -> Option<Limit> {
    if !text.is_ascii() {
        return None;
    }
    Some(match text {
        "at once" | "immediately" | "real time" => Limit::Immediate,
        "always" | "standing" => Limit::Standing,
        "weekly" => Limit::Each("week"),
        "monthly" => Limit::Each("month"),
        "quarterly" => Limit::Each("quarter"),
        "yearly" | "annually" => Limit::Each("year"),
        "on change" => Limit::OnChange,
        t => {
            let rest = t.strip_prefix("within ").unwrap_or(t);
            let (n, unit) = rest.split_once(' ')?;
            let n = n.parse().ok().filter(|n| (1..=3660).contains(n))?;
            match unit {
                "working days" | "working day" | "business days" => Limit::Workdays(n),
                "days" | "day" => Limit::Days(n),
                _ => return None,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar() {
        for (text, want) in [
            ("自信息形成或者变更之日起20个工作日内予以公开", Some(Limit::Workdays(20))),
            ("信息形成之日起 20 个工作日内", Some(Limit::Workdays(20))),
            ("自制作或者获取之日起７个工作日内", Some(Limit::Workdays(7))),
            ("3个工作日内", Some(Limit::Workdays(3))),
            ("20工作日", Some(Limit::Workdays(20))),
            ("自形成之日起15日内", Some(Limit::Days(15))),
            ("及时公开", Some(Limit::Workdays(20))),
            ("实时公开", Some(Limit::Immediate)),
            ("长期公开", Some(Limit::Standing)),
            ("按季度公开", Some(Limit::Each("quarter"))),
            ("逢变即更", Some(Limit::OnChange)),
            ("within 20 working days", Some(Limit::Workdays(20))),
            ("Monthly", Some(Limit::Each("month"))),
            ("同上", None),
            ("尽快", None),
            ("0个工作日内", None),
            ("20个工作日内不公开", None),
            ("", None),
        ] {
            assert_eq!(limit(text), want, "{text}");
        }
    }
}
