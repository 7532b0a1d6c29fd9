//! Excerpts of finished pages of ours. Loaded with the first result that is looked at, or with a quoted text.

const INLINE = ["a", "em", "strong", "del", "dfn", "span", "mark", "code", "sup", "sub", "b", "i"];
const ENTITIES = { lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'", "#x2F": "/", nbsp: " ", amp: "&" };
// What is asked for: how long, at what age, how much; and what says it: numerals with 年月日天岁时周, 岁, 元倍%.
const NUMERAL = "[0-9\u3007\u96f6\u4e00\u4e8c\u4e24\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343\u4e07]+\u4e2a?", WORTH = 3;
const AMOUNTS = [
  [/\u591a\u4e45|\u591a\u957f\u65f6\u95f4|\u591a\u957f|[\u51e0\u591a][\u5c11]?\u4e2a?[\u5929\u65e5\u5e74\u6708\u5468]|\u671f\u9650|\u65f6\u6548|how long|how many (days|years|months)/, "(?:[\u5e74\u6708\u65e5\u5929\u5468]|\u5c0f\u65f6|\u5de5\u4f5c\u65e5)"],
  [/\u591a\u5927|[\u51e0\u591a]\u5c11?\u5468?\u5c81|\u5e74\u9f84|how old|\bage\b/, "\u5468?\u5c81"],
  [/\u591a\u5c11\u94b1|[\u7f5a\u8d54\u4ea4]\u591a\u5c11|\u51e0\u500d|how much/, "(?:\u5143|\u500d)"],
];
// Around the id of a heading or an article.
const OPEN = "\ue000", CLOSE = "\ue001";

const plain = (html) => html.replace(/<(nav|button)\b[^]*?<\/\1>|<details class=.cite[^]*?<\/details>/g, "\n").replace(/<\/?([A-Za-z0-9]*)[^>]*>?/g, (_, name) => (INLINE.indexOf(name) >= 0 ? "" : "\n")).replace(/&([#\w]+);/g, (all, e) => ENTITIES[e] || all);

function main(html) {
  const from = Math.max(html.indexOf("<main"), 0), to = html.indexOf("</main>", from);
  return html.slice(from, to < 0 ? undefined : to);
}

// The text of a page; its scripts and tags are never looked at by a parser of HTML. Ways around and citations are not the text.
export const pageText = (html) => plain(main(html));

// The parts of a page that are its text, not its boxes; all of it where it has none.
function texts(html) {
  const cut = main(html), out = [];
  for (let at = cut.indexOf('<div class="text"'); at >= 0; ) {
    const tags = /<(\/?)div\b/g;
    tags.lastIndex = at;
    let depth = 0, end = cut.length, m;
    while ((m = tags.exec(cut))) {
      depth += m[1] ? -1 : 1;
      if (!depth) {
        end = m.index;
        break;
      }
    }
    out.push(cut.slice(at, end));
    at = cut.indexOf('<div class="text"', end);
  }
  return out.length ? out.join("\n") : cut;
}

// The best place of a page for a query, or the part with an id: { pieces: [[text, marked]…], anchor, text }. tools: anchor, normalise, runs, classOf, GRAM, LETTER, and like of words.js.
// Cells of a table are no sentence: only where they alone have all of it.
export function excerpt(html, query, length, tools) {
  const prose = (t) => t.replace(/<table\b[^]*?<\/table>/g, "\n"), all = texts(html), own = place(prose(all), query, length, tools);
  if (own.full || prose(all) === all) return own;
  const other = place(all, query, length, tools);
  if (other.full || own.pieces.length) return other.full ? other : own;
  // Nor in the sentences of its text: in its boxes.
  const box = place(prose(main(html)), query, length, tools);
  return box.pieces.length ? box : other;
}

function place(text, query, length, tools) {
  const marked = text.replace(/<(h[1-6]|p|li)\b[^>]*? id="([^"]+)"[^>]*>/g, (all, _, id) => all + OPEN + id + CLOSE);
  const at = [], chars = [];
  // The ids are taken out, their places kept.
  plain(marked).replace(/\s+/g, " ").split(OPEN).forEach((part, i) => {
    const end = i ? part.indexOf(CLOSE) : -1;
    if (i) at.push([chars.length, part.slice(0, end)]);
    for (const c of part.slice(end + 1)) chars.push(c);
  });
  const width = length || 80, own = at.findIndex((a) => a[1] === tools.anchor);
  if (own >= 0) {
    const from = at[own][0], next = at.slice(own + 1).find((a) => a[0] > from), end = next ? next[0] : chars.length, to = Math.min(end, from + width + 30);
    return { pieces: [[chars.slice(from, to).join("").trim() + (to < end ? "…" : ""), false]], anchor: tools.anchor, text: "" };
  }
  const { normalise, runs, classOf } = tools, flat = chars.map(normalise), typed = [], grams = [];
  runs(normalise(query), (r) => (typeof r === "string" ? typed : grams).push(r));
  const same = typed.length ? tools.like(typed) : null;
  const marks = new Uint8Array(chars.length), starts = new Map(), hits = [], worth = [], known = new Map();
  flat.forEach((c, i) => (starts.has(c) ? starts.get(c).push(i) : starts.set(c, [i])));
  const places = (piece) => (starts.get(piece[0]) || []).filter((i) => piece.every((c, j) => flat[i + j] === c));
  // A piece of the query and where it stands. Each counts once in a place, the more the longer and the rarer on the page it is.
  const mark = (name, length, places) => {
    if (known.has(name)) return;
    known.set(name, worth.push((length * length) / Math.sqrt(places.length)) - 1);
    for (const i of places) {
      marks.fill(1, i, i + length);
      hits.push([i, known.get(name)]);
    }
  };
  for (const w of grams) {
    if (places(w).length) mark(w.join(""), w.length, places(w));
    else {
      // What does not stand there whole: its longest pieces that do, each whole.
      for (let i = 0; i + 2 <= w.length; ) {
        let n = w.length - i;
        while (n > 1 && !places(w.slice(i, i + n)).length) n--;
        if (n > 1) mark(w.slice(i, i + n).join(""), n, places(w.slice(i, i + n)));
        i += Math.max(n, 1);
      }
    }
  }
  // Words of other scripts: whole, in any of their forms.
  const spelled = new Map();
  for (let i = 0, j; i < chars.length && same; i = j) {
    for (j = i; j < chars.length && classOf(flat[j] || " ") === tools.LETTER; ) j++;
    const word = flat.slice(i, j).join("");
    if (same(word)) {
      marks.fill(1, i, j);
      spelled.set(word, (spelled.get(word) || []).concat(i));
    }
    if (j === i) j++;
  }
  spelled.forEach((places, word) => {
    known.set(" " + word, worth.push(16 / Math.sqrt(places.length)) - 1);
    places.forEach((i) => hits.push([i, known.get(" " + word)]));
  });
  const told = AMOUNTS.filter((a) => a[0].test(tools.asked || "")).map((a) => a[1]);
  if (told.length && hits.length) {
    const units = new RegExp(NUMERAL + "(?:" + told.join("|") + ")", "g"), id = worth.push(WORTH) - 1, whole = flat.map((c) => (c.length === 1 ? c : " ")).join("");
    for (let m = units.exec(whole); m; m = units.exec(whole)) hits.push([m.index, id]);
  }
  hits.sort((x, y) => x[0] - y[0]);
  // What a part of the text has of the query, from a hit on.
  const has = (first, end) => {
    const seen = new Set();
    for (let k = first; k < hits.length && hits[k][0] < end; k++) seen.add(hits[k][1]);
    let sum = 0;
    seen.forEach((n) => (sum += worth[n]));
    return sum;
  };
  let best = 0, top = -1, part = 0, begins = 0, inPart = 0;
  for (let k = 0; k < hits.length; k++) {
    const i = hits[k][0];
    // The article or section that it stands in counts with it: the answer is one text.
    if (!k || (at[part] && at[part][0] <= i)) {
      while (at[part] && at[part][0] <= i) begins = at[part++][0];
      inPart = has(k, at[part] ? at[part][0] : chars.length);
    }
    const sum = has(k, i + width) + inPart / 2;
    if (sum > top) {
      top = sum;
      // From the number of the article, where that is near.
      best = begins <= i && i - begins <= width / 2 ? begins : i;
    }
  }
  const full = (grams.length || typed.length) && grams.every((w) => places(w).length) && (!same || spelled.size > 0);
  if (top <= 0) return { pieces: [], anchor: "", text: "", top, full: false };
  // Not from the middle of a clause, where its beginning is near.
  let from = at.some((a) => a[0] === best) ? best : Math.max(0, best - 30);
  for (let i = best; i > from; i--) {
    if (/[\u3002\uff1b\uff01\uff1f\n]/.test(chars[i - 1])) {
      from = i;
      break;
    }
  }
  const pieces = [];
  if (from > 0) pieces.push(["…", false]);
  let to = Math.min(from + width + 30, chars.length);
  // Nor into the middle of a word that is marked.
  while (to < chars.length && to > from + width && marks[to] && marks[to - 1]) to--;
  let first = -1, found = "";
  for (let i = from; i < to; i++) {
    const on = marks[i] > 0;
    if (on && first < 0) first = i;
    if (on && i >= first && found.length < 60 && Array.from(found).length === i - first) found += chars[i];
    if (pieces.length && pieces[pieces.length - 1][1] === on) pieces[pieces.length - 1][0] += chars[i];
    else pieces.push([chars[i], on]);
  }
  if (to < chars.length) pieces.push(["…", false]);
  const before = at.filter((a) => a[0] <= first).pop();
  return { pieces, anchor: before ? before[1] : "", text: found.trim(), top, full };
}

// The best place of a page, or of one of its attachments for what does not stand on the page itself.
export async function best(html, query, length, tools) {
  const own = excerpt(html, query, length, tools);
  return own.full || tools.anchor ? own : attached(html, query, length, tools, own);
}

// The best place among the readable forms of a page's attachments, told with the name of the file and the page; what the page itself has, where none is better.
async function attached(html, query, length, tools, own) {
  let best = own;
  for (const m of (main(html).match(/<a class="files__read" href="[^"]+/g) || []).slice(0, 4)) {
    if (best.full) break;
    try {
      const text = await tools.page(m.split('href="')[1]), found = excerpt(text, query, length, Object.assign({}, tools, { anchor: "" }));
      if (!found.full && found.top <= (best.top || 0)) continue;
      const title = plain((/<h1[^>]*>([^]*?)<\/h1>/.exec(text) || ["", ""])[1]).trim(), at = found.anchor && text.split('id="' + found.anchor + '">')[1], part = at && found.anchor.endsWith("-title") ? plain(at.split("</h2>")[0]).trim() : "";
      // The link leads to the item, which has no such place.
      best = Object.assign(found, { pieces: [[title + (part ? " " + part : "") + ": ", false]].concat(found.pieces), anchor: "", text: "" });
    } catch (e) {
      // The file without its text: what the page has stands.
    }
  }
  return best;
}

const READ = 40;
// The results that hold all phrases literally, read from their pages, a few at a time.
export async function quoted(out, list, phrases, wanted, index, offset) {
  const literal = async (s) => {
    const h = await index.hit(s);
    try {
      const t = index.flat(pageText(await index.text(h.url)));
      return phrases.every((p) => t.indexOf(p) >= 0) ? h : null;
    } catch (e) {
      return null;
    }
  };
  let seen = 0, good = 0;
  while (seen < list.length && seen < READ && good < wanted) {
    for (const h of await Promise.all(list.slice(seen, Math.min(seen + wanted - good, READ)).map(literal))) {
      seen++;
      if (h && ++good > offset) out.hits.push(h);
    }
  }
  out.total = out.strict = good + list.length - seen;
  out.approximate = list.length > seen;
  return out;
}
