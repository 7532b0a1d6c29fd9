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

/// What a selector asks of one element: `p.note`, `#x`, `.a.b`.
#[derive(Default)]
struct Compound {
    tag: String,
    id: String,
    classes: Vec<String>,
}

/// An element above the one that is looked at.
#[derive(Default)]
struct Above {
    tag: String,
    id: String,
    classes: Vec<String>,
}

impl Above {
    fn of(e: &Element) -> Above {
        Above { tag: e.name.clone(), id: e.attr("id").to_string(), classes: e.attr("class").split_whitespace().map(String::from).collect() }
    }
}

impl Compound {
    fn of(word: &str) -> Option<Compound> {
        if word.is_empty() || word.contains([':', '[', '*', '(', '@']) {
            return None;
        }
        let mut one = Compound::default();
        let mut rest = word;
        while !rest.is_empty() {
            let sign = rest.chars().next().filter(|c| matches!(c, '.' | '#'));
            let body = if sign.is_some() { &rest[1..] } else { rest };
            let end = body.find(['.', '#']).unwrap_or(body.len());
            let word = body[..end].to_string();
            match sign {
                Some('.') => one.classes.push(word),
                Some(_) => one.id = word,
                None => one.tag = word.to_ascii_lowercase(),
            }
            rest = &body[end..];
        }
        Some(one)
    }

    fn fits(&self, e: &Above) -> bool {
        (self.tag.is_empty() || self.tag == e.tag) && (self.id.is_empty() || self.id == e.id) && self.classes.iter().all(|c| e.classes.contains(c))
    }
}

/// A rule for elements, and for those above them: `.text p.note`, `ul > li`. Others are not understood.
struct Rule {
    own: Compound,
    /// From the nearest outwards; true where it is the parent itself.
    above: Vec<(bool, Compound)>,
    says: Vec<(String, String)>,
}

impl Rule {
    fn of(selector: &str, says: &[(String, String)]) -> Option<Rule> {
        let spaced = selector.replace('>', " > ");
        if spaced.contains(['+', '~']) {
            return None;
        }
        let mut words = spaced.split_whitespace().rev();
        let own = Compound::of(words.next()?)?;
        let (mut above, mut parent) = (Vec::new(), false);
        for w in words {
            if w == ">" {
                parent = true;
            } else {
                above.push((std::mem::take(&mut parent), Compound::of(w)?));
            }
        }
        Some(Rule { own, above, says: says.to_vec() })
    }

    fn weight(&self) -> (usize, usize, usize) {
        let all = || self.above.iter().map(|(_, c)| c).chain([&self.own]);
        (all().filter(|c| !c.id.is_empty()).count(), all().map(|c| c.classes.len()).sum(), all().filter(|c| !c.tag.is_empty()).count())
    }

    fn fits(&self, e: &Above, stack: &[Above]) -> bool {
        if !self.own.fits(e) {
            return false;
        }
        let mut at = stack.len();
        for (parent, c) in &self.above {
            let found = if *parent { at.checked_sub(1).filter(|i| c.fits(&stack[*i])) } else { (0..at).rev().find(|i| c.fits(&stack[*i])) };
            match found {
                Some(i) => at = i,
                None => return false,
            }
        }
        true
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
    "position",
    "left",
    "right",
    "top",
    "bottom",
    "text-indent",
    "margin-left",
    "margin-top",
    "clip",
    "clip-path",
    "height",
    "width",
    "max-height",
    "max-width",
    "overflow",
    "overflow-x",
    "overflow-y",
    "transform",
    "filter",
    "content-visibility",
    "mso-element",
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
#[derive(Clone, Default)]
struct State {
    zero: bool,
    white: bool,
    /// Its colour is said, and that of what it stands on.
    colour: String,
    paper: String,
    ground: bool,
    /// `visibility: hidden`, which what stands in it may take back.
    veiled: bool,
    /// Moved out of the window by `text-indent`.
    away: bool,
}

impl State {
    /// Nothing of a text is seen.
    fn unseen(&self) -> bool {
        self.zero || self.veiled || self.away || self.white && !self.ground || !self.colour.is_empty() && self.colour == self.paper
    }
}

/// Classes that everybody's style sheets hide by.
static HIDING: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screen-reader-only",
    "element-invisible",
    "d-none",
    "is-hidden",
    "hidden",
    "MsoCommentText",
    "MsoCommentReference",
    "MsoCommentSubject",
];

/// A length in pixels; none of a part of something.
fn pixels(v: &str) -> Option<f64> {
    let end = v.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(v.len());
    let n: f64 = v[..end].parse().ok()?;
    match v[end..].trim() {
        "px" | "" => Some(n),
        "em" | "rem" => Some(n * 16.0),
        "pt" => Some(n * 4.0 / 3.0),
        "cm" => Some(n * 37.8),
        "in" => Some(n * 96.0),
        // Of the window.
        "vw" | "vh" | "%" if n <= -100.0 => Some(n * 10.0),
        _ => None,
    }
}

/// Farther than any window is wide.
fn far(v: &str) -> bool {
    pixels(v).is_some_and(|n| n <= -400.0)
}

/// A size of letters in which nothing is read.
fn tiny(v: &str) -> bool {
    zero(v) || v.ends_with("px") && looks::nothing(v) || v.ends_with("pt") && looks::nothing(v)
}

/// A colour as it is compared: without blanks, three signs as six, black and white by their numbers.
fn colour(v: &str) -> String {
    let tight: String = v.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    match &*tight {
        "black" => return "000000".into(),
        "white" => return "ffffff".into(),
        "inherit" | "currentcolor" | "initial" | "unset" | "none" | "transparent" | "" => return String::new(),
        _ => {}
    }
    match tight.strip_prefix('#') {
        Some(h) if h.len() == 3 && h.is_ascii() => h.chars().flat_map(|c| [c, c]).collect(),
        Some(h) => h.to_string(),
        None => tight,
    }
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
        Some(h) if matches!(h.len(), 3 | 4) && h.is_ascii() => h.chars().flat_map(|c| [c, c]).collect::<String>(),
        Some(h) => h.to_string(),
        None => {
            let tight: String = v.chars().filter(|c| !c.is_whitespace()).collect();
            let inner = tight.strip_prefix("rgba(").or_else(|| tight.strip_prefix("rgb(")).and_then(|t| t.strip_suffix(')'));
            let parts: Vec<f64> = inner.map_or(Vec::new(), |t| t.split([',', '/']).filter_map(|p| p.parse().ok()).collect());
            return matches!(&*tight, "white" | "transparent" | "snow" | "ivory")
                || parts.len() == 4 && parts[3] == 0.0
                || parts.len() >= 3 && parts[..3].iter().all(|p| *p > 240.0)
                || tight.starts_with("hsl")
                    && tight
                        .split(',')
                        .nth(2)
                        .is_some_and(|l| l.trim_matches(|c: char| !c.is_ascii_digit() && c != '.').parse::<f64>().is_ok_and(|l| l > 96.0));
        }
    };
    // Wholly transparent.
    if hex.len() == 8 && hex.ends_with("00") {
        return true;
    }
    let hex = hex.get(..6).unwrap_or(&hex).to_string();
    looks::unseen(&hex, "FFFFFF")
}

/// What one element says of itself.
struct Look {
    hidden: bool,
    struck: bool,
    zero: Option<bool>,
    white: Option<bool>,
    colour: Option<String>,
    paper: Option<String>,
    ground: Option<bool>,
    veiled: Option<bool>,
    away: Option<bool>,
}

fn look(e: &Element, rules: &[Rule], stack: &[Above]) -> Look {
    let own = declarations(e.attr("style"));
    let above = if rules.is_empty() { Above::default() } else { Above::of(e) };
    let by_rules = rules.iter().filter(|r| r.fits(&above, stack)).flat_map(|r| r.says.iter());
    let mut said: Vec<(&str, &str)> = by_rules.chain(own.iter()).map(|(k, v)| (k.as_str(), v.as_str())).collect();
    for name in ["color", "bgcolor", "background"] {
        let v = e.attr(name);
        if !v.is_empty() && (name != "color" || e.name == "font") {
            // What an attribute says is the weakest.
            said.insert(0, (if name == "bgcolor" { "background-color" } else { name }, v));
        }
    }
    let last = |k: &str| said.iter().rev().find(|(n, _)| *n == k).map(|(_, v)| *v);
    let is = |k: &str, words: &[&str]| last(k).is_some_and(|v| words.contains(&v));
    let cut = || ["overflow", "overflow-x", "overflow-y"].into_iter().any(|k| is(k, &["hidden", "clip"]));
    let flat = ["height", "max-height", "width", "max-width"].into_iter().filter_map(last).any(zero) && cut();
    let moved = is("position", &["absolute", "fixed", "relative"]) && ["left", "right", "top", "bottom"].into_iter().filter_map(last).any(far);
    let aside = ["margin-left", "margin-top"].into_iter().filter_map(last).any(far);
    let no_blanks = |v: &str| v.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    // `rect(0 0 0 0)`, `rect(1px, 1px, 1px, 1px)`
    let clipped = last("clip").is_some_and(|v| {
        let all: Vec<f64> = v.trim_start_matches("rect(").trim_end_matches(')').split([',', ' ']).filter(|p| !p.is_empty()).filter_map(pixels).collect();
        v.starts_with("rect(") && all.len() == 4 && all.iter().all(|n| *n <= 1.0)
    }) || last("clip-path")
        .is_some_and(|v| matches!(&*no_blanks(v), "inset(50%)" | "inset(100%)" | "circle(0)" | "circle(0px)" | "polygon(00,00,00,00)"));
    let gone = last("transform").is_some_and(|v| no_blanks(v).contains("scale(0)"))
        || last("filter").is_some_and(|v| matches!(&*no_blanks(v), "opacity(0)" | "opacity(0%)"));
    let class = || e.attr("class").split_whitespace();
    // What is shown on wide windows alone (`d-none d-md-block`) is shown.
    let named = class().any(|c| HIDING.contains(&c))
        && !class()
            .any(|c| c != "d-none" && (c.starts_with("d-") && !c.contains("none") || c.contains(":block") || c.contains(":flex") || c.contains(":inline")));
    let named = named && last("display").is_none_or(|v| v == "none");
    let hidden = e.attrs.iter().any(|(n, _)| n == "hidden")
        || is("display", &["none"])
        || is("mso-hide", &["all"])
        || is("mso-element", &["comment-list", "comment"])
        || is("content-visibility", &["hidden"])
        || last("opacity").is_some_and(zero)
        || flat
        || moved
        || aside
        || clipped
        || gone
        || named
        || e.name == "dialog" && !e.attrs.iter().any(|(n, _)| n == "open")
        || decoration(e);
    let line = |v: &str| v.split_whitespace().any(|w| w == "line-through");
    let grounds = ["background", "background-color", "background-image"].into_iter().filter_map(last).collect::<Vec<_>>();
    let plain = |v: &str| matches!(v, "none" | "transparent" | "inherit" | "initial" | "unset" | "") || white(v);
    Look {
        hidden,
        struck: last("text-decoration").is_some_and(line) || last("text-decoration-line").is_some_and(line),
        zero: last("font-size").filter(|v| !v.ends_with('%') && !v.ends_with("em") || zero(v)).map(tiny),
        white: last("color").filter(|v| !matches!(*v, "inherit" | "currentcolor")).map(white),
        colour: last("color").map(colour).filter(|c| !c.is_empty()),
        paper: last("background-color").or(last("background")).map(colour).filter(|c| !c.is_empty()),
        ground: (!grounds.is_empty()).then(|| grounds.iter().any(|v| !plain(v))),
        veiled: last("visibility").map(|v| matches!(v, "hidden" | "collapse")),
        away: last("text-indent").map(far),
    }
}

/// Whether a tag alone hides what stands in it.
pub(super) fn hides(tag: &str) -> bool {
    let root = parse(tag);
    let Some(Html::Element(e)) = root.inner.first() else { return false };
    let l = look(e, &[], &[]);
    l.hidden
        || l.zero == Some(true)
        || l.veiled == Some(true)
        || l.away == Some(true)
        || l.white == Some(true) && l.ground != Some(true)
        || l.colour.is_some() && l.colour == l.paper
}

/// Signs that only adorn: hidden from those who listen, and without a word or number, or a picture made of the letters of a font.
fn decoration(e: &Element) -> bool {
    if !e.attr("aria-hidden").eq_ignore_ascii_case("true") || !matches!(&*e.name, "i" | "span" | "b" | "em" | "small" | "svg") {
        return false;
    }
    let drawn = e.attr("class").split_whitespace().any(|c| {
        let c = c.to_ascii_lowercase();
        c.contains("icon") || c.contains("glyph") || matches!(&*c, "fa" | "fas" | "far" | "fab" | "fal" | "bi" | "material-symbols-outlined")
    });
    drawn || !e.text().chars().any(char::is_alphanumeric)
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
    strip(root, &rules, &State::default(), &mut Vec::new(), &mut out);
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

fn strip(e: &mut Element, rules: &[Rule], state: &State, stack: &mut Vec<Above>, out: &mut Bared) {
    let mut tell = |line: u32, text: &str| {
        let short: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(20).collect();
        if !short.is_empty() {
            out.hidden.push((line, short));
        }
    };
    let line = e.line;
    let raw = matches!(&*e.name, "style" | "script" | "title");
    let mut looked: Vec<Look> = Vec::new();
    if !rules.is_empty() {
        stack.push(Above::of(e));
    }
    e.inner.retain(|h| match h {
        Html::Element(c) => {
            let l = look(c, rules, stack);
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
        Html::Text(t) if !raw && state.unseen() => {
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
        let below = State {
            zero: l.zero.unwrap_or(state.zero),
            white: l.white.unwrap_or(state.white),
            colour: l.colour.unwrap_or_else(|| state.colour.clone()),
            paper: l.paper.unwrap_or_else(|| state.paper.clone()),
            ground: l.ground.map_or(state.ground, |g| g || state.ground),
            veiled: l.veiled.unwrap_or(state.veiled),
            away: l.away.unwrap_or(state.away),
        };
        strip(c, rules, &below, stack, out);
        if l.struck && !matches!(&*c.name, "s" | "del" | "strike") {
            strike(&mut c.inner);
        }
    }
    if !rules.is_empty() {
        stack.pop();
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
            "<p>a<span style='position:absolute;left:-9999px'>密</span>b</p>",
            "<p>a<span style='text-indent:-999em'>密</span>b</p>",
            "<p>a<span style='clip:rect(0 0 0 0);position:absolute'>密</span>b</p>",
            "<p>a<span style='clip-path: inset(50%)'>密</span>b</p>",
            "<p>a<span style='display:block;max-height:0;overflow:hidden'>密</span>b</p>",
            "<p>a<span style='font-size:1px'>密</span>b</p>",
            "<p>a<span style='color:#ffffff00'>密</span>b</p>",
            "<p>a<span style='color:hsl(0, 0%, 100%)'>密</span>b</p>",
            "<p>a<span style='color:#c00;background:#CC0000'>密</span>b</p>",
            "<p>a<span class='sr-only'>密</span>b</p>",
            "<p>a<i aria-hidden=true>★</i>b</p>",
            "<p>a<i aria-hidden=true class='material-icons'>home</i>b</p>",
            "<style>.t > p .n{display:none}</style><div class=t><p>a<b><i class=n>密</i></b>b</p></div>",
            "<p>a<dialog>密</dialog>b</p>",
            "<p>a<span style='transform:scale(0)'>密</span>b</p>",
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
            "<p style='visibility:hidden'>x<span style='visibility:visible'>密</span></p>",
            "<p style='position:relative;left:-10px'>密</p>",
            "<p style='margin-left:-2em;text-indent:2em'>密</p>",
            "<p aria-hidden=true>密</p>",
            "<p style='height:0'>密</p>",
            "<div class='d-none d-md-block'>密</div>",
            "<p style='color:#333;background:#eee'>密</p>",
            "<style>.t > .n{display:none}</style><div class=t><p><span class=n>密</span></p></div>",
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
