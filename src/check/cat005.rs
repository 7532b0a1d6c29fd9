//! CAT005: index number of the catalogue at fault, or there twice.

use super::*;
use crate::diag::say;

/// CAT005
pub(super) static RULE: Rule = Rule {
    code: "CAT005",
    title: Phrase { zh: "目录索引号有误或重复", en: "index number of the catalogue at fault, or there twice" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "目录条目的索引号要合本站的编法（site.yaml 的 disclosure: index_scheme 或 index_pattern），全站不重复，也不与政策文件的索引号相同。用 clerestory new 取号不会重复。",
        en: "Index numbers of the catalogue follow the scheme of the site (disclosure: index_scheme or index_pattern in site.yaml), and none is used twice, also not by a policy. Numbers given by clerestory new are never given again.",
    },
    source: "政府信息公开条例 第十二条",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let Some(c) = &input.portal.disclosure.catalogue else { return };
    let policies = input.portal.items.iter().filter_map(|i| Some((i.policy()?.index_no.as_deref()?, &*i.doc().source.path)));
    let mut seen: FxHashMap<&str, &str> = policies.collect();
    for e in &c.list {
        let Some(no) = e.index_no.as_deref() else { continue };
        if input.config.disclosure.numbers.read(no).is_none() {
            found.of(e.draft).add(
                c.file.key(e.at, "index_no"),
                say!("索引号 `{no}` 格式不对", "index number `{no}` is not in the right form"),
                say!("按 site.yaml 的编法写", "write it by the scheme of site.yaml"),
            );
        }
        let title = e.title.get(0);
        if let Some(first) = seen.insert(no, title) {
            found.of(e.draft).add(
                c.file.key(e.at, "index_no"),
                say!("索引号 `{no}` 与 {first} 重复", "index number `{no}` is also that of {first}"),
                say!("用 clerestory new 取一个新号", "take a new one by clerestory new"),
            );
        }
    }
}
