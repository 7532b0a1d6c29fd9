//! Telephones and cards that slipped into columns of other things, amounts and codes that look like them, homes in notices.

use crate::support::{Project, SITE_CN};
use clerestory::personal::{Sure, traces};
use std::fmt::Write as _;

/// What a table makes of a column's personal data: the codes of its findings.
fn table(head: &str, rows: &[String]) -> Vec<String> {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p.file(
        "content/datasets/x/dataset.yaml",
        "title: 表\ndescription: 一张表。\npublisher: office\nlicense: CC-BY-4.0\nissued: 2025-12-01\nresources: [{name: a, path: a.csv, title: 甲}]\n",
    );
    p.file("content/datasets/x/a.csv", rows.iter().fold(format!("{head}\n"), |t, r| t + r + "\n"));
    p.findings(&[]).into_iter().map(|f| f.0).filter(|c| c == "SEC003" || c == "SEC010").collect()
}

fn filled(n: usize, row: impl Fn(usize) -> String, more: &[&str]) -> Vec<String> {
    (0..n).map(row).chain(more.iter().map(|r| (*r).to_string())).collect()
}

#[test]
fn telephones_in_columns_of_other_things_are_seen() {
    let amounts = |n: usize| format!("项{n},{}", n % 90);
    let days = |n: usize| format!("甲{n},2024-01-{:02}", n % 28 + 1);
    for head in ["项目,面积", "项目,金额", "项目,补助金额（元）", "项目,人数", "事项,内容", "事项,编号"] {
        for cell in ["王小明手机：15117834256", "手机：15117834256"] {
            assert_eq!(table(head, &filled(40, amounts, &[&format!("某,{cell}")])), ["SEC003"], "{head} {cell}");
        }
    }
    for head in ["项目,面积", "事项,内容"] {
        for cell in ["151-1783-4256", "+8615117834256", "151 1783 4256", "151\u{200B}17834256"] {
            assert_eq!(table(head, &filled(40, amounts, &[&format!("某,{cell}")])), ["SEC003"], "{head} {cell}");
        }
        for cell in ["15117834256", "15117834256.0"] {
            assert_eq!(table(head, &filled(40, amounts, &[&format!("某,{cell}")])), ["SEC010"], "{head} {cell}");
        }
    }
    assert_eq!(table("单位,登记日期", &filled(40, days, &["某,15117834256"])), ["SEC010"]);
    // Sums of which one happens to have eleven digits.
    let sums = |n: usize| format!("项{n},{}", 15_117_834_256_u64 + n as u64 * 7_919_333_123);
    assert!(table("项目,金额", &filled(40, sums, &[])).is_empty());
    let large = |n: usize| format!("项{n},{}", 12_345_678 + n * 70_001);
    assert!(table("项目,金额", &filled(40, large, &["合计,15117834256"])).is_empty());
}

#[test]
fn cards_in_columns_of_figures_are_seen() {
    // Numbers of cards with their check digit.
    let cards: Vec<String> = (0..10u64)
        .map(|n| {
            let body = format!("622202{:012}", 100_000_007 * (n + 1));
            let sum: u32 = body.bytes().rev().enumerate().map(|(i, c)| u32::from(c - b'0') * if i % 2 == 0 { 2 } else { 1 }).map(|d| d / 10 + d % 10).sum();
            format!("{body}{}", (10 - sum % 10) % 10)
        })
        .collect();
    for head in ["单位,登记日期", "事项,内容", "事项,金额"] {
        let rows: Vec<String> = (0..60).map(|n| format!("甲{n},{}", if head.contains("日期") { "2024-01-02".to_string() } else { n.to_string() })).collect();
        let with: Vec<String> = rows.iter().cloned().chain(cards.iter().map(|c| format!("某,{c}"))).collect();
        assert_eq!(table(head, &with).len(), 1, "{head}");
    }
}

#[test]
fn a_code_of_a_letter_and_digits_is_no_passport_without_a_word_for_one() {
    for first in ["E1", "G2"] {
        let rows = filled(60, |n| format!("{first}{:07},{n}", n * 13_577 % 9_999_999), &[]);
        let found = table("产品型号,值", &rows);
        assert!(!found.contains(&"SEC003".to_string()), "{first}: {found:?}");
        assert_eq!(table("护照号码,值", &rows), ["SEC003"]);
    }
}

/// What a text is found to hold: nothing, perhaps something, certainly.
fn sure(text: &str) -> Option<Sure> {
    traces(text).into_iter().map(|t| t.sure).max()
}

#[test]
fn a_word_that_begins_like_a_unit_is_none() {
    for text in
        ["联系王小明手机15117834256元旦期间有效", "王小明手机15117834256元", "王小明 15117834256 个体户", "联系手机15117834256户主", "王小明15117834256人民路"]
    {
        assert_eq!(sure(text), Some(Sure::Yes), "{text}");
    }
    for text in ["王小明15117834256个人原因退出", "王小明电话：￥15117834256"] {
        assert!(sure(text).is_some(), "{text}");
    }
}

#[test]
fn amounts_and_codes_of_eleven_digits_are_none() {
    for text in [
        "总股本19405918198股",
        "耗电15212345678度",
        "访问15212345678次",
        "价值13512345678欧元",
        "价值13512345678日元",
        "发行13512345678枚",
        "印制13512345678张",
        "用电13512345678 kWh",
        "投资13512345678（元）",
        "注册资本13512345678",
        "总计 13512345678",
        "运单号13512345678",
        "工单13512345678",
        "坐标 13512345678,3512345678",
        "X=13512345678",
        "区块高度13512345678",
        "查询码13512345678",
    ] {
        assert_eq!(sure(text), None, "{text}");
    }
    for text in ["余额变动 -13512345678", "NO.13512345678", "№13512345678", "请输入手机号（如13800138001）", "如车牌号京A12345", "晋D02024号"]
    {
        assert_ne!(sure(text), Some(Sure::Yes), "{text}");
    }
    for text in ["浙F12345电杆", "宁A00123号树", "苏A12345号古树", "闽D12345号船", "井号新D10001", "蒙A12345矿", "粤C12345（地块编号）", "护照号码E00000000"]
    {
        assert_eq!(sure(text), None, "{text} {:?}", traces(text));
    }
    // What stays one.
    for text in ["手机-13512345678", "快递员电话13512345678", "车牌号京A12345", "王小明，13512345678"] {
        assert_eq!(sure(text), Some(Sure::Yes), "{text}");
    }
}

#[test]
fn homes_in_notices_are_seen_wherever_the_name_stands() {
    let mut missed = String::new();
    for head in
        ["", "公告如下：", "如下：", "（一）", "①", "· ", "甲、", "抄送：", "其中，", "本院查明，", "现将", "向", "对", "送达", "关于", "第三人", "送达被告人"]
    {
        let text = format!("{head}李建国，住杭州市西湖区文三路259号3幢501室。\n");
        if sure(&text) != Some(Sure::Yes) {
            let _ = writeln!(missed, "{text}");
        }
    }
    for text in [
        "如下：被告人李建国，男，汉族，1980年1月1日出生，住杭州市西湖区文三路259号3幢501室。",
        "送达被告人李建国，男，1980年1月1日出生，住杭州市西湖区文三路259号3幢501室",
        "（一）申请人李建国，地址：杭州市西湖区文三路259号3幢501室",
    ] {
        if sure(text) != Some(Sure::Yes) {
            let _ = writeln!(missed, "{text}");
        }
    }
    assert_eq!(missed, "");
    assert!(sure("现公布如下。\n李建国，杭州市西湖区文三路259号3幢501室\n谢谢").is_some());
    // Offices and companies.
    for text in [
        "杭州某某有限公司，住所杭州市西湖区文三路259号3幢501室",
        "联系人李建国，联系地址：杭州市西湖区文三路259号",
        "该公司负责人李建国，住杭州市西湖区文三路259号3幢501室",
    ] {
        assert_ne!(sure(text), Some(Sure::Yes), "{text}");
    }
}
