"""Polars and DuckDB on the same file: nulls, distinct, least, greatest. Usage: table-peers.py FILE

Installs both from their packages into a folder of its own beside the file.
"""
import os
import resource
import subprocess
import sys
import time

path = sys.argv[1]
home = os.path.join(os.path.dirname(os.path.abspath(path)), "clerestory-peers")

if len(sys.argv) == 2:
    if not os.path.isdir(home):
        subprocess.check_call([sys.executable, "-m", "pip", "install", "-q", "--target", home, "polars", "duckdb"])
    for what in ("polars", "duckdb"):
        subprocess.check_call([sys.executable, __file__, path, what], env={**os.environ, "PYTHONPATH": home})
    sys.exit(0)

what = sys.argv[2]
start = time.time()
if what == "polars":
    import polars as pl

    version = pl.__version__
    start = time.time()
    f = pl.scan_csv(path)
    c = pl.all()
    r = f.select(c.null_count().name.prefix("n_"), c.n_unique().name.prefix("u_"), c.min().name.prefix("a_"), c.max().name.prefix("z_")).collect(engine="streaming")
    said = f"{r['u_名称'][0]} names"
else:
    import duckdb

    version = duckdb.__version__
    start = time.time()
    r = duckdb.sql(f"SUMMARIZE SELECT * FROM read_csv('{path}')").fetchall()
    said = f"{r[6][4]} names (estimate)"
use = resource.getrusage(resource.RUSAGE_SELF)
print(f"{what} {version}\t{time.time() - start:.3f}\t{use.ru_utime + use.ru_stime:.3f}\t{use.ru_maxrss / 1024:.0f}\t{said}")
