//! Suggestions while one types: texts that begin as was typed, in characters of either script, in pinyin or its initials. Loaded with the first of them.
export async function suggest(typed, limit, shard, bare) {
  const t = typed.replace(/^(zhrmghg|zhonghuarenmingongheguo)(?=.)/, ""), chars = Array.from(t), out = [], latin = /^[a-z]/.test(t), first = (n) => chars.slice(0, n).join("");
  if (!chars.length) return out;
  // Few stand under four letters; under two are more.
  for (const key of latin && chars.length > 3 ? [first(4), first(2)] : [first(2)]) {
    for (const entry of await shard(key)) {
      const spoken = typeof entry !== "string", word = spoken ? entry[0] : entry, read = spoken ? entry[1].split(" ") : [];
      const fits = spoken ? read.join("").indexOf(t) === 0 || read.map((s) => s[0]).join("").indexOf(t) === 0 : bare(word).indexOf(t) >= 0;
      if (fits && out.indexOf(word) < 0) out.push(word);
      if (out.length === (limit || 8)) return out;
    }
  }
  return out;
}
