// The service worker of a site with `offline: true`. The network is asked first, always; what was kept answers only where there is no answer,
// and a page that was kept says when. Nothing is kept that was not read, but for what every page needs.
"use strict";
const SITE = /*SITE*/{};
// One store for the files that every page needs, of this build; one for what was read, looked at anew with each build.
const NAME = "clerestory " + SITE.base + " ", NEEDED = NAME + SITE.build, READ = NAME + "read";
const PAGES = 100, FILES = 300, DAYS = 30, SAVED = "x-clerestory-saved";

const plain = (url) => { const u = new URL(url); u.search = u.hash = ""; return u.href; };
const language = (path) => SITE.languages.find((l) => path.startsWith(l.prefix)) || SITE.languages[SITE.languages.length - 1];
const isPage = (answer) => /^text\/html/.test(answer.headers.get("content-type") || "");
const good = (answer) => answer.ok && answer.type === "basic" && !answer.redirected;

// An answer with the time at which it was had.
async function stamped(answer) {
  const headers = new Headers(answer.headers);
  headers.set(SAVED, new Date().toISOString());
  return new Response(await answer.blob(), { status: 200, headers });
}

async function keep(store, url, answer) {
  const cache = await caches.open(store);
  await cache.put(url, await stamped(answer));
}

// The oldest go where there are too many, or they are too old.
async function tidy() {
  const cache = await caches.open(READ), all = [];
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    if (answer) all.push([answer.headers.get(SAVED) || "", isPage(answer), request]);
  }
  all.sort((a, b) => (a[0] < b[0] ? 1 : -1));
  const oldest = new Date(Date.now() - DAYS * 864e5).toISOString();
  let pages = 0, files = 0;
  for (const [when, page, request] of all) {
    if (when < oldest || (page ? ++pages > PAGES : ++files > FILES)) await cache.delete(request);
  }
}

// What was read is asked for again: what is gone from the site goes from here, what changed is changed.
async function renew() {
  const cache = await caches.open(READ);
  for (const request of await cache.keys()) {
    let answer;
    try {
      answer = await fetch(request.url, { cache: "no-cache" });
    } catch (e) {
      return;
    }
    if (good(answer)) await cache.put(request.url, await stamped(answer));
    else if (answer.status < 500) await cache.delete(request);
  }
  await tidy();
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(Promise.all(SITE.needed.map(async (url) => {
    const answer = await fetch(url, { cache: "no-cache" });
    if (!answer.ok) throw new Error(url);
    await keep(NEEDED, new URL(url, self.location).href, answer);
  })));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(NAME) && name !== NEEDED && name !== READ) await caches.delete(name);
    await self.clients.claim();
    await renew();
  })());
});

async function kept(url) {
  for (const store of [READ, NEEDED]) {
    const answer = await (await caches.open(store)).match(url);
    if (answer) return answer;
  }
  return null;
}

const safe = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const words = (html) => html.replace(/<script[\s\S]*?<\/script>/g, " ").replace(/<[^>]*>/g, " ").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, "\"").replace(/&amp;/g, "&").toLowerCase();

// The pages that were read, the newest first; of a query, those that hold all its words.
async function list(lang, query) {
  const cache = await caches.open(READ), found = [], asked = (query || "").toLowerCase().split(/\s+/).filter((w) => w);
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    if (!answer || !isPage(answer) || language(new URL(request.url).pathname) !== lang) continue;
    const html = await answer.text(), main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
    const text = words(main);
    // Titles stand in our own page as they must in HTML.
    if (asked.every((w) => text.includes(w))) found.push([answer.headers.get(SAVED) || "", (/<title>([^<]*)<\/title>/.exec(html) || ["", request.url])[1], new URL(request.url).pathname]);
  }
  found.sort((a, b) => (a[0] < b[0] ? 1 : -1));
  const items = found.map((f) => "<li><a href=\"" + safe(f[2]) + "\">" + f[1] + "</a></li>").join("");
  const title = query ? lang.found : lang.list;
  return "<section class=\"block\" id=\"kept\"><h2>" + safe(title) + "</h2>" + (items ? "<ul>" + items + "</ul>" : "<p>" + safe(lang.none) + "</p>") + "</section>";
}

// A page without the network: the one that was kept, with a line that says since when; else the one that says so.
async function without(url) {
  const address = new URL(url), lang = language(address.pathname), search = address.pathname === lang.search;
  let answer = await kept(plain(url)), status = 200;
  const own = answer;
  if (!answer) {
    answer = await kept(new URL(lang.offline, self.location).href);
    status = 503;
  }
  if (!answer) return Response.error();
  const html = await answer.text(), when = new Date(answer.headers.get(SAVED));
  const note = own && !search ? "<p class=\"kept\" role=\"status\">" + safe(lang.saved.replace("{date}", when.toLocaleString(lang.tag, { dateStyle: "long", timeStyle: "short" }))) + "</p>" : "";
  const query = search ? address.searchParams.get("q") : "", below = !own || query ? await list(lang, query) : "";
  const page = html.replace(/<main[^>]*>/, (m) => m + note).replace("</main>", () => below + "</main>");
  return new Response(page, { status, headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": answer.headers.get("content-security-policy") || SITE.policy } });
}

async function page(event) {
  const url = plain(event.request.url);
  let answer;
  try {
    answer = await fetch(event.request);
  } catch (e) {
    return without(event.request.url);
  }
  if (good(answer) && isPage(answer)) event.waitUntil(keep(READ, url, answer.clone()).then(tidy));
  else if (answer.status === 404 || answer.status === 410) event.waitUntil(caches.open(READ).then((c) => c.delete(url)));
  return answer;
}

async function file(event, wanted) {
  const url = plain(event.request.url), path = new URL(url).pathname;
  // A name with the hash of its content never means anything else.
  if (path.startsWith(SITE.assets)) {
    const answer = await kept(url);
    if (answer) return answer;
  }
  let answer;
  try {
    answer = await fetch(event.request);
  } catch (e) {
    return (await kept(url)) || Response.error();
  }
  if (wanted && good(answer) && answer.status === 200) event.waitUntil(keep(READ, url, answer.clone()));
  return answer;
}

self.addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !url.pathname.startsWith(SITE.base) || request.headers.has("range")) return;
  if (request.mode === "navigate") {
    event.respondWith(page(event));
    return;
  }
  const search = SITE.languages.some((l) => url.pathname.startsWith(l.index));
  event.respondWith(file(event, search || ["style", "script", "font", "image", "worker"].includes(request.destination)));
});

// The page that was open before this worker was.
self.addEventListener("message", (event) => {
  const url = event.data && typeof event.data.read === "string" ? plain(event.data.read) : "";
  if (!url || new URL(url).origin !== self.location.origin || !new URL(url).pathname.startsWith(SITE.base)) return;
  event.waitUntil((async () => {
    const answer = await fetch(url, { cache: "no-cache" }).catch(() => null);
    if (answer && good(answer) && isPage(answer)) await keep(READ, url, answer);
  })());
});
