// Accountability: pages of each new type, states on the reader's day, and a form that leaves for the host it may and no other.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browser, root, site, watched } from "./support.mjs";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
let s, b;
before(async () => { s = await site(join(root, "tests/golden/city-cn")); b = await browser(); });
after(async () => { await b?.close(); s?.close(); });

/** One page of every type that the sample does not have. */
const types = {
  letters: "/feedback/", letter: "/feedback/civil-affairs/2026-006/", frequent: "/feedback/frequent/", figures: "/feedback/figures/", tasks: "/tasks/", benefits: "/benefits/",
  policy: "/policies/2026/elderly/", scorecards: "/scorecards/", scorecard: "/scorecards/of/civil-affairs/", method: "/scorecards/method/", department: "/departments/civil-affairs/",
  departments: "/departments/", disclosure: "/disclosure/", channels: "/channels/", consultations: "/consultations/", services: "/services/", events: "/events/",
  decisions: "/decisions/", questions: "/questions/", responses: "/responses/", records: "/records/",
  statistics: "/statistics/", effects: "/reports/effect/", effect: "/reports/effect/2026-q2/", row: "/feedback/figures/of/civil-affairs/",
  items: "/feedback/figures/of/civil-affairs/received/", website: "/disclosure/reports/website/2025/",
  requests: "/disclosure/requests/", requested: "/disclosure/requests/by-year/2025/answered/",
};
const all = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
const views = {
  "light, 1440": { viewport: { width: 1440, height: 900 } },
  "light, 360": { viewport: { width: 360, height: 740 } },
  "dark, 1440": { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  "large print, 360": { viewport: { width: 360, height: 740 }, large: true },
};

for (const [view, { large, ...options }] of Object.entries(views)) {
  test(`axe finds nothing on pages of accountability: ${view}`, async () => {
    const { context, page, wrong } = await watched(b, options);
    if (large) await page.addInitScript(() => localStorage.setItem("large", "1"));
    const faults = [];
    for (const [name, path] of Object.entries(types)) {
      const answer = await page.goto(s.base + path);
      assert.equal(answer.status(), 200, path);
      await page.evaluate(axe);
      const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }), all);
      faults.push(...found.violations.map((v) => `${name} ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) faults.push(`${name}: ${wide} px to the side`);
      if (process.env.LOOKS) await page.screenshot({ path: join(process.env.LOOKS, `${name}-${view.replace(/\W+/g, "-")}.png`), fullPage: true });
    }
    assert.deepEqual([faults, wrong], [[], []]);
    await context.close();
  });
}

test("the Nu HTML checker finds nothing on pages of accountability", () => {
  const files = Object.values(types).map((p) => join(s.dir, p, "index.html"));
  try {
    execFileSync("java", ["-jar", require.resolve("vnu-jar/build/dist/vnu.jar"), "--format", "gnu", ...files], { stdio: "pipe" });
  } catch (e) {
    assert.fail(String(e.stderr).replaceAll(s.dir, "").split("\n").filter((l) => !l.includes("violates Content Security Policy")).slice(0, 20).join("\n"));
  }
});

test("states are those of the reader's day; without script the page says of which day it speaks", async () => {
  const states = async (day, options = {}) => {
    const context = await b.newContext(options);
    const page = await context.newPage();
    await page.addInitScript((d) => {
      const Real = Date;
      window.Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(d); } };
    }, `${day}T10:00:00`);
    const out = [];
    for (const path of ["/feedback/", "/tasks/", "/consultations/"]) {
      await page.goto(s.base + path);
      out.push(await page.evaluate(() => [...document.querySelectorAll("[data-closes]")].map((t) => [t.textContent, t.className])));
    }
    await context.close();
    return out.map((list) => list[0]);
  };
  assert.deepEqual(await states("2026-07-02"), [["待处理", "tag tag--pending"], ["未到期", "tag tag--due"], ["征集中", "tag tag--open"]]);
  assert.deepEqual(await states("2026-12-31"), [["超过时限", "tag tag--overdue"], ["逾期未完成", "tag tag--late"], ["已结束，待反馈", "tag tag--closed"]]);
  for (const [text] of await states("2026-12-31", { javaScriptEnabled: false })) assert.match(text, /（截至2026年7月1日）$/);
});

test("a form goes to the host it is written for, with the page's address and title, and to no other", async () => {
  const got = [];
  const take = createServer((request, response) => {
    let body = "";
    request.on("data", (d) => (body += d)).on("end", () => {
      if (request.method === "POST") got.push(`${request.url} ${body}`);
      response.writeHead(200, { "Content-Type": "text/html" });
      response.end("<title>taken</title>");
    });
  });
  const other = createServer((request, response) => { got.push("other"); response.end(""); });
  await new Promise((done) => take.listen(0, "127.0.0.1", done));
  await new Promise((done) => other.listen(0, "127.0.0.1", done));
  const dir = mkdtempSync(join(tmpdir(), "clerestory-form-"));
  mkdirSync(join(dir, "content/pages"), { recursive: true });
  writeFileSync(join(dir, "content/pages/about.md"), "---\ntitle: About\n---\nText.\n");
  writeFileSync(join(dir, "site.yaml"), `title: A city\nbase_url: https://a.example/\nlanguages: [en]\ndemo: true\ncontact:\n  report: {url: 'http://127.0.0.1:${take.address().port}/take', method: post}\n`);
  const f = await site(dir);
  const context = await b.newContext();
  const page = await context.newPage();
  try {
    await page.goto(`${f.base}/channels/`);
    await page.fill("#text-report", "What is wrong & where");
    await Promise.all([page.waitForURL(/\/take$/), page.click("form.channel button")]);
    const sent = new URLSearchParams(got[0].split(" ")[1]);
    assert.deepEqual([got.length, got[0].split(" ")[0], sent.get("url"), sent.get("text")], [1, "/take", "https://a.example/channels/", "What is wrong & where"]);
    assert.ok(sent.get("title"));
    // The same form, led elsewhere: the browser does not send it.
    await page.goto(`${f.base}/channels/`);
    await page.evaluate((to) => { document.querySelector("form.channel").action = to; }, `http://127.0.0.1:${other.address().port}/take`);
    await page.fill("#text-report", "x");
    await page.evaluate(() => document.querySelector("form.channel").requestSubmit());
    await page.waitForTimeout(500);
    assert.deepEqual([got.length, new URL(page.url()).pathname], [1, "/channels/"]);
  } finally {
    await context.close();
    f.close();
    take.close();
    other.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
