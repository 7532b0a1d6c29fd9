//! Terms of the EU's authority tables that a DCAT-AP catalogue names, with their words: a validator looks at one file
//! alone, so each term that is named is also described there.

use super::graph::{Node, Term};

/// A table of terms: its address, its title in Chinese and English.
pub struct Scheme {
    /// Address of the scheme.
    pub id: &'static str,
    /// Address before the code of a term.
    pub base: &'static str,
    /// Class of its terms beside `skos:Concept`.
    pub class: &'static str,
    title: (&'static str, &'static str),
    terms: &'static [(&'static str, &'static str, &'static str, &'static str)],
}

impl Scheme {
    /// The address of the term for a word of ours.
    pub fn term(&self, word: &str) -> Option<String> {
        self.terms.iter().find(|(w, ..)| *w == word).map(|(_, code, ..)| format!("{}{code}", self.base))
    }

    /// Our word for the address of a term.
    pub fn word(&self, id: &str) -> Option<&'static str> {
        let code = id.strip_prefix(self.base)?;
        self.terms.iter().find(|(_, c, ..)| *c == code).map(|(w, ..)| *w)
    }

    /// The term and its scheme as nodes.
    pub fn nodes(&self, word: &str) -> Option<[Node; 2]> {
        let (_, code, zh, en) = self.terms.iter().find(|(w, ..)| *w == word)?;
        let text = |t: &str, lang: &str| Term::Text(t.into(), lang.into());
        let types: &[&'static str] = if self.class.is_empty() { &["skos:Concept"] } else { &[self.class, "skos:Concept"] };
        let term = Node::new(format!("{}{code}", self.base), types)
            .with("skos:prefLabel", text(zh, "zh"))
            .with("skos:prefLabel", text(en, "en"))
            .with("skos:inScheme", Term::Iri(self.id.into()));
        Some([term, self.node()])
    }

    /// The scheme as a node.
    pub fn node(&self) -> Node {
        Node::new(self.id, &["skos:ConceptScheme"])
            .with("dct:title", Term::Text(self.title.0.into(), "zh".into()))
            .with("dct:title", Term::Text(self.title.1.into(), "en".into()))
    }
}

/// Is it an address of one of these tables?
pub fn is_of(id: &str) -> bool {
    id.starts_with("http://publications.europa.eu/resource/authority/") || id.starts_with("http://purl.org/adms/")
}

/// `dct:accrualPeriodicity`, by the codes of frequencies.
pub static FREQUENCY: Scheme = Scheme {
    id: "http://publications.europa.eu/resource/authority/frequency",
    base: "http://publications.europa.eu/resource/authority/frequency/",
    class: "dct:Frequency",
    title: ("更新频率", "Frequency"),
    terms: &[
        ("realtime", "UPDATE_CONT", "实时", "continuously updated"),
        ("daily", "DAILY", "每日", "daily"),
        ("weekly", "WEEKLY", "每周", "weekly"),
        ("monthly", "MONTHLY", "每月", "monthly"),
        ("quarterly", "QUARTERLY", "每季度", "quarterly"),
        ("half_year", "ANNUAL_2", "每半年", "semiannual"),
        ("yearly", "ANNUAL", "每年", "annual"),
        ("irregular", "IRREG", "不定期", "irregular"),
        ("static", "NEVER", "不更新", "never"),
        ("other", "OTHER", "其他", "other"),
    ],
};

/// `dct:accessRights`, by the codes of openness.
pub static ACCESS: Scheme = Scheme {
    id: "http://publications.europa.eu/resource/authority/access-right",
    base: "http://publications.europa.eu/resource/authority/access-right/",
    class: "dct:RightsStatement",
    title: ("开放等级", "Access right"),
    terms: &[
        ("open", "PUBLIC", "无条件开放", "public"),
        ("conditional", "RESTRICTED", "有条件开放", "restricted"),
        ("closed", "NON_PUBLIC", "不予开放", "non-public"),
    ],
};

/// `dct:language`, by the first part of the tag.
pub static LANGUAGE: Scheme = Scheme {
    id: "http://publications.europa.eu/resource/authority/language",
    base: "http://publications.europa.eu/resource/authority/language/",
    class: "dct:LinguisticSystem",
    title: ("语言", "Language"),
    terms: &[
        ("zh", "ZHO", "中文", "Chinese"),
        ("en", "ENG", "英语", "English"),
        ("fr", "FRA", "法语", "French"),
        ("de", "DEU", "德语", "German"),
        ("es", "SPA", "西班牙语", "Spanish"),
        ("ru", "RUS", "俄语", "Russian"),
        ("ar", "ARA", "阿拉伯语", "Arabic"),
        ("ja", "JPN", "日语", "Japanese"),
        ("ko", "KOR", "韩语", "Korean"),
        ("pt", "POR", "葡萄牙语", "Portuguese"),
        ("it", "ITA", "意大利语", "Italian"),
        ("bo", "BOD", "藏语", "Tibetan"),
        ("ug", "UIG", "维吾尔语", "Uyghur"),
        ("mn", "MON", "蒙古语", "Mongolian"),
    ],
};

/// `dct:format`, by the names of formats.
pub static FILE_TYPE: Scheme = Scheme {
    id: "http://publications.europa.eu/resource/authority/file-type",
    base: "http://publications.europa.eu/resource/authority/file-type/",
    class: "dct:MediaTypeOrExtent",
    title: ("文件类型", "File type"),
    terms: &[
        ("CSV", "CSV", "CSV", "CSV"),
        ("TSV", "TSV", "TSV", "TSV"),
        ("XLSX", "XLSX", "XLSX", "XLSX"),
        ("XLS", "XLS", "XLS", "XLS"),
        ("ODS", "ODS", "ODS", "ODS"),
        ("JSON", "JSON", "JSON", "JSON"),
        ("GEOJSON", "GEOJSON", "GeoJSON", "GeoJSON"),
        ("HTML", "HTML", "HTML", "HTML"),
        ("XML", "XML", "XML", "XML"),
        ("PDF", "PDF", "PDF", "PDF"),
        ("ZIP", "ZIP", "ZIP", "ZIP"),
        ("GZIP", "GZIP", "GZIP", "GZIP"),
        ("WORD", "DOC", "Word", "DOC"),
        ("RDF", "RDF", "RDF", "RDF"),
    ],
};

/// `dcat:theme` of the EU, by the codes of the top classes of gov.cn's themes.
pub static DATA_THEME: Scheme = Scheme {
    id: "http://publications.europa.eu/resource/authority/data-theme",
    base: "http://publications.europa.eu/resource/authority/data-theme/",
    class: "",
    title: ("数据主题", "Data theme"),
    terms: &[
        ("AGRI", "AGRI", "农业、渔业、林业和食品", "Agriculture, fisheries, forestry and food"),
        ("ECON", "ECON", "经济和金融", "Economy and finance"),
        ("EDUC", "EDUC", "教育、文化和体育", "Education, culture and sport"),
        ("ENER", "ENER", "能源", "Energy"),
        ("ENVI", "ENVI", "环境", "Environment"),
        ("GOVE", "GOVE", "政府和公共部门", "Government and public sector"),
        ("HEAL", "HEAL", "卫生", "Health"),
        ("INTR", "INTR", "国际问题", "International issues"),
        ("JUST", "JUST", "司法、法律制度和公共安全", "Justice, legal system and public safety"),
        ("REGI", "REGI", "地区和城市", "Regions and cities"),
        ("SOCI", "SOCI", "人口和社会", "Population and society"),
        ("TECH", "TECH", "科学和技术", "Science and technology"),
        ("TRAN", "TRAN", "交通", "Transport"),
    ],
};

/// The type of a licence.
pub static LICENCE_TYPE: Scheme = Scheme {
    id: "http://purl.org/adms/licencetype/1.0",
    base: "http://purl.org/adms/licencetype/",
    class: "",
    title: ("许可类型", "Licence type"),
    terms: &[
        ("free", "PublicDomain", "公有领域", "Work in the public domain"),
        ("by", "Attribution", "署名", "Attribution"),
        ("sa", "ViralEffect-ShareAlike", "相同方式共享", "Viral effect (share alike)"),
    ],
};

/// Kinds of publisher, by the level of the government that the site is of.
pub static PUBLISHER: Scheme = Scheme {
    id: "http://purl.org/adms/publishertype/1.0",
    base: "http://purl.org/adms/publishertype/",
    class: "",
    title: ("发布者类型", "Publisher type"),
    terms: &[
        ("province", "RegionalAuthority", "省级机关", "Regional authority"),
        ("city", "LocalAuthority", "地方机关", "Local authority"),
        ("county", "LocalAuthority", "地方机关", "Local authority"),
        ("township", "LocalAuthority", "地方机关", "Local authority"),
    ],
};

/// Categories of high-value datasets (Regulation (EU) 2023/138), by their words.
pub static HIGH_VALUE: Scheme = Scheme {
    id: "http://data.europa.eu/bna/asd487ae75",
    base: "http://data.europa.eu/bna/",
    class: "",
    title: ("高价值数据集类别", "High-value dataset categories"),
    terms: &[
        ("geospatial", "c_ac64a52d", "地理空间", "Geospatial"),
        ("earth-observation", "c_dd313021", "对地观测和环境", "Earth observation and environment"),
        ("meteorological", "c_164e0bf5", "气象", "Meteorological"),
        ("statistics", "c_e1da4e07", "统计", "Statistics"),
        ("companies", "c_a9135398", "公司和公司所有权", "Companies and company ownership"),
        ("mobility", "c_b79e35eb", "出行", "Mobility"),
    ],
};

/// What stands behind high-value datasets.
pub static HIGH_VALUE_LAW: &str = "http://data.europa.eu/eli/reg_impl/2023/138/oj";

/// The EU's theme for one of gov.cn's top classes, where one plainly covers it.
pub fn data_theme(code: &str) -> Option<&'static str> {
    let top = code.split('-').next().unwrap_or(code);
    Some(match top {
        "01" | "02" => "GOVE",
        "03" | "04" | "08" => "ECON",
        "06" => "AGRI",
        "12" => "EDUC",
        "13" => "HEAL",
        "14" | "17" => "SOCI",
        "16" => "JUST",
        "19" => "INTR",
        _ => return None,
    })
}
