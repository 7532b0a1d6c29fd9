//! OD009: a dataset that `data.json` leaves out.

use super::*;
use crate::catalog::dcat_us;
use crate::diag::say;
use crate::schema::site::outputs;

/// OD009
pub(super) static RULE: Rule = Rule {
    code: "OD009",
    title: Phrase { zh: "data.json 里没有的数据集", en: "dataset that data.json leaves out" },
    severity: [Some(Severity::Info), Some(Severity::Info), Some(Severity::Info)],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "DCAT-US 要求每个数据集有询问用的邮箱。本站写了 data.json，而这个数据集、它的部门和 site.yaml 的 report_to 都没有邮箱，所以 data.json 和 data-us3.json 里没有它，按这两个文件收割的平台看不到它。写 contact: {email: …}，或给部门写 email，或写 report_to；不需要这两个文件就写 outputs: {dcat_us: false}。",
        en: "DCAT-US wants a mail address to ask at for each dataset. This site writes data.json, and neither the dataset, nor its department, nor report_to of site.yaml has one, so that it is in neither data.json nor data-us3.json, and whoever harvests by these does not see it. Write contact: {email: …}, or email of the department, or report_to; outputs: {dcat_us: false} where nobody wants these files.",
    },
    source: "DCAT-US 1.1, contactPoint",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let site = input.config.report_to.as_deref();
    if !input.config.writes(&outputs::DCAT_US) || site.is_some_and(dcat_us::reads) {
        return;
    }
    let out = |i: &&Item| !i.draft && i.withdrawn.is_none() && i.dataset().is_some();
    let all: Vec<&Item> = input.portal.items.iter().map(|i| &**i).filter(out).collect();
    let (reached, lost): (Vec<&Item>, Vec<&Item>) = all.into_iter().partition(|i| mail(input, i).is_some_and(dcat_us::reads));
    // Where nobody has one the site is not of those that write this file.
    if reached.is_empty() {
        return;
    }
    for item in lost {
        let hint = say!(
            "写 contact: {{email: …}}，或给部门写 email，或在 site.yaml 写 report_to",
            "write contact: {{email: …}}, or email of the department, or report_to in site.yaml"
        );
        match mail(input, item) {
            Some(m) => found.key(
                item,
                "contact",
                say!(
                    "邮箱 `{m}` 不合 DCAT-US 的格式，data.json 里没有这个数据集",
                    "the mail address `{m}` is none that DCAT-US takes: the dataset is not in data.json"
                ),
                hint,
            ),
            None => found.key(item, "title", say!("没有邮箱，data.json 里没有这个数据集", "no mail address to ask at: the dataset is not in data.json"), hint),
        }
    }
}

/// The mail address to ask at: its own, else that of its department.
fn mail<'a>(input: &Input<'a>, item: &'a Item) -> Option<&'a str> {
    let own = item.dataset()?.contact.2.as_deref();
    own.or_else(|| input.portal.departments.get(*item.issuers.first()?)?.email.as_deref())
}
