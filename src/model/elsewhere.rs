//! What lies at an address elsewhere, as far as the address and what is told of its format say it for sure.

/// Endings of files, the names of their formats, their media types.
static TYPES: &[(&str, &str, &str)] = &[
    ("csv", "CSV", "text/csv"),
    ("tsv", "TSV", "text/tab-separated-values"),
    ("xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xls", "XLS", "application/vnd.ms-excel"),
    ("ods", "ODS", "application/vnd.oasis.opendocument.spreadsheet"),
    ("json", "JSON", "application/json"),
    ("geojson", "GEOJSON", "application/geo+json"),
    ("xml", "XML", "application/xml"),
    ("rdf", "RDF", "application/rdf+xml"),
    ("kml", "KML", "application/vnd.google-earth.kml+xml"),
    ("kmz", "KMZ", "application/vnd.google-earth.kmz"),
    ("pdf", "PDF", "application/pdf"),
    ("zip", "ZIP", "application/zip"),
    ("txt", "TXT", "text/plain"),
    ("parquet", "PARQUET", "application/vnd.apache.parquet"),
];

/// The media type of a file that is taken from an address: its path ends as the format is called. None of a page, a service, and of
/// what may be one.
pub fn media_type(url: &str, format: &str) -> Option<&'static str> {
    let path = url.split_once("://")?.1.split(['?', '#']).next()?;
    let ending = path.split_once('/')?.1.rsplit('/').next()?.rsplit_once('.')?.1;
    let (_, _, media) = TYPES.iter().find(|(e, f, _)| ending.eq_ignore_ascii_case(e) && (format.is_empty() || format.eq_ignore_ascii_case(f)))?;
    Some(media)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_are_sure() {
        for (url, format, want) in [
            ("https://a.gov/x/rows.csv?accessType=DOWNLOAD", "CSV", Some("text/csv")),
            ("https://a.gov/x/rows.CSV#a", "csv", Some("text/csv")),
            ("https://a.gov/x.csv", "", Some("text/csv")),
            ("https://a.gov/x.csv", "API", None),
            ("https://a.gov/x", "CSV", None),
            ("https://a.csv", "CSV", None),
            ("https://a.gov/?f=x.csv", "CSV", None),
            ("https://a.gov/a.html", "HTML", None),
        ] {
            assert_eq!(media_type(url, format), want, "{url}");
        }
    }
}
