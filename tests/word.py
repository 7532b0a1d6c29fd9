"""A Word file as python-docx reads it, in lines: what it holds, in the order in which it stands."""
import sys
import zipfile
from xml.etree import ElementTree

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

path = sys.argv[1]
with zipfile.ZipFile(path) as z:
    assert z.testzip() is None
    names = z.namelist()
    assert names[0] == "[Content_Types].xml" and len(names) == len(set(names)), names
    assert all(i.date_time == (1980, 1, 1, 0, 0, 0) for i in z.infolist()), "tells an hour"
    parts = {n: ElementTree.fromstring(z.read(n)) for n in names}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# What is pointed at is there: links, notes, styles.
for part in ("document", "footnotes"):
    name = f"word/{part}.xml"
    if name not in parts:
        continue
    rels = parts.get(f"word/_rels/{part}.xml.rels")
    ids = {r.get("Id"): r.get("Target") for r in rels} if rels is not None else {}
    for e in parts[name].iter():
        assert e.get(R + "id") is None or e.get(R + "id") in ids, e.get(R + "id")
notes = {f.get(W + "id") for f in parts["word/footnotes.xml"]} if "word/footnotes.xml" in parts else set()
told = [e.get(W + "id") for e in parts["word/document.xml"].iter(W + "footnoteReference")]
assert len(told) == len(set(told)) and set(told) <= notes and len(notes - {"-1", "0"}) == len(told), (told, notes)
styles = {s.get(W + "styleId") for s in parts["word/styles.xml"].iter(W + "style")}
for tag in ("pStyle", "rStyle", "tblStyle"):
    for name in ("word/document.xml", "word/footnotes.xml"):
        for e in parts[name].iter(W + tag) if name in parts else ():
            assert e.get(W + "val") in styles, e.get(W + "val")
marks = [e.get(W + "name") for e in parts["word/document.xml"].iter(W + "bookmarkStart")]
assert len(marks) == len(set(marks))
for t in parts["word/document.xml"].iter(W + "tbl"):
    grid = len(t.find(W + "tblGrid"))
    assert all(len(r.findall(W + "tc")) == grid for r in t.findall(W + "tr")), "rows of unlike length"



def blocks(d):
    """Paragraphs and tables in their order; the python-docx of older Debian has no word for it."""
    if hasattr(d, "iter_inner_content"):
        return d.iter_inner_content()
    kinds = {W + "p": Paragraph, W + "tbl": Table}
    return [kinds[e.tag](e, d) for e in d.element.body if e.tag in kinds]


def text(p):
    """The text of a paragraph with that of its links, which older versions leave out."""
    if hasattr(p, "hyperlinks"):
        return p.text
    signs = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
    return "".join(e.text or "" if e.tag == W + "t" else signs.get(e.tag, "") for r in p._p.iter(W + "r") for e in r)


def addresses(p):
    if hasattr(p, "hyperlinks"):
        return [h.address for h in p.hyperlinks]
    ids = [e.get(R + "id") for e in p._p.iter(W + "hyperlink")]
    return [p.part.rels[i].target_ref if i else "" for i in ids]


d = docx.Document(path)
print("title", d.core_properties.title, d.core_properties.author, d.core_properties.created)
for block in blocks(d):
    if isinstance(block, Table):
        for row in block.rows:
            print("row", " | ".join("\n".join(text(p) for p in c.paragraphs) for c in row.cells))
    else:
        links = " ".join(addresses(block))
        print(block.style.name, text(block), links, "".join("B" for r in block.runs if r.bold), sep="\t")
for f in parts["word/footnotes.xml"] if "word/footnotes.xml" in parts else ():
    print("note", f.get(W + "id"), "".join(t.text or "" for t in f.iter(W + "t")))
print("marks", *marks)
