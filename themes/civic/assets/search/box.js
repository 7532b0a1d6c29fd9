//! The suggestions of every search box, and what was searched for on this device. Loaded when somebody turns to a box.
import { el, open } from "./client.js";

const RECENT = "clerestory-recent", MANY = 8;

export const recent = {
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
export function suggestions(input, words, chosen, engine) {
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
  if (document.activeElement === input) update();
  return { close: () => (asked++, close()) };
}

// Any other search box of the site: suggestions, and Enter leads to the search page.
export function attach(input) {
  if (input.getAttribute("role") === "combobox" || input.form.dataset.words) return;
  let client = null;
  const engine = () => {
    if (!client) (client = open()).catch(() => (client = null));
    return client;
  };
  suggestions(input, { suggestions: input.form.dataset.suggestions || "", clear: input.form.dataset.clear || "×" }, () => input.form.submit(), engine);
  input.form.addEventListener("submit", () => recent.add(input.value));
}
