// The search benchmark: relevance, bytes and time beside Pagefind and MiniSearch with bigrams, in one run.
//
//   node benches/search/run.mjs DATA [--seed 1117] [--peers] [--scale 100000] [--quick] [--everyday] [--gate]
//
// --peers adds Pagefind and MiniSearch; --scale makes N notices of the laws; --quick asks the engine without a browser
// (relevance and bytes, no times); --everyday asks only what people ask (everyday.mjs), by kind, the half that nothing
// was tuned on, with the peers where --peers is said too; --gate fails where a goal is missed.
//
// DATA holds zh-laws and zh-laws-more. Needs node, a release build, Chromium, and `npm ci` in this folder.
// Queries are made by rule from the texts (queries.mjs); the weights were tuned on seed 7.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { laws, project } from "./corpus.mjs";
import { queries, rr, MAIN } from "./queries.mjs";
import { everyday } from "./everyday.mjs";
import { serve } from "./server.mjs";

const here = path.dirname(fileURLToPath(import.meta.url)), args = process.argv.slice(2);
const flag = (name, otherwise) => (args.includes(`--${name}`) ? (/^\d+$/.test(args[args.indexOf(`--${name}`) + 1]) ? Number(args[args.indexOf(`--${name}`) + 1]) : true) : otherwise);
const data = args.find((a) => !a.startsWith("--") && !/^\d+$/.test(a));
if (!data) {
  console.error("node benches/search/run.mjs DATA: the folder with zh-laws and zh-laws-more");
  process.exit(2);
}
const seed = flag("seed", 1117), scale = flag("scale", 0), quick = flag("quick", false);
const work = fs.mkdtempSync(path.join(fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir(), "clerestory-search-"));
process.on("exit", () => fs.rmSync(work, { recursive: true, force: true }));
const program = process.env.CLERESTORY || path.join(here, "../../target/release/clerestory");
const median = (l, p = 0.5) => (l.length ? l.slice().sort((a, b) => a - b)[Math.min(l.length - 1, Math.floor(l.length * p))] : 0);
const mean = (l) => (l.length ? l.reduce((a, b) => a + b, 0) / l.length : 0);
const kb = (n) => (n / 1000).toFixed(1);

// Wall and CPU seconds and peak memory in MB of a command.
function timed(list, env) {
  const script = "import resource,subprocess,sys,time\nt=time.time()\np=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.PIPE)\nr=resource.getrusage(resource.RUSAGE_CHILDREN)\nprint(time.time()-t,r.ru_utime+r.ru_stime,r.ru_maxrss//1024)\nsys.stderr.buffer.write(p.stderr)";
  const r = spawnSync("/usr/bin/env", ["python3", "-c", script, ...list], { encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, ...env } });
  const [wall, cpu, memory] = r.stdout.trim().split(" ").map(Number);
  return { wall, cpu, memory, err: r.stderr };
}

let docs = laws([path.join(data, "zh-laws"), path.join(data, "zh-laws-more")], work);
if (scale) docs = (await import("./scale.mjs")).scaled(docs, scale);
const bytes = docs.reduce((n, d) => n + Buffer.byteLength(d.body), 0);
const root = path.join(work, "project");
project(docs, root);
const pub = path.join(root, "public");
const build = [program, "build", "--no-sync", "--quiet", "--root", root, "--summary", path.join(work, "summary.json")];
const told = () => JSON.parse(fs.readFileSync(path.join(work, "summary.json"), "utf8"));
// On one thread the time of the stage is its CPU time.
timed(build, { RAYON_NUM_THREADS: "1" });
const alone = Object.fromEntries(told().seconds).index;
fs.rmSync(pub, { recursive: true });
const built = timed(build, {});
if (!fs.existsSync(path.join(pub, "search"))) throw new Error(built.err);
const summary = told();
const files = (dir) => fs.readdirSync(dir, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(path.join(dir, e.name)) : [fs.statSync(path.join(dir, e.name)).size]));
const index = files(path.join(pub, "search"));
console.log(`${docs.length} documents, ${(bytes / 1e6).toFixed(1)} MB of text; seed ${seed}`);
console.log(`index ${alone.toFixed(2)} s CPU; whole build ${built.wall.toFixed(2)} s wall, ${built.cpu.toFixed(2)} s CPU, ${built.memory} MB; ${JSON.stringify(summary.search)}; ${index.length} files, ${(index.reduce((a, b) => a + b) / 1e6).toFixed(1)} MB (allowed: ${Math.floor(summary.pages / 10) + 10000} files)`);

// Everyday queries: the share answered by the first result, and by one of five, by kind.
const DAILY = everyday(docs);
const share = (list, most) => mean(list.map((r) => Number(r.at >= 0 && r.at < most)));
const place = (urls, q) => urls.findIndex((u) => q.right.includes(u.split("#")[0]));
const kinds = [...new Set(DAILY.queries.map((q) => q.kind))];
const cells = (rows) => [...kinds.map((k) => rows.filter((r) => r.kind === k)), rows].map((l) => (l.length ? `${share(l, 1).toFixed(2)} / ${share(l, 5).toFixed(2)}` : "–")).join(" | ");
async function daily() {
  const { create } = await import(path.join(pub, "search/engine.js")), rows = [], s0 = await create("http://x/search/zh-Hans/", disk);
  for (const q of DAILY.queries) {
    const s = await create("http://x/search/zh-Hans/", disk);
    take();
    const r = await s.search(q.q, { limit: 10, facets: false, loose: true }), first = take();
    await s0.search(q.q, { limit: 10, facets: false, loose: true });
    rows.push({ ...q, at: place(r.hits.map((h) => h.url), q), anchored: !q.anchor || (r.hits.length > 0 && r.hits[0].url.endsWith("#" + q.anchor)), first, later: take() });
  }
  const lines = [`| first / in five | ${kinds.join(" | ")} | all |`, `|${"---|".repeat(kinds.length + 2)}`];
  for (const half of [1, 0]) lines.push(`| Clerestory, ${half ? "untouched" : "tuning"} half | ${cells(rows.filter((r) => r.half === half))} |`);
  if (flag("peers", false)) {
    const { minisearch, pagefind } = await import("./peers.mjs"), untouched = DAILY.queries.filter((q) => q.half === 1);
    const m = minisearch(docs, untouched, "OR");
    lines.push(`| MiniSearch ${m.version}, bigrams | ${cells(m.rows.map((r) => ({ ...r, at: place(r.urls, r) })))} |`);
    const chrome = browser || (await (await import("playwright-core")).chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] }));
    const p = await pagefind(docs, untouched, chrome, path.join(work, "pagefind"), serve);
    lines.push(`| Pagefind ${p.version} | ${cells(p.rows.map((r) => ({ ...r, at: place(r.urls, r) })))} |`);
    if (chrome !== browser) await chrome.close();
  }
  console.log(`everyday queries: ${rows.length} by hand and from numbers, half of each kind untouched; as a first query ${kb(median(rows.map((r) => r.first)))} KB median, ${kb(median(rows.map((r) => r.first), 0.95))} p95; as a later one ${kb(median(rows.map((r) => r.later)))}, ${kb(median(rows.map((r) => r.later), 0.95))}; the index alone\n${lines.join("\n")}\n`);
  return rows;
}

const all = scale ? queries(docs.slice(0, 6000), seed) : queries(docs, seed);
const browser = quick ? null : await (await import("playwright-core")).chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });

const disk = async (url) => {
  const b = fs.readFileSync(path.join(pub, decodeURIComponent(new URL(url).pathname).replace(/\/$/, "/index.html")));
  counted += b.length;
  return { ok: true, arrayBuffer: async () => b.buffer.slice(b.byteOffset, b.byteOffset + b.length) };
};
let counted = 0;
const take = () => {
  const n = counted;
  counted = 0;
  return n;
};

// The engine alone, its files read from the disk.
async function engineAlone() {
  const { create } = await import(path.join(pub, "search/engine.js")), rows = [];
  for (const [i, q] of all.entries()) {
    take();
    const s = await create("http://x/search/zh-Hans/", disk), o = { limit: 10, facets: false, loose: !scale }, r = await s.search(q.q, o);
    const row = { ...q, urls: r.hits.map((h) => h.url), first: take() + client.reduce((a, b) => a + b), ms: 0, laterMs: 0 };
    await s.search(q.q, { limit: 10, loose: true });
    row.counts = take() + row.first;
    const other = all[(i * 7 + 3) % all.length].q;
    await s.search(other, o);
    row.later = take();
    row.facets = 0;
    await s.suggest(q.q.slice(0, 4));
    row.suggest = take();
    rows.push(row);
  }
  return rows;
}

// One query in a fresh browser context, then a second one in the same page. At scale, the first results are those that
// have all of the query; the counts and what has parts come behind.
async function ours(server) {
  const rows = [];
  for (const [i, q] of all.entries()) {
    const context = await browser.newContext(), page = await context.newPage();
    await page.goto(`${server.base}/search/blank.html`);
    server.log.length = 0;
    const first = await page.evaluate(async ([text, loose]) => {
      const t = performance.now(), s = await (await import("/search/client.js")).open({ language: "zh-Hans" });
      const r = await s.search(text, { limit: 10, facets: false, loose });
      window.s = s;
      return { urls: r.hits.map((h) => h.url), total: r.total, strict: r.strict, ms: performance.now() - t };
    }, [q.q, !scale]);
    const sum = () => server.log.splice(0).reduce((n, e) => n + e[1], 0);
    const row = { ...q, ...first, first: sum() + pageScript };
    if (scale) {
      await page.evaluate((text) => window.s.search(text, { limit: 10, loose: true }), q.q);
      row.counts = row.first + sum();
    }
    const other = all[(i * 7 + 3) % all.length].q;
    row.laterMs = await page.evaluate(async ([text, loose]) => {
      const t = performance.now();
      await window.s.search(text, { limit: 10, facets: false, loose });
      return performance.now() - t;
    }, [other, !scale]);
    row.later = sum();
    await page.evaluate((text) => window.s.search(text, { limit: 10, loose: true }), other);
    row.facets = sum();
    await page.evaluate((text) => window.s.suggest(text), q.q.slice(0, 4));
    row.suggest = sum();
    rows.push(row);
    await context.close();
  }
  return rows;
}

if (!scale) {
  const rows = (await daily()).filter((r) => r.half === 1), of = (k) => rows.filter((r) => r.kind === k);
  const wrong = [];
  const check = (what, ok) => ok || wrong.push(what);
  check("everyday, in five", share(rows, 5) >= 0.85);
  check("everyday, first", share(rows, 1) >= 0.65);
  check("law and article", share(of("article"), 1) >= 0.95 && of("article").every((r) => r.anchored));
  // The goal is .9; a kind has eight to ten queries, so one more or less is .05.
  check("slips", share([...of("slip"), ...of("homophone")], 1) >= 0.8);
  if (flag("gate", false) && wrong.length) {
    console.error(`outside the goals: ${wrong.join(", ")}`);
    process.exit(1);
  }
}
// The whole page, cold, on a phone 390 px wide: page, style, scripts, index, excerpts of what is seen at once.
if (browser && !scale) {
  const told = DAILY.queries.filter((q) => q.half === 1).map((q) => q.q).filter((_, i) => i % 3 === 0).concat("\"环境影响评价\""), seen = await serve(pub), sums = [], parts = {};
  for (const q of told) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } }), page = await context.newPage();
    seen.log.length = 0;
    await page.goto(`${seen.base}/search/?q=${encodeURIComponent(q)}`);
    await page.waitForFunction(() => document.getElementById("found").textContent);
    await page.waitForLoadState("networkidle");
    sums.push(seen.log.reduce((n, e) => n + e[1], 0));
    for (const [u, n] of seen.log) {
      const k = /\/search\/zh-Hans\//.test(u) ? "index" : /policies\//.test(u) ? "excerpts" : "page, style and scripts";
      parts[k] = (parts[k] || 0) + n / told.length;
    }
    await context.close();
  }
  seen.close();
  console.log(`search page, cold, 390 px: ${kb(median(sums))} KB median, ${kb(median(sums, 0.95))} p95 of ${told.length} queries; mean ${Object.entries(parts).map(([k, n]) => `${k} ${kb(n)}`).join(", ")}`);
}

if (flag("everyday", false)) {
  if (browser) await browser.close();
  process.exit(0);
}

const CATEGORIES = [...new Set(all.map((q) => q.category))];
const line = (name, rows, extra) => `| ${name} | ${mean(rows.filter((r) => MAIN.includes(r.category)).map((r) => r.rr)).toFixed(3)} | ${CATEGORIES.map((c) => mean(rows.filter((r) => r.category === c).map((r) => r.rr)).toFixed(3)).join(" | ")} | ${extra} |`;

fs.writeFileSync(path.join(pub, "search/blank.html"), "<!doctype html><html lang=zh-Hans><title>x</title>");
const { gzipSync } = await import("node:zlib");
// The page's own script is part of what a reader loads, though the engine is asked directly here.
const pageScript = gzipSync(fs.readFileSync(path.join(pub, "search/page.js")), { level: 9 }).length;
const client = ["client.js", "engine.js", "page.js"].map((f) => gzipSync(fs.readFileSync(path.join(pub, "search", f)), { level: 9 }).length);
const server = quick ? null : await serve(pub);
const rows = quick ? await engineAlone() : await ours(server);
if (server) server.close();
for (const r of rows) r.rr = rr(r.urls, r.right);
const table = [`| | MRR@10 of ${MAIN.join(", ")} | ${CATEGORIES.join(" | ")} | first query, KB median / p95 | ms | later, KB median / p95 | ms |`, `|${"---|".repeat(CATEGORIES.length + 6)}`];
const figures = (r) => `${kb(median(r.map((x) => x.first)))} / ${kb(median(r.map((x) => x.first), 0.95))} | ${Math.round(median(r.map((x) => x.ms)))} | ${kb(median(r.map((x) => x.later)))} / ${kb(median(r.map((x) => x.later), 0.95))} | ${Math.round(median(r.map((x) => x.laterMs)))}`;
table.push(line("Clerestory", rows, figures(rows)));
console.log(`client ${client.join(" + ")} = ${client.reduce((a, b) => a + b)} bytes (engine, client, page; gzip); facets ${kb(median(rows.map((r) => r.facets)))} KB median, ${kb(Math.max(...rows.map((r) => r.facets)))} most; suggestions ${kb(median(rows.map((r) => r.suggest)))} KB median, ${kb(median(rows.map((r) => r.suggest), 0.95))} p95`);

// Literal matches: a word's results that hold it stand above those that do not; a quoted phrase's first hit holds it.
if (!scale) {
  const { create } = await import(path.join(pub, "search/engine.js"));
  const engine = await create("http://x/search/zh-Hans/", disk), flat = new Map(docs.map((d) => [d.url, (d.title + "\n" + d.body).replace(/\s+/g, "")]));
  let inversions = 0, above = 0, results = 0, literal = 0, quoted = 0;
  const words = all.filter((q) => q.category === "head" && !q.q.includes(" ")).map((q) => q.q);
  for (const w of words) {
    const r = await engine.search(w, { limit: 2000, loose: true, facets: false }), has = r.hits.filter((h) => flat.has(h.url)).map((h) => flat.get(h.url).includes(w));
    results += r.strict;
    literal += has.slice(0, r.strict).filter(Boolean).length;
    const last = has.lastIndexOf(true);
    above += has.slice(0, last + 1).filter((x) => !x).length;
    if (has.slice(0, last + 1).includes(false)) inversions++;
  }
  for (const q of all.filter((x) => ["phrase", "head"].includes(x.category) && !x.q.includes(" "))) {
    const r = await engine.search(`"${q.q}"`, { limit: 1, facets: false });
    if (r.hits.length && flat.get(r.hits[0].url).includes(q.q)) quoted++;
    else console.log("quoted phrase not found first:", q.q);
  }
  console.log(`${words.length} words: ${literal} of ${results} strict results hold the word literally; ${above} results without it above the last one with it, in ${inversions} words; quoted phrases whose first hit holds them: ${quoted} of ${all.filter((x) => ["phrase", "head"].includes(x.category) && !x.q.includes(" ")).length}`);
}

if (flag("peers", false)) {
  const { minisearch, pagefind } = await import("./peers.mjs");
  for (const mode of ["AND", "OR"]) {
    const m = minisearch(docs, all, mode);
    for (const r of m.rows) r.rr = rr(r.urls, r.right);
    table.push(line(`MiniSearch ${m.version}, bigrams, ${mode} (whole index: ${(m.bytes / 1e6).toFixed(1)} MB gzip)`, m.rows, `${kb(m.bytes)} | – | 0 | –`));
  }
  const p = await pagefind(docs, all, browser, path.join(work, "pagefind"), serve);
  for (const r of p.rows) r.rr = rr(r.urls, r.right);
  table.push(line(`Pagefind ${p.version} (build ${p.cpu.toFixed(0)} s CPU, ${p.memory} MB, ${p.files} files)`, p.rows, figures(p.rows)));
}
if (browser) await browser.close();
if (scale) console.log(`with counts and partial matches: ${kb(median(rows.map((r) => r.counts)))} KB median`);
console.log(`\n${table.join("\n")}`);
if (flag("gate", false)) {
  const wrong = [];
  const check = (what, ok) => ok || wrong.push(what);
  const of = (c) => mean(rows.filter((r) => r.category === c).map((r) => r.rr));
  check("Traditional script", of("traditional") >= 1);
  // One seed has 15 slips of the pen; one missed is .93.
  check("typos", of("typo") >= 0.93);
  check("index", alone <= 1.8 * 1.25);
  check("MRR", mean(rows.filter((r) => MAIN.includes(r.category)).map((r) => r.rr)) >= 0.97);
  check("first query", median(rows.map((r) => r.first)) <= 45000 && median(rows.map((r) => r.first), 0.95) <= 95000);
  check("later query", median(rows.map((r) => r.later)) <= 30000);
  check("files", index.length <= Math.floor(summary.pages / 10) + 10000);
  if (wrong.length) {
    console.error(`outside the goals: ${wrong.join(", ")}`);
    process.exit(1);
  }
}
