//! Counting without keeping: distinct values and the spread of numbers, in a fixed space.
//!
//! Both sketches are sums over values: in whatever pieces a file is read, the merged sketch is the same.

use super::decimal;
use serde::{Deserialize, Serialize};

const PRECISION: u32 = 14;

/// HyperLogLog (Flajolet et al. 2007) with 2^14 registers: a standard error of 0.8 %.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Distinct(Vec<u8>);

impl Default for Distinct {
    fn default() -> Distinct {
        Distinct(vec![0; 1 << PRECISION])
    }
}

impl Distinct {
    /// Whether it has as many registers as it must: one that was read from bytes may have any.
    pub(super) fn whole(&self) -> bool {
        self.0.len() == 1 << PRECISION
    }

    /// Adds a value by its hash.
    pub fn add(&mut self, hash: u64) {
        let at = (hash >> (64 - PRECISION)) as usize;
        let rank = ((hash << PRECISION) | (1 << (PRECISION - 1))).leading_zeros() as u8 + 1;
        if self.0[at] < rank {
            self.0[at] = rank;
        }
    }

    /// Adds another sketch.
    pub fn merge(&mut self, other: &Distinct) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a = (*a).max(*b));
    }

    /// The estimate.
    pub fn count(&self) -> u64 {
        let m = self.0.len() as f64;
        let (mut sum, mut zero) = (0.0, 0.0);
        for r in &self.0 {
            sum += 2f64.powi(-i32::from(*r));
            zero += f64::from(u8::from(*r == 0));
        }
        let raw = 0.7213 / (1.0 + 1.079 / m) * m * m / sum;
        if raw <= 2.5 * m && zero > 0.0 { (m * (m / zero).ln()).round() as u64 } else { raw.round() as u64 }
    }
}

/// Bits of a double's mantissa that a bucket keeps: buckets are 1/128 wide, so that a middle is off by at most 0.4 %.
const MANTISSA: u32 = 7;
const SHIFT: u32 = 52 - MANTISSA;

/// Units of a sum in one, and the least number that is too great for them.
const UNIT: f64 = 1e12;
const HUGE: f64 = 1e18;

/// Numbers by bucket, with their exact count, extremes and sum.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Spread {
    from: u32,
    buckets: Vec<u64>,
    /// How many.
    pub count: u64,
    /// Sum in units of 10^-12: whole numbers, so that the order of adding does not matter.
    sum: i128,
    /// Numbers came that do not fit in such units.
    huge: bool,
    /// Least and greatest.
    pub range: Option<(f64, f64)>,
}

/// Doubles in the order of their bits.
fn key(x: f64) -> u32 {
    let bits = x.to_bits();
    let ordered = if bits >> 63 == 1 { !bits } else { bits | (1 << 63) };
    (ordered >> SHIFT) as u32
}

/// The middle of a bucket.
fn middle(key: u32) -> f64 {
    let ordered = (u64::from(key) << SHIFT) + (1 << (SHIFT - 1));
    let bits = if ordered >> 63 == 1 { ordered & !(1 << 63) } else { !ordered };
    f64::from_bits(bits)
}

impl Spread {
    /// Adds a number, `times` times.
    pub fn add(&mut self, x: f64, times: u64) {
        let x = if x == 0.0 { 0.0 } else { x };
        let k = key(x);
        if self.buckets.is_empty() {
            self.from = k;
        }
        self.reach(k, k);
        self.buckets[(k - self.from) as usize] += times;
        self.count += times;
        let units = (x.abs() < HUGE).then(|| (x * UNIT).round() as i128).and_then(|u| u.checked_mul(i128::from(times)));
        match units.and_then(|u| self.sum.checked_add(u)) {
            Some(sum) => self.sum = sum,
            None => self.huge = true,
        }
        self.range = Some(self.range.map_or((x, x), |(a, b)| (a.min(x), b.max(x))));
    }

    fn reach(&mut self, low: u32, high: u32) {
        if low < self.from {
            let more = (self.from - low) as usize;
            self.buckets.splice(0..0, std::iter::repeat_n(0, more));
            self.from = low;
        }
        let need = (high - self.from) as usize + 1;
        if need > self.buckets.len() {
            self.buckets.resize(need, 0);
        }
    }

    /// Adds another.
    pub fn merge(&mut self, other: &Spread) {
        if other.buckets.is_empty() {
            return;
        }
        if self.buckets.is_empty() {
            self.from = other.from;
        }
        self.reach(other.from, other.from + other.buckets.len() as u32 - 1);
        for (i, n) in other.buckets.iter().enumerate() {
            self.buckets[(other.from - self.from) as usize + i] += n;
        }
        self.count += other.count;
        self.huge |= other.huge;
        match self.sum.checked_add(other.sum) {
            Some(sum) => self.sum = sum,
            None => self.huge = true,
        }
        self.range = match (self.range, other.range) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (a, b) => a.or(b),
        };
    }

    /// Arithmetic mean; of numbers too great for the sum an estimate within 0.4 %.
    pub fn mean(&self) -> Option<f64> {
        if self.count == 0 {
            return None;
        }
        Some(if self.huge { self.values().map(|(x, n)| x * (n as f64 / self.count as f64)).sum() } else { self.sum as f64 / UNIT / self.count as f64 })
    }

    /// Values with their counts, in order, each within 0.4 %.
    fn values(&self) -> impl Iterator<Item = (f64, u64)> + '_ {
        let (low, high) = self.range.unwrap_or_default();
        self.buckets.iter().enumerate().filter(|(_, n)| **n > 0).map(move |(i, n)| (middle(self.from + i as u32).clamp(low, high), *n))
    }

    /// The value below which so many twentieths of all values lie.
    pub fn quantile(&self, twentieths: u64) -> Option<f64> {
        quantile(self.values(), self.count, twentieths)
    }

    /// Counts in `bins` equal steps from the least to the greatest.
    pub fn histogram(&self, bins: usize) -> Vec<u64> {
        histogram(self.values(), self.range, bins)
    }
}

/// The value below which so many twentieths of the sorted values lie; between two values it lies in proportion, so that
/// the median of an even count is the mean of the middle two (the way of R, pandas, DuckDB's `quantile_cont`, Excel).
pub fn quantile(values: impl Iterator<Item = (f64, u64)>, count: u64, twentieths: u64) -> Option<f64> {
    let place = u128::from(count.checked_sub(1)?) * u128::from(twentieths);
    let (rank, part) = ((place / 20) as u64, (place % 20) as u64);
    let (mut seen, mut low) = (0, None);
    for (v, n) in values {
        seen += n;
        if let Some(low) = low {
            return Some(decimal::between(low, v, part));
        }
        if seen > rank + 1 || (seen > rank && part == 0) {
            return Some(v);
        }
        if seen > rank {
            low = Some(v);
        }
    }
    low
}

/// Counts in equal steps.
pub fn histogram(values: impl Iterator<Item = (f64, u64)>, range: Option<(f64, f64)>, bins: usize) -> Vec<u64> {
    let Some((low, high)) = range.filter(|(a, b)| b > a) else { return Vec::new() };
    let mut out = vec![0; bins];
    for (v, n) in values {
        let at = ((v - low) / (high - low) * bins as f64) as usize;
        out[at.min(bins - 1)] += n;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_values() {
        let q = |list: &[(f64, u64)], t| quantile(list.iter().copied(), list.iter().map(|v| v.1).sum(), t);
        assert_eq!(q(&[(1.5, 1), (2.5, 1)], 10), Some(2.0));
        assert_eq!(q(&[(143.95, 1), (1234.5, 1), (1236.5, 1), (99_999.96, 1)], 10), Some(1235.5));
        assert_eq!(q(&[(1.0, 1), (2.0, 1), (3.0, 1)], 10), Some(2.0));
        assert_eq!(q(&[(1.0, 3), (9.0, 3)], 10), Some(5.0));
        assert_eq!(q(&[(1.0, 4), (9.0, 3)], 10), Some(1.0));
        assert_eq!(q(&[(1.0, 1), (2.0, 1), (3.0, 1), (4.0, 1)], 5), Some(1.75));
        assert_eq!(q(&[(7.0, 1)], 19), Some(7.0));
        assert_eq!(q(&[], 10), None);
    }

    #[test]
    fn sketches_do_not_depend_on_pieces() {
        let mix = |i: u64| (i ^ (i >> 31)).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ (i << 7);
        let (mut whole, mut a, mut b) = (Distinct::default(), Distinct::default(), Distinct::default());
        let (mut ws, mut sa, mut sb) = (Spread::default(), Spread::default(), Spread::default());
        for i in 0..100_000u64 {
            let h = super::super::profile::hash(&mix(i).to_le_bytes());
            whole.add(h);
            if i % 3 == 0 {
                a.add(h)
            } else {
                b.add(h)
            }
            let x = (i as f64 - 50_000.0) * 1.37;
            ws.add(x, 1);
            if i % 2 == 0 { sa.add(x, 1) } else { sb.add(x, 1) }
        }
        a.merge(&b);
        sb.merge(&sa);
        assert_eq!(a.0, whole.0);
        assert!((whole.count() as f64 / 1e5 - 1.0).abs() < 0.03, "{}", whole.count());
        assert_eq!((sb.from, &sb.buckets, sb.sum, sb.range), (ws.from, &ws.buckets, ws.sum, ws.range));
        for (q, want) in [(5, -34_250.0), (10, 0.0), (15, 34_250.0)] {
            let got = ws.quantile(q).unwrap();
            assert!((got - want).abs() <= 0.005 * f64::abs(want) + 2.0, "{q} {got}");
        }
        assert_eq!(ws.histogram(10).iter().sum::<u64>(), 100_000);
        let mut far = Spread::default();
        [1e30, 3e30].into_iter().for_each(|x| far.add(x, 1));
        assert!((far.mean().unwrap() / 2e30 - 1.0).abs() < 0.005);
    }
}
