//! Marks, levels and states by which other tools keep an item from the public.

use super::days::leaves;
use super::names::{CLOSED, FLAGS, GONE, LEVELS, LIMITS, SECRET, SHOWN, STATES};
use super::{letters, no};
use crate::load::dates;
use crate::load::tree::{Kind, Node};

/// A level that is not for everybody.
fn closed(value: &Node) -> bool {
    let mut all = Vec::new();
    leaves(value, &mut all);
    all.iter().any(|t| {
        let t = t.trim().to_lowercase();
        // OFFICIAL: Sensitive, OFFICIAL_SENSITIVE
        let plain =
            || t.split(|c: char| matches!(c, ':' | '-' | '_' | '[' | ']' | '"') || c.is_whitespace()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        CLOSED.contains(&t.as_str()) || pends(&t) || SECRET.iter().any(|w| t.starts_with(w)) || CLOSED.contains(&plain().as_str())
    })
}

/// Whether what is written as the chain of review is a state in which nothing is published: `review: 待审`, `review: {state: pending}`.
pub fn unreviewed(value: &Node) -> bool {
    match &value.kind {
        Kind::Map(pairs) if ["step", "环节", "步骤"].iter().all(|k| value.get(k).is_none()) => {
            pairs.iter().any(|(k, v)| k.text().is_some_and(|k| held_elsewhere(k, v)))
        }
        Kind::Text(_) => held_elsewhere("review", value) || held_elsewhere("reviewed", value),
        _ => false,
    }
}

/// Whether a line above a text, as `状态：草稿`, keeps it back.
pub fn line_holds(name: &str, value: &str) -> bool {
    let (name, value) = (name.trim(), value.trim());
    let word = letters(name);
    // `Draft: Clean Air Strategy` is a title, `Password: …` a line of a guide.
    let yes = matches!(value.to_lowercase().as_str(), "true" | "yes" | "y" | "on" | "1" | "是" | "√");
    if FLAGS.contains(&word.as_str()) && !yes
        || matches!(word.as_str(), "password" | "permalink" | "output" | "build" | "type" | "kind" | "scope" | "role" | "roles")
    {
        return false;
    }
    (2..=24).contains(&name.len()) && !value.is_empty() && held_elsewhere(name, &Node { start: 0, end: 0, kind: Kind::Text(value.into()) })
}

/// Such a yes, or a `published: false`.
pub(super) fn flagged(name: &str, value: &Node) -> bool {
    let word = letters(name);
    if matches!(word.as_str(), "published" | "publish" | "发布" | "是否发布") {
        return no(value);
    }
    let text = value.text().unwrap_or("").trim();
    FLAGS.contains(&word.as_str()) && !no(value) && dates::leading_date(text).is_none()
}

/// A state in more words: `pending review`, `awaiting approval`, 未通过.
pub(super) fn pends(text: &str) -> bool {
    let state = text.chars().count() <= 30
        && ["pending ", "awaiting ", "waiting for ", "draft ", "under review", "not yet ", "not approved", "needs "].iter().any(|w| text.starts_with(w));
    let ends = text.chars().count() <= 30 && [" pending", " draft", " rejected"].iter().any(|w| text.ends_with(w));
    state
        || ends
        || matches!(
            text,
            "未通过"
                | "不通过"
                | "审核未通过"
                | "审核不通过"
                | "审批未通过"
                | "审批不通过"
                | "未通过审核"
                | "已退回"
                | "驳回"
                | "已驳回"
                | "已停用"
                | "已禁用"
                | "已隐藏"
                | "撤销发布"
                | "取消发布"
                | "已取消发布"
                | "未审"
                | "未审批"
                | "待审批"
                | "待签发"
                | "under review"
                | "to be reviewed"
                | "awaiting"
                | "submitted"
        )
}

/// A field by which another tool keeps an item from the public.
pub(super) fn held_elsewhere(name: &str, value: &Node) -> bool {
    let text = value.text().unwrap_or("").trim().to_lowercase();
    let is = |words: &[&str]| words.contains(&text.as_str());
    match letters(name).as_str() {
        word if SHOWN.contains(&word) && (no(value) || is(&["draft", "never", "不公开", "暂缓", "未", "未通过"])) => true,
        word if LEVELS.contains(&word) && closed(value) && !(LIMITS.contains(&word) && is(&["none", "no", "never"])) => true,
        // Lists of what a page is: `tags: [draft]`.
        "type" | "layout" | "kind" | "tags" | "tag" | "categories" | "category" | "labels" | "标签" | "类别" | "分类" => {
            let mut all = Vec::new();
            leaves(value, &mut all);
            all.iter().any(|t| matches!(t.trim().to_lowercase().as_str(), "draft" | "drafts" | "wip" | "private" | "unpublished" | "草稿" | "草稿箱"))
        }
        "permalink" | "output" => is(&["false"]),
        word if STATES.contains(&word) => {
            // `approval_pending`, `pending-review`
            let spaced = text.replace(['_', '-'], " ");
            let is = |words: &[&str]| is(words) || words.contains(&spaced.as_str());
            pends(&text)
                || pends(&spaced)
                || is(&[
                    "draft",
                    "private",
                    "hidden",
                    "pending",
                    "deleted",
                    "unpublished",
                    "scheduled",
                    "future",
                    "embargoed",
                    "trash",
                    "wip",
                    "in review",
                    "in_review",
                    "review",
                    "auto-draft",
                    "internal",
                    "confidential",
                    "secret",
                    "withheld",
                    "not published",
                    "inactive",
                    "rejected",
                    "withdrawn",
                    "retracted",
                    "archived",
                    "下线",
                    "内部",
                    "保密",
                    "撤回",
                    "已撤回",
                    "已下线",
                    "不予公开",
                    "草稿",
                    "待审",
                    "待审核",
                    "审核中",
                    "待发布",
                    "未发布",
                    "不公开",
                    "已删除",
                    "0",
                    "false",
                    "off",
                    "offline",
                    "disabled",
                    "not_published",
                    "not-published",
                    "unapproved",
                    "awaiting approval",
                    "draft in progress",
                    "初稿",
                    "暂存",
                    "退回",
                    "未审核",
                    "未签发",
                    "停用",
                    "隐藏",
                    "已下架",
                    "下架",
                    "禁用",
                ])
        }
        word if GONE.contains(&word) => is(&["true", "yes", "y", "t", "on", "1", "2", "是", "√", "deleted", "删除", "已删除"]),
        word if FLAGS.contains(&word) => flagged(name, value),
        "build" => ["render", "list"].iter().any(|k| value.get(k).is_some_and(|v| no(v) || v.text() == Some("never"))),
        "password" => !text.is_empty(),
        _ => false,
    }
}
