//! ITP006: pictures or sound without text.

use super::*;
use crate::diag::say;

/// ITP006
pub(super) static RULE: Rule = Rule {
    code: "ITP006",
    title: Phrase { zh: "图解、音视频没有文字", en: "pictures or sound without text" },
    severity: [WARN, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "图解、漫画、音频、视频、动画、H5 形式的解读必须附文字（text_alternative 或正文，至少 50 字），看不见、听不见的人才能知道内容。",
        en: "An interpretation by picture, comic, sound, video, animation or H5 comes with text (text_alternative or the body, at least 50 characters), for those who cannot see or hear.",
    },
    source: "无障碍环境建设法",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(it) = item.interpretation() else { return };
    let mute = it.forms.iter().any(|f| matches!(*f, "infographic" | "chart" | "comic" | "audio" | "video" | "animation" | "h5"));
    let chars = it.text_alternative.as_ref().map_or(0, |t| t.chars().count())
        + item.doc().outline.chars as usize
        + it.sections.values().map(|s| s.chars().count()).sum::<usize>();
    if mute && chars < 50 {
        found.key(
            item,
            "form",
            say!("没有文字内容（现有 {chars} 字，至少 50 字）", "there is no text (characters: {chars}, at least 50 wanted)"),
            say!("在 text_alternative: 里写出图中、音视频中的内容", "say under text_alternative: what the picture or sound tells"),
        );
    }
}
