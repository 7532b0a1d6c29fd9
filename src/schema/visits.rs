//! Counts of visits (statistics/visits.csv), as `stats import` writes them.

use super::{
    Field,
    FieldKind::{Count, Text},
};

record! {
    "visits", "访问量（statistics/visits.csv，由 stats import 写入）", "Visits (statistics/visits.csv, written by stats import)";
    MONTH = Field::new("month", Text, "月份", "Month").must().example("2026-10").help("年-月", "year-month");
    ADDRESS = Field::new("address", Text, "地址", "Address").must().example("/policies/2026/elderly/").help("条目的网页，从网站的根写起；* 是全站。条目改了地址，写过 aliases 的照样认得", "the page of the item from the root of the site; * is the whole site. An item that moved is known by its aliases");
    VISITS = Field::new("visits", Text, "访问量", "Visits").must().example("120").help("网页的访问次数；不到 5 次写 <5", "visits of the page; <5 for fewer than 5");
    DOWNLOADS = Field::new("downloads", Text, "下载量", "Downloads").must().example("<5").help("附件和数据文件的下载次数；不到 5 次写 <5", "downloads of its attachments and data files; <5 for fewer than 5");
    DAYS = Field::new("days", Count, "天数", "Days").example("31").help("只写在 * 这一行：这个月有多少天的日志。少于一个月的天数，页面上写明", "in the row of * alone: of how many days of the month there was a log. The page says where that is not all of them");
}
