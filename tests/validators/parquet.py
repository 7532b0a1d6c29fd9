"""Holds every .parquet of a built site against the CSV beside it, by DuckDB and by Polars: names, order, rows, and every value
(text letter by letter, numbers digit by digit, days and times as such). With --range FILE it serves the folder of one file with
byte ranges and counts what Polars reads to look up one row. tests/validators/parquet.py SITE... (duckdb, polars of PyPI)"""

import csv
import datetime
import decimal
import functools
import http.server
import json
import pathlib
import sys
import threading

import duckdb
import polars

csv.field_size_limit(1 << 30)
decimal.getcontext().prec = 60


def same(value, text, signs):
    """Whether a typed value is what the CSV says."""
    if value is None:
        return text == "" or text in signs
    if isinstance(value, str):
        return value == text
    if isinstance(value, bool):
        return text.lower() == str(value).lower()
    if isinstance(value, int):
        return str(value) == text
    if isinstance(value, decimal.Decimal):
        return decimal.Decimal(text) == value and len(text.lstrip("-").replace(".", "").lstrip("0")) <= 38
    if isinstance(value, datetime.datetime):
        return datetime.datetime.fromisoformat(text) == value
    if isinstance(value, datetime.date):
        return datetime.date.fromisoformat(text) == value
    return False


def one(path):
    table = path.with_suffix(".csv")
    with table.open(encoding="utf-8", newline="") as f:
        head, *rows = csv.reader(f)
    con = duckdb.connect()
    meta = con.execute("select decode(key), decode(value) from parquet_kv_metadata(?)", [str(path)]).fetchall()
    signs = {c: set(v) for k, t in meta if k == "missingValues" for c, v in json.loads(t).items()}
    got = con.execute("select * from read_parquet(?)", [str(path)])
    names = [d[0] for d in got.description]
    # DuckDB calls a second column of a name in another case otherwise; Polars keeps it.
    frame = polars.read_parquet(path)
    assert frame.columns == head, (frame.columns, head)
    assert len(names) == len(head)
    duck, pola = got.fetchall(), frame.rows()
    # A record of one column without a value is none to readers of CSV.
    assert len(duck) == len(pola) == len(rows), (path, len(duck), len(pola), len(rows))
    for n, (a, b, r) in enumerate(zip(duck, pola, rows)):
        for c, text in enumerate(r):
            s = signs.get(head[c], set())
            assert same(a[c], text, s), (str(path), "duckdb", n, head[c], a[c], text)
            assert same(b[c], text, s), (str(path), "polars", n, head[c], b[c], text)
    kinds = {str(t) for t in frame.dtypes}
    assert not any("Float" in k for k in kinds), kinds
    return len(rows), kinds


class Ranges(http.server.SimpleHTTPRequestHandler):
    sent = 0

    def log_message(self, *_):
        pass

    def do_GET(self):
        data = pathlib.Path(self.translate_path(self.path))
        size, asked = data.stat().st_size, self.headers.get("Range")
        first, last = 0, size - 1
        if asked:
            a, b = asked.removeprefix("bytes=").split("-")
            first, last = (int(a), min(int(b or size - 1), size - 1)) if a else (size - int(b), size - 1)
        self.send_response(206 if asked else 200)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(last - first + 1))
        if asked:
            self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.end_headers()
        with data.open("rb") as f:
            f.seek(first)
            self.wfile.write(f.read(last - first + 1))
        Ranges.sent += last - first + 1

    def do_HEAD(self):
        self.send_response(200)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(pathlib.Path(self.translate_path(self.path)).stat().st_size))
        self.end_headers()


def ranged(path, column, value):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Ranges, directory=str(path.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # Polars asks for ranges by itself; DuckDB wants an extension that is not in PyPI.
    url = f"http://127.0.0.1:{server.server_port}/{path.name}"
    found = polars.scan_parquet(url).filter(polars.col(column) == value).collect().rows()
    size = path.stat().st_size
    print(json.dumps({"file": path.name, "bytes": size, "read": Ranges.sent, "share": round(Ranges.sent / size, 4), "rows": len(found)}))
    assert found and Ranges.sent <= size * 0.05


def main():
    if sys.argv[1] == "--range":
        ranged(pathlib.Path(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4]))
        return
    files, rows, kinds = 0, 0, set()
    for site in sys.argv[1:]:
        for path in sorted(pathlib.Path(site).rglob("*.parquet")):
            n, k = one(path)
            files, rows, kinds = files + 1, rows + n, kinds | k
    print(json.dumps({"tables": files, "rows": rows, "types": sorted(kinds)}))
    sys.exit(0 if files else 1)


main()
