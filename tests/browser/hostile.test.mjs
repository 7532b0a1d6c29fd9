// Hostile strings in every place that an author can write to: nothing runs in a real browser, and the policy reports nothing.
import test from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browser, root, site, watched } from "./support.mjs";

const data = join(root, "../shared/data");
function lines() {
  // Absent data must be noticed: readFileSync throws.
  const naughty = JSON.parse(readFileSync(join(data, "bad-strings/blns.json"), "utf8"));
  const xss = readFileSync(join(data, "bad-xss/Intruder/xss-payload-list.txt"), "utf8").split("\n");
  // Payloads come in long families that differ by a letter: each other one, and all of them with HOSTILE=all.
  const some = process.env.HOSTILE === "all" ? xss : xss.filter((_, i) => i % 2 === 0);
  return [...naughty, ...some].filter((l) => l.trim() && Buffer.byteLength(l) < 2000);
}

/** A YAML double-quoted string: every character that YAML does not take as it is, is escaped. */
const quoted = (t) => JSON.stringify(t).replace(/[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

function project(all) {
  const dir = mkdtempSync(join(tmpdir(), "clerestory-hostile-"));
  const put = (name, text) => { mkdirSync(join(dir, name, ".."), { recursive: true }); writeFileSync(join(dir, name), text); };
  put("site.yaml", `title: ${quoted(all[0])}\ndescription: ${quoted(all[1])}\nbase_url: http://127.0.0.1/\nas_of: 2026-01-01\nper_page: 500\nreport_to: ${quoted(all[2])}\nhome:\n  - {block: text, title: ${quoted(all[3])}, text: ${quoted(all.slice(4, 60).join("\n\n"))}}\n  - columns\n  - departments\n`);
  put("content/departments.yaml", all.map((l, i) => `- {id: d${i}, name: ${quoted(l)}, tel: ${quoted(l)}, email: ${quoted(l)}, address: ${quoted(l)}, url: ${quoted(l)}}`).join("\n") + "\n");
  put("content/glossary.yaml", all.map((l, i) => `- {id: t${i}, term: ${quoted(l)}, definition: ${quoted(l)}, source: ${quoted(l)}, source_url: ${quoted(l)}}`).join("\n") + "\n");
  put("content/alerts.yaml", all.slice(0, 3).map((l) => `- {title: ${quoted(l)}, text: ${quoted(l)}, url: ${quoted(l)}}`).join("\n") + "\n");
  all.forEach((l, i) => put(`content/policies/p${i}.md`, `---\ntitle: ${quoted(l)}\nissuer: [d${i}]\nsummary: ${quoted(l)}\nkeywords: [${quoted(l)}]\nsource: ${quoted(l)}\nsource_url: ${quoted(l)}\nchanges: [{on: 2025-01-01, note: ${quoted(l)}}]\npublished_at: 2025-01-01\n---\n\n${l}\n\n![${l}](x.png) [${l}](${l}) <${l}>\n`));
  for (let i = 0; i < all.length; i += 150) put(`content/pages/all${i}.md`, `# All ${i}\n\n${all.slice(i, i + 150).map((l) => `${l}\n\n| ${l} |\n| --- |\n| ${l} |\n\n\`${l}\`\n\n[x](${l.replace(/\s/g, "%20")} "${l.replace(/"/g, "'")}")`).join("\n\n")}\n`);
  put("content/datasets/d/dataset.yaml", `title: ${quoted(all[9])}\ndescription: ${quoted(all.slice(0, 300).join("\n\n"))}\nlicense: ${quoted(all[10])}\nspatial: ${quoted("</script><script>alert(1)</script><!--")}\nresources:\n${all.slice(0, 100).map((l, i) => `  - {name: r${i}, title: ${quoted(l)}, description: ${quoted(l)}, url: ${quoted(`https://127.0.0.1/${i}`)}, format: ${quoted(l)}}`).join("\n")}\n`);
  put("content/topics/t.yaml", `title: ${quoted(all[11])}\nblocks:\n  - {block: text, title: ${quoted(all[12])}, text: ${quoted(all.slice(0, 300).join("\n\n"))}}\n  - block: links\n    links:\n${all.slice(0, 300).map((l) => `      - {title: ${quoted(l)}, url: ${quoted(l)}}`).join("\n")}\n`);
  // Names of files, as far as the disk takes them.
  for (const l of all) {
    if (!/[\/\0]/.test(l) && Buffer.byteLength(l) < 240 && !/^\.+$/.test(l)) {
      try { put(`content/news/${l}.md`, `---\ntitle: x\n---\ntext\n`); } catch { /* not a name here */ }
    }
  }
  put("content/policies/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(2)</script></svg>");
  put("content/policies/broken.png", "this is no image");
  put("content/policies/files.md", "---\ntitle: files\nattachments: [x.svg, broken.png]\n---\n![drawing](x.svg) ![broken](broken.png)\n");
  return dir;
}

/** Strings of one project: few enough that lists of them stay short. */
const CHUNK = 500;

test("hostile strings stay in their places", async () => {
  const every = lines();
  assert.ok(every.length > 2000, `${every.length} strings`);
  const b = await browser();
  try {
    for (let from = 0; from < every.length; from += CHUNK) await look(b, every.slice(from, from + CHUNK));
  } finally {
    // A failed look leaves its server: it must not keep the run alive.
    await b.close();
    open.forEach((s) => s.close());
  }
});

const open = new Set();

async function look(b, all) {
  const dir = project(all);
  const s = await site(dir, ["--hold-back"]);
  open.add(s);
  const { context, page, wrong } = await watched(b);
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`)));
  const paths = ["/", "/departments/", "/glossary/", "/changes/", "/sitemap/", "/datasets/d/", "/topics/t/", "/news/", "/policies/files/", "/elder/", "/policies/"];
  for (let i = 0; i < all.length; i += 150) paths.push(`/all${i}/`);
  for (let i = 0; i < all.length; i += 50) paths.push(`/policies/p${i}/`);
  // Searched for, found, and shown in results, excerpts and suggestions.
  for (let i = 0; i < all.length; i += 100) paths.push(`/search/?q=${encodeURIComponent(all[i].slice(0, 300))}`);
  for (const path of paths) {
    const answer = await page.goto(s.base + path);
    if (path === "/news/" && answer.status() === 404) continue; // no string of this part was fit to be a file name
    assert.equal(answer.status(), 200, path);
    if (path.startsWith("/search/")) await page.waitForFunction(() => document.getElementById("found").textContent || !document.getElementById("q").value.trim());
    // Nothing of theirs became an element or a handler.
    const { foreign, ld } = await page.evaluate(() => ({ ld: [...document.querySelectorAll("script[type='application/ld+json']")].map((e) => e.textContent), foreign: [...document.querySelectorAll("*")].filter((e) =>
      [...e.attributes].some((a) => /^on/i.test(a.name) || a.name === "style" || (/^(href|src|action|formaction|xlink:href)$/.test(a.name) && /^\s*(javascript|vbscript|data:text)/i.test(a.value)))
      || (e.tagName === "SCRIPT" && e.type !== "application/ld+json" && !/\/(assets\/js|search)\/[a-z]+[.a-f0-9]*\.js$/.test(e.src)) || (e.tagName === "FORM" && !(/^(find|search)( search--[a-z]+)?$/.test(e.className) && e.getAttribute("action") === "/search/")) || /^(IFRAME|OBJECT|EMBED|STYLE|BASE|MARQUEE|BGSOUND|APPLET|FRAMESET|MATH)$/i.test(e.tagName)).map((e) => e.outerHTML.slice(0, 120)) }));
    assert.deepEqual(foreign, [], path);
    ld.forEach((data) => JSON.parse(data));
  }
  assert.deepEqual(wrong, []);
  JSON.parse(readFileSync(join(s.dir, "feed.json"), "utf8"));
  for (const feed of ["feed.xml", "sitemap.xml"]) execFileSync("xmllint", ["--noout", "--nonet", join(s.dir, feed)]);
  assert.ok(readdirSync(join(s.dir, "policies")).length > all.length);
  const headers = readFileSync(join(s.dir, "_headers"), "utf8");
  assert.match(headers, /\/policies\/x\.svg\n {2}! Content-Security-Policy\n {2}Content-Security-Policy: sandbox/);
  await context.close();
  s.close();
  open.delete(s);
  rmSync(dir, { recursive: true, force: true });
}
