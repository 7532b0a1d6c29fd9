// A loopback server as a static host: compresses text types, counts the bytes of each answer.
import http from "node:http";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };

export function serve(root) {
  const log = [], packed = new Map();
  const server = http.createServer((q, r) => {
    const url = decodeURIComponent(new URL(q.url, "http://x").pathname);
    let file = path.join(root, url);
    if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, "index.html");
    if (!file.startsWith(root) || !fs.existsSync(file)) {
      r.writeHead(404);
      return r.end();
    }
    const type = TYPES[path.extname(file)] || "application/octet-stream";
    const headers = { "content-type": type, "cache-control": "max-age=600" };
    let body = fs.readFileSync(file);
    if (/text|json|wasm|svg/.test(type)) {
      if (!packed.has(file)) packed.set(file, zlib.gzipSync(body, { level: 9 }));
      body = packed.get(file);
      headers["content-encoding"] = "gzip";
    }
    log.push([url, body.length]);
    r.writeHead(200, { ...headers, "content-length": body.length });
    r.end(body);
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done({ base: `http://127.0.0.1:${server.address().port}`, log, close: () => server.close() })));
}
