//! Suggestions while one types: texts that begin as was typed, in characters of either script, in pinyin or its initials. Loaded with the first of them.
export async function suggest(typed, limit, hands) {
  const bare = hands.bare(typed), t = bare.replace(/^(zhrmghg|zhonghuarenmingongheguo)(?=.)/, ""), chars = Array.from(t), out = [], latin = /^[a-z]/.test(t), first = (n) => chars.slice(0, n).join("");
  if (!chars.length) return out;
  // Few stand under four letters; under two are more.
  for (const key of latin && chars.length > 3 ? [first(4), first(2)] : [first(2)]) {
    for (const entry of await hands.shard(key)) {
      const spoken = typeof entry !== "string", word = spoken ? entry[0] : entry, read = spoken ? entry[1].split(" ") : [];
      const fits = spoken ? read.join("").indexOf(t) === 0 || read.map((s) => s[0]).join("").indexOf(t) === 0 : hands.bare(word).indexOf(t) >= 0;
      if (fits && out.indexOf(word) < 0) out.push(word);
      if (out.length === (limit || 8)) return out;
    }
  }
  // Letters by which no title begins: a word inside of some may be read so.
  if (!out.length && latin) return hands.heard(bare);
  // It may be typed in Traditional characters, or the titles be written in them.
  return !out.length && /[\u3400-\u9fff]/.test(typed) && (await hands.unfolded()) ? suggest(typed, limit, hands) : out;
}
