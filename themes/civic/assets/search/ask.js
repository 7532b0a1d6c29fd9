//! What people ask in everyday words: the same as src/index/ask.rs. Loaded when nothing has all of a query, or when it has a word with an official
//! one, or names an article. Han characters are written as escapes: a site without Chinese shows none.

const DIGITS = "\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d", UNITS = { "\u5341": 10, "\u767e": 100, "\u5343": 1000 };
// LAW: what names of laws end with: 法, 典, 条例, 规定, 办法.
const READINGS = 3, BESIDE = 24, LAWS = 3, FAINT = 3, LAW = "\u6cd5|\u5178|\u6761\u4f8b|\u89c4\u5b9a|\u529e\u6cd5";

// 二百三十二, 二三二, 232: 232; null where it is no number.
export function hanNumber(text) {
  if (/^[0-9]+$/.test(text)) return Number(text);
  const digit = (c) => (c === "\u96f6" ? 0 : DIGITS.indexOf(c)), chars = Array.from(text);
  if (chars.every((c) => digit(c) >= 0)) return chars.length && chars.length <= 6 ? chars.reduce((n, c) => n * 10 + digit(c), 0) : null;
  let total = 0, last = null;
  for (const c of chars) {
    if (UNITS[c]) {
      total += (last || 1) * UNITS[c];
      last = null;
    } else if (digit(c) < 0) return null;
    else last = digit(c);
  }
  return total + (last || 0);
}

// 232: 二百三十二, as laws number their articles.
export function toHan(n) {
  if (n >= 10000) return String(n);
  let out = "", zero = false;
  for (const [unit, sign] of [[1000, "\u5343"], [100, "\u767e"], [10, "\u5341"], [1, ""]]) {
    const d = Math.floor(n / unit) % 10;
    if (!d) zero = out !== "";
    else {
      if (zero) out += "\u96f6";
      out += (d === 1 && unit === 10 && !out ? "" : DIGITS[d]) + sign;
      zero = false;
    }
  }
  return out;
}

const NUMERALS = "[0-9\u3007\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343]+";
const ARTICLE = new RegExp("^(.*?[^ 0-9])[ ]*(?:\u7b2c[ ]*)?(" + NUMERALS + ")[ ]*\u6761(?:[ ]*\u4e4b[ ]*(" + NUMERALS + "))?(?:[ ]*\u7b2c?" + NUMERALS + "[\u6b3e\u9879\u76ee])*[ ]*(?:\u89c4\u5b9a|\u5185\u5bb9|\u5168\u6587|\u662f\u4ec0\u4e48|\u600e\u4e48\u89c4\u5b9a\u7684)*[?]?$");
// A law and an article: { law, text: 第二百三十二条, anchor: art-232 }, or null.
export function article(text) {
  const m = ARTICLE.exec(text.trim());
  if (!m) return null;
  const n = hanNumber(m[2]), sub = m[3] ? hanNumber(m[3]) : null, law = m[1].replace(/[\u300a\u300b"]/g, "").replace(/\u7b2c$/, "").trim();
  if (!n || n > 9999 || Array.from(law).length < 2 || (m[3] && !sub)) return null;
  return { law, text: "\u7b2c" + toHan(n) + "\u6761" + (sub ? "\u4e4b" + toHan(sub) : ""), anchor: "art-" + n + (sub ? "-" + sub : "") };
}

// The same with its numbers in the other numerals: 六十五岁 as 65岁, 65岁 as 六十五岁; null where it has none.
export function numerals(text) {
  if (!/[\u3400-\u9fff]/.test(text)) return null;
  const han = text.replace(new RegExp("[" + DIGITS + "\u96f6\u5341\u767e\u5343]{2,}", "g"), (run) => (/[\u5341\u767e\u5343]/.test(run) && hanNumber(run) ? String(hanNumber(run)) : run));
  const other = han !== text ? han : text.replace(/[0-9]+/g, (run) => (run.length < 4 && Number(run) ? toHan(Number(run)) : run));
  return other === text ? null : other;
}

// Leads to the article in the titles of the law itself: one that only has its name in it (刑法修正案) numbers its articles otherwise.
export function link(hits, [name, anchor], plain) {
  const bare = (t) => {
    let out = "", inside = 0;
    for (const c of plain(t).replace(/\s/g, "")) {
      if (c === "(") inside++;
      else if (c === ")") inside = Math.max(inside - 1, 0);
      else if (!inside) out += c;
    }
    return out;
  };
  const law = bare(name);
  for (const h of hits) {
    const title = bare(h.title), at = title.lastIndexOf(law);
    if (at >= 0 && new RegExp("^(" + LAW + ")?$").test(title.slice(at + law.length))) h.url += "#" + anchor;
  }
}

// files: official terms by what people write, "+word": the laws whose matter a word is of, where they are asked for, "": the laws by name, each with
// its documents.
// Gives the query with official terms in place of what people write, [text, terms], the longest word first; and the laws that its words
// are about, the likeliest first: [name, [document, share of its title, …]].
export function readings(text, files, asked) {
  const also = Object.assign({}, ...files), names = Object.assign({}, ...files.map((f) => f[""])), votes = new Map(), out = [];
  const size = (t) => Array.from(t.replace(/\s/g, "")).length, lawful = (t) => new RegExp("(" + LAW + ")$").test(t);
  // Words of a kind and where they stand, none in another; the longest first.
  const spans = (own) => {
    const found = [], keys = Object.keys(also).filter((k) => k && own === (k[0] !== "+")).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    for (const key of keys) {
      const word = own ? key : key.slice(1);
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        const over = found.some((s) => at < s[0] + s[1].length && s[0] < at + word.length);
        // Where the official term stands already, nothing is put in its place.
        const official = own && also[key].some((t) => t.indexOf(key) >= 0 && text.indexOf(t) >= 0);
        if (!over && !official) found.push([at, word]);
      }
    }
    return found.sort((a, b) => a[0] - b[0]);
  };
  const put = spans(true), matter = asked ? spans(false) : [];
  for (let n = 0; put.length && n < READINGS; n++) {
    if (!put.some((s) => also[s[1]].length > n && (!n || !names[also[s[1]][n]]))) continue;
    let made = "", done = 0;
    const terms = [];
    for (const [at, key] of put) {
      const term = also[key][Math.min(n, also[key].length - 1)];
      // Twice the same term asks for no longer title.
      made += text.slice(done, at) + " " + (terms.indexOf(term) < 0 ? term + " " : "");
      terms.push(term);
      done = at + key.length;
    }
    out.push([(made + text.slice(done)).trim(), terms]);
  }
  const vote = (law, n) => names[law] && votes.set(law, (votes.get(law) || 0) + n);
  for (const [, key] of put) also[key].slice(0, READINGS).filter(lawful).reverse().forEach((law, i) => vote(law, size(key) * size(key) * (i ? 1 : 2)));
  for (const [, word] of matter) {
    const laws = also["+" + word].split(" ");
    // A law whose name has the word is about it.
    laws.forEach((law) => vote(law, (size(word) * size(word) * (law.indexOf(word) < 0 ? 2 : 3)) / laws.length));
  }
  // What stands beside them is little: the law of the matter answers, though it does not say 公司 or 政策.
  const told = new Set([].concat(put, matter).map((s) => s[1])), covered = new Set();
  [].concat(put, matter).forEach(([at, w]) => Array.from(w).forEach((_, i) => covered.add(at + i)));
  const beside = size(text) - covered.size, alone = !put.length && told.size < 2 && beside < 1;
  const laws = Array.from(votes.entries()).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  // What is in none of them.
  const rest = put.reduce((t, [at, w]) => t.slice(0, at) + " ".repeat(w.length) + t.slice(at + w.length), text);
  return { texts: out, rest, laws: alone || beside > BESIDE ? [] : laws.filter((l) => l[1] * FAINT >= laws[0][1]).slice(0, LAWS).map(([law]) => [law, names[law]]) };
}

// The longer parts of a text, without numbers and years.
export const parts = (text) => text.split(/[\s0-9\u5e74]+/).filter((t) => /[\u3400-\u9fff]/.test(t) && Array.from(t).length > 3);

const BETWEEN = /[\s?,.!;:\u3002\uff0c\u3001\uff1f]+/;
export const bare = (text) => pieces(text.split(BETWEEN)).join("");
const pieces = (list) => {
  const some = list.filter((p) => p), long = some.filter((p) => Array.from(p).length > 1);
  return long.length ? long : some;
};

// Whether a text is a name of a law, perhaps one with a slip in it.
export const named = (text) => new RegExp("(" + LAW + ")$").test(text) && !/[\u8fdd\u72af\u5408\u975e]\u6cd5$/.test(text);

// What a question is about: without the words that only ask; empty where nothing is left.
export function cut(text, data) {
  const longest = (list, at) => list.reduce((best, w) => (w.length > best.length && text.startsWith(w, at) ? w : best), "");
  let out = "";
  for (let i = 0; i < text.length; ) {
    const head = longest(data.heads, i);
    if (head) {
      i += head.length;
      i += longest(data.verbs, i).length;
      out += " ";
      continue;
    }
    const word = longest(data.words, i);
    if (word) {
      i += word.length;
      out += " ";
    } else out += text[i++];
  }
  const english = new Set(data.english);
  return pieces(out.split(BETWEEN).filter((p) => !english.has(p))).join(" ");
}
