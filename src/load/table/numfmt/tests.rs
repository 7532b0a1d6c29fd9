//! Number formats as spreadsheets show them.

use super::*;

fn show(code: &str, v: f64) -> String {
    Format::new(code).show(v, false).text
}

#[test]
fn what_is_shown() {
    for (code, v, want) in [
        ("General", 0.1 + 0.2, "0.3"),
        ("h:mm:ss", 8.5 / 24.0, "08:30:00"),
        ("h:mm", 8.5 / 24.0, "08:30:00"),
        ("h:mm AM/PM", 20.5 / 24.0, "20:30:00"),
        ("[$-804]上午/下午h\"时\"mm\"分\"", 0.75, "18:00:00"),
        ("[h]:mm:ss", 30.0 / 24.0, "30:00:00"),
        ("[h]:mm", 32.25 / 24.0, "32:15:00"),
        ("[mm]:ss", 1.5 / 24.0, "01:30:00"),
        ("[h]\"小时\"mm\"分\"", 30.5 / 24.0, "30:30:00"),
        ("mm:ss.0", 90.5 / 86400.0, "00:01:30.5"),
        ("00000", 1569.0, "01569"),
        ("000000", 123.0, "000123"),
        ("00000", 123_456.0, "123456"),
        ("000\\-0000", 12_345.0, "001-2345"),
        ("0\\.0000\"万元\"", 12_345_678.0, "1234.5678万元"),
        ("0!.0000\"万元\"", 12_345_678.0, "1234.5678万元"),
        ("\"是\";;\"否\"", 1.0, "是"),
        ("\"是\";;\"否\"", 0.0, "否"),
        // Every number above nothing is shown so.
        ("\"是\";;\"否\"", 5.0, "是"),
        ("\"No.\"000", 7.0, "No.007"),
        ("00000;-00000", 1569.0, "01569"),
        ("0.0%", 0.125, "12.5%"),
        ("0%", 0.07, "7%"),
        ("0.00%", 0.5, "50.00%"),
        ("0%", 0.125, "12.5%"),
        ("0.0%;[Red]-0.0%", -0.125, "-12.5%"),
        ("yyyy\"年\"m\"月\"", 45_413.0, "2024年5月"),
        ("yyyy-mm", 45_413.0, "2024-05"),
        ("mmm-yy", 45_413.0, "2024-05"),
        ("yyyy", 45_292.0, "2024"),
        ("yyyy\"年\"m\"月\"d\"日\";@", 45_413.0, "2024-05-01"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", 45_413.0, "2024-05-01"),
        ("[$-404]e/m/d", 45_413.0, "2024-05-01"),
        ("yyyy-mm-dd hh:mm", 45_413.0, "2024-05-01 00:00:00"),
        ("m/d/yy h:mm AM/PM", 45_413.0, "2024-05-01 00:00:00"),
        ("yyyy-mm-dd", 45_413.25, "2024-05-01 06:00:00"),
        ("yyyy/m/d h:mm", 45_413.354_166_666_664, "2024-05-01 08:30:00"),
        ("#,##0", 1234.0, "1234"),
        ("#,##0.00_);[Red](#,##0.00)", -1234.5, "-1234.5"),
        ("0.00", 2.34567, "2.34567"),
        ("0\"万元\"", 5.0, "5"),
        ("General\"人\"", 5.0, "5"),
        ("[Red]G/通用格式", 5.0, "5"),
        ("0.00E+00", 12_345.0, "12345"),
        ("# ?/?", 0.5, "0.5"),
        ("yyyy-mm-dd", 60.0, "1900-02-29"),
        ("yyyy-mm-dd", 1.0, "1900-01-01"),
        ("yyyy-mm-dd", 61.0, "1900-03-01"),
        ("_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", 12.5, "12.5"),
    ] {
        assert_eq!(show(code, v), want, "{code} of {v}");
    }
    assert_eq!(Format::new("yyyy-mm-dd").show(43_951.0, true).text, "2024-05-01");
    assert_eq!(Format::new(";;;").show(5.0, false).differs, Some(Differs::Hidden));
    assert_eq!(Format::new("0.0,,").show(5e6, false).differs, Some(Differs::Stored));
    for (code, v, want) in [
        ("0;0", -3.0, Some(Differs::Sign)),
        ("0;0", 3.0, None),
        ("0.00_);0.00_)", -3.5, Some(Differs::Sign)),
        ("00000;00000", -3.0, Some(Differs::Sign)),
        ("0%;0%", -0.5, Some(Differs::Sign)),
        ("0\"万\";0\"万\"", -3.0, Some(Differs::Sign)),
        ("0_);(0)", -3.0, None),
        ("0;[Red]0", -3.0, None),
        ("0;\"▲\"0", -3.0, None),
        ("0;-0;0", -3.0, None),
        ("m\"月\"", 45_413.0, Some(Differs::More)),
        ("yyyy\"年\"m\"月\"", 45_413.0, None),
        ("0!.0,\"万\"", 12_345.0, Some(Differs::Stored)),
    ] {
        assert_eq!(Format::new(code).show(v, false).differs, want, "{code} of {v}");
    }
    assert_eq!(Format::new("m\"月\";@").day(45_413.0, false).as_deref(), Some("5月"));
    assert_eq!((Format::builtin(58).day(45_413.0, false).as_deref(), Format::builtin(14).day(45_413.0, false)), (Some("5月1日"), None));
    assert_eq!(Format::new("h:mm").show(1.25, false).differs, Some(Differs::Less));
    assert_eq!(Format::new("[<=100]00000;0").show(7.0, false).text, "00007");
    assert!(Format::new("0.00").is_plain() && !Format::new("0%").is_plain());
    for id in 0..200 {
        Format::builtin(id).show(1e300, false);
    }
    assert_eq!(Format::builtin(21).show(0.5, false).text, "12:00:00");
}

/// Signs of a bound, of a change, and a minus about a number above zero say more than the number.
#[test]
fn signs_that_say_something() {
    let around = |code: &str, v: f64| Format::new(code).show(v, false).around.map(|(b, a)| format!("{b}0{a}"));
    for (code, v, want) in [
        ("\"<\"0.00", 0.5, "<0"),
        ("\\>0", 5.0, ">0"),
        ("\"≥\"0", 5.0, "≥0"),
        ("±0.0", 5.0, "±0"),
        ("0\"+\"", 5.0, "0+"),
        ("0\"↓\"", 5.0, "0↓"),
        ("\"-\"0", 5.0, "-0"),
        ("(0)", 5.0, "(0"),
        ("[<0.5]\"<0.50\";0.00", 0.7, ""),
        ("0;-0", -5.0, ""),
        ("#,##0_);(#,##0)", -5.0, ""),
        ("+0.0;-0.0;0.0", 5.0, ""),
        ("_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)", 5.0, ""),
    ] {
        assert!(around(code, v).unwrap_or_default().starts_with(want), "{code} {:?}", around(code, v));
        assert_eq!(around(code, v).is_none(), want.is_empty(), "{code} {:?}", around(code, v));
    }
}
