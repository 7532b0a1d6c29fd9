//! Formulas of Office (OMML) as a line of text: joined, the letters of one half would be the number 12.

use super::xml::{attribute, entity};
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// Follows the events of a document and gathers the formula that is open.
#[derive(Default)]
pub struct Math {
    open: Vec<Frame>,
}

#[derive(Default)]
struct Frame {
    name: String,
    text: String,
    parts: Vec<(String, String)>,
    props: BTreeMap<String, String>,
}

/// What an event was.
pub enum Step {
    /// No part of a formula.
    Outside,
    /// A part of one.
    Inside,
    /// The end of one: its text.
    Ended(String),
}

/// Elements whose parts are put together in a way of their own.
static SHAPES: &[&str] =
    &["f", "sSup", "sSub", "sSubSup", "sPre", "rad", "nary", "d", "func", "limLow", "limUpp", "m", "mr", "eqArr", "acc", "bar", "groupChr"];
/// Elements that say how such a one looks.
static PROPS: &[&str] = &["begChr", "endChr", "sepChr", "chr", "type", "degHide", "pos"];

impl Math {
    /// Takes an event.
    pub fn step(&mut self, e: &Event<'_>) -> Step {
        match e {
            Event::Start(s) => {
                let name = s.local_name().as_ref().to_string();
                if self.open.is_empty() && name != "oMath" {
                    return Step::Outside;
                }
                if PROPS.contains(&&*name)
                    && let Some(above) = self.open.last_mut()
                {
                    above.props.insert(name.clone(), attribute(s, "val").unwrap_or_default());
                }
                self.open.push(Frame { name, ..Frame::default() });
                Step::Inside
            }
            Event::End(_) => {
                let Some(mut frame) = self.open.pop() else { return Step::Outside };
                let text = if SHAPES.contains(&&*frame.name) { shaped(&frame) } else { std::mem::take(&mut frame.text) };
                let Some(above) = self.open.last_mut() else { return Step::Ended(text.trim().to_string()) };
                if frame.name.ends_with("Pr") {
                    above.props.extend(frame.props);
                } else if SHAPES.contains(&&*above.name) {
                    above.parts.push((frame.name, text));
                } else {
                    above.text.push_str(&text);
                }
                Step::Inside
            }
            Event::Text(t) => match self.open.last_mut() {
                Some(f) if f.name == "t" => {
                    f.text.push_str(&t.xml10_content());
                    Step::Inside
                }
                Some(_) => Step::Inside,
                None => Step::Outside,
            },
            Event::GeneralRef(r) => match self.open.last_mut() {
                Some(f) if f.name == "t" => {
                    f.text.push(entity(r));
                    Step::Inside
                }
                Some(_) => Step::Inside,
                None => Step::Outside,
            },
            _ if self.open.is_empty() => Step::Outside,
            _ => Step::Inside,
        }
    }
}

/// What has more than one sign stands in brackets, so that it is still one.
pub fn one(text: &str) -> String {
    let text = text.trim();
    let single = text.chars().count() <= 1 || text.chars().all(|c| c.is_ascii_digit() || c == '.') || text.chars().all(char::is_alphabetic);
    if single { text.to_string() } else { format!("({text})") }
}

fn shaped(f: &Frame) -> String {
    let part = |n: &str| f.parts.iter().find(|(k, _)| k == n).map_or("", |(_, t)| t.as_str());
    let all = |n: &str| f.parts.iter().filter(|(k, _)| k == n).map(|(_, t)| t.trim()).collect::<Vec<_>>();
    let prop = |n: &str, usual: &str| f.props.get(n).cloned().unwrap_or_else(|| usual.to_string());
    let mark = |sign: &str, n: &str| if part(n).trim().is_empty() { String::new() } else { format!("{sign}{}", one(part(n))) };
    match &*f.name {
        "f" if prop("type", "bar") == "noBar" => format!("({} | {})", part("num").trim(), part("den").trim()),
        "f" => format!("{}/{}", one(part("num")), one(part("den"))),
        "sSup" => format!("{}{}", one(part("e")), mark("^", "sup")),
        "sSub" => format!("{}{}", one(part("e")), mark("_", "sub")),
        "sSubSup" => format!("{}{}{}", one(part("e")), mark("_", "sub"), mark("^", "sup")),
        "sPre" => format!("{}{} {}", mark("_", "sub"), mark("^", "sup"), part("e")),
        "rad" => format!("{}√({})", if part("deg").trim().is_empty() { String::new() } else { one(part("deg")) }, part("e")),
        "nary" => format!("{}{}{} {}", prop("chr", "∫"), mark("_", "sub"), mark("^", "sup"), part("e")),
        "d" => format!("{}{}{}", prop("begChr", "("), all("e").join(&prop("sepChr", "|")), prop("endChr", ")")),
        "func" => format!("{} {}", part("fName").trim(), one(part("e"))),
        "limLow" => format!("{}{}", part("e"), mark("_", "lim")),
        "limUpp" => format!("{}{}", part("e"), mark("^", "lim")),
        "m" => format!("[{}]", all("mr").join("; ")),
        "mr" => all("e").join(", "),
        "eqArr" => all("e").join("; "),
        "acc" => format!("{}{}", one(part("e")), prop("chr", "\u{302}")),
        "bar" => format!("{}\u{305}", one(part("e"))),
        _ => part("e").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::attachment::xml::each;

    fn of(inner: &str) -> String {
        let (mut m, mut out) = (Math::default(), String::new());
        let _ = each(&format!("<p><m:oMath>{inner}</m:oMath></p>"), |e| {
            if let Step::Ended(t) = m.step(e) {
                out.push_str(&t);
            }
        });
        out
    }

    #[test]
    fn formulas_stay_what_they_are() {
        let r = |t: &str| format!("<m:r><m:rPr><m:sty m:val='p'/></m:rPr><m:t>{t}</m:t></m:r>");
        let half = format!("<m:f><m:fPr><m:type m:val='bar'/></m:fPr><m:num>{}</m:num><m:den>{}</m:den></m:f>", r("1"), r("2"));
        assert_eq!(of(&half), "1/2");
        assert_eq!(of(&format!("<m:f><m:num>{}</m:num><m:den>{half}</m:den></m:f>", r("a+b"))), "(a+b)/(1/2)");
        assert_eq!(of(&format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", r("x"), r("2"))), "x^2");
        assert_eq!(of(&format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", r("10"), r("-3"))), "10^(-3)");
        assert_eq!(of(&format!("<m:sSub><m:e>{}</m:e><m:sub>{}</m:sub></m:sSub>", r("a"), r("12"))), "a_12");
        assert_eq!(of(&format!("<m:rad><m:deg/><m:e>{}</m:e></m:rad>", r("2"))), "√(2)");
        assert_eq!(
            of(&format!("<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup><m:e>{}</m:e></m:nary>", r("i=1"), r("n"), r("i"))),
            "∑_(i=1)^n i"
        );
        assert_eq!(of(&format!("<m:d><m:dPr><m:begChr m:val='['/></m:dPr><m:e>{}</m:e></m:d>", r("a&lt;b"))), "[a<b)");
        assert_eq!(of(&format!("{}{half}", r("y="))), "y=1/2");
    }
}
