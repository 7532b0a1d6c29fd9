// One page of every type: accessibility, valid HTML, weight, script, layout.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { browser, root, site, types, watched } from "./support.mjs";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
let s, b;
before(async () => { s = await site(root); b = await browser(); });
after(async () => { await b?.close(); s?.close(); });

const views = {
  "light, 1440": { viewport: { width: 1440, height: 900 } },
  "dark, 1440": { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  "light, 320": { viewport: { width: 320, height: 640 } },
  "large print, 360": { viewport: { width: 360, height: 740 }, large: true },
};

const all = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
// In the dark only colours differ from the views above.
const colours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

for (const [view, { large, ...options }] of Object.entries(views)) {
  test(`axe finds nothing: ${view}`, async () => {
    const { context, page, wrong } = await watched(b, options);
    if (large) await page.addInitScript(() => localStorage.setItem("large", "1"));
    for (const [name, path] of Object.entries(types)) {
      await page.goto(s.base + path);
      await page.evaluate(axe);
      const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }), options.colorScheme === "dark" ? colours : all);
      const lines = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")}`);
      assert.deepEqual(lines, [], `${name}, ${view}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${name}, ${view}: ${wide} px to the side`);
    }
    assert.deepEqual(wrong, []);
    await context.close();
  });
}

test("the Nu HTML checker finds nothing", () => {
  const files = Object.values(types).map((p) => p.split("?")[0]).map((p) => join(s.dir, p.endsWith("/") ? `${decodeURIComponent(p)}index.html` : p));
  const jar = require.resolve("vnu-jar/build/dist/vnu.jar");
  try {
    execFileSync("java", ["-jar", jar, "--format", "gnu", ...files], { stdio: "pipe" });
  } catch (e) {
    assert.fail(String(e.stderr).replaceAll(s.dir, "").split("\n").slice(0, 20).join("\n"));
  }
});

test("weight: at most 60 KB a page, 40 KB the home page, compressed", () => {
  const file = (url) => gzipSync(readFileSync(join(s.dir, decodeURIComponent(url)))).length;
  let most = 0;
  for (const [name, path] of Object.entries(types)) {
    const plain = path.split("?")[0];
    const html = readFileSync(join(s.dir, plain.endsWith("/") ? `${plain}index.html` : plain));
    const parts = [...String(html).matchAll(/(?:rel="stylesheet" href|script src)="([^"]+)"/g)].map((m) => file(m[1]));
    const total = gzipSync(html).length + parts.reduce((a, n) => a + n, 0);
    most = Math.max(most, total);
    assert.ok(total <= 60_000 && (name !== "home" || total <= 40_000), `${name}: ${total} bytes`);
  }
  console.log(`heaviest page type: ${most} bytes of HTML, CSS and script, compressed`);
  // What the README says of it.
  for (const [file, words] of [["README.md", /heaviest page type of the sample weighs (\d+) KB/], ["README.zh-CN.md", /最重的页面压缩后 (\d+) KB/]])
    assert.equal(Number(readFileSync(join(root, file), "utf8").match(words)[1]), Math.ceil(most / 1000), file);
});

test("nearly all text is there without script", async () => {
  const off = await b.newContext({ javaScriptEnabled: false });
  const on = await b.newContext();
  const words = (p) => p.locator("body").innerText();
  const [a, z] = [await off.newPage(), await on.newPage()];
  for (const [name, path] of Object.entries(types)) {
    await a.goto(s.base + path);
    await z.goto(s.base + path);
    const [without, withs] = [(await words(a)).replace(/\s/g, "").length, (await words(z)).replace(/\s/g, "").length];
    if (name === "search") continue; // its results are what script finds
    assert.ok(without >= 0.95 * withs, `${name}: ${without} of ${withs}`);
  }
  await off.close();
  await on.close();
});

test("nothing moves while a page loads", async () => {
  const { context, page } = await watched(b, { viewport: { width: 360, height: 740 } });
  await page.addInitScript(() => {
    window.moved = 0;
    new PerformanceObserver((l) => l.getEntries().forEach((e) => { window.moved += e.value; })).observe({ type: "layout-shift", buffered: true });
  });
  for (const [name, path] of Object.entries(types)) {
    // A machine with other work may paint before the script has run; what moves by itself moves each time.
    let moved = 1;
    for (let n = 0; n < 3 && moved > 0; n += 1) {
      await page.goto(s.base + path, { waitUntil: "load" });
      await page.waitForTimeout(50);
      moved = await page.evaluate(() => window.moved);
    }
    assert.equal(moved, 0, name);
  }
  await context.close();
});
