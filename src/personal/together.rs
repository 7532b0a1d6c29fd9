//! Columns that together tell too much of a person: names beside homes or illnesses, in data files and in tables of a text.
//!
//! The head names what a column may be; its values say whether it is. Names of offices beside their addresses are no persons.

use super::Sure;
use super::names::{NO_NAMES, SURNAMES};
use super::words;

/// What the values of a column look like, counted.
#[derive(Debug, Clone, Copy, Default, serde::Serialize, serde::Deserialize)]
pub struct Like {
    /// Values that are there.
    pub filled: u64,
    /// Names of persons in Chinese.
    pub han: u64,
    /// Words with capitals, none of them of an institution: a name in English, perhaps.
    pub latin: u64,
    /// Of those, the ones that begin with a common given name.
    pub given: u64,
    /// Addresses with the number of a house or flat.
    pub homes: u64,
    /// Of those, flats: a house of several and a room in it.
    pub flats: u64,
    /// Values with an illness that is told of a person.
    pub ills: u64,
    /// Values that say that somebody is poor, an orphan, disabled, left alone.
    pub needs: u64,
}

/// Words of such values.
static NEEDS: &[&str] = &["孤儿", "低保", "特困", "五保", "残疾", "留守", "困境", "无人抚养", "脱贫", "贫困", "单亲", "优抚", "临时救助"];

/// Whether a value has one of them: sought from the characters on that begin one, as most values have none.
fn needs(v: &str) -> bool {
    let begins = |c: &char| matches!(c, '孤' | '低' | '特' | '五' | '残' | '留' | '困' | '无' | '脱' | '贫' | '单' | '优' | '临');
    v.char_indices().filter(|(_, c)| begins(c)).any(|(i, _)| NEEDS.iter().any(|w| v[i..].starts_with(w)))
}

/// Whether a head is that of the kind of help that somebody gets.
fn of_needs(head: &str) -> bool {
    static HEADS: &[&str] =
        &["资助类", "保障类", "救助类", "救助原因", "补助类", "补贴类", "帮扶类", "困难类", "困难原因", "低保类", "低保金", "享受类", "贫困类"];
    HEADS.iter().any(|w| head.contains(w))
}

impl Like {
    /// Counts one value.
    pub fn look(&mut self, v: &str, times: u64) {
        let v = v.trim();
        if v.len() < 2 || v.len() > 240 {
            return;
        }
        if v.is_ascii() {
            if v.as_bytes()[0].is_ascii_uppercase()
                && let Some(given) = latin(v)
            {
                self.latin += times;
                self.given += if given { times } else { 0 };
            }
        } else if v.len() <= 16 && is_han_name(v) {
            self.han += times;
        }
        if v.len() >= 9 && is_home(v) {
            self.homes += times;
            self.flats += if is_flat(v) { times } else { 0 };
        }
        // 肺癌; of other illnesses the names are longer.
        if ((9..80).contains(&v.len()) || v.len() == 6 && v.ends_with('癌')) && !v.is_ascii() && super::ills::ails(v) {
            self.ills += times;
        }
        if (6..40).contains(&v.len()) && !v.is_ascii() && needs(v) {
            self.needs += times;
        }
    }

    /// Adds others.
    pub fn merge(&mut self, o: &Like) {
        self.han += o.han;
        self.latin += o.latin;
        self.given += o.given;
        self.homes += o.homes;
        self.flats += o.flats;
        self.ills += o.ills;
        self.needs += o.needs;
    }
}

pub(super) static DOUBLE: &[&str] = &["欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "东方", "歐陽", "諸葛"];

/// A whole value that is a Chinese name: 张三, 张 三, 欧阳某某.
pub fn is_han_name(v: &str) -> bool {
    // Most values are longer, or have other signs.
    let mut n = 0;
    for c in v.chars().filter(|c| !matches!(c, ' ' | '\u{3000}')) {
        n += 1;
        if n > 4 || !('\u{4E00}'..='\u{9FFF}').contains(&c) {
            return false;
        }
    }
    if n < 2 {
        return false;
    }
    let name: String = v.chars().filter(|c| !matches!(c, ' ' | '\u{3000}')).collect();
    let sound =
        if DOUBLE.iter().any(|d| name.starts_with(d)) { (3..=4).contains(&n) } else { (2..=3).contains(&n) && name.starts_with(|c| SURNAMES.contains(c)) };
    sound
        && !NO_NAMES.contains(&&*name)
        && !name.ends_with(['局', '院', '所', '校', '处', '站', '厂', '店', '社', '馆', '村', '镇', '县', '市', '区', '州', '部', '科', '街', '路', '寺'])
}

static GIVEN: &[&str] = &[
    "james",
    "john",
    "robert",
    "michael",
    "william",
    "david",
    "richard",
    "joseph",
    "thomas",
    "charles",
    "christopher",
    "daniel",
    "matthew",
    "anthony",
    "mark",
    "donald",
    "steven",
    "paul",
    "andrew",
    "joshua",
    "kenneth",
    "kevin",
    "brian",
    "george",
    "timothy",
    "ronald",
    "edward",
    "jason",
    "jeffrey",
    "ryan",
    "jacob",
    "gary",
    "nicholas",
    "eric",
    "jonathan",
    "stephen",
    "larry",
    "justin",
    "scott",
    "brandon",
    "benjamin",
    "samuel",
    "gregory",
    "alexander",
    "frank",
    "patrick",
    "raymond",
    "jack",
    "dennis",
    "jerry",
    "tyler",
    "aaron",
    "jose",
    "adam",
    "nathan",
    "henry",
    "peter",
    "zachary",
    "kyle",
    "walter",
    "harold",
    "carl",
    "jeremy",
    "keith",
    "roger",
    "gerald",
    "ethan",
    "arthur",
    "terry",
    "christian",
    "sean",
    "lawrence",
    "austin",
    "joe",
    "noah",
    "jesse",
    "albert",
    "bryan",
    "billy",
    "bruce",
    "willie",
    "jordan",
    "dylan",
    "alan",
    "ralph",
    "gabriel",
    "roy",
    "juan",
    "wayne",
    "eugene",
    "logan",
    "randy",
    "louis",
    "russell",
    "vincent",
    "philip",
    "bobby",
    "johnny",
    "bradley",
    "tom",
    "bob",
    "jim",
    "mike",
    "mary",
    "patricia",
    "jennifer",
    "linda",
    "elizabeth",
    "barbara",
    "susan",
    "jessica",
    "sarah",
    "karen",
    "nancy",
    "lisa",
    "betty",
    "margaret",
    "sandra",
    "ashley",
    "kimberly",
    "emily",
    "donna",
    "michelle",
    "dorothy",
    "carol",
    "amanda",
    "melissa",
    "deborah",
    "stephanie",
    "rebecca",
    "sharon",
    "laura",
    "cynthia",
    "kathleen",
    "amy",
    "shirley",
    "angela",
    "helen",
    "anna",
    "brenda",
    "pamela",
    "nicole",
    "samantha",
    "katherine",
    "emma",
    "ruth",
    "christine",
    "catherine",
    "debra",
    "rachel",
    "carolyn",
    "janet",
    "maria",
    "heather",
    "diane",
    "virginia",
    "julie",
    "joyce",
    "victoria",
    "olivia",
    "kelly",
    "christina",
    "lauren",
    "joan",
    "evelyn",
    "judith",
    "megan",
    "andrea",
    "cheryl",
    "hannah",
    "jacqueline",
    "martha",
    "gloria",
    "teresa",
    "ann",
    "anne",
    "sara",
    "madison",
    "frances",
    "kathryn",
    "janice",
    "jean",
    "abigail",
    "alice",
    "julia",
    "judy",
    "sophia",
    "grace",
    "denise",
    "amber",
    "doris",
    "marilyn",
    "danielle",
    "beverly",
    "isabella",
    "theresa",
    "diana",
    "natalie",
    "brittany",
    "charlotte",
    "marie",
    "kayla",
    "alexis",
    "lori",
    "jane",
    "kate",
    "lucy",
    "ellen",
    "rose",
    "wei",
    "ming",
    "mohammed",
    "muhammad",
    "ahmed",
    "ali",
    "fatima",
    "carlos",
    "luis",
];

/// Words of institutions, places and things with capitals.
static NO_PERSON: &[&str] = &[
    "school",
    "hospital",
    "clinic",
    "library",
    "center",
    "centre",
    "park",
    "office",
    "department",
    "station",
    "church",
    "college",
    "university",
    "bank",
    "shop",
    "store",
    "market",
    "company",
    "co",
    "inc",
    "llc",
    "ltd",
    "corp",
    "group",
    "services",
    "service",
    "association",
    "society",
    "club",
    "house",
    "hall",
    "hotel",
    "inn",
    "restaurant",
    "cafe",
    "bar",
    "grill",
    "museum",
    "theatre",
    "theater",
    "garden",
    "gardens",
    "court",
    "city",
    "county",
    "town",
    "village",
    "district",
    "council",
    "agency",
    "bureau",
    "authority",
    "board",
    "commission",
    "committee",
    "institute",
    "academy",
    "pharmacy",
    "farm",
    "farms",
    "nursery",
    "court",
    "courthouse",
    "fire",
    "police",
    "health",
    "medical",
    "dental",
    "care",
    "home",
    "homes",
    "community",
    "public",
    "national",
    "state",
    "federal",
    "street",
    "road",
    "avenue",
    "lane",
    "bridge",
    "river",
    "lake",
    "mount",
    "north",
    "south",
    "east",
    "west",
    "st",
    "saint",
    "the",
    "of",
    "and",
    "for",
    "pool",
    "beach",
    "field",
    "plaza",
    "square",
    "mall",
    "airport",
    "depot",
    "branch",
    "elementary",
    "middle",
    "high",
    "memorial",
    "foundation",
    "trust",
    "fund",
    "law",
    "associates",
    "partners",
    "recreation",
    "playground",
    "cemetery",
    "trail",
    "virus",
    "disease",
    "fever",
    "syndrome",
    "type",
    "new",
    "old",
    "central",
    "general",
    "royal",
    "united",
    "auto",
    "pizza",
    "deli",
    "salon",
    "spa",
    "gym",
];

/// Whether a value is a name in English by its shape: and whether its given name is a common one.
pub(super) fn latin(v: &str) -> Option<bool> {
    let parts: Vec<&str> = v.split([' ', ',']).filter(|p| !p.is_empty()).collect();
    let sound = |p: &str| {
        let rest = p.trim_end_matches('.');
        rest.starts_with(|c: char| c.is_ascii_uppercase())
            && rest.bytes().all(|c| c.is_ascii_alphabetic() || matches!(c, b'-' | b'\''))
            && (rest.len() > 1 || p.ends_with('.') || parts.len() > 2)
    };
    if !(1..=4).contains(&parts.len()) || !parts.iter().all(|p| sound(p)) || v.matches(',').count() > 1 {
        return None;
    }
    let low: Vec<String> = parts.iter().map(|p| p.trim_end_matches('.').to_ascii_lowercase()).collect();
    if low.iter().any(|w| NO_PERSON.contains(&&**w)) {
        return None;
    }
    // `Doe, Jane` has its given name behind.
    let first = if v.contains(',') { low.get(1) } else { low.first() };
    Some(parts.len() > 1 && first.is_some_and(|w| GIVEN.contains(&&**w)))
}

static STREETS: &[&str] = &[
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "lane",
    "ln",
    "drive",
    "dr",
    "boulevard",
    "blvd",
    "court",
    "ct",
    "way",
    "place",
    "pl",
    "close",
    "terrace",
    "crescent",
    "circle",
    "apt",
    "apartment",
    "flat",
    "unit",
];

/// An address with the number of a house or flat, and nothing of an office.
pub(super) fn is_home(v: &str) -> bool {
    if v.is_ascii() {
        let b = v.as_bytes();
        let first = b.iter().find(|c| c.is_ascii_alphanumeric()).is_some_and(u8::is_ascii_digit);
        // `apt`, `apartment`, `flat`: the only other ways to tell a number.
        if !b.iter().any(u8::is_ascii_alphabetic) || !first && !b.windows(3).any(|w| [b"apt", b"apa", b"fla"].iter().any(|m| w.eq_ignore_ascii_case(*m))) {
            return false;
        }
        let low = words(v);
        let number =
            low.first().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit())) || low.iter().any(|w| matches!(&**w, "apt" | "apartment" | "flat"));
        return number
            && low.iter().any(|w| STREETS.contains(&&**w))
            && !low.iter().any(|w| matches!(&**w, "suite" | "ste" | "floor" | "building" | "bldg" | "office"));
    }
    static OFFICE: &[&str] = &[
        "大厦",
        "大楼",
        "写字楼",
        "公司",
        "医院",
        "学校",
        "中学",
        "小学",
        "中心",
        "广场",
        "律师",
        "政府",
        "委员会",
        "商场",
        "园区",
        "门诊",
        "法院",
        "大学",
        "机关",
        "局",
    ];
    // What most values lack is asked for first.
    let mut before = ' ';
    let numbered = v.chars().any(|c| {
        let last = std::mem::replace(&mut before, c);
        match c {
            '室' | '号' | '號' | '栋' | '幢' | '组' => last.is_numeric() || "一二三四五六七八九十".contains(last),
            '元' => last == '单',
            _ => false,
        }
    });
    numbered && !OFFICE.iter().any(|w| v.contains(w))
}

/// A flat, whatever its column is called: the number of a house or a stair, and behind it that of a room: 1幢3单元100室, 3号楼501.
pub(super) fn is_flat(v: &str) -> bool {
    static HOUSES: &[&str] = &["幢", "栋", "棟", "号楼", "號樓", "单元", "單元", "弄", "座"];
    static WORK: &[&str] = &["商铺", "店面", "门面", "车位", "车库", "厂房", "仓库", "办公", "商务", "事务所", "工业", "产业"];
    let counted = |c: char| c.is_numeric() || c.is_ascii_uppercase() || "一二三四五六七八九十甲乙丙丁".contains(c);
    // 3单元 alone is a stair; 501 a room.
    let room = |rest: &str| {
        rest.match_indices(|c: char| c.is_ascii_digit()).any(|(i, _)| {
            let n = rest[i..].bytes().take_while(u8::is_ascii_digit).count();
            !rest[..i].ends_with(|c: char| c.is_ascii_digit()) && (n >= 3 || rest[i + n..].starts_with(['室', '号', '户', '房']))
        })
    };
    HOUSES.iter().any(|w| v.match_indices(w).any(|(i, _)| v[..i].ends_with(counted) && room(&v[i + w.len()..]))) && !WORK.iter().any(|w| v.contains(w))
}

/// Words of the names of columns of offices and firms.
static FIRMS: &[&str] = &[
    "office",
    "department",
    "dept",
    "agency",
    "organisation",
    "organization",
    "company",
    "business",
    "school",
    "hospital",
    "clinic",
    "facility",
    "station",
    "branch",
    "library",
    "shop",
    "vendor",
    "provider",
    "venue",
    "service",
];

/// Whether the name of a column, by its words, is that of something of an office or firm.
pub fn of_firm(words: &[String]) -> bool {
    has(words, FIRMS)
}

/// More of them, of those who work for the public and of parts of words: their addresses are theirs.
static OFFICES: (&[&str], &[&str]) = (
    &[
        "单位",
        "机构",
        "企业",
        "公司",
        "法定代表",
        "法人",
        "律师",
        "律所",
        "事务所",
        "医师",
        "医生",
        "执业",
        "资格",
        "职务",
        "职称",
        "岗位",
        "许可",
        "营业",
        "经营",
        "店名",
        "商户",
        "学校",
        "医院",
        "网点",
        "会社",
        "施設",
        "事業所",
        "회사",
        "기관",
        "科室",
        "擅长",
        "主治",
        "專業",
        "单價",
    ],
    &["license", "licence", "attorney", "lawyer", "physician", "doctor", "firm", "npi", "contractor", "website", "url", "hours", "specialty", "practice"],
);

fn has(w: &[String], list: &[&str]) -> bool {
    w.iter().any(|w| list.contains(&&**w))
}

/// The head of names of persons in Japanese or Korean.
fn eastern(head: &str) -> bool {
    // Kana and Hangul, and the one sign of 氏名 that heads in Chinese seldom have.
    let sign = |c: char| matches!(c, '氏' | '\u{3041}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}');
    head.chars().any(sign)
        && ["氏名", "お名前", "성명", "이름", "성함"].iter().any(|w| head.contains(w))
        && !["会社", "代表", "施設", "団体", "회사", "대표", "기관", "업체"].iter().any(|w| head.contains(w))
}

/// Whether a head says nothing of its column: none, one made up (`column_3`, `F2`, `字段1`, A), or a value like those below it, as in a
/// list without a head whose first row is a person already.
pub fn mute(head: &str) -> bool {
    let head = head.trim().trim_matches(['*', ' ']);
    if head.is_ascii() {
        let low = head.to_ascii_lowercase();
        let stem = low.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['_', '-', ' ', ':', '.', '#']);
        let numbered = stem.len() < low.len() && matches!(stem, "column" | "col" | "field" | "f" | "c" | "v" | "x" | "var" | "unnamed");
        return stem.is_empty() || numbered || stem.len() == 1 && stem.len() == low.len() && head != "x" && head != "y" || is_home(head);
    }
    let stem = head.trim_end_matches(|c: char| c.is_numeric());
    stem.len() < head.len() && matches!(stem, "列" | "字段" | "栏" | "第") || is_han_name(head) || is_home(head)
}

/// Whether a head is that of names of persons: certainly, or of names of anything.
fn of_names(head: &str) -> Option<bool> {
    let name = head.trim().trim_matches(['*', ' ']);
    if !name.is_ascii() {
        static NO: &[&str] = &[
            "单位",
            "机构",
            "企业",
            "公司",
            "负责人",
            "代表",
            "法人",
            "律师",
            "医师",
            "医生",
            "经营",
            "联系人",
            "电话",
            "时间",
            "日期",
            "编号",
            "类别",
            "类型",
            "人数",
        ];
        static WHO: &[&str] = &[
            "申请人",
            "受助人",
            "受助者",
            "患者",
            "病人",
            "病例",
            "户主",
            "老人",
            "残疾人",
            "低保对象",
            "低保户",
            "救助对象",
            "补助对象",
            "帮扶对象",
            "受益人",
            "监护人",
            "学生",
            "村民",
            "居民",
            "贫困户",
            "死者",
            "伤者",
            "领取人",
            "持证人",
            "本人",
            "当事人",
            "业主",
            "房主",
            "产权人",
            "所有权人",
            "权利人",
            "使用权人",
            "承租人",
            "承租户",
            "租户",
            "住户",
            "购房人",
            "买受人",
            "中签人",
            "轮候人",
            "轮候对象",
            "保障对象",
            "安置对象",
            "安置人",
            "补偿对象",
            "被征收人",
            "被拆迁人",
            "被安置人",
            "被补偿人",
            "继承人",
            "被继承人",
            "户名",
            "开户名",
            "车主",
        ];
        // Names of these languages begin with no surname that is known.
        if eastern(name) {
            return Some(true);
        }
        // Most names begin with another sign.
        let lead = |w: &str| w.as_bytes().first_chunk::<3>() == name.as_bytes().first_chunk::<3>();
        let who = matches!(name, "名字" | "人名") || WHO.iter().any(|w| lead(w) && name.starts_with(w) && (name.len() == w.len() || name.ends_with("名字")));
        return ((name.contains("姓名") || who) && !NO.iter().any(|w| name.contains(w))).then_some(true);
    }
    let w = words(name);
    static SOLE: &[&str] = &[
        "surname",
        "forename",
        "firstname",
        "lastname",
        "fullname",
        "patient",
        "applicant",
        "resident",
        "claimant",
        "beneficiary",
        "recipient",
        "victim",
        "tenant",
        "patientname",
    ];
    static WHO: &[&str] = &[
        "full",
        "first",
        "last",
        "given",
        "family",
        "patient",
        "applicant",
        "resident",
        "student",
        "person",
        "child",
        "client",
        "claimant",
        "beneficiary",
        "recipient",
        "victim",
        "tenant",
        "employee",
        "member",
    ];
    let named = has(&w, &["name", "names"]);
    if (w.len() == 1 && has(&w, SOLE)) || (named && has(&w, WHO)) {
        return Some(true);
    }
    (named && (w.len() == 1 || has(&w, &["owner"]))).then_some(false)
}

/// Whether a head says that its column is of persons, in Chinese: 姓名, 业主, 被征收人.
pub fn of_people(head: &str) -> bool {
    !head.is_ascii() && of_names(head) == Some(true)
}

/// Whether the names under a head are of those who work, sign or answer for something: their names are told with what they do.
fn of_staff(head: &str) -> bool {
    static STAFF: &[&str] = &[
        "负责",
        "代表",
        "法人",
        "律师",
        "医",
        "经营",
        "联系",
        "经办",
        "承办",
        "审核",
        "签",
        "教师",
        "老师",
        "干部",
        "书记",
        "局长",
        "主任",
        "法官",
        "专家",
        "评委",
        "作者",
        "主讲",
        "讲师",
        "记者",
        "编辑",
        "设计",
        "经理",
        "建造师",
        "监理",
        "董事",
        "股东",
        "委员",
        "领导",
        "责任",
        "网格员",
        "河长",
        "林长",
        "管理",
        "工作",
        "服务",
        "单位",
        "机构",
        "企业",
        "公司",
        "地",
        "小区",
        "村",
        "路",
        "楼",
        "品",
        "项目",
    ];
    STAFF.iter().any(|w| head.contains(w))
}

/// Whether a head says where something stands, which may be a home.
fn of_places(head: &str) -> bool {
    // A sign of each of the words.
    head.contains(['落', '牌', '号', '栋', '房', '置', '地', '区'])
        && ["坐落", "门牌", "房号", "楼栋", "安置房", "房屋位置", "具体位置", "位置", "所在地", "小区"].iter().any(|w| head.contains(w))
        && !of_work(head)
}

/// Whether what stands under a head is where somebody works.
fn of_work(head: &str) -> bool {
    ["单位", "办公", "公司", "机构", "企业", "工作", "注册", "经营", "营业", "项目", "店", "施工", "设施", "停车", "事发", "案发", "事故"]
        .iter()
        .any(|w| head.contains(w))
}

/// Whether a head says what somebody does or studies: under 课题名称, 研究方向 and 科室 illnesses are subjects.
pub(super) fn of_duties(head: &str) -> bool {
    static DUTIES: &[&str] = &[
        "课题",
        "研究",
        "分管",
        "职务",
        "职称",
        "岗位",
        "科室",
        "部门",
        "题目",
        "论文",
        "讲座",
        "擅长",
        "专长",
        "项目名称",
        "专业",
        "主讲",
        "授课",
        "职责",
        "成果",
        "著作",
        "学科",
        "分工",
        "课程",
        "方向",
    ];
    static HELP: &[&str] = &["救助", "补助", "补贴", "资助", "帮扶", "救济"];
    DUTIES.iter().any(|w| head.contains(w)) && !HELP.iter().any(|w| head.contains(w))
}

/// Whether a head is that of homes: certainly, or of addresses of any kind.
fn of_homes(head: &str) -> Option<bool> {
    if !head.is_ascii() {
        // A sign of each of the words below.
        if !head.contains(['住', '址', '籍', '宅', '주']) {
            return None;
        }
        if ["单位", "办公", "公司", "机构", "企业", "工作", "注册", "经营", "网", "邮", "项目", "联系", "电子"].iter().any(|w| head.contains(w))
        {
            return None;
        }
        let strong = ["住址", "现住", "居住", "家庭地址", "家住", "户籍", "戶籍", "自宅", "주소"].iter().any(|w| head.contains(w))
            && !["人数", "人口", "面积"].iter().any(|w| head.contains(w));
        return if strong { Some(true) } else { (head.contains("地址") || head == "住所").then_some(false) };
    }
    let w = words(head);
    if has(
        &w,
        &["email", "e", "ip", "web", "url", "mac", "wallet", "site", "office", "work", "business", "company", "school", "city", "state", "property", "project"],
    ) {
        return None;
    }
    if has(&w, &["address", "residence", "addr"]) || w.join(" ") == "street" || w.concat().contains("streetaddress") {
        return Some(has(&w, &["home", "residence", "residential"]));
    }
    None
}

fn of_ills(head: &str) -> bool {
    if !head.is_ascii() {
        static ILLS: &[&str] = &["疾病", "病种", "病情", "病名", "诊断", "残疾", "确诊", "患病", "病史", "致贫原因", "症状", "病名", "疾患", "질병", "병명"];
        static NO: &[&str] = &["擅长", "主治", "诊治", "主攻", "专长", "诊疗", "医", "日期", "时间", "试剂", "机构", "科", "人数", "证号", "数", "率", "防治"];
        return ILLS.iter().any(|w| head.contains(w)) && !NO.iter().any(|w| head.contains(w));
    }
    let w = words(head);
    has(&w, &["disease", "illness", "diagnosis", "diagnoses", "disability", "ailment", "hiv"])
        && !has(&w, &["date", "code", "id", "count", "rate", "type", "no"])
}

/// Whether a head is the name or the code of an illness, or of what is done about one: 艾滋病, ICD10, 强制隔离戒毒期限.
fn of_cases(head: &str) -> bool {
    if head.is_ascii() {
        let plain: String = head.chars().filter(char::is_ascii_alphabetic).collect();
        return plain.eq_ignore_ascii_case("icd") || plain.eq_ignore_ascii_case("icdcode");
    }
    let drugs = (head.contains("戒毒") || head.contains("吸毒")) && !["人数", "机构", "场所", "中心"].iter().any(|w| head.contains(w));
    let code = head.get(..3).is_some_and(|h| h.eq_ignore_ascii_case("icd"));
    drugs || code || head.chars().count() <= 6 && (9..=18).contains(&head.len()) && super::ills::ails(head) && !of_duties(head)
}

/// Whether a head is of what the law calls sensitive, and what is yet told of some: of those who are released early, of clergy.
fn of_convictions(head: &str) -> bool {
    ["罪名", "刑期", "宗教信仰"].iter().any(|w| head.contains(w))
}

/// The columns of a point on the map: the place of the first.
fn of_points(heads: &[&str], like: &[Like]) -> Option<usize> {
    let there = |list: &[&str]| (0..heads.len()).find(|i| list.contains(&&*heads[*i].trim().to_lowercase()) && like.get(*i).is_some_and(|l| l.filled > 0));
    let (x, y) = (there(&["经度", "lon", "lng", "longitude", "x坐标", "东经"])?, there(&["纬度", "lat", "latitude", "y坐标", "北纬"])?);
    Some(x.min(y))
}

/// A home told in columns of its own: 小区, 幢, 单元, 室. The column of its number, and whether the others make it whole.
fn parted_home(heads: &[&str], like: &[Like]) -> Option<(usize, bool)> {
    static ROOMS: &[&str] = &["室", "室号", "房号", "房间号", "户室号", "房间", "房屋号"];
    static DOORS: &[&str] = &["门牌", "门牌号", "门牌号码"];
    static HOUSES: &[&str] = &["幢", "栋", "棟", "幢号", "栋号", "楼号", "楼栋", "楼幢", "楼栋号", "号楼", "单元", "单元号", "弄"];
    static PLACES: &[&str] = &["小区", "小区名称", "社区", "村", "行政村", "自然村", "村名", "村（社区）", "组", "村民小组", "街道", "路", "路名", "楼盘"];
    let there = |list: &[&str]| (0..heads.len()).find(|i| list.contains(&heads[*i].trim()) && like.get(*i).is_some_and(|l| l.filled > 0));
    if heads.iter().any(|h| ["考场", "考点", "座位", "会议", "值班"].iter().any(|w| h.contains(w))) {
        return None;
    }
    let (house, place) = (there(HOUSES).is_some(), there(PLACES).is_some());
    match (there(ROOMS), there(DOORS)) {
        (Some(room), _) if house || place => Some((room, house)),
        (None, Some(door)) if house || place => Some((door, place)),
        _ => None,
    }
}

/// A form, or a table that lies on its side or has a line for each thing told: what a cell is called stands before it. A name and a home
/// or an illness of somebody: the row and the column of what they are called, and whether that is certain. `rows` from the head on.
pub fn form<'a>(rows: impl Iterator<Item = &'a [String]> + Clone) -> Option<(&'a str, &'a str, Sure)> {
    // What something is called is a word of two to ten characters.
    let pairs = rows.flat_map(|r| r.windows(2)).filter_map(|w| {
        let label = w[0].trim().trim_end_matches(['：', ':']).trim_end();
        ((6..=30).contains(&label.len()) && !label.is_ascii() && !w[1].is_empty()).then(|| (label, w[1].trim()))
    });
    // Few tables have a name behind the word for one.
    let (name, _) = pairs.clone().find(|(label, value)| value.len() <= 16 && is_han_name(value) && of_people(label))?;
    let told = |(label, value): (&'a str, &'a str)| {
        let ill = value.len() < 80 && of_ills(label) && super::ills::ails(value);
        let home = || of_homes(label).filter(|_| is_home(value)).map(|own| own || is_flat(value));
        if ill { Some((true, label)) } else { home().map(|own| (own, label)) }
    };
    let (own, private) = pairs.clone().filter_map(told).reduce(|a, b| if a.0 { a } else { b })?;
    let office = pairs.clone().any(|(label, _)| OFFICES.0.iter().any(|o| label.contains(o)) && !label.contains("工作单位"));
    Some((name, private, if own && !office { Sure::Yes } else { Sure::Perhaps }))
}

/// The first pair of columns, a name and something private, and whether that is certain.
pub fn together(heads: &[&str], like: &[Like]) -> Option<(usize, usize, Sure)> {
    let share = |n: u64, l: &Like, of: u64| l.filled > 0 && n * 100 >= l.filled * of;
    // A name: certain or to be looked at.
    let names = heads.iter().zip(like).enumerate().filter_map(|(i, (h, l))| {
        // 姓, 名 in columns of their own.
        if *h == "名" && heads.contains(&"姓") && l.filled > 0 {
            return Some((i, Sure::Yes, true));
        }
        // What the head does not say the values do.
        if mute(h) && share(l.han, l, 70) && l.han + u64::from(is_han_name(h)) >= 2 {
            return Some((i, Sure::Yes, true));
        }
        // Of names under any other head only a flat beside them tells too much.
        let Some(sure) = of_names(h) else {
            return (share(l.han, l, 70) && l.han >= 3 && !of_staff(h)).then_some((i, Sure::Yes, false));
        };
        let of_name = match () {
            // A name in Chinese is one whatever its head.
            () if share(l.han, l, 50) || (sure && eastern(h)) => Some((i, Sure::Yes)),
            () if share(l.given, l, 50) || (sure && share(l.latin, l, 60)) => Some((i, Sure::Yes)),
            () if share(l.given, l, 20) && share(l.latin, l, 80) => Some((i, Sure::Perhaps)),
            () => None,
        };
        of_name.map(|(i, sure)| (i, sure, true))
    });
    let low = |h: &str| h.to_lowercase();
    let office = heads.iter().any(|h| {
        let (part, whole) = OFFICES;
        let named = words(h);
        part.iter().any(|w| low(h).contains(w)) || of_firm(&named) || has(&named, whole)
    });
    let owner = heads.iter().any(|h| has(&words(h), &["owner"]));
    let mut best: Option<(usize, usize, Sure)> = children(heads, like).map(|(a, b)| (a, b, Sure::Perhaps));
    // {"王小明": "翠苑一区1幢1单元102室", …}
    let mut named = (0..heads.len().min(like.len())).filter(|i| share(like[*i].homes, &like[*i], 50) && is_han_name(heads[*i]));
    if let (Some(a), Some(b)) = (named.next(), named.next()) {
        best = Some((a, b, Sure::Yes));
    }
    let parted = parted_home(heads, like);
    // A head that says 家庭住址 or 户籍地址 is a home, whoever stands beside it.
    let at_home = |h: &str, l: &Like| {
        let own = ["家庭", "户籍", "现住", "家住"].iter().any(|w| h.contains(w)) && !["派出所", "窗口", "办理", "户籍科"].iter().any(|w| h.contains(w));
        own && share(l.homes, l, 50) && of_homes(h) == Some(true)
    };
    if let Some(b) = (0..heads.len().min(like.len())).find(|b| at_home(heads[*b], &like[*b]))
        && let Some(a) = heads.iter().zip(like).position(|(_, l)| share(l.han, l, 70) && l.han >= 3)
    {
        best = Some((a, b, Sure::Yes));
    }
    let point = of_points(heads, like);
    for (a, of_name, headed) in names {
        if let Some((b, whole)) = parted.filter(|(b, _)| headed && *b != a) {
            let owned = ["权利人", "产权人", "所有权人"].iter().any(|w| heads[a].contains(w));
            let work = heads.iter().any(|h| of_duties(h) || of_work(h));
            let sure = if whole && !(office || owner || owned || work) { of_name } else { Sure::Perhaps };
            if best.is_none_or(|(.., s)| s < sure) {
                best = Some((a, b, sure));
            }
        }
        // A point with six decimals is a door; who lives there alone is to be looked after, not to be found.
        if let Some(b) = point.filter(|b| headed && !office && *b != a) {
            let frail = heads.iter().any(|h| ["失能", "独居", "残疾", "空巢", "留守"].iter().any(|w| h.contains(w)));
            let sure = if frail { of_name } else { Sure::Perhaps };
            if best.is_none_or(|(.., s)| s < sure) {
                best = Some((a, b, sure));
            }
        }
        for (b, (h, l)) in heads.iter().zip(like).enumerate().filter(|(b, _)| *b != a) {
            let flats = share(l.flats, l, 50) && !of_work(h);
            if l.filled == 0 || of_names(h) == Some(true) || !headed && !flats {
                continue;
            }
            // What somebody owns is told in notices by law: somebody should look.
            let owned = h.contains("坐落") && ["权利人", "产权人", "所有权人"].iter().any(|w| heads[a].contains(w));
            // 住所 is the seat of a firm in Chinese, a home in Japanese.
            let home = match () {
                () if *h == "住所" && eastern(heads[a]) => Some(true),
                () if mute(h) && share(l.homes, l, 50) => Some(true),
                () if flats && owned => Some(false),
                () if flats => Some(true),
                () => of_homes(h),
            };
            let sure = match home {
                Some(_) if flats && (owned || office && of_homes(h) != Some(true)) => Sure::Perhaps,
                Some(true) if !office || share(l.homes, l, 50) => Sure::Yes,
                Some(_) if office => continue,
                Some(false) if share(l.homes, l, 50) => Sure::Yes,
                Some(false) => Sure::Perhaps,
                Some(true) => Sure::Perhaps,
                None if of_places(h) && share(l.homes, l, 50) => Sure::Perhaps,
                // 病假原因, 慰问原因: of whoever works there.
                None if share(l.ills, l, 30) && ["请假", "病假", "慰问", "休养"].iter().any(|w| h.contains(w)) => Sure::Yes,
                // The line of a home.
                None if ["住宅电话", "家庭电话", "宅电", "家里电话"].iter().any(|w| h.contains(w)) => Sure::Perhaps,
                // 课题名称: what somebody studies.
                None if of_duties(h) => continue,
                None if of_convictions(h) && headed => Sure::Perhaps,
                None if of_ills(h) || headed && of_cases(h) => {
                    if office {
                        Sure::Perhaps
                    } else {
                        Sure::Yes
                    }
                }
                // 救助原因, 备注: its values say so.
                None if share(l.ills, l, 30) && !office => Sure::Yes,
                // 资助类型, 类别: that somebody is poor or an orphan is told by law of some, so somebody should look.
                None if of_needs(h) && l.filled > 0 && (share(l.needs, l, 1) || !office) || share(l.needs, l, 30) => Sure::Perhaps,
                None => continue,
            };
            let sure = sure.min(of_name).min(if owner { Sure::Perhaps } else { Sure::Yes });
            if best.is_none_or(|(.., s)| s < sure) {
                best = Some((a, b, sure));
            }
        }
    }
    best
}

/// Names of children beside what else tells of them: by law everything about a child of less than fourteen years is sensitive.
fn children(heads: &[&str], like: &[Like]) -> Option<(usize, usize)> {
    static CHILD: &[&str] = &["学生", "學生", "儿童", "兒童", "幼儿", "幼兒", "婴儿", "新生儿", "未成年", "孩子", "小孩", "被收养", "送养"];
    static MORE: &[&str] = &["出生", "生日", "家长", "家長", "监护", "監護", "收养", "收養", "年龄", "年齡", "年级", "年級", "班级", "班級", "父亲", "母亲"];
    // Of students the law has nothing to say.
    if heads.iter().any(|h| ["专业", "学院", "大学", "学位", "研究生", "毕业", "專業", "大學"].iter().any(|w| h.contains(w))) {
        return None;
    }
    let has = |h: &str, list: &[&str]| list.iter().any(|w| h.contains(w));
    let named = |i: usize| like.get(i).is_some_and(|l| l.filled > 0 && l.han * 2 >= l.filled);
    let a = (0..heads.len()).find(|i| has(heads[*i], CHILD) && named(*i))?;
    let b = (0..heads.len()).find(|b| *b != a && has(heads[*b], MORE) && like.get(*b).is_some_and(|l| l.filled > 0))?;
    Some((a, b))
}

/// The pair in a table of Markdown whose rule begins in this line: place of the line of heads, and whether it is certain.
pub(super) fn markdown(text: &str, rule: usize) -> Option<(std::ops::Range<usize>, Sure)> {
    let from = text[..rule].rfind('\n').map_or(0, |i| i + 1);
    let line = text[from..].split('\n').next()?;
    if from == 0 || line.len() > 2_000 || !line.trim().chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '>')) {
        return None;
    }
    let start = text[..from - 1].rfind('\n').map_or(0, |i| i + 1);
    let head = &text[start..from - 1];
    // Within a table none begins: its first rows were looked at with it.
    let above = text[..start].trim_end_matches('\n').rsplit('\n').next().filter(|_| start > 1 && !text[..start].ends_with("\n\n"));
    if head.len() > 4_000 || !head.contains('|') || above.is_some_and(|a| a.trim_start().starts_with('|')) {
        return None;
    }
    let cells = |line: &str| -> Vec<String> {
        let line = line.trim().trim_start_matches('>').trim();
        let line = line.strip_prefix('|').unwrap_or(line);
        line.strip_suffix('|').unwrap_or(line).split('|').map(|c| c.trim().trim_matches('*').trim().to_string()).collect()
    };
    let heads = cells(head);
    // Few tables are of persons: only theirs have their rows read.
    if !heads.iter().any(|h| of_names(h).is_some() || mute(h) || of_homes(h).is_some() || of_places(h)) {
        return None;
    }
    let mut like = vec![Like::default(); heads.len()];
    for row in text[from + line.len()..].split('\n').skip(1).take(100).take_while(|l| l.contains('|') && l.len() < 20_000) {
        for (l, v) in like.iter_mut().zip(cells(row)).filter(|(_, v)| !v.is_empty()) {
            l.filled += 1;
            l.look(&v, 1);
        }
    }
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    together(&heads, &like).map(|(.., sure)| (start..start + head.trim_end().len(), sure))
}
