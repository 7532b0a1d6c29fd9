//! OD008: a series that leads back to itself.

use super::*;
use crate::diag::say;

/// OD008
pub(super) static RULE: Rule = Rule {
    code: "OD008",
    title: Phrase { zh: "系列绕回自己", en: "a series that is a part of itself" },
    severity: [ERROR, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "`in_series` 说数据集是哪个系列的一部分。甲是乙的一部分、乙又是甲的一部分时，谁也不是系列：目录里这几条关系都不写。",
        en: "`in_series` says of which series a dataset is a part. Where a is a part of b and b of a, neither is a series: the catalogues leave these relations out.",
    },
    source: "DCAT 3, dcat:inSeries",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let circles = crate::model::series(&input.portal.items);
    for item in input.portal.items.iter() {
        let Some(circle) = circles.get(&item.id) else { continue };
        let with = item.dataset().and_then(|d| d.series.iter().find(|s| circles.get(*s) == Some(circle)));
        let Some(other) = with else { continue };
        found.key(
            item,
            "in_series",
            say!("`in_series: {other}` 绕回了本数据集", "`in_series: {other}` leads back to this dataset"),
            say!("只让部分指向整体，去掉反过来的那一条", "let the part name the whole, and take out the relation that goes the other way"),
        );
    }
}
