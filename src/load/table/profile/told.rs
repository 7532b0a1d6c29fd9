//! What is told of a column: its figures, and places in it that somebody should look at.

use super::super::personal::Kind as Personal;
use super::super::value::{self, percent};
use super::kinds::Kind;
use crate::personal::Sure;
use serde::Serialize;

/// Signs in numbers that derived files do not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `1,234`
    Comma,
    /// `1 234`
    Blank,
    /// `１２`
    Wide,
}

impl Sign {
    pub(super) fn of(v: &str) -> Option<Sign> {
        if !v.is_ascii() {
            // A sign for per cent stays as it is written.
            Some(Sign::Wide).filter(|_| !v.strip_suffix('％').is_some_and(str::is_ascii))
        } else if v.contains(',') {
            Some(Sign::Comma)
        } else {
            v.trim_end_matches(['%', ' ']).contains(' ').then_some(Sign::Blank)
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Serialize)]
pub struct Profile {
    /// Type.
    pub kind: Kind,
    /// Its numbers have a sign for per cent.
    #[serde(skip)]
    pub share: bool,
    /// Rows of the table.
    pub rows: u64,
    /// Cells without a value, with those that hold only a sign for it.
    pub nulls: u64,
    /// Of these, cells with a sign (`-`, `NA`).
    pub marks: u64,
    /// Different values.
    pub distinct: u64,
    /// False where `distinct` is an estimate (standard error 0.8 %).
    pub exact: bool,
    /// Quantiles and histogram are from a sketch: values within 0.4 %.
    pub sketched: bool,
    /// No value twice and none missing; `None` where this was not counted.
    pub unique: Option<bool>,
    /// Least number or day, as it stands in the file.
    pub min: Option<String>,
    /// Greatest number or day, as it stands in the file.
    pub max: Option<String>,
    /// Arithmetic mean of numbers.
    pub mean: Option<f64>,
    /// 5, 25, 50, 75, 95 %, in proportion between two values.
    pub quantiles: Vec<f64>,
    /// Most frequent values with their counts; empty where none comes twice or there are too many to count.
    pub top: Vec<(String, u64)>,
    /// Counts in 20 equal steps from least to greatest.
    pub histogram: Vec<u64>,
    /// Shortest and longest text, in characters.
    pub lengths: Option<(usize, usize)>,
    /// The first value of the file.
    pub example: Option<String>,
    /// Four in five values name a province of China.
    pub regions: bool,
    /// Values that do not fit the type.
    pub odd: u64,
    /// What the source itself says of its values.
    #[serde(skip)]
    pub given: Given,
}

/// What JSON says of the values of a column by the way it writes them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Given {
    /// Nothing: the file is no JSON, its values are of several kinds, or the dictionary says what they are.
    #[default]
    Nothing,
    /// Texts, whatever is in them; true where every empty one is a text, and none is missing.
    Texts(bool),
    /// Numbers.
    Numbers,
}

impl Profile {
    /// Its values as texts.
    pub(in super::super) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        self.min.iter_mut().chain(&mut self.max).chain(&mut self.example).chain(self.top.iter_mut().map(|t| &mut t.0))
    }

    /// The number in a cell, if it is of the scale of its column.
    pub fn number(&self, v: &str) -> Option<f64> {
        value::number(v).filter(|_| percent(v) == self.share)
    }

    /// The same as a reader sees it and a chart draws it: `12.5%` is 12.5, in per cent.
    pub fn seen(&self, v: &str) -> Option<f64> {
        let v = v.trim();
        if self.share { value::number(v.strip_suffix(['%', '％'])?.trim_end()) } else { self.number(v) }
    }
}

/// What is wrong with a value that makes its column text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A minus of another kind: `–5`.
    Sign,
    /// A day that is not there: `2024-02-30`.
    Day,
    /// Beyond all numbers: `inf`, `Infinity`, `∞`.
    Endless,
    /// Something else.
    Other,
}

/// A column that would be of numbers or days but for one value.
#[derive(Debug, Clone)]
pub struct MadeText {
    /// What the others are.
    pub kind: Kind,
    /// How many they are.
    pub fit: u64,
    /// Values that are not.
    pub odd: u64,
    /// Line of the value.
    pub line: u64,
    /// The value.
    pub value: String,
    /// What is wrong with it.
    pub why: Why,
}

/// Days that are written in several ways.
#[derive(Debug, Clone)]
pub struct Spelt {
    /// The first of the most frequent way.
    pub usual: String,
    /// How many are so.
    pub most: u64,
    /// How many are not.
    pub fewer: u64,
    /// Line of the first of the fewer.
    pub line: u64,
    /// That value.
    pub value: String,
}

/// Places in a column that somebody should look at: line and value.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// The value that made a column of numbers or days one of text.
    pub text: Option<MadeText>,
    /// What a spreadsheet has made of its values: what, how many, line and value of the first.
    pub spoilt: Vec<(super::Spoil, u64, u64, String)>,
    /// Days that are written in several ways.
    pub spelt: Option<Spelt>,
    /// `2009-10` in every row: a financial year or a month.
    pub either: Option<(u64, String)>,
    /// Signs that derived files leave out: which, how many cells, line and value of the first.
    pub written: Vec<(Sign, u64, u64, String)>,
    /// Of a column with and without signs for per cent, the first of the fewer: line, value; how many with and without.
    pub mixed: Option<(u64, String, u64, u64)>,
    /// First value that does not fit the type.
    pub odd: Option<(u64, String)>,
    /// First formula, and how many.
    pub formula: Option<(u64, String)>,
    /// How many.
    pub formulas: u64,
    /// First sign for a missing value.
    pub mark: Option<(u64, String)>,
    /// Personal data: kind, cells, first line, whether that is certain.
    pub personal: Option<(Personal, u64, u64, Sure)>,
    /// Whether its values look like names or homes.
    pub like: crate::personal::together::Like,
}
