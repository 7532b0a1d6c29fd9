//! A column as bytes: what one machine counted is added up on another.

use super::{Column, Sums};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

/// Nothing of the table by which values are found again: its hashes have a seed of their process.
impl Serialize for Column {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        (self.nulls, self.limit as u64, &self.sums, self.kept()).serialize(s)
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Column, D::Error> {
        type Kept = Vec<(String, u64, u64)>;
        let (nulls, limit, sums, kept): (u64, u64, Option<Box<Sums>>, Kept) = Deserialize::deserialize(d)?;
        if sums.as_ref().is_some_and(|s| !s.distinct.whole()) {
            return Err(D::Error::custom("a sketch of another size"));
        }
        let mut out = Column { nulls, limit: usize::try_from(limit).unwrap_or(super::DISTINCT).min(super::DISTINCT), sums, late: true, ..Column::default() };
        kept.iter().for_each(|(v, n, first)| out.put(v.as_bytes(), *n, *first));
        Ok(out)
    }
}

impl Column {
    /// About how many bytes of memory it takes.
    pub fn held(&self) -> usize {
        let sums = self.sums.as_ref().map_or(0, |_| size_of::<Sums>() + (64 << 10));
        self.slots.capacity() * size_of::<super::Slot>() + self.entries.capacity() * size_of::<super::Entry>() + self.bytes.capacity() + sums
    }

    /// About how many different values it has, where they were too many to be kept.
    pub fn estimate(&self) -> Option<u64> {
        self.sums.as_ref().map(|s| s.distinct.count())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::personal::Of;
    use super::*;

    fn finished(c: Column, rows: u64) -> String {
        let (profile, marks) = c.finish("x", None, rows, false, Of::default(), &|r| r);
        format!("{} {marks:?}", serde_json::to_string(&profile).unwrap())
    }

    #[test]
    fn what_was_written_reads_back() {
        for most in [40u64, 200_000] {
            let value = |i: u64| match i % 7 {
                0 => String::new(),
                1 => format!("{}.{}%", i % most, i % 10),
                2 => format!("2024-0{}-1{}", 1 + i % 9, i % 10),
                3 => format!("1391234{:04}", i % most),
                _ => format!("{}", (i * 7919) % most),
            };
            let (mut whole, mut parts) = (Column::new(3), [Column::new(3), Column::new(3)]);
            for i in 0..most * 2 {
                whole.add(value(i).as_bytes(), i);
                parts[(i % 2) as usize].add(value(i).as_bytes(), i);
            }
            let sent = |c: &Column| serde_json::from_str::<Column>(&serde_json::to_string(c).unwrap()).unwrap();
            let mut sum = sent(&parts[1]);
            sum.merge(sent(&parts[0]));
            assert_eq!(sum.estimate().is_some(), most > 40);
            assert!(sum.held() > 0);
            assert_eq!(finished(sent(&sum), most * 2), finished(whole, most * 2));
        }
        let mut c = Column::new(1);
        (0..70_000).for_each(|i| c.add(format!("{i}").as_bytes(), i));
        let json = serde_json::to_string(&c).unwrap();
        let from = json.find("\"distinct\":[").unwrap() + 12;
        let end = from + json[from..].find(']').unwrap();
        let short = format!("{}0,0{}", &json[..from], &json[end..]);
        assert!(serde_json::from_str::<Column>(&json).is_ok());
        assert!(serde_json::from_str::<Column>(&short).is_err());
    }
}
