//! Means, and numbers as text.

/// The mean of numbers with their counts, with what each addition loses added at the end (Neumaier).
pub(super) fn mean(numbers: &[(f64, u64)]) -> Option<f64> {
    let (mut sum, mut lost, mut count) = (0.0, 0.0, 0u64);
    for (x, n) in numbers {
        let y = x * *n as f64;
        let t = sum + y;
        lost += if f64::abs(sum) >= y.abs() { (sum - t) + y } else { (y - t) + sum };
        sum = t;
        count += n;
    }
    (count > 0).then(|| (sum + lost) / count as f64)
}

/// A number without an exponent and without needless zeros.
pub fn plain(x: f64) -> String {
    if x.fract() == 0.0 && x.abs() < 1e15 { format!("{x:.0}") } else { format!("{x}") }
}
