//! A person's name beside an address or an illness: 姓名：张三，住址：福建省莆田市……

use super::{Kind, Seen};
use crate::personal::around::floor;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The commonest surnames: what follows 姓名 in a law (或者, 和, 及) is none of them.
static SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍韦申尤毕聂柴焦柳邢骆岳齐梅庄涂祝耿劉陳張楊黃趙吳孫馬羅鄭謝許韓鄧馮蕭葉蘇呂盧鍾陸賈鄒龍賀顧龔嚴錢湯喬賴蘭顏溫蔣閻";

static NAME: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("姓名"));
static PLACES: &[&str] = &["住址", "家庭地址", "户籍地", "户籍所在地", "居住地", "现住", "家住", "住所地", "戶籍", "居住地址"];
static ILLS: &[&str] = &["病种", "病情", "患有", "疾病名称", "诊断", "残疾类别", "残疾等级", "致贫原因"];

/// Bytes behind a marker in which a name has to stand.
const WINDOW: usize = 160;

fn han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

pub(super) fn scan(text: &str, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    if b.len() < 24 {
        return;
    }
    let mut until = 0;
    for from in NAME.find_iter(b) {
        if from < until {
            continue;
        }
        if let Some(end) = person(text, from).or_else(|| head(text, from)) {
            until = end;
            found(Seen { kind: Kind::Person, at: from..end, proof: true, old: false, bare: false, glued: false, among: false });
        }
    }
}

/// The end of what tells too much of one person.
fn person(text: &str, from: usize) -> Option<usize> {
    // No more than this behind a marker, however long the text is: a text of nothing but markers is looked through once.
    let rest = &text[from + "姓名".len()..floor(text, from + WINDOW)];
    let value = rest.trim_start_matches(['：', ':', '为', '是', ' ', '\u{3000}', '*', '|', '"', '\t']);
    let told = value.chars().take(5).take_while(|c| han(*c) || *c == '·').count();
    let first = value.chars().next()?;
    let name: String = value.chars().take(told).collect();
    if !(2..=4).contains(&told) || !SURNAMES.contains(first) || value.chars().nth(told).is_some_and(|c| c == '*' || c == '＊' || c == '×') {
        return None;
    }
    let start = from + "姓名".len() + (rest.len() - value.len()) + name.len();
    let near = &text[start..floor(text, start + 240)];
    // A blank line ends what is told of one person.
    let near = near.split("\n\n").next().unwrap_or(near);
    let near = near.split("姓名").next().unwrap_or(near);
    for (words, place) in [(PLACES, true), (ILLS, false)] {
        for w in words {
            let Some(i) = near.find(w) else { continue };
            let after = near[i + w.len()..].trim_start_matches(['：', ':', '为', '是', '在', '址', '于', ' ', '\u{3000}', '*', '|', '"', '\t']);
            let part: String = after.chars().take(40).take_while(|c| han(*c) || c.is_alphanumeric() || matches!(c, '-' | '#')).collect();
            let signs = part.chars().filter(|c| "省市县区镇乡村路街巷号室楼组栋幢弄區縣鎮鄉號".contains(*c)).count();
            let digits = part.chars().any(|c| c.is_numeric());
            let colon = near[i + w.len()..].starts_with(['：', ':', '"', '为', '|']);
            let sound = if place { signs >= 2 || (signs == 1 && (digits || colon)) } else { colon && part.chars().count() >= 2 };
            if sound && !part.is_empty() {
                return Some(start + i + w.len() + (near[i + w.len()..].len() - after.len()) + part.len());
            }
        }
    }
    None
}

/// The end of the head of a table in Markdown or HTML that has names beside addresses or illnesses, with a row below it.
fn head(text: &str, from: usize) -> Option<usize> {
    let rest = &text[from + "姓名".len()..];
    let near = &rest[..floor(rest, 600)];
    let (line, below) = if near.trim_start_matches([' ', '*', '\u{3000}']).starts_with('|') {
        let (line, below) = near.split_once('\n')?;
        let (rule, rows) = below.split_once('\n')?;
        let ruled = rule.contains("--") && rule.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\r'));
        (line, rows.starts_with('|').then_some(rows).filter(|_| ruled)?)
    } else if near.starts_with("</th") || near.starts_with("</td") {
        let (line, below) = near.split_once("</tr")?;
        (line, below.contains("<td").then_some(below)?)
    } else {
        return None;
    };
    let words = [PLACES, ILLS, &["疾病", "身份证号"]].concat();
    let word = words.iter().find(|w| line.contains(**w))?;
    // Forms to be filled in have nothing in their rows.
    let filled = below.chars().take(200).filter(|c| han(*c)).count() >= 4;
    (filled && !below.contains('*')).then(|| from + "姓名".len() + line.find(*word).unwrap_or(0) + word.len())
}
