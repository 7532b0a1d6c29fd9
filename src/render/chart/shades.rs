//! Shades of maps: five classes with equal numbers of places, or as many as there are values.

use super::number::{Style, Tongue};

/// Shades by equal numbers of places.
pub struct Shades {
    /// Least value of each shade and its greatest, with its place among the colours.
    classes: Vec<(f64, f64, usize)>,
    pub style: Style,
    /// What stands between the least and the greatest: a dash beside a minus is read as another.
    between: &'static str,
}

/// Colours of the style sheet from light to dark.
const SHADES: usize = 5;

impl Shades {
    pub fn of(values: impl Iterator<Item = f64>, tongue: Tongue, unit: &str) -> Shades {
        let mut sorted: Vec<f64> = values.filter(|v| v.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let mut distinct = sorted.clone();
        distinct.dedup();
        let n = distinct.len().min(SHADES);
        let mut bounds: Vec<f64> = (0..n).map(|k| sorted[sorted.len() * k / n]).collect();
        // Many equal values are one shade.
        bounds.dedup();
        let n = bounds.len();
        let class = |k: usize| {
            let below = |v: f64| bounds.get(k + 1).is_none_or(|b| v < *b);
            let last = sorted.iter().copied().rfind(|v| below(*v)).unwrap_or(bounds[k]);
            (bounds[k], last, if n > 1 { k * (SHADES - 1) / (n - 1) } else { SHADES / 2 })
        };
        let most = sorted.iter().fold(0.0f64, |a, v| a.max(v.abs()));
        let least = sorted.iter().map(|v| v.abs()).filter(|v| *v > 0.0).fold(most, f64::min);
        let between = match tongue {
            _ if sorted.first().is_none_or(|v| *v >= 0.0) => " – ",
            Tongue::Hans | Tongue::Hant => "至",
            Tongue::Other => " to ",
        };
        Shades { between, classes: (0..n).map(class).collect(), style: Style::of(tongue, unit, (least, most), most / 5.0) }
    }

    /// Class of the style sheet; `q` where there is no value.
    pub fn class(&self, v: Option<f64>) -> String {
        let found = v.and_then(|v| self.classes.iter().rev().find(|c| v >= c.0));
        found.map_or("q".to_string(), |c| format!("q{}", c.2))
    }

    /// Each shade's class, and from where to where it goes.
    pub fn words(&self) -> Vec<(String, String)> {
        let value = |v: f64| self.style.value(v);
        let text = |a: f64, b: f64| if value(a) == value(b) { value(a) } else { format!("{}{}{}", value(a), self.between, value(b)) };
        self.classes.iter().map(|(a, b, k)| (format!("q{k}"), text(*a, *b))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_have_few_shades() {
        let of = |v: &[f64]| Shades::of(v.iter().copied(), Tongue::Other, "");
        let words = |v: &[f64]| of(v).words().into_iter().map(|(c, w)| format!("{c} {w}")).collect::<Vec<_>>();
        assert_eq!(words(&[3.0, 1.0, 2.0]), ["q0 1", "q2 2", "q4 3"]);
        // Equal values are one.
        assert_eq!(words(&[7.0, 7.0]), ["q2 7"]);
        assert_eq!(words(&[]).len(), 0);
        let many: Vec<f64> = (0..20).map(f64::from).collect();
        assert_eq!(words(&many), ["q0 0 – 3", "q1 4 – 7", "q2 8 – 11", "q3 12 – 15", "q4 16 – 19"]);
        let below: Vec<f64> = (-9..1).map(f64::from).collect();
        assert_eq!(words(&below)[0], "q0 −9 to −8");
        assert_eq!(Shades::of(below.into_iter(), Tongue::Hans, "").words()[0].1, "−9至−8");
        assert_eq!(of(&many).class(Some(11.0)), "q2");
        assert_eq!(of(&many).class(None), "q");
    }
}
