//! MET002: site identification code.

use super::*;
use crate::diag::say;

/// MET002
pub(super) static RULE: Rule = Rule {
    code: "MET002",
    title: Phrase { zh: "网站标识码", en: "site identification code" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: true,
    explain: Phrase {
        zh: "政府网站标识码为十位：六位行政区划代码加四位顺序号，或 bm 加八位数字。写在 site.yaml 的 identity.site_id_code，页脚与标签同出一处。",
        en: "The code of a government site has ten characters: a region code of six digits and four more, or bm and eight digits. It stands under identity.site_id_code of site.yaml; footer and tag are made from it.",
    },
    source: "国办发〔2017〕47号",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let code = input.config.identity.site_id_code.as_deref().unwrap_or("");
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let ok = (code.len() == 10 && digits(code)) || (code.len() == 10 && code.strip_prefix("bm").is_some_and(digits));
    if !ok {
        let span = input.config.source.text.find("site_id_code").map_or_else(|| crate::diag::Span::file("site.yaml"), |i| input.config.source.span(i, i + 12));
        found.add(
            span,
            say!("网站标识码缺失或不是十位：`{code}`", "the site's code is missing or has not ten characters: `{code}`"),
            say!("在 site.yaml 写 identity: {{site_id_code: \"1304000009\"}}", "write identity: {{site_id_code: \"1304000009\"}} in site.yaml"),
        );
    }
}
