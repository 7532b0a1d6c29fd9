// Laws as a portal project: every law of the shared data, with title, day, number, region and kind.
import fs from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";

// All Markdown laws below the folders; packs beside them are opened first.
export function laws(folders, work) {
  const docs = [];
  const walk = (dir, root) => {
    for (const e of fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const p = path.join(dir, e.name);
      if (e.isDirectory()) walk(p, root);
      else if (e.name.endsWith(".md") && !["_index.md", "README.md", "SOURCE.md"].includes(e.name) && !e.name.startsWith("法律法规模版")) read(p, root);
    }
  };
  const read = (file, root) => {
    const text = fs.readFileSync(file, "utf8");
    const head = /^#\s+(.+)$/m.exec(text);
    if (!head) return;
    const title = head[1].replace(/\s+/g, "");
    const body = text.slice(head.index + head[0].length).replace("<!-- INFO END -->", "").trim();
    const parts = path.relative(root, file).split(path.sep);
    const local = parts[0] === "DLC";
    const named = /\((\d{4}-\d{2}-\d{2})\)/.exec(path.basename(file));
    const told = /(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(body);
    const date = named ? named[1] : told ? `${told[1]}-${told[2].padStart(2, "0")}-${told[3].padStart(2, "0")}` : "";
    const number = /[法国][发释〔[（(]\S{0,3}\d{4}[〕\])）]\d+号/.exec(body.slice(0, 600));
    docs.push({ title, body, date, department: local ? parts[1].replace("地方法规", "") : parts[0], type: local ? "地方性法规" : parts[0], docNo: number ? number[0] : "", file: parts.join("/") });
  };
  for (const folder of folders) {
    if (!fs.existsSync(folder)) throw new Error(`no corpus at ${folder}: say where it is with DATA=`);
    walk(folder, folder);
    for (const pack of fs.readdirSync(folder).filter((f) => f.endsWith(".tar.xz"))) {
      const to = path.join(work, "unpacked", pack);
      if (!fs.existsSync(to)) {
        fs.mkdirSync(to, { recursive: true });
        execFileSync("tar", ["xJf", path.join(folder, pack), "-C", to]);
      }
      let root = to;
      for (let inner = fs.readdirSync(root); inner.length === 1; inner = fs.readdirSync(root)) root = path.join(root, inner[0]);
      walk(root, root);
    }
  }
  const seen = new Set();
  return docs.filter((d) => !seen.has(d.file) && seen.add(d.file));
}

const quoted = (t) => JSON.stringify(t);

// Writes the project; `docs[i].url` is the address it will have.
export function project(docs, root, languages) {
  fs.rmSync(root, { recursive: true, force: true });
  fs.mkdirSync(path.join(root, "content/policies"), { recursive: true });
  const departments = [...new Set(docs.map((d) => d.department))];
  fs.writeFileSync(path.join(root, "site.yaml"), `title: 法规库\nbase_url: https://example.org/\nas_of: 2026-07-01\nlanguages: [${languages || "zh-Hans"}]\n`);
  fs.writeFileSync(path.join(root, "content/departments.yaml"), departments.map((d, i) => `- {id: d${i}, name: ${quoted(d)}}\n`).join(""));
  docs.forEach((d, i) => {
    d.url = `/policies/p${String(i).padStart(6, "0")}/`;
    const front = [`title: ${quoted(d.title)}`, `issuer: [d${departments.indexOf(d.department)}]`];
    if (d.date && !Number.isNaN(Date.parse(d.date))) front.push(`formed_on: ${d.date}`);
    if (d.docNo) front.push(`doc_no: ${quoted(d.docNo)}`);
    fs.writeFileSync(path.join(root, `content/policies/p${String(i).padStart(6, "0")}.md`), `---\n${front.join("\n")}\n---\n\n${d.body}\n`);
  });
  return departments;
}
