//! What was perhaps meant: slips of the pen by order and by sound, pinyin. The same as src/index/ask.rs. Loaded when nothing has all of a query
//! that is no question, and when letters are typed by which no title begins. Han characters are written as escapes.

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
