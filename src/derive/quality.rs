//! Quality of datasets, from the bytes: four dimensions with published formulas, and beside them three rubrics known
//! elsewhere. Every criterion carries its evidence, and where it is not met, what would raise it.
//!
//! Completeness, accuracy, timeliness and understandability are the dimensions of the founding documents
//! (domain-rules OD-11). Each is the share of its criteria that are met, weighted as given here; the whole is their
//! mean. MQA (data.europa.eu, 405 points), udata (n of 9) and the five stars follow their own texts.

use crate::load::table::Table;
use crate::load::table::layout::made_up;
use crate::model::{Dataset, Fresh, Item, Public, Read, vocab};
use jiff::civil::Date;
use std::sync::Arc;

/// One criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Key of its messages: `quality.<key>`, and `quality.<key>.raise` for what would raise it.
    pub key: &'static str,
    /// Points it gives at most.
    pub weight: f64,
    /// Points it gives.
    pub points: f64,
    /// What was found, in numbers: goes into the message as `{n}` and `{of}`.
    pub found: (String, String),
}

/// A dimension or a rubric.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// `completeness`, `accuracy`, `timeliness`, `understandability`, `mqa`, `udata`.
    pub key: &'static str,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
}

impl Score {
    /// Points reached.
    pub fn points(&self) -> f64 {
        self.criteria.iter().map(|c| c.points).sum()
    }

    /// Points there are.
    pub fn of(&self) -> f64 {
        self.criteria.iter().map(|c| c.weight).sum()
    }

    /// Points of a hundred.
    pub fn percent(&self) -> f64 {
        100.0 * self.points() / self.of().max(1e-9)
    }
}

/// The quality of one dataset.
#[derive(Debug, Clone)]
pub struct Quality {
    /// The four dimensions.
    pub dimensions: [Score; 4],
    /// MQA, 405 points.
    pub mqa: Score,
    /// udata, 9 points.
    pub udata: Score,
    /// Stars, each a point: 0 to 3, since files alone reach no more.
    pub stars: Score,
    /// Timeliness.
    pub fresh: Fresh,
}

impl Quality {
    /// The mean of the four dimensions, 0 to 100, rounded down to a tenth.
    pub fn total(&self) -> f64 {
        (self.dimensions.iter().map(Score::percent).sum::<f64>() / 4.0 * 10.0 + 1e-9).floor() / 10.0
    }
}

/// The quality of every dataset; `None` for other items.
pub fn all(public: &Public, tables: &[Vec<Option<Arc<Read>>>]) -> Vec<Option<Quality>> {
    public.items.iter().zip(tables).map(|(item, t)| item.dataset().map(|d| quality(item, d, t, public.as_of))).collect()
}

fn yes(key: &'static str, weight: f64, met: bool) -> Criterion {
    part(key, weight, f64::from(u8::from(met)), String::new(), String::new())
}

fn part(key: &'static str, weight: f64, share: f64, n: String, of: String) -> Criterion {
    Criterion { key, weight, points: weight * share.clamp(0.0, 1.0), found: (n, of) }
}

/// A share of a count; everything where there is nothing to count.
fn share(key: &'static str, weight: f64, n: u64, of: u64) -> Criterion {
    let s = if of == 0 { 1.0 } else { n as f64 / of as f64 };
    part(key, weight, s, n.to_string(), of.to_string())
}

fn quality(item: &Item, d: &Dataset, read: &[Option<Arc<Read>>], as_of: Date) -> Quality {
    let files: Vec<&Arc<Read>> = read.iter().flatten().collect();
    let tables: Vec<(&Table, usize)> = read.iter().enumerate().filter_map(|(i, r)| Some((r.as_ref()?.table()?, i))).collect();
    let text = item.best(0);
    let described = text.doc.body().trim().chars().count().max(text.summary.as_ref().map_or(0, |s| s.chars().count()));
    let fresh = item.fresh(as_of);
    let sum = |f: &dyn Fn(&Table) -> u64| tables.iter().map(|(t, _)| f(t)).sum::<u64>();
    let cells = sum(&|t| t.columns.iter().map(|c| c.rows).sum());
    let empty = sum(&|t| t.columns.iter().map(|c| c.nulls).sum());
    let odd = sum(&|t| t.columns.iter().map(|c| c.odd).sum());
    let columns = sum(&|t| t.names.len() as u64);
    let field = |t: &Table, i: usize, met: &dyn Fn(&crate::model::FieldInfo) -> bool| {
        t.names.iter().filter(|n| d.resources[i].fields.iter().any(|f| f.name == **n && met(f))).count() as u64
    };
    let told: u64 = tables.iter().map(|(t, i)| field(t, *i, &|f| !f.title.is_empty() || !f.description.is_empty())).sum();
    let numbers: u64 = sum(&|t| t.columns.iter().filter(|c| c.mean.is_some()).count() as u64);
    let units: u64 =
        tables.iter().map(|(t, i)| (0..t.names.len()).filter(|c| t.columns[*c].mean.is_some() && !d.resources[*i].unit(t, *c).is_empty()).count() as u64).sum();
    let told_fields: u64 = d.resources.iter().map(|r| r.fields.len() as u64).sum();
    let right_fields: u64 = tables
        .iter()
        .map(|(t, i)| {
            d.resources[*i]
                .fields
                .iter()
                .filter(|f| t.names.iter().position(|n| *n == f.name).is_some_and(|c| f.kind.as_deref().is_none_or(|k| t.columns[c].kind.agrees(k))))
                .count() as u64
        })
        .sum();
    let doubts = |codes: &[&str]| files.iter().filter(|r| r.file.doubts.iter().any(|x| codes.contains(&x.code))).count() as u64;
    let sound = files.len() as u64 - doubts(&["TAB001", "TAB003", "TAB005", "TAB006", "TAB010", "TAB013"]);
    let named = columns - tables.iter().map(|(t, _)| t.names.iter().filter(|n| made_up(n)).count() as u64).sum::<u64>();
    let meta = [
        ("publisher", !item.issuers.is_empty()),
        ("license", d.license.is_some()),
        ("frequency", d.frequency.is_some()),
        ("access", d.access.is_some()),
        ("themes", !item.themes.is_empty()),
        ("keywords", !item.keywords.is_empty()),
        ("temporal", d.temporal.is_some()),
        ("spatial", !d.spatial.is_empty()),
        ("contact", d.has_contact()),
        ("description", described > 0),
    ];
    let filled = meta.iter().filter(|(_, m)| *m).count() as u64;
    let completeness = Score {
        key: "completeness",
        criteria: vec![
            share("metadata", 40.0, filled, meta.len() as u64),
            share("cells", 40.0, cells - empty.min(cells), cells),
            yes("files", 20.0, !files.is_empty() || d.resources.iter().any(|r| r.url.is_some())),
        ],
    };
    let accuracy = Score {
        key: "accuracy",
        criteria: vec![
            share("types", 40.0, cells - odd.min(cells), cells),
            share("sound", 30.0, sound, files.len() as u64),
            share("format", 10.0, files.len() as u64 - doubts(&["TAB002"]), files.len() as u64),
            share("agrees", 20.0, right_fields, told_fields),
        ],
    };
    let on_time = match fresh {
        Fresh::Current { .. } | Fresh::Unbound => part("fresh", 60.0, 1.0, String::new(), String::new()),
        // Half of it is lost with the first period beyond the promise, the rest with the second.
        Fresh::Overdue { age, period } => part("overdue", 60.0, 1.0 - (age - period) as f64 / (2 * period) as f64, (age - period).to_string(), String::new()),
        Fresh::Unknown => part("undated", 60.0, 0.0, String::new(), String::new()),
    };
    let timeliness =
        Score { key: "timeliness", criteria: vec![on_time, yes("dated", 20.0, item.data_day().is_some()), yes("promised", 20.0, d.frequency.is_some())] };
    let understandability = Score {
        key: "understandability",
        criteria: vec![
            share("dictionary", 40.0, told, columns),
            share("units", 20.0, units, numbers),
            share("names", 20.0, named, columns),
            part("text", 20.0, described as f64 / 100.0, described.min(100).to_string(), "100".into()),
        ],
    };
    let stars = stars(d, &files);
    Quality {
        dimensions: [completeness, accuracy, timeliness, understandability],
        mqa: mqa(item, d, &files),
        udata: udata(d, &files, described, &fresh),
        stars,
        fresh,
    }
}

/// Five stars of open data: 1 on the web under an open licence, 2 structured, 3 in an open format, 4 with an address for
/// each thing, 5 linked to other data. The fourth and fifth are not given: files name no address for each of their rows,
/// and rows found by a key are parts of a file.
fn stars(d: &Dataset, files: &[&Arc<Read>]) -> Score {
    let licence = open_licence(d) && d.open();
    let structured = licence && files.iter().any(|f| f.file.format.machine_readable() || !f.file.tables.is_empty());
    let open = structured && files.iter().any(|f| f.file.format.open());
    let levels = [("star_licence", licence), ("star_structured", structured), ("star_open", open), ("star_addresses", false), ("star_linked", false)];
    Score { key: "stars", criteria: levels.into_iter().map(|(k, met)| yes(k, 1.0, met)).collect() }
}

fn open_licence(d: &Dataset) -> bool {
    d.license.as_ref().is_some_and(|(name, _)| vocab::license_kind(name) != "own")
}

/// Metadata Quality Assessment of data.europa.eu, 405 points. What asks whether an address answers is met by files of
/// this site, which the build has made; addresses elsewhere are not asked during a build and give nothing.
fn mqa(item: &Item, d: &Dataset, files: &[&Arc<Read>]) -> Score {
    let own = !files.is_empty();
    let best = |f: &dyn Fn(&Read) -> bool| files.iter().any(|r| f(r));
    let known = |r: &Read| !matches!(r.file.format.name(), "?" | "");
    let in_list = d.license.as_ref().is_some_and(|(n, _)| vocab::LICENSES.iter().any(|(l, _)| l.eq_ignore_ascii_case(n)));
    let mandatory = !item.editions[0].title.is_empty() && own;
    Score {
        key: "mqa",
        criteria: vec![
            yes("keywords", 30.0, !item.keywords.is_empty()),
            yes("themes", 30.0, !item.themes.is_empty()),
            yes("spatial", 20.0, !d.spatial.is_empty()),
            yes("temporal", 20.0, d.temporal.is_some()),
            yes("access_url", 50.0, own),
            yes("download_url", 20.0, own),
            yes("download_works", 30.0, own),
            yes("format", 20.0, best(&known)),
            yes("media_type", 10.0, best(&known)),
            yes("vocabulary", 10.0, best(&known)),
            yes("non_proprietary", 20.0, best(&|r| r.file.format.open())),
            yes("machine_readable", 20.0, best(&|r| r.file.format.machine_readable())),
            yes("dcat_ap", 30.0, mandatory),
            yes("license", 20.0, d.license.is_some()),
            yes("license_known", 10.0, in_list),
            yes("access", 10.0, d.access.is_some()),
            yes("access_known", 5.0, d.access.is_some()),
            yes("contact", 20.0, d.has_contact()),
            yes("publisher", 10.0, !item.issuers.is_empty()),
            yes("rights", 5.0, d.license.is_some() || !d.access_note.is_empty()),
            yes("size", 5.0, own),
            yes("issued", 5.0, item.published.is_some()),
            yes("modified", 5.0, d.modified.is_some()),
        ],
    }
}

/// The nine criteria of udata (`compute_quality`).
fn udata(d: &Dataset, files: &[&Arc<Read>], described: usize, fresh: &Fresh) -> Score {
    let documented = !d.resources.is_empty() && d.resources.iter().all(|r| !r.description.is_empty() || !r.fields.is_empty());
    let there = !d.resources.is_empty() && d.resources.iter().all(|r| r.file.is_some()) && !files.is_empty();
    Score {
        key: "udata",
        criteria: vec![
            yes("license", 1.0, d.license.is_some()),
            yes("temporal", 1.0, d.temporal.is_some()),
            yes("spatial", 1.0, !d.spatial.is_empty()),
            yes("promised", 1.0, d.frequency.is_some()),
            yes("in_time", 1.0, matches!(fresh, Fresh::Current { .. } | Fresh::Unbound)),
            yes("long_text", 1.0, described > 100),
            yes("open_format", 1.0, files.iter().any(|f| f.file.format.open())),
            yes("available", 1.0, there),
            yes("documented", 1.0, documented),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rubrics_have_the_points_that_their_texts_give() {
        let files: Vec<&Arc<Read>> = Vec::new();
        assert_eq!(stars(&Dataset::default(), &files).points(), 0.0);
        let free = Dataset { license: Some(("CC0-1.0".into(), None)), ..Dataset::default() };
        assert_eq!((stars(&free, &files).points(), stars(&free, &files).of()), (1.0, 5.0));
        let s = Score { key: "x", criteria: vec![share("a", 40.0, 1, 4), yes("b", 60.0, true), share("c", 10.0, 0, 0)] };
        assert_eq!((s.points(), s.of()), (80.0, 110.0));
    }
}
