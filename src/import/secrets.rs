//! Passwords and keys in what a source says besides: never written, told by their keys and places alone.

use super::{Draft, Value};
use crate::diag::{Diagnostic, Severity, Span, say};
use std::collections::BTreeSet;

/// Takes secrets out of `extra`; their values stand in no line that a finding shows either.
pub(super) fn taken_out(d: &mut Draft, out: &mut Vec<Diagnostic>) {
    let (mut keys, mut values) = (BTreeSet::new(), Vec::new());
    sift(&mut d.extra, "", &mut keys, &mut values);
    for (f, v) in &mut d.fields {
        addresses(v, f.key, &mut keys, &mut values);
    }
    addresses(&mut d.extra, "extra", &mut keys, &mut values);
    clean(&mut d.body, "body", &mut keys, &mut values);
    d.old.iter_mut().for_each(|a| clean(a, "aliases", &mut keys, &mut values));
    clean(&mut d.key, "id", &mut keys, &mut values);
    if keys.is_empty() {
        return;
    }
    let here = |s: &Span| s.file == d.at.file && (s.line == d.at.line || values.iter().any(|v| s.excerpt.contains(v.as_str())));
    out.iter_mut().filter_map(|t| t.span.as_mut()).filter(|s| here(s)).for_each(|s| s.excerpt.clear());
    // What was said of an address before.
    for t in out.iter_mut() {
        for text in [Some(&mut t.message), t.hint.as_mut()].into_iter().flatten() {
            for line in [&mut text.zh, &mut text.en] {
                if let Some((made, ..)) = crate::load::credentials::without(line) {
                    *line = made;
                }
            }
        }
    }
    let mut at = d.at.clone();
    at.excerpt.clear();
    let list = keys.into_iter().collect::<Vec<_>>().join("` `");
    out.push(
        Diagnostic::new("IMP003", Severity::Warn, say!("像是密码或密钥，没有写出：`{list}`", "these look like passwords or keys, and were left out: `{list}`"))
            .at(at)
            .hint(say!("来源里也不该有：删去，并更换密码", "they should not stand in the source either: delete them there, and change them")),
    );
}

/// Takes secrets out of the addresses of a text; what they are called is told with the field they stood in.
fn clean(text: &mut String, field: &str, keys: &mut BTreeSet<String>, values: &mut Vec<String>) {
    let Some((made, gone, names)) = crate::load::credentials::without(text) else { return };
    *text = made;
    values.extend(gone.into_iter().filter(|v| v.chars().count() >= 3));
    keys.extend(names.into_iter().map(|n| if n.is_empty() { format!("{field}: ://…:…@") } else { format!("{field}: {n}=…") }));
}

fn addresses(v: &mut Value, field: &str, keys: &mut BTreeSet<String>, values: &mut Vec<String>) {
    match v {
        Value::Text(t) => clean(t, field, keys, values),
        Value::List(all) => all.iter_mut().for_each(|v| addresses(v, field, keys, values)),
        Value::Map(pairs) => {
            pairs.iter_mut().for_each(|(k, v)| addresses(v, &if field == "extra" { format!("extra.{k}") } else { field.to_string() }, keys, values))
        }
    }
}

fn sift(v: &mut Value, above: &str, keys: &mut BTreeSet<String>, values: &mut Vec<String>) {
    match v {
        Value::Text(_) => {}
        Value::List(all) => {
            all.iter_mut().for_each(|v| sift(v, above, keys, values));
            all.retain(|v| !v.is_empty());
        }
        Value::Map(pairs) => {
            // `{key: api_key, value: …}` is a pair of its own.
            let named =
                pairs.iter().find(|(k, _)| matches!(k.as_str(), "key" | "name")).and_then(|(_, v)| if let Value::Text(t) = v { Some(t.clone()) } else { None });
            if let Some(name) = named.filter(|n| secret(n)) {
                pairs.retain(|(k, v)| {
                    let gone = k == "value";
                    if gone {
                        texts(v, values);
                        keys.insert(path(above, &name));
                    }
                    !gone
                });
            }
            pairs.retain(|(k, v)| {
                let gone = secret(k);
                if gone {
                    texts(v, values);
                    keys.insert(path(above, k));
                }
                !gone
            });
            pairs.iter_mut().for_each(|(k, v)| sift(v, &path(above, k), keys, values));
            pairs.retain(|(_, v)| !v.is_empty());
        }
    }
}

fn path(above: &str, key: &str) -> String {
    if above.is_empty() { key.to_string() } else { format!("{above}.{key}") }
}

fn texts(v: &Value, out: &mut Vec<String>) {
    match v {
        Value::Text(t) if t.chars().count() >= 3 => out.push(t.clone()),
        Value::Text(_) => {}
        Value::List(all) => all.iter().for_each(|v| texts(v, out)),
        Value::Map(pairs) => pairs.iter().for_each(|(_, v)| texts(v, out)),
    }
}

/// True for a key that names a password, a key of a program, or a token.
fn secret(key: &str) -> bool {
    let mut words: Vec<String> = vec![String::new()];
    let mut small = false;
    for c in key.chars() {
        // `apiKey` is two words.
        if !c.is_alphanumeric() || (c.is_ascii_uppercase() && small) {
            words.push(String::new());
        }
        small = c.is_ascii_lowercase();
        if let Some(w) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            w.extend(c.to_lowercase());
        }
    }
    words.retain(|w| !w.is_empty());
    let one = |w: &String| {
        ["password", "passwd", "passphrase", "apikey", "secretkey", "accesskey", "privatekey", "accesstoken", "authtoken"].iter().any(|s| w.ends_with(s))
            || matches!(w.as_str(), "pwd" | "pass" | "passcode" | "secret" | "token" | "credential" | "credentials" | "dbpwd" | "dbpass")
            || ["密码", "口令", "密钥", "令牌"].iter().any(|s| w.ends_with(s))
    };
    let two = |w: &[String]| w[1] == "key" && matches!(w[0].as_str(), "api" | "access" | "private" | "secret" | "auth");
    words.iter().any(one) || words.windows(2).any(two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_secrets() {
        for k in [
            "harvest_password",
            "db_passwd",
            "api_key",
            "apiKey",
            "token",
            "密码",
            "数据库密码",
            "Password",
            "access_token",
            "X-API-Key",
            "pwd",
            "client-secret",
        ] {
            assert!(secret(k), "{k}");
        }
        for k in ["keywords", "key", "secretary", "tokenizer", "compass", "passage", "密码学", "primary_key", "foreign key", "author"] {
            assert!(!secret(k), "{k}");
        }
    }
}
