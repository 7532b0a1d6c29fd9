use super::*;

fn kinds(v: &str) -> Vec<(Kind, Sure)> {
    traces(v).into_iter().map(|t| (t.kind, t.sure)).collect()
}

#[test]
fn numbers_however_they_are_written() {
    use Sure::{Perhaps, Yes};
    for (v, want) in [
        ("11010519491231002X", (Kind::Id, Yes)),
        ("440524188001010014", (Kind::Id, Yes)),
        ("张三11010519491231002x，男", (Kind::Id, Yes)),
        ("１１０１０５１９４９１２３１００２Ｘ", (Kind::Id, Yes)),
        ("110105 19491231 002X", (Kind::Id, Yes)),
        ("110105-19491231-002X", (Kind::Id, Yes)),
        ("110105\u{200B}19491231\u{200B}002X", (Kind::Id, Yes)),
        ("110105**19491231**002X", (Kind::Id, Yes)),
        ("ID11010519491231002X", (Kind::Id, Yes)),
        ("身份证号：110105491231002", (Kind::Id, Yes)),
        ("见110105491231002", (Kind::Id, Perhaps)),
        ("身份证号110105194912310021", (Kind::Id, Perhaps)),
        ("13812345678", (Kind::Mobile, Yes)),
        ("+86 138-1234-5678", (Kind::Mobile, Yes)),
        ("0086-13812345678", (Kind::Mobile, Yes)),
        ("(+86)13812345678", (Kind::Mobile, Yes)),
        ("138 1234 5678", (Kind::Mobile, Yes)),
        ("138&nbsp;1234&nbsp;5678", (Kind::Mobile, Yes)),
        ("１３８１２３４５６７８", (Kind::Mobile, Yes)),
        ("1 3 8 1 2 3 4 5 6 7 8", (Kind::Mobile, Yes)),
        ("13812345678.0", (Kind::Mobile, Yes)),
        ("1.3812345678E10", (Kind::Mobile, Yes)),
        ("1.3812345678e+10", (Kind::Mobile, Yes)),
        ("tel13812345678", (Kind::Mobile, Perhaps)),
        ("mobile13812345678", (Kind::Mobile, Yes)),
        ("13812345678@139.com", (Kind::Mobile, Yes)),
        ("如有疑问请找王五，13812345678。", (Kind::Mobile, Yes)),
        ("0591-87654321 13812345678", (Kind::Mobile, Yes)),
        ("联系电话：13812345678", (Kind::Mobile, Perhaps)),
        ("<a href=\"tel:13812345678\">", (Kind::Mobile, Perhaps)),
        ("户主李四，联系电话：13812345678", (Kind::Mobile, Yes)),
        ("https://x.cn/a?mobile=13812345678", (Kind::Mobile, Yes)),
        ("卡号 6222 0212 3456 7890 123", (Kind::Card, Yes)),
        ("护照E12345678", (Kind::Passport, Yes)),
        ("闽B12345", (Kind::Plate, Yes)),
        ("车牌浙A·D12345", (Kind::Plate, Yes)),
        ("姓名：张三，性别：男，住址：福建省莆田市城厢区某某街1号", (Kind::Person, Yes)),
        ("| 姓名 | 家庭住址 |\n|---|---|\n| 张三 | 城厢区某街 |\n", (Kind::Person, Yes)),
        ("<tr><th>姓名</th><th>病种</th></tr><tr><td>张三</td><td>高血压</td></tr>", (Kind::Person, Yes)),
        ("138.1234.5678", (Kind::Mobile, Yes)),
        ("手机138·1234·5678。", (Kind::Mobile, Yes)),
        ("(138)12345678", (Kind::Mobile, Yes)),
        ("（138）1234-5678", (Kind::Mobile, Yes)),
        ("(138) 1234 5678", (Kind::Mobile, Yes)),
        ("138/1234/5678", (Kind::Mobile, Yes)),
        ("138\\.1234\\.5678", (Kind::Mobile, Yes)),
        ("138：1234：5678", (Kind::Mobile, Yes)),
        ("86.138.1234.5678", (Kind::Mobile, Yes)),
        ("132/2021/1234", (Kind::Mobile, Perhaps)),
        ("110105.19491231.002X", (Kind::Id, Yes)),
        ("&#49;&#51;&#56;&#49;&#50;&#51;&#52;&#53;&#54;&#55;&#56;", (Kind::Mobile, Yes)),
        ("找他 &#x31;&#x33;&#X38;1234&#0053;678", (Kind::Mobile, Yes)),
        ("&#49&#51&#56&#49&#50&#51&#52&#53&#54&#55&#56", (Kind::Mobile, Yes)),
        ("&#65297;&#65299;812345678", (Kind::Mobile, Yes)),
        ("11010519491231002&#88;", (Kind::Id, Yes)),
        ("身份证号码为350302 1990 0101 1234", (Kind::Id, Perhaps)),
        ("姓名张三，家庭住址福建省莆田市城厢区", (Kind::Person, Yes)),
        ("11010519491231002Х", (Kind::Id, Yes)),
        ("11010519491231002х，男", (Kind::Id, Yes)),
        ("11010519491231002Χ", (Kind::Id, Yes)),
        ("张三11010519491231002×。", (Kind::Id, Yes)),
        ("11010519491231002Ⅹ", (Kind::Id, Yes)),
    ] {
        if v.starts_with("卡号") {
            // The last digit that makes it one.
            let base: Vec<u8> = b"622202123456789012".iter().map(|c| c - b'0').collect();
            let last = (0..10).find(|d| bank(&[&base[..], &[*d]].concat())).unwrap();
            assert_eq!(kinds(&format!("卡号 6222 0212 3456 7890 12{last}")), [want]);
            continue;
        }
        assert_eq!(kinds(v), [want], "{v}");
        assert!(!hide(v).contains(v), "{v} is told whole");
    }
}

#[test]
fn what_is_none_is_left_alone() {
    for v in [
        "0594-2692890",
        "0594-2692345、0594-2692346",
        "400-810-8888",
        "1-800-555-0199",
        "+1 703 555 1234",
        "+17035551234",
        "11341702486344515H",
        "2024-05-01",
        "20240501123045",
        "1612345678901",
        "1234567890",
        "GDP28014.94",
        "138123456789",
        "13812345678.5",
        "3.13812345678",
        "138.12345678",
        "3.138.1234.5678",
        "(138)1234567",
        "(138) 123-4567",
        "138.123.45.67",
        "138.1234.56789",
        "static/138/1234/5678/x.png",
        "/138/1234/5678",
        "https://x.cn/138.1234.5678",
        "&#138;&#12345678;",
        "2024.0501.1234",
        "1.3.8",
        "13:81:23:45:67:80:11",
        "总产值13812345678元",
        "¥13812345678",
        "订单编号：13812345678",
        "工号13812345678",
        "学号：13812345678",
        "Permit 13125550123 issued",
        "Order no. 13125550123",
        "APN 13125550123",
        "{\"id\": 13812345678}",
        "a7d72b2f-d195-4731-9097-e201a2163aed",
        "https://data.example.org/x/13812345678",
        "https://data.example.org/x?oid=a7d72b2f-d195-4731-9097-e201a2163aed",
        "E12000001",
        "RR473124828CN",
        "ISBN 978-7-5178-1234-5",
        "ISSN 1234-5678",
        "国办发〔2021〕13812号",
        "京ICP备12345678号",
        "京B2-20190001",
        "138****5678",
        "330106********1234",
        "公民的姓名、住址、身份证件号码",
        "姓名或者名称、住所、联系方式",
        "姓名：____ 住址：____",
        "| 姓名 | 住址 |\n|---|---|\n|  |  |\n",
        "138 1234 5678 9012 3456",
        "1010 1011 1012 1013 1014 1015",
        "sha256:e13812345678aa0012ff13812345678b",
        "EVSE13812345678",
    ] {
        let got: Vec<_> = kinds(v).into_iter().filter(|(_, s)| *s == Sure::Yes || !v.starts_with("138 ")).collect();
        assert_eq!(got, [], "{v}");
    }
}

#[test]
fn what_is_hidden_keeps_its_length() {
    let v = "电话 13812345678，身份证11010519491231002X";
    let h = hide(v);
    assert_eq!(h.chars().count(), v.chars().count());
    assert_eq!(h, "电话 138******78，身份证110*************2X");
    assert_eq!(hide(&h), h);
    assert_eq!(hide("2021 年 13 个"), "2021 年 13 个");
}

#[test]
fn any_text_ends() {
    let mut text = String::new();
    for i in 0..20_000u32 {
        text.push_str(["1", "3", " ", "8", "-", "X", "\u{200B}", "１", ".", "E", "姓名", "张", "闽A"][(i.wrapping_mul(2_654_435_761) >> 20) as usize % 13]);
    }
    for n in (0..20).map(|i| floor(&text, text.len() - i)) {
        let _ = (traces(&text[..n]).len(), hide(&text[..n]));
    }
    let _ = hide(&"1".repeat(1 << 20));
    let _ = hide(&"1 ".repeat(1 << 18));
}

fn floor(text: &str, at: usize) -> usize {
    crate::personal::around::floor(text, at)
}

#[test]
fn a_long_text_is_looked_through_as_a_short_one() {
    let zero: String = "13812345678".chars().flat_map(|c| [c, '\u{200B}']).collect();
    for number in ["13812345678", "1１0105194912310０2X", "闽B12345", "138 1234 5678", zero.trim_end_matches('\u{200B}'), "EA1234567"] {
        for pad in 0..70 {
            let text = format!("{}{}护照{number}。{}", "字".repeat(80), "a".repeat(pad), "文".repeat(60));
            let got: Vec<_> = traces(&text).into_iter().map(|t| text[t.at].to_string()).collect();
            assert_eq!(got, [number], "{pad}");
        }
    }
}

#[test]
fn long_figures_in_groups_are_no_numbers_of_people() {
    for n in 18..40 {
        let text = format!("1{}", ".2345".repeat(n / 4)) + &"6".repeat(n % 4);
        assert!(n < 20 || traces(&text).is_empty(), "{text}");
        let _ = traces(&text.replace('.', "·"));
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the time it takes is what is tested")]
fn a_text_of_nothing_but_markers_is_looked_through_once() {
    let begin = std::time::Instant::now();
    for (part, n) in [
        ("姓名张三住址北京市", 30_000),
        ("姓名", 160_000),
        ("姓名 ", 100_000),
        ("姓名：", 100_000),
        ("姓名张三", 80_000),
        ("姓名|", 100_000),
        ("姓名：张三，住址", 30_000),
    ] {
        let text = part.repeat(n);
        assert_eq!(traces(&text), [], "{part}");
    }
    // Whitespace behind one marker is no name of another.
    let _ = traces(&format!("姓名{}", " ".repeat(1 << 20)));
    assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
}
