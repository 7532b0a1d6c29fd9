//! `explain CODE`: what a code means, why, and how to mend it.

use crate::audit::AUDITS;
use crate::check::RULES;
use crate::config::Profile;
use crate::diag::{About, SOURCE_CODES, Severity, Tongue, source_in};

/// A code as `explain` shows it.
#[derive(Debug)]
pub struct Entry {
    /// Stable code.
    pub code: &'static str,
    /// A few words.
    pub title: &'static str,
    /// The text.
    pub explain: &'static str,
    /// What is behind it; empty for the tool's own.
    pub source: &'static str,
    /// Gravity by profile; `None` where it does not apply.
    pub severity: [Option<Severity>; 3],
    /// Others at which it is told in some cases.
    pub also: &'static [Severity],
}

impl Entry {
    /// Every gravity at which it may be told, the gravest first. What is wrong with a draft is a warning, whatever its code.
    pub fn severities(&self) -> Vec<Severity> {
        let mut all: Vec<Severity> = self.severity.iter().flatten().chain(self.also).copied().collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.dedup();
        all
    }

    /// The others in words, to stand behind those of the profiles; empty where there are none.
    pub fn others(&self, lang: Tongue) -> String {
        let more: Vec<&str> = self.also.iter().filter(|s| self.severity.iter().flatten().any(|t| t != *s)).map(|s| s.label(lang)).collect();
        match (more.is_empty(), lang) {
            (true, _) => String::new(),
            (_, Tongue::Zh) => format!("；有的情形为{}", more.join("、")),
            (_, Tongue::En) => format!("; in some cases {}", more.join(", ")),
        }
    }
}

/// All codes of a profile, by code. Rules that the profile does not have do not appear.
pub fn entries(profile: Profile, lang: Tongue) -> Vec<Entry> {
    let mut out: Vec<Entry> = SOURCE_CODES
        .iter()
        .map(|c| Entry {
            code: c.code,
            title: c.title.get(lang),
            explain: c.explain.get(lang),
            source: c.source,
            severity: [Some(c.severity); 3],
            also: c.also,
        })
        .collect();
    out.extend(RULES.iter().filter(|r| r.severity[profile.index()].is_some()).map(|r| Entry {
        code: r.code,
        title: r.title.get(lang),
        explain: r.explain.get(lang),
        source: r.source,
        severity: r.severity,
        also: crate::check::also(r.code),
    }));
    for a in AUDITS {
        let severity = a.severity;
        if severity[profile.index()].is_some() && !out.iter().any(|e| e.code == a.code) {
            let also = crate::check::also(a.code);
            out.push(Entry { code: a.code, title: a.title.get(lang), explain: a.explain.get(lang), source: a.source, severity, also });
        }
    }
    out.sort_by_key(|e| e.code);
    out
}

/// What a SARIF log says of a code, in whatever profile.
pub fn about(code: &str, lang: Tongue) -> Option<About> {
    let all = entries(Profile::CnGovStrict, lang);
    all.iter().find(|e| e.code == code).map(|e| About { title: e.title, explain: e.explain, source: e.source, severities: e.severities() })
}

/// The text of one code; `None` if the profile has no such code.
pub fn explain(code: &str, profile: Profile, lang: Tongue) -> Option<String> {
    let all = entries(profile, lang);
    let e = all.iter().find(|e| e.code.eq_ignore_ascii_case(code))?;
    let zh = lang == Tongue::Zh;
    let names = ["generic", "cn-gov", "cn-gov-strict"];
    let by: Vec<String> = names
        .iter()
        .zip(e.severity)
        .filter(|(n, _)| profile != Profile::Generic || **n == "generic")
        .map(|(n, s)| format!("{n} {}", s.map_or(if zh { "不适用" } else { "off" }, |s| s.label(lang))))
        .collect();
    let mut out = format!(
        "{}  {}\n\n{}\n\n{}{}{}\n",
        e.code,
        e.title,
        e.explain,
        if zh { "轻重：" } else { "Severity: " },
        by.join(if zh { "，" } else { ", " }),
        e.others(lang)
    );
    if !e.source.is_empty() {
        out.push_str(&format!("{}{}\n", if zh { "依据：" } else { "Source: " }, source_in(e.source, lang)));
    }
    Some(out)
}
