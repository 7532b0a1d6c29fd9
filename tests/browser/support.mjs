// A build of a project, served as a static host serves it, and a browser to look at it.
import { chromium } from "playwright-core";
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, extname, dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.CLERESTORY || join(root, "target/debug/clerestory");
const kinds = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".xml": "application/xml", ".json": "application/json", ".webmanifest": "application/manifest+json", ".csv": "text/csv" };

/** Builds a project into a new folder and serves it. `headers` are sent with every page. */
export async function site(project, args = []) {
  const out = mkdtempSync(join(tmpdir(), "clerestory-browser-"));
  execFileSync(program, ["build", "--quiet", "--no-sync", "--allow-errors", "--root", project, "--out", join(out, "public"), ...args], { stdio: "pipe", maxBuffer: 1 << 30 });
  const dir = join(out, "public");
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    let file = join(dir, path);
    try {
      if ((await stat(file)).isDirectory()) file = join(file, "index.html");
      const body = await readFile(file);
      response.writeHead(200, { "Content-Type": kinds[extname(file)] || "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404, { "Content-Type": "text/html; charset=utf-8" });
      response.end(await readFile(join(dir, "404.html")).catch(() => ""));
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const base = `http://127.0.0.1:${server.address().port}`;
  return { base, dir, close: () => { server.close(); rmSync(out, { recursive: true, force: true }); } };
}

export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A page that records everything that must not happen. */
export async function watched(b, options = {}) {
  const context = await b.newContext(options);
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (e) => wrong.push(`error: ${e.message}`));
  page.on("console", (m) => { if (m.type() === "error" && !/404/.test(m.text())) wrong.push(`console: ${m.text()}`); });
  page.on("dialog", (d) => { wrong.push(`dialog: ${d.message()}`); d.dismiss().catch(() => {}); });
  page.on("request", (r) => { if (!/^(http:\/\/127\.0\.0\.1|data:)/.test(r.url())) wrong.push(`request: ${r.url()}`); });
  return { context, page, wrong };
}

/** One page of every type of the sample. */
export const types = {
  home: "/", english: "/en/", traditional: "/zh-hant/", library: "/policies/", facet: "/policies/by-validity/in-force/", column: "/interpretations/",
  policy: "/policies/customs/2023-182/", law: "/policies/laws/elderly-rights-law/", amended: "/policies/laws/charity-law-2016/",
  interpretation: "/interpretations/customs/2023-182/", department: "/departments/gacc/", departments: "/departments/", themes: "/themes/",
  dataset: "/datasets/population-age/", "data file": "/datasets/admin-divisions/areas/", "data file in English": "/en/datasets/population-age/population-age/", quality: "/datasets/quality/", embed: "/embed/population-age/age-groups/", datasets: "/datasets/", "dataset in English": "/en/datasets/population-age/", topic: "/topics/elderly-care/",
  page: "/about/", checks: "/checks/", glossary: "/glossary/", elder: "/elder/", changes: "/changes/", "site map": "/sitemap/", "not found": "/404.html", search: "/search/?q=%E6%B5%B7%E5%85%B3", "style guide": "/style-guide/", "style guide in English": "/en/style-guide/",
};
