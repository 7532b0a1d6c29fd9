//! The working days of the site: those built in, and the years that a project adds or corrects.

use crate::calendar::{Calendar, Plan, Unknown, china};
use crate::config::Config;
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::{Fields, Node, Sources, dates};
use crate::schema::calendar as cal;
use crate::schema::{Field, words};
use jiff::civil::{Date, Weekday};

/// The folder below `content/`.
pub const FOLDER: &str = "calendar";

/// The name of the calendar that is built in.
pub const CHINA: &str = "cn";

/// True for a file of the folder.
pub(super) fn of_calendar(key: &str) -> bool {
    key.strip_prefix(FOLDER).is_some_and(|r| r.starts_with('/'))
}

/// Where a project puts a year.
pub fn path(config: &Config, year: i16) -> String {
    let content = config.content.first().map_or("content", String::as_str);
    format!("{content}/{FOLDER}/{}/{year}.yaml", config.calendar.as_deref().unwrap_or(CHINA))
}

pub(super) fn calendar(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Calendar {
    let own = config.calendar.as_deref();
    let mut plans = if own == Some(CHINA) { china() } else { Vec::new() };
    for (key, yaml) in sources.yamls.iter().filter(|(k, _)| of_calendar(k)) {
        let named = key.split('/').collect::<Vec<_>>();
        let year = match named[..] {
            [_, name, file] if Some(name) == own => file.split_once('.').and_then(|(y, _)| y.parse().ok()).filter(|y| (1900..=2999).contains(y)),
            [_, name, _] => {
                let text = say!("这是日历 `{name}` 的文件，本站没有用它，未读入", "a file of the calendar `{name}`, which this site does not use; not read");
                let hint = say!("在 site.yaml 写 calendar: {name}，或移走这个文件", "write calendar: {name} in site.yaml, or take the file away");
                out.push(Diagnostic::new("SRC016", Severity::Warn, text).at(Span::file(&yaml.source.path)).hint(hint));
                continue;
            }
            _ => None,
        };
        let Some(year) = year else {
            let text = say!("文件名不是年份，未读入", "the name of the file is no year; not read");
            let hint = say!("写作 {}", "write {}", path(config, 2027));
            out.push(Diagnostic::new("SRC016", Severity::Warn, text).at(Span::file(&yaml.source.path)).hint(hint));
            continue;
        };
        // Nothing is known of a year whose file cannot be read: rather asked for than counted by weekdays.
        let Some(node) = &yaml.node else { continue };
        let mut f = Fields::new(&cal::RECORD, &yaml.source, node, &config.tz, out);
        let _ = f.text(&cal::SOURCE);
        let mut plan = Plan { year, weekend: weekend(&mut f), days: Vec::new() };
        let mut sound = runs(&mut f, &cal::OFF, false, config, &mut plan);
        sound &= runs(&mut f, &cal::WORK, true, config, &mut plan);
        f.finish();
        if sound {
            plans.push(plan);
        }
    }
    // A name of which there is no year: nothing that counts working days is told.
    if let Some(name) = own.filter(|n| *n != CHINA && !sources.yamls.keys().any(|k| k.strip_prefix(FOLDER).is_some_and(|r| r.starts_with(&format!("/{n}/"))))) {
        let text = &config.source.text;
        let at = text.match_indices("calendar:").map(|(i, _)| i).find(|i| *i == 0 || text[..*i].ends_with('\n'));
        let span = at.map_or_else(|| Span::file(&config.source.path), |i| config.source.span(i, i + "calendar".len()));
        let what = say!("没有日历 `{name}`：content/calendar/{name}/ 里没有一年", "there is no calendar `{name}`: content/calendar/{name}/ has no year");
        let hint = say!("写 {}，或写 calendar: cn（中国的放假安排）", "write {}, or calendar: cn for the holidays of China", path(config, 2027));
        out.push(Diagnostic::new("SRC011", Severity::Error, what).at(span).hint(hint));
    }
    Calendar::new(&plans)
}

/// Whether a day lies within the working days that an interpretation may take; within as many days where the site has no calendar.
/// `Err` where the calendar of the year is not known, and the known years do not settle it.
pub fn explained_in(config: &Config, calendar: &Calendar, published: Date, day: Date) -> Result<bool, Unknown> {
    let limit = config.interpretation_days;
    if config.calendar.is_none() || day <= published {
        return Ok((day - published).get_days() <= limit);
    }
    let limit = limit.unsigned_abs();
    if calendar.working_days_between(published, day).is_ok_and(|n| n < limit) {
        return Ok(true);
    }
    match calendar.add_working_days(published, limit) {
        Ok(last) => Ok(day <= last),
        Err(_) if calendar.working_days_known(published, day) > limit => Ok(false),
        Err(unknown) => Err(unknown),
    }
}

fn weekend(f: &mut Fields<'_, '_>) -> Vec<Weekday> {
    let mut out = Vec::new();
    for (text, node) in f.list(&cal::WEEKEND) {
        match words::WEEKDAYS.iter().position(|(w, c)| *w == text || *c == text) {
            Some(i) => out.extend(Weekday::from_monday_zero_offset((i % 7) as i8).ok()),
            None => {
                let d = Diagnostic::new("SRC008", Severity::Error, say!("`weekend` 不认识 `{text}`", "`weekend`: `{text}` is not in the vocabulary"));
                f.report_at(node.start, node.end, d.hint(say!("写 saturday、星期六之类", "saturday, sunday and so on")));
            }
        }
    }
    out
}

/// Reads the runs of one kind; false where one of them is not understood.
fn runs(f: &mut Fields<'_, '_>, field: &'static Field, worked: bool, config: &Config, plan: &mut Plan) -> bool {
    let mut sound = true;
    for node in f.entries(field) {
        match run(f, field, node, config) {
            Some((from, to)) if from <= to && [from, to].iter().all(|d| (d.year() - plan.year).abs() <= 1) => plan.days.push((from, to, worked)),
            Some((from, to)) => {
                sound = false;
                let text = say!("{from} 到 {to} 不是 {} 年的一段日子", "{from} to {to} is no run of days of {}", plan.year);
                let d = Diagnostic::new("SRC008", Severity::Error, text);
                f.report_at(node.start, node.end, d.hint(say!("检查先后和年份", "look at the order, and at the year")));
            }
            None => sound = false,
        }
    }
    sound
}

fn run<'a>(f: &mut Fields<'a, '_>, field: &'static Field, node: &'a Node, config: &Config) -> Option<(Date, Date)> {
    let Some(text) = node.text() else {
        let mut r = f.within(field, node);
        let (from, to) = (r.date(&cal::run::FROM), r.date(&cal::run::TO));
        let _ = r.text(&cal::run::NAME);
        // A last day that is there and not understood has its own finding.
        let both = !r.has(&cal::run::TO) || to.is_some();
        if from.is_none() && !r.has(&cal::run::FROM) {
            r.missing(&cal::run::FROM);
        }
        r.finish();
        return from.map(|d| (d, to.unwrap_or(d))).filter(|_| both);
    };
    let day = dates::parse(text, &config.tz).map(|m| m.date);
    if day.is_none() {
        let key = field.key;
        let d = Diagnostic::new("SRC007", Severity::Error, say!("`{key}` 的日期无法识别：`{text}`", "`{key}`: date not understood: `{text}`"));
        f.report_at(node.start, node.end, d.hint(say!("写作 2027-01-01", "write 2027-01-01")));
    }
    day.map(|d| (d, d))
}
