//! Clerestory search, format 1.
// The same as src/index/engine.rs, line by line; tests/vectors/search.json holds both to it.
// Runs in a worker, or on the page where there are no module workers.

const FORMAT = 1, TITLE = 5, PAST = 0.8, COVER = 0.15, TITLED = 0.25, FLAT = 1, LONGEST = 200, WORD = 40, STEP = 256, BLOCK = 65536, FEW = 3, FORM = 0.5, NEXT = 0.85, MATTER = 25, LITERAL = 5, LUCK = 2, SLIPPED = 6, RAISED = 10, DATA = /.(\u6570\u636e[\u96c6\u8868]?| data(sets?)?)$/;
const BREAK = 0, GRAM = 1, LETTER = 2, NOTHING = 3, APOSTROPHE = 4;

// Han characters are written as escapes: a site without Chinese shows none.
// Ranges as in tokens.rs: last code point and, as the last digit, class; in order.
const RANGES = [0x260, 0x274, 0x2f0, 0x392, 0x400, 0x5a2, 0x600, 0x7a2, 0xac0, 0xad3, 0xbf0, 0xd62, 0xd70, 0xf62, 0xf70, 0x2bb2, 0x2bc4, 0xdff2, 0x109f1, 0x177f2, 0x17ff1, 0x194f2, 0x1aaf1, 0x1fff2, 0x200a0, 0x200f3, 0x20180, 0x20194, 0x20290, 0x202e3, 0x205f0, 0x206f3, 0x2bff0, 0x2dff2, 0x2e7f0, 0x2fdf1, 0x30040, 0x30071, 0x30200, 0x30291, 0x303f0, 0x309f1, 0x30a00, 0x30fa1, 0x30fb0, 0x30ff1, 0x318f2, 0x31ef0, 0x31ff1, 0x33ff0, 0x4dbf1, 0x4dff0, 0x9fff1, 0xabff2, 0xd7af1, 0xd7ff2, 0xf8ff0, 0xfaff1, 0xfd3d2, 0xfd3f0, 0xfdff2, 0xfe0f3, 0xfe6f0, 0xfefe2, 0xfeff3, 0xffff0, 0x1afff2, 0x1b16f1, 0x1efff2, 0x1faff0, 0x1ffff2, 0x3ffff1, 0xdffff2, 0xe0fff3, 0xeffff2, 0x10ffff0];

export function classOf(c) {
  const u = c.codePointAt(0);
  let low = 0, high = RANGES.length - 1;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (u <= RANGES[mid] >> 4) high = mid;
    else low = mid + 1;
  }
  return RANGES[low] & 15;
}

export function normalise(text, fold) {
  // Decimal digits of other scripts are ASCII ones: their blocks begin at 0, those of India and of Limbu at 6.
  const out = text.normalize("NFKC").toLowerCase().replace(/\p{Nd}/gu, (c) => (c[1] ? c : (c.charCodeAt(0) - 6 * /[\u0900-\u0dff\u1946-\u194f]/.test(c)) & 15));
  return fold ? Array.from(out, (c) => fold.get(c) || c).join("") : out;
}

const SEED = 0x9e3779b1;
const step = (h, c) => {
  h = Math.imul(h ^ c, SEED);
  return h ^ (h >>> 15);
};
// Kinds: 1 gram, 2 word, 3 number, 4 sound.
export function hash(kind, text) {
  let h = Math.imul(kind, SEED);
  for (const c of text) h = step(h, c.codePointAt(0));
  h = Math.imul(h ^ (h >>> 13), 0x85ebca6b);
  return (h ^ (h >>> 16)) >>> 0;
}

// What French, Catalan and Italian write before a word with an apostrophe.
const ELIDED = new Set("l d j m n s t c qu jusqu lorsqu puisqu quoiqu presqu dell nell all dall sull coll un quest quell bell sant gl nessun ciascun".split(" "));

// Calls back with an array of characters of a run without spaces, or with a word and the one sign before it, if it is one and follows a word.
export function runs(text, each) {
  const chars = Array.from(text);
  let sign = " ", signs = 0, follows = false;
  let grams = [], word = "", letters = 0;
  for (let i = 0; i <= chars.length; i++) {
    const c = chars[i], kind = i < chars.length ? classOf(c) : BREAK;
    if (kind === NOTHING) continue;
    if (kind === APOSTROPHE && letters && i + 1 < chars.length && classOf(chars[i + 1]) === LETTER) {
      if (ELIDED.has(word) && (letters > 1 || (i + 2 < chars.length && classOf(chars[i + 2]) === LETTER))) {
        word = "";
        letters = 0;
      }
      continue;
    }
    if (kind !== GRAM && grams.length) {
      each(grams);
      grams = [];
    }
    if (kind !== LETTER && letters) {
      each(word, follows && signs === 1 ? sign : null);
      word = "";
      letters = signs = 0;
      follows = true;
    }
    if (kind === GRAM) {
      follows = false;
      grams.push(c);
    } else if (kind !== LETTER) {
      sign = c;
      signs++;
    } else if (++letters <= WORD) word += c;
  }
}

const QUOTES = { '"': '"', "“": "”", "「": "」", "『": "』", "„": "“" };
export const squeeze = (text) => Array.from(text).filter((c) => !/\s/.test(c) && classOf(c) !== NOTHING).join("");

const blank = () => ({ strict: [], loose: [], without: [], phrases: [], length: 0, numbers: [] });

// words: the module of other spellings, for queries that have words.
function add(q, text, stem, words) {
  const all = [], term = (w) => hash(2, stem(w));
  runs(text, (...run) => all.push(run));
  if (words) words.add(q, all, term, grams);
  else all.forEach((r) => grams(q, r[0]));
}

function grams(q, run) {
  const n = run.length, gram = (from, len) => [hash(1, run.slice(from, from + len).join(""))];
  q.length += n;
  if (n < 3) q.strict.push(gram(0, n));
  else for (let i = 0; i < n - 2; i++) if (n <= 6 || i % (n <= 12 ? 2 : 3) === 0 || i === n - 3) q.strict.push(gram(i, 3));
  if (n === 1) q.loose.push(gram(0, 1));
  else for (let i = 0; i < n - 1; i++) q.loose.push(gram(i, 2));
}

// Drops doubles; of too many terms, keeps some from all over the query; of too many spellings, those of the first.
function finish(q, most) {
  const some = (list, most) => {
    const keys = list.map(String), seen = list.filter((_, i) => keys.indexOf(keys[i]) === i), n = seen.length;
    let more = most;
    return (n > most ? Array.from({ length: most }, (_, i) => seen[Math.floor((i * n) / most)]) : seen).map((g) => {
      const kept = g.slice(0, 1 + more);
      more -= kept.length - 1;
      return kept;
    });
  };
  q.strict = some(q.strict, most[0]);
  q.loose = some(q.loose, most[1]);
  return q;
}

// digits: numbers.js, for a query that may have one. Two readings: with document numbers (or null), and as plain text.
export function parse(query, stem, fold, most, words, digits) {
  most = most || [20, 28];
  const text = Array.from(normalise(Array.from(query).slice(0, LONGEST).join(""), fold));
  const q = blank();
  let plain = "";
  const without = (t) => {
    const other = blank();
    add(other, t, stem, words);
    finish(other, most);
    if (other.strict.length) q.without.push(other.strict);
  };
  for (let i = 0; i < text.length; ) {
    const next = text[i + 1];
    const not = text[i] === "-" && (i === 0 || text[i - 1] === " ") && next !== undefined && next !== " " && next !== "-";
    const from = not ? i + 1 : i, close = QUOTES[text[from]], end = close ? text.indexOf(close, from + 1) : -1;
    if (end >= 0) {
      const inside = text.slice(from + 1, end).join("");
      if (not) without(inside);
      else if (digits && digits.isNumber(inside)) {
        // A number in quotes is a number.
        plain += " " + inside;
      } else {
        const literal = squeeze(inside);
        if (literal) {
          add(q, inside, stem, words);
          q.phrases.push(literal);
        }
      }
      plain += " ";
      i = end + 1;
    } else if (not) {
      const stop = text.indexOf(" ", from);
      without(text.slice(from, stop < 0 ? text.length : stop).join(""));
      i = stop < 0 ? text.length : stop;
    } else plain += text[i++];
  }
  const chars = Array.from(plain);
  let numbered = null, rest = "", done = 0;
  if (digits) digits.numbers(chars, (n) => {
    if (!numbered) numbered = Object.assign({}, q, { strict: q.strict.slice(), loose: q.loose.slice(), numbers: [] });
    const tries = [hash(3, n.serial)];
    if (Array.from(n.issuer).length >= 2) tries.unshift(hash(3, n.issuer + n.serial));
    numbered.numbers.push(tries);
    rest += chars.slice(done, n.from).join("") + " ";
    done = n.to;
  });
  rest += chars.slice(done).join("");
  if (numbered) {
    add(numbered, rest, stem, words);
    finish(numbered, most);
  }
  add(q, plain, stem, words);
  return { numbered, plain: finish(q, most) };
}

// What is told of words: their lengths, and the gaps between the upper halves of their hashes, a sign or more each. Gives the halves.
function halves(told) {
  const out = new Set();
  let at = 0;
  for (const c of told) {
    const n = c.charCodeAt(0);
    at += n > 125 ? 90 : n - (n > 92 ? 36 : 35);
    if (n < 126) out.add(at++);
  }
  return out;
}

// Bits, the least significant first; past the end come ones.
function bits(bytes, from) {
  let at = from * 8;
  const end = bytes.length * 8;
  const unary = () => {
    let n = 0;
    while (at < end && !((bytes[at >> 3] >> (at & 7)) & 1)) {
      at++;
      n++;
    }
    at++;
    return n;
  };
  const read = (n) => {
    let value = 0, got = 0;
    while (got < n) {
      const left = 8 - (at & 7), take = Math.min(left, n - got);
      const byte = at < end ? bytes[at >> 3] : 255;
      value += ((byte >> (at & 7)) & ((1 << take) - 1)) * Math.pow(2, got);
      at += take;
      got += take;
    }
    return value;
  };
  return {
    read,
    gamma() {
      const n = Math.min(unary(), 31);
      return Math.pow(2, n) + read(n);
    },
    rice(k) {
      const high = unary();
      return high * Math.pow(2, k) + read(k);
    },
  };
}

const log2 = (x) => (x < 1 ? 0 : 31 - Math.clz32(x));

function postings(r, root, keep) {
  const p = { docs: [], levels: [], titles: [], lengths: [] };
  const gap = (n) => log2(Math.floor((root.capacity * 11) / (16 * Math.max(n, 1))));
  const n = Math.min(r.gamma(), root.docs + 1);
  const put = (id, level) => {
    if (keep && id < root.docs) {
      p.docs.push(id);
      p.levels.push(level);
    }
  };
  const title = (id) => {
    const length = r.read(6);
    if (keep && id < root.docs) {
      p.titles.push(id);
      p.lengths.push(length);
    }
  };
  const list = (n, each) => {
    const k = gap(n);
    for (let next = 0; n > 0; n--) {
      const id = next + r.rice(k);
      each(id);
      next = id + 1;
    }
  };
  if (n <= FEW) {
    for (let i = 0; i < n; i++) {
      const id = r.read(root.idBits);
      put(id, r.read(3));
      if (r.read(1)) title(id);
    }
    return p;
  }
  const mask = r.read(8);
  for (let l = 7; l >= 0; l--) if ((mask >> l) & 1) list(Math.min(r.gamma(), root.docs), (id) => put(id, l));
  list(Math.min(r.gamma() - 1, root.docs), title);
  return p;
}

const NONE = { docs: [], levels: [], titles: [], lengths: [] };

function leb(bytes, at) {
  let n = 0, shift = 1, b;
  do {
    b = bytes[at.i++];
    n += (b & 127) * shift;
    shift *= 128;
  } while (b > 127 && shift < 1e9);
  return n;
}

class SearchError extends Error {
  // code: "offline" (no answer), "missing" (no such file), "broken" (cannot be read), "stale" (of another build)
  constructor(code, file) {
    super(code + ": " + file);
    this.code = code;
    this.file = file;
  }
}

async function unpack(bytes) {
  let stream = null;
  try {
    stream = new DecompressionStream("deflate-raw");
  } catch (e) {
    return (await import("./inflate.js")).inflate(bytes);
  }
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

const text = (bytes) => new TextDecoder().decode(bytes);
const PAGES = 60;
const FACETS = [["type", "types"], ["department", "departments"], ["theme", "themes"], ["validity", "validity"]];

// Opens the index in a folder, an absolute address that ends in "/". `get` may replace fetch.
export async function create(folder, get) {
  const files = new Map(), pages = new Map(), columns = new Map();
  let root = null, lists = folder, stem = (w) => w, fold = null, folding = null, words = null, ask = null, digits = null, past = [], known = null, table = null;
  // Marks of words by how they are told; terms that stand nowhere.
  const marks = {}, gone = new Set();
  const wire = get || ((url, again) => fetch(url, again ? { cache: "reload" } : {}));
  const load = async (url, again) => {
    let answer;
    try {
      answer = await wire(url, again);
    } catch (e) {
      throw new SearchError("offline", url);
    }
    if (!answer.ok) throw new SearchError("missing", url);
    return new Uint8Array(await answer.arrayBuffer());
  };
  // Where the content of a file begins; -1 if it is of another build.
  const verify = (bytes) => {
    const at = { i: 0 }, covered = leb(bytes, at), told = bytes[at.i] | (bytes[at.i + 1] << 8);
    return root.checks.get(covered) === told ? at.i + 2 : -1;
  };
  const readRoot = async (again) => {
    const url = folder + "root.bin", packed = await load(url, again);
    try {
      root = JSON.parse(text(await unpack(packed)));
    } catch (e) {
      throw new SearchError("broken", url);
    }
    if (root.format !== FORMAT) throw new SearchError("stale", url);
    root.idBits = 32 - Math.clz32(root.capacity - 1);
    const words = root.checks.match(/.{4}/g) || [], last = Math.floor(root.docs / STEP) * STEP;
    root.checks = new Map([[0, 0]]);
    let w = 0;
    for (let i = STEP; i <= last; i += STEP) root.checks.set(i, parseInt(words[w++], 16));
    for (let i = last + 1; i <= root.docs; i++) root.checks.set(i, parseInt(words[w++], 16));
    root.hot = new Set(root.hot);
    root.years.reverse();
    root.also = root.also || [];
    gone.clear();
    lists = root.lists ? new URL(root.lists, folder).href : folder;
    if (root.stem) stem = (await import("./stem-" + root.stem + ".js")).stem;
  };
  // A file of this build, once; a file of another is asked for again, with the root.
  const file = (url, packed) => {
    if (!files.has(url)) {
      const made = (async () => {
        for (let again = 0; again < 2; again++) {
          let bytes = await load(url, again > 0);
          if (packed) {
            try {
              bytes = await unpack(bytes);
            } catch (e) {
              if (again) throw new SearchError("broken", url);
              continue;
            }
          }
          const from = verify(bytes);
          if (from >= 0) return { bytes, from };
          if (!again) await readRoot(true);
        }
        throw new SearchError("stale", url);
      })();
      files.set(url, made);
      made.catch(() => files.delete(url));
    }
    return files.get(url);
  };
  const listOf = async (h) => {
    if (root.hot.has(h)) {
      const f = await file(lists + "h/" + ("0000000" + h.toString(16)).slice(-8) + ".bin");
      return postings(bits(f.bytes, f.from), root, true);
    }
    const bucket = Math.floor((h * root.buckets) / 4294967296);
    const f = await file(lists + "b/" + bucket + ".bin"), r = bits(f.bytes, f.from);
    let at = Math.floor((bucket * 4294967296) / root.buckets);
    const count = r.gamma() - 1, k = r.read(5);
    for (let i = 0; i < count; i++) {
      at += r.rice(k);
      if (at > h) break;
      const p = postings(r, root, at === h);
      if (at === h) return p;
    }
    return NONE;
  };
  // The documents of a group of terms: those of the first, and those of others by half.
  const group = async (terms) => {
    const docs = new Map(), titles = new Map();
    (await Promise.all(terms.map(listOf))).forEach((p, i) => {
      const worth = i ? FORM : 1;
      p.docs.forEach((d, j) => docs.set(d, Math.max(docs.get(d) || 0, worth * (p.levels[j] + 1))));
      p.titles.forEach((d, j) => titles.has(d) || titles.set(d, [worth, p.lengths[j]]));
    });
    if (!docs.size) gone.add(terms[0]);
    return { df: docs.size, docs, titles };
  };
  const all = (groups) => Promise.all(groups.map(group));
  const loadFold = () => {
    if (!folding) {
      folding = (async () => {
        const url = lists + "fold.bin", packed = await load(url);
        let bytes;
        try {
          bytes = await unpack(packed);
        } catch (e) {
          throw new SearchError("broken", url);
        }
        const at = { i: 0 }, n = leb(bytes, at), from = [], map = new Map();
        for (let i = 0, last = 0; i < n; i++) from.push((last += leb(bytes, at)));
        from.forEach((f) => map.set(String.fromCodePoint(f), String.fromCodePoint(leb(bytes, at))));
        fold = map;
      })();
      folding.catch(() => (folding = null));
    }
    return folding;
  };
  // Whether a text has characters of GB 2312 alone, as what is typed in Simplified: there is nothing to fold. Some of them are variants.
  const simple = (typed) => {
    const han = typed.match(/[\u3400-\u9fff]/g) || [];
    if (root.lists || /[\u9ebd\u65bc\u5925\u5f8c\u5412\u752f\u4e7e\u5fb5\u647a\u6371\u62ac\u9eb4\u83f8\u8457\u6998\u91a3\u85b9]/.test(typed)) return false;
    if (!known && han.length) {
      const codes = [];
      for (let a = 0xb0; a < 0xf8; a++) for (let b = 0xa1; b < 0xff; b++) codes.push(a, b);
      known = new TextDecoder("gbk").decode(new Uint8Array(codes));
    }
    return han.every((c) => known.indexOf(c) >= 0);
  };
  const column = (name) => {
    if (!columns.has(name)) {
      const made = (async () => {
        const numbers = [];
        let values = null;
        for (let n = 0; n * BLOCK < root.docs; n++) {
          const f = await file(lists + "f/" + name + "-" + n + ".bin", true), line = f.bytes.indexOf(10, f.from);
          const head = JSON.parse(text(f.bytes.subarray(f.from, line))), r = bits(f.bytes, line + 1);
          for (let i = Math.min(root.docs - n * BLOCK, BLOCK); i > 0; i--) numbers.push(r.read(head.bits));
          values = head.values;
        }
        return { numbers, of: (doc) => (values ? values[numbers[doc]] : []) };
      })();
      columns.set(name, made);
      made.catch(() => columns.delete(name));
    }
    return columns.get(name);
  };
  // The larger the files of lists, the fewer are asked for: query.rs.
  const most = () => [[45e3, 4, 20], [6e4, 5, 28]].map((l) => Math.min(Math.max(Math.floor(l[0] / Math.max(root.size, 1)), l[1]), l[2]));
  const idf = (df) => Math.floor(Math.log(1 + (root.docs - df + 0.5) / (df + 0.5)) * 1024 + 0.5) / 1024;
  const score = (found, length, cover, strict, titleOnly) => {
    const n = root.docs, count = new Uint16Array(n), title = new Uint8Array(n);
    const body = new Float64Array(n), had = new Float64Array(n), titled = new Float64Array(n), parts = new Float64Array(n);
    let whole = 0, terms = 0;
    for (const list of found) {
      const weight = idf(list.df);
      // What stands nowhere is a slip of the pen: it weighs little.
      whole += list.df ? weight : FLAT;
      terms += FLAT;
      list.docs.forEach((strength, doc) => {
        body[doc] += (weight * strength) / 8;
        had[doc] += weight;
        if (!titleOnly) count[doc]++;
      });
      list.titles.forEach(([share, length], doc) => {
        titled[doc] += weight * share;
        parts[doc] += share;
        title[doc] = Math.max(title[doc], length);
        if (titleOnly) count[doc]++;
      });
    }
    const out = [];
    for (let doc = n - 1; doc >= 0; doc--) {
      if (!count[doc] || (strict && count[doc] < found.length)) continue;
      const covered = titleOnly ? titled[doc] : had[doc], share = strict ? 1 : covered / whole;
      // Rare words count more, but the common ones must be there too.
      const part = (titled[doc] + FLAT * parts[doc]) / (whole + terms);
      if (!strict && covered < cover * whole && part < TITLED) continue;
      let inTitle = 0;
      if (titled[doc] > 0) {
        inTitle = TITLE * titled[doc] * part * part * (0.5 + 0.5 * Math.min(length / title[doc], 1));
      }
      out.push({ doc, score: Math.floor((share * share * body[doc] + inTitle) * (past[doc] ? PAST : 1) * 1e4 + 0.5) / 1e4, strict, titled: titled[doc] > 0 });
    }
    return out;
  };
  const sorted = (list, o) => list.sort(o.sort === "newest" ? (a, b) => b.doc - a.doc : (a, b) => b.score - a.score || b.doc - a.doc);
  // Without what has the words that leave a document out.
  const kept = async (q, list) => {
    for (const terms of q.without) {
      const gone = new Map();
      for (const l of await all(terms)) l.docs.forEach((_, d) => gone.set(d, (gone.get(d) || 0) + 1));
      list = list.filter((s) => (gone.get(s.doc) || 0) < terms.length);
    }
    return list;
  };
  // The documents with all of a query. Of many lists some are asked for first: where one of them is empty, the others need not come.
  // doubted: terms of what is perhaps nowhere; they are asked for first.
  const strictOf = async (q, o, doubted) => {
    const doubts = q.strict.filter((g) => doubted && doubted.has(g[0])), some = doubts.length ? doubts.filter((_, i) => i % 3 === 0) : q.strict.length > 3 ? q.strict.filter((_, i) => i % 3 === 1) : [];
    if (q.strict.some((g) => g.length < 2 && gone.has(g[0])) || !(await all(some)).every((l) => l.df)) return [];
    const found = await all(q.strict);
    for (const tries of q.numbers) {
      let list = null;
      for (const h of tries) {
        list = await group([h]);
        if (list.df) break;
      }
      found.push(list);
    }
    return found.length && found.every((l) => l.df) ? kept(q, sorted(score(found, q.length, 1, true, o.title), o)) : [];
  };
  // The documents with parts of it. Of many pairs every other tells as much; behind strict results fewer will do.
  const looseOf = async (q, o, half) => {
    const n = q.loose.length, each = half ? (n > 6 ? 3 : 2) : n > 9 ? 2 : 1, some = q.loose.filter((_, i) => i % each === 0);
    // Lists so long that they have files of their own tell little.
    const short = some.filter((g) => !root.hot.has(g[0])), parts = await all(short.length > 1 ? short : some);
    return kept(q, sorted(score(parts, q.length, COVER, false, o.title), o));
  };
  // Another reading is worth less than what was typed.
  const merged = (list, more, o) => {
    const best = new Map(list.map((s) => [s.doc, s]));
    for (const s of more) {
      const score = Math.floor(s.score * 6e3 + 0.5) / 1e4, known = best.get(s.doc);
      if (!known || known.score < score) best.set(s.doc, Object.assign({}, s, { score }));
    }
    return sorted(Array.from(best.values()), o);
  };
  const plain = (t) => normalise(t, fold), plainOf = (text) => parse(text, stem, fold, most(), words, digits).plain;
  const askToo = async () => (ask = ask || (await import("./ask.js"))), slips = () => import("./slips.js");
  // A query by what it means: as typed; with official terms; what a question is about; by its parts.
  const asked = async (query, plain, o) => {
    const typed = Array.from(normalise(Array.from(query).slice(0, LONGEST).join(""), fold)).join(""), exact = plain.phrases.length > 0, also = [];
    // Of the official terms the files in which words of the query stand; those of its matter where they are asked for.
    const official = async (t, matters) => {
      const chars = Array.from(t), some = new Set();
      for (const told of [root.also, matters || []]) {
        const known = (marks[told[1]] = marks[told[1]] || halves(told[1] || ""));
        for (const n of told[0] || []) for (let i = 0; i + n <= chars.length; i++) {
          const h = hash(2, chars.slice(i, i + n).join(""));
          if (known.has(h >>> 16)) some.add(h % root.also[2]);
        }
      }
      return some.size ? (await askToo()).readings(t, await Promise.all(Array.from(some, (n) => json(lists + "also/" + n + ".bin"))), Boolean(matters)) : { texts: [], laws: [] };
    };
    const read = exact ? { texts: [], laws: [] } : await official(typed);
    const named = !exact && typed.indexOf("\u6761") > 0 ? (await askToo()).article(typed) : null;
    if (named) {
      // The article of a law whose title has its name.
      const laws = [named.law].concat((await official(named.law)).texts.map((r) => r[0]));
      for (const law of laws) {
        const has = new Set((await strictOf(plainOf(named.text), {})).map((s) => s.doc)), q = plainOf(law);
        const list = q.strict.length ? (await strictOf(q, Object.assign({}, o, { title: true }))).filter((s) => has.has(s.doc)) : [];
        if (list.length) return { list, loose: false, also: law === named.law ? [] : [law], named: [law, named.anchor] };
      }
    }
    let list = await strictOf(plain, o), texts = [typed];
    // What stands there literally, and is long or in a title, is no accident.
    let accident = !list.length || (!list.some((s) => s.titled) && list.length < FEW && plain.length < LITERAL);
    // Where what stands beside them is nowhere, no official term helps.
    const beside = new Set(read.rest ? plainOf(read.rest).strict.map((g) => g[0]) : []);
    for (const [text, terms] of read.texts) {
      const q = plainOf(text), more = q.strict.length ? await strictOf(q, o, beside) : [];
      texts.push(text);
      if (more.length) {
        list = merged(list, more, o);
        terms.forEach((t) => also.indexOf(t) < 0 && also.push(t));
      }
    }
    const loosely = !exact && plain.loose.length > 0, none = !list.length;
    // Nothing has it all: it may be typed in Traditional characters, which the index does not hold.
    if (none && loosely && !fold && !(await simple(typed))) return { list, retry: true };
    const about = loosely && (none || (accident && list.length < FEW)) ? await json(lists + "ask.bin") : null;
    let question = false, other = false, unsure = false, laws = read.laws;
    if (about) {
      await askToo();
      laws = (await official(typed, about.matters)).laws;
    }
    if (about && none) {
      const cut = texts.map((t) => ask.cut(t, about));
      question = cut[0] !== "" && ask.bare(cut[0]) !== ask.bare(typed);
      if (question) texts = cut.filter((t, i) => t && cut.indexOf(t) === i);
      const numbers = texts.map(ask.numerals).filter((t) => t);
      other = question || numbers.length > 0;
      // Digits are a word, which a query of Chinese alone does not have.
      for (const text of numbers) await spellings(text);
      texts = texts.concat(numbers);
    }
    if (o.title || (about && laws.length && !question && ask.named(typed))) laws = [];
    if (none && laws.length && !question) {
      // Not asked but named: what has a part of it in its title; or it is a slip of the pen.
      for (const text of ask.parts(typed)) list = merged(list, await strictOf(plainOf(text), Object.assign({}, o, { title: true })), o);
      accident = !list.length;
      unsure = accident && Array.from(typed).length <= SLIPPED;
    }
    let lucky = null;
    if (none && !laws.length && other) {
      for (const text of texts) list = merged(list, await strictOf(plainOf(text), o), o);
      // A few that only happen to have its parts do not stand above what has more of one.
      if (loosely && texts[0].indexOf(" ") > 0 && list.length < FEW && !list.some((s) => s.titled)) {
        lucky = new Set(list.map((s) => s.doc));
        list = [];
      }
    }
    if (laws.length) {
      const most = accident ? MATTER : Math.min(list.reduce((n, s) => Math.max(n, s.score), 0) * NEXT, MATTER), more = [];
      let worth = most;
      for (const [law, docs] of laws) {
        for (let j = 0; j < docs.length; j += 2) {
          const doc = docs[j], score = ((worth * docs[j + 1]) / 100) * (past[doc] ? PAST : 1);
          if (doc < root.docs) more.push({ doc, score: Math.floor(score * 1e4 + 0.5) / 1e4, strict: true, titled: true });
        }
        if (also.indexOf(law) < 0) also.push(law);
        worth *= NEXT;
      }
      const best = new Map(list.map((s) => [s.doc, s]));
      for (const s of await kept(plain, more)) if (!best.has(s.doc) || best.get(s.doc).score <= s.score) best.set(s.doc, s);
      list = sorted(Array.from(best.values()), o);
    }
    const loose = !list.length && loosely;
    let more = loosely && (loose || (o.loose && list.length < (o.limit || 10))) ? await behind(list, texts, o) : [];
    if (lucky && lucky.size) more = sorted(more.map((s) => (lucky.has(s.doc) ? Object.assign({}, s, { score: s.score * LUCK }) : s)), o);
    return { list: list.concat(more), loose, also, question, unsure, about: (other && laws.reduce((t, [law]) => t.split(law).join(" "), texts.join(" ")).trim()) || undefined };
  };
  // What has parts of the readings of a query, without what is known.
  const behind = async (list, texts, o) => {
    const known = new Set(list.map((s) => s.doc));
    let more = [];
    for (const [i, text] of texts.entries()) {
      const q = plainOf(text);
      // An official term is exact, and its triples are known already.
      if (i) q.loose = q.strict;
      const found = q.loose.length ? await looseOf(q, o, list.length > 0) : [];
      more = i ? merged(more, found, o) : found;
    }
    return more.filter((s) => !known.has(s.doc));
  };
  const wants = (v) => v !== undefined && v !== null && (!Array.isArray(v) || v.length > 0);
  const yearOf = (doc) => {
    const found = root.years.find((y) => y[1] <= doc);
    return found ? found[0] : null;
  };
  const filter = async (list, o) => {
    const f = o.filters || {}, counting = o.facets !== false, facets = {}, tests = [];
    for (const [name, labels] of FACETS) {
      if (!counting && !wants(f[name])) continue;
      const codes = root[labels].map((p) => p[0]), wanted = wants(f[name]) ? [].concat(f[name]) : null, c = await column(name);
      tests.push({ name, values: (doc) => c.of(doc).map((v) => codes[v]), wanted });
    }
    // A range of years, or each of some.
    if (counting || wants(f.year) || wants(f.years)) {
      const range = wants(f.year) ? [].concat(f.year) : null, to = range && range[range.length - 1];
      tests.push({ name: "year", values: (doc) => (yearOf(doc) === null ? [] : [yearOf(doc)]), range: range && [range[0], to], wanted: wants(f.years) ? f.years : null });
    }
    if (wants(f.date)) {
      const days = await column("day");
      const number = (t) => (t ? t.split("-").reduce((n, p, i) => n + p * [512, 32, 1][i], 0) : null), from = number(f.date[0]), to = number(f.date[1]);
      const values = (doc) => (yearOf(doc) === null ? [] : [yearOf(doc) * 512 + days.numbers[doc]]);
      tests.push({ name: "", values, range: [from === null ? -Infinity : from, to === null ? Infinity : to] });
    }
    const passes = (t, values) => (t.wanted ? values.some((v) => t.wanted.indexOf(v) >= 0) : !t.range || values.some((v) => v >= t.range[0] && v <= t.range[1]));
    if (counting) tests.forEach((t) => t.name && (facets[t.name] = {}));
    const kept = list.filter((s) => {
      const values = tests.map((t) => t.values(s.doc));
      const fails = tests.filter((t, i) => !passes(t, values[i]));
      // A facet counts what all other filters let through.
      if (counting) tests.forEach((t, i) => t.name && (!fails.length || (fails.length === 1 && fails[0] === t)) && values[i].forEach((v) => (facets[t.name][v] = (facets[t.name][v] || 0) + 1)));
      return !fails.length;
    });
    return { list: kept, facets };
  };
  const hit = async (s) => {
    const f = await file(folder + "c/" + Math.floor(s.doc / root.block) + ".bin", true);
    const card = JSON.parse(text(f.bytes.subarray(f.from)))[s.doc % root.block];
    return { title: card[0], url: root.base + card[1], type: root.types[card[2]][0], department: card[3].map((d) => root.departments[d][1]), date: card[4], docNo: card[5], lead: card[6], validity: card[7] ? root.validity[card[7] - 1][0] : "", weight: card[8] || 0, score: s.score, by: card[9] };
  };
  const page = (url) => {
    const plain = url.split("#")[0];
    if (!pages.has(plain)) {
      const made = load(new URL(plain, folder).href).then(text);
      pages.set(plain, made);
      made.catch(() => pages.delete(plain));
      if (pages.size > PAGES) pages.delete(pages.keys().next().value);
    }
    return pages.get(plain);
  };
  const wordsToo = async () => (words = words || (await import("./words.js")));
  // What has words needs their other spellings.
  const spellings = async (text) => {
    let some = false;
    text = normalise(text);
    runs(text, (run) => (some = some || typeof run === "string"));
    if (some) await wordsToo();
    // 号, 號: a number may stand before it; so may one where there are digits.
    if (/[0-9\u53f7\u865f]/.test(text)) digits = digits || (await import("./numbers.js"));
  };
  // A packed file of JSON without a head; kept.
  const json = (url) => {
    if (!files.has(url)) {
      const made = load(url).then(unpack).then((b) => JSON.parse(text(b)));
      files.set(url, made);
      made.catch(() => files.delete(url));
    }
    return files.get(url);
  };
  // All of a text, or nothing.
  const strictly = (text, o) => strictOf(plainOf(text), o);
  // The query with known words in place of those that stand nowhere, and what it finds; null where that is nothing.
  const corrected = (query, o) =>
    words &&
    words.corrected((each) => runs(normalise(Array.from(query).slice(0, LONGEST).join(""), fold), each), {
      known: async (w) => (await group(words.spelled([], w, (t) => hash(2, stem(t))))).df > 0,
      under: async (key) => root.words && (await json(lists + "w/" + (hash(2, key) % root.words) + ".bin"))[key],
      find: (text) => strictly(text, o),
    });
  const shard = async (key) => (await json(folder + "s/" + (hash(2, key) % root.shards) + ".bin"))[key] || [];
  // What slips.js needs of the index, to find what was perhaps meant.
  const hands = {
    strictly,
    known: async (text) => {
      for (const g of plainOf(text).strict) if (!(await group(g)).df) return false;
      return true;
    },
    shard,
    table: () => (table = table || load(lists + "p.bin").then(unpack).then(text)),
    sounds: (pairs) => strictOf(Object.assign(blank(), { strict: pairs.map((p) => [hash(4, p)]), length: pairs.length + 1 }), { title: true }),
    title: async (s) => squeeze(plain((await hit(s)).title)),
    typed: (query) => squeeze(plain(Array.from(query).slice(0, LONGEST).join(""))),
    bare: (w) => squeeze(words ? words.first(plain(w)) : plain(w)),
    plain,
    runs,
    gram: (c) => classOf(c) === GRAM,
    // Titles in Traditional characters are read like those in Simplified.
    heard: async (typed) => {
      if (!root.also.length) return [];
      if (root.lists) await loadFold();
      return (await slips()).spoken(typed, hands);
    },
    // Whether there was something to fold yet.
    unfolded: async () => !fold && (await loadFold(), true),
  };
  // Which documents are repealed, expired or superseded; none where that cannot be read.
  const pastOf = async () => {
    try {
      const c = await column("validity"), old = root.validity.map((p) => ["repealed", "expired", "amended"].indexOf(p[0]) >= 0);
      return c.numbers.map((_, doc) => c.of(doc).some((v) => old[v]));
    } catch (e) {
      return [];
    }
  };
  // Who asks for data wants datasets first: among what has all of it, and among what has parts.
  const raised = async (list) => {
    const c = await column("type"), place = root.types.findIndex((t) => t[0] === "dataset"), is = (s) => c.of(s.doc).indexOf(place) >= 0;
    const all = list.map((s) => (is(s) ? Object.assign({}, s, { score: s.score * RAISED }) : s));
    return sorted(all.filter((s) => s.strict), {}).concat(sorted(all.filter((s) => !s.strict), {}));
  };
  const search = async (query, o) => {
    o = o || {};
    past = await pastOf();
    await spellings(query);
    let read = parse(query, stem, fold, most(), words, digits), found = { list: [], loose: false }, q = read.plain;
    const filtered = Object.keys(o.filters || {}).some((k) => wants(o.filters[k]));
    const unfolded = async () => {
      await loadFold();
      return search(query, o);
    };
    if (!fold && (q.phrases.length || q.without.length) && !(o.read === 0 && simple(query))) return unfolded();
    if (read.numbered) {
      // The number decides only where a document has it.
      found.list = await strictOf(read.numbered, o);
      if (!found.list.length && !fold) return unfolded();
      q = read.numbered;
    }
    if (!found.list.length) {
      if (!read.plain.strict.length && filtered) {
        found = { list: [], loose: false };
        for (let doc = root.docs - 1; doc >= 0; doc--) found.list.push({ doc, score: 0, strict: true });
      } else {
        found = await asked(query, read.plain, o);
        if (found.retry) return unfolded();
      }
      q = read.plain;
    }
    if (found.list.length > 1 && o.sort !== "newest" && DATA.test(query.trim().toLowerCase())) found.list = await raised(found.list);
    // A slip of the pen: what was perhaps meant goes first.
    const slip = (found.loose || found.unsure) && !q.phrases.length && !found.question ? (root.also.length && (await (await slips()).heard(query, o, hands))) || (await corrected(query, o)) : null, wanted = new Set(slip ? slip.list.map((s) => s.doc) : []);
    if (slip) {
      found.list = slip.list.map((s) => Object.assign({}, s, { strict: false })).concat(found.list.filter((s) => !wanted.has(s.doc)));
      if (o.sort === "newest") sorted(found.list, o);
    }
    const limit = o.limit || 10, offset = o.offset || 0, passed = await filter(found.list, o);
    const out = { total: passed.list.length, strict: passed.list.filter((s) => s.strict).length, hits: [], loose: found.loose, about: found.about, question: found.question || undefined, approximate: q.phrases.length > 0, didYouMean: "", also: found.also || [], facets: passed.facets };
    // Quotes as the index has them, or as the pages do.
    if (!q.phrases.length || o.read === 0) {
      if (slip) out.didYouMean = passed.list.some((s) => wanted.has(s.doc)) ? slip.text : "";
      else if (out.loose && !found.question && o.sort !== "newest") out.didYouMean = await (await slips()).meant(query, passed.list, hands);
      out.hits = await Promise.all(passed.list.slice(offset, offset + limit).map(hit));
      // To the article itself.
      if (found.named) ask.link(out.hits, found.named, plain);
      return out;
    }
    const { quoted } = await import("./excerpt.js");
    return quoted(out, passed.list, q.phrases, offset + limit, { hit, text: page, flat: (t) => squeeze(plain(t)) }, offset);
  };
  // Texts that begin as was typed.
  const suggest = async (typed, limit) => {
    await spellings(typed);
    return (await import("./suggest.js")).suggest(typed, limit, hands);
  };
  // The best place of a page for a query, or the beginning of the part that an address names: { pieces: [[text, marked]…], anchor, text }.
  // A question for how long, how old or how much wants the place that says it.
  const excerpt = async (url, query, length, asked) => {
    const [path, anchor] = url.split("#"), [html, made] = await Promise.all([page(path), import("./excerpt.js"), spellings(query)]);
    return made.best(html, query, length, { anchor, page, normalise: plain, runs, classOf, LETTER, asked: asked || query, like: (typed) => words.like(typed, stem) });
  };
  const snippet = async (url, query, length) => (await excerpt(url, query, length)).pieces;
  const labels = async () => ({ docs: root.docs, types: root.types, departments: root.departments, themes: root.themes, validity: root.validity });
  await readRoot(false);
  return { search, suggest, snippet, excerpt, labels };
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  let made = null;
  self.onmessage = async (event) => {
    const [id, name, args] = event.data;
    try {
      if (name === "open") made = create(args[0]);
      const engine = await made;
      self.postMessage([id, null, name === "open" ? true : await engine[name].apply(null, args)]);
    } catch (e) {
      if (name === "open") made = null;
      self.postMessage([id, { code: e.code || "failed", message: String(e.message) }]);
    }
  };
}
