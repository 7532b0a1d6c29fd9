//! The files of a new project. Each builds at once, and every comment says what to do next.

use super::{File, Site};
use crate::diag::Tongue;

pub(super) fn files(kind: Site, lang: Tongue, today: &str) -> Vec<File> {
    let zh = lang == Tongue::Zh;
    let mut out: Vec<File> = Vec::new();
    let mut file = |path: &str, text: String| out.push((path.to_string(), text));
    file("site.yaml", site(kind, zh));
    file("content/departments.yaml", departments(kind, zh));
    file(
        "content/pages/about.md",
        if zh {
            format!("---\ntitle: 关于本站\nsource: 本站\npublished_at: {today}\n---\n\n在这里写本站由谁主办、收录什么、怎样联系。\n")
        } else {
            format!(
                "---\ntitle: About this site\nsource: This site\npublished_at: {today}\n---\n\nSay here who runs this site, what it holds and how to reach you.\n"
            )
        },
    );
    file(".gitignore", "public/\n.public.*\n".to_string());
    if kind != Site::OpenData {
        file(
            "content/policies/_column.yaml",
            column(
                kind,
                zh,
                ("政策文件", "规章、规范性文件和其他政策文件。", "政策文件", "政策文件"),
                ("Policies", "Rules and other policy documents.", "policies"),
                1,
            ),
        );
        file(
            "content/interpretations/_column.yaml",
            column(kind, zh, ("政策解读", "对政策文件的解读。", "政策解读", "政策解读"), ("Explanations", "What the policies mean.", "explanations"), 2),
        );
        file("content/policies/example.md", policy(zh, today));
        file("content/interpretations/example.md", interpretation(zh, today));
    }
    file(
        "content/datasets/_column.yaml",
        column(kind, zh, ("数据开放", "可下载、可再用的数据。", "数据开放", "数据开放"), ("Datasets", "Data to download and use again.", "open data"), 3),
    );
    file("content/datasets/example/dataset.yaml", dataset(zh, today));
    file("content/datasets/example/example.csv", if zh { "年份,数量\n2024,12\n2025,15\n".into() } else { "year,number\n2024,12\n2025,15\n".into() });
    out
}

fn site(kind: Site, zh: bool) -> String {
    let profile = if kind == Site::OpenData { "generic" } else { "cn-gov" };
    if zh {
        let demo = if kind == Site::OpenData {
            ""
        } else {
            "# 示范站：每页有横幅，搜索引擎不收录，不查网站标识码等身份信息。上线前删去这一行。\ndemo: true\n"
        };
        let title = match kind {
            Site::City => "某市人民政府",
            Site::Department => "某局",
            Site::OpenData => "数据开放",
        };
        format!(
            "# 网站设置。写法见用户手册“设置”一章。\ntitle: {title}\ndescription: 用一句话说明本站。\n# 正式地址，上线前改成自己的。\nbase_url: https://www.example.gov.cn/\n# generic 要求最少；cn-gov 按国内规范检查；cn-gov-strict 最严。\nprofile: {profile}\n{demo}languages: [zh-Hans]\ntime_zone: Asia/Shanghai\n# 页脚与网页标签用的单位信息。\nidentity:\n  organizer: {title}\n#  site_id_code: \"\"      # 网站标识码\n#  icp: \"\"               # ICP备案号\n#  police: \"\"            # 公安备案号\n#  contact: \"\"           # 地址、电话、邮编\n# 首页由哪些区块组成；去掉本节则用默认。\nhome: [search, columns, themes, departments]\n"
        )
    } else {
        let demo = if kind == Site::OpenData {
            ""
        } else {
            "# A demonstration: a banner on each page, nothing for search engines, no checks of the body's identity. Take this line out before going live.\ndemo: true\n"
        };
        let title = match kind {
            Site::City => "City Government",
            Site::Department => "Department",
            Site::OpenData => "Open Data",
        };
        let zone = if kind == Site::OpenData { "UTC" } else { "Asia/Shanghai" };
        format!(
            "# Settings of the site; the user guide explains each.\ntitle: {title}\ndescription: Say in one sentence what this site is.\n# The real address; change it before going live.\nbase_url: https://data.example.org/\n# generic asks for little; cn-gov checks the rules of Chinese government sites.\nprofile: {profile}\n{demo}languages: [en]\ntime_zone: {zone}\n# What the footer tells.\nidentity:\n  organizer: {title}\n# The parts of the home page; leave this out for the usual ones.\nhome: [search, columns, themes, departments]\n"
        )
    }
}

fn departments(kind: Site, zh: bool) -> String {
    match (kind, zh) {
        (Site::City, true) => {
            "# 机构。id 用于地址，只用英文字母、数字和连字符，定下后不要改。\n# code 是组织机构代码（9 位），有了它 new policy 才会给出索引号。\n- {id: office, name: 市政府办公室}  # code: \"000014349\"\n- {id: civil-affairs, name: 市民政局}\n"
                .into()
        }
        (_, true) => "# 机构。id 用于地址，只用英文字母、数字和连字符，定下后不要改。\n# code 是组织机构代码（9 位），有了它 new policy 才会给出索引号。\n- {id: office, name: 办公室}  # code: \"000014349\"\n".into(),
        (Site::City, false) => {
            "# Departments. The id stands in addresses: ASCII letters, digits and hyphens; do not change it later.\n- {id: office, name: General Office}\n- {id: civil-affairs, name: Civil Affairs Bureau}\n".into()
        }
        (_, false) => {
            "# Departments. The id stands in addresses: ASCII letters, digits and hyphens; do not change it later.\n- {id: office, name: Statistics Office}\n"
                .into()
        }
    }
}

fn column(kind: Site, zh: bool, in_zh: (&str, &str, &str, &str), in_en: (&str, &str, &str), order: u8) -> String {
    if zh {
        let (title, description, keywords, word) = in_zh;
        format!("title: {title}\ndescription: {description}\nkeywords: [{keywords}]\ntype: {word}\norder: {order}\n")
    } else {
        let (title, description, keywords) = in_en;
        // The type is a word of the national vocabulary, in whatever language the site is.
        let word = if kind == Site::OpenData { String::new() } else { format!("type: {}\n", in_zh.3) };
        format!("title: {title}\ndescription: {description}\nkeywords: [{keywords}]\n{word}order: {order}\n")
    }
}

fn policy(zh: bool, today: &str) -> String {
    if zh {
        format!(
            "---\n# 示例，看过后删去。\ntitle: 关于示例的通知\nissuer: [office]\ndoc_no: none\nformed_on: {today}\npublished_at: {today}\neffective_from: {today}\ndoc_type: 通知\ntheme: 综合政务/政务公开\ninterpretation: required\n---\n\n第一条 这是一份示例文件，说明正文怎样写。\n\n第二条 条款编号自动成为锚点，可以直接链接。\n"
        )
    } else {
        format!(
            "---\n# An example; delete it when you have seen it.\ntitle: Example notice\nissuer: [office]\ndoc_no: none\nformed_on: {today}\npublished_at: {today}\neffective_from: {today}\ninterpretation: required\n# The subject is a word or code of the national classification.\ntheme: \"02-01\"\n---\n\nThis is an example of a policy document.\n"
        )
    }
}

fn interpretation(zh: bool, today: &str) -> String {
    if zh {
        format!(
            "---\n# 示例，看过后删去。\ntitle: 《关于示例的通知》政策解读\npolicies: [example]\ninterpreter_org: office\ninterpreter: {{name: 示例, title: 解读人职务}}\ncontact: {{email: office@example.org}}\nform: 文字\npublished_at: {today}\n---\n\n## 背景依据\n\n为什么出台。\n\n## 目的意义\n\n要解决什么问题。\n\n## 目标任务\n\n达到什么目标。\n\n## 主要内容\n\n规定了什么。\n\n## 适用范围\n\n谁适用。\n\n## 执行标准\n\n按什么标准。\n\n## 期限\n\n何时起施行。\n\n## 注意事项\n\n办事时要留意什么。\n\n## 关键词诠释\n\n难懂的词是什么意思。\n"
        )
    } else {
        format!(
            "---\n# An example; delete it when you have seen it.\ntitle: What the example notice means\npolicies: [example]\ninterpreter_org: office\ninterpreter: {{name: Example, title: Head of office}}\ncontact: {{email: office@example.org}}\npublished_at: {today}\n# The parts that the national rules ask for.\nsections:\n  background: Why it was made.\n  purpose: What it is to solve.\n  content: What it says.\n  scope: Whom it concerns.\n---\n\nSay in plain words whom it concerns and what changes.\n"
        )
    }
}

fn dataset(zh: bool, today: &str) -> String {
    if zh {
        format!(
            "# 示例，看过后删去。文件大小、校验值等由程序算出，不必写。\ntitle: 示例数据\ndescription: |\n  说明数据从哪里来、怎样统计、有什么限制。\npublisher: office\nlicense: CC-BY-4.0\nfrequency: 每年\nissued: {today}\nmodified: {today}\naccess_rights: 无条件开放\nkeywords: [示例]\nresources:\n  - name: example\n    title: 年度数据\n    path: example.csv\n    schema:\n      fields:\n        - {{name: 年份, type: year}}\n        - {{name: 数量, type: integer, unit: 个}}\n"
        )
    } else {
        format!(
            "# An example; delete it when you have seen it. Sizes and checksums are computed, never written.\ntitle: Example dataset\ndescription: |\n  Say where the data come from, how they were counted and what they cannot tell.\npublisher: office\nlicense: CC-BY-4.0\nfrequency: yearly\nissued: {today}\nmodified: {today}\naccess_rights: open\nkeywords: [example]\nresources:\n  - name: example\n    title: Yearly figures\n    path: example.csv\n    schema:\n      fields:\n        - {{name: year, type: year}}\n        - {{name: number, type: integer}}\n"
        )
    }
}
