//! INT002: no way to ask.

use super::*;
use crate::diag::say;

/// INT002
pub(super) static RULE: Rule = Rule {
    code: "INT002",
    title: Phrase { zh: "没有网上咨询渠道", en: "no way to ask on line" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: true,
    explain: Phrase {
        zh: "没有有效的网上咨询建言渠道，在政府网站检查里是单项否决。静态网站收不了来信：在 site.yaml 的 contact: 写 ask（网址或邮箱），每一页都有链接，带上本页的地址和标题；只有电话的不算网上渠道。",
        en: "A site without a working way to ask and advise on line fails the whole inspection of government sites. A static site takes no letters: write ask (a web or mail address) under contact: in site.yaml; every page then has the link, with its address and title. A telephone number alone is no way on line.",
    },
    source: "政府网站与政务新媒体检查指标",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let asked = input.config.channels.iter().find(|c| c.key == crate::schema::site::contact::ASK.key);
    let source = &input.config.source;
    let place = || {
        let at = source.text.match_indices("contact:").map(|(i, _)| i).find(|i| *i == 0 || source.text.as_bytes()[i - 1] == b'\n');
        at.map_or_else(|| crate::diag::Span::file(&source.path), |i| source.span(i, i + "contact".len()))
    };
    let hint = || {
        say!(
            "在 contact: 写 ask: 网址或邮箱，如 ask: \"https://…?url={{url}}&title={{title}}\"",
            "write ask: under contact:, a web or mail address, like ask: \"https://…?url={{url}}&title={{title}}\""
        )
    };
    match asked {
        None => found.add(place(), say!("没有网上咨询渠道：contact 里没有 ask", "there is no way to ask on line: contact has no ask"), hint()),
        Some(c) if c.to.starts_with("tel:") => {
            found.add(place(), say!("ask 只有电话，不是网上渠道", "ask is a telephone number alone, and no way on line"), hint());
        }
        Some(_) => {}
    }
}
