// Ranking and bytes of our engine without a browser: node quality.mjs PUBLIC DOCS.json SEED [--misses]
import fs from "node:fs";
import path from "node:path";
import { queries, rr, MAIN } from "./queries.mjs";

const [pub, list, seed, flag] = process.argv.slice(2);
const docs = JSON.parse(fs.readFileSync(list, "utf8"));
const { create } = await import(path.resolve(pub, "search/engine.js"));
let bytes = 0, files = 0;
const get = async (url) => {
  const b = fs.readFileSync(path.join(pub, decodeURIComponent(new URL(url).pathname)));
  bytes += b.length;
  files++;
  return { ok: true, arrayBuffer: async () => b.buffer.slice(b.byteOffset, b.byteOffset + b.length) };
};
const median = (l, p = 0.5) => l.slice().sort((a, b) => a - b)[Math.min(l.length - 1, Math.floor(l.length * p))];
const all = queries(docs, Number(seed)), by = {};
for (const q of all) {
  const engine = await create("http://x/search/zh-Hans/", get);
  bytes = files = 0;
  const found = await engine.search(q.q, { facets: false, loose: !!process.env.FILL });
  q.bytes = bytes;
  q.files = files;
  q.total = found.total;
  q.loose = found.loose;
  q.rr = rr(found.hits.map((h) => h.url), q.right);
  (by[q.category] = by[q.category] || []).push(q);
  if (flag && q.rr < 1) console.log(q.category, q.q, q.rr.toFixed(2), q.total, q.loose ? "loose" : "", found.hits.slice(0, 3).map((h) => h.title).join(" | "));
}
const mean = (l) => l.reduce((a, b) => a + b, 0) / l.length;
for (const [c, l] of Object.entries(by)) console.log(c.padEnd(12), l.length, "MRR", mean(l.map((q) => q.rr)).toFixed(3), "bytes", median(l.map((q) => q.bytes)), median(l.map((q) => q.bytes), 0.95), "files", median(l.map((q) => q.files)), "loose", l.filter((q) => q.loose).length);
const main = all.filter((q) => MAIN.includes(q.category));
console.log("MAIN", main.length, mean(main.map((q) => q.rr)).toFixed(4), "bytes", median(all.map((q) => q.bytes)), median(all.map((q) => q.bytes), 0.95), "few results (<10):", main.filter((q) => q.total < 10).length);
