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
        ("<a href=\"tel:13812345678\">", (Kind::Mobile, Yes)),
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

/// As [`kinds`], with what is found in the order of its places.
fn all(v: &str, want: &[(Kind, Sure)]) {
    assert_eq!(kinds(v), want, "{v}");
    assert!(want.is_empty() || hide(v) != v, "{v} is told whole");
}

#[test]
fn numbers_that_markup_or_a_line_end_parts() {
    use Sure::{Perhaps, Yes};
    let (id, call) = ((Kind::Id, Yes), (Kind::Mobile, Yes));
    for v in [
        "370102<!-- -->199003072345",
        "370102<!-- 13 or more signs -->199003072345",
        "370102<br>199003072345",
        "370102<br/>19900307<br />2345",
        "370102<u>19900307</u>2345",
        "370102<sup>1990</sup>03072345",
        "<span style=\"font-size: 14px; order: 2\">370102</span><span style=\"font-size: 14px\">199003072345</span>",
        "3<b>7</b>0102199003072345",
        "***370102***199003072345",
        "370102~~1990~~03072345",
        "370102`1990`03072345",
        "370102[1990](https://x.cn/)03072345",
        "[370102](https://x.cn/a)[199003072345](https://x.cn/b)",
        "370102[1990][a]03072345",
        "370102![1990](x.png)03072345",
        "370102[^1]199003072345",
        "张三，身份证370102\n199003072345。",
        "张三，身份证3701021990\r\n  03072345。",
        "> 张三，身份证370102\n> 199003072345。",
        "370102\\\n199003072345",
        "370102&zwj;1990&#8203;0307&#x200B;2345",
        "370102&thinsp;19900307&numsp;2345",
        "370102&shy;199003072345",
        "370102\\u200b199003072345",
        "&#51;&#55;0102<i>1990</i>0307<b>2345</b>",
        "\\u0033\\u0037\\u0030102199003072345",
        "<w:r><w:t>370102</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>199003072345</w:t></w:r>",
        "<span>370102</span>\n  <span>1990</span>\n  <span>03072345</span>",
        "<code>370102199003072345</code>",
        "p_370102199003072345_x",
        "ID370102199003072345abc",
        "zhangsan370102199003072345",
        "https://x.cn/?id=370102199003072345",
        "<https://x.cn/p?id=370102199003072345>",
        "٣٧٠١٠٢١٩٩٠٠٣٠٧٢٣٤٥",
        "۳۷۰۱۰۲۱۹۹۰۰۳۰۷۲۳۴۵",
        "𝟑𝟕𝟎𝟏𝟎𝟐𝟏𝟗𝟗𝟎𝟎𝟑𝟎𝟕𝟐𝟑𝟒𝟓",
        "三七〇一〇二一九九〇〇三〇七二三四五",
        "申请人：张伟，身份证号：370102199003072346",
        "姓名张伟 身份证 370102199003072340",
        "3\u{20E3}7\u{20E3}0\u{20E3}102199003072345",
    ] {
        // The last digit that makes it one.
        let base: Vec<u8> = b"37010219900307234".iter().map(|c| c - b'0').collect();
        let last = (0..=10).find(|d| resident(&[&base[..], &[*d]].concat())).unwrap();
        assert!(last < 10);
        let digits: Vec<char> = "0123456789".chars().collect();
        let v = if v.starts_with(['申', '姓']) {
            v.to_string()
        } else if let Some(head) = v.rfind(['5', '٥', '۵', '𝟓', '五']) {
            let c = v[head..].chars().next().unwrap();
            let d = match c {
                '٥' => char::from_u32(0x660 + u32::from(last)).unwrap(),
                '۵' => char::from_u32(0x6F0 + u32::from(last)).unwrap(),
                '𝟓' => char::from_u32(0x1D7CE + u32::from(last)).unwrap(),
                '五' => "〇一二三四五六七八九".chars().nth(last.into()).unwrap(),
                _ => digits[usize::from(last)],
            };
            format!("{}{d}{}", &v[..head], &v[head + c.len_utf8()..])
        } else {
            v.to_string()
        };
        all(&v, &[id]);
    }
    for v in [
        "1381234<br>5678",
        "13812<br>345678",
        "138<!-- -->1234<!-- -->5678",
        "<b>138</b>1234<i>5678</i>",
        "请找张三1381234\n5678。",
        "138[1234](tel:1)5678",
        "<a href=\"tel:13812345678\">",
        "[拨打](tel:+86-138-1234-5678)",
        "[电话](tel:13812345678)",
        "13812345678<sup>1</sup>",
        "1<b>13812345678</b>",
        "13812345678[^1]",
        "<code>13812345678</code>",
        "手机：<span style=\"order: 1\">13812345678</span>",
        "订单编号：1。<b>张三</b>手机<u>13812345678</u>",
        "手机号13,812,345,678",
        "一三八一二三四五六七八",
        "幺三八幺二三四五六七八",
        "mobile_13812345678_a",
        "<!-- 13812345678 -->",
        "1<!-- 13812345678 -->2",
        "12[a](x)3 [z](tel:13812345678)4",
    ] {
        all(v, &[call]);
    }
    all("13812345678<br>13987654321", &[call, call]);
    all("<b>13812345678</b><b>13987654321</b>", &[call, call]);
    all("32010219850204101313812345678", &[id, call]);
    all("13812345678320102198502041013", &[call, id]);
    all("320102198502041013320102198502041013", &[id, id]);
    all("1381234567813987654321", &[(Kind::Mobile, Perhaps), (Kind::Mobile, Perhaps)]);
    all("手机1381234567813987654321", &[call, call]);
    all("p_13912345678_x", &[(Kind::Mobile, Perhaps)]);
    all("咨询：<a href=\"tel:13812345678\">咨询</a>", &[(Kind::Mobile, Perhaps)]);
    all("编号ID320102198502041013", &[id]);
    all("文件编号：XK320102198502041013", &[(Kind::Id, Perhaps)]);
    all("DOC35030220200101002X", &[(Kind::Id, Perhaps)]);
}

#[test]
fn plates_and_permits_and_persons() {
    use Sure::Yes;
    for v in [
        "京 a·12345",
        "京a12345",
        "京Ａ１２３４５",
        "京A<b>12345</b>",
        "京A 12345",
        "粤b·d12345",
        "京A12345号出租车",
        "车辆京A12345楼下停放",
        "鲁ａ·１２３４５",
    ] {
        all(v, &[(Kind::Plate, Yes)]);
    }
    for v in
        ["京A12345楼", "沪A12345号楼", "沪A12345 号楼", "位于京A12345地块", "西藏A12345", "南宁 A12345", "京A12345栋", "渝B12345井", "新 a 123", "云 abc12345"]
    {
        all(v, &[]);
    }
    for v in ["港澳通行证C12345678", "港澳通行证号码：CA1234567", "回乡证 H12345678", "来往内地通行证H1234567801", "台胞证：T12345678", "护照e12345678"]
    {
        all(v, &[(Kind::Passport, Yes)]);
    }
    for v in ["C12345678", "型号H12345678", "车辆通行证C12345678"] {
        all(v, &[]);
    }
    for v in [
        "姓名：张三 地址：福建省莆田市城厢区某某街1号",
        "张伟，住址：福建省莆田市城厢区某某街1号",
        "**张伟**，住址：福建省莆田市城厢区某某街1号",
        "- 张伟，男，家住莆田市城厢区某某街1号",
        "被告张伟，男，汉族，1985年2月4日出生，住莆田市城厢区某街1号。",
        "联系人：张伟，家庭住址：莆田市城厢区某街1号",
        "<p>姓名：<b>张三</b>，住址：<i>福建省</i>莆田市城厢区某某街1号</p>",
        "张伟（住址：福建省莆田市城厢区某某街1号）",
    ] {
        all(v, &[(Kind::Person, Yes)]);
    }
    for v in [
        "联系人：张三，地址：福建省莆田市城厢区某某街1号",
        "法定代表人：张三，住所地：福建省莆田市城厢区某某街1号",
        "某公司，地址：福建省莆田市城厢区某某街1号",
        "施工地点，住址、电话等信息",
        "姓名：张三，单位地址：福建省莆田市城厢区某某街1号",
        "申请人的姓名、住址、职业和联系方式",
        "居民委员会住址：福建省莆田市城厢区某某街1号",
    ] {
        all(v, &[]);
    }
}

#[test]
fn markup_without_end_is_looked_through_once() {
    for part in ["1<!--", "1<", "1<b ", "1<b>", "1[", "1](", "1&", "1&#", "1<!-- 1 -->", "1\\u003", "1<br>", "13812345\n", "1\n", "京A1<b>", "一", "1,234"] {
        let text = part.repeat((1 << 20) / part.len());
        let _ = traces(&text).len();
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

/// What this thread has cost the processor, in seconds; the time of day would be that of all that runs beside it.
#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "the time it takes is what is tested")]
fn spent() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e9
}

#[test]
#[cfg(target_os = "linux")]
fn a_text_of_nothing_but_markers_is_looked_through_once() {
    let begin = spent();
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
    let took = spent() - begin;
    assert!(took < 20.0, "{took} s");
}

#[test]
fn numbers_in_another_dress_beside_their_name() {
    use Sure::{Perhaps, Yes};
    let (id, call) = ((Kind::Id, Yes), (Kind::Mobile, Yes));
    for mark in
        ["，", ",", "、", ";", "；", "。", "+", "=", "#", "^", "《", "'", "\"", "\\", "●", "→", "…", "&", "%", "$", "@", "!", "_", "·", "|", " | ", "/", "，  "]
    {
        all(&format!("联系人张三，手机138{mark}8192{mark}4865。"), &[call]);
        all(&format!("手机号码：{}", "1 3 8 8 1 9 2 4 8 6 5".replace(' ', mark)), &[call]);
        all(&format!("身份证号350302{mark}19900307{mark}1235，男"), &[id]);
    }
    for v in [
        "手机：一三八8一九二4865",
        "张三一三八8一九二4865。",
        "李四１３8八1九二4865",
        "1三88192四865",
        "壹叁捌捌壹玖贰肆捌陆伍",
        "手机①③⑧⑧①⑨②④⑧⑥⑤",
        "①③⑧⑧①⑨②④⑧⑥⑤。",
        "¹³⁸⁸¹⁹²⁴⁸⁶⁵",
        "手机：₁₃₈₈₁₉₂₄₈₆₅",
        "❶❸❽❽❶❾❷❹❽❻❺",
        "张三一三八-八一九二-四八六五。",
        "手机：一三八，八一九二，四八六五",
        "手机：l388l924865",
        "手机号：I38 8I92 4865",
        "手机：138o1924865",
        "微信13O8I924865，张三",
        "手机<ruby>138<rt>yi</rt></ruby>8192<ruby>4865<rt>x</rt></ruby>",
        "手机<ruby>138<rp>(</rp><rt>yāo sān bā</rt><rp>)</rp></ruby>81924865",
        "<td>手机</td><td>1</td><td>3</td><td>8</td><td>8</td><td>1</td><td>9</td><td>2</td><td>4</td><td>8</td><td>6</td><td>5</td>",
        "| 姓名 | 手机 |\n|-|-|\n| 张三 | 1 | 3 | 8 | 8 | 1 | 9 | 2 | 4 | 8 | 6 | 5 |",
        "[查](https://x.cn/s?q=13881924865)",
        "[查](https://x.cn/s?a=1&tel=13881924865)",
        "https://x.cn/s?wd=13881924865&b=2",
    ] {
        all(v, &[call]);
    }
    for v in [
        "手 机：l38 8192 4865",
        "姓名　张伟　手　机　13O8I924865",
        "手机号：138....8192....4865",
        "手机：壹三8 8①九2 肆8六5",
        "手机:+86 一三八八一九二四八六五",
    ] {
        all(v, &[call]);
    }
    all("身　份　证：35O302199003071235", &[id]);
    all("微信：LW13881924865", &[(Kind::Mobile, Perhaps)]);
    all("手机138，8192，4865、139，8192，4865", &[call, call]);
    for v in [
        "身份证三五零三零二一九九零零三零七一二三五",
        "身份证叁伍零叁零贰壹玖玖零零叁零柒壹贰叁伍",
        "3五0三0二1九9零0三0七1二3五",
        "③⑤⓪③⓪②①⑨⑨⓪⓪③⓪⑦①②③⑤",
        "身份证号：35O3O2199OO3O71235",
        "身份证：350302l9900307l235，男",
        "身份证号：35O302199003071235",
        "|3|5|0|3|0|2|1|9|9|0|0|3|0|7|1|2|3|5|",
        "李四350302，19900307，1235",
        "[拨](tel:+86350302199003071235)",
        "编号A350302199003071235B号",
        "残疾人证号：35030219900307123543",
    ] {
        all(v, &[id]);
    }
    for v in [
        "台胞证12345678",
        "台湾居民来往大陆通行证号码：01234567",
        "军官证：南字第12345678号",
        "军官证号 12345678",
        "士兵证编号：海字第20201234号",
        "警官证 0123456",
    ] {
        all(v, &[(Kind::Passport, Yes)]);
    }
    all("卡号：9403031234567890129", &[(Kind::Card, Yes)]);
    all("开户行：农行某支行，账号：9403031234567890129", &[(Kind::Card, Perhaps)]);
    all("编号A13881924865B号", &[(Kind::Mobile, Perhaps)]);
    all("电话：13881924865转101", &[(Kind::Mobile, Perhaps)]);
    all("找王五138→8192→4865", &[(Kind::Mobile, Perhaps)]);
    for v in [
        "138，8192，4865",
        "共计138、8192、4865",
        "手机138、8192、4865部",
        "手机：138，8192，48",
        "电话：0594-2692890转101",
        "电话一、二、三、四、五、六、七、八、九、十",
        "| 1 | 3 | 8 | 8 | 1 | 9 | 2 | 4 | 8 | 6 | 5 |",
        "https://x.cn/s?id=13881924865",
        "https://x.cn/s?ts=13881924865&sig=1",
        "军官证、士兵证12345678本",
        "持军官证2020年办理",
        "编号：9403031234567890129",
        "①13 个②38 个③81924865",
        "二〇二一年一月三十一日",
        "壹仟叁佰捌拾捌万壹仟玖佰贰拾肆元捌角陆分",
        "身份证号：350302，1990，12",
        "身份证件和手机 OIlO",
        "| 手机 | 138 | 8192 | 4865 |",
        "手机型号：A1388192486",
        "统计：手机138部，电脑8192台，电话4865门",
        "护照 2024 年",
        "身份证办理：350302件，19900307人次，1235户",
        "账号：1405 0152 0960 0000 123",
        "信访件编号：3503022024031500123",
    ] {
        all(v, &[]);
    }
}

#[test]
fn numbers_in_addresses_readings_and_names_of_places() {
    use Sure::{Perhaps, Yes};
    let call = (Kind::Mobile, Yes);
    for v in [
        "[查](https://x.cn/?q=%31%33%38%31%32%33%34%35%36%37%38)",
        "https://x.cn/s?tel=%31%33%381234%35678",
        "<https://x.cn/s?wd=138%201234%205678>",
        "https://x.cn/s?wd=138+1234+5678&b=1",
        "https://x.cn/s?wd=138-1234-5678",
        "[a](tel:%2B8613812345678)",
        "[a](tel:%2B86%20138%201234%205678)",
        "https://x.cn/?q=%EF%BC%91%EF%BC%93%EF%BC%98%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96%EF%BC%97%EF%BC%98",
        "https://x.cn/?q=%2531%2533%2538%2531%2532%2533%2534%2535%2536%2537%2538",
        "[表](%E5%BC%A0%E4%B8%8913812345678.pdf)",
        "%31%33%38%31%32%33%34%35%36%37%38",
        "<ruby>139<RT>1</RT>1234<rt>2<rt>5678</ruby>5678",
        "<ruby>139<rtc>x</rtc></ruby>12345678",
        "13<img src=\"a.png\" alt=\"\">912345678",
        "## 联系 {#u13912345678}",
        "<a id=\"u13912345678\"></a>",
        "<p class=lisi_13912345678>",
        "[a](#u13912345678)",
        "$13912345678$",
        "v13912345678",
    ] {
        all(v, &[call]);
    }
    all("https://x.cn/p?id=%33%32%30%31%30%32%31%39%38%35%30%32%30%34%31%30%31%33", &[(Kind::Id, Yes)]);
    all("https://x.cn/u/%33%32%30%31%30%32%31%39%38%35%30%32%30%34%31%30%31%33", &[(Kind::Id, Perhaps)]);
    for v in [
        "https://x.cn/u/%31%33%38%31%32%33%34%35%36%37%38",
        "13%38%31%32%33%34%35%36%37%38%39%",
        "138+1234+5678=7050",
        "https://x.cn/?a=138+1234",
        "{#fig-13912345678x}",
        "$13912345678",
        "https://zh.wikipedia.org/wiki/%E4%B8%AD%E5%8D%8E%E4%BA%BA%E6%B0%91%E5%85%B1%E5%92%8C%E5%9B%BD%E6%94%BF%E5%BA%9C",
    ] {
        all(v, &[]);
    }
    for part in ["%31", "%2531", "?a+1", "<rt>", "<ruby>1<rt>", "x%41"] {
        let _ = traces(&part.repeat((1 << 20) / part.len())).len();
    }
}

#[test]
fn names_beside_illnesses_without_a_verb() {
    use Sure::{Perhaps, Yes};
    for v in [
        "赵强，艾滋病感染者",
        "赵强 艾滋病 确诊",
        "赵强：愛滋病，確診",
        "1. 赵强，男，45岁，艾滋病感染者。",
        "赵强，HIV阳性",
        "- **赵强**，乙肝病毒携带者",
        "赵强，精神分裂症患者，现住院",
        "赵强，肢体残疾二级",
        "低保户李敏，女，1985年生，尿毒症",
        "抑郁症患者李敏，女",
        "艾滋病病人：赵强、李敏",
        "<p>赵强，<b>梅毒</b>阳性</p>",
    ] {
        all(v, &[(Kind::Person, Yes)]);
    }
    for v in ["赵强（艾滋病）", "赵强 尿毒症 低保", "赵强因癌症申请救助", "赵强肝癌晚期", "艾滋病感染者赵强", "| 赵强 | 艾滋病 | 低保 |"]
    {
        all(v, &[(Kind::Person, Perhaps)]);
    }
    for v in [
        "张某某，艾滋病感染者",
        "金融，肺结核感染者",
        "安徽，艾滋病感染者1万例",
        "周围，新冠肺炎确诊病例",
        "毛囊炎，梅毒，淋病",
        "病种：高血压、糖尿病、癌症、尿毒症",
        "精神病患者安置",
        "肺结核患者关爱，免费",
        "王强，主任医师，擅长肺癌",
        "陈竺，新冠疫苗专家",
        "张伟，新冠肺炎疫情防控先进个人",
        "马鞍山，新冠肺炎疫情",
        "艾滋病感染者、病人的姓名、住址",
    ] {
        all(v, &[]);
    }
}

#[test]
fn numbers_parted_by_cells_and_those_of_other_countries_and_cards() {
    use Sure::Yes;
    for v in [
        "| 姓名 | 证件 | 生日 | 顺序 |\n|---|---|---|---|\n| 张三 | 320102 | 19850204 | 1013 |",
        "<table>\n<tr>\n<td>张三</td>\n<td>320102</td>\n<td>19850204</td>\n<td>1013</td>\n</tr></table>",
    ] {
        all(v, &[(Kind::Id, Yes)]);
    }
    for v in [
        "| 姓名 | 手机 | | |\n|---|---|---|---|\n| 张三 | 138 | 1234 | 5678 |",
        "氏名：山田太郎 携帯電話：090-1234-5678",
        "이름: 홍길동, 휴대전화: 010-1234-5678",
        "手機：0912-345-678",
    ] {
        all(v, &[(Kind::Mobile, Yes)]);
    }
    for v in ["他的农行卡9403031234567890129", "农行卡6228480402564890018", "信用卡6228 4804 0256 4890 018"] {
        all(v, &[(Kind::Card, Yes)]);
    }
    for v in [
        "| 地区 | 日期 | 数 |\n|---|---|---|\n| 320102 | 19850204 | 1013 |",
        "| 年 | 甲 | 乙 | 丙 |\n|---|---|---|---|\n| 2020 | 138 | 1234 | 5678 |",
        "电话：010-1234-5678",
        "设备序列号：13812345678",
        "SN：13812345678",
        "IMEI 13812345678",
    ] {
        let sure: Vec<_> = kinds(v).into_iter().filter(|k| k.1 == Yes).collect();
        assert_eq!(sure, [], "{v}");
    }
}

#[test]
fn a_word_for_codes_names_the_next_number_only() {
    use Sure::{Perhaps, Yes};
    let m = "13867412905";
    for word in ["编号", "单号", "代码", "备案号", "案号", "合同号", "学号", "档案号", "证书编号", "标准号", "金额", "版本", "ID", "hash", "ISBN"]
    {
        all(&format!("受理{word}2026001，申请人李建国（{m}）"), &[(Kind::Mobile, Yes)]);
        all(&format!("{word}：2026001。李建国，{m}"), &[(Kind::Mobile, Yes)]);
        all(&format!("该{word}已注销，原负责人王志刚{m}"), &[(Kind::Mobile, Yes)]);
        all(&format!("{word}：{m}"), &[]);
        all(&format!("{word}（{m}）"), &[]);
        all(&format!("{word}为 {m}"), &[]);
    }
    all("编号-李建国13867412905.txt", &[(Kind::Mobile, Yes)]);
    all("编号见李建国330106198503124723", &[(Kind::Id, Yes)]);
    all("申请编号2026001，李建国，6228480030123456789", &[(Kind::Card, Perhaps)]);
    all("编号2026001，李建国，住杭州市西湖区文三路88号2幢502室", &[(Kind::Person, Yes)]);
    all("编号：13867412905、13867412906", &[]);
    all("<td>编号</td><td>13867412905</td>", &[]);
    for text in [
        "<div id=\"main\">李建国 13867412905</div>",
        "<text id=\"t1\">李建国 13867412905</text>",
        "{\"id\":5,\"who\":\"李建国13867412905\"}",
        "{\"code\":200,\"msg\":\"李建国13867412905\"}",
        "<r id=\"5\">李建国13867412905</r>",
        "extra: {id: 5, who: \"李建国13867412905\"}",
        "- {id: t1, label: \"李建国13867412905\"}",
        "{name: 编号, description: \"李建国13867412905\"}",
    ] {
        all(text, &[(Kind::Mobile, Yes)]);
    }
    all("{\"id\": 13867412905}", &[]);
}

#[test]
fn numbers_with_a_zero_and_in_three_lines() {
    use Sure::Yes;
    let call = [(Kind::Mobile, Yes)];
    for text in [
        "李建国 013867412905",
        "+86 013867412905",
        "手机 138<br>6741<br>2905",
        "手机 138\n6741\n2905",
        "李建国 手机：\n1386741\n2905",
        "家庭电话：13867412905",
        "私人电话：13867412905",
        "住宅电话：13867412905",
        "亲属电话：13867412905",
        "家属联系方式：13867412905",
    ] {
        all(text, &call);
    }
    all("身份证号：330106\n19850312\n4723", &[(Kind::Id, Yes)]);
    all("共 138<br>6741<br>2905", &[]);
    all("86013867412905", &[]);
}

#[test]
fn a_name_beside_a_home_or_an_illness_wherever_it_stands() {
    use Sure::Yes;
    let home = "李建国，住址：杭州市西湖区文三路88号2幢502室";
    let texts = [
        format!("title: {home}"),
        format!("summary: \"{home}\""),
        format!("changes: [{{date: 2026-01-01, note: \"{home}\"}}]"),
        format!("  - title: {home}"),
        format!("<p>{home}</p>"),
        format!("<div class=\"x\"><p>{home}</p></div>"),
        format!("注：{home}"),
        home.replace("李建国", "欧阳建国"),
        home.replace("李建国", "诸葛亮"),
        home.replace("李建国", "张 伟"),
        home.replace("李建国", "买买提·艾力"),
        home.replace("住址", "户籍地"),
        home.replace("住址", "户籍地址"),
        home.replace("住址", "户籍"),
        home.replace("住址", "送达地址"),
        format!("当事人：{}", home.replace("住址", "地址")),
        home.replace("，住址：", "（男）住"),
        home.replace("，", "\n\n"),
        format!("姓名：{}", home.replace("李建国", "欧阳建国")),
    ];
    for text in &texts {
        assert_eq!(kinds(text), [(Kind::Person, Yes)], "{text}");
    }
    for text in ["title: 患者李建国，确诊肺结核", "<p>患者李建国，确诊肺结核</p>", "summary: \"患者李建国，确诊肺结核\"", "王志刚因患肺结核申请临时救助"]
    {
        assert_eq!(kinds(text), [(Kind::Person, Yes)], "{text}");
    }
    for text in [
        "联系人：李建国，地址：杭州市西湖区文三路88号2幢502室",
        "单位地址：杭州市西湖区文三路88号",
        "杭州市住房保障中心，地址：杭州市西湖区文三路88号",
        "户籍地址：杭州市西湖区文三路88号",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn numbers_of_invoices_and_of_the_standard_itself() {
    all("发票号码：15924681357", &[]);
    all("交易号：15924681357", &[]);
    all("发票号码：033001，联系李建国15924681357", &[(Kind::Mobile, Sure::Yes)]);
    all("样例身份证号：11010519491231002X", &[(Kind::Id, Sure::Perhaps)]);
    all("样例：身份证号330106198503124723", &[(Kind::Id, Sure::Yes)]);
}

#[test]
fn identity_numbers_of_hong_kong_where_something_calls_them_so() {
    let of = |text: &str| traces(text).into_iter().filter(|t| t.kind == Kind::Passport).map(|t| (text[t.at.clone()].to_string(), t.sure)).collect::<Vec<_>>();
    for number in ["A123456(3)", "G652031（5）", "AB987654(3)"] {
        for label in ["香港身份证：", "香港身份证号码 ", "身份證號碼："] {
            assert_eq!(of(&format!("当事人{label}{number}，男")), [(number.to_string(), Sure::Yes)], "{label}{number}");
        }
    }
    // Without the right check digit somebody should look; without a name it may be the number of anything.
    assert_eq!(of("香港身份证：A123456(7)"), [("A123456(7)".to_string(), Sure::Perhaps)]);
    for text in ["型号A123456(3)的设备", "A123456(3)", "香港身份证：A12345(3)", "见表A123456(一)"] {
        assert!(of(text).is_empty(), "{text}");
    }
}

#[test]
fn what_nobody_has_and_what_is_no_telephone_holds_nothing() {
    for text in [
        "批次 17712345678 合同编号：18612345678",
        "频点 13812345678 Hz",
        "13812345678 MHz",
        "燃气表号13912345678",
        "号牌式样：京A·F0236",
        "联系手机 138 1234 5678（样表）",
        "手机：13812345678（填写示例）",
        "GB 11643 规定的公民身份号码：11010519491231002X",
    ] {
        assert!(traces(text).iter().all(|t| t.sure == Sure::Perhaps), "{text}: {:?}", traces(text));
    }
    for text in ["批次负责人 17712345678", "京A·F0236 肇事逃逸", "手机13912345678（样品）", "燃气表安装 13912345678"] {
        assert!(traces(text).iter().any(|t| t.sure == Sure::Yes), "{text}: {:?}", traces(text));
    }
}
