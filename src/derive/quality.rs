//! Quality of datasets, from the bytes: four dimensions with published formulas, and beside them three rubrics known
//! elsewhere. Every criterion carries its evidence, and where it is not met, what would raise it.
//!
//! Completeness, accuracy, timeliness and understandability are the dimensions of the founding documents
//! (domain-rules OD-11). Each is the share of its criteria that are met, weighted as given here; the whole is their
//! mean. MQA (data.europa.eu, 405 points), udata (n of 9) and the five stars follow their own texts.
//!
//! No figure rises by hiding. Where there is nothing to count there are no points; what is counted in files is that of
//! the best file, so that taking one away never helps; what is not open to all gives nothing that open data would not;
//! a fact that is taken out never leaves more points than it had, and a column that is masked counts for no more than in clear. Few cells are little evidence: shares of cells count
//! `FEW` more, shares of columns are weighed by that, and a declared column that is not in the file counts against it.
//! A frequency without a period gives nothing that a kept promise would have to earn.

use crate::catalog::{self, Distribution};
use crate::load::table::Table;
use crate::load::table::bytes::Format;
use crate::load::table::layout::made_up;
use crate::load::table::profile::{Kind, Profile};
use crate::load::table::value::{Class, classify};
use crate::model::{Dataset, Fresh, Item, Public};
use crate::tables::Read;
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
    let one = |(item, t): (&'_ Arc<Item>, &'_ Vec<Option<Arc<Read>>>)| {
        let record = catalog::Dataset::of(public, item, t)?;
        Some(quality(item, item.dataset()?, &record, t, public))
    };
    public.items.iter().zip(tables).map(one).collect()
}

fn yes(key: &'static str, weight: f64, met: bool) -> Criterion {
    part(key, weight, f64::from(u8::from(met)), String::new(), String::new())
}

fn part(key: &'static str, weight: f64, share: f64, n: String, of: String) -> Criterion {
    Criterion { key, weight, points: weight * share.clamp(0.0, 1.0), found: (n, of) }
}

/// A share of a count; nothing where there is nothing to count.
fn share(key: &'static str, weight: f64, (n, of): (u64, u64)) -> Criterion {
    part(key, weight, n as f64 / of.max(1) as f64, n.to_string(), of.to_string())
}

/// Cells that are added to those there are before a share is taken, so that fewer rows or columns do not raise it; few
/// enough that a small table without a fault keeps most of its points (25 cells: five in six).
const FEW: u64 = 5;

/// What was counted in a file: how many of how many, and in how many cells.
type Count = (u64, u64, u64);

/// A share counted in the best of the files, weighed by how many cells there are to show it.
fn shown(key: &'static str, weight: f64, counts: impl Iterator<Item = Count>) -> Criterion {
    let weighed = |(n, of, cells): Count| n as f64 / of.max(1) as f64 * (cells as f64 / (cells + FEW) as f64);
    let c = counts.filter(|(_, of, _)| *of > 0).max_by(|a, b| weighed(*a).total_cmp(&weighed(*b)).then(a.1.cmp(&b.1))).unwrap_or_default();
    part(key, weight, weighed(c), c.0.to_string(), c.1.to_string())
}

/// Whether data are as new as they promise, and the points for it. A day of issue alone tells of no update: else taking
/// out an old `modified` would make data new.
fn timely(item: &Item, d: &Dataset, as_of: Date) -> (Fresh, Criterion) {
    let versions = d.resources.iter().flat_map(|r| r.versions.iter().filter_map(|v| v.issued)).max();
    let told = d.modified.max(versions);
    let day = match &d.changed {
        Some(c) if !c.first => Some(c.day),
        Some(c) => told.map(|t| t.min(c.day)),
        None => told,
    };
    let empty = String::new;
    match (Fresh::of(d.frequency, day, as_of), item.fresh(as_of)) {
        // Late by its day of issue: not a point, and said.
        (Fresh::Unknown, Fresh::Overdue { age, period }) => (Fresh::Overdue { age, period }, part("overdue", 60.0, 0.0, (age - period).to_string(), empty())),
        (Fresh::Unknown, _) => (Fresh::Unknown, part("undated", 60.0, 0.0, empty(), empty())),
        // Half of it is lost with the first period beyond the promise, the rest with the second.
        (Fresh::Overdue { age, period }, _) => {
            let left = 1.0 - (age - period) as f64 / (2 * period) as f64;
            (Fresh::Overdue { age, period }, part("overdue", 60.0, left, (age - period).to_string(), empty()))
        }
        // No promise is none that was kept.
        (Fresh::Unbound, _) => (Fresh::Unbound, part("unbound", 60.0, 0.0, empty(), empty())),
        (fresh, _) => (fresh, part("fresh", 60.0, 1.0, empty(), empty())),
    }
}

fn quality(item: &Item, d: &Dataset, r: &catalog::Dataset<'_>, read: &[Option<Arc<Read>>], public: &Public) -> Quality {
    let as_of = public.as_of;
    let files: Vec<&Arc<Read>> = read.iter().flatten().collect();
    let tables: Vec<(&Table, usize)> = read.iter().enumerate().filter_map(|(i, r)| Some((r.as_ref()?.table()?, i))).collect();
    let text = item.best(0);
    let described = text.doc.body().trim().chars().count().max(text.summary.as_ref().map_or(0, |s| s.chars().count()));
    let (fresh, on_time) = timely(item, d, as_of);
    let cells = |t: &Table| t.columns.iter().map(|c| c.rows).sum::<u64>();
    let of_cells = |f: &dyn Fn(&Table) -> u64| tables.iter().map(|(t, _)| (f(t), cells(t), cells(t))).collect::<Vec<_>>();
    // Of the columns of the file and those declared that are not in it.
    let of_columns = |met: &dyn Fn(&Table, usize, usize) -> bool| {
        let one = |(t, i): &(&Table, usize)| {
            let lacking = d.resources[*i].fields.iter().filter(|f| !t.names.contains(&f.name)).count();
            let n = (0..t.names.len()).filter(|c| met(t, *i, *c)).count();
            (n as u64, (t.names.len() + lacking) as u64, cells(t))
        };
        tables.iter().map(one).collect::<Vec<_>>()
    };
    // A text that is no more than a sign for nothing (`-`, `…`, 无) is published as it stands, and earns no more than an empty cell.
    let nothing = |v: &str| v == "无" || v == "無" || classify(v).0 == Class::Mark;
    let signs = |c: &Profile| if c.kind == Kind::String { c.top.iter().filter(|(v, _)| nothing(v)).map(|(_, n)| n).sum() } else { 0 };
    let empty = |t: &Table| t.columns.iter().map(|c| (c.nulls + signs(c)).min(c.rows)).sum::<u64>();
    let field = |t: &Table, i: usize, c: usize| d.resources[i].fields.iter().find(|f| f.name == t.names[c]);
    let filled = |t: &Table, c: usize| t.columns[c].kind != Kind::Empty;
    // What a mask hides may be numbers without a unit, or values of a wrong type: only where letters of the values are left in sight
    // is it text, of which none of these is asked.
    let letters = |t: &Table, c: usize| {
        let first = t.preview.iter().filter_map(|r| r.get(c)).map(String::as_str);
        t.columns[c].top.iter().map(|(v, _)| v.as_str()).chain(first).any(|v| v.contains(char::is_alphabetic))
    };
    let veils: Vec<Vec<bool>> = read
        .iter()
        .enumerate()
        .map(|(i, r)| {
            let Some(t) = r.as_ref().and_then(|r| r.table()).filter(|_| !d.resources[i].settings.masks.is_empty()) else { return Vec::new() };
            t.masked(&d.resources[i].settings).iter().enumerate().map(|(c, m)| *m && !letters(t, c)).collect()
        })
        .collect();
    let veiled = |i: usize, c: usize| veils[i].get(c).is_some_and(|v| *v);
    // What is declared to be no value, and is no common sign for it, is no evidence for the type of the others.
    let own = |i: usize, name: &str| {
        let s = &d.resources[i].settings;
        let of_field = s.customs.iter().filter(|(n, _)| n == name).filter_map(|(_, c)| c.missing.as_ref()).flatten();
        s.missing.iter().chain(of_field).any(|m| !m.is_empty() && classify(m).0 != Class::Mark)
    };
    let excused = |t: &Table, i: usize, c: usize| t.columns[c].nulls > t.columns[c].marks && own(i, &t.names[c]);
    let agrees = |t: &Table, i: usize, c: usize| {
        filled(t, c) && !veiled(i, c) && !excused(t, i, c) && field(t, i, c).and_then(|f| f.kind.as_deref()).is_some_and(|k| t.columns[c].kind.agrees(k))
    };
    let told = |t: &Table, i: usize, c: usize| field(t, i, c).is_some_and(|f| !f.title.is_empty() || !f.description.is_empty());
    let unit = |t: &Table, i: usize, c: usize| {
        let figures = matches!(t.columns[c].kind, Kind::Integer | Kind::Number) || veiled(i, c);
        filled(t, c) && (!figures || !d.resources[i].unit(t, c).is_empty())
    };
    let all = files.len() as u64;
    let doubts = |codes: &[&str]| files.iter().filter(|r| r.file.doubts.iter().any(|x| codes.contains(&x.code))).count() as u64;
    // How many are sound is told; one is enough, else leaving out the others would help.
    let one = |key, weight, n: u64| part(key, weight, f64::from(u8::from(n > 0)), n.to_string(), all.to_string());
    let sound = all - doubts(&["TAB001", "TAB003", "TAB005", "TAB006", "TAB010", "TAB013"]);
    let meta = [
        ("publisher", !r.publishers.is_empty()),
        ("license", r.licence.is_some()),
        ("frequency", r.frequency.is_some()),
        ("access", r.says_open()),
        ("themes", !r.themes.is_empty()),
        ("keywords", !r.keywords.is_empty()),
        ("temporal", r.temporal.is_some()),
        ("spatial", !r.spatial.is_empty()),
        ("contact", r.contact.told),
        ("description", described > 0),
    ];
    let given = meta.iter().filter(|(_, m)| *m).count() as u64;
    let typed: Vec<Count> = tables
        .iter()
        .map(|(t, i)| {
            let odd = |c: usize| {
                if veiled(*i, c) { t.columns[c].rows - (t.columns[c].nulls + signs(&t.columns[c])).min(t.columns[c].rows) } else { t.columns[c].odd }
            };
            let odd: u64 = (0..t.columns.len()).map(odd).sum();
            ((cells(t) - empty(t)).saturating_sub(odd), cells(t), cells(t))
        })
        .collect();
    let completeness = Score {
        key: "completeness",
        criteria: vec![
            share("metadata", 40.0, (given, meta.len() as u64)),
            shown("cells", 40.0, of_cells(&|t| cells(t) - empty(t)).into_iter()),
            yes("files", 20.0, !files.is_empty() || (r.open && r.distributions.iter().any(|x| x.elsewhere.is_some()))),
        ],
    };
    let accuracy = Score {
        key: "accuracy",
        criteria: vec![
            shown("types", 40.0, typed.into_iter()),
            one("sound", 30.0, sound),
            one("format", 10.0, all - doubts(&["TAB002"])),
            shown("agrees", 20.0, of_columns(&agrees).into_iter()),
        ],
    };
    let timeliness = Score {
        key: "timeliness",
        criteria: vec![on_time, yes("dated", 20.0, r.updated.is_some() || r.issued.is_some()), yes("promised", 20.0, r.frequency.is_some())],
    };
    let understandability = Score {
        key: "understandability",
        criteria: vec![
            shown("dictionary", 40.0, of_columns(&told).into_iter()),
            shown("units", 20.0, of_columns(&unit).into_iter()),
            shown("names", 20.0, of_columns(&|t, _, c| !made_up(&t.names[c])).into_iter()),
            part("text", 20.0, described as f64 / 100.0, described.min(100).to_string(), "100".into()),
        ],
    };
    Quality {
        dimensions: [completeness, accuracy, timeliness, understandability],
        mqa: mqa(r, public.dcat),
        udata: udata(r, described, &fresh),
        stars: stars(r),
        fresh,
    }
}

/// Five stars of open data: 1 on the web under an open licence, 2 structured, 3 in an open format, 4 with an address for
/// each thing, 5 linked to other data. The fourth and fifth are not given: files name no address for each of their rows,
/// and rows found by a key are parts of a file.
fn stars(d: &catalog::Dataset<'_>) -> Score {
    let licence = d.licence.is_some_and(|l| l.open()) && d.open;
    let tables = |x: &Distribution<'_>| x.read.is_some_and(|r| !r.file.tables.is_empty());
    let structured = licence && d.distributions.iter().any(|x| x.format().is_some_and(Format::machine_readable) || tables(x));
    let open = structured && formats(d).any(Format::open);
    let levels = [("star_licence", licence), ("star_structured", structured), ("star_open", open), ("star_addresses", false), ("star_linked", false)];
    Score { key: "stars", criteria: levels.into_iter().map(|(k, met)| yes(k, 1.0, met)).collect() }
}

/// Formats of its files, by their bytes.
fn formats<'a>(d: &'a catalog::Dataset<'_>) -> impl Iterator<Item = Format> + 'a {
    d.distributions.iter().filter_map(Distribution::format)
}

/// Metadata Quality Assessment of data.europa.eu, 405 points. What asks whether an address answers is met by files of
/// this site, which the build has made; addresses elsewhere are not asked during a build and give nothing.
fn mqa(d: &catalog::Dataset<'_>, dcat: bool) -> Score {
    let own = formats(d).next().is_some();
    let known = formats(d).any(|f| !matches!(f.name(), "?" | ""));
    Score {
        key: "mqa",
        criteria: vec![
            yes("keywords", 30.0, !d.keywords.is_empty()),
            yes("themes", 30.0, !d.themes.is_empty()),
            yes("spatial", 20.0, !d.spatial.is_empty()),
            yes("temporal", 20.0, d.temporal.is_some()),
            yes("access_url", 50.0, own),
            yes("download_url", 20.0, own),
            yes("download_works", 30.0, own),
            yes("file_format", 20.0, known),
            yes("media_type", 10.0, known),
            yes("vocabulary", 10.0, known),
            yes("non_proprietary", 20.0, formats(d).any(Format::open)),
            yes("machine_readable", 20.0, formats(d).any(Format::machine_readable)),
            // What is written is valid, whatever is told: the outside validators hold it.
            yes("dcat_ap", 30.0, dcat),
            yes("license", 20.0, d.licence.is_some()),
            yes("license_known", 10.0, d.licence.is_some_and(|l| l.listed())),
            yes("access", 10.0, d.says_open()),
            yes("access_known", 5.0, d.says_open()),
            yes("contact", 20.0, d.contact.told),
            yes("publisher", 10.0, !d.publishers.is_empty()),
            yes("rights", 5.0, d.licence.is_some() || (d.open && !d.access_note.is_empty())),
            yes("size", 5.0, own),
            yes("issued", 5.0, d.issued.is_some()),
            yes("modified", 5.0, d.modified.is_some()),
        ],
    }
}

/// The nine criteria of udata (`compute_quality`).
fn udata(d: &catalog::Dataset<'_>, described: usize, fresh: &Fresh) -> Score {
    // One is enough: what asks for all would be met by leaving out the others.
    // A mask alone tells nothing of a column.
    let tells = |f: &crate::model::FieldInfo| !f.title.is_empty() || !f.description.is_empty() || f.unit.is_some() || f.kind.is_some();
    let documented = d.open && d.distributions.iter().any(|x| !x.held && (!x.description.is_empty() || x.fields.iter().any(tells)));
    Score {
        key: "udata",
        criteria: vec![
            yes("license", 1.0, d.licence.is_some()),
            yes("temporal", 1.0, d.temporal.is_some()),
            yes("spatial", 1.0, !d.spatial.is_empty()),
            yes("promised", 1.0, d.frequency.is_some()),
            yes("in_time", 1.0, matches!(fresh, Fresh::Current { .. })),
            yes("long_text", 1.0, described > 100),
            yes("open_format", 1.0, formats(d).any(Format::open)),
            yes("available", 1.0, formats(d).next().is_some()),
            yes("documented", 1.0, documented),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rubrics_have_the_points_that_their_texts_give() {
        assert_eq!(stars(&catalog::Dataset::default()).points(), 0.0);
        let licence = Some(catalog::Licence { name: "CC0-1.0", url: None });
        let free = catalog::Dataset { licence, open: true, ..catalog::Dataset::default() };
        assert_eq!((stars(&free).points(), stars(&free).of()), (1.0, 5.0));
        let s = Score { key: "x", criteria: vec![share("a", 40.0, (1, 4)), yes("b", 60.0, true), share("c", 10.0, (0, 0))] };
        assert_eq!((s.points(), s.of()), (70.0, 110.0));
        let of = |counts: &[Count]| shown("x", 40.0, counts.iter().copied());
        assert_eq!((of(&[(1, 2, 15), (3, 4, 15), (0, 0, 0)]).points, of(&[]).points), (22.5, 0.0));
        assert_eq!(of(&[(1, 1, 15)]).points, 30.0);
    }
}
