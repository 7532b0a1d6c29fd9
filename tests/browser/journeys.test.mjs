// What people do, with real clicks and keys.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { browser, root, site, watched } from "./support.mjs";

let s, b;
before(async () => { s = await site(root); b = await browser(); });
after(async () => { await b?.close(); s?.close(); });

async function at(path, options, act) {
  const { context, page, wrong } = await watched(b, options);
  await page.goto(s.base + path);
  await act(page);
  assert.deepEqual(wrong, []);
  await context.close();
}
const heading = (page) => page.locator("h1").innerText();

test("home, consultation, policy, interpretation, department", () => at("/", {}, async (page) => {
  await page.locator(".steps a").first().click();
  assert.match(await heading(page), /海关行政处罚裁量基准/);
  assert.match(page.url(), /\/consultations\//);
  await page.locator(".block--aside .card__title").first().click();
  assert.match(await heading(page), /公告/);
  await page.locator(".block--aside .card__title").first().click();
  assert.match(await heading(page), /解读/);
  await page.locator(".box a", { hasText: "海关总署" }).first().click();
  assert.equal(await heading(page), "海关总署");
  await page.locator(".crumbs a").first().click();
  assert.equal(new URL(page.url()).pathname, "/");
}));

test("browse by facet", () => at("/policies/", {}, async (page) => {
  const values = page.locator("details.facet:has-text('时效性') + .facet__values");
  const link = values.locator("a").first();
  const count = Number(await values.locator(".facet__count").first().innerText());
  await link.click();
  assert.match(page.url(), /by-validity/);
  assert.match(await page.locator(".count").innerText(), new RegExp(`${count}`));
  assert.ok((await page.locator(".library__list .card").count()) > 0);
}));

test("language, and back", () => at("/datasets/population-age/", {}, async (page) => {
  await page.locator(".langs a", { hasText: "English" }).click();
  assert.match(await heading(page), /Population by age/);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.locator(".langs a", { hasText: "繁體" }).click();
  assert.match(await heading(page), /人口年齡結構/);
}));

test("dark and large print are remembered", () => at("/", {}, async (page) => {
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  const before = await size();
  assert.ok(before >= 18, `${before} px`);
  await page.locator("[data-module=large]").click();
  await page.locator("[data-module=theme]").click();
  await page.goto(`${s.base}/policies/`);
  assert.ok((await size()) >= 1.4 * before);
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  assert.equal(await page.locator("[data-module=large]").getAttribute("aria-pressed"), "true");
  await page.locator("[data-module=large]").click();
  await page.locator("[data-module=theme]").click();
  assert.equal(await size(), before);
}));

test("the easy view is large without script, and can be kept", async () => {
  await at("/elder/", { javaScriptEnabled: false }, async (page) => {
    const px = await page.locator("html").evaluate((e) => parseFloat(getComputedStyle(e).fontSize)).catch(() => 0);
    const box = await page.locator(".tasks a").first().boundingBox();
    assert.ok(px >= 24 || box.height >= 48, `${px} px, ${box.height} px high`);
  });
  await at("/elder/", {}, async (page) => {
    await page.locator("[data-module=large-keep]").click();
    await page.locator(".tasks a").first().click();
    await page.waitForURL((u) => u.pathname !== "/elder/");
    await page.locator("html.large").waitFor();
  });
});

test("printing shows the text alone", () => at("/policies/customs/2023-182/", {}, async (page) => {
  await page.emulateMedia({ media: "print" });
  for (const gone of [".top__nav", ".tools", ".find", ".crumbs", ".share"]) assert.equal(await page.locator(gone).isVisible(), false, gone);
  assert.ok(await page.locator("h1").isVisible());
  const style = await page.locator(".text > p").first().evaluate((p) => { const c = getComputedStyle(p); return [parseFloat(c.fontSize), parseFloat(c.lineHeight), parseFloat(c.textIndent)]; });
  // GB/T 9704: 16 pt text, 28 pt apart, two characters in.
  assert.deepEqual(style.map((v) => Math.round((v * 72) / 96)), [16, 28, 32]);
}));

test("keyboard only: skip link, menu, terms, leaving", () => at("/policies/laws/elderly-rights-law/", {}, async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  const seen = await page.evaluate(() => { const r = document.activeElement.getBoundingClientRect(); return r.left >= 0 && r.width > 0; });
  assert.ok(seen, "the skip link shows when it has the focus");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  const term = page.locator("a.term").first();
  await term.focus();
  await page.keyboard.press("Enter");
  assert.match(await page.locator(".term__note").innerText(), /六十周岁/);
  assert.equal(await term.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".term__note").count(), 0);
  // Every stop of the tab key can be seen.
  await page.locator("body").click({ position: { x: 1, y: 1 } });
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press("Tab");
    const ring = await page.evaluate(() => { const e = document.activeElement; return e === document.body || getComputedStyle(e).outlineStyle !== "none"; });
    assert.ok(ring, `stop ${i} has no focus ring`);
  }
}));

test("a word before leaving for another site", () => at("/datasets/population-age/", {}, async (page) => {
  await page.locator(".box a[href^='https://github.com']").click();
  assert.ok(await page.locator("#leave").isVisible());
  assert.match(await page.locator(".leave__url").innerText(), /github\.com/);
  await page.locator("[data-stay]").click();
  assert.equal(await page.locator("#leave").isVisible(), false);
  assert.match(page.url(), /population-age/);
}));

test("copy the address and the citation", () => at("/policies/customs/2023-182/", { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  await page.locator("button[data-from=cite-url]").click();
  await page.locator("button", { hasText: "已复制" }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /\/policies\/customs\/2023-182\/$/);
  await page.locator(".cite summary").click();
  assert.match(await page.locator("#cite-gbt").innerText(), /海关总署\. .*公告〔2023〕182号\[A\/OL\]/);
}));

test("a glossary link works without script", () => at("/policies/laws/elderly-rights-law/", { javaScriptEnabled: false }, async (page) => {
  await page.locator("a.term").first().click();
  assert.match(page.url(), /\/glossary\/#/);
}));

test("a download is a download", () => at("/datasets/population-age/", {}, async (page) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[download]").first().click()]);
  assert.equal(download.suggestedFilename(), "population-age.csv");
}));

test("search from the home page", () => at("/", {}, async (page) => {
  await page.locator(".search__input").fill("裁量基准 182");
  await page.keyboard.press("Enter");
  await page.locator("#results a").first().waitFor();
  assert.match(page.url(), /\/search\/\?q=/);
  assert.match(await page.locator("#results a").first().innerText(), /182号.*裁量基准|裁量基准/);
  await page.locator(".search__input").fill("qxzqxz");
  await page.waitForFunction(() => /没有找到/.test(document.getElementById("found").textContent));
  await page.locator(".search__input").fill("养老服务");
  await page.waitForFunction(() => /找到/.test(document.getElementById("found").textContent));
  const first = await page.locator("#results a").first().innerText();
  await page.locator("#results a").first().click();
  await page.waitForURL((u) => !u.pathname.startsWith("/search/"));
  assert.equal(await heading(page), first);
}));

test("search without script leads to the ways to browse", () => at("/", { javaScriptEnabled: false }, async (page) => {
  // A box that cannot work is not shown; what leads on is.
  assert.equal(await page.locator(".search__input:visible").count(), 0);
  await page.goto(new URL("/search/", page.url()).href);
  assert.equal(await page.locator(".search__input:visible").count(), 0);
  assert.ok((await page.locator(".chips a:visible").count()) > 4);
}));
