"""Builds a dataset of every table of a folder and validates what is published: see `packages`."""
import collections, json, math, os, pathlib, shutil, subprocess, sys, tarfile, tempfile, zipfile
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal

ENDINGS = {".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json", ".geojson", ".jsonl", ".ndjson"}
MOST = 20 << 20  # bytes of a table


def tables(data, work):
    """All files that may be tables, those in packs too."""
    for pack in sorted(data.rglob("*.tar.xz")):
        with tarfile.open(pack) as t:
            t.extractall(work / pack.name, filter="data")
    for top in [data, *sorted(p for p in work.iterdir() if p.is_dir())]:
        for f in sorted(top.rglob("*")):
            if f.is_file() and f.suffix.lower() in ENDINGS and f.stat().st_size <= MOST:
                yield f


def validate(path):
    """Errors of a zip, and what its figures should be."""
    from frictionless import Package, system

    out = []
    with tempfile.TemporaryDirectory() as d:
        with zipfile.ZipFile(path) as z:
            z.extractall(d)
        try:
            with system.use_context(trusted=True):
                report = Package(os.path.join(d, "datapackage.json")).validate(limit_errors=5)
            if not report.valid:
                out += [f"{e[2]}: {e[3][:200]}" for e in report.flatten(["rowNumber", "fieldNumber", "type", "note"])] or ["invalid"]
                out += [str(e.note)[:200] for e in report.errors]
        except Exception as e:  # a package that cannot be opened is as wrong
            out.append(f"{type(e).__name__}: {str(e)[:300]}")
        out += figures(d, pathlib.Path(path).parent / "rows/index.json")
    return str(path), out


def figures(d, index):
    """Count, extremes, mean, median and quartiles of each column of numbers, by DuckDB."""
    import duckdb

    told = json.loads(index.read_text())
    schema = json.loads(pathlib.Path(d, "datapackage.json").read_text())["resources"][0]["schema"]
    missing = set(schema["missingValues"])
    out = []
    csv = next(pathlib.Path(d).glob("*.csv"))
    db = duckdb.connect()
    quoted = lambda n: '"' + n.replace('"', '""') + '"'
    try:
        db.execute("create table t as select * from read_csv(?, header=true, all_varchar=true, delim=',', quote='\"', escape='\"', null_padding=false, strict_mode=true, max_line_size=20000000)", [str(csv)])
    except Exception:
        return out  # what DuckDB does not read (heads of one column that look like data, NUL) is not its business
    names = [r[0] for r in db.execute("describe t").fetchall()]
    if len(names) != len(schema["fields"]):
        return out
    for name, field, f in zip(names, schema["fields"], told["figures"]):
        if field["type"] not in ("integer", "number") or field.get("groupChar") or "median" not in f:
            continue
        own = field.get("missingValues")
        signs = [m for m in (set(own) if own is not None else missing) if m]
        db.execute("create or replace table c as select %s as v from t where %s is not null and not list_contains(?::varchar[], %s)" % ((quoted(name),) * 3), [signs])
        per = "case when v like '%\\%' escape '\\' then cast(rtrim(v, '% ') as double) / 100 else cast(v as double) end"
        n, low, high, mean, q1, q2, q3, distinct = db.execute(
            f"select count(*), min({per}), max({per}), avg({per}), quantile_cont({per}, 0.25), quantile_cont({per}, 0.5), quantile_cont({per}, 0.75), count(distinct v) from c"
        ).fetchone()
        about = f.get("approximate", [])

        def near(what, got, want, slack):
            if got is None or want is None or abs(got - want) > slack * max(1e-12, abs(want)) + 1e-9 * max(abs(low), abs(high)):
                out.append(f"figures: {name}: {what} {got}, DuckDB {want}")

        value = lambda t: (lambda x: x / 100 if t.rstrip().endswith("%") else x)(float(t.replace(",", "").replace("\u2212", "-").replace(" ", "").rstrip("%")))
        if n != f["rows"] - f["missing"]:
            out.append(f"figures: {name}: {f['rows'] - f['missing']} values, DuckDB {n}")
            continue
        try:
            near("min", value(f["min"]), low, 0)
            near("max", value(f["max"]), high, 0)
        except ValueError:
            pass  # full-width digits
        near("mean", f["mean"], mean, 1e-9)
        slack = 0.01 if "median" in about else 1e-12
        for what, got, want in (("median", f["median"], q2), ("first quartile", f["quartiles"][0], q1), ("third quartile", f["quartiles"][1], q3)):
            near(what, got, want, slack)
        if "distinct" not in about and "distinct" in f and abs(f["distinct"] - distinct) > len(signs) + 1:
            # Values that differ in their separators only are one in the clean CSV.
            if f["distinct"] < distinct:
                out.append(f"figures: {name}: {f['distinct']} different, DuckDB {distinct}")
    return out


def main():
    program, data, work = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    unpacked = work / "packs"
    unpacked.mkdir()
    site = work / "site"
    (site / "content").mkdir(parents=True)
    (site / "site.yaml").write_text("title: Walk\ndescription: Walk.\nbase_url: https://data.example.org/\nprofile: generic\nlanguages: [en]\ntime_zone: UTC\ngit: false\n")
    (site / "content/departments.yaml").write_text("- {id: office, name: Office}\n")
    shown = {}
    for n, f in enumerate(tables(data, unpacked)):
        d = site / f"content/datasets/t{n}"
        d.mkdir(parents=True)
        name = "d" + f.suffix.lower()
        shutil.copyfile(f, d / name)
        (d / "dataset.yaml").write_text(json.dumps({"title": f"t{n}", "publisher": "office", "license": "CC-BY-4.0", "frequency": "irregular", "issued": "2026-01-01",
            "modified": "2026-01-01", "access_rights": "open", "resources": [{"name": "d", "path": name}]}))
        shown[f"t{n}"] = f
    ran = subprocess.run([program, "build", "--hold-back", "--quiet"], cwd=site, capture_output=True, text=True)
    zips = sorted((site / "public").glob("datasets/*/d/d.zip"))
    print(f"{len(shown)} files, {len(zips)} packages", flush=True)
    if not zips:
        sys.exit(ran.stderr[-2000:])
    bad = collections.OrderedDict()
    with ProcessPoolExecutor(max_workers=int(os.environ.get("JOBS", "2"))) as pool:
        for path, errors in pool.map(validate, map(str, zips), chunksize=8):
            if errors:
                bad[path] = errors
                print(shown[pathlib.Path(path).parents[1].name], *errors[:5], sep="\n    ", flush=True)
    print(f"{len(bad)} of {len(zips)} packages fail")
    sys.exit(1 if bad else 0)


main()
