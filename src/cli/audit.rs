//! `audit`: pages that any tool made, from a folder or from addresses.

use super::tell::{counts, some};
use super::{Printed, World, findings, profile, tr, unasked, verdict};
use crate::config::Profile;
use crate::diag::{Diagnostic, Format, Report, Severity, Span, Tongue, print, say};
use crate::load::{Limits, Source, read_text};
use crate::outside::{Audited, CODES, Options, audit, audit_pages, labels, usual};
use crate::run::AsOf;
use crate::verdict::Able;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// Most addresses of a list that are fetched.
const MOST: usize = 2000;

pub(super) fn run(m: &ArgMatches, world: &World<'_>, lang: Tongue) -> Printed {
    let wrong = |err: String| Printed { err: format!("{err}\n"), code: 2, ..Printed::default() };
    let from = m.get_one::<PathBuf>("dir").cloned().unwrap_or_default();
    let options = match options(m, world, lang) {
        Ok(o) => o,
        Err(p) => return p,
    };
    if verdict::wanted(m) && options.profile == Profile::Generic {
        return verdict::refused(lang);
    }
    // It would be one of the files of the next audit, and be published with them.
    if let Some(r) = m.get_one::<PathBuf>("report").filter(|r| from.is_dir() && crate::pipeline::real(r).starts_with(crate::pipeline::real(&from))) {
        let why = tr(lang, "报告不能写在被检查的目录里，换一个地方：", "a report cannot be written into the folder that is audited; choose another place: ");
        return wrong(format!("{why}{}", r.display()));
    }
    let out = if from.is_dir() {
        audit(&from, &options)
    } else if from.is_file() {
        match listed(&from, options.clone(), lang) {
            Ok(o) => o,
            Err(p) => return p,
        }
    } else {
        return wrong(format!("{}{}", tr(lang, "没有这个目录：", "no such folder: "), from.display()));
    };
    let all = out.report.sorted();
    let (pages, files) = (out.pages, out.files);
    if from.is_dir() && files == 0 && all.is_empty() {
        return wrong(format!("{}{}", tr(lang, "目录里没有文件，什么也没有检查：", "the folder has no files, and nothing was examined: "), from.display()));
    }
    if verdict::wanted(m) {
        let looked = if lang == Tongue::Zh {
            format!("{pages} 个网页、{files} 个文件")
        } else {
            format!("{} and {}", some(pages, "page", "pages"), some(files, "file", "files"))
        };
        let mut able = Able { codes: Some(CODES.iter().copied().collect()), ..Able::default() };
        blind(&out, &mut able);
        let day = options.today.map_or(String::new(), |d| d.to_string());
        let about = verdict::About { site: &from.to_string_lossy(), day: &day, looked: &looked };
        return verdict::verdict(m, &all, &able, &about, None, lang);
    }
    let mut p = findings(m, &all, world, lang);
    if !m.get_flag("quiet") {
        p.err.push_str(&if lang == Tongue::Zh {
            format!("检查了 {pages} 个网页、{files} 个文件。")
        } else {
            format!("{}, {} audited. ", some(pages, "page", "pages"), some(files, "file", "files"))
        });
        p.err.push_str(&counts(&all, 0, lang));
    }
    p.code = u8::from(all.iter().any(|d| d.severity >= Severity::Error));
    p
}

/// Where there are no days and no columns, that nothing was found says nothing.
fn blind(out: &Audited, able: &mut Able) {
    let days = &out.days;
    let mut put = |so: bool, codes: &[&'static str], why: crate::diag::Text| {
        if so {
            codes.iter().for_each(|c| drop(able.blind.insert(c, why.clone())));
        }
    };
    put(!days.home, &["UPD001"], say!("没有找到有日期的首页", "no home page with days was found"));
    put(days.dated == 0, &["UPD002", "UPD003"], say!("没有找到有日期的栏目", "no columns with days were found"));
    put(days.columns == 0, &["UPD004", "UPD005"], say!("没有找到栏目", "no columns were found"));
    put(days.documents == 0, &["AUD002", "POL007"], say!("没有找到文件（公文）的页面", "no pages of documents were found"));
    put(days.explained == 0, &["ITP003"], say!("没有找到解读的页面", "no pages of interpretations were found"));
    let unread = out.unread;
    put(
        unread > 0 || (out.attached == 0 && out.days.linked > 0),
        &["SEC002", "SEC003"],
        say!("{unread} 个附件没有看或没有看全", "attachments that were not, or not wholly, looked through: {unread}"),
    );
}

fn options(m: &ArgMatches, world: &World<'_>, lang: Tongue) -> Result<Options, Printed> {
    let wrong = |err: String| Printed { err: format!("{err}\n"), code: 2, ..Printed::default() };
    let base = m.get_one::<String>("base-path").cloned().unwrap_or_default();
    let base_path = format!("/{}", base.trim_start_matches('/'));
    let base_path = if base_path.ends_with('/') { base_path } else { format!("{base_path}/") };
    let here = |t: jiff::Timestamp| jiff::tz::TimeZone::get("Asia/Shanghai").unwrap_or(jiff::tz::TimeZone::UTC).to_datetime(t).date();
    let today = match m.get_one::<String>("as-of") {
        None => here(world.clock.epoch.unwrap_or_else(|| world.clock.read())),
        Some(s) => match AsOf::parse(s) {
            Some(AsOf::Day(d)) => d.date,
            Some(AsOf::Time(t)) => here(t),
            None => return Err(wrong(super::no_day(s, lang))),
        },
    };
    let mut out = Vec::new();
    let labels = match m.get_one::<PathBuf>("labels") {
        None => Some(usual()),
        Some(file) => match read_text(file, &file.to_string_lossy(), &Limits::default()) {
            Ok(text) => labels(&Source::new(&*file.to_string_lossy(), text), &mut out),
            Err(d) => {
                out.push(*d);
                None
            }
        },
    };
    let all: Vec<&Diagnostic> = out.iter().collect();
    match labels.filter(|_| all.is_empty()) {
        Some(labels) => {
            Ok(Options { profile: profile(m).unwrap_or_default(), base_path, today: Some(today), labels, partial: false, program: world.program.clone() })
        }
        None => Err(Printed { err: print(&all, Format::Text, lang), code: 2, ..Printed::default() }),
    }
}

/// The pages of a list of addresses. What does not answer is told as a dead link.
fn listed(file: &Path, options: Options, lang: Tongue) -> Result<Audited, Printed> {
    let shown = file.to_string_lossy();
    let text = match read_text(file, &shown, &Limits::default()) {
        Ok(t) => t,
        Err(d) => return Err(Printed { err: print(&[&*d], Format::Text, lang), code: 2, ..Printed::default() }),
    };
    let lines: Vec<(usize, &str)> = text.lines().enumerate().map(|(n, l)| (n + 1, l.trim())).filter(|(_, l)| !l.is_empty() && !l.starts_with('#')).collect();
    let bad = |l: &str| !(l.starts_with("http://") || l.starts_with("https://")) || l.chars().any(|c| c.is_whitespace() || c.is_control());
    if let Some((n, l)) = lines.iter().find(|(_, l)| bad(l)) {
        let err = format!("{shown}:{n}: {}{}\n", tr(lang, "不是网址：", "no address: "), crate::diag::clean(l));
        return Err(Printed { err, code: 2, ..Printed::default() });
    }
    if lines.len() > MOST {
        let err = if lang == Tongue::Zh {
            format!("{shown} 有 {} 个网址，一次最多 {MOST} 个\n", lines.len())
        } else {
            format!("{shown} has {} addresses; at most {MOST} are taken at once\n", lines.len())
        };
        return Err(Printed { err, code: 2, ..Printed::default() });
    }
    let urls: Vec<String> = lines.iter().map(|(_, l)| l.split('#').next().unwrap_or(l).to_string()).collect();
    let got = crate::online::fetch(&urls).map_err(|w| unasked(&w, lang))?;
    let (mut pages, mut report) = (Vec::new(), Report::new());
    for (url, one) in urls.iter().zip(got) {
        match one {
            Ok(bytes) => pages.push((page_path(url), bytes)),
            Err(why) => report.push(
                Diagnostic::new("LNK002", Severity::Warn, say!("打不开 {url}：{why}", "{url} does not answer: {why}"))
                    .at(Span::file(&shown))
                    .hint(say!("改地址或去掉；对方可能暂时停机", "correct the address or take it out; it may be down for a while")),
            ),
        }
    }
    let mut out = audit_pages(pages, &Options { partial: true, ..options });
    out.report.append(report);
    Ok(out)
}

/// The path of an address as of a file: `https://a.cn/news/` is `news/index.html`.
fn page_path(url: &str) -> String {
    let path = url.split_once("://").and_then(|(_, r)| r.split_once('/')).map_or("", |(_, p)| p);
    let path = path.split('?').next().unwrap_or(path);
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_string() }
}
