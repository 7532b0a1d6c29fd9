//! What a kind of chart is given, and what it is.

use super::number::Tongue;
use super::scene::Scene;
use super::time::Times;
use crate::tables::Plot;

/// A kind of chart.
pub struct Kind {
    /// Word of `kind:`.
    pub name: &'static str,
    /// Draws it at a size.
    pub draw: fn(&Chart<'_>, &Size) -> Scene,
    /// One drawing serves every width.
    pub one: bool,
}

/// What a drawing is made for.
pub struct Size {
    pub width: f64,
    pub height: f64,
    /// Of a phone: names stand above the plot, not beside it.
    pub narrow: bool,
}

/// Of a page.
pub static WIDE: Size = Size { width: 680.0, height: 380.0, narrow: false };
/// Of a phone.
pub static NARROW: Size = Size { width: 320.0, height: 300.0, narrow: true };

/// What is drawn, ready to be placed.
pub struct Chart<'a> {
    /// The numbers.
    pub plot: &'a Plot,
    /// Names of the series.
    pub names: Vec<String>,
    /// Names of the labels.
    pub labels: Vec<String>,
    /// Where the labels are in time.
    pub times: Option<Times>,
    /// Language of the numbers.
    pub tongue: Tongue,
    /// The page is in English: regions have their English names.
    pub english: bool,
    /// Unit of the values, and of the numbers along the axis.
    pub unit: String,
    pub axis_unit: String,
    /// Name of the axis.
    pub axis: String,
    /// “no data”
    pub none: String,
    /// What letters of regions are.
    pub letters: String,
    /// What the shades of a map are of.
    pub shaded: String,
    /// Small charts have columns, not lines.
    pub columns: bool,
    /// The last series is what is summed up of the smallest.
    pub rest: bool,
}
