//! The built site for an assistant, after the Model Context Protocol (modelcontextprotocol.io, 2025-06-18): JSON-RPC 2.0, a message
//! a line, four tools that read. Nothing of the site is changed, and nothing is read but what is published.
//!
//! A message is a text and so is its answer: who reads and writes lines is `cli`.

use crate::index::engine::{Engine, Options};
use serde_json::{Map, Value, json};

/// Versions of the protocol that are spoken, the newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];
/// Most results and rows of one answer.
const MOST: u64 = 200;
/// Pages of a table that are looked through for one answer.
const PAGES: u64 = 200;

/// A built site.
pub struct Site<'a> {
    fetch: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    tag: String,
    home: String,
    as_of: String,
    title: String,
}

impl<'a> Site<'a> {
    /// Opens a site by a function that gives the file at a path; `None` where it has no API. `tag` is the language of search.
    pub fn open(fetch: &'a dyn Fn(&str) -> Option<Vec<u8>>, tag: Option<&str>) -> Option<Site<'a>> {
        let index: Value = serde_json::from_slice(&fetch("api/v1/index.json")?).ok()?;
        let text = |v: &Value| v.as_str().unwrap_or_default().to_string();
        let tag = tag.map_or_else(|| text(&index["languages"][0]), String::from);
        Some(Site { fetch, tag, home: text(&index["home"]), as_of: text(&index["as_of"]), title: text(&index["title"]) })
    }

    fn json(&self, path: &str) -> Option<Value> {
        serde_json::from_slice(&(self.fetch)(path)?).ok()
    }

    /// The path of an item below the site, by its id, the address of its page, or of its Markdown.
    fn path(&self, asked: &str) -> Option<String> {
        let whole = asked.trim().split(['#', '?']).next().unwrap_or("");
        let base = self.home.splitn(4, '/').nth(3).unwrap_or("");
        let path = match whole.strip_prefix(&self.home) {
            Some(rest) => rest,
            // Of another site there is nothing here.
            None if whole.contains("://") => return None,
            None => whole.trim_start_matches('/').strip_prefix(base).unwrap_or(whole).trim_start_matches('/'),
        };
        let path = path.trim_end_matches("index.md").trim_end_matches("index.html").trim_end_matches(".md").trim_matches('/');
        let good = !path.is_empty() && !path.split('/').any(|s| s.is_empty() || s.starts_with('.'));
        good.then(|| path.to_string())
    }

    fn absolute(&self, url: &str) -> String {
        let base = self.home.splitn(4, '/').nth(3).unwrap_or("");
        let rest = url.trim_start_matches('/');
        format!("{}{}", self.home, rest.strip_prefix(base).unwrap_or(rest))
    }
}

/// What is wrong with a call, for the one who made it.
type Wrong = String;

/// The answer to a message; none to what asks for none.
pub fn answer(message: &str, site: &Site<'_>) -> Option<String> {
    let Ok(message) = serde_json::from_str::<Value>(message) else { return Some(error(Value::Null, -32700, "not JSON")) };
    let id = message.get("id").cloned();
    let (Some(method), Some("2.0")) = (message["method"].as_str(), message["jsonrpc"].as_str()) else {
        // An answer to a question that was never asked.
        let stray = message.is_object() && (message.get("result").is_some() || message.get("error").is_some());
        return (!stray).then(|| error(id.unwrap_or(Value::Null), -32600, "no request of JSON-RPC 2.0"));
    };
    let id = id?;
    let params = &message["params"];
    let result = match method {
        "initialize" => initialize(params, site),
        "ping" => json!({}),
        "tools/list" => json!({ "tools": tools() }),
        "tools/call" => match call(params, site) {
            Ok(Some(value)) => value,
            Ok(None) => return Some(error(id, -32602, &format!("no such tool: {}", params["name"]))),
            Err(why) => json!({ "content": [{ "type": "text", "text": why }], "isError": true }),
        },
        other => return Some(error(id, -32601, &format!("no such method: {other}"))),
    };
    Some(json!({ "jsonrpc": "2.0", "id": id, "result": result }).to_string())
}

/// What is said of a message that is too long to be read.
pub fn too_long() -> String {
    error(Value::Null, -32600, "the message is too long")
}

fn error(id: Value, code: i32, message: &str) -> String {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } }).to_string()
}

fn initialize(params: &Value, site: &Site<'_>) -> Value {
    let asked = params["protocolVersion"].as_str().unwrap_or_default();
    let version = VERSIONS.iter().find(|v| **v == asked).unwrap_or(&VERSIONS[0]);
    json!({
        "protocolVersion": version,
        "capabilities": { "tools": { "listChanged": false } },
        "serverInfo": { "name": "clerestory", "title": site.title, "version": env!("CARGO_PKG_VERSION") },
        "instructions": format!(
            "Public documents and data of {} ({}), as built on {}. Every answer tells the state of a document on that day: never quote what is repealed, expired, amended or not yet in force without saying so, and name what took its place. Give the address of what you quote.",
            site.title, site.home, site.as_of
        ),
    })
}

/// The tools, as JSON Schema tells them.
fn tools() -> Vec<Value> {
    let one = |name: &str, description: &str, properties: Value, required: &[&str]| {
        json!({ "name": name, "description": description, "annotations": { "readOnlyHint": true, "openWorldHint": false },
            "inputSchema": { "type": "object", "properties": properties, "required": required, "additionalProperties": false } })
    };
    let id = json!({ "type": "string", "description": "id (policies/2021/notice), or the address of the page" });
    vec![
        one(
            "search",
            "Searches the site. Each result has its state (validity), date, number and address.",
            json!({ "query": { "type": "string" }, "type": { "type": "string", "description": "policy, interpretation, dataset …" }, "in_force": { "type": "boolean", "description": "only policies in force" }, "limit": { "type": "integer", "minimum": 1, "maximum": MOST } }),
            &["query"],
        ),
        one(
            "get_policy",
            "A policy or another document with its full text: state and day first, then dates, relations, citation.",
            json!({ "id": id }),
            &["id"],
        ),
        one("get_dataset", "A dataset: what it is, licence, its files with size, hash, columns and rows.", json!({ "id": id }), &["id"]),
        one(
            "rows",
            "Rows of a table of a dataset, from `offset` on, or those whose columns have the values of `where`.",
            json!({ "dataset": id, "file": { "type": "string", "description": "name of the file; the first table without it" }, "offset": { "type": "integer", "minimum": 0 }, "limit": { "type": "integer", "minimum": 1, "maximum": MOST }, "where": { "type": "object", "description": "column: value" } }),
            &["dataset"],
        ),
    ]
}

/// The answer of a tool; none where there is no such tool.
fn call(params: &Value, site: &Site<'_>) -> Result<Option<Value>, Wrong> {
    let args = &params["arguments"];
    let (text, told) = match params["name"].as_str() {
        Some("search") => search(args, site)?,
        Some("get_policy") => document(args, site, false)?,
        Some("get_dataset") => document(args, site, true)?,
        Some("rows") => rows(args, site)?,
        _ => return Ok(None),
    };
    Ok(Some(json!({ "content": [{ "type": "text", "text": text.unwrap_or_else(|| told.to_string()) }], "structuredContent": told, "isError": false })))
}

/// What an answer says: a text where it has one of its own, and the value.
type Said = (Option<String>, Value);

fn search(args: &Value, site: &Site<'_>) -> Result<Said, Wrong> {
    let query = args["query"].as_str().ok_or("query: a text is wanted")?;
    let engine = Engine::open(&format!("search/{}/", site.tag), site.fetch).map_err(|_| "the index of search is not there or broken")?;
    let mut options = Options { limit: args["limit"].as_u64().unwrap_or(10).min(MOST) as usize, loose: true, ..Options::default() };
    options.types.extend(args["type"].as_str().map(String::from));
    let types = engine.codes("types");
    if let Some(word) = options.types.iter().find(|t| !types.contains(*t)) {
        return Err(format!("type: there is no `{word}`; there are: {}", types.join(", ")));
    }
    if args["in_force"].as_bool() == Some(true) {
        options.validity.push("in-force".into());
    }
    let found = engine.search(query, &options).map_err(|_| "the index of search is broken")?;
    let hits: Vec<Value> = found
        .hits
        .iter()
        .map(|h| {
            json!({ "title": h.title, "url": site.absolute(&h.url), "type": h.kind, "state": h.validity, "state_label": engine.label("validity", &h.validity),
                "date": h.date, "doc_no": h.doc_no, "issuers": h.department, "summary": h.lead, "replaced_by": h.by.as_ref().map(|[title, url]| json!({ "title": title, "url": site.absolute(url) })) })
        })
        .collect();
    Ok((None, json!({ "as_of": site.as_of, "total": found.total, "did_you_mean": found.did_you_mean, "results": hits })))
}

fn document(args: &Value, site: &Site<'_>, dataset: bool) -> Result<Said, Wrong> {
    let asked = args["id"].as_str().ok_or("id: a text is wanted")?;
    let path = site.path(asked).ok_or_else(|| format!("`{asked}` is not of this site"))?;
    let record = site.json(&format!("api/v1/{path}.json"));
    let text = (site.fetch)(&format!("{path}/index.md")).map(|b| String::from_utf8_lossy(&b).into_owned());
    if record.is_none() && text.is_none() || dataset && record.as_ref().is_none_or(|r| r["type"] != "dataset") {
        return Err(format!("there is no `{asked}`; find its id by search"));
    }
    Ok((text, record.unwrap_or_else(|| json!({ "as_of": site.as_of, "url": site.absolute(&path) }))))
}

fn rows(args: &Value, site: &Site<'_>) -> Result<Said, Wrong> {
    let asked = args["dataset"].as_str().ok_or("dataset: a text is wanted")?;
    let path = site.path(asked).ok_or_else(|| format!("`{asked}` is not of this site"))?;
    let record = site.json(&format!("api/v1/{path}.json")).filter(|r| r["type"] == "dataset").ok_or_else(|| format!("there is no dataset `{asked}`"))?;
    let none = Vec::new();
    let files = record["distributions"].as_array().unwrap_or(&none);
    let tables = || files.iter().filter(|f| f["row_index"].is_string());
    let file = match args["file"].as_str() {
        None => tables().next(),
        Some(name) => tables().find(|f| f["name"] == name),
    };
    let names = || tables().filter_map(|f| f["name"].as_str()).collect::<Vec<_>>().join(", ");
    let file = file.ok_or_else(|| format!("no such table; there are: {}", names()))?;
    let at = file["row_index"].as_str().and_then(|u| u.strip_prefix(&site.home)).ok_or("the table is not of this site")?;
    let index = site.json(at).ok_or("the rows are not there")?;
    let columns: Vec<&str> = index["columns"].as_array().unwrap_or(&none).iter().filter_map(|c| c["name"].as_str()).collect();
    let (total, size) = (index["rows"].as_u64().unwrap_or(0), index["page_size"].as_u64().unwrap_or(1000).max(1));
    let limit = args["limit"].as_u64().unwrap_or(50).clamp(1, MOST) as usize;
    let offset = args["offset"].as_u64().unwrap_or(0);
    let mut wanted: Vec<(usize, String)> = Vec::new();
    for (column, value) in args["where"].as_object().unwrap_or(&Map::new()) {
        let c = columns.iter().position(|n| n == column).ok_or_else(|| format!("no column `{column}`; there are: {}", columns.join(", ")))?;
        wanted.push((c, as_text(value)));
    }
    let folder = at.trim_end_matches("index.json");
    let (mut out, mut next) = (Vec::new(), None);
    let first = offset / size;
    'pages: for page in first..total.div_ceil(size) {
        if page - first >= PAGES {
            next = Some(page * size);
            break;
        }
        let list = site.json(&format!("{folder}{page}.json")).ok_or("the rows are not there")?;
        for (n, row) in list.as_array().unwrap_or(&none).iter().enumerate() {
            let at = page * size + n as u64;
            if at < offset || !wanted.iter().all(|(c, v)| holds(&row[*c], v)) {
                continue;
            }
            if out.len() == limit {
                next = Some(at);
                break 'pages;
            }
            out.push(row.clone());
        }
    }
    let value = json!({ "dataset": record["id"], "title": record["title"], "file": file["name"], "licence": record["licence"], "as_of": site.as_of, "url": record["url"],
        "columns": columns, "rows_of_table": total, "rows": out, "next_offset": next });
    Ok((None, value))
}

/// Whether a cell has a value: the same text, or the same number where the cell is one. Clients write 96259.0 as 96259.
fn holds(cell: &Value, wanted: &str) -> bool {
    let text = as_text(cell);
    if text == wanted || !cell.is_number() {
        return text == wanted;
    }
    match (digits(&text), digits(wanted)) {
        (Some(a), Some(b)) => a == b,
        // With an exponent.
        _ => text.parse::<f64>().ok().zip(wanted.trim().parse::<f64>().ok()).is_some_and(|(a, b)| a == b),
    }
}

/// A number by its digits alone: sign, whole part without zeros before it, fraction without zeros behind it. Long ones lose none.
fn digits(text: &str) -> Option<(bool, &str, &str)> {
    let text = text.trim();
    let (minus, rest) = text.strip_prefix('-').map_or((false, text.strip_prefix('+').unwrap_or(text)), |r| (true, r));
    let (whole, part) = rest.split_once('.').unwrap_or((rest, ""));
    let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(part) || whole.is_empty() && part.is_empty() {
        return None;
    }
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    Some((minus && !(whole.is_empty() && part.is_empty()), whole, part))
}

fn as_text(v: &Value) -> String {
    match v {
        Value::String(s) => s.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
