//! What people ask in everyday words: the same as src/index/ask.rs. Loaded when nothing has all of a query, or when it has a word with an official
//! one, or names an article. Han characters are written as escapes: a site without Chinese shows none.

const DIGITS = "\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d", UNITS = { "\u5341": 10, "\u767e": 100, "\u5343": 1000 };
const READINGS = 3;

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

// The query with official terms in place of what people write: [text, terms]; the longest word first.
export function readings(text, also) {
  const spans = [], keys = Object.keys(also).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  for (const key of keys) {
    for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length)) {
      const over = spans.some((s) => at < s[0] + s[1].length && s[0] < at + key.length);
      // Where the official term stands already, nothing is put in its place.
      const official = also[key].some((t) => t.indexOf(key) >= 0 && text.indexOf(t) >= 0);
      if (!over && !official) spans.push([at, key]);
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  const out = [];
  for (let n = 0; spans.length && n < READINGS; n++) {
    if (!spans.some((s) => also[s[1]].length > n)) break;
    let made = "", done = 0;
    const terms = [];
    for (const [at, key] of spans) {
      const term = also[key][Math.min(n, also[key].length - 1)];
      made += text.slice(done, at) + " " + term + " ";
      terms.push(term);
      done = at + key.length;
    }
    out.push([(made + text.slice(done)).trim(), terms]);
  }
  return out;
}

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
  const english = new Set(data.english), pieces = out.split(/[\s?,.!;:\u3002\uff0c\u3001\uff1f]+/).filter((p) => p && !english.has(p));
  const long = pieces.filter((p) => Array.from(p).length > 1);
  return (long.length ? long : pieces).join(" ");
}

// The query with two neighbours changed, each place.
export function swaps(chars) {
  const out = [];
  for (let i = 0; i + 1 < chars.length; i++) if (chars[i] !== chars[i + 1]) out.push(chars.slice(0, i).concat(chars[i + 1], chars[i], chars.slice(i + 2)).join(""));
  return out;
}

// The pieces of suggestions that are read as was typed: whole syllables first, then initials.
export function sounding(typed, entries) {
  const whole = [], initials = [];
  for (const e of entries) {
    if (typeof e === "string") continue;
    const read = e[1].split(" "), from = e[2] || 0, chars = Array.from(e[0]), piece = (n) => chars.slice(from, from + n).join("");
    let all = "";
    for (let n = 1; n <= read.length; n++) {
      all += read[n - 1];
      if (all === typed) whole.push(piece(n));
      if (all.length >= typed.length) break;
    }
    if (typed.length >= 3 && typed.length <= read.length && read.slice(0, typed.length).map((s) => s[0]).join("") === typed) initials.push(piece(typed.length));
  }
  return whole.concat(initials).filter((p, i, all) => all.indexOf(p) === i);
}

// Syllables of characters, from the lines of the table: "xing 行形…"; null where one is not known.
export function syllables(chars, table) {
  const out = chars.map((c) => syllable(c, table));
  return out.every((s) => s) ? out : null;
}

// How a character is read by the table.
function syllable(c, table) {
  const at = table.indexOf(c), line = at < 0 ? "" : table.slice(table.lastIndexOf("\n", at) + 1, at);
  return line.split(" ")[0];
}

// The piece of a title that is read so; empty where there is none. The table knows characters alone: up to half of them may be read otherwise in their word.
export function readSo(title, read, table) {
  let best = read.length + 1, piece = "";
  for (let i = 0; i + read.length <= title.length; i++) {
    const other = read.filter((r, j) => syllable(title[i + j], table) !== r).length;
    if (other < best) (best = other), (piece = title.slice(i, i + read.length).join(""));
  }
  return best * 2 <= read.length ? piece : "";
}

const EDGE = "\u56fd\u7701\u5e02\u53bf\u533a\u5dde\u300a\u4e8e\u7684\u548c\u3001", NOT = "\u672a\u4e0d\u975e\u65e0\u53cd\u7981\u9632";
// The piece of a title nearest to what was typed: [half mistakes, piece]. Begin and end in the title are free, but a piece does not begin or end
// inside a word only because it is the cheaper: there a wrong letter counts more. Two neighbours in the wrong order are one mistake.
export function nearest(typed, title) {
  const a = Array.from(typed), b = Array.from(title), n = a.length;
  const rows = [b.map((_, j) => [0, j + 1])];
  rows[0].unshift([0, 0]);
  const least = (list) => list.reduce((x, y) => (y[0] < x[0] ? y : x));
  for (let i = 1; i <= n; i++) {
    const up = rows[i - 1], wrong = i === 1 || i === n ? 3 : 2, row = [[up[0][0] + wrong, 0]];
    for (let j = 1; j <= b.length; j++) {
      const ways = [[up[j - 1][0] + (a[i - 1] === b[j - 1] ? 0 : wrong), up[j - 1][1]], [up[j][0] + wrong, up[j][1]], [row[j - 1][0] + 2, row[j - 1][1]]];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push([rows[i - 2][j - 2][0] + 2, rows[i - 2][j - 2][1]]);
      row.push(least(ways));
    }
    rows.push(row);
  }
  let best = 0;
  rows[n].forEach((cell, j) => {
    if (cell[0] <= rows[n][best][0]) best = j;
  });
  const [far, from] = rows[n][best], before = b[from - 1];
  // Not the opposite, and whole words.
  const cuts = from > 0 && (NOT.indexOf(before) >= 0 || (a[0] !== b[from] && EDGE.indexOf(before) < 0));
  return [far, cuts ? "" : b.slice(from, best).join("")];
}

// The pieces of suggestions that begin as was typed and differ by one character; none that only says the opposite.
export function alike(chars, entries) {
  const out = [], n = chars.length;
  for (const e of entries) {
    const text = Array.from(typeof e === "string" ? e : e[0]);
    for (let i = 0; i + n <= text.length; i++) {
      if (text[i] !== chars[0] || (i && NOT.indexOf(text[i - 1]) >= 0)) continue;
      const other = chars.map((_, j) => j).filter((j) => chars[j] !== text[i + j]), piece = text.slice(i, i + n).join("");
      if (other.length === 1 && NOT.indexOf(text[i + other[0]]) < 0 && NOT.indexOf(chars[other[0]]) < 0 && out.indexOf(piece) < 0) out.push(piece);
    }
  }
  return out;
}

// The syllables of letters; null where they are not read so. The longest first.
function segments(typed, known) {
  // How many letters the first syllable of each end has; from the last to the first.
  const first = [], out = [];
  for (let at = typed.length - 1; at >= 0; at--) {
    let n = Math.min(6, typed.length - at);
    while (n && !(known.has(typed.slice(at, at + n)) && (at + n === typed.length || first[at + n]))) n--;
    first[at] = n;
  }
  for (let at = 0; at < typed.length; at += first[at]) {
    if (!first[at]) return null;
    out.push(typed.slice(at, at + first[at]));
  }
  return out;
}

const TRIES = 6, SHORT = 8, NEAR = 24;

// The first of some texts that finds something.
async function finds(texts, o, hands) {
  for (const text of texts) {
    const list = (await hands.known(text)) ? await hands.strictly(text, o) : [];
    if (list.length) return { text, list };
  }
  return null;
}

const readOf = async (typed, hands) => segments(typed.slice(0, 60), new Set((await hands.table()).split("\n").map((l) => l.split(" ")[0])));

// The words inside titles that are read so: titles have each pair of syllables as a term.
async function inside(read, hands) {
  const out = [], table = await hands.table();
  for (const s of (await hands.sounds(read.slice(1).map((r, i) => read[i] + " " + r))).slice(0, TRIES)) {
    const title = await hands.title(s), piece = readSo(Array.from(title), read, table);
    if (piece && out.indexOf(piece) < 0) out.push(piece);
  }
  return out;
}

// Suggestions for letters by which no title begins: the words inside titles that are read so.
export async function spoken(typed, hands) {
  const read = /^[a-z]{4,}$/.test(typed) ? await readOf(typed, hands) : null;
  return read && read.length > 1 ? inside(read, hands) : [];
}

// Pinyin or initials that were entered; a run of characters with two of them changed, or that sounds like known words.
export async function heard(query, o, hands) {
  const all = [], typed = hands.typed(query), chars = Array.from(typed);
  hands.runs(typed, (r) => all.push(r));
  if (all.length !== 1 || chars.length < 2) return null;
  const said = async (read, keys, some) => {
    const out = [];
    for (const key of keys) for (const t of sounding(read, await hands.shard(key)).map(hands.plain)) if (some(t) && out.indexOf(t) < 0) out.push(t);
    return out.slice(0, TRIES);
  };
  const firsts = (read) => read.slice(0, 4).map((s) => s[0]).join("");
  if (typeof all[0] === "string") {
    if (!/^[a-z]+$/.test(typed)) return null;
    const read = await readOf(typed, hands), found = await finds(await said(typed, (read ? [firsts(read)] : []).concat(typed.slice(0, 4), typed.slice(0, 2)), () => true), o, hands);
    return found || (read && read.length > 1 ? finds(await inside(read, hands), o, hands) : null);
  }
  if (chars.length > SHORT) return null;
  const swapped = await finds(swaps(chars), o, hands);
  if (swapped) return swapped;
  const read = syllables(chars, await hands.table());
  const same = read && (await finds(await said(read.join(""), [firsts(read)], (t) => Array.from(t).length === chars.length && t !== typed), o, hands));
  if (same || chars.length < 3) return same;
  const near = [];
  for (const key of [chars.slice(0, 2).join(""), chars[0]]) for (const t of alike(chars, await hands.shard(key)).map(hands.plain)) if (near.indexOf(t) < 0) near.push(t);
  return finds(near.slice(0, TRIES), o, hands);
}

// Of the best loose results, those whose titles are nearest to what was typed go first. Gives the piece that was perhaps
// meant; empty where none is near, or where it finds nothing. Not for words apart by spaces.
export async function meant(query, list, hands) {
  const typed = hands.typed(query), chars = Array.from(typed), n = chars.length, far = n < 6 ? 3 : 2 * Math.max(2, Math.floor(n / 4));
  if (n < 3 || n > 24 || !chars.some(hands.gram)) return "";
  const top = await Promise.all(list.slice(0, NEAR).map(hands.title));
  const near = top.map((t) => nearest(typed, t)), mistakes = (i) => (near[i][0] <= far ? near[i][0] : far + 1);
  const order = top.map((_, i) => i).sort((a, b) => mistakes(a) - mistakes(b) || a - b), some = list.slice(0, NEAR);
  order.forEach((from, to) => (list[to] = some[from]));
  const best = near[order[0]], piece = best && best[0] > 0 && best[0] <= far ? best[1] : "";
  // A piece of a title stands in it; cut out of words, or run together from some, it may stand nowhere.
  if (Array.from(piece).every(hands.gram)) return piece;
  return (await hands.strictly(piece, {})).length ? piece : "";
}
