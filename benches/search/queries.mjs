// Known-item queries made by rule from the texts: the item is right, and so is any dated version of it.
import { Converter } from "opencc-js/cn2t";

// SplitMix64: the same seed gives the same queries everywhere.
export function random(seed) {
  let s = BigInt(seed);
  const M = (1n << 64n) - 1n;
  const next = () => {
    s = (s + 0x9e3779b97f4a7c15n) & M;
    let z = s;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & M;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & M;
    return z ^ (z >> 31n);
  };
  const below = (n) => Number(next() % BigInt(n));
  const shuffle = (list) => {
    const a = list.slice();
    for (let i = a.length - 1; i > 0; i--) {
      const j = below(i + 1);
      [a[i], a[j]] = [a[j], a[i]];
    }
    return a;
  };
  return { below, shuffle };
}

export const norm = (t) => t.replace(/[（(].*?[)）]/g, "").replace(/中华人民共和国/g, "").trim();
const han = /^[\u4e00-\u9fff]+$/;

const HEAD = {
  行政处罚: "行政处罚法", 个人信息保护: "个人信息保护法", 政府信息公开条例: "政府信息公开条例", 政府信息公开: "政府信息公开条例", 数据安全: "数据安全法", "数据 安全": "数据安全法",
  环境影响评价: "环境影响评价法", 最低生活保障: "", 行政许可: "行政许可法", 劳动合同: "劳动合同法", 食品安全: "食品安全法", 道路交通安全: "道路交通安全法", 消防: "消防法", 婚姻登记: "婚姻登记条例",
  城乡规划: "城乡规划法", 安全生产: "安全生产法", 招标投标: "招标投标法", 政府采购: "政府采购法", 行政复议: "行政复议法", 统计法: "统计法", 残疾人保障: "残疾人保障法", 未成年人保护: "未成年人保护法",
  失业保险: "失业保险条例", 工伤保险: "工伤保险条例", 审计: "审计法", 义务教育: "义务教育法", 土地管理: "土地管理法", 社会保险: "社会保险法", 反垄断: "反垄断法", 网络安全: "网络安全法",
};

export function queries(docs, seed) {
  const r = random(seed), out = [];
  const byName = new Map();
  for (const d of docs) byName.set(norm(d.title), [...(byName.get(norm(d.title)) || []), d.url]);
  const names = [...byName.keys()];
  const right = (d) => byName.get(norm(d.title));
  const add = (category, q, urls) => out.push({ category, q, right: urls });
  const count = (category) => out.filter((q) => q.category === category).length;
  const bare = (t) => t.replace(/[《》]/g, "");
  const pool = r.shuffle(docs.filter((d) => norm(d.title).length >= 6 && norm(d.title).length <= 24));
  let at = 0;
  const each = (category, n, make) => {
    while (count(category) < n && at < pool.length) {
      const d = pool[at++], q = make(d, norm(d.title));
      if (q) add(category, q, right(d));
    }
  };
  each("title", 30, (d, t) => bare(t));
  each("fragment", 40, (d, t) => {
    const n = 4 + r.below(5);
    if (t.length < n + 2) return null;
    const all = [];
    for (let i = 1; i + n <= t.length; i++) if (han.test(t.slice(i, i + n))) all.push(t.slice(i, i + n));
    return r.shuffle(all).find((s) => names.filter((x) => x.includes(s)).length === 1);
  });
  const words = new Intl.Segmenter("zh", { granularity: "word" });
  each("words", 30, (d, t) => {
    const w = [...words.segment(t)].map((x) => x.segment).filter((x) => x.length >= 2 && han.test(x) && !["条例", "规定", "办法", "管理"].includes(x));
    if (w.length < 2) return null;
    const [a, b] = r.shuffle(w);
    return names.filter((x) => x.includes(a) && x.includes(b)).length === 1 ? `${a} ${b}` : null;
  });
  const bodies = docs.map((d) => [norm(d.title), d.body]);
  each("phrase", 30, (d) => {
    if (d.body.length < 800) return null;
    for (let i = 0; i < 40; i++) {
      const n = 6 + r.below(7), from = 200 + r.below(d.body.length - n - 200), s = d.body.slice(from, from + n);
      if (!han.test(s)) continue;
      if (new Set(bodies.filter(([, b]) => b.includes(s)).map(([t]) => t)).size === 1) return s;
    }
    return null;
  });
  // A number that stands in one law only: its own, or one that it cites.
  const numbers = new Map();
  for (const d of docs) for (const m of d.body.matchAll(/(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,6}[〔\[]\d{4}[〕\]]\d{1,4}号/g)) numbers.set(m[0], (numbers.get(m[0]) || new Set()).add(norm(d.title)));
  const once = r.shuffle([...numbers].filter(([n, t]) => t.size === 1 && new Set(bodies.filter(([, b]) => b.includes(n)).map(([x]) => x)).size === 1));
  for (const [n, t] of once.slice(0, 10)) add("number", n, byName.get([...t][0]));
  for (const [q, t] of Object.entries(HEAD)) {
    const urls = t ? byName.get(t) : names.filter((x) => x.includes(q)).flatMap((x) => byName.get(x));
    if (urls && urls.length) add("head", q, urls);
  }
  const toTraditional = Converter({ from: "cn", to: "t" });
  each("traditional", 15, (d, t) => {
    const s = toTraditional(bare(t));
    return t.length <= 14 && s !== bare(t) ? s : null;
  });
  const chars = docs.slice(0, 400).flatMap((d) => [...d.title].filter((c) => han.test(c)));
  each("typo", 15, (d, t) => {
    t = bare(t);
    if (t.length < 7 || t.length > 14 || !han.test(t)) return null;
    const i = 2 + r.below(t.length - 4), k = count("typo") % 3;
    return t.slice(0, i) + (k === 0 ? chars[r.below(chars.length)] + t.slice(i + 1) : k === 1 ? t.slice(i + 1) : t[i + 1] + t[i] + t.slice(i + 2));
  });
  return out;
}

export const MAIN = ["title", "fragment", "words", "phrase", "number", "head"];
// Reciprocal rank within ten.
export const rr = (urls, right) => {
  const i = urls.slice(0, 10).findIndex((u) => right.includes(u));
  return i < 0 ? 0 : 1 / (i + 1);
};
