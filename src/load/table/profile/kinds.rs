//! The types of columns.

use serde::Serialize;

/// The type of a column, in the words of Table Schema; a code is a string there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// Days, months, years.
    Date,
    /// Days with times.
    Datetime,
    /// Years written as whole numbers.
    Year,
    /// True or false.
    Boolean,
    /// Digits that are a name, with leading zeros or too long for a number.
    Code,
    /// Text.
    String,
    /// Nothing at all.
    Empty,
}

impl Kind {
    /// Name in Table Schema; `any` for a column without values.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Date => "date",
            Kind::Datetime => "datetime",
            Kind::Year => "year",
            Kind::Boolean => "boolean",
            Kind::Code | Kind::String => "string",
            Kind::Empty => "any",
        }
    }

    /// What its values are, for people: Chinese, English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Kind::Integer => ("整数", "whole numbers"),
            Kind::Number => ("数", "numbers"),
            Kind::Date => ("日期", "dates"),
            Kind::Datetime => ("日期和时间", "dates with times"),
            Kind::Year => ("年份", "years"),
            Kind::Boolean => ("真假", "true or false"),
            Kind::Code => ("编码", "codes"),
            Kind::String => ("文字", "text"),
            Kind::Empty => ("空", "empty"),
        }
    }

    /// Whether values of this kind may be declared as a type of Table Schema, or by the letters of the national
    /// dictionary (C, N, D, T). Everything may be called text, and a word nobody knows is nobody's mistake.
    pub fn agrees(self, told: &str) -> bool {
        let any = self == Kind::Empty;
        match told.trim().to_lowercase().as_str() {
            "integer" | "int" => any || matches!(self, Kind::Integer | Kind::Year),
            "number" | "decimal" | "float" | "n" | "数值型" => any || matches!(self, Kind::Integer | Kind::Number | Kind::Year),
            "date" | "d" | "日期型" => any || matches!(self, Kind::Date | Kind::Year),
            "yearmonth" => any || self == Kind::Date,
            "year" => any || matches!(self, Kind::Date | Kind::Year),
            "datetime" | "t" | "日期时间型" => any || matches!(self, Kind::Date | Kind::Datetime),
            "time" => any || self == Kind::String,
            "boolean" => any || matches!(self, Kind::Boolean | Kind::Integer),
            _ => true,
        }
    }
}
