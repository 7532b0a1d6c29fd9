//! Clerestory search, version 1. import { open } from "/search/client.js"; const s = await open(); await s.search("…");
// docs/en/search.md is its description.

export const version = 1;

// For the pages of search: an element with attributes and children; text becomes text, never markup.
export function el(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const k in attributes || {}) {
    if (k in e && typeof attributes[k] !== "string") e[k] = attributes[k];
    else e.setAttribute(k, attributes[k]);
  }
  e.append(...children.filter((c) => c !== null && c !== ""));
  return e;
}

// A worker that is an ES module, or null where there are none.
function worker(url) {
  const tt = self.trustedTypes;
  // The only script address that the policy lets through is our own engine.
  const policy = tt && tt.createPolicy("clerestory-search", { createScriptURL: (u) => (u === url ? u : "") });
  let asked = false;
  const w = new Worker(policy ? policy.createScriptURL(url) : url, {
    get type() {
      asked = true;
      return "module";
    },
  });
  if (asked) return w;
  w.terminate();
  return null;
}

// Talks with the engine, in a worker where there is one.
function talk(url) {
  let w = null;
  try {
    if (typeof Worker === "function") w = worker(url);
  } catch (e) {
    w = null;
  }
  if (!w) return null;
  const waiting = new Map();
  let n = 0;
  const fail = (code) => {
    waiting.forEach((p) => p[1](Object.assign(new Error(code), { code })));
    waiting.clear();
  };
  w.onmessage = (event) => {
    const [id, problem, value] = event.data, p = waiting.get(id);
    waiting.delete(id);
    if (!p) return;
    if (problem) p[1](Object.assign(new Error(problem.message), problem));
    else p[0](value);
  };
  w.onerror = () => fail("failed");
  return {
    call: (name, args) => new Promise((yes, no) => {
      waiting.set(++n, [yes, no]);
      w.postMessage([n, name, args]);
    }),
    close: () => w.terminate(),
  };
}

// options: { language: "en" (default: that of the page), index: address of an index, worker: false }
export async function open(options) {
  const o = options || {}, here = new URL("./", import.meta.url);
  const language = o.language || document.documentElement.getAttribute("data-search") || document.documentElement.lang;
  const folder = new URL(o.index || encodeURIComponent(language) + "/", here).href, engine = new URL("engine.js", here).href;
  let line = o.worker === false ? null : talk(engine);
  if (line) {
    try {
      await line.call("open", [folder]);
    } catch (e) {
      line.close();
      if (e.code !== "failed") throw e;
      line = null;
    }
  }
  const direct = line ? null : await (await import("./engine.js")).create(folder);
  const call = (name) => (...args) => (line ? line.call(name, args) : direct[name].apply(null, args));
  return { version, language, search: call("search"), suggest: call("suggest"), snippet: call("snippet"), excerpt: call("excerpt"), labels: call("labels"), close: () => line && line.close() };
}
