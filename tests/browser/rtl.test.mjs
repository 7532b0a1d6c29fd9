// A language that runs from right to left: nothing overflows sideways, and the layout is the mirror of the other.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { site, browser, watched, root } from "./support.mjs";

let s, b;
before(async () => { s = await site(join(root, "tests/rtl")); b = await browser(); });
after(async () => { await b.close(); s.close(); });

const pages = ["/", "/news/", "/news/a/", "/datasets/", "/datasets/rain/", "/datasets/rain/rain/", "/departments/", "/departments/water/", "/search/", "/sitemap/", "/changes/", "/elder/", "/404.html", "/embed/rain/rain/"];

for (const width of [360, 1440]) {
  test(`at ${width} px nothing overflows sideways`, async () => {
    for (const path of pages) {
      const { page, wrong, context } = await watched(b, { viewport: { width, height: 800 } });
      await page.goto(s.base + path);
      const size = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth, dir: getComputedStyle(document.documentElement).direction }));
      assert.ok(size.scroll <= size.client, `${path}: ${JSON.stringify(size)}`);
      assert.equal(size.dir, "rtl", path);
      // To the left, where such a page would overflow.
      const left = await page.evaluate(() => { window.scrollTo(-9999, 0); return window.scrollX; });
      assert.equal(Math.abs(left), 0, path);
      assert.deepEqual(wrong, [], path);
      await context.close();
    }
  });

  test(`at ${width} px the layout is mirrored`, async () => {
    const where = async (path, selectors) => {
      const { page, context } = await watched(b, { viewport: { width, height: 800 } });
      await page.goto(s.base + path);
      const boxes = await page.evaluate((list) => list.map((q) => { const e = document.querySelector(q), r = e.getBoundingClientRect(); return [r.left, innerWidth - r.right]; }), selectors);
      await context.close();
      return boxes;
    };
    const selectors = [".top__name", ".langs li", ".hero__title"];
    const ar = await where("/", selectors), en = await where("/en/", selectors);
    // What stands at the left edge in English stands at the right edge here.
    selectors.forEach((q, i) => assert.ok(q === ".langs li" || Math.abs(ar[i][1] - en[i][0]) <= 2, `${q}: ${ar[i]} and ${en[i]}`));
    const { page, context } = await watched(b, { viewport: { width, height: 800 } });
    await page.goto(`${s.base}/news/a/`);
    const seen = await page.evaluate(() => {
      const box = (q, n) => document.querySelectorAll(q)[n || 0].getBoundingClientRect();
      const quote = getComputedStyle(document.querySelector("blockquote"));
      return { first: box(".crumbs li").right, second: box(".crumbs li", 1).right, cell: box("td").right, next: box("td", 1).right, border: [quote.borderRightWidth, quote.borderLeftWidth], list: getComputedStyle(document.querySelector("main ul:not([class])")).paddingRight, code: getComputedStyle(document.querySelector("pre")).direction };
    });
    assert.ok(seen.first > seen.second, "crumbs begin at the right");
    assert.ok(seen.cell > seen.next, "columns run from the right");
    assert.deepEqual(seen.border, ["4px", "0px"]);
    assert.ok(parseFloat(seen.list) > 10, seen.list);
    assert.equal(seen.code, "ltr");
    await page.goto(`${s.base}/datasets/rain/`);
    for (const dir of await page.evaluate(() => Array.from(document.querySelectorAll("svg"), (e) => getComputedStyle(e).direction))) assert.equal(dir, "ltr");
    await context.close();
  });
}
