//! Kinds of charts: a file and a line in [`KINDS`] each.

mod area;
mod bar;
mod choropleth;
mod line;
mod map;
mod multiples;
mod points;
mod scatter;
mod stacked;
mod tiles;

use super::spec::Kind;

/// All of them.
pub static KINDS: &[&Kind] =
    &[&bar::KIND, &line::KIND, &area::KIND, &scatter::KIND, &stacked::KIND, &multiples::KIND, &tiles::KIND, &points::KIND, &choropleth::KIND];

/// The kind of a chart.
pub fn kind(name: &str) -> &'static Kind {
    KINDS.iter().find(|k| k.name == name).unwrap_or(&KINDS[1])
}

pub use map::key;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_kind_is_drawn() {
        let words: std::collections::BTreeSet<&str> = crate::model::vocab::CHARTS.iter().map(|w| w.1).collect();
        let drawn: std::collections::BTreeSet<&str> = KINDS.iter().map(|k| k.name).collect();
        assert_eq!(words, drawn);
    }
}
