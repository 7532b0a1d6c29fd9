//! Clerestory search, format 1. The same as src/index/engine.rs, line by line; tests/vectors/search.json holds both to it.
// Runs in a worker, or on the page where there are no module workers.

const FORMAT = 1, TITLE = 5, COVER = [0.35, 0.15], TITLED = 0.25, FLAT = 1, NEAR = 24, READ = 40, LONGEST = 200, WORD = 40, ISSUER = 6, STEP = 256, BLOCK = 65536, FEW = 3, FORM = 0.5;
const BREAK = 0, GRAM = 1, LETTER = 2, NOTHING = 3, APOSTROPHE = 4;

// Han characters are written as escapes: a site without Chinese shows none.
// Ranges as in tokens.rs: last code point, class; in order.
const RANGES = [[0x26, 0], [0x27, 4], [0x2f, 0], [0x39, 2], [0x40, 0], [0x5a, 2], [0x60, 0], [0x7a, 2], [0xac, 0], [0xad, 3], [0xbf, 0], [0xd6, 2], [0xd7, 0], [0xf6, 2], [0xf7, 0], [0x2bb, 2], [0x2bc, 4], [0x1fff, 2], [0x200a, 0], [0x200f, 3], [0x2018, 0], [0x2019, 4], [0x2029, 0], [0x202e, 3], [0x205f, 0], [0x206f, 3], [0x2bff, 0], [0x2dff, 2], [0x2e7f, 0], [0x2fdf, 1], [0x3004, 0], [0x3007, 1], [0x3020, 0], [0x3029, 1], [0x303f, 0], [0x309f, 1], [0x30a0, 0], [0x30fa, 1], [0x30fb, 0], [0x30ff, 1], [0x318f, 2], [0x31ef, 0], [0x31ff, 1], [0x33ff, 0], [0x4dbf, 1], [0x4dff, 0], [0x9fff, 1], [0xabff, 2], [0xd7af, 1], [0xd7ff, 2], [0xf8ff, 0], [0xfaff, 1], [0xfd3d, 2], [0xfd3f, 0], [0xfdff, 2], [0xfe0f, 3], [0xfe6f, 0], [0xfefe, 2], [0xfeff, 3], [0xffff, 0], [0x1afff, 2], [0x1b16f, 1], [0x1efff, 2], [0x1faff, 0], [0x1ffff, 2], [0x3ffff, 1], [0xdffff, 2], [0xe0fff, 3], [0xeffff, 2], [0x10ffff, 0]];

export function classOf(c) {
  const u = c.codePointAt(0);
  let low = 0, high = RANGES.length - 1;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (u <= RANGES[mid][0]) high = mid;
    else low = mid + 1;
  }
  return RANGES[low][1];
}

export function normalise(text, fold) {
  const out = text.normalize("NFKC").toLowerCase();
  return fold ? Array.from(out, (c) => fold.get(c) || c).join("") : out;
}

const SEED = 0x9e3779b1;
const step = (h, c) => {
  h = Math.imul(h ^ c, SEED);
  return h ^ (h >>> 15);
};
// Kinds: 1 gram, 2 word, 3 number.
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

const digit = (c) => c >= "0" && c <= "9";
// Document numbers, brackets or not: { issuer, serial, from, to } in characters.
export function numbers(chars, each) {
  const open = "〔[(【{", close = "〕])】}";
  for (let i = 0; i < chars.length; ) {
    if (!digit(chars[i])) {
      i++;
      continue;
    }
    const at = i;
    while (i < chars.length && digit(chars[i])) i++;
    if (i - at !== 4) continue;
    let before = at;
    const back = (set) => {
      while (before && set.indexOf(chars[before - 1]) >= 0) before--;
    };
    back(" ");
    const opened = before > 0 && open.indexOf(chars[before - 1]) >= 0;
    if (opened) {
      back(open);
      back(" ");
    }
    let start = before;
    while (start && classOf(chars[start - 1]) === GRAM) start--;
    let after = i;
    while (chars[after] === " ") after++;
    const closed = after < chars.length && close.indexOf(chars[after]) >= 0;
    const spaced = after > i || ["-", "\u5e74", "\u7b2c"].indexOf(chars[after]) >= 0;
    if (opened !== closed || (!opened && (start === before || !spaced))) continue;
    const skip = close + " \u7b2c" + (opened ? "" : "-\u5e74");
    while (after < chars.length && skip.indexOf(chars[after]) >= 0) after++;
    while (chars[after] === "0") after++;
    let end = after;
    while (end < chars.length && digit(chars[end])) end++;
    if (end === after || end - after > 5) continue;
    const serial = chars.slice(at, at + 4).join("") + "-" + chars.slice(after, end).join("");
    let to = end;
    while (chars[to] === " ") to++;
    to = chars[to] === "\u53f7" ? to + 1 : end;
    each({ issuer: chars.slice(Math.max(start, before - ISSUER), before).join(""), serial, from: start, to });
    i = to;
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
  else for (let i = 0; i < n - 2; i++) if (n <= 12 || i % 2 === 0 || i === n - 3) q.strict.push(gram(i, 3));
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

// Two readings: with document numbers (or null), and as plain text.
export function parse(query, stem, fold, most, words) {
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
      else {
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
  numbers(chars, (n) => {
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
const INLINE = ["a", "em", "strong", "del", "dfn", "span", "mark", "code", "sup", "sub", "b", "i"];
const ENTITIES = { lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'", "#x2F": "/", nbsp: " ", amp: "&" };

// The text of a finished page of ours; its scripts and tags are never looked at by a parser of HTML.
export function pageText(html) {
  const from = Math.max(html.indexOf("<main"), 0), to = html.indexOf("</main>", from);
  const cut = html.slice(from, to < 0 ? undefined : to);
  // Ways around and citations are not the text.
  return cut.replace(/<(nav|button)\b[^]*?<\/\1>|<details class=.cite[^]*?<\/details>/g, "\n").replace(/<\/?([A-Za-z0-9]*)[^>]*>?/g, (_, name) => (INLINE.indexOf(name) >= 0 ? "" : "\n")).replace(/&([#\w]+);/g, (all, e) => ENTITIES[e] || all);
}

const FACETS = [["type", "types"], ["department", "departments"], ["theme", "themes"], ["validity", "validity"]];

// Opens the index in a folder, an absolute address that ends in "/". `get` may replace fetch.
export async function create(folder, get) {
  const files = new Map(), pages = new Map(), columns = new Map();
  let root = null, lists = folder, stem = (w) => w, fold = null, folding = null, words = null;
  const ask = get || ((url, again) => fetch(url, again ? { cache: "reload" } : {}));
  const load = async (url, again) => {
    let answer;
    try {
      answer = await ask(url, again);
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
      out.push({ doc, score: Math.floor((share * share * body[doc] + inTitle) * 1e4 + 0.5) / 1e4, strict });
    }
    return out;
  };
  const sorted = (list, o) => list.sort(o.sort === "newest" ? (a, b) => b.doc - a.doc : (a, b) => b.score - a.score || b.doc - a.doc);
  const matches = async (q, o, loosely) => {
    const found = await all(q.strict);
    for (const tries of q.numbers) {
      let list = null;
      for (const h of tries) {
        list = await group([h]);
        if (list.df) break;
      }
      found.push(list);
    }
    if (!found.length) return { list: [], loose: false };
    let list = found.every((l) => l.df) ? sorted(score(found, q.length, 1, true, o.title), o) : [];
    const strict = list.length, loose = (!strict || (loosely && strict < (o.limit || 10))) && !q.phrases.length && q.loose.length > 0;
    // Nothing has it all: it may be typed in Traditional characters, which the index does not hold.
    if (loose && !strict && !fold) return { list, retry: true, loose: true };
    if (loose) {
      // Behind strict results, half of the pairs will do.
      const some = strict ? q.loose.filter((_, i) => i % 2 === 0) : q.loose;
      // Lists so long that they have files of their own tell little.
      const short = some.filter((g) => !root.hot.has(g[0])), parts = await all(short.length > 1 ? short : some);
      let more = [];
      for (const cover of COVER) {
        more = score(parts, q.length, cover, false, o.title);
        if (more.length) break;
      }
      const known = new Set(list.map((s) => s.doc));
      list = list.concat(sorted(more.filter((s) => !known.has(s.doc)), o));
    }
    for (const terms of q.without) {
      const gone = new Map();
      for (const l of await all(terms)) l.docs.forEach((_, d) => gone.set(d, (gone.get(d) || 0) + 1));
      list = list.filter((s) => (gone.get(s.doc) || 0) < terms.length);
    }
    return { list, loose: !strict && loose };
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
    if (counting || wants(f.year)) {
      const range = wants(f.year) ? [].concat(f.year) : null, to = range && range[range.length - 1];
      tests.push({ name: "year", values: (doc) => (yearOf(doc) === null ? [] : [yearOf(doc)]), range: range && [range[0], to] });
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
    return { title: card[0], url: root.base + card[1], type: root.types[card[2]][0], department: card[3].map((d) => root.departments[d][1]), date: card[4], docNo: card[5], lead: card[6], validity: card[7] ? root.validity[card[7] - 1][0] : "", score: s.score };
  };
  const page = (url) => {
    const plain = url.split("#")[0];
    if (!pages.has(plain)) {
      const made = load(new URL(plain, folder).href).then((b) => pageText(text(b)));
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
    runs(normalise(text), (run) => (some = some || typeof run === "string"));
    if (some) await wordsToo();
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
  const strictly = async (text, o) => (await matches(Object.assign(parse(text, stem, fold, most(), words).plain, { loose: [] }), o, false)).list;
  // The query with known words in place of those that stand nowhere, and what it finds; null where that is nothing.
  const corrected = (query, o) =>
    words &&
    words.corrected((each) => runs(normalise(Array.from(query).slice(0, LONGEST).join(""), fold), each), {
      known: async (w) => (await group(words.spelled([], w, (t) => hash(2, stem(t))))).df > 0,
      under: async (key) => root.words && (await json(lists + "w/" + (hash(2, key) % root.words) + ".bin"))[key],
      find: (text) => strictly(text, o),
    });
  // Of the best loose results, those whose titles are nearest to what was typed go first. Gives the piece that was perhaps
  // meant; empty where none is near, or where it finds nothing. Not for words apart by spaces.
  const meant = async (query, list) => {
    const typed = squeeze(normalise(query, fold)), chars = Array.from(typed), n = chars.length, far = n < 6 ? 1 : Math.max(2, Math.floor(n / 4));
    const gram = (c) => classOf(c) === GRAM;
    if (n < 3 || n > 24 || !chars.some(gram)) return "";
    await wordsToo();
    const top = await Promise.all(list.slice(0, NEAR).map(hit));
    const near = top.map((h) => words.nearest(typed, squeeze(normalise(h.title, fold)))), mistakes = (i) => (near[i][0] <= far ? near[i][0] : far + 1);
    const order = top.map((_, i) => i).sort((a, b) => mistakes(a) - mistakes(b) || a - b), some = list.slice(0, NEAR);
    order.forEach((from, to) => (list[to] = some[from]));
    const best = near[order[0]], piece = best && best[0] > 0 && best[0] <= far ? best[1] : "";
    // A piece of a title stands in it; cut out of words, or run together from some, it may stand nowhere.
    if (Array.from(piece).every(gram)) return piece;
    return (await strictly(piece, {})).length ? piece : "";
  };
  const search = async (query, o) => {
    o = o || {};
    await spellings(query);
    let read = parse(query, stem, fold, most(), words), found = { list: [], loose: false }, q = read.plain;
    const filtered = Object.keys(o.filters || {}).some((k) => wants(o.filters[k]));
    const unfolded = async () => {
      await loadFold();
      return search(query, o);
    };
    if (!fold && (q.phrases.length || q.without.length)) return unfolded();
    if (read.numbered) {
      found = await matches(read.numbered, o, false);
      if (found.retry) return unfolded();
      q = read.numbered;
    }
    if (!read.numbered || !found.list.length || found.loose) {
      if (!read.plain.strict.length && filtered) {
        found = { list: [], loose: false };
        for (let doc = root.docs - 1; doc >= 0; doc--) found.list.push({ doc, score: 0, strict: true });
      } else {
        found = await matches(read.plain, o, o.loose);
        if (found.retry) return unfolded();
      }
      q = read.plain;
    }
    // A slip of the pen: what was perhaps meant goes first.
    const slip = found.loose && !q.phrases.length ? await corrected(query, o) : null, wanted = new Set(slip ? slip.list.map((s) => s.doc) : []);
    if (slip) {
      found.list = slip.list.map((s) => Object.assign({}, s, { strict: false })).concat(found.list.filter((s) => !wanted.has(s.doc)));
      if (o.sort === "newest") sorted(found.list, o);
    }
    const limit = o.limit || 10, offset = o.offset || 0, kept = await filter(found.list, o);
    const out = { total: kept.list.length, strict: kept.list.filter((s) => s.strict).length, hits: [], loose: found.loose, approximate: false, didYouMean: "", facets: kept.facets };
    if (!q.phrases.length) {
      if (slip) out.didYouMean = kept.list.some((s) => wanted.has(s.doc)) ? slip.text : "";
      else if (out.loose && o.sort !== "newest") out.didYouMean = await meant(query, kept.list);
      out.hits = await Promise.all(kept.list.slice(offset, offset + limit).map(hit));
      return out;
    }
    // A quoted text is looked for in the pages themselves, a few at a time.
    const literal = async (s) => {
      const h = await hit(s);
      try {
        const t = squeeze(normalise(await page(h.url), fold));
        return q.phrases.every((p) => t.indexOf(p) >= 0) ? h : null;
      } catch (e) {
        return null;
      }
    };
    let seen = 0, good = 0;
    while (seen < kept.list.length && seen < READ && good < offset + limit) {
      const some = kept.list.slice(seen, Math.min(seen + offset + limit - good, READ));
      for (const h of await Promise.all(some.map(literal))) {
        seen++;
        if (h && ++good > offset) out.hits.push(h);
      }
    }
    out.total = out.strict = good + kept.list.length - seen;
    out.approximate = kept.list.length > seen;
    return out;
  };
  // Texts that begin as was typed: in characters, pinyin, initials.
  const suggest = async (typed, limit) => {
    await spellings(typed);
    const bare = (w) => squeeze(words ? words.first(normalise(w)) : normalise(w)), t = bare(typed), chars = Array.from(t);
    if (!chars.length) return [];
    const key = chars.slice(0, 2).join(""), latin = /^[a-z]/.test(t);
    if (latin && chars.length < 2) return [];
    const out = [];
    for (const entry of (await json(folder + "s/" + (hash(2, key) % root.shards) + ".bin"))[key] || []) {
      const word = typeof entry === "string" ? entry : entry[0];
      const fits = typeof entry === "string" ? bare(word).indexOf(t) >= 0 : entry[1].split(" ").join("").indexOf(t) === 0 || entry[1].split(" ").map((s) => s[0]).join("").indexOf(t) === 0;
      if (fits && out.indexOf(word) < 0) out.push(word);
      if (out.length === (limit || 8)) break;
    }
    return out;
  };
  // The best place of a page for a query: pieces of text, [text, marked].
  const snippet = async (url, query, length) => {
    const shown = (await page(url)).replace(/\s+/g, " ");
    const chars = Array.from(shown), plain = chars.map((c) => normalise(c, fold)), runsOf = [];
    const read = Array.from(normalise(query, fold)).join("");
    const typed = [];
    runs(read, (r) => (typeof r === "string" ? typed : runsOf).push(r));
    if (typed.length) await wordsToo();
    const same = typed.length && words.like(typed, stem);
    const marks = new Uint8Array(chars.length), starts = new Map();
    plain.forEach((c, i) => starts.has(c) ? starts.get(c).push(i) : starts.set(c, [i]));
    for (const w of runsOf) {
      // A long run that does not stand there whole is marked by its pairs.
      const at = (piece) => {
        let n = 0;
        for (const i of starts.get(piece[0]) || []) {
          if (!piece.every((c, j) => plain[i + j] === c)) continue;
          n++;
          for (let j = 0; j < piece.length; j++) marks[i + j] = Math.max(marks[i + j], piece.length);
        }
        return n;
      };
      if (!at(w) && w.length > 2 && classOf(w[0]) === GRAM) for (let i = 0; i + 2 <= w.length; i++) at(w.slice(i, i + 2));
    }
    // Words of other scripts: whole, in any of their forms.
    for (let i = 0, j; i < chars.length && typed.length; i = j) {
      for (j = i; j < chars.length && classOf(plain[j] || " ") === LETTER; ) j++;
      if (same(plain.slice(i, j).join(""))) marks.fill(4, i, j);
      if (j === i) j++;
    }
    const width = length || 80;
    let best = 0, top = -1, sum = 0;
    for (let i = 0; i < chars.length; i++) {
      sum += marks[i];
      if (i >= width) sum -= marks[i - width];
      if (sum > top) {
        top = sum;
        best = i - width + 1;
      }
    }
    if (top <= 0) return [];
    best = Math.max(best, 0);
    // Not from the middle of a clause, where its beginning is near.
    let from = Math.max(0, best - 30);
    for (let i = best; i > from; i--) {
      if (/[。；！？\n]/.test(chars[i - 1])) {
        from = i;
        break;
      }
    }
    const out = [];
    if (from > 0) out.push(["…", false]);
    let to = Math.min(from + width + 30, chars.length);
    // Nor into the middle of a word that is marked.
    while (to < chars.length && to > from + width && marks[to] && marks[to - 1]) to--;
    for (let i = from; i < to; i++) {
      const on = marks[i] > 0;
      if (out.length && out[out.length - 1][1] === on) out[out.length - 1][0] += chars[i];
      else out.push([chars[i], on]);
    }
    if (to < chars.length) out.push(["…", false]);
    return out;
  };
  const labels = async () => ({ docs: root.docs, types: root.types, departments: root.departments, themes: root.themes, validity: root.validity });
  await readRoot(false);
  return { search, suggest, snippet, labels };
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
