// A clerk writes an item in the real editor (Sveltia CMS) with the configuration that `clerestory editor` prints: the browser's
// own file system stands in for the folder on the disk, the editor's local backend reads and writes it, and what it wrote is built.
// Called by tests/walks/editor: program, folder with node_modules.
import { createServer } from "node:http";
import { readFileSync, writeFileSync, mkdirSync, mkdtempSync, rmSync, existsSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import assert from "node:assert/strict";

const [program, modules] = process.argv.slice(2);
const { chromium } = createRequire(join(modules, "x.js"))("playwright-core");
const editor = join(modules, "node_modules/@sveltia/cms/dist/sveltia-cms.js");
const dir = mkdtempSync(join(tmpdir(), "clerestory-editor-"));
const run = (...args) => execFileSync(program, [...args, "--root", dir, "--lang", "en"], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const file = (path, text) => (mkdirSync(dirname(join(dir, path)), { recursive: true }), writeFileSync(join(dir, path), text));
const files = {
  "site.yaml": "title: Springdale\nbase_url: https://data.example.org/\nlanguages: [en]\ntime_zone: UTC\n",
  "content/departments.yaml": "- {id: works, name: Public Works}\n",
  "content/news/old.md": "---\ntitle: Road closed\npublished_at: 2026-01-01\nissuer: [works]\n---\nUntil May.\n",
};
for (const [path, text] of Object.entries(files)) file(path, text);
const config = run("editor");
const page = `<!doctype html><html lang=en><meta charset=utf-8><title>Editor</title><link href=config.yml type=text/yaml rel=cms-config-url><body><script src=sveltia-cms.js></script>`;
const server = createServer((q, a) => {
  const path = q.url.split("?")[0];
  const [type, body] = { "/": ["text/html", "<!doctype html><title>x</title>"], "/admin/": ["text/html", page], "/admin/config.yml": ["text/yaml", config], "/admin/sveltia-cms.js": ["text/javascript", readFileSync(editor)] }[path] ?? [];
  a.writeHead(type ? 200 : 404, { "Content-Type": type ?? "text/plain" });
  a.end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 900 } });
  const p = await context.newPage();
  const said = [];
  p.on("pageerror", (e) => said.push(e.message));
  // Nothing is asked of other hosts: there are none.
  await context.route((u) => !u.href.startsWith(base), (r) => r.abort());
  await p.goto(base);
  await p.evaluate(async (files) => {
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle(".git", { create: true });
    for (const [path, text] of Object.entries(files)) {
      const parts = path.split("/");
      let at = root;
      for (const d of parts.slice(0, -1)) at = await at.getDirectoryHandle(d, { create: true });
      const w = await (await at.getFileHandle(parts.at(-1), { create: true })).createWritable();
      await w.write(text);
      await w.close();
    }
  }, files);
  await p.addInitScript(() => { window.showDirectoryPicker = () => navigator.storage.getDirectory(); });
  await p.goto(`${base}/admin/`);
  await p.getByRole("button", { name: "Work with Local Repository" }).click();
  await p.getByText("Road closed").first().waitFor({ timeout: 60000 }).catch(() => {});
  await p.goto(`${base}/admin/#/collections/news/new`);
  const title = p.locator('[data-key-path="title"] input').first();
  await title.waitFor({ timeout: 60000 });
  await title.fill("Library open on Sundays");
  const body = p.locator('[data-key-path="body"] [contenteditable="true"], [data-key-path="body"] textarea').first();
  // Fields are made when they come into sight.
  await p.mouse.move(300, 600);
  for (let i = 0; i < 40 && !(await body.isVisible()); i++) {
    await p.mouse.wheel(0, 1200);
    await p.waitForTimeout(250);
  }
  await body.click();
  await p.keyboard.type("From June on, from nine to five.");
  if (process.env.SHOT) await p.screenshot({ path: process.env.SHOT, fullPage: true });
  await p.getByRole("button", { name: "Save", exact: true }).click();
  await p.waitForFunction(() => !location.hash.endsWith("/new"), null, { timeout: 60000 }).catch(() => {});
  const written = await p.evaluate(async () => {
    const out = {};
    const walk = async (d, path) => {
      for await (const [name, h] of d.entries()) {
        if (h.kind === "directory") await walk(h, `${path}${name}/`);
        else out[path + name] = await (await h.getFile()).text();
      }
    };
    await walk(await navigator.storage.getDirectory(), "");
    return out;
  });
  assert.deepEqual(said, [], "errors in the editor");
  const fresh = Object.keys(written).filter((f) => !(f in files));
  if (process.env.SHOT && fresh.length !== 1) await p.screenshot({ path: process.env.SHOT, fullPage: true });
  assert.equal(fresh.length, 1, `one new file, not ${JSON.stringify(fresh)}`);
  for (const [path, text] of Object.entries(files)) assert.equal(written[path], text, `${path} was changed`);
  console.log(`${fresh[0]}:\n${written[fresh[0]]}`);
  file(fresh[0], written[fresh[0]]);
  const checked = (() => { try { return run("check", "--format", "json"); } catch (e) { return e.stdout; } })();
  const about = JSON.parse(checked).findings.filter((d) => d.file === fresh[0]);
  const wrong = about.filter((d) => d.severity === "error" || d.severity === "veto");
  assert.deepEqual(wrong, [], "what the form wrote is in order");
  // A draft until the clerk says otherwise.
  assert.match(written[fresh[0]], /^draft: true$/m);
  file(fresh[0], written[fresh[0]].replace(/^draft: true\n/m, ""));
  try { run("build"); } catch (e) { assert.notEqual(e.status, 2, e.stderr); }
  const html = join(dir, "public", fresh[0].replace(/^content\//, "").replace(/\.md$/, ""), "index.html");
  assert.ok(existsSync(html), html);
  const text = readFileSync(html, "utf8");
  assert.ok(text.includes("Library open on Sundays") && text.includes("From June on, from nine to five."));
  console.log("editor: one item written through its form, checked and built");
} finally {
  await browser.close();
  server.close();
  rmSync(dir, { recursive: true, force: true });
}
