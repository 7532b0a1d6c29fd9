//! Croissant 1.1 (MLCommons): the clean tables of a dataset as files and record sets, for programs that learn.

use super::{Dataset, Distribution, Format, Published};
use crate::schema::site::outputs;
use serde_json::{Value, json};

/// `croissant.json`
pub static FORMAT: Format = Format {
    name: "croissant",
    title: "Croissant",
    media: "application/ld+json",
    output: &outputs::CROISSANT,
    path: |folder, _| format!("{folder}croissant.json"),
    write: |_, d, at| format!("{:#}\n", value(d, at)),
};

fn context(tag: &str) -> Value {
    let mut c = json!({
        "@language": tag, "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo",
        "data": { "@id": "cr:data", "@type": "@json" }, "dataType": { "@id": "cr:dataType", "@type": "@vocab" }, "examples": { "@id": "cr:examples", "@type": "@json" },
    });
    for word in [
        "annotation",
        "arrayShape",
        "citeAs",
        "column",
        "containedIn",
        "equivalentProperty",
        "excludes",
        "extract",
        "field",
        "fileProperty",
        "fileObject",
        "fileSet",
        "format",
        "includes",
        "isArray",
        "isLiveDataset",
        "jsonPath",
        "key",
        "md5",
        "parentField",
        "path",
        "readLines",
        "recordSet",
        "references",
        "regex",
        "repeated",
        "replace",
        "sdVersion",
        "separator",
        "source",
        "subField",
        "transform",
        "unArchive",
        "value",
    ] {
        c[word] = json!(format!("cr:{word}"));
    }
    c
}

/// The type of a column: only where the cells can be read as they stand.
fn data_type(field: &Value, missing: bool) -> &'static str {
    let plain = field["bareNumber"].as_bool() != Some(false) && field["format"].is_null();
    match field["type"].as_str().unwrap_or("") {
        // A column with holes has no whole numbers in most programs, but numbers.
        "integer" if plain && !missing => "sc:Integer",
        "integer" | "number" if plain && !missing => "sc:Float",
        "date" if plain => "sc:Date",
        _ => "sc:Text",
    }
}

fn value(d: &Dataset<'_>, at: &Published) -> Value {
    let lang = at.lang;
    let text = d.text(lang);
    let title = text.map_or("", |t| t.title);
    let description = text.map_or("", |t| &t.description);
    let live = d.frequency.is_some_and(|f| !matches!(f, "static" | "other" | "irregular"));
    let mut v = json!({
        "@context": context(&at.tag), "@type": "sc:Dataset", "@id": super::dcat_ap::address(&at.page), "conformsTo": "http://mlcommons.org/croissant/1.1", "name": title,
        "description": if description.is_empty() { title } else { description }, "url": at.page, "inLanguage": at.tag, "isLiveDataset": live,
    });
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(x) = value {
            v[key] = x;
        }
    };
    put("license", d.licence.map(|l| json!(l.url.map(super::address).or_else(|| l.known()?.url).unwrap_or_else(|| l.name.to_string()))));
    put("datePublished", d.issued.map(|m| json!(m.date.to_string())));
    put("dateModified", d.updated.or(d.modified).map(|x| json!(x.to_string())));
    put("version", d.version.filter(|v| !v.is_empty()).map(|x| json!(x)));
    put("keywords", Some(d.keywords).filter(|k| !k.is_empty()).map(|k| json!(k)));
    put("creator", d.publishers.first().map(|p| json!({ "@type": "sc:Organization", "name": p.name.get(lang) })));
    put("publisher", d.publishers.first().map(|p| json!({ "@type": "sc:Organization", "name": p.name.get(lang) })));
    put("temporalCoverage", d.temporal.map(|(a, b)| json!(if b.is_empty() { a.to_string() } else { format!("{a}/{b}") })));
    put("spatialCoverage", super::schema_org::place(d, lang));
    let (mut files, mut sets) = (Vec::new(), Vec::new());
    for (r, copy) in &at.tables {
        let Some(r) = d.distributions.get(*r) else { continue };
        let id = format!("{}.csv", copy.stem());
        let (Some(sum), Some(set)) = (&copy.sha256, records(r, copy.part, &copy.schema, &id, lang)) else { continue };
        let mut f = json!({ "@type": "cr:FileObject", "@id": id, "name": id, "contentUrl": copy.url, "encodingFormat": "text/csv", "sha256": sum });
        if let Some(b) = copy.bytes {
            f["contentSize"] = json!(format!("{b} B"));
        }
        files.push(f);
        sets.push(set);
    }
    put("distribution", Some(files).filter(|l| !l.is_empty()).map(|l| json!(l)));
    put("recordSet", Some(sets).filter(|l| !l.is_empty()).map(|l| json!(l)));
    v
}

fn records(r: &Distribution<'_>, part: Option<u32>, schema: &Option<Value>, file: &str, lang: usize) -> Option<Value> {
    let table = r.read?.file.tables.get(part? as usize)?;
    let set = file.trim_end_matches(".csv");
    let told = super::data_package::fields(r, table, lang);
    let seen = schema.as_ref().and_then(|s| s["fields"].as_array());
    let one = |c: usize| {
        let name = &table.names[c];
        let (field, seen) = (&told[c], seen.and_then(|s| s.get(c)));
        let missing = table.columns[c].nulls > 0;
        let mut f = json!({
            "@type": "cr:Field", "@id": format!("{set}/{name}"), "name": name, "dataType": seen.map_or("sc:Text", |s| data_type(s, missing)),
            "source": { "fileObject": { "@id": file }, "extract": { "column": name } },
        });
        let words = ["title", "description", "unit"].into_iter().filter_map(|k| field[k].as_str());
        let text = words.collect::<Vec<_>>().join(" · ");
        if !text.is_empty() {
            f["description"] = json!(text);
        }
        f
    };
    let fields: Vec<Value> = (0..table.names.len()).map(one).collect();
    let mut v = json!({ "@type": "cr:RecordSet", "@id": set, "name": set, "field": fields });
    if let Some(key) = schema.as_ref().and_then(|s| s["primaryKey"].as_array()) {
        v["key"] = key.iter().filter_map(Value::as_str).map(|k| json!({ "@id": format!("{set}/{k}") })).collect();
    }
    Some(v)
}
