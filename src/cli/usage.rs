//! What is wrong with a command line, in the reader's language.

use super::tr;
use crate::diag::Tongue;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The sentence about a command line that cannot be understood.
pub(super) fn wrong(e: &Error, lang: Tongue) -> String {
    let meant = e.get(ContextKind::InvalidSubcommand).and_then(|v| if let ContextValue::String(s) = v { close_to(s) } else { None });
    if lang == Tongue::En {
        let mut out = e.render().to_string();
        if let Some(flag) = meant.as_deref().filter(|m| m.starts_with('-')) {
            out.push_str(&format!("\n  = did you mean `{flag}`?\n"));
        }
        return out;
    }
    let text = |kind: ContextKind| -> Option<String> {
        Some(match e.get(kind)? {
            ContextValue::String(s) => s.clone(),
            ContextValue::Strings(v) => v.join("、"),
            ContextValue::StyledStrs(v) => v.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
            ContextValue::StyledStr(s) => s.to_string(),
            ContextValue::Number(n) => n.to_string(),
            ContextValue::Bool(b) => b.to_string(),
            _ => return None,
        })
    };
    let wide = |c: char| ('\u{ff01}'..='\u{ff5e}').contains(&c) || matches!(c, '\u{3000}' | '—' | '－');
    let arg = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let mut out = match e.kind() {
        ErrorKind::InvalidSubcommand => format!("没有命令 `{}`", text(ContextKind::InvalidSubcommand).unwrap_or_default()),
        ErrorKind::UnknownArgument if arg.starts_with('-') || arg.contains(wide) => format!("没有选项 `{arg}`"),
        ErrorKind::UnknownArgument => format!("多出了 `{arg}`"),
        ErrorKind::InvalidValue if value.is_empty() => format!("`{arg}` 后面缺少值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("`{arg}` 不能是 `{value}`"),
        ErrorKind::MissingRequiredArgument => format!("还缺少：{arg}"),
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg).filter(|p| *p != arg) {
            Some(prior) => format!("`{arg}` 不能与 {prior} 同用"),
            None => format!("`{arg}` 只能写一次"),
        },
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("`{arg}` 的值个数不对"),
        ErrorKind::NoEquals => format!("`{arg}` 的值要用 = 连在后面"),
        ErrorKind::TooManyValues => format!("`{arg}` 不能有值 `{value}`"),
        ErrorKind::MissingSubcommand => "还缺少命令".to_string(),
        ErrorKind::InvalidUtf8 => "命令行里有不是 UTF-8 的字符".to_string(),
        _ => format!("`{arg}` 用得不对"),
    };
    if let Some(valid) = text(ContextKind::ValidValue).filter(|v| !v.is_empty()) {
        out.push_str(&format!("，可以是：{valid}"));
    } else if e.kind() == ErrorKind::ValueValidation
        && let Some(source) = std::error::Error::source(e)
    {
        let why = source.to_string();
        let why = match why.split_once(" is not in ") {
            Some((_, range)) => format!("要在 {} 之间", range.replace("..=", " 和 ")),
            None if why.contains("was not a boolean") => "写 1 或 0".to_string(),
            None if why.contains("invalid digit") || why.contains("integer") => "要写整数".to_string(),
            None if why.contains("float") => "要写数字".to_string(),
            None if why.contains("number too") => "数字太大或太小".to_string(),
            None => why,
        };
        out.push_str(&format!("（{why}）"));
    }
    let close = meant.or_else(|| text(ContextKind::SuggestedSubcommand));
    let close =
        close.into_iter().chain([ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue].into_iter().filter_map(text)).next();
    if let Some(close) = close {
        out.push_str(&format!("\n  = 是不是 `{close}`？"));
    }
    if [&arg, &value, &text(ContextKind::InvalidSubcommand).unwrap_or_default()].iter().any(|t| t.contains(wide)) {
        out.push_str("\n  = 里面有全角字符，请改用半角");
    }
    format!("用法有误：{out}\n\n{}\n", tr(lang, "各命令和选项见 clerestory help，或 clerestory help 命令。", ""))
}

/// The command or the option that is meant by a word that is no command: `version` is the option, and the nearest of several is one.
fn close_to(word: &str) -> Option<String> {
    let low = word.to_lowercase();
    let flag = super::tell::closest(&low, ["version", "versions"].into_iter()).filter(|_| low.len() > 4);
    if flag.is_some() || matches!(low.as_str(), "ver" | "-version" | "--ver") {
        return Some("--version".into());
    }
    let all = super::command::command(Tongue::En);
    let names: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
    super::tell::closest(&low, names.into_iter()).map(str::to_string)
}
