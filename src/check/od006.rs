//! OD006: a map without its approval number.

use super::*;
use crate::diag::say;

/// OD006
pub(super) static RULE: Rule = Rule {
    code: "OD006",
    title: Phrase { zh: "地图没有审图号", en: "a map without its approval number" },
    severity: [None, WARN, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "公开的地图要用经过审核的底图，并标注审图号（《地图管理条例》）。画了边界的图表写 `map_no:`，审图号印在图下，嵌入别处也在。",
        en: "Maps that are made public are drawn on approved boundaries and carry their approval number (审图号). Charts with boundaries tell it by `map_no:`; it is printed below them, also where they are embedded.",
    },
    source: "GB/T 2260（行政区划代码）；地图管理条例（审图号）",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for chart in item.dataset().iter().flat_map(|d| &d.charts).filter(|c| c.map() && c.map_no.is_none()) {
        found.key(
            item,
            "charts",
            say!("图表“{}”画了边界，没有审图号", "the chart {} shows boundaries and has no approval number", chart.name),
            say!("写 map_no: 加底图的审图号，如 GS（2024）0650号", "write map_no: with the number of the boundaries, such as GS（2024）0650号"),
        );
    }
}
