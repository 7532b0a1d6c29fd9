// What people come for, as they do it on a small phone with large letters and without script: taps from the home page, and how far
// down each page what they look for stands.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { browser, root, site } from "./support.mjs";

const screen = { width: 360, height: 780 };
let s, b;
before(async () => { s = await site(root); b = await browser(); });
after(async () => { await b.close(); s.close(); });

/** A person with letters of twice the size, who has taps and screens to spend. */
async function person(taps, screens) {
  const context = await b.newContext({ viewport: screen, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.route("**/*.css", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `${await answer.text()}\nhtml{font-size:200%!important}` });
  });
  await page.goto(s.base + "/");
  let tapped = 0;
  const see = async (what) => {
    const box = await what.first().boundingBox();
    assert.ok(box, `${page.url()}: not to be seen: ${what}`);
    assert.ok(box.y + Math.min(box.height, 60) <= screens * screen.height, `${page.url()}: ${Math.round(box.y)} px down: ${what}`);
    assert.ok(box.x >= 0 && box.x < screen.width, `${page.url()}: beside the screen: ${what}`);
  };
  return {
    page, see,
    tap: async (what) => {
      await see(what);
      await what.first().click();
      tapped += 1;
      assert.ok(tapped <= taps, `more than ${taps} taps`);
    },
    close: () => context.close(),
  };
}

test("what a duty-free shop in town may sell, and since when: two taps, three screens", async () => {
  const p = await person(2, 3);
  await p.tap(p.page.locator("main a", { hasText: "海关公告" }));
  await p.tap(p.page.locator("main a", { hasText: "市内免税店经营品种" }));
  await p.see(p.page.locator("main", { hasText: "食品" }).getByText("2024年10月1日").first());
  await p.see(p.page.locator("main p", { hasText: /便于携带|食品/ }));
  await p.close();
});

test("how many of 132 opinions were adopted: three taps", async () => {
  const p = await person(3, 4);
  await p.tap(p.page.locator("main a", { hasText: "意见征集结果" }));
  const notices = p.page.locator("main a", { hasText: "裁量基准（一）" });
  await p.tap(notices);
  await p.see(p.page.locator("main").getByText("132"));
  await p.see(p.page.locator("main").getByText(/采纳/));
  await p.close();
});

test("the figures of Beijing among people of 65 and over, as a CSV with what to cite: four taps", async () => {
  const p = await person(4, 4);
  await p.tap(p.page.locator("main a", { hasText: "开放数据" }));
  await p.tap(p.page.locator("main a", { hasText: "65岁及以上人口" }));
  const link = p.page.locator("main a", { hasText: "下载 CSV" }).first();
  await p.see(link);
  // As its office saved it, in the encoding of its office.
  const bytes = await (await fetch(new URL(await link.getAttribute("href"), p.page.url()))).arrayBuffer();
  const file = new TextDecoder("gb18030").decode(bytes);
  assert.match(file, /^北京市,,3703,3650,/m);
  assert.equal(file.match(/^北京市,/gm).length, 1);
  // The third tap was the file; the fourth opens what to cite, wherever on the page it is.
  const cite = p.page.locator("summary", { hasText: "引用本文" });
  await cite.click();
  assert.match(await p.page.locator("details", { has: cite }).innerText(), /国家统计局.*65岁及以上人口/s);
  await p.close();
});
