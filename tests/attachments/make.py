#!/usr/bin/env python3
"""Makes the documents of tests/attachments/files: made-up people in every place of every format that people attach.

    python3 -m venv V && V/bin/pip install reportlab pypdf python-docx python-pptx odfpy pillow openpyxl pillow-heif cfbwrite
    V/bin/python tests/attachments/make.py [FOLDER [EACH]]

planted.tsv tells what stands where: file, place, kind, number. FOLDER is this one unless given; EACH is how many numbers
of each kind stand in each place: 6 in the files that are kept, 200 in tests/walks/planted.
"""
import datetime
import io
import os
import random
import struct
import sys
import zipfile

HERE = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "files")
KINDS = ["id", "mobile", "card", "passport", "postal", "plate", "person"]
EACH = int(sys.argv[2]) if len(sys.argv) > 2 else 6
# What a camera writes holds 64 KB: more numbers than these stand in more pictures.
PICTURE = 20
planted = []
rnd = random.Random(20260101)
DAY = (2026, 1, 1, 0, 0, 0)


def resident():
    w = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    n = rnd.choice(["330106", "330782", "110105", "310104", "440106"]) + f"{rnd.randint(1950, 2000)}{rnd.randint(1, 12):02}{rnd.randint(1, 28):02}{rnd.randint(1, 999):03}"
    return n + "10X98765432"[sum(int(d) * k for d, k in zip(n, w)) % 11]


def luhn(n):
    s = sum(sum(divmod(int(d) * 2, 10)) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(n)))
    return n + str(-s % 10)


def postal():
    d = f"{rnd.randint(10000000, 99999999)}"
    c = 11 - sum(int(a) * b for a, b in zip(d, [8, 6, 4, 2, 3, 5, 9, 7])) % 11
    return "EA" + d + str({10: 0, 11: 5}.get(c, c)) + "CN"


SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", ["建国", "秀英", "志强", "丽华", "国栋", "桂芳", "海燕", "文斌", "晓明", "玉兰"]


def sample(kind):
    """The words to write, and the number in them."""
    name = rnd.choice(SURNAMES) + rnd.choice(GIVEN)
    if kind == "id":
        n = resident()
        return f"{name}，身份证号{n}。", n
    if kind == "mobile":
        n = f"13{rnd.randint(5, 9)}{rnd.randint(10000000, 99999999)}"
        return f"{name}，手机{n}。", n
    if kind == "card":
        n = luhn("622848" + f"{rnd.randint(0, 10**12 - 1):012}")
        return f"开户人{name}，银行卡号{n}。", n
    if kind == "passport":
        n = f"E{rnd.randint(10000000, 99999999)}"
        return f"{name}，护照号{n}。", n
    if kind == "postal":
        n = postal()
        return f"答复已寄出，邮件号{n}。", n
    if kind == "plate":
        n = f"浙G{rnd.randint(10000, 99999)}"
        return f"车牌号{n}的小型轿车。", n
    n = f"幸福路{rnd.randint(1, 300)}号{rnd.randint(2, 20)}幢{rnd.randint(101, 999)}室"
    return f"姓名：{name}，家庭住址：清河市城东区{n}。", n


def lines(file, place, each=None):
    out = []
    for kind in KINDS:
        for _ in range(each or EACH):
            text, number = sample(kind)
            planted.append((file, place, kind, number))
            out.append(text)
    return out


def write(name, data):
    with open(os.path.join(OUT, name), "wb") as f:
        f.write(data)


def packed(parts, stored=()):
    """An archive whose bytes do not depend on the clock."""
    buf = io.BytesIO()
    with zipfile.ZipFile(buf, "w") as z:
        for name, data in parts:
            info = zipfile.ZipInfo(name, DAY)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            z.writestr(info, data)
    return buf.getvalue()


def repacked(data, old="\0", new=""):
    """Takes the clock out of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return packed([(n, z.read(n).replace(old.encode(), new.encode()) if n.endswith(".xml") else z.read(n)) for n in z.namelist()], stored=("mimetype",))


INTRO = ["关于公布2025年度困难家庭救助名单的通知", "各村（社区）：", "根据《社会救助暂行办法》，现将有关情况公布如下。"]


def pdfs():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas
    from pypdf import PdfReader, PdfWriter
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def pages(file, font, encrypted=None):
        buf = io.BytesIO()
        c = canvas.Canvas(buf, invariant=1, pageCompression=1)
        body = INTRO + lines(file, "page")
        for i in range(0, len(body), 25):
            y = 780
            c.setFont(font, 11)
            for line in body[i:i + 25]:
                c.drawString(60, y, line)
                y -= 26
            c.showPage()
        c.save()
        return buf.getvalue()

    write("song.pdf", pages("song.pdf", "STSong-Light"))
    # Notes on the page, values of a form, properties, a file in the file.
    plain = pages("notes.pdf", "STSong-Light")
    w = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    from pypdf.annotations import FreeText, Text
    for i, line in enumerate(lines("notes.pdf", "comment")):
        w.add_annotation(0, Text(text=line, rect=(50, 50 + i, 60, 60 + i)))
    w.add_metadata({"/Author": "李建国", "/Subject": "；".join(lines("notes.pdf", "properties"))})
    w.add_attachment("名单.txt", "\n".join(lines("notes.pdf", "inside")).encode())
    buf = io.BytesIO()
    w.write(buf)
    write("notes.pdf", buf.getvalue())
    # Scanned: pages that are pictures.
    from PIL import Image
    img = Image.new("L", (620, 877), 255)
    buf = io.BytesIO()
    c = canvas.Canvas(buf, invariant=1)
    for _ in range(2):
        c.drawInlineImage(img, 0, 0, 595, 842)
        c.showPage()
    c.save()
    write("scanned.pdf", buf.getvalue())
    w = PdfWriter(clone_from=PdfReader(io.BytesIO(pages("", "STSong-Light"))))
    w.encrypt("geheim", algorithm="RC4-128")
    buf = io.BytesIO()
    w.write(buf)
    write("locked.pdf", buf.getvalue())


def embedded_pdf():
    """As browsers print: fonts that stand in the file in part, with tables of their own."""
    import shutil
    import subprocess
    import tempfile
    chrome = shutil.which("chromium")
    if not chrome:
        print("no chromium: printed.pdf stays as it is")
        # What was planted there before must stand in the list all the same.
        old = [r.rstrip("\n").split("\t") for r in open(os.path.join(HERE, "planted.tsv"), encoding="utf-8")]
        planted.extend(tuple(r) for r in old if r[0] == "printed.pdf")
        return
    body = "".join(f"<p>{line}</p>" for line in INTRO + lines("printed.pdf", "page"))
    cells = lines("printed.pdf", "page")
    body += "<table border=1>" + "".join(f"<tr><td>{i + 1}<td>{c}</tr>" for i, c in enumerate(cells)) + "</table>"
    with tempfile.TemporaryDirectory() as d:
        open(os.path.join(d, "p.html"), "w", encoding="utf-8").write(f"<!doctype html><meta charset=utf-8><title>名单</title><body style='font:11pt serif'>{body}")
        subprocess.run([chrome, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={d}/p.pdf", f"file://{d}/p.html"], check=True, capture_output=True)
        write("printed.pdf", open(os.path.join(d, "p.pdf"), "rb").read())


def word(name="word.docx", each=None):
    import docx
    from docx.shared import Inches
    d = docx.Document()
    d.core_properties.author = "陈秀英"
    d.core_properties.created = d.core_properties.modified = datetime.datetime(2026, 1, 1)
    d.core_properties.comments = "PROPERTIES"
    d.add_heading(INTRO[0], 1)
    for line in INTRO[1:] + lines(name, "text", each):
        d.add_paragraph(line)
    table = d.add_table(rows=0, cols=2)
    for i, line in enumerate(lines(name, "text", each)):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(i + 1), line
    d.sections[0].header.paragraphs[0].text = "；".join(lines(name, "header", each))
    # A number in runs of different looks.
    p = d.add_paragraph("联系人")
    n = resident()
    planted.append((name, "text", "id", n))
    for i in range(0, 18, 5):
        p.add_run(n[i:i + 5]).bold = i % 2 == 0
    hidden = d.add_paragraph()
    for line in lines(name, "hidden", each):
        r = hidden.add_run(line + "\u3000")
        r.font.hidden = True
    deleted = d.add_paragraph()._p
    from docx.oxml import parse_xml
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for line in lines(name, "deleted", each):
        deleted.append(parse_xml(f'<w:del {ns} w:id="1" w:author="赵文斌" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>{line}</w:delText></w:r></w:del>'))
    run = d.add_paragraph("批注在此").runs[0]
    for line in lines(name, "comment", each):
        d.add_comment(run, text=line, author="周丽华", initials="Z")
    buf = io.BytesIO()
    d.save(buf)
    # The library takes no more than 255 signs there, Word does.
    write(name, repacked(buf.getvalue(), "PROPERTIES", "；".join(lines(name, "properties", each))))


def slides(name="slides.pptx", each=None):
    from pptx import Presentation
    p = Presentation()
    p.core_properties.author = "吴海燕"
    p.core_properties.created = p.core_properties.modified = datetime.datetime(2026, 1, 1)
    body = lines(name, "slide", each)
    for i in range(0, len(body), 14):
        s = p.slides.add_slide(p.slide_layouts[1])
        s.shapes.title.text = INTRO[0]
        s.placeholders[1].text = "\n".join(body[i:i + 14])
    s.notes_slide.notes_text_frame.text = "\n".join(lines(name, "note", each))
    s = p.slides.add_slide(p.slide_layouts[6])
    cells = lines(name, "slide", each)
    t = s.shapes.add_table(len(cells), 2, 0, 0, 5000000, 5000000).table
    for i, line in enumerate(cells):
        t.cell(i, 0).text, t.cell(i, 1).text = str(i + 1), line
    buf = io.BytesIO()
    p.save(buf)
    write(name, repacked(buf.getvalue()))


def odf():
    from odf import dc, draw, office, style, table, text
    from odf.opendocument import OpenDocumentPresentation, OpenDocumentText
    d = OpenDocumentText()
    d.meta.addElement(dc.Creator(text="杨桂芳"))
    d.meta.addElement(dc.Subject(text="；".join(lines("text.odt", "properties"))))
    for line in INTRO + lines("text.odt", "text"):
        d.text.addElement(text.P(text=line))
    t = table.Table(name="t")
    for line in lines("text.odt", "text"):
        r = table.TableRow()
        c = table.TableCell()
        c.addElement(text.P(text=line))
        r.addElement(c)
        t.addElement(r)
    d.text.addElement(t)
    p = text.P(text="批注在此")
    for line in lines("text.odt", "comment"):
        a = office.Annotation()
        a.addElement(dc.Creator(text="刘国栋"))
        a.addElement(text.P(text=line))
        p.addElement(a)
    d.text.addElement(p)
    p = text.P(text="脚注在此")
    n = text.Note(noteclass="footnote", id="n1")
    n.addElement(text.NoteCitation(text="1"))
    b = text.NoteBody()
    for line in lines("text.odt", "note"):
        b.addElement(text.P(text=line))
    n.addElement(b)
    p.addElement(n)
    d.text.addElement(p)
    buf = io.BytesIO()
    d.write(buf)
    write("text.odt", repacked(buf.getvalue()))
    d = OpenDocumentPresentation()
    layout = style.PageLayout(name="l")
    d.automaticstyles.addElement(layout)
    master = style.MasterPage(name="m", pagelayoutname=layout)
    d.masterstyles.addElement(master)
    body = lines("slides.odp", "slide")
    for i in range(0, len(body), 14):
        page = draw.Page(masterpagename=master)
        f = draw.Frame(width="20cm", height="10cm")
        box = draw.TextBox()
        for line in body[i:i + 14]:
            box.addElement(text.P(text=line))
        f.addElement(box)
        page.addElement(f)
        d.presentation.addElement(page)
    buf = io.BytesIO()
    d.write(buf)
    write("slides.odp", repacked(buf.getvalue()))


def ofd():
    ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    body = INTRO + lines("page.ofd", "page")
    parts = [
        ("OFD.xml", f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {ns} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID><ofd:Author>王志强</ofd:Author></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'),
        ("Doc_0/Document.xml", f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {ns}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/><ofd:Page ID="2" BaseLoc="Pages/Page_1/Content.xml"/></ofd:Pages></ofd:Document>'),
    ]
    for k, part in enumerate([body[:24], body[24:]]):
        objects = "".join(
            f'<ofd:TextObject ID="{100 + i}" Boundary="20 {20 + i * 9} 170 8" Font="1" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g {len(line) - 1} 4">{line}</ofd:TextCode></ofd:TextObject>'
            for i, line in enumerate(part))
        parts.append((f"Doc_0/Pages/Page_{k}/Content.xml", f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {ns}><ofd:Content><ofd:Layer ID="9">{objects}</ofd:Layer></ofd:Content></ofd:Page>'))
    write("page.ofd", packed(parts))


def rtf():
    def coded(t):
        return "".join(c if ord(c) < 128 else f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in t)
    body = "".join("{\\pard " + coded(line) + "\\par}\n" for line in INTRO + lines("text.rtf", "text"))
    write("text.rtf", ("{\\rtf1\\ansi\\ansicpg936\\uc1{\\fonttbl{\\f0 SimSun;}}{\\info{\\author " + coded("黄玉兰") + "}}\n" + body + "}").encode())


def doc():
    """The least that Word 97 and WPS read: one table of pieces, Chinese in two bytes, properties."""
    from cfbwrite import Entry, write_ole

    def stream(name, data):
        return Entry(name=name, is_storage=False, size=len(data), read=lambda: data)
    for name in ["word.doc", "text.wps"]:
        text = "\r".join(INTRO + lines(name, "text")) + "\r"
        note = "\r".join(lines(name, "note")) + "\r"
        raw = (text + note).encode("utf-16-le")
        main = bytearray(0x400) + raw
        struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
        struct.pack_into("<H", main, 0x0A, 0x0200)
        struct.pack_into("<II", main, 0x4C, len(text), len(note))
        clx = b"\x02" + struct.pack("<I", 8 + 8) + struct.pack("<II", 0, len(text + note)) + struct.pack("<HIH", 0, 0x400, 0)
        struct.pack_into("<II", main, 0x01A2, 0, len(clx))
        author = "孙文斌".encode("gbk") + b"\0"
        section = struct.pack("<IIIIII", 0, 2, 1, 24, 4, 32) + struct.pack("<II", 2, 936) + struct.pack("<II", 30, len(author)) + author
        props = struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"\0" * 16, 1, b"\0" * 16, 48) + section
        table = clx + b"\0" * (4096 - len(clx))
        streams = [stream("1Table", table), stream("WordDocument", bytes(main).ljust(4096, b"\0")), stream("\x05SummaryInformation", props)]
        write_ole(os.path.join(OUT, name), streams)


def texts():
    write("text.txt", "\n".join(INTRO + lines("text.txt", "text")).encode())
    write("gbk.txt", "\n".join(INTRO + lines("gbk.txt", "text")).encode("gb18030"))
    body = "".join(f"<p>{line}</p>" for line in INTRO + lines("page.html", "text"))
    write("page.html", f"<!DOCTYPE html><html lang=zh><title>名单</title><body>{body}</body></html>".encode())


def book():
    import openpyxl
    w = openpyxl.Workbook()
    w.properties.creator = "徐晓明"
    w.properties.created = w.properties.modified = datetime.datetime(2026, 1, 1)
    s = w.active
    s.append(["序号"] + [f"情况{k + 1}" for k in range(len(KINDS))])
    told = lines("book.xlsx", "cell")
    for i in range(EACH):
        s.append([i + 1] + [told[k * EACH + i] for k in range(len(KINDS))])
    buf = io.BytesIO()
    w.save(buf)
    write("book.xlsx", repacked(buf.getvalue()))


def office():
    """What LibreOffice writes: the old formats as they are met, in an archive, for they are long."""
    import shutil
    import subprocess
    import tempfile
    soffice = shutil.which("soffice")
    if not soffice:
        print("no soffice: office.zip stays as it is")
        old = [r.rstrip("\n").split("\t") for r in open(os.path.join(HERE, "planted.tsv"), encoding="utf-8")]
        planted.extend(tuple(r) for r in old if r[0] == "office.zip")
        return
    parts = []
    kept = len(planted)
    with tempfile.TemporaryDirectory() as d:
        # It takes hours over a document of a thousand comments: as many documents of fewer.
        for part in range(0, EACH, PICTURE):
            each = min(PICTURE, EACH - part)
            docx, pptx = f"word-{part}.docx", f"slides-{part}.pptx"
            word(docx, each)
            slides(pptx, each)
            for ending, name, src in [("doc", "MS Word 97", docx), ("ppt", "MS PowerPoint 97", pptx), ("rtf", "Rich Text Format", docx), ("odt", "writer8", docx)]:
                subprocess.run([soffice, "--headless", "--convert-to", f"{ending}:{name}", "--outdir", d, os.path.join(OUT, src)], check=True, capture_output=True)
                out = f"{src.split('.')[0]}.{ending}"
                parts.append((out, open(os.path.join(d, out), "rb").read()))
            os.remove(os.path.join(OUT, docx))
            os.remove(os.path.join(OUT, pptx))
    made = planted[kept:]
    del planted[kept:]
    for ending, src in [("doc", "word"), ("ppt", "slides"), ("rtf", "word"), ("odt", "word")]:
        planted.extend(("office.zip", f"{ending} {p}", k, n) for f, p, k, n in made if f.startswith(src))
    write("office.zip", packed(parts))


def archives():
    inner = packed([("名单.txt", "\n".join(lines("nested.zip", "inside"))), ("说明/readme.txt", "见名单。")])
    middle = packed([("里层.zip", inner), ("word.docx", open(os.path.join(OUT, "word.docx"), "rb").read())])
    planted.extend(("nested.zip", p, k, n) for f, p, k, n in list(planted) if f == "word.docx")
    write("nested.zip", packed([("附件/外层.zip", middle), ("目录.txt", "共两份。")]))


def pictures():
    for part in range(0, EACH, PICTURE):
        picture(f"-{part}" if part else "", min(PICTURE, EACH - part))


def picture(part, each):
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo
    img = Image.effect_noise((48, 32), 60).convert("RGB")

    def exif(file):
        e = Image.Exif()
        # EXIF has no Chinese but in the entries of Windows, of two bytes a sign.
        e[0x9C9C] = ("；".join(lines(file, "picture", each)) + "\0").encode("utf-16-le")
        e[0x9C9D] = "王志强\0".encode("utf-16-le")
        e[0x0112] = 6
        gps = e.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "N", (29.0, 18.0, 30.0), "E", (120.0, 4.0, 12.0)
        return e

    def shown(file, fmt, **kw):
        buf = io.BytesIO()
        img.save(buf, fmt, **kw)
        write(file, buf.getvalue())

    xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><dc:description xmlns:dc="http://purl.org/dc/elements/1.1/">{}</dc:description></rdf:Description></rdf:RDF></x:xmpmeta>'
    shown(f"photo{part}.jpg", "JPEG", exif=exif(f"photo{part}.jpg"), comment="；".join(lines(f"photo{part}.jpg", "picture", each)).encode(), xmp=xmp.format("；".join(lines(f"photo{part}.jpg", "picture", each))).encode())
    info = PngInfo()
    info.add_itxt("Description", "；".join(lines(f"drawing{part}.png", "picture", each)), "zh")
    info.add_itxt("Comment", "；".join(lines(f"drawing{part}.png", "picture", each)), "zh", zip=True)
    shown(f"drawing{part}.png", "PNG", pnginfo=info, exif=exif(f"drawing{part}.png"))
    shown(f"photo{part}.webp", "WEBP", exif=exif(f"photo{part}.webp"), xmp=xmp.format("；".join(lines(f"photo{part}.webp", "picture", each))).encode())
    try:
        import pillow_heif
        pillow_heif.register_heif_opener()
        shown(f"photo{part}.heic", "HEIF", exif=exif(f"photo{part}.heic").tobytes())
    except ImportError:
        print("no pillow-heif: photo.heic stays as it is")


def hostile():
    """Files that would cost time or memory."""
    zeros = b"0" * (200 << 20)
    write("bomb.zip", packed([("a.txt", zeros)]))
    write("bomb.docx", packed([("[Content_Types].xml", "<Types/>"), ("word/document.xml", b"<w:t>" + zeros)]))
    lol = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + ']><w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>'
    write("laughs.docx", packed([("[Content_Types].xml", "<Types/>"), ("word/document.xml", lol)]))
    deep = "<w:document xmlns:w='x'>" + "<w:p>" * 300000
    write("deep.docx", packed([("[Content_Types].xml", "<Types/>"), ("word/document.xml", deep)]))
    nest = packed([("a.txt", "里面")])
    for _ in range(30):
        nest = packed([("in.zip", nest)])
    write("deep.zip", nest)

    def pdf(objects):
        out, at = b"%PDF-1.7\n", []
        for i, o in enumerate(objects):
            at.append(len(out))
            out += f"{i + 1} 0 obj\n".encode() + o + b"\nendobj\n"
        x = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{a:010} 00000 n \n".encode() for a in at)
        return out + f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{x}\n%%EOF".encode()

    def stream(d, b):
        return f"<<{d}/Length {len(b)}>>stream\n".encode() + b + b"\nendstream"

    def page(more=b""):
        return [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 5 0 R>>"]

    import zlib
    # A page tree that is its own child; a drawing that draws itself many times; pages without end; a stream that bursts.
    write("loop.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]))
    write("fan.pdf", pdf(page() + [stream("", b"/X Do " * 200), b"<</XObject<</X 6 0 R>>>>", stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 5 0 R", b"/X Do " * 200)]))
    burst = zlib.compress(zlib.compress(b"BT " + b"q " * (300 << 20), 9), 9)
    write("burst.pdf", pdf(page() + [stream("/Filter[/FlateDecode/FlateDecode]", burst), b"<<>>"]))
    write("nested.pdf", pdf(page() + [stream("/Filter/FlateDecode", zlib.compress(b"[" * 2_000_000, 9)), b"<<>>"]))
    full = open(os.path.join(OUT, "printed.pdf"), "rb").read()
    write("cut.pdf", full[: len(full) // 2])
    full = open(os.path.join(OUT, "word.docx"), "rb").read()
    write("cut.docx", full[: len(full) // 2])
    full = open(os.path.join(OUT, "word.doc"), "rb").read()
    write("cut.doc", full[: len(full) // 2])
    write("cut.jpg", open(os.path.join(OUT, "photo.jpg"), "rb").read()[:900])


os.makedirs(OUT, exist_ok=True)
for make in [pdfs, embedded_pdf, word, slides, odf, ofd, rtf, doc, texts, book, archives, office, pictures]:
    make()
OUT = os.path.join(HERE, "hostile")
os.makedirs(OUT, exist_ok=True)
for name in ["printed.pdf", "word.docx", "word.doc", "photo.jpg"]:
    with open(os.path.join(HERE, "files", name), "rb") as f:
        write(name, f.read())
hostile()
for name in ["printed.pdf", "word.docx", "word.doc", "photo.jpg"]:
    os.remove(os.path.join(OUT, name))
with open(os.path.join(HERE, "planted.tsv"), "w", encoding="utf-8") as f:
    for row in planted:
        if row[0]:
            f.write("\t".join(row) + "\n")
