//! Scales of numbers: from where to where, and which values are told along them. Steps are those of d3-array's
//! `tickIncrement`: of 1, 2, 5, 10 … the one nearest to what was asked for.

/// Whether a scale holds nothing.
#[derive(Clone, Copy, PartialEq)]
pub enum Zero {
    /// Always: lengths and areas tell the value.
    Held,
    /// Where it is not far off: places tell the value.
    Near,
}

/// A linear scale.
#[derive(Debug, Clone)]
pub struct Linear {
    /// Least value of the scale.
    pub low: f64,
    /// Greatest.
    pub high: f64,
    /// From one tick to the next.
    pub step: f64,
    from: f64,
    to: f64,
}

/// Steps beyond the last value that the scale is lengthened to reach a tick; where it is farther, the scale ends at the value.
const REACH: f64 = 0.6;

impl Linear {
    /// A scale over values with about `count` ticks, not yet placed.
    pub fn new(values: impl Iterator<Item = f64>, zero: Zero, count: f64) -> Linear {
        let (mut low, mut high, mut whole) = (f64::INFINITY, f64::NEG_INFINITY, true);
        for v in values.filter(|v| v.is_finite()) {
            (low, high, whole) = (low.min(v), high.max(v), whole && v.fract() == 0.0);
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        // What does not change is seen against nothing; so is what is not far above it.
        let far = (low > 0.0 && low >= high * 0.5) || (high < 0.0 && high <= low * 0.5);
        if zero == Zero::Held || low == high || !far {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if low == high {
            high = 1.0;
        }
        if !(high - low).is_finite() {
            (low, high) = (low / 4.0, high / 4.0);
        }
        let mut step = nice((high - low) / count);
        // A tick at each end at least.
        for k in 1..4 {
            if ((high / step).floor() - (low / step).ceil()) >= 1.0 {
                break;
            }
            step = nice((high - low) / (count + 2.0 * f64::from(k)));
        }
        // Between one letter and two there is none.
        if whole {
            step = step.max(1.0);
        }
        let reach = |v: f64, up: bool| {
            let tick = if up { (v / step).ceil() } else { (v / step).floor() } * step;
            if (tick - v).abs() <= step * REACH { tick } else { v + (high - low) * if up { 0.02 } else { -0.02 } }
        };
        let (mut a, mut b) = (if low == 0.0 { 0.0 } else { reach(low, false) }, if high == 0.0 { 0.0 } else { reach(high, true) });
        // On a scale without nothing, a value on the edge of the plot would be read as nothing: half a step is left.
        if a > 0.0 && low - a < step * 0.25 {
            a = (a - step * 0.5).max(a * 0.5);
        }
        if b < 0.0 && b - high < step * 0.25 {
            b = (b + step * 0.5).min(b * 0.5);
        }
        Linear { low: a, high: b, step, from: 0.0, to: 1.0 }
    }

    /// Puts the scale between two places.
    pub fn put(mut self, from: f64, to: f64) -> Linear {
        (self.from, self.to) = (from, to);
        self
    }

    /// The place of a value.
    pub fn at(&self, v: f64) -> f64 {
        let share = (v - self.low) / (self.high - self.low);
        if share.is_finite() { self.from + share * (self.to - self.from) } else { self.from }
    }

    /// Values told along the scale.
    pub fn ticks(&self) -> Vec<f64> {
        let slack = self.step * 1e-6;
        let (a, b) = (((self.low - slack) / self.step).ceil(), ((self.high + slack) / self.step).floor());
        // Below 1, dividing by a whole number keeps decimals clean.
        let value = |i: f64| if self.step < 1.0 { i / (1.0 / self.step).round() } else { i * self.step };
        (0..=(b - a).clamp(0.0, 20.0) as usize).map(|i| value(a + i as f64) + 0.0).collect()
    }
}

/// The nearest of 1, 2, 5, 10, … to a step, as d3 rounds it: bounds are their geometric means.
pub fn nice(step: f64) -> f64 {
    if !(step > 0.0 && step.is_finite()) {
        return 1.0;
    }
    let power = step.log10().floor();
    let base = 10f64.powf(power);
    let error = step / base;
    let factor = if error >= 50f64.sqrt() {
        10.0
    } else if error >= 10f64.sqrt() {
        5.0
    } else if error >= 2f64.sqrt() {
        2.0
    } else {
        1.0
    };
    // 2e-5 is 2/1e5, not 2 times the nearest double to 1e-5.
    if power < 0.0 { factor / 10f64.powf(-power) } else { factor * base }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64], zero: Zero) -> Linear {
        Linear::new(values.iter().copied(), zero, 5.0)
    }

    #[test]
    fn steps_are_round_and_the_plot_is_full() {
        for (low, high) in [
            (0.0, 1.0),
            (3.0, 97.0),
            (-5.0, 5.0),
            (1000.0, 1001.0),
            (0.0001, 0.0002),
            (1e9, 3e9),
            (7.0, 7.0),
            (0.0, 100_469.0),
            (0.0, 5.1),
            (1e-7, 3e-7),
            (-1e13, 4e12),
            (59.0, 61.0),
            (0.11, 0.11),
            (-0.11, -0.11),
        ] {
            for zero in [Zero::Held, Zero::Near] {
                let s = of(&[low, high], zero);
                let t = s.ticks();
                assert!((2..=12).contains(&t.len()) && s.low <= low && s.high >= high, "{low} {high} {s:?} {t:?}");
                assert!(t.windows(2).all(|w| w[1] > w[0]));
                // Nowhere is a third of the plot empty that a lower or higher end would fill.
                let all = s.high - s.low;
                assert!((s.high - high.max(0.0f64.min(s.high))) / all < 0.34 && (low.min(0.0f64.max(s.low)) - s.low) / all < 0.34, "{low} {high} {s:?}");
                assert!(zero == Zero::Near || (s.low <= 0.0 && s.high >= 0.0));
            }
        }
    }

    #[test]
    fn ticks_are_those_of_d3() {
        assert_eq!(of(&[0.0, 100_469.0], Zero::Near).ticks(), [0.0, 20_000.0, 40_000.0, 60_000.0, 80_000.0, 100_000.0]);
        assert_eq!(of(&[0.0, 0.0002], Zero::Held).ticks(), [0.0, 0.00005, 0.0001, 0.00015, 0.0002]);
        assert_eq!(of(&[0.11, 0.11], Zero::Near).ticks(), [0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12]);
        assert_eq!(of(&[0.0, 0.0], Zero::Near).ticks(), [0.0, 1.0]);
        assert_eq!(of(&[-3.0, 7.0], Zero::Held).ticks(), [-4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(of(&[58.5, 61.0], Zero::Near).ticks(), [58.5, 59.0, 59.5, 60.0, 60.5, 61.0]);
        // What is counted has no halves.
        assert_eq!(of(&[0.0, 2.0], Zero::Near).ticks(), [0.0, 1.0, 2.0]);
        assert_eq!(of(&[50.0, 60.0], Zero::Held).low, 0.0);
        assert_eq!([nice(14.0), nice(15.0), nice(31.0), nice(32.0), nice(70.0), nice(71.0), nice(0.02)], [10.0, 20.0, 20.0, 50.0, 50.0, 100.0, 0.02]);
        // Nothing that a file may hold stops it.
        for v in [f64::MAX, f64::MIN, f64::MIN_POSITIVE, f64::NAN] {
            let s = of(&[v, -1.0, f64::MAX], Zero::Near);
            assert!(s.ticks().len() < 30 && s.put(0.0, 1.0).at(v).is_finite());
        }
    }
}
