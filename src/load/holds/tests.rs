use super::*;

fn text(t: &str) -> Node {
    Node { start: 0, end: 0, kind: Kind::Text(t.into()) }
}

fn shown(name: &str, value: &str) -> String {
    match hold(name, &text(value), false, &TimeZone::UTC) {
        None => "-".into(),
        Some(Hold::Back) => "back".into(),
        Some(Hold::Unread) => "unread".into(),
        Some(Hold::Until(strong, m)) => format!("{}{m}", if strong { "" } else { "~" }),
    }
}

#[test]
fn fields_that_hold() {
    for (name, value, right) in [
        ("status", "pending review", "back"),
        ("status", "awaiting approval", "back"),
        ("审核状态", "未通过", "back"),
        ("审核", "未通过", "back"),
        ("审批状态", "待审", "back"),
        ("reviewed", "no", "back"),
        ("stage", "draft", "back"),
        ("stage", "2", "-"),
        ("online", "false", "back"),
        ("enabled", "false", "back"),
        ("deleted", "true", "back"),
        ("date_publish", "2099-01-01", "2099-01-01"),
        ("valid_from", "2099-01-01", "2099-01-01"),
        ("date", "2099-01-01", "~2099-01-01"),
        ("Date", "2099-01-01", "~2099-01-01"),
        ("publishDate", "2099-01-01 10:00", "2099-01-01 10:00"),
        ("publish_date", "2099-01-01T18:00:00+08:00", "2099-01-01 10:00"),
        ("date", "2017-03-14 10:00:00 -0400", "~2017-03-14 14:00"),
        ("date", "Mon, 12 Jan 2099 10:00:00 GMT", "~2099-12-31 23:59"),
        ("date", "13/12/2019", "~2019-12-31 23:59"),
        ("embargo", "2099", "2099-12-31 23:59"),
        ("embargo", "true", "unread"),
        ("embargo", "false", "-"),
        ("embargo", "later", "unread"),
        ("发布时间", "2099年1月1日", "2099-01-01"),
        ("date", "待定", "unread"),
        ("release", "v1.2", "-"),
        ("available", "true", "-"),
        ("release", "2099-01-01", "2099-01-01"),
        ("published", "false", "back"),
        ("published", "true", "-"),
        ("published", "False ", "back"),
        ("status", "Scheduled", "back"),
        ("status", "final", "-"),
        ("private", "true", "back"),
        ("private", "", "back"),
        ("wip", "false", "-"),
        ("draft", "true", "back"),
        ("draft", "false", "-"),
        ("password", "x", "back"),
        ("rights", "closed", "back"),
        ("rights", "CC-BY-4.0", "-"),
        ("open", "false", "back"),
        ("is_open", "False", "back"),
        ("open", "true", "-"),
        ("show", "no", "back"),
        ("visibility", "members", "back"),
        ("visibility", "public", "-"),
        ("restricted", "true", "back"),
        ("exclude", "false", "-"),
        ("密级", "秘密★5年", "back"),
        ("密级", "公开", "-"),
        ("公开范围", "内部", "back"),
        ("公开方式", "主动公开", "-"),
        ("audience", "staff", "back"),
        ("audience", "公众", "-"),
        ("审核", "未通过", "back"),
        ("review", "passed", "-"),
        ("status", "0", "back"),
        ("type", "draft", "back"),
        ("type", "通知", "-"),
        ("是否上网", "否", "back"),
        ("发布", "暂缓", "back"),
        ("is_published", "no", "back"),
        ("permalink", "/a/", "-"),
        ("author", "2099-01-01", "-"),
        ("cascade", "true", "-"),
    ] {
        assert_eq!(shown(name, value), right, "{name}: {value}");
    }
}

#[test]
fn days_in_lines_above_a_text() {
    let shown = |t: &str| above(t).map_or("-".into(), |m| m.to_string());
    for (text, right) in [
        ("发布日期：2099年1月1日\n", "2099-01-01"),
        ("# 甲\n\n**发布时间**：2099-01-01 18:00　来源：乙\n", "2099-01-01 18:00"),
        ("来源：乙　发布时间：2099年1月1日18时30分\n", "2099-01-01 18:30"),
        ("| 来源 | 乙 |\n| --- | --- |\n| 发布日期 | 2099/1/1 |\n", "2099-01-01"),
        ("发布日期：2099\n", "2099-12-31 23:59"),
        ("发布日期：2099年\n", "2099-12-31 23:59"),
        ("发布日期：二〇九九年一月一日\n", "2099-01-01"),
        ("Publication date: 2099-01-01\n", "2099-01-01"),
        ("（发布日期：2099年1月1日）\n", "2099-01-01"),
        ("发布日期：2020年1月1日 有效期：2099年1月1日\n", "2020-01-01"),
        ("发布日期：待定\n", "-"),
        ("正文在此。\n发布日期：2099年1月1日\n", "-"),
        ("首次发布日期：2099年1月1日\n", "-"),
        ("有效期至：2099年1月1日\n", "-"),
    ] {
        assert_eq!(shown(text), right, "{text}");
    }
}
