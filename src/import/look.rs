//! How a page looks by its attributes and the style sheets in it: what no reader sees is taken out, what is struck through is
//! marked as such, formulas become lines of text. Style sheets that lie elsewhere are not known.

use super::html::{DROPPED, Element, Html, Made, has_blocks, of, parse};
use crate::load::attachment::omath::one;
use crate::load::looks;

/// What was done to a page, by lines.
#[derive(Debug, Default)]
pub(super) struct Bared {
    /// Beginnings of what no reader saw.
    pub hidden: Vec<(u32, String)>,
    /// Formulas that became text.
    pub formulas: Vec<u32>,
}

/// Most rules of style sheets that are looked at.
const RULES: usize = 2_000;

/// A rule for elements of one kind: `p.note`, `#x`, `.a.b`. Others are not understood.
struct Rule {
    tag: String,
    id: String,
    classes: Vec<String>,
    says: Vec<(String, String)>,
}

impl Rule {
    fn of(selector: &str, says: &[(String, String)]) -> Option<Rule> {
        let s = selector.trim();
        if s.is_empty() || s.contains(|c: char| c.is_whitespace() || matches!(c, '>' | '+' | '~' | ':' | '[' | '*' | '(' | '@')) {
            return None;
        }
        let mut rule = Rule { tag: String::new(), id: String::new(), classes: Vec::new(), says: says.to_vec() };
        let mut rest = s;
        while !rest.is_empty() {
            let sign = rest.chars().next().filter(|c| matches!(c, '.' | '#'));
            let body = if sign.is_some() { &rest[1..] } else { rest };
            let end = body.find(['.', '#']).unwrap_or(body.len());
            let word = body[..end].to_string();
            match sign {
                Some('.') => rule.classes.push(word),
                Some(_) => rule.id = word,
                None => rule.tag = word.to_ascii_lowercase(),
            }
            rest = &body[end..];
        }
        Some(rule)
    }

    fn weight(&self) -> (bool, usize, bool) {
        (!self.id.is_empty(), self.classes.len(), !self.tag.is_empty())
    }

    fn fits(&self, e: &Element) -> bool {
        (self.tag.is_empty() || self.tag == e.name)
            && (self.id.is_empty() || self.id == e.attr("id"))
            && self.classes.iter().all(|c| e.attr("class").split_whitespace().any(|x| x == c))
    }
}

/// Properties that matter.
static PROPERTIES: &[&str] = &[
    "display",
    "visibility",
    "font-size",
    "opacity",
    "mso-hide",
    "color",
    "background",
    "background-color",
    "background-image",
    "text-decoration",
    "text-decoration-line",
];

fn declarations(text: &str) -> Vec<(String, String)> {
    let pair = |d: &str| {
        let (k, v) = d.split_once(':')?;
        let k = k.trim().to_ascii_lowercase();
        let v = v.trim().to_ascii_lowercase();
        PROPERTIES.contains(&&*k).then(|| (k, v.trim_end_matches("!important").trim_end_matches("! important").trim().to_string()))
    };
    text.split(';').filter_map(pair).collect()
}

/// The rules of all style sheets in a page, the weightiest last; what holds for some media or on conditions is passed over.
fn sheet(root: &Element) -> Vec<Rule> {
    let mut out: Vec<Rule> = Vec::new();
    for e in root.all() {
        if e.name != "style" || e.attr("media").to_ascii_lowercase().contains("print") {
            continue;
        }
        let mut css: String = e.inner.iter().filter_map(|h| if let Html::Text(t) = h { Some(t.as_str()) } else { None }).collect();
        while let Some(i) = css.find("/*") {
            let end = css[i..].find("*/").map_or(css.len(), |j| i + j + 2);
            css.replace_range(i..end, " ");
        }
        let mut rest = css.as_str();
        while let Some((head, behind)) = rest.split_once('{') {
            let head = head.rsplit([';', '}']).next().unwrap_or(head).trim().trim_start_matches("<!--");
            if head.starts_with('@') {
                // To the brace that closes it.
                let mut depth = 1usize;
                let end = behind.char_indices().find(|(_, c)| {
                    match c {
                        '{' => depth += 1,
                        '}' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    depth == 0
                });
                rest = end.map_or("", |(i, _)| &behind[i + 1..]);
                continue;
            }
            let (body, after) = behind.split_once('}').unwrap_or((behind, ""));
            let says = declarations(body);
            if !says.is_empty() {
                out.extend(head.split(',').filter_map(|s| Rule::of(s, &says)).take(RULES.saturating_sub(out.len())));
            }
            rest = after;
        }
    }
    out.sort_by_key(Rule::weight);
    out
}

/// What holds for the text that is open.
#[derive(Clone, Copy, Default)]
struct State {
    zero: bool,
    white: bool,
    ground: bool,
}

/// Whether a length is none: `0`, `0px`, `.0em`.
fn zero(v: &str) -> bool {
    let end = v.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(v.len());
    v[..end].parse::<f64>().is_ok_and(|n| n == 0.0)
}

/// A colour that is that of paper, or none.
fn white(v: &str) -> bool {
    let v = v.trim().to_ascii_lowercase();
    let hex = match v.strip_prefix('#') {
        Some(h) if h.len() == 3 && h.is_ascii() => h.chars().flat_map(|c| [c, c]).collect::<String>(),
        Some(h) => h.to_string(),
        None => {
            let tight: String = v.chars().filter(|c| !c.is_whitespace()).collect();
            let inner = tight.strip_prefix("rgba(").or_else(|| tight.strip_prefix("rgb(")).and_then(|t| t.strip_suffix(')'));
            let parts: Vec<f64> = inner.map_or(Vec::new(), |t| t.split([',', '/']).filter_map(|p| p.parse().ok()).collect());
            return matches!(&*tight, "white" | "transparent" | "snow" | "ivory")
                || parts.len() == 4 && parts[3] == 0.0
                || parts.len() >= 3 && parts[..3].iter().all(|p| *p > 240.0);
        }
    };
    looks::unseen(&hex, "FFFFFF")
}

/// What one element says of itself.
struct Look {
    hidden: bool,
    struck: bool,
    zero: Option<bool>,
    white: Option<bool>,
    ground: Option<bool>,
}

fn look(e: &Element, rules: &[Rule]) -> Look {
    let own = declarations(e.attr("style"));
    let by_rules = rules.iter().filter(|r| r.fits(e)).flat_map(|r| r.says.iter());
    let mut said: Vec<(&str, &str)> = by_rules.chain(own.iter()).map(|(k, v)| (k.as_str(), v.as_str())).collect();
    for name in ["color", "bgcolor", "background"] {
        let v = e.attr(name);
        if !v.is_empty() && (name != "color" || e.name == "font") {
            // What an attribute says is the weakest.
            said.insert(0, (if name == "bgcolor" { "background-color" } else { name }, v));
        }
    }
    let last = |k: &str| said.iter().rev().find(|(n, _)| *n == k).map(|(_, v)| *v);
    let hidden = e.attrs.iter().any(|(n, _)| n == "hidden")
        || last("display") == Some("none")
        || matches!(last("visibility"), Some("hidden" | "collapse"))
        || last("mso-hide") == Some("all")
        || last("opacity").is_some_and(zero);
    let line = |v: &str| v.split_whitespace().any(|w| w == "line-through");
    let grounds = ["background", "background-color", "background-image"].into_iter().filter_map(last).collect::<Vec<_>>();
    let plain = |v: &str| matches!(v, "none" | "transparent" | "inherit" | "initial" | "unset" | "") || white(v);
    Look {
        hidden,
        struck: last("text-decoration").is_some_and(line) || last("text-decoration-line").is_some_and(line),
        zero: last("font-size").filter(|v| !v.ends_with('%') && !v.ends_with("em") || zero(v)).map(zero),
        white: last("color").filter(|v| !matches!(*v, "inherit" | "currentcolor")).map(white),
        ground: (!grounds.is_empty()).then(|| grounds.iter().any(|v| !plain(v))),
    }
}

/// HTML as Markdown, without what browsers do not show.
pub(super) fn markdown(text: &str) -> Made {
    let mut root = parse(text);
    let bared = bared(&mut root);
    Made { hidden: bared.hidden, formulas: bared.formulas, ..of(&root) }
}

/// Takes out what browsers do not show, and gives the beginnings of its texts with their lines.
pub(super) fn bared(root: &mut Element) -> Bared {
    let rules = sheet(root);
    let mut out = Bared::default();
    strip(root, &rules, State::default(), &mut out);
    out
}

fn words(inner: &[Html], out: &mut String) {
    for h in inner {
        match h {
            Html::Text(t) => out.push_str(t),
            Html::Element(e) if DROPPED.contains(&&*e.name) => {}
            Html::Element(e) => {
                out.push_str(e.attr("alt"));
                words(&e.inner, out);
            }
        }
    }
}

fn strip(e: &mut Element, rules: &[Rule], state: State, out: &mut Bared) {
    let mut tell = |line: u32, text: &str| {
        let short: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(20).collect();
        if !short.is_empty() {
            out.hidden.push((line, short));
        }
    };
    let line = e.line;
    let raw = matches!(&*e.name, "style" | "script" | "title");
    let mut looked: Vec<Look> = Vec::new();
    e.inner.retain(|h| match h {
        Html::Element(c) => {
            let l = look(c, rules);
            if l.hidden {
                let mut text = c.attr("alt").to_string();
                if !DROPPED.contains(&&*c.name) {
                    words(&c.inner, &mut text);
                }
                tell(c.line, &text);
                return false;
            }
            looked.push(l);
            true
        }
        Html::Text(t) if !raw && (state.zero || state.white && !state.ground) => {
            tell(line, t);
            // What is parted by it stays parted.
            t.trim().is_empty()
        }
        Html::Text(_) => true,
    });
    let mut looked = looked.into_iter();
    for i in 0..e.inner.len() {
        let Html::Element(c) = &mut e.inner[i] else { continue };
        let Some(l) = looked.next() else { break };
        if c.name == "img" {
            late(c);
        }
        if c.name == "math" {
            out.formulas.push(c.line);
            let text = formula(c);
            let alone = |h: Option<&Html>, last: bool| match h {
                Some(Html::Text(t)) => (if last { t.chars().next_back() } else { t.chars().next() }).is_none_or(|c| !c.is_ascii_alphanumeric()),
                None => true,
                Some(_) => false,
            };
            let before = if alone(i.checked_sub(1).and_then(|i| e.inner.get(i)), true) { "" } else { " " };
            let after = if alone(e.inner.get(i + 1), false) { "" } else { " " };
            e.inner[i] = Html::Text(format!("{before}{text}{after}"));
            continue;
        }
        let below =
            State { zero: l.zero.unwrap_or(state.zero), white: l.white.unwrap_or(state.white), ground: l.ground.map_or(state.ground, |g| g || state.ground) };
        strip(c, rules, below, out);
        if l.struck && !matches!(&*c.name, "s" | "del" | "strike") {
            strike(&mut c.inner);
        }
    }
}

/// Pages that load their pictures late say where these are in an attribute of their own.
fn late(c: &mut Element) {
    let src = c.attr("src");
    if !src.is_empty() && !src.starts_with("data:") {
        return;
    }
    let own = ["data-src", "data-original", "data-lazy-src"].into_iter().map(|a| c.attr(a)).find(|a| !a.is_empty());
    let set = c.attr("srcset").split([',', ' ']).find(|a| !a.is_empty() && !a.starts_with("data:"));
    if let Some(to) = own.or(set).map(String::from) {
        c.attrs.retain(|(n, _)| n != "src");
        c.attrs.push(("src".into(), to));
    }
}

/// Marks texts as struck through.
fn strike(inner: &mut [Html]) {
    for h in inner {
        match h {
            Html::Element(c) if matches!(&*c.name, "s" | "del" | "strike" | "br" | "img" | "hr") => {}
            Html::Element(c) if has_blocks(&Html::Element(c.clone())) => strike(&mut c.inner),
            Html::Text(t) if t.trim().is_empty() => {}
            other => {
                let line = if let Html::Element(c) = &*other { c.line } else { 0 };
                let was = std::mem::replace(other, Html::Text(String::new()));
                *other = Html::Element(Element { name: "s".into(), inner: vec![was], line, attrs: Vec::new() });
            }
        }
    }
}

/// A formula of MathML as a line of text.
fn formula(e: &Element) -> String {
    let parts: Vec<String> = e
        .inner
        .iter()
        .filter_map(|h| match h {
            Html::Text(t) => Some(t.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty()),
            Html::Element(c) if c.name.starts_with("annotation") || c.name == "mphantom" => None,
            Html::Element(c) => Some(formula(c)),
        })
        .collect();
    let part = |i: usize| parts.get(i).map_or("", String::as_str);
    match &*e.name {
        "mfrac" => format!("{}/{}", one(part(0)), one(part(1))),
        "msup" | "mover" => format!("{}^{}", one(part(0)), one(part(1))),
        "msub" | "munder" => format!("{}_{}", one(part(0)), one(part(1))),
        "msubsup" | "munderover" => format!("{}_{}^{}", one(part(0)), one(part(1)), one(part(2))),
        "msqrt" => format!("√({})", parts.concat()),
        "mroot" => format!("{}√({})", one(part(1)), part(0)),
        "mfenced" => format!("({})", parts.join(", ")),
        "mtr" | "mlabeledtr" => parts.join(", "),
        "mtable" => format!("[{}]", parts.join("; ")),
        "mspace" => " ".into(),
        _ => parts.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn what_no_reader_sees_is_taken_out() {
        for html in [
            "<p>a<span style='font-size:0'>密</span>b</p>",
            "<p>a<span style='font-size: 0px !important'>密</span>b</p>",
            "<p>a<span style='color:#fff'>密</span>b</p>",
            "<p>a<font color=white>密</font>b</p>",
            "<p>a<span style='color:rgba(0,0,0,0)'>密</span>b</p>",
            "<p>a<span style='opacity:0'>密</span>b</p>",
            "<style>.x{color:red} .no, i.off { display : none }</style><p>a<span class='y no'>密</span>b</p>",
            "<style>/* .a{} */ #k{visibility:hidden}</style><p>a<b id=k>密</b>b</p>",
        ] {
            let m = markdown(html);
            assert_eq!((m.text.as_str(), m.hidden.len()), ("ab", 1), "{html}");
        }
        for html in [
            "<div style='font-size:0'><span style='font-size:14px'>密</span></div>",
            "<td style='background:#c00'><span style='color:#fff'>密</span></td>",
            "<table><tr bgcolor=red><td><font color='#FFFFFF'>密</font></td></tr></table>",
            "<style>@media print{.n{display:none}} .m .n{display:none}</style><p class=n>密</p>",
            "<style>.n{display:none} p.n{display:block}</style><p class=n>密</p>",
        ] {
            assert_eq!(markdown(html).text, "密", "{html}");
        }
    }

    #[test]
    fn formulas_and_struck_words_stay_what_they_are() {
        assert_eq!(markdown("<p>取<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>。</p>").text, "取1/2。");
        assert_eq!(markdown("<p>1<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>").text, "1 1/2");
        let m = markdown("<p><math><mi>x</mi><mo>=</mo><msup><mn>10</mn><mrow><mo>-</mo><mn>3</mn></mrow></msup><annotation>x</annotation></math></p>");
        assert_eq!((m.text.as_str(), m.formulas.len()), ("x=10^(-3)", 1));
        assert_eq!(markdown("<p>每月<span style='text-decoration: line-through'>100元</span>120元</p>").text, "每月~~100元~~120元");
        assert_eq!(markdown("<style>.d{text-decoration:line-through}</style><p class=d>第一条<br>第二条</p>").text, "~~第一条~~\\\n~~第二条~~");
    }
}
