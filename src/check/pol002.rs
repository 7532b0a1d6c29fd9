//! POL002: index number at fault.

use super::*;
use crate::diag::say;

/// POL002
pub(super) static RULE: Rule = Rule {
    code: "POL002",
    title: Phrase { zh: "索引号有误", en: "index number at fault" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "索引号形如 000014349/2017-00110：机构代码、斜杠、生成年（月）、五到六位顺序号。机构代码有校验位，全站不得重复。site.yaml 的 disclosure: index_pattern 可另定编法。",
        en: "An index number is like 000014349/2017-00110: the body's code, a slash, year (and month), a serial of five or six digits. The code has a check digit; no two items may share a number. disclosure: index_pattern in site.yaml sets another form.",
    },
    source: "GB 11714、GB 32100 校验规则",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let mut seen: FxHashMap<&str, &str> = FxHashMap::default();
    for item in &input.portal.items {
        let Some(n) = item.policy().and_then(|p| p.index_no.as_deref()) else { continue };
        if let Err(why) = verify(n, &input.config.disclosure.numbers) {
            found.key(
                item,
                "index_no",
                Text { zh: format!("索引号 `{n}` {}", why.zh), en: format!("index number `{n}` {}", why.en) },
                say!("核对机构代码和位数", "look at the body's code and the number of digits"),
            );
        }
        if let Some(first) = seen.insert(n, &item.doc().source.path) {
            found.key(
                item,
                "index_no",
                say!("索引号 `{n}` 与 {first} 重复", "index number `{n}` is also that of {first}"),
                say!("顺序号不得重复使用", "a serial is used once"),
            );
        }
    }
}

fn verify(n: &str, scheme: &crate::config::numbers::Numbers) -> Result<(), Phrase> {
    const SHAPE: Phrase = Phrase { zh: "格式不对", en: "is not in the right form" };
    if !scheme.checked {
        return scheme.read(n).map(|_| ()).ok_or(SHAPE);
    }
    let (code, rest) = n.split_once('/').ok_or(SHAPE)?;
    let (period, serial) = rest.split_once('-').ok_or(SHAPE)?;
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let month_ok =
        period.len() == 4 || (period.len() == 6 && matches!(&period[4..], "01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09" | "10" | "11" | "12"));
    if !digits(period) || !month_ok || !digits(serial) || !(5..=6).contains(&serial.len()) {
        return Err(SHAPE);
    }
    match code.len() {
        9 if org_code(code) => Ok(()),
        18 if uscc(code) => Ok(()),
        9 | 18 => Err(Phrase { zh: "的机构代码校验位不对", en: "has a body's code whose check digit is wrong" }),
        _ => Err(SHAPE),
    }
}

/// Check character of GB 11714.
fn org_code(code: &str) -> bool {
    let value = |b: u8| {
        if b.is_ascii_digit() {
            Some(u32::from(b - b'0'))
        } else if b.is_ascii_uppercase() {
            Some(u32::from(b - b'A') + 10)
        } else {
            None
        }
    };
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0;
    for (b, w) in code.bytes().zip(weights) {
        let Some(v) = value(b) else { return false };
        sum += v * w;
    }
    let want = match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        n => b'0' + n as u8,
    };
    code.as_bytes().get(8) == Some(&want)
}

/// Check character of GB 32100; characters 9 to 17 must be an organisation code.
fn uscc(code: &str) -> bool {
    const SET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let mut sum = 0;
    for (b, w) in code.bytes().zip(weights) {
        let Some(v) = SET.iter().position(|c| *c == b) else { return false };
        sum += v * w;
    }
    code.as_bytes().get(17) == Some(&SET[(31 - sum % 31) % 31]) && org_code(&code[8..17])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        let usual = crate::config::numbers::Numbers::default();
        for good in [
            "000014349/2017-00110",
            "002489401/2024-274848",
            "11341702486344515H/202110-00013",
            "11441700007280420Y/2021-00050",
            "11332500MB1601924J/2021-36824",
        ] {
            assert!(verify(good, &usual).is_ok(), "{good}");
        }
        for bad in
            ["0142768-8/2022-00185", "11341702486344515J/202110-00013", "000014340/2017-00110", "000014349/2017-1", "000014349/201713-00110", "000014349"]
        {
            assert!(verify(bad, &usual).is_err(), "{bad}");
        }
    }
}
