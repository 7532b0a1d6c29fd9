//! What the name of a column says, by its words: `obyvatel` is no telephone and `candidate` no date.

pub use crate::personal::words;

/// Whether one of the words stands in a name: a Latin one as a whole word, another anywhere, as Chinese has no blanks.
pub fn says(name: &str, any: &[&str]) -> bool {
    let parts = words(name);
    any.iter().any(|w| if w.is_ascii() { parts.iter().any(|p| p == w) } else { name.contains(w) })
}

/// Words whose digits are no quantity, at the end of a name.
static CODES: &[&str] = &[
    "code",
    "codes",
    "id",
    "ids",
    "uid",
    "no",
    "nr",
    "zip",
    "plz",
    "tel",
    "fax",
    "phone",
    "telephone",
    "cellphone",
    "telefon",
    "telefono",
    "mobile",
    "isbn",
    "issn",
    "siren",
    "siret",
    "ean",
    "gtin",
];
static CODES_ZH: &[&str] = &["代码", "代碼", "编码", "編碼", "编号", "編號", "邮编", "郵編", "电话", "電話", "序号", "序號", "手机", "手機", "号码", "號碼"];

/// Names of columns whose digits are no quantity.
pub fn code(name: &str) -> bool {
    let name = super::units::split_unit(name).0;
    let last = words(&name).pop().unwrap_or_default();
    CODES.contains(&last.as_str()) || (last.ends_with("code") && !matches!(last.as_str(), "decode" | "encode")) || CODES_ZH.iter().any(|w| name.ends_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_words() {
        assert_eq!(words("StationId_2 (m/s)"), ["station", "id", "2", "m", "s"]);
        for n in ["tel", "Tel.", "contact_tel", "postcode", "HS code", "cityID", "id", "行政区划代码", "联系电话", "Telephone", "zip"] {
            assert!(code(n), "{n}");
        }
        for n in ["Počet obyvatel", "hotel", "motel", "paid", "valid", "casino", "piano", "zipped", "人口", "microphone", "candidate", "解码器"] {
            assert!(!code(n), "{n}");
        }
        assert!(says("issue date", &["date"]) && !says("candidate", &["date"]) && says("发布日期", &["日期"]) && !says("holidays", &["day"]));
    }
}
