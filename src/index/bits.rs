//! Bit streams: the least significant bit of a byte first.

/// Writes bits.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    hold: u64,
    held: u32,
}

impl Writer {
    /// Begins after whole bytes.
    pub fn after(bytes: Vec<u8>) -> Writer {
        Writer { bytes, ..Writer::default() }
    }

    /// The lowest `n` bits of a value, at most 32.
    pub fn bits(&mut self, value: u32, n: u32) {
        self.hold |= u64::from(value) << self.held;
        self.held += n;
        if self.held >= 32 {
            self.bytes.extend_from_slice(&(self.hold as u32).to_le_bytes());
            self.hold >>= 32;
            self.held -= 32;
        }
    }

    /// `n` zeros and a one.
    fn unary(&mut self, mut n: u32) {
        while n >= 24 {
            self.bits(0, 24);
            n -= 24;
        }
        self.bits(1 << n, n + 1);
    }

    /// Elias gamma code of a value of at least 1.
    pub fn gamma(&mut self, value: u32) {
        let n = value.ilog2();
        self.unary(n);
        self.bits(value & ((1 << n) - 1), n);
    }

    /// Rice code with a parameter.
    pub fn rice(&mut self, value: u32, k: u32) {
        let (high, low) = (value >> k, value & (((1u64 << k) - 1) as u32));
        if high + k < 24 {
            // Both at once.
            return self.bits((low << 1 | 1) << high, high + 1 + k);
        }
        self.unary(high);
        self.bits(low, k);
    }

    /// The bytes; the last is filled with zeros.
    pub fn finish(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(&self.hold.to_le_bytes()[..self.held.div_ceil(8) as usize]);
        self.bytes
    }
}

/// Reads bits. Past the end come ones, so that a cut file ends instead of running on.
#[derive(Debug)]
pub struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    /// Begins at a byte.
    pub fn new(bytes: &'b [u8], from: usize) -> Reader<'b> {
        Reader { bytes, at: from * 8 }
    }

    fn bit(&mut self) -> u32 {
        let bit = self.bytes.get(self.at >> 3).map_or(1, |b| u32::from(b >> (self.at & 7)) & 1);
        self.at += 1;
        bit
    }

    /// `n` bits, at most 32.
    pub fn bits(&mut self, n: u32) -> u32 {
        let byte = self.at >> 3;
        // Most reads lie inside eight whole bytes.
        if let Some(window) = self.bytes.get(byte..byte + 8).and_then(|w| w.try_into().ok()) {
            let value = (u64::from_le_bytes(window) >> (self.at & 7)) & ((1 << n) - 1);
            self.at += n as usize;
            return value as u32;
        }
        (0..n).fold(0, |v, i| v | self.bit() << i)
    }

    fn unary(&mut self) -> u32 {
        let mut n = 0;
        while self.bit() == 0 {
            n += 1;
        }
        n
    }

    /// Elias gamma code.
    pub fn gamma(&mut self) -> u32 {
        let n = self.unary().min(31);
        (1 << n) | self.bits(n)
    }

    /// Rice code with a parameter.
    pub fn rice(&mut self, k: u32) -> u32 {
        let high = self.unary();
        (high << k) | self.bits(k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn read_as_written(values in proptest::collection::vec((0u32..1 << 20, 0u32..20), 0..200)) {
            let mut w = Writer::default();
            for (v, k) in &values {
                w.rice(*v >> 8, *k);
                w.gamma(v + 1);
                w.bits(*v, 20);
            }
            let bytes = w.finish();
            let mut r = Reader::new(&bytes, 0);
            for (v, k) in &values {
                prop_assert_eq!(r.rice(*k), *v >> 8);
                prop_assert_eq!(r.gamma(), v + 1);
                prop_assert_eq!(r.bits(20), *v);
            }
        }
    }
}
