//! A year of working days: `calendar/cn/2027.yaml`.

use super::Field;
use super::FieldKind::{Date, Either, List, OneOf, Table, Text};
use super::words::WEEKDAYS;

record! {
    "calendar", "工作日历（calendar/…/2027.yaml）", "Working days (calendar/…/2027.yaml)";
    SOURCE = Field::new("source", Text, "依据", "Source").example("国办发明电〔2026〕…号").help("放假安排的通知，文号或网址", "the notice of the holidays: number or address");
    OFF = Field::new("off", List(&Either(&Date, &Table(&run::RECORD))), "放假", "Days off").example("[2027-01-01, {from: 2027-02-05, to: 2027-02-11, name: 春节}]")
        .help("某天，或从某天到某天；可写到上年末、下年初", "a day, or a run of days; it may reach into the years beside");
    WORK = Field::new("work", List(&Either(&Date, &Table(&run::RECORD))), "调休上班", "Days worked").example("[2027-02-13]")
        .help("要上班的周末", "days of the weekend that are worked");
    WEEKEND = Field::new("weekend", List(&OneOf(WEEKDAYS)), "周末", "Weekend").example("[saturday, sunday]").help("默认周六、周日", "Saturday and Sunday without it");
}

/// `off`, `work`
pub mod run {
    use crate::schema::{
        Field,
        FieldKind::{Date, Text},
    };
    record! {
        "calendar/run", "一段日子", "Run of days";
        FROM = Field::new("from", Date, "从", "From").must().example("2027-02-05").help("第一天", "first day");
        TO = Field::new("to", Date, "到", "To").example("2027-02-11").help("最后一天；只有一天就不写", "last day; leave it out for one day");
        NAME = Field::new("name", Text, "名称", "Name").example("春节").help("给人看的", "for people");
    }
}
