//! Words of illnesses.

use super::words::{Search, any_of};
use std::sync::LazyLock;

/// Illnesses and disabilities that are told of a person without a verb: 赵强，艾滋病感染者.
pub(super) static DISEASES: &[&str] = &[
    "艾滋",
    "愛滋",
    "HIV",
    "AIDS",
    "乙肝",
    "丙肝",
    "梅毒",
    "淋病",
    "性病",
    "尖锐湿疣",
    "精神分裂",
    "精神病",
    "精神障碍",
    "精神残疾",
    "智力残疾",
    "肢体残疾",
    "视力残疾",
    "听力残疾",
    "言语残疾",
    "多重残疾",
    "抑郁症",
    "躁狂",
    "双相",
    "焦虑症",
    "自闭症",
    "孤独症",
    "癌",
    "白血病",
    "尿毒症",
    "恶性肿瘤",
    "脑瘤",
    "肺结核",
    "结核病",
    "癫痫",
    "麻风",
    "脑瘫",
    "阿尔茨海默",
    "帕金森",
    "糖尿病",
    "肝硬化",
    "心脏病",
    "脑梗",
    "新冠",
];
pub(super) static DISEASE: LazyLock<Option<Search>> = LazyLock::new(|| any_of(DISEASES.iter().copied()));

/// Whether a value tells an illness.
pub(super) fn ails(v: &str) -> bool {
    DISEASE.as_ref().is_some_and(|d| d.is_match(v))
}
