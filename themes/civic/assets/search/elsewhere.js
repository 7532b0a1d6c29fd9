//! What there is where nothing is found: the nearest words that titles have, and links to the same query in the other languages. Loaded only then.
import { el } from "./client.js";

const PIECE = 4, MANY = 6;

// Suggestions for ever shorter beginnings and ends of what was typed; the longest first.
export async function nearest(note, query, suggest, link, words) {
  const chars = Array.from(query.trim().replace(/\s+/g, " ")), found = [], tried = new Set();
  for (let n = Math.min(chars.length - 1, PIECE); n > 1 && found.length < MANY; n--) {
    for (const piece of [chars.slice(0, n), chars.slice(-n)].map((p) => p.join("").trim())) {
      if (tried.has(piece) || Array.from(piece).length < 2) continue;
      tried.add(piece);
      (await suggest(piece, MANY).catch(() => [])).forEach((t) => found.length < MANY && t !== query && found.indexOf(t) < 0 && found.push(t));
    }
  }
  if (!found.length) return;
  note.append(note.textContent ? " " : "", words.examples, " ");
  found.forEach((t, i) => note.append(i ? words.comma : "", link(t)));
  note.hidden = false;
}

// tongues: [address of the search page, tag, name of the language] each.
export function others(note, tongues, tongue, query, words) {
  const list = tongues.filter((t) => t[1] !== tongue);
  note.append(note.textContent ? " " : "", words.elsewhere);
  list.forEach((t, i) => note.append(i ? words.comma : "", el("a", { href: t[0] + "?q=" + encodeURIComponent(query), hreflang: t[1], lang: t[1] }, t[2])));
  note.hidden = false;
}
