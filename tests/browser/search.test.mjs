// The search of the browser: shared vectors, the search page by hand and by key, what happens when files fail.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { readFileSync, existsSync } from "node:fs";
import { deflateRawSync, gzipSync } from "node:zlib";
import { join } from "node:path";
import { site, browser, watched, root } from "./support.mjs";
import { weigh } from "../../benches/search/page.mjs";

let s, b;
before(async () => { s = await site(root); b = await browser(); });
after(async () => { await b.close(); s.close(); });

const vectors = JSON.parse(readFileSync(join(root, "tests/vectors/search.json"), "utf8"));
const assets = join(root, "themes/civic/assets/search");
const engine = await import(join(assets, "engine.js"));
const { stem } = await import(join(assets, "stem-en.js"));
const words = await import(join(assets, "words.js"));
const digits = await import(join(assets, "numbers.js"));
const { inflate } = await import(join(assets, "inflate.js"));
const fold = new Map(readFileSync(join(root, "src/load/simplified.tsv"), "utf8").split("\n").filter((l) => l && !l.startsWith("#")).flatMap((l) => { const [to, from] = l.split("\t"); return Array.from(from, (f) => [f, to]); }));
const disk = (dir) => async (url) => {
  const path = decodeURIComponent(new URL(url).pathname).replace(/\/$/, "/index.html"), file = join(dir, path);
  if (!existsSync(file)) return { ok: false };
  const bytes = readFileSync(file);
  return { ok: true, arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) };
};

test("tokens, folding, numbers, hashes: the vectors of Rust", () => {
  let from = 0;
  for (const [last, kind] of vectors.classes) {
    for (let u = from; u <= last; u++) if (u < 0xd800 || u > 0xdfff) assert.equal(engine.classOf(String.fromCodePoint(u)), kind, u.toString(16));
    from = last + 1;
  }
  for (const v of vectors.texts) {
    const normal = engine.normalise(v.text, fold), runs = [], numbers = [];
    assert.equal(normal, v.normal);
    engine.runs(normal, (r) => runs.push(r));
    assert.deepEqual(runs, v.runs, v.text);
    digits.numbers(Array.from(normal), (n) => numbers.push([n.issuer, n.serial]));
    assert.deepEqual(numbers, v.numbers, v.text);
    assert.deepEqual([1, 2, 3].map((k) => engine.hash(k, normal)), v.hash, v.text);
  }
  // Half a surrogate ends a run and breaks nothing.
  assert.equal(engine.classOf("\ud800"), 0);
  assert.deepEqual(engine.parse("税\ud800收", (w) => w, fold).plain.strict.length, 2);
});

test("queries: the vectors of Rust", () => {
  for (const v of vectors.queries) {
    const { numbered, plain } = engine.parse(v.query, stem, fold, null, words, digits);
    assert.deepEqual(plain, v.plain, v.query);
    assert.deepEqual(numbered, v.numbered, v.query);
  }
});

test("stems: the vectors of Rust", () => {
  assert.ok(vectors.stems.length > 2000);
  assert.deepEqual(vectors.stems.filter(([w, s]) => stem(w) !== s).map(([w, s]) => [w, s, stem(w)]), []);
});

test("ranking: the vectors of Rust", async () => {
  for (const v of vectors.ranking) {
    const e = await engine.create(`http://x/search/${v.language}/`, disk(s.dir)), type = /^type=(.*)/.exec(v.more);
    const found = await e.search(v.query, { limit: 8, loose: v.more === "loose", sort: v.more === "newest" ? "newest" : "relevance", title: v.more === "title", filters: type ? { type: [type[1]] } : {} });
    for (const k of Object.keys(found.facets)) for (const n of Object.keys(v.found.facets[k])) assert.equal(found.facets[k][n], v.found.facets[k][n], `${v.query}: ${k} ${n}`);
    delete found.facets;
    // For the page alone.
    delete found.question;
    delete v.found.facets;
    // As JSON: what a hit has not is not there.
    assert.deepEqual(JSON.parse(JSON.stringify(found)), v.found, v.query);
  }
});

test("our inflate is that of zlib, and ends on broken bytes", () => {
  for (const text of ["", "a", "行政处罚".repeat(5000), readFileSync(join(root, "README.md"), "utf8"), Array.from({ length: 5000 }, (_, i) => String.fromCharCode(33 + ((i * 7919) % 90))).join("")]) {
    for (const level of [0, 1, 6, 9]) assert.equal(Buffer.from(inflate(deflateRawSync(Buffer.from(text), { level }))).toString(), text);
    const packed = deflateRawSync(Buffer.from(text + "some more text"));
    assert.throws(() => inflate(packed.subarray(0, packed.length - 2)));
  }
});

test("the client is at most 15 KB, compressed", () => {
  const sizes = ["client.js", "engine.js", "page.js"].map((f) => gzipSync(readFileSync(join(s.dir, "search", f)), { level: 9 }).length);
  assert.ok(sizes.reduce((a, c) => a + c) <= 15_000, String(sizes));
});

// What is loaded when it is needed has a budget of its own.
test("the parts loaded on demand are at most 13 KB, compressed", () => {
  const sizes = ["ask.js", "box.js", "words.js", "elsewhere.js", "excerpt.js", "facets.js", "mark.js", "numbers.js", "suggest.js"].map((f) => gzipSync(readFileSync(join(s.dir, "search", f)), { level: 9 }).length);
  assert.ok(sizes.reduce((a, c) => a + c) <= 13_000, String(sizes));
});

test("a word costs at most 45 KB on a phone: page, style, scripts, index, excerpts", async () => {
  for (const [q, n, parts] of await weigh(b, s.dir, ["行政处罚", "老年人", "养老服务", "数据安全", "采纳意见"])) {
    assert.ok(n <= 45_000, `${q}: ${n} ${JSON.stringify(parts)}`);
    assert.ok(parts.style <= 6_500 && parts.scripts <= 20_000 && parts.index > 5_000, JSON.stringify(parts));
  }
});

test("counts of facets come when they are opened on a phone, and at once where there is room", async () => {
  const { page, wrong, context } = await open("/search/?q=" + encodeURIComponent("养老服务"), { viewport: { width: 390, height: 844 } });
  await found(page, "找到");
  await page.waitForTimeout(300);
  assert.equal(await page.locator("#facets input").count(), 0);
  await page.click("#side > summary");
  await page.waitForSelector("#facets input[name=facet-type]");
  assert.deepEqual(wrong, []);
  await context.close();
});

const open = async (url, options) => {
  const w = await watched(b, options);
  await w.page.goto(s.base + url);
  return w;
};
const hits = (page) => page.locator("#results .card__title");
const found = (page, text) => page.waitForFunction((t) => document.getElementById("found").textContent.includes(t), text);

test("a result leads to the article where its excerpt stands, and the words are marked there", async () => {
  const { page, wrong, context } = await open("/search/?q=" + encodeURIComponent("老人权益保障法第3条"));
  await found(page, "找到");
  assert.match(await hits(page).first().getAttribute("href"), /#art-3$/);
  // The excerpt is the article's own text, not 第二十三条.
  await page.waitForFunction(() => /^第三条/.test(document.querySelector("#results .card__lead").textContent));
  assert.match(await page.textContent("#note"), /同时搜索了：老年人 ?权益保障法/);
  await page.goto(s.base + "/search/?q=" + encodeURIComponent("赡养人应当履行"));
  await found(page, "找到");
  const link = page.locator('#results .card__title[href*="#art-"]').first();
  await link.waitFor();
  assert.match(await link.getAttribute("href"), /#art-\d+(-\d+)?$/);
  const marks = await page.locator("#results .card").first().locator("mark").allTextContents();
  assert.ok(marks.length > 0 && marks.every((m) => m.length > 1), String(marks));
  const anchor = (await link.getAttribute("href")).split("#")[1];
  await link.click();
  await page.waitForSelector("main .text mark");
  assert.match(await page.locator("main mark").first().textContent(), /赡养人/);
  assert.ok(await page.evaluate((id) => document.getElementById(id).compareDocumentPosition(document.querySelector("main mark")) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY), anchor), "behind the article");
  assert.deepEqual(wrong, []);
  await context.close();
});

test("one types, filters, sorts, goes back and forward; the address has it all", async () => {
  const { page, wrong, context } = await open("/search/");
  await page.fill("#q", "老年人");
  await found(page, "找到");
  assert.match(await hits(page).first().textContent(), /老年人/);
  assert.match(page.url(), /q=%E8%80%81/);
  const all = Number(/(\d+)/.exec(await page.textContent("#found"))[1]);
  await page.waitForSelector("#facets input");
  const box = page.locator("#facets input[name=facet-type][value=policy]"), n = Number(await box.locator("xpath=..").locator(".facet__n").textContent());
  assert.ok(n > 0 && n < all);
  await box.check();
  await page.waitForFunction((k) => document.getElementById("found").textContent.includes(` ${k} `), n);
  assert.equal(await page.evaluate(() => document.activeElement.value), "policy", "the box keeps the focus");
  assert.match(page.url(), /type=policy/);
  await page.selectOption("#sort", "newest");
  await page.waitForFunction(() => location.search.includes("sort=newest"));
  await page.waitForTimeout(300);
  const dates = (await page.locator("#results .card__meta").allTextContents()).map((t) => (/(\d{4})年(\d+)月(\d+)日/.exec(t) || []).slice(1).map((n) => n.padStart(2, "0")).join("-")).filter((d) => d);
  assert.ok(dates.length > 3, String(dates));
  assert.deepEqual(dates, dates.slice().sort().reverse());
  await page.goBack();
  await page.goBack();
  await page.waitForFunction((k) => document.getElementById("found").textContent.includes(` ${k} `), all);
  await page.goForward();
  await page.waitForFunction((k) => document.getElementById("found").textContent.includes(` ${k} `), n);
  await page.reload();
  await page.waitForFunction((k) => document.getElementById("found").textContent.includes(` ${k} `), n);
  assert.equal(await page.inputValue("#q"), "老年人");
  // The excerpt shows the words in their place.
  await page.waitForSelector("#results mark");
  assert.deepEqual(wrong, []);
  await context.close();
});

test("by keyboard alone: slash, pinyin, arrows, Enter, Escape", async () => {
  const { page, wrong, context } = await open("/", { viewport: { width: 1280, height: 800 } });
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.name), "q");
  await page.keyboard.type("lnr");
  await page.waitForSelector(".suggest:not([hidden]) li");
  const box = page.locator("input[name=q]:focus");
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const active = await box.getAttribute("aria-activedescendant"), text = await page.locator(`#${active}`).textContent();
  assert.match(text, /老年人/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\/\?q=/);
  await found(page, "找到");
  assert.equal(await page.inputValue("#q"), text);
  await page.keyboard.press("/");
  await page.keyboard.press("End");
  await page.keyboard.type("权");
  await page.waitForSelector(".suggest:not([hidden]) li");
  await page.keyboard.press("Escape");
  assert.ok(await page.locator(".suggest").isHidden());
  await page.waitForTimeout(300);
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.className), "card__title");
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((u) => !u.pathname.startsWith("/search/"));
  await page.goBack();
  // What was searched stays on the device, is offered, and can be cleared.
  await page.waitForSelector("#results .card__title");
  await page.fill("#q", "");
  await page.waitForSelector(".suggest__old");
  await page.locator(".suggest__clear").click();
  assert.equal(await page.evaluate(() => localStorage.getItem("clerestory-recent")), null);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("axe finds nothing with suggestions, results, facets and the advanced form open", async () => {
  for (const o of [{ viewport: { width: 1280, height: 900 } }, { viewport: { width: 360, height: 740 }, colorScheme: "dark" }]) {
    const { page, wrong, context } = await open("/search/?q=" + encodeURIComponent("行政处罚"), o);
    await page.waitForSelector("#results .card");
    await page.click("#advanced summary");
    if (await page.locator("#side > summary").isVisible()) await page.click("#side > summary");
    await page.waitForSelector("#facets input", { state: "attached" });
    await page.focus("#q");
    await page.keyboard.press("End");
    await page.keyboard.press("Backspace");
    await page.waitForSelector(".suggest:not([hidden]) li");
    await page.keyboard.press("ArrowDown");
    await page.waitForTimeout(400);
    await page.evaluate(readFileSync(join(root, "tests/browser/node_modules/axe-core/axe.min.js"), "utf8"));
    const bad = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then((r) => r.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(", ")}`)));
    assert.deepEqual(bad, []);
    assert.deepEqual(wrong, []);
    await context.close();
  }
});

test("did you mean, quoted words, advanced form, Traditional input, English", async () => {
  const { page, wrong, context } = await open("/search/?q=" + encodeURIComponent("老年人权宜保障法"));
  await page.waitForSelector("#note a");
  assert.equal(await page.textContent("#note a"), "老年人权益保障法");
  await page.click("#note a");
  await found(page, "找到");
  await page.goto(s.base + "/search/?q=" + encodeURIComponent("“行政处罚”"));
  await found(page, "条");
  assert.ok(await hits(page).count() > 0);
  await page.goto(s.base + "/search/?q=" + encodeURIComponent("老年人權益保障"));
  await found(page, "找到");
  assert.match(await hits(page).first().textContent(), /老年人权益保障法/);
  await page.click("#advanced summary");
  await page.fill("#s-from", "2018-01-01");
  await page.fill("#s-to", "2018-12-31");
  await page.check("#s-title");
  await page.click("form.search .button");
  await page.waitForFunction(() => /from=2018-01-01/.test(location.search) && /title=1/.test(location.search));
  await page.waitForTimeout(300);
  for (const t of await page.locator("#results .card__meta").allTextContents()) assert.match(t, /2018年/);
  await page.goto(s.base + "/zh-hant/search/?q=" + encodeURIComponent("老年人权益"));
  await found(page, "找到");
  assert.match(await hits(page).first().textContent(), /老年人權益/);
  assert.match(new URL(await hits(page).first().getAttribute("href"), s.base).pathname, /^\/zh-hant\//);
  await page.goto(s.base + "/en/search/?q=populations");
  await found(page, "found");
  assert.match(await hits(page).first().textContent(), /population/i);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("the examples of the home page find something in each language", async () => {
  const { page, wrong, context } = await open("/");
  for (const home of ["/", "/en/", "/zh-hant/"]) {
    await page.goto(s.base + home);
    const links = await page.locator(".search__examples a").evaluateAll((all) => all.map((a) => a.href));
    assert.equal(links.length, 3, home);
    for (const link of links) {
      await page.goto(link);
      await found(page, home === "/en/" ? "found" : "找到");
      assert.ok(await hits(page).count() > 0 && !/没有|沒有|Nothing|nothing/.test(await page.textContent("#found")), link);
    }
  }
  assert.deepEqual(wrong, []);
  await context.close();
});

test("strange queries: long, signs, emoji, directions, markup", async () => {
  const { page, wrong, context } = await open("/search/");
  for (const q of ["税收".repeat(5000), "，。！", "😀👩‍👩‍👧", "\u202eabc", "\ud800", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "\"\"\"", "-", "%00%ff"]) {
    await page.goto(s.base + "/search/?q=" + (q === "\ud800" ? "%ED%A0%80" : encodeURIComponent(q)).slice(0, 9000));
    await page.waitForTimeout(150);
    assert.equal(await page.locator("#results img, #results script, .suggest img").count(), 0);
  }
  await page.fill("#q", "x".repeat(300));
  await found(page, "没有找到");
  assert.deepEqual(wrong, []);
  await context.close();
});

test("without script the page says so and leads on", async () => {
  const { page, wrong, context } = await open("/search/?q=%E8%80%81", { javaScriptEnabled: false });
  assert.match(await page.textContent("noscript"), /没有运行脚本/);
  assert.ok(await page.locator(".browse a").count() >= 3);
  assert.ok(await page.locator(".browse").isVisible());
  assert.deepEqual(wrong, []);
  await context.close();
});

test("without DecompressionStream, without workers, and without both", async () => {
  for (const cut of ["delete self.DecompressionStream", "delete self.Worker", "delete self.DecompressionStream; delete self.Worker", "self.Worker = class { constructor() { throw new Error('no'); } }"]) {
    const w = await watched(b);
    // A worker has a world of its own: there, the missing name is put in front of its script.
    await w.page.route("**/search/engine.js", async (route) => {
      const r = await route.fetch();
      await route.fulfill({ response: r, body: `${/Decomp/.test(cut) ? "delete self.DecompressionStream;" : ""}${await r.text()}` });
    });
    await w.page.addInitScript(cut);
    await w.page.goto(s.base + "/search/?q=" + encodeURIComponent("老年人"));
    await found(w.page, "找到");
    assert.match(await hits(w.page).first().textContent(), /老年人/, cut);
    assert.deepEqual(w.wrong, [], cut);
    await w.context.close();
  }
});

test("offline, a missing file, a broken file, a file of another build: clear words, and other queries go on", async () => {
  const w = await watched(b), { page } = w;
  await page.goto(s.base + "/search/?q=" + encodeURIComponent("老年人"));
  await found(page, "找到");
  let how = "abort";
  await page.route("**/search/*/b/*.bin", async (route) => {
    if (how === "abort") return route.abort();
    if (how === "missing") return route.fulfill({ status: 404, body: "" });
    return route.fulfill({ status: 200, body: Buffer.from([1, 0x5a, 0x5a, 3]) });
  });
  // Workers ask for themselves; the engine on the page asks through the page.
  await page.addInitScript("delete self.Worker");
  for (const [way, q, words] of [["abort", "慈善", /没有成功/], ["missing", "人口", /读不出来/], ["broken", "海关", /刚刚更新/]]) {
    how = way;
    await page.goto(s.base + "/search/?q=" + encodeURIComponent(q));
    await page.waitForSelector("#note button");
    assert.match(await page.textContent("#found"), words, way);
    assert.ok(await page.locator(".browse").isVisible(), "ways to browse");
  }
  await page.unroute("**/search/*/b/*.bin");
  await page.fill("#q", "养老");
  await found(page, "找到");
  await w.context.setOffline(true);
  await page.fill("#q", "裁量基准");
  await found(page, "没有网络");
  await page.fill("#q", "养老");
  await found(page, "找到");
  await w.context.setOffline(false);
  await w.context.close();
});

test("a page of others uses the client as it is described", async () => {
  const { page, wrong, context } = await open("/about/");
  const r = await page.evaluate(async () => {
    const { open, version } = await import("/search/client.js");
    const c = await open({ language: "zh-Hans" });
    const out = await c.search("行政处罚", { limit: 3, filters: { type: ["policy"], year: [2000, 2023] }, sort: "newest" });
    return { version, out, suggestions: await c.suggest("xzcf"), labels: await c.labels() };
  });
  assert.equal(r.version, 1);
  assert.ok(r.out.total >= r.out.hits.length && r.out.hits.length > 0);
  for (const h of r.out.hits) {
    for (const k of ["url", "title", "type", "department", "date", "docNo", "lead", "score"]) assert.ok(k in h, k);
    assert.equal(h.type, "policy");
    assert.ok(h.date.slice(0, 4) >= "2000" && h.date.slice(0, 4) <= "2023");
  }
  assert.deepEqual(Object.keys(r.out.facets).sort(), ["department", "theme", "type", "validity", "year"]);
  assert.ok(r.suggestions.every((t) => typeof t === "string"));
  assert.deepEqual(wrong, []);
  await context.close();
});

test("a question: results show why they were found without scrolling; numbers and days are not torn", async () => {
  const { page, wrong, context } = await open("/search/?q=" + encodeURIComponent("高龄补贴怎么领"), { viewport: { width: 390, height: 844 } });
  await page.waitForFunction(() => document.querySelectorAll("#results .card").length > 3);
  // Those on the first screen: none is left with the beginning of its text.
  await page.waitForFunction(() => Array.from(document.querySelectorAll("#results .card")).filter((c) => c.getBoundingClientRect().bottom < innerHeight).every((c) => c.querySelector("mark")), null, { timeout: 8000 });
  assert.ok(!(await page.locator("#results .card__meta").allTextContents()).some((t) => t.includes(" ·")), "no line begins with a dot");
  assert.ok((await page.locator("#results .card__meta .k").count()) > 0);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("in English: a name of the home page leads to the Chinese page, marked; nothing found leads to the other languages", async () => {
  const { page, wrong, context } = await open("/en/search/?q=elderly");
  const link = page.locator('#results .card__title[href="/topics/elderly-care/"]');
  await link.waitFor();
  assert.deepEqual([await link.getAttribute("hreflang"), await link.getAttribute("lang"), await page.locator("#results .card .tag").first().textContent()], ["zh-Hans", "zh-Hans", "简体中文"]);
  await page.goto(s.base + "/en/search/?q=duty-free");
  await page.locator('#note a[hreflang="zh-Hans"]').waitFor();
  assert.equal(await page.locator('#note a[hreflang="zh-Hans"]').getAttribute("href"), "/search/?q=duty-free");
  assert.deepEqual(wrong, []);
  await context.close();
});
