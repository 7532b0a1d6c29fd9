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
    /// What it asks: `free` (nothing), `by` (name the source), `sa` (and share alike), `notice` (keep the notice), or `own` where it is not open.
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

/// What a licence means of which a name and perhaps an address are written: an address of other terms beside a name that is known
/// makes it one that is not.
pub fn meant(name: &str, url: Option<&str>) -> Option<Known> {
    let known_name = known(name)?;
    let Some(url) = url.map(str::trim).filter(|u| !u.is_empty()) else { return Some(known_name) };
    let bare = |u: &str| u.split_once("://").map_or(u, |(_, r)| r).trim_start_matches("www.").trim_end_matches('/').to_lowercase();
    let listed = super::vocab::LICENSES.iter().any(|(id, at)| id.eq_ignore_ascii_case(name.trim()) && bare(at) == bare(url));
    if listed || known_name.url.as_deref().is_some_and(|u| bare(u) == bare(url)) {
        return Some(known_name);
    }
    match known(url) {
        Some(there) if there.id == known_name.id => Some(known_name),
        // `CC BY`, and the address tells the version.
        Some(there)
            if known_name.url.is_none()
                && there.id.strip_prefix(&*known_name.id).is_some_and(|v| v.starts_with('-') && v[1..].starts_with(|c: char| c.is_ascii_digit())) =>
        {
            Some(there)
        }
        Some(_) => None,
        // Another page of those who wrote it: `opensource.org/licenses/MIT`.
        None => {
            let host = |u: &str| bare(u).split('/').next().unwrap_or("").to_string();
            let same = known_name.url.as_deref().is_some_and(|u| host(u) == host(url) && host(u) != "creativecommons.org");
            (same || known_name.kind == "own").then_some(known_name)
        }
    }
}

/// What stands in a name of Creative Commons.
#[derive(Default)]
struct Elements {
    named: bool,
    by: bool,
    nc: bool,
    nd: bool,
    sa: bool,
    zero: bool,
    versions: Vec<&'static str>,
    port: Option<String>,
}

/// Phrases and the elements that they are, the longer first.
static PHRASES: &[(&str, &str)] = &[
    ("知识共享", " creativecommons "),
    ("知識共享", " creativecommons "),
    ("creative commons", " creativecommons "),
    ("非商业性使用", " nc "),
    ("非商業性使用", " nc "),
    ("非商业性", " nc "),
    ("非商業性", " nc "),
    ("非商业", " nc "),
    ("非商業", " nc "),
    ("禁止演绎", " nd "),
    ("禁止演繹", " nd "),
    ("不得演绎", " nd "),
    ("不得演繹", " nd "),
    ("禁止改作", " nd "),
    ("相同方式共享", " sa "),
    ("相同方式分享", " sa "),
    ("署名", " by "),
    ("公共许可协议", " license "),
    ("许可协议", " license "),
    ("許可協議", " license "),
    ("许可证", " license "),
    ("国际", " international "),
    ("國際", " international "),
    ("通用", " generic "),
    ("版", " version "),
];

/// The same of words, after every other sign is a blank.
static WORDS: &[(&str, &str)] = &[
    (" no derivative works ", " nd "),
    (" no derivatives ", " nd "),
    (" no derivative ", " nd "),
    (" no derivs ", " nd "),
    (" non derivatives ", " nd "),
    (" non derivative ", " nd "),
    (" non commercial ", " nc "),
    (" share alike ", " sa "),
    (" public domain dedication ", " license "),
];

/// The versions that there are.
fn version(text: &str) -> Option<&'static str> {
    ["1.0", "2.0", "2.5", "3.0", "4.0"].into_iter().find(|k| *k == text || (text.len() == 1 && k.strip_suffix(".0") == Some(text)))
}

impl Elements {
    /// Takes a word; false where it says something else.
    fn take(&mut self, word: &str) -> bool {
        match word {
            "creativecommons" => self.named = true,
            "attribution" => self.by = true,
            "noncommercial" => self.nc = true,
            "noderivatives" | "noderivative" | "noderivs" | "noderiv" | "nonderivative" | "nonderivatives" => self.nd = true,
            "sharealike" => self.sa = true,
            "international" | "intl" | "unported" | "generic" | "universal" | "license" | "licence" | "public" | "version" | "v" | "the" => {}
            w => return self.tight(w),
        }
        true
    }

    /// `ccby4.0`, `by-nc`, `v4.0`: elements with nothing between them, and a version behind.
    fn tight(&mut self, word: &str) -> bool {
        let mut rest = word;
        loop {
            if let Some(v) = version(rest) {
                self.versions.push(v);
                return true;
            }
            let step =
                [("cc", 0), ("by", 1), ("nc", 2), ("nd", 3), ("sa", 4), ("zero", 5), ("v", 6)].into_iter().find_map(|(w, n)| Some((n, rest.strip_prefix(w)?)));
            let Some((n, after)) = step else { return false };
            rest = after;
            match n {
                0 => {
                    self.named = true;
                    if let Some(after) = rest.strip_prefix('0') {
                        self.zero = true;
                        rest = after;
                    }
                }
                1 => self.by = true,
                2 => self.nc = true,
                3 => self.nd = true,
                4 => self.sa = true,
                5 => self.zero = true,
                _ if version(rest).is_some() => {}
                _ => return false,
            }
            if rest.is_empty() {
                return true;
            }
        }
    }
}

/// One of Creative Commons, by its elements. Whatever else is said makes it a licence that is not known.
fn creative_commons(low: &str) -> Option<Known> {
    let e = elements(low)?;
    let version = e.versions.first().copied();
    if e.versions.iter().any(|v| Some(*v) != version) { None } else { e.known(version) }
}

/// Nothing but words of Creative Commons (`Creative Commons 4.0`): what it means may be told by the address beside it.
pub fn only_commons(text: &str) -> bool {
    elements(&text.trim().to_lowercase()).is_some()
}

fn elements(low: &str) -> Option<Elements> {
    let mut e = Elements::default();
    if let Some((_, path)) = low.split_once("creativecommons.org/") {
        let path = path.split(['?', '#']).next().unwrap_or("");
        if !low.starts_with("http") && !low.starts_with("creativecommons") && !low.starts_with("www.") {
            return None;
        }
        let mut parts = path.split('/').filter(|p| !p.is_empty());
        match parts.next()? {
            "licenses" => {
                for w in parts.next()?.split('-') {
                    if !matches!(w, "by" | "nc" | "nd" | "sa") || !e.take(w) {
                        return None;
                    }
                }
            }
            "publicdomain" if parts.next()? == "zero" => e.zero = true,
            _ => return None,
        }
        for p in parts {
            match version(p) {
                Some(v) => e.versions.push(v),
                None if p.starts_with("deed") || p.starts_with("legalcode") => {}
                None if e.port.is_none() && p.len() <= 3 && p.chars().all(|c| c.is_ascii_alphabetic()) => e.port = Some(p.to_uppercase()),
                None => return None,
            }
        }
        e.named = true;
        return Some(e);
    }
    let mut text = low.to_string();
    for (phrase, to) in PHRASES {
        if text.contains(phrase) {
            text = text.replace(phrase, to);
        }
    }
    let apart = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '/' | '(' | ')' | '（' | '）' | ',' | '，' | ':' | '：' | ';' | '–' | '—' | '·');
    let words: Vec<&str> = text.split(apart).filter(|w| !w.is_empty()).collect();
    let mut text = format!(" {} ", words.join(" "));
    for (phrase, to) in WORDS {
        if text.contains(phrase) {
            text = text.replace(phrase, to);
        }
    }
    let all = text.split(' ').filter(|w| !w.is_empty()).all(|w| e.take(w.trim_end_matches('.')));
    (all && e.named).then_some(e)
}

impl Elements {
    fn known(self, version: Option<&'static str>) -> Option<Known> {
        if self.zero {
            let pure = !(self.by || self.nc || self.nd || self.sa) && version.is_none_or(|v| v == "1.0") && self.port.is_none();
            return pure.then(|| Known { id: "CC0-1.0".into(), url: Some("https://creativecommons.org/publicdomain/zero/1.0/".into()), kind: "free" });
        }
        if !self.by {
            return None;
        }
        let list = [("by", true), ("nc", self.nc), ("nd", self.nd), ("sa", self.sa && !self.nd)];
        let joined = list.iter().filter(|(_, on)| *on).map(|(w, _)| *w).collect::<Vec<_>>().join("-");
        // Without a version nobody can tell which terms are meant.
        let kind = if self.nc || self.nd || version.is_none() {
            "own"
        } else if self.sa {
            "sa"
        } else {
            "by"
        };
        let port = self.port.as_ref().map_or(String::new(), |p| format!("-{p}"));
        let id = format!("CC-{}{}{}", joined.to_uppercase(), version.map_or(String::new(), |v| format!("-{v}")), port);
        let url = version.map(|v| {
            format!("https://creativecommons.org/licenses/{joined}/{v}/{}", self.port.as_ref().map_or(String::new(), |p| format!("{}/", p.to_lowercase())))
        });
        Some(Known { id, url, kind })
    }
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
        for way in [
            "Creative Commons Attribution Non Commercial 4.0",
            "CC-BY-NonDerivative-4.0",
            "知识共享署名（不得演绎）4.0",
            "CC BY",
            "Creative Commons Attribution",
            "知识共享署名",
        ] {
            assert_eq!(known(way).map(|k| k.kind), Some("own"), "{way}");
        }
        for way in [
            "CC-BY-4.0 (no commercial use)",
            "CC BY 4.0 禁止商用",
            "CC BY 4.0 for non-profit use only",
            "CC BY 4.0; except photographs (all rights reserved)",
            "CC0 1.0 with exceptions",
            "not CC0",
            "CC BY 4.0 or CC BY 3.0",
            "see https://creativecommons.org/licenses/by/4.0/ but not for trade",
            "Creative Commons",
        ] {
            assert_eq!(known(way), None, "{way}");
        }
        for way in ["某市公共数据开放许可", "all rights reserved", "", "cc", "ccc", "accounting", "by request"] {
            assert_eq!(known(way), None, "{way}");
        }
    }

    #[test]
    fn the_address_beside_a_name_counts() {
        let kind = |name: &str, url: &str| meant(name, Some(url)).map(|k| (k.id, k.kind));
        assert_eq!(kind("CC BY 4.0", "https://example.org/mylicence"), None);
        assert_eq!(kind("CC BY 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"), None);
        assert_eq!(kind("CC BY 4.0", "http://creativecommons.org/licenses/by/4.0/deed.zh"), Some(("CC-BY-4.0".into(), "by")));
        assert_eq!(kind("CC BY", "https://creativecommons.org/licenses/by/4.0/"), Some(("CC-BY-4.0".into(), "by")));
        assert_eq!(kind("CC BY", "https://creativecommons.org/licenses/by-nc/4.0/"), None);
        assert_eq!(kind("MIT", "https://opensource.org/licenses/MIT"), Some(("MIT".into(), "notice")));
        assert_eq!(kind("PDDL-1.0", "https://opendatacommons.org/licenses/pddl/1-0/"), Some(("ODC-PDDL-1.0".into(), "free")));
        assert_eq!(
            kind("https://creativecommons.org/licenses/by/3.0/nz/", "https://creativecommons.org/licenses/by/3.0/nz/"),
            Some(("CC-BY-3.0-NZ".into(), "by"))
        );
    }
}
