// What the search page loads, cold, 390 px wide, until nothing more comes: page, styles, scripts, index, pages read for excerpts.
//
//   node benches/search/page.mjs SITE QUERY…     SITE: a built site; more than one site may be given, each with its own line
//
// Bytes are those that a static host sends: text compressed. Needs node, Chromium and `npm ci` in this folder.
import fs from "node:fs";
import path from "node:path";
import { serve } from "./server.mjs";

const kb = (n) => (n / 1000).toFixed(1);

/** One line a query: [query, whole bytes, { part: bytes }]. */
export async function weigh(browser, site, queries) {
  const seen = await serve(site), rows = [];
  for (const q of queries) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } }), page = await context.newPage();
    seen.log.length = 0;
    await page.goto(`${seen.base}/search/?q=${encodeURIComponent(q)}`);
    await page.waitForFunction(() => document.getElementById("found").textContent);
    await page.waitForLoadState("networkidle");
    const parts = {};
    for (const [u, n] of seen.log) {
      const k = /^\/search\/[^/]+\/.*\.bin$/.test(u) ? "index" : /\.css$/.test(u) ? "style" : /\.js$/.test(u) ? "scripts" : /^\/search\//.test(u) || !u.endsWith("/") ? "page" : "excerpts";
      parts[k] = (parts[k] || 0) + n;
    }
    rows.push([q, seen.log.reduce((n, e) => n + e[1], 0), parts]);
    await context.close();
  }
  seen.close();
  return rows;
}

if (import.meta.url === `file://${process.argv[1]}` && process.argv.length > 2) {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
  const sites = process.argv.slice(2).filter((a) => fs.existsSync(path.join(a, "search"))), queries = process.argv.slice(2).filter((a) => !sites.includes(a));
  for (const site of sites) {
    console.log(site);
    for (const [q, n, parts] of await weigh(browser, path.resolve(site), queries)) console.log(`  ${kb(n)} KB  ${q}  ${Object.entries(parts).map(([k, v]) => `${k} ${kb(v)}`).join(", ")}`);
  }
  await browser.close();
}
