//! English labels of the national classification of subjects ([`super::vocab::THEME_TREE`]), in its order.
//! The classification itself is Chinese; these are our words for readers of English pages.

/// The top classes, each with the classes below it.
pub(super) static THEMES_EN: &[(&str, &[&str])] = &[
    (
        "Organisation of the State Council",
        &[
            "State Council",
            "General Office of the State Council",
            "Constituent departments",
            "Special organisation directly under the State Council",
            "Organisations directly under the State Council",
            "Administrative offices",
            "Institutions directly under the State Council",
            "State bureaus under ministries",
            "Deliberative and coordinating bodies",
            "Other",
        ],
    ),
    (
        "General government affairs",
        &[
            "Openness of government",
            "Supervision of government work",
            "Emergency management",
            "E-government",
            "Clerical work",
            "Secrecy",
            "Letters and visits",
            "Counsellors and culture and history",
            "Other",
        ],
    ),
    (
        "National economy and state-owned assets",
        &["Macroeconomy", "Economic reform", "Statistics", "Prices", "Supervision of state-owned assets", "Major construction projects", "Other"],
    ),
    (
        "Finance and audit",
        &["Public finance", "Taxation", "Banking", "Money and foreign exchange", "Securities", "Insurance", "Social credit", "Audit", "Other"],
    ),
    ("Land, resources and energy", &["Land", "Minerals", "Water resources", "Sea", "Coal", "Oil and natural gas", "Electricity", "Other"]),
    ("Agriculture, forestry and water", &["Farming, livestock and fisheries", "Forestry", "Water works", "Other"]),
    (
        "Industry and transport",
        &[
            "Machinery and heavy industry",
            "Light industry and textiles",
            "Chemicals",
            "Defence industry",
            "Space and aviation industry",
            "Information industry and telecommunications",
            "Roads",
            "Waterways",
            "Railways",
            "Civil aviation",
            "Post",
            "Other",
        ],
    ),
    (
        "Commerce, customs and tourism",
        &["Foreign trade and economic cooperation", "Domestic trade", "Customs", "Inspection and quarantine", "Tourism", "Other"],
    ),
    ("Market and work safety supervision", &["Industry and commerce", "Quality", "Standards", "Food and medicines", "Work safety", "Other"]),
    (
        "Towns, construction and environment",
        &[
            "Town planning",
            "Construction and housing",
            "Environmental monitoring and protection",
            "Saving energy and using resources",
            "Weather, hydrology, surveying and earthquakes",
            "Other",
        ],
    ),
    ("Science and education", &["Science and technology", "Education", "Intellectual property", "Other"]),
    ("Culture, broadcasting and publishing", &["Culture", "Cultural heritage", "News and publishing", "Radio, film and television", "Other"]),
    ("Health and sport", &["Health", "Medicines", "Sport", "Other"]),
    ("Population, women and children", &["Population and family planning", "Women and children", "Other"]),
    (
        "Labour, personnel and supervision",
        &["Employment", "Social security", "Personnel", "Resettlement of veterans", "Supervision", "Correcting trade malpractice", "Other"],
    ),
    ("Public security and justice", &["Public security", "National security", "Justice", "Other"]),
    (
        "Civil affairs and relief",
        &[
            "Disaster reduction and relief",
            "Special care and placement",
            "Social welfare",
            "Administrative divisions and place names",
            "Social organisations",
            "Poverty relief",
            "Other",
        ],
    ),
    ("Ethnic and religious affairs", &["Ethnic affairs", "Religious affairs"]),
    ("Foreign affairs", &["Diplomacy", "Treaties and international organisations", "Other"]),
    ("Hong Kong, Macao, Taiwan and overseas Chinese", &["Hong Kong and Macao", "Taiwan", "Overseas Chinese"]),
    ("National defence", &["Defence construction", "Defence mobilisation"]),
    ("Other", &[]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocab::THEME_TREE;

    #[test]
    fn each_class_has_a_label() {
        let shape = |t: &[(&str, &[&str])]| t.iter().map(|(_, b)| b.len()).collect::<Vec<_>>();
        assert_eq!(shape(THEMES_EN), shape(THEME_TREE));
    }
}
