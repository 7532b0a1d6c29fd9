//! Reports of effect: which period, which parts, what is written to them. No figure stands in them.

use super::File;
use crate::config::{Config, Localized};
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::{Fields, Sources};
use crate::model::vocabularies::say_text;
use crate::schema::effect::{self as eff, PARTS, part};
use jiff::civil::Date;

/// The folder of the reports, below a content folder.
pub const FOLDER: &str = "reports/effect/";

/// A report.
#[derive(Debug, Clone)]
pub struct Effect {
    /// The file.
    pub file: File,
    /// `2026-q3`, part of its address.
    pub name: String,
    /// First and last day of the period.
    pub period: (Date, Date),
    /// Its title, where it has one of its own.
    pub title: Localized,
    /// When it was published; before that day, and without one, it is not public.
    pub published: Option<Date>,
    /// It is not settled yet.
    pub draft: bool,
    /// Stands first.
    pub summary: Localized,
    /// Codes of [`PARTS`] with their texts; empty for all that have figures.
    pub parts: Vec<(&'static str, Localized)>,
    /// Stands last.
    pub next: Localized,
}

impl Effect {
    /// The day from which it is public.
    pub fn out(&self) -> Option<Date> {
        self.published.filter(|_| !self.draft)
    }
}

/// The period that a name tells: `2026`, `2026-h1`, `2026-q3`, `2026-09`.
pub fn period(name: &str) -> Option<(Date, Date)> {
    let (year, rest) = name.split_at_checked(4)?;
    let year: i16 = year.parse().ok().filter(|y| (2008..=2200).contains(y))?;
    let (from, months) = match rest {
        "" => (1, 12),
        _ => {
            let rest = rest.strip_prefix('-')?;
            let n = |t: &str, most: i8| t.parse::<i8>().ok().filter(|n| t.len() == 1 && (1..=most).contains(n));
            match (rest.strip_prefix(['h', 'H']), rest.strip_prefix(['q', 'Q'])) {
                (Some(h), _) => (n(h, 2)? * 6 - 5, 6),
                (_, Some(q)) => (n(q, 4)? * 3 - 2, 3),
                _ => (rest.parse::<i8>().ok().filter(|m| rest.len() == 2 && (1..=12).contains(m))?, 1),
            }
        }
    };
    Some((Date::new(year, from, 1).ok()?, Date::new(year, from + months - 1, 1).ok()?.last_of_month()))
}

/// Reads all of them.
pub(super) fn effects(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Effect> {
    let mut list: Vec<Effect> = Vec::new();
    for (key, yaml) in sources.yamls.iter() {
        let Some(name) = key.strip_prefix(FOLDER).filter(|n| *n != "_column.yaml") else { continue };
        let stem = name.rsplit_once('.').map_or(name, |(s, _)| s);
        let Some(days) = period(stem) else {
            let text = say!("文件名不是期间，未读入", "the name of the file is no period; not read");
            let d = Diagnostic::new("SRC016", Severity::Warn, text).at(Span::file(&yaml.source.path));
            let hint = say!(
                "写作 2026.yaml（全年）、2026-H1.yaml（半年）、2026-Q3.yaml（季度）或 2026-09.yaml（月）",
                "name it 2026.yaml (a year), 2026-H1.yaml (half a year), 2026-Q3.yaml (a quarter) or 2026-09.yaml (a month)"
            );
            out.push(d.hint(hint));
            continue;
        };
        let Some(node) = &yaml.node else { continue };
        let name = stem.to_ascii_lowercase();
        if let Some(other) = list.iter().find(|o| o.name == name) {
            let text = say!("与 {} 是同一期间，未读入", "is of the same period as {}; not read", other.file.path());
            let d = Diagnostic::new("SRC018", Severity::Error, text).at(Span::file(&yaml.source.path));
            out.push(d.hint(say!("只留一份", "keep one of them")));
            continue;
        }
        let mut f = Fields::new(&eff::RECORD, &yaml.source, node, &config.tz, out);
        let published = f.date(&eff::PUBLISHED_AT);
        // What is not plainly no draft is one, as in items.
        let draft = f.flag(&eff::DRAFT) != Some(false) && f.has(&eff::DRAFT);
        if !draft && f.empty(&eff::PUBLISHED_AT) {
            let text = say!("没有 `published_at`，这份报告不公布", "there is no `published_at`; the report is not published");
            let hint = say!("写公布的日子，在期间结束以后", "write the day on which it is published, after the period has ended");
            f.report(&eff::PUBLISHED_AT, Diagnostic::new("SRC010", Severity::Warn, text).hint(hint));
        }
        let title = say_text(&mut f, &eff::TITLE, config);
        let summary = say_text(&mut f, &eff::SUMMARY, config);
        let mut parts: Vec<(&'static str, Localized)> = Vec::new();
        for entry in f.entries(&eff::PARTS_FIELD) {
            let mut p = f.within(&eff::PARTS_FIELD, entry);
            let code = p.choice(&part::FIGURES, PARTS);
            let text = say_text(&mut p, &part::TEXT, config);
            if let Some(code) = code.filter(|c| parts.iter().any(|(o, _)| o == c)) {
                let text = say!("`{code}` 写了两次，只取第一次", "`{code}` is written twice; the first is taken");
                p.report(&part::FIGURES, Diagnostic::new("SRC009", Severity::Error, text).hint(say!("删去一个", "delete one")));
            } else {
                parts.extend(code.map(|c| (c, text)));
            }
            p.finish();
        }
        let next = say_text(&mut f, &eff::NEXT, config);
        f.finish();
        list.push(Effect { file: File(yaml.clone()), name, period: days, title, published, draft, summary, parts, next });
    }
    // The newest first, the longer of two that end on one day before the shorter.
    list.sort_by(|a, b| (b.period.1, a.period.0).cmp(&(a.period.1, b.period.0)));
    list
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_of_periods() {
        let of = |n: &str| super::period(n).map(|(a, b)| format!("{a} {b}"));
        assert_eq!(of("2026").as_deref(), Some("2026-01-01 2026-12-31"));
        assert_eq!(of("2026-H1").as_deref(), Some("2026-01-01 2026-06-30"));
        assert_eq!(of("2026-q4").as_deref(), Some("2026-10-01 2026-12-31"));
        assert_eq!(of("2024-02").as_deref(), Some("2024-02-01 2024-02-29"));
        for bad in ["", "26", "2026-", "2026-q5", "2026-h0", "2026-13", "2026-1", "2026-q+1", "1026", "２０２６", "2026-q33"] {
            assert_eq!(of(bad), None, "{bad}");
        }
    }
}
