//! Boxes beside the results: how many there are of each kind, and those that are chosen.
import { el } from "./client.js";

const MANY = 8, KINDS = { type: "types", department: "departments", theme: "themes", validity: "validity" };

function group(facets, name, title, counts, label, say, chosen, toggle) {
  const codes = Object.keys(counts);
  chosen.forEach((c) => codes.includes(c) || codes.push(c));
  if (codes.length < 2 && !chosen.length) return;
  codes.sort((a, b) => (name === "year" ? b - a : (counts[b] || 0) - (counts[a] || 0) || (a < b ? -1 : 1)));
  const line = (c) => {
    const check = el("input", { type: "checkbox", name: "facet-" + name, value: c, checked: chosen.includes(c) });
    check.addEventListener("change", () => toggle(c, check.checked));
    return el("label", { class: "facet__line" }, check, el("span", {}, KINDS[name] ? label(KINDS[name], c) : c), el("span", { class: "facet__n" }, String(counts[c] || 0)));
  };
  const first = codes.filter((c, i) => i < MANY || chosen.includes(c)), rest = codes.filter((c) => !first.includes(c));
  facets.append(el("fieldset", { class: "facet" }, el("legend", {}, title), ...first.map(line), rest.length ? el("details", {}, el("summary", {}, say("all", { n: codes.length })), ...rest.map(line)) : ""));
}

/// Shows the counts `f` of `lists`; `go` takes what is chosen.
export function show(facets, lists, f, state, words, label, say, go) {
  const focused = document.activeElement && facets.contains(document.activeElement) ? document.activeElement : null;
  facets.textContent = "";
  lists.forEach((k) => group(facets, k, words[k], f[k], label, say, state[k], (c, on) => go({ [k]: on ? state[k].concat(c) : state[k].filter((x) => x !== c) })));
  // The box that was just ticked keeps the focus.
  if (focused) [].some.call(facets.querySelectorAll("input"), (i) => i.name === focused.name && i.value === focused.value && (i.focus(), true));
}
