//! Other spellings of words in a query: the same as src/index/spelling.rs and the words of query.rs. Loaded when a query has words or a slip of the pen.

const WORD = 40;
const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ς": "σ", "\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643" };
const LONG = { "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe" };
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640]/g, ASCII = /^[\0-\x7f]*$/;
const plainOf = (word) => Array.from(word, (c) => (c === "й" ? c : Array.from(c.normalize("NFD").replace(MARKS, ""), (d) => LETTERS[d] || d).join(""))).join("");
// As a word is typed without marks, and written out; without the word itself.
export function unmarked(word) {
  if (ASCII.test(word)) return [];
  const long = Array.from(word, (c) => LONG[c] || c).join(""), out = [plainOf(word)];
  if (long !== word) out.push(plainOf(long));
  return out.filter((w) => w && w !== word);
}
// Whether a word of a text is one of those typed, in any of their forms.
export function like(typed, stem) {
  const forms = (w) => [w].concat(unmarked(w)).map((f) => stem(f)), wanted = new Set([].concat.apply([], typed.map(forms)));
  return (word) => forms(word).some((w) => wanted.has(w));
}
export const first = (word) => unmarked(word)[0] || word;
const noDigit = (w) => !/[0-9]/.test(w);
const count = (w) => Array.from(w).length, digits = (w) => /^[0-9]*$/.test(w);
const beforeNumber = (word) => {
  const stem = word.replace(/[0-9]+$/, "");
  return stem.length < word.length && noDigit(stem) ? stem : "";
};
function joins(a, b) {
  const n = count(a) + count(b);
  return noDigit(a) && ((noDigit(b) && n >= 5 && n <= 24) || (digits(b) && b.length <= 4 && n - b.length >= 2));
}
const JOIN = "-\u2010_&", CHAIN = 8;
// Words that hang together: time-lapse, U.S.A, 3,500.75.
function chain(word, gap) {
  const words = [word], seps = [];
  const numeric = () => words.every(digits), acronym = () => words.length > 1 && words.every((w) => count(w) < 2) && !numeric();
  const joined = () => seps.some((s) => JOIN.indexOf(s) >= 0);
  return {
    words, gap,
    takes(gap, word) {
      if (gap === null || words.length >= CHAIN) return false;
      const number = numeric(), points = seps.some((s) => ",. ".indexOf(s) >= 0);
      if ((gap === "," || gap === ".") && /[0-9]$/.test(words[words.length - 1]) && /^[0-9]/.test(word)) return number && digits(word) && !joined();
      if (gap === ".") return !(number && points);
      // Thousands apart by spaces.
      if (gap === " ") return number && digits(word) && word.length === 3 && words[0].length <= 3 && words[0][0] !== "0" && !seps.some((s) => s !== " ");
      return JOIN.indexOf(gap) >= 0 && !(number && points);
    },
    push(gap, word) {
      seps.push(gap);
      words.push(word);
    },
    literal: () => words.map((w, i) => (i ? seps[i - 1] + w : w)).join(""),
    // Its words as one, and whether it means only that: 3,500 is not 3 and 500.
    whole() {
      if (words.length < 2) return [[], false];
      const all = words.join("");
      if (!numeric()) return [acronym() || (words.length <= 5 && count(all) <= WORD) ? [all] : [], acronym()];
      if (joined()) return [all.length <= 20 ? [all] : [], false];
      const forms = number(words, seps);
      return [forms, forms.length > 0 && seps.indexOf(" ") < 0];
    },
    pairs() {
      if (words.length < 3 || numeric() || acronym()) return [];
      return words.slice(1).map((w, i) => [i, words[i] + w]).filter((p) => noDigit(p[1]));
    },
  };
}
function number(words, seps) {
  const n = words.length, last = seps[n - 2];
  // Three digits each; Indian customs have two before the last three.
  const thousands = (w, s) => s.every((c) => c === s[0]) && w[0].length >= 1 && w[0].length <= 3 && w[0][0] !== "0" && w[w.length - 1].length === 3 && w.slice(1).every((g) => g.length === 3 || (s[0] === "," && g.length === 2));
  if (thousands(words, seps)) return [words.join("")];
  if (n > 2 && last !== " " && seps[0] !== last && thousands(words.slice(0, n - 1), seps.slice(0, n - 2))) return [words.slice(0, n - 1).join("") + "." + words[n - 1]];
  return (n === 2 && last !== " ") || seps.every((s) => s === ".") ? [words.join(".")] : [];
}
// Mistakes between two words: a letter more, less, another, or two in the wrong order.
function mistakes(a, b) {
  a = Array.from(a);
  b = Array.from(b);
  const rows = [b.map((_, j) => j + 1)];
  rows[0].unshift(0);
  for (let i = 1; i <= a.length; i++) {
    const row = [i], up = rows[i - 1];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(up[j] + 1, row[j - 1] + 1, up[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}

// The terms of a word, and of it without its marks; term: the hash of a word's stem.
export function spelled(group, word, term) {
  for (const w of [word].concat(unmarked(word))) {
    const h = term(w);
    if (group.indexOf(h) < 0) group.push(h);
  }
  return group;
}

const APART = 4, STEM = 4;

// The groups of the pieces of a query, in order: grams gives those of a run without spaces.
export function add(q, runs, term, grams) {
  const pieces = [];
  let words = 0;
  for (const [run, gap] of runs) {
    const last = pieces[pieces.length - 1];
    if (typeof run !== "string") pieces.push(run);
    else {
      words++;
      if (last && last.words && last.takes(gap, run)) last.push(gap, run);
      else pieces.push(chain(run, gap));
    }
  }
  // The last word of the chain before: its groups are the last of both lists.
  let before = null;
  for (const p of pieces) {
    if (!p.words) {
      grams(q, p);
      before = null;
      continue;
    }
    q.length += p.words.length;
    const groups = ofChain(p, term);
    if (before !== null && p.gap === " " && words <= APART && joins(before, p.words[0])) {
      const one = before + p.words[0];
      for (const g of [groups[0], q.strict[q.strict.length - 1], q.loose[q.loose.length - 1]]) spelled(g, one, term);
    }
    groups.forEach((g) => {
      q.strict.push(g);
      q.loose.push(g.slice());
    });
    before = p.words[p.words.length - 1];
  }
}

// The groups of words that hang together.
function ofChain(p, term) {
  const [whole, sure] = p.whole(), all = (group) => whole.reduce((g, w) => spelled(g, w, term), group);
  if (sure) return [all(spelled([], p.literal(), term))];
  const groups = p.words.map((w) => {
    const group = spelled([], w, term), stem = beforeNumber(w);
    if (count(stem) >= STEM) spelled(group, stem, term);
    return all(group);
  });
  for (const [i, pair] of p.pairs()) {
    spelled(groups[i], pair, term);
    spelled(groups[i + 1], pair, term);
  }
  return groups;
}

const TRIED = 3, SLIPS = 8;

// Known words near one that stands nowhere: with fewer mistakes first, then those in more documents.
async function near(word, index) {
  const typed = first(word), chars = Array.from(typed), n = chars.length, most = n < 6 ? 1 : 2, found = [], out = [];
  if (n < 4 || !noDigit(typed)) return [];
  const keys = [chars.slice(0, 2).join(""), "-" + chars.slice(-2).join("")];
  // The inner letters of four in the wrong order spoil both.
  if (n === 4) keys.push(chars[0] + chars[2]);
  for (const key of keys) {
    for (const w of ((await index.under(key)) || "").split(" ").filter((w) => w)) {
      const far = mistakes(typed, first(w));
      if (far <= most && found.every((f) => f[1] !== w)) found.push([far, w, found.length]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || a[2] - b[2]);
  for (const f of found) if (out.length < TRIED && (await index.known(f[1]))) out.push(f[1]);
  return out;
}

// The query with known words in place of those that stand nowhere, and what it finds: { text, list }; null where that is nothing.
// index: known(word), under(key) of the dictionary, find(text) strictly.
export async function corrected(runs, index) {
  const typed = [], slips = [];
  let other = false;
  runs((run, gap) => (typeof run === "string" ? typed.push([run, gap === null ? " " : gap]) : (other = true)));
  if (other || !typed.length || typed.length > SLIPS) return null;
  for (let i = 0; i < typed.length; i++) {
    if (await index.known(typed[i][0])) continue;
    const close = await near(typed[i][0], index);
    if (!close.length) return null;
    slips.push([i, close]);
  }
  if (!slips.length) return null;
  // The nearest of all; then, one by one, another.
  const tries = [slips.map(() => 0)];
  slips.forEach((s, i) => s[1].slice(1).forEach((_, c) => tries.push(slips.map((_, j) => (i === j ? c + 1 : 0)))));
  for (const one of tries) {
    const now = typed.map((w) => w[0]);
    slips.forEach((s, i) => (now[s[0]] = s[1][one[i]]));
    const text = now.map((w, i) => (i ? typed[i][1] + w : w)).join(""), list = await index.find(text);
    if (list.length) return { text, list };
  }
  return null;
}
