//! `keygen`, `verify`, and the key of `build`.

use super::incidents::{feed, line};
use super::{Printed, World, project, tr};
use crate::config::Overrides;
use crate::diag::{Report, Tongue, clean};
use crate::load::shelf::{self, Shelf};
use crate::online::Web;
use crate::run::{Logged, Request};
use crate::trust::note::{Key, Note, PRIVATE, Verifier, good_name};
use crate::trust::{Against, Ask, CHECKPOINT, Earlier, Kept, MANIFEST, NOTE, Refused, Seal, Unverified, Verdict, continued};
use clap::ArgMatches;
use clap::parser::ValueSource;
use std::path::{Path, PathBuf};

fn wrong(text: String) -> Printed {
    Printed { err: format!("{text}\n"), code: 2, ..Printed::default() }
}

fn said(lang: Tongue, zh: String, en: String) -> Printed {
    wrong(if lang == Tongue::Zh { crate::diag::in_chinese(&zh) } else { en })
}

/// A folder, a ZIP or an address.
pub(super) fn place(text: &str) -> Result<Box<dyn Shelf>, String> {
    if Web::is(text) { Ok(Box::new(Web::new(text))) } else { shelf::open(Path::new(text)) }
}

/// A small file, as text.
fn small(path: &Path) -> Result<String, String> {
    let bytes = shelf::whole_file(path).map_err(|e| format!("{}: {e}", path.display()))?;
    String::from_utf8(bytes).map_err(|e| format!("{}: {e}", path.display()))
}

/// The name of a key: host and path of the site.
fn name_of(base_url: &str) -> String {
    base_url.split_once("://").map_or(base_url, |(_, r)| r).trim_end_matches('/').to_string()
}

/// `keygen`
pub(super) fn keygen(m: &ArgMatches, world: &World<'_>, told: Option<&str>, terminal: Tongue) -> Printed {
    let file = m.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let root = project::or_here(m);
    let config = crate::config::read(&root, &Overrides::default(), &mut Report::new());
    let lang = told.map(Tongue::of).or(config.as_ref().map(|c| c.tongue())).unwrap_or(terminal);
    let name = m.get_one::<String>("name").cloned().or_else(|| config.as_ref().map(|c| name_of(&c.base_url)));
    let Some(name) = name.filter(|n| good_name(n)) else {
        return said(
            lang,
            "写 --name，例如网站的域名 data.example.gov.cn；不能有空格和加号".into(),
            "give --name, such as the site's host data.example.org; no blanks and no plus signs".into(),
        );
    };
    if super::published(&file, &request_of(&root, world)) {
        return said(
            lang,
            format!("私钥不能放在会公布的目录里，换一个地方：{}", file.display()),
            format!("a private key must not lie where everything is published; choose another place: {}", file.display()),
        );
    }
    let mut seed = [0; 32];
    if let Err(e) = getrandom::fill(&mut seed) {
        return wrong(e.to_string());
    }
    let Some(key) = Key::new(&name, &seed) else { return wrong(name) };
    if let Err(f) = crate::write::create_secret_file(&file, &format!("{}\n", key.text())) {
        return super::failed(Printed::default(), &f, lang);
    }
    let err = if lang == Tongue::Zh {
        format!(
            "私钥在 {}，只有本用户能读。请备份，不要放进版本库；生成时写 --key {0}，或设环境变量 CLERESTORY_KEY。\n下面是验证密钥，可以公布：\n",
            file.display()
        )
    } else {
        format!(
            "The private key is in {}, for this user alone. Keep a copy, and keep it out of version control; build with --key {0}, or set CLERESTORY_KEY.\nThis is the key to check with, for everybody:\n",
            file.display()
        )
    };
    Printed { out: format!("{}\n", key.verifier().text()), err, code: 0 }
}

/// A request that is only asked where things are.
pub(super) fn request_of<'a>(root: &Path, world: &World<'a>) -> Request<'a> {
    Request {
        root: root.to_path_buf(),
        out: None,
        as_of: None,
        over: Overrides::default(),
        hold_back: false,
        record: false,
        split: crate::Split::Whole,
        relative: false,
        zip: None,
        seal: None,
        reader: None,
        sync: false,
        progress: world.progress,
    }
}

/// A private key, from a file or, in the environment only, as it is. `told` gets what is to be said of the file.
fn private(m: &ArgMatches, (flag, variable): (&str, &str), request: &Request<'_>, told: &mut String, lang: Tongue) -> Result<Option<Key>, Printed> {
    let Some(given) = m.get_one::<String>(flag) else { return Ok(None) };
    let text = if given.trim().starts_with(PRIVATE) {
        if m.value_source(flag) == Some(ValueSource::CommandLine) {
            return Err(said(
                lang,
                format!("命令行上的私钥别的用户也看得到：写文件名，或放进环境变量 {variable}"),
                format!("a private key on the command line is seen by other users: name a file, or put it into {variable}"),
            ));
        }
        given.clone()
    } else {
        let path = Path::new(given);
        if super::published(path, request) {
            return Err(said(
                lang,
                format!("私钥在会公布的目录里，先移走：{given}"),
                format!("the private key lies where everything is published; move it first: {given}"),
            ));
        }
        let text = small(path).map_err(wrong)?;
        if let Some(mode) = shelf::open_to_others(path) {
            told.push_str(&if lang == Tongue::Zh {
                format!("警告：别的用户能读私钥 {given}（权限 {mode:03o}）：chmod 600 {given}；已经被人看过就换密钥\n")
            } else {
                format!(
                    "warning: other users can read the private key {given} (mode {mode:03o}): chmod 600 {given}, and change the key if somebody has seen it\n"
                )
            });
        }
        text
    };
    match Key::parse(&text) {
        Some(k) => Ok(Some(k)),
        None => Err(said(lang, format!("--{flag} 不是 clerestory keygen 写的私钥"), format!("--{flag} is no private key as clerestory keygen writes it"))),
    }
}

/// The key before this one: the key to check with, or the key itself, which hands over to the new one.
fn earlier(m: &ArgMatches, request: &Request<'_>, told: &mut String, lang: Tongue) -> Result<Option<Earlier>, Printed> {
    match m.get_one::<String>("previous-key").map(|t| (Verifier::parse(t), t)) {
        None => Ok(None),
        Some((Some(v), _)) => Ok(Some(Earlier::Known(v))),
        Some((None, t)) if !t.trim().starts_with(PRIVATE) && !Path::new(t).is_file() => Err(said(
            lang,
            "--previous-key 不是验证密钥，也不是旧私钥的文件".into(),
            "--previous-key is neither a key to check with nor the file of the old private key".into(),
        )),
        Some(_) => Ok(private(m, ("previous-key", "CLERESTORY_PREVIOUS_KEY"), request, told, lang)?.map(Earlier::Held)),
    }
}

/// Takes key and previous site into the request; nothing where no key is given. Gives what is to be said of the files of the keys.
pub(super) fn seal(m: &ArgMatches, request: &mut Request<'_>, lang: Tongue) -> Result<String, Printed> {
    let out = request.out_dir();
    let mut told = String::new();
    let Some(key) = private(m, ("key", "CLERESTORY_KEY"), request, &mut told, lang)? else {
        if out.join(CHECKPOINT).exists() && !m.get_flag("unsigned") {
            return Err(said(
                lang,
                format!("{} 里是签名的网站，没有密钥生成会丢掉它的日志：写 --key，或换一个 --out；确实不再签名，写 --unsigned", out.display()),
                format!(
                    "{} holds a signed site, and a build without a key would lose its log: give --key, or another --out; --unsigned if it is no longer to be signed",
                    out.display()
                ),
            ));
        }
        return Ok(told);
    };
    let previous = m.get_one::<String>("previous").cloned();
    let earlier = earlier(m, request, &mut told, lang)?;
    let cosigned = match m.get_one::<PathBuf>("cosigned").map(|p| small(p)) {
        Some(Err(e)) => return Err(wrong(e)),
        Some(Ok(text)) => match Note::parse(text.as_bytes()) {
            Some(n) => Some(n),
            None => return Err(said(lang, "--cosigned 不是签名的检查点".into(), "--cosigned is no signed checkpoint".into())),
        },
        None => None,
    };
    let here = [CHECKPOINT, MANIFEST, NOTE, "manifest.sha256"].iter().any(|f| out.join(f).exists()).then(|| out.to_string_lossy().into_owned());
    let read = |from: &str, cosigned: Option<&Note>| place(from).map_err(Refused::Unread).and_then(|s| continued(&*s, &key, earlier.as_ref(), cosigned));
    let kept = match (&previous, &here) {
        (None, None) => Kept::default(),
        (Some(from), _) => read(from, cosigned.as_ref()).map_err(|why| refused(&why, from, lang))?,
        (None, Some(from)) => match read(from, cosigned.as_ref()) {
            // A site that was never signed.
            Err(Refused::None) if cosigned.is_none() => Kept::default(),
            other => other.map_err(|why| refused(&why, from, lang))?,
        },
    };
    // What stands at the target and is further on would be taken back.
    if let (Some(from), Some(here)) = (&previous, &here)
        && let Ok(there) = read(here, None)
        && !kept.entries.starts_with(&there.entries)
    {
        let (from, here) = (clean(from), clean(here));
        return Err(said(
            lang,
            format!("{here} 里的日志比 {from} 的新，或与它不同：接着旧的记会改写历史。不写 --previous，或换一个 --out"),
            format!(
                "the log in {here} is newer than that of {from}, or another one: to go on from the older would rewrite history. Leave --previous out, or give another --out"
            ),
        ));
    }
    let revision = crate::load::git::revision(&request.root, &["content", "themes", "static", "site.yaml", "site.yml"]);
    request.over.signed = Some(key.verifier().text());
    let earlier = earlier.and_then(|e| if let Earlier::Held(k) = e { Some(k) } else { None });
    request.seal = Some(Seal { key, earlier, kept, revision });
    Ok(told)
}

fn refused(why: &Refused, from: &str, lang: Tongue) -> Printed {
    let from = clean(from);
    let (zh, en) = match why {
        Refused::Unread(e) => (crate::diag::in_chinese(&format!("读不到上一次的网站：{e}")), format!("the previous site cannot be read: {e}")),
        Refused::None => {
            (format!("{from} 没有日志，不能接着记；从头开始就不写 --previous"), format!("{from} has no log to go on with; leave --previous out to begin one"))
        }
        Refused::Key => (
            format!("{from} 的日志不是这个密钥签的；换了密钥就用 --previous-key 写旧私钥的文件（丢了就写旧的验证密钥）"),
            format!(
                "the log of {from} is not signed by this key; after a change of keys give the file of the old one as --previous-key, or, where it is lost, the old key to check with"
            ),
        ),
        Refused::Retired => (
            format!("{from} 的日志里，这个密钥（或 --previous-key 的）已经移交给另一个：用新的密钥"),
            format!("in the log of {from} this key, or that of --previous-key, has handed over to another one: use the new key"),
        ),
        Refused::Broken(file) => (
            format!("{from} 的日志对不上（{file}），不能在它后面接着记；用 clerestory verify 查看，换一份完好的副本作 --previous"),
            format!(
                "the log of {from} does not hold together ({file}), so it is not gone on with; look with clerestory verify, and give a sound copy as --previous"
            ),
        ),
        Refused::Other(name) => (format!("{from} 的日志属于 {name}，不是这个密钥的"), format!("the log of {from} is that of {name}, not of this key")),
        Refused::Cosigned => {
            (format!("--cosigned 里的见证签名不是 {from} 的检查点的"), format!("the signatures of --cosigned are not over a checkpoint of {from}"))
        }
    };
    said(lang, format!("失败：{zh}\n现有网站没有改动。"), format!("error: {en}\nThe live site was not touched."))
}

/// What the summary says of the log.
pub(super) fn logged(log: &Logged, lang: Tongue) -> String {
    let Logged { begun, handed, documents, published, changed, withdrawn } = log;
    let begin = if *begun { tr(lang, "日志从这次开始。", "The log begins with this build. ") } else { "" };
    let handed_over = tr(
        lang,
        "旧密钥已在日志里移交给新密钥；从此用新的，旧的不要再用。",
        "The old key has handed over to the new one in the log: from now on use the new one alone. ",
    );
    let begin = if *handed { handed_over } else { begin };
    if lang == Tongue::Zh {
        format!("已签名。{begin}日志：公开 {documents} 份，新发布 {published}，修改 {changed}，撤回 {withdrawn}。\n")
    } else {
        let documents = crate::diag::counted(*documents as u64, "document", "documents");
        format!("Signed. {begin}In the log: {documents} public, {published} published, {changed} changed, {withdrawn} withdrawn by this build.\n")
    }
}

/// `verify`
pub(super) fn verify(m: &ArgMatches, world: &World<'_>, lang: Tongue) -> Printed {
    let site = m.get_one::<String>("site").cloned().unwrap_or_default();
    let keys = |name: &str| -> Result<Vec<Verifier>, Printed> {
        let all = m.get_many::<String>(name).into_iter().flatten();
        all.map(|t| {
            // The variable for the key of `build` may be set here, too.
            let private = || Key::parse(t).or_else(|| small(Path::new(t)).ok().and_then(|f| Key::parse(&f))).map(|k| k.verifier());
            Verifier::parse(t)
                .or_else(private)
                .ok_or_else(|| said(lang, format!("--{name} 不是验证密钥：{t}"), format!("--{name} is no key to check with: {t}")))
        })
        .collect()
    };
    let (key, witnesses) = match (keys("key"), keys("witness")) {
        (Ok(k), Ok(w)) => (k.into_iter().next(), w),
        (Err(p), _) | (_, Err(p)) => return p,
    };
    let keep = m.get_one::<PathBuf>("keep");
    let against = m.get_one::<String>("against").cloned().or_else(|| keep.filter(|k| k.exists()).map(|k| k.to_string_lossy().into_owned()));
    let other: Box<dyn Shelf>;
    let against = match against {
        None => None,
        Some(text) => {
            let note = if Web::is(&text) || Path::new(&text).is_dir() { None } else { small(Path::new(&text)).ok().and_then(|t| Note::parse(t.as_bytes())) };
            match note {
                Some(n) => Some(Against::Note(n)),
                None => match place(&text) {
                    Ok(s) => {
                        other = s;
                        Some(Against::Site(&*other))
                    }
                    Err(e) => return said(lang, format!("--against 读不到：{e}"), format!("--against cannot be read: {e}")),
                },
            }
        }
    };
    let verdict = place(&site).map_err(Unverified::Unread).and_then(|s| crate::trust::verify(&*s, &Ask { key, witnesses, against }));
    let verdict = verdict.map_err(|e| match (e, lang) {
        (Unverified::Unread(e), Tongue::Zh) => crate::diag::in_chinese(&format!("读不到 {site}：{e}")),
        (Unverified::Unread(e), _) => format!("{site} cannot be read: {e}"),
        (Unverified::Unsigned, Tongue::Zh) => format!("{site} 不是签名的网站：{MANIFEST}、{NOTE}、{CHECKPOINT} 都没有"),
        (Unverified::Unsigned, _) => format!("{site} is no signed site: it has neither {MANIFEST} nor {NOTE} nor {CHECKPOINT}"),
    });
    let json = m.get_one::<String>("format").is_some_and(|f| f == "json");
    let mut p = match &verdict {
        Ok(v) if json => Printed { out: as_json(v), ..Printed::default() },
        Ok(v) => Printed { out: as_text(v, lang), err: if m.get_flag("quiet") { String::new() } else { counts(v, lang) }, code: 0 },
        Err(e) => wrong(clean(e).into_owned()),
    };
    p.code = match &verdict {
        Ok(v) => u8::from(!v.findings.is_empty()),
        Err(_) => 2,
    };
    if let Some(file) = m.get_one::<PathBuf>("feed") {
        let old = small(file).unwrap_or_default();
        let text = feed(&old, &site, &verdict, world.clock.read(), lang);
        if let Some(Err(f)) = text.map(|t| crate::write::write_project_file(file, &t)) {
            return super::failed(p, &f, lang);
        }
    }
    if let (Some(file), Ok(v)) = (keep, &verdict)
        && v.findings.is_empty()
        && let Err(f) = crate::write::write_project_file(file, &v.checkpoint)
    {
        return super::failed(p, &f, lang);
    }
    p
}

fn as_json(v: &Verdict) -> String {
    let findings: Vec<serde_json::Value> =
        v.findings.iter().map(|f| serde_json::json!({ "kind": f.kind, "path": f.path, "text": { "zh": f.text.zh, "en": f.text.en } })).collect();
    let all = serde_json::json!({
        "site": v.site, "as_of": v.as_of, "key": v.key, "key_from_site": v.own_key, "key_changed": v.key_changed, "files": v.files, "entries": v.entries,
        "documents": v.documents, "extra_not_looked_for": v.unlisted, "checkpoint": v.checkpoint, "findings": findings,
    });
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

fn as_text(v: &Verdict, lang: Tongue) -> String {
    v.findings.iter().map(|f| line(f, lang)).collect()
}

fn counts(v: &Verdict, lang: Tongue) -> String {
    let zh = lang == Tongue::Zh;
    let n = v.findings.len();
    let mut out = if zh {
        format!("核对了 {} 个文件、{} 条日志（{} 生成）：", v.files, v.entries, v.as_of)
    } else {
        let (files, entries) = (crate::diag::counted(v.files as u64, "file", "files"), crate::diag::counted(v.entries, "entry", "entries"));
        format!("{files} and {entries} of the log checked (built as of {}): ", v.as_of)
    };
    out.push_str(&match (n, zh) {
        (0, true) => "全部与发布时相同。\n".to_string(),
        (0, false) => "all as it was published.\n".to_string(),
        (_, true) => format!("{n} 处不符。\n"),
        _ => format!("{}.\n", crate::diag::counted(n as u64, "thing is not as it was", "things are not as they were")),
    });
    if v.key_changed {
        let key = clean(&v.key);
        out.push_str(&if zh {
            format!("密钥换过：日志里有旧密钥签的移交，现在是 {key}。以后 --key 写它；从别的渠道对一对。\n")
        } else {
            format!("The key was changed: the log has the old key's own handover, and now it is {key}. Give that as --key from now on, and compare it with what you hear elsewhere.\n")
        });
    }
    if v.own_key && !v.key.is_empty() {
        out.push_str(tr(
            lang,
            "密钥取自网站自己，只能说明前后一致；从别的渠道得到密钥后用 --key 写上。\n",
            "The key was the one that the site names itself, which only shows that it agrees with itself; give the one you know from elsewhere as --key.\n",
        ));
    }
    if v.unlisted {
        out.push_str(tr(
            lang,
            "网址不能列出文件，没有查是否有多出的文件。\n",
            "An address does not list its files, so files that nobody published were not looked for.\n",
        ));
    }
    out
}
