// The phone, and the day on which a page is read: what no tool checks.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { browser, root, site, types, watched } from "./support.mjs";

let s, b, own, dir;
const policy = (title, rest) => `---\ntitle: ${title}\npublished_at: 2024-06-01\n${rest}\n---\n${title}的正文写在这里。\n`;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), "clerestory-days-"));
  const files = {
    "site.yaml": "title: 测试\nbase_url: https://example.org/\nas_of: 2024-06-24\ndemo: true\nlanguages: [zh-Hans]\nprofile: generic\n",
    "content/policies/next.md": policy("新办法", "effective_from: 2024-07-01\nexpires_on: 2024-12-31\nrepeals: [old]"),
    "content/policies/old.md": policy("旧办法", "effective_from: 2024-06-01"),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  own = await site(dir);
  s = await site(root);
  b = await browser();
});
after(async () => {
  await b?.close();
  s?.close();
  own?.close();
  rmSync(dir, { recursive: true, force: true });
});

// The state of a page as it is seen on a day, and the sentences before its text.
async function on(day, path, script = true) {
  const { context, page, wrong } = await watched(b, { javaScriptEnabled: script });
  if (script) await page.clock.setFixedTime(new Date(`${day}T12:00:00`));
  await page.goto(own.base + path);
  const told = await page.locator(".glance .tag").innerText(), banners = await page.locator(".banner").filter({ visible: true }).allInnerTexts();
  assert.deepEqual(wrong, []);
  await context.close();
  return [told, banners.map((t) => t.split("\n")[0]).join("|")];
}

test("a policy says its state on the reader's day, when nobody built the site again", async () => {
  assert.deepEqual(await on("2024-06-30", "/policies/next/"), ["尚未生效", "本文件尚未生效，自2024年7月1日起施行。"]);
  assert.deepEqual(await on("2024-07-01", "/policies/next/"), ["现行有效", ""]);
  assert.deepEqual(await on("2024-12-31", "/policies/next/"), ["现行有效", ""]);
  assert.deepEqual(await on("2025-01-01", "/policies/next/"), ["失效", "本文件已于2024年12月31日失效。"]);
  assert.deepEqual(await on("2024-06-30", "/policies/old/"), ["现行有效", ""]);
  assert.deepEqual(await on("2024-07-01", "/policies/old/"), ["已废止", "本文件已废止。"]);
  // Without script it is the state on the day of the build, and the day is told.
  assert.deepEqual(await on("2025-01-01", "/policies/next/", false), ["尚未生效（截至2024年6月24日）", "本文件尚未生效，自2024年7月1日起施行。"]);
});

test("a list marks what is no longer in force on the reader's day", async () => {
  for (const [day, marks] of [["2024-06-30", ["尚未生效"]], ["2024-07-01", ["已废止"]], ["2025-01-01", ["失效", "已废止"]]]) {
    const { context, page } = await watched(b);
    await page.clock.setFixedTime(new Date(`${day}T12:00:00`));
    await page.goto(`${own.base}/policies/`);
    assert.deepEqual((await page.locator(".card .tag").filter({ visible: true }).allInnerTexts()).sort(), [...marks].sort(), day);
    await context.close();
  }
});

for (const script of [true, false]) test(`a phone sees the list first, ${script ? "with" : "without"} script`, async () => {
  const { context, page, wrong } = await watched(b, { viewport: { width: 360, height: 740 }, javaScriptEnabled: script });
  await page.goto(`${s.base}/policies/`);
  const card = page.locator(".library__list .card").first(), facets = page.locator(".facets");
  assert.ok((await card.boundingBox()).y < 740, "the first document is on the first screen");
  assert.equal(await facets.isVisible(), false);
  await page.locator(".facets__fold summary").click();
  assert.equal(await facets.isVisible(), true);
  await page.locator("details.facet:has-text('时效性') + .facet__values a").first().click();
  await page.waitForURL(/by-validity/, { waitUntil: "load" });
  assert.equal(await page.locator(".facets").isVisible(), false);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("a wide screen has what parts a list beside it, whole", async () => {
  const { context, page } = await watched(b, { viewport: { width: 1280, height: 900 } });
  await page.goto(`${s.base}/policies/`);
  assert.equal(await page.locator(".facets__fold").isVisible(), false);
  assert.equal(await page.locator(".facets a").first().isVisible(), true);
  // Nothing is cut or scrolls in a box of its own.
  assert.equal(await page.locator(".facet__values, .facet__values ul").evaluateAll((all) => all.filter((e) => e.offsetParent && e.scrollHeight - e.clientHeight > 2).length), 0);
  await context.close();
});

for (const [width, size] of [[320, ""], [360, ""], [360, "200%"]]) test(`small tables are told row by row: ${width} px ${size}`, async () => {
  const { context, page } = await watched(b, { viewport: { width, height: 740 } });
  for (const path of ["/downloads/", "/datasets/quality/", "/explained/", "/disclosure/catalogue/"]) {
    await page.goto(s.base + path);
    if (size) await page.evaluate((z) => document.documentElement.style.setProperty("font-size", z, "important"), size);
    const beyond = await page.evaluate(() => [...document.querySelectorAll(".stack td, .stack th, .top__name")].filter((e) => e.offsetParent && e.getBoundingClientRect().right > innerWidth + 1).length);
    assert.deepEqual([path, beyond, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)], [path, 0, 0]);
    // The name of the site is not told one character a line.
    const name = await page.locator(".top__name").boundingBox();
    assert.ok(name.width > 100, `${path}: ${name.width}`);
  }
  await page.goto(`${s.base}/downloads/`);
  assert.match(await page.locator(".taken__file").first().innerText(), /CSV[^\n]*\n[^\n]*\n[\d.]+ (KB|MB|B)$/);
  await context.close();
});

for (const [width, size] of [[320, ""], [360, ""], [390, ""], [360, "200%"], [1280, ""]]) test(`no Chinese heading leaves one character on its last line: ${width} px ${size}`, async () => {
  const { context, page } = await watched(b, { viewport: { width, height: 740 } });
  let looked = 0;
  for (const path of ["/policies/customs/2024-143/", "/policies/customs/2023-182/", "/interpretations/customs/2024-143/", "/interpretations/customs/2023-182/", "/consultations/", "/policies/customs/2024-27/", "/checks/"]) {
    await page.goto(s.base + path);
    if (size) await page.evaluate((z) => document.documentElement.style.setProperty("font-size", z, "important"), size);
    const [lines, alone] = await page.evaluate(() => {
      const out = [];
      let n = 0;
      for (const h of document.querySelectorAll("main h1, main h2, main h3")) {
        // Those for screen readers alone are a box of one pixel.
        if (h.getBoundingClientRect().width < 40) continue;
        const places = [], walk = document.createTreeWalker(h, NodeFilter.SHOW_TEXT), range = document.createRange();
        while (walk.nextNode()) for (let i = 0; i < walk.currentNode.length; i++) {
          range.setStart(walk.currentNode, i);
          range.setEnd(walk.currentNode, i + 1);
          const box = [...range.getClientRects()].pop();
          if (box && box.width) places.push(box.bottom);
        }
        if (!places.length || places[places.length - 1] - places[0] < 10) continue;
        n++;
        // Signs of the height of a letter stand on the same line, whatever their size.
        if (places.filter((y) => y > places[places.length - 1] - 12).length < 2) out.push(h.textContent);
      }
      return [n, out];
    });
    looked += lines;
    assert.deepEqual([path, alone], [path, []]);
  }
  assert.ok(width > 1000 || looked > 3, `${looked} headings of several lines`);
  await context.close();
});

// The root's size doubled, as a browser with letters twice as large does it, without script.
test("letters twice as large at 360 px: nothing beyond the edge, and a policy's text begins on the third screen", async () => {
  const context = await b.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false }), page = await context.newPage();
  let doubled = 0;
  await context.route("**/civic.*.css", async (route) => {
    const answer = await route.fetch(), text = await answer.text();
    doubled += Number(text.includes("--size: 112.5%"));
    await route.fulfill({ response: answer, body: text.replace("--size: 112.5%", "--size: 225%") });
  });
  for (const [name, path] of Object.entries(types)) {
    await page.goto(s.base + path);
    assert.ok(await page.evaluate("document.documentElement.scrollWidth") <= 360, name);
  }
  assert.ok(doubled > 0);
  const screen = async (path, what) => {
    await page.goto(s.base + path);
    return (await page.locator(what).first().boundingBox()).y / 740;
  };
  assert.ok(await screen("/policies/customs/2024-143/", ".text p") < 3);
  assert.ok(await screen("/policies/customs/2024-143/", "text=2024年10月1日") < 2);
  assert.ok(await screen("/consultations/customs-penalty-benchmarks-1/", ".numbers") < 3);
  await context.close();
});
