//! Dates, licences, formats, frequencies and addresses as people wrote them, in the words of this program. What is not known for
//! sure stays as it was: nothing is inferred.

use crate::load::dates;
use crate::model::licences;
use crate::schema::words::{FREQUENCIES, LICENSES};
use jiff::civil::Date;

/// What became of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read<T> {
    /// It says just this.
    Sure(T),
    /// It says this and more, or less exactly: the original is kept and told.
    Partly(T),
    /// It is not understood.
    Not,
}

/// A day. `13/12/2019` has a thirteenth, so it is clear which is the month; of `03/04/2019` it is not.
pub fn day(text: &str) -> Read<Date> {
    let t = text.trim();
    let t = t.strip_prefix("R/").map_or(t, |_| "");
    if let Some((date, rest)) = dates::leading_date(t) {
        let rest = rest.trim();
        return if rest.is_empty() { Read::Sure(date) } else { Read::Partly(date) };
    }
    if let Some(d) = roc(t) {
        return Read::Partly(d);
    }
    if let Some((date, rest)) = turned(t) {
        return if rest.trim().is_empty() { Read::Sure(date) } else { Read::Partly(date) };
    }
    // `20210412`
    if t.len() == 8
        && t.bytes().all(|b| b.is_ascii_digit())
        && let (Ok(y), Ok(m), Ok(d)) = (t[..4].parse(), t[4..6].parse(), t[6..].parse())
        && (1900..2100).contains(&y)
        && let Ok(date) = Date::new(y, m, d)
    {
        return Read::Sure(date);
    }
    words(t).map_or(Read::Not, Read::Sure)
}

/// `31.01.2018`, `13/12/2019`: day and month, where only one reading is a date.
fn turned(t: &str) -> Option<(Date, &str)> {
    let end = t.find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.' | '-')).unwrap_or(t.len());
    let (head, rest) = t.split_at(end);
    let parts: Vec<&str> = head.split(['/', '.', '-']).collect();
    let [a, b, year] = parts[..] else { return None };
    if year.len() != 4 || a.len() > 2 || b.len() > 2 {
        return None;
    }
    let (a, b, year): (i8, i8, i16) = (a.parse().ok()?, b.parse().ok()?, year.parse().ok()?);
    // A dot parts day, month and year everywhere.
    let first = Date::new(year, b, a).ok();
    let second = if head.contains('.') { None } else { Date::new(year, a, b).ok() };
    match (first, second) {
        (Some(d), None) | (None, Some(d)) => Some((d, rest)),
        (Some(d), Some(e)) if d == e => Some((d, rest)),
        _ => None,
    }
}

/// 民國114年1月2日
fn roc(t: &str) -> Option<Date> {
    let named = ["中華民國", "中华民国", "民國", "民国"].iter().find_map(|p| t.strip_prefix(p))?;
    // 民國114/01/02
    let parts: Vec<&str> = named.split(['/', '-', '.']).map(str::trim).collect();
    if let [y, m, d] = parts[..] {
        let d = &d[..d.find(|c: char| !c.is_ascii_digit()).unwrap_or(d.len())];
        return Date::new(y.parse::<i16>().ok()?.checked_add(1911)?, m.parse().ok()?, d.parse().ok()?).ok();
    }
    let (year, rest) = named.trim().split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.split_once('日').map_or(rest, |(d, _)| d);
    let n = |s: &str| dates::han_number(s.trim());
    Date::new(i16::try_from(n(year)? + 1911).ok()?, i8::try_from(n(month)?).ok()?, i8::try_from(n(day)?).ok()?).ok()
}

/// `5 January 2024`, `January 5, 2024`, `Jan 5, 2024`
fn words(t: &str) -> Option<Date> {
    static MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    static FULL: [&str; 12] = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let low = t.to_ascii_lowercase();
    let parts: Vec<&str> = low.split([' ', ',']).filter(|p| !p.is_empty()).collect();
    let month = |w: &str| MONTHS.iter().position(|m| *m == w.trim_end_matches('.')).or_else(|| FULL.iter().position(|m| *m == w)).map(|m| m as i8 + 1);
    let [a, b, year] = parts[..] else { return None };
    let (m, d) = match (month(a), month(b)) {
        (Some(m), None) => (m, b),
        (None, Some(m)) => (m, a),
        _ => return None,
    };
    Date::new(year.parse().ok().filter(|y| *y > 999)?, m, d.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?).ok()
}

/// A licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Licence {
    /// One of those that are known to be open, by its SPDX id.
    Known(&'static str),
    /// Another, by its name and perhaps its address.
    Named(String, Option<String>),
    /// Somebody wrote that there is none, or that it is not told.
    None,
}

/// A licence from what stands in its field, and an address that stands beside it.
pub fn licence(text: &str, url: Option<&str>) -> Licence {
    let text = text.trim();
    let url = url.map(str::trim).filter(|u| !u.is_empty());
    let low = text.to_lowercase();
    static NONE: &[&str] = &[
        "",
        "none",
        "null",
        "notspecified",
        "not specified",
        "license not specified",
        "licence not specified",
        "license not specified.",
        "no license",
        "no licence",
        "no license provided",
        "unknown",
        "n/a",
        "-",
        "other-not-specified",
        "未注明",
        "无",
        "無",
    ];
    // `Other::License Not Specified`
    let none = NONE.contains(&low.rsplit("::").next().unwrap_or(&low));
    let from = |t: &str| known(t).or_else(|| commons(t));
    if !none && let Some(l) = from(text) {
        return with(l, url.or(web(text)));
    }
    // The address tells nothing of what a name adds to the licence (`CC BY 4.0, no commercial use`).
    let plain = none || text.is_empty() || web(text).is_some() || licences::only_commons(text);
    if let Some(l) = url.filter(|_| plain).and_then(from) {
        // The address says more than a name such as `Creative Commons 4.0`.
        return match l {
            Licence::Named(name, _) => Licence::Named(if none || text.is_empty() { name } else { text.to_string() }, url.map(String::from)),
            l => l,
        };
    }
    if none {
        return Licence::None;
    }
    match web(text) {
        Some(u) => Licence::Named(named(u), Some(u.to_string())),
        None => Licence::Named(text.to_string(), url.map(String::from)),
    }
}

fn with(l: Licence, url: Option<&str>) -> Licence {
    match l {
        Licence::Named(name, None) => Licence::Named(name, url.map(String::from)),
        l => l,
    }
}

fn web(text: &str) -> Option<&str> {
    (text.starts_with("http://") || text.starts_with("https://")).then_some(text)
}

/// What a licence is called of which only the address is known: its own words, without the protocol.
fn named(url: &str) -> String {
    let bare = url.split("://").nth(1).unwrap_or(url).trim_end_matches('/');
    bare.trim_start_matches("www.").to_string()
}

/// Licences that have one version, or whose name tells it.
fn known(text: &str) -> Option<Licence> {
    let t = text.trim().trim_end_matches(['/', '.']).to_lowercase();
    let t = t.split("://").last().unwrap_or(&t).trim_start_matches("www.");
    if let Some((id, _)) = LICENSES.iter().find(|(id, url)| id.eq_ignore_ascii_case(t) || named(url).eq_ignore_ascii_case(t)) {
        return Some(Licence::Known(id));
    }
    let t = t.trim_end_matches(".html").trim_end_matches("/legalcode").trim_end_matches("/deed.en").trim_end_matches("/deed.zh");
    let id = match t {
        "cc-zero"
        | "cc0"
        | "cc 0"
        | "cc0 1.0"
        | "cc0-1.0"
        | "cc0 1.0 universal"
        | "creative commons zero"
        | "creative commons cc zero"
        | "creative commons zero v1.0 universal"
        | "creativecommons.org/publicdomain/zero/1.0"
        | "opendefinition.org/licenses/cc-zero"
        | "creativecommons.org/publicdomain/zero/1.0/deed" => "CC0-1.0",
        "odc-pddl"
        | "odc-pddl-1.0"
        | "pddl"
        | "opendefinition.org/licenses/odc-pddl"
        | "opendatacommons.org/licenses/pddl"
        | "opendatacommons.org/licenses/pddl/1.0"
        | "opendatacommons.org/licenses/pddl/1-0"
        | "open data commons public domain dedication and license v1.0"
        | "open data commons public domain dedication and licence (pddl)" => "ODC-PDDL-1.0",
        "odc-by"
        | "opendefinition.org/licenses/odc-by"
        | "opendatacommons.org/licenses/by"
        | "opendatacommons.org/licenses/by/1.0"
        | "opendatacommons.org/licenses/by/1-0"
        | "open data commons attribution license" => "ODC-BY-1.0",
        "odc-odbl"
        | "odbl"
        | "opendefinition.org/licenses/odc-odbl"
        | "opendatacommons.org/licenses/odbl"
        | "opendatacommons.org/licenses/odbl/1.0"
        | "opendatacommons.org/licenses/odbl/1-0"
        | "open data commons open database license (odbl)"
        | "open database license (odbl)" => "ODbL-1.0",
        "mit license" | "the mit license" | "opensource.org/licenses/mit" => "MIT",
        "nationalarchives.gov.uk/doc/open-government-licence/version/3" | "open government licence v3.0" | "ogl v3.0" | "ogl-uk-3.0" => "OGL-UK-3.0",
        "usa.gov/publicdomain/label/1.0" | "usa.gov/government-works" | "us-pd" => return Some(Licence::Named("U.S. Government Work".into(), None)),
        "other-closed" => return Some(Licence::Named("Not open".into(), None)),
        "other-open" => return Some(Licence::Named("Other (open)".into(), None)),
        "other-at" => return Some(Licence::Named("Other (attribution)".into(), None)),
        "other-pd" => return Some(Licence::Named("Other (public domain)".into(), None)),
        "other-nc" => return Some(Licence::Named("Other (non-commercial)".into(), None)),
        "uk-ogl" => return Some(Licence::Named("Open Government Licence (UK), no version given".into(), None)),
        _ => return None,
    };
    Some(Licence::Known(id))
}

/// A Creative Commons licence, however it is written. Only what is wholly said becomes an id: `CC BY` without a version names no
/// licence, one with `ND` or `NC` is never one of the open ones, and one made for a country stays as it is called.
fn commons(text: &str) -> Option<Licence> {
    let low = text.to_lowercase();
    let mut name: &str = &low;
    let mut from_url = false;
    if let Some((_, rest)) = low.split_once("creativecommons.org/licenses/") {
        name = rest;
        from_url = true;
    } else if !(low.contains("creative commons")
        || low.contains("知识共享")
        || low.contains("創用")
        || word(&low, "cc")
        || low.starts_with("cc-")
        || low.starts_with("attribution"))
    {
        return None;
    }
    let has = |all: &[&str]| all.iter().any(|w| if w.is_ascii() { word(name, w) } else { name.contains(w) });
    let by = has(&["by", "attribution", "署名"]);
    let nc = has(&["nc", "noncommercial", "non"]) || name.contains("noncommercial") || name.contains("non-commercial") || name.contains("非商业");
    let nd = has(&["nd", "noderivatives", "noderivs", "derivatives"]) || name.contains("noderiv") || name.contains("no-deriv") || name.contains("禁止演绎");
    let sa = has(&["sa", "sharealike"])
        || name.contains("share alike")
        || name.contains("share-alike")
        || name.contains("sharealike")
        || name.contains("相同方式共享");
    if !by {
        return None;
    }
    let mut kind = String::from("CC-BY");
    for (is, part) in [(nc, "-NC"), (nd, "-ND"), (sa, "-SA")] {
        if is {
            kind.push_str(part);
        }
    }
    let version = name.split(|c: char| !(c.is_ascii_digit() || c == '.')).find_map(|v| match v.trim_matches('.') {
        "4" | "4.0" => Some("4.0"),
        "3.0" | "3" => Some("3.0"),
        "2.5" => Some("2.5"),
        "2.0" | "2" => Some("2.0"),
        "1.0" => Some("1.0"),
        _ => None,
    });
    let Some(version) = version else { return Some(Licence::Named(tidy(text, from_url, &kind), None)) };
    // `by/3.0/nz`, `CC BY 3.0 AU`: a licence of its own.
    let after: Vec<&str> = name.split(version).nth(1).unwrap_or("").split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let port = after.iter().any(|w| {
        !matches!(
            *w,
            "international"
                | "unported"
                | "deed"
                | "en"
                | "zh"
                | "legalcode"
                | "cc"
                | "by"
                | "license"
                | "licence"
                | "nc"
                | "nd"
                | "sa"
                | "html"
                | "generic"
                | "国际"
                | "国际许可协议"
                | "許可"
                | "许可"
        )
    });
    if port {
        return Some(Licence::Named(if from_url { format!("{kind}-{version} ({})", after.join(" ").to_uppercase()) } else { text.trim().to_string() }, None));
    }
    let id = format!("{kind}-{version}");
    // Whatever else is said is part of the terms.
    let whole = licences::known(text).or_else(|| licences::known(&format!("cc {text}")));
    if !from_url && whole.is_none_or(|k| k.id != id) {
        return Some(Licence::Named(text.trim().to_string(), None));
    }
    Some(LICENSES.iter().find(|(l, _)| **l == id).map_or(Licence::Named(id, None), |(l, _)| Licence::Known(l)))
}

/// What a licence without a version is called.
fn tidy(text: &str, from_url: bool, kind: &str) -> String {
    if from_url || text.len() < 12 { format!("{kind}, no version given") } else { text.trim().to_string() }
}

/// A word that stands for itself.
fn word(text: &str, w: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|p| p == w)
}

/// How often something is updated.
pub fn frequency(text: &str) -> Read<&'static str> {
    let t = text.trim();
    let low = t.to_lowercase();
    let tail = low.rsplit(['/', '#']).next().unwrap_or(&low);
    if let Some(iso) = low.strip_prefix("r/p") {
        return match iso {
            "1d" => Read::Sure("daily"),
            "1w" | "7d" => Read::Sure("weekly"),
            "1m" => Read::Sure("monthly"),
            "3m" => Read::Sure("quarterly"),
            "6m" => Read::Sure("half_year"),
            "1y" | "12m" => Read::Sure("yearly"),
            "t1s" => Read::Sure("realtime"),
            _ if iso.starts_with('t') => Read::Partly("realtime"),
            _ => Read::Partly("other"),
        };
    }
    if let Some((_, code)) = FREQUENCIES.iter().find(|(w, _)| *w == low || *w == tail) {
        return Read::Sure(code);
    }
    match tail {
        "continual" | "continuous" | "cont" | "update_cont" | "real-time" | "real time" | "continuously updated" => Read::Sure("realtime"),
        "hourly" | "bihourly" | "trihourly" | "every hour" | "minute" | "minutely" => Read::Partly("realtime"),
        "semidaily" | "daily_2" | "weekdays" => Read::Partly("daily"),
        "annual_2" | "semiannual" | "semi-annual" | "biannual" | "biannually" | "twice a year" | "half-yearly" | "半年" | "每半年一次" => {
            Read::Sure("half_year")
        }
        "yearly " | "every year" | "每年一次" | "年" => Read::Sure("yearly"),
        "quarter" | "季" | "季度" | "每季" => Read::Sure("quarterly"),
        "month" | "月" | "每月一次" => Read::Sure("monthly"),
        "week" | "周" => Read::Sure("weekly"),
        "day" | "日" => Read::Sure("daily"),
        "irreg" | "as needed" | "ad hoc" | "as_needed" | "sporadic" | "视情" | "按需" => Read::Sure("irregular"),
        "never" | "not updated" | "not planned" | "punctual" | "once" | "static dataset" | "历史存档" | "notplanned" => Read::Sure("static"),
        "biennial" | "triennial" | "quadrennial" | "quinquennial" | "decennial" | "bimonthly" | "biweekly" | "fortnightly" | "threetimesaweek"
        | "semiweekly" | "semimonthly" | "threetimesayear" | "threetimesamonth" | "bidecennial" | "tridecennial" => Read::Partly("other"),
        _ => Read::Not,
    }
}

/// The name of a format: of several spellings the usual one. `None` where nothing is said.
pub fn format(text: &str, media: &str) -> Option<Read<String>> {
    let t = text.trim();
    let t = if t.is_empty() { media.trim() } else { t };
    if t.is_empty() {
        return None;
    }
    let low = t.to_ascii_lowercase();
    let low = low.split(';').next().unwrap_or(&low).trim().trim_start_matches('.');
    let tail = low.rsplit("file-type/").next().unwrap_or(low);
    let sure = |s: &str| Some(Read::Sure(s.to_string()));
    static MEDIA: &[(&str, &str)] = &[
        ("text/csv", "CSV"),
        ("application/csv", "CSV"),
        ("application/json", "JSON"),
        ("application/geo+json", "GeoJSON"),
        ("application/vnd.geo+json", "GeoJSON"),
        ("application/vnd.api+json", "JSON"),
        ("application/xml", "XML"),
        ("text/xml", "XML"),
        ("application/rdf+xml", "RDF"),
        ("text/turtle", "TTL"),
        ("application/ld+json", "JSON-LD"),
        ("application/rss+xml", "RSS"),
        ("application/atom+xml", "Atom"),
        ("application/pdf", "PDF"),
        ("text/html", "HTML"),
        ("text/plain", "TXT"),
        ("application/zip", "ZIP"),
        ("application/x-zip-compressed", "ZIP"),
        ("application/vnd.ms-excel", "XLS"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"),
        ("application/msword", "DOC"),
        ("application/vnd.google-earth.kml+xml", "KML"),
        ("application/vnd.google-earth.kmz", "KMZ"),
        ("application/vnd.apache.parquet", "Parquet"),
        ("application/vnd.oasis.opendocument.spreadsheet", "ODS"),
        ("image/jpeg", "JPEG"),
        ("image/png", "PNG"),
        ("image/tiff", "TIFF"),
        ("application/x-sqlite3", "SQLite"),
        ("application/gml+xml", "GML"),
    ];
    if let Some((_, f)) = MEDIA.iter().find(|(m, _)| *m == low) {
        return sure(f);
    }
    match tail {
        "xslx" => Some(Read::Partly("XLSX".into())),
        "geojson" => sure("GeoJSON"),
        "topojson" => sure("TopoJSON"),
        "geoparquet" => sure("GeoParquet"),
        "parquet" => sure("Parquet"),
        "json-ld" | "jsonld" => sure("JSON-LD"),
        "shapefile" | "esri shapefile" | "shp" => sure("SHP"),
        "api" | "rest api" => sure("API"),
        "excel" => sure("Excel"),
        "csv" | "tsv" | "json" | "xml" | "pdf" | "html" | "txt" | "zip" | "xls" | "xlsx" | "ods" | "kml" | "kmz" | "gml" | "gpkg" | "gdb" | "rss" | "rdf"
        | "ttl" | "wms" | "wfs" | "gtfs" | "jpeg" | "png" | "tiff" | "las" | "doc" | "docx" | "ics" | "gtfs-rt" | "n3" | "jsonl" | "ndjson" | "sqlite"
        | "md" => Some(Read::Sure(tail.to_uppercase())),
        _ => Some(Read::Sure(t.to_string())),
    }
}

/// An address of the web. What is plainly meant is mended and told; what leads nowhere is none.
pub fn address(text: &str) -> Read<String> {
    let t = text.trim();
    let web = |t: &str| ["http://", "https://", "ftp://"].iter().any(|p| t.get(..p.len()).is_some_and(|h| h.eq_ignore_ascii_case(p)) && t.len() > p.len());
    let clean = |t: &str| t.replace(' ', "%20");
    if web(t) {
        return if t == text || text.trim() == t && !t.contains(' ') { Read::Sure(clean(t)) } else { Read::Partly(clean(t)) };
    }
    // `-https://…`, `url: https://…`
    if let Some(i) = t.find("https://").or_else(|| t.find("http://")).filter(|i| *i <= 6 && t[..*i].chars().all(|c| !c.is_alphanumeric())) {
        return Read::Partly(clean(&t[i..]));
    }
    Read::Not
}

/// A tag of BCP 47 from the spellings of locales: `zh_TW` is written in Traditional script.
pub fn language(tag: &str) -> String {
    let low = tag.trim().replace('_', "-").to_ascii_lowercase();
    match &*low {
        "zh-tw" | "zh-hk" | "zh-mo" | "zh-hant" | "zh-hant-tw" | "tc" => "zh-Hant".into(),
        "zh" | "zh-cn" | "zh-sg" | "zh-hans" | "zh-hans-cn" | "zh-cn-utf8" | "sc" => "zh-Hans".into(),
        _ => low.split('-').next().unwrap_or("").to_string(),
    }
}

/// A part of an address from a name: ASCII letters, digits and hyphens; marks above letters are dropped, Han characters are read
/// aloud. Empty where nothing is left.
pub fn slug(name: &str) -> String {
    use pinyin::ToPinyin as _;
    use unicode_normalization::UnicodeNormalization as _;
    let mut out = String::new();
    for c in name.nfkd() {
        let c = c.to_lowercase().next().unwrap_or(c);
        let spelt = match c {
            'æ' => "ae",
            'œ' => "oe",
            'ß' => "ss",
            'ø' => "o",
            'đ' | 'ð' => "d",
            'ł' => "l",
            'þ' => "th",
            '&' => "-and-",
            _ => "",
        };
        if !spelt.is_empty() {
            out.push_str(spelt);
        } else if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if matches!(c, '\'' | '’' | '.') || ('\u{300}'..'\u{370}').contains(&c) {
        } else if let Some(p) = c.to_pinyin() {
            if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
            out.push_str(p.plain());
            out.push('-');
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let mut short: String = out.trim_matches('-').chars().take(80).collect();
    while let Some(s) = short.find("--") {
        short.remove(s);
    }
    // Not in the middle of a word where there is a place to cut.
    if out.trim_matches('-').len() > 80
        && let Some(cut) = short.rfind('-').filter(|c| *c > 40)
    {
        short.truncate(cut);
    }
    short.trim_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        let sure = |s: &str| match day(s) {
            Read::Sure(d) => d.to_string(),
            Read::Partly(d) => format!("{d} partly"),
            Read::Not => "not".into(),
        };
        for (s, want) in [
            ("2021/02/05", "2021-02-05"),
            ("13/12/2019", "2019-12-13"),
            ("12/13/2019", "2019-12-13"),
            ("31.01.2018", "2018-01-31"),
            ("01.02.2018", "2018-02-01"),
            ("03/04/2019", "not"),
            ("04/04/2019", "2019-04-04"),
            ("2025-4-24", "2025-04-24"),
            ("2013-03-11T20:05:24.85Z", "2013-03-11 partly"),
            ("2019-01-01T00:00:00-05:00", "2019-01-01 partly"),
            ("13/12/2019 (avaandmete portaali lisamise kuupäev)", "2019-12-13 partly"),
            ("2014", "not"),
            ("R/P1D", "not"),
            ("民國114年1月2日", "2025-01-02 partly"),
            ("1978年", "not"),
            ("January 5, 2024", "2024-01-05"),
            ("5 Jan 2024", "2024-01-05"),
            ("20210412", "2021-04-12"),
            ("2021-02-30", "not"),
            ("last week", "not"),
        ] {
            assert_eq!(sure(s), want, "{s}");
        }
    }

    #[test]
    fn a_licence_of_ten_spellings() {
        for s in [
            "CC-BY-4.0",
            "cc by 4.0",
            "CC BY 4.0 International",
            "https://creativecommons.org/licenses/by/4.0/",
            "http://creativecommons.org/licenses/by/4.0",
            "https://creativecommons.org/licenses/by/4.0/legalcode",
            "Creative Commons Attribution 4.0",
            "Creative Commons Attribution 4.0 International License",
            "Attribution 4.0 International (CC BY 4.0)",
            "cc-by-4",
            "知识共享署名 4.0 国际许可协议",
            "CC-BY 4.0",
        ] {
            assert_eq!(licence(s, None), Licence::Known("CC-BY-4.0"), "{s}");
        }
        for s in [
            "CC-BY-ND",
            "CC-BY-ND-4.0",
            "https://creativecommons.org/licenses/by-nd/4.0/",
            "CC BY-NC-ND 4.0",
            "Creative Commons Attribution-NoDerivatives 4.0",
            "CC-BY-NC-4.0",
            "cc-by",
            "CC BY 3.0 AU",
            "https://creativecommons.org/licenses/by/3.0/nz/",
            "Commercial",
            "CC BY 3.0",
        ] {
            assert!(matches!(licence(s, None), Licence::Named(..)), "{s}: {:?}", licence(s, None));
        }
        for s in [
            "CC-BY-4.0 (no commercial use)",
            "CC BY 4.0 禁止商用",
            "CC BY 4.0 for non-profit use only",
            "CC BY 4.0; except photographs (all rights reserved)",
            "Creative Commons Attribution Non Commercial 4.0",
            "知识共享署名（不得演绎）4.0",
            "CC-BY-NonDerivative-4.0",
            "CC0 1.0 with exceptions",
        ] {
            for url in [None, Some("https://creativecommons.org/licenses/by/4.0/")] {
                let Licence::Named(name, at) = licence(s, url) else { panic!("{s} {url:?}") };
                assert!(licences::meant(&name, at.as_deref()).is_none_or(|k| k.kind == "own"), "{s}: {name} {at:?}");
            }
        }
        for s in ["License Not Specified", "Other::License Not Specified", "No licence", "", "notspecified", "  "] {
            assert_eq!(licence(s, None), Licence::None, "{s}");
        }
        for (s, id) in [
            ("http://www.opendefinition.org/licenses/odc-by", "ODC-BY-1.0"),
            ("http://www.opendefinition.org/licenses/odc-pddl", "ODC-PDDL-1.0"),
            ("http://opendefinition.org/licenses/cc-zero/", "CC0-1.0"),
            ("https://creativecommons.org/publicdomain/zero/1.0", "CC0-1.0"),
            ("Creative Commons CC Zero", "CC0-1.0"),
            ("odc-odbl", "ODbL-1.0"),
            ("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "OGL-UK-3.0"),
            ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ] {
            assert_eq!(licence(s, None), Licence::Known(id), "{s}");
        }
        assert_eq!(licence("Creative Commons 4.0", Some("https://creativecommons.org/licenses/by/4.0")), Licence::Known("CC-BY-4.0"));
        assert_eq!(
            licence("City of Philadelphia License", Some("https://x.org/")),
            Licence::Named("City of Philadelphia License".into(), Some("https://x.org/".into()))
        );
        assert_eq!(
            licence("https://opensource.org/licenses/MIT-0", None),
            Licence::Named("opensource.org/licenses/MIT-0".into(), Some("https://opensource.org/licenses/MIT-0".into()))
        );
    }

    #[test]
    fn frequencies_formats_addresses_and_names() {
        for (s, want) in [
            ("R/P1Y", Read::Sure("yearly")),
            ("R/P3M", Read::Sure("quarterly")),
            ("R/PT5M", Read::Partly("realtime")),
            ("http://publications.europa.eu/resource/authority/frequency/MONTHLY", Read::Sure("monthly")),
            ("annual", Read::Sure("yearly")),
            ("irregular", Read::Sure("irregular")),
            ("R/P10Y", Read::Partly("other")),
            ("whenever", Read::Not),
        ] {
            assert_eq!(frequency(s), want, "{s}");
        }
        let f = |a: &str, b: &str| format(a, b);
        assert_eq!(f("XSLX", ""), Some(Read::Partly("XLSX".into())));
        assert_eq!(f("geojson", ""), Some(Read::Sure("GeoJSON".into())));
        assert_eq!(f("", "text/csv; charset=utf-8"), Some(Read::Sure("CSV".into())));
        assert_eq!(f("hTML", ""), Some(Read::Sure("HTML".into())));
        assert_eq!(f("ARCGIS HUB DATASET", ""), Some(Read::Sure("ARCGIS HUB DATASET".into())));
        assert_eq!(f(" ", ""), None);
        assert_eq!(address(" https://a.org/x"), Read::Sure("https://a.org/x".into()));
        assert_eq!(address("-https://a.org/"), Read::Partly("https://a.org/".into()));
        assert_eq!(address("mailto:a@b.org"), Read::Not);
        assert_eq!(address("/data/x.csv"), Read::Not);
        assert_eq!(slug("Athenæum of Philadelphia"), "athenaeum-of-philadelphia");
        assert_eq!(slug("Bicycle & Pedestrian (2010 – 2014)"), "bicycle-and-pedestrian-2010-2014");
        assert_eq!(slug("关于加强工作的通知"), "guan-yu-jia-qiang-gong-zuo-de-tong-zhi");
        assert_eq!(slug("Grünfläche's"), "grunflaches");
        assert_eq!(slug("《》"), "");
        assert_eq!(language("zh_TW"), "zh-Hant");
        assert_eq!(language("en_US"), "en");
    }
}
