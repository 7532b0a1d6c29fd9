// The peers on the same documents and queries.
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import MiniSearch from "minisearch";

const here = path.dirname(fileURLToPath(import.meta.url));
const version = (name) => JSON.parse(fs.readFileSync(path.join(here, "node_modules", name, "package.json"), "utf8")).version;

const bigrams = (text) => (text.normalize("NFKC").toLowerCase().match(/[\u3400-\u9fff]+|[a-z0-9]+/g) || []).flatMap((r) => (/^[a-z0-9]/.test(r) || r.length < 2 ? [r] : Array.from({ length: r.length - 1 }, (_, i) => r.slice(i, i + 2))));

let kept = null;
export function minisearch(docs, queries, mode) {
  if (!kept) {
    const m = new MiniSearch({ fields: ["title", "body"], idField: "url", tokenize: bigrams, processTerm: (t) => t });
    m.addAll(docs);
    kept = { m, bytes: zlib.gzipSync(JSON.stringify(m)).length };
  }
  const rows = queries.map((q) => ({ ...q, urls: kept.m.search(q.q, { combineWith: mode, boost: { title: 5 } }).slice(0, 10).map((r) => r.id) }));
  return { version: version("minisearch"), bytes: kept.bytes, rows };
}

const escape = (t) => t.replace(/&/g, "&amp;").replace(/</g, "&lt;");
export async function pagefind(docs, queries, browser, dir, serve) {
  for (const d of docs) {
    const to = path.join(dir, d.url);
    fs.mkdirSync(to, { recursive: true });
    const body = d.body.split("\n").filter((l) => l.trim()).map((l) => (l.startsWith("#") ? `<h2>${escape(l.replace(/^#+\s*/, ""))}</h2>` : `<p>${escape(l)}</p>`)).join("\n");
    fs.writeFileSync(path.join(to, "index.html"), `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escape(d.title)}</title></head><body><main data-pagefind-body><h1>${escape(d.title)}</h1>\n${body}</main></body></html>`);
  }
  fs.writeFileSync(path.join(dir, "index.html"), '<!doctype html><html lang="zh-CN"><title>x</title>');
  const program = fs.readdirSync(path.join(here, "node_modules/@pagefind")).map((n) => path.join(here, "node_modules/@pagefind", n, "bin")).filter((p) => fs.existsSync(p)).flatMap((p) => fs.readdirSync(p).map((f) => path.join(p, f))).find((f) => /extended/.test(f));
  const run = spawnSync("/usr/bin/env", ["python3", "-c", "import resource,subprocess,sys\nsubprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL)\nr=resource.getrusage(resource.RUSAGE_CHILDREN)\nprint(r.ru_utime+r.ru_stime,r.ru_maxrss//1024)", program, "--site", dir], { encoding: "utf8", maxBuffer: 1 << 28 });
  const [cpu, memory] = run.stdout.trim().split(" ").map(Number);
  const files = fs.readdirSync(path.join(dir, "pagefind"), { recursive: true }).length;
  const server = await serve(dir), rows = [];
  for (const [i, q] of queries.entries()) {
    const context = await browser.newContext(), page = await context.newPage();
    await page.goto(`${server.base}/`);
    server.log.length = 0;
    const ask = (text, again) => page.evaluate(async ([t, again]) => {
      const from = performance.now();
      if (!again) window.p = await import("/pagefind/pagefind.js");
      const r = await window.p.search(t), top = await Promise.all(r.results.slice(0, 10).map((x) => x.data()));
      return { urls: top.map((x) => x.url), ms: performance.now() - from };
    }, [text, again]);
    const sum = () => server.log.splice(0).reduce((n, e) => n + e[1], 0);
    const first = await ask(q.q, false), row = { ...q, ...first, first: sum() };
    row.laterMs = (await ask(queries[(i * 7 + 3) % queries.length].q, true)).ms;
    row.later = sum();
    rows.push(row);
    await context.close();
  }
  server.close();
  return { version: version("pagefind"), cpu, memory, files, rows };
}
