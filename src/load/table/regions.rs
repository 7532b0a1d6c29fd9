//! Provinces of China by every name in use, with their codes (GB/T 2260) and a place on the tile grid.

/// A province-level region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Six digits, GB/T 2260.
    pub code: &'static str,
    /// Full name.
    pub name: &'static str,
    /// Short name: the full one without 省, 市, 自治区 and the people's name.
    pub short: &'static str,
    /// In Traditional characters, short.
    pub hant: &'static str,
    /// In English.
    pub en: &'static str,
    /// Column and row on the tile grid, which shows neighbourhood and not area.
    pub tile: (u8, u8),
}

macro_rules! regions {
    ($($code:literal $name:literal $short:literal $hant:literal $en:literal $x:literal $y:literal;)*) => {
        &[$(Region { code: $code, name: $name, short: $short, hant: $hant, en: $en, tile: ($x, $y) }),*]
    };
}

/// The 34 province-level regions in the order of their codes.
pub static PROVINCES: &[Region] = regions![
    "110000" "北京市" "北京" "北京" "Beijing" 7 2;
    "120000" "天津市" "天津" "天津" "Tianjin" 8 2;
    "130000" "河北省" "河北" "河北" "Hebei" 7 3;
    "140000" "山西省" "山西" "山西" "Shanxi" 6 3;
    "150000" "内蒙古自治区" "内蒙古" "內蒙古" "Inner Mongolia" 6 2;
    "210000" "辽宁省" "辽宁" "遼寧" "Liaoning" 9 2;
    "220000" "吉林省" "吉林" "吉林" "Jilin" 9 1;
    "230000" "黑龙江省" "黑龙江" "黑龍江" "Heilongjiang" 9 0;
    "310000" "上海市" "上海" "上海" "Shanghai" 9 5;
    "320000" "江苏省" "江苏" "江蘇" "Jiangsu" 8 4;
    "330000" "浙江省" "浙江" "浙江" "Zhejiang" 8 5;
    "340000" "安徽省" "安徽" "安徽" "Anhui" 7 4;
    "350000" "福建省" "福建" "福建" "Fujian" 8 6;
    "360000" "江西省" "江西" "江西" "Jiangxi" 7 5;
    "370000" "山东省" "山东" "山東" "Shandong" 8 3;
    "410000" "河南省" "河南" "河南" "Henan" 6 4;
    "420000" "湖北省" "湖北" "湖北" "Hubei" 6 5;
    "430000" "湖南省" "湖南" "湖南" "Hunan" 6 6;
    "440000" "广东省" "广东" "廣東" "Guangdong" 7 7;
    "450000" "广西壮族自治区" "广西" "廣西" "Guangxi" 6 7;
    "460000" "海南省" "海南" "海南" "Hainan" 6 9;
    "500000" "重庆市" "重庆" "重慶" "Chongqing" 5 5;
    "510000" "四川省" "四川" "四川" "Sichuan" 4 5;
    "520000" "贵州省" "贵州" "貴州" "Guizhou" 5 6;
    "530000" "云南省" "云南" "雲南" "Yunnan" 4 6;
    "540000" "西藏自治区" "西藏" "西藏" "Xizang" 3 5;
    "610000" "陕西省" "陕西" "陝西" "Shaanxi" 5 4;
    "620000" "甘肃省" "甘肃" "甘肅" "Gansu" 4 3;
    "630000" "青海省" "青海" "青海" "Qinghai" 3 4;
    "640000" "宁夏回族自治区" "宁夏" "寧夏" "Ningxia" 5 3;
    "650000" "新疆维吾尔自治区" "新疆" "新疆" "Xinjiang" 3 3;
    "710000" "台湾省" "台湾" "臺灣" "Taiwan" 9 7;
    "810000" "香港特别行政区" "香港" "香港" "Hong Kong" 7 8;
    "820000" "澳门特别行政区" "澳门" "澳門" "Macao" 6 8;
];

/// The region that a cell names: full or short name in either script, English, or a code of two or six digits.
pub fn province(text: &str) -> Option<&'static Region> {
    let t = text.trim();
    if t.is_empty() || t.len() > 40 {
        return None;
    }
    // Of figures only a whole code is one.
    if t.bytes().any(|b| b.is_ascii_digit()) && !(matches!(t.len(), 2 | 6) && t.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    // 吉林市 is a city of 吉林省, and no city but the four is a province; 省 ends the name of no city.
    let city = |c: &str| matches!(c, "北京" | "天津" | "上海" | "重庆" | "重慶");
    let bare = match (t.strip_suffix('省'), t.strip_suffix('市')) {
        (Some(b), _) if !city(b) => b,
        (_, Some(b)) if city(b) => b,
        _ => t,
    };
    PROVINCES.iter().find(|r| {
        r.name == t
            || r.short == bare
            || r.hant == bare
            || r.code == t
            || (t.len() == 2 && r.code.starts_with(t))
            || r.en.eq_ignore_ascii_case(t)
            || (t.ends_with("自治区") && t.starts_with(r.short))
            || (t.ends_with("自治區") && t.starts_with(r.hant))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_tiles() {
        for (t, c) in [
            ("北京市", "110000"),
            ("北京", "110000"),
            ("新疆维吾尔自治区", "650000"),
            ("广西", "450000"),
            ("遼寧省", "210000"),
            ("44", "440000"),
            ("Henan", "410000"),
        ] {
            assert_eq!(province(t).map(|r| r.code), Some(c), "{t}");
        }
        assert_eq!(province("全国"), None);
        assert_eq!([province("吉林市"), province("海南市"), province("北京省")], [None, None, None]);
        let mut tiles: Vec<_> = PROVINCES.iter().map(|r| r.tile).collect();
        tiles.sort_unstable();
        tiles.dedup();
        assert_eq!(tiles.len(), 34);
    }
}
