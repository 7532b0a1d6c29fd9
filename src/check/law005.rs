//! LAW005: the guide to disclosure lacks what it must have.

use super::*;
use crate::diag::say;

/// LAW005
pub(super) static RULE: Rule = Rule {
    code: "LAW005",
    title: Phrase { zh: "公开指南要素不全", en: "the guide to disclosure lacks what it must have" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "公开指南要有分类、编排体系、获取方式、机构名称、办公地址、办公时间、联系电话、传真号码、互联网联系方式；还要写明至少一种申请渠道。",
        en: "The guide says the classes of information, how they are arranged and got, the office, its address, hours, telephone, fax and address on the web, and at least one channel of requests.",
    },
    source: "政府信息公开条例 第十二条",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let all = &input.portal.disclosure;
    if all.is_empty() || !input.config.disclosure.chinese {
        return;
    }
    let found = &mut found.of(all.only_begun());
    let Some(g) = &all.guide else {
        let file = format!("{}/disclosure/guide.yaml", input.config.content.first().map_or("content", String::as_str));
        found.add(
            crate::diag::Span::file(&file),
            say!("没有公开指南", "there is no guide to disclosure"),
            say!("用 clerestory new guide 建立", "make it by clerestory new guide"),
        );
        return;
    };
    if g.draft {
        found.add(
            g.file.key(g.file.0.node.as_ref().map_or((0, 0), |n| (n.start, n.end)), "draft"),
            say!("公开指南还是草稿，没有公布", "the guide is a draft and not published"),
            say!("写好以后删去 draft: true", "take `draft: true` out when it is ready"),
        );
    }
    let found = &mut found.of(g.draft);
    let top = g.file.0.node.as_ref().map_or((0, 0), |n| (n.start, n.end));
    for (key, _) in g.nine.iter().filter(|(_, t)| t.is_empty()) {
        let label = crate::schema::disclosure::guide::RECORD.field(key).map_or("", |f| f.label.zh);
        found.add(
            g.file.key(top, key),
            say!("公开指南缺{label}（{key}）", "the guide lacks `{key}`"),
            match *key {
                "fax" => say!("补上 fax:；没有传真的写 无", "add fax:; `none` where there is no fax"),
                _ => say!("补上 {key}:", "add {key}:"),
            },
        );
    }
    let a = &g.apply;
    let some = a.url.is_some() || a.email.is_some() || !a.post.is_empty() || !a.visit.is_empty() || input.config.channels.iter().any(|c| c.key == "apply");
    if !some {
        found.add(
            g.file.key(top, "apply"),
            say!("没有写明依申请公开的渠道", "says no channel of requests"),
            say!(
                "写 apply: {{url, post, visit, email}} 之一，或 site.yaml 的 contact: apply",
                "write one of apply: {{url, post, visit, email}}, or contact: apply in site.yaml"
            ),
        );
    }
}
