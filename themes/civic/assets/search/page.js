// The search page.
// Uses client.js and nothing else of the search; suggestions come with box.js when somebody turns to the box.
import { el, open } from "./client.js";

const MOST = 10, WIDE = matchMedia("(min-width: 48rem)").matches, LISTS = ["type", "department", "theme", "validity", "year"], MARK = "clerestory-mark", HEAVY = 8, ANSWER = 16, ENOUGH = 3, LONG = 8, DWELL = 2000, HAN = /[\u3400-\u9fff]/;
let client = null;
const engine = () => {
  if (!client) {
    client = open();
    client.catch(() => (client = null));
  }
  return client;
};

// What the address asks for, and back.
function read(query) {
  const p = new URLSearchParams(query), s = { q: p.get("q") || "", no: p.get("no") || "", from: p.get("from") || "", to: p.get("to") || "", title: p.get("title") === "1", sort: p.get("sort") || "", page: Math.max(1, Number(p.get("page")) || 1) };
  LISTS.forEach((k) => (s[k] = p.getAll(k).filter((v) => v)));
  return s;
}
function write(s) {
  const p = new URLSearchParams();
  ["q", "no"].forEach((k) => s[k] && p.set(k, s[k]));
  LISTS.forEach((k) => s[k].forEach((v) => p.append(k, v)));
  ["from", "to", "sort"].forEach((k) => s[k] && p.set(k, s[k]));
  if (s.title) p.set("title", "1");
  if (s.page > 1) p.set("page", String(s.page));
  const text = p.toString();
  return text ? "?" + text : location.pathname;
}

function results(form) {
  const input = form.elements.q, words = JSON.parse(form.dataset.words), $ = (id) => document.getElementById(id);
  const list = $("results"), found = $("found"), facets = $("facets"), side = $("side"), tools = $("tools"), note = $("note"), pager = $("pager");
  const say = (key, values) => words[key].replace(/\{(\w+)\}/g, (_, k) => values[k]);
  let state = read(location.search), turn = 0, labels = null, counts = null, watch = null, shown = 0, urls = [], spent = 0, waiting = null;
  // Titles that are listed, without the country and brackets that tell an edition (year, revised, amended): a number, a place or a kind in brackets is another text.
  const EDITION = /[(\uff08](\s|\d{4}\u5e74?|\d{1,2}[\u6708\u65e5]|\u7b2c.{1,3}\u6b21|[\u4fee\u8ba2\u8a02\u6b63\u6539\u7248\u672c]|revised|amended|edition|version)+[)\uff09](?!\s*[\d\u7b2c])/gi;
  const known = new Map(), bare = (t) => t.replace(EDITION, "").replace(/^\u4e2d\u534e\u4eba\u6c11\u5171\u548c\u56fd|\s/g, "");
  let box = null;
  const boxed = () => import("./box.js").then((m) => {
    box = box || Object.assign(m.suggestions(input, words, () => go({ q: input.value, page: 1 }, true), engine), m.recent);
  }, () => {});
  input.addEventListener("focus", boxed);

  const fill = () => {
    input.value = state.q;
    ["no", "from", "to"].forEach((k) => (form.elements[k].value = state[k]));
    form.elements.title.checked = state.title;
    ["type", "department", "validity"].forEach((k) => (form.elements[k].value = state[k][0] || ""));
    $("sort").value = state.sort;
    if (state.no || state.from || state.to || state.title) $("advanced").open = true;
  };
  const go = (change, push) => {
    Object.assign(state, change);
    const url = write(state);
    if (push) {
      if (box) box.add(state.q);
      if (url !== location.pathname + location.search && url !== location.search) history.pushState(null, "", url);
    } else history.replaceState(null, "", url);
    return run();
  };
  const clear = () => {
    [list, note, pager, facets].forEach((e) => (e.textContent = ""));
    [list, note, pager, tools].forEach((e) => (e.hidden = true));
    side.toggleAttribute("data-empty", true);
    document.documentElement.classList.remove("asked");
  };
  const options = () => {
    const filters = {};
    LISTS.forEach((k) => state[k].length && (filters[k] = state[k]));
    // 2021-2023 in an address of before is each of them.
    if (filters.year) filters.years = [].concat(...filters.year.map((y) => y.split("-").map(Number)).map(([a, b]) => Array.from({ length: Math.min(b || a, a + 200) - a + 1 }, (_, i) => a + i)));
    delete filters.year;
    if (state.from || state.to) filters.date = [state.from, state.to];
    // Quotes are looked for in the pages themselves; on a phone, where a page is much to load, as the index has them.
    return { limit: MOST, offset: (state.page - 1) * MOST, filters, title: state.title, sort: state.sort || "relevance", read: WIDE ? undefined : 0 };
  };
  const label = (kind, code) => {
    const pair = labels && labels[kind].find((p) => p[0] === code);
    return pair ? pair[1] : code;
  };
  // As the pages write it: 2024年9月28日, 28 September 2024.
  const tongue = document.documentElement.lang, day = (d) => new Date(d).toLocaleDateString(tongue === "en" ? "en-GB" : tongue, { dateStyle: "long", timeZone: "UTC" });
  // The language of a result's page, where it is another than this one's: the last whose address begins it, the longest.
  const tongues = JSON.parse(form.dataset.tongues || "[]");
  const elsewhere = (h) => {
    const of = tongues.filter((t) => h.url.startsWith(t[0].slice(0, -7))).pop();
    return of && of[1] !== tongue ? of : "";
  };
  // Its state where it is another than in force.
  const told = (h) => (h.validity && h.validity !== "in-force" ? label("validity", h.validity) : "");
  const card = (h) => {
    // A number of a document and a day are not torn; facts are apart by space, so that no line ends with a dot.
    const whole = (t) => (t ? el("span", { class: t.length > 8 ? "k" : "w" }, t) : ""), meta = [];
    [label("types", h.type)].concat(h.department, whole(h.docNo), whole(h.date && day(h.date))).forEach((t) => t && meta.push(el("span", {}, t), " "));
    const other = elsewhere(h), link = el("a", { class: "card__title", href: h.url }, h.title);
    if (other) {
      link.hreflang = other[1];
      if (HAN.test(h.title) === /^zh/.test(other[1])) link.lang = other[1];
    }
    link.addEventListener("click", () => {
      if (box) box.add(state.q);
      // The page marks what was found.
      if (link.dataset.mark) sessionStorage.setItem(MARK, JSON.stringify([link.pathname, link.dataset.mark]));
    });
    const mark = told(h) && el("span", { class: "tag tag--" + h.validity }, told(h));
    return el("li", { class: "card", "data-weight": String(h.weight) }, link, other && " ", other && el("span", { class: "tag", lang: other[1] }, other[2]), el("span", { class: "card__meta" }, ...meta, mark), h.by ? el("p", { class: "card__by" }, words.by, el("a", { href: h.by[1] }, h.by[0])) : "", el("p", { class: "card__lead" }, h.lead));
  };
  const looked = () => {
    (waiting || []).forEach((f) => f());
    waiting = null;
  };
  ["scroll", "pointermove", "touchstart"].forEach((k) => addEventListener(k, looked, { passive: true }));
  // The words of the query in their place: read from the result's own page, when it is looked at.
  const excerpts = (s, query, me, from, question) => {
    if (watch && !from) watch.disconnect();
    const saving = navigator.connection && navigator.connection.saveData;
    if (!window.IntersectionObserver || saving || !query.trim()) return;
    const read = async (card) => {
    try {
      const link = card.querySelector("a"), { pieces, anchor, text } = await s.excerpt(link.pathname + link.hash, query, 0, state.q);
      if (me !== turn || !pieces.length) return;
      // To the article that the excerpt is from; the page marks the words behind it. A text fragment would lead to the first of them on the page.
      if (!link.hash && anchor) link.hash = anchor;
      if (text) link.dataset.mark = text;
      const lead = card.querySelector(".card__lead");
      lead.textContent = "";
      lead.append(...pieces.map((p) => (p[1] ? el("mark", {}, p[0]) : p[0])));
    } catch (x) {
      // The lead stays.
    }
    };
    // On a phone a title that has all of it tells as much as an excerpt.
    const known = (card) => query.toLowerCase().split(/\s+/).every((w) => card.firstChild.textContent.toLowerCase().indexOf(w) >= 0);
    // At once only so much is read as a page weighs, on a phone as a small one does; the others when one begins to look through them.
    if (!watch || !from) {
      spent = 0;
      waiting = [];
      watch = new IntersectionObserver((entries) => {
        entries.filter((e) => e.isIntersecting).forEach(({ target }) => {
          watch.unobserve(target);
          const weight = Number(target.dataset.weight);
          if (waiting && ((!WIDE && known(target)) || spent + weight > (WIDE ? ANSWER : HEAVY))) waiting.push(() => read(target));
          else {
            spent += weight;
            read(target);
          }
        });
      });
    }
    list.querySelectorAll(".card").forEach((c, i) => i < from || watch.observe(c));
    // Beginnings do not say why they answer a question, nor what an article says: who looks at them for a while has not found it in the first. One by one, as one reads.
    const next = () => me === turn && waiting && waiting.length && (waiting.shift()(), setTimeout(next, DWELL));
    if (question || list.querySelector("a[href*='#art-']")) setTimeout(next, DWELL);
  };
  const showFacets = async (f) => {
    const me = turn, m = await import("./facets.js").catch(() => null);
    if (m && me === turn) m.show(facets, LISTS, f, state, words, label, say, (change) => go(Object.assign(change, { page: 1 }), true));
    side.toggleAttribute("data-empty", !facets.children.length);
  };
  const problem = (e) => {
    clear();
    const key = e.code === "offline" && navigator.onLine === false ? "offline" : e.code === "stale" ? "stale" : e.code === "missing" || e.code === "broken" ? "broken" : "failed";
    found.textContent = words[key];
    const again = el("button", { type: "button", class: "button" }, words.again);
    again.addEventListener("click", () => (e.code === "stale" ? location.reload() : run()));
    note.append(again);
    note.hidden = false;
  };
  // A link that asks for another text.
  const asking = (text) => {
    const link = el("a", { href: write(Object.assign({}, state, { q: text, page: 1 })) }, text);
    link.addEventListener("click", (e) => {
      e.preventDefault();
      input.value = text;
      go({ q: text, page: 1 }, true);
    });
    return link;
  };
  const paint = (r, o, query) => {
    document.documentElement.classList.toggle("asked", r.total > 0);
    found.textContent = !r.total ? words.none : r.loose ? say("parts", { n: r.total }) : r.approximate ? say("most", { n: r.total }) : say("some", { n: r.strict }) + (r.total > r.strict ? say("more", { n: r.total - r.strict }) : "");
    if (r.also.length) note.append(el("span", {}, say("also", { terms: r.also.join(words.comma) })), r.didYouMean ? " " : "");
    if (r.didYouMean) note.append(words.meant, asking(r.didYouMean));
    if (!note.textContent && Array.from(query).length > 200) note.append(words.long);
    note.hidden = !note.textContent;
    // Results that stand there already stay, where they are still the first.
    if (r.hits.slice(0, shown).some((h, i) => h.url !== urls[i])) list.textContent = "";
    if (!list.children.length) known.clear(), (shown = 0);
    urls = r.hits.map((h) => h.url);
    const old = shown;
    shown = r.hits.length;
    r.hits.slice(old).forEach((h, i, rest) => {
      if (!r.loose && r.total > r.strict && o.offset + r.hits.length - rest.length + i === Math.max(r.strict, o.offset)) list.append(el("li", { class: "results__parts" }, words.partly));
      const key = bare(h.title), same = known.get(key), followed = (x) => /^(repealed|amended)$/.test(x.validity), past = (x) => followed(x) || x.validity === "expired";
      h.card = card(h);
      if (!same) known.set(key, h);
      // An edition of a text that is listed goes under it; the current one stands on top. Of one title, and none followed by another: two texts.
      if (same && (same.title !== h.title || followed(same) || followed(h)) && same.date !== h.date && !h.url.includes("#")) {
        const over = past(same) > past(h);
        if (over) {
          same.card.replaceWith(h.card);
          known.set(key, h);
          h.card.append(...same.card.querySelectorAll(".card__editions"));
        }
        const [top, below] = over ? [h, same] : [same, h];
        top.card.append(el("p", { class: "card__editions" }, words.edition, el("a", { href: below.url }, below.date || below.title), told(below) && " " + told(below)));
        return;
      }
      list.append(h.card);
    });
    list.hidden = !r.hits.length;
    tools.hidden = !r.total;
    pages(r.total);
  };
  const run = async () => {
    const me = ++turn, o = options(), query = [state.q, state.no].filter((t) => t).join(" "), asked = (r) => {
      // A law seldom has its own name in its text.
      const terms = r.also.filter((t) => !/(\u6cd5|\u5178|\u6761\u4f8b|\u89c4\u5b9a)$/.test(t));
      return r.about || [query].concat(terms.length ? terms : r.also).join(" ");
    };
    if (!query.trim() && !Object.keys(o.filters).length) {
      clear();
      found.textContent = "";
      return;
    }
    const slow = setTimeout(() => me === turn && (found.textContent = words.searching), 400);
    try {
      const s = await engine();
      labels = labels || (await s.labels());
      if (me !== turn) return;
      // First what has all of the query; then the counts where they are seen, and, where that is next to nothing, what has parts of it.
      const r = await s.search(query, Object.assign({ facets: false }, o));
      if (me !== turn) return;
      clearTimeout(slow);
      note.textContent = list.textContent = "";
      paint(r, o, query);
      excerpts(s, asked(r), me, 0, r.question || r.loose || r.also.length > 0);
      // Results that stand there are not taken away where the counts cannot be had.
      const few = r.strict < (query.length > LONG ? 1 : ENOUGH), told = r.strict > 0 && (r.question || r.also.length > 0), loose = few && !told;
      counts = async () => {
        const full = await s.search(query, Object.assign({}, o, { loose: few, facets: side.open })).catch(() => null);
        if (me !== turn || !full) return null;
        if (side.open) await showFacets(full.facets);
        return full;
      };
      if (!side.open) {
        facets.textContent = "";
        side.toggleAttribute("data-empty", r.total < 2);
      }
      const full = side.open || loose ? await counts() : null;
      // Nothing: the nearest words, and the same ones in the other languages.
      if (!r.total && !(full && full.total) && me === turn) {
        const { nearest, others } = await import("./elsewhere.js");
        if (state.q) await nearest(note, state.q, s.suggest, asking, words);
        if (tongues.length > 1 && me === turn) others(note, tongues, tongue, state.q || state.no, words);
      }
      const rest = (full) => {
        if (!full || me !== turn || full.total <= r.total) return;
        const before = list.querySelectorAll(".card").length;
        paint(full, o, query);
        excerpts(s, asked(full), me, before, full.question || full.loose || full.also.length > 0);
      };
      rest(full);
      // Behind the answers of a question, what has parts of it: for who looks on.
      if (few && told && !full) setTimeout(async () => me === turn && rest(await counts()), DWELL);
    } catch (e) {
      if (me === turn) problem(e);
    } finally {
      clearTimeout(slow);
    }
  };
  const pages = (total) => {
    pager.textContent = "";
    const last = Math.ceil(total / MOST), link = (n, text) => {
      const a = el("a", { href: write(Object.assign({}, state, { page: n })), class: "button" }, text);
      a.addEventListener("click", async (e) => {
        e.preventDefault();
        await go({ page: n }, true);
        found.focus();
      });
      return a;
    };
    if (state.page > 1) pager.append(link(state.page - 1, words.prev));
    if (last > 1) pager.append(el("span", {}, say("page", { page: state.page, pages: last })));
    if (state.page < last) pager.append(link(state.page + 1, words.next));
    pager.hidden = last < 2;
  };
  let wait = 0;
  input.addEventListener("input", (e) => {
    if (e.isComposing) return;
    clearTimeout(wait);
    wait = setTimeout(() => go({ q: input.value, page: 1 }, false), 120);
  });
  input.addEventListener("compositionend", () => go({ q: input.value, page: 1 }, false));
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    clearTimeout(wait);
    if (box) box.close();
    const f = form.elements, one = (k) => [f[k].value].filter((v) => v);
    go({ q: input.value, no: f.no.value.trim(), from: f.from.value, to: f.to.value, title: f.title.checked, type: one("type"), department: one("department"), validity: one("validity"), page: 1 }, true);
  });
  $("sort").addEventListener("change", (e) => go({ sort: e.target.value, page: 1 }, true));
  input.addEventListener("keydown", (e) => {
    const first = list.querySelector("a");
    // The list of suggestions takes the keys while it is open.
    if (input.getAttribute("aria-expanded") === "true") return;
    if (e.key === "ArrowDown" && first) {
      first.focus();
      e.preventDefault();
    } else if (e.key === "Escape" && input.value) {
      input.value = "";
      go({ q: "", page: 1 }, false);
      e.preventDefault();
    }
  });
  list.addEventListener("keydown", (e) => {
    const links = Array.from(list.querySelectorAll("a.card__title")), i = links.indexOf(document.activeElement);
    const to = e.key === "ArrowDown" ? links[i + 1] : e.key === "ArrowUp" ? links[i - 1] || input : e.key === "Escape" ? input : null;
    if (i < 0 || !to) return;
    to.focus();
    e.preventDefault();
  });
  addEventListener("popstate", () => {
    state = read(location.search);
    fill();
    run();
  });
  addEventListener("online", run);
  // Beside the results where there is room; else behind a line of its own.
  if (WIDE) side.open = true;
  side.addEventListener("toggle", () => side.open && counts && !facets.children.length && counts());
  fill();
  if (!state.q && !location.search) input.focus({ preventScroll: true });
  run();
}

const form = document.querySelector("form[data-words]");
if (form) results(form);
