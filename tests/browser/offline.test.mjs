// A site with `offline: true`: what was read is read without the network, and says since when; what is withdrawn does not stay;
// `offline: false` clears what was kept.
import test from "node:test";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { browser, root } from "./support.mjs";

const program = process.env.CLERESTORY || join(root, "target/debug/clerestory");
const kinds = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".webmanifest": "application/manifest+json" };

// A host that can go down: then it answers nothing, and connections break.
async function host(dir) {
  const state = { down: false, base: "" };
  const server = createServer((request, response) => {
    if (state.down) {
      request.socket.destroy();
      return;
    }
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    let file = join(dir, path.replace(/^\/town/, ""));
    try {
      if (statSync(file).isDirectory()) file = join(file, "index.html");
      const body = readFileSync(file);
      // As the header files ask hosts to.
      const policy = readFileSync(join(dir, "_headers"), "utf8").match(/Content-Security-Policy: (.*)/)[1];
      response.writeHead(200, { "Content-Type": kinds[extname(file)] || "application/octet-stream", "Content-Security-Policy": policy, "Cache-Control": "no-cache" });
      response.end(body);
    } catch (e) {
      response.writeHead(404, { "Content-Type": "text/html; charset=utf-8" });
      response.end("none");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  state.base = `http://127.0.0.1:${server.address().port}/town`;
  state.close = () => { server.closeAllConnections(); server.close(); };
  return state;
}

test("pages that were read are read and searched without the network", async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "clerestory-offline-")), out = join(dir, "public");
  const put = (name, text) => { mkdirSync(join(dir, name, ".."), { recursive: true }); writeFileSync(join(dir, name), text); };
  const policy = (title, text) => `---\ntitle: ${title}\npublished_at: 2025-01-02\n---\n${text}\n`;
  const build = (offline) => {
    put("site.yaml", `title: {zh: 测试站, en: Test}\ndescription: 一句话\nbase_url: http://127.0.0.1/town/\nlanguages: [zh-Hans, en]\nas_of: 2026-01-10\noffline: ${offline}\n`);
    execFileSync(program, ["build", "--quiet", "--no-sync", "--allow-errors", "--root", dir, "--out", out], { stdio: "pipe" });
  };
  put("content/policies/ferry.md", policy("渡口管理办法", "第一条 渡船凭证停靠。"));
  put("content/policies/kiln.md", policy("砖窑管理办法", "第一条 砖窑不得冒烟。"));
  put("content/policies/mill.md", policy("水磨管理办法", "第一条 水磨按户登记。"));
  build(true);
  const s = await host(out), b = await browser();
  t.after(async () => {
    await b.close();
    s.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const context = await b.newContext({ viewport: { width: 390, height: 800 } }), page = await context.newPage(), wrong = [];
  page.on("pageerror", (e) => wrong.push(e.message));
  page.on("console", (m) => { if (/Content Security|TrustedScript/.test(m.text())) wrong.push(m.text()); });
  const text = () => page.locator("main").innerText();
  const idle = () => page.evaluate(async () => {
    // The worker keeps a page after it has answered.
    for (let i = 0; i < 50; i++) {
      const cache = await caches.open("clerestory /town/ read"), all = await cache.keys();
      if (all.some((r) => r.url === location.href.split("?")[0])) return true;
      await new Promise((done) => setTimeout(done, 100));
    }
    return false;
  });

  await page.goto(`${s.base}/`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => !!navigator.serviceWorker.controller);
  for (const name of ["ferry", "kiln"]) {
    await page.goto(`${s.base}/policies/${name}/`);
    assert.ok(await idle(), `${name} is kept`);
    assert.ok(!(await text()).includes("保存于"), "with the network nothing is from the store");
  }
  // The search fetches what it needs for this word.
  await page.goto(`${s.base}/search/?q=${encodeURIComponent("砖窑")}`);
  await page.locator("#results li").first().waitFor();

  s.down = true;
  await page.goto(`${s.base}/policies/ferry/`);
  assert.match(await text(), /这是保存于2\d{3}年.*渡船凭证停靠/s);
  assert.ok(await page.evaluate(() => getComputedStyle(document.querySelector(".kept")).borderStyle.includes("solid")), "with its style");
  await page.goto(`${s.base}/policies/kiln/`);
  assert.match(await text(), /保存于.*砖窑不得冒烟/s);
  // One that was not read is not there, and those that were are named.
  const gone = await page.goto(`${s.base}/policies/mill/`);
  assert.equal(gone.status(), 503);
  assert.match(await text(), /没有保存过.*读过的页面.*渡口管理办法/s);
  // The index answers what it fetched; pages that were read answer anything that stands in them.
  await page.goto(`${s.base}/search/?q=${encodeURIComponent("砖窑")}`);
  await page.locator("#results li").first().waitFor();
  assert.match(await page.locator("#results").innerText(), /砖窑管理办法/);
  await page.goto(`${s.base}/search/?q=${encodeURIComponent("凭证停靠")}`);
  assert.match(await page.locator("#kept").innerText(), /读过的页面里有\s*渡口管理办法/);
  assert.equal(await page.locator("#kept a").count(), 1);
  // The home page of another language stands too, in its words.
  await page.goto(`${s.base}/en/`);
  assert.match(await text(), /This page was saved on/);

  // A new build without one of them: it goes from the browser though nobody asks for it.
  s.down = false;
  rmSync(join(dir, "content/policies/ferry.md"));
  put("content/policies/kiln.md", policy("砖窑管理办法", "第一条 砖窑不得冒黑烟。"));
  build(true);
  await page.goto(`${s.base}/`);
  const soon = (check) => page.evaluate(async (code) => {
    for (let i = 0; i < 100; i++) {
      const r = await navigator.serviceWorker.getRegistration(), names = await caches.keys();
      if (r && i % 10 === 0) await r.update().catch(() => null);
      const urls = (await (await caches.open("clerestory /town/ read")).keys()).map((q) => q.url);
      if (code === "renewed" ? !urls.some((u) => u.includes("ferry")) && names.length === 2 : !r && !urls.length) return true;
      await new Promise((done) => setTimeout(done, 200));
    }
    return false;
  }, check);
  assert.ok(await soon("renewed"), "what was withdrawn is gone");
  s.down = true;
  assert.equal((await page.goto(`${s.base}/policies/ferry/`)).status(), 503);
  await page.goto(`${s.base}/policies/kiln/`);
  assert.match(await text(), /冒黑烟/);

  // Switched off, nothing stays.
  s.down = false;
  build(false);
  await page.goto(`${s.base}/`);
  assert.ok(await soon("cleared"), "nothing is kept");
  assert.deepEqual(wrong, []);
});
