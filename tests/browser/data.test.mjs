// The table of a data file: filter, sort, pages, keyboard, names for screen readers; without script; a large table in pieces.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browser, root, site, watched } from "./support.mjs";

let s, big, b, project;
const ROWS = 60_000;
before(async () => {
  project = mkdtempSync(join(tmpdir(), "clerestory-data-"));
  mkdirSync(join(project, "content/datasets/big"), { recursive: true });
  writeFileSync(join(project, "site.yaml"), "title: 大表\nbase_url: https://example.org/\nas_of: 2026-01-01\n");
  writeFileSync(join(project, "content/datasets/big/dataset.yaml"), "title: 大表\nresources:\n  - {name: big, title: 大表, path: big.csv, schema: {primaryKey: [编号]}}\n");
  const lines = ["编号,数值,名称"];
  for (let i = 0; i < ROWS; i++) lines.push(`K${String(i).padStart(6, "0")},${i},${i === 54_321 ? "要找的行" : "行"}`);
  writeFileSync(join(project, "content/datasets/big/big.csv"), lines.join("\n"));
  s = await site(root);
  big = await site(project);
  b = await browser();
});
after(async () => {
  await b?.close();
  s?.close();
  big?.close();
  rmSync(project, { recursive: true, force: true });
});

async function at(url, options, act) {
  const { context, page, wrong } = await watched(b, options);
  const fetched = [];
  page.on("request", (r) => { if (/rows\/\d+\.json/.test(r.url())) fetched.push(r.url()); });
  await page.goto(url);
  await act(page, fetched);
  assert.deepEqual(wrong, []);
  await context.close();
}
const first = (page) => page.locator(".data tbody tr").first().locator("th, td").allInnerTexts();
const status = (page) => page.locator(".rows__status");

test("filter, sort and turn pages", () => at(`${s.base}/datasets/admin-divisions/areas/`, {}, async (page) => {
  await status(page).filter({ hasText: "第 1–20 行，共" }).waitFor();
  await page.getByRole("button", { name: "下一页" }).click();
  await status(page).filter({ hasText: "第 21–40 行" }).waitFor();
  await page.getByRole("searchbox", { name: "筛选" }).fill("西城");
  await status(page).filter({ hasText: /共 [1-9] 行/ }).waitFor();
  assert.ok((await first(page)).some((c) => c.includes("西城")));
  await page.getByRole("searchbox", { name: "筛选" }).fill("没有这样的地方");
  await status(page).filter({ hasText: "没有符合的行" }).waitFor();
  await page.getByRole("searchbox", { name: "筛选" }).fill("");
  const header = page.getByRole("columnheader", { name: "代码" }).first();
  await header.getByRole("button").click();
  await header.getByRole("button").click();
  await page.locator("th[aria-sort=descending]").waitFor();
  await page.locator(".data tbody th[scope=row]", { hasText: /^6[56]/ }).first().waitFor();
}));

test("the state of a table stands in its address, and what is found is a file", () => at(`${s.base}/datasets/admin-divisions/areas/?q=西城&in=name`, {}, async (page) => {
  await status(page).filter({ hasText: /共 [1-9] 行/ }).waitFor();
  const rows = await page.locator(".data tbody tr").count();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "下载筛选结果" }).click()]);
  const text = readFileSync(await download.path(), "utf8");
  assert.equal(text.trim().split("\r\n").length, rows + 1);
  assert.match(text, /西城/);
  // Its name says that it is a part, and beside the button stands what to cite.
  assert.equal(download.suggestedFilename(), "areas-西城.csv");
  assert.match(await page.locator(".rows > .measure").innerText(), new RegExp(`^以上 ${rows} 行从全部 [\\d,]+ 行中取出（西城 \\[.+\\]）。引用：.+https?://`));
  await page.getByRole("columnheader", { name: "代码" }).first().getByRole("button").click();
  await status(page).filter({ hasText: "从小到大" }).waitFor();
  assert.match(decodeURIComponent(page.url()), /\?q=西城&in=name&sort=/);
  await page.reload();
  await status(page).filter({ hasText: "从小到大" }).waitFor();
  assert.equal(await page.locator(".data caption").innerText(), await status(page).innerText());
}));

test("by keyboard alone", () => at(`${s.base}/datasets/admin-divisions/areas/`, {}, async (page) => {
  await status(page).waitFor();
  await page.getByRole("searchbox", { name: "筛选" }).focus();
  await page.keyboard.type("东城");
  await status(page).filter({ hasText: /共 [1-9] 行/ }).waitFor();
  // In which column, the region that scrolls, then the names of the columns.
  for (let i = 0; i < 3; i++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("th[aria-sort=ascending]").waitFor();
}));

test("without script the first rows, the dictionary and all downloads are there", () => at(`${s.base}/datasets/admin-divisions/areas/`, { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator(".data tbody tr").count(), 20);
  assert.match(await page.locator(".data caption").innerText(), /前 20 行，共/);
  assert.equal(await page.locator(".rows__bar").count(), 0);
  assert.ok((await page.locator(".downloads a").count()) >= 5 && (await page.locator(".profile tbody tr").count()) === 4);
}));

test("a large table comes in pieces, and only those that matter", () => at(`${big.base}/datasets/big/big/`, { viewport: { width: 360, height: 740 } }, async (page, fetched) => {
  await status(page).filter({ hasText: "共 60,000 行" }).waitFor();
  assert.equal(fetched.length, 1, "one piece for the first page");
  // The greatest values stand in the last pieces: bounds tell which.
  const value = page.getByRole("columnheader", { name: "数值" }).getByRole("button");
  await value.click();
  await status(page).filter({ hasText: "只列出前 1,000 行" }).waitFor();
  assert.ok(fetched.length <= 3, `${fetched.length} pieces for the least values`);
  await value.click();
  await page.locator(".data tbody td", { hasText: "59999" }).first().waitFor({ timeout: 20_000 });
  await value.click();
  await page.getByRole("searchbox", { name: "筛选" }).fill("要找的");
  await page.locator(".data tbody th", { hasText: "K054321" }).waitFor({ timeout: 20_000 });
}));

test("a script finds a row by its key, as Rust has put it", async () => {
  const part = (key, parts) => {
    let h = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(key)) h = Math.imul(h ^ byte, 0x01000193) >>> 0;
    return h % parts;
  };
  // The same vectors stand in src/render/exports/data/pass.rs.
  for (const [key, n] of [["", 2], ["110000", 0], ["北京市\t2024", 3], ["a", 5]]) assert.equal(part(key, 7), n);
  const folder = join(big.dir, "datasets/big/big/rows");
  const read = (name) => JSON.parse(readFileSync(join(folder, name)));
  const index = read("index.json");
  for (const n of [0, 999, 1000, 59_999]) {
    const key = `K${String(n).padStart(6, "0")}`;
    const row = read(`key-${part(key, index.key.parts)}.json`)[key];
    assert.equal(row, n);
    assert.equal(read(`${Math.floor(row / index.page_size)}.json`)[row % index.page_size][0], key);
  }
});
