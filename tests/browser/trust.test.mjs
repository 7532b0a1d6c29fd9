// The page on which a browser checks a signed site: what is sound, what does not fit, and which file is missing are told apart.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { site, browser, watched, root } from "./support.mjs";

const program = process.env.CLERESTORY || join(root, "target/debug/clerestory");
const keys = mkdtempSync(join(tmpdir(), "clerestory-key-"));
let s, b;
before(async () => {
  // About every second key holds a "+" in its Base64, which also parts the key from its name: one of those is taken.
  for (let told = ""; told.trim().split("+").length < 4;) {
    rmSync(join(keys, "k"), { force: true });
    told = execFileSync(program, ["keygen", join(keys, "k"), "--root", join(root, "tests/rtl")], { stdio: "pipe" }).toString();
  }
  s = await site(join(root, "tests/rtl"), ["--key", join(keys, "k")]);
  b = await browser();
});
after(async () => { await b.close(); s.close(); rmSync(keys, { recursive: true, force: true }); });

/** What the page says of each part. */
async function checked() {
  const { page, wrong, context } = await watched(b);
  await page.goto(`${s.base}/en/trust/`);
  await page.click("[data-trust] button");
  await page.waitForFunction(() => [...document.querySelectorAll("[data-trust] li span")].every((e) => e.textContent && !/checking/.test(e.textContent)));
  const told = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll("[data-trust] li")].map((e) => [e.dataset.part, e.querySelector("span").textContent])));
  assert.deepEqual(wrong, []);
  await context.close();
  return told;
}

/** The same with a file changed, or taken away. */
async function without(path, change) {
  const file = join(s.dir, path), kept = readFileSync(file);
  if (change) writeFileSync(file, change(Buffer.from(kept))); else rmSync(file);
  try { return await checked(); } finally { writeFileSync(file, kept); }
}

const good = "correct", bad = "not correct", unknown = "cannot be told without the files above";
const missing = (path) => `file of the site is missing: /${path}`;

test("a sound site is called sound", async () => {
  assert.deepEqual(await checked(), { checkpoint: good, note: good, manifest: good, root: good });
});

test("a file that does not fit is not correct", async () => {
  const flip = (bytes) => { bytes[bytes.length >> 1] ^= 1; return bytes; };
  assert.deepEqual(await without("manifest.json", flip), { checkpoint: good, note: bad, manifest: bad, root: good });
  assert.equal((await without("log/checkpoint", (b) => Buffer.from(b.toString().replace("\n\n", "\nx\n\n")))).checkpoint, bad);
});

test("a missing file is named, and the other parts are checked", async () => {
  assert.deepEqual(await without("log/checkpoint"), { checkpoint: missing("log/checkpoint"), note: good, manifest: unknown, root: unknown });
  assert.deepEqual(await without("manifest.json"), { checkpoint: good, note: missing("manifest.json"), manifest: missing("manifest.json"), root: good });
  assert.deepEqual(await without("manifest.json.note"), { checkpoint: good, note: missing("manifest.json.note"), manifest: good, root: good });
  const part = readdirSync(join(s.dir, "log/tile/entries/000.p"))[0];
  const entries = `log/tile/entries/000.p/${part}`;
  assert.deepEqual(await without(entries), { checkpoint: good, note: good, manifest: unknown, root: missing(entries) });
});
