//! OD007: one dataset twice.

use super::*;
use crate::diag::say;

/// OD007
pub(super) static RULE: Rule = Rule {
    code: "OD007",
    title: Phrase { zh: "重复的数据集", en: "the same dataset twice" },
    severity: [WARN, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "两个数据集的 id 相同，或标题、提供部门和数据文件都相同：多半是复制了目录没有改。目录收割时按 id 认数据集，后一个会盖掉前一个。删去一份；确实不同的，改正 id 和标题。",
        en: "Two datasets have the same id, or the same title, publisher and files: most likely a folder was copied and not changed. Harvesters know a dataset by its id, and the second would take the place of the first. Delete one, or correct id and title.",
    },
    source: "DCAT 3, dct:identifier",
    run: Run::Site(run),
};

/// Title, publishers, and the length and columns of each file.
type Same<'a> = (&'a str, &'a [usize], Vec<(u64, String)>);

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let mut ids: FxHashMap<&str, &Item> = FxHashMap::default();
    let mut names: FxHashMap<Same<'_>, &Item> = FxHashMap::default();
    for item in input.portal.items.iter().filter(|i| !i.draft && i.withdrawn.is_none()) {
        let Some(d) = item.dataset() else { continue };
        if let Some(id) = &d.identifier {
            if let Some(first) = ids.get(id.as_str()) {
                let path = &first.doc().source.path;
                found.key(
                    item,
                    "id",
                    say!("id `{id}` 与 {path} 相同", "the id `{id}` is also that of {path}"),
                    say!("同一个数据集删去一份；不同的改正 id", "delete one where it is the same dataset; correct the id where it is not"),
                );
                continue;
            }
            ids.insert(id, item);
        }
        let Some(e) = item.editions.first() else { continue };
        let files: Vec<(u64, String)> = d
            .resources
            .iter()
            .filter_map(|r| r.file.as_ref())
            .filter_map(|f| input.portal.blobs.get(f).map(|b| (b.len, f.rsplit('/').next().unwrap_or(f).to_string())))
            .collect();
        if files.is_empty() {
            continue;
        }
        if let Some(first) = names.get(&(e.title.as_str(), &item.issuers[..], files.clone())) {
            let path = &first.doc().source.path;
            found.key(
                item,
                "title",
                say!("标题、提供部门和数据文件都与 {path} 相同", "title, publisher and files are those of {path}"),
                say!("同一个数据集删去一份；不同的在标题里写出区别", "delete one where it is the same dataset; else let the titles tell them apart"),
            );
            continue;
        }
        names.insert((&e.title, &item.issuers, files), item);
    }
}
