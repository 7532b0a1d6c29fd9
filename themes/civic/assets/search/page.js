//! The search page and the suggestions of every search box. Uses client.js and nothing else of the search.
import { open } from "./client.js";

const RECENT = "clerestory-recent", MANY = 8, PAGE = 10, LISTS = ["type", "department", "theme", "validity", "year"], MARK = "clerestory-mark", HEAVY = 16, ENOUGH = 3;
let client = null;
const engine = () => {
  if (!client) {
    client = open();
    client.catch(() => (client = null));
  }
  return client;
};

// An element with attributes and children; text becomes text, never markup.
function el(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const k in attributes || {}) {
    if (k in e && typeof attributes[k] !== "string") e[k] = attributes[k];
    else e.setAttribute(k, attributes[k]);
  }
  e.append(...children.filter((c) => c !== null && c !== ""));
  return e;
}

const recent = {
  all() {
    try {
      return JSON.parse(localStorage.getItem(RECENT)) || [];
    } catch (e) {
      return [];
    }
  },
  add(q) {
    q = q.trim();
    if (!q) return;
    try {
      localStorage.setItem(RECENT, JSON.stringify([q].concat(this.all().filter((x) => x !== q)).slice(0, MANY)));
    } catch (e) {
      // A browser that keeps nothing.
    }
  },
  clear() {
    try {
      localStorage.removeItem(RECENT);
    } catch (e) {
      // See above.
    }
  },
};

// Suggestions below a box, after the ARIA pattern of an editable combobox. `chosen` is told the text.
function suggestions(input, words, chosen) {
  const id = input.id + "-list", list = el("ul", { id, role: "listbox", class: "suggest", "aria-label": words.suggestions, hidden: true });
  input.after(list);
  for (const [k, v] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", id]]) input.setAttribute(k, v);
  let at = -1, asked = 0;
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (option) => {
    close();
    if (option.dataset.clear) {
      recent.clear();
      input.focus();
      return;
    }
    input.value = option.dataset.text;
    chosen(input.value);
  };
  const show = (texts, old) => {
    list.textContent = "";
    const options = texts.map((t) => el("li", { role: "option", "data-text": t }, old ? el("span", { class: "suggest__old", "aria-hidden": "true" }, "↺ ") : "", t));
    if (old && texts.length) options.push(el("li", { role: "option", "data-clear": "1", class: "suggest__clear" }, words.clear));
    options.forEach((o, i) => {
      o.id = id + i;
      o.setAttribute("aria-selected", "false");
      o.addEventListener("mousedown", (e) => {
        e.preventDefault();
        take(o);
      });
      list.append(o);
    });
    if (!options.length) return close();
    at = -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const update = async () => {
    const typed = input.value, me = ++asked;
    if (!typed.trim()) return show(recent.all(), true);
    try {
      const texts = await (await engine()).suggest(typed);
      if (me === asked && document.activeElement === input && input.value === typed) show(texts.filter((t) => t !== typed), false);
    } catch (e) {
      close();
    }
  };
  const move = (by) => {
    const all = list.children;
    if (at >= 0) all[at].setAttribute("aria-selected", "false");
    at = at + by < -1 ? all.length - 1 : at + by >= all.length ? -1 : at + by;
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    all[at].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };
  input.addEventListener("input", update);
  input.addEventListener("focus", () => input.value || update());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (e) => {
    if (e.isComposing || list.hidden) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") move(e.key === "ArrowDown" ? 1 : -1);
    else if (e.key === "Escape") close();
    else if (e.key === "Enter" && at >= 0) take(list.children[at]);
    else return;
    e.preventDefault();
    e.stopImmediatePropagation();
  });
  return { close: () => (asked++, close()) };
}

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
  let state = read(location.search), turn = 0, labels = null, watch = null, shown = 0, spent = 0, waiting = null;
  // Titles that are listed, without the country and what stands in brackets.
  const known = new Map(), bare = (t) => t.replace(/[(\uff08].*?[)\uff09]|^\u4e2d\u534e\u4eba\u6c11\u5171\u548c\u56fd/g, "").replace(/\s/g, "");
  const box = suggestions(input, words, () => go({ q: input.value, page: 1 }, true));

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
      recent.add(state.q);
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
    return { limit: PAGE, offset: (state.page - 1) * PAGE, filters, title: state.title, sort: state.sort || "relevance" };
  };
  const label = (kind, code) => {
    const pair = labels && labels[kind].find((p) => p[0] === code);
    return pair ? pair[1] : code;
  };
  // Its state where it is another than in force.
  const told = (h) => (h.validity && h.validity !== "in-force" ? label("validity", h.validity) : "");
  const card = (h) => {
    const meta = [label("types", h.type)].concat(h.department, h.docNo, h.date).filter((t) => t).join(" ·\u00a0");
    const link = el("a", { class: "card__title", href: h.url }, h.title);
    link.addEventListener("click", () => {
      recent.add(state.q);
      // The page marks what was found.
      if (link.dataset.mark) sessionStorage.setItem(MARK, JSON.stringify([link.pathname, link.dataset.mark]));
    });
    const mark = told(h) && el("span", { class: "tag tag--" + h.validity }, told(h));
    return el("li", { class: "card", "data-weight": String(h.weight) }, link, el("span", { class: "card__meta" }, meta, mark && " ", mark), h.by ? el("p", { class: "card__by" }, words.by, el("a", { href: h.by[1] }, h.by[0])) : "", el("p", { class: "card__lead" }, h.lead));
  };
  const looked = () => {
    (waiting || []).forEach((f) => f());
    waiting = null;
  };
  ["scroll", "pointermove", "touchstart"].forEach((k) => addEventListener(k, looked, { passive: true }));
  // The words of the query in their place: read from the result's own page, when it is looked at.
  const excerpts = (s, query, me, from) => {
    if (watch && !from) watch.disconnect();
    const saving = navigator.connection && navigator.connection.saveData;
    if (!window.IntersectionObserver || saving || !query.trim()) return;
    const read = async (card) => {
    try {
      const link = card.querySelector("a"), { pieces, anchor, text } = await s.excerpt(link.pathname + link.hash, query);
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
    // At once only so much is read as a small page weighs; the others when one begins to look through them.
    if (!watch || !from) {
      spent = 0;
      waiting = [];
      watch = new IntersectionObserver((entries) => {
        entries.filter((e) => e.isIntersecting).forEach(({ target }) => {
          watch.unobserve(target);
          const weight = Number(target.dataset.weight);
          if (waiting && spent + weight > HEAVY) waiting.push(() => read(target));
          else {
            spent += weight;
            read(target);
          }
        });
      });
    }
    list.querySelectorAll(".card").forEach((c, i) => i < from || watch.observe(c));
  };
  const group = (name, title, counts, kind, chosen, toggle) => {
    let codes = Object.keys(counts);
    chosen.forEach((c) => codes.includes(c) || codes.push(c));
    if (codes.length < 2 && !chosen.length) return;
    codes.sort((a, b) => (name === "year" ? b - a : (counts[b] || 0) - (counts[a] || 0) || (a < b ? -1 : 1)));
    const line = (c) => {
      const check = el("input", { type: "checkbox", name: "facet-" + name, value: c, checked: chosen.includes(c) });
      check.addEventListener("change", () => toggle(c, check.checked));
      return el("label", { class: "facet__line" }, check, el("span", {}, kind ? label(kind, c) : c), el("span", { class: "facet__n" }, String(counts[c] || 0)));
    };
    const first = codes.filter((c, i) => i < MANY || chosen.includes(c)), rest = codes.filter((c) => !first.includes(c));
    facets.append(el("fieldset", { class: "facet" }, el("legend", {}, title), ...first.map(line), rest.length ? el("details", {}, el("summary", {}, say("all", { n: codes.length })), ...rest.map(line)) : ""));
  };
  const showFacets = (f) => {
    const focused = document.activeElement && facets.contains(document.activeElement) ? document.activeElement : null;
    facets.textContent = "";
    const kinds = { type: "types", department: "departments", theme: "themes", validity: "validity" };
    LISTS.forEach((k) => group(k, words[k], f[k], kinds[k], state[k], (c, on) => go({ [k]: on ? state[k].concat(c) : state[k].filter((x) => x !== c), page: 1 }, true)));
    side.toggleAttribute("data-empty", !facets.children.length);
    // The box that was just ticked keeps the focus.
    if (focused) [].some.call(facets.querySelectorAll("input"), (i) => i.name === focused.name && i.value === focused.value && (i.focus(), true));
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
  const paint = (r, o, query) => {
    document.documentElement.classList.toggle("asked", r.total > 0);
    found.textContent = !r.total ? words.none : r.loose ? say("parts", { n: r.total }) : r.approximate ? say("most", { n: r.total }) : say("some", { n: r.strict }) + (r.total > r.strict ? say("more", { n: r.total - r.strict }) : "");
    if (r.also.length) note.append(el("span", {}, say("also", { terms: r.also.join(words.comma) })), r.didYouMean ? " " : "");
    if (r.didYouMean) {
      const link = el("a", { href: write(Object.assign({}, state, { q: r.didYouMean, page: 1 })) }, r.didYouMean);
      link.addEventListener("click", (e) => {
        e.preventDefault();
        input.value = r.didYouMean;
        go({ q: r.didYouMean, page: 1 }, true);
      });
      note.append(words.meant, link);
    }
    if (!note.textContent && Array.from(query).length > 200) note.append(words.long);
    note.hidden = !note.textContent;
    // Results that stand there already stay.
    if (!list.children.length) known.clear(), (shown = 0);
    const old = shown;
    shown = r.hits.length;
    r.hits.slice(old).forEach((h, i, rest) => {
      if (!r.loose && r.total > r.strict && o.offset + r.hits.length - rest.length + i === Math.max(r.strict, o.offset)) list.append(el("li", { class: "results__parts" }, words.partly));
      const key = bare(h.title), same = known.get(key), past = (x) => /^(repealed|expired|amended)$/.test(x.validity);
      h.card = card(h);
      if (!same) known.set(key, h);
      // An edition of a text that is listed goes under it; the current one stands on top.
      if (same && same.date !== h.date && !h.url.includes("#")) {
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
    const me = ++turn, o = options(), query = [state.q, state.no].filter((t) => t).join(" ");
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
      // First what has all of the query; then the counts, and, where that is next to nothing, what has parts of it.
      const r = await s.search(query, Object.assign({ facets: false }, o));
      if (me !== turn) return;
      clearTimeout(slow);
      note.textContent = list.textContent = "";
      paint(r, o, query);
      excerpts(s, [query].concat(r.also).join(" "), me, 0);
      // Results that stand there are not taken away where the counts cannot be had.
      const full = await s.search(query, Object.assign({}, o, { loose: r.strict < ENOUGH })).catch(() => null);
      if (me !== turn || !full) return;
      showFacets(full.facets);
      if (full.total > r.total) {
        const before = list.querySelectorAll(".card").length;
        paint(full, o, query);
        excerpts(s, [query].concat(full.also).join(" "), me, before);
      }
    } catch (e) {
      if (me === turn) problem(e);
    } finally {
      clearTimeout(slow);
    }
  };
  const pages = (total) => {
    pager.textContent = "";
    const last = Math.ceil(total / PAGE), link = (n, text) => {
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
    box.close();
    const f = form.elements, one = (k) => [f[k].value].filter((v) => v);
    go({ q: input.value, no: f.no.value.trim(), from: f.from.value, to: f.to.value, title: f.title.checked, type: one("type"), department: one("department"), validity: one("validity"), page: 1 }, true);
  });
  $("sort").addEventListener("change", (e) => go({ sort: e.target.value, page: 1 }, true));
  input.addEventListener("keydown", (e) => {
    const first = list.querySelector("a");
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
  if (matchMedia("(min-width: 48rem)").matches) side.open = true;
  fill();
  if (!state.q && !location.search) input.focus({ preventScroll: true });
  run();
}

// Any other search box of the site: suggestions, and Enter leads to the search page.
export function attach(input) {
  if (input.getAttribute("role") === "combobox" || input.form.dataset.words) return;
  suggestions(input, { suggestions: input.form.dataset.suggestions || "", clear: input.form.dataset.clear || "×" }, () => input.form.submit());
  input.form.addEventListener("submit", () => recent.add(input.value));
}

const form = document.querySelector("form[data-words]");
if (form) results(form);
