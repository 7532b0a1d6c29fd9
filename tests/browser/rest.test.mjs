// Page types of which the sample has none, since there is no real material: news, withdrawn notice, redirect, scheduled states, an urgent notice.
import test from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browser, site, watched } from "./support.mjs";

const require = createRequire(import.meta.url);

test("axe and Nu find nothing on news, notices and redirects", async () => {
  const dir = mkdtempSync(join(tmpdir(), "clerestory-rest-"));
  const put = (name, text) => { mkdirSync(join(dir, name, ".."), { recursive: true }); writeFileSync(join(dir, name), text); };
  put("site.yaml", "title: 测试站\ndescription: 一句话\nbase_url: http://127.0.0.1/\nas_of: 2026-01-10\nreport_to: web@example.org\nidentity: {organizer: 某局, operator: 某中心, contact: 某路1号, icp: 京ICP备00000000号, badge_url: \"https://example.org/\"}\n");
  put("content/departments.yaml", "- {id: a, name: 某局, tel: 010-00000000, email: a@example.org, address: 某路1号}\n");
  put("content/alerts.yaml", "- {title: 暴雨红色预警, text: 请勿外出。, level: red, url: \"https://example.org/\"}\n- {title: 大风橙色预警, level: orange}\n- {title: 高温黄色预警, level: yellow}\n- {title: 寒潮蓝色预警, level: blue}\n");
  put("content/news/n.md", "---\ntitle: 新闻一则\nissuer: [a]\npublished_at: 2025-01-02\nkeywords: [甲]\nattachments: [f.pdf]\nchanges: [{on: 2025-02-01, note: 更正}]\n---\n\n正文[^1]。\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n[^1]: 注。\n");
  put("content/news/f.pdf", "x");
  put("content/policies/gone.md", "---\ntitle: 撤回的\nwithdrawn: {on: 2025-01-01, reason: 有误}\n---\n正文\n");
  put("content/policies/b.md", "---\ntitle: 尚未施行的办法\nissuer: [a]\npublished_at: 2025-12-01\neffective_from: 2026-03-01\naliases: [/old/b/]\n---\n正文\n");
  const s = await site(dir);
  const b = await browser();
  const pages = ["/", "/news/", "/news/n/", "/policies/gone/", "/policies/b/", "/departments/a/", "/elder/"];
  for (const options of [{ viewport: { width: 1440, height: 900 } }, { viewport: { width: 320, height: 640 }, colorScheme: "dark" }, { viewport: { width: 360, height: 740 }, large: true }]) {
    const { context, page, wrong } = await watched(b, options);
    if (options.large) await page.addInitScript(() => localStorage.setItem("large", "1"));
    for (const path of pages) {
      await page.goto(s.base + path);
      await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")}`), [], `${path} ${JSON.stringify(options)}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${path} is too wide`);
    }
    await page.goto(`${s.base}/old/b/`);
    await page.waitForURL(/\/policies\/b\//);
    assert.deepEqual(wrong, []);
    await context.close();
  }
  try {
    execFileSync("java", ["-jar", require.resolve("vnu-jar/build/dist/vnu.jar"), "--format", "gnu", ...[...pages, "/old/b/"].map((p) => join(s.dir, p, "index.html"))], { stdio: "pipe" });
  } catch (e) {
    assert.fail(String(e.stderr).replaceAll(s.dir, ""));
  }
  await b.close();
  s.close();
  rmSync(dir, { recursive: true, force: true });
});
