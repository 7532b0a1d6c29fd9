//! Raw deflate (RFC 1951) for browsers whose DecompressionStream does not know it; loaded by those only.
function tree(lengths) {
  const counts = new Uint16Array(16), offsets = new Uint16Array(16), symbols = new Uint16Array(lengths.length);
  lengths.forEach((l) => counts[l]++);
  counts[0] = 0;
  for (let i = 1; i < 16; i++) offsets[i] = offsets[i - 1] + counts[i - 1];
  lengths.forEach((l, i) => {
    if (l) symbols[offsets[l]++] = i;
  });
  return { counts, symbols };
}

const BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const MORE = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const FAR = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const FARTHER = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

export function inflate(bytes) {
  let out = new Uint8Array(Math.max(bytes.length * 4, 1024)), n = 0, at = 0;
  const bit = () => {
    if (at >> 3 >= bytes.length) throw new Error("cut short");
    const b = (bytes[at >> 3] >> (at & 7)) & 1;
    at++;
    return b;
  };
  const bits = (count) => {
    let v = 0;
    for (let i = 0; i < count; i++) v |= bit() << i;
    return v;
  };
  const put = (byte) => {
    if (n === out.length) {
      const larger = new Uint8Array(n * 2);
      larger.set(out);
      out = larger;
    }
    out[n++] = byte;
  };
  const symbol = (t) => {
    let code = 0, first = 0, index = 0;
    for (let i = 1; i < 16; i++) {
      code |= bit();
      const count = t.counts[i];
      if (code - first < count) return t.symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Error("no such code");
  };
  let last = 0;
  while (!last) {
    last = bit();
    const kind = bits(2);
    if (kind === 0) {
      at = (at + 7) & ~7;
      const length = bits(16);
      bits(16);
      for (let i = 0; i < length; i++) put(bits(8));
      continue;
    }
    if (kind === 3) throw new Error("no such block");
    let codes = [], far = [];
    if (kind === 1) {
      for (let i = 0; i < 288; i++) codes.push(i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
      far = new Array(30).fill(5);
    } else {
      const all = bits(5) + 257, distances = bits(5) + 1, count = bits(4) + 4, order = new Array(19).fill(0), lengths = [];
      for (let i = 0; i < count; i++) order[ORDER[i]] = bits(3);
      const t = tree(order);
      while (lengths.length < all + distances) {
        const s = symbol(t);
        if (s < 16) lengths.push(s);
        else {
          const value = s === 16 ? lengths[lengths.length - 1] : 0, times = s === 16 ? 3 + bits(2) : s === 17 ? 3 + bits(3) : 11 + bits(7);
          for (let i = 0; i < times; i++) lengths.push(value);
        }
      }
      codes = lengths.slice(0, all);
      far = lengths.slice(all);
    }
    const literals = tree(codes), distances = tree(far);
    for (let s = symbol(literals); s !== 256; s = symbol(literals)) {
      if (s < 256) {
        put(s);
        continue;
      }
      const length = BASE[s - 257] + bits(MORE[s - 257]), d = symbol(distances), back = FAR[d] + bits(FARTHER[d]);
      if (!(back <= n)) throw new Error("too far back");
      for (let i = 0; i < length; i++) put(out[n - back]);
    }
  }
  return out.subarray(0, n);
}
