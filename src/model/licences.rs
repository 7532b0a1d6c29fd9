//! Licences in the many ways in which people write them: `CC BY 4.0`, `cc-by`, `知识共享署名 4.0`, the address of the deed.
//!
//! What the author wrote is what is shown. What it means is found here: only a licence that is known to let everybody use,
//! change and hand on the data is open. A word that forbids changes or trade (ND, NC) closes it, however the rest reads.

/// A licence that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// SPDX id; of Creative Commons without the version where none is told.
    pub id: String,
    /// Where its terms are; none where the version is not told.
    pub url: Option<String>,
    /// What it asks: `free`, `by`, `sa`, `notice`, or `own` where it is not open.
    pub kind: &'static str,
}

/// Id, address, what it asks, other ways to write it (letters and digits alone, small).
type Row = (&'static str, &'static str, &'static str, &'static [&'static str]);

static TABLE: &[Row] = &[
    (
        "ODC-PDDL-1.0",
        "https://opendatacommons.org/licenses/pddl/1-0/",
        "free",
        &["pddl10", "pddl", "odcpddl", "odcpddl10", "opendatacommonsorglicensespddl10", "opendatacommonspublicdomaindedicationandlicense"],
    ),
    (
        "ODC-BY-1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
        "by",
        &["odcby", "odcby10", "opendatacommonsorglicensesby10", "opendatacommonsattributionlicense"],
    ),
    (
        "ODbL-1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
        "sa",
        &["odbl", "odbl10", "odcodbl", "opendatacommonsorglicensesodbl10", "opendatacommonsopendatabaselicense", "opendatabaselicense"],
    ),
    (
        "OGL-UK-3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "by",
        &[
            "ogluk30",
            "uk30ogl",
            "oglv3",
            "oglv30",
            "ogl30",
            "ogluk",
            "opengovernmentlicence30",
            "opengovernmentlicencev30",
            "nationalarchivesgovukdocopengovernmentlicenceversion3",
        ],
    ),
    (
        "etalab-2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
        "by",
        &["etalab20", "licenceouverte20", "fr-lo", "lov2", "licenceouverteopenlicence20"],
    ),
    ("DL-DE-BY-2.0", "https://www.govdata.de/dl-de/by-2-0", "by", &["dldeby20", "datenlizenzdeutschlandnamensnennung20", "govdatadedldeby20"]),
    ("DL-DE-ZERO-2.0", "https://www.govdata.de/dl-de/zero-2-0", "free", &["dldezero20", "datenlizenzdeutschlandzero20", "govdatadedldezero20"]),
    ("MIT", "https://opensource.org/license/mit", "notice", &["mit", "mitlicense", "opensourceorglicensemit"]),
    ("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0", "notice", &["apache20", "apachelicense20", "apache2"]),
    ("BSD-3-Clause", "https://opensource.org/license/bsd-3-clause", "notice", &["bsd3clause", "bsd3", "opensourceorglicensebsd3clause"]),
    ("WTFPL", "http://www.wtfpl.net/about/", "free", &["wtfpl"]),
    ("Unlicense", "https://unlicense.org/", "free", &["unlicense", "theunlicense", "unlicenseorg"]),
];

/// The licence that a name or an address means; none where it is not known.
pub fn known(text: &str) -> Option<Known> {
    let low = text.trim().to_lowercase();
    if low.is_empty() || low.len() > 200 {
        return None;
    }
    if let Some(cc) = creative_commons(&low) {
        return Some(cc);
    }
    let short = low.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let bare: String = short.chars().filter(char::is_ascii_alphanumeric).collect();
    if !text.is_ascii() {
        return None;
    }
    let (id, url, kind, _) = TABLE.iter().find(|(id, _, _, ways)| ways.contains(&bare.as_str()) || id.eq_ignore_ascii_case(&low))?;
    Some(Known { id: (*id).into(), url: Some((*url).into()), kind })
}

/// One of Creative Commons, by its elements.
fn creative_commons(low: &str) -> Option<Known> {
    let named = low.contains("creativecommons") || low.contains("creative commons") || low.contains("知识共享") || low.contains("知識共享");
    let words: Vec<&str> = low.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|w| !w.is_empty()).collect();
    let first = words.first().copied().unwrap_or("");
    if !named && !first.starts_with("cc") {
        return None;
    }
    let has = |list: &[&str]| list.iter().any(|w| if w.is_ascii() && w.len() <= 4 { words.contains(w) } else { low.contains(w) });
    // `ccby4.0`, `cc0`, `ccbysa`: elements without anything between them.
    let tight: String = if named { String::new() } else { low.chars().filter(char::is_ascii_alphabetic).collect() };
    let close = |w: &str| tight.strip_prefix("cc").is_some_and(|t| t.starts_with("by") && t[2..].contains(w) && t.len() <= 10);
    let nc = has(&["nc", "noncommercial", "non-commercial", "非商业", "非商業"]) || close("nc");
    let nd = has(&["nd", "noderiv", "no-deriv", "no deriv", "禁止演绎", "禁止演繹"]) || close("nd");
    let sa = has(&["sa", "sharealike", "share-alike", "share alike", "相同方式"]) || close("sa");
    let by = has(&["by", "attribution", "署名"]) || tight.starts_with("ccby");
    let zero = first == "cc0" || low.contains("publicdomain/zero") || low.contains("cc0") || (low.contains("zero") && !by);
    let version = words.iter().find_map(|w| {
        let v = w.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let v = v.strip_prefix('0').unwrap_or(v).trim_matches('.');
        ["1.0", "2.0", "2.5", "3.0", "4.0"].into_iter().find(|k| *k == v || (v.len() == 1 && k.strip_suffix(".0") == Some(v)))
    });
    if zero {
        return Some(Known { id: "CC0-1.0".into(), url: Some("https://creativecommons.org/publicdomain/zero/1.0/".into()), kind: "free" });
    }
    if !by {
        return None;
    }
    let elements: Vec<&str> = [("by", true), ("nc", nc), ("nd", nd), ("sa", sa && !nd)].iter().filter(|(_, on)| *on).map(|(w, _)| *w).collect();
    let kind = if nc || nd {
        "own"
    } else if sa {
        "sa"
    } else {
        "by"
    };
    let joined = elements.join("-");
    let id = format!("CC-{}{}", joined.to_uppercase(), version.map_or(String::new(), |v| format!("-{v}")));
    Some(Known { id, url: version.map(|v| format!("https://creativecommons.org/licenses/{joined}/{v}/")), kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_spellings_are_one_licence() {
        for way in [
            "CC-BY-4.0",
            "cc-by-4.0",
            "CC BY 4.0",
            "CC-BY 4.0",
            "cc by 4",
            "CCBY4.0",
            "Creative Commons Attribution 4.0 International",
            "https://creativecommons.org/licenses/by/4.0/",
            "http://creativecommons.org/licenses/by/4.0/deed.zh",
            "知识共享署名 4.0 国际",
            "cc_by_4.0",
        ] {
            let k = known(way).unwrap_or_else(|| panic!("{way}"));
            assert_eq!((k.id.as_str(), k.kind, k.url.as_deref()), ("CC-BY-4.0", "by", Some("https://creativecommons.org/licenses/by/4.0/")), "{way}");
        }
        for (way, id) in [
            ("cc0", "CC0-1.0"),
            ("CC0 1.0 Universal", "CC0-1.0"),
            ("CC BY-SA 3.0", "CC-BY-SA-3.0"),
            ("odbl", "ODbL-1.0"),
            ("PDDL-1.0", "ODC-PDDL-1.0"),
            ("CC-BY", "CC-BY"),
        ] {
            assert_eq!(known(way).map(|k| k.id).as_deref(), Some(id), "{way}");
        }
    }

    #[test]
    fn what_forbids_changes_or_trade_is_never_open() {
        for way in [
            "CC-BY-ND",
            "CC-BY-ND-4.0",
            "cc by-nd 4.0",
            "CC BY NC 4.0",
            "CC-BY-NC-SA-3.0",
            "ccbync",
            "https://creativecommons.org/licenses/by-nd/4.0/",
            "Creative Commons Attribution-NoDerivatives",
            "Creative Commons Attribution NonCommercial 4.0",
            "知识共享署名-非商业性使用-禁止演绎 4.0",
        ] {
            assert_eq!(known(way).map(|k| k.kind), Some("own"), "{way}");
        }
        for way in ["某市公共数据开放许可", "all rights reserved", "", "cc", "ccc", "accounting", "by request"] {
            assert_eq!(known(way), None, "{way}");
        }
    }
}
