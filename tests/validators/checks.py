"""The outside validators over built sites, and a broken control for each: see `run`."""
import hashlib, json, pathlib, re, shutil, subprocess, sys, tempfile, urllib.parse, warnings

warnings.filterwarnings("ignore")
import logging

logging.disable(logging.CRITICAL)
SCHEMAS = pathlib.Path(sys.argv[1])
SITES = [pathlib.Path(p) for p in sys.argv[2:]]
BASE = "https://data.example.org/"
CHECKS = []


def check(name, wants, spoil):
    """A check: its name, the file that a site must have for it to apply, and what spoils a copy of the site."""

    def add(f):
        CHECKS.append((name, wants, spoil, f))
        return f

    return add


def replace(path, old, new, count=1):
    def spoil(site):
        done = False
        for f in sorted(site.glob(path)):
            text = f.read_text(encoding="utf-8")
            if re.search(old, text):
                f.write_text(re.sub(old, new, text, count=count), encoding="utf-8")
                done = True
        if not done:
            raise RuntimeError(f"nothing to spoil: {old} in {path}")

    return spoil


def local(site, url):
    path = urllib.parse.unquote(urllib.parse.urlsplit(url).path).lstrip("/")
    f = site / path
    return f / "index.html" if f.is_dir() else f


def graph(site, name):
    import rdflib

    kind = {"jsonld": "json-ld", "ttl": "turtle", "rdf": "xml"}[name.rsplit(".", 1)[1]]
    return rdflib.Graph().parse(site / name, format=kind)


def whole(site, ending):
    import rdflib

    g = rdflib.Graph()
    for f in sorted(site.glob(f"catalog*.{ending}")):
        g += graph(site, f.name)
    return g


SHAPES = ["shacl/dcat-ap-SHACL.ttl", "html/shacl/shapes.ttl", "html/shacl/range.ttl", "html/shacl/shapes_recommended.ttl", "html/shacl/mdr-vocabularies.shape.ttl"]


def shacl(data, shapes):
    """Violations, and the number of warnings."""
    import pyshacl, rdflib

    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    s = rdflib.Graph().parse(shapes)
    # The file of SEMIC names property shapes that it does not describe (six of DataService): they ask for nothing.
    for shape, prop in list(s.subject_objects(sh.property)):
        if s.value(prop, sh.path) is None:
            s.remove((shape, sh.property, prop))
    _, report, _ = pyshacl.validate(data, shacl_graph=s, advanced=True, do_owl_imports=False)
    bad, warned = [], 0
    # Results within results are their reasons, not faults of their own.
    for r in set(report.objects(None, sh.result)):
        if report.value(r, sh.resultSeverity) == sh.Violation:
            bad.append(f"{report.value(r, sh.focusNode)} {report.value(r, sh.resultPath)}: {report.value(r, sh.resultMessage)} ({report.value(r, sh.value)})")
        else:
            warned += 1
    return bad, warned


@check("DCAT-AP 3.0.1, five shape files of SEMIC", "catalog.ttl", replace("catalog.ttl", r"\bdct:title \"", 'dct:alternative "', 0))
def dcat_ap(site):
    data, bad, warned = whole(site, "ttl"), [], 0
    for s in SHAPES:
        b, w = shacl(data, SCHEMAS / "dcat-ap-3.0.1" / s)
        bad += b
        warned += w
    return bad, f"{len(data)} triples, {warned} warnings"


@check("DCAT-AP, the part of each dataset", "catalog.ttl", replace("datasets/*/dcat.jsonld", r'"dct:description"', '"dct:abstract"', 0))
def dcat_parts(site):
    bad, n = [], 0
    for f in sorted(site.glob("datasets/**/dcat.jsonld"))[:8]:
        n += 1
        b, _ = shacl(graph(site, str(f.relative_to(site))), SCHEMAS / "dcat-ap-3.0.1" / SHAPES[0])
        bad += [f"{f.relative_to(site)}: {x}" for x in b]
    return bad, f"{n} parts"


@check("three syntaxes, one graph (rdflib)", "catalog.ttl", replace("catalog.rdf", r"<dct:title[^>]*>[^<]*", "<dct:title>changed"))
def isomorphic(site):
    from rdflib.compare import to_canonical_graph

    sets = {e: set(whole(site, e)) for e in ("jsonld", "ttl", "rdf")}
    bad = [f"{e}: {len(s ^ sets['ttl'])} triples differ" for e, s in sets.items() if s != sets["ttl"]]
    return bad, f"{len(sets['ttl'])} triples each"


@check("JSON-LD by a second processor, no context fetched (PyLD)", "catalog.jsonld", replace("catalog.jsonld", r'"@context": \{', '"@context": ["https://example.org/context.jsonld", {'))
def pyld(site):
    from pyld import jsonld

    def refuse(url, options):
        raise RuntimeError(f"remote context {url}")

    jsonld.set_document_loader(refuse)
    import rdflib

    bad, n = [], 0
    for f in sorted(site.glob("catalog*.jsonld")):
        try:
            quads = jsonld.to_rdf(json.loads(f.read_text(encoding="utf-8")), {"format": "application/n-quads"})
            other = {t for t in rdflib.Graph().parse(data=quads, format="nt")}
            mine = set(graph(site, f.name))
            n += len(other)
            if other != mine:
                bad.append(f"{f.name}: {len(other ^ mine)} triples differ from rdflib's")
        except Exception as e:
            bad.append(f"{f.name}: {e}")
    return bad, f"{n} triples"


@check("the site's first language comes first", "catalog.ttl", replace("catalog.ttl", r'dct:title (\"(?:[^"\\]|\\.)*\"@\w+), (\"(?:[^"\\]|\\.)*\"@\w+)', r"dct:title \2, \1"))
def order(site):
    lang = re.search(r'<html lang="([\w-]+)"', (site / "index.html").read_text(encoding="utf-8"))[1]
    lang = "zh" if lang == "zh-Hans" else lang
    bad = []
    lists = re.findall(r'dct:title ((?:"(?:[^"\\]|\\.)*"@[\w-]+(?:, )?)+)', (site / "catalog.ttl").read_text(encoding="utf-8"))
    for l in lists:
        tags = re.findall(r'"@([\w-]+)', l)
        if lang in tags and tags[0] != lang and "publications.europa.eu" not in l:
            # Words of the tables of the EU have an order of their own.
            bad.append(f"{tags}: {l[:80]}")
    own = re.findall(r'<https://data\.example\.org/[^>]*> a [^;]*;\s+dct:title ((?:"(?:[^"\\]|\\.)*"@[\w-]+(?:, )?)+)', (site / "catalog.ttl").read_text(encoding="utf-8"))
    bad = [f"{t}" for t in (re.findall(r'"@([\w-]+)', l) for l in own) if lang in t and t[0] != lang]
    return bad, f"{len(own)} titles"


@check("length and SHA-256 of what the catalogue names", "catalog.ttl", replace("catalog.ttl", r"spdx:checksumValue \"..", 'spdx:checksumValue "00'))
def integrity(site):
    import rdflib

    dcat, spdx = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.Namespace("http://spdx.org/rdf/terms#")
    g, bad, n = whole(site, "ttl"), [], 0
    for d, url in g.subject_objects(dcat.downloadURL):
        f = local(site, str(url))
        if not f.is_file():
            bad.append(f"{url} is not there")
            continue
        data = f.read_bytes()
        n += 1
        size = g.value(d, dcat.byteSize)
        if size is not None and int(size) != len(data):
            bad.append(f"{url}: {size} bytes told, {len(data)} there")
        for c in g.objects(d, spdx.checksum):
            if str(g.value(c, spdx.checksumValue)).lower() != hashlib.sha256(data).hexdigest():
                bad.append(f"{url}: another SHA-256")
    return bad, f"{n} files"


def registry():
    """Schemas of DCAT-US by the addresses that they name."""
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    out = []
    for f in (SCHEMAS / "dcat-us-3.0/schemas").rglob("*.json"):
        if "examples" in f.parts:
            continue
        d = json.loads(f.read_text(encoding="utf-8"))
        ids = [d.get("$id", ""), f.name]
        if f.name == "non-federal_dataset.json":
            ids += ["dataset.json", "https://project-open-data.cio.gov/v1.1/schema/dataset.json"]
        out += [(i, Resource(contents=d, specification=DRAFT202012)) for i in ids if i]
    return Registry().with_resources(out)


def schema_errors(path, data):
    import jsonschema

    schema = json.loads((SCHEMAS / path).read_text(encoding="utf-8"))
    v = jsonschema.Draft202012Validator(schema, registry=registry())
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in v.iter_errors(data)]


@check("DCAT-US 1.1, schemas of the harvester of data.gov", "data.json", replace("data.json", r'"accessLevel":"public"', '"accessLevel":"open"'))
def dcat_us(site):
    d = json.loads((site / "data.json").read_text(encoding="utf-8"))
    bad = []
    for i, x in enumerate(d["dataset"]):
        bad += [f"dataset/{i}/{e}" for e in schema_errors("dcat-us-3.0/schemas/dcatus1.1/non-federal_dataset.json", x)]
    bad += [] if d["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema" else ["conformsTo"]
    return bad, f"{len(d['dataset'])} datasets"


@check("DCAT-US 3.0, schemas of the harvester of data.gov", "data-us3.json", replace("data-us3.json", r'"title":"', '"name":"', 0))
def dcat_us3(site):
    d = json.loads((site / "data-us3.json").read_text(encoding="utf-8"))
    return schema_errors("dcat-us-3.0/schemas/dcatus3.0/definitions/Catalog.json", d), f"{len(d['dataset'])} datasets"


@check("Data Package 2.0, profile", "datasets/**/datapackage.json", replace("datasets/**/datapackage.json", r'"name": "', '"called": "', 0))
def package_profile(site):
    import jsonschema

    schema = json.loads((SCHEMAS / "datapackage-2.0/public/profiles/2.0/datapackage.json").read_text(encoding="utf-8"))
    bad, n = [], 0
    for f in site.glob("datasets/**/datapackage.json"):
        d = json.loads(f.read_text(encoding="utf-8"))
        n += 1
        if not d["resources"]:
            continue
        bad += [f"{f.relative_to(site)}: {e.message[:200]}" for e in jsonschema.validators.validator_for(schema)(schema).iter_errors(d)]
    return bad, f"{n} packages"


def spoil_rows(site):
    for f in site.glob("datasets/**/datapackage.json"):
        for r in json.loads(f.read_text(encoding="utf-8"))["resources"]:
            numbers = [i for i, x in enumerate(r["schema"]["fields"]) if x["type"] in ("integer", "number")]
            if numbers:
                csv = f.parent / r["path"]
                lines = csv.read_bytes().decode("utf-8").split("\r\n")
                cells = lines[1].split(",")
                cells[numbers[-1]] = "not a number"
                lines[1] = ",".join(cells)
                csv.write_text("\r\n".join(lines), encoding="utf-8", newline="")
                return
    raise RuntimeError("no numbers")


@check("rows against their schemas (frictionless)", "datasets/**/datapackage.json", spoil_rows)
def rows(site):
    from frictionless import Package, system

    bad, n = [], 0
    for f in sorted(site.glob("datasets/**/datapackage.json")):
        if not json.loads(f.read_text(encoding="utf-8"))["resources"]:
            continue
        with system.use_context(trusted=True):
            report = Package(str(f)).validate()
        n += sum(t.stats.get("rows", 0) for t in report.tasks)
        bad += [f"{f.relative_to(site)}: {e.message}" for t in report.tasks for e in t.errors] + [f"{f.relative_to(site)}: {e.message}" for e in report.errors]
    return bad, f"{n} rows"


@check("Croissant 1.1 and its records (mlcroissant)", "datasets/**/croissant.json", replace("datasets/**/croissant.json", r'"fileObject": \{\s*"@id": "', '"fileObject": {"@id": "no-', 0))
def croissant(site):
    import mlcroissant as mlc

    bad, n = [], 0
    for f in sorted(site.glob("datasets/**/croissant.json")):
        d = json.loads(f.read_text(encoding="utf-8"))
        try:
            mapping = {x["@id"]: str(local(site, x["contentUrl"])) for x in d.get("distribution", [])}
            ds = mlc.Dataset(jsonld=d, mapping=mapping)
            bad += [f"{f.relative_to(site)}: {e}" for e in ds.metadata.issues.errors]
            for rs in d.get("recordSet", []):
                for i, _ in enumerate(ds.records(rs["@id"])):
                    n += 1
                    if i > 500:
                        break
        except Exception as e:
            bad.append(f"{f.relative_to(site)}: {type(e).__name__} {str(e)[:300]}")
    return bad, f"{n} records"


@check("CSVW (csvw)", "datasets/**/*.csv-metadata.json", spoil_rows)
def csvw(site):
    from csvw import CSVW

    bad, n = [], 0
    for f in sorted(site.glob("datasets/**/*.csv-metadata.json")):
        n += 1
        try:
            with warnings.catch_warnings(record=True) as w:
                warnings.simplefilter("always")
                c = CSVW(str(f), validate=True)
                good = c.is_valid
            bad += [] if good else [f"{f.relative_to(site)}: {[str(x.message)[:160] for x in (c.warnings or w)][:3]}"]
        except Exception as e:
            bad.append(f"{f.relative_to(site)}: {type(e).__name__} {str(e)[:300]}")
    return bad, f"{n} tables"


@check("FAIR Signposting, head and linkset", "datasets/**/linkset.json", replace("datasets/*/index.html", r'<link rel="describedby"[^>]*>\n', "", 0))
def signposts(site):
    from signposting.htmllinks import HTML, _parse_html
    from signposting.linkset import LinksetJSON, _parse_linkset_json

    bad, n = [], 0
    for f in sorted(site.glob("datasets/**/linkset.json")):
        d = json.loads(f.read_text(encoding="utf-8"))
        page = d["linkset"][0]["anchor"]
        html = local(site, page).read_text(encoding="utf-8")
        # The reference library reads both, and must find as much as we wrote.
        seen = len(_parse_html(HTML(html, "text/html", page, page)).signposts)
        told = len(_parse_linkset_json(LinksetJSON(f.read_text(encoding="utf-8"), "application/linkset+json", page, page)).signposts)
        if not seen or not told:
            bad.append(f"{page}: the library finds {seen} in the head, {told} in the set")
        in_head = set(re.findall(r'<link rel="([\w-]+)" href="([^"]+)"(?: type="([^"]+)")?>', html))
        in_head = {(r, u) for r, u, _ in in_head}
        for rel, links in d["linkset"][0].items():
            for l in links if rel != "anchor" else []:
                n += 1
                if (rel, l["href"]) not in in_head:
                    bad.append(f"{page}: {rel} {l['href']} is not in its head")
                if l["href"].startswith(BASE) and not local(site, l["href"]).is_file():
                    bad.append(f"{page}: {l['href']} is not there")
    return bad, f"{n} links"


@check("CKAN answers: what list, search and show tell agrees", "api/3/action/package_search", replace("api/3/action/package_list", r'"result":\["', '"result":["x'))
def ckan(site):
    read = lambda p: json.loads((site / "api/3/action" / p).read_text(encoding="utf-8"))
    names, found = read("package_list")["result"], read("package_search")["result"]
    bad = [] if names == [d["name"] for d in found["results"]] and found["count"] == len(names) == len(set(names)) else ["list and search differ"]
    for d in found["results"]:
        if read(f"package_show/{d['name']}")["result"] != d:
            bad.append(f"{d['name']}: show and search differ")
        if not re.fullmatch(r"[a-z0-9_-]{2,100}", d["name"]):
            bad.append(f"{d['name']} is no name of CKAN")
        for r in d["resources"]:
            if r["url"].startswith(BASE) and not local(site, r["url"]).is_file():
                bad.append(f"{r['url']} is not there")
    return bad, f"{len(names)} packages"


@check("security.txt (sectxt)", ".well-known/security.txt", replace(".well-known/security.txt", r"Expires: ", "Ends: "))
def security(site):
    from sectxt import Parser

    p = Parser((site / ".well-known/security.txt").read_bytes())
    return [e["message"] for e in p._errors], f"{len(p._recommendations)} recommendations"


@check("Akoma Ntoso 3.0, its schema (lxml)", "policies/**/akn.xml", replace("policies/**/akn.xml", r"<identification ", "<identity ", 1))
def akoma(site):
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "akn-3.0/akomantoso30.xsd")))
    bad, n = [], 0
    for f in sorted(site.glob("policies/**/akn.xml")):
        n += 1
        try:
            if not schema.validate(etree.parse(str(f))):
                bad += [f"{f.relative_to(site)}:{e.line}: {e.message}" for e in schema.error_log][:3]
        except etree.XMLSyntaxError as e:
            bad.append(f"{f.relative_to(site)}: {e}")
    return bad, f"{n} texts"


def ld_of(site):
    for f in sorted(site.rglob("*.html")):
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', f.read_text(encoding="utf-8"), re.S):
            yield f.relative_to(site), json.loads(text)


def spoil_ld(site):
    for f in sorted(site.rglob("index.html")):
        text = f.read_text(encoding="utf-8")
        if "ld+json" in text and re.search(r'"url":"https:', text):
            f.write_text(re.sub(r'"(datePublished|dateModified|legislationDate|url)":"[^"]*"', r'"\1":{"@type":"Person","name":"x"}', text), encoding="utf-8")
            return
    raise RuntimeError("no JSON-LD")


@check("schema.org: types and properties of every page's JSON-LD (schemaorg 30.0)", "index.html", spoil_ld)
def schema_org(site):
    import rdflib

    g = rdflib.Graph().parse(SCHEMAS / "schemaorg-30.0/schemaorg-current-https.ttl")
    S = "https://schema.org/"
    u = rdflib.URIRef
    above = lambda c: set(g.transitive_objects(c, rdflib.RDFS.subClassOf))
    primitive = {S + x for x in ("Text", "URL", "Date", "DateTime", "Number", "Integer", "Boolean", "Time", "Float", "CssSelectorType", "XPathType", "PronounceableText")}
    bad, n = [], 0

    def walk(where, v):
        nonlocal n
        if isinstance(v, list):
            for x in v:
                walk(where, x)
            return
        if not isinstance(v, dict):
            return
        types = v.get("@type", [])
        types = types if isinstance(types, list) else [types]
        classes = set()
        for t in types:
            if (u(S + t), None, None) not in g:
                bad.append(f"{where}: no type {t}")
            classes |= above(u(S + t))
        for k, x in v.items():
            if k.startswith("@"):
                continue
            n += 1
            p = u(S + k)
            if (p, None, None) not in g:
                bad.append(f"{where}: no property {k}")
                continue
            if types and not classes & set(g.objects(p, u(S + "domainIncludes"))):
                bad.append(f"{where}: {k} is none of {types}")
            ranges = set(map(str, g.objects(p, u(S + "rangeIncludes"))))
            for y in x if isinstance(x, list) else [x]:
                if isinstance(y, (str, int, float, bool)) and not ranges & primitive:
                    bad.append(f"{where}: {k} wants {sorted(r[19:] for r in ranges)}, not the literal {y!r}")
                if isinstance(y, dict) and "@type" in y:
                    t = y["@type"][0] if isinstance(y["@type"], list) else y["@type"]
                    if not {str(c) for c in above(u(S + t))} & ranges:
                        bad.append(f"{where}: {k} wants {sorted(r[19:] for r in ranges)}, not {t}")
            walk(where, x)

    for where, v in ld_of(site):
        v.pop("@context", None)
        walk(where, v)
    return bad, f"{n} properties"


@check("ELI in RDFa (extruct)", "policies/**/akn.xml", replace("policies/**/index.html", r'typeof="eli:LegalResource"', 'typeof="eli:Nothing"', 0))
def eli(site):
    import extruct

    bad, n = [], 0
    for f in sorted(site.glob("policies/**/akn.xml")):
        page = f.parent / "index.html"
        if not page.is_file():
            continue
        found = extruct.extract(page.read_text(encoding="utf-8"), base_url=BASE, syntaxes=["rdfa"])["rdfa"]
        eli = "http://data.europa.eu/eli/ontology#"
        hits = [x for x in found if eli + "LegalResource" in x.get("@type", [])]
        n += len(hits)
        if not hits or not any(k.startswith(eli) for k in hits[0]):
            bad.append(f"{page.relative_to(site)}: no LegalResource")
    return bad, f"{n} legal resources"


def api_errors(site):
    """Errors of the OpenAPI document, and of every file that it describes against the schema of its answer."""
    import jsonschema
    from openapi_spec_validator import OpenAPIV31SpecValidator

    api = json.loads((site / "api/v1/openapi.json").read_text(encoding="utf-8"))
    bad = [f"{list(e.absolute_path)}: {e.message[:200]}" for e in OpenAPIV31SpecValidator(api).iter_errors()]
    if bad:
        return bad, ""
    files = 0

    def held(schema, value, name):
        whole = {**schema, "components": api["components"], "$schema": "https://json-schema.org/draft/2020-12/schema"}
        return [f"{name} {list(e.absolute_path)}: {e.message[:200]}" for e in jsonschema.Draft202012Validator(whole).iter_errors(value)]

    for path, get in api["paths"].items():
        content = get["get"]["responses"]["200"]["content"]
        numbers = {"{%s}" % p["name"] for p in get["get"].get("parameters", []) if p["schema"]["type"] == "integer"}
        pattern = re.compile("".join("[0-9]+" if p in numbers else "[^/]+" if p.startswith("{") else re.escape(p) for p in re.split(r"(\{[^}]*\})", path.lstrip("/"))) + "$")
        found = [f for f in sorted(site.glob("**/*" + pathlib.PurePosixPath(path).suffix)) if pattern.match(f.relative_to(site).as_posix())]
        if not found and "{dataset}" not in path:
            bad.append(f"{path}: no file")
        for f in found:
            if "application/json" in content:
                bad += held(content["application/json"]["schema"], json.loads(f.read_text(encoding="utf-8")), f.name)
                files += 1
            elif "application/jsonl" in content:
                name = content["application/jsonl"]["schema"]["description"].rsplit("/", 1)[1]
                for line in f.read_text(encoding="utf-8").splitlines()[:200]:
                    bad += held({"$ref": f"#/components/schemas/{name}"}, json.loads(line), f.name)
                files += 1
    return bad, f"{files} files"


@check("OpenAPI 3.1 (openapi-spec-validator)", "api/v1/openapi.json", replace("api/v1/openapi.json", r'"in": "path"', '"in": "street"'))
def openapi(site):
    return api_errors(site)


@check("files against the OpenAPI document", "api/v1/index.json", replace("api/v1/changes.json", r'"on": "', '"onn": "'))
def api_files(site):
    return api_errors(site)


@check("llms.txt (llms-txt)", "llms.txt", replace("llms.txt", r"/index\.md\)", "/nowhere.md)"))
def llms(site):
    from llms_txt import parse_llms_file

    told = parse_llms_file((site / "llms.txt").read_text(encoding="utf-8"))
    links = [l for s in told.sections.values() for l in s]
    bad = [f"{l.url}: no file" for l in links if not local(site, l.url).is_file()]
    if not told.title or not links:
        bad.append("no title or no links")
    return bad, f"{len(links)} links"


def spoil_mcp(site):
    for f in site.glob("api/v1/policies/**/*.json"):
        f.unlink()
    for f in site.glob("policies/**/index.md"):
        f.unlink()


@check("MCP session (the protocol's client)", "api/v1/policies.json", spoil_mcp)
def mcp_session(site):
    import asyncio, os
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    row = json.loads((site / "api/v1/policies.json").read_text(encoding="utf-8"))["items"][0]

    async def session():
        with tempfile.TemporaryDirectory() as d:
            args = ["mcp", "--root", d, "--out", str(site.resolve())]
            async with stdio_client(StdioServerParameters(command=os.environ["CLERESTORY"], args=args)) as (r, w):
                async with ClientSession(r, w) as s:
                    await s.initialize()
                    tools = [t.name for t in (await s.list_tools()).tools]
                    found = await s.call_tool("search", {"query": row["title"], "limit": 3})
                    policy = await s.call_tool("get_policy", {"id": row["id"]})
                    return tools, found, policy

    tools, found, policy = asyncio.run(session())
    wrong = lambda r: getattr(r, "is_error", None) or getattr(r, "isError", None)
    bad = [] if tools == ["search", "get_policy", "get_dataset", "rows"] else [f"tools {tools}"]
    bad += [f"{n}: {r.content[0].text[:200]}" for n, r in (("search", found), ("get_policy", policy)) if wrong(r)]
    if not bad and row["title"] not in policy.content[0].text.replace("\\", ""):
        bad.append("the policy does not say its title")
    if not bad and row["state_label"] not in policy.content[0].text[:2000]:
        bad.append("the policy does not say its state")
    return bad, f"{len(tools)} tools"


def main():
    failed = 0
    spoiled = set()
    for name, wants, spoil, run in CHECKS:
        for site in SITES:
            if not list(site.glob(wants)):
                print(f"--    {name}: {site.name} has none")
                continue
            try:
                bad, told = run(site)
            except Exception as e:
                bad, told = [f"{type(e).__name__}: {e}"], ""
            print(f"{'FAIL' if bad else 'ok  '}  {name}: {site.name} {told}" + (f", {len(bad)} errors" if bad else ""))
            for b in bad[:5]:
                print(f"        {b[:400]}")
            failed += bool(bad)
            if name in spoiled or bad:
                # What is wrong already shows nothing of the control.
                continue
            with tempfile.TemporaryDirectory() as d:
                copy = pathlib.Path(d) / site.name
                shutil.copytree(site, copy)
                try:
                    spoil(copy)
                except RuntimeError as e:
                    continue
                spoiled.add(name)
                try:
                    bad, _ = run(copy)
                except Exception as e:
                    bad = [str(e)]
                print(f"{'ok  ' if bad else 'FAIL'}  {name}: broken control {'caught' if bad else 'NOT CAUGHT'}")
                failed += not bad
        if name not in spoiled and any(list(s.glob(wants)) for s in SITES):
            print(f"FAIL  {name}: no control could be made")
            failed += 1
    print(f"{len(CHECKS)} checks over {len(SITES)} sites, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
