//! FTR001: the footer lacks something, or has it in a wrong form.

use super::*;
use crate::diag::say;

/// FTR001
pub(super) static RULE: Rule = Rule {
    code: "FTR001",
    title: Phrase { zh: "页脚要素缺失或格式不对", en: "the footer lacks something, or has it in a wrong form" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: true,
    explain: Phrase {
        zh: "页脚要有主办单位、联系方式、网站标识码、ICP 备案号、公安备案号（cn-gov-strict 下缺一项就是错误）；备案号写了就要合格式：京ICP备05070218号、京公网安备11010202000001号。",
        en: "The footer names the organizer, how to reach it, the site identification code, and the numbers of registration (under cn-gov-strict each of them must be there). A number of registration that is there is in its form.",
    },
    source: "政府网站发展指引；互联网备案管理",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let id = &input.config.identity;
    let source = &input.config.source;
    let at = |key: &str| {
        let start = source.text.match_indices(key).map(|(i, _)| i).find(|i| source.text[i + key.len()..].starts_with(':'));
        start.map_or_else(|| crate::diag::Span::file(&source.path), |i| source.span(i, i + key.len()))
    };
    for (key, text, fits, form) in
        [("icp", &id.icp, icp as fn(&str) -> bool, "京ICP备05070218号-1"), ("police", &id.police, police as fn(&str) -> bool, "京公网安备11010202000001号")]
    {
        if let Some(no) = text.as_ref().filter(|t| !fits(t)) {
            found.add(at(key), say!("备案号格式不对：`{no}`", "a number of registration in a wrong form: `{no}`"), say!("形如 {form}", "like {form}"));
        }
    }
    if input.config.profile != crate::config::Profile::CnGovStrict {
        return;
    }
    let there = [
        ("organizer", !id.organizer.is_empty()),
        ("contact", !id.contact.is_empty()),
        ("site_id_code", id.site_id_code.is_some()),
        ("icp", id.icp.is_some()),
        ("police", id.police.is_some()),
    ];
    let missing: Vec<&str> = there.iter().filter(|(_, t)| !t).map(|(k, _)| *k).collect();
    if !missing.is_empty() {
        let (zh, en) = (missing.join("、"), missing.join(", "));
        found.add(
            at("identity"),
            say!("页脚缺 {zh}", "the footer lacks {en}"),
            say!("写在 site.yaml 的 identity: 之下", "write them under identity: in site.yaml"),
        );
    }
}

fn digits(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// `京ICP备05070218号-1`
fn icp(no: &str) -> bool {
    const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    let Some(rest) = no.trim().split_once("ICP备").filter(|(p, _)| p.chars().count() == 1 && PROVINCES.contains(p)).map(|(_, r)| r) else { return false };
    let Some((number, site)) = rest.split_once('号') else { return false };
    digits(number, 6, 10) && (site.is_empty() || site.strip_prefix('-').is_some_and(|s| digits(s, 1, 4)))
}

/// `京公网安备11010202000001号`
fn police(no: &str) -> bool {
    let Some((place, rest)) = no.trim().split_once("公网安备") else { return false };
    (1..=2).contains(&place.chars().count()) && rest.trim_start().strip_suffix('号').is_some_and(|n| digits(n, 13, 14))
}
