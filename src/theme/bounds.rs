//! What a page of a project's own templates may cost: steps and bytes, counted by the templates themselves.
//!
//! The engine bounds depth, circles and `range`, but not how often a loop runs nor how long a value grows: a line of a hundred
//! bytes could ask for all memory. Where a project has templates of its own, a second engine holds all templates with counters
//! written into them ([`watched`]); it makes the pages. What another fault is, the first engine says again, of the text as it was written.

use crate::diag::{Diagnostic, Severity, Span, say};
use std::cell::Cell;
use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};

/// Tags that a page may go through, those of loops each time.
const STEPS: u64 = 10_000_000;
/// Bytes that a page may write, those it keeps in variables too.
const BYTES: u64 = 64 << 20;
/// A value of this depth is no value of a page.
const DEPTH: usize = 100;

const MANY: &str = "clerestory: steps";
const LONG: &str = "clerestory: bytes";

thread_local! {
    /// Steps and bytes of the page that this thread makes.
    static SPENT: Cell<(u64, u64)> = const { Cell::new((0, 0)) };
}

/// A page begins.
pub fn begin() {
    SPENT.set((0, 0));
}

fn charge(steps: u64, bytes: u64) -> TeraResult<()> {
    let (s, b) = SPENT.get();
    let now = (s.saturating_add(steps), b.saturating_add(bytes));
    SPENT.set(now);
    match now {
        (s, _) if s > STEPS => Err(tera::Error::message(MANY)),
        (_, b) if b > BYTES => Err(tera::Error::message(LONG)),
        _ => Ok(()),
    }
}

/// How many bytes a value would be written out, no more than `most`; `None` beyond it, or where it is too deep to be let go of.
fn size(value: &Value, most: u64, depth: usize) -> Option<u64> {
    if depth > DEPTH {
        return None;
    }
    let mut sum = 8;
    if let Some(s) = value.as_str() {
        sum += s.len() as u64;
    } else if let Some(list) = value.as_array() {
        for v in list {
            sum += size(v, most.checked_sub(sum)?, depth + 1)?;
        }
    } else if let Some(map) = value.as_map() {
        for (k, v) in map {
            sum += k.as_str().map_or(8, str::len) as u64;
            sum += size(v, most.checked_sub(sum)?, depth + 1)?;
        }
    }
    (sum <= most).then_some(sum)
}

fn sized(value: &Value, most: u64) -> TeraResult<u64> {
    size(value, most, 0).ok_or_else(|| tera::Error::message(LONG))
}

/// Registers the counters. `tildes`: joins in the fullest tag, each of which may make a value longer by the longest.
fn register(tera: &mut Tera, tildes: u64) {
    let longest = BYTES / (1 + tildes);
    tera.register_filter("_out", |v: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        charge(1, sized(&v, BYTES)?)?;
        Ok(v)
    });
    tera.register_filter("_kept", move |v: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        sized(&v, longest)?;
        charge(1, 0)?;
        Ok(v)
    });
    // Before a filter: what it looks at is work.
    tera.register_filter("_seen", |v: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        charge(1 + v.len().unwrap_or(0) as u64 / 1024, 0)?;
        Ok(v)
    });
    // Before a loop: as often as it runs, its tags and its text.
    tera.register_filter("_many", |v: Value, args: Kwargs, _: &State| -> TeraResult<Value> {
        let n = v.len().unwrap_or(0) as u64;
        charge(n.saturating_mul(1 + args.must_get::<u64>("n")?), n.saturating_mul(args.must_get::<u64>("t")?))?;
        Ok(v)
    });
    tera.register_function("_start", move |args: Kwargs, state: &State| -> TeraResult<Value> {
        charge(1 + args.must_get::<u64>("n")?, args.must_get::<u64>("t")?)?;
        for name in args.must_get::<&str>("names")?.split(',').filter(|n| !n.is_empty()) {
            if let Some(v) = state.get::<Value>(name)? {
                sized(&v, longest)?;
            }
        }
        Ok(Value::safe_string(""))
    });
    // Two filters of the engine make more than they are given.
    tera.register_filter("replace", |v: &Value, args: Kwargs, state: &State| -> TeraResult<Value> {
        let (from, to) = (args.must_get::<&str>("from")?, args.must_get::<&Value>("to")?);
        let (Some(text), Some(new)) = (v.as_str(), to.as_str()) else {
            return Err(tera::Error::message("`replace` is for text, with `from` and `to` as text"));
        };
        let safe = state.autoescaping_enabled() && (v.is_safe() || to.is_safe());
        let escaped = |v: &Value, s: &str| if safe && !v.is_safe() { state.escape(s) } else { Ok(s.to_string()) };
        let (text, new) = (escaped(v, text)?, escaped(to, new)?);
        let more = (text.matches(from).count() as u64).saturating_mul(new.len() as u64);
        if more.saturating_add(text.len() as u64) > BYTES {
            return Err(tera::Error::message(LONG));
        }
        let out = text.replace(from, &new);
        Ok(if safe { Value::safe_string(&out) } else { Value::from(out) })
    });
    tera.register_filter("join", |v: &[Value], args: Kwargs, state: &State| -> TeraResult<Value> {
        let sep = args.get::<&Value>("sep")?;
        let sep_text = sep.and_then(Value::as_str).unwrap_or("");
        let parts = v.iter().try_fold(0_u64, |sum, x| Some(sum + size(x, BYTES - sum.min(BYTES), 0)?)).unwrap_or(u64::MAX);
        if parts.saturating_add((v.len() as u64).saturating_mul(sep_text.len() as u64)) > BYTES {
            return Err(tera::Error::message(LONG));
        }
        let safe = state.autoescaping_enabled() && (v.iter().any(|x| x.is_string() && x.is_safe()) || sep.is_some_and(Value::is_safe));
        let shown = |x: &Value| match safe {
            true if x.is_undefined() => Ok(String::new()),
            true => state.escape_if_needed(x),
            false => Ok(x.to_string()),
        };
        let parts = v.iter().map(shown).collect::<TeraResult<Vec<_>>>()?;
        Ok(match sep {
            Some(s) if safe => Value::safe_string(&parts.join(&state.escape_if_needed(s)?)),
            _ if safe => Value::safe_string(&parts.concat()),
            _ => Value::from(parts.join(sep_text)),
        })
    });
}

/// The same templates with counters in them; `None` where the engine does not take the result.
pub fn watched(plain: &Tera, names: &[String], templates: &[(String, String)]) -> Option<Tera> {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes(names.iter().map(|n| format!("{n}/"))).ok()?;
    tera.register_from(plain);
    let mut tildes = 0;
    let texts: Vec<(String, String)> = templates.iter().map(|(n, t)| (n.clone(), Writer::of(t, &mut tildes))).collect();
    register(&mut tera, tildes);
    tera.add_raw_templates(texts.iter().map(|(n, t)| (n.as_str(), t.as_str()))).ok()?;
    Some(tera)
}

/// The finding of a page that went beyond a bound, with template and line; `None` for any other fault.
pub fn fault(e: &tera::Error) -> Option<Diagnostic> {
    let ErrorKind::RenderingError(report) = e.kind() else {
        return None;
    };
    let text = match report.message() {
        MANY => say!("这个模板做一页要走 {STEPS} 步以上，没有做下去", "this template takes more than {STEPS} steps for one page; it was not made"),
        LONG => {
            say!("这个模板做的一页或一个变量超过 {} MB，没有做下去", "a page or a variable of this template has more than {} MB; it was not made", BYTES >> 20)
        }
        _ => return None,
    };
    let name = report.filename();
    let (layer, rest) = name.split_once('/').unwrap_or(("civic", name));
    let line = report.span().start_line as u32;
    let span = Span { line, col: 1, end_col: 1, ..Span::file(&format!("themes/{layer}/templates/{rest}")) };
    Some(
        Diagnostic::new("THM001", Severity::Error, text)
            .at(span)
            .hint(say!(
                "看这一行的循环和变量：次数有没有尽头，变量是否每次加倍",
                "look at the loop and the variables of this line: whether it ends, and whether a variable doubles each time"
            ))
            .blocking(),
    )
}

/// What of a template is open: a file, a loop, a component. Where its numbers are to be written, and what it holds.
struct Open {
    at: usize,
    tags: u64,
    text: u64,
}

/// Writes counters into the text of a template. Lines stay lines.
struct Writer<'t> {
    rest: &'t str,
    out: String,
    open: Vec<Open>,
    /// Joins in the fullest tag.
    tildes: &'t mut u64,
}

/// Room for a number that is known later.
const ROOM: &str = "000000000000";

impl<'t> Writer<'t> {
    fn of(text: &'t str, tildes: &'t mut u64) -> String {
        let mut w = Writer { rest: text, out: String::with_capacity(text.len() * 2), open: Vec::new(), tildes };
        if !extends(text) {
            w.start("{{ ", " }}", "");
        }
        while let Some(at) = w.rest.as_bytes().windows(2).position(|p| matches!(p, b"{{" | b"{%" | b"{#")) {
            w.text(at);
            match w.rest.as_bytes()[1] {
                b'#' => {
                    let end = w.rest.find("#}").map_or(w.rest.len(), |e| e + 2);
                    w.copy(end);
                }
                b'%' => w.tag(),
                _ => w.variable(),
            }
        }
        w.text(w.rest.len());
        while !w.open.is_empty() {
            w.close();
        }
        w.out
    }

    fn copy(&mut self, n: usize) {
        self.out.push_str(&self.rest[..n]);
        self.rest = &self.rest[n..];
    }

    /// Text of the page itself.
    fn text(&mut self, n: usize) {
        self.open.iter_mut().for_each(|o| o.text += n as u64);
        self.copy(n);
    }

    /// Numbers that are known when what is open is closed.
    fn numbers(&mut self) {
        self.out.push_str("n=");
        self.open.push(Open { at: self.out.len(), tags: 0, text: 0 });
        self.out.push_str(ROOM);
        self.out.push_str(", t=");
        self.out.push_str(ROOM);
    }

    fn start(&mut self, head: &str, tail: &str, names: &str) {
        self.out.push_str(head);
        self.out.push_str("_start(names=\"");
        self.out.push_str(names);
        self.out.push_str("\", ");
        self.numbers();
        self.out.push(')');
        self.out.push_str(tail);
    }

    fn close(&mut self) {
        if let Some(o) = self.open.pop() {
            self.out.replace_range(o.at..o.at + ROOM.len(), &format!("{:012}", o.tags));
            let text = o.at + ROOM.len() + ", t=".len();
            self.out.replace_range(text..text + ROOM.len(), &format!("{:012}", o.text));
        }
    }

    /// The tag at the beginning: what opens it, what is in it, what closes it.
    fn parts(&self, close: &str) -> Option<(&'t str, &'t str, &'t str)> {
        let head = if self.rest.as_bytes().get(2) == Some(&b'-') { 3 } else { 2 };
        let bytes = self.rest.as_bytes();
        let mut i = head;
        while i < bytes.len() {
            match bytes[i] {
                q @ (b'"' | b'\'' | b'`') => i = past(bytes, i, q),
                b'-' if bytes[i + 1..].starts_with(close.as_bytes()) => return Some((&self.rest[..head], &self.rest[head..i], &self.rest[i..i + 3])),
                _ if bytes[i..].starts_with(close.as_bytes()) => return Some((&self.rest[..head], &self.rest[head..i], &self.rest[i..i + 2])),
                _ => i += 1,
            }
        }
        None
    }

    fn variable(&mut self) {
        let Some((head, inner, tail)) = self.parts("}}") else {
            return self.copy(self.rest.len());
        };
        self.rest = &self.rest[head.len() + inner.len() + tail.len()..];
        self.open.iter_mut().for_each(|o| o.tags += 1);
        self.out.push_str(head);
        if inner.trim_start().starts_with('<') || inner.trim().is_empty() {
            self.expression(inner);
        } else {
            self.wrapped(inner, "_out");
        }
        self.out.push_str(tail);
    }

    fn wrapped(&mut self, inner: &'t str, filter: &str) {
        self.out.push_str(" (");
        self.expression(inner);
        self.out.push_str(")|");
        self.out.push_str(filter);
        self.out.push(' ');
    }

    fn tag(&mut self) {
        let Some((head, inner, tail)) = self.parts("%}") else {
            return self.copy(self.rest.len());
        };
        let word: String = inner.trim_start().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        if word == "raw" {
            // What is raw is text, up to the tag that ends it.
            let from = head.len() + inner.len() + tail.len();
            let end = self.rest[from..].find("endraw").and_then(|e| self.rest[from + e..].find("%}").map(|t| from + e + t + 2));
            return self.text(end.unwrap_or(self.rest.len()));
        }
        self.rest = &self.rest[head.len() + inner.len() + tail.len()..];
        self.open.iter_mut().for_each(|o| o.tags += 1);
        self.out.push_str(head);
        let gap = inner.len() - inner.trim_start().len() + word.len();
        match word.as_str() {
            "for" => match split(inner, gap) {
                Some(at) => {
                    self.out.push_str(&inner[..at]);
                    self.out.push_str(" (");
                    self.expression(&inner[at..]);
                    self.out.push_str(")|_many(");
                    self.numbers();
                    self.out.push_str(") ");
                }
                None => self.expression(inner),
            },
            "set" | "set_global" => match assigned(inner) {
                Some(at) => {
                    self.out.push_str(&inner[..at]);
                    self.wrapped(&inner[at..], "_kept");
                }
                None => self.expression(inner),
            },
            _ => self.expression(inner),
        }
        self.out.push_str(tail);
        let trims = if tail.starts_with('-') { " -}}" } else { " }}" };
        match word.as_str() {
            "endfor" | "endcomponent" | "endblock" => self.close(),
            "component" => self.start("{{ ", trims, &parameters(inner)),
            "block" => self.start("{{ ", trims, ""),
            _ => {}
        }
    }

    /// An expression: what goes into a filter is seen, what a list in brackets is made from is counted.
    fn expression(&mut self, text: &'t str) {
        let bytes = text.as_bytes();
        let (mut i, mut from, mut tildes) = (0, 0, 0_u64);
        // Open brackets: where in `out`, and whether a list is made from another in it.
        let mut brackets: Vec<(u8, usize, bool)> = Vec::new();
        while i < bytes.len() {
            match bytes[i] {
                q @ (b'"' | b'\'' | b'`') => {
                    i = past(bytes, i, q);
                    continue;
                }
                b'~' => tildes += 1,
                b'|' => {
                    self.out.push_str(&text[from..i]);
                    self.out.push_str("|_seen");
                    from = i;
                }
                b @ (b'[' | b'(' | b'{') => {
                    self.out.push_str(&text[from..=i]);
                    from = i + 1;
                    brackets.push((b, self.out.len(), false));
                }
                b']' | b')' | b'}' => {
                    self.out.push_str(&text[from..i]);
                    from = i;
                    if let Some((_, _, true)) = brackets.pop() {
                        self.out.push_str(")|_many(n=1, t=0)");
                    }
                }
                b if b.is_ascii_alphabetic() || b == b'_' => {
                    let end = i + bytes[i..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
                    let own = i == 0 || !matches!(bytes[i - 1], b'.' | b'@');
                    match (&text[i..end], brackets.last().copied()) {
                        ("for", Some((b'[', at, false))) if own => {
                            self.out.push_str(&text[from..i]);
                            self.out.insert(at, '(');
                            self.out.push_str(")|_out ");
                            from = i;
                            if let Some(to) = split(&text[i..], 3) {
                                self.out.push_str(&text[from..i + to]);
                                self.out.push_str(" (");
                                from = i + to;
                                i = from;
                                if let Some(b) = brackets.last_mut() {
                                    b.2 = true;
                                }
                                continue;
                            }
                        }
                        ("if", Some((b'[', _, true))) if own => {
                            self.out.push_str(&text[from..i]);
                            self.out.push_str(")|_many(n=1, t=0) ");
                            from = i;
                            if let Some(b) = brackets.last_mut() {
                                b.2 = false;
                            }
                        }
                        _ => {}
                    }
                    i = end;
                    continue;
                }
                _ => {}
            }
            i += 1;
        }
        self.out.push_str(&text[from..]);
        *self.tildes = (*self.tildes).max(tildes);
    }
}

/// Whether a template begins with the name of the one that it fills: what stands outside of its blocks is nowhere.
fn extends(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("{#") {
        rest = comment.split_once("#}").map_or("", |(_, r)| r).trim_start();
    }
    rest.strip_prefix("{%").is_some_and(|t| t.trim_start_matches(['-', ' ', '\t', '\n', '\r']).starts_with("extends"))
}

/// Behind a string that begins at `i`.
fn past(bytes: &[u8], i: usize, quote: u8) -> usize {
    let mut i = i + 1;
    while i < bytes.len() && bytes[i] != quote {
        i += if bytes[i] == b'\\' { 2 } else { 1 };
    }
    (i + 1).min(bytes.len())
}

/// Behind the `in` of `for a in b`, `for k, v in b`: only names and commas are before it.
fn split(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = from;
    while i < bytes.len() {
        match bytes[i] {
            b if b.is_ascii_alphanumeric() || b == b'_' => {
                let end = i + bytes[i..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
                if &text[i..end] == "in" {
                    return Some(end);
                }
                i = end;
            }
            b',' => i += 1,
            b if b.is_ascii_whitespace() => i += 1,
            _ => return None,
        }
    }
    None
}

/// Behind the `=` of `set name = value`.
fn assigned(text: &str) -> Option<usize> {
    let mut words = text.char_indices().skip_while(|(_, c)| c.is_ascii_alphanumeric() || *c == '_' || c.is_ascii_whitespace());
    words.next().filter(|(_, c)| *c == '=').map(|(i, _)| i + 1)
}

/// The names of the parameters of a component.
fn parameters(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut i, mut depth, mut name) = (0, 0, false);
    let mut out = String::new();
    while i < bytes.len() {
        match bytes[i] {
            q @ (b'"' | b'\'' | b'`') => {
                i = past(bytes, i, q);
                continue;
            }
            b'(' | b'[' | b'{' => {
                depth += 1;
                name = depth == 1;
            }
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 1 => name = true,
            b if name && (b.is_ascii_alphabetic() || b == b'_') => {
                let end = i + bytes[i..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
                out.push_str(&text[i..end]);
                out.push(',');
                name = false;
                i = end;
                continue;
            }
            _ => {}
        }
        i += 1;
    }
    out
}
