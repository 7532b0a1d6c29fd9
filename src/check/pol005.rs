//! POL005: period of a normative document.

use super::*;
use crate::diag::say;

/// POL005
pub(super) static RULE: Rule = Rule {
    code: "POL005",
    title: Phrase { zh: "规范性文件的有效期", en: "period of a normative document" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "规范性文件应当写明有效期（expires_on）；到期前 60 天提醒评估是否延续。",
        en: "A normative document names its period (expires_on); sixty days before the end it is time to decide on an extension.",
    },
    source: "国办发〔2018〕37号 加强行政规范性文件制定和监督管理工作",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if item.policy().and_then(|p| p.normative) != Some(true) {
        return;
    }
    match item.expires {
        None => found.key(
            item,
            "is_normative",
            say!("规范性文件没有写有效期", "a normative document without a period"),
            say!("加 expires_on: 失效日期", "add expires_on:"),
        ),
        Some(d) => {
            let days = (d - input.as_of).get_days();
            if (0..=60).contains(&days) {
                found.key(
                    item,
                    "expires_on",
                    match days {
                        0 => say!("今天失效", "expires today"),
                        1 => say!("明天失效", "expires tomorrow"),
                        _ => say!("{days} 天后失效", "expires in {days} days"),
                    },
                    say!("评估是否延续，修改 expires_on 或让它到期", "decide on an extension: change expires_on, or let it expire"),
                );
            }
        }
    }
}
