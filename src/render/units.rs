//! Chinese units on pages in another language: as the source has them, with what they mean.

/// What a unit of Chinese statistics means in English: 万 is ten thousand, 亿 a hundred million; the legal units are those of GB 3100.
/// Words that count different things (个, 件, 家, 张) mean nothing alone and are left as they are.
static MEANINGS: &[(&str, &str)] = &[
    ("人", "people"),
    ("万人", "10,000 people"),
    ("亿人", "100 million people"),
    ("岁", "years of age"),
    ("小时", "hours"),
    ("元", "yuan"),
    ("万元", "10,000 yuan"),
    ("亿元", "100 million yuan"),
    ("美元", "US dollars"),
    ("万美元", "10,000 US dollars"),
    ("亿美元", "100 million US dollars"),
    ("元/人", "yuan per person"),
    ("户", "households"),
    ("万户", "10,000 households"),
    ("人次", "person-times"),
    ("万人次", "10,000 person-times"),
    ("辆", "vehicles"),
    ("万辆", "10,000 vehicles"),
    ("公里", "km"),
    ("万公里", "10,000 km"),
    ("千米", "km"),
    ("米", "m"),
    ("平方米", "m²"),
    ("万平方米", "10,000 m²"),
    ("平方公里", "km²"),
    ("平方千米", "km²"),
    ("公顷", "hectares"),
    ("千公顷", "1,000 hectares"),
    ("万公顷", "10,000 hectares"),
    ("亩", "mu (1/15 hectare)"),
    ("万亩", "10,000 mu (1/15 hectare each)"),
    ("立方米", "m³"),
    ("万立方米", "10,000 m³"),
    ("亿立方米", "100 million m³"),
    ("千克", "kg"),
    ("公斤", "kg"),
    ("吨", "tonnes"),
    ("万吨", "10,000 tonnes"),
    ("亿吨", "100 million tonnes"),
    ("万吨标准煤", "10,000 tonnes of standard coal"),
    ("千瓦时", "kWh"),
    ("万千瓦时", "10,000 kWh"),
    ("亿千瓦时", "100 million kWh"),
    ("千瓦", "kW"),
    ("万千瓦", "10,000 kW"),
    ("千人", "1,000 people"),
    ("百万人", "million people"),
    ("‰", "per thousand"),
];

fn meaning(unit: &str) -> Option<&'static str> {
    MEANINGS.iter().find(|(zh, _)| *zh == unit.trim()).map(|(_, en)| *en)
}

fn han(unit: &str) -> bool {
    unit.chars().any(|c| matches!(c, '\u{3400}'..='\u{9FFF}'))
}

/// A unit in a table: with what it means behind it, where the page is in English.
pub fn beside(tag: &str, unit: &str) -> String {
    match meaning(unit).filter(|_| tag.starts_with("en") && han(unit)) {
        Some(en) => format!("{unit} ({en})"),
        None => unit.to_string(),
    }
}

/// A unit in a chart, where there is room for one: what it means, where that is known.
pub fn alone(tag: &str, unit: &str) -> String {
    meaning(unit).filter(|_| tag.starts_with("en") && han(unit)).unwrap_or(unit).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_have_their_meaning_in_english_alone() {
        assert_eq!((beside("en", "万人").as_str(), alone("en", "万人").as_str()), ("万人 (10,000 people)", "10,000 people"));
        assert_eq!((beside("zh-Hans", "万人").as_str(), alone("zh-Hant", "万元").as_str()), ("万人", "万元"));
        assert_eq!((beside("en", "羽"), beside("en", "%"), alone("fr", "万吨")), ("羽".into(), "%".into(), "万吨".into()));
    }
}
