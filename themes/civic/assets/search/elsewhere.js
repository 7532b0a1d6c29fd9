//! Links to the same query in the search of the other languages. Loaded where nothing is found in this one.
import { el } from "./client.js";

// tongues: [address of the search page, tag, name of the language] each.
export function others(note, tongues, tongue, query, words) {
  const list = tongues.filter((t) => t[1] !== tongue);
  note.append(note.textContent ? " " : "", words.elsewhere);
  list.forEach((t, i) => note.append(i ? words.comma : "", el("a", { href: t[0] + "?q=" + encodeURIComponent(query), hreflang: t[1], lang: t[1] }, t[2])));
  note.hidden = false;
}
